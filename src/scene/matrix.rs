//! The decision-rights matrix as a picture: headings by unit, rows by area, letters in chips coloured by duty.
//!
//! The window has a matrix of its own that can be typed in; this one is for exports.

use std::ops::Range;
use std::sync::Arc;

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::build::draw_mark;
use super::grid::{Line, MatrixGrid};
use super::item::*;
use super::letters::letter_colours;
use super::measures::*;
use super::pen::{Pen, bounds_of};
use super::sketch::{Context, load_bar};
use super::text::{Measure, TextStyle, Weight};
use super::words::rate_label;
use crate::model::*;

const ROW: f32 = 28.0;
const HEADING_ROW: f32 = 32.0;
const NAME_COLUMN: f32 = 208.0;
const RATE_COLUMN: f32 = 68.0;
const NARROWEST: f32 = 54.0;
const GROUP_HEIGHT: f32 = 22.0;
/// Room for the totals below the rows.
const TOTALS: f32 = 44.0;
const COLUMN_NAME: TextStyle = TextStyle::new(11.0, Weight::Medium);

pub(crate) fn build(context: Context<'_>, view: &MatrixView) -> Scene {
    if view.form == MatrixForm::Register {
        return super::register::build(context);
    }
    let grid = MatrixGrid::with_facts(context.facts, view);
    Picture::new(context, &grid).drawn(&grid.totals(context.document(), Duty::Decide), grid.rows.len())
}

/// A matrix cut into pages that each fit into a room, row by row of pages: names of rows and columns stand on every
/// page, groups that go on are named again, and totals stand below the last rows. A register is one page.
pub(crate) fn pages(context: Context<'_>, view: &MatrixView, room: Vec2) -> Vec<Scene> {
    if view.form == MatrixForm::Register {
        return vec![super::register::build(context)];
    }
    let grid = MatrixGrid::with_facts(context.facts, view);
    let whole = Picture::new(context, &grid);
    let columns = whole.columns_of_pages(room.x);
    let rows = whole.rows_of_pages(room.y);
    let totals = grid.totals(context.document(), Duty::Decide);
    let page = |rows: &Range<usize>, columns: &Range<usize>| {
        let part = grid.part(rows.clone(), columns.clone());
        let is_last = rows.end == grid.rows.len();
        let totals = if is_last { totals.get(columns.clone()).unwrap_or_default() } else { &[] };
        Picture::new(context, &part).drawn(totals, grid.rows.len())
    };
    rows.iter().flat_map(|rows| columns.iter().map(|columns| page(rows, columns))).collect()
}

/// A letter and its limit.
struct Chip {
    right: RightId,
    letter: String,
    limit: String,
    /// Ink and ground; none for a letter that the framework does not have.
    colours: Option<(Colour, Colour)>,
}

impl Chip {
    fn width(&self) -> f32 {
        let measure = Measure::bundled();
        let limit = if self.limit.is_empty() { 0.0 } else { 4.0 + measure.width(&self.limit, CAPTION) };
        (measure.width(&self.letter, LABEL) + limit + 12.0).max(24.0).ceil()
    }
}

/// Width of the chips of a cell side by side.
fn chips_width(chips: &[Chip]) -> f32 {
    chips.iter().map(|chip| chip.width() + 3.0).sum::<f32>() - 3.0
}

struct Picture<'a> {
    context: Context<'a>,
    grid: &'a MatrixGrid,
    /// Left edge of each column, and the right edge of the last one.
    edges: Vec<f32>,
    header_height: f32,
    bottom: f32,
    scene: Scene,
}

/// How wide each column has to be for the heading of its group, shared by its columns, up to a bound.
fn widths_of_headings(columns: &[Line]) -> Vec<f32> {
    let mut widths = Vec::with_capacity(columns.len());
    for group in columns.chunk_by(Line::shares_heading) {
        let name = group.first().map_or("", |column| column.group.as_str());
        let width = Measure::bundled().width(name, BADGE).min(140.0) + 16.0;
        widths.extend(group.iter().map(|_| width / group.len() as f32));
    }
    widths
}

