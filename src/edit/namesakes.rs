//! What a clip of another project and this project have in common: units, roles, people and other parties of the same
//! name. Whether they are the same is for a person to say; keys of two projects agree only by chance.

use std::collections::{BTreeMap, BTreeSet};

use super::{Clip, Record};
use crate::model::*;

/// Most elements of one name that a question offers.
const MOST: usize = 5;

/// Somebody in a clip who has the same kind and name as somebody here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// In the clip.
    pub theirs: ElementRef,
    /// Those here, at least one.
    pub here: Vec<ElementRef>,
}

/// For elements of a clip which element here they are; none for a new one.
pub type Choices = BTreeMap<ElementRef, Option<ElementRef>>;

impl Clip {
    /// Those in the clip about whom it must be asked whether they are somebody here: copied themselves, or performing
    /// what was copied. In the order of kinds and handles.
    pub fn namesakes(&self, document: &Document) -> Vec<Namesake> {
        let clip = self.document();
        let mut mentioned: BTreeSet<ElementRef> = BTreeSet::new();
        for element in self.elements() {
            mentioned.insert(element);
            let performer = FlowNode::try_from(element).ok().and_then(|node| clip.performer_of(node));
            mentioned.extend(performer.map(ElementRef::from));
        }
        let named = mentioned.into_iter().filter(|element| Actor::try_from(*element).is_ok());
        named
            .filter_map(|theirs| {
                let here: Vec<ElementRef> = of_same_name(clip, document, theirs).into_iter().take(MOST).collect();
                (!here.is_empty()).then_some(Namesake { theirs, here })
            })
            .collect()
    }
}

/// The elements of a document with the same kind and name as one of a clip. Case and spaces around do not count.
pub(super) fn of_same_name(clip: &Document, document: &Document, element: ElementRef) -> Vec<ElementRef> {
    let wanted = clip.name_of(element).trim().to_lowercase();
    if wanted.is_empty() || Record::of(clip, element).is_none() {
        return Vec::new();
    }
    let is_same = |other: &ElementRef| document.name_of(*other).trim().to_lowercase() == wanted;
    document.elements_of(element.kind()).into_iter().filter(is_same).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Paste, apply};

    /// A project with a process of one step, done by a clerk.
    fn firm(name: &str) -> (Document, ViewId, StepId, RoleId) {
        let mut document = Document::default();
        document.project_mut().name = name.to_owned();
        let clerk = document.insert(Role { purpose: format!("of {name}"), ..Role::new("Clerk") });
        let process = document.insert(Process::new("Refund"));
        let performer = Some(Actor::Role(clerk));
        let step = document.insert(Step { performer, ..Step::new(process, "Check") });
        let kind = ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        document.insert(Placement::unplaced(view, step.into()));
        (document, view, step, clerk)
    }

    #[test]
    fn performers_and_copied_parties_are_asked_about() {
        let (from, view, step, clerk) = firm("One");
        let (here, _, _, clerk_here) = firm("Two");
        let asked = |elements: &[ElementRef]| -> Vec<Vec<ElementRef>> {
            let clip = Clip::copy(&from, Some(view), elements);
            clip.namesakes(&here).into_iter().map(|namesake| namesake.here).collect()
        };
        assert_eq!(asked(&[step.into()]), [vec![clerk_here.into()]]);
        assert_eq!(asked(&[clerk.into()]), [vec![clerk_here.into()]]);
        assert!(Clip::copy(&from, None, &[step.into()]).namesakes(&Document::default()).is_empty());
    }

    #[test]
    fn the_answer_decides_who_performs() {
        let (from, view, step, _) = firm("One");
        let (here, view_here, _, clerk_here) = firm("Two");
        let clip = Clip::copy(&from, Some(view), &[step.into()]);
        let theirs = clip.namesakes(&here)[0].theirs;
        let pasted = |choice: Option<ElementRef>| {
            let clip = clip.clone().from_elsewhere(Choices::from([(theirs, choice)]));
            let paste = Paste { clip, view: Some(view_here), at: None, as_new: true };
            apply(&here, &paste.into()).unwrap().document
        };
        let performer = |document: &Document| document.steps().iter().last().unwrap().1.performer;
        let reused = pasted(Some(clerk_here.into()));
        assert_eq!((reused.roles().len(), performer(&reused)), (1, Some(Actor::Role(clerk_here))));
        let new = pasted(None);
        assert_eq!(new.roles().len(), 2);
        assert_ne!(performer(&new), Some(Actor::Role(clerk_here)));
    }

    #[test]
    fn a_copied_role_that_is_here_already_is_shown_and_not_made() {
        let (from, _, _, clerk) = firm("One");
        let (mut here, _, _, clerk_here) = firm("Two");
        let board = here.insert(View::new("Board", ViewKind::Board));
        let clip = Clip::copy(&from, None, &[clerk.into()]);
        let theirs = clip.namesakes(&here)[0].theirs;
        let clip = clip.from_elsewhere(Choices::from([(theirs, Some(clerk_here.into()))]));
        let after = apply(&here, &Paste { clip, view: Some(board), at: None, as_new: true }.into()).unwrap().document;
        assert_eq!(after.roles().len(), 1);
        assert!(after.placement_of(board, clerk_here.into()).is_some());
    }

    #[test]
    fn keys_of_another_project_say_nothing() {
        let (from, view, step, _) = firm("One");
        let (mut here, view_here, _, clerk_here) = firm("Two");
        here.get_mut::<Role>(clerk_here).unwrap().name = "Cook".to_owned();
        let clip = Clip::copy(&from, Some(view), &[step.into()]).from_elsewhere(Choices::new());
        let paste = Paste { clip, view: Some(view_here), at: None, as_new: true };
        let after = apply(&here, &paste.into()).unwrap().document;
        assert_eq!(after.roles().len(), 2, "the clerk comes along, though the cook has the same key");
    }
}
