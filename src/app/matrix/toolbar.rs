//! The line above the grid: which rows, which columns, which letters, what is filtered, how large.

mod columns;

use egui::{Align, Id, Layout, TextEdit, Ui, vec2};

use super::cursor::Selection;
use super::sheet::{Filter, Sheet};
use super::{MatrixState, keyboard, letters, pointer};
use crate::app::command::{CameraMove, Command};
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{icon_button, icon_text, text};
use crate::edit::{Edit, EditAction as _, Replace, Sequence, SetProject, Verdict};
use crate::model::*;
use crate::scene::Head;
use crate::scene::icon::Icon;
use crate::scene::text::Measure;

/// Draws the toolbar.
pub fn toolbar_ui(
    ui: &mut Ui,
    core: &Core,
    view: ViewId,
    shown: &MatrixView,
    state: &mut MatrixState,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.set_min_height(30.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(super::geometry::MARGIN);
        super::register::form_ui(ui, core, view, shown, commands);
        rows_ui(ui, core, view, shown, commands);
        ui.add_space(4.0);
        framework_ui(ui, core, state, commands);
        ui.add_space(4.0);
        columns::columns_ui(ui, core, view, shown, state, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.add_space(8.0);
            icon_button(ui, theme, Icon::Keyboard, "Keys of the matrix", false, true)
                .on_hover_text(text(keyboard::HELP, theme.sizes.text.body));
            if icon_button(ui, theme, Icon::Plus, "New decision", false, true).clicked() {
                let sheet = state.sheet.as_ref().map(|(_, sheet)| sheet.clone()).unwrap_or_default();
                commands.push(pointer::new_decision(core, &sheet, state.selection.active));
            }
            if icon_button(ui, theme, Icon::ZoomIn, "Larger", false, true).clicked() {
                state.request(CameraMove::ZoomIn);
            }
            if icon_button(ui, theme, Icon::ZoomOut, "Smaller", false, true).clicked() {
                state.request(CameraMove::ZoomOut);
            }
            filters_ui(ui, core, &mut state.filter);
        });
    });
    chips_ui(ui, core, state);
    ui.add_space(2.0);
}

/// Decisions, steps or both.
fn rows_ui(ui: &mut Ui, core: &Core, view: ViewId, shown: &MatrixView, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let choices = [
        (MatrixRows::Decisions, "Decisions", "Rows are decisions"),
        (MatrixRows::Steps, "Steps", "Rows are the steps of processes"),
        (MatrixRows::Both, "Both", "Rows are decisions, then steps"),
    ];
    let frame =
        egui::Frame::new().fill(colour(theme.neutral.field)).corner_radius(theme.sizes.radius.control).inner_margin(2);
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (rows, label, help) in choices {
            let chosen = shown.rows == rows;
            let ink = if chosen { theme.neutral.ink } else { theme.neutral.ink_second };
            let ground = if chosen { colour(theme.neutral.raised) } else { egui::Color32::TRANSPARENT };
            let words = text(label, theme.sizes.text.name).color(colour(ink));
            let button = egui::Button::new(words).fill(ground).corner_radius(4).min_size(vec2(0.0, 24.0));
            let response = ui.add(button);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, label));
            if response.on_hover_text(help).clicked() && !chosen {
                let change = |view: &mut View| {
                    if let ViewKind::Matrix(matrix) = &mut view.kind {
                        matrix.rows = rows;
                    }
                };
                let replace = Replace::with::<View>(core.document(), view, change);
                commands.extend(replace.map(|replace| Edit::from(replace).into()));
            }
        }
    });
}

