//! Texts of fields and what they mean, both ways.

use crate::model::*;

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

/// A value without a unit, or nothing.
pub(super) fn whole_text<T: std::fmt::Display + Copy>(value: &Option<T>) -> String {
    shown(*value)
}

/// Hours, or nothing.
pub(super) fn number_text(value: &Option<f64>) -> String {
    shown(*value)
}

pub(super) fn level(text: &str) -> Result<Option<u8>, String> {
    Ok(number(text, "", 0.0, 50.0)?.map(|number| number as u8))
}

pub(super) fn quorum(text: &str) -> Result<Option<u32>, String> {
    Ok(number(text, "", 0.0, 1000.0)?.map(|number| number as u32))
}

pub(super) fn months(text: &str) -> Result<Option<u32>, String> {
    Ok(number(text, "months", 1.0, 1200.0)?.map(|number| number as u32))
}

pub(super) fn hours(text: &str) -> Result<Option<f64>, String> {
    number(text, "h", 0.0, 168.0)
}

pub(super) fn substitutes_text(substitutes: Option<&[String]>) -> String {
    match substitutes {
        None => String::new(),
        Some([]) => "none".to_owned(),
        Some(list) => list.join("\n"),
    }
}

pub(super) fn substitutes(text: &str) -> Option<Vec<String>> {
    match text.trim() {
        "" => None,
        "none" => Some(Vec::new()),
        text => Some(lines(text)),
    }
}

pub(super) fn date(text: &str) -> Result<Option<Date>, String> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| format!("“{text}” is not a day such as 2027-06-30.")),
    }
}

pub(super) fn absences_text(absences: &[Absence]) -> String {
    absences.iter().map(|absence| format!("{} to {}", absence.from, absence.to)).collect::<Vec<_>>().join("; ")
}

pub(super) fn absences(text: &str) -> Result<Vec<Absence>, String> {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (from, to) = part.split_once(" to ").unwrap_or((part, part));
            match (date(from)?, date(to)?) {
                (Some(from), Some(to)) if from <= to => Ok(Absence { from, to }),
                _ => Err(format!("“{part}” ends before it begins.")),
            }
        })
        .collect()
}

const SKILL_LEVELS: [(SkillLevel, &str); 3] =
    [(SkillLevel::Learning, "learning"), (SkillLevel::Capable, "capable"), (SkillLevel::Expert, "expert")];

pub(super) fn skills_text(skills: &[Skill]) -> String {
    let word = |level: SkillLevel| SKILL_LEVELS.iter().find(|(known, _)| *known == level).map_or("", |(_, word)| word);
    skills.iter().map(|skill| format!("{}: {}", skill.name, word(skill.level))).collect::<Vec<_>>().join("; ")
}

pub(super) fn skills(text: &str) -> Result<Vec<Skill>, String> {
    let parts = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, word) = part.split_once(':').unwrap_or((part, "capable"));
            let level = SKILL_LEVELS.iter().find(|(_, known)| *known == word.trim().to_lowercase());
            let (level, _) = level.ok_or_else(|| format!("“{}” is not learning, capable or expert.", word.trim()))?;
            Ok(Skill { name: name.trim().to_owned(), level: *level })
        })
        .collect()
}

const DUTIES: [(DutyTag, &str); 4] = [
    (DutyTag::Authorise, "authorise"),
    (DutyTag::Custody, "custody"),
    (DutyTag::Record, "record"),
    (DutyTag::Reconcile, "reconcile"),
];

pub(super) fn duties_text(duties: &[DutyTag]) -> String {
    let word = |duty: &DutyTag| DUTIES.iter().find(|(known, _)| known == duty).map_or("", |(_, word)| word);
    duties.iter().map(word).collect::<Vec<_>>().join(", ")
}

pub(super) fn duties(text: &str) -> Result<Vec<DutyTag>, String> {
    let words = text.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let known = DUTIES.iter().find(|(_, known)| *known == word.to_lowercase());
            known
                .map(|(duty, _)| *duty)
                .ok_or_else(|| format!("“{word}” is not authorise, custody, record or reconcile."))
        })
        .collect()
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
