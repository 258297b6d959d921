//! `frames FRAMES [SCENE]`: frames of the real canvas and of the whole window, without a screen.
//!
//! Every scene is shown whole, panned whole, zoomed, panned at 100 %, and one of its boxes is dragged; then whole windows
//! are drawn while the pointer moves, while a role is renamed and the change undone, while a box is moved, and while a
//! step is added to a large process. Prints for each: scene, boxes, median milliseconds to build the shapes, to
//! tessellate them, and of both, vertices, triangles and shapes of the last frame, milliseconds of the slowest frame,
//! mean milliseconds of processor time of the drawing thread (to be read where other programs run beside). Where
//! FRAMES is 0 nothing is timed. SCENE is the beginning of a name.

use std::sync::Arc;
use std::time::Instant;

use egui::epaint::Primitive;
use egui::{
    Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase, Vec2,
};
use remit::analysis::{CancelToken, Settings, analyse};
use remit::app::App;
use remit::app::canvas::{CanvasState, canvas_ui};
use remit::app::command::{Arranging, CameraMove, Command};
use remit::app::core::Core;
use remit::app::jobs::Jobs;
use remit::app::style;
use remit::app::tally::Tally;
use remit::edit::{AddNode, Edit, MoveInView, Replace};
use remit::model::*;
use remit::scene::theme::Theme;
use remit::scene::{self, Scene};
use remit::storage::preferences::Preferences;
use remit::testkit::generate;

const SEED: u64 = 7;
const SIZE: Vec2 = Vec2::new(1280.0, 800.0);
const FRAME_SECS: f64 = 1.0 / 60.0;
/// Frames before those that count: glides end, texts are laid out, vectors have grown.
const WARM_UP: usize = 30;

/// Runs the kind with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (frames, wanted) = match arguments {
        [frames] => (frames, ""),
        [frames, scene] => (frames, scene.as_str()),
        _ => return Err("needs FRAMES".to_owned()),
    };
    let frames: usize = frames.parse().map_err(|_| "FRAMES is no number".to_owned())?;
    for boxes in [1_000, 5_000, 20_000, 50_000] {
        canvas(&format!("chart of {boxes}"), wanted, frames, || generate::chart(boxes, SEED))?;
    }
    for nodes in [1_000, 5_000] {
        canvas(&format!("process of {nodes}"), wanted, frames, || generate::process(nodes, SEED))?;
    }
    for elements in [1_000, 10_000, 50_000] {
        let document = || generate::organisation(elements, SEED);
        window(&format!("window on {elements}"), wanted, frames, document, rename_role);
    }
    for elements in [10_000, 50_000] {
        let document = || generate::organisation(elements, SEED);
        window(&format!("window on {elements}, moving"), wanted, frames, document, move_box);
    }
    for nodes in [1_000, 5_000] {
        window(
            &format!("window on a process of {nodes}, adding"),
            wanted,
            frames,
            || generate::process(nodes, SEED),
            add_step,
        );
        window(
            &format!("window on a process of {nodes}, moving"),
            wanted,
            frames,
            || generate::process(nodes, SEED),
            move_box,
        );
    }
    Ok(())
}

/// One frame in figures.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    build_ms: f64,
    tessellate_ms: f64,
    vertices: usize,
    triangles: usize,
    shapes: usize,
    cpu_ms: f64,
}

/// Processor time of this thread so far; nothing where the system does not say.
fn cpu_ms() -> f64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.as_deref().and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or(f64::NAN, |spent| spent / 1e6)
}

impl Frame {
    fn total_ms(&self) -> f64 {
        self.build_ms + self.tessellate_ms
    }
}

/// The toolkit without a screen.
struct Stage {
    ctx: Context,
    secs: f64,
}

impl Stage {
    fn new() -> Self {
        let ctx = Context::default();
        style::install_fonts(&ctx);
        style::apply(&ctx, Theme::light(), false);
        Self { ctx, secs: 0.0 }
    }

    fn frame(&mut self, events: Vec<Event>, draw: impl FnMut(&mut egui::Ui)) -> Frame {
        self.secs += FRAME_SECS;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.secs),
            events,
            focused: true,
            ..RawInput::default()
        };
        let (start, cpu_before) = (Instant::now(), cpu_ms());
        let mut output = self.ctx.run_ui(input, draw);
        // Nobody has a screen to put them on.
        output.textures_delta.clear();
        let build_ms = start.elapsed().as_secs_f64() * 1000.0;
        let shapes = output.shapes.len();
        let start = Instant::now();
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let tessellate_ms = start.elapsed().as_secs_f64() * 1000.0;
        let cpu_ms = cpu_ms() - cpu_before;
        let mut frame = Frame { build_ms, tessellate_ms, shapes, cpu_ms, ..Frame::default() };
        for primitive in &primitives {
            if let Primitive::Mesh(mesh) = &primitive.primitive {
                frame.vertices += mesh.vertices.len();
                frame.triangles += mesh.indices.len() / 3;
            }
        }
        frame
    }
}

