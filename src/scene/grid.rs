//! The decision-rights matrix as rows, columns and cells, before it is drawn or written.
//!
//! Subjects are decisions by area and steps by process; holders are roles by unit, then units, bodies, people and
//! others that hold a right. The roles of a folded unit are one line. Usually subjects are rows and holders columns; in
//! a transposed matrix it is the other way round.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::Facts;
use crate::model::*;

/// Rows, columns and cells of a matrix view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatrixGrid {
    /// Columns from left to right; those of one group stand together.
    pub columns: Vec<Line>,
    /// Rows from top to bottom; those of one group stand together.
    pub rows: Vec<Line>,
    /// For each row the columns that hold something.
    cells: Vec<BTreeMap<usize, Vec<RightId>>>,
}

/// What a row or column stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Head {
    /// A decision or step.
    Subject(Subject),
    /// Somebody who holds rights.
    Holder(Actor),
    /// All roles of a folded unit.
    Folded(Vec<RoleId>),
    /// A person with the rights of all roles that the person holds.
    Person(PersonId, Vec<RoleId>),
}

/// One row or column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Heading shared with neighbours: area, process, unit, or what kind of outsiders.
    pub group: String,
    /// Heading; empty for a folded unit.
    pub name: String,
    /// What it stands for.
    pub head: Head,
    /// The unit it belongs to.
    pub unit: Option<UnitId>,
}

impl Line {
    /// The decision or step that it stands for.
    pub fn subject(&self) -> Option<Subject> {
        match self.head {
            Head::Subject(subject) => Some(subject),
            Head::Holder(_) | Head::Folded(_) | Head::Person(..) => None,
        }
    }

    /// The one holder whose rights can be given and taken in it.
    pub fn holder(&self) -> Option<Actor> {
        match self.head {
            Head::Holder(actor) => Some(actor),
            Head::Subject(_) | Head::Folded(_) | Head::Person(..) => None,
        }
    }

    /// Everybody whose rights stand in it.
    pub fn actors(&self) -> Vec<Actor> {
        match &self.head {
            Head::Subject(_) => Vec::new(),
            Head::Holder(actor) => vec![*actor],
            Head::Folded(roles) => roles.iter().map(|role| Actor::Role(*role)).collect(),
            Head::Person(person, roles) => {
                std::iter::once(Actor::Person(*person)).chain(roles.iter().map(|role| Actor::Role(*role))).collect()
            }
        }
    }

    /// The element that it shows; none for a folded unit.
    pub fn element(&self) -> Option<ElementRef> {
        match self.head {
            Head::Subject(subject) => Some(subject.into()),
            Head::Holder(actor) => Some(actor.into()),
            Head::Person(person, _) => Some(person.into()),
            Head::Folded(_) => None,
        }
    }

    /// Whether two lines stand under one heading.
    pub fn shares_heading(&self, other: &Self) -> bool {
        self.group == other.group && self.unit == other.unit
    }
}

impl MatrixGrid {
    /// The grid that a matrix view shows.
    pub fn new(document: &Document, view: &MatrixView) -> Self {
        Self::with_facts(&Facts::new(document), view)
    }

    pub(crate) fn with_facts(facts: &Facts<'_>, view: &MatrixView) -> Self {
        let rows = subjects_of(facts.document, view);
        let columns = holders_of(facts, view, &rows);
        // A role that two people share stands in two columns.
        let mut columns_of: FxHashMap<Actor, Vec<usize>> = FxHashMap::default();
        for (index, column) in columns.iter().enumerate() {
            for actor in column.actors() {
                columns_of.entry(actor).or_default().push(index);
            }
        }
        let filled = |row: &Line| {
            let mut filled: BTreeMap<usize, Vec<RightId>> = BTreeMap::new();
            for (id, right) in row.subject().into_iter().flat_map(|subject| facts.rights_on(subject)) {
                for column in columns_of.get(&right.holder).into_iter().flatten() {
                    filled.entry(*column).or_default().push(id);
                }
            }
            filled
        };
        let cells = rows.iter().map(filled).collect();
        let grid = Self { columns, rows, cells };
        if view.transposed { grid.transposed() } else { grid }
    }

    fn transposed(self) -> Self {
        let mut cells = vec![BTreeMap::new(); self.columns.len()];
        for (row, filled) in self.cells.into_iter().enumerate() {
            for (column, rights) in filled {
                if let Some(cell) = cells.get_mut(column) {
                    cell.insert(row, rights);
                }
            }
        }
        Self { columns: self.rows, rows: self.columns, cells }
    }

