//! Every rule against its fixtures in `tests/findings/<rule>/`.
//!
//! `fires*.ron` gives exactly the findings that the `.expect` file beside it lists, `clean*.ron` gives none, and
//! `silent*.ron` gives none and says what is missing, as its `.expect` file lists. An `.expect` file has lines
//!
//! ```text
//! finding high            a finding of the rule, with its severity
//! keys till-lead refund   keys of its evidence, in order, all of them
//! number load_hours 38.4  a number, to the places that are written
//! says busy 96 %          a part of its message
//! fix Let Owner decide    the start of the label of one of its fixes
//! missing 1 person has no hours per week
//! ```
//!
//! A fixture that begins with `// today 2026-06-01` is looked at on that day; others know no day.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use remit::analysis::{CancelToken, Finding, Report, Settings, analyse};
use remit::model::{Document, Profile};

struct Expected {
    severity: String,
    keys: String,
    numbers: Vec<(String, String)>,
    says: Vec<String>,
    fixes: Vec<String>,
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    sorted_entries(&root).into_iter().filter(|path| path.is_dir()).collect()
}

fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Fixtures of all rules whose names start so: rule, path.
fn fixtures(start: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for folder in folders() {
        let rule = folder.file_name().unwrap().to_string_lossy().to_uppercase();
        for path in sorted_entries(&folder) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with(start) && name.ends_with(".ron") {
                found.push((rule.clone(), path));
            }
        }
    }
    found
}

/// The present day of a fixture: that of a line `// today 2026-06-01` at its start, else none.
fn settings(path: &Path) -> Settings {
    let text = std::fs::read_to_string(path).unwrap();
    let today = text.lines().find_map(|line| line.strip_prefix("// today ")).map(|day| day.trim().parse().unwrap());
    Settings { profile: Some(Profile::Audit), today }
}

fn load(path: &Path) -> (Document, Report) {
    let (document, problems) = remit::storage::load(path).unwrap_or_else(|error| panic!("{error}"));
    // What is broken on purpose is what this rule is about.
    let is_broken = path.parent().is_some_and(|folder| folder.ends_with("x-14"));
    assert!(is_broken || problems.is_empty(), "{}: {problems:?}", path.display());
    let settings = settings(path);
    let report = analyse(&document, &settings, &CancelToken::default()).unwrap();
    (document, report)
}

