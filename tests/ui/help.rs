//! The help sheet says what is true: every gesture of its table is done here, every command stands in it.

use egui::accesskit::Role as Kind;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, TouchPhase, Vec2, vec2};
use remit::app::actions::ACTIONS;
use remit::app::gestures::{GESTURES, Place};
use remit::model::*;

use crate::driver::Driver;

const STEP: &str = "Pay the refund";

fn refund() -> Driver {
    Driver::bakery("Refund")
}

fn with_step() -> Driver {
    let mut app = refund();
    app.click(app.middle(STEP));
    app
}

fn chart() -> Driver {
    let mut app = Driver::bakery("Organisation");
    app.keys("Shift+1");
    app
}

fn moved(app: &mut Driver, act: impl FnOnce(&mut Driver)) -> Vec2 {
    let before = app.world_rect(STEP).center();
    act(app);
    app.world_rect(STEP).center() - before
}

fn wheel(app: &mut Driver, delta: Vec2, modifiers: Modifiers) {
    let at = app.harness.ctx.content_rect().center();
    app.send(Event::PointerMoved(at));
    app.send(Event::ModifiersChanged(modifiers));
    app.send(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers,
    });
    app.frame();
    app.send(Event::ModifiersChanged(Modifiers::NONE));
    app.settle();
}

/// Empty ground of a canvas, left above all boxes.
fn ground(app: &Driver) -> egui::Pos2 {
    let scene = &app.app().core.scenes[&app.view()].scene;
    app.canvas().screen_from_world(scene.bounds.left_top() - vec2(6.0, 6.0))
}

