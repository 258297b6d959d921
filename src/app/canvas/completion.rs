//! Who could be meant behind an `@` in a name: a short list below the field.
//!
//! The list opens with the first letter; its first row is taken by Enter and Tab, the arrows choose another one, Escape
//! closes it. The last row makes a new one of what was typed.

use egui::{Area, Event, Id, Key, Modifiers, Order, Response, Sense, Ui, vec2};
use emath::Rect;

use super::rename::Place;
use super::strip::floating;
use crate::app::style::{colour, font};
use crate::model::*;

/// The most rows.
const MOST: usize = 6;
/// Height of a row, in screen points.
const ROW: f32 = 24.0;

/// The list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Completion {
    options: Vec<String>,
    chosen: usize,
    /// What was typed when the list was closed.
    dismissed: Option<String>,
    moves_caret: bool,
    is_hovered: bool,
}

impl Completion {
    /// Arrows, Escape, and what ends the field: it then takes the chosen row.
    pub fn keys(&mut self, ui: &Ui, text: &mut String) {
        if self.options.is_empty() {
            return;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            self.chosen = (self.chosen + 1).min(self.options.len() - 1);
        }
        if pressed(Key::ArrowUp) {
            self.chosen = self.chosen.saturating_sub(1);
        }
        if pressed(Key::Escape) {
            self.dismissed = Some(text.clone());
            self.options.clear();
            return;
        }
        // Letters in the same frame may make another list: what is typed counts more.
        let ends_now = ui.input(|input| {
            let types = input.events.iter().any(|event| matches!(event, Event::Text(_)));
            !types && (input.key_pressed(Key::Enter) || input.key_pressed(Key::Tab))
        });
        if ends_now {
            self.take(text);
        }
    }

    /// Writes the chosen row in the place of what was typed behind the sign.
    fn take(&mut self, text: &mut String) {
        if let Some((at, _)) = mention(text)
            && let Some(option) = self.options.get(self.chosen)
        {
            text.truncate(at + 1);
            text.push_str(option);
            self.options.clear();
            self.dismissed = Some(text.clone());
            self.moves_caret = true;
        }
    }

    /// Whether a row was taken in this frame, so that the caret goes behind it.
    pub fn takes_caret_to_end(&mut self) -> bool {
        std::mem::take(&mut self.moves_caret)
    }

    /// Whether the pointer is over the list: a press there does not leave the field.
    pub fn is_hovered(&self) -> bool {
        self.is_hovered
    }

    /// Draws the list below the field.
    pub fn show(&mut self, ui: &Ui, place: &Place<'_>, element: ElementRef, text: &mut String, field: &Response) {
        self.refresh(place.document, element, text);
        self.is_hovered = false;
        if self.options.is_empty() {
            return;
        }
        let typed = mention(text).map(|(_, typed)| typed.to_owned()).unwrap_or_default();
        let area = Area::new(Id::unique("completion")).order(Order::Foreground);
        let mut clicked = None;
        let shown = area.fixed_pos(field.rect.left_bottom() + vec2(0.0, 4.0)).show(ui, |ui| {
            floating(place.theme).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (index, option) in self.options.iter().enumerate() {
                    let is_new = index + 1 == self.options.len() && *option == typed;
                    if row_ui(ui, place, option, is_new, index == self.chosen) {
                        clicked = Some(index);
                    }
                }
            });
        });
        self.is_hovered = shown.response.contains_pointer();
        if let Some(index) = clicked {
            self.chosen = index;
            self.take(text);
            field.request_focus();
        }
    }

    fn refresh(&mut self, document: &Document, element: ElementRef, text: &str) {
        let typed = mention(text).map(|(_, typed)| typed);
        let Some(typed) = typed.filter(|typed| !typed.is_empty() && self.dismissed.as_deref() != Some(text)) else {
            self.options.clear();
            self.chosen = 0;
            return;
        };
        let before = std::mem::take(&mut self.options);
        let wanted = typed.to_lowercase();
        let mut found: Vec<(u8, &str)> =
            names(document, element).into_iter().filter_map(|name| Some((rank(name, &wanted)?, name))).collect();
        // The sort keeps the order of equals.
        found.sort_by_key(|(rank, _)| *rank);
        for (_, name) in found {
            if !self.options.iter().any(|option| option == name) && self.options.len() < MOST {
                self.options.push(name.to_owned());
            }
        }
        if !self.options.iter().any(|option| option.to_lowercase() == wanted) {
            self.options.push(typed.to_owned());
        }
        if before != self.options {
            self.chosen = 0;
        }
    }
}

