//! The filters of the matrix: fields in the line where there is room, else a menu; and a chip for each that is on.

use egui::{Id, PopupCloseBehavior, TextEdit, Ui, vec2};

use super::fold;
use crate::app::core::Core;
use crate::app::matrix::MatrixState;
use crate::app::matrix::geometry::MARGIN;
use crate::app::matrix::sheet::Filter;
use crate::app::style::colour;
use crate::app::widgets::{icon_button, icon_text, menu_item, text};
use crate::scene::icon::Icon;

const GAPS: &str = "Only rows that nobody decides or that a finding is about";

/// Draws the filters.
pub fn filters_ui(ui: &mut Ui, core: &Core, fold: fold::Rights, filter: &mut Filter) {
    let theme = core.theme();
    if fold == fold::Rights::Full {
        filter_field(ui, core, "Filter rows", "Rows…", fold::FIELD, &mut filter.rows);
        ui.add_space(4.0);
        filter_field(ui, core, "Filter columns", "Columns…", fold::FIELD, &mut filter.columns);
        ui.add_space(4.0);
    } else {
        let folded_gaps = fold == fold::Rights::Narrowest && filter.only_gaps;
        let on = folded_gaps || !filter.rows.trim().is_empty() || !filter.columns.trim().is_empty();
        let close = PopupCloseBehavior::CloseOnClickOutside;
        fold::menu(ui, theme, Icon::Filter, "Filter rows and columns", on, close, |ui| {
            // Whoever opens it goes on typing.
            if ui.memory(|memory| memory.focused().is_none()) {
                ui.memory_mut(|memory| memory.request_focus(field_id("Filter rows")));
            }
            filter_field(ui, core, "Filter rows", "Rows with these words…", 220.0, &mut filter.rows);
            filter_field(ui, core, "Filter columns", "Columns with these words…", 220.0, &mut filter.columns);
            if fold == fold::Rights::Narrowest {
                let icon = filter.only_gaps.then_some(Icon::Check);
                if menu_item(ui, theme, icon, "Only gaps and findings", "", true).on_hover_text(GAPS).clicked() {
                    filter.only_gaps = !filter.only_gaps;
                }
            }
        });
    }
    if fold < fold::Rights::Narrowest && icon_button(ui, theme, Icon::Warning, GAPS, filter.only_gaps, true).clicked() {
        filter.only_gaps = !filter.only_gaps;
    }
}

fn field_id(name: &str) -> Id {
    Id::unique(("matrix filter", name))
}

fn filter_field(ui: &mut Ui, core: &Core, name: &str, hint: &str, width: f32, value: &mut String) {
    let theme = core.theme();
    let field = TextEdit::singleline(value)
        .id(field_id(name))
        .hint_text(text(hint, theme.sizes.text.body).color(colour(theme.neutral.ink_third)))
        .margin(egui::Margin::symmetric(8, 5))
        .desired_width(width);
    ui.add(field).accessible_name(name);
}

/// A chip for each filter that is on; a click takes it off.
pub fn chips_ui(ui: &mut Ui, core: &Core, state: &mut MatrixState) {
    let filter = &mut state.filter;
    if !filter.hides_rows() && !filter.hides_columns() {
        return;
    }
    let hidden = state.sheet.as_ref().map(|(_, sheet)| sheet.hidden).unwrap_or_default();
    let theme = core.theme();
    ui.horizontal(|ui| {
        ui.add_space(MARGIN);
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
