//! Cells to and from the clipboard, as spreadsheets have them: with or without the names of rows and columns.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::cursor::{Block, Cell, Selection};
use super::letters::{self, Place};
use super::sheet::Sheet;
use super::{MatrixState, set_cells, tsv};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::app::quick::Wish;
use crate::import::sheets;

impl MatrixState {
    /// The selected cells as tab-separated text; none before the matrix was shown.
    pub fn copied_text(&self, core: &Core) -> Option<String> {
        if self.register.is_shown() {
            return self.register.copied_text();
        }
        let (sheet, block) = self.copied_block()?;
        Some(tsv::to_tsv(&cells(core, sheet, block)))
    }

    /// The selected cells under the names of their columns and beside those of their rows.
    pub fn copied_with_headings(&self, core: &Core) -> Option<String> {
        let (sheet, block) = self.copied_block()?;
        let mut first = vec![String::new()];
        let columns = sheet.columns.get(block.first.column..=block.last.column).unwrap_or_default();
        first.extend(columns.iter().map(|column| column.name.clone()));
        let names = sheet.rows.get(block.first.row..=block.last.row).unwrap_or_default();
        let mut rows = cells(core, sheet, block);
        for (row, name) in rows.iter_mut().zip(names) {
            row.insert(0, name.name.clone());
        }
        rows.insert(0, first);
        Some(tsv::to_tsv(&rows))
    }

    fn copied_block(&self) -> Option<(&Sheet, Block)> {
        let (_, sheet) = self.sheet.as_ref()?;
        let block = self.selection.clamped(sheet.extent()).block();
        (!sheet.extent().is_empty()).then_some((&**sheet, block))
    }

    /// Puts tab-separated text into the cells: one value into all that are selected, a table from the active cell on, a
    /// table with names of rows and columns where those are.
    pub fn pasted(&mut self, core: &Core, text: &str) -> Vec<Command> {
        if self.register.is_shown() {
            return self.register.pasted(core, text);
        }
        let Some((_, sheet)) = &self.sheet else { return Vec::new() };
        if sheet.extent().is_empty() {
            let table = tsv::from_tsv(text);
            if names_rows(&table) && table.iter().all(|row| row.len() > 1) {
                return offered(text, "This table names rows and columns: choose what comes in.".to_owned());
            }
            // There are no cells yet: the text may name decisions.
            return vec![Command::Quick(Wish::Write(text.to_owned()))];
        }
        let sheet = sheet.clone();
        let table = tsv::from_tsv(text);
        let mut commands = Vec::new();
        match Headed::find(&sheet, &table) {
            Some(headed) if headed.unknown.is_empty() => {
                paste_headed(core, &headed, &mut commands);
                return commands;
            }
            Some(headed) => {
                let hint = format!("{} not in this matrix yet: choose what comes in.", listed(&headed.unknown));
                return offered(text, hint);
            }
            None => {}
        }
        let (texts, left_over) = self.aimed_texts(&sheet, &table);
        match letters::from_texts(core.document(), &texts) {
            Ok(cells) => set_cells(core, cells, &mut commands),
            Err(_) if names_rows(&table) => {
                return offered(text, "This table names rows and columns: choose what comes in.".to_owned());
            }
            Err(_) if tsv::is_of_words(&table) => commands.push(Command::Quick(Wish::Write(text.to_owned()))),
            Err(problem) => commands.push(Command::Hint(format!("Nothing was pasted. {problem}"))),
        }
        if left_over && !commands.iter().any(|command| matches!(command, Command::Hint(_))) {
            commands.push(Command::Hint("What lies beyond the last row and column was left out.".to_owned()));
        }
        commands
    }

    /// Which text goes where, and whether some lies beyond the last row or column. What was pasted is selected.
    fn aimed_texts(&mut self, sheet: &Sheet, table: &[Vec<String>]) -> (Vec<(Place, String)>, bool) {
        let selection = self.selection.clamped(sheet.extent());
        let first = selection.block().first;
        let mut texts: Vec<(Place, String)> = Vec::new();
        let mut left_over = false;
        if let [row] = table
            && row.len() == 1
        {
            let value = row.concat();
            let places = selection.cells().into_iter().filter_map(|cell| sheet.place(cell));
            return (places.map(|place| (place, value.clone())).collect(), false);
        }
        for (down, row) in table.iter().enumerate() {
            for (across, value) in row.iter().enumerate() {
                match sheet.place(Cell::new(first.row + down, first.column + across)) {
                    Some(place) => texts.push((place, value.clone())),
                    None => left_over = true,
                }
            }
        }
        let width = table.iter().map(Vec::len).max().unwrap_or(1);
        let last = Cell::new(first.row + table.len().saturating_sub(1), first.column + width.saturating_sub(1));
        self.selection = Selection::range(first, sheet.extent().clamp(last));
        (texts, left_over)
    }
}

