//! What a log of real cases tells about a process, brought in as one step: measured figures of what is drawn, and what
//! the log knows and the project does not.
//!
//! Only what is stated changes; nothing is taken away, except the range that somebody guessed around a figure that is now
//! measured. References between new parts are places in the lists below.

use super::merge_organisation::{Target, is_gone, next_order, settle};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// A figure with what it was measured in.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured<T> {
    /// The figure.
    pub value: T,
    /// Where it comes from.
    pub measurement: Measurement,
}

/// Somebody who exists, or somebody new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedWho<I> {
    /// One of the document.
    Existing(I),
    /// A place in a list of this edit.
    New(usize),
}

/// A step that the log knows.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedStep {
    /// Which one.
    pub target: Target<StepId>,
    /// Its name, for a new one.
    pub name: String,
    /// Who performs it, if nobody is stated.
    pub performer: Option<LoggedWho<RoleId>>,
    /// Work per case.
    pub work: Option<Measured<Minutes>>,
    /// Waiting per case.
    pub wait: Option<Measured<Minutes>>,
    /// Where the wait comes from.
    pub causes: Vec<CausedWait>,
}

/// An end of a new flow: a place in the list of steps, or in that of other nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedNode {
    /// A step.
    Step(usize),
    /// A gateway or event.
    Other(usize),
}

/// A flow that the log knows.
#[derive(Clone, Debug, PartialEq)]
pub enum LoggedFlow {
    /// One that is drawn.
    Existing(FlowId, Measured<f64>),
    /// A new one.
    New {
        /// Where it starts.
        from: LoggedNode,
        /// Where it leads.
        to: LoggedNode,
        /// Share of cases that take it.
        probability: Option<Measured<f64>>,
    },
}

/// A gateway or event to add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoggedOther {
    /// What it is.
    pub kind: LoggedKind,
    /// The step in whose lane it stands: a place in the list of steps.
    pub beside: Option<usize>,
}

/// What a gateway or event to add is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedKind {
    /// A start event.
    Start,
    /// An end event.
    End,
    /// An exclusive gateway.
    Choice,
}

/// Brings in what a log tells.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeLog {
    /// Where it comes from, for the name of the step.
    pub source: String,
    /// People to add.
    pub people: Vec<String>,
    /// Roles to add.
    pub roles: Vec<String>,
    /// Who holds which role; what is held already stays.
    pub holders: Vec<(LoggedWho<RoleId>, LoggedWho<PersonId>)>,
    /// The process; a new one gets a view.
    pub process: Target<ProcessId>,
    /// Its name, for a new one.
    pub process_name: String,
    /// Cases that arrive.
    pub cases: Option<Measured<Rate>>,
    /// Steps.
    pub steps: Vec<LoggedStep>,
    /// New gateways and events.
    pub others: Vec<LoggedOther>,
    /// Flows.
    pub flows: Vec<LoggedFlow>,
}

impl EditAction for MergeLog {
    fn label(&self, _document: &Document) -> String {
        format!("Import “{}”", self.source)
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        let gone = is_gone::<Process>(document, &self.process)
            || self.steps.iter().any(|step| is_gone::<Step>(document, &step.target))
            || self
                .flows
                .iter()
                .any(|flow| matches!(flow, LoggedFlow::Existing(id, _) if document.get::<Flow>(*id).is_none()))
            || self.holders.iter().any(|(role, person)| {
                matches!(role, LoggedWho::Existing(id) if document.get::<Role>(*id).is_none())
                    || matches!(person, LoggedWho::Existing(id) if document.get::<Person>(*id).is_none())
            });
        if gone { Verdict::No("An element to be updated is no longer there.".to_owned()) } else { Verdict::Yes }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let roles = self.merge_who(transaction)?;
        let process = self.merge_process(transaction)?;
        let steps = self.merge_steps(transaction, process, &roles)?;
        let mut others = Vec::with_capacity(self.others.len());
        for other in &self.others {
            let beside = other.beside.and_then(|place| steps.get(place));
            let performer = beside.and_then(|node| transaction.document().performer_of(*node));
            others.push(insert_other(transaction, process, other.kind, performer));
        }
        for flow in &self.flows {
            merge_flow(transaction, process, flow, &steps, &others)?;
        }
        Ok(())
    }
}

