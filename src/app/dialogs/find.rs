//! The search: type a few letters, walk the results with the arrows while the view shows each, Enter goes there,
//! Escape comes back. What answers is worked out by [`crate::search`]; here it is asked, listed and walked.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Area, Context, Id, Key, Modifiers, Order, Rect, ScrollArea, Ui, Vec2};

use super::find_row::{self, RowLook};
use crate::app::canvas::floating;
use crate::app::command::{Command, FindEnd};
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{section_header, text, text_field};
use crate::model::*;
use crate::scene::capitalised;
use crate::search::{Found, Hit, Query, shown_in};

/// Width of the surface.
const WIDTH: f32 = 440.0;
/// Distance from the border of the view.
const MARGIN: f32 = 12.0;
/// So many results of each kind are listed at first.
const FEW: usize = 6;
/// So many of a kind that was asked for wholly.
const MANY: usize = 200;

/// The search.
#[derive(Clone, Debug, Default)]
pub struct Find {
    query: String,
    /// Index of the chosen line.
    chosen: usize,
    /// The kind whose results are all listed.
    opened: Option<ElementKind>,
    answered: Option<Answered>,
    focused: bool,
    /// Whether Enter waits for the results of what was typed before it.
    entered: bool,
}

/// Results, kept until the question or the document changes.
#[derive(Clone, Debug)]
struct Answered {
    document: Arc<Document>,
    query: String,
    opened: Option<ElementKind>,
    found: Arc<Found>,
    shown_in: Arc<BTreeMap<ElementRef, Vec<ViewId>>>,
}

/// What can be walked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Hit(ElementRef),
    More(ElementKind),
}

/// How much of a view, in points from its left edge, the search covers.
pub fn covered_by_search(ctx: &Context, viewport: Rect) -> f32 {
    let area = ctx.memory(|memory| memory.areas().is_visible(&layer()).then(|| memory.area_rect(area_id())).flatten());
    let covered = area.map_or(0.0, |area: Rect| area.right() - viewport.left());
    // In a narrow window nothing is left beside it.
    if covered > viewport.width() * 0.6 { 0.0 } else { covered.max(0.0) }
}

fn area_id() -> Id {
    Id::unique("find")
}

fn layer() -> egui::LayerId {
    egui::LayerId::new(Order::Foreground, area_id())
}