    /// Some of the rows and columns.
    pub(crate) fn part(&self, rows: Range<usize>, columns: Range<usize>) -> Self {
        let cells = |row: &BTreeMap<usize, Vec<RightId>>| {
            let inside = row.range(columns.clone());
            inside.map(|(column, rights)| (column - columns.start, rights.clone())).collect()
        };
        Self {
            columns: self.columns.get(columns.clone()).unwrap_or_default().to_vec(),
            rows: self.rows.get(rows.clone()).unwrap_or_default().to_vec(),
            cells: self.cells.get(rows).unwrap_or_default().iter().map(cells).collect(),
        }
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

/// Decisions by area, then steps by process.
fn subjects_of(document: &Document, view: &MatrixView) -> Vec<Line> {
    let line = |group: &str, subject: Subject| Line {
        group: group.to_owned(),
        name: document.name_of(subject.into()).to_owned(),
        head: Head::Subject(subject),
        unit: None,
    };
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
        rows.extend(decisions.into_iter().map(|(_, id, decision)| line(&decision.area, Subject::Decision(id))));
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
                let row = |step: &StepId| line(&process.name, Subject::Step(*step));
                rows.extend(steps.get(&id).into_iter().flatten().map(row));
            }
        }
    }
    rows
}

fn holders_of(facts: &Facts<'_>, view: &MatrixView, rows: &[Line]) -> Vec<Line> {
    if view.by_person {
        return people_of(facts, rows);
    }
    let actors = match (view.columns.is_empty(), view.kinds.is_empty()) {
        (false, _) => view.columns.clone(),
        (true, true) => usual_actors(facts, rows),
        (true, false) => actors_of(facts, &view.kinds),
    };
    let mut columns: Vec<Line> = Vec::new();
    for actor in actors {
        let column = holder(facts, actor);
        let folded = column.unit.filter(|unit| view.collapsed.contains(unit));
        let (Some(unit), Actor::Role(role)) = (folded, actor) else {
            columns.push(column);
            continue;
        };
        let same = columns.iter_mut().rev().find(|other| other.unit == Some(unit));
        match same.map(|other| &mut other.head) {
            Some(Head::Folded(roles)) => roles.push(role),
            _ => columns.push(Line { name: String::new(), head: Head::Folded(vec![role]), ..column }),
        }
    }
    columns
}

/// Roles by unit from the top down, then those of no unit.
fn roles_by_unit(facts: &Facts<'_>) -> Vec<Actor> {
    let organisation = facts.organisation();
    let mut stack: Vec<Option<UnitId>> = vec![None];
    let (mut actors, mut loose) = (Vec::new(), Vec::new());
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
    actors
}

/// Roles by unit, then whoever else has a right in one of the rows.
fn usual_actors(facts: &Facts<'_>, rows: &[Line]) -> Vec<Actor> {
    let mut actors = roles_by_unit(facts);
    let seen: FxHashSet<Actor> = actors.iter().copied().collect();
    actors.extend(others_with_rights(facts, rows, seen));
    actors
}

