//! Tables with letters where rows and columns cross: where the headings, the names and the letters stand.
//!
//! The letters are found first, by what reads as letters; the headings stand above them, the names at the left. Whether
//! activities are rows or columns is told by the heading of the names, else by the names, else by where one decider
//! stands alone.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Settings;
use super::content::{Cell, Content, Form, Line};
use super::headings::{SubjectWord, corner_word, is_area, is_name, is_number};
use super::legend::{Legend, filled};
use super::words;
use crate::import::sheets::Sheet;

/// What a cell looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Empty,
    Blank,
    Letter,
    Text,
}

/// Where the parts of a grid stand: places of rows and columns of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub heading: usize,
    pub group_heading: Option<usize>,
    pub names: usize,
    pub areas: Option<usize>,
    pub numbers: Option<usize>,
    pub letters: Vec<usize>,
    pub details: Vec<usize>,
    pub body: Vec<usize>,
    pub group_rows: Vec<usize>,
    pub detail_rows: Vec<usize>,
}

/// The looks of all cells.
struct Looks {
    width: usize,
    all: Vec<Look>,
    rows: usize,
}

impl Looks {
    fn of(sheet: &Sheet, legend: &Legend, is_letter: &dyn Fn(&str) -> bool) -> Self {
        let (width, rows) = (sheet.width(), sheet.rows.len());
        let mut known: FxHashMap<&str, Look> = FxHashMap::default();
        let mut all = Vec::with_capacity(width * rows);
        for (index, row) in sheet.rows.iter().enumerate() {
            for column in 0..width {
                let text = row.cell(column);
                let look = *known.entry(text).or_insert_with(|| look_of(text, is_letter));
                all.push(if legend.rows.contains(&index) { Look::Empty } else { look });
            }
        }
        Self { width, all, rows }
    }

    fn at(&self, row: usize, column: usize) -> Look {
        self.all.get(row * self.width + column).copied().unwrap_or(Look::Empty)
    }

    fn count(&self, row: usize, columns: &[usize], look: Look) -> usize {
        columns.iter().filter(|column| self.at(row, **column) == look).count()
    }

    /// Letters of a column from a row to another.
    fn letters(&self, column: usize, rows: std::ops::RangeInclusive<usize>) -> (usize, usize) {
        let mut counts = (0, 0);
        for row in rows {
            match self.at(row, column) {
                Look::Letter => counts.0 += 1,
                Look::Text => counts.1 += 1,
                Look::Empty | Look::Blank => {}
            }
        }
        counts
    }
}

fn look_of(text: &str, is_letter: &dyn Fn(&str) -> bool) -> Look {
    if text.is_empty() {
        Look::Empty
    } else if words::is_blank(text) {
        Look::Blank
    } else if is_letter(text) {
        Look::Letter
    } else {
        Look::Text
    }
}

/// The layout of the grid in a sheet, if there is one.
pub(super) fn find(
    sheet: &Sheet,
    legend: &Legend,
    is_letter: &dyn Fn(&str) -> bool,
    settings: &Settings,
) -> Option<Layout> {
    let looks = Looks::of(sheet, legend, is_letter);
    let forced = settings.heading_row.and_then(|number| sheet.rows.iter().position(|row| row.number == number));
    let start = forced.map_or(0, |row| row + 1);
    let (mut letters, mut top, bottom) = block(&looks, start)?;
    letters.retain(|column| settings.name_column != Some(*column));
    let has_names = |first: usize| (0..first).any(|column| looks.letters(column, top..=bottom).1 > 0);
    if letters.len() > 1 && letters.first().is_some_and(|first| !has_names(*first)) && settings.name_column.is_none() {
        // Names that read as letters: “Approval”, “Review”.
        letters.remove(0);
    }
    let first = *letters.first()?;
    let heading = match forced.or_else(|| heading_above(sheet, &looks, &letters, top)) {
        Some(heading) => heading,
        None if top < bottom => {
            top += 1;
            top - 1
        }
        None => return None,
    };
    let body_range = top..=bottom;
    add_empty_columns(sheet, &looks, heading, &body_range, &mut letters);
    let mut layout = Layout { heading, letters, ..Layout::default() };
    name_columns(sheet, &looks, first, &body_range, settings, &mut layout)?;
    sort_rows(&looks, top, bottom, &mut layout);
    layout.group_heading = group_heading(sheet, &looks, &layout);
    (!layout.body.is_empty()).then_some(layout)
}

