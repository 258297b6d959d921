//! Tables that name who answers where rows and columns cross: `Customer`, `Red Hat and Customer`, `Shared`.
//!
//! Each crossing becomes a subject of its own, in the area of its row; the parties become the columns. What is shared
//! belongs to every party that the table names.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Cell, Content, Form, Line};
use super::legend::{Legend, filled};
use super::lexicon::{cell_key, segments, without_brackets};
use super::words;
use crate::import::sheets::Sheet;

/// The most parties of a table.
const MOST_PARTIES: usize = 12;
/// Words for all parties together.
const SHARED: &[&str] = &["shared", "both", "all", "joint", "jointly", "gemeinsam", "partagé", "compartido"];

/// The text of a right that a party has alone.
pub(super) const ALONE: &str = "responsible";
/// The text of a right that parties share.
pub(super) const TOGETHER: &str = "shared";

/// Whether the crossings below the first row of a sheet name few parties, each in several columns; gives the place of
/// the row of headings.
pub(super) fn find(
    sheet: &Sheet,
    legend: &Legend,
    is_letter: &dyn Fn(&str) -> bool,
    forced: Option<usize>,
) -> Option<usize> {
    let forced = forced.and_then(|number| sheet.rows.iter().position(|row| row.number == number));
    let is_heading = |row: &usize| !legend.rows.contains(row) && filled(sheet, *row).len() > 2;
    let heading = forced.or_else(|| (0..sheet.rows.len().min(10)).find(is_heading))?;
    let width = sheet.rows.get(heading)?.cells.len();
    let mut columns_of: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let (mut cells, mut letters) = (0_usize, 0_usize);
    for row in heading + 1..sheet.rows.len() {
        if legend.rows.contains(&row) {
            continue;
        }
        for column in 1..width {
            let text = sheet.text(row, column);
            if words::is_blank(text) {
                continue;
            }
            cells += 1;
            letters += usize::from(is_letter(text) || text.chars().count() < 3);
            for party in parties_of(text) {
                columns_of.entry(cell_key(&party.0)).or_default().insert(column);
            }
        }
        if columns_of.len() > MOST_PARTIES {
            return None;
        }
    }
    let shared = columns_of.values().filter(|columns| columns.len() > 1).count();
    let are_names =
        columns_of.keys().all(|name| name.chars().count() <= 40 && !name.starts_with(|c: char| c.is_ascii_digit()));
    let are_names = are_names && letters * 2 < cells;
    let rows = sheet.rows.len().saturating_sub(heading + 1);
    let is_full = cells * 4 >= rows * width.saturating_sub(1) * 3;
    let is_small = columns_of.len() > 1 && columns_of.len() * 3 <= cells;
    (is_small && are_names && is_full && shared * 2 >= columns_of.len() && rows > 1).then_some(heading)
}

/// The parties that a text names, each with what is said in brackets.
fn parties_of(text: &str) -> Vec<(String, String)> {
    let part = |segment: String| {
        let (name, remarks) = without_brackets(&segment);
        (name, remarks.join("; "))
    };
    segments(text).into_iter().map(part).filter(|(name, _)| !name.is_empty()).collect()
}

fn is_shared(name: &str) -> bool {
    SHARED.contains(&name.to_lowercase().as_str())
}

/// The content of such a table.
pub(super) fn content(sheet: &Sheet, legend: Legend, heading: usize) -> Content {
    let mut content = Content {
        sheet: sheet.name.clone(),
        form: Form::Parties,
        heading_row: sheet.rows.get(heading).map_or(0, |row| row.number),
        subject_heading: "Responsibility".to_owned(),
        legend: legend.entries,
        footnotes: legend.footnotes,
        makes_framework: true,
        ..Content::default()
    };
    content.remarks = (0..heading)
        .map(|row| filled(sheet, row).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" · "))
        .collect();
    let width = sheet.rows.get(heading).map_or(0, |row| row.cells.len());
    let body = || (heading + 1..sheet.rows.len()).filter(|row| !legend.rows.contains(row));
    // All parties first, in the order of the table, for what is shared belongs to each of them.
    for (row, column) in body().flat_map(|row| (1..width).map(move |column| (row, column))) {
        for (name, _) in parties_of(sheet.text(row, column)) {
            if !is_shared(&name) && !words::is_blank(&name) {
                content.column(Line { name, address: sheet.address(row, column), ..Line::default() });
            }
        }
    }
    let mut shares = false;
    for row in body() {
        for column in 1..width {
            shares |= crossing(sheet, heading, row, column, &mut content);
        }
    }
    content.notes.push(
        "Each crossing of a row and a column is a subject of its own, named after the column, in the area of its row."
            .to_owned(),
    );
    if shares {
        let names: Vec<&str> = content.columns.iter().map(|party| party.name.as_str()).collect();
        content
            .notes
            .push(format!("Guessed: what is “shared” belongs to every party of the table: {}.", names.join(", ")));
    }
    content
}

/// The rights of one crossing; whether it is shared.
fn crossing(sheet: &Sheet, heading: usize, row: usize, column: usize, content: &mut Content) -> bool {
    let text = sheet.text(row, column);
    if words::is_blank(text) {
        return false;
    }
    let address = sheet.address(row, column);
    let (name, group) = (sheet.text(heading, column).to_owned(), sheet.text(row, 0).to_owned());
    let place = content.row(Line { name, group, address: address.clone(), ..Line::default() });
    let mut shares = false;
    for (name, note) in parties_of(text) {
        let is_shared = is_shared(&name);
        shares |= is_shared;
        for (at, party) in content.columns.iter().enumerate() {
            if is_shared || cell_key(&party.name) == cell_key(&name) {
                let text = if is_shared { TOGETHER } else { ALONE }.to_owned();
                let cell = Cell {
                    row: place,
                    column: at,
                    text,
                    address: address.clone(),
                    note: note.clone(),
                    ..Cell::default()
                };
                content.cells.push(cell);
            }
        }
    }
    shares
}
