//! What a field of a record is, as data.

use crate::model::*;

/// A field of a record of type `R`.
pub(super) struct Field<R> {
    /// Its label.
    pub(super) name: &'static str,
    /// One sentence about it, with an example.
    pub(super) help: &'static str,
    /// How it is read and written.
    pub(super) kind: FieldKind<R>,
}

/// How a field is read and written.
pub(super) enum FieldKind<R> {
    /// A line of text, perhaps with a meaning that is checked.
    Line { read: fn(&R) -> String, write: fn(&mut R, &str) -> Result<(), String>, hint: &'static str },
    /// Several lines of text.
    Lines { read: fn(&R) -> String, write: fn(&mut R, &str) },
    /// Yes or no.
    Flag { read: fn(&R) -> bool, write: fn(&mut R, bool) },
    /// One of a few words, or nothing.
    Choice {
        options: &'static [&'static str],
        read: fn(&R) -> Option<usize>,
        write: fn(&mut R, Option<usize>),
        required: bool,
    },
    /// Another element, or nothing.
    Reference {
        candidates: fn(&Document) -> Vec<ElementRef>,
        read: fn(&R) -> Option<ElementRef>,
        write: fn(&mut R, Option<ElementRef>),
    },
    /// Several other elements.
    References {
        candidates: fn(&Document) -> Vec<ElementRef>,
        read: fn(&R) -> Vec<ElementRef>,
        write: fn(&mut R, Vec<ElementRef>),
    },
}

/// Reads a text that may be empty as an optional value.
pub(super) fn optional<T: std::str::FromStr<Err = QuantityError>>(text: &str) -> Result<Option<T>, String> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|error: QuantityError| format!("{error}.")),
    }
}

/// Reads a number that may be empty, in a range, with a unit that may follow it.
pub(super) fn number(text: &str, unit: &str, low: f64, high: f64) -> Result<Option<f64>, String> {
    let trimmed = text.trim();
    let trimmed = trimmed.strip_suffix(unit).unwrap_or(trimmed).trim();
    if trimmed.is_empty() {
        return Ok(None);
    }
    match trimmed.replace(',', ".").parse::<f64>() {
        Ok(number) if (low..=high).contains(&number) => Ok(Some(number)),
        _ => Err(format!("“{text}” is not a number from {low} to {high}.")),
    }
}

/// Reads a share as percent or as a fraction; none for an empty text.
pub(super) fn share(text: &str) -> Result<Option<f64>, String> {
    let percent = text.trim().ends_with('%');
    let value = number(text, "%", 0.0, 100.0)?;
    Ok(value.map(|value| if percent || value > 1.0 { value / 100.0 } else { value }))
}

/// Prints a share as percent.
pub(super) fn share_text(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| format!("{} %", (share * 1000.0).round() / 10.0))
}

/// Prints an optional value, or nothing.
pub(super) fn shown<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// The lines of a text that are not empty.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// All elements of a kind.
pub(super) fn all<E: Element>(document: &Document) -> Vec<ElementRef> {
    E::table(document).ids().map(Into::into).collect()
}

/// Everybody who can perform work or hold rights.
pub(super) fn actors(document: &Document) -> Vec<ElementRef> {
    let mut found = all::<Role>(document);
    found.extend(all::<Unit>(document));
    found.extend(all::<External>(document));
    found.extend(all::<System>(document));
    found.extend(all::<Body>(document));
    found
}

/// Roles and people: those who can stand in.
pub(super) fn deputies(document: &Document) -> Vec<ElementRef> {
    let mut found = all::<Role>(document);
    found.extend(all::<Person>(document));
    found
}

/// Roles and units: where knowledge can be.
pub(super) fn loci(document: &Document) -> Vec<ElementRef> {
    let mut found = all::<Role>(document);
    found.extend(all::<Unit>(document));
    found
}

/// The measures of a unit or role, one a line: `name: target`.
pub(super) fn kpi_text(kpis: &[Kpi]) -> String {
    let line =
        |kpi: &Kpi| if kpi.target.is_empty() { kpi.name.clone() } else { format!("{}: {}", kpi.name, kpi.target) };
    kpis.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The measures that a text names.
pub(super) fn kpis(text: &str) -> Vec<Kpi> {
    let kpi = |line: String| match line.split_once(':') {
        Some((name, target)) => Kpi { name: name.trim().to_owned(), target: target.trim().to_owned() },
        None => Kpi { name: line, target: String::new() },
    };
    lines(text).into_iter().map(kpi).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_percent_or_fraction() {
        assert_eq!(share("50 %"), Ok(Some(0.5)));
        assert_eq!(share("0,5"), Ok(Some(0.5)));
        assert_eq!(share("80"), Ok(Some(0.8)));
        assert_eq!(share("  "), Ok(None));
        assert!(share("140 %").is_err());
        assert_eq!(share_text(Some(0.125)), "12.5 %");
    }

    #[test]
    fn measures_keep_their_target() {
        let read = kpis("Waste: below 4 %\nQueue");
        assert_eq!(kpi_text(&read), "Waste: below 4 %\nQueue");
        assert_eq!(read.first().map(|kpi| kpi.target.as_str()), Some("below 4 %"));
    }
}
