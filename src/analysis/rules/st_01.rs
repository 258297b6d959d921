//! More layers than the number of people asks for.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "ST-01",
    title: "More layers than needed",
    severity: Severity::Low,
    why: "Each layer adds a day to every question and a word to every answer.",
    wrong: "30 people in 6 layers, 3 to a manager",
    right: "30 people in 4 layers",
    formula: "layers > ln people ÷ ln median span, rounded up, + spare; people = holders of the roles in the reporting line, vacant roles as \
              1; span = people right below a manager; layers = levels from the top",
    source: Source::Literature("spans and layers practice"),
    thresholds: &[
        ours("spare", 1.0, "layers", "so many more are allowed", "no organisation is an even tree"),
        ours("people", 10.0, "people", "smaller organisations are left alone", "three layers are never too many"),
    ],
    remedies: &["Let a layer with few people go, and let those below report one level up."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let seats = |role: &RoleId| context.document.roles().get(*role).map_or(1, |role| role.holders.len().max(1));
    let (mut people, mut deepest): (usize, Option<(u32, RoleId)>) = (0, None);
    let mut spans: Vec<usize> = Vec::new();
    for (id, role) in context.document.roles().iter() {
        let reports = context.index.reports_of(id);
        if role.reports_to.is_none() && reports.is_empty() {
            continue;
        }
        people += seats(&id);
        if !reports.is_empty() {
            spans.push(reports.iter().map(seats).sum());
        }
        if let Some(depth) = depth_of(context, id)
            && deepest.is_none_or(|(known, _)| depth > known)
        {
            deepest = Some((depth, id));
        }
    }
    spans.sort_unstable();
    let (Some((depth, lowest)), Some(median)) = (deepest, spans.get(spans.len() / 2)) else { return };
    if (people as f64) < sink.threshold("people") || *median < 2 {
        return;
    }
    let layers = f64::from(depth) + 1.0;
    let needed = ((people as f64).ln() / (*median as f64).ln()).ceil();
    if layers <= needed + sink.threshold("spare") {
        return;
    }
    let above = |role: &RoleId| context.document.roles().get(*role).and_then(|role| role.reports_to);
    let line: Vec<RoleId> = std::iter::successors(Some(lowest), above).take(depth as usize + 1).collect();
    sink.report(
        Finding::new(format!(
            "{} stand in {layers} layers; with {median} to a manager {} would do.",
            words::count(people, "person", "people"),
            words::number(needed + sink.threshold("spare"))
        ))
        .about(line.iter().copied())
        .formula(format!(
            "layers = {layers} > ln {people} ÷ ln {median}, rounded up, + {} = {}",
            words::number(sink.threshold("spare")),
            words::number(needed + sink.threshold("spare"))
        ))
        .number("layers", layers)
        .number("needed", needed)
        .number("people", people as f64)
        .number("median_span", *median as f64)
        .remedy(format!("Look at the longest line: {}.", words::named_list(context.document, line))),
    );
}

/// Reporting lines above a role; none in a circle.
fn depth_of(context: &Context<'_>, role: RoleId) -> Option<u32> {
    let above = |role: &RoleId| context.document.roles().get(*role).and_then(|role| role.reports_to);
    let depth = std::iter::successors(Some(role), above).skip(1).take(65).count() as u32;
    (depth < 65).then_some(depth)
}
