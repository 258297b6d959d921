//! The studies of ladders: issues, remedies, and that remedies help.

use super::*;
use crate::analysis::rules::testing::refund_row;
use crate::edit;

fn study(document: &Document, decision: DecisionId) -> LadderStudy {
    LadderStudy::new(document, decision, None, true)
}

fn sentences(study: &LadderStudy, kind: LadderIssueKind) -> Vec<&str> {
    study.issues.iter().filter(|issue| issue.kind == kind).map(|issue| issue.sentence.as_str()).collect()
}

fn remedies(study: &LadderStudy) -> Vec<String> {
    let all = study.issues.iter().flat_map(|issue| &issue.remedies);
    all.map(|remedy| format!("{} | {} | {}", remedy.label, remedy.changes.join("; "), remedy.outcome)).collect()
}

#[test]
fn a_gap_is_shown_by_its_smallest_case_and_closed_from_either_side() {
    let (document, decision) = refund_row(&["≤ 200 EUR", "> 500 EUR"]);
    let found = study(&document, decision);
    assert_eq!(
        sentences(&found, LadderIssueKind::Gap),
        ["200.01 EUR: nobody decides. Open is what is above 200 and up to 500 EUR."]
    );
    let offered = remedies(&found);
    assert_eq!(
        offered[0],
        "Let Role 0 decide up to 500 EUR | Role 0: up to 200 EUR a case becomes up to 500 EUR a case | \
         then nothing is open and nobody shares a case"
    );
    assert_eq!(
        offered[1],
        "Let Role 1 begin above 200 EUR | Role 1: above 500 EUR a case becomes above 200 EUR a case | \
         then nothing is open and nobody shares a case"
    );
    let fix = &found.issues[0].remedies[0].fix;
    let after = edit::apply(&document, &fix.to_edit()).unwrap().document;
    assert_eq!(study(&after, decision).issues, []);
}

#[test]
fn what_two_decide_is_cut_where_either_ends() {
    let (document, decision) = refund_row(&["≤ 300 EUR", "> 200 EUR"]);
    let found = study(&document, decision);
    assert_eq!(
        sentences(&found, LadderIssueKind::Conflict),
        ["200.01 EUR: both Role 0 (up to 300 EUR a case) and Role 1 (above 200 EUR a case) decide."]
    );
    let labels: Vec<&str> = found.issues[0].remedies.iter().map(|remedy| remedy.label.as_str()).collect();
    assert_eq!(labels, ["Let Role 1 begin above 300 EUR", "Let Role 0 end at 200 EUR"]);
}

#[test]
fn who_reports_to_somebody_with_less_is_an_inversion_with_two_ways_out() {
    let (mut document, decision) = refund_row(&["≤ 900 EUR", "≤ 500 EUR"]);
    let roles: Vec<RoleId> = document.roles().ids().collect();
    document.get_mut::<Role>(roles[0]).unwrap().reports_to = Some(roles[1]);
    let found = study(&document, decision);
    let inverted = sentences(&found, LadderIssueKind::Inversion);
    assert_eq!(inverted.len(), 1);
    assert!(inverted[0].starts_with("500.01 EUR: Role 0"), "{inverted:?}");
}

#[test]
fn limits_that_say_nothing_new_go_and_neighbours_become_one() {
    let (document, decision) = refund_row(&["≤ 500 EUR; ≤ 200 EUR", "> 500 ≤ 900 EUR; > 900 EUR"]);
    let found = study(&document, decision);
    assert_eq!(found.count(LadderIssueKind::Redundant), 1);
    assert_eq!(found.count(LadderIssueKind::Mergeable), 1);
    let offered = remedies(&found);
    assert!(offered[0].starts_with("Delete the limit up to 200 EUR of Role 0 | Role 0 loses: up to 200 EUR a case"));
    assert!(offered[1].starts_with("Make one limit of them: above 500 EUR | "), "{offered:?}");
}

#[test]
fn different_units_are_named_and_nothing_is_compared() {
    let (document, decision) = refund_row(&["≤ 200 EUR", "≤ 10 %"]);
    let found = study(&document, decision);
    assert_eq!(found.count(LadderIssueKind::Units), 1);
    assert_eq!(found.strips, []);
}

#[test]
fn every_remedy_leaves_less_wrong_than_before_on_many_ladders() {
    let mut seed = 11_u64;
    let mut next = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    let mut tried = 0;
    for _ in 0..60 {
        let limits: Vec<String> = (0..3)
            .map(|_| {
                let (from, length) = (next(6) * 100, (next(4) + 1) * 100);
                if next(4) == 0 { format!("> {} EUR", from.max(1)) } else { format!("{from} to {} EUR", from + length) }
            })
            .collect();
        let limits: Vec<&str> = limits.iter().map(String::as_str).collect();
        let (document, decision) = refund_row(&limits);
        let before = study(&document, decision);
        for remedy in before.issues.iter().flat_map(|issue| &issue.remedies) {
            let after = edit::apply(&document, &remedy.fix.to_edit()).unwrap().document;
            let after = LadderStudy::new(&after, decision, None, false);
            assert!(after.issues.len() < before.issues.len(), "{limits:?}: {remedy:?}");
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}
