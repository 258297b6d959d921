//! “Who decides?” in the window: the question in the panel, those asked before, and the replies that came in.
//!
//! Replies are worked out beside the window and kept by version and question: drawing asks for one, the logic has it
//! made where it is missing, and until it is there the panel shows the one before.

use std::sync::Arc;

use super::command::Command;
use super::core::Core;
use crate::analysis::decide::{Inquiry, Reply};
use crate::model::*;

/// How many replies are kept.
const MOST_KEPT: usize = 12;
/// How many questions are remembered.
const MOST_REMEMBERED: usize = 8;

/// The replies that came in, and the questions under way.
#[derive(Clone, Debug, Default)]
pub struct Replies {
    kept: Vec<(Revision, Inquiry, Arc<Reply>)>,
    asked: Vec<(Revision, Inquiry)>,
}

impl Replies {
    /// The reply to a question about a version.
    pub fn to(&self, revision: Revision, inquiry: &Inquiry) -> Option<&Arc<Reply>> {
        let found = self.kept.iter().find(|(of, kept, _)| *of == revision && kept == inquiry);
        found.map(|(.., reply)| reply)
    }

    /// The newest reply about the same decision, while a better one is under way.
    fn nearest(&self, inquiry: &Inquiry) -> Option<&Arc<Reply>> {
        let found = self.kept.iter().rev().find(|(_, kept, _)| kept.decision == inquiry.decision);
        found.map(|(.., reply)| reply)
    }

    /// Whether a question is to be worked out: it is neither answered nor under way. From now on it is.
    pub(super) fn begin(&mut self, revision: Revision, inquiry: &Inquiry) -> bool {
        let is_known = self.to(revision, inquiry).is_some()
            || self.asked.iter().any(|(of, asked)| *of == revision && asked == inquiry);
        if !is_known {
            self.asked.push((revision, inquiry.clone()));
        }
        !is_known
    }

    /// Takes a reply; none where the decision is not there any more.
    pub(super) fn take(&mut self, revision: Revision, inquiry: Inquiry, reply: Option<Arc<Reply>>) {
        self.asked.retain(|(of, asked)| !(*of == revision && *asked == inquiry));
        if let Some(reply) = reply {
            self.kept.push((revision, inquiry, reply));
            let excess = self.kept.len().saturating_sub(MOST_KEPT);
            self.kept.drain(..excess);
        }
    }
}

/// The reply to a question about the present version; where it is not there yet, it is wished for, and the one before
/// comes with `false`.
pub fn reply_to<'a>(core: &'a Core, inquiry: &Inquiry, commands: &mut Vec<Command>) -> Option<(&'a Reply, bool)> {
    let revision = core.document().revision();
    if let Some(reply) = core.replies.to(revision, inquiry) {
        return Some((reply, true));
    }
    commands.push(Command::Ask(Box::new(inquiry.clone())));
    core.replies.nearest(inquiry).map(|reply| (&**reply, false))
}

/// What the panel remembers.
#[derive(Debug, Default)]
pub struct LookupState {
    /// The question; none before a decision is chosen.
    pub inquiry: Option<Inquiry>,
    /// Questions asked before, the newest first.
    pub earlier: Vec<Inquiry>,
    /// The selection that was looked at last.
    followed: Option<ElementRef>,
    /// Whether the keyboard goes into the first field that is empty.
    pub wants_focus: bool,
}

impl LookupState {
    /// Asks something else; the question so far is remembered.
    pub fn ask(&mut self, inquiry: Option<Inquiry>) {
        if self.inquiry == inquiry {
            return;
        }
        if let Some(before) = std::mem::replace(&mut self.inquiry, inquiry) {
            self.earlier.retain(|known| *known != before);
            self.earlier.insert(0, before);
            self.earlier.truncate(MOST_REMEMBERED);
        }
        let now = self.inquiry.clone();
        self.earlier.retain(|known| Some(known) != now.as_ref());
    }

    /// Turns to the decision that the selection is about, where it became another one.
    pub fn follow(&mut self, core: &Core) {
        let selected = core.single_selection();
        if self.followed == selected {
            return;
        }
        self.followed = selected;
        let decision = selected.and_then(|element| decision_of(core.document(), element));
        if let Some(decision) = decision.filter(|decision| self.decision() != Some(*decision)) {
            self.ask(Some(Inquiry::about(decision)));
        }
    }

    /// Looks at the selection again, whatever was asked since.
    pub fn unfollow(&mut self) {
        self.followed = None;
    }

    /// Leaves the present selection aside: a question was asked in another way.
    pub fn look_away(&mut self, core: &Core) {
        self.followed = core.single_selection();
    }

    /// Which decision the question is about.
    pub fn decision(&self) -> Option<DecisionId> {
        self.inquiry.as_ref().map(|inquiry| inquiry.decision)
    }

    /// Forgets what the document no longer has.
    pub fn keep_valid(&mut self, document: &Document) {
        let is_there = |inquiry: &Inquiry| document.decisions().contains(inquiry.decision);
        self.inquiry = self.inquiry.take().filter(is_there);
        self.earlier.retain(is_there);
        for inquiry in self.inquiry.iter_mut().chain(&mut self.earlier) {
            inquiry.unit = inquiry.unit.filter(|unit| document.units().contains(*unit));
            inquiry.away.retain(|actor| document.contains((*actor).into()));
        }
    }
}

/// The decision that an element is about: itself, that of a right, the first one of a step or gateway.
pub fn decision_of(document: &Document, element: ElementRef) -> Option<DecisionId> {
    let taken_at = |takes: &dyn Fn(&Decision) -> bool| {
        document.decisions().iter().find(|(_, decision)| takes(decision)).map(|(id, _)| id)
    };
    match element {
        ElementRef::Decision(id) => Some(id),
        ElementRef::Right(id) => match document.get::<Right>(id)?.subject {
            Subject::Decision(id) => Some(id),
            Subject::Step(step) => taken_at(&|decision| decision.steps.contains(&step)),
        },
        ElementRef::Step(id) => taken_at(&|decision| decision.steps.contains(&id)),
        ElementRef::Gateway(id) => {
            let own = document.get::<Gateway>(id).and_then(|gateway| gateway.decision);
            own.or_else(|| taken_at(&|decision| decision.gateways.contains(&id)))
        }
        _ => None,
    }
}
