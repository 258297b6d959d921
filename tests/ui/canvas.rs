//! The canvas under the hand: select, move, connect, place, name, pan and zoom.

use egui::accesskit::Role as Kind;
use egui::{Event as Input, Key, Modifiers, PointerButton, Pos2, Vec2};
use egui_kittest::kittest::Queryable as _;
use remit::app::canvas::{NewElement, Tool};
use remit::app::command::Command;
use remit::edit::{AddNode, AddProcess, Connect, Edit, Editor, Insert};
use remit::model::*;

use crate::driver::Driver;

fn commit(editor: &mut Editor, edit: impl Into<Edit>) -> ElementRef {
    let committed = editor.commit(&edit.into(), 0.0).expect("the sample is sound");
    *committed.created.first().expect("something was made")
}

/// A refund in two lanes: Start, Take complaint by the clerk, Approve by the manager.
pub fn refund() -> Driver {
    let mut editor = Editor::new(Document::default());
    let ElementRef::Unit(shop) = commit(&mut editor, Insert::one(Unit::new("Shop"))) else { panic!() };
    let role = |name: &str| Role { unit: Some(shop), ..Role::new(name) };
    let ElementRef::Role(clerk) = commit(&mut editor, Insert::one(role("Clerk"))) else { panic!() };
    let ElementRef::Role(manager) = commit(&mut editor, Insert::one(role("Manager"))) else { panic!() };
    let ElementRef::Process(process) = commit(&mut editor, AddProcess { name: "Refund".to_owned() }) else { panic!() };
    let mut after = None;
    let start = Event { performer: Some(Actor::Role(clerk)), ..Event::new(process, EventKind::Start, "Start") };
    after = FlowNode::try_from(commit(&mut editor, AddNode::new(process, start, after))).ok();
    for (name, performer) in [("Take complaint", clerk), ("Approve", manager)] {
        let step = Step { performer: Some(Actor::Role(performer)), ..Step::new(process, name) };
        after = FlowNode::try_from(commit(&mut editor, AddNode::new(process, step, after))).ok();
    }
    let document = Document::clone(editor.document());
    let view = document.views().iter().find(|(_, view)| view.name == "Refund").expect("the process has a view").0;
    Driver::new(document, view)
}

/// An organisation chart: Company with Office and Shop; a clerk in the shop.
pub fn chart() -> Driver {
    let mut editor = Editor::new(Document::default());
    let ElementRef::Unit(company) = commit(&mut editor, Insert::one(Unit::new("Company"))) else { panic!() };
    let below = |name: &str| Unit { parent: Some(company), ..Unit::new(name) };
    commit(&mut editor, Insert::one(below("Office")));
    let ElementRef::Unit(shop) = commit(&mut editor, Insert::one(below("Shop"))) else { panic!() };
    commit(&mut editor, Insert::one(Role { unit: Some(shop), ..Role::new("Clerk") }));
    let kind = ViewKind::organisation(None);
    let contents = remit::scene::contents(editor.document(), &kind);
    let add = remit::edit::AddView { view: View::new("Organisation", kind), contents };
    let ElementRef::View(view) = commit(&mut editor, add) else { panic!() };
    Driver::new(Document::clone(editor.document()), view)
}

#[test]
fn a_click_selects_and_a_click_on_the_ground_clears() {
    let mut app = refund();
    app.click(app.middle("Take complaint"));
    assert_eq!(app.selection(), [app.element("Take complaint")]);
    app.click_with(app.middle("Approve"), Modifiers::SHIFT);
    assert_eq!(app.selection().len(), 2);
    app.click_with(app.middle("Approve"), Modifiers::COMMAND);
    assert_eq!(app.selection(), [app.element("Take complaint")]);
    let beside =
        app.canvas().screen_from_world(app.world_rect("Take complaint").center_bottom() + Vec2::new(0.0, 22.0));
    app.click(beside + Vec2::new(90.0, 0.0));
    assert!(app.selection().is_empty());
}

