//! Words with a meaning of their own in text that is typed, in the languages of the headings of tables.

use crate::import::headings::folded;

const ANSWERS: &[&str] = &[
    "yes",
    "no",
    "y",
    "n",
    "ok",
    "else",
    "otherwise",
    "ja",
    "nein",
    "sonst",
    "andernfalls",
    "oui",
    "non",
    "sinon",
    "si",
    "true",
    "false",
];
const AND: &[&str] = &[
    "and",
    "atthesametime",
    "meanwhile",
    "parallel",
    "und",
    "zugleich",
    "gleichzeitig",
    "et",
    "enmemetemps",
    "y tambien",
];
const START: &[&str] = &["start", "begin", "beginn", "anfang", "debut", "inicio"];
const END: &[&str] = &["end", "stop", "ende", "fin", "finish"];
const BACK: &[&str] = &["back to ", "go back to ", "go to ", "zurück zu ", "weiter mit ", "retour à ", "volver a "];
const VACANT: &[&str] = &["vacant", "vakant", "unbesetzt", "open", "offen", "nn", "tbd", "vacante", "0"];

/// Whether a word answers a question: yes, no, otherwise.
pub fn is_answer(text: &str) -> bool {
    ANSWERS.contains(&folded(text).as_str())
}

/// Whether a word says that branches run at the same time.
pub fn is_and(text: &str) -> bool {
    matches!(text.trim(), "+" | "&") || AND.contains(&folded(text).as_str())
}

/// Whether a word stands for a start event.
pub fn is_start(text: &str) -> bool {
    START.contains(&folded(text).as_str())
}

/// Whether a word stands for an end event.
pub fn is_end(text: &str) -> bool {
    END.contains(&folded(text).as_str())
}

/// Whether a word says that nobody holds a role.
pub fn is_vacant(text: &str) -> bool {
    text.trim() == "-" || VACANT.contains(&folded(text).as_str())
}

/// What the flow goes back to: `back to check refund`.
pub fn behind_back_to(text: &str) -> Option<&str> {
    let starts = |start: &&&str| text.get(..start.len()).is_some_and(|beginning| beginning.to_lowercase() == **start);
    let start = BACK.iter().find(starts)?;
    text.get(start.len()..).map(str::trim).filter(|rest| !rest.is_empty())
}

/// The other answer to a question that has one named branch only; empty where it is not known.
pub fn other_answer(text: &str) -> &'static str {
    match folded(text).as_str() {
        "yes" | "y" => "no",
        "no" | "n" => "yes",
        "ja" => "nein",
        "nein" => "ja",
        "oui" => "non",
        "non" => "oui",
        _ => "",
    }
}
