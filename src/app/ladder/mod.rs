//! The ladder of one decision over the whole middle of the window: limits typed as people write them, drawn along the
//! amounts, checked at every keystroke, and moved by hand to see what that would do.
//!
//! Nothing is computed here: what is drawn and told comes from a study of the version, made beside the window, and of
//! the version with the change that is tried. A change is one step when a line is kept, a bound let go, or a remedy
//! pressed.

mod checks;
mod drawing;
mod fields;
mod line;
mod pick;
mod small;
mod studies;
mod typing;
mod week;

use std::sync::Arc;

use egui::{Align, CentralPanel, Frame, Layout, Margin, Panel, ScrollArea, Ui};

use super::canvas::texts::Texts;
use super::command::Command;
use super::core::Core;
use super::style::colour;
use super::widgets::{icon_button, icon_text, segmented, text};
use crate::analysis::LadderIssueKind;
use crate::analysis::figures::Rung;
use crate::edit::Edit;
use crate::exhibits::ladder_rows;
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::ladder::{LadderLook, LadderPicture, draw_ladder};
use crate::scene::text::Measure;

pub use small::SmallLadder;
pub use studies::{Answer, Ask};

/// What stands at the right of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    /// What is wrong and what would end it.
    #[default]
    Checks,
    /// The fields of the chosen limit.
    Fields,
}

/// The ladder that is open, and what is being done to it.
pub struct LadderEditor {
    decision: DecisionId,
    /// The view in front when it was opened: another one ends it.
    view: Option<ViewId>,
    studies: studies::Studies,
    line: line::Line,
    drag: Option<drawing::Drag>,
    /// The remedy under the pointer or with the keyboard: issue and place.
    tried: Option<(usize, usize)>,
    chosen: Option<Rung>,
    page: Page,
    form: fields::Form,
    facts: typing::Typing,
    /// Which kind of case the week is told for: axis of the study, and strip.
    strip: (usize, usize),
    texts: Texts,
}

impl LadderEditor {
    /// The ladder of a decision, opened while a view is in front.
    pub fn new(decision: DecisionId, view: Option<ViewId>) -> Self {
        Self {
            decision,
            view,
            studies: studies::Studies::default(),
            line: line::Line::new(),
            drag: None,
            tried: None,
            chosen: None,
            page: Page::default(),
            form: fields::Form::default(),
            facts: typing::Typing::default(),
            strip: (0, 0),
            texts: Texts::default(),
        }
    }

    /// Whose ladder.
    pub fn decision(&self) -> DecisionId {
        self.decision
    }

    /// The view that was in front when it was opened.
    pub fn view(&self) -> Option<ViewId> {
        self.view
    }

    /// Takes what a study found.
    pub fn take(&mut self, answer: Arc<Answer>) {
        if answer.decision == self.decision {
            self.studies.take(answer);
        }
    }

    /// Takes back what is only tried; false where nothing is.
    pub fn take_back(&mut self) -> bool {
        self.drag.take().is_some() || self.line.take_back()
    }

    /// The ladder as it is, drawn for a document; none before the first study.
    pub fn picture(&self) -> Option<(DecisionId, Arc<Document>, LadderPicture)> {
        const WIDTH: f32 = 760.0;
        let base = self.studies.base()?;
        let rows = ladder_rows(&base.document, self.decision, &base.study, None);
        let look = LadderLook { width: WIDTH, is_compact: false };
        Some((self.decision, base.document.clone(), draw_ladder(&rows.sketch, look)))
    }

    /// The change that is tried now.
    fn draft(&self, core: &Core) -> Option<Edit> {
        if let Some(drag) = &self.drag {
            return drag.edit(core.document());
        }
        if let Some((issue, place)) = self.tried {
            let base = self.studies.base()?;
            return Some(base.study.issues.get(issue)?.remedies.get(place)?.fix.to_edit());
        }
        self.line.edit(core.document(), self.decision)
    }
}

