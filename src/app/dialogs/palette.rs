//! Every command and every element by name: type a part of it, walk with the arrows, Enter does or goes.
//!
//! Commands that do not apply now are listed, too, with the reason; what was used last stands first. A line that asks
//! who decides a case (`refund 250`) has the answer as its first row.

use std::sync::Arc;

use egui::{Id, Key, Modifiers, ScrollArea, Ui};

use crate::analysis::decide::{Inquiry, in_short, read_line};
use crate::app::actions::{ACTIONS, Action, action};
use crate::app::command::{Command, Preference};
use crate::app::core::Core;
use crate::app::keys::works_by_keys;
use crate::app::lookup::reply_to;
use crate::app::panels::{case_words, icon_of};
use crate::app::widgets::{Row, section_header, text_field};
use crate::exhibits::{EXHIBITS, Exhibit};
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
/// What the answer to a question counts that says so or names an amount, and to another one.
const ANSWER: i32 = 400;
const PERHAPS: i32 = 70;

/// The palette.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    query: String,
    chosen: usize,
    /// Whether a row was walked to since the query was last changed.
    walked: bool,
    focused: bool,
    elements: Option<Elements>,
    questions: Option<Questions>,
}

/// What the line asks, kept until it or the document changes.
#[derive(Clone, Debug)]
struct Questions {
    document: Arc<Document>,
    query: String,
    found: Vec<Inquiry>,
}

/// Elements that answer, kept until the question or the document changes.
#[derive(Clone, Debug)]
struct Elements {
    document: Arc<Document>,
    query: String,
    found: Vec<ElementRef>,
}

