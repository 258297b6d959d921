//! From keys and fills to what cells are to hold.
//!
//! Plain functions from the document and cells to changes; who may hold what is for the edit to say. A letter that is
//! typed keeps the limits that the cell has for it; what is filled or pasted brings its own.

use super::cell_text::{allowed_letters, parse_cell, print_rights, refusal};
use super::cursor::{Block, Cell};
use crate::edit::{CellChange, CellLetter};
use crate::model::*;

/// Row and column of a cell as the document knows them.
pub type Place = (Subject, Actor);

/// What was typed since the hand came to the active cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    /// The beginning of a letter of two or three characters.
    pending: String,
    /// Whether a letter was set, so that the next one adds.
    adds: bool,
}

/// What a typed character does.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// The cell is to hold these letters.
    Set(Vec<CellLetter>),
    /// More characters make it a letter.
    Wait(String),
    /// It is no letter.
    Refused(String),
}

impl Typing {
    /// Takes a character. The first letter replaces what the cell holds, the others are added to it.
    pub fn take(&mut self, character: char, framework: &Framework, held: &[&Right]) -> Typed {
        let longer = format!("{}{character}", self.pending);
        let alone = character.to_string();
        let continues = !self.pending.is_empty();
        let found = framework.letter(&longer).map(|letter| (letter, continues));
        let Some((letter, replaces)) = found.or_else(|| framework.letter(&alone).map(|letter| (letter, false))) else {
            return self.wait_or_refuse(&alone, framework);
        };
        // R of “R” and “Ri” is set at once, and replaced when the i comes.
        let first = self.pending.clone();
        self.pending = if replaces { String::new() } else { alone };
        let keeps = |right: &&&Right| self.adds && !(replaces && right.letter.eq_ignore_ascii_case(&first));
        let mut codes: Vec<&str> = held.iter().filter(keeps).map(|right| right.letter.as_str()).collect();
        if !codes.contains(&letter.code.as_str()) {
            codes.push(&letter.code);
        }
        self.adds = true;
        Typed::Set(codes.into_iter().map(CellLetter::new).collect())
    }

    fn wait_or_refuse(&mut self, alone: &str, framework: &Framework) -> Typed {
        let begins = |letter: &&Letter| {
            letter.code.chars().next().is_some_and(|first| first.to_string().eq_ignore_ascii_case(alone))
        };
        match framework.letters.iter().find(begins) {
            Some(letter) => {
                alone.clone_into(&mut self.pending);
                Typed::Wait(format!("{alone}…: {} for {}", letter.code, letter.name))
            }
            None => {
                self.pending.clear();
                Typed::Refused(refusal(alone, framework))
            }
        }
    }
}

/// The letters after those that a cell holds: nothing, the first letter, the second, … nothing.
pub fn cycled(framework: &Framework, held: &[&Right]) -> Vec<CellLetter> {
    let at = held.first().and_then(|right| framework.letters.iter().position(|letter| letter.code == right.letter));
    let next = match (held.is_empty(), at) {
        (true, _) => framework.letters.first(),
        (false, Some(at)) => framework.letters.get(at + 1),
        (false, None) => None,
    };
    next.map(|letter| CellLetter { code: letter.code.clone(), tiers: Some(Vec::new()) }).into_iter().collect()
}

/// The rights of a cell, in the order of the letters of the framework.
pub fn rights_of(document: &Document, (subject, holder): Place) -> Vec<&Right> {
    let mut rights: Vec<&Right> =
        document.rights_on(subject).map(|(_, right)| right).filter(|right| right.holder == holder).collect();
    if let Some((_, framework)) = document.framework_of(subject) {
        let place = |right: &&Right| framework.letters.iter().position(|letter| letter.code == right.letter);
        rights.sort_by_key(|right| place(right).unwrap_or(usize::MAX));
    }
    rights
}

/// The text of a cell.
pub fn text_of(document: &Document, place: Place) -> String {
    print_rights(rights_of(document, place))
}

/// The letters of a cell with their limits, to be put elsewhere.
fn letters_of(document: &Document, place: Place) -> Vec<CellLetter> {
    let letter = |right: &Right| CellLetter { code: right.letter.clone(), tiers: Some(right.tiers.clone()) };
    rights_of(document, place).into_iter().map(letter).collect()
}

