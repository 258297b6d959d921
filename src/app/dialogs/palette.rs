//! Commands and elements by name: type a part of it, walk with the arrows, Enter does or goes.

use egui::{Id, Key, Modifiers, ScrollArea, Ui};

use crate::app::actions::{ACTIONS, Action};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::widgets::{Row, text_field};
use crate::model::*;
use crate::scene::icon::Icon;

const MOST_SHOWN: usize = 60;

/// The palette.
#[derive(Clone, Debug)]
pub struct Palette {
    query: String,
    chosen: usize,
    with_commands: bool,
    focused: bool,
}

enum Hit {
    Action(&'static Action),
    Element(ElementRef),
}

impl Palette {
    pub(super) fn new(with_commands: bool) -> Self {
        Self { query: String::new(), chosen: 0, with_commands, focused: false }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        let hits = self.hits(core);
        let (down, up, enter) = ui.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let last = hits.len().saturating_sub(1);
        self.chosen = match (down, up) {
            (true, _) => (self.chosen + 1).min(last),
            (_, true) => self.chosen.saturating_sub(1),
            _ => self.chosen.min(last),
        };
        let hint = if self.with_commands { "Run a command or find an element" } else { "Find an element" };
        let before = self.query.clone();
        let field = text_field(ui, theme, Id::unique("palette-query"), "Search", &mut self.query, hint);
        if !self.focused {
            field.request_focus();
            self.focused = true;
        }
        if before != self.query {
            self.chosen = 0;
        }
        ui.add_space(theme.sizes.space.tight);
        let mut picked = if enter { Some(self.chosen) } else { None };
        ScrollArea::vertical().max_height(420.0).min_scrolled_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
            if hits.is_empty() {
                super::sentence_ui(ui, theme, "Nothing has this name. Try fewer letters.");
            }
            for (index, hit) in hits.iter().enumerate() {
                let response = hit.row(core, index == self.chosen, ui);
                if index == self.chosen && (down || up) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    picked = Some(index);
                }
            }
        });
        if let Some(hit) = picked.and_then(|index| hits.get(index)) {
            hit.run(core, commands);
        }
    }

    fn hits(&self, core: &Core) -> Vec<Hit> {
        let mut scored: Vec<(i32, usize, Hit)> = Vec::new();
        let query = self.query.trim().to_lowercase();
        if self.with_commands {
            for action in ACTIONS {
                let by_label = score(&query, action.label);
                let by_keyword = score(&query, action.keywords).map(|score| score - 40);
                if let Some(score) = by_label.max(by_keyword) {
                    scored.push((score, scored.len(), Hit::Action(action)));
                }
            }
        }
        if !(query.is_empty() && self.with_commands) {
            for (element, name) in findable(core.document()) {
                if let Some(score) = score(&query, name) {
                    scored.push((score - 5, scored.len(), Hit::Element(element)));
                }
            }
        }
        if !query.is_empty() {
            scored.sort_by_key(|(score, order, _)| (std::cmp::Reverse(*score), *order));
        }
        scored.into_iter().take(MOST_SHOWN).map(|(_, _, hit)| hit).collect()
    }
}

impl Hit {
    fn row(&self, core: &Core, chosen: bool, ui: &mut Ui) -> egui::Response {
        let theme = core.theme();
        match self {
            Self::Action(action) => {
                let name = action.label_now(core);
                let detail = match (action.act)(core) {
                    Ok(_) => {
                        action.shortcuts.first().map_or_else(String::new, |shortcut| ui.ctx().format_shortcut(shortcut))
                    }
                    Err(reason) => reason.to_owned(),
                };
                let row = Row {
                    id: Id::unique(("palette", action.id)),
                    icon: action.icon.or(Some(Icon::Command)),
                    name: &name,
                    detail: &detail,
                    badge: None,
                    depth: 0,
                    open: None,
                    selected: chosen,
                    label: &name,
                };
                row.show(ui, theme).response.on_hover_text(action.help)
            }
            Self::Element(element) => {
                let name = core.document().name_of(*element);
                let row = Row {
                    id: Id::unique(("palette", *element)),
                    icon: Some(icon_of(core.document(), *element)),
                    name,
                    detail: element.kind().word(),
                    badge: None,
                    depth: 0,
                    open: None,
                    selected: chosen,
                    label: name,
                };
                row.show(ui, theme).response
            }
        }
    }

    fn run(&self, core: &Core, commands: &mut Vec<Command>) {
        match self {
            Self::Action(action) if (action.act)(core).is_ok() => {
                commands.push(Command::CloseDialog);
                commands.push(Command::Action(action.id));
            }
            Self::Action(_) => {}
            Self::Element(element) => {
                commands.push(Command::CloseDialog);
                commands.push(Command::Reveal(*element));
            }
        }
    }
}

/// Everything that has a name of its own.
fn findable(document: &Document) -> impl Iterator<Item = (ElementRef, &str)> {
    fn named<E: Element>(document: &Document) -> impl Iterator<Item = (ElementRef, &str)> {
        E::table(document).iter().map(|(id, record)| (id.into(), record.name())).filter(|(_, name)| !name.is_empty())
    }
    named::<Unit>(document)
        .chain(named::<Role>(document))
        .chain(named::<Person>(document))
        .chain(named::<Process>(document))
        .chain(named::<Step>(document))
        .chain(named::<Decision>(document))
        .chain(named::<External>(document))
        .chain(named::<System>(document))
        .chain(named::<Body>(document))
        .chain(named::<Gateway>(document))
        .chain(named::<Event>(document))
        .chain(named::<Artefact>(document))
        .chain(named::<Note>(document))
        .chain(named::<View>(document))
}

/// How well a text answers a query: none if a letter of it is missing, more for whole words and early places.
fn score(query: &str, text: &str) -> Option<i32> {
    if query.is_empty() {
        return Some(0);
    }
    let lower = text.to_lowercase();
    if let Some(at) = lower.find(query) {
        let starts_word = at == 0 || !lower.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        return Some(100 - (at as i32).min(30) + if starts_word { 40 } else { 0 });
    }
    let mut letters = lower.chars();
    let mut gaps = 0;
    for wanted in query.chars().filter(|c| !c.is_whitespace()) {
        let mut skipped = 0;
        loop {
            match letters.next() {
                Some(c) if c == wanted => break,
                Some(_) => skipped += 1,
                None => return None,
            }
        }
        gaps += skipped;
    }
    (gaps <= 12).then_some(40 - gaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_starts_beat_middles_and_scattered_letters_come_last() {
        let best = score("role", "Role").unwrap();
        let middle = score("role", "Patrole").unwrap();
        let scattered = score("rl", "Role").unwrap();
        assert!(best > middle && middle > scattered);
        assert_eq!(score("xyz", "Role"), None);
        assert_eq!(score("", "anything"), Some(0));
    }
}
