//! The questions that conditions ask, the answers that they tell apart, and the limits as boxes over them.

use super::Rung;
use crate::analysis::figures::Range;
use crate::analysis::{Held, Index, words};
use crate::model::*;

/// What a condition asks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// To which unit the case belongs.
    Unit,
    /// To which category.
    Category,
    /// Whether it is budgeted.
    Budgeted,
    /// Whether the supplier is new.
    NewSupplier,
    /// A question of the organisation's own, in lower case.
    Own(String),
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// The unit; it stands for all that no limit tells from it.
    Unit(UnitId),
    /// A value that a limit names, in lower case.
    Value(String),
    /// Yes or no.
    Is(bool),
    /// A value that no limit names.
    Other,
}

impl Answer {
    /// The answer with its question: `category it`, `not budgeted`, `any other category`.
    pub(super) fn words(&self, question: &Question, document: &Document) -> String {
        let name = match question {
            Question::Unit => "unit",
            Question::Category => "category",
            Question::Budgeted => "budgeted",
            Question::NewSupplier => "new supplier",
            Question::Own(name) => name,
        };
        match self {
            Self::Unit(unit) => words::named(document, *unit),
            Self::Value(value) => format!("{name} {value}"),
            Self::Is(yes) => match (question, yes) {
                (Question::Budgeted, true) => "budgeted".to_owned(),
                (Question::Budgeted, false) => "not budgeted".to_owned(),
                (_, true) => "a new supplier".to_owned(),
                (_, false) => "a known supplier".to_owned(),
            },
            Self::Other => format!("any other {name}"),
        }
    }
}

/// A limit as a box.
#[derive(Clone, Debug)]
pub(super) struct Span<'a> {
    pub held: Held<'a>,
    pub rung: Rung,
    pub quantity: Option<Quantity>,
    pub range: Range,
    /// For each question the places of the answers for which it applies, sorted; all where it is none.
    pub answers: Vec<Option<Vec<u32>>>,
    pub valid: (Option<Date>, Option<Date>),
    pub in_words: bool,
}

impl<'a> Span<'a> {
    /// The limit that it is made of; none for a whole right.
    pub fn tier(&self) -> Option<&'a Tier> {
        self.rung.tier.and_then(|place| self.held.right.tiers.get(place))
    }
}

/// All deciding limits of a decision over the questions that they ask.
pub(super) struct Spans<'a> {
    pub questions: Vec<Question>,
    /// The answers that are told apart, for each question.
    pub answers: Vec<Vec<Answer>>,
    held: Vec<(Held<'a>, Option<UnitId>)>,
    on: Option<Date>,
    /// For each unit that a condition names, the answers that lie within it.
    units: Vec<(UnitId, Vec<u32>)>,
}

/// What is asked by a condition; none for one in words.
fn question(condition: &Condition) -> Option<Question> {
    Some(match condition {
        Condition::Unit(_) => Question::Unit,
        Condition::Category(_) => Question::Category,
        Condition::Budgeted(_) => Question::Budgeted,
        Condition::NewSupplier(_) => Question::NewSupplier,
        Condition::Attribute { name, .. } => Question::Own(folded(name)),
        Condition::Text(_) => return None,
    })
}

/// A value as it is compared.
pub(super) fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

impl<'a> Spans<'a> {
    pub fn new(document: &'a Document, index: &Index<'a>, decision: DecisionId, on: Option<Date>) -> Self {
        let scope = document.decisions().get(decision).map_or(&[][..], |record| record.scope.as_slice());
        let held: Vec<Held<'a>> = index.rights_with(Subject::Decision(decision), Duty::Decide).collect();
        let homes: Vec<Option<UnitId>> = held.iter().map(|one| home(document, index, scope, one, &held)).collect();
        let held: Vec<_> = held.into_iter().zip(homes).collect();
        let mut spans = Self { questions: Vec::new(), answers: Vec::new(), held, on, units: Vec::new() };
        spans.ask(document, index, scope);
        spans
    }

