//! A field in which one of many is found by typing: a list below it, walked with the arrows, taken with Enter.
//!
//! The list opens with the first letter, a click or the down arrow. Escape leaves everything as it was; leaving the
//! field takes the row that is marked.

use egui::{Area, Id, Key, Modifiers, Order, Rect, Response, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::field::select_all;
use super::{paint_icon, text};
use crate::app::style::{colour, font};
use crate::scene::icon::Icon;
use crate::scene::text::Measure;
use crate::scene::theme::Theme;
use crate::search::Query;

/// The most rows that are listed.
const MOST: usize = 60;
/// Rows in sight without scrolling.
const IN_SIGHT: f32 = 8.0;

/// What can be picked.
pub struct Offer {
    /// Its icon.
    pub icon: Option<Icon>,
    /// Its name.
    pub name: String,
    /// What stands behind the name in secondary ink.
    pub detail: String,
}

/// The field.
pub struct Picker<'a> {
    /// Tells fields apart.
    pub id: Id,
    /// Name for assistive technology.
    pub name: &'a str,
    /// What stands in the empty field.
    pub hint: &'a str,
    /// What is picked now; empty for nothing.
    pub shown: &'a str,
    /// Whether a text that names nothing is taken as it is.
    pub takes_texts: bool,
}

/// What was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The offer at this place.
    Offer(usize),
    /// Nothing: the field was emptied.
    Nothing,
    /// A text of one's own.
    Text(String),
}

/// What is being typed.
#[derive(Clone, Debug, Default)]
struct Typing {
    text: String,
    chosen: usize,
    is_open: bool,
    /// Whether the pointer was over the list: a press there does not leave the field.
    is_hovered: bool,
    /// Whether anything was typed since the field was entered.
    was_typed: bool,
}

