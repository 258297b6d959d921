//! Drives the window as a user would: presses, drags, keys; and asks it what it shows.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role as Kind;
use egui::{
    Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, Vec2, ViewportCommand, ViewportEvent, ViewportId,
};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use remit::app::App;
use remit::app::actions::ACTIONS;
use remit::app::command::Command;
use remit::model::*;

/// A window under test.
pub struct Driver {
    pub harness: Harness<'static, App>,
    /// What the program put on the clipboard of the desktop.
    pub clipboard: String,
    /// Whether the program asked its window to close.
    pub closed: bool,
}

/// The sample bakery.
pub fn bakery() -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_orgs/bakery.ron");
    remit::storage::load(&path).expect("the sample is sound").0
}

impl Driver {
    /// A window on a document, with this view in front.
    pub fn new(document: Document, view: ViewId) -> Self {
        let mut app = App::for_tests(document);
        app.wish(Command::OpenView(view));
        Self::on(app)
    }

    /// A window on a document, as the program shows it at first.
    pub fn open(document: Document) -> Self {
        Self::on(App::for_tests(document))
    }

    /// A window without anything in it.
    pub fn empty() -> Self {
        Self::open(remit::storage::new_document(""))
    }

    /// A window on the sample bakery with the view of this name in front.
    pub fn bakery(view: &str) -> Self {
        let document = bakery();
        let view = document.views().iter().find(|(_, record)| record.name == view).expect("the bakery has the view").0;
        Self::new(document, view)
    }

    /// A window that was made already.
    pub fn of(app: App) -> Self {
        Self::on(app)
    }

    fn on(app: App) -> Self {
        let harness = Harness::builder().with_size(Vec2::new(1280.0, 800.0)).with_max_steps(12).build_eframe(|_| app);
        let mut driver = Self { harness, clipboard: String::new(), closed: false };
        driver.settle();
        driver
    }