#[derive(Clone)]
enum Hit {
    Action(&'static Action),
    Answer(Inquiry),
    Element(ElementRef),
    Exhibit(&'static Exhibit),
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
            (self.chosen, self.walked) = (0, false);
        }
        // After the field, so that Enter in the frame of the last letter runs what the whole text asks for.
        let (recent, hits) = self.hits(core);
        let last = hits.len().saturating_sub(1);
        let was_marked = self.marked(core, recent, &hits).is_some();
        self.walked |= down || up;
        self.chosen = match (down, up) {
            (true, _) if was_marked => (self.chosen + 1).min(last),
            (_, true) => self.chosen.saturating_sub(1),
            _ => self.chosen.min(last),
        };
        let marked = self.marked(core, recent, &hits);
        if let Some(hit) = marked.and_then(|marked| hits.get(marked)) {
            ui.accesskit_node_builder(field.id, |node| node.set_active_descendant(hit.id().accesskit_id()));
        }
        ui.add_space(theme.sizes.space.tight);
        let mut picked = marked.filter(|_| enter);
        ScrollArea::vertical().max_height(420.0).min_scrolled_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
            if hits.is_empty() {
                super::sentence_ui(ui, theme, "Nothing has this name. Try fewer letters.");
            }
            for (index, hit) in hits.iter().enumerate() {
                if recent > 0 && (index == 0 || index == recent) {
                    section_header(ui, theme, if index == 0 { "Used last" } else { "All commands" }, None);
                }
                let is_marked = marked == Some(index);
                let response = hit.row(core, is_marked, ui, commands);
                if is_marked && (down || up) {
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

    /// The row that Enter runs. Without a word and without an arrow that is what was used last, and never what would put
    /// another project in the place of this one.
    fn marked(&self, core: &Core, recent: usize, hits: &[Hit]) -> Option<usize> {
        let is_meant = self.walked || !Query::new(&self.query).is_empty();
        let is_harmless = || match hits.first() {
            Some(Hit::Action(action)) => recent > 0 && !ends_project(action, core),
            _ => false,
        };
        (is_meant || is_harmless()).then_some(self.chosen)
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
            hits.extend(EXHIBITS.iter().map(Hit::Exhibit));
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
        for exhibit in EXHIBITS {
            let meta = exhibit.meta;
            let by_title = query.rank(meta.title).map(|(worth, _)| worth);
            let with_keywords = format!("{} {} {} analysis", meta.title, meta.question, meta.keywords);
            let by_keyword = query.rank(&with_keywords).map(|(worth, _)| worth - KEYWORD);
            let Some(worth) = by_title.max(by_keyword) else { continue };
            scored.push((worth, scored.len(), Hit::Exhibit(exhibit)));
        }
        for element in self.elements(core, &query) {
            let worth = query.rank(&title(core.document(), element)).map_or(0, |(worth, _)| worth);
            scored.push((worth - ELEMENT, scored.len(), Hit::Element(element)));
        }
        let is_sure = self.query.contains(|letter: char| letter.is_ascii_digit()) || says_it_asks(&self.query);
        for inquiry in self.questions(core) {
            scored.push((if is_sure { ANSWER } else { PERHAPS }, scored.len(), Hit::Answer(inquiry)));
        }
        scored.sort_by_key(|(worth, order, _)| (std::cmp::Reverse(*worth), *order));
        (0, scored.into_iter().take(MOST_SHOWN).map(|(_, _, hit)| hit).collect())
    }

    /// What the line asks, if it asks who decides.
    fn questions(&mut self, core: &Core) -> Vec<Inquiry> {
        let document = core.editor.document();
        let is_fresh = |kept: &&Questions| Arc::ptr_eq(&kept.document, document) && kept.query == self.query;
        if let Some(kept) = self.questions.as_ref().filter(is_fresh) {
            return kept.found.clone();
        }
        let found = read_line(document, &self.query);
        self.questions =
            Some(Questions { document: document.clone(), query: self.query.clone(), found: found.clone() });
        found
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

/// Whether an action puts another project in the place of this one, or ends the program.
fn ends_project(action: &Action, core: &Core) -> bool {
    (action.act)(core).is_ok_and(|wishes| wishes.iter().any(|wish| matches!(wish, Command::Proceed(_))))
}

fn says_it_asks(query: &str) -> bool {
    let lower = query.trim_start().to_lowercase();
    lower.starts_with("who ") || lower.starts_with("decide ")
}

impl Hit {
    fn id(&self) -> Id {
        match self {
            Self::Action(action) => Id::unique(("palette", action.id)),
            Self::Answer(inquiry) => Id::unique(("palette", "who decides", inquiry.decision)),
            Self::Element(element) => Id::unique(("palette", *element)),
            Self::Exhibit(exhibit) => Id::unique(("palette", "exhibit", exhibit.meta.id)),
        }
    }

    fn row(&self, core: &Core, chosen: bool, ui: &mut Ui, commands: &mut Vec<Command>) -> egui::Response {
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
                said(response.inner, action.help)
            }
            Self::Exhibit(exhibit) => {
                let meta = exhibit.meta;
                let label = format!("Analysis {}", meta.title);
                let row = Row {
                    id: self.id(),
                    icon: Some(meta.icon),
                    name: meta.title,
                    detail: "analysis",
                    badge: None,
                    depth: 0,
                    open: None,
                    selected: chosen,
                    label: &label,
                };
                said(row.show(ui, theme).response, meta.question)
            }
            Self::Answer(inquiry) => answer_row(core, inquiry, (self.id(), chosen), ui, commands),
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
            Self::Answer(inquiry) => {
                commands.push(Command::CloseDialog);
                commands.push(Command::OpenLookup(Some(Box::new(inquiry.clone()))));
            }
            Self::Element(element) => {
                commands.push(Command::CloseDialog);
                commands.push(Command::Reveal(*element));
            }
            Self::Exhibit(exhibit) => {
                commands.push(Command::CloseDialog);
                commands.push(Command::OpenExhibit(exhibit.meta.id));
            }
        }
    }
}

/// `Shop assistant decides`, with what was asked behind it.
fn answer_row(
    core: &Core,
    inquiry: &Inquiry,
    (id, chosen): (Id, bool),
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) -> egui::Response {
    let document = core.document();
    let reply = reply_to(core, inquiry, commands).filter(|(_, is_fresh)| *is_fresh);
    let name = reply.map_or_else(|| "Who decides?".to_owned(), |(reply, _)| in_short(document, &reply.answer));
    let question = document.name_of(inquiry.decision.into());
    let case = case_words(document, inquiry);
    let detail = if case.is_empty() { question.to_owned() } else { format!("{question}: {case}") };
    let label = format!("{name} ({detail})");
    let row = Row {
        id,
        icon: Some(Icon::Decision),
        name: &name,
        detail: &detail,
        badge: None,
        depth: 0,
        open: None,
        selected: chosen,
        label: &label,
    };
    said(row.show(ui, core.theme()).response, "Opens “Who decides?” with this question")
}
/// Words on a row under the pointer; not while one types, where the pointer only rests.
fn said(response: egui::Response, words: &str) -> egui::Response {
    if works_by_keys(&response.ctx) { response } else { response.on_hover_text(words) }
}
