//! Steps of a flow into a flow of their own: a sub-flow, or a process that a call carries out.

mod cut;
mod pictures;

use std::collections::BTreeMap;

use crate::edit::rules::{flow_fits, need_view};
use crate::edit::wording::quoted;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;
use cut::Cut;

/// What extracted steps become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExtractedAs {
    /// The inside of a sub-flow of the same process.
    #[default]
    SubFlow,
    /// A process of its own, which others can call, too.
    Process,
}

/// Puts connected nodes with one way in and one way out behind a new step, which stands in their place.
///
/// They keep their performers, rights, links and the flows between them; a start and an end event are added. What leads
/// to them leads to the new step; what leaves them leaves it, and the condition of a gateway stays with its gateway. The
/// new step is performed by who performs most of them. What is inside them, on their borders, and joined to nothing but
/// them goes along, into a view of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Extract {
    /// The view in which they are selected.
    pub view: ViewId,
    /// Nodes; other elements are passed over.
    pub elements: Vec<ElementRef>,
    /// Name of the new step, process and view.
    pub name: String,
    /// What they become.
    pub becomes: ExtractedAs,
}

impl Extract {
    /// How many nodes would move, those inside others among them.
    ///
    /// # Errors
    /// The reason why these nodes cannot be cut out.
    pub fn measure(document: &Document, elements: &[ElementRef]) -> Result<usize, String> {
        Cut::of(document, elements).map(|cut| cut.all.len())
    }

    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        if self.name.trim().is_empty() {
            return Err("The new step needs a name.".to_owned());
        }
        let cut = Cut::of(document, &self.elements)?;
        let mut draft = Transaction::new(document);
        let step = self.cut_out(&mut draft, &cut).map_err(|error| error.to_string())?;
        let draft = draft.document();
        let step = FlowNode::Step(step);
        let mut at_step = draft.flows().iter().filter(|(_, flow)| flow.from == step || flow.to == step);
        at_step.try_for_each(|(_, flow)| flow_fits(draft, flow.from, flow.to))?;
        Ok(true)
    }

    /// Makes the new step and what is behind it; pictures apart.
    fn cut_out(&self, transaction: &mut Transaction, cut: &Cut) -> Result<StepId, EditError> {
        let name = self.name.trim();
        let process = match self.becomes {
            ExtractedAs::SubFlow => cut.process,
            ExtractedAs::Process => transaction.insert(new_process(transaction.document(), cut.process, name)),
        };
        let called = (self.becomes == ExtractedAs::Process).then_some(process);
        let step = transaction.insert(Step {
            kind: if called.is_some() { StepKind::Call } else { StepKind::SubFlow },
            calls: called,
            parent: cut.parent,
            performer: cut.performer(transaction.document()),
            ..Step::new(cut.process, name)
        });
        let parent = if called.is_some() { None } else { Some(step) };
        for node in &cut.all {
            let parent = if cut.nodes.contains(node) { parent } else { transaction.document().parent_of(*node) };
            seat(transaction, *node, process, parent)?;
        }
        for flow in &cut.inner {
            transaction.update(*flow, |flow: &mut Flow| flow.process = process)?;
        }
        let event = |kind, node: FlowNode, document: &Document| Event {
            parent,
            performer: document.performer_of(node),
            ..Event::new(process, kind, "")
        };
        let start = event(EventKind::Start, cut.entry, transaction.document());
        let end = event(EventKind::End, cut.exit, transaction.document());
        let (start, end) = (transaction.insert(start), transaction.insert(end));
        transaction.insert(Flow::new(process, FlowNode::Event(start), cut.entry));
        for flow in &cut.entries {
            transaction.update(*flow, |flow: &mut Flow| flow.to = FlowNode::Step(step))?;
        }
        self.lead_out(transaction, cut, process, end, step)?;
        Ok(step)
    }

    /// Leads the way out to the end event, and on from the new step. What a gateway asks for stays with the gateway.
    fn lead_out(
        &self,
        transaction: &mut Transaction,
        cut: &Cut,
        process: ProcessId,
        end: EventId,
        step: StepId,
    ) -> Result<(), EditError> {
        let mut inner = Flow::new(process, cut.exit, FlowNode::Event(end));
        let decides = matches!(cut.exit, FlowNode::Gateway(_));
        if let Some(flow) = transaction.document().get::<Flow>(cut.leaving).filter(|_| decides) {
            inner.name.clone_from(&flow.name);
            inner.condition.clone_from(&flow.condition);
            (inner.probability, inner.is_default) = (flow.probability, flow.is_default);
        }
        transaction.insert(inner);
        transaction.update(cut.leaving, |flow: &mut Flow| {
            flow.from = FlowNode::Step(step);
            if decides {
                (flow.name, flow.condition) = (String::new(), String::new());
                (flow.probability, flow.is_default) = (None, false);
            }
        })
    }
}

fn new_process(document: &Document, of: ProcessId, name: &str) -> Process {
    let order = document.processes().iter().map(|(_, process)| process.order).max().unwrap_or(0);
    let owner = document.get::<Process>(of).and_then(|process| process.owner);
    Process { order, owner, ..Process::new(name) }
}

/// Seats a node in a process and a sub-flow.
fn seat(
    transaction: &mut Transaction,
    node: FlowNode,
    process: ProcessId,
    parent: Option<StepId>,
) -> Result<(), EditError> {
    match node {
        FlowNode::Step(id) => transaction.update(id, |step: &mut Step| (step.process, step.parent) = (process, parent)),
        FlowNode::Gateway(id) => {
            transaction.update(id, |gateway: &mut Gateway| (gateway.process, gateway.parent) = (process, parent))
        }
        FlowNode::Event(id) => {
            transaction.update(id, |event: &mut Event| (event.process, event.parent) = (process, parent))
        }
    }
}

/// Who performs most of some nodes: steps count, others only where there is no step; of equals the first.
fn performer_of_most(document: &Document, nodes: &[FlowNode]) -> Option<Actor> {
    let is_step = |node: &&FlowNode| matches!(node, FlowNode::Step(_));
    let has_step = nodes.iter().any(|node| is_step(&node));
    let mut counts: BTreeMap<Option<Actor>, usize> = BTreeMap::new();
    let mut order: Vec<Option<Actor>> = Vec::new();
    for node in nodes.iter().filter(|node| !has_step || is_step(node)) {
        let performer = document.performer_of(*node);
        *counts.entry(performer).or_default() += 1;
        if !order.contains(&performer) {
            order.push(performer);
        }
    }
    let count = |performer: &Option<Actor>| counts.get(performer).copied().unwrap_or(0);
    order.into_iter().rev().max_by_key(count).flatten()
}

impl EditAction for Extract {
    fn label(&self, _document: &Document) -> String {
        match self.becomes {
            ExtractedAs::SubFlow => format!("Extract {} to a sub-flow", quoted(self.name.trim())),
            ExtractedAs::Process => format!("Extract {} to a process", quoted(self.name.trim())),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let cut = Cut::of(transaction.document(), &self.elements).map_err(EditError::Refused)?;
        let step = self.cut_out(transaction, &cut)?;
        pictures::redraw(transaction, self.view, &cut, step)
    }
}

#[cfg(test)]
mod tests;
