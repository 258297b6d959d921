//! Frameworks of letters: those of the program to read and copy, those of the project to change, and which rows use
//! which.

use egui::{Align, ComboBox, Id, Layout, ScrollArea, Ui, WidgetInfo, vec2};

use super::framework_form::FrameworkForm;
use super::{Dialog, sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, Row, field_row, section_header, text, text_button};
use crate::edit::rules::can_remove;
use crate::edit::{EditAction as _, Remove, SetProject, Verdict, letters_in_use};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::letter_colours;
use crate::scene::text::Measure;

const LIST_WIDTH: f32 = 210.0;
const HEIGHT: f32 = 430.0;
/// What stands above and below the list and the framework, in points.
const AROUND: f32 = 170.0;
/// The form of a framework needs so many points.
const LEAST_WIDTH: f32 = 540.0;

fn height(ui: &Ui) -> f32 {
    HEIGHT.min(ui.ctx().content_rect().height() - AROUND)
}

/// What is shown and changed.
#[derive(Clone, Debug)]
pub struct Frameworks {
    shown: Option<FrameworkId>,
    /// The framework that is changed or made, before it is kept.
    form: Option<FrameworkForm>,
    /// How many frameworks there were when one was kept: a new one is shown as soon as it is there.
    kept_at: Option<usize>,
    problem: Option<String>,
    /// The kind of rows and the framework that would need a conversion first.
    converts: Option<(DecisionKind, FrameworkId)>,
}

