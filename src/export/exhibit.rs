//! Exhibits of the analysis: the same drawing as in the window, and its tables.

use std::sync::Arc;

use emath::{Align, Rect, pos2, vec2};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format as Look, FormatAlign, Workbook, XlsxError};

use super::sheet::{MARGIN, Sheet, missing_glyphs};
use super::{ExportError, Input, Output, Paper, csv};
use crate::scene::display::{Cell, Display, PICTURE_WIDTH, Records, draw};
use crate::scene::measures::{CAPTION, TITLE};
use crate::scene::pen::{Pen, bounds_of};
use crate::scene::text::Measure;
use crate::scene::{Colour, Detail, Item};

/// The most characters in the name of a sheet.
const LONGEST_NAME: usize = 31;

/// The page of an exhibit. One that is made for a sheet of paper has its size, unless it needs more.
pub(super) fn sheet(input: &Input<'_>, display: &Display) -> Sheet {
    let paper = display.is_page.then(|| Paper::NAMED.first().map(|(_, paper)| paper.turned().room(MARGIN)));
    let paper = paper.flatten();
    let drawn = draw(display, paper.map_or(PICTURE_WIDTH, |paper| paper.x));
    let mut pen = Pen::new(None);
    let measure = Measure::bundled();
    let name = if display.of.is_empty() { display.title.clone() } else { format!("{}: {}", display.title, display.of) };
    let project = &input.document.project().name;
    let beside = [Some(project.clone()), input.date.map(|day| day.to_string())].into_iter().flatten();
    let beside: Vec<String> = beside.filter(|text| !text.is_empty()).collect();
    let top = -(measure.line_height(TITLE) + measure.line_height(CAPTION) + 20.0);
    let title = measure.ellipsize(&name, TITLE, drawn.size.x);
    pen.lines(Detail::Title, vec![title], TITLE, Colour::Ink, pos2(0.0, top), Align::Min);
    let at = pos2(0.0, top + measure.line_height(TITLE));
    pen.text(Detail::Secondary, &beside.join(" · "), CAPTION, Colour::InkSecond, at, Align::Min);
    let mut items: Vec<Arc<Item>> = drawn.items.into_iter().map(Arc::new).collect();
    items.extend(pen.finish().into_iter().map(Arc::new));
    let content = bounds_of(items.iter().map(|item| item.bounds))
        .union(Rect::from_min_size(pos2(0.0, top), vec2(drawn.size.x, 1.0)));
    let mut bounds = content.expand(MARGIN);
    bounds = Rect::from_min_max(bounds.min.floor(), bounds.max.ceil());
    if let Some(paper) = paper {
        bounds.max.y = bounds.max.y.max((bounds.min.y + paper.y + 2.0 * MARGIN).round());
    }
    let description = format!("{name}, an analysis of {}", if project.is_empty() { "a project" } else { project });
    let warnings = missing_glyphs(&items);
    Sheet { name, description, items, bounds, warnings }
}

/// Its main table as text.
pub(super) fn written(input: &Input<'_>, format: &'static str, display: &Display) -> Result<Output, ExportError> {
    let records = display.tables.first().map_or_else(Vec::new, |table| table.texts().collect());
    csv::written(input, format, records)
}

/// All its tables as a workbook, a sheet each; numbers stay numbers.
pub(super) fn workbook(input: &Input<'_>, format: &'static str, display: &Display) -> Result<Output, ExportError> {
    let failed = |error: XlsxError| ExportError::Encoding { format, reason: error.to_string() };
    let made = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // The same document gives the same bytes on every day.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let title = format!("{} {}", input.document.project().name, display.title);
        book.set_properties(&DocProperties::new().set_title(title.trim()).set_creation_datetime(&created));
        for table in &display.tables {
            let sheet = book.add_worksheet();
            sheet.set_name(sheet_name(&table.name))?;
            fill(sheet, table)?;
        }
        book.save_to_buffer()
    };
    Ok(Output { bytes: made().map_err(failed)?, warnings: Vec::new() })
}

