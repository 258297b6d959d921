//! People on whom many things rest alone.

use super::Meta;
use super::flows::ours;
use super::ri_01::covered;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-02",
    title: "Much rests on one person",
    severity: Severity::High,
    why: "One resignation, one broken leg, and three things stop at once.",
    wrong: "Only Ana can price, approve and hire",
    right: "Ben can price and approve; Ana hires",
    formula: "steps and decisions of all roles together that only one person covers (as in RI-01) ≥ items, or the weekly work of \
              these ÷ that of all people ≥ share",
    source: Source::Literature("guides to key-person risk"),
    thresholds: &[
        ours("items", 3.0, "items", "from here on it is reported", "three things at once"),
        ours("share", 0.2, "of all work", "from here on it is reported", "a day of five"),
    ],
    remedies: &["Plan the succession.", "Train a second person for the first of these."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut of_person: Vec<Vec<Subject>> = vec![Vec::new(); context.document.people().next_index() as usize];
    for group in covered(context).iter().flat_map(|groups| groups.iter()) {
        if let [only] = group.people.as_slice()
            && let Some(list) = of_person.get_mut(only.index() as usize)
        {
            list.extend(&group.items);
        }
    }
    let work = |id: PersonId| context.loads.of_person(id).map_or(0.0, |load| load.hours());
    let all: f64 = context.document.people().ids().map(work).sum();
    let people = context.document.people().ids().filter_map(|id| {
        let mut items = of_person.get_mut(id.index() as usize).map(std::mem::take).filter(|items| !items.is_empty())?;
        items.sort_unstable();
        items.dedup();
        Some((id, items))
    });
    context.each(sink, &all, people, check_person);
}

/// `all` is the work of everybody, in hours a week.
fn check_person(context: &Context<'_>, sink: &mut Sink<'_>, &all: &f64, (id, items): &(PersonId, Vec<Subject>)) {
    let id = *id;
    let parts = context.loads.of_person(id).map_or(&[][..], |load| load.parts.as_slice());
    let alone = |element: ElementRef| match element {
        ElementRef::Step(step) => items.binary_search(&Subject::Step(step)).is_ok(),
        ElementRef::Decision(decision) => items.binary_search(&Subject::Decision(decision)).is_ok(),
        _ => false,
    };
    let hours: f64 = parts.iter().filter(|(element, _)| alone(*element)).map(|(_, minutes)| minutes / 60.0).sum();
    let share = if all > 0.0 { hours / all } else { 0.0 };
    if (items.len() as f64) < sink.threshold("items") && share < sink.threshold("share") - 1e-9 {
        return;
    }
    let name = context.name(id);
    let mut finding = Finding::new(format!(
        "{} rest on {name} alone: {}.",
        words::count(items.len(), "step or decision", "steps and decisions"),
        words::quoted_list(context.document, items.iter().copied().map(ElementRef::from))
    ))
    .about([ElementRef::from(id)])
    .about(items.iter().copied().map(ElementRef::from))
    .formula(format!(
        "items = {}; work = {} ÷ {} h a week = {}",
        items.len(),
        words::number(hours),
        words::number(all),
        words::number(share)
    ))
    .number("items", items.len() as f64)
    .number("hours_per_week", hours)
    .number("share", share)
    .remedy(format!("Agree on who follows {name}, and for how long both do it."));
    for item in items {
        finding = finding.criticality(context.criticality_of(*item));
    }
    let first = items.first().map_or_else(String::new, |item| context.quoted(ElementRef::from(*item)));
    sink.report(finding.remedy(format!("Train a second person, beginning with {first}.")));
}
