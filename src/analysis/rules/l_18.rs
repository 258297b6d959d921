//! Sister units with different limits on the same decision.

use super::rows::{money_ceiling, role_of, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-18",
    title: "Sister units differ",
    severity: Severity::Medium,
    why: "The same customer with the same wish gets another answer next door, and nobody can say why.",
    wrong: "Shop North up to 200 EUR, Shop South up to 500 EUR",
    right: "both up to 500 EUR, or a reason in the limit",
    formula: "highest ceilings per case of roles in units with the same parent, on one decision, differ, and \
              no limit states a reason",
    source: Source::Ours(" differences are fine when they are meant"),
    thresholds: &[],
    remedies: &["Give both the same limit.", "Write the reason into the limit."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let mut found: Vec<(RoleId, UnitId, UnitId, Money, RightId)> = Vec::new();
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let Some(role) = role_of(held.right.holder) else { continue };
            let unit = context.document.roles().get(role).and_then(|role| role.unit);
            let parent = unit.and_then(|unit| context.document.units().get(unit)?.parent);
            let is_meant = held.right.tiers.iter().any(|tier| !tier.reason.trim().is_empty());
            let open = held.right.tiers.iter().any(|tier| tier.per == Per::Case && tier.up_to.is_none());
            let ceiling = held.right.tiers.iter().filter_map(money_ceiling).max_by_key(|money| money.amount);
            if let (Some(unit), Some(parent), Some(ceiling), false, false) = (unit, parent, ceiling, is_meant, open) {
                found.push((role, unit, parent, ceiling, held.id));
            }
        }
        let differs = |a: &(RoleId, UnitId, UnitId, Money, RightId), b: &(RoleId, UnitId, UnitId, Money, RightId)| {
            a.1 != b.1 && a.2 == b.2 && a.3.currency == b.3.currency && a.3.amount != b.3.amount
        };
        let pair = found
            .iter()
            .enumerate()
            .find_map(|(place, one)| found.iter().skip(place + 1).find(|two| differs(one, two)).map(|two| (one, two)));
        let Some((one, two)) = pair else { continue };
        let (low, high) = if one.3.amount < two.3.amount { (one, two) } else { (two, one) };
        let names = [low, high].map(|part| format!("{} up to {}", context.name(part.0), part.3));
        sink.report(
            Finding::new(
                format!(
                    "{} and {} decide {} in sister units, with no reason given.",
                    names.join(" and ").replacen(" and ", ", ", 0),
                    "both",
                    row_name(context, row.subject())
                )
                .replace(" and both decide", " decide"),
            )
            .about([row.id])
            .about([low.0, high.0])
            .formula(format!("{} ≠ {}", low.3, high.3))
            .number("lower_ceiling", low.3.amount.to_f64())
            .number("higher_ceiling", high.3.amount.to_f64())
            .remedy(format!(
                "Give {} the limit {}, too, or write down why it is lower.",
                context.name(low.0),
                high.3
            )),
        );
    }
}
