//! How a body can decide, in words: who has which share of the power, who can block, and what changes when members are
//! away. The figures are those of [`super::figures::power`].

use super::figures::power::{Power, Vote};
use super::words;
use crate::model::*;

/// What a member can do.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    /// Who.
    pub actor: Actor,
    /// Banzhaf's index: the share of all coalitions that the member swings, 0 to 1; none where it is not known, or the
    /// member is away.
    pub share: Option<f64>,
    /// Whether the member is away.
    pub is_away: bool,
    /// Whether nothing can be decided without the member.
    pub can_block: bool,
}

/// How grave what is said about a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// So it is.
    Plain,
    /// Worth a second look.
    Notable,
    /// It cannot decide.
    Stuck,
}

/// What is said about a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its members, in their order.
    pub seats: Vec<Seat>,
    /// Sentences, the gravest first.
    pub sentences: Vec<(Tone, String)>,
}

/// More work than this is not done for the shares: members times the sum of their votes.
const MOST_WORK: u64 = 5_000_000;

impl Standing {
    /// How a body stands while the members at these places are away; none for a body that is not there.
    pub fn of(document: &Document, body: BodyId, away: &[usize]) -> Option<Self> {
        let body = document.bodies().get(body)?;
        let present: Vec<usize> = (0..body.members.len()).filter(|place| !away.contains(place)).collect();
        let council = Council { document, body, vote: Vote::of(body, &present), present };
        let power = council.power();
        let blockers = council.blockers();
        let seat = |(place, member): (usize, &Member)| {
            let at = council.present.iter().position(|present| *present == place);
            let share = power.as_ref().zip(at).and_then(|(power, at)| power.index.get(at).copied());
            Seat { actor: member.actor, share, is_away: at.is_none(), can_block: blockers.contains(&place) }
        };
        let seats = body.members.iter().enumerate().map(seat).collect();
        Some(Self { seats, sentences: council.sentences(power.as_ref(), &blockers) })
    }
}

/// A body with those who are there.
struct Council<'a> {
    document: &'a Document,
    body: &'a Body,
    /// Places of the members that are there.
    present: Vec<usize>,
    /// Their vote; none where it is not known who decides.
    vote: Option<Vote>,
}

