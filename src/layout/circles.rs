//! Nested circles: what belongs to a unit lies in its circle.
//!
//! The circles of one parent are packed along a front chain (Wang, Wang, Dai and Wang,
//! "Visualization of large hierarchical data by circle packing", 2006), the large ones first, and
//! the smallest circle around them is found from a basis of at most three (Welzl, "Smallest
//! enclosing disks", 1991, without its shuffle: a fixed order gives the same picture each time).
//! The name of a parent stands in the upper part of its circle, as large as the circle allows;
//! room for it is kept there.
//!
//! Invariants: circles of siblings never overlap, children and names lie inside their circle,
//! names keep off the children, nothing recurses.

mod enclose;
mod pack;
#[cfg(test)]
mod tests;

pub use enclose::Circle;

use super::geometry::{Point, Rect, Size};
use super::request::{TreeNode, TreeRequest};
use super::tree::forest::Forest;
use enclose::enclose;
use pack::pack;

/// One circle to arrange.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CircleNode {
    /// Index of the node it lies in; `None` for a root.
    pub parent: Option<usize>,
    /// Its radius while nothing lies in it.
    pub radius: f64,
    /// Size of its name at scale 1, for a circle in which others lie.
    pub label: Size,
    /// Whether everything in it is hidden.
    pub collapsed: bool,
}

/// Circles to arrange.
#[derive(Clone, Debug, PartialEq)]
pub struct CircleRequest {
    /// The circles.
    pub nodes: Vec<CircleNode>,
    /// Distance between circles, and between a circle and what lies in it.
    pub gap: f64,
}

impl Default for CircleRequest {
    fn default() -> Self {
        Self { nodes: Vec::new(), gap: 6.0 }
    }
}

/// Where a name stands, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CircleLabel {
    /// Its box.
    pub rect: Rect,
    /// How many times its size at scale 1.
    pub scale: f64,
}

/// Arranged circles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CircleResult {
    /// Where each circle lies; `None` for one hidden in a collapsed one.
    pub circles: Vec<Option<Circle>>,
    /// The names of circles in which others are shown.
    pub labels: Vec<Option<CircleLabel>>,
    /// How many circles each one hides.
    pub hidden: Vec<usize>,
    /// Smallest box around all; empty at the origin for none.
    pub bounds: Rect,
}

/// Radius of the circle around the children for which a name keeps its size; larger ones make it larger.
const PLAIN_REACH: f64 = 220.0;
/// Most that a name is enlarged.
const LARGEST_LABEL: f64 = 40.0;
/// Width of an enlarged name by the radius of the circle around the children.
const LABEL_REACH: f64 = 1.1;

/// Arranges nested circles. About linear: each circle looks at the rim of its siblings only.
pub fn arrange(request: &CircleRequest) -> CircleResult {
    let nodes = request.nodes.iter().map(|node| TreeNode {
        parent: node.parent,
        collapsed: node.collapsed,
        ..TreeNode::default()
    });
    let forest = Forest::new(&TreeRequest { nodes: nodes.collect(), ..TreeRequest::default() });
    let count = request.nodes.len();
    let gap = if request.gap.is_finite() { request.gap.max(0.0) } else { 0.0 };
    let mut own = vec![Circle::default(); count];
    let mut label: Vec<Option<CircleLabel>> = vec![None; count];
    for &node in forest.order.iter().rev() {
        let children = forest.children_of(node);
        let least = sane_radius(request.nodes[node].radius);
        if children.is_empty() {
            own[node].radius = least;
            continue;
        }
        let around = pack_children(children, &mut own, gap);
        let (radius, down, name) = with_label(around, request.nodes[node].label.sane(), gap);
        for &child in children {
            own[child].center = own[child].center.moved(0.0, down);
        }
        own[node].radius = radius.max(least);
        label[node] = name;
    }
    pack_children(&forest.roots, &mut own, 2.0 * gap);
    let mut result = CircleResult {
        circles: vec![None; count],
        labels: vec![None; count],
        hidden: forest.hidden.clone(),
        bounds: Rect::default(),
    };
    place(&forest, &own, &label, &mut result);
    result
}