#[test]
fn a_click_on_the_accessible_name_reaches_the_canvas() {
    let mut app = chart();
    let node = |label: &'static str| egui_kittest::kittest::By::new().role(Kind::ListBoxOption).label_contains(label);
    app.harness.get(node("Office")).click();
    app.settle();
    assert_eq!(app.selection(), [app.element("Office")]);
    app.harness.get(node("Clerk")).click_accesskit();
    app.settle();
    assert_eq!(app.selection(), [app.element("Clerk")]);
}

#[test]
fn a_drag_moves_in_one_step_and_a_click_never_moves() {
    let mut app = refund();
    let before = app.world_rect("Take complaint");
    let at = app.middle("Take complaint");
    let steps = app.steps().len();
    app.press(at);
    app.move_to(at + Vec2::new(2.0, 1.0));
    app.release(at + Vec2::new(2.0, 1.0));
    assert_eq!(app.steps().len(), steps);
    app.drag(at, at + Vec2::new(0.0, 31.0));
    assert_eq!(app.steps().len(), steps + 1);
    let moved = app.world_rect("Take complaint").center() - before.center();
    assert!(moved.y > 20.0 && moved.x.abs() < 7.0, "{moved}");
    app.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(app.world_rect("Take complaint"), before);
}

#[test]
fn a_drag_within_one_frame_counts() {
    let mut app = refund();
    let before = app.world_rect("Take complaint").center();
    let at = app.middle("Take complaint");
    app.button(at, PointerButton::Primary, true, Modifiers::NONE);
    app.button(at + Vec2::new(0.0, 30.0), PointerButton::Primary, false, Modifiers::NONE);
    app.settle();
    assert!(app.world_rect("Take complaint").center().y > before.y + 20.0);
    assert_eq!(app.selection(), [app.element("Take complaint")]);
}

#[test]
fn escape_drops_a_drag_and_keeps_the_selection() {
    let mut app = refund();
    let (at, steps) = (app.middle("Take complaint"), app.steps().len());
    app.press(at);
    app.move_to(at + Vec2::new(0.0, 40.0));
    app.key(Key::Escape);
    app.release(at + Vec2::new(0.0, 40.0));
    assert_eq!(app.steps().len(), steps);
    assert_eq!(app.selection(), [app.element("Take complaint")]);
    app.key(Key::Escape);
    assert!(app.selection().is_empty());
}

#[test]
fn a_step_dropped_in_another_lane_changes_its_performer() {
    let mut app = refund();
    let from = app.middle("Take complaint");
    app.drag(from, Pos2::new(from.x, app.middle("Approve").y));
    let ElementRef::Step(step) = app.element("Take complaint") else { panic!() };
    let performer = app.document().get::<Step>(step).and_then(|step| step.performer);
    let ElementRef::Role(manager) = app.element("Manager") else { panic!() };
    assert_eq!(performer, Some(Actor::Role(manager)));
}

#[test]
fn a_frame_selects_what_lies_in_it() {
    let mut app = refund();
    let from = app.canvas().screen_from_world(app.world_rect("Take complaint").left_top() - Vec2::splat(14.0));
    let to = app.canvas().screen_from_world(app.world_rect("Take complaint").right_bottom() + Vec2::splat(6.0));
    app.drag(from, to);
    assert!(app.selection().contains(&app.element("Take complaint")));
    assert!(!app.selection().contains(&app.element("Approve")));
}

#[test]
fn ctrl_and_wheel_zoom_at_the_pointer() {
    let mut app = refund();
    let at = app.middle("Approve");
    let (world, zoom) = (app.world_rect("Approve").center(), app.canvas().zoom());
    app.move_to(at);
    app.send(Input::Zoom(1.5));
    app.settle();
    assert!((app.canvas().zoom() / zoom - 1.5).abs() < 0.01);
    assert!((app.canvas().screen_from_world(world) - at).length() < 0.5);
}

