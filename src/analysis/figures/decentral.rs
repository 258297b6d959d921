//! How far down decisions are taken, and who has a say.
//!
//! Decentralisation index DI = 100 · Σ wᵈ · Σₜ pᵈₜ · ℓ(decider) ÷ L ÷ Σ wᵈ: the level ℓ of who decides the share p of the cases of
//! a decision d, as a part of the lowest level L, weighted by w = importance · ln(1 + cases a week): 0 where the top decides
//! all, 100 where the lowest level does. The level at which decisions are taken is the measure of centralisation of the
//! Aston studies (D. Pugh and others, Dimensions of organization structure, 1968); the formula is Remit's own.

use super::shares::case_shares;
use crate::analysis::{Held, Index};
use crate::model::*;

/// Where the cases of one decision are decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// The decision.
    pub decision: DecisionId,
    /// Who decides which share of the cases, and at which level.
    pub deciders: Vec<(Actor, f64, u32)>,
}

impl Levels {
    /// Mean level of its cases.
    pub fn mean(&self) -> f64 {
        self.deciders.iter().map(|(_, share, level)| share * f64::from(*level)).sum()
    }
}

/// 100 · Σ weight · mean level ÷ lowest level ÷ Σ weight; none without weight or levels.
pub fn decentralisation_index(rows: &[(f64, f64)], lowest_level: f64) -> Option<f64> {
    let sum: f64 = rows.iter().map(|(weight, _)| weight).sum();
    let reached: f64 = rows.iter().map(|(weight, level)| weight * level).sum();
    (sum > 0.0 && lowest_level > 0.0).then(|| 100.0 * reached / lowest_level / sum)
}

/// Importance · ln(1 + cases a week); none where one is not known.
pub fn weight(decision: &Decision) -> Option<f64> {
    Some(f64::from(decision.importance?) * decision.frequency?.per_week().ln_1p())
}

/// The lowest level of any role.
pub fn lowest_level(document: &Document, index: &Index<'_>) -> u32 {
    document.roles().ids().filter_map(|role| index.level(role)).max().unwrap_or(0)
}

/// Level of an actor: of a role its own, of a person the highest of theirs, of a body that of its highest member.
pub fn level_of(document: &Document, index: &Index<'_>, actor: Actor) -> Option<u32> {
    match actor {
        Actor::Role(role) => index.level(role),
        Actor::Person(person) => index.roles_of_person(person).iter().filter_map(|(role, _)| index.level(*role)).min(),
        Actor::Body(body) => {
            let members = document.bodies().get(body)?.members.iter();
            let level = |member: &Member| match member.actor {
                Actor::Role(_) | Actor::Person(_) => level_of(document, index, member.actor),
                _ => None,
            };
            members.filter_map(level).min()
        }
        Actor::Unit(_) | Actor::External(_) | Actor::System(_) => None,
    }
}

/// Where the cases of a decision are decided; none where that is not known. Several deciders of the same level need no
/// shares.
pub fn levels(document: &Document, index: &Index<'_>, decision: DecisionId) -> Option<Levels> {
    let with_level = |actor: Actor, share: f64| Some((actor, share, level_of(document, index, actor)?));
    if let Ok(shares) = case_shares(document, index, decision) {
        let deciders: Option<Vec<_>> = shares.into_iter().map(|(actor, share)| with_level(actor, share)).collect();
        return deciders.filter(|deciders| !deciders.is_empty()).map(|deciders| Levels { decision, deciders });
    }
    let mut holders: Vec<Actor> =
        index.rights_with(Subject::Decision(decision), Duty::Decide).map(|held| held.right.holder).collect();
    holders.sort_unstable();
    holders.dedup();
    let part = 1.0 / holders.len().max(1) as f64;
    let deciders: Option<Vec<_>> = holders.into_iter().map(|actor| with_level(actor, part)).collect();
    let deciders = deciders.filter(|deciders| !deciders.is_empty())?;
    let first = deciders.first().map(|(.., level)| *level);
    deciders.iter().all(|(.., level)| Some(*level) == first).then_some(Levels { decision, deciders })
}

