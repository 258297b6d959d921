//! Carries out what was wished for: one file per area.

mod arranging;
mod asking;
mod clipboard;
mod exhibits;
mod exporting;
mod files;
mod going;
mod importing;
mod inserting;
mod ladder;
mod naming;
mod outside;
pub(super) mod preferences;
mod quick;
mod removing;
mod signing;
mod sub_flows;
mod trying;
mod views;
mod window;

pub use clipboard::Copied;
pub(super) use trying::trial_focus;

use std::sync::Arc;

pub(super) use self::arranging::arrangement;

use egui::{Context, Event, Key, PointerButton, ViewportCommand};

use super::App;
use super::actions::KeyOwner;
use super::command::{Command, Pending};
use super::core::CachedScene;
use super::dialogs::Dialog;
use super::jobs::{Job, JobResult};
use super::notice::{Notice, NoticeKind};
use super::panels::SidePanel;
use super::panes::Panes;
use crate::analysis::Settings;
use crate::edit::{Edit, EditError};
use crate::model::{Document, ViewId};
use crate::scene::Picture;

/// How long a message that needs no answer is shown.
const NOTICE_SECS: f64 = 6.0;
/// Findings that are awaited for so long are shown as old.
const LATE_SECS: f64 = 0.4;

impl App {
    /// Between frames: results of jobs, shortcuts, wishes, then new pictures and analyses where the document changed.
    pub fn logic(&mut self, ctx: &Context) {
        self.apply_style(ctx);
        self.fit_monitor(ctx);
        crate::app::keys::note_hand(ctx);
        self.core.width = ctx.content_rect().width();
        self.take_results(ctx);
        // The desktop has ways of its own to do it; right after a wish it may not have happened yet.
        if let Some(fills) = ctx.input(|input| input.viewport().fullscreen.filter(|_| !input.events.is_empty())) {
            self.core.fills_screen = fills;
        }
        self.look_at_file(ctx);
        self.take_input(ctx);
        let now_secs = ctx.input(|input| input.time);
        let mut rounds = 0;
        let had_dialog = !self.parts.dialogs.is_empty();
        while !self.commands.is_empty() && rounds < 16 {
            self.edited_in_batch = false;
            for command in std::mem::take(&mut self.commands) {
                self.carry_out(ctx, command, now_secs);
            }
            rounds += 1;
        }
        if had_dialog && self.parts.dialogs.is_empty() {
            leave_field(ctx);
        }
        self.keep_trial(ctx);
        self.refresh(ctx);
        self.refresh_index(ctx);
        self.read_entry(ctx);
        self.expire_notices(ctx, now_secs);
        self.autosave(ctx, now_secs);
        self.answer_close_request(ctx);
        self.keep_title(ctx);
        if self.keys.wants_frame() {
            ctx.request_repaint();
        }
    }

    fn take_results(&mut self, ctx: &Context) {
        while let Some(result) = self.jobs.poll() {
            match result {
                JobResult::Analysed { report, tally } => {
                    let before = self.core.take_report(report, tally);
                    self.jobs.discard(before);
                    ctx.request_repaint();
                }
                JobResult::Loaded { path, result, stamp } => self.loaded(path, *result, stamp),
                JobResult::Saved { path, revision, result, stamp } => self.saved(path, revision, (result, stamp)),
                JobResult::Commands(commands) => self.commands.extend(commands),
                JobResult::Nothing => {}
            }
        }
    }

