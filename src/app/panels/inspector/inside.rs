//! What is behind a sub-flow or a call, rolled up, and the way there.

use egui::Ui;

use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, section_header, text, text_button};
use crate::model::*;
use crate::scene::icon::Icon;

/// Shows the figures behind a step; nothing for plain work.
pub(super) fn inside_ui(ui: &mut Ui, core: &Core, step: StepId, commands: &mut Vec<Command>) {
    let Some(inside) = core.document().inside_of(step) else { return };
    let theme = core.theme();
    ui.add_space(8.0);
    let title = match inside {
        Inside::SubFlow(_) => "Inside".to_owned(),
        Inside::Called(process) => format!("Carries out {}", core.document().name_of(process.into())),
    };
    section_header(ui, theme, &title, None);
    let figures = core.report.as_ref().and_then(|report| report.behind(step));
    for line in figures.map(lines).unwrap_or_default() {
        ui.label(text(line, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
    }
    let label = match inside {
        Inside::SubFlow(_) => "Open sub-flow",
        Inside::Called(_) => "Open process",
    };
    if text_button(ui, theme, ButtonLook::Plain, Some(Icon::SubProcess), label).clicked() {
        commands.push(Command::OpenInside(step));
    }
}

/// `7 steps, 2 hand-offs`, and work and waiting of a case.
fn lines(figures: &crate::analysis::figures::RolledUp) -> Vec<String> {
    let counted = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let mut lines = vec![format!("{}, {}", counted(figures.steps, "step"), counted(figures.hand_offs, "hand-off"))];
    let rounded = |minutes: Minutes| Minutes((minutes.0 * 10.0).round() / 10.0);
    if let Some(work) = figures.work {
        let missing = match figures.without_work {
            0 => String::new(),
            count => format!("; {} not stated", counted(count, "step")),
        };
        lines.push(format!("Work of a case: {}{missing}", rounded(work)));
    }
    if let Some(wait) = figures.wait {
        lines.push(format!("Waiting of a case: {}", rounded(wait)));
    }
    lines
}
