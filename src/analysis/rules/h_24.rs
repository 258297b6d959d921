//! Letters that too few or too many hold, by what their framework says; those with a rule of their own are left to it.

use super::rows::{counts, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-24",
    title: "Not as many as the letters ask for",
    severity: Severity::Medium,
    why: "A framework says how many may hold a letter because more get in each other’s way, and fewer leave the work \
          undone.",
    wrong: "Three who verify, where the framework of the firm lets one",
    right: "one who verifies",
    formula: "holders of a letter in one row and scope < at least, or > at most, of its framework; deciding letters \
              (H-01, H-02), nobody who does it (H-04), the only one who prepares (H-11), vetoes (H-12) and nobody \
              who recommends (H-16) have rules of their own",
    source: Source::Ours("the numbers are those of the framework, the program’s or your own"),
    thresholds: &[],
    remedies: &["Give the letter to somebody, or take it from some.", "Change the numbers in the framework."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        for count in counts(context, &row) {
            let letter = count.letter;
            let has = |duty: Duty| letter.duties.contains(&duty);
            let (fewest, most) = (count.holders.len(), count.most_in_a_scope);
            let is_told = |missing: bool| {
                if missing {
                    fewest == 0 && (has(Duty::Do) || count.prepares_only())
                } else {
                    has(Duty::Agree) || count.is_single_preparer()
                }
            };
            let too_few = fewest < letter.at_least as usize && !is_told(true);
            let too_many = letter.at_most.is_some_and(|at_most| most > at_most as usize) && !is_told(false);
            if !too_few && !too_many {
                continue;
            }
            let row_label = row_name(context, row.subject());
            let named = format!("{} ({})", letter.code, letter.name);
            let (held, needed) = if too_few {
                (fewest, format!("at least {} needed", letter.at_least))
            } else {
                (most, format!("at most {} allowed", letter.at_most.unwrap_or(0)))
            };
            let advice = if too_few { "Give it to one more." } else { "Take it from some; let them be asked or told." };
            sink.report(
                Finding::new(format!(
                    "{} {named} on {row_label}: {needed}.",
                    words::count(held, "holder has", "holders have")
                ))
                .about([row.id])
                .about(count.holders.iter().copied())
                .formula(format!("holders of {} = {held}, {needed}", letter.code))
                .number("holders", held as f64)
                .criticality(context.criticality_of(row.subject()))
                .remedy(advice)
                .remedy("Or change the numbers in the framework."),
            );
        }
    }
}
