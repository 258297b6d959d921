//! A framework of one's own in the making: its name, its letters, and where the rights of letters go that vanish.

use egui::{ComboBox, Id, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::frameworks::chip_ui;
use super::title_ui;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, field_row, icon_button, menu_item, text, text_button, text_field};
use crate::edit::{
    Edit, EditAction as _, Insert, MovedLetter, ReviseFramework, Verdict, framework_problem, letters_in_use,
};
use crate::model::*;
use crate::scene::Colour;
use crate::scene::icon::Icon;

/// The framework before it is kept.
#[derive(Clone, Debug)]
pub struct FrameworkForm {
    /// The framework that is changed; none for a new one.
    id: Option<FrameworkId>,
    record: Framework,
    /// For each letter the code that it had, so that rights can follow it.
    origins: Vec<Option<String>>,
    /// Letters that were taken away, and where their rights go.
    gone: Vec<MovedLetter>,
    problem: Option<String>,
}

impl FrameworkForm {
    /// A new one with a single letter for who decides.
    pub fn empty() -> Self {
        let decides = Letter {
            duties: vec![Duty::Decide],
            meaning: "Takes the decision.".to_owned(),
            at_least: 1,
            at_most: Some(1),
            ..Letter::new("D", "decides")
        };
        let record = Framework {
            key: Key::unset(),
            name: String::new(),
            description: String::new(),
            letters: vec![decides],
            built_in: false,
        };
        Self { id: None, record, origins: vec![None], gone: Vec::new(), problem: None }
    }

    /// A copy of a framework, under a free name.
    pub fn copy(document: &Document, framework: &Framework) -> Self {
        let taken = |name: &str| document.frameworks().iter().any(|(_, other)| other.name == name);
        let first = format!("{} of ours", framework.name);
        let numbered = (2..).map(|number| format!("{first} {number}"));
        let name = std::iter::once(first.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or_default();
        let record = Framework { key: Key::unset(), name, built_in: false, ..framework.clone() };
        let origins = vec![None; record.letters.len()];
        Self { id: None, record, origins, gone: Vec::new(), problem: None }
    }

    /// A framework of the project, to be changed.
    pub fn change(id: FrameworkId, framework: &Framework) -> Self {
        let origins = framework.letters.iter().map(|letter| Some(letter.code.clone())).collect();
        Self { id: Some(id), record: framework.clone(), origins, gone: Vec::new(), problem: None }
    }

    /// Draws the form; true when it is done with.
    pub fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) -> bool {
        let theme = core.theme();
        title_ui(ui, theme, if self.id.is_some() { "Change the framework" } else { "A framework of your own" });
        field_row(ui, theme, "Name", "What it is called.", |ui| {
            text_field(
                ui,
                theme,
                Id::unique("framework name"),
                "Name of the framework",
                &mut self.record.name,
                "RACI of the kitchen",
            )
        });
        field_row(ui, theme, "Good for", "What it is good for, in a sentence.", |ui| {
            let id = Id::unique("framework description");
            text_field(ui, theme, id, "What it is good for", &mut self.record.description, "")
        });
        ui.add_space(theme.sizes.space.tight);
        let used = self.id.map(|id| letters_in_use(core.document(), id)).unwrap_or_default();
        headings_ui(ui, core);
        // Below stand a problem, where there is one, and the buttons.
        let problem = self.problem.is_some() || framework_problem(core.document(), self.id, &self.record).is_some();
        let below = if problem { 68.0 } else { 40.0 };
        let height = (ui.available_height() - below).max(160.0);
        let area = ScrollArea::vertical().id_salt("letters").max_height(height).min_scrolled_height(height);
        area.auto_shrink([false, false]).show(ui, |ui| {
            for index in 0..self.record.letters.len() {
                self.letter_ui(ui, core, index);
            }
            if text_button(ui, theme, ButtonLook::Quiet, Some(Icon::Plus), "Add a letter").clicked() {
                self.record.letters.push(Letter::new(free_code(&self.record), ""));
                self.origins.push(None);
            }
            let codes: Vec<String> = self.record.letters.iter().map(|letter| letter.code.clone()).collect();
            for moved in &mut self.gone {
                let count = used.get(&moved.from).copied().unwrap_or(0);
                if count > 0 {
                    gone_ui(ui, core, moved, count, &codes);
                }
            }
        });
        let live = framework_problem(core.document(), self.id, &self.record);
        if let Some(problem) = self.problem.as_ref().or(live.as_ref()) {
            ui.add(
                egui::Label::new(text(problem.as_str(), theme.sizes.text.body).color(colour(theme.severity.high.ink)))
                    .wrap(),
            );
        }
        let mut done = false;
        crate::app::dialogs::footer(ui, |ui| {
            let keep = ui.add_enabled_ui(live.is_none(), |ui| {
                text_button(ui, theme, ButtonLook::Primary, None, "Keep").clicked()
            });
            if keep.inner {
                done = self.submit(core, commands);
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Back").clicked() {
                done = true;
            }
        });
        done
    }

