//! Texts of the register as one step: what is typed, filled or pasted into its cells.

use super::{Edit, Insert, Replace, Sequence};
use crate::model::*;

/// A text for a cell of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterCell {
    /// The row.
    pub decision: DecisionId,
    /// The column.
    pub column: RegisterColumn,
    /// What is to stand there.
    pub text: String,
}

/// One edit that writes texts into cells; none where nothing would change.
///
/// # Errors
/// The first text that a column does not take, with its row and what was expected. Nothing is changed then.
pub fn write_register(document: &Document, cells: &[RegisterCell]) -> Result<Option<Edit>, String> {
    let mut records: Vec<(DecisionId, Decision)> = Vec::new();
    for cell in cells {
        let at = match records.iter().position(|(id, _)| *id == cell.decision) {
            Some(at) => at,
            None => {
                let Some(decision) = document.get::<Decision>(cell.decision) else { continue };
                records.push((cell.decision, decision.clone()));
                records.len() - 1
            }
        };
        let Some((_, record)) = records.get_mut(at) else { continue };
        let next = document.with_register_text(record, cell.column, &cell.text);
        *record =
            next.map_err(|problem| if cells.len() > 1 { format!("{}, {problem}", record.name) } else { problem })?;
    }
    records.retain(|(id, record)| document.get::<Decision>(*id) != Some(record));
    let replace = |(id, record): (DecisionId, Decision)| Replace { element: id.into(), record: record.into() }.into();
    let rows = records.len();
    let mut edits: Vec<Edit> = records.into_iter().map(replace).collect();
    Ok(match edits.len() {
        0 => None,
        1 => edits.pop(),
        _ => Some(Sequence { label: format!("Change {rows} rows of the register"), edits }.into()),
    })
}

/// New decisions from rows of texts, one for each row with a name, behind all others.
///
/// # Errors
/// The first text that a column does not take, with its row and what was expected.
pub fn new_decisions(document: &Document, rows: &[Vec<(RegisterColumn, String)>]) -> Result<Option<Edit>, String> {
    let last = document.decisions().iter().map(|(_, decision)| decision.order).max().unwrap_or(0);
    let mut records = Vec::new();
    for row in rows {
        let name = row.iter().find(|(column, _)| *column == RegisterColumn::Name).map_or("", |(_, name)| name.trim());
        if name.is_empty() {
            continue;
        }
        let order = last.saturating_add(1 + records.len() as i32);
        let mut record = Decision { order, ..Decision::new(name) };
        for (column, text) in row.iter().filter(|(column, _)| column.expected().is_some()) {
            record =
                document.with_register_text(&record, *column, text).map_err(|problem| format!("{name}, {problem}"))?;
        }
        records.push(record.into());
    }
    let count = records.len();
    let insert = Edit::from(Insert { records, show_in: Vec::new() });
    Ok(match count {
        0 => None,
        1 => Some(insert),
        _ => Some(Sequence { label: format!("Add {count} decisions"), edits: vec![insert] }.into()),
    })
}

/// One edit after which these guesses are facts; none where there is no such guess.
pub fn confirm_guesses(document: &Document, guesses: &[(DecisionId, DecisionFact)]) -> Option<Edit> {
    let mut ids: Vec<DecisionId> = guesses.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let confirm = |id: &DecisionId| {
        let change = |decision: &mut Decision| decision.guesses.retain(|fact| !guesses.contains(&(*id, *fact)));
        let replace = Replace::with::<Decision>(document, *id, change)?;
        let is_changed = document
            .get::<Decision>(*id)
            .is_some_and(|decision| decision.guesses.iter().any(|fact| guesses.contains(&(*id, *fact))));
        is_changed.then(|| Edit::from(replace))
    };
    let edits: Vec<Edit> = ids.iter().filter_map(confirm).collect();
    let label = match edits.len() {
        0 => return None,
        1 => {
            let name = ids.first().map(|id| document.name_of((*id).into())).unwrap_or_default();
            format!("Confirm guesses of “{name}”")
        }
        count => format!("Confirm guesses of {count} decisions"),
    };
    Some(Sequence { label, edits }.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Editor, apply};

    fn two() -> (Document, [DecisionId; 2]) {
        let mut document = Document::default();
        let guesses = vec![DecisionFact::Importance];
        let make = |name: &str| Decision { importance: Some(2), guesses: guesses.clone(), ..Decision::new(name) };
        let ids = ["Grant a refund", "Hire"].map(|name| document.insert(make(name)));
        (document, ids)
    }

    fn cell(decision: DecisionId, column: RegisterColumn, text: &str) -> RegisterCell {
        RegisterCell { decision, column, text: text.to_owned() }
    }

    #[test]
    fn many_cells_are_one_step_and_one_wrong_text_stops_them_all() {
        let (document, [refund, hire]) = two();
        let mut cells = vec![
            cell(refund, RegisterColumn::Importance, "4"),
            cell(refund, RegisterColumn::Work, "6 min"),
            cell(hire, RegisterColumn::Reversible, "no"),
        ];
        let edit = write_register(&document, &cells).unwrap().unwrap();
        let mut editor = Editor::new(document.clone());
        editor.commit(&edit, 0.0).unwrap();
        assert_eq!(
            editor.done().iter().map(|step| step.label.as_str()).collect::<Vec<_>>(),
            ["Change 2 rows of the register"]
        );
        let after = editor.document().get::<Decision>(refund).unwrap();
        assert_eq!((after.importance, after.work, after.guesses.len()), (Some(4), Some(Minutes(6.0)), 0));
        cells.push(cell(hire, RegisterColumn::Importance, "many"));
        assert_eq!(
            write_register(&document, &cells),
            Err("Hire, Importance: “many” is not a whole number from 1 to 5.".into())
        );
    }

    #[test]
    fn the_same_text_again_confirms_a_guess_and_nothing_else_is_a_step() {
        let (document, [refund, _]) = two();
        let edit = write_register(&document, &[cell(refund, RegisterColumn::Importance, "2")]).unwrap().unwrap();
        let after = apply(&document, &edit).unwrap().document;
        assert_eq!(after.get::<Decision>(refund).unwrap().guesses, []);
        assert_eq!(write_register(&after, &[cell(refund, RegisterColumn::Importance, "2")]), Ok(None));
    }

    #[test]
    fn rows_of_texts_become_decisions() {
        let (document, _) = two();
        let row = |name: &str, importance: &str| {
            vec![
                (RegisterColumn::Name, name.to_owned()),
                (RegisterColumn::Decider, "Owner".to_owned()),
                (RegisterColumn::Importance, importance.to_owned()),
            ]
        };
        let edit = new_decisions(&document, &[row("Order stock", "3"), row("", "1"), row("Set prices", "")]);
        let applied = apply(&document, &edit.unwrap().unwrap()).unwrap();
        assert_eq!((applied.created.len(), applied.label.as_str()), (2, "Add 2 decisions"));
        assert!(new_decisions(&document, &[row("Order stock", "9")]).is_err());
    }

    #[test]
    fn guesses_are_confirmed_in_one_step() {
        let (document, [refund, hire]) = two();
        let all: Vec<_> = [refund, hire].map(|id| (id, DecisionFact::Importance)).to_vec();
        let applied = apply(&document, &confirm_guesses(&document, &all).unwrap()).unwrap();
        assert_eq!(applied.label, "Confirm guesses of 2 decisions");
        assert!(applied.document.decisions().iter().all(|(_, decision)| decision.guesses.is_empty()));
        assert_eq!(confirm_guesses(&applied.document, &all), None);
    }
}
