//! Processes brought over from elsewhere, with who performs them, what they pass on, and the pictures drawn of them.
//!
//! What is new is added; what the document has already is updated in what the other file states. Nothing is taken away.
//!
//! Records refer to each other by handles within this edit: `StepId::from_index(3)` is the fourth of its steps,
//! whatever handle that gets. A record refers only to those before it: kinds in the order of the fields below, and
//! within a kind by the order of the list.

use crate::edit::pictures::Pictures;
use crate::edit::{EditAction, EditError, Target, Transaction, Verdict};
use crate::model::*;

/// A record to add or to update.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged<E: Element> {
    /// Which element.
    pub target: Target<E::Id>,
    /// What is stated about it; its key is of no meaning.
    pub record: E,
}

/// A picture to add or to update.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedView {
    /// The view.
    pub view: Merged<View>,
    /// What it shows; the view they name is of no meaning.
    pub placements: Vec<Placement>,
    /// Whether places stated here replace those of an existing view; else only new elements are added to it.
    pub replaces: bool,
}

/// Adds and updates processes and what belongs to them in one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MergeProcesses {
    /// Where they come from, for the name of the step.
    pub source: String,
    /// Name of the project, where it has none.
    pub project_name: Option<String>,
    /// Units that perform, or that hold those who do.
    pub units: Vec<Merged<Unit>>,
    /// Roles that perform.
    pub roles: Vec<Merged<Role>>,
    /// Parties outside.
    pub externals: Vec<Merged<External>>,
    /// What is passed on.
    pub artefacts: Vec<Merged<Artefact>>,
    /// Processes.
    pub processes: Vec<Merged<Process>>,
    /// Steps, those around others before them.
    pub steps: Vec<Merged<Step>>,
    /// Gateways.
    pub gateways: Vec<Merged<Gateway>>,
    /// Events.
    pub events: Vec<Merged<Event>>,
    /// Flows.
    pub flows: Vec<Merged<Flow>>,
    /// Remarks and frames.
    pub notes: Vec<Merged<Note>>,
    /// Messages and other lines.
    pub links: Vec<Merged<Link>>,
    /// Pictures.
    pub views: Vec<MergedView>,
}

impl EditAction for MergeProcesses {
    fn label(&self, _document: &Document) -> String {
        format!("Import “{}”", self.source)
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        if self.processes.is_empty() {
            return Verdict::Ignore;
        }
        let gone = any_gone(document, &self.units)
            || any_gone(document, &self.roles)
            || any_gone(document, &self.externals)
            || any_gone(document, &self.artefacts)
            || any_gone(document, &self.processes)
            || any_gone(document, &self.steps)
            || any_gone(document, &self.gateways)
            || any_gone(document, &self.events)
            || any_gone(document, &self.flows)
            || any_gone(document, &self.notes)
            || any_gone(document, &self.links)
            || self.views.iter().any(|merged| is_gone(document, &merged.view));
        if gone { Verdict::No("An element to be updated is no longer there.".to_owned()) } else { Verdict::Yes }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        if let Some(name) = &self.project_name {
            transaction.update_project(|project| {
                if project.name.is_empty() {
                    project.name.clone_from(name);
                }
            });
        }
        let mut settled = Settled::default();
        self.merge_actors(transaction, &mut settled)?;
        self.merge_nodes(transaction, &mut settled)?;
        self.merge_lines(transaction, &mut settled)?;
        for merged in &self.views {
            merge_view(transaction, merged, &settled)?;
        }
        Ok(())
    }
}

fn any_gone<E: Element>(document: &Document, merged: &[Merged<E>]) -> bool {
    merged.iter().any(|merged| is_gone(document, merged))
}

fn is_gone<E: Element>(document: &Document, merged: &Merged<E>) -> bool {
    matches!(merged.target, Target::Existing(id) if document.get::<E>(id).is_none())
}

impl MergeProcesses {
    fn merge_actors(&self, transaction: &mut Transaction, settled: &mut Settled) -> Result<(), EditError> {
        for merged in &self.units {
            let record = Unit { parent: settled.units.maybe(merged.record.parent)?, ..merged.record.clone() };
            settled.units.settle(transaction, &merged.target, record, |old, new| Unit {
                name: new.name,
                parent: new.parent.or(old.parent),
                ..old.clone()
            })?;
        }
        for merged in &self.roles {
            let record = Role { unit: settled.units.maybe(merged.record.unit)?, ..merged.record.clone() };
            settled.roles.settle(transaction, &merged.target, record, |old, new| Role {
                name: new.name,
                unit: new.unit.or(old.unit),
                ..old.clone()
            })?;
        }
        for merged in &self.externals {
            let record = merged.record.clone();
            settled
                .externals
                .settle(transaction, &merged.target, record, |old, new| External { name: new.name, ..old.clone() })?;
        }
        Ok(())
    }

