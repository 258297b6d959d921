//! What hands expect of a canvas: moving the paper, selecting, tools, Escape, and what the pointer is told.

use egui::accesskit::Role as Kind;
use egui::{
    CursorIcon, Event as Input, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchDeviceId,
    TouchId, TouchPhase, Vec2,
};
use remit::app::canvas::{NewElement, Tool};
use remit::app::command::Command;

use crate::canvas::{chart, refund};
use crate::driver::Driver;

fn wheel(app: &mut Driver, by: Vec2, modifiers: Modifiers) {
    app.send(Input::ModifiersChanged(modifiers));
    let (unit, phase) = (MouseWheelUnit::Point, TouchPhase::Move);
    app.send(Input::MouseWheel { unit, delta: by, phase, modifiers, source: MouseWheelSource::Wheel });
    app.settle();
    app.send(Input::ModifiersChanged(Modifiers::NONE));
    app.settle();
}

#[test]
fn the_wheel_scrolls_down_and_with_shift_sideways_and_space_with_a_drag_moves_the_paper() {
    let mut app = refund();
    app.move_to(app.middle("Approve"));
    let before = app.canvas().center_in_world();
    wheel(&mut app, Vec2::new(0.0, -60.0), Modifiers::NONE);
    let scrolled = app.canvas().center_in_world() - before;
    assert!(scrolled.y > 20.0 && scrolled.x.abs() < 0.1, "{scrolled}");
    let before = app.canvas().center_in_world();
    wheel(&mut app, Vec2::new(0.0, -60.0), Modifiers::SHIFT);
    let scrolled = app.canvas().center_in_world() - before;
    assert!(scrolled.x > 20.0 && scrolled.y.abs() < 0.1, "{scrolled}");
    let (at, before, steps) = (app.middle("Approve"), app.canvas().center_in_world(), app.steps().len());
    let key = |pressed| Input::Key {
        key: Key::Space,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    app.send(key(true));
    app.frame();
    app.drag(at, at + Vec2::new(40.0, 0.0));
    app.send(key(false));
    app.settle();
    assert!((app.canvas().center_in_world().x - before.x + 40.0 / app.canvas().zoom()).abs() < 0.5);
    assert_eq!(app.steps().len(), steps);
}

#[test]
fn keys_zoom_to_fixed_sizes_to_all_and_to_the_selection() {
    let mut app = refund();
    app.keys("Ctrl+0");
    assert_eq!(app.canvas().zoom(), 1.0);
    for key in ["Ctrl+Plus", "Ctrl+Equals"] {
        let before = app.canvas().zoom();
        app.keys(key);
        assert!(app.canvas().zoom() > before, "{key}");
    }
    let before = app.canvas().zoom();
    app.keys("Ctrl+Minus");
    assert!(app.canvas().zoom() < before);
    app.click(app.middle("Approve"));
    app.keys("Shift+2");
    let close = app.canvas().zoom();
    app.keys("Shift+1");
    assert!(app.canvas().zoom() < close);
}

#[test]
fn two_fingers_move_and_zoom_the_paper_and_drop_what_the_first_one_began() {
    let mut app = refund();
    let (at, zoom, steps) = (app.middle("Approve"), app.canvas().zoom(), app.steps().len());
    let touch = |app: &mut Driver, finger: u64, phase, pos: Pos2| {
        app.send(Input::Touch { device_id: TouchDeviceId(0), id: TouchId(finger), phase, pos, force: None });
        app.frame();
    };
    app.press(at);
    touch(&mut app, 1, TouchPhase::Start, at);
    touch(&mut app, 2, TouchPhase::Start, at + Vec2::new(60.0, 0.0));
    touch(&mut app, 1, TouchPhase::Move, at - Vec2::new(30.0, 20.0));
    touch(&mut app, 2, TouchPhase::Move, at + Vec2::new(120.0, 20.0));
    assert!(app.canvas().zoom() > zoom * 1.2, "{} {zoom}", app.canvas().zoom());
    touch(&mut app, 2, TouchPhase::End, at + Vec2::new(120.0, 20.0));
    touch(&mut app, 1, TouchPhase::End, at);
    app.release(at);
    assert_eq!(app.steps().len(), steps, "nothing was moved by it");
}

#[test]
fn all_and_nothing_are_selected_by_keys_and_the_selection_is_told_to_screen_readers() {
    let mut app = refund();
    app.keys("Ctrl+A");
    assert_eq!(app.selection().len(), 3);
    assert!(app.reads("3 selected: "), "{:?}", app.all_names("selected"));
    app.keys("Ctrl+Shift+A");
    assert!(app.selection().is_empty());
    app.click(app.middle("Approve"));
    assert!(app.reads("Selected: Step Approve"), "{:?}", app.all_names("elected"));
}

#[test]
fn letters_are_tools_while_nothing_is_selected_and_with_alt_always() {
    let mut app = refund();
    for (key, tool) in [("H", Tool::Hand), ("C", Tool::Connect), ("S", Tool::Space), ("V", Tool::Select)] {
        app.keys(key);
        assert_eq!(app.app().core.tool, tool, "{key}");
    }
    app.click(app.middle("Approve"));
    for (key, tool) in [(Key::H, Tool::Hand), (Key::S, Tool::Space), (Key::V, Tool::Select)] {
        // Some keyboards write something with Alt.
        app.send(Input::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::ALT });
        app.send(Input::Text("x".to_owned()));
        app.send(Input::Key { key, physical_key: None, pressed: false, repeat: false, modifiers: Modifiers::ALT });
        app.settle();
        assert_eq!(app.app().core.tool, tool, "Alt+{}", key.name());
    }
    assert_eq!(app.document().name_of(app.element("Approve")), "Approve", "the letter began no name");
}

