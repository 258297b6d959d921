//! Drawing a ladder.

use emath::{Align, Pos2, Rect, pos2, vec2};

use super::axis::AmountAxis;
use super::*;
use crate::model::{Amount, Quantity};
use crate::scene::icon::Icon;
use crate::scene::item::{Colour, Dash, Detail, Severity, Stroke, Style};
use crate::scene::measures::{BADGE, CAPTION, HAIRLINE, NAME};
use crate::scene::pen::Pen;
use crate::scene::text::Measure;

/// Distances of one look.
#[derive(Clone, Copy)]
struct Sizes {
    label: f32,
    row: f32,
    bar: f32,
    strip: f32,
    gap: f32,
}

const ROOMY: Sizes = Sizes { label: 184.0, row: 40.0, bar: 22.0, strip: 28.0, gap: 14.0 };
const COMPACT: Sizes = Sizes { label: 92.0, row: 24.0, bar: 16.0, strip: 20.0, gap: 8.0 };
/// Part of the width that names take at most.
const MOST_FOR_NAMES: f32 = 0.34;
/// What the sign takes that a limit has no upper end.
const TIP: f32 = 10.0;
const AXIS: f32 = 22.0;
const HEADING: f32 = 20.0;
/// Free space at the right, for figures that stand centred over the end.
const RIGHT: f32 = 14.0;
/// Distance of the lines of a pattern.
const HATCH: f32 = 7.0;

/// Draws a ladder from the origin downwards.
pub fn draw_ladder(sketch: &LadderSketch, look: LadderLook) -> LadderPicture {
    let usual = if look.is_compact { COMPACT } else { ROOMY };
    // In a narrow window names give way, so that amounts still stand in their bars.
    let sizes = Sizes { label: usual.label.min(look.width * MOST_FOR_NAMES), ..usual };
    let mut drawing = Drawing { look, sizes, pen: Pen::new(None), top: 0.0, axes: Vec::new() };
    for axis in &sketch.axes {
        drawing.axis(axis);
    }
    LadderPicture { items: drawing.pen.finish(), size: vec2(look.width, drawing.top), axes: drawing.axes }
}

struct Drawing {
    look: LadderLook,
    sizes: Sizes,
    pen: Pen,
    top: f32,
    axes: Vec<DrawnAxis>,
}

impl Drawing {
    fn axis(&mut self, sketch: &SketchAxis) {
        let rows = sketch.rows.iter().flat_map(|row| [row.above, row.up_to]);
        let parts = sketch.strips.iter().flat_map(|strip| &strip.parts).flat_map(|part| [part.above, part.up_to]);
        let (left, right) = (self.sizes.label + 8.0, self.look.width - RIGHT);
        let mut bounds: Vec<Amount> = rows.chain(parts).flatten().collect();
        if !sketch.extent.is_empty() {
            bounds.clone_from(&sketch.extent);
        }
        let axis = AmountAxis::new(bounds.into_iter(), sketch.quantity, left, right);
        let top = self.top;
        self.pen.text(Detail::Secondary, &sketch.title, BADGE, Colour::InkSecond, pos2(0.0, top + 3.0), Align::Min);
        self.figures(&axis, sketch.quantity, top);
        let mut y = top + AXIS;
        let height = sketch.rows.len() as f32 * self.sizes.row
            + if sketch.strips.is_empty() || self.look.is_compact { 0.0 } else { HEADING }
            + sketch.strips.len() as f32 * self.sizes.strip;
        self.grid(&axis, y, height);
        let mut drawn = DrawnAxis { axis, rows: Vec::new(), strips: Vec::new() };
        for row in &sketch.rows {
            drawn.rows.push(self.row(&axis, row, y));
            y += self.sizes.row;
        }
        if !sketch.strips.is_empty() {
            if !self.look.is_compact {
                let at = pos2(0.0, y + 3.0);
                self.pen.text(Detail::Secondary, "Who decides", BADGE, Colour::InkSecond, at, Align::Min);
                y += HEADING;
            }
            for strip in &sketch.strips {
                drawn.strips.push(self.strip(&axis, strip, y));
                y += self.sizes.strip;
            }
        }
        self.axes.push(drawn);
        self.top = y + self.sizes.gap;
    }

