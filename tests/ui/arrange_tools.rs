//! How boxes stand to each other: aligned, at equal distances, locked, above and below, duplicated, in other colours.

use egui::accesskit::Role as Kind;
use egui::{Key, Modifiers, Pos2, Vec2};
use remit::edit::{AddView, Insert, Sequence};
use remit::model::*;

use crate::canvas::refund;
use crate::driver::Driver;

/// A board with units of these names at these places.
pub fn board(units: &[(&str, f64, f64)]) -> Driver {
    let add = AddView { view: View::new("Board", ViewKind::Board), contents: Vec::new() };
    let document = remit::edit::apply(&Document::default(), &add.into()).expect("a board is no trouble").document;
    let view = document.views().ids().next().expect("it was made");
    let insert = |(name, x, y): &(&str, f64, f64)| Insert::at(Unit::new(*name), view, Point::new(*x, *y)).into();
    let edits = Sequence { label: "Units".to_owned(), edits: units.iter().map(insert).collect() };
    let document = remit::edit::apply(&document, &edits.into()).expect("units fit on a board").document;
    Driver::new(document, view)
}

fn select(app: &mut Driver, names: &[&str]) {
    let elements = names.iter().map(|name| app.element(name)).collect();
    app.wish(remit::app::command::Command::Select(elements));
}

fn centers(app: &Driver, names: &[&str]) -> Vec<Pos2> {
    names.iter().map(|name| app.world_rect(name).center()).collect()
}

#[test]
fn keys_align_the_selection_in_one_step_each() {
    let names = ["A", "B", "C"];
    let mut app = board(&[("A", 0.0, 0.0), ("B", 300.0, 90.0), ("C", 130.0, 200.0)]);
    select(&mut app, &names);
    let steps = app.steps().len();
    app.keys("Ctrl+Shift+ArrowLeft");
    assert!(names.iter().all(|name| app.world_rect(name).left() == app.world_rect("A").left()));
    assert_eq!((app.steps().len(), app.steps().last().map(String::as_str)), (steps + 1, Some("Align left")));
    app.keys("Ctrl+Z");
    app.keys("Ctrl+Shift+ArrowUp");
    assert!(names.iter().all(|name| app.world_rect(name).top() == app.world_rect("A").top()));
    app.keys("Ctrl+Z");
    app.keys("Ctrl+Shift+ArrowRight");
    assert!(names.iter().all(|name| app.world_rect(name).right() == app.world_rect("B").right()));
    app.keys("Ctrl+Z");
    app.keys("Ctrl+Shift+ArrowDown");
    assert!(names.iter().all(|name| app.world_rect(name).bottom() == app.world_rect("C").bottom()));
    app.keys("Ctrl+Z");
    assert_eq!(app.steps().len(), steps);
}

#[test]
fn the_bar_over_several_boxes_distributes_them_and_the_menu_does_so_too() {
    let mut app = board(&[("A", 0.0, 0.0), ("B", 210.0, 0.0), ("C", 600.0, 0.0)]);
    select(&mut app, &["A", "B", "C"]);
    let button = |app: &Driver, words: &str| {
        app.names(Kind::Button).into_iter().find(|name| name.starts_with(words)).expect("the bar has the button")
    };
    let name = button(&app, "Distribute sideways");
    app.click_button(&name);
    let gap = |app: &Driver, a: &str, b: &str| app.world_rect(b).left() - app.world_rect(a).right();
    assert!((gap(&app, "A", "B") - gap(&app, "B", "C")).abs() <= 1.0);
    app.click_menu("Arrange", "Align middles");
    app.keys("Ctrl+Z");
    app.keys("Ctrl+Z");
    assert_eq!(centers(&app, &["B"])[0].x, 210.0);
    // With two boxes there is nothing to distribute.
    select(&mut app, &["A", "B"]);
    let name = button(&app, "Distribute sideways");
    assert!(!app.is_enabled(Kind::Button, &name));
}

#[test]
fn a_drag_meets_equal_distances_and_ctrl_suspends_that() {
    let mut app = board(&[("A", 0.0, 0.0), ("B", 200.0, 0.0), ("C", 460.0, 100.0)]);
    let at = app.middle("C");
    let zoom = app.canvas().zoom();
    // Four units short of the place where its gap to B is that of B to A.
    let to = at + Vec2::new(400.0 - 460.0 + 4.0, -97.0) * zoom;
    app.drag(at, to);
    assert_eq!(centers(&app, &["C"])[0], Pos2::new(400.0, 0.0));
    app.keys("Ctrl+Z");
    app.button(at, egui::PointerButton::Primary, true, Modifiers::NONE);
    app.frame();
    app.send(egui::Event::ModifiersChanged(Modifiers::COMMAND | Modifiers::CTRL));
    app.move_to(at + (to - at) * 0.5);
    app.move_to(to);
    app.button(to, egui::PointerButton::Primary, false, Modifiers::COMMAND | Modifiers::CTRL);
    app.send(egui::Event::ModifiersChanged(Modifiers::NONE));
    app.settle();
    assert!((centers(&app, &["C"])[0].x - 404.0).abs() < 1.5, "{:?}", centers(&app, &["C"]));
    app.keys("Ctrl+Z");
    app.click_menu("View", "Align while dragging");
    app.drag(at, to);
    assert!((centers(&app, &["C"])[0].x - 404.0).abs() < 1.5, "switched off for good");
}

