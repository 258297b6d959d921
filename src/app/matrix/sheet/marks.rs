//! What findings say, by what they are about.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::letters::Place;
use super::subject_of;
use crate::analysis::{Report, Severity};
use crate::model::*;

/// The gravest finding about something, and what all of them say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellMark {
    /// The gravest.
    pub severity: Severity,
    /// Sentences, one a line.
    pub text: String,
}

/// What findings say, by what they are about.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) elements: FxHashMap<ElementRef, CellMark>,
    pub(super) places: FxHashMap<Place, CellMark>,
    /// Decisions that are not what people agreed to.
    pub(super) stale: FxHashSet<DecisionId>,
}

impl Marks {
    pub(super) fn new(document: &Document, report: Option<&Report>) -> Self {
        let mut marks = Self { stale: document.changed_agreements().into_keys().collect(), ..Self::default() };
        for finding in report.into_iter().flat_map(Report::open) {
            let words = &finding.message;
            if let ("X-11", Some(ElementRef::Decision(id))) = (finding.rule, finding.evidence.first()) {
                marks.stale.insert(*id);
            }
            let rights = finding.evidence.iter().filter(|element| matches!(element, ElementRef::Right(_)));
            // Only the first element of the evidence is what the finding is about; rights are always worth a look.
            for element in finding.evidence.iter().take(1).chain(rights) {
                add_mark(marks.elements.entry(*element), finding.severity, words);
            }
            let first = finding.evidence.first().and_then(|element| subject_of(*element));
            for actor in finding.evidence.iter().filter_map(|element| Actor::try_from(*element).ok()) {
                if let Some(subject) = first {
                    add_mark(marks.places.entry((subject, actor)), finding.severity, words);
                }
            }
        }
        marks
    }
}

fn add_mark<K>(entry: std::collections::hash_map::Entry<'_, K, CellMark>, severity: Severity, words: &str) {
    let mark = entry.or_insert_with(|| CellMark { severity, text: String::new() });
    mark.severity = mark.severity.max(severity);
    if !mark.text.lines().any(|line| line == words) {
        if !mark.text.is_empty() {
            mark.text.push('\n');
        }
        mark.text.push_str(words);
    }
}
