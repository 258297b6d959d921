//! Usual words for letters, for duties and for parties outside, in English, German, French and Spanish.
//!
//! Words are compared as [`folded`]: without case, accents, spaces and punctuation.

use crate::import::headings::folded;
use crate::model::{Duty, ExternalKind};

/// Words that mean the same letter, with the duty that they speak of. A letter belongs to the group that has its name.
const GROUPS: &[(Duty, &str)] = &[
    (
        Duty::Decide,
        "accountable accountability accountablefor answerable answersfor rechenschaftspflichtig gesamtverantwortlich \
         gesamtverantwortung redevable rendidordecuentas",
    ),
    (
        Duty::Do,
        "responsible responsibility responsiblefor resp doesthework doer verantwortlich verantwortung \
         durchfuhrungsverantwortlich durchfuhrung responsable realisateur ejecutor",
    ),
    (
        Duty::Consult,
        "consulted consult consults consulting consultation tobeconsulted konsultiert konsultieren zukonsultieren \
         angehort consulte consultado consultada",
    ),
    (
        Duty::Inform,
        "informed inform informs isinformed information tobeinformed notified notify notifies kept informiert \
         informieren zuinformieren informe informado informada",
    ),
    (
        Duty::Support,
        "supporting support supports supported supporter assists assist assisting assistance helps help unterstutzend \
         unterstutzt unterstutzung soutien apoyo",
    ),
    (Duty::Verify, "verifies verify verified verifier verification checks check checker pruft prueft prufung verifie"),
    (Duty::Verify, "reviews review reviewer reviewed reviewers"),
    (Duty::Agree, "signsoff signoff signedoff signoffs signs sign signatory signature unterschreibt zeichnet"),
    (
        Duty::Decide,
        "approver approves approve approved approval approvers genehmigt genehmigung freigabe approbateur approuve \
         aprueba aprobador",
    ),
    (Duty::Agree, "approvesorvetoes"),
    (Duty::Decide, "decides decide decider decisionmaker entscheidet entscheider entscheidung decideur"),
    (Duty::Prepare, "recommends recommend recommender recommendation empfiehlt empfehlung recommande recomienda"),
    (Duty::Agree, "agrees agree agreement mustagree stimmtzu zustimmung"),
    (
        Duty::Do,
        "performs perform performer executes execute executor execution implements implement implementer carriesout \
         fuhrtaus execute ejecuta",
    ),
    (Duty::Consult, "givesinput input inputs contributor contributes contribute contributing beitrag contribue"),
    (Duty::Prepare, "driver drives drive treiber"),
    (Duty::Consult, "advises advise advisor adviser advisory advice berat beratung conseille"),
    (Duty::Decide, "owns owner owned ownership eigner eigentumer proprietaire propietario"),
    (Duty::Agree, "mayveto veto vetoes vetoright vetorecht"),
    (Duty::Consult, "influences influence influencer"),
    (Duty::Do, "tell tells"),
];

/// Beginnings of words that tell a duty, the longer ones first where one begins another.
const STEMS: &[(&str, Duty)] = &[
    ("accountab", Duty::Decide),
    ("answer", Duty::Decide),
    ("decid", Duty::Decide),
    ("decision", Duty::Decide),
    ("approv", Duty::Decide),
    ("authoris", Duty::Decide),
    ("authoriz", Duty::Decide),
    ("owner", Duty::Decide),
    ("owns", Duty::Decide),
    ("veto", Duty::Agree),
    ("agree", Duty::Agree),
    ("sign", Duty::Agree),
    ("endors", Duty::Agree),
    ("recommend", Duty::Prepare),
    ("propos", Duty::Prepare),
    ("prepar", Duty::Prepare),
    ("draft", Duty::Prepare),
    ("driv", Duty::Prepare),
    ("request", Duty::Prepare),
    ("respons", Duty::Do),
    ("perform", Duty::Do),
    ("execut", Duty::Do),
    ("implement", Duty::Do),
    ("creat", Duty::Do),
    ("updat", Duty::Do),
    ("delet", Duty::Do),
    ("complet", Duty::Do),
    ("claim", Duty::Do),
    ("unclaim", Duty::Do),
    ("cancel", Duty::Do),
    ("assign", Duty::Do),
    ("unassign", Duty::Do),
    ("manag", Duty::Do),
    ("operat", Duty::Do),
    ("handl", Duty::Do),
    ("carr", Duty::Do),
    ("does", Duty::Do),
    ("own", Duty::Do),
    ("share", Duty::Do),
    ("verif", Duty::Verify),
    ("check", Duty::Verify),
    ("review", Duty::Verify),
    ("audit", Duty::Verify),
    ("inspect", Duty::Verify),
    ("test", Duty::Verify),
    ("support", Duty::Support),
    ("assist", Duty::Support),
    ("help", Duty::Support),
    ("backup", Duty::Support),
    ("consult", Duty::Consult),
    ("advis", Duty::Consult),
    ("input", Duty::Consult),
    ("contribut", Duty::Consult),
    ("inform", Duty::Inform),
    ("notif", Duty::Inform),
    ("told", Duty::Inform),
    ("read", Duty::Inform),
    ("view", Duty::Inform),
    ("receiv", Duty::Inform),
    ("aware", Duty::Inform),
];

