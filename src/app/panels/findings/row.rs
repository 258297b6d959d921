//! The lines of the list: headings, findings, and many findings alike as one.

use egui::{Frame, Id, Margin, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use super::Grouping;
use super::details::details_ui;
use crate::analysis::{Finding, Report, Severity};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, icon_text, severity_chip, severity_icon, text, text_button};
use crate::scene::icon::Icon;
use crate::scene::text::{Measure, Weight};
use crate::scene::theme::Rgba;
use crate::search::title;

/// Draws the heading of a group.
pub(super) fn heading_ui(ui: &mut Ui, core: &Core, grouping: Grouping, words: &str, severity: Severity, count: usize) {
    let theme = core.theme();
    ui.add_space(8.0);
    let (ink, words) = match grouping {
        Grouping::Severity => (severity_chip(theme, severity).ink, words.to_owned()),
        _ => (theme.neutral.ink, format!("{words} · {count}")),
    };
    let style = theme.sizes.text.caption.with_weight(Weight::Semibold);
    ui.label(text(words, style).color(colour(ink)));
    ui.add_space(2.0);
}

/// Draws one line for many findings of a rule; whether it is to be opened or closed.
pub(super) fn many_ui(ui: &mut Ui, core: &Core, report: &Report, of: &[usize], open: bool) -> bool {
    let theme = core.theme();
    let Some(first) = of.first().and_then(|index| report.findings.get(*index)) else { return false };
    let count = of.len();
    let subjects = of.iter().filter_map(|index| report.findings.get(*index)?.evidence.first());
    let names: Vec<String> = subjects.take(3).map(|element| title(core.document(), *element)).collect();
    let more = count.saturating_sub(names.len());
    let words = match (names.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => names.join(", "),
        (false, more) => format!("{} and {more} more", names.join(", ")),
    };
    let new = of.iter().filter(|index| core.is_new(**index)).count();
    let (response, ()) = plate_ui(ui, core, Id::unique(("many findings", first.rule, of.first())), None, |ui| {
        let tint = colour(severity_chip(theme, first.severity).ink);
        ui.label(icon_text(severity_icon(first.severity), 16.0).color(tint));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            // The title stands at the height of its icon.
            ui.spacing_mut().interact_size.y = 17.0;
            ui.horizontal(|ui| {
                title_ui(ui, core, first.title, if new > 0 { 110.0 } else { 64.0 }, theme.neutral.ink);
                let style = theme.sizes.text.caption.with_weight(Weight::Semibold);
                ui.label(text(format!("× {count}"), style).color(tint));
                let chevron = if open { Icon::ChevronDown } else { Icon::ChevronRight };
                ui.label(icon_text(chevron, 13.0).color(colour(theme.neutral.ink_second)));
                new_ui(ui, core, new > 0);
            });
            if !open && !words.is_empty() {
                ui.label(text(&words, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
            }
        });
    });
    let label = format!("{}: {}, {count} times. {words}", first.severity.word(), first.title);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, open, &label));
    response.clicked()
}

/// Draws a finding, with all its details where it is unfolded; `inner` is one of many alike. Whether it was pressed.
pub(super) fn finding_ui(
    ui: &mut Ui,
    core: &Core,
    (index, finding): (usize, &Finding),
    (inner, unfolded): (bool, bool),
    commands: &mut Vec<Command>,
) -> bool {
    let theme = core.theme();
    let open = core.focused_finding == Some(index);
    let head = unfolded.then_some(34.0);
    let (response, ()) = plate_ui(ui, core, Id::unique(("finding", index)), head, |ui| {
        if inner {
            // Below its line of many it needs neither icon nor title.
            ui.add_space(22.0);
        } else {
            let tint = colour(severity_chip(theme, finding.severity).ink);
            let icon = if finding.waived.is_some() { Icon::Waived } else { severity_icon(finding.severity) };
            ui.label(icon_text(icon, 16.0).color(tint));
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            // The title stands at the height of its icon.
            ui.spacing_mut().interact_size.y = 17.0;
            if !inner {
                ui.horizontal(|ui| {
                    // Of several unfolded ones this is the one that the picture shows.
                    let ink = if open { theme.accent.ink } else { theme.neutral.ink };
                    title_ui(ui, core, finding.title, if core.is_new(index) { 50.0 } else { 0.0 }, ink);
                    new_ui(ui, core, core.is_new(index));
                });
            }
            let ink = if inner { theme.neutral.ink } else { theme.neutral.ink_second };
            ui.label(text(finding.message.replace(" %", "\u{a0}%"), theme.sizes.text.body).color(colour(ink)));
            if unfolded {
                details_ui(ui, core, index, finding, commands);
            }
        });
    });
    response.widget_info(|| {
        let new = if core.is_new(index) { " New." } else { "" };
        let label = format!("{}: {}. {}{new}", finding.severity.word(), finding.title, finding.message);
        WidgetInfo::selected(Role::ListItem, true, open, label)
    });
    if response.clicked() {
        commands.push(Command::FocusFinding((!open).then_some(index)));
    }
    response.clicked()
}

/// The heading of the accepted findings; whether it was pressed.
pub(super) fn waived_heading_ui(ui: &mut Ui, core: &Core, count: usize, open: bool) -> bool {
    ui.add_space(12.0);
    let icon = if open { Icon::ChevronDown } else { Icon::ChevronRight };
    let label = if count == 1 { "1 accepted finding".to_owned() } else { format!("{count} accepted findings") };
    text_button(ui, core.theme(), ButtonLook::Quiet, Some(icon), &label).clicked()
}

/// Draws the title of a rule, shortened where what stands behind it needs the room.
fn title_ui(ui: &mut Ui, core: &Core, title: &str, behind: f32, ink: Rgba) {
    let theme = core.theme();
    let style = theme.sizes.text.name;
    let shown = Measure::bundled().ellipsize(title, style, (ui.available_width() - behind).max(40.0));
    ui.label(text(shown.text, style).color(colour(ink)));
}

/// The mark of what was not found yet when the project was saved.
fn new_ui(ui: &mut Ui, core: &Core, is_new: bool) {
    if !is_new {
        return;
    }
    let theme = core.theme();
    let words = text("new", theme.sizes.text.caption).color(colour(theme.accent.ink));
    let chip = Frame::new().fill(colour(theme.accent.soft)).corner_radius(7).inner_margin(Margin::symmetric(5, 0));
    chip.show(ui, |ui| ui.label(words)).response.on_hover_text("Not found yet when the project was saved");
}

/// A line that is lit under the pointer, with a hairline below; only so much of its head can be pressed.
fn plate_ui<R>(
    ui: &mut Ui,
    core: &Core,
    id: Id,
    head: Option<f32>,
    content: impl FnOnce(&mut Ui) -> R,
) -> (Response, R) {
    let theme = core.theme();
    let ground = ui.painter().add(egui::Shape::Noop);
    let frame = Frame::new().inner_margin(Margin::symmetric(0, 8));
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(content).inner
    });
    let rect = inner.response.rect;
    let height = head.map_or(rect.height(), |head| head.min(rect.height()));
    let response = ui.interact(Rect::from_min_size(rect.min, Vec2::new(rect.width(), height)), id, Sense::click());
    if response.hovered() || response.has_focus() {
        let fill = colour(theme.neutral.hover);
        ui.painter().set(ground, egui::Shape::rect_filled(rect.expand2(Vec2::new(6.0, 0.0)), 6.0, fill));
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, colour(theme.neutral.line)));
    (response, inner.inner)
}
