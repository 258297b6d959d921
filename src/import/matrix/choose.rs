//! Which framework the letters of a table belong to: the one of the project that reads most of them, or one made of the
//! table's own letters, where its legend explains them or its words are permissions.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::Settings;
use super::content::{Content, LegendEntry};
use super::lexicon::{Lexicon, cell_key, segments};
use super::words;
use crate::import::ImportError;
use crate::import::headings::folded;
use crate::model::*;

/// The framework of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    /// One of the project.
    Existing(FrameworkId),
    /// One to be added to it.
    New(Framework),
}

/// A choice with what reads cells by it.
pub(super) struct Choice {
    pub chosen: Chosen,
    pub framework: Framework,
    pub lexicon: Lexicon,
    pub notes: Vec<String>,
}

/// Texts of cells with the number of cells, by text.
pub(super) fn distinct(content: &Content) -> BTreeMap<&str, usize> {
    let mut texts = BTreeMap::new();
    for cell in &content.cells {
        *texts.entry(cell.text.as_str()).or_default() += 1;
    }
    texts
}

/// Chooses the framework of a table.
pub(super) fn choose(
    base: &Document,
    content: &Content,
    settings: &Settings,
    source: &str,
) -> Result<Choice, ImportError> {
    let texts = distinct(content);
    if let Some(wanted) = &settings.framework {
        let id = find(base, wanted)?;
        return Ok(existing(base, id, content, settings, Vec::new()));
    }
    if let Some(own) = &content.framework {
        return Ok(made(base, own.clone(), content, settings));
    }
    let best = best_of(base, content, &texts, settings);
    let marks_only = texts.keys().all(|text| words::is_mark(text)) && content.legend.is_empty() && !texts.is_empty();
    let own = if marks_only {
        Some(marks(content, source))
    } else {
        match &best {
            Some(best) if content.makes_framework && best.unread > 0 => Some(of_words(content, source)),
            None if content.makes_framework => Some(of_words(content, source)),
            Some(best) => of_legend(base, best, content, &texts, source),
            None => None,
        }
    };
    match (own, best) {
        (Some(own), _) => Ok(made(base, own, content, settings)),
        (None, Some(best)) => Ok(existing(base, best.id, content, settings, Vec::new())),
        (None, None) => Err(no_framework(base, "")),
    }
}

fn no_framework(base: &Document, wanted: &str) -> ImportError {
    let frameworks = base.frameworks().iter().map(|(_, framework)| framework.name.clone()).collect();
    ImportError::NoFramework { wanted: wanted.to_owned(), frameworks }
}

fn find(base: &Document, wanted: &str) -> Result<FrameworkId, ImportError> {
    let is_meant = |framework: &Framework| {
        folded(&framework.name) == folded(wanted) || framework.key.as_str().eq_ignore_ascii_case(wanted.trim())
    };
    let found = base.frameworks().iter().find(|(_, framework)| is_meant(framework));
    found.map(|(id, _)| id).ok_or_else(|| no_framework(base, wanted))
}

/// How well a framework reads the cells.
struct Best {
    id: FrameworkId,
    /// Cells not read, or read as guess.
    unread: usize,
    conflicts: BTreeSet<String>,
}

/// Letters that the table explains otherwise than the framework.
fn conflicts(framework: &Framework, legend: &[LegendEntry]) -> BTreeSet<String> {
    let differs = |entry: &&LegendEntry| {
        let Some(letter) = framework.letters.iter().find(|letter| letter.code == entry.code) else { return false };
        let text = if entry.name.is_empty() { &entry.meaning } else { &entry.name };
        let guess = words::guess_duty(text);
        !words::means_the_same(text, &letter.name) && guess.is_some_and(|duty| !letter.duties.contains(&duty))
    };
    legend.iter().filter(differs).map(|entry| entry.code.clone()).collect()
}

