//! Limits of one decision and of all.

use super::super::testing::{bakery, said, shown};
use crate::model::*;

/// A clerk decides up to 200 and the owner above 500: nobody in between.
fn with_a_gap() -> (Document, DecisionId) {
    let mut document = crate::analysis::rules::testing::raci();
    let decision = document.insert(Decision::new("Grant a refund"));
    document.insert(Decision::new("Choose a colour"));
    for (name, limit) in [("Clerk", "≤ 200 EUR"), ("Owner", "> 500 EUR")] {
        let role = document.insert(Role::new(name));
        let tiers = parse_tiers(limit, Currency::EUR).unwrap();
        document.insert(Right { tiers, ..Right::new(Subject::Decision(decision), Actor::Role(role), "A") });
    }
    (document, decision)
}

#[test]
fn a_gap_is_named_in_the_list_and_drawn_in_the_ladder() {
    let (document, decision) = with_a_gap();
    let list = shown(&document, "limits", "all");
    assert!(said(&list).contains("The limits of 1 decision leave cases open"), "{}", said(&list));
    assert!(said(&list).contains("1 × gap"), "{}", said(&list));
    let ladder = shown(&document, "limits", document.key_of(decision.into()).unwrap().as_str());
    let words = said(&ladder);
    assert!(words.contains("every case: nobody"), "{words}");
    assert!(words.contains("Clerk, ≤ 200 EUR"), "{words}");
    assert_eq!(ladder.of, "Grant a refund");
}

#[test]
fn tables_say_who_decides_each_range() {
    let (document, _) = with_a_gap();
    let tables = shown(&document, "limits", "all").tables;
    let cases: Vec<String> = tables[1].texts().skip(1).map(|row| row.join("|")).collect();
    assert_eq!(
        cases,
        [
            "Grant a refund|every case||200|Clerk",
            "Grant a refund|every case|200|500|nobody",
            "Grant a refund|every case|500||Owner"
        ]
    );
    let limits: Vec<String> = tables[0].texts().skip(1).map(|row| row[..3].join("|")).collect();
    assert_eq!(limits, ["Grant a refund|Clerk|up to 200 EUR a case", "Grant a refund|Owner|above 500 EUR a case"]);
}

#[test]
fn without_limits_it_says_where_they_are_typed() {
    assert!(said(&shown(&Document::default(), "limits", "")).contains("≤ 200 EUR"));
    assert!(!shown(&bakery(), "limits", "all").tables[0].rows.is_empty());
}
