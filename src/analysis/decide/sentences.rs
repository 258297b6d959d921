//! Why the answer is what it is, a sentence each.

use super::matching::Match;
use super::{Answer, Candidate, Desk, Rule, Verdict, is_of_a_case};
use crate::analysis::figures::delegations::HandOver;
use crate::analysis::words;
use crate::model::*;

impl Desk<'_> {
    /// Adds the sentences to an answer.
    pub(super) fn give_reasons(&self, subject: Subject, candidates: &[&Candidate<'_>], answer: &mut Answer) {
        let mut reasons = Vec::new();
        match answer.verdict {
            Verdict::Gap => reasons.push(self.why_nobody(subject)),
            Verdict::Depends => {
                let missing = self.what_is_missing(candidates);
                reasons.push(format!("It depends on {}.", words::joined(&missing)));
            }
            Verdict::Conflict => reasons.push(
                "Several may decide the same case, and the framework allows one: agree who does, or part them by \
                 limits."
                    .to_owned(),
            ),
            Verdict::Together => reasons.push("The framework lets several decide together.".to_owned()),
            Verdict::Decided | Verdict::Waits => {}
        }
        let shown = |one: &&&Candidate<'_>| answer.verdict == Verdict::Depends || one.found == Match::Yes;
        for one in candidates.iter().filter(shown) {
            reasons.extend(self.why_delegated(one));
            let sentence = self.rule_of(one);
            reasons.push(sentence.clone());
            answer.rules.push(Rule { right: one.id, tier: one.place, sentence });
            reasons.extend(self.caps_of(one));
        }
        if answer.verdict != Verdict::Depends {
            let open: Vec<String> = candidates
                .iter()
                .filter(|one| one.found == Match::Open)
                .map(|one| format!("{} if {}", self.name(one.right.holder), self.limit_words(one)))
                .collect();
            if !open.is_empty() {
                reasons.push(format!("Others may decide it as well: {}.", words::joined(&open)));
            }
        }
        reasons.extend(self.why_somebody_else(answer));
        if self.decision.reserved {
            let reason = self.decision.reserved_reason.trim().trim_end_matches('.');
            let because = if reason.is_empty() { String::new() } else { format!(": {reason}") };
            reasons.push(format!("It is reserved and never delegated{because}."));
        }
        if !self.decision.guardrail.trim().is_empty() {
            reasons.push(format!("Whoever decides keeps to this: {}", self.decision.guardrail.trim()));
        }
        answer.reasons = reasons;
    }

    fn name(&self, actor: Actor) -> String {
        words::named(self.document, actor)
    }

    /// The rule that fired: `Shop assistant has D (decides) for ≤ 200 EUR.`
    fn rule_of(&self, one: &Candidate<'_>) -> String {
        let letter = self.document.framework_of(one.right.subject).and_then(|(_, framework)| {
            framework.letter(&one.right.letter).map(|letter| format!("{} ({})", letter.code, letter.name))
        });
        let letter = letter.unwrap_or_else(|| one.right.letter.clone());
        let limit = self.limit_words(one);
        let limit = if limit.is_empty() { "without a limit".to_owned() } else { format!("for {limit}") };
        let limit = limit.replacen("for for ", "for ", 1);
        let reason = one.tier.map_or("", |tier| tier.reason.trim());
        let because = if reason.is_empty() { String::new() } else { format!(" ({})", reason.trim_end_matches('.')) };
        let how = self.method_of(one.right.holder);
        format!("{} has {letter} {limit}{because}.{how}", self.name(one.right.holder))
    }

    /// By which delegations somebody else decides, first to last: `Delegation: from 2026-08-03 to 2026-08-14 Accountant
    /// lets Clerk decide for ≤ 300 EUR (holiday), written on 2026-07-20.`
    fn why_delegated(&self, one: &Candidate<'_>) -> Vec<String> {
        if one.found != Match::Yes {
            return Vec::new();
        }
        let Some((chain, _)) = self.hand_overs(one) else { return Vec::new() };
        let sentence = |given: &HandOver<'_>| {
            let Delegation { to, limit, from, until, reason, written_on, .. } = given.delegation;
            let limit = limit.map_or_else(String::new, |limit| format!(" for {}", limit.tier()));
            let reason = reason.trim().trim_end_matches('.');
            let because = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
            let written = written_on.map_or_else(String::new, |day| format!(", written on {day}"));
            let (giver, receiver) = (self.name(given.giver), self.name(*to));
            format!("Delegation: from {from} to {until} {giver} lets {receiver} decide{limit}{because}{written}.")
        };
        chain.iter().map(sentence).collect()
    }

    /// How a body decides: ` It decides by majority; 3 of 5 members must be there.`
    fn method_of(&self, actor: Actor) -> String {
        let Actor::Body(body) = actor else { return String::new() };
        let Some(body) = self.document.bodies().get(body) else { return String::new() };
        let method = match body.method {
            Some(Method::Single) => "one member decides",
            Some(Method::Advice) => "one member decides after asking those concerned",
            Some(Method::Consent) => "it is decided when nobody has a grave objection",
            Some(Method::Consensus) => "it is decided when everybody agrees",
            Some(Method::Majority) => "more than half of the votes decide",
            Some(Method::Weighted) => "votes with weights decide",
            None => "how it decides is not stated",
        };
        let quorum = body
            .quorum
            .map_or_else(String::new, |quorum| format!("; {quorum} of {} members must be there", body.members.len()));
        format!(" In this body {method}{quorum}.")
    }

    /// What caps the decider beside the single case.
    fn caps_of(&self, one: &Candidate<'_>) -> Option<String> {
        let caps: Vec<String> = one
            .right
            .tiers
            .iter()
            .filter(|tier| !is_of_a_case(tier) && !tier.emergency && self.is_in_force(tier) && tier.up_to.is_some())
            .map(Tier::to_string)
            .collect();
        (!caps.is_empty())
            .then(|| format!("All cases of {} together: {}.", self.name(one.right.holder), caps.join(", ")))
    }

    /// What the question would have to say.
    fn what_is_missing(&self, candidates: &[&Candidate<'_>]) -> Vec<String> {
        let mut missing: Vec<String> = Vec::new();
        let mut add = |text: String| {
            if !missing.contains(&text) {
                missing.push(text);
            }
        };
        for one in candidates {
            if let Some(tier) = one.tier.filter(|tier| tier.above.is_some() || tier.up_to.is_some()) {
                let kind = match tier.quantity {
                    Quantity::Money(currency) => format!("the amount in {currency}"),
                    Quantity::Percent => "the percentage".to_owned(),
                    Quantity::Days => "the number of days".to_owned(),
                    Quantity::Count => "the number".to_owned(),
                };
                if self.question.amount.is_none_or(|(_, known)| known != tier.quantity) {
                    add(kind);
                }
            }
            let by_home = one.home.is_some();
            for condition in one.tier.map_or(&[][..], |tier| &tier.conditions) {
                match condition {
                    Condition::Unit(_) => {}
                    Condition::Category(_) if self.question.category.is_none() => add("the category".to_owned()),
                    Condition::Budgeted(_) if self.question.budgeted.is_none() => {
                        add("whether it is budgeted".to_owned());
                    }
                    Condition::NewSupplier(_) if self.question.new_supplier.is_none() => {
                        add("whether the supplier is new".to_owned());
                    }
                    Condition::Attribute { name, .. }
                        if !self.question.attributes.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) =>
                    {
                        add(name.clone());
                    }
                    Condition::Text(text) => add(format!("whether “{text}” holds, which nobody can evaluate")),
                    _ => {}
                }
            }
            let asks_unit = one
                .tier
                .is_some_and(|tier| tier.conditions.iter().any(|condition| matches!(condition, Condition::Unit(_))));
            if (by_home || asks_unit) && self.question.unit.is_none() {
                add("the unit".to_owned());
            }
        }
        missing
    }

    fn why_nobody(&self, subject: Subject) -> String {
        let held: Vec<_> = self.index.rights_with(subject, Duty::Decide).collect();
        if held.is_empty() {
            return "Nobody has a deciding letter.".to_owned();
        }
        let lapsed = held.iter().flat_map(|held| &held.right.tiers).any(|tier| !self.is_in_force(tier));
        let also = if lapsed { " Some limits are not in force on that day." } else { "" };
        let mut limits: Vec<String> = Vec::new();
        for held in &held {
            let name = self.name(held.right.holder);
            let all = self.index.rights_with(subject, Duty::Decide).collect::<Vec<_>>();
            let home =
                crate::analysis::figures::ladder::home(self.document, self.index, &self.decision.scope, held, &all);
            if held.right.tiers.is_empty() {
                let unit = home.map_or_else(String::new, |unit| format!(" for {}", words::named(self.document, unit)));
                limits.push(format!("{name}{unit}"));
            }
            for tier in held.right.tiers.iter().filter(|tier| self.is_in_force(tier)) {
                let one =
                    Candidate { id: held.id, right: held.right, place: None, tier: Some(tier), home, found: Match::No };
                limits.push(format!("{name} ({})", self.limit_words(&one)));
            }
        }
        format!("No limit matches this case; there are {}.{also}", words::joined(&limits))
    }

    fn why_somebody_else(&self, answer: &Answer) -> Option<String> {
        let away: Vec<String> = answer
            .deciders
            .iter()
            .filter(|part| answer.verdict != Verdict::Depends && !self.is_there(part.actor))
            .map(|part| self.name(part.actor))
            .collect();
        if away.is_empty() {
            return None;
        }
        let names: Vec<String> = answer.stands_in.iter().map(|part| self.name(part.actor)).collect();
        let who = words::joined(&away);
        Some(if !names.is_empty() {
            let label = if names.len() == 1 { "stands" } else { "stand" };
            format!("Nobody is there for {who}: {} {label} in.", words::joined(&names))
        } else if let Some(up) = answer.goes_up_to.iter().find(|role| self.is_there(Actor::Role(**role))) {
            format!("Nobody is there for {who}, and nobody stands in; it goes up to {}.", self.name(Actor::Role(*up)))
        } else {
            format!("Nobody is there for {who}, and nobody stands in: it waits.")
        })
    }
}