#[test]
fn a_tool_is_put_down_after_one_use_unless_q_keeps_it() {
    let mut app = refund();
    let place = Tool::Place(NewElement::Note);
    let ground = app.middle("Approve") + Vec2::new(200.0, 20.0);
    app.wish(Command::Tool(place));
    app.click(ground);
    app.key(Key::Escape);
    assert_eq!(app.app().core.tool, Tool::Select);
    app.key(Key::Escape);
    app.keys("Q");
    app.wish(Command::Tool(place));
    for beside in [200.0, 0.0] {
        app.click(app.middle("Approve") + Vec2::new(beside, 110.0));
        app.key(Key::Escape);
    }
    assert_eq!(app.app().core.tool, place);
    assert_eq!(app.document().notes().len(), 3);
    app.key(Key::Escape);
    assert_eq!(app.app().core.tool, Tool::Select);
}

#[test]
fn escape_goes_one_level_back_from_text_to_tool_to_selection_to_nothing() {
    let mut app = refund();
    app.click(app.middle("Approve"));
    app.wish(Command::Tool(Tool::Connect));
    app.wish(Command::Rename(app.element("Approve")));
    app.type_text("Verify");
    app.key(Key::Escape);
    assert_eq!(app.document().name_of(app.element("Approve")), "Approve");
    assert_eq!((app.app().core.tool, app.selection().len()), (Tool::Connect, 1));
    app.key(Key::Escape);
    assert_eq!((app.app().core.tool, app.selection().len()), (Tool::Select, 1));
    app.key(Key::Escape);
    assert!(app.selection().is_empty());
}

fn cursor(app: &Driver) -> CursorIcon {
    app.harness.output().platform_output.cursor_icon
}

#[test]
fn the_cursor_tells_what_a_press_would_do() {
    let mut app = refund();
    app.click(app.middle("Approve"));
    let rect = app.world_rect("Approve");
    let on_screen = |app: &Driver, world: Pos2| app.canvas().screen_from_world(world);
    app.move_to(on_screen(&app, rect.right_bottom()));
    app.settle();
    assert_eq!(cursor(&app), CursorIcon::ResizeNwSe);
    let handle = on_screen(&app, rect.right_center()) + Vec2::new(12.0, 0.0);
    app.move_to(handle);
    app.settle();
    assert_eq!(cursor(&app), CursorIcon::PointingHand);
    assert_eq!(app.foot(), "Click adds a step; drag connects.");
    app.wish(Command::Tool(Tool::Hand));
    app.move_to(app.middle("Take complaint"));
    app.settle();
    assert_eq!(cursor(&app), CursorIcon::Grab);
    app.wish(Command::Tool(Tool::Connect));
    app.press(app.middle("Take complaint"));
    app.move_to(app.middle("Take complaint") + Vec2::new(30.0, 0.0));
    app.move_to(app.middle("Approve"));
    app.frame();
    assert_eq!(cursor(&app), CursorIcon::NotAllowed, "there is such a flow already");
    app.key(Key::Escape);
    app.release(app.middle("Approve"));
}

#[test]
fn the_paper_follows_a_drag_to_the_border_and_dropped_things_are_in_sight() {
    let mut app = refund();
    let at = app.middle("Approve");
    let before = app.canvas().center_in_world();
    app.press(at);
    let border = Pos2::new(at.x, app.harness.ctx.content_rect().bottom() - 30.0);
    for step in 1..=4 {
        app.move_to(at + (border - at) * (step as f32 / 4.0));
    }
    for _ in 0..6 {
        app.frame();
    }
    app.release(border);
    assert!(app.canvas().center_in_world().y > before.y + 10.0);
    let shown = app.canvas().screen_from_world(app.world_rect("Approve").center());
    assert!(app.harness.ctx.content_rect().contains(shown));
}

