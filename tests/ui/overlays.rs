//! Overlays: chosen by key, menu and legend, explained, carried into exports.

use egui::accesskit::Role as Kind;
use egui::{Key, Modifiers};
use remit::analysis::OverlayKind;
use remit::app::command::Command;
use remit::model::*;
use remit::scene::Colour;

use crate::driver::Driver;

fn fills(driver: &Driver, name: &str) -> Vec<Colour> {
    fn gather(item: &remit::scene::Item, found: &mut Vec<Colour>) {
        match &item.kind {
            remit::scene::ItemKind::Rect(rect) => found.extend(rect.style.fill),
            remit::scene::ItemKind::Group(items) => items.iter().for_each(|item| gather(item, found)),
            _ => {}
        }
    }
    let element = driver.element(name);
    let scene = &driver.app().core.scenes[&driver.view()].scene;
    let node = scene.nodes.iter().find(|node| node.element == element).expect("it is shown");
    let mut found = Vec::new();
    gather(&scene.items[node.item], &mut found);
    found
}

#[test]
fn a_key_lays_one_overlay_after_the_other_and_leaves_again() {
    let mut window = Driver::bakery("Organisation");
    assert_ne!(window.count(Kind::Button, "Overlay: Load; choose another one"), 1);
    window.key(Key::F9);
    assert_eq!(window.app().core.overlay, Some(OverlayKind::Load));
    assert!((window.count(Kind::Button, "Overlay: Load; choose another one") == 1));
    assert!(fills(&window, "Owner").iter().any(|fill| matches!(fill, Colour::Ramp(_))));
    for _ in OverlayKind::ALL {
        window.key(Key::F9);
    }
    assert_eq!(window.app().core.overlay, None);
    assert!(!fills(&window, "Owner").iter().any(|fill| matches!(fill, Colour::Ramp(_))));
    window.key_with(Modifiers::SHIFT, Key::F9);
    assert_eq!(window.app().core.overlay, Some(OverlayKind::Findings));
    window.click_button("No overlay");
    assert_eq!(window.app().core.overlay, None);
}

#[test]
fn the_legend_says_how_many_are_not_known_and_leads_to_the_others() {
    let document = crate::driver::bakery();
    let role = Role { name: "Night watch".to_owned(), ..Role::new("x") };
    let mut driver = {
        let view = document.views().iter().find(|(_, view)| view.name == "Organisation").unwrap().0;
        let insert =
            remit::edit::Insert { records: vec![role.into()], show_in: vec![(view, Some(Point::new(0.0, -300.0)))] };
        let document = remit::edit::apply(&document, &insert.into()).unwrap().document;
        Driver::new(document, view)
    };
    driver.wish(Command::Action("overlay.coverage"));
    driver.settle();
    assert!(driver.reads("not known, something is missing: 1 (who holds the role)"));
    driver.click_button("Overlay: Coverage; choose another one");
    driver.click_on(Kind::MenuItem, "Overlay: waiting");
    assert_eq!(driver.app().core.overlay, Some(OverlayKind::Waiting));
}

#[test]
fn exported_pictures_carry_overlay_and_legend() {
    let mut window = Driver::bakery("Organisation");
    let plain = window.app().core.figures();
    assert!(plain.overlay.is_none());
    window.wish(Command::Action("overlay.load"));
    window.settle();
    window.harness.state_mut().wish(Command::CopyPicture { as_svg: true });
    window.frame();
    window.frame();
    let svg = window.clipboard.clone();
    for words in ["work ÷ hours a week", "from 100 %", "Load"] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(svg.contains("%</tspan>") || svg.contains("%</text>"));
}

#[test]
fn a_matrix_has_no_overlay_and_says_why() {
    let mut window = Driver::bakery("Rights");
    window.wish(Command::Action("overlay.load"));
    window.settle();
    assert_eq!(window.app().core.overlay, None);
    assert!(window.foot().contains("open a chart, a flow or a board first"), "{}", window.foot());
}

#[test]
fn figures_follow_an_edit() {
    let mut window = Driver::bakery("Organisation");
    window.wish(Command::Action("overlay.load"));
    window.settle();
    let owner = window.element("Owner");
    let figure = |window: &Driver| window.app().core.scene_options().overlay.as_ref().unwrap().words(owner).unwrap();
    let before = figure(&window);
    let person = {
        let document = window.document();
        let ElementRef::Role(role) = owner else { panic!() };
        document.get::<Role>(role).unwrap().holders[0].person
    };
    let edit = remit::edit::Replace::with(window.document(), person, |person: &mut Person| {
        person.hours_per_week = Some(person.hours_per_week.unwrap() * 2.0);
    });
    window.wish(remit::edit::Edit::from(edit.unwrap()));
    window.settle();
    assert_ne!(figure(&window), before);
    assert!(!window.app().core.looks_stale);
}
