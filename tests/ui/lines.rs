//! Lines and what hangs on them: quick-add, drop on the ground, types, ends, bends and labels.

use egui::accesskit::Role as Kind;
use egui::{Key, Pos2, Vec2};
use egui_kittest::kittest::Queryable as _;
use remit::edit::{Connect, Insert};
use remit::model::*;

use crate::canvas::{chart, refund};
use crate::driver::Driver;

fn line(app: &Driver, element: ElementRef) -> Vec<Pos2> {
    let scene = &app.app().core.scenes[&app.view()].scene;
    scene.edges.iter().find(|edge| edge.element == element).expect("it is drawn").points.clone()
}

fn flow(app: &Driver, from: &str, to: &str) -> FlowId {
    let is_meant =
        |flow: &Flow| app.document().name_of(flow.from.into()) == from && app.document().name_of(flow.to.into()) == to;
    app.document().flows().iter().find(|(_, flow)| is_meant(flow)).expect("there is such a flow").0
}

/// The middle of the longest piece of a line on the screen.
fn grip(app: &Driver, element: ElementRef) -> Pos2 {
    let points = line(app, element);
    let longest = points.windows(2).max_by(|a, b| (a[1] - a[0]).length().total_cmp(&(b[1] - b[0]).length()));
    let piece = longest.expect("a line has a piece");
    app.canvas().screen_from_world(piece[0] + (piece[1] - piece[0]) * 0.5)
}

#[test]
fn a_plus_on_each_side_adds_the_likely_kind_there() {
    for side in [Vec2::X, -Vec2::X, Vec2::Y, -Vec2::Y] {
        let mut app = refund();
        let rect = app.world_rect("Approve");
        app.move_to(app.middle("Approve"));
        app.settle();
        let border = rect.center() + Vec2::new(side.x * rect.width() / 2.0, side.y * rect.height() / 2.0);
        let plus = app.canvas().screen_from_world(border) + side * 12.0;
        app.move_to(plus);
        app.settle();
        assert_eq!(app.foot(), "Click adds a step; drag connects.");
        app.click(plus);
        app.write("Pay");
        app.key(Key::Enter);
        assert_eq!(
            app.document()
                .flows()
                .iter()
                .filter(|(_, flow)| {
                    app.document().name_of(flow.from.into()) == "Approve"
                        && app.document().name_of(flow.to.into()) == "Pay"
                })
                .count(),
            1
        );
    }
    let mut app = chart();
    app.click(app.middle("Office"));
    app.keys("Ctrl+ArrowDown");
    app.write("Clerk 2");
    app.key(Key::Enter);
    let ElementRef::Role(role) = app.element("Clerk 2") else { panic!() };
    let ElementRef::Unit(office) = app.element("Office") else { panic!() };
    assert_eq!(app.document().get::<Role>(role).expect("a role").unit, Some(office));
}

#[test]
fn a_line_dropped_on_the_ground_offers_only_what_may_come_there() {
    let mut app = refund();
    app.click(app.middle("Approve"));
    let handle = app.canvas().screen_from_world(app.world_rect("Approve").center_bottom()) + Vec2::new(0.0, 12.0);
    app.drag(handle, handle + Vec2::new(120.0, 90.0));
    let offered = app.names(Kind::MenuItem);
    assert!(offered.iter().any(|name| name == "End event") && offered.iter().any(|name| name == "Artefact"));
    assert!(!offered.iter().any(|name| name == "Start event"), "nothing leads to a start event: {offered:?}");
    app.click_on(Kind::MenuItem, "Artefact");
    app.write("Receipt");
    app.key(Key::Enter);
    let ElementRef::Step(approve) = app.element("Approve") else { panic!() };
    let made = &app.document().get::<Step>(approve).expect("a step").outputs;
    assert_eq!(made.len(), 1);
    assert_eq!(app.document().name_of(made[0].into()), "Receipt");
    app.keys("Ctrl+Z");
    app.keys("Ctrl+Z");
    assert_eq!((app.document().artefacts().len(), app.document().links().len()), (0, 0), "one step made both");
}