impl Council<'_> {
    fn is_quorate(&self) -> bool {
        !self.present.is_empty() && self.body.quorum.is_none_or(|quorum| self.present.len() >= quorum as usize)
    }

    fn can_decide(&self) -> bool {
        self.is_quorate() && self.vote.as_ref().is_some_and(Vote::can_win)
    }

    fn power(&self) -> Option<Power> {
        let vote = self.vote.as_ref().filter(|_| self.can_decide())?;
        let smallest = vote.weights.iter().copied().filter(|votes| *votes > 0).min()?;
        // Votes are mostly multiples of one another; others of many members would keep the window waiting.
        let sum = vote.weights.iter().sum::<u64>() / smallest.max(1);
        (sum.saturating_mul(vote.weights.len() as u64) <= MOST_WORK).then(|| vote.power()).flatten()
    }

    /// Places of members without whom nothing is decided.
    fn blockers(&self) -> Vec<usize> {
        let vote = self.vote.as_ref().filter(|_| self.can_decide());
        let at = |place: usize| self.present.get(place).copied();
        vote.map(|vote| vote.vetoes().into_iter().filter_map(at).collect()).unwrap_or_default()
    }

    fn name(&self, place: usize) -> String {
        self.body.members.get(place).map_or_else(String::new, |member| words::named(self.document, member.actor))
    }

    fn names(&self, places: impl IntoIterator<Item = usize>) -> String {
        words::joined(&places.into_iter().map(|place| self.name(place)).collect::<Vec<_>>())
    }

    fn sentences(&self, power: Option<&Power>, blockers: &[usize]) -> Vec<(Tone, String)> {
        let count = self.body.members.len();
        if count == 0 {
            return vec![(Tone::Stuck, "Nobody belongs to it yet: add its members.".to_owned())];
        }
        if self.body.method.is_none() {
            return vec![(Tone::Stuck, "How it decides is not stated: choose a way above.".to_owned())];
        }
        if let Some(stuck) = self.why_stuck() {
            return vec![(Tone::Stuck, stuck)];
        }
        let Some(vote) = &self.vote else {
            let tie = "Several members have the most votes, so it is not known which one decides.".to_owned();
            return vec![(Tone::Stuck, tie)];
        };
        let mut said = Vec::new();
        // Where one member is meant to decide, that is no news.
        if matches!(self.body.method, Some(Method::Single | Method::Advice)) {
            said.push((Tone::Plain, self.needed(vote)));
            said.extend(self.about_absence());
            return said;
        }
        if let Some(alone) = self.who_is_alone(power) {
            said.push((Tone::Notable, format!("{alone} decides alone; the others change nothing.")));
        } else {
            said.extend(self.about_blocking(vote, blockers));
            said.extend(self.about_nobodies(power));
        }
        said.extend(self.about_absence());
        said.extend(self.about_ties(vote));
        said.sort_by_key(|(tone, _)| *tone == Tone::Plain);
        said.push((Tone::Plain, self.needed(vote)));
        if power.is_none() && self.can_decide() {
            said.push((Tone::Plain, "So many different votes are not weighed against each other here.".to_owned()));
        }
        said
    }

    /// Why nothing can be decided now, or ever.
    fn why_stuck(&self) -> Option<String> {
        let (there, count) = (self.present.len(), self.body.members.len());
        if let Some(quorum) = self.body.quorum.map(|quorum| quorum as usize) {
            if quorum > count {
                let belong = if count == 1 { "only 1 belongs".to_owned() } else { format!("only {count} belong") };
                return Some(format!("It can never decide: {quorum} members must be there, and {belong} to it."));
            }
            if there < quorum {
                return Some(format!("Nothing can be decided: {quorum} members must be there, and {there} are."));
            }
        }
        if there == 0 {
            return Some("Nothing can be decided: nobody is there.".to_owned());
        }
        let vote = self.vote.as_ref().filter(|vote| !vote.can_win())?;
        let total: u64 = vote.weights.iter().sum();
        Some(format!(
            "Nothing can be decided: {} votes are needed, and those who are there have {}.",
            votes(vote.quota, self.body),
            votes(total, self.body)
        ))
    }

    /// The member who decides whatever the others say.
    fn who_is_alone(&self, power: Option<&Power>) -> Option<String> {
        let at = power?.index.iter().position(|share| *share > 0.999_999)?;
        self.present.get(at).map(|place| self.name(*place))
    }

    /// `2 of 3 must agree.`, `51 of 100 votes are needed.`
    fn needed(&self, vote: &Vote) -> String {
        let total: u64 = vote.weights.iter().sum();
        match self.body.method {
            Some(Method::Weighted) => {
                format!("{} of {} votes are needed.", votes(vote.quota, self.body), votes(total, self.body))
            }
            Some(Method::Consent) => "It is decided when none of those there has a grave objection.".to_owned(),
            Some(Method::Consensus) => "It is decided when all of those there agree.".to_owned(),
            Some(Method::Majority) => format!("{} of {} must agree.", vote.quota, self.present.len()),
            Some(Method::Single | Method::Advice) | None => {
                let leader = vote.weights.iter().position(|votes| *votes > 0);
                let leader = leader.and_then(|at| self.present.get(at)).map(|place| self.name(*place));
                let leader = leader.unwrap_or_else(|| "One member".to_owned());
                let how = if self.body.method == Some(Method::Advice) { " after asking the others" } else { "" };
                format!("{leader} decides{how}.")
            }
        }
    }

    fn about_blocking(&self, vote: &Vote, blockers: &[usize]) -> Vec<(Tone, String)> {
        let there = self.present.len();
        if blockers.len() == there && there > 1 {
            return vec![(Tone::Plain, "Each of them alone can hold it up.".to_owned())];
        }
        if !blockers.is_empty() {
            let names = self.names(blockers.iter().copied());
            return vec![(Tone::Notable, format!("Nothing is decided without {names}."))];
        }
        let block = vote.smallest_block();
        if block.len() < 2 {
            return Vec::new();
        }
        let is_equal = vote.weights.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
        let sentence = match is_equal {
            true => format!("Any {} of them together can block it.", block.len()),
            false => {
                let names = block.into_iter().filter_map(|at| self.present.get(at).copied());
                format!("{} together can block it.", self.names(names))
            }
        };
        vec![(Tone::Plain, sentence)]
    }

    /// Members with votes that never count.
    fn about_nobodies(&self, power: Option<&Power>) -> Option<(Tone, String)> {
        let power = power?;
        let idle = power.index.iter().zip(&self.present).filter(|(share, place)| {
            let has_votes = self.body.members.get(**place).is_some_and(|member| member.weight > Amount::ZERO);
            **share <= 0.0 && has_votes
        });
        let idle: Vec<usize> = idle.map(|(_, place)| *place).collect();
        (!idle.is_empty())
            .then(|| (Tone::Notable, format!("The votes of {} never change the outcome.", self.names(idle))))
    }

    /// Whose absence alone keeps the body, as it is now, from deciding.
    fn about_absence(&self) -> Option<(Tone, String)> {
        let members: Vec<Member> = self.present.iter().filter_map(|at| self.body.members.get(*at).copied()).collect();
        let now = Body { members, ..self.body.clone() };
        let needed = Vote::needed(&now);
        let there = self.present.len();
        if needed.is_empty() || there < 2 {
            return None;
        }
        let sentence = if needed.len() == there {
            "As soon as one of them is away, nothing can be decided.".to_owned()
        } else {
            let names = self.names(needed.iter().filter_map(|at| self.present.get(*at).copied()));
            match needed.len() {
                1 => format!("While {names} is away, nothing can be decided."),
                _ => format!("As soon as one of {names} is away, nothing can be decided."),
            }
        };
        Some((Tone::Notable, sentence))
    }

    /// An even number that votes by majority, without a rule for equal votes.
    fn about_ties(&self, vote: &Vote) -> Option<(Tone, String)> {
        let is_even = self.body.method == Some(Method::Majority) && vote.weights.len().is_multiple_of(2);
        (is_even && self.body.tie_rule.trim().is_empty())
            .then(|| (Tone::Notable, "Votes may be equal, and nothing says what happens then.".to_owned()))
    }
}

