//! Rows of the matrix under the letters of another framework, with a report of what is lost on the way.
//!
//! Nothing here changes a document: [`conversion`] works out what [`ConvertFramework`](super::ConvertFramework) would
//! do, so that it can be read before it is done. Limits stay with their rights; a veto that has no letter any more
//! becomes a note on the weaker letter.

pub(in crate::edit) mod cells;
mod letters;
mod loss;

pub use letters::{Path, meaning, path};
pub use loss::{Loss, LossKind};

use std::collections::BTreeMap;

use self::cells::{Relettered, reletter};
use crate::model::*;

/// Which rows are converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConvertedRows {
    /// These decisions; they name the framework from then on.
    Decisions(Vec<DecisionId>),
    /// All rows of a kind; the project names the framework for the kind. Steps are rows of the kind task.
    Kind(DecisionKind),
    /// All rows; the project names the framework, and no kind or row another.
    All,
}

/// What people say that a letter becomes, where the duties do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// The framework of the letter.
    pub from: FrameworkId,
    /// The letter.
    pub letter: String,
    /// What takes its place; nothing where its rights are to go.
    pub becomes: Vec<String>,
}

/// What a conversion would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversion {
    /// The rows with rights that get other letters, in the order of the matrix.
    pub rows: Vec<ConvertedRow>,
    /// The letters in use and what becomes of them, by framework, kind and letter.
    pub letters: Vec<ConvertedLetter>,
    /// What is lost, row by row.
    pub losses: Vec<Loss>,
}

impl Conversion {
    /// How many rights get another letter, are added or go.
    pub fn changed_rights(&self, document: &Document) -> usize {
        let changed = |(id, right): &&(RightId, Right)| document.get::<Right>(*id) != Some(right);
        let of_row = |row: &ConvertedRow| {
            row.relettered.kept.iter().filter(changed).count() + row.relettered.added.len() + row.relettered.gone.len()
        };
        self.rows.iter().map(of_row).sum()
    }
}

/// A row with what becomes of its rights.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertedRow {
    /// The row.
    pub subject: Subject,
    /// The framework of its letters so far.
    pub from: FrameworkId,
    pub(in crate::edit) relettered: Relettered,
}

/// A letter in use and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertedLetter {
    /// Its framework.
    pub from: FrameworkId,
    /// The kind of the rows it stands on.
    pub kind: DecisionKind,
    /// The letter.
    pub letter: String,
    /// What becomes of it.
    pub path: Path,
    /// On how many rights it stands.
    pub rights: usize,
}

/// The kind of a row: that of the decision, or work for a step.
pub fn kind_of(document: &Document, subject: Subject) -> DecisionKind {
    match subject {
        Subject::Decision(id) => document.get::<Decision>(id).map_or(DecisionKind::Decision, |decision| decision.kind),
        Subject::Step(_) => DecisionKind::Task,
    }
}

/// The rows that a choice of rows means, decisions first, each in the order of its making. Steps without a letter are
/// no rows.
pub fn subjects_of(document: &Document, rows: &ConvertedRows) -> Vec<Subject> {
    match rows {
        ConvertedRows::Decisions(ids) => ids.iter().map(|id| Subject::Decision(*id)).collect(),
        ConvertedRows::Kind(kind) => {
            let mut subjects = every_row(document);
            subjects.retain(|subject| kind_of(document, *subject) == *kind);
            subjects
        }
        ConvertedRows::All => every_row(document),
    }
}

fn every_row(document: &Document) -> Vec<Subject> {
    let mut steps: Vec<Subject> = document.rights().iter().map(|(_, right)| right.subject).collect();
    steps.retain(|subject| matches!(subject, Subject::Step(_)));
    steps.sort_unstable();
    steps.dedup();
    document.decisions().ids().map(Subject::Decision).chain(steps).collect()
}

/// What becomes of rows under the letters of another framework, and what is lost.
pub fn conversion(document: &Document, rows: &ConvertedRows, to: FrameworkId, instead: &[Instead]) -> Conversion {
    let mut result = Conversion::default();
    let Some(target) = document.get::<Framework>(to) else { return result };
    let mut by_row: BTreeMap<Subject, Vec<(RightId, &Right)>> = BTreeMap::new();
    for (id, right) in document.rights().iter() {
        by_row.entry(right.subject).or_default().push((id, right));
    }
    for subject in subjects_of(document, rows) {
        let Some(rights) = by_row.get_mut(&subject) else { continue };
        let Some((from, source)) = document.framework_of(subject) else { continue };
        if from == to {
            continue;
        }
        rights.sort_by_key(|(id, right)| (source.letter(&right.letter).map_or(u8::MAX, Letter::strength), *id));
        let mut row = Row { document, subject, source, target, from, instead, result: &mut result };
        row.convert(rights);
    }
    result.letters.sort_by_key(|letter| (letter.from, letter.kind));
    result
}