/// Cells that say nothing.
const BLANK: &[&str] = &["-", "--", "---", "–", "—", "―", "n/a", "na", "n.a.", "none", ".", "·", "…", "?", "nil", "0"];
/// Signs that mark a cell and say nothing else.
const MARKS: &[&str] = &["x", "✓", "✔", "☑", "✗", "•", "●", "■", "yes", "y", "true", "1", "ja", "oui", "si", "sí"];

/// Last words of the name of a party outside; the plural too.
const OUTSIDE: &[(&str, ExternalKind)] = &[
    ("customer", ExternalKind::Customer),
    ("client", ExternalKind::Customer),
    ("kunde", ExternalKind::Customer),
    ("kunden", ExternalKind::Customer),
    ("cliente", ExternalKind::Customer),
    ("supplier", ExternalKind::Supplier),
    ("vendor", ExternalKind::Supplier),
    ("contractor", ExternalKind::Supplier),
    ("subcontractor", ExternalKind::Supplier),
    ("lieferant", ExternalKind::Supplier),
    ("lieferanten", ExternalKind::Supplier),
    ("fournisseur", ExternalKind::Supplier),
    ("proveedor", ExternalKind::Supplier),
    ("partner", ExternalKind::Partner),
    ("franchisee", ExternalKind::Franchisee),
    ("regulator", ExternalKind::Authority),
    ("authority", ExternalKind::Authority),
    ("authorities", ExternalKind::Authority),
    ("behörde", ExternalKind::Authority),
];

/// Last words of the names of those who hold letters, beside those outside.
const ROLE_ENDINGS: &[&str] = &[
    "team",
    "teams",
    "manager",
    "managers",
    "director",
    "directors",
    "owner",
    "owners",
    "lead",
    "leads",
    "leader",
    "leaders",
    "head",
    "officer",
    "officers",
    "engineer",
    "engineers",
    "analyst",
    "analysts",
    "department",
    "departments",
    "office",
    "committee",
    "board",
    "group",
    "ceo",
    "cfo",
    "cto",
    "cio",
    "coo",
    "hr",
    "it",
    "legal",
    "staff",
    "desk",
    "sponsor",
    "architect",
    "architects",
    "developer",
    "developers",
    "administrator",
    "admin",
    "accountant",
    "baker",
    "clerk",
    "president",
    "vp",
    "counsel",
    "controller",
    "judge",
    "council",
    "user",
    "users",
    "domains",
    "unit",
    "division",
    "center",
    "centre",
    "leiter",
    "leiterin",
    "leitung",
    "abteilung",
    "vorstand",
    "geschäftsführung",
    "équipe",
    "directeur",
    "equipo",
];

/// Whether a cell says that nobody has a letter here.
pub(super) fn is_blank(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || BLANK.contains(&text.to_lowercase().as_str())
}

/// Whether a cell is marked without a letter.
pub(super) fn is_mark(text: &str) -> bool {
    MARKS.contains(&text.trim().to_lowercase().as_str())
}

