//! The findings: grouped by severity, filtered by the selection; the open one shows its formula, source and remedies.

use std::sync::{Arc, Weak};

use egui::{Frame, Id, Margin, Rect, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo};
use rustc_hash::FxHashSet;

use crate::analysis::{Finding, Formula, Report, Severity, Silence};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{
    ButtonLook, empty_state, icon_button, icon_text, paint_count, severity_chip, severity_icon, text, text_button,
};
use crate::model::ElementRef;
use crate::scene::capitalised;
use crate::scene::icon::Icon;

/// What the panel remembers.
#[derive(Debug, Default)]
pub struct FindingsState {
    show_all: bool,
    show_silent: bool,
    show_waived: bool,
    heights: Heights,
}

/// More findings than this are drawn only where they are seen.
const MOST_DRAWN: usize = 60;

/// How high each finding was when it was last drawn, in points; a guess before that.
#[derive(Debug, Default)]
struct Heights {
    /// Which report it was; not held, so that letting go of it is not the business of a frame.
    report: Weak<Report>,
    width: f32,
    points: Vec<f32>,
}

impl Heights {
    /// Starts anew for another report or width.
    fn follow(&mut self, report: &Arc<Report>, width: f32) {
        if self.width == width && Weak::ptr_eq(&self.report, &Arc::downgrade(report)) {
            return;
        }
        // Title, margins and line; letters of the message are about 6.3 points wide beside the icon.
        let letters = ((width - 24.0) / 6.3).max(8.0);
        let guess = |finding: &Finding| 40.0 + 18.0 * (finding.message.len() as f32 / letters).ceil();
        self.points = report.findings.iter().map(guess).collect();
        (self.report, self.width) = (Arc::downgrade(report), width);
    }
}

/// Draws the panel.
pub fn findings_ui(ui: &mut Ui, core: &Core, state: &mut FindingsState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let related = related(core);
    let filtered = !related.is_empty() && !state.show_all;
    header_ui(ui, core, state, filtered, related.len(), commands);
    if core.report.is_none() {
        empty_state(ui, theme, Icon::Loader, "Looking for what is stuck…", |_| {});
        return;
    }
    if core.findings_are_stale() {
        ui.set_opacity(0.6);
    }
    ScrollArea::vertical().id_salt("findings").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let last = list_ui(ui, core, state, filtered.then_some(related.as_slice()), commands);
        if last.is_none() {
            let sentence = if core.document().element_count() == 0 {
                "Draw something, and Remit tells you what it finds."
            } else {
                "Nothing is stuck, as far as the model tells."
            };
            empty_state(ui, theme, Icon::CircleCheck, sentence, |_| {});
        }
        silent_ui(ui, core, state, commands);
    });
}

/// Draws the findings, or those among them that are about the selection; the severity of the last one.
fn list_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut FindingsState,
    related: Option<&[usize]>,
    commands: &mut Vec<Command>,
) -> Option<Severity> {
    let report = core.report.as_ref()?;
    state.heights.follow(report, ui.available_width());
    let draws_all = report.findings.len() <= MOST_DRAWN;
    let seen = ui.clip_rect().y_range().expand(100.0);
    let (mut last, mut left_out) = (None, 0.0);
    for (index, finding) in report.findings.iter().enumerate() {
        let is_shown = (finding.waived.is_none() || state.show_waived)
            && related.is_none_or(|related| related.binary_search(&index).is_ok());
        if !is_shown {
            continue;
        }
        if last.replace(finding.severity) != Some(finding.severity) {
            ui.add_space(std::mem::take(&mut left_out));
            group_ui(ui, core, finding.severity);
        }
        let Some(height) = state.heights.points.get_mut(index) else { continue };
        let top = ui.cursor().top() + left_out;
        let is_open = core.focused_finding == Some(index);
        if !draws_all && !is_open && (top > seen.max || top + *height < seen.min) {
            left_out += *height;
            continue;
        }
        ui.add_space(std::mem::take(&mut left_out));
        let top = ui.cursor().top();
        finding_ui(ui, core, index, finding, commands);
        *height = ui.cursor().top() - top;
    }
    ui.add_space(left_out);
    last
}

