//! Changes between two versions in sentences, and what they are seen on.

use crate::analysis::rules::duration;
use crate::analysis::words::{joined, quoted};
use crate::model::*;

/// What a change of an element is seen on beside itself.
pub(super) fn seen_on(document: &Document, element: ElementRef) -> Vec<ElementRef> {
    if let ElementRef::Process(id) = element {
        let owner = document.get::<Process>(id).and_then(|process| process.owner);
        return owner.map(ElementRef::from).into_iter().collect();
    }
    let ElementRef::Right(id) = element else { return Vec::new() };
    let Some(right) = document.get::<Right>(id) else { return Vec::new() };
    let mut seen = vec![ElementRef::from(right.holder), right.subject.into()];
    if let Subject::Decision(decision) = right.subject
        && let Some(record) = document.get::<Decision>(decision)
    {
        seen.extend(record.steps.iter().map(|step| ElementRef::from(*step)));
        seen.extend(record.gateways.iter().map(|gateway| ElementRef::from(*gateway)));
        let own = document.gateways().iter().filter(|(_, gateway)| gateway.decision == Some(decision));
        seen.extend(own.map(|(gateway, _)| ElementRef::from(gateway)));
    }
    seen
}

/// What happens to an element; none for pictures, which only follow.
pub(super) fn sentence(before: &Document, after: &Document, element: ElementRef, change: Change) -> Option<String> {
    if matches!(element, ElementRef::Placement(_)) {
        return None;
    }
    if let ElementRef::Right(id) = element {
        return right(before, after, id);
    }
    let kind = element.kind().word();
    Some(match change {
        Change::Added => format!("New {kind} {}", quoted(after, element)),
        Change::Removed => format!("The {kind} {} goes", quoted(before, element)),
        Change::Changed => {
            let differences = differences(before, after, element);
            let name = quoted(before, element);
            match differences.is_empty() {
                true => format!("{name} changes"),
                false => format!("{name}: {}", differences.join("; ")),
            }
        }
    })
}

/// A right that somebody gets, loses, or holds otherwise.
fn right(before: &Document, after: &Document, id: RightId) -> Option<String> {
    let words = |document: &Document, right: &Right| {
        let limits: Vec<String> = right.tiers.iter().map(|tier| tier_words(document, tier)).collect();
        let mut words = match limits.is_empty() {
            true => right.letter.clone(),
            false => format!("{} {}", right.letter, joined(&limits)),
        };
        if right.lead {
            words.push_str(", lead");
        }
        if let Some(window) = right.review_window {
            words.push_str(&format!(", {} to answer", duration(window.0)));
        }
        words
    };
    let on = |document: &Document, right: &Right| {
        (quoted(document, right.holder), quoted(document, ElementRef::from(right.subject)))
    };
    match (before.get::<Right>(id), after.get::<Right>(id)) {
        (None, Some(new)) => {
            let (holder, subject) = on(after, new);
            Some(format!("{holder} gets {} on {subject}", words(after, new)))
        }
        (Some(old), None) => {
            let (holder, subject) = on(before, old);
            Some(format!("{holder} loses {} on {subject}", words(before, old)))
        }
        (Some(old), Some(new)) => {
            let (holder, subject) = on(after, new);
            let (was, is) = (words(before, old), words(after, new));
            Some(match was == is {
                true => format!("{holder} on {subject}: details of {is} change"),
                false => format!("{holder} on {subject}: {is} instead of {was}"),
            })
        }
        (None, None) => None,
    }
}

/// Fields that differ, in words.
fn differences(before: &Document, after: &Document, element: ElementRef) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, was: String, is: String| {
        if was != is {
            let or_nothing = |words: String| if words.is_empty() { "nothing".to_owned() } else { words };
            found.push(format!("{what} {} instead of {}", or_nothing(is), or_nothing(was)));
        }
    };
    let actor = |document: &Document, actor: Option<Actor>| actor.map_or_else(String::new, |one| quoted(document, one));
    let list = |texts: &[String]| joined(texts);
    match element {
        ElementRef::Role(id) => {
            let Some((was, is)) = before.get::<Role>(id).zip(after.get::<Role>(id)) else { return found };
            compare("deputy", actor(before, was.deputy), actor(after, is.deputy));
            compare("held by", before.holders_label(id), after.holders_label(id));
            compare(
                "reports to",
                actor(before, was.reports_to.map(Actor::Role)),
                actor(after, is.reports_to.map(Actor::Role)),
            );
            let further = |document: &Document, role: &Role| {
                role.also_reports_to.iter().map(|above| quoted(document, *above)).collect::<Vec<_>>().join(", ")
            };
            compare("also reports to", further(before, was), further(after, is));
            compare("responsible for", list(&was.responsibilities), list(&is.responsibilities));
            compare("delegations", was.delegations.len().to_string(), is.delegations.len().to_string());
        }
        ElementRef::Person(id) => {
            let Some((was, is)) = before.get::<Person>(id).zip(after.get::<Person>(id)) else { return found };
            compare("delegations", was.delegations.len().to_string(), is.delegations.len().to_string());
        }
        ElementRef::Process(id) => {
            let Some((was, is)) = before.get::<Process>(id).zip(after.get::<Process>(id)) else { return found };
            compare("owner", actor(before, was.owner.map(Actor::Role)), actor(after, is.owner.map(Actor::Role)));
        }
        ElementRef::Step(id) => {
            let Some((was, is)) = before.get::<Step>(id).zip(after.get::<Step>(id)) else { return found };
            compare("performed by", actor(before, was.performer), actor(after, is.performer));
        }
        ElementRef::Gateway(id) => {
            let Some((was, is)) = before.get::<Gateway>(id).zip(after.get::<Gateway>(id)) else { return found };
            compare("kind", was.kind.word().to_owned(), is.kind.word().to_owned());
        }
        ElementRef::Body(id) => {
            let Some((was, is)) = before.get::<Body>(id).zip(after.get::<Body>(id)) else { return found };
            compare("decides by", method_word(was.method).to_owned(), method_word(is.method).to_owned());
            let count = |count: Option<u32>| count.map_or_else(String::new, |count| count.to_string());
            compare("quorum", count(was.quorum), count(is.quorum));
            compare("on equal votes", was.tie_rule.clone(), is.tie_rule.clone());
            compare("on a conflict of interest", was.conflict_rule.clone(), is.conflict_rule.clone());
        }
        _ => {}
    }
    found
}

fn method_word(method: Option<Method>) -> &'static str {
    match method {
        None => "",
        Some(Method::Single) => "one member",
        Some(Method::Advice) => "one member after asking",
        Some(Method::Consent) => "consent",
        Some(Method::Consensus) => "consensus",
        Some(Method::Majority) => "majority",
        Some(Method::Weighted) => "weighted votes",
    }
}