/// Votes as they are stated: those of weighted votes are counted in ten-thousandths.
fn votes(count: u64, body: &Body) -> String {
    match body.method {
        Some(Method::Weighted) => words::number(count as f64 / 10_000.0),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(weights: &[i32], change: impl FnOnce(&mut Body)) -> (Document, BodyId) {
        let mut document = Document::default();
        let members = weights.iter().zip(["Ana", "Ben", "Cem", "Dora", "Emil"]).map(|(weight, name)| {
            let person = document.insert(Person::new(name));
            Member { actor: Actor::Person(person), weight: Amount::whole(*weight) }
        });
        let members = members.collect();
        let mut body = Body { members, method: Some(Method::Majority), ..Body::new("Board") };
        change(&mut body);
        let id = document.insert(body);
        (document, id)
    }

    fn shares(standing: &Standing) -> Vec<Option<f64>> {
        standing.seats.iter().map(|seat| seat.share.map(|share| (share * 1000.0).round() / 1000.0)).collect()
    }

    fn said(standing: &Standing) -> String {
        standing.sentences.iter().map(|(_, sentence)| sentence.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn shares_vetoes_and_blocks_of_weighted_votes() {
        let weighted = |body: &mut Body| {
            body.method = Some(Method::Weighted);
            body.quota = Some(Amount::whole(51));
        };
        let (document, body) = board(&[50, 49, 1], weighted);
        let standing = Standing::of(&document, body, &[]).unwrap();
        assert_eq!(shares(&standing), [Some(0.6), Some(0.2), Some(0.2)]);
        assert_eq!(standing.seats.iter().map(|seat| seat.can_block).collect::<Vec<_>>(), [true, false, false]);
        let text = said(&standing);
        assert!(text.contains("51 of 100 votes are needed."), "{text}");
        assert!(text.contains("Nothing is decided without Ana."), "{text}");
        assert!(text.contains("While Ana is away, nothing can be decided."), "{text}");
        let without = Standing::of(&document, body, &[0]).unwrap();
        assert_eq!(shares(&without), [None, None, None]);
        assert!(said(&without).contains("51 votes are needed, and those who are there have 50."), "{}", said(&without));
        let (document, body) = board(&[60, 20, 20], weighted);
        let alone = Standing::of(&document, body, &[]).unwrap();
        assert_eq!(shares(&alone), [Some(1.0), Some(0.0), Some(0.0)]);
        assert!(said(&alone).contains("Ana decides alone"), "{}", said(&alone));
    }

    #[test]
    fn an_absence_changes_a_majority() {
        let (document, body) = board(&[1, 1, 1, 1], |_| {});
        let all = Standing::of(&document, body, &[]).unwrap();
        assert_eq!(shares(&all), [Some(0.25); 4]);
        let text = said(&all);
        assert!(text.contains("3 of 4 must agree.") && text.contains("Any 2 of them together can block it."), "{text}");
        assert!(text.contains("Votes may be equal"), "{text}");
        let three = Standing::of(&document, body, &[3]).unwrap();
        assert_eq!(shares(&three), [Some(0.333), Some(0.333), Some(0.333), None]);
        assert!(said(&three).contains("2 of 3 must agree."), "{}", said(&three));
        assert!(three.seats[3].is_away);
    }

    #[test]
    fn what_cannot_decide_says_why() {
        for (weights, quorum, method, away, expected) in [
            (&[][..], None, Some(Method::Majority), &[][..], "Nobody belongs to it yet"),
            (&[1, 1], None, None, &[], "not stated"),
            (
                &[1, 1],
                Some(3),
                Some(Method::Majority),
                &[],
                "can never decide: 3 members must be there, and only 2 belong",
            ),
            (&[1, 1, 1], Some(3), Some(Method::Majority), &[1], "3 members must be there, and 2 are"),
            (&[1, 1], None, Some(Method::Single), &[], "not known which one decides"),
            (&[2, 1], None, Some(Method::Advice), &[], "Ana decides after asking the others."),
            (&[1, 1, 1], None, Some(Method::Consensus), &[], "Each of them alone can hold it up."),
        ] {
            let (document, body) = board(weights, |body| {
                body.quorum = quorum;
                body.method = method;
            });
            let text = said(&Standing::of(&document, body, away).unwrap());
            assert!(text.contains(expected), "{expected}: {text}");
        }
        let (document, body) = board(&[1, 1, 1], |body| body.quorum = Some(3));
        let text = said(&Standing::of(&document, body, &[]).unwrap());
        assert!(text.contains("As soon as one of them is away, nothing can be decided."), "{text}");
    }
}
