//! The line at the foot of the window.

use egui::accesskit::Live;
use egui::{Align, Label, Layout, Role, Ui, WidgetInfo};

use crate::analysis::Severity;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{icon_text, severity_chip, severity_icon, text};
use crate::model::{ElementKind, Profile};
use crate::scene::icon::Icon;
use crate::scene::text::Measure;
use crate::scene::theme::Rgba;

/// The name of the busiest takes so much room at most, in points.
const LONGEST_NAME: f32 = 150.0;
/// A hint is given so much room before anything else that could be left out, in points.
const HINT: f32 = 380.0;
/// Between two things on the line, in points.
const GAP: f32 = 16.0;
/// An icon and the gap behind it, in points.
const ICON: f32 = 20.0;

/// What of the line is shown besides what always is: the least important gives way first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Room {
    /// Findings milder than high.
    milder: bool,
    /// How strict the findings are.
    profile: bool,
    /// How many elements there are.
    counts: bool,
}

impl Room {
    /// What there is room for on a line of so many points; everything is told by its words.
    fn new(line: f32, always: f32, [milder, profile, counts]: [f32; 3]) -> Self {
        let mut free = line - always;
        let mut fits = |width: f32| {
            free -= width;
            free >= 0.0
        };
        let (milder, profile, counts) = (fits(milder), fits(profile), fits(counts));
        Self { milder, profile, counts }
    }

    fn of(core: &Core, line: f32, zoom: Option<&str>) -> Self {
        let style = core.theme().sizes.text.caption;
        let width = |words: &str| Measure::bundled().width(words, style) + GAP;
        let finding = |severity: &Severity| width(&finding_words(core, *severity));
        let hint = if core.hint.is_empty() { 0.0 } else { width(&core.hint).min(HINT) };
        let mut always = width(file_words(core).1) + ICON + zoom.map_or(0.0, width) + hint + 2.0 * GAP;
        always += ICON + width(&busiest_words(core, LONGEST_NAME).unwrap_or_default());
        let grave = [Severity::Block, Severity::High];
        always += ICON + grave.iter().map(finding).sum::<f32>();
        let milder = Severity::ALL.iter().filter(|one| !grave.contains(one) && core.tally.open(**one) > 0);
        Self::new(line, always, [milder.map(finding).sum(), width(profile_words(core)), width(&counts(core))])
    }
}

/// Draws the status bar; `zoom` is that of the canvas in front.
pub fn status_ui(ui: &mut Ui, core: &Core, zoom: Option<f32>, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let second = theme.neutral.ink_second;
    ui.horizontal(|ui| {
        ui.set_min_height(26.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(4.0);
        // On the page at the start there is nothing yet to be saved, to be busy or to be found.
        let is_begun = core.path.is_some() || core.document().element_count() > 0;
        if is_begun {
            file_ui(ui, core);
        }
        ui.add_space(10.0);
        // Where there is little room the findings and the busiest matter more.
        let zoom = zoom.map(|zoom| format!("{:.0} %", zoom * 100.0));
        let room = Room::of(core, ui.max_rect().width(), zoom.as_deref());
        if room.counts {
            caption(ui, core, &counts(core), second);
        }
        if is_begun {
            busiest_ui(ui, core, commands);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(8.0);
            if let Some(zoom) = zoom {
                caption(ui, core, &zoom, second);
                ui.add_space(10.0);
            }
            if is_begun {
                if room.profile {
                    caption(ui, core, profile_words(core), second);
                    ui.add_space(10.0);
                }
                findings_ui(ui, core, room.milder, commands);
                ui.add_space(10.0);
            }
            if !core.hint.is_empty() {
                let words = text(core.hint.as_str(), theme.sizes.text.caption).color(colour(theme.neutral.ink));
                let hint = ui.add(Label::new(words).truncate());
                ui.accesskit_node_builder(hint.id, |node| node.set_live(Live::Polite));
            }
        });
    });
}

fn caption(ui: &mut Ui, core: &Core, words: &str, ink: Rgba) {
    ui.label(text(words, core.theme().sizes.text.caption).color(colour(ink)));
}

fn profile_words(core: &Core) -> &'static str {
    match core.document().project().profile {
        Profile::Sketch => "Profile: sketch",
        Profile::Workshop => "Profile: workshop",
        Profile::Audit => "Profile: audit",
    }
}

fn file_words(core: &Core) -> (Icon, &'static str) {
    match (core.busy, core.editor.is_unsaved(), &core.path) {
        (Some(busy), ..) => (Icon::Loader, busy),
        (None, true, None) => (Icon::CircleDot, "Not saved yet"),
        (None, true, Some(_)) => (Icon::CircleDot, "Unsaved changes"),
        (None, false, _) => (Icon::Check, "Saved"),
    }
}

fn file_ui(ui: &mut Ui, core: &Core) {
    let theme = core.theme();
    let (icon, words) = file_words(core);
    ui.label(icon_text(icon, 13.0).color(colour(theme.neutral.ink_second)));
    let path = core
        .path
        .as_ref()
        .map_or_else(|| "This project has no file yet.".to_owned(), |path| path.display().to_string());
    ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second))).on_hover_text(path);
}

