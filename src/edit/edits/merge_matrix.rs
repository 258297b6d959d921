//! Decisions, those who have rights on them, and the rights, brought over from elsewhere in one step.
//!
//! What is new is added; what the document has already is updated in what is stated. Nothing is taken away. References
//! between the parts are places in the lists below.

use super::merge_organisation::{Target, is_gone, next_order, settle};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Somebody who has rights.
#[derive(Clone, Debug, PartialEq)]
pub enum MergedHolder {
    /// One of the document.
    Existing(Actor),
    /// A role to add, in a unit of the list.
    Role {
        /// Its name.
        name: String,
        /// Place of its unit in the list of units.
        unit: Option<usize>,
        /// Free text.
        description: String,
    },
    /// A party outside to add.
    External {
        /// Its name.
        name: String,
        /// What it is to the organisation.
        kind: Option<ExternalKind>,
        /// Free text.
        description: String,
    },
    /// A unit, body or person to add.
    Other {
        /// Its name.
        name: String,
        /// What it is.
        kind: OtherHolder,
        /// Free text.
        description: String,
    },
}

/// What a holder to add is, beside roles and parties outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherHolder {
    /// A unit.
    Unit,
    /// A body that decides together.
    Body,
    /// A person.
    Person,
}

impl OtherHolder {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Unit, Self::Body, Self::Person];

    /// The word for the kind of element.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unit => ElementKind::Unit.word(),
            Self::Body => ElementKind::Body.word(),
            Self::Person => ElementKind::Person.word(),
        }
    }
}

/// Which framework decisions take.
#[derive(Clone, Debug, PartialEq)]
pub enum MergedFramework {
    /// One of the document.
    Existing(FrameworkId),
    /// One to add.
    New(Framework),
}

/// A subject of rights.
#[derive(Clone, Debug, PartialEq)]
pub enum MergedSubject {
    /// A step of the document.
    Step(StepId),
    /// A decision to add or to replace by this record.
    Decision {
        /// Which one.
        target: Target<DecisionId>,
        /// The record; its key and order are kept where it exists.
        record: Box<Decision>,
        /// Its framework: a place in the list of frameworks; none keeps that of the record.
        framework: Option<usize>,
    },
}

/// A right to add, or to update where its subject, holder and letter agree.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedRight {
    /// Place of its subject.
    pub subject: usize,
    /// Place of its holder.
    pub holder: usize,
    /// The letter.
    pub letter: String,
    /// Its limits; none keeps those that it has.
    pub tiers: Option<Vec<Tier>>,
    /// For a veto: the topics.
    pub veto_domain: String,
    /// For a veto or consent: how long the holder has.
    pub review_window: Option<Minutes>,
    /// Free text, added to what is there.
    pub note: String,
}

/// A matrix view to make, where the document has none of its name.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedMatrixView {
    /// Its name.
    pub name: String,
    /// Its columns: places of holders.
    pub columns: Vec<usize>,
}

/// Adds and updates the decisions, holders and rights of tables in one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MergeMatrix {
    /// Where it comes from, for the name of the step.
    pub source: String,
    /// Name of the project, where it has none.
    pub project_name: Option<String>,
    /// Frameworks.
    pub frameworks: Vec<MergedFramework>,
    /// Units that new roles sit in: those of the document, or names of new ones.
    pub units: Vec<(Target<UnitId>, String)>,
    /// Holders.
    pub holders: Vec<MergedHolder>,
    /// Subjects.
    pub subjects: Vec<MergedSubject>,
    /// Rights.
    pub rights: Vec<MergedRight>,
    /// Views to make.
    pub views: Vec<MergedMatrixView>,
}