/// Does what a line of the table says; whether it was so.
fn holds(id: &str) -> bool {
    match id {
        "click" => with_step().selection() == [refund().element(STEP)],
        "shift-click" => {
            let mut app = with_step();
            app.click_with(app.middle("Check the receipt"), Modifiers::SHIFT);
            let two = app.selection().len() == 2;
            app.click_with(app.middle("Check the receipt"), Modifiers::COMMAND | Modifiers::CTRL);
            two && app.selection().len() == 1
        }
        "drag" => {
            let mut app = refund();
            let at = app.middle(STEP);
            moved(&mut app, |app| app.drag(at, at + vec2(24.0, 0.0))).x > 4.0
        }
        "alt-drag" => {
            let mut app = refund();
            let (steps, at) = (app.document().steps().len(), app.middle(STEP));
            app.button(at, PointerButton::Primary, true, Modifiers::ALT);
            app.frame();
            for part in [0.5, 1.0] {
                app.move_to(at + vec2(30.0, 60.0) * part);
            }
            app.button(at + vec2(30.0, 60.0), PointerButton::Primary, false, Modifiers::ALT);
            app.settle();
            app.document().steps().len() == steps + 1
        }
        "marquee" => {
            let mut app = chart();
            let (from, to) = (ground(&app), app.harness.ctx.content_rect().center() + vec2(0.0, 120.0));
            app.drag(from, to);
            app.selection().len() > 1
        }
        "double-click" => {
            let mut app = refund();
            app.double_click(app.middle(STEP));
            app.write_instead("Hand out");
            app.key(Key::Enter);
            app.document().steps().iter().any(|(_, step)| step.name == "Hand out")
        }
        "connect" => {
            let mut app = with_step();
            let flows = app.document().flows().len();
            let side = app.world_rect(STEP).center_bottom();
            let dot = app.canvas().screen_from_world(side) + vec2(0.0, 12.0);
            app.drag(dot, dot + vec2(40.0, 90.0));
            let offers = app.count(Kind::MenuItem, "Step") + app.count(Kind::Button, "Step") > 0;
            offers || app.document().flows().len() > flows
        }
        "pan" => {
            let mut app = refund();
            let (before, at) = (app.middle(STEP), app.middle(STEP));
            app.button(at, PointerButton::Middle, true, Modifiers::NONE);
            app.frame();
            app.move_to(at + vec2(50.0, 20.0));
            app.button(at + vec2(50.0, 20.0), PointerButton::Middle, false, Modifiers::NONE);
            app.settle();
            (app.middle(STEP) - before - vec2(50.0, 20.0)).length() < 1.0 && app.steps().is_empty()
        }
        "scroll" => {
            let mut app = refund();
            let before = app.middle(STEP);
            wheel(&mut app, vec2(0.0, -40.0), Modifiers::NONE);
            app.middle(STEP).y < before.y
        }
        "zoom" => {
            let mut app = refund();
            let before = app.canvas().zoom();
            wheel(&mut app, vec2(0.0, 40.0), Modifiers::COMMAND | Modifiers::CTRL);
            app.canvas().zoom() > before
        }
        "menu" => {
            let mut app = refund();
            let at = app.middle(STEP);
            for pressed in [true, false] {
                app.button(at, PointerButton::Secondary, pressed, Modifiers::NONE);
                app.frame();
            }
            app.settle();
            !app.names(Kind::MenuItem).is_empty()
        }
        "mouse-back" => {
            let mut app = refund();
            app.click_on(Kind::Tab, "Organisation");
            for pressed in [true, false] {
                app.button(egui::pos2(640.0, 400.0), PointerButton::Extra1, pressed, Modifiers::NONE);
                app.frame();
            }
            app.settle();
            app.front() == "Refund"
        }
        "nudge" => {
            let one = moved(&mut with_step(), |app| app.keys("Right")).x;
            let five = moved(&mut with_step(), |app| app.keys("Shift+Right")).x;
            one > 1.0 && (five - 5.0 * one).abs() < 1.0
        }
        "nudge-fine" => (moved(&mut with_step(), |app| app.keys("Alt+Shift+Right")).x - 1.0).abs() < 0.1,
        "append" => grows(with_step(), "Ctrl+Down"),
        "letters" => {
            let mut app = with_step();
            app.write("Hand out");
            app.key(Key::Enter);
            app.document().steps().iter().any(|(_, step)| step.name == "Hand out")
        }
        "tab" => grows(with_step(), "Tab"),
        "enter" => {
            let mut app = with_step();
            app.key(Key::Enter);
            app.write_instead("Hand out");
            app.key(Key::Enter);
            app.document().steps().iter().any(|(_, step)| step.name == "Hand out")
        }
        "escape" => {
            let mut app = with_step();
            app.key(Key::Escape);
            app.selection().is_empty()
        }
        "chart-walk" => {
            let mut app = chart();
            app.click(app.middle("Driver"));
            let before = app.selection();
            app.keys("Up");
            app.selection() != before && app.steps().is_empty()
        }
        "chart-tab" => {
            let mut app = chart();
            app.click(app.middle("Station"));
            let before = app.document().element_count();
            app.key(Key::Tab);
            app.document().element_count() == before + 1
        }
        "chart-enter" => {
            let mut app = chart();
            app.click(app.middle("Station"));
            let before = app.document().units().len();
            app.key(Key::Enter);
            app.document().units().len() == before + 1
        }
        "chart-up" => {
            let mut app = chart();
            app.click(app.middle("Driver"));
            app.keys("Shift+Tab");
            matches!(app.selection()[..], [ElementRef::Unit(_)])
        }
        "name-keep" => holds("double-click"),
        "name-revert" => {
            let mut app = with_step();
            app.key(Key::F2);
            app.write_instead("Hand out");
            app.key(Key::Escape);
            app.steps().is_empty()
        }
        "name-tab" => {
            let mut app = with_step();
            let steps = app.document().steps().len();
            app.key(Key::F2);
            app.write_instead("Hand out");
            app.key(Key::Tab);
            app.element("Hand out");
            app.document().steps().len() == steps + 1
        }
        "matrix-letter" | "matrix-arrows" | "matrix-clear" | "matrix-fill" => matrix(id),
        "find-walk" | "find-back" => {
            let mut app = Driver::bakery("Organisation");
            app.keys("Ctrl+F");
            app.write("receipt");
            app.key(Key::ArrowDown);
            app.key(Key::ArrowUp);
            let shown = app.front() == "Refund";
            app.key(Key::Escape);
            shown && app.front() == "Organisation"
        }
        "outline-walk" | "outline-enter" => {
            let mut app = refund();
            app.keys("Ctrl+Shift+O");
            let first = app.names(Kind::TreeItem).remove(0);
            app.click_on(Kind::TreeItem, &first);
            let before = app.selection();
            app.key(Key::ArrowDown);
            let walked = app.selection() != before;
            app.key(Key::Enter);
            app.key(Key::ArrowRight);
            walked && app.steps().len() == 1
        }
        other => panic!("nothing proves {other}: add it to tests/ui/help.rs"),
    }
}

