//! Carries out what was wished for: one file per area.

mod arranging;
mod clipboard;
mod exporting;
mod files;
mod inserting;
mod naming;
pub(super) mod preferences;
mod quick;
mod views;

use std::sync::Arc;

pub(super) use self::arranging::arrangement;

use egui::{Context, Event, Key, ViewportCommand};

use super::App;
use super::actions::KeyOwner;
use super::command::{Command, Pending};
use super::dialogs::Dialog;
use super::jobs::{Job, JobResult};
use super::notice::{Notice, NoticeKind};
use crate::analysis::Settings;
use crate::edit::Edit;
use crate::scene;

/// How long a message that needs no answer is shown.
const NOTICE_SECS: f64 = 6.0;

impl App {
    /// Between frames: results of jobs, shortcuts, wishes, then new pictures and analyses where the document changed.
    pub fn logic(&mut self, ctx: &Context) {
        self.apply_style(ctx);
        self.take_results(ctx);
        self.take_input(ctx);
        let now_secs = ctx.input(|input| input.time);
        let mut rounds = 0;
        while !self.commands.is_empty() && rounds < 16 {
            self.edited_in_batch = false;
            for command in std::mem::take(&mut self.commands) {
                self.carry_out(ctx, command, now_secs);
            }
            rounds += 1;
        }
        self.refresh(ctx);
        self.read_entry(ctx);
        self.expire_notices(ctx, now_secs);
        self.autosave(ctx, now_secs);
        self.answer_close_request(ctx);
    }

    fn take_results(&mut self, ctx: &Context) {
        while let Some(result) = self.jobs.poll() {
            match result {
                JobResult::Analysed(report) => {
                    let focused = self.core.focused().cloned();
                    self.core.report = Some(report);
                    // The same finding may stand elsewhere in the new report.
                    self.core.focused_finding = focused.and_then(|old| {
                        self.core.findings().iter().position(|new| new.rule == old.rule && new.evidence == old.evidence)
                    });
                    ctx.request_repaint();
                }
                JobResult::Loaded { path, result } => self.loaded(path, *result),
                JobResult::Saved { path, revision, result } => self.saved(path, revision, result),
                JobResult::Commands(commands) => self.commands.extend(commands),
                JobResult::Nothing => {}
            }
        }
    }

    fn take_input(&mut self, ctx: &Context) {
        if !self.parts.dialogs.is_empty() {
            return;
        }
        let on_canvas =
            matches!(self.core.active_kind(), Some(kind) if !matches!(kind, crate::model::ViewKind::Matrix(_)));
        let canvas = self.core.active_view().and_then(|view| self.parts.canvases.get(&view));
        let is_named = canvas.is_some_and(super::canvas::CanvasState::awaits_name);
        let letters_name = on_canvas && (self.core.single_selection().is_some() || is_named);
        let in_grid = super::matrix::has_keyboard(ctx, &self.core);
        let owner = match (in_grid, letters_name) {
            (true, _) => KeyOwner::Grid,
            (false, true) => KeyOwner::Name,
            (false, false) => KeyOwner::Actions,
        };
        for id in super::actions::pressed(ctx, owner) {
            self.commands.push(Command::Action(id));
        }
        let typing = ctx.text_edit_focused();
        let canvas = self.core.active_view().and_then(|view| self.parts.canvases.get(&view));
        let escape_is_taken = typing || canvas.is_some_and(super::canvas::CanvasState::holds_escape);
        ctx.input(|input| {
            for event in &input.events {
                match event {
                    Event::Copy if !typing => self.commands.push(Command::Action("edit.copy")),
                    Event::Cut if !typing && !in_grid => self.commands.push(Command::Action("edit.cut")),
                    Event::Paste(text) if !typing => {
                        self.commands.push(Command::Paste { as_new: true, text: Some(text.clone()) });
                    }
                    _ => {}
                }
            }
            for file in &input.raw.dropped_files {
                self.commands.push(Command::Proceed(Box::new(Pending::Open(file.path().to_owned()))));
            }
            if input.key_pressed(Key::Escape) && !escape_is_taken {
                self.commands.push(Command::Back);
            }
        });
    }

