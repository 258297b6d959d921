//! Changes of a framework of one's own, with the rights that use its letters.

use std::collections::BTreeMap;

use super::convert_framework::apply_letters;
use crate::edit::conversion::cells::reletter;
use crate::edit::rules::need;
use crate::edit::wording::{joined, quoted};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// A letter whose rights move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedLetter {
    /// The letter so far.
    pub from: String,
    /// The letter from now on; none where its rights are to go.
    pub to: Option<String>,
}

/// Puts a framework in the place of one that is no built-in one. Rights follow letters that were renamed; a letter in
/// use cannot vanish without saying to what its rights go.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviseFramework {
    /// Which framework.
    pub framework: FrameworkId,
    /// What it is to be; its key stays.
    pub record: Box<Framework>,
    /// Letters that were renamed, or taken away, with where their rights go.
    pub moved: Vec<MovedLetter>,
}

/// Why a framework cannot be as it is: one sentence, naming the letter. `id` is the framework itself, where it is in
/// the document already.
pub fn framework_problem(document: &Document, id: Option<FrameworkId>, framework: &Framework) -> Option<String> {
    let name = framework.name.trim();
    if name.is_empty() {
        return Some("A framework needs a name, such as “RACI of the kitchen”.".to_owned());
    }
    let same = |(other, record): &(FrameworkId, &Framework)| Some(*other) != id && record.name.trim() == name;
    if document.frameworks().iter().any(|other| same(&other)) {
        return Some(format!("There is a framework called {} already; choose another name.", quoted(name)));
    }
    if framework.letters.is_empty() {
        return Some("A framework needs at least one letter.".to_owned());
    }
    for (index, letter) in framework.letters.iter().enumerate() {
        let code = letter.code.as_str();
        let length = code.chars().count();
        if !(1..=3).contains(&length) || code.chars().any(|c| c.is_whitespace() || matches!(c, ';' | ',' | '<' | '>' | '≤')) {
            return Some(format!(
                "Letter {} has the code {}; a code is one to three characters without spaces, such as R or Si.",
                index + 1,
                quoted(code)
            ));
        }
        if framework.letters.iter().take(index).any(|other| other.code == code) {
            return Some(format!("Two letters have the code {code}; give one of them another."));
        }
        if letter.at_most.is_some_and(|most| most < letter.at_least.max(1)) {
            return Some(format!(
                "{code} asks for at least {} and at most {}; the second cannot be smaller, nor zero.",
                letter.at_least,
                letter.at_most.unwrap_or(0)
            ));
        }
        if letter.tint.is_some_and(|tint| tint > 7) || letter.rank == Some(0) {
            return Some(format!("The colour of {code} is 0 to 7, its rank 1 or more."));
        }
    }
    None
}

/// How many rights stand under each letter of a framework, by code.
pub fn letters_in_use(document: &Document, framework: FrameworkId) -> BTreeMap<String, usize> {
    let mut used = BTreeMap::new();
    for (_, right) in document.rights().iter() {
        if let Some((id, known)) = document.framework_of(right.subject)
            && id == framework
        {
            let code = known.letter(&right.letter).map_or(&right.letter, |letter| &letter.code);
            *used.entry(code.clone()).or_insert(0) += 1;
        }
    }
    used
}

impl ReviseFramework {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.framework)?;
        let Some(old) = document.get::<Framework>(self.framework) else { return Ok(false) };
        if old.built_in {
            return Err(format!("{} comes with the program; copy it to change it.", quoted(&old.name)));
        }
        if let Some(problem) = framework_problem(document, Some(self.framework), &self.record) {
            return Err(problem);
        }
        for moved in &self.moved {
            if let Some(to) = moved.to.as_ref().filter(|to| !self.has(to)) {
                return Err(format!("{} has no letter {to} for the rights of {}.", quoted(&self.record.name), moved.from));
            }
        }
        let used = letters_in_use(document, self.framework);
        let homeless = used.iter().find(|(code, _)| !self.has(code) && self.moved_to(code).is_none());
        if let Some((code, count)) = homeless {
            let codes: Vec<&str> = self.record.letters.iter().map(|letter| letter.code.as_str()).collect();
            let rights = if *count == 1 { "1 right has it".to_owned() } else { format!("{count} rights have it") };
            return Err(format!("{code} cannot go: {rights}. Say whether they become {}, or go.", joined(&codes, "or")));
        }
        let next = Framework { key: old.key.clone(), built_in: false, ..(*self.record).clone() };
        Ok(next != *old || self.moved.iter().any(|moved| moved.to.as_ref() != Some(&moved.from)))
    }

    fn has(&self, code: &str) -> bool {
        self.record.letters.iter().any(|letter| letter.code == code)
    }

    /// Where the rights of a letter go, if that was said.
    fn moved_to(&self, code: &str) -> Option<Option<&String>> {
        self.moved.iter().find(|moved| moved.from == code).map(|moved| moved.to.as_ref())
    }
}

