//! Labels of lines: where somebody put them, else where the layout finds a place for them; and how they are drawn.

use std::sync::Arc;

use emath::{Align, Pos2, Rect, vec2};

use super::compared::Compared;
use super::{Connector, Look};
use crate::layout::geometry as plane;
use crate::layout::routing::{self, Label};
use crate::model::*;
use crate::scene::build::{Builder, Node};
use crate::scene::changes::{Changes, pieces};
use crate::scene::item::*;
use crate::scene::measures::*;
use crate::scene::pen::Pen;
use crate::scene::routes::{plane_line, plane_rect};
use crate::scene::text::{Line, Measure};

/// A label of a line in its place.
#[derive(Debug, PartialEq)]
pub(super) struct PlacedLabel {
    pub(super) rect: Rect,
    /// The same, as exactly as it was placed.
    area: plane::Rect,
    lines: Vec<Line>,
    /// The box around all places that were looked at; none for one that somebody placed.
    looked_at: Option<Rect>,
}

/// A label on its pill.
pub(super) fn draw_label(element: ElementRef, label: &PlacedLabel) -> Item {
    let (rect, lines) = (label.rect, label.lines.clone());
    let mut pen = Pen::new(Some(element));
    let corner = (rect.height() / 2.0).min(9.0);
    pen.rect(Detail::Secondary, rect, corner, Style::card(Colour::Raised, Colour::Line));
    let height = Measure::bundled().line_height(CAPTION) * lines.len() as f32;
    let anchor = Pos2::new(rect.center().x, rect.center().y - height / 2.0);
    pen.lines(Detail::Secondary, lines, CAPTION, Colour::InkSecond, anchor, Align::Center);
    pen.into_group()
}

/// Widest label of a line.
const LABEL_WIDTH: f32 = 140.0;

/// Height of a label of one line, and the room beside its text.
const LABEL_HEIGHT: f32 = 18.0;
const LABEL_ROOM: f32 = 16.0;

/// Places for the labels of lines: where somebody put them, else on their lines and off boxes and other labels. What saw
/// nothing but what is the same in the picture before has its place again.
pub(super) fn place_labels(
    builder: &Builder<'_>,
    connectors: &[Connector],
    compared: &Compared<'_>,
) -> Vec<Option<Arc<PlacedLabel>>> {
    let drawn: Vec<Option<PlacedLabel>> = connectors.iter().map(|one| drawn_label(builder, one)).collect();
    let mut changes = compared.ground.clone();
    for (index, (connector, drawn)) in connectors.iter().zip(&drawn).enumerate() {
        let was = compared.was(index).and_then(|was| was.label.as_deref());
        let stays = match (drawn, was) {
            (Some(drawn), Some(was)) => drawn == was,
            (None, Some(was)) => {
                was.looked_at.is_some() && compared.was(index).is_some_and(|was| was.text == connector.text)
            }
            (Some(_), None) => false,
            (None, None) => true,
        };
        if !stays {
            let rects = [drawn.as_ref().map(|label| label.rect), was.map(|label| label.rect)];
            rects.into_iter().flatten().for_each(|rect| changes.add(rect));
        }
    }
    let mut surroundings = Surroundings { builder, connectors, drawn: &drawn, area: None, ground: Default::default() };
    let mut placed: Vec<Option<Arc<PlacedLabel>>> = Vec::with_capacity(connectors.len());
    for (index, connector) in connectors.iter().enumerate() {
        let label = if drawn.get(index).is_some_and(Option::is_some) || connector.text.is_empty() {
            None
        } else {
            let equal = compared.equal(index).filter(|was| was.text == connector.text && was.look == connector.look);
            let equal = equal.filter(|was| {
                was.label.as_deref().is_none_or(|label| label.looked_at.is_some_and(|area| !changes.touch(area)))
            });
            match equal {
                Some(was) => {
                    was.label.iter().for_each(|label| surroundings.take(label));
                    was.label.clone()
                }
                None => {
                    let found = surroundings.place(index, &placed, &changes).map(Arc::new);
                    let was = compared.was(index).and_then(|was| was.label.as_deref());
                    let rects = [found.as_deref().map(|label| label.rect), was.map(|label| label.rect)];
                    if rects[0] != rects[1] {
                        rects.into_iter().flatten().for_each(|rect| changes.add(rect));
                    }
                    found
                }
            }
        };
        placed.push(label);
    }
    let drawn = drawn.into_iter().map(|drawn| drawn.map(Arc::new));
    drawn.zip(placed).map(|(drawn, placed)| drawn.or(placed)).collect()
}

/// Boxes and lines around labels that have to be placed; made for a part of the picture once one has to be.
struct Surroundings<'a> {
    builder: &'a Builder<'a>,
    connectors: &'a [Connector],
    drawn: &'a [Option<PlacedLabel>],
    /// Of which part; none before anything was asked for.
    area: Option<Rect>,
    ground: routing::Ground,
}

