//! Delegations that pass on more than the giver has, or longer than the giver has it.

use super::Meta;
use crate::analysis::figures::delegations::given_by;
use crate::analysis::{Context, Finding, Fix, FixRecord, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-15",
    title: "Passed on more than there is",
    severity: Severity::High,
    why: "Nobody can pass on more than they have: what was decided beyond it was decided without a right.",
    wrong: "Clerk, up to 200 EUR, lets the assistant decide up to 500 EUR",
    right: "Clerk, up to 200 EUR, lets the assistant decide up to 200 EUR, until the limit ends",
    formula: "ceiling of the delegation > ceiling of the giver, or its last day > last day of the giver’s limits, or \
              a decision named on which the giver may not decide",
    source: Source::Literature("limits of authority: one delegates only what one holds"),
    thresholds: &[],
    remedies: &["Cut it to the giver’s own limit.", "Let it end with the giver’s own limit."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for giver in givers(context) {
        for (place, delegation) in given_by(context.document, giver).iter().enumerate() {
            let held: Vec<(DecisionId, Own)> =
                delegation.of.iter().map(|id| (*id, own(context, giver, *id, delegation))).collect();
            let lacking: Vec<DecisionId> = held.iter().filter(|(_, own)| own.is_nothing).map(|(id, _)| *id).collect();
            let one = Case { giver, place, delegation };
            if !lacking.is_empty() {
                sink.report(one.without_right(context, &lacking));
            }
            let held: Vec<&(DecisionId, Own)> = held.iter().filter(|(_, own)| !own.is_nothing).collect();
            if let Some(finding) = one.beyond(context, &held) {
                sink.report(finding);
            }
        }
    }
}

/// Everybody who has passed something on: roles, then people.
pub(super) fn givers(context: &Context<'_>) -> Vec<Actor> {
    let document = context.document;
    let roles = document.roles().iter().filter(|(_, role)| !role.delegations.is_empty());
    let people = document.people().iter().filter(|(_, person)| !person.delegations.is_empty());
    roles.map(|(id, _)| Actor::Role(id)).chain(people.map(|(id, _)| Actor::Person(id))).collect()
}

/// The rights to decide that a giver has of their own: by name, and by the roles that they hold.
pub(super) fn own_rights<'c>(context: &'c Context<'_>, giver: Actor, decision: DecisionId) -> Vec<&'c Right> {
    let mut actors = vec![giver];
    if let Actor::Person(person) = giver {
        actors.extend(context.index.roles_of_person(person).iter().map(|(role, _)| Actor::Role(*role)));
    }
    let all = context.index.rights_with(Subject::Decision(decision), Duty::Decide);
    all.filter(|held| actors.contains(&held.right.holder)).map(|held| held.right).collect()
}

/// What somebody received that a delegation of theirs may pass on: on some of its days, of a decision.
pub(super) fn received<'c>(
    context: &'c Context<'_>,
    receiver: Actor,
    decision: DecisionId,
    from: Date,
    until: Date,
) -> Vec<(Actor, &'c Delegation)> {
    let mut found = Vec::new();
    for giver in givers(context) {
        for delegation in given_by(context.document, giver) {
            let overlaps = delegation.from <= until && from <= delegation.until;
            if delegation.to == receiver && overlaps && delegation.is_of(decision) && giver != receiver {
                found.push((giver, delegation));
            }
        }
    }
    found
}

/// What a giver may decide of a decision.
struct Own {
    is_nothing: bool,
    /// What the ceiling counts, and the highest amount; none where there is none.
    ceiling: Option<(Quantity, Amount)>,
    /// The last day; none where there is no end.
    end: Option<Date>,
}

fn own(context: &Context<'_>, giver: Actor, decision: DecisionId, delegation: &Delegation) -> Own {
    let rights = own_rights(context, giver, decision);
    let tiers: Vec<&Tier> = rights.iter().flat_map(|right| &right.tiers).filter(|tier| !tier.emergency).collect();
    if rights.is_empty() {
        let received = received(context, giver, decision, delegation.from, delegation.until);
        let is_nothing = !received.iter().any(|(giver, _)| !own_rights(context, *giver, decision).is_empty());
        let limit = |one: &(Actor, &Delegation)| one.1.limit.and_then(|limit| Some((limit.quantity, limit.up_to?)));
        let bounded: Option<Vec<_>> = received.iter().map(limit).collect();
        let ceiling = bounded.and_then(|bounds| bounds.into_iter().max_by_key(|(_, amount)| *amount));
        return Own { is_nothing, ceiling, end: received.iter().map(|(_, one)| one.until).max() };
    }
    let is_open = rights.iter().any(|right| right.tiers.is_empty());
    let cases = || tiers.iter().filter(|tier| tier.per == Per::Case);
    let bounded: Option<Vec<(Quantity, Amount)>> = cases().map(|tier| Some((tier.quantity, tier.up_to?))).collect();
    let ceiling = bounded.filter(|_| !is_open).and_then(|all| all.into_iter().max_by_key(|(_, amount)| *amount));
    let ends: Option<Vec<Date>> = tiers.iter().map(|tier| tier.valid_to).collect();
    Own { is_nothing: false, ceiling, end: ends.filter(|_| !is_open).and_then(|ends| ends.into_iter().max()) }
}

