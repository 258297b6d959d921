//! The short texts on cards and lines, and the names that assistive technology reads.

use super::facts::Facts;
use crate::model::*;

/// Kind, name and parent of an element: `Role Owner, in Office`, `User step Check refund`, `Message start event`.
pub fn accessible_label(document: &Document, element: ElementRef) -> String {
    let (kind, more) = kind_words(document, element);
    let kind = capitalised(&kind);
    let name = document.name_of(element);
    let mut label = if name.is_empty() { kind } else { format!("{kind} {name}") };
    for part in more {
        label = format!("{label}, {part}");
    }
    match parent_name(document, element) {
        Some(parent) if !parent.is_empty() => format!("{label}, in {parent}"),
        _ => label,
    }
}

/// The word for the kind of an element, as precise as its shape is, and what else its shape says.
fn kind_words(document: &Document, element: ElementRef) -> (String, Vec<String>) {
    let plain = || (element.kind().word().to_owned(), Vec::new());
    match element {
        ElementRef::Step(id) => document.get::<Step>(id).map_or_else(plain, |step| step_words(document, step)),
        ElementRef::Gateway(id) => document
            .get::<Gateway>(id)
            .map_or_else(plain, |gateway| (format!("{} gateway", gateway.kind.word()), Vec::new())),
        ElementRef::Event(id) => document.get::<Event>(id).map_or_else(plain, |event| event_words(document, event)),
        ElementRef::Artefact(id) => document.get::<Artefact>(id).map_or_else(plain, |artefact| {
            let state = (!artefact.state.is_empty()).then(|| artefact.state.clone());
            (artefact_word(artefact.form).to_owned(), state.into_iter().collect())
        }),
        ElementRef::Link(id) => document.get::<Link>(id).map_or_else(plain, |link| {
            let end = |element| document.name_of(element).to_owned();
            let ends = format!("from {} to {}", end(link.from), end(link.to));
            (link_word(link.kind).to_owned(), vec![ends])
        }),
        ElementRef::Note(id) => document.get::<Note>(id).map_or_else(plain, |note| match note.form {
            NoteForm::Sticky | NoteForm::Annotation => plain(),
            NoteForm::Frame => ("frame".to_owned(), Vec::new()),
        }),
        _ => plain(),
    }
}

fn step_words(document: &Document, step: &Step) -> (String, Vec<String>) {
    let word = match step.kind {
        StepKind::Task => "step",
        StepKind::User => "user step",
        StepKind::Manual => "manual step",
        StepKind::Service => "service step",
        StepKind::Send => "send step",
        StepKind::Receive => "receive step",
        StepKind::Script => "script step",
        StepKind::BusinessRule => "business rule step",
        StepKind::SubFlow => "sub-flow",
        StepKind::Transaction => "transaction",
        StepKind::AdHoc => "ad-hoc sub-flow",
        StepKind::EventSubFlow => "event sub-flow",
        StepKind::Call => "call",
    };
    let often = step.repetition.map(|repetition| match repetition {
        Repetition::Loop => "repeated".to_owned(),
        Repetition::Parallel => "several at once".to_owned(),
        Repetition::Sequential => "several in turn".to_owned(),
    });
    let undoes = step.compensates.then(|| "undoes another step".to_owned());
    let calls = step.calls.map(|process| format!("carries out {}", document.name_of(process.into())));
    (word.to_owned(), [often, undoes, calls].into_iter().flatten().collect())
}

fn event_words(document: &Document, event: &Event) -> (String, Vec<String>) {
    let kind = match event.kind {
        EventKind::Start => "start event",
        EventKind::Intermediate => "intermediate event",
        EventKind::End => "end event",
    };
    let word = match trigger_word(event.trigger) {
        Some(trigger) => format!("{trigger} {kind}"),
        None => kind.to_owned(),
    };
    let throws = (event.throws && event.kind == EventKind::Intermediate).then(|| "sends".to_owned());
    let attached = event.attached.map(|step| format!("at {}", document.name_of(step.into())));
    let goes_on = event.keeps_running.then(|| "the work goes on".to_owned());
    (word, [throws, attached, goes_on].into_iter().flatten().collect())
}

