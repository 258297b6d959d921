//! Desks without which the flow of work falls apart.

use super::Meta;
use super::ri_01::people_of;
use crate::analysis::figures::graph::connected::cut_points;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-03",
    title: "Holds the flow together",
    severity: Severity::Medium,
    why: "When the only one between two sides is away, neither side gets work from the other.",
    wrong: "Only the order desk, one person without a deputy, stands between shops and bakehouse",
    right: "The order desk has a deputy",
    formula: "cut points of the net of who hands work to whom, of roles and persons that one person at most covers (holders and \
              deputies): without them it falls into several parts; high where the second largest has two or more in it",
    source: Source::Literature("articulation points (graph theory)"),
    thresholds: &[],
    remedies: &["Name a deputy.", "Let the two sides hand work over directly."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let net = &context.networks.hand_over;
    let points = context.once(&(), |context, ()| cut_points(&context.networks.hand_over.ties));
    for (count, point) in points.iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(actor) = net.actors.get(point.node).copied() else { continue };
        let coverage = match actor {
            Actor::Role(id) => context.document.roles().get(id).map(|role| (people_of(context, id, role).len(), role)),
            Actor::Person(_) => None,
            _ => continue,
        };
        // Nobody named means that nothing is known, not that nobody is there.
        let covered = match coverage {
            Some((people, role)) if people > 1 || (people == 0 && !role.vacant) => continue,
            Some((people, _)) => people,
            None => 1,
        };
        let [largest, second, ..] = point.parts.as_slice() else { continue };
        let neighbours: Vec<Actor> =
            net.ties.of(point.node).iter().filter_map(|place| net.actors.get(*place as usize).copied()).collect();
        let name = context.name(actor);
        let severity = if *second >= 2 { Severity::High } else { Severity::Medium };
        let finding = Finding::new(format!(
            "Without {name} the flow of work falls into {} parts, of {largest} and {second} that no longer reach each other.",
            point.parts.len()
        ))
        .about([actor])
        .about(neighbours.iter().copied())
        .formula(format!("parts without it = {}, coverage = {covered}", point.parts.len()))
        .number("parts", point.parts.len() as f64)
        .number("largest", *largest as f64)
        .number("second", *second as f64)
        .number("coverage", covered as f64)
        .remedy(format!("Name a deputy for {name}."))
        .remedy(format!("Let some of {} hand work over directly.", words::named_list(context.document, neighbours)));
        sink.report_as(severity, finding);
    }
}
