//! Ladders as the text that is read back.

use super::super::decision::{Condition, Per, Right, Tier};
use super::super::document::Document;
use super::super::ids::{Actor, DecisionId};
use super::bounds::begins_bound;
use super::{deciding_rights, extras, telling_name};

/// The limits of all deciders of a decision as a text, a statement each, parted by `; `.
pub fn print_ladder(document: &Document, decision: DecisionId) -> String {
    let mut deciding = deciding_rights(document, decision);
    deciding.sort_by_key(|(id, right)| (right.tiers.iter().map(|tier| (tier.above, tier.up_to.is_none())).min(), *id));
    let rights = deciding.iter().enumerate();
    let statements = rights.flat_map(|(at, (_, right))| print_right(document, decision, right, at == 0));
    statements.collect::<Vec<_>>().join("; ")
}

fn print_right(document: &Document, decision: DecisionId, right: &Right, is_first: bool) -> Vec<String> {
    let who = telling_name(document, decision, right.holder);
    if right.tiers.is_empty() {
        return vec![format!("{who}: no limit")];
    }
    // Neighbours that differ in their amounts alone share a statement.
    let mut found: Vec<(String, String)> = Vec::new();
    for tier in &right.tiers {
        let extras = print_extras(document, decision, tier);
        match found.last_mut() {
            Some((limits, known)) if *known == extras => {
                *limits = format!("{limits}, {}", print_bounds(tier, is_first));
            }
            _ => found.push((print_bounds(tier, is_first), extras)),
        }
    }
    found.into_iter().map(|(limits, extras)| format!("{who}: {limits}{extras}")).collect()
}

/// One limit as a text without its holder.
pub fn print_tier(document: &Document, decision: DecisionId, tier: &Tier) -> String {
    format!("{tier}{}", print_extras(document, decision, tier))
}

/// The bounds. Behind somebody else's, a limit from zero says so: it would begin where theirs ends otherwise.
fn print_bounds(tier: &Tier, is_first: bool) -> String {
    match (tier.above, tier.up_to) {
        (None, Some(_)) if !is_first && tier.per == Per::Case => {
            format!("0 to {}", tier.to_string().trim_start_matches("≤ "))
        }
        _ => tier.to_string(),
    }
}

fn print_extras(document: &Document, decision: DecisionId, tier: &Tier) -> String {
    let name = |actor: Actor| telling_name(document, decision, actor);
    let mut parts: Vec<String> = tier.conditions.iter().map(|condition| print_condition(document, condition)).collect();
    if !tier.co_signers.is_empty() {
        let names: Vec<String> = tier.co_signers.iter().map(|role| name(Actor::Role(*role))).collect();
        parts.push(format!("with {}", names.join(" & ")));
    }
    parts.extend(tier.deputy.map(|deputy| format!("deputy {}", name(deputy))));
    parts.extend(tier.valid_from.map(|day| format!("from {day}")));
    parts.extend(tier.valid_to.map(|day| format!("until {day}")));
    parts.extend(tier.sub_delegation.then(|| "may pass on".to_owned()));
    parts.extend(tier.escalates_to.map(|role| format!("escalates to {}", name(Actor::Role(role)))));
    parts.extend(tier.emergency.then(|| "emergency".to_owned()));
    parts.extend((!tier.reason.is_empty()).then(|| format!("because {}", safe(&tier.reason))));
    parts.iter().map(|part| format!(", {part}")).collect()
}

fn print_condition(document: &Document, condition: &Condition) -> String {
    match condition {
        Condition::Unit(unit) => {
            let name = document.name_of((*unit).into());
            let alone = document.units().iter().filter(|(_, other)| other.name.eq_ignore_ascii_case(name)).count() == 1;
            let key = document.key_of((*unit).into()).filter(|_| !alone);
            format!("in {}", safe(&key.map_or_else(|| name.to_owned(), |key| format!("{name} ({key})"))))
        }
        Condition::Category(category) => format!("category {}", safe(category)),
        Condition::Budgeted(true) => "budgeted".to_owned(),
        Condition::Budgeted(false) => "not budgeted".to_owned(),
        Condition::NewSupplier(true) => "new supplier".to_owned(),
        Condition::NewSupplier(false) => "known supplier".to_owned(),
        Condition::Attribute { name, value } => format!("{} = {}", safe(name), safe(value)),
        Condition::Text(text) => format!("if {}", safe(text)),
    }
}

/// A text in quotes where its signs would be read.
fn safe(text: &str) -> String {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let has_signs = plain.contains([',', ';', ':', '=']) || plain.contains(" and ") || plain.contains(" or ");
    if has_signs || begins_bound(&plain) || extras::begins(&plain) {
        format!("“{}”", plain.replace(['“', '”'], "\""))
    } else {
        plain
    }
}
