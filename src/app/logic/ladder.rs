//! The ladder: opened, studied beside the window, left.

use std::sync::Arc;

use egui::Context;

use super::clipboard::{PICTURE_SCALE, image_commands};
use crate::app::App;
use crate::app::command::Command;
use crate::app::jobs::JobResult;
use crate::app::ladder::{Answer, Ask, LadderEditor};
use crate::app::notice::Notice;
use crate::export;
use crate::model::{Decision, DecisionId};

/// Whether a command leads to a view, and so away from the ladder.
pub(super) fn leads_away(command: &Command) -> bool {
    matches!(
        command,
        Command::OpenView(_)
            | Command::OpenExhibit(_)
            | Command::OpenInside(_)
            | Command::GoUp
            | Command::Reveal(_)
            | Command::RevealIn { .. }
            | Command::FocusFinding(Some(_))
            | Command::GoBack
            | Command::GoForward
            | Command::OpenFind
            | Command::Quick(_)
            | Command::Insert(_)
            | Command::InsertNow(_)
    )
}

impl App {
    pub(super) fn open_ladder(&mut self, decision: DecisionId) {
        if self.core.document().get::<Decision>(decision).is_none() {
            return;
        }
        self.core.hint.clear();
        self.parts.ladder = Some(Box::new(LadderEditor::new(decision, self.core.active_view())));
    }

    /// One level back within the ladder, or out of it; false where none is open.
    pub(super) fn leave_ladder(&mut self) -> bool {
        let Some(ladder) = &mut self.parts.ladder else { return false };
        if !ladder.take_back() {
            self.parts.ladder = None;
        }
        true
    }

    /// Makes a picture of the ladder for the clipboard.
    pub(super) fn copy_ladder(&self, as_svg: bool) {
        let Some((decision, document, picture)) = self.parts.ladder.as_ref().and_then(|ladder| ladder.picture()) else {
            return;
        };
        self.jobs.start_aside(move || {
            if as_svg {
                let text =
                    String::from_utf8_lossy(&export::ladder_svg(&document, decision, &picture).bytes).into_owned();
                let said = Command::Hint("The picture is on the clipboard as SVG.".to_owned());
                return JobResult::Commands(vec![Command::CopyText(text), said]);
            }
            let made = export::ladder_pixels(&document, decision, &picture, PICTURE_SCALE);
            JobResult::Commands(made.map_or_else(
                |error| vec![Command::Notify(Notice::failure(format!("There is no picture: {error}.")))],
                image_commands,
            ))
        });
    }

    pub(super) fn study_ladder(&mut self, ctx: &Context, ask: Ask) {
        let today = crate::app::start::today();
        let study = move || JobResult::Commands(vec![Command::LadderStudied(Arc::new(ask.answer(today)))]);
        self.jobs.start_aside(study);
        if self.jobs.is_inline() {
            ctx.request_repaint();
        }
    }

    pub(super) fn ladder_studied(&mut self, answer: &Arc<Answer>) {
        if let Some(ladder) = &mut self.parts.ladder {
            ladder.take(answer.clone());
        }
        self.parts.inspector.ladder.take(answer.clone());
    }
}
