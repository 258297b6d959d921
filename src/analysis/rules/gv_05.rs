//! Bodies that cannot decide when one member is away.

use super::Meta;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GV-05",
    title: "Quorum fails when one is away",
    severity: Severity::Medium,
    why: "A body that needs everybody there decides nothing in a week with a holiday.",
    wrong: "Five members, five must be there",
    right: "Five members, three must be there",
    formula: "members − 1 < quorum, with 2 members or more",
    source: Source::Ours(" somebody is always away"),
    thresholds: &[],
    remedies: &["Lower the quorum.", "Name alternates."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (id, body) in context.document.bodies().iter() {
        let count = body.members.len();
        let Some(quorum) = body.quorum.filter(|quorum| count >= 2 && *quorum as usize >= count) else { continue };
        let name = context.name(id);
        let half = count as u32 / 2 + 1;
        let never = if quorum as usize > count { " It can never decide." } else { "" };
        let fix = Fix::replace(
            format!("Let {half} of {count} members of {name} be enough"),
            id,
            Body { quorum: Some(half), ..body.clone() },
        );
        sink.report(
            Finding::new(format!("{name} needs {quorum} of its {count} members; one absence stops it.{never}"))
                .about([id])
                .formula(format!("{count} − 1 < {quorum}"))
                .number("members", count as f64)
                .number("quorum", f64::from(quorum))
                .remedy_with(format!("Let {half} be enough."), Some(fix).filter(|_| (half as usize) < count))
                .remedy("Or name alternates."),
        );
    }
}
