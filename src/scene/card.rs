//! A role, person, unit, body or external on one page: what it is there for, what it decides and up to how much, what
//! it works on, from whom work comes and to whom it goes.
//!
//! Worked out from the document alone, for a panel and for documents.

use std::collections::BTreeMap;

use super::words::{condition_words, rate_label};
use crate::model::*;

/// One page about somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActorCard {
    /// Name.
    pub title: String,
    /// Who holds it, where it stands, whom it reports to: short sentences.
    pub about: Vec<String>,
    /// Why it exists; may be empty.
    pub purpose: String,
    /// What follows, in the order of the page; none of them is empty.
    pub sections: Vec<CardSection>,
}

/// A part of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSection {
    /// Heading.
    pub title: &'static str,
    /// Its lines.
    pub lines: Vec<CardLine>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLine {
    /// What comes first: a decision, a step, a name.
    pub text: String,
    /// What is said about it: a limit, a process; may be empty.
    pub detail: String,
    /// What it leads to.
    pub element: Option<ElementRef>,
}

impl CardLine {
    fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), detail: String::new(), element: None }
    }
}

/// The heading of rights by what they oblige to.
fn heading(duty: Duty) -> &'static str {
    match duty {
        Duty::Decide => "Decides",
        Duty::Agree => "Must agree",
        Duty::Prepare => "Prepares",
        Duty::Do => "Carries out",
        Duty::Verify => "Checks",
        Duty::Support => "Helps",
        Duty::Consult => "Is asked",
        Duty::Inform => "Is told",
    }
}

impl ActorCard {
    /// The card of an actor; none for one that does not exist.
    pub fn new(document: &Document, actor: Actor) -> Option<Self> {
        document.contains(actor.into()).then(|| Writer::new(document, actor).card())
    }

    /// The card as Markdown, with a heading of this level (1 to 5).
    pub fn to_markdown(&self, level: usize) -> String {
        let marks = "#".repeat(level.clamp(1, 5));
        let mut text = format!("{marks} {}\n\n", escaped(&self.title));
        if !self.about.is_empty() {
            text.push_str(&format!("{}\n\n", escaped(&self.about.join(" · "))));
        }
        if !self.purpose.is_empty() {
            text.push_str(&format!("{}\n\n", escaped(&self.purpose)));
        }
        for section in &self.sections {
            text.push_str(&format!("{marks}# {}\n\n", section.title));
            for line in &section.lines {
                let detail =
                    if line.detail.is_empty() { String::new() } else { format!(": {}", escaped(&line.detail)) };
                text.push_str(&format!("- {}{detail}\n", escaped(&line.text)));
            }
            text.push('\n');
        }
        text
    }
}

/// A text in which nothing is taken for a mark of Markdown, on one line.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '|') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

