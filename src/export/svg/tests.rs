//! Tests of scalable pictures.

use super::super::testing;
use super::*;
use crate::model::{Document, Unit, View, ViewKind};
use crate::scene::Options;

fn text_of(input: &Input<'_>) -> String {
    String::from_utf8(export(input).unwrap().bytes).unwrap()
}

/// Whether tags are balanced, attributes quoted, and no bare sign is left; the document's ids in order.
fn check_well_formed(text: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut ids = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>'), "a bare > before {}", &rest[start..]);
        let end = rest[start..].find('>').expect("a tag that ends") + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap().to_owned());
        }
        if let Some((_, id)) = tag.split_once(" id=\"") {
            ids.push(id.split('"').next().unwrap().to_owned());
        }
    }
    assert_eq!(open, Vec::<String>::new());
    for piece in text.split('&').skip(1) {
        let name = piece.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot"].contains(&name), "{name}");
    }
    ids
}

#[test]
fn every_view_is_well_formed_with_unique_ids_and_the_same_each_time() {
    let bakery = testing::bakery();
    for view in bakery.views() {
        for text_as_paths in [false, true] {
            let plain = Input::new(&bakery.document, Some(view), &bakery.options);
            let input = Input { title: true, legend: true, text_as_paths, ..plain };
            let text = text_of(&input);
            assert_eq!(text, text_of(&input));
            let ids = check_well_formed(&text);
            let mut unique = ids.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), ids.len());
            assert!(ids.len() > 5);
            assert_eq!(text.contains("<text"), !text_as_paths);
        }
    }
}

#[test]
fn names_with_signs_of_markup_are_escaped() {
    let mut document = Document::default();
    document.insert(Unit::new("R&D <\"new\">\u{1}"));
    let view = document.insert(View::new("Chart & more", ViewKind::organisation(None)));
    let options = Options::default();
    let text = text_of(&Input::new(&document, Some(view), &options));
    check_well_formed(&text);
    assert!(text.contains("R&amp;D &lt;&quot;new&quot;&gt;</title>"), "{text}");
}

#[test]
fn numbers_have_at_most_two_decimals() {
    let written = [0.0, -0.001, 1.5, -2.25, 10.999, 3.004].map(|number| Number(number).to_string());
    assert_eq!(written, ["0", "0", "1.5", "-2.25", "11", "3"]);
}

#[test]
fn a_unit_with_a_role_is_written_like_this() {
    use crate::model::{Date, Role};
    let mut document = Document::default();
    let unit = document.insert(Unit::new("Shop"));
    document.insert(Role { unit: Some(unit), vacant: true, ..Role::new("Manager") });
    let view = document.insert(View::new("Chart", ViewKind::organisation(None)));
    let options = Options::default();
    let date = Some(Date::constant(2026, 1, 31));
    let input = Input { title: true, date, ..Input::new(&document, Some(view), &options) };
    let text = text_of(&input);
    let without_icons: String =
        text.lines().filter(|line| !line.contains("<path transform")).map(|line| format!("{line}\n")).collect();
    insta::assert_snapshot!(without_icons);
}

/// Every line of text of a scene, in the order of painting.
fn lines_of<'a>(items: impl IntoIterator<Item = &'a Item>, lines: &mut Vec<String>) {
    for item in items {
        match &item.kind {
            ItemKind::Group(items) => lines_of(items.iter().collect::<Vec<_>>(), lines),
            ItemKind::Text(text) => lines.extend(text.lines.iter().map(|line| escaped(&line.text))),
            ItemKind::Rect(_) | ItemKind::Path(_) | ItemKind::Icon(_) => {}
        }
    }
}

/// What stands between tags of lines of text: in a `tspan`, or in a `text` without any.
fn written_lines(svg: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for piece in svg.split("<text ").skip(1) {
        let element = piece.split("</text>").next().unwrap();
        let content = element.split_once('>').unwrap().1;
        match content.contains("<tspan") {
            true => lines.extend(content.split("</tspan>").filter_map(|span| Some(span.split_once('>')?.1.to_owned()))),
            false => lines.push(content.to_owned()),
        }
    }
    lines
}

#[test]
fn text_is_broken_into_the_lines_of_the_canvas() {
    let bakery = testing::bakery();
    let mut several = 0;
    for view in bakery.views() {
        let scene = crate::scene::build(&bakery.document, view, &bakery.options);
        let mut drawn = Vec::new();
        lines_of(scene.items.iter().map(AsRef::as_ref).collect::<Vec<_>>(), &mut drawn);
        let svg = text_of(&Input::new(&bakery.document, Some(view), &bakery.options));
        let written = written_lines(&svg);
        assert_eq!(written, drawn.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>());
        several += svg.matches("<tspan").count();
    }
    assert!(several > 2, "names of two and more lines are among them");
}
