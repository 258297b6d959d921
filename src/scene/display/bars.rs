//! Bars along one axis, with marks.

use emath::{Align, Rangef, Rect, pos2, vec2};

use super::Target;
use super::draw::{Page, SIGN, filled, sign_of, two_lines};
use crate::model::Range;
use crate::scene::item::{Colour, Dash, Detail, LoadLevel, Severity, Stroke, Style};
use crate::scene::measures::{CAPTION, HAIRLINE, NAME};
use crate::scene::pen::Pen;
use crate::scene::text::Measure;

const ROW: f32 = 44.0;
const BAR: f32 = 18.0;
const HEAD: f32 = 22.0;
/// Narrower than this, a bar stands below its name and figure.
const NARROW: f32 = 560.0;
/// Height of such a row, and where its bar lies.
const TALL_ROW: f32 = 68.0;
const TALL_BAR: f32 = 33.0;

/// How a part of a bar is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// As a load.
    Load(LoadLevel),
    /// In a tint, 0 to 7.
    Tint(u8),
    /// In the accent.
    Accent,
    /// Waiting: an outline of dashes.
    Waiting,
}

/// A mark over all bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where, on the axis of the bars.
    pub at: f64,
    /// What stands above it.
    pub text: String,
}

/// Bars, one below the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// Where the axis ends; longer bars end there with an arrow.
    pub most: f64,
    /// Marks over all bars.
    pub marks: Vec<Mark>,
    /// The bars.
    pub rows: Vec<BarRow>,
}

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarRow {
    /// Of what.
    pub name: String,
    /// A line beneath the name.
    pub detail: String,
    /// The parts, from left to right; none where nothing is known.
    pub parts: Vec<(f64, Fill)>,
    /// How far the whole may lie off; none where it has no range.
    pub range: Option<Range<f64>>,
    /// The figure as text.
    pub text: String,
    /// A line beneath the figure.
    pub note: String,
    /// How grave it is.
    pub severity: Option<Severity>,
    /// Where the name leads to.
    pub target: Option<Target>,
    /// What stands behind the bar.
    pub behind: Option<Target>,
}

impl Page {
    pub(super) fn bars(&mut self, bars: &Bars) {
        let most = bars.most.max(1e-9);
        if self.width < NARROW {
            let axis = Axis { from: 0.0, to: self.width - 10.0, most };
            self.marks(bars, &axis, TALL_ROW);
            for row in &bars.rows {
                self.tall_bar(row, &axis);
            }
            return;
        }
        let left = (self.width * 0.28).clamp(118.0, 250.0);
        let right = (self.width * 0.32).clamp(126.0, 270.0);
        let axis = Axis { from: left + 10.0, to: self.width - right - 12.0, most };
        self.marks(bars, &axis, ROW);
        for row in &bars.rows {
            self.bar(row, &axis, left, right);
        }
    }

    fn marks(&mut self, bars: &Bars, axis: &Axis, pitch: f32) {
        if bars.marks.is_empty() {
            return;
        }
        let measure = Measure::bundled();
        let bottom = self.top + HEAD + pitch * bars.rows.len() as f32;
        let mut pen = Pen::new(None);
        let mut free = f32::MIN;
        for mark in &bars.marks {
            let x = axis.x(mark.at);
            let line = Style::line(Stroke { dash: Dash::Dashed, ..Stroke::new(Colour::LineStrong, HAIRLINE) });
            pen.path(Detail::Shape, vec![pos2(x, self.top + HEAD - 3.0), pos2(x, bottom)], false, 0.0, line);
            let half = measure.width(&mark.text, CAPTION) / 2.0;
            if x - half >= free {
                let at = pos2(x, self.top);
                pen.text(Detail::Name, &mark.text, CAPTION, Colour::InkSecond, at, Align::Center);
                free = x + half + 8.0;
            }
        }
        self.put(pen);
        self.top += HEAD;
    }

