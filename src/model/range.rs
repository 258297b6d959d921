//! Ranges around figures that nobody knows exactly: low, likely, high.
//!
//! A record keeps the likely value where it always was, and beside it a [`Range`] where somebody says how far it may lie
//! off. Invariant, named by the integrity check: low ≤ likely ≤ high, and no range without a likely value. Figures made
//! of them are worked out three times, each time with the same [`Estimate`] of every input: as work, waits and arrivals
//! only ever add to them, that bounds the figure. It is no confidence interval: that all inputs are low at once is rare.

use std::fmt;
use std::str::FromStr;

use super::process::{Process, Step};
use super::quantity::{Minutes, QuantityError, Rate};

/// The least and the most that a figure may be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range<T> {
    /// The least.
    pub low: T,
    /// The most.
    pub high: T,
}

impl<T> Range<T> {
    /// Another range, made of both ends.
    pub fn map<U>(self, change: impl Fn(T) -> U) -> Range<U> {
        Range { low: change(self.low), high: change(self.high) }
    }
}

impl Range<f64> {
    /// Whether both ends are the same but for rounding.
    pub fn is_point(self) -> bool {
        (self.high - self.low).abs() <= 1e-9 * self.high.abs().max(1.0)
    }
}

/// Which of the three values of a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimate {
    /// The low end.
    Low,
    /// The likely value.
    Likely,
    /// The high end.
    High,
}

/// A quantity that can have a range.
pub trait Ranging: Copy + fmt::Display + FromStr<Err = QuantityError> {
    /// What a range of it looks like.
    const EXPECTED: &'static str;
    /// What it is compared by.
    fn size(self) -> f64;
    /// What lies in the middle.
    fn middle(low: Self, high: Self) -> Self;
    /// Writes three of them, in one unit where that is short.
    ///
    /// # Errors
    /// Those of the formatter.
    fn write(f: &mut fmt::Formatter<'_>, values: [Self; 3]) -> fmt::Result;
}

impl Ranging for Minutes {
    const EXPECTED: &'static str = "a range from low over likely to high such as 8–12–20 min";

    fn size(self) -> f64 {
        self.0
    }

    fn middle(low: Self, high: Self) -> Self {
        Self(f64::midpoint(low.0, high.0))
    }

    fn write(f: &mut fmt::Formatter<'_>, values: [Self; 3]) -> fmt::Result {
        let [low, likely, high] = values;
        for (unit, size) in Self::UNITS {
            let tenths = values.map(|minutes| (minutes.0 / size * 10.0).round() / 10.0);
            let is_short = values.iter().zip(tenths).all(|(minutes, tenths)| tenths * size == minutes.0);
            if let [low, likely, high] = tenths
                && is_short
                && high >= 1.0
            {
                return write!(f, "{low}–{likely}–{high} {unit}");
            }
        }
        write!(f, "{}–{}–{} min", low.0, likely.0, high.0)
    }
}

impl Ranging for Rate {
    const EXPECTED: &'static str = "a range from low over likely to high such as 40–60–90 per week";

    fn size(self) -> f64 {
        self.per_week()
    }

    fn middle(low: Self, high: Self) -> Self {
        if low.per == high.per {
            Self { count: f64::midpoint(low.count, high.count), per: low.per }
        } else {
            Self::weekly(f64::midpoint(low.per_week(), high.per_week()))
        }
    }

    fn write(f: &mut fmt::Formatter<'_>, [low, likely, high]: [Self; 3]) -> fmt::Result {
        if low.per == likely.per && high.per == likely.per {
            write!(f, "{}–{}–{} per {}", low.count, likely.count, high.count, likely.per.word())
        } else {
            write!(f, "{low} – {likely} – {high}")
        }
    }
}

/// A likely value with its range, as one text: `12 min`, `8–12–20 min`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranged<T> {
    /// The likely value.
    pub likely: T,
    /// How far it may lie off; none where nobody says.
    pub range: Option<Range<T>>,
}

impl<T: Ranging> Ranged<T> {
    /// The two fields of a record together; none without a likely value.
    pub fn of(likely: Option<T>, range: Option<Range<T>>) -> Option<Self> {
        likely.map(|likely| Self { likely, range })
    }

    /// What the two fields of a record are to be.
    pub fn parts(ranged: Option<Self>) -> (Option<T>, Option<Range<T>>) {
        (ranged.map(|ranged| ranged.likely), ranged.and_then(|ranged| ranged.range))
    }