    /// Collects questions and answers.
    fn ask(&mut self, document: &Document, index: &Index<'_>, scope: &[UnitId]) {
        let mut asked: Vec<(Question, Answer)> = Vec::new();
        let mut named: Vec<UnitId> = Vec::new();
        for (held, home) in &self.held {
            named.extend(home);
            for condition in held.right.tiers.iter().flat_map(|tier| &tier.conditions) {
                match condition {
                    Condition::Unit(unit) => named.push(*unit),
                    Condition::Text(_) => {}
                    other => asked.extend(question(other).map(|question| (question, answer(other)))),
                }
            }
        }
        named.sort_unstable();
        named.dedup();
        if !named.is_empty() {
            let classes = unit_classes(document, index, scope, &named);
            let within = |wide: UnitId| {
                let inside = |(_, (near, _)): &(usize, &(Option<UnitId>, UnitId))| {
                    near.is_some_and(|near| document.unit_is_within(near, wide))
                };
                classes.iter().enumerate().filter(inside).map(|(place, _)| place as u32).collect()
            };
            self.units = named.iter().map(|unit| (*unit, within(*unit))).collect();
            self.questions.push(Question::Unit);
            self.answers.push(classes.iter().map(|(_, unit)| Answer::Unit(*unit)).collect());
        }
        asked.sort_unstable();
        asked.dedup();
        for (question, answer) in asked {
            if self.questions.last() != Some(&question) {
                let answers = match question {
                    Question::Budgeted | Question::NewSupplier => vec![Answer::Is(false), Answer::Is(true)],
                    _ => vec![Answer::Other],
                };
                self.questions.push(question);
                self.answers.push(answers);
            }
            if let (Some(answers), Answer::Value(_)) = (self.answers.last_mut(), &answer) {
                answers.push(answer);
            }
        }
    }

    /// What the limits sum over, single cases first; single cases always.
    pub fn axes(&self) -> Vec<Per> {
        if self.held.is_empty() {
            return Vec::new();
        }
        let mut axes = vec![Per::Case];
        for per in self.held.iter().flat_map(|(held, _)| &held.right.tiers).map(|tier| tier.per) {
            if !axes.contains(&per) {
                axes.push(per);
            }
        }
        axes
    }

    /// The limits on an axis, in the order of the rights.
    pub fn on_axis(&self, per: Per) -> Vec<Span<'a>> {
        let mut spans = Vec::new();
        for (held, home) in &self.held {
            let tiers = &held.right.tiers;
            let bounded = tiers.iter().any(|tier| tier.per == per && !tier.emergency);
            let whole = self.span(*held, *home, None, &[], Range::ALL);
            if tiers.is_empty() {
                spans.push(whole);
                continue;
            }
            let mut seen: Vec<&[Condition]> = Vec::new();
            for (place, tier) in tiers.iter().enumerate() {
                let counts = !tier.emergency && self.is_in_force(tier) && (!bounded || tier.per == per);
                // On an axis that a right does not bound, only its conditions count, each set once.
                if !counts || (!bounded && seen.contains(&tier.conditions.as_slice())) {
                    continue;
                }
                seen.push(&tier.conditions);
                let range = Range { above: tier.above, up_to: tier.up_to };
                let rung = bounded.then_some(place);
                let mut span =
                    self.span(*held, *home, rung, &tier.conditions, if bounded { range } else { Range::ALL });
                span.valid = (tier.valid_from, tier.valid_to);
                span.quantity = bounded.then_some(tier.quantity);
                spans.push(span);
            }
        }
        spans
    }

    fn is_in_force(&self, tier: &Tier) -> bool {
        self.on.is_none_or(|day| {
            tier.valid_from.is_none_or(|first| first <= day) && tier.valid_to.is_none_or(|last| last >= day)
        })
    }

    fn span(
        &self,
        held: Held<'a>,
        home: Option<UnitId>,
        tier: Option<usize>,
        conditions: &[Condition],
        range: Range,
    ) -> Span<'a> {
        let mut answers: Vec<Option<Vec<u32>>> = vec![None; self.questions.len()];
        let asks_unit = conditions.iter().any(|condition| matches!(condition, Condition::Unit(_)));
        let homely = home.filter(|_| !asks_unit).map(Condition::Unit);
        for condition in conditions.iter().chain(&homely) {
            let Some(question) = question(condition) else { continue };
            let Some(place) = self.questions.iter().position(|known| *known == question) else { continue };
            let Some(slot) = answers.get_mut(place) else { continue };
            slot.get_or_insert_default().extend(self.places(place, condition));
        }
        for places in answers.iter_mut().flatten() {
            places.sort_unstable();
            places.dedup();
        }
        let in_words = conditions.iter().any(|condition| matches!(condition, Condition::Text(_)));
        let rung = Rung { right: held.id, tier };
        Span { held, rung, quantity: None, range, answers, valid: (None, None), in_words }
    }

    /// Places of the answers that meet a condition.
    fn places(&self, question: usize, condition: &Condition) -> Vec<u32> {
        if let Condition::Unit(unit) = condition {
            let known = self.units.iter().find(|(named, _)| named == unit);
            return known.map_or_else(Vec::new, |(_, places)| places.clone());
        }
        let wanted = answer(condition);
        let answers = self.answers.get(question).into_iter().flatten();
        answers.enumerate().filter(|(_, one)| **one == wanted).map(|(place, _)| place as u32).collect()
    }
}

