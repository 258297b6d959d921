//! The quick-entry line: text becomes elements while it is typed, shown in place before it is taken over.
//!
//! The line remembers what is typed; the logic reads it with [`outline::draft`](crate::import::outline::draft) whenever
//! it changes, and works out the picture that would come of it. Nothing here changes a document before Enter.

mod ghost;
mod line;

use std::sync::Arc;

pub use self::ghost::{Emphasis, Ghost, ghost};
pub use self::line::line_ui;
use crate::import::outline::{Answers, Draft};
use crate::model::{ElementRef, Revision, ViewId};

/// Entries that the arrow up brings back.
const MOST_ENTRIES: usize = 50;

/// What the line wishes for.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Open it, or bring the keyboard back to it.
    Open,
    /// Open it with this text in it, to be looked at.
    Write(String),
    /// Close it.
    Close,
    /// Take over what is written.
    Commit,
    /// The picture that was worked out beside the window.
    Show(Box<Preview>),
}

/// A picture with what it is of.
#[derive(Clone, Debug)]
pub struct Preview {
    question: Question,
    ghost: Option<Arc<Ghost>>,
}

impl Preview {
    /// A picture of what this asks.
    pub fn new(question: Question, ghost: Option<Ghost>) -> Self {
        Self { question, ghost: ghost.map(Arc::new) }
    }
}

/// Everything on which a draft depends.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Version of the document.
    pub revision: Revision,
    /// The view in front.
    pub view: ViewId,
    /// What is selected.
    pub selection: Vec<ElementRef>,
    /// What is written.
    pub text: String,
    /// What was chosen for names with several meanings.
    pub answers: Answers,
}

/// What the line remembers between frames.
#[derive(Default)]
pub struct QuickEntry {
    is_open: bool,
    text: String,
    answers: Answers,
    wants_focus: bool,
    /// Whether the caret goes to the end when the keyboard comes.
    wants_end: bool,
    entries: Vec<String>,
    recalled: Option<usize>,
    drafted: Option<(Question, Draft)>,
    preview: Option<Preview>,
}

impl QuickEntry {
    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows it and gives it the keyboard.
    pub fn open(&mut self) {
        self.is_open = true;
        self.wants_focus = true;
    }

    /// Shows it with this text.
    pub fn write(&mut self, text: String) {
        self.open();
        self.text = text;
        self.wants_end = true;
        self.recalled = None;
    }

    /// Hides it; what is written stays for the next time.
    pub fn close(&mut self) {
        self.is_open = false;
        self.drafted = None;
        self.preview = None;
    }

    /// Empties it behind an entry that was taken over.
    pub fn done(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.entries.last() != Some(&text) {
            self.entries.push(text);
        }
        let excess = self.entries.len().saturating_sub(MOST_ENTRIES);
        self.entries.drain(..excess);
        self.recalled = None;
        self.answers.clear();
        self.drafted = None;
        self.preview = None;
    }

    /// What is asked now.
    pub fn question(&self, revision: Revision, view: ViewId, selection: &[ElementRef]) -> Question {
        let (text, answers) = (self.text.clone(), self.answers.clone());
        Question { revision, view, selection: selection.to_vec(), text, answers }
    }

    /// Whether this was read already.
    pub fn has_read(&self, question: &Question) -> bool {
        self.drafted.as_ref().is_some_and(|(read, _)| read == question)
    }

    /// Takes over what a text would become. An older picture of the same version stays until the new one is there.
    pub fn read(&mut self, question: Question, draft: Draft) {
        let is_of_version = |preview: &Preview| preview.question.revision == question.revision;
        if draft.edit.is_none() || !self.preview.as_ref().is_some_and(is_of_version) {
            self.preview = None;
        }
        self.drafted = Some((question, draft));
    }

    /// Takes over a picture, if it is of what is written now.
    pub fn show(&mut self, preview: Preview) {
        if self.has_read(&preview.question) {
            self.preview = Some(preview);
        }
    }

    /// What the text would become.
    pub fn draft(&self) -> Option<&Draft> {
        self.drafted.as_ref().map(|(_, draft)| draft)
    }

    /// The picture that would come of it in a view.
    pub fn ghost(&self, view: ViewId) -> Option<Arc<Ghost>> {
        let preview = self.preview.as_ref().filter(|preview| self.is_open && preview.question.view == view)?;
        preview.ghost.clone()
    }
}
