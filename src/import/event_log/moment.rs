//! Points in time as logs write them.
//!
//! Read are dates with or without a time of day: `2023-02-09T08:05:04.420`, `2011-01-01 07:00:00+02:00`,
//! `2017/01/02 11:41`, `02.01.2017 11:41:53`, `1/2/2017 2:05 PM`, and whole seconds or milliseconds since 1970. Whether the
//! day or the month comes first in the last form but one is settled for a whole file: see [`Order`].

use jiff::civil::{DateTime, date, time};

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Milliseconds since 1970 in UTC; where no zone is stated, the clock is taken for that of UTC.
    pub millis: i64,
    /// How far the stated zone is ahead of UTC, in minutes.
    pub offset: Option<i32>,
}

/// What a date such as 1/2/2017 means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// The first of February.
    #[default]
    DayFirst,
    /// The second of January.
    MonthFirst,
}

/// What was expected where a text is no point in time.
pub(super) const EXPECTED: &str = "a date and time such as 2023-02-09T08:05:04 or 09.02.2023 08:05";

/// Reads a point in time.
pub(super) fn read(text: &str, order: Order) -> Option<Moment> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    if let Some(moment) = since_1970(text) {
        return Some(moment);
    }
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = (text.get(..end)?, text.get(end..)?);
    let (year, month, day) = date_of(day, order)?;
    let (clock, zone) = zoned(rest.trim_start_matches(['T', 't', ' ']).trim());
    let offset = match zone {
        "" => None,
        zone => Some(offset_of(zone)?),
    };
    let (hour, minute, second, nano) = clock_of(clock)?;
    let valid = jiff::civil::Date::new(year, month, day).is_ok() && hour < 24 && minute < 60 && second < 60;
    let at = valid.then(|| DateTime::from_parts(date(year, month, day), time(hour, minute, second, nano)))?;
    let local = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond();
    Some(Moment { millis: local - i64::from(offset.unwrap_or(0)) * 60_000, offset })
}

/// Which of two numbers before the year is the day: by a file's texts, the one that is above 12 in some. None where they
/// do not tell.
pub(super) fn order_of<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Order> {
    for text in texts {
        let mut parts = text.trim().split(['/', '.', '-']).map(|part| part.parse::<u32>());
        if let (Some(Ok(first)), Some(Ok(second))) = (parts.next(), parts.next())
            && first <= 31
        {
            if first > 12 {
                return Some(Order::DayFirst);
            }
            if second > 12 {
                return Some(Order::MonthFirst);
            }
        }
    }
    None
}

/// Whether a text is a date of which the texts alone do not tell which number is the day.
pub(super) fn is_ambiguous(text: &str) -> bool {
    text.trim().split_once('/').is_some_and(|(first, _)| first.len() <= 2)
}

fn since_1970(text: &str) -> Option<Moment> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let millis = match text.len() {
        10 => number.checked_mul(1000)?,
        13 => number,
        _ => return None,
    };
    Some(Moment { millis, offset: None })
}

fn date_of(text: &str, order: Order) -> Option<(i16, i8, i8)> {
    let mark = ['-', '/', '.'].into_iter().find(|mark| text.contains(*mark))?;
    let parts: Vec<&str> = text.split(mark).collect();
    let &[a, b, c] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<i8>().ok();
    let year = |part: &str| (part.len() == 4).then(|| part.parse::<i16>().ok()).flatten();
    if let Some(year) = year(a) {
        return Some((year, number(b)?, number(c)?));
    }
    let year = year(c)?;
    // With points the day is always first.
    match order {
        Order::MonthFirst if mark != '.' => Some((year, number(a)?, number(b)?)),
        _ => Some((year, number(b)?, number(a)?)),
    }
}

/// A time of day and the zone behind it.
fn zoned(text: &str) -> (&str, &str) {
    let place = text.find(['+', '-', 'Z', 'z']).or_else(|| text.find("UTC"));
    let (clock, zone) = place.map_or((text, ""), |place| text.split_at(place));
    (clock.trim(), zone.trim())
}

fn offset_of(zone: &str) -> Option<i32> {
    if zone.eq_ignore_ascii_case("z") || zone == "UTC" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.get(1..)?.chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..)?.parse::<i32>().ok()?),
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn clock_of(text: &str) -> Option<(i8, i8, i8, i32)> {
    if text.is_empty() {
        return Some((0, 0, 0, 0));
    }
    let lower = text.to_ascii_lowercase();
    let (digits, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim().to_owned(), Some(0)),
        (_, Some(rest)) => (rest.trim().to_owned(), Some(12)),
        _ => (lower, None),
    };
    let mut parts = digits.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let (second, fraction) = parts.next().unwrap_or("0").split_once(['.', ',']).unwrap_or((digits_of(&digits), ""));
    if parts.next().is_some() || hour < 0 || minute < 0 {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
    };
    Some((hour, minute, second.parse().ok().filter(|second| *second >= 0)?, nanos(fraction)?))
}

/// The seconds of a time of day without a fraction.
fn digits_of(clock: &str) -> &str {
    clock.split(':').nth(2).unwrap_or("0")
}

fn nanos(fraction: &str) -> Option<i32> {
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nine: String = fraction.chars().chain(std::iter::repeat('0')).take(9).collect();
    nine.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> Option<String> {
        let moment = read(text, Order::DayFirst)?;
        jiff::Timestamp::from_millisecond(moment.millis).ok().map(|time| time.to_string())
    }

    #[test]
    fn usual_forms_are_read() {
        for (text, expected) in [
            ("2023-02-09T08:05:04.420", "2023-02-09T08:05:04.42Z"),
            ("2011-01-01T07:00:00+02:00", "2011-01-01T05:00:00Z"),
            ("2011-01-01 07:00:00.000-0130", "2011-01-01T08:30:00Z"),
            ("2017-01-02T11:41:53Z", "2017-01-02T11:41:53Z"),
            ("2017/01/02 11:41", "2017-01-02T11:41:00Z"),
            ("02.01.2017 11:41:53", "2017-01-02T11:41:53Z"),
            ("2/1/2017 2:05 PM", "2017-01-02T14:05:00Z"),
            ("2/1/2017 12:05am", "2017-01-02T00:05:00Z"),
            ("2017-01-02", "2017-01-02T00:00:00Z"),
            ("1483357313", "2017-01-02T11:41:53Z"),
            ("1483357313000", "2017-01-02T11:41:53Z"),
        ] {
            assert_eq!(utc(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(read("1/2/2017", Order::MonthFirst), read("2.1.2017", Order::MonthFirst));
        assert_eq!(read("2011-01-01T07:00:00+02:00", Order::DayFirst).and_then(|moment| moment.offset), Some(120));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "soon",
            "2017-13-01",
            "2017-02-30 10:00",
            "25:00",
            "2017-01-02 25:00",
            "1.2.17",
            "2017-01-02T11:41:53+99:00",
            "-",
            "2017-01-02 13:00 PM",
            "2017-01-02 10",
            "99999999999999999999",
        ] {
            assert_eq!(utc(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_tells_which_number_is_the_day() {
        assert_eq!(order_of(["1/2/2017", "3/25/2017"].into_iter()), Some(Order::MonthFirst));
        assert_eq!(order_of(["1/2/2017", "25/3/2017"].into_iter()), Some(Order::DayFirst));
        assert_eq!(order_of(["1/2/2017", "2017-25-01", "x"].into_iter()), None);
        assert!(is_ambiguous("1/2/2017 10:00") && !is_ambiguous("2017/01/02") && !is_ambiguous("1.2.2017"));
    }
}
