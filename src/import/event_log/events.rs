//! Events into a log: names get numbers, starts find their completions.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashMap;

use super::limits::{MOST_CASES, MOST_EVENTS, MOST_NAMES, MOST_PROBLEMS};
use crate::analysis::log::{Case, EventLog, Instance};
use crate::import::headings::folded;
use crate::import::{ImportError, RowProblem};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Work began and ended; both times are known.
    Whole,
    /// It began.
    Start,
    /// It ended.
    Complete,
    /// It happened; when it began is not known.
    Once,
}

/// The stage of a word of a lifecycle; none for those that are neither begin nor end of work.
pub(super) fn stage_of(word: &str) -> Option<Stage> {
    match folded(word).as_str() {
        "start" | "started" | "begin" | "began" | "beginn" | "gestartet" | "debut" | "inicio" => Some(Stage::Start),
        "" | "complete" | "completed" | "end" | "ended" | "finish" | "finished" | "done" | "ende" | "beendet"
        | "abgeschlossen" | "fin" | "termine" | "terminado" => Some(Stage::Complete),
        _ => None,
    }
}

/// One row or event.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// Where it stands in the file: a row of a table, a line of XML.
    pub line: usize,
    pub case: String,
    pub activity: String,
    pub resource: String,
    pub role: String,
    /// What tells pieces of work of one activity apart.
    pub instance: String,
    pub stage: Stage,
    pub start: i64,
    pub end: i64,
    pub enabled: Option<i64>,
}

/// Names with numbers in the order in which they appear.
#[derive(Default)]
struct Names {
    known: FxHashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn place(&mut self, name: &str, what: &'static str, limit: usize) -> Result<u32, ImportError> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(place) = self.known.get(&name) {
            return Ok(*place);
        }
        if self.names.len() >= limit {
            return Err(ImportError::TooLarge { what, limit });
        }
        let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.known.insert(name.clone(), place);
        self.names.push(name);
        Ok(place)
    }

    fn maybe(&mut self, name: &str, what: &'static str) -> Result<Option<u32>, ImportError> {
        if name.trim().is_empty() { Ok(None) } else { self.place(name, what, MOST_NAMES).map(Some) }
    }
}

/// A start or completion that waits for its other half.
#[derive(Clone, Copy, Debug)]
struct Half {
    line: usize,
    at: i64,
    stage: Stage,
    case: u32,
    activity: u32,
    instance: u32,
    resource: Option<u32>,
    role: Option<u32>,
    enabled: Option<i64>,
}

/// Gathers events and makes a log of them.
#[derive(Default)]
pub(super) struct Events {
    cases: Names,
    activities: Names,
    resources: Names,
    roles: Names,
    instances: Names,
    whole: Vec<(u32, Instance)>,
    halves: Vec<Half>,
    /// Events of other stages, by their word.
    pub passed: BTreeMap<String, usize>,
    /// Offsets of zones and how often they were seen.
    offsets: BTreeMap<i32, usize>,
    pub problems: Vec<RowProblem>,
    /// Problems beyond the most that are kept.
    pub more_problems: usize,
}

impl Events {
    pub(super) fn see_offset(&mut self, offset: Option<i32>) {
        if let Some(offset) = offset {
            *self.offsets.entry(offset).or_default() += 1;
        }
    }

    /// Notes something that could not be used.
    pub(super) fn problem(&mut self, row: usize, column: &str, found: &str, expected: &str, consequence: &'static str) {
        if self.problems.len() >= MOST_PROBLEMS {
            self.more_problems += 1;
            return;
        }
        let found: String = found.chars().take(80).collect();
        let (column, expected) = (column.to_owned(), expected.to_owned());
        self.problems.push(RowProblem { row, column, found, expected, consequence });
    }

    /// Adds an event whose case and activity are stated.
    ///
    /// # Errors
    /// There are too many events, cases or names.
    pub(super) fn add(&mut self, event: &Event) -> Result<(), ImportError> {
        if self.whole.len() + self.halves.len() >= MOST_EVENTS {
            return Err(ImportError::TooLarge { what: "events", limit: MOST_EVENTS });
        }
        let case = self.cases.place(&event.case, "cases", MOST_CASES)?;
        let activity = self.activities.place(&event.activity, "different activities", MOST_NAMES)?;
        let resource = self.resources.maybe(&event.resource, "different people")?;
        let role = self.roles.maybe(&event.role, "different roles")?;
        let Event { start, end, enabled, .. } = *event;
        match event.stage {
            Stage::Whole | Stage::Once => {
                let timed = event.stage == Stage::Whole;
                self.whole.push((case, Instance { activity, resource, role, start, end, timed, enabled }));
            }
            stage => {
                let instance = self.instances.place(&event.instance, "events", MOST_EVENTS)?;
                let at = if stage == Stage::Start { start } else { end };
                let line = event.line;
                self.halves.push(Half { line, at, stage, case, activity, instance, resource, role, enabled });
            }
        }
        Ok(())
    }

    /// The log of all events.
    pub(super) fn finish(mut self) -> (EventLog, Vec<RowProblem>, Remains) {
        let orphans = self.pair();
        let mut cases: Vec<Case> =
            self.cases.names.into_iter().map(|name| Case { name, instances: Vec::new() }).collect();
        let has_durations = self.whole.iter().any(|(_, instance)| instance.timed);
        let has_enabled = self.whole.iter().any(|(_, instance)| instance.enabled.is_some());
        for (case, instance) in self.whole {
            if let Some(case) = cases.get_mut(case as usize) {
                case.instances.push(instance);
            }
        }
        let offset = self.offsets.iter().max_by_key(|(offset, count)| (**count, std::cmp::Reverse(**offset)));
        let mut log = EventLog {
            cases,
            activities: self.activities.names,
            resources: self.resources.names,
            roles: self.roles.names,
            offset_minutes: offset.map_or(0, |(offset, _)| *offset),
            has_durations,
            has_enabled,
        };
        log.sort();
        let remains =
            Remains { orphans, passed: self.passed, more_problems: self.more_problems, zones: self.offsets.len() };
        (log, self.problems, remains)
    }

