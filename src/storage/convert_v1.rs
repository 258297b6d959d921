//! From the file structs of format 1 to a document.
//!
//! First every element of the file gets its handle and its key, then the records are built with their references
//! looked up. A reference that leads nowhere, or to the wrong kind, gets a handle without a row; the integrity check
//! names it and saving writes it back. A key given twice goes to the first element and is reported.

mod decision;
mod organisation;
mod process;
mod view;

use std::collections::BTreeMap;

use super::format_v1::*;
use super::values::{Choice, Text};
use crate::model::integrity::{Problem, ProblemKind};
use crate::model::*;

/// The document of a file, on top of `base` with its built-in frameworks, and the problems that only loading sees.
pub(super) fn into_document(file: FileV1, base: Document) -> (Document, Vec<Problem>) {
    let mut loader = Loader { document: base, problems: Vec::new(), missing: BTreeMap::new(), paths: None };
    loader.frameworks(file.frameworks);
    let units = loader.claim::<Unit, _>(file.units, |row| row.key.take());
    let roles = loader.claim::<Role, _>(file.roles, |row| row.key.take());
    let people = loader.claim::<Person, _>(file.people, |row| row.key.take());
    let externals = loader.claim::<External, _>(file.externals, |row| row.key.take());
    let systems = loader.claim::<System, _>(file.systems, |row| row.key.take());
    let bodies = loader.claim::<Body, _>(file.bodies, |row| row.key.take());
    let artefacts = loader.claim::<Artefact, _>(file.artefacts, |row| row.key.take());
    let processes = loader.claim::<Process, _>(file.processes, |row| row.key.take());
    let steps = loader.claim::<Step, _>(file.steps, |row| row.key.take());
    let gateways = loader.claim::<Gateway, _>(file.gateways, |row| row.key.take());
    let events = loader.claim::<Event, _>(file.events, |row| row.key.take());
    let flows = loader.claim::<Flow, _>(file.flows, |row| row.key.take());
    let links = loader.claim::<Link, _>(file.links, |row| row.key.take());
    let decisions = loader.claim::<Decision, _>(file.decisions, |row| row.key.take());
    let notes = loader.claim::<Note, _>(file.notes, |row| row.key.take());
    let views = loader.claim::<View, _>(file.views, |row| row.key.take());

    loader.project(file.project);
    loader.build(units, Loader::unit);
    loader.build(roles, Loader::role);
    loader.build(people, Loader::person);
    loader.build(externals, Loader::external);
    loader.build(systems, Loader::system);
    loader.build(bodies, Loader::body);
    loader.build(artefacts, Loader::artefact);
    loader.build(processes, Loader::process);
    loader.build(steps, Loader::step);
    loader.build(gateways, Loader::gateway);
    loader.build(events, Loader::event);
    loader.build(flows, Loader::flow);
    loader.build(decisions, Loader::decision);
    for right in file.rights {
        let right = loader.right(right);
        loader.document.insert(right);
    }
    loader.views(views);
    loader.paths = None;
    loader.build(notes, Loader::note);
    loader.build(links, Loader::link);
    (loader.document, loader.problems)
}

struct Loader {
    document: Document,
    problems: Vec<Problem>,
    /// Handles given to references that lead nowhere.
    missing: BTreeMap<(ElementKind, String), ElementRef>,
    /// Elements without a key by their path; made when first asked for.
    paths: Option<BTreeMap<String, ElementRef>>,
}

/// A row of the file with the handle and the key of its element.
struct Claimed<I, R> {
    id: I,
    /// The key in the file if the element got it.
    key: Option<Key>,
    /// The key in the file if another element has it.
    duplicate: Option<Key>,
    row: R,
}

impl Loader {
    fn claim<E: Element, R>(
        &mut self,
        rows: Vec<R>,
        take_key: impl Fn(&mut R) -> Option<Text<Key>>,
    ) -> Vec<Claimed<E::Id, R>> {
        let claim = |mut row: R| {
            let id = self.document.reserve::<E>();
            let wanted = take_key(&mut row).map(|Text(key)| key);
            let (key, duplicate) = match wanted {
                Some(key) if self.document.claim_key(&key, id.into()) => (Some(key), None),
                other => (None, other),
            };
            Claimed { id, key, duplicate, row }
        };
        rows.into_iter().map(claim).collect()
    }

    fn build<E: Element, R>(&mut self, claimed: Vec<Claimed<E::Id, R>>, convert: impl Fn(&mut Self, R) -> E) {
        for Claimed { id, key, duplicate, row } in claimed {
            let record = convert(self, row);
            self.fill(id, key, duplicate, record);
        }
    }

    fn fill<E: Element>(&mut self, id: E::Id, key: Option<Key>, duplicate: Option<Key>, mut record: E) {
        let element: ElementRef = id.into();
        let key = key.unwrap_or_else(|| self.document.claim_free_key(record.name(), element, id.index()));
        record.set_key(key);
        self.document.fill(id, record);
        if let Some(key) = duplicate {
            self.problems.push(Problem { element, kind: ProblemKind::DuplicateKey { key: key.to_string() } });
        }
    }

    fn missing(&mut self, kind: ElementKind, key: &str) -> ElementRef {
        let document = &mut self.document;
        *self.missing.entry((kind, key.to_owned())).or_insert_with(|| document.reserve_missing(kind, key))
    }