fn trigger_word(trigger: EventTrigger) -> Option<&'static str> {
    Some(match trigger {
        EventTrigger::Plain => return None,
        EventTrigger::Message => "message",
        EventTrigger::Timer => "timer",
        EventTrigger::Error => "error",
        EventTrigger::Escalation => "escalation",
        EventTrigger::Cancel => "cancel",
        EventTrigger::Compensation => "compensation",
        EventTrigger::Condition => "condition",
        EventTrigger::Link => "link",
        EventTrigger::Signal => "signal",
        EventTrigger::Terminate => "terminate",
        EventTrigger::Multiple => "multiple",
        EventTrigger::ParallelMultiple => "parallel multiple",
    })
}

fn artefact_word(form: ArtefactForm) -> &'static str {
    match form {
        ArtefactForm::Sheet => "artefact",
        ArtefactForm::Pile => "pile of artefacts",
        ArtefactForm::Store => "store",
        ArtefactForm::Input => "input artefact",
        ArtefactForm::Output => "output artefact",
    }
}

fn link_word(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Message => "message",
        LinkKind::Association => "association",
        LinkKind::Input => "input",
        LinkKind::Output => "output",
    }
}

fn parent_name(document: &Document, element: ElementRef) -> Option<&str> {
    let parent: ElementRef = match element {
        ElementRef::Unit(id) => document.get::<Unit>(id)?.parent?.into(),
        ElementRef::Role(id) => document.get::<Role>(id)?.unit?.into(),
        ElementRef::Body(id) => document.get::<Body>(id)?.unit?.into(),
        ElementRef::Step(_) | ElementRef::Gateway(_) | ElementRef::Event(_) => {
            document.performer_of(FlowNode::try_from(element).ok()?)?.into()
        }
        ElementRef::Flow(id) => document.get::<Flow>(id)?.process.into(),
        _ => return None,
    };
    Some(document.name_of(parent))
}

/// The word with a capital letter at its beginning.
pub fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// `1 role`, `3 roles`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// At most two decimals, none where there are none: `2`, `0.5`, `12.25`.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// `60 / week`, `2 / month`, `3 / year`: the shortest period that has at least one.
pub(crate) fn per_week_label(per_week: f64) -> String {
    let rounded =
        |value: f64| if value >= 10.0 { number(value.round()) } else { number((value * 10.0).round() / 10.0) };
    for (period, word) in [(Period::Week, "week"), (Period::Month, "month")] {
        let value = per_week / period.per_week();
        if value >= 0.95 {
            return format!("{} / {word}", rounded(value));
        }
    }
    format!("{} / year", rounded(per_week / Period::Year.per_week()))
}

/// The rate as it was typed, short: `60 / wk`, `2 / mo`.
pub(crate) fn rate_label(rate: Rate) -> String {
    let period = match rate.per {
        Period::Day => "day",
        Period::Week => "wk",
        Period::Month => "mo",
        Period::Quarter => "qu",
        Period::Year => "yr",
    };
    format!("{} / {period}", number(rate.count))
}

