//! Work and deciding that rest on one person, or on nobody.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Meta;
use crate::analysis::{Context, Finding, Held, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-01",
    title: "Only one can do it",
    severity: Severity::Medium,
    why: "When the only person who can do something is ill, on holiday or gone, the work stops, and nobody knows how it \
          goes on.",
    wrong: "Only Rui Alves can pay refunds, and he has no deputy",
    right: "Rui Alves pays refunds; Eva Reis is his deputy and has done it before",
    formula: "coverage = holders of the role + its deputies (a deputy role counts with its holders), each at least \
              “capable” in the skill asked for, where one is. 0: nobody can (block); 1: only one can (medium, high \
              from criticality 4 on)",
    source: Source::Literature("guides to key-person risk: the bus factor"),
    thresholds: &[],
    remedies: &["Name a deputy.", "Train a second person.", "Write down how it is done."],
};

/// What a role does or decides that the same people cover.
pub(in crate::analysis) struct Group {
    pub(in crate::analysis) role: RoleId,
    skill: String,
    pub(in crate::analysis) people: Vec<PersonId>,
    pub(in crate::analysis) items: Vec<Subject>,
}

const NO_HOLDER: (&str, &str) = ("role with work names no holder", "roles with work name no holder");
const NO_SKILL: (&str, &str) =
    ("row asks for a skill that nobody has on record", "rows ask for a skill that nobody has on record");

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (one, many) in [NO_HOLDER, NO_SKILL] {
        sink.lacks(one, many, &[]);
    }
    context.each(sink, &recorded_skills(context), context.document.roles().ids(), check_role);
}

fn check_role(context: &Context<'_>, sink: &mut Sink<'_>, recorded: &Skills, &id: &RoleId) {
    let Some(role) = context.document.roles().get(id) else { return };
    let items = items_of(context, id);
    if items.is_empty() {
        return;
    }
    if role.holders.is_empty() && !role.vacant {
        sink.missing(NO_HOLDER.0, NO_HOLDER.1, [id]);
        return;
    }
    let people = people_of(context, id, role);
    let mut no_skill = Vec::new();
    for group in groups(context, id, &people, items, recorded, &mut no_skill) {
        report(context, sink, &group);
    }
    if !no_skill.is_empty() {
        sink.missing(NO_SKILL.0, NO_SKILL.1, no_skill);
    }
}

/// What each role does and decides, by who covers it, in parts; roles whose holders nobody named are left out.
pub(in crate::analysis) fn covered(context: &Context<'_>) -> Vec<Arc<Vec<Group>>> {
    context.gather(&recorded_skills(context), context.document.roles().ids(), |context, recorded, ids: &[RoleId]| {
        let mut all = Vec::new();
        for &id in ids {
            let role = context.document.roles().get(id).filter(|role| !role.holders.is_empty() || role.vacant);
            let Some(role) = role else { continue };
            let (items, people) = (items_of(context, id), people_of(context, id, role));
            all.extend(groups(context, id, &people, items, recorded, &mut Vec::new()));
        }
        all
    })
}

type Skills = Arc<FxHashSet<String>>;

/// Skills that somebody has on record, in lower case.
fn recorded_skills(context: &Context<'_>) -> Skills {
    let people = context.document.people().iter();
    let skills = people.flat_map(|(_, person)| &person.skills);
    Arc::new(skills.map(|skill| skill.name.trim().to_lowercase()).collect())
}

/// Steps that a role performs and decisions that it takes.
fn items_of(context: &Context<'_>, role: RoleId) -> Vec<Subject> {
    let steps = context.index.steps_of_role(role).iter().map(|step| Subject::Step(*step));
    let mut items: Vec<Subject> = steps.collect();
    let decides = |held: &Held<'_>| held.duties.has(Duty::Decide) && matches!(held.right.subject, Subject::Decision(_));
    let mut decisions: Vec<Subject> =
        context.index.rights_of_role(role).filter(decides).map(|held| held.right.subject).collect();
    decisions.sort_unstable();
    decisions.dedup();
    items.extend(decisions);
    items
}