impl Find {
    pub(super) fn show(&mut self, ui: &Ui, core: &Core, center: Rect, commands: &mut Vec<Command>) {
        let width = WIDTH.min(center.width() - 2.0 * MARGIN).max(220.0);
        let area = Area::new(area_id()).order(Order::Foreground).fixed_pos(center.min + Vec2::splat(MARGIN));
        let response = area.show(ui, |ui| {
            floating(core.theme()).show(ui, |ui| {
                ui.set_width(width);
                let height = (center.height() - 140.0).clamp(120.0, 520.0);
                self.content_ui(ui, core, height, commands);
            });
        });
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            commands.push(Command::EndFind(FindEnd::GiveUp));
        } else if response.response.clicked_elsewhere() {
            commands.push(Command::EndFind(FindEnd::Stay));
        }
    }

    fn content_ui(&mut self, ui: &mut Ui, core: &Core, height: f32, commands: &mut Vec<Command>) {
        let keys = Keys::read(ui);
        let answered = self.answer(core);
        let lines = lines(&answered.found);
        let moved = keys.by != 0 && !lines.is_empty();
        if moved {
            let last = lines.len() - 1;
            self.chosen = (self.chosen as i64 + keys.by).clamp(0, last as i64) as usize;
            if let Some(Line::Hit(element)) = lines.get(self.chosen) {
                commands.push(Command::Preview(*element));
            }
        }
        self.entered |= keys.enter;
        self.field_ui(ui, core, &lines);
        if self.query.trim().is_empty() {
            self.entered = false;
            hint_ui(
                ui,
                core,
                "Names, notes, limits, people, conditions. Arrows show each result in its place, Enter goes there, Escape comes back.",
            );
            return;
        }
        if core.index.is_none() {
            hint_ui(ui, core, "Reading the project…");
            return;
        }
        if answered.found.total == 0 && answered.query == self.query {
            self.entered = false;
            hint_ui(ui, core, "Nothing says this. Try fewer words, or a part of one.");
            return;
        }
        ui.add_space(4.0);
        let is_answered = answered.query == self.query && Arc::ptr_eq(&answered.document, core.editor.document());
        let goes = self.entered && is_answered;
        self.entered &= !goes;
        let mut picked = if goes { lines.get(self.chosen).copied() } else { None };
        ScrollArea::vertical()
            .id_salt("find results")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                if let Some(clicked) = self.results_ui(ui, core, &answered, moved) {
                    picked = Some(clicked);
                }
            });
        match picked {
            Some(Line::Hit(element)) => commands.push(Command::EndFind(FindEnd::GoTo(element))),
            Some(Line::More(kind)) => self.opened = Some(kind),
            None => {}
        }
    }

    fn field_ui(&mut self, ui: &mut Ui, core: &Core, lines: &[Line]) {
        let before = self.query.clone();
        let field =
            text_field(ui, core.theme(), Id::unique("find-query"), "Find", &mut self.query, "Find in this project");
        if !self.focused {
            field.request_focus();
            self.focused = true;
        }
        if before != self.query {
            (self.chosen, self.opened) = (0, None);
        }
        if let Some(line) = lines.get(self.chosen) {
            ui.accesskit_node_builder(field.id, |node| node.set_active_descendant(row_id(*line).accesskit_id()));
        }
    }

    /// The results of the present question, from the frame before where nothing has changed.
    fn answer(&mut self, core: &Core) -> Answered {
        let document = core.editor.document();
        let is_fresh = |kept: &&Answered| {
            Arc::ptr_eq(&kept.document, document) && kept.query == self.query && kept.opened == self.opened
        };
        if let Some(kept) = self.answered.as_ref().filter(is_fresh) {
            return kept.clone();
        }
        let Some(index) = core.index.as_ref().filter(|index| Arc::ptr_eq(index.document(), document)) else {
            return self.answered.clone().unwrap_or_else(|| Answered::nothing(document));
        };
        let query = Query::new(&self.query);
        let mut found = index.find(&query, FEW);
        if let Some(kind) = self.opened {
            let all = index.find(&query, MANY);
            found.groups.iter_mut().filter(|group| group.kind == kind).for_each(|group| {
                if let Some(whole) = all.groups.iter().find(|whole| whole.kind == kind) {
                    group.clone_from(whole);
                }
            });
        }
        let elements: Vec<ElementRef> =
            found.groups.iter().flat_map(|group| group.hits.iter().map(|hit| hit.element)).collect();
        let answered = Answered {
            document: document.clone(),
            query: self.query.clone(),
            opened: self.opened,
            shown_in: Arc::new(shown_in(document, &elements)),
            found: Arc::new(found),
        };
        self.answered = Some(answered.clone());
        answered
    }

    /// Draws the results; the line that was clicked.
    fn results_ui(&self, ui: &mut Ui, core: &Core, answered: &Answered, moved: bool) -> Option<Line> {
        let theme = core.theme();
        let mut clicked = None;
        let mut index = 0;
        for group in &answered.found.groups {
            let count = group.hits.len() + group.more;
            section_header(ui, theme, &format!("{} · {count}", capitalised(group.kind.plural())), None);
            for hit in &group.hits {
                let chosen = index == self.chosen;
                let response = hit_ui(ui, core, answered, hit, chosen);
                if chosen && moved {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(Line::Hit(hit.element));
                }
                index += 1;
            }
            if group.more > 0 {
                let line = Line::More(group.kind);
                let words = match self.opened == Some(group.kind) {
                    true => format!("{} more: type another word to narrow them down", group.more),
                    false => format!("Show {} more", group.more),
                };
                let response = find_row::more_ui(ui, theme, row_id(line), &words, index == self.chosen);
                if index == self.chosen && moved {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(line);
                }
                index += 1;
            }
        }
        clicked
    }
}

fn hit_ui(ui: &mut Ui, core: &Core, answered: &Answered, hit: &Hit, chosen: bool) -> egui::Response {
    let none = Vec::new();
    let views = answered.shown_in.get(&hit.element).unwrap_or(&none);
    let place = match (hit.element, views.as_slice()) {
        (ElementRef::View(_), _) => String::new(),
        (_, []) => "in no view".to_owned(),
        (_, [one]) => core.document().name_of((*one).into()).to_owned(),
        (_, [first, rest @ ..]) => format!("{} +{}", core.document().name_of((*first).into()), rest.len()),
    };
    RowLook { id: row_id(Line::Hit(hit.element)), hit, place: &place, chosen }.show(ui, core)
}

impl Answered {
    fn nothing(document: &Arc<Document>) -> Self {
        let (found, shown_in) = Default::default();
        Self { document: document.clone(), query: String::new(), opened: None, found, shown_in }
    }
}

fn lines(found: &Found) -> Vec<Line> {
    let of = |group: &crate::search::Group| {
        let more = (group.more > 0).then_some(Line::More(group.kind));
        group.hits.iter().map(|hit| Line::Hit(hit.element)).chain(more).collect::<Vec<_>>()
    };
    found.groups.iter().flat_map(of).collect()
}

fn row_id(line: Line) -> Id {
    match line {
        Line::Hit(element) => Id::unique(("found", element)),
        Line::More(kind) => Id::unique(("found more", kind)),
    }
}

fn hint_ui(ui: &mut Ui, core: &Core, words: &str) {
    let theme = core.theme();
    ui.add_space(6.0);
    let words = text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second));
    ui.add(egui::Label::new(words).wrap());
    ui.add_space(4.0);
}

/// What the keys of this frame ask for.
struct Keys {
    /// How many lines down.
    by: i64,
    enter: bool,
}

impl Keys {
    fn read(ui: &Ui) -> Self {
        const PAGE: i64 = 8;
        ui.input_mut(|input| {
            let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key) as i64;
            let by = count(Key::ArrowDown) - count(Key::ArrowUp) + PAGE * (count(Key::PageDown) - count(Key::PageUp));
            Self { by, enter: count(Key::Enter) > 0 }
        })
    }
}
