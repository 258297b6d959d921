//! Every command and every element by name: type a part of it, walk with the arrows, Enter does or goes.
//!
//! Commands that do not apply now are listed, too, with the reason; what was used last stands first.

use std::sync::Arc;

use egui::{Id, Key, Modifiers, ScrollArea, Ui};

use crate::app::actions::{ACTIONS, Action, action};
use crate::app::command::{Command, Preference};
use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::widgets::{Row, section_header, text_field};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::search::{Field, Query, title};

const MOST_SHOWN: usize = 60;
/// Elements of one kind that are listed.
const FEW: usize = 8;
/// How much less a command counts that does not apply, a word that only its keywords have, and an element.
const NOT_NOW: i32 = 12;
const KEYWORD: i32 = 40;
const ELEMENT: i32 = 5;

/// The palette.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    query: String,
    chosen: usize,
    focused: bool,
    elements: Option<Elements>,
}

/// Elements that answer, kept until the question or the document changes.
#[derive(Clone, Debug)]
struct Elements {
    document: Arc<Document>,
    query: String,
    found: Vec<ElementRef>,
}

#[derive(Clone, Copy)]
enum Hit {
    Action(&'static Action),
    Element(ElementRef),
}

impl Palette {
    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        let (down, up, enter) = ui.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let before = self.query.clone();
        let hint = "Run a command or find an element";
        let field = text_field(ui, theme, Id::unique("palette-query"), "Search", &mut self.query, hint);
        if !self.focused {
            field.request_focus();
            self.focused = true;
        }
        if before != self.query {
            self.chosen = 0;
        }
        // After the field, so that Enter in the frame of the last letter runs what the whole text asks for.
        let (recent, hits) = self.hits(core);
        let last = hits.len().saturating_sub(1);
        self.chosen = match (down, up) {
            (true, _) => (self.chosen + 1).min(last),
            (_, true) => self.chosen.saturating_sub(1),
            _ => self.chosen.min(last),
        };
        if let Some(hit) = hits.get(self.chosen) {
            ui.accesskit_node_builder(field.id, |node| node.set_active_descendant(hit.id().accesskit_id()));
        }
        ui.add_space(theme.sizes.space.tight);
        let mut picked = if enter { Some(self.chosen) } else { None };
        ScrollArea::vertical().max_height(420.0).min_scrolled_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
            if hits.is_empty() {
                super::sentence_ui(ui, theme, "Nothing has this name. Try fewer letters.");
            }
            for (index, hit) in hits.iter().enumerate() {
                if recent > 0 && (index == 0 || index == recent) {
                    section_header(ui, theme, if index == 0 { "Used last" } else { "All commands" }, None);
                }
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

    /// What is listed, and how many of that at its head because they were used last.
    fn hits(&mut self, core: &Core) -> (usize, Vec<Hit>) {
        let query = Query::new(&self.query);
        if query.is_empty() {
            let used = core.preferences.used.iter().filter_map(|id| action(id)).map(Hit::Action);
            let mut hits: Vec<Hit> = used.collect();
            let recent = hits.len();
            let is_used = |id: &str| core.preferences.used.iter().any(|used| used == id);
            hits.extend(ACTIONS.iter().filter(|action| !is_used(action.id)).map(|action| Hit::Action(action)));
            return (recent, hits);
        }
        let used_last = |id: &str| core.preferences.used.iter().position(|used| used == id);
        let mut scored: Vec<(i32, usize, Hit)> = Vec::new();
        for action in ACTIONS.iter().copied() {
            let by_label = query.rank(action.label).map(|(worth, _)| worth);
            let with_keywords = format!("{} {} {}", action.label, action.menu.title(), action.keywords);
            let by_keyword = query.rank(&with_keywords).map(|(worth, _)| worth - KEYWORD);
            let Some(worth) = by_label.max(by_keyword) else { continue };
            let not_now = if (action.act)(core).is_ok() { 0 } else { NOT_NOW };
            let habit = used_last(action.id).map_or(0, |place| 8 - (place as i32).min(8));
            scored.push((worth - not_now + habit, scored.len(), Hit::Action(action)));
        }
        for element in self.elements(core, &query) {
            let worth = query.rank(&title(core.document(), element)).map_or(0, |(worth, _)| worth);
            scored.push((worth - ELEMENT, scored.len(), Hit::Element(element)));
        }
        scored.sort_by_key(|(worth, order, _)| (std::cmp::Reverse(*worth), *order));
        (0, scored.into_iter().take(MOST_SHOWN).map(|(_, _, hit)| hit).collect())
    }

    /// Elements whose names answer.
    fn elements(&mut self, core: &Core, query: &Query) -> Vec<ElementRef> {
        let document = core.editor.document();
        let is_fresh = |kept: &&Elements| Arc::ptr_eq(&kept.document, document) && kept.query == self.query;
        if let Some(kept) = self.elements.as_ref().filter(is_fresh) {
            return kept.found.clone();
        }
        let Some(index) = core.index.as_ref().filter(|index| Arc::ptr_eq(index.document(), document)) else {
            return Vec::new();
        };
        let groups = index.find(query, FEW).groups;
        let hits = groups.into_iter().flat_map(|group| group.hits).filter(|hit| hit.field == Field::Name);
        let found: Vec<ElementRef> = hits.map(|hit| hit.element).collect();
        self.elements = Some(Elements { document: document.clone(), query: self.query.clone(), found: found.clone() });
        found
    }
}

impl Hit {
    fn id(&self) -> Id {
        match self {
            Self::Action(action) => Id::unique(("palette", action.id)),
            Self::Element(element) => Id::unique(("palette", *element)),
        }
    }

