//! Changes of ladders as one step each: what a typed line says, a moved bound, limits that change places or holders.

use super::{Edit, Insert, Remove, Replace, Sequence};
use crate::edit::wording::{joined, named, quoted};
use crate::model::*;

/// An end of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TierEnd {
    /// The lower one.
    Above,
    /// The upper one.
    UpTo,
}

/// A limit by its right and its place among those of the right.
pub type TierPlace = (RightId, usize);

/// The edit by which the limits of these rights become others, under a name; none where all stay as they are.
pub fn set_limits(document: &Document, label: String, changes: Vec<(RightId, Vec<Tier>)>) -> Option<Edit> {
    let replace = |(id, tiers): (RightId, Vec<Tier>)| {
        let right = document.get::<Right>(id)?;
        let record = Right { tiers, ..right.clone() };
        (record != *right).then(|| Replace { element: id.into(), record: record.into() }.into())
    };
    let edits: Vec<Edit> = changes.into_iter().filter_map(replace).collect();
    (!edits.is_empty()).then(|| Sequence { label, edits }.into())
}

/// The edit that changes one limit.
pub fn set_limit(document: &Document, (id, place): TierPlace, change: impl FnOnce(&mut Tier)) -> Option<Edit> {
    let right = document.get::<Right>(id)?;
    let mut tiers = right.tiers.clone();
    change(tiers.get_mut(place)?);
    let label = format!("Change a limit of {}", on_row(document, right));
    set_limits(document, label, vec![(id, tiers)])
}

/// The edit that gives a right one more limit.
pub fn add_limit(document: &Document, id: RightId, tier: Tier) -> Option<Edit> {
    let right = document.get::<Right>(id)?;
    let mut tiers = right.tiers.clone();
    tiers.push(tier);
    let label = format!("Add a limit of {}", on_row(document, right));
    set_limits(document, label, vec![(id, tiers)])
}

/// The edit that takes a limit away. The last one takes the right with it: without a limit it would hold for
/// everything.
pub fn remove_limit(document: &Document, (id, place): TierPlace) -> Option<Edit> {
    let right = document.get::<Right>(id)?;
    let mut tiers = right.tiers.clone();
    if place >= tiers.len() {
        return None;
    }
    tiers.remove(place);
    let label = format!("Remove a limit of {}", on_row(document, right));
    if tiers.is_empty() {
        return Some(Sequence { label, edits: vec![Remove { elements: vec![id.into()] }.into()] }.into());
    }
    set_limits(document, label, vec![(id, tiers)])
}

/// The edit that lets two limits change their amounts: their holders change places on the ladder.
pub fn swap_limits(document: &Document, one: TierPlace, two: TierPlace) -> Option<Edit> {
    let tier = |(id, place): TierPlace| document.get::<Right>(id)?.tiers.get(place);
    let (first, second) = (tier(one)?.clone(), tier(two)?.clone());
    let mut changes: Vec<(RightId, Vec<Tier>)> = Vec::new();
    for ((id, place), other) in [(one, &second), (two, &first)] {
        let known = changes.iter().position(|(known, _)| *known == id);
        let at = match known {
            Some(at) => at,
            None => {
                changes.push((id, document.get::<Right>(id)?.tiers.clone()));
                changes.len() - 1
            }
        };
        let tier = changes.get_mut(at)?.1.get_mut(place)?;
        (tier.above, tier.up_to) = (other.above, other.up_to);
    }
    let holder = |(id, _): TierPlace| document.get::<Right>(id).map(|right| named(document, right.holder.into()));
    let label = format!("Let {} and {} change places", holder(one)?, holder(two)?);
    set_limits(document, label, changes)
}

