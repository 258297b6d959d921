//! Pictures of the window, compared with those in `tests/snapshots`: few and small, of what only the eye can judge.
//!
//! They need a Vulkan or OpenGL driver; one that runs on the processor will do. `UPDATE_SNAPSHOTS=true` takes them anew.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]
#![cfg(all(feature = "window", feature = "pictures"))]

use std::path::Path;

use egui::Vec2;
use egui_kittest::{Harness, SnapshotOptions};
use remit::app::App;
use remit::app::command::{Command, Preference, ThemeChoice};
use remit::app::panels::SidePanel;
use remit::model::*;

/// How a picture is taken: always in this size and theme, without pointer and blinking caret.
struct Picture {
    size: Vec2,
    theme: ThemeChoice,
    navigator: bool,
    side_panel: bool,
}

impl Picture {
    fn new(width: f32, height: f32) -> Self {
        Self { size: Vec2::new(width, height), theme: ThemeChoice::Light, navigator: false, side_panel: false }
    }

    /// A window on a document after these wishes, at rest.
    fn window(&self, document: Document, wishes: impl FnOnce(&App) -> Vec<Command>) -> Harness<'static, App> {
        let mut app = App::for_tests(document);
        app.wish(Command::Preference(Preference::Theme(self.theme)));
        app.wish(Command::Preference(Preference::Panel(SidePanel::Navigator, self.navigator)));
        app.wish(Command::Preference(Preference::Panel(SidePanel::Inspector, self.side_panel)));
        let harness = Harness::builder().with_size(self.size).with_render_cursor(false).with_max_steps(30);
        let mut harness = harness.build_eframe(|_| app);
        harness.run();
        for wish in wishes(harness.state()) {
            harness.state_mut().wish(wish);
            harness.run();
        }
        harness
    }
}

/// Compares with the stored picture. Renderers differ a little at the edges of letters; a moved box fails.
fn compare(mut harness: Harness<'static, App>, name: &str) {
    let options = SnapshotOptions::new().threshold(1.5).max_failed_pixels(120_usize);
    harness.snapshot_options(name, &options);
}

fn bakery() -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_orgs/bakery.ron");
    remit::storage::load(&path).expect("the sample is sound").0
}

fn view(app: &App, name: &str) -> Command {
    let found = app.core.document().views().iter().find(|(_, view)| view.name == name);
    Command::OpenView(found.expect("the bakery has the view").0)
}

#[test]
fn start_page() {
    let picture = Picture::new(640.0, 440.0);
    compare(picture.window(remit::storage::new_document(""), |_| Vec::new()), "start");
}

#[test]
fn refund_process() {
    let picture = Picture::new(720.0, 380.0);
    let window = picture.window(bakery(), |app| vec![view(app, "Refund"), Command::Action("view.fit")]);
    compare(window, "refund");
}

#[test]
fn matrix() {
    let picture = Picture::new(720.0, 380.0);
    compare(picture.window(bakery(), |app| vec![view(app, "Rights")]), "matrix");
}

#[test]
fn findings() {
    let picture = Picture { side_panel: true, ..Picture::new(660.0, 420.0) };
    let window = picture.window(bakery(), |app| vec![view(app, "Refund"), Command::FocusFinding(Some(1))]);
    compare(window, "findings");
}

#[test]
fn inspector() {
    let picture = Picture { side_panel: true, ..Picture::new(660.0, 420.0) };
    let window = picture.window(bakery(), |app| {
        let step = app.core.document().steps().iter().find(|(_, step)| step.name == "Pay the refund");
        vec![view(app, "Refund"), Command::Select(vec![step.expect("the bakery has the step").0.into()])]
    });
    compare(window, "inspector");
}

#[test]
fn dark_theme() {
    let picture = Picture { theme: ThemeChoice::Dark, navigator: true, ..Picture::new(720.0, 380.0) };
    let window = picture.window(bakery(), |app| vec![view(app, "Organisation"), Command::Action("view.fit")]);
    compare(window, "dark");
}
