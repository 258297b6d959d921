//! An answer in sentences: one for each part that somebody has in a decision, with the names apart from the words, so
//! that they can lead to where they are shown.

use super::{Answer, Part, Verdict};
use crate::analysis::words;
use crate::model::*;

/// Which part of the answer a sentence tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Telling {
    /// Who decides, that nobody does, or on what it depends.
    Decides,
    /// Who decides if.
    MayDecide,
    /// Who stands in.
    StandsIn,
    /// Who signs, too.
    Signs,
    /// Who must agree.
    Agrees,
    /// Who is asked before.
    IsAsked,
    /// Who is told afterwards.
    IsTold,
    /// Who prepares it.
    Prepares,
    /// Who carries it out.
    CarriesOut,
    /// Whom it goes up to.
    GoesUp,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A name, and whose it is.
    Name(ElementRef, String),
}

/// A sentence about one part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Which part.
    pub telling: Telling,
    /// Its pieces, in order; spaces belong to the words.
    pub pieces: Vec<Piece>,
}

impl Sentence {
    /// The whole sentence.
    pub fn text(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Name(_, name) => name.clone(),
        };
        self.pieces.iter().map(piece).collect()
    }
}

/// The sentences of an answer, who decides first.
pub fn sentences(document: &Document, answer: &Answer) -> Vec<Sentence> {
    let mut said = Vec::new();
    let mut say = |telling, pieces: Vec<Piece>| {
        if !pieces.is_empty() {
            said.push(Sentence { telling, pieces });
        }
    };
    if answer.verdict == Verdict::Depends {
        say(Telling::Decides, answer.reasons.first().map(|reason| Piece::Words(reason.clone())).into_iter().collect());
        for part in &answer.deciders {
            say(Telling::MayDecide, with_verb(document, std::slice::from_ref(part), ("decides", "decide")));
        }
    } else {
        say(Telling::Decides, deciding(document, answer));
    }
    let parts = [
        (Telling::StandsIn, &answer.stands_in, "stands in", "stand in"),
        (Telling::Signs, &answer.co_signers, "signs, too", "sign, too"),
        (Telling::Agrees, &answer.must_agree, "must agree", "must agree"),
        (Telling::IsAsked, &answer.asked, "is asked before", "are asked before"),
        (Telling::IsTold, &answer.told, "is told afterwards", "are told afterwards"),
        (Telling::Prepares, &answer.prepares, "prepares it", "prepare it"),
        (Telling::CarriesOut, &answer.carries_out, "carries it out", "carry it out"),
    ];
    for (telling, parts, one, many) in parts {
        say(telling, with_verb(document, parts, (one, many)));
    }
    say(Telling::GoesUp, going_up(document, answer));
    said
}

fn deciding(document: &Document, answer: &Answer) -> Vec<Piece> {
    let who = |verbs| with_verb(document, &answer.deciders, verbs);
    match answer.verdict {
        Verdict::Decided if !answer.stands_in.is_empty() => {
            who(("would decide, but is away", "would decide, but are away"))
        }
        Verdict::Decided | Verdict::Depends => who(("decides", "decide")),
        Verdict::Together => who(("decides", "decide together")),
        Verdict::Conflict => who(("decides", "may each decide: it is not settled who does")),
        Verdict::Waits => who(("would decide, but is away: it waits", "would decide, but are away: it waits")),
        Verdict::Gap => vec![Piece::Words("Nobody may decide this.".to_owned())],
    }
}

fn going_up(document: &Document, answer: &Answer) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, role) in answer.goes_up_to.iter().enumerate() {
        let before = if index == 0 { "It goes up to " } else { ", then to " };
        pieces.push(Piece::Words(before.to_owned()));
        pieces.extend(name(document, Actor::Role(*role)));
    }
    if !pieces.is_empty() {
        pieces.push(Piece::Words(".".to_owned()));
    }
    pieces
}

/// `A and B (Ana) sign, too.`, `A must agree if > 20 %.`; nothing for nobody.
fn with_verb(document: &Document, parts: &[Part], (one, many): (&str, &str)) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if let [part] = parts {
        pieces.extend(name(document, part.actor));
        let condition = conditional(&part.condition);
        let space = if condition.is_empty() { "" } else { " " };
        pieces.push(Piece::Words(format!(" {one}{space}{condition}.")));
        return pieces;
    }
    for (index, part) in parts.iter().enumerate() {
        match index {
            0 => {}
            _ if index + 1 == parts.len() => pieces.push(Piece::Words(" and ".to_owned())),
            _ => pieces.push(Piece::Words(", ".to_owned())),
        }
        pieces.extend(name(document, part.actor));
        if !part.condition.is_empty() {
            pieces.push(Piece::Words(format!(" ({})", conditional(&part.condition))));
        }
    }
    if !pieces.is_empty() {
        pieces.push(Piece::Words(format!(" {many}.")));
    }
    pieces
}

