//! Two rows that are one decision, decided by different people.

use super::Meta;
use super::flows::ours;
use crate::analysis::likeness::{Vocabulary, pairs_of};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-12",
    title: "One decision in two rows",
    severity: Severity::High,
    why: "Two rows for one decision give it two deciders, and each believes it is theirs.",
    wrong: "“Approve refund” by the shop, “Grant a refund” by the office",
    right: "One row: the shop up to 200 EUR, the office above",
    formula: "names of two decisions alike ≥ likeness, with the same object, units in common (or none named), no two different areas, and no decider in common",
    source: Source::Ours("one row for each decision"),
    thresholds: &[ours("likeness", 0.8, "of 1", "from here on two names mean the same", "as for labels of steps")],
    remedies: &["Make them one row.", "Say in the names what tells them apart."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let all: Vec<(DecisionId, &Decision)> = document.decisions().iter().collect();
    let labels: Vec<&str> = all.iter().map(|(_, decision)| decision.name.as_str()).collect();
    let phrases = Vocabulary::for_texts(labels.iter().copied()).read_all(&labels);
    let threshold = sink.threshold("likeness");
    for (count, pair) in pairs_of(&phrases, threshold).into_iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let (Some((one, first)), Some((other, second))) = (all.get(pair.a), all.get(pair.b)) else { continue };
        let same_object =
            phrases.get(pair.a).zip(phrases.get(pair.b)).is_some_and(|(a, b)| a.has_same_object(b, threshold));
        let within = |a: &UnitId, b: &UnitId| document.unit_is_within(*a, *b) || document.unit_is_within(*b, *a);
        let meet = first.scope.is_empty()
            || second.scope.is_empty()
            || first.scope.iter().any(|a| second.scope.iter().any(|b| within(a, b)));
        let deciders = |id: DecisionId| {
            super::rows::distinct(
                context.index.rights_with(Subject::Decision(id), Duty::Decide).map(|held| held.right.holder),
            )
        };
        let (ours, theirs) = (deciders(*one), deciders(*other));
        let apart = !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|actor| theirs.contains(actor));
        let (area, other_area) = (first.area.trim().to_lowercase(), second.area.trim().to_lowercase());
        let other_matter = !area.is_empty() && !other_area.is_empty() && area != other_area;
        if other_matter || !same_object || !meet || !apart || first.kind != second.kind {
            continue;
        }
        let (a, b) = (context.quoted(*one), context.quoted(*other));
        sink.report(
            Finding::new(format!(
                "{a} and {b} are one decision in two rows, decided by {} and by {}.",
                words::named_list(document, ours.iter().copied()),
                words::named_list(document, theirs.iter().copied())
            ))
            .about([ElementRef::from(*one), ElementRef::from(*other)])
            .about(ours.iter().chain(&theirs).copied())
            .formula(format!("likeness = {} ({}), same object", words::number(pair.likeness), pair.why))
            .number("likeness", pair.likeness)
            .criticality(context.criticality_of(Subject::Decision(*one)))
            .criticality(context.criticality_of(Subject::Decision(*other)))
            .remedy("Make them one row, with limits where both decide.")
            .remedy("Or say in the names what tells them apart."),
        );
    }
}
