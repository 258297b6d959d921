//! The ladder of limits: typed, drawn, checked, moved by hand and by key.

use egui::accesskit::Role as Kind;
use egui::{Key, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use remit::app::App;
use remit::app::command::Command;
use remit::edit::Record;
use remit::model::*;

use crate::driver::Driver;

/// Adds a record as the window does.
fn add(document: &mut Document, record: impl Into<Record>) -> ElementRef {
    let applied = remit::edit::apply(document, &remit::edit::Insert::one(record).into()).expect("the sample is sound");
    *document = applied.document;
    applied.created.first().copied().expect("something was made")
}

/// Refunds of the golden numbers: 60 a week, half below 80 EUR, 95 of 100 below 600 EUR, six minutes each.
fn refunds(limits: &[(&str, &str)]) -> Driver {
    let mut document = remit::storage::new_document("Shop");
    let rapid = document.frameworks().iter().find(|(_, framework)| framework.name == "RAPID").expect("built in").0;
    let roles = ["Clerk", "Manager", "Owner"].map(|name| match add(&mut document, Role::new(name)) {
        ElementRef::Role(role) => (name, role),
        _ => unreachable!("a role was made"),
    });
    let decision = Decision {
        framework: Some(rapid),
        frequency: Some(Rate::weekly(60.0)),
        amount_median: "80 EUR".parse().ok(),
        amount_p95: "600 EUR".parse().ok(),
        work: Some(Minutes(6.0)),
        ..Decision::new("Grant a refund")
    };
    let ElementRef::Decision(decision) = add(&mut document, decision) else { unreachable!("a decision was made") };
    for (name, text) in limits {
        let role = roles.iter().find(|(known, _)| known == name).expect("the role is there").1;
        let tiers = parse_tiers(text, Currency::EUR).expect("a limit");
        let right = Right::new(Subject::Decision(decision), Actor::Role(role), "D");
        add(&mut document, Right { tiers, ..right });
    }
    let mut app = App::for_tests(document);
    app.wish(Command::OpenLadder(decision));
    Driver::of(app)
}

const PLAIN: &[(&str, &str)] = &[("Clerk", "≤ 200 EUR"), ("Owner", "> 200 EUR")];
const LINE: &str = "Limits as text";

impl Driver {
    fn ladder(&self) -> String {
        let decision = self.document().decisions().ids().next().expect("there is a decision");
        print_ladder(self.document(), decision)
    }

    fn slider(&self, name: &str) -> (Pos2, f64) {
        let node = self
            .harness
            .query_all_by_role(Kind::Slider)
            .find(|node| node.accesskit_node().label().as_deref() == Some(name));
        let node = node.unwrap_or_else(|| panic!("no slider {name}; there are {:?}", self.names(Kind::Slider)));
        (node.rect().center(), node.accesskit_node().numeric_value().unwrap_or(f64::NAN))
    }

    fn is_open(&self) -> bool {
        self.app().parts.ladder.is_some()
    }
}

#[test]
fn a_line_is_echoed_while_it_is_typed_and_kept_with_enter_as_one_step() {
    let mut app = refunds(&[]);
    app.focus(LINE);
    app.write("Clerk: ≤ 200 EUR per case, ≤ 1000 per week; above: Owner");
    assert!(
        app.reads(
            "Clerk decides up to 200 EUR a case, and up to 1,000 EUR a week. Owner decides above 200 EUR a case."
        )
    );
    assert!(app.steps().is_empty(), "nothing is kept before Enter");
    app.key(Key::Enter);
    assert_eq!(app.ladder(), "Clerk: ≤ 200 EUR, ≤ 1000 EUR per week; Owner: > 200 EUR");
    assert_eq!(app.steps(), ["Set the limits of “Clerk” and “Owner” on “Grant a refund”"]);
    assert_eq!(app.field(LINE), "");
    app.keys("Ctrl+Z");
    assert_eq!(app.document().rights().len(), 0);
    assert!(app.is_open(), "undo stays in the ladder");
}

#[test]
fn what_is_not_understood_is_said_and_nothing_is_kept() {
    let mut app = refunds(PLAIN);
    app.focus(LINE);
    app.write("Clerk: ≤ 200 EUR per fortnight");
    assert!(app.reads("“fortnight” is not understood: write case, day, week"), "{:?}", app.all_names("fortnight"));
    app.key(Key::Enter);
    assert!(app.steps().is_empty());
    assert_eq!(app.field(LINE), "Clerk: ≤ 200 EUR per fortnight", "what was typed stays");
}

#[test]
fn an_unknown_name_is_asked_likely_ones_are_offered_and_a_new_role_comes_with_the_line() {
    let mut app = refunds(PLAIN);
    app.focus(LINE);
    app.write("Ownr: > 300");
    assert!(app.reads("Nobody is called “Ownr”."));
    app.click_button("Owner");
    assert_eq!(app.field(LINE), "Owner: > 300");
    assert!(app.reads("Owner decides above 300 EUR a case."));
    app.focus(LINE);
    app.write_instead("Night guard: ≤ 50");
    app.click_button("New role “Night guard”");
    app.key(Key::Enter);
    assert_eq!(app.document().roles().len(), 4);
    assert_eq!(app.steps().len(), 1, "role and limit are one step: {:?}", app.steps());
}

#[test]
fn tab_completes_a_name() {
    let mut app = refunds(PLAIN);
    app.focus(LINE);
    app.write("man");
    app.key(Key::Tab);
    assert_eq!(app.field(LINE), "Manager");
    app.write(": ≤ 20");
    assert!(app.reads("Manager decides up to 20 EUR a case."));
}

#[test]
fn a_gap_names_its_smallest_case_and_a_remedy_says_what_it_changes_before_it_is_pressed() {
    let mut app = refunds(&[("Clerk", "≤ 200 EUR"), ("Owner", "> 500 EUR")]);
    assert!(app.reads("200.01 EUR: nobody decides. Open is what is above 200 and up to 500 EUR."));
    assert!(app.reads("every case, above 200 and up to 500 EUR: nobody"));
    assert!(app.reads("Clerk: up to 200 EUR a case becomes up to 500 EUR a case"));
    app.click_button("Let Clerk decide up to 500 EUR");
    assert_eq!(app.ladder(), "Clerk: ≤ 500 EUR; Owner: > 500 EUR");
    assert_eq!(app.steps(), ["Let Clerk decide up to 500 EUR"]);
    assert!(app.reads("Every case has exactly one decider."));
    assert!(app.reads("no gaps, no overlaps"));
}

#[test]
fn a_conflict_is_shown_along_the_amounts_and_cut() {
    let mut app = refunds(&[("Clerk", "≤ 300 EUR"), ("Owner", "> 200 EUR")]);
    assert!(app.reads("every case, above 200 and up to 300 EUR: 2 decide"));
    assert!(app.reads("both Clerk (up to 300 EUR a case) and Owner (above 200 EUR a case) decide."));
    app.click_button("Let Owner begin above 300 EUR");
    assert_eq!(app.ladder(), "Clerk: ≤ 300 EUR; Owner: > 300 EUR");
}

/// Golden numbers: share of cases above 200 EUR .2272, above 500 EUR .0673, of money .6833 and .3932; mean 169.41.
#[test]
fn a_bound_dragged_from_200_to_500_shows_the_golden_numbers_before_it_is_let_go() {
    let mut app = refunds(PLAIN);
    assert!(app.reads("13.6"), "60 × .2272 cases go up");
    let (from, value) = app.slider("Upper end of Clerk a case");
    assert_eq!(value, 200.0);
    app.press(from);
    // 500 EUR is the end of the finite stretch: 13 % of the width are for what has no bound.
    let mut to = from;
    while app.slider("Upper end of Clerk a case").1 < 500.0 && to.x < from.x + 600.0 {
        to.x += 3.0;
        app.move_to(to);
    }
    app.move_to(to);
    app.settle();
    assert_eq!(app.slider("Upper end of Clerk a case").1, 500.0);
    assert!(app.steps().is_empty(), "nothing is kept while it is dragged");
    assert!(app.reads("13.6 before, 4.04 after, -70.4 %"), "{:?}", app.all_names("before"));
    assert!(app.reads("3,220 before, 6,170 after"), "{:?}", app.all_names("before"));
    assert!(app.reads("1.36 before, 0.404 after"), "hours of the owner: {:?}", app.all_names("before"));
    app.release(to);
    assert_eq!(app.ladder(), "Clerk: ≤ 500 EUR; Owner: > 500 EUR");
    assert_eq!(app.steps(), ["Move a limit of “Clerk” on “Grant a refund” to 500 EUR"]);
    app.keys("Ctrl+Z");
    assert_eq!(app.ladder(), "Clerk: ≤ 200 EUR; Owner: > 200 EUR");
}

#[test]
fn escape_takes_a_drag_back_and_then_closes_the_ladder() {
    let mut app = refunds(PLAIN);
    let (from, _) = app.slider("Upper end of Clerk a case");
    app.press(from);
    app.move_to(from + egui::vec2(30.0, 0.0));
    app.move_to(from + egui::vec2(60.0, 0.0));
    app.settle();
    assert!(app.reads("before"), "the change is tried");
    app.key(Key::Escape);
    app.release(from + egui::vec2(60.0, 0.0));
    assert_eq!(app.ladder(), "Clerk: ≤ 200 EUR; Owner: > 200 EUR");
    assert!(app.steps().is_empty() && app.is_open());
    app.key(Key::Escape);
    assert!(!app.is_open());
}

#[test]
fn a_bound_is_moved_by_key_and_kept_with_enter() {
    let mut app = refunds(PLAIN);
    app.focus_slider("Upper end of Clerk a case");
    for _ in 0..3 {
        app.key(Key::ArrowRight);
    }
    assert_eq!(app.slider("Upper end of Clerk a case").1, 230.0);
    assert!(app.steps().is_empty());
    app.key(Key::ArrowLeft);
    app.key(Key::Enter);
    assert_eq!(app.ladder(), "Clerk: ≤ 220 EUR; Owner: > 220 EUR");
    assert_eq!(app.steps().len(), 1);
    app.focus_slider("Upper end of Clerk a case");
    app.key(Key::ArrowRight);
    app.key(Key::Escape);
    assert_eq!(app.slider("Upper end of Clerk a case").1, 220.0, "Escape takes it back");
    assert!(app.is_open());
}

impl Driver {
    fn focus_slider(&mut self, name: &str) {
        let node = self
            .harness
            .query_all_by_role(Kind::Slider)
            .find(|node| node.accesskit_node().label().as_deref() == Some(name))
            .expect("the end is there");
        node.focus();
        self.settle();
    }
}

#[test]
fn every_field_of_a_limit_is_changed_in_its_form() {
    let mut app = refunds(PLAIN);
    // All of the form is in sight.
    app.harness.set_size(egui::vec2(1280.0, 1500.0));
    app.settle();
    app.click_on(Kind::ListItem, "Clerk: up to 200 EUR a case");
    app.fill("Up to", "1.200,50 €");
    app.fill("Add a condition", "budgeted, category IT");
    app.fill("To day", "2026-12-31");
    app.fill("Why so", "agreed in May");
    app.click_on(Kind::CheckBox, "May pass on");
    app.click_on(Kind::CheckBox, "Emergency");
    app.click_on(Kind::ComboBox, "Per");
    app.click_button("a week");
    app.click_on(Kind::ComboBox, "Add a co-signer");
    app.click_button("Manager");
    app.click_on(Kind::ComboBox, "Deputy");
    app.click_button("Owner");
    app.click_on(Kind::ComboBox, "Goes up to");
    app.click_button("Owner");
    let (_, right) = app.document().rights().iter().next().expect("there is a right");
    let tier = right.tiers.first().expect("there is a limit");
    assert_eq!(
        tier_words(app.document(), tier),
        "up to 1,200.50 EUR a week, if budgeted and the category is IT, together with Manager, with Owner as deputy, \
         until 2026-12-31, and may pass it on, more goes to Owner, in an emergency only, because agreed in May"
    );
    assert_eq!(app.steps().len(), 10, "{:?}", app.steps());
    app.fill("Up to", "lots");
    assert!(app.reads("“lots” is no amount such as 200 EUR."));
}

#[test]
fn limits_are_added_handed_over_change_places_and_go() {
    let mut app = refunds(PLAIN);
    app.click_on(Kind::ListItem, "Clerk: up to 200 EUR a case");
    app.click_button("Change places with the limit above it");
    assert_eq!(app.ladder(), "Owner: ≤ 200 EUR; Clerk: > 200 EUR");
    app.keys("Ctrl+Z");
    app.click_button("Add a limit for Clerk");
    assert!(app.ladder().contains("Clerk: ≤ 200 EUR, > 200 EUR"), "{}", app.ladder());
    app.click_button("Remove the limit");
    assert_eq!(app.ladder(), "Clerk: ≤ 200 EUR; Owner: > 200 EUR");
    app.click_on(Kind::ListItem, "Owner: above 200 EUR a case");
    app.click_on(Kind::ComboBox, "Who");
    app.click_button("Manager");
    assert_eq!(app.ladder(), "Clerk: ≤ 200 EUR; Manager: > 200 EUR");
}

#[test]
fn missing_facts_are_named_and_lead_to_their_field() {
    let mut app = refunds(PLAIN);
    app.focus("How often");
    app.keys("Ctrl+A");
    app.key(Key::Backspace);
    app.key(Key::Enter);
    assert!(app.reads("How often it is decided is not known."));
    app.click_button("Enter how often");
    app.write("30 per week");
    app.key(Key::Enter);
    assert!(app.reads("6.82"), "30 × .2272 cases go up");
}

#[test]
fn the_inspector_shows_the_ladder_in_little_and_leads_to_it() {
    let mut app = refunds(&[("Clerk", "≤ 200 EUR"), ("Owner", "> 500 EUR")]);
    app.key(Key::Escape);
    let decision = app.document().decisions().ids().next().expect("there is a decision");
    app.wish(Command::Select(vec![decision.into()]));
    assert!(app.reads("Ladder: 2 limits. 200.01 EUR: nobody decides."), "{:?}", app.all_names("Ladder"));
    app.click_button("Edit limits");
    assert!(app.is_open());
    app.wish(Command::CloseLadder);
    app.keys("Ctrl+Alt+L");
    assert!(app.is_open());
    app.click_button("Close the ladder (Escape)");
    assert!(!app.is_open());
}

#[test]
fn kinds_of_cases_have_a_strip_each_and_the_week_is_that_of_the_chosen_one() {
    let mut app = refunds(PLAIN);
    app.focus(LINE);
    app.write("Clerk: ≤ 200 EUR if budgeted");
    app.key(Key::Enter);
    assert!(app.reads("not budgeted, up to 200 EUR: nobody"), "{:?}", app.names(Kind::Button));
    assert!(app.reads("As if every case were: not budgeted"));
    assert!(app.reads("Nobody decides"));
    app.click_on(Kind::ListItem, "budgeted");
    assert!(app.reads("As if every case were: budgeted"));
}

#[test]
fn a_dozen_limits_with_long_names_stay_within_the_window() {
    let mut document = remit::storage::new_document("Shop");
    let ElementRef::Decision(decision) = add(&mut document, Decision::new("Approve purchases")) else { return };
    let letter = document.framework_of(Subject::Decision(decision)).and_then(|(_, one)| one.letter_for(Duty::Decide));
    let letter = letter.expect("the framework decides").code.clone();
    for number in 0..12_i32 {
        let name = format!("Regional operations and procurement manager number {number}");
        let ElementRef::Role(role) = add(&mut document, Role::new(name)) else { return };
        let above = (number > 0).then(|| Amount::whole(number * 1000));
        let up_to = (number < 11).then(|| Amount::whole((number + 1) * 1000));
        let tier = Tier { above, up_to, ..Tier::unbounded(Quantity::Money(Currency::EUR)) };
        let right = Right::new(Subject::Decision(decision), Actor::Role(role), &*letter);
        add(&mut document, Right { tiers: vec![tier], ..right });
    }
    let mut app = App::for_tests(document);
    app.wish(Command::OpenLadder(decision));
    let mut app = Driver::of(app);
    app.harness.set_size(egui::vec2(1024.0, 768.0));
    app.settle();
    assert_eq!(app.names(Kind::Slider).len(), 24);
    assert!(app.place(Kind::Button, "Close the ladder (Escape)").right() <= 1024.0);
    assert!(app.place(Kind::Button, "Set").right() <= 1024.0);
}

#[test]
fn the_ladder_opens_from_what_a_decision_is_taken_at_and_views_lead_out_of_it() {
    let mut app = Driver::bakery("Refund");
    let document = app.document();
    let gateway = document.decisions().iter().find_map(|(_, decision)| decision.gateways.first().copied());
    let gateway = gateway.expect("a decision is taken at a gateway");
    app.wish(Command::Select(vec![gateway.into()]));
    app.keys("Ctrl+Alt+L");
    assert!(app.is_open(), "{}", app.foot());
    let before = app.text();
    app.key(Key::Delete);
    app.key(Key::V);
    assert_eq!(app.text(), before, "keys mean nothing that is behind the ladder");
    let view = app.view();
    app.wish(Command::OpenView(view));
    assert!(!app.is_open());
}
