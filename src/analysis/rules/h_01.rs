//! Rows of the matrix on which nobody may decide, at all or for some unit or amount.

use super::{Meta, row_name};
use crate::analysis::figures::{Open, Part, Range, deciding_parts, open_cases};
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-01",
    title: "Nobody may decide",
    severity: Severity::High,
    why: "What nobody may decide is decided by whoever dares, or lands on the owner's desk after a round of questions.",
    wrong: "“Grant refund”: Clerk up to 200 EUR, nobody above",
    right: "“Grant refund”: Clerk up to 200 EUR, Owner above 200 EUR",
    formula: "holders of a deciding letter = 0 for the row, or for a unit in its scope, or for some amount between 0 \
              and ∞ (above < amount ≤ up to, limits per case)",
    source: Source::Literature("every framework has exactly or at least one decider; gap check of decision tables"),
    thresholds: &[],
    remedies: &[
        "Let the lowest role that has the knowledge decide, or its manager.",
        "Where the limits leave amounts open, extend the tier below or add one for the manager.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let decisions = context.document.decisions().ids().map(Subject::Decision);
    let steps = context.document.steps().ids().map(Subject::Step);
    context.each(sink, &(), decisions.chain(steps), check_row);
}

fn check_row(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &subject: &Subject) {
    if matches!(subject, Subject::Step(_)) && context.index.rights_on(subject).next().is_none() {
        return;
    }
    let Some((_, framework)) = context.document.framework_of(subject) else { return };
    let Some(letter) = framework.letter_for(Duty::Decide) else { return };
    let parts = deciding_parts(&context.index, subject, context.settings.today);
    if parts.is_empty() {
        sink.report(without_decider(context, subject, letter));
        return;
    }
    let scope = match subject {
        Subject::Decision(id) => context.document.decisions().get(id).map_or(&[][..], |record| &record.scope),
        Subject::Step(_) => &[],
    };
    let open = open_cases(context.document, &context.index, scope, &parts);
    if let Some(first) = open.first() {
        sink.report(with_open_cases(context, subject, &parts, first, &open));
    }
}

fn without_decider(context: &Context<'_>, subject: Subject, letter: &Letter) -> Finding {
    let row = row_name(context, subject);
    let finding = Finding::new(format!("Nobody may decide {row}: no role has {} ({}).", letter.code, letter.name))
        .about([ElementRef::from(subject)])
        .formula(format!("holders of {} = 0, at least 1 needed", letter.code))
        .number("deciders", 0.0)
        .criticality(context.criticality_of(subject));
    let Some((role, reason)) = informed_role(context, subject) else {
        return finding.remedy("Let the lowest role decide that knows the case, or its manager.");
    };
    let name = context.name(role);
    let fix =
        Fix::insert(format!("Let {name} decide {row}"), Right::new(subject, Actor::Role(role), letter.code.as_str()));
    let finding = finding.remedy_with(format!("Let {name} decide: {reason}."), fix);
    match context.document.roles().get(role).and_then(|role| role.reports_to) {
        Some(manager) => {
            let manager_name = context.name(manager);
            let fix = Fix::insert(
                format!("Let {manager_name} decide {row}"),
                Right::new(subject, Actor::Role(manager), letter.code.as_str()),
            );
            finding.remedy_with(format!("Or let {manager_name} decide, to whom {name} reports."), fix)
        }
        None => finding,
    }
}

/// The lowest role that has the knowledge for a row, and why it is that one.
fn informed_role(context: &Context<'_>, subject: Subject) -> Option<(RoleId, &'static str)> {
    let steps = match subject {
        Subject::Decision(id) => {
            let decision = context.document.decisions().get(id)?;
            match decision.locus {
                Some(Actor::Role(role)) => return Some((role, "the knowledge for it is there")),
                Some(Actor::Unit(unit)) => {
                    if let Some(head) = head_of(context, unit) {
                        return Some((head, "this role leads the unit that has the knowledge"));
                    }
                }
                _ => {}
            }
            decision.steps.clone()
        }
        Subject::Step(id) => vec![id],
    };
    let performer = |step: &StepId| context.index.performer(*step);
    steps.iter().filter_map(performer).find_map(|actor| match actor {
        Actor::Role(role) => Some((role, "this role performs the work")),
        _ => None,
    })
}