    fn take_input(&mut self, ctx: &Context) {
        if !self.parts.dialogs.is_empty() {
            return;
        }
        self.take_keys_of_trial(ctx);
        let on_canvas =
            matches!(self.core.active_kind(), Some(kind) if !matches!(kind, crate::model::ViewKind::Matrix(_)));
        let canvas = self.core.active_view().and_then(|view| self.parts.canvases.get(&view));
        let is_named = canvas.is_some_and(super::canvas::CanvasState::awaits_name);
        let letters_name = on_canvas && (self.core.single_selection().is_some() || is_named);
        // What is behind the ladder is not meant by keys.
        let in_ladder = self.parts.ladder.is_some();
        let in_grid = in_ladder || super::matrix::has_keyboard(ctx, &self.core);
        let owner = match (in_grid, letters_name) {
            (true, _) => KeyOwner::Grid,
            (false, true) => KeyOwner::Name,
            (false, false) => KeyOwner::Actions,
        };
        for id in super::actions::pressed(ctx, owner) {
            // A lane is a picture: the key takes that away, and only the command itself deletes who works there.
            let id = if id == "edit.delete" && self.selects_lanes() { "edit.remove-from-view" } else { id };
            self.commands.push(Command::Action(id));
        }
        let typing = ctx.text_edit_focused();
        let canvas = self.core.active_view().and_then(|view| self.parts.canvases.get(&view));
        // An open menu is the level that Escape closes first.
        let in_menu = egui::Popup::is_any_open(ctx);
        let escape_is_taken = typing || in_menu || canvas.is_some_and(super::canvas::CanvasState::holds_escape);
        ctx.input(|input| {
            for event in &input.events {
                match event {
                    Event::Copy | Event::Cut | Event::Paste(_) if in_ladder => {}
                    Event::Copy if !typing => self.commands.push(Command::Action("edit.copy")),
                    Event::Cut if !typing && !in_grid => self.commands.push(Command::Action("edit.cut")),
                    Event::Paste(text) if !typing => {
                        let as_new = self.asked_to_paste.take().unwrap_or(true);
                        self.commands.push(Command::Paste { as_new, text: Some(text.clone()) });
                    }
                    _ => {}
                }
            }
            if input.pointer.button_pressed(PointerButton::Extra1) {
                self.commands.push(Command::Action("view.go-back"));
            }
            if input.pointer.button_pressed(PointerButton::Extra2) {
                self.commands.push(Command::Action("view.go-forward"));
            }
            for file in &input.raw.dropped_files {
                let path = file.path().to_owned();
                self.commands.push(match importing::may_be_table(&path) {
                    true => Command::ImportFile(path),
                    false => Command::Proceed(Box::new(Pending::Open(path))),
                });
            }
            if input.key_pressed(Key::Escape) && !escape_is_taken {
                self.commands.push(Command::Back);
            }
        });
    }

