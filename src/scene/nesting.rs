//! Open sub-flows: which steps are drawn as boxes around others, how large they are, and what a closed one hides.

use emath::{Rect, pos2, vec2};
use rustc_hash::FxHashSet;

use super::contents::Shown;
use super::measures::*;
use super::sizes::asked;
use crate::model::*;

/// How many sub-flows stand around an element; bounded on broken files with circles.
pub(crate) fn depth_of(parents: &[Option<usize>], index: usize) -> usize {
    let mut depth = 0;
    let mut at = parents.get(index).copied().flatten();
    while let Some(up) = at.filter(|_| depth < parents.len()) {
        depth += 1;
        at = parents.get(up).copied().flatten();
    }
    depth
}

/// Nodes of a called process that a drawing shows inside of the call stand in it as in a sub-flow.
pub(crate) fn adopt_called(document: &Document, shown: &[Shown], parents: &mut [Option<usize>]) {
    let call = |(index, one): (usize, &Shown)| {
        let ElementRef::Step(id) = one.element else { return None };
        let called = document.get::<Step>(id)?.calls.filter(|_| !one.collapsed)?;
        let (size, center) = (one.size?, one.center?);
        let (width, height) = (size.width, size.height);
        Some((index, called, Area::new(center.x - width / 2.0, center.y - height / 2.0, width, height)))
    };
    let calls: Vec<(usize, ProcessId, Area)> = shown.iter().enumerate().filter_map(call).collect();
    if calls.is_empty() {
        return;
    }
    for (index, (one, parent)) in shown.iter().zip(parents.iter_mut()).enumerate() {
        let (None, Ok(node), Some(center)) = (*parent, FlowNode::try_from(one.element), one.center) else { continue };
        let process = document.process_of(node);
        let holds = |(call, called, area): &&(usize, ProcessId, Area)| {
            *call != index && process == Some(*called) && area.contains(center)
        };
        *parent = calls.iter().find(holds).map(|(call, _, _)| *call);
    }
}

/// Whether each element is an open sub-flow: one that shows something of its inside, or was given a size while open.
pub(crate) fn open_sub_flows(document: &Document, shown: &[Shown], parents: &[Option<usize>]) -> Vec<bool> {
    let mut has_inside = vec![false; shown.len()];
    for up in parents.iter().flatten() {
        if let Some(slot) = has_inside.get_mut(*up) {
            *slot = true;
        }
    }
    let is_open = |(one, has_inside): (&Shown, bool)| match one.element {
        ElementRef::Step(id) => {
            let can_be = document.get::<Step>(id).is_some_and(|step| step.kind.has_inside() || has_inside);
            can_be && !one.collapsed && (has_inside || one.size.is_some())
        }
        _ => false,
    };
    shown.iter().zip(has_inside).map(is_open).collect()
}

/// The box of an open sub-flow around the boxes that stand in it: as large as stored if it holds their middles.
pub(crate) fn container_rect(one: &Shown, inside: &[Rect]) -> Option<Rect> {
    let stored = one.size.zip(one.center).map(|(size, center)| {
        let size = asked(size).max(vec2(2.0 * CONTAINER_PADDING, CONTAINER_TITLE + CONTAINER_PADDING));
        Rect::from_center_size(pos2(center.x as f32, center.y as f32), size)
    });
    let needed = inside.iter().copied().reduce(|all, one| all.union(one)).map(|all| {
        let corner = vec2(CONTAINER_PADDING, CONTAINER_PADDING);
        Rect::from_min_max(all.min - corner - vec2(0.0, CONTAINER_TITLE - CONTAINER_PADDING / 2.0), all.max + corner)
    });
    match (stored, needed) {
        (Some(stored), Some(needed)) => {
            let holds_all = inside.iter().all(|rect| stored.contains(rect.center()));
            Some(if holds_all { stored } else { stored.union(needed) })
        }
        (Some(rect), None) | (None, Some(rect)) => Some(rect),
        (None, None) => None,
    }
}

/// Whether the stored size of a closed sub-flow is that which it had while it was open: it holds what is hidden in it.
pub(crate) fn is_size_of_open(one: &Shown, inside: &[Point]) -> bool {
    let (Some(size), Some(center)) = (one.size, one.center) else { return false };
    let holds = |point: &Point| {
        (point.x - center.x).abs() <= size.width / 2.0 && (point.y - center.y).abs() <= size.height / 2.0
    };
    !inside.is_empty() && inside.iter().all(holds)
}

