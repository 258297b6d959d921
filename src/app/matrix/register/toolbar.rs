//! The line above the register, and the switch between rights and register.

use egui::{Id, PopupCloseBehavior, TextEdit, Ui, vec2};

use super::table::{Choice, Grouping, Table};
use super::{RegisterState, keyboard};
use crate::app::command::{CameraMove, Command};
use crate::app::core::Core;
use crate::app::matrix::toolbar::fold;
use crate::app::style::colour;
use crate::app::widgets::{chosen_edge, icon_button, icon_text, menu_item, text};
use crate::edit::{Edit, Replace, confirm_guesses};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::theme::Theme;

/// The switch between the two forms of a matrix.
pub(in crate::app) fn form_ui(ui: &mut Ui, core: &Core, view: ViewId, shown: &MatrixView, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let choices = [
        (MatrixForm::Rights, "Rights", "Who holds which letter: decisions by roles"),
        (MatrixForm::Register, "Register", "The decisions with their facts, as a table"),
    ];
    let frame =
        egui::Frame::new().fill(colour(theme.neutral.field)).corner_radius(theme.sizes.radius.control).inner_margin(2);
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (form, label, help) in choices {
            let chosen = shown.form == form;
            let ink = if chosen { theme.neutral.ink } else { theme.neutral.ink_second };
            let ground = if chosen { colour(theme.neutral.raised) } else { egui::Color32::TRANSPARENT };
            let words = text(label, theme.sizes.text.name).color(colour(ink));
            let edge = if chosen { chosen_edge(theme) } else { egui::Stroke::NONE };
            let button = egui::Button::new(words).fill(ground).stroke(edge).corner_radius(4).min_size(vec2(0.0, 24.0));
            let response = ui.add(button);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, label));
            if response.on_hover_text(help).clicked() && !chosen {
                let change = |view: &mut View| {
                    if let ViewKind::Matrix(matrix) = &mut view.kind {
                        matrix.form = form;
                    }
                };
                let replace = Replace::with::<View>(core.document(), view, change);
                commands.extend(replace.map(|replace| Edit::from(replace).into()));
            }
        }
    });
}

/// How much of the line is folded into menus for want of room; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fold {
    /// Nothing.
    Full,
    /// Zoom, library and the help about keys.
    Tools,
    /// The menu of columns.
    Columns,
    /// The menu of groups.
    Groups,
}

impl Fold {
    /// The least folded form that fits `width` points after the first switch.
    fn of(theme: &Theme, width: f32, groups: &str, guesses: bool) -> Self {
        let columns = fold::menu_width(theme, "Columns");
        let groups = fold::menu_width(theme, groups);
        let need = |form: &Self| match form {
            Self::Full | Self::Tools => columns + groups + form.right(guesses, NARROW_FIELD),
            Self::Columns => groups + form.right(guesses, NARROW_FIELD),
            Self::Groups => form.right(guesses, NARROW_FIELD),
        };
        let all = [Self::Full, Self::Tools, Self::Columns, Self::Groups];
        all.into_iter().find(|form| need(form) <= width).unwrap_or(Self::Groups)
    }

    /// Width of what stands at the right end, in points, with a filter of `field`.
    fn right(self, guesses: bool, field: f32) -> f32 {
        let icons = if self == Self::Full { 5.0 } else { 2.0 };
        let guesses = if guesses { 2.0 * fold::ICON } else { 0.0 };
        icons * fold::ICON + guesses + field + fold::FIELD_MARGINS + 6.0 + fold::GAP + fold::END
    }
}

/// Widths of the filter's field without its margins, in points.
const NARROW_FIELD: f32 = 64.0;
const WIDE_FIELD: f32 = 130.0;

