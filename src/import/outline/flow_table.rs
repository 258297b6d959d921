//! A table of steps: one a row, with columns for what is done, by whom, under which condition, and what comes next.
//!
//! Without a column for what comes next, each row follows the one before it. In that column stand names or numbers of
//! rows, several parted by semicolons or commas, each with its condition: `yes: Pay; no: 4`.

use super::flow::Writer;
use super::items::{Condition, Follows, Item, Kind, items, one_line};
use super::tables::{Columns, Row};
use super::{Answers, Choice, words};
use crate::import::headings::folded;
use crate::model::Document;

/// What a column of a table of steps may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Number of the step.
    Number,
    /// What is done.
    Step,
    /// Who does it.
    Performer,
    /// The question that is answered behind the step.
    Question,
    /// The condition under which the step is reached.
    Condition,
    /// What comes next.
    Next,
}

/// Every field with its usual headings, folded and parted by spaces.
pub const FIELDS: &[(Field, &str)] = &[
    (Field::Number, "number no nr id stepno stepnumber step# # schrittnr nummer"),
    (
        Field::Step,
        "step task activity action what work process steps name description schritt aufgabe tatigkeit aktivitat was \
         etape tache activite paso tarea actividad",
    ),
    (
        Field::Performer,
        "role who performer responsible performedby by owner actor person rolle wer verantwortlich zustandig durch role \
         qui responsable rol quien",
    ),
    (Field::Question, "decision question gateway check entscheidung frage pregunta"),
    (Field::Condition, "condition if when case bedingung wenn falls condicion si"),
    (Field::Next, "next nextstep then followedby successor goto to weiter nachste danach dann suivant siguiente"),
];

/// Writes the rows of a table.
pub(super) fn write(writer: &mut Writer<'_>, rows: &[Row], columns: &Columns<Field>) {
    let item = |row: &Row| {
        let name = columns.cell(row, Field::Step);
        // The name of a step may say more, as anywhere else.
        let mut item = items(&name).into_iter().next().unwrap_or_else(|| plain(""));
        if !columns.cell(row, Field::Performer).is_empty() {
            item.performer = Some(columns.cell(row, Field::Performer));
        }
        item
    };
    if columns.has(Field::Next) {
        return write_graph(writer, rows, columns, item);
    }
    for row in rows {
        let mut item = item(row);
        let condition = columns.cell(row, Field::Condition);
        if !condition.is_empty() {
            item.condition = Some(Condition::read(condition.trim_matches(['(', ')'])));
        }
        writer.item(&item, 0, false);
        let question = columns.cell(row, Field::Question);
        if !question.is_empty() && !words::is_answer(&question) {
            writer.item(&asked(&question), 0, false);
        }
    }
}

/// All rows first, then the lines between them.
fn write_graph(writer: &mut Writer<'_>, rows: &[Row], columns: &Columns<Field>, item: impl Fn(&Row) -> Item) {
    let mut ends = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let first = writer.stand_alone(&item(row), index > 0);
        let question = columns.cell(row, Field::Question);
        let last = match first {
            Some(first) if !question.is_empty() => Some(writer.behind(first, &asked(&question))),
            other => other,
        };
        let number = columns.cell(row, Field::Number);
        let number = if number.is_empty() { (index + 1).to_string() } else { number };
        ends.push((folded(&columns.cell(row, Field::Step)), folded(&number), first, last));
    }
    for (row, (.., last)) in rows.iter().zip(&ends) {
        let Some(from) = last else { continue };
        for part in
            columns.cell(row, Field::Next).split([';', ',', '\n', '/']).map(str::trim).filter(|part| !part.is_empty())
        {
            let (condition, name) = answer_and_name(part);
            let key = folded(&name);
            if words::is_end(&name) || matches!(name.as_str(), "-" | "–" | "—") {
                continue;
            }
            let found = ends.iter().find(|(step, number, ..)| *step == key || *number == key);
            match found.and_then(|(.., first, _)| *first) {
                Some(to) => writer.lead(*from, to, condition),
                None => writer.problem(format!("“{name}” is no step of the table.")),
            }
        }
    }
    writer.stay_at(ends.iter().rev().find_map(|(.., last)| *last));
}

/// `yes: Pay`, `(yes) Pay`, `Pay`.
fn answer_and_name(part: &str) -> (Option<Condition>, String) {
    if let Some((condition, name)) = part.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        return (Some(Condition::read(condition)), one_line(name));
    }
    match part.split_once([':', '=']) {
        Some((condition, name)) if !name.trim().is_empty() => (Some(Condition::read(condition)), one_line(name)),
        _ => (None, one_line(part)),
    }
}

fn plain(name: &str) -> Item {
    Item { follows: Follows::Anew, condition: None, performer: None, kind: Kind::Step, name: name.to_owned() }
}

fn asked(question: &str) -> Item {
    let name = format!("{}?", one_line(question).trim_end_matches('?'));
    Item { follows: Follows::Arrow, kind: Kind::Question, ..plain(&name) }
}

/// Columns of a table without headings: who works is named again and again, or known; what is done is not.
pub(super) fn guess(rows: &[Row], document: &Document, answers: &Answers) -> (Columns<Field>, Option<Choice>) {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column)).filter(|cell| !cell.is_empty());
    let is_number =
        |column: &usize| cells(*column).all(|cell| cell.trim_end_matches(['.', ')']).parse::<u32>().is_ok());
    let (numbers, words): (Vec<usize>, Vec<usize>) = (0..width).partition(is_number);
    let repeats = |column: usize| {
        let mut names: Vec<String> = cells(column).map(|cell| folded(cell)).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        let known = document.roles().iter().filter(|(_, role)| names.contains(&folded(&role.name))).count();
        all - names.len() + known * 2
    };
    let mut fields: Vec<(Field, usize)> = numbers.first().map(|column| (Field::Number, *column)).into_iter().collect();
    let [first, second, ..] = words.as_slice() else {
        fields.extend(words.first().map(|column| (Field::Step, *column)));
        return (Columns::guessed(&fields), None);
    };
    let choice = Choice {
        written: "no headings".to_owned(),
        word: "columns",
        options: vec!["who, what".to_owned(), "what, who".to_owned()],
        chosen: usize::from(repeats(*first) <= repeats(*second)),
    };
    let chosen = answers.get(&choice.key()).copied().unwrap_or(choice.chosen).min(1);
    let (who, what) = if chosen == 0 { (*first, *second) } else { (*second, *first) };
    fields.extend([(Field::Step, what), (Field::Performer, who)]);
    (Columns::guessed(&fields), Some(Choice { chosen, ..choice }))
}
