//! Writes decisions and rights with their limits.

use super::super::values::Word;
use super::super::writer::{Fields, push_quoted};
use super::Keys;
use crate::model::*;

pub(super) fn decision(fields: &mut Fields<'_>, keys: &Keys<'_>, decision: &Decision) {
    fields.key(&decision.key);
    fields.text("name", &decision.name);
    fields.order(decision.order);
    fields.text("area", &decision.area);
    fields.choice("kind", (decision.kind != DecisionKind::default()).then_some(decision.kind));
    fields.reference(keys, "framework", decision.framework);
    fields.references(keys, "scope", &decision.scope);
    fields.shown("frequency", decision.frequency);
    fields.shown("amount_median", decision.amount_median);
    fields.shown("amount_p95", decision.amount_p95);
    fields.list("amounts", &decision.amounts, |out, amount| push_quoted(out, &amount.to_string()));
    fields.plain("importance", decision.importance);
    fields.text("success", &decision.success);
    fields.plain("reversible", decision.reversible);
    fields.reference(keys, "locus", decision.locus);
    fields.duration("work", decision.work);
    fields.duration("consult_work", decision.consult_work);
    fields.plain("commitment_months", decision.commitment_months);
    fields.duration("target_time", decision.target_time);
    fields.duration("actual_time", decision.actual_time);
    fields.text("skill", &decision.skill);
    fields.flag("reserved", decision.reserved);
    fields.text("reserved_reason", &decision.reserved_reason);
    fields.text("guardrail", &decision.guardrail);
    fields.references(keys, "steps", &decision.steps);
    fields.references(keys, "gateways", &decision.gateways);
    fields.list("guesses", &decision.guesses, |out, fact| out.push_str(Word::word(*fact)));
    if let Some(agreement) = &decision.agreement {
        fields.field("agreement", |out| {
            Fields::line(out, |fields| {
                fields.shown("on", Some(agreement.on));
                fields.list("by", &agreement.by, |out, name| push_quoted(out, name));
                fields.list("context", &agreement.context, |out, line| push_quoted(out, line));
            });
        });
    }
    fields.text("description", &decision.description);
}

pub(super) fn right(fields: &mut Fields<'_>, keys: &Keys<'_>, right: &Right) {
    fields.reference(keys, "on", Some(right.subject));
    fields.reference(keys, "who", Some(right.holder));
    fields.field("letter", |out| push_quoted(out, &right.letter));
    fields.flag("lead", right.lead);
    fields.list("limits", &right.tiers, |out, tier| push_tier(out, keys, tier));
    fields.text("veto_domain", &right.veto_domain);
    fields.duration("review_window", right.review_window);
    fields.text("note", &right.note);
}

pub(super) fn delegations(fields: &mut Fields<'_>, keys: &Keys<'_>, delegations: &[Delegation]) {
    fields.lines("delegations", delegations, |out, delegation| {
        Fields::line(out, |fields| {
            fields.reference(keys, "to", Some(delegation.to));
            fields.references(keys, "of", &delegation.of);
            fields.shown("limit", delegation.limit.map(|limit| limit.tier()));
            fields.shown("from", Some(delegation.from));
            fields.shown("until", Some(delegation.until));
            fields.text("reason", &delegation.reason);
            fields.shown("written_on", delegation.written_on);
        });
    });
}

fn push_tier(out: &mut String, keys: &Keys<'_>, tier: &Tier) {
    let text = tier.to_string();
    let bounds = Tier { above: tier.above, up_to: tier.up_to, per: tier.per, ..Tier::unbounded(tier.quantity) };
    if *tier == bounds {
        push_quoted(out, &text);
        return;
    }
    Fields::line(out, |fields| {
        fields.text("limit", &text);
        fields.list("when", &tier.conditions, |out, condition| push_condition(out, keys, condition));
        fields.references(keys, "co_signers", &tier.co_signers);
        fields.reference(keys, "deputy", tier.deputy);
        fields.shown("valid_from", tier.valid_from);
        fields.shown("valid_to", tier.valid_to);
        fields.flag("sub_delegation", tier.sub_delegation);
        fields.reference(keys, "escalates_to", tier.escalates_to);
        fields.flag("emergency", tier.emergency);
        fields.shown("set_on", tier.set_on);
        fields.text("reason", &tier.reason);
    });
}

fn push_condition(out: &mut String, keys: &Keys<'_>, condition: &Condition) {
    let word = match condition {
        Condition::Unit(_) => "unit",
        Condition::Category(_) => "category",
        Condition::Budgeted(_) => "budgeted",
        Condition::NewSupplier(_) => "new_supplier",
        Condition::Attribute { .. } => "attribute",
        Condition::Text(_) => "text",
    };
    out.push_str(word);
    out.push('(');
    match condition {
        Condition::Unit(unit) => push_quoted(out, &keys.of(*unit)),
        Condition::Category(text) | Condition::Text(text) => push_quoted(out, text),
        Condition::Attribute { name, value } => {
            push_quoted(out, name);
            out.push_str(", ");
            push_quoted(out, value);
        }
        Condition::Budgeted(yes) | Condition::NewSupplier(yes) => out.push_str(if *yes { "true" } else { "false" }),
    }
    out.push(')');
}
