//! Roles with nothing to do, and units with nobody in them.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-09",
    title: "Box without content",
    severity: Severity::Low,
    why: "An empty box is either a plan nobody wrote down, or what is left of one.",
    wrong: "“Quality officer” performs nothing, decides nothing and is measured by nothing",
    right: "She verifies the weekly batch",
    formula: "roles without step, letter, report, purpose, responsibility, KPI, process or place in a body, once most roles have work or \
              letters; units without a role, unit, letter or message, once most of the lowest units have roles",
    source: Source::Ours("an empty box in a filled chart asks a question"),
    thresholds: &[],
    remedies: &["Say what it is for, or take it out."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (document, index) = (context.document, &context.index);
    let mut busy: std::collections::BTreeSet<Actor> = document.rights().iter().map(|(_, right)| right.holder).collect();
    busy.extend(document.bodies().iter().flat_map(|(_, body)| &body.members).map(|member| member.actor));
    busy.extend(document.processes().iter().filter_map(|(_, process)| process.owner).map(Actor::Role));
    busy.extend(document.roles().iter().filter_map(|(_, role)| role.deputy));
    busy.extend(document.steps().ids().filter_map(|step| index.performer(step)));
    // A pool of another party that only sends and gets messages is no empty box.
    let ends = document.links().iter().flat_map(|(_, link)| [link.from, link.to]);
    busy.extend(ends.filter_map(|end| Actor::try_from(end).ok()));
    let events = document.events().iter().filter_map(|(_, event)| event.performer);
    busy.extend(events.chain(document.gateways().iter().filter_map(|(_, gateway)| gateway.performer)));
    let has_work = |id: RoleId| busy.contains(&Actor::Role(id));
    // A chart on which nothing but boxes has been drawn yet has no empty ones.
    let filled = document.roles().ids().filter(|id| has_work(*id)).count() * 2 > document.roles().len();
    for (count, (id, role)) in document.roles().iter().enumerate().filter(|_| filled) {
        if context.is_cancelled(count) {
            return;
        }
        let is_described =
            !(role.purpose.trim().is_empty() && role.responsibilities.is_empty() && role.kpis.is_empty());
        let says_nothing = !is_described && index.reports_of(id).is_empty();
        if has_work(id) || !says_nothing {
            continue;
        }
        let name = context.name(id);
        sink.report(
            Finding::new(format!("{name} does nothing, decides nothing and leads nobody."))
                .about([id])
                .formula("steps + letters + reports + purpose + responsibilities + KPIs = 0")
                .number("items", 0.0)
                .remedy(format!(
                    "Say what {name} is for, in its purpose or its responsibilities, or take the role out."
                )),
        );
    }
    let leaves = || document.units().ids().filter(|id| index.child_units(*id).is_empty());
    let peopled = leaves().filter(|id| !index.roles_of_unit(*id).is_empty()).count() * 2 > leaves().count();
    for id in document.units().ids().filter(|_| peopled) {
        let held = busy.contains(&Actor::Unit(id));
        let in_body = document.bodies().iter().any(|(_, body)| body.unit == Some(id));
        if held || in_body || !index.roles_of_unit(id).is_empty() || !index.child_units(id).is_empty() {
            continue;
        }
        let name = context.name(id);
        sink.report(
            Finding::new(format!("{name} has no role and no unit in it."))
                .about([id])
                .formula("roles + units = 0")
                .number("items", 0.0)
                .remedy(format!("Draw who works in {name}, or take it out.")),
        );
    }
}