#[test]
fn the_menu_of_the_right_button_is_about_what_lies_there() {
    let mut app = refund();
    let open = |app: &mut Driver, place: &dyn Fn(&Driver) -> Pos2| {
        let at = place(app);
        app.move_to(at);
        app.button(at, PointerButton::Secondary, true, Modifiers::NONE);
        app.frame();
        app.button(at, PointerButton::Secondary, false, Modifiers::NONE);
        app.settle();
        let names = app.names(Kind::MenuItem);
        app.key(Key::Escape);
        names
    };
    let step = open(&mut app, &|app| app.middle("Approve"));
    for entry in ["Rename", "Change the type…", "Duplicate", "Lock in place", "Colour 3", "Delete everywhere"] {
        assert!(step.iter().any(|name| name == entry), "{entry} in {step:?}");
    }
    app.click(app.middle("Take complaint"));
    app.click_with(app.middle("Approve"), Modifiers::SHIFT);
    let several = open(&mut app, &|app| app.middle("Approve"));
    for entry in ["Align left", "Group", "Align middles"] {
        assert!(several.iter().any(|name| name == entry), "{entry} in {several:?}");
    }
    let ground = app.canvas().screen_from_world(app.world_rect("Approve").right_bottom() + Vec2::new(80.0, 40.0));
    let empty = open(&mut app, &|_| ground);
    assert!(empty.iter().any(|name| name == "Select all"), "{empty:?}");
    assert!(!empty.iter().any(|name| name == "Delete everywhere"), "{empty:?}");
    let mut app = chart();
    let unit = open(&mut app, &|app| app.middle("Shop"));
    assert!(unit.iter().any(|name| name == "Fold or unfold"), "{unit:?}");
}

#[test]
fn a_box_being_resized_meets_the_side_of_its_neighbour_unless_ctrl_is_held() {
    let resized = |modifiers: Modifiers| {
        let mut app = refund();
        app.click(app.middle("Approve"));
        let (held, other) = (app.world_rect("Approve"), app.world_rect("Take complaint"));
        let from = app.canvas().screen_from_world(held.left_bottom());
        // Three points before the right side of the box at its left.
        let to = app.canvas().screen_from_world(Pos2::new(other.right() + 3.0, held.bottom() + 30.0));
        app.button(from, PointerButton::Primary, true, modifiers);
        app.frame();
        for way in [0.5, 1.0] {
            app.send(Input::ModifiersChanged(modifiers));
            app.move_to(from + (to - from) * way);
        }
        app.button(to, PointerButton::Primary, false, modifiers);
        app.settle();
        app.world_rect("Approve").left() - other.right()
    };
    assert!(resized(Modifiers::NONE).abs() < 0.6, "{}", resized(Modifiers::NONE));
    assert!(resized(Modifiers::COMMAND | Modifiers::CTRL) > 1.5);
}

#[test]
fn a_finger_that_stays_opens_the_menu_and_drags_nothing_then() {
    let mut app = refund();
    let (at, steps) = (app.middle("Approve"), app.steps().len());
    let place = app.world_rect("Approve");
    let (device_id, id) = (TouchDeviceId(0), TouchId(1));
    app.send(Input::Touch { device_id, id, phase: TouchPhase::Start, pos: at, force: None });
    app.press(at);
    for _ in 0..90 {
        app.frame();
    }
    assert!(app.names(Kind::MenuItem).iter().any(|name| name == "Rename"), "{:?}", app.names(Kind::MenuItem));
    app.send(Input::Touch { device_id, id, phase: TouchPhase::Move, pos: at + Vec2::new(60.0, 40.0), force: None });
    app.move_to(at + Vec2::new(60.0, 40.0));
    app.send(Input::Touch { device_id, id, phase: TouchPhase::End, pos: at + Vec2::new(60.0, 40.0), force: None });
    app.release(at + Vec2::new(60.0, 40.0));
    assert_eq!((app.steps().len(), app.world_rect("Approve")), (steps, place));
    assert_eq!(app.selection(), [app.element("Approve")]);
}

#[test]
fn the_colour_of_a_box_in_its_view_is_chosen_in_the_inspector() {
    let mut app = refund();
    // Room for all fields.
    app.harness.set_size(Vec2::new(1280.0, 3200.0));
    app.settle();
    app.click(app.middle("Approve"));
    app.click_on(Kind::RadioButton, "Colour 3");
    let tint = |app: &Driver| {
        let placed = app.document().placement_of(app.view(), app.element("Approve"));
        placed.and_then(|(_, placement)| placement.tint)
    };
    assert_eq!(tint(&app), Some(2));
    assert!(app.is_selected(Kind::RadioButton, "Colour 3"));
    app.click_on(Kind::RadioButton, "No colour of its own");
    assert_eq!(tint(&app), None);
}
