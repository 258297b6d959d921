//! Rows, columns and what stands where they meet. Headings stay in sight while the grid moves.

use emath::{Align, Rect, Vec2, pos2, vec2};

use super::draw::{Page, hatch, sign_of};
use super::{Frozen, Spot, Sticks, Target};
use crate::scene::item::{Colour, Dash, Detail, Item, Severity, Stroke, Style};
use crate::scene::measures::{BADGE, CAPTION, HAIRLINE};
use crate::scene::pen::Pen;
use crate::scene::text::{Measure, TextStyle, Weight};

const ROW: f32 = 28.0;
const NAMES: TextStyle = TextStyle::new(12.0, Weight::Medium);
/// Longest headings of columns and of rows.
const TALLEST: f32 = 150.0;
const WIDEST: f32 = 210.0;

/// A grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// What the rows are, and what the columns: `gives ↓ takes →`.
    pub corner: String,
    /// The rows.
    pub rows: Vec<GridHead>,
    /// The columns.
    pub columns: Vec<GridHead>,
    /// What stands where they meet; empty places are left out.
    pub cells: Vec<GridCell>,
    /// Width of a column; as wide as the widest text where it is none.
    pub column_width: Option<f32>,
}

/// A heading of a row or column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridHead {
    /// Its name.
    pub name: String,
    /// The group it stands in: a line parts groups.
    pub group: String,
    /// The sum of its row or column, as text.
    pub total: String,
    /// Where the name leads to.
    pub target: Option<Target>,
}

/// How a field is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Shade {
    /// Not at all.
    #[default]
    None,
    /// Softly in the accent; with an edge where it is strong.
    Accent {
        /// Whether it is much.
        strong: bool,
    },
    /// In a tint with a dashed edge: outside.
    Outside,
    /// As a problem.
    Problem(Severity),
    /// As a problem that is taken care of: its ground with a check mark.
    Cleared,
}

/// What stands in a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridCell {
    /// Row and column, from 0.
    pub at: (usize, usize),
    /// What it says.
    pub text: String,
    /// How it is filled.
    pub shade: Shade,
    /// It in words.
    pub label: String,
    /// What stands behind it.
    pub target: Option<Target>,
}

impl Page {
    pub(super) fn grid(&mut self, grid: &Grid) {
        let measure = Measure::bundled();
        let widest = |heads: &[GridHead], style| {
            heads.iter().map(|head| measure.width(&head.name, style)).fold(0.0, f32::max).ceil()
        };
        let has_totals = grid.rows.iter().any(|row| !row.total.is_empty());
        let total = if has_totals { 52.0 } else { 0.0 };
        let names = (widest(&grid.rows, NAMES) + 16.0).clamp(96.0, WIDEST.min(self.width * 0.4)) + total;
        let tall = (widest(&grid.columns, NAMES) + 12.0).clamp(48.0, TALLEST) + if has_totals { 20.0 } else { 0.0 };
        let text = grid.cells.iter().map(|cell| measure.width(&cell.text, BADGE)).fold(0.0, f32::max);
        let pitch = grid.column_width.unwrap_or((text + 12.0).clamp(34.0, 96.0));
        let origin = pos2(names, self.top + tall);
        let size = vec2(pitch * grid.columns.len() as f32, ROW * grid.rows.len() as f32);
        let layout = Layout { origin, pitch, names, tall, total, size };
        self.lines(grid, &layout);
        for cell in &grid.cells {
            self.cell(grid, cell, &layout);
        }
        let rows: Vec<Item> =
            grid.rows.iter().enumerate().map(|(row, head)| self.row_head(row, head, &layout)).collect();
        let columns: Vec<Item> =
            grid.columns.iter().enumerate().map(|(column, head)| self.column_head(column, head, &layout)).collect();
        self.pen.extend(rows.clone());
        self.pen.extend(columns.clone());
        let mut corner = Pen::new(None);
        let lines = measure.wrap(&grid.corner, CAPTION, names - 12.0, 3);
        let height = measure.line_height(CAPTION) * lines.len() as f32;
        let at = pos2(0.0, origin.y - height - 6.0);
        corner.lines(Detail::Name, lines, CAPTION, Colour::InkSecond, at, Align::Min);
        self.put(corner);
        let rect = Rect::from_min_size(pos2(0.0, self.top), vec2(names, tall) + size);
        self.drawn.frozen.push(Frozen { rect, heads: vec2(names, tall), rows, columns });
        self.top += tall + size.y;
    }

