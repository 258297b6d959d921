//! Vacant roles that should decide or do something.

use super::Meta;
use crate::analysis::{Context, Finding, Fix, Held, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-07",
    title: "Vacant role has to act",
    severity: Severity::High,
    why: "A row whose decider or doer is an empty chair stops until somebody steps in without being asked to.",
    wrong: "Shop manager South is vacant and decides “Grant refund”",
    right: "Shop manager South is vacant; Shop manager North is its deputy",
    formula: "deciding or doing letters of a vacant role without a deputy > 0; a deputy that is vacant itself is none",
    source: Source::Ours("a right that nobody can use is worth nothing"),
    thresholds: &[],
    remedies: &["Name a deputy.", "Fill the role for the time being.", "Give the letters to another role until then."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut unknown = Vec::new();
    for (count, (id, role)) in context.document.roles().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        if !role.holders.is_empty() || has_deputy(context, role) {
            continue;
        }
        let held: Vec<Held<'_>> = context.index.rights_of_role(id).filter(|held| acts(held)).collect();
        if held.is_empty() {
            continue;
        }
        if role.vacant {
            report(context, sink, id, role, &held);
        } else {
            unknown.push(id);
        }
    }
    sink.missing(
        "role that decides or does something has no holder and is not marked vacant",
        "roles that decide or do something have no holder and are not marked vacant",
        unknown,
    );
}

fn acts(held: &Held<'_>) -> bool {
    held.duties.has(Duty::Decide) || held.duties.has(Duty::Do)
}

/// Whether somebody can stand in: a deputy that is not vacant itself.
fn has_deputy(context: &Context<'_>, role: &Role) -> bool {
    match role.deputy {
        None => false,
        Some(Actor::Role(deputy)) => context.document.roles().get(deputy).is_some_and(|deputy| !deputy.vacant),
        Some(_) => true,
    }
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, id: RoleId, role: &Role, held: &[Held<'_>]) {
    let rows = |duty| {
        let mut rows: Vec<ElementRef> = Vec::new();
        for held in held.iter().filter(|held| held.duties.has(duty)) {
            let row = ElementRef::from(held.right.subject);
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    };
    let (decides, does) = (rows(Duty::Decide), rows(Duty::Do));
    let part = |verb: &str, rows: &[ElementRef]| {
        let names = words::quoted_list(context.document, rows.iter().copied());
        (!rows.is_empty()).then(|| format!("{verb} {names}"))
    };
    let parts: Vec<String> = [part("decide", &decides), part("carry out", &does)].into_iter().flatten().collect();
    let name = context.name(id);
    let mut finding = Finding::new(format!("{name} has to {}, but the role is vacant.", parts.join(" and ")))
        .about([ElementRef::from(id)])
        .about(decides.iter().chain(&does).copied())
        .formula(format!("deciding letters = {}, doing letters = {}, deputies = 0", decides.len(), does.len()))
        .number("deciding_letters", decides.len() as f64)
        .number("doing_letters", does.len() as f64);
    for held in held {
        finding = finding.criticality(context.criticality_of(held.right.subject));
    }
    let manager = role.reports_to.and_then(|manager| Some((manager, context.document.roles().get(manager)?)));
    finding = match manager.filter(|(manager, record)| *manager != id && !record.vacant) {
        Some((manager, _)) => {
            let deputy = context.name(manager);
            let label = format!("Let {deputy} stand in for {name}");
            let fix = Fix::replace(label, id, Role { deputy: Some(Actor::Role(manager)), ..role.clone() });
            finding.remedy_with(format!("Name a deputy: {deputy}, to whom the role reports, or a colleague."), fix)
        }
        None => finding.remedy("Name a deputy."),
    };
    sink.report(finding.remedy(format!("Let somebody hold {name} for the time being, or fill it.")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci, silence};

    fn with(role: Role, letter: &str) -> (Document, RoleId) {
        let mut document = raci();
        let owner = document.insert(Role::new("Owner"));
        let role = document.insert(Role { reports_to: Some(owner), ..role });
        let decision = document.insert(Decision::new("Grant refund"));
        document.insert(Right::new(Subject::Decision(decision), Actor::Role(role), letter));
        (document, role)
    }

    #[test]
    fn an_empty_chair_that_decides_is_found_and_its_manager_offered() {
        let (mut document, role) = with(Role { vacant: true, ..Role::new("Shop manager") }, "A");
        let found = findings("X-07", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.message, "Shop manager has to decide “Grant refund”, but the role is vacant.");
        assert_eq!(finding.number_named("deciding_letters"), Some(1.0));
        let fix = finding.remedies.first().unwrap().fix.as_ref().unwrap();
        assert_eq!(fix.label, "Let Owner stand in for Shop manager");
        let owner = document.roles().ids().next().unwrap();
        document.get_mut::<Role>(role).unwrap().deputy = Some(Actor::Role(owner));
        assert!(findings("X-07", &document).is_empty());
        document.get_mut::<Role>(owner).unwrap().vacant = true;
        assert_eq!(findings("X-07", &document).len(), 1, "a vacant deputy is none");
    }

    #[test]
    fn a_vacant_role_that_is_only_told_is_left_alone() {
        let (document, _) = with(Role { vacant: true, ..Role::new("Shop manager") }, "I");
        assert!(findings("X-07", &document).is_empty());
    }

    #[test]
    fn a_role_of_which_nothing_is_known_is_named_as_missing() {
        let (document, role) = with(Role::new("Shop manager"), "A");
        assert!(findings("X-07", &document).is_empty());
        let missing = silence("X-07", &document).unwrap().missing;
        assert_eq!(missing.first().unwrap().elements, [role.into()]);
    }
}
