//! Who decides in the bakery: the questions of `tests/data/bakery-decide.txt`, answered as read off its rights by hand.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use remit::analysis::Index;
use remit::analysis::decide::{Answer, Part, Question, who_decides};
use remit::model::*;
use remit::storage::{load_str, sample};

const QUESTIONS: &str = include_str!("data/bakery-decide.txt");

fn question(document: &Document, text: &str) -> (DecisionId, Question) {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().unwrap();
    let decision = document.decisions().iter().find(|(_, one)| one.name == name);
    let (decision, _) = decision.unwrap_or_else(|| panic!("no decision {name}"));
    let mut question = Question::default();
    for part in parts {
        let (word, value) = part.split_once(' ').unwrap_or_else(|| panic!("{part}"));
        match word {
            "amount" => {
                let tier = parse_tier(value, Currency::EUR).unwrap();
                question.amount = Some((tier.up_to.unwrap(), tier.quantity));
            }
            "unit" => question.unit = document.units().iter().find(|(_, unit)| unit.name == value).map(|(id, _)| id),
            "date" => question.on = Some(value.parse().unwrap()),
            "away" => {
                let person = document.people().iter().find(|(_, person)| person.name == value);
                question.away.push(Actor::Person(person.unwrap_or_else(|| panic!("nobody is {value}")).0));
            }
            _ => panic!("“{part}” is not understood"),
        }
    }
    (decision, question)
}

fn listed(document: &Document, parts: &[Part]) -> String {
    let shown = parts.iter().map(|part| {
        let name = document.name_of(part.actor.into());
        if part.condition.is_empty() { name.to_owned() } else { format!("{name} if {}", part.condition) }
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn check(document: &Document, block: &[&str]) {
    let (asked, expected) = block.split_first().unwrap();
    let index = Index::new(document);
    let (decision, question) = question(document, asked.trim_start_matches('?').trim());
    let answer: Answer = who_decides(document, &index, decision, &question).unwrap();
    let deciders = listed(document, &answer.deciders);
    let first = if deciders.is_empty() {
        format!("= {}", answer.verdict.word())
    } else {
        format!("= {}: {deciders}", answer.verdict.word())
    };
    assert_eq!(first, expected[0], "{asked}\n{answer:#?}");
    let given = |label: &str| {
        expected.iter().find_map(|line| line.strip_prefix(label)?.strip_prefix(": ")).unwrap_or_default().to_owned()
    };
    for (label, parts) in [
        ("stands in", &answer.stands_in),
        ("signs too", &answer.co_signers),
        ("must agree", &answer.must_agree),
        ("is asked", &answer.asked),
        ("is told", &answer.told),
    ] {
        assert_eq!(listed(document, parts), given(label), "{asked}: {label}");
    }
    let up = given("goes up to");
    let names: Vec<&str> = answer.goes_up_to.iter().map(|role| document.name_of((*role).into())).collect();
    assert!(up.is_empty() || names.join(", ") == up, "{asked}: goes up to {names:?}");
    assert!(!answer.reasons.is_empty(), "{asked}: no reason");
    assert!(answer.reasons.iter().all(|reason| reason.ends_with(['.', '!'])), "{asked}: {:?}", answer.reasons);
}

#[test]
fn the_bakery_is_answered_as_its_rights_say() {
    let mut document = Document::default();
    let mut count = 0;
    let lines = QUESTIONS.lines().filter(|line| !line.starts_with('#'));
    for block in lines.collect::<Vec<_>>().split(|line| line.trim().is_empty()) {
        match block {
            [] => {}
            [only] if only.starts_with("in ") => {
                let name = only.trim_start_matches("in ");
                document = load_str(sample(name).unwrap(), name).unwrap().0;
            }
            block => {
                check(&document, block);
                count += 1;
            }
        }
    }
    assert!(count >= 50, "{count} questions");
}
