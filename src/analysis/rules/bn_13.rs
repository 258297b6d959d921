//! People who hold more than one person can.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};

pub(super) const META: Meta = Meta {
    id: "BN-13",
    title: "One person, too many roles",
    severity: Severity::Medium,
    why: "Who has promised more time than there is breaks a promise every week; who wears six hats forgets one.",
    wrong: "Ana gives 60 % to the shop, 40 % to the office and 30 % to buying",
    right: "Buying goes to Ben",
    formula: "Σ shares of time over the roles of a person > 1 (high); roles > most (medium)",
    source: Source::Ours("shares of a person cannot exceed the person; the number of hats is ours"),
    thresholds: &[
        ours("shares", 1.0, "of the time", "above it is high", "more than there is"),
        ours("roles", 5.0, "roles", "above it is medium", "a hat for each day"),
    ],
    remedies: &["Give up a role.", "Join roles that belong together."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, id) in context.document.people().ids().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let roles = context.index.roles_of_person(id);
        let shares: f64 = roles.iter().filter_map(|(_, share)| *share).sum();
        let over = shares > sink.threshold("shares") + 1e-9;
        let many = roles.len() as f64 > sink.threshold("roles");
        if !over && !many {
            continue;
        }
        let name = context.name(id);
        let message = if over {
            format!(
                "{name} has promised {} of the time there is, to {}.",
                words::percent(shares),
                words::count(roles.len(), "role", "roles")
            )
        } else {
            format!("{name} holds {} roles.", roles.len())
        };
        let finding = Finding::new(message)
            .about([id])
            .about(roles.iter().map(|(role, _)| *role))
            .formula(format!("Σ shares = {}, roles = {}", words::number(shares), roles.len()))
            .number("shares", shares)
            .number("roles", roles.len() as f64)
            .remedy(format!("Let {name} give up a role, or less time to one, or join roles that belong together."));
        sink.report_as(if over { Severity::High } else { Severity::Medium }, finding);
    }
}
