//! Overlays on small charts.

use std::sync::Arc;

use super::*;
use crate::model::*;
use crate::scene::{ItemKind, Options, Scene, build};

/// A chart of a unit with three roles: one in the last class, one unknown, one without a reading.
fn chart() -> (Document, ViewId, [RoleId; 3], Options) {
    let mut document = Document::default();
    let unit = document.insert(Unit::new("Firm"));
    let roles = ["Owner", "Clerk", "Porter"].map(|name| document.insert(Role { unit: Some(unit), ..Role::new(name) }));
    let view = document.insert(View::new("Chart", ViewKind::organisation(None)));
    for element in [ElementRef::from(unit)].into_iter().chain(roles.map(ElementRef::from)) {
        document.insert(Placement::unplaced(view, element));
    }
    let classes = [("little", 0), ("much", 5)].map(|(label, depth)| (label.to_owned(), Some(depth), None));
    let readings = [(roles[0].into(), Ok((1, "112 %".to_owned()))), (roles[1].into(), Err("hours a week"))];
    let overlay = Overlay::new("Load", "work ÷ hours".to_owned(), classes, readings, None);
    (document, view, roles, Options { overlay: Some(Arc::new(overlay)), ..Options::default() })
}

/// All colours and texts of the group of an element.
fn drawn(scene: &Scene, element: ElementRef) -> (Vec<Colour>, Vec<String>) {
    fn gather(items: &[crate::scene::Item], colours: &mut Vec<Colour>, texts: &mut Vec<String>) {
        for item in items {
            match &item.kind {
                ItemKind::Rect(rect) => colours.extend(rect.style.fill),
                ItemKind::Path(path) => colours.extend(path.style.fill),
                ItemKind::Text(text) => texts.extend(text.lines.iter().map(|line| line.text.clone())),
                ItemKind::Icon(_) => {}
                ItemKind::Group(items) => gather(items, colours, texts),
            }
        }
    }
    let node = scene.nodes.iter().find(|node| node.element == element).unwrap();
    let (mut colours, mut texts) = Default::default();
    gather(std::slice::from_ref(&*scene.items[node.item]), &mut colours, &mut texts);
    (colours, texts)
}

#[test]
fn a_box_takes_its_class_and_shows_its_figure() {
    let (document, view, roles, options) = chart();
    for form in [ChartForm::Tree, ChartForm::Circles, ChartForm::Grid] {
        let mut document = document.clone();
        document.get_mut::<View>(view).unwrap().kind =
            ViewKind::Organisation { root: None, form, direction: FlowDirection::TopToBottom };
        let scene = build(&document, view, &options);
        let (colours, texts) = drawn(&scene, roles[0].into());
        assert!(colours.contains(&Colour::Ramp(5)), "{form:?} {colours:?}");
        assert!(texts.iter().any(|text| text == "112 %"), "{form:?} {texts:?}");
        let (colours, texts) = drawn(&scene, roles[2].into());
        assert!(!colours.iter().any(|colour| matches!(colour, Colour::Ramp(_) | Colour::TintFill(_))));
        assert_eq!(texts.len(), 1, "{texts:?}");
    }
}

#[test]
fn what_is_not_known_is_hatched_and_counted_with_what_is_missing() {
    let (document, view, roles, options) = chart();
    let overlay = options.overlay.clone().unwrap();
    let scene = build(&document, view, &options);
    let node = scene.nodes.iter().find(|node| node.element == ElementRef::from(roles[1])).unwrap();
    let ItemKind::Group(items) = &scene.items[node.item].kind else { panic!() };
    let hatch = |item: &crate::scene::Item| matches!(&item.kind, ItemKind::Path(path) if path.points.len() > 8);
    assert_eq!(items.iter().filter(|item| hatch(item)).count(), 1);
    assert!(items.iter().all(|item| node.rect.expand(1.0).contains_rect(item.bounds)));
    assert_eq!(overlay.unknown(&scene), [("hours a week", 1)]);
    assert_eq!(overlay.words(roles[1].into()).as_deref(), Some("Load: not known, missing: hours a week"));
    assert_eq!(overlay.words(roles[2].into()), None);
}

#[test]
fn a_legend_stays_within_its_width_and_names_every_class() {
    let (document, view, _, options) = chart();
    let overlay = options.overlay.clone().unwrap();
    let scene = build(&document, view, &options);
    for width in [120.0, 260.0, 900.0] {
        let items = overlay.legend(&scene, width);
        assert!(items.iter().all(|item| item.bounds.right() <= width + 0.5), "{width}");
        let texts: String = items
            .iter()
            .filter_map(|item| match &item.kind {
                ItemKind::Text(text) => {
                    Some(text.lines.iter().map(|line| format!("{} ", line.text)).collect::<String>())
                }
                _ => None,
            })
            .collect();
        for words in ["little", "much", "1 (hours"] {
            assert!(texts.contains(words), "{texts}");
        }
    }
}

#[test]
fn a_picture_under_another_overlay_is_the_one_that_would_be_drawn_afresh() {
    let (document, view, roles, options) = chart();
    let document = Arc::new(document);
    let plain = Arc::new(Options::default());
    let first = crate::scene::Picture::new(&document, view, &plain);
    let options = Arc::new(options);
    let second = first.after(&document, &options);
    assert_eq!(**second.scene(), build(&document, view, &options));
    let classes = [("little", 0), ("much", 5)].map(|(label, depth)| (label.to_owned(), Some(depth), None));
    let readings = [(roles[0].into(), Ok((0, "12 %".to_owned())))];
    let other = Overlay::new("Load", "work ÷ hours".to_owned(), classes, readings, None);
    let other = Arc::new(Options { overlay: Some(Arc::new(other)), ..Options::default() });
    let third = second.after(&document, &other);
    assert_eq!(**third.scene(), build(&document, view, &other));
    assert_eq!(**third.after(&document, &plain).scene(), build(&document, view, &plain));
}
