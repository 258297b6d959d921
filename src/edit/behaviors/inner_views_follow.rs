//! A view of the inside of a sub-flow follows it: it keeps bearing its name, changes process with it, and goes when there
//! is no inside any more.

use crate::edit::removal::remove_all;
use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    if document.steps().changes_since(before.steps()).next().is_none() {
        return Ok(());
    }
    let inner = document.views().iter().filter_map(|(id, view)| Some((id, view.within?)));
    for (view, step) in inner.collect::<Vec<_>>() {
        let Some(new) = transaction.document().get::<Step>(step).cloned() else { continue };
        if !new.kind.has_inside() {
            remove_all(transaction, &[view.into()])?;
            continue;
        }
        let old_name = before.get::<Step>(step).map_or("", |old| old.name.as_str());
        transaction.update(view, |view: &mut View| {
            if view.name == old_name && !new.name.trim().is_empty() {
                view.name.clone_from(&new.name);
            }
            if let ViewKind::Process { process, .. } = &mut view.kind {
                *process = new.process;
            }
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::edit::{Remove, Replace, apply};
    use crate::model::*;

    /// A sub-flow with a step inside and a view of that.
    fn opened() -> (Document, StepId, ViewId) {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let around = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Check") });
        let view = document.insert(View::inside("Check", process, around));
        (document, around, view)
    }

    #[test]
    fn it_bears_the_name_of_its_sub_flow() {
        let (document, step, view) = opened();
        let edit = Replace::with(&document, step, |step: &mut Step| step.name = "Look".into()).unwrap();
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(after.name_of(view.into()), "Look");
    }

    #[test]
    fn it_goes_with_the_inside_and_with_the_step() {
        let (document, step, view) = opened();
        let edit = Replace::with(&document, step, |step: &mut Step| step.kind = StepKind::Task).unwrap();
        assert!(apply(&document, &edit.into()).unwrap().document.get::<View>(view).is_none());
        let edit = Remove { elements: vec![step.into()] };
        assert!(apply(&document, &edit.into()).unwrap().document.get::<View>(view).is_none());
    }
}