/// Holders and deputies of a role.
pub(super) fn people_of(context: &Context<'_>, id: RoleId, role: &Role) -> Vec<PersonId> {
    let mut people = context.index.people_of(Actor::Role(id));
    if let Some(deputy) = role.deputy {
        people.extend(context.index.people_of(deputy));
    }
    people.sort_unstable();
    people.dedup();
    people
}

fn skill_of<'a>(context: &Context<'a>, item: Subject) -> &'a str {
    let skill = match item {
        Subject::Step(id) => context.document.steps().get(id).map(|step| step.skill.as_str()),
        Subject::Decision(id) => context.document.decisions().get(id).map(|decision| decision.skill.as_str()),
    };
    skill.unwrap_or("").trim()
}

/// Whether a person has a skill: none where it is not on record.
fn level_of(context: &Context<'_>, person: PersonId, skill: &str) -> Option<SkillLevel> {
    let person = context.document.people().get(person)?;
    let found = person.skills.iter().find(|own| own.name.trim().to_lowercase() == skill.to_lowercase());
    found.map(|own| own.level)
}

/// The items by the people who cover them. A skill that is on nobody's record is not judged.
fn groups(
    context: &Context<'_>,
    role: RoleId,
    people: &[PersonId],
    items: Vec<Subject>,
    recorded: &FxHashSet<String>,
    no_skill: &mut Vec<ElementRef>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let skill = skill_of(context, item);
        if let Some(group) = groups.iter_mut().find(|group| group.skill == skill) {
            group.items.push(item);
            continue;
        }
        if !skill.is_empty() && !recorded.contains(&skill.to_lowercase()) {
            no_skill.push(item.into());
            continue;
        }
        let capable =
            |person: &&PersonId| skill.is_empty() || level_of(context, **person, skill) >= Some(SkillLevel::Capable);
        let people = people.iter().filter(capable).copied().collect();
        groups.push(Group { role, skill: skill.to_owned(), people, items: vec![item] });
    }
    groups
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, group: &Group) {
    let coverage = group.people.len();
    let role = context.name(group.role);
    let items = words::quoted_list(context.document, group.items.iter().copied());
    let skilled = if group.skill.is_empty() { String::new() } else { format!(" with the skill “{}”", group.skill) };
    let (severity, message) = match group.people.as_slice() {
        [] => (Severity::Block, format!("Nobody{skilled} can stand in as {role}: {items} cannot be done.")),
        [only] if group.skill.is_empty() => {
            (Severity::Medium, format!("Only {} can do what {role} does: {items}.", context.name(*only)))
        }
        [only] => {
            let name = context.name(*only);
            let message = format!("Only {name} can do {items} as {role}: nobody else there knows “{}”.", group.skill);
            (Severity::Medium, message)
        }
        _ => return,
    };
    let mut finding = Finding::new(message)
        .about([group.role])
        .about(group.people.iter().copied())
        .about(group.items.iter().copied().map(ElementRef::from))
        .formula(format!("coverage = holders and deputies{skilled} = {coverage}, 2 wanted"))
        .number("coverage", coverage as f64)
        .number("items", group.items.len() as f64);
    for item in &group.items {
        finding = finding.criticality(context.criticality_of(*item));
    }
    sink.report_as(severity, with_remedies(context, group, finding));
}

