//! Rows that several carry out, and nobody leads.

use super::rows::{most_in_a_scope, performers_of, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Fix, Held, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-05",
    title: "Many do it, nobody leads",
    severity: Severity::Medium,
    why: "Where many do the same and nobody leads, each does what the others leave.",
    wrong: "Three R on “Prepare the fair”, none of them marked as lead",
    right: "Three R on “Prepare the fair”, the shop lead leads",
    formula: "holders of a doing letter in one scope > most, and no lead mark; letters that only support are left alone",
    source: Source::Literature("horizontal analysis of a responsibility matrix: many R"),
    thresholds: &[Threshold {
        name: "most",
        default: 2.0,
        unit: "doers",
        meaning: "more need a lead",
        source: Source::Ours("two can agree by themselves"),
    }],
    remedies: &["Mark who leads.", "Or split the row into as many as there are pieces of work."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let most = sink.threshold("most");
    for row in rows(context) {
        let subject = row.subject();
        let does = |held: &Held<'_>| {
            held.duties.has(Duty::Do) && !held.duties.has(Duty::Support) && !held.duties.has(Duty::Decide)
        };
        let doing: Vec<Held<'_>> = context.index.rights_on(subject).filter(does).collect();
        if most_in_a_scope(context, &row, &doing) as f64 <= most || doing.iter().any(|held| held.right.lead) {
            continue;
        }
        let row_label = row_name(context, subject);
        let names = words::named_list(context.document, doing.iter().map(|held| held.right.holder));
        let performers = performers_of(context, row.decision);
        let lead = doing.iter().find(|held| performers.contains(&held.right.holder)).or_else(|| doing.first());
        let mut finding = Finding::new(format!("{names} carry out {row_label}, and none of them leads."))
            .about([row.id])
            .about(doing.iter().map(|held| held.right.holder))
            .formula(format!("doers = {} > {}, leads = 0", doing.len(), words::number(most)))
            .number("doers", doing.len() as f64)
            .criticality(context.criticality_of(subject));
        if let Some(lead) = lead {
            let name = context.name(lead.right.holder);
            let right = Right { lead: true, ..lead.right.clone() };
            let fix = Fix::replace(format!("Let {name} lead {row_label}"), lead.id, right);
            finding = finding.remedy_with(format!("Mark {name} as lead, or one of the others."), fix);
        }
        sink.report(finding.remedy("Or split the row into as many as there are pieces of work."));
    }
}
