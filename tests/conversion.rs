//! Rows of each framework under the letters of each other one: what becomes of every letter, and what is lost, as a
//! table that people can read; and the laws that hold for all of them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::path::Path;

use remit::edit::{ConvertFramework, ConvertedRows, Edit, Insert, LossKind, Record, apply, conversion};
use remit::model::*;

const KINDS: [DecisionKind; 3] = [DecisionKind::Task, DecisionKind::Decision, DecisionKind::Control];

/// A row in which every letter of a framework is held by somebody of its own, as often as it has to be.
fn full_row(framework: &str, kind: DecisionKind) -> (Document, DecisionId) {
    let mut document = remit::storage::new_document("Fixture");
    let id = named(&document, framework);
    let row = Decision { framework: Some(id), kind, ..Decision::new("Sign a lease") };
    let ElementRef::Decision(decision) = add(&mut document, row) else { panic!("no decision was made") };
    let letters = document.get::<Framework>(id).unwrap().letters.clone();
    for letter in letters {
        for number in 0..letter.at_least.max(1) {
            let name = if number == 0 { letter.code.clone() } else { format!("{} {}", letter.code, number + 1) };
            let ElementRef::Role(role) = add(&mut document, Role::new(format!("holder of {name}"))) else { panic!() };
            add(&mut document, Right::new(Subject::Decision(decision), Actor::Role(role), letter.code.as_str()));
        }
    }
    (document, decision)
}

/// Adds a record as the window does, and returns what was made.
fn add(document: &mut Document, record: impl Into<Record>) -> ElementRef {
    let applied = apply(document, &Insert::one(record).into()).expect("the fixture is sound");
    *document = applied.document;
    applied.created[0]
}

fn named(document: &Document, key: &str) -> FrameworkId {
    document.frameworks().iter().find(|(_, framework)| framework.key.as_str() == key).unwrap().0
}

fn keys() -> Vec<String> {
    let document = remit::storage::new_document("");
    let mut keys: Vec<String> = document.frameworks().iter().map(|(_, framework)| framework.key.to_string()).collect();
    keys.sort();
    keys
}

fn kind_word(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Task => "task",
        DecisionKind::Decision => "decision",
        DecisionKind::Control => "control",
    }
}

/// One pair as lines: the letters that change, then what is lost.
fn described(from: &str, to: &str, kind: DecisionKind) -> String {
    let (document, decision) = full_row(from, kind);
    let target = named(&document, to);
    let report = conversion(&document, &ConvertedRows::Decisions(vec![decision]), target, &[]);
    let letters: Vec<String> = report
        .letters
        .iter()
        .map(|letter| {
            let codes = if letter.path.codes.is_empty() { "–".to_owned() } else { letter.path.codes.join("+") };
            format!("{}→{codes}", letter.letter)
        })
        .collect();
    let mut text = format!("{from} → {to} ({}): {}\n", kind_word(kind), letters.join(" "));
    for loss in &report.losses {
        text.push_str(&format!("    {}\n", loss.sentence(&document)));
    }
    text
}

#[test]
fn every_pair_of_frameworks_is_in_the_table() {
    let keys = keys();
    assert_eq!(keys.len(), 9);
    let mut table = String::from(
        "What becomes of each letter when a row is converted, and what is lost.\n\
         In each row every letter is held by one role of its own. Made by tests/conversion.rs; UPDATE=1 writes it anew.\n\n",
    );
    for from in &keys {
        for to in &keys {
            if from == to {
                table.push_str(&format!("{from} → {to}: nothing changes\n"));
                continue;
            }
            let texts: Vec<(DecisionKind, String)> =
                KINDS.iter().map(|kind| (*kind, described(from, to, *kind))).collect();
            let plain = |kind: DecisionKind, text: &str| text.replace(&format!(" ({})", kind_word(kind)), "");
            let first = plain(texts[0].0, &texts[0].1);
            if texts.iter().all(|(kind, text)| plain(*kind, text) == first) {
                table.push_str(&first);
            } else {
                table.extend(texts.into_iter().map(|(_, text)| text));
            }
        }
        table.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversion/table.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &table).unwrap();
    }
    let stored = std::fs::read_to_string(&path).expect("the table is stored; UPDATE=1 writes it");
    assert_eq!(stored, table, "UPDATE=1 writes the table anew");
}

