//! What an analysis shows: plain values that are drawn alike in the window, in pictures and on paper.
//!
//! A [`Display`] is a column of [`Block`]s: sentences, figures, bars, grids, lists. It knows no analysis: whoever makes it
//! has worked everything out. [`draw()`] lays it out for a width and says which places can be clicked. Nothing is told by
//! colour alone: each level has a sign or a pattern of its own, and every number stands as text beside its bar.

mod bars;
mod calendar;
mod draw;
mod grid;
mod ladder;
mod listing;
mod net;
mod steps;
mod table;

use emath::{Rect, Vec2};

use super::item::{Item, LoadLevel, Severity};
use crate::model::ElementRef;

pub use bars::{BarRow, Bars, Fill, Mark};
pub use calendar::{Calendar, CalendarRow, CalendarSpan, SpanKind};
pub use draw::{draw, sign_of};
pub use grid::{Grid, GridCell, GridHead, Shade};
pub use ladder::Ladder;
pub use listing::{ListColumn, ListRow, Listing};
pub use net::{Net, NetNode};
pub use steps::{StepBox, Steps};
pub use table::{Cell, Records};

/// Width of a display in pictures, in world units.
pub const PICTURE_WIDTH: f32 = 960.0;

/// What an analysis shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Display {
    /// What it is called.
    pub title: String,
    /// Of what it is: a process, a choice; empty where there is nothing to say.
    pub of: String,
    /// From top to bottom.
    pub blocks: Vec<Block>,
    /// What was not known, with those who lack it.
    pub missing: Vec<MissingInput>,
    /// What stands behind single places, shown on request.
    pub details: Vec<Detail>,
    /// The same as tables, the main one first.
    pub tables: Vec<Records>,
    /// Whether it is made for one sheet of A4, standing.
    pub is_page: bool,
}

/// A part of a display, over its whole width.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// Sentences, each on a line of its own.
    Prose(Vec<Sentence>),
    /// Single figures side by side.
    Tiles(Vec<Tile>),
    /// Bars with marks.
    Bars(Bars),
    /// Rows, columns and what stands where they meet.
    Grid(Grid),
    /// A list in columns.
    Listing(Listing),
    /// Bars along days.
    Calendar(Calendar),
    /// Work and waiting of a flow, step by step.
    Steps(Steps),
    /// Who is tied to whom.
    Net(Net),
    /// Limits as bars along the amounts.
    Ladder(Ladder),
    /// What signs and patterns mean.
    Legend(Vec<(LegendSign, String)>),
}

/// A sign that a legend explains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LegendSign {
    /// A severity.
    Severity(Severity),
    /// A bar.
    Fill(Fill),
    /// A field of a grid.
    Shade(Shade),
    /// Days of a calendar.
    Span(SpanKind),
    /// How far a bar may lie off.
    Whisker,
}

/// A sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// How grave it is; none for a plain one.
    pub severity: Option<Severity>,
    /// It.
    pub text: String,
    /// Where it leads to.
    pub target: Option<Target>,
    /// Whether it is small print: formulas, sources.
    pub is_small: bool,
}

impl Sentence {
    /// A plain sentence.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Small print.
    pub fn small(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_small: true, ..Self::default() }
    }

    /// A sentence with a sign.
    pub fn grave(severity: Severity, text: impl Into<String>) -> Self {
        Self { severity: Some(severity), text: text.into(), ..Self::default() }
    }

    /// The same, leading somewhere.
    #[must_use]
    pub fn to(self, target: Option<Target>) -> Self {
        Self { target, ..self }
    }
}

/// A figure with its name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tile {
    /// The figure with its unit: `2.1 days`.
    pub value: String,
    /// What it is.
    pub label: String,
    /// How it came about, in a line.
    pub detail: String,
    /// How grave it is; none where it is not judged.
    pub severity: Option<Severity>,
    /// Where it leads to.
    pub target: Option<Target>,
}

/// Where a place of a display leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an element.
    Element(ElementRef),
    /// To what stands behind it: a place among the details.
    Detail(usize),
}