/// Holders of rights in the rows that were not seen yet: units, bodies, people, systems, externals.
fn others_with_rights(facts: &Facts<'_>, rows: &[Line], mut seen: FxHashSet<Actor>) -> Vec<Actor> {
    let mut others: Vec<Actor> = Vec::new();
    for subject in rows.iter().filter_map(Line::subject) {
        for (_, right) in facts.rights_on(subject) {
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
    others
}

/// Everybody of these kinds.
fn actors_of(facts: &Facts<'_>, kinds: &[HolderKind]) -> Vec<Actor> {
    let document = facts.document;
    let mut actors = Vec::new();
    for kind in HolderKind::ALL.into_iter().filter(|kind| kinds.contains(kind)) {
        match kind {
            HolderKind::Roles => actors.extend(roles_by_unit(facts)),
            HolderKind::Units => {
                let mut stack: Vec<Option<UnitId>> = vec![None];
                while let Some(unit) = stack.pop() {
                    actors.extend(unit.map(Actor::Unit));
                    let below = facts.organisation().units_below.get(&unit).into_iter().flatten();
                    stack.extend(below.rev().map(|unit| Some(*unit)));
                }
            }
            HolderKind::Bodies => actors.extend(document.bodies().ids().map(Actor::Body)),
            HolderKind::People => actors.extend(document.people().ids().map(Actor::Person)),
            HolderKind::Externals => actors.extend(document.externals().ids().map(Actor::External)),
        }
    }
    actors
}

/// People with all their roles, in the order of those; then vacant roles, and others with a right.
fn people_of(facts: &Facts<'_>, rows: &[Line]) -> Vec<Line> {
    let document = facts.document;
    let mut people: Vec<(PersonId, Vec<RoleId>)> = Vec::new();
    let mut vacant: Vec<Line> = Vec::new();
    let mut seen: FxHashSet<Actor> = FxHashSet::default();
    let mut place: FxHashMap<PersonId, usize> = FxHashMap::default();
    for actor in roles_by_unit(facts) {
        let Actor::Role(id) = actor else { continue };
        seen.insert(actor);
        let holders = document.get::<Role>(id).map_or(&[][..], |role| role.holders.as_slice());
        if holders.is_empty() {
            vacant.push(Line { group: "Held by nobody".to_owned(), unit: None, ..holder(facts, actor) });
        }
        for holding in holders {
            let at = *place.entry(holding.person).or_insert_with(|| {
                people.push((holding.person, Vec::new()));
                people.len() - 1
            });
            if let Some((_, roles)) = people.get_mut(at) {
                roles.push(id);
            }
        }
    }
    people.extend(document.people().ids().filter(|id| !place.contains_key(id)).map(|id| (id, Vec::new())));
    seen.extend(people.iter().map(|(person, _)| Actor::Person(*person)));
    let line = |(person, roles): (PersonId, Vec<RoleId>)| Line {
        group: "People".to_owned(),
        name: document.name_of(person.into()).to_owned(),
        head: Head::Person(person, roles),
        unit: None,
    };
    let others = others_with_rights(facts, rows, seen);
    people.into_iter().map(line).chain(vacant).chain(others.into_iter().map(|actor| holder(facts, actor))).collect()
}

fn holder(facts: &Facts<'_>, actor: Actor) -> Line {
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
    Line { group, name: document.name_of(actor.into()).to_owned(), head: Head::Holder(actor), unit }
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
        let actors: Vec<Actor> = grid.columns.iter().flat_map(Line::actors).collect();
        let roles = [Actor::Role(owner), Actor::Role(manager), Actor::Role(seller)];
        assert_eq!(actors, [&roles[..], &[Actor::External(adviser)]].concat());
        let subjects: Vec<Subject> = grid.rows.iter().filter_map(Line::subject).collect();
        assert_eq!(subjects, [pay, write_off, hire].map(Subject::Decision));
        assert_eq!(grid.cell(0, 3), [right]);
        let folded = MatrixView { collapsed: vec![shop], ..MatrixView::default() };
        let grid = MatrixGrid::new(&document, &folded);
        assert_eq!(grid.columns.len(), 3);
        assert_eq!(grid.cell(0, 1), [of_seller]);
    }

    #[test]
    fn people_have_the_rights_of_all_their_roles_and_nobody_those_of_vacant_ones() {
        let mut document = Document::default();
        let ana = document.insert(Person::new("Ana"));
        let ben = document.insert(Person::new("Ben"));
        let held = |people: &[PersonId]| people.iter().map(|id| Holding { person: *id, share: None }).collect();
        let owner = document.insert(Role { holders: held(&[ana]), ..Role::new("Owner") });
        let clerk = document.insert(Role { holders: held(&[ben, ana]), ..Role::new("Clerk") });
        let cook = document.insert(Role::new("Cook"));
        let pay = Subject::Decision(document.insert(Decision::new("Pay")));
        let rights = [(owner, "A"), (clerk, "R"), (cook, "I")]
            .map(|(role, letter)| document.insert(Right::new(pay, Actor::Role(role), letter)));
        let view = MatrixView { by_person: true, ..MatrixView::default() };
        let grid = MatrixGrid::new(&document, &view);
        let names: Vec<&str> = grid.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["Ana", "Ben", "Cook"]);
        assert_eq!(grid.cell(0, 0), [rights[0], rights[1]]);
        assert_eq!((grid.cell(0, 1), grid.cell(0, 2)), (&[rights[1]][..], &[rights[2]][..]));
        assert_eq!(grid.columns[0].holder(), None, "what roles give is not given to a person");
    }

    #[test]
    fn columns_of_chosen_kinds_are_there_without_a_right_and_may_be_rows() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        document.insert(Role::new("Owner"));
        let board = document.insert(Body::new("Board"));
        let customers = document.insert(External::new("Customers"));
        let pay = document.insert(Decision::new("Pay"));
        let right = document.insert(Right::new(Subject::Decision(pay), Actor::Body(board), "A"));
        let kinds = vec![HolderKind::Externals, HolderKind::Bodies, HolderKind::Units];
        let view = MatrixView { kinds, transposed: true, ..MatrixView::default() };
        let grid = MatrixGrid::new(&document, &view);
        let holders: Vec<Actor> = grid.rows.iter().filter_map(Line::holder).collect();
        assert_eq!(holders, [Actor::Unit(firm), Actor::Body(board), Actor::External(customers)]);
        assert_eq!(grid.columns.iter().filter_map(Line::subject).collect::<Vec<_>>(), [Subject::Decision(pay)]);
        assert_eq!(grid.filled(1).collect::<Vec<_>>(), [(0, &[right][..])]);
    }

    #[test]
    fn a_part_has_its_own_rows_columns_and_cells() {
        let mut document = Document::default();
        let roles = ["One", "Two", "Three"].map(|name| document.insert(Role::new(name)));
        let subjects = ["A", "B", "C"].map(|name| Subject::Decision(document.insert(Decision::new(name))));
        let right = document.insert(Right::new(subjects[2], Actor::Role(roles[1]), "R"));
        let grid = MatrixGrid::new(&document, &MatrixView::default());
        let part = grid.part(1..3, 1..2);
        assert_eq!((part.rows.len(), part.columns.len()), (2, 1));
        assert_eq!((part.cell(1, 0), part.cell(0, 0)), (&[right][..], &[][..]));
    }
}
