//! What stands in the cells of the register, and how rows are sorted by them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::RegisterColumn;
use crate::model::*;

/// All decisions with their rights, read once for many cells.
pub struct Registered<'a> {
    document: &'a Document,
    deciders: BTreeMap<DecisionId, Vec<&'a Right>>,
    /// What has changed since rows were agreed to.
    changed: BTreeMap<DecisionId, Vec<String>>,
}

/// A row of the register.
#[derive(Clone, Copy)]
pub struct RegisterRow<'a> {
    /// The decision.
    pub id: DecisionId,
    /// Its record.
    pub decision: &'a Decision,
    registered: &'a Registered<'a>,
}

/// By what a row is sorted in a column: what is empty comes last, whichever way.
#[derive(Clone, Debug, PartialEq)]
pub enum RegisterKey {
    /// A number.
    Number(f64),
    /// A text, in lower case.
    Text(String),
    /// Nothing stands there.
    Empty,
}

impl RegisterKey {
    /// Order of two keys of one column, upward or downward.
    pub fn compare(&self, other: &Self, upward: bool) -> Ordering {
        let order = match (self, other) {
            (Self::Empty, Self::Empty) => return Ordering::Equal,
            (Self::Empty, _) => return Ordering::Greater,
            (_, Self::Empty) => return Ordering::Less,
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        };
        if upward { order } else { order.reverse() }
    }
}

impl<'a> Registered<'a> {
    /// Reads a document.
    pub fn new(document: &'a Document) -> Self {
        let mut deciders: BTreeMap<DecisionId, Vec<&Right>> = BTreeMap::new();
        for (_, right) in document.rights().iter() {
            if let Subject::Decision(id) = right.subject
                && document.right_has_duty(right, Duty::Decide)
            {
                deciders.entry(id).or_default().push(right);
            }
        }
        let highest =
            |right: &&Right| right.tiers.iter().map(|tier| tier.up_to).max_by_key(|up_to| (up_to.is_none(), *up_to));
        for rights in deciders.values_mut() {
            rights.sort_by_key(|right| match highest(right) {
                Some(Some(up_to)) => (0, up_to),
                _ => (1, Amount::ZERO),
            });
        }
        Self { document, deciders, changed: document.changed_agreements() }
    }

