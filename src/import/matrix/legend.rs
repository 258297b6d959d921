//! Letters explained by the table itself: `R = Responsible`, a block of two columns, a sheet of its own; footnotes.

use std::collections::BTreeSet;

use super::content::LegendEntry;
use super::words;
use crate::import::headings::folded;
use crate::import::sheets::Sheet;

/// What a sheet explains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Legend {
    pub entries: Vec<LegendEntry>,
    pub footnotes: Vec<(String, String)>,
    /// Places of the rows that do nothing but explain.
    pub rows: BTreeSet<usize>,
}

/// Signs that begin a footnote.
const FOOTNOTE_MARKS: &[char] = &['*', '†', '‡', '§', '¹', '²', '³', '⁴', '⁵'];
/// Words above a legend.
const TITLES: &[&str] = &["legend", "key", "legende", "erlauterung", "leyenda", "letters"];

/// The legend in a sheet. A single explained letter is none.
pub(super) fn legend_of(sheet: &Sheet) -> Legend {
    let mut legend = Legend::default();
    let mut titled = false;
    for index in 0..sheet.rows.len() {
        let filled: Vec<(usize, &str)> = filled(sheet, index);
        if let [(column, text)] = filled.as_slice() {
            titled |= TITLES.contains(&folded(text).as_str());
            if TITLES.contains(&folded(text).as_str()) {
                legend.rows.insert(index);
            }
            explain_in_one(sheet, index, *column, text, &mut legend);
            continue;
        }
        let entries = explain_beside(sheet, index, &filled, titled);
        if !entries.is_empty() {
            legend.entries.extend(entries);
            legend.rows.insert(index);
        }
    }
    if legend.entries.len() < 2 {
        legend.entries.clear();
        legend.rows.clear();
    }
    legend
}

/// Cells with text, those shown as one counted once.
pub(super) fn filled(sheet: &Sheet, index: usize) -> Vec<(usize, &str)> {
    let cells = sheet.rows.get(index).map_or(&[][..], |row| row.cells.as_slice());
    let mut filled: Vec<(usize, &str)> = Vec::new();
    for (column, text) in cells.iter().enumerate() {
        let repeats = filled.last().is_some_and(|(_, last)| *last == text && last.chars().count() > 3);
        if !text.is_empty() && !repeats {
            filled.push((column, text));
        }
    }
    filled
}

/// `R = Responsible; A = Accountable`, or a footnote.
fn explain_in_one(sheet: &Sheet, index: usize, column: usize, text: &str, legend: &mut Legend) {
    if let Some(mark) = text.chars().next().filter(|mark| FOOTNOTE_MARKS.contains(mark)) {
        let rest = text.trim_start_matches(mark).trim_start_matches([')', ':', '=', ' ']).trim();
        if rest.chars().count() > 3 {
            legend.footnotes.push((mark.to_string(), rest.to_owned()));
            legend.rows.insert(index);
        }
        return;
    }
    let parts: Vec<&str> = text.split([';', '\n', '|']).flat_map(|part| split_at_codes(part)).collect();
    let entries: Vec<LegendEntry> = parts.iter().filter_map(|part| explanation(part)).collect();
    let is_whole = entries.len() == parts.iter().filter(|part| !part.trim().is_empty()).count();
    if is_whole && !entries.is_empty() {
        let address = sheet.address(index, column);
        legend.entries.extend(entries.into_iter().map(|entry| LegendEntry { address: address.clone(), ..entry }));
        legend.rows.insert(index);
    }
}

/// Parts of `R = Responsible, A = Accountable` at the commas before a code and its sign.
fn split_at_codes(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(',') {
        let rest = text.get(at + 1..).unwrap_or("");
        if explanation(rest).is_some() {
            parts.push(text.get(start..at).unwrap_or(""));
            start = at + 1;
        }
    }
    parts.push(text.get(start..).unwrap_or(""));
    parts
}

/// `R = Responsible`, `R: …`, `R – …`, `(R) …`.
fn explanation(text: &str) -> Option<LegendEntry> {
    let text = text.trim();
    let (code, rest) = match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some(found) => found,
        None => {
            let at = text.find(['=', ':', '–', '—']).or_else(|| text.find(" - "))?;
            let (code, rest) = text.split_at_checked(at)?;
            (code, rest.trim_start_matches([' ', '=', ':', '–', '—', '-']))
        }
    };
    let (code, rest) = (code.trim(), rest.trim());
    (is_code(code) && rest.chars().count() > 2 && !is_code(rest)).then(|| entry(code, rest))
}

