//! The drawing of the ladder: rows that are chosen, ends that are moved by hand or by key.

use egui::{
    Align2, CursorIcon, EventFilter, Id, Key, Modifiers, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo,
};

use super::{LadderEditor, Page};
use crate::analysis::figures::Rung;
use crate::app::canvas::camera::Camera;
use crate::app::canvas::paint::Brush;
use crate::app::canvas::texts::Texts;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::{colour, font};
use crate::app::widgets::text;
use crate::edit::{Edit, TierEnd, TierPlace, ends_that_meet, move_ends};
use crate::exhibits::{LadderRows, ladder_rows};
use crate::model::*;
use crate::scene::ladder::{AmountAxis, DrawnAxis, DrawnRow, LadderLook, LadderPicture, PartKind, draw_ladder};
use crate::scene::theme::Theme;

/// Of longer ladders only what is in sight can be grasped.
const MOST_AT_ONCE: usize = 60;
/// Width in which an end can be grasped.
const GRASP: f32 = 14.0;

/// An end that is being moved.
pub(super) struct Drag {
    place: TierPlace,
    end: TierEnd,
    /// All ends that move with it.
    ends: Vec<(TierPlace, TierEnd)>,
    to: Amount,
    /// Whether it has moved: a mere click changes nothing.
    has_moved: bool,
    /// Where the hand pressed.
    from_x: f32,
    /// Whether by key: then it is kept with Enter or when the keyboard goes elsewhere.
    by_key: bool,
    /// The axis as it was when the move began.
    axis: AmountAxis,
    /// What the axis was made for.
    extent: Vec<Amount>,
}

impl Drag {
    /// The change that it would make.
    pub fn edit(&self, document: &Document) -> Option<Edit> {
        if self.has_moved { move_ends(document, &self.ends, self.to) } else { None }
    }

    /// Goes to an amount, if that can be.
    fn go(&mut self, document: &Document, to: Amount) {
        let stays = tier_end(document, self.place, self.end) == Some(to);
        if stays || move_ends(document, &self.ends, to).is_some() {
            self.to = to;
            self.has_moved = true;
        }
    }
}

/// Paints a picture with its corner at a place.
pub(super) fn paint(ui: &Ui, theme: &Theme, picture: &LadderPicture, at: Pos2, texts: &mut Texts) {
    let rect = Rect::from_min_size(at, picture.size);
    let mut camera = Camera::default();
    camera.advance(rect, 0.0);
    camera.center_on((picture.size / 2.0).to_pos2());
    let painter = ui.painter().with_clip_rect(ui.clip_rect());
    texts.begin(&painter, camera.zoom(), false);
    let mut brush = Brush::new(&painter, &camera, theme, texts);
    let seen = ui.clip_rect().translate(-at.to_vec2()).expand(4.0);
    for item in picture.items.iter().filter(|item| seen.intersects(item.bounds)) {
        brush.item(item);
    }
    brush.finish();
    if texts.is_starved() {
        ui.ctx().request_repaint();
    }
}

/// Draws the ladder and takes what is done to it.
pub(super) fn drawing_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let Some(shown) = editor.studies.shown().cloned() else { return };
    let before = editor.studies.shows_draft().then(|| editor.studies.base()).flatten();
    let before = before.map(|base| base.document.as_ref());
    let mut rows = ladder_rows(&shown.document, editor.decision, &shown.study, before);
    if rows.sketch.axes.is_empty() {
        let sentence = "Nobody decides yet. Write a line above: who, and up to how much.";
        crate::app::widgets::empty_state(ui, theme, crate::scene::icon::Icon::Decision, sentence, |_| {});
        return;
    }
    if let Some(drag) = &editor.drag {
        for (axis, rungs) in rows.sketch.axes.iter_mut().zip(&rows.rungs) {
            if rungs.contains(&rung_of(drag.place)) {
                axis.extent.clone_from(&drag.extent);
            }
        }
    }
    let width = ui.available_width() - 8.0;
    let picture = draw_ladder(&rows.sketch, LadderLook { width, is_compact: false });
    let (rect, _) = ui.allocate_exact_size(picture.size + Vec2::new(0.0, 16.0), Sense::hover());
    paint(ui, theme, &picture, rect.min, &mut editor.texts);
    for (at, axis) in picture.axes.iter().enumerate() {
        let mut one = OneAxis { ui, core, editor, rows: &rows, at, drawn: axis, origin: rect.min, commands };
        one.rows();
        one.strips();
    }
    drag_ui(ui, core, editor, &picture, rect.min, commands);
}

