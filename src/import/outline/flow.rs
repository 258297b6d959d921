//! Lines of a process become nodes and flows: what follows what, where branches begin and meet again, and which steps
//! are meant that exist already.
//!
//! A branch begins with its condition behind the innermost question of which no branch with this condition exists. The
//! next line without a condition that is not indented deeper than the question ends its branches: all of them lead
//! there. A question with one branch only leads there itself, too.

mod branches;
mod finish;
mod known;

use std::collections::BTreeMap;

use self::branches::Split;
use self::known::{Known, open_questions};
use super::Answers;
use super::actors::Actors;
use super::items::{Condition, Follows, Item, Kind, items};
use super::lines::Line;
use crate::edit::{Record, WrittenEnd, WrittenFlow, WrittenNode, WrittenPerformer};
use crate::import::headings::folded;
use crate::model::*;

/// An open end: the next node follows it.
#[derive(Clone, Debug, PartialEq)]
struct Tail {
    from: WrittenEnd,
    condition: Option<Condition>,
}

impl Tail {
    fn plain(from: WrittenEnd) -> Self {
        Self { from, condition: None }
    }
}

/// Writes lines and items into a process.
pub(super) struct Writer<'a> {
    process: ProcessId,
    parent: Option<StepId>,
    known: Known<'a>,
    actors: Actors<'a>,
    nodes: Vec<WrittenNode>,
    flows: Vec<WrittenFlow>,
    by_name: BTreeMap<String, Vec<usize>>,
    tails: Vec<Tail>,
    splits: Vec<Split>,
    performer: Option<WrittenPerformer>,
    problems: Vec<String>,
}

impl<'a> Writer<'a> {
    /// Goes on from these nodes.
    pub(super) fn new(document: &'a Document, process: ProcessId, anchors: &[FlowNode], answers: &'a Answers) -> Self {
        let parent = anchors.first().and_then(|anchor| document.parent_of(*anchor));
        let older = |(gateway, conditions, performer): (GatewayId, Vec<String>, Option<Actor>)| {
            let gateway = WrittenEnd::Known(FlowNode::Gateway(gateway));
            Split { is_older: true, conditions, ..Split::new(gateway, 0, performer.map(WrittenPerformer::Known)) }
        };
        let performer = anchors.iter().rev().find_map(|anchor| document.performer_of(*anchor));
        Self {
            process,
            parent,
            known: Known::new(document, process, parent),
            actors: Actors::new(document, answers, process),
            nodes: Vec::new(),
            flows: Vec::new(),
            by_name: BTreeMap::new(),
            tails: anchors.iter().map(|anchor| Tail::plain(WrittenEnd::Known(*anchor))).collect(),
            splits: open_questions(document, anchors).into_iter().rev().map(older).collect(),
            performer: performer.map(WrittenPerformer::Known),
            problems: Vec::new(),
        }
    }

