//! Who decides a case: the question, and the answer with the rule that gives it.
//!
//! A limit matches a case, does not, or depends on something that the question leaves open; what it depends on is
//! said. Limits count as on the day of the question. Where the decision's scope names several units, roles in
//! different ones decide each for their own. On the days of a delegation its receiver decides in the place of the
//! giver, as far as it reaches. A decider who is away is represented by the deputy of the limit, else of
//! the role; where there is none, by an emergency limit; else the case waits or goes up the line. Reserved decisions
//! have no deputies. Nothing here changes or guesses: who is not known to be away is there.

mod asks;
mod inquiry;
mod matching;
mod presence;
mod reading;
mod said;
mod sentences;
#[cfg(test)]
mod tests;

use crate::analysis::Index;
use crate::analysis::figures::ladder;
use crate::model::*;

pub use asks::Asks;
pub use inquiry::{Inquiry, Reply, read_amount, read_day};
pub use reading::read_line;
pub use said::{Piece, Sentence, Telling, in_short, sentences};

use matching::Match;

/// A case, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The amount, and what it counts.
    pub amount: Option<(Amount, Quantity)>,
    /// The unit that it belongs to.
    pub unit: Option<UnitId>,
    /// Its category.
    pub category: Option<String>,
    /// Whether it is budgeted.
    pub budgeted: Option<bool>,
    /// Whether the supplier is new.
    pub new_supplier: Option<bool>,
    /// The organisation's own attributes: name and value.
    pub attributes: Vec<(String, String)>,
    /// The day.
    pub on: Option<Date>,
    /// Who is away: people, or roles as a whole.
    pub away: Vec<Actor>,
}

/// How clear the answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is clear who decides, and somebody is there to do it.
    Decided,
    /// Several decide together, as their framework provides.
    Together,
    /// It is clear who decides, but nobody is there to do it.
    Waits,
    /// It depends on what the question leaves open.
    Depends,
    /// Nobody may decide it.
    Gap,
    /// Several may, and each may differ.
    Conflict,
}

impl Verdict {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Together => "together",
            Self::Waits => "waits",
            Self::Depends => "depends",
            Self::Gap => "gap",
            Self::Conflict => "conflict",
        }
    }
}

/// Somebody with a part in the decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Who.
    pub actor: Actor,
    /// On what it depends, in words; empty where it is clear.
    pub condition: String,
}

/// A limit that gave an answer, or a right that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The right.
    pub right: RightId,
    /// Place of the limit among those of the right; none for a right without limits.
    pub tier: Option<usize>,
    /// What it says; among the reasons, too.
    pub sentence: String,
}

/// Who decides, and everybody else with a part in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// How clear it is.
    pub verdict: Verdict,
    /// Who decides, lower limits first.
    pub deciders: Vec<Part>,
    /// Who decides in their place: by a delegation, or because they are away.
    pub stands_in: Vec<Part>,
    /// Who signs, too.
    pub co_signers: Vec<Part>,
    /// Who must agree.
    pub must_agree: Vec<Part>,
    /// Who is asked before.
    pub asked: Vec<Part>,
    /// Who is told afterwards.
    pub told: Vec<Part>,
    /// Who prepares it.
    pub prepares: Vec<Part>,
    /// Who carries it out.
    pub carries_out: Vec<Part>,
    /// Whom it goes up to, nearest first.
    pub goes_up_to: Vec<RoleId>,
    /// Why it is so, a sentence each: the rules that gave the answer first.
    pub reasons: Vec<String>,
    /// The limits that gave the answer, in the order of the reasons.
    pub rules: Vec<Rule>,
}

/// A deciding limit with what it says about the case.
struct Candidate<'a> {
    id: RightId,
    right: &'a Right,
    /// Place of the limit among those of the right.
    place: Option<usize>,
    tier: Option<&'a Tier>,
    home: Option<UnitId>,
    found: Match,
}

/// Everything that answering needs.
struct Desk<'a> {
    document: &'a Document,
    index: &'a Index<'a>,
    decision: &'a Decision,
    question: &'a Question,
}

/// Who decides a case; none for a decision that is not there.
pub fn who_decides<'a>(
    document: &'a Document,
    index: &'a Index<'a>,
    decision: DecisionId,
    question: &'a Question,
) -> Option<Answer> {
    let desk = Desk { document, index, decision: document.decisions().get(decision)?, question };
    let subject = Subject::Decision(decision);
    let candidates = desk.candidates(subject);
    let (normal, emergency): (Vec<_>, Vec<_>) =
        candidates.iter().partition(|one| one.tier.is_none_or(|tier| !tier.emergency));
    let verdict = desk.verdict(subject, &normal);
    let mut answer = Answer {
        verdict,
        deciders: Vec::new(),
        stands_in: Vec::new(),
        co_signers: Vec::new(),
        must_agree: desk.parts(subject, Duty::Agree),
        asked: desk.parts(subject, Duty::Consult),
        told: desk.parts(subject, Duty::Inform),
        prepares: desk.parts(subject, Duty::Prepare),
        carries_out: desk.parts(subject, Duty::Do),
        goes_up_to: Vec::new(),
        reasons: Vec::new(),
        rules: Vec::new(),
    };
    desk.name_deciders(&normal, &mut answer);
    desk.look_who_is_there(&normal, &emergency, &mut answer);
    desk.go_up(subject, &normal, &mut answer);
    desk.give_reasons(subject, &normal, &mut answer);
    Some(answer)
}

