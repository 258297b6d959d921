//! Rows under the letters of another framework: what becomes of each letter, and what is lost, before it is done.

use egui::{Align, ComboBox, Id, Layout, ScrollArea, Ui, WidgetInfo};

use super::{sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, field_row, text, text_button};
use crate::edit::conversion::subjects_of;
use crate::edit::{
    Conversion, ConvertFramework, ConvertedRows, Edit, EditAction as _, Instead, LossKind, Verdict, conversion,
};
use crate::model::*;
use crate::scene::text::{Measure, Weight};

/// More rows than this are only counted.
const MOST_LISTED: usize = 40;

/// The form.
#[derive(Clone, Debug)]
pub struct Convert {
    /// Decisions that were selected when it opened.
    selected: Vec<DecisionId>,
    rows: ConvertedRows,
    to: Option<FrameworkId>,
    instead: Vec<Instead>,
    /// What it would do; worked out anew when an answer changes.
    report: Option<Box<Conversion>>,
    problem: Option<String>,
}

impl Convert {
    pub(super) fn new(core: &Core, selected: &[DecisionId]) -> Self {
        let rows = match selected {
            [] => ConvertedRows::All,
            some => ConvertedRows::Decisions(some.to_vec()),
        };
        let document = core.document();
        let first = subjects_of(document, &rows).first().copied();
        let from = first.and_then(|subject| document.framework_of(subject)).map(|(id, _)| id);
        let to = document.frameworks().ids().find(|id| Some(*id) != from);
        Self { selected: selected.to_vec(), rows, to, instead: Vec::new(), report: None, problem: None }
    }

    /// The same with this kind of rows and this framework answered already.
    pub(super) fn with(mut self, kind: DecisionKind, to: FrameworkId) -> Self {
        self.rows = ConvertedRows::Kind(kind);
        self.to = Some(to);
        self
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, "Convert letters");
        sentence_ui(
            ui,
            theme,
            "Each right follows its duties and keeps its limits. What is lost on the way stands below.",
        );
        ui.add_space(theme.sizes.space.small);
        self.choices_ui(ui, core);
        let report = self.report.take().unwrap_or_else(|| Box::new(self.worked_out(core.document())));
        ui.add_space(theme.sizes.space.small);
        let height = (ui.ctx().content_rect().height() - 280.0).clamp(120.0, 360.0);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        area.auto_shrink([false, true]).show(ui, |ui| {
            let changed = self.letters_ui(ui, core, &report);
            ui.add_space(theme.sizes.space.small);
            losses_ui(ui, core, &report);
            self.report = (!changed).then_some(report);
        });
        if let Some(problem) = &self.problem {
            ui.label(text(problem.as_str(), theme.sizes.text.body).color(colour(theme.severity.high.ink)));
        }
        ui.add_space(theme.sizes.space.medium);
        crate::app::dialogs::footer(ui, |ui| {
            let can = ui.add_enabled_ui(self.to.is_some(), |ui| {
                text_button(ui, theme, ButtonLook::Primary, None, "Convert").clicked()
            });
            if can.inner {
                self.submit(core, commands);
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }

    fn worked_out(&self, document: &Document) -> Conversion {
        self.to.map(|to| conversion(document, &self.rows, to, &self.instead)).unwrap_or_default()
    }

    /// Which rows, and which letters they get.
    fn choices_ui(&mut self, ui: &mut Ui, core: &Core) {
        let theme = core.theme();
        let document = core.document();
        let mut rows: Vec<(ConvertedRows, String)> = vec![
            (ConvertedRows::All, "Everything".to_owned()),
            (ConvertedRows::Kind(DecisionKind::Decision), "All decisions".to_owned()),
            (ConvertedRows::Kind(DecisionKind::Task), "All work: tasks and steps".to_owned()),
            (ConvertedRows::Kind(DecisionKind::Control), "All checks".to_owned()),
        ];
        match self.selected.as_slice() {
            [] => {}
            [one] => {
                let name = format!("“{}”", document.name_of((*one).into()));
                rows.insert(0, (ConvertedRows::Decisions(vec![*one]), name));
            }
            many => {
                let name = format!("The {} selected decisions", many.len());
                rows.insert(0, (ConvertedRows::Decisions(many.to_vec()), name));
            }
        }
        let before = (self.rows.clone(), self.to);
        field_row(ui, theme, "Rows", "Which rows get other letters.", |ui| {
            let chosen = rows.iter().find(|(rows, _)| *rows == self.rows).map_or("", |(_, words)| words.as_str());
            let shown = Measure::bundled().ellipsize(chosen, theme.sizes.text.body, 300.0).text;
            let combo = ComboBox::from_id_salt("convert rows").width(340.0);
            let response = combo.selected_text(text(shown, theme.sizes.text.body)).show_ui(ui, |ui| {
                for (rows, words) in &rows {
                    if ui.selectable_label(*rows == self.rows, words).clicked() {
                        self.rows = rows.clone();
                    }
                }
            });
            let label = format!("Rows: {chosen}");
            response.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
        });
        field_row(ui, theme, "Letters", "The framework whose letters they get.", |ui| {
            let chosen = self.to.map_or("", |to| document.name_of(to.into()));
            let combo = ComboBox::from_id_salt("convert to").width(340.0).height(400.0);
            let response = combo.selected_text(text(chosen, theme.sizes.text.body)).show_ui(ui, |ui| {
                for (id, framework) in document.frameworks().iter() {
                    if ui.selectable_label(self.to == Some(id), &framework.name).clicked() {
                        self.to = Some(id);
                    }
                }
            });
            let label = format!("Letters: {chosen}");
            response.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
        });
        if before != (self.rows.clone(), self.to) {
            self.report = None;
            self.problem = None;
            if before.1 != self.to {
                self.instead.clear();
            }
        }
    }

    /// The letters in use with what becomes of them, to be changed; true where something was changed.
    fn letters_ui(&mut self, ui: &mut Ui, core: &Core, report: &Conversion) -> bool {
        let theme = core.theme();
        let document = core.document();
        let rows = report.rows.len();
        let rights = report.changed_rights(document);
        let count = |number: usize, one: &str, many: &str| {
            if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
        };
        let words = if rows == 0 {
            "No right changes: the rows have these letters already, or nobody holds a letter on them.".to_owned()
        } else {
            format!("{} with {}.", count(rows, "row", "rows"), count(rights, "change of a right", "changes of rights"))
        };
        ui.label(text(words, theme.sizes.text.name).color(colour(theme.neutral.ink)));
        let Some(target) = self.to.and_then(|to| document.get::<Framework>(to)) else { return false };
        let mut changed = false;
        for letter in &report.letters {
            let Some(source) = document.get::<Framework>(letter.from) else { continue };
            let name = source.letter(&letter.letter).map_or("", |letter| letter.name.as_str());
            let kind = match letter.kind {
                DecisionKind::Task => "work",
                DecisionKind::Decision => "decisions",
                DecisionKind::Control => "checks",
            };
            ui.horizontal(|ui| {
                ui.set_min_height(theme.sizes.row.comfortable);
                let about = format!("{} {name}, {} on {kind}", letter.letter, count(letter.rights, "right", "rights"));
                let shown = Measure::bundled().ellipsize(&about, theme.sizes.text.body, 300.0).text;
                ui.label(text(shown, theme.sizes.text.body)).on_hover_text(format!("{} of {}", about, source.name));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let label = format!("{} of {} on {kind} becomes", letter.letter, source.name);
                    if let Some(becomes) = letter_choice_ui(ui, core, target, &letter.path.codes, &label) {
                        let (from, code) = (letter.from, letter.letter.clone());
                        self.instead.retain(|instead| !(instead.from == from && instead.letter == code));
                        self.instead.push(Instead { from, letter: code, becomes });
                        changed = true;
                    }
                });
            });
        }
        changed
    }

