//! Any change of the fields of one element.

use crate::edit::fields::differing_fields;
use crate::edit::nest::Nest;
use crate::edit::rules::{can_rename, flows_still_fit, letters_stay, need, problems_with, reason};
use crate::edit::wording::{named, quoted, with_kind};
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Puts a record in the place of the one that an element has: any change of its fields. The key stays. What an element
/// is, is not changed so: the process of a node, the subject and holder of a right, what a placement shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Replace {
    /// The element.
    pub element: ElementRef,
    /// What it is to be; of the same kind.
    pub record: Record,
}

impl Replace {
    /// Changes a copy of what an element is; none where it does not exist.
    pub fn with<E: Element + Into<Record>>(
        document: &Document,
        id: E::Id,
        change: impl FnOnce(&mut E),
    ) -> Option<Self> {
        let mut record = document.get::<E>(id)?.clone();
        change(&mut record);
        Some(Self { element: id.into(), record: record.into() })
    }

    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.element)?;
        let Some(old) = Record::of(document, self.element) else { return Ok(false) };
        if old.kind() != self.record.kind() {
            return Err(format!("A {} cannot become a {}.", old.kind().word(), self.record.kind().word()));
        }
        let changed = differing_fields(&old, &self.record);
        if changed.is_empty() {
            return Ok(false);
        }
        if old.name() != self.record.name()
            && let Verdict::No(refusal) = can_rename(document, self.element, self.record.name())
            && !matches!(self.element, ElementRef::Right(_))
        {
            return Err(refusal);
        }
        if let Some(fixed) = changed.iter().find(|field| field.is_identity) {
            return Err(format!("The {} of {} stays as it is.", fixed.name, named(document, self.element)));
        }
        check_kind(document, self.element, &old, &self.record)?;
        self.check_soundness(document)
    }

    fn check_soundness(&self, document: &Document) -> Result<bool, String> {
        let mut record = self.record.clone();
        if let Some(key) = Record::of(document, self.element).as_ref().and_then(Record::key) {
            record.set_key(key.clone());
        }
        let takes_seat = takes_vacant_seat(document, self.element, &record);
        let problems = problems_with(document, self.element, &record);
        let is_cleared =
            |problem: &&integrity::Problem| takes_seat && problem.kind == integrity::ProblemKind::VacantWithHolders;
        if let Some(problem) = problems.iter().find(|problem| !is_cleared(problem)) {
            return Err(reason(document, problem));
        }
        if matches!(record, Record::Decision(_) | Record::Framework(_)) {
            let mut draft = document.clone();
            record.put_into(&mut draft, self.element);
            letters_stay(document, &draft)?;
        }
        Ok(true)
    }
}

/// Whether a vacant role gets a holder: the behaviour `clear_vacant` then takes the mark away.
fn takes_vacant_seat(document: &Document, element: ElementRef, record: &Record) -> bool {
    let (ElementRef::Role(id), Record::Role(role)) = (element, record) else { return false };
    document.get::<Role>(id).is_some_and(|old| old.vacant && old.holders.is_empty()) && !role.holders.is_empty()
}

