//! The edit of tables of rights: which rows are decisions of the project, which letters their cells hold, and what is
//! wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::choose::{Choice, Chosen, distinct};
use super::content::{CellProblem, Content, Form, Line};
use super::holders::{self, ColumnPlan, Known, description};
use super::lexicon::{Reading, cell_key, join_note};
use super::list::kind_of;
use super::{DistinctText, Figures, Settings, TableFigures, register};
use crate::edit::{MergeMatrix, MergedFramework, MergedHolder, MergedMatrixView, MergedRight, MergedSubject, Target};
use crate::import::Count;
use crate::model::*;

/// What the tables of a file come to.
#[derive(Default)]
pub(super) struct Planned {
    pub merge: MergeMatrix,
    pub figures: Figures,
    pub columns: Vec<ColumnPlan>,
    pub texts: Vec<DistinctText>,
    pub notes: Vec<String>,
    pub problems: Vec<CellProblem>,
}

struct Planner<'a> {
    base: &'a Document,
    out: Planned,
    /// Place of each holder by name and unit as the tables write them.
    columns: FxHashMap<(String, String), usize>,
    /// Places of holders of the edit, by column.
    places: Vec<Option<usize>>,
    /// Decisions of the document by folded name, with their folded area.
    decisions: BTreeMap<String, Vec<(String, DecisionId)>>,
    subjects: FxHashMap<(String, String), usize>,
    rights: FxHashMap<(usize, usize, String), usize>,
    rank: i32,
}

/// Plans the edit of tables, each with the framework chosen for it.
pub(super) fn plan(tables: &[(Content, Choice)], base: &Document, settings: &Settings, source: &str) -> Planned {
    let mut decisions: BTreeMap<String, Vec<(String, DecisionId)>> = BTreeMap::new();
    for (id, decision) in base.decisions().iter() {
        decisions.entry(cell_key(&decision.name)).or_default().push((cell_key(&decision.area), id));
    }
    let mut planner = Planner {
        base,
        out: Planned::default(),
        columns: FxHashMap::default(),
        places: Vec::new(),
        decisions,
        subjects: FxHashMap::default(),
        rights: FxHashMap::default(),
        rank: 0,
    };
    source.clone_into(&mut planner.out.merge.source);
    planner.plan_columns(tables, settings);
    for (content, choice) in tables {
        planner.table(content, choice, tables.len() > 1, source);
    }
    planner.count();
    planner.out
}

