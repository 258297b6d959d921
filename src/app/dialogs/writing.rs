//! Help on writing processes and organisations as text, and on what a name may say.

use egui::{Frame, Margin, ScrollArea, Ui};

use super::{sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, section_header, text, text_button};
use crate::scene::theme::Theme;

/// Width of what is written, in the rows of explanations.
const WRITTEN: f32 = 250.0;

/// Written, and what it means.
type Line = (&'static str, &'static str);

const PROCESS: &[Line] = &[
    ("take order > bake > deliver", "One step after another. Also -> or a new line."),
    ("Clerk: take order", "The clerk does it, and what follows until another is named. Also: take order @Clerk"),
    ("approve?", "A question makes a decision."),
    ("(yes) pay; (no) write", "Branches of the question before them. Also yes: pay"),
    ("(up to 200, 70 %) pay", "How often a branch is taken."),
    ("file", "A line without a condition, behind branches: all of them lead there."),
    ("(no) take order", "A name that exists: the line leads back there. Also: back to take order"),
    ("pick (and) print (and) call; ship", "At the same time, and together again."),
    ("start: order comes, end: paid", "Where the flow begins and ends, each as a step of its own."),
    ("\"buy > sell\"", "Quotes protect signs in a name."),
];

const ORGANISATION: &[Line] = &[
    ("Bakery > Shop North", "A unit and one that is part of it. Indented lines do the same."),
    ("Sales clerk: Ana, Ben", "A colon makes a role, with the people who hold it."),
    ("Sales clerk (2)", "How many hold it; names can come later."),
    ("Driver (vacant)", "A role that nobody holds."),
    ("Owner: Ana > Bookkeeper: Ben 50 %", "A role below a role reports to it. A share of somebody's time."),
];

const ELSEWHERE: &[Line] = &[
    ("Ask the bank", "On a board: a note."),
    ("Who signs?", "On a board: a decision. Also external: Mill, system: Till, unit: Shop"),
    ("Money: grant a refund", "In a matrix: a decision with its area."),
];

const NAMES: &[Line] = &[
    ("Tab", "The next step; in a chart what is below."),
    ("Shift+Tab", "Another branch beside it; in a chart one level up."),
    ("Enter", "Keeps the name. In a chart, on a selected box: another one beside it."),
    ("approve?", "The step becomes a decision. On a selected step, type ? alone."),
    ("(yes) pay @Accountant", "Names the line that leads there, the step, and who performs it."),
    ("Sales clerk @Ana", "In a chart: who holds the role."),
];

const EXAMPLE: &str = "Clerk: check refund > approve? (yes) Accountant: pay; (no) Clerk: write to customer; file";

pub(super) fn writing_ui(ui: &mut Ui, theme: &Theme, commands: &mut Vec<Command>) {
    title_ui(ui, theme, "Writing a process as text");
    sentence_ui(
        ui,
        theme,
        "Ctrl+L opens a line below the view. What you type or paste there is shown in place; Enter takes it over as \
         one step, and the line stays open. Lists, outlines and tables with headings can be pasted, there or straight \
         into the view.",
    );
    ui.add_space(theme.sizes.space.small);
    sample_ui(ui, theme, EXAMPLE);
    ui.add_space(theme.sizes.space.small);
    ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        for (title, lines) in [
            ("A process", PROCESS),
            ("An organisation", ORGANISATION),
            ("Boards and matrices", ELSEWHERE),
            ("Names on a canvas", NAMES),
        ] {
            section_header(ui, theme, title, None);
            lines.iter().for_each(|line| line_ui(ui, theme, *line));
        }
    });
    ui.add_space(theme.sizes.space.medium);
    crate::app::dialogs::footer(ui, |ui| {
        if text_button(ui, theme, ButtonLook::Primary, None, "Close").clicked() {
            commands.push(Command::CloseDialog);
        }
        if text_button(ui, theme, ButtonLook::Plain, None, "Open the line").clicked() {
            commands.push(Command::CloseDialog);
            commands.push(Command::Action("insert.quick-entry"));
        }
    });
}

fn sample_ui(ui: &mut Ui, theme: &Theme, sample: &str) {
    Frame::new()
        .fill(colour(theme.neutral.field))
        .corner_radius(theme.sizes.radius.control)
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(text(sample, theme.sizes.text.name).color(colour(theme.neutral.ink)));
        });
}

fn line_ui(ui: &mut Ui, theme: &Theme, (written, means): Line) {
    ui.horizontal_top(|ui| {
        ui.add_space(4.0);
        ui.allocate_ui(egui::vec2(WRITTEN, 0.0), |ui| {
            ui.set_width(WRITTEN);
            let words = text(written, theme.sizes.text.name).color(colour(theme.neutral.ink));
            ui.add(egui::Label::new(words).wrap());
        });
        let words = text(means, theme.sizes.text.body).color(colour(theme.neutral.ink_second));
        ui.add(egui::Label::new(words).wrap());
    });
}
