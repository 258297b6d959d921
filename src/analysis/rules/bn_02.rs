//! The desk that bounds how many cases a process can take.

use super::Meta;
use super::flows::{desk_minutes, desk_work, ours};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-02",
    title: "Bottleneck of a process",
    severity: Severity::Low,
    why: "A process can take no more cases than its narrowest desk; improving anything else does not help.",
    wrong: "“Order” takes 177 cases a week at most, because of the owner’s pricing, and 150 arrive",
    right: "The order desk prices orders up to 500 EUR: 400 cases a week",
    formula: "ceiling of a desk = (its minutes a week − its work for anything else) ÷ its minutes for one case; that of \
              the process is the lowest of its desks. Reported where arriving cases ÷ ceiling ≥ share; near it it is medium. A desk is a \
              person for roles held alone, else the role; desks with less than 1 % of their time in the process are left out",
    source: Source::Literature("flow analysis: theoretical capacity and cycle time (Dumas and others)"),
    thresholds: &[
        ours("share", 0.7, "of the ceiling", "from here on it is reported", "time to act before it is reached"),
        ours("medium", 0.85, "of the ceiling", "from here on it is medium", "one case in seven is left"),
    ],
    remedies: &[
        "Begin here: time saved elsewhere does not let more cases through.",
        "Move steps of this desk to one with time left, or give it a second holder.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &ProcessId) {
    let Some(process) = context.document.processes().get(id) else { return };
    let Some(cases) = process.cases.map(Rate::per_week).filter(|cases| *cases > 0.0) else { return };
    let mut lowest: Option<(f64, Actor, Vec<StepId>, [f64; 3])> = None;
    for work in desk_work(context, id) {
        let Some((load, minutes, _)) = desk_minutes(context, work.desk) else {
            sink.missing(
                "desk in a process has no hours per week or no share of time",
                "desks in processes have no hours per week or no share of time",
                [work.desk],
            );
            continue;
        };
        let left = minutes - (load - work.minutes);
        // A desk that is full with other work is found by BN-01.
        if left <= 0.0 || work.minutes < 0.01 * minutes {
            continue;
        }
        let per_case = work.minutes / cases;
        let ceiling = left / per_case;
        if lowest.as_ref().is_none_or(|(known, ..)| ceiling < *known) {
            lowest = Some((ceiling, work.desk, work.steps, [minutes, load - work.minutes, per_case]));
        }
    }
    let Some((ceiling, desk, steps, [minutes, other, per_case])) = lowest else { return };
    if cases / ceiling < sink.threshold("share") - 1e-9 {
        return;
    }
    let name = context.name(desk);
    let severity = if cases / ceiling >= sink.threshold("medium") - 1e-9 { Severity::Medium } else { Severity::Low };
    sink.report_as(
        severity,
        Finding::new(format!(
            "{} can take {} a week at most, because of {name}; {} arrive.",
            context.quoted(id),
            words::amount(ceiling, "case", "cases"),
            words::number(cases)
        ))
        .about([ElementRef::from(id)])
        .about([desk])
        .about(steps.iter().copied())
        .formula(format!(
            "ceiling = ({} − {}) min ÷ {} min a case = {}; {} ÷ {} = {}",
            words::number(minutes),
            words::number(other),
            words::number(per_case),
            words::number(ceiling),
            words::number(cases),
            words::number(ceiling),
            words::number(cases / ceiling)
        ))
        .number("ceiling_per_week", ceiling)
        .number("cases_per_week", cases)
        .number("share", cases / ceiling)
        .criticality(process.criticality)
        .remedy(format!(
            "Begin with {}: move it to a desk with time left, or make it shorter.",
            words::quoted_list(context.document, steps)
        ))
        .remedy(format!("Give {name} a second holder, or less of other work.")),
    );
}
