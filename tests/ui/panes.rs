//! Several views: tabs that move, two views side by side, where an element appears, two ways to remove.

use egui::accesskit::Role as Kind;
use egui::{Key, PointerButton, Pos2, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use remit::app::command::Command;
use remit::model::*;

use crate::driver::Driver;

fn tabs(app: &Driver) -> Vec<String> {
    app.names(Kind::Tab)
}

fn view(app: &Driver, name: &str) -> ViewId {
    app.document().views().iter().find(|(_, view)| view.name == name).expect("the bakery has the view").0
}

fn is_split(app: &Driver) -> bool {
    app.app().core.panes.is_split()
}

#[test]
fn a_tab_is_dragged_to_another_place_and_closed_by_the_middle_button() {
    let mut app = Driver::bakery("Organisation");
    let before = tabs(&app);
    let (first, third) = (app.place(Kind::Tab, &before[0]), app.place(Kind::Tab, &before[2]));
    app.drag(first.center(), third.right_center() - Vec2::new(4.0, 0.0));
    let after = tabs(&app);
    assert_eq!(&after[..3], [before[1].clone(), before[2].clone(), before[0].clone()]);
    assert_eq!(app.front(), before[0], "the tab that was dragged is in front");
    let at = app.place(Kind::Tab, &before[1]).left_center() + Vec2::new(20.0, 0.0);
    for pressed in [true, false] {
        app.button(at, PointerButton::Middle, pressed, egui::Modifiers::NONE);
        app.frame();
    }
    app.settle();
    assert_eq!(app.count(Kind::Tab, &before[1]), 0);
}

#[test]
fn tabs_without_room_are_in_a_list() {
    let mut app = Driver::bakery("Organisation");
    app.harness.set_size(Vec2::new(2200.0, 800.0));
    app.settle();
    app.settle();
    assert_eq!(app.count(Kind::Button, "All open views"), 0);
    app.harness.set_size(Vec2::new(900.0, 700.0));
    app.settle();
    app.settle();
    let last = tabs(&app).pop().expect("there are tabs");
    app.click_button("All open views");
    app.click_on(Kind::MenuItem, &last);
    assert_eq!(app.front(), last);
}

#[test]
fn two_views_stand_side_by_side_and_the_click_says_which_one_is_meant() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    app.keys("Shift+F6");
    assert!(is_split(&app));
    assert_eq!(app.front(), "Refund");
    app.keys("F6");
    let other = app.front();
    assert_ne!(other, "Refund");
    assert!(app.app().core.scenes.contains_key(&view(&app, "Refund")), "both are drawn");
    assert_eq!(app.selection(), [app.element("Pay the refund")], "one selection for both");
    // A click on the right half gives the keyboard back, and what is typed names the step there.
    let refund = view(&app, "Refund");
    let element = app.element("Pay the refund");
    let scene = app.app().core.scenes[&refund].scene.clone();
    let rect = scene.nodes.iter().find(|node| node.element == element).unwrap().rect;
    let at = app.app().parts.canvases[&refund].screen_from_world(rect.center());
    app.click(at);
    assert_eq!(app.front(), "Refund");
    app.write("Hand out");
    app.key(Key::Enter);
    app.element("Hand out");
    app.click_menu("Go", "One view at a time");
    assert!(!is_split(&app));
    assert_eq!(app.front(), "Refund");
}

#[test]
fn a_tab_dropped_at_the_right_border_stands_beside_the_others() {
    let mut app = Driver::bakery("Organisation");
    let tab = app.place(Kind::Tab, "Refund").center();
    let tabs_bottom = app.place(Kind::Tab, "Refund").bottom();
    let plus = app.place(Kind::Button, "New view").right();
    app.press(tab);
    app.move_to(tab + Vec2::new(10.0, 2.0));
    app.move_to(Pos2::new(plus, tabs_bottom + 200.0));
    app.move_to(Pos2::new(plus - 2.0, tabs_bottom + 200.0));
    app.release(Pos2::new(plus - 2.0, tabs_bottom + 200.0));
    assert!(is_split(&app));
    assert_eq!(app.front(), "Refund");
    // And back onto the other half.
    let tab = app.place(Kind::Tab, "Refund").center();
    let left = app.place(Kind::Tab, "Organisation").left_bottom() + Vec2::new(60.0, 200.0);
    app.press(tab);
    app.move_to(tab - Vec2::new(10.0, 2.0));
    app.move_to(left);
    app.move_to(left + Vec2::new(2.0, 0.0));
    app.release(left + Vec2::new(2.0, 0.0));
    assert!(!is_split(&app), "the right half was left without tabs");
}

#[test]
fn an_element_says_where_it_appears_and_a_click_flies_there() {
    let mut app = Driver::bakery("Organisation");
    let role = app.document().views().iter().find_map(|(_, view)| view.lanes().iter().find_map(|lane| lane.actor));
    let role = ElementRef::from(role.expect("a process has lanes"));
    app.wish(Command::Select(vec![role]));
    let showing = app.document().views_showing(role);
    let process = *showing.iter().find(|view| app.document().get::<View>(**view).unwrap().process().is_some()).unwrap();
    let name = app.document().name_of(process.into()).to_owned();
    assert!(showing.len() > 2, "a chart, a process and a matrix show it");
    let rows: Vec<_> = app.harness.query_all_by_role(Kind::TreeItem).collect();
    let row = rows.into_iter().rfind(|node| node.accesskit_node().label().as_deref() == Some(name.as_str()));
    row.expect("the inspector lists the view").click_accesskit();
    app.settle();
    assert_eq!(app.front(), name);
    assert_eq!(app.selection(), [role]);
}

#[test]
fn removing_a_picture_and_deleting_the_thing_have_two_names_and_say_what_they_did() {
    let mut app = Driver::bakery("Organisation");
    app.click(app.middle("Head baker"));
    app.click_menu("Edit", "Remove from this view");
    assert!(app.foot().contains("stay in the project"), "{}", app.foot());
    let role = app.element("Head baker");
    app.keys("Ctrl+Z");
    app.wish(Command::Select(vec![role]));
    app.click_button("Edit");
    let entries = app.all_names("Delete everywhere");
    assert!(entries.iter().any(|entry| entry.contains("“Head baker”, in ")), "{entries:?}");
    app.key(Key::Escape);
    app.wish(Command::Action("edit.delete"));
    let said = app.notices().join(" ");
    assert!(said.contains("Deleted “Head baker” everywhere, out of"), "{said}");
    app.click_button("Undo");
    assert_eq!(app.element("Head baker"), role);
}

#[test]
fn a_new_name_is_seen_in_every_view() {
    let mut app = Driver::bakery("Refund");
    app.keys("Shift+F6");
    app.wish(Command::OpenView(view(&app, "Organisation")));
    app.click(app.middle("Head baker"));
    app.key(Key::F2);
    app.write_instead("Baker in chief");
    app.key(Key::Enter);
    let shown = |app: &Driver, view: ViewId| {
        let scene = &app.app().core.scenes[&view].scene;
        let name = |element: ElementRef| app.document().name_of(element) == "Baker in chief";
        scene.nodes.iter().any(|node| name(node.element))
            || scene.lanes.iter().any(|lane| lane.label.contains("Baker in chief"))
    };
    assert!(shown(&app, view(&app, "Organisation")));
    assert!(app.reads("Baker in chief"));
}
