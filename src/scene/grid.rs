//! The decision-rights matrix as rows, columns and cells, before it is drawn or written.
//!
//! Rows are decisions by area and steps by process; columns are actors by unit, then bodies, people and others that
//! hold a right. The columns of a folded unit are one.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::Facts;
use crate::model::*;

/// Rows, columns and cells of a matrix view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatrixGrid {
    /// Columns from left to right; those of one group stand together.
    pub columns: Vec<Column>,
    /// Rows from top to bottom; those of one group stand together.
    pub rows: Vec<Row>,
    /// For each row the columns that hold something.
    cells: Vec<BTreeMap<usize, Vec<RightId>>>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Heading shared with neighbours: the unit, or what kind of outsiders.
    pub group: String,
    /// Heading.
    pub name: String,
    /// Whose rights stand in it: one actor, or all of a folded unit.
    pub actors: Vec<Actor>,
    /// The unit it belongs to.
    pub unit: Option<UnitId>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Heading shared with neighbours: area of decisions, process of steps.
    pub group: String,
    /// What it is about.
    pub subject: Subject,
}

impl MatrixGrid {
    /// The grid that a matrix view shows.
    pub fn new(document: &Document, view: &MatrixView) -> Self {
        Self::with_facts(&Facts::new(document), view)
    }

    pub(crate) fn with_facts(facts: &Facts<'_>, view: &MatrixView) -> Self {
        let rows = rows_of(facts.document, view);
        let columns = columns_of(facts, view, &rows);
        let mut column_of: FxHashMap<Actor, usize> = FxHashMap::default();
        for (index, column) in columns.iter().enumerate() {
            column_of.extend(column.actors.iter().map(|actor| (*actor, index)));
        }
        let filled = |row: &Row| {
            let mut filled: BTreeMap<usize, Vec<RightId>> = BTreeMap::new();
            for (id, right) in facts.rights_on(row.subject) {
                if let Some(column) = column_of.get(&right.holder) {
                    filled.entry(*column).or_default().push(id);
                }
            }
            filled
        };
        let cells = rows.iter().map(filled).collect();
        Self { columns, rows, cells }
    }

    /// The rights in a cell, in the order of their making.
    pub fn cell(&self, row: usize, column: usize) -> &[RightId] {
        self.cells.get(row).and_then(|row| row.get(&column)).map_or(&[], Vec::as_slice)
    }

    /// The columns of a row that hold something, from left to right.
    pub fn filled(&self, row: usize) -> impl Iterator<Item = (usize, &[RightId])> {
        self.cells.get(row).into_iter().flatten().map(|(column, rights)| (*column, rights.as_slice()))
    }

    /// For each column, in how many rows it has a duty.
    pub fn totals(&self, document: &Document, duty: Duty) -> Vec<usize> {
        let has = |id: &RightId| document.get::<Right>(*id).is_some_and(|right| document.right_has_duty(right, duty));
        let mut totals = vec![0; self.columns.len()];
        for (column, rights) in self.cells.iter().flatten() {
            if let Some(total) = totals.get_mut(*column).filter(|_| rights.iter().any(has)) {
                *total += 1;
            }
        }
        totals
    }
}

fn rows_of(document: &Document, view: &MatrixView) -> Vec<Row> {
    let mut rows = Vec::new();
    if view.rows != MatrixRows::Steps {
        let mut decisions: Vec<_> =
            document.decisions().iter().map(|(id, decision)| (decision.order, id, decision)).collect();
        decisions.sort_by_key(|(order, id, _)| (*order, *id));
        let mut rank: FxHashMap<&str, usize> = FxHashMap::default();
        for (_, _, decision) in &decisions {
            let next = rank.len();
            rank.entry(decision.area.as_str()).or_insert(next);
        }
        decisions.sort_by_key(|(_, _, decision)| rank.get(decision.area.as_str()).copied());
        rows.extend(
            decisions
                .into_iter()
                .map(|(_, id, decision)| Row { group: decision.area.clone(), subject: Subject::Decision(id) }),
        );
    }
    if view.rows != MatrixRows::Decisions {
        let mut processes: Vec<_> =
            document.processes().iter().map(|(id, process)| (process.order, id, process)).collect();
        processes.sort_by_key(|(order, id, _)| (*order, *id));
        let mut steps: FxHashMap<ProcessId, Vec<StepId>> = FxHashMap::default();
        for (id, step) in document.steps().iter() {
            steps.entry(step.process).or_default().push(id);
        }
        for (_, id, process) in processes {
            if view.processes.is_empty() || view.processes.contains(&id) {
                let row = |step: &StepId| Row { group: process.name.clone(), subject: Subject::Step(*step) };
                rows.extend(steps.get(&id).into_iter().flatten().map(row));
            }
        }
    }
    rows
}