struct Writer<'a> {
    document: &'a Document,
    actor: Actor,
    /// The actor, and of a person all roles that the person holds.
    actors: Vec<Actor>,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document, actor: Actor) -> Self {
        let mut actors = vec![actor];
        if let Actor::Person(person) = actor {
            let holds = |role: &Role| role.holders.iter().any(|holding| holding.person == person);
            let roles = document.roles().iter().filter(|(_, role)| holds(role));
            actors.extend(roles.map(|(id, _)| Actor::Role(id)));
        }
        Self { document, actor, actors }
    }

    fn name(&self, element: impl Into<ElementRef>) -> &'a str {
        self.document.name_of(element.into())
    }

    fn card(&self) -> ActorCard {
        let mut sections = self.rights();
        sections.extend(self.delegations());
        sections.push(self.steps());
        sections.extend(self.hand_overs());
        sections.extend(self.duties());
        sections.retain(|section| !section.lines.is_empty());
        let purpose = match self.actor {
            Actor::Role(id) => self.document.get::<Role>(id).map(|role| role.purpose.clone()),
            Actor::Body(id) => self.document.get::<Body>(id).map(|body| body.description.clone()),
            _ => None,
        };
        ActorCard {
            title: self.name(self.actor).to_owned(),
            about: self.about(),
            purpose: purpose.unwrap_or_default(),
            sections,
        }
    }

    fn about(&self) -> Vec<String> {
        let mut about = Vec::new();
        let mut say = |words: &str, name: &str| {
            if !name.is_empty() {
                about.push(format!("{words}{name}"));
            }
        };
        if let Some(unit) = self.document.unit_of_actor(self.actor) {
            say("", self.name(unit));
        }
        match self.actor {
            Actor::Role(id) => {
                say("held by ", &self.document.holders_label(id));
                let Some(role) = self.document.get::<Role>(id) else { return about };
                let above: Vec<&str> =
                    role.reports_to.iter().chain(&role.also_reports_to).map(|above| self.name(*above)).collect();
                say("reports to ", &above.join(" and "));
                say("when away: ", role.deputy.map_or("", |deputy| self.name(deputy)));
            }
            Actor::Person(_) => {
                let roles: Vec<&str> = self.actors.iter().skip(1).map(|role| self.name(*role)).collect();
                say("holds ", &roles.join(", "));
            }
            Actor::Body(id) => {
                let members = self.document.get::<Body>(id).map_or(&[][..], |body| body.members.as_slice());
                let members: Vec<&str> = members.iter().map(|member| self.name(member.actor)).collect();
                say("members: ", &members.join(", "));
            }
            Actor::Unit(_) | Actor::External(_) | Actor::System(_) => {}
        }
        about
    }

    /// Rights by the strongest duty of their letter, those on decisions first.
    fn rights(&self) -> Vec<CardSection> {
        let document = self.document;
        let mut by_duty: BTreeMap<Duty, Vec<(Subject, CardLine)>> = BTreeMap::new();
        for (_, right) in document.rights().iter().filter(|(_, right)| self.actors.contains(&right.holder)) {
            let letter =
                document.framework_of(right.subject).and_then(|(_, framework)| framework.letter(&right.letter));
            let duties = letter.map_or(&[][..], |letter| letter.duties.as_slice());
            let Some(duty) = Duty::ALL.into_iter().find(|duty| duties.contains(duty)) else { continue };
            let line = CardLine {
                text: self.name(right.subject).to_owned(),
                detail: self.right_words(right),
                element: Some(right.subject.into()),
            };
            by_duty.entry(duty).or_default().push((right.subject, line));
        }
        let section = |duty: Duty| {
            let mut lines = by_duty.remove(&duty).unwrap_or_default();
            lines.sort_by_key(|(subject, _)| self.place_of(*subject));
            CardSection { title: heading(duty), lines: lines.into_iter().map(|(_, line)| line).collect() }
        };
        Duty::ALL.into_iter().map(section).collect()
    }

    /// What was passed on for a time, and what was received.
    fn delegations(&self) -> [CardSection; 2] {
        let document = self.document;
        let roles = document.roles().iter().map(|(id, role)| (Actor::Role(id), &role.delegations));
        let people = document.people().iter().map(|(id, person)| (Actor::Person(id), &person.delegations));
        let (mut given, mut received) = (Vec::new(), Vec::new());
        for (giver, delegations) in roles.chain(people) {
            for one in delegations {
                if self.actors.contains(&giver) {
                    given.push(self.delegation_line(one.to, one));
                }
                if self.actors.contains(&one.to) {
                    received.push(self.delegation_line(giver, one));
                }
            }
        }
        [
            CardSection { title: "Has passed on for a time", lines: given },
            CardSection { title: "Decides for others for a time", lines: received },
        ]
    }

    fn delegation_line(&self, other: Actor, one: &Delegation) -> CardLine {
        let of: Vec<&str> = one.of.iter().map(|id| self.name(*id)).collect();
        let of = if of.is_empty() { "everything".to_owned() } else { of.join(", ") };
        let mut parts = vec![format!("{of}, {} to {}", one.from, one.until)];
        parts.extend(one.limit.map(|limit| limit.tier().to_string()));
        parts.extend(Some(one.reason.clone()).filter(|reason| !reason.is_empty()));
        CardLine { text: self.name(other).to_owned(), detail: parts.join("; "), element: Some(other.into()) }
    }

    /// Decisions in their order, then steps.
    fn place_of(&self, subject: Subject) -> (bool, i32, Subject) {
        match subject {
            Subject::Decision(id) => {
                (false, self.document.get::<Decision>(id).map_or(0, |record| record.order), subject)
            }
            Subject::Step(_) => (true, 0, subject),
        }
    }

    /// Limits, topics and the guardrail of a right, and how often it is used.
    fn right_words(&self, right: &Right) -> String {
        let mut parts: Vec<String> = right.tiers.iter().map(|tier| self.tier_words(tier)).collect();
        if !right.veto_domain.is_empty() {
            parts.push(format!("on {}", right.veto_domain));
        }
        if right.holder != self.actor {
            parts.push(format!("as {}", self.name(right.holder)));
        }
        if let Subject::Decision(id) = right.subject
            && let Some(decision) = self.document.get::<Decision>(id)
        {
            parts.extend(decision.frequency.map(rate_label));
            if !decision.guardrail.is_empty() {
                parts.push(decision.guardrail.clone());
            }
            if decision.reserved {
                let reason = decision.reserved_reason.trim();
                parts.push(if reason.is_empty() { "reserved".to_owned() } else { format!("reserved: {reason}") });
            }
        }
        if !right.note.is_empty() {
            parts.push(right.note.clone());
        }
        parts.join("; ")
    }

    /// A limit with what else must hold.
    fn tier_words(&self, tier: &Tier) -> String {
        let mut words = tier.to_string();
        let conditions: Vec<String> =
            tier.conditions.iter().map(|condition| condition_words(self.document, condition)).collect();
        if !conditions.is_empty() {
            words.push_str(&format!(" ({})", conditions.join(", ")));
        }
        let signers: Vec<&str> = tier.co_signers.iter().map(|role| self.name(*role)).collect();
        if !signers.is_empty() {
            words.push_str(&format!(", with {}", signers.join(" and ")));
        }
        if let Some(above) = tier.escalates_to {
            words.push_str(&format!(", above that {}", self.name(above)));
        }
        words
    }

    fn performs(&self, step: &Step) -> bool {
        step.performer.is_some_and(|performer| self.actors.contains(&performer))
    }

    fn steps(&self) -> CardSection {
        let line = |(id, step): (StepId, &Step)| CardLine {
            text: step.name.clone(),
            detail: match step.work {
                Some(work) => format!("{}, {work}", self.name(step.process)),
                None => self.name(step.process).to_owned(),
            },
            element: Some(id.into()),
        };
        let steps = self.document.steps().iter().filter(|(_, step)| self.performs(step));
        CardSection { title: "Works on", lines: steps.map(line).collect() }
    }

    /// From whom work comes, and to whom it goes; gateways and events between are passed over.
    fn hand_overs(&self) -> [CardSection; 2] {
        let document = self.document;
        let (mut before, mut after): (BTreeMap<FlowNode, Vec<FlowNode>>, BTreeMap<FlowNode, Vec<FlowNode>>) =
            Default::default();
        let processes: Vec<ProcessId> =
            document.steps().iter().filter(|(_, step)| self.performs(step)).map(|(_, step)| step.process).collect();
        for (_, flow) in document.flows().iter().filter(|(_, flow)| processes.contains(&flow.process)) {
            before.entry(flow.to).or_default().push(flow.from);
            after.entry(flow.from).or_default().push(flow.to);
        }
        [self.neighbours("Gets work from", &before), self.neighbours("Hands work to", &after)]
    }

    fn neighbours(&self, title: &'static str, next: &BTreeMap<FlowNode, Vec<FlowNode>>) -> CardSection {
        let document = self.document;
        let mut others: BTreeMap<Actor, Vec<String>> = BTreeMap::new();
        for (id, step) in document.steps().iter().filter(|(_, step)| self.performs(step)) {
            let mut seen = vec![FlowNode::Step(id)];
            let mut at = 0;
            while let Some(node) = seen.get(at).copied() {
                at += 1;
                for other in next.get(&node).into_iter().flatten().copied() {
                    if seen.contains(&other) {
                        continue;
                    }
                    if !matches!(other, FlowNode::Step(_)) {
                        seen.push(other);
                    } else if let Some(performer) =
                        document.performer_of(other).filter(|performer| !self.actors.contains(performer))
                    {
                        let names = others.entry(performer).or_default();
                        if !names.contains(&step.name) {
                            names.push(step.name.clone());
                        }
                    }
                }
            }
        }
        let line = |(actor, steps): (Actor, Vec<String>)| CardLine {
            text: self.name(actor).to_owned(),
            detail: steps.join(", "),
            element: Some(actor.into()),
        };
        CardSection { title, lines: others.into_iter().map(line).collect() }
    }

    /// What it answers for beside single rights.
    fn duties(&self) -> [CardSection; 3] {
        let document = self.document;
        let (responsibilities, kpis) = match self.actor {
            Actor::Role(id) => document
                .get::<Role>(id)
                .map(|role| (role.responsibilities.clone(), role.kpis.clone()))
                .unwrap_or_default(),
            Actor::Unit(id) => document
                .get::<Unit>(id)
                .map(|unit| (unit.responsibilities.clone(), unit.kpis.clone()))
                .unwrap_or_default(),
            _ => Default::default(),
        };
        let owns = |process: &Process| process.owner.is_some_and(|owner| self.actors.contains(&Actor::Role(owner)));
        let processes = document.processes().iter().filter(|(_, process)| owns(process));
        let process = |(id, process): (ProcessId, &Process)| CardLine {
            text: process.name.clone(),
            detail: process.result.clone(),
            element: Some(id.into()),
        };
        let kpi = |kpi: Kpi| CardLine { text: kpi.name, detail: kpi.target, element: None };
        [
            CardSection { title: "Answers for these processes", lines: processes.map(process).collect() },
            CardSection {
                title: "Is responsible for",
                lines: responsibilities.iter().map(|text| CardLine::plain(text)).collect(),
            },
            CardSection { title: "Is measured by", lines: kpis.into_iter().map(kpi).collect() },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> (Document, RoleId, RoleId) {
        let mut document = Document::default();
        let letter = |code: &str, duty: Duty| Letter { duties: vec![duty], ..Letter::new(code, code) };
        document.insert(Framework {
            key: Key::unset(),
            name: "RACI".into(),
            description: String::new(),
            letters: vec![letter("A", Duty::Decide), letter("I", Duty::Inform)],
            built_in: false,
        });
        let shop = document.insert(Unit::new("Shop"));
        let ana = document.insert(Person::new("Ana"));
        let holders = vec![Holding { person: ana, share: None }];
        let owner = document.insert(Role { unit: Some(shop), holders, ..Role::new("Owner") });
        let purpose = "Sells *well*.".to_owned();
        let clerk = document.insert(Role {
            unit: Some(shop),
            reports_to: Some(owner),
            deputy: Some(Actor::Role(owner)),
            purpose,
            kpis: vec![Kpi { name: "Sales".into(), target: "100 a day".into() }],
            ..Role::new("Clerk")
        });
        let process = document.insert(Process::new("Refund"));
        let mut step = |name: &str, role: RoleId| {
            document.insert(Step { performer: Some(Actor::Role(role)), ..Step::new(process, name) })
        };
        let (ask, approve) = (step("Ask", clerk), step("Approve", owner));
        let gateway = document.insert(Gateway::new(process, GatewayKind::Exclusive, ""));
        for (from, to) in [
            (FlowNode::Step(ask), FlowNode::Gateway(gateway)),
            (FlowNode::Gateway(gateway), FlowNode::Step(approve)),
            (FlowNode::Gateway(gateway), FlowNode::Step(ask)),
        ] {
            document.insert(Flow::new(process, from, to));
        }
        let refund = document.insert(Decision { frequency: Some(Rate::weekly(60.0)), ..Decision::new("Grant refund") });
        let tier = Tier { escalates_to: Some(owner), ..parse_tier("≤ 200", Currency::EUR).unwrap() };
        let right = Right::new(Subject::Decision(refund), Actor::Role(clerk), "A");
        document.insert(Right { tiers: vec![tier], ..right });
        document.insert(Right::new(Subject::Decision(refund), Actor::Role(owner), "I"));
        (document, owner, clerk)
    }

    #[test]
    fn a_card_says_what_somebody_decides_works_on_and_hands_over() {
        let (document, owner, clerk) = shop();
        let card = ActorCard::new(&document, Actor::Role(clerk)).unwrap();
        assert_eq!(card.about, ["Shop", "reports to Owner", "when away: Owner"]);
        let text = card.to_markdown(2);
        assert!(text.starts_with("## Clerk\n\n"), "{text}");
        assert!(text.contains("Sells \\*well\\*.\n"), "{text}");
        assert!(text.contains("### Decides\n\n- Grant refund: ≤ 200 EUR, above that Owner; 60 / wk\n"), "{text}");
        assert!(text.contains("### Works on\n\n- Ask: Refund\n"), "{text}");
        assert!(text.contains("### Hands work to\n\n- Owner: Ask\n"), "{text}");
        assert!(text.contains("### Is measured by\n\n- Sales: 100 a day\n"), "{text}");
        assert!(!text.contains("Gets work from"), "{text}");
        let owner = ActorCard::new(&document, Actor::Role(owner)).unwrap();
        let titles: Vec<&str> = owner.sections.iter().map(|section| section.title).collect();
        assert_eq!(titles, ["Is told", "Works on", "Gets work from"]);
    }

    #[test]
    fn a_person_has_the_cards_of_all_roles() {
        let (document, ..) = shop();
        let ana = document.people().ids().next().unwrap();
        let card = ActorCard::new(&document, Actor::Person(ana)).unwrap();
        assert_eq!(card.about, ["holds Owner"]);
        assert_eq!(card.sections[0].lines[0].detail, "as Owner; 60 / wk");
    }
}