/// How well a name answers what was typed, in lower case: the same, begins so, has a word that begins so.
fn rank(name: &str, wanted: &str) -> Option<u8> {
    let lower = name.to_lowercase();
    if lower == wanted {
        return Some(0);
    }
    let has_word = || lower.split(' ').any(|word| word.starts_with(wanted));
    if lower.starts_with(wanted) { Some(1) } else { has_word().then_some(2) }
}

fn row_ui(ui: &mut Ui, place: &Place<'_>, option: &str, is_new: bool, is_chosen: bool) -> bool {
    let theme = place.theme;
    let words = if is_new { format!("{option} (new)") } else { option.to_owned() };
    let ink = colour(if is_chosen { theme.accent.ink } else { theme.neutral.ink });
    let galley = ui.painter().layout_no_wrap(words.clone(), font(theme.sizes.text.body), ink);
    let size = vec2((galley.size().x + 16.0).max(160.0), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    if is_chosen || response.hovered() {
        let ground = if is_chosen { theme.accent.soft } else { theme.neutral.hover };
        ui.painter().rect_filled(rect, theme.sizes.radius.control, colour(ground));
    }
    let at = Rect::from_center_size(rect.center(), vec2(rect.width() - 16.0, galley.size().y)).min;
    ui.painter().galley(at, galley, ink);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, is_chosen, &words));
    response.clicked()
}

/// Where the last `@` of a text is, and what stands behind it.
fn mention(text: &str) -> Option<(usize, &str)> {
    let at = text.rfind('@')?;
    let before = text.get(..at)?;
    let behind = text.get(at + 1..)?;
    let begins_word = before.is_empty() || before.ends_with(char::is_whitespace);
    (begins_word && !behind.contains(['?', '\n', '('])).then_some((at, behind))
}

/// Who may be mentioned: people for a role, everybody who performs for a node.
fn names(document: &Document, element: ElementRef) -> Vec<&str> {
    if let ElementRef::Role(_) = element {
        return document.people().iter().map(|(_, person)| person.name.as_str()).collect();
    }
    let roles = document.roles().iter().map(|(_, role)| role.name.as_str());
    let externals = document.externals().iter().map(|(_, external)| external.name.as_str());
    let systems = document.systems().iter().map(|(_, system)| system.name.as_str());
    roles.chain(externals).chain(systems).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        let mut document = Document::default();
        for name in ["Accountant", "Shop manager", "Sales clerk", "Clerk"] {
            document.insert(Role::new(name));
        }
        let process = document.insert(Process::new("Refund"));
        let step = document.insert(Step::new(process, "Pay"));
        let mut completion = Completion::default();
        completion.refresh(&document, step.into(), text);
        completion.options
    }

    #[test]
    fn words_that_begin_so_are_listed_and_the_last_row_is_new() {
        assert_eq!(list("pay @cl"), ["Clerk", "Sales clerk", "cl"]);
        assert_eq!(list("pay @clerk"), ["Clerk", "Sales clerk"]);
        assert_eq!(list("pay @x"), ["x"]);
        for nothing in ["pay @", "pay", "a@cl", "pay @cl?"] {
            assert_eq!(list(nothing), Vec::<String>::new(), "{nothing}");
        }
    }

    #[test]
    fn the_chosen_row_replaces_what_was_typed() {
        let mut completion = Completion { options: vec!["Clerk".to_owned()], ..Completion::default() };
        let mut text = "pay @cl".to_owned();
        completion.take(&mut text);
        assert_eq!(text, "pay @Clerk");
        assert!(completion.takes_caret_to_end() && completion.options.is_empty());
    }
}
