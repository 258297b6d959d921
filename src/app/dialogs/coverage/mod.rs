//! Who may decide what on which day of the next weeks: a calendar of holes, of those who stand in, of terms and reviews.

mod chart;
mod table;

use egui::{Align, Id, Layout, ScrollArea, Ui};

use self::chart::{Chart, Picked};
use self::table::{Row, Table};
use super::{Dialog, sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::start::today;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, segmented, text, text_button, text_field};
use crate::model::*;

/// How many days are shown.
const DAYS: i64 = 90;

/// The dialog.
#[derive(Clone, Debug)]
pub struct Coverage {
    first: String,
    only_holes: bool,
    picked: Option<Picked>,
    /// The rows of a version from a day on; made anew when either changes.
    table: Option<Table>,
}

impl Coverage {
    pub(super) fn new() -> Self {
        let first = today().map_or_else(String::new, |day| day.to_string());
        Self { first, only_holes: false, picked: None, table: None }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, "Calendar of coverage");
        sentence_ui(ui, theme, "Who uses each limit on which day: the holder, who stands in, or nobody.");
        ui.add_space(theme.sizes.space.small);
        self.choices_ui(ui, core);
        ui.add_space(theme.sizes.space.small);
        let Ok(first) = self.first.trim().parse::<Date>() else {
            sentence_ui(ui, theme, "Write the first day as year-month-day, such as 2027-06-30.");
            self.buttons_ui(ui, core, None, commands);
            return;
        };
        let revision = core.document().revision();
        if self.table.as_ref().is_none_or(|table| (table.revision, table.first) != (revision, first)) {
            self.table = Some(Table::new(core.document(), first, DAYS));
            self.picked = None;
        }
        let Some(table) = &self.table else { return };
        let rows: Vec<&Row> = table.rows.iter().filter(|row| !self.only_holes || row.has_hole()).collect();
        let chart = Chart::new(ui, table.first, table.last);
        chart.header_ui(ui, theme);
        let height = (ui.ctx().content_rect().height() - 330.0).clamp(120.0, 520.0);
        let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
        let mut picked = None;
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for row in &rows {
                picked = picked.take().or(chart.row_ui(ui, theme, row, self.picked.as_ref()));
            }
            if rows.is_empty() {
                let words = if table.rows.is_empty() {
                    "Nobody has a right to decide yet."
                } else {
                    "No day without somebody who may decide."
                };
                ui.label(text(words, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
            }
            for mark in table.marks.iter().filter(|_| !self.only_holes) {
                if chart.mark_ui(ui, theme, mark) {
                    commands.push(Command::CloseDialog);
                    commands.push(Command::Reveal(mark.element));
                }
            }
        });
        chart.legend_ui(ui, theme);
        self.picked = picked.or(self.picked.take());
        let row = self.picked.as_ref().and_then(|picked| table.rows.get(picked.row)).cloned();
        self.buttons_ui(ui, core, row.as_ref(), commands);
    }

    /// The first day, and which rows are shown.
    fn choices_ui(&mut self, ui: &mut Ui, core: &Core) {
        let theme = core.theme();
        ui.horizontal(|ui| {
            ui.label(text("From", theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
            ui.allocate_ui(egui::vec2(130.0, 30.0), |ui| {
                text_field(ui, theme, Id::unique("coverage first"), "First day", &mut self.first, "2027-06-30");
            });
            ui.add_space(12.0);
            let choices = [
                ("All limits", "Every limit, and the terms and reviews of these weeks"),
                ("Only holes", "Limits that have nobody on some day"),
            ];
            ui.allocate_ui(egui::vec2(220.0, 30.0), |ui| {
                if let Some(chosen) = segmented(ui, theme, "coverage rows", &choices, usize::from(self.only_holes)) {
                    self.only_holes = chosen == 1;
                    self.picked = None;
                }
            });
        });
    }

    /// What the picked days say, where they lead to, and the way out.
    fn buttons_ui(&self, ui: &mut Ui, core: &Core, row: Option<&Row>, commands: &mut Vec<Command>) {
        let theme = core.theme();
        ui.add_space(theme.sizes.space.small);
        let picked = row.zip(self.picked.as_ref());
        let words = picked.map_or_else(
            || "Click days on which somebody stands in, or nobody is there.".to_owned(),
            |(row, picked)| row.sentence(core.document(), picked.span),
        );
        let ink = if picked.is_some() { theme.neutral.ink } else { theme.neutral.ink_second };
        ui.add(egui::Label::new(text(words, theme.sizes.text.body).color(colour(ink))).wrap());
        ui.add_space(theme.sizes.space.small);
        ui.horizontal(|ui| {
            if let Some((row, picked)) = picked {
                let holder = core.document().name_of(row.holder.into());
                let is_giver = matches!(row.holder, Actor::Role(_) | Actor::Person(_)) && !row.is_reserved;
                if is_giver && text_button(ui, theme, ButtonLook::Primary, None, "Delegate for these days…").clicked()
                {
                    let days = Some((picked.span.from, picked.span.until));
                    let form = Dialog::delegate(row.holder, vec![row.decision], days, row.tier.as_ref());
                    commands.push(Command::Dialog(form));
                }
                for (label, element) in
                    [(format!("Show {holder}"), row.holder.into()), ("Show decision".to_owned(), row.decision.into())]
                {
                    if text_button(ui, theme, ButtonLook::Plain, None, &label).clicked() {
                        commands.push(Command::CloseDialog);
                        commands.push(Command::Reveal(element));
                    }
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if text_button(ui, theme, ButtonLook::Quiet, None, "Close").clicked() {
                    commands.push(Command::CloseDialog);
                }
                let table = self.table.as_ref();
                if let Some(table) =
                    table.filter(|_| text_button(ui, theme, ButtonLook::Quiet, None, "Copy as text").clicked())
                {
                    commands.push(Command::CopyText(table.to_markdown(core.document())));
                    commands.push(Command::Hint("The calendar is on the clipboard.".to_owned()));
                }
            });
        });
    }
}
