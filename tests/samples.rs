//! The sample organisations: they open, stand in canonical form, are arranged and can be drawn; in the bakery everything
//! is found that its answer sheet lists, and nothing else; in its repaired twin nothing grave is left.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::collections::BTreeSet;

use remit::analysis::{CancelToken, Finding, RULES, Report, Settings, Severity, analyse};
use remit::export::{Input, Kind, format};
use remit::model::{Document, ViewKind};
use remit::scene::{Mode, Options, arrange};
use remit::storage::{SAMPLES, load_str, sample, to_string};

const ANSWERS: &str = include_str!("../sample_orgs/bakery.answers.md");

/// Numbers on the sheet may be off by so much, as a share of themselves.
const TOLERANCE: f64 = 0.005;

fn open(name: &str) -> Document {
    let (document, problems) = load_str(sample(name).unwrap(), name).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(problems, [], "{name}");
    document
}

fn check(document: &Document) -> Report {
    analyse(document, &Settings::default(), &CancelToken::default()).unwrap()
}

/// A row of a table of the answer sheet.
#[derive(Debug)]
struct Answer<'a> {
    rule: &'a str,
    severity: &'a str,
    keys: Vec<&'a str>,
    numbers: Vec<(&'a str, f64)>,
}

fn answers() -> Vec<Answer<'static>> {
    let mut answers = Vec::new();
    for line in ANSWERS.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [rule, severity, keys, numbers] = cells.as_slice() else { panic!("“{line}” has not four cells") };
        if *rule == "rule" || rule.starts_with("---") {
            continue;
        }
        let number = |text: &'static str| {
            let (name, value) = text.trim().split_once(' ').unwrap_or_else(|| panic!("“{line}”: {text}"));
            (name, value.parse().unwrap_or_else(|_| panic!("“{line}”: {value} is no number")))
        };
        let numbers = numbers.split(',').map(number).collect();
        answers.push(Answer { rule, severity, keys: keys.split_whitespace().collect(), numbers });
    }
    answers
}

fn keys_of(finding: &Finding, document: &Document) -> Vec<String> {
    finding.evidence.iter().filter_map(|element| document.key_of(*element)).map(|key| key.to_string()).collect()
}

/// Whether a finding is the one that a row means: the same rule, and the keys of the row in the same order first.
fn is_meant(finding: &Finding, document: &Document, answer: &Answer<'_>) -> bool {
    let keys = keys_of(finding, document);
    finding.rule == answer.rule
        && keys.iter().map(String::as_str).take(answer.keys.len()).eq(answer.keys.iter().copied())
}

#[test]
fn samples_are_sorted_open_and_stand_in_canonical_form() {
    assert!(SAMPLES.is_sorted_by(|a, b| a.name < b.name));
    for sample in SAMPLES {
        let document = open(sample.name);
        assert!(to_string(&document) == sample.text, "{}: remit fmt would change it", sample.name);
    }
    assert_eq!(sample("brewery"), None);
}

#[test]
fn every_element_of_every_view_has_its_place() {
    for sample in SAMPLES {
        let document = open(sample.name);
        for (id, view) in document.views().iter() {
            let left = arrange(&document, id, &Mode::OnlyNew).centers;
            assert_eq!(left, [], "{}: {}", sample.name, view.name);
            let drawn = document.placements_in(id).next().is_some() || matches!(view.kind, ViewKind::Matrix(_));
            assert!(drawn, "{}: {} is empty", sample.name, view.name);
        }
    }
}

#[test]
fn every_view_can_be_drawn() {
    let options = Options::default();
    for sample in SAMPLES {
        let document = open(sample.name);
        for (id, view) in document.views().iter() {
            for name in ["svg", "png"] {
                let format = format(name).unwrap();
                assert_eq!(format.kind, Kind::Picture);
                let input = Input { scale: 0.25, ..Input::new(&document, Some(id), &options) };
                let output = (format.export)(&input).unwrap_or_else(|error| panic!("{}: {error}", view.name));
                assert!(output.bytes.len() > 1000, "{}: {} as {name} is empty", sample.name, view.name);
                assert_eq!(output.warnings, Vec::<String>::new(), "{}: {}", sample.name, view.name);
            }
        }
    }
}

