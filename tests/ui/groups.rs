//! Groups: selected and moved as one, entered and left.

use egui::{Key, Modifiers, Vec2};

use crate::arrange_tools::board;
use crate::driver::Driver;

/// Three units in a row; the first two are a group.
fn grouped() -> Driver {
    let mut app = board(&[("A", 0.0, 0.0), ("B", 260.0, 0.0), ("C", 520.0, 0.0)]);
    app.click(app.middle("A"));
    app.click_with(app.middle("B"), Modifiers::SHIFT);
    app.keys("Ctrl+G");
    app.key(Key::Escape);
    app
}

fn names(app: &Driver) -> Vec<String> {
    let mut names: Vec<String> =
        app.selection().iter().map(|element| app.document().name_of(*element).to_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_click_selects_the_group_and_a_drag_moves_it_as_one() {
    let mut app = grouped();
    app.click(app.middle("B"));
    assert_eq!(names(&app), ["A", "B"]);
    let (a, b) = (app.world_rect("A").center(), app.world_rect("B").center());
    let at = app.middle("A");
    app.drag(at, at + Vec2::new(0.0, 120.0));
    let moved = [app.world_rect("A").center() - a, app.world_rect("B").center() - b];
    assert!(moved[0] == moved[1] && moved[0].y > 60.0, "{moved:?}");
    app.click_with(app.middle("C"), Modifiers::SHIFT);
    assert_eq!(names(&app), ["A", "B", "C"]);
    app.click_with(app.middle("A"), Modifiers::COMMAND);
    assert_eq!(names(&app), ["C"]);
}

#[test]
fn a_double_click_or_enter_goes_in_and_escape_or_shift_and_enter_come_out() {
    let mut app = grouped();
    app.click(app.middle("A"));
    app.double_click(app.middle("A"));
    assert_eq!(names(&app), ["A"]);
    app.key(Key::Tab);
    assert_eq!(names(&app), ["B"]);
    app.keys("Shift+Tab");
    assert_eq!(names(&app), ["A"]);
    app.click(app.middle("B"));
    assert_eq!(names(&app), ["B"], "inside, one is clicked by itself");
    app.key(Key::Escape);
    assert_eq!(names(&app), ["A", "B"]);
    app.key(Key::Enter);
    assert_eq!(names(&app).len(), 1);
    app.keys("Shift+Enter");
    assert_eq!(names(&app), ["A", "B"]);
    app.key(Key::Escape);
    assert!(app.selection().is_empty());
    app.click(app.middle("A"));
    app.double_click(app.middle("A"));
    app.click(app.middle("C"));
    app.click(app.middle("A"));
    assert_eq!(names(&app), ["A", "B"], "a click outside has left the group");
}

#[test]
fn a_group_is_dissolved_and_one_step_takes_that_back() {
    let mut app = grouped();
    app.click(app.middle("A"));
    app.keys("Ctrl+Shift+G");
    app.key(Key::Escape);
    app.click(app.middle("A"));
    assert_eq!(names(&app), ["A"]);
    app.keys("Ctrl+Z");
    app.key(Key::Escape);
    app.click(app.middle("A"));
    assert_eq!(names(&app), ["A", "B"]);
}

#[test]
fn a_copy_of_a_group_is_a_group_of_its_own() {
    let mut app = grouped();
    app.click(app.middle("A"));
    app.keys("Ctrl+D");
    assert_eq!(names(&app), ["A", "B"]);
    let groups: Vec<Vec<u32>> =
        app.document().placements_in(app.view()).map(|(_, placement)| placement.groups.clone()).collect();
    assert_eq!(groups.iter().filter(|path| **path == groups[0]).count(), 2);
    assert_eq!(groups.len(), 5);
    app.key(Key::Escape);
    app.click(app.middle("C"));
    app.click_with(app.middle("A"), Modifiers::SHIFT);
    app.keys("Ctrl+Shift+ArrowUp");
    assert_eq!(app.world_rect("A").top(), app.world_rect("C").top());
}
