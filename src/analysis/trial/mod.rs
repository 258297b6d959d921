//! What a change would come to, before it is made: the document with it, what differs in words, and figures of before and
//! after.
//!
//! Worked out on a copy, like everything here; nothing is promised that the rules would not say of that copy.

mod words;

use super::figures::{Times, Visits};
use super::{CancelToken, Cancelled, Finding, Index, Report, Settings, Severity, analyse};
use crate::edit::{Edit, EditError, apply};
use crate::model::*;

/// Loads are compared for at most so many.
const MOST_LOADS: usize = 5;
/// Lead times are compared for at most so many processes.
const MOST_PROCESSES: usize = 3;

/// Why there is no trial.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrialError {
    /// The change cannot be made.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The change makes no difference.
    #[error("this would change nothing; it is so already")]
    Nothing,
    /// It was stopped.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// What a change would come to.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The document with the change.
    pub document: Document,
    /// What the rules would say of it.
    pub report: Report,
    /// What differs, each in a sentence.
    pub changes: Vec<String>,
    /// What differs, and what it is seen on: of a right its holder and where it is used. Sorted.
    pub touched: Vec<ElementRef>,
    /// Figures that differ, and those of the finding that it is about.
    pub figures: Vec<Comparison>,
    /// Whether the finding would be gone.
    pub is_solved: bool,
}

/// A figure before and after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What it is: `Load of Owner`.
    pub label: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
    /// Whether the change makes it better, worse, or neither.
    pub effect: Effect,
}

/// What a change does to a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is better then.
    Better,
    /// It is worse then.
    Worse,
    /// It is the same, or neither better nor worse.
    Same,
}

impl Effect {
    /// Of a figure of which less is better.
    fn of_less(before: f64, after: f64) -> Self {
        match before.total_cmp(&after) {
            std::cmp::Ordering::Greater => Self::Better,
            std::cmp::Ordering::Less => Self::Worse,
            std::cmp::Ordering::Equal => Self::Same,
        }
    }
}

/// Tries a change that is to help with a finding of a report on a document.
///
/// # Errors
/// Where the change cannot be made, makes no difference, or the token was cancelled.
pub fn try_change(
    document: &Document,
    report: &Report,
    finding: &Finding,
    edit: &Edit,
    settings: &Settings,
    cancel: &CancelToken,
) -> Result<Trial, TrialError> {
    let after = apply(document, edit)?.document;
    let differing = after.changes_since(document);
    if differing.is_empty() {
        return Err(TrialError::Nothing);
    }
    let then = analyse(&after, settings, cancel)?;
    let same = then.open().find(|other| is_same(document, finding, &after, other));
    let mut touched: Vec<ElementRef> = Vec::new();
    for (element, change) in &differing {
        let of = if *change == Change::Removed { document } else { &after };
        touched.push(*element);
        touched.extend(words::seen_on(of, *element));
    }
    touched.sort_unstable();
    touched.dedup();
    let mut figures = counts(report, &then);
    figures.extend(own_numbers(finding, same));
    figures.extend(loads(document, report, &then, finding));
    figures.extend(lead_times(document, &after, finding, &touched));
    let changes = differing.iter().filter_map(|(element, change)| words::sentence(document, &after, *element, *change));
    let changes = changes.collect();
    let is_solved = same.is_none();
    Ok(Trial { document: after, report: then, changes, touched, figures, is_solved })
}

/// Whether a finding of a later version is this one: of the same rule about the same thing.
fn is_same(before: &Document, finding: &Finding, after: &Document, other: &Finding) -> bool {
    let first = |document: &Document, finding: &Finding| {
        finding.evidence.first().map(|element| (*element, document.key_of(*element).cloned()))
    };
    finding.rule == other.rule && first(before, finding) == first(after, other)
}

