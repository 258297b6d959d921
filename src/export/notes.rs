//! Comma-separated values of all notes: the parking lot of a workshop, to be carried on elsewhere.

use super::{ExportError, Format, Input, Kind, Output, csv};
use crate::model::{Document, ElementRef, Note, NoteId};
use crate::scene::accessible_label;

pub(super) const FORMAT: Format =
    Format { id: "notes", label: "CSV table of the notes", extension: "csv", kind: Kind::Table, export };

fn export(input: &Input<'_>) -> Result<Output, ExportError> {
    csv::written(input, FORMAT.label, records(input.document))
}

/// A heading, then a line per note: open ones first, in the order of their making.
fn records(document: &Document) -> Vec<Vec<String>> {
    let mut notes: Vec<(bool, NoteId, &Note)> =
        document.notes().iter().map(|(id, note)| (note.done, id, note)).collect();
    notes.sort_unstable_by_key(|(done, id, _)| (*done, *id));
    let heading = ["Kind", "State", "Note", "Author", "About", "Views"].map(str::to_owned).to_vec();
    let record = |(done, id, note): (bool, NoteId, &Note)| {
        let views = document.views_showing(ElementRef::from(id));
        let views: Vec<&str> = views.into_iter().map(|view| document.name_of(view.into())).collect();
        vec![
            note.kind.word().to_owned(),
            if done { "done" } else { "open" }.to_owned(),
            note.text.clone(),
            note.author.clone(),
            note.about.map_or_else(String::new, |about| accessible_label(document, about)),
            views.join("; "),
        ]
    };
    std::iter::once(heading).chain(notes.into_iter().map(record)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NoteKind, Placement, Unit, View, ViewKind};
    use crate::scene::Options;

    #[test]
    fn notes_are_listed_with_their_place_open_ones_first() {
        let mut document = Document::default();
        let shop = document.insert(Unit::new("Shop"));
        let view = document.insert(View::new("Board", ViewKind::Board));
        document.insert(Note { done: true, ..Note::new("Ask the bank") });
        let risk = Note {
            kind: NoteKind::Risk,
            author: "AC".to_owned(),
            about: Some(shop.into()),
            ..Note::new("Rent, rises")
        };
        let risk = document.insert(risk);
        document.insert(Placement::unplaced(view, risk.into()));
        let options = Options::default();
        let output = export(&Input::new(&document, None, &options)).unwrap();
        let text = String::from_utf8(output.bytes).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], "Kind,State,Note,Author,About,Views");
        assert_eq!(lines[1], "risk,open,\"Rent, rises\",AC,Unit Shop,Board");
        assert_eq!(lines[2], "remark,done,Ask the bank,,,");
    }
}