    fn carry_out(&mut self, ctx: &Context, command: Command, now_secs: f64) {
        if ladder::leads_away(&command) {
            self.parts.ladder = None;
        }
        match command {
            Command::Action(id) => self.run_action(ctx, id, now_secs),
            Command::Edit(edit) => drop(self.commit(&edit, now_secs)),
            Command::Create { edit, rename } => self.create(&edit, rename, now_secs),
            Command::ImportFile(path) => self.import_file(path),
            Command::ReadTable(request) => self.read_table(request),
            Command::TableRead(reading) => self.table_read(reading),
            Command::ImportMatrix(edit) => self.import_matrix(*edit, now_secs),
            Command::PrepareLog(request) => self.prepare_log(request),
            Command::LogPrepared(reading) => self.log_prepared(reading),
            Command::ImportLog(edit) => self.import_log(*edit, now_secs),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::GoToStep(count) => self.go_to_step(count),
            Command::ShowList(list) => self.show_list(list),
            Command::ShowSide(page) => self.show_side(page),
            Command::OpenLookup(inquiry) => self.open_lookup(inquiry.map(|inquiry| *inquiry)),
            Command::Ask(inquiry) => self.ask(ctx, *inquiry),
            Command::Replied { revision, inquiry, reply, lineage } if lineage == self.lineage => {
                self.replied(ctx, revision, *inquiry, reply);
            }
            Command::Replied { .. } => {}
            Command::Select(elements) => self.select_by_hand(elements),
            Command::Fields(element) => self.go_to_fields(element),
            Command::OpenView(view) => self.jump_to_view(view),
            Command::OpenInside(step) => {
                self.leave_place();
                self.open_inside(step, now_secs);
            }
            Command::GoUp => {
                self.leave_place();
                self.go_up();
            }
            Command::Extract(edit) => self.extract(&edit, now_secs),
            Command::OpenExhibit(id) => self.open_exhibit(id),
            Command::ChooseInExhibit { id, choice } => {
                self.core.exhibits.choices.insert(id, choice);
                self.parts.exhibits.entry(id).or_default().look_anew();
            }
            Command::Exhibited(made) => self.exhibited(ctx, *made),
            Command::CopyExhibitTable => self.copy_exhibit_table(ctx),
            Command::CloseTab(tab) => {
                self.leave_place();
                self.core.panes.close(tab);
            }
            Command::PlaceTab { tab, pane, before } => self.place_tab(tab, pane, before),
            Command::MoveTabAcross => self.change_panes(Panes::move_across),
            Command::JoinPanes => self.change_panes(Panes::join),
            Command::FocusPane(pane) => self.focus_pane(pane),
            Command::Reveal(element) => {
                self.leave_place();
                self.reveal(element);
                self.core.evidence.clear();
            }
            Command::WalkFindings(walk) => self.core.walk = Some(walk),
            Command::Trial(wish) => self.trial(wish, now_secs),
            Command::Overlay(overlay) => self.core.set_overlay(overlay),
            Command::FocusFinding(index) => {
                if index.is_some() {
                    self.leave_place();
                }
                self.focus_finding(index);
            }
            Command::GoBack => self.go_back(),
            Command::GoForward => self.go_forward(),
            Command::OpenFind => self.open_find(),
            Command::Preview(element) => self.preview(element),
            Command::EndFind(end) => self.end_find(end),
            Command::Indexed { index, lineage } => self.indexed(ctx, index, lineage),
            Command::RevealIn { view, element } => {
                self.leave_place();
                self.reveal_in(view, element);
            }
            Command::ShowHere(elements) => self.show_here(elements, now_secs),
            Command::RemoveFromView(elements) => self.remove_from_view(elements, now_secs),
            Command::Delete(elements) => self.delete(elements, now_secs),
            Command::Rename(element) => self.rename(element),
            Command::Named(named) => self.named(*named, now_secs),
            Command::Tool(tool) => {
                self.core.tool = tool;
                // What the tool before wanted is of no use any more.
                self.core.hint.clear();
            }
            Command::KeepTool(stays) => {
                self.core.tool_stays = stays;
                let hint = if stays { "Tools stay in hand until Escape." } else { "Tools are put down after one use." };
                self.core.hint = hint.to_owned();
            }
            Command::Camera(camera) => self.move_camera(camera),
            Command::Back => self.back(ctx),
            Command::FocusMode { on, full_screen } => self.set_focus_mode(ctx, on, full_screen),
            Command::Hint(hint) => self.core.hint = hint,
            Command::Insert(new) => self.insert(new, false, now_secs),
            Command::InsertNow(new) => self.insert(new, true, now_secs),
            Command::Arrange { view, how } => self.arrange(view, how, now_secs),
            Command::Arranged(arranged) => self.arranged(*arranged, now_secs),
            Command::Notify(notice) => self.notify(notice),
            Command::DismissNotice(number) => self.core.notices.retain(|notice| notice.number != number),
            Command::Dialog(dialog) => {
                // What is typed behind the shortcut in the same frame is not for what lies below.
                ctx.memory_mut(|memory| {
                    if let Some(focused) = memory.focused() {
                        memory.surrender_focus(focused);
                    }
                });
                self.parts.dialogs.push(dialog);
            }
            Command::CloseDialog => drop(self.parts.dialogs.pop()),
            Command::Start { document, notice } => {
                self.start_with(Arc::unwrap_or_clone(document), None, notice);
                // It is in no file yet: closing the window asks.
                self.core.editor.mark_never_saved();
            }
            Command::Restore { document, original } => self.restore(Arc::unwrap_or_clone(document), original, now_secs),
            Command::DiscardSnapshot(path) => self.discard_snapshot(&path),
            Command::Merge(merged) => self.merge_imported(*merged, now_secs),
            Command::SaveTo(path) => self.save_to(path, false),
            Command::SaveOver(path) => self.save_to(path, true),
            Command::FoundOnDisk { path, stamp } => self.found_on_disk(ctx, path, stamp),
            Command::Export(request) => self.export(*request),
            Command::Proceed(pending) => self.proceed(*pending),
            Command::ProceedNow(pending) => self.proceed_now(ctx, *pending),
            Command::AfterSave(pending) => self.after_save = pending.map(|pending| *pending),
            Command::Initials(initials) => self.set_initials(initials, now_secs),
            Command::Preference(preference) => self.set_preference(ctx, preference),
            Command::Copy => self.copy(ctx),
            Command::Paste { as_new, text } => self.paste(as_new, text, now_secs),
            Command::AskForPaste { as_new } => self.ask_for_paste(ctx, as_new, now_secs),
            Command::PasteClip(clip) => self.paste_clip(*clip, true, now_secs),
            Command::Duplicate { elements, by } => self.duplicate(&elements, by, now_secs),
            Command::CopyStyle(style) => {
                self.core.style = Some(style);
                self.core.hint = "Copied the look; Ctrl+Alt+V gives it to others.".to_owned();
            }
            Command::ChooseType(elements) => self.choose_type(elements),
            Command::CopyText(text) => ctx.copy_text(text),
            Command::CopyPicture { as_svg } => self.copy_picture(as_svg),
            Command::CopyImage(image) => ctx.copy_image(Arc::unwrap_or_clone(image)),
            Command::Quick(wish) => self.quick(ctx, wish, now_secs),
            Command::OpenLadder(decision) => self.open_ladder(decision),
            Command::CloseLadder => self.parts.ladder = None,
            Command::StudyLadder(ask) => self.study_ladder(ctx, ask),
            Command::LadderStudied(answer) => self.ladder_studied(&answer),
            Command::Quit => self.quit(ctx),
        }
    }