    fn bar(&mut self, row: &BarRow, axis: &Axis, left: f32, right: f32) {
        let whole = Rect::from_min_size(pos2(0.0, self.top), vec2(self.width, ROW));
        let middle = whole.center().y;
        let mut pen = Self::pen_for(row.target);
        two_lines(&mut pen, &row.name, &row.detail, pos2(0.0, middle), left, Align::Min);
        draw_bar(&mut pen, row, axis, middle);
        let mut start = self.width - right;
        if let Some(severity) = row.severity {
            let at = pos2(start + SIGN / 2.0, middle - if row.note.is_empty() { 0.0 } else { 8.0 });
            pen.icon(Detail::Shape, sign_of(severity), at, SIGN, Colour::Severity(severity));
        }
        start += SIGN + 6.0;
        two_lines(&mut pen, &row.text, &row.note, pos2(start, middle), self.width - start, Align::Min);
        self.put(pen);
        let named = Rect::from_min_max(whole.min, pos2(left, whole.bottom()));
        self.bar_spots(row, named, Rect::from_min_max(pos2(axis.from, whole.top()), whole.max));
        self.top += ROW;
    }

    /// A bar below its name and figure.
    fn tall_bar(&mut self, row: &BarRow, axis: &Axis) {
        let measure = Measure::bundled();
        let whole = Rect::from_min_size(pos2(0.0, self.top), vec2(self.width, TALL_ROW));
        let mut pen = Self::pen_for(row.target);
        let top = self.top + 3.0;
        let figure = measure.width(&row.text, NAME).min(self.width * 0.66);
        let sign = if row.severity.is_some() { SIGN + 6.0 } else { 0.0 };
        let room = self.width - figure - sign - 10.0;
        Self::cut(&mut pen, &row.name, NAME, Colour::Ink, pos2(0.0, top), room, Align::Min);
        Self::cut(&mut pen, &row.text, NAME, Colour::Ink, pos2(self.width, top), figure + 1.0, Align::Max);
        if let Some(severity) = row.severity {
            let at = pos2(self.width - figure - SIGN / 2.0 - 6.0, top + measure.line_height(NAME) / 2.0);
            pen.icon(Detail::Shape, sign_of(severity), at, SIGN, Colour::Severity(severity));
        }
        draw_bar(&mut pen, row, axis, self.top + TALL_BAR);
        let below = self.top + TALL_BAR + BAR / 2.0 + 1.0;
        let note = measure.width(&row.note, CAPTION).min(self.width * 0.66);
        let room = self.width - note - 10.0;
        Self::cut(&mut pen, &row.detail, CAPTION, Colour::InkSecond, pos2(0.0, below), room, Align::Min);
        Self::cut(&mut pen, &row.note, CAPTION, Colour::InkSecond, pos2(self.width, below), note + 1.0, Align::Max);
        self.put(pen);
        let end = self.width - figure - sign - 6.0;
        let named = Rect::from_min_max(whole.min, pos2(end, self.top + TALL_BAR - BAR / 2.0));
        let figures = Rect::from_min_max(pos2(0.0, named.bottom()), whole.max - vec2(0.0, 6.0));
        self.bar_spots(row, named, figures);
        self.top += TALL_ROW;
    }

    fn bar_spots(&mut self, row: &BarRow, named: Rect, figures: Rect) {
        let said = [&row.name, &row.detail].map(String::as_str).into_iter().filter(|text| !text.is_empty());
        self.spot(named, row.target, said.collect::<Vec<_>>().join(", "));
        let texts = [&row.text, &row.note].map(String::as_str).into_iter().filter(|text| !text.is_empty());
        let words = format!("{}: {}", row.name, texts.collect::<Vec<_>>().join(", "));
        self.spot(figures, row.behind, words);
    }
}