impl EditAction for MergeMatrix {
    fn label(&self, _document: &Document) -> String {
        format!("Import “{}”", self.source)
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        if self.subjects.is_empty() && self.holders.is_empty() {
            return Verdict::Ignore;
        }
        let holders = self.holders.iter().any(|holder| match holder {
            MergedHolder::Existing(actor) => !document.contains((*actor).into()),
            _ => false,
        });
        let subjects = self.subjects.iter().any(|subject| match subject {
            MergedSubject::Step(id) => document.get::<Step>(*id).is_none(),
            MergedSubject::Decision { target, .. } => is_gone::<Decision>(document, target),
        });
        let frameworks = self.frameworks.iter().any(
            |framework| matches!(framework, MergedFramework::Existing(id) if document.get::<Framework>(*id).is_none()),
        );
        let units = self.units.iter().any(|(target, _)| is_gone::<Unit>(document, target));
        if holders || subjects || frameworks || units {
            return Verdict::No("An element to be updated is no longer there.".to_owned());
        }
        Verdict::Yes
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        if let Some(name) = &self.project_name {
            transaction.update_project(|project| {
                if project.name.is_empty() {
                    project.name.clone_from(name);
                }
            });
        }
        let frameworks = self.merge_frameworks(transaction);
        let holders = self.merge_holders(transaction);
        let subjects = self.merge_subjects(transaction, &frameworks)?;
        self.merge_rights(transaction, &subjects, &holders)?;
        self.make_views(transaction, &holders);
        Ok(())
    }
}

impl MergeMatrix {
    fn merge_frameworks(&self, transaction: &mut Transaction) -> Vec<FrameworkId> {
        let settle = |framework: &MergedFramework| match framework {
            MergedFramework::Existing(id) => *id,
            MergedFramework::New(framework) => transaction.insert(framework.clone()),
        };
        self.frameworks.iter().map(settle).collect()
    }

    fn merge_holders(&self, transaction: &mut Transaction) -> Vec<Actor> {
        let mut order = next_order(transaction.document().units().iter().map(|(_, unit)| unit.order));
        let mut units = Vec::with_capacity(self.units.len());
        for (target, name) in &self.units {
            units.push(settle(transaction, target, |key| Unit { key, order, ..Unit::new(name.clone()) }));
            order = order.saturating_add(1);
        }
        let mut order = next_order(transaction.document().roles().iter().map(|(_, role)| role.order));
        let mut holders = Vec::with_capacity(self.holders.len());
        for holder in &self.holders {
            holders.push(match holder {
                MergedHolder::Existing(actor) => *actor,
                MergedHolder::Role { name, unit, description } => {
                    let unit = unit.and_then(|place| units.get(place)).copied();
                    let description = description.clone();
                    order = order.saturating_add(1);
                    Actor::Role(transaction.insert(Role { unit, order, description, ..Role::new(name.clone()) }))
                }
                MergedHolder::External { name, kind, description } => {
                    let (kind, description) = (*kind, description.clone());
                    Actor::External(transaction.insert(External { kind, description, ..External::new(name.clone()) }))
                }
                MergedHolder::Other { name, kind, description } => {
                    let (name, description) = (name.clone(), description.clone());
                    match kind {
                        OtherHolder::Unit => Actor::Unit(transaction.insert(Unit { description, ..Unit::new(name) })),
                        OtherHolder::Body => Actor::Body(transaction.insert(Body { description, ..Body::new(name) })),
                        OtherHolder::Person => {
                            Actor::Person(transaction.insert(Person { description, ..Person::new(name) }))
                        }
                    }
                }
            });
        }
        holders
    }

    fn merge_subjects(
        &self,
        transaction: &mut Transaction,
        frameworks: &[FrameworkId],
    ) -> Result<Vec<Subject>, EditError> {
        let mut order = next_order(transaction.document().decisions().iter().map(|(_, decision)| decision.order));
        let mut subjects = Vec::with_capacity(self.subjects.len());
        for subject in &self.subjects {
            subjects.push(match subject {
                MergedSubject::Step(id) => Subject::Step(*id),
                MergedSubject::Decision { target, record, framework } => {
                    let framework = framework.and_then(|place| frameworks.get(place)).copied().or(record.framework);
                    let id = settle(transaction, target, |key| Decision { key, order, ..Decision::new("") });
                    order = order.saturating_add(1);
                    transaction.update(id, |decision: &mut Decision| {
                        let (key, order) = (decision.key.clone(), decision.order);
                        *decision = Decision { key, order, framework, ..(**record).clone() };
                    })?;
                    Subject::Decision(id)
                }
            });
        }
        Ok(subjects)
    }

