//! Steps before which cases mostly wait.

use super::Meta;
use super::flows::{duration, ours};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-05",
    title: "Mostly waiting",
    severity: Severity::Medium,
    why: "Most of the time a case takes is waiting; one wait that makes up a fifth of it is worth more than any faster work.",
    wrong: "“Approve the refund” takes 6 minutes and waits 2.1 days",
    right: "The shop approves; nothing waits",
    formula: "wait ÷ (wait + work) ≥ share, and visits × wait ÷ lead time ≥ part; lead time by flow analysis from stated \
              work and waits (parallel branches: the slowest)",
    source: Source::Literature("value-stream mapping: most lead time is waiting"),
    thresholds: &[
        ours("share", 0.8, "of the step", "from here on a step is mostly waiting", "four parts waiting, one part work"),
        ours("part", 0.2, "of the lead time", "from here on it is reported", "a fifth of the whole"),
    ],
    remedies: &[
        "Ask what the wait is for: a person, a batch, a day of the week, somebody outside.",
        "Work off smaller batches more often.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let Some(record) = context.document.processes().get(process) else { return };
    let Some(times) = context.times.of(process).filter(|times| times.lead > 0.0) else { return };
    for id in context.index.steps_of(process) {
        let Some(step) = context.document.steps().get(*id) else { continue };
        let (Some(wait), Some(work)) = (step.wait.filter(|wait| wait.0 > 0.0), step.work) else { continue };
        let visits = context.visits.of(&context.index, FlowNode::Step(*id)).unwrap_or(0.0);
        let (share, part) = (wait.0 / (wait.0 + work.0), (visits * wait.0 / times.lead).min(1.0));
        if share < sink.threshold("share") - 1e-9 || part < sink.threshold("part") - 1e-9 {
            continue;
        }
        sink.report(
            Finding::new(format!(
                "A case{} waits {} for {} minutes of {}: {} of the {} that {} takes{}.",
                if visits < 0.995 {
                    format!(" that comes there, {} of all,", words::percent(visits))
                } else {
                    String::new()
                },
                duration(wait.0),
                words::number(work.0),
                context.quoted(*id),
                words::percent(part),
                duration(times.lead),
                context.quoted(process),
                if visits < 0.995 { " on average over all cases" } else { "" }
            ))
            .about([ElementRef::from(*id)])
            .about([process])
            .about(context.index.performer(*id))
            .formula(format!(
                "{} ÷ ({} + {}) = {}; {} × {} ÷ {} min = {}",
                words::number(wait.0),
                words::number(wait.0),
                words::number(work.0),
                words::number(share),
                words::number(visits),
                words::number(wait.0),
                words::number(times.lead),
                words::number(part)
            ))
            .number("wait_share", share)
            .number("lead_time_share", part)
            .number("lead_time_minutes", times.lead)
            .criticality(record.criticality)
            .remedy("Ask what the wait is for: a person, a batch, a fixed day, somebody outside.")
            .remedy(format!("Let small cases pass {} by.", context.quoted(*id))),
        );
    }
}
