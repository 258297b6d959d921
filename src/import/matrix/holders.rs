//! Who the columns of a table are: somebody of the project, a new role, a party outside, or nobody.
//!
//! Names are compared without case and surplus spaces, with the unit in brackets where several have one name. What is
//! only alike is told and offered, never taken.

use std::collections::BTreeMap;

use super::content::{CellProblem, Line};
use super::lexicon::cell_key;
use super::{ColumnChoice, Settings, words};
use crate::edit::{MergedHolder, Target};
use crate::model::*;

/// From this likeness on, two names are told to be alike: share of letters that agree.
const ALIKE: f64 = 0.82;
/// The most pairs of new names that are told one by one.
const MOST_TOLD: usize = 20;
/// The most pairs of names that are compared.
const MOST_PAIRS: usize = 1_000_000;

/// What becomes of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnTarget {
    /// Somebody of the project.
    Existing(Actor),
    /// A new role of this name.
    NewRole(String),
    /// A new party outside.
    NewExternal(Option<ExternalKind>),
    /// A new unit, body or person, of which a table says so.
    NewOther(OtherHolder),
    /// Nothing: its cells are passed over.
    Ignored,
}

pub use crate::edit::OtherHolder;

/// A column with what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnPlan {
    /// Its heading.
    pub name: String,
    /// The heading above it.
    pub group: String,
    /// Where the heading stands.
    pub address: String,
    /// How many of its cells have text.
    pub cells: usize,
    /// What becomes of it.
    pub target: ColumnTarget,
    /// Those of the project whose names are alike, with their names.
    pub alike: Vec<(Actor, String)>,
    /// What else the table says about it.
    pub details: Vec<(String, String)>,
}

/// All who may hold rights, by name.
pub(super) struct Known {
    by_name: BTreeMap<String, Vec<Actor>>,
    all: Vec<(String, Actor)>,
}

impl Known {
    pub(super) fn of(base: &Document) -> Self {
        let mut known = Self { by_name: BTreeMap::new(), all: Vec::new() };
        for (id, role) in base.roles().iter() {
            known.add(&role.name, Actor::Role(id));
            let unit = role.unit.map_or("", |unit| base.name_of(unit.into()));
            known.by_name.entry(cell_key(&format!("{} ({unit})", role.name))).or_default().push(Actor::Role(id));
        }
        base.bodies().iter().for_each(|(id, body)| known.add(&body.name, Actor::Body(id)));
        base.units().iter().for_each(|(id, unit)| known.add(&unit.name, Actor::Unit(id)));
        base.externals().iter().for_each(|(id, external)| known.add(&external.name, Actor::External(id)));
        base.people().iter().for_each(|(id, person)| known.add(&person.name, Actor::Person(id)));
        known
    }

    fn add(&mut self, name: &str, actor: Actor) {
        self.by_name.entry(cell_key(name)).or_default().push(actor);
        self.all.push((name.to_owned(), actor));
    }

    fn named(&self, name: &str) -> &[Actor] {
        self.by_name.get(&cell_key(name)).map_or(&[], Vec::as_slice)
    }

    /// Those whose names are alike, best first, five at most.
    fn alike(&self, name: &str) -> Vec<(Actor, String)> {
        let mut alike: Vec<(f64, &(String, Actor))> = self
            .all
            .iter()
            .map(|known| (likeness(name, &known.0), known))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .collect();
        alike.sort_by(|one, other| other.0.total_cmp(&one.0));
        alike.into_iter().take(5).map(|(_, (name, actor))| (*actor, name.clone())).collect()
    }
}

/// How alike two names are: the larger of the share of letters that agree and that of words, singular and plural alike.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| {
        let lower = text.to_lowercase();
        let mut words: Vec<String> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && !matches!(*word, "the" | "of" | "and"))
            .map(|word| word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned())
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    // “Manager 1” and “Manager 2” are two on purpose.
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(one) != digits(other) {
        return 0.0;
    }
    let (ours, theirs) = (words(one), words(other));
    let shared = ours.iter().filter(|word| theirs.contains(word)).count();
    let all = ours.len() + theirs.len() - shared;
    let by_word = if all == 0 { 0.0 } else { shared as f64 / all as f64 };
    by_word.max(strsim::normalized_levenshtein(&cell_key(one), &cell_key(other)))
}

