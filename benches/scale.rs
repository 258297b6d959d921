//! Document operations, files, analysis, layout and pictures at 1,000, 10,000 and 50,000 elements.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::sync::Arc;

use divan::{Bencher, black_box};
use remit::analysis::{CancelToken, Settings, analyse};
use remit::edit::{Edit, Editor, MoveInView, Replace, apply};
use remit::model::*;
use remit::scene::{self, Mode, Options};
use remit::storage;
use remit::testkit::generate::organisation;

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