impl MergeLog {
    fn merge_who(&self, transaction: &mut Transaction) -> Result<Vec<RoleId>, EditError> {
        let people: Vec<PersonId> =
            self.people.iter().map(|name| transaction.insert(Person::new(name.clone()))).collect();
        let first = next_order(transaction.document().roles().iter().map(|(_, role)| role.order));
        let roles: Vec<RoleId> = (first..)
            .zip(&self.roles)
            .map(|(order, name)| transaction.insert(Role { order, ..Role::new(name.clone()) }))
            .collect();
        for (role, person) in &self.holders {
            let (role, person) = (who(*role, &roles, "role")?, who(*person, &people, "person")?);
            transaction.update(role, |role: &mut Role| {
                if role.holders.iter().all(|holding| holding.person != person) {
                    role.holders.push(Holding { person, share: None });
                    role.vacant = false;
                }
            })?;
        }
        Ok(roles)
    }

    fn merge_process(&self, transaction: &mut Transaction) -> Result<ProcessId, EditError> {
        let document = transaction.document();
        let order = next_order(document.processes().iter().map(|(_, process)| process.order));
        let view_order = next_order(document.views().iter().map(|(_, view)| view.order));
        let name = || self.process_name.clone();
        let process = settle(transaction, &self.process, |key| Process { key, order, ..Process::new(name()) });
        if matches!(self.process, Target::New(_)) {
            let kind = ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
            transaction.insert(View { order: view_order, ..View::new(name(), kind) });
        }
        if let Some(cases) = &self.cases {
            transaction.update(process, |process: &mut Process| {
                (process.cases, process.cases_range) = (Some(cases.value), None);
                mark(&mut process.measured, &cases.measurement);
            })?;
        }
        Ok(process)
    }

    fn merge_steps(
        &self,
        transaction: &mut Transaction,
        process: ProcessId,
        roles: &[RoleId],
    ) -> Result<Vec<FlowNode>, EditError> {
        let mut nodes = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let performer = step.performer.map(|performer| who(performer, roles, "role")).transpose()?;
            let id = settle(transaction, &step.target, |key| Step { key, ..Step::new(process, step.name.clone()) });
            transaction.update(id, |record: &mut Step| {
                record.performer = record.performer.or(performer.map(Actor::Role));
                if let Some(work) = &step.work {
                    (record.work, record.work_range) = (Some(work.value), None);
                    mark(&mut record.measured, &work.measurement);
                }
                if let Some(wait) = &step.wait {
                    (record.wait, record.wait_range) = (Some(wait.value), None);
                    record.wait_causes.clone_from(&step.causes);
                    mark(&mut record.measured, &wait.measurement);
                }
            })?;
            nodes.push(FlowNode::Step(id));
        }
        Ok(nodes)
    }
}

fn who<I: Copy>(who: LoggedWho<I>, new: &[I], word: &'static str) -> Result<I, EditError> {
    match who {
        LoggedWho::Existing(id) => Ok(id),
        LoggedWho::New(place) => new.get(place).copied().ok_or(EditError::Missing(word)),
    }
}

/// Notes a measurement in the place of an older one of the same figure.
fn mark(measured: &mut Vec<Measurement>, measurement: &Measurement) {
    measured.retain(|known| known.fact != measurement.fact);
    measured.push(measurement.clone());
    measured.sort_by_key(|known| known.fact);
}

fn insert_other(
    transaction: &mut Transaction,
    process: ProcessId,
    kind: LoggedKind,
    performer: Option<Actor>,
) -> FlowNode {
    let event = |kind| Event { performer, ..Event::new(process, kind, "") };
    match kind {
        LoggedKind::Start => FlowNode::Event(transaction.insert(event(EventKind::Start))),
        LoggedKind::End => FlowNode::Event(transaction.insert(event(EventKind::End))),
        LoggedKind::Choice => {
            let gateway = Gateway { performer, ..Gateway::new(process, GatewayKind::Exclusive, "") };
            FlowNode::Gateway(transaction.insert(gateway))
        }
    }
}

