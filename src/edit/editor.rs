//! The present version of a document, and the way back and forth between versions.
//!
//! A step of the history holds both versions; they share all that did not change, so undo is the exchange of one
//! pointer. The limit is memory, not a number of steps. Revisions are never reused: undo goes back to the old value
//! and its number, so results computed for it are valid again. The order is a line: a new step after an undo drops
//! what was undone.

use std::sync::Arc;

use super::{Edit, EditAction as _, EditError, apply};
use crate::model::{Document, ElementRef, Revision};

/// What is selected, in the order of selecting.
pub type Selection = Vec<ElementRef>;

/// Steps with the same merge key no further apart than this become one.
const MERGE_WITHIN_SECS: f64 = 1.0;
/// Memory for versions that are not the present one.
const BUDGET_BYTES: usize = 256 * 1024 * 1024;

/// One step of the history.
#[derive(Clone, Debug)]
pub struct HistoryStep {
    /// Name, in the imperative.
    pub label: String,
    before: Arc<Document>,
    after: Arc<Document>,
    selection_before: Selection,
    selection_after: Selection,
    bytes: usize,
    merge: Option<(String, f64)>,
}

impl HistoryStep {
    /// Whether the step made this element.
    pub fn made(&self, element: ElementRef) -> bool {
        self.after.contains(element) && !self.before.contains(element)
    }
}

/// What a commit did.
#[derive(Clone, Debug, PartialEq)]
pub struct Committed {
    /// Name of the step.
    pub label: String,
    /// Elements made, in order.
    pub created: Vec<ElementRef>,
    /// Whether anything changed; without a change there is no step.
    pub changed: bool,
}

/// A document being edited.
#[derive(Debug)]
pub struct Editor {
    document: Arc<Document>,
    done: Vec<HistoryStep>,
    undone: Vec<HistoryStep>,
    next_revision: u64,
    saved: Revision,
    /// The present selection; undo and redo restore it.
    pub selection: Selection,
}

impl Editor {
    /// Starts with a document as it was loaded or made.
    pub fn new(mut document: Document) -> Self {
        document.set_revision(Revision(1));
        Self {
            document: Arc::new(document),
            done: Vec::new(),
            undone: Vec::new(),
            next_revision: 2,
            saved: Revision(1),
            selection: Vec::new(),
        }
    }

    /// The present version.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Whether the present version differs from the one last saved.
    pub fn is_unsaved(&self) -> bool {
        self.saved != self.document.revision()
    }

    /// Remembers that a version was saved.
    pub fn mark_saved(&mut self, revision: Revision) {
        self.saved = revision;
    }

    /// Remembers that no version was saved: of a project that has no file.
    pub fn mark_never_saved(&mut self) {
        self.saved = Revision(0);
    }

    /// Applies an edit as one step. `now_secs` is any clock that only grows; it decides what merges.
    ///
    /// # Errors
    /// The reason why it was refused; the document is as before.
    pub fn commit(&mut self, edit: &Edit, now_secs: f64) -> Result<Committed, EditError> {
        let applied = apply(&self.document, edit)?;
        let changed = applied.changes(&self.document);
        let committed = Committed { label: applied.label.clone(), created: applied.created.clone(), changed };
        if changed {
            let merge = edit.merge_key(&self.document).map(|key| (key, now_secs));
            self.push(applied.label, applied.document, merge);
        }
        Ok(committed)
    }

    /// Applies an edit as part of the last step, so that one undo takes both back: what completes a step, such as a
    /// place for what it made. Without a step it is one of its own.
    ///
    /// # Errors
    /// The reason why it was refused; the document is as before.
    pub fn commit_with_last(&mut self, edit: &Edit, now_secs: f64) -> Result<Committed, EditError> {
        if self.done.is_empty() {
            return self.commit(edit, now_secs);
        }
        let applied = apply(&self.document, edit)?;
        let changed = applied.changes(&self.document);
        let committed = Committed { label: applied.label, created: applied.created, changed };
        if changed {
            self.replace_present(applied.document);
        }
        Ok(committed)
    }

    /// Takes a version that other edits have made of the present one, such as an import beside the window, as one step.
    /// Whether it differs.
    pub fn commit_version(&mut self, label: &str, document: Document, now_secs: f64) -> bool {
        let differs =
            document.project() != self.document.project() || !document.changes_since(&self.document).is_empty();
        if differs {
            self.push(label.to_owned(), document, Some((format!("version {}", self.next_revision), now_secs)));
        }
        differs
    }

    /// Applies an edit that is no step and makes nothing unsaved: a first arrangement of what a file left without
    /// places. It can be made again at any time, so nothing is lost with it.
    ///
    /// # Errors
    /// The reason why it was refused; the document is as before.
    pub fn amend(&mut self, edit: &Edit) -> Result<(), EditError> {
        let applied = apply(&self.document, edit)?;
        if applied.changes(&self.document) {
            let was_saved = !self.is_unsaved();
            self.replace_present(applied.document);
            if was_saved {
                self.saved = self.document.revision();
            }
        }
        Ok(())
    }