fn rung_of((right, place): TierPlace) -> Rung {
    Rung { right, tier: Some(place) }
}

fn tier_end(document: &Document, (right, place): TierPlace, end: TierEnd) -> Option<Amount> {
    let tier = document.get::<Right>(right)?.tiers.get(place)?;
    match end {
        TierEnd::Above => Some(tier.above.unwrap_or(Amount::ZERO)),
        TierEnd::UpTo => tier.up_to,
    }
}

struct OneAxis<'a> {
    ui: &'a mut Ui,
    core: &'a Core,
    editor: &'a mut LadderEditor,
    rows: &'a LadderRows,
    at: usize,
    drawn: &'a DrawnAxis,
    origin: Pos2,
    commands: &'a mut Vec<Command>,
}

impl OneAxis<'_> {
    fn on_screen(&self, rect: Rect) -> Rect {
        rect.translate(self.origin.to_vec2())
    }

    fn rows(&mut self) {
        let rungs = self.rows.rungs.get(self.at).cloned().unwrap_or_default();
        let is_long = rungs.len() > MOST_AT_ONCE;
        for (row, rung) in self.drawn.rows.iter().zip(rungs) {
            if !is_long || self.ui.is_rect_visible(self.on_screen(row.rect)) {
                self.row(row, rung);
            }
        }
    }

    fn row(&mut self, row: &DrawnRow, rung: Rung) {
        let theme = self.core.theme();
        let document = self.core.document();
        let rect = self.on_screen(row.rect);
        let id = Id::unique(("ladder row", rung.right, rung.tier));
        let response = self.ui.interact(rect, id, Sense::click());
        let chosen = self.editor.chosen == Some(rung);
        let words = rung_words(document, rung);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, &words));
        if chosen || response.hovered() || response.has_focus() {
            let ink = if chosen || response.has_focus() { theme.accent.base } else { theme.neutral.line_strong };
            let ring = Stroke::new(if chosen { 1.5 } else { 1.0 }, colour(ink));
            self.ui.painter().rect_stroke(rect.expand2(Vec2::new(4.0, -2.0)), 6.0, ring, StrokeKind::Inside);
        }
        if response.clicked() {
            self.editor.chosen = Some(rung);
            self.editor.page = Page::Fields;
        }
        response.on_hover_text(text(&words, theme.sizes.text.body));
        let Some(place) = rung.tier.map(|place| (rung.right, place)) else { return };
        for (end, at) in [(TierEnd::Above, row.lower()), (TierEnd::UpTo, row.upper())] {
            self.end(place, end, at + self.origin.to_vec2(), row.bar.height());
        }
    }

    /// An end of a bar: to be moved with the hand, or with the arrow keys.
    fn end(&mut self, place: TierPlace, end: TierEnd, at: Pos2, height: f32) {
        let theme = self.core.theme();
        let document = self.core.document();
        let Some(tier) = document.get::<Right>(place.0).and_then(|right| right.tiers.get(place.1)) else { return };
        let rect = Rect::from_center_size(at, Vec2::new(GRASP, height + 6.0));
        let id = Id::unique(("ladder end", place, end));
        let response =
            self.ui.interact(rect, id, Sense::click_and_drag()).on_hover_cursor(CursorIcon::ResizeHorizontal);
        let holder = document.get::<Right>(place.0).map_or("", |right| document.name_of(right.holder.into()));
        let which = if end == TierEnd::UpTo { "Upper" } else { "Lower" };
        let name = format!("{which} end of {holder} {}", per_words(tier.per));
        let own = self.editor.drag.as_ref().filter(|drag| (drag.place, drag.end) == (place, end));
        let now = own.map(|drag| drag.to).or_else(|| tier_end(document, place, end));
        let value = now.map_or(f64::INFINITY, Amount::to_f64);
        response.widget_info(|| WidgetInfo::slider(true, value, &name));
        if response.hovered() || response.has_focus() || own.is_some() {
            let ring = Stroke::new(2.0, colour(theme.accent.base));
            let knob = Rect::from_center_size(at, Vec2::new(6.0, height + 4.0));
            self.ui.painter().rect(knob, 3.0, colour(theme.neutral.raised), ring, StrokeKind::Middle);
        }
        if self.is_pressed(rect) {
            self.begin(place, end, now, false);
        }
        self.move_by_key(place, end, now, &response);
        if self.editor.drag.is_none() && response.hovered() {
            let help = format!("{name}: drag it, or focus it and press the arrow keys. With Alt it moves alone.");
            response.on_hover_text(text(help, theme.sizes.text.body));
        }
    }

    fn begin(&mut self, place: TierPlace, end: TierEnd, now: Option<Amount>, by_key: bool) {
        let document = self.core.document();
        let alone = self.ui.input(|input| input.modifiers.alt);
        let ends = if alone { vec![(place, end)] } else { ends_that_meet(document, place, end) };
        let sketch = self.rows.sketch.axes.get(self.at);
        let bounds = sketch.into_iter().flat_map(|axis| &axis.rows).flat_map(|row| [row.above, row.up_to]);
        let extent: Vec<Amount> = bounds.flatten().filter(|bound| *bound > Amount::ZERO).collect();
        let start = now.unwrap_or_else(|| self.drawn.axis.meant_at(f32::MAX));
        let axis = self.drawn.axis;
        let from_x = self.ui.input(|input| input.pointer.press_origin()).map_or(0.0, |at| at.x);
        self.editor.drag = Some(Drag { place, end, ends, to: start, has_moved: false, from_x, by_key, axis, extent });
        self.editor.chosen = Some(rung_of(place));
    }

    /// Whether the hand pressed here in this frame. The toolkit would look only where the pointer is at the end of the
    /// frame, which on a slow machine is elsewhere.
    fn is_pressed(&self, rect: Rect) -> bool {
        let at = self.ui.input(|input| {
            let is_new = input.pointer.button_pressed(egui::PointerButton::Primary);
            input.pointer.press_origin().or(input.pointer.interact_pos()).filter(|_| is_new)
        });
        at.is_some_and(|at| {
            let on_top = self.ui.ctx().layer_id_at(at).is_none_or(|layer| layer == self.ui.layer_id());
            rect.contains(at) && self.ui.clip_rect().contains(at) && on_top
        })
    }

    fn move_by_key(&mut self, place: TierPlace, end: TierEnd, now: Option<Amount>, response: &egui::Response) {
        if !response.has_focus() {
            return;
        }
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
        self.ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let mut steps: Vec<(bool, bool)> = Vec::new();
        self.ui.input_mut(|input| {
            for (key, upwards) in
                [(Key::ArrowRight, true), (Key::ArrowUp, true), (Key::ArrowLeft, false), (Key::ArrowDown, false)]
            {
                for (modifiers, wide) in [(Modifiers::NONE, false), (Modifiers::SHIFT, true)] {
                    let count = input.count_and_consume_key(modifiers, key);
                    steps.extend(std::iter::repeat_n((upwards, wide), count));
                }
            }
        });
        let document = self.core.document();
        for (upwards, wide) in steps {
            let is_own = self.editor.drag.as_ref().is_some_and(|drag| (drag.place, drag.end) == (place, end));
            if !is_own {
                self.begin(place, end, now, true);
            }
            if let Some(drag) = &mut self.editor.drag {
                let to = drag.axis.step(drag.to, upwards, wide);
                drag.go(document, to);
            }
        }
        let keeps = self.ui.input(|input| input.key_pressed(Key::Enter));
        if keeps {
            keep(self.core, self.editor, self.commands);
        }
    }

    /// What happens in each kind of case: a click shows what is wrong there, and tells the week of that kind.
    fn strips(&mut self) {
        let Some(strip_axis) = self.rows.strips.get(self.at).copied().flatten() else { return };
        let Some(sketch) = self.rows.sketch.axes.get(self.at) else { return };
        for (place, ((rect, parts), strip)) in self.drawn.strips.iter().zip(&sketch.strips).enumerate() {
            let rect = self.on_screen(*rect);
            let id = Id::unique(("ladder strip", self.at, place));
            let chosen = self.editor.strip == (strip_axis, place) && sketch.strips.len() > 1;
            let response = self.ui.interact(rect, id, Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, &strip.label));
            if chosen || response.has_focus() {
                let ring = Stroke::new(1.0, colour(self.core.theme().accent.base));
                self.ui.painter().rect_stroke(rect.expand2(Vec2::new(4.0, 0.0)), 4.0, ring, StrokeKind::Inside);
            }
            if response.clicked() {
                self.editor.strip = (strip_axis, place);
            }
            for (number, (part_rect, part)) in parts.iter().zip(&strip.parts).enumerate() {
                let words = part_words(strip.label.as_str(), part, sketch.quantity);
                let id = Id::unique(("ladder part", self.at, place, number));
                let response = self.ui.interact(self.on_screen(*part_rect), id, Sense::click());
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
                if response.clicked() {
                    self.editor.strip = (strip_axis, place);
                    if !matches!(part.kind, PartKind::One(_)) {
                        self.editor.page = Page::Checks;
                    }
                }
                response.on_hover_text(text(&words, self.core.theme().sizes.text.body));
            }
        }
    }
}