/// The answer that a condition asks for.
fn answer(condition: &Condition) -> Answer {
    match condition {
        Condition::Unit(unit) => Answer::Unit(*unit),
        Condition::Category(value) | Condition::Attribute { value, .. } => Answer::Value(folded(value)),
        Condition::Budgeted(yes) | Condition::NewSupplier(yes) => Answer::Is(*yes),
        Condition::Text(_) => Answer::Other,
    }
}

/// The units of cases that conditions tell apart: the nearest named unit around, and one unit for all of them.
fn unit_classes(
    document: &Document,
    index: &Index<'_>,
    scope: &[UnitId],
    named: &[UnitId],
) -> Vec<(Option<UnitId>, UnitId)> {
    let mut leaves: Vec<UnitId> = Vec::new();
    let roots: Vec<UnitId> = if scope.is_empty() {
        document.units().iter().filter(|(_, unit)| unit.parent.is_none()).map(|(id, _)| id).collect()
    } else {
        scope.to_vec()
    };
    let mut open: Vec<UnitId> = roots.into_iter().rev().collect();
    let mut looked_at = 0;
    while let Some(unit) = open.pop() {
        looked_at += 1;
        // A scope may name a unit and one inside it, and broken files may run in circles.
        if looked_at > 2 * document.units().len() + scope.len() {
            break;
        }
        match index.child_units(unit) {
            [] => leaves.push(unit),
            children => open.extend(children.iter().rev()),
        }
    }
    let mut classes: Vec<(Option<UnitId>, UnitId)> = Vec::new();
    for leaf in leaves {
        let around = |unit: &UnitId| document.units().get(*unit).and_then(|unit| unit.parent);
        let chain = std::iter::successors(Some(leaf), around).take(document.units().len());
        let near = chain.into_iter().find(|unit| named.binary_search(unit).is_ok());
        if !classes.iter().any(|(known, _)| *known == near) {
            classes.push((near, leaf));
        }
    }
    classes
}

/// The unit for which a role decides because the scope names several and somebody else decides for another one.
pub fn home(
    document: &Document,
    index: &Index<'_>,
    scope: &[UnitId],
    held: &Held<'_>,
    all: &[Held<'_>],
) -> Option<UnitId> {
    if scope.len() < 2 {
        return None;
    }
    let home_of = |held: &Held<'_>| {
        let Actor::Role(role) = held.right.holder else { return None };
        let unit = document.roles().get(role).and_then(|role| role.unit)?;
        let scoped = scope.iter().find(|scoped| document.unit_is_within(unit, **scoped)).copied()?;
        Some((role, scoped))
    };
    let (role, unit) = home_of(held)?;
    let apart = |other: &Held<'_>| {
        home_of(other).is_some_and(|(other, elsewhere)| {
            elsewhere != unit && !index.reports_to(role, other) && !index.reports_to(other, role)
        })
    };
    all.iter().any(apart).then_some(unit)
}
