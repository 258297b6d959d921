//! A ladder as a picture: limits as bars along the amounts, and beneath them who decides in each kind of case.
//!
//! What is drawn comes as plain values ([`LadderSketch`]): this layer knows no analysis. Gaps, conflicts, overlaps,
//! inversions and limits too many are told apart by pattern and sign, not by colour alone.

mod axis;
mod draw;

use emath::{Pos2, Rect, Vec2};

use super::item::Item;
use crate::model::{Amount, Quantity};

pub use axis::AmountAxis;
pub use draw::draw_ladder;

/// A ladder to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LadderSketch {
    /// One below the other.
    pub axes: Vec<SketchAxis>,
}

/// Limits that share an axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SketchAxis {
    /// What is summed and counted: `a case, in EUR`.
    pub title: String,
    /// What is counted.
    pub quantity: Option<Quantity>,
    /// The limits, lowest first.
    pub rows: Vec<SketchRow>,
    /// Who decides, for each kind of case.
    pub strips: Vec<SketchStrip>,
    /// Bounds for which the axis is made; those that are drawn where it is empty. While a bound is moved, the axis
    /// stays.
    pub extent: Vec<Amount>,
}

/// One limit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SketchRow {
    /// Whose.
    pub name: String,
    /// What else is to be said about it, in a few words.
    pub detail: String,
    /// What stands in its bar.
    pub label: String,
    /// Tint of the decider.
    pub tint: u8,
    /// Its amounts: above.
    pub above: Option<Amount>,
    /// And up to.
    pub up_to: Option<Amount>,
    /// Its amounts before a change that is tried.
    pub before: Option<(Option<Amount>, Option<Amount>)>,
    /// Whether it holds only now and then: for emergencies, or not on this day.
    pub is_dashed: bool,
    /// What is wrong with it.
    pub mark: Option<SketchMark>,
}

/// What is wrong with a limit as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SketchMark {
    /// It reaches beyond that of a superior.
    Inversion,
    /// It says nothing new.
    Redundant,
}

/// Who decides in one kind of case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SketchStrip {
    /// Which kind of case.
    pub label: String,
    /// What happens along the amounts.
    pub parts: Vec<SketchPart>,
}

/// What happens in a range of amounts.
#[derive(Clone, Debug, PartialEq)]
pub struct SketchPart {
    /// Lower bound.
    pub above: Option<Amount>,
    /// Upper bound.
    pub up_to: Option<Amount>,
    /// What happens.
    pub kind: PartKind,
    /// It in a word or two.
    pub label: String,
}

/// What happens in a range of amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// One decides: their tint.
    One(u8),
    /// Nobody does.
    Gap,
    /// Two may, and only one should.
    Conflict,
    /// Two may.
    Overlap,
}

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LadderLook {
    /// Width of the whole picture.
    pub width: f32,
    /// Whether it is small: short rows, no details.
    pub is_compact: bool,
}

/// A drawn ladder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LadderPicture {
    /// What is drawn, lowest first.
    pub items: Vec<Item>,
    /// Its size, from the origin.
    pub size: Vec2,
    /// The axes, with what lies on them.
    pub axes: Vec<DrawnAxis>,
}

/// Where things of an axis are.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnAxis {
    /// The axis.
    pub axis: AmountAxis,
    /// The rows, by their place.
    pub rows: Vec<DrawnRow>,
    /// The strips, by their place, with their parts.
    pub strips: Vec<(Rect, Vec<Rect>)>,
}

/// Where a limit is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnRow {
    /// The whole row.
    pub rect: Rect,
    /// Its bar.
    pub bar: Rect,
}

impl DrawnRow {
    /// Middle of the lower end of the bar.
    pub fn lower(&self) -> Pos2 {
        self.bar.left_center()
    }

    /// Middle of the upper end of the bar.
    pub fn upper(&self) -> Pos2 {
        self.bar.right_center()
    }
}
