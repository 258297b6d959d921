//! Self-managing teams without what that takes.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-07",
    title: "Set free without the means",
    severity: Severity::Medium,
    why: "A team that manages itself without a measure, money and the right to decide is a team left alone.",
    wrong: "The harbour team manages itself; it has no budget and decides nothing",
    right: "It has 2000 EUR a year, a measure, and decides its shifts",
    formula: "units marked as self-managing team that lack one of: a measure (KPI), a budget, a deciding letter of one of their roles",
    source: Source::Literature("enabling conditions of decentralised units"),
    thresholds: &[],
    remedies: &["Give the team a measure, a budget and decisions of its own."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, unit)) in context.document.units().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        if unit.model_type != Some(ModelType::NetworkTeam) {
            continue;
        }
        let roles = context.index.roles_of_unit(id);
        let decides = |role: &RoleId| context.index.rights_of_role(*role).any(|held| held.duties.has(Duty::Decide));
        let by_unit =
            context.document.rights().iter().any(|(_, right)| {
                right.holder == Actor::Unit(id) && context.document.right_has_duty(right, Duty::Decide)
            });
        let measured = !unit.kpis.is_empty()
            || roles.iter().any(|role| context.document.roles().get(*role).is_some_and(|role| !role.kpis.is_empty()));
        let mut lacks = Vec::new();
        lacks.extend((!measured).then_some("a measure"));
        lacks.extend(unit.budget.is_none().then_some("a budget"));
        lacks.extend((!by_unit && !roles.iter().any(decides)).then_some("a decision of its own"));
        if lacks.is_empty() {
            continue;
        }
        let name = context.name(id);
        let list = words::joined(&lacks);
        sink.report(
            Finding::new(format!("{name} manages itself and lacks {list}."))
                .about([id])
                .formula(format!("lacking = {} of 3", lacks.len()))
                .number("lacking", lacks.len() as f64)
                .remedy(format!("Give {name} {list}.")),
        );
    }
}
