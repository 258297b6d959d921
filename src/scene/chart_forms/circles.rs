//! Circles within circles: what belongs to a unit lies in its circle, roles are the smallest ones.
//!
//! A role's ring tells its load, a dashed edge that nobody holds it. Units take turns between the tint of their branch
//! and paper, so that each stands out from the one around it.

use std::f32::consts::TAU;

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::Drawing;
use crate::layout::circles::{Circle, CircleLabel, CircleNode, CircleRequest, arrange};
use crate::layout::geometry as plane;
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::item::*;
use crate::scene::measures::*;
use crate::scene::pen::Pen;
use crate::scene::sketch::{Context, height_of, line_height};
use crate::scene::text::{Line, Measure, TextStyle};

/// Widths at which the name of a role is broken; the one that makes the smallest circle is taken.
const WIDTHS: [f32; 4] = [56.0, 72.0, 92.0, 120.0];
/// Width from which on a single word is broken.
const LONGEST_WORD: f32 = 120.0;
/// Width at which the name of a unit is broken, before it is enlarged.
const UNIT_NAME: f32 = 180.0;
/// Least radius of a circle.
const LEAST: f32 = 26.0;
/// Distance of text from the edge of its circle.
const INSET: f32 = 8.0;
/// Width of the ring that tells a load.
const RING: f32 = 3.0;

pub(crate) fn build(context: Context<'_>, view: ViewId) -> Scene {
    let mut drawing = Drawing::new(context, view);
    let members = drawing.members();
    let position = |index: usize| members.binary_search(&index).ok();
    let mut inner = vec![false; members.len()];
    for member in &members {
        if let Some(slot) = drawing.parent(*member).and_then(position).and_then(|up| inner.get_mut(up)) {
            *slot = true;
        }
    }
    let labels: Vec<Label> = members.iter().map(|index| Label::of(&drawing, *index)).collect();
    let names: Vec<Vec<Line>> = members.iter().map(|index| unit_name(&drawing, *index)).collect();
    let nodes = members.iter().zip(&labels).zip(&names).map(|((index, label), name)| CircleNode {
        parent: drawing.parent(*index).and_then(position),
        radius: f64::from(label.radius),
        label: name_size(name),
        collapsed: false,
    });
    let result = arrange(&CircleRequest { nodes: nodes.collect(), ..CircleRequest::default() });
    let mut order: Vec<usize> = (0..members.len()).collect();
    let radius = |at: usize| result.circles.get(at).copied().flatten().map_or(0.0, |circle| circle.radius);
    // What lies in a circle is smaller than it, so the larger ones go first.
    order.sort_by(|a, b| radius(*b).total_cmp(&radius(*a)).then(a.cmp(b)));
    let depth = depths(&drawing);
    for at in order {
        let (Some(index), Some(circle)) = (members.get(at), result.circles.get(at).copied().flatten()) else {
            continue;
        };
        let name = result.labels.get(at).copied().flatten();
        let lines = names.get(at).zip(name);
        let level = depth.get(*index).copied().unwrap_or(0);
        let items = match (lines, labels.get(at)) {
            (Some((lines, name)), _) => unit_items(&drawing, *index, circle, lines, name, level),
            (None, Some(label)) => leaf_items(&drawing, *index, circle, label, level),
            (None, None) => continue,
        };
        let rect = Rect::from_center_size(point(circle.center), Vec2::splat(2.0 * circle.radius as f32));
        drawing.add(*index, rect, NodeForm::Circle, items);
    }
    let bounds = Rect::from_min_max(point(result.bounds.min), point(result.bounds.max));
    drawing.add_rest(bounds);
    drawing.finish()
}

fn point(point: plane::Point) -> Pos2 {
    pos2(point.x as f32, point.y as f32)
}

/// How many units there are around each element.
fn depths(drawing: &Drawing<'_>) -> Vec<usize> {
    (0..drawing.shown.len())
        .map(|index| {
            let mut depth = 0;
            let mut above = drawing.parent(index);
            while let Some(up) = above.filter(|_| depth < drawing.shown.len()) {
                depth += 1;
                above = drawing.parent(up);
            }
            depth
        })
        .collect()
}