    /// Every decision, area by area as the matrix has them, within an area by their order.
    pub fn rows(&'a self) -> Vec<RegisterRow<'a>> {
        let row = |(id, decision)| RegisterRow { id, decision, registered: self };
        let mut rows: Vec<RegisterRow<'_>> = self.document.decisions().iter().map(row).collect();
        rows.sort_by_key(|row| (row.decision.order, row.id));
        let mut areas: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &rows {
            let next = areas.len();
            areas.entry(row.decision.area.as_str()).or_insert(next);
        }
        rows.sort_by_key(|row| areas.get(row.decision.area.as_str()).copied());
        rows
    }

    /// The row of a decision.
    pub fn row(&'a self, id: DecisionId) -> Option<RegisterRow<'a>> {
        let decision = self.document.get::<Decision>(id)?;
        Some(RegisterRow { id, decision, registered: self })
    }
}

impl RegisterRow<'_> {
    /// What stands in a cell; empty where nothing is known.
    pub fn text(&self, column: RegisterColumn) -> String {
        let decision = self.decision;
        match column {
            RegisterColumn::Name => decision.name.clone(),
            RegisterColumn::Area => decision.area.clone(),
            RegisterColumn::Kind => kind_word(decision.kind).to_owned(),
            RegisterColumn::Framework => {
                decision.framework.map(|id| self.name(id.into()).to_owned()).unwrap_or_default()
            }
            RegisterColumn::Decider => self.deciders(),
            RegisterColumn::Frequency => text_of(decision.frequency),
            RegisterColumn::UsualAmount => text_of(decision.amount_median),
            RegisterColumn::LargeAmount => text_of(decision.amount_p95),
            RegisterColumn::Amounts => amounts(&decision.amounts),
            RegisterColumn::Importance => text_of(decision.importance),
            RegisterColumn::Reversible => match decision.reversible {
                Some(true) => "yes".to_owned(),
                Some(false) => "no".to_owned(),
                None => String::new(),
            },
            RegisterColumn::Scope => self.names(decision.scope.iter().map(|id| (*id).into())),
            RegisterColumn::Work => text_of(decision.work),
            RegisterColumn::ConsultWork => text_of(decision.consult_work),
            RegisterColumn::Commitment => text_of(decision.commitment_months),
            RegisterColumn::Hours => decision.hours_per_month().map(hours_text).unwrap_or_default(),
            RegisterColumn::TargetTime => text_of(decision.target_time),
            RegisterColumn::ActualTime => text_of(decision.actual_time),
            RegisterColumn::Locus => decision.locus.map(|actor| self.name(actor.into()).to_owned()).unwrap_or_default(),
            RegisterColumn::Steps => self.names(decision.steps.iter().map(|id| (*id).into())),
            RegisterColumn::Gateways => self.names(decision.gateways.iter().map(|id| (*id).into())),
            RegisterColumn::Reserved => match (decision.reserved, decision.reserved_reason.as_str()) {
                (false, _) => String::new(),
                (true, "") => "yes".to_owned(),
                (true, reason) => format!("yes: {reason}"),
            },
            RegisterColumn::Guardrail => decision.guardrail.clone(),
            RegisterColumn::Success => decision.success.clone(),
            RegisterColumn::Agreement => match &decision.agreement {
                Some(agreement) => {
                    let changed = if self.is_changed() { "changed since: " } else { "" };
                    let by = if agreement.by.is_empty() {
                        String::new()
                    } else {
                        format!(" by {}", agreement.by.join(", "))
                    };
                    format!("{changed}{}{by}", agreement.on)
                }
                None => String::new(),
            },
        }
    }

    /// By what the row is sorted in a column.
    pub fn key(&self, column: RegisterColumn) -> RegisterKey {
        let decision = self.decision;
        let money = |money: Option<Money>| money.map(|money| money.amount.to_f64());
        let number = match column {
            RegisterColumn::Frequency => decision.frequency.map(Rate::per_week),
            RegisterColumn::UsualAmount => money(decision.amount_median),
            RegisterColumn::LargeAmount => money(decision.amount_p95),
            RegisterColumn::Importance => decision.importance.map(f64::from),
            RegisterColumn::Work => decision.work.map(|work| work.0),
            RegisterColumn::ConsultWork => decision.consult_work.map(|work| work.0),
            RegisterColumn::Commitment => decision.commitment_months.map(f64::from),
            RegisterColumn::Hours => decision.hours_per_month(),
            RegisterColumn::TargetTime => decision.target_time.map(|time| time.0),
            RegisterColumn::ActualTime => decision.actual_time.map(|time| time.0),
            _ => {
                let text = self.text(column).to_lowercase();
                return if text.is_empty() { RegisterKey::Empty } else { RegisterKey::Text(text) };
            }
        };
        number.map_or(RegisterKey::Empty, RegisterKey::Number)
    }

    /// Whether something of what was agreed to has changed since.
    pub fn is_changed(&self) -> bool {
        self.registered.changed.contains_key(&self.id)
    }

    /// Whether what stands in a cell is a guess that nobody has confirmed.
    pub fn is_guess(&self, column: RegisterColumn) -> bool {
        column.fact().is_some_and(|fact| self.decision.guesses.contains(&fact)) && !self.text(column).is_empty()
    }

    /// Who decides, the lowest limit first: `Shop manager ≤ 200 EUR; Owner`.
    fn deciders(&self) -> String {
        let mut texts: Vec<String> = Vec::new();
        for right in self.registered.deciders.get(&self.id).into_iter().flatten() {
            let limits: Vec<String> = right.tiers.iter().map(Tier::to_string).collect();
            let text = format!("{} {}", self.name(right.holder.into()), limits.join(", "));
            let text = text.trim_end().to_owned();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join("; ")
    }

    fn name(&self, element: ElementRef) -> &str {
        self.registered.document.name_of(element)
    }

    fn names(&self, elements: impl Iterator<Item = ElementRef>) -> String {
        elements.map(|element| self.name(element)).collect::<Vec<_>>().join("; ")
    }
}

/// The word for a kind of row.
pub(super) fn kind_word(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Task => "task",
        DecisionKind::Decision => "decision",
        DecisionKind::Control => "control",
    }
}

/// Hours as people say them: `6.5 h`, `0.3 h`, `120 h`.
pub(super) fn hours_text(hours: f64) -> String {
    let places = if hours < 10.0 { 1 } else { 0 };
    let scale = 10.0_f64.powi(places);
    format!("{} h", (hours * scale).round() / scale)
}

/// Amounts with their currency once where they share it.
fn amounts(amounts: &[Money]) -> String {
    let one_currency = amounts.windows(2).all(|pair| matches!(pair, [a, b] if a.currency == b.currency));
    match amounts {
        [rest @ .., last] if one_currency => {
            let mut text: String = rest.iter().map(|money| format!("{}; ", money.amount)).collect();
            text.push_str(&last.to_string());
            text
        }
        mixed => mixed.iter().map(Money::to_string).collect::<Vec<_>>().join("; "),
    }
}

fn text_of(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