/// Copies the cell at the beginning of each row or column of a block over the rest; a block of one row (or column) takes
/// what stands before it. `place` says what a cell is about; cells without a place stay as they are.
pub fn filled(
    document: &Document,
    block: Block,
    downward: bool,
    place: impl Fn(Cell) -> Option<Place>,
) -> Vec<CellChange> {
    let source = |cell: Cell| match downward {
        true if block.first.row < block.last.row => Some(Cell::new(block.first.row, cell.column)),
        true => cell.row.checked_sub(1).map(|row| Cell::new(row, cell.column)),
        false if block.first.column < block.last.column => Some(Cell::new(cell.row, block.first.column)),
        false => cell.column.checked_sub(1).map(|column| Cell::new(cell.row, column)),
    };
    let change = |cell: Cell| {
        let from = source(cell).filter(|from| *from != cell)?;
        Some(copied(document, place(from)?, place(cell)?))
    };
    block.cells().filter_map(change).collect()
}

/// Repeats the cells of a source over the rest of a target that encloses it, as often as they fit.
pub fn repeated(
    document: &Document,
    source: Block,
    target: Block,
    place: impl Fn(Cell) -> Option<Place>,
) -> Vec<CellChange> {
    let along = |at: usize, first: usize, last: usize| {
        let size = last - first + 1;
        first + (at + size - first % size) % size
    };
    let change = |cell: Cell| {
        let from = Cell::new(
            along(cell.row, source.first.row, source.last.row),
            along(cell.column, source.first.column, source.last.column),
        );
        Some(copied(document, place(from)?, place(cell)?))
    };
    target.cells().filter(|cell| !source.contains(*cell)).filter_map(change).collect()
}

/// Puts the letters of one cell into others.
pub fn spread(document: &Document, from: Place, to: impl IntoIterator<Item = Place>) -> Vec<CellChange> {
    to.into_iter().filter(|to| *to != from).map(|to| copied(document, from, to)).collect()
}

fn copied(document: &Document, from: Place, (subject, holder): Place) -> CellChange {
    CellChange { subject, holder, letters: letters_of(document, from) }
}

/// Puts texts into cells; the first text that is none is named with its place, and nothing is changed then.
pub fn from_texts(document: &Document, texts: &[(Place, String)]) -> Result<Vec<CellChange>, String> {
    let currency = document.project().currency;
    let change = |((subject, holder), text): &(Place, String)| {
        let letters = match document.framework_of(*subject) {
            _ if text.is_empty() => Vec::new(),
            Some((_, framework)) => {
                let held = rights_of(document, (*subject, *holder));
                parse_cell(text, framework, currency, &held).map_err(|problem| {
                    let (row, column) = (document.name_of((*subject).into()), document.name_of((*holder).into()));
                    format!("{row}, {column}: {problem}")
                })?
            }
            None => return Err("The project has no framework; choose one first.".to_owned()),
        };
        Ok(CellChange { subject: *subject, holder: *holder, letters })
    };
    texts.iter().map(change).collect()
}

