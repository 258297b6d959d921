//! Which elements a view shows, and what hangs below what.
//!
//! A view shows the elements it has placements of. An organisation or process view without a single placement (and
//! without lanes) was never arranged, by a program or by hand; it shows what a fresh view of its kind would.

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::Facts;
use super::lanes::step_around;
use crate::model::*;

/// What a fresh view of this kind shows, in the order of painting; nothing for boards and matrices.
pub fn contents(document: &Document, kind: &ViewKind) -> Vec<ElementRef> {
    match kind {
        ViewKind::Organisation { root, .. } => organisation_contents(document, *root),
        ViewKind::Process { process, .. } => process_contents(document, *process),
        ViewKind::Board | ViewKind::Matrix(_) => Vec::new(),
    }
}

fn organisation_contents(document: &Document, root: Option<UnitId>) -> Vec<ElementRef> {
    let facts = Facts::new(document);
    let organisation = facts.organisation();
    let below = |unit: Option<UnitId>| organisation.units_below.get(&unit).map_or(&[][..], Vec::as_slice);
    let mut stack: Vec<UnitId> = match root {
        Some(root) => vec![root],
        None => below(None).iter().rev().copied().collect(),
    };
    let mut found = Vec::new();
    let mut seen: FxHashSet<UnitId> = FxHashSet::default();
    while let Some(unit) = stack.pop() {
        if !seen.insert(unit) {
            continue;
        }
        found.push(ElementRef::Unit(unit));
        found.extend(organisation.roles_in.get(&Some(unit)).into_iter().flatten().map(|role| ElementRef::Role(*role)));
        stack.extend(below(Some(unit)).iter().rev());
    }
    let is_shown = |unit: &UnitId| seen.contains(unit);
    let all = root.is_none();
    if all {
        found.extend(organisation.roles_in.get(&None).into_iter().flatten().map(|role| ElementRef::Role(*role)));
    }
    let bodies = document.bodies().iter().filter(|(_, body)| body.unit.as_ref().map_or(all, is_shown));
    found.extend(bodies.map(|(id, _)| ElementRef::Body(id)));
    let externals = document.externals().iter().filter(|(_, external)| all || external.serves.iter().any(is_shown));
    found.extend(externals.map(|(id, _)| ElementRef::External(id)));
    let systems = document.systems().iter().filter(|(_, system)| all || system.serves.iter().any(is_shown));
    found.extend(systems.map(|(id, _)| ElementRef::System(id)));
    found
}

/// What a fresh view of the inside of a sub-flow shows.
pub fn contents_inside(document: &Document, step: StepId) -> Vec<ElementRef> {
    with_notes(document, document.nodes_inside(step))
}

fn process_contents(document: &Document, process: ProcessId) -> Vec<ElementRef> {
    with_notes(document, document.nodes_of(process))
}

/// Nodes, and the notes about them.
fn with_notes(document: &Document, nodes: Vec<FlowNode>) -> Vec<ElementRef> {
    let mut found: Vec<ElementRef> = nodes.into_iter().map(ElementRef::from).collect();
    let nodes: FxHashSet<ElementRef> = found.iter().copied().collect();
    let about = |note: &Note| note.about.is_some_and(|element| nodes.contains(&element));
    found.extend(document.notes().iter().filter(|(_, note)| about(note)).map(|(id, _)| ElementRef::Note(id)));
    found
}

/// One element of a view.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) element: ElementRef,
    pub(crate) placement: Option<PlacementId>,
    pub(crate) center: Option<Point>,
    pub(crate) size: Option<Size>,
    pub(crate) pinned: bool,
    pub(crate) collapsed: bool,
}

/// The elements of a view in the order of painting, and the placements of its lines.
pub(crate) struct Cast<'a> {
    pub(crate) shown: Vec<Shown>,
    /// Placements of flows and links.
    pub(crate) connectors: FxHashMap<ElementRef, &'a Placement>,
}

/// What a view shows. Elements that do not exist are left out.
pub(crate) fn cast(document: &Document, view_id: ViewId) -> Cast<'_> {
    let mut shown = Vec::new();
    let mut connectors = FxHashMap::default();
    for (id, placement) in document.placements_in(view_id) {
        if matches!(placement.element, ElementRef::Flow(_) | ElementRef::Link(_)) {
            connectors.insert(placement.element, placement);
        } else if document.contains(placement.element) {
            shown.push(Shown {
                element: placement.element,
                placement: Some(id),
                center: placement.center.filter(|center| center.x.is_finite() && center.y.is_finite()),
                size: placement.size,
                pinned: placement.pinned,
                collapsed: placement.collapsed,
            });
        }
    }
    let view = document.get::<View>(view_id);
    let is_fresh = match view.map(|view| &view.kind) {
        Some(ViewKind::Organisation { .. }) => true,
        Some(ViewKind::Process { lanes, .. }) => lanes.is_empty(),
        Some(ViewKind::Board | ViewKind::Matrix(_)) | None => false,
    };
    if let Some(view) = view.filter(|_| shown.is_empty() && is_fresh) {
        let fresh =
            |element| Shown { element, placement: None, center: None, size: None, pinned: false, collapsed: false };
        let all = match view.within {
            Some(step) => contents_inside(document, step),
            None => contents(document, &view.kind),
        };
        shown = all.into_iter().map(fresh).collect();
    }
    Cast { shown, connectors }
}