/// `96 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// What stands on the line of a flow: its name and its share of cases, `rejected 10 %`.
pub(crate) fn flow_label(flow: &Flow) -> String {
    let share = flow.probability.map(|share| format!("{} %", number((share * 1000.0).round() / 10.0)));
    [Some(flow.name.clone()), share].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Work and waiting of a step, and how often it comes: `6 min · wait 2.1 d · 13 / week`.
pub(crate) fn step_figures(step: &Step, per_week: Option<f64>) -> String {
    let work = step.work.map(|work| work.to_string());
    let wait = step.wait.filter(|wait| wait.0 > 0.0).map(|wait| format!("wait {wait}"));
    let often = per_week.filter(|cases| *cases > 0.0).map(per_week_label);
    joined([work, wait, often])
}

/// Parts that are there, parted by middle dots.
pub(crate) fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Who decides, and up to how much: `Shop manager ≤ 200 EUR +1`; none where nobody does.
///
/// The decider with the lowest limit comes first, as this is who is asked first; holders of the same name and limit
/// count as one, and the rest as a number. Where the performer of a step decides, that alone is said.
pub(crate) fn deciders_label(facts: &Facts<'_>, decision: DecisionId, performer: Option<Actor>) -> Option<String> {
    let document = facts.document;
    let decides = |(_, right): &(RightId, &Right)| document.right_has_duty(right, Duty::Decide);
    let by_performer =
        facts.rights_on(Subject::Decision(decision)).filter(decides).any(|(_, right)| Some(right.holder) == performer);
    let mut deciders: Vec<(Option<Amount>, String)> = facts
        .rights_on(Subject::Decision(decision))
        .filter(decides)
        .filter(|(_, right)| !by_performer || Some(right.holder) == performer)
        .map(|(_, right)| {
            let name = document.name_of(right.holder.into());
            let reach = reach_of(&right.tiers);
            let limit = reach.as_ref().and_then(|tier| tier.up_to);
            let text = match &reach {
                Some(tier) if tier.up_to.is_some() || tier.above.is_some() => format!("{name} {tier}"),
                _ => name.to_owned(),
            };
            (limit, text)
        })
        .collect();
    deciders.sort_by_key(|(limit, _)| limit.map_or((1, Amount::ZERO), |limit| (0, limit)));
    let mut names: Vec<String> = Vec::new();
    for (_, text) in deciders {
        if !names.contains(&text) {
            names.push(text);
        }
    }
    match names.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [first, rest @ ..] => Some(format!("{first} +{}", rest.len())),
    }
}

/// From the lowest to the highest amount of all tiers, as far as they count the same; else the highest one.
fn reach_of(tiers: &[Tier]) -> Option<Tier> {
    let widest = tiers.iter().max_by_key(|tier| tier.up_to.map_or((1, Amount::ZERO), |up_to| (0, up_to)))?;
    let alike = tiers.iter().all(|tier| (tier.quantity, tier.per) == (widest.quantity, widest.per));
    let lowest = tiers.iter().map(|tier| tier.above).min().filter(|_| alike).unwrap_or(widest.above);
    Some(Tier { above: lowest, ..widest.clone() })
}

/// A condition of a limit in words: `budgeted`, `in Shop North`.
pub(crate) fn condition_words(document: &Document, condition: &Condition) -> String {
    match condition {
        Condition::Unit(unit) => format!("in {}", document.name_of((*unit).into())),
        Condition::Category(text) | Condition::Text(text) => text.clone(),
        Condition::Budgeted(yes) => if *yes { "budgeted" } else { "not budgeted" }.to_owned(),
        Condition::NewSupplier(yes) => if *yes { "new supplier" } else { "known supplier" }.to_owned(),
        Condition::Attribute { name, value } => format!("{name} {value}"),
    }
}

/// Kind of an external in a word.
pub(crate) fn external_kind(kind: ExternalKind) -> &'static str {
    match kind {
        ExternalKind::Customer => "customer",
        ExternalKind::Supplier => "supplier",
        ExternalKind::Partner => "partner",
        ExternalKind::Franchisee => "franchisee",
        ExternalKind::Authority => "authority",
    }
}

/// Kind of a system in a word.
pub(crate) fn system_kind(kind: SystemKind) -> &'static str {
    match kind {
        SystemKind::Software => "software",
        SystemKind::Machine => "machine",
        SystemKind::Store => "store",
    }
}

