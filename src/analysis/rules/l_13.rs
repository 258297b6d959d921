//! Co-signers who are no independent second name.

use super::rows::{role_of, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-13",
    title: "Second name is no second",
    severity: Severity::Medium,
    why: "A second signature by the same person, or by somebody who works for the first on a check, is no \
              second look.",
    wrong: "Shop lead decides, Area lead signs, too; both are Rui",
    right: "Shop lead decides, Accountant signs, too",
    formula: "names on a limit that are one person ≥ 2, or, on a row of kind control, one that reports to the \
              other",
    source: Source::Literature("four-eyes principle: independent second name"),
    thresholds: &[],
    remedies: &["Name a co-signer who is somebody else and does not report to the decider."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let is_control = row.decision.kind == DecisionKind::Control;
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            for tier in held.right.tiers.iter().filter(|tier| !tier.co_signers.is_empty()) {
                let mut names = vec![held.right.holder];
                names.extend(tier.co_signers.iter().map(|role| Actor::Role(*role)));
                let Some((one, two, why)) = dependent(context, &names, is_control) else { continue };
                let [first, second] = [one, two].map(|actor| context.name(actor));
                let row_label = row_name(context, row.subject());
                sink.report(
                    Finding::new(format!("{first} and {second} sign {tier} on {row_label} together, but {why}."))
                        .about([row.id])
                        .about([one, two])
                        .formula("independent names = 1, at least 2 needed")
                        .number("names", names.len() as f64)
                        .criticality(context.criticality_of(row.subject()))
                        .remedy("Name a co-signer who is somebody else and reports to neither."),
                );
                break;
            }
        }
    }
}

fn dependent(context: &Context<'_>, names: &[Actor], is_control: bool) -> Option<(Actor, Actor, String)> {
    for (place, one) in names.iter().enumerate() {
        for two in names.iter().skip(place + 1) {
            if one == two {
                return Some((*one, *two, "it is the same role".to_owned()));
            }
            let (people, others) = (context.index.people_of(*one), context.index.people_of(*two));
            if let ([person], [other]) = (people.as_slice(), others.as_slice())
                && person == other
            {
                return Some((*one, *two, format!("both are {}", context.name(*person))));
            }
            let reports =
                |a: Actor, b: Actor| role_of(a).zip(role_of(b)).is_some_and(|(a, b)| context.index.reports_to(a, b));
            if is_control && reports(*two, *one) {
                return Some((*one, *two, "the second reports to the first".to_owned()));
            }
            if is_control && reports(*one, *two) {
                return Some((*one, *two, "the first reports to the second".to_owned()));
            }
        }
    }
    None
}