/// The edit that hands a limit to somebody else, with all that is said in it.
pub fn hand_over_limit(document: &Document, (id, place): TierPlace, to: Actor) -> Option<Edit> {
    let right = document.get::<Right>(id)?;
    let tier = right.tiers.get(place)?.clone();
    let Subject::Decision(decision) = right.subject else { return None };
    if right.holder == to {
        return None;
    }
    let label = format!("Hand a limit of {} to {}", on_row(document, right), named(document, to.into()));
    let mut edits: Vec<Edit> = Vec::new();
    let mut left = right.tiers.clone();
    left.remove(place);
    edits.push(match left.is_empty() {
        true => Remove { elements: vec![id.into()] }.into(),
        false => Replace { element: id.into(), record: Right { tiers: left, ..right.clone() }.into() }.into(),
    });
    let known = deciding_rights(document, decision).into_iter().find(|(_, other)| other.holder == to);
    edits.push(match known {
        Some((other, known)) => {
            let mut tiers = known.tiers.clone();
            tiers.push(tier);
            Replace { element: other.into(), record: Right { tiers, ..known.clone() }.into() }.into()
        }
        None => Insert::one(Right { holder: to, tiers: vec![tier], ..right.clone() }).into(),
    });
    Some(Sequence { label, edits }.into())
}

/// Limits with an end at the same amount as this one, itself among them: the ends that meet there move together.
pub fn ends_that_meet(document: &Document, place: TierPlace, end: TierEnd) -> Vec<(TierPlace, TierEnd)> {
    let found = || {
        let right = document.get::<Right>(place.0)?;
        let Subject::Decision(decision) = right.subject else { return None };
        let tier = right.tiers.get(place.1)?;
        let amount = match end {
            TierEnd::Above => tier.above,
            TierEnd::UpTo => tier.up_to,
        };
        let mut met = Vec::new();
        for (id, other) in deciding_rights(document, decision) {
            for (at, other) in other.tiers.iter().enumerate() {
                let here = (id, at);
                let comparable = other.per == tier.per && other.quantity == tier.quantity && !other.emergency;
                let across = match end {
                    TierEnd::Above => (TierEnd::UpTo, other.up_to),
                    TierEnd::UpTo => (TierEnd::Above, other.above),
                };
                if here == place {
                    met.push((here, end));
                } else if comparable && amount.is_some() && across.1 == amount {
                    met.push((here, across.0));
                }
            }
        }
        Some(met)
    };
    found().unwrap_or_default()
}

/// The edit that moves ends of limits to an amount, together; none where a limit would end before it begins.
pub fn move_ends(document: &Document, ends: &[(TierPlace, TierEnd)], to: Amount) -> Option<Edit> {
    let mut changes: Vec<(RightId, Vec<Tier>)> = Vec::new();
    for ((id, place), end) in ends {
        if !changes.iter().any(|(known, _)| known == id) {
            changes.push((*id, document.get::<Right>(*id)?.tiers.clone()));
        }
        let (_, tiers) = changes.iter_mut().find(|(known, _)| known == id)?;
        let tier = tiers.get_mut(*place)?;
        match end {
            TierEnd::Above => tier.above = Some(to).filter(|to| *to > Amount::ZERO),
            TierEnd::UpTo => tier.up_to = Some(to),
        }
        let empty = tier.above.zip(tier.up_to).is_some_and(|(above, up_to)| above >= up_to);
        if empty || tier.up_to.is_some_and(|up_to| up_to <= Amount::ZERO) {
            return None;
        }
    }
    let ((first, place), _) = ends.first()?;
    let right = document.get::<Right>(*first)?;
    let unit = right.tiers.get(*place).map(|tier| amount_words(to, tier.quantity)).unwrap_or_default();
    set_limits(document, format!("Move a limit of {} to {unit}", on_row(document, right)), changes)
}