#[test]
fn the_bounds_of_the_whole_selection_align() {
    let mut app = board(&[("A", 0.0, 0.0), ("B", 300.0, 0.0), ("C", 300.0, 120.0)]);
    let left = app.world_rect("A").left();
    select(&mut app, &["B", "C"]);
    let (at, zoom) = (app.middle("B"), app.canvas().zoom());
    app.drag(at, at + Vec2::new(-297.0, 200.0) * zoom);
    assert_eq!((app.world_rect("B").left(), app.world_rect("C").left()), (left, left));
}

#[test]
fn arrows_nudge_by_the_grid_by_five_steps_and_by_one() {
    let mut app = board(&[("A", 0.0, 0.0), ("B", 300.0, 0.0)]);
    select(&mut app, &["A", "B"]);
    let moved = |app: &mut Driver, keys: &str| {
        let before = centers(app, &["A"])[0];
        app.keys(keys);
        centers(app, &["A"])[0] - before
    };
    assert_eq!(moved(&mut app, "ArrowRight"), Vec2::new(8.0, 0.0));
    assert_eq!(moved(&mut app, "Shift+ArrowDown"), Vec2::new(0.0, 40.0));
    assert_eq!(moved(&mut app, "Alt+Shift+ArrowUp"), Vec2::new(0.0, -1.0));
    assert_eq!(moved(&mut app, "Alt+Shift+ArrowLeft"), Vec2::new(-1.0, 0.0));
}

#[test]
fn what_is_locked_stays_whatever_the_hand_does_and_is_free_again_after() {
    let mut app = board(&[("A", 0.0, 0.0), ("B", 300.0, 90.0)]);
    app.click(app.middle("A"));
    app.keys("Ctrl+Shift+L");
    let before = centers(&app, &["A"]);
    let at = app.middle("A");
    app.drag(at, at + Vec2::new(90.0, 40.0));
    app.key(Key::ArrowDown);
    assert_eq!(centers(&app, &["A"]), before);
    assert!(app.foot().contains("locked"), "{}", app.foot());
    select(&mut app, &["A", "B"]);
    app.keys("Ctrl+Shift+ArrowLeft");
    assert_eq!(centers(&app, &["A"]), before);
    assert_eq!(app.world_rect("B").left(), app.world_rect("A").left(), "the other one comes to it");
    app.keys("Ctrl+T");
    assert_eq!(centers(&app, &["A"]), before, "an arrangement leaves it, too");
    select(&mut app, &["A"]);
    app.keys("Ctrl+Shift+L");
    app.drag(at, at + Vec2::new(90.0, 140.0));
    assert_ne!(centers(&app, &["A"]), before);
}

#[test]
fn a_repeated_duplication_keeps_the_distance() {
    let mut app = board(&[("A", 0.0, 0.0)]);
    app.click(app.middle("A"));
    app.keys("Ctrl+D");
    let copy = app.selection();
    assert_eq!((copy.len(), app.document().units().len()), (1, 2));
    assert_eq!(app.steps().last().map(String::as_str), Some("Duplicate “A”"));
    let placed = |app: &Driver, element: ElementRef| {
        app.document()
            .placement_of(app.view(), element)
            .and_then(|(_, placement)| placement.center)
            .expect("it is shown")
    };
    // The copy is put elsewhere; the next one goes as far again.
    for _ in 0..10 {
        app.key(Key::ArrowRight);
    }
    let first = placed(&app, copy[0]);
    app.keys("Ctrl+D");
    let second = placed(&app, app.selection()[0]);
    assert_eq!((second.x - first.x, second.y - first.y), (first.x, first.y));
    assert_eq!(first.x, 24.0 + 80.0);
}

#[test]
fn alt_and_a_drag_leave_a_copy_where_they_end() {
    let mut app = board(&[("A", 0.0, 0.0)]);
    let (at, by) = (app.middle("A"), Vec2::new(0.0, 150.0));
    app.button(at, egui::PointerButton::Primary, true, Modifiers::ALT);
    app.frame();
    app.move_to(at + by * 0.5);
    app.move_to(at + by);
    app.button(at + by, egui::PointerButton::Primary, false, Modifiers::ALT);
    app.send(egui::Event::ModifiersChanged(Modifiers::NONE));
    app.settle();
    assert_eq!(app.document().units().len(), 2);
    assert_eq!(centers(&app, &["A"])[0], Pos2::ZERO, "the original stays");
    app.keys("Ctrl+D");
    assert_eq!(app.document().units().len(), 3, "and again by the same way");
    let lowest = app.document().placements_in(app.view()).filter_map(|(_, placement)| placement.center);
    let lowest = lowest.map(|center| center.y).fold(0.0, f64::max);
    assert!((lowest - 2.0 * f64::from(150.0 / app.canvas().zoom())).abs() < 3.0, "{lowest}");
}

