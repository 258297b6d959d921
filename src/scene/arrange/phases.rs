//! Phases while a process view is arranged: every node stays in the phase that it stands in.

use super::Stage;
use super::flow::Sheet;
use super::plan::Plan;
use crate::layout::request::Column;
use crate::layout::result::FlowResult;
use crate::model::{PHASE_LEAST, Phase, phase_at};

/// Asks the layout for a column for each phase. Nodes without a place go where their neighbours go.
pub(super) fn ask(stage: &Stage<'_>, sheet: Sheet<'_>, plan: &mut Plan) {
    if sheet.phases.is_empty() {
        return;
    }
    plan.request.columns = sheet.phases.iter().map(|_| Column { minimum_extent: PHASE_LEAST }).collect();
    for (node, member) in plan.request.nodes.iter_mut().zip(&plan.members) {
        let center = stage.shown.get(member.index).and_then(|one| one.center);
        let is_outer = node.parent.is_none() && node.satellite_of.is_none();
        node.column = center.filter(|_| is_outer).and_then(|center| phase_at(sheet.phases, sheet.stood.along(center)));
    }
}

/// How far the phases reach after the drawing moved by so much along the flow; none without phases.
pub(super) fn reached(sheet: Sheet<'_>, result: &FlowResult, by: f64) -> Option<Vec<Phase>> {
    if sheet.phases.is_empty() || result.columns.len() < sheet.phases.len() {
        return None;
    }
    let mut start = 0.0;
    let reached = |(phase, column): (&Phase, &crate::layout::geometry::Extent)| {
        let end = (column.offset + column.extent + by).round().max(start + PHASE_LEAST);
        let extent = end - start;
        start = end;
        Phase { extent, ..phase.clone() }
    };
    Some(sheet.phases.iter().zip(&result.columns).map(reached).collect())
}
