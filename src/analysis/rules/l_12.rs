//! People who can ask for money and grant it to themselves.

use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Fix, Held, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-12",
    title: "Approves own requests",
    severity: Severity::High,
    why: "Who may ask and grant within the same limit spends the firm's money with nobody else knowing.",
    wrong: "“Buy equipment”: Shop manager prepares and decides up to 500 EUR",
    right: "“Buy equipment”: Shop manager prepares and decides up to 500 EUR, the owner signs, too",
    formula: "people with a preparing letter (or who perform a linked step that asks: request, claim, apply, propose) ∩ \
              people with a deciding letter ≠ ∅, on a decision about money (with amounts or a limit in money), in a \
              limit without a second name; limits within the project's appetite are left alone",
    source: Source::Literature("limits of authority: no approving for oneself; segregation of duties"),
    thresholds: &[],
    remedies: &[
        "Let the manager sign, too (co-sign).",
        "Let the next level approve what the holder asks for.",
        "Set the project's appetite, if such amounts are too small for a second look.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut unknown: Vec<ElementRef> = Vec::new();
    for (count, (id, decision)) in context.document.decisions().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let subject = Subject::Decision(id);
        let rights: Vec<Held<'_>> = context.index.rights_on(subject).collect();
        let askers = askers(context, decision, &rights);
        if askers.is_empty() {
            continue;
        }
        for held in rights.iter().filter(|held| held.duties.has(Duty::Decide)) {
            if !is_about_money(decision, &rights) || !has_open_part(context, decision, held.right) {
                continue;
            }
            for actor in [held.right.holder].iter().chain(&askers) {
                if is_unstaffed(context, *actor) {
                    unknown.push((*actor).into());
                }
            }
            let deciders = context.index.people_of(held.right.holder);
            let both: Vec<PersonId> = deciders
                .into_iter()
                .filter(|person| askers.iter().any(|asker| context.index.people_of(*asker).contains(person)))
                .collect();
            if !both.is_empty() {
                sink.report(finding(context, subject, held, &both));
            }
        }
    }
    sink.missing("role that asks or decides names no holder", "roles that ask or decide name no holder", unknown);
}

/// Who asks: holders of a preparing letter, and performers of linked steps that ask.
fn askers(context: &Context<'_>, decision: &Decision, rights: &[Held<'_>]) -> Vec<Actor> {
    let asks = |step: &StepId| {
        let performer = context.index.performer(*step);
        let step = context.document.steps().get(*step)?;
        let name = step.name.trim().to_lowercase();
        let verbs = ["request ", "claim ", "apply ", "propose ", "ask "];
        performer.filter(|_| verbs.iter().any(|verb| name.starts_with(verb)))
    };
    let prepares = rights.iter().filter(|held| held.duties.has(Duty::Prepare)).map(|held| held.right.holder);
    let mut askers: Vec<Actor> = prepares.chain(decision.steps.iter().filter_map(asks)).collect();
    askers.sort_unstable();
    askers.dedup();
    askers
}