    /// Puts a version in the place of the present one, in the last step, too.
    fn replace_present(&mut self, mut document: Document) {
        document.set_revision(Revision(self.next_revision));
        self.next_revision += 1;
        self.document = Arc::new(document);
        self.undone.clear();
        if let Some(last) = self.done.last_mut() {
            last.bytes = self.document.bytes_not_shared_with(&last.before);
            last.after = self.document.clone();
        }
    }

    fn push(&mut self, label: String, mut document: Document, merge: Option<(String, f64)>) {
        document.set_revision(Revision(self.next_revision));
        self.next_revision += 1;
        let after = Arc::new(document);
        let before = std::mem::replace(&mut self.document, after.clone());
        self.undone.clear();
        let selection = self.selection.clone();
        if let Some(last) = self.done.last_mut()
            && merges(last.merge.as_ref(), merge.as_ref())
        {
            last.bytes = after.bytes_not_shared_with(&last.before);
            last.after = after;
            last.selection_after = selection;
            last.merge = merge;
            return;
        }
        let bytes = after.bytes_not_shared_with(&before);
        self.done.push(HistoryStep {
            label,
            before,
            after,
            selection_before: selection.clone(),
            selection_after: selection,
            bytes,
            merge,
        });
        self.forget_beyond_budget();
    }

    fn forget_beyond_budget(&mut self) {
        let mut bytes: usize = self.done.iter().map(|step| step.bytes).sum();
        let mut forget = 0;
        for step in &self.done {
            if bytes <= BUDGET_BYTES || forget + 1 >= self.done.len() {
                break;
            }
            bytes -= step.bytes;
            forget += 1;
        }
        self.done.drain(..forget);
    }

    /// Records the selection that belongs to the present version, so that redo restores it.
    pub fn note_selection_after(&mut self) {
        if let Some(step) = self.done.last_mut() {
            step.selection_after.clone_from(&self.selection);
        }
    }

    /// Goes back one step; its label.
    pub fn undo(&mut self) -> Option<String> {
        let mut step = self.done.pop()?;
        self.document = step.before.clone();
        self.selection.clone_from(&step.selection_before);
        step.merge = None;
        let label = step.label.clone();
        self.undone.push(step);
        Some(label)
    }

    /// Goes forth one step; its label.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.undone.pop()?;
        self.document = step.after.clone();
        self.selection.clone_from(&step.selection_after);
        let label = step.label.clone();
        self.done.push(step);
        Some(label)
    }

    /// Whether the version after so many steps is the one that was saved last.
    pub fn is_saved_at(&self, steps: usize) -> bool {
        let undone = self.undone.iter().rev();
        let mut all = self.done.iter().chain(undone);
        let version = match steps.checked_sub(1) {
            Some(last) => all.nth(last).map(|step| &step.after),
            None => Some(all.next().map_or(&self.document, |step| &step.before)),
        };
        version.is_some_and(|version| version.revision() == self.saved)
    }

    /// Steps that can be undone, the oldest first.
    pub fn done(&self) -> &[HistoryStep] {
        &self.done
    }

    /// Steps that can be redone, the one to be redone next last.
    pub fn undone(&self) -> &[HistoryStep] {
        &self.undone
    }
}

fn merges(last: Option<&(String, f64)>, next: Option<&(String, f64)>) -> bool {
    match (last, next) {
        (Some((last_key, last_secs)), Some((next_key, next_secs))) => {
            last_key == next_key && next_secs - last_secs <= MERGE_WITHIN_SECS
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Insert;
    use crate::model::Unit;

    fn editor_with(names: &[&str]) -> Editor {
        let mut editor = Editor::new(Document::default());
        for name in names {
            editor.commit(&Insert::one(Unit::new(*name)).into(), 0.0).unwrap();
        }
        editor
    }

    #[test]
    fn undo_and_redo_walk_the_same_versions_with_their_revisions() {
        let mut editor = editor_with(&["Office", "Bakehouse"]);
        let end = editor.document().clone();
        assert_eq!(editor.undo().as_deref(), Some("Add unit “Bakehouse”"));
        assert_eq!(editor.document().units().len(), 1);
        editor.undo();
        assert_eq!(editor.undo(), None);
        assert!(!editor.is_unsaved());
        editor.redo();
        editor.redo();
        assert!(Arc::ptr_eq(editor.document(), &end));
        assert_eq!(editor.redo(), None);
    }

    #[test]
    fn a_new_step_after_an_undo_has_a_revision_of_its_own() {
        let mut editor = editor_with(&["Office"]);
        let first = editor.document().revision();
        editor.undo();
        editor.commit(&Insert::one(Unit::new("Shop")).into(), 0.0).unwrap();
        assert_ne!(editor.document().revision(), first);
        assert!(editor.undone().is_empty());
    }
}
