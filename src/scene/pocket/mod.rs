//! The pocket card: who decides what, up to how much, who is next and who stands in, short enough to be carried.
//!
//! Worked out from the document alone. The page is made of panels of A7 in a grid that folds in half again and again:
//! one panel is A7, two are A6, four A5, eight A4.

mod draw;

pub use draw::PocketPage;

use super::card::escaped;
use super::words::condition_words;
use crate::model::*;

/// Whose card it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PocketOf {
    /// Everybody's: all decisions.
    Everybody,
    /// What one role decides.
    Role(RoleId),
    /// What is decided for a unit, by whomever.
    Unit(UnitId),
}

/// One limit of one decider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PocketRow {
    /// Up to how much: `up to 200 EUR`; empty where there is no limit.
    pub limit: String,
    /// What else must hold; empty where nothing must.
    pub conditions: String,
    /// Who decides.
    pub who: String,
    /// Who signs, too; empty for nobody.
    pub with: String,
    /// Who decides above the limit; empty where there is no above.
    pub then: String,
    /// Who stands in; empty for nobody.
    pub deputy: String,
}

/// A decision and its limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PocketDecision {
    /// The decision.
    pub decision: DecisionId,
    /// Its group; empty for none.
    pub area: String,
    /// Its name.
    pub name: String,
    /// Whether it is never delegated.
    pub reserved: bool,
    /// Its limits, lower ones first.
    pub rows: Vec<PocketRow>,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PocketCard {
    /// Whose.
    pub of: PocketOf,
    /// Name of the organisation, role or unit.
    pub title: String,
    /// Its decisions, area by area; those without a decider are left out.
    pub decisions: Vec<PocketDecision>,
}

impl PocketCard {
    /// The card of everybody, a role or a unit; none for a role or unit that does not exist.
    pub fn new(document: &Document, of: PocketOf) -> Option<Self> {
        let title = match of {
            PocketOf::Everybody => document.project().name.clone(),
            PocketOf::Role(role) => document.get::<Role>(role)?.name.clone(),
            PocketOf::Unit(unit) => document.get::<Unit>(unit)?.name.clone(),
        };
        let mut areas: Vec<&str> = Vec::new();
        for (_, decision) in document.decisions().iter() {
            if !areas.contains(&decision.area.as_str()) {
                areas.push(&decision.area);
            }
        }
        let area = |decision: &Decision| areas.iter().position(|area| *area == decision.area);
        let mut all: Vec<(DecisionId, &Decision)> = document.decisions().iter().collect();
        // Sorting keeps the order of equals: that of their handles.
        all.sort_by_key(|(_, decision)| (area(decision), decision.order));
        let made = all.into_iter().map(|(id, decision)| PocketDecision {
            decision: id,
            area: decision.area.clone(),
            name: decision.name.clone(),
            reserved: decision.reserved,
            rows: rows(document, id, decision, of),
        });
        Some(Self { of, title, decisions: made.filter(|decision| !decision.rows.is_empty()).collect() })
    }

    /// The card as a table in Markdown.
    pub fn to_markdown(&self) -> String {
        let is_own = matches!(self.of, PocketOf::Role(_));
        let mut text = format!("# Who decides, up to how much: {}\n\n", escaped(&self.title));
        let heads: &[&str] = match is_own {
            true => &["Decision", "Up to", "Then", "Deputy"],
            false => &["Decision", "Up to", "Who", "Then", "Deputy"],
        };
        text.push_str(&format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len())));
        for decision in &self.decisions {
            for row in &decision.rows {
                let limit = [&row.limit, &row.conditions].into_iter().filter(|part| !part.is_empty());
                let limit = limit.map(String::as_str).collect::<Vec<_>>().join(", ");
                let with = if row.with.is_empty() { String::new() } else { format!(", with {}", row.with) };
                let deputy = if decision.reserved { "never delegated" } else { &row.deputy };
                let limit = if limit.is_empty() { "no limit".to_owned() } else { limit };
                let own = format!("{limit}{}", if is_own { with.as_str() } else { "" });
                let mut cells = vec![decision.name.clone(), own];
                if !is_own {
                    cells.push(format!("{}{with}", row.who));
                }
                cells.extend([row.then.clone(), deputy.to_owned()]);
                let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
                text.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
        }
        text
    }
}

/// A deciding right with one of its limits.
struct Held<'a> {
    right: &'a Right,
    tier: Option<&'a Tier>,
}

fn rows(document: &Document, id: DecisionId, decision: &Decision, of: PocketOf) -> Vec<PocketRow> {
    let mut held: Vec<Held<'_>> = Vec::new();
    for (_, right) in document.rights_on(Subject::Decision(id)) {
        if document.right_has_duty(right, Duty::Decide) {
            held.extend(right.tiers.iter().map(|tier| Held { right, tier: Some(tier) }));
            if right.tiers.is_empty() {
                held.push(Held { right, tier: None });
            }
        }
    }
    let sums = |tier: &Tier| !matches!(tier.per, Per::Case | Per::Contract);
    held.sort_by_key(|one| {
        one.tier.map(|tier| (tier.emergency, sums(tier), tier.above, tier.up_to.is_none(), tier.up_to))
    });
    let is_shown = |one: &&Held<'_>| match of {
        PocketOf::Everybody => true,
        PocketOf::Role(role) => one.right.holder == Actor::Role(role),
        PocketOf::Unit(unit) => is_for(document, decision, one, unit),
    };
    let is_of_unit = matches!(of, PocketOf::Unit(_));
    held.iter().filter(is_shown).map(|one| row(document, decision, one, (&held, is_of_unit))).collect()
}

