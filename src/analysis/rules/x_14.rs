//! Letters that point to something that is not there.

use super::Meta;
use crate::analysis::{Context, Finding, Fix, FixChange, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-14",
    title: "Letter without row or holder",
    severity: Severity::Block,
    why: "A letter whose row or holder is gone gives nobody anything, and may hide that a row has lost its decider.",
    wrong: "A file gives the letter A on “grant-refund” to “shop-led”, and there is no such role",
    right: "A file gives it to “shop-lead”",
    formula: "letters whose row or holder is not in the project > 0",
    source: Source::Ours("a broken file opens, and says what is broken"),
    thresholds: &[],
    remedies: &["Take the letter away, or give it to somebody."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    for (id, right) in document.rights().iter() {
        let (row, holder) = (ElementRef::from(right.subject), ElementRef::from(right.holder));
        let missing = [row, holder].into_iter().find(|element| !document.contains(*element));
        let Some(missing) = missing else { continue };
        let key = document.missing_key(missing).unwrap_or("?");
        let (what, other) = if missing == row { ("row", holder) } else { ("holder", row) };
        let of = if document.contains(other) { format!(" with {}", context.quoted(other)) } else { String::new() };
        let label = format!("Take {} of “{key}” away", right.letter);
        let fix = Fix { label, changes: vec![FixChange::Remove(id.into())] };
        sink.report(
            Finding::new(format!("The letter {}{of} has the {what} “{key}”, which is not there.", right.letter))
                .about([ElementRef::from(id)])
                .about(Some(other).filter(|other| document.contains(*other)))
                .formula("rows or holders that are not there = 1")
                .number("missing", 1.0)
                .remedy_with("Take it away.", fix)
                .remedy("Or write the right key into the file."),
        );
    }
}
