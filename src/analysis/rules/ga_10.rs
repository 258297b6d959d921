//! Items of the operating model that hang on nothing, where others of their kind do.

use std::collections::BTreeMap;

use super::Meta;
use super::flows::ours;
use super::ga_13::units_apart;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-10",
    title: "Nothing hangs on it",
    severity: Severity::Low,
    why: "An activity without a flow is a word, and a partner whom nobody looks after is noticed when he is gone.",
    wrong: "Three of four suppliers have somebody who looks after them; the flour mill has nobody",
    right: "The head baker looks after the flour mill",
    formula: "processes without any step, suppliers, partners and franchisees whom no role looks after, systems \
              that no role looks after: each where at least so many of their kind are linked and more than half \
              of it is. Processes without owner (GA-04), boxes without content (GA-09), systems that several \
              units share (GA-13) and sources without substitute (RI-04) have rules of their own",
    source: Source::Literature("operating model canvas: activities, suppliers and systems, and who answers for each"),
    thresholds: &[ours("linked", 2.0, "of the kind", "fewer linked ones set no custom", "one may be chance")],
    remedies: &["Draw how it is done, or say who looks after it.", "Take it out if nobody would miss it."],
};

/// An item, and whether it is linked.
struct Item {
    element: ElementRef,
    is_linked: bool,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    if context.is_cancelled(0) {
        return;
    }
    let document = context.document;
    let process = |id: ProcessId| Item { element: id.into(), is_linked: !context.index.steps_of(id).is_empty() };
    for element in unlinked(sink, document.processes().ids().map(process).collect()) {
        let name = context.quoted(element);
        let finding = Finding::new(format!("{name} has no step, where most processes are drawn."))
            .formula("steps = 0")
            .number("links", 0.0)
            .remedy(format!("Draw how {name} is done, step by step."))
            .remedy("Take it out if it is part of another process.");
        sink.report(finding.about([element]));
    }
    let is_partner = |external: &External| {
        matches!(external.kind, Some(ExternalKind::Supplier | ExternalKind::Partner | ExternalKind::Franchisee))
    };
    let partners = document.externals().iter().filter(|(_, external)| is_partner(external));
    let partners = partners.map(|(id, record)| Item { element: id.into(), is_linked: record.owner.is_some() });
    let partners = unlinked(sink, partners.collect());
    let systems = document.systems().iter();
    let systems = systems.map(|(id, record)| Item { element: id.into(), is_linked: record.owner.is_some() });
    let is_shared = |element: &ElementRef| match element {
        ElementRef::System(id) => document.systems().get(*id).is_some_and(|system| units_apart(document, system).1 > 1),
        _ => false,
    };
    let mut systems = unlinked(sink, systems.collect());
    systems.retain(|system| !is_shared(system));
    let unowned: Vec<ElementRef> = partners.into_iter().chain(systems).collect();
    let nearest = nearest_roles(context, &unowned);
    for element in unowned {
        report_unowned(context, sink, element, nearest.get(&element).copied());
    }
}

/// The items without a link, where enough of their kind have one.
fn unlinked(sink: &Sink<'_>, items: Vec<Item>) -> Vec<ElementRef> {
    let linked = items.iter().filter(|item| item.is_linked).count();
    if (linked as f64) < sink.threshold("linked") || linked * 2 <= items.len() {
        return Vec::new();
    }
    items.into_iter().filter(|item| !item.is_linked).map(|item| item.element).collect()
}

fn report_unowned(context: &Context<'_>, sink: &mut Sink<'_>, element: ElementRef, nearest: Option<(RoleId, usize)>) {
    let name = context.name(element);
    let finding = Finding::new(format!("Nobody looks after {name}, where most like it have somebody."))
        .about([element])
        .formula("roles that look after it = 0")
        .number("links", 0.0);
    let Some((role, times)) = nearest else {
        sink.report(finding.remedy(format!("Say which role looks after {name}.")));
        return;
    };
    let who = context.name(role);
    let label = format!("Let {who} look after {name}");
    let fix = match element {
        ElementRef::External(id) => context
            .document
            .externals()
            .get(id)
            .map(|record| Fix::replace(label, id, External { owner: Some(role), ..record.clone() })),
        ElementRef::System(id) => context
            .document
            .systems()
            .get(id)
            .map(|record| Fix::replace(label, id, System { owner: Some(role), ..record.clone() })),
        _ => None,
    };
    let steps = words::count(times, "step", "steps");
    sink.report(
        finding
            .remedy_with(format!("Let {who} look after {name}, who has to do with it in {steps}."), fix)
            .remedy(format!("Or say which other role looks after {name}.")),
    );
}

/// For each of some parties and systems the role that has most to do with it and in how many steps: those that it
/// supports, that hand work over to it or get it, or that a message joins to it; the first one of several.
fn nearest_roles(context: &Context<'_>, elements: &[ElementRef]) -> BTreeMap<ElementRef, (RoleId, usize)> {
    let mut counts: BTreeMap<ElementRef, BTreeMap<RoleId, usize>> =
        elements.iter().map(|element| (*element, BTreeMap::new())).collect();
    let mut count = |element: ElementRef, step: StepId| {
        if let (Some(roles), Some(Actor::Role(role))) = (counts.get_mut(&element), context.index.performer(step)) {
            *roles.entry(role).or_insert(0) += 1;
        }
    };
    let document = context.document;
    for (id, step) in document.steps().iter().filter(|_| !elements.is_empty()) {
        if let Some(system) = step.system {
            count(system.into(), id);
        }
    }
    for (_, flow) in document.flows().iter().filter(|_| !elements.is_empty()) {
        let (FlowNode::Step(from), FlowNode::Step(to)) = (flow.from, flow.to) else { continue };
        for (party, step) in [(from, to), (to, from)] {
            if let Some(actor) = context.index.performer(party) {
                count(actor.into(), step);
            }
        }
    }
    let messages = document.links().iter().filter(|(_, link)| link.kind == LinkKind::Message && !elements.is_empty());
    for (_, link) in messages {
        for (party, end) in [(link.from, link.to), (link.to, link.from)] {
            if let ElementRef::Step(step) = end {
                count(party, step);
            }
        }
    }
    let most = |roles: BTreeMap<RoleId, usize>| {
        roles.into_iter().min_by_key(|(role, count)| (std::cmp::Reverse(*count), *role))
    };
    counts.into_iter().filter_map(|(element, roles)| Some((element, most(roles)?))).collect()
}