/// Whether a limit is for cases of a unit: by its conditions, and by the unit of its holder where the decision is taken
/// in several units apart.
fn is_for(document: &Document, decision: &Decision, one: &Held<'_>, unit: UnitId) -> bool {
    let is_related = |other: UnitId| document.unit_is_within(unit, other) || document.unit_is_within(other, unit);
    let in_scope = decision.scope.is_empty() || decision.scope.iter().any(|scoped| is_related(*scoped));
    let mut asked = one.tier.iter().flat_map(|tier| &tier.conditions).filter_map(|condition| match condition {
        Condition::Unit(unit) => Some(*unit),
        _ => None,
    });
    let fits = match asked.next() {
        Some(first) => is_related(first) || asked.any(is_related),
        None => true,
    };
    in_scope && fits && home(document, decision, one.right).is_none_or(is_related)
}

/// The unit of the scope in which the holder of a right sits, where the scope has several.
fn home(document: &Document, decision: &Decision, right: &Right) -> Option<UnitId> {
    let Actor::Role(role) = right.holder else { return None };
    let unit = document.get::<Role>(role)?.unit?;
    let scope = decision.scope.get(1).map_or(&[][..], |_| decision.scope.as_slice());
    scope.iter().find(|scoped| document.unit_is_within(unit, **scoped)).copied()
}

fn row(document: &Document, decision: &Decision, one: &Held<'_>, (all, is_of_unit): (&[Held<'_>], bool)) -> PocketRow {
    let name = |element: ElementRef| document.name_of(element).to_owned();
    let role = match one.right.holder {
        Actor::Role(role) => document.get::<Role>(role),
        _ => None,
    };
    let deputy = one.tier.and_then(|tier| tier.deputy).or_else(|| role.and_then(|role| role.deputy));
    let mut conditions: Vec<String> = Vec::new();
    if let Some(tier) = one.tier {
        conditions.extend(tier.emergency.then(|| "in an emergency".to_owned()));
        conditions.extend(tier.conditions.iter().map(|condition| condition_words(document, condition)));
        conditions.extend(tier.valid_from.map(|day| format!("from {day}")));
        conditions.extend(tier.valid_to.map(|day| format!("until {day}")));
    }
    let asks_unit = one.tier.is_some_and(|tier| tier.conditions.iter().any(|one| matches!(one, Condition::Unit(_))));
    if let Some(unit) = home(document, decision, one.right).filter(|_| !asks_unit && !is_of_unit) {
        conditions.push(format!("in {}", document.name_of(unit.into())));
    }
    let signers = one.tier.map_or(&[][..], |tier| &tier.co_signers);
    let then = one.tier.filter(|tier| tier.up_to.is_some()).and_then(|tier| {
        let next = || next_holder(one, tier, all).map(ElementRef::from);
        let superior = || role.and_then(|role| role.reports_to).map(ElementRef::from);
        tier.escalates_to.map(ElementRef::from).or_else(next).or_else(superior)
    });
    PocketRow {
        limit: one.tier.map(limit_words).unwrap_or_default(),
        conditions: conditions.join(", "),
        who: name(one.right.holder.into()),
        with: signers.iter().map(|role| name((*role).into())).collect::<Vec<_>>().join(" and "),
        then: then.map(name).unwrap_or_default(),
        deputy: deputy.filter(|_| !decision.reserved).map(|deputy| name(deputy.into())).unwrap_or_default(),
    }
}

/// Who holds the limit that begins where this one ends.
fn next_holder(one: &Held<'_>, tier: &Tier, all: &[Held<'_>]) -> Option<Actor> {
    let follows = |other: &&Held<'_>| {
        let begins = other.tier.is_some_and(|next| {
            next.quantity == tier.quantity && next.per == tier.per && next.above == tier.up_to && !next.emergency
        });
        begins && other.right.holder != one.right.holder
    };
    all.iter().find(follows).map(|other| other.right.holder)
}

/// `up to 200 EUR`, `above 200 EUR per week`.
fn limit_words(tier: &Tier) -> String {
    let unit = match tier.quantity {
        Quantity::Money(currency) => format!(" {currency}"),
        Quantity::Percent => " %".to_owned(),
        Quantity::Days => " days".to_owned(),
        Quantity::Count => " pieces".to_owned(),
    };
    let bounds = match (tier.above, tier.up_to) {
        (None, None) => return String::new(),
        (None, Some(up_to)) => format!("up to {up_to}{unit}"),
        (Some(above), None) => format!("above {above}{unit}"),
        (Some(above), Some(up_to)) => format!("{above} to {up_to}{unit}"),
    };
    match tier.per {
        Per::Case => bounds,
        Per::Period(period) => format!("{bounds} per {}", period.word()),
        Per::Counterparty => format!("{bounds} per counterparty"),
        Per::Contract => format!("{bounds} per contract"),
    }
}
