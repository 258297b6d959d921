//! Which step of a process is meant by an activity of a log, and who by a name.
//!
//! Same text first, then the same letters whatever case, accents and punctuation, then alike texts (see
//! [`likeness`](crate::analysis::likeness)), most alike first. One activity has one step at most, one step one activity.

use std::collections::{BTreeMap, BTreeSet};

use super::{Match, Settings, StepChoice};
use crate::analysis::likeness::{Vocabulary, pairs_of};
use crate::import::ImportError;
use crate::import::headings::folded;
use crate::model::*;

/// From this likeness on, names of steps are taken for the same; ours.
pub const ALIKE: f64 = 0.8;
/// From this share of activities with a step on, a process is the one of the log; ours.
const SHARE: f64 = 0.34;

/// The step of each activity, and how it was found.
pub(super) type Matches = Vec<(Option<StepId>, Match)>;

/// The process that a log is about: the one that is named, else the one with most of its activities; none where no process
/// has enough of them.
///
/// # Errors
/// No process has the name that was given.
pub(super) fn process_of(
    document: &Document,
    activities: &[String],
    settings: &Settings,
) -> Result<Option<ProcessId>, ImportError> {
    if settings.discover {
        return Ok(None);
    }
    if let Some(wanted) = &settings.process {
        return named_process(document, wanted).map(Some);
    }
    let mut best: Option<(usize, ProcessId)> = None;
    for (process, _) in document.processes().iter() {
        let found = matches(document, process, activities, &Settings::default())?;
        let count = found.iter().filter(|(step, _)| step.is_some()).count();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, process));
        }
    }
    let enough = best.filter(|(count, _)| *count > 0 && *count as f64 >= SHARE * activities.len() as f64);
    Ok(enough.map(|(_, process)| process))
}

fn named_process(document: &Document, wanted: &str) -> Result<ProcessId, ImportError> {
    if let Some(ElementRef::Process(id)) = document.by_key(wanted.trim()) {
        return Ok(id);
    }
    let name = folded(wanted);
    let found = document.processes().iter().find(|(_, process)| folded(&process.name) == name);
    found.map(|(id, _)| id).ok_or_else(|| ImportError::NoProcess {
        wanted: wanted.to_owned(),
        processes: document.processes().iter().map(|(_, process)| process.name.clone()).collect(),
    })
}

/// The step of each activity in a process.
///
/// # Errors
/// The settings name an activity or a step that there is not.
pub(super) fn matches(
    document: &Document,
    process: ProcessId,
    activities: &[String],
    settings: &Settings,
) -> Result<Matches, ImportError> {
    let steps: Vec<(StepId, &Step)> =
        document.steps().iter().filter(|(_, step)| step.process == process && !step.name.is_empty()).collect();
    let mut found: Vec<Option<(Option<StepId>, Match)>> = vec![None; activities.len()];
    let mut taken: BTreeSet<StepId> = BTreeSet::new();
    for (activity, choice) in chosen(activities, &settings.steps)? {
        let step = match choice {
            StepChoice::Named(wanted) => Some(named_step(document, &steps, wanted)?),
            StepChoice::New | StepChoice::PassOver => None,
        };
        taken.extend(step);
        let how = match choice {
            StepChoice::Named(_) => Match::Chosen,
            StepChoice::New => Match::New,
            StepChoice::PassOver => Match::PassedOver,
        };
        if let Some(slot) = found.get_mut(activity) {
            *slot = Some((step, how));
        }
    }
    type Form = fn(&str) -> String;
    let forms: [(Form, Match); 2] = [(|name| one_line(name), Match::Exact), (folded, Match::Normalised)];
    for (form, how) in forms {
        let mut known: BTreeMap<String, Vec<StepId>> = BTreeMap::new();
        for (id, step) in &steps {
            known.entry(form(&step.name)).or_default().push(*id);
        }
        for (slot, name) in found.iter_mut().zip(activities).filter(|(slot, _)| slot.is_none()) {
            let same = known.get(&form(name)).into_iter().flatten().find(|id| !taken.contains(id));
            if let Some(step) = same {
                taken.insert(*step);
                *slot = Some((Some(*step), how));
            }
        }
    }
    for (activity, step, likeness) in alike(activities, &steps) {
        let Some(slot) = found.get_mut(activity).filter(|slot| slot.is_none()) else { continue };
        if taken.insert(step) {
            *slot = Some((Some(step), Match::Alike(percent(likeness))));
        }
    }
    let rest = if settings.adds_steps { Match::New } else { Match::None };
    Ok(found.into_iter().map(|found| found.unwrap_or((None, rest))).collect())
}

fn percent(likeness: f64) -> u8 {
    (likeness * 100.0).round().clamp(0.0, 100.0) as u8
}

/// The choices of the user by the place of the activity.
fn chosen<'a>(
    activities: &[String],
    choices: &'a BTreeMap<String, StepChoice>,
) -> Result<Vec<(usize, &'a StepChoice)>, ImportError> {
    let place = |wanted: &str| {
        let exact = activities.iter().position(|name| name == wanted);
        exact.or_else(|| activities.iter().position(|name| folded(name) == folded(wanted)))
    };
    let unknown = |wanted: &str| ImportError::NoNamed {
        what: "activity in the log called",
        wanted: wanted.to_owned(),
        known: activities.to_vec(),
    };
    choices.iter().map(|(name, choice)| Ok((place(name).ok_or_else(|| unknown(name))?, choice))).collect()
}

fn named_step(document: &Document, steps: &[(StepId, &Step)], wanted: &str) -> Result<StepId, ImportError> {
    if let Some(ElementRef::Step(id)) = document.by_key(wanted.trim())
        && steps.iter().any(|(known, _)| *known == id)
    {
        return Ok(id);
    }
    let name = folded(wanted);
    let found = steps.iter().find(|(_, step)| folded(&step.name) == name);
    found.map(|(id, _)| *id).ok_or_else(|| ImportError::NoNamed {
        what: "step in the process called",
        wanted: wanted.to_owned(),
        known: steps.iter().map(|(_, step)| one_line(&step.name)).collect(),
    })
}

/// Alike pairs of activities and steps, most alike first.
fn alike(activities: &[String], steps: &[(StepId, &Step)]) -> Vec<(usize, StepId, f64)> {
    let names: Vec<&str> =
        activities.iter().map(String::as_str).chain(steps.iter().map(|(_, step)| step.name.as_str())).collect();
    let vocabulary = Vocabulary::for_texts(names.iter().copied());
    let pairs = pairs_of(&vocabulary.read_all(&names), ALIKE);
    let mut found: Vec<(usize, StepId, f64)> = pairs
        .iter()
        .filter_map(|pair| {
            let (step, _) = steps.get(pair.b.checked_sub(activities.len())?)?;
            (pair.a < activities.len()).then_some((pair.a, *step, pair.likeness))
        })
        .collect();
    found.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    found
}

/// A name without line breaks.
pub(super) fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who in the project has a name, among people or roles; the first one of several.
pub(super) fn named<E: Element>(document: &Document) -> BTreeMap<String, E::Id> {
    let mut known: BTreeMap<String, E::Id> = BTreeMap::new();
    for (id, record) in E::table(document).iter() {
        let name = folded(record.name());
        if !name.is_empty() {
            known.entry(name).or_insert(id);
        }
    }
    known
}