fn counts(core: &Core) -> String {
    let kinds =
        [ElementKind::Unit, ElementKind::Role, ElementKind::Person, ElementKind::Process, ElementKind::Decision];
    let counted = kinds.into_iter().filter_map(|kind| match core.document().count(kind) {
        0 => None,
        1 => Some(format!("1 {}", kind.word())),
        count => Some(format!("{count} {}", kind.plural())),
    });
    counted.collect::<Vec<_>>().join(" · ")
}

fn finding_words(core: &Core, severity: Severity) -> String {
    format!("{} {}", core.tally.open(severity), severity.word())
}

/// How many findings of each severity there are, the blocking ones always; a click shows the first of them. From right to
/// left.
fn findings_ui(ui: &mut Ui, core: &Core, with_milder: bool, commands: &mut Vec<Command>) {
    let theme = core.theme();
    if core.report.is_none() {
        return caption(ui, core, "Looking…", theme.neutral.ink_second);
    }
    if core.looks_stale {
        ui.set_opacity(0.6);
    }
    let is_clean = Severity::ALL.into_iter().all(|severity| core.tally.open(severity) == 0);
    if is_clean {
        return caption(ui, core, "No findings", theme.neutral.ink_second);
    }
    let shown = |severity: &Severity| {
        let count = core.tally.open(*severity);
        *severity == Severity::Block || (count > 0 && (with_milder || *severity == Severity::High))
    };
    let severities: Vec<Severity> = Severity::ALL.into_iter().filter(shown).collect();
    for (place, severity) in severities.into_iter().enumerate().rev() {
        let count = core.tally.open(severity);
        let is_alarming = severity == Severity::Block && count > 0;
        let ink = if is_alarming { severity_chip(theme, severity).ink } else { theme.neutral.ink_second };
        let words = text(finding_words(core, severity), theme.sizes.text.caption).color(colour(ink));
        let response = ui.add(Label::new(words).sense(egui::Sense::click()));
        let name = match count {
            0 => format!("No finding is {}", severity.word()),
            1 => format!("1 finding: {}", severity.word()),
            _ => format!("{count} findings: {}", severity.word()),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, count > 0, &name));
        let first = first_of(core, severity);
        let help = if count > 0 { format!("{name}. Shows the first of them.") } else { name };
        if response.on_hover_text(help).clicked() && first.is_some() {
            commands.push(Command::FocusFinding(first));
        }
        if is_alarming {
            ui.label(icon_text(severity_icon(severity), 12.0).color(colour(ink)));
        }
        if place > 0 {
            caption(ui, core, "·", theme.neutral.ink_second);
        }
    }
}

/// The first open finding of a severity, in the order in which findings are walked; behind one of them that is shown, the
/// next one.
fn first_of(core: &Core, severity: Severity) -> Option<usize> {
    let is_wanted =
        |index: &usize| core.findings().get(*index).is_some_and(|one| one.severity == severity && one.waived.is_none());
    let wanted: Vec<usize> = core.walk_order().into_iter().filter(is_wanted).collect();
    let at = core.focused_finding.and_then(|focused| wanted.iter().position(|index| *index == focused));
    let next = at.and_then(|at| wanted.get(at + 1)).or(wanted.first()).copied();
    // What the panel narrows down may hide all of them.
    next.or_else(|| (0..core.findings().len()).find(is_wanted))
}

/// Who is the busiest, the name at most so many points wide; none where it is not known.
fn busiest_words(core: &Core, longest: f32) -> Option<String> {
    let (element, share) = core.tally.busiest()?;
    let name = core.document().name_of(element);
    let shown = Measure::bundled().ellipsize(name, core.theme().sizes.text.caption, longest).text;
    Some(format!("Busiest: {shown}, {:.0} %", share * 100.0))
}

/// The busiest role with its load; a click shows it.
fn busiest_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let theme = core.theme();
    if core.report.is_none() {
        return;
    }
    ui.add_space(10.0);
    let Some(((element, share), words)) = core.tally.busiest().zip(busiest_words(core, LONGEST_NAME)) else {
        let words = text("Busiest: not known", theme.sizes.text.caption).color(colour(theme.neutral.ink_second));
        let help = "No role has both work and hours: it takes cases a week, minutes of work, and hours of people.";
        ui.label(words).on_hover_text(help);
        return;
    };
    let name = core.document().name_of(element);
    let style = theme.sizes.text.caption;
    let ink = if share >= 0.8 { theme.load_colour(share) } else { theme.neutral.ink_second };
    if core.looks_stale {
        ui.set_opacity(0.6);
    }
    ui.label(icon_text(Icon::Flame, 13.0).color(colour(ink)));
    let words = text(words, style).color(colour(ink));
    let response = ui.add(Label::new(words).sense(egui::Sense::click()));
    let label = format!("Busiest: {name}, {:.0} %", share * 100.0);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let help = format!("{label} of the hours there are. Shows whose work fills the largest share of their hours.");
    if response.on_hover_text(help).clicked() {
        commands.push(Command::Reveal(element));
    }
    ui.set_opacity(1.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_important_gives_way_first_and_nothing_beyond_the_line_is_shown() {
        let (always, parts) = (300.0, [100.0, 80.0, 250.0]);
        let shown = |line: f32| {
            let room = Room::new(line, always, parts);
            [room.milder, room.profile, room.counts]
        };
        assert_eq!(shown(730.0), [true; 3]);
        assert_eq!(shown(729.0), [true, true, false]);
        assert_eq!(shown(479.0), [true, false, false]);
        assert_eq!(shown(200.0), [false; 3]);
    }
}