impl<'a> Picture<'a> {
    fn new(context: Context<'a>, grid: &'a MatrixGrid) -> Self {
        let mut edges = vec![NAME_COLUMN + RATE_COLUMN];
        let mut tallest: f32 = 1.0;
        let mut picture =
            Self { context, grid, edges: Vec::new(), header_height: 0.0, bottom: 0.0, scene: Scene::default() };
        let mut widest = vec![0.0_f32; grid.columns.len()];
        for row in 0..grid.rows.len() {
            for (column, rights) in grid.filled(row) {
                let width = chips_width(&picture.chips(rights));
                if let Some(widest) = widest.get_mut(column) {
                    *widest = widest.max(width);
                }
            }
        }
        let narrowest = widths_of_headings(&grid.columns);
        for ((column, cells), heading) in grid.columns.iter().zip(widest).zip(narrowest) {
            let longest_word = column.name.split_whitespace().map(|word| Measure::bundled().width(word, COLUMN_NAME));
            let word = longest_word.fold(0.0, f32::max).min(96.0);
            let width = NARROWEST.max(cells + 10.0).max(word + 10.0).max(heading).ceil();
            tallest = tallest.max(picture.column_lines(&column.name, width).len() as f32);
            edges.push(edges.last().copied().unwrap_or(0.0) + width);
        }
        picture.edges = edges;
        picture.header_height = GROUP_HEIGHT + 10.0 + tallest * Measure::bundled().line_height(COLUMN_NAME) + 8.0;
        picture
    }

    /// The whole picture, with totals out of so many rows where there are some.
    fn drawn(mut self, totals: &[usize], out_of: usize) -> Scene {
        self.headings();
        self.rows();
        self.totals(totals, out_of);
        self.scene.bounds = bounds_of(self.scene.items.iter().map(|item| item.bounds));
        self.scene
    }

    /// Which columns stand on one page, from left to right; one at least on each.
    fn columns_of_pages(&self, width: f32) -> Vec<Range<usize>> {
        let mut pages: Vec<Range<usize>> = Vec::new();
        for column in 0..self.grid.columns.len() {
            let fits = |page: &Range<usize>| {
                NAME_COLUMN + RATE_COLUMN + self.edge(column + 1) - self.edge(page.start) <= width
            };
            match pages.last_mut().filter(|page| fits(page)) {
                Some(page) => page.end = column + 1,
                None => pages.push(column..column + 1),
            }
        }
        pages
    }

