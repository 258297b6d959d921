//! Making, naming, deleting and copying elements, in each of the ways a person finds.

use egui::accesskit::Role as Kind;
use egui::{Key, Modifiers, Vec2};
use remit::model::*;

use crate::driver::Driver;

#[test]
fn units_roles_and_steps_are_made_from_the_menu() {
    let mut app = Driver::bakery("Refund");
    let (units, steps) = (app.document().units().len(), app.document().steps().len());
    app.click_menu("Insert", "Step");
    assert!(app.foot().contains("Click where the step goes"), "{}", app.foot());
    app.click(app.middle("Take the complaint") + Vec2::new(0.0, -60.0));
    app.write("Greet");
    app.key(Key::Enter);
    assert_eq!(app.document().steps().len(), steps + 1);
    app.element("Greet");
    app.click_on(Kind::Tab, "Organisation");
    app.click_menu("Insert", "Unit");
    let free = app.canvas().screen_from_world(app.canvas().center_in_world()) + Vec2::new(0.0, 210.0);
    app.click(free);
    app.write("Fourth shop");
    app.key(Key::Enter);
    assert_eq!(app.document().units().len(), units + 1);
    app.element("Fourth shop");
}

#[test]
fn a_role_is_made_with_its_shortcut_and_escape_gives_it_up() {
    let mut app = Driver::bakery("Organisation");
    let roles = app.document().roles().len();
    app.keys("Ctrl+Shift+R");
    assert!(app.foot().contains("role"), "{}", app.foot());
    app.key(Key::Escape);
    app.click(app.middle("Office"));
    assert_eq!(app.document().roles().len(), roles);
    assert_eq!(app.selection(), [app.element("Office")]);
}

#[test]
fn a_decision_is_made_from_the_palette() {
    let mut app = Driver::bakery("Organisation");
    let decisions = app.document().decisions().len();
    app.keys("Ctrl+K");
    assert!(app.asks());
    app.write("decision");
    assert!(app.reads("Decision"));
    app.write_instead("dec");
    let names = app.names(Kind::TreeItem);
    let at = names.iter().position(|name| name == "Decision").unwrap_or_else(|| panic!("{names:?}"));
    assert!(at < names.len());
    app.click_on(Kind::TreeItem, "Decision");
    assert!(!app.asks());
    assert_eq!(app.document().decisions().len(), decisions + 1);
}

#[test]
fn the_palette_goes_to_an_element_by_its_name() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+F");
    app.write("weigh");
    app.key(Key::Enter);
    assert!(!app.asks());
    assert_eq!(app.front(), "Bake");
    assert_eq!(app.selection(), [app.element("Weigh the flour")]);
}

#[test]
fn the_plus_of_the_navigator_adds_a_process_with_its_view() {
    let mut app = Driver::bakery("Organisation");
    let processes = app.document().processes().len();
    app.click_button("Add to processes");
    assert_eq!(app.document().processes().len(), processes + 1);
    assert!(matches!(app.app().core.active_kind(), Some(ViewKind::Process { .. })));
}

#[test]
fn f2_renames_in_place_enter_keeps_and_escape_reverts() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Check the receipt"));
    app.keys("F2");
    app.write_instead("Look at the receipt");
    app.key(Key::Escape);
    assert_eq!(app.document().name_of(app.element("Check the receipt")), "Check the receipt");
    app.keys("F2");
    app.write_instead("Look at the receipt");
    app.key(Key::Enter);
    app.element("Look at the receipt");
    assert_eq!(app.steps().len(), 1);
    app.keys("Ctrl+Z");
    app.element("Check the receipt");
}

#[test]
fn plain_letters_are_not_commands_while_a_name_is_typed() {
    let mut app = Driver::bakery("Refund");
    let tool = app.app().core.tool;
    app.click(app.middle("Check the receipt"));
    app.keys("F2");
    app.write_instead("vhc?");
    assert_eq!(app.app().core.tool, tool);
    assert!(!app.asks(), "a question mark opens no help while typing");
    app.key(Key::Enter);
    app.element("vhc?");
    app.focus("Find in this project");
    app.write("vch");
    assert_eq!(app.app().core.tool, tool);
    assert_eq!(app.field("Find in this project"), "vch");
    let before = app.text();
    app.key(Key::Delete);
    app.key(Key::Backspace);
    assert_eq!(app.text(), before, "Delete in a text field deletes no element");
}

#[test]
fn moving_a_step_to_another_lane_changes_its_performer_and_one_undo_brings_both_back() {
    let mut app = Driver::bakery("Refund");
    let (before, at) = (app.text(), app.world_rect("Check the receipt"));
    let from = app.middle("Check the receipt");
    app.drag(from, egui::Pos2::new(from.x, app.middle("Pay the refund").y));
    let ElementRef::Step(step) = app.element("Check the receipt") else { panic!() };
    let performer = app.document().get::<Step>(step).and_then(|step| step.performer);
    assert_eq!(performer.map(ElementRef::from), Some(app.element("Accountant")));
    assert_ne!(app.world_rect("Check the receipt"), at);
    app.keys("Ctrl+Z");
    assert_eq!(app.text(), before);
    assert_eq!(app.world_rect("Check the receipt"), at);
}

#[test]
fn removing_the_picture_keeps_the_thing_and_deleting_takes_it_everywhere() {
    let mut app = Driver::bakery("Organisation");
    let clerk = app.element("Office clerk");
    app.click(app.middle("Office clerk"));
    app.key(Key::Backspace);
    assert!(app.document().contains(clerk));
    assert!(app.document().placement_of(app.view(), clerk).is_none());
    app.keys("Ctrl+Z");
    assert!(app.document().placement_of(app.view(), clerk).is_some());
    app.click(app.middle("Office clerk"));
    app.key(Key::Delete);
    assert!(!app.document().contains(clerk));
    app.keys("Ctrl+Z");
    assert!(app.document().contains(clerk));
    assert_eq!(app.selection(), [clerk], "undo restores the selection");
}