/// Rules of one kind that integrity does not know.
fn check_kind(document: &Document, element: ElementRef, old: &Record, new: &Record) -> Result<(), String> {
    match (element, old, new) {
        (ElementRef::Event(id), _, Record::Event(event)) => {
            let node = FlowNode::Event(id);
            let mut flows = document.flows().iter().map(|(_, flow)| flow);
            match event.kind {
                EventKind::Start if flows.any(|flow| flow.to == node) => {
                    Err("A flow leads to it; nothing comes before a start event.".to_owned())
                }
                EventKind::End if flows.any(|flow| flow.from == node) => {
                    Err("A flow leads away from it; nothing comes after an end event.".to_owned())
                }
                _ => flows_fit(document, element, new),
            }
        }
        (ElementRef::Step(id), Record::Step(_), Record::Step(step)) => {
            keeps_inside(document, id, step)?;
            flows_fit(document, element, new)
        }
        (_, Record::Gateway(_), Record::Gateway(_)) => flows_fit(document, element, new),
        (_, Record::Flow(old), Record::Flow(new)) if (old.from, old.to) != (new.from, new.to) => {
            match crate::edit::rules::can_flow(document, new.from, new.to) {
                Verdict::No(refusal) => Err(refusal),
                _ => Ok(()),
            }
        }
        (_, Record::View(old), Record::View(new))
            if std::mem::discriminant(&old.kind) != std::mem::discriminant(&new.kind)
                || old.process() != new.process() =>
        {
            Err("What a view shows stays as it is; make a new view.".to_owned())
        }
        (_, Record::View(_), Record::View(new)) => crate::edit::rules::lanes_fit(document, new.lanes()),
        (_, Record::Framework(old), _) if old.built_in => {
            Err(format!("{} comes with the program; copy it to change it.", quoted(&old.name)))
        }
        _ => Ok(()),
    }
}

/// Fails when a step that has something inside would become one that cannot.
fn keeps_inside(document: &Document, id: StepId, step: &Step) -> Result<(), String> {
    if step.kind.has_inside() {
        return Ok(());
    }
    let nest = Nest::of(document);
    match nest.inside(id) {
        [] => Ok(()),
        [one] => Err(format!("{} is inside it; take it out first.", named(document, (*one).into()))),
        many => Err(format!("{} nodes are inside it; take them out first.", many.len())),
    }
}

/// Fails when the flows at a node, or at the events on its border, would not fit any more.
fn flows_fit(document: &Document, element: ElementRef, record: &Record) -> Result<(), String> {
    let Ok(node) = FlowNode::try_from(element) else { return Ok(()) };
    let mut draft = document.clone();
    record.clone().put_into(&mut draft, element);
    flows_still_fit(document, &draft, |other| {
        other == node || draft.host_of(other).is_some_and(|host| FlowNode::Step(host) == node)
    })
}

