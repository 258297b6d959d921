//! Branches: where they begin, and where they meet again.

use super::{Tail, Writer};
use crate::edit::{WrittenEnd, WrittenPerformer};
use crate::import::headings::folded;
use crate::import::outline::items::Condition;
use crate::import::outline::words;
use crate::model::*;

/// A gateway whose branches are being written.
#[derive(Debug)]
pub(super) struct Split {
    pub(super) gateway: WrittenEnd,
    pub(super) depth: usize,
    pub(super) is_parallel: bool,
    /// Whether it was there before this text, so that lines without a condition do not end its branches.
    pub(super) is_older: bool,
    pub(super) performer: Option<WrittenPerformer>,
    /// Conditions of its branches, folded.
    pub(super) conditions: Vec<String>,
    /// The condition of its first branch as written.
    pub(super) first_answer: String,
    /// Ends of its finished branches.
    pub(super) ends: Vec<Tail>,
}

impl Split {
    pub(super) fn new(gateway: WrittenEnd, depth: usize, performer: Option<WrittenPerformer>) -> Self {
        Self {
            gateway,
            depth,
            is_parallel: false,
            is_older: false,
            performer,
            conditions: Vec::new(),
            first_answer: String::new(),
            ends: Vec::new(),
        }
    }
}

impl Writer<'_> {
    /// Begins a branch.
    pub(super) fn open_branch(&mut self, condition: &Condition, depth: usize) {
        if condition.is_parallel() {
            return self.open_parallel_branch(depth);
        }
        let answer = folded(&condition.text);
        let waits = |split: &Split| !split.is_parallel && split.depth <= depth && !split.conditions.contains(&answer);
        let Some(place) = self.splits.iter().rposition(waits) else {
            self.problems
                .push(format!("“({})” answers no question: end the question before it with “?”.", condition.text));
            return;
        };
        while self.splits.len() > place + 1 {
            self.close_last();
        }
        let Some(split) = self.splits.last_mut() else { return };
        let from_gateway = self.tails.iter().all(|tail| tail.from == split.gateway);
        if !from_gateway {
            split.ends.append(&mut self.tails);
            if split.conditions.is_empty() {
                // What was written without a condition is a branch, too.
                split.conditions.push(String::new());
            }
        }
        if split.conditions.iter().all(String::is_empty) && split.first_answer.is_empty() {
            split.first_answer.clone_from(&condition.text);
        }
        split.conditions.push(answer);
        split.is_older = false;
        self.performer = split.performer.or(self.performer);
        self.tails = vec![Tail { from: split.gateway, condition: Some(condition.clone()) }];
    }

    fn open_parallel_branch(&mut self, depth: usize) {
        let place = self.splits.iter().rposition(|split| split.is_parallel && split.depth <= depth);
        match place {
            Some(place) => {
                while self.splits.len() > place + 1 {
                    self.close_last();
                }
            }
            None => {
                let gateway = Gateway { parent: self.parent, ..Gateway::new(self.process, GatewayKind::Parallel, "") };
                let gateway = self.push(gateway.into());
                self.splits.push(Split { is_parallel: true, ..Split::new(gateway, depth, self.performer) });
            }
        }
        let Some(split) = self.splits.last_mut() else { return };
        if !self.tails.iter().all(|tail| tail.from == split.gateway) {
            split.ends.append(&mut self.tails);
        }
        split.conditions.push(String::new());
        self.performer = split.performer.or(self.performer);
        self.tails = vec![Tail::plain(split.gateway)];
    }

    /// Ends the branches of gateways that a line of this depth, without a condition, comes behind.
    pub(super) fn close(&mut self, depth: usize) {
        while let Some(split) = self.splits.last() {
            let has_branches = !split.conditions.is_empty();
            if split.is_older || split.depth < depth || !(has_branches || split.depth > depth) {
                break;
            }
            self.close_last();
        }
    }

    /// Ends the branches of the innermost gateway: all of them lead to what comes next.
    fn close_last(&mut self) {
        let Some(split) = self.splits.pop() else { return };
        let mut tails = split.ends;
        tails.append(&mut self.tails);
        let is_single = split.conditions.len() == 1 && !split.is_older && !split.is_parallel;
        if is_single && !split.first_answer.is_empty() {
            let text = words::other_answer(&split.first_answer).to_owned();
            let condition = (!text.is_empty()).then_some(Condition { text, probability: None });
            tails.push(Tail { from: split.gateway, condition });
        }
        self.tails = tails;
        if split.is_parallel && self.tails.len() > 1 {
            let join = Gateway { parent: self.parent, ..Gateway::new(self.process, GatewayKind::Parallel, "") };
            self.push(join.into());
        }
    }
}
