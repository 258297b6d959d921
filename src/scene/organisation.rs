//! Organisation charts: units above their roles and units, reporting lines beside the first one, and who stands outside.

use std::sync::Arc;

use emath::{Align, Pos2, Rect, pos2, vec2};

use super::arrange::tree_request;
use super::build::Builder;
use super::contents::Shown;
use super::item::*;
use super::jumps::{jumps, with_jumps};
use super::kept::{Memory, Tidy};
use super::measures::*;
use super::pen::Pen;
use super::routes;
use crate::layout::request::TreeRequest;
use crate::layout::tree;
use crate::model::*;

pub(crate) fn build(mut builder: Builder<'_>, direction: FlowDirection) -> (Scene, Memory) {
    builder.add_grounds(|_, _| None);
    add_membership(&mut builder, direction);
    add_reporting_lines(&mut builder);
    builder.add_note_lines();
    builder.add_nodes(|_, _| None);
    add_outside_heading(&mut builder);
    builder.finish()
}

/// Lines from units to what belongs to them.
///
/// Where a parent and a child still stand to each other as the tidy tree puts them, the line is that of the tree,
/// which is sure to run in the gaps; else it is drawn by where the two boxes are.
pub(crate) fn add_membership(builder: &mut Builder<'_>, direction: FlowDirection) {
    let shown: Vec<Shown> = builder.nodes.iter().map(|node| node.shown.clone()).collect();
    let size_of = |rect: Rect| Size::new(f64::from(rect.width()), f64::from(rect.height()));
    let sizes: Vec<Size> = builder.nodes.iter().map(|node| size_of(node.rect)).collect();
    let (members, request) = tree_request(builder.context.document(), &shown, &sizes, direction);
    let arranged = |request: TreeRequest| Arc::new(Tidy { result: tree::arrange(&request), request });
    let kept = builder.before.and_then(|before| before.tidy(&request));
    let tidy = kept.unwrap_or_else(|| arranged(request));
    let Tidy { request, result } = &*tidy;
    let mut lines = Vec::new();
    for (at, index) in members.iter().enumerate() {
        let Some(node) = builder.nodes.get(*index) else { continue };
        let Some(parent) = node.parent.and_then(|up| builder.nodes.get(up)) else { continue };
        let tidy_of = |at: usize| result.boxes.get(at).copied().flatten();
        let tidy_parent = request.nodes.get(at).and_then(|node| node.parent).and_then(tidy_of);
        let line = result.connectors.get(at).and_then(Option::as_ref);
        let kept = tidy_of(at).zip(tidy_parent).zip(line).and_then(|((own, up), line)| {
            let moved = pos2((own.min.x - up.min.x) as f32, (own.min.y - up.min.y) as f32);
            let is_tidy = (node.rect.min - parent.rect.min - moved.to_vec2()).length() < 2.0;
            let shift = parent.rect.min - pos2(up.min.x as f32, up.min.y as f32);
            is_tidy.then(|| line.iter().map(|point| pos2(point.x as f32, point.y as f32) + shift).collect())
        });
        let points = kept.unwrap_or_else(|| tree_line(parent.rect, node.rect, direction));
        lines.push((node.shown.element, parent.shown.element, points));
    }
    for (element, parent, points) in lines {
        let meaning = EdgeMeaning::Membership;
        let kept = builder.before.and_then(|before| before.edge(meaning, parent, element));
        let kept = kept.filter(|(edge, _)| edge.points == points).map(|(_, item)| item.clone());
        let item = kept.unwrap_or_else(|| Arc::new(membership_item(points.clone())));
        builder.add_edge(item, EdgeShape { element, from: parent, to: element, meaning, points, label: None, item: 0 });
    }
    builder.memory.tidy = Some(tidy);
}

fn membership_item(points: Vec<Pos2>) -> Item {
    let mut pen = Pen::new(None);
    pen.path(Detail::Shape, points, false, BEND, Style::line(Stroke::new(Colour::LineStrong, LINE)));
    pen.into_group()
}

