//! Bodies in which one member always wins.

use super::Meta;
use crate::analysis::figures::power::Vote;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GV-02",
    title: "One member decides alone",
    severity: Severity::High,
    why: "A vote that one member always wins is no vote; the others carry a decision that they cannot \
              change.",
    wrong: "Body “Partners”, majority of weights: Ana 60, Rui 40",
    right: "Ana 50, Rui 30, Tom 20",
    formula: "members of a body that votes (majority or weighted, 2 members or more) with Banzhaf’s index 1 > \
              0",
    source: Source::Literature("Banzhaf’s index of power"),
    thresholds: &[],
    remedies: &["Say that this member decides, and the others advise.", "Change the weights or the quota."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (id, body) in context.document.bodies().iter() {
        if !matches!(body.method, Some(Method::Majority | Method::Weighted)) || body.members.len() < 2 {
            continue;
        }
        let Some(vote) = Vote::of_all(body).filter(Vote::can_win) else { continue };
        let Some(power) = vote.power() else { continue };
        let alone = power.index.iter().position(|index| *index > 1.0 - 1e-9);
        let Some(member) = alone.and_then(|place| body.members.get(place)) else { continue };
        let (name, label) = (context.name(member.actor), context.name(id));
        let fix = Fix::replace(
            format!("Say that one member of {label} decides"),
            id,
            Body { method: Some(Method::Advice), ..body.clone() },
        );
        sink.report(
            Finding::new(format!("{name} decides every vote of {label} alone."))
                .about([id])
                .about([member.actor])
                .formula(format!("Banzhaf’s index of {name} = 1"))
                .number("index", 1.0)
                .number("members", body.members.len() as f64)
                .remedy_with(format!("Say so: {name} decides after asking the others."), fix)
                .remedy("Or change the weights or the quota."),
        );
    }
}
