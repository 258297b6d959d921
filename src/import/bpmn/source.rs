//! BPMN as a source of imports: from bytes to an edit, and what to tell about it.

use std::collections::BTreeSet;

use super::limits::MOST_PROBLEMS;
use super::plan::{Keys, plan};
use super::{Problem, Reading, counts, read_definitions, text};
use crate::edit::{Edit, MergeProcesses, Merged, Target, apply};
use crate::import::{Count, ImportError, Imported, Input, Report, Source};
use crate::model::{Change, Document, Element, ElementRef, FlowNode, Placement, View, ViewId};

pub(in crate::import) const SOURCE: Source = Source {
    id: "bpmn",
    short: "processes",
    label: "Processes with their drawing (BPMN 2.0)",
    extensions: &["bpmn", "bpmn2"],
    detect: looks_like_bpmn,
    read,
};

/// Bytes looked at.
const START: usize = 4096;
/// Sums that say nothing beside the names they are made of.
const SUMS: &[&str] =
    &["tasks", "gateways", "events", "subprocesses", "calls", "named_nodes", "conditional_flows", "default_flows"];

fn looks_like_bpmn(bytes: &[u8]) -> bool {
    let start = text::decode(bytes.get(..START).unwrap_or(bytes));
    start.is_ok_and(|start| {
        start.text.starts_with('<') && start.text.contains("definitions") && start.text.to_uppercase().contains("BPMN")
    })
}

fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let reading = read_definitions(input.bytes)?;
    let planned = plan(&reading, input.name, input.base, input.arranges_anew);
    let mut report = report(&reading, &planned.problems, input.name);
    report.notes.extend(timers(&planned.open_timers));
    report.notes.extend(vanished(&planned.edit, input.base, input.name));
    if planned.edit.processes.is_empty() {
        report.notes.push("The file has no process and no pool; nothing was brought over.".to_owned());
    }
    let edit = Edit::from(planned.edit);
    let document = apply(input.base, &edit)?.document;
    report.made = made(&edit, input.base, &document);
    let unarranged = unarranged(&document, input.base);
    Ok(Imported { edit, document, report, unarranged })
}

fn report(reading: &Reading, more: &[Problem], name: &str) -> Report {
    let mut report = Report { name: name.to_owned(), ..Report::default() };
    let by = match reading.definitions.exporter.as_str() {
        "" => String::new(),
        exporter => format!(", written by {exporter}"),
    };
    report.notes.push(format!("Read as BPMN 2.0 in {}{by}.", reading.encoding));
    if reading.has_replaced_bytes {
        report.notes.push("Some characters could not be read and stand as “�”; save the file as UTF-8.".to_owned());
    }
    report.elements = counts(reading).into_iter().filter(|(name, _)| !SUMS.contains(name)).collect();
    let kept = reading.kept.iter().map(|kept| {
        let name = if kept.is_attribute { format!("{} (attribute)", kept.name) } else { kept.name.clone() };
        (name, kept.count)
    });
    report.kept = kept.collect();
    let mut problems: Vec<&Problem> = reading.problems.iter().chain(more).collect();
    problems.sort_by_key(|problem| problem.line);
    report.left_out = problems.iter().take(MOST_PROBLEMS).map(ToString::to_string).collect();
    let untold = reading.more_problems + problems.len().saturating_sub(MOST_PROBLEMS);
    if untold > 0 {
        report.left_out.push(format!("and {untold} more"));
    }
    report
}

/// Most elements that a remark names one by one.
const MOST_NAMED: usize = 30;

/// Which timers say no fixed time; it stands with their events as the file has it.
fn timers(open: &[(String, String)]) -> Option<String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = open.iter().map(|(event, text)| format!("“{}” ({})", one_line(event), one_line(text)));
    let named = listed(named, open.len())?;
    let (timers, state) = if open.len() == 1 { ("timer", "states") } else { ("timers", "state") };
    Some(format!("{} {timers} {state} no fixed time, so that the wait is left open: {named}.", open.len()))
}