/// Artefacts and notes that belong to hidden elements only, by their links, are hidden with them.
pub(crate) fn hide_what_belongs(document: &Document, shown: &[Shown], hidden: &mut [bool]) {
    if !shown.iter().zip(hidden.iter()).any(|(one, hidden)| *hidden && FlowNode::try_from(one.element).is_ok()) {
        return;
    }
    let gone: FxHashSet<ElementRef> =
        shown.iter().zip(hidden.iter()).filter(|(_, hidden)| **hidden).map(|(one, _)| one.element).collect();
    let here: FxHashSet<ElementRef> =
        shown.iter().zip(hidden.iter()).filter(|(_, hidden)| !**hidden).map(|(one, _)| one.element).collect();
    let mut with_hidden: FxHashSet<ElementRef> = FxHashSet::default();
    let mut with_shown: FxHashSet<ElementRef> = FxHashSet::default();
    for (_, link) in document.links().iter() {
        for (one, other) in [(link.from, link.to), (link.to, link.from)] {
            if gone.contains(&other) {
                with_hidden.insert(one);
            } else if here.contains(&other) {
                with_shown.insert(one);
            }
        }
    }
    for (one, hidden) in shown.iter().zip(hidden.iter_mut()) {
        let is_loose = matches!(one.element, ElementRef::Artefact(_) | ElementRef::Note(_));
        if is_loose && with_hidden.contains(&one.element) && !with_shown.contains(&one.element) {
            *hidden = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(element: ElementRef, center: (f64, f64), size: Option<(f64, f64)>) -> Shown {
        Shown {
            center: Some(Point::new(center.0, center.1)),
            size: size.map(|(width, height)| Size::new(width, height)),
            ..Shown::fresh(element)
        }
    }

    #[test]
    fn a_container_keeps_its_size_unless_something_stands_outside() {
        let element = ElementRef::Step(StepId::from_index(0));
        let inside = Rect::from_center_size(pos2(100.0, 100.0), vec2(80.0, 40.0));
        let stored = shown(element, (120.0, 100.0), Some((300.0, 200.0)));
        let rect = container_rect(&stored, &[inside]).unwrap();
        assert_eq!(rect, Rect::from_center_size(pos2(120.0, 100.0), vec2(300.0, 200.0)));
        let far = inside.translate(vec2(400.0, 0.0));
        assert!(container_rect(&stored, &[inside, far]).unwrap().contains_rect(far));
        let natural = container_rect(&shown(element, (0.0, 0.0), None), &[inside]).unwrap();
        assert!(natural.contains_rect(inside) && natural.top() <= inside.top() - CONTAINER_TITLE);
        assert!(is_size_of_open(&stored, &[Point::new(100.0, 100.0)]));
        assert!(!is_size_of_open(&stored, &[Point::new(500.0, 100.0)]) && !is_size_of_open(&stored, &[]));
    }

    #[test]
    fn only_sub_flows_that_are_not_folded_are_open() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let around = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Handle") });
        let inside = document.insert(Step { parent: Some(around), ..Step::new(process, "Check") });
        let mut all = vec![shown(around.into(), (0.0, 0.0), None), shown(inside.into(), (0.0, 0.0), None)];
        let parents = [None, Some(0)];
        assert_eq!(open_sub_flows(&document, &all, &parents), [true, false]);
        assert_eq!((depth_of(&parents, 1), depth_of(&[Some(1), Some(0)], 0)), (1, 2));
        all[0].collapsed = true;
        assert_eq!(open_sub_flows(&document, &all, &parents), [false, false]);
    }

    #[test]
    fn a_call_drawn_around_the_process_it_carries_out_is_open() {
        let mut document = Document::default();
        let [process, called] = ["Sell", "Pack"].map(|name| document.insert(Process::new(name)));
        let call = Step { kind: StepKind::Call, calls: Some(called), ..Step::new(process, "Pack it") };
        let call = document.insert(call);
        let inside = document.insert(Step::new(called, "Wrap"));
        let own = document.insert(Step::new(process, "Ask"));
        let all = [
            shown(call.into(), (100.0, 100.0), Some((300.0, 200.0))),
            shown(inside.into(), (80.0, 100.0), None),
            shown(own.into(), (80.0, 100.0), None),
        ];
        let mut parents = vec![None; 3];
        adopt_called(&document, &all, &mut parents);
        assert_eq!(parents, [None, Some(0), None]);
        assert_eq!(open_sub_flows(&document, &all, &parents), [true, false, false]);
    }
}