/// The bar itself, with its track.
fn draw_bar(pen: &mut Pen, row: &BarRow, axis: &Axis, middle: f32) {
    let track = Rect::from_min_max(pos2(axis.from, middle - BAR / 2.0), pos2(axis.to, middle + BAR / 2.0));
    pen.rect(Detail::Shape, track, 3.0, Style::filled(Colour::LoadTrack));
    let mut sum = 0.0;
    for (length, fill) in row.parts.iter().filter(|(length, _)| *length > 0.0) {
        let (from, to) = (axis.x(sum), axis.x(sum + length));
        sum += length;
        if to > from {
            let part = Rect::from_min_max(pos2(from, track.top()), pos2(to.max(from + 2.0), track.bottom()));
            filled(pen, part, *fill);
        }
    }
    if let Some(range) = row.range {
        whisker(pen, Rangef::new(axis.x(range.low), axis.x(range.high)), middle);
    }
    let furthest = row.range.map_or(sum, |range| range.high.max(sum));
    if furthest > axis.most * (1.0 + 1e-9) {
        // It goes on.
        let tip = pos2(track.right() + 7.0, middle);
        let points = vec![tip, tip + vec2(-6.0, -6.0), tip + vec2(-6.0, 6.0)];
        pen.path(Detail::Shape, points, true, 0.0, Style::filled(Colour::Ink));
    }
}

/// How far a bar may lie off: a line with a stroke at each end, drawn so that it stands out from every fill.
pub(super) fn whisker(pen: &mut Pen, ends: Rangef, middle: f32) {
    const CAP: f32 = 5.0;
    let stroke = |from, to, colour, width| (vec![from, to], Style::line(Stroke::new(colour, width)));
    for (colour, width) in [(Colour::Canvas, 4.0), (Colour::Ink, 1.6)] {
        let cap = |x: f32| stroke(pos2(x, middle - CAP), pos2(x, middle + CAP), colour, width);
        let lines =
            [stroke(pos2(ends.min, middle), pos2(ends.max, middle), colour, width), cap(ends.min), cap(ends.max)];
        for (points, style) in lines {
            pen.path(Detail::Shape, points, false, 0.0, style);
        }
    }
}

struct Axis {
    from: f32,
    to: f32,
    most: f64,
}

impl Axis {
    fn x(&self, value: f64) -> f32 {
        let share = (value / self.most).clamp(0.0, 1.0) as f32;
        self.from + (self.to - self.from) * share
    }
}

/// Height that so many bars take.
#[cfg(test)]
fn height(rows: usize) -> f32 {
    HEAD + ROW * rows as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::display::{Block, Display, draw};
    use crate::scene::item::{Item, ItemKind};

    fn rects(item: &Item, into: &mut Vec<Rect>) {
        match &item.kind {
            ItemKind::Group(items) => items.iter().for_each(|item| rects(item, into)),
            ItemKind::Rect(item) => into.push(item.rect),
            _ => {}
        }
    }

    #[test]
    fn bars_are_as_long_as_what_they_say_and_end_at_the_axis() {
        let row = |share: f64| BarRow {
            name: "Owner".into(),
            parts: vec![(share, Fill::Load(LoadLevel::Usual))],
            text: "half".into(),
            ..BarRow::default()
        };
        let marks = vec![Mark { at: 0.7, text: "70 %".into() }, Mark { at: 1.0, text: "100 %".into() }];
        let bars = Bars { most: 1.25, marks, rows: vec![row(0.625), row(9.0)] };
        let display = Display { blocks: vec![Block::Bars(bars)], ..Display::default() };
        let drawn = draw(&display, 800.0);
        let mut found = Vec::new();
        drawn.items.iter().for_each(|item| rects(item, &mut found));
        // Track and bar of the first row, then of the second.
        let [track, half, _, full] = found.as_slice() else { panic!("{found:?}") };
        assert!((half.width() - track.width() / 2.0).abs() < 0.5);
        assert!((full.right() - track.right()).abs() < 0.5);
        assert!((drawn.size.y - height(2)).abs() < 1.0);
        assert_eq!(drawn.spots[1].label, "Owner: half");
        let narrow = draw(&display, 400.0);
        assert!((narrow.size.y - HEAD - 2.0 * TALL_ROW).abs() < 1.0);
        let labels = |drawn: &crate::scene::display::Drawn| -> Vec<String> {
            drawn.spots.iter().map(|spot| spot.label.clone()).collect()
        };
        assert_eq!(labels(&narrow), labels(&drawn));
    }
}
