//! How tightly those who pass word to each other are knit.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::graph::{density, groups};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "NW-01",
    title: "How tightly knit",
    severity: Severity::Info,
    why: "Few ties leave people alone, many cost time: more is not always better.",
    wrong: "20 people, 12 ties, none between shops and bakehouse",
    right: "A tie where work or word has to pass",
    formula: "density = ties ÷ possible ties; clustering = mean share of the neighbours of one who are tied to each other; \
              groups by modularity; over hand-overs, reporting, asking and telling. Between units: ties whose ends sit in \
              different units ÷ all ties with two known units",
    source: Source::Literature("social network analysis (Watts, Strogatz; Newman, Girvan)"),
    thresholds: &[ours("size", 5.0, "in the net", "smaller nets are not measured", "too few for a share")],
    remedies: &["Shown as context; nothing has to be done."],
};

/// What a net says about itself as a whole.
struct Shape {
    density: f64,
    clustering: f64,
    groups: usize,
    modularity: f64,
}

/// Its shape is worked out once for a net; the units of its actors are looked up each time.
fn shape(context: &Context<'_>) -> Option<Shape> {
    let net = &context.networks.information;
    let (density, clustering) = (density::density(&net.ties)?, density::mean_clustering(&net.ties)?);
    let found = groups::groups(&net.ties);
    let groups = found.iter().max().map_or(0, |last| *last as usize + 1);
    let modularity = groups::modularity(&net.ties, &found).unwrap_or(0.0);
    Some(Shape { density, clustering, groups, modularity })
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let net = &context.networks.information;
    if (net.actors.len() as f64) < sink.threshold("size") {
        return;
    }
    let shape = context.once(&(), |context, ()| shape(context));
    let Some(Shape { density, clustering, groups: count, modularity }) = shape.as_ref() else { return };
    let units: Vec<Option<UnitId>> = net.actors.iter().map(|actor| context.document.unit_of_actor(*actor)).collect();
    let (mut known, mut between) = (0_usize, 0_usize);
    for (place, unit) in units.iter().enumerate() {
        for other in net.ties.of(place).iter().filter(|other| **other as usize > place) {
            if let (Some(one), Some(two)) = (unit, units.get(*other as usize).copied().flatten()) {
                known += 1;
                between += usize::from(*one != two);
            }
        }
    }
    let ties = net.ties.arrows() / 2;
    let hub = (0..net.actors.len()).max_by_key(|place| (net.ties.degree(*place), std::cmp::Reverse(*place)));
    let hub = hub.and_then(|place| net.actors.get(place)).copied();
    let across = if known > 0 { between as f64 / known as f64 } else { 0.0 };
    sink.report(
        Finding::new(format!(
            "{} of all possible ties among {} are there, in {}; {} of them lead from one unit to another.",
            words::percent(*density),
            words::count(net.actors.len(), "role or party", "roles and parties"),
            words::count(*count, "group", "groups"),
            words::percent(across)
        ))
        .about(hub)
        .formula(format!(
            "density = {ties} ties ÷ {} possible = {}; clustering {}; modularity {}; between units {between} ÷ {known}",
            net.actors.len() * (net.actors.len() - 1) / 2,
            words::number(*density),
            words::number(*clustering),
            words::number(*modularity)
        ))
        .number("density", *density)
        .number("clustering", *clustering)
        .number("groups", *count as f64)
        .number("modularity", *modularity)
        .number("between_units", across)
        .remedy("Compare it with another version; by itself no value is good or bad."),
    );
}
