//! Letters of the matrix.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::edit::rules::{need, problems_with_new};
use crate::edit::wording::{joined, named};
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// One letter of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct CellLetter {
    /// The letter as typed; its case is corrected.
    pub code: String,
    /// Its limits; none keeps those that it has.
    pub tiers: Option<Vec<Tier>>,
}

impl CellLetter {
    /// A letter that keeps its limits.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), tiers: None }
    }
}

/// What a cell of the matrix is to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct CellChange {
    /// The row.
    pub subject: Subject,
    /// The column.
    pub holder: Actor,
    /// All its letters; empty to clear the cell.
    pub letters: Vec<CellLetter>,
}

/// Sets the letters of cells, as one step for any number of them: typing, clearing, filling, pasting. A letter that
/// stays keeps its veto topics, review window and note.
#[derive(Clone, Debug, PartialEq)]
pub struct SetCells {
    /// The cells; where one is named twice the later change counts.
    pub cells: Vec<CellChange>,
}

type Cells<'a> = BTreeMap<(Subject, Actor), &'a CellChange>;
type Held = FxHashMap<(Subject, Actor), Vec<RightId>>;

impl SetCells {
    /// The change of one cell.
    pub fn one(subject: Subject, holder: Actor, letters: Vec<CellLetter>) -> Self {
        Self { cells: vec![CellChange { subject, holder, letters }] }
    }

    fn by_cell(&self) -> Cells<'_> {
        self.cells.iter().map(|cell| ((cell.subject, cell.holder), cell)).collect()
    }

    fn check(&self, document: &Document) -> Result<bool, String> {
        let cells = self.by_cell();
        let held = held(document, &cells);
        let mut changes = false;
        for (key, cell) in &cells {
            check_cell(document, cell)?;
            let ids = held.get(key).map_or(&[][..], Vec::as_slice);
            let mut now: Vec<&Right> = ids.iter().filter_map(|id| document.get::<Right>(*id)).collect();
            let wanted = wanted(document, cell, &now);
            now.sort_by(|a, b| a.letter.cmp(&b.letter));
            changes |= !now.into_iter().eq(wanted.values());
        }
        Ok(changes)
    }
}

fn check_cell(document: &Document, cell: &CellChange) -> Result<(), String> {
    need(document, cell.subject)?;
    need(document, cell.holder)?;
    if cell.letters.is_empty() {
        return Ok(());
    }
    let Some((_, framework)) = document.framework_of(cell.subject) else {
        return Err("The project has no framework; choose one first.".to_owned());
    };
    if matches!(cell.holder, Actor::System(_)) {
        return Err("A system performs steps but holds no rights.".to_owned());
    }
    for letter in &cell.letters {
        let Some(known) = framework.letter(letter.code.trim()) else {
            let codes: Vec<&str> = framework.letters.iter().map(|letter| letter.code.as_str()).collect();
            return Err(format!("“{}” is no letter of {}: use {}.", letter.code, framework.name, joined(&codes, "or")));
        };
        if let Some(tiers) = letter.tiers.as_ref().filter(|tiers| !tiers.is_empty()) {
            check_tiers(document, cell, &known.code, tiers)?;
        }
    }
    Ok(())
}

fn check_tiers(document: &Document, cell: &CellChange, code: &str, tiers: &[Tier]) -> Result<(), String> {
    let right = Right { tiers: tiers.to_vec(), ..Right::new(cell.subject, cell.holder, code) };
    let element = Record::from(right);
    match problems_with_new(document, &element) {
        // That the letter is there already is the very case of changing its limits.
        Err(_) if exists(document, cell, code) => tiers_alone(document, tiers),
        answer => answer,
    }
}

fn exists(document: &Document, cell: &CellChange, code: &str) -> bool {
    document.rights_on(cell.subject).any(|(_, right)| right.holder == cell.holder && right.letter == code)
}

fn tiers_alone(document: &Document, tiers: &[Tier]) -> Result<(), String> {
    for tier in tiers {
        let roles = tier.co_signers.iter().chain(&tier.escalates_to);
        for role in roles {
            need(document, *role)?;
        }
        for condition in &tier.conditions {
            if let Condition::Unit(unit) = condition {
                need(document, *unit)?;
            }
        }
        let reversed = tier.above.zip(tier.up_to).is_some_and(|(above, up_to)| above >= up_to)
            || tier.valid_from.zip(tier.valid_to).is_some_and(|(from, to)| from > to);
        if reversed {
            return Err(format!("The limit “{tier}” ends before it begins."));
        }
    }
    Ok(())
}

/// The rights that the cells hold now, with one pass over all rights.
fn held(document: &Document, cells: &Cells<'_>) -> Held {
    let mut held = Held::default();
    for (id, right) in document.rights().iter() {
        let key = (right.subject, right.holder);
        if cells.contains_key(&key) {
            held.entry(key).or_default().push(id);
        }
    }
    held
}

