//! The panels around the view: navigator, tabs, inspector, findings, themes.

use egui::Key;
use egui::accesskit::Role as Kind;
use remit::app::command::{Command, ThemeChoice};
use remit::app::panels::SidePanel;
use remit::model::*;

use crate::driver::Driver;

#[test]
fn a_click_in_the_navigator_selects_and_shows() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+0");
    app.click_on(Kind::TreeItem, "Role Driver, Karim Said");
    assert_eq!(app.selection(), [app.element("Driver")]);
    let at = app.middle("Driver");
    assert!(app.harness.ctx.content_rect().shrink(40.0).contains(at), "it was brought into sight: {at}");
    app.focus("Find in this project");
    app.write("bake");
    app.click_on(Kind::TreeItem, "Process Bake");
    assert_eq!(app.front(), "Bake");
    assert!(app.is_selected(Kind::Tab, "Bake"));
}

#[test]
fn the_search_of_the_navigator_narrows_its_lists() {
    let mut app = Driver::bakery("Organisation");
    assert_eq!(app.count(Kind::TreeItem, "Unit Station"), 1);
    app.focus("Find in this project");
    app.write("baker");
    assert_eq!(app.count(Kind::TreeItem, "Unit Station"), 0);
    assert!(app.names(Kind::TreeItem).iter().any(|name| name.starts_with("Role Head baker")));
}

#[test]
fn tabs_change_close_and_come_back() {
    let mut app = Driver::bakery("Organisation");
    let tabs = app.names(Kind::Tab);
    assert!(tabs.len() >= 3, "{tabs:?}");
    app.click_on(Kind::Tab, "Refund");
    assert_eq!(app.front(), "Refund");
    app.keys("Ctrl+Tab");
    assert_eq!(app.front(), "Purchase");
    app.click_button("Close Purchase");
    assert_eq!(app.count(Kind::Tab, "Purchase"), 0);
    assert!(app.document().views().iter().any(|(_, view)| view.name == "Purchase"), "closing deletes nothing");
    app.focus("Find in this project");
    app.write("purchase");
    app.click_on(Kind::TreeItem, "Process Purchase");
    assert_eq!(app.front(), "Purchase");
    for _ in 0..tabs.len() {
        app.keys("Ctrl+W");
    }
    assert!(app.names(Kind::Tab).is_empty());
    assert!(app.app().core.active_view().is_none());
    assert!(app.reads("Who does what"), "the start page is back");
}

#[test]
fn a_field_of_the_inspector_is_one_step() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    app.fill("Name", "Hand out the money");
    app.element("Hand out the money");
    assert_eq!(app.steps().len(), 1, "{:?}", app.steps());
    app.keys("Ctrl+Z");
    app.element("Pay the refund");
    assert_eq!(app.steps().len(), 0);
}

#[test]
fn a_field_left_by_selecting_something_else_is_kept() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Pay the refund"));
    app.focus("Name");
    app.write_instead("Hand out the money");
    app.click(app.middle("Take the complaint"));
    app.element("Hand out the money");
    assert_eq!(app.selection(), [app.element("Take the complaint")]);
}

#[test]
fn a_value_that_cannot_be_read_is_explained_and_changes_nothing() {
    let mut app = Driver::bakery("Refund");
    let before = app.text();
    app.click(app.middle("Pay the refund"));
    app.focus("Work time");
    app.write_instead("soon");
    app.key(Key::Enter);
    assert_eq!(app.text(), before);
    assert_eq!(app.field("Work time"), "soon", "what was typed stays, to be mended");
    assert!(!app.all_names("soon").is_empty(), "the reason stands beneath the field");
    app.focus("Work time");
    app.write_instead("7 min");
    app.key(Key::Enter);
    let ElementRef::Step(step) = app.element("Pay the refund") else { panic!() };
    let work = app.document().get::<Step>(step).and_then(|step| step.work);
    assert!(work.is_some());
    assert_eq!(app.steps().len(), 1);
}

