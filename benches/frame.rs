//! Pictures and frames of the canvas at 1,000, 10,000 and 50,000 boxes, and of a matrix of 500 × 200, without a screen.
//!
//! `cargo run --release --example measure -- frames 100` shows more: tessellation, zooming, dragging, whole windows.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::sync::Arc;

use divan::{Bencher, black_box};
use egui::{Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Vec2};
use remit::app::App;
use remit::app::canvas::{CanvasState, canvas_ui};
use remit::app::command::{Arranging, CameraMove, Command};
use remit::app::core::Core;
use remit::app::jobs::Jobs;
use remit::app::matrix::{MatrixState, SortBy, matrix_ui};
use remit::app::style;
use remit::edit::{CellLetter, Edit, SetCells};
use remit::model::*;
use remit::scene::theme::Theme;
use remit::scene::{self, Options, Scene};
use remit::storage::preferences::Preferences;
use remit::testkit::generate;

const SIZES: [usize; 3] = [1_000, 10_000, 50_000];
const SEED: u64 = 7;

fn main() {
    divan::main();
}

/// A canvas on an arranged chart.
struct Stage {
    core: Core,
    view: ViewId,
    scene: Arc<Scene>,
    ctx: Context,
    state: CanvasState,
    frames: u32,
}

impl Stage {
    fn new(boxes: usize, camera: CameraMove) -> Self {
        let mut app = App::for_tests(generate::chart(boxes, SEED));
        let view = app.core.active_view().expect("the chart is open");
        app.wish(Command::Arrange { view, how: Arranging::EVERYTHING });
        app.logic(&Context::default());
        let core = app.core;
        let scene = Arc::new(scene::build(core.document(), view, &Options::default()));
        let ctx = Context::default();
        style::install_fonts(&ctx);
        style::apply(&ctx, Theme::light(), false);
        let mut stage = Self { core, view, scene, ctx, state: CanvasState::default(), frames: 0 };
        stage.state.request(camera);
        // The glide to the place asked for ends before the paper is moved.
        (0..20).for_each(|_| stage.frame(Vec2::ZERO));
        (0..20).for_each(|_| stage.pan());
        stage
    }

    /// One frame in which the paper moves a little.
    fn pan(&mut self) {
        let way = if (self.frames / 20).is_multiple_of(2) { 1.0 } else { -1.0 };
        self.frame(Vec2::new(9.0, 5.0) * way);
    }