/// The edit that a typed line asks for: what it says about somebody takes the place of what they had, the others stay.
/// None where it changes nothing.
///
/// # Errors
/// Why it cannot be: something in it was not understood, or nobody can decide in the framework of the row.
pub fn write_ladder(document: &Document, decision: DecisionId, line: &LadderLine) -> Result<Option<Edit>, String> {
    if let Some(problem) = line.problems.first() {
        return Err(problem.message.clone());
    }
    let subject = Subject::Decision(decision);
    let framework = document.framework_of(subject);
    let letter = framework.and_then(|(_, framework)| framework.letter_for(Duty::Decide));
    let Some(letter) = letter else {
        return Err("The framework of this decision has no letter that decides; choose another framework.".to_owned());
    };
    let mut edits: Vec<Edit> = Vec::new();
    for name in &line.new_roles {
        edits.push(Insert::one(Role::new(name)).into());
    }
    let deciding = deciding_rights(document, decision);
    let mut names: Vec<String> = Vec::new();
    for (holder, says) in by_holder(line) {
        let known = deciding.iter().find(|(_, right)| right.holder == holder);
        let Some(edit) = rights_edit(subject, holder, &letter.code, says, known) else { continue };
        names.push(quoted(&line.name_of(document, holder)));
        edits.push(edit);
    }
    if names.is_empty() {
        return Ok(None);
    }
    let words: Vec<&str> = names.iter().map(String::as_str).collect();
    let label = format!("Set the limits of {} on {}", joined(&words, "and"), named(document, decision.into()));
    Ok(Some(Sequence { label, edits }.into()))
}

/// What a line says about each decider, in the order in which they are named.
fn by_holder(line: &LadderLine) -> Vec<(Actor, LineSays)> {
    let mut found: Vec<(Actor, LineSays)> = Vec::new();
    for statement in &line.statements {
        match (found.iter_mut().find(|(holder, _)| *holder == statement.holder), &statement.says) {
            (Some((_, LineSays::Limits(tiers))), LineSays::Limits(more)) => tiers.extend(more.iter().cloned()),
            (Some((_, says)), other) => says.clone_from(other),
            (None, other) => found.push((statement.holder, other.clone())),
        }
    }
    found
}

fn rights_edit(
    subject: Subject,
    holder: Actor,
    letter: &str,
    says: LineSays,
    known: Option<&(RightId, &Right)>,
) -> Option<Edit> {
    let tiers = match says {
        LineSays::Nothing => return known.map(|(id, _)| Remove { elements: vec![(*id).into()] }.into()),
        LineSays::Everything => Vec::new(),
        LineSays::Limits(tiers) => tiers,
    };
    match known {
        Some((id, right)) => {
            // The day on which an amount was looked at stays with the amount.
            let dated = |tier: Tier| {
                let same = |old: &&Tier| (old.above, old.up_to, old.per) == (tier.above, tier.up_to, tier.per);
                let set_on = right.tiers.iter().find(same).and_then(|old| old.set_on);
                Tier { set_on, ..tier }
            };
            let record = Right { tiers: tiers.into_iter().map(dated).collect(), ..(*right).clone() };
            (record != **right).then(|| Replace { element: (*id).into(), record: record.into() }.into())
        }
        None => Some(Insert::one(Right { tiers, ..Right::new(subject, holder, letter) }).into()),
    }
}