#[test]
fn the_middle_button_and_the_hand_move_the_paper_only() {
    let mut app = refund();
    let (at, center, steps) = (app.middle("Approve"), app.canvas().center_in_world(), app.steps().len());
    app.button(at, PointerButton::Middle, true, Modifiers::NONE);
    app.move_to(at + Vec2::new(50.0, 20.0));
    app.button(at + Vec2::new(50.0, 20.0), PointerButton::Middle, false, Modifiers::NONE);
    app.settle();
    let expected = center - Vec2::new(50.0, 20.0) / app.canvas().zoom();
    assert!((app.canvas().center_in_world() - expected).length() < 0.1);
    app.wish(Command::Tool(Tool::Hand));
    let at = app.middle("Approve");
    app.drag(at, at - Vec2::new(50.0, 20.0));
    assert!((app.canvas().center_in_world() - center).length() < 0.1);
    assert_eq!((app.steps().len(), app.selection().len()), (steps, 0));
}

#[test]
fn a_connection_is_drawn_with_its_tool_or_refused_with_a_reason() {
    let mut app = refund();
    let flows = app.document().flows().len();
    app.wish(Command::Tool(Tool::Connect));
    let (from, to) = (app.middle("Take complaint"), app.middle("Approve"));
    app.press(from);
    app.move_to(from + (to - from) * 0.5);
    app.move_to(to);
    assert!(app.app().core.hint.is_empty() || !app.app().core.hint.contains("already"));
    app.frame();
    assert!(app.app().core.hint.contains("already"), "{}", app.app().core.hint);
    app.release(to);
    assert_eq!(app.document().flows().len(), flows);
    app.wish(Command::Tool(Tool::Connect));
    app.drag(app.middle("Approve"), app.middle("Take complaint"));
    assert_eq!(app.document().flows().len(), flows + 1);
    assert_eq!(app.app().core.tool, Tool::Select);
}

#[test]
fn a_click_on_a_handle_adds_the_next_step() {
    let mut app = refund();
    let count = app.document().steps().len();
    app.click(app.middle("Approve"));
    let side = app.canvas().screen_from_world(app.world_rect("Approve").right_center());
    app.click(side + Vec2::new(12.0, 0.0));
    assert_eq!(app.document().steps().len(), count + 1);
    app.type_text("Pay");
    app.key(Key::Enter);
    let (approve, pay) = (app.element("Approve"), app.element("Pay"));
    let leads = |flow: &Flow| ElementRef::from(flow.from) == approve && ElementRef::from(flow.to) == pay;
    assert!(app.document().flows().iter().any(|(_, flow)| leads(flow)));
}

#[test]
fn a_connection_dropped_on_the_ground_offers_new_elements() {
    let mut app = refund();
    let count = app.document().steps().len();
    app.click(app.middle("Approve"));
    let handle = app.canvas().screen_from_world(app.world_rect("Approve").center_bottom()) + Vec2::new(0.0, 12.0);
    app.drag(handle, handle + Vec2::new(120.0, 90.0));
    app.harness.get_by_role_and_label(Kind::MenuItem, "Step").click();
    app.settle();
    assert_eq!(app.document().steps().len(), count + 1);
}

#[test]
fn a_placed_element_lands_where_it_was_clicked_and_its_name_is_open() {
    let mut app = refund();
    let at = app.middle("Approve") + Vec2::new(190.0, 0.0);
    app.wish(Command::Tool(Tool::Place(NewElement::Step)));
    app.click(at);
    assert_eq!(app.app().core.tool, Tool::Select);
    app.type_text("Tell the customer");
    app.key(Key::Enter);
    let middle = app.middle("Tell the customer");
    assert!((middle.x - at.x).abs() < 3.0, "{middle} {at}");
}

#[test]
fn typing_renames_and_escape_gives_up() {
    let mut app = refund();
    app.click(app.middle("Approve"));
    app.type_text("C");
    app.type_text("heck");
    app.key(Key::Escape);
    assert_eq!(app.document().name_of(app.element("Approve")), "Approve");
    app.click(app.middle("Approve"));
    app.type_text("V");
    app.type_text("erify");
    app.key(Key::Enter);
    assert_eq!(app.steps().last().map(String::as_str), Some("Rename “Approve” to “Verify”"));
    app.double_click(app.middle("Verify"));
    app.type_text("Allow");
    app.click(app.middle("Take complaint"));
    assert_eq!(app.document().name_of(app.element("Allow")), "Allow");
}