/// What came from an earlier version of the file and is no longer in it; it stays as it is.
fn vanished(edit: &MergeProcesses, base: &Document, name: &str) -> Option<String> {
    let gone = gone(edit, base, name);
    let named = gone.iter().map(|element| {
        let (kind, name) = (element.kind().word(), base.name_of(*element));
        if name.is_empty() { format!("a {kind} without a name") } else { format!("{kind} “{name}”") }
    });
    let named = listed(named, gone.len())?;
    let (elements, they) = if gone.len() == 1 { ("element", "it stays") } else { ("elements", "they stay") };
    let is = if gone.len() == 1 { "is" } else { "are" };
    Some(format!(
        "{} {elements} of an earlier import of this file {is} no longer in it; {they} as before: {named}.",
        gone.len()
    ))
}

/// Elements with keys of the file that the edit does not mention.
fn gone(edit: &MergeProcesses, base: &Document, name: &str) -> Vec<ElementRef> {
    fn missing<E: Element>(merged: &[Merged<E>], base: &Document, keys: &Keys, found: &mut Vec<ElementRef>) {
        let stated = |merged: &Merged<E>| match merged.target {
            Target::Existing(id) => Some(id.into()),
            Target::New(_) => None,
        };
        let stated: BTreeSet<ElementRef> = merged.iter().filter_map(stated).collect();
        let of_file = |record: &E| record.key().is_some_and(|key| keys.is_of_file(key));
        let all = E::table(base).iter().filter(|(_, record)| of_file(record)).map(|(id, _)| id.into());
        found.extend(all.filter(|element| !stated.contains(element)));
    }
    let (keys, mut found) = (Keys::of_file(name), Vec::new());
    missing(&edit.units, base, &keys, &mut found);
    missing(&edit.roles, base, &keys, &mut found);
    missing(&edit.externals, base, &keys, &mut found);
    missing(&edit.artefacts, base, &keys, &mut found);
    missing(&edit.processes, base, &keys, &mut found);
    missing(&edit.steps, base, &keys, &mut found);
    missing(&edit.gateways, base, &keys, &mut found);
    missing(&edit.events, base, &keys, &mut found);
    missing(&edit.flows, base, &keys, &mut found);
    missing(&edit.notes, base, &keys, &mut found);
    missing(&edit.links, base, &keys, &mut found);
    let views: Vec<Merged<View>> = edit.views.iter().map(|view| view.view.clone()).collect();
    missing(&views, base, &keys, &mut found);
    found
}

/// Names one after the other, those beyond the most by their number; none where there are none.
fn listed(named: impl Iterator<Item = String>, count: usize) -> Option<String> {
    let mut named: Vec<String> = named.take(MOST_NAMED).collect();
    if count > named.len() {
        named.push(format!("and {} more", count - named.len()));
    }
    (!named.is_empty()).then(|| named.join(", "))
}

/// How many elements were added, changed, or found as they are; pictures are not counted.
fn made(edit: &Edit, before: &Document, after: &Document) -> Count {
    let all = match edit {
        Edit::MergeProcesses(merge) => stated(merge),
        _ => 0,
    };
    let is_element = |element: &ElementRef| !matches!(element, ElementRef::Placement(_));
    let changes = after.changes_since(before).into_iter().filter(|(element, _)| is_element(element));
    let (mut added, mut updated) = (0, 0);
    for (_, change) in changes {
        match change {
            Change::Added => added += 1,
            Change::Changed => updated += 1,
            Change::Removed => {}
        }
    }
    Count { added, updated, unchanged: all.saturating_sub(added + updated) }
}

/// How many elements an edit states.
fn stated(merge: &MergeProcesses) -> usize {
    merge.units.len()
        + merge.roles.len()
        + merge.externals.len()
        + merge.artefacts.len()
        + merge.processes.len()
        + merge.steps.len()
        + merge.gateways.len()
        + merge.events.len()
        + merge.flows.len()
        + merge.notes.len()
        + merge.links.len()
        + merge.views.len()
}

/// Views with boxes that are new or changed and have no place.
fn unarranged(document: &Document, before: &Document) -> Vec<ViewId> {
    let is_box = |element: ElementRef| {
        FlowNode::try_from(element).is_ok() || matches!(element, ElementRef::Artefact(_) | ElementRef::Note(_))
    };
    let changed = document.placements().changes_since(before.placements());
    let placed = changed.filter_map(|(id, _)| document.get::<Placement>(id));
    let open = placed.filter(|placement| placement.center.is_none() && is_box(placement.element));
    open.map(|placement| placement.view).collect::<BTreeSet<_>>().into_iter().collect()
}
