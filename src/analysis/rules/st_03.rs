//! How much the reporting lines are like a tree.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::graph::hierarchy;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};

pub(super) const META: Meta = Meta {
    id: "ST-03",
    title: "Shape of the reporting lines",
    severity: Severity::Info,
    why: "A tree answers every question of “who is above both?”; a matrix answers it twice.",
    wrong: "Two roots, and a role with two managers",
    right: "One root, one manager each: all four measures are 1",
    formula: "connectedness, hierarchy, efficiency and least upper bound of solid and dotted reporting lines, each 0 to 1; up to \
              1,500 roles",
    source: Source::Literature("Krackhardt’s dimensions of informal organisations"),
    thresholds: &[ours(
        "size",
        5.0,
        "roles",
        "smaller organisations are not measured",
        "four boxes explain themselves",
    )],
    remedies: &["Shown to explain knots; nothing has to be done."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let net = &context.networks.reporting;
    if (net.actors.len() as f64) < sink.threshold("size") || net.arrows.arrows() == 0 {
        return;
    }
    let Some(shape) = hierarchy::shape(&net.arrows) else { return };
    let roots = net.actors.iter().enumerate().filter(|(place, _)| {
        net.arrows.degree(*place) > 0
            && !(0..net.actors.len()).any(|other| net.arrows.of(other).binary_search(&(*place as u32)).is_ok())
    });
    let roots: Vec<_> = roots.map(|(_, actor)| *actor).take(5).collect();
    let first = roots.first().or(net.actors.first()).copied();
    let numbers = [shape.connectedness, shape.hierarchy, shape.efficiency, shape.least_upper_bound];
    let [connected, hierarchy, efficiency, bound] = numbers.map(words::number);
    sink.report(
        Finding::new(format!(
            "The reporting lines of {} roles: connectedness {connected}, hierarchy {hierarchy}, efficiency {efficiency}, least \
             upper bound {bound}, where a tree has 1 in each.",
            net.actors.len()
        ))
        .about(first)
        .about(roots)
        .formula(format!("roles = {}, lines = {}", net.actors.len(), net.arrows.arrows()))
        .number("connectedness", shape.connectedness)
        .number("hierarchy", shape.hierarchy)
        .number("efficiency", shape.efficiency)
        .number("least_upper_bound", shape.least_upper_bound)
        .remedy("Where a measure is low, look for roles without a manager, with two, or in a circle."),
    );
}
