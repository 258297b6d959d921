//! Lanes and phases: added by typing, dragged, folded, taken away; work that is dragged between them.

use egui::accesskit::Role as Kind;
use egui::{Key, Pos2, Vec2};
use remit::app::command::Command;
use remit::model::*;
use remit::scene::Scene;

use crate::driver::Driver;

fn scene(app: &Driver) -> &Scene {
    &app.app().core.scenes[&app.view()].scene
}

fn lanes(app: &Driver) -> Vec<String> {
    let document = app.document();
    let view = document.get::<View>(app.view()).expect("it is open");
    view.lanes().iter().map(|lane| lane.actor.map_or("", |actor| document.name_of(actor.into())).to_owned()).collect()
}

fn header(app: &Driver, index: usize) -> Pos2 {
    app.canvas().screen_from_world(scene(app).lanes[index].header.center())
}

fn fit(app: &mut Driver) {
    app.key_with(egui::Modifiers::SHIFT, Key::Num1);
    app.settle();
}

#[test]
fn a_lane_is_added_by_typing_a_part_of_a_name_or_a_new_one() {
    let mut app = Driver::bakery("Refund");
    let before = lanes(&app);
    app.click_menu("Insert", "Lane…");
    app.write("driv");
    app.key(Key::Enter);
    assert_eq!(lanes(&app).last().map(String::as_str), Some("Driver"));
    app.click_menu("Insert", "Lane…");
    app.write("Night driver");
    app.key(Key::Enter);
    assert_eq!(lanes(&app).len(), before.len() + 2);
    app.element("Night driver");
    app.keys("Ctrl+Z");
    assert!(!app.document().roles().iter().any(|(_, role)| role.name == "Night driver"), "one step");
}

#[test]
fn a_step_over_another_lane_lights_it_up_and_goes_to_its_role() {
    let mut app = Driver::bakery("Refund");
    fit(&mut app);
    let step = app.element("Pay the refund");
    let node = scene(&app).nodes.iter().find(|node| node.element == step).unwrap().clone();
    let target = scene(&app).lanes.iter().position(|lane| lane.actor.map(ElementRef::from) != node.parent).unwrap();
    let lane = scene(&app).lanes[target].clone();
    let from = app.canvas().screen_from_world(node.rect.center());
    let to = app.canvas().screen_from_world(Pos2::new(node.rect.center().x, lane.rect.center().y));
    let steps = app.steps().len();
    app.press(from);
    app.move_to(from + (to - from) * 0.5);
    app.move_to(to);
    assert!(app.foot().starts_with("Release to let “"), "{}", app.foot());
    app.release(to);
    let performer = match step {
        ElementRef::Step(id) => app.document().get::<Step>(id).unwrap().performer,
        _ => None,
    };
    assert_eq!(performer, lane.actor);
    assert_eq!(app.steps().len(), steps + 1);
}

#[test]
fn a_step_dropped_over_the_end_of_its_lane_makes_room() {
    let mut app = Driver::bakery("Refund");
    fit(&mut app);
    let last = scene(&app).lanes.last().unwrap().clone();
    let node = scene(&app)
        .nodes
        .iter()
        .rfind(|node| node.parent == last.actor.map(ElementRef::from) && matches!(node.element, ElementRef::Step(_)));
    let node = node.expect("the last lane has a step").clone();
    let from = app.canvas().screen_from_world(node.rect.center());
    let to = app.canvas().screen_from_world(Pos2::new(node.rect.center().x, last.rect.bottom() - 4.0));
    app.drag(from, to);
    let grown = scene(&app).lanes.last().unwrap();
    assert!(grown.rect.height() > last.rect.height() + 10.0, "{:?} {:?}", last.rect, grown.rect);
    assert_eq!(app.steps().len(), 1);
    app.keys("Ctrl+Z");
    assert_eq!(scene(&app).lanes.last().unwrap().rect, last.rect);
}

#[test]
fn lanes_change_places_by_their_headers_and_heights_by_their_borders() {
    let mut app = Driver::bakery("Refund");
    fit(&mut app);
    let before = lanes(&app);
    let (first, second) = (header(&app, 0), header(&app, 1));
    app.drag(first, second + Vec2::new(0.0, 30.0));
    assert_eq!(lanes(&app)[..2], [before[1].clone(), before[0].clone()]);
    let lane = scene(&app).lanes[0].rect;
    let border = app.canvas().screen_from_world(lane.center_bottom() - Vec2::new(lane.width() / 2.0 - 300.0, 0.0));
    app.drag(border, border + Vec2::new(0.0, 40.0));
    assert!(scene(&app).lanes[0].rect.height() > lane.height() + 20.0);
    assert_eq!(app.steps().len(), 2);
}

