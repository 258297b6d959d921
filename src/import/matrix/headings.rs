//! Usual headings in tables of rights, in English, German, French and Spanish.

use crate::import::headings::folded;
use crate::model::{Currency, DecisionKind};

/// What the names of a table are the names of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SubjectWord {
    /// What is done or decided.
    Subject(DecisionKind),
    /// Who has letters.
    Holder,
}

const DECISIONS: &[&str] = &[
    "decision",
    "decisions",
    "decisiontype",
    "decisionarea",
    "choice",
    "question",
    "matter",
    "topic",
    "contract",
    "subject",
    "entscheidung",
    "entscheidungen",
    "decisionpoint",
    "decisiones",
];
const CONTROLS: &[&str] = &["control", "controls", "check", "checks", "kontrolle", "controle"];
const TASKS: &[&str] = &[
    "activity",
    "activities",
    "task",
    "tasks",
    "tasktype",
    "taskname",
    "event",
    "events",
    "step",
    "steps",
    "process",
    "processes",
    "deliverable",
    "deliverables",
    "resource",
    "resources",
    "responsibility",
    "responsibilities",
    "function",
    "functions",
    "capability",
    "workpackage",
    "item",
    "action",
    "actions",
    "service",
    "aufgabe",
    "aufgaben",
    "aktivitat",
    "aktivitaten",
    "tatigkeit",
    "schritt",
    "tache",
    "taches",
    "activite",
    "activites",
    "actividad",
    "actividades",
    "tarea",
    "tareas",
    "what",
    "was",
];
const HOLDERS: &[&str] = &[
    "team",
    "teams",
    "role",
    "roles",
    "party",
    "parties",
    "stakeholder",
    "stakeholders",
    "who",
    "person",
    "people",
    "body",
    "holder",
    "holders",
    "group",
    "groups",
    "department",
    "unit",
    "assignee",
    "user",
    "rolle",
    "rollen",
    "wer",
    "beteiligte",
    "fonction",
    "qui",
    "rol",
    "quien",
];
const AREAS: &[&str] = &[
    "area",
    "areas",
    "category",
    "phase",
    "stage",
    "domain",
    "theme",
    "workstream",
    "section",
    "bereich",
    "kategorie",
    "domaine",
    "categorie",
    "categoria",
    "subjectarea",
    "processarea",
];
const NUMBERS: &[&str] =
    &["no", "nr", "number", "id", "ref", "reference", "lfdnr", "pos", "numero", "num", "sn", "index"];

/// What a heading says of the names below it.
pub(super) fn corner_word(heading: &str) -> Option<SubjectWord> {
    // “Activity / Role” and “Roles →” say both or point; the first word is what stands below.
    let first = heading.split(['/', '\\', '|', '→']).next().unwrap_or("");
    let word = folded(first);
    let is = |words: &[&str]| words.contains(&word.as_str());
    if is(DECISIONS) {
        Some(SubjectWord::Subject(DecisionKind::Decision))
    } else if is(CONTROLS) {
        Some(SubjectWord::Subject(DecisionKind::Control))
    } else if is(TASKS) {
        Some(SubjectWord::Subject(DecisionKind::Task))
    } else if is(HOLDERS) {
        Some(SubjectWord::Holder)
    } else {
        None
    }
}

/// Whether a column holds the names of lines.
pub(super) fn is_name(heading: &str) -> bool {
    corner_word(heading).is_some()
        || matches!(folded(heading).as_str(), "name" | "title" | "bezeichnung" | "nom" | "nombre")
}

/// Whether a column holds groups of subjects.
pub(super) fn is_area(heading: &str) -> bool {
    AREAS.contains(&folded(heading).as_str())
}

/// Whether a column numbers the lines.
pub(super) fn is_number(heading: &str) -> bool {
    heading.trim() == "#" || NUMBERS.contains(&folded(heading).as_str())
}

/// What a column of a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ListField {
    /// What is decided or done.
    Subject,
    /// Who has the right.
    Holder,
    /// The letters.
    Letters,
    /// Group of the subject.
    Area,
    /// The limit from which it holds, itself excluded.
    Above,
    /// The limit up to which it holds.
    UpTo,
    /// When it holds.
    Condition,
}

const LISTED: &[(ListField, &[&str])] = &[
    (
        ListField::Letters,
        &[
            "letters",
            "letter",
            "raci",
            "rasci",
            "rapid",
            "daci",
            "dare",
            "ovis",
            "crud",
            "right",
            "rights",
            "permission",
            "permissions",
            "access",
            "responsibilitytype",
            "involvement",
            "value",
        ],
    ),
    (ListField::Holder, &["name"]),
    (ListField::Area, AREAS),
    (ListField::Above, &["lowerlimit", "from", "above", "over", "minimum", "min", "lower", "exceeding"]),
    (
        ListField::UpTo,
        &["upperlimit", "upto", "limit", "maximum", "max", "threshold", "upper", "amount", "approvallimit"],
    ),
    (ListField::Condition, &["condition", "conditions", "rule", "when", "casedata", "bedingung"]),
];

/// What a column with this heading may hold, best first.
pub(super) fn list_field(heading: &str) -> Option<ListField> {
    let (word, _) = with_currency(heading);
    match corner_word(heading) {
        Some(SubjectWord::Subject(_)) => return Some(ListField::Subject),
        Some(SubjectWord::Holder) => return Some(ListField::Holder),
        None => {}
    }
    LISTED.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(field, _)| *field)
}

/// A heading without the currency at its end, and that currency: `upper_limit_usd`, `Limit (EUR)`.
pub(super) fn with_currency(heading: &str) -> (String, Option<Currency>) {
    let parts: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if let Some((last, rest)) = parts.split_last()
        && !rest.is_empty()
        && matches!(
            last.to_ascii_lowercase().as_str(),
            "usd" | "eur" | "gbp" | "chf" | "jpy" | "sek" | "nok" | "dkk" | "cad" | "aud"
        )
    {
        return (folded(&rest.concat()), last.parse().ok());
    }
    (folded(heading), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_what_stands_below() {
        assert_eq!(corner_word("Activity / Role"), Some(SubjectWord::Subject(DecisionKind::Task)));
        assert_eq!(corner_word("Team"), Some(SubjectWord::Holder));
        assert_eq!(corner_word(""), None);
        assert_eq!(list_field("upper_limit_usd"), Some(ListField::UpTo));
        assert_eq!(with_currency("upper_limit_usd"), ("upperlimit".to_owned(), Some("USD".parse().unwrap())));
        assert_eq!(with_currency("usd"), ("usd".to_owned(), None));
        assert_eq!(list_field("crud"), Some(ListField::Letters));
        assert_eq!(list_field("Task Type"), Some(ListField::Subject));
    }
}
