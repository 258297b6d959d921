//! What the name of one element says, where it is typed on a canvas: `(yes) pay @Accountant`, `approve?`.
//!
//! Only what stands at the beginning or the end is looked at; arrows and colons are part of a name here.

use super::Answers;
use super::actors::Actors;
use super::items::{Condition, one_line};
use super::likely::meaning;
use crate::edit::{Edit, MergeOrganisation, MergedPerson, MergedRole, NameNode, Sequence, Target, WrittenPerformer};
use crate::model::*;

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named {
    /// The condition before it.
    pub condition: Option<Condition>,
    /// The name itself, a question with its mark; empty where only the rest was said.
    pub name: String,
    /// Who is mentioned behind it.
    pub mentions: Vec<String>,
    /// Whether it is a question.
    pub asks: bool,
}

/// A name that says more than a name, as an edit, and what is worth saying about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The change.
    pub edit: Edit,
    /// A sentence; empty where nothing is to be said.
    pub remark: String,
}

/// Takes a name apart.
pub fn read(text: &str) -> Named {
    let mut named = Named::default();
    let mut rest = one_line(text);
    if let Some((inside, behind)) = rest.strip_prefix('(').and_then(|behind| behind.split_once(')')) {
        let condition = Condition::read(inside);
        if !condition.text.is_empty() || condition.probability.is_some() {
            named.condition = Some(condition);
            rest = behind.trim().to_owned();
        }
    }
    let is_mention = |at: usize, text: &str| at == 0 || text.get(..at).is_some_and(|before| before.ends_with(' '));
    let first = rest.match_indices('@').map(|(at, _)| at).find(|at| is_mention(*at, &rest));
    if let Some(at) = first {
        let (name, mentions) = rest.split_at_checked(at).unwrap_or((&rest, ""));
        named.asks = mentions.ends_with('?');
        let mentions =
            mentions.trim_end_matches('?').split('@').map(|name| one_line(name.trim_matches(['"', ',', ' '])));
        named.mentions = mentions.filter(|name| !name.is_empty()).collect();
        rest = name.trim().to_owned();
    }
    let bare = rest.trim_start_matches('?').trim_end_matches('?').trim();
    named.asks |= bare.len() < rest.len();
    named.name = if named.asks && !bare.is_empty() { format!("{bare}?") } else { bare.to_owned() };
    named
}

/// The change that a name typed for a node or a role leads to; none where it is a name and nothing else.
///
/// # Errors
/// The reason why what it says cannot be.
pub fn edit(document: &Document, element: ElementRef, text: &str) -> Result<Option<Said>, String> {
    let named = read(text);
    match element {
        ElementRef::Role(role) if !named.mentions.is_empty() => Ok(Some(held(document, role, &named))),
        ElementRef::Unit(_) if !named.mentions.is_empty() => {
            Err("A unit has no holder; Tab adds a role to it.".to_owned())
        }
        _ => match FlowNode::try_from(element) {
            Ok(node) if is_more(&named, document, element) => node_edit(document, node, named).map(Some),
            _ => Ok(None),
        },
    }
}

/// Whether a name says more than a name. A gateway asks already.
fn is_more(named: &Named, document: &Document, element: ElementRef) -> bool {
    let asks = named.asks && matches!(element, ElementRef::Step(id) if document.steps().contains(id));
    asks || named.condition.is_some() || !named.mentions.is_empty()
}

fn node_edit(document: &Document, node: FlowNode, named: Named) -> Result<Said, String> {
    let process = document.process_of(node).ok_or("The step is no longer there.")?;
    let answers = Answers::new();
    let mut actors = Actors::new(document, &answers, process);
    let performer = named.mentions.first().map(|name| actors.find(name));
    let old = document.name_of(node.into());
    let is_step = matches!(node, FlowNode::Step(_));
    // Where only `?` was typed, the step asks its own name.
    let name = match (named.name.as_str(), named.asks && is_step) {
        ("", true) => Some(format!("{}?", old.trim_end_matches('?'))),
        ("", false) => None,
        (name, _) => Some(name.to_owned()),
    };
    let role = actors.new.into_iter().next();
    let remark = match (performer, &role, named.mentions.first()) {
        (Some(WrittenPerformer::New(_)), Some(role), _) => format!("“{}” is a new role.", role.name),
        (Some(WrittenPerformer::Known(actor)), _, Some(written)) if document.name_of(actor.into()) != written => {
            format!("“{written}” is taken for {}.", document.name_of(actor.into()))
        }
        _ => String::new(),
    };
    let condition = named.condition.map(|condition| (condition.text, condition.probability));
    let edit = NameNode { node, name, condition, performer, role, asks: named.asks && is_step };
    Ok(Said { edit: edit.into(), remark })
}

