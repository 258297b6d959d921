//! For which units and amounts a deciding letter holds, where two of them meet, and what they leave open together.
//!
//! Limits count per case; a limit over a period or a contract bounds no single case. Conditions that differ in the
//! same respect (another category, budgeted or not) keep two limits apart; free text that differs is taken to, since
//! nobody can evaluate it. Emergency limits are left out. Amounts lie in above < amount ≤ up to.

use crate::analysis::{Held, Index};
use crate::model::*;

/// A range of amounts: above < amount ≤ up to; no bound where it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Lower bound, itself excluded.
    pub above: Option<Amount>,
    /// Upper bound, itself included.
    pub up_to: Option<Amount>,
}

impl Range {
    /// All amounts.
    pub const ALL: Self = Self { above: None, up_to: None };

    /// The amounts in both, where there are any.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let above = self.above.max(other.above);
        let up_to = match (self.up_to, other.up_to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let fits = above.zip(up_to).is_none_or(|(above, up_to)| above < up_to);
        fits.then_some(Self { above, up_to })
    }

    /// The range in words: `above 200 EUR`, `from 200 to 500 EUR`, `up to 200 EUR`, `of any amount`.
    pub fn words(self, quantity: Option<Quantity>) -> String {
        let unit = match quantity {
            Some(Quantity::Money(currency)) => format!(" {currency}"),
            Some(Quantity::Percent) => " %".to_owned(),
            Some(Quantity::Days) => " days".to_owned(),
            Some(Quantity::Count) | None => String::new(),
        };
        match (self.above, self.up_to) {
            (None, None) => "of any amount".to_owned(),
            (Some(above), None) => format!("above {above}{unit}"),
            (None, Some(up_to)) => format!("up to {up_to}{unit}"),
            (Some(above), Some(up_to)) => format!("above {above} and up to {up_to}{unit}"),
        }
    }
}

/// One limit of a deciding letter; the whole letter where it has no limit per case.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The letter.
    pub held: Held<'a>,
    /// What its limit counts.
    pub quantity: Option<Quantity>,
    /// Its amounts.
    pub range: Range,
    conditions: &'a [Condition],
    valid: (Option<Date>, Option<Date>),
}

impl Part<'_> {
    fn units(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.conditions.iter().filter_map(|condition| match condition {
            Condition::Unit(unit) => Some(*unit),
            _ => None,
        })
    }
}

/// The parts of all deciding letters on a row that are in force on a day (all where the day is not known).
pub fn deciding_parts<'a>(index: &Index<'a>, subject: Subject, today: Option<Date>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    for held in index.rights_with(subject, Duty::Decide) {
        let tiers = &held.right.tiers;
        let whole = Part { held, quantity: None, range: Range::ALL, conditions: &[], valid: (None, None) };
        if tiers.is_empty() {
            parts.push(whole);
        }
        let normal = || tiers.iter().filter(|tier| !tier.emergency);
        let bounded = normal().any(|tier| tier.per == Per::Case);
        for tier in normal().filter(|tier| !bounded || tier.per == Per::Case) {
            let lapsed = today.is_some_and(|today| {
                tier.valid_to.is_some_and(|last| last < today) || tier.valid_from.is_some_and(|first| first > today)
            });
            if lapsed {
                continue;
            }
            let mut part = Part { conditions: &tier.conditions, valid: (tier.valid_from, tier.valid_to), ..whole };
            if bounded {
                part.quantity = Some(tier.quantity);
                part.range = Range { above: tier.above, up_to: tier.up_to };
            }
            parts.push(part);
        }
    }
    parts
}

/// The amounts for which both hold in some unit on some day; none where they never meet.
///
/// Limits of different quantities do meet: a case has an amount and a percentage at once.
pub fn meeting(document: &Document, index: &Index<'_>, a: &Part<'_>, b: &Part<'_>) -> Option<Range> {
    let before = |end: Option<Date>, start: Option<Date>| end.zip(start).is_some_and(|(end, start)| end < start);
    if before(a.valid.1, b.valid.0) || before(b.valid.1, a.valid.0) {
        return None;
    }
    if a.conditions.iter().any(|one| b.conditions.iter().any(|two| excludes(document, one, two))) {
        return None;
    }
    if serve_different_units(document, index, a, b) {
        return None;
    }
    match (a.quantity, b.quantity) {
        (Some(one), Some(two)) if one != two => Some(Range::ALL),
        _ => a.range.intersection(b.range),
    }
}

fn excludes(document: &Document, one: &Condition, two: &Condition) -> bool {
    match (one, two) {
        (Condition::Unit(a), Condition::Unit(b)) => {
            !document.unit_is_within(*a, *b) && !document.unit_is_within(*b, *a)
        }
        (Condition::Category(a), Condition::Category(b)) => folded(a) != folded(b),
        (Condition::Budgeted(a), Condition::Budgeted(b)) => a != b,
        (Condition::NewSupplier(a), Condition::NewSupplier(b)) => a != b,
        (Condition::Attribute { name, value }, Condition::Attribute { name: other, value: another }) => {
            folded(name) == folded(other) && folded(value) != folded(another)
        }
        (Condition::Text(a), Condition::Text(b)) => a.trim() != b.trim(),
        _ => false,
    }
}