fn merge_flow(
    transaction: &mut Transaction,
    process: ProcessId,
    flow: &LoggedFlow,
    steps: &[FlowNode],
    others: &[FlowNode],
) -> Result<(), EditError> {
    let node = |node: LoggedNode| {
        let found = match node {
            LoggedNode::Step(place) => steps.get(place),
            LoggedNode::Other(place) => others.get(place),
        };
        found.copied().ok_or(EditError::Missing("node"))
    };
    match flow {
        LoggedFlow::Existing(id, share) => transaction.update(*id, |flow: &mut Flow| {
            flow.probability = Some(share.value);
            mark(&mut flow.measured, &share.measurement);
        }),
        LoggedFlow::New { from, to, probability } => {
            let mut record = Flow::new(process, node(*from)?, node(*to)?);
            if let Some(share) = probability {
                record.probability = Some(share.value);
                mark(&mut record.measured, &share.measurement);
            }
            transaction.insert(record);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Editor, apply};

    fn measured<T>(value: T, fact: MeasuredFact) -> Measured<T> {
        let day: Date = "2026-01-05".parse().unwrap();
        Measured { value, measurement: Measurement { fact, count: 9, from: day, to: day, source: "log.csv".into() } }
    }

    fn empty(process: Target<ProcessId>) -> MergeLog {
        MergeLog {
            source: "log.csv".to_owned(),
            people: Vec::new(),
            roles: Vec::new(),
            holders: Vec::new(),
            process,
            process_name: "Refund".to_owned(),
            cases: Some(measured(Rate::weekly(7.0), MeasuredFact::Cases)),
            steps: Vec::new(),
            others: Vec::new(),
            flows: Vec::new(),
        }
    }

    fn step(target: Target<StepId>) -> LoggedStep {
        LoggedStep {
            target,
            name: "Check".to_owned(),
            performer: Some(LoggedWho::New(0)),
            work: Some(measured(Minutes(4.0), MeasuredFact::Work)),
            wait: Some(measured(Minutes(60.0), MeasuredFact::Wait)),
            causes: vec![CausedWait { cause: WaitCause::Contention, minutes: Minutes(60.0) }],
        }
    }

    #[test]
    fn a_new_process_has_its_view_with_everything_in_it() {
        let edit = MergeLog {
            people: vec!["Ana".to_owned()],
            roles: vec!["Clerk".to_owned()],
            holders: vec![(LoggedWho::New(0), LoggedWho::New(0)), (LoggedWho::New(0), LoggedWho::New(0))],
            steps: vec![step(Target::New(Key::unset()))],
            others: [LoggedKind::Start, LoggedKind::End].map(|kind| LoggedOther { kind, beside: Some(0) }).to_vec(),
            flows: vec![
                LoggedFlow::New { from: LoggedNode::Other(0), to: LoggedNode::Step(0), probability: None },
                LoggedFlow::New { from: LoggedNode::Step(0), to: LoggedNode::Other(1), probability: None },
            ],
            ..empty(Target::New(Key::unset()))
        };
        let document = apply(&Document::default(), &edit.into()).unwrap().document;
        assert_eq!(integrity::check(&document), []);
        let (view, record) = document.views().iter().next().unwrap();
        assert_eq!((record.name.as_str(), record.lanes().len()), ("Refund", 1));
        assert_eq!(document.placements_in(view).count(), 3);
        let (role, _) = document.roles().iter().next().unwrap();
        assert_eq!(document.holders_label(role), "Ana");
    }

    #[test]
    fn estimates_become_measured_and_undo_makes_them_estimates() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let own = document.insert(Role::new("Manager"));
        let record = Step {
            work: Some(Minutes(9.0)),
            work_range: Some(Range { low: Minutes(8.0), high: Minutes(20.0) }),
            performer: Some(Actor::Role(own)),
            ..Step::new(process, "Check")
        };
        let id = document.insert(record.clone());
        let mut editor = Editor::new(document);
        let edit = MergeLog {
            steps: vec![LoggedStep { performer: Some(LoggedWho::Existing(own)), ..step(Target::Existing(id)) }],
            ..empty(Target::Existing(process))
        };
        editor.commit(&edit.clone().into(), 0.0).unwrap();
        let after = editor.document().get::<Step>(id).unwrap();
        assert_eq!((after.work, after.wait, after.wait_causes.len()), (Some(Minutes(4.0)), Some(Minutes(60.0)), 1));
        assert_eq!((after.work_range, after.measured.len()), (None, 2), "what is measured is no longer guessed");
        assert_eq!(after.performer, Some(Actor::Role(own)));
        assert_eq!(editor.document().get::<Process>(process).unwrap().cases, Some(Rate::weekly(7.0)));
        editor.commit(&edit.into(), 0.0).unwrap();
        assert_eq!(editor.document().get::<Step>(id).unwrap().measured.len(), 2, "the same log twice");
        editor.undo();
        let before = editor.document().get::<Step>(id).unwrap();
        assert_eq!((before.work, before.work_range.is_some(), before.measured.len()), (Some(Minutes(9.0)), true, 0));
    }
}
