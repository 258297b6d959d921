//! Numbers and lists as an owner reads them: three significant digits, percent, names joined.

use crate::model::{Document, ElementRef};

/// A number with at most three significant digits: `0.96`, `38.4`, `1,230`.
///
/// Whole thousands keep all their digits' places, grouped by commas.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "∞".to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = value.abs().log10().floor() as i32;
    // Three digits and where the point stands; writing an integer is a tenth of the work of writing a float.
    let digits = (value.abs() / 10f64.powi(magnitude - 2)).round() as u64;
    let sign = if value < 0.0 { "-" } else { "" };
    match magnitude - 2 {
        zeros @ 0..=15 => format!("{sign}{}", grouped(&(digits * 10u64.pow(zeros.unsigned_abs())).to_string())),
        places @ -6..=-1 => {
            let places = places.unsigned_abs();
            let (whole, rest) = (digits / 10u64.pow(places), digits % 10u64.pow(places));
            let rest = format!("{rest:0width$}", width = places as usize);
            match rest.trim_end_matches('0') {
                "" => format!("{sign}{whole}"),
                rest => format!("{sign}{whole}.{rest}"),
            }
        }
        // Smaller or larger than anything that happens in a firm: six places, or all digits.
        _ => {
            let text = format!("{value:.6}");
            let text = text.trim_end_matches('0').trim_end_matches('.');
            if text.trim_start_matches('-') == "0" { "0".to_owned() } else { grouped(text) }
        }
    }
}

/// A share as percent: `96 %`, `0.4 %`.
pub fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0))
}

/// A count and its noun: `1 step`, `3 steps`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(&number.to_string())) }
}

/// A number and its noun, in the singular for one: `1 case`, `0.5 cases`, `38.4 cases`.
pub fn amount(value: f64, one: &str, many: &str) -> String {
    let number = number(value);
    let noun = if number == "1" { one } else { many };
    format!("{number} {noun}")
}

/// How often something comes up, from its cases a week: `38.4 cases a week`, `1 case a week`, `4 cases a year`.
pub fn cases(per_week: f64) -> String {
    const WEEKS_A_YEAR: f64 = 52.0;
    match per_week < 1.0 {
        true => format!("{} a year", amount(per_week * WEEKS_A_YEAR, "case", "cases")),
        false => format!("{} a week", amount(per_week, "case", "cases")),
    }
}

/// Texts joined as in a sentence, the surplus counted: `A, B and C`, `A, B, C and 4 others`.
pub fn joined<S: AsRef<str>>(texts: &[S]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<&str> = texts.iter().take(SHOWN).map(AsRef::as_ref).collect();
    let surplus = texts.len().saturating_sub(SHOWN);
    if surplus > 0 {
        return format!("{} and {surplus} {}", shown.join(", "), if surplus == 1 { "other" } else { "others" });
    }
    match shown.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

/// Name of an element in quotes; its kind where it has no name: `“Grant refund”`, `a gateway`.
pub fn quoted(document: &Document, element: impl Into<ElementRef>) -> String {
    let element = element.into();
    match document.name_of(element) {
        "" => format!("a nameless {}", element.kind().word()),
        name => format!("“{}”", in_one_line(name)),
    }
}

/// Name of an element; its kind where it has none: `Ana Costa`, `a role`.
pub fn named(document: &Document, element: impl Into<ElementRef>) -> String {
    let element = element.into();
    match document.name_of(element) {
        "" => format!("a nameless {}", element.kind().word()),
        name => in_one_line(name),
    }
}

/// A name in one line: drawings break long names.
fn in_one_line(name: &str) -> String {
    if name.contains(['\n', '\r', '\t']) {
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        name.to_owned()
    }
}

/// Names of elements in quotes, joined.
pub fn quoted_list(document: &Document, elements: impl IntoIterator<Item = impl Into<ElementRef>>) -> String {
    let names: Vec<_> = elements.into_iter().map(|element| quoted(document, element)).collect();
    joined(&names)
}

/// Names of elements, joined.
pub fn named_list(document: &Document, elements: impl IntoIterator<Item = impl Into<ElementRef>>) -> String {
    let names: Vec<_> = elements.into_iter().map(|element| named(document, element)).collect();
    joined(&names)
}

fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, rest) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    match rest {
        Some(rest) => format!("{sign}{out}.{rest}"),
        None => format!("{sign}{out}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_significant_digits() {
        for (value, text) in [
            (0.0, "0"),
            (0.96, "0.96"),
            (0.4888888, "0.489"),
            (17.1111, "17.1"),
            (38.4, "38.4"),
            (40.0, "40"),
            (99.96, "100"),
            (1234.5, "1,230"),
            (1_234_567.0, "1,230,000"),
            (-2.5, "-2.5"),
            (0.00412, "0.00412"),
            (-1_005.0, "-1,010"),
            (0.000_04, "0.00004"),
            (-0.000_000_04, "0"),
            (1e20, "100,000,000,000,000,000,000"),
            (f64::INFINITY, "∞"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(percent(0.96), "96 %");
    }

    #[test]
    fn one_is_one_and_what_is_rare_is_counted_by_the_year() {
        assert_eq!(
            (amount(1.0, "level", "levels"), amount(0.5, "hour", "hours")),
            ("1 level".into(), "0.5 hours".into())
        );
        let told = [38.4, 1.0, 4.0 / 52.0, 1.0 / 52.0].map(cases);
        assert_eq!(told, ["38.4 cases a week", "1 case a week", "4 cases a year", "1 case a year"]);
    }

    #[test]
    fn lists_read_like_a_sentence() {
        assert_eq!(joined(&["A"]), "A");
        assert_eq!(joined(&["A", "B", "C"]), "A, B and C");
        assert_eq!(joined(&["A", "B", "C", "D", "E"]), "A, B, C, D and 1 other");
        assert_eq!(count(1, "step", "steps"), "1 step");
        assert_eq!(count(2000, "step", "steps"), "2,000 steps");
    }
}