/// What each shown element hangs below or stands in, by index: the nearest shown unit above it, the innermost shown
/// sub-flow around it.
pub(crate) fn parents_of(document: &Document, shown: &[Shown]) -> Vec<Option<usize>> {
    let index_of: FxHashMap<ElementRef, usize> = shown
        .iter()
        .enumerate()
        .filter(|(_, one)| matches!(one.element, ElementRef::Unit(_) | ElementRef::Step(_)))
        .map(|(index, one)| (one.element, index))
        .collect();
    shown
        .iter()
        .map(|one| {
            if let Ok(node) = FlowNode::try_from(one.element) {
                return sub_flow_around(document, node, &index_of);
            }
            let mut above = match one.element {
                ElementRef::Unit(id) => document.get::<Unit>(id)?.parent,
                ElementRef::Role(id) => document.get::<Role>(id)?.unit,
                ElementRef::Body(id) => document.get::<Body>(id)?.unit,
                _ => None,
            };
            for _ in 0..=document.units().len() {
                let unit = above?;
                if let Some(index) = index_of.get(&unit.into()) {
                    return Some(*index);
                }
                above = document.get::<Unit>(unit)?.parent;
            }
            None
        })
        .collect()
}

/// The innermost shown sub-flow around a node, by index. An event on the border of a step stands where the step does.
fn sub_flow_around(document: &Document, node: FlowNode, index_of: &FxHashMap<ElementRef, usize>) -> Option<usize> {
    let host = match node {
        FlowNode::Event(id) => document.get::<Event>(id).and_then(|event| event.attached),
        FlowNode::Step(_) | FlowNode::Gateway(_) => None,
    };
    let mut around = match host.filter(|host| document.get::<Step>(*host).is_some()) {
        Some(host) => step_around(document, FlowNode::Step(host)),
        None => step_around(document, node),
    };
    for _ in 0..=document.steps().len() {
        let step = around?;
        if let Some(index) = index_of.get(&step.into()) {
            return Some(*index);
        }
        around = document.get::<Step>(step)?.parent;
    }
    None
}

/// How many elements each one hides, and whether each one is hidden, by what is folded.
pub(crate) fn folded(shown: &[Shown], parents: &[Option<usize>]) -> (Vec<u32>, Vec<bool>) {
    let mut hides = vec![0; shown.len()];
    let mut hidden = vec![false; shown.len()];
    if !shown.iter().any(|one| one.collapsed) {
        return (hides, hidden);
    }
    for (index, is_hidden) in hidden.iter_mut().enumerate() {
        let mut topmost = None;
        let mut above = parents.get(index).copied().flatten();
        for _ in 0..shown.len() {
            let Some(up) = above else { break };
            if shown.get(up).is_some_and(|one| one.collapsed) {
                topmost = Some(up);
            }
            above = parents.get(up).copied().flatten();
        }
        *is_hidden = topmost.is_some();
        if let Some(count) = topmost.and_then(|up| hides.get_mut(up)) {
            *count += 1;
        }
    }
    (hides, hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firm() -> (Document, ViewId, [ElementRef; 3]) {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let shop = document.insert(Unit { parent: Some(firm), ..Unit::new("Shop") });
        let role = document.insert(Role { unit: Some(shop), ..Role::new("Manager") });
        let view = document.insert(View::new("Chart", ViewKind::organisation(None)));
        (document, view, [firm.into(), shop.into(), role.into()])
    }

    #[test]
    fn a_view_without_placements_shows_what_a_fresh_one_would() {
        let (mut document, view, elements) = firm();
        let shown = |document: &Document| -> Vec<ElementRef> {
            cast(document, view).shown.iter().map(|one| one.element).collect()
        };
        assert_eq!(shown(&document), elements);
        document.insert(Placement::unplaced(view, elements[2]));
        assert_eq!(shown(&document), [elements[2]]);
    }

    #[test]
    fn a_folded_unit_hides_everything_below_the_topmost_fold() {
        let (document, view, _) = firm();
        let mut shown = cast(&document, view).shown;
        shown[0].collapsed = true;
        shown[1].collapsed = true;
        let parents = parents_of(&document, &shown);
        assert_eq!(parents, [None, Some(0), Some(1)]);
        assert_eq!(folded(&shown, &parents), (vec![2, 0, 0], vec![false, true, true]));
    }
}
