//! Files: saving, opening, the question about unsaved changes, broken files, files let fall on the window.

use std::path::{Path, PathBuf};

use egui::Key;
use egui::accesskit::Role as Kind;
use remit::app::command::{Command, Pending};
use remit::model::*;

use crate::driver::Driver;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

/// The bakery with one unsaved change.
fn changed() -> Driver {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    app.fill("Name", "Hand out the money");
    assert!(app.app().core.editor.is_unsaved());
    app
}

fn save_as(app: &mut Driver, path: &Path) {
    app.keys("Ctrl+Shift+S");
    app.focus("Path");
    app.write_instead(&path.display().to_string());
    app.key(Key::Enter);
}

#[test]
fn saved_to_a_typed_path_and_opened_again_it_is_the_same_to_the_byte() {
    let folder = folder();
    let path = folder.path().join("my-bakery.ron");
    let mut app = changed();
    let text = app.text();
    save_as(&mut app, &path);
    assert!(!app.asks());
    assert!(!app.app().core.editor.is_unsaved(), "{:?}", app.notices());
    assert_eq!(std::fs::read_to_string(&path).expect("it was written"), text);
    assert!(app.reads("Saved"));
    let mut again = Driver::empty();
    again.keys("Ctrl+O");
    again.focus("Path");
    again.write(&path.display().to_string());
    again.key(Key::Enter);
    assert_eq!(again.text(), text);
    assert_eq!(again.app().core.path.as_deref(), Some(path.as_path()));
    assert!(!again.app().core.editor.is_unsaved());
}

#[test]
fn a_process_from_elsewhere_comes_into_the_open_project_as_one_step() {
    let mut app = Driver::bakery("Refund");
    let before = app.text();
    let (processes, views) = (app.document().processes().len(), app.document().views().len());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bpmn/miwg-b10.bpmn");
    app.wish(Command::Proceed(Box::new(Pending::Import(file.clone()))));
    assert_eq!(app.steps(), ["Import “miwg-b10.bpmn”"], "{:?}", app.notices());
    assert!(app.document().processes().len() > processes && app.document().views().len() > views);
    assert!(app.document().units().len() > 3, "the bakery is still there");
    assert!(app.app().core.editor.is_unsaved());
    app.keys("Ctrl+Z");
    assert_eq!(app.text(), before);
    // Where nothing is open it is a project of its own, and no file has it yet.
    let mut fresh = Driver::empty();
    fresh.wish(Command::Proceed(Box::new(Pending::Import(file))));
    assert!(!fresh.document().processes().is_empty() && fresh.steps().is_empty());
    assert!(fresh.app().core.editor.is_unsaved(), "closing asks");
}

#[test]
fn a_project_with_a_file_is_saved_without_a_question() {
    let folder = folder();
    let path = folder.path().join("b.ron");
    let mut app = changed();
    save_as(&mut app, &path);
    app.click(app.middle("Take the complaint"));
    app.fill("Name", "Listen");
    app.keys("Ctrl+S");
    assert!(!app.asks());
    assert!(std::fs::read_to_string(&path).expect("it is there").contains("\"Listen\""));
}

#[test]
fn a_file_that_exists_is_written_over_only_when_asked_twice() {
    let folder = folder();
    let path = folder.path().join("other.ron");
    std::fs::write(&path, "precious").expect("written");
    let mut app = changed();
    save_as(&mut app, &path);
    assert!(app.asks());
    assert!(app.reads("exists"));
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "precious");
    app.click_button("Save");
    assert!(!app.asks());
    assert_ne!(std::fs::read_to_string(&path).expect("it is there"), "precious");
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_the_work_stays() {
    let mut app = changed();
    save_as(&mut app, Path::new("/nowhere/at/all/x.ron"));
    assert!(app.reads("There is no folder /nowhere/at/all"), "the path can be put right");
    app.click_button("Cancel");
    app.wish(Command::SaveTo("/nowhere/at/all/x.ron".into()));
    app.settle();
    assert!(app.app().core.editor.is_unsaved());
    assert!(app.notices().iter().any(|notice| notice.contains("/nowhere/at/all")), "{:?}", app.notices());
    assert_eq!(app.count(Kind::Button, "Save elsewhere…"), 1);
}

#[test]
fn a_new_project_asks_about_unsaved_changes_and_cancel_keeps_them() {
    let mut app = changed();
    app.keys("Ctrl+N");
    assert!(app.reads("Save changes to “Three Corners Bakery”?"));
    app.click_button("Cancel");
    assert!(!app.asks());
    app.element("Hand out the money");
    app.keys("Ctrl+N");
    app.click_button("Don’t save");
    assert_eq!(app.document().units().len(), 0);
    assert!(app.reads("Who does what"));
}