    fn row(&self, core: &Core, chosen: bool, ui: &mut Ui) -> egui::Response {
        let theme = core.theme();
        match self {
            Self::Action(action) => {
                let name = action.label_now(core);
                let keys = action.shortcuts.first().map(|shortcut| ui.ctx().format_shortcut(shortcut));
                let reason = (action.act)(core).err();
                let detail = match (keys, reason) {
                    (Some(keys), Some(reason)) => format!("{reason} · {keys}"),
                    (keys, reason) => keys.or_else(|| reason.map(str::to_owned)).unwrap_or_default(),
                };
                let label = reason.map_or_else(|| name.clone(), |reason| format!("{name}, not now: {reason}"));
                let row = Row {
                    id: self.id(),
                    icon: action.icon.or(Some(Icon::Command)),
                    name: &name,
                    detail: &detail,
                    badge: None,
                    depth: 0,
                    open: None,
                    selected: chosen,
                    label: &label,
                };
                let response = ui.scope(|ui| {
                    if reason.is_some() {
                        ui.set_opacity(0.62);
                    }
                    row.show(ui, theme).response
                });
                response.inner.on_hover_text(action.help)
            }
            Self::Element(element) => {
                let name = title(core.document(), *element);
                let row = Row {
                    id: self.id(),
                    icon: Some(icon_of(core.document(), *element)),
                    name: &name,
                    detail: element.kind().word(),
                    badge: None,
                    depth: 0,
                    open: None,
                    selected: chosen,
                    label: &name,
                };
                row.show(ui, theme).response
            }
        }
    }

    fn run(&self, core: &Core, commands: &mut Vec<Command>) {
        match self {
            Self::Action(action) => match (action.act)(core) {
                Ok(_) => {
                    commands.push(Command::CloseDialog);
                    commands.push(Command::Preference(Preference::Used(action.id)));
                    commands.push(Command::Action(action.id));
                }
                Err(reason) => {
                    let label = action.label.trim_end_matches('…');
                    commands.push(Command::Hint(format!("{label}: {reason}.")));
                }
            },
            Self::Element(element) => {
                commands.push(Command::CloseDialog);
                commands.push(Command::Reveal(*element));
            }
        }
    }
}
