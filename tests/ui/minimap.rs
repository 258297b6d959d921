//! The minimap: there while the view does not fit, and a way to go.

use egui::accesskit::Role as Kind;

use crate::driver::Driver;

const MAP: &str = "Minimap: click or drag to go there";

#[test]
fn it_is_there_while_the_view_does_not_fit() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Shift+1");
    assert_eq!(app.count(Kind::Image, MAP), 0, "all is in sight");
    for _ in 0..6 {
        app.keys("Ctrl+Plus");
    }
    assert_eq!(app.count(Kind::Image, MAP), 1);
}

#[test]
fn a_click_goes_there_and_a_drag_follows() {
    let mut app = Driver::bakery("Organisation");
    for _ in 0..8 {
        app.keys("Ctrl+Plus");
    }
    let map = app.place(Kind::Image, MAP);
    let selection = app.selection();
    app.click(map.left_top() + egui::vec2(12.0, 12.0));
    let left = app.canvas().center_in_world();
    app.drag(map.left_top() + egui::vec2(12.0, 12.0), map.right_bottom() - egui::vec2(12.0, 12.0));
    let right = app.canvas().center_in_world();
    assert!(right.x > left.x + 200.0, "{left} {right}");
    assert_eq!(app.selection(), selection, "the canvas below is left alone");
    assert!(app.steps().is_empty());
}

#[test]
fn it_can_be_switched_off_and_on() {
    let mut app = Driver::bakery("Organisation");
    for _ in 0..8 {
        app.keys("Ctrl+Plus");
    }
    app.click_on(Kind::Button, "Hide the minimap");
    assert_eq!(app.count(Kind::Image, MAP), 0);
    app.click_menu("View", "Minimap");
    assert_eq!(app.count(Kind::Image, MAP), 1);
}
