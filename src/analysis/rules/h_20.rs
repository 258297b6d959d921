//! Decisions whose name says too little or too much.

use super::rows::rows;
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};

pub(super) const META: Meta = Meta {
    id: "H-20",
    title: "Name is no decision",
    severity: Severity::Low,
    why: "A name without a verb and an object is a turf; broad names start fights about borders.",
    wrong: "“Marketing and sales”",
    right: "“Choose the autumn offer”",
    formula: "words in the name < 2, or “and” or “/” in it, or linked steps > most",
    source: Source::Ours(" verb and object; broad goals cause turf fights"),
    thresholds: &[Threshold {
        name: "steps",
        default: 7.0,
        unit: "steps",
        meaning: "more are reported",
        source: Source::Ours("a decision that is everywhere is none"),
    }],
    remedies: &["Name it by a verb and an object.", "Split it."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let most = sink.threshold("steps");
    for row in rows(context) {
        let name = row.decision.name.trim();
        let several: Vec<&str> = name.split_whitespace().collect();
        let steps = row.decision.steps.len();
        let why = if several.len() < 2 {
            "has no verb and object".to_owned()
        } else if name.contains('/') || several.iter().any(|word| word.eq_ignore_ascii_case("and")) {
            "names two decisions in one".to_owned()
        } else if steps as f64 > most {
            format!("covers {steps} steps")
        } else {
            continue;
        };
        sink.report(
            Finding::new(format!("{} {why}.", row_name(context, row.subject())))
                .about([row.id])
                .formula(format!("words = {}, linked steps = {steps}", several.len()))
                .number("words", several.len() as f64)
                .number("steps", steps as f64)
                .remedy("Name it by a verb and an object, or split it."),
        );
    }
}
