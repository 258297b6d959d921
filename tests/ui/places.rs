//! Back and forward through places, and walking along connections.

use egui::accesskit::Role as Kind;
use egui::{Key, Modifiers, PointerButton};
use remit::app::command::Command;

use crate::driver::Driver;

#[test]
fn tabs_reveals_and_findings_leave_a_trail() {
    let mut app = Driver::bakery("Organisation");
    app.click(app.middle("Driver"));
    let driver = app.selection();
    app.click_on(Kind::Tab, "Refund");
    app.wish(Command::Reveal(app.element("Head baker")));
    assert_eq!(app.front(), "Organisation");
    app.wish(Command::FocusFinding(Some(0)));
    app.keys("Ctrl+Alt+Left");
    assert_eq!(app.front(), "Organisation");
    assert_eq!(app.selection(), [app.element("Head baker")]);
    app.keys("Ctrl+Alt+Left");
    assert_eq!(app.front(), "Refund");
    app.keys("Ctrl+Alt+Left");
    assert_eq!((app.front().as_str(), app.selection()), ("Organisation", driver));
    app.keys("Ctrl+Alt+Right");
    assert_eq!(app.front(), "Refund");
    assert!(app.steps().is_empty(), "places are no steps");
}

#[test]
fn the_camera_comes_back_too() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+Plus");
    app.keys("Ctrl+Plus");
    let (zoom, at) = (app.canvas().zoom(), app.middle("Pay the refund"));
    app.click_on(Kind::Tab, "Organisation");
    app.click_on(Kind::Tab, "Refund");
    app.keys("Shift+1");
    assert_ne!(app.canvas().zoom(), zoom);
    app.keys("Ctrl+Alt+Left");
    assert_eq!(app.front(), "Organisation");
    app.keys("Ctrl+Alt+Left");
    assert_eq!(app.canvas().zoom(), zoom);
    assert!((app.middle("Pay the refund") - at).length() < 1.0);
}

#[test]
fn the_mouse_has_buttons_for_it_and_undo_leaves_places_alone() {
    let mut app = Driver::bakery("Organisation");
    app.click_on(Kind::Tab, "Refund");
    app.click(app.middle("Pay the refund"));
    app.fill("Name", "Hand out");
    app.click_on(Kind::Tab, "Purchase");
    app.keys("Ctrl+Z");
    assert_eq!(app.front(), "Purchase", "undo does not walk through places");
    let press = |app: &mut Driver, button| {
        for pressed in [true, false] {
            app.button(egui::pos2(640.0, 400.0), button, pressed, Modifiers::NONE);
            app.frame();
        }
        app.settle();
    };
    press(&mut app, PointerButton::Extra1);
    assert_eq!(app.front(), "Refund");
    press(&mut app, PointerButton::Extra2);
    assert_eq!(app.front(), "Purchase");
}

#[test]
fn a_closed_tab_is_opened_again_by_going_back() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+W");
    assert_ne!(app.front(), "Refund");
    app.keys("Ctrl+Alt+Left");
    assert_eq!(app.front(), "Refund");
}

#[test]
fn alt_and_an_arrow_walk_the_flow_and_its_branches() {
    let mut app = Driver::bakery("Refund");
    app.keys("Alt+Right");
    let mut path = vec![name(&app)];
    for _ in 0..12 {
        app.keys("Alt+Right");
        path.push(name(&app));
    }
    path.dedup();
    assert!(path.len() >= 4, "{path:?}");
    assert!(path.contains(&"Check the receipt".to_owned()), "{path:?}");
    assert!(app.steps().is_empty(), "nothing was moved");
}

#[test]
fn alt_and_an_arrow_walk_a_chart() {
    let mut app = Driver::bakery("Organisation");
    let scene = app.app().core.scenes[&app.view()].scene.clone();
    let edge = scene.edges.iter().find(|edge| !edge.meaning.is_element()).expect("a chart has lines").clone();
    app.wish(Command::Select(vec![edge.to]));
    app.keys("Alt+Up");
    assert_eq!(app.selection(), [edge.from]);
    app.keys("Alt+Down");
    assert_ne!(app.selection(), [edge.from]);
    app.key(Key::Escape);
}

fn name(app: &Driver) -> String {
    let selection = app.selection();
    let one = selection.first().copied().expect("something is selected");
    app.document().name_of(one).to_owned()
}