#[test]
fn fields_about_automation_open_below_their_heading_and_take_shares() {
    let mut app = Driver::bakery("Refund");
    let before = app.text();
    app.click(app.middle("Pay the refund"));
    assert!(app.all_names("Cases by rules").is_empty(), "nothing is stated, so it is folded");
    app.show_button("Automation");
    app.click_button("Automation");
    app.show_field("Exceptions");
    app.fill("Cases by rules", "80 %");
    app.fill("Exceptions", "0.05");
    assert!(app.text().contains("rule_based: 0.8"), "{}", app.text());
    assert!(app.text().contains("exceptions: 0.05"));
    assert_eq!(app.field("Exceptions"), "5 %");
    assert_eq!(
        app.steps(),
        ["Change share decided by rules of “Pay the refund”", "Change share of exceptions of “Pay the refund”"]
    );
    app.focus("Digital input");
    app.write_instead("120 %");
    app.key(Key::Enter);
    assert!(!app.text().contains("digital_input"), "no share is above all of it");
    app.focus("Digital input");
    app.write_instead("");
    app.key(Key::Enter);
    app.show_button("Automation");
    app.click_button("Automation");
    assert!(app.all_names("Cases by rules").is_empty(), "folded by hand");
    while app.text() != before && !app.steps().is_empty() {
        app.keys("Ctrl+Z");
    }
    assert_eq!(app.text(), before);
}

#[test]
fn hours_and_time_zones_are_read_as_people_write_them() {
    let mut app = Driver::bakery("Organisation");
    let unit = app.document().units().iter().next().map(|(_, unit)| unit.name.clone()).unwrap();
    app.click(app.middle(&unit));
    app.show_field("Working hours");
    app.fill("Working hours", "5-13.30");
    assert_eq!(app.field("Working hours"), "05:00 to 13:30");
    app.fill("Time zone", "UTC+1");
    assert!(app.text().contains("utc_offset: \"+01:00\""), "{}", app.text());
    app.focus("Working hours");
    app.write_instead("early");
    app.key(Key::Enter);
    let reason = "“early” is not hours of a day such as 08:00 to 16:30";
    assert!(!app.all_names(reason).is_empty(), "the reason stands beneath the field");
    assert!(app.text().contains("working_hours: \"05:00 to 13:30\""));
}

#[test]
fn a_range_is_typed_into_the_field_of_its_value_and_undone_at_once() {
    let mut app = Driver::bakery("Refund");
    let before = app.text();
    app.click(app.middle("Pay the refund"));
    app.fill("Work time", "8 to 20 min, mostly 12");
    assert_eq!(app.field("Work time"), "8–12–20 min");
    assert!(app.text().contains("work_range: \"8 min to 20 min\""), "{}", app.text());
    assert_eq!(app.steps(), ["Change work of “Pay the refund”"]);
    app.focus("Work time");
    app.write_instead("20-8 min");
    app.key(Key::Enter);
    let reason = "“20-8 min” is not a range from low over likely to high such as 8–12–20 min";
    assert!(!app.all_names(reason).is_empty(), "the reason stands beneath the field");
    app.fill("Work time", "9 min");
    assert!(!app.text().contains("work_range"), "a single value has no range");
    app.keys("Ctrl+Z");
    while app.text() != before && !app.steps().is_empty() {
        app.keys("Ctrl+Z");
    }
    assert_eq!(app.text(), before);
}

#[test]
fn a_click_on_a_finding_shows_its_evidence_and_its_numbers() {
    let mut app = Driver::bakery("Organisation");
    let finding = app.app().core.findings().first().cloned().expect("the bakery has findings");
    let label = format!("{}: {}. {}", finding.severity.word(), finding.title, finding.message);
    app.click_on(Kind::ListItem, &label);
    assert_eq!(app.app().core.focused_finding, Some(0));
    assert!(app.reads(&finding.formula.text), "{}", finding.formula.text);
    assert!(!app.selection().is_empty());
    app.click_on(Kind::ListItem, &label);
    assert_eq!(app.app().core.focused_finding, None);
    app.keys("F8");
    assert_eq!(app.app().core.focused_finding, Some(0));
    app.key(Key::Escape);
    assert_eq!(app.app().core.focused_finding, None);
}

