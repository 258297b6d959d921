//! Rows under DACI without a driver.

use super::rows::{framework_key, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-15",
    title: "Nobody drives it",
    severity: Severity::Medium,
    why: "Under DACI the driver gets the question decided in time; without one it drifts.",
    wrong: "“Choose a supplier” under DACI has an approver and no driver",
    right: "Office clerk D, Owner A",
    formula: "under DACI: drivers = 0 (High); or driver = approver and importance ≥ level",
    source: Source::Literature("DACI: D = 1"),
    thresholds: &[Threshold {
        name: "importance",
        default: 4.0,
        unit: "of 5",
        meaning: "less important ones may be driven by the approver",
        source: Source::Ours("what is hard to mend"),
    }],
    remedies: &["Name a driver who does not decide."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let level = sink.threshold("importance");
    for row in rows(context).filter(|row| framework_key(context, row.subject()) == "daci") {
        if context.index.rights_on(row.subject()).next().is_none() {
            continue;
        }
        let drivers = row.holders(context, Duty::Prepare);
        let approvers = row.holders(context, Duty::Decide);
        let row_label = row_name(context, row.subject());
        let about =
            |message: String| Finding::new(message).about([row.id]).criticality(context.criticality_of(row.subject()));
        if drivers.is_empty() {
            let finding = about(format!("Nobody drives {row_label}: nobody has D."))
                .formula("drivers = 0, exactly 1 needed")
                .number("drivers", 0.0)
                .remedy("Name a driver: somebody with an interest in an answer.");
            sink.report_as(Severity::High, finding);
        } else if let Some(both) = drivers.iter().find(|driver| approvers.contains(driver))
            && row.decision.importance.is_some_and(|importance| f64::from(importance) >= level)
        {
            let name = context.name(*both);
            sink.report(
                about(format!("{name} both drives and approves {row_label}."))
                    .about([*both])
                    .formula("driver = approver, importance at the level or above")
                    .number("drivers", drivers.len() as f64)
                    .remedy("Let somebody else drive it."),
            );
        }
    }
}