fn with_remedies(context: &Context<'_>, group: &Group, finding: Finding) -> Finding {
    let role = context.name(group.role);
    let record = context.document.roles().get(group.role);
    let finding = if group.people.is_empty() && record.is_some_and(|record| record.holders.is_empty()) {
        finding.remedy(format!("Find a holder for {role}, or give its work to another role meanwhile."))
    } else {
        finding
    };
    let neighbours: Vec<PersonId> = record
        .and_then(|record| record.unit)
        .map_or(&[][..], |unit| context.index.roles_of_unit(unit))
        .iter()
        .flat_map(|other| context.index.people_of(Actor::Role(*other)))
        .filter(|person| !group.people.contains(person))
        .collect();
    let mut known: Vec<PersonId> = Vec::new();
    for person in neighbours {
        if !known.contains(&person) {
            known.push(person);
        }
    }
    let finding = if known.is_empty() {
        finding.remedy(format!("Name a deputy for {role}."))
    } else {
        let verb = if known.len() == 1 { "is" } else { "are" };
        let names = words::named_list(context.document, known);
        finding.remedy(format!("Name a deputy for {role}. In the same unit there {verb} {names}."))
    };
    let first = group.items.first().map_or_else(String::new, |item| context.quoted(ElementRef::from(*item)));
    finding.remedy(format!("Train a second person, beginning with {first}, and write down how it is done."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci, silence};

    /// A clerk in one role with two steps and one decision.
    fn clerk() -> (Document, RoleId, PersonId) {
        let mut document = raci();
        let person = document.insert(Person::new("Rui Alves"));
        let role = document.insert(Role { holders: vec![Holding { person, share: None }], ..Role::new("Clerk") });
        let process = document.insert(Process::new("Refund"));
        for name in ["Check refund", "Pay refund"] {
            document.insert(Step { performer: Some(Actor::Role(role)), ..Step::new(process, name) });
        }
        let decision = document.insert(Decision::new("Grant refund"));
        document.insert(Right::new(Subject::Decision(decision), Actor::Role(role), "A"));
        (document, role, person)
    }

    #[test]
    fn one_holder_without_a_deputy() {
        let (mut document, role, person) = clerk();
        let found = findings("RI-01", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.severity, Severity::Medium);
        assert_eq!(
            finding.message,
            "Only Rui Alves can do what Clerk does: “Check refund”, “Pay refund” and “Grant refund”."
        );
        assert_eq!(finding.evidence[..2], [role.into(), ElementRef::from(person)]);
        assert_eq!((finding.number_named("coverage"), finding.number_named("items")), (Some(1.0), Some(3.0)));
        let process = document.processes().ids().next().unwrap();
        document.get_mut::<Process>(process).unwrap().criticality = Some(4);
        assert_eq!(findings("RI-01", &document)[0].severity, Severity::High);
        let deputy = document.insert(Person::new("Eva Reis"));
        document.get_mut::<Role>(role).unwrap().deputy = Some(Actor::Person(deputy));
        assert!(findings("RI-01", &document).is_empty());
    }

    #[test]
    fn a_vacant_role_is_covered_by_nobody_and_an_open_one_is_named() {
        let (mut document, role, _) = clerk();
        document.get_mut::<Role>(role).unwrap().holders.clear();
        assert!(findings("RI-01", &document).is_empty());
        assert_eq!(silence("RI-01", &document).unwrap().missing[0].what, "1 role with work names no holder");
        document.get_mut::<Role>(role).unwrap().vacant = true;
        let found = findings("RI-01", &document);
        assert_eq!((found.len(), found[0].severity), (1, Severity::Block));
    }

    #[test]
    fn a_skill_counts_from_capable_on() {
        let (mut document, role, person) = clerk();
        let second = document.insert(Person::new("Eva Reis"));
        document.get_mut::<Role>(role).unwrap().holders.push(Holding { person: second, share: None });
        assert!(findings("RI-01", &document).is_empty());
        let step = document.steps().ids().next().unwrap();
        document.get_mut::<Step>(step).unwrap().skill = "Cash desk".into();
        assert!(findings("RI-01", &document).is_empty());
        assert_eq!(silence("RI-01", &document).unwrap().missing[0].elements, [step.into()]);
        for (person, level) in [(person, SkillLevel::Capable), (second, SkillLevel::Learning)] {
            let skill = Skill { name: "cash desk".into(), level };
            document.get_mut::<Person>(person).unwrap().skills.push(skill);
        }
        let found = findings("RI-01", &document);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.starts_with("Only Rui Alves can do “"));
    }
}
