//! A new picture.

use crate::edit::rules::{is_line, need_all, problems_with_new};
use crate::edit::wording::quoted;
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Adds a view that shows these elements, to be arranged; last in the list of views.
#[derive(Clone, Debug, PartialEq)]
pub struct AddView {
    /// The view; its order is set.
    pub view: View,
    /// What it shows. Lines need not be named: they are shown wherever both their ends are.
    pub contents: Vec<ElementRef>,
}

impl AddView {
    fn check(&self, document: &Document) -> Result<bool, String> {
        if self.view.name.trim().is_empty() {
            return Err("A view needs a name.".to_owned());
        }
        need_all(document, self.contents.iter().copied())?;
        let fits = |element: &ElementRef| integrity::can_show(&self.view.kind, *element);
        if !self.contents.iter().all(fits) {
            return Err("This kind of view cannot show all of these elements.".to_owned());
        }
        problems_with_new(document, &Record::from(self.view.clone())).map(|()| true)
    }
}

impl EditAction for AddView {
    fn label(&self, _document: &Document) -> String {
        format!("Add view {}", quoted(&self.view.name))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let order = transaction.document().views().iter().map(|(_, view)| view.order).max().unwrap_or(0);
        let view = transaction.insert(View { order, ..self.view.clone() });
        let mut pictures = crate::edit::pictures::Pictures::of(transaction.document(), view);
        for element in &self.contents {
            if !is_line(*element) {
                pictures.change(transaction, *element, |_| {})?;
            }
        }
        Ok(())
    }
}
