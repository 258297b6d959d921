//! Rights under other letters: what stays, what goes, what falls together in one cell.

use crate::model::*;

/// Rights of one row under their new letters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::edit) struct Relettered {
    /// What each right becomes; a right with two new letters stands in it once and is added once.
    pub(in crate::edit) kept: Vec<(RightId, Right)>,
    /// Rights that come in addition.
    pub(in crate::edit) added: Vec<Right>,
    /// Rights that go: they have no letter, or fell together with another.
    pub(in crate::edit) gone: Vec<RightId>,
    /// What fell together.
    pub(in crate::edit) merged: Vec<Merged>,
}

/// Letters of one holder that became one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::edit) struct Merged {
    /// Whose.
    pub(in crate::edit) holder: Actor,
    /// The letters that fell together, as they were.
    pub(in crate::edit) letters: Vec<String>,
    /// What they became.
    pub(in crate::edit) into: String,
    /// Whether their limits differed: those of the first one count.
    pub(in crate::edit) limits_differ: bool,
}

/// Gives the rights of one row other letters. `rights` are sorted by strength, the strongest first: where two of one
/// holder fall together, the first one keeps its limits, and the notes of both are kept.
pub(in crate::edit) fn reletter(rights: &[(RightId, &Right)], become_: impl Fn(&Right) -> Vec<Right>) -> Relettered {
    let mut result = Relettered::default();
    /// Where a right under a new letter came to be.
    struct Seat {
        holder: Actor,
        code: String,
        first: String,
        tiers: Vec<Tier>,
        place: Place,
    }
    enum Place {
        Kept(usize),
        Added(usize),
    }
    let mut seats: Vec<Seat> = Vec::new();
    for (id, right) in rights {
        let mut is_kept = false;
        for new in become_(right) {
            let taken = seats.iter().position(|seat| seat.holder == new.holder && seat.code == new.letter);
            if let Some(seat) = taken.and_then(|at| seats.get(at)) {
                let target = match seat.place {
                    Place::Kept(at) => result.kept.get_mut(at).map(|(_, right)| right),
                    Place::Added(at) => result.added.get_mut(at),
                };
                if let Some(target) = target {
                    join_notes(target, &new);
                }
                let differ = seat.tiers != new.tiers;
                note_merge(&mut result.merged, &new, &seat.first, &right.letter, differ);
                continue;
            }
            let place = if is_kept {
                result.added.push(new.clone());
                Place::Added(result.added.len() - 1)
            } else {
                is_kept = true;
                result.kept.push((*id, new.clone()));
                Place::Kept(result.kept.len() - 1)
            };
            seats.push(Seat {
                holder: new.holder,
                code: new.letter.clone(),
                first: right.letter.clone(),
                tiers: new.tiers.clone(),
                place,
            });
        }
        if !is_kept {
            result.gone.push(*id);
        }
    }
    result
}

fn note_merge(merged: &mut Vec<Merged>, new: &Right, first: &str, letter: &str, limits_differ: bool) {
    if let Some(known) = merged.iter_mut().find(|merge| merge.holder == new.holder && merge.into == new.letter) {
        known.letters.push(letter.to_owned());
        known.limits_differ |= limits_differ;
        return;
    }
    merged.push(Merged {
        holder: new.holder,
        letters: vec![first.to_owned(), letter.to_owned()],
        into: new.letter.clone(),
        limits_differ,
    });
}

fn join_notes(target: &mut Right, other: &Right) {
    if !other.note.is_empty() && !target.note.contains(&other.note) {
        if !target.note.is_empty() {
            target.note.push_str("; ");
        }
        target.note.push_str(&other.note);
    }
    if target.veto_domain.is_empty() {
        target.veto_domain.clone_from(&other.veto_domain);
    }
    if target.review_window.is_none() {
        target.review_window = other.review_window;
    }
}

/// How many of these rights may count for one and the same case: the most that meet with any one of them. Limits,
/// conditions on units, and holders that belong to different units of the row's scope keep rights apart.
pub(super) fn most_at_once(document: &Document, subject: Subject, rights: &[&Right]) -> usize {
    let scope = match subject {
        Subject::Decision(id) => document.get::<Decision>(id).map_or(&[][..], |decision| &decision.scope),
        Subject::Step(_) => &[],
    };
    let place = |right: &Right| {
        let unit = document.unit_of_actor(right.holder)?;
        scope.iter().position(|area| document.unit_is_within(unit, *area))
    };
    let meet = |a: &Right, b: &Right| {
        let apart = place(a).zip(place(b)).is_some_and(|(a, b)| a != b);
        !apart && tiers_meet(&a.tiers, &b.tiers)
    };
    let with = |(at, right): (usize, &&Right)| {
        1 + rights.iter().enumerate().filter(|(other, _)| *other != at).filter(|(_, other)| meet(right, other)).count()
    };
    rights.iter().enumerate().map(with).max().unwrap_or(0)
}

fn tiers_meet(a: &[Tier], b: &[Tier]) -> bool {
    if a.is_empty() || b.is_empty() {
        return true;
    }
    a.iter().any(|a| b.iter().any(|b| tier_meets(a, b)))
}

fn tier_meets(a: &Tier, b: &Tier) -> bool {
    let units = |tier: &Tier| -> Vec<UnitId> {
        let unit = |condition: &Condition| if let Condition::Unit(unit) = condition { Some(*unit) } else { None };
        tier.conditions.iter().filter_map(unit).collect()
    };
    let (of_a, of_b) = (units(a), units(b));
    if !of_a.is_empty() && !of_b.is_empty() && !of_a.iter().any(|unit| of_b.contains(unit)) {
        return false;
    }
    if (a.quantity, a.per) != (b.quantity, b.per) {
        return true;
    }
    let below = |low: Option<Amount>, high: Option<Amount>| match (low, high) {
        (Some(low), Some(high)) => low < high,
        _ => true,
    };
    below(a.above, b.up_to) && below(b.above, a.up_to)
}