fn best_of(base: &Document, content: &Content, texts: &BTreeMap<&str, usize>, settings: &Settings) -> Option<Best> {
    let all: usize = texts.values().sum();
    let around = format!("{} {} {}", content.sheet, content.subject_heading, content.remarks.join(" ")).to_lowercase();
    let around: BTreeSet<&str> = around.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    let mut best: Option<(f64, Best)> = None;
    for (id, framework) in base.frameworks().iter() {
        let is_named = around.contains(framework.name.to_lowercase().as_str());
        // Numbers in cells are levels only where the table says so.
        if framework.letters.iter().all(|letter| letter.code.parse::<u32>().is_ok()) && !is_named {
            continue;
        }
        let lexicon = lexicon_of(framework, content, settings, base.project().currency);
        let (mut read, mut sure) = (0, 0);
        let mut used: BTreeSet<String> = BTreeSet::new();
        for (text, count) in texts {
            let reading = lexicon.read(text);
            used.extend(reading.letters.iter().map(|letter| letter.code.clone()));
            if reading.is_clean() || (reading.letters.is_empty() && reading.unknown.is_empty()) {
                read += count;
                sure += if reading.letters.iter().all(|letter| letter.guess.is_none()) { *count } else { 0 };
            }
        }
        let conflicts = conflicts(framework, &content.legend);
        let named = if is_named { 0.2 * all as f64 } else { 0.0 };
        let is_project = base.project().framework == Some(id);
        let project = if is_project { 0.02 * all as f64 } else { 0.0 };
        // Every letter of it used: the table was made with this one.
        let is_covered = framework.letters.iter().all(|letter| used.contains(&letter.code));
        let project = project + if is_covered { 0.05 * all as f64 } else { 0.0 };
        let score =
            sure as f64 + 0.5 * (read - sure) as f64 + named + project - conflicts.len() as f64 * 0.3 * all as f64;
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, Best { id, unread: all - sure, conflicts }));
        }
    }
    best.map(|(_, best)| best)
}

/// What reads cells by a framework, the legend, the footnotes and what the user says.
pub(super) fn lexicon_of(framework: &Framework, content: &Content, settings: &Settings, currency: Currency) -> Lexicon {
    let mut lexicon = Lexicon::new(framework, currency);
    for entry in content.legend.iter().filter(|entry| framework.letter(&entry.code).is_some()) {
        lexicon.name(&entry.name, &entry.code, false);
    }
    for (mark, text) in &content.footnotes {
        lexicon.footnote(mark, text);
    }
    for (text, codes) in &settings.letters {
        lexicon.set(text, codes.clone());
    }
    lexicon
}

fn existing(base: &Document, id: FrameworkId, content: &Content, settings: &Settings, notes: Vec<String>) -> Choice {
    let framework = base.get::<Framework>(id).cloned().unwrap_or_else(|| empty("", ""));
    let lexicon = lexicon_of(&framework, content, settings, base.project().currency);
    Choice { chosen: Chosen::Existing(id), framework, lexicon, notes }
}

/// A framework of the table's own, or the same one that the project has already.
fn made(base: &Document, own: Framework, content: &Content, settings: &Settings) -> Choice {
    let codes = |framework: &Framework| {
        framework.letters.iter().map(|letter| (letter.code.clone(), folded(&letter.name))).collect::<BTreeSet<_>>()
    };
    if let Some((id, _)) = base.frameworks().iter().find(|(_, known)| codes(known) == codes(&own)) {
        let mut choice = existing(base, id, content, settings, Vec::new());
        set_marks(&mut choice);
        return choice;
    }
    if own.letters.is_empty() {
        return Choice {
            chosen: Chosen::New(own.clone()),
            lexicon: lexicon_of(&own, content, settings, base.project().currency),
            framework: own,
            notes: Vec::new(),
        };
    }
    let letters: Vec<String> = own
        .letters
        .iter()
        .map(|letter| {
            let duties: Vec<&str> = letter.duties.iter().map(|duty| duty.word()).collect();
            let duties = if duties.is_empty() { "no duty".to_owned() } else { duties.join(" and ") };
            format!("{} {} ({duties})", letter.code, letter.name)
        })
        .collect();
    let guessed = if content.framework.is_some() { "" } else { "; the duties are guessed from the words" };
    let notes = vec![format!(
        "Made a framework “{}” of the letters and words of the table{guessed}: {}.",
        own.name,
        letters.join(", ")
    )];
    let lexicon = lexicon_of(&own, content, settings, base.project().currency);
    let mut choice = Choice { chosen: Chosen::New(own.clone()), framework: own, lexicon, notes };
    set_marks(&mut choice);
    choice
}

