//! May I? The rules that hovering and committing share. They only read, and answer with a [`Verdict`].
//!
//! A reason is one sentence to show. What a file may contain is not ruled here but in the model's integrity check;
//! these rules are stricter and speak of intentions.

mod connect;
mod fit;
mod flow;
mod types;

pub(super) use connect::message_fits;
pub use connect::{Connection, can_connect, can_flow, connection};
pub(super) use fit::{
    all_finite, lanes_fit, letters_stay, need, need_all, need_view, problems_with, problems_with_new, reason,
};
pub(super) use flow::{flow_fits, flows_still_fit};
pub use types::{ElementType, types_for};
pub(super) use types::{as_type, other_party};

use super::wording::{named, with_kind};
use super::{Record, Verdict};
use crate::model::*;

/// Whether an element may be renamed so. Flows, links, gateways and events may be without a name.
pub fn can_rename(document: &Document, element: ElementRef, name: &str) -> Verdict {
    let Some(record) = Record::of(document, element) else { return gone(element) };
    let nameless = matches!(element.kind(), ElementKind::Right | ElementKind::Placement);
    if nameless {
        return Verdict::No(format!("A {} has no name.", element.kind().word()));
    }
    if record.name() == name {
        return Verdict::Ignore;
    }
    let may_be_empty = is_line(element) || matches!(element.kind(), ElementKind::Gateway | ElementKind::Event);
    if name.trim().is_empty() && !may_be_empty {
        return Verdict::No(format!("A {} needs a name.", element.kind().word()));
    }
    Verdict::Yes
}

/// Whether an element may be dropped onto another so that it belongs there: a unit below a unit, a role or body into
/// a unit, a role below a role. [`Connect`](super::Connect) does it.
pub fn can_drop(document: &Document, element: ElementRef, onto: ElementRef) -> Verdict {
    match (element, onto) {
        (ElementRef::Unit(_) | ElementRef::Role(_) | ElementRef::Body(_), ElementRef::Unit(_))
        | (ElementRef::Role(_), ElementRef::Role(_)) => match can_connect(document, element, onto) {
            // Dropping a thing where it already is changes nothing and deserves no refusal.
            Verdict::No(_) if element == onto || belongs_already(document, element, onto) => Verdict::Ignore,
            verdict => verdict,
        },
        _ => Verdict::Ignore,
    }
}

fn belongs_already(document: &Document, element: ElementRef, onto: ElementRef) -> bool {
    match (element, onto) {
        (ElementRef::Unit(id), ElementRef::Unit(onto)) => {
            document.get::<Unit>(id).is_some_and(|unit| unit.parent == Some(onto))
        }
        (ElementRef::Role(id), ElementRef::Unit(onto)) => {
            document.get::<Role>(id).is_some_and(|role| role.unit == Some(onto))
        }
        (ElementRef::Body(id), ElementRef::Unit(onto)) => {
            document.get::<Body>(id).is_some_and(|body| body.unit == Some(onto))
        }
        (ElementRef::Role(id), ElementRef::Role(onto)) => {
            document.get::<Role>(id).is_some_and(|role| role.reports_to == Some(onto))
        }
        _ => false,
    }
}

/// Whether the thing itself may be removed, everywhere. Frameworks in use and those of the program may not.
pub fn can_remove(document: &Document, element: ElementRef) -> Verdict {
    if !document.contains(element) {
        return gone(element);
    }
    let ElementRef::Framework(id) = element else { return Verdict::Yes };
    if document.get::<Framework>(id).is_some_and(|framework| framework.built_in) {
        return Verdict::No(format!("{} comes with the program.", named(document, element)));
    }
    let project = document.project();
    let is_used = [project.framework, project.framework_of_tasks, project.framework_of_controls].contains(&Some(id))
        || document.decisions().iter().any(|(_, decision)| decision.framework == Some(id))
        || document
            .rights()
            .iter()
            .any(|(_, right)| document.framework_of(right.subject).is_some_and(|(framework, _)| framework == id));
    if is_used {
        return Verdict::No(format!("{} is in use.", named(document, element)));
    }
    Verdict::Yes
}

/// Whether an element is drawn as a line: it is shown wherever both its ends are, and a placement records its line.
pub fn is_line(element: ElementRef) -> bool {
    matches!(element, ElementRef::Flow(_) | ElementRef::Link(_))
}

/// Whether a view may show an element that it does not show yet. Lines are shown wherever both their ends are.
pub fn can_show(document: &Document, view: ViewId, element: ElementRef) -> Verdict {
    if !document.contains(element) {
        return gone(element);
    }
    let Some(record) = document.get::<View>(view) else { return gone(view.into()) };
    if !integrity::can_show(&record.kind, element) {
        return Verdict::No(format!("This view cannot show the {}.", with_kind(document, element)));
    }
    if is_line(element) || document.placement_of(view, element).is_some() {
        return Verdict::Ignore;
    }
    Verdict::Yes
}

fn gone(element: ElementRef) -> Verdict {
    Verdict::No(super::EditError::Missing(element.kind().word()).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::random_edits::start;

    #[test]
    fn dropping_a_thing_where_it_is_changes_nothing_and_into_itself_is_refused() {
        let document = start();
        let units: Vec<ElementRef> = document.units().ids().map(ElementRef::from).collect();
        let role: ElementRef = document.roles().ids().next().unwrap().into();
        assert_eq!(can_drop(&document, units[1], units[0]), Verdict::Ignore);
        assert_eq!(can_drop(&document, units[0], units[1]), Verdict::No("“Till” is part of “Shop”.".to_owned()));
        assert_eq!(can_drop(&document, role, units[1]), Verdict::Yes);
        assert_eq!(can_drop(&document, units[1], role), Verdict::Ignore);
    }

    #[test]
    fn names_may_be_empty_only_where_a_shape_speaks_for_itself() {
        let document = start();
        let flow: ElementRef = document.flows().ids().next().unwrap().into();
        let unit: ElementRef = document.units().ids().next().unwrap().into();
        assert_eq!(can_rename(&document, flow, "yes"), Verdict::Yes);
        assert_eq!(can_rename(&document, flow, ""), Verdict::Ignore);
        assert_eq!(can_rename(&document, unit, "Shop"), Verdict::Ignore);
        assert_eq!(can_rename(&document, unit, " "), Verdict::No("A unit needs a name.".to_owned()));
    }
}
