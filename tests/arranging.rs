//! What arrangements of process views must hold once they are applied, on small examples and on generated processes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::collections::BTreeMap;

use emath::Rect;
use proptest::prelude::*;
use remit::edit::{ApplyArrangement, Pin, SetBends, apply};
use remit::model::*;
use remit::scene::{Arrangement, Mode, Options, arrange, arrange_toward, build};
use remit::testkit::generate;

fn applied(document: &Document, view: ViewId, arrangement: Arrangement) -> Document {
    let Arrangement { centers, sizes, lanes, phases, direction, bends } = arrangement;
    let label = String::new();
    let edit = ApplyArrangement { view, centers, sizes, lanes, phases, direction, bends, label };
    apply(document, &edit.into()).unwrap().document
}

/// The boxes of a view as they are drawn.
fn rects(document: &Document, view: ViewId) -> BTreeMap<ElementRef, Rect> {
    let scene = build(document, view, &Options::default());
    scene.nodes.iter().map(|node| (node.element, node.rect)).collect()
}

#[test]
fn a_pinned_line_stays() {
    let document = generate::process(40, 7);
    let view = document.views().ids().last().unwrap();
    let document = applied(&document, view, arrange(&document, view, &Mode::Everything));
    let (flow, bends) = document
        .placements_in(view)
        .find_map(|(_, placement)| match placement.element {
            ElementRef::Flow(flow) if placement.bends.len() > 3 => Some((flow, placement.bends.clone())),
            _ => None,
        })
        .expect("some line has corners");
    let pin = SetBends { view, line: flow.into(), bends: bends.clone(), pinned: true };
    let document = apply(&document, &pin.into()).unwrap().document;
    for mode in [Mode::Everything, Mode::RoutesOnly] {
        let again = arrange(&document, view, &mode);
        assert!(again.bends.iter().all(|(laid, _)| *laid != flow.into()), "{mode:?}");
        let after = applied(&document, view, again);
        assert_eq!(after.placement_of(view, flow.into()).unwrap().1.bends, bends);
    }
}

/// Nodes lie in the lanes of their performers.
fn check_lanes(document: &Document, view: ViewId) -> Result<(), TestCaseError> {
    let record = document.get::<View>(view).unwrap();
    let bands = lane_bands(record.lanes(), record.direction());
    for (element, rect) in rects(document, view) {
        let Ok(node) = FlowNode::try_from(element) else { continue };
        let performer = document.performer_of(node);
        let Some(lane) = record.lanes().iter().position(|lane| lane.actor == performer) else { continue };
        let (start, end) = match record.direction() {
            FlowDirection::LeftToRight => (f64::from(rect.min.y), f64::from(rect.max.y)),
            FlowDirection::TopToBottom => (f64::from(rect.min.x), f64::from(rect.max.x)),
        };
        prop_assert!(bands[lane].0 <= start && end <= bands[lane].1, "{element:?} {rect:?} {:?}", bands[lane]);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn lanes_hold_their_nodes_a_second_arrangement_is_equal_and_pins_stay(
        nodes in 5usize..60,
        seed in any::<u64>(),
        down in any::<bool>(),
        pinned in proptest::collection::vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let document = generate::process(nodes, seed);
        let view = document.views().ids().last().unwrap();
        let direction = if down { FlowDirection::TopToBottom } else { FlowDirection::LeftToRight };
        let first = arrange_toward(&document, view, direction);
        let mut document = applied(&document, view, first);
        check_lanes(&document, view)?;
        let again = applied(&document, view, arrange(&document, view, &Mode::Everything));
        prop_assert_eq!(rects(&document, view), rects(&again, view));
        prop_assert_eq!(document.get::<View>(view), again.get::<View>(view));
        let placed = document.placements_in(view).filter(|(_, placement)| placement.center.is_some());
        let placed: Vec<ElementRef> = placed.map(|(_, placement)| placement.element).collect();
        let elements: Vec<ElementRef> = pinned.iter().map(|index| *index.get(&placed)).collect();
        let pin = Pin { view, elements: elements.clone(), pinned: true };
        if !elements.is_empty() {
            document = apply(&document, &pin.into()).unwrap().document;
        }
        let held = applied(&document, view, arrange(&document, view, &Mode::Everything));
        let (before, after) = (rects(&document, view), rects(&held, view));
        for element in elements {
            prop_assert_eq!(before[&element], after[&element]);
        }
    }
}