#[test]
fn the_front_and_the_back_change_what_a_click_meets() {
    let mut app = board(&[("A", 0.0, 0.0), ("B", 20.0, 10.0)]);
    let both = app.canvas().screen_from_world(Pos2::new(10.0, 5.0));
    app.click(both);
    assert_eq!(app.selection(), [app.element("B")]);
    app.keys("Ctrl+Alt+B");
    app.key(Key::Escape);
    app.click(both);
    assert_eq!(app.selection(), [app.element("A")]);
    app.keys("Ctrl+OpenBracket");
    app.key(Key::Escape);
    app.click(both);
    assert_eq!(app.selection(), [app.element("B")]);
}

#[test]
fn the_look_of_a_box_goes_to_others() {
    let mut app = board(&[("A", 0.0, 0.0), ("B", 300.0, 0.0), ("C", 300.0, 200.0)]);
    let at = app.middle("A");
    app.move_to(at);
    app.button(at, egui::PointerButton::Secondary, true, Modifiers::NONE);
    app.frame();
    app.button(at, egui::PointerButton::Secondary, false, Modifiers::NONE);
    app.settle();
    app.click_on(Kind::MenuItem, "Colour 4");
    let corner = app.canvas().screen_from_world(app.world_rect("A").right_bottom());
    app.drag(corner, corner + Vec2::new(40.0, 24.0));
    let style = |app: &Driver, name: &str| {
        let placed = app.document().placement_of(app.view(), app.element(name)).expect("it is shown").1;
        (placed.tint, placed.size)
    };
    assert_eq!(style(&app, "A").0, Some(3));
    assert!(style(&app, "A").1.is_some());
    app.keys("Ctrl+Alt+C");
    select(&mut app, &["B", "C"]);
    app.keys("Ctrl+Alt+V");
    assert_eq!([style(&app, "B"), style(&app, "C")], [style(&app, "A"), style(&app, "A")]);
    app.keys("Ctrl+Z");
    assert_eq!(style(&app, "C"), (None, None));
}

#[test]
fn what_hands_did_is_in_the_file_and_comes_back_from_it() {
    let mut app = board(&[("A", 0.0, 0.0), ("B", 300.0, 0.0)]);
    select(&mut app, &["A", "B"]);
    app.keys("Ctrl+G");
    app.keys("Ctrl+Shift+L");
    app.keys("Ctrl+Alt+F");
    let text = app.text();
    let (again, problems) = remit::storage::load_str(&text, "test").expect("it is sound");
    assert!(problems.is_empty(), "{problems:?}");
    let placed = again.placements().iter().next().expect("it is shown").1;
    assert_eq!((placed.locked, placed.groups.as_slice()), (true, &[1][..]));
    assert_eq!(remit::storage::to_string(&again), text);
}

#[test]
fn space_pushes_what_is_beyond_the_pointer_with_its_lane_in_one_step() {
    let mut app = refund();
    let (complaint, approve, steps) = (app.world_rect("Take complaint"), app.world_rect("Approve"), app.steps().len());
    let before = app.text();
    app.keys("S");
    let between = Pos2::new(f32::midpoint(complaint.right(), approve.left()), complaint.center().y);
    let at = app.canvas().screen_from_world(between);
    app.drag(at, at + Vec2::new(80.0, 3.0));
    let by = app.world_rect("Approve").left() - approve.left();
    assert!(by > 60.0, "{by}");
    assert_eq!(app.world_rect("Take complaint"), complaint);
    assert_eq!((app.steps().len(), app.steps().last().map(String::as_str)), (steps + 1, Some("Make space")));
    app.keys("Ctrl+Z");
    assert_eq!(app.text(), before);
    let extents = |app: &Driver| -> Vec<f64> {
        app.document().get::<View>(app.view()).expect("a view").lanes().iter().map(|lane| lane.extent).collect()
    };
    let lanes = extents(&app);
    app.keys("S");
    let at = app.canvas().screen_from_world(complaint.center_bottom() + Vec2::new(30.0, 6.0));
    app.drag(at, at + Vec2::new(2.0, 64.0));
    assert!(extents(&app)[0] > lanes[0] + 40.0);
    assert!(app.world_rect("Approve").top() > approve.top() + 40.0, "the lane below moves as a whole");
}
