//! Limits: who may decide up to how much, and where cases have nobody or several.
//!
//! One decision is shown as its ladder, as the window draws it, with what its study found ([`LadderStudy`]); all of them
//! as a list. Which cases are open and where limits meet is exact, see the figures of ladders.

mod rows;

pub use rows::{LadderRows, ladder_rows};

use super::kit::{listing, name, nothing, row, severity_of, to};
use super::{Choice, Figures, Meta};
use crate::analysis::{LadderIssue, LadderIssueKind, LadderStudy};
use crate::model::*;
use crate::scene::capitalised;
use crate::scene::display::*;
use crate::scene::icon::Icon;

pub(super) const META: Meta = Meta {
    id: "limits",
    title: "Limits",
    question: "Who may decide up to how much, and which cases have nobody or several?",
    icon: Icon::Gauge,
    keywords: "limit tier ladder delegation authority amount threshold approval gap overlap handbook",
};

const ALL: &str = "all";
const LIMITS: [&str; 4] = ["Decision", "Decider", "Limit", "Issues"];
const CASES: [&str; 5] = ["Decision", "Kind of case", "Above", "Up to", "Who decides"];

pub(super) fn choices(document: &Document) -> Vec<Choice> {
    let choice = |id: DecisionId| {
        let key = document.key_of(id.into()).map(ToString::to_string).unwrap_or_default();
        Choice { key, label: name(document, id) }
    };
    std::iter::once(Choice::new(ALL, "All decisions")).chain(limited(document).into_iter().map(choice)).collect()
}

/// The decisions of which somebody decides a part only, in the order of the register.
fn limited(document: &Document) -> Vec<DecisionId> {
    let is_limited = |id: &DecisionId| deciding_rights(document, *id).iter().any(|(_, right)| !right.tiers.is_empty());
    document.decisions().ids().filter(is_limited).collect()
}

pub(super) fn show(figures: &Figures<'_>, wanted: &str) -> Display {
    let document = figures.document;
    let decisions = limited(document);
    let of = |id: DecisionId| (id, LadderStudy::of(document, &figures.index, id, figures.today, false));
    let is_wanted = |id: &&DecisionId| document.key_of((**id).into()).is_some_and(|key| key.as_str() == wanted);
    if let Some(id) = decisions.iter().find(is_wanted) {
        return one(document, &of(*id));
    }
    if decisions.is_empty() {
        let sentence = "No decision has limits yet. Type one into a cell of the matrix, such as ≤ 200 EUR.";
        return nothing(sentence, Records::new("Limits", &LIMITS));
    }
    all(document, &decisions.into_iter().map(of).collect::<Vec<_>>())
}

/// A decision with what was found about its limits.
type Studied = (DecisionId, LadderStudy);

fn all(document: &Document, studied: &[Studied]) -> Display {
    let rows = studied.iter().map(|(id, study)| {
        let deciders: Vec<String> = deciding_rights(document, *id)
            .into_iter()
            .map(|(_, right)| format!("{} {}", name(document, right.holder), limit_words(document, right)))
            .collect();
        let severity = study.issues.iter().map(|issue| severity_of(issue.kind.severity())).max();
        ListRow { severity, ..row(to(*id), vec![name(document, *id), deciders.join("; "), counts(study)]) }
    });
    let rows: Vec<ListRow> = rows.collect();
    let with_issues = studied.iter().filter(|(_, study)| !study.issues.is_empty()).count();
    let sentence = match with_issues {
        0 => "In every case exactly one decides.".to_owned(),
        1 => "The limits of 1 decision leave cases open, meet, or say something twice.".to_owned(),
        count => format!("The limits of {count} decisions leave cases open, meet, or say something twice."),
    };
    Display {
        blocks: vec![
            Block::Prose(vec![Sentence::plain(sentence)]),
            listing(&["Decision", "Who decides up to how much", "What is wrong"], rows),
        ],
        tables: tables(document, studied),
        ..Display::default()
    }
}

fn one(document: &Document, studied: &Studied) -> Display {
    let (id, study) = studied;
    let mut sentences: Vec<Sentence> = study.issues.iter().map(sentence).collect();
    if sentences.is_empty() {
        sentences.push(Sentence::plain("In every case exactly one decides."));
    }
    let guardrail = document.decisions().get(*id).map(|decision| decision.guardrail.as_str()).unwrap_or_default();
    if !guardrail.is_empty() {
        sentences.push(Sentence::small(format!("Guardrail: {guardrail}")));
    }
    let ladder = Ladder { sketch: ladder_rows(document, *id, study, None).sketch, target: to(*id) };
    Display {
        blocks: vec![Block::Ladder(ladder), Block::Prose(sentences)],
        tables: tables(document, std::slice::from_ref(studied)),
        ..Display::default()
    }
}

fn sentence(issue: &LadderIssue) -> Sentence {
    let text = format!("{}: {}", capitalised(issue.kind.word()), issue.sentence);
    Sentence { severity: Some(severity_of(issue.kind.severity())), ..Sentence::plain(text) }
}

/// `2 gaps, 1 overlap`: kinds with their counts, the gravest first.
fn counts(study: &LadderStudy) -> String {
    let mut kinds: Vec<LadderIssueKind> = study.issues.iter().map(|issue| issue.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let words: Vec<String> = kinds.into_iter().map(|kind| format!("{} × {}", study.count(kind), kind.word())).collect();
    words.join(", ")
}

fn limit_words(document: &Document, right: &Right) -> String {
    if right.tiers.is_empty() {
        return "without a limit".to_owned();
    }
    let limits: Vec<String> = right.tiers.iter().map(|tier| tier_words(document, tier)).collect();
    limits.join(" and ")
}

fn tables(document: &Document, studied: &[Studied]) -> Vec<Records> {
    let (mut limits, mut cases) = (Records::new("Limits", &LIMITS), Records::new("Who decides", &CASES));
    for (id, study) in studied {
        let decision = name(document, *id);
        for (right_id, right) in deciding_rights(document, *id) {
            let concerned = study.issues.iter().filter(|issue| issue.rungs.iter().any(|rung| rung.right == right_id));
            let issues: Vec<&str> = concerned.map(|issue| issue.sentence.as_str()).collect();
            let texts =
                [decision.clone(), name(document, right.holder), limit_words(document, right), issues.join(" ")];
            limits.rows.push(texts.into_iter().map(Cell::Text).collect());
        }
        for strips in &study.strips {
            for strip in &strips.strips {
                let kind = strip.words(document);
                let end = |amount: Option<Amount>| amount.map(Amount::to_f64).into();
                cases.rows.extend(strip.parts.iter().map(|part| {
                    let holders: Vec<String> = part.holders.iter().map(|holder| name(document, *holder)).collect();
                    let who = if holders.is_empty() { "nobody".to_owned() } else { holders.join(", ") };
                    let texts = [decision.clone(), kind.clone()].map(Cell::Text);
                    let ends = [end(part.range.above), end(part.range.up_to), Cell::Text(who)];
                    texts.into_iter().chain(ends).collect()
                }));
            }
        }
    }
    vec![limits, cases]
}

#[cfg(test)]
mod tests;
