//! What several exhibits need: names, orders, words for durations, what is missing.

use std::collections::BTreeMap;

use crate::analysis::{self, Missing, words};
use crate::model::*;
use crate::scene::Severity;
use crate::scene::display::{
    Block, Cell, Detail, DetailLine, Display, ListColumn, ListRow, Listing, MissingInput, Records, Sentence, Target,
};

/// The mark for a severity of the analysis.
pub(super) fn severity_of(severity: analysis::Severity) -> Severity {
    match severity {
        analysis::Severity::Block => Severity::Block,
        analysis::Severity::High => Severity::High,
        analysis::Severity::Medium => Severity::Medium,
        analysis::Severity::Low => Severity::Low,
        analysis::Severity::Info => Severity::Info,
    }
}

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
    let (size, unit) = unit_of(minutes);
    format!("{} {unit}", words::number(minutes / size))
}

/// The unit in which so many minutes are said, and its minutes.
fn unit_of(minutes: f64) -> (f64, &'static str) {
    match minutes {
        minutes if minutes < 90.0 => (1.0, "min"),
        minutes if minutes < 48.0 * 60.0 => (60.0, "h"),
        _ => (1440.0, "days"),
    }
}

/// Minutes with the range around them, in one unit: `5.2 h (3.1–9.4)`.
pub(super) fn ranged_duration(minutes: f64, range: Option<Range<f64>>) -> String {
    let (size, _) = unit_of(minutes);
    format!("{}{}", duration(minutes), in_brackets(range, size))
}

/// A share as percent with the range around it: `67 % (48–90)`.
pub(super) fn ranged_percent(share: f64, range: Option<Range<f64>>) -> String {
    format!("{}{}", words::percent(share), in_brackets(range, 0.01))
}

/// ` (3.1–9.4)` behind a figure; nothing where there is no range or its ends are the same.
pub(super) fn in_brackets(range: Option<Range<f64>>, size: f64) -> String {
    range.filter(|range| !range.is_point()).map_or_else(String::new, |range| format!(" ({})", ends(range, size)))
}

/// `3.1–9.4`, each end in a unit of this size.
pub(super) fn ends(range: Range<f64>, size: f64) -> String {
    format!("{}–{}", words::number(range.low / size), words::number(range.high / size))
}

/// Both ends as cells; empty where there is no range.
pub(super) fn ends_as_cells(range: Option<Range<f64>>) -> [Cell; 2] {
    [range.map(|range| range.low).into(), range.map(|range| range.high).into()]
}

/// Adds columns at the end of a table, with the cells of each row.
pub(super) fn widen(table: &mut Records, headings: &[&str], cells: impl Iterator<Item = Vec<Cell>>) {
    table.headings.extend(headings.iter().map(|heading| (*heading).to_owned()));
    for (row, cells) in table.rows.iter_mut().zip(cells) {
        row.extend(cells);
    }
}

/// The range around the minutes of a step, in the unit of the likely value: `8–20`; nothing where it has none.
pub(super) fn ends_of(minutes: Option<f64>, range: Option<Range<f64>>) -> String {
    minutes.zip(range).map_or_else(String::new, |(minutes, range)| ends(range, unit_of(minutes).0))
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
pub(super) fn nothing(sentence: &str, table: Records) -> Display {
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
