//! Leading a line to another element.

use crate::edit::rules::{Connection, can_connect, can_flow, connection, need_all};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// An end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// Where it starts.
    Start,
    /// Where it leads.
    Finish,
}

/// Lets a flow or link start at another element, or lead to another one. Its name, probability and all else stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconnect {
    /// The flow or link.
    pub line: ElementRef,
    /// Which end of it moves.
    pub end: LineEnd,
    /// Where that end goes.
    pub to: ElementRef,
}

impl Reconnect {
    /// The ends that the line would have.
    fn ends(&self, old: (ElementRef, ElementRef)) -> (ElementRef, ElementRef) {
        match self.end {
            LineEnd::Start => (self.to, old.1),
            LineEnd::Finish => (old.0, self.to),
        }
    }

    fn check(&self, document: &Document) -> Result<bool, String> {
        need_all(document, [self.line, self.to])?;
        match self.line {
            ElementRef::Flow(id) => {
                let Some(flow) = document.get::<Flow>(id) else { return Ok(false) };
                let old = (flow.from.into(), flow.to.into());
                let (from, to) = self.ends(old);
                let (Ok(start), Ok(finish)) = (FlowNode::try_from(from), FlowNode::try_from(to)) else {
                    return Err("A flow leads from one step, gateway or event to another.".to_owned());
                };
                allowed(old == (from, to), can_flow(document, start, finish))
            }
            ElementRef::Link(id) => {
                let Some(link) = document.get::<Link>(id) else { return Ok(false) };
                let old = (link.from, link.to);
                let (from, to) = self.ends(old);
                if old != (from, to) && kind_between(document, from, to) != Some(link.kind) {
                    return Err(format!("{} cannot end there.", capital(&named(document, self.line))));
                }
                allowed(old == (from, to), can_connect(document, from, to))
            }
            _ => Err("Only lines can be led elsewhere.".to_owned()),
        }
    }
}

fn allowed(is_same: bool, verdict: Verdict) -> Result<bool, String> {
    match verdict {
        _ if is_same => Ok(false),
        Verdict::No(reason) => Err(reason),
        Verdict::Yes | Verdict::Ignore => Ok(true),
    }
}

/// The kind of link that connecting two elements makes; none where it makes something else.
fn kind_between(document: &Document, from: ElementRef, to: ElementRef) -> Option<LinkKind> {
    match connection(document, from, to)? {
        Connection::Message(..) => Some(LinkKind::Message),
        Connection::Needs(..) => Some(LinkKind::Input),
        Connection::Makes(..) => Some(LinkKind::Output),
        Connection::Belongs(..) | Connection::TakesBack(..) => Some(LinkKind::Association),
        _ => None,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

impl EditAction for Reconnect {
    fn label(&self, document: &Document) -> String {
        let (line, to) = (named(document, self.line), named(document, self.to));
        match self.end {
            LineEnd::Start => format!("Let {line} start at {to}"),
            LineEnd::Finish => format!("Lead {line} to {to}"),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        match self.line {
            ElementRef::Flow(id) => {
                let node = FlowNode::try_from(self.to).map_err(|_| EditError::Missing("node"))?;
                transaction.update(id, |flow: &mut Flow| match self.end {
                    LineEnd::Start => flow.from = node,
                    LineEnd::Finish => flow.to = node,
                })
            }
            ElementRef::Link(id) => transaction.update(id, |link: &mut Link| match self.end {
                LineEnd::Start => link.from = self.to,
                LineEnd::Finish => link.to = self.to,
            }),
            other => Err(EditError::Missing(other.kind().word())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    #[test]
    fn a_flow_is_led_elsewhere_and_keeps_its_name_or_is_refused_with_a_reason() {
        let mut document = start();
        let steps: Vec<ElementRef> = document.steps().ids().map(ElementRef::from).collect();
        let flow = document.flows().ids().next().unwrap();
        document.get_mut::<Flow>(flow).unwrap().name = "yes".to_owned();
        let lead = |end, to| Reconnect { line: flow.into(), end, to };
        let applied = apply(&document, &lead(LineEnd::Finish, steps[2]).into()).unwrap();
        let led = applied.document.get::<Flow>(flow).unwrap();
        assert_eq!((ElementRef::from(led.to), led.name.as_str()), (steps[2], "yes"));
        assert_eq!(applied.label, "Lead “yes” to “Pay”");
        assert_eq!(lead(LineEnd::Finish, steps[1]).can_apply(&document), Verdict::Ignore);
        let itself = lead(LineEnd::Finish, steps[0]).can_apply(&document);
        assert_eq!(itself, Verdict::No("The flow cannot lead from “Check” to itself.".to_owned()));
        let role: ElementRef = document.roles().ids().next().unwrap().into();
        assert!(matches!(lead(LineEnd::Start, role).can_apply(&document), Verdict::No(_)));
    }

    #[test]
    fn a_line_of_an_artefact_stays_what_it_is() {
        let mut document = start();
        let steps: Vec<ElementRef> = document.steps().ids().map(ElementRef::from).collect();
        let receipt: ElementRef = document.artefacts().ids().next().unwrap().into();
        document = apply(&document, &crate::edit::Connect { from: receipt, to: steps[0], view: None }.into())
            .unwrap()
            .document;
        let line: ElementRef = document.links().ids().next().unwrap().into();
        let lead = |end, to| Reconnect { line, end, to };
        let after = apply(&document, &lead(LineEnd::Finish, steps[1]).into()).unwrap().document;
        let inputs: Vec<usize> = after.steps().iter().map(|(_, step)| step.inputs.len()).collect();
        assert_eq!(inputs, [0, 1, 0]);
        assert!(matches!(lead(LineEnd::Start, steps[2]).can_apply(&document), Verdict::No(_)));
    }
}
