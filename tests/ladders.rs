//! Ladders with a planted fault each: all are found, and none in the same ladders put right.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::sync::Arc;

use remit::analysis::{CancelToken, Finding, Settings, analyse};
use remit::model::{Document, Profile};
use remit::storage::load_str;

const PLANTED: &str = include_str!("data/planted-ladders.ron");
const CLEAN: &str = include_str!("data/planted-ladders-clean.ron");
const ANSWERS: &str = include_str!("data/planted-ladders.txt");

/// What is said about limits: the rule, the key of the decision, the message.
fn said(text: &str) -> Vec<(&'static str, String, String)> {
    let (document, problems) = load_str(text, "ladders").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(problems, []);
    let settings = Settings { profile: Some(Profile::Audit), today: Some("2026-06-01".parse().unwrap()) };
    let report = analyse(&document, &settings, &CancelToken::default()).unwrap();
    let about_limits = |finding: &&Arc<Finding>| {
        finding.rule.starts_with("L-") || matches!(finding.rule, "H-01" | "H-02" | "X-10" | "X-12")
    };
    let first = |document: &Document, finding: &Finding| finding.evidence_keys(document)[0].to_string();
    let findings = report.findings.iter().filter(about_limits);
    findings.map(|finding| (finding.rule, first(&document, finding), finding.message.clone())).collect()
}

#[test]
fn every_planted_fault_is_found() {
    let found = said(PLANTED);
    let mut count = 0;
    for line in ANSWERS.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (decision, rule) = (words.next().unwrap(), words.next().unwrap());
        let here: Vec<_> = found.iter().filter(|(_, key, _)| key == decision).collect();
        assert!(here.iter().any(|(known, ..)| *known == rule), "{line}: {here:#?}");
        count += 1;
    }
    assert!(count >= 30, "{count} faults");
}

#[test]
fn nothing_is_found_where_they_are_put_right() {
    let found = said(CLEAN);
    assert!(found.is_empty(), "{found:#?}");
}
