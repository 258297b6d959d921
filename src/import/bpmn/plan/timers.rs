//! How long a timer waits, where its definition states a fixed time (ISO 8601, as BPMN 2.0 has it in section 10.5.5.10).
//!
//! A duration of weeks, days, hours, minutes and seconds is fixed: `PT2H`, `P3D`. So is a cycle of such durations, which
//! strikes first when the duration is over: `R/PT10M`. Dates, months and years, whose length depends on when they begin,
//! and expressions are not; they are never guessed at.

use super::Planner;
use crate::import::bpmn::tree::{Event, EventPosition, Node, Trigger};
use crate::model::Minutes;

impl Planner<'_> {
    /// How long an event of the flow, or on a border, waits; none where its timer does not fix it, which is then told.
    pub(super) fn wait(&mut self, node: &Node, event: &Event) -> Option<Minutes> {
        if !matches!(event.position, EventPosition::Catch | EventPosition::Boundary) {
            return None;
        }
        let [only] = event.definitions.as_slice() else { return None };
        if only.trigger != Trigger::Timer || only.text.is_empty() {
            return None;
        }
        let wait = fixed_wait(&only.text);
        if wait.is_none() {
            let named = if node.base.name.is_empty() { &node.base.id } else { &node.base.name };
            self.open_timers.push((named.clone(), only.text.clone()));
        }
        wait
    }
}

/// The time that a text fixes, as a duration or as a cycle of one.
fn fixed_wait(text: &str) -> Option<Minutes> {
    let text = text.trim();
    let duration = match text.strip_prefix(['R', 'r']) {
        Some(cycle) => {
            let (count, duration) = cycle.split_once('/')?;
            Some(duration).filter(|_| count.bytes().all(|byte| byte.is_ascii_digit()))?
        }
        None => text,
    };
    duration_of(duration).map(Minutes)
}

/// The minutes of a duration without years and months.
fn duration_of(text: &str) -> Option<f64> {
    let body = text.strip_prefix(['P', 'p'])?;
    let (days, time) = match body.split_once(['T', 't']) {
        Some((days, time)) => (days, Some(time)),
        None => (body, None),
    };
    let days = sum_of(days, &[('W', 7.0 * 24.0 * 60.0), ('D', 24.0 * 60.0)])?;
    let time =
        time.map(|time| sum_of(time, &[('H', 60.0), ('M', 1.0), ('S', 1.0 / 60.0)]).filter(|_| !time.is_empty()));
    let whole = match time {
        Some(time) => days + time?,
        None => Some(days).filter(|_| !body.is_empty())?,
    };
    Some(whole).filter(|minutes| minutes.is_finite())
}

/// The sum of numbers with a unit behind each, every unit at most once and in their order.
fn sum_of(mut text: &str, units: &[(char, f64)]) -> Option<f64> {
    let (mut sum, mut first) = (0.0, 0);
    while !text.is_empty() {
        let end = text.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, rest) = text.split_at(end);
        let unit = rest.chars().next()?.to_ascii_uppercase();
        let place = units.iter().skip(first).position(|(known, _)| *known == unit)? + first;
        let is_number = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = number.replace(',', ".");
        sum += number.parse::<f64>().ok().filter(|_| is_number(&number))? * units.get(place)?.1;
        first = place + 1;
        text = rest.get(1..)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_durations_are_read() {
        for (text, minutes) in [
            ("PT2H", 120.0),
            ("P3D", 3.0 * 1440.0),
            (" P1W ", 10_080.0),
            ("P1DT1H30M", 1530.0),
            ("PT45S", 0.75),
            ("PT1.5H", 90.0),
            ("PT1,5H", 90.0),
            ("R/PT10M", 10.0),
            ("R3/P1D", 1440.0),
            ("PT0S", 0.0),
        ] {
            assert_eq!(fixed_wait(text), Some(Minutes(minutes)), "{text}");
        }
    }

    #[test]
    fn what_is_not_fixed_is_not_guessed() {
        for text in [
            "P1M",
            "P1Y",
            "2026-03-01T09:00:00",
            "R/2026-03-01/P1D",
            "R3/P1M",
            "${delay}",
            "0 0 9 * * MON",
            "PT",
            "P",
            "P1",
            "PTH",
            "P1DT",
            "PT1M1H",
            "PT1H1H",
            "PT-1H",
            "P1D2",
            "Rx/PT1H",
            "2 days",
            "",
        ] {
            assert_eq!(fixed_wait(text), None, "{text}");
        }
    }
}
