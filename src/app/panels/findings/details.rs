//! An open finding: what it rests on, its formula with the numbers, why it matters, what helps.

use egui::{Frame, Label, Margin, Ui};

use super::trial::trial_ui;
use crate::analysis::{Finding, Formula};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::style::colour;
use crate::app::trying::{Trying, Wish};
use crate::app::widgets::{ButtonLook, icon_text, text, text_button};
use crate::edit::Unwaive;
use crate::model::ElementRef;
use crate::scene::icon::Icon;
use crate::search::title;

/// Names of the evidence that are shown at once.
const MOST_NAMED: usize = 12;

pub(super) fn details_ui(ui: &mut Ui, core: &Core, index: usize, finding: &Finding, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let second = colour(theme.neutral.ink_second);
    ui.add_space(4.0);
    evidence_ui(ui, core, &finding.evidence, commands);
    ui.add_space(4.0);
    let ground = Frame::new().fill(colour(theme.neutral.field)).corner_radius(6).inner_margin(Margin::symmetric(8, 6));
    ground.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(text(&finding.formula.text, theme.sizes.text.caption).color(colour(theme.neutral.ink)));
        let Formula { thresholds, source, .. } = &finding.formula;
        let source = if thresholds.contains(source.as_str()) { "" } else { source.as_str() };
        let from = [thresholds.as_str(), source];
        let from = from.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
        ui.label(text(from, theme.sizes.text.caption).color(second));
    });
    ui.add_space(4.0);
    ui.label(text(finding.why, theme.sizes.text.body).color(second));
    for (place, remedy) in finding.remedies.iter().enumerate() {
        ui.add_space(4.0);
        ui.horizontal_top(|ui| {
            ui.label(icon_text(Icon::Lightbulb, 14.0).color(second));
            let words = text(&remedy.text, theme.sizes.text.body).color(colour(theme.neutral.ink));
            ui.add(Label::new(words).wrap());
        });
        let Some(fix) = &remedy.fix else { continue };
        let is_tried = |trying: &&Trying| (trying.question.finding, trying.question.remedy) == (index, place);
        if let Some(trying) = core.trying.as_ref().filter(is_tried) {
            trial_ui(ui, core, trying, commands);
            continue;
        }
        let style = theme.sizes.text.name;
        let room = (ui.available_width() - 110.0).max(60.0);
        let shown = crate::scene::text::Measure::bundled().ellipsize(&fix.label, style, room).text;
        let button = text_button(ui, theme, ButtonLook::Plain, Some(Icon::Wand), &format!("Preview: {shown}"));
        let label = format!("Preview: {}", fix.label);
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        if button.on_hover_text(format!("{}. First shows what would come of it.", fix.label)).clicked() {
            commands.extend(showing(core, index));
            commands.push(Command::Trial(Wish::Try { finding: index, remedy: place }));
        }
    }
    ui.add_space(6.0);
    accepting_ui(ui, core, (index, finding), commands);
}

/// Shows the finding first, where another one is.
fn showing(core: &Core, index: usize) -> Option<Command> {
    (core.focused_finding != Some(index)).then_some(Command::FocusFinding(Some(index)))
}

/// The elements it rests on; a click flies to one.
fn evidence_ui(ui: &mut Ui, core: &Core, evidence: &[ElementRef], commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for element in evidence.iter().take(MOST_NAMED) {
            let name = title(core.document(), *element);
            let room = (ui.max_rect().width() - 36.0).max(40.0);
            let shown = crate::scene::text::Measure::bundled().ellipsize(&name, theme.sizes.text.caption, room);
            let ink = colour(theme.accent.ink);
            let icon = icon_text(icon_of(core.document(), *element), 13.0).color(ink);
            let words = text(shown.text, theme.sizes.text.caption).color(ink);
            let button = egui::Button::new((icon, words)).fill(colour(theme.accent.soft)).corner_radius(4);
            let response = ui.add(button.min_size(egui::vec2(0.0, 24.0)));
            let label = format!("Show {name}");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if response.on_hover_text(label.as_str()).clicked() {
                commands.push(Command::Reveal(*element));
            }
        }
        if let Some(more) = evidence.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
            let words = text(format!("and {more} more"), theme.sizes.text.caption);
            ui.label(words.color(colour(theme.neutral.ink_second)));
        }
    });
}

fn accepting_ui(ui: &mut Ui, core: &Core, (index, finding): (usize, &Finding), commands: &mut Vec<Command>) {
    let theme = core.theme();
    let second = colour(theme.neutral.ink_second);
    ui.horizontal(|ui| match &finding.waived {
        Some(waiver) => {
            let words = format!("Accepted by {}: {}", waiver.name, waiver.reason);
            ui.add(Label::new(text(words, theme.sizes.text.caption).color(second)).wrap());
            if text_button(ui, theme, ButtonLook::Quiet, None, "Take back").clicked() {
                let unwaive = Unwaive { rule: waiver.rule.clone(), elements: waiver.elements.clone() };
                commands.push(Command::Edit(Box::new(unwaive.into())));
            }
        }
        None => {
            let fields = text_button(ui, theme, ButtonLook::Quiet, Some(Icon::Pencil), "Fields");
            if fields.on_hover_text("Shows the fields of what it is about (F4)").clicked() {
                commands.extend(showing(core, index));
                commands.push(Command::Action("analyse.fields"));
            }
            if text_button(ui, theme, ButtonLook::Quiet, Some(Icon::Check), "Accept…").clicked() {
                commands.extend(showing(core, index));
                commands.push(Command::Action("analyse.waive"));
            }
            ui.label(text(finding.rule, theme.sizes.text.caption).color(second));
        }
    });
}