    /// Which rows stand on one page, from top to bottom; one at least on each.
    fn rows_of_pages(&self, height: f32) -> Vec<Range<usize>> {
        let mut pages: Vec<Range<usize>> = Vec::new();
        let mut used = 0.0;
        let room = height - self.header_height - TOTALS;
        for (index, row) in self.grid.rows.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| self.grid.rows.get(before));
            let heading = if row.group.is_empty() { 0.0 } else { HEADING_ROW };
            let goes_on = before.is_some_and(|before| before.group == row.group);
            let needed = if goes_on { ROW } else { ROW + heading };
            match pages.last_mut().filter(|_| used + needed <= room) {
                Some(page) => {
                    page.end = index + 1;
                    used += needed;
                }
                None => {
                    pages.push(index..index + 1);
                    used = ROW + heading;
                }
            }
        }
        pages
    }

    fn column_lines(&self, name: &str, width: f32) -> Vec<super::text::Line> {
        Measure::bundled().wrap(name, COLUMN_NAME, width - 6.0, 4)
    }

    fn chips(&self, rights: &[RightId]) -> Vec<Chip> {
        let document = self.context.document();
        let chip = |id: &RightId| {
            let right = document.get::<Right>(*id)?;
            let letter =
                document.framework_of(right.subject).and_then(|(_, framework)| framework.letter(&right.letter));
            let limit = match right.tiers.as_slice() {
                [] => String::new(),
                [one] => one.short_label(),
                [first, rest @ ..] => format!("{} +{}", first.short_label(), rest.len()),
            };
            Some(Chip { right: *id, letter: right.letter.clone(), limit, colours: letter_colours(letter) })
        };
        rights.iter().filter_map(chip).collect()
    }

    fn edge(&self, column: usize) -> f32 {
        self.edges.get(column).copied().unwrap_or(0.0)
    }

    fn right(&self) -> f32 {
        self.edges.last().copied().unwrap_or(0.0)
    }

    fn headings(&mut self) {
        let mut pen = Pen::new(None);
        let columns = &self.grid.columns;
        let mut first = 0;
        while let Some(group) = columns.get(first).map(|column| (&column.group, column.unit)) {
            let same = columns.iter().skip(first).take_while(|column| (&column.group, column.unit) == group).count();
            let rect = Rect::from_min_max(
                pos2(self.edge(first) + 2.0, 0.0),
                pos2(self.edge(first + same) - 2.0, GROUP_HEIGHT),
            );
            if !group.0.is_empty() {
                let style = match group.1 {
                    Some(unit) => Style::filled(Colour::TintFill(self.context.facts.tint(unit))),
                    None => Style::filled(Colour::Field),
                };
                pen.rect(Detail::Shape, rect, 4.0, style);
                let line = Measure::bundled().ellipsize(group.0, BADGE, rect.width() - 8.0);
                let anchor = pos2(rect.center().x, 3.0);
                pen.lines(Detail::Title, vec![line], BADGE, Colour::InkSecond, anchor, Align::Center);
            }
            first += same;
        }
        for (index, column) in columns.iter().enumerate() {
            let (left, right) = (self.edge(index), self.edge(index + 1));
            let name = if column.name.is_empty() { "all" } else { &column.name };
            let lines = self.column_lines(name, right - left);
            let height = lines.len() as f32 * Measure::bundled().line_height(COLUMN_NAME);
            let anchor = pos2((left + right) / 2.0, self.header_height - 6.0 - height);
            pen.lines(Detail::Name, lines, COLUMN_NAME, Colour::Ink, anchor, Align::Center);
        }
        self.scene.items.push(Arc::new(pen.into_group()));
    }

    fn rows(&mut self) {
        let mut y = self.header_height;
        let mut group: Option<&str> = None;
        let grid = self.grid;
        let mut first = true;
        for (index, row) in grid.rows.iter().enumerate() {
            if group != Some(row.group.as_str()) {
                group = Some(&row.group);
                y += if row.group.is_empty() { 0.0 } else { self.group_heading(&row.group, y) };
                if row.group.is_empty() && first {
                    let mut pen = Pen::new(None);
                    hairline(&mut pen, pos2(0.0, y), pos2(self.right(), y));
                    self.scene.items.push(Arc::new(pen.into_group()));
                }
            }
            first = false;
            self.row(index, y);
            y += ROW;
        }
        self.bottom = y;
        let mut pen = Pen::new(None);
        let mut last: Option<(&str, Option<UnitId>)> = None;
        for (index, column) in grid.columns.iter().enumerate() {
            let this = (column.group.as_str(), column.unit);
            if last != Some(this) {
                let x = self.edge(index);
                hairline(&mut pen, pos2(x, self.header_height), pos2(x, y));
            }
            last = Some(this);
        }
        if !pen.is_empty() {
            self.scene.items.insert(0, Arc::new(pen.into_group()));
            self.scene.nodes.iter_mut().for_each(|node| node.item += 1);
        }
    }

    fn group_heading(&mut self, name: &str, top: f32) -> f32 {
        let mut pen = Pen::new(None);
        let y = top + HEADING_ROW - 6.0 - Measure::bundled().line_height(BADGE);
        pen.text(Detail::Title, name, BADGE, Colour::InkSecond, pos2(8.0, y), Align::Min);
        let line = top + HEADING_ROW;
        hairline(&mut pen, pos2(0.0, line), pos2(self.right(), line));
        self.scene.items.push(Arc::new(pen.into_group()));
        HEADING_ROW
    }

    fn row(&mut self, index: usize, top: f32) {
        let Some(row) = self.grid.rows.get(index) else { return };
        let document = self.context.document();
        let element = row.element();
        let measure = Measure::bundled();
        let mut pen = Pen::new(element);
        let name = if row.name.is_empty() { "all" } else { &row.name };
        let name = measure.ellipsize(name, NAME, NAME_COLUMN - 16.0);
        let y = top + (ROW - measure.line_height(NAME)) / 2.0;
        pen.lines(Detail::Name, vec![name], NAME, Colour::Ink, pos2(8.0, y), Align::Min);
        let often = match row.subject() {
            Some(Subject::Decision(id)) => document.get::<Decision>(id).and_then(|decision| decision.frequency),
            Some(Subject::Step(_)) | None => None,
        };
        if let Some(often) = often {
            let y = top + (ROW - measure.line_height(CAPTION)) / 2.0;
            let anchor = pos2(NAME_COLUMN + RATE_COLUMN - 12.0, y);
            pen.text(Detail::Secondary, &rate_label(often), CAPTION, Colour::InkThird, anchor, Align::Max);
        }
        hairline(&mut pen, pos2(0.0, top + ROW), pos2(self.right(), top + ROW));
        for (column, rights) in self.grid.filled(index) {
            self.cell(&mut pen, rights, column, top);
        }
        if let Some(mark) = element.and_then(|element| self.context.options.marks.get(&element)) {
            draw_mark(&mut pen, pos2(NAME_COLUMN - 4.0, top + ROW / 2.0), *mark);
        }
        let rect = Rect::from_min_size(pos2(0.0, top), vec2(self.right(), ROW));
        self.scene.nodes.extend(element.map(|element| NodeShape {
            element,
            placement: None,
            rect,
            form: NodeForm::Card,
            parent: None,
            hidden: 0,
            item: self.scene.items.len(),
        }));
        let mut group = pen.into_group();
        group.bounds = group.bounds.union(rect);
        self.scene.items.push(Arc::new(group));
    }

    fn cell(&self, row_pen: &mut Pen, rights: &[RightId], column: usize, top: f32) {
        let chips = self.chips(rights);
        let middle = (self.edge(column) + self.edge(column + 1)) / 2.0;
        let mut left = middle - chips_width(&chips) / 2.0;
        let center = top + ROW / 2.0;
        let measure = Measure::bundled();
        for chip in chips {
            let mut pen = Pen::new(Some(chip.right.into()));
            let rect = Rect::from_min_size(pos2(left, center - 10.0), vec2(chip.width(), 20.0));
            let (ink, ground) = match chip.colours {
                Some((ink, ground)) => (ink, Style::filled(ground)),
                None => (Colour::InkSecond, Style::card(Colour::Raised, Colour::LineStrong).dashed(Dash::Dashed)),
            };
            pen.rect(Detail::Shape, rect, 4.0, ground);
            let letter_width = measure.width(&chip.letter, LABEL);
            let limit = if chip.limit.is_empty() { 0.0 } else { 4.0 + measure.width(&chip.limit, CAPTION) };
            let start = rect.center().x - (letter_width + limit) / 2.0;
            let letter_top = center - measure.line_height(LABEL) / 2.0;
            pen.text(Detail::Name, &chip.letter, LABEL, ink, pos2(start, letter_top), Align::Min);
            if limit > 0.0 {
                let anchor = pos2(start + letter_width + 4.0, center - measure.line_height(CAPTION) / 2.0 + 0.5);
                pen.text(Detail::Secondary, &chip.limit, CAPTION, ink, anchor, Align::Min);
            }
            if let Some(mark) = self.context.options.marks.get(&chip.right.into()) {
                let corner = rect.right_top() + vec2(3.0, -3.0);
                let triangle = vec![corner - vec2(9.0, 0.0), corner, corner + vec2(0.0, 9.0)];
                let style = Style::filled(Colour::Severity(mark.severity));
                pen.path(Detail::Secondary, triangle, true, 0.0, style);
            }
            row_pen.extend(vec![pen.into_group()]);
            left += chip.width() + 3.0;
        }
    }

    /// How many rows each column decides, or how many decide it, with bars beside the most.
    fn totals(&mut self, totals: &[usize], out_of: usize) {
        let most = totals.iter().copied().max().unwrap_or(0);
        if most == 0 {
            return;
        }
        let top = self.bottom + 8.0;
        let mut pen = Pen::new(None);
        let subjects = self.grid.columns.iter().any(|column| column.subject().is_some());
        let label = if subjects { "Deciders" } else { "Decides" };
        pen.text(Detail::Secondary, label, BADGE, Colour::InkSecond, pos2(8.0, top + 2.0), Align::Min);
        for (column, total) in totals.iter().enumerate() {
            let middle = (self.edge(column) + self.edge(column + 1)) / 2.0;
            let (text, ink) =
                if *total == 0 { ("·".to_owned(), Colour::InkThird) } else { (total.to_string(), Colour::AccentInk) };
            pen.text(Detail::Secondary, &text, LABEL, ink, pos2(middle, top), Align::Center);
            if *total > 0 {
                let track = Rect::from_center_size(pos2(middle, top + 24.0), vec2(36.0, 4.0));
                load_bar(&mut pen, track, *total as f64 / out_of.max(1) as f64, LoadLevel::Usual);
            }
        }
        self.scene.items.push(Arc::new(pen.into_group()));
    }
}

fn hairline(pen: &mut Pen, from: Pos2, to: Pos2) {
    pen.path(Detail::Shape, vec![from, to], false, 0.0, Style::line(Stroke::new(Colour::Line, HAIRLINE)));
}
