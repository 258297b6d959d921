//! Checks that are done and signed off by one holder.

use super::rows::{handed_over, role_of, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-10",
    title: "Does and signs off",
    severity: Severity::High,
    why: "A check that is signed off by the one who did the work is no check.",
    wrong: "Accountant pays the bills and signs off the payment",
    right: "Accountant pays, Owner signs off",
    formula: "holders with a deciding and a doing letter, on a row of kind control or linked to a step that \
              authorises > 0",
    source: Source::Literature("segregation of duties"),
    thresholds: &[],
    remedies: &["Let the manager sign off.", "Let a second person verify."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let authorises = |step: &StepId| {
            context.document.steps().get(*step).is_some_and(|step| step.duties.contains(&DutyTag::Authorise))
        };
        if row.decision.kind != DecisionKind::Control && !row.decision.steps.iter().any(authorises) {
            continue;
        }
        if !row.holders(context, Duty::Verify).is_empty() {
            continue;
        }
        let doers = row.holders(context, Duty::Do);
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let holder = held.right.holder;
            if !doers.contains(&holder) {
                continue;
            }
            let (name, row_label) = (context.name(holder), row_name(context, row.subject()));
            let manager = role_of(holder).and_then(|role| context.document.roles().get(role)?.reports_to);
            let mut finding = Finding::new(format!("{name} both does and signs off {row_label}."))
                .about([row.id])
                .about([holder])
                .formula("holders who do and decide a check = 1")
                .number("holders", 1.0)
                .criticality(context.criticality_of(row.subject()));
            if let Some(manager) = manager {
                let label = format!("Let {} sign off {row_label}", context.name(manager));
                let letters = row.letters(context, Actor::Role(manager));
                let taken = letters.iter().any(|own| own.right.letter == held.right.letter);
                let fix = handed_over(label, &held, manager);
                finding = finding.remedy_with(
                    format!("Let {} sign off, to whom {name} reports.", context.name(manager)),
                    Some(fix).filter(|_| !taken),
                );
            }
            sink.report(finding.remedy("Or let a second person verify it."));
        }
    }
}
