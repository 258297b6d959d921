//! What a report shows of the figures, beside findings.

use super::load::Loads;
use super::{RolledUp, Visits, rolled_up};
use crate::analysis::Index;
use crate::model::*;

/// Figures for badges, bars and the inspector.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// Work divided by hours, for the roles and people of whom both are known.
    pub loads: Vec<(ElementRef, f64)>,
    /// How many cases a week come to a step, where that is known.
    pub cases_per_week: Vec<(ElementRef, f64)>,
    /// What is behind each sub-flow and call, in the order of the steps.
    pub rolled_up: Vec<(StepId, RolledUp)>,
}

impl Overview {
    /// The overview of a document.
    pub fn new(document: &Document, index: &Index<'_>, visits: &Visits, loads: &Loads) -> Self {
        Self {
            loads: known_loads(document, loads),
            cases_per_week: known_cases(document, index, visits),
            rolled_up: rolled_up(document, index, visits),
        }
    }
}

fn known_loads(document: &Document, loads: &Loads) -> Vec<(ElementRef, f64)> {
    let roles = document.roles().ids().map(|id| (id.into(), loads.utilisation_of_role(id)));
    let people = document.people().ids().map(|id| (id.into(), loads.utilisation_of_person(id)));
    let known = |(element, share): (ElementRef, Option<f64>)| Some((element, share.filter(|share| *share > 0.0)?));
    roles.chain(people).filter_map(known).collect()
}

fn known_cases(document: &Document, index: &Index<'_>, visits: &Visits) -> Vec<(ElementRef, f64)> {
    let cases = |(id, step): (StepId, &Step)| {
        let arriving = document.get::<Process>(step.process)?.cases?.per_week();
        Some((id.into(), arriving * visits.of(index, FlowNode::Step(id))?))
    };
    document.steps().iter().filter_map(cases).collect()
}