    /// Does what an action wishes for at once, so that the next action in line sees what it did.
    fn run_action(&mut self, ctx: &Context, id: &str, now_secs: f64) {
        let Some(action) = super::actions::action(id) else {
            log::error!("no action is called {id}");
            return;
        };
        match (action.act)(&self.core) {
            Ok(commands) => {
                let edited_before = std::mem::take(&mut self.edited_in_batch);
                for command in commands {
                    self.carry_out(ctx, command, now_secs);
                }
                self.edited_in_batch |= edited_before;
            }
            Err(reason) => self.core.hint = format!("{}: {reason}.", action.label.trim_end_matches('…')),
        }
    }

    /// Makes a change; a refusal is shown with its reason.
    pub(super) fn commit(&mut self, edit: &Edit, now_secs: f64) -> Option<crate::edit::Committed> {
        let outcome = self.core.editor.commit(edit, now_secs);
        self.taken(outcome)
    }

    /// Makes an edit part of the last step.
    fn commit_with_last(&mut self, edit: &Edit, now_secs: f64) -> Option<crate::edit::Committed> {
        let outcome = self.core.editor.commit_with_last(edit, now_secs);
        self.taken(outcome)
    }

    fn taken(&mut self, outcome: Result<crate::edit::Committed, EditError>) -> Option<crate::edit::Committed> {
        match outcome {
            Ok(committed) => {
                self.edited_in_batch |= committed.changed;
                self.keep_valid();
                Some(committed)
            }
            Err(error) => {
                self.notify(Notice::hint(error.to_string()));
                None
            }
        }
    }