    /// The figures above an axis.
    fn figures(&mut self, axis: &AmountAxis, quantity: Option<Quantity>, top: f32) {
        let y = top + 4.0;
        let is_short = self.look.is_compact;
        let mut last = f32::MIN;
        let end = axis.endless_x() - if axis.has_endless() { 76.0 } else { 0.0 };
        for tick in axis.ticks() {
            let x = axis.x(Some(tick));
            if x > end + 0.5 {
                continue;
            }
            if is_short && x - last < 62.0 {
                continue;
            }
            last = x;
            let text = figure(tick, quantity);
            self.pen.text(Detail::Secondary, &text, CAPTION, Colour::InkSecond, pos2(x, y), Align::Center);
        }
        if axis.has_endless() {
            let at = pos2(axis.endless_x(), y);
            self.pen.text(Detail::Secondary, "no limit", CAPTION, Colour::InkSecond, at, Align::Max);
        }
    }

    /// Hairlines down from the figures.
    fn grid(&mut self, axis: &AmountAxis, top: f32, height: f32) {
        let hair = Style::line(Stroke::new(Colour::Line, HAIRLINE));
        let ends = axis.has_endless().then(|| axis.endless_x());
        for x in axis.ticks().into_iter().map(|tick| axis.x(Some(tick))).chain(ends) {
            self.pen.path(Detail::Shape, vec![pos2(x, top), pos2(x, top + height)], false, 0.0, hair);
        }
    }

    fn row(&mut self, axis: &AmountAxis, row: &SketchRow, top: f32) -> DrawnRow {
        let rect = Rect::from_min_size(pos2(0.0, top), vec2(self.look.width, self.sizes.row));
        let middle = rect.center().y;
        self.name(row, rect);
        if let Some((above, up_to)) = row.before.filter(|before| *before != (row.above, row.up_to)) {
            let ghost = self.bar_rect(axis, above, up_to, middle).expand(2.0);
            let style = Style::line(Stroke { dash: Dash::Dashed, ..Stroke::new(Colour::InkSecond, 1.2) });
            self.pen.rect(Detail::Shape, ghost, 5.0, style);
        }
        let bar = self.bar_rect(axis, row.above, row.up_to, middle);
        let edge = match row.mark {
            Some(SketchMark::Inversion) => Colour::Severity(Severity::Medium),
            Some(SketchMark::Redundant) => Colour::Severity(Severity::Low),
            None => Colour::TintEdge(row.tint),
        };
        let dash = if row.is_dashed || row.mark == Some(SketchMark::Redundant) { Dash::Dashed } else { Dash::Solid };
        let width = if row.mark.is_some() { 2.0 } else { 1.2 };
        let style =
            Style { fill: Some(Colour::TintFill(row.tint)), stroke: Some(Stroke { dash, ..Stroke::new(edge, width) }) };
        self.pen.rect(Detail::Shape, bar, 4.0, style);
        let mut room = bar.shrink2(vec2(8.0, 0.0));
        if row.up_to.is_none() {
            // It goes on.
            room.max.x = bar.right() - TIP - 3.0;
            let tip = pos2(bar.right() - 5.0, middle);
            let points = vec![tip + vec2(-5.0, -5.0), tip, tip + vec2(-5.0, 5.0)];
            self.pen.path(Detail::Shape, points, false, 0.0, Style::line(Stroke::new(Colour::TintEdge(row.tint), 1.6)));
        }
        if let Some(mark) = row.mark {
            let (icon, ink) = match mark {
                SketchMark::Inversion => (Icon::ChevronsUpDown, Colour::Severity(Severity::Medium)),
                SketchMark::Redundant => (Icon::Duplicate, Colour::Severity(Severity::Low)),
            };
            self.pen.icon(Detail::Shape, icon, pos2(room.left() + 6.0, middle), 14.0, ink);
            room.min.x += 18.0;
        }
        self.label_in(&row.label, room, Colour::Ink);
        DrawnRow { rect, bar }
    }

    fn bar_rect(&self, axis: &AmountAxis, above: Option<Amount>, up_to: Option<Amount>, middle: f32) -> Rect {
        let (left, right) = (axis.x(Some(above.unwrap_or(Amount::ZERO))), axis.x(up_to));
        let half = self.sizes.bar / 2.0;
        Rect::from_min_max(pos2(left + 0.5, middle - half), pos2((right - 0.5).max(left + 3.0), middle + half))
    }

    /// Who, and in a second line what else holds.
    fn name(&mut self, row: &SketchRow, rect: Rect) {
        let measure = Measure::bundled();
        let width = self.sizes.label - 4.0;
        let style = if self.look.is_compact { CAPTION } else { NAME };
        let name = measure.ellipsize(&row.name, style, width);
        let height = measure.line_height(style);
        let with_detail = !row.detail.is_empty() && !self.look.is_compact;
        let whole = if with_detail { height + measure.line_height(CAPTION) } else { height };
        let top = rect.center().y - whole / 2.0;
        self.pen.lines(Detail::Name, vec![name], style, Colour::Ink, pos2(0.0, top), Align::Min);
        if with_detail {
            let detail = measure.ellipsize(&row.detail, CAPTION, width);
            let at = pos2(0.0, top + height);
            self.pen.lines(Detail::Secondary, vec![detail], CAPTION, Colour::InkSecond, at, Align::Min);
        }
    }

