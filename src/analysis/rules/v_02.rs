//! Desks that decide too large a part of all rows.

use rustc_hash::FxHashMap;

use super::Meta;
use super::Threshold;
use crate::analysis::figures::{CaseShares, case_shares, deciding_parts, is_local};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "V-02",
    title: "Decides too much",
    severity: Severity::High,
    why: "Where one desk decides most things, everything waits for that desk, and nobody else learns to decide.",
    wrong: "The owner decides 14 of 17 decisions",
    right: "The owner decides 5 of 17; the shops decide refunds, orders and shifts up to a limit",
    formula: "share = decisions in which the desk holds a deciding letter ÷ all decisions; where every decision has a \
              frequency also Σ frequency × its part of the cases ÷ Σ frequency (by amounts and limits; all cases where \
              the part is not known). Deciding for the own unit, as others do for theirs, does not count. A desk is a person for roles with exactly \
              one holder, else the role. Either share counts, that of cases only for desks with several decisions",
    source: Source::Literature("vertical analysis of a responsibility matrix: too many A in a column"),
    thresholds: &[
        Threshold {
            name: "share",
            default: 0.4,
            unit: "of decisions or cases",
            meaning: "from here on it is reported",
            source: Source::Ours("two of five decisions on one desk"),
        },
        Threshold {
            name: "own_rows",
            default: 3.0,
            unit: "decisions",
            meaning: "fewer decisions of one desk are routine, however often they come up",
            source: Source::Ours("one frequent decision, well placed, is no bottleneck"),
        },
        Threshold {
            name: "rows",
            default: 10.0,
            unit: "decisions",
            meaning: "smaller organisations are left alone",
            source: Source::Ours("below that, one desk for most is normal"),
        },
    ],
    remedies: &[
        "Raise the limits of the roles below, so that small cases stay there.",
        "Agree on a level of delegation for each decision.",
        "Name a deputy who may decide in the meantime.",
    ],
};

#[derive(Default)]
struct Desk {
    decisions: Vec<DecisionId>,
    per_week: f64,
    roles: Vec<Actor>,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let decisions = context.document.decisions();
    let rows = decisions.len();
    if (rows as f64) < sink.threshold("rows") {
        return;
    }
    let per_week: Option<f64> = decisions.iter().map(|(_, decision)| decision.frequency.map(Rate::per_week)).sum();
    let per_week = per_week.filter(|sum| *sum > 0.0);
    let mut places: FxHashMap<Actor, usize> = FxHashMap::default();
    let mut desks: Vec<(Actor, Desk)> = Vec::new();
    for (count, (id, decision)) in decisions.iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let per_week = decision.frequency.map_or(0.0, Rate::per_week);
        for (holder, share) in deciders(context, id) {
            let actor = context.index.desk_of(holder);
            let place = *places.entry(actor).or_insert_with(|| {
                desks.push((actor, Desk::default()));
                desks.len() - 1
            });
            let Some((_, desk)) = desks.get_mut(place) else { continue };
            let is_new = desk.decisions.last() != Some(&id);
            if is_new {
                desk.decisions.push(id);
            }
            // Where the parts are not known, it may be all cases, but not more.
            desk.per_week += per_week * share.unwrap_or_else(|| f64::from(u8::from(is_new)));
            if !desk.roles.contains(&holder) {
                desk.roles.push(holder);
            }
        }
    }
    for (actor, desk) in &desks {
        report(context, sink, *actor, desk, per_week);
    }
}