/// The only role of a unit that does not report to another role of it.
fn head_of(context: &Context<'_>, unit: UnitId) -> Option<RoleId> {
    let roles = context.index.roles_of_unit(unit);
    let manager = |role: &RoleId| context.document.roles().get(*role).and_then(|role| role.reports_to);
    let mut heads = roles.iter().filter(|role| manager(role).is_none_or(|manager| !roles.contains(&manager)));
    match (heads.next(), heads.next()) {
        (Some(only), None) => Some(*only),
        _ => None,
    }
}

fn with_open_cases(
    context: &Context<'_>,
    subject: Subject,
    parts: &[Part<'_>],
    first: &Open,
    open: &[Open],
) -> Finding {
    let row = row_name(context, subject);
    let mut wheres: Vec<String> = Vec::new();
    for open in open {
        let mut text = if open.range == Range::ALL { String::new() } else { open.range.words(open.quantity) };
        if let Some(unit) = open.unit {
            text = format!("for {} {text}", context.name(unit)).trim_end().to_owned();
        }
        wheres.push(text);
    }
    let holders = distinct_holders(parts);
    let known = words::named_list(context.document, holders.iter().copied());
    let verb = if holders.len() == 1 { "decides" } else { "decide" };
    let mut finding =
        Finding::new(format!("Nobody may decide {row} {}: {known} {verb} the rest.", words::joined(&wheres)))
            .about([ElementRef::from(subject)])
            .about(open.iter().filter_map(|open| open.unit))
            .about(holders)
            .formula(format!("holders of a deciding letter {} = 0, at least 1 needed", wheres.join("; ")))
            .number("deciders", 0.0)
            .criticality(context.criticality_of(subject));
    if let Some(above) = first.range.above {
        finding = finding.number("open_above", above.to_f64());
    }
    if let Some(up_to) = first.range.up_to {
        finding = finding.number("open_up_to", up_to.to_f64());
    }
    with_tier_remedies(context, parts, first, &row, finding)
}

fn distinct_holders(parts: &[Part<'_>]) -> Vec<Actor> {
    let mut holders = Vec::new();
    for part in parts {
        if !holders.contains(&part.held.right.holder) {
            holders.push(part.held.right.holder);
        }
    }
    holders
}

fn with_tier_remedies(context: &Context<'_>, parts: &[Part<'_>], open: &Open, row: &str, finding: Finding) -> Finding {
    let (Some(quantity), None) = (open.quantity, open.unit) else {
        return finding.remedy("Name who decides there, or drop the unit from the decision's scope.");
    };
    let below = parts.iter().find(|part| part.range.up_to.is_some() && part.range.up_to == open.range.above);
    let Some(below) = below.or_else(|| parts.iter().find(|part| part.range.above == open.range.up_to)) else {
        return finding.remedy("Extend the tier below or above, so that no amount is left open.");
    };
    let holder = below.held.right.holder;
    let name = context.name(holder);
    let range = open.range.words(Some(quantity));
    let mut wider = below.held.right.clone();
    wider.tiers.push(tier(quantity, open.range));
    let fix = Fix::replace(format!("Let {name} decide {row} {range}, too"), below.held.id, wider);
    let finding = finding.remedy_with(format!("Let {name} decide {row} {range}, too."), fix);
    let Actor::Role(role) = holder else { return finding };
    let Some(manager) = context.document.roles().get(role).and_then(|role| role.reports_to) else { return finding };
    let manager_name = context.name(manager);
    let (subject, letter) = (below.held.right.subject, below.held.right.letter.as_str());
    let label = format!("Let {manager_name} decide {row} {range}");
    let own = context
        .index
        .rights_on(subject)
        .find(|held| held.right.holder == Actor::Role(manager) && held.right.letter == letter);
    let fix = match own {
        Some(held) => {
            let mut wider = held.right.clone();
            wider.tiers.push(tier(quantity, open.range));
            Fix::replace(label, held.id, wider)
        }
        None => {
            let right = Right::new(subject, Actor::Role(manager), letter);
            Fix::insert(label, Right { tiers: vec![tier(quantity, open.range)], ..right })
        }
    };
    finding.remedy_with(format!("Or let {manager_name} decide {range}, to whom {name} reports."), fix)
}

fn tier(quantity: Quantity, range: Range) -> Tier {
    Tier { above: range.above, up_to: range.up_to, ..Tier::unbounded(quantity) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci, refund_row};
    use crate::analysis::{FixChange, FixRecord};

    #[test]
    fn the_role_with_the_knowledge_is_offered() {
        let mut document = raci();
        let owner = document.insert(Role::new("Owner"));
        let clerk = document.insert(Role { reports_to: Some(owner), ..Role::new("Clerk") });
        let decision = document.insert(Decision { locus: Some(Actor::Role(clerk)), ..Decision::new("Grant refund") });
        let found = findings("H-01", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.message, "Nobody may decide “Grant refund”: no role has A (accountable).");
        assert_eq!(finding.evidence, [decision.into()]);
        let labels: Vec<_> = finding.remedies.iter().filter_map(|remedy| remedy.fix.as_ref()).collect();
        assert_eq!(labels.len(), 2);
        assert_eq!(labels[0].label, "Let Clerk decide “Grant refund”");
        let FixChange::Insert(FixRecord::Right(right)) = &labels[1].changes[0] else { panic!() };
        assert_eq!((right.holder, right.letter.as_str()), (Actor::Role(owner), "A"));
        document.insert((**right).clone());
        assert!(findings("H-01", &document).is_empty());
    }

    #[test]
    fn amounts_that_no_tier_covers_are_found() {
        let (document, _) = refund_row(&["≤ 200 EUR", "> 500 EUR"]);
        let found = findings("H-01", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert!(finding.message.contains("above 200 and up to 500 EUR"), "{}", finding.message);
        assert_eq!(
            (finding.number_named("open_above"), finding.number_named("open_up_to")),
            (Some(200.0), Some(500.0))
        );
        let (document, _) = refund_row(&["≤ 200 EUR"]);
        assert!(findings("H-01", &document)[0].message.contains("above 200 EUR: Role 0 decides the rest"));
        for whole in [&["≤ 200 EUR", "> 200 EUR"][..], &["≤ 200 EUR", ""], &["≤ 100 EUR per week"], &["≤ 100 %"]]
        {
            let (document, _) = refund_row(whole);
            assert!(findings("H-01", &document).is_empty(), "{whole:?}");
        }
    }

    #[test]
    fn a_unit_of_the_scope_that_nobody_decides_for_is_found() {
        let (mut document, decision) = refund_row(&["any EUR"]);
        let [north, south] = ["North", "South"].map(|name| document.insert(Unit::new(name)));
        document.get_mut::<Decision>(decision).unwrap().scope = vec![north, south];
        let right = document.rights().ids().next().unwrap();
        assert!(findings("H-01", &document).is_empty());
        document.get_mut::<Right>(right).unwrap().tiers[0].conditions = vec![Condition::Unit(north)];
        let found = findings("H-01", &document);
        assert_eq!(found[0].message, "Nobody may decide “Grant refund” for South: Role 0 decides the rest.");
        assert!(found[0].evidence.contains(&south.into()));
    }

    #[test]
    fn parts_of_a_unit_may_be_covered_one_by_one() {
        let (mut document, decision) = refund_row(&["any EUR", "any EUR"]);
        let shops = document.insert(Unit::new("Shops"));
        let [north, south] =
            ["North", "South"].map(|name| document.insert(Unit { parent: Some(shops), ..Unit::new(name) }));
        document.get_mut::<Decision>(decision).unwrap().scope = vec![shops];
        let rights: Vec<_> = document.rights().ids().collect();
        for (right, unit) in rights.into_iter().zip([north, south]) {
            document.get_mut::<Right>(right).unwrap().tiers[0].conditions = vec![Condition::Unit(unit)];
        }
        assert!(findings("H-01", &document).is_empty());
    }
}