    /// Brings each start together with the next completion of the same activity of its case: that of the same instance
    /// where instances are stated, else the earliest that is open. Gives how many completions had no start.
    fn pair(&mut self) -> usize {
        let mut halves = std::mem::take(&mut self.halves);
        // At one time, completions of what began before come first, but not before their own start.
        halves.sort_by_key(|half| (half.at, half.line));
        let mut open: FxHashMap<(u32, u32, u32), VecDeque<Half>> = FxHashMap::default();
        let mut early: Vec<Half> = Vec::new();
        for half in halves {
            let key = (half.case, half.activity, half.instance);
            match half.stage {
                Stage::Start => open.entry(key).or_default().push_back(half),
                _ => match open.get_mut(&key).and_then(VecDeque::pop_front) {
                    Some(begin) => self.join(&begin, &half),
                    None => early.push(half),
                },
            }
        }
        let mut orphans = 0;
        for half in early {
            // A completion at the time of its start may stand before it in the file.
            let key = (half.case, half.activity, half.instance);
            let same = open.get_mut(&key).filter(|begins| begins.front().is_some_and(|begin| begin.at == half.at));
            match same.and_then(VecDeque::pop_front) {
                Some(begin) => self.join(&begin, &half),
                None => {
                    orphans += 1;
                    let Half { activity, resource, role, at, enabled, .. } = half;
                    let instance = Instance { activity, resource, role, start: at, end: at, timed: false, enabled };
                    self.whole.push((half.case, instance));
                }
            }
        }
        let mut left: Vec<Half> = open.into_values().flatten().collect();
        left.sort_by_key(|half| half.line);
        for half in left {
            let name = self.activities.names.get(half.activity as usize).cloned().unwrap_or_default();
            self.problem(half.line, "", &name, "a completion of what is begun here", "the start was left out");
        }
        orphans
    }

    fn join(&mut self, begin: &Half, end: &Half) {
        let Half { activity, at: start, .. } = *begin;
        let (resource, role) = (end.resource.or(begin.resource), end.role.or(begin.role));
        let enabled = begin.enabled.or(end.enabled);
        let instance = Instance { activity, resource, role, start, end: end.at, timed: true, enabled };
        self.whole.push((begin.case, instance));
    }
}

/// What is left to be told about events.
#[derive(Debug, Default)]
pub(super) struct Remains {
    /// Completions without a start.
    pub orphans: usize,
    /// Events of other stages, by their word.
    pub passed: BTreeMap<String, usize>,
    /// Problems beyond the most that are kept.
    pub more_problems: usize,
    /// How many different offsets of time zones there are.
    pub zones: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(line: usize, activity: &str, instance: &str, stage: Stage, at: i64) -> Event {
        Event {
            line,
            case: "1".to_owned(),
            activity: activity.to_owned(),
            resource: "Ana".to_owned(),
            role: String::new(),
            instance: instance.to_owned(),
            stage,
            start: at,
            end: at,
            enabled: None,
        }
    }

    fn spans(events: &[Event]) -> (Vec<(i64, i64, bool)>, usize, Vec<String>) {
        let mut gathered = Events::default();
        for event in events {
            gathered.add(event).unwrap();
        }
        let (log, problems, remains) = gathered.finish();
        let all = log.cases.iter().flat_map(|case| &case.instances);
        let spans = all.map(|instance| (instance.start, instance.end, instance.timed)).collect();
        (spans, remains.orphans, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn starts_find_their_completions() {
        use Stage::{Complete, Start};
        let first_in_first_out = [
            event(1, "A", "", Start, 0),
            event(2, "A", "", Start, 5),
            event(3, "A", "", Complete, 7),
            event(4, "A", "", Complete, 9),
        ];
        assert_eq!(spans(&first_in_first_out).0, [(0, 7, true), (5, 9, true)]);
        let by_instance = [
            event(1, "A", "x", Start, 0),
            event(2, "A", "y", Start, 5),
            event(3, "A", "y", Complete, 7),
            event(4, "A", "x", Complete, 9),
        ];
        assert_eq!(spans(&by_instance).0, [(0, 9, true), (5, 7, true)]);
        let at_once = [event(1, "A", "", Complete, 3), event(2, "A", "", Start, 3)];
        assert_eq!(spans(&at_once).0, [(3, 3, true)]);
    }

    #[test]
    fn halves_without_the_other_are_told() {
        use Stage::{Complete, Start};
        let (found, orphans, problems) = spans(&[event(1, "A", "", Complete, 3), event(2, "B", "", Start, 4)]);
        assert_eq!((found, orphans), (vec![(3, 3, false)], 1));
        assert_eq!(problems, ["row 2: “B”; expected a completion of what is begun here; the start was left out"]);
    }

    #[test]
    fn words_of_lifecycles_are_known() {
        assert_eq!(stage_of("START"), Some(Stage::Start));
        assert_eq!(stage_of("Terminé"), Some(Stage::Complete));
        assert_eq!(stage_of(""), Some(Stage::Complete));
        assert_eq!(stage_of("schedule"), None);
    }
}