    /// Reads lines.
    pub(super) fn lines(&mut self, lines: &[Line<'_>]) {
        for line in lines {
            let items = items(line.text);
            for (index, item) in items.iter().enumerate() {
                let leads_on = items.get(index + 1).is_some_and(|next| next.follows == Follows::Arrow);
                self.item(item, line.depth, leads_on);
            }
        }
    }

    /// Adds what an item says; `leads_on` where another one follows by an arrow.
    pub(super) fn item(&mut self, item: &Item, depth: usize, leads_on: bool) {
        match &item.condition {
            Some(condition) => self.open_branch(condition, depth),
            None if item.follows == Follows::Anew && !item.name_is_missing() => self.close(depth),
            None => {}
        }
        if let Some(written) = &item.performer {
            self.performer = Some(self.actors.find(written));
        }
        if item.name_is_missing() {
            return;
        }
        let stated = item.performer.as_ref().and(self.performer);
        match self.named_before(item, stated) {
            Some(end) => self.go_to(end, item, depth, leads_on),
            None if item.kind == Kind::Back => {
                self.problems.push(format!("There is no step “{}” to go back to.", item.name));
            }
            None => self.add(item, depth),
        }
    }

    /// The node that an item names, if there is one already.
    fn named_before(&self, item: &Item, performer: Option<WrittenPerformer>) -> Option<WrittenEnd> {
        if matches!(item.kind, Kind::Start | Kind::End) {
            return None;
        }
        let is_of = |own: Option<WrittenPerformer>| performer.is_none() || own.is_none() || own == performer;
        let key = folded(&item.name);
        let asks = |index: &usize| matches!(self.nodes.get(*index).map(|node| &node.record), Some(Record::Gateway(_)));
        let fits = |index: &&usize| match item.kind {
            Kind::Question => asks(index),
            _ => self.nodes.get(**index).is_some_and(|node| is_of(node.performer)),
        };
        let written = self.by_name.get(&key).and_then(|indices| indices.iter().rev().find(fits));
        if let Some(index) = written {
            return Some(WrittenEnd::New(*index));
        }
        let known = self.known.find(&key, item.kind, |actor| is_of(actor.map(WrittenPerformer::Known)));
        known.or_else(|| self.known.like(&item.name).filter(|_| item.kind == Kind::Back)).map(WrittenEnd::Known)
    }

    /// Leads to a node that was named before, or goes on from there where a line begins with it.
    fn go_to(&mut self, end: WrittenEnd, item: &Item, depth: usize, leads_on: bool) {
        let begins = item.follows == Follows::Anew && item.condition.is_none() && item.kind != Kind::Back;
        let is_there = self.tails.iter().all(|tail| tail.from == end);
        let jumps = begins && (leads_on || item.kind == Kind::Question || is_there);
        if !jumps {
            self.connect_to(end);
        }
        self.performer = self.performer_of(end).or(self.performer);
        self.tails = if jumps || leads_on { vec![Tail::plain(end)] } else { Vec::new() };
        let asks = match end {
            WrittenEnd::Known(node) => matches!(node, FlowNode::Gateway(_)),
            WrittenEnd::New(index) => {
                matches!(self.nodes.get(index).map(|node| &node.record), Some(Record::Gateway(_)))
            }
        };
        if asks && (jumps || leads_on) {
            let conditions = self.conditions_of(end);
            self.splits.push(Split { is_older: true, conditions, ..Split::new(end, depth, self.performer) });
        }
    }

    /// Folded conditions of the branches that lead away from a gateway.
    fn conditions_of(&self, end: WrittenEnd) -> Vec<String> {
        let mut conditions = match end {
            WrittenEnd::Known(FlowNode::Gateway(id)) => self.known.conditions_of(id),
            WrittenEnd::Known(_) | WrittenEnd::New(_) => Vec::new(),
        };
        conditions.extend(self.flows.iter().filter(|flow| flow.from == end).map(|flow| folded(&flow.name)));
        conditions
    }

    fn performer_of(&self, end: WrittenEnd) -> Option<WrittenPerformer> {
        match end {
            WrittenEnd::Known(node) => self.known.document.performer_of(node).map(WrittenPerformer::Known),
            WrittenEnd::New(index) => self.nodes.get(index)?.performer,
        }
    }

    fn record(&self, item: &Item) -> Record {
        let (process, parent, name) = (self.process, self.parent, item.name.as_str());
        let event = |kind| Event { parent, ..Event::new(process, kind, name) };
        match item.kind {
            Kind::Question => Gateway { parent, ..Gateway::new(process, GatewayKind::Exclusive, name) }.into(),
            Kind::Start => event(EventKind::Start).into(),
            Kind::End => event(EventKind::End).into(),
            Kind::Step | Kind::Back => Step { parent, ..Step::new(process, name) }.into(),
        }
    }

    fn add(&mut self, item: &Item, depth: usize) {
        let is_start = item.kind == Kind::Start;
        if is_start {
            self.tails.clear();
        } else if self.tails.is_empty() && !self.nodes.is_empty() {
            self.problems.push(format!("Nothing leads to “{}”: the line before it ends or goes back.", item.name));
        }
        let end = self.push(self.record(item));
        match item.kind {
            Kind::Question => self.splits.push(Split::new(end, depth, self.performer)),
            Kind::End => self.tails.clear(),
            _ => {}
        }
    }

    /// Adds a node behind the open ends, which it then is alone.
    fn push(&mut self, record: Record) -> WrittenEnd {
        let index = self.nodes.len();
        let key = folded(record.name());
        if !key.is_empty() {
            self.by_name.entry(key).or_default().push(index);
        }
        self.nodes.push(WrittenNode { record, performer: self.performer });
        let end = WrittenEnd::New(index);
        self.connect_to(end);
        self.tails = vec![Tail::plain(end)];
        end
    }

    fn connect_to(&mut self, to: WrittenEnd) {
        for tail in std::mem::take(&mut self.tails) {
            let exists = match (tail.from, to) {
                (WrittenEnd::Known(from), WrittenEnd::Known(to)) => self.known.leads(from, to),
                _ => false,
            };
            let is_doubled = self.flows.iter().any(|flow| flow.from == tail.from && flow.to == to);
            if tail.from == to || exists || is_doubled {
                continue;
            }
            let (name, probability) = match tail.condition {
                Some(condition) => (condition.text, condition.probability),
                None => (String::new(), None),
            };
            self.flows.push(WrittenFlow { from: tail.from, to, name, probability });
        }
    }

    /// Adds a node that nothing leads to yet, but for the first one, which follows the open ends.
    pub(super) fn stand_alone(&mut self, item: &Item, is_alone: bool) -> Option<WrittenEnd> {
        if let Some(written) = &item.performer {
            self.performer = Some(self.actors.find(written));
        }
        if item.name_is_missing() {
            return None;
        }
        if let Some(end) = self.named_before(item, item.performer.as_ref().and(self.performer)) {
            return Some(end);
        }
        if is_alone {
            self.tails.clear();
        }
        Some(self.push(self.record(item)))
    }

    /// Adds a node behind another one.
    pub(super) fn behind(&mut self, before: WrittenEnd, item: &Item) -> WrittenEnd {
        self.tails = vec![Tail::plain(before)];
        self.push(self.record(item))
    }

    /// Leads from one node to another.
    pub(super) fn lead(&mut self, from: WrittenEnd, to: WrittenEnd, condition: Option<Condition>) {
        self.tails = vec![Tail { from, condition }];
        self.connect_to(to);
    }

    /// Goes on from this node.
    pub(super) fn stay_at(&mut self, end: Option<WrittenEnd>) {
        self.tails = end.map(Tail::plain).into_iter().collect();
    }

    /// Notes what was not understood.
    pub(super) fn problem(&mut self, problem: String) {
        self.problems.push(problem);
    }
}

impl Item {
    fn name_is_missing(&self) -> bool {
        self.name.is_empty() && !matches!(self.kind, Kind::Start | Kind::End)
    }
}
