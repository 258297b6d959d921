//! The line in which limits are typed: echoed in words while one types, asked about where a name is unknown, kept with
//! Enter.

use egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use egui::{Align, Id, Key, Layout, Margin, Modifiers, Stroke, TextEdit, Ui};

use super::LadderEditor;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::{colour, font};
use crate::app::widgets::{ButtonLook, text, text_button};
use crate::edit::{Edit, write_ladder};
use crate::model::*;

/// The line and what was understood of it.
pub(super) struct Line {
    text: String,
    /// Roles that are to be made, by name.
    new_roles: Vec<String>,
    /// What it says, of which version.
    said: LadderLine,
    read_at: Option<(Revision, String, usize)>,
    /// Whether the field is to take the keyboard, with the caret at the end.
    takes_keyboard: bool,
}

impl Line {
    pub fn new() -> Self {
        Self {
            text: String::new(),
            new_roles: Vec::new(),
            said: LadderLine::default(),
            read_at: None,
            takes_keyboard: true,
        }
    }

    /// Reads the line where it or the version is new.
    pub fn read(&mut self, core: &Core, decision: DecisionId) {
        let now = (core.document().revision(), self.text.clone(), self.new_roles.len());
        if self.read_at.as_ref() != Some(&now) {
            let holder = None;
            let context = LineContext { holder, new_roles: self.new_roles.clone() };
            self.said = read_ladder_line(core.document(), decision, &self.text, &context);
            self.read_at = Some(now);
        }
    }

    /// The change that it asks for, where it is understood and changes something.
    pub fn edit(&self, document: &Document, decision: DecisionId) -> Option<Edit> {
        if self.text.trim().is_empty() {
            return None;
        }
        write_ladder(document, decision, &self.said).ok().flatten()
    }

    /// Clears it; false where nothing is typed.
    pub fn take_back(&mut self) -> bool {
        let had_text = !self.text.is_empty();
        self.set(String::new());
        had_text
    }

    fn set(&mut self, text: String) {
        self.text = text;
        self.new_roles.clear();
        self.takes_keyboard = true;
    }
}

/// Draws the line, and beneath it what it says.
pub(super) fn line_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let id = Id::unique("ladder line");
    let decision = editor.decision;
    ui.horizontal(|ui| {
        let width = ui.available_width() - 190.0;
        if editor.line.text.is_empty() && ui.memory(|memory| memory.has_focus(id)) {
            undo_keys(ui, commands);
        }
        let entered = field_ui(ui, core, editor, id, width);
        let edit = editor.line.edit(core.document(), decision);
        let sets =
            ui.add_enabled_ui(edit.is_some(), |ui| text_button(ui, theme, ButtonLook::Primary, None, "Set").clicked());
        let whole = text_button(ui, theme, ButtonLook::Plain, None, "Whole ladder");
        let help = "Writes the ladder as it stands into the line, to be changed or copied";
        if whole.on_hover_text(text(help, theme.sizes.text.body)).clicked() {
            editor.line.set(print_ladder(core.document(), decision));
        }
        if entered || sets.inner {
            keep(core, editor, edit, commands);
        }
    });
    echo_ui(ui, core, editor);
}

/// In an empty line there is nothing to undo but the step before.
fn undo_keys(ui: &Ui, commands: &mut Vec<Command>) {
    ui.input_mut(|input| {
        let redoes = input.consume_key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z)
            || input.consume_key(Modifiers::COMMAND, Key::Y);
        if redoes {
            commands.push(Command::Redo);
        } else if input.consume_key(Modifiers::COMMAND, Key::Z) {
            commands.push(Command::Undo);
        }
    });
}

/// Makes the change that the line asks for.
fn keep(core: &Core, editor: &mut LadderEditor, edit: Option<Edit>, commands: &mut Vec<Command>) {
    match edit {
        Some(edit) => {
            commands.push(edit.into());
            editor.line.set(String::new());
        }
        None if editor.line.text.trim().is_empty() => {}
        None => {
            let refused = write_ladder(core.document(), editor.decision, &editor.line.said).err();
            let hint = refused.unwrap_or_else(|| "The ladder says so already; nothing changes.".to_owned());
            commands.push(Command::Hint(hint));
            editor.line.takes_keyboard = true;
        }
    }
}