/// `every case, above 200 and up to 500 EUR: nobody`.
fn part_words(strip: &str, part: &crate::scene::ladder::SketchPart, quantity: Option<Quantity>) -> String {
    let range = crate::analysis::figures::Range { above: part.above, up_to: part.up_to };
    format!("{strip}, {}: {}", range.words(quantity), part.label)
}

fn rung_words(document: &Document, rung: Rung) -> String {
    let Some(right) = document.get::<Right>(rung.right) else { return String::new() };
    let name = document.name_of(right.holder.into());
    match rung.tier.and_then(|place| right.tiers.get(place)) {
        Some(tier) => format!("{name}: {}", tier_words(document, tier)),
        None => format!("{name}: no limit"),
    }
}

/// Keeps what was moved, as one step.
fn keep(core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    if let Some(edit) = editor.drag.take().and_then(|drag| drag.edit(core.document())) {
        commands.push(edit.into());
    }
}

/// Follows the hand.
fn move_by_hand(ui: &Ui, core: &Core, editor: &mut LadderEditor, origin: Pos2) {
    /// Less is a click.
    const CLICK: f32 = 2.0;
    let Some(drag) = editor.drag.as_mut().filter(|drag| !drag.by_key) else { return };
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
    if drag.has_moved || (at.x - drag.from_x).abs() > CLICK {
        let to = drag.axis.meant_at(at.x - origin.x);
        drag.go(core.document(), to);
    }
}

