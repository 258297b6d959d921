//! Bars along days.

use emath::{Align, Rect, pos2, vec2};
use jiff::civil::Weekday;

use super::Target;
use super::draw::{Page, hatch, two_lines};
use crate::model::Date;
use crate::scene::icon::Icon;
use crate::scene::item::{Colour, Dash, Detail, Severity, Stroke, Style};
use crate::scene::measures::{BADGE, CAPTION, HAIRLINE};
use crate::scene::pen::Pen;
use crate::scene::text::Measure;

const ROW: f32 = 38.0;
const BAR: f32 = 18.0;
const HEAD: f32 = 24.0;

/// Rows along the same days.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// The rows.
    pub rows: Vec<CalendarRow>,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalendarRow {
    /// Of what.
    pub name: String,
    /// A line beneath the name.
    pub detail: String,
    /// Where the name leads to.
    pub target: Option<Target>,
    /// What happens on which days; one after the other.
    pub spans: Vec<CalendarSpan>,
}

/// Days in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarSpan {
    /// The first one.
    pub from: Date,
    /// The last one.
    pub until: Date,
    /// What they are.
    pub kind: SpanKind,
    /// What stands in them.
    pub text: String,
    /// It in words.
    pub label: String,
    /// Where they lead to.
    pub target: Option<Target>,
}

/// What days are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// As usual.
    Usual,
    /// Somebody stands in.
    StandsIn,
    /// Only in part.
    Partly,
    /// Nobody.
    Nobody,
    /// Not meant.
    Off,
    /// A day of note.
    Mark,
}

impl Page {
    pub(super) fn calendar(&mut self, calendar: &Calendar) {
        let names = (self.width * 0.3).clamp(130.0, 300.0);
        let days = Days { calendar, from: names, to: self.width };
        let bottom = self.top + HEAD + ROW * calendar.rows.len() as f32;
        self.weeks(&days, bottom);
        for row in &calendar.rows {
            self.calendar_row(row, &days);
        }
    }