fn fill(sheet: &mut rust_xlsxwriter::Worksheet, table: &Records) -> Result<(), XlsxError> {
    let heading = Look::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Bottom)
        .set_background_color(Color::RGB(0x00EE_EEEE));
    let plain = Look::new().set_text_wrap().set_align(FormatAlign::Top);
    let number = Look::new().set_align(FormatAlign::Top).set_num_format("0.####");
    for (column, text) in (0_u16..).zip(&table.headings) {
        sheet.write_string_with_format(0, column, text, &heading)?;
        let texts = table.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let longest = texts.map(|cell| cell.text().chars().count()).chain([text.chars().count()]).max().unwrap_or(0);
        sheet.set_column_width(column, (longest as f64 + 2.0).clamp(8.0, 48.0))?;
    }
    for (line, row) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Text(text) if !text.is_empty() => {
                    let short: String = text.chars().take(32_767).collect();
                    sheet.write_string_with_format(line, column, short, &plain)?;
                }
                Cell::Number(value) if value.is_finite() => {
                    sheet.write_number_with_format(line, column, *value, &number)?;
                }
                Cell::Text(_) | Cell::Number(_) | Cell::Empty => {}
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A name that every spreadsheet takes for a sheet.
fn sheet_name(name: &str) -> String {
    let allowed = |c: char| if "[]:*?/\\'".contains(c) { '-' } else { c };
    let short: String = name.chars().map(allowed).take(LONGEST_NAME).collect();
    if short.trim().is_empty() { "Table".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::super::{FORMATS, Kind, format, pixels};
    use super::*;
    use crate::model::Document;
    use crate::scene::Options;
    use crate::scene::display::{Block, Sentence};

    fn display(is_page: bool) -> Display {
        let row = vec![Cell::from("Clerk & owner"), Cell::from(13.25), Cell::Empty];
        Display {
            title: "Hand-overs".into(),
            of: "Refund".into(),
            blocks: vec![Block::Prose(vec![Sentence::plain("Most goes from <Clerk> to Owner.")])],
            tables: vec![Records { rows: vec![row], ..Records::new("Pairs: a/b", &["Who", "A week", "Note"]) }],
            is_page,
            ..Display::default()
        }
    }

    fn made(id: &str, display: &Display) -> Vec<u8> {
        let mut document = Document::default();
        document.project_mut().name = "Bakery".into();
        let options = Options::default();
        let date = Some(jiff::civil::date(2026, 6, 1));
        let input = Input { exhibit: Some(display), date, ..Input::new(&document, None, &options) };
        (format(id).unwrap().export)(&input).unwrap().bytes
    }

    #[test]
    fn a_picture_carries_title_project_and_day() {
        let text = String::from_utf8(made("svg", &display(false))).unwrap();
        assert!(text.contains("Hand-overs: Refund") && text.contains("Bakery · 2026-06-01"), "{text}");
        assert!(text.contains("Most goes from &lt;Clerk&gt; to Owner."));
        let document = Document::default();
        let options = Options::default();
        let shown = display(false);
        let input = Input { exhibit: Some(&shown), ..Input::new(&document, None, &options) };
        assert_eq!(pixels(&input).unwrap().width, 2 * (960 + 48));
    }

    #[test]
    fn a_page_has_the_size_of_its_paper() {
        let text = String::from_utf8(made("svg", &display(true))).unwrap();
        // 210 and 297 mm at 96 units an inch.
        assert!(text.contains("width=\"794\" height=\"1123\""), "{}", text.lines().nth(1).unwrap());
    }

    #[test]
    fn tables_hold_numbers_and_every_format_for_tables_takes_them() {
        let text = String::from_utf8(made("csv", &display(false))).unwrap();
        assert_eq!(text, "Who,A week,Note\r\nClerk & owner,13.25,\r\n");
        let book = made("xlsx", &display(false));
        assert!(book.starts_with(b"PK") && book == made("xlsx", &display(false)));
        assert_eq!(sheet_name("Pairs: a/b"), "Pairs- a-b");
        assert_eq!(FORMATS.iter().filter(|format| format.kind == Kind::Table).count(), 3);
    }
}