impl EditAction for ReviseFramework {
    fn label(&self, document: &Document) -> String {
        let old = document.get::<Framework>(self.framework).map_or("", |framework| &framework.name);
        if old == self.record.name {
            format!("Change framework {}", quoted(old))
        } else {
            format!("Change framework {} to {}", quoted(old), quoted(&self.record.name))
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let document = transaction.document();
        let Some(old) = document.get::<Framework>(self.framework).cloned() else {
            return Err(EditError::Missing("framework"));
        };
        let mut rows: BTreeMap<Subject, Vec<(RightId, &Right)>> = BTreeMap::new();
        for (id, right) in document.rights().iter() {
            if document.framework_of(right.subject).is_some_and(|(framework, _)| framework == self.framework) {
                rows.entry(right.subject).or_default().push((id, right));
            }
        }
        let strength = |right: &Right| old.letter(&right.letter).map_or(u8::MAX, Letter::strength);
        let mut changes = Vec::with_capacity(rows.len());
        for rights in rows.values_mut() {
            rights.sort_by_key(|(id, right)| (strength(right), *id));
            changes.push(reletter(rights, |right| {
                let code = old.letter(&right.letter).map_or(&right.letter, |letter| &letter.code);
                match self.moved_to(code) {
                    Some(None) => Vec::new(),
                    Some(Some(to)) => vec![Right { letter: to.clone(), ..right.clone() }],
                    None => vec![right.clone()],
                }
            }));
        }
        let next = Framework { key: old.key.clone(), built_in: false, ..(*self.record).clone() };
        transaction.update(self.framework, |slot: &mut Framework| *slot = next)?;
        changes.into_iter().try_for_each(|row| apply_letters(transaction, row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Insert, Remove, apply};
    use crate::testkit::{built_in_framework, framework_named, with_frameworks};

    /// An own framework with a decision on which the owner has A ≤ 9 EUR and R, and the clerk R.
    fn own() -> (Document, FrameworkId) {
        let mut document = with_frameworks();
        let record =
            Framework { key: Key::unset(), name: "Kitchen".into(), built_in: false, ..built_in_framework("raci") };
        let id = document.insert(record);
        let decision = document.insert(Decision { framework: Some(id), ..Decision::new("Change the menu") });
        let [owner, clerk] = ["Owner", "Clerk"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let right = |holder, letter: &str| Right::new(Subject::Decision(decision), holder, letter);
        document.insert(Right { tiers: parse_tiers("≤ 9 EUR", Currency::EUR).unwrap(), ..right(owner, "A") });
        document.insert(right(owner, "R"));
        document.insert(right(clerk, "R"));
        (document, id)
    }

    fn revised(document: &Document, id: FrameworkId, moved: &[(&str, Option<&str>)], change: fn(&mut Framework)) -> ReviseFramework {
        let mut record = document.get::<Framework>(id).unwrap().clone();
        change(&mut record);
        let moved = moved.iter().map(|(from, to)| MovedLetter { from: (*from).into(), to: to.map(str::to_owned) });
        ReviseFramework { framework: id, record: Box::new(record), moved: moved.collect() }
    }

    fn letters(document: &Document) -> Vec<String> {
        document.rights().iter().map(|(_, right)| right.letter.clone()).collect()
    }

    #[test]
    fn rights_follow_letters_that_are_renamed_even_when_two_change_places() {
        let (document, id) = own();
        let swap = revised(&document, id, &[("A", Some("R")), ("R", Some("A"))], |record| {
            record.letters[0].code = "A".into();
            record.letters[1].code = "R".into();
        });
        let applied = apply(&document, &swap.into()).unwrap();
        assert_eq!(letters(&applied.document), ["R", "A", "A"]);
        assert_eq!(applied.label, "Change framework “Kitchen”");
    }

    #[test]
    fn a_letter_in_use_cannot_vanish_in_silence() {
        let (document, id) = own();
        let without = |moved: &[(&str, Option<&str>)]| {
            revised(&document, id, moved, |record| record.letters.retain(|letter| letter.code != "R"))
        };
        assert_eq!(
            without(&[]).can_apply(&document),
            Verdict::No("R cannot go: 2 rights have it. Say whether they become A, C or I, or go.".into())
        );
        let gone = apply(&document, &without(&[("R", None)]).into()).unwrap().document;
        assert_eq!(letters(&gone), ["A"]);
        let merged = apply(&document, &without(&[("R", Some("A"))]).into()).unwrap().document;
        assert_eq!(letters(&merged), ["A", "A"]);
        let tiers: Vec<usize> = merged.rights().iter().map(|(_, right)| right.tiers.len()).collect();
        assert_eq!(tiers, [1, 0], "the stronger letter keeps its limit");
    }

    #[test]
    fn codes_names_and_numbers_are_checked_with_a_reason() {
        let (document, id) = own();
        let problem = |change: fn(&mut Framework)| {
            let revised = revised(&document, id, &[], change);
            framework_problem(&document, Some(id), &revised.record).unwrap_or_default()
        };
        assert_eq!(
            problem(|record| record.letters[2].code = "Cons".into()),
            "Letter 3 has the code “Cons”; a code is one to three characters without spaces, such as R or Si."
        );
        assert_eq!(
            problem(|record| record.letters[3].code = "C".into()),
            "Two letters have the code C; give one of them another."
        );
        assert!(problem(|record| record.name = "RACI".into()).starts_with("There is a framework called “RACI”"));
        assert!(problem(|record| record.letters[1].at_most = Some(0)).starts_with("A asks for at least 1 and at most 0"));
        assert_eq!(problem(|_| ()), "");
    }

    #[test]
    fn built_in_ones_stay_and_used_ones_are_not_removed() {
        let (document, id) = own();
        let raci = framework_named(&document, "raci");
        let built_in = revised(&document, raci, &[], |record| record.name = "Mine".into());
        assert!(matches!(built_in.can_apply(&document), Verdict::No(reason) if reason.contains("copy it")));
        let remove = Remove { elements: vec![id.into()] };
        assert_eq!(remove.can_apply(&document), Verdict::No("“Kitchen” is in use.".into()));
        let copy = Framework { key: Key::unset(), name: "Other".into(), built_in: false, ..built_in_framework("ovis") };
        let with = apply(&document, &Insert::one(copy).into()).unwrap();
        let remove = Remove { elements: with.created.clone() };
        assert_eq!(remove.can_apply(&with.document), Verdict::Yes);
    }
}