/// A role with its name and those who hold it from now on, beside those who hold it already.
fn held(document: &Document, id: RoleId, named: &Named) -> Said {
    let known = |id: PersonId| Target::Existing(id);
    let old = document.get::<Role>(id).map(|role| role.holders.clone()).unwrap_or_default();
    let mut people: Vec<MergedPerson> = Vec::new();
    let mut holders: Vec<(usize, Option<f64>)> = Vec::new();
    let mut remarks: Vec<String> = Vec::new();
    let mut add = |target: Target<PersonId>, name: String, share: Option<f64>| {
        let is_there = people.iter().any(|person: &MergedPerson| match (&person.target, &target) {
            (Target::Existing(a), Target::Existing(b)) => a == b,
            _ => person.name == name,
        });
        if !is_there {
            holders.push((people.len(), share));
            people.push(MergedPerson { target, name, hours_per_week: None });
        }
    };
    for holding in &old {
        add(known(holding.person), document.name_of(holding.person.into()).to_owned(), holding.share);
    }
    for written in &named.mentions {
        let names = document.people().iter().map(|(id, person)| (id, person.name.clone(), String::new()));
        match meaning(written, "person", names, &Answers::new()).known {
            Some(person) => {
                let name = document.name_of(person.into()).to_owned();
                if name != *written {
                    remarks.push(format!("“{written}” is taken for {name}."));
                }
                add(known(person), name, None);
            }
            None => add(Target::New(Key::unset()), written.clone(), None),
        }
    }
    let name = if named.name.is_empty() { document.name_of(id.into()).to_owned() } else { named.name.clone() };
    let role = MergedRole {
        target: Target::Existing(id),
        name: name.clone(),
        unit: None,
        holders: Some(holders),
        vacant: Some(false),
        reports_to: None,
        level: None,
        purpose: None,
        description: None,
    };
    let merge = MergeOrganisation { people, roles: vec![role], ..MergeOrganisation::default() };
    let edit = Sequence { label: format!("Name role “{name}” and who holds it"), edits: vec![merge.into()] };
    Said { edit: edit.into(), remark: remarks.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    #[test]
    fn a_name_is_taken_apart_at_its_ends_only() {
        let named = read("(yes 70 %) pay the customer @Accountant");
        assert_eq!(named.condition, Some(Condition { text: "yes".to_owned(), probability: Some(0.7) }));
        assert_eq!(
            (named.name.as_str(), named.mentions.as_slice()),
            ("pay the customer", &["Accountant".to_owned()][..])
        );
        assert_eq!(read("? in stock").name, "in stock?");
        assert_eq!(read("approve @Owner?").name, "approve?");
        assert!(read("approve? @Owner").asks);
        assert_eq!(read("Clerk: a > b; c (x)"), Named { name: "Clerk: a > b; c (x)".to_owned(), ..Named::default() });
        assert_eq!(read("mail to a@b.org").name, "mail to a@b.org");
        assert_eq!(read("Clerk @Ana @Ben").mentions, ["Ana", "Ben"]);
        assert_eq!(read("?"), Named { asks: true, ..Named::default() });
        assert_eq!(read("("), Named { name: "(".to_owned(), ..Named::default() });
    }

    #[test]
    fn a_mention_is_a_performer_of_a_step_and_a_holder_of_a_role() {
        let document = start();
        let step = document.steps().ids().next().unwrap();
        let said = edit(&document, step.into(), "Check it @ownr").unwrap().unwrap();
        assert_eq!(said.remark, "“ownr” is taken for Owner.");
        let after = apply(&document, &said.edit).unwrap().document;
        let check = after.get::<Step>(step).unwrap();
        assert_eq!((check.name.as_str(), after.name_of(check.performer.unwrap().into())), ("Check it", "Owner"));
        let clerk = document.roles().ids().nth(1).unwrap();
        let said = edit(&document, clerk.into(), "Clerk @Ben Hale @Cleo").unwrap().unwrap();
        let after = apply(&document, &said.edit).unwrap().document;
        assert_eq!(after.holders_label(clerk), "Ben Hale, Cleo");
        let unit = document.units().ids().next().unwrap();
        assert!(edit(&document, unit.into(), "Shop @Ana").is_err());
        assert_eq!(edit(&document, unit.into(), "Shop?"), Ok(None));
        assert_eq!(edit(&document, step.into(), "Check"), Ok(None));
    }
}