impl Frameworks {
    pub(super) fn new(core: &Core) -> Self {
        let document = core.document();
        let shown = document.project().framework.or_else(|| document.frameworks().ids().next());
        Self { shown, form: None, kept_at: None, problem: None, converts: None }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        if self.kept_at.is_some_and(|count| core.document().frameworks().len() > count) {
            self.kept_at = None;
            self.shown = core.document().frameworks().ids().last();
        }
        if self.shown.is_none_or(|shown| core.document().get::<Framework>(shown).is_none()) {
            self.shown = core.document().frameworks().ids().next();
        }
        title_ui(ui, theme, "Frameworks");
        sentence_ui(
            ui,
            theme,
            "A framework is a set of letters. Findings read the duties of letters, never the letters themselves.",
        );
        ui.add_space(theme.sizes.space.small);
        let height = height(ui);
        ui.horizontal_top(|ui| {
            ui.set_height(height);
            // In a small window there is room for one of them; the list rests while a framework is changed.
            let is_small = ui.available_width() < LIST_WIDTH + LEAST_WIDTH;
            if self.form.is_none() || !is_small {
                ui.allocate_ui_with_layout(vec2(LIST_WIDTH, height), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(LIST_WIDTH);
                    self.list_ui(ui, core);
                });
                // A separator would take, and so make, whatever height there is.
                let (line, _) = ui.allocate_exact_size(vec2(9.0, height), egui::Sense::hover());
                let stroke = egui::Stroke::new(1.0, colour(theme.neutral.line));
                ui.painter().vline(line.center().x, line.y_range(), stroke);
            }
            ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::top_down(Align::Min), |ui| {
                ui.set_width(ui.available_width());
                match &mut self.form {
                    Some(form) => {
                        if form.show(ui, core, commands) {
                            self.form = None;
                            self.kept_at = Some(core.document().frameworks().len());
                        }
                    }
                    None => self.framework_ui(ui, core, commands),
                }
            });
        });
        if let Some(problem) = self.problem.clone() {
            ui.add_space(theme.sizes.space.small);
            ui.horizontal(|ui| {
                ui.label(text(problem, theme.sizes.text.body).color(colour(theme.severity.high.ink)));
                if let Some((kind, to)) = self.converts
                    && text_button(ui, theme, ButtonLook::Plain, None, "Convert letters…").clicked()
                {
                    commands.push(Command::CloseDialog);
                    let form = super::convert::Convert::new(core, &[]).with(kind, to);
                    commands.push(Command::Dialog(Dialog::Convert(form)));
                }
            });
        }
        ui.add_space(theme.sizes.space.medium);
        crate::app::dialogs::footer(ui, |ui| {
            if self.form.is_none() && text_button(ui, theme, ButtonLook::Primary, None, "Done").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }

    fn list_ui(&mut self, ui: &mut Ui, core: &Core) {
        let theme = core.theme();
        let document = core.document();
        ui.add_enabled_ui(self.form.is_none(), |ui| {
            ScrollArea::vertical().id_salt("frameworks").max_height(height(ui) - 4.0).show(ui, |ui| {
                for (built_in, title) in [(false, "Of this project"), (true, "Of the program")] {
                    let of_kind: Vec<_> =
                        document.frameworks().iter().filter(|(_, framework)| framework.built_in == built_in).collect();
                    if built_in {
                        section_header(ui, theme, title, None);
                    } else if section_header(ui, theme, title, Some("New framework")) {
                        self.form = Some(FrameworkForm::empty());
                    }
                    for (id, framework) in of_kind {
                        let codes: Vec<&str> = framework.letters.iter().map(|letter| letter.code.as_str()).collect();
                        let row = Row {
                            id: Id::unique(("framework", id)),
                            icon: None,
                            name: &framework.name,
                            detail: &codes.join(" "),
                            badge: None,
                            depth: 0,
                            open: None,
                            selected: self.shown == Some(id),
                            label: &framework.name,
                        };
                        if row.show(ui, theme).response.clicked() {
                            self.shown = Some(id);
                            self.kept_at = None;
                            self.problem = None;
                        }
                    }
                }
            });
        });
    }

    fn framework_ui(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        let document = core.document();
        let Some((id, framework)) = self.shown.and_then(|id| Some((id, document.get::<Framework>(id)?))) else {
            return;
        };
        // In a small window the buttons have a line of their own.
        let is_small = ui.available_width() < LEAST_WIDTH;
        let longest = if is_small { ui.available_width() } else { 230.0 };
        let heading = |ui: &mut Ui| {
            let name = Measure::bundled().ellipsize(&framework.name, theme.sizes.text.section, longest).text;
            ui.label(text(name, theme.sizes.text.section).color(colour(theme.neutral.ink)));
        };
        if is_small {
            heading(ui);
        }
        ui.horizontal(|ui| {
            if !is_small {
                heading(ui);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if text_button(ui, theme, ButtonLook::Plain, Some(Icon::Duplicate), "Duplicate").clicked() {
                    self.form = Some(FrameworkForm::copy(document, framework));
                }
                if framework.built_in {
                    return;
                }
                if text_button(ui, theme, ButtonLook::Plain, Some(Icon::Pencil), "Change").clicked() {
                    self.form = Some(FrameworkForm::change(id, framework));
                }
                if text_button(ui, theme, ButtonLook::Quiet, Some(Icon::Trash), "Remove").clicked() {
                    match can_remove(document, id.into()) {
                        Verdict::No(reason) => {
                            self.problem = Some(format!("{reason} Convert its rows to another framework first."));
                        }
                        _ => commands.push(Command::Edit(Box::new(Remove { elements: vec![id.into()] }.into()))),
                    }
                }
            });
        });
        let below = height(ui) - if is_small { 62.0 } else { 36.0 };
        ScrollArea::vertical().id_salt("framework").max_height(below).auto_shrink([false, false]).show(ui, |ui| {
            sentence_ui(ui, theme, &framework.description);
            ui.add_space(theme.sizes.space.small);
            let used = letters_in_use(document, id);
            for letter in &framework.letters {
                letter_ui(ui, core, letter, used.get(&letter.code).copied().unwrap_or(0));
            }
            ui.add_space(theme.sizes.space.medium);
            self.settings_ui(ui, core, commands);
        });
    }

    /// Which rows use which framework.
    fn settings_ui(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        let document = core.document();
        section_header(ui, theme, "Which rows use which letters", None);
        let project = document.project();
        let chosen = [
            (DecisionKind::Decision, "Decisions", project.framework),
            (DecisionKind::Task, "Work, steps", project.framework_of_tasks),
            (DecisionKind::Control, "Checks", project.framework_of_controls),
        ];
        for (kind, label, framework) in chosen {
            field_row(ui, theme, label, "Rows that name a framework of their own keep it.", |ui| {
                let as_decisions = "as decisions";
                let name = framework.map_or(as_decisions, |id| document.name_of(id.into()));
                let combo = ComboBox::from_id_salt(label).width(230.0).height(320.0);
                let mut wanted = framework;
                let response = combo.selected_text(text(name, theme.sizes.text.body)).show_ui(ui, |ui| {
                    if kind != DecisionKind::Decision {
                        ui.selectable_value(&mut wanted, None, as_decisions);
                    }
                    for (id, other) in document.frameworks().iter() {
                        ui.selectable_value(&mut wanted, Some(id), &other.name);
                    }
                });
                let words = format!("{label}: {name}");
                response.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, &words));
                if wanted != framework {
                    self.choose(core, kind, wanted, commands);
                }
            });
        }
    }

    fn choose(&mut self, core: &Core, kind: DecisionKind, wanted: Option<FrameworkId>, commands: &mut Vec<Command>) {
        let mut project = core.document().project().clone();
        match kind {
            DecisionKind::Decision => project.framework = wanted,
            DecisionKind::Task => project.framework_of_tasks = wanted,
            DecisionKind::Control => project.framework_of_controls = wanted,
        }
        let to = wanted.or(project.framework);
        let edit = SetProject { project: Box::new(project) };
        self.converts = None;
        match edit.can_apply(core.document()) {
            Verdict::No(reason) => {
                self.problem = Some(reason);
                self.converts = to.map(|to| (kind, to));
            }
            _ => {
                self.problem = None;
                commands.push(Command::Edit(Box::new(edit.into())));
            }
        }
    }
}