    fn lines(&mut self, grid: &Grid, layout: &Layout) {
        let mut pen = Pen::new(None);
        let hair =
            |strong: bool| Style::line(Stroke::new(if strong { Colour::LineStrong } else { Colour::Line }, HAIRLINE));
        let (origin, end) = (layout.origin, layout.origin + layout.size);
        let begins = |heads: &[GridHead], at: usize| {
            at == 0
                || at == heads.len()
                || heads.get(at - 1).map(|head| &head.group) != heads.get(at).map(|head| &head.group)
        };
        for row in 0..=grid.rows.len() {
            let y = origin.y + ROW * row as f32;
            let strong = begins(&grid.rows, row);
            let left = if strong { 0.0 } else { origin.x };
            pen.path(Detail::Shape, vec![pos2(left, y), pos2(end.x, y)], false, 0.0, hair(strong));
        }
        for column in 0..=grid.columns.len() {
            let x = origin.x + layout.pitch * column as f32;
            let strong = begins(&grid.columns, column);
            let top = if strong { origin.y - layout.tall } else { origin.y };
            pen.path(Detail::Shape, vec![pos2(x, top), pos2(x, end.y)], false, 0.0, hair(strong));
        }
        for item in pen.finish() {
            self.pen.extend(vec![item]);
        }
    }

    fn cell(&mut self, grid: &Grid, cell: &GridCell, layout: &Layout) {
        let (row, column) = cell.at;
        if row >= grid.rows.len() || column >= grid.columns.len() {
            return;
        }
        let min = layout.origin + vec2(layout.pitch * column as f32, ROW * row as f32);
        let rect = Rect::from_min_size(min, vec2(layout.pitch, ROW));
        let mut pen = Pen::new(None);
        shaded(&mut pen, rect.shrink(2.0), cell.shade);
        let (sign, ink) = match cell.shade {
            Shade::Problem(severity) => (Some((sign_of(severity), Colour::Severity(severity))), Colour::Ink),
            Shade::Cleared => (Some((crate::scene::icon::Icon::Check, Colour::AccentInk)), Colour::Ink),
            _ => (None, Colour::Ink),
        };
        let mut middle = rect.center().x;
        if let Some((icon, ink)) = sign {
            let text = Measure::bundled().width(&cell.text, BADGE).min(layout.pitch - 22.0);
            pen.icon(Detail::Shape, icon, pos2(middle - text / 2.0 - 2.0, rect.center().y), 12.0, ink);
            middle += 8.0;
        }
        let top = rect.center().y - Measure::bundled().line_height(BADGE) / 2.0;
        let room = layout.pitch - if sign.is_some() { 20.0 } else { 4.0 };
        Self::cut(&mut pen, &cell.text, BADGE, ink, pos2(middle, top), room, Align::Center);
        self.put(pen);
        self.short_spot(rect, cell.target, cell.label.clone());
    }

    fn row_head(&mut self, row: usize, head: &GridHead, layout: &Layout) -> Item {
        let rect = Rect::from_min_size(pos2(0.0, layout.origin.y + ROW * row as f32), vec2(layout.names, ROW));
        let mut pen = Self::pen_for(head.target);
        let top = rect.center().y - Measure::bundled().line_height(NAMES) / 2.0;
        let room = layout.names - layout.total - 12.0;
        Self::cut(&mut pen, &head.name, NAMES, Colour::Ink, pos2(0.0, top), room, Align::Min);
        let at = pos2(layout.names - 8.0, top + 1.0);
        Self::cut(&mut pen, &head.total, CAPTION, Colour::InkSecond, at, layout.total, Align::Max);
        self.head_spot(rect, head, Sticks::Row);
        pen.into_group()
    }

    fn column_head(&mut self, column: usize, head: &GridHead, layout: &Layout) -> Item {
        let x = layout.origin.x + layout.pitch * column as f32;
        let top = layout.origin.y - layout.tall;
        let rect = Rect::from_min_size(pos2(x, top), vec2(layout.pitch, layout.tall));
        let mut pen = Self::pen_for(head.target);
        let foot = if head.total.is_empty() { 0.0 } else { 20.0 };
        let room = layout.tall - foot - 10.0;
        let width = Measure::bundled().width(&head.name, NAMES).min(room);
        let center = pos2(rect.center().x, rect.bottom() - foot - 4.0 - width / 2.0);
        pen.upward_text(Detail::Name, &head.name, NAMES, Colour::Ink, center, room);
        let at = pos2(rect.center().x, rect.bottom() - 18.0);
        Self::cut(&mut pen, &head.total, CAPTION, Colour::InkSecond, at, layout.pitch - 2.0, Align::Center);
        self.head_spot(rect, head, Sticks::Column);
        pen.into_group()
    }