    /// One of the three values. The ends never lie on the wrong side of the likely value, even in a broken file.
    pub fn at(self, estimate: Estimate) -> T {
        let further = |end: T, is_further: bool| if is_further { end } else { self.likely };
        match (estimate, self.range) {
            (Estimate::Low, Some(range)) => further(range.low, range.low.size() < self.likely.size()),
            (Estimate::High, Some(range)) => further(range.high, range.high.size() > self.likely.size()),
            _ => self.likely,
        }
    }

    /// The three values where they are in order, those of one value without a range.
    fn ordered(low: T, likely: T, high: T) -> Option<Self> {
        let is_ordered = low.size() <= likely.size() && likely.size() <= high.size();
        let range = (low.size() < high.size()).then_some(Range { low, high });
        is_ordered.then_some(Self { likely, range })
    }
}

impl<T: Ranging> fmt::Display for Ranged<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.range {
            Some(Range { low, high }) => T::write(f, [low, self.likely, high]),
            None => self.likely.fmt(f),
        }
    }
}

impl<T: Ranging> FromStr for Ranged<T> {
    type Err = QuantityError;

    /// Reads a single value, `8–12–20 min`, `8-20 min` (the likely value lies in the middle) and `8 to 20 min, mostly
    /// 12`. A number without a unit has that of the next one.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let fail = || QuantityError { text: text.trim().to_owned(), expected: T::EXPECTED };
        let lower = text.trim().to_lowercase();
        let (ends, stated) = split_stated(&lower);
        let ends = ends.replace(" to ", "–").replace(['-', '—', '−'], "–");
        let mut parts: Vec<&str> = ends.split('–').map(str::trim).collect();
        let count = parts.len();
        parts.extend(stated);
        if parts.len() == 1 || parts.iter().any(|part| part.is_empty()) {
            return Ok(Self { likely: text.parse()?, range: None });
        }
        let values: Result<Vec<T>, QuantityError> =
            (0..parts.len()).map(|place| with_unit(&parts, place).parse().map_err(|_| fail())).collect();
        let ordered = match (values?.as_slice(), count) {
            ([low, high], 2) => Self::ordered(*low, T::middle(*low, *high), *high),
            ([low, likely, high], 3) | ([low, high, likely], 2) => Self::ordered(*low, *likely, *high),
            _ => None,
        };
        ordered.ok_or_else(fail)
    }
}

/// `8 to 20 min, mostly 12`: the ends, and the likely value where it stands by itself.
fn split_stated(text: &str) -> (&str, Option<&str>) {
    const WORDS: [&str; 6] = ["most likely", "mostly", "usually", "typically", "normally", "likely"];
    let Some((ends, stated)) = WORDS.iter().find_map(|word| text.split_once(word)) else { return (text, None) };
    (ends.trim_end_matches([',', ';', '(', ' ']), Some(stated.trim_matches([':', ')', ' '])))
}

/// A part of a range; a bare number with the unit of the next part that has one, else of the last before.
fn with_unit(parts: &[&str], place: usize) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let unit =
        |part: &&str| part.trim_start_matches(is_digit).split(is_digit).next().unwrap_or_default().trim().to_owned();
    let (before, from) = parts.split_at(place.min(parts.len()));
    let own = from.first().copied().unwrap_or_default();
    if !own.trim_start_matches(is_digit).is_empty() {
        return own.to_owned();
    }
    let others = from.iter().chain(before.iter().rev());
    let found = others.map(unit).find(|unit| !unit.is_empty()).unwrap_or_default();
    format!("{own} {found}").trim_end().to_owned()
}

impl Step {
    /// Work per case with its range.
    pub fn ranged_work(&self) -> Option<Ranged<Minutes>> {
        Ranged::of(self.work, self.work_range)
    }

    /// Waiting per case with its range.
    pub fn ranged_wait(&self) -> Option<Ranged<Minutes>> {
        Ranged::of(self.wait, self.wait_range)
    }
}

