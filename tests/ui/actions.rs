//! The table of commands: what holds for every one of them.

use std::collections::BTreeMap;

use egui::Key;
use remit::app::actions::{ACTIONS, Menu, action};

use crate::driver::Driver;

#[test]
fn ids_are_unique_and_every_command_explains_itself() {
    let mut ids = BTreeMap::new();
    for entry in ACTIONS {
        assert!(ids.insert(entry.id, entry.label).is_none(), "{} is there twice", entry.id);
        assert!(!entry.label.trim().is_empty(), "{} has no label", entry.id);
        assert!(entry.help.len() > 10 && entry.help.ends_with('.'), "{} has no sentence of help", entry.id);
        assert!(action(entry.id).is_some());
    }
    for menu in Menu::ALL {
        assert!(ACTIONS.iter().any(|entry| entry.menu == menu), "the menu {} is empty", menu.title());
        let groups: Vec<u8> = ACTIONS.iter().filter(|entry| entry.menu == menu).map(|entry| entry.group).collect();
        assert!(groups.is_sorted(), "the groups of {} are in order", menu.title());
        // What stands in one menu within the menu stands together, and every list fits a low window.
        let mut lists: Vec<Option<&str>> =
            ACTIONS.iter().filter(|entry| entry.menu == menu).map(|entry| entry.submenu).collect();
        let direct = lists.iter().filter(|name| name.is_none()).count();
        lists.dedup();
        let mut names: Vec<&str> = lists.into_iter().flatten().collect();
        assert!(direct + names.len() <= 24, "the menu {} is long", menu.title());
        names.sort_unstable();
        assert!(names.windows(2).all(|two| two[0] != two[1]), "{} has a menu twice: {names:?}", menu.title());
    }
}

#[test]
fn no_two_commands_have_the_same_shortcut() {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for entry in ACTIONS {
        for shortcut in entry.shortcuts {
            let name = format!("{shortcut:?}");
            if let Some(other) = taken.insert(name, entry.id) {
                panic!("{} and {other} have the same shortcut {shortcut:?}", entry.id);
            }
        }
    }
}

#[test]
fn no_command_needs_a_key_that_other_keyboards_lack() {
    // Zoom has letters and wheel beside its keys; the canvas alone has F11, too; the help sheet has F1.
    let lacking =
        [Key::Slash, Key::Backslash, Key::OpenBracket, Key::CloseBracket, Key::Quote, Key::Backtick, Key::Semicolon];
    for entry in ACTIONS.iter().filter(|entry| !entry.shortcuts.is_empty()) {
        let usual = entry.shortcuts.iter().any(|shortcut| !lacking.contains(&shortcut.logical_key));
        assert!(usual, "{} can only be reached with a key that many keyboards lack", entry.id);
    }
}

/// Runs every command in a fresh window that is like the one given.
fn run_all(window: impl Fn() -> Driver) {
    for entry in ACTIONS {
        let mut app = window();
        let offered = (entry.act)(&app.app().core);
        app.wish(remit::app::command::Command::Action(entry.id));
        if let Err(reason) = offered {
            assert!(app.foot().contains(reason), "{} says why not: {reason}, but shown is {:?}", entry.id, app.foot());
        }
        let problems = remit::model::integrity::check(app.document());
        assert!(problems.is_empty(), "{} breaks the document: {problems:?}", entry.id);
        app.key(Key::Escape);
    }
}

#[test]
fn every_command_may_be_tried_on_an_empty_project() {
    run_all(Driver::empty);
}

#[test]
fn every_command_may_be_tried_on_a_small_chart_with_a_selection() {
    run_all(|| {
        let mut app = Driver::empty();
        app.click_button("Draw an organisation");
        app.click_button("Add a unit");
        app.write("Shop");
        app.key(Key::Enter);
        app
    });
}

#[test]
fn every_command_answers_on_the_bakery_without_being_run() {
    for view in ["Organisation", "Refund", "Rights"] {
        let mut app = Driver::bakery(view);
        app.keys("F8");
        for entry in ACTIONS {
            let _ = (entry.act)(&app.app().core);
            let _ = entry.label_now(&app.app().core);
            let _ = entry.checked.map(|checked| checked(&app.app().core));
        }
    }
}

#[test]
fn the_sheet_of_keys_lists_the_commands() {
    let mut app = Driver::bakery("Refund");
    app.keys("F1");
    assert!(app.asks());
    assert!(app.reads("Keys and commands"));
    assert!(app.reads("Ctrl+S"));
    app.key(Key::Escape);
    assert!(!app.asks());
}