fn set_marks(choice: &mut Choice) {
    if choice.framework.letters.iter().any(|letter| letter.code == "X" && letter.name == "marked") {
        for mark in ["x", "✓", "✔", "☑", "•", "●", "■", "yes", "y", "true", "1", "ja", "oui", "si", "sí", "✗"]
        {
            choice.lexicon.set(mark, vec!["X".to_owned()]);
        }
    }
}

fn empty(name: &str, source: &str) -> Framework {
    Framework {
        key: Key::unset(),
        name: name.to_owned(),
        description: if source.is_empty() { String::new() } else { format!("Letters of “{source}”.") },
        letters: Vec::new(),
        built_in: false,
    }
}

fn letter(code: &str, name: &str, meaning: &str, duties: Vec<Duty>) -> Letter {
    // Fields that other frameworks state are not known of this one.
    Letter { meaning: meaning.to_owned(), duties, ..Letter::new(code, name) }
}

/// A letter of which nothing but its code is known.
pub(super) fn bare_letter(code: &str) -> Letter {
    letter(code, "", "", Vec::new())
}

fn marks(content: &Content, source: &str) -> Framework {
    let mut framework = empty(&own_name("Marks", content, source), source);
    let meaning = "Is marked in the table, which does not say with which right.";
    framework.letters.push(letter("X", "marked", meaning, vec![Duty::Do]));
    framework
}

/// `Letters of finops`; the sheet's name where the file has sheets.
fn own_name(what: &str, content: &Content, source: &str) -> String {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    let of = if content.sheet.is_empty() { stem } else { content.sheet.as_str() };
    if of.is_empty() { what.to_owned() } else { format!("{what} of {of}") }
}

/// The best framework with the letters that only the legend knows; none where it needs none.
fn of_legend(
    base: &Document,
    best: &Best,
    content: &Content,
    texts: &BTreeMap<&str, usize>,
    source: &str,
) -> Option<Framework> {
    let known = base.get::<Framework>(best.id)?;
    let used: BTreeSet<String> = texts.keys().flat_map(|text| codes_in(text)).collect();
    let is_new = |entry: &&LegendEntry| {
        !entry.code.is_empty()
            && known.letters.iter().all(|letter| letter.code != entry.code)
            && used.contains(&entry.code)
    };
    if best.conflicts.is_empty() && !content.legend.iter().any(|entry| is_new(&entry)) {
        return None;
    }
    let mut framework = empty(&own_name("Letters", content, source), source);
    for entry in content.legend.iter().filter(|entry| !entry.code.is_empty()) {
        let same =
            known.letters.iter().find(|letter| letter.code == entry.code && !best.conflicts.contains(&entry.code));
        let made = match same {
            Some(same) => same.clone(),
            None => {
                let text = format!("{} {}", entry.name, entry.meaning);
                let name = if entry.name.is_empty() { entry.meaning.clone() } else { entry.name.clone() };
                let duties = words::guess_duty(&text).into_iter().collect();
                letter(&entry.code, &name.to_lowercase(), &entry.meaning, duties)
            }
        };
        if framework.letters.iter().all(|letter| letter.code != made.code) {
            framework.letters.push(made);
        }
    }
    let missing = known.letters.iter().filter(|letter| used.contains(&letter.code));
    let missing: Vec<Letter> =
        missing.filter(|letter| framework.letters.iter().all(|known| known.code != letter.code)).cloned().collect();
    framework.letters.extend(missing);
    Some(framework)
}

/// What in a text may be codes: its words, and the characters of short words in capitals.
fn codes_in(text: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for segment in segments(text) {
        let word: String = segment.trim().chars().take_while(|c| c.is_alphanumeric()).collect();
        if word.chars().count() <= 5 && word.chars().all(char::is_uppercase) {
            codes.extend(word.chars().map(|c| c.to_string()));
        }
        codes.push(word);
    }
    codes
}

/// Meanings of the codes of permissions that everybody writes as letters.
const CRUD: &[(char, &str, Duty)] =
    &[('C', "create", Duty::Do), ('R', "read", Duty::Inform), ('U', "update", Duty::Do), ('D', "delete", Duty::Do)];

