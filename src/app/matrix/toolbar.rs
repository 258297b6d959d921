//! The line above the grid: which rows, which columns, which letters, what is filtered, how large.

mod columns;
mod filters;
pub(super) mod fold;

use egui::{Ui, vec2};

use super::cursor::Selection;
use super::sheet::Sheet;
use super::{MatrixState, keyboard, letters, pointer};
use crate::app::command::{CameraMove, Command};
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{chosen_edge, icon_button, menu_item, text};
use crate::edit::{Edit, EditAction as _, Replace, Sequence, SetProject, Verdict};
use crate::model::*;
use crate::scene::Head;
use crate::scene::icon::Icon;

/// Draws the toolbar. What has no room goes into menus: the filters first, then zoom and keys, then the rest.
pub fn toolbar_ui(
    ui: &mut Ui,
    core: &Core,
    view: ViewId,
    shown: &MatrixView,
    state: &mut MatrixState,
    commands: &mut Vec<Command>,
) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.set_min_height(30.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(super::geometry::MARGIN);
        let end = ui.max_rect().right();
        super::register::form_ui(ui, core, view, shown, commands);
        let (letters, holders) = (framework_name(core), columns::label(shown));
        let fold = fold::Rights::of(core.theme(), ui.available_width(), [&letters, &holders]);
        match fold {
            fold::Rights::Narrowest => {}
            fold::Rights::Menus | fold::Rights::Rows => rows_menu_ui(ui, core, view, shown, commands),
            _ => rows_ui(ui, core, view, shown, commands),
        }
        if fold < fold::Rights::Menus {
            ui.add_space(4.0);
            framework_ui(ui, core, state, commands);
            ui.add_space(4.0);
            columns::columns_ui(ui, core, view, shown, state, commands);
        }
        ui.add_space((end - ui.cursor().left() - fold.right()).max(0.0));
        ui.spacing_mut().item_spacing.x = fold::GAP;
        tools_ui(ui, core, fold, view, shown, state, commands);
    });
    filters::chips_ui(ui, core, state);
    ui.add_space(2.0);
}

/// Filters, zoom, the new decision, and the menu of what has no room.
fn tools_ui(
    ui: &mut Ui,
    core: &Core,
    fold: fold::Rights,
    view: ViewId,
    shown: &MatrixView,
    state: &mut MatrixState,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    filters::filters_ui(ui, core, fold, &mut state.filter);
    if fold < fold::Rights::Tools {
        if icon_button(ui, theme, Icon::ZoomOut, "Smaller", false, true).clicked() {
            state.request(CameraMove::ZoomOut);
        }
        if icon_button(ui, theme, Icon::ZoomIn, "Larger", false, true).clicked() {
            state.request(CameraMove::ZoomIn);
        }
    }
    if icon_button(ui, theme, Icon::Plus, "New decision", false, true).clicked() {
        let sheet = state.sheet.as_ref().map(|(_, sheet)| sheet.clone()).unwrap_or_default();
        commands.push(pointer::new_decision(core, &sheet, state.selection.active));
    }
    if fold < fold::Rights::Tools {
        icon_button(ui, theme, Icon::Keyboard, "Keys of the matrix", false, true)
            .on_hover_text(text(keyboard::HELP, theme.sizes.text.body));
        return;
    }
    fold::menu(ui, theme, Icon::More, "More of the matrix", false, egui::PopupCloseBehavior::CloseOnClick, |ui| {
        if fold == fold::Rights::Narrowest {
            rows_menu_ui(ui, core, view, shown, commands);
        }
        if fold >= fold::Rights::Menus {
            framework_ui(ui, core, state, commands);
            columns::columns_ui(ui, core, view, shown, state, commands);
            ui.separator();
        }
        if let Some(way) = fold::zoom_items(ui, theme) {
            state.request(way);
        }
        fold::keys_item(ui, theme, "Keys of the matrix", keyboard::HELP);
    });
}

