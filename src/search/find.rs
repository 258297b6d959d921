//! Answering a query: the elements that have all its words, by kind, the best first.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fold::unfolded;
use super::index::{Entry, Index, Passage};
use super::matching::{Match, Query};
use super::passages::Field;
use crate::model::{ElementKind, ElementRef};

/// What the name of something else that an element is about is worth, in hundredths of the same word in its own texts.
const ABOUT: i32 = 40;

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Elements by kind; the kind with the best answer first.
    pub groups: Vec<Group>,
    /// How many elements answer the query.
    pub total: usize,
}

/// The elements of one kind that answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Their kind.
    pub kind: ElementKind,
    /// The best of them, the best first.
    pub hits: Vec<Hit>,
    /// How many more there are.
    pub more: usize,
}

/// One element that answers, with the passage that does so best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub element: ElementRef,
    /// Which of its texts.
    pub field: Field,
    /// The text.
    pub text: String,
    /// The parts of the text that answer, in its order.
    pub marks: Vec<Range<usize>>,
}

/// How well an entry answers.
struct Answer<'a> {
    worth: i32,
    entry: &'a Entry,
    passage: &'a Passage,
    ranges: Vec<Range<usize>>,
}

impl Index {
    /// Answers a query with at most `most` elements of each kind.
    pub fn find(&self, query: &Query, most: usize) -> Found {
        if query.is_empty() {
            return Found::default();
        }
        let mut by_kind: BTreeMap<ElementKind, Vec<Answer<'_>>> = BTreeMap::new();
        for entry in self.entries() {
            if let Some(answer) = self.answer(query, entry) {
                by_kind.entry(entry.element.kind()).or_default().push(answer);
            }
        }
        let total = by_kind.values().map(Vec::len).sum();
        let mut groups: Vec<(i32, Group)> = Vec::new();
        for (kind, mut answers) in by_kind {
            // Equal answers stay in the order of handles.
            answers.sort_by_key(|answer| std::cmp::Reverse(answer.worth));
            let best = answers.first().map_or(0, |answer| answer.worth);
            let more = answers.len().saturating_sub(most);
            let hits = answers.into_iter().take(most).map(Answer::hit).collect();
            groups.push((best, Group { kind, hits, more }));
        }
        groups.sort_by_key(|(best, _)| std::cmp::Reverse(*best));
        Found { groups: groups.into_iter().map(|(_, group)| group).collect(), total }
    }

    /// How well an entry answers: every word must be found in one of its texts, or in the name of what it is about.
    fn answer<'a>(&self, query: &Query, entry: &'a Entry) -> Option<Answer<'a>> {
        let mut found: Vec<Vec<Option<Match>>> = Vec::with_capacity(entry.passages.len());
        for passage in &entry.passages {
            found.push((0..query.len()).map(|word| query.word_in(word, &passage.prepared)).collect());
        }
        if !found.iter().flatten().any(Option::is_some) {
            return None;
        }
        let mut worth = 0;
        for word in 0..query.len() {
            let own = found
                .iter()
                .zip(&entry.passages)
                .filter_map(|(matches, passage)| Some(matches.get(word)?.as_ref()?.worth - passage.field.handicap()));
            worth += own.max().or_else(|| self.about(query, word, entry))?;
        }
        // The passage that has the most words, and has them best.
        let held = |matches: &[Option<Match>]| matches.iter().flatten().map(|found| found.worth).sum::<i32>();
        let shown = found.iter().zip(&entry.passages).max_by_key(|(matches, passage)| {
            (held(matches) - passage.field.handicap() * i32::from(held(matches) > 0), std::cmp::Reverse(passage.field))
        });
        let (matches, passage) = shown?;
        let phrase = if query.is_phrase_in(&passage.prepared) { 20 } else { 0 };
        let mut ranges: Vec<Range<usize>> = matches.iter().flatten().map(|found| found.range.clone()).collect();
        ranges.sort_by_key(|range| range.start);
        let early = 10 - ranges.first().map_or(10, |range| range.start.min(10) as i32);
        Some(Answer { worth: worth / query.len().max(1) as i32 + phrase + early, entry, passage, ranges })
    }

    fn about(&self, query: &Query, word: usize, entry: &Entry) -> Option<i32> {
        let names = entry.about.iter().filter_map(|element| self.name(*element));
        names.filter_map(|name| query.word_in(word, name)).map(|found| found.worth * ABOUT / 100).max()
    }
}

impl Answer<'_> {
    fn hit(self) -> Hit {
        let marks = unfolded(&self.passage.text, &self.ranges);
        let (element, field) = (self.entry.element, self.passage.field);
        Hit { element, field, text: self.passage.text.to_string(), marks: joined(marks) }
    }
}

/// Ranges in order, those that touch as one.
fn joined(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}

