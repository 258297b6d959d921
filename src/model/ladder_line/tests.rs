//! Lines as people type them, read, echoed, objected to, and printed again.

use super::*;
use crate::model::*;
use crate::testkit::everything;

/// A refund row in RAPID, in which D decides, with some roles, units and a role that has a namesake.
fn shop() -> (Document, DecisionId) {
    let mut document = crate::storage::new_document("Shop");
    let rapid = document.frameworks().iter().find(|(_, framework)| framework.name == "RAPID").unwrap().0;
    let [north, south] = ["Shop North", "Shop South"].map(|name| document.insert(Unit::new(name)));
    for name in ["Clerk", "Manager", "Owner", "Finance lead", "Legal"] {
        document.insert(Role::new(name));
    }
    for unit in [north, south] {
        document.insert(Role { unit: Some(unit), ..Role::new("Lead") });
    }
    document.insert(Person::new("Ana"));
    let decision = document.insert(Decision { framework: Some(rapid), ..Decision::new("Grant refund") });
    (document, decision)
}

fn read(text: &str) -> LadderLine {
    let (document, decision) = shop();
    read_ladder_line(&document, decision, text, &LineContext::default())
}

#[track_caller]
fn says(text: &str, expected: &[&str]) {
    let (document, _) = shop();
    let line = read(text);
    assert_eq!(line.problems, [], "{text}");
    assert_eq!(line.sentences(&document), expected, "{text}");
}

#[track_caller]
fn objects(text: &str, place: &str, message: &str) -> LineProblem {
    let line = read(text);
    let problem = line.problems.first().unwrap_or_else(|| panic!("{text}: {line:?}")).clone();
    assert_eq!(text.get(problem.at.clone()), Some(place), "{text}: {problem:?}");
    assert!(problem.message.contains(message), "{text}: {}", problem.message);
    problem
}

#[test]
fn a_ladder_is_read_as_people_write_it() {
    says(
        "Clerk: ≤ 200 EUR per case, ≤ 1000 per week; above: Owner",
        &["Clerk decides up to 200 EUR a case, and up to 1,000 EUR a week.", "Owner decides above 200 EUR a case."],
    );
    says(
        "Clerk ≤ 200, Manager ≤ 1'000, above Owner",
        &[
            "Clerk decides up to 200 EUR a case.",
            "Manager decides above 200 and up to 1,000 EUR a case.",
            "Owner decides above 1,000 EUR a case.",
        ],
    );
    says(
        "up to €500 Clerk, up to 5k Manager; everything above: the owner",
        &[
            "Clerk decides up to 500 EUR a case.",
            "Manager decides above 500 and up to 5,000 EUR a case.",
            "Owner decides above 5,000 EUR a case.",
        ],
    );
    says(
        "Clerk: 0 to 500; Manager: 0 to 900 EUR",
        &["Clerk decides up to 500 EUR a case.", "Manager decides up to 900 EUR a case."],
    );
}

#[test]
fn signs_separators_and_units_are_forgiven() {
    for (written, read) in [
        ("≤200€", "up to 200 EUR a case"),
        ("<= EUR 1.234,50", "up to 1,234.50 EUR a case"),
        ("up to 1 200 euros", "up to 1,200 EUR a case"),
        ("max 1.200 EUR", "up to 1,200 EUR a case"),
        ("≤ 1,200 usd a month", "up to 1,200 USD a month"),
        ("≤ 12,5 %", "up to 12.50 % a case"),
        ("≤ 1.5 %", "up to 1.50 % a case"),
        ("up to 2k/week", "up to 2,000 EUR a week"),
        ("≤ 0,5m per year", "up to 500,000 EUR a year"),
        ("at most 3 days", "up to 3 days a case"),
        ("≤ 5 pieces weekly", "up to 5 pieces a week"),
        ("200 - 500", "above 200 and up to 500 EUR a case"),
        ("from 200 to 500 CHF", "above 200 and up to 500 CHF a case"),
        ("> 200 and up to 500", "above 200 and up to 500 EUR a case"),
        ("above 5 % up to 10 %", "above 5 and up to 10 % a case"),
        ("≤ 9000 per supplier", "up to 9,000 EUR per counterparty"),
        ("≤ 9000 per total contract", "up to 9,000 EUR per total contract"),
        ("any amount", "any amount a case"),
    ] {
        says(&format!("Clerk: {written}"), &[&format!("Clerk decides {read}.")]);
    }
    says("Clerk: ≤ 200 USD, ≤ 1000 per week", &["Clerk decides up to 200 USD a case, and up to 1,000 USD a week."]);
}