/// The columns with letters, and the first and last row of them.
fn block(looks: &Looks, start: usize) -> Option<(Vec<usize>, usize, usize)> {
    let last = looks.rows.checked_sub(1).filter(|last| *last >= start)?;
    let counts: Vec<usize> = (0..looks.width).map(|column| looks.letters(column, start..=last).0).collect();
    let most = counts.iter().copied().max().filter(|most| *most > 0)?;
    let main: Vec<usize> =
        (0..looks.width).filter(|column| counts.get(*column).is_some_and(|n| n * 2 >= most)).collect();
    let has_letters = |row: &usize| {
        let letters = looks.count(*row, &main, Look::Letter);
        letters > 0 && letters >= looks.count(*row, &main, Look::Text)
    };
    let top = (start..=last).find(has_letters)?;
    let bottom = (start..=last).rev().find(has_letters)?;
    let fits = |column: &usize| {
        let (letters, texts) = looks.letters(*column, top..=bottom);
        letters > 0 && letters >= texts
    };
    let columns: Vec<usize> = (0..looks.width).filter(fits).collect();
    (!columns.is_empty()).then_some((columns, top, bottom))
}

/// The nearest row above with texts over half of the letters; rather one of headings than one of lists.
fn heading_above(sheet: &Sheet, looks: &Looks, letters: &[usize], top: usize) -> Option<usize> {
    let is_full = |row: &usize| {
        let texts = looks.count(*row, letters, Look::Text) + looks.count(*row, letters, Look::Letter);
        let distinct: BTreeSet<&str> = letters.iter().map(|column| sheet.text(*row, *column)).collect();
        texts * 2 >= letters.len() && (distinct.len() > 1 || letters.len() == 1)
    };
    let has_lists = |row: &usize| {
        let lines = letters.iter().map(|column| sheet.text(*row, *column).lines().count()).sum::<usize>();
        lines > letters.len() * 2
    };
    let full: Vec<usize> = (0..top).rev().filter(is_full).collect();
    full.iter().copied().find(|row| !has_lists(row)).or_else(|| full.first().copied())
}

/// Columns with a heading whose cells are all empty belong to the letters, too: somebody without any.
fn add_empty_columns(
    sheet: &Sheet,
    looks: &Looks,
    heading: usize,
    body: &std::ops::RangeInclusive<usize>,
    letters: &mut Vec<usize>,
) {
    let Some(first) = letters.first().copied() else { return };
    let is_empty = |column: &usize| {
        !sheet.text(heading, *column).is_empty()
            && looks.letters(*column, body.clone()) == (0, 0)
            && !is_area(sheet.text(heading, *column))
    };
    letters.extend((first + 1..looks.width).filter(is_empty));
    letters.sort_unstable();
    letters.dedup();
}

/// Which of the columns at the left holds names, areas, numbers; all other texts are details.
fn name_columns(
    sheet: &Sheet,
    looks: &Looks,
    first: usize,
    body: &std::ops::RangeInclusive<usize>,
    settings: &Settings,
    layout: &mut Layout,
) -> Option<()> {
    let has_text = |column: &usize| body.clone().any(|row| matches!(looks.at(row, *column), Look::Text | Look::Letter));
    let mut left: Vec<usize> = (0..first).filter(has_text).collect();
    let heading = |column: usize| sheet.text(layout.heading, column);
    layout.numbers = left.iter().copied().find(|column| {
        is_number(heading(*column)) || (left.len() > 1 && body.clone().all(|row| is_numeral(sheet.text(row, *column))))
    });
    let is_alone = left.len() == 1;
    left.retain(|column| is_alone || Some(*column) != layout.numbers);
    let distinct = |column: usize| {
        let texts: BTreeSet<&str> =
            body.clone().map(|row| sheet.text(row, column)).filter(|text| !text.is_empty()).collect();
        texts.len()
    };
    let names = settings
        .name_column
        .or_else(|| left.iter().copied().find(|column| is_name(heading(*column))))
        .or_else(|| {
            left.iter()
                .copied()
                .filter(|column| !is_area(heading(*column)))
                .max_by_key(|column| (distinct(*column), usize::MAX - column))
        })
        .or_else(|| left.first().copied())?;
    left.retain(|column| *column != names);
    if layout.numbers == Some(names) {
        layout.numbers = None;
    }
    let rows = body.clone().count();
    layout.areas = left.iter().copied().find(|column| is_area(heading(*column))).or_else(|| {
        left.iter()
            .copied()
            .find(|column| *column < names && heading(*column).is_empty() && distinct(*column) * 2 <= rows)
    });
    left.retain(|column| Some(*column) != layout.areas);
    layout.names = names;
    layout.letters.retain(|column| *column != names);
    let right =
        (first..looks.width).filter(|column| !layout.letters.contains(column) && has_text(column) && *column != names);
    layout.details = left.into_iter().chain(right).collect();
    Some(())
}