/// The plan of all columns, each name once; what could not be settled is told.
pub(super) fn plan(
    lines: &[(Line, usize, bool)],
    known: &Known,
    settings: &Settings,
    notes: &mut Vec<String>,
    problems: &mut Vec<CellProblem>,
) -> Vec<ColumnPlan> {
    let compares = lines.len().saturating_mul(known.all.len()) <= MOST_PAIRS;
    let mut plans: Vec<ColumnPlan> = Vec::new();
    for (line, cells, is_party) in lines {
        let mut plan = ColumnPlan {
            name: line.name.clone(),
            group: line.group.clone(),
            address: line.address.clone(),
            cells: *cells,
            target: ColumnTarget::NewRole(line.name.clone()),
            alike: Vec::new(),
            details: line.details.clone(),
        };
        settle(&mut plan, (*is_party, &line.kind), known, settings, problems);
        if compares && matches!(plan.target, ColumnTarget::NewRole(_) | ColumnTarget::NewExternal(_)) {
            plan.alike = known.alike(&plan.name);
        }
        plans.push(plan);
    }
    tell_alike(&plans, notes);
    plans
}

fn settle(
    plan: &mut ColumnPlan,
    said_kind: (bool, &str),
    known: &Known,
    settings: &Settings,
    problems: &mut Vec<CellProblem>,
) {
    let said = settings.columns.iter().rev().find(|(heading, _)| cell_key(heading) == cell_key(&plan.name));
    match said.map(|(_, choice)| choice) {
        Some(ColumnChoice::Ignore) => plan.target = ColumnTarget::Ignored,
        Some(ColumnChoice::External) => {
            plan.target = ColumnTarget::NewExternal(words::outside(&plan.name).flatten());
        }
        Some(ColumnChoice::Existing(actor)) => plan.target = ColumnTarget::Existing(*actor),
        Some(ColumnChoice::NewRole) => {}
        Some(ColumnChoice::Named(name)) => {
            plan.target = match known.named(name) {
                [actor] => ColumnTarget::Existing(*actor),
                _ => ColumnTarget::NewRole(name.clone()),
            };
        }
        None => by_name(plan, said_kind, known, problems),
    }
}

fn by_name(plan: &mut ColumnPlan, (is_party, kind): (bool, &str), known: &Known, problems: &mut Vec<CellProblem>) {
    let in_group = format!("{} ({})", plan.name, plan.group);
    let found = known.named(&in_group);
    let is_sure = !plan.group.is_empty() || (found.len() == 1 && known.named(&plan.name).len() > 1);
    let found = if found.is_empty() || !is_sure { known.named(&plan.name) } else { found };
    let same_kind: Vec<Actor> = found
        .iter()
        .copied()
        .filter(|actor| kind.is_empty() || ElementRef::from(*actor).kind().word() == kind)
        .collect();
    // Of several kinds one goes first: what a column is made into is found again beside a unit of the same name.
    let rank = |actor: &Actor| match actor {
        Actor::Role(_) => 0,
        Actor::External(_) => 1,
        Actor::Body(_) => 2,
        Actor::Person(_) => 3,
        Actor::Unit(_) => 4,
        Actor::System(_) => 5,
    };
    let first = same_kind.iter().map(rank).min();
    let found: Vec<Actor> = same_kind.into_iter().filter(|actor| Some(rank(actor)) == first).collect();
    match found.as_slice() {
        [actor] => plan.target = ColumnTarget::Existing(*actor),
        [] => {
            let other = OtherHolder::ALL.into_iter().find(|other| other.word() == kind);
            if let Some(other) = other {
                plan.target = ColumnTarget::NewOther(other);
                return;
            }
            let outside = if kind == "role" { None } else { words::outside(&plan.name) };
            if kind == "external" || is_party || outside.is_some() {
                plan.target = ColumnTarget::NewExternal(outside.flatten());
            }
        }
        several => {
            plan.alike = several.iter().take(5).map(|actor| (*actor, plan.name.clone())).collect();
            problems.push(CellProblem {
                address: plan.address.clone(),
                found: plan.name.clone(),
                expected: format!("one of that name; {} have it: write the unit behind it in brackets", several.len()),
                consequence: "a new role was made".to_owned(),
            });
        }
    }
}

