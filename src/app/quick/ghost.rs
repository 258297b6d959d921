//! The picture that would come of a text: that of the view with the new elements in it, where they would land.

use emath::Rect;
use rustc_hash::FxHashSet;

use crate::app::command::Arranging;
use crate::app::logic::arrangement;
use crate::edit::{Edit, apply};
use crate::model::{Document, ElementRef, ViewId};
use crate::scene::{self, Options, Scene};

/// The picture of a view as it would be.
#[derive(Clone, Debug)]
pub struct Ghost {
    /// Everything, at the places that it would have.
    pub scene: Scene,
    /// What is not there yet.
    pub new: FxHashSet<ElementRef>,
    /// Box around what is not there yet.
    pub bounds: Rect,
    /// How that stands out.
    pub emphasis: Emphasis,
}

/// How a picture of what would be tells it from what is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// What is new is pale.
    New,
    /// Everything that does not change is pale.
    Changed,
}

/// What an edit would make of a view; none where it shows nothing new there.
pub fn ghost(document: &Document, view: ViewId, edit: &Edit, options: &Options) -> Option<Ghost> {
    let mut after = apply(document, edit).ok()?.document;
    if let Some(places) = arrangement(&after, view, &Arranging::ONLY_NEW) {
        after = apply(&after, &places).ok()?.document;
    }
    let scene = scene::build(&after, view, options);
    let nodes = scene.nodes.iter().map(|node| node.element);
    let lines = scene.edges.iter().map(|edge| edge.element);
    let is_new = |element: &ElementRef| !document.contains(*element);
    let new: FxHashSet<ElementRef> = nodes.chain(lines).filter(is_new).collect();
    let boxes = scene.nodes.iter().filter(|node| new.contains(&node.element)).map(|node| node.rect);
    let bounds = boxes.reduce(|all, rect| all.union(rect))?;
    Some(Ghost { new, bounds, scene, emphasis: Emphasis::New })
}