fn is_numeral(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ' ')) || text.is_empty()
}

/// What each row below the headings is.
fn sort_rows(looks: &Looks, top: usize, bottom: usize, layout: &mut Layout) {
    for row in layout.heading + 1..looks.rows {
        let letters = looks.count(row, &layout.letters, Look::Letter);
        let texts = looks.count(row, &layout.letters, Look::Text);
        let blanks = looks.count(row, &layout.letters, Look::Blank);
        let within = (top..=bottom).contains(&row);
        let is_named = looks.at(row, layout.names) != Look::Empty;
        let beside = layout.areas.iter().chain(&layout.numbers).chain(&layout.details);
        let beside = beside.filter(|column| looks.at(row, **column) != Look::Empty).count();
        if letters > 0 && (letters >= texts || within) {
            layout.body.push(row);
        } else if texts * 2 >= layout.letters.len() && letters == 0 && texts > 0 {
            layout.detail_rows.push(row);
        } else if is_named && (texts + blanks > 0 || beside > 0) && (within || texts == 0) {
            layout.body.push(row);
        } else if row <= bottom && texts == 0 && (is_named != (beside > 0)) {
            layout.group_rows.push(row);
        }
    }
}

/// The row just above the headings, where it has texts over the letters: units over roles.
fn group_heading(sheet: &Sheet, looks: &Looks, layout: &Layout) -> Option<usize> {
    let above = layout.heading.checked_sub(1)?;
    let texts: BTreeSet<&str> =
        layout.letters.iter().map(|column| sheet.text(above, *column)).filter(|text| !text.is_empty()).collect();
    let is_beside = looks.at(above, layout.names) == Look::Empty || sheet.text(above, layout.names).len() < 20;
    (is_beside && texts.len() > 1).then_some(above)
}

/// Whether the subjects of a grid are its columns.
pub(super) fn is_transposed(sheet: &Sheet, layout: &Layout, decides: &dyn Fn(&str) -> bool) -> bool {
    match corner_word(sheet.text(layout.heading, layout.names)) {
        Some(SubjectWord::Subject(_)) => return false,
        Some(SubjectWord::Holder) => return true,
        None => {}
    }
    let share = |names: &mut dyn Iterator<Item = &str>| {
        let (mut all, mut roles) = (0_usize, 0_usize);
        for name in names.filter(|name| !name.is_empty()) {
            all += 1;
            roles += usize::from(words::is_role_like(name));
        }
        roles as f64 / all.max(1) as f64
    };
    let rows = share(&mut layout.body.iter().map(|row| sheet.text(*row, layout.names)));
    let columns = share(&mut layout.letters.iter().map(|column| sheet.text(layout.heading, *column)));
    if (rows - columns).abs() > 0.2 {
        return rows > columns;
    }
    let ones = |lines: &[usize], across: &[usize], at: &dyn Fn(usize, usize) -> bool| {
        let alone = lines.iter().filter(|line| across.iter().filter(|other| at(**line, **other)).count() == 1).count();
        alone as f64 / lines.len().max(1) as f64
    };
    let by_row = ones(&layout.body, &layout.letters, &|row, column| decides(sheet.text(row, column)));
    let by_column = ones(&layout.letters, &layout.body, &|column, row| decides(sheet.text(row, column)));
    by_column > by_row
}

/// The content of a grid.
pub(super) fn content(sheet: &Sheet, legend: Legend, layout: &Layout, transposed: bool) -> Content {
    let mut content = Content {
        sheet: sheet.name.clone(),
        form: Form::Grid,
        transposed,
        heading_row: sheet.rows.get(layout.heading).map_or(0, |row| row.number),
        subject_heading: if transposed { String::new() } else { sheet.text(layout.heading, layout.names).to_owned() },
        legend: legend.entries,
        footnotes: legend.footnotes,
        ..Content::default()
    };
    let down: Vec<Line> = lines_down(sheet, layout);
    let across: Vec<Line> = lines_across(sheet, layout);
    for (line, row) in layout.body.iter().enumerate() {
        for (place, column) in layout.letters.iter().enumerate() {
            let text = sheet.text(*row, *column);
            if words::is_blank(text) {
                continue;
            }
            let (subject, holder) = if transposed { (place, line) } else { (line, place) };
            let address = sheet.address(*row, *column);
            content.cells.push(Cell {
                row: subject,
                column: holder,
                text: text.to_owned(),
                address,
                ..Cell::default()
            });
        }
    }
    (content.rows, content.columns) = if transposed { (across, down) } else { (down, across) };
    note(sheet, layout, &legend.rows, &mut content);
    content
}

