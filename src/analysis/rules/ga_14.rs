//! Critical processes that nobody has looked at lately.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-14",
    title: "Review is due",
    severity: Severity::Medium,
    why: "A description that nobody looks at becomes a story of how it used to be.",
    wrong: "“Bake”, criticality 5, has no day on which it is looked at again",
    right: "1 March, with the head baker",
    formula: "processes of criticality ≥ least without a review date, or with one before today. Whether a written procedure exists \
              is not in the model",
    source: Source::Literature("document control: critical procedures have a review date"),
    thresholds: &[ours(
        "criticality",
        4.0,
        "of 5",
        "less critical processes are left out",
        "those that must not go wrong",
    )],
    remedies: &["Look at it with its owner, and set the next date."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, process)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(level) = process.criticality.filter(|level| f64::from(*level) >= sink.threshold("criticality")) else {
            continue;
        };
        let name = context.quoted(id);
        let message = match (process.review, context.settings.today) {
            (None, _) => {
                format!("{name} is critical ({level} of 5), and no day is set on which it is looked at again.")
            }
            (Some(review), Some(today)) if review < today => {
                format!("{name} is critical ({level} of 5) and was to be looked at on {review}.")
            }
            _ => continue,
        };
        let owner = process.owner.map_or_else(|| "its owner".to_owned(), |owner| context.name(owner));
        sink.report(
            Finding::new(message)
                .about([ElementRef::from(id)])
                .about(process.owner)
                .formula(format!(
                    "criticality {level} ≥ {}, reviews ahead = 0",
                    words::number(sink.threshold("criticality"))
                ))
                .number("criticality", f64::from(level))
                .criticality(process.criticality)
                .remedy(format!("Go through it with {owner}, and set the next date.")),
        );
    }
}