/// How many decide, and how: `majority of 5`.
pub(crate) fn body_caption(body: &Body) -> String {
    let count = body.members.len();
    let word = match body.method {
        None if count == 0 => return String::new(),
        None => return counted(count, "member", "members"),
        Some(Method::Single) => "one decides",
        Some(Method::Advice) => "advice",
        Some(Method::Consent) => "consent",
        Some(Method::Consensus) => "consensus",
        Some(Method::Majority) => "majority",
        Some(Method::Weighted) => "weighted vote",
    };
    if count == 0 { word.to_owned() } else { format!("{word} of {count}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        assert_eq!(per_week_label(60.0), "60 / week");
        assert_eq!(per_week_label(2.0 * 12.0 / 52.0), "2 / month");
        assert_eq!(per_week_label(3.0 / 52.0), "3 / year");
        assert_eq!((number(0.5), number(-0.001), number(3.0)), ("0.5".into(), "0".into(), "3".into()));
    }

    #[test]
    fn a_flow_says_its_name_and_its_share() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let node = FlowNode::Step(document.insert(Step::new(process, "Check")));
        let plain = Flow::new(process, node, node);
        assert_eq!(flow_label(&plain), "");
        let full = Flow { name: "rejected".into(), probability: Some(0.1), ..plain };
        assert_eq!(flow_label(&full), "rejected 10 %");
    }

    #[test]
    fn the_lowest_limit_comes_first_and_equal_names_count_once() {
        let mut document = Document::default();
        document.insert(Framework {
            key: Key::unset(),
            name: "own".into(),
            description: String::new(),
            letters: vec![Letter { duties: vec![Duty::Decide], at_least: 1, ..Letter::new("D", "decides") }],
            built_in: false,
        });
        let decision = document.insert(Decision::new("Grant refund"));
        let limit = |text: &str| parse_tiers(text, Currency::EUR).unwrap();
        for (name, tiers) in [("Owner", Vec::new()), ("Manager", limit("≤ 200")), ("Manager", limit("≤ 200"))] {
            let role = document.insert(Role::new(name));
            document.insert(Right { tiers, ..Right::new(Subject::Decision(decision), Actor::Role(role), "D") });
        }
        let facts = Facts::new(&document);
        assert_eq!(deciders_label(&facts, decision, None).as_deref(), Some("Manager ≤ 200 EUR +1"));
        let owner = document.roles().ids().next().map(Actor::Role);
        assert_eq!(deciders_label(&facts, decision, owner).as_deref(), Some("Owner"));
        assert_eq!(reach_of(&limit("≤ 200; > 200 ≤ 500")).map(|tier| tier.to_string()).as_deref(), Some("≤ 500 EUR"));
        assert_eq!(accessible_label(&document, decision.into()), "Decision Grant refund");
    }

    #[test]
    fn labels_say_what_shapes_say() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let step =
            Step { kind: StepKind::User, repetition: Some(Repetition::Loop), ..Step::new(process, "Check refund") };
        let step = document.insert(step);
        assert_eq!(accessible_label(&document, step.into()), "User step Check refund, repeated");
        let message = Event { trigger: EventTrigger::Message, ..Event::new(process, EventKind::Start, "Complaint") };
        let message = document.insert(message);
        assert_eq!(accessible_label(&document, message.into()), "Message start event Complaint");
        let late = Event {
            trigger: EventTrigger::Timer,
            attached: Some(step),
            keeps_running: true,
            ..Event::new(process, EventKind::Intermediate, "")
        };
        let late = document.insert(late);
        let expected = "Timer intermediate event, at Check refund, the work goes on";
        assert_eq!(accessible_label(&document, late.into()), expected);
        let gateway = document.insert(Gateway::new(process, GatewayKind::EventBased, "First?"));
        assert_eq!(accessible_label(&document, gateway.into()), "Event-based gateway First?");
        let form = Artefact { form: ArtefactForm::Store, state: "signed".into(), ..Artefact::new("Archive") };
        let form = document.insert(form);
        assert_eq!(accessible_label(&document, form.into()), "Store Archive, signed");
        let link = document.insert(Link { name: "letter".into(), ..Link::new(LinkKind::Message, step, form) });
        assert_eq!(accessible_label(&document, link.into()), "Message letter, from Check refund to Archive");
    }
}
