//! Cells of the register as tab-separated text, to and from spreadsheets.

use super::table::Table;
use super::{RegisterState, offer};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::matrix::cursor::{Cell, Selection};
use crate::app::matrix::tsv;
use crate::edit::{Edit, RegisterCell, Sequence, new_decisions, write_register};
use crate::model::*;

impl RegisterState {
    /// The selected cells as tab-separated text; none before the register was shown.
    pub(in crate::app::matrix) fn copied_text(&self) -> Option<String> {
        let (_, _, table) = self.table.as_ref()?;
        if table.extent().is_empty() {
            return None;
        }
        let block = self.selection.clamped(table.extent()).block();
        let text = |cell| table.cell(cell).map(|(text, _)| text.clone()).unwrap_or_default();
        let row = |row| (block.first.column..=block.last.column).map(|column| text(Cell::new(row, column))).collect();
        let rows: Vec<Vec<String>> = (block.first.row..=block.last.row).map(row).collect();
        Some(tsv::to_tsv(&rows))
    }

    /// Puts tab-separated text into the cells: one value into all that are selected, a table from the active cell on.
    /// Rows below the last one become new decisions where they have names.
    pub(in crate::app::matrix) fn pasted(&mut self, core: &Core, text: &str) -> Vec<Command> {
        let table = self.table.as_ref().map(|(_, _, table)| table.clone()).unwrap_or_default();
        let rows = tsv::from_tsv(text);
        let columns = if table.columns.is_empty() {
            self.choice.columns.clone()
        } else {
            table.columns.iter().map(|column| column.column).collect()
        };
        let mut commands = Vec::new();
        match self.paste_rows(core, &table, &columns, &rows) {
            Ok((edit, remark)) => {
                if let Some(edit) = edit
                    && let Err(problem) = offer(core, edit, &mut commands)
                {
                    commands.push(Command::Hint(format!("Nothing was pasted. {problem}")));
                }
                commands.extend((!remark.is_empty()).then_some(Command::Hint(remark)));
            }
            Err(problem) => commands.push(Command::Hint(format!("Nothing was pasted. {problem}"))),
        }
        commands
    }

    /// The change that a pasted table makes, and what was left out.
    fn paste_rows(
        &mut self,
        core: &Core,
        table: &Table,
        columns: &[RegisterColumn],
        rows: &[Vec<String>],
    ) -> Result<(Option<Edit>, String), String> {
        let document = core.document();
        let selection = self.selection.clamped(table.extent());
        let mut left_out: Vec<&'static str> = Vec::new();
        let mut cells: Vec<RegisterCell> = Vec::new();
        let mut new: Vec<Vec<(RegisterColumn, String)>> = Vec::new();
        let mut is_beyond = false;
        let mut put = |cell: Cell, text: &str| {
            let Some((decision, column)) = table.place(cell) else { return };
            let stays = table.cell(cell).is_some_and(|(old, _)| old == text);
            if column.expected().is_some() {
                cells.push(RegisterCell { decision, column, text: text.to_owned() });
            } else if !stays && !left_out.contains(&column.heading()) {
                left_out.push(column.heading());
            }
        };
        match rows {
            [row] if row.len() == 1 && !table.rows.is_empty() => {
                for cell in selection.cells() {
                    put(cell, &row.concat());
                }
            }
            rows => {
                let first = if table.rows.is_empty() { Cell::default() } else { selection.block().first };
                for (down, row) in rows.iter().enumerate() {
                    is_beyond |= first.column + row.len() > columns.len();
                    if first.row + down < table.rows.len() {
                        for (across, text) in row.iter().enumerate() {
                            put(Cell::new(first.row + down, first.column + across), text);
                        }
                        continue;
                    }
                    let texts = columns.iter().skip(first.column).copied().zip(row.iter().cloned());
                    new.push(texts.collect());
                }
                let width = rows.iter().map(Vec::len).max().unwrap_or(1);
                let last = Cell::new(first.row + rows.len().saturating_sub(1), first.column + width.saturating_sub(1));
                self.selection = Selection::range(first, table.extent().clamp(last));
            }
        }
        let nameless = new.iter().any(|row| !row.iter().any(|(column, _)| *column == RegisterColumn::Name));
        let written = write_register(document, &cells)?;
        let added = new_decisions(document, &new)?;
        let edit = match (written, added) {
            (Some(written), Some(added)) => {
                Some(Sequence { label: "Paste into the register".to_owned(), edits: vec![written, added] }.into())
            }
            (written, added) => written.or(added),
        };
        let mut remarks: Vec<String> = Vec::new();
        if !left_out.is_empty() {
            remarks.push(format!("{} can only be read and were left out.", left_out.join(", ")));
        }
        if is_beyond {
            remarks.push("What lies beyond the last column was left out.".to_owned());
        }
        if nameless {
            remarks.push("Rows below the last one were left out: they have no names.".to_owned());
        }
        Ok((edit, remarks.join(" ")))
    }
}