    fn letter_ui(&mut self, ui: &mut Ui, core: &Core, index: usize) {
        let theme = core.theme();
        let last = self.record.letters.len();
        let Some(letter) = self.record.letters.get_mut(index) else { return };
        let number = index + 1;
        let mut act = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            chip_ui(ui, core, letter);
            field_ui(ui, core, (index, "code"), &format!("Code of letter {number}"), &mut letter.code, 36.0, "R");
            field_ui(
                ui,
                core,
                (index, "name"),
                &format!("Name of letter {number}"),
                &mut letter.name,
                96.0,
                "responsible",
            );
            duties_ui(ui, core, index, letter);
            numbers_ui(ui, core, index, letter);
            tint_ui(ui, core, index, letter);
            let up = format!("Move letter {number} up");
            if icon_button(ui, theme, Icon::ChevronUp, &up, false, index > 0).clicked() {
                act = Some(Act::Up);
            }
            let down = format!("Move letter {number} down");
            if icon_button(ui, theme, Icon::ChevronDown, &down, false, index + 1 < last).clicked() {
                act = Some(Act::Down);
            }
            if icon_button(ui, theme, Icon::Trash, &format!("Take letter {number} away"), false, last > 1).clicked() {
                act = Some(Act::Remove);
            }
        });
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add_space(38.0);
            let width = ui.available_width() - 12.0;
            let name = format!("Meaning of letter {number}");
            field_ui(
                ui,
                core,
                (index, "meaning"),
                &name,
                &mut letter.meaning,
                width,
                "what its holder does, in a sentence",
            );
        });
        ui.add_space(theme.sizes.space.tight);
        match act {
            Some(Act::Up) => self.swap(index, index - 1),
            Some(Act::Down) => self.swap(index, index + 1),
            Some(Act::Remove) => self.remove(index),
            None => {}
        }
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.record.letters.swap(a, b);
        self.origins.swap(a, b);
    }

    fn remove(&mut self, index: usize) {
        self.record.letters.remove(index);
        if let Some(from) = self.origins.remove(index) {
            self.gone.push(MovedLetter { from, to: None });
        }
    }

    /// Where rights go: letters that were renamed, and letters that were taken away.
    fn moved(&self) -> Vec<MovedLetter> {
        let renamed = self.origins.iter().zip(&self.record.letters).filter_map(|(origin, letter)| {
            let from = origin.clone().filter(|from| *from != letter.code)?;
            Some(MovedLetter { from, to: Some(letter.code.clone()) })
        });
        renamed.chain(self.gone.iter().cloned()).collect()
    }

    fn submit(&mut self, core: &Core, commands: &mut Vec<Command>) -> bool {
        self.record.name = self.record.name.trim().to_owned();
        let edit: Edit = match self.id {
            Some(framework) => {
                ReviseFramework { framework, record: Box::new(self.record.clone()), moved: self.moved() }.into()
            }
            None => Insert::one(self.record.clone()).into(),
        };
        match edit.can_apply(core.document()) {
            Verdict::No(reason) => {
                self.problem = Some(reason);
                false
            }
            Verdict::Yes => {
                commands.push(Command::Edit(Box::new(edit)));
                true
            }
            Verdict::Ignore => true,
        }
    }
}

