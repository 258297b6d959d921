//! How much each member of a body counts: Banzhaf's index, vetoes, minorities that block, members that change nothing.
//!
//! A coalition wins where its votes reach the quota. A member swings a coalition that wins with and loses without it;
//! Banzhaf's index is the member's share of all swings. Swings are counted exactly: by the number of coalitions of the
//! others for each sum of votes (dynamic programming) where the votes, divided by their common factor, add up to a
//! million at most and there are 120 members at most, else from the sorted sums of both halves for up to 24 members.
//! Beyond that nothing is said.

use crate::model::*;

/// The largest sum of votes for which coalitions are counted by sums.
const LARGEST_SUM: u64 = 1_000_000;
/// The most members for which every coalition is counted, whatever the votes.
const MOST_MEMBERS: usize = 24;
/// The most members for which the number of coalitions fits into the counter.
const MOST_COUNTED: usize = 120;

/// A vote: who has how many votes, and how many are needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Votes of the members.
    pub weights: Vec<u64>,
    /// Votes needed.
    pub quota: u64,
}

/// What each member can do.
#[derive(Clone, Debug, PartialEq)]
pub struct Power {
    /// Coalitions that each member swings.
    pub swings: Vec<u128>,
    /// Banzhaf's index of each member: its share of all swings; nothing where nobody swings anything.
    pub index: Vec<f64>,
}

impl Vote {
    /// A vote with these votes and quota.
    pub fn new(weights: Vec<u64>, quota: u64) -> Self {
        Self { weights, quota }
    }

    /// The vote of those members of a body that are present (by their places); none for a body without a method, and
    /// where one member decides but the votes do not say which.
    ///
    /// Majority: more than half of those present, a vote each. Consent and consensus: all present, since each may hold
    /// it up. Weighted: the quota, or more than half of all votes where there is none, whoever is there. Single and
    /// advice: the only member, or the one with the most votes.
    pub fn of(body: &Body, present: &[usize]) -> Option<Self> {
        let votes = |member: &Member| (member.weight.to_f64().max(0.0) * 10_000.0).round() as u64;
        let members: Vec<u64> = present.iter().filter_map(|place| body.members.get(*place)).map(votes).collect();
        let count = members.len() as u64;
        let equal = vec![1; members.len()];
        Some(match body.method? {
            Method::Majority => Self::new(equal, count / 2 + 1),
            Method::Consent | Method::Consensus => Self::new(equal, count.max(1)),
            Method::Weighted => {
                let total: u64 = body.members.iter().map(votes).sum();
                let stated = body.quota.map(|quota| (quota.to_f64().max(0.0) * 10_000.0).round() as u64);
                Self::new(members, stated.unwrap_or(total / 2 + 1))
            }
            Method::Single | Method::Advice => {
                let most = members.iter().copied().max()?;
                let leader = members.iter().position(|votes| *votes == most)?;
                if members.iter().filter(|votes| **votes == most).count() > 1 {
                    return None;
                }
                Self::new((0..members.len()).map(|place| u64::from(place == leader)).collect(), 1)
            }
        })
    }

    /// The vote of all members of a body.
    pub fn of_all(body: &Body) -> Option<Self> {
        Self::of(body, &(0..body.members.len()).collect::<Vec<_>>())
    }

    /// Members whose absence alone keeps a body from deciding: too few are left for the quorum, or for the votes needed.
    pub fn needed(body: &Body) -> Vec<usize> {
        let all = 0..body.members.len();
        let stops = |away: &usize| {
            let present: Vec<usize> = all.clone().filter(|place| place != away).collect();
            let is_quorate = body.quorum.is_none_or(|quorum| present.len() >= quorum as usize);
            !is_quorate || present.is_empty() || Self::of(body, &present).is_some_and(|vote| !vote.can_win())
        };
        all.clone().filter(stops).collect()
    }

    fn total(&self) -> u64 {
        self.weights.iter().sum()
    }

    /// Whether all together reach the quota.
    pub fn can_win(&self) -> bool {
        self.total() >= self.quota
    }

    /// Members without whom nothing is decided: the others together miss the quota.
    pub fn vetoes(&self) -> Vec<usize> {
        let without = |(_, votes): &(usize, &u64)| self.can_win() && self.total() - **votes < self.quota;
        self.weights.iter().enumerate().filter(without).map(|(place, _)| place).collect()
    }

    /// The fewest members that can block, heaviest first; empty where nothing can be decided anyway.
    pub fn smallest_block(&self) -> Vec<usize> {
        let mut left = self.total();
        let mut block = Vec::new();
        for place in self.heaviest_first() {
            if left < self.quota {
                break;
            }
            left -= self.weights.get(place).copied().unwrap_or(0);
            block.push(place);
        }
        if self.can_win() && left < self.quota { block } else { Vec::new() }
    }