    fn merge_nodes(&self, transaction: &mut Transaction, settled: &mut Settled) -> Result<(), EditError> {
        for merged in &self.artefacts {
            settled.artefacts.settle(transaction, &merged.target, merged.record.clone(), |old, new| Artefact {
                key: old.key.clone(),
                kind: old.kind.clone(),
                class: old.class.clone(),
                description: stated(new.description, &old.description),
                ..new
            })?;
        }
        for merged in &self.processes {
            settled.processes.settle(transaction, &merged.target, merged.record.clone(), |old, new| Process {
                name: new.name,
                description: stated(new.description, &old.description),
                kept: new.kept,
                ..old.clone()
            })?;
        }
        for merged in &self.steps {
            let record = settled.step(&merged.record)?;
            settled.steps.settle(transaction, &merged.target, record, updated_step)?;
        }
        for merged in &self.gateways {
            let record = settled.gateway(&merged.record)?;
            settled.gateways.settle(transaction, &merged.target, record, |old, new| Gateway {
                key: old.key.clone(),
                decision: old.decision,
                performer: new.performer.or(old.performer),
                description: stated(new.description, &old.description),
                ..new
            })?;
        }
        for merged in &self.events {
            let record = settled.event(&merged.record)?;
            settled.events.settle(transaction, &merged.target, record, |old, new| Event {
                key: old.key.clone(),
                wait: new.wait.or(old.wait),
                performer: new.performer.or(old.performer),
                description: stated(new.description, &old.description),
                ..new
            })?;
        }
        Ok(())
    }

    fn merge_lines(&self, transaction: &mut Transaction, settled: &mut Settled) -> Result<(), EditError> {
        for merged in &self.flows {
            let record = settled.flow(&merged.record)?;
            settled.flows.settle(transaction, &merged.target, record, |old, new| Flow {
                key: old.key.clone(),
                probability: old.probability,
                artefact: old.artefact,
                channel: old.channel.clone(),
                description: stated(new.description, &old.description),
                ..new
            })?;
        }
        for merged in &self.notes {
            settled.notes.settle(transaction, &merged.target, merged.record.clone(), |old, new| Note {
                text: new.text,
                form: new.form,
                kept: new.kept,
                ..old.clone()
            })?;
        }
        for merged in &self.links {
            let Link { from, to, .. } = merged.record;
            let record = Link { from: settled.element(from)?, to: settled.element(to)?, ..merged.record.clone() };
            settled.links.settle(transaction, &merged.target, record, |old, new| Link {
                key: old.key.clone(),
                description: stated(new.description, &old.description),
                ..new
            })?;
        }
        Ok(())
    }
}

fn updated_step(old: &Step, new: Step) -> Step {
    Step {
        name: new.name,
        process: new.process,
        kind: new.kind,
        parent: new.parent,
        calls: new.calls.or(old.calls),
        repetition: new.repetition,
        compensates: new.compensates,
        performer: new.performer.or(old.performer),
        inputs: joined(&old.inputs, new.inputs),
        outputs: joined(&old.outputs, new.outputs),
        description: stated(new.description, &old.description),
        kept: new.kept,
        ..old.clone()
    }
}

/// A text that is stated, else the one that was there.
fn stated(new: String, old: &str) -> String {
    if new.is_empty() { old.to_owned() } else { new }
}

fn joined(old: &[ArtefactId], new: Vec<ArtefactId>) -> Vec<ArtefactId> {
    let mut all = old.to_vec();
    all.extend(new.into_iter().filter(|id| !old.contains(id)));
    all
}

/// Gives a view its lanes and pictures. They are as drawn elsewhere: consequences of the edit leave them alone.
fn merge_view(transaction: &mut Transaction, merged: &MergedView, settled: &Settled) -> Result<(), EditError> {
    let stated = &merged.view.record;
    let (kind, within) = (settled.view_kind(&stated.kind)?, settled.steps.maybe(stated.within)?);
    let mut record = View { kind, within, ..stated.clone() };
    let id = match &merged.view.target {
        Target::New(key) => {
            record.key = key.clone();
            transaction.insert(record)
        }
        Target::Existing(id) if merged.replaces => {
            transaction.update(*id, |view: &mut View| {
                view.kind = record.kind;
                view.within = record.within;
                view.kept = record.kept;
            })?;
            *id
        }
        Target::Existing(id) => *id,
    };
    transaction.keep_as_drawn(id);
    let is_new = matches!(merged.view.target, Target::New(_));
    let mut pictures = (!is_new).then(|| Pictures::of(transaction.document(), id));
    for placement in &merged.placements {
        let element = settled.element(placement.element)?;
        let stated = Placement { view: id, element, ..placement.clone() };
        let Some(pictures) = &mut pictures else {
            transaction.insert(stated);
            continue;
        };
        if merged.replaces || !pictures.shows(element) {
            pictures.change(transaction, element, |placement| {
                *placement = Placement { pinned: placement.pinned && stated.center.is_none(), ..stated };
            })?;
        }
    }
    Ok(())
}

