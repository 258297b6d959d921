//! Names in a typed line, and who decides already.

use super::super::decision::{Duty, Right};
use super::super::decision_text::find_reference;
use super::super::document::Document;
use super::super::ids::{Actor, DecisionId, ElementKind, ElementRef, RightId, RoleId, Subject, TableId as _, UnitId};
use super::super::organisation::{Role, Unit};

/// The rights by which a decision is decided, in their order.
pub fn deciding_rights(document: &Document, decision: DecisionId) -> Vec<(RightId, &Right)> {
    let subject = Subject::Decision(decision);
    let Some((_, framework)) = document.framework_of(subject) else { return Vec::new() };
    document.rights_on(subject).filter(|(_, right)| framework.has_duty(&right.letter, Duty::Decide)).collect()
}

/// What a name came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found<T> {
    One(T),
    Several(Vec<T>),
    Nothing,
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A text without quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let pairs = [('“', '”'), ('„', '“'), ('"', '"'), ('«', '»')];
    let inner = pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    inner.unwrap_or(text).trim()
}

/// A name without article and quotes.
pub(super) fn bare(text: &str) -> &str {
    let text = unquoted(text);
    let article = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "));
    if article { text.get(4..).unwrap_or(text).trim_start() } else { text }
}

/// Whoever may hold a right and is called so: roles before bodies, people, units and externals; those who decide
/// already before others. A role may be told from its namesakes by its unit, or by its key: `Lead (Shop North)`.
pub(super) fn actor(document: &Document, decision: DecisionId, new_roles: &[String], text: &str) -> Found<Actor> {
    let wanted = folded(bare(text));
    if let Some(role) = new_role(document, new_roles, &wanted) {
        return Found::One(Actor::Role(role));
    }
    let kinds = [ElementKind::Role, ElementKind::Body, ElementKind::Person, ElementKind::Unit, ElementKind::External];
    if let Some(found) = find_reference(document, bare(text), &kinds)
        && let Ok(actor) = Actor::try_from(found)
    {
        return Found::One(actor);
    }
    for kind in kinds {
        let named = |element: &ElementRef| folded(document.name_of(*element)) == wanted;
        let mut found: Vec<Actor> =
            document.elements_of(kind).into_iter().filter(named).filter_map(|one| Actor::try_from(one).ok()).collect();
        if kind == ElementKind::Role && found.is_empty() {
            found = qualified(document, &wanted).into_iter().map(Actor::Role).collect();
        }
        let deciding = deciding_rights(document, decision);
        let known = |actor: &Actor| deciding.iter().any(|(_, right)| right.holder == *actor);
        if found.len() > 1 && found.iter().filter(|actor| known(actor)).count() == 1 {
            found.retain(known);
        }
        match found.as_slice() {
            [] => {}
            [one] => return Found::One(*one),
            _ => return Found::Several(found),
        }
    }
    Found::Nothing
}

/// A role by name.
pub(super) fn role(document: &Document, decision: DecisionId, new_roles: &[String], text: &str) -> Found<Actor> {
    let is_role = |actor: &Actor| matches!(actor, Actor::Role(_));
    match actor(document, decision, new_roles, text) {
        Found::One(one) if is_role(&one) => Found::One(one),
        Found::Several(all) => Found::Several(all.into_iter().filter(is_role).collect()),
        _ => Found::Nothing,
    }
}

/// A unit by name.
pub(super) fn unit(document: &Document, text: &str) -> Found<UnitId> {
    if let Some(ElementRef::Unit(unit)) = find_reference(document, bare(text), &[ElementKind::Unit]) {
        return Found::One(unit);
    }
    let wanted = folded(bare(text));
    let named = |(id, unit): (UnitId, &Unit)| (folded(&unit.name) == wanted).then_some(id);
    match document.units().iter().filter_map(named).collect::<Vec<_>>().as_slice() {
        [] => Found::Nothing,
        [one] => Found::One(*one),
        several => Found::Several(several.to_vec()),
    }
}

/// The handle that a role will have that is not there yet: new roles are made in the order of their names.
fn new_role(document: &Document, new_roles: &[String], wanted: &str) -> Option<RoleId> {
    let place = new_roles.iter().position(|name| folded(name) == wanted)?;
    Some(RoleId::from_index(document.roles().next_index() + u32::try_from(place).ok()?))
}