    fn weeks(&mut self, days: &Days<'_>, bottom: f32) {
        let measure = Measure::bundled();
        let mut pen = Pen::new(None);
        let mut free = days.from;
        let mut day = days.calendar.first;
        while day <= days.calendar.last {
            if day.weekday() == Weekday::Monday {
                let x = days.left(day);
                let line = Style::line(Stroke::new(Colour::Line, HAIRLINE));
                pen.path(Detail::Shape, vec![pos2(x, self.top + HEAD), pos2(x, bottom)], false, 0.0, line);
                let words = format!("{} {}", day.day(), month(day));
                let width = measure.width(&words, CAPTION);
                if x >= free && x + width <= days.to {
                    let at = pos2(x + 2.0, self.top + 4.0);
                    pen.text(Detail::Name, &words, CAPTION, Colour::InkSecond, at, Align::Min);
                    free = x + width + 12.0;
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        let y = self.top + HEAD;
        let under = Style::line(Stroke::new(Colour::LineStrong, HAIRLINE));
        pen.path(Detail::Shape, vec![pos2(0.0, y), pos2(days.to, y)], false, 0.0, under);
        self.put(pen);
        self.top += HEAD;
    }

    fn calendar_row(&mut self, row: &CalendarRow, days: &Days<'_>) {
        let rect = Rect::from_min_size(pos2(0.0, self.top), vec2(self.width, ROW));
        let middle = rect.center().y;
        let mut pen = Self::pen_for(row.target);
        two_lines(&mut pen, &row.name, &row.detail, pos2(0.0, middle), days.from - 12.0, Align::Min);
        let said = [&row.name, &row.detail].map(String::as_str).into_iter().filter(|text| !text.is_empty());
        let named = Rect::from_min_max(rect.min, pos2(days.from, rect.bottom()));
        self.spot(named, row.target, said.collect::<Vec<_>>().join(", "));
        for one in &row.spans {
            let (from, until) = (one.from.max(days.calendar.first), one.until.min(days.calendar.last));
            let right = until.tomorrow().map_or(days.to, |day| days.left(day));
            let bar = Rect::from_min_max(
                pos2(days.left(from), middle - BAR / 2.0),
                pos2(right.max(days.left(from) + 3.0), middle + BAR / 2.0),
            );
            span(&mut pen, bar, one.kind);
            let grave = one.kind == SpanKind::Nobody;
            let room = bar.width() - if grave { 24.0 } else { 8.0 };
            if room > 26.0 {
                let ink = if grave { Colour::Severity(Severity::High) } else { Colour::Ink };
                let top = middle - Measure::bundled().line_height(BADGE) / 2.0;
                let at = pos2(bar.left() + if grave { 20.0 } else { 6.0 }, top);
                Self::cut(&mut pen, &one.text, BADGE, ink, at, room, Align::Min);
            }
            self.short_spot(bar, one.target, one.label.clone());
        }
        let line = Style::line(Stroke::new(Colour::Line, HAIRLINE));
        pen.path(Detail::Shape, vec![rect.left_bottom(), rect.right_bottom()], false, 0.0, line);
        self.put(pen);
        self.top += ROW;
    }
}

struct Days<'a> {
    calendar: &'a Calendar,
    from: f32,
    to: f32,
}

impl Days<'_> {
    fn left(&self, day: Date) -> f32 {
        let between = |from: Date, to: Date| from.until(to).map_or(0.0, |span| span.get_days() as f32);
        let all = between(self.calendar.first, self.calendar.last) + 1.0;
        self.from + (self.to - self.from) * (between(self.calendar.first, day) / all).clamp(0.0, 1.0)
    }
}

/// Days as they are drawn.
pub(super) fn span(pen: &mut Pen, rect: Rect, kind: SpanKind) {
    let high = Severity::High;
    let style = match kind {
        SpanKind::Usual => Style::card(Colour::Field, Colour::LineStrong),
        SpanKind::StandsIn => Style::card(Colour::AccentSoft, Colour::Accent),
        SpanKind::Partly => {
            Style::card(Colour::SeveritySoft(Severity::Medium), Colour::Severity(Severity::Medium)).dashed(Dash::Dashed)
        }
        SpanKind::Nobody => {
            Style { fill: Some(Colour::SeveritySoft(high)), stroke: Some(Stroke::new(Colour::Severity(high), 1.8)) }
        }
        SpanKind::Off => Style::line(Stroke { dash: Dash::Dotted, ..Stroke::new(Colour::LineStrong, HAIRLINE) }),
        SpanKind::Mark => {
            let center = rect.center();
            let corners = [vec2(0.0, -6.0), vec2(6.0, 0.0), vec2(0.0, 6.0), vec2(-6.0, 0.0)];
            let corners = corners.map(|corner| center + corner).to_vec();
            pen.path(Detail::Shape, corners, true, 0.0, Style::filled(Colour::Accent));
            return;
        }
    };
    pen.rect(Detail::Shape, rect, 3.0, style);
    if kind == SpanKind::Partly {
        hatch(pen, rect, Colour::Severity(Severity::Medium));
    }
    if kind == SpanKind::Nobody && rect.width() >= 14.0 {
        pen.icon(Detail::Shape, Icon::Warning, pos2(rect.left() + 10.0, rect.center().y), 12.0, Colour::Severity(high));
    }
}

fn month(day: Date) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES.get(usize::from(day.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::display::{Block, Display, draw};

    #[test]
    fn days_are_equally_wide_and_a_bar_ends_with_its_last_day() {
        let day = |day| jiff::civil::date(2026, 6, day);
        let one = |from, until, kind| CalendarSpan {
            from: day(from),
            until: day(until),
            kind,
            text: "nobody".into(),
            label: format!("{from} to {until}"),
            target: None,
        };
        let spans = vec![one(1, 5, SpanKind::Usual), one(6, 15, SpanKind::Nobody), one(16, 20, SpanKind::Partly)];
        let rows = vec![CalendarRow { name: "Refund".into(), spans, ..CalendarRow::default() }];
        let calendar = Calendar { first: day(1), last: day(20), rows };
        let drawn = draw(&Display { blocks: vec![Block::Calendar(calendar)], ..Display::default() }, 800.0);
        let widths: Vec<f32> = drawn.spots.iter().skip(1).map(|spot| spot.rect.width()).collect();
        let [first, second, third] = widths.as_slice() else { panic!("{widths:?}") };
        assert!((second - 2.0 * first).abs() < 0.5 && (third - first).abs() < 0.5);
        assert!((drawn.spots[3].rect.right() - 800.0).abs() < 0.5);
    }
}
