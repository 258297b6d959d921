//! Whether a board draws what connects the things on it.

use crate::edit::rules::need_view;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Lets a board draw the lines that the model has between what it shows, or hides them. The model stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct SetConnections {
    /// The board.
    pub view: ViewId,
    /// Whether they are drawn.
    pub shown: bool,
}

impl SetConnections {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let view = need_view(document, self.view)?;
        if !matches!(view.kind, ViewKind::Board) {
            return Err("Only boards can hide connections.".to_owned());
        }
        Ok(view.connections != self.shown)
    }
}

impl EditAction for SetConnections {
    fn label(&self, _document: &Document) -> String {
        if self.shown { "Show connections".to_owned() } else { "Hide connections".to_owned() }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        transaction.update(self.view, |view: &mut View| view.connections = self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Connect, Editor, apply};

    #[test]
    fn a_board_shows_connections_on_request_and_once_one_is_drawn_by_hand() {
        let mut document = Document::default();
        let [unit, role] = [ElementRef::from(document.insert(Unit::new("Shop"))), document.insert(Role::new("Clerk")).into()];
        let view = document.insert(View::new("Board", ViewKind::Board));
        let shows = |document: &Document| document.get::<View>(view).unwrap().connections;
        let on = apply(&document, &SetConnections { view, shown: true }.into()).unwrap();
        assert_eq!((on.label.as_str(), shows(&on.document)), ("Show connections", true));
        assert_eq!(SetConnections { view, shown: true }.can_apply(&on.document), Verdict::Ignore);
        let mut editor = Editor::new(document);
        editor.commit(&Connect { from: role, to: unit, view: Some(view) }.into(), 0.0).unwrap();
        assert!(shows(editor.document()));
        editor.undo();
        assert!(!shows(editor.document()));
    }
}
