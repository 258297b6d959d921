//! Small firms, one question each: vacancies, deputies, emergencies, lapsed limits, conditions, bodies, sums.

use super::*;
use crate::analysis::rules::testing::raci;

/// A clerk up to 200 EUR and an owner above, who reports to nobody; Rui is the clerk, Ana the owner.
struct Firm {
    document: Document,
    decision: DecisionId,
    clerk: RoleId,
    owner: RoleId,
    clerk_right: RightId,
    rui: PersonId,
}

fn firm() -> Firm {
    let mut document = raci();
    let [rui, ana] = ["Rui", "Ana"].map(|name| document.insert(Person::new(name)));
    let holders = |person| vec![Holding { person, share: None }];
    let owner = document.insert(Role { holders: holders(ana), ..Role::new("Owner") });
    let clerk = document.insert(Role { holders: holders(rui), reports_to: Some(owner), ..Role::new("Clerk") });
    let decision = document.insert(Decision::new("Grant refund"));
    let subject = Subject::Decision(decision);
    let mut right = |role, limit| {
        let tiers = parse_tiers(limit, Currency::EUR).unwrap();
        document.insert(Right { tiers, ..Right::new(subject, Actor::Role(role), "A") })
    };
    let clerk_right = right(clerk, "≤ 200 EUR");
    right(owner, "> 200 EUR");
    Firm { document, decision, clerk, owner, clerk_right, rui }
}

fn euros(amount: i32) -> Question {
    Question { amount: Some((Amount::whole(amount), Quantity::Money(Currency::EUR))), ..Question::default() }
}

fn ask(firm: &Firm, question: &Question) -> Answer {
    let index = Index::new(&firm.document);
    who_decides(&firm.document, &index, firm.decision, question).unwrap()
}

fn actors(parts: &[Part]) -> Vec<Actor> {
    parts.iter().map(|part| part.actor).collect()
}

fn change_tier(firm: &mut Firm, change: impl FnOnce(&mut Tier)) {
    change(&mut firm.document.get_mut::<Right>(firm.clerk_right).unwrap().tiers[0]);
}

#[test]
fn a_vacant_role_is_not_there_and_its_deputy_is() {
    let mut firm = firm();
    let clerk = firm.document.get_mut::<Role>(firm.clerk).unwrap();
    (clerk.holders, clerk.vacant) = (Vec::new(), true);
    let answer = ask(&firm, &euros(100));
    assert_eq!((answer.verdict, answer.goes_up_to.as_slice()), (Verdict::Waits, &[firm.owner][..]));
    firm.document.get_mut::<Role>(firm.clerk).unwrap().deputy = Some(Actor::Role(firm.owner));
    let answer = ask(&firm, &euros(100));
    assert_eq!((answer.verdict, actors(&answer.stands_in)), (Verdict::Decided, vec![Actor::Role(firm.owner)]));
}

#[test]
fn the_deputy_of_a_limit_goes_before_that_of_the_role_and_reserved_decisions_have_none() {
    let mut firm = firm();
    let helper = firm.document.insert(Person::new("Tom"));
    firm.document.get_mut::<Role>(firm.clerk).unwrap().deputy = Some(Actor::Role(firm.owner));
    change_tier(&mut firm, |tier| tier.deputy = Some(Actor::Person(helper)));
    let question = Question { away: vec![Actor::Person(firm.rui)], ..euros(100) };
    assert_eq!(actors(&ask(&firm, &question).stands_in), [Actor::Person(helper)]);
    firm.document.get_mut::<Decision>(firm.decision).unwrap().reserved = true;
    let answer = ask(&firm, &question);
    assert_eq!((answer.verdict, answer.stands_in.len()), (Verdict::Waits, 0));
    assert!(answer.reasons.iter().any(|reason| reason.contains("reserved")));
}