impl Surroundings<'_> {
    /// Finds a place for the label of a line, behind those that are placed.
    fn place(&mut self, index: usize, placed: &[Option<Arc<PlacedLabel>>], changes: &Changes) -> Option<PlacedLabel> {
        let connector = self.connectors.get(index).filter(|connector| connector.points.len() > 1)?;
        let line = Measure::bundled().ellipsize(&connector.text, CAPTION, LABEL_WIDTH);
        if line.text.is_empty() {
            return None;
        }
        let size = vec2((line.width + LABEL_ROOM).ceil(), LABEL_HEIGHT);
        let label = Label {
            size: plane::Size::new(f64::from(size.x), f64::from(size.y)),
            // What a case needs to take a branch is read where the branch begins.
            near_start: matches!(connector.look, Look::Flow(_)),
        };
        let points = plane_line(&connector.points);
        let wanted = scene_rect(&routing::label_reach(&points, &label));
        if !self.area.is_some_and(|area| area.contains_rect(wanted)) {
            self.prepare(wanted, placed, changes);
        }
        let place = self.ground.place(index, &points, &label)?;
        let center = Pos2::new(place.center.x as f32, place.center.y as f32);
        let looked_at = Some(scene_rect(&place.looked_at));
        let area = plane::Rect::from_center_size(place.center, label.size);
        Some(PlacedLabel { rect: Rect::from_center_size(center, size), area, lines: vec![line], looked_at })
    }

    /// A label that has its place again.
    fn take(&mut self, label: &PlacedLabel) {
        if self.area.is_some_and(|area| area.intersects(label.rect)) {
            self.ground.add_area(&label.area);
        }
    }

    /// Gathers what lies around an area: first of what differs, then of everything.
    fn prepare(&mut self, wanted: Rect, placed: &[Option<Arc<PlacedLabel>>], changes: &Changes) {
        let is_first = self.area.is_none() && !changes.is_everywhere();
        let area = if is_first { changes.surroundings(wanted) } else { Rect::EVERYTHING };
        self.area = Some(area);
        self.ground = routing::Ground::default();
        for node in self.builder.nodes.iter().filter(|node| area.intersects(node.rect)) {
            ground_of_node(node, &mut self.ground);
        }
        for label in self.drawn.iter().flatten().filter(|label| area.intersects(label.rect)) {
            self.ground.add_area(&label.area);
        }
        for (index, connector) in self.connectors.iter().enumerate() {
            for (piece, ends) in pieces(&connector.points).zip(connector.points.windows(2)) {
                if area.intersects(piece) {
                    self.ground.add_line(index, &plane_line(ends));
                }
            }
        }
        for label in placed.iter().flatten().filter(|label| area.intersects(label.rect)) {
            self.ground.add_area(&label.area);
        }
    }
}

/// What of a box keeps labels away.
fn ground_of_node(node: &Node, ground: &mut routing::Ground) {
    let rect = plane_rect(node.rect);
    match node.sketch.form {
        NodeForm::Frame => {}
        // Labels may stand in an open sub-flow, off its border and its name.
        form if form.is_ground() => {
            let head = Rect::from_min_size(node.rect.min, vec2(node.rect.width(), CONTAINER_TITLE));
            routing::border_of(&rect).iter().for_each(|side| ground.add_area(side));
            ground.add_area(&plane_rect(head));
        }
        _ => ground.add_area(&rect),
    }
}

fn scene_rect(rect: &plane::Rect) -> Rect {
    let point = |at: plane::Point| Pos2::new(at.x as f32, at.y as f32);
    Rect::from_min_max(point(rect.min), point(rect.max)).expand(1.0)
}

/// A label that somebody placed.
fn drawn_label(builder: &Builder<'_>, connector: &Connector) -> Option<PlacedLabel> {
    let area = builder.connectors.get(&connector.element)?.label?;
    let measure = Measure::bundled();
    let center = Pos2::new(area.center().x as f32, area.center().y as f32);
    if connector.text.is_empty() || !center.is_finite() {
        return None;
    }
    let drawn = area.width as f32 + 2.0;
    // Where there is room for several lines, they are as short as whoever placed it saw them.
    let several = area.height as f32 >= 1.6 * measure.line_height(CAPTION);
    let longest = || connector.text.split_whitespace().map(|word| measure.width(word, CAPTION)).fold(0.0, f32::max);
    let least = if several { longest().ceil().min(LABEL_WIDTH) } else { LABEL_WIDTH };
    let lines = measure.wrap(&connector.text, CAPTION, drawn.clamp(least, 400.0), 6);
    let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let height = (measure.line_height(CAPTION) * lines.len() as f32).max(LABEL_HEIGHT);
    let rect = Rect::from_center_size(center, vec2((width + LABEL_ROOM).ceil(), height.ceil()));
    Some(PlacedLabel { rect, area: plane_rect(rect), lines, looked_at: None })
}
