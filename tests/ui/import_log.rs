//! A log of real cases on its way into the project: shown, corrected, imported as one step.

use std::path::{Path, PathBuf};

use egui::accesskit::Role as Kind;
use remit::model::*;

use crate::driver::Driver;

fn excerpt(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/logs").join(name)
}

fn file(content: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("refunds.csv");
    std::fs::write(&path, content).expect("it can be written");
    (folder, path)
}

/// A process with two steps, one of them estimated.
fn refund() -> Document {
    let text = r#"(format: 1, processes: [(key: "refund", name: "Refund")], steps: [
        (key: "check", name: "Check the form", process: "refund", work: "5 min"),
        (key: "pay", name: "Pay out", process: "refund", work: "2 min"),
    ], views: [(key: "flow", name: "Refund", shows: process(process: "refund"), placements: [
        (of: "check", at: (160, 60)), (of: "pay", at: (360, 60)),
    ])])"#;
    remit::storage::load_str(text, "refund.ron").expect("it is sound").0
}

const LOG: &str = "case,activity,person,start,end\n\
    1,Check the form,Ana,2026-01-05 09:00,2026-01-05 09:10\n\
    1,Money back,Ben,2026-01-05 10:00,2026-01-05 10:04\n\
    2,Check the form,Ana,2026-01-12 09:00,2026-01-12 09:20\n";

#[test]
fn a_log_is_shown_corrected_and_comes_in_as_one_step() {
    let (_folder, path) = file(LOG);
    let mut app = Driver::open(refund());
    let before = app.text();
    app.drop_file(&path);
    assert!(app.asks());
    assert!(app.reads("2 cases · 3 pieces of work · 2 activities · 2026-01-05 to 2026-01-12"));
    assert!(app.reads("1 of 2 activities have a step · 1 case a week"), "{:?}", app.all_names("activities"));
    assert!(app.reads("5 min → 15 min"));
    app.click_on(Kind::ComboBox, "Step of Money back: No step");
    app.click_button("Pay out");
    assert!(app.reads("2 of 2 activities have a step"), "{:?}", app.all_names("activities"));
    app.click_button("People (2)");
    assert!(app.reads("not in the project"));
    app.click_button("Problems (0)");
    app.click_button("Notes (1)");
    app.click_button("Import");
    assert!(!app.asks());
    assert_eq!(app.steps(), ["Import “refunds.csv”"]);
    assert!(app.notices().iter().any(|notice| notice.starts_with("2 steps have measured figures")));
    let (_, pay) = app.document().steps().iter().find(|(_, step)| step.name == "Pay out").expect("it is there");
    assert_eq!((pay.work, pay.wait), (Some(Minutes(4.0)), Some(Minutes(50.0))));
    app.keys("Ctrl+Z");
    assert_eq!(app.text(), before);
}

#[test]
fn the_inspector_says_what_was_measured_and_what_is_an_estimate() {
    let (_folder, path) = file(LOG);
    let mut app = Driver::open(refund());
    app.drop_file(&path);
    app.click_button("Import");
    let at = app.middle("Check the form");
    app.click(at);
    assert!(app.reads("measured, 2 times, 2026-01-05 to 2026-01-12"), "{:?}", app.all_names("measured"));
    app.fill("Work time", "7 min");
    assert!(!app.reads("measured, 2 times"), "whoever changes a figure makes it an estimate");
    assert!(app.reads("estimate"));
}

#[test]
fn a_log_of_something_new_becomes_a_process_with_its_view() {
    let mut app = Driver::bakery("Refund");
    let (processes, people) = (app.document().processes().len(), app.document().people().len());
    app.drop_file(&excerpt("patients.csv"));
    assert!(app.is_enabled(Kind::ComboBox, "Process: A new process (found)"));
    app.click_on(Kind::CheckBox, "Add people and roles");
    app.click_button("Import");
    assert_eq!(app.document().processes().len(), processes + 1);
    assert_eq!(app.document().people().len(), people + 7);
    assert_eq!(app.front(), "patients");
    assert_eq!(app.steps().len(), 1, "{:?}", app.steps());
}
