//! What several exhibits need: names, orders, words for durations, what is missing.

use std::collections::BTreeMap;

use crate::analysis::Missing;
use crate::analysis::words;
use crate::model::*;
use crate::scene::display::{
    Block, Detail, DetailLine, Display, ListColumn, ListRow, Listing, MissingInput, Sentence, Target,
};

/// Choices for an exhibit that has only one way to be looked at.
pub(super) fn no_choices(_: &Document) -> Vec<super::Choice> {
    Vec::new()
}

/// The name of an element, or its kind where it has none.
pub(super) fn name(document: &Document, element: impl Into<ElementRef>) -> String {
    words::named(document, element)
}

/// Where the name of an actor leads to.
pub(super) fn to(element: impl Into<ElementRef>) -> Option<Target> {
    Some(Target::Element(element.into()))
}

/// Minutes as a person says them: `25 min`, `9.7 h`, `2.1 days`.
pub(super) fn duration(minutes: f64) -> String {
    if minutes < 90.0 {
        format!("{} min", words::number(minutes))
    } else if minutes < 48.0 * 60.0 {
        format!("{} h", words::number(minutes / 60.0))
    } else {
        format!("{} days", words::number(minutes / 1440.0))
    }
}

/// Units in the order of the organisation: each behind the one above it, and its place.
pub(super) fn unit_places(document: &Document) -> BTreeMap<UnitId, usize> {
    let mut children: BTreeMap<Option<UnitId>, Vec<(i32, UnitId)>> = BTreeMap::new();
    for (id, unit) in document.units().iter() {
        children.entry(unit.parent).or_default().push((unit.order, id));
    }
    children.values_mut().for_each(|list| list.sort_unstable());
    let below = |parent: Option<UnitId>| children.get(&parent).into_iter().flatten().rev().map(|(_, id)| *id);
    let mut places = BTreeMap::new();
    let mut open: Vec<UnitId> = below(None).collect();
    while let Some(unit) = open.pop() {
        let place = places.len();
        if places.insert(unit, place).is_none() {
            open.extend(below(Some(unit)));
        }
    }
    places
}

/// Sorts actors as the organisation has them: by unit, then by their own order; those without a unit last.
pub(super) fn sort_actors(document: &Document, actors: &mut [Actor]) {
    let places = unit_places(document);
    let key = |actor: &Actor| {
        let unit = document.unit_of_actor(*actor).and_then(|unit| places.get(&unit)).copied();
        let order = match actor {
            Actor::Role(role) => document.roles().get(*role).map_or(0, |role| role.order),
            _ => 0,
        };
        (unit.unwrap_or(usize::MAX), order, *actor)
    };
    actors.sort_by_key(key);
}

/// The group of an actor in headings: its unit, or what it is.
pub(super) fn group_of(document: &Document, actor: Actor) -> String {
    match (document.unit_of_actor(actor), actor) {
        (Some(unit), _) => name(document, unit),
        (None, Actor::Person(_)) => "People".to_owned(),
        (None, Actor::External(_)) => "Outside".to_owned(),
        (None, Actor::System(_)) => "Systems".to_owned(),
        (None, _) => String::new(),
    }
}

/// What is missing, as displays say it; the same thing said twice counts once.
pub(super) fn missing(found: impl IntoIterator<Item = Missing>) -> Vec<MissingInput> {
    let all =
        found.into_iter().map(|missing| MissingInput { text: missing.what, elements: missing.elements, target: None });
    all.collect()
}

/// One kind of input that elements lack; none where no element does.
pub(super) fn lacking(
    one: &str,
    many: &str,
    elements: impl IntoIterator<Item = impl Into<ElementRef>>,
) -> Option<MissingInput> {
    let mut elements: Vec<ElementRef> = elements.into_iter().map(Into::into).collect();
    elements.sort_unstable();
    elements.dedup();
    (!elements.is_empty()).then(|| MissingInput {
        text: words::count(elements.len(), one, many),
        elements,
        target: None,
    })
}

/// Lets what is missing lead to those who lack it: to the only one, else to a list of them.
pub(super) fn lead_to_inputs(document: &Document, display: &mut Display) {
    for input in &mut display.missing {
        input.target = match input.elements.as_slice() {
            [] => None,
            [only] => to(*only),
            several => {
                let line = |element: &ElementRef| DetailLine {
                    text: name(document, *element),
                    value: element.kind().word().to_owned(),
                    element: Some(*element),
                };
                let lines = several.iter().map(line).collect();
                display.details.push(Detail { title: input.text.clone(), lines });
                Some(Target::Detail(display.details.len() - 1))
            }
        };
    }
}

/// A display of nothing but a sentence that says why, with its table.
pub(super) fn nothing(sentence: &str, table: crate::scene::display::Records) -> Display {
    Display { blocks: vec![Block::Prose(vec![Sentence::plain(sentence)])], tables: vec![table], ..Display::default() }
}

/// A list with a heading for each column; a `#` before a heading makes it one of numbers.
pub(super) fn listing(headings: &[&str], rows: Vec<ListRow>) -> Block {
    let column = |heading: &&str| match heading.strip_prefix('#') {
        Some(heading) => ListColumn::number(heading),
        None => ListColumn::text(heading),
    };
    Block::Listing(Listing { columns: headings.iter().map(column).collect(), rows })
}

/// A row of a list.
pub(super) fn row(target: Option<Target>, cells: Vec<String>) -> ListRow {
    ListRow { cells, target, ..ListRow::default() }
}

/// Money without cents: `1,230 EUR`.
pub(super) fn money(amount: f64, currency: Currency) -> String {
    format!("{} {currency}", words::number(amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_stand_as_the_organisation_has_them() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let late = document.insert(Unit { parent: Some(firm), order: 2, ..Unit::new("Late") });
        let early = document.insert(Unit { parent: Some(firm), order: 1, ..Unit::new("Early") });
        let role = |unit, order| Role { unit, order, ..Role::new("R") };
        let [a, b, c, d] = [role(Some(late), 0), role(Some(early), 2), role(Some(early), 1), role(None, 0)]
            .map(|role| Actor::Role(document.insert(role)));
        let mut actors = vec![a, b, c, d];
        sort_actors(&document, &mut actors);
        assert_eq!(actors, [c, b, a, d]);
        assert_eq!((group_of(&document, a), group_of(&document, d)), ("Late".into(), String::new()));
    }

    #[test]
    fn durations_are_said_as_people_say_them() {
        assert_eq!([25.0, 582.0, 3024.0].map(duration), ["25 min", "9.7 h", "2.1 days"]);
    }
}