fn columns_of(facts: &Facts<'_>, view: &MatrixView, rows: &[Row]) -> Vec<Column> {
    let actors = if view.columns.is_empty() { usual_actors(facts, rows) } else { view.columns.clone() };
    let mut columns: Vec<Column> = Vec::new();
    for actor in actors {
        let column = column_for(facts, view, actor);
        let same = |other: &&mut Column| other.unit == column.unit && other.name.is_empty();
        match columns.iter_mut().rev().find(same).filter(|_| column.name.is_empty()) {
            Some(folded) => folded.actors.push(actor),
            None => columns.push(column),
        }
    }
    columns
}

/// Roles by unit, then whoever else has a right in one of the rows.
fn usual_actors(facts: &Facts<'_>, rows: &[Row]) -> Vec<Actor> {
    let organisation = facts.organisation();
    let mut stack: Vec<Option<UnitId>> = vec![None];
    let mut actors = Vec::new();
    let mut loose = Vec::new();
    let mut seen: FxHashSet<Actor> = FxHashSet::default();
    while let Some(unit) = stack.pop() {
        let roles = organisation.roles_in.get(&unit).into_iter().flatten().map(|role| Actor::Role(*role));
        if unit.is_some() {
            actors.extend(roles);
        } else {
            loose.extend(roles);
        }
        let below = organisation.units_below.get(&unit).into_iter().flatten();
        stack.extend(below.rev().map(|unit| Some(*unit)));
    }
    actors.extend(loose);
    seen.extend(actors.iter().copied());
    let mut others: Vec<Actor> = Vec::new();
    for row in rows {
        for (_, right) in facts.rights_on(row.subject) {
            if seen.insert(right.holder) {
                others.push(right.holder);
            }
        }
    }
    let rank = |actor: &Actor| match actor {
        Actor::Role(_) => 0,
        Actor::Unit(_) => 1,
        Actor::Body(_) => 2,
        Actor::Person(_) => 3,
        Actor::System(_) => 4,
        Actor::External(_) => 5,
    };
    others.sort_by_key(|actor| (rank(actor), *actor));
    actors.extend(others);
    actors
}

fn column_for(facts: &Facts<'_>, view: &MatrixView, actor: Actor) -> Column {
    let document = facts.document;
    let unit = match actor {
        Actor::Role(_) => document.unit_of_actor(actor),
        Actor::Unit(_) | Actor::Body(_) | Actor::Person(_) | Actor::System(_) | Actor::External(_) => None,
    };
    let group = match (actor, unit) {
        (Actor::Role(_), Some(unit)) => document.name_of(unit.into()).to_owned(),
        (Actor::Role(_), None) => String::new(),
        (Actor::Unit(_), _) => "Units".to_owned(),
        (Actor::Body(_), _) => "Bodies".to_owned(),
        (Actor::Person(_), _) => "People".to_owned(),
        (Actor::System(_), _) => "Systems".to_owned(),
        (Actor::External(_), _) => "Outside".to_owned(),
    };
    let folded = unit.is_some_and(|unit| view.collapsed.contains(&unit));
    let name = if folded { String::new() } else { document.name_of(actor.into()).to_owned() };
    Column { group, name, actors: vec![actor], unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_by_unit_and_others_only_with_a_right() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let shop = document.insert(Unit { parent: Some(firm), ..Unit::new("Shop") });
        let manager = document.insert(Role { unit: Some(shop), ..Role::new("Manager") });
        let seller = document.insert(Role { unit: Some(shop), ..Role::new("Seller") });
        let owner = document.insert(Role { unit: Some(firm), ..Role::new("Owner") });
        let adviser = document.insert(External::new("Tax adviser"));
        document.insert(External::new("Customers"));
        let pay = document.insert(Decision { area: "Money".into(), ..Decision::new("Pay") });
        let hire = document.insert(Decision { area: "People".into(), ..Decision::new("Hire") });
        let write_off = document.insert(Decision { area: "Money".into(), ..Decision::new("Write off") });
        let right = document.insert(Right::new(Subject::Decision(pay), Actor::External(adviser), "C"));
        let of_seller = document.insert(Right::new(Subject::Decision(pay), Actor::Role(seller), "R"));
        let grid = MatrixGrid::new(&document, &MatrixView::default());
        let actors: Vec<Actor> = grid.columns.iter().flat_map(|column| column.actors.clone()).collect();
        let roles = [Actor::Role(owner), Actor::Role(manager), Actor::Role(seller)];
        assert_eq!(actors, [&roles[..], &[Actor::External(adviser)]].concat());
        let subjects: Vec<Subject> = grid.rows.iter().map(|row| row.subject).collect();
        assert_eq!(subjects, [pay, write_off, hire].map(Subject::Decision));
        assert_eq!(grid.cell(0, 3), [right]);
        let folded = MatrixView { collapsed: vec![shop], ..MatrixView::default() };
        let grid = MatrixGrid::new(&document, &folded);
        assert_eq!(grid.columns.len(), 3);
        assert_eq!(grid.cell(0, 1), [of_seller]);
    }
}