/// Draws the toolbar. What has no room goes into a menu.
pub(super) fn toolbar_ui(
    ui: &mut Ui,
    core: &Core,
    view: ViewId,
    shown: &MatrixView,
    state: &mut RegisterState,
    table: &Table,
    commands: &mut Vec<Command>,
) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.set_min_height(30.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(crate::app::matrix::geometry::MARGIN);
        let end = ui.max_rect().right();
        form_ui(ui, core, view, shown, commands);
        let guesses = table.guesses > 0 || state.choice.only_guesses;
        let fold = Fold::of(core.theme(), ui.available_width(), grouping(&state.choice), guesses);
        if fold < Fold::Groups {
            grouping_ui(ui, core, &mut state.choice);
        }
        if fold < Fold::Columns {
            columns_ui(ui, core, &mut state.choice);
        }
        let room = end - ui.cursor().left();
        let field = (room - fold.right(guesses, 0.0)).clamp(48.0, WIDE_FIELD);
        ui.add_space((room - fold.right(guesses, field)).max(0.0));
        ui.spacing_mut().item_spacing.x = fold::GAP;
        if guesses {
            guesses_ui(ui, core, state, table, commands);
        }
        filter_ui(ui, core, field, &mut state.choice);
        ui.add_space(6.0);
        tools_ui(ui, core, fold, state, table, commands);
    });
    chips_ui(ui, core, state, table);
    ui.add_space(2.0);
}

/// Zoom, the ways to new decisions, the help about keys, and the menu of what has no room.
fn tools_ui(
    ui: &mut Ui,
    core: &Core,
    fold: Fold,
    state: &mut RegisterState,
    table: &Table,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    if fold == Fold::Full {
        if icon_button(ui, theme, Icon::ZoomOut, "Smaller", false, true).clicked() {
            state.request(CameraMove::ZoomOut);
        }
        if icon_button(ui, theme, Icon::ZoomIn, "Larger", false, true).clicked() {
            state.request(CameraMove::ZoomIn);
        }
        if icon_button(ui, theme, Icon::Book, LIBRARY, false, true).clicked() {
            commands.push(Command::Action("insert.library"));
        }
    }
    if icon_button(ui, theme, Icon::Plus, "New decision", false, true).clicked() {
        state.add_decision(core, table, commands);
    }
    if fold == Fold::Full {
        icon_button(ui, theme, Icon::Keyboard, "Keys of the register", false, true)
            .on_hover_text(text(keyboard::HELP, theme.sizes.text.body));
        return;
    }
    fold::menu(ui, theme, Icon::More, "More of the register", false, PopupCloseBehavior::CloseOnClick, |ui| {
        if fold == Fold::Groups {
            grouping_ui(ui, core, &mut state.choice);
        }
        if fold >= Fold::Columns {
            columns_ui(ui, core, &mut state.choice);
            ui.separator();
        }
        if menu_item(ui, theme, Some(Icon::Book), LIBRARY, "", true).clicked() {
            commands.push(Command::Action("insert.library"));
        }
        if let Some(way) = fold::zoom_items(ui, theme) {
            state.request(way);
        }
        fold::keys_item(ui, theme, "Keys of the register", keyboard::HELP);
    });
}

const LIBRARY: &str = "Decisions from the library…";

/// The words for how the rows are grouped.
fn grouping(choice: &Choice) -> &'static str {
    Grouping::ALL.iter().find(|(grouping, _)| *grouping == choice.grouping).map_or("", |(_, words)| words)
}

fn grouping_ui(ui: &mut Ui, core: &Core, choice: &mut Choice) {
    let words = grouping(choice);
    let menu = fold::chosen_menu(ui, core.theme(), "Groups", words, |ui| {
        for (grouping, words) in Grouping::ALL {
            let icon = (choice.grouping == grouping).then_some(Icon::Check);
            if menu_item(ui, core.theme(), icon, words, "", true).clicked() {
                choice.grouping = grouping;
                choice.folded.clear();
            }
        }
    });
    menu.on_hover_text("By what the rows are grouped");
}

fn columns_ui(ui: &mut Ui, core: &Core, choice: &mut Choice) {
    let theme = core.theme();
    let close = PopupCloseBehavior::CloseOnClickOutside;
    let response = fold::chosen_menu_with(ui, theme, "", "Columns", close, |ui| {
        if menu_item(ui, theme, None, "The usual columns", "", true).clicked() {
            choice.columns = RegisterColumn::USUAL.to_vec();
        }
        if menu_item(ui, theme, None, "All columns", "", true).clicked() {
            choice.columns = RegisterColumn::ALL.to_vec();
        }
        ui.separator();
        egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            let hidden: Vec<RegisterColumn> =
                RegisterColumn::ALL.into_iter().filter(|column| !choice.columns.contains(column)).collect();
            let shown = choice.columns.clone();
            for (index, column) in shown.iter().enumerate() {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 2.0;
                    column_ui(ui, core, choice, *column, true);
                    let name = column.heading();
                    let up = format!("Move {name} left");
                    if icon_button(ui, theme, Icon::ChevronUp, &up, false, index > 1).clicked() {
                        choice.move_column(index, index - 1);
                    }
                    let down = format!("Move {name} right");
                    let can = index > 0 && index + 1 < shown.len();
                    if icon_button(ui, theme, Icon::ChevronDown, &down, false, can).clicked() {
                        choice.move_column(index, index + 1);
                    }
                });
            }
            if !hidden.is_empty() {
                ui.separator();
            }
            for column in hidden {
                column_ui(ui, core, choice, column, false);
            }
        });
    });
    response.on_hover_text("Which columns there are, and in which order");
}