    /// Coalitions that win and lose with any member less, up to `limit` of them, members in order.
    pub fn smallest_winners(&self, limit: usize) -> Vec<Vec<usize>> {
        let order = self.heaviest_first();
        let mut found = Vec::new();
        let mut chosen = Vec::new();
        self.winners_from(&order, 0, 0, &mut chosen, limit, &mut found);
        for coalition in &mut found {
            coalition.sort_unstable();
        }
        found
    }

    /// Members are taken heaviest first, so a coalition is smallest as soon as its last member makes it win.
    fn winners_from(
        &self,
        order: &[usize],
        from: usize,
        votes: u64,
        chosen: &mut Vec<usize>,
        limit: usize,
        found: &mut Vec<Vec<usize>>,
    ) {
        let rest: u64 = order.iter().skip(from).filter_map(|place| self.weights.get(*place)).sum();
        if found.len() >= limit || votes + rest < self.quota {
            return;
        }
        for (next, place) in order.iter().enumerate().skip(from) {
            let own = self.weights.get(*place).copied().unwrap_or(0);
            chosen.push(*place);
            if votes + own >= self.quota {
                if found.len() < limit {
                    found.push(chosen.clone());
                }
            } else {
                self.winners_from(order, next + 1, votes + own, chosen, limit, found);
            }
            chosen.pop();
        }
    }

    fn heaviest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.weights.len()).collect();
        order.sort_by_key(|place| (std::cmp::Reverse(self.weights.get(*place).copied()), *place));
        order
    }

    /// What each member can do; none beyond the bounds of the module.
    pub fn power(&self) -> Option<Power> {
        let factor = self.weights.iter().copied().fold(0, common_factor).max(1);
        let weights: Vec<u64> = self.weights.iter().map(|votes| votes / factor).collect();
        let quota = self.quota.div_ceil(factor);
        let swings = if weights.iter().sum::<u64>() <= LARGEST_SUM && weights.len() <= MOST_COUNTED {
            swings_by_sums(&weights, quota)
        } else if weights.len() <= MOST_MEMBERS {
            (0..weights.len()).map(|member| swings_by_halves(&weights, quota, member)).collect()
        } else {
            return None;
        };
        let sum = swings.iter().sum::<u128>() as f64;
        let index = swings.iter().map(|swings| if sum > 0.0 { *swings as f64 / sum } else { 0.0 }).collect();
        Some(Power { swings, index })
    }
}

fn common_factor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_factor(b, a % b) }
}

/// Coalitions of the others whose votes lie in quota − own ≤ votes < quota, for each member.
fn swings_by_sums(weights: &[u64], quota: u64) -> Vec<u128> {
    let total = weights.iter().sum::<u64>() as usize;
    let mut counts = vec![0_u128; total + 1];
    if let Some(empty) = counts.first_mut() {
        *empty = 1;
    }
    for votes in weights {
        let votes = *votes as usize;
        for sum in (votes..=total).rev() {
            let before = counts.get(sum - votes).copied().unwrap_or(0);
            if let Some(slot) = counts.get_mut(sum) {
                *slot += before;
            }
        }
    }
    let of_member = |votes: &u64| {
        let own = *votes as usize;
        // The coalitions without the member: taking the member out again undoes one round.
        let mut without = counts.clone();
        for sum in own..=total {
            let with = if own == 0 {
                counts.get(sum).copied().unwrap_or(0) / 2
            } else {
                without.get(sum - own).copied().unwrap_or(0)
            };
            if let Some(slot) = without.get_mut(sum) {
                *slot = if own == 0 { with } else { slot.saturating_sub(with) };
            }
        }
        let range = quota.saturating_sub(*votes) as usize..(quota as usize).min(total + 1);
        without.get(range).map_or(0, |sums| sums.iter().sum())
    };
    weights.iter().map(of_member).collect()
}

fn swings_by_halves(weights: &[u64], quota: u64, member: usize) -> u128 {
    let others: Vec<u64> = weights.iter().enumerate().filter(|(place, _)| *place != member).map(|(_, w)| *w).collect();
    let (left, right) = others.split_at(others.len() / 2);
    let (left, right) = (sums_of(left), sums_of(right));
    let own = weights.get(member).copied().unwrap_or(0);
    let below =
        |bound: u64| -> u128 { left.iter().map(|one| right.partition_point(|two| one + two < bound) as u128).sum() };
    below(quota) - below(quota.saturating_sub(own))
}

