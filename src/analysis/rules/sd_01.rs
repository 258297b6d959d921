//! One person with two duties that should be apart on the same thing.

use std::collections::BTreeMap;

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "SD-01",
    title: "Duties that should be apart",
    severity: Severity::High,
    why: "Who both holds the cash and keeps the book can hide a mistake, or worse, and nobody would notice.",
    wrong: "The shop manager counts the till and writes the cash book",
    right: "The shop manager counts the till; the office writes the cash book",
    formula: "duties of one person (as holder of a performing role) on one class of artefact ⊇ two of {authorise, \
              custody, record, reconcile}; high, medium where every linked decision has a 95th percentile of amounts \
              within the project's appetite",
    source: Source::Literature("segregation of duties: authorise, custody, record, reconcile; compensating controls"),
    thresholds: &[],
    remedies: &[
        "Give one of the steps to another role.",
        "Where the firm is too small: let the owner look through it now and then, ask for a second name, or take turns.",
    ],
};

#[derive(Default)]
struct Joined {
    steps: Vec<StepId>,
    duties: Vec<DutyTag>,
}

/// Duties on a class of artefact that each of some people joins.
pub(in crate::analysis) struct Conflict {
    class: String,
    /// Who joins them.
    pub(in crate::analysis) people: Vec<PersonId>,
    /// In which steps.
    pub(in crate::analysis) steps: Vec<StepId>,
    duties: Vec<DutyTag>,
}

/// What is missing to say more.
#[derive(Default)]
struct Missing {
    no_artefact: Vec<StepId>,
    no_holder: Vec<ElementRef>,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut missing = Missing::default();
    for conflict in conflicts(context, &mut missing) {
        let severity = if is_small(context, &conflict.steps) { Severity::Medium } else { Severity::High };
        sink.report_as(severity, finding(context, &conflict));
    }
    let Missing { no_artefact, no_holder } = missing;
    sink.missing("step with duties names no artefact", "steps with duties name no artefact", no_artefact);
    sink.missing("role with duties names no holder", "roles with duties name no holder", no_holder);
}

/// Where one person joins duties that should be apart, each class once for all people who join the same steps.
pub(in crate::analysis) fn joined_duties(context: &Context<'_>) -> Vec<Conflict> {
    conflicts(context, &mut Missing::default())
}

fn conflicts(context: &Context<'_>, missing: &mut Missing) -> Vec<Conflict> {
    // By class of artefact, then by person: both sorted, so that the findings are.
    let mut joined: BTreeMap<(String, PersonId), Joined> = BTreeMap::new();
    for (count, (id, step)) in context.document.steps().iter().enumerate() {
        if context.is_cancelled(count) {
            return Vec::new();
        }
        let Some(performer) = context.index.performer(id).filter(|_| !step.duties.is_empty()) else { continue };
        let classes = classes_of(context, step);
        if classes.is_empty() {
            missing.no_artefact.push(id);
        }
        let people = context.index.people_of(performer);
        if people.is_empty() && is_unstaffed(context, performer) {
            missing.no_holder.push(ElementRef::from(performer));
        }
        for class in classes {
            for person in &people {
                let entry = joined.entry((class.clone(), *person)).or_default();
                entry.steps.push(id);
                for duty in &step.duties {
                    if !entry.duties.contains(duty) {
                        entry.duties.push(*duty);
                    }
                }
            }
        }
    }
    gathered(joined)
}

/// Two duties and more, once for all people who join the same steps.
fn gathered(joined: BTreeMap<(String, PersonId), Joined>) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    for ((class, person), Joined { steps, mut duties }) in joined {
        if duties.len() < 2 {
            continue;
        }
        duties.sort_unstable();
        let same = found.iter_mut().find(|known| known.class == class && known.steps == steps);
        match same {
            Some(known) => known.people.push(person),
            None => found.push(Conflict { class, people: vec![person], steps, duties }),
        }
    }
    found
}

/// Whether a performer is a role that says neither who holds it nor that it is vacant.
fn is_unstaffed(context: &Context<'_>, performer: Actor) -> bool {
    match performer {
        Actor::Role(role) => context.document.roles().get(role).is_some_and(|role| !role.vacant),
        _ => false,
    }
}

/// Classes of the artefacts that a step takes or makes, in lower case.
fn classes_of(context: &Context<'_>, step: &Step) -> Vec<String> {
    let mut classes: Vec<String> = step
        .inputs
        .iter()
        .chain(&step.outputs)
        .filter_map(|id| context.document.artefacts().get(*id))
        .map(|artefact| if artefact.class.trim().is_empty() { &artefact.name } else { &artefact.class })
        .map(|class| class.trim().to_lowercase())
        .filter(|class| !class.is_empty())
        .collect();
    classes.sort_unstable();
    classes.dedup();
    classes
}

