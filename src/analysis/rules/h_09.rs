//! Holders with two letters of which one includes the other.

use super::rows::{rows, without};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Held, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-09",
    title: "One holder, two strengths",
    severity: Severity::Low,
    why: "Who decides need not be asked; two letters that include each other only crowd the row.",
    wrong: "Shop lead A and C on “Grant refund”",
    right: "Shop lead A",
    formula: "letters of one holder on one row among those that decide, are asked, are told ≥ 2",
    source: Source::Literature("RACI practice: one letter a cell"),
    thresholds: &[],
    remedies: &["Keep the strongest letter."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        for holder in row.everybody(context) {
            let ladder = [Duty::Decide, Duty::Consult, Duty::Inform];
            let strength = |held: &Held<'_>| ladder.iter().position(|duty| held.duties.has(*duty));
            let mut letters: Vec<(usize, Held<'_>)> =
                row.letters(context, holder).into_iter().filter_map(|held| Some((strength(&held)?, held))).collect();
            letters.sort_by_key(|(strength, held)| (*strength, held.id));
            let Some(((strongest, best), weaker)) = letters.split_first() else { continue };
            let weaker: Vec<&Held<'_>> =
                weaker.iter().filter(|(strength, _)| strength > strongest).map(|(_, held)| held).collect();
            if weaker.is_empty() {
                continue;
            }
            let (name, row_label) = (context.name(holder), row_name(context, row.subject()));
            let codes: Vec<&str> = weaker.iter().map(|held| held.right.letter.as_str()).collect();
            let codes = codes.join(" and ");
            let best = &best.right.letter;
            let fix = without(format!("Leave {name} only {best} on {row_label}"), weaker.iter().map(|held| held.id));
            sink.report(
                Finding::new(format!("{name} has {best} and {codes} on {row_label}; {best} includes it."))
                    .about([row.id])
                    .about([holder])
                    .formula(format!("letters that include each other = {}", weaker.len() + 1))
                    .number("letters", (weaker.len() + 1) as f64)
                    .remedy_with(format!("Keep {best}."), fix),
            );
        }
    }
}
