//! Studies of the ladder beside the window: of the version as it is, and of one with a change that is tried.

use std::sync::Arc;

use crate::analysis::LadderStudy;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::edit::{Edit, apply};
use crate::model::*;

/// What is to be studied.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Whose ladder.
    pub decision: DecisionId,
    /// The version.
    pub document: Arc<Document>,
    /// A change that is tried on it.
    pub edit: Option<Box<Edit>>,
    /// Whether to try out what could be done about each issue, too.
    pub with_remedies: bool,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Whose ladder.
    pub decision: DecisionId,
    /// The version that was asked about.
    pub revision: Revision,
    /// The change that was tried.
    pub edit: Option<Box<Edit>>,
    /// Whether remedies were tried out.
    pub has_remedies: bool,
    /// The version with the change.
    pub document: Arc<Document>,
    /// What was found.
    pub study: LadderStudy,
}

impl Ask {
    /// Does the work.
    pub fn answer(self, today: Option<Date>) -> Answer {
        let Self { decision, document, edit, with_remedies } = self;
        let revision = document.revision();
        let changed = edit.as_ref().and_then(|edit| apply(&document, edit).ok());
        let document = changed.map_or(document, |applied| Arc::new(applied.document));
        let study = LadderStudy::new(&document, decision, today, with_remedies);
        Answer { decision, revision, edit, has_remedies: with_remedies, document, study }
    }
}

/// The newest answers.
#[derive(Default)]
pub(super) struct Studies {
    base: Option<Arc<Answer>>,
    draft: Option<Arc<Answer>>,
    is_busy: bool,
}

impl Studies {
    /// Wishes for what is not known yet, one at a time: what comes in between is left out.
    pub fn ask(&mut self, core: &Core, decision: DecisionId, edit: Option<&Edit>, commands: &mut Vec<Command>) {
        let revision = core.document().revision();
        let base_is_new = self.base.as_ref().is_some_and(|base| base.revision == revision);
        if base_is_new && edit.is_none() {
            self.draft = None;
        }
        if self.is_busy {
            return;
        }
        let draft_is_new = |edit: &Edit| {
            let tried = self.draft.as_ref().filter(|draft| draft.revision == revision);
            tried.and_then(|draft| draft.edit.as_deref()) == Some(edit)
        };
        let edit = match edit {
            _ if !base_is_new => None,
            Some(edit) if !draft_is_new(edit) => Some(Box::new(edit.clone())),
            _ => return,
        };
        self.is_busy = true;
        let document = core.editor.document().clone();
        let with_remedies = edit.is_none();
        commands.push(Command::StudyLadder(Ask { decision, document, edit, with_remedies }));
    }

    /// Takes an answer.
    pub fn take(&mut self, answer: Arc<Answer>) {
        if answer.edit.is_none() && !answer.has_remedies {
            // It was asked for elsewhere.
            return;
        }
        self.is_busy = false;
        match answer.edit {
            Some(_) => self.draft = Some(answer),
            None => self.base = Some(answer),
        }
    }

    /// The version as it is, or was last.
    pub fn base(&self) -> Option<&Arc<Answer>> {
        self.base.as_ref()
    }

    /// What is to be shown: the change that is tried, also until the version that it became is known.
    pub fn shown(&self) -> Option<&Arc<Answer>> {
        self.draft.as_ref().or(self.base.as_ref())
    }

    /// Whether a change is shown that is only tried.
    pub fn shows_draft(&self) -> bool {
        self.draft.is_some()
    }
}