/// Width of a combo box of numbers.
const NUMBER: f32 = 56.0;

/// The first capital letter that is no code yet.
fn free_code(framework: &Framework) -> String {
    let is_free = |code: &String| !framework.letters.iter().any(|letter| letter.code == *code);
    ('A'..='Z').map(String::from).find(is_free).unwrap_or_default()
}

/// What stands in the columns of the letters.
fn headings_ui(ui: &mut Ui, core: &Core) {
    let theme = core.theme();
    let widths = [
        (36.0, "Code"),
        (96.0, "Name"),
        (104.0, "Duties"),
        (NUMBER, "At least"),
        (NUMBER, "At most"),
        (NUMBER, "Rank"),
        (NUMBER, "Tint"),
    ];
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), egui::Sense::hover());
    let mut left = rect.left() + 38.0;
    let font = crate::app::style::font(theme.sizes.text.caption);
    for (width, words) in widths {
        let at = egui::pos2(left + 2.0, rect.center().y);
        ui.painter().text(at, egui::Align2::LEFT_CENTER, words, font.clone(), colour(theme.neutral.ink_second));
        left += width + 4.0;
    }
}

#[derive(Clone, Copy)]
enum Act {
    Up,
    Down,
    Remove,
}

fn field_ui(ui: &mut Ui, core: &Core, id: (usize, &str), name: &str, value: &mut String, width: f32, hint: &str) {
    let theme = core.theme();
    let field = TextEdit::singleline(value)
        .id(Id::unique(("letter", id)))
        .hint_text(text(hint, theme.sizes.text.body).color(colour(theme.neutral.ink_third)))
        .margin(egui::Margin::symmetric(6, 5))
        .desired_width(width);
    ui.add(field).accessible_name(name);
}

fn duties_ui(ui: &mut Ui, core: &Core, index: usize, letter: &mut Letter) {
    let theme = core.theme();
    let words: Vec<&str> = letter.duties.iter().map(|duty| duty.word()).collect();
    let label = if words.is_empty() { "no duty".to_owned() } else { words.join(", ") };
    let shown = crate::scene::text::Measure::bundled().ellipsize(&label, theme.sizes.text.caption, 92.0).text;
    let button = egui::containers::menu::MenuButton::from_button(
        egui::Button::new(text(shown, theme.sizes.text.caption)).min_size(vec2(104.0, 28.0)),
    )
    .config(
        egui::containers::menu::MenuConfig::default().close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside),
    );
    let (response, _) = button.ui(ui, |ui| {
        for duty in Duty::ALL {
            let has = letter.duties.contains(&duty);
            if menu_item(ui, theme, has.then_some(Icon::Check), duty.word(), "", true).clicked() {
                if has {
                    letter.duties.retain(|other| *other != duty);
                } else {
                    letter.duties.push(duty);
                }
            }
        }
    });
    let name = format!("Duties of letter {}: {label}", index + 1);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.on_hover_text(text("What its holder does; the first one gives the colour.", theme.sizes.text.body));
}

/// Fewest and most holders, and the rank beside other letters.
fn numbers_ui(ui: &mut Ui, core: &Core, index: usize, letter: &mut Letter) {
    let number = index + 1;
    let any = |most: Option<u32>| most.map_or("any".to_owned(), |most| most.to_string());
    let least = [0, 1, 2, 3].map(|least| (least, least.to_string()));
    choice_ui(
        ui,
        core,
        (index, "least"),
        &format!("At least, letter {number}"),
        &mut letter.at_least,
        &least,
        "Fewest holders in a row",
    );
    let most = [None, Some(1), Some(2), Some(3), Some(4), Some(5)].map(|most| (most, any(most)));
    choice_ui(
        ui,
        core,
        (index, "most"),
        &format!("At most, letter {number}"),
        &mut letter.at_most,
        &most,
        "Most holders in a row",
    );
    let rank = |rank: Option<u8>| rank.map_or("–".to_owned(), |rank| format!("{rank}."));
    let ranks: Vec<(Option<u8>, String)> =
        std::iter::once(None).chain((1..=8).map(Some)).map(|value| (value, rank(value))).collect();
    let help = "Strength where one holder has several letters; – for that of its first duty";
    choice_ui(ui, core, (index, "rank"), &format!("Rank of letter {number}"), &mut letter.rank, &ranks, help);
}