    /// One frame in which the wheel turns by so much, tessellated.
    fn frame(&mut self, delta: Vec2) {
        self.frames += 1;
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Trackpad,
            modifiers: Modifiers::NONE,
        };
        let events =
            if delta == Vec2::ZERO { Vec::new() } else { vec![Event::PointerMoved(Pos2::new(640.0, 400.0)), wheel] };
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1280.0, 800.0))),
            time: Some(f64::from(self.frames) / 60.0),
            events,
            focused: true,
            ..RawInput::default()
        };
        let (core, view, scene, state) = (&self.core, self.view, &self.scene, &mut self.state);
        let output = self.ctx.run_ui(input, |ui| canvas_ui(ui, core, (view, scene, None), state, &mut Vec::new()));
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
    }
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn scene_of_a_chart(bencher: Bencher<'_, '_>, boxes: usize) {
    let document = generate::chart(boxes, SEED);
    let view = document.views().ids().next().expect("the generated chart has a view");
    bencher.bench_local(|| black_box(scene::build(&document, view, &Options::default())));
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn frame_at_100_per_cent(bencher: Bencher<'_, '_>, boxes: usize) {
    let mut stage = Stage::new(boxes, CameraMove::ActualSize);
    bencher.bench_local(|| stage.pan());
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn frame_of_the_whole_chart(bencher: Bencher<'_, '_>, boxes: usize) {
    let mut stage = Stage::new(boxes, CameraMove::FitAll);
    bencher.bench_local(|| stage.pan());
}

/// A matrix of 500 decisions and 200 roles with seven letters in each row, in a window of its own.
struct Matrix {
    app: App,
    view: ViewId,
    ctx: Context,
    state: MatrixState,
    frames: u32,
}

impl Matrix {
    fn new() -> Self {
        let document = generate::matrix(500, 200);
        let view = document.views().ids().next().expect("the generated matrix has a view");
        let ctx = Context::default();
        style::install_fonts(&ctx);
        style::apply(&ctx, Theme::light(), false);
        // Analysis runs beside the window, as for its users.
        let app = App::new(document, None, Preferences::default(), Jobs::with_worker(|| {}));
        let mut matrix = Self { app, view, ctx, state: MatrixState::default(), frames: 0 };
        (0..10).for_each(|_| matrix.frame(Vec2::ZERO));
        matrix
    }

    /// One frame in which the wheel turns by so much, tessellated.
    fn frame(&mut self, delta: Vec2) {
        self.frames += 1;
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Trackpad,
            modifiers: Modifiers::NONE,
        };
        let events =
            if delta == Vec2::ZERO { Vec::new() } else { vec![Event::PointerMoved(Pos2::new(640.0, 400.0)), wheel] };
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1280.0, 800.0))),
            time: Some(f64::from(self.frames) / 60.0),
            events,
            focused: true,
            ..RawInput::default()
        };
        let (core, view, state) = (&self.app.core, self.view, &mut self.state);
        let output = self.ctx.run_ui(input, |ui| matrix_ui(ui, core, view, state, &mut Vec::new()));
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
    }

    /// Makes a change, and the frame that shows it.
    fn change(&mut self, commands: Vec<Command>) {
        for command in commands {
            self.app.wish(command);
        }
        self.app.logic(&self.ctx);
        self.frame(Vec2::ZERO);
    }

    fn letter(&self, row: usize, letter: &str) -> Command {
        let document = self.app.core.document();
        let decision = document.decisions().ids().nth(row).expect("there are 500");
        let role = document.roles().ids().nth(3).expect("there are 200");
        let cells = SetCells::one(Subject::Decision(decision), Actor::Role(role), vec![CellLetter::new(letter)]);
        Edit::from(cells).into()
    }
}

#[divan::bench(sample_count = 50)]
fn matrix_of_500_by_200_scrolled(bencher: Bencher<'_, '_>) {
    let mut matrix = Matrix::new();
    bencher.bench_local(|| {
        let way = if (matrix.frames / 20).is_multiple_of(2) { -1.0 } else { 1.0 };
        matrix.frame(Vec2::new(24.0, 40.0) * way);
    });
}

#[divan::bench(sample_count = 50)]
fn matrix_of_500_by_200_one_letter(bencher: Bencher<'_, '_>) {
    let mut matrix = Matrix::new();
    let mut row = 0;
    bencher.bench_local(|| {
        row += 1;
        let letter = matrix.letter(row % 500, if row % 2 == 0 { "C" } else { "I" });
        matrix.change(vec![letter]);
    });
}

#[divan::bench(sample_count = 20)]
fn matrix_of_500_by_200_block_of_50_by_50(bencher: Bencher<'_, '_>) {
    let mut matrix = Matrix::new();
    let mut round = 0;
    bencher.bench_local(|| {
        round += 1;
        let line = vec![if round % 2 == 0 { "C" } else { "I" }; 50].join("\t");
        let block = vec![line; 50].join("\n");
        let commands = matrix.state.pasted(&matrix.app.core, &block);
        matrix.change(commands);
    });
}

#[divan::bench(sample_count = 50)]
fn matrix_of_500_by_200_sorted(bencher: Bencher<'_, '_>) {
    let mut matrix = Matrix::new();
    bencher.bench_local(|| {
        matrix.state.filter().sort_by(SortBy::Count);
        matrix.frame(Vec2::ZERO);
    });
}

#[divan::bench(sample_count = 50)]
fn matrix_of_500_by_200_filtered(bencher: Bencher<'_, '_>) {
    let mut matrix = Matrix::new();
    let mut round = 0;
    bencher.bench_local(|| {
        round += 1;
        matrix.state.filter().rows = format!("thing {}", round % 10);
        matrix.frame(Vec2::ZERO);
    });
}