/// Number of reporting lines between two roles over the nearest one above both, themselves included; none where there is
/// none. The second is how many of them lead up from the first.
pub fn reporting_distance(document: &Document, from: RoleId, to: RoleId) -> Option<(u32, u32)> {
    let line = |role: RoleId| {
        let above = |role: &RoleId| document.roles().get(*role).and_then(|role| role.reports_to);
        // A circle in a broken file ends here, too.
        std::iter::successors(Some(role), above).take(64).collect::<Vec<_>>()
    };
    let theirs = line(to);
    let (up, down) = line(from)
        .into_iter()
        .enumerate()
        .find_map(|(up, role)| Some((up, theirs.iter().position(|other| *other == role)?)))?;
    Some((up as u32 + down as u32, up as u32))
}

/// Roles that a decision touches: who performs the steps in which it is taken and those right behind them, or behind the
/// gateways whose branch it chooses, and who carries it out.
pub fn affected_roles(
    document: &Document,
    index: &Index<'_>,
    decision: DecisionId,
    gateways: &[GatewayId],
) -> Vec<RoleId> {
    let Some(record) = document.decisions().get(decision) else { return Vec::new() };
    let mut roles: Vec<RoleId> = index
        .rights_with(Subject::Decision(decision), Duty::Do)
        .filter_map(|held| match held.right.holder {
            Actor::Role(role) => Some(role),
            _ => None,
        })
        .collect();
    let nodes = record.steps.iter().map(|step| FlowNode::Step(*step));
    let nodes: Vec<FlowNode> = nodes.chain(gateways.iter().map(|id| FlowNode::Gateway(*id))).collect();
    for node in nodes {
        let next = index.flows_out(node).iter().filter_map(|flow| document.flows().get(*flow)).map(|flow| flow.to);
        for near in std::iter::once(node).chain(next) {
            if let FlowNode::Step(step) = near
                && let Some(Actor::Role(role)) = index.performer(step)
            {
                roles.push(role);
            }
        }
    }
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// Whether a letter gives a voice before the decision is taken.
pub fn is_voice(held: &Held<'_>) -> bool {
    [Duty::Decide, Duty::Agree, Duty::Prepare, Duty::Verify, Duty::Consult].iter().any(|duty| held.duties.has(*duty))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::refund_row;

    #[test]
    fn refunds_hiring_and_the_menu() {
        let rows = [(1.0, 60.0, 2.0 * 0.7728), (5.0, 0.5, 0.0), (3.0, 4.0, 1.0)];
        let weighted = rows.map(|(importance, frequency, level)| {
            let decision = Decision {
                importance: Some(importance as u8),
                frequency: Some(Rate::weekly(frequency)),
                ..Decision::new("")
            };
            (weight(&decision).unwrap(), level)
        });
        assert!((decentralisation_index(&weighted, 2.0).unwrap() - 50.98).abs() < 0.005);
        let by_importance = rows.map(|(importance, _, level)| (importance, level));
        assert!((decentralisation_index(&by_importance, 2.0).unwrap() - 25.25).abs() < 0.005);
        assert_eq!(decentralisation_index(&[], 2.0), None);
    }

    #[test]
    fn levels_of_the_cases() {
        let (mut document, decision) = refund_row(&["≤ 200 EUR", "> 200 EUR"]);
        let roles: Vec<RoleId> = document.roles().ids().collect();
        document.get_mut::<Role>(roles[0]).unwrap().reports_to = Some(roles[1]);
        let unknown = levels(&document, &Index::new(&document), decision);
        assert_eq!(unknown, None, "without amounts nobody knows who decides how many");
        let record = document.get_mut::<Decision>(decision).unwrap();
        record.amount_median = Some("80 EUR".parse().unwrap());
        record.amount_p95 = Some("600 EUR".parse().unwrap());
        let found = levels(&document, &Index::new(&document), decision).unwrap();
        assert!((found.mean() - 0.7728).abs() < 0.00005);
        assert_eq!(lowest_level(&document, &Index::new(&document)), 1);
        assert_eq!(reporting_distance(&document, roles[0], roles[1]), Some((1, 1)));
        assert_eq!(reporting_distance(&document, roles[1], roles[0]), Some((1, 0)));
    }
}
