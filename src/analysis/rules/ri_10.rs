//! Grave decisions taken far down by one alone.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::decentral::level_of;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-10",
    title: "Grave and decided alone",
    severity: Severity::High,
    why: "What cannot be undone deserves a second pair of eyes before, not after.",
    wrong: "The shop assistant, two levels below the owner, signs three-year contracts alone",
    right: "The owner is asked before",
    formula: "decisions that cannot be undone or have importance 5, with a decider so many levels below the top and nobody else who \
              agrees, verifies or is asked; limits up to the appetite of the firm are small enough",
    source: Source::Literature("reversible and irreversible decisions (two-way and one-way doors)"),
    thresholds: &[ours("levels", 2.0, "levels", "from here on it is reported", "the manager of a manager")],
    remedies: &["Let somebody above agree, or be asked before.", "Give the right a limit."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let appetite = context.document.project().appetite;
    for row in super::rows::rows(context) {
        let grave = row.decision.importance == Some(5);
        let final_one = row.decision.reversible == Some(false);
        if !grave && !final_one {
            continue;
        }
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let decider = held.right.holder;
            let Some(level) = level_of(context.document, &context.index, decider) else { continue };
            let small = |tier: &Tier| {
                let most = appetite.filter(|appetite| tier.quantity == Quantity::Money(appetite.currency));
                most.zip(tier.up_to).is_some_and(|(most, up_to)| up_to <= most.amount)
            };
            let bounded = !held.right.tiers.is_empty() && held.right.tiers.iter().all(small);
            let co_signed = held.right.tiers.iter().any(|tier| !tier.co_signers.is_empty());
            let second = context.index.rights_on(row.subject()).any(|other| {
                let voice = [Duty::Agree, Duty::Verify, Duty::Consult].iter().any(|duty| other.duties.has(*duty));
                voice && context.index.desk_of(other.right.holder) != context.index.desk_of(decider)
            });
            let body = matches!(decider, Actor::Body(_));
            if f64::from(level) < sink.threshold("levels") || bounded || co_signed || second || body {
                continue;
            }
            let (name, desk) = (context.quoted(row.id), context.name(decider));
            let what = if final_one { "cannot be undone" } else { "has importance 5" };
            let mut finding =
                Finding::new(format!("{desk} decides {name} alone, {level} levels below the top; it {what}."))
                    .about([ElementRef::from(row.id), ElementRef::from(decider)])
                    .formula(format!(
                        "levels = {level} ≥ {}, second voices = 0",
                        words::number(sink.threshold("levels"))
                    ))
                    .number("levels", f64::from(level))
                    .number("second_voices", 0.0)
                    .criticality(context.criticality_of(row.subject()))
                    .remedy(format!("Let somebody above agree to {name}, or be asked before."))
                    .remedy("Give the right a limit that the firm can bear.");
            finding.confidence = row.trust(&[DecisionFact::Importance, DecisionFact::Reversible]);
            sink.report(finding);
        }
    }
}
