//! Document operations, files, analysis, layout and pictures at 1,000, 10,000 and 50,000 elements.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::sync::Arc;

use divan::{Bencher, black_box};
use remit::analysis::figures::Ladders;
use remit::analysis::{CancelToken, Index, Memory, Settings, analyse};
use remit::edit::{Edit, Editor, MoveInView, Replace, apply};
use remit::layout::geometry as plane;
use remit::layout::request::{PortShape, RouteEdge, RouteRequest};
use remit::layout::routing::{self, Router};
use remit::model::*;
use remit::scene::{self, Mode, Options};
use remit::storage;
use remit::testkit::generate::{ladders, organisation};

const SIZES: [usize; 3] = [1_000, 10_000, 50_000];
const SEED: u64 = 7;

fn main() {
    divan::main();
}

fn rename(document: &Document) -> Edit {
    let (id, role) = document.roles().iter().next().expect("the generated organisation has roles");
    let record = Role { name: format!("{} again", role.name), ..role.clone() }.into();
    Replace { element: id.into(), record }.into()
}

fn largest_view(document: &Document, wanted: impl Fn(&ViewKind) -> bool) -> ViewId {
    let views = document.views().iter().filter(|(_, view)| wanted(&view.kind));
    let sized = views.map(|(id, _)| (document.placements_in(id).count(), id));
    sized.max().map(|(_, id)| id).expect("the generated organisation has such a view")
}

#[divan::bench(args = SIZES)]
fn document_clone(bencher: Bencher<'_, '_>, size: usize) {
    let document = organisation(size, SEED);
    bencher.bench_local(|| black_box(document.clone()));
}

#[divan::bench(args = SIZES)]
fn document_changes_after_one_edit(bencher: Bencher<'_, '_>, size: usize) {
    let before = organisation(size, SEED);
    let after = apply(&before, &rename(&before)).expect("a role can be renamed").document;
    bencher.bench_local(|| black_box(after.changes_since(&before)));
}

#[divan::bench(args = SIZES)]
fn edit_rename(bencher: Bencher<'_, '_>, size: usize) {
    let document = organisation(size, SEED);
    let edit = rename(&document);
    bencher.bench_local(|| black_box(apply(&document, &edit)));
}

#[divan::bench(args = SIZES)]
fn edit_move_one_box(bencher: Bencher<'_, '_>, size: usize) {
    let document = organisation(size, SEED);
    let view = largest_view(&document, |kind| !matches!(kind, ViewKind::Matrix(_)));
    let (_, placement) = document.placements_in(view).find(|(_, placement)| placement.center.is_some()).expect("a box");
    let center = placement.center.unwrap_or_default();
    let moves = vec![(placement.element, Point::new(center.x + 8.0, center.y))];
    let edit = Edit::from(MoveInView { view, moves });
    bencher.bench_local(|| black_box(apply(&document, &edit)));
}

#[divan::bench(args = SIZES)]
fn edit_undo_and_redo(bencher: Bencher<'_, '_>, size: usize) {
    let mut editor = Editor::new(organisation(size, SEED));
    let edit = rename(editor.document());
    editor.commit(&edit, 0.0).expect("a role can be renamed");
    bencher.bench_local(|| {
        editor.undo();
        editor.redo()
    });
}

#[divan::bench(args = SIZES)]
fn integrity_check(bencher: Bencher<'_, '_>, size: usize) {
    let document = organisation(size, SEED);
    bencher.bench_local(|| black_box(integrity::check(&document)));
}

#[divan::bench(args = SIZES)]
fn file_write(bencher: Bencher<'_, '_>, size: usize) {
    let document = organisation(size, SEED);
    bencher.bench_local(|| black_box(storage::to_string(&document)));
}

#[divan::bench(args = SIZES)]
fn file_read(bencher: Bencher<'_, '_>, size: usize) {
    let text = storage::to_string(&organisation(size, SEED));
    bencher.bench_local(|| black_box(storage::load_str(&text, "bench").is_ok()));
}

#[divan::bench(args = SIZES)]
fn analysis_of_everything(bencher: Bencher<'_, '_>, size: usize) {
    let document = Arc::new(organisation(size, SEED));
    bencher.bench_local(|| black_box(analyse(&document, &Settings::default(), &CancelToken::default())));
}