impl<'a> Desk<'a> {
    /// Deciding limits in force, with what each says about the case, those that do not match left out; lower first.
    fn candidates(&self, subject: Subject) -> Vec<Candidate<'a>> {
        let held: Vec<_> = self.index.rights_with(subject, Duty::Decide).collect();
        let mut candidates = Vec::new();
        for one in &held {
            let home = ladder::home(self.document, self.index, &self.decision.scope, one, &held);
            let (right, own) = (one.right, one.right.tiers.iter().enumerate());
            let bounded = own.clone().any(|(_, tier)| is_of_a_case(tier) && !tier.emergency);
            let counted = own.filter(|(_, tier)| !bounded || is_of_a_case(tier) || tier.emergency);
            let tiers: Vec<Option<(usize, &Tier)>> =
                if right.tiers.is_empty() { vec![None] } else { counted.map(Some).collect() };
            for placed in tiers {
                let (place, tier) = placed.unzip();
                if tier.is_some_and(|tier| !self.is_in_force(tier)) {
                    continue;
                }
                let bounds = tier.filter(|tier| is_of_a_case(tier));
                let conditions = tier.map_or(&[][..], |tier| &tier.conditions);
                let found = self.matched(bounds, conditions, home);
                if found != Match::No {
                    candidates.push(Candidate { id: one.id, right, place, tier, home, found });
                }
            }
        }
        candidates.sort_by_key(|one| one.tier.and_then(|tier| tier.above));
        candidates
    }

    fn is_in_force(&self, tier: &Tier) -> bool {
        self.question.on.is_none_or(|day| {
            tier.valid_from.is_none_or(|first| first <= day) && tier.valid_to.is_none_or(|last| last >= day)
        })
    }

    fn verdict(&self, subject: Subject, candidates: &[&Candidate<'_>]) -> Verdict {
        let mut sure: Vec<Actor> =
            candidates.iter().filter(|one| one.found == Match::Yes).map(|one| one.right.holder).collect();
        sure.sort_unstable();
        sure.dedup();
        match (sure.len(), candidates.is_empty()) {
            (0, true) => Verdict::Gap,
            (0, false) => Verdict::Depends,
            (1, _) => Verdict::Decided,
            _ => {
                let framework = self.document.framework_of(subject);
                let letters = framework.map_or(&[][..], |(_, framework)| &framework.letters);
                let mut deciding = letters.iter().filter(|letter| letter.duties.contains(&Duty::Decide));
                if deciding.any(|letter| letter.at_most.is_none()) { Verdict::Together } else { Verdict::Conflict }
            }
        }
    }

    fn name_deciders(&self, candidates: &[&Candidate<'_>], answer: &mut Answer) {
        let is_clear = answer.verdict != Verdict::Depends;
        for one in candidates.iter().filter(|one| !is_clear || one.found == Match::Yes) {
            let condition = if is_clear { String::new() } else { self.limit_words(one) };
            let part = Part { actor: one.right.holder, condition };
            for signer in one.tier.into_iter().flat_map(|tier| &tier.co_signers) {
                let signer = Part { actor: Actor::Role(*signer), condition: part.condition.clone() };
                push(&mut answer.co_signers, signer);
            }
            push(&mut answer.deciders, part);
        }
    }

    /// Holders of a letter with a duty whose limits the case may meet; the decider itself has no second part.
    fn parts(&self, subject: Subject, duty: Duty) -> Vec<Part> {
        let mut parts = Vec::new();
        for held in self.index.rights_with(subject, duty) {
            if held.right.tiers.is_empty() {
                push(&mut parts, Part { actor: held.right.holder, condition: String::new() });
            }
            for tier in held.right.tiers.iter().filter(|tier| self.is_in_force(tier)) {
                let bounds = Some(tier).filter(|tier| is_of_a_case(tier));
                let one = Candidate {
                    id: held.id,
                    right: held.right,
                    place: None,
                    tier: Some(tier),
                    home: None,
                    found: self.matched(bounds, &tier.conditions, None),
                };
                let condition = match one.found {
                    Match::No => continue,
                    Match::Yes => String::new(),
                    Match::Open => self.limit_words(&one),
                };
                push(&mut parts, Part { actor: held.right.holder, condition });
            }
        }
        parts
    }
}

/// Whether a limit bounds a single case.
fn is_of_a_case(tier: &Tier) -> bool {
    matches!(tier.per, Per::Case | Per::Contract)
}

fn push(parts: &mut Vec<Part>, part: Part) {
    if !parts.contains(&part) {
        parts.push(part);
    }
}