#[test]
fn copies_are_new_things_or_the_same_things_shown_again() {
    let mut app = Driver::bakery("Organisation");
    let people = app.document().roles().len();
    app.click(app.middle("Driver"));
    app.keys("Ctrl+C");
    assert!(app.clipboard.contains("Driver"));
    app.keys("Ctrl+V");
    assert_eq!(app.document().roles().len(), people + 1);
    app.keys("Ctrl+Z");
    assert_eq!(app.document().roles().len(), people);
    app.click_menu("Insert", "Free board");
    let board = app.view();
    app.keys("Ctrl+Shift+V");
    assert_eq!(app.document().roles().len(), people, "{:?}", app.notices());
    assert!(app.document().placement_of(board, app.element("Driver")).is_some());
}

#[test]
fn lines_of_text_become_steps() {
    let mut app = Driver::bakery("Refund");
    let steps = app.document().steps().len();
    "Say sorry\nOffer a coffee".clone_into(&mut app.clipboard);
    app.keys("Ctrl+V");
    assert_eq!(app.document().steps().len(), steps + 2);
    app.element("Offer a coffee");
    assert_eq!(app.steps().len(), 1, "{:?}", app.steps());
}

#[test]
fn everything_is_selected_and_ctrl_takes_one_out() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+A");
    let all = app.selection().len();
    assert!(all >= app.document().units().len() + app.document().roles().len());
    app.click_with(app.middle("Office clerk"), Modifiers::COMMAND);
    assert_eq!(app.selection().len(), all - 1);
    app.key(Key::Escape);
    assert!(app.selection().is_empty());
}

#[test]
fn fit_shows_everything_and_the_zoom_keys_keep_to_it() {
    let mut app = Driver::bakery("Bake");
    app.keys("Shift+1");
    let fitted = app.canvas().zoom();
    let seen = app.harness.ctx.content_rect();
    for name in ["Evening before", "Weigh the flour", "Van leaves"] {
        assert!(seen.contains(app.middle(name)), "{name} is in sight");
    }
    app.keys("Ctrl+Plus");
    assert!(app.canvas().zoom() > fitted);
    app.keys("Ctrl+0");
    assert!((app.canvas().zoom() - 1.0).abs() < 0.001);
    app.keys("Ctrl+F");
    app.write("taste the batch");
    app.key(Key::Enter);
    app.keys("Shift+2");
    assert!(seen.contains(app.middle("Taste the batch")));
    assert!(app.canvas().zoom() > 1.0);
}

#[test]
fn escape_goes_one_level_back_at_a_time() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    app.keys("Ctrl+K");
    assert!(app.asks());
    app.key(Key::Escape);
    assert!(!app.asks());
    assert_eq!(app.selection(), [app.element("Pay the refund")], "the dialog alone was closed");
    app.wish(remit::app::command::Command::Tool(remit::app::canvas::Tool::Connect));
    app.key(Key::Escape);
    assert_eq!(app.app().core.tool, remit::app::canvas::Tool::Select);
    assert_eq!(app.selection().len(), 1);
    app.key(Key::Escape);
    assert!(app.selection().is_empty());
}

#[test]
fn doubled_steps_become_one_and_one_undo_takes_it_back() {
    let mut app = Driver::bakery("Refund");
    let (steps, before) = (app.document().steps().len(), app.steps().len());
    let kept = app.element("Take the complaint");
    app.click(app.middle("Take the complaint"));
    app.click_with(app.middle("Pay the refund"), Modifiers::SHIFT);
    app.keys("Ctrl+J");
    assert_eq!(app.document().steps().len(), steps - 1);
    assert_eq!(app.steps().last().map(String::as_str), Some("Merge “Pay the refund” into “Take the complaint”"));
    assert!(app.document().contains(kept));
    assert_eq!(app.steps().len(), before + 1);
    app.keys("Ctrl+Z");
    app.element("Pay the refund");
    app.click(app.middle("Take the complaint"));
    app.keys("Ctrl+J");
    assert_eq!(app.document().steps().len(), steps, "one alone stays as it is");
}

#[test]
fn a_role_that_was_meant_as_a_unit_becomes_one() {
    let mut app = Driver::bakery("Organisation");
    app.click_menu("Insert", "Role");
    let free = app.canvas().screen_from_world(app.canvas().center_in_world()) + Vec2::new(0.0, 210.0);
    app.click(free);
    app.write("Second bakehouse");
    app.key(Key::Enter);
    app.settle();
    app.keys("Alt+R");
    app.click_on(Kind::MenuItem, "Unit");
    assert!(matches!(app.element("Second bakehouse"), ElementRef::Unit(_)));
    app.click(app.middle("Owner"));
    app.keys("Alt+R");
    assert_eq!(app.count(Kind::MenuItem, "Unit"), 0, "a role with holders and a place above others stays a role");
}

#[test]
fn a_new_element_and_its_name_are_one_step() {
    let mut app = Driver::bakery("Organisation");
    let (roles, before) = (app.document().roles().len(), app.steps().len());
    app.click_menu("Insert", "Role");
    let free = app.canvas().screen_from_world(app.canvas().center_in_world()) + Vec2::new(0.0, 210.0);
    app.click(free);
    app.write("Night baker");
    app.key(Key::Enter);
    assert_eq!(app.steps().len(), before + 1);
    app.keys("Ctrl+Z");
    assert_eq!(app.document().roles().len(), roles);
}