#[test]
fn an_emergency_limit_counts_only_when_nobody_else_is_there() {
    let mut firm = firm();
    let guard = firm.document.insert(Role::new("Guard"));
    let tier = Tier { emergency: true, ..Tier::unbounded(Quantity::Money(Currency::EUR)) };
    let right = Right::new(Subject::Decision(firm.decision), Actor::Role(guard), "A");
    firm.document.insert(Right { tiers: vec![tier], ..right });
    assert_eq!(actors(&ask(&firm, &euros(100)).deciders), [Actor::Role(firm.clerk)]);
    let question = Question { away: vec![Actor::Person(firm.rui)], ..euros(100) };
    let answer = ask(&firm, &question);
    assert_eq!((answer.verdict, actors(&answer.stands_in)), (Verdict::Decided, vec![Actor::Role(guard)]));
    assert!(answer.stands_in[0].condition.contains("reported"));
}

#[test]
fn a_lapsed_limit_leaves_a_gap_that_goes_up() {
    let mut firm = firm();
    change_tier(&mut firm, |tier| tier.valid_to = Some("2026-03-31".parse().unwrap()));
    let on = |day: &str| Question { on: Some(day.parse().unwrap()), ..euros(100) };
    assert_eq!(ask(&firm, &on("2026-03-31")).verdict, Verdict::Decided);
    let answer = ask(&firm, &on("2026-04-01"));
    assert_eq!((answer.verdict, answer.goes_up_to.as_slice()), (Verdict::Gap, &[firm.owner][..]));
    assert!(answer.reasons[0].contains("not in force"), "{:?}", answer.reasons);
}

#[test]
fn conditions_of_one_kind_are_alternatives_and_unknown_ones_are_named() {
    let mut firm = firm();
    change_tier(&mut firm, |tier| {
        let country = |value: &str| Condition::Attribute { name: "Country".into(), value: value.into() };
        tier.conditions = vec![country("France"), country("Spain"), Condition::Budgeted(true)];
    });
    let question = |country: &str, budgeted| Question {
        attributes: vec![("country".into(), country.into())],
        budgeted,
        ..euros(100)
    };
    assert_eq!(ask(&firm, &question("spain", Some(true))).verdict, Verdict::Decided);
    assert_eq!(ask(&firm, &question("Italy", Some(true))).verdict, Verdict::Gap);
    assert_eq!(ask(&firm, &question("France", Some(false))).verdict, Verdict::Gap);
    let open = ask(&firm, &question("France", None));
    assert_eq!(open.verdict, Verdict::Depends);
    assert_eq!(open.reasons[0], "It depends on whether it is budgeted.");
}

#[test]
fn words_are_never_taken_to_hold() {
    let mut firm = firm();
    change_tier(&mut firm, |tier| tier.conditions = vec![Condition::Text("if the customer is good".into())]);
    let answer = ask(&firm, &euros(100));
    assert_eq!(answer.verdict, Verdict::Depends);
    assert!(answer.reasons[0].contains("nobody can evaluate"), "{:?}", answer.reasons);
}

#[test]
fn a_body_decides_while_enough_members_are_there() {
    let mut firm = firm();
    let tom = firm.document.insert(Person::new("Tom"));
    let member = |actor| Member { actor, weight: Amount::whole(1) };
    let members = [Actor::Person(firm.rui), Actor::Role(firm.owner), Actor::Person(tom)].map(member).to_vec();
    let body = Body { members, method: Some(Method::Majority), quorum: Some(2), ..Body::new("Round") };
    let body = firm.document.insert(body);
    let right = firm.document.get_mut::<Right>(firm.clerk_right).unwrap();
    right.holder = Actor::Body(body);
    let away =
        |people: &[PersonId]| Question { away: people.iter().map(|one| Actor::Person(*one)).collect(), ..euros(100) };
    let answer = ask(&firm, &away(&[tom]));
    assert_eq!((answer.verdict, actors(&answer.deciders)), (Verdict::Decided, vec![Actor::Body(body)]));
    assert!(answer.reasons[0].contains("2 of 3 members"), "{:?}", answer.reasons);
    assert_eq!(ask(&firm, &away(&[tom, firm.rui])).verdict, Verdict::Waits);
}

