//! The findings: grouped and narrowed down as one likes; the open one shows its evidence, formula, source and remedies.

mod details;
mod header;
mod lines;
mod row;
mod silent;
mod trial;

use std::sync::{Arc, Weak};

use egui::{Align, Rangef, Rect, ScrollArea, Ui, pos2, vec2};

use self::header::header_ui;
pub use self::lines::Grouping;
use self::lines::{Choice, Line, lines, order};
use self::row::{finding_ui, heading_ui, many_ui, waived_heading_ui};
use self::silent::silent_ui;
use crate::analysis::{Finding, Report};
use crate::app::command::Command;
use crate::app::core::{Core, Walk};
use crate::app::style::colour;
use crate::app::widgets::{empty_state, text_field};
use crate::model::ElementRef;
use crate::scene::icon::Icon;

/// What the panel remembers.
#[derive(Debug, Default)]
pub struct FindingsState {
    /// Points that all of the panel would take.
    pub height: f32,
    show_all: bool,
    show_silent: bool,
    show_waived: bool,
    /// Whether the field for words is shown, and whether it has yet to take the keyboard.
    searches: bool,
    takes_keyboard: bool,
    choice: Choice,
    /// The finding that was brought into sight last.
    brought: Option<usize>,
    /// The finding that was pressed in the frame before, and the top of its line on the screen: it stays under the hand.
    pressed: Option<(usize, f32)>,
    /// Findings that were shown before and are still unfolded: folding them would move what is under the hand.
    unfolded: Vec<usize>,
    listed: Option<Listed>,
    heights: Heights,
}

/// The lines of a report, kept until it or the choice changes.
#[derive(Debug)]
struct Listed {
    report: Weak<Report>,
    choice: Choice,
    lines: Arc<Vec<Line>>,
}

/// More findings than this are drawn only where they are seen.
const MOST_DRAWN: usize = 60;

/// So many points of an opened finding are in sight without scrolling.
const LEAST_UNCOVERED: f32 = 180.0;

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
        let guess = |finding: &Arc<Finding>| 40.0 + 18.0 * (finding.message.len() as f32 / letters).ceil();
        self.points = report.findings.iter().map(guess).collect();
        (self.report, self.width) = (Arc::downgrade(report), width);
    }
}

/// Draws the panel.
pub fn findings_ui(ui: &mut Ui, core: &Core, state: &mut FindingsState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let about = if state.show_all { Vec::new() } else { related(core) };
    header_ui(ui, core, state, &about, commands);
    if state.searches {
        ui.add_space(6.0);
        let id = egui::Id::unique("findings words");
        let field =
            text_field(ui, theme, id, "Find among the findings", &mut state.choice.words, "Words, names, rules");
        if std::mem::take(&mut state.takes_keyboard) {
            field.request_focus();
        }
        ui.add_space(2.0);
    }
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), egui::Stroke::new(1.0, colour(theme.neutral.line)));
    let Some(report) = core.report.clone() else {
        empty_state(ui, theme, Icon::Loader, "Looking for what is stuck…", |_| {});
        return;
    };
    if core.looks_stale {
        ui.set_opacity(0.6);
    }
    state.choice.about = about;
    state.choice.focused = core.focused_finding;
    let lines = state.lines(core, &report, commands);
    let top = ui.max_rect().top();
    let list = ScrollArea::vertical().id_salt("findings").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        list_ui(ui, core, state, &report, &lines, commands);
        if lines.is_empty() {
            nothing_ui(ui, core, state);
        }
        waived_ui(ui, core, state, &report, commands);
        silent_ui(ui, core, state, commands);
    });
    state.height = list.inner_rect.top() - top + list.content_size.y;
}

impl FindingsState {
    /// Folds what was shown before where no hand rests on the list: another finding was shown by key, or none is.
    fn fold(&mut self, core: &Core) {
        let by_hand = self.pressed.is_some();
        if !by_hand && (core.focused_finding.is_none() || core.focused_finding != self.brought) {
            self.unfolded.clear();
        }
    }

    /// The lines to draw; where they are new, the order in which findings are walked is told.
    fn lines(&mut self, core: &Core, report: &Arc<Report>, commands: &mut Vec<Command>) -> Arc<Vec<Line>> {
        let pointer = Arc::downgrade(report);
        let is_fresh = |listed: &&Listed| Weak::ptr_eq(&listed.report, &pointer) && listed.choice == self.choice;
        if let Some(listed) = self.listed.as_ref().filter(is_fresh) {
            return listed.lines.clone();
        }
        // Where the list is narrowed down otherwise, the finding that is shown stands elsewhere.
        if self.listed.as_ref().is_none_or(|listed| listed.choice.about != self.choice.about) {
            self.brought = None;
        }
        let document = core.document();
        let made = Arc::new(lines(document, report, &self.choice, |index| core.is_new(index)));
        // The selection follows the walk, so the walk does not follow the selection.
        let everywhere = Choice { about: Vec::new(), ..self.choice.clone() };
        let walked = match self.choice.about.is_empty() {
            true => order(&made),
            false => order(&lines(document, report, &everywhere, |index| core.is_new(index))),
        };
        let walk = Walk { report: pointer.clone(), order: walked };
        if core.walk.as_ref() != Some(&walk) {
            commands.push(Command::WalkFindings(walk));
        }
        if self.listed.as_ref().is_none_or(|listed| !Weak::ptr_eq(&listed.report, &pointer)) {
            self.unfolded.clear();
        }
        self.listed = Some(Listed { report: pointer, choice: self.choice.clone(), lines: made.clone() });
        made
    }
}

