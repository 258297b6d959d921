//! Organisation charts that arrange themselves: circles within circles, and grids.
//!
//! Where their boxes stand follows from what they show; places that a tree was given by hand are neither used nor
//! lost. Elements outside of the organisation stand in rows below. What is folded counts what it hides.

pub(crate) mod circles;
pub(crate) mod grid;

use std::sync::Arc;

use emath::{Align, Pos2, Rect, pos2, vec2};

use super::arrange::rows_of;
use super::build::{draw_mark, fold_badge, mark_center};
use super::contents::{Shown, cast, folded, parents_of};
use super::item::*;
use super::measures::*;
use super::pen::{Pen, bounds_of};
use super::sizes::asked;
use super::sketch::{Context, Sketch, sketch};
use crate::model::*;

/// Distance of the row of outside parties from the chart.
const OUTSIDE_GAP: f32 = 72.0;
/// Least width of that row before it is broken.
const ROW_WIDTH: f32 = 640.0;

/// What the chart shows, and the picture that grows from it.
struct Drawing<'a> {
    context: Context<'a>,
    shown: Vec<Shown>,
    /// What each one hangs below, by index.
    parents: Vec<Option<usize>>,
    /// How many elements each one hides.
    hides: Vec<u32>,
    /// Whether each one is hidden.
    hidden: Vec<bool>,
    scene: Scene,
}

impl<'a> Drawing<'a> {
    fn new(context: Context<'a>, view: ViewId) -> Self {
        let shown = cast(context.document(), view).shown;
        let parents = parents_of(context.document(), &shown);
        let (hides, hidden) = folded(&shown, &parents);
        Self { context, shown, parents, hides, hidden, scene: Scene::default() }
    }

    fn element(&self, index: usize) -> Option<ElementRef> {
        self.shown.get(index).map(|one| one.element)
    }

    fn parent(&self, index: usize) -> Option<usize> {
        self.parents.get(index).copied().flatten()
    }

    fn hides(&self, index: usize) -> u32 {
        self.hides.get(index).copied().unwrap_or(0)
    }

    /// Units, roles and bodies that are not hidden, in the order of the view.
    fn members(&self) -> Vec<usize> {
        let is_member = |element| matches!(element, ElementRef::Unit(_) | ElementRef::Role(_) | ElementRef::Body(_));
        let is_shown =
            |index: &usize| self.hidden.get(*index) != Some(&true) && self.element(*index).is_some_and(is_member);
        (0..self.shown.len()).filter(is_shown).collect()
    }

    /// The usual drawing of an element, in its natural size.
    fn sketch(&self, index: usize) -> Option<Sketch> {
        sketch(self.context, self.element(index)?, None)
    }

    /// Adds a box with its drawing, its mark and the count of what it hides.
    fn add(&mut self, index: usize, rect: Rect, form: NodeForm, mut items: Vec<Item>) {
        let Some(shown) = self.shown.get(index) else { return };
        let (element, placement) = (shown.element, shown.placement);
        let parent = self.parent(index).and_then(|up| self.element(up));
        let hidden = self.hides(index);
        self.scene.nodes.push(NodeShape {
            element,
            placement,
            rect,
            form,
            parent,
            hidden,
            item: self.scene.items.len(),
        });
        if let Some(overlay) = &self.context.options.overlay {
            items = super::overlay::dress(overlay, element, rect, form, items);
        }
        let mut pen = Pen::new(Some(element));
        pen.extend(items);
        if hidden > 0 {
            fold_badge(&mut pen, rect, hidden);
        }
        if let Some(mark) = self.context.options.marks.get(&element) {
            let center = match form {
                NodeForm::Circle => rect.center() + (rect.width() / 2.0) * vec2(0.707, -0.707),
                _ => mark_center(rect, form),
            };
            draw_mark(&mut pen, center, *mark);
        }
        self.scene.items.push(Arc::new(pen.into_group()));
    }

    /// Adds an element in its usual drawing with its corner at a place.
    fn add_sketch(&mut self, index: usize, corner: Pos2) {
        let Some(sketch) = self.sketch(index) else { return };
        let mut items = sketch.items;
        items.iter_mut().for_each(|item| item.shift(corner.to_vec2()));
        self.add(index, Rect::from_min_size(corner, sketch.size), sketch.form, items);
    }

    /// Everything that is no part of the organisation, in rows below a box.
    fn add_rest(&mut self, bounds: Rect) {
        let members = self.members();
        let is_rest = |index: &usize| self.hidden.get(*index) != Some(&true) && members.binary_search(index).is_err();
        let rest: Vec<usize> = (0..self.shown.len()).filter(is_rest).collect();
        let size = |index: &usize| {
            let one = self.shown.get(*index)?;
            sketch(self.context, one.element, one.size.map(asked)).map(|sketch| sketch.size)
        };
        let sized: Vec<(usize, emath::Vec2)> = rest.iter().filter_map(|index| Some((*index, size(index)?))).collect();
        if sized.is_empty() {
            return;
        }
        let empty = self.scene.nodes.is_empty();
        let top = if empty { 0.0 } else { bounds.bottom() + OUTSIDE_GAP };
        let natural = |(_, size): &(usize, emath::Vec2)| Size::new(f64::from(size.x), f64::from(size.y));
        let sizes: Vec<Size> = sized.iter().map(natural).collect();
        let places = rows_of(&sizes, f64::from(top), f64::from(bounds.width().max(ROW_WIDTH)));
        if !empty {
            let mut pen = Pen::new(None);
            let anchor = pos2(bounds.left(), top - 26.0);
            pen.text(Detail::Secondary, "Outside", BADGE, Colour::InkSecond, anchor, Align::Min);
            self.scene.items.push(Arc::new(pen.into_group()));
        }
        for ((index, _), place) in sized.into_iter().zip(places) {
            self.add_sketch(index, pos2(bounds.left() + place.min.x as f32, place.min.y as f32));
        }
    }

    fn finish(mut self) -> Scene {
        self.scene.bounds = bounds_of(self.scene.items.iter().map(|item| item.bounds));
        self.scene
    }
}
