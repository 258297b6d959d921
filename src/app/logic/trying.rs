//! Remedies that are looked at before they are made.

use std::sync::Arc;

use crate::analysis::{CancelToken, Settings};
use crate::app::App;
use crate::app::command::Command;
use crate::app::jobs::JobResult;
use crate::app::trying::{Ground, Question, Trying, Wish, picture, tried};
use crate::model::ViewKind;

impl App {
    pub(super) fn trial(&mut self, wish: Wish, now_secs: f64) {
        match wish {
            Wish::Try { finding, remedy } => self.try_remedy(finding, remedy),
            Wish::Show(question, outcome) => {
                if let Some(trying) = self.core.trying.as_mut().filter(|trying| trying.question == question) {
                    trying.outcome = Some(outcome);
                }
            }
            Wish::Picture(question, view, ghost) => {
                if let Some(trying) = self.core.trying.as_mut().filter(|trying| trying.question == question) {
                    trying.picture = Some((view, ghost));
                    trying.awaited = None;
                }
            }
            Wish::Apply => self.apply_trial(now_secs),
            Wish::End => {
                self.end_trial();
            }
        }
    }

    fn try_remedy(&mut self, finding: usize, remedy: usize) {
        self.end_trial();
        let (Some(report), false) = (self.core.report.clone(), self.core.findings_are_stale()) else {
            self.core.hint = "The findings are being worked out anew; try again in a moment.".to_owned();
            return;
        };
        let Some(found) = report.findings.get(finding).cloned() else { return };
        let Some(fix) = found.remedies.get(remedy).and_then(|remedy| remedy.fix.as_ref()) else { return };
        let edit = fix.to_edit();
        let document = self.core.editor.document().clone();
        let question = Question { revision: document.revision(), finding, remedy };
        let cancel = CancelToken::default();
        let settings = Settings { today: crate::app::start::today(), ..Settings::default() };
        let ground = Ground { document, report, settings, overlay: self.core.overlay };
        self.core.trying = Some(Trying {
            question,
            edit: edit.clone(),
            outcome: None,
            picture: None,
            awaited: None,
            cancel: cancel.clone(),
        });
        self.jobs.start_aside(move || {
            let outcome = Arc::new(tried(&ground, &found, &edit, &cancel));
            match cancel.is_cancelled() {
                true => JobResult::Nothing,
                false => JobResult::Commands(vec![Command::Trial(Wish::Show(question, outcome))]),
            }
        });
    }

    /// Gives the trial up. Whether there was one.
    pub(super) fn end_trial(&mut self) -> bool {
        let Some(trying) = self.core.trying.take() else { return false };
        trying.cancel.cancel();
        // A picture and a document of many thousand pieces take a while to be given back.
        self.jobs.discard((trying.outcome, trying.picture));
        true
    }

    /// Makes the change that is tried, as one step.
    fn apply_trial(&mut self, now_secs: f64) {
        let can = self.core.trying.as_ref().is_some_and(|trying| trying.tried().is_some());
        let Some(edit) = self.core.trying.as_ref().filter(|_| can).map(|trying| trying.edit.clone()) else { return };
        self.end_trial();
        let before = self.scene_in_front();
        if let Some(committed) = self.commit(&edit, now_secs)
            && committed.changed
        {
            self.glide_from(before);
            let label = self.core.editor.done().last().map_or_else(String::new, |step| step.label.clone());
            self.core.hint = format!("Done: {label}.");
        }
    }

    /// Ends a trial of another version, and has the picture made of the view in front.
    pub(super) fn keep_trial(&mut self, ctx: &egui::Context) {
        let revision = self.core.document().revision();
        if self.core.trying.as_ref().is_some_and(|trying| trying.question.revision != revision) {
            self.end_trial();
        }
        let is_awaited = |trying: &Trying| trying.outcome.is_none() || trying.awaited.is_some();
        if self.jobs.is_inline() && self.core.trying.as_ref().is_some_and(is_awaited) {
            // What is worked out at once is taken in the next frame.
            ctx.request_repaint();
        }
        let is_canvas = matches!(self.core.active_kind(), Some(kind) if !matches!(kind, ViewKind::Matrix(_)));
        let Some(view) = self.core.active_view().filter(|_| is_canvas) else { return };
        let Some(trying) = &mut self.core.trying else { return };
        let has_it = trying.picture.as_ref().is_some_and(|(of, _)| *of == view) || trying.awaited == Some(view);
        let Some(outcome) = trying.outcome.clone().filter(|outcome| outcome.is_ok() && !has_it) else { return };
        trying.awaited = Some(view);
        ctx.request_repaint();
        let question = trying.question;
        self.jobs.start_aside(move || {
            let ghost = outcome.as_ref().as_ref().ok().and_then(|tried| picture(tried, view));
            JobResult::Commands(vec![Command::Trial(Wish::Picture(question, view, ghost.map(Arc::new)))])
        });
    }

    /// Enter makes the change that is looked at, unless a button has the keyboard.
    pub(super) fn take_keys_of_trial(&mut self, ctx: &egui::Context) {
        let is_shown = self.core.trying.as_ref().is_some_and(|trying| trying.tried().is_some());
        let in_button = ctx.data(|data| data.get_temp::<bool>(trial_focus()).unwrap_or(false));
        if !is_shown || in_button || ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) {
            return;
        }
        if ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter)) {
            self.commands.push(Command::Trial(Wish::Apply));
        }
    }
}

/// Where the panel says whether one of its buttons has the keyboard.
pub fn trial_focus() -> egui::Id {
    egui::Id::unique("a button of the trial has the keyboard")
}
