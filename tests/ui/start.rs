//! The first minute: the start page, the samples, the first elements.

use egui::Key;
use egui::accesskit::Role as Kind;
use remit::model::*;

use crate::driver::Driver;

#[test]
fn the_start_page_offers_to_draw_to_open_and_to_look_at_an_example() {
    let app = Driver::empty();
    assert!(app.reads("Who does what, and who may decide?"));
    for button in ["Draw an organisation", "Draw a process", "Open…"] {
        assert_eq!(app.count(Kind::Button, button), 1, "{button}");
    }
    assert!(app.reads("Three Corners Bakery"));
    assert!(app.findings().is_empty());
    assert!(!app.app().core.editor.is_unsaved());
}

#[test]
fn a_sample_opens_from_the_start_page_as_a_project_without_a_file() {
    let mut app = Driver::empty();
    app.click_on(Kind::TreeItem, "Three Corners Bakery");
    assert_eq!(app.document().project().name, "Three Corners Bakery", "{:?}", app.notices());
    assert_eq!(app.document().people().len(), 24);
    assert!(app.app().core.path.is_none());
    assert_eq!(app.front(), "Organisation");
    assert!(!app.findings().is_empty());
}

#[test]
fn an_organisation_begins_with_one_click_and_its_first_unit_is_named_at_once() {
    let mut app = Driver::empty();
    app.click_button("Draw an organisation");
    assert_eq!(app.front(), "Organisation");
    app.click_button("Add a unit");
    app.write("Shop north");
    app.key(Key::Enter);
    assert_eq!(app.document().units().len(), 1);
    assert_eq!(app.document().name_of(app.element("Shop north")), "Shop north");
    assert_eq!(app.selection(), [app.element("Shop north")]);
    app.keys("Tab");
    app.write("Clerk");
    app.key(Key::Enter);
    let ElementRef::Role(clerk) = app.element("Clerk") else { panic!("Tab adds a role below a unit") };
    let unit = app.document().get::<Role>(clerk).and_then(|role| role.unit);
    assert_eq!(unit.map(ElementRef::Unit), Some(app.element("Shop north")));
}

#[test]
fn a_process_begins_with_one_click() {
    let mut app = Driver::empty();
    app.click_button("Draw a process");
    assert_eq!(app.document().processes().len(), 1);
    assert!(matches!(app.app().core.active_kind(), Some(ViewKind::Process { .. })), "its view is in front");
}

#[test]
fn a_large_organisation_opens_and_comes_to_rest() {
    let document = remit::testkit::generate::organisation(5_000, 7);
    assert!(document.element_count() >= 4_000);
    let mut app = Driver::open(document);
    app.keys("Shift+1");
    app.keys("Ctrl+PageDown");
    assert!(!app.asks());
    assert!(app.app().core.report.is_some());
}