/// A value as it is compared.
fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether two roles each decide for their own unit: the decision names both units in its scope, each role sits in one
/// of them, and neither reports to the other.
fn serve_different_units(document: &Document, index: &Index<'_>, a: &Part<'_>, b: &Part<'_>) -> bool {
    let Subject::Decision(decision) = a.held.right.subject else { return false };
    let Some(scope) = document.decisions().get(decision).map(|decision| decision.scope.as_slice()) else {
        return false;
    };
    let (Actor::Role(one), Actor::Role(two)) = (a.held.right.holder, b.held.right.holder) else { return false };
    if scope.len() < 2 || index.reports_to(one, two) || index.reports_to(two, one) {
        return false;
    }
    let home = |role: RoleId| {
        let unit = document.roles().get(role).and_then(|role| role.unit)?;
        scope.iter().find(|scoped| document.unit_is_within(unit, **scoped))
    };
    home(one).zip(home(two)).is_some_and(|(one, two)| one != two)
}

/// Whether a part holds for a unit only, while somebody else decides the same for another one.
pub fn is_local(document: &Document, index: &Index<'_>, part: &Part<'_>, parts: &[Part<'_>]) -> bool {
    let apart =
        |own: UnitId, other: UnitId| !document.unit_is_within(own, other) && !document.unit_is_within(other, own);
    parts.iter().any(|other| {
        other.held.right.holder != part.held.right.holder
            && (part.units().any(|own| other.units().any(|unit| apart(own, unit)))
                || serve_different_units(document, index, part, other))
    })
}

/// Something that no deciding letter covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// The unit for which it is open; all where it is none.
    pub unit: Option<UnitId>,
    /// What the amounts count.
    pub quantity: Option<Quantity>,
    /// The amounts that are open.
    pub range: Range,
}

/// What the parts leave open within the units of a scope. Conditions other than units are taken to be met.
pub fn open_cases(document: &Document, index: &Index<'_>, scope: &[UnitId], parts: &[Part<'_>]) -> Vec<Open> {
    if scope.is_empty() {
        return open_amounts(parts.iter(), None);
    }
    let mut open = Vec::new();
    let mut units: Vec<UnitId> = scope.iter().rev().copied().collect();
    let mut looked_at = 0;
    while let Some(unit) = units.pop() {
        looked_at += 1;
        let covers = |part: &&Part<'_>| {
            let mut units = part.units().peekable();
            units.peek().is_none() || units.any(|wider| document.unit_is_within(unit, wider))
        };
        let inside =
            |part: &Part<'_>| part.units().any(|narrow| narrow != unit && document.unit_is_within(narrow, unit));
        let found = open_amounts(parts.iter().filter(covers), Some(unit));
        let children = index.child_units(unit);
        if !found.is_empty() && !children.is_empty() && looked_at < 10_000 && parts.iter().any(inside) {
            units.extend(children.iter().rev());
        } else {
            open.extend(found);
        }
    }
    let everywhere = scope.len() > 1 && scope.len() == open.len();
    if everywhere && open.windows(2).all(|pair| matches!(pair, [a, b] if a.range == b.range)) {
        open.truncate(1);
    }
    if everywhere && open.len() == 1 || scope.len() == 1 {
        for open in open.iter_mut().filter(|open| everywhere || scope.first() == open.unit.as_ref()) {
            open.unit = None;
        }
    }
    open
}

/// Amounts that none of the parts covers; nothing where they count in several quantities.
fn open_amounts<'p>(parts: impl Iterator<Item = &'p Part<'p>>, unit: Option<UnitId>) -> Vec<Open> {
    let parts: Vec<_> = parts.collect();
    let Some(first) = parts.first() else { return vec![Open { unit, quantity: None, range: Range::ALL }] };
    let quantity = first.quantity;
    if quantity.is_none() || parts.iter().any(|part| part.quantity != quantity) {
        return Vec::new();
    }
    let mut ranges: Vec<Range> = parts.iter().map(|part| part.range).collect();
    ranges.sort_by_key(|range| range.above);
    let (mut open, mut covered) = (Vec::new(), Some(Amount::ZERO));
    for range in ranges {
        let Some(end) = covered else { break };
        if range.above.is_some_and(|above| above > end) {
            let above = (end > Amount::ZERO).then_some(end);
            open.push(Open { unit, quantity, range: Range { above, up_to: range.above } });
        }
        covered = range.up_to.map(|up_to| up_to.max(end));
    }
    let whole = Amount::whole(100);
    if let Some(end) = covered.filter(|end| quantity != Some(Quantity::Percent) || *end < whole) {
        open.push(Open { unit, quantity, range: Range { above: Some(end), up_to: None } });
    }
    open
}
