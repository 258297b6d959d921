//! Branches that do not say when, or how often, they are taken.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-11",
    title: "Branch without a word",
    severity: Severity::Medium,
    why: "A branch that does not say when it is taken is taken as everybody likes.",
    wrong: "“Receipt?” with two arrows and nothing on them",
    right: "“yes, 80 %” and “no, 20 %”",
    formula: "exclusive gateways with several flows out, of which one has neither label, condition, probability nor is the default \
              (medium; low where it is the only one and no branch states a probability: it reads as “otherwise”); or whose probabilities do not add up to 1, or are stated for some only (medium)",
    source: Source::Literature("bpmnlint: conditional flows"),
    thresholds: &[],
    remedies: &["Write on each arrow when it is taken.", "Give the share of the cases, together 100 %."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, gateway)) in context.document.gateways().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let out = context.index.flows_out(FlowNode::Gateway(id));
        if gateway.kind != GatewayKind::Exclusive || out.len() < 2 {
            continue;
        }
        let flows: Vec<&Flow> = out.iter().filter_map(|flow| context.document.flows().get(*flow)).collect();
        let silent: Vec<&&Flow> = flows.iter().filter(|flow| says_nothing(flow)).collect();
        let stated: Vec<f64> = flows.iter().filter_map(|flow| flow.probability).collect();
        let sum: f64 = stated.iter().sum();
        let name = super::fl_05::describe(context, id);
        let (message, formula, remedy) = if !silent.is_empty() {
            let targets = words::quoted_list(context.document, silent.iter().map(|flow| flow.to));
            let verb = if silent.len() == 1 { "does" } else { "do" };
            let arrows = words::count(silent.len(), "arrow", "arrows");
            (
                format!(
                    "{arrows} out of {name} in {}, to {targets}, {verb} not say when taken.",
                    context.quoted(gateway.process)
                ),
                format!("branches without a word = {} of {}", silent.len(), flows.len()),
                "Write on each arrow when it is taken, and for which share of the cases.",
            )
        } else if stated.len() == flows.len() && (sum - 1.0).abs() > 0.011 {
            (
                format!(
                    "The shares of the branches of {name} in {} add up to {}.",
                    context.quoted(gateway.process),
                    words::percent(sum)
                ),
                format!("Σ p = {} ≠ 1", words::number(sum)),
                "Make them add up to 100 %.",
            )
        } else if !stated.is_empty() && stated.len() < flows.len() {
            (
                format!(
                    "{} of the {} branches of {name} in {} say which share of the cases takes them.",
                    stated.len(),
                    flows.len(),
                    context.quoted(gateway.process)
                ),
                format!("probabilities = {} of {}", stated.len(), flows.len()),
                "Give the shares of the others, too.",
            )
        } else {
            continue;
        };
        // One branch without a word among others that have some is read as “otherwise”.
        let otherwise = silent.len() == 1 && stated.is_empty();
        let severity = if otherwise { Severity::Low } else { Severity::Medium };
        sink.report_as(
            severity,
            Finding::new(message)
                .about([id])
                .formula(formula)
                .number("branches", flows.len() as f64)
                .number("silent", silent.len() as f64)
                .number("sum", sum)
                .criticality(context.criticality(gateway.process))
                .remedy(remedy),
        );
    }
}

fn says_nothing(flow: &Flow) -> bool {
    flow.name.trim().is_empty() && flow.condition.trim().is_empty() && flow.probability.is_none() && !flow.is_default
}