#[test]
fn save_in_the_question_saves_first_and_goes_on_afterwards() {
    let folder = folder();
    let path = folder.path().join("kept.ron");
    let mut app = changed();
    let text = app.text();
    app.keys("Ctrl+N");
    app.click_button("Save");
    app.focus("Path");
    app.write_instead(&path.display().to_string());
    app.key(Key::Enter);
    assert_eq!(std::fs::read_to_string(&path).expect("it was saved"), text);
    assert_eq!(app.document().units().len(), 0, "the new project is there");
    assert!(!app.asks());
}

#[test]
fn giving_up_the_save_of_a_question_gives_up_what_was_to_follow() {
    let folder = folder();
    let path = folder.path().join("later.ron");
    let mut app = changed();
    app.keys("Ctrl+N");
    app.click_button("Save");
    app.click_button("Cancel");
    assert!(!app.asks());
    save_as(&mut app, &path);
    assert!(path.exists());
    app.element("Hand out the money");
}

#[test]
fn quitting_asks_only_where_something_would_be_lost() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+Q");
    assert!(app.closed, "nothing to lose");
    let mut app = changed();
    app.keys("Ctrl+Q");
    assert!(app.asks() && !app.closed);
    app.key(Key::Escape);
    assert!(!app.asks() && !app.closed);
    app.close_window();
    assert!(app.asks() && !app.closed, "the cross of the frame asks, too");
    app.click_button("Don’t save");
    assert!(app.closed);
}

#[test]
fn a_broken_file_shows_one_clear_message_and_keeps_the_present_document() {
    let folder = folder();
    let path = folder.path().join("broken.ron");
    std::fs::write(&path, "(\n    format: 1,\n    units: [\n        (key: \"a\", nmae: \"Shop\"),\n    ],\n)\n")
        .expect("written");
    let mut app = Driver::bakery("Refund");
    let text = app.text();
    app.drop_file(&path);
    assert_eq!(app.text(), text);
    assert_eq!(app.front(), "Refund");
    let notices = app.notices();
    assert_eq!(notices.len(), 1, "{notices:?}");
    let notice = notices.concat();
    assert!(notice.contains("broken.ron") && notice.contains('4') && notice.contains("nmae"), "{notice}");
    app.click_button("Dismiss");
    assert!(app.notices().is_empty());
}

#[test]
fn a_missing_file_is_told() {
    let mut app = Driver::empty();
    app.keys("Ctrl+O");
    app.focus("Path");
    app.write("/nowhere/x.ron");
    app.key(Key::Enter);
    assert!(app.reads("There is no file /nowhere/x.ron"));
    assert!(app.asks(), "what was typed stays to be put right");
}

#[test]
fn a_dropped_project_opens_and_a_dropped_list_is_imported() {
    let folder = folder();
    let path = folder.path().join("dropped.ron");
    std::fs::write(&path, remit::storage::to_string(&crate::driver::bakery())).expect("written");
    let mut app = Driver::empty();
    app.drop_file(&path);
    assert_eq!(app.document().people().len(), 24);
    let list = folder.path().join("posts.csv");
    std::fs::write(&list, "unit,role,holder\nOffice,Clerk,Ada\nOffice,Owner,Bob\n").expect("written");
    app.drop_file(&list);
    assert_eq!(app.document().people().len(), 26, "it comes into the open project: {:?}", app.notices());
    app.element("Clerk");
    app.keys("Ctrl+Z");
    assert_eq!(app.document().people().len(), 24);
}

#[test]
fn a_file_with_broken_references_opens_with_its_problems() {
    let folder = folder();
    let path: PathBuf = folder.path().join("loose.ron");
    std::fs::write(
        &path,
        "(\n    format: 1,\n    roles: [\n        (key: \"clerk\", name: \"Clerk\", unit: \"gone\"),\n    ],\n)\n",
    )
    .expect("written");
    let mut app = Driver::empty();
    app.drop_file(&path);
    assert!(matches!(app.element("Clerk"), ElementRef::Role(_)));
    assert!(app.notices().iter().any(|notice| notice.contains("Nothing was dropped")), "{:?}", app.notices());
}

#[test]
fn a_view_is_exported_from_the_dialog() {
    let folder = folder();
    let path = folder.path().join("refund.svg");
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+E");
    app.focus("Path of the exported file");
    app.write_instead(&path.display().to_string());
    app.click_button_last("Export");
    let svg = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{error}: {:?}", app.notices()));
    assert!(svg.contains("Take the complaint"));
}

