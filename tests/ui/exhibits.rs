//! The tabs of the analysis: opened, looked at in other ways, clicked in, made anew, exported.

use std::path::Path;

use egui::Key;
use egui::accesskit::Role as Kind;
use remit::app::command::Command;
use remit::model::*;

use crate::driver::Driver;

fn opened(entry: &str) -> Driver {
    let mut app = Driver::bakery("Refund");
    app.click_menu("Analyse", entry);
    app
}

fn person(app: &Driver, name: &str) -> PersonId {
    app.document().people().iter().find(|(_, person)| person.name == name).expect("the person is there").0
}

#[test]
fn an_analysis_opens_in_a_tab_and_closes_like_a_view() {
    let mut app = opened("Load");
    assert!(app.is_selected(Kind::Tab, "Load"), "{:?}", app.names(Kind::Tab));
    assert!(app.reads("Whose desk is full"));
    assert!(app.reads("The busiest is Owner"), "{:?}", app.all_names("busiest"));
    app.click_on(Kind::Tab, "Refund");
    assert!(!app.is_selected(Kind::Tab, "Load") && !app.reads("The busiest is Owner"));
    app.click_menu("Analyse", "Load");
    assert_eq!(app.count(Kind::Tab, "Load"), 1, "it is open once");
    app.keys("Ctrl+W");
    assert_eq!(app.count(Kind::Tab, "Load"), 0);
}

#[test]
fn the_palette_finds_it_by_what_it_is_about() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+K");
    app.write("segregation");
    // The overlay of conflicts is about the same and comes first.
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    assert!(app.is_selected(Kind::Tab, "Duties apart"), "{:?}", app.names(Kind::Tab));
}

#[test]
fn every_analysis_of_the_bakery_says_something() {
    let mut app = Driver::bakery("Refund");
    for exhibit in remit::exhibits::EXHIBITS {
        app.wish(Command::OpenExhibit(exhibit.meta.id));
        assert!(app.is_selected(Kind::Tab, exhibit.meta.title), "{:?}", app.names(Kind::Tab));
        let made = app.app().core.exhibits.made(exhibit.meta.id).expect("it is made");
        assert!(!made.display.tables[0].rows.is_empty(), "{} shows nothing", exhibit.meta.id);
    }
}

#[test]
fn people_instead_of_roles_and_a_name_leads_to_the_element() {
    let mut app = opened("Load");
    app.click_on(Kind::RadioButton, "People");
    let ana = app.names(Kind::Button).into_iter().find(|name| name.starts_with("Ana Costa, ")).expect("Ana has a bar");
    app.click_button(&ana);
    assert_eq!(app.selection(), [person(&app, "Ana Costa").into()]);
    assert!(app.is_selected(Kind::Tab, "Load"), "the tab stays");
}

#[test]
fn behind_a_hand_over_stand_its_flows_and_a_flow_leads_to_its_step() {
    let mut app = opened("Hand-overs");
    app.key(Key::End);
    app.click_button("Shop assistant to Owner: 13.3 a week, between units");
    let rows: Vec<String> = app.names(Kind::TreeItem).into_iter().filter(|name| name.starts_with("Refund: ")).collect();
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert!(row.ends_with("13.3 a week"), "{row}");
    app.click_on(Kind::TreeItem, row);
    let [ElementRef::Step(step)] = app.selection()[..] else { panic!("{:?}", app.selection()) };
    assert!(row.contains(&app.document().steps().get(step).expect("it is there").name));
    app.click_button("Close the list");
    assert_eq!(app.names(Kind::TreeItem).iter().filter(|name| name.starts_with("Refund: ")).count(), 0);
}

#[test]
fn the_figures_follow_the_document() {
    let mut app = opened("Hand-overs");
    assert!(app.reads("Shop assistant to Driver"));
    let driver = app.element("Driver");
    app.wish(Command::Delete(vec![driver]));
    assert!(!app.reads("Shop assistant to Driver"), "{:?}", app.all_names("Driver"));
    app.wish(Command::Undo);
    assert!(app.reads("Shop assistant to Driver"));
}

#[test]
fn what_is_not_known_leads_to_those_who_lack_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_orgs/bakery.ron");
    let text = std::fs::read_to_string(path).expect("the sample is there");
    let without: String =
        text.lines().filter(|line| !line.contains("hours_per_week")).map(|line| format!("{line}\n")).collect();
    let document = remit::storage::load_str(&without, "bakery").expect("it is sound").0;
    let mut app = Driver::open(document);
    app.wish(Command::OpenExhibit("load"));
    app.key(Key::End);
    let all = app.names(Kind::Button);
    let missing =
        all.iter().find(|name| name.ends_with("people have no hours per week.")).unwrap_or_else(|| panic!("{all:?}"));
    let missing = missing.clone();
    app.click_button(&missing);
    app.click_on(Kind::TreeItem, "Ana Costa, person");
    assert_eq!(app.selection(), [person(&app, "Ana Costa").into()]);
}

#[test]
fn it_is_exported_as_a_table_and_as_a_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = opened("Hand-overs");
    let export = |app: &mut Driver, format: &str, path: &Path| {
        app.keys("Ctrl+E");
        app.click_button(format);
        app.focus("Path of the exported file");
        app.write_instead(&path.display().to_string());
        app.click_button_last("Export");
        std::fs::read(path).unwrap_or_else(|error| panic!("{error}: {:?}", app.notices()))
    };
    let table = export(&mut app, "CSV table", &folder.path().join("handovers.csv"));
    let table = String::from_utf8(table).expect("it is text");
    assert!(table.starts_with("From,Unit of giver,To,"), "{table}");
    assert!(table.contains("Shop assistant,Shops,Owner,Office,13.3333,between units,"), "{table}");
    let picture = export(&mut app, "SVG picture", &folder.path().join("handovers.svg"));
    let picture = String::from_utf8(picture).expect("it is text");
    assert!(picture.contains("<title>Hand-overs</title>") && picture.contains("13.3"));
    app.click_button("Copy its table");
    assert!(app.clipboard.starts_with("From\tUnit of giver\tTo\t"), "{}", app.clipboard);
}

#[test]
fn it_stands_beside_a_view_and_keys_magnify_it() {
    let mut app = opened("Network");
    app.keys("Shift+F6");
    assert!(app.app().core.panes.is_split());
    assert_eq!(app.app().core.panes.front_exhibit(), Some("network"));
    app.wish(Command::Camera(remit::app::command::CameraMove::ZoomIn));
    let zoom = |app: &Driver| app.app().parts.exhibits["network"].zoom();
    assert!((zoom(&app) - 1.25).abs() < 1e-6);
    app.wish(Command::Camera(remit::app::command::CameraMove::ActualSize));
    assert!((zoom(&app) - 1.0).abs() < 1e-6);
}
