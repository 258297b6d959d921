//! Holders with a veto and a voice on one row.

use super::rows::{rows, without};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Held, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-17",
    title: "Veto and voice in one hand",
    severity: Severity::Medium,
    why: "Who may block need not influence as well: the voice is heard as a threat.",
    wrong: "Accountant V and I on one row under OVIS",
    right: "Accountant V",
    formula: "people with an agreeing and a consulting letter on one row > 0",
    source: Source::Literature("OVIS: V and I are never the same holder"),
    thresholds: &[],
    remedies: &["Choose one of the two."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let vetoes: Vec<Held<'_>> = context.index.rights_with(row.subject(), Duty::Agree).collect();
        let voices: Vec<Held<'_>> = context.index.rights_with(row.subject(), Duty::Consult).collect();
        let same = |a: Actor, b: Actor| {
            let (people, others) = (context.index.people_of(a), context.index.people_of(b));
            a == b || (people.len() == 1 && people == others)
        };
        let pair = vetoes.iter().find_map(|veto| {
            voices.iter().find(|voice| same(veto.right.holder, voice.right.holder)).map(|voice| (veto, voice))
        });
        let Some((veto, voice)) = pair else { continue };
        let (name, row_label) = (context.name(veto.right.holder), row_name(context, row.subject()));
        let fix = without(format!("Leave {name} only {} on {row_label}", veto.right.letter), [voice.id]);
        sink.report(
            Finding::new(format!(
                "{name} has a veto ({}) and a voice ({}) on {row_label}.",
                veto.right.letter, voice.right.letter
            ))
            .about([row.id])
            .about([veto.right.holder, voice.right.holder])
            .formula("holders of a veto and a voice = 1")
            .number("holders", 1.0)
            .remedy_with("Keep the veto, drop the voice.", Some(fix).filter(|_| veto.id != voice.id))
            .remedy("Or keep the voice, drop the veto."),
        );
    }
}
