//! The clipboard between views, windows and projects.

use egui::accesskit::Role as Kind;
use egui::{Key, OutputCommand};
use remit::model::*;

use crate::driver::{Driver, bakery};

/// What was copied: a list, then the elements.
fn copied(names: &[&str]) -> String {
    let mut app = Driver::bakery("Refund");
    for name in names {
        app.click_with(app.middle(name), egui::Modifiers::SHIFT);
    }
    app.keys("Ctrl+C");
    app.clipboard
}

/// Another project with a process and, on request, a role of this name.
fn other_project(role: Option<&str>) -> Driver {
    let mut app = Driver::empty();
    if let Some(role) = role {
        app.wish(remit::app::command::Command::InsertNow(remit::app::canvas::NewElement::Role));
        app.write_instead(role);
        app.key(Key::Enter);
    }
    app.wish(remit::app::command::Command::InsertNow(remit::app::canvas::NewElement::Process));
    app.key(Key::Escape);
    app.key(Key::Escape);
    app
}

fn roles(app: &Driver) -> Vec<String> {
    app.document().roles().iter().map(|(_, role)| role.name.clone()).collect()
}

#[test]
fn other_programs_get_a_list_to_read() {
    let text = copied(&["Take the complaint", "Check the receipt"]);
    let head = text.split("```remit").next().unwrap();
    assert!(head.starts_with("Take the complaint (") && head.contains("\nCheck the receipt ("), "{head}");
    assert!(!head.contains("id:") && !head.contains("key:"));
}

#[test]
fn another_project_gets_the_elements_with_their_performers() {
    let text = copied(&["Take the complaint", "Check the receipt"]);
    let mut app = other_project(None);
    app.clipboard = text;
    app.keys("Ctrl+V");
    assert!(!app.asks(), "nobody here has a name of theirs");
    assert_eq!((app.document().steps().len(), app.document().flows().len()), (2, 1), "{:?}", app.notices());
    assert!(!roles(&app).is_empty(), "performers come along");
    assert_eq!(app.selection().len(), 2, "what was pasted is selected");
    app.keys("Ctrl+Z");
    assert_eq!(app.document().steps().len(), 0, "one step");
    assert!(roles(&app).is_empty());
}

#[test]
fn a_role_of_the_same_name_is_asked_about_once_and_used() {
    let text = copied(&["Take the complaint", "Check the receipt"]);
    let performer = text.split(['(', ')']).nth(1).unwrap().to_owned();
    let mut app = other_project(Some(&performer));
    app.clipboard = text;
    app.keys("Ctrl+V");
    assert!(app.asks());
    assert!(app.reads(&format!("{performer}: Use the role that is here")), "{:?}", app.names(Kind::ComboBox));
    app.click_button("Paste");
    assert!(!app.asks());
    assert_eq!(roles(&app).iter().filter(|name| **name == performer).count(), 1);
    assert_eq!(app.document().steps().len(), 2);
}

#[test]
fn the_same_name_may_be_somebody_else() {
    let text = copied(&["Take the complaint"]);
    let performer = text.split(['(', ')']).nth(1).unwrap().to_owned();
    let mut app = other_project(Some(&performer));
    app.clipboard = text.clone();
    app.keys("Ctrl+V");
    app.click_on(Kind::ComboBox, &format!("{performer}: Use the role that is here"));
    app.click_on(Kind::Button, "Make a new role");
    app.click_button("Paste");
    assert_eq!(roles(&app).iter().filter(|name| **name == performer).count(), 2);
    app.keys("Ctrl+Z");
    app.clipboard = text;
    app.keys("Ctrl+V");
    app.key(Key::Escape);
    assert!(!app.asks());
    assert_eq!(app.document().steps().len(), 0, "given up, nothing was pasted");
}

#[test]
fn within_a_project_nothing_is_asked() {
    let mut app = Driver::bakery("Refund");
    let (steps, roles) = (app.document().steps().len(), app.document().roles().len());
    app.click(app.middle("Pay the refund"));
    app.keys("Ctrl+C");
    app.keys("Ctrl+V");
    assert!(!app.asks());
    assert_eq!((app.document().steps().len(), app.document().roles().len()), (steps + 1, roles));
    // Another window on the same project.
    let mut other = Driver::bakery("Refund");
    other.clipboard = app.clipboard.clone();
    other.keys("Ctrl+V");
    assert!(!other.asks());
    assert_eq!((other.document().steps().len(), other.document().roles().len()), (steps + 1, roles));
}

