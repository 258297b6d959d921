//! Small logs for tests, in minutes from Monday, 5 January 1970, 0:00.

use super::{Case, EventLog, Instance, MINUTE};

/// Monday, 5 January 1970.
pub(super) const MONDAY: i64 = 4 * 24 * 60 * MINUTE;

/// Activity, resource, start, end; the resource may be empty.
pub(super) type Row<'a> = (&'a str, &'a str, i64, i64);

/// A log of cases by name.
pub(super) fn log(cases: &[(&str, &[Row<'_>])]) -> EventLog {
    let mut log = EventLog { has_durations: true, ..EventLog::default() };
    for (name, rows) in cases {
        let mut case = Case { name: (*name).to_owned(), instances: Vec::new() };
        for (activity, resource, start, end) in *rows {
            let activity = place(&mut log.activities, activity);
            let resource = (!resource.is_empty()).then(|| place(&mut log.resources, resource));
            let (start, end) = (MONDAY + start * MINUTE, MONDAY + end * MINUTE);
            case.instances.push(Instance { activity, resource, role: None, start, end, timed: true, enabled: None });
        }
        log.cases.push(case);
    }
    log.sort();
    log
}

fn place(names: &mut Vec<String>, name: &str) -> u32 {
    let place = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    place as u32
}