fn lines(path: &Path) -> Vec<String> {
    let path = path.with_extension("expect");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

fn expected(path: &Path) -> Vec<Expected> {
    let mut findings: Vec<Expected> = Vec::new();
    for line in lines(path) {
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let rest = rest.trim().to_owned();
        if word == "finding" {
            let (numbers, says, fixes) = (Vec::new(), Vec::new(), Vec::new());
            findings.push(Expected { severity: rest, keys: String::new(), numbers, says, fixes });
            continue;
        }
        let Some(finding) = findings.last_mut() else { panic!("{}: {line} before a finding", path.display()) };
        match word {
            "keys" => finding.keys = rest.split_whitespace().collect::<Vec<_>>().join(" "),
            "number" => {
                let (name, value) = rest.split_once(' ').unwrap_or_else(|| panic!("{line} needs a name and a value"));
                finding.numbers.push((name.to_owned(), value.trim().to_owned()));
            }
            "says" => finding.says.push(rest),
            "fix" => finding.fixes.push(rest),
            "missing" => {}
            _ => panic!("{}: “{line}” is not understood", path.display()),
        }
    }
    findings
}

/// Whether a number equals a written one to the places that are written.
fn is_written_as(value: f64, written: &str) -> bool {
    let places = written.split_once('.').map_or(0, |(_, places)| places.len());
    let number: f64 = written.parse().unwrap_or_else(|_| panic!("“{written}” is no number"));
    (value - number).abs() <= 0.5 * 10f64.powi(-(places as i32)) + 1e-12
}

fn keys_of(finding: &Finding, document: &Document) -> String {
    finding.evidence_keys(document).iter().map(|key| key.as_str().to_owned()).collect::<Vec<_>>().join(" ")
}

fn compare(path: &Path, document: &Document, finding: &Finding, expected: &Expected) {
    let place = path.display();
    assert_eq!(finding.severity.word(), expected.severity, "{place}: {}", finding.message);
    for (name, written) in &expected.numbers {
        let value = finding.number_named(name).unwrap_or_else(|| panic!("{place}: no number {name}"));
        assert!(is_written_as(value, written), "{place}: {name} is {value}, not {written}");
    }
    for part in &expected.says {
        assert!(finding.message.contains(part.as_str()), "{place}: “{}” does not say “{part}”", finding.message);
    }
    let labels: Vec<_> =
        finding.remedies.iter().filter_map(|remedy| remedy.fix.as_ref()).map(|fix| &fix.label).collect();
    for start in &expected.fixes {
        assert!(labels.iter().any(|label| label.starts_with(start.as_str())), "{place}: {labels:?} has no “{start}”");
    }
    assert!(!finding.formula.text.is_empty() && !finding.remedies.is_empty(), "{place}: {finding:?}");
    assert!(document.contains(finding.evidence[0]), "{place}");
}

#[test]
fn rules_find_what_their_fixtures_hold() {
    for (rule, path) in fixtures("fires") {
        let (document, report) = load(&path);
        let found: Vec<&Finding> =
            report.findings.iter().map(|finding| &**finding).filter(|finding| finding.rule == rule).collect();
        let expected = expected(&path);
        let shown: Vec<_> =
            found.iter().map(|finding| format!("{} | {}", keys_of(finding, &document), finding.message)).collect();
        assert!(!expected.is_empty(), "{} expects nothing", path.display());
        assert_eq!(found.len(), expected.len(), "{}: {shown:#?}", path.display());
        for one in &expected {
            let is_it = |finding: &&&Finding| {
                keys_of(finding, &document) == one.keys && one.says.iter().all(|part| finding.message.contains(part))
            };
            let finding = found.iter().find(is_it);
            let Some(finding) = finding else {
                panic!("{}: nothing about “{}” that says {:?} in {shown:#?}", path.display(), one.keys, one.says)
            };
            compare(&path, &document, finding, one);
        }
    }
}

#[test]
fn rules_leave_what_is_right_alone() {
    for (rule, path) in fixtures("clean").into_iter().chain(fixtures("silent")) {
        let (_, report) = load(&path);
        let found: Vec<_> = report.findings.iter().filter(|finding| finding.rule == rule).collect();
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

#[test]
fn silent_rules_say_what_they_lack() {
    for (rule, path) in fixtures("silent") {
        let (_, report) = load(&path);
        let silence = report.silent.iter().find(|silence| silence.rule == rule);
        let found: Vec<&str> =
            silence.iter().flat_map(|silence| &silence.missing).map(|missing| missing.what.as_str()).collect();
        let expected: Vec<String> =
            lines(&path).iter().filter_map(|line| line.strip_prefix("missing ")).map(str::to_owned).collect();
        assert!(!expected.is_empty(), "{} expects nothing", path.display());
        assert_eq!(found, expected, "{}", path.display());
    }
}

#[test]
fn a_fix_may_be_applied_and_ends_its_finding() {
    let mut applied = 0;
    for (rule, path) in fixtures("fires") {
        let (document, report) = load(&path);
        for finding in report.findings.iter().filter(|finding| finding.rule == rule) {
            for fix in finding.remedies.iter().filter_map(|remedy| remedy.fix.as_ref()) {
                let place = format!("{}: {}", path.display(), fix.label);
                let after =
                    remit::edit::apply(&document, &fix.to_edit()).unwrap_or_else(|error| panic!("{place}: {error}"));
                assert_eq!(after.label, fix.label);
                let report = analyse(&after.document, &settings(&path), &CancelToken::default()).unwrap();
                let keys = keys_of(finding, &document);
                let same = |other: &&Arc<Finding>| other.rule == rule && keys_of(other, &after.document) == keys;
                assert!(report.findings.iter().find(same).is_none(), "{place} changes nothing");
                applied += 1;
            }
        }
    }
    assert!(applied > 0);
}

#[test]
fn the_same_document_gives_the_same_report_and_no_rule_fails() {
    let settings = Settings { profile: Some(Profile::Audit), today: None };
    for document in [remit::testkit::everything(), remit::testkit::generate::organisation(3_000, 11)] {
        let report = analyse(&document, &settings, &CancelToken::default()).unwrap();
        assert_eq!(Ok(&report), analyse(&document, &settings, &CancelToken::default()).as_ref());
        let failed: Vec<_> = report.findings.iter().filter(|finding| finding.message.contains(" failed")).collect();
        assert!(failed.is_empty(), "{failed:#?}");
    }
}
