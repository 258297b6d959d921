//! Text in boxes: edited in place by any keyboard and input method, marked where it has no room.

use egui::{Event as Input, ImeEvent, Key, Modifiers};
use remit::app::command::Command;
use remit::edit::{Insert, Resize};
use remit::model::*;

use crate::driver::Driver;

#[test]
fn what_an_input_method_composes_goes_into_the_name() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    app.key(Key::F2);
    app.keys("Ctrl+A");
    for event in [
        ImeEvent::Preedit { text: "nai".to_owned(), active_range_chars: None },
        ImeEvent::Preedit { text: "naï".to_owned(), active_range_chars: None },
        ImeEvent::Commit("naïf".to_owned()),
    ] {
        app.send(Input::Ime(event));
        app.frame();
    }
    app.settle();
    app.key(Key::Enter);
    app.element("naïf");
    assert_eq!(app.steps().len(), 1, "{:?}", app.steps());
}

#[test]
fn shift_and_enter_begin_a_new_line_in_a_note_and_enter_keeps_it() {
    let mut app = Driver::bakery("Refund");
    let view = app.view();
    let insert = Insert::at(Note::new("First"), view, Point::new(500.0, -60.0));
    app.wish(Command::Create { edit: Box::new(insert.into()), rename: true });
    app.keys("Ctrl+A");
    app.type_text("Ask");
    app.key_with(Modifiers::SHIFT, Key::Enter);
    app.type_text("the bank");
    app.key(Key::Enter);
    let note = app.document().notes().iter().last().expect("it was made").1;
    assert_eq!(note.text, "Ask\nthe bank");
}

#[test]
fn the_field_stays_on_its_box_while_the_paper_moves_and_zooms() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    app.key(Key::F2);
    let place = |app: &Driver| {
        let field = app.place(egui::accesskit::Role::MultilineTextInput, "Name");
        field.center() - app.middle("Pay the refund")
    };
    let before = place(&app);
    app.wish(Command::Camera(remit::app::command::CameraMove::ZoomIn));
    app.settle();
    let after = place(&app);
    assert!((after - before).length() < 14.0, "{before} {after}");
    app.type_text("Hand out");
    app.key(Key::Enter);
    app.element("Hand out");
}

#[test]
fn a_name_without_room_is_marked_and_whole_in_the_tooltip() {
    let mut app = Driver::bakery("Refund");
    let long =
        "Pay the refund in cash or by bank transfer, as the customer paid, and write it into the book of the day";
    app.click(app.middle("Pay the refund"));
    app.key(Key::F2);
    app.write_instead(long);
    app.key(Key::Enter);
    let (view, step) = (app.view(), app.element(long));
    let center = app.document().placement_of(view, step).unwrap().1.center.unwrap();
    let size = Some(Size::new(110.0, 44.0));
    app.wish(Command::Edit(Box::new(Resize { view, element: step, center, size }.into())));
    let scene = app.app().core.scenes[&view].scene.clone();
    let node = scene.nodes.iter().find(|node| node.element == step).unwrap();
    assert!(remit::scene::is_cut(&scene, node, long));
    let at = app.middle(long);
    app.move_to(at);
    for _ in 0..6 {
        app.frame();
    }
    app.settle();
    assert!(app.reads("write it into the book of the day"));
}
