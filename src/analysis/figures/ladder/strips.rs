//! Who decides along the amounts, for each combination of answers that reads differently.
//!
//! The same boxes as the sweep's, cut once more: answers are told apart only where a limit asks for them, and
//! combinations that the same limits match are one strip.

use super::Rung;
use super::space::{Answer, Question, Span, Spans};
use super::sweep::{elementary, holds_in};
use crate::analysis::Index;
use crate::analysis::figures::Range;
use crate::model::*;

/// Beyond so many combinations the rest is not looked at.
const MOST: usize = 512;

/// Who decides single cases (or whole contracts), strip by strip.
#[derive(Clone, Debug, PartialEq)]
pub struct Strips {
    /// What is summed.
    pub per: Per,
    /// What the amounts count; none where no limit says.
    pub quantity: Option<Quantity>,
    /// The strips, in the order of the answers.
    pub strips: Vec<Strip>,
    /// Whether every combination is in one of them.
    pub is_complete: bool,
}

/// Combinations of answers that read the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// The combinations; one without answers where no limit asks anything.
    pub combinations: Vec<Vec<(Question, Answer)>>,
    /// What happens from zero upwards, without a break.
    pub parts: Vec<StripPart>,
}

/// Amounts that the same limits match.
#[derive(Clone, Debug, PartialEq)]
pub struct StripPart {
    /// The amounts.
    pub range: Range,
    /// The limits that match, in the order of the rights; none in a gap.
    pub rungs: Vec<Rung>,
    /// Their holders, each once.
    pub holders: Vec<Actor>,
}

impl Strips {
    /// The strips of one decision: single cases, and whole contracts where a limit counts them. Limits in several
    /// units cannot be drawn beside each other, and give none.
    pub fn of_decision(document: &Document, index: &Index<'_>, decision: DecisionId, on: Option<Date>) -> Vec<Self> {
        let spans = Spans::new(document, index, decision, on);
        let axes = spans.axes().into_iter().filter(|per| matches!(per, Per::Case | Per::Contract));
        axes.filter_map(|per| strips(&spans, per)).collect()
    }
}

impl Strip {
    /// The combinations in words: `Shop North, budgeted; and 2 more`, `every case`.
    pub fn words(&self, document: &Document) -> String {
        let words = |answers: &Vec<(Question, Answer)>| {
            let parts: Vec<String> =
                answers.iter().map(|(question, answer)| answer.words(question, document)).collect();
            parts.join(", ")
        };
        match self.combinations.as_slice() {
            [] => String::new(),
            [only] if only.is_empty() => "every case".to_owned(),
            [only] => words(only),
            [first, second] => format!("{}; or {}", words(first), words(second)),
            [first, rest @ ..] => format!("{}; and {} more", words(first), rest.len()),
        }
    }
}

fn strips(all: &Spans<'_>, per: Per) -> Option<Strips> {
    let spans = all.on_axis(per);
    let mut quantities: Vec<Quantity> = spans.iter().filter_map(|span| span.quantity).collect();
    quantities.sort_unstable();
    quantities.dedup();
    if quantities.len() > 1 {
        return None;
    }
    let mut leaves = Leaves { all, found: Vec::new(), is_complete: true };
    let alive: Vec<&Span<'_>> = spans.iter().collect();
    leaves.split(&alive, &mut Vec::new(), 0);
    let quantity = quantities.first().copied();
    let strips = leaves.found.into_iter().map(|(spans, combinations)| Strip {
        combinations: combinations.into_iter().map(|path| answers(all, &path)).collect(),
        parts: parts(&spans, quantity),
    });
    Some(Strips { per, quantity, strips: strips.collect(), is_complete: leaves.is_complete })
}

type Path = Vec<(usize, u32)>;

struct Leaves<'l, 'a> {
    all: &'l Spans<'a>,
    found: Vec<(Vec<&'l Span<'a>>, Vec<Path>)>,
    is_complete: bool,
}