/// What the hand does in a row of frames: a name, where the camera begins, and the events of a frame by its number.
struct Motion {
    name: &'static str,
    camera: CameraMove,
    events: fn(usize, Pos2) -> Vec<Event>,
}

const MOTIONS: &[Motion] = &[
    Motion { name: "whole", camera: CameraMove::FitAll, events: |_, at| vec![Event::PointerMoved(at)] },
    Motion { name: "whole, panning", camera: CameraMove::FitAll, events: pan },
    Motion { name: "whole, zooming", camera: CameraMove::FitAll, events: zoom },
    Motion { name: "whole, dragging one", camera: CameraMove::FitAll, events: drag },
    Motion { name: "100 %, panning", camera: CameraMove::ActualSize, events: pan },
    Motion { name: "100 %, dragging one", camera: CameraMove::ActualSize, events: drag },
];

fn pan(frame: usize, at: Pos2) -> Vec<Event> {
    let way = if (frame / 20).is_multiple_of(2) { 1.0 } else { -1.0 };
    let delta = Vec2::new(9.0, 5.0) * way;
    let wheel = Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Trackpad,
        modifiers: Modifiers::NONE,
    };
    vec![Event::PointerMoved(at), wheel]
}

fn zoom(frame: usize, at: Pos2) -> Vec<Event> {
    let factor = if (frame / 20).is_multiple_of(2) { 1.04 } else { 1.0 / 1.04 };
    vec![Event::PointerMoved(at), Event::Zoom(factor)]
}

/// Presses in the first frame and never lets go.
fn drag(frame: usize, at: Pos2) -> Vec<Event> {
    let angle = frame as f32 * 0.1;
    let to = at + Vec2::angled(angle) * 60.0 - Vec2::new(60.0, 0.0);
    let press =
        Event::PointerButton { pos: at, button: PointerButton::Primary, pressed: true, modifiers: Modifiers::NONE };
    if frame == 0 { vec![Event::PointerMoved(at), press] } else { vec![Event::PointerMoved(to)] }
}

/// Rows of one canvas.
fn canvas(name: &str, wanted: &str, frames: usize, document: impl FnOnce() -> Document) -> Result<(), String> {
    if !name.starts_with(wanted) {
        return Ok(());
    }
    let mut app = App::for_tests(document());
    let view = app.core.active_view().ok_or("the document has no view")?;
    app.wish(Command::Arrange { view, how: Arranging::EVERYTHING });
    app.logic(&Context::default());
    let report = analyse(app.core.editor.document(), &Settings::default(), &CancelToken::default());
    if let Ok(report) = report {
        let tally = Tally::of(app.core.document(), &report, app.core.scene_options(), None);
        app.core.take_report(Arc::new(report), Arc::new(tally));
    }
    let mut core = app.core;
    let scene = Arc::new(scene::build(core.document(), view, core.scene_options()));
    for motion in MOTIONS {
        core.editor.selection.clear();
        let shown = move_over(&mut core, view, &scene, motion, frames);
        print(&format!("{name}: {}", motion.name), scene.nodes.len(), &shown);
    }
    Ok(())
}

fn move_over(core: &mut Core, view: ViewId, scene: &Arc<Scene>, motion: &Motion, frames: usize) -> Vec<Frame> {
    let mut stage = Stage::new();
    let mut state = CanvasState::default();
    let draw = |stage: &mut Stage, state: &mut CanvasState, core: &mut Core, events: Vec<Event>| {
        let mut commands = Vec::new();
        let frame = stage.frame(events, |ui| canvas_ui(ui, core, (view, scene, None), state, &mut commands));
        for command in commands {
            if let Command::Select(elements) = command {
                core.editor.selection = elements;
            }
        }
        frame
    };
    state.request(motion.camera);
    for _ in 0..WARM_UP {
        draw(&mut stage, &mut state, core, Vec::new());
    }
    let middle = state.center_in_world();
    let nearest = scene.nodes.iter().map(|node| node.rect.center()).min_by(|a, b| {
        let distance = |point: &Pos2| (*point - middle).length_sq();
        distance(a).total_cmp(&distance(b))
    });
    let at = state.screen_from_world(nearest.unwrap_or(middle));
    for frame in 0..WARM_UP {
        draw(&mut stage, &mut state, core, (motion.events)(frame, at));
    }
    (WARM_UP..WARM_UP + frames).map(|frame| draw(&mut stage, &mut state, core, (motion.events)(frame, at))).collect()
}

