//! Decisions that could be taken further down.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::amounts::Amounts;
use crate::analysis::figures::decentral::level_of;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "PD-01",
    title: "Could be decided further down",
    severity: Severity::Low,
    why: "What can be undone, costs little and is known below need not wait for a desk above.",
    wrong: "The owner decides on overtime of the bakehouse, twelve times a week, 25 minutes each",
    right: "The head baker decides up to 200 EUR",
    formula: "decider at a higher level than the locus of knowledge, reversible, not reserved, cases up to the appetite (the loss on \
              one case that the firm bears): hours a month = 52 ÷ 12 × cases a week × part of them within the appetite that the \
              higher one decides × minutes. The best ones are reported",
    source: Source::Ours("decide where the knowledge is"),
    thresholds: &[
        ours("hours", 1.0, "hours a month", "from here on it is reported", "worth a talk"),
        ours("best", 10.0, "decisions", "so many are reported", "a list to work off"),
    ],
    remedies: &["Give the role with the knowledge a limit, and look at the outcomes for three months."],
};

struct Candidate {
    decision: DecisionId,
    decider: Actor,
    locus: Actor,
    hours: f64,
    formula: String,
    limit: Option<Money>,
    trust: f64,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(appetite) = context.document.project().appetite else { return };
    let mut unknown = Vec::new();
    let mut found: Vec<Candidate> = Vec::new();
    for row in super::rows::rows(context) {
        let decision = row.decision;
        if decision.reversible != Some(true) || decision.reserved || decision.importance == Some(5) {
            continue;
        }
        let Some(locus) = decision.locus else { continue };
        let (Some(work), Some(frequency)) = (decision.work, decision.frequency) else {
            unknown.push(row.id);
            continue;
        };
        let Some(home) = locus_level(context, locus) else { continue };
        let amounts = Amounts::of(decision).filter(|(_, currency)| *currency == appetite.currency);
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let decider = held.right.holder;
            let higher = level_of(context.document, &context.index, decider).is_some_and(|level| level < home);
            if !higher || context.index.desk_of(decider) == context.index.desk_of(locus) {
                continue;
            }
            let Some(part) = part_within(held.right, amounts.as_ref().map(|(amounts, _)| amounts), appetite) else {
                unknown.push(row.id);
                continue;
            };
            let hours = frequency.per_week() * part * work.0 / 60.0 * 52.0 / 12.0;
            let formula = format!(
                "52 ÷ 12 × {} × {} × {} min ÷ 60 = {} h a month",
                words::number(frequency.per_week()),
                words::number(part),
                words::number(work.0),
                words::number(hours)
            );
            let limit = amounts.as_ref().map(|_| appetite);
            let trust = row.trust(&[
                DecisionFact::Frequency,
                DecisionFact::Work,
                DecisionFact::Reversible,
                DecisionFact::Amounts,
            ]);
            found.push(Candidate { decision: row.id, decider, locus, hours, formula, limit, trust });
        }
    }
    sink.missing(
        "decision that could go down lacks frequency, minutes or amounts",
        "decisions that could go down lack frequency, minutes or amounts",
        unknown,
    );
    found.sort_by(|a, b| b.hours.total_cmp(&a.hours).then(a.decision.cmp(&b.decision)));
    found.truncate(sink.threshold("best").max(0.0) as usize);
    for candidate in
        found.into_iter().filter(|candidate| candidate.hours >= sink.threshold("hours")).collect::<Vec<_>>()
    {
        report(context, sink, candidate);
    }
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, candidate: Candidate) {
    let (row, decider, locus) =
        (context.quoted(candidate.decision), context.name(candidate.decider), context.name(candidate.locus));
    let limit = candidate.limit.map_or_else(String::new, |limit| format!(" up to {limit}"));
    let mut finding = Finding::new(format!(
        "{locus} knows enough to decide {row}{limit}; {decider} would save {} hours a month.",
        words::number(candidate.hours)
    ))
    .about([
        ElementRef::from(candidate.decision),
        ElementRef::from(candidate.decider),
        ElementRef::from(candidate.locus),
    ])
    .formula(candidate.formula)
    .number("hours_per_month", candidate.hours)
    .costs_hours_per_week(candidate.hours * 12.0 / 52.0)
    .remedy(format!("Let {locus} decide {row}{limit}; look at the outcomes after three months."));
    finding.confidence = candidate.trust;
    sink.report(finding);
}

/// Level of where the knowledge is: of a unit that of its highest role.
fn locus_level(context: &Context<'_>, locus: Actor) -> Option<u32> {
    match locus {
        Actor::Unit(unit) => {
            context.index.roles_of_unit(unit).iter().filter_map(|role| context.index.level(*role)).min()
        }
        actor => level_of(context.document, &context.index, actor),
    }
}

/// Part of all cases that a right decides and that lie within the appetite; none where that is not known. A decision without
/// any money in it is within it wholly.
fn part_within(right: &Right, amounts: Option<&Amounts>, appetite: Money) -> Option<f64> {
    let limits = right.tiers.iter().filter(|tier| tier.per == Per::Case && !tier.emergency);
    let limits: Vec<&Tier> = limits.collect();
    let amounts = amounts?;
    let most = appetite.amount.to_f64();
    if limits.is_empty() {
        return Some(amounts.share_of_cases_within(None, Some(most)));
    }
    let in_money = limits.iter().all(|tier| tier.quantity == Quantity::Money(appetite.currency));
    in_money.then(|| {
        let part = |tier: &&Tier| {
            let (above, up_to) =
                (tier.above.map(Amount::to_f64), tier.up_to.map_or(most, |up_to| up_to.to_f64().min(most)));
            if above.is_some_and(|above| above >= up_to) {
                0.0
            } else {
                amounts.share_of_cases_within(above, Some(up_to))
            }
        };
        limits.iter().map(part).sum()
    })
}