impl<'l, 'a> Leaves<'l, 'a> {
    fn split(&mut self, spans: &[&'l Span<'a>], path: &mut Path, from: usize) {
        let asked =
            |question: &usize| spans.iter().any(|span| span.answers.get(*question).is_some_and(Option::is_some));
        let Some(question) = (from..self.all.questions.len()).find(asked) else {
            return self.leaf(spans, path);
        };
        let count = self.all.answers.get(question).map_or(0, Vec::len) as u32;
        for place in 0..count {
            let meets = |span: &&&Span<'_>| match span.answers.get(question) {
                Some(Some(places)) => places.binary_search(&place).is_ok(),
                _ => true,
            };
            let left: Vec<&Span<'_>> = spans.iter().filter(meets).copied().collect();
            path.push((question, place));
            self.split(&left, path, question + 1);
            path.pop();
        }
    }

    fn leaf(&mut self, spans: &[&'l Span<'a>], path: &Path) {
        let same = |(known, _): &&mut (Vec<&Span<'_>>, Vec<Path>)| {
            known.len() == spans.len() && known.iter().zip(spans).all(|(a, b)| a.rung == b.rung)
        };
        if let Some((_, paths)) = self.found.iter_mut().find(same) {
            paths.push(path.clone());
        } else if self.found.len() < MOST {
            self.found.push((spans.to_vec(), vec![path.clone()]));
        } else {
            self.is_complete = false;
        }
    }
}

fn answers(all: &Spans<'_>, path: &Path) -> Vec<(Question, Answer)> {
    let answer = |(question, place): &(usize, u32)| {
        let (asked, answers) = all.questions.get(*question).zip(all.answers.get(*question))?;
        Some((asked.clone(), answers.get(*place as usize)?.clone()))
    };
    path.iter().filter_map(answer).collect()
}

fn parts(spans: &[&Span<'_>], quantity: Option<Quantity>) -> Vec<StripPart> {
    let mut found: Vec<StripPart> = Vec::new();
    for range in elementary(spans, quantity) {
        let here: Vec<&&Span<'_>> = spans.iter().filter(|span| holds_in(span, range)).collect();
        let rungs: Vec<Rung> = here.iter().map(|span| span.rung).collect();
        let mut holders: Vec<Actor> = Vec::new();
        for span in here {
            if !holders.contains(&span.held.right.holder) {
                holders.push(span.held.right.holder);
            }
        }
        match found.last_mut() {
            Some(last) if last.rungs == rungs => last.range.up_to = range.up_to,
            _ => found.push(StripPart { range, rungs, holders }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::refund_row;

    fn read(document: &Document, decision: DecisionId) -> Vec<String> {
        let all = Strips::of_decision(document, &Index::new(document), decision, None);
        let strip = |strip: &Strip| {
            let part = |part: &StripPart| {
                let names: Vec<&str> = part.holders.iter().map(|holder| document.name_of((*holder).into())).collect();
                format!("{}: {}", part.range.words(None), names.join("+"))
            };
            format!("{} | {}", strip.words(document), strip.parts.iter().map(part).collect::<Vec<_>>().join("; "))
        };
        all.iter().flat_map(|strips| strips.strips.iter().map(strip)).collect()
    }

    #[test]
    fn gaps_and_overlaps_lie_along_the_amounts() {
        let (document, decision) = refund_row(&["≤ 200 EUR", "> 150 ≤ 500 EUR", "> 600 EUR"]);
        assert_eq!(
            read(&document, decision),
            [
                "every case | up to 150: Role 0; above 150 and up to 200: Role 0+Role 1; above 200 and up to 500: Role 1; \
             above 500 and up to 600: ; above 600: Role 2"
            ]
        );
    }

    #[test]
    fn combinations_that_read_the_same_are_one_strip() {
        let (mut document, decision) = refund_row(&["≤ 200 EUR", "> 200 EUR"]);
        let first = document.rights().ids().next().unwrap();
        let conditions = ["IT", "travel"].map(|name| Condition::Category(name.into())).to_vec();
        document.get_mut::<Right>(first).unwrap().tiers[0].conditions = conditions;
        assert_eq!(
            read(&document, decision),
            [
                "any other category | up to 200: ; above 200: Role 1",
                "category it; or category travel | up to 200: Role 0; above 200: Role 1",
            ]
        );
    }
}