fn grows(mut app: Driver, keys: &str) -> bool {
    let steps = app.document().steps().len();
    app.keys(keys);
    app.document().steps().len() == steps + 1
}

fn matrix(id: &str) -> bool {
    let mut app = Driver::bakery("Rights");
    let rights = app.document().rights().len();
    app.keys("Ctrl+Home");
    match id {
        "matrix-letter" => {
            let before = app.text();
            app.write("C");
            app.text() != before
        }
        "matrix-clear" => {
            app.keys("Ctrl+A");
            app.key(Key::Delete);
            app.document().rights().len() < rights
        }
        "matrix-fill" => {
            app.write("C");
            app.keys("Shift+Down");
            app.keys("Shift+Down");
            let steps = app.steps().len();
            app.keys("Ctrl+D");
            app.steps().len() == steps + 1
        }
        _ => {
            app.write("C");
            app.keys("Down");
            let before = app.text();
            app.write("I");
            app.text() != before
        }
    }
}

#[test]
fn every_gesture_of_the_sheet_does_what_it_says() {
    let wrong: Vec<&str> = GESTURES.iter().map(|gesture| gesture.id).filter(|id| !holds(id)).collect();
    assert!(wrong.is_empty(), "not so: {wrong:?}");
}

#[test]
fn gestures_are_listed_once_and_by_place() {
    let mut ids: Vec<&str> = GESTURES.iter().map(|gesture| gesture.id).collect();
    assert!(GESTURES.iter().map(|gesture| gesture.place).is_sorted());
    assert!(Place::ALL.into_iter().all(|place| GESTURES.iter().any(|gesture| gesture.place == place)));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), GESTURES.len());
}

#[test]
fn the_sheet_lists_every_command_with_all_its_keys() {
    let mut app = refund();
    app.harness.set_size(vec2(1280.0, 4200.0));
    app.keys("F1");
    for entry in ACTIONS {
        let keys: Vec<String> =
            entry.shortcuts.iter().map(|shortcut| app.harness.ctx.format_shortcut(shortcut)).collect();
        let keys = if keys.is_empty() { "no key".to_owned() } else { keys.join("  or  ") };
        app.keys("Ctrl+A");
        app.write(entry.label.trim_end_matches('…'));
        let line = format!("{}: {keys}", entry.label);
        assert!(app.reads(&line), "{line}: {:?}", app.all_names(entry.label));
    }
}

#[test]
fn a_few_letters_narrow_the_sheet_down() {
    let mut app = refund();
    app.keys("F1");
    assert!(app.reads("Mouse and touchpad"));
    app.write("nudge or move the selection by a single unit");
    assert!(app.reads("No key does this"));
    app.write_instead("single unit");
    assert!(app.reads("Moves the selection by a single unit: Alt, Shift and an arrow"));
    assert!(!app.reads("Mouse and touchpad"));
    app.key(Key::Escape);
    assert!(!app.asks());
}

#[test]
fn the_view_alone_fills_the_window_and_escape_brings_everything_back() {
    for keys in ["Ctrl+Period", "F11"] {
        let mut app = refund();
        let before = app.names(Kind::Button).len();
        app.keys(keys);
        assert!(app.app().core.focus_mode);
        assert!(app.names(Kind::Tab).is_empty() && app.names(Kind::TreeItem).is_empty(), "{keys}");
        app.click(app.middle(STEP));
        app.key(Key::Escape);
        assert!(app.app().core.focus_mode, "first the selection");
        app.key(Key::Escape);
        assert!(!app.app().core.focus_mode);
        app.settle();
        assert!(app.names(Kind::Button).len() >= before - 1, "{keys}");
    }
}
