//! Making items: shorthand by which the drawings of elements stay short. Knows no element and no view.

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::icon::Icon;
use super::item::*;
use super::measures::{ARROW, BADGE, CORNER, HAIRLINE, SMALL_ICON};
use super::text::{Line, Measure, TextStyle};
use crate::model::ElementRef;

impl Style {
    /// An area without an edge.
    pub(crate) fn filled(fill: Colour) -> Self {
        Self { fill: Some(fill), stroke: None }
    }

    /// An area with a thin edge.
    pub(crate) fn card(fill: Colour, edge: Colour) -> Self {
        Self { fill: Some(fill), stroke: Some(Stroke::new(edge, HAIRLINE)) }
    }

    /// A line without an area.
    pub(crate) fn line(stroke: Stroke) -> Self {
        Self { fill: None, stroke: Some(stroke) }
    }

    /// The same with a line of this pattern.
    pub(crate) fn dashed(self, dash: Dash) -> Self {
        Self { stroke: self.stroke.map(|stroke| Stroke { dash, ..stroke }), ..self }
    }
}

impl Stroke {
    /// An unbroken line.
    pub(crate) fn new(colour: Colour, width: f32) -> Self {
        Self { colour, width, dash: Dash::Solid }
    }
}

impl Item {
    /// The item moved by a distance, with all that is in it.
    pub(crate) fn shift(&mut self, by: Vec2) {
        self.bounds = self.bounds.translate(by);
        match &mut self.kind {
            ItemKind::Rect(item) => item.rect = item.rect.translate(by),
            ItemKind::Path(item) => item.points.iter_mut().for_each(|point| *point += by),
            ItemKind::Text(item) => item.lines.iter_mut().for_each(|line| line.origin += by),
            ItemKind::Icon(item) => item.rect = item.rect.translate(by),
            ItemKind::Group(items) => items.iter_mut().for_each(|item| item.shift(by)),
        }
    }

    /// Items as one; its detail is the most important one in it.
    pub(crate) fn group(element: Option<ElementRef>, items: Vec<Self>) -> Self {
        let bounds = bounds_of(items.iter().map(|item| item.bounds));
        let detail = items.iter().map(|item| item.detail).min().unwrap_or_default();
        Self { element, detail, bounds, kind: ItemKind::Group(items) }
    }
}

/// Smallest box around boxes; of size zero at the origin for none.
pub(crate) fn bounds_of(rects: impl Iterator<Item = Rect>) -> Rect {
    rects.reduce(|all, one| all.union(one)).unwrap_or_else(|| Rect::from_min_size(Pos2::ZERO, Vec2::ZERO))
}

/// A growing list of items that belong to one element.
#[derive(Default)]
pub(crate) struct Pen {
    element: Option<ElementRef>,
    items: Vec<Item>,
}

impl Pen {
    pub(crate) fn new(element: Option<ElementRef>) -> Self {
        Self { element, items: Vec::new() }
    }

    /// The items, as they were drawn.
    pub(crate) fn finish(self) -> Vec<Item> {
        self.items
    }