/// `“Clerk” on “Grant refund”`.
fn on_row(document: &Document, right: &Right) -> String {
    format!("{} on {}", named(document, right.holder.into()), named(document, right.subject.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    fn shop() -> (Document, DecisionId) {
        let mut document = crate::storage::new_document("Shop");
        let rapid = document.frameworks().iter().find(|(_, framework)| framework.name == "RAPID").unwrap().0;
        for name in ["Clerk", "Manager", "Owner"] {
            document.insert(Role::new(name));
        }
        let decision = document.insert(Decision { framework: Some(rapid), ..Decision::new("Grant refund") });
        (document, decision)
    }

    fn written(document: &Document, decision: DecisionId, text: &str, new_roles: &[&str]) -> (Document, String) {
        let new_roles = new_roles.iter().map(|name| (*name).to_owned()).collect();
        let line = read_ladder_line(document, decision, text, &LineContext { new_roles, ..LineContext::default() });
        let edit = write_ladder(document, decision, &line).unwrap().unwrap();
        let applied = apply(document, &edit).unwrap();
        (applied.document, applied.label)
    }

    fn ladder(document: &Document, decision: DecisionId) -> String {
        print_ladder(document, decision)
    }

    #[test]
    fn a_line_is_one_step_and_says_nothing_about_the_others() {
        let (document, decision) = shop();
        let (document, label) = written(&document, decision, "Clerk: ≤ 200; above: Owner", &[]);
        assert_eq!(label, "Set the limits of “Clerk” and “Owner” on “Grant refund”");
        assert_eq!(ladder(&document, decision), "Clerk: ≤ 200 EUR; Owner: > 200 EUR");
        let (document, _) = written(&document, decision, "Clerk: ≤ 300, ≤ 900 per week", &[]);
        assert_eq!(ladder(&document, decision), "Clerk: ≤ 300 EUR, ≤ 900 EUR per week; Owner: > 200 EUR");
        let (document, _) = written(&document, decision, "Owner: nothing; Clerk: no limit", &[]);
        assert_eq!(ladder(&document, decision), "Clerk: no limit");
        let line = read_ladder_line(&document, decision, "Clerk: no limit", &LineContext::default());
        assert_eq!(write_ladder(&document, decision, &line), Ok(None));
    }

    #[test]
    fn new_roles_come_with_the_line_and_may_sign_in_it() {
        let (document, decision) = shop();
        let text = "Guard: ≤ 50; above: Owner with Auditor";
        let (document, _) = written(&document, decision, text, &["Guard", "Auditor"]);
        assert_eq!(ladder(&document, decision), "Guard: ≤ 50 EUR; Owner: > 50 EUR, with Auditor");
        assert_eq!(document.roles().len(), 5);
    }

    #[test]
    fn ends_that_meet_move_together_and_never_cross() {
        let (document, decision) = shop();
        let (document, _) = written(&document, decision, "Clerk: ≤ 200; Manager: ≤ 900; above: Owner", &[]);
        let clerk = deciding_rights(&document, decision)[0].0;
        let ends = ends_that_meet(&document, (clerk, 0), TierEnd::UpTo);
        assert_eq!(ends.len(), 2);
        let edit = move_ends(&document, &ends, Amount::whole(500)).unwrap();
        let moved = apply(&document, &edit).unwrap();
        assert_eq!(moved.label, "Move a limit of “Clerk” on “Grant refund” to 500 EUR");
        assert_eq!(ladder(&moved.document, decision), "Clerk: ≤ 500 EUR; Manager: > 500 ≤ 900 EUR; Owner: > 900 EUR");
        assert_eq!(move_ends(&document, &ends, Amount::whole(900)), None);
        assert_eq!(move_ends(&document, &ends, Amount::ZERO), None);
    }

    #[test]
    fn limits_change_places_and_holders_and_go() {
        let (document, decision) = shop();
        let (document, _) = written(&document, decision, "Clerk: ≤ 200; Manager: ≤ 900", &[]);
        let rights: Vec<RightId> = deciding_rights(&document, decision).into_iter().map(|(id, _)| id).collect();
        let swapped = apply(&document, &swap_limits(&document, (rights[0], 0), (rights[1], 0)).unwrap()).unwrap();
        assert_eq!(ladder(&swapped.document, decision), "Manager: ≤ 200 EUR; Clerk: > 200 ≤ 900 EUR");
        let owner = Actor::Role(document.roles().ids().nth(2).unwrap());
        let handed = apply(&document, &hand_over_limit(&document, (rights[1], 0), owner).unwrap()).unwrap();
        assert_eq!(ladder(&handed.document, decision), "Clerk: ≤ 200 EUR; Owner: > 200 ≤ 900 EUR");
        let fewer = apply(&document, &remove_limit(&document, (rights[1], 0)).unwrap()).unwrap();
        assert_eq!(ladder(&fewer.document, decision), "Clerk: ≤ 200 EUR");
    }
}