    fn carry_out(&mut self, ctx: &Context, command: Command, now_secs: f64) {
        match command {
            Command::Action(id) => self.run_action(ctx, id, now_secs),
            Command::Edit(edit) => drop(self.commit(&edit, now_secs)),
            Command::Create { edit, rename } => self.create(&edit, rename, now_secs),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Select(elements) => self.select_by_hand(elements),
            Command::OpenView(view) => self.open_view(view),
            Command::CloseTab(index) => self.close_tab(index),
            Command::Reveal(element) => self.reveal(element),
            Command::FocusFinding(index) => self.focus_finding(index),
            Command::Rename(element) => self.rename(element),
            Command::Named(named) => self.named(*named, now_secs),
            Command::Tool(tool) => self.core.tool = tool,
            Command::Camera(camera) => self.move_camera(camera),
            Command::Back => self.back(),
            Command::Hint(hint) => self.core.hint = hint,
            Command::Insert(new) => self.insert(new, false, now_secs),
            Command::InsertNow(new) => self.insert(new, true, now_secs),
            Command::Arrange { view, how } => self.arrange(view, how, now_secs),
            Command::Arranged(arranged) => self.arranged(*arranged, now_secs),
            Command::Notify(notice) => self.notify(notice),
            Command::DismissNotice(number) => self.core.notices.retain(|notice| notice.number != number),
            Command::Dialog(dialog) => self.parts.dialogs.push(dialog),
            Command::CloseDialog => drop(self.parts.dialogs.pop()),
            Command::Start { document, notice } => self.start_with(Arc::unwrap_or_clone(document), None, notice),
            Command::SaveTo(path) => self.save_to(path),
            Command::Export(request) => self.export(*request),
            Command::Proceed(pending) => self.proceed(*pending),
            Command::ProceedNow(pending) => self.proceed_now(ctx, *pending),
            Command::AfterSave(pending) => self.after_save = pending.map(|pending| *pending),
            Command::Preference(preference) => self.set_preference(ctx, preference),
            Command::Copy => self.copy(ctx),
            Command::Paste { as_new, text } => self.paste(as_new, text, now_secs),
            Command::CopyText(text) => ctx.copy_text(text),
            Command::Quick(wish) => self.quick(ctx, wish, now_secs),
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
        match self.core.editor.commit(edit, now_secs) {
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
        let Some(committed) = self.commit(edit, now_secs) else { return };
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
            self.core.editor.selection = vec![first];
            self.core.editor.note_selection_after();
            if rename {
                self.rename(first);
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

    /// Forgets what the present version of the document no longer has.
    fn keep_valid(&mut self) {
        let document = self.core.editor.document().clone();
        self.core.editor.selection.retain(|element| document.contains(*element));
        self.core.tabs.retain(|view| document.views().contains(*view));
        self.core.active_tab = self.core.active_tab.min(self.core.tabs.len().saturating_sub(1));
        self.core.scenes.retain(|view, _| document.views().contains(*view));
    }

    /// One level back: dialog, tool, finding, selection.
    fn back(&mut self) {
        if self.core.tool != super::canvas::Tool::Select {
            self.core.tool = super::canvas::Tool::Select;
        } else if self.core.focused_finding.is_some() {
            self.core.focused_finding = None;
        } else {
            self.core.editor.selection.clear();
        }
        self.core.hint.clear();
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
        let stays = |notice: &Notice| notice.kind == NoticeKind::Failure || notice.step.is_some();
        let age = |notice: &Notice| now_secs - notice.shown_at_secs.unwrap_or(now_secs);
        self.core.notices.retain(|notice| stays(notice) || age(notice) < NOTICE_SECS);
        let next = self.core.notices.iter().filter(|notice| !stays(notice)).map(|notice| NOTICE_SECS - age(notice));
        if let Some(secs) = next.min_by(f64::total_cmp)
            && !self.jobs.is_inline()
        {
            ctx.request_repaint_after_secs(secs.max(0.0) as f32);
        }
    }

    /// Starts an analysis where the document changed, and makes new pictures of the views in front.
    fn refresh(&mut self, ctx: &Context) {
        let document = self.core.editor.document().clone();
        let revision = document.revision();
        if self.analysed != Some(revision) {
            self.analysed = Some(revision);
            let settings = Settings { today: super::start::today(), ..Settings::default() };
            self.jobs.start(Job::Analyse { document: document.clone(), settings });
            if self.jobs.is_inline() {
                self.take_results(ctx);
            }
        }
        let Some(view) = self.core.active_view() else { return };
        let report_revision = self.core.report.as_ref().map(|report| report.revision);
        let cached = self.core.scenes.get(&view).filter(|cached| cached.revision == revision);
        if cached.is_some_and(|cached| cached.report_revision == report_revision) {
            return;
        }
        // A new report often says the same of the picture as the one before; then the picture stays.
        let options = self.core.scene_options();
        let kept = cached.filter(|cached| cached.options == options).map(|cached| cached.scene.clone());
        let is_kept = kept.is_some();
        let scene = kept.unwrap_or_else(|| Arc::new(scene::build(&document, view, &options)));
        self.core.scenes.insert(view, super::core::CachedScene { revision, report_revision, options, scene });
        if !is_kept {
            ctx.request_repaint();
        }
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
