//! A measured figure that somebody changes is an estimate from then on.

use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let processes: Vec<ProcessId> = document.processes().changes_since(before.processes()).map(|(id, _)| id).collect();
    let steps: Vec<StepId> = document.steps().changes_since(before.steps()).map(|(id, _)| id).collect();
    let flows: Vec<FlowId> = document.flows().changes_since(before.flows()).map(|(id, _)| id).collect();
    for id in processes {
        forget::<Process>(before, transaction, id, |old, new| match old.cases != new.cases {
            true => vec![MeasuredFact::Cases],
            false => Vec::new(),
        })?;
    }
    for id in steps {
        forget::<Step>(before, transaction, id, |old, new| {
            let facts = [(MeasuredFact::Work, old.work != new.work), (MeasuredFact::Wait, old.wait != new.wait)];
            facts.iter().filter(|(_, differs)| *differs).map(|(fact, _)| *fact).collect()
        })?;
    }
    for id in flows {
        forget::<Flow>(before, transaction, id, |old, new| {
            // What leads elsewhere is another branch.
            let is_other = (old.from, old.to) != (new.from, new.to);
            if is_other || old.probability != new.probability { vec![MeasuredFact::Probability] } else { Vec::new() }
        })?;
    }
    Ok(())
}

/// An element with figures that can be measured.
trait Measured: Element {
    fn measured(&self) -> &[Measurement];
    fn forget(&mut self, facts: &[MeasuredFact]);
}

impl Measured for Process {
    fn measured(&self) -> &[Measurement] {
        &self.measured
    }
    fn forget(&mut self, facts: &[MeasuredFact]) {
        self.measured.retain(|measurement| !facts.contains(&measurement.fact));
    }
}

impl Measured for Step {
    fn measured(&self) -> &[Measurement] {
        &self.measured
    }
    fn forget(&mut self, facts: &[MeasuredFact]) {
        self.measured.retain(|measurement| !facts.contains(&measurement.fact));
        if facts.contains(&MeasuredFact::Wait) {
            self.wait_causes.clear();
        }
    }
}

impl Measured for Flow {
    fn measured(&self) -> &[Measurement] {
        &self.measured
    }
    fn forget(&mut self, facts: &[MeasuredFact]) {
        self.measured.retain(|measurement| !facts.contains(&measurement.fact));
    }
}

/// Takes the marks of figures that changed, unless the edit itself says what was measured.
fn forget<E: Measured>(
    before: &Document,
    transaction: &mut Transaction,
    id: E::Id,
    changed: impl Fn(&E, &E) -> Vec<MeasuredFact>,
) -> Result<(), EditError> {
    let Some((old, new)) = before.get::<E>(id).zip(transaction.document().get::<E>(id)) else { return Ok(()) };
    if new.measured().is_empty() || old.measured() != new.measured() {
        return Ok(());
    }
    let facts = changed(old, new);
    if facts.is_empty() { Ok(()) } else { transaction.update(id, |record: &mut E| record.forget(&facts)) }
}

#[cfg(test)]
mod tests {
    use crate::edit::{Editor, Replace};
    use crate::model::*;

    #[test]
    fn a_figure_that_is_changed_is_an_estimate_and_undo_makes_it_measured_again() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let day: Date = "2026-01-05".parse().unwrap();
        let measured = |fact| Measurement { fact, count: 9, from: day, to: day, source: "log.csv".to_owned() };
        let id = document.insert(Step {
            work: Some(Minutes(5.0)),
            wait: Some(Minutes(60.0)),
            wait_causes: vec![CausedWait { cause: WaitCause::Contention, minutes: Minutes(60.0) }],
            measured: vec![measured(MeasuredFact::Work), measured(MeasuredFact::Wait)],
            ..Step::new(process, "Check")
        });
        let mut editor = Editor::new(document);
        let mut change = |change: &dyn Fn(&mut Step)| {
            let edit = Replace::with(editor.document(), id, |step: &mut Step| change(step)).unwrap();
            editor.commit(&edit.into(), 0.0).unwrap();
            let step = editor.document().get::<Step>(id).unwrap();
            (step.measured.iter().map(|measurement| measurement.fact).collect::<Vec<_>>(), step.wait_causes.len())
        };
        assert_eq!(change(&|step| step.name = "Check it".to_owned()).0.len(), 2);
        assert_eq!(change(&|step| step.work = Some(Minutes(6.0))), (vec![MeasuredFact::Wait], 1));
        assert_eq!(change(&|step| step.wait = None), (vec![], 0));
        editor.undo();
        editor.undo();
        assert_eq!(editor.document().get::<Step>(id).unwrap().measured.len(), 2);
    }
}
