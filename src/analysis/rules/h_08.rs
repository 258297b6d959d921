//! Rows that concern several units and are told to nobody.

use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-08",
    title: "Others are neither asked nor told",
    severity: Severity::Medium,
    why: "A decision whose work crosses units surprises the ones who were neither asked nor told.",
    wrong: "“Stop a product” is prepared in the bakehouse and felt in the shops; nobody there is asked or \
              told",
    right: "the shop leads are told",
    formula: "consulting and informing letters = 0 and units of the performers of linked steps ≥ 2",
    source: Source::Ours(" who is concerned should hear of it"),
    thresholds: &[],
    remedies: &["Tell the units whose steps follow."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context).filter(|row| context.index.rights_on(row.subject()).next().is_some()) {
        let voices = [Duty::Consult, Duty::Inform].map(|duty| row.holders(context, duty).len());
        let performers = row.decision.steps.iter().filter_map(|step| context.index.performer(*step));
        let mut units: Vec<UnitId> = performers.filter_map(|actor| context.document.unit_of_actor(actor)).collect();
        units.sort_unstable();
        units.dedup();
        if voices != [0, 0] || units.len() < 2 {
            continue;
        }
        let names = words::named_list(context.document, units.iter().copied());
        sink.report(
            Finding::new(format!(
                "{} concerns {names}, and nobody is asked before or told after.",
                row_name(context, row.subject())
            ))
            .about([row.id])
            .about(units.iter().copied())
            .formula(format!("asked = 0, told = 0, units of linked steps = {}", units.len()))
            .number("units", units.len() as f64)
            .criticality(context.criticality_of(row.subject()))
            .remedy("Tell the unit that does not decide, or ask it before."),
        );
    }
}
