//! Where somebody was: view, camera, selection. Jumps leave a trail that can be walked back and forth, as in a
//! browser. It belongs to the window, not to the document: undo knows nothing of it.

use super::canvas::Pose;
use super::panes::Panes;
use crate::model::{Document, ElementRef, ViewId};

/// So many places are remembered in each direction.
const MOST: usize = 100;

/// A view as it was left.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The view in front.
    pub view: ViewId,
    /// Where its camera was; none for a view that has none.
    pub camera: Option<Pose>,
    /// What was selected.
    pub selection: Vec<ElementRef>,
}

/// The trail of places.
#[derive(Debug, Default)]
pub struct Places {
    behind: Vec<Place>,
    ahead: Vec<Place>,
    /// What the window showed before a search began to show its results.
    pub before_search: Option<Stay>,
}

/// What a search goes back to when it is given up.
#[derive(Clone, Debug)]
pub struct Stay {
    /// The place; none where no view was open.
    pub place: Option<Place>,
    /// The open views.
    pub panes: Panes,
    /// What was selected.
    pub selection: Vec<ElementRef>,
}

impl Place {
    /// Whether somebody who looks sees the same: the selection may differ.
    fn looks_like(&self, other: &Self) -> bool {
        let near = match (self.camera, other.camera) {
            (Some(one), Some(two)) => one.is_near(two),
            (None, None) => self.selection == other.selection,
            _ => false,
        };
        self.view == other.view && near
    }
}

impl Places {
    /// Remembers a place that is about to be left by a jump. What lay ahead is forgotten.
    pub fn leave(&mut self, from: Place) {
        match self.behind.last_mut().filter(|last| last.looks_like(&from)) {
            Some(last) => *last = from,
            None => self.behind.push(from),
        }
        let excess = self.behind.len().saturating_sub(MOST);
        self.behind.drain(..excess);
        self.ahead.clear();
    }

    /// The place before this one. Places that are like it, and views that are gone, are passed over.
    pub fn back(&mut self, now: Option<Place>, document: &Document) -> Option<Place> {
        step(&mut self.behind, &mut self.ahead, now, document)
    }

    /// The place that was left by going back.
    pub fn forward(&mut self, now: Option<Place>, document: &Document) -> Option<Place> {
        step(&mut self.ahead, &mut self.behind, now, document)
    }

    /// Whether there is a place to go back to.
    pub fn has_behind(&self) -> bool {
        !self.behind.is_empty()
    }

    /// Whether there is a place to go forward to.
    pub fn has_ahead(&self) -> bool {
        !self.ahead.is_empty()
    }
}

fn step(from: &mut Vec<Place>, to: &mut Vec<Place>, now: Option<Place>, document: &Document) -> Option<Place> {
    loop {
        let place = from.pop()?;
        let differs = now.as_ref().is_none_or(|now| !now.looks_like(&place) || now.selection != place.selection);
        if differs && document.views().contains(place.view) {
            to.extend(now);
            return Some(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{TableId as _, View, ViewKind};

    fn place(view: ViewId, element: u32) -> Place {
        let selection = vec![ElementRef::Step(crate::model::StepId::from_index(element))];
        Place { view, camera: None, selection }
    }

    #[test]
    fn places_are_walked_back_and_forth_and_a_new_jump_forgets_what_was_ahead() {
        let mut document = Document::default();
        let [first, second] = ["One", "Two"].map(|name| document.insert(View::new(name, ViewKind::Board)));
        let mut places = Places::default();
        places.leave(place(first, 1));
        places.leave(place(first, 1));
        places.leave(place(second, 2));
        let back = places.back(Some(place(first, 3)), &document).unwrap();
        assert_eq!(back, place(second, 2));
        assert_eq!(places.back(Some(back), &document), Some(place(first, 1)), "a place twice in a row is one");
        assert!(!places.has_behind() && places.has_ahead());
        assert_eq!(places.forward(Some(place(first, 1)), &document), Some(place(second, 2)));
        places.leave(place(second, 2));
        assert!(!places.has_ahead());
    }

    #[test]
    fn views_that_are_gone_are_passed_over() {
        let mut document = Document::default();
        let [first, second] = ["One", "Two"].map(|name| document.insert(View::new(name, ViewKind::Board)));
        let mut places = Places::default();
        places.leave(place(first, 1));
        places.leave(place(second, 2));
        document.remove::<View>(second);
        assert_eq!(places.back(Some(place(first, 9)), &document), Some(place(first, 1)));
    }
}