    fn head_spot(&mut self, rect: Rect, head: &GridHead, sticks: Sticks) {
        let spot = Spot { rect, target: head.target, label: said(head), says_more: true, sticks };
        self.drawn.spots.push(spot);
    }
}

fn said(head: &GridHead) -> String {
    if head.total.is_empty() { head.name.clone() } else { format!("{}: {}", head.name, head.total) }
}

struct Layout {
    origin: emath::Pos2,
    pitch: f32,
    names: f32,
    tall: f32,
    total: f32,
    size: Vec2,
}

/// A box filled as fields are.
pub(super) fn shaded(pen: &mut Pen, rect: Rect, shade: Shade) {
    let style = match shade {
        Shade::None => return,
        Shade::Accent { strong: false } => Style::filled(Colour::AccentSoft),
        Shade::Accent { strong: true } => Style::card(Colour::AccentSoft, Colour::Accent),
        Shade::Outside => Style::card(Colour::TintFill(2), Colour::TintEdge(2)).dashed(Dash::Dashed),
        Shade::Problem(severity) => Style::card(Colour::SeveritySoft(severity), Colour::Severity(severity)),
        Shade::Cleared => Style::card(Colour::AccentSoft, Colour::Accent).dashed(Dash::Dashed),
    };
    pen.rect(Detail::Shape, rect, 4.0, style);
    if shade == Shade::Problem(Severity::Block) {
        hatch(pen, rect, Colour::Severity(Severity::Block));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::display::{Block, Display, draw};

    #[test]
    fn a_cell_stands_where_its_headings_meet() {
        let head = |name: &str| GridHead { name: name.into(), total: "13.3".into(), ..GridHead::default() };
        let cell = GridCell { at: (1, 0), text: "13.3".into(), label: "Clerk to Owner".into(), ..GridCell::default() };
        let out = GridCell { at: (9, 9), ..cell.clone() };
        let grid = Grid {
            rows: vec![head("Owner"), head("Clerk")],
            columns: vec![head("Owner"), head("Accountant")],
            cells: vec![cell, out],
            ..Grid::default()
        };
        let drawn = draw(&Display { blocks: vec![Block::Grid(grid)], ..Display::default() }, 700.0);
        let place = |label: &str| drawn.spots.iter().filter(|spot| spot.label == label).map(|spot| spot.rect).collect();
        let cells: Vec<Rect> = place("Clerk to Owner");
        let [cell] = cells.as_slice() else { panic!("what lies outside of the grid is left out") };
        let row: Vec<Rect> = place("Clerk: 13.3");
        let columns: Vec<Rect> = place("Owner: 13.3");
        assert_eq!(row[0].y_range(), cell.y_range());
        assert!(columns.iter().any(|head| head.x_range() == cell.x_range()));
        let frozen = &drawn.frozen[0];
        assert_eq!((frozen.rows.len(), frozen.columns.len()), (2, 2));
        assert!(frozen.rect.contains_rect(*cell) && cell.left() >= frozen.heads.x - 0.01);
    }

    #[test]
    fn headings_stay_in_sight_and_hide_what_is_behind_them() {
        let head = |name: usize| GridHead { name: format!("Role {name}"), ..GridHead::default() };
        let cell = |at| GridCell { at, text: "1".into(), label: format!("{at:?}"), ..GridCell::default() };
        let heads: Vec<GridHead> = (0..20).map(head).collect();
        let cells = vec![cell((0, 0)), cell((9, 9))];
        let grid = Grid { rows: heads.clone(), columns: heads, cells, ..Grid::default() };
        let drawn = draw(&Display { blocks: vec![Block::Grid(grid)], ..Display::default() }, 500.0);
        let frozen = &drawn.frozen[0];
        let seen = Rect::from_min_size(pos2(100.0, 90.0), vec2(400.0, 400.0));
        let place = |label: &str, sticks| {
            let spot = drawn.spots.iter().find(|spot| spot.label == label && spot.sticks == sticks).unwrap();
            frozen.place(spot, seen)
        };
        assert!(place("(0, 0)", Sticks::Not).1, "it lies behind a heading");
        assert!(!place("(9, 9)", Sticks::Not).1);
        let (row, is_covered) = place("Role 9", Sticks::Row);
        assert!(!is_covered && seen.contains(row.left_top()));
        let (column, is_covered) = place("Role 9", Sticks::Column);
        assert!(!is_covered && (column.top() - seen.top()).abs() < 0.01);
        assert!(place("Role 0", Sticks::Row).1 && place("Role 0", Sticks::Column).1);
        let nothing_moved = Rect::from_min_size(pos2(-20.0, -20.0), vec2(400.0, 400.0));
        assert_eq!(frozen.shift(nothing_moved), Vec2::ZERO);
    }
}