/// Draws headings and findings; those out of sight only as empty space, where there are many.
fn list_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut FindingsState,
    report: &Arc<Report>,
    lines: &[Line],
    commands: &mut Vec<Command>,
) {
    state.heights.follow(report, ui.available_width());
    state.brought = state.brought.filter(|brought| core.focused_finding == Some(*brought));
    state.fold(core);
    let draws_all = lines.len() <= MOST_DRAWN;
    let seen = ui.clip_rect().y_range().expand(100.0);
    let mut left_out = 0.0;
    let mut pressed = None;
    let mut in_sight = Vec::new();
    for line in lines {
        match line {
            Line::Heading { words, severity, count } => {
                ui.add_space(std::mem::take(&mut left_out));
                heading_ui(ui, core, state.choice.grouping, words, *severity, *count);
            }
            Line::Many { heading, rule, of, open } => {
                ui.add_space(std::mem::take(&mut left_out));
                if many_ui(ui, core, report, of, *open) {
                    let key = (heading.clone(), *rule);
                    if !state.choice.opened.remove(&key) && !*open {
                        state.choice.opened.insert(key);
                    }
                    // A finding that is shown keeps them open: it ends with them.
                    if *open && core.focused_finding.is_some_and(|focused| of.contains(&focused)) {
                        commands.push(Command::FocusFinding(None));
                    }
                }
            }
            Line::One(index, inner) => {
                let (Some(finding), Some(height)) = (report.findings.get(*index), state.heights.points.get_mut(*index))
                else {
                    continue;
                };
                let top = ui.cursor().top() + left_out;
                let is_open = core.focused_finding == Some(*index);
                let is_unfolded = is_open || state.unfolded.contains(index);
                if !draws_all && !is_open && (top > seen.max || top + *height < seen.min) {
                    left_out += *height;
                    continue;
                }
                ui.add_space(std::mem::take(&mut left_out));
                let top = ui.cursor().top();
                if finding_ui(ui, core, (*index, finding), (*inner, is_unfolded), commands) {
                    pressed = Some((*index, top));
                }
                *height = ui.cursor().top() - top;
                if is_unfolded && ui.clip_rect().y_range().intersects(Rangef::new(top, top + *height)) {
                    in_sight.push(*index);
                }
                let was_at = state.pressed.filter(|(pressed, _)| pressed == index).map(|(_, top)| top);
                // What was asked for comes into sight, once; what was pressed stays under the hand, whatever folds above.
                if let Some(was_at) = was_at.filter(|_| is_open || state.brought.is_none()) {
                    stay(ui, was_at - top);
                    uncover(ui, was_at, *height);
                    state.brought = is_open.then_some(*index);
                } else if is_open && state.brought != Some(*index) {
                    let rect = Rect::from_min_size(pos2(ui.min_rect().left(), top), vec2(1.0, *height));
                    ui.scroll_to_rect(rect, Some(Align::Min));
                    state.brought = Some(*index);
                }
            }
        }
    }
    ui.add_space(left_out);
    if let Some((pressed, _)) = pressed {
        in_sight.retain(|index| *index != pressed);
        state.unfolded = in_sight;
    }
    state.pressed = pressed;
}

/// Scrolls by so many points before anybody sees it.
fn stay(ui: &Ui, points: f32) {
    if points.abs() > 0.5 {
        ui.scroll_with_delta_animation(vec2(0.0, points), egui::style::ScrollAnimation::none());
        ui.ctx().request_discard("a finding was opened");
    }
}

/// Brings the details of a finding into sight that was pressed at the foot of the list.
fn uncover(ui: &Ui, top: f32, height: f32) {
    let seen = ui.clip_rect();
    if seen.bottom() - top < LEAST_UNCOVERED.min(height) {
        let covered = (top + height - seen.bottom()).min(top - seen.top());
        ui.scroll_with_delta(vec2(0.0, -covered));
    }
}

/// What stands there without findings.
fn nothing_ui(ui: &mut Ui, core: &Core, state: &FindingsState) {
    let narrowed = !state.choice.words.trim().is_empty() || state.choice.only_new;
    let sentence = match (core.document().element_count(), narrowed, state.choice.about.is_empty()) {
        (0, ..) => "Draw something, and Remit tells you what it finds.",
        (_, true, _) => "No finding is like that.",
        (_, false, false) => "Nothing is stuck here, as far as the model tells.",
        (_, false, true) => "Nothing is stuck, as far as the model tells.",
    };
    empty_state(ui, core.theme(), Icon::CircleCheck, sentence, |_| {});
}

/// The accepted findings in a place of their own, folded until somebody looks.
fn waived_ui(ui: &mut Ui, core: &Core, state: &mut FindingsState, report: &Report, commands: &mut Vec<Command>) {
    let waived = report.findings.iter().enumerate().filter(|(_, finding)| finding.waived.is_some());
    let waived: Vec<(usize, &Arc<Finding>)> = waived.collect();
    if waived.is_empty() {
        return;
    }
    if waived_heading_ui(ui, core, waived.len(), state.show_waived) {
        state.show_waived = !state.show_waived;
    }
    let is_shown = |index: usize| state.show_waived || core.focused_finding == Some(index);
    for (index, finding) in waived.into_iter().filter(|(index, _)| is_shown(*index)) {
        let is_open = core.focused_finding == Some(index);
        finding_ui(ui, core, (index, finding), (false, is_open), commands);
    }
}

/// What is selected, if some finding is about it.
fn related(core: &Core) -> Vec<ElementRef> {
    let selected: rustc_hash::FxHashSet<&ElementRef> = core.selection().iter().collect();
    let about = |finding: &Arc<Finding>| finding.evidence.iter().any(|element| selected.contains(element));
    match !selected.is_empty() && !core.shows_evidence() && core.findings().iter().any(about) {
        true => core.selection().to_vec(),
        false => Vec::new(),
    }
}