#[test]
fn what_the_report_says_is_what_happens() {
    for from in keys() {
        for to in keys() {
            for kind in KINDS {
                let (document, decision) = full_row(&from, kind);
                let rows = ConvertedRows::Decisions(vec![decision]);
                let target = named(&document, &to);
                let report = conversion(&document, &rows, target, &[]);
                let edit = Edit::from(ConvertFramework { rows, to: target, instead: Vec::new() });
                let after = apply(&document, &edit).expect("it may be converted").document;
                let gone = report.losses.iter().filter(|loss| loss.kind == LossKind::Gone).count();
                let holders = |document: &Document| {
                    let mut holders: Vec<Actor> = document.rights().iter().map(|(_, right)| right.holder).collect();
                    holders.sort_unstable();
                    holders.dedup();
                    holders.len()
                };
                assert_eq!(holders(&after), holders(&document) - gone, "{from} to {to}: who lost a right is named");
                let framework = after.get::<Framework>(target).unwrap();
                let known = after.rights().iter().all(|(_, right)| framework.letter(&right.letter).is_some());
                assert!(known, "{from} to {to}: every letter is one of the framework");
            }
        }
    }
}

#[test]
fn who_decides_decides_after_it_and_nobody_else_does() {
    for from in keys() {
        for to in keys() {
            let (document, decision) = full_row(&from, DecisionKind::Decision);
            let deciders = |document: &Document| {
                let decide = |right: &&Right| document.right_has_duty(right, Duty::Decide);
                let rights = document.rights().iter().map(|(_, right)| right);
                let mut holders: Vec<Actor> = rights.filter(decide).map(|right| right.holder).collect();
                holders.sort_unstable();
                holders.dedup();
                holders
            };
            let edit = ConvertFramework {
                rows: ConvertedRows::Decisions(vec![decision]),
                to: named(&document, &to),
                instead: Vec::new(),
            };
            let after = apply(&document, &edit.into()).expect("it may be converted").document;
            assert_eq!(deciders(&after), deciders(&document), "{from} to {to}");
        }
    }
}

#[test]
fn a_conversion_to_itself_or_to_a_copy_loses_nothing() {
    for key in keys() {
        let (mut document, decision) = full_row(&key, DecisionKind::Decision);
        let own = named(&document, &key);
        let rows = ConvertedRows::Decisions(vec![decision]);
        assert_eq!(conversion(&document, &rows, own, &[]).losses, []);
        let record = document.get::<Framework>(own).unwrap().clone();
        let record = Framework { key: Key::unset(), name: "Copy".to_owned(), built_in: false, ..record };
        let ElementRef::Framework(copy) = add(&mut document, record) else { panic!("no framework was made") };
        let report = conversion(&document, &rows, copy, &[]);
        let alone = |loss: &&remit::edit::Loss| !matches!(loss.kind, LossKind::TooMany { .. });
        assert_eq!(report.losses.iter().filter(alone).count(), 0, "{key}");
        assert!(report.letters.iter().all(|letter| letter.path.codes == [letter.letter.clone()]), "{key}");
    }
}

#[test]
fn each_framework_asks_for_the_number_of_holders_it_is_known_for() {
    let numbers = |key: &str| {
        let document = remit::storage::new_document("");
        let framework = document.get::<Framework>(named(&document, key)).unwrap();
        let number = |letter: &Letter| match (letter.at_least, letter.at_most) {
            (least, Some(most)) if least == most => format!("{}={least}", letter.code),
            (0, Some(most)) => format!("{}≤{most}", letter.code),
            (0, None) => letter.code.clone(),
            (least, None) => format!("{}≥{least}", letter.code),
            (least, Some(most)) => format!("{}={least}..{most}", letter.code),
        };
        framework.letters.iter().map(number).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(numbers("raci"), "R≥1 A=1 C I");
    assert_eq!(numbers("rasci"), "R≥1 A=1 Su C I");
    assert_eq!(numbers("raci-vs"), "R≥1 A=1 C I V Si");
    assert_eq!(numbers("rapid"), "R=1 A≤2 P≥1 I D=1");
    assert_eq!(numbers("daci"), "D=1 A=1 C I");
    assert_eq!(numbers("dare"), "D≥1 A R≥1 E≥1");
    assert_eq!(numbers("ovis"), "O=1 V≤2 I S");
    assert_eq!(numbers("charting"), "R=1 A S I");
    assert_eq!(numbers("delegation"), "1≤1 2≤1 3≤1 4≤2 5≤1 6≤1 7≤1");
}