    fn strip(&mut self, axis: &AmountAxis, strip: &SketchStrip, top: f32) -> (Rect, Vec<Rect>) {
        let measure = Measure::bundled();
        let rect = Rect::from_min_size(pos2(0.0, top), vec2(self.look.width, self.sizes.strip));
        let label = measure.ellipsize(&strip.label, CAPTION, self.sizes.label - 4.0);
        let at = pos2(0.0, rect.center().y - measure.line_height(CAPTION) / 2.0);
        self.pen.lines(Detail::Secondary, vec![label], CAPTION, Colour::InkSecond, at, Align::Min);
        let parts = strip.parts.iter().map(|part| {
            let (left, right) = (axis.x(Some(part.above.unwrap_or(Amount::ZERO))), axis.x(part.up_to));
            let part_rect = Rect::from_min_max(pos2(left, top + 3.0), pos2(right.max(left + 2.0), rect.bottom() - 3.0));
            self.part(part, part_rect);
            part_rect
        });
        let parts = parts.collect();
        (rect, parts)
    }

    fn part(&mut self, part: &SketchPart, rect: Rect) {
        let (fill, edge, dash) = match part.kind {
            PartKind::One(tint) => (Colour::TintFill(tint), Colour::TintEdge(tint), Dash::Solid),
            PartKind::Gap => (Colour::SeveritySoft(Severity::High), Colour::Severity(Severity::High), Dash::Dashed),
            PartKind::Conflict => {
                (Colour::SeveritySoft(Severity::Block), Colour::Severity(Severity::Block), Dash::Solid)
            }
            PartKind::Overlap => {
                (Colour::SeveritySoft(Severity::Medium), Colour::Severity(Severity::Medium), Dash::Solid)
            }
        };
        let style = Style { fill: Some(fill), stroke: Some(Stroke { dash, ..Stroke::new(edge, 1.2) }) };
        self.pen.rect(Detail::Shape, rect.shrink(0.5), 2.0, style);
        let icon = match part.kind {
            PartKind::One(_) => None,
            PartKind::Gap => Some(Icon::Warning),
            PartKind::Conflict => Some(Icon::Block),
            PartKind::Overlap => Some(Icon::Caution),
        };
        let pattern = Stroke::new(edge, 0.8);
        match part.kind {
            PartKind::One(_) => {}
            PartKind::Gap => self.hatch(rect, true, pattern),
            PartKind::Overlap => self.hatch(rect, false, pattern),
            PartKind::Conflict => {
                self.hatch(rect, true, pattern);
                self.hatch(rect, false, pattern);
            }
        }
        let Some(icon) = icon else { return self.label_in(&part.label, rect.shrink2(vec2(6.0, 0.0)), Colour::Ink) };
        let measure = Measure::bundled();
        let (side, words) = (13.0, measure.width(&part.label, BADGE));
        let with_words = !self.look.is_compact && rect.width() >= side + words + 20.0;
        let width = if with_words { side + words + 12.0 } else { side + 6.0 };
        // The sign stands on a clear ground, so that the pattern does not run through it.
        let ground = Rect::from_center_size(rect.center(), vec2(width, (rect.height() - 4.0).min(18.0)));
        if rect.width() >= 10.0 {
            self.pen.rect(Detail::Shape, ground, 3.0, Style::filled(fill));
            let at = if with_words { pos2(ground.left() + 3.0 + side / 2.0, rect.center().y) } else { rect.center() };
            self.pen.icon(Detail::Shape, icon, at, side, edge);
        }
        if with_words {
            let at = pos2(ground.left() + side + 7.0, rect.center().y - measure.line_height(BADGE) / 2.0);
            self.pen.text(Detail::Name, &part.label, BADGE, edge, at, Align::Min);
        }
    }

    /// A text in the middle of a box, shortened; nothing where not even its beginning fits.
    fn label_in(&mut self, label: &str, room: Rect, ink: Colour) {
        let measure = Measure::bundled();
        // A few letters with an ellipsis say nothing.
        if label.is_empty() || room.width() < measure.width(label, CAPTION).min(44.0) {
            return;
        }
        let line = measure.ellipsize(label, CAPTION, room.width());
        let at = pos2(room.center().x, room.center().y - measure.line_height(CAPTION) / 2.0);
        self.pen.lines(Detail::Name, vec![line], CAPTION, ink, at, Align::Center);
    }