/// One delegation of a giver.
pub(super) struct Case<'a> {
    pub giver: Actor,
    pub place: usize,
    pub delegation: &'a Delegation,
}

impl Case<'_> {
    /// `What Clerk has passed on to Assistant (2026-08-03 to 2026-08-14)`.
    pub(super) fn words(&self, context: &Context<'_>) -> String {
        let Delegation { to, from, until, .. } = self.delegation;
        let (giver, receiver) = (context.name(self.giver), context.name(*to));
        format!("{giver} has passed on to {receiver} from {from} to {until}")
    }

    /// A fix that changes the delegation, or takes it away where nothing is left of it.
    pub(super) fn fix(
        &self,
        context: &Context<'_>,
        label: String,
        change: impl FnOnce(&mut Delegation) -> bool,
    ) -> Option<Fix> {
        let change_in = |delegations: &mut Vec<Delegation>| {
            let keep = delegations.get_mut(self.place).is_none_or(change);
            if !keep {
                delegations.remove(self.place);
            }
        };
        let record: FixRecord = match self.giver {
            Actor::Role(id) => {
                let mut role = context.document.roles().get(id)?.clone();
                change_in(&mut role.delegations);
                role.into()
            }
            Actor::Person(id) => {
                let mut person = context.document.people().get(id)?.clone();
                change_in(&mut person.delegations);
                person.into()
            }
            _ => return None,
        };
        Some(Fix::replace(label, self.giver, record))
    }

    fn about(&self, message: String, decisions: &[DecisionId]) -> Finding {
        Finding::new(message).about([self.giver]).about([self.delegation.to]).about(decisions.iter().copied())
    }

    fn without_right(&self, context: &Context<'_>, lacking: &[DecisionId]) -> Finding {
        let giver = context.name(self.giver);
        let rows = words::quoted_list(context.document, lacking.iter().copied());
        let fix = self.fix(context, format!("Take {rows} out of what {giver} passes on"), |delegation| {
            delegation.of.retain(|id| !lacking.contains(id));
            !delegation.of.is_empty()
        });
        self.about(format!("{} {rows}, which {giver} may not decide.", self.words(context)), lacking)
            .formula("decisions passed on without a right > 0")
            .number("decisions", lacking.len() as f64)
            .remedy_with("Take it out of the delegation, or let somebody pass it on who may decide it.", fix)
    }

    /// What goes beyond the giver's own right in amount, in time, or in both.
    fn beyond(&self, context: &Context<'_>, held: &[&(DecisionId, Own)]) -> Option<Finding> {
        let limit = self.delegation.limit;
        let exceeds = |own: &Own| {
            let (limit, (quantity, ceiling)) = limit.zip(own.ceiling)?;
            let is_above = quantity == limit.quantity && limit.up_to.is_none_or(|up_to| up_to > ceiling);
            is_above.then_some((quantity, ceiling))
        };
        let outlasts = |own: &Own| own.end.filter(|end| *end < self.delegation.until);
        let cut = held.iter().filter_map(|(_, own)| exceeds(own)).min_by_key(|(_, amount)| *amount);
        let end = held.iter().filter_map(|(_, own)| outlasts(own)).min();
        let concerned = held.iter().filter(|(_, own)| exceeds(own).is_some() || outlasts(own).is_some());
        let ids: Vec<DecisionId> = concerned.map(|(id, _)| *id).collect();
        ids.first()?;
        let (giver, rows) = (context.name(self.giver), words::quoted_list(context.document, ids.iter().copied()));
        let tier = cut.map(|(quantity, ceiling)| Tier { up_to: Some(ceiling), ..Tier::unbounded(quantity) });
        let bounds: Vec<String> =
            tier.as_ref().map(Tier::to_string).into_iter().chain(end.map(|end| format!("until {end}"))).collect();
        let bounds = bounds.join(" ");
        let fix = self.fix(context, format!("Cut the delegation of {giver}: {bounds}"), |delegation| {
            if let (Some((_, ceiling)), Some(limit)) = (cut, &mut delegation.limit) {
                limit.up_to = Some(ceiling);
                limit.above = limit.above.filter(|above| *above < ceiling);
            }
            delegation.until = end.unwrap_or(delegation.until);
            delegation.from <= delegation.until
        });
        let of = limit.filter(|_| cut.is_some()).map_or_else(String::new, |limit| format!(" for {}", limit.tier()));
        let mut formula = Vec::new();
        let mut finding =
            self.about(format!("{} {rows}{of}, and may decide only {bounds}.", self.words(context)), &ids);
        if let Some(((_, ceiling), limit)) = cut.zip(limit) {
            let shown = limit.up_to.map_or_else(|| "∞".to_owned(), |up_to| up_to.to_string());
            formula.push(format!("ceiling of the delegation {shown} > {ceiling} of {giver}"));
            finding = finding.number("ceiling", ceiling.to_f64());
            if let Some(up_to) = limit.up_to {
                finding = finding.number("delegated", up_to.to_f64());
            }
        }
        formula.extend(end.map(|end| format!("last day {} > {end}", self.delegation.until)));
        Some(finding.formula(formula.join("; ")).remedy_with(format!("Cut it: {bounds}."), fix))
    }
}
