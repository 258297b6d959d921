//! Workbooks that Remit wrote: the register of decisions and the list of rights, read back with all fields.

use std::collections::BTreeMap;

use super::content::{Cell, CellProblem, Content, Form, Line};
use crate::import::sheets::Sheet;
use crate::model::*;

/// Sets a field of a decision from a detail of a table; whether it was one.
///
/// # Errors
/// What was expected of the text.
pub(super) fn set(
    decision: &mut Decision,
    base: &Document,
    heading: &str,
    text: &str,
    is_register: bool,
) -> Result<bool, String> {
    if !is_register {
        return Ok(set_of_matrix(decision, heading, text));
    }
    if workbook::REGISTER_HEADINGS.contains(&heading) {
        return Ok(true);
    }
    match DECISION_FIELDS.iter().find(|field| field.heading == heading) {
        Some(field) => (field.set)(base, decision, text).map(|()| true),
        None => Ok(false),
    }
}

/// The two fields that a matrix may state in columns of its own.
fn set_of_matrix(decision: &mut Decision, heading: &str, text: &str) -> bool {
    match heading.to_lowercase().as_str() {
        "kind" => {
            let kind = DecisionKind::ALL.into_iter().find(|kind| kind.word() == text);
            decision.kind = kind.unwrap_or(decision.kind);
            kind.is_some() || text == "step"
        }
        "frequency" => {
            let rate: Option<Rate> = text.parse().ok();
            decision.frequency = rate.or(decision.frequency);
            rate.is_some()
        }
        _ => false,
    }
}

/// The key that a register states.
pub(super) fn key_of(details: &[(String, String)]) -> Key {
    let stated = details.iter().find(|(heading, _)| heading == "Key");
    stated.and_then(|(_, text)| Key::new(text)).unwrap_or_default()
}

/// The tables of a workbook that Remit wrote, one for each framework; none for any other workbook.
pub(super) fn contents(sheets: &[Sheet], base: &Document) -> Option<Vec<Content>> {
    let named = |name: &str| sheets.iter().find(|sheet| sheet.name == name);
    let (register, rights) = (named(workbook::REGISTER)?, named(workbook::RIGHTS)?);
    let begins = |sheet: &Sheet, headings: &[&str]| {
        headings.iter().enumerate().all(|(column, heading)| sheet.text(0, column) == *heading)
    };
    if !begins(register, &workbook::REGISTER_HEADINGS) || !begins(rights, &workbook::RIGHT_HEADINGS) {
        return None;
    }
    let frameworks = named(workbook::LEGEND).map(frameworks).unwrap_or_default();
    let mut reader = Reader { base, tables: BTreeMap::new(), rows: BTreeMap::new(), problems: Vec::new() };
    for row in 1..register.rows.len() {
        reader.decision(register, row, &frameworks);
    }
    for row in 1..rights.rows.len() {
        reader.right(rights, row);
    }
    let mut tables: Vec<Content> = reader.tables.into_values().collect();
    if let Some(first) = tables.first_mut() {
        first.problems = reader.problems;
        first.notes.push("Read as a workbook that Remit wrote: the register and the list of rights count.".to_owned());
    }
    Some(tables)
}

fn frameworks(legend: &Sheet) -> BTreeMap<String, Framework> {
    let mut frameworks: BTreeMap<String, Framework> = BTreeMap::new();
    for row in 1..legend.rows.len() {
        let text = |column| legend.text(row, column);
        let name = text(0).to_owned();
        let framework = frameworks.entry(name.clone()).or_insert_with(|| Framework {
            key: Key::unset(),
            name,
            description: String::new(),
            letters: Vec::new(),
            built_in: false,
        });
        let duties = text(4).split(", ").filter_map(|word| Duty::ALL.into_iter().find(|duty| duty.word() == word));
        framework.letters.push(Letter {
            code: text(1).to_owned(),
            name: text(2).to_owned(),
            meaning: text(3).to_owned(),
            duties: duties.collect(),
            at_least: text(5).parse().unwrap_or(0),
            at_most: text(6).parse().ok(),
            rank: text(7).parse().ok(),
            tint: text(8).parse().ok(),
        });
    }
    frameworks
}