fn paste_headed(core: &Core, headed: &Headed, commands: &mut Vec<Command>) {
    match letters::from_texts(core.document(), &headed.texts) {
        Ok(cells) => set_cells(core, cells, commands),
        Err(problem) => commands.push(Command::Hint(format!("Nothing was pasted. {problem}"))),
    }
}

/// Shows a table whose rows or columns are new before it comes in.
fn offered(text: &str, hint: String) -> Vec<Command> {
    match sheets::read(text.as_bytes()) {
        Ok(book) => {
            let dialog = Dialog::import_table("Clipboard".to_owned(), Arc::new(book));
            vec![Command::Hint(hint), Command::Dialog(dialog)]
        }
        Err(problem) => vec![Command::Hint(format!("Nothing was pasted. {problem}."))],
    }
}

/// Whether a table begins its lines with names, one at least for two of them, and has something beside them.
fn names_rows(table: &[Vec<String>]) -> bool {
    let is_name = |cell: &String| cell.chars().filter(|character| character.is_alphabetic()).count() > 3;
    let named = table.iter().skip(1).filter(|row| row.first().is_some_and(is_name)).count();
    table.len() > 1 && named * 2 >= table.len() - 1 && table.iter().any(|row| row.len() > 1)
}

/// The first names of a list, and how many more there are: `“Chef”, “Sing” and 3 more are`.
fn listed(names: &[String]) -> String {
    let first: Vec<String> = names.iter().take(3).map(|name| format!("“{name}”")).collect();
    match names.len() - first.len() {
        0 if first.len() == 1 => format!("{} is", first.concat()),
        0 => format!("{} are", first.join(", ")),
        more => format!("{} and {more} more are", first.join(", ")),
    }
}

fn cells(core: &Core, sheet: &Sheet, block: Block) -> Vec<Vec<String>> {
    let text = |cell| sheet.place(cell).map(|place| letters::text_of(core.document(), place)).unwrap_or_default();
    let row = |row| (block.first.column..=block.last.column).map(|column| text(Cell::new(row, column))).collect();
    (block.first.row..=block.last.row).map(row).collect()
}

/// A pasted table that names its rows and columns.
#[derive(Debug, PartialEq)]
struct Headed {
    /// Which text goes where.
    texts: Vec<(Place, String)>,
    /// Names that no row or column has.
    unknown: Vec<String>,
}

impl Headed {
    /// A table whose first line names a column of the sheet and whose first cells name a row.
    fn find(sheet: &Sheet, table: &[Vec<String>]) -> Option<Self> {
        let folded = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let columns: FxHashMap<String, usize> =
            sheet.columns.iter().enumerate().rev().map(|(index, column)| (folded(&column.name), index)).collect();
        let rows: FxHashMap<String, usize> =
            sheet.rows.iter().enumerate().rev().map(|(index, row)| (folded(&row.name), index)).collect();
        let (heading, body) = table.split_first()?;
        let names = heading.get(1..)?;
        let named_columns: Vec<Option<usize>> = names.iter().map(|name| columns.get(&folded(name)).copied()).collect();
        let row_of = |row: &Vec<String>| row.first().and_then(|name| rows.get(&folded(name)).copied());
        if named_columns.iter().flatten().next().is_none() || !body.iter().any(|row| row_of(row).is_some()) {
            return None;
        }
        let mut found = Self { texts: Vec::new(), unknown: Vec::new() };
        let missing = names.iter().zip(&named_columns).filter(|(name, at)| at.is_none() && !name.is_empty());
        found.unknown.extend(missing.map(|(name, _)| name.clone()));
        for row in body {
            let Some(at) = row_of(row) else {
                found.unknown.extend(row.first().filter(|name| !name.is_empty()).cloned());
                continue;
            };
            for (text, column) in row.iter().skip(1).zip(&named_columns) {
                let place = column.and_then(|column| sheet.place(Cell::new(at, column)));
                found.texts.extend(place.map(|place| (place, text.clone())));
            }
        }
        Some(found)
    }
}