#[test]
fn every_finding_can_be_shown_and_settles() {
    let mut app = Driver::bakery("Organisation");
    for index in 0..app.app().core.findings().len() {
        app.wish(Command::FocusFinding(Some(index)));
        assert_eq!(app.app().core.focused_finding, Some(index));
        assert!(!app.selection().is_empty(), "{:?}", app.app().core.focused().map(|finding| &finding.message));
    }
}

#[test]
fn a_fix_is_one_step_and_its_finding_goes() {
    let mut app = Driver::bakery("Organisation");
    let fixable = app
        .app()
        .core
        .findings()
        .iter()
        .position(|finding| finding.waived.is_none() && finding.remedies.iter().any(|remedy| remedy.fix.is_some()));
    let index = fixable.expect("the bakery has a finding with a fix");
    app.wish(Command::FocusFinding(Some(index)));
    let finding = app.app().core.focused().cloned().expect("it is shown");
    let fix = finding.remedies.iter().find_map(|remedy| remedy.fix.as_ref()).expect("a fix");
    let before = app.text();
    app.click_button(&format!("Preview: {}", fix.label));
    app.click_button("Apply");
    assert_eq!(app.steps().len(), 1, "{:?} {:?}", app.steps(), app.notices());
    let still =
        app.app().core.findings().iter().any(|new| new.rule == finding.rule && new.evidence == finding.evidence);
    assert!(!still, "{} is settled", finding.message);
    app.keys("Ctrl+Z");
    assert_eq!(app.text(), before);
}

#[test]
fn accepting_a_finding_needs_a_reason_and_a_name() {
    let mut app = Driver::bakery("Organisation");
    let count = app.findings().len();
    app.keys("F8");
    app.wish(Command::Action("analyse.waive"));
    app.click_button("Accept");
    assert!(app.reads("Write a reason"));
    app.focus("Reason");
    app.write("We know");
    app.click_button("Accept");
    assert!(app.reads("Write your name"));
    app.focus("Your name");
    app.write("Ana");
    app.focus("Until");
    app.write("tomorrow");
    app.click_button("Accept");
    assert!(app.reads("year-month-day"));
    assert_eq!(app.findings().len(), count);
    app.focus("Until");
    app.write_instead("2099-06-30");
    app.click_button("Accept");
    assert!(!app.asks());
    assert_eq!(app.findings().len(), count - 1);
    app.keys("Ctrl+Z");
    assert_eq!(app.findings().len(), count);
}

#[test]
fn the_theme_changes_from_the_menu_and_the_window_settles() {
    let mut app = Driver::bakery("Refund");
    for (entry, theme) in [
        ("Dark theme", ThemeChoice::Dark),
        ("High-contrast theme", ThemeChoice::Contrast),
        ("Light theme", ThemeChoice::Light),
    ] {
        app.click_menu("View", entry);
        assert_eq!(app.app().core.theme_choice(), theme);
        assert_eq!(app.harness.ctx.theme() == egui::Theme::Dark, theme == ThemeChoice::Dark);
    }
}

#[test]
fn panels_hide_and_come_back() {
    let mut app = Driver::bakery("Refund");
    app.keys("Ctrl+Period");
    assert!(app.names(Kind::TreeItem).is_empty());
    assert!(app.names(Kind::ListItem).is_empty());
    app.keys("Ctrl+Period");
    assert!(!app.names(Kind::TreeItem).is_empty());
    assert!(!app.names(Kind::ListItem).is_empty());
}

#[test]
fn undo_names_the_step_in_its_menu() {
    let mut app = Driver::bakery("Refund");
    app.click_button("Edit");
    assert!(!app.is_enabled(Kind::MenuItem, "Undo"));
    app.key(Key::Escape);
    app.click(app.middle("Pay the refund"));
    app.fill("Name", "Hand out");
    app.click_button("Edit");
    assert!(
        app.names(Kind::MenuItem).iter().any(|name| name.starts_with("Undo: rename")),
        "{:?}",
        app.names(Kind::MenuItem)
    );
}

