//! Free boards: anything side by side, lines on request.

use egui::accesskit::Role as Kind;
use egui::{Pos2, Vec2};
use remit::app::command::Command;
use remit::model::*;

use crate::driver::Driver;

/// The bakery with an empty board in front.
fn board() -> Driver {
    let mut app = Driver::bakery("Organisation");
    app.click_menu("Insert", "Free board");
    assert_eq!(app.front(), "Board");
    app
}

fn shown(app: &Driver) -> Vec<ElementRef> {
    app.document().placements_in(app.view()).map(|(_, placement)| placement.element).collect()
}

#[test]
fn a_selection_of_the_navigator_is_dropped_side_by_side() {
    let mut app = board();
    let roles: Vec<ElementRef> = app.document().roles().ids().take(4).map(ElementRef::from).collect();
    app.wish(Command::Select(roles.clone()));
    let name = app.document().name_of(roles[0]).to_owned();
    let row = app.names(Kind::TreeItem).into_iter().find(|row| row.starts_with(&format!("Role {name}"))).unwrap();
    let from = app.place(Kind::TreeItem, &row).center();
    let to = Pos2::new(700.0, 300.0);
    app.press(from);
    app.move_to(from + Vec2::new(30.0, 5.0));
    app.move_to(to);
    app.release(to);
    assert_eq!(shown(&app), roles);
    let scene = &app.app().core.scenes[&app.view()].scene;
    for (index, node) in scene.nodes.iter().enumerate() {
        assert!(scene.nodes[index + 1..].iter().all(|other| !other.rect.intersects(node.rect)));
    }
    assert_eq!(app.steps().len(), 2, "the board, then all four in one step");
}

#[test]
fn connections_are_drawn_on_request_and_hidden_again() {
    let mut app = board();
    let (role, unit) = app.document().roles().iter().find_map(|(id, role)| Some((id, role.unit?))).unwrap();
    app.wish(Command::ShowHere(vec![unit.into(), role.into()]));
    let lines = |app: &Driver| app.app().core.scenes[&app.view()].scene.edges.len();
    assert_eq!(lines(&app), 0);
    app.click_menu("Arrange", "Show connections");
    assert_eq!(lines(&app), 1);
    app.click_menu("Arrange", "Show connections");
    assert_eq!(lines(&app), 0);
}

#[test]
fn steps_of_a_process_are_found_in_the_navigator_and_stand_on_a_board() {
    let mut app = board();
    app.focus("Find in this project");
    app.write("pay the refund");
    let row = app.names(Kind::TreeItem).into_iter().find(|row| row == "Step Pay the refund");
    let from = app.place(Kind::TreeItem, &row.expect("steps are listed")).center();
    app.press(from);
    app.move_to(from + Vec2::new(30.0, 5.0));
    app.move_to(Pos2::new(700.0, 300.0));
    app.release(Pos2::new(700.0, 300.0));
    assert_eq!(shown(&app), [app.element("Pay the refund")]);
    app.click_menu("Insert", "Step");
    app.click(Pos2::new(700.0, 420.0));
    app.write("Call the customer");
    app.key(egui::Key::Enter);
    let ElementRef::Step(new) = app.element("Call the customer") else { panic!("a step") };
    let ElementRef::Step(old) = app.element("Pay the refund") else { panic!("a step") };
    let process = |step| app.document().get::<Step>(step).unwrap().process;
    assert_eq!(process(new), process(old), "of the process that the board shows");
}
