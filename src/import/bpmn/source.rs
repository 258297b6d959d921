//! BPMN as a source of imports: from bytes to an edit, and what to tell about it.

use std::collections::BTreeSet;

use super::limits::MOST_PROBLEMS;
use super::plan::plan;
use super::{Problem, Reading, counts, read_definitions, text};
use crate::edit::{Edit, MergeProcesses, apply};
use crate::import::{Count, ImportError, Imported, Input, Report, Source};
use crate::model::{Change, Document, ElementRef, FlowNode, Placement, ViewId};

pub(in crate::import) const SOURCE: Source = Source {
    id: "bpmn",
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