/// What is being moved: its amount beside it; released, it is kept.
fn drag_ui(
    ui: &Ui,
    core: &Core,
    editor: &mut LadderEditor,
    picture: &LadderPicture,
    origin: Pos2,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    move_by_hand(ui, core, editor, origin);
    let Some(drag) = &editor.drag else { return };
    let id = Id::unique(("ladder end", drag.place, drag.end));
    let quantity = core.document().get::<Right>(drag.place.0).and_then(|right| right.tiers.get(drag.place.1));
    let words = quantity.map_or_else(String::new, |tier| amount_words(drag.to, tier.quantity));
    let x = origin.x + drag.axis.x(Some(drag.to));
    let area = Rect::from_min_size(origin, picture.size);
    let line = Stroke::new(1.0, colour(theme.accent.base));
    ui.painter().vline(x, area.y_range(), line);
    let galley = ui.painter().layout_no_wrap(words, font(theme.sizes.text.name), colour(theme.accent.on));
    let size = galley.size() + Vec2::new(14.0, 6.0);
    let left = (x - size.x / 2.0).clamp(area.left(), (area.right() - size.x).max(area.left()));
    let tag = Rect::from_min_size(Pos2::new(left, area.bottom() - 4.0), size);
    ui.painter().rect_filled(tag, 4.0, colour(theme.accent.base));
    ui.painter().galley(
        Align2::CENTER_CENTER.anchor_size(tag.center(), galley.size()).min,
        galley,
        colour(theme.accent.on),
    );
    let released = match drag.by_key {
        true => !ui.memory(|memory| memory.has_focus(id)),
        false => !ui.input(|input| input.pointer.primary_down()),
    };
    if released {
        keep(core, editor, commands);
    }
}
