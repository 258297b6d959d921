//! Arranging: what moves, what stays, how many steps it makes, and where the camera is afterwards.

use std::collections::BTreeMap;

use egui::{Modifiers, PointerButton, Pos2, Vec2};
use remit::app::App;
use remit::app::command::{Arranged, Arranging, Command};
use remit::model::*;
use remit::scene::Mode;
use remit::testkit::generate;

use crate::driver::{Driver, bakery};

/// The refund of the bakery, arranged, with a step dragged far away.
fn untidy() -> Driver {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+T");
    let view = app.view();
    let moved = app.element("Take the complaint");
    let center = center_of(app.document(), view, moved);
    let far = Point::new(center.x + 3_000.0, center.y);
    app.wish(Command::from(remit::edit::Edit::from(remit::edit::MoveInView { view, moves: vec![(moved, far)] })));
    app
}

fn center_of(document: &Document, view: ViewId, element: ElementRef) -> Point {
    document.placement_of(view, element).and_then(|(_, placement)| placement.center).expect("it has a place")
}

fn centers(app: &Driver) -> BTreeMap<ElementRef, (i64, i64)> {
    let placements = app.document().placements_in(app.view());
    let center = |placement: &Placement| Some((placement.element, placement.center?));
    placements.filter_map(|(_, one)| center(one)).map(|(element, at)| (element, (at.x as i64, at.y as i64))).collect()
}

#[test]
fn arranging_is_one_step_and_undo_takes_it_back() {
    let mut app = untidy();
    let (before, steps) = (centers(&app), app.steps().len());
    app.keys("Ctrl+T");
    assert_ne!(centers(&app), before);
    assert_eq!(app.steps().len(), steps + 1);
    assert_eq!(app.steps().last().map(String::as_str), Some("Arrange view"));
    app.keys("Ctrl+Z");
    assert_eq!(centers(&app), before);
    assert_eq!(app.steps().len(), steps);
}

#[test]
fn tidying_moves_only_what_is_selected() {
    let mut app = untidy();
    let selected: Vec<ElementRef> = ["Take the complaint", "Check the receipt"].map(|name| app.element(name)).to_vec();
    app.wish(Command::Select(selected.clone()));
    let before = centers(&app);
    app.keys("Ctrl+Shift+T");
    let after = centers(&app);
    assert_eq!(app.steps().last().map(String::as_str), Some("Tidy selection"));
    let moved: Vec<&ElementRef> = before.keys().filter(|element| before[element] != after[element]).collect();
    assert!(!moved.is_empty() && moved.iter().all(|element| selected.contains(element)), "{moved:?}");
}

#[test]
fn lines_are_laid_anew_without_moving_a_box() {
    let mut app = untidy();
    let before = centers(&app);
    app.keys("Ctrl+Shift+J");
    assert_eq!(centers(&app), before);
    assert_eq!(app.steps().last().map(String::as_str), Some("Route lines"));
    let lines = app.document().placements_in(app.view()).filter(|(_, placement)| placement.bends.len() > 1).count();
    assert!(lines > 3, "{lines}");
}

#[test]
fn a_turned_flow_has_its_lanes_side_by_side_and_is_one_step() {
    let mut app = Driver::bakery("Refund");
    let steps = app.steps().len();
    app.click_menu("Arrange", "Flow top to bottom");
    assert_eq!(app.steps().len(), steps + 1);
    let view = app.view();
    assert_eq!(app.document().get::<View>(view).unwrap().direction(), FlowDirection::TopToBottom);
    let lanes: Vec<egui::Rect> = app.app().core.scenes[&view].scene.lanes.iter().map(|lane| lane.rect).collect();
    assert!(lanes.windows(2).all(|pair| pair[0].right() <= pair[1].left() + 1.0), "{lanes:?}");
    app.wish(Command::Action("arrange.top-to-bottom"));
    assert!(app.foot().contains("it runs this way already"), "{}", app.foot());
    app.click_menu("Arrange", "Flow left to right");
    assert_eq!(app.steps().last().map(String::as_str), Some("Flow left to right"));
    app.keys("Ctrl+Z");
    app.keys("Ctrl+Z");
    assert_eq!(app.document().get::<View>(view).unwrap().direction(), FlowDirection::LeftToRight);
}

#[test]
fn the_camera_stays_unless_nothing_is_left_in_sight() {
    let mut app = untidy();
    app.wish(Command::Camera(remit::app::command::CameraMove::FitAll));
    let seen = app.canvas().center_in_world();
    app.keys("Ctrl+T");
    assert_eq!(app.canvas().center_in_world(), seen);
    let away = app.canvas().screen_from_world(Pos2::new(0.0, 0.0));
    let (from, to) = (Pos2::new(640.0, 600.0), Pos2::new(640.0, 200.0));
    for _ in 0..12 {
        app.button(from, PointerButton::Middle, true, Modifiers::NONE);
        app.frame();
        app.move_to(to);
        app.button(to, PointerButton::Middle, false, Modifiers::NONE);
        app.settle();
    }
    assert!((app.canvas().screen_from_world(Pos2::new(0.0, 0.0)) - away).length() > 2_000.0, "scrolled away");
    app.keys("Ctrl+T");
    app.keys("Ctrl+T");
    let name = app.middle("Take the complaint");
    assert!(egui::Rect::from_min_size(Pos2::ZERO, Vec2::new(1280.0, 800.0)).contains(name), "{name:?}");
}

#[test]
fn an_arrangement_of_an_older_version_is_computed_anew() {
    let mut app = Driver::bakery("Refund");
    let view = app.view();
    let old = std::sync::Arc::new(app.document().clone());
    app.keys("Ctrl+T");
    let steps = app.steps().len();
    let how = Arranging::By(Mode::Everything);
    let stale = |number| Arranged { number, view, how: how.clone(), of: old.clone(), joins: false, edit: None };
    let moved = app.element("Check the receipt");
    let edit = remit::edit::MoveInView { view, moves: vec![(moved, Point::new(9_000.0, 60.0))] };
    app.wish(Command::from(remit::edit::Edit::from(edit)));
    app.wish(Command::Arranged(Box::new(stale(0))));
    assert_eq!(app.steps().len(), steps + 1, "another one was begun since");
    app.wish(Command::Arranged(Box::new(stale(1))));
    assert_eq!(app.steps().len(), steps + 2, "arranged from the version in front");
    assert!(center_of(app.document(), view, moved).x < 8_000.0);
}

#[test]
fn a_large_view_is_one_step_too() {
    let document = generate::process(600, 5);
    let view = document.views().ids().last().unwrap();
    let mut app = App::for_tests(document);
    app.wish(Command::Arrange { view, how: Arranging::EVERYTHING });
    let mut app = Driver::of(app);
    assert_eq!(app.steps(), ["Arrange view"]);
    app.keys("Ctrl+Z");
    assert!(app.steps().is_empty());
}

#[test]
fn a_sample_that_was_arranged_does_not_change_when_it_is_arranged_again() {
    let mut app = Driver::bakery("Refund");
    assert_eq!(app.document().views().len(), bakery().views().len());
    app.keys("Ctrl+T");
    let (first, steps) = (centers(&app), app.steps().len());
    app.keys("Ctrl+T");
    assert_eq!(centers(&app), first);
    assert_eq!(app.steps().len(), steps, "nothing changed, so it is no step");
}