/// The line from a box to one below it (or beside it) that hangs from it.
fn tree_line(parent: Rect, child: Rect, direction: FlowDirection) -> Vec<Pos2> {
    if direction == FlowDirection::LeftToRight && child.left() > parent.right() + 4.0 {
        let bus = (child.left() - 16.0).max(parent.right() + 2.0);
        let (from, to) = (parent.right_center(), child.left_center());
        return vec![from, pos2(bus, from.y), pos2(bus, to.y), to];
    }
    let spine = parent.left() + 12.0;
    if child.top() >= parent.bottom() && child.left() > spine && child.left() < parent.left() + 48.0 {
        return vec![pos2(spine, parent.bottom()), pos2(spine, child.center().y), child.left_center()];
    }
    if child.top() > parent.bottom() + 4.0 {
        let bus = (child.top() - 16.0).max(parent.bottom() + 2.0);
        let (from, to) = (parent.center_bottom(), child.center_top());
        return vec![from, pos2(from.x, bus), pos2(to.x, bus), to];
    }
    if child.bottom() < parent.top() - 4.0 {
        let bus = (parent.top() + child.bottom()) / 2.0;
        let (from, to) = (parent.center_top(), child.center_bottom());
        return vec![from, pos2(from.x, bus), pos2(to.x, bus), to];
    }
    let right = child.left() > parent.center().x;
    let (from, to) =
        if right { (parent.right_center(), child.left_center()) } else { (parent.left_center(), child.right_center()) };
    let middle = (from.x + to.x) / 2.0;
    vec![from, pos2(middle, from.y), pos2(middle, to.y), to]
}

/// Reporting lines beside the first one between roles that are shown: further solid ones, and dotted ones.
pub(crate) fn add_reporting_lines(builder: &mut Builder<'_>) {
    let document = builder.context.document();
    let (mut ends, mut meanings) = (Vec::new(), Vec::new());
    for node in &builder.nodes {
        let ElementRef::Role(id) = node.shown.element else { continue };
        let Some(role) = document.get::<Role>(id) else { continue };
        let solid = role.also_reports_to.iter().map(|above| (EdgeMeaning::Solid, *above));
        let dotted = role.dotted_to.iter().map(|above| (EdgeMeaning::Dotted, *above));
        for (meaning, above) in solid.chain(dotted) {
            let above = ElementRef::Role(above);
            if builder.index_of.contains_key(&above) {
                ends.push((node.shown.element, above));
                meanings.push(meaning);
            }
        }
    }
    let lines = routes::between(builder, &ends, &[], 6.0);
    let mut passed = Vec::new();
    if builder.context.options.jumps && !lines.is_empty() {
        let below: Vec<&Vec<Pos2>> = builder.scene.edges.iter().map(|edge| &edge.points).collect();
        let painted: Vec<&Vec<Pos2>> = below.iter().copied().chain(&lines).collect();
        passed = jumps(&painted).split_off(below.len());
    }
    passed.resize(lines.len(), Vec::new());
    for ((((from, to), meaning), points), jumps) in ends.into_iter().zip(meanings).zip(lines).zip(passed) {
        let mut pen = Pen::new(None);
        let style = Style::line(Stroke::new(Colour::Border, LINE));
        let style = if meaning == EdgeMeaning::Dotted { style.dashed(Dash::Dashed) } else { style };
        pen.path(Detail::Shape, with_jumps(&points, &jumps), false, BEND, style);
        let edge = EdgeShape { element: from, from, to, meaning, points, label: None, item: 0 };
        builder.add_edge(pen.into_group(), edge);
    }
}

/// The word above the row of outside parties, where they stand below everything else.
fn add_outside_heading(builder: &mut Builder<'_>) {
    let is_outside = |element: ElementRef| matches!(element, ElementRef::External(_) | ElementRef::System(_));
    let mut outside: Option<Rect> = None;
    let mut lowest = f32::NEG_INFINITY;
    for node in &builder.scene.nodes {
        if is_outside(node.element) {
            outside = Some(outside.map_or(node.rect, |all: Rect| all.union(node.rect)));
        } else {
            lowest = lowest.max(node.rect.bottom());
        }
    }
    let Some(outside) = outside.filter(|outside| outside.top() > lowest + 28.0) else { return };
    let mut pen = Pen::new(None);
    let anchor = outside.left_top() - vec2(0.0, 26.0);
    pen.text(Detail::Secondary, "Outside", BADGE, Colour::InkSecond, anchor, Align::Min);
    builder.add(pen.into_group());
}