/// Draws the ladder in place of the views.
pub fn ladder_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    if core.document().get::<Decision>(editor.decision).is_none() {
        commands.push(Command::CloseLadder);
        return;
    }
    editor.line.read(core, editor.decision);
    let draft = editor.draft(core);
    editor.studies.ask(core, editor.decision, draft.as_ref(), commands);
    let theme = core.theme();
    let frame = |fill| Frame::new().fill(colour(fill)).inner_margin(Margin::symmetric(14, 6));
    Panel::top("ladder heading").frame(frame(theme.neutral.panel)).resizable(false).show(ui, |ui| {
        heading_ui(ui, core, editor, commands);
        line::line_ui(ui, core, editor, commands);
    });
    let width = (ui.available_width() * 0.34).clamp(280.0, 400.0);
    Panel::right("ladder side").frame(frame(theme.neutral.panel)).resizable(false).exact_size(width).show(ui, |ui| {
        side_ui(ui, core, editor, commands);
    });
    Panel::bottom("ladder week").frame(frame(theme.neutral.panel)).resizable(false).show(ui, |ui| {
        week::week_ui(ui, core, editor, commands);
    });
    CentralPanel::no_frame().show(ui, |ui| {
        ui.painter().rect_filled(ui.max_rect(), 0.0, colour(theme.neutral.canvas));
        let inner = ui.max_rect().shrink2(egui::vec2(14.0, 8.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
            ScrollArea::vertical().id_salt("ladder").auto_shrink([false, false]).show(ui, |ui| {
                drawing::drawing_ui(ui, core, editor, commands);
            });
        });
    });
}

/// Whose ladder, what is wrong with it, and the way out.
fn heading_ui(ui: &mut Ui, core: &Core, editor: &LadderEditor, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.horizontal(|ui| {
        ui.set_min_height(30.0);
        ui.label(icon_text(Icon::Decision, 18.0).color(colour(theme.accent.base)));
        let counts = counts(editor);
        let room = ui.available_width() - 340.0;
        let title = format!("Limits: {}", core.document().name_of(editor.decision.into()));
        let title = Measure::bundled().ellipsize(&title, theme.sizes.text.section, room.max(120.0)).text;
        ui.label(text(title, theme.sizes.text.section).color(colour(theme.neutral.ink)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, theme, Icon::Close, "Close the ladder (Escape)", false, true).clicked() {
                commands.push(Command::CloseLadder);
            }
            if icon_button(ui, theme, Icon::Image, "Copy the picture", false, true).clicked() {
                commands.push(Command::CopyPicture { as_svg: false });
            }
            ui.label(text(counts, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
        });
    });
}

/// What is wrong, counted: `1 gap, 2 overlaps`.
fn counts(editor: &LadderEditor) -> String {
    let Some(shown) = editor.studies.shown() else { return String::new() };
    let kinds = [
        (LadderIssueKind::Units, "mixed units", "mixed units"),
        (LadderIssueKind::Conflict, "conflict", "conflicts"),
        (LadderIssueKind::Gap, "gap", "gaps"),
        (LadderIssueKind::Overlap, "overlap", "overlaps"),
        (LadderIssueKind::Inversion, "inversion", "inversions"),
        (LadderIssueKind::Redundant, "limit too many", "limits too many"),
    ];
    let counted = kinds.into_iter().filter_map(|(kind, one, many)| {
        let count = shown.study.count(kind);
        (count > 0).then(|| crate::analysis::words::count(count, one, many))
    });
    let parts: Vec<String> = counted.collect();
    let tried = if editor.studies.shows_draft() { "Tried: " } else { "" };
    if parts.is_empty() { format!("{tried}no gaps, no overlaps") } else { format!("{tried}{}", parts.join(", ")) }
}

fn side_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    let choices = [("Checks", "What is wrong, and what would end it"), ("Limit", "All fields of the chosen limit")];
    let chosen = segmented(ui, core.theme(), "ladder side", &choices, usize::from(editor.page == Page::Fields));
    if let Some(chosen) = chosen {
        editor.page = if chosen == 1 { Page::Fields } else { Page::Checks };
    }
    ui.add_space(6.0);
    ScrollArea::vertical().id_salt(("ladder side", editor.page == Page::Fields)).auto_shrink([false, false]).show(
        ui,
        |ui| match editor.page {
            Page::Checks => checks::checks_ui(ui, core, editor, commands),
            Page::Fields => fields::fields_ui(ui, core, editor, commands),
        },
    );
}