/// A letter as it stands: chip, name, numbers, duties, meaning.
fn letter_ui(ui: &mut Ui, core: &Core, letter: &Letter, used: usize) {
    let theme = core.theme();
    ui.horizontal(|ui| {
        chip_ui(ui, core, letter);
        ui.label(text(&letter.name, theme.sizes.text.name).color(colour(theme.neutral.ink)));
        let most = match (letter.at_least, letter.at_most) {
            (0, None) => "any number".to_owned(),
            (least, None) => format!("{least} or more"),
            (0, Some(most)) => format!("at most {most}"),
            (least, Some(most)) if least == most => format!("exactly {least}"),
            (least, Some(most)) => format!("{least} to {most}"),
        };
        let duties: Vec<&str> = letter.duties.iter().map(|duty| duty.word()).collect();
        let rights = match used {
            0 => String::new(),
            1 => " · 1 right".to_owned(),
            count => format!(" · {count} rights"),
        };
        let words = format!("{most} · {}{rights}", duties.join(", "));
        ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.add_space(34.0);
        let words = text(&letter.meaning, theme.sizes.text.body).color(colour(theme.neutral.ink_second));
        ui.add(egui::Label::new(words).wrap());
    });
    ui.add_space(theme.sizes.space.tight);
}

/// The letter as the matrix shows it.
pub(super) fn chip_ui(ui: &mut Ui, core: &Core, letter: &Letter) {
    let theme = core.theme();
    let (rect, _) = ui.allocate_exact_size(vec2(34.0, 22.0), egui::Sense::hover());
    let (ink, ground) = letter_colours(Some(letter))
        .map_or((theme.neutral.ink_second, theme.neutral.field), |(ink, ground)| {
            (theme.colour(ink), theme.colour(ground))
        });
    ui.painter().rect_filled(rect, 4.0, colour(ground));
    let style = theme.sizes.text.label;
    let at = rect.center();
    ui.painter().text(at, egui::Align2::CENTER_CENTER, &letter.code, crate::app::style::font(style), colour(ink));
}
