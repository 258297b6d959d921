//! The dialog of exports: papers for the matrix, and pocket cards.

use std::path::Path;

use egui::Key;
use egui::accesskit::Role as Kind;

use crate::driver::Driver;

fn export_to(app: &mut Driver, path: &Path) {
    app.focus("Path of the exported file");
    app.write_instead(&path.display().to_string());
    app.click_button_last("Export");
}

fn read(path: &Path, app: &Driver) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{error}: {:?}", app.notices()))
}

#[test]
fn enter_exports() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("refund.svg");
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+E");
    app.fill("Path of the exported file", &path.display().to_string());
    assert!(!app.asks());
    assert!(read(&path, &app).contains("<svg"));
}

#[test]
fn a_matrix_goes_onto_pages_of_the_paper_that_was_chosen_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = Driver::bakery("Rights");
    app.keys("Ctrl+E");
    assert!(app.is_selected(Kind::Button, "One picture"), "{:?}", app.names(Kind::Button));
    app.click_button("A4");
    app.click_on(Kind::CheckBox, "Upright");
    assert!(app.reads("pages, each a file with a number"), "{:?}", app.names(Kind::Label));
    export_to(&mut app, &folder.path().join("rights.svg"));
    assert!(app.notices().iter().any(|notice| notice.contains("pages, the first to")), "{:?}", app.notices());
    for page in ["rights-1.svg", "rights-2.svg"] {
        let svg = read(&folder.path().join(page), &app);
        assert!(svg.starts_with("<?xml") || svg.contains("<svg"), "{page}");
    }
    app.keys("Ctrl+E");
    assert!(app.is_selected(Kind::Button, "A4"), "the paper is remembered");
    app.click_on(Kind::Button, "CSV table of the matrix");
    assert_eq!(app.count(Kind::Button, "A4"), 0, "a table has no paper");
    app.key(Key::Escape);
    app.click_on(Kind::Tab, "Refund");
    app.keys("Ctrl+E");
    assert_eq!(app.count(Kind::Button, "A4"), 0, "only a matrix is cut");
}

#[test]
fn a_pocket_card_is_exported_for_everybody_and_for_a_role() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+E");
    app.click_on(Kind::RadioButton, "Pocket card");
    assert!(app.field("Path of the exported file").ends_with("-pocket-card.svg"));
    let path = folder.path().join("all.svg");
    export_to(&mut app, &path);
    let svg = read(&path, &app);
    assert!(svg.contains("Grant a refund") && svg.contains("up to 200 EUR"), "{svg}");
    app.click(app.middle("Owner"));
    app.click_menu("File", "Pocket card…");
    assert_eq!(app.field("Whose pocket card"), "Owner");
    app.click_on(Kind::Button, "Pocket card as Markdown");
    let path = folder.path().join("owner.md");
    export_to(&mut app, &path);
    let table = read(&path, &app);
    assert!(table.contains("| Grant a refund | above 200 EUR |"), "{table}");
    assert!(!table.contains("up to 200 EUR"), "only what the owner decides: {table}");
    app.click_menu("File", "Pocket card…");
    app.focus("Whose pocket card");
    app.write_instead("harbour");
    app.key(Key::Enter);
    assert!(app.field("Whose pocket card").contains("Harbour"));
}

#[test]
fn a_picture_has_a_title_and_a_legend_unless_they_are_taken_off_and_that_is_remembered() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = Driver::bakery("Rights");
    app.keys("Ctrl+E");
    let path = folder.path().join("with.svg");
    export_to(&mut app, &path);
    let svg = read(&path, &app);
    assert!(svg.contains("Rights</text>") && svg.contains("limit, in EUR"), "{svg}");
    app.keys("Ctrl+E");
    app.click_on(Kind::CheckBox, "Title");
    app.click_on(Kind::CheckBox, "Legend");
    let path = folder.path().join("without.svg");
    export_to(&mut app, &path);
    let svg = read(&path, &app);
    assert!(!svg.contains("Rights</text>") && !svg.contains("limit, in EUR"), "{svg}");
    app.keys("Ctrl+E");
    app.click_on(Kind::CheckBox, "Title");
    let path = folder.path().join("again.svg");
    export_to(&mut app, &path);
    let svg = read(&path, &app);
    assert!(svg.contains("Rights</text>") && !svg.contains("limit, in EUR"), "{svg}");
}