/// Whether all decisions linked to the steps are about amounts that the firm bears without a second look.
fn is_small(context: &Context<'_>, steps: &[StepId]) -> bool {
    let Some(appetite) = context.document.project().appetite else { return false };
    let mut decisions = steps.iter().flat_map(|step| context.index.decisions_of_step(*step)).peekable();
    let within = |id: &DecisionId| {
        let decision = context.document.decisions().get(*id);
        let p95 = decision.and_then(|decision| decision.amount_p95);
        p95.is_some_and(|p95| p95.currency == appetite.currency && p95.amount <= appetite.amount)
    };
    decisions.peek().is_some() && decisions.all(within)
}

fn words_of(duty: DutyTag) -> &'static str {
    match duty {
        DutyTag::Authorise => "authorise",
        DutyTag::Custody => "hold",
        DutyTag::Record => "record",
        DutyTag::Reconcile => "reconcile",
    }
}

fn finding(context: &Context<'_>, joined: &Conflict) -> Finding {
    let Conflict { class, people, .. } = joined;
    let duties: Vec<_> = joined.duties.iter().map(|duty| words_of(*duty)).collect();
    let names = words::named_list(context.document, people.iter().copied());
    let each = if people.len() == 1 { "" } else { "each " };
    let mut finding = Finding::new(format!(
        "{names} can {each}{} {class}: {}. A mistake would go unnoticed.",
        words::joined(&duties),
        words::quoted_list(context.document, joined.steps.iter().copied())
    ))
    .about(people.iter().copied())
    .about(joined.steps.iter().copied())
    .formula(format!("duties of one person on {class} = {{{}}}, at most 1 wanted", duties.join(", ")))
    .number("duties", joined.duties.len() as f64)
    .number("people", people.len() as f64);
    for step in &joined.steps {
        finding = finding.criticality(context.criticality_of(Subject::Step(*step)));
    }
    if let Some(last) = joined.steps.last() {
        finding = finding.remedy(format!("Give {} to a role that {names} cannot hold.", context.quoted(*last)));
    }
    finding.remedy(format!(
        "If the firm is too small to part them, let somebody else look through {class} regularly and sign for it."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci, silence};

    /// Two steps with duties on cash, performed by roles with these holders.
    fn cash(holders: [&str; 2]) -> (Document, [StepId; 2]) {
        let mut document = raci();
        let process = document.insert(Process::new("Close the shop"));
        let till = document.insert(Artefact { class: "cash".into(), ..Artefact::new("Till") });
        let book = document.insert(Artefact { class: "Cash".into(), ..Artefact::new("Cash book") });
        let mut people: Vec<(String, PersonId)> = Vec::new();
        let rows = [("Count till", DutyTag::Custody, till), ("Write cash book", DutyTag::Record, book)];
        let steps = [0, 1].map(|number| {
            let name = holders[number];
            let person = match people.iter().find(|(known, _)| known == name) {
                Some((_, person)) => *person,
                None => document.insert(Person::new(name)),
            };
            people.push((name.to_owned(), person));
            let holders = vec![Holding { person, share: None }];
            let role = document.insert(Role { holders, ..Role::new(format!("Role {number}")) });
            let (name, duty, artefact) = rows[number];
            document.insert(Step {
                performer: Some(Actor::Role(role)),
                duties: vec![duty],
                outputs: vec![artefact],
                ..Step::new(process, name)
            })
        });
        (document, steps)
    }

    #[test]
    fn two_duties_of_one_person_through_two_roles() {
        let (document, steps) = cash(["Ana", "Ana"]);
        let found = findings("SD-01", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.severity, Severity::High);
        assert!(finding.message.starts_with("Ana can hold and record cash: “Count till” and “Write cash book”."));
        assert_eq!(finding.evidence[1..], steps.map(ElementRef::from));
        assert_eq!(finding.number_named("duties"), Some(2.0));
        assert!(findings("SD-01", &cash(["Ana", "Rui"]).0).is_empty());
    }

    #[test]
    fn small_amounts_are_milder() {
        let (mut document, steps) = cash(["Ana", "Ana"]);
        document.project_mut().appetite = Some("500 EUR".parse().unwrap());
        assert_eq!(findings("SD-01", &document)[0].severity, Severity::High);
        let amount_p95 = Some("400 EUR".parse().unwrap());
        document.insert(Decision { steps: steps.to_vec(), amount_p95, ..Decision::new("Spend") });
        assert_eq!(findings("SD-01", &document)[0].severity, Severity::Medium);
    }

    #[test]
    fn other_things_are_no_conflict_and_missing_ones_are_named() {
        let (mut document, steps) = cash(["Ana", "Ana"]);
        let stock = document.insert(Artefact { class: "stock".into(), ..Artefact::new("Stock list") });
        document.get_mut::<Step>(steps[1]).unwrap().outputs = vec![stock];
        assert!(findings("SD-01", &document).is_empty());
        document.get_mut::<Step>(steps[1]).unwrap().outputs.clear();
        assert_eq!(silence("SD-01", &document).unwrap().missing[0].what, "1 step with duties names no artefact");
    }
}