#[test]
fn the_tab_of_a_view_opened_from_elsewhere_comes_into_sight() {
    let mut app = Driver::bakery("Organisation");
    app.harness.set_size(egui::Vec2::new(1000.0, 700.0));
    app.settle();
    app.keys("Ctrl+F");
    app.write("rights");
    app.key(Key::Enter);
    assert_eq!(app.front(), "Rights");
    let tab = app.place(Kind::Tab, "Rights");
    let hiring = app.place(Kind::Tab, "Order");
    assert!(tab.right() < 660.0, "the side panel begins there: {tab}");
    assert!(hiring.left() < tab.left());
}

#[test]
fn tools_and_zoom_do_not_lie_over_each_other_in_a_narrow_window() {
    for width in [1120.0, 1280.0, 1440.0] {
        let mut app = Driver::bakery("Refund");
        app.harness.set_size(egui::Vec2::new(width, 700.0));
        app.settle();
        app.settle();
        let (connect, out) = (app.place(Kind::Button, "Connect (C)"), app.place(Kind::Button, "Zoom out (Ctrl+Minus)"));
        assert!(connect.right() < out.left(), "{width}: {connect} {out}");
    }
}

#[test]
fn in_a_narrow_window_one_panel_gives_way_to_the_one_asked_for() {
    let mut app = Driver::bakery("Refund");
    app.harness.set_size(egui::Vec2::new(683.0, 512.0));
    app.settle();
    let shown = |app: &Driver| SidePanel::ALL.map(|side| app.app().core.shows(side));
    assert_eq!(shown(&app), [false, true], "findings matter more");
    let canvas = app.canvas().viewport();
    assert!(canvas.width() > 400.0, "{canvas}");
    app.keys("Ctrl+B");
    assert_eq!(shown(&app), [true, false], "asked for last");
    app.keys("Ctrl+Shift+B");
    assert_eq!(shown(&app), [false, true]);
    app.keys("Ctrl+Shift+B");
    assert_eq!(shown(&app), [true, false], "with the other one hidden there is room");
    app.keys("Ctrl+Shift+B");
    app.harness.set_size(egui::Vec2::new(1024.0, 768.0));
    app.settle();
    assert_eq!(shown(&app), [true, true]);
}

#[test]
fn nothing_at_the_foot_lies_on_another_thing_in_any_window() {
    let mut app = Driver::bakery("Refund");
    app.key(Key::F8);
    assert!(app.foot().contains("F8"));
    for width in [640.0, 683.0, 760.0, 853.0, 960.0, 1024.0, 1280.0, 1440.0, 1920.0] {
        app.harness.set_size(egui::Vec2::new(width, 700.0));
        app.settle();
        let busiest =
            app.names(Kind::Button).into_iter().find(|name| name.starts_with("Busiest")).expect("it is known");
        let block = app.names(Kind::Button).into_iter().find(|name| name.ends_with(": block")).expect("some block");
        let (busiest, block) = (app.place(Kind::Button, &busiest), app.place(Kind::Button, &block));
        assert!(busiest.right() < block.left(), "{width}: {busiest} {block}");
        assert!(block.bottom() <= 700.0 && busiest.left() > 0.0);
    }
}

#[test]
fn a_picture_shown_whole_stays_whole_in_a_window_of_another_size_until_it_is_moved() {
    let mut app = Driver::bakery("Refund");
    let steps = ["Take the complaint", "Pay the refund"];
    let sees_all = |app: &Driver| {
        let seen = app.canvas().viewport();
        steps.iter().all(|name| seen.contains(app.middle(name)))
    };
    assert!(sees_all(&app));
    let first = app.canvas().zoom();
    assert!(first < 1.0, "{first}");
    app.harness.set_size(egui::Vec2::new(1200.0, 760.0));
    app.settle();
    let smaller = app.canvas().zoom();
    assert!(sees_all(&app) && smaller < first, "{smaller} after {first}");
    app.harness.set_size(egui::Vec2::new(1280.0, 800.0));
    app.settle();
    assert!(sees_all(&app) && app.canvas().zoom() > smaller);
    // Somebody who went near wants to stay there.
    app.keys("Ctrl+Plus");
    let near = app.canvas().zoom();
    app.harness.set_size(egui::Vec2::new(900.0, 600.0));
    app.settle();
    assert!((app.canvas().zoom() - near).abs() < 1e-6);
    app.keys("Shift+1");
    assert!(sees_all(&app));
    app.harness.set_size(egui::Vec2::new(760.0, 560.0));
    app.settle();
    assert!(sees_all(&app), "all was asked for");
}