impl Process {
    /// Cases that arrive, with their range.
    pub fn ranged_cases(&self) -> Option<Ranged<Rate>> {
        Ranged::of(self.cases, self.cases_range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(text: &str) -> (f64, Option<(f64, f64)>, String) {
        let read: Ranged<Minutes> = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        let again: Ranged<Minutes> = read.to_string().parse().unwrap();
        assert_eq!(again, read, "{text} is written as {read}");
        (read.likely.0, read.range.map(|range| (range.low.0, range.high.0)), read.to_string())
    }

    #[test]
    fn ranges_are_read_in_the_usual_writings() {
        let eight_to_twenty = (12.0, Some((8.0, 20.0)), "8–12–20 min".to_owned());
        for text in [
            "8–12–20 min",
            "8-12-20 min",
            "8 - 12 - 20",
            "8 min – 12 min – 20 min",
            "8 to 20 min, mostly 12",
            "8 to 20 min (mostly 12)",
            "8–20 min, most likely 12 min",
            "8 TO 20 MIN; usually: 12",
            "8 to 12 to 20 minutes",
        ] {
            assert_eq!(minutes(text), eight_to_twenty, "{text}");
        }
        assert_eq!(minutes("8-20 min"), (14.0, Some((8.0, 20.0)), "8–14–20 min".to_owned()));
        assert_eq!(minutes("12 min"), (12.0, None, "12 min".to_owned()));
        assert_eq!(minutes("12"), (12.0, None, "12 min".to_owned()));
        assert_eq!(minutes("5-5 min"), (5.0, None, "5 min".to_owned()), "no range at all");
    }

    #[test]
    fn units_follow_the_numbers_before_them_and_are_chosen_for_all_three() {
        assert_eq!(minutes("1–2–4 h"), (120.0, Some((60.0, 240.0)), "1–2–4 h".to_owned()));
        assert_eq!(minutes("30 min – 1 h – 2 h"), (60.0, Some((30.0, 120.0)), "0.5–1–2 h".to_owned()));
        assert_eq!(minutes("45 min to 2 h, mostly 1"), (60.0, Some((45.0, 120.0)), "45–60–120 min".to_owned()));
        assert_eq!(minutes("0,5–1–2 d").2, "0.5–1–2 d");
        assert_eq!(minutes("0–10–20 min").1, Some((0.0, 20.0)));
        assert_eq!(minutes("10–20–40 s").2.parse::<Ranged<Minutes>>().unwrap().likely, Minutes(20.0 / 60.0));
    }

    #[test]
    fn what_is_no_range_says_what_one_looks_like() {
        let error = |text: &str| text.parse::<Ranged<Minutes>>().unwrap_err().to_string();
        assert_eq!(error("soon"), "“soon” is not a duration such as 6 min, 1.5 h or 2 days");
        for text in ["20–8 min", "8–20–12 min", "8 to 20 min, mostly 30", "1–2–3–4 min", "8 to soon", "8 min, mostly 9"]
        {
            let expected = format!("“{text}” is not {}", Minutes::EXPECTED);
            assert_eq!(error(text), expected);
        }
        for text in ["-5 min", "8–", "", "8 to 20 min, mostly"] {
            assert!(text.parse::<Ranged<Minutes>>().is_err(), "{text}");
        }
    }

    #[test]
    fn rates_have_ranges_too() {
        let read: Ranged<Rate> = "40–60–90 per week".parse().unwrap();
        assert_eq!((read.likely, read.range.unwrap().high), (Rate::weekly(60.0), Rate::weekly(90.0)));
        assert_eq!(read.to_string(), "40–60–90 per week");
        let mixed: Ranged<Rate> = "1 per day to 60 per week, mostly 20".parse().unwrap();
        assert_eq!(mixed.to_string(), "1 per day – 20 per week – 60 per week");
        assert_eq!(mixed.to_string().parse::<Ranged<Rate>>().unwrap(), mixed);
        assert_eq!("10 to 20/month".parse::<Ranged<Rate>>().unwrap().to_string(), "10–15–20 per month");
        assert!("90–60 per week".parse::<Ranged<Rate>>().is_err());
    }

    #[test]
    fn ends_never_lie_on_the_wrong_side() {
        let broken = Ranged { likely: Minutes(12.0), range: Some(Range { low: Minutes(20.0), high: Minutes(8.0) }) };
        assert_eq!([Estimate::Low, Estimate::Likely, Estimate::High].map(|estimate| broken.at(estimate).0), [12.0; 3]);
        let range = Ranged { range: Some(Range { low: Minutes(8.0), high: Minutes(20.0) }), ..broken };
        assert_eq!(range.at(Estimate::Low), Minutes(8.0));
        assert_eq!(range.at(Estimate::High), Minutes(20.0));
    }
}