fn sane_radius(radius: f64) -> f64 {
    if radius.is_finite() { radius.max(1.0) } else { 1.0 }
}

/// Packs circles around the origin and returns the radius of the circle around them, their gap included.
fn pack_children(children: &[usize], own: &mut [Circle], gap: f64) -> f64 {
    let mut order = children.to_vec();
    order.sort_by(|&a, &b| own[b].radius.total_cmp(&own[a].radius).then(a.cmp(&b)));
    let radii: Vec<f64> = order.iter().map(|&child| own[child].radius + gap / 2.0).collect();
    let (centers, front) = pack(&radii);
    let rim: Vec<Circle> = front.iter().map(|&at| Circle { center: centers[at], radius: radii[at] }).collect();
    let middle = enclose(&rim).center;
    let mut around: f64 = 0.0;
    for (&child, center) in order.iter().zip(centers) {
        let center = center.moved(-middle.x, -middle.y);
        own[child].center = center;
        around = around.max(center.x.hypot(center.y) + own[child].radius + gap / 2.0);
    }
    around
}

/// The circle around children and a name above them: its radius, how far the children lie below
/// its middle, and the name, with the middle as origin.
///
/// The name's upper corners and the lowest point of the children touch the same circle. With R the
/// radius around the children, w the name's width, H the distance of its upper edge from their
/// middle, the circle's middle lies d above theirs, where (w/2)² + (H − d)² = (R + d)². A name so
/// wide that the middle would come to lie above its own lies across the middle.
fn with_label(around: f64, natural: Size, gap: f64) -> (f64, f64, Option<CircleLabel>) {
    if natural.width <= 0.0 || natural.height <= 0.0 {
        return (around + gap / 2.0, 0.0, None);
    }
    let widest = LABEL_REACH * around / natural.width;
    let scale = (around / PLAIN_REACH).min(widest).clamp(1.0, LARGEST_LABEL);
    // Quarters: few sizes of letters in one picture.
    let scale = (scale * 4.0).floor() / 4.0;
    let (width, height) = (natural.width * scale, natural.height * scale);
    let top = around + height;
    let up =
        ((width * width / 4.0 + top * top - around * around) / (2.0 * (top + around))).clamp(0.0, top - height / 2.0);
    let corner = Point::new(-width / 2.0, up - top);
    let radius = (around + up).max(corner.x.hypot(corner.y)) + gap / 2.0;
    let rect = Rect::from_min_size(corner, Size::new(width, height));
    (radius, up, Some(CircleLabel { rect, scale }))
}

/// From places in the parent to places in the picture, which begins at the origin.
fn place(forest: &Forest, own: &[Circle], label: &[Option<CircleLabel>], result: &mut CircleResult) {
    let mut corner = Point::new(f64::INFINITY, f64::INFINITY);
    let mut end = Point::new(f64::NEG_INFINITY, f64::NEG_INFINITY);
    for &root in &forest.roots {
        let Circle { center, radius } = own[root];
        corner = Point::new(corner.x.min(center.x - radius), corner.y.min(center.y - radius));
        end = Point::new(end.x.max(center.x + radius), end.y.max(center.y + radius));
    }
    if forest.roots.is_empty() {
        return;
    }
    for &node in &forest.order {
        let origin = match forest.parent[node].and_then(|up| result.circles[up]) {
            Some(up) => up.center,
            None => Point::new(-corner.x, -corner.y),
        };
        let center = own[node].center.moved(origin.x, origin.y);
        result.circles[node] = Some(Circle { center, radius: own[node].radius });
        let name = label[node].filter(|_| !forest.is_leaf(node));
        result.labels[node] = name.map(|name| CircleLabel { rect: name.rect.moved(center.x, center.y), ..name });
    }
    result.bounds = Rect::new(Point::default(), Point::new(end.x - corner.x, end.y - corner.y));
}
