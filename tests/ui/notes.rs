//! Sticky notes: signed, coloured by kind, converted, listed in the parking lot.

use egui::accesskit::Role as Kind;
use egui::{Key, Pos2};
use remit::app::command::Command;
use remit::edit::Insert;
use remit::model::*;

use crate::driver::Driver;

/// The refund of the bakery with a note about a step, selected.
fn with_note(text: &str) -> (Driver, NoteId) {
    let mut app = Driver::bakery("Refund");
    let view = app.view();
    let about = Some(app.element("Pay the refund"));
    let insert = Insert::at(Note { about, ..Note::new(text) }, view, Point::new(500.0, -60.0));
    app.wish(Command::Create { edit: Box::new(insert.into()), rename: false });
    let note = app.document().notes().ids().last().expect("it was made");
    (app, note)
}

fn author(app: &Driver, note: NoteId) -> &str {
    &app.document().get::<Note>(note).expect("it is there").author
}

#[test]
fn initials_are_asked_for_once_and_stand_on_every_note_from_then_on() {
    let (mut app, first) = with_note("Who signs?");
    assert_eq!(author(&app, first), "");
    app.click_button("Set your initials");
    app.write("AC");
    app.key(Key::Enter);
    assert_eq!(author(&app, first), "AC");
    app.click_menu("Insert", "Note");
    app.click(Pos2::new(700.0, 620.0));
    app.write("Second");
    app.key(Key::Enter);
    let second = app.document().notes().ids().last().unwrap();
    assert_ne!(second, first);
    assert_eq!(author(&app, second), "AC");
    assert!(!app.notices().iter().any(|notice| notice.contains("who wrote")), "{:?}", app.notices());
}

#[test]
fn a_note_becomes_a_step_in_one_step_that_undo_takes_back() {
    let (mut app, note) = with_note("Call the customer\nbefore noon");
    let steps = app.steps().len();
    app.wish(Command::Action("note.to-step"));
    let ElementRef::Step(step) = app.element("Call the customer") else { panic!("a step") };
    assert_eq!(app.document().get::<Step>(step).unwrap().description, "before noon");
    assert_eq!(app.selection(), [ElementRef::Step(step)]);
    assert!(!app.document().contains(note.into()));
    assert_eq!(app.steps().len(), steps + 1);
    app.keys("Ctrl+Z");
    assert!(app.document().contains(note.into()));
}

#[test]
fn the_parking_lot_lists_notes_with_their_view_and_a_click_flies_there() {
    let (mut app, note) = with_note("Is 200 enough?");
    app.click_on(Kind::Tab, "Organisation");
    app.focus("Find in this project");
    app.write("is 200");
    let row = app.names(Kind::TreeItem).into_iter().find(|row| row.starts_with("Remark Is 200 enough?"));
    let row = row.expect("the note is listed");
    assert_eq!(row, "Remark Is 200 enough?, open, Refund");
    app.click_on(Kind::TreeItem, &row);
    assert_eq!(app.front(), "Refund");
    assert_eq!(app.selection(), [ElementRef::Note(note)]);
    app.click_menu("Edit", "Note is done");
    assert!(app.document().get::<Note>(note).unwrap().done);
    assert_eq!(app.count(Kind::TreeItem, "Remark Is 200 enough?, done, Refund"), 1);
}