/// Indexes of the findings that are about the selection.
fn related(core: &Core) -> Vec<usize> {
    let selected: FxHashSet<&ElementRef> = core.selection().iter().collect();
    if selected.is_empty() {
        return Vec::new();
    }
    let about = |finding: &Finding| finding.evidence.iter().any(|element| selected.contains(element));
    core.findings().iter().enumerate().filter(|(_, finding)| about(finding)).map(|(index, _)| index).collect()
}

/// What the buttons at the right end of the header take, in points.
const HEADER_BUTTONS: f32 = 150.0;
/// Width of the count of one severity in the header.
const COUNT_WIDTH: f32 = 24.0;

fn header_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut FindingsState,
    filtered: bool,
    related: usize,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    ui.horizontal(|ui| {
        ui.set_min_height(38.0);
        ui.label(text("Findings", theme.sizes.text.section).color(colour(theme.neutral.ink)));
        if filtered {
            let name = core
                .single_selection()
                .map_or_else(|| "the selection".to_owned(), |element| core.document().name_of(element).to_owned());
            let whole = format!("{related} for {name}");
            let style = theme.sizes.text.caption;
            let room = (ui.available_width() - HEADER_BUTTONS - 18.0).max(0.0);
            let words = crate::scene::text::Measure::bundled().ellipsize(&whole, style, room);
            let label = ui.label(text(words.text, style).color(colour(theme.neutral.ink_second)));
            label.on_hover_text(text(whole, theme.sizes.text.body));
        } else {
            for severity in [Severity::Block, Severity::High, Severity::Medium, Severity::Low] {
                let count = core.tally.open(severity);
                // The mildest give way to the buttons.
                let has_room = ui.available_width() >= COUNT_WIDTH + HEADER_BUTTONS;
                if count > 0 && has_room {
                    let (rect, response) = ui.allocate_exact_size(Vec2::new(COUNT_WIDTH, 20.0), Sense::hover());
                    paint_count(ui, theme, rect.right_center(), count, severity_chip(theme, severity));
                    response.on_hover_text(format!("{count} {}", severity.word().to_lowercase()));
                }
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, theme, Icon::ChevronDown, "Next finding", false, true).clicked() {
                commands.push(Command::Action("analyse.next"));
            }
            if icon_button(ui, theme, Icon::ChevronUp, "Previous finding", false, true).clicked() {
                commands.push(Command::Action("analyse.previous"));
            }
            if icon_button(
                ui,
                theme,
                Icon::Filter,
                "Show all findings, not only those of the selection",
                state.show_all,
                true,
            )
            .clicked()
            {
                state.show_all = !state.show_all;
            }
            if icon_button(ui, theme, Icon::Waived, "Show accepted findings, too", state.show_waived, true).clicked() {
                state.show_waived = !state.show_waived;
            }
        });
    });
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), egui::Stroke::new(1.0, colour(theme.neutral.line)));
}

fn group_ui(ui: &mut Ui, core: &Core, severity: Severity) {
    let theme = core.theme();
    ui.add_space(8.0);
    let ink = colour(severity_chip(theme, severity).ink);
    ui.label(
        text(capitalised(severity.word()), theme.sizes.text.caption.with_weight(crate::scene::text::Weight::Semibold))
            .color(ink),
    );
    ui.add_space(2.0);
}

