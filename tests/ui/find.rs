//! The search and the palette: words are found wherever they are written, results are walked in their places.

use egui::Key;
use egui::accesskit::Role as Kind;
use remit::model::*;

use crate::driver::{Driver, bakery};

fn results(app: &Driver) -> Vec<String> {
    app.names(Kind::ListItem).into_iter().filter(|name| !name.contains(": ") || name.contains("shown in")).collect()
}

/// The bakery with a few words to look for.
fn written() -> Document {
    let text = remit::storage::to_string(&bakery());
    let text = text.replacen(
        "name: \"Pay the refund\"",
        "name: \"Pay the refund\", description: \"Never from the petty cash box\"",
        1,
    );
    remit::storage::load_str(&text, "bakery").expect("it is sound").0
}

#[test]
fn enter_flies_to_the_first_result_and_selects_it() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+F");
    app.write("pay the ref");
    app.key(Key::Enter);
    assert!(!app.asks());
    assert_eq!(app.front(), "Refund");
    assert_eq!(app.selection(), [app.element("Pay the refund")]);
    let middle = app.middle("Pay the refund");
    assert!(app.harness.ctx.content_rect().shrink(60.0).contains(middle), "{middle}");
}

#[test]
fn enter_right_behind_the_last_letter_waits_for_its_results() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+F");
    app.write("pay the");
    // Both in one frame, as on a busy machine.
    app.send(egui::Event::Text(" refund".to_owned()));
    for pressed in [true, false] {
        app.send(egui::Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: egui::Modifiers::NONE,
        });
    }
    app.settle();
    assert!(!app.asks());
    assert_eq!(app.selection(), [app.element("Pay the refund")]);
}

#[test]
fn keys_right_behind_the_search_reach_the_matrix_it_led_to() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+F");
    app.write("Rights");
    for key in [Key::Enter, Key::ArrowDown, Key::ArrowDown] {
        for pressed in [true, false] {
            let modifiers = egui::Modifiers::NONE;
            app.send(egui::Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
        }
        app.frame();
    }
    app.settle();
    assert_eq!(app.front(), "Rights");
    let names: Vec<&str> = app.selection().iter().map(|element| app.document().name_of(*element)).collect();
    assert_eq!(names, ["Change a price"], "two rows down");
}

#[test]
fn arrows_show_each_result_in_its_place_and_escape_comes_back() {
    let mut app = Driver::bakery("Organisation");
    app.click(app.middle("Driver"));
    let (panes, selection, zoom) = (app.app().core.panes.clone(), app.selection(), app.canvas().zoom());
    let before = app.middle("Driver");
    app.keys("Ctrl+F");
    app.write("refund");
    let mut fronts = std::collections::BTreeSet::new();
    for _ in 0..8 {
        app.key(Key::ArrowDown);
        fronts.insert(app.front());
    }
    assert!(app.asks(), "the search stays open");
    assert!(fronts.contains("Refund"), "{fronts:?}");
    assert_ne!(app.selection(), selection);
    app.key(Key::Escape);
    assert!(!app.asks());
    assert_eq!((app.front().as_str(), app.selection(), app.canvas().zoom()), ("Organisation", selection, zoom));
    assert_eq!(app.app().core.panes, panes, "views opened on the way are closed");
    assert!((app.middle("Driver") - before).length() < 1.0);
    assert!(app.steps().is_empty(), "nothing was changed");
}

#[test]
fn words_of_notes_and_limits_are_found_with_the_passage() {
    let document = written();
    let view = document.views().ids().next().unwrap();
    let mut app = Driver::new(document, view);
    app.keys("Ctrl+F");
    app.write("petty cash");
    let found = results(&app);
    assert!(
        found.iter().any(|name| name.contains("Pay the refund, Description: Never from the petty cash box, shown in")),
        "{found:?}"
    );
    app.write_instead("200 eur");
    let limits = app.all_names("Limit: ");
    assert!(limits.iter().any(|name| name.contains("200 EUR")), "{limits:?}");
}