/// The group of words with this one.
fn groups_of(word: &str) -> impl Iterator<Item = &'static (Duty, &'static str)> {
    GROUPS.iter().filter(move |(_, words)| words.split(' ').any(|known| known == word))
}

/// All usual words for a letter of this name, folded.
pub(super) fn synonyms(name: &str) -> impl Iterator<Item = &'static str> {
    let name = folded(name);
    GROUPS
        .iter()
        .filter(move |(_, words)| words.split(' ').any(|known| known == name))
        .flat_map(|(_, words)| words.split(' '))
}

/// Every word that a table may use for a letter, folded, with its duty.
pub(super) fn all_words() -> impl Iterator<Item = (&'static str, Duty)> {
    GROUPS.iter().flat_map(|(duty, words)| words.split(' ').map(|word| (word, *duty)))
}

/// Whether two words are usual for the same letter.
pub(super) fn means_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    one == other || groups_of(&one).any(|(_, words)| words.split(' ').any(|known| known == other))
}

/// The duty that a text speaks of: that of its first telling word.
pub(super) fn guess_duty(text: &str) -> Option<Duty> {
    let whole = folded(text);
    if let Some((duty, _)) = groups_of(&whole).next() {
        return Some(*duty);
    }
    let mut words = split_words(text).into_iter().map(|word| folded(&word));
    words.find_map(|word| STEMS.iter().find(|(stem, _)| word.starts_with(stem)).map(|(_, duty)| *duty))
}

/// Words of a text; `CompleteOwn`, `backup_sign` and `sign-off` are two each.
pub(super) fn split_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for character in text.chars() {
        if !character.is_alphanumeric() {
            words.push(String::new());
        } else if character.is_uppercase() && before.is_lowercase() {
            words.push(character.to_string());
        } else if let Some(word) = words.last_mut() {
            word.push(character);
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What a party is that a name shows to be outside: its last word says so, or its first is `external`.
pub(super) fn outside(name: &str) -> Option<Option<ExternalKind>> {
    let name = name.split(['(', '[']).next().unwrap_or("").trim().to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = words.last()?;
    let kind =
        OUTSIDE.iter().find(|(word, _)| last == word || last.strip_suffix('s') == Some(word)).map(|(_, kind)| *kind);
    if kind.is_some() {
        return Some(kind);
    }
    matches!(*words.first()?, "external" | "extern" | "externer" | "externe").then_some(None)
}

/// Whether a name is that of somebody rather than of something to do.
pub(super) fn is_role_like(name: &str) -> bool {
    let name = name.split(['(', '[', '\n']).next().unwrap_or("").to_lowercase();
    let name = name.split(" - ").next().unwrap_or("");
    let last = name.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
    last.is_some_and(|word| ROLE_ENDINGS.contains(&word)) || outside(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_letter_are_known_in_several_forms() {
        assert!(means_the_same("Sign-off", "signs off"));
        assert!(means_the_same("ACCOUNTABLE", "answerable"));
        assert!(!means_the_same("Approver", "accountable"), "the duty is the same, the word is not");
        assert!(synonyms("accountable").any(|word| word == "redevable"));
    }

    #[test]
    fn duties_are_guessed_from_the_first_telling_word() {
        for (text, duty) in [
            ("The one person to be held accountable for results", Some(Duty::Decide)),
            ("Any people who are responsible for contributing", Some(Duty::Do)),
            ("CompleteOwn", Some(Duty::Do)),
            ("backup_sign", Some(Duty::Support)),
            ("Read", Some(Duty::Inform)),
            ("Who pays", None),
        ] {
            assert_eq!(guess_duty(text), duty, "{text}");
        }
    }

    #[test]
    fn parties_outside_are_told_by_their_last_word() {
        assert_eq!(outside("Customer"), Some(Some(ExternalKind::Customer)));
        assert_eq!(outside("Key suppliers (two)"), Some(Some(ExternalKind::Supplier)));
        assert_eq!(outside("External auditor"), Some(None));
        assert_eq!(outside("Customer service"), None);
        assert_eq!(outside("Partner manager"), None);
    }
}
