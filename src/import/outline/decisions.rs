//! Lines and tables of decisions: one a line, its area before a colon or as a line above, more in columns of a table.

use super::Draft;
use super::items::one_line;
use super::lines::Line;
use super::tables::{Columns, Row};
use crate::edit::{Insert, Record, Sequence};
use crate::import::headings::folded;
use crate::model::*;

/// What a column of a table of decisions may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Name.
    Decision,
    /// Group in the matrix.
    Area,
    /// The sentence that bounds every decider.
    Guardrail,
    /// Free text.
    Description,
}

/// Every field with its usual headings, folded and parted by spaces.
pub const FIELDS: &[(Field, &str)] = &[
    (Field::Decision, "decision decisions what name entscheidung entscheidungen was decision decisiones"),
    (Field::Area, "area group topic category bereich gruppe thema domaine domaine grupo"),
    (Field::Guardrail, "guardrail rule policy regel leitplanke regle regla"),
    (Field::Description, "description notes note comment beschreibung bemerkung descripcion"),
];

/// Whether rows are a table of decisions.
pub fn columns(first: &Row) -> Option<Columns<Field>> {
    Columns::by_headings(first, FIELDS).filter(|columns| columns.has(Field::Decision))
}

/// Writes a table.
pub(super) fn write_table(document: &Document, rows: &[Row], columns: &Columns<Field>) -> Draft {
    let decision = |row: &Row| Decision {
        area: columns.cell(row, Field::Area),
        guardrail: columns.cell(row, Field::Guardrail),
        description: columns.cell(row, Field::Description),
        ..Decision::new(one_line(&columns.cell(row, Field::Decision)))
    };
    let mut draft = write(document, rows.iter().map(decision).collect());
    if !columns.unknown.is_empty() {
        draft.problems.push(format!("Not taken over: the columns {}.", columns.unknown.join(", ")));
    }
    draft
}

/// Writes lines: `Money: grant a refund`, or an area with its decisions indented below.
pub(super) fn write_lines(document: &Document, lines: &[Line<'_>]) -> Draft {
    let mut decisions = Vec::new();
    let mut title: Option<(usize, String)> = None;
    for (index, line) in lines.iter().enumerate() {
        let is_title = lines.get(index + 1).is_some_and(|next| next.depth > line.depth);
        if is_title || line.text.ends_with(':') {
            title = Some((line.depth, one_line(line.text.trim_end_matches(':'))));
            continue;
        }
        let stands_alone = title.as_ref().is_some_and(|(depth, _)| line.depth < *depth);
        if stands_alone {
            title = None;
        }
        let (area, name) = match line.text.split_once(':') {
            Some((area, name)) if !name.trim().is_empty() => (one_line(area), one_line(name)),
            _ => (title.as_ref().map_or_else(String::new, |(_, area)| area.clone()), one_line(line.text)),
        };
        decisions.push(Decision { area, ..Decision::new(name) });
    }
    write(document, decisions)
}

fn write(document: &Document, decisions: Vec<Decision>) -> Draft {
    let mut seen: Vec<String> = document.decisions().iter().map(|(_, decision)| folded(&decision.name)).collect();
    let first =
        document.decisions().iter().map(|(_, decision)| decision.order).max().map_or(0, |last| last.saturating_add(1));
    let mut records: Vec<Record> = Vec::new();
    let mut known = 0;
    for (order, decision) in (first..).zip(decisions.into_iter().filter(|decision| !decision.name.is_empty())) {
        let key = folded(&decision.name);
        if seen.contains(&key) {
            known += 1;
            continue;
        }
        seen.push(key);
        records.push(Decision { order, ..decision }.into());
    }
    let mut draft = Draft { counts: vec![(records.len(), "decision", "decisions")], ..Draft::default() };
    if known > 0 {
        draft.problems.push(match known {
            1 => "One decision is there already.".to_owned(),
            many => format!("{many} decisions are there already."),
        });
    }
    if !records.is_empty() {
        let label = format!("Write {}", draft.sentence());
        draft.edit = Some(Sequence { label, edits: vec![Insert { records, show_in: Vec::new() }.into()] }.into());
    }
    draft
}
