//! The time ladder of a flow, as value streams are drawn: waiting on the upper rail, work on the lower one.

use emath::{Align, Rect, pos2, vec2};

use super::Target;
use super::draw::{Page, sign_of};
use crate::scene::item::{Colour, Dash, Detail, Severity, Stroke, Style};
use crate::scene::measures::{BADGE, CAPTION, HAIRLINE, NAME};
use crate::scene::pen::Pen;
use crate::scene::text::Measure;

/// Width of a step with what it waits before.
const PITCH: f32 = 148.0;
/// Height of a box, and of a line of the ladder with it.
const BOX: f32 = 72.0;
const LINE: f32 = 178.0;
/// Where the rails lie below the box.
const UPPER: f32 = 98.0;
const LOWER: f32 = 134.0;

/// The steps of a flow in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Steps {
    /// The steps.
    pub boxes: Vec<StepBox>,
}

/// A step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepBox {
    /// Its name.
    pub name: String,
    /// Who performs it.
    pub detail: String,
    /// How often a case comes here, where that is not once: `0.22 of a case`.
    pub visits: String,
    /// What a case waits for it: a text on the upper rail; empty where nobody said.
    pub wait: String,
    /// The work on a case: a text on the lower rail; empty where nobody said.
    pub work: String,
    /// How far the wait may lie off: `1–4`; empty where it has no range.
    pub wait_range: String,
    /// How far the work may lie off.
    pub work_range: String,
    /// What the work is for: adds value, needed, waste; empty where nobody said.
    pub value: String,
    /// Runs beside others: which branch, from 1; 0 for the main way.
    pub branch: usize,
    /// How grave it is.
    pub severity: Option<Severity>,
    /// Where it leads to.
    pub target: Option<Target>,
}

impl Page {
    pub(super) fn steps(&mut self, steps: &Steps) {
        let columns = ((self.width + 1.0) / PITCH).floor().max(1.0) as usize;
        for line in steps.boxes.chunks(columns) {
            for (place, one) in line.iter().enumerate() {
                self.step(one, PITCH * place as f32);
            }
            self.top += LINE;
        }
    }

    fn step(&mut self, one: &StepBox, left: f32) {
        let measure = Measure::bundled();
        let mut pen = Self::pen_for(one.target);
        let rect = Rect::from_min_size(pos2(left + 6.0, self.top), vec2(PITCH - 12.0, BOX));
        let beside = one.branch > 0;
        let style = Style::card(Colour::Raised, Colour::LineStrong);
        pen.card(rect, if beside { style.dashed(Dash::Dashed) } else { style });
        let lines = measure.wrap(&one.name, NAME, rect.width() - 20.0, 2);
        let count = lines.len() as f32;
        pen.lines(Detail::Name, lines, NAME, Colour::Ink, rect.min + vec2(10.0, 7.0), Align::Min);
        let at = rect.min + vec2(10.0, 9.0 + measure.line_height(NAME) * count);
        Self::cut(&mut pen, &one.detail, CAPTION, Colour::InkSecond, at, rect.width() - 20.0, Align::Min);
        if let Some(severity) = one.severity {
            let at = rect.right_top() + vec2(-3.0, 3.0);
            pen.circle(Detail::Shape, at, 9.0, Style::filled(Colour::Canvas));
            pen.icon(Detail::Shape, sign_of(severity), at, 15.0, Colour::Severity(severity));
        }
        self.rails(&mut pen, one, left);
        self.put(pen);
        let whole = Rect::from_min_size(pos2(left, self.top), vec2(PITCH, LINE - 10.0));
        let words = [
            one.name.clone(),
            one.detail.clone(),
            if one.wait.is_empty() { "wait not known".to_owned() } else { said("waits", &one.wait, &one.wait_range) },
            if one.work.is_empty() { "work not known".to_owned() } else { said("work", &one.work, &one.work_range) },
            one.value.clone(),
            one.visits.clone(),
            if beside { format!("beside, branch {}", one.branch) } else { String::new() },
        ];
        let words: Vec<String> = words.into_iter().filter(|text| !text.is_empty()).collect();
        self.spot(whole, one.target, words.join(", "));
    }