    fn create(&mut self, edit: &Edit, rename: bool, now_secs: f64) {
        let Some(committed) = self.commit(&self.signed(edit), now_secs) else { return };
        self.ask_for_initials(&committed.created);
        let shown = |element: &&crate::model::ElementRef| {
            !matches!(element, crate::model::ElementRef::Placement(_) | crate::model::ElementRef::Flow(_))
        };
        let created: Vec<_> = committed.created.iter().filter(shown).copied().collect();
        for element in &created {
            if let crate::model::ElementRef::View(view) = element {
                self.open_view(*view);
            }
        }
        self.place_new(now_secs);
        let things: Vec<_> =
            created.into_iter().filter(|element| !matches!(element, crate::model::ElementRef::View(_))).collect();
        if let Some(first) = things.first().copied() {
            let shown = if rename { Vec::new() } else { self.boxes_in_front(&things) };
            self.core.editor.selection = if shown.is_empty() { vec![first] } else { shown };
            self.core.editor.note_selection_after();
            if rename {
                self.unnamed = Some(first);
                self.rename(first);
            } else {
                self.move_camera(super::command::CameraMove::ShowSelection);
            }
        }
    }

    fn undo(&mut self) {
        let before = self.scene_in_front();
        if let Some(label) = self.core.editor.undo() {
            self.glide_from(before);
            self.core.hint = format!("Undone: {label}");
            self.keep_valid();
        }
    }

    fn redo(&mut self) {
        let before = self.scene_in_front();
        if let Some(label) = self.core.editor.redo() {
            self.glide_from(before);
            self.core.hint = format!("Done again: {label}");
            self.keep_valid();
        }
    }

    /// Goes back or forth until so many steps are done.
    fn go_to_step(&mut self, count: usize) {
        let before = self.scene_in_front();
        while self.core.editor.done().len() > count && self.core.editor.undo().is_some() {}
        while self.core.editor.done().len() < count && self.core.editor.redo().is_some() {}
        self.glide_from(before);
        self.keep_valid();
        self.core.hint = match self.core.editor.done().last() {
            Some(step) => format!("Back at: {}", step.label),
            None => "Back at the project as it was opened.".to_owned(),
        };
    }

    fn show_list(&mut self, list: super::panels::LeftList) {
        self.core.left = list;
        self.core.first_side = SidePanel::Navigator;
        if !self.core.preferences.is_open(SidePanel::Navigator.id()) {
            self.core.preferences.set_open(SidePanel::Navigator.id(), true);
            self.keep_preferences();
        }
    }

    /// Forgets what the present version of the document no longer has.
    pub(super) fn keep_valid(&mut self) {
        let document = self.core.editor.document().clone();
        self.core.editor.selection.retain(|element| document.contains(*element));
        self.core.panes.retain(|view| document.views().contains(view));
        self.parts.lookup.keep_valid(&document);
        self.core.scenes.retain(|view, _| document.views().contains(*view));
    }

    /// One level back: tool, finding, group, selection, the view alone.
    fn back(&mut self, ctx: &Context) {
        if self.leave_ladder() || self.end_trial() {
            return;
        }
        if self.core.tool != super::canvas::Tool::Select {
            self.core.tool = super::canvas::Tool::Select;
        } else if self.core.focused_finding.is_some() {
            self.core.leave_finding();
        } else if let Some(group) = self.leave_group() {
            self.core.editor.selection = group;
        } else if !self.core.selection().is_empty() {
            self.core.editor.selection.clear();
        } else if self.core.focus_mode {
            self.set_focus_mode(ctx, false, false);
        }
        self.core.hint.clear();
    }

