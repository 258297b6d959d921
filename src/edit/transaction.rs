//! The only door through which a document changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::behaviors::BEHAVIORS;
use super::{Edit, EditAction as _, EditError, Verdict};
use crate::model::*;

/// A change in the making: a copy of the document, and what was made in it.
#[derive(Debug)]
pub struct Transaction {
    document: Document,
    created: Vec<ElementRef>,
    placed: BTreeSet<PlacementId>,
    drawn: BTreeSet<ViewId>,
}

impl Transaction {
    pub(super) fn new(document: &Document) -> Self {
        Self { document: document.clone(), created: Vec::new(), placed: BTreeSet::new(), drawn: BTreeSet::new() }
    }

    /// Marks a picture as placed by the edit itself, even where it stays in its place: it follows nothing.
    pub(super) fn mark_placed(&mut self, placement: PlacementId) {
        self.placed.insert(placement);
    }

    /// Whether the edit itself has placed a picture.
    pub(super) fn is_placed(&self, placement: PlacementId) -> bool {
        self.placed.contains(&placement)
    }

    /// The document as it is in the middle of the change.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Elements made so far, in order.
    pub fn created(&self) -> &[ElementRef] {
        &self.created
    }

    /// Notes that the edit has drawn a view as a whole: consequences add nothing to it and move nothing in it.
    pub fn keep_as_drawn(&mut self, view: ViewId) {
        self.drawn.insert(view);
    }

    /// Whether the edit has drawn this view as a whole.
    pub fn is_as_drawn(&self, view: ViewId) -> bool {
        self.drawn.contains(&view)
    }

    /// Adds a record. An unset or taken key is replaced by a free one.
    pub fn insert<E: Element>(&mut self, record: E) -> E::Id {
        let id = self.document.insert(record);
        self.created.push(id.into());
        id
    }

    /// Changes a record in place. Its key must stay.
    pub fn update<E: Element>(&mut self, id: E::Id, change: impl FnOnce(&mut E)) -> Result<(), EditError> {
        let Some(current) = self.document.get::<E>(id) else { return Err(EditError::Missing(E::KIND.word())) };
        let mut next = current.clone();
        change(&mut next);
        // A record that stays the same stays shared, so that nothing counts as changed.
        if next != *current
            && let Some(slot) = self.document.get_mut::<E>(id)
        {
            *slot = next;
        }
        Ok(())
    }

    /// Takes a record away. References to it are the caller's concern; see `edits::remove`.
    pub fn remove(&mut self, element: ElementRef) -> bool {
        self.created.retain(|created| *created != element);
        self.document.remove_element(element)
    }

    /// Changes what is true of the whole project.
    pub fn update_project(&mut self, change: impl FnOnce(&mut Project)) {
        let mut next = self.document.project().clone();
        change(&mut next);
        if next != *self.document.project() {
            *self.document.project_mut() = next;
        }
    }
}

/// What an edit made of a document.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The next version; its revision is still that of the version it came from.
    pub document: Document,
    /// Elements that the edit made, in order.
    pub created: Vec<ElementRef>,
    /// Name of the step.
    pub label: String,
}

/// Applies an edit to a copy of a document, with all its consequences. For previews, too.
///
/// # Errors
/// The reason why a rule refuses it, or what it needs and cannot find.
pub fn apply(document: &Document, edit: &Edit) -> Result<Applied, EditError> {
    let verdict = edit.can_apply(document);
    let label = edit.label(document);
    let mut transaction = Transaction::new(document);
    if verdict == Verdict::Ignore {
        return Ok(Applied { document: transaction.document, created: Vec::new(), label });
    }
    verdict.into_result()?;
    edit.apply(&mut transaction)?;
    for behavior in BEHAVIORS {
        (behavior.run)(document, &mut transaction)?;
    }
    debug_assert_eq!(first_new_problem(document, &transaction.document), None, "“{label}” broke an invariant");
    Ok(Applied { document: transaction.document, created: transaction.created, label })
}

/// The first broken invariant that the older version did not have, described.
fn first_new_problem(before: &Document, after: &Document) -> Option<String> {
    let old = integrity::check(before);
    integrity::check(after).into_iter().find(|problem| !old.contains(problem)).map(|problem| problem.describe(after))
}

impl Applied {
    /// Whether anything changed against the version it came from.
    pub fn changes(&self, before: &Document) -> bool {
        self.document.project() != before.project() || !self.document.changes_since(before).is_empty()
    }

    /// The version as a shared value.
    pub fn into_shared(self) -> Arc<Document> {
        Arc::new(self.document)
    }
}