/// A piece of a text of at most about `most` letters around its first mark, on one line, with the marks in it.
pub fn excerpt(text: &str, marks: &[Range<usize>], most: usize) -> (String, Vec<Range<usize>>) {
    let first = marks.first().map_or(0, |mark| mark.start);
    let letters_before = text.get(..first).map_or(0, |before| before.chars().count());
    let skipped = if letters_before > most * 2 / 3 { letters_before - most / 3 } else { 0 };
    // A word is not begun in its middle.
    let begin =
        text.char_indices().skip(skipped).find(|(at, letter)| skipped == 0 || letter.is_whitespace() || *at >= first);
    let begin = begin.map_or(0, |(at, _)| at);
    let end = text.char_indices().skip(skipped + most).map(|(at, _)| at).find(|at| *at > first).unwrap_or(text.len());
    let mut piece = String::new();
    let mut moved = Vec::new();
    if begin > 0 {
        piece.push('…');
    }
    for (at, letter) in text.char_indices().filter(|(at, _)| *at >= begin && *at < end) {
        let place = piece.len();
        piece.push(if letter.is_control() { ' ' } else { letter });
        for mark in marks.iter().filter(|mark| mark.contains(&at)) {
            match moved.last_mut().filter(|last: &&mut Range<usize>| last.end == place && at != mark.start) {
                Some(last) => last.end = piece.len(),
                None => moved.push(place..piece.len()),
            }
        }
    }
    if end < text.len() {
        piece.push('…');
    }
    (piece, moved)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::*;

    fn firm() -> Document {
        let mut document = Document::default();
        let office = document.insert(Unit::new("Office"));
        let clerk = document.insert(Role { unit: Some(office), ..Role::new("Refund clerk") });
        let process = document.insert(Process { trigger: "A customer complains".into(), ..Process::new("Refund") });
        let performer = Some(Actor::Role(clerk));
        let check = document.insert(Step { performer, ..Step::new(process, "Check the receipt") });
        let pay = document.insert(Step { description: "Never in cash".into(), ..Step::new(process, "Pay back") });
        let flow = Flow::new(process, FlowNode::Step(check), FlowNode::Step(pay));
        document.insert(Flow { condition: "receipt is genuine".into(), ..flow });
        let decision =
            document.insert(Decision { guardrail: "No refund after a year".into(), ..Decision::new("Grant refund") });
        let tiers = parse_tiers("≤ 200 EUR", Currency::EUR).unwrap();
        document.insert(Right { tiers, ..Right::new(Subject::Decision(decision), Actor::Role(clerk), "D") });
        document
    }

    fn found(document: &Document, query: &str) -> Vec<(ElementKind, Field, String)> {
        let index = Index::of(&Arc::new(document.clone()));
        let found = index.find(&Query::new(query), 10);
        let hits = found.groups.iter().flat_map(|group| group.hits.iter().map(|hit| (group.kind, hit)));
        hits.map(|(kind, hit)| (kind, hit.field, hit.text.clone())).collect()
    }

    #[test]
    fn names_limits_conditions_and_guardrails_are_found() {
        let document = firm();
        let first = |query| found(&document, query).into_iter().next().unwrap();
        assert_eq!(first("receipt").0, ElementKind::Step);
        assert_eq!(first("genuine"), (ElementKind::Flow, Field::Condition, "receipt is genuine".into()));
        assert_eq!(first("200"), (ElementKind::Right, Field::Limit, "≤ 200 EUR".into()));
        assert_eq!(first("after a year").1, Field::Guardrail);
        assert_eq!(first("complains").1, Field::Trigger);
        assert_eq!(first("cash"), (ElementKind::Step, Field::Description, "Never in cash".into()));
        assert_eq!(found(&document, "cakes"), []);
    }

    #[test]
    fn words_may_be_spread_over_the_texts_and_over_what_an_element_is_about() {
        let document = firm();
        assert_eq!(found(&document, "refund 200").first().unwrap().0, ElementKind::Right);
        assert_eq!(found(&document, "check clerk"), [(ElementKind::Step, Field::Name, "Check the receipt".into())]);
        assert_eq!(found(&document, "pay clerk"), [], "somebody else pays");
    }

    #[test]
    fn slips_are_forgiven_and_marks_lie_on_the_words_as_written() {
        let document = firm();
        let index = Index::of(&Arc::new(document));
        let found = index.find(&Query::new("reciept"), 10);
        let hit = &found.groups[0].hits[0];
        assert_eq!(hit.marks.iter().map(|mark| &hit.text[mark.clone()]).collect::<Vec<_>>(), ["receipt"]);
    }

    #[test]
    fn a_later_version_is_indexed_as_if_from_scratch() {
        let before = Arc::new(firm());
        let mut after = (*before).clone();
        let step = after.steps().ids().next().unwrap();
        after.get_mut::<Step>(step).unwrap().name = "Weigh the parcel".into();
        let gone = after.flows().ids().next().unwrap();
        after.remove::<Flow>(gone);
        after.insert(Note::new("Parcel scales are broken"));
        let after = Arc::new(after);
        let updated = Index::of(&before).of_version(&after);
        let query = Query::new("parcel");
        assert_eq!(updated.find(&query, 9), Index::of(&after).find(&query, 9));
        assert_eq!(updated.find(&query, 9).total, 2);
        assert_eq!(updated.find(&Query::new("genuine"), 9).total, 0);
    }

    #[test]
    fn groups_tell_how_many_more_there_are() {
        let mut document = Document::default();
        for number in 0..30 {
            document.insert(Unit::new(format!("Shop {number}")));
        }
        let found = Index::of(&Arc::new(document)).find(&Query::new("shop"), 8);
        assert_eq!((found.total, found.groups[0].hits.len(), found.groups[0].more), (30, 8, 22));
    }

    #[test]
    fn an_excerpt_is_cut_around_the_first_mark() {
        let text = format!("{}the needle lies here{}", "hay ".repeat(40), " and hay".repeat(40));
        let at = text.find("needle").unwrap();
        let (piece, marks) = excerpt(&text, std::slice::from_ref(&(at..at + 6)), 60);
        assert!(piece.starts_with('…') && piece.ends_with('…') && piece.chars().count() < 70, "{piece}");
        assert_eq!(&piece[marks[0].clone()], "needle");
        let (all, marks) = excerpt("one\ntwo", std::slice::from_ref(&(4..7)), 60);
        assert_eq!((all.as_str(), &all[marks[0].clone()]), ("one two", "two"));
    }
}