fn choice_ui<T: Copy + PartialEq + std::fmt::Debug>(
    ui: &mut Ui,
    core: &Core,
    id: (usize, &str),
    name: &str,
    value: &mut T,
    choices: &[(T, String)],
    help: &str,
) {
    let theme = core.theme();
    let words = choices.iter().find(|(choice, _)| choice == value).map(|(_, words)| words.clone());
    let words = words.unwrap_or_else(|| format!("{value:?}"));
    let combo = ComboBox::from_id_salt(id).width(NUMBER);
    let response = combo.selected_text(text(&words, theme.sizes.text.caption)).show_ui(ui, |ui| {
        for (choice, words) in choices {
            ui.selectable_value(value, *choice, words);
        }
    });
    response.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, format!("{name}: {words}")));
    response.response.on_hover_text(text(help, theme.sizes.text.body));
}

fn tint_ui(ui: &mut Ui, core: &Core, index: usize, letter: &mut Letter) {
    let theme = core.theme();
    let swatch = |tint: Option<u8>| match tint {
        Some(tint) => colour(theme.colour(Colour::TintFill(tint))),
        None => colour(theme.neutral.field),
    };
    let button = egui::Button::new(text(if letter.tint.is_some() { " " } else { "–" }, theme.sizes.text.caption))
        .fill(swatch(letter.tint))
        .stroke(egui::Stroke::new(1.0, colour(theme.neutral.line_strong)))
        .min_size(vec2(26.0, 26.0));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.horizontal(|ui| {
            for tint in std::iter::once(None).chain((0..8).map(Some)) {
                let words = if tint.is_none() { "–" } else { " " };
                let button = egui::Button::new(words)
                    .fill(swatch(tint))
                    .stroke(egui::Stroke::new(1.0, colour(theme.neutral.line_strong)))
                    .min_size(vec2(26.0, 26.0));
                let response = ui.add(button);
                let name = tint.map_or("Colour of the first duty".to_owned(), |tint| format!("Colour {}", tint + 1));
                response.widget_info(|| WidgetInfo::labeled(egui::Role::MenuItem, true, &name));
                if response.on_hover_text(&name).clicked() {
                    letter.tint = tint;
                    ui.close();
                }
            }
        });
    });
    let name = format!("Colour of letter {}", index + 1);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.on_hover_text(text("Colour of its chips; – for that of its first duty", theme.sizes.text.body));
}

/// Where the rights of a letter go that was taken away.
fn gone_ui(ui: &mut Ui, core: &Core, moved: &mut MovedLetter, count: usize, codes: &[String]) {
    let theme = core.theme();
    ui.horizontal(|ui| {
        let rights = if count == 1 { "1 right".to_owned() } else { format!("{count} rights") };
        ui.label(text(format!("{} goes; its {rights}", moved.from), theme.sizes.text.body));
        let words = |to: &Option<String>| to.as_ref().map_or("go, too".to_owned(), |to| format!("become {to}"));
        let name = format!("Rights of {} {}", moved.from, words(&moved.to));
        let combo = ComboBox::from_id_salt(("gone", moved.from.as_str())).width(130.0);
        let response = combo.selected_text(words(&moved.to)).show_ui(ui, |ui| {
            for to in codes.iter().filter(|code| !code.is_empty()).cloned().map(Some).chain([None]) {
                let label = words(&to);
                ui.selectable_value(&mut moved.to, to, label);
            }
        });
        response.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
    });
}
