//! Tables with one row for each subject: `decision, role, letters`, `event, role, CRUD`, amounts in columns of their own,
//! or a column for each duty (`review`, `approve`, `sign`) with the names of those who have it.

use std::collections::BTreeMap;

use super::content::{Cell, CellProblem, Content, Form};
use super::grid::line;
use super::headings::{ListField, SubjectWord, corner_word, list_field, with_currency};
use super::legend::Legend;
use super::lexicon::{join_note, without_brackets};
use super::words;
use crate::import::headings::folded;
use crate::import::sheets::Sheet;
use crate::model::*;

/// Rows looked at to find the headings.
const ROWS_TRIED: usize = 15;
/// The right of a holder whom a table names without saying with which.
const NAMED: &str = "named";

/// Which columns hold what: places of columns of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    heading: usize,
    fields: BTreeMap<ListField, usize>,
    /// Columns of holders, each headed with a duty.
    duties: Vec<usize>,
}

impl Columns {
    fn of(&self, field: ListField) -> Option<usize> {
        self.fields.get(&field).copied()
    }

    fn has_limits(&self) -> bool {
        self.of(ListField::Above).or(self.of(ListField::UpTo)).is_some()
    }

    fn is_list(&self) -> bool {
        let limits = self.has_limits();
        let holder = self.of(ListField::Holder).is_some();
        self.of(ListField::Subject).is_some()
            && ((holder && (limits || self.of(ListField::Letters).is_some()))
                || self.duties.len() > 1
                || (limits && self.duties.len() == 1))
    }
}

/// The columns of a list in a sheet, if it is one.
pub(super) fn find(
    sheet: &Sheet,
    legend: &Legend,
    is_letter: &dyn Fn(&str) -> bool,
    forced: Option<usize>,
) -> Option<Columns> {
    let forced = forced.and_then(|number| sheet.rows.iter().position(|row| row.number == number));
    let rows = match forced {
        Some(row) => row..row + 1,
        None => 0..sheet.rows.len().min(ROWS_TRIED),
    };
    let rows = rows.filter(|row| !legend.rows.contains(row) && row + 1 < sheet.rows.len());
    rows.map(|row| columns(sheet, row, is_letter)).find(|columns| columns.is_list() && names_holders(sheet, columns))
}

/// Whether most subjects have a holder.
fn names_holders(sheet: &Sheet, columns: &Columns) -> bool {
    let Some(subject) = columns.of(ListField::Subject) else { return false };
    let holders: Vec<usize> = columns.of(ListField::Holder).into_iter().chain(columns.duties.iter().copied()).collect();
    let (mut all, mut held) = (0_usize, 0_usize);
    for row in (columns.heading + 1..sheet.rows.len()).filter(|row| !sheet.text(*row, subject).is_empty()) {
        all += 1;
        held += usize::from(holders.iter().any(|column| !words::is_blank(sheet.text(row, *column))));
    }
    held * 2 > all
}

fn columns(sheet: &Sheet, heading: usize, is_letter: &dyn Fn(&str) -> bool) -> Columns {
    let mut columns = Columns { heading, ..Columns::default() };
    let cells = sheet.rows.get(heading).map_or(&[][..], |row| row.cells.as_slice());
    for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let field = list_field(text);
        let is_better = corner_word(text).is_some();
        match field {
            Some(field) if is_better || !columns.fields.contains_key(&field) => {
                let is_first = columns.of(field).is_none_or(|known| corner_word(sheet.text(heading, known)).is_none());
                if is_first {
                    columns.fields.insert(field, column);
                }
            }
            Some(_) => {}
            None if is_duty(text) && has_names(sheet, heading, column, is_letter) => columns.duties.push(column),
            None => {}
        }
    }
    columns
}

fn is_duty(heading: &str) -> bool {
    heading.split_whitespace().count() <= 3
        && (words::guess_duty(heading).is_some() || matches!(heading, "R" | "A" | "C" | "I" | "S"))
}

/// Whether a column holds texts rather than letters.
fn has_names(sheet: &Sheet, heading: usize, column: usize, is_letter: &dyn Fn(&str) -> bool) -> bool {
    let texts =
        (heading + 1..sheet.rows.len()).map(|row| sheet.text(row, column)).filter(|text| !words::is_blank(text));
    let (mut all, mut letters) = (0_usize, 0_usize);
    for text in texts {
        all += 1;
        letters += usize::from(is_letter(text) || words::is_mark(text));
    }
    all > 0 && letters * 2 < all
}