/// The handles of one kind that the records of the edit got, in their order.
struct Handles<I>(Vec<I>);

impl<I> Default for Handles<I> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<I: TableId> Handles<I> {
    fn real(&self, local: I) -> Result<I, EditError> {
        self.0.get(local.index() as usize).copied().ok_or(EditError::Missing("element of the import"))
    }

    fn maybe(&self, local: Option<I>) -> Result<Option<I>, EditError> {
        local.map(|local| self.real(local)).transpose()
    }

    fn all(&self, locals: &[I]) -> Result<Vec<I>, EditError> {
        locals.iter().map(|local| self.real(*local)).collect()
    }

    /// Adds a record or updates the one that is there.
    fn settle<E: Element<Id = I>>(
        &mut self,
        transaction: &mut Transaction,
        target: &Target<I>,
        mut record: E,
        update: impl FnOnce(&E, E) -> E,
    ) -> Result<(), EditError> {
        let id = match target {
            Target::Existing(id) => {
                transaction.update(*id, |old: &mut E| *old = update(old, record))?;
                *id
            }
            Target::New(key) => {
                record.set_key(key.clone());
                transaction.insert(record)
            }
        };
        self.0.push(id);
        Ok(())
    }
}

/// The handles of all kinds so far.
#[derive(Default)]
struct Settled {
    units: Handles<UnitId>,
    roles: Handles<RoleId>,
    externals: Handles<ExternalId>,
    artefacts: Handles<ArtefactId>,
    processes: Handles<ProcessId>,
    steps: Handles<StepId>,
    gateways: Handles<GatewayId>,
    events: Handles<EventId>,
    flows: Handles<FlowId>,
    notes: Handles<NoteId>,
    links: Handles<LinkId>,
}

impl Settled {
    fn element(&self, local: ElementRef) -> Result<ElementRef, EditError> {
        Ok(match local {
            ElementRef::Unit(id) => self.units.real(id)?.into(),
            ElementRef::Role(id) => self.roles.real(id)?.into(),
            ElementRef::External(id) => self.externals.real(id)?.into(),
            ElementRef::Artefact(id) => self.artefacts.real(id)?.into(),
            ElementRef::Process(id) => self.processes.real(id)?.into(),
            ElementRef::Step(id) => self.steps.real(id)?.into(),
            ElementRef::Gateway(id) => self.gateways.real(id)?.into(),
            ElementRef::Event(id) => self.events.real(id)?.into(),
            ElementRef::Flow(id) => self.flows.real(id)?.into(),
            ElementRef::Note(id) => self.notes.real(id)?.into(),
            ElementRef::Link(id) => self.links.real(id)?.into(),
            other => return Err(EditError::Missing(other.kind().word())),
        })
    }

    fn actor(&self, local: Option<Actor>) -> Result<Option<Actor>, EditError> {
        let Some(local) = local else { return Ok(None) };
        let element = self.element(local.into())?;
        Ok(Actor::try_from(element).ok())
    }

    fn node(&self, local: FlowNode) -> Result<FlowNode, EditError> {
        let element = self.element(local.into())?;
        FlowNode::try_from(element).map_err(|other| EditError::Missing(other.kind().word()))
    }

    fn step(&self, local: &Step) -> Result<Step, EditError> {
        Ok(Step {
            process: self.processes.real(local.process)?,
            parent: self.steps.maybe(local.parent)?,
            calls: self.processes.maybe(local.calls)?,
            performer: self.actor(local.performer)?,
            inputs: self.artefacts.all(&local.inputs)?,
            outputs: self.artefacts.all(&local.outputs)?,
            ..local.clone()
        })
    }

    fn gateway(&self, local: &Gateway) -> Result<Gateway, EditError> {
        Ok(Gateway {
            process: self.processes.real(local.process)?,
            parent: self.steps.maybe(local.parent)?,
            performer: self.actor(local.performer)?,
            ..local.clone()
        })
    }

    fn event(&self, local: &Event) -> Result<Event, EditError> {
        Ok(Event {
            process: self.processes.real(local.process)?,
            parent: self.steps.maybe(local.parent)?,
            attached: self.steps.maybe(local.attached)?,
            performer: self.actor(local.performer)?,
            ..local.clone()
        })
    }

