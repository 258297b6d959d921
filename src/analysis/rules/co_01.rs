//! Units that spend much on coordination with others.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "CO-01",
    title: "Coordinates most with others",
    severity: Severity::Info,
    why: "Every hand-over and every question across a border of units costs both sides time.",
    wrong: "Shops and bakehouse: 400 hand-overs and questions a week",
    right: "The shops order by a list once a day",
    formula: "contacts of a unit = Σ hand-overs a week whose ends sit in different units + Σ frequency over letters of consult \
              and inform whose holder sits in another unit than a decider; the units with the most. What a contact takes is \
              not in the model, so they are counted and not weighed in minutes",
    source: Source::Ours("coordination cost, as far as the model holds it"),
    thresholds: &[
        ours("units", 3.0, "units", "so many are shown", "the top of the list"),
        ours("contacts", 10.0, "a week", "fewer are left out", "two a day"),
    ],
    remedies: &["Bring what is often handed over into one unit.", "Replace questions by a rule or a list."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let mut contacts: Vec<f64> = vec![0.0; document.units().next_index() as usize];
    let mut add = |one: Option<UnitId>, other: Option<UnitId>, times: f64| {
        let (Some(one), Some(other)) = (one, other) else { return };
        if one != other {
            for unit in [one, other] {
                if let Some(slot) = contacts.get_mut(unit.index() as usize) {
                    *slot += times;
                }
            }
        }
    };
    for pair in &context.handovers.pairs {
        add(document.unit_of_actor(pair.from), document.unit_of_actor(pair.to), pair.per_week);
    }
    for (count, (id, record)) in document.decisions().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(per_week) = record.frequency.map(Rate::per_week) else { continue };
        let subject = Subject::Decision(id);
        let decider = context.index.rights_with(subject, Duty::Decide).next().map(|held| held.right.holder);
        let home = decider.and_then(|actor| document.unit_of_actor(actor));
        for held in context.index.rights_on(subject) {
            if held.duties.has(Duty::Consult) || held.duties.has(Duty::Inform) {
                add(home, document.unit_of_actor(held.right.holder), per_week);
            }
        }
    }
    let mut units: Vec<(UnitId, f64)> =
        document.units().ids().map(|id| (id, contacts.get(id.index() as usize).copied().unwrap_or(0.0))).collect();
    units.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let most = sink.threshold("units").max(0.0) as usize;
    for (id, times) in
        units.into_iter().take(most).filter(|(_, times)| *times >= sink.threshold("contacts")).collect::<Vec<_>>()
    {
        sink.report(
            Finding::new(format!("{} deals with other units {} times a week.", context.name(id), words::number(times)))
                .about([id])
                .formula(format!("hand-overs + questions + notices across the border = {}", words::number(times)))
                .number("contacts_per_week", times)
                .remedy("Look at what is handed over most often: could one unit do both?"),
        );
    }
}
