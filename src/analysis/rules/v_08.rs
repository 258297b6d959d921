//! People who decide and check one row by two roles.

use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "V-08",
    title: "One person on both sides",
    severity: Severity::High,
    why: "A person who decides a row in one role and checks or may block it in another checks nobody.",
    wrong: "Rui decides as Shop lead and verifies as Auditor",
    right: "Tom verifies",
    formula: "people who hold, by two roles, a deciding and a verifying or agreeing letter, or on a control a \
              doing one, on one row > 0",
    source: Source::Literature("segregation of duties"),
    thresholds: &[],
    remedies: &["Let somebody else hold one of the two roles."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let mut others = vec![Duty::Verify, Duty::Agree];
        if row.decision.kind == DecisionKind::Control {
            others.push(Duty::Do);
        }
        let deciders = row.holders(context, Duty::Decide);
        let checkers: Vec<Actor> = others.into_iter().flat_map(|duty| row.holders(context, duty)).collect();
        let both = deciders.iter().find_map(|one| {
            let people = context.index.people_of(*one);
            checkers.iter().filter(|two| *two != one).find_map(|two| {
                let shared = context.index.people_of(*two).into_iter().find(|person| people.contains(person))?;
                Some((shared, *one, *two))
            })
        });
        let Some((person, one, two)) = both else { continue };
        let [first, second] = [one, two].map(|actor| context.name(actor));
        sink.report(
            Finding::new(format!(
                "{} decides {} as {first} and checks it as {second}.",
                context.name(person),
                row_name(context, row.subject())
            ))
            .about([row.id])
            .about([person])
            .about([one, two])
            .formula("people on both sides = 1")
            .number("people", 1.0)
            .criticality(context.criticality_of(row.subject()))
            .remedy(format!("Let somebody else hold {second}.")),
        );
    }
}
