//! The card as a page: panels of A7, beside and below one another, with dashed lines where they fold.

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::{PocketCard, PocketDecision, PocketOf, PocketRow};
use crate::model::{Date, ElementRef};
use crate::scene::measures::{BADGE, CAPTION, HAIRLINE, LABEL};
use crate::scene::pen::Pen;
use crate::scene::text::{Line, Measure, TextStyle, Weight};
use crate::scene::{Colour, Dash, Detail, Item, Stroke, Style};

/// A panel of A7, standing: 74 by 105 millimetres at 96 units an inch.
const PANEL: Vec2 = Vec2::new(280.0, 397.0);
/// Room around what is printed on a panel.
const MARGIN: f32 = 18.0;
/// Width of the column of limits.
const LIMITS: f32 = 92.0;
/// Height of a line of text.
const LINE: f32 = 14.0;
/// Panels on a sheet of A4.
const PANELS_OF_A4: usize = 8;

const SMALL: TextStyle = TextStyle::new(10.0, Weight::Regular);
const WHO: TextStyle = TextStyle::new(11.0, Weight::Medium);

/// A card as it is printed.
#[derive(Clone, Debug)]
pub struct PocketPage {
    /// What is drawn.
    pub items: Vec<Item>,
    /// The edges of the paper.
    pub bounds: Rect,
    /// How many panels are filled.
    pub panels: usize,
}

impl PocketPage {
    /// Draws a card; the day stands below its title.
    pub fn new(card: &PocketCard, date: Option<Date>) -> Self {
        let blocks = blocks(card, date);
        let places = places(&blocks);
        let panels = places.last().map_or(0, |(panel, _)| panel + 1).max(1);
        let columns = match panels {
            1 => 1,
            2..=4 => 2,
            _ => 4,
        };
        let rows = match panels {
            1 | 2 => 1,
            _ => panels.div_ceil(columns).max(2),
        };
        let mut items = Vec::new();
        for (block, (panel, top)) in blocks.iter().zip(&places) {
            let corner = pos2((panel % columns) as f32 * PANEL.x, (panel / columns) as f32 * PANEL.y);
            items.extend(block.draw(corner + vec2(MARGIN, *top)));
        }
        let bounds = Rect::from_min_size(Pos2::ZERO, vec2(columns as f32 * PANEL.x, rows as f32 * PANEL.y));
        items.extend(folds(columns, rows, bounds));
        Self { items, bounds, panels }
    }

    /// Whether it fits a sheet of A4.
    pub fn fits_a4(&self) -> bool {
        self.panels <= PANELS_OF_A4
    }
}

/// A text somewhere in a block.
struct Words {
    at: Vec2,
    lines: Vec<Line>,
    style: TextStyle,
    ink: Colour,
}

/// What is never torn apart: a title, an area with its first decision, a decision.
struct Block {
    element: Option<ElementRef>,
    height: f32,
    words: Vec<Words>,
    /// Whether a line is drawn above it.
    is_ruled: bool,
}

impl Block {
    fn new(element: Option<ElementRef>) -> Self {
        Self { element, height: 0.0, words: Vec::new(), is_ruled: false }
    }

    /// Adds a text below what is there, broken at a width; how high it is.
    fn write(&mut self, text: &str, left: f32, width: f32, style: TextStyle, ink: Colour) -> f32 {
        const MOST_LINES: usize = 6;
        if text.is_empty() {
            return 0.0;
        }
        let lines = Measure::bundled().wrap(text, style, width, MOST_LINES);
        let height = LINE.max(style.size * 1.3) * lines.len() as f32;
        self.words.push(Words { at: vec2(left, self.height), lines, style, ink });
        height
    }

    fn draw(&self, at: Pos2) -> Vec<Item> {
        let mut pen = Pen::new(self.element);
        if self.is_ruled {
            let line = Style::line(Stroke::new(Colour::Line, HAIRLINE));
            let ends = vec![at, at + vec2(PANEL.x - 2.0 * MARGIN, 0.0)];
            pen.path(Detail::Secondary, ends, false, 0.0, line);
        }
        for words in &self.words {
            // Lines of a fixed height, whatever the style's own.
            for (index, line) in words.lines.iter().enumerate() {
                let top = at + words.at + vec2(0.0, LINE.max(words.style.size * 1.3) * index as f32);
                pen.lines(Detail::Title, vec![line.clone()], words.style, words.ink, top, Align::Min);
            }
        }
        if pen.is_empty() { Vec::new() } else { vec![pen.into_group()] }
    }
}