impl Picker<'_> {
    /// Draws the field, and the list while it is open; `offers` is asked only then.
    pub fn show(self, ui: &mut Ui, theme: &Theme, offers: impl FnOnce() -> Vec<Offer>) -> (Response, Option<Picked>) {
        let known: Option<Typing> = ui.data(|data| data.get_temp(self.id));
        let mut typing = known.clone().unwrap_or_default();
        if !typing.was_typed {
            self.shown.clone_into(&mut typing.text);
        }
        let has_focus = ui.memory(|memory| memory.has_focus(self.id));
        let keys = if has_focus { Keys::take(ui, typing.is_open) } else { Keys::default() };
        let before = typing.text.clone();
        let field = self.field_ui(ui, theme, &mut typing.text);
        if field.gained_focus() {
            select_all(ui, self.id, &typing.text);
        }
        if typing.text != before {
            typing = Typing { is_open: true, was_typed: true, chosen: 0, ..typing };
        }
        if keys.down && !typing.is_open || field.clicked() {
            typing.is_open = true;
        }
        let escaped = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
        let is_left = field.lost_focus() && !typing.is_hovered;
        if !typing.is_open && !typing.was_typed || escaped {
            let stays = field.has_focus() && !escaped;
            self.keep(ui, stays.then_some(typing));
            return (field, None);
        }
        let offers = offers();
        let listed = self.listed(&typing, &offers);
        typing.chosen = keys.moved(typing.chosen, listed.len(), known.is_some_and(|known| known.is_open));
        if let Some(row) = listed.get(typing.chosen).filter(|_| typing.is_open) {
            let marked = row_id(self.id, *row);
            ui.accesskit_node_builder(field.id, |node| node.set_active_descendant(marked.accesskit_id()));
        }
        let clicked =
            if typing.is_open { self.list_ui(ui, theme, &field, &mut typing, &offers, &listed, keys) } else { None };
        let picked = match clicked {
            Some(row) => Some(Picked::Offer(row)),
            None if keys.enter || is_left => self.taken(&typing, &listed),
            None => None,
        };
        if clicked.is_some() {
            field.request_focus();
        }
        let stays = !is_left && picked.is_none() && !(keys.enter && listed.is_empty());
        self.keep(ui, stays.then_some(typing));
        if picked.is_some() {
            ui.ctx().request_repaint();
        }
        (field, picked)
    }

    fn keep(&self, ui: &Ui, typing: Option<Typing>) {
        ui.data_mut(|data| match typing {
            Some(typing) => drop(data.insert_temp(self.id, typing)),
            None => drop(data.remove_temp::<Typing>(self.id)),
        });
    }

    fn field_ui(&self, ui: &mut Ui, theme: &Theme, typed: &mut String) -> Response {
        let hint = text(self.hint, theme.sizes.text.body).color(colour(theme.neutral.ink_third));
        let edit = TextEdit::singleline(typed)
            .id(self.id)
            .hint_text(hint)
            .text_color(colour(theme.neutral.ink))
            .margin(egui::Margin::symmetric(8, 5))
            .desired_width(f32::INFINITY);
        ui.add(edit).accessible_name(self.name)
    }

    /// The offers that answer what was typed, the best first; all of them before anything was typed.
    fn listed(&self, typing: &Typing, offers: &[Offer]) -> Vec<usize> {
        let query = Query::new(&typing.text);
        if query.is_empty() || !typing.was_typed {
            return (0..offers.len()).take(MOST).collect();
        }
        let ranked = offers.iter().enumerate().filter_map(|(row, offer)| Some((query.rank(&offer.name)?.0, row)));
        let mut ranked: Vec<(i32, usize)> = ranked.collect();
        ranked.sort_by_key(|(worth, row)| (std::cmp::Reverse(*worth), *row));
        ranked.into_iter().take(MOST).map(|(_, row)| row).collect()
    }

    /// What Enter, or leaving the field, takes.
    fn taken(&self, typing: &Typing, listed: &[usize]) -> Option<Picked> {
        let typed = typing.text.trim();
        if typing.was_typed && typed.is_empty() {
            return (!self.shown.is_empty()).then_some(Picked::Nothing);
        }
        match listed.get(typing.chosen) {
            Some(row) if typing.is_open || typing.was_typed => Some(Picked::Offer(*row)),
            _ if self.takes_texts && typing.was_typed => Some(Picked::Text(typed.to_owned())),
            _ => None,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a list below a field, with what was typed and pressed there")]
    fn list_ui(
        &self,
        ui: &Ui,
        theme: &Theme,
        field: &Response,
        typing: &mut Typing,
        offers: &[Offer],
        listed: &[usize],
        keys: Keys,
    ) -> Option<usize> {
        let mut clicked = None;
        let area = Area::new(self.id.with("list")).order(Order::Foreground).constrain(true);
        let shown = area.fixed_pos(field.rect.left_bottom() + vec2(0.0, 4.0)).show(ui, |ui| {
            egui::Frame::popup(ui.style()).inner_margin(6).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.set_width(field.rect.width().max(200.0) - 12.0);
                if listed.is_empty() {
                    let words = if self.takes_texts { "Enter takes it as it is." } else { "Nothing has this name." };
                    ui.label(text(words, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
                }
                let height = theme.sizes.row.compact * IN_SIGHT;
                ScrollArea::vertical().max_height(height).show(ui, |ui| {
                    for (place, row) in listed.iter().enumerate() {
                        let Some(offer) = offers.get(*row) else { continue };
                        let is_chosen = place == typing.chosen;
                        let response = row_ui(ui, theme, row_id(self.id, *row), offer, is_chosen);
                        if is_chosen && (keys.down || keys.up) {
                            response.scroll_to_me(None);
                        }
                        if response.clicked() {
                            clicked = Some(*row);
                        }
                    }
                });
            });
        });
        typing.is_hovered = shown.response.contains_pointer();
        clicked
    }
}

/// The keys that the field takes before the text does.
#[derive(Clone, Copy, Default)]
struct Keys {
    down: bool,
    up: bool,
    enter: bool,
}

impl Keys {
    fn take(ui: &Ui, is_open: bool) -> Self {
        ui.input_mut(|input| Self {
            down: input.consume_key(Modifiers::NONE, Key::ArrowDown),
            up: is_open && input.consume_key(Modifiers::NONE, Key::ArrowUp),
            enter: input.consume_key(Modifiers::NONE, Key::Enter),
        })
    }

    /// The marked row after these keys; the arrow that opens the list marks its first row.
    fn moved(self, chosen: usize, count: usize, was_open: bool) -> usize {
        let last = count.saturating_sub(1);
        match (self.down && was_open, self.up) {
            (true, _) => (chosen + 1).min(last),
            (_, true) => chosen.saturating_sub(1),
            _ => chosen.min(last),
        }
    }
}

fn row_id(field: Id, row: usize) -> Id {
    field.with(("offer", row))
}

fn row_ui(ui: &mut Ui, theme: &Theme, id: Id, offer: &Offer, is_chosen: bool) -> Response {
    let size = vec2(ui.available_width(), theme.sizes.row.compact);
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, true, is_chosen, &offer.name));
    let ground = match (is_chosen, response.hovered()) {
        (true, _) => Some(theme.accent.soft),
        (false, true) => Some(theme.neutral.hover),
        (false, false) => None,
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, theme.sizes.radius.control, colour(ground));
    }
    let ink = if is_chosen { theme.accent.ink } else { theme.neutral.ink };
    let mut left = rect.left() + 6.0;
    if let Some(icon) = offer.icon {
        let place = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(18.0, rect.height()));
        paint_icon(ui, place, icon, 14.0, colour(ink));
        left = place.right() + 5.0;
    }
    let (measure, style) = (Measure::bundled(), theme.sizes.text.body);
    let name = measure.ellipsize(&offer.name, style, rect.right() - 6.0 - left);
    let galley = ui.painter().layout_no_wrap(name.text, font(style), colour(ink));
    let end = left + galley.size().x;
    ui.painter().galley(egui::pos2(left, rect.center().y - galley.size().y / 2.0), galley, colour(ink));
    let room = rect.right() - 6.0 - end - 10.0;
    if !offer.detail.is_empty() && room > 24.0 {
        let second = colour(theme.neutral.ink_second);
        let detail = measure.ellipsize(&offer.detail, theme.sizes.text.caption, room);
        let at = egui::pos2(rect.right() - 6.0, rect.center().y);
        ui.painter().text(at, egui::Align2::RIGHT_CENTER, detail.text, font(theme.sizes.text.caption), second);
    }
    response
}