#[test]
fn what_else_holds_is_read_behind_the_limits() {
    for (written, read) in [
        ("≤ 200 if budgeted", ", if budgeted"),
        ("≤ 200, not in the budget", ", if not budgeted"),
        ("≤ 200, category IT or travel", ", if the category is IT and the category is travel"),
        ("≤ 200 in Shop North", ", in Shop North"),
        ("≤ 200, for shop south, new supplier", ", in Shop South, if the supplier is new"),
        ("≤ 200, country = France", ", if country is France"),
        ("≤ 200 if it rains", ", if it rains"),
        ("≤ 200 with Finance lead and Legal", ", together with Finance lead and Legal"),
        ("≤ 200, deputy: Ana", ", with Ana as deputy"),
        ("≤ 200, from 2026-01-01 until 31.12.2026", ", from 2026-01-01 until 2026-12-31"),
        ("≤ 200 until 31 December 2026", ", until 2026-12-31"),
        ("≤ 200, may pass on, escalates to Owner", ", and may pass it on, more goes to Owner"),
        ("≤ 200, emergency, because “nights, and weekends”", ", in an emergency only, because nights, and weekends"),
    ] {
        says(&format!("Clerk: {written}"), &[&format!("Clerk decides up to 200 EUR a case{read}.")]);
    }
    says(
        "Clerk: no limit; Manager: nothing",
        &["Clerk decides everything, without a limit.", "Manager decides nothing any more."],
    );
}

#[test]
fn what_is_not_understood_is_named_at_its_place() {
    objects("Clerk: ≤ lots", "lots", "a limit such as");
    objects("Clerk: ≤ 200 EUR per fortnight", "fortnight", "day, week, month");
    objects("Clerk: ≤ 200, bananas", "bananas", "not understood");
    objects("Clerk: 500 to 200", "500 to 200", "ends before it begins");
    objects("≤ 200 EUR", "≤ 200 EUR", "Say who decides");
    objects("Clerk:", "Clerk", "Say up to what");
    objects("Owner: above", "above", "Above what?");
    objects("Clerk: ≤ 200, in Paris", "in Paris", "No unit is called “Paris”.");
    objects("Clerk: ≤ 0", "≤ 0", "above zero");
}

#[test]
fn unknown_and_ambiguous_names_are_asked_and_new_roles_taken() {
    let (document, decision) = shop();
    let problem = objects("Ownr: ≤ 200", "Ownr", "Nobody is called “Ownr”.");
    assert_eq!(problem.name.map(|name| (name.name, name.several.len())), Some(("Ownr".to_owned(), 0)));
    let problem = objects("Clerk: ≤ 200; above: lead", "lead", "2 are called “lead”");
    assert_eq!(problem.name.unwrap().several.len(), 2);
    says("Lead (Shop South): ≤ 200", &["Lead decides up to 200 EUR a case."]);
    let context = LineContext { new_roles: vec!["Night guard".into()], ..LineContext::default() };
    let line = read_ladder_line(&document, decision, "night guard: ≤ 50; above: Owner with Night guard", &context);
    assert_eq!(line.problems, []);
    assert_eq!(
        line.sentences(&document),
        ["Night guard decides up to 50 EUR a case.", "Owner decides above 50 EUR a case, together with Night guard.",]
    );
}