/// The letters of the project, and of the selected rows, in one menu.
fn framework_ui(ui: &mut Ui, core: &Core, state: &MatrixState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let document = core.document();
    let chosen = document.project().framework.or_else(|| document.frameworks().ids().next());
    let name = chosen.and_then(|id| document.get::<Framework>(id)).map_or("No letters", |framework| &framework.name);
    let short = Measure::bundled().ellipsize(name, theme.sizes.text.name, 100.0);
    let label = (
        text(short.text, theme.sizes.text.name).color(colour(theme.neutral.ink)),
        icon_text(Icon::ChevronDown, 12.0).color(colour(theme.neutral.ink_second)),
    );
    let decisions = selected_decisions(state);
    let menu = ui.menu_button(label, |ui| {
        egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            conversions_ui(ui, core, &decisions, commands);
            heading(ui, core, "Letters of the project");
            choices_ui(ui, core, chosen, None, &mut |id| {
                let project = Project { framework: id.or(chosen), ..document.project().clone() };
                offer(core, SetProject { project: Box::new(project) }.into(), commands);
            });
            if decisions.is_empty() {
                return;
            }
            ui.separator();
            let rows = if decisions.len() == 1 {
                "this decision".to_owned()
            } else {
                format!("{} decisions", decisions.len())
            };
            heading(ui, core, &format!("Other letters for {rows}"));
            let shared = shared_framework(document, &decisions);
            choices_ui(ui, core, shared, Some("As the project"), &mut |id| {
                offer(core, with_framework(document, &decisions, id), commands);
            });
        });
    });
    menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Letters: {name}")));
    let help = chosen.and_then(|id| document.get::<Framework>(id)).map(letters::legend).unwrap_or_default();
    menu.response.on_hover_text(text(help, theme.sizes.text.body));
}

/// The doors to the frameworks themselves, and to rows under other letters.
fn conversions_ui(ui: &mut Ui, core: &Core, decisions: &[DecisionId], commands: &mut Vec<Command>) {
    let theme = core.theme();
    if crate::app::widgets::menu_item(ui, theme, Some(Icon::Settings), "Frameworks…", "", true).clicked() {
        commands.push(Command::Action("analyse.frameworks"));
    }
    if crate::app::widgets::menu_item(ui, theme, Some(Icon::ArrowLeftRight), "Convert letters…", "", true).clicked() {
        commands.push(Command::Dialog(crate::app::dialogs::Dialog::convert(core, decisions)));
    }
    ui.separator();
}

fn heading(ui: &mut Ui, core: &Core, words: &str) {
    let style = core.theme().sizes.text.caption.with_weight(crate::scene::text::Weight::Semibold);
    ui.label(text(words, style).color(colour(core.theme().neutral.ink_second)));
}

/// The framework that all the decisions name for themselves.
fn shared_framework(document: &Document, decisions: &[DecisionId]) -> Option<FrameworkId> {
    let mut own = decisions.iter().filter_map(|id| document.get::<Decision>(*id)).map(|decision| decision.framework);
    let first = own.next().flatten()?;
    own.all(|other| other == Some(first)).then_some(first)
}

/// A menu of frameworks; `none` is the label of having none.
fn choices_ui(
    ui: &mut Ui,
    core: &Core,
    chosen: Option<FrameworkId>,
    none: Option<&str>,
    choose: &mut dyn FnMut(Option<FrameworkId>),
) {
    let theme = core.theme();
    let mut entry = |ui: &mut Ui, id: Option<FrameworkId>, name: &str, help: &str| {
        let icon = (chosen == id).then_some(Icon::Check);
        let response = crate::app::widgets::menu_item(ui, theme, icon, name, "", true);
        if response.on_hover_text(text(help, theme.sizes.text.body)).clicked() {
            choose(id);
        }
    };
    if let Some(label) = none {
        entry(ui, None, label, "The letters that the project uses");
    }
    for (id, framework) in core.document().frameworks().iter() {
        entry(ui, Some(id), &framework.name, &format!("{}\n{}", framework.description, letters::legend(framework)));
    }
}

/// The decisions of the selected rows.
fn selected_decisions(state: &MatrixState) -> Vec<DecisionId> {
    let Some((_, sheet)) = &state.sheet else { return Vec::new() };
    let selection = state.selection.clamped(sheet.extent());
    let rows = rows_of(&selection, sheet);
    let decision = |head: &Head| match head {
        Head::Subject(Subject::Decision(id)) => Some(*id),
        _ => None,
    };
    let columns = columns_of(&selection, sheet).into_iter().filter(|_| sheet.transposed);
    let heads = rows.iter().filter_map(|row| sheet.rows.get(*row).map(|row| &row.head));
    let heads = heads.chain(columns.filter_map(|column| sheet.columns.get(column).map(|column| &column.head)));
    heads.filter_map(decision).collect()
}

