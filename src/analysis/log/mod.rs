//! Figures of a log of real cases: how often each activity is carried out, how long it takes and waits and why, who
//! does it, who hands over to whom.
//!
//! An [`EventLog`] is what was read from a file; [`figures`] works everything out that the log alone tells, [`routes`]
//! which branches of a drawn process its cases took. Both are pure functions of the log: the same log gives the same
//! figures. Times are milliseconds since 1970 in UTC, durations in results are minutes, rates are per week.

mod calendar;
mod enabled;
mod figures;
mod routes;
mod spread;
mod waits;

pub use figures::{ActivityFigures, Follow, HandoverFigures, LogFigures, ResourceFigures, Transition, figures};
pub use routes::{Routes, routes};
pub use spread::Spread;

/// Milliseconds of a minute.
pub const MINUTE: i64 = 60_000;
/// Milliseconds of a week.
pub const WEEK: i64 = 7 * 24 * 60 * MINUTE;

/// A log of cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventLog {
    /// Cases by their first start, then by name.
    pub cases: Vec<Case>,
    /// Names of activities, in the order in which they appear.
    pub activities: Vec<String>,
    /// Names of those who do the work.
    pub resources: Vec<String>,
    /// Names of their roles.
    pub roles: Vec<String>,
    /// How far the clocks of the log are ahead of UTC, in minutes; days and hours of the week are those of these clocks.
    pub offset_minutes: i32,
    /// Whether the log tells when work begins and when it ends, of some work at least.
    pub has_durations: bool,
    /// Whether the log tells when work became ready.
    pub has_enabled: bool,
}

/// One case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Its name in the log.
    pub name: String,
    /// What was done, by start, then end, then place in the file.
    pub instances: Vec<Instance>,
}

/// An activity carried out once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Which activity: a place in the list of the log.
    pub activity: u32,
    /// Who did it: a place in the list of the log.
    pub resource: Option<u32>,
    /// In which role: a place in the list of the log.
    pub role: Option<u32>,
    /// When it began.
    pub start: i64,
    /// When it ended, not before its start.
    pub end: i64,
    /// Whether both times are known. Else both are the one time that the log has, and how long it took or waited is not
    /// known.
    pub timed: bool,
    /// When it became ready to be done, where the log says so.
    pub enabled: Option<i64>,
}

impl EventLog {
    /// Puts instances and cases in their order.
    pub fn sort(&mut self) {
        for case in &mut self.cases {
            case.instances.sort_by_key(|instance| (instance.start, instance.end));
        }
        self.cases.retain(|case| !case.instances.is_empty());
        let first = |case: &Case| case.instances.first().map(|instance| instance.start);
        self.cases.sort_by(|a, b| first(a).cmp(&first(b)).then_with(|| a.name.cmp(&b.name)));
    }

    /// How many times any activity was carried out.
    pub fn instances(&self) -> usize {
        self.cases.iter().map(|case| case.instances.len()).sum()
    }

    /// The first start and the last end.
    pub fn period(&self) -> Option<(i64, i64)> {
        let all = || self.cases.iter().flat_map(|case| &case.instances);
        Some((all().map(|instance| instance.start).min()?, all().map(|instance| instance.end).max()?))
    }

    /// Cases that arrive in a week: one less than there are over the time from the first arrival to the last one, which
    /// is one over their mean distance. None for fewer than two arrivals, or all at once.
    pub fn cases_per_week(&self) -> Option<f64> {
        let first = |case: &Case| case.instances.first().map(|instance| instance.start);
        let (begin, last) = (self.cases.first().and_then(first)?, self.cases.last().and_then(first)?);
        let distances = self.cases.len().checked_sub(1).filter(|count| *count > 0)?;
        (last > begin).then(|| distances as f64 * WEEK as f64 / (last - begin) as f64)
    }
}

fn at(list: &[String], place: u32) -> &str {
    list.get(place as usize).map_or("", String::as_str)
}

/// Minutes of a span of milliseconds.
fn minutes(span: i64) -> f64 {
    span as f64 / MINUTE as f64
}

#[cfg(test)]
mod testing;
