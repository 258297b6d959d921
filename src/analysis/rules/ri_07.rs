//! Plans for an outage that nobody has tried for long.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-07",
    title: "Plan not tried",
    severity: Severity::Medium,
    why: "A plan that was never tried fails where nobody looked: a key, a number, a person who has left.",
    wrong: "Baking is to be back within 12 hours; the plan was last tried two years ago",
    right: "It was tried in March, and the next day is set",
    formula: "processes with a recovery target whose plan was last tried more than so many months before today, \
              or never where criticality ≥ least. Without a target RI-06 speaks",
    source: Source::Literature("business impact analysis: plans are exercised at planned intervals (ISO 22301, 8.5)"),
    thresholds: &[
        ours("months", 12.0, "months", "longer ago is reported", "once a year"),
        ours(
            "criticality",
            4.0,
            "of 5",
            "from here on a plan that was never tried is reported",
            "those that must not stop",
        ),
    ],
    remedies: &["Try it on a quiet day, and write down what failed.", "Set the day of the next trial."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut unsaid = Vec::new();
    for (count, (id, process)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(target) = process.recovery_target else { continue };
        let level = process.criticality.map_or(0.0, f64::from);
        let name = context.quoted(id);
        let finding = match (process.plan_tested, context.settings.today) {
            (None, _) if level >= sink.threshold("criticality") => Finding::new(format!(
                "{name} is to be back within {}, and nobody has said when that was last tried.",
                super::duration(target.0)
            ))
            .formula(format!(
                "trials = 0, criticality {} ≥ {}",
                words::number(level),
                words::number(sink.threshold("criticality"))
            ))
            .number("trials", 0.0),
            (None, _) => {
                unsaid.push(id);
                continue;
            }
            (Some(tested), Some(today)) if f64::from(months_between(tested, today)) >= sink.threshold("months") => {
                let months = months_between(tested, today);
                Finding::new(format!(
                    "{name} is to be back within {}; that was last tried on {tested}, {} ago.",
                    super::duration(target.0),
                    words::count(months as usize, "month", "months")
                ))
                .formula(format!("{tested} to {today} = {months} months ≥ {}", words::number(sink.threshold("months"))))
                .number("months", f64::from(months))
            }
            _ => continue,
        };
        let owner = process.owner.map_or_else(|| "its owner".to_owned(), |owner| context.name(owner));
        sink.report(
            finding
                .about([ElementRef::from(id)])
                .about(process.owner)
                .criticality(process.criticality)
                .remedy(format!("Try it with {owner} on a quiet day, and write down the day and what failed."))
                .remedy("Set the day of the next trial."),
        );
    }
    sink.missing(
        "process with a recovery target does not say when its plan was tried",
        "processes with recovery targets do not say when their plans were tried",
        unsaid,
    );
}

/// Whole months from one day to a later one; 0 before it.
fn months_between(from: Date, to: Date) -> u32 {
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month())
        - i32::from(to.day() < from.day());
    u32::try_from(months).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_whole_ones() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (from, to, months) in [
            ("2025-06-01", "2026-06-01", 12),
            ("2025-06-02", "2026-06-01", 11),
            ("2026-01-31", "2026-02-28", 0),
            ("2026-06-01", "2025-01-01", 0),
        ] {
            assert_eq!(months_between(day(from), day(to)), months, "{from} to {to}");
        }
    }
}
