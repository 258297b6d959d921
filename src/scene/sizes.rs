//! Natural sizes: how large the box of an element is when nobody made it larger.

use emath::{Vec2, vec2};

use super::facts::Facts;
use super::options::Options;
use super::sketch::{Context, sketch};
use crate::model::{Document, ElementRef, Size, ViewKind};

/// The natural size of an element's box by its text; none for elements that have no box.
pub fn natural_size(document: &Document, element: ElementRef) -> Option<Size> {
    Sizes::new(&Facts::new(document)).of(element, None)
}

/// Sizes of many elements of one document.
pub(crate) struct Sizes<'a> {
    facts: &'a Facts<'a>,
    options: Options,
    in_process: bool,
}

impl<'a> Sizes<'a> {
    pub(crate) fn new(facts: &'a Facts<'a>) -> Self {
        Self { facts, options: Options::default(), in_process: false }
    }

    /// Sizes in a view of this kind: pictures of processes draw artefacts by the shapes of flows.
    pub(crate) fn of_view(facts: &'a Facts<'a>, kind: &ViewKind) -> Self {
        Self { in_process: matches!(kind, ViewKind::Process { .. }), ..Self::new(facts) }
    }

    /// The size of a box: that stored, or as large as its text where it grows with it. Sub-flows are closed.
    pub(crate) fn of(&self, element: ElementRef, stored: Option<Size>) -> Option<Size> {
        let context = Context { facts: self.facts, options: &self.options, in_process: self.in_process };
        let drawn = sketch(context, element, stored.map(asked))?;
        Some(Size::new(f64::from(drawn.size.x), f64::from(drawn.size.y)))
    }
}

/// A stored size as the size that is asked of a drawing; what is no size asks for nothing.
pub(crate) fn asked(size: Size) -> Vec2 {
    let sane = |length: f64| if length.is_finite() { length.clamp(0.0, 20_000.0) as f32 } else { 0.0 };
    vec2(sane(size.width), sane(size.height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;

    #[test]
    fn boxes_grow_with_their_text_and_keep_what_was_asked_for() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let short = document.insert(Step::new(process, "Check"));
        let long = "Check whether the receipt belongs to one of our shops and whether the goods were sold there at all";
        let long = document.insert(Step::new(process, long));
        let size = |id: StepId| natural_size(&document, id.into()).unwrap();
        assert!(size(long).height > size(short).height);
        let facts = Facts::new(&document);
        let asked = Sizes::new(&facts).of(short.into(), Some(Size::new(300.0, f64::NAN))).unwrap();
        assert_eq!(asked, Size::new(300.0, size(short).height));
        let event = document.insert(Event::new(process, EventKind::Start, "A very long name beside the circle"));
        assert_eq!(natural_size(&document, event.into()), Some(Size::new(32.0, 32.0)));
    }
}
