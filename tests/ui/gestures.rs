//! Whatever the hand does, the document stays whole, and undoing all of it leads back to the start.

use egui::{Event as Input, Key, Modifiers, PointerButton, Pos2, Rect};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use remit::model::integrity;

use crate::canvas::{chart, refund};
use crate::driver::Driver;

/// Something a hand does; places are parts of the canvas.
#[derive(Clone, Debug)]
enum Deed {
    Click((f32, f32), Modifiers),
    DoubleClick((f32, f32)),
    Drag((f32, f32), (f32, f32), Modifiers),
    Keys(&'static str),
    Write(&'static str),
}

const KEYS: &[&str] = &[
    "Escape",
    "Enter",
    "Tab",
    "Delete",
    "Backspace",
    "ArrowRight",
    "Shift+ArrowDown",
    "Ctrl+ArrowRight",
    "Ctrl+A",
    "Ctrl+C",
    "Ctrl+X",
    "Ctrl+V",
    "Ctrl+D",
    "Ctrl+G",
    "Ctrl+Shift+G",
    "Ctrl+Shift+L",
    "Ctrl+Shift+ArrowLeft",
    "Alt+Shift+H",
    "Ctrl+Alt+F",
    "Ctrl+Alt+C",
    "Ctrl+Alt+V",
    "Ctrl+Z",
    "Ctrl+Z",
    "Ctrl+Y",
    "Ctrl+T",
    "Alt+S",
    "Alt+C",
    "Alt+V",
    "Alt+R",
    "Alt+Q",
    "Shift+Enter",
];

fn place() -> impl Strategy<Value = (f32, f32)> {
    (0.02..0.98_f32, 0.02..0.85_f32)
}

fn deed() -> impl Strategy<Value = Deed> {
    let modifiers = prop_oneof![
        4 => Just(Modifiers::NONE),
        1 => Just(Modifiers::SHIFT),
        1 => Just(Modifiers::ALT),
        1 => Just(Modifiers::COMMAND | Modifiers::CTRL),
    ];
    prop_oneof![
        3 => (place(), modifiers.clone()).prop_map(|(at, modifiers)| Deed::Click(at, modifiers)),
        1 => place().prop_map(Deed::DoubleClick),
        4 => (place(), place(), modifiers).prop_map(|(from, to, modifiers)| Deed::Drag(from, to, modifiers)),
        5 => prop::sample::select(KEYS).prop_map(Deed::Keys),
        1 => prop::sample::select(&["a", "Pay", "- Check\n- Pay"][..]).prop_map(Deed::Write),
    ]
}

/// Where the canvas is: the middle of the window, between the panels.
fn canvas() -> Rect {
    Rect::from_min_max(Pos2::new(260.0, 90.0), Pos2::new(920.0, 760.0))
}

fn at((x, y): (f32, f32)) -> Pos2 {
    let canvas = canvas();
    canvas.min + egui::Vec2::new(canvas.width() * x, canvas.height() * y)
}

fn act(app: &mut Driver, deed: &Deed) {
    match deed {
        Deed::Click(place, modifiers) => app.click_with(at(*place), *modifiers),
        Deed::DoubleClick(place) => app.double_click(at(*place)),
        Deed::Drag(from, to, modifiers) => {
            let (from, to) = (at(*from), at(*to));
            app.button(from, PointerButton::Primary, true, *modifiers);
            app.frame();
            app.move_to(from + (to - from) * 0.5);
            app.move_to(to);
            app.button(to, PointerButton::Primary, false, *modifiers);
            app.send(Input::ModifiersChanged(Modifiers::NONE));
            app.settle();
        }
        Deed::Keys(keys) => app.keys(keys),
        Deed::Write(text) => {
            app.send(Input::Paste((*text).to_owned()));
            app.settle();
        }
    }
}

/// Plays series of deeds on a window and checks the document after each, and the way back at the end.
fn play(window: impl Fn() -> Driver, cases: u32) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&prop::collection::vec(deed(), 4..24), |deeds| {
        let mut app = window();
        let start = app.text();
        for deed in &deeds {
            act(&mut app, deed);
            prop_assert_eq!(integrity::check(app.document()), Vec::new(), "after {:?}", deed);
        }
        for _ in 0..4 {
            app.key(Key::Escape);
        }
        while !app.steps().is_empty() {
            app.wish(remit::app::command::Command::Undo);
        }
        prop_assert_eq!(app.text(), start);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn any_series_of_gestures_leaves_a_process_whole_and_undo_leads_back() {
    play(refund, 5);
}

#[test]
fn any_series_of_gestures_leaves_a_chart_whole_and_undo_leads_back() {
    play(chart, 3);
}

#[test]
fn any_series_of_gestures_leaves_the_bakery_whole_and_undo_leads_back() {
    play(|| Driver::bakery("Refund"), 2);
}
