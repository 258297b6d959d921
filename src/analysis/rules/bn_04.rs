//! Too few desks for all the deciding.

use rustc_hash::FxHashMap;

use super::{Meta, Threshold};
use crate::analysis::figures::{case_shares, concentration};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-04",
    title: "Deciding rests on few",
    severity: Severity::Medium,
    why: "When most deciding sits with one or two people, the firm is as fast as they are, and stops when they are away.",
    wrong: "Of 17 decisions the owner takes 80 %: 1.5 effective deciders",
    right: "Owner, shop managers and office decide about a third each: 3 effective deciders",
    formula: "HHI = Σ sᵢ² over the shares sᵢ of all deciding; effective deciders = 1 ÷ HHI. A decision weighs \
              importance × ln(1 + frequency per week) where every decision has both, else each weighs the same; limits \
              share its weight by amounts. A desk is a person for roles with exactly one holder, else the role",
    source: Source::Literature("Herfindahl-Hirschman index of concentration; the founder bottleneck"),
    thresholds: &[
        Threshold {
            name: "top_share",
            default: 0.4,
            unit: "of all deciding",
            meaning: "one desk with this share is reported",
            source: Source::Ours("two of five decisions on one desk"),
        },
        Threshold {
            name: "effective_deciders",
            default: 2.5,
            unit: "deciders",
            meaning: "fewer are reported",
            source: Source::Ours("two people with some help"),
        },
        Threshold {
            name: "decisions",
            default: 10.0,
            unit: "decisions",
            meaning: "with fewer nothing is reported",
            source: Source::Ours("below that, one desk for most is normal"),
        },
    ],
    remedies: &[
        "Push decisions down that can be undone and whose knowledge is below.",
        "Name deputies, and set limits up to which others decide.",
    ],
};

struct Spread {
    /// Desks with their weight, heaviest first.
    desks: Vec<(Actor, f64)>,
    /// Decisions that were counted.
    counted: Vec<DecisionId>,
    weighted: bool,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let decisions = context.document.decisions();
    let least = sink.threshold("decisions");
    if (decisions.len() as f64) < least {
        return;
    }
    let Some(spread) = spread(context, sink) else { return };
    let weights: Vec<f64> = spread.desks.iter().map(|(_, weight)| *weight).collect();
    let (Some(index), Some(effective)) =
        (concentration::herfindahl(&weights), concentration::effective_number(&weights))
    else {
        return;
    };
    let sum: f64 = weights.iter().sum();
    let Some((top, weight)) = spread.desks.first() else { return };
    let top_share = weight / sum;
    let few = top_share >= sink.threshold("top_share") - 1e-9 || effective < sink.threshold("effective_deciders");
    if (spread.counted.len() as f64) < least || !few {
        return;
    }
    let shares: Vec<_> = weights.iter().take(4).map(|weight| format!("{}²", words::number(weight / sum))).collect();
    let more = if weights.len() > 4 { " + …" } else { "" };
    let weighing = if spread.weighted { "weighted by importance and frequency" } else { "each counting the same" };
    let name = context.name(*top);
    let finding = Finding::new(format!(
        "{} of all deciding rests with {name}; {} decisions are decided as if by {} people.",
        words::percent(top_share),
        spread.counted.len(),
        words::number(effective)
    ))
    .about(spread.desks.iter().take(3).map(|(actor, _)| *actor))
    .formula(format!(
        "HHI = {}{more} = {}; effective deciders = 1 ÷ {} = {} ({} decisions, {weighing})",
        shares.join(" + "),
        words::number(index),
        words::number(index),
        words::number(effective),
        spread.counted.len()
    ))
    .number("hhi", index)
    .number("effective_deciders", effective)
    .number("top_share", top_share)
    .number("decisions", spread.counted.len() as f64);
    sink.report(with_remedies(context, *top, &spread.counted, finding));
}

/// Weights of the desks over all decisions whose cases can be shared out; none when cancelled.
fn spread(context: &Context<'_>, sink: &mut Sink<'_>) -> Option<Spread> {
    let decisions = context.document.decisions();
    let weighed = |decision: &Decision| Some(f64::from(decision.importance?) * decision.frequency?.per_week().ln_1p());
    let weighted = decisions.iter().all(|(_, decision)| weighed(decision).is_some_and(|weight| weight > 0.0));
    let mut weights: FxHashMap<Actor, f64> = FxHashMap::default();
    let (mut counted, mut unclear) = (Vec::new(), Vec::new());
    for (count, (id, decision)) in decisions.iter().enumerate() {
        if context.is_cancelled(count) {
            return None;
        }
        let weight = if weighted { weighed(decision).unwrap_or(0.0) } else { 1.0 };
        let Some(shares) = desk_shares(context, id) else {
            unclear.push(id);
            continue;
        };
        if shares.is_empty() {
            continue;
        }
        counted.push(id);
        for (desk, share) in shares {
            *weights.entry(desk).or_insert(0.0) += share * weight;
        }
    }
    sink.missing(
        "decision does not say which decider takes which part of it (by amounts or by units)",
        "decisions do not say which decider takes which part of them (by amounts or by units)",
        unclear,
    );
    let mut desks: Vec<(Actor, f64)> = weights.into_iter().collect();
    desks.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Some(Spread { desks, counted, weighted })
}