#[test]
fn what_a_view_cannot_show_is_kept_and_said() {
    let mut app = Driver::bakery("Refund");
    let steps = app.document().steps().len();
    app.click(app.middle("Pay the refund"));
    app.keys("Ctrl+C");
    app.click_on(Kind::Tab, "Organisation");
    app.keys("Ctrl+V");
    assert_eq!(app.document().steps().len(), steps + 1);
    let said = app.notices().join(" ");
    assert!(said.contains("“Organisation” cannot show the step “Pay the refund”"), "{said}");
    app.click_button("Show");
    assert_eq!(app.front(), "Refund");
    assert!(integrity::check(app.document()).is_empty());
}

#[test]
fn a_process_pasted_into_another_project_has_a_view_there() {
    let mut app = Driver::bakery("Refund");
    let process = app.document().processes().iter().find(|(_, process)| process.name == "Refund").unwrap().0;
    app.wish(remit::app::command::Command::Select(vec![process.into()]));
    app.keys("Ctrl+C");
    let mut other = Driver::empty();
    other.click_button("Draw an organisation");
    other.clipboard = app.clipboard.clone();
    other.keys("Ctrl+V");
    if other.asks() {
        other.click_button("Paste");
    }
    let views: Vec<&str> = other.document().views().iter().map(|(_, view)| view.name.as_str()).collect();
    assert!(views.contains(&"Refund"), "{views:?} {:?}", other.notices());
    assert!(other.document().steps().len() >= 3);
}

#[test]
fn a_picture_of_the_selection_goes_to_the_clipboard() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    let mut sizes = Vec::new();
    for _ in 0..2 {
        app.send(egui::Event::ModifiersChanged(
            egui::Modifiers::COMMAND | egui::Modifiers::CTRL | egui::Modifiers::SHIFT,
        ));
        let modifiers = egui::Modifiers::COMMAND | egui::Modifiers::CTRL | egui::Modifiers::SHIFT;
        app.send(egui::Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers });
        for _ in 0..4 {
            app.frame();
            let commands = &app.harness.output().platform_output.commands;
            sizes.extend(commands.iter().filter_map(|command| match command {
                OutputCommand::CopyImage(image) => Some(image.size),
                _ => None,
            }));
        }
        app.send(egui::Event::ModifiersChanged(egui::Modifiers::NONE));
        app.key(Key::Escape);
        app.key(Key::Escape);
    }
    let [one, whole] = sizes[..] else { panic!("two pictures: {sizes:?}") };
    assert!(one[0] > 200 && one[0] < whole[0] / 2, "{sizes:?}");
}

#[test]
fn svg_goes_to_the_clipboard_as_text() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    app.click_menu("Edit", "Copy as SVG");
    assert!(app.clipboard.starts_with("<?xml") && app.clipboard.contains("Pay the"), "{:.200}", app.clipboard);
    assert!(!app.clipboard.contains("Check the"));
}

#[test]
fn undoing_pastes_from_elsewhere_returns_to_the_start() {
    let text = copied(&["Take the complaint", "Check the receipt", "Pay the refund"]);
    let mut app = other_project(Some("Owner"));
    let before = app.text();
    let count = app.steps().len();
    app.clipboard = text;
    for _ in 0..3 {
        app.keys("Ctrl+V");
        if app.asks() {
            app.click_button("Paste");
        }
    }
    assert!(integrity::check(app.document()).is_empty());
    while app.steps().len() > count {
        app.keys("Ctrl+Z");
    }
    assert_eq!(app.text(), before);
}

#[test]
fn a_project_file_as_text_is_pasted_whole() {
    let text = remit::storage::to_string(&bakery());
    let mut app = Driver::empty();
    app.click_button("Draw an organisation");
    app.clipboard = text;
    app.keys("Ctrl+V");
    assert_eq!(app.document().steps().len(), bakery().steps().len());
    assert_eq!(app.document().count(ElementKind::Role), bakery().count(ElementKind::Role));
    assert!(integrity::check(app.document()).is_empty());
}
