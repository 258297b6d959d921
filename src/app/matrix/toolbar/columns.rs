//! The menu of columns: whose rights are shown, by role or by person, and which way round.

use egui::Ui;

use super::super::MatrixState;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::{menu_item, text};
use crate::edit::{Edit, Replace};
use crate::model::*;
use crate::scene::icon::Icon;

/// The word for a kind of holder, and what it shows.
fn words(kind: HolderKind) -> (&'static str, &'static str) {
    match kind {
        HolderKind::Roles => ("Roles", "All roles, by unit"),
        HolderKind::Units => ("Units", "All units"),
        HolderKind::Bodies => ("Bodies", "Boards, committees and meetings that decide together"),
        HolderKind::People => ("People", "People who hold rights of their own, beside their roles"),
        HolderKind::Externals => ("Externals", "Customers, suppliers and others outside"),
    }
}

/// What the menu says is shown.
pub fn label(shown: &MatrixView) -> String {
    match (shown.by_person, shown.kinds.as_slice()) {
        (true, _) => "People".to_owned(),
        (false, []) if !shown.columns.is_empty() => {
            let what = if shown.transposed { "holders" } else { "columns" };
            format!("{} {what}", shown.columns.len())
        }
        (false, []) => "Roles".to_owned(),
        (false, [kind]) => words(*kind).0.to_owned(),
        (false, kinds) => format!("{} kinds", kinds.len()),
    }
}

/// Draws the menu.
pub fn columns_ui(
    ui: &mut Ui,
    core: &Core,
    view: ViewId,
    shown: &MatrixView,
    state: &mut MatrixState,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    let label = label(shown);
    let mut change: Option<MatrixView> = None;
    let menu = super::fold::chosen_menu(ui, theme, "Columns", &label, |ui| {
        let mut entry = |checked: bool, label: &str, help: &str| {
            let icon = checked.then_some(Icon::Check);
            let response = menu_item(ui, theme, icon, label, "", true);
            response.on_hover_text(text(help, theme.sizes.text.body)).clicked()
        };
        let usual = shown.kinds.is_empty() && !shown.by_person && shown.columns.is_empty();
        let plain = MatrixView { kinds: Vec::new(), columns: Vec::new(), by_person: false, ..shown.clone() };
        if entry(usual, "Roles, and others with rights", "All roles by unit, then everybody else who holds a right") {
            change = Some(plain.clone());
        }
        if entry(shown.by_person, "By person", "People, each with the letters of all roles that the person holds") {
            change = Some(MatrixView { by_person: true, ..plain.clone() });
        }
        for kind in HolderKind::ALL {
            let (label, help) = words(kind);
            if entry(shown.kinds.contains(&kind), label, help) {
                change = Some(MatrixView { kinds: toggled(&shown.kinds, kind), ..plain.clone() });
            }
        }
        let help = "Roles as rows and decisions as columns, or the other way round";
        if entry(shown.transposed, "Rows and columns swapped", help) {
            change = Some(MatrixView { transposed: !shown.transposed, ..shown.clone() });
        }
        if entry(!state.filter.flat, "Rows in groups", "Rows under their area, process or unit") {
            state.filter.flat = !state.filter.flat;
        }
        let help = "Rows in the order of the project again; a click below a heading sorts them";
        if state.filter.sort.is_some() && entry(false, "Not sorted", help) {
            state.filter.sort = None;
        }
    });
    menu.on_hover_text(text("Whose rights are shown, and which way round", theme.sizes.text.body));
    if let Some(matrix) = change {
        let set = |view: &mut View| view.kind = ViewKind::Matrix(matrix);
        let replace = Replace::with::<View>(core.document(), view, set);
        commands.extend(replace.map(|replace| Edit::from(replace).into()));
    }
}

/// The kinds with one more or one less, in the order of columns.
fn toggled(kinds: &[HolderKind], kind: HolderKind) -> Vec<HolderKind> {
    let keeps = |other: &HolderKind| kinds.contains(other) != (*other == kind);
    HolderKind::ALL.into_iter().filter(keeps).collect()
}
