//! A view that bears the name of its process keeps bearing it.

use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let mut renamed: Vec<(ViewId, String)> = Vec::new();
    for (id, change) in document.processes().changes_since(before.processes()) {
        let (Change::Changed, Some(old), Some(new)) = (change, before.get::<Process>(id), document.get::<Process>(id))
        else {
            continue;
        };
        if old.name == new.name {
            continue;
        }
        let views = document.views().iter().filter(|(_, view)| view.process() == Some(id) && view.name == old.name);
        renamed.extend(views.map(|(view, _)| (view, new.name.clone())));
    }
    for (view, name) in renamed {
        transaction.update(view, |view: &mut View| view.name = name)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::edit::{AddProcess, AddView, Replace, apply};
    use crate::model::*;

    #[test]
    fn views_of_the_old_name_follow_and_others_stay() {
        let document = Document::default();
        let document = apply(&document, &AddProcess { name: "Refund".into() }.into()).unwrap().document;
        let process = document.processes().ids().next().unwrap();
        let view = View::new(
            "Refund for the poster",
            ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() },
        );
        let document = apply(&document, &AddView { view, contents: Vec::new() }.into()).unwrap().document;
        let edit = Replace::with(&document, process, |process: &mut Process| process.name = "Return".into()).unwrap();
        let after = apply(&document, &edit.into()).unwrap();
        assert_eq!(after.label, "Rename “Refund” to “Return”");
        let names: Vec<_> = after.document.views().iter().map(|(_, view)| view.name.clone()).collect();
        assert_eq!(names, ["Return", "Refund for the poster"]);
    }
}