    fn submit(&mut self, core: &Core, commands: &mut Vec<Command>) {
        let Some(to) = self.to else { return };
        let edit = Edit::from(ConvertFramework { rows: self.rows.clone(), to, instead: self.instead.clone() });
        match edit.can_apply(core.document()) {
            Verdict::Yes => {
                commands.push(Command::CloseDialog);
                commands.push(edit.into());
            }
            Verdict::No(reason) => self.problem = Some(reason),
            Verdict::Ignore => self.problem = Some("The rows have these letters already.".to_owned()),
        }
    }
}

/// What a letter becomes, to be chosen anew.
fn letter_choice_ui(
    ui: &mut Ui,
    core: &Core,
    target: &Framework,
    codes: &[String],
    label: &str,
) -> Option<Vec<String>> {
    let theme = core.theme();
    let words = |codes: &[String]| match codes {
        [] => "goes".to_owned(),
        [one] => target.letter(one).map_or(one.clone(), |letter| format!("{} {}", letter.code, letter.name)),
        many => many.join(" and "),
    };
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(Id::unique(("convert", label)).value()).width(210.0);
    let shown = Measure::bundled().ellipsize(&words(codes), theme.sizes.text.body, 180.0).text;
    let response = combo.selected_text(text(shown, theme.sizes.text.body)).show_ui(ui, |ui| {
        let others = target.letters.iter().map(|letter| vec![letter.code.clone()]).chain([Vec::new()]);
        for choice in others {
            if ui.selectable_label(choice == codes, words(&choice)).clicked() {
                chosen = Some(choice);
            }
        }
    });
    response
        .response
        .widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, format!("{label} {}", words(codes))));
    chosen
}

/// What is lost, the gravest first.
fn losses_ui(ui: &mut Ui, core: &Core, report: &Conversion) {
    let theme = core.theme();
    let document = core.document();
    if report.losses.is_empty() {
        sentence_ui(ui, theme, "Nothing is lost.");
        return;
    }
    for heading in LossKind::HEADINGS {
        let of_kind: Vec<_> = report.losses.iter().filter(|loss| loss.kind.heading() == heading).collect();
        if of_kind.is_empty() {
            continue;
        }
        let style = theme.sizes.text.caption.with_weight(Weight::Semibold);
        ui.add_space(theme.sizes.space.tight);
        ui.label(text(format!("{heading} ({})", of_kind.len()), style).color(colour(theme.neutral.ink_second)));
        for loss in of_kind.iter().take(MOST_LISTED) {
            let words = format!("{}: {}", document.name_of(loss.subject.into()), loss.sentence(document));
            ui.add(egui::Label::new(text(words, theme.sizes.text.body).color(colour(theme.neutral.ink))).wrap());
        }
        if of_kind.len() > MOST_LISTED {
            sentence_ui(ui, theme, &format!("And {} more.", of_kind.len() - MOST_LISTED));
        }
    }
}