#[test]
fn names_are_completed_where_one_is_typed_and_likely_ones_offered() {
    let (document, decision) = shop();
    let completed = |text: &str| complete_names(&document, decision, text);
    assert_eq!(completed("ma"), (0, vec!["Manager".to_owned()]));
    assert_eq!(completed("Clerk: ≤ 200; above: ow"), ("Clerk: ≤ 200; above: ".len(), vec!["Owner".to_owned()]));
    assert_eq!(completed("le").1, ["Legal", "Lead (Shop North)", "Lead (Shop South)", "Finance lead"]);
    assert_eq!(completed("Clerk: ≤ 2").1, [] as [String; 0]);
    assert_eq!(completed("Owner").1, [] as [String; 0]);
    let likely = likely_holders(&document, "Ownr");
    assert_eq!(likely.iter().map(|actor| document.name_of((*actor).into())).collect::<Vec<_>>(), ["Owner"]);
}

#[test]
fn single_fields_read_the_same_writings() {
    let (document, decision) = shop();
    let eur = Quantity::Money(Currency::EUR);
    assert_eq!(read_limit_amount("1.200 €", eur), Some(Amount::whole(1200)));
    assert_eq!(read_limit_amount("≤ 2k", eur), Some(Amount::whole(2000)));
    assert_eq!((read_limit_amount("5 %", eur), read_limit_amount("lots", eur)), (None, None));
    let read = |text: &str| read_conditions(&document, decision, text);
    assert_eq!(read("budgeted and category IT").unwrap().len(), 2);
    assert!(read("bananas").unwrap_err().contains("“bananas” is no condition"));
    assert!(read("in Paris").unwrap_err().contains("No unit"));
}

#[test]
fn above_alone_begins_where_others_end_in_the_document() {
    let (mut document, decision) = shop();
    let clerk = document.roles().ids().next().unwrap();
    let tiers = parse_tiers("≤ 300 EUR", Currency::EUR).unwrap();
    document.insert(Right { tiers, ..Right::new(Subject::Decision(decision), Actor::Role(clerk), "D") });
    let line = read_ladder_line(&document, decision, "above: Owner", &LineContext::default());
    assert_eq!(line.sentences(&document), ["Owner decides above 300 EUR a case."]);
}

#[test]
fn every_ladder_is_read_back_as_it_is_printed() {
    let document = everything();
    let mut count = 0;
    for decision in document.decisions().ids() {
        let text = print_ladder(&document, decision);
        let line = read_ladder_line(&document, decision, &text, &LineContext::default());
        assert_eq!(line.problems, [], "{text}");
        for (_, right) in deciding_rights(&document, decision) {
            let said = line.statements.iter().filter(|statement| statement.holder == right.holder);
            let tiers: Vec<Tier> = said
                .flat_map(|statement| match &statement.says {
                    LineSays::Limits(tiers) => tiers.clone(),
                    LineSays::Everything | LineSays::Nothing => Vec::new(),
                })
                .collect();
            let kept: Vec<Tier> = right.tiers.iter().map(|tier| Tier { set_on: None, ..tier.clone() }).collect();
            assert_eq!(tiers, kept, "{text}");
            count += tiers.len();
        }
    }
    assert!(count > 0);
}

#[test]
fn any_text_is_read_without_a_panic_and_problems_lie_in_it() {
    let (document, decision) = shop();
    let pieces = [
        "Clerk", ":", "≤", "200", " ", ",", ";", "and", "“", "above", "per", "EUR", "%", "1.000,", "é", "in", "with",
        "\n", "-",
    ];
    let mut seed = 7_u64;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let line = read_ladder_line(&document, decision, &text, &LineContext::default());
        for problem in &line.problems {
            assert!(text.get(problem.at.clone()).is_some(), "{text}: {problem:?}");
        }
    }
}