fn rows_of(selection: &Selection, sheet: &Sheet) -> Vec<usize> {
    (0..sheet.rows.len())
        .filter(|row| selection.blocks().any(|block| (block.first.row..=block.last.row).contains(row)))
        .collect()
}

fn columns_of(selection: &Selection, sheet: &Sheet) -> Vec<usize> {
    (0..sheet.columns.len())
        .filter(|column| selection.blocks().any(|block| (block.first.column..=block.last.column).contains(column)))
        .collect()
}

fn with_framework(document: &Document, decisions: &[DecisionId], framework: Option<FrameworkId>) -> Edit {
    let edit = |id: &DecisionId| {
        let replace = Replace::with::<Decision>(document, *id, |decision| decision.framework = framework)?;
        Some(Edit::from(replace))
    };
    let edits: Vec<Edit> = decisions.iter().filter_map(edit).collect();
    let label =
        if edits.len() > 1 { format!("Change the letters of {} decisions", edits.len()) } else { String::new() };
    Sequence { label, edits }.into()
}

/// Wishes for a change, or says why it may not be.
fn offer(core: &Core, edit: Edit, commands: &mut Vec<Command>) {
    match edit.can_apply(core.document()) {
        Verdict::Yes => commands.push(edit.into()),
        Verdict::No(reason) => commands.push(Command::Hint(reason)),
        Verdict::Ignore => {}
    }
}

/// Filters, from right to left.
fn filters_ui(ui: &mut Ui, core: &Core, filter: &mut Filter) {
    let theme = core.theme();
    ui.add_space(6.0);
    if icon_button(
        ui,
        theme,
        Icon::Warning,
        "Only rows that nobody decides or that a finding is about",
        filter.only_gaps,
        true,
    )
    .clicked()
    {
        filter.only_gaps = !filter.only_gaps;
    }
    ui.add_space(6.0);
    filter_field(ui, core, "Filter columns", "Columns…", &mut filter.columns);
    ui.add_space(4.0);
    filter_field(ui, core, "Filter rows", "Rows…", &mut filter.rows);
}

fn filter_field(ui: &mut Ui, core: &Core, name: &str, hint: &str, value: &mut String) {
    let theme = core.theme();
    let width = (ui.available_width() / 2.0 - 20.0).clamp(60.0, 96.0);
    let field = TextEdit::singleline(value)
        .id(Id::unique(("matrix filter", name)))
        .hint_text(text(hint, theme.sizes.text.body).color(colour(theme.neutral.ink_third)))
        .margin(egui::Margin::symmetric(8, 5))
        .desired_width(width);
    ui.add(field).accessible_name(name);
}

/// A chip for each filter that is on; a click takes it off.
fn chips_ui(ui: &mut Ui, core: &Core, state: &mut MatrixState) {
    let filter = &mut state.filter;
    if !filter.hides_rows() && !filter.hides_columns() {
        return;
    }
    let hidden = state.sheet.as_ref().map(|(_, sheet)| sheet.hidden).unwrap_or_default();
    let theme = core.theme();
    ui.horizontal(|ui| {
        ui.add_space(super::geometry::MARGIN);
        if !filter.rows.trim().is_empty() && chip(ui, core, &format!("Rows with “{}”", filter.rows.trim())) {
            filter.rows.clear();
        }
        if !filter.columns.trim().is_empty() && chip(ui, core, &format!("Columns with “{}”", filter.columns.trim()))
        {
            filter.columns.clear();
        }
        if filter.only_gaps && chip(ui, core, "Only gaps and findings") {
            filter.only_gaps = false;
        }
        let words = match hidden {
            (rows, 0) => format!("{rows} rows hidden"),
            (0, columns) => format!("{columns} columns hidden"),
            (rows, columns) => format!("{rows} rows and {columns} columns hidden"),
        };
        ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
    });
}

fn chip(ui: &mut Ui, core: &Core, label: &str) -> bool {
    let theme = core.theme();
    let words = text(label, theme.sizes.text.caption).color(colour(theme.accent.ink));
    let cross = icon_text(Icon::Close, 11.0).color(colour(theme.accent.ink));
    let button =
        egui::Button::new((words, cross)).fill(colour(theme.accent.soft)).corner_radius(10).min_size(vec2(0.0, 20.0));
    let response = ui.add(button);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{label}: take the filter off")));
    response.clicked()
}