/// `if > 20 %`, `for Shop North`; empty for no condition.
fn conditional(condition: &str) -> String {
    let reads_on = condition.is_empty() || condition.starts_with("for ") || condition.starts_with("emergency");
    if reads_on { condition.to_owned() } else { format!("if {condition}") }
}

/// A name, and who holds the role where there are people: `Owner`, ` (Ana Costa)`.
fn name(document: &Document, actor: Actor) -> Vec<Piece> {
    let element = ElementRef::from(actor);
    let mut pieces = vec![Piece::Name(element, words::named(document, element))];
    let holders = match actor {
        Actor::Role(role) => document.holders_label(role),
        _ => String::new(),
    };
    if !holders.is_empty() {
        pieces.push(Piece::Words(format!(" ({holders})")));
    }
    pieces
}

/// The answer in one line: `Shop manager decides; Accountant agrees`.
pub fn in_short(document: &Document, answer: &Answer) -> String {
    let names = |parts: &[Part]| -> String {
        let names: Vec<String> = parts.iter().map(|part| words::named(document, part.actor)).collect();
        words::joined(&names)
    };
    let verb = |parts: &[Part], one: &str, many: &str| match parts {
        [] => None,
        [_] => Some(format!("{} {one}", names(parts))),
        _ => Some(format!("{} {many}", names(parts))),
    };
    let up = answer.goes_up_to.first().map(|role| format!("it goes up to {}", words::named(document, *role)));
    let first = match answer.verdict {
        Verdict::Decided if !answer.stands_in.is_empty() => verb(&answer.deciders, "is away", "are away"),
        Verdict::Decided => verb(&answer.deciders, "decides", "decide"),
        Verdict::Together => verb(&answer.deciders, "decides", "decide together"),
        Verdict::Conflict => verb(&answer.deciders, "decides", "may each decide"),
        Verdict::Depends => answer.reasons.first().map(|reason| reason.trim_end_matches('.').to_owned()),
        Verdict::Waits => verb(&answer.deciders, "is away: it waits", "are away: it waits"),
        Verdict::Gap => Some("Nobody may decide this".to_owned()),
    };
    let mut clauses: Vec<String> = first.into_iter().collect();
    clauses.extend(verb(&answer.stands_in, "stands in", "stand in"));
    clauses.extend(verb(&answer.co_signers, "signs, too", "sign, too"));
    clauses.extend(verb(&answer.must_agree, "agrees", "agree"));
    if matches!(answer.verdict, Verdict::Gap | Verdict::Waits) {
        clauses.extend(up);
    }
    clauses.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Index;
    use crate::analysis::decide::{Question, who_decides};
    use crate::analysis::rules::testing::raci;

    #[test]
    fn every_part_is_a_sentence_and_names_lead_to_whom_they_name() {
        let mut document = raci();
        let ana = document.insert(Person::new("Ana"));
        let holders = vec![Holding { person: ana, share: None }];
        let owner = document.insert(Role { holders, ..Role::new("Owner") });
        let [clerk, till] =
            ["Clerk", "Till"].map(|name| document.insert(Role { reports_to: Some(owner), ..Role::new(name) }));
        let decision = document.insert(Decision::new("Grant refund"));
        let subject = Subject::Decision(decision);
        let tiers = parse_tiers("≤ 200 EUR", Currency::EUR).unwrap();
        document.insert(Right { tiers, ..Right::new(subject, Actor::Role(clerk), "A") });
        document.insert(Right::new(subject, Actor::Role(owner), "I"));
        document.insert(Right::new(subject, Actor::Role(till), "I"));
        let euros = Quantity::Money(Currency::EUR);
        let said = |amount: i32, away: Vec<Actor>| {
            let amount = Some((Amount::whole(amount), euros));
            let question = Question { amount, away, ..Question::default() };
            let answer = who_decides(&document, &Index::new(&document), decision, &question).unwrap();
            let sentences = sentences(&document, &answer);
            let pieces = sentences[0].pieces.clone();
            (sentences.iter().map(Sentence::text).collect::<Vec<_>>(), in_short(&document, &answer), pieces)
        };
        let (texts, short, pieces) = said(100, Vec::new());
        assert_eq!(
            texts,
            ["Clerk decides.", "Owner (Ana) and Till are told afterwards.", "It goes up to Owner (Ana)."]
        );
        assert_eq!(short, "Clerk decides");
        assert_eq!(pieces[0], Piece::Name(clerk.into(), "Clerk".to_owned()));
        let (texts, short, _) = said(300, Vec::new());
        assert_eq!(texts[0], "Nobody may decide this.");
        assert_eq!(short, "Nobody may decide this; it goes up to Owner");
        let (texts, short, _) = said(100, vec![Actor::Role(clerk)]);
        assert_eq!(texts[0], "Clerk would decide, but is away: it waits.");
        assert_eq!(short, "Clerk is away: it waits; it goes up to Owner");
    }
}