    /// Draws until nothing changes.
    pub fn settle(&mut self) {
        let mut left = 60;
        while left > 0 {
            self.frame();
            // Keys have a frame each.
            left -= usize::from(!self.app().has_keys());
            let output = self.harness.output().viewport_output.get(&ViewportId::ROOT);
            if output.is_none_or(|output| output.repaint_delay != Duration::ZERO) {
                break;
            }
        }
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
        // As the window does before each frame.
        let mut events = std::mem::take(&mut self.harness.input_mut().events);
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().hand_out_keys(&ctx, &mut events);
        self.harness.input_mut().events = events;
        self.harness.step();
        let output = self.harness.output();
        for command in &output.platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.clipboard.clone_from(text);
            }
        }
        let commands = output.viewport_output.get(&ViewportId::ROOT).map_or(&[][..], |output| &output.commands);
        self.closed |= commands.iter().any(|command| matches!(command, ViewportCommand::Close));
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

    /// A shortcut as people write it: `Ctrl+Shift+Z`. The keys of the clipboard arrive as the desktop sends them.
    pub fn keys(&mut self, shortcut: &str) {
        let mut modifiers = Modifiers::NONE;
        let mut key = None;
        for part in shortcut.split('+') {
            match part {
                "Ctrl" => modifiers |= Modifiers::COMMAND | Modifiers::CTRL,
                "Shift" => modifiers |= Modifiers::SHIFT,
                "Alt" => modifiers |= Modifiers::ALT,
                name => key = Key::from_name(name),
            }
        }
        let key = key.unwrap_or_else(|| panic!("{shortcut} names no key"));
        let clipboard = match (modifiers.command && !modifiers.shift && !modifiers.alt, key) {
            (true, Key::C) => Some(Event::Copy),
            (true, Key::X) => Some(Event::Cut),
            (true, Key::V) => Some(Event::Paste(self.clipboard.clone())),
            _ => None,
        };
        match clipboard {
            Some(event) => {
                self.send(Event::ModifiersChanged(modifiers));
                self.send(event);
                self.frame();
                self.send(Event::ModifiersChanged(Modifiers::NONE));
                self.settle();
            }
            None => self.key_with(modifiers, key),
        }
    }

    /// Types as a keyboard does: for each letter a key and its text, one a frame.
    pub fn write(&mut self, text: &str) {
        for letter in text.chars() {
            let key = Key::from_name(&letter.to_uppercase().to_string());
            let modifiers = if letter.is_uppercase() { Modifiers::SHIFT } else { Modifiers::NONE };
            if let Some(key) = key {
                self.send(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
            }
            self.send(Event::Text(letter.to_string()));
            self.frame();
            if let Some(key) = key {
                self.send(Event::Key { key, physical_key: None, pressed: false, repeat: false, modifiers });
            }
        }
        self.settle();
    }

    /// Takes the text of the focused field away and types another.
    pub fn write_instead(&mut self, text: &str) {
        self.keys("Ctrl+A");
        self.write(text);
    }

    /// How many nodes of this kind have this accessible name.
    pub fn count(&self, kind: Kind, name: &str) -> usize {
        self.harness.query_all_by_role(kind).filter(|node| label(node) == name).count()
    }

    /// Whether this is to be read somewhere, as a part of a name or text.
    pub fn reads(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// Every name that contains these words.
    pub fn all_names(&self, words: &str) -> Vec<String> {
        let nodes = self.harness.query_all_by_label_contains(words);
        nodes.map(|node| label(&node)).collect()
    }

    fn named(&self, kind: Kind, name: &str) -> Node<'_> {
        let first = self.harness.query_all_by_role(kind).find(|node| label(node) == name);
        first.unwrap_or_else(|| panic!("no {kind:?} is named {name}; there are {:?}", self.names(kind)))
    }

    /// The names of all nodes of a kind.
    pub fn names(&self, kind: Kind) -> Vec<String> {
        self.harness.query_all_by_role(kind).map(|node| label(&node)).collect()
    }

    /// Clicks the middle of the thing of this kind with this accessible name.
    pub fn click_on(&mut self, kind: Kind, name: &str) {
        self.named(kind, name).click();
        self.settle();
    }

    /// Clicks the button with this name.
    pub fn click_button(&mut self, name: &str) {
        self.click_on(Kind::Button, name);
    }

    /// Clicks the button with this name that was drawn last: that of the dialog on top.
    pub fn click_button_last(&mut self, name: &str) {
        let last = self.harness.query_all_by_role(Kind::Button).rfind(|node| label(node) == name);
        last.unwrap_or_else(|| panic!("no button is named {name}")).click();
        self.settle();
    }

    /// Opens a menu of the bar and clicks an entry.
    pub fn click_menu(&mut self, menu: &str, entry: &str) {
        self.click_button(menu);
        let action = ACTIONS.iter().find(|action| action.menu.title() == menu && action.label == entry);
        if let Some(submenu) = action.and_then(|action| action.submenu) {
            self.click_on(Kind::MenuItem, submenu);
        }
        self.click_on(Kind::MenuItem, entry);
    }

    /// Whether a thing of this kind and name is enabled.
    pub fn is_enabled(&self, kind: Kind, name: &str) -> bool {
        !self.named(kind, name).accesskit_node().is_disabled()
    }

    /// Whether a thing of this kind and name is selected.
    pub fn is_selected(&self, kind: Kind, name: &str) -> bool {
        self.named(kind, name).accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// Where a thing of this kind and name is on the screen.
    pub fn place(&self, kind: Kind, name: &str) -> Rect {
        self.named(kind, name).rect()
    }

    /// Scrolls until the field with this name is seen.
    pub fn show_field(&mut self, name: &str) {
        self.field_named(name).scroll_to_me();
        self.settle();
    }

    /// Scrolls until the button with this name is seen.
    pub fn show_button(&mut self, name: &str) {
        self.named(Kind::Button, name).scroll_to_me();
        self.settle();
    }

    /// Puts the keyboard into the field with this name.
    pub fn focus(&mut self, name: &str) {
        self.field_named(name).click();
        self.settle();
    }

    /// What stands in the field with this name.
    pub fn field(&self, name: &str) -> String {
        self.field_named(name).value().unwrap_or_default()
    }

    fn field_named(&self, name: &str) -> Node<'_> {
        let fields = [Kind::TextInput, Kind::MultilineTextInput].map(|kind| self.harness.query_all_by_role(kind));
        let found = fields.into_iter().flatten().find(|node| node.accesskit_node().label().as_deref() == Some(name));
        found.unwrap_or_else(|| panic!("no field is named {name}"))
    }

    /// Types something else into the field with this name and leaves it with Enter.
    pub fn fill(&mut self, name: &str, text: &str) {
        self.focus(name);
        self.write_instead(text);
        self.key(Key::Enter);
    }

    /// The rules of the open findings, with their sentences.
    pub fn findings(&self) -> Vec<String> {
        let open = self.app().core.findings().iter().filter(|finding| finding.waived.is_none());
        open.map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
    }

    /// The texts of the messages shown.
    pub fn notices(&self) -> Vec<String> {
        self.app().core.notices.iter().map(|notice| notice.text.clone()).collect()
    }

    /// The line at the foot of the window.
    pub fn foot(&self) -> &str {
        &self.app().core.hint
    }

    /// Name of the view in front.
    pub fn front(&self) -> String {
        self.app().core.active_view().map_or_else(String::new, |view| self.document().name_of(view.into()).to_owned())
    }

    /// Whether a dialog is open.
    pub fn asks(&self) -> bool {
        !self.app().parts.dialogs.is_empty()
    }

    /// Lets a file fall on the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Fallen(path.to_owned())));
        self.settle();
    }

    /// The cross of the window's frame.
    pub fn close_window(&mut self) {
        if let Some(root) = self.harness.input_mut().viewports.get_mut(&ViewportId::ROOT) {
            root.events.push(ViewportEvent::Close);
        }
        self.frame();
        if let Some(root) = self.harness.input_mut().viewports.get_mut(&ViewportId::ROOT) {
            root.events.clear();
        }
        self.settle();
    }

    /// The document as a file would hold it.
    pub fn text(&self) -> String {
        remit::storage::to_string(self.document())
    }
}

fn label(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    node.label().or_else(|| node.value()).unwrap_or_default()
}

/// A file let go over the window.
#[derive(Debug)]
struct Fallen(PathBuf);

impl egui::DroppedFile for Fallen {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
