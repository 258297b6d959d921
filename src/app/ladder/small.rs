//! The ladder in little, for the inspector of a decision.

use std::sync::Arc;

use egui::{Sense, Ui, WidgetInfo};

use super::drawing::paint;
use super::studies::{Answer, Ask};
use crate::analysis::{LadderIssueKind, words};
use crate::app::canvas::texts::Texts;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, section_header, text, text_button};
use crate::exhibits::ladder_rows;
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::ladder::{LadderLook, draw_ladder};

/// Most rows that are drawn.
const MOST: usize = 12;

/// The ladder in little, with its study.
#[derive(Default)]
pub struct SmallLadder {
    answer: Option<Arc<Answer>>,
    asked: Option<(DecisionId, Revision)>,
    texts: Texts,
}

impl SmallLadder {
    /// Takes what a study found.
    pub fn take(&mut self, answer: Arc<Answer>) {
        if answer.edit.is_none() && self.asked == Some((answer.decision, answer.revision)) {
            self.answer = Some(answer);
        }
    }

    /// Draws it for a decision, with the way to the whole.
    pub fn show(&mut self, ui: &mut Ui, core: &Core, decision: DecisionId, commands: &mut Vec<Command>) {
        let theme = core.theme();
        let document = core.document();
        let now = (decision, document.revision());
        if self.asked != Some(now) {
            self.asked = Some(now);
            let document = core.editor.document().clone();
            commands.push(Command::StudyLadder(Ask { decision, document, edit: None, with_remedies: false }));
        }
        section_header(ui, theme, "Limits", None);
        let answer = self.answer.clone().filter(|answer| answer.decision == decision);
        let has_deciders = !deciding_rights(document, decision).is_empty();
        if let Some(answer) = answer.filter(|_| has_deciders) {
            let mut rows = ladder_rows(&answer.document, decision, &answer.study, None);
            let count: usize = rows.sketch.axes.iter().map(|axis| axis.rows.len()).sum();
            for axis in &mut rows.sketch.axes {
                axis.rows.truncate(MOST);
                axis.strips.truncate(3);
                // The unit stands at the axis.
                for row in axis.rows.iter_mut().filter(|row| row.label.starts_with(['≤', '>'])) {
                    if let Some((short, _)) = row.label.rsplit_once(' ') {
                        row.label = short.to_owned();
                    }
                }
            }
            let picture =
                draw_ladder(&rows.sketch, LadderLook { width: ui.available_width().max(200.0), is_compact: true });
            let (rect, response) = ui.allocate_exact_size(picture.size, Sense::click());
            paint(ui, theme, &picture, rect.min, &mut self.texts);
            let said = format!("Ladder: {}. {}", words::count(count, "limit", "limits"), troubles(&answer));
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &said));
            if response.on_hover_text("Open the ladder").clicked() {
                commands.push(Command::OpenLadder(decision));
            }
            let sentence = text(troubles(&answer), theme.sizes.text.caption).color(colour(theme.neutral.ink_second));
            ui.add(egui::Label::new(sentence).wrap());
        }
        ui.add_space(2.0);
        let label = if has_deciders { "Edit limits" } else { "Set limits" };
        if text_button(ui, theme, ButtonLook::Plain, Some(Icon::Pencil), label).clicked() {
            commands.push(Command::OpenLadder(decision));
        }
        ui.add_space(6.0);
    }
}

/// What is wrong, the gravest thing first.
fn troubles(answer: &Answer) -> String {
    let issues = &answer.study.issues;
    let grave = |kind: LadderIssueKind| kind != LadderIssueKind::InWords;
    match issues.iter().find(|issue| grave(issue.kind)) {
        None => "Every case has exactly one decider.".to_owned(),
        Some(first) if issues.len() == 1 => first.sentence.clone(),
        Some(first) => format!("{} And {} more.", first.sentence, issues.len() - 1),
    }
}
