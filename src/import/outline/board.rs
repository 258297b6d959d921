//! Lines on a free board: notes, questions that are decisions, and things named by their kind.
//!
//! `supplier: Mill` would be a note; `external: Mill` is an external. A thing of that kind and name that exists already is
//! shown once more.

use super::Draft;
use super::items::one_line;
use super::lines::Line;
use crate::edit::{Edit, Insert, Record, Sequence, ShowInView};
use crate::import::headings::folded;
use crate::model::*;

/// Whether lines on a board describe an organisation: an arrow in one of them, or one that is indented.
pub(super) fn is_organisation(lines: &[Line<'_>]) -> bool {
    let first = lines.first().map_or(0, |line| line.depth);
    lines.iter().any(|line| line.depth > first || [" > ", "->", "→"].iter().any(|arrow| line.text.contains(arrow)))
}

/// Writes lines onto a board.
pub(super) fn write(document: &Document, view: ViewId, lines: &[Line<'_>]) -> Draft {
    let mut records: Vec<Record> = Vec::new();
    let mut shown: Vec<(ElementRef, Option<Point>)> = Vec::new();
    for line in lines {
        let record = read(line.text);
        match existing(document, &record) {
            Some(element) if document.placement_of(view, element).is_none() => shown.push((element, None)),
            Some(_) => {}
            None => records.push(record),
        }
    }
    let mut counts: Vec<(usize, &'static str, &'static str)> = Vec::new();
    for kind in ElementKind::ALL {
        let count = records.iter().filter(|record| record.kind() == kind).count();
        counts.push((count, kind.word(), kind.plural()));
    }
    counts.push((shown.len(), "thing shown again", "things shown again"));
    let mut draft = Draft { counts, ..Draft::default() };
    let mut edits: Vec<Edit> = Vec::new();
    if !records.is_empty() {
        edits.push(Insert { records, show_in: vec![(view, None)] }.into());
    }
    if !shown.is_empty() {
        edits.push(ShowInView { view, elements: shown }.into());
    }
    if !edits.is_empty() {
        draft.edit = Some(Sequence { label: format!("Write {}", draft.sentence()), edits }.into());
    }
    draft
}

fn read(text: &str) -> Record {
    if let Some((word, name)) = text.split_once(':') {
        let name = one_line(name);
        let record: Option<Record> = match folded(word).as_str() {
            "unit" | "einheit" => Some(Unit::new(&*name).into()),
            "role" | "rolle" => Some(Role::new(&*name).into()),
            "person" => Some(Person::new(&*name).into()),
            "external" | "extern" => Some(External::new(&*name).into()),
            "system" => Some(System::new(&*name).into()),
            "body" | "committee" | "gremium" => Some(Body::new(&*name).into()),
            "artefact" | "artifact" | "document" | "dokument" => Some(Artefact::new(&*name).into()),
            "decision" | "entscheidung" => Some(Decision::new(&*name).into()),
            "note" | "notiz" => Some(Note::new(&*name).into()),
            _ => None,
        };
        if let Some(record) = record.filter(|_| !name.is_empty()) {
            return record;
        }
    }
    match text.strip_suffix('?') {
        Some(_) => Decision::new(one_line(text)).into(),
        None => Note::new(one_line(text)).into(),
    }
}

/// The thing of this kind and name, but for notes: those may say the same twice.
fn existing(document: &Document, record: &Record) -> Option<ElementRef> {
    fn named<E: Element>(document: &Document, name: &str) -> Option<ElementRef> {
        let same = |record: &E| folded(record.name()) == folded(name);
        E::table(document).iter().find(|(_, record)| same(record)).map(|(id, _)| id.into())
    }
    let name = record.name();
    match record.kind() {
        ElementKind::Unit => named::<Unit>(document, name),
        ElementKind::Role => named::<Role>(document, name),
        ElementKind::Person => named::<Person>(document, name),
        ElementKind::External => named::<External>(document, name),
        ElementKind::System => named::<System>(document, name),
        ElementKind::Body => named::<Body>(document, name),
        ElementKind::Artefact => named::<Artefact>(document, name),
        ElementKind::Decision => named::<Decision>(document, name),
        _ => None,
    }
}
