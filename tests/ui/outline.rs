//! The view as a list: in reading order, in step with the selection, walked by the keyboard; the list of steps.

use egui::Key;
use egui::accesskit::{Live, Role as Kind};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::driver::Driver;

fn lines(app: &Driver) -> Vec<String> {
    app.names(Kind::TreeItem)
}

/// The window with the keyboard in the outline.
fn on_outline(view: &str, first: &str) -> Driver {
    let mut app = Driver::bakery(view);
    app.keys("Ctrl+Shift+O");
    app.click_on(Kind::TreeItem, first);
    app
}

fn line_that_starts(app: &Driver, start: &str) -> String {
    let all = lines(app);
    all.iter()
        .find(|line| line.starts_with(start))
        .unwrap_or_else(|| panic!("no line starts with {start}: {all:?}"))
        .clone()
}

#[test]
fn a_process_reads_along_its_flow() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+Shift+O");
    let lines = lines(&app);
    let place = |words: &str| {
        lines.iter().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {lines:?}"))
    };
    assert!(place("Take the complaint") < place("Check the receipt"), "{lines:?}");
    assert!(place("Check the receipt") < place("Pay the refund"), "{lines:?}");
    app.click_on(Kind::RadioButton, "By lane");
    let heads = app.names(Kind::TreeItem);
    assert!(heads.iter().any(|line| line.starts_with("Role ")), "lanes are headings: {heads:?}");
}

#[test]
fn arrows_walk_it_and_select_enter_goes_to_the_canvas() {
    let first = {
        let mut app = Driver::bakery("Refund");
        app.keys("Ctrl+Shift+O");
        lines(&app).remove(0)
    };
    let mut app = on_outline("Refund", &first);
    let start = app.selection();
    app.key(Key::ArrowDown);
    let second = app.selection();
    assert_ne!(second, start);
    app.key(Key::End);
    app.key(Key::Home);
    assert_eq!(app.selection(), start);
    app.key(Key::ArrowDown);
    assert_eq!(app.selection(), second);
    app.key(Key::Enter);
    assert_eq!(app.selection(), second);
    assert!(app.steps().is_empty(), "arrows in the list move nothing");
    app.key(Key::ArrowRight);
    assert_eq!(app.steps().len(), 1, "now the canvas has the keyboard: arrows nudge");
}

#[test]
fn f2_renames_and_the_line_follows() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+Shift+O");
    let line = line_that_starts(&app, "Step Pay the refund");
    app.click_on(Kind::TreeItem, &line);
    app.key(Key::F2);
    app.write_instead("Hand out the money");
    app.key(Key::Enter);
    app.element("Hand out the money");
    line_that_starts(&app, "Step Hand out the money");
}

#[test]
fn what_is_selected_on_the_canvas_is_selected_in_the_list() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+Shift+O");
    app.click(app.middle("Pay the refund"));
    let line = line_that_starts(&app, "Step Pay the refund");
    assert!(app.is_selected(Kind::TreeItem, &line));
}

#[test]
fn a_chart_reads_as_its_tree() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+Shift+O");
    let lines = lines(&app);
    assert!(lines.first().is_some_and(|line| line.starts_with("Unit ")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("Role Driver, in ")), "kind, name and parent: {lines:?}");
}

#[test]
fn what_is_selected_is_announced_with_its_counts() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    let said = app.app().core.announcement.clone();
    assert!(said.starts_with("Selected: Step Pay the refund, in "), "{said}");
    let node = app.harness.query_all_by_role(Kind::Status).next().expect("a status").accesskit_node().live();
    assert_eq!(node, Live::Polite);
    assert_eq!(app.all_names("Selected: ").len(), 1, "it is told once");
    app.keys("Ctrl+A");
    assert!(app.app().core.announcement.ends_with("elements selected"));
}

#[test]
fn steps_are_listed_by_name_and_a_click_goes_there_and_back() {
    let mut app = Driver::bakery("Refund");
    let before = app.text();
    for name in ["One", "Two", "Three"] {
        app.click(app.middle(if name == "One" {
            "Pay the refund"
        } else if name == "Two" {
            "One"
        } else {
            "Two"
        }));
        app.fill("Name", name);
    }
    let after = app.text();
    app.click_menu("Edit", "History");
    assert_eq!(app.steps().len(), 3);
    app.click_on(Kind::ListItem, "As it was opened, saved");
    assert_eq!(app.text(), before);
    let third = app.names(Kind::ListItem).into_iter().find(|name| name.contains("Three")).expect("it is listed");
    assert!(third.ends_with(", undone"), "{third}");
    app.click_on(Kind::ListItem, &third);
    assert_eq!(app.text(), after);
}

#[test]
fn undo_survives_a_save() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = Driver::bakery("Refund");
    let before = app.text();
    app.click(app.middle("Pay the refund"));
    app.fill("Name", "Hand out");
    app.wish(remit::app::command::Command::SaveTo(folder.path().join("saved.ron")));
    assert!(!app.app().core.editor.is_unsaved());
    app.keys("Ctrl+Shift+H");
    assert!(app.names(Kind::ListItem).iter().any(|name| name.ends_with(", saved") && name.contains("Hand out")));
    app.keys("Ctrl+Z");
    assert_eq!(app.text(), before);
    assert!(app.app().core.editor.is_unsaved());
}
