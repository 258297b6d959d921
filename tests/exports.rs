//! Small pictures of the bakery's views as the export makes them, compared with those in `tests/snapshots/exports`.
//!
//! They are made by the processor alone. `UPDATE_SNAPSHOTS=true` makes them anew; a picture that differs is left beside
//! the stored one as `NAME.new.png`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::path::{Path, PathBuf};

use remit::model::*;
use remit::scene::Options;

/// Pixels per world unit: enough to see what moved, little enough to be kept with the sources.
const SCALE: f32 = 0.3;
/// The most by which the colours of two pictures may differ on average, of 255: other processors round otherwise.
const TOLERANCE: f64 = 0.2;

struct Pixels {
    size: (u32, u32),
    bytes: Vec<u8>,
}

fn decode(png: &[u8]) -> Pixels {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("a picture");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a small picture")];
    let frame = reader.next_frame(&mut bytes).expect("pixels");
    bytes.truncate(frame.buffer_size());
    Pixels { size: (frame.width, frame.height), bytes }
}

/// Mean difference of two pictures of the same size; none where the sizes differ.
fn difference(a: &Pixels, b: &Pixels) -> Option<f64> {
    if a.size != b.size || a.bytes.len() != b.bytes.len() {
        return None;
    }
    let sum: f64 = a.bytes.iter().zip(&b.bytes).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    Some(sum / a.bytes.len() as f64)
}

fn bakery() -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_orgs/bakery.ron");
    remit::storage::load(&path).expect("the sample is sound").0
}

fn picture(document: &Document, view: ViewId) -> Vec<u8> {
    let options = Options::default();
    let input = remit::export::Input { scale: SCALE, ..remit::export::Input::new(document, Some(view), &options) };
    let format = remit::export::format("png").expect("pictures can be made");
    (format.export)(&input).expect("the view can be drawn").bytes
}

/// What is wrong with the picture of a view; none where it is like the stored one.
fn compare(name: &str, png: &[u8]) -> Option<String> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/exports");
    let stored = folder.join(format!("{name}.png"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        std::fs::write(&stored, png).expect("the picture is written");
        return None;
    }
    let expected = std::fs::read(&stored).map(|bytes| decode(&bytes));
    let problem = match expected.as_ref().map(|expected| difference(expected, &decode(png))) {
        Ok(Some(mean)) if mean <= TOLERANCE => return None,
        Ok(Some(mean)) => format!("{name} differs by {mean:.2} of 255 on average"),
        Ok(None) => format!("{name} has another size"),
        Err(error) => format!("{name}: {error}"),
    };
    let _ = std::fs::write(folder.join(format!("{name}.new.png")), png);
    Some(problem)
}

#[test]
fn the_views_of_the_bakery_look_as_they_did() {
    let document = bakery();
    let mut problems = Vec::new();
    for (id, view) in document.views().iter() {
        problems.extend(compare(&view.name.to_lowercase(), &picture(&document, id)));
    }
    assert!(problems.is_empty(), "{problems:#?}\nLook at tests/snapshots/exports/*.new.png.");
}

#[test]
fn the_pocket_cards_of_the_bakery_look_as_they_did() {
    use remit::export::{Input, PocketOf, format};

    let document = bakery();
    let options = Options::default();
    let manager = document.roles().iter().find(|(_, role)| role.name == "Manager Station").expect("a role").0;
    let station = document.units().iter().find(|(_, unit)| unit.name == "Station").expect("a unit").0;
    let mut problems = Vec::new();
    for (name, of) in [
        ("pocket", PocketOf::Everybody),
        ("pocket-manager", PocketOf::Role(manager)),
        ("pocket-station", PocketOf::Unit(station)),
    ] {
        let input = Input { scale: SCALE, pocket: Some(of), ..Input::new(&document, None, &options) };
        let made = (format("png").expect("pictures can be made").export)(&input).expect("a card");
        assert_eq!(made.warnings, [""; 0]);
        problems.extend(compare(name, &made.bytes));
    }
    assert!(problems.is_empty(), "{problems:#?}\nLook at tests/snapshots/exports/*.new.png.");
}

#[test]
fn the_same_document_gives_the_same_picture_to_the_byte() {
    let document = bakery();
    let view = document.views().ids().next().expect("the bakery has views");
    assert_eq!(picture(&document, view), picture(&bakery(), view));
}

#[test]
fn a_moved_box_is_noticed() {
    let document = bakery();
    let view = document.views().iter().find(|(_, view)| view.name == "Refund").expect("the bakery has the view").0;
    let step = document.steps().iter().find(|(_, step)| step.name == "Check the receipt").expect("the step").0;
    let center = document.placement_of(view, step.into()).and_then(|(_, placement)| placement.center).expect("placed");
    let moves = vec![(step.into(), Point { x: center.x, y: center.y + 30.0 })];
    let edit = remit::edit::MoveInView { view, moves }.into();
    let moved = remit::edit::apply(&document, &edit).expect("it can be moved").document;
    let mean = difference(&decode(&picture(&document, view)), &decode(&picture(&moved, view)));
    assert!(mean.is_none_or(|mean| mean > TOLERANCE), "{mean:?}");
}

#[test]
fn a_matrix_is_cut_into_pages_with_headings_on_each() {
    use remit::export::{Input, Paper, format, page_count};
    use remit::scene::Options;

    let document = remit::testkit::generate::matrix(60, 40);
    let view = document.views().ids().next();
    let options = Options::default();
    let (_, paper) = Paper::NAMED[0];
    let input = Input { title: true, ..Input::new(&document, view, &options) };
    let count = page_count(&input, paper);
    assert!(count > 4, "{count} pages");
    let svg = format("svg").expect("there is SVG");
    let mut names: Vec<String> = Vec::new();
    for number in 0..count {
        let output = (svg.export)(&Input { page: Some((paper, number)), ..input }).expect("a page");
        let text = String::from_utf8(output.bytes).expect("SVG is text");
        assert!(text.contains(&format!("Rights ({} of {count})", number + 1)), "page {number} is named");
        assert!(text.contains("Area "), "the group of its rows is named");
        let size = |name: &str| {
            let start = text.find(&format!(" {name}=\"")).expect("a size") + name.len() + 3;
            text[start..].split('"').next().and_then(|size| size.parse::<f32>().ok()).expect("a number")
        };
        assert!(size("width") <= 1123.0 && size("height") <= 794.0, "page {number} fits the paper");
        names.extend((0..60).map(|at| format!(">Decide on thing {at}<")).filter(|name| text.contains(name)));
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 60, "every row is on a page");
    let beyond = (svg.export)(&Input { page: Some((paper, count)), ..input });
    assert!(beyond.is_err());
}