/// The rights that a cell is to hold, by letter.
fn wanted(document: &Document, cell: &CellChange, now: &[&Right]) -> BTreeMap<String, Right> {
    let mut wanted = BTreeMap::new();
    let framework = document.framework_of(cell.subject);
    for letter in &cell.letters {
        let Some(code) = framework.and_then(|(_, framework)| framework.letter(letter.code.trim())) else { continue };
        let old = now.iter().find(|right| right.letter == code.code);
        let mut right = match old {
            Some(old) => (*old).clone(),
            None => Right::new(cell.subject, cell.holder, &*code.code),
        };
        if let Some(tiers) = &letter.tiers {
            right.tiers.clone_from(tiers);
        }
        wanted.insert(code.code.clone(), right);
    }
    wanted
}

impl EditAction for SetCells {
    fn label(&self, document: &Document) -> String {
        let clears = self.cells.iter().all(|cell| cell.letters.is_empty());
        match self.cells.as_slice() {
            [cell] => {
                let (holder, subject) = (named(document, cell.holder.into()), named(document, cell.subject.into()));
                if clears {
                    return format!("Clear {holder} on {subject}");
                }
                let framework = document.framework_of(cell.subject);
                let code = |letter: &CellLetter| {
                    let known = framework.and_then(|(_, framework)| framework.letter(letter.code.trim()));
                    known.map_or_else(|| letter.code.clone(), |known| known.code.clone())
                };
                let codes: Vec<String> = cell.letters.iter().map(code).collect();
                format!("Set {} for {holder} on {subject}", codes.join(", "))
            }
            cells if clears => format!("Clear {} cells", cells.len()),
            cells => format!("Set {} cells", cells.len()),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let cells = self.by_cell();
        let held = held(transaction.document(), &cells);
        for (key, cell) in &cells {
            let ids = held.get(key).map_or(&[][..], Vec::as_slice);
            let document = transaction.document();
            let now: Vec<&Right> = ids.iter().filter_map(|id| document.get::<Right>(*id)).collect();
            let mut wanted = wanted(document, cell, &now);
            for id in ids {
                let letter = transaction.document().get::<Right>(*id).map(|right| right.letter.clone());
                match letter.and_then(|letter| wanted.remove(&letter)) {
                    Some(right) => transaction.update(*id, |slot: &mut Right| *slot = right)?,
                    None => {
                        transaction.remove((*id).into());
                    }
                }
            }
            for right in wanted.into_values() {
                transaction.insert(right);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    fn cell(document: &Document, holder: usize) -> (Subject, Actor) {
        let decision = document.decisions().ids().next().unwrap();
        (Subject::Decision(decision), Actor::Role(document.roles().ids().nth(holder).unwrap()))
    }

    fn letters(document: &Document, (subject, holder): (Subject, Actor)) -> Vec<String> {
        let held = document.rights_on(subject).filter(|(_, right)| right.holder == holder);
        held.map(|(_, right)| right.letter.clone()).collect()
    }

    #[test]
    fn a_letter_is_set_in_its_right_case_and_others_go() {
        let document = start();
        let key = cell(&document, 0);
        let edit = SetCells::one(key.0, key.1, vec![CellLetter::new("c"), CellLetter::new("I")]);
        let applied = apply(&document, &edit.into()).unwrap();
        assert_eq!(applied.label, "Set C, I for “Owner” on “Grant refund”");
        assert_eq!(letters(&applied.document, key), ["C", "I"]);
    }

    #[test]
    fn a_wrong_letter_is_refused_with_the_right_ones() {
        let document = start();
        let (subject, holder) = cell(&document, 0);
        let edit = SetCells::one(subject, holder, vec![CellLetter::new("x")]);
        assert_eq!(edit.can_apply(&document), Verdict::No("“x” is no letter of RACI: use R, A, C or I.".to_owned()));
    }

    #[test]
    fn limits_stay_unless_given_and_a_range_is_one_step() {
        let document = start();
        let (owner, clerk) = (cell(&document, 0), cell(&document, 1));
        let tier = parse_tier("≤ 200 EUR", Currency::EUR).unwrap();
        let limited = CellLetter { code: "A".into(), tiers: Some(vec![tier.clone()]) };
        let document = apply(&document, &SetCells::one(owner.0, owner.1, vec![limited]).into()).unwrap().document;
        let again =
            |(subject, holder), code: &str| CellChange { subject, holder, letters: vec![CellLetter::new(code)] };
        let both = SetCells { cells: vec![again(owner, "a"), again(clerk, "I")] };
        let applied = apply(&document, &both.into()).unwrap();
        assert_eq!(applied.label, "Set 2 cells");
        assert_eq!(letters(&applied.document, clerk), ["I"]);
        let (_, right) = applied.document.rights_on(owner.0).find(|(_, right)| right.holder == owner.1).unwrap();
        assert_eq!(right.tiers, [tier]);
        let same = SetCells { cells: vec![again(owner, "A")] };
        assert_eq!(same.can_apply(&applied.document), Verdict::Ignore);
    }
}