impl Planner<'_> {
    fn plan_columns(&mut self, tables: &[(Content, Choice)], settings: &Settings) {
        let mut lines: Vec<(Line, usize, bool)> = Vec::new();
        for (content, _) in tables {
            let mut counts = vec![0_usize; content.columns.len()];
            for cell in &content.cells {
                if let Some(count) = counts.get_mut(cell.column) {
                    *count += 1;
                }
            }
            for (line, count) in content.columns.iter().zip(counts) {
                let key = (cell_key(&line.name), cell_key(&line.group));
                let at = *self.columns.entry(key).or_insert(lines.len());
                match lines.get_mut(at) {
                    Some((_, cells, _)) => *cells += count,
                    None => lines.push((line.clone(), count, content.form == Form::Parties)),
                }
            }
        }
        let known = Known::of(self.base);
        self.out.columns = holders::plan(&lines, &known, settings, &mut self.out.notes, &mut self.out.problems);
        let (merged, units, places) = holders::merged(&self.out.columns, self.base);
        (self.out.merge.holders, self.out.merge.units, self.places) = (merged, units, places);
    }

    fn table(&mut self, content: &Content, choice: &Choice, is_one_of_several: bool, source: &str) {
        self.out.notes.extend(content.notes.iter().chain(&choice.notes).cloned());
        self.out.problems.extend(content.problems.iter().cloned());
        let framework = self.framework_place(choice);
        let subjects: Vec<usize> =
            content.rows.iter().map(|line| self.subject(content, line, choice, framework, is_one_of_several)).collect();
        let readings = self.read_texts(content, choice);
        let mut by_letter: FxHashMap<(usize, &str), Vec<(usize, bool)>> = FxHashMap::default();
        let mut letters = 0;
        for (at, cell) in content.cells.iter().enumerate() {
            let Some(reading) = readings.get(cell.text.as_str()) else { continue };
            self.tell(cell.address.as_str(), &cell.text, reading, choice);
            let column = self.column_of(content.columns.get(cell.column));
            let (Some(Some(holder)), Some(subject)) = (column, subjects.get(cell.row).copied()) else { continue };
            for letter in &reading.letters {
                letters += 1;
                let mut note = letter.note.clone();
                if note.is_empty() && reading.letters.len() == 1 && !reading.unknown.is_empty() {
                    reading.unknown.iter().for_each(|text| join_note(&mut note, text));
                }
                join_note(&mut note, &cell.note);
                let tiers: Vec<Tier> = cell.tiers.iter().chain(&letter.tiers).cloned().collect();
                by_letter.entry((cell.row, &letter.code)).or_default().push((at, !tiers.is_empty()));
                self.right(subject, holder, &letter.code, tiers, &note, cell);
            }
        }
        self.check_counts(content, choice, &by_letter);
        self.out.figures.tables.push(TableFigures {
            sheet: content.sheet.clone(),
            form: content.form,
            transposed: content.transposed,
            heading_row: content.heading_row,
            framework: choice.framework.name.clone(),
            rows: content.rows.len(),
            columns: content.columns.len(),
            letters,
        });
        self.out.figures.remarks.extend(content.remarks.iter().cloned());
        self.view(content, is_one_of_several, source);
    }

    fn framework_place(&mut self, choice: &Choice) -> usize {
        let merged = match &choice.chosen {
            Chosen::Existing(id) => MergedFramework::Existing(*id),
            Chosen::New(framework) => MergedFramework::New(framework.clone()),
        };
        let frameworks = &mut self.out.merge.frameworks;
        frameworks.iter().position(|known| *known == merged).unwrap_or_else(|| {
            frameworks.push(merged);
            frameworks.len() - 1
        })
    }

    fn column_of(&self, line: Option<&Line>) -> Option<Option<usize>> {
        let line = line?;
        let at = self.columns.get(&(cell_key(&line.name), cell_key(&line.group)))?;
        self.places.get(*at).copied()
    }

    /// The place of a row among the subjects of the edit.
    fn subject(&mut self, content: &Content, line: &Line, choice: &Choice, framework: usize, in_area: bool) -> usize {
        let area = match (in_area && !content.is_register, line.group.as_str()) {
            (false, group) => group.to_owned(),
            (true, "") => content.sheet.clone(),
            (true, group) => format!("{}: {group}", content.sheet),
        };
        let key = (cell_key(&line.name), cell_key(&area));
        if let Some(place) = self.subjects.get(&key) {
            let place = *place;
            if content.form == Form::Grid {
                self.out.problems.push(CellProblem {
                    address: line.address.clone(),
                    found: line.name.clone(),
                    expected: "a name that no row before has in the same area".to_owned(),
                    consequence: "its letters were added to that row".to_owned(),
                });
            }
            return place;
        }
        let merged = match self.step_of(line, &area) {
            Some(step) => MergedSubject::Step(step),
            None => self.decision(content, line, &area, choice, framework),
        };
        self.out.merge.subjects.push(merged);
        let place = self.out.merge.subjects.len() - 1;
        self.subjects.insert(key, place);
        place
    }

    /// The step of the document that a row is said to be.
    fn step_of(&self, line: &Line, process: &str) -> Option<StepId> {
        let is_step = line.details.iter().any(|(heading, text)| heading == "Kind" && text == "step");
        let same = |id: ProcessId| cell_key(self.base.name_of(id.into())) == cell_key(process);
        let mut found = self
            .base
            .steps()
            .iter()
            .filter(|(_, step)| is_step && cell_key(&step.name) == cell_key(&line.name) && same(step.process));
        match (found.next(), found.next()) {
            (Some((id, _)), None) => Some(id),
            _ => None,
        }
    }

    fn decision(
        &mut self,
        content: &Content,
        line: &Line,
        area: &str,
        choice: &Choice,
        framework: usize,
    ) -> MergedSubject {
        let known = self.known_decision(&line.name, area);
        let (target, mut record) = match known.and_then(|id| Some((id, self.base.get::<Decision>(id)?.clone()))) {
            Some((id, record)) => (Target::Existing(id), record),
            None => {
                let key = if content.is_register { register::key_of(&line.details) } else { Key::unset() };
                (Target::New(key), Decision { kind: kind(content, choice), ..Decision::new(line.name.clone()) })
            }
        };
        if !area.is_empty() {
            area.clone_into(&mut record.area);
        }
        self.rank = self.rank.saturating_add(1);
        let mut kept = Vec::new();
        for (heading, text) in &line.details {
            let address = &line.address;
            let is_set = register::set(&mut record, self.base, heading, text, content.is_register);
            match is_set {
                Ok(true) => {}
                Ok(false) => kept.push((heading.clone(), text.clone())),
                Err(expected) => {
                    kept.push((heading.clone(), text.clone()));
                    self.out.problems.push(CellProblem {
                        address: address.clone(),
                        found: format!("{heading}: {text}"),
                        expected,
                        consequence: "it was kept in the description".to_owned(),
                    });
                }
            }
        }
        let kept: Vec<_> = kept.into_iter().filter(|(_, text)| !record.description.contains(text.as_str())).collect();
        let added = description(&kept);
        if !added.is_empty() {
            let gap = if record.description.is_empty() { "" } else { "\n" };
            record.description = format!("{}{gap}{added}", record.description);
        }
        let framework = self.framework_for(line, known, choice, framework);
        MergedSubject::Decision { target, record: Box::new(record), framework }
    }

    fn known_decision(&mut self, name: &str, area: &str) -> Option<DecisionId> {
        let same = self.decisions.get(&cell_key(name)).map_or(&[][..], Vec::as_slice);
        match same.iter().find(|(known, _)| *known == cell_key(area)) {
            Some((_, id)) => Some(*id),
            None => match same {
                [(known, id)] if known.is_empty() || area.is_empty() => Some(*id),
                _ => None,
            },
        }
    }

    /// The framework that a decision takes: none where it is that of the project anyway.
    fn framework_for(
        &mut self,
        line: &Line,
        known: Option<DecisionId>,
        choice: &Choice,
        place: usize,
    ) -> Option<usize> {
        let project = self.base.project().framework.or_else(|| self.base.frameworks().ids().next());
        let now = match known {
            Some(id) => self.base.framework_of(Subject::Decision(id)).map(|(id, _)| id),
            None => project,
        };
        if matches!(choice.chosen, Chosen::Existing(wanted) if now == Some(wanted)) {
            return None;
        }
        // Letters that stand there already keep their meaning, whatever the table means by its own.
        let has_rights = known.is_some_and(|id| self.base.rights_on(Subject::Decision(id)).next().is_some());
        if has_rights {
            let name = now.and_then(|id| self.base.get::<Framework>(id)).map_or("", |framework| &framework.name);
            self.out.problems.push(CellProblem {
                address: line.address.clone(),
                found: line.name.clone(),
                expected: format!("letters of {name}, which this decision has in the project"),
                consequence: format!("letters that {name} lacks were left out; or say --framework {name}"),
            });
            return None;
        }
        Some(place)
    }

    /// Each text of the table once, read.
    fn read_texts<'c>(&mut self, content: &'c Content, choice: &Choice) -> BTreeMap<&'c str, Reading> {
        let mut guesses: BTreeSet<(String, String)> = BTreeSet::new();
        let mut readings = BTreeMap::new();
        for (text, count) in distinct(content) {
            let reading = choice.lexicon.read(text);
            for letter in &reading.letters {
                if let Some(word) = &letter.guess {
                    guesses.insert((word.clone(), letter.code.clone()));
                }
            }
            let codes: Vec<String> = reading.letters.iter().map(|letter| letter.code.clone()).collect();
            let understood = reading.unknown.is_empty() && reading.broken_limits.is_empty();
            self.out.texts.push(DistinctText { text: text.to_owned(), count, codes, understood });
            readings.insert(text, reading);
        }
        for (word, code) in guesses {
            let name = choice.framework.letter(&code).map_or("", |letter| &letter.name);
            self.out.notes.push(format!("Guessed: “{word}” is read as {code} ({name}) of {}.", choice.framework.name));
        }
        readings
    }

    fn tell(&mut self, address: &str, text: &str, reading: &Reading, choice: &Choice) {
        let mut problem = |found: &str, expected: String, consequence: &str| {
            self.out.problems.push(CellProblem {
                address: address.to_owned(),
                found: found.to_owned(),
                expected,
                consequence: consequence.to_owned(),
            });
        };
        let codes: Vec<&str> = choice.framework.letters.iter().map(|letter| letter.code.as_str()).collect();
        let letters = format!("letters of {} ({}) or their words", choice.framework.name, codes.join(", "));
        if reading.letters.is_empty() && !reading.unknown.is_empty() {
            problem(text, letters, "the cell was left out");
        } else {
            for part in &reading.unknown {
                problem(part, letters.clone(), "it was kept as a note of the right");
            }
        }
        for part in &reading.broken_limits {
            problem(part, "a limit such as ≤ 200 EUR".to_owned(), "it was kept as a note of the right");
        }
    }

    fn right(
        &mut self,
        subject: usize,
        holder: usize,
        letter: &str,
        tiers: Vec<Tier>,
        note: &str,
        cell: &super::content::Cell,
    ) {
        if !self.knows(subject, letter) {
            return;
        }
        let rights = &mut self.out.merge.rights;
        let at = *self.rights.entry((subject, holder, letter.to_owned())).or_insert_with(|| {
            rights.push(MergedRight {
                subject,
                holder,
                letter: letter.to_owned(),
                tiers: None,
                veto_domain: String::new(),
                review_window: None,
                note: String::new(),
            });
            rights.len() - 1
        });
        let Some(right) = rights.get_mut(at) else { return };
        if !tiers.is_empty() {
            let known = right.tiers.get_or_insert_with(Vec::new);
            let fresh: Vec<Tier> = tiers.into_iter().filter(|tier| !known.contains(tier)).collect();
            known.extend(fresh);
        }
        join_note(&mut right.note, note);
        if let Some(veto) = &cell.veto {
            right.veto_domain.clone_from(&veto.0);
            right.review_window = veto.1;
        }
    }

    /// Whether the framework that a subject has in the end knows a letter.
    fn knows(&self, subject: usize, letter: &str) -> bool {
        let base =
            |subject| self.base.framework_of(subject).is_some_and(|(_, framework)| framework.letter(letter).is_some());
        match self.out.merge.subjects.get(subject) {
            Some(MergedSubject::Step(id)) => base(Subject::Step(*id)),
            Some(MergedSubject::Decision { target: Target::Existing(id), framework: None, .. }) => {
                base(Subject::Decision(*id))
            }
            _ => true,
        }
    }

    /// Too many or too few of a letter in a row, where no limits part them.
    fn check_counts(
        &mut self,
        content: &Content,
        choice: &Choice,
        by_letter: &FxHashMap<(usize, &str), Vec<(usize, bool)>>,
    ) {
        for letter in &choice.framework.letters {
            let mut without: Vec<&str> = Vec::new();
            for (row, line) in content.rows.iter().enumerate() {
                let cells = by_letter.get(&(row, letter.code.as_str())).map_or(&[][..], Vec::as_slice);
                if (cells.len() as u64) < u64::from(letter.at_least) {
                    without.push(&line.name);
                }
                let is_parted = cells.iter().any(|(_, has_tiers)| *has_tiers);
                if let Some(most) = letter.at_most.filter(|most| cells.len() as u64 > u64::from(*most) && !is_parted) {
                    let problem = too_many(content, line, letter, most, cells);
                    self.out.problems.push(problem);
                }
            }
            if !without.is_empty() && content.form == Form::Grid {
                let shown: Vec<String> = without.iter().take(5).map(|name| format!("“{name}”")).collect();
                let more = if without.len() > 5 { ", …" } else { "" };
                let rows = if without.len() == 1 { "row has" } else { "rows have" };
                self.out.notes.push(format!(
                    "{} {rows} no {} ({}): {}{more}.",
                    without.len(),
                    letter.code,
                    letter.name,
                    shown.join(", ")
                ));
            }
        }
    }

    fn view(&mut self, content: &Content, is_one_of_several: bool, source: &str) {
        let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
        let name = if is_one_of_several && !content.sheet.is_empty() { content.sheet.as_str() } else { stem };
        let name = if content.is_register || name.is_empty() { "Decision rights" } else { name };
        let mut columns: Vec<usize> =
            content.columns.iter().filter_map(|line| self.column_of(Some(line)).flatten()).collect();
        let views = &mut self.out.merge.views;
        if let Some(known) = views.iter_mut().find(|view| view.name == name) {
            columns.retain(|column| !known.columns.contains(column));
            known.columns.extend(columns);
            return;
        }
        let mut seen = BTreeSet::new();
        columns.retain(|column| seen.insert(*column));
        views.push(MergedMatrixView { name: name.to_owned(), columns });
    }

    fn count(&mut self) {
        let figures = &mut self.out.figures;
        for subject in &self.out.merge.subjects {
            match subject {
                MergedSubject::Step(_) => figures.decisions.unchanged += 1,
                MergedSubject::Decision { target: Target::Existing(id), record, .. } => {
                    let same = self.base.get::<Decision>(*id).is_some_and(|known| *known == **record);
                    count(&mut figures.decisions, same);
                }
                MergedSubject::Decision { .. } => figures.decisions.added += 1,
            }
        }
        for holder in &self.out.merge.holders {
            match holder {
                MergedHolder::Existing(_) => figures.holders.unchanged += 1,
                _ => figures.holders.added += 1,
            }
        }
        figures.rights = self.out.merge.rights.len();
    }
}

