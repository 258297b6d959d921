//! Absence, delegation and agreement as people meet them: the calendar, the forms, the inspector.

use egui::accesskit::Role as Kind;
use remit::app::command::Command;
use remit::edit::{Edit, Insert, Record, Replace};
use remit::model::*;

use crate::driver::Driver;

fn add(document: &mut Document, record: impl Into<Record>) -> ElementRef {
    let applied = remit::edit::apply(document, &Insert::one(record).into()).expect("the sample is sound");
    *document = applied.document;
    applied.created.first().copied().expect("something was made")
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// Rui is the clerk, decides refunds up to 200 EUR and is away from 3 to 14 August 2026; Ana, the owner, decides above.
fn shop() -> (Driver, DecisionId, RoleId) {
    let mut document = remit::storage::new_document("Shop");
    let holidays = vec![Absence { from: day("2026-08-03"), to: day("2026-08-14") }];
    let ElementRef::Person(rui) = add(&mut document, Person { holidays, ..Person::new("Rui") }) else { panic!() };
    let ElementRef::Person(ana) = add(&mut document, Person::new("Ana")) else { panic!() };
    let held = |person| vec![Holding { person, share: None }];
    let ElementRef::Role(owner) = add(&mut document, Role { holders: held(ana), ..Role::new("Owner") }) else {
        panic!()
    };
    let clerk = Role { holders: held(rui), reports_to: Some(owner), ..Role::new("Clerk") };
    let ElementRef::Role(clerk) = add(&mut document, clerk) else { panic!() };
    let ElementRef::Decision(refund) = add(&mut document, Decision::new("Grant a refund")) else { panic!() };
    for (role, limit) in [(clerk, "≤ 200 EUR"), (owner, "> 200 EUR")] {
        let tiers = parse_tiers(limit, Currency::EUR).expect("a limit");
        let right = Right::new(Subject::Decision(refund), Actor::Role(role), "A");
        add(&mut document, Right { tiers, ..right });
    }
    add(&mut document, Process { review: Some(day("2026-09-01")), ..Process::new("Refunds") });
    let ElementRef::View(view) = add(&mut document, View::new("Board", ViewKind::Board)) else { panic!() };
    let mut app = Driver::new(document, view);
    // Every field of the inspector is in sight.
    app.harness.set_size(egui::vec2(1280.0, 2600.0));
    app.settle();
    (app, refund, clerk)
}

const HOLE: &str = "Grant a refund, Clerk ≤ 200 EUR: nobody from 2026-08-03 to 2026-08-14";

impl Driver {
    fn open_coverage(&mut self, first: &str) {
        self.click_menu("Analyse", "Calendar of coverage…");
        self.focus("First day");
        self.write_instead(first);
    }

    fn pick_from(&mut self, combo: &str, entry: &str) {
        self.click_on(Kind::ComboBox, combo);
        let found = [Kind::Button, Kind::RadioButton, Kind::ListBoxOption]
            .into_iter()
            .find(|kind| self.count(*kind, entry) > 0)
            .unwrap_or_else(|| panic!("{combo} has no {entry}; there are {:?}", self.all_names("")));
        self.click_on(found, entry);
    }
}

#[test]
fn a_hole_in_the_calendar_is_delegated_from_there() {
    let (mut app, refund, clerk) = shop();
    app.open_coverage("2026-07-20");
    assert!(app.reads("Review of Refunds"));
    app.click_button(HOLE);
    assert!(app.reads("From 2026-08-03 to 2026-08-14: Grant a refund, Clerk ≤ 200 EUR: nobody."));
    app.click_button("Delegate for these days…");
    assert_eq!((app.field("First day"), app.field("Last day")), ("2026-07-20".into(), "2026-08-14".into()));
    app.pick_from("To", "Owner");
    app.fill("Reason", "holiday");
    app.click_button_last("Delegate");
    let given = app.document().get::<Role>(clerk).expect("the clerk").delegations.clone();
    let [one] = given.as_slice() else { panic!("{given:?}") };
    assert_eq!((one.from, one.until, one.of.as_slice()), (day("2026-08-03"), day("2026-08-14"), &[refund][..]));
    assert_eq!(
        (one.reason.as_str(), one.limit.map(|limit| limit.tier().to_string())),
        ("holiday", Some("≤ 200 EUR".into()))
    );
    assert_eq!(app.count(Kind::Button, HOLE), 0);
    let stands_in = "Grant a refund, Clerk ≤ 200 EUR: Owner by delegation from 2026-08-03 to 2026-08-14";
    assert_eq!(app.count(Kind::Button, stands_in), 1);
    assert_eq!(app.steps(), ["Change delegations of “Clerk”"]);
}

#[test]
fn the_calendar_leads_to_holders_and_can_be_copied() {
    let (mut app, _, clerk) = shop();
    app.open_coverage("2026-07-20");
    app.click_button("Copy as text");
    assert!(app.clipboard.contains("| 2026-08-03 | 2026-08-14 | Grant a refund | Clerk ≤ 200 EUR | nobody |"));
    app.click_on(Kind::RadioButton, "Only holes");
    assert!(!app.reads("Review of Refunds"));
    app.click_button(HOLE);
    app.click_button("Show Clerk");
    assert!(!app.asks());
    assert_eq!(app.selection(), [ElementRef::from(clerk)]);
}

#[test]
fn a_wrong_day_or_a_sum_is_refused_with_a_reason() {
    let (mut app, _, clerk) = shop();
    app.wish(Command::Select(vec![clerk.into()]));
    app.click_button("Delegate…");
    app.pick_from("To", "Owner");
    app.fill("First day", "2026-08-14");
    app.fill("Last day", "2026-08-03");
    app.click_button_last("Delegate");
    assert!(app.reads("The last day is before the first one."));
    app.fill("Last day", "2026-08-20");
    app.fill("Cases", "≤ 1000 EUR per week");
    app.click_button_last("Delegate");
    assert!(app.reads("Only single cases can be delegated"));
    app.fill("Cases", "≤ 100 EUR");
    app.click_button_last("Delegate");
    assert!(!app.asks());
    assert!(app.reads("2026-08-14 to 2026-08-20 · ≤ 100 EUR"));
    let change = app.all_names("Change: To Owner").first().cloned().expect("it can be changed");
    app.click_button(&change);
    app.fill("Last day", "2026-08-21");
    app.click_button_last("Change");
    let until = app.document().get::<Role>(clerk).expect("the clerk").delegations.first().map(|one| one.until);
    assert_eq!(until, Some(day("2026-08-21")));
    let back = app.all_names("Take back: To Owner").first().cloned().expect("it can be taken back");
    app.click_button(&back);
    assert!(app.document().get::<Role>(clerk).expect("the clerk").delegations.is_empty());
}

#[test]
fn a_row_that_was_agreed_to_tells_what_changed_and_is_confirmed_again() {
    let (mut app, refund, clerk) = shop();
    app.wish(Command::Select(vec![refund.into()]));
    assert!(app.reads("Nobody has agreed yet."));
    app.click_button("Agree…");
    app.focus("Who agrees");
    app.write_instead("Ana, Rui");
    app.click_button_last("Agree");
    assert_eq!(app.steps(), ["Agree to “Grant a refund”"]);
    assert!(app.reads(" by Ana, Rui") && !app.reads("Confirm again"));
    let right =
        app.document().rights().iter().find(|(_, right)| right.holder == Actor::Role(clerk)).expect("a right").0;
    let raise = |right: &mut Right| right.tiers = parse_tiers("≤ 500 EUR", Currency::EUR).expect("a limit");
    let edit = Replace::with(app.document(), right, raise).expect("the right is there");
    app.wish(Edit::from(edit));
    assert!(app.reads("The limit of Clerk was ≤ 200 EUR and is ≤ 500 EUR."));
    assert!(app.findings().iter().any(|finding| finding.starts_with("X-11: “Grant a refund” was agreed on")));
    app.click_button("Confirm again");
    assert!(!app.reads("The limit of Clerk was"));
    assert_eq!(app.steps().len(), 3);
    app.click_button("Withdraw");
    assert_eq!(app.document().get::<Decision>(refund).expect("the decision").agreement, None);
}

#[test]
fn several_rows_are_agreed_to_at_once() {
    let (mut app, refund, clerk) = shop();
    let mut edit = |record: Record| {
        app.wish(Edit::from(Insert::one(record)));
    };
    edit(Decision::new("Hire").into());
    let hire = app.document().decisions().ids().last().expect("two decisions");
    let right = Right::new(Subject::Decision(hire), Actor::Role(clerk), "A");
    app.wish(Edit::from(Insert::one(right)));
    app.wish(Command::Select(vec![refund.into(), hire.into()]));
    app.click_menu("Analyse", "Agree…");
    app.focus("Who agrees");
    app.write_instead("Ana");
    app.focus("Day of the agreement");
    app.write_instead("2026-05-04");
    app.click_button_last("Agree");
    let agreed = app.document().decisions().iter().filter_map(|(_, decision)| decision.agreement.clone());
    let days: Vec<_> = agreed.map(|agreement| (agreement.on, agreement.by.clone())).collect();
    assert_eq!(days, vec![(day("2026-05-04"), vec!["Ana".to_owned()]); 2]);
    assert_eq!(app.steps().last().map(String::as_str), Some("Agree to 2 decisions"));
}

#[test]
fn absences_are_typed_in_the_inspector_and_reserved_rows_are_not_passed_on() {
    let (mut app, refund, _) = shop();
    let rui = app.document().people().ids().next().expect("two people");
    app.wish(Command::Select(vec![rui.into()]));
    app.fill("Away", "2026-08-03 to 2026-08-14; 2026-12-24");
    let away = app.document().get::<Person>(rui).expect("Rui").holidays.clone();
    assert_eq!(away.last(), Some(&Absence { from: day("2026-12-24"), to: day("2026-12-24") }));
    app.wish(Command::Select(vec![refund.into()]));
    app.click_on(Kind::CheckBox, "Reserved");
    app.fill("Because", "the bank asks for it");
    assert!(app.reads("It is reserved: nobody passes it on."));
    let decision = app.document().get::<Decision>(refund).expect("the decision");
    assert_eq!((decision.reserved, decision.reserved_reason.as_str()), (true, "the bank asks for it"));
}