    fn merge_rights(
        &self,
        transaction: &mut Transaction,
        subjects: &[Subject],
        holders: &[Actor],
    ) -> Result<(), EditError> {
        let mut known: rustc_hash::FxHashMap<(Subject, Actor, String), RightId> = transaction
            .document()
            .rights()
            .iter()
            .map(|(id, right)| ((right.subject, right.holder, right.letter.clone()), id))
            .collect();
        for right in &self.rights {
            let (Some(subject), Some(holder)) = (subjects.get(right.subject), holders.get(right.holder)) else {
                continue;
            };
            let id = *known
                .entry((*subject, *holder, right.letter.clone()))
                .or_insert_with(|| transaction.insert(Right::new(*subject, *holder, right.letter.clone())));
            transaction.update(id, |record: &mut Right| {
                if let Some(tiers) = &right.tiers {
                    record.tiers.clone_from(tiers);
                }
                if !right.veto_domain.is_empty() {
                    record.veto_domain.clone_from(&right.veto_domain);
                }
                record.review_window = right.review_window.or(record.review_window);
                if !right.note.is_empty() && !record.note.contains(&right.note) {
                    let gap = if record.note.is_empty() { "" } else { "; " };
                    record.note = format!("{}{gap}{}", record.note, right.note);
                }
            })?;
        }
        Ok(())
    }

    fn make_views(&self, transaction: &mut Transaction, holders: &[Actor]) {
        for wanted in &self.views {
            let views = || transaction.document().views().iter();
            let is_there =
                views().any(|(_, view)| view.name == wanted.name && matches!(view.kind, ViewKind::Matrix(_)));
            if is_there {
                continue;
            }
            let order = next_order(views().map(|(_, view)| view.order));
            let columns = wanted.columns.iter().filter_map(|place| holders.get(*place)).copied().collect();
            let kind = ViewKind::Matrix(MatrixView { columns, ..MatrixView::default() });
            transaction.insert(View { order, ..View::new(wanted.name.clone(), kind) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::storage::new_document;

    fn refund() -> MergeMatrix {
        let right = |letter: &str, holder| MergedRight {
            subject: 0,
            holder,
            letter: letter.to_owned(),
            tiers: None,
            veto_domain: String::new(),
            review_window: None,
            note: "by phone".to_owned(),
        };
        let role = MergedHolder::Role { name: "Clerk".into(), unit: Some(0), description: String::new() };
        let customer =
            MergedHolder::External { name: "Customer".into(), kind: Some(ExternalKind::Customer), description: String::new() };
        MergeMatrix {
            source: "who.csv".into(),
            project_name: Some("Shop".into()),
            units: vec![(Target::New(Key::unset()), "Office".into())],
            holders: vec![role, customer],
            subjects: vec![MergedSubject::Decision {
                target: Target::New(Key::unset()),
                record: Box::new(Decision { area: "Money".into(), ..Decision::new("Grant refund") }),
                framework: None,
            }],
            rights: vec![right("A", 0), right("I", 1)],
            views: vec![MergedMatrixView { name: "Who".into(), columns: vec![0, 1] }],
            ..MergeMatrix::default()
        }
    }

    #[test]
    fn everything_comes_in_one_step_and_only_once() {
        let base = new_document("");
        let applied = apply(&base, &refund().into()).unwrap();
        assert_eq!(applied.label, "Import “who.csv”");
        let document = applied.document;
        assert_eq!(integrity::check(&document), []);
        let (_, clerk) = document.roles().iter().next().unwrap();
        assert_eq!(document.name_of(clerk.unit.unwrap().into()), "Office");
        assert_eq!((document.decisions().len(), document.rights().len(), document.views().len()), (1, 2, 1));
        let (id, decision) = document.decisions().iter().next().unwrap();
        let mut again = refund();
        let role = Actor::Role(document.roles().ids().next().unwrap());
        let customer = Actor::External(document.externals().ids().next().unwrap());
        again.holders = vec![MergedHolder::Existing(role), MergedHolder::Existing(customer)];
        again.units = Vec::new();
        let record = Box::new(decision.clone());
        again.subjects = vec![MergedSubject::Decision { target: Target::Existing(id), record, framework: None }];
        let twice = apply(&document, &again.into()).unwrap();
        assert!(!twice.changes(&document), "the same again changes nothing");
    }
}