fn finding_ui(ui: &mut Ui, core: &Core, index: usize, finding: &Finding, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let open = core.focused_finding == Some(index);
    let ground = ui.painter().add(egui::Shape::Noop);
    let frame = Frame::new().inner_margin(Margin::symmetric(0, 8));
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let tint = colour(severity_chip(theme, finding.severity).ink);
            let icon = if finding.waived.is_some() { Icon::Waived } else { severity_icon(finding.severity) };
            ui.label(icon_text(icon, 16.0).color(tint));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.label(text(finding.title, theme.sizes.text.name).color(colour(theme.neutral.ink)));
                ui.label(text(&finding.message, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
                if open {
                    details_ui(ui, core, finding, commands);
                }
            });
        });
    });
    let head = Rect::from_min_size(
        inner.response.rect.min,
        Vec2::new(inner.response.rect.width(), 34.0_f32.min(inner.response.rect.height())),
    );
    let area = if open { head } else { inner.response.rect };
    let response = ui.interact(area, Id::unique(("finding", index)), Sense::click());
    response.widget_info(|| {
        let label = format!("{}: {}. {}", finding.severity.word(), finding.title, finding.message);
        WidgetInfo::selected(Role::ListItem, true, open, label)
    });
    if response.hovered() || response.has_focus() {
        let fill = colour(theme.neutral.hover);
        ui.painter().set(ground, egui::Shape::rect_filled(inner.response.rect.expand2(Vec2::new(6.0, 0.0)), 6.0, fill));
    }
    ui.painter().hline(
        inner.response.rect.x_range(),
        inner.response.rect.bottom(),
        egui::Stroke::new(1.0, colour(theme.neutral.line)),
    );
    if response.clicked() {
        commands.push(Command::FocusFinding((!open).then_some(index)));
    }
}

fn details_ui(ui: &mut Ui, core: &Core, finding: &Finding, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let second = colour(theme.neutral.ink_second);
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
    for remedy in &finding.remedies {
        ui.add_space(4.0);
        ui.horizontal_top(|ui| {
            ui.label(icon_text(Icon::Lightbulb, 14.0).color(second));
            let words = text(&remedy.text, theme.sizes.text.body).color(colour(theme.neutral.ink));
            ui.add(egui::Label::new(words).wrap());
        });
        if let Some(fix) = &remedy.fix
            && text_button(ui, theme, ButtonLook::Plain, Some(Icon::Wand), &fix.label).clicked()
        {
            commands.push(fix.to_edit().into());
        }
    }
    ui.add_space(6.0);
    ui.horizontal(|ui| match &finding.waived {
        Some(waiver) => {
            let words = format!("Accepted by {}: {}", waiver.name, waiver.reason);
            ui.add(egui::Label::new(text(words, theme.sizes.text.caption).color(second)).wrap());
            if text_button(ui, theme, ButtonLook::Quiet, None, "Take back").clicked() {
                let unwaive = crate::edit::Unwaive { rule: waiver.rule.clone(), elements: waiver.elements.clone() };
                commands.push(Command::Edit(Box::new(unwaive.into())));
            }
        }
        None => {
            if text_button(ui, theme, ButtonLook::Quiet, Some(Icon::Check), "Accept…").clicked() {
                commands.push(Command::Action("analyse.waive"));
            }
            ui.label(text(finding.rule, theme.sizes.text.caption).color(second));
        }
    });
}

/// The rules that could not look, and what they lack.
fn silent_ui(ui: &mut Ui, core: &Core, state: &mut FindingsState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let Some(report) = core.report.as_ref().filter(|report| !report.silent.is_empty()) else { return };
    ui.add_space(12.0);
    let label = match report.silent.len() {
        1 => "1 rule lacks figures".to_owned(),
        count => format!("{count} rules lack figures"),
    };
    let icon = if state.show_silent { Icon::ChevronDown } else { Icon::ChevronRight };
    if text_button(ui, theme, ButtonLook::Quiet, Some(icon), &label).clicked() {
        state.show_silent = !state.show_silent;
    }
    if !state.show_silent {
        return;
    }
    for silence in &report.silent {
        silence_ui(ui, core, silence, commands);
    }
}

fn silence_ui(ui: &mut Ui, core: &Core, silence: &Silence, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.add_space(6.0);
    ui.label(text(silence.title, theme.sizes.text.name).color(colour(theme.neutral.ink)));
    for missing in &silence.missing {
        let words = text(&missing.what, theme.sizes.text.body).color(colour(theme.neutral.ink_second));
        let label = ui.add(egui::Label::new(words).sense(Sense::click()).wrap());
        if label.on_hover_text("Selects them").clicked() {
            commands.push(Command::Select(missing.elements.clone()));
        }
    }
}
