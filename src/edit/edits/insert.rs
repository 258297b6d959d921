//! New elements.

use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Adds records as they are. They may refer to what exists, not to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Insert {
    /// What to add.
    pub records: Vec<Record>,
    /// Views in which the new elements are shown, with their centre where it is known.
    pub show_in: Vec<(ViewId, Option<Point>)>,
}

impl Insert {
    /// Adds one record, shown where the behaviours show it.
    pub fn one(record: impl Into<Record>) -> Self {
        Self { records: vec![record.into()], show_in: Vec::new() }
    }

    /// Adds one record and shows it in a view with this centre.
    pub fn at(record: impl Into<Record>, view: ViewId, center: Point) -> Self {
        Self { records: vec![record.into()], show_in: vec![(view, Some(center))] }
    }
}

impl EditAction for Insert {
    fn label(&self, _document: &Document) -> String {
        match self.records.as_slice() {
            [one] if one.name().is_empty() => format!("Add {}", one.kind().word()),
            [one] => format!("Add {} “{}”", one.kind().word(), one.name()),
            many => format!("Add {} elements", many.len()),
        }
    }

    fn can_apply(&self, _document: &Document) -> Verdict {
        if self.records.is_empty() { Verdict::Ignore } else { Verdict::Yes }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        for record in &self.records {
            let element = record.clone().insert(transaction);
            for (view, center) in &self.show_in {
                let placement = Placement { center: *center, ..Placement::unplaced(*view, element) };
                transaction.insert(placement);
            }
        }
        Ok(())
    }
}