struct Row<'a> {
    document: &'a Document,
    subject: Subject,
    source: &'a Framework,
    target: &'a Framework,
    from: FrameworkId,
    instead: &'a [Instead],
    result: &'a mut Conversion,
}

impl Row<'_> {
    fn convert(&mut self, rights: &[(RightId, &Right)]) {
        let kind = kind_of(self.document, self.subject);
        for (_, right) in rights {
            let path = self.path(&right.letter, kind);
            self.losses_of(right, &path);
            self.count(right, kind, path);
        }
        let relettered = reletter(rights, |right| {
            let path = self.path(&right.letter, kind);
            path.codes.iter().map(|code| self.renamed(right, code, &path)).collect()
        });
        for merged in &relettered.merged {
            self.lose(
                Some(merged.holder),
                &merged.into,
                LossKind::Merged { letters: merged.letters.clone(), limits_differ: merged.limits_differ },
            );
        }
        let kept = relettered.kept.iter().map(|(_, right)| right);
        let after: Vec<Right> = kept.chain(&relettered.added).cloned().collect();
        self.check_numbers(&after);
        self.result.rows.push(ConvertedRow { subject: self.subject, from: self.from, relettered });
    }

    /// What becomes of a letter; one that its framework does not know goes.
    fn path(&self, code: &str, kind: DecisionKind) -> Path {
        let Some(letter) = self.source.letter(code) else { return Path::default() };
        let said = |instead: &&Instead| instead.from == self.from && instead.letter == letter.code;
        match self.instead.iter().find(said) {
            Some(instead) => letters::path_to(letter, self.target, kind, &instead.becomes),
            None => path(letter, self.target, kind),
        }
    }

    /// A right under a new letter. A duty that the letter cannot carry is written down beside it.
    fn renamed(&self, right: &Right, code: &str, path: &Path) -> Right {
        let mut new = Right { letter: code.to_owned(), ..right.clone() };
        let has_veto = self.target.has_duty(code, Duty::Agree);
        if path.loses_veto() && !has_veto {
            let domain = right.veto_domain.trim();
            let mut note = match domain {
                "" => format!("veto ({} of {})", right.letter, self.source.name),
                domain => format!("veto on {domain}"),
            };
            if let Some(window) = new.review_window.take() {
                note.push_str(&format!(", answers within {window}"));
            }
            new.veto_domain.clear();
            add_note(&mut new.note, &note);
        }
        if path.lost.contains(&Duty::Verify) {
            add_note(&mut new.note, &format!("checks the result ({} of {})", right.letter, self.source.name));
        }
        new
    }

    fn losses_of(&mut self, right: &Right, path: &Path) {
        let letter = right.letter.as_str();
        let holder = Some(right.holder);
        if path.codes.is_empty() {
            self.lose(holder, letter, LossKind::Gone);
            return;
        }
        if path.loses_veto() {
            self.lose(
                holder,
                letter,
                LossKind::Veto { becomes: path.codes.clone(), domain: right.veto_domain.clone() },
            );
        }
        let others: Vec<Duty> = path.lost.iter().copied().filter(|duty| *duty != Duty::Agree).collect();
        if !others.is_empty() {
            self.lose(holder, letter, LossKind::Duties { becomes: path.codes.clone(), duties: others });
        }
        if !path.others.is_empty() {
            self.lose(holder, letter, LossKind::Guessed { becomes: path.codes.clone(), others: path.others.clone() });
        }
    }

    fn count(&mut self, right: &Right, kind: DecisionKind, path: Path) {
        let letter = self.source.letter(&right.letter).map_or(&right.letter, |letter| &letter.code).clone();
        let known =
            |known: &&mut ConvertedLetter| (known.from, known.kind, &known.letter) == (self.from, kind, &letter);
        match self.result.letters.iter_mut().find(known) {
            Some(known) => known.rights += 1,
            None => self.result.letters.push(ConvertedLetter { from: self.from, kind, letter, path, rights: 1 }),
        }
    }

    /// Whether as many hold each letter as the framework asks for.
    fn check_numbers(&mut self, after: &[Right]) {
        for letter in &self.target.letters {
            let of_letter: Vec<&Right> = after.iter().filter(|right| right.letter == letter.code).collect();
            if of_letter.len() < letter.at_least as usize {
                let kind = LossKind::TooFew { count: of_letter.len(), at_least: letter.at_least };
                self.lose(None, &letter.code, kind);
            }
            let Some(most) = letter.at_most else { continue };
            let count = cells::most_at_once(self.document, self.subject, &of_letter);
            if count > most as usize {
                self.lose(None, &letter.code, LossKind::TooMany { count, at_most: most });
            }
        }
    }

    fn lose(&mut self, holder: Option<Actor>, letter: &str, kind: LossKind) {
        self.result.losses.push(Loss { subject: self.subject, holder, letter: letter.to_owned(), kind });
    }
}

fn add_note(note: &mut String, more: &str) {
    if note.contains(more) {
        return;
    }
    if !note.is_empty() {
        note.push_str("; ");
    }
    note.push_str(more);
}