#[test]
fn a_folded_lane_counts_what_it_hides_and_opens_by_a_double_click() {
    let mut app = Driver::bakery("Refund");
    fit(&mut app);
    let count = scene(&app).nodes.len();
    app.click(header(&app, 1));
    app.click_menu("Arrange", "Fold or unfold");
    assert!(scene(&app).lanes[1].collapsed);
    assert!(scene(&app).nodes.len() < count);
    let texts = format!("{:?}", scene(&app).items);
    assert!(texts.contains(" step"), "the header counts the steps");
    app.double_click(header(&app, 1));
    assert!(!scene(&app).lanes[1].collapsed);
    assert_eq!(scene(&app).nodes.len(), count);
}

#[test]
fn the_delete_key_on_a_lane_takes_the_picture_and_leaves_the_role() {
    let mut app = Driver::bakery("Refund");
    fit(&mut app);
    let name = lanes(&app)[1].clone();
    app.click(header(&app, 1));
    app.key(Key::Delete);
    assert!(!lanes(&app).contains(&name));
    app.element(&name);
    let said = app.notices().join(" ");
    assert!(said.contains(&format!("“{name}” stays.")), "{said}");
    assert!(said.contains("no performer now"), "{said}");
    app.click_button("Undo");
    assert!(lanes(&app).contains(&name));
}

#[test]
fn phases_are_columns_with_names_that_keep_their_steps() {
    let mut app = Driver::bakery("Refund");
    app.click_menu("Insert", "Phase");
    fit(&mut app);
    assert_eq!(scene(&app).phases.len(), 2);
    let first = scene(&app).phases[0].clone();
    assert!(scene(&app).nodes.iter().all(|node| node.rect.right() < first.rect.right()));
    app.double_click(app.canvas().screen_from_world(first.header.center()));
    app.write_instead("Take it back");
    app.key(Key::Enter);
    assert_eq!(scene(&app).phases[0].label, "Take it back");
    let border = app.canvas().screen_from_world(first.rect.right_center());
    app.drag(border, border + Vec2::new(-60.0, 0.0));
    assert!(scene(&app).phases[0].rect.right() < first.rect.right());
    // Steps dragged into the second phase are there after everything was arranged.
    let step = app.element("Pay the refund");
    app.wish(Command::Select(vec![step]));
    let second = scene(&app).phases[1].rect.center();
    let at = app.middle("Pay the refund");
    let to = Pos2::new(app.canvas().screen_from_world(second).x, at.y);
    app.drag(at, to);
    app.click_menu("Arrange", "Arrange the view");
    let rect = app.world_rect("Pay the refund");
    assert!(rect.left() >= scene(&app).phases[1].rect.left(), "{rect:?} {:?}", scene(&app).phases);
    assert_eq!(app.count(Kind::Tab, "Refund"), 1);
}

#[test]
fn the_triangle_in_the_header_folds_a_lane_and_opens_it_again() {
    let mut app = Driver::bakery("Refund");
    app.wish(Command::Select(Vec::new()));
    fit(&mut app);
    let steps = app.steps().len();
    let lane = scene(&app).lanes[0].clone();
    let triangle = app.canvas().screen_from_world(lane.header.center_top()) + Vec2::new(0.0, 8.0);
    app.move_to(triangle);
    app.click(triangle);
    assert!(scene(&app).lanes[0].collapsed);
    app.click(header(&app, 0));
    assert!(!scene(&app).lanes[0].collapsed);
    assert_eq!(app.steps().len(), steps + 2);
    assert!(app.selection().is_empty(), "folding selects nobody");
}

#[test]
fn a_phase_is_added_before_another_one_and_everything_keeps_its_phase() {
    let mut app = Driver::bakery("Refund");
    app.click_menu("Insert", "Phase");
    fit(&mut app);
    let names = |app: &Driver| -> Vec<String> { scene(app).phases.iter().map(|phase| phase.label.clone()).collect() };
    let first = names(&app)[0].clone();
    let phase_of = |app: &Driver, step: &str| {
        let middle = app.world_rect(step).center();
        scene(app).phases.iter().find(|phase| phase.rect.contains(middle)).map(|phase| phase.label.clone())
    };
    assert_eq!(phase_of(&app, "Pay the refund").as_ref(), Some(&first));
    let at = app.canvas().screen_from_world(scene(&app).phases[0].header.center());
    app.button(at, egui::PointerButton::Secondary, true, egui::Modifiers::NONE);
    app.frame();
    app.button(at, egui::PointerButton::Secondary, false, egui::Modifiers::NONE);
    app.settle();
    app.click_on(Kind::MenuItem, "Add a phase before");
    assert_eq!(names(&app), ["Phase 3".to_owned(), first.clone(), "Phase 2".to_owned()]);
    assert_eq!(phase_of(&app, "Pay the refund"), Some(first));
    app.keys("Ctrl+Z");
    assert_eq!(names(&app).len(), 2);
}

