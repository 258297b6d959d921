//! Pairs of jobs that one person should not hold together.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "SD-02",
    title: "Two jobs that should be apart",
    severity: Severity::High,
    why: "Who lets a supplier in and pays the bills can pay a supplier that does not exist.",
    wrong: "Dora adds suppliers and pays their bills",
    right: "Ana adds suppliers, Dora pays",
    formula: "one person performs or decides both of a classic pair, by the words of steps and decisions: supplier + payment of bills, \
              price change + refund, hiring + payroll; unless somebody else agrees to or verifies one of the two, or the person is at \
              the top and the one who would be robbed",
    source: Source::Literature("classic pairs of the separation of duties"),
    thresholds: &[],
    remedies: &["Give one of the two to somebody else.", "Let somebody sign, too, or look over a sample each month."],
};

type Words = &'static [&'static str];

/// Each half of a pair: a verb and an object, by the beginnings of words.
const PAIRS: &[(&str, [(Words, Words); 2])] = &[
    (
        "lets suppliers in and pays bills",
        [
            (
                &["add", "creat", "choos", "select", "enter", "approv", "set", "register", "chang", "maintain"],
                &["supplier", "vendor", "creditor"],
            ),
            (&["pay", "transfer", "releas", "issu"], &["bill", "invoice", "payment", "supplier", "vendor"]),
        ],
    ),
    (
        "changes prices and grants refunds",
        [
            (&["chang", "set", "adjust", "edit", "fix"], &["price"]),
            (&["grant", "approv", "pay", "give", "issu", "refund"], &["refund", "credit"]),
        ],
    ),
    (
        "hires people and runs the payroll",
        [
            (
                &["hir", "recruit", "appoint", "employ", "add"],
                &["staff", "employee", "people", "worker", "seller", "baker"],
            ),
            (&["run", "pay", "prepar", "releas", "calculat", "transfer"], &["payroll", "wage", "salar"]),
        ],
    ),
];

/// Somebody who does what fits half of a pair: the place of the pair, the half, who, and what.
type Fitting = (usize, usize, PersonId, ElementRef);

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let steps = context.document.steps().ids().map(Subject::Step);
    let decisions = context.document.decisions().ids().map(Subject::Decision);
    let fitting = context.gather(&(), steps.chain(decisions), |context, (), subjects: &[Subject]| {
        subjects.iter().flat_map(|subject| holders(context, *subject)).collect::<Vec<Fitting>>()
    });
    for (place, (what, _)) in PAIRS.iter().enumerate() {
        let [first, second] = [0, 1].map(|half| {
            let all = fitting.iter().flat_map(|part| part.iter()).filter(|one| (one.0, one.1) == (place, half));
            let mut all: Vec<(PersonId, ElementRef)> = all.map(|one| (one.2, one.3)).collect();
            all.sort_unstable();
            all
        });
        if first.is_empty() || second.is_empty() {
            continue;
        }
        let mut people: Vec<PersonId> = first.iter().map(|(person, _)| *person).collect();
        people.dedup();
        for (count, person) in people.into_iter().enumerate() {
            if context.is_cancelled(count) {
                return;
            }
            let mine = |list: &[(PersonId, ElementRef)]| -> Vec<ElementRef> {
                list.iter().filter(|(holder, _)| *holder == person).map(|(_, element)| *element).collect()
            };
            let (one, other) = (mine(&first), mine(&second));
            let at_the_top =
                context.index.roles_of_person(person).iter().any(|(role, _)| context.index.level(*role) == Some(0));
            if other.is_empty() || one == other || at_the_top {
                continue;
            }
            report(context, sink, what, person, &one, &other);
        }
    }
}

fn report(
    context: &Context<'_>,
    sink: &mut Sink<'_>,
    what: &str,
    person: PersonId,
    one: &[ElementRef],
    other: &[ElementRef],
) {
    let name = context.name(person);
    let (first, second) = (
        words::quoted_list(context.document, one.iter().copied()),
        words::quoted_list(context.document, other.iter().copied()),
    );
    sink.report(
        Finding::new(format!("{name} {what}: {first} and {second}."))
            .about([ElementRef::from(person)])
            .about(one.iter().copied())
            .about(other.iter().copied())
            .formula("people who hold both = 1, 0 wanted")
            .number("first", one.len() as f64)
            .number("second", other.len() as f64)
            .remedy(format!("Give {second} to somebody else than {name}."))
            .remedy("Let somebody else agree to one of the two, or look over a sample each month."),
    );
}

/// Who performs or decides what fits halves of pairs, where nobody else agrees to it or verifies it.
fn holders(context: &Context<'_>, subject: Subject) -> Vec<Fitting> {
    let lower = context.document.name_of(subject.into()).to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let halves = PAIRS.iter().enumerate().flat_map(|(place, (_, halves))| {
        halves.iter().enumerate().filter(|(_, half)| fits(&words, half)).map(move |(half, _)| (place, half))
    });
    let halves: Vec<(usize, usize)> = halves.collect();
    if halves.is_empty() {
        return Vec::new();
    }
    let mut people: Vec<PersonId> = match subject {
        Subject::Step(id) => context.index.performer(id).map_or_else(Vec::new, |actor| context.index.people_of(actor)),
        Subject::Decision(_) => {
            let deciders = context.index.rights_with(subject, Duty::Decide);
            deciders.flat_map(|held| context.index.people_of(held.right.holder)).collect()
        }
    };
    people.sort_unstable();
    people.dedup();
    people.retain(|person| !is_watched(context, subject, *person));
    let with_people = |(place, half): (usize, usize)| {
        people.iter().map(move |person| (place, half, *person, ElementRef::from(subject)))
    };
    halves.into_iter().flat_map(with_people).collect()
}

/// Whether somebody else has to agree, or verifies.
fn is_watched(context: &Context<'_>, subject: Subject, person: PersonId) -> bool {
    context.index.rights_on(subject).any(|held| {
        let watches = held.duties.has(Duty::Agree) || held.duties.has(Duty::Verify);
        watches && context.index.people_of(held.right.holder).iter().any(|other| *other != person)
    })
}

/// Whether the first word begins like one of the verbs, and a later one like one of the objects.
fn fits(parts: &[&str], (verbs, objects): &(Words, Words)) -> bool {
    let Some((first, rest)) = parts.split_first() else { return false };
    verbs.iter().any(|verb| first.starts_with(verb))
        && rest.iter().any(|word| objects.iter().any(|object| word.starts_with(object)))
}
