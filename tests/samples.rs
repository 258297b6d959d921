//! The sample organisations: they open, stand in canonical form, are arranged and can be drawn; in each troubled one
//! everything is found that its answer sheet lists, and nothing else; in its repaired twin nothing grave is left.

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

/// An organisation full of troubles, the sheet that lists them, and the same organisation after the remedies.
struct Troubled {
    name: &'static str,
    answers: &'static str,
    repaired: &'static str,
    people: usize,
    roles: usize,
    processes: usize,
    decisions: usize,
    /// The rules that it shows.
    rules: &'static [&'static str],
}

const TROUBLED: &[Troubled] = &[
    Troubled {
        name: "bakery",
        answers: include_str!("../sample_orgs/bakery.answers.md"),
        repaired: "bakery-repaired",
        people: 24,
        roles: 14,
        processes: 5,
        decisions: 17,
        rules: &[
            "BN-01", "BN-02", "BN-03", "BN-04", "BN-05", "BN-07", "BN-09", "BN-10", "BN-11", "DU-02", "DU-04", "DU-05",
            "DU-06", "FL-01", "FL-02", "FL-05", "FL-07", "FL-10", "FL-11", "FL-12", "FL-14", "FL-16", "GA-02", "GA-04",
            "GA-05", "GA-14", "GA-15", "H-01", "H-02", "H-04", "H-06", "H-12", "H-21", "H-23", "L-07", "L-09", "L-12",
            "RI-01", "RI-02", "RI-03", "RI-04", "RI-06", "RI-08", "SD-01", "ST-01", "V-02", "V-03", "V-05", "V-10",
            "X-01", "X-05", "X-06", "X-07", "X-08",
        ],
    },
    Troubled {
        name: "webshop",
        answers: include_str!("../sample_orgs/webshop.answers.md"),
        repaired: "webshop-repaired",
        people: 6,
        roles: 9,
        processes: 6,
        decisions: 22,
        rules: &[
            "BN-01", "BN-02", "BN-04", "BN-05", "BN-06", "BN-12", "BN-13", "DU-03", "DU-07", "DU-08", "DU-11", "DU-12",
            "DU-13", "FL-03", "FL-04", "FL-06", "FL-10", "FL-11", "FL-12", "FL-13", "FL-14", "FL-15", "GA-04", "GA-05",
            "GA-07", "GA-09", "GA-11", "GA-12", "GA-13", "GA-14", "GA-15", "GA-16", "GA-17", "GV-01", "GV-02", "GV-07",
            "H-01", "H-02", "H-04", "H-05", "H-07", "H-08", "H-09", "H-10", "H-14", "H-15", "H-18", "H-19", "H-20",
            "H-21", "H-22", "H-23", "L-01", "L-03", "L-04", "L-05", "L-08", "L-12", "L-13", "L-15", "L-16", "L-17",
            "L-19", "L-23", "PD-01", "RI-01", "RI-02", "RI-04", "RI-06", "RI-10", "SD-01", "SD-02", "V-02", "V-03",
            "V-04", "V-05", "V-06", "V-08", "V-09", "X-02", "X-03", "X-04", "X-05", "X-08", "X-09", "X-10", "X-11",
            "X-12",
        ],
    },
];

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

fn answers(sheet: &'static str) -> Vec<Answer<'static>> {
    let mut answers = Vec::new();
    for line in sheet.lines().filter(|line| line.starts_with('|')) {
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
fn the_organisations_are_as_large_as_their_stories() {
    for troubled in TROUBLED {
        let document = open(troubled.name);
        let sizes =
            [document.people().len(), document.roles().len(), document.processes().len(), document.decisions().len()];
        let told = [troubled.people, troubled.roles, troubled.processes, troubled.decisions];
        assert_eq!(sizes, told, "{}", troubled.name);
    }
}

#[test]
fn everything_on_an_answer_sheet_is_found_with_its_numbers() {
    for troubled in TROUBLED {
        let document = open(troubled.name);
        let report = check(&document);
        for answer in answers(troubled.answers) {
            let finding = report.findings.iter().find(|finding| is_meant(finding, &document, &answer));
            let finding = finding.unwrap_or_else(|| panic!("{}: not found: {answer:?}", troubled.name));
            let severity = if finding.waived.is_some() { "accepted" } else { finding.severity.word() };
            assert_eq!(severity, answer.severity, "{}", finding.message);
            for (name, expected) in answer.numbers {
                let value =
                    finding.number_named(name).unwrap_or_else(|| panic!("{}: no number {name}", finding.message));
                let close = (value - expected).abs() <= TOLERANCE * expected.abs();
                assert!(close, "{}: {name} is {value}, the sheet says {expected}", finding.message);
            }
        }
    }
}

#[test]
fn nothing_is_found_that_is_not_on_the_answer_sheet() {
    for troubled in TROUBLED {
        let document = open(troubled.name);
        let answers = answers(troubled.answers);
        for finding in check(&document).findings {
            let rows = answers.iter().filter(|answer| is_meant(&finding, &document, answer)).count();
            let keys = keys_of(&finding, &document);
            assert_eq!(rows, 1, "{}: {}: {} {keys:?}", troubled.name, finding.rule, finding.message);
        }
    }
}

#[test]
fn each_organisation_has_a_trouble_for_every_rule_that_it_is_to_show() {
    let known: BTreeSet<_> = RULES.iter().map(|rule| rule.meta.id).collect();
    for troubled in TROUBLED {
        let sheet: BTreeSet<_> = answers(troubled.answers).into_iter().map(|answer| answer.rule).collect();
        assert_eq!(sheet, troubled.rules.iter().copied().collect(), "{}", troubled.name);
        assert!(sheet.is_subset(&known), "{}", troubled.name);
    }
}

#[test]
fn nothing_grave_is_left_in_a_repaired_twin() {
    for troubled in TROUBLED {
        let grave: Vec<_> = check(&open(troubled.repaired))
            .findings
            .into_iter()
            .filter(|finding| finding.severity >= Severity::High && finding.waived.is_none())
            .map(|finding| finding.message.clone())
            .collect();
        assert_eq!(grave, Vec::<String>::new(), "{}", troubled.repaired);
    }
}

#[test]
fn a_repaired_twin_is_the_same_organisation() {
    let names = |document: &Document| {
        let units = document.units().iter().map(|(_, unit)| (unit.key.to_string(), unit.name.clone()));
        let roles = document.roles().iter().map(|(_, role)| (role.key.to_string(), role.name.clone()));
        let people = document.people().iter().map(|(_, person)| (person.key.to_string(), person.name.clone()));
        let decisions = document.decisions().iter().map(|(_, one)| (one.key.to_string(), one.name.clone()));
        let all = units.chain(roles).chain(people).chain(decisions);
        all.collect::<BTreeSet<_>>()
    };
    for troubled in TROUBLED {
        assert_eq!(names(&open(troubled.name)), names(&open(troubled.repaired)), "{}", troubled.name);
    }
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
