//! How the calendar is drawn: weeks as columns, a bar for each limit, a mark for each day of a term or review.

use egui::{Align2, Color32, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::table::{Mark, Row};
use crate::analysis::figures::coverage::{Cover, Span};
use crate::app::style::{colour, font};
use crate::app::widgets::text;
use crate::model::Date;
use crate::scene::text::Measure;
use crate::scene::theme::{Rgba, Theme};

const ROW: f32 = 34.0;
const MARK_ROW: f32 = 24.0;
const HEADER: f32 = 26.0;
/// Height of a bar.
const BAR: f32 = 18.0;

/// Days that were clicked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Picked {
    /// Place of the row among all rows.
    pub(super) row: usize,
    pub(super) span: Span,
}

/// Where days are.
pub(super) struct Chart {
    first: Date,
    last: Date,
    names: f32,
    width: f32,
}

impl Chart {
    pub(super) fn new(ui: &Ui, first: Date, last: Date) -> Self {
        let width = ui.available_width() - 14.0;
        let names = (width * 0.32).clamp(170.0, 330.0);
        Self { first, last, names, width }
    }

    fn days(&self) -> f32 {
        1.0 + days_between(self.first, self.last)
    }

    /// Left edge of a day, from the left edge of the row.
    fn left(&self, day: Date) -> f32 {
        self.names + (self.width - self.names) * days_between(self.first, day) / self.days()
    }

    fn day_width(&self) -> f32 {
        (self.width - self.names) / self.days()
    }

    /// Mondays from the first day on.
    fn mondays(&self) -> Vec<Date> {
        let is_monday = |day: &Date| day.weekday() == jiff::civil::Weekday::Monday;
        let days = std::iter::successors(Some(self.first), |day| day.tomorrow().ok());
        days.take_while(|day| *day <= self.last).filter(is_monday).collect()
    }

    /// The weeks, each by its Monday.
    pub(super) fn header_ui(&self, ui: &mut Ui, theme: &Theme) {
        let (rect, _) = ui.allocate_exact_size(vec2(self.width, HEADER), Sense::hover());
        let style = theme.sizes.text.caption;
        let mut free = rect.left() + self.names;
        for monday in self.mondays() {
            let x = rect.left() + self.left(monday);
            let words = format!("{} {}", monday.day(), month(monday));
            let width = Measure::bundled().width(&words, style);
            if x >= free && x + width <= rect.right() {
                let ink = colour(theme.neutral.ink_second);
                ui.painter().text(pos2(x + 3.0, rect.center().y), Align2::LEFT_CENTER, words, font(style), ink);
                free = x + width + 10.0;
            }
        }
        let line = Stroke::new(1.0, colour(theme.neutral.line));
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
    }

    /// A limit with its bar; returns the days that were clicked.
    pub(super) fn row_ui(&self, ui: &mut Ui, theme: &Theme, row: &Row, picked: Option<&Picked>) -> Option<Picked> {
        let (rect, _) = ui.allocate_exact_size(vec2(self.width, ROW), Sense::hover());
        if !ui.is_rect_visible(rect) {
            return None;
        }
        let ink = colour(theme.neutral.ink);
        let second = colour(theme.neutral.ink_second);
        let room = self.names - 10.0;
        let measure = Measure::bundled();
        let name = measure.ellipsize(&row.title, theme.sizes.text.body, room).text;
        let at = pos2(rect.left(), rect.center().y);
        ui.painter().text(at, Align2::LEFT_BOTTOM, name, font(theme.sizes.text.body), ink);
        let detail = measure.ellipsize(&row.detail, theme.sizes.text.caption, room).text;
        ui.painter().text(at, Align2::LEFT_TOP, detail, font(theme.sizes.text.caption), second);
        self.weeks(ui, theme, rect);
        let mut clicked = None;
        for (place, (span, name)) in row.spans.iter().zip(&row.names).enumerate() {
            let bar = self.bar(rect, span);
            let is_picked = picked.is_some_and(|picked| (picked.row, picked.span) == (row.place, *span));
            paint_bar(ui, theme, bar, span.by, name, is_picked);
            if span.by == Cover::Holder {
                continue;
            }
            let response = ui.interact(bar, Id::unique(("coverage", row.place, place)), Sense::click());
            let words = label(row, span, name);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words.as_str()));
            if response.has_focus() {
                let ring = Stroke::new(2.0, colour(theme.accent.base));
                ui.painter().rect_stroke(bar, 3.0, ring, StrokeKind::Outside);
            }
            if response.on_hover_text(text(words.as_str(), theme.sizes.text.body)).clicked() {
                clicked = Some(Picked { row: row.place, span: *span });
            }
        }
        clicked
    }

    /// A term or review with its day; returns whether it was clicked.
    pub(super) fn mark_ui(&self, ui: &mut Ui, theme: &Theme, mark: &Mark) -> bool {
        let (rect, response) = ui.allocate_exact_size(vec2(self.width, MARK_ROW), Sense::click());
        let words = format!("{}: {}", mark.words, mark.day);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words.as_str()));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, theme.sizes.radius.control, colour(theme.neutral.hover));
        }
        let style = theme.sizes.text.caption;
        let shown = Measure::bundled().ellipsize(&mark.words, style, self.names - 10.0).text;
        let at = pos2(rect.left(), rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, shown, font(style), colour(theme.neutral.ink_second));
        self.weeks(ui, theme, rect);
        let center = pos2(rect.left() + self.left(mark.day) + self.day_width() / 2.0, rect.center().y);
        diamond(ui, center, colour(theme.accent.base));
        response.on_hover_text(text(words.as_str(), theme.sizes.text.body)).clicked()
    }

    /// What the colours mean.
    pub(super) fn legend_ui(&self, ui: &mut Ui, theme: &Theme) {
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let stands_in = crate::model::Actor::Role(crate::model::TableId::from_index(0));
            for (by, words) in [
                (Cover::Holder, "the holder"),
                (Cover::Deputy(stands_in), "stands in"),
                (Cover::Partly(stands_in), "only a part, or in an emergency"),
                (Cover::Nobody, "nobody"),
                (Cover::NotInForce, "not in force"),
            ] {
                let (rect, _) = ui.allocate_exact_size(vec2(18.0, 12.0), Sense::hover());
                paint_bar(ui, theme, rect, by, "", false);
                ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
                ui.add_space(8.0);
            }
        });
    }

    fn weeks(&self, ui: &Ui, theme: &Theme, rect: Rect) {
        let line = Stroke::new(1.0, colour(theme.neutral.line));
        for monday in self.mondays() {
            ui.painter().vline(rect.left() + self.left(monday), rect.y_range(), line);
        }
    }

    fn bar(&self, rect: Rect, span: &Span) -> Rect {
        let left = rect.left() + self.left(span.from);
        let right = rect.left() + self.left(span.until) + self.day_width();
        Rect::from_min_max(pos2(left, rect.center().y - BAR / 2.0), pos2(right, rect.center().y + BAR / 2.0))
    }
}