/// Roles by name and unit: `lead (shop north)`.
fn qualified(document: &Document, wanted: &str) -> Vec<RoleId> {
    let Some((name, unit)) = wanted.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) else {
        return Vec::new();
    };
    let fits = |role: &Role| {
        let home = role.unit.map(|id| folded(document.name_of(id.into())));
        folded(&role.name) == name && home.as_deref() == Some(unit)
    };
    document.roles().iter().filter(|(_, role)| fits(role)).map(|(id, _)| id).collect()
}

/// A name that leads to exactly this actor: with its unit where others are called the same, with its key where that is
/// not enough.
pub fn telling_name(document: &Document, decision: DecisionId, actor_wanted: Actor) -> String {
    let name = document.name_of(actor_wanted.into()).to_owned();
    let unit = match actor_wanted {
        Actor::Role(id) => document.get::<Role>(id).and_then(|role| role.unit),
        _ => None,
    };
    let with_unit = unit.map(|unit| format!("{name} ({})", document.name_of(unit.into())));
    let key = document.key_of(actor_wanted.into()).map(|key| format!("{name} ({key})"));
    let is_clear = |text: &&String| actor(document, decision, &[], text) == Found::One(actor_wanted);
    let clear = [Some(name.clone()), with_unit, key].iter().flatten().find(is_clear).cloned().unwrap_or(name);
    let would_be_read = clear.contains([':', ';', ',']) || super::bounds::begins_bound(&clear);
    if would_be_read { format!("“{clear}”") } else { clear }
}

/// From this likeness on, a name is offered for another one.
const LIKELY: f64 = 0.6;

/// Roles, bodies and people whose name is like one that nobody has, the likest first, four at most.
pub fn likely_holders(document: &Document, name: &str) -> Vec<Actor> {
    let wanted = folded(bare(name));
    let mut found: Vec<(f64, Actor)> = Vec::new();
    for kind in [ElementKind::Role, ElementKind::Body, ElementKind::Person] {
        for element in document.elements_of(kind) {
            let other = folded(document.name_of(element));
            let inside = other.split(' ').any(|word| word == wanted) || wanted.split(' ').any(|word| word == other);
            let likeness = if inside { 0.9 } else { strsim::normalized_damerau_levenshtein(&wanted, &other) };
            if let Some(actor) = Actor::try_from(element).ok().filter(|_| likeness >= LIKELY) {
                found.push((likeness, actor));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(4).map(|(_, actor)| actor).collect()
}

/// Names that complete what is typed before the caret, with the place in the text where the name begins; nothing
/// where no name is being typed. Four at most; roles before bodies and people.
pub fn complete_names(document: &Document, decision: DecisionId, before_caret: &str) -> (usize, Vec<String>) {
    let starts = [" with ", " deputy ", " deputy: ", " and ", " & ", " escalates to ", " above ", ": "];
    let mark = before_caret.rfind([';', '\n', ':', ',']).map_or(0, |at| at + 1);
    let word = starts.iter().filter_map(|word| before_caret.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    let start = mark.max(word);
    let typed = before_caret.get(start..).unwrap_or("");
    let start = start + typed.len() - typed.trim_start().len();
    let prefix = folded(typed);
    if prefix.is_empty() || super::bounds::begins_bound(&prefix) {
        return (start, Vec::new());
    }
    let mut found: Vec<String> = Vec::new();
    for (wide, kind) in [false, true]
        .into_iter()
        .flat_map(|wide| [ElementKind::Role, ElementKind::Body, ElementKind::Person].map(|kind| (wide, kind)))
    {
        for element in document.elements_of(kind) {
            let name = folded(document.name_of(element));
            let fits = if wide { name.contains(&format!(" {prefix}")) } else { name.starts_with(&prefix) };
            let Some(actor) = Actor::try_from(element).ok().filter(|_| fits) else { continue };
            let name = telling_name(document, decision, actor);
            if found.len() < 4 && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    if found.len() == 1 && found.iter().all(|name| folded(name) == prefix) {
        found.clear();
    }
    (start, found)
}