/// Who decides for the whole organisation, each once, with the share of the cases where it is known. Who decides for
/// the own unit, as others do for theirs, holds up nobody else.
fn deciders(context: &Context<'_>, decision: DecisionId) -> Vec<(Actor, Option<f64>)> {
    let (document, index) = (context.document, &context.index);
    let parts = deciding_parts(index, Subject::Decision(decision), context.settings.today);
    let shares = case_shares(document, index, decision).ok();
    let mut deciders: Vec<(Actor, Option<f64>)> = Vec::new();
    for part in parts.iter().filter(|part| !is_local(document, index, part, &parts)) {
        let holder = part.held.right.holder;
        if deciders.iter().all(|(known, _)| *known != holder) {
            let share =
                |shares: &CaseShares| shares.iter().find(|(known, _)| *known == holder).map(|(_, share)| *share);
            deciders.push((holder, shares.as_ref().map(|shares| share(shares).unwrap_or(0.0))));
        }
    }
    deciders
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, actor: Actor, desk: &Desk, per_week: Option<f64>) {
    let rows = context.document.decisions().len();
    let share_of_rows = desk.decisions.len() as f64 / rows as f64;
    let share_of_cases = per_week.map(|sum| desk.per_week / sum);
    let counts_by_cases = desk.decisions.len() as f64 >= sink.threshold("own_rows");
    let share_of_cases_counted = share_of_cases.filter(|_| counts_by_cases).unwrap_or(0.0);
    if share_of_rows.max(share_of_cases_counted) < sink.threshold("share") {
        return;
    }
    let name = context.name(actor);
    let mut message = format!("{name} decides {} of {rows} decisions", desk.decisions.len());
    let mut formula = format!("share = {} ÷ {rows} = {}", desk.decisions.len(), words::number(share_of_rows));
    if let (Some(share), Some(sum)) = (share_of_cases, per_week) {
        message += &format!(", {} of all cases in a week", words::percent(share));
        formula += &format!(
            "; of cases = {} ÷ {} = {}",
            words::number(desk.per_week),
            words::number(sum),
            words::number(share)
        );
    }
    let mut often = desk.decisions.clone();
    let weekly = |id: &DecisionId| {
        let decision = context.document.decisions().get(*id);
        decision.and_then(|decision| decision.frequency).map_or(0.0, Rate::per_week)
    };
    often.sort_by(|a, b| weekly(b).total_cmp(&weekly(a)).then(a.cmp(b)));
    often.truncate(3);
    let mut finding = Finding::new(format!("{message}: all of these wait for one desk."))
        .about([actor])
        .about(desk.roles.iter().copied())
        .about(desk.decisions.iter().copied())
        .formula(formula)
        .number("decisions", desk.decisions.len() as f64)
        .number("decisions_total", rows as f64)
        .number("share", share_of_rows);
    if let Some(share) = share_of_cases {
        finding = finding.number("share_of_cases", share);
    }
    finding = finding.remedy(format!(
        "Begin with what comes up most often: let others decide {} up to a limit.",
        words::quoted_list(context.document, often)
    ));
    sink.report(finding.remedy(format!("Name somebody who may decide while {name} is away.")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci};

    /// Ten decisions; the first `owned` of them are decided by an owner in two roles, the rest by a clerk.
    fn ten_decisions(owned: usize) -> (Document, PersonId) {
        let mut document = raci();
        let ana = document.insert(Person::new("Ana Costa"));
        let holders = vec![Holding { person: ana, share: None }];
        let owner = document.insert(Role { holders: holders.clone(), ..Role::new("Owner") });
        let buyer = document.insert(Role { holders, ..Role::new("Buyer") });
        let clerk = document.insert(Role::new("Clerk"));
        for number in 0..10 {
            let frequency = Some(Rate::weekly(if number == 9 { 31.0 } else { 1.0 }));
            let decision = document.insert(Decision { frequency, ..Decision::new(format!("Decide {number}")) });
            let role = if number >= owned { clerk } else { [owner, buyer][number % 2] };
            document.insert(Right::new(Subject::Decision(decision), Actor::Role(role), "A"));
        }
        (document, ana)
    }

    #[test]
    fn roles_of_one_person_are_added_up() {
        let (document, ana) = ten_decisions(7);
        let found = findings("V-02", &document);
        let finding = found.iter().find(|finding| finding.evidence.first() == Some(&ana.into())).unwrap();
        assert_eq!(finding.number_named("share"), Some(0.7));
        assert_eq!(finding.number_named("share_of_cases"), Some(7.0 / 40.0));
        assert!(finding.message.starts_with("Ana Costa decides 7 of 10 decisions, 17.5 % of all cases"));
        assert_eq!(found.len(), 2, "the clerk decides most cases, in three decisions: {found:?}");
    }

    #[test]
    fn limits_share_the_cases() {
        let (mut document, ana) = ten_decisions(7);
        let (frequent, right) = document.rights().iter().nth(9).map(|(id, right)| (id, right.clone())).unwrap();
        let Subject::Decision(decision) = right.subject else { panic!() };
        let record = document.get_mut::<Decision>(decision).unwrap();
        record.amount_median = Some("80 EUR".parse().unwrap());
        record.amount_p95 = Some("600 EUR".parse().unwrap());
        let owner = document.roles().ids().next().unwrap();
        let tiers = |text: &str| parse_tiers(text, Currency::EUR).unwrap();
        document.get_mut::<Right>(frequent).unwrap().tiers = tiers("≤ 200");
        let right = Right::new(right.subject, Actor::Role(owner), "A");
        document.insert(Right { tiers: tiers("> 200"), ..right });
        let found = findings("V-02", &document);
        let finding = found.iter().find(|finding| finding.evidence.first() == Some(&ana.into())).unwrap();
        // 7 + 31 × 0.2272 of 40.
        assert!((finding.number_named("share_of_cases").unwrap() - 0.35108).abs() < 0.0001);
        assert_eq!(finding.number_named("decisions"), Some(8.0));
    }

    #[test]
    fn deciding_for_the_own_unit_does_not_count() {
        let (mut document, _) = ten_decisions(3);
        let units = ["North", "South"].map(|name| document.insert(Unit::new(name)));
        let roles = units.map(|unit| document.insert(Role { unit: Some(unit), ..Role::new("Manager") }));
        for decision in document.decisions().ids().skip(3).collect::<Vec<_>>() {
            document.get_mut::<Decision>(decision).unwrap().scope = units.to_vec();
        }
        let clerks: Vec<RightId> = document.rights().ids().skip(3).collect();
        for right in clerks {
            let subject = document.get::<Right>(right).unwrap().subject;
            document.get_mut::<Right>(right).unwrap().holder = Actor::Role(roles[0]);
            document.insert(Right::new(subject, Actor::Role(roles[1]), "A"));
        }
        assert!(findings("V-02", &document).is_empty());
    }

    #[test]
    fn a_smaller_share_is_no_finding() {
        let (mut document, _) = ten_decisions(3);
        let frequent = document.decisions().ids().nth(9).unwrap();
        document.get_mut::<Decision>(frequent).unwrap().frequency = None;
        let clerk = findings("V-02", &document);
        assert_eq!(clerk.len(), 1);
        assert_eq!(clerk.first().unwrap().number_named("decisions"), Some(7.0));
    }

    #[test]
    fn a_project_may_move_the_threshold() {
        let (mut document, _) = ten_decisions(7);
        document.project_mut().thresholds.insert("V-02.share".into(), 0.9);
        assert!(findings("V-02", &document).is_empty());
    }
}