/// Open findings of each severity, where there is a difference; else how many there are.
fn counts(before: &Report, after: &Report) -> Vec<Comparison> {
    let compared = |label: String, was: usize, is: usize| Comparison {
        label,
        before: was.to_string(),
        after: is.to_string(),
        effect: Effect::of_less(was as f64, is as f64),
    };
    let all = compared("Findings".to_owned(), before.open().count(), after.open().count());
    let each = Severity::ALL.into_iter().map(|severity| {
        compared(format!("Findings, {}", severity.word()), before.count(severity), after.count(severity))
    });
    std::iter::once(all).chain(each.filter(|compared| compared.before != compared.after)).collect()
}

/// The numbers of the finding itself, where it would still be there with others.
fn own_numbers(finding: &Finding, same: Option<&Finding>) -> Vec<Comparison> {
    let Some(same) = same else { return Vec::new() };
    let compared = |(name, was): &(&'static str, f64)| {
        let is = same.number_named(name).filter(|is| is != was)?;
        let mut label = name.replace('_', " ");
        if let Some(first) = label.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let (before, after) = (super::words::number(*was), super::words::number(is));
        Some(Comparison { label, before, after, effect: Effect::Same })
    };
    finding.numbers.iter().filter_map(compared).collect()
}

/// Loads of roles and people that differ, the largest difference first, and of those whom the finding names.
fn loads(document: &Document, before: &Report, after: &Report, finding: &Finding) -> Vec<Comparison> {
    let known = |report: &Report, element: ElementRef| {
        report.loads.iter().find(|(one, _)| *one == element).map_or(0.0, |(_, share)| *share)
    };
    let mut concerned: Vec<ElementRef> = before.loads.iter().chain(&after.loads).map(|(element, _)| *element).collect();
    concerned.sort_unstable();
    concerned.dedup();
    let mut rows: Vec<(bool, f64, ElementRef, f64, f64)> = concerned
        .into_iter()
        .map(|element| {
            let (was, is) = (known(before, element), known(after, element));
            (finding.evidence.contains(&element), (is - was).abs(), element, was, is)
        })
        .filter(|(is_named, difference, ..)| *is_named || *difference > 5e-4)
        .collect();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)).then(a.2.cmp(&b.2)));
    rows.truncate(MOST_LOADS);
    let share = |share: f64| format!("{:.0} %", share * 100.0);
    let row = |(_, difference, element, was, is): (bool, f64, ElementRef, f64, f64)| Comparison {
        label: format!("Load of {}", super::words::named(document, element)),
        before: share(was),
        after: share(is),
        effect: if difference > 5e-4 { Effect::of_less(was, is) } else { Effect::Same },
    };
    rows.into_iter().map(row).collect()
}

/// Lead times of the processes that the finding or the change is about.
fn lead_times(before: &Document, after: &Document, finding: &Finding, touched: &[ElementRef]) -> Vec<Comparison> {
    let mut processes: Vec<ProcessId> =
        finding.evidence.iter().chain(touched).filter_map(|element| process_of(after, *element)).collect();
    processes.sort_unstable();
    processes.dedup();
    processes.truncate(MOST_PROCESSES);
    if processes.is_empty() {
        return Vec::new();
    }
    let times = |document: &Document| {
        let index = Index::new(document);
        let visits = Visits::new(document, &index);
        Times::new(document, &index, &visits)
    };
    let (was, is) = (times(before), times(after));
    let row = |process: ProcessId| {
        let (was, is) = (was.of(process)?.lead, is.of(process)?.lead);
        let words = super::rules::duration;
        let label = format!("Lead time of {}", super::words::named(before, process));
        Some(Comparison { label, before: words(was), after: words(is), effect: Effect::of_less(was, is) })
    };
    processes.into_iter().filter_map(row).collect()
}

fn process_of(document: &Document, element: ElementRef) -> Option<ProcessId> {
    match element {
        ElementRef::Process(id) => Some(id),
        _ => document.process_of(FlowNode::try_from(element).ok()?),
    }
}

#[cfg(test)]
mod tests;