fn is_about_money(decision: &Decision, rights: &[Held<'_>]) -> bool {
    let in_money = |tier: &Tier| matches!(tier.quantity, Quantity::Money(_));
    decision.amount_median.is_some()
        || decision.amount_p95.is_some()
        || rights.iter().any(|held| held.right.tiers.iter().any(in_money))
}

/// Whether a part of a deciding letter needs no second name and goes beyond what the firm bears without a look.
fn has_open_part(context: &Context<'_>, decision: &Decision, right: &Right) -> bool {
    let appetite = context.document.project().appetite;
    let bears = |amount: Amount, currency: Currency| {
        appetite.is_some_and(|appetite| appetite.currency == currency && amount <= appetite.amount)
    };
    if right.tiers.is_empty() {
        return !decision.amount_p95.is_some_and(|p95| bears(p95.amount, p95.currency));
    }
    case_tiers(right).any(|tier| is_open(tier, &bears))
}

/// Limits that bound a single case; all of them where none does.
fn case_tiers(right: &Right) -> impl Iterator<Item = &Tier> {
    let bounded = right.tiers.iter().any(|tier| tier.per == Per::Case);
    right.tiers.iter().filter(move |tier| !bounded || tier.per == Per::Case)
}

fn is_open(tier: &Tier, bears: &impl Fn(Amount, Currency) -> bool) -> bool {
    match tier.quantity {
        Quantity::Money(currency) => {
            tier.co_signers.is_empty() && !tier.up_to.is_some_and(|up_to| bears(up_to, currency))
        }
        _ => false,
    }
}

fn is_unstaffed(context: &Context<'_>, actor: Actor) -> bool {
    match actor {
        Actor::Role(role) => {
            context.document.roles().get(role).is_some_and(|role| role.holders.is_empty() && !role.vacant)
        }
        _ => false,
    }
}

fn finding(context: &Context<'_>, subject: Subject, held: &Held<'_>, both: &[PersonId]) -> Finding {
    let row = row_name(context, subject);
    let limit = case_tiers(held.right).find(|tier| tier.co_signers.is_empty());
    let amounts = limit.map_or_else(|| " of any amount".to_owned(), |tier| format!(" ({tier})"));
    let names = words::named_list(context.document, both.iter().copied());
    let mut finding = Finding::new(format!("{names} can ask for {row} and grant it{amounts}, with no second name."))
        .about([ElementRef::from(subject), held.right.holder.into()])
        .about(both.iter().copied())
        .formula(format!("people who ask and decide = {}, second names = 0", both.len()))
        .number("people", both.len() as f64)
        .criticality(context.criticality_of(subject));
    if let Some(up_to) = limit.and_then(|tier| tier.up_to) {
        finding = finding.number("limit", up_to.to_f64());
    }
    let manager = match held.right.holder {
        Actor::Role(role) => context.document.roles().get(role).and_then(|role| role.reports_to),
        _ => None,
    };
    // A manager who is the same person is no second name.
    let other = manager
        .filter(|manager| context.index.people_of(Actor::Role(*manager)).iter().any(|person| !both.contains(person)));
    match other {
        Some(manager) => {
            let name = context.name(manager);
            finding
                .remedy_with(format!("Let {name} sign, too."), co_sign(context, held, manager, &row))
                .remedy(format!("Or let {name} decide where {names} may ask."))
        }
        None => finding.remedy(format!("Ask for a second name from somebody who does not work for {names}.")),
    }
}

/// Every limit without a second name gets that of the manager.
fn co_sign(context: &Context<'_>, held: &Held<'_>, manager: RoleId, row: &str) -> Fix {
    let mut right = held.right.clone();
    if right.tiers.is_empty() {
        right.tiers.push(Tier::unbounded(Quantity::Money(context.document.project().currency)));
    }
    for tier in right.tiers.iter_mut().filter(|tier| tier.co_signers.is_empty()) {
        tier.co_signers.push(manager);
    }
    Fix::replace(format!("Let {} sign {row}, too", context.name(manager)), held.id, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci, silence};
    use crate::analysis::{FixChange, FixRecord};

    /// A shop manager who prepares “Buy equipment” and decides it up to 500 EUR; the owner is the manager's manager.
    fn purchase() -> (Document, DecisionId, RoleId) {
        let mut document = raci();
        let [ana, rui] = ["Ana", "Rui"].map(|name| document.insert(Person::new(name)));
        let holders = |person| vec![Holding { person, share: None }];
        let owner = document.insert(Role { holders: holders(ana), ..Role::new("Owner") });
        let manager =
            document.insert(Role { holders: holders(rui), reports_to: Some(owner), ..Role::new("Shop manager") });
        let decision = document.insert(Decision::new("Buy equipment"));
        let subject = Subject::Decision(decision);
        document.insert(Right::new(subject, Actor::Role(manager), "R"));
        let right = Right::new(subject, Actor::Role(manager), "A");
        let tiers = parse_tiers("≤ 500 EUR", Currency::EUR).unwrap();
        document.insert(Right { tiers, ..right });
        (document, decision, manager)
    }

    #[test]
    fn asking_and_granting_is_found_and_a_co_signature_ends_it() {
        let (mut document, decision, manager) = purchase();
        let found = findings("L-12", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.message, "Rui can ask for “Buy equipment” and grant it (≤ 500 EUR), with no second name.");
        assert_eq!(finding.evidence[..2], [decision.into(), ElementRef::from(manager)]);
        assert_eq!(finding.number_named("limit"), Some(500.0));
        let fix = finding.remedies[0].fix.clone().unwrap();
        assert_eq!(fix.label, "Let Owner sign “Buy equipment”, too");
        let [FixChange::Replace(ElementRef::Right(id), FixRecord::Right(right))] = fix.changes.as_slice() else {
            panic!("{fix:?}")
        };
        *document.get_mut::<Right>(*id).unwrap() = (**right).clone();
        assert!(findings("L-12", &document).is_empty());
    }

    #[test]
    fn amounts_within_the_appetite_and_other_matters_are_left_alone() {
        let (mut document, ..) = purchase();
        document.project_mut().appetite = Some("500 EUR".parse().unwrap());
        assert!(findings("L-12", &document).is_empty());
        let weekly = parse_tiers("≤ 500 EUR; ≤ 2000 EUR per week", Currency::EUR).unwrap();
        let granting = document.rights().ids().nth(1).unwrap();
        document.get_mut::<Right>(granting).unwrap().tiers = weekly;
        assert!(findings("L-12", &document).is_empty(), "the limit per week bounds no single case");
        document.project_mut().appetite = Some("499 EUR".parse().unwrap());
        assert_eq!(findings("L-12", &document).len(), 1);
        let right = document.rights().ids().nth(1).unwrap();
        document.get_mut::<Right>(right).unwrap().tiers.clear();
        assert!(findings("L-12", &document).is_empty(), "not about money");
    }

    #[test]
    fn another_person_may_ask() {
        let (mut document, decision, _) = purchase();
        let right = document.rights().ids().next().unwrap();
        let owner = document.roles().ids().next().unwrap();
        document.get_mut::<Right>(right).unwrap().holder = Actor::Role(owner);
        assert!(findings("L-12", &document).is_empty());
        document.get_mut::<Role>(owner).unwrap().holders.clear();
        assert!(findings("L-12", &document).is_empty());
        let silence = silence("L-12", &document).unwrap();
        assert_eq!(silence.missing[0].what, "1 role that asks or decides names no holder");
        assert!(document.contains(decision.into()));
    }
}