/// A change by its number.
type Change = fn(&App, usize) -> Option<Command>;

fn rename_role(app: &App, number: usize) -> Option<Command> {
    let (id, role) = app.core.document().roles().iter().next()?;
    let record = Role { name: format!("{} {number}", role.name), ..role.clone() }.into();
    Some(Edit::from(Replace { element: id.into(), record }).into())
}

fn move_box(app: &App, number: usize) -> Option<Command> {
    let view = app.core.active_view()?;
    let is_node = |element: ElementRef| matches!(element, ElementRef::Role(_) | ElementRef::Step(_));
    let mut boxes = app.core.document().placements_in(view).filter(|(_, placement)| is_node(placement.element));
    let (_, placement) = boxes.nth(40 + 7 * number)?;
    let center = placement.center?;
    let moves = vec![(placement.element, Point::new(center.x + 30.0, center.y))];
    Some(Edit::from(MoveInView { view, moves }).into())
}

fn add_step(app: &App, number: usize) -> Option<Command> {
    let document = app.core.document();
    let (after, step) = document.steps().iter().nth(300 + 31 * number)?;
    let new = Step { performer: step.performer, ..Step::new(step.process, "Look again") };
    let edit = AddNode { view: app.core.active_view(), ..AddNode::new(step.process, new, Some(FlowNode::Step(after))) };
    Some(Command::Create { edit: Box::new(edit.into()), rename: false })
}

/// Rows of one whole window on its first view. Analysis runs beside it, as it does for a person.
fn window(name: &str, wanted: &str, frames: usize, document: impl FnOnce() -> Document, change: Change) {
    if !name.starts_with(wanted) {
        return;
    }
    let mut app = App::new(document(), None, Preferences::default(), Jobs::with_worker(|| {}));
    if let Some(view) = app.core.active_view() {
        app.wish(Command::Arrange { view, how: Arranging::EVERYTHING });
    }
    let mut stage = Stage::new();
    let mut draw = |app: &mut App, events: Vec<Event>| {
        stage.frame(events, |ui| {
            app.logic(ui.ctx());
            app.ui(ui);
        })
    };
    let settle = |app: &mut App, draw: &mut dyn FnMut(&mut App, Vec<Event>) -> Frame| {
        let mut drawn: Vec<Frame> = Vec::new();
        while app.core.findings_are_stale() || app.core.busy.is_some() || drawn.len() < 4 {
            drawn.push(draw(app, Vec::new()));
            std::thread::sleep(std::time::Duration::from_millis(4));
        }
        drawn
    };
    settle(&mut app, &mut draw);
    for _ in 0..WARM_UP {
        draw(&mut app, Vec::new());
    }
    let boxes =
        app.core.active_view().and_then(|view| app.core.scenes.get(&view)).map_or(0, |one| one.scene.nodes.len());
    let moved: Vec<Frame> = (0..frames)
        .map(|frame| {
            draw(&mut app, vec![Event::PointerMoved((SIZE / 2.0).to_pos2() + Vec2::angled(frame as f32) * 30.0)])
        })
        .collect();
    print(&format!("{name}: pointer moving"), boxes, &moved);
    let (mut edits, mut undos, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..frames.div_ceil(10) {
        let Some(command) = change(&app, number) else { return };
        app.wish(command);
        edits.push(draw(&mut app, Vec::new()));
        after.extend(settle(&mut app, &mut draw));
        app.wish(Command::Undo);
        undos.push(draw(&mut app, Vec::new()));
        settle(&mut app, &mut draw);
    }
    print(&format!("{name}: an edit"), boxes, &edits);
    print(&format!("{name}: an undo"), boxes, &undos);
    print(&format!("{name}: until the findings came"), boxes, &after);
}

/// One row: medians, the size of the last frame, the slowest frame.
fn print(name: &str, boxes: usize, frames: &[Frame]) {
    let Some(last) = frames.last() else { return };
    let median = |of: fn(&Frame) -> f64| {
        let mut times: Vec<f64> = frames.iter().map(of).collect();
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let (build, tessellate, total) =
        (median(|frame| frame.build_ms), median(|frame| frame.tessellate_ms), median(Frame::total_ms));
    // The system counts in ticks longer than a frame, so only a mean says something.
    let cpu = frames.iter().map(|frame| frame.cpu_ms).sum::<f64>() / frames.len() as f64;
    let slowest = frames.iter().map(Frame::total_ms).fold(0.0, f64::max);
    let Frame { vertices, triangles, shapes, .. } = last;
    println!(
        "remit\t{name}\t{boxes}\t{build:.3}\t{tessellate:.3}\t{total:.3}\t{vertices}\t{triangles}\t{shapes}\t{slowest:.3}\t{cpu:.3}"
    );
}
