//! Checks that many edits share: that what they name exists, and that a changed record would be sound.

use crate::edit::wording::{joined, named};
use crate::edit::{EditError, Record};
use crate::model::integrity::{self, Problem, ProblemKind};
use crate::model::*;

/// Fails when an element is gone.
pub(in crate::edit) fn need(document: &Document, element: impl Into<ElementRef>) -> Result<(), String> {
    let element = element.into();
    if document.contains(element) { Ok(()) } else { Err(EditError::Missing(element.kind().word()).to_string()) }
}

/// Fails when one of the elements is gone.
pub(in crate::edit) fn need_all(
    document: &Document,
    elements: impl IntoIterator<Item = ElementRef>,
) -> Result<(), String> {
    elements.into_iter().try_for_each(|element| need(document, element))
}

/// The view, or why not.
pub(in crate::edit) fn need_view(document: &Document, view: ViewId) -> Result<&View, String> {
    document.get::<View>(view).ok_or_else(|| EditError::Missing("view").to_string())
}

/// Fails when a place is not a number.
pub(in crate::edit) fn all_finite<'a>(points: impl IntoIterator<Item = &'a Point>) -> Result<(), String> {
    let finite = points.into_iter().all(|point| point.x.is_finite() && point.y.is_finite());
    if finite { Ok(()) } else { Err("A place has to be a number.".to_owned()) }
}

/// Fails when lanes are doubled, belong to nobody that exists, or have an impossible height.
pub(in crate::edit) fn lanes_fit(document: &Document, lanes: &[Lane]) -> Result<(), String> {
    let mut seen = std::collections::BTreeSet::new();
    for (index, lane) in lanes.iter().enumerate() {
        if let Some(actor) = lane.actor {
            need(document, actor)?;
        }
        if !seen.insert(lane.actor) {
            return Err("Two lanes cannot belong to the same performer.".to_owned());
        }
        let has_extent = lane.extent > 0.0 && lane.extent <= 1.0e7;
        if !has_extent && !encloses_lanes(lanes, index) {
            return Err("The height of a lane has to be above zero.".to_owned());
        }
        if !(lane.gap >= 0.0 && lane.gap <= 1.0e7) {
            return Err("The space before a lane has to be zero or more.".to_owned());
        }
    }
    Ok(())
}

/// Problems that an element would have as this record and does not have as it is. Other records are not looked at.
pub(in crate::edit) fn problems_with(document: &Document, element: ElementRef, record: &Record) -> Vec<Problem> {
    let mut draft = document.clone();
    record.clone().put_into(&mut draft, element);
    let old = integrity::check_element(document, element);
    let mut new = integrity::check_element(&draft, element);
    new.retain(|problem| !old.contains(problem));
    new
}

/// Fails when rights would get letters that their framework does not know. `after` is the document as it would be.
pub(in crate::edit) fn letters_stay(before: &Document, after: &Document) -> Result<(), String> {
    let knows = |document: &Document, right: &Right| {
        document.framework_of(right.subject).is_none_or(|(_, framework)| framework.letter(&right.letter).is_some())
    };
    let mut lost = after.rights().iter().filter(|(_, right)| !knows(after, right) && knows(before, right));
    let Some((id, right)) = lost.next() else { return Ok(()) };
    let more = match lost.count() {
        0 => String::new(),
        count => format!(", and {count} more"),
    };
    let (name, codes) = match after.framework_of(right.subject) {
        Some((_, framework)) => {
            let codes: Vec<&str> = framework.letters.iter().map(|letter| letter.code.as_str()).collect();
            (framework.name.clone(), joined(&codes, "and"))
        }
        None => (String::new(), String::new()),
    };
    Err(format!("{name} has only {codes}, but there is {}{more}.", named(before, id.into())))
}

/// The reason to show for a problem that an edit would make.
pub(in crate::edit) fn reason(document: &Document, problem: &Problem) -> String {
    match &problem.kind {
        ProblemKind::UnitCycle => "A unit cannot be above itself.".to_owned(),
        ProblemKind::ReportingCycle => "A role cannot report to itself, not over others either.".to_owned(),
        ProblemKind::VacantWithHolders => {
            "A role that somebody holds is not vacant; take the holders away first.".to_owned()
        }
        _ => problem.describe(document),
    }
}

/// Fails when a new record would be unsound, with the first reason.
pub(in crate::edit) fn problems_with_new(document: &Document, record: &Record) -> Result<(), String> {
    let mut draft = document.clone();
    let element = record.clone().draft_into(&mut draft);
    match integrity::check_element(&draft, element).first() {
        None => Ok(()),
        Some(problem) => Err(reason(&draft, problem)),
    }
}