/// What rows there may be: the words on the button, and their explanation.
const ROWS: [(MatrixRows, &str, &str); 3] = [
    (MatrixRows::Decisions, "Decisions", "Rows are decisions"),
    (MatrixRows::Steps, "Steps", "Rows are the steps of processes"),
    (MatrixRows::Both, "Both", "Rows are decisions, then steps"),
];

fn show_rows(core: &Core, view: ViewId, rows: MatrixRows, commands: &mut Vec<Command>) {
    let change = |view: &mut View| {
        if let ViewKind::Matrix(matrix) = &mut view.kind {
            matrix.rows = rows;
        }
    };
    let replace = Replace::with::<View>(core.document(), view, change);
    commands.extend(replace.map(|replace| Edit::from(replace).into()));
}

/// Decisions, steps or both, as a menu.
fn rows_menu_ui(ui: &mut Ui, core: &Core, view: ViewId, shown: &MatrixView, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let chosen = ROWS.iter().find(|(rows, ..)| *rows == shown.rows).map_or("", |(_, label, _)| label);
    let menu = fold::chosen_menu(ui, theme, "Rows", chosen, |ui| {
        for (rows, label, help) in ROWS {
            let icon = (shown.rows == rows).then_some(Icon::Check);
            let response = menu_item(ui, theme, icon, label, "", true);
            if response.on_hover_text(text(help, theme.sizes.text.body)).clicked() && shown.rows != rows {
                show_rows(core, view, rows, commands);
            }
        }
    });
    menu.on_hover_text(text("What the rows are", theme.sizes.text.body));
}

/// Decisions, steps or both.
fn rows_ui(ui: &mut Ui, core: &Core, view: ViewId, shown: &MatrixView, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let frame =
        egui::Frame::new().fill(colour(theme.neutral.field)).corner_radius(theme.sizes.radius.control).inner_margin(2);
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (rows, label, help) in ROWS {
            let chosen = shown.rows == rows;
            let ink = if chosen { theme.neutral.ink } else { theme.neutral.ink_second };
            let ground = if chosen { colour(theme.neutral.raised) } else { egui::Color32::TRANSPARENT };
            let words = text(label, theme.sizes.text.name).color(colour(ink));
            let edge = if chosen { chosen_edge(theme) } else { egui::Stroke::NONE };
            let button = egui::Button::new(words).fill(ground).stroke(edge).corner_radius(4).min_size(vec2(0.0, 24.0));
            let response = ui.add(button);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, label));
            if response.on_hover_text(help).clicked() && !chosen {
                show_rows(core, view, rows, commands);
            }
        }
    });
}

/// The name of the letters of the project.
fn framework_name(core: &Core) -> String {
    let document = core.document();
    let chosen = document.project().framework.or_else(|| document.frameworks().ids().next());
    chosen
        .and_then(|id| document.get::<Framework>(id))
        .map_or_else(|| "No letters".to_owned(), |framework| framework.name.clone())
}

/// The letters of the project, and of the selected rows, in one menu.
fn framework_ui(ui: &mut Ui, core: &Core, state: &MatrixState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let document = core.document();
    let chosen = document.project().framework.or_else(|| document.frameworks().ids().next());
    let name = framework_name(core);
    let decisions = selected_decisions(state);
    let menu = fold::chosen_menu(ui, theme, "Letters", &name, |ui| {
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
    let help = chosen.and_then(|id| document.get::<Framework>(id)).map(letters::legend).unwrap_or_default();
    menu.on_hover_text(text(help, theme.sizes.text.body));
}

/// The doors to the frameworks themselves, and to rows under other letters.
fn conversions_ui(ui: &mut Ui, core: &Core, decisions: &[DecisionId], commands: &mut Vec<Command>) {
    let theme = core.theme();
    if menu_item(ui, theme, Some(Icon::Settings), "Frameworks…", "", true).clicked() {
        commands.push(Command::Action("analyse.frameworks"));
    }
    if menu_item(ui, theme, Some(Icon::ArrowLeftRight), "Convert letters…", "", true).clicked() {
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
        let response = menu_item(ui, theme, icon, name, "", true);
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