/// A framework of the words of a list: permissions, duties, parties.
fn of_words(content: &Content, source: &str) -> Framework {
    let tokens: Vec<String> = tokens(content);
    let are_clusters = tokens
        .iter()
        .all(|token| (1..=6).contains(&token.chars().count()) && token.chars().all(|c| c.is_ascii_uppercase()));
    if are_clusters && !tokens.is_empty() {
        return of_clusters(content, &tokens, source);
    }
    let mut framework = empty(&own_name("Rights", content, source), source);
    for token in tokens {
        let explained = content.legend.iter().find(|entry| folded(&entry.code) == folded(&token));
        let name = words::split_words(&token).join(" ").to_lowercase();
        let meaning = explained.map_or_else(|| default_meaning(&name), |entry| entry.meaning.clone());
        let code = free_code(&token, &framework);
        framework.letters.push(letter(&code, &name, &meaning, words::guess_duty(&token).into_iter().collect()));
    }
    framework
}

fn default_meaning(name: &str) -> String {
    match name {
        super::parties::ALONE => "Answers for it alone or beside others that the table names.".to_owned(),
        super::parties::TOGETHER => "Shares the responsibility with the other parties.".to_owned(),
        "named" => "Is named by the table, which does not say with which right.".to_owned(),
        _ => String::new(),
    }
}

fn of_clusters(content: &Content, tokens: &[String], source: &str) -> Framework {
    let characters: BTreeSet<char> = tokens.iter().flat_map(|token| token.chars()).collect();
    let is_crud = characters.iter().all(|c| CRUD.iter().any(|(known, ..)| known == c));
    let name = if is_crud { "CRUD".to_owned() } else { own_name("Letters", content, source) };
    let mut framework = empty(&name, source);
    if is_crud {
        framework.letters =
            CRUD.iter().map(|(code, name, duty)| letter(&code.to_string(), name, "", vec![*duty])).collect();
        return framework;
    }
    for character in characters {
        let code = character.to_string();
        let entry = content.legend.iter().find(|entry| entry.code == code);
        let name = entry.map_or_else(|| code.to_lowercase(), |entry| entry.name.to_lowercase());
        let meaning = entry.map_or("", |entry| &entry.meaning);
        let duties = words::guess_duty(&format!("{name} {meaning}")).into_iter().collect();
        framework.letters.push(letter(&code, &name, meaning, duties));
    }
    framework
}

/// The distinct parts of texts, in the order of the table.
fn tokens(content: &Content) -> Vec<String> {
    let mut texts: FxHashSet<&str> = FxHashSet::default();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut tokens = Vec::new();
    for cell in &content.cells {
        if !texts.insert(&cell.text) {
            continue;
        }
        for segment in segments(&cell.text) {
            let (plain, _) = super::lexicon::without_brackets(&segment);
            if !words::is_blank(&plain) && known.insert(cell_key(&plain)) {
                tokens.push(plain);
            }
        }
    }
    tokens
}

/// A code of one to three characters that no letter has: the initials, else more of the word.
fn free_code(token: &str, framework: &Framework) -> String {
    let parts = words::split_words(token);
    let initials: String =
        parts.iter().take(3).filter_map(|word| word.chars().next()).collect::<String>().to_uppercase();
    let first = parts.first().cloned().unwrap_or_default();
    let start = |count: usize| {
        let mut letters = first.chars();
        let mut code: String = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
        code.extend(letters.take(count - 1).flat_map(char::to_lowercase));
        code
    };
    let second = parts.get(1).and_then(|word| word.chars().next()).map(|c| c.to_uppercase().to_string());
    let mixed = second.map_or_else(String::new, |second| format!("{}{second}", start(2)));
    let is_free = |code: &String| {
        (1..=3).contains(&code.chars().count())
            && framework.letters.iter().all(|known| !known.code.eq_ignore_ascii_case(code))
    };
    let numbered = (1..=99).map(|number| format!("{}{number}", start(1)));
    [initials, mixed, start(2), start(3)].into_iter().chain(numbered).find(is_free).unwrap_or_else(|| "?".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_short_and_free() {
        let mut framework = empty("", "");
        let mut codes = Vec::new();
        for token in
            ["Read", "Own", "Claim", "Unclaim", "UnclaimAssign", "CompleteOwn", "CancelOwn", "Cancel", "Unassign"]
        {
            let code = free_code(token, &framework);
            framework.letters.push(letter(&code, token, "", Vec::new()));
            codes.push(code);
        }
        assert_eq!(codes, ["R", "O", "C", "U", "UA", "CO", "CaO", "Ca", "Un"]);
    }
}