#[test]
fn a_panel_keeps_the_width_that_it_was_given() {
    let mut app = Driver::bakery("Refund");
    let edge = app.canvas().viewport().left();
    let grip = egui::pos2(edge - 2.0, 400.0);
    app.drag(grip, grip + egui::Vec2::new(60.0, 0.0));
    let after = app.canvas().viewport().left();
    assert!((after - edge - 60.0).abs() <= 3.0, "{edge} {after}");
    let width = app.app().core.preferences.extent("navigator").expect("it was given by hand");
    assert!((width - after).abs() < 1.0, "{width} {after}");
}

#[test]
fn an_example_in_an_empty_field_is_not_taken_for_a_value() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Check the receipt"));
    assert_eq!(app.field("Waiting"), "", "the step says nothing about waiting");
    assert_eq!(app.field("Work time"), "10 min");
}

#[test]
fn a_role_shows_its_card_and_the_card_leads_to_what_it_names() {
    let mut app = Driver::bakery("Organisation");
    let owner = app.element("Owner");
    app.wish(Command::Select(vec![owner]));
    app.click_on(Kind::RadioButton, "Card");
    assert!(app.reads("Decides") && app.reads("Works on") && app.reads("Gets work from"));
    app.click_button("Copy as text");
    let decision = app.document().decisions().iter().next().expect("there are decisions").1.name.clone();
    app.click_on(Kind::TreeItem, &decision);
    let selected: Vec<&str> = app.selection().iter().map(|element| app.document().name_of(*element)).collect();
    assert_eq!(selected, [decision]);
}

#[test]
fn several_elements_of_a_kind_are_changed_in_one_step() {
    let mut app = Driver::bakery("Rights");
    let decisions: Vec<DecisionId> = app.document().decisions().ids().take(3).collect();
    let selected: Vec<ElementRef> = decisions.iter().map(|id| (*id).into()).collect();
    app.wish(Command::Select(selected.clone()));
    assert!(app.reads("3 decisions"));
    app.fill("Area", "Cash");
    let areas = |app: &Driver| {
        let area = |id: &DecisionId| app.document().get::<Decision>(*id).map(|decision| decision.area.clone());
        decisions.iter().filter_map(area).collect::<Vec<_>>()
    };
    assert_eq!(areas(&app), ["Cash"; 3], "{:?}", app.notices());
    assert_eq!(app.steps(), ["Change “Area” of 3 decisions"]);
    assert_eq!(app.selection(), selected);
    app.keys("Ctrl+Z");
    assert_ne!(areas(&app), ["Cash"; 3]);
}

#[test]
fn a_message_stays_within_a_small_window_with_all_its_steps() {
    let mut app = Driver::bakery("Refund");
    app.harness.set_size(egui::Vec2::new(683.0, 512.0));
    let words = "Another program changed “a-long-name-of-a-file-2026.ron”. Your changes are not in it.";
    let notice = remit::app::notice::Notice::failure(words)
        .with_step("Save mine elsewhere…", Command::Action("file.save-as"))
        .with_step("Open theirs, drop mine", Command::Back);
    app.wish(Command::Notify(notice));
    app.settle();
    for label in ["Save mine elsewhere…", "Open theirs, drop mine", "Dismiss"] {
        let place = app.place(Kind::Button, label);
        assert!(place.left() > 0.0 && place.right() < 683.0 && place.bottom() < 512.0, "{label}: {place}");
    }
    app.click_button("Open theirs, drop mine");
    assert!(app.notices().is_empty());
}