fn column_ui(ui: &mut Ui, core: &Core, choice: &mut Choice, column: RegisterColumn, shown: bool) {
    let icon = shown.then_some(Icon::Check);
    let response = menu_item(ui, core.theme(), icon, column.heading(), "", column != RegisterColumn::Name);
    if response.on_hover_text(text(column.help(), core.theme().sizes.text.body)).clicked() {
        choice.toggle(column);
    }
}

fn filter_ui(ui: &mut Ui, core: &Core, width: f32, choice: &mut Choice) {
    let theme = core.theme();
    let field = TextEdit::singleline(&mut choice.filter)
        .id(Id::unique("register filter"))
        .hint_text(text("Filter…", theme.sizes.text.body).color(colour(theme.neutral.ink_third)))
        .margin(egui::Margin::symmetric(8, 5))
        .desired_width(width);
    ui.add(field).accessible_name("Filter decisions");
}

/// Whether only rows with guesses are shown, and their confirmation.
fn guesses_ui(ui: &mut Ui, core: &Core, state: &mut RegisterState, table: &Table, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let only = "Only rows with guesses";
    if icon_button(ui, theme, Icon::Help, only, state.choice.only_guesses, true).clicked() {
        state.choice.only_guesses = !state.choice.only_guesses;
    }
    let guesses = state.selected_guesses(table);
    let label = match guesses.len() {
        0 => "Confirm guesses: select some first".to_owned(),
        1 => "Confirm 1 guess".to_owned(),
        count => format!("Confirm {count} guesses"),
    };
    if icon_button(ui, theme, Icon::Check, &label, false, !guesses.is_empty()).clicked() {
        let edit = confirm_guesses(core.document(), &guesses);
        commands.extend(edit.map(Command::from));
    }
}

/// What is filtered and sorted, how many rows that leaves, and how many hours they cost.
fn chips_ui(ui: &mut Ui, core: &Core, state: &mut RegisterState, table: &Table) {
    let theme = core.theme();
    let choice = &mut state.choice;
    if table.total == 0 {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(crate::app::matrix::geometry::MARGIN);
        let filter = choice.filter.trim().to_owned();
        if !filter.is_empty() && chip(ui, core, &format!("With “{filter}”"), "take the filter off") {
            choice.filter.clear();
        }
        if choice.only_guesses && chip(ui, core, "Only guesses", "take the filter off") {
            choice.only_guesses = false;
        }
        if let Some((column, upward)) = choice.sort {
            let way = if upward { "upward" } else { "downward" };
            if chip(ui, core, &format!("By {}, {way}", column.heading().to_lowercase()), "do not sort") {
                choice.sort = None;
            }
        }
        let rows = match (table.total - table.hidden, table.hidden) {
            (1, 0) => "1 decision".to_owned(),
            (shown, 0) => format!("{shown} decisions"),
            (shown, _) => format!("{shown} of {} decisions", table.total),
        };
        let hours =
            if table.hours > 0.0 { format!(" · {:.0} h of deciders a month", table.hours) } else { String::new() };
        let guesses = match table.guesses {
            0 => String::new(),
            1 => " · 1 guess to confirm".to_owned(),
            count => format!(" · {count} guesses to confirm"),
        };
        let words = format!("{rows}{hours}{guesses}");
        ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
    });
}

fn chip(ui: &mut Ui, core: &Core, label: &str, what: &str) -> bool {
    let theme = core.theme();
    let words = text(label, theme.sizes.text.caption).color(colour(theme.accent.ink));
    let cross = icon_text(Icon::Close, 11.0).color(colour(theme.accent.ink));
    let button =
        egui::Button::new((words, cross)).fill(colour(theme.accent.soft)).corner_radius(10).min_size(vec2(0.0, 20.0));
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{label}: {what}")));
    response.clicked()
}
