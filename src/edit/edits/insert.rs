//! New elements.

use crate::edit::rules::{all_finite, can_flow, is_line, need_view, reason};
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Adds records as they are. They may refer to what exists, not to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Insert {
    /// What to add.
    pub records: Vec<Record>,
    /// Views in which the new elements (but lines) are shown, with their centre where it is known; each view once.
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

    fn check(&self, document: &Document) -> Result<bool, String> {
        let mut draft = document.clone();
        let mut elements: Vec<ElementRef> = Vec::with_capacity(self.records.len());
        for record in &self.records {
            if let Record::Flow(flow) = record
                && let Verdict::No(reason) = can_flow(&draft, flow.from, flow.to)
            {
                return Err(reason);
            }
            elements.push(record.clone().draft_into(&mut draft));
        }
        for (index, (view, center)) in self.show_in.iter().enumerate() {
            need_view(document, *view)?;
            if self.show_in.iter().take(index).any(|(other, _)| other == view) {
                return Err("The view is named twice.".to_owned());
            }
            all_finite(center)?;
            if !elements.iter().all(|element| super::fits_view(&draft, *view, *element)) {
                return Err("The view cannot show this kind of element.".to_owned());
            }
        }
        // One by one is quicker for few, all at once for many.
        let problem = if elements.len() <= 32 {
            elements.iter().find_map(|element| integrity::check_element(&draft, *element).into_iter().next())
        } else {
            let old = integrity::check(document);
            integrity::check(&draft).into_iter().find(|problem| !old.contains(problem))
        };
        match problem {
            Some(problem) => Err(reason(&draft, &problem)),
            None => Ok(!elements.is_empty()),
        }
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

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        for record in &self.records {
            let element = record.clone().insert(transaction);
            for (view, center) in &self.show_in {
                if is_line(element) {
                    continue;
                }
                let placement = Placement { center: *center, ..Placement::unplaced(*view, element) };
                transaction.insert(placement);
            }
        }
        Ok(())
    }
}
