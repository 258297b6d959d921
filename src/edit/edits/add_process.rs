//! A new process with its picture.

use crate::edit::wording::quoted;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Adds a process and a process view of the same name, both last in their lists.
#[derive(Clone, Debug, PartialEq)]
pub struct AddProcess {
    /// Name of both.
    pub name: String,
}

impl EditAction for AddProcess {
    fn label(&self, _document: &Document) -> String {
        format!("Add process {}", quoted(&self.name))
    }

    fn can_apply(&self, _document: &Document) -> Verdict {
        if self.name.trim().is_empty() { Verdict::No("A process needs a name.".to_owned()) } else { Verdict::Yes }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let document = transaction.document();
        let order = document.processes().iter().map(|(_, process)| process.order).max().unwrap_or(0);
        let view_order = document.views().iter().map(|(_, view)| view.order).max().unwrap_or(0);
        let process = transaction.insert(Process { order, ..Process::new(&*self.name) });
        let kind = ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
        transaction.insert(View { order: view_order, ..View::new(&*self.name, kind) });
        Ok(())
    }
}