/// `Grant a refund, Clerk ≤ 200 EUR: nobody from 2026-08-03 to 2026-08-14`.
fn label(row: &Row, span: &Span, name: &str) -> String {
    let who = match span.by {
        Cover::Holder => "the holder".to_owned(),
        Cover::Delegate(_) => format!("{name} by delegation"),
        Cover::Deputy(_) => format!("{name} as deputy"),
        Cover::Emergency(_) => format!("{name} in an emergency only"),
        Cover::Partly(_) => format!("{name} for a part, nobody for the rest"),
        Cover::NotInForce => "not in force".to_owned(),
        Cover::Nobody => "nobody".to_owned(),
    };
    format!("{}, {}: {who} from {} to {}", row.title, row.detail, span.from, span.until)
}

fn paint_bar(ui: &Ui, theme: &Theme, bar: Rect, by: Cover, name: &str, is_picked: bool) {
    let (fill, edge, ink): (Rgba, Rgba, Rgba) = match by {
        Cover::Holder => (theme.neutral.field, theme.neutral.line_strong, theme.neutral.ink_second),
        Cover::Delegate(_) | Cover::Deputy(_) => (theme.accent.soft, theme.accent.base, theme.accent.ink),
        Cover::Emergency(_) | Cover::Partly(_) => {
            (theme.severity.medium.fill, theme.severity.medium.ink, theme.severity.medium.ink)
        }
        Cover::Nobody => (theme.severity.high.ink, theme.severity.high.ink, theme.neutral.canvas),
        Cover::NotInForce => {
            let line = Stroke::new(1.0, colour(theme.neutral.line_strong));
            ui.painter().extend(egui::Shape::dashed_line(&[bar.left_center(), bar.right_center()], line, 3.0, 3.0));
            return;
        }
    };
    let bar = bar.shrink2(vec2(0.5, 0.0));
    let width = if is_picked { 2.0 } else { 1.0 };
    let edge = if is_picked { theme.neutral.ink } else { edge };
    ui.painter().rect(bar, 3.0, colour(fill), Stroke::new(width, colour(edge)), StrokeKind::Inside);
    let words = if by == Cover::Nobody { "nobody" } else { name };
    let style = theme.sizes.text.caption;
    if !words.is_empty() && Measure::bundled().width(words, style) + 8.0 <= bar.width() && bar.height() >= BAR - 1.0 {
        ui.painter().text(bar.center(), Align2::CENTER_CENTER, words, font(style), colour(ink));
    }
}

fn diamond(ui: &Ui, center: Pos2, fill: Color32) {
    let corner = |x: f32, y: f32| center + Vec2::new(x, y);
    let corners = vec![corner(0.0, -5.0), corner(5.0, 0.0), corner(0.0, 5.0), corner(-5.0, 0.0)];
    ui.painter().add(egui::Shape::convex_polygon(corners, fill, Stroke::NONE));
}

fn days_between(from: Date, to: Date) -> f32 {
    from.until(to).map_or(0.0, |span| span.get_days() as f32)
}

fn month(day: Date) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES.get(usize::from(day.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or("")
}