impl EditAction for Replace {
    fn label(&self, document: &Document) -> String {
        let Some(old) = Record::of(document, self.element) else {
            return format!("Change {}", self.element.kind().word());
        };
        let changed = differing_fields(&old, &self.record);
        match changed.as_slice() {
            [field] if field.name == "name" && !old.name().is_empty() && !self.record.name().is_empty() => {
                format!("Rename {} to {}", quoted(old.name()), quoted(self.record.name()))
            }
            [field] if field.name == "name" && !self.record.name().is_empty() => {
                format!("Name {} {}", self.element.kind().word(), quoted(self.record.name()))
            }
            [] => format!("Change {}", with_kind(document, self.element)),
            [field] => format!("Change {} of {}", field.name, named(document, self.element)),
            many => format!("Change {} fields of {}", many.len(), named(document, self.element)),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        self.record.clone().replace(transaction, self.element)
    }

    fn merge_key(&self, document: &Document) -> Option<String> {
        let old = Record::of(document, self.element)?;
        match differing_fields(&old, &self.record).as_slice() {
            [field] if field.is_typed => Some(format!("replace {:?} {}", self.element, field.name)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Editor, apply};
    use crate::testkit::random_edits::start;

    fn ids(document: &Document) -> (RoleId, RoleId) {
        let mut roles = document.roles().ids();
        (roles.next().unwrap(), roles.next().unwrap())
    }

    #[test]
    fn the_label_says_what_differs() {
        let document = start();
        let (_, clerk) = ids(&document);
        let person = document.people().ids().next().unwrap();
        let label = |edit: Option<Replace>| edit.unwrap().label(&document);
        let rename = Replace::with(&document, clerk, |role: &mut Role| role.name = "Cashier".into());
        assert_eq!(label(rename), "Rename “Clerk” to “Cashier”");
        let hours = Replace::with(&document, person, |person: &mut Person| person.hours_per_week = Some(38.5));
        assert_eq!(label(hours), "Change hours per week of “Ana Costa”");
        let step = document.steps().ids().next().unwrap();
        let ranged = Replace::with(&document, step, |step: &mut Step| {
            step.work = Some(Minutes(12.0));
            step.work_range = Some(Range { low: Minutes(8.0), high: Minutes(20.0) });
        });
        let name = &document.get::<Step>(step).unwrap().name;
        assert_eq!(label(ranged), format!("Change work of “{name}”"), "a value and its range are one field");
        let many = Replace::with(&document, clerk, |role: &mut Role| {
            role.purpose = "Serve".into();
            role.vacant = true;
        });
        assert_eq!(label(many), "Change 2 fields of “Clerk”");
    }

    #[test]
    fn cycles_empty_names_and_lost_letters_are_refused() {
        let document = start();
        let (owner, clerk) = ids(&document);
        let refusal = |edit: Option<Replace>| apply(&document, &edit.unwrap().into()).unwrap_err().to_string();
        let cycle = Replace::with(&document, owner, |role: &mut Role| role.reports_to = Some(clerk));
        assert_eq!(refusal(cycle), "A role cannot report to itself, not over others either.");
        let empty = Replace::with(&document, owner, |role: &mut Role| role.name = " ".into());
        assert_eq!(refusal(empty), "A role needs a name.");
        let decision = document.decisions().ids().next().unwrap();
        let other = document.frameworks().ids().nth(1);
        let framework = Replace::with(&document, decision, |decision: &mut Decision| decision.framework = other);
        assert_eq!(refusal(framework), "Own has only D and R, but there is A of “Owner” on “Grant refund”.");
    }

    #[test]
    fn what_holds_nodes_stays_a_sub_flow_and_flows_stay_sensible() {
        let mut document = start();
        let steps: Vec<StepId> = document.steps().ids().collect();
        let process = document.get::<Step>(steps[0]).unwrap().process;
        let around = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Around") });
        document.insert(Step { parent: Some(around), ..Step::new(process, "Inside") });
        let change = |id: StepId, change: fn(&mut Step)| {
            let edit = Replace::with(&document, id, change).unwrap();
            apply(&document, &edit.into()).map(|_| ()).map_err(|error| error.to_string())
        };
        assert_eq!(
            change(around, |step| step.kind = StepKind::Task),
            Err("“Inside” is inside it; take it out first.".into())
        );
        assert_eq!(change(around, |step| step.kind = StepKind::AdHoc), Ok(()));
        assert_eq!(change(steps[0], |step| step.kind = StepKind::User), Ok(()));
        assert_eq!(
            change(steps[0], |step| step.compensates = true),
            Err("“Check” is done only to take something back; no flow leads to it or away from it.".into())
        );
        let inside = |step: &mut Step| step.parent = Some(around);
        let edit = Replace::with(&document, steps[0], inside).unwrap();
        assert_eq!(
            apply(&document, &edit.into()).unwrap_err().to_string(),
            "“Check” is inside “Around” and “Allow” is not; a flow cannot cross the border of a sub-flow."
        );
    }

    #[test]
    fn typing_in_one_field_is_one_step_and_the_key_stays() {
        let mut editor = Editor::new(start());
        let (_, clerk) = ids(editor.document());
        let key = editor.document().get::<Role>(clerk).unwrap().key.clone();
        for (index, name) in ["C", "Ca", "Cashier"].into_iter().enumerate() {
            let change = |role: &mut Role| {
                role.name = name.into();
                role.key = Key::unset();
            };
            let edit = Replace::with(editor.document(), clerk, change).unwrap();
            editor.commit(&edit.into(), index as f64 * 0.3).unwrap();
        }
        assert_eq!(editor.done().len(), 1);
        assert_eq!(editor.document().get::<Role>(clerk).unwrap().key, key);
    }
}