    fn flow(&self, local: &Flow) -> Result<Flow, EditError> {
        Ok(Flow {
            process: self.processes.real(local.process)?,
            from: self.node(local.from)?,
            to: self.node(local.to)?,
            ..local.clone()
        })
    }

    fn view_kind(&self, local: &ViewKind) -> Result<ViewKind, EditError> {
        let ViewKind::Process { process, lanes, direction } = local else { return Ok(local.clone()) };
        let lane = |lane: &Lane| Ok(Lane { actor: self.actor(lane.actor)?, ..*lane });
        let lanes = lanes.iter().map(lane).collect::<Result<Vec<Lane>, EditError>>()?;
        Ok(ViewKind::Process { process: self.processes.real(*process)?, lanes, direction: *direction })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    fn new<E: Element>(record: E) -> Merged<E> {
        Merged { target: Target::New(Key::unset()), record }
    }

    /// A process with a step in a drawn sub-flow, performed by a role that is drawn elsewhere than its lane.
    fn drawn() -> MergeProcesses {
        let process = ProcessId::from_index(0);
        let around = Step { kind: StepKind::SubFlow, ..Step::new(process, "Bake") };
        let clerk = Some(Actor::Role(RoleId::from_index(0)));
        let inside = Step { parent: Some(StepId::from_index(0)), performer: clerk, ..Step::new(process, "Knead") };
        let frame = Some(Area::new(0.0, 0.0, 300.0, 100.0));
        let lanes = vec![Lane { frame, ..Lane::new(clerk) }];
        let kind = ViewKind::Process { process, lanes, direction: FlowDirection::LeftToRight };
        let view = ViewId::from_index(0);
        let center = Some(Point::new(500.0, 400.0));
        let inside_picture = Placement { center, ..Placement::unplaced(view, StepId::from_index(1).into()) };
        MergeProcesses {
            source: "bread.bpmn".to_owned(),
            roles: vec![new(Role::new("Baker"))],
            processes: vec![new(Process::new("Bread"))],
            steps: vec![new(around), new(inside)],
            views: vec![MergedView {
                view: new(View::new("Bread", kind)),
                placements: vec![inside_picture],
                replaces: true,
            }],
            ..MergeProcesses::default()
        }
    }

    #[test]
    fn references_lead_to_the_new_elements_and_pictures_stay_as_drawn() {
        let mut base = Document::default();
        base.insert(Process::new("Other"));
        base.insert(Role::new("Other"));
        let applied = apply(&base, &drawn().into()).unwrap();
        let document = applied.document;
        assert_eq!(applied.label, "Import “bread.bpmn”");
        assert_eq!(integrity::check(&document), []);
        let (_, knead) = document.steps().iter().nth(1).unwrap();
        assert_eq!(document.name_of(knead.parent.unwrap().into()), "Bake");
        assert_eq!(document.name_of(knead.performer.unwrap().into()), "Baker");
        assert_eq!(document.name_of(knead.process.into()), "Bread");
        let places: Vec<_> = document.placements().iter().map(|(_, placement)| placement.center).collect();
        assert_eq!(places, [Some(Point::new(500.0, 400.0))], "neither moved into its lane nor joined by others");
    }

    #[test]
    fn a_second_time_updates_what_is_stated_and_keeps_the_rest() {
        let mut document = apply(&Document::default(), &drawn().into()).unwrap().document;
        let step = document.steps().ids().nth(1).unwrap();
        document.get_mut::<Step>(step).unwrap().work = Some(Minutes(7.0));
        let mut again = drawn();
        again.roles[0].target = Target::Existing(document.roles().ids().next().unwrap());
        again.processes[0].target = Target::Existing(document.processes().ids().next().unwrap());
        again.steps[0].target = Target::Existing(document.steps().ids().next().unwrap());
        again.steps[1].target = Target::Existing(step);
        again.steps[1].record.name = "Fold".to_owned();
        again.views[0].view.target = Target::Existing(document.views().ids().next().unwrap());
        again.views[0].placements[0].center = Some(Point::new(10.0, 20.0));
        let after = apply(&document, &again.into()).unwrap().document;
        assert_eq!((after.steps().len(), after.placements().len(), after.views().len()), (2, 1, 1));
        let record = after.get::<Step>(step).unwrap();
        assert_eq!((record.name.as_str(), record.work), ("Fold", Some(Minutes(7.0))));
        assert_eq!(after.placements().iter().next().unwrap().1.center, Some(Point::new(10.0, 20.0)));
    }

    #[test]
    fn a_reference_out_of_the_lists_is_an_error() {
        let mut edit = drawn();
        edit.steps[1].record.parent = Some(StepId::from_index(9));
        assert!(apply(&Document::default(), &edit.into()).is_err());
    }
}