fn blocks(card: &PocketCard, date: Option<Date>) -> Vec<Block> {
    let width = PANEL.x - 2.0 * MARGIN;
    let mut title = Block::new(None);
    let name = if card.title.is_empty() { "Who decides" } else { &card.title };
    title.height += title.write(name, 0.0, width, LABEL, Colour::Ink);
    let what = match card.of {
        PocketOf::Everybody => "Who decides, up to how much",
        PocketOf::Role(_) => "What I decide, up to how much",
        PocketOf::Unit(_) => "Who decides for us, up to how much",
    };
    let what = date.map_or_else(|| what.to_owned(), |date| format!("{what} · {date}"));
    title.height += title.write(&what, 0.0, width, SMALL, Colour::InkSecond);
    title.height += 8.0;
    let mut blocks = vec![title];
    let mut area = "";
    for decision in &card.decisions {
        let mut block = Block::new(Some(decision.decision.into()));
        block.is_ruled = true;
        block.height += 5.0;
        if decision.area != area {
            area = &decision.area;
            block.height += block.write(area, 0.0, width, SMALL, Colour::AccentInk);
        }
        write_decision(&mut block, decision, matches!(card.of, PocketOf::Role(_)));
        blocks.push(block);
    }
    if card.decisions.is_empty() {
        let mut block = Block::new(None);
        block.height += block.write("Nothing is decided here.", 0.0, width, CAPTION, Colour::InkSecond);
        blocks.push(block);
    }
    blocks
}

fn write_decision(block: &mut Block, decision: &PocketDecision, is_own: bool) {
    let width = PANEL.x - 2.0 * MARGIN;
    block.height += block.write(&decision.name, 0.0, width, BADGE, Colour::Ink);
    let is_unlimited = !is_own && decision.rows.iter().all(|row| row.limit.is_empty());
    for (place, row) in decision.rows.iter().enumerate() {
        let next = decision.rows.get(place + 1);
        if is_unlimited { write_unlimited(block, row) } else { write_row(block, row, next, is_own) }
    }
    if decision.reserved {
        block.height += block.write("never delegated", 0.0, width, SMALL, Colour::InkSecond);
    }
    block.height += 5.0;
}

/// Who decides at the left, what belongs to it at the right: there is no limit.
fn write_unlimited(block: &mut Block, row: &PocketRow) {
    const WHO_WIDTH: f32 = 118.0;
    let right = WHO_WIDTH + 8.0;
    let left = block.write(&row.who, 0.0, WHO_WIDTH, WHO, Colour::Ink);
    let room = PANEL.x - 2.0 * MARGIN - right;
    let details = details(row, false);
    block.height += block.write(&details, right, room, SMALL, Colour::InkSecond).max(left);
}

/// What belongs to a row beside its limit and who decides.
fn details(row: &PocketRow, is_below: bool) -> String {
    let said = |words: &str, name: &str| if name.is_empty() { String::new() } else { format!("{words} {name}") };
    let then = if is_below { String::new() } else { said("above that", &row.then) };
    let parts = [row.conditions.clone(), said("with", &row.with), said("deputy", &row.deputy), then];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// The limit at the left; who decides and what belongs to it at the right.
fn write_row(block: &mut Block, row: &PocketRow, next: Option<&PocketRow>, is_own: bool) {
    let right = LIMITS + 8.0;
    let room = PANEL.x - 2.0 * MARGIN - right;
    let limit = if row.limit.is_empty() { "no limit" } else { &row.limit };
    let left = block.write(limit, 0.0, LIMITS, CAPTION, Colour::Ink);
    let top = block.height;
    if !is_own {
        block.height += block.write(&row.who, right, room, WHO, Colour::Ink);
    }
    // The row below says who is next, where it is the next limit.
    let is_below = !is_own && next.is_some_and(|next| next.who == row.then);
    block.height += block.write(&details(row, is_below), right, room, SMALL, Colour::InkSecond);
    block.height = block.height.max(top + left);
}

/// Panel and height within it for each block.
fn places(blocks: &[Block]) -> Vec<(usize, f32)> {
    let bottom = PANEL.y - MARGIN;
    let (mut panel, mut top) = (0, MARGIN);
    let mut places = Vec::with_capacity(blocks.len());
    for block in blocks {
        if top + block.height > bottom && top > MARGIN {
            (panel, top) = (panel + 1, MARGIN);
        }
        places.push((panel, top));
        top += block.height;
    }
    places
}

/// Where the paper folds.
fn folds(columns: usize, rows: usize, bounds: Rect) -> Vec<Item> {
    let mut pen = Pen::new(None);
    let style = Style::line(Stroke::new(Colour::LineStrong, HAIRLINE)).dashed(Dash::Dashed);
    for column in 1..columns {
        let x = column as f32 * PANEL.x;
        pen.path(Detail::Secondary, vec![pos2(x, bounds.top()), pos2(x, bounds.bottom())], false, 0.0, style);
    }
    for row in 1..rows {
        let y = row as f32 * PANEL.y;
        pen.path(Detail::Secondary, vec![pos2(bounds.left(), y), pos2(bounds.right(), y)], false, 0.0, style);
    }
    pen.finish()
}
