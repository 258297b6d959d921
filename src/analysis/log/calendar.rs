//! When people are at work, as a log tells: hours of the week in which they were seen working.
//!
//! An hour of the week belongs to somebody's calendar if they began or ended work in it, or had work that began and
//! ended on the same day around it, in a tenth of the weeks between their first and their last work, and in one week at
//! least. Somebody seen fewer than twenty times, or for less than two weeks, has the calendar of all together; a log of
//! less than two weeks has none. This is the discovery of weekly calendars of O. López-Pintado and M. Dumas, Business
//! process simulation with differentiated resources (BPM 2022), with one fixed support for its confidence and
//! participation thresholds; tenth, twenty and two are ours.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{EventLog, Instance, MINUTE, WEEK};

const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const HOURS: usize = 168;
/// From the beginning of 1970, a Thursday, to the Monday before it.
const TO_MONDAY: i64 = 3 * DAY;
/// Of ten weeks, somebody works in an hour in one at least.
const PART: i64 = 10;
const FEWEST_SEEN: usize = 20;
const FEWEST_WEEKS: i64 = 2;

/// Hours of the week at work.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Calendar {
    /// Hours at work before each hour of the week, and in the whole week.
    before: Vec<i64>,
    offset: i64,
}

impl Calendar {
    /// Milliseconds at work from a time to a later one.
    pub(super) fn working(&self, from: i64, to: i64) -> i64 {
        self.until(to) - self.until(from)
    }

    /// Milliseconds at work since a fixed Monday.
    fn until(&self, time: i64) -> i64 {
        let local = time + self.offset + TO_MONDAY;
        let (week, within) = (local.div_euclid(WEEK), local.rem_euclid(WEEK));
        let hour = (within / HOUR) as usize;
        let hours = |place: usize| self.before.get(place).copied().unwrap_or_default();
        let is_working = hours(hour + 1) > hours(hour);
        let part = if is_working { within % HOUR } else { 0 };
        week * hours(HOURS) * HOUR + hours(hour) * HOUR + part
    }
}

/// Who was seen in which hour of the week, in how many weeks.
#[derive(Default)]
struct Seen {
    hours: FxHashSet<(usize, i64)>,
    first: Option<i64>,
    last: i64,
    count: usize,
}

impl Seen {
    fn add(&mut self, instance: &Instance, offset: i64) {
        let (start, end) = (instance.start + offset + TO_MONDAY, instance.end + offset + TO_MONDAY);
        let mut see = |local: i64| {
            self.hours.insert(((local.rem_euclid(WEEK) / HOUR) as usize, local.div_euclid(WEEK)));
        };
        see(start);
        see(end);
        if start.div_euclid(DAY) == end.div_euclid(DAY) {
            let mut hour = start;
            while hour < end {
                see(hour);
                hour += HOUR;
            }
        }
        self.first = Some(self.first.map_or(start, |first| first.min(start)));
        self.last = self.last.max(end);
        self.count += 1;
    }

    fn weeks(&self) -> i64 {
        self.first.map_or(0, |first| self.last.div_euclid(WEEK) - first.div_euclid(WEEK) + 1)
    }

    fn calendar(&self, offset: i64) -> Calendar {
        let fewest = (self.weeks() + PART - 1) / PART;
        let mut weeks = [0_i64; HOURS];
        for (hour, _) in self.sorted() {
            if let Some(count) = weeks.get_mut(hour) {
                *count += 1;
            }
        }
        let mut before = vec![0];
        let mut sum = 0;
        for count in weeks {
            sum += i64::from(count >= fewest.max(1));
            before.push(sum);
        }
        Calendar { before, offset }
    }

    fn sorted(&self) -> Vec<(usize, i64)> {
        let mut hours: Vec<(usize, i64)> = self.hours.iter().copied().collect();
        hours.sort_unstable();
        hours
    }
}

/// The calendars of a log.
pub(super) struct Calendars {
    own: FxHashMap<u32, Calendar>,
    all: Option<Calendar>,
}

impl Calendars {
    pub(super) fn of(log: &EventLog) -> Self {
        let offset = i64::from(log.offset_minutes) * MINUTE;
        let mut seen: Vec<Seen> = log.resources.iter().map(|_| Seen::default()).collect();
        let mut all = Seen::default();
        for instance in log.cases.iter().flat_map(|case| &case.instances) {
            all.add(instance, offset);
            if let Some(one) = instance.resource.and_then(|resource| seen.get_mut(resource as usize)) {
                one.add(instance, offset);
            }
        }
        let is_enough = |seen: &Seen| seen.count >= FEWEST_SEEN && seen.weeks() >= FEWEST_WEEKS;
        let own = (0_u32..).zip(&seen).filter(|(_, seen)| is_enough(seen));
        let own = own.map(|(resource, seen)| (resource, seen.calendar(offset))).collect();
        Self { own, all: is_enough(&all).then(|| all.calendar(offset)) }
    }

    /// The calendar of somebody, else that of all; none where too little is known.
    pub(super) fn of_resource(&self, resource: u32) -> Option<&Calendar> {
        self.own.get(&resource).or(self.all.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{MONDAY, Row, log};
    use super::*;

    #[test]
    fn nights_and_weekends_are_not_at_work() {
        // Four weeks, Monday to Friday, nine to twelve and thirteen to seventeen.
        let mut rows: Vec<Row<'_>> = Vec::new();
        for week in 0..4 {
            for day in 0..5 {
                let midnight = (week * 7 + day) * 1440;
                rows.push(("A", "Ana", midnight + 540, midnight + 719));
                rows.push(("A", "Ana", midnight + 780, midnight + 1019));
            }
        }
        let log = log(&[("1", &rows)]);
        let calendars = Calendars::of(&log);
        let calendar = calendars.of_resource(0).unwrap();
        let at = |minutes: i64| MONDAY + minutes * MINUTE;
        let working = |from: i64, to: i64| calendar.working(at(from), at(to)) / MINUTE;
        assert_eq!(working(0, 7 * 1440), 5 * 7 * 60, "35 hours a week");
        assert_eq!(working(1020, 1440 + 540), 0, "the night");
        assert_eq!(working(5 * 1440, 7 * 1440), 0, "the weekend");
        assert_eq!(working(600, 1440 + 570), 2 * 60 + 4 * 60 + 30, "to the next morning");
        assert_eq!(working(690, 800), 50, "around noon");
        assert_eq!(calendar.working(at(-5000), at(9000)), calendar.working(at(5080), at(19_080)), "weeks repeat");
    }

    #[test]
    fn a_short_log_has_no_calendar() {
        let log = log(&[("1", &[("A", "Ana", 0, 10), ("B", "Ana", 700, 800)])]);
        assert!(Calendars::of(&log).of_resource(0).is_none());
    }
}