/// What a person is told who types in a cell: `R, A, C or I`, with their words.
pub fn legend(framework: &Framework) -> String {
    let words: Vec<String> =
        framework.letters.iter().map(|letter| format!("{} {}", letter.code, letter.name)).collect();
    format!("{}: {} ({})", framework.name, allowed_letters(framework), words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::cell_text::tests::framework;
    use super::*;
    use crate::edit::{Edit, Editor, SetCells};

    fn codes(typed: &Typed) -> Vec<&str> {
        match typed {
            Typed::Set(letters) => letters.iter().map(|letter| letter.code.as_str()).collect(),
            Typed::Wait(_) | Typed::Refused(_) => Vec::new(),
        }
    }

    fn right(code: &str) -> Right {
        Right::new(Subject::Decision(TableId::from_index(0)), Actor::Role(TableId::from_index(0)), code)
    }

    #[test]
    fn the_first_letter_replaces_and_the_second_adds() {
        let raci = framework("RACI");
        let mut typing = Typing::default();
        let old = right("C");
        assert_eq!(codes(&typing.take('r', &raci, &[&old])), ["R"]);
        let now = right("R");
        assert_eq!(codes(&typing.take('A', &raci, &[&now])), ["R", "A"]);
        assert_eq!(codes(&typing.take('R', &raci, &[&now])), ["R"]);
        assert_eq!(
            typing.take('x', &raci, &[]),
            Typed::Refused("“x” is no letter of RACI: use R, A, C or I.".to_owned())
        );
    }

    #[test]
    fn letters_of_two_characters_wait_for_the_second() {
        let raci_vs = framework("RACI-VS");
        let mut typing = Typing::default();
        assert!(matches!(typing.take('s', &raci_vs, &[]), Typed::Wait(_)));
        assert_eq!(codes(&typing.take('i', &raci_vs, &[])), ["Si"]);
        assert_eq!(codes(&typing.take('i', &raci_vs, &[&right("Si")])), ["Si", "I"]);
    }

    #[test]
    fn space_goes_through_the_letters_and_back_to_nothing() {
        let raci = framework("RACI");
        let next = |held: &[&Right]| cycled(&raci, held).first().map(|letter| letter.code.clone());
        assert_eq!(next(&[]).as_deref(), Some("R"));
        assert_eq!(next(&[&right("R")]).as_deref(), Some("A"));
        assert_eq!(next(&[&right("I")]), None);
    }

    fn shop() -> (Editor, Vec<DecisionId>, Vec<RoleId>) {
        let mut document = crate::storage::new_document("Shop");
        let decisions = ["Refund", "Discount", "Price"].map(|name| document.insert(Decision::new(name))).to_vec();
        let roles = ["Owner", "Manager", "Seller"].map(|name| document.insert(Role::new(name))).to_vec();
        (Editor::new(document), decisions, roles)
    }

    fn commit(editor: &mut Editor, cells: Vec<CellChange>) {
        editor.commit(&Edit::from(SetCells { cells }), 0.0).unwrap();
    }

    #[test]
    fn fills_copy_letters_with_limits_and_are_one_step() {
        let (mut editor, decisions, roles) = shop();
        let place = |cell: Cell| {
            let subject = Subject::Decision(*decisions.get(cell.row)?);
            Some((subject, Actor::Role(*roles.get(cell.column)?)))
        };
        let first = place(Cell::new(0, 0)).unwrap();
        let text = match editor.document().framework_of(first.0) {
            Some((_, framework)) => {
                let decider = framework.letter_for(Duty::Decide).unwrap().code.clone();
                format!("{decider} ≤ 200 EUR")
            }
            None => panic!("no framework"),
        };
        let cells = from_texts(editor.document(), &[(first, text.clone())]).unwrap();
        commit(&mut editor, cells);
        let steps = editor.done().len();
        let column = Block::between(Cell::new(0, 0), Cell::new(2, 0));
        let cells = filled(editor.document(), column, true, place);
        commit(&mut editor, cells);
        assert_eq!(text_of(editor.document(), place(Cell::new(2, 0)).unwrap()), text);
        assert_eq!(editor.done().len(), steps + 1);
        let cell = Block::between(Cell::new(1, 1), Cell::new(1, 1));
        let cells = filled(editor.document(), cell, false, place);
        commit(&mut editor, cells);
        assert_eq!(text_of(editor.document(), place(Cell::new(1, 1)).unwrap()), text);
        let all = Block::between(Cell::new(0, 0), Cell::new(2, 2)).cells().filter_map(place);
        let cells = spread(editor.document(), first, all);
        commit(&mut editor, cells);
        assert_eq!(editor.document().rights().len(), 9);
    }

    #[test]
    fn a_text_that_is_none_is_named_with_its_place() {
        let (editor, decisions, roles) = shop();
        let place = (Subject::Decision(decisions[1]), Actor::Role(roles[2]));
        let problem = from_texts(editor.document(), &[(place, "≤".to_owned())]).unwrap_err();
        assert!(problem.starts_with("Discount, Seller: "), "{problem}");
    }
}