#[test]
fn tab_goes_on_to_the_next_step_while_naming() {
    let mut app = refund();
    app.click(app.middle("Approve"));
    app.key(Key::Tab);
    app.type_text("Pay");
    app.key(Key::Tab);
    app.type_text("Thank");
    app.key(Key::Enter);
    let (pay, thank) = (app.element("Pay"), app.element("Thank"));
    let leads = |flow: &Flow| ElementRef::from(flow.from) == pay && ElementRef::from(flow.to) == thank;
    assert!(app.document().flows().iter().any(|(_, flow)| leads(flow)));
}

#[test]
fn arrows_nudge_steps_in_one_step_of_the_history() {
    let mut app = refund();
    app.click(app.middle("Take complaint"));
    let (before, steps) = (app.world_rect("Take complaint").center(), app.steps().len());
    app.key(Key::ArrowDown);
    let moved = app.world_rect("Take complaint").center() - before;
    assert_eq!(moved, Vec2::new(0.0, 8.0));
    assert_eq!(app.steps().len(), steps + 1);
}

#[test]
fn arrows_walk_in_a_chart_and_enter_adds_a_sibling() {
    let mut app = chart();
    app.click(app.middle("Company"));
    app.key(Key::ArrowDown);
    let below = app.selection();
    assert!(below == [app.element("Office")] || below == [app.element("Shop")]);
    app.click(app.middle("Office"));
    app.key(Key::Enter);
    app.type_text("Bakehouse");
    app.key(Key::Enter);
    let (ElementRef::Unit(new), ElementRef::Unit(company)) = (app.element("Bakehouse"), app.element("Company")) else {
        panic!()
    };
    assert_eq!(app.document().get::<Unit>(new).and_then(|unit| unit.parent), Some(company));
}

#[test]
fn a_role_dropped_on_a_unit_belongs_to_it() {
    let mut app = chart();
    app.drag(app.middle("Clerk"), app.middle("Office"));
    let (ElementRef::Role(clerk), ElementRef::Unit(office)) = (app.element("Clerk"), app.element("Office")) else {
        panic!()
    };
    assert_eq!(app.document().get::<Role>(clerk).and_then(|role| role.unit), Some(office));
}

#[test]
fn a_unit_takes_along_what_hangs_below_it() {
    let mut app = chart();
    let (shop, clerk) = (app.world_rect("Shop").center(), app.world_rect("Clerk").center());
    let at = app.middle("Shop");
    app.drag(at, at + Vec2::new(150.0, 90.0));
    let moved = app.world_rect("Shop").center() - shop;
    assert!(moved.length() > 60.0);
    assert_eq!(app.world_rect("Clerk").center() - clerk, moved);
}

#[test]
fn connecting_uses_the_rules_of_the_editor() {
    let app = refund();
    let (from, to) = (app.element("Take complaint"), app.element("Approve"));
    let verdict = remit::edit::rules::can_connect(app.document(), from, to);
    assert!(!verdict.is_yes());
    let edit: Edit = Connect { from: to, to: from, view: None }.into();
    assert!(remit::edit::apply(app.document(), &edit).is_ok());
}

#[test]
fn a_chart_changes_its_form_and_keeps_the_selection_and_the_places() {
    let mut app = chart();
    app.click(app.middle("Clerk"));
    let before = app.world_rect("Shop");
    for form in ["Draw as circles", "Draw as a grid"] {
        app.click_menu("Arrange", form);
        assert_eq!(app.selection(), [app.element("Clerk")]);
        assert_ne!(app.world_rect("Shop"), before, "{form}");
        // What arranges itself cannot be moved by hand.
        let steps = app.steps().len();
        app.drag(app.middle("Office"), app.middle("Office") + Vec2::new(0.0, 300.0));
        assert_eq!(app.steps().len(), steps);
        app.click(app.middle("Clerk"));
    }
    app.click_menu("Arrange", "Draw as a tree");
    assert_eq!(app.world_rect("Shop"), before);
    app.click_menu("Arrange", "Draw as a tree from left to right");
    assert!(app.world_rect("Company").right() < app.world_rect("Shop").left());
    assert!(app.world_rect("Shop").right() < app.world_rect("Clerk").left());
    app.keys("Ctrl+Z");
    assert_eq!(app.world_rect("Shop"), before, "one step turns the chart and arranges it");
}
