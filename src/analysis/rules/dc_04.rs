//! Freedom of units against the rules they are under.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::decentral::{decentralisation_index, levels, lowest_level, weight};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DC-04",
    title: "Freedom and guidance of a unit",
    severity: Severity::Info,
    why: "Freedom without a frame drifts; a frame without freedom smothers: the two have to fit.",
    wrong: "The shop decides 80 of 100 and no decision says within which bounds",
    right: "It decides as much, and a sentence bounds each decision",
    formula: "for each unit with enough decisions in its scope: DI of these decisions (as in DC-01) and rules a decision = (guardrail \
              sentences + letters of agree and consult held outside of the unit) ÷ decisions. Free from half of 100 on, guided from \
              1 rule a decision on",
    source: Source::Ours("the paradox of control and autonomy as a quadrant"),
    thresholds: &[
        ours("decisions", 3.0, "decisions", "units with fewer are left out", "too few for a mean"),
        ours("index", 50.0, "of 100", "from here on a unit counts as free", "the middle"),
        ours("rules", 1.0, "rules a decision", "from here on it counts as guided", "one each"),
    ],
    remedies: &[
        "Free and unguided: write a sentence that bounds each decision.",
        "Bound and guided: let decisions go down within the bounds there are.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (document, index) = (context.document, &context.index);
    let lowest = f64::from(lowest_level(document, index));
    let mut of_unit: Vec<Vec<DecisionId>> = vec![Vec::new(); document.units().next_index() as usize];
    for row in super::rows::rows(context) {
        for unit in &row.decision.scope {
            if let Some(list) = of_unit.get_mut(unit.index() as usize) {
                list.push(row.id);
            }
        }
    }
    for unit in document.units().ids() {
        let Some(decisions) = of_unit.get(unit.index() as usize) else { continue };
        if (decisions.len() as f64) < sink.threshold("decisions") {
            continue;
        }
        let (mut rows, mut rules) = (Vec::new(), 0.0);
        for id in decisions {
            let Some(decision) = document.decisions().get(*id) else { continue };
            rules += f64::from(u8::from(!decision.guardrail.trim().is_empty()));
            let outside = index.rights_on(Subject::Decision(*id)).filter(|held| {
                let home = document.unit_of_actor(held.right.holder);
                (held.duties.has(Duty::Agree) || held.duties.has(Duty::Consult))
                    && home.is_some_and(|home| !document.unit_is_within(home, unit))
            });
            rules += outside.count() as f64;
            if let (Some(weight), Some(levels)) = (weight(decision), levels(document, index, *id)) {
                rows.push((weight, levels.mean()));
            }
        }
        let Some(score) = decentralisation_index(&rows, lowest) else { continue };
        let per_decision = rules / decisions.len() as f64;
        let (free, guided) = (score >= sink.threshold("index"), per_decision >= sink.threshold("rules"));
        let (place, remedy) = match (free, guided) {
            (true, true) => ("free within bounds", "Keep it so."),
            (true, false) => ("free without bounds", "Write a sentence that bounds each decision."),
            (false, true) => ("bound and watched", "Let decisions go down within the bounds there are."),
            (false, false) => ("led from above without written rules", "Write the bounds, then let decisions go down."),
        };
        sink.report(
            Finding::new(format!(
                "{} is {place}: {} of 100 on {} decisions, {} rules each.",
                context.name(unit),
                words::number(score),
                decisions.len(),
                words::number(per_decision)
            ))
            .about([unit])
            .formula(format!(
                "DI = {}, rules = {} ÷ {} = {}",
                words::number(score),
                words::number(rules),
                decisions.len(),
                words::number(per_decision)
            ))
            .number("index", score)
            .number("rules_per_decision", per_decision)
            .number("decisions", decisions.len() as f64)
            .remedy(remedy),
        );
    }
}