/// Shares of a decision by desk; none where they are not known.
fn desk_shares(context: &Context<'_>, decision: DecisionId) -> Option<Vec<(Actor, f64)>> {
    let desk = |actor| context.index.desk_of(actor);
    match case_shares(context.document, &context.index, decision) {
        Ok(shares) => Some(shares.into_iter().map(|(actor, share)| (desk(actor), share)).collect()),
        Err(_) => {
            let mut desks: Vec<Actor> = context
                .index
                .rights_with(Subject::Decision(decision), Duty::Decide)
                .map(|held| desk(held.right.holder))
                .collect();
            desks.sort_unstable();
            desks.dedup();
            match desks.as_slice() {
                [only] => Some(vec![(*only, 1.0)]),
                _ => None,
            }
        }
    }
}

fn with_remedies(context: &Context<'_>, top: Actor, counted: &[DecisionId], finding: Finding) -> Finding {
    let could_move: Vec<DecisionId> = counted
        .iter()
        .copied()
        .filter(|id| {
            let decided_here = context
                .index
                .rights_with(Subject::Decision(*id), Duty::Decide)
                .any(|held| context.index.desk_of(held.right.holder) == top);
            let decision = context.document.decisions().get(*id);
            decided_here
                && decision.is_some_and(|decision| {
                    decision.reversible == Some(true)
                        && !decision.reserved
                        && decision.locus.map(|locus| context.index.desk_of(locus)) != Some(top)
                })
        })
        .collect();
    let finding = if could_move.is_empty() {
        finding.remedy(format!(
            "Look for decisions of {} that can be undone, and let others take them.",
            context.name(top)
        ))
    } else {
        finding.remedy(format!(
            "Let others decide what can be undone: {}.",
            words::quoted_list(context.document, could_move)
        ))
    };
    finding.remedy(format!("Name a deputy who decides while {} is away.", context.name(top)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci, silence};

    /// Ten decisions, so many of them by each role.
    fn decided_by(counts: &[usize]) -> Document {
        let mut document = raci();
        for (number, count) in counts.iter().enumerate() {
            let role = document.insert(Role::new(format!("Role {number}")));
            for _ in 0..*count {
                let decision = document.insert(Decision::new("Decide"));
                document.insert(Right::new(Subject::Decision(decision), Actor::Role(role), "A"));
            }
        }
        document
    }

    #[test]
    fn eight_of_ten_decisions_on_one_desk() {
        let found = findings("BN-04", &decided_by(&[8, 1, 1]));
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert!((finding.number_named("hhi").unwrap() - 0.66).abs() < 1e-9);
        assert!((finding.number_named("effective_deciders").unwrap() - 1.515).abs() < 0.0005);
        assert!((finding.number_named("top_share").unwrap() - 0.8).abs() < 1e-9);
        assert!(finding.message.starts_with("80 % of all deciding rests with Role 0"));
        assert!(finding.formula.text.starts_with("HHI = 0.8² + 0.1² + 0.1² = 0.66"));
    }

    #[test]
    fn an_even_spread_and_a_small_firm_are_left_alone() {
        assert!(findings("BN-04", &decided_by(&[3, 3, 3, 3])).is_empty());
        assert!(findings("BN-04", &decided_by(&[7, 1, 1])).is_empty());
    }

    #[test]
    fn importance_and_frequency_weigh_where_all_have_them() {
        let mut document = decided_by(&[8, 1, 1]);
        let ids: Vec<_> = document.decisions().ids().collect();
        for (place, id) in ids.iter().enumerate() {
            let decision = document.get_mut::<Decision>(*id).unwrap();
            decision.importance = Some(if place < 8 { 1 } else { 4 });
            decision.frequency = Some(Rate::weekly(1.0));
        }
        let found = findings("BN-04", &document);
        assert!((found[0].number_named("top_share").unwrap() - 0.5).abs() < 1e-9);
        assert!((found[0].number_named("effective_deciders").unwrap() - 1.0 / 0.375).abs() < 1e-9);
    }

    #[test]
    fn a_ladder_without_amounts_is_left_out_and_named() {
        let mut document = decided_by(&[8, 2]);
        let (decision, _) = document.decisions().iter().next().unwrap();
        let other = document.roles().ids().nth(1).unwrap();
        let right = document.rights().ids().next().unwrap();
        let tiers = |text| parse_tiers(text, Currency::EUR).unwrap();
        document.get_mut::<Right>(right).unwrap().tiers = tiers("≤ 200 EUR");
        let upper = Right::new(Subject::Decision(decision), Actor::Role(other), "A");
        document.insert(Right { tiers: tiers("> 200 EUR"), ..upper });
        assert!(findings("BN-04", &document).is_empty(), "nine decisions are left");
        assert_eq!(silence("BN-04", &document).unwrap().missing[0].elements, [decision.into()]);
    }
}