/// A project of a file, which another program then changes.
fn changed_elsewhere(folder: &tempfile::TempDir) -> (Driver, PathBuf, String) {
    let path = folder.path().join("b.ron");
    let mut app = changed();
    save_as(&mut app, &path);
    let theirs = app.text().replace("Hand out the money", "Give back what was paid");
    std::fs::write(&path, &theirs).expect("written");
    (app, path, theirs)
}

fn come_back(app: &mut Driver) {
    app.send(egui::Event::WindowFocused(false));
    app.frame();
    app.send(egui::Event::WindowFocused(true));
    app.settle();
}

#[test]
fn a_file_that_another_program_changed_is_not_written_over_without_a_word() {
    let folder = folder();
    let (mut app, path, theirs) = changed_elsewhere(&folder);
    app.click(app.middle("Take the complaint"));
    app.fill("Name", "Listen");
    app.keys("Ctrl+S");
    assert!(app.asks() && app.reads("was changed by another program"));
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), theirs);
    app.click_button("Cancel");
    assert!(app.app().core.editor.is_unsaved());
    app.keys("Ctrl+S");
    app.click_button("Write over it");
    assert!(!app.asks() && !app.app().core.editor.is_unsaved());
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), app.text());
    let before = remit::storage::backup_path(&path);
    assert_eq!(std::fs::read_to_string(before).expect("theirs stays beside it"), theirs);
    // From now on it is known again.
    app.fill("Name", "Listen well");
    app.keys("Ctrl+S");
    assert!(!app.asks() && !app.app().core.editor.is_unsaved());
}

#[test]
fn without_work_of_ones_own_a_change_from_elsewhere_is_shown_on_the_same_view() {
    let folder = folder();
    let (mut app, path, theirs) = changed_elsewhere(&folder);
    let front = app.front();
    come_back(&mut app);
    assert_eq!((app.text(), app.front()), (theirs, front));
    assert!(!app.app().core.editor.is_unsaved() && !app.asks());
    assert!(app.foot().contains("Another program changed the file"), "{}", app.foot());
    // Nothing more happens as long as it stays so, and a file that is gone is told.
    come_back(&mut app);
    assert!(app.notices().is_empty(), "{:?}", app.notices());
    std::fs::remove_file(&path).expect("removed");
    come_back(&mut app);
    assert!(app.notices().iter().any(|notice| notice.contains("is gone")), "{:?}", app.notices());
    assert!(app.app().core.editor.is_unsaved(), "closing asks");
    app.keys("Ctrl+S");
    assert!(path.exists());
}

#[test]
fn nothing_is_read_again_under_the_hands_of_somebody_who_types_or_without_a_change() {
    let folder = folder();
    let (mut app, path, theirs) = changed_elsewhere(&folder);
    let mine = app.text();
    app.click(app.middle("Take the complaint"));
    app.focus("Name");
    come_back(&mut app);
    assert_eq!(app.text(), mine, "the field keeps what is typed");
    assert!(app.notices().iter().any(|notice| notice.contains("Another program changed")), "{:?}", app.notices());
    app.click_button("Open theirs, drop mine");
    assert_eq!(app.text(), theirs);
    // It was looked at just before it was saved.
    app.click(app.middle("Take the complaint"));
    app.fill("Name", "Listen");
    let stale = remit::storage::file_stamp(&path);
    app.keys("Ctrl+S");
    let steps = app.steps();
    assert_eq!(steps.len(), 1);
    app.wish(Command::FoundOnDisk { path, stamp: stale });
    app.settle();
    assert_eq!(app.steps(), steps, "it can still be undone");
}

#[test]
fn unsaved_work_and_a_change_from_elsewhere_are_both_kept_until_somebody_decides() {
    let folder = folder();
    let (mut app, path, theirs) = changed_elsewhere(&folder);
    app.click(app.middle("Take the complaint"));
    app.fill("Name", "Listen");
    let mine = app.text();
    come_back(&mut app);
    assert_eq!(app.text(), mine);
    assert!(app.notices().iter().any(|notice| notice.contains("Another program changed")), "{:?}", app.notices());
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), theirs);
    app.click_button("Open theirs, drop mine");
    assert_eq!(app.text(), theirs);
}

#[test]
fn the_title_of_the_window_names_the_file_and_stars_unsaved_work() {
    let folder = folder();
    let mut app = changed();
    assert!(app.app().core.window_title.starts_with('*'), "{}", app.app().core.window_title);
    save_as(&mut app, &folder.path().join("b.ron"));
    assert_eq!(app.app().core.window_title, "b.ron - Remit");
    app.keys("Ctrl+Z");
    assert_eq!(app.app().core.window_title, "*b.ron - Remit");
    assert_eq!(Driver::empty().app().core.window_title, "Remit");
}