    /// The items as one group.
    pub(crate) fn into_group(self) -> Item {
        Item::group(self.element, self.items)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn push(&mut self, detail: Detail, bounds: Rect, kind: ItemKind) {
        self.items.push(Item { element: self.element, detail, bounds, kind });
    }

    pub(crate) fn extend(&mut self, items: Vec<Item>) {
        self.items.extend(items);
    }

    pub(crate) fn rect(&mut self, detail: Detail, rect: Rect, corner: f32, style: Style) {
        self.push(detail, rect, ItemKind::Rect(RectItem { rect, corner, style }));
    }

    pub(crate) fn card(&mut self, rect: Rect, style: Style) {
        self.rect(Detail::Shape, rect, CORNER, style);
    }

    pub(crate) fn pill(&mut self, detail: Detail, rect: Rect, style: Style) {
        self.rect(detail, rect, rect.height() / 2.0, style);
    }

    pub(crate) fn circle(&mut self, detail: Detail, center: Pos2, radius: f32, style: Style) {
        self.rect(detail, Rect::from_center_size(center, Vec2::splat(2.0 * radius)), radius, style);
    }

    pub(crate) fn path(&mut self, detail: Detail, points: Vec<Pos2>, closed: bool, bend: f32, style: Style) {
        if points.len() > 1 {
            let bounds = Rect::from_points(&points);
            self.push(detail, bounds, ItemKind::Path(PathItem { points, closed, bend, style }));
        }
    }

    pub(crate) fn icon(&mut self, detail: Detail, icon: Icon, center: Pos2, side: f32, colour: Colour) {
        let rect = Rect::from_center_size(center, Vec2::splat(side));
        self.push(detail, rect, ItemKind::Icon(IconItem { icon, rect, colour, turn: Turn::None }));
    }

    /// Broken lines one below the other, the first with its top at `anchor.y`. `anchor.x` is the left end, middle or
    /// right end of every line.
    pub(crate) fn lines(
        &mut self,
        detail: Detail,
        lines: Vec<Line>,
        style: TextStyle,
        colour: Colour,
        anchor: Pos2,
        align: Align,
    ) {
        let measure = Measure::bundled();
        let (height, baseline) = (measure.line_height(style), measure.baseline(style));
        let mut bounds: Option<Rect> = None;
        let mut placed = Vec::with_capacity(lines.len());
        for (index, line) in lines.into_iter().filter(|line| !line.text.is_empty()).enumerate() {
            let left = anchor.x - line.width * align.to_factor();
            let top = anchor.y + height * index as f32;
            let rect = Rect::from_min_size(pos2(left, top), vec2(line.width, height));
            bounds = Some(bounds.map_or(rect, |bounds| bounds.union(rect)));
            placed.push(TextLine { text: line.text, origin: pos2(left, top + baseline), width: line.width });
        }
        if let Some(bounds) = bounds {
            self.push(detail, bounds, ItemKind::Text(Text { lines: placed, style, colour, turn: Turn::None }));
        }
    }

    /// One line of text, not cut.
    pub(crate) fn text(
        &mut self,
        detail: Detail,
        text: &str,
        style: TextStyle,
        colour: Colour,
        anchor: Pos2,
        align: Align,
    ) {
        let line = Line { text: text.to_owned(), width: Measure::bundled().width(text, style) };
        self.lines(detail, vec![line], style, colour, anchor, align);
    }

    /// One line of text upwards, centred on `center`, cut at `length`.
    pub(crate) fn upward_text(
        &mut self,
        detail: Detail,
        text: &str,
        style: TextStyle,
        colour: Colour,
        center: Pos2,
        length: f32,
    ) {
        let measure = Measure::bundled();
        let line = measure.ellipsize(text, style, length);
        if line.text.is_empty() {
            return;
        }
        let height = measure.line_height(style);
        let rect = Rect::from_center_size(center, vec2(height, line.width));
        let origin = pos2(rect.left() + measure.baseline(style), rect.bottom());
        let lines = vec![TextLine { text: line.text, origin, width: line.width }];
        self.push(detail, rect, ItemKind::Text(Text { lines, style, colour, turn: Turn::Left }));
    }

    /// A filled arrowhead with its tip at the end of a line.
    pub(crate) fn arrow(&mut self, from: Pos2, tip: Pos2, colour: Colour) {
        let along = (tip - from).normalized();
        let across = along.rot90() * (ARROW * 0.42);
        let back = tip - along * ARROW;
        self.path(Detail::Shape, vec![tip, back + across, back - across], true, 0.0, Style::filled(colour));
    }

    /// A badge: an icon and a short text on a soft pill with its centre at `center`.
    pub(crate) fn badge(&mut self, badge: &Badge, center: Pos2) {
        if badge.leads_to.is_some() {
            let mut own = Pen::new(badge.leads_to);
            own.badge(&Badge { leads_to: None, ..badge.clone() }, center);
            self.items.push(own.into_group());
            return;
        }
        let rect = Rect::from_center_size(center, badge.size());
        let style = match badge.edge {
            Some(edge) => Style::card(badge.ground, edge),
            None => Style::filled(badge.ground),
        };
        self.pill(Detail::Secondary, rect, style);
        let mut left = rect.left() + 8.0;
        if let Some(icon) = badge.icon {
            let side = SMALL_ICON;
            self.icon(Detail::Secondary, icon, pos2(left + side / 2.0 - 1.0, center.y), side, badge.ink);
            left += side + 3.0;
        }
        let top = center.y - Measure::bundled().line_height(badge.style) / 2.0;
        self.text(Detail::Secondary, &badge.text, badge.style, badge.ink, pos2(left, top), Align::Min);
    }
}

/// A short text on a pill.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Badge {
    pub(crate) icon: Option<Icon>,
    pub(crate) text: String,
    pub(crate) style: TextStyle,
    pub(crate) ink: Colour,
    pub(crate) ground: Colour,
    pub(crate) edge: Option<Colour>,
    /// What it is about, where that is not what it stands on.
    pub(crate) leads_to: Option<ElementRef>,
}

impl Badge {
    /// Height of every badge.
    pub(crate) const HEIGHT: f32 = 18.0;

    /// A badge in the accent.
    pub(crate) fn accent(icon: Icon, text: String) -> Self {
        Self {
            icon: Some(icon),
            text,
            style: BADGE,
            ink: Colour::AccentInk,
            ground: Colour::AccentSoft,
            edge: None,
            leads_to: None,
        }
    }

    pub(crate) fn size(&self) -> Vec2 {
        let icon = if self.icon.is_some() { SMALL_ICON + 3.0 } else { 0.0 };
        vec2((16.0 + icon + Measure::bundled().width(&self.text, self.style)).ceil(), Self::HEIGHT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::measures::BODY;

    #[test]
    fn a_moved_group_moves_all_it_holds() {
        let mut pen = Pen::new(None);
        pen.card(Rect::from_min_size(pos2(0.0, 0.0), vec2(40.0, 20.0)), Style::filled(Colour::Raised));
        pen.text(Detail::Name, "Bake", BODY, Colour::Ink, pos2(4.0, 2.0), Align::Min);
        pen.arrow(pos2(0.0, 10.0), pos2(40.0, 10.0), Colour::Ink);
        let mut group = pen.into_group();
        let before = group.clone();
        group.shift(vec2(10.0, -5.0));
        assert_eq!(group.bounds, before.bounds.translate(vec2(10.0, -5.0)));
        assert_eq!(group.detail, Detail::Shape);
        group.shift(vec2(-10.0, 5.0));
        assert_eq!(group, before);
    }

    #[test]
    fn text_stands_inside_its_bounds() {
        let mut pen = Pen::new(None);
        pen.upward_text(Detail::Title, "Shop assistant", BODY, Colour::Ink, pos2(10.0, 100.0), 60.0);
        let item = pen.into_group();
        assert!(item.bounds.height() <= 60.0);
        assert!(item.bounds.center().distance(pos2(10.0, 100.0)) < 0.01);
    }
}