    /// The castle line: up for the wait, down for the work.
    fn rails(&self, pen: &mut Pen, one: &StepBox, left: f32) {
        let (high, low) = (self.top + UPPER, self.top + LOWER);
        let half = PITCH / 2.0;
        let middle = left + half;
        let dash = if one.branch > 0 { Dash::Dashed } else { Dash::Solid };
        let rail = Style::line(Stroke { dash, ..Stroke::new(Colour::Ink, 1.6) });
        let points = vec![
            pos2(left, high),
            pos2(middle, high),
            pos2(middle, low),
            pos2(left + PITCH, low),
            pos2(left + PITCH, high),
        ];
        pen.path(Detail::Shape, points, false, 0.0, rail);
        let ground = Rect::from_min_max(pos2(left + 1.0, high + 1.0), pos2(middle - 1.0, low));
        if !one.wait.is_empty() {
            pen.rect(Detail::Shape, ground, 0.0, Style::filled(Colour::Field));
        }
        let text = |pen: &mut Pen, words: &str, x: f32, y: f32, style, ink| {
            Self::cut(pen, words, style, ink, pos2(x, y), half - 6.0, Align::Center);
        };
        let (wait, wait_ink) = known(&one.wait);
        let (work, work_ink) = known(&one.work);
        let style = |text: &str| if text.is_empty() { CAPTION } else { BADGE };
        text(pen, wait, left + half / 2.0, high - 18.0, style(&one.wait), wait_ink);
        text(pen, "wait", left + half / 2.0, high + 3.0, CAPTION, Colour::InkSecond);
        text(pen, work, middle + half / 2.0, low - 19.0, style(&one.work), work_ink);
        let ranges = [(&one.wait_range, left, high + 18.0), (&one.work_range, middle, low - 34.0)];
        for (range, left, y) in ranges.into_iter().filter(|(range, ..)| !range.is_empty()) {
            text(pen, range, left + half / 2.0, y, CAPTION, Colour::Ink);
        }
        let value = if one.value.is_empty() { "work" } else { one.value.as_str() };
        text(pen, value, middle + half / 2.0, low + 3.0, CAPTION, Colour::InkSecond);
        let room = PITCH - 8.0;
        let note = if one.branch > 0 { format!("beside, branch {}", one.branch) } else { one.visits.clone() };
        if !note.is_empty() {
            let at = pos2(left + 6.0, low + 20.0);
            Self::cut(pen, &note, CAPTION, Colour::InkSecond, at, room, Align::Min);
        }
        let hair = Style::line(Stroke::new(Colour::Line, HAIRLINE));
        pen.path(Detail::Secondary, vec![pos2(left, high), pos2(left, high + 4.0)], false, 0.0, hair);
    }
}

/// `waits 2 h (1–4)`.
fn said(what: &str, figure: &str, range: &str) -> String {
    if range.is_empty() { format!("{what} {figure}") } else { format!("{what} {figure} ({range})") }
}

fn known(text: &str) -> (&str, Colour) {
    if text.is_empty() { ("not known", Colour::InkSecond) } else { (text, Colour::Ink) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::display::{Block, Display, draw};

    #[test]
    fn steps_go_on_in_the_next_line_where_the_width_ends() {
        let one = |name: &str| StepBox {
            name: name.into(),
            wait: "2.1 days".into(),
            work: "6 min".into(),
            ..StepBox::default()
        };
        let steps = Steps { boxes: ["Take", "Check", "Approve", "Pay"].map(one).to_vec() };
        let drawn = draw(&Display { blocks: vec![Block::Steps(steps)], ..Display::default() }, 460.0);
        let tops: Vec<f32> = drawn.spots.iter().map(|spot| spot.rect.top()).collect();
        assert_eq!(tops, [0.0, 0.0, 0.0, LINE]);
        assert_eq!(drawn.spots[3].label, "Pay, waits 2.1 days, work 6 min");
        assert!(drawn.size.x <= 460.0);
    }
}