struct Reader<'a> {
    base: &'a Document,
    /// By name of the framework.
    tables: BTreeMap<String, Content>,
    /// Framework and place of each row, by its text in the list of rights.
    rows: BTreeMap<String, (String, usize)>,
    problems: Vec<CellProblem>,
}

impl Reader<'_> {
    fn table(&mut self, name: &str, framework: Option<&Framework>) -> &mut Content {
        self.tables.entry(name.to_owned()).or_insert_with(|| Content {
            form: Form::List,
            is_register: true,
            heading_row: 1,
            framework: framework.cloned(),
            ..Content::default()
        })
    }

    fn decision(&mut self, sheet: &Sheet, row: usize, frameworks: &BTreeMap<String, Framework>) {
        let width = sheet.rows.first().map_or(0, |row| row.cells.len());
        let details: Vec<(String, String)> = (0..width)
            .map(|column| (sheet.text(0, column).to_owned(), sheet.text(row, column).to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let stated = |heading: &str| {
            details.iter().find(|(known, _)| known == heading).map_or_else(String::new, |(_, text)| text.clone())
        };
        let (key, name, framework) = (stated("Key"), stated("Name"), stated("Framework"));
        let line = Line {
            group: stated("Area"),
            address: sheet.address(row, 0),
            details: details.clone(),
            name,
            ..Line::default()
        };
        let reference = format!("{} ({key})", line.name);
        let place = self.table(&framework, frameworks.get(&framework)).row(line);
        self.rows.insert(reference, (framework, place));
    }

    fn right(&mut self, sheet: &Sheet, row: usize) {
        let text = |column| sheet.text(row, column);
        let reference = text(1).to_owned();
        let (framework, place) = match self.rows.get(&reference).cloned() {
            Some(known) => known,
            None => match self.step(text(0), &reference) {
                Some((framework, line)) => {
                    let place = self.table(&framework, None).row(line);
                    self.rows.insert(reference, (framework.clone(), place));
                    (framework, place)
                }
                None => {
                    self.problem(sheet, row, 1, "a row of the register, or a step of the project");
                    return;
                }
            },
        };
        let start = workbook::RIGHT_HEADINGS.len();
        let texts: [&str; 14] = std::array::from_fn(|at| text(start + at));
        let tiers = match tier_from_columns(self.base, &texts) {
            Ok(tier) => tier.into_iter().collect(),
            Err((at, expected)) => {
                self.problem(sheet, row, start + at, expected);
                return;
            }
        };
        let start = start + TIER_HEADINGS.len();
        let veto = (text(start).to_owned(), text(start + 1).parse().ok());
        let holder = Line {
            name: text(3).to_owned(),
            group: text(4).to_owned(),
            kind: text(2).to_owned(),
            address: sheet.address(row, 3),
            details: Vec::new(),
        };
        let (letter, note, address) = (text(5).to_owned(), text(start + 2).to_owned(), sheet.address(row, 5));
        let table = self.table(&framework, None);
        let column = table.column(holder);
        table.cells.push(Cell { row: place, column, text: letter, address, tiers, note, veto: Some(veto) });
    }

    /// The row for a step of the project, and the framework of its letters.
    fn step(&self, kind: &str, reference: &str) -> Option<(String, Line)> {
        let found = (kind == "step").then(|| find_reference(self.base, reference, &[ElementKind::Step])).flatten()?;
        let ElementRef::Step(id) = found else { return None };
        let step = self.base.get::<Step>(id)?;
        let framework = self.base.framework_of(Subject::Step(id)).map(|(_, framework)| framework.name.clone());
        let details = vec![("Kind".to_owned(), "step".to_owned())];
        let group = self.base.name_of(step.process.into()).to_owned();
        Some((framework.unwrap_or_default(), Line { name: step.name.clone(), group, details, ..Line::default() }))
    }

    fn problem(&mut self, sheet: &Sheet, row: usize, column: usize, expected: &str) {
        self.problems.push(CellProblem {
            address: sheet.address(row, column),
            found: sheet.text(row, column).to_owned(),
            expected: expected.to_owned(),
            consequence: "the right was left out".to_owned(),
        });
    }
}