/// The names at the left with their groups and details.
fn lines_down(sheet: &Sheet, layout: &Layout) -> Vec<Line> {
    let mut area = String::new();
    let mut lines = Vec::new();
    let mut groups = layout.group_rows.iter().peekable();
    for row in &layout.body {
        while let Some(group) = groups.next_if(|group| *group < row) {
            area = filled(sheet, *group).first().map_or_else(String::new, |(_, text)| (*text).to_owned());
        }
        let own = layout.areas.map_or("", |column| sheet.text(*row, column));
        if !own.is_empty() {
            own.clone_into(&mut area);
        }
        let columns = layout.numbers.iter().chain(&layout.details);
        let details = columns
            .map(|column| (sheet.text(layout.heading, *column).to_owned(), sheet.text(*row, *column).to_owned()))
            .filter(|(_, text)| !text.is_empty());
        lines.push(line(sheet.text(*row, layout.names), &area, sheet.address(*row, layout.names), details.collect()));
    }
    lines
}

/// The headings above the letters with their groups and details.
fn lines_across(sheet: &Sheet, layout: &Layout) -> Vec<Line> {
    let mut group = "";
    let mut lines = Vec::new();
    for column in &layout.letters {
        let above = layout.group_heading.map_or("", |row| sheet.text(row, *column));
        let own = sheet.text(layout.heading, *column);
        // A heading that reaches over both rows stands in the upper one and has nothing below: it is a name, no group.
        let is_tall = own.is_empty() && !above.is_empty();
        if !above.is_empty() {
            group = if is_tall { "" } else { above };
        }
        let rows = layout.detail_rows.iter();
        let details = rows
            .map(|row| (sheet.text(*row, layout.names).to_owned(), sheet.text(*row, *column).to_owned()))
            .filter(|(_, text)| !words::is_blank(text));
        let name = if is_tall { above } else { own };
        lines.push(line(name, group, sheet.address(layout.heading, *column), details.collect()));
    }
    lines
}

/// A line; what follows the name in a long text is a detail.
pub(super) fn line(text: &str, group: &str, address: String, mut details: Vec<(String, String)>) -> Line {
    const LONG: usize = 80;
    let at = if text.chars().count() > LONG { text.find(" - ").or_else(|| text.find('\n')) } else { None };
    let (name, rest) = at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
    let rest = rest.trim_start_matches([' ', '-', '\n']).trim();
    if !rest.is_empty() {
        details.insert(0, (String::new(), rest.to_owned()));
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    Line { name, group: group.split_whitespace().collect::<Vec<_>>().join(" "), address, kind: String::new(), details }
}

/// Remarks around the table, and how rows were read that are no subjects.
fn note(sheet: &Sheet, layout: &Layout, legend: &BTreeSet<usize>, content: &mut Content) {
    let quoted = |rows: &[usize]| {
        let each = rows.iter().map(|row| {
            let (column, text) = filled(sheet, *row).first().copied().unwrap_or((0, ""));
            format!("“{text}” ({})", sheet.address(*row, column))
        });
        each.collect::<Vec<_>>().join(", ")
    };
    if !layout.group_rows.is_empty() {
        content.notes.push(format!("Read as headings of groups: {}.", quoted(&layout.group_rows)));
    }
    if !layout.detail_rows.is_empty() {
        let whose = if content.transposed { "the subjects" } else { "the holders" };
        let rows = quoted(&layout.detail_rows);
        content.notes.push(format!("Without letters, kept with the description of {whose}: {rows}."));
    }
    let used = |row: &usize| {
        *row == layout.heading
            || Some(*row) == layout.group_heading
            || [&layout.body, &layout.group_rows, &layout.detail_rows]
                .iter()
                .any(|rows| rows.binary_search(row).is_ok())
            || legend.contains(row)
    };
    for row in (0..sheet.rows.len()).filter(|row| !used(row)) {
        let texts: Vec<&str> = filled(sheet, row).into_iter().map(|(_, text)| text).collect();
        content.remarks.push(texts.join(" · "));
    }
}