/// What stands behind a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    /// A heading: `Clerk hands over to Owner: 13.3 a week`.
    pub title: String,
    /// Lines, each with where it leads to and what stands at its end.
    pub lines: Vec<DetailLine>,
}

/// A line of what stands behind a place.
#[derive(Clone, Debug, PartialEq)]
pub struct DetailLine {
    /// What it says.
    pub text: String,
    /// What stands at its end.
    pub value: String,
    /// The element that it is about.
    pub element: Option<ElementRef>,
}

/// Something that is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct MissingInput {
    /// What: `6 people have no hours per week`.
    pub text: String,
    /// Who lacks it.
    pub elements: Vec<ElementRef>,
    /// Where it leads to: to the one that lacks it, or to a list of them.
    pub target: Option<Target>,
}

/// A display laid out for a width.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// What is drawn, lowest first.
    pub items: Vec<Item>,
    /// The size of everything, from the origin.
    pub size: Vec2,
    /// What can be clicked, in reading order.
    pub spots: Vec<Spot>,
    /// Headings that stay in sight while what is below or beside them moves.
    pub frozen: Vec<Frozen>,
}

/// A place that can be clicked.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Where.
    pub rect: Rect,
    /// Where it leads to; none for what only says something.
    pub target: Option<Target>,
    /// It in words.
    pub label: String,
    /// Whether the words say more than what is drawn there.
    pub says_more: bool,
    /// Whether it stays in sight as a heading of a grid.
    pub sticks: Sticks,
}

/// How a place behaves while a grid moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sticks {
    /// It moves with what it is part of.
    #[default]
    Not,
    /// A heading of a row: it stays at the left.
    Row,
    /// A heading of a column: it stays at the top.
    Column,
}

/// The headings of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    /// The grid with its headings.
    pub rect: Rect,
    /// Width of the headings of rows, height of those of columns.
    pub heads: Vec2,
    /// Headings of rows.
    pub rows: Vec<Item>,
    /// Headings of columns.
    pub columns: Vec<Item>,
}

impl Frozen {
    /// Free space at the left of headings that stay.
    const ASIDE: f32 = 8.0;

    /// How far its headings move to stay in sight of a part of the world: those of rows to the right, those of columns
    /// down.
    pub fn shift(&self, seen: Rect) -> Vec2 {
        let room = self.rect.size() - self.heads;
        let aside = seen.left() - self.rect.left();
        let right = if aside > 0.0 { aside + Self::ASIDE } else { 0.0 };
        Vec2::new(right.clamp(0.0, room.x.max(0.0)), (seen.top() - self.rect.top()).clamp(0.0, room.y.max(0.0)))
    }

    /// Where a place of the grid is seen, and whether a heading lies over it.
    pub fn place(&self, spot: &Spot, seen: Rect) -> (Rect, bool) {
        let by = self.shift(seen);
        let moved = match spot.sticks {
            Sticks::Not => spot.rect,
            Sticks::Row => spot.rect.translate(Vec2::new(by.x, 0.0)),
            Sticks::Column => spot.rect.translate(Vec2::new(0.0, by.y)),
        };
        let from_heads = moved.center() - self.rect.min - by;
        let below = |along: f32, heads: f32, by: f32| by > 0.0 && along < heads;
        let is_covered = match spot.sticks {
            Sticks::Not => below(from_heads.x, self.heads.x, by.x) || below(from_heads.y, self.heads.y, by.y),
            Sticks::Row => below(from_heads.y, self.heads.y, by.y),
            Sticks::Column => below(from_heads.x, self.heads.x, by.x),
        };
        (moved, is_covered)
    }
}

/// How a load stands to the marks of 85 and 100 %.
pub fn load_level(share: f64) -> LoadLevel {
    match share {
        share if share >= 1.0 - 1e-9 => LoadLevel::Over,
        share if share >= 0.85 - 1e-9 => LoadLevel::High,
        _ => LoadLevel::Usual,
    }
}