#[test]
fn the_header_of_nobodys_lane_selects_what_stands_in_it_and_the_lane_goes_with_the_last() {
    let mut app = Driver::bakery("Refund");
    fit(&mut app);
    let view = app.document().get::<View>(app.view()).expect("it is open");
    let actor = view.lanes().first().and_then(|lane| lane.actor);
    let step = app.element("Pay the refund");
    let ElementRef::Step(id) = step else { panic!("a step") };
    let give = |app: &mut Driver, performer: Option<Actor>| {
        let edit =
            remit::edit::Replace::with(app.document(), id, |step: &mut Step| step.performer = performer).unwrap();
        app.wish(Command::Edit(Box::new(edit.into())));
        app.settle();
    };
    give(&mut app, None);
    fit(&mut app);
    let nobody = scene(&app).lanes.iter().position(|lane| lane.actor.is_none()).expect("a lane of nobody");
    app.key(Key::Escape);
    app.click(header(&app, nobody));
    assert_eq!(app.selection(), [step]);
    assert!(app.foot().contains("Choose who performs"), "{}", app.foot());
    give(&mut app, actor);
    let labels: Vec<&str> = scene(&app).lanes.iter().map(|lane| lane.label.as_str()).collect();
    assert!(!labels.contains(&"Nobody"), "{labels:?} {:?}", app.document().get::<Step>(id).unwrap().performer);
}

#[test]
fn a_message_leads_to_the_pool_of_a_party_outside_and_back() {
    let mut app = Driver::bakery("Refund");
    app.click_menu("Insert", "External");
    app.settle();
    let party = *app.selection().first().expect("what is new is selected");
    assert!(matches!(party, ElementRef::External(_)), "{party:?}");
    app.key(Key::Escape);
    fit(&mut app);
    let pools = scene(&app).lanes.clone();
    let pool = pools.last().unwrap();
    assert_eq!(pool.actor.map(ElementRef::from), Some(party), "it stands last");
    assert!(pool.rect.top() > pools[pools.len() - 2].rect.bottom() + 10.0, "and apart");
    let step = app.element("Pay the refund");
    let at =
        app.canvas().screen_from_world(Pos2::new(app.world_rect("Pay the refund").center().x, pool.rect.center().y));
    let links = |app: &Driver| -> Vec<(LinkKind, ElementRef, ElementRef)> {
        app.document().links().iter().map(|(_, link)| (link.kind, link.from, link.to)).collect()
    };
    let before = links(&app);
    for (from, to) in [(app.middle("Pay the refund"), at), (at, app.middle("Check the receipt"))] {
        app.key(Key::C);
        app.drag(from, to);
    }
    let made: Vec<_> = links(&app).into_iter().filter(|link| !before.contains(link)).collect();
    assert_eq!(made, [(LinkKind::Message, step, party), (LinkKind::Message, party, app.element("Check the receipt"))]);
    app.keys("Ctrl+Z");
    app.keys("Ctrl+Z");
    assert_eq!(links(&app), before);
}

#[test]
fn what_is_typed_for_a_lane_may_be_a_party_outside() {
    let mut app = Driver::bakery("Refund");
    app.click_menu("Insert", "Lane…");
    app.write("Insurer");
    assert_eq!(app.all_names("Pool of new outside party Insurer").len(), 1);
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    app.settle();
    assert_eq!(lanes(&app).last().map(String::as_str), Some("Insurer"));
    assert!(app.document().externals().iter().any(|(_, party)| party.name == "Insurer"));
}

#[test]
fn the_first_step_of_a_process_stands_in_its_first_lane() {
    let mut app = Driver::empty();
    app.click_menu("Insert", "Process");
    app.settle();
    app.key(Key::Enter);
    for name in ["Clerk", "Owner"] {
        app.click_menu("Insert", "Lane…");
        app.write(name);
        app.key(Key::Enter);
        app.settle();
    }
    app.click_button("Add a step");
    app.settle();
    app.write_instead("Take the complaint");
    app.key(Key::Enter);
    let ElementRef::Step(step) = app.element("Take the complaint") else { panic!("it is a step") };
    let performer = app.document().get::<Step>(step).unwrap().performer;
    assert_eq!(performer.map(ElementRef::from), Some(app.element("Clerk")));
}

#[test]
fn the_last_picture_of_a_flow_stays_and_it_is_said_why() {
    let mut app = Driver::empty();
    app.click_menu("Insert", "Process");
    app.settle();
    app.key(Key::Enter);
    app.click_button("Add a step");
    app.settle();
    app.write_instead("Take it");
    app.key(Key::Enter);
    let (step, steps) = (app.element("Take it"), app.steps().len());
    app.key(Key::Backspace);
    assert!(app.document().placement_of(app.view(), step).is_some());
    assert!(app.foot().contains("the last picture stays"), "{}", app.foot());
    assert_eq!(app.steps().len(), steps);
}