/// The broken name of a unit, before it is enlarged.
fn unit_name(drawing: &Drawing<'_>, index: usize) -> Vec<Line> {
    let Some(element @ ElementRef::Unit(_)) = drawing.element(index) else { return Vec::new() };
    Measure::bundled().wrap(drawing.context.document().name_of(element), LABEL, UNIT_NAME, 2)
}

fn name_size(lines: &[Line]) -> plane::Size {
    let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    plane::Size::new(f64::from(width), f64::from(height_of(lines, LABEL)))
}

/// Fill and edge of a unit's circle.
fn unit_style(context: Context<'_>, unit: UnitId, depth: usize) -> Style {
    let tint = context.facts.tint(unit);
    let fill = match depth {
        0 => Colour::Lane,
        depth if depth % 2 == 1 => Colour::TintFill(tint),
        _ => Colour::Raised,
    };
    let edge = if depth == 0 { Colour::LineStrong } else { Colour::TintEdge(tint) };
    Style::card(fill, edge)
}

/// A unit around others: its circle, and its name in the upper part.
fn unit_items(
    drawing: &Drawing<'_>,
    index: usize,
    circle: Circle,
    lines: &[Line],
    name: CircleLabel,
    depth: usize,
) -> Vec<Item> {
    let mut pen = Pen::new(drawing.element(index));
    let style = match drawing.element(index) {
        Some(ElementRef::Unit(unit)) => unit_style(drawing.context, unit, depth),
        _ => Style::card(Colour::Raised, Colour::LineStrong),
    };
    pen.circle(Detail::Shape, point(circle.center), circle.radius as f32, style);
    let scale = name.scale as f32;
    let large = LABEL.scaled(scale);
    let lines = lines.iter().map(|line| Line { text: line.text.clone(), width: line.width * scale }).collect();
    let anchor = pos2(name.rect.center().x as f32, name.rect.min.y as f32);
    pen.lines(Detail::Title, lines, large, Colour::Ink, anchor, Align::Center);
    pen.finish()
}

/// What stands in a circle in which no other lies.
struct Label {
    name: Vec<Line>,
    style: TextStyle,
    caption: String,
    vacant: bool,
    icon: Option<Icon>,
    radius: f32,
}

impl Label {
    fn of(drawing: &Drawing<'_>, index: usize) -> Self {
        let document = drawing.context.document();
        let element = drawing.element(index);
        let name = element.map_or("", |element| document.name_of(element));
        let (style, caption, vacant, icon) = match element {
            Some(ElementRef::Role(id)) => {
                let vacant = document.get::<Role>(id).is_some_and(|role| role.vacant);
                (NAME, document.holders_label(id), vacant, None)
            }
            Some(ElementRef::Body(_)) => (NAME, String::new(), false, Some(Icon::Committee)),
            _ => (LABEL, String::new(), false, None),
        };
        let rest =
            if caption.is_empty() { 0.0 } else { line_height(CAPTION) } + if icon.is_some() { ICON + 4.0 } else { 0.0 };
        let measure = Measure::bundled();
        let mut best: Option<(f32, Vec<Line>)> = None;
        // No word is broken that is not very long by itself.
        let longest = name.split_whitespace().map(|word| measure.width(word, style).ceil()).fold(0.0, f32::max);
        let wide = longest.min(LONGEST_WORD);
        for width in [wide].into_iter().chain(WIDTHS).filter(|width| *width >= wide) {
            let lines = measure.wrap(name, style, width, 5);
            let broken = lines.iter().any(|line| line.text.ends_with('…'));
            let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
            let caption_width = measure.width(&caption, CAPTION).min(1.2 * width);
            let half = vec2(widest.max(caption_width), height_of(&lines, style) + rest) / 2.0;
            let radius = half.length() + INSET;
            // A name that is cut is worse than a large circle.
            let cost = if broken { radius + 1000.0 } else { radius };
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, lines));
            }
        }
        let (cost, name) = best.unwrap_or_default();
        let radius = if cost > 1000.0 { cost - 1000.0 } else { cost };
        Self { name, style, caption, vacant, icon, radius: radius.max(LEAST).ceil() }
    }

    fn height(&self) -> f32 {
        let caption = if self.caption.is_empty() { 0.0 } else { line_height(CAPTION) };
        let icon = if self.icon.is_some() { ICON + 4.0 } else { 0.0 };
        height_of(&self.name, self.style) + caption + icon
    }
}