#[test]
fn a_slip_of_the_finger_is_forgiven() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+F");
    app.write("compliant");
    assert!(!app.all_names("Take the complaint").is_empty());
    app.write_instead("zzzz");
    assert!(app.reads("Nothing says this"));
}

#[test]
fn results_stand_in_groups_by_kind() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+F");
    app.write("refund");
    for heading in ["Processes · ", "Steps · ", "Decisions · "] {
        assert!(app.reads(heading), "{heading}");
    }
}

#[test]
fn a_click_elsewhere_stays_where_the_search_led_to() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+F");
    app.write("receipt");
    app.key(Key::ArrowDown);
    app.key(Key::ArrowUp);
    assert_eq!(app.front(), "Refund");
    let status = egui::pos2(1277.0, 797.0);
    app.click(status);
    assert!(!app.asks());
    assert_eq!(app.front(), "Refund");
    app.keys("Ctrl+Alt+Left");
    assert_eq!(app.front(), "Organisation", "where the search began is one step back");
}

#[test]
fn what_was_changed_meanwhile_is_found() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+F");
    app.write("zebra");
    assert!(app.reads("Nothing says this"));
    app.key(Key::Escape);
    app.click(app.middle("Pay the refund"));
    app.fill("Name", "Feed the zebra");
    app.keys("Ctrl+F");
    app.write("zebra");
    app.key(Key::Enter);
    assert_eq!(app.selection(), [app.element("Feed the zebra")]);
}

#[test]
fn what_no_view_shows_is_found_and_selected() {
    let mut document = bakery();
    let text = remit::storage::to_string(&document);
    document = remit::storage::load_str(&text, "bakery").unwrap().0;
    let view = document.views().ids().next().unwrap();
    let mut app = Driver::new(document, view);
    app.keys("Ctrl+F");
    let person = app.document().people().iter().next().map(|(_, person)| person.name.clone()).unwrap();
    app.write(&person.to_lowercase());
    app.key(Key::Enter);
    let selected = app.selection();
    assert_eq!(selected.iter().map(|one| app.document().name_of(*one)).collect::<Vec<_>>(), [person]);
}

#[test]
fn the_palette_says_why_a_command_does_not_apply_and_puts_what_was_used_first() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+Shift+P");
    app.write("fit the selection");
    let names = app.names(Kind::TreeItem);
    assert!(names.iter().any(|name| name == "Fit the selection, not now: select something first"), "{names:?}");
    app.key(Key::Enter);
    assert!(app.asks(), "it stays open, nothing is done");
    app.write_instead("minimap");
    app.key(Key::Enter);
    assert!(!app.app().core.preferences.is_open("minimap"));
    app.keys("Ctrl+K");
    assert!(app.reads("Used last"));
    assert_eq!(app.app().core.preferences.used, ["view.minimap"]);
    app.key(Key::Enter);
    assert!(app.app().core.preferences.is_open("minimap"), "Enter does again what was done last");
}

#[test]
fn the_palette_ranks_initials_and_finds_elements() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+K");
    app.write("ztf");
    app.write_instead("fa");
    assert!(app.names(Kind::TreeItem).iter().any(|name| name == "Fit all"));
    app.write_instead("head baker");
    app.key(Key::Enter);
    assert_eq!(app.selection(), [app.element("Head baker")]);
}

#[test]
fn enter_in_the_frame_of_the_last_letter_runs_what_the_whole_text_asks_for() {
    let mut app = Driver::bakery("Refund");
    let elements = app.document().element_count();
    let before = app.app().core.preferences.is_open("minimap");
    app.keys("Ctrl+K");
    app.send(egui::Event::Text("minimap".to_owned()));
    app.key(Key::Enter);
    assert_ne!(app.app().core.preferences.is_open("minimap"), before);
    assert_eq!(app.document().element_count(), elements, "not the first of all commands, which makes a new project");
}