    fn find<E: Element>(&mut self, key: &str) -> E::Id {
        let found = self.document.by_key(key).filter(|element| element.kind() == E::KIND);
        E::Id::from_index(found.unwrap_or_else(|| self.missing(E::KIND, key)).index())
    }

    fn find_maybe<E: Element>(&mut self, key: Option<Reference>) -> Option<E::Id> {
        key.map(|key| self.find::<E>(&key))
    }

    fn find_all<E: Element>(&mut self, keys: Vec<Reference>) -> Vec<E::Id> {
        keys.iter().map(|key| self.find::<E>(key)).collect()
    }

    fn actor(&mut self, key: &str) -> Actor {
        let found = self.document.by_key(key).and_then(|element| Actor::try_from(element).ok());
        found.unwrap_or_else(|| Actor::Role(self.missing_id::<Role>(key)))
    }

    fn actor_maybe(&mut self, key: Option<Reference>) -> Option<Actor> {
        key.map(|key| self.actor(&key))
    }

    fn flow_node(&mut self, key: &str) -> FlowNode {
        let found = self.document.by_key(key).and_then(|element| FlowNode::try_from(element).ok());
        found.unwrap_or_else(|| FlowNode::Step(self.missing_id::<Step>(key)))
    }

    fn subject(&mut self, key: &str) -> Subject {
        match self.document.by_key(key) {
            Some(ElementRef::Decision(id)) => Subject::Decision(id),
            Some(ElementRef::Step(id)) => Subject::Step(id),
            _ => Subject::Decision(self.missing_id::<Decision>(key)),
        }
    }

    fn missing_id<E: Element>(&mut self, key: &str) -> E::Id {
        E::Id::from_index(self.missing(E::KIND, key).index())
    }

    /// Any element by its key, or a right or placement by its path.
    fn any(&mut self, key: &str, otherwise: ElementKind) -> ElementRef {
        if let Some(element) = self.document.by_key(key) {
            return element;
        }
        if key.contains('/')
            && let Some(element) = self.by_path(key)
        {
            return element;
        }
        self.missing(otherwise, key)
    }

    fn by_path(&mut self, path: &str) -> Option<ElementRef> {
        let document = &self.document;
        let paths = self.paths.get_or_insert_with(|| {
            let rights = document.rights().ids().map(ElementRef::Right);
            let elements = rights.chain(document.placements().ids().map(ElementRef::Placement));
            // Of equal paths the first one stays.
            let mut paths = BTreeMap::new();
            for element in elements {
                paths.entry(document.path_of(element)).or_insert(element);
            }
            paths
        });
        paths.get(path).copied()
    }

    fn project(&mut self, row: ProjectV1) {
        let framework = self.find_maybe::<Framework>(row.framework);
        let framework_of_tasks = self.find_maybe::<Framework>(row.framework_of_tasks);
        let framework_of_controls = self.find_maybe::<Framework>(row.framework_of_controls);
        *self.document.project_mut() = Project {
            name: row.name,
            currency: value(row.currency).unwrap_or_default(),
            framework,
            framework_of_tasks,
            framework_of_controls,
            profile: choice(row.profile).unwrap_or_default(),
            hours_per_week: row.hours_per_week,
            appetite: value(row.appetite),
            thresholds: row.thresholds,
            waivers: row.waivers.into_iter().map(waiver).collect(),
            description: row.description,
        };
    }

    fn frameworks(&mut self, rows: Vec<FrameworkV1>) {
        for row in rows {
            let framework = framework(row, false);
            match self.document.by_key(framework.key.as_str()) {
                Some(ElementRef::Framework(id))
                    if self.document.get(id).is_some_and(|old: &Framework| old.built_in) =>
                {
                    if let Some(old) = self.document.get_mut::<Framework>(id) {
                        *old = framework;
                    }
                }
                taken => {
                    let key = framework.key.to_string();
                    let element = self.document.insert(framework).into();
                    if taken.is_some() {
                        self.problems.push(Problem { element, kind: ProblemKind::DuplicateKey { key } });
                    }
                }
            }
        }
    }
}

fn value<T>(text: Option<Text<T>>) -> Option<T> {
    text.map(|Text(value)| value)
}

fn choice<T>(choice: Option<Choice<T>>) -> Option<T> {
    choice.map(|Choice(value)| value)
}

fn kpi(row: KpiV1) -> Kpi {
    Kpi { name: row.name, target: row.target }
}

fn waiver(row: WaiverV1) -> Waiver {
    Waiver {
        rule: row.rule,
        elements: row.elements.into_iter().map(|Text(key)| key).collect(),
        reason: row.reason,
        name: row.name,
        expires: value(row.expires),
    }
}

/// A framework of a file, or of the program where it is built in.
pub(super) fn framework(row: FrameworkV1, built_in: bool) -> Framework {
    let letter = |row: LetterV1| Letter {
        code: row.code,
        name: row.name,
        meaning: row.meaning,
        duties: row.duties.into_iter().map(|Choice(duty)| duty).collect(),
        at_least: row.at_least,
        at_most: row.at_most,
        rank: row.rank,
        tint: row.tint,
    };
    Framework {
        key: value(row.key).unwrap_or_default(),
        name: row.name,
        description: row.description,
        letters: row.letters.into_iter().map(letter).collect(),
        built_in,
    }
}
