//! A table of decision rights on its way into the project: shown, corrected, imported as one step.

use std::path::{Path, PathBuf};

use egui::accesskit::Role as Kind;

use crate::driver::Driver;

fn file(name: &str, content: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("it can be written");
    (folder, path)
}

fn excerpt(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rights").join(name)
}

#[test]
fn a_table_let_fall_on_the_window_is_shown_and_comes_in_as_one_step() {
    let mut app = Driver::bakery("Refund");
    let before = app.text();
    app.drop_file(&excerpt("finops-adoption.csv"));
    assert!(app.asks());
    assert!(app.reads("Import “finops-adoption.csv”"));
    assert!(app.reads("11 rows · 6 columns · 50 rights · 1 problem"), "{:?}", app.all_names("rows"));
    app.click_button("Problems (1)");
    assert!(app.reads("G12: “Business Unit Economics”"));
    app.click_button("Import");
    assert!(!app.asks());
    assert_eq!(app.steps(), ["Import “finops-adoption.csv”"]);
    assert_eq!(app.front(), "finops-adoption");
    assert!(app.notices().iter().any(|notice| notice.starts_with("50 rights on 11 decisions and tasks")));
    app.keys("Ctrl+Z");
    assert_eq!(app.text(), before);
}

#[test]
fn what_was_not_understood_is_said_in_a_field() {
    let (_folder, path) = file("who.csv", "Activity,Office,Shop\nBuy flour,A,R\nBake,boss,A\n");
    let mut app = Driver::empty();
    app.drop_file(&path);
    assert!(app.reads("2 rows · 2 columns · 3 rights · 1 problem"));
    app.click_button("Letters (1 open)");
    assert_eq!(app.field("Letters for boss"), "");
    app.fill("Letters for boss", "r, i");
    assert!(app.reads("2 rows · 2 columns · 5 rights · 0 problems"), "{:?}", app.all_names("rows"));
    app.click_button("Import");
    assert_eq!(app.document().rights().len(), 5);
}

#[test]
fn a_column_is_passed_over_or_taken_for_somebody_of_the_project() {
    let (_folder, path) = file("who.csv", "Activity,Bakers,Machine,Customer\nBake bread,R,A,I\n");
    let mut app = Driver::bakery("Refund");
    let (roles, externals) = (app.document().roles().len(), app.document().externals().len());
    app.drop_file(&path);
    app.click_button("Columns (3)");
    app.click_on(Kind::ComboBox, "Column Bakers: New role (others are alike)");
    app.click_button("Use: Role Baker, in Bakehouse");
    app.click_on(Kind::ComboBox, "Column Machine: New role");
    app.click_button("Pass over");
    assert!(app.reads("1 row · 2 columns · 2 rights"), "{:?}", app.all_names("row"));
    app.click_button("Import");
    assert_eq!(app.document().roles().len(), roles);
    assert!(app.document().externals().len() <= externals + 1);
    assert_eq!(app.steps().len(), 1);
}

#[test]
fn the_row_of_headings_and_the_orientation_are_changed_by_hand() {
    let (_folder, path) = file("who.csv", "Who,does,what\nx,Buy,Sell\nOffice,A,R\nShop,R,A\n");
    let mut app = Driver::empty();
    app.drop_file(&path);
    app.click_on(Kind::ComboBox, "Activities are: columns");
    app.click_button("rows");
    assert!(app.reads("2 rows · 2 columns · 4 rights"), "{:?}", app.all_names("rows"));
    app.click_button("Row 1 holds the headings");
    app.click_button("Row 2 holds the headings");
    app.click_button("Import");
    assert!(app.document().decisions().iter().any(|(_, decision)| decision.name == "Office"));
}

#[test]
fn a_table_without_rights_says_so_and_a_list_of_posts_begins_a_project() {
    let mut app = Driver::empty();
    let (_folder, path) = file("posts.csv", "Unit,Role,Holder\nOffice,Clerk,Ana\nShop,Baker,Ben\n");
    app.drop_file(&path);
    assert!(!app.asks());
    assert_eq!(app.document().roles().len(), 2);
    let (_folder, path) = file("who.csv", "Activity,Office,Shop\nBuy flour,A,R\nBake,I,A\n");
    app.drop_file(&path);
    app.click_on(Kind::ComboBox, "Form of the table: Matrix (found)");
    app.click_button("Parties");
    assert!(app.reads("no matrix of rights found"));
    assert!(!app.is_enabled(Kind::Button, "Import"));
    app.click_button("Cancel");
    assert!(!app.asks());
}
