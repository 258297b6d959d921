//! What is wrong with a ladder, in sentences.

use super::{LadderIssue, LadderIssueKind, holder_and_limit, limit_of};
use crate::analysis::figures::{Ladder, Range, Rung};
use crate::analysis::words;
use crate::model::*;

/// Everything that is wrong with the ladders of a decision, the gravest first, small amounts before large ones.
pub(super) fn issues(document: &Document, decision: DecisionId, ladders: &[Ladder]) -> Vec<LadderIssue> {
    let mut found = Vec::new();
    for ladder in ladders {
        let mut list = List { document, decision, ladder, found: &mut found };
        list.units();
        list.gaps();
        list.overlaps();
        list.inversions();
        list.repeated();
        list.in_words();
    }
    found.sort_by_key(|issue: &LadderIssue| (issue.kind, issue.per, issue.range.above));
    found
}

struct List<'l> {
    document: &'l Document,
    decision: DecisionId,
    ladder: &'l Ladder,
    found: &'l mut Vec<LadderIssue>,
}

impl List<'_> {
    fn push(&mut self, kind: LadderIssueKind, rungs: Vec<Rung>, range: Range, sentence: String) {
        self.found.push(LadderIssue { kind, per: self.ladder.per, rungs, range, sentence, remedies: Vec::new() });
    }

    fn units(&mut self) {
        if self.ladder.quantities.len() < 2 {
            return;
        }
        let units: Vec<String> = self.ladder.quantities.iter().map(|quantity| unit_word(*quantity)).collect();
        let sentence = format!(
            "Limits {} count {}: they cannot be compared. Convert one with a stated rate, or make two decisions of it.",
            per_words(self.ladder.per),
            words::joined(&units)
        );
        let deciding = deciding_rights(self.document, self.decision);
        let per = self.ladder.per;
        let rungs = deciding.iter().flat_map(|(id, right)| {
            let own = right.tiers.iter().enumerate().filter(move |(_, tier)| tier.per == per && !tier.emergency);
            own.map(|(place, _)| Rung { right: *id, tier: Some(place) })
        });
        self.push(LadderIssueKind::Units, rungs.collect(), Range::ALL, sentence);
    }

    /// What is summed, behind a case; nothing for single cases.
    fn per(&self) -> String {
        if self.ladder.per == Per::Case { String::new() } else { format!(" {}", per_words(self.ladder.per)) }
    }

    fn gaps(&mut self) {
        let per = self.per();
        for gap in &self.ladder.gaps {
            let case = gap.case.words(self.document);
            let range = match gap.case.quantity {
                Some(_) if gap.range != Range::ALL => {
                    format!(" Open is what is {}.", gap.range.words(gap.case.quantity))
                }
                _ => String::new(),
            };
            let sentence = format!("{case}{per}: nobody decides.{range}");
            self.push(LadderIssueKind::Gap, Vec::new(), gap.range, sentence);
        }
    }

    fn overlaps(&mut self) {
        let kind = if one_decides(self.document, self.decision) {
            LadderIssueKind::Conflict
        } else {
            LadderIssueKind::Overlap
        };
        for pair in &self.ladder.overlaps {
            let [one, two] = [pair.first, pair.second].map(|rung| holder_and_limit(self.document, rung));
            let sentence = format!("{}{}: both {one} and {two} decide.", pair.case.words(self.document), self.per());
            self.push(kind, vec![pair.first, pair.second], pair.range, sentence);
        }
    }

    fn inversions(&mut self) {
        for pair in &self.ladder.inversions {
            let reason = limit_of(self.document, pair.lower).and_then(|(_, tier)| tier);
            if reason.is_some_and(|tier| !tier.reason.trim().is_empty()) {
                continue;
            }
            let [one, two] = [pair.lower, pair.upper].map(|rung| holder_and_limit(self.document, rung));
            let case = format!("{}{}", pair.case.words(self.document), self.per());
            let sentence = format!("{case}: {one} decides, the superior {two} may not.");
            let range = Range { above: Some(pair.case.amount), up_to: None };
            self.push(LadderIssueKind::Inversion, vec![pair.lower, pair.upper], range, sentence);
        }
    }

    fn repeated(&mut self) {
        for (inner, outer) in &self.ladder.subsumed {
            let [one, two] = [*inner, *outer].map(|rung| holder_and_limit(self.document, rung));
            let sentence = format!("{one} says nothing new: it lies within {two}.");
            self.push(LadderIssueKind::Redundant, vec![*inner, *outer], range_of(self.document, *inner), sentence);
        }
        for rung in &self.ladder.redundant {
            let one = holder_and_limit(self.document, *rung);
            let sentence = format!("{one} says nothing new: other limits cover it together.");
            self.push(LadderIssueKind::Redundant, vec![*rung], range_of(self.document, *rung), sentence);
        }
        for (lower, upper) in &self.ladder.mergeable {
            let [one, two] = [*lower, *upper].map(|rung| holder_and_limit(self.document, rung));
            let sentence = format!("{one} and {two} could be one limit.");
            self.push(LadderIssueKind::Mergeable, vec![*lower, *upper], range_of(self.document, *lower), sentence);
        }
    }

    fn in_words(&mut self) {
        for rung in &self.ladder.unevaluated {
            let one = holder_and_limit(self.document, *rung);
            let sentence = format!("{one} has a condition in words: it is taken to hold, and meets nobody.");
            self.push(LadderIssueKind::InWords, vec![*rung], range_of(self.document, *rung), sentence);
        }
    }
}

fn range_of(document: &Document, rung: Rung) -> Range {
    let tier = limit_of(document, rung).and_then(|(_, tier)| tier);
    tier.map_or(Range::ALL, |tier| Range { above: tier.above, up_to: tier.up_to })
}

/// Whether the framework of a row lets only one decide.
fn one_decides(document: &Document, decision: DecisionId) -> bool {
    let framework = document.framework_of(Subject::Decision(decision));
    let letters = framework.map_or(&[][..], |(_, framework)| &framework.letters);
    letters.iter().filter(|letter| letter.duties.contains(&Duty::Decide)).all(|letter| letter.at_most.is_some())
}

fn unit_word(quantity: Quantity) -> String {
    match quantity {
        Quantity::Money(currency) => currency.to_string(),
        Quantity::Percent => "percent".to_owned(),
        Quantity::Days => "days".to_owned(),
        Quantity::Count => "pieces".to_owned(),
    }
}