/// After renaming a role, with what the run before left behind, as in the window.
#[divan::bench(args = SIZES)]
fn analysis_after_one_edit(bencher: Bencher<'_, '_>, size: usize) {
    let document = organisation(size, SEED);
    let other = apply(&document, &rename(&document)).expect("a role can be renamed").document;
    let (mut memory, mut turn) = (Memory::default(), false);
    bencher.bench_local(|| {
        turn = !turn;
        let now = if turn { &document } else { &other };
        black_box(memory.analyse(now, &Settings::default(), &CancelToken::default()))
    });
}

#[divan::bench(args = [(500, 2_000), (20, 2_000), (1, 2_000)])]
fn analysis_of_limits(bencher: Bencher<'_, '_>, (decisions, limits): (usize, usize)) {
    let document = ladders(decisions, limits, SEED);
    let index = Index::new(&document);
    bencher.bench_local(|| black_box(Ladders::new(&document, &index, None)));
}

#[divan::bench(args = SIZES)]
fn scene_of_the_largest_chart(bencher: Bencher<'_, '_>, size: usize) {
    let document = organisation(size, SEED);
    let view = largest_view(&document, |kind| matches!(kind, ViewKind::Organisation { .. }));
    bencher.bench_local(|| black_box(scene::build(&document, view, &Options::default())));
}

#[divan::bench(args = SIZES)]
fn scene_of_the_largest_process(bencher: Bencher<'_, '_>, size: usize) {
    let document = organisation(size, SEED);
    let view = largest_view(&document, |kind| matches!(kind, ViewKind::Process { .. }));
    bencher.bench_local(|| black_box(scene::build(&document, view, &Options::default())));
}

#[divan::bench(args = SIZES)]
fn layout_of_the_largest_chart(bencher: Bencher<'_, '_>, size: usize) {
    let document = organisation(size, SEED);
    let view = largest_view(&document, |kind| matches!(kind, ViewKind::Organisation { .. }));
    bencher.bench_local(|| black_box(scene::arrange(&document, view, &Mode::Everything)));
}

/// A picture to route: boxes of all shapes in rows and columns that do not quite align, an edge and a tenth for each box,
/// most of them to a neighbour, one in a hundred to anywhere.
fn picture(count: usize) -> RouteRequest {
    let mut state = SEED;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let columns = ((count * 3) as f64).sqrt() as usize + 1;
    let mut request = RouteRequest::default();
    for index in 0..count {
        let (column, row) = (index % columns, index / columns);
        let (shape, width, height) = match random(10) {
            0 => (PortShape::Ellipse, 32.0, 32.0),
            1..4 => (PortShape::Rhomb, 40.0, 40.0),
            _ => (PortShape::Rectangle, 120.0 + 40.0 * random(2) as f64, 56.0),
        };
        let aside = if random(10) < 6 { 0.0 } else { random(40) as f64 - 20.0 };
        let center = plane::Point::new(column as f64 * 220.0 + 12.0 * random(4) as f64, row as f64 * 130.0 + aside);
        request.boxes.push(plane::Rect::from_center_size(center, plane::Size::new(width, height)));
        request.shapes.push(shape);
    }
    for _ in 0..count * 11 / 10 {
        let from = random(count);
        let near = [from + 1, from + 1, from + 1, from + 2, from + columns, from + columns + 1, from.saturating_sub(1)];
        let to = if random(100) == 0 { random(count) } else { near[random(near.len())].min(count - 1) };
        request.edges.push(RouteEdge::between(from, to));
    }
    request
}

#[divan::bench(args = [200, 1_000, 5_000])]
fn routes_of_a_whole_picture(bencher: Bencher<'_, '_>, boxes: usize) {
    let request = picture(boxes);
    bencher.bench_local(|| black_box(routing::route(&request)));
}

#[divan::bench(args = [200, 1_000, 5_000])]
fn routes_of_a_dragged_box(bencher: Bencher<'_, '_>, boxes: usize) {
    let request = picture(boxes);
    let middle = request.edges[request.edges.len() / 2].from;
    let to = request.boxes[middle].moved(30.0, 20.0);
    let router = Router::new(request);
    bencher.bench_local(|| black_box(router.after_move(&[(middle, to)])));
}
