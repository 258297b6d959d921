//! Lists in columns.

use emath::{Align, Rect, pos2, vec2};

use super::Target;
use super::draw::{Page, SIGN, sign_of};
use crate::scene::item::{Colour, Detail, Severity, Stroke, Style};
use crate::scene::measures::{BADGE, HAIRLINE};
use crate::scene::pen::Pen;
use crate::scene::text::{Measure, TextStyle, Weight};

const ROW: f32 = 28.0;
const TEXT: TextStyle = TextStyle::new(12.0, Weight::Regular);
const STRONG: TextStyle = TextStyle::new(12.0, Weight::Semibold);
const PADDING: f32 = 14.0;

/// A list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// The columns.
    pub columns: Vec<ListColumn>,
    /// The rows.
    pub rows: Vec<ListRow>,
}

/// A column of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListColumn {
    /// What stands above it.
    pub title: String,
    /// Whether it holds numbers, which stand at its right edge.
    pub is_number: bool,
}

impl ListColumn {
    /// A column of texts.
    pub fn text(title: &str) -> Self {
        Self { title: title.to_owned(), is_number: false }
    }

    /// A column of numbers.
    pub fn number(title: &str) -> Self {
        Self { title: title.to_owned(), is_number: true }
    }
}

/// A row of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRow {
    /// What stands in the columns.
    pub cells: Vec<String>,
    /// Where it leads to.
    pub target: Option<Target>,
    /// How grave it is.
    pub severity: Option<Severity>,
    /// Whether it is a sum.
    pub is_sum: bool,
}

impl Page {
    pub(super) fn listing(&mut self, listing: &Listing) {
        let edges = self.edges(listing);
        let titles: Vec<String> = listing.columns.iter().map(|column| column.title.clone()).collect();
        let mut pen = Pen::new(None);
        self.cells(&mut pen, listing, &edges, &titles, (BADGE, Colour::InkSecond));
        let line = |colour| Style::line(Stroke::new(colour, HAIRLINE));
        let under = vec![pos2(0.0, self.top + ROW), pos2(self.width, self.top + ROW)];
        pen.path(Detail::Shape, under, false, 0.0, line(Colour::LineStrong));
        self.put(pen);
        self.top += ROW;
        for row in &listing.rows {
            let mut pen = Self::pen_for(row.target);
            let style = if row.is_sum { STRONG } else { TEXT };
            self.cells(&mut pen, listing, &edges, &row.cells, (style, Colour::Ink));
            if let Some(severity) = row.severity {
                let at = pos2(self.width - SIGN / 2.0, self.top + ROW / 2.0);
                pen.icon(Detail::Shape, sign_of(severity), at, SIGN, Colour::Severity(severity));
            }
            let y = if row.is_sum { self.top } else { self.top + ROW };
            let colour = if row.is_sum { Colour::LineStrong } else { Colour::Line };
            pen.path(Detail::Shape, vec![pos2(0.0, y), pos2(self.width, y)], false, 0.0, line(colour));
            self.put(pen);
            let rect = Rect::from_min_size(pos2(0.0, self.top), vec2(self.width, ROW));
            let words = listing.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
            let words: Vec<String> = words
                .enumerate()
                .map(
                    |(place, (column, cell))| {
                        if place == 0 { cell.clone() } else { format!("{} {cell}", column.title.to_lowercase()) }
                    },
                )
                .collect();
            self.spot(rect, row.target, words.join(", "));
            self.top += ROW;
        }
    }

    fn cells(
        &self,
        pen: &mut Pen,
        listing: &Listing,
        edges: &[f32],
        texts: &[String],
        (style, ink): (TextStyle, Colour),
    ) {
        let top = self.top + ROW / 2.0 - Measure::bundled().line_height(style) / 2.0;
        for (place, (column, text)) in listing.columns.iter().zip(texts).enumerate() {
            let (Some(left), Some(right)) = (edges.get(place), edges.get(place + 1)) else { continue };
            let room = right - left - PADDING;
            let (x, align) = if column.is_number { (right - PADDING, Align::Max) } else { (*left, Align::Min) };
            Self::cut(pen, text, style, ink, pos2(x, top), room, align);
        }
    }

    /// Edges of the columns: as wide as their texts; what is too wide is taken from the widest ones, what is left goes
    /// to the texts.
    fn edges(&self, listing: &Listing) -> Vec<f32> {
        let measure = Measure::bundled();
        let mut widths: Vec<f32> = Vec::new();
        for (place, column) in listing.columns.iter().enumerate() {
            let texts = listing.rows.iter().filter_map(|row| row.cells.get(place));
            let widest = texts.map(|text| measure.width(text, STRONG)).fold(0.0, f32::max);
            widths.push(widest.max(measure.width(&column.title, BADGE)) + PADDING);
        }
        let room = self.width - if listing.rows.iter().any(|row| row.severity.is_some()) { SIGN + 6.0 } else { 0.0 };
        let mut excess = widths.iter().sum::<f32>() - room;
        while excess > 0.5 {
            let widest = widths.iter().copied().fold(0.0, f32::max);
            let next = widths.iter().copied().filter(|width| *width < widest - 0.5).fold(36.0, f32::max);
            let count = widths.iter().filter(|width| **width >= widest - 0.5).count() as f32;
            let cut = ((widest - next).max(1.0)).min(excess / count);
            if widest <= 37.0 {
                break;
            }
            widths.iter_mut().filter(|width| **width >= widest - 0.5).for_each(|width| *width -= cut);
            excess = widths.iter().sum::<f32>() - room;
        }
        let texts = listing.columns.iter().filter(|column| !column.is_number).count();
        if excess < 0.0 && texts > 0 {
            // Numbers stay near their texts.
            let more = (-excess / texts as f32).min(120.0);
            for (width, column) in widths.iter_mut().zip(&listing.columns) {
                if !column.is_number {
                    *width += more;
                }
            }
        }
        let mut edges = vec![0.0];
        for width in widths {
            edges.push(edges.last().copied().unwrap_or(0.0) + width);
        }
        edges
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::display::{Block, Display, draw};

    #[test]
    fn long_texts_give_way_to_numbers() {
        let row = |name: &str, number: &str| ListRow { cells: vec![name.into(), number.into()], ..ListRow::default() };
        let listing = Listing {
            columns: vec![ListColumn::text("Decision"), ListColumn::number("Cases a week")],
            rows: vec![row(&"A very long name of a decision ".repeat(8), "1,230"), row("Pay", "40")],
        };
        let page = Page { width: 400.0, top: 0.0, pen: Pen::new(None), drawn: Default::default() };
        let edges = page.edges(&listing);
        assert!((edges[2] - 400.0).abs() < 1.0, "{edges:?}");
        assert!(edges[2] - edges[1] >= Measure::bundled().width("Cases a week", BADGE));
        let drawn = draw(&Display { blocks: vec![Block::Listing(listing)], ..Display::default() }, 400.0);
        assert_eq!(drawn.spots[1].label, "Pay, cases a week 40");
        assert!((drawn.size.y - 3.0 * ROW).abs() < 1.0);
    }
}
