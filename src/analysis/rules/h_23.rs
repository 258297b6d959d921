//! Small reversible decisions taken far above the work.

use super::rows::{handed_over, role_of, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-23",
    title: "Decided far above the work",
    severity: Severity::Medium,
    why: "What can be undone and weighs little should be decided where it is known.",
    wrong: "“Add a product”: Baker does it, Owner decides, two levels up",
    right: "Head baker decides",
    formula: "level of the doer − level of the decider ≥ levels, reversible, importance ≤ most; limits count \
              as the level of the lowest decider",
    source: Source::Ours(" decide where the knowledge is"),
    thresholds: &[
        Threshold {
            name: "levels",
            default: 2.0,
            unit: "levels",
            meaning: "less is left alone",
            source: Source::Ours("one level up is near"),
        },
        Threshold {
            name: "importance",
            default: 3.0,
            unit: "of 5",
            meaning: "more important ones are left alone",
            source: Source::Ours("what is easy to mend"),
        },
    ],
    remedies: &["Let the level between decide."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (levels, most) = (sink.threshold("levels"), sink.threshold("importance"));
    for row in rows(context).filter(|row| row.decision.reversible == Some(true) && !row.decision.reserved) {
        let Some(importance) = row.decision.importance.filter(|known| f64::from(*known) <= most) else { continue };
        let level = |actor: &Actor| context.index.level(role_of(*actor)?).map(|level| (level, *actor));
        let lowest = |duty| row.holders(context, duty).iter().filter_map(level).max_by_key(|(level, _)| *level);
        let (Some((high, decider)), Some((low, doer))) = (lowest(Duty::Decide), lowest(Duty::Do)) else { continue };
        let distance = f64::from(low) - f64::from(high);
        if distance < levels {
            continue;
        }
        let row_label = row_name(context, row.subject());
        let [above, below] = [decider, doer].map(|actor| context.name(actor));
        let mut finding = Finding::new(format!(
            "{above} decides {row_label}, which {below} carries out {} below; it can be undone.",
            words::amount(distance, "level", "levels")
        ))
        .about([row.id])
        .about([decider, doer])
        .formula(format!(
            "{low} − {high} = {}, importance {importance} ≤ {}",
            words::number(distance),
            words::number(most)
        ))
        .number("levels", distance)
        .number("importance", f64::from(importance));
        finding.confidence = row.trust(&[DecisionFact::Importance, DecisionFact::Reversible]);
        let between = role_of(doer).and_then(|role| context.document.roles().get(role)?.reports_to);
        let between = between.filter(|role| Actor::Role(*role) != decider);
        let held = row.letters(context, decider).into_iter().find(|held| held.duties.has(Duty::Decide));
        finding = match (between, held) {
            (Some(role), Some(held)) if row.holders(context, Duty::Decide).len() == 1 => {
                let name = context.name(role);
                let taken =
                    row.letters(context, Actor::Role(role)).iter().any(|own| own.right.letter == held.right.letter);
                let fix = handed_over(format!("Let {name} decide {row_label}"), &held, role);
                finding
                    .remedy_with(format!("Let {name} decide, to whom {below} reports."), Some(fix).filter(|_| !taken))
            }
            _ => finding.remedy("Let the level between decide."),
        };
        sink.report(finding);
    }
}