    /// Slanting lines over a box.
    fn hatch(&mut self, rect: Rect, rising: bool, stroke: Stroke) {
        let (width, height) = (rect.width(), rect.height());
        let mut offset = HATCH / 2.0 - height;
        while offset < width {
            let (from, to) = (offset.max(0.0), (offset + height).min(width));
            if to - from > 0.5 {
                let low = |along: f32| along - offset;
                let point = |along: f32| -> Pos2 {
                    let y = if rising { rect.bottom() - low(along) } else { rect.top() + low(along) };
                    pos2(rect.left() + along, y)
                };
                self.pen.path(Detail::Secondary, vec![point(from), point(to)], false, 0.0, Style::line(stroke));
            }
            offset += HATCH;
        }
    }
}

/// An amount at an axis: `2,000`, `1.5M`, `10 %`.
fn figure(amount: Amount, quantity: Option<Quantity>) -> String {
    let number = amount.to_f64();
    let text = match number {
        n if n >= 1.0e9 => format!("{}bn", n / 1.0e9),
        n if n >= 1.0e6 => format!("{}M", n / 1.0e6),
        n if n >= 1.0e3 => {
            let whole = amount.to_string();
            let cut = whole.len().saturating_sub(3);
            match (whole.get(..cut), whole.get(cut..)) {
                (Some(thousands), Some(rest)) if !whole.contains('.') => format!("{thousands},{rest}"),
                _ => whole,
            }
        }
        _ => amount.to_string(),
    };
    match quantity {
        Some(Quantity::Percent) => format!("{text} %"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Currency;

    fn sketch() -> LadderSketch {
        let row = |name: &str, above: Option<i32>, up_to: Option<i32>| SketchRow {
            name: name.into(),
            above: above.map(Amount::whole),
            up_to: up_to.map(Amount::whole),
            ..SketchRow::default()
        };
        let part = |above: Option<i32>, up_to: Option<i32>, kind| SketchPart {
            above: above.map(Amount::whole),
            up_to: up_to.map(Amount::whole),
            kind,
            label: "nobody".into(),
        };
        let parts = vec![
            part(None, Some(200), PartKind::One(0)),
            part(Some(200), Some(500), PartKind::Gap),
            part(Some(500), None, PartKind::One(1)),
        ];
        LadderSketch {
            axes: vec![SketchAxis {
                title: "a case, in EUR".into(),
                quantity: Some(Quantity::Money(Currency::EUR)),
                rows: vec![row("Clerk", None, Some(200)), row("Owner of everything there is", Some(500), None)],
                strips: vec![SketchStrip { label: "every case".into(), parts }],
                extent: Vec::new(),
            }],
        }
    }

    #[test]
    fn bars_and_strips_lie_on_one_axis_and_within_the_picture() {
        for is_compact in [false, true] {
            let width = if is_compact { 300.0 } else { 700.0 };
            let picture = draw_ladder(&sketch(), LadderLook { width, is_compact });
            let axis = &picture.axes[0];
            assert_eq!((axis.rows.len(), axis.strips.len(), axis.strips[0].1.len()), (2, 1, 3));
            let gap = axis.strips[0].1[1];
            assert!((axis.rows[0].bar.right() - gap.left()).abs() < 1.0);
            assert!((axis.rows[1].bar.left() - gap.right()).abs() < 1.0);
            let whole = Rect::from_min_size(Pos2::ZERO, picture.size + Vec2::splat(0.5));
            for item in &picture.items {
                assert!(whole.contains_rect(item.bounds), "{item:?}");
            }
        }
    }

    #[test]
    fn a_pattern_stays_in_its_box() {
        let mut drawing = Drawing {
            look: LadderLook { width: 100.0, is_compact: false },
            sizes: ROOMY,
            pen: Pen::new(None),
            top: 0.0,
            axes: Vec::new(),
        };
        let rect = Rect::from_min_size(pos2(10.0, 10.0), vec2(33.0, 20.0));
        drawing.hatch(rect, true, Stroke::new(Colour::Ink, 1.0));
        drawing.hatch(rect, false, Stroke::new(Colour::Ink, 1.0));
        let items = drawing.pen.finish();
        assert!(items.len() > 8);
        assert!(items.iter().all(|item| rect.expand(0.01).contains_rect(item.bounds)));
    }

    #[test]
    fn figures_are_short() {
        let figures = [0, 500, 2_000, 1_500_000].map(|number| figure(Amount::whole(number), None));
        assert_eq!(figures, ["0", "500", "2,000", "1.5M"]);
    }
}