/// Sums of all subsets, sorted.
fn sums_of(weights: &[u64]) -> Vec<u64> {
    let mut sums = vec![0];
    for votes in weights {
        let more: Vec<u64> = sums.iter().map(|sum| sum + votes).collect();
        sums.extend(more);
    }
    sums.sort_unstable();
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(weights: &[u64], quota: u64) -> Vec<f64> {
        Vote::new(weights.to_vec(), quota).power().unwrap().index
    }

    #[test]
    fn worked_values() {
        for (weights, quota, expected) in [
            (&[50, 49, 1][..], 51, &[0.6, 0.2, 0.2][..]),
            (&[40, 30, 20, 10][..], 51, &[0.417, 0.25, 0.25, 0.083][..]),
            (&[4, 2, 2, 1, 1][..], 6, &[0.5, 0.167, 0.167, 0.083, 0.083][..]),
        ] {
            let found = index(weights, quota);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 0.0005, "{weights:?}: {found} is not {expected}");
            }
        }
    }

    #[test]
    fn both_ways_of_counting_agree_with_looking_at_every_coalition() {
        for (weights, quota) in [
            (vec![5, 4, 3, 2, 1, 0], 8),
            (vec![7, 7, 7], 14),
            (vec![1; 9], 5),
            (vec![13, 8, 5, 3, 2, 1, 1], 17),
            (vec![10, 1, 1], 13),
        ] {
            let by_sums = swings_by_sums(&weights, quota);
            let by_halves: Vec<u128> =
                (0..weights.len()).map(|member| swings_by_halves(&weights, quota, member)).collect();
            let mut expected = vec![0_u128; weights.len()];
            for coalition in 0..1_u32 << weights.len() {
                let has = |place: usize| coalition >> place & 1 == 1;
                let sum: u64 = weights.iter().enumerate().filter(|(place, _)| has(*place)).map(|(_, w)| w).sum();
                for (place, own) in weights.iter().enumerate() {
                    expected[place] += u128::from(has(place) && sum >= quota && sum - own < quota);
                }
            }
            assert_eq!(by_sums, expected, "{weights:?}");
            assert_eq!(by_halves, expected, "{weights:?}");
        }
    }

    #[test]
    fn twenty_four_members_with_odd_votes_are_counted_and_more_with_equal_ones() {
        let odd: Vec<u64> = (0..24).map(|place| 1_000_003 * (place + 1) + place * place).collect();
        let quota = odd.iter().sum::<u64>() / 2 + 1;
        let power = Vote::new(odd, quota).power().unwrap();
        assert!((power.index.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(power.index.is_sorted());
        let equal = index(&[10_000; 99], 500_000);
        assert!((equal[98] - 1.0 / 99.0).abs() < 1e-9);
        assert_eq!(Vote::new((0..30).map(|place| 1_000_003 + place * place).collect(), 9).power(), None);
    }

    #[test]
    fn vetoes_blocks_and_winners() {
        let vote = Vote::new(vec![50, 49, 1], 51);
        assert_eq!(vote.vetoes(), [0]);
        assert_eq!(vote.smallest_block(), [0]);
        assert_eq!(vote.smallest_winners(10), [vec![0, 1], vec![0, 2]]);
        let even = Vote::new(vec![1; 4], 3);
        assert!(even.vetoes().is_empty());
        assert_eq!(even.smallest_block().len(), 2);
        assert_eq!(even.smallest_winners(10).len(), 4);
        assert!(!Vote::new(vec![1, 1], 3).can_win());
        assert!(Vote::new(vec![1, 1], 3).vetoes().is_empty());
    }

    #[test]
    fn methods_become_votes() {
        let mut document = Document::default();
        let members: Vec<Member> = [5, 1, 1]
            .into_iter()
            .map(|weight| {
                let role = document.insert(Role::new("R"));
                Member { actor: Actor::Role(role), weight: Amount::whole(weight) }
            })
            .collect();
        let body = |method| Body { members: members.clone(), method, ..Body::new("Board") };
        assert_eq!(Vote::of_all(&body(Some(Method::Majority))), Some(Vote::new(vec![1; 3], 2)));
        assert_eq!(Vote::of(&body(Some(Method::Consensus)), &[0, 1]), Some(Vote::new(vec![1; 2], 2)));
        let weighted = Vote::of_all(&body(Some(Method::Weighted))).unwrap();
        assert_eq!(weighted.power().unwrap().index, [1.0, 0.0, 0.0]);
        assert_eq!(Vote::of_all(&body(Some(Method::Single))).unwrap().vetoes(), [0]);
        assert_eq!(Vote::of_all(&body(None)), None);
    }

    #[test]
    fn who_may_not_be_away() {
        let mut document = Document::default();
        let members: Vec<Member> = [50, 49, 1]
            .into_iter()
            .map(|weight| {
                let role = document.insert(Role::new("R"));
                Member { actor: Actor::Role(role), weight: Amount::whole(weight) }
            })
            .collect();
        let body =
            Body { members, method: Some(Method::Weighted), quota: Some(Amount::whole(51)), ..Body::new("Board") };
        assert_eq!(Vote::needed(&body), [0]);
        assert_eq!(Vote::needed(&Body { quorum: Some(3), ..body.clone() }), [0, 1, 2]);
        assert_eq!(Vote::needed(&Body { method: Some(Method::Majority), ..body }), [0_usize; 0]);
    }
}