/// The field; whether Enter was pressed in it.
fn field_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, id: Id, width: f32) -> bool {
    let theme = core.theme();
    let completions = completions(ui, core, editor, id);
    if ui.memory(|memory| memory.has_focus(id))
        && let Some((start, first)) = completions.first()
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Tab))
    {
        let (start, first) = (*start, first.clone());
        complete(&mut editor.line, start, &first);
    }
    let problems: Vec<std::ops::Range<usize>> = editor.line.said.problems.iter().map(|one| one.at.clone()).collect();
    let marks = if editor.line.read_at.as_ref().is_some_and(|(_, text, _)| *text == editor.line.text) {
        problems
    } else {
        Vec::new()
    };
    let style = font(theme.sizes.text.body);
    let (ink, wrong) = (colour(theme.neutral.ink), colour(theme.severity.high.ink));
    let mut layouter = |ui: &Ui, buffer: &dyn egui::TextBuffer, _width: f32| {
        let text = buffer.as_str();
        let mut job = LayoutJob::default();
        let plain = TextFormat { font_id: style.clone(), color: ink, ..TextFormat::default() };
        let marked = TextFormat { underline: Stroke::new(1.5, wrong), color: wrong, ..plain.clone() };
        let mut at = 0;
        for mark in &marks {
            if let (Some(before), Some(piece)) = (text.get(at..mark.start), text.get(mark.clone())) {
                job.append(before, 0.0, plain.clone());
                job.append(piece, 0.0, marked.clone());
                at = mark.end;
            }
        }
        job.append(text.get(at..).unwrap_or(""), 0.0, plain);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let hint = "Clerk: ≤ 200 EUR per case, ≤ 1000 per week; above: Owner";
    let mut output = TextEdit::singleline(&mut editor.line.text)
        .id(id)
        .hint_text(text(hint, theme.sizes.text.body).color(colour(theme.neutral.ink_third)))
        .margin(Margin::symmetric(8, 6))
        .lock_focus(!completions.is_empty())
        .desired_width(width - 16.0)
        .layouter(&mut layouter)
        .show(ui);
    let response = output.response.response.clone().accessible_name("Limits as text");
    if std::mem::take(&mut editor.line.takes_keyboard) {
        response.request_focus();
        let end = CCursor::new(editor.line.text.chars().count());
        output.state.cursor.set_char_range(Some(CCursorRange::one(end)));
        output.state.clear_undoer();
        output.state.store(ui.ctx(), id);
    }
    if response.changed() {
        // A tab is never meant as text.
        editor.line.text.retain(|c| c != '\t');
        let text = editor.line.text.to_lowercase();
        editor.line.new_roles.retain(|name| text.contains(&name.to_lowercase()));
    }
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Names that would complete what is typed before the caret, where the caret is at the end.
fn completions(ui: &Ui, core: &Core, editor: &LadderEditor, id: Id) -> Vec<(usize, String)> {
    let line = &editor.line.text;
    let caret = TextEdit::load_state(ui.ctx(), id).and_then(|state| state.cursor.char_range());
    let at_end = caret.is_none_or(|range| usize::from(range.primary.index) >= line.chars().count());
    if line.trim().is_empty() || !at_end {
        return Vec::new();
    }
    let (start, names) = complete_names(core.document(), editor.decision, line);
    names.into_iter().map(|name| (start, name)).collect()
}

fn complete(line: &mut Line, start: usize, name: &str) {
    if let Some(before) = line.text.get(..start) {
        line.text = format!("{before}{name}");
        line.takes_keyboard = true;
    }
}

/// What the line says, or what is not understood in it, or what could be written.
fn echo_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor) {
    let theme = core.theme();
    let second = colour(theme.neutral.ink_second);
    let id = Id::unique("ladder line");
    let width = ui.available_width();
    ui.allocate_ui_with_layout(egui::vec2(width, 22.0), Layout::top_down(Align::Min), |ui| {
        ui.set_min_height(22.0);
        ui.set_max_width(width);
        if editor.line.text.trim().is_empty() {
            let hint = "Write who, a colon, and the limits; Enter keeps them. What the line does not name stays.";
            ui.add(egui::Label::new(text(hint, theme.sizes.text.caption).color(second)).wrap());
            return;
        }
        completions_ui(ui, core, editor, id);
        let sentences = editor.line.said.sentences(core.document());
        if !sentences.is_empty() {
            let words = text(sentences.join(" "), theme.sizes.text.body).color(colour(theme.neutral.ink));
            ui.add(egui::Label::new(words).wrap());
        }
        for role in editor.line.new_roles.clone() {
            ui.label(text(format!("New role: “{role}”"), theme.sizes.text.caption).color(second));
        }
        for problem in editor.line.said.problems.clone().into_iter().take(3) {
            problem_ui(ui, core, editor, &problem);
        }
    });
}

fn completions_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, id: Id) {
    let theme = core.theme();
    let completions = completions(ui, core, editor, id);
    if completions.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (index, (start, name)) in completions.iter().enumerate() {
            let label = if index == 0 { format!("{name}  (Tab)") } else { name.clone() };
            let button = egui::Button::new(text(label, theme.sizes.text.caption)).corner_radius(4);
            if ui.add(button).on_hover_text(format!("Complete to {name}")).clicked() {
                complete(&mut editor.line, *start, name);
            }
        }
    });
}

/// What is not understood; for a name, who could be meant.
fn problem_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, problem: &LineProblem) {
    let theme = core.theme();
    ui.horizontal_wrapped(|ui| {
        let words = text(&problem.message, theme.sizes.text.body).color(colour(theme.severity.high.ink));
        ui.label(words);
        let Some(name) = &problem.name else { return };
        let document = core.document();
        let meant = if name.several.is_empty() { likely_holders(document, &name.name) } else { name.several.clone() };
        for actor in meant {
            let full = telling_name(document, editor.decision, actor);
            if text_button(ui, theme, ButtonLook::Plain, None, &full).clicked()
                && let (Some(before), Some(behind)) =
                    (editor.line.text.get(..problem.at.start), editor.line.text.get(problem.at.end..))
            {
                editor.line.text = format!("{before}{full}{behind}");
                editor.line.takes_keyboard = true;
            }
        }
        if name.several.is_empty() && name.may_be_role {
            let label = format!("New role “{}”", name.name);
            if text_button(ui, theme, ButtonLook::Plain, None, &label).clicked() {
                editor.line.new_roles.push(name.name.clone());
                editor.line.takes_keyboard = true;
            }
        }
    });
}
