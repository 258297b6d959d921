//! Who is there, who stands in, and whom it goes up to.

use super::matching::Match;
use super::{Answer, Candidate, Desk, Part, Verdict, push};
use crate::analysis::figures::delegations::{self, Asked, HandOver, Reach};
use crate::analysis::figures::presence::Presence;
use crate::model::*;

/// How far up a line is followed.
const HIGHEST: usize = 64;

impl Desk<'_> {
    fn presence(&self) -> Presence<'_> {
        Presence { document: self.document, on: self.question.on, away: &self.question.away }
    }

    /// Whether somebody is there for an actor: one holder of a role, enough members of a body.
    pub(super) fn is_there(&self, actor: Actor) -> bool {
        self.presence().is_there(actor)
    }

    /// The hand-overs by which a limit that matches is used by somebody else on the day of the question, up to the one
    /// whose receiver is there, and how much of the case they reach.
    pub(super) fn hand_overs(&self, one: &Candidate<'_>) -> Option<(Vec<HandOver<'_>>, Reach)> {
        let Subject::Decision(decision) = one.right.subject else { return None };
        let presence = self.presence();
        let asked = Asked::Case(self.question.amount);
        let mut chain = delegations::hand_overs(&presence, decision, one.right.holder, self.question.on?, asked);
        let (last, reach) = delegations::delegate(&presence, &chain)?;
        let end = chain.iter().position(|other| std::ptr::eq(other.delegation, last.delegation))?;
        chain.truncate(end + 1);
        Some((chain, reach))
    }

    fn deputy(&self, one: &Candidate<'_>) -> Option<Actor> {
        let of_role = || match one.right.holder {
            Actor::Role(role) => self.document.roles().get(role)?.deputy,
            _ => None,
        };
        one.tier.and_then(|tier| tier.deputy).or_else(of_role)
    }

    /// Who receives a delegation; where it reaches only some cases, and it is not known whether this one, which.
    fn delegate_part(&self, given: &HandOver<'_>) -> Part {
        let limit = given.delegation.limit.filter(|_| given.reach == Reach::Part);
        Part { actor: given.delegation.to, condition: limit.map_or_else(String::new, |limit| limit.tier().to_string()) }
    }

    /// Finds who decides by delegation, who stands in for deciders that are away, and whether the case has to wait.
    pub(super) fn look_who_is_there(
        &self,
        candidates: &[&Candidate<'_>],
        emergency: &[&Candidate<'_>],
        answer: &mut Answer,
    ) {
        if !matches!(answer.verdict, Verdict::Decided | Verdict::Together | Verdict::Conflict) {
            return;
        }
        let sure: Vec<&&Candidate<'_>> = candidates.iter().filter(|one| one.found == Match::Yes).collect();
        let mut somebody = false;
        for one in &sure {
            if let Some((chain, reach)) = self.hand_overs(one)
                && let Some(last) = chain.last()
            {
                push(&mut answer.stands_in, self.delegate_part(last));
                if reach == Reach::All {
                    somebody = true;
                    continue;
                }
            }
            if self.is_there(one.right.holder) {
                somebody = true;
                continue;
            }
            let deputy = self.deputy(one).filter(|deputy| !self.decision.reserved && self.is_there(*deputy));
            if let Some(deputy) = deputy {
                somebody = true;
                push(&mut answer.stands_in, Part { actor: deputy, condition: String::new() });
            }
        }
        if somebody || answer.verdict == Verdict::Together {
            return;
        }
        let reachable = |one: &&&Candidate<'_>| one.found == Match::Yes && self.is_there(one.right.holder);
        match emergency.iter().find(reachable) {
            Some(one) => {
                let condition = "emergency, to be reported afterwards".to_owned();
                push(&mut answer.stands_in, Part { actor: one.right.holder, condition });
            }
            None => answer.verdict = Verdict::Waits,
        }
    }

    /// Fills in whom the case goes up to: as the limit says, else the line above who decides.
    pub(super) fn go_up(&self, subject: Subject, candidates: &[&Candidate<'_>], answer: &mut Answer) {
        let first = candidates.iter().find(|one| answer.verdict == Verdict::Depends || one.found == Match::Yes);
        let start = match first {
            Some(one) => one.tier.and_then(|tier| tier.escalates_to).or_else(|| self.superior_of(one.right.holder)),
            None => self.above_the_gap(subject),
        };
        let mut next = start;
        while let Some(role) = next.filter(|role| !answer.goes_up_to.contains(role)) {
            if answer.goes_up_to.len() >= HIGHEST {
                break;
            }
            answer.goes_up_to.push(role);
            next = self.document.roles().get(role).and_then(|role| role.reports_to);
        }
    }

    fn superior_of(&self, actor: Actor) -> Option<RoleId> {
        match actor {
            Actor::Role(role) => self.document.roles().get(role)?.reports_to,
            _ => None,
        }
    }

    /// Who is next where nobody may decide: as the nearest limit below says, else the superior of its holder, else of
    /// whoever prepares or does it, else the top of the firm.
    fn above_the_gap(&self, subject: Subject) -> Option<RoleId> {
        let below = |tier: &&Tier| match (self.question.amount, tier.up_to) {
            (Some((amount, quantity)), Some(end)) => quantity == tier.quantity && end < amount,
            _ => false,
        };
        let mut highest: Option<(&Tier, Actor)> = None;
        let mut holders: Vec<Actor> = Vec::new();
        for held in self.index.rights_with(subject, Duty::Decide) {
            holders.push(held.right.holder);
            for tier in held.right.tiers.iter().filter(|tier| self.is_in_force(tier)).filter(below) {
                if highest.is_none_or(|(known, _)| tier.up_to > known.up_to) {
                    highest = Some((tier, held.right.holder));
                }
            }
        }
        if let Some((tier, holder)) = highest
            && let Some(next) = tier.escalates_to.or_else(|| self.superior_of(holder))
        {
            return Some(next);
        }
        for duty in [Duty::Prepare, Duty::Do] {
            holders.extend(self.index.rights_with(subject, duty).map(|held| held.right.holder));
        }
        let top = || {
            let is_top =
                |(id, role): &(RoleId, &Role)| role.reports_to.is_none() && !self.index.reports_of(*id).is_empty();
            self.document.roles().iter().find(is_top).map(|(id, _)| id)
        };
        holders.into_iter().find_map(|holder| self.superior_of(holder)).or_else(top)
    }
}
