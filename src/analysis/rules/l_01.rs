//! Cases that no deciding limit covers, under some combination of conditions.

use super::rows::{Row, role_of, rows, with_tiers};
use super::{Meta, row_name};
use crate::analysis::figures::{Gap, deciding_parts, open_cases};
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-01",
    title: "Limits leave cases open",
    severity: Severity::High,
    why: "What no limit covers is decided by whoever dares, or by nobody.",
    wrong: "“Buy tools”: Clerk up to 200 EUR if budgeted, Owner above 200 EUR",
    right: "“Buy tools”: Clerk up to 200 EUR if budgeted; Owner above 200 EUR, and up to 200 EUR if not \
              budgeted",
    formula: "cases (amount > 0 × unit × category × budgeted × new supplier × own attributes) that no deciding \
              limit matches > 0, exact over all combinations; where H-01 says so of the same row already, \
              nothing is added. A condition in words is taken to hold",
    source: Source::Literature("gap check of decision tables (DMN)"),
    thresholds: &[],
    remedies: &["Extend a limit so that it covers the case.", "Let the level above decide what is left."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut in_words = Vec::new();
    for row in rows(context) {
        let Some(ladder) = context.ladders.of(row.id).next() else { continue };
        if !ladder.unevaluated.is_empty() {
            in_words.push(row.id);
        }
        let parts = deciding_parts(&context.index, row.subject(), context.settings.today);
        let Some(first) = ladder.gaps.first() else { continue };
        if !open_cases(context.document, &context.index, &row.decision.scope, &parts).is_empty() {
            continue;
        }
        let name = row_name(context, row.subject());
        let case = first.case.words(context.document);
        let more = match ladder.gaps.len() {
            1 => String::new(),
            count => format!(" So it is with {}.", words::count(count - 1, "more case", "more cases")),
        };
        let deciders = row.holders(context, Duty::Decide);
        let mut finding = Finding::new(format!("No limit on {name} covers this case: {case}.{more}"))
            .about([row.id])
            .about(first.case.unit())
            .about(deciders.iter().copied())
            .formula(format!("open combinations = {}, the smallest is {case}", ladder.gaps.len()))
            .number("open_combinations", ladder.gaps.len() as f64)
            .number("smallest_amount", first.case.amount.to_f64())
            .criticality(context.criticality_of(row.subject()));
        let highest = deciders.iter().filter_map(|actor| role_of(*actor)).min_by_key(|role| context.index.level(*role));
        if let Some(role) = highest {
            finding = finding.remedy_with(
                format!("Let {} decide whatever no other limit covers.", context.name(role)),
                everything_else(context, &row, role, first),
            );
        }
        sink.report(finding.remedy("Extend the limit whose conditions come nearest to the case."));
    }
    sink.missing(
        "decision has a limit with a condition in words, which is taken to hold",
        "decisions have limits with a condition in words, which is taken to hold",
        in_words,
    );
}

/// A limit for the open case and those like it.
fn everything_else(context: &Context<'_>, row: &Row<'_>, role: RoleId, gap: &Gap) -> Option<Fix> {
    let held = row.letters(context, Actor::Role(role)).into_iter().find(|held| held.duties.has(Duty::Decide))?;
    if context.ladders.of(row.id).next()?.gaps.len() > 1 {
        return None;
    }
    let quantity = gap.case.quantity.or_else(|| held.right.tiers.first().map(|tier| tier.quantity))?;
    let mut tier = Tier { above: gap.range.above, up_to: gap.range.up_to, ..Tier::unbounded(quantity) };
    tier.conditions = gap.case.conditions()?;
    let label = format!("Let {} decide {} there, too", context.name(role), row_name(context, row.subject()));
    with_tiers(context, held.id, label, |tiers| tiers.push(tier))
}