#[test]
fn the_menu_of_types_offers_what_keeps_the_connections() {
    let mut app = refund();
    let steps = app.steps().len();
    app.click(app.middle("Take complaint"));
    app.keys("Alt+R");
    let offered = app.names(Kind::MenuItem);
    assert!(offered.iter().any(|name| name == "Exclusive gateway"), "{offered:?}");
    assert!(!offered.iter().any(|name| name == "Start event" || name == "End event"), "{offered:?}");
    app.harness.get_by_role_and_label(Kind::MenuItem, "Exclusive gateway").click();
    app.settle();
    let gateway = app.element("Take complaint");
    assert!(matches!(gateway, ElementRef::Gateway(_)));
    assert_eq!((app.selection(), app.steps().len()), (vec![gateway], steps + 1));
    assert_eq!(app.document().flows().len(), 2);
    app.keys("Ctrl+Z");
    assert!(matches!(app.element("Take complaint"), ElementRef::Step(_)));
    // With several selected the plain letter does it, for what all of them may be.
    app.click(app.middle("Take complaint"));
    app.click_with(app.middle("Approve"), egui::Modifiers::SHIFT);
    app.keys("R");
    app.harness.get_by_role_and_label(Kind::MenuItem, "Step by hand").click();
    app.settle();
    assert!(app.document().steps().iter().all(|(_, step)| step.kind == StepKind::Manual));
    assert_eq!(app.steps().len(), steps + 1);
    app.click(app.middle("Approve"));
    app.keys("Alt+R");
    app.key(Key::Escape);
    assert_eq!(app.selection(), [app.element("Approve")], "Escape closes the menu and nothing else");
}

#[test]
fn the_end_of_a_line_is_led_to_another_element_or_refused_with_a_reason() {
    let mut app = refund();
    let id = flow(&app, "Start", "Take complaint");
    let grip = grip(&app, id.into());
    app.click(grip);
    assert_eq!(app.selection(), [ElementRef::Flow(id)]);
    let end = *line(&app, id.into()).last().expect("a line has an end");
    let end = app.canvas().screen_from_world(end);
    let start = app.middle("Start");
    app.press(end);
    app.move_to(end + (start - end) * 0.5);
    app.move_to(start);
    app.frame();
    assert!(app.foot().contains("itself") || app.foot().contains("start event"), "{}", app.foot());
    app.release(start);
    assert_eq!(
        app.document().get::<Flow>(id).expect("it stays").to,
        FlowNode::try_from(app.element("Take complaint")).expect("a node")
    );
    app.drag(end, app.middle("Approve"));
    let led = app.document().get::<Flow>(id).expect("it stays");
    assert_eq!(ElementRef::from(led.to), app.element("Approve"));
    assert!(app.steps().last().expect("a step").starts_with("Lead "));
}

#[test]
fn lines_to_artefacts_are_bent_by_hand_like_flows() {
    let mut app = refund();
    let insert = Insert::at(Artefact::new("Form"), app.view(), Point::new(520.0, 60.0));
    app.wish(remit::edit::Edit::from(insert));
    let form: ElementRef = app.document().artefacts().ids().next().expect("it was made").into();
    let connect = Connect { from: form, to: app.element("Take complaint"), view: Some(app.view()) };
    app.wish(remit::edit::Edit::from(connect));
    let link: ElementRef = app.document().links().ids().next().expect("it was made").into();
    let at = grip(&app, link);
    app.drag(at, at + Vec2::new(17.0, 37.0));
    let placed = app.document().placement_of(app.view(), link).expect("its line is recorded").1;
    assert!(placed.pinned && placed.bends.len() > 2, "{placed:?}");
    assert_eq!(line(&app, link).len(), placed.bends.len());
    app.click_menu("Shape", "Route the line anew");
    assert!(app.document().placement_of(app.view(), link).is_none());
}

#[test]
fn the_label_of_a_line_is_put_elsewhere_and_back() {
    let mut app = refund();
    let id = flow(&app, "Take complaint", "Approve");
    app.wish(remit::edit::Edit::from(
        remit::edit::Replace::with(app.document(), id, |flow: &mut Flow| flow.name = "too high".to_owned())
            .expect("it is there"),
    ));
    let label = |app: &Driver| {
        let scene = &app.app().core.scenes[&app.view()].scene;
        let edge = scene.edges.iter().find(|edge| edge.element == id.into()).expect("it is drawn");
        edge.label.expect("it has a label").center()
    };
    let before = label(&app);
    app.wish(remit::app::command::Command::Select(vec![id.into()]));
    let at = app.canvas().screen_from_world(before);
    app.drag(at, at + Vec2::new(30.0, 44.0));
    assert!((label(&app) - before - Vec2::new(30.0, 44.0) / app.canvas().zoom()).length() < 2.0);
    app.click_menu("Shape", "Put the label back");
    assert!((label(&app) - before).length() < 1.0);
}
