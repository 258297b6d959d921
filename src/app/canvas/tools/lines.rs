//! Takes the end of a selected line to another element, or its label to another place.

use emath::{Pos2, Rect, Vec2};

use super::{Input, Outcome, Situation};
use crate::app::canvas::pick::{Hit, hit};
use crate::edit::{EditAction as _, LineEnd, PlaceLabel, Reconnect, Verdict};
use crate::model::{Area, ElementRef};
use crate::scene::{EdgeShape, Scene};

/// An end of a line on its way to another element.
#[derive(Clone, Debug, PartialEq)]
pub struct Leading {
    /// The flow or link.
    pub line: ElementRef,
    /// Which end of it.
    pub end: LineEnd,
    /// The other end, which stays.
    pub fixed: Pos2,
    /// Where the end is.
    pub to: Pos2,
    /// The element under it.
    pub over: Option<ElementRef>,
    /// Why it may not end there.
    pub refusal: Option<String>,
}

impl Leading {
    /// Takes hold of an end.
    pub fn start(line: ElementRef, end: LineEnd, at: Pos2, scene: &Scene) -> Option<Self> {
        let [first, last] = ends_of(edge_of(scene, line)?)?;
        let fixed = match end {
            LineEnd::Start => last,
            LineEnd::Finish => first,
        };
        Some(Self { line, end, fixed, to: at, over: None, refusal: None })
    }

    /// Follows the pointer; says why it may not end there.
    pub fn drag(mut self, input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Self {
        self.to = input.at;
        self.over = match hit(situation.scene, input.at, situation.zoom) {
            Hit::Node(element) => Some(element),
            _ => None,
        };
        self.refusal = match self.edit().map(|edit| edit.can_apply(situation.document)) {
            Some(Verdict::No(reason)) => Some(reason),
            _ => None,
        };
        out.hint.clone_from(&self.refusal);
        self
    }

    fn edit(&self) -> Option<Reconnect> {
        Some(Reconnect { line: self.line, end: self.end, to: self.over? })
    }

    /// Makes the change, or says why not.
    pub fn finish(self, out: &mut Outcome) {
        match (self.edit(), self.refusal) {
            (Some(_), Some(reason)) => out.hint = Some(reason),
            (Some(edit), None) => out.edit(edit),
            (None, _) => out.hint = Some("A line ends at an element; this one stays as it was.".to_owned()),
        }
    }
}

/// A label on its way to another place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Labelling {
    /// The flow or link.
    pub line: ElementRef,
    /// Where the label was.
    before: Rect,
    /// How far it moves.
    pub by: Vec2,
}

impl Labelling {
    /// Takes hold of the label of a line.
    pub fn start(line: ElementRef, scene: &Scene) -> Option<Self> {
        Some(Self { line, before: edge_of(scene, line)?.label?, by: Vec2::ZERO })
    }

    /// Follows the pointer.
    pub fn drag(mut self, input: &Input) -> Self {
        self.by = (input.at - input.press).round();
        self
    }

    /// Where the label would stand.
    pub fn rect(&self) -> Rect {
        self.before.translate(self.by)
    }

    /// Makes the change.
    pub fn finish(self, situation: &Situation<'_>, out: &mut Outcome) {
        if self.by != Vec2::ZERO {
            let rect = self.rect();
            let [x, y, width, height] = [rect.left(), rect.top(), rect.width(), rect.height()].map(f64::from);
            let label = Some(Area::new(x, y, width, height));
            out.edit(PlaceLabel { view: situation.view, element: self.line, label });
        }
    }
}

/// The line of a flow or link.
pub fn edge_of(scene: &Scene, line: ElementRef) -> Option<&EdgeShape> {
    scene.edges.iter().find(|edge| edge.element == line && edge.meaning.is_element())
}

/// Where a line starts and ends.
pub fn ends_of(edge: &EdgeShape) -> Option<[Pos2; 2]> {
    Some([*edge.points.first()?, *edge.points.last()?])
}