fn leaf_items(drawing: &Drawing<'_>, index: usize, circle: Circle, label: &Label, depth: usize) -> Vec<Item> {
    let element = drawing.element(index);
    let mut pen = Pen::new(element);
    let (center, radius) = (point(circle.center), circle.radius as f32);
    let style = match element {
        Some(ElementRef::Unit(unit)) => unit_style(drawing.context, unit, depth.max(1) | 1),
        _ => Style::card(Colour::Raised, Colour::LineStrong),
    };
    let style = if label.vacant { style.dashed(Dash::Dashed) } else { style };
    pen.circle(Detail::Shape, center, radius, style);
    let load = element.and_then(|element| drawing.context.options.loads.get(&element));
    if let Some(load) = load {
        let track = Stroke::new(Colour::LoadTrack, RING);
        pen.path(Detail::Secondary, arc(center, radius - RING, 1.0), false, 0.0, Style::line(track));
        let ring = Stroke::new(Colour::Load(load.level), RING);
        let share = load.share.clamp(0.0, 1.0) as f32;
        if share > 0.0 {
            pen.path(Detail::Secondary, arc(center, radius - RING, share), false, 0.0, Style::line(ring));
        }
    }
    let mut top = center.y - label.height() / 2.0;
    if let Some(icon) = label.icon {
        pen.icon(Detail::Secondary, icon, pos2(center.x, top + ICON / 2.0), ICON, Colour::InkSecond);
        top += ICON + 4.0;
    }
    pen.lines(Detail::Name, label.name.clone(), label.style, Colour::Ink, pos2(center.x, top), Align::Center);
    top += height_of(&label.name, label.style);
    // The caption may be as long as the circle is wide there.
    let below = top + line_height(CAPTION) - center.y;
    let room = 2.0 * (radius * radius - below * below).max(0.0).sqrt() - INSET;
    let caption = Measure::bundled().ellipsize(&label.caption, CAPTION, room);
    let ink = if label.vacant { Colour::Severity(Severity::High) } else { Colour::InkSecond };
    pen.lines(Detail::Secondary, vec![caption], CAPTION, ink, pos2(center.x, top), Align::Center);
    pen.finish()
}

/// Points of an arc that begins at the top and covers a share of the whole circle.
fn arc(center: Pos2, radius: f32, share: f32) -> Vec<Pos2> {
    let steps = (48.0 * share).ceil().max(2.0) as usize;
    let at = |step: usize| center + radius * Vec2::angled(TAU * (share * step as f32 / steps as f32 - 0.25));
    (0..=steps).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Options, build};
    use crate::testkit;

    #[test]
    fn roles_lie_in_the_circle_of_their_unit_and_are_taken_hold_of() {
        let mut document = testkit::generate::organisation(400, 5);
        let kind =
            ViewKind::Organisation { root: None, form: ChartForm::Circles, direction: FlowDirection::TopToBottom };
        let view = document.insert(View::new("Circles", kind));
        let scene = build(&document, view, &Options::default());
        assert_eq!(scene, build(&document, view, &Options::default()));
        let mut nested = 0;
        for (at, node) in scene.nodes.iter().enumerate().filter(|(_, node)| node.form == NodeForm::Circle) {
            let Some(parent) = node.parent else { continue };
            let around = scene.nodes.iter().find(|other| other.element == parent).unwrap();
            let reach = around.rect.center().distance(node.rect.center()) + node.rect.width() / 2.0;
            assert!(reach <= around.rect.width() / 2.0 + 0.1, "{:?}", node.element);
            if matches!(node.element, ElementRef::Role(_)) {
                assert_eq!(scene.node_at(node.rect.center()), Some(at));
            }
            nested += 1;
        }
        assert!(nested > 60, "{nested}");
    }

    #[test]
    fn a_folded_unit_counts_what_lies_in_it() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let role = document.insert(Role { unit: Some(firm), vacant: true, ..Role::new("Owner") });
        let kind =
            ViewKind::Organisation { root: None, form: ChartForm::Circles, direction: FlowDirection::TopToBottom };
        let view = document.insert(View::new("Circles", kind));
        document.insert(Placement { collapsed: true, ..Placement::unplaced(view, firm.into()) });
        document.insert(Placement::unplaced(view, role.into()));
        let scene = build(&document, view, &Options::default());
        assert_eq!(scene.nodes.len(), 1);
        assert_eq!(scene.nodes[0].hidden, 1);
    }
}
