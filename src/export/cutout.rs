//! Part of a picture: some of its elements with the lines between them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::ElementRef;
use crate::scene::pen::bounds_of;
use crate::scene::{NodeForm, Scene};

/// The scene with nothing but these elements, what stands in those of them that hold others, and the lines between.
/// The whole scene where it shows none of them.
pub(super) fn cutout(scene: Scene, elements: &[ElementRef]) -> Scene {
    let mut kept: FxHashSet<ElementRef> = elements.iter().copied().collect();
    keep_insides(&scene, &mut kept);
    let lanes: FxHashSet<ElementRef> = scene
        .lanes
        .iter()
        .filter_map(|lane| lane.actor)
        .map(ElementRef::from)
        .filter(|actor| kept.contains(actor))
        .collect();
    let nodes: FxHashSet<ElementRef> =
        scene.nodes.iter().map(|node| node.element).filter(|element| kept.contains(element)).collect();
    let mut drawn: FxHashMap<usize, bool> = FxHashMap::default();
    let mut lines: FxHashSet<ElementRef> = FxHashSet::default();
    for edge in &scene.edges {
        let joins = nodes.contains(&edge.from) && nodes.contains(&edge.to);
        let is_kept = joins || (edge.meaning.is_element() && kept.contains(&edge.element));
        drawn.insert(edge.item, is_kept);
        if is_kept && edge.meaning.is_element() {
            lines.insert(edge.element);
        }
    }
    if nodes.is_empty() && lines.is_empty() && lanes.is_empty() {
        return scene;
    }
    let Scene { items, nodes: boxes, edges, direction, .. } = scene;
    let is_drawn = |index: usize, element: Option<ElementRef>| match drawn.get(&index) {
        Some(kept) => *kept,
        None => element.is_some_and(|one| nodes.contains(&one) || lines.contains(&one) || lanes.contains(&one)),
    };
    let items: Vec<_> = items
        .into_iter()
        .enumerate()
        .filter(|(index, item)| is_drawn(*index, item.element))
        .map(|(_, item)| item)
        .collect();
    let bounds = bounds_of(items.iter().map(|item| item.bounds));
    let nodes = boxes.into_iter().filter(|node| nodes.contains(&node.element)).collect();
    let edges = edges.into_iter().filter(|edge| lines.contains(&edge.element)).collect();
    Scene { items, nodes, edges, lanes: Vec::new(), phases: Vec::new(), direction, bounds }
}

/// An open sub-flow is drawn with what stands in it, over all levels.
fn keep_insides(scene: &Scene, kept: &mut FxHashSet<ElementRef>) {
    let holders: FxHashSet<ElementRef> =
        scene.nodes.iter().filter(|node| node.form == NodeForm::Container).map(|node| node.element).collect();
    let mut grows = true;
    while grows {
        grows = false;
        for node in &scene.nodes {
            let in_kept = node.parent.is_some_and(|parent| holders.contains(&parent) && kept.contains(&parent));
            grows |= in_kept && kept.insert(node.element);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;
    use crate::scene::{Options, build};

    #[test]
    fn a_part_has_its_elements_and_the_lines_between_them_only() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let steps = ["Check", "Allow", "Pay"].map(|name| document.insert(Step::new(process, name)));
        let [first, second] = [(0, 1), (1, 2)].map(|(from, to)| {
            document.insert(Flow::new(process, FlowNode::Step(steps[from]), FlowNode::Step(steps[to])))
        });
        let kind = ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        for (index, step) in steps.into_iter().enumerate() {
            let center = Some(Point::new(200.0 * index as f64, 0.0));
            document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
        }
        let whole = build(&document, view, &Options::default());
        let part = cutout(whole.clone(), &[steps[0].into(), steps[1].into()]);
        assert_eq!(part.nodes.len(), 2);
        assert!(part.bounds.width() < whole.bounds.width());
        let drawn = |element: ElementRef| part.items.iter().any(|item| item.element == Some(element));
        assert!(drawn(first.into()) && !drawn(second.into()) && !drawn(steps[2].into()));
        assert_eq!(cutout(whole.clone(), &[process.into()]), whole, "nothing of it is shown");
    }
}