#[test]
fn sums_over_a_week_are_told_and_a_stated_way_up_is_followed() {
    let mut firm = firm();
    let area = firm.document.insert(Role { reports_to: Some(firm.owner), ..Role::new("Area") });
    change_tier(&mut firm, |tier| tier.escalates_to = Some(area));
    let week = parse_tier("≤ 1000 EUR per week", Currency::EUR).unwrap();
    firm.document.get_mut::<Right>(firm.clerk_right).unwrap().tiers.push(week);
    let answer = ask(&firm, &euros(100));
    assert_eq!(answer.goes_up_to, [area, firm.owner]);
    assert!(answer.reasons.iter().any(|reason| reason.contains("≤ 1000 EUR per week")), "{:?}", answer.reasons);
}

#[test]
fn a_delegation_is_the_rule_that_fires_on_its_days_and_up_to_its_limit() {
    let mut firm = firm();
    let day = |text: &str| text.parse::<Date>().unwrap();
    let guard = firm.document.insert(Role::new("Guard"));
    let given = Delegation {
        limit: CaseLimit::of(&parse_tier("≤ 150 EUR", Currency::EUR).unwrap()),
        reason: "Holiday.".into(),
        written_on: Some(day("2026-07-20")),
        ..Delegation::new(Actor::Role(guard), day("2026-08-03"), day("2026-08-14"))
    };
    firm.document.get_mut::<Role>(firm.clerk).unwrap().delegations = vec![given];
    let on = |amount, text: &str| Question { on: Some(day(text)), ..euros(amount) };
    let answer = ask(&firm, &on(100, "2026-08-05"));
    assert_eq!((answer.verdict, actors(&answer.stands_in)), (Verdict::Decided, vec![Actor::Role(guard)]));
    assert_eq!(answer.stands_in[0].condition, "");
    let open = Question { amount: None, ..on(100, "2026-08-05") };
    assert_eq!(ask(&firm, &open).verdict, Verdict::Depends);
    assert_eq!(
        answer.reasons[0],
        "Delegation: from 2026-08-03 to 2026-08-14 Clerk lets Guard decide for ≤ 150 EUR (Holiday), written on \
         2026-07-20."
    );
    assert!(ask(&firm, &on(160, "2026-08-05")).stands_in.is_empty());
    assert!(ask(&firm, &on(100, "2026-08-15")).stands_in.is_empty());
    assert!(ask(&firm, &euros(100)).stands_in.is_empty(), "without a day no delegation is in force");
}

#[test]
fn a_delegation_keeps_a_case_from_waiting_and_is_passed_on_again() {
    let mut firm = firm();
    let day = |text: &str| text.parse::<Date>().unwrap();
    let [guard, cook] = ["Guard", "Cook"].map(|name| firm.document.insert(Role::new(name)));
    let to = |role| vec![Delegation::new(Actor::Role(role), day("2026-08-03"), day("2026-08-14"))];
    let holidays = vec![Absence { from: day("2026-08-03"), to: day("2026-08-14") }];
    let rui = firm.document.get_mut::<Person>(firm.rui).unwrap();
    (rui.holidays, rui.delegations) = (holidays, to(guard));
    let question = Question { on: Some(day("2026-08-05")), ..euros(100) };
    assert_eq!(actors(&ask(&firm, &question).stands_in), [Actor::Role(guard)]);
    firm.document.get_mut::<Role>(guard).unwrap().delegations = to(cook);
    let answer = ask(&firm, &question);
    assert_eq!(actors(&answer.stands_in), [Actor::Role(cook)]);
    assert!(answer.reasons[0].contains("Rui lets Guard") && answer.reasons[1].contains("Guard lets Cook"));
    let away = Question { away: vec![Actor::Role(cook)], ..question.clone() };
    assert_eq!(actors(&ask(&firm, &away).stands_in), [Actor::Role(guard)]);
    firm.document.get_mut::<Decision>(firm.decision).unwrap().reserved = true;
    assert_eq!(ask(&firm, &question).verdict, Verdict::Waits);
}