/// Names that are alike, among those of the project and among the new ones.
fn tell_alike(plans: &[ColumnPlan], notes: &mut Vec<String>) {
    let is_new = |plan: &&ColumnPlan| matches!(plan.target, ColumnTarget::NewRole(_) | ColumnTarget::NewExternal(_));
    let fresh: Vec<&ColumnPlan> = plans.iter().filter(is_new).collect();
    for plan in &fresh {
        if let Some((_, name)) = plan.alike.first() {
            notes.push(format!(
                "“{}” was taken as new and is much like “{name}”; if they are the same, say --column \"{}={name}\".",
                plan.name, plan.name
            ));
        }
    }
    if fresh.len() * fresh.len() > MOST_PAIRS {
        return;
    }
    let mut told = 0_usize;
    for (at, one) in fresh.iter().enumerate() {
        for other in fresh.iter().skip(at + 1) {
            if one.group == other.group && likeness(&one.name, &other.name) >= ALIKE {
                told += 1;
                if told > MOST_TOLD {
                    continue;
                }
                notes.push(format!(
                    "“{}” and “{}” are much alike and came in as two; if they are the same, say --column \"{}={}\".",
                    one.name, other.name, other.name, one.name
                ));
            }
        }
    }
    if let Some(more) = told.checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        notes.push(format!("{more} more pairs of new names are much alike."));
    }
}

/// Holders, units, and the place of the holder of each column.
pub(super) type Merged = (Vec<MergedHolder>, Units, Vec<Option<usize>>);

/// Units that new roles sit in.
type Units = Vec<(Target<UnitId>, String)>;

/// The holders of an edit, and for each column the place of its holder; none for what is ignored.
pub(super) fn merged(plans: &[ColumnPlan], base: &Document) -> Merged {
    let mut holders: Vec<MergedHolder> = Vec::new();
    let mut units: Units = Vec::new();
    let mut places = Vec::with_capacity(plans.len());
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for plan in plans {
        let description = description(&plan.details);
        let (key, holder) = match &plan.target {
            ColumnTarget::Ignored => {
                places.push(None);
                continue;
            }
            ColumnTarget::Existing(actor) => (format!("{actor:?}"), MergedHolder::Existing(*actor)),
            ColumnTarget::NewRole(name) => {
                let unit = (!plan.group.is_empty()).then(|| unit_place(&plan.group, base, &mut units));
                let key = format!("role {} {unit:?}", cell_key(name));
                (key, MergedHolder::Role { name: name.clone(), unit, description })
            }
            ColumnTarget::NewExternal(kind) => {
                let key = format!("external {}", cell_key(&plan.name));
                (key, MergedHolder::External { name: plan.name.clone(), kind: *kind, description })
            }
            ColumnTarget::NewOther(kind) => {
                let key = format!("{} {}", kind.word(), cell_key(&plan.name));
                (key, MergedHolder::Other { name: plan.name.clone(), kind: *kind, description })
            }
        };
        let place = *known.entry(key).or_insert_with(|| {
            holders.push(holder);
            holders.len() - 1
        });
        places.push(Some(place));
    }
    (holders, units, places)
}

fn unit_place(name: &str, base: &Document, units: &mut Units) -> usize {
    if let Some(at) = units.iter().position(|(_, known)| cell_key(known) == cell_key(name)) {
        return at;
    }
    let mut same = base.units().iter().filter(|(_, unit)| cell_key(&unit.name) == cell_key(name)).map(|(id, _)| id);
    let target = match (same.next(), same.next()) {
        (Some(id), None) => Target::Existing(id),
        _ => Target::New(Key::unset()),
    };
    units.push((target, name.to_owned()));
    units.len() - 1
}

/// Details as lines of a description.
pub(super) fn description(details: &[(String, String)]) -> String {
    let line = |(heading, text): &(String, String)| {
        if heading.is_empty() { text.clone() } else { format!("{heading}: {text}") }
    };
    details.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_slips_are_alike_and_others_are_not() {
        assert!(likeness("TTS procurement analyst", "TTS procurement analysts") >= ALIKE);
        assert!(likeness("Shop manager", "Manager, shop") >= ALIKE);
        assert!(likeness("Shop manager", "Ship manager") >= ALIKE);
        assert!(likeness("Cloud platform team", "Cloud adoption team") < ALIKE);
        assert!(likeness("Finance", "Sourcing") < ALIKE);
        assert!(likeness("Regional manager 11", "Regional manager 12") < ALIKE);
    }
}
