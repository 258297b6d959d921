//! Down into sub-flows and called processes, back up, and steps into a flow of their own.

use egui::accesskit::Role as Kind;
use egui::{Key, Modifiers};
use remit::model::*;

use crate::driver::Driver;

/// Pricing and packing of the order, between taking it and the question whether it goes to the door.
const BLOCK: &[&str] = &["Price the large order", "Plan the batch"];

fn select(app: &mut Driver, names: &[&str]) {
    for (index, name) in names.iter().enumerate() {
        let modifiers = if index == 0 { Modifiers::NONE } else { Modifiers::SHIFT };
        app.click_with(app.middle(name), modifiers);
    }
}

/// A process with a sub-flow around two steps and a call of another process.
const NESTED: &str = r#"(
    format: 1,
    project: (name: "Nested"),
    processes: [(key: "order", name: "Order"), (key: "ship", name: "Ship")],
    steps: [
        (key: "load", name: "Load the van", process: "ship"),
        (key: "check", name: "Check the order", process: "order", kind: sub_flow),
        (key: "read", name: "Read it", process: "order", parent: "check", work: "6 min"),
        (key: "count", name: "Count it", process: "order", parent: "check", work: "6 min"),
        (key: "send", name: "Send the goods", process: "order", kind: call, calls: "ship"),
    ],
    flows: [
        (key: "inner", process: "order", from: "read", to: "count"),
        (key: "outer", process: "order", from: "check", to: "send"),
    ],
    views: [(key: "view", name: "Order", shows: process(process: "order"), placements: [
        (of: "check", at: (200, 100), collapsed: true),
        (of: "send", at: (500, 100), collapsed: true),
    ])],
)"#;

fn nested() -> (Document, ViewId) {
    let (document, problems) = remit::storage::load_str(NESTED, "nested.ron").unwrap();
    assert_eq!(problems, []);
    let view = document.views().ids().next().unwrap();
    (document, view)
}

fn name_of_view(app: &Driver) -> String {
    app.document().name_of(app.view().into()).to_owned()
}

#[test]
fn a_sub_flow_opens_in_its_own_view_and_the_strip_leads_back() {
    let (document, view) = nested();
    let mut app = Driver::new(document, view);
    app.click(app.middle("Check the order"));
    app.key(Key::Enter);
    assert_eq!(name_of_view(&app), "Check the order");
    assert_eq!(app.document().boxes_in(app.view()), 2, "what is inside, and nothing else");
    assert_eq!(app.steps().len(), 1, "the view is new");
    app.click_button("Order");
    assert_eq!(app.view(), view);
    assert_eq!(app.selection(), [app.element("Check the order")]);
    app.keys("F7");
    assert_eq!(name_of_view(&app), "Check the order");
    assert_eq!(app.steps().len(), 1, "the view was there");
    app.keys("Shift+F7");
    assert_eq!(app.view(), view);
}

#[test]
fn a_call_opens_the_process_and_the_way_back_is_known() {
    let (document, view) = nested();
    let mut app = Driver::new(document, view);
    let marker = app.world_rect("Send the goods").center_bottom() - egui::Vec2::new(0.0, 8.0);
    app.click(app.canvas().screen_from_world(marker));
    assert_eq!(name_of_view(&app), "Ship");
    assert!(app.count(Kind::Button, "Order") > 0);
    app.key_with(Modifiers::SHIFT, Key::Enter);
    app.keys("Shift+F7");
    assert_eq!(app.view(), view);
}

#[test]
fn what_is_added_inside_belongs_there() {
    let (document, view) = nested();
    let mut app = Driver::new(document, view);
    app.click(app.middle("Check the order"));
    app.keys("F7");
    app.click(app.middle("Count it"));
    app.key(Key::Tab);
    app.write("Weigh it");
    app.key(Key::Enter);
    let ElementRef::Step(new) = app.element("Weigh it") else { panic!() };
    let ElementRef::Step(around) = app.element("Check the order") else { panic!() };
    assert_eq!(app.document().get::<Step>(new).unwrap().parent, Some(around));
    assert!(app.document().placement_of(view, new.into()).is_none(), "the closed box shows nothing of it");
}

#[test]
fn the_inspector_sums_up_what_is_inside() {
    let (document, view) = nested();
    let mut app = Driver::new(document, view);
    app.click(app.middle("Check the order"));
    assert!(app.reads("2 steps, 0 hand-offs"));
    assert!(app.reads("Work of a case: 12 min"));
    app.click_button("Open sub-flow");
    assert_eq!(name_of_view(&app), "Check the order");
}

#[test]
fn connected_steps_are_extracted_in_one_step() {
    let mut app = Driver::bakery("Order");
    let view = app.view();
    let before = app.document().boxes_in(view);
    app.keys("Shift+1");
    select(&mut app, BLOCK);
    app.keys("Ctrl+Shift+E");
    assert!(!app.asks() && app.reads("No flow joins"), "the gateway between them is not selected");
    let gateway = app.document().gateways().iter().find(|(_, gate)| gate.name.contains("arge")).unwrap().0;
    let ElementRef::Step(plan) = app.element("Plan the batch") else { panic!() };
    let join = app.document().flows().iter().find(|(_, flow)| flow.to == FlowNode::Step(plan)).unwrap().1.from;
    let mut elements: Vec<ElementRef> = BLOCK.iter().map(|name| app.element(name)).collect();
    elements.extend([ElementRef::from(gateway), join.into()]);
    app.wish(remit::app::command::Command::Select(elements));
    app.keys("Ctrl+Shift+E");
    assert!(app.asks());
    app.write("Price and plan");
    app.key(Key::Enter);
    assert!(!app.asks());
    assert_eq!(app.view(), view);
    assert_eq!(app.selection(), [app.element("Price and plan")]);
    assert_eq!(app.document().boxes_in(view), before - 3);
    assert_eq!(app.steps(), ["Extract “Price and plan” to a sub-flow"]);
    app.key(Key::Enter);
    assert_eq!(name_of_view(&app), "Price and plan");
    assert_eq!(app.document().boxes_in(app.view()), 6);
    app.keys("Ctrl+Z");
    app.keys("Ctrl+Z");
    assert_eq!(app.document().boxes_in(view), before);
}