fn count(count: &mut Count, same: bool) {
    if same {
        count.unchanged += 1;
    } else {
        count.updated += 1;
    }
}

fn too_many(content: &Content, line: &Line, letter: &Letter, most: u32, cells: &[(usize, bool)]) -> CellProblem {
    let where_: Vec<String> = cells
        .iter()
        .filter_map(|(at, _)| content.cells.get(*at))
        .map(|cell| {
            let holder = content.columns.get(cell.column).map_or("", |holder| &holder.name);
            format!("{holder} ({})", cell.address)
        })
        .collect();
    CellProblem {
        address: cells
            .get(1)
            .and_then(|(at, _)| content.cells.get(*at))
            .map_or_else(|| line.address.clone(), |cell| cell.address.clone()),
        found: line.name.clone(),
        expected: format!("at most {most} {} ({}) in a row", letter.code, letter.name),
        consequence: format!("all {} were imported: {}", cells.len(), where_.join(", ")),
    }
}

/// What the rows of a table are about.
fn kind(content: &Content, choice: &Choice) -> DecisionKind {
    if let Some(kind) = kind_of(&content.subject_heading) {
        return kind;
    }
    match choice.framework.key.as_str() {
        "rapid" | "daci" | "dare" | "ovis" | "delegation" => DecisionKind::Decision,
        _ => DecisionKind::Task,
    }
}