#[test]
fn the_bakery_has_what_the_issue_asks_for() {
    let document = open("bakery");
    assert_eq!(document.people().len(), 24);
    assert_eq!(document.roles().len(), 14);
    assert_eq!(document.processes().len(), 5);
    assert_eq!(document.decisions().len(), 17);
}

#[test]
fn everything_on_the_answer_sheet_is_found_with_its_numbers() {
    let document = open("bakery");
    let report = check(&document);
    for answer in answers() {
        let finding = report.findings.iter().find(|finding| is_meant(finding, &document, &answer));
        let finding = finding.unwrap_or_else(|| panic!("not found: {answer:?}"));
        let severity = if finding.waived.is_some() { "accepted" } else { finding.severity.word() };
        assert_eq!(severity, answer.severity, "{}", finding.message);
        for (name, expected) in answer.numbers {
            let value = finding.number_named(name).unwrap_or_else(|| panic!("{}: no number {name}", finding.message));
            let close = (value - expected).abs() <= TOLERANCE * expected.abs();
            assert!(close, "{}: {name} is {value}, the sheet says {expected}", finding.message);
        }
    }
}

#[test]
fn nothing_is_found_that_is_not_on_the_answer_sheet() {
    let document = open("bakery");
    let answers = answers();
    for finding in check(&document).findings {
        let rows = answers.iter().filter(|answer| is_meant(&finding, &document, answer)).count();
        assert_eq!(rows, 1, "{}: {} {:?}", finding.rule, finding.message, keys_of(&finding, &document));
    }
}

#[test]
fn the_bakery_has_a_trouble_for_every_rule_of_the_answer_sheet() {
    let sheet: BTreeSet<_> = answers().into_iter().map(|answer| answer.rule).collect();
    let known: BTreeSet<_> = RULES.iter().map(|rule| rule.meta.id).collect();
    let first = [
        "BN-01", "BN-02", "BN-03", "BN-04", "BN-05", "BN-07", "BN-09", "BN-10", "BN-11", "DU-02", "DU-04", "DU-05",
        "DU-06", "FL-01", "FL-02", "FL-05", "FL-07", "FL-10", "FL-11", "FL-12", "FL-14", "FL-16", "GA-02", "GA-04",
        "GA-05", "GA-14", "GA-15", "H-01", "H-02", "H-04", "H-06", "H-12", "H-21", "H-23", "L-07", "L-09", "L-12",
        "RI-01", "RI-02", "RI-03", "RI-04", "RI-06", "RI-08", "SD-01", "ST-01", "V-02", "V-03", "V-05", "V-10", "X-01",
        "X-05", "X-06", "X-07", "X-08",
    ];
    assert_eq!(sheet, BTreeSet::from(first));
    assert!(sheet.is_subset(&known));
}

#[test]
fn nothing_grave_is_left_in_the_repaired_bakery() {
    let document = open("bakery-repaired");
    let grave: Vec<_> = check(&document)
        .findings
        .into_iter()
        .filter(|finding| finding.severity >= Severity::High && finding.waived.is_none())
        .map(|finding| finding.message)
        .collect();
    assert_eq!(grave, Vec::<String>::new());
}

#[test]
fn the_repaired_bakery_is_the_same_organisation() {
    let (before, after) = (open("bakery"), open("bakery-repaired"));
    let names = |document: &Document| {
        let units = document.units().iter().map(|(_, unit)| (unit.key.to_string(), unit.name.clone()));
        let roles = document.roles().iter().map(|(_, role)| (role.key.to_string(), role.name.clone()));
        let people = document.people().iter().map(|(_, person)| (person.key.to_string(), person.name.clone()));
        let decisions = document.decisions().iter().map(|(_, one)| (one.key.to_string(), one.name.clone()));
        units.chain(roles).chain(people).chain(decisions).collect::<BTreeSet<_>>()
    };
    assert_eq!(names(&before), names(&after));
}

#[test]
fn the_founder_of_the_webshop_does_everything() {
    let document = open("webshop");
    let report = check(&document);
    for (rule, severity) in [("BN-01", Severity::High), ("V-02", Severity::High), ("BN-04", Severity::Medium)] {
        let about_her = report.findings.iter().any(|finding| {
            let keys = keys_of(finding, &document);
            finding.rule == rule
                && finding.severity >= severity
                && keys.first().is_some_and(|key| key == "siri" || key == "founder")
        });
        assert!(about_her, "{rule} does not say so");
    }
}
