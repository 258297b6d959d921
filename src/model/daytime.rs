//! When in the day work is done, and where on the globe: working hours by the clock on the wall, and how far that clock
//! is ahead of UTC.
//!
//! Every type prints a text that its own parser reads back to the same value. Days of the week and the change to summer
//! time are left out: hours are those of a working day, and an offset holds for the season that is looked at.

use std::fmt;
use std::str::FromStr;

use super::quantity::QuantityError;

/// Minutes of a day.
const DAY: i32 = 24 * 60;
/// Minutes that a clock may be ahead of UTC or behind it at most: Kiribati is 14 hours ahead.
const FARTHEST: i32 = 14 * 60;

fn wrong(text: &str, expected: &'static str) -> QuantityError {
    QuantityError { text: text.trim().to_owned(), expected }
}

/// Hours of a working day by the clock on the wall: from a minute up to, but without, another.
///
/// An end before the beginning lies on the next day (a night shift); an end at the beginning is work around the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WorkingHours {
    /// Minutes after midnight, 0 to 1439.
    from: u16,
    /// Minutes after midnight, 0 to 1439.
    to: u16,
}

impl WorkingHours {
    /// Minutes a day.
    pub fn minutes(self) -> u32 {
        let length = (i32::from(self.to) - i32::from(self.from)).rem_euclid(DAY);
        if length == 0 { DAY.unsigned_abs() } else { length.unsigned_abs() }
    }

    /// Minutes a day in which both are at work, each by a clock that is so far ahead of UTC.
    pub fn overlap(self, own: UtcOffset, other: Self, others: UtcOffset) -> u32 {
        let start = |hours: Self, offset: UtcOffset| (i32::from(hours.from) - i32::from(offset.0)).rem_euclid(DAY);
        let (a, b) = (start(self, own), start(other, others));
        let (a_end, b_end) = (a + self.minutes() as i32, b + other.minutes() as i32);
        // The other one's day before, the same one and the one after meet this day.
        let shared = |shift: i32| (a_end.min(b_end + shift) - a.max(b + shift)).max(0);
        ([-DAY, 0, DAY].map(shared).iter().sum::<i32>()).unsigned_abs()
    }
}

impl fmt::Display for WorkingHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(f, "{:02}:{:02} to {:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

impl FromStr for WorkingHours {
    type Err = QuantityError;

    /// `08:00 to 16:30`, `8-16:30`, `8.30 – 17 h`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || wrong(text, "hours of a day such as 08:00 to 16:30");
        let plain = text.replace(['–', '—'], "-").replace(" to ", "-");
        let (from, to) = plain.split_once('-').ok_or_else(fail)?;
        let (from, to) = (minute_of_day(from).ok_or_else(fail)?, minute_of_day(to).ok_or_else(fail)?);
        Ok(Self { from: from % DAY as u16, to: to % DAY as u16 })
    }
}

/// Minutes after midnight of a time such as `8`, `8:30`, `08.30` or `24:00`.
fn minute_of_day(text: &str) -> Option<u16> {
    let text = text.trim();
    let text = text.strip_suffix('h').unwrap_or(text).trim();
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u16>().ok())?;
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= DAY as u16 && hours <= 24).then_some(hours * 60 + minutes)
}

/// How many minutes a clock on the wall is ahead of UTC, at most 14 hours either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcOffset(i16);

impl UtcOffset {
    /// Minutes ahead of UTC; negative to the west of it.
    pub fn minutes(self) -> i16 {
        self.0
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let minutes = self.0.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl FromStr for UtcOffset {
    type Err = QuantityError;

    /// `+01:00`, `UTC+1`, `-3:30`, `0`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || wrong(text, "hours ahead of UTC such as +01:00 or -3:30");
        let plain = text.trim().to_uppercase().replace('−', "-");
        let plain = ["UTC", "GMT"].iter().find_map(|name| plain.strip_prefix(name)).unwrap_or(&plain).trim();
        let (sign, time) = match plain.strip_prefix('-') {
            Some(west) => (-1, west),
            None => (1, plain.strip_prefix('+').unwrap_or(plain)),
        };
        // The bare name of the zone.
        let minutes = if time.is_empty() && text.trim().len() == 3 { Some(0) } else { minute_of_day(time) };
        let minutes = sign * i32::from(minutes.ok_or_else(fail)?);
        if minutes.abs() > FARTHEST {
            return Err(fail());
        }
        i16::try_from(minutes).map(Self).map_err(|_| fail())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(text: &str) -> WorkingHours {
        text.parse().unwrap()
    }

    fn offset(text: &str) -> UtcOffset {
        text.parse().unwrap()
    }

    #[test]
    fn hours_are_read_in_the_usual_writings_and_print_what_they_read() {
        for (text, printed, minutes) in [
            ("08:00 to 16:30", "08:00 to 16:30", 510),
            ("8–16.30", "08:00 to 16:30", 510),
            ("8 h - 17 h", "08:00 to 17:00", 540),
            ("22:00 to 06:00", "22:00 to 06:00", 480),
            ("0:00 to 24:00", "00:00 to 00:00", 1440),
        ] {
            let read = hours(text);
            assert_eq!((read.to_string().as_str(), read.minutes()), (printed, minutes), "{text}");
            assert_eq!(hours(printed), read);
        }
        for text in
            ["", "8", "8 to", "25:00 to 26:00", "8:75 to 9:00", "24:30 to 3", "a to b", "+8 to 9", "99999999 - 3"]
        {
            assert!(text.parse::<WorkingHours>().is_err(), "{text}");
        }
    }

    #[test]
    fn offsets_are_read_in_the_usual_writings_and_print_what_they_read() {
        for (text, printed) in [
            ("+01:00", "+01:00"),
            ("UTC+1", "+01:00"),
            ("utc", "+00:00"),
            ("0", "+00:00"),
            ("-3:30", "-03:30"),
            ("−8", "-08:00"),
            ("5.45", "+05:45"),
        ] {
            assert_eq!(offset(text).to_string(), printed, "{text}");
            assert_eq!(offset(printed), offset(text));
        }
        for text in ["", "+", "+15", "-14:01", "noon", "UTC+"] {
            assert!(text.parse::<UtcOffset>().is_err(), "{text}");
        }
    }

    #[test]
    fn overlaps_follow_the_globe_and_the_night() {
        let day = hours("09:00 to 17:00");
        let (lisbon, berlin, york, tokyo) = (offset("0"), offset("+1"), offset("-5"), offset("+9"));
        assert_eq!(day.overlap(lisbon, day, lisbon), 480);
        assert_eq!(day.overlap(lisbon, day, berlin), 420);
        assert_eq!(day.overlap(berlin, day, york), 120);
        assert_eq!(day.overlap(york, day, berlin), 120);
        assert_eq!(day.overlap(berlin, day, tokyo), 0);
        assert_eq!(hours("22:00 to 06:00").overlap(lisbon, hours("05:00 to 13:00"), lisbon), 60);
        assert_eq!(hours("00:00 to 24:00").overlap(lisbon, day, tokyo), 480);
        let around = hours("00:00 to 24:00");
        assert_eq!(around.overlap(lisbon, around, tokyo), 1440);
        // Each begins before the other ends: they meet twice a day.
        assert_eq!(hours("08:00 to 20:00").overlap(lisbon, hours("18:00 to 10:00"), lisbon), 240);
    }
}
