//! Pictures and frames of the canvas at 1,000, 10,000 and 50,000 boxes, without a screen.
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
use remit::app::style;
use remit::model::ViewId;
use remit::scene::theme::Theme;
use remit::scene::{self, Options, Scene};
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