    fn set_focus_mode(&mut self, ctx: &Context, on: bool, full_screen: bool) {
        self.core.focus_mode = on;
        if full_screen || (!on && self.core.fills_screen) {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(on));
            self.core.fills_screen = on;
        }
        if on {
            self.notify(Notice::hint("Escape brings the panels back."));
        }
    }

    fn notify(&mut self, mut notice: Notice) {
        notice.number = self.next_notice;
        self.next_notice += 1;
        self.core.notices.retain(|shown| shown.text != notice.text);
        self.core.notices.push(notice);
        let excess = self.core.notices.len().saturating_sub(4);
        self.core.notices.drain(..excess);
    }

    fn expire_notices(&mut self, ctx: &Context, now_secs: f64) {
        for notice in &mut self.core.notices {
            notice.shown_at_secs.get_or_insert(now_secs);
        }
        // What was done and can be undone needs no answer.
        let stays = |notice: &Notice| match notice.kind {
            NoticeKind::Failure => true,
            NoticeKind::Hint => !notice.steps.is_empty(),
            NoticeKind::Done => false,
        };
        let age = |notice: &Notice| now_secs - notice.shown_at_secs.unwrap_or(now_secs);
        self.core.notices.retain(|notice| stays(notice) || age(notice) < NOTICE_SECS);
        let next = self.core.notices.iter().filter(|notice| !stays(notice)).map(|notice| NOTICE_SECS - age(notice));
        if let Some(secs) = next.min_by(f64::total_cmp)
            && !self.jobs.is_inline()
        {
            ctx.request_repaint_after_secs(secs.max(0.0) as f32);
        }
    }

    /// Starts an analysis where the document changed, and makes new pictures of the views that are seen.
    fn refresh(&mut self, ctx: &Context) {
        let document = self.core.editor.document().clone();
        let revision = document.revision();
        if self.analysed != Some(revision) {
            self.analysed = Some(revision);
            let settings = Settings { today: super::start::today(), ..Settings::default() };
            let shown = self.core.scene_options().clone();
            let overlay = self.core.overlay;
            self.jobs.start(Job::Analyse { document: document.clone(), settings, shown, overlay });
            if self.jobs.is_inline() {
                self.take_results(ctx);
            }
        }
        self.watch_staleness(ctx);
        self.announce();
        self.refresh_exhibits(ctx);
        for view in self.core.panes.fronts().collect::<Vec<_>>() {
            self.refresh_scene(ctx, &document, view);
        }
    }

    /// Findings of an older version are shown as such only once the new ones are late: else they would blink at every
    /// letter that is typed.
    fn watch_staleness(&mut self, ctx: &Context) {
        if !self.core.findings_are_stale() || self.core.report.is_none() {
            self.stale_since_secs = None;
            self.core.looks_stale = false;
            return;
        }
        let now_secs = ctx.input(|input| input.time);
        let since = *self.stale_since_secs.get_or_insert(now_secs);
        self.core.looks_stale = now_secs - since >= LATE_SECS;
        if !self.core.looks_stale {
            ctx.request_repaint_after_secs((LATE_SECS - (now_secs - since)) as f32 + 0.01);
        }
    }

    /// Makes the picture of a view anew where the document or what is shown beside it has changed.
    fn refresh_scene(&mut self, ctx: &Context, document: &Arc<Document>, view: ViewId) {
        let revision = document.revision();
        // A new report often says the same of the picture as the one before; then its figures are kept, too.
        let options = self.core.scene_options().clone();
        let cached = self.core.scenes.get(&view);
        if cached.is_some_and(|cached| cached.revision == revision && Arc::ptr_eq(&cached.options, &options)) {
            return;
        }
        let picture = match cached {
            Some(cached) => cached.picture.after(document, &options),
            None => Picture::new(document, view, &options),
        };
        let scene = picture.scene().clone();
        let before = self.core.scenes.insert(view, CachedScene { revision, options, scene, picture });
        self.jobs.discard(before);
        ctx.request_repaint();
    }

    fn answer_close_request(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.leaving {
            return;
        }
        if self.core.editor.is_unsaved() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if !self.parts.dialogs.iter().any(|dialog| matches!(dialog, Dialog::Unsaved(_))) {
                self.parts.dialogs.push(Dialog::Unsaved(Box::new(Pending::Quit)));
            }
        } else {
            self.forget_autosave();
        }
    }

    fn quit(&mut self, ctx: &Context) {
        self.leaving = true;
        self.forget_autosave();
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }
}

/// Takes the keyboard from the field of a dialog that was closed: the toolkit would do so two frames later, and keys
/// that come before would be lost.
fn leave_field(ctx: &Context) {
    ctx.memory_mut(|memory| {
        if let Some(field) = memory.focused() {
            memory.surrender_focus(field);
        }
    });
    ctx.request_repaint();
}
