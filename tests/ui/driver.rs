//! Drives the window as a user would: presses, drags, keys; and asks it what it shows.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Vec2};
use egui_kittest::Harness;
use remit::app::App;
use remit::app::command::Command;
use remit::model::*;

/// A window under test.
pub struct Driver {
    pub harness: Harness<'static, App>,
}

impl Driver {
    /// A window on a document, with this view in front.
    pub fn new(document: Document, view: ViewId) -> Self {
        let mut app = App::for_tests(document);
        app.wish(Command::OpenView(view));
        let harness = Harness::builder().with_size(Vec2::new(1280.0, 800.0)).with_max_steps(12).build_eframe(|_| app);
        let mut driver = Self { harness };
        driver.settle();
        driver
    }

    /// Draws until nothing changes.
    pub fn settle(&mut self) {
        self.harness.run();
    }

    pub fn app(&self) -> &App {
        self.harness.state()
    }

    pub fn document(&self) -> &Document {
        self.app().core.document()
    }

    pub fn view(&self) -> ViewId {
        self.app().core.active_view().expect("a view is open")
    }

    pub fn selection(&self) -> Vec<ElementRef> {
        self.app().core.selection().to_vec()
    }

    /// Names of the steps that can be undone, the newest last.
    pub fn steps(&self) -> Vec<String> {
        self.app().core.editor.done().iter().map(|step| step.label.clone()).collect()
    }

    pub fn canvas(&self) -> &remit::app::canvas::CanvasState {
        self.app().parts.canvases.get(&self.view()).expect("the view is a canvas that was drawn")
    }

    pub fn element(&self, name: &str) -> ElementRef {
        let document = self.document();
        let all = document.steps().ids().map(ElementRef::Step).chain(document.events().ids().map(ElementRef::Event));
        let all = all.chain(document.gateways().ids().map(ElementRef::Gateway));
        let all = all.chain(document.units().ids().map(ElementRef::Unit));
        let mut all = all.chain(document.roles().ids().map(ElementRef::Role));
        all.find(|element| document.name_of(*element) == name).unwrap_or_else(|| panic!("no element is called {name}"))
    }

    /// The box of an element in the world.
    pub fn world_rect(&self, name: &str) -> Rect {
        let element = self.element(name);
        let scene = &self.app().core.scenes[&self.view()].scene;
        scene.nodes.iter().find(|node| node.element == element).expect("it is shown").rect
    }

    /// The middle of an element on the screen.
    pub fn middle(&self, name: &str) -> Pos2 {
        self.canvas().screen_from_world(self.world_rect(name).center())
    }

    pub fn send(&mut self, event: Event) {
        self.harness.input_mut().events.push(event);
    }

    pub fn frame(&mut self) {
        self.harness.step();
    }

    pub fn button(&mut self, at: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) {
        self.send(Event::PointerMoved(at));
        self.send(Event::ModifiersChanged(modifiers));
        self.send(Event::PointerButton { pos: at, button, pressed, modifiers });
    }

    pub fn press(&mut self, at: Pos2) {
        self.button(at, PointerButton::Primary, true, Modifiers::NONE);
        self.frame();
    }

    pub fn release(&mut self, at: Pos2) {
        self.button(at, PointerButton::Primary, false, Modifiers::NONE);
        self.settle();
    }

    pub fn move_to(&mut self, at: Pos2) {
        self.send(Event::PointerMoved(at));
        self.frame();
    }

    pub fn click(&mut self, at: Pos2) {
        self.click_with(at, Modifiers::NONE);
    }

    pub fn click_with(&mut self, at: Pos2, modifiers: Modifiers) {
        self.button(at, PointerButton::Primary, true, modifiers);
        self.frame();
        self.button(at, PointerButton::Primary, false, modifiers);
        self.send(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
    }

    pub fn double_click(&mut self, at: Pos2) {
        for pressed in [true, false, true, false] {
            self.button(at, PointerButton::Primary, pressed, Modifiers::NONE);
        }
        self.settle();
    }

    /// Press, a few moves, release.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.press(from);
        self.move_to(from + (to - from) * 0.5);
        self.move_to(to);
        self.release(to);
    }

    pub fn key(&mut self, key: Key) {
        self.key_with(Modifiers::NONE, key);
    }

    pub fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        self.send(Event::ModifiersChanged(modifiers));
        for pressed in [true, false] {
            self.send(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
        }
        self.frame();
        self.send(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
    }

    pub fn type_text(&mut self, text: &str) {
        self.send(Event::Text(text.to_owned()));
        self.settle();
    }

    pub fn wish(&mut self, command: impl Into<Command>) {
        self.harness.state_mut().wish(command);
        self.settle();
    }
}
