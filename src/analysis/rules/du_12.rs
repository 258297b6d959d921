//! Two rows that are one decision, decided by different people.

use super::Meta;
use super::flows::ours;
use crate::analysis::likeness::Pair;
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

/// A decision with what tells it from others.
struct Row<'a> {
    id: DecisionId,
    decision: &'a Decision,
    area: String,
    deciders: Vec<Actor>,
}

impl Row<'_> {
    /// Whether two rows of like names might be one decision: of one kind, not in two areas, each decided, by others.
    fn may_be(&self, other: &Self) -> bool {
        let other_matter = !self.area.is_empty() && !other.area.is_empty() && self.area != other.area;
        let decided = !self.deciders.is_empty() && !other.deciders.is_empty();
        !other_matter
            && decided
            && self.decision.kind == other.decision.kind
            && !self.deciders.iter().any(|actor| other.deciders.contains(actor))
    }
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let rows: Vec<Row<'_>> =
        context.document.decisions().iter().map(|(id, decision)| row(context, id, decision)).collect();
    let labels: Vec<&str> = rows.iter().map(|row| row.decision.name.as_str()).collect();
    let alike = context.alike("decisions", &labels, sink.threshold("likeness"));
    for (count, crowds) in alike.crowds().iter().filter(|crowds| crowds.same_object).enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let [one, other] = [crowds.pair.a, crowds.pair.b].map(|crowd| alike.texts_of(crowd));
        for (place, a) in one.iter().enumerate() {
            // Of one crowd each two once.
            let rest = if crowds.pair.a == crowds.pair.b { place + 1 } else { 0 };
            for b in other.get(rest..).unwrap_or_default() {
                let (Some(first), Some(second)) = (rows.get(*a.min(b)), rows.get(*a.max(b))) else { continue };
                if first.may_be(second) && meet(context.document, first.decision, second.decision) {
                    report(context, sink, first, second, &crowds.pair);
                }
            }
        }
    }
}

fn row<'a>(context: &Context<'_>, id: DecisionId, decision: &'a Decision) -> Row<'a> {
    let held = context.index.rights_with(Subject::Decision(id), Duty::Decide);
    let deciders = super::rows::distinct(held.map(|held| held.right.holder));
    Row { id, decision, area: decision.area.trim().to_lowercase(), deciders }
}

/// Whether two decisions have units in common; without any they are everybody's.
fn meet(document: &Document, first: &Decision, second: &Decision) -> bool {
    let within = |a: &UnitId, b: &UnitId| document.unit_is_within(*a, *b) || document.unit_is_within(*b, *a);
    first.scope.is_empty()
        || second.scope.is_empty()
        || first.scope.iter().any(|a| second.scope.iter().any(|b| within(a, b)))
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, one: &Row<'_>, other: &Row<'_>, pair: &Pair) {
    let document = context.document;
    let (a, b) = (context.quoted(one.id), context.quoted(other.id));
    sink.report(
        Finding::new(format!(
            "{a} and {b} are one decision in two rows, decided by {} and by {}.",
            words::named_list(document, one.deciders.iter().copied()),
            words::named_list(document, other.deciders.iter().copied())
        ))
        .about([ElementRef::from(one.id), ElementRef::from(other.id)])
        .about(one.deciders.iter().chain(&other.deciders).copied())
        .formula(format!("likeness = {} ({}), same object", words::number(pair.likeness), pair.why))
        .number("likeness", pair.likeness)
        .criticality(context.criticality_of(Subject::Decision(one.id)))
        .criticality(context.criticality_of(Subject::Decision(other.id)))
        .remedy("Make them one row, with limits where both decide.")
        .remedy("Or say in the names what tells them apart."),
    );
}