/// The content of a list. Amounts without a unit are money in `currency`.
pub(super) fn content(sheet: &Sheet, legend: Legend, columns: &Columns, currency: Currency) -> Content {
    let subject = columns.of(ListField::Subject).unwrap_or(0);
    let content = Content {
        sheet: sheet.name.clone(),
        form: Form::List,
        heading_row: sheet.rows.get(columns.heading).map_or(0, |row| row.number),
        subject_heading: sheet.text(columns.heading, subject).to_owned(),
        legend: legend.entries,
        footnotes: legend.footnotes,
        makes_framework: true,
        ..Content::default()
    };
    let mut reader = Reader { sheet, columns, currency, content, last: String::new(), every: 0 };
    for row in columns.heading + 1..sheet.rows.len() {
        if !legend.rows.contains(&row) {
            reader.row(row, subject);
        }
    }
    reader.finish(columns.heading)
}

struct Reader<'a> {
    sheet: &'a Sheet,
    columns: &'a Columns,
    currency: Currency,
    content: Content,
    /// The subject of the row before.
    last: String,
    every: usize,
}

/// What a row says beside subjects, holders and letters.
struct Beside {
    tiers: Vec<Tier>,
    note: String,
}

impl Reader<'_> {
    fn heading(&self, column: usize) -> &str {
        self.sheet.text(self.columns.heading, column)
    }

    fn cell(&self, row: usize, field: ListField) -> &str {
        self.columns.of(field).map_or("", |column| self.sheet.text(row, column))
    }

    fn row(&mut self, row: usize, subject: usize) {
        let sheet = self.sheet;
        let mut name = sheet.text(row, subject).to_owned();
        if name.is_empty() {
            if self.last.is_empty() {
                self.every += 1;
                name = format!("Every {}", self.heading(subject).to_lowercase());
            } else {
                name.clone_from(&self.last);
            }
        } else {
            self.last.clone_from(&name);
        }
        let beside = self.beside(row);
        let details = self.details(row);
        let area = self.cell(row, ListField::Area).to_owned();
        let before = self.content.cells.len();
        for name in names_of_subjects(&name) {
            let place = self.content.row(line(&name, &area, sheet.address(row, subject), details.clone()));
            self.holders(row, place, &name, &beside);
        }
        if before == self.content.cells.len() {
            self.content.problems.push(CellProblem {
                address: sheet.address(row, subject),
                found: name,
                expected: "somebody who has a right in this row".to_owned(),
                consequence: "it came in without rights".to_owned(),
            });
        }
    }

    fn holders(&mut self, row: usize, place: usize, name: &str, beside: &Beside) {
        let sheet = self.sheet;
        if let Some(column) = self.columns.of(ListField::Letters) {
            let text = sheet.text(row, column).to_owned();
            let holder = self.columns.of(ListField::Holder);
            if let Some(holder) = holder.filter(|_| !words::is_blank(&text)) {
                let address = sheet.address(row, column);
                self.add(place, (row, holder), &text, &address, beside);
                return;
            }
        }
        if let Some(holder) = self.columns.of(ListField::Holder) {
            let word = word_of(name);
            self.add(place, (row, holder), &word, &sheet.address(row, holder), beside);
        }
        for column in self.columns.duties.clone() {
            let word = words::split_words(self.heading(column)).join(" ");
            self.add(place, (row, column), &word, &sheet.address(row, column), beside);
        }
    }

    /// A cell for each holder that a text names.
    fn add(&mut self, row: usize, at: (usize, usize), text: &str, address: &str, beside: &Beside) {
        let named = self.sheet.text(at.0, at.1).to_owned();
        if words::is_blank(&named) {
            return;
        }
        let is_code = self.columns.of(ListField::Letters).is_some();
        for (name, remark) in if is_code { vec![(named, String::new())] } else { holders_of(&named) } {
            let column = self.content.column(line(&name, "", self.sheet.address(at.0, at.1), Vec::new()));
            let mut note = remark;
            join_note(&mut note, &beside.note);
            let (text, address) = (text.to_owned(), address.to_owned());
            self.content.cells.push(Cell { row, column, text, address, tiers: beside.tiers.clone(), note, veto: None });
        }
    }

    /// Limits and remarks of a row.
    fn beside(&mut self, row: usize) -> Beside {
        let mut beside = Beside { tiers: Vec::new(), note: String::new() };
        let condition = self.cell(row, ListField::Condition).to_owned();
        let mut conditions: Vec<String> = Vec::new();
        let above = self.amount(row, ListField::Above, &mut conditions);
        let up_to = self.amount(row, ListField::UpTo, &mut conditions);
        let above = above.filter(|(amount, _)| *amount > Amount::ZERO);
        let currency = above.or(up_to).map_or(self.currency, |(_, currency)| currency);
        let (above, up_to) = (above.map(|(amount, _)| amount), up_to.map(|(amount, _)| amount));
        if above.is_some() || up_to.is_some() {
            if above.zip(up_to).is_some_and(|(above, up_to)| above >= up_to) {
                self.reversed(row);
                return beside;
            }
            conditions.extend((!condition.is_empty()).then(|| condition.clone()));
            let conditions = conditions.into_iter().map(Condition::Text).collect();
            beside.tiers.push(Tier { above, up_to, conditions, ..Tier::unbounded(Quantity::Money(currency)) });
        } else {
            let in_note = self.columns.has_limits() || self.columns.of(ListField::Letters).is_some();
            conditions.extend((in_note && !condition.is_empty()).then_some(condition));
            conditions.iter().for_each(|text| join_note(&mut beside.note, text));
        }
        if self.columns.has_limits() || self.columns.of(ListField::Letters).is_some() {
            for (heading, text) in self.others(row) {
                join_note(&mut beside.note, &format!("{heading}: {text}"));
            }
        }
        beside
    }

    fn reversed(&mut self, row: usize) {
        let column = self.columns.of(ListField::UpTo).unwrap_or(0);
        self.content.problems.push(CellProblem {
            address: self.sheet.address(row, column),
            found: self.sheet.text(row, column).to_owned(),
            expected: "an upper limit above the lower one".to_owned(),
            consequence: "the right came in without a limit".to_owned(),
        });
    }

    /// The amount of a limit; what is no amount becomes a condition and is told.
    fn amount(&mut self, row: usize, field: ListField, conditions: &mut Vec<String>) -> Option<(Amount, Currency)> {
        let column = self.columns.of(field)?;
        let text = self.sheet.text(row, column).to_owned();
        if words::is_blank(&text) && text != "0" {
            return None;
        }
        let (_, stated) = with_currency(self.heading(column));
        let money = Money::from_typed(&text).ok().map(|money| (money.amount, money.currency));
        let amount = Amount::from_typed_money(&text).ok().map(|amount| (amount, stated.unwrap_or(self.currency)));
        let found = money.or(amount);
        if found.is_none() {
            let word = if field == ListField::Above { "above" } else { "up to" };
            conditions.push(format!("{word} {text}"));
            self.content.problems.push(CellProblem {
                address: self.sheet.address(row, column),
                found: text,
                expected: "an amount such as 25000".to_owned(),
                consequence: "it was kept as a condition in words".to_owned(),
            });
        }
        found
    }

    /// Texts of columns that hold nothing known, with their headings.
    fn others(&self, row: usize) -> Vec<(String, String)> {
        let is_known = |column: &usize| {
            self.columns.fields.values().any(|known| known == column) || self.columns.duties.contains(column)
        };
        let cells = self.sheet.rows.get(row).map_or(0, |row| row.cells.len());
        (0..cells)
            .filter(|column| !is_known(column))
            .map(|column| (self.heading(column).to_owned(), self.sheet.text(row, column).to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    /// What a row says of its subject where it has no limits and no letters.
    fn details(&self, row: usize) -> Vec<(String, String)> {
        if self.columns.has_limits() || self.columns.of(ListField::Letters).is_some() {
            return Vec::new();
        }
        let condition = self.columns.of(ListField::Condition).into_iter().filter_map(|column| {
            let text = self.sheet.text(row, column);
            (!text.is_empty()).then(|| (self.heading(column).to_owned(), text.to_owned()))
        });
        condition.chain(self.others(row)).collect()
    }

    fn finish(mut self, heading: usize) -> Content {
        for row in 0..heading {
            let texts: Vec<&str> = super::legend::filled(self.sheet, row).into_iter().map(|(_, text)| text).collect();
            self.content.remarks.push(texts.join(" · "));
        }
        if self.every > 0 {
            let heading = self.content.subject_heading.clone();
            let rows = if self.every == 1 { "One row names".to_owned() } else { format!("{} rows name", self.every) };
            self.content.notes.push(format!("{rows} nothing below “{heading}” and was read as meant for every one."));
        }
        self.content
    }
}

/// Several subjects in one cell, where they are names without spaces: `reviewClaim;transferCase`.
fn names_of_subjects(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| !part.contains(' ')) {
        let mut seen = std::collections::BTreeSet::new();
        return parts.into_iter().filter(|part| seen.insert(*part)).map(str::to_owned).collect();
    }
    vec![text.to_owned()]
}

/// The holders that a cell names, each with what is said beside the name; alternatives are several.
fn holders_of(text: &str) -> Vec<(String, String)> {
    let mut holders = Vec::new();
    for part in split_outside_brackets(text) {
        let (plain, remarks) = without_brackets(&part);
        let (plain, remarks) = if plain.is_empty() { (part.clone(), Vec::new()) } else { (plain, remarks) };
        let (plain, condition) = [" when ", " if "]
            .iter()
            .find_map(|word| plain.find(word).and_then(|at| plain.split_at_checked(at)))
            .unwrap_or((&plain, ""));
        let alternatives: Vec<&str> = plain.split(" or ").map(str::trim).filter(|name| !name.is_empty()).collect();
        for name in &alternatives {
            let mut note = String::new();
            remarks.iter().for_each(|remark| join_note(&mut note, remark));
            join_note(&mut note, condition);
            if alternatives.len() > 1 {
                join_note(&mut note, &format!("one of: {plain}"));
            }
            holders.push(((*name).to_owned(), note));
        }
    }
    holders
}

/// Parts at semicolons and line ends that stand in no brackets.
fn split_outside_brackets(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match parts.last_mut() {
            Some(last) if depth > 0 || !matches!(character, ';' | '\n') => last.push(character),
            _ => parts.push(String::new()),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The word for the right in a subject: “Legal review of a contract” speaks of a review.
fn word_of(subject: &str) -> String {
    let telling = |word: &String| {
        let word = folded(word);
        words::all_words().any(|(known, _)| known == word)
    };
    words::split_words(subject).into_iter().find(telling).map_or_else(|| NAMED.to_owned(), |word| word.to_lowercase())
}

/// The kind of subjects that a heading tells.
pub(super) fn kind_of(heading: &str) -> Option<DecisionKind> {
    match corner_word(heading) {
        Some(SubjectWord::Subject(kind)) => Some(kind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_are_taken_apart_and_keep_what_stands_beside() {
        let holders =
            |text: &str| holders_of(text).into_iter().map(|(name, note)| format!("{name}|{note}")).collect::<Vec<_>>();
        assert_eq!(holders("VP Legal; Commercial Counsel"), ["VP Legal|", "Commercial Counsel|"]);
        assert_eq!(holders("Deal Desk (stamp)"), ["Deal Desk|stamp"]);
        assert_eq!(holders("Legal when Deal Desk engages it"), ["Legal|when Deal Desk engages it"]);
        assert_eq!(
            holders("CEO or VP, People"),
            ["CEO|one of: CEO or VP, People", "VP, People|one of: CEO or VP, People"]
        );
        assert_eq!(holders("Commissioner (as needed; by the HCA)"), ["Commissioner|as needed; by the HCA"]);
        assert_eq!(holders("[CREATOR]"), ["[CREATOR]|"]);
    }

    #[test]
    fn only_names_without_spaces_are_several_subjects() {
        assert_eq!(names_of_subjects("reviewClaim;transferCase;reviewClaim"), ["reviewClaim", "transferCase"]);
        assert_eq!(names_of_subjects("Buy servers; sell them").len(), 1);
        assert_eq!(word_of("Legal review of a contract"), "review");
        assert_eq!(word_of("Quotes needed"), NAMED);
    }
}
