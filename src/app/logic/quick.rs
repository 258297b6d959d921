//! The quick-entry line: reads what is written whenever it changes, and takes it over.

use egui::Context;

use crate::app::App;
use crate::app::command::Command;
use crate::app::jobs::{Job, JobResult};
use crate::app::notice::Notice;
use crate::app::quick::{Preview, Wish, ghost};
use crate::edit::{Committed, WrittenEnd};
use crate::import::outline::{self, Answers, Draft, Ground, MOST_CHARACTERS};
use crate::model::*;

/// The picture of a view that shows so much is worked out within a frame; of larger ones beside the window.
const AT_ONCE: usize = 120;

impl App {
    pub(super) fn quick(&mut self, ctx: &Context, wish: Wish, now_secs: f64) {
        match wish {
            Wish::Open => self.parts.quick.open(),
            Wish::Write(text) => self.parts.quick.write(text.chars().take(MOST_CHARACTERS).collect()),
            Wish::Close => {
                self.parts.quick.close();
                ctx.memory_mut(|memory| {
                    if let Some(focused) = memory.focused() {
                        memory.surrender_focus(focused);
                    }
                });
            }
            Wish::Commit => self.take_over_entry(ctx, now_secs),
            Wish::Show(preview) => {
                self.parts.quick.show(*preview);
                ctx.request_repaint();
            }
        }
    }

    /// Reads what is written, if anything of it has changed.
    pub(super) fn read_entry(&mut self, ctx: &Context) {
        let Some(view) = self.core.active_view().filter(|_| self.parts.quick.is_open()) else { return };
        let document = self.core.editor.document().clone();
        let question = self.parts.quick.question(document.revision(), view, self.core.selection());
        if self.parts.quick.has_read(&question) {
            return;
        }
        let ground = Ground { document: &document, view, selection: &question.selection, answers: &question.answers };
        let draft = outline::draft(&question.text, &ground);
        let edit = draft.edit.clone();
        self.parts.quick.read(question.clone(), draft);
        ctx.request_repaint();
        let is_matrix = matches!(self.core.active_kind(), Some(ViewKind::Matrix(_)));
        let Some(edit) = edit.filter(|_| !is_matrix) else { return };
        let options = self.core.scene_options().clone();
        let is_small = document.placements_in(view).nth(AT_ONCE).is_none();
        if is_small || self.jobs.is_inline() {
            let picture = ghost(&document, view, &edit, &options);
            self.parts.quick.show(Preview::new(question, picture));
            return;
        }
        let work = move || {
            let picture = ghost(&document, view, &edit, &options);
            let preview = Box::new(Preview::new(question, picture));
            JobResult::Commands(vec![Command::Quick(Wish::Show(preview))])
        };
        self.jobs.start(Job::Other(Box::new(work)));
    }

    /// Makes the change that is written; the line stays open for the next one.
    fn take_over_entry(&mut self, ctx: &Context, now_secs: f64) {
        // What was typed in this frame counts, too.
        self.read_entry(ctx);
        let Some(draft) = self.parts.quick.draft().cloned() else { return };
        if draft.edit.is_none() {
            if let Some(problem) = draft.problems.first() {
                self.core.hint.clone_from(problem);
            }
            return;
        }
        if self.write_draft(&draft, now_secs) {
            self.parts.quick.done();
        }
    }

    /// Makes the change of a draft as one step and goes on from its open ends. Whether it was made.
    pub(super) fn write_draft(&mut self, draft: &Draft, now_secs: f64) -> bool {
        let Some(edit) = &draft.edit else { return false };
        let before = self.scene_in_front();
        let Some(committed) = self.commit(edit, now_secs) else { return false };
        self.place_new(now_secs);
        let new = shown_of(&committed);
        let loose = loose_of(draft, &committed);
        if !loose.is_empty() {
            self.select(loose);
        }
        if let Some(view) = self.core.active_view().filter(|_| !new.is_empty()) {
            let canvas = self.parts.canvases.entry(view).or_default();
            canvas.show_all(new);
            if let Some(before) = before {
                canvas.glide_from(before);
            }
        }
        self.core.hint = format!("Written: {}.", draft.sentence());
        true
    }

    /// Text from elsewhere: taken over where it is plain, else put into the line to be looked at.
    pub(super) fn paste_text(&mut self, text: &str, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        let document = self.core.editor.document().clone();
        let selection = self.core.selection().to_vec();
        let ground = Ground { document: &document, view, selection: &selection, answers: &Answers::new() };
        let draft = outline::draft(text, &ground);
        if draft.is_plain() {
            self.write_draft(&draft, now_secs);
        } else if draft.edit.is_none() && draft.problems.is_empty() {
            self.notify(Notice::hint("The text on the clipboard says nothing new."));
        } else {
            self.parts.quick.write(text.chars().take(MOST_CHARACTERS).collect());
        }
    }
}

/// New elements that have a box.
fn shown_of(committed: &Committed) -> Vec<ElementRef> {
    let has_box = |element: &&ElementRef| {
        !matches!(element, ElementRef::Placement(_) | ElementRef::Flow(_) | ElementRef::View(_) | ElementRef::Person(_))
    };
    committed.created.iter().filter(has_box).copied().collect()
}

/// The nodes from which the next text goes on.
fn loose_of(draft: &Draft, committed: &Committed) -> Vec<ElementRef> {
    let nodes: Vec<ElementRef> =
        committed.created.iter().filter(|element| FlowNode::try_from(**element).is_ok()).copied().collect();
    let element = |end: &WrittenEnd| match end {
        WrittenEnd::Known(node) => Some((*node).into()),
        WrittenEnd::New(place) => nodes.get(*place).copied(),
    };
    draft.loose.iter().filter_map(element).collect()
}