fn entry(code: &str, text: &str) -> LegendEntry {
    let at = text.find([':', '–', '—', '(']).or_else(|| text.find(" - ")).or_else(|| text.find(". "));
    let (name, meaning) = at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
    let meaning = meaning.trim_matches([' ', ':', '–', '—', '-', '(', ')', '.']);
    let is_sentence = name.split_whitespace().count() > 4;
    let (name, meaning) = if is_sentence && meaning.is_empty() { ("", text) } else { (name, meaning) };
    LegendEntry {
        code: code.to_owned(),
        name: name.trim().to_owned(),
        meaning: meaning.trim().to_owned(),
        address: String::new(),
    }
}

fn is_code(text: &str) -> bool {
    (1..=3).contains(&text.chars().count())
        && text.chars().all(char::is_alphanumeric)
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// A code or a letter's word in one cell, its explanation in the next; several pairs in a row are read, too.
fn explain_beside(sheet: &Sheet, index: usize, filled: &[(usize, &str)], titled: bool) -> Vec<LegendEntry> {
    let (&[(column, first), (_, second)] | &[(column, first), (_, second), (_, _)]) = filled else { return Vec::new() };
    let third = filled.get(2).map_or("", |(_, text)| *text);
    let is_word = first.ends_with(':') && words::all_words().any(|(word, _)| word == folded(first));
    let code = first.trim_end_matches([':', '=', '-', ' ']);
    let words_in = |text: &str| text.split_whitespace().count();
    let same_initial = || {
        let initial = |text: &str| text.chars().next().map(|c| c.to_lowercase().to_string());
        initial(code) == initial(second)
    };
    if second.chars().count() < 4 || (!third.is_empty() && words_in(third) < 2) {
        return Vec::new();
    }
    let address = sheet.address(index, column);
    if is_word {
        let entry =
            LegendEntry { name: code.to_owned(), meaning: second.to_owned(), address, ..LegendEntry::default() };
        return vec![entry];
    }
    if !is_code(code) || !(titled || same_initial() || words_in(second) > 2) {
        return Vec::new();
    }
    let mut entry = entry(code, second);
    if !third.is_empty() {
        entry.meaning = third.to_owned();
    }
    vec![LegendEntry { address, ..entry }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::sheets;

    fn legend(text: &str) -> Vec<String> {
        let book = sheets::read(text.as_bytes()).unwrap();
        let legend = legend_of(&book.sheets[0]);
        legend.entries.iter().map(|entry| format!("{}={}|{}", entry.code, entry.name, entry.meaning)).collect()
    }

    #[test]
    fn legends_are_found_in_cells_and_beside_them() {
        let expected = ["R=Responsible|", "A=Accountable|signs off"];
        assert_eq!(legend("Task,Boss\nBuy,A\n\"R = Responsible, A = Accountable (signs off)\"\n"), expected);
        assert_eq!(legend("R: Responsible\nA – Accountable – signs off\nTask,Boss\nBuy,A\n"), expected);
        assert_eq!(legend("Task,Boss\nBuy,A\nR,Responsible\nA,Accountable: signs off\n"), expected);
        assert_eq!(
            legend("Accountable:,Answers for it\nInformed:,Is told\n"),
            ["=Accountable|Answers for it", "=Informed|Is told"]
        );
        assert_eq!(legend("Q,Who pays for the work\nZ,Who signs it in the end\n").len(), 2);
    }

    #[test]
    fn rows_of_a_matrix_are_no_legend() {
        assert_eq!(
            legend("Role,Buy flour,Bake\nHR,Accountable,Informed\nCEO,Informed,Accountable\n"),
            Vec::<String>::new()
        );
        assert_eq!(legend("Role,Buy flour\nHR,Accountable\nCEO,Informed\n"), Vec::<String>::new());
        assert_eq!(legend("R = Responsible\nTask,Boss\n"), Vec::<String>::new());
    }

    #[test]
    fn footnotes_are_kept_by_their_mark() {
        let book = sheets::read(b"Task,Boss\nBuy,A*\n* only abroad\n").unwrap();
        assert_eq!(legend_of(&book.sheets[0]).footnotes, [("*".to_owned(), "only abroad".to_owned())]);
    }
}
