//! Who is tied to whom: circles and lines between them.

use emath::{Align, Pos2, Rect, pos2, vec2};

use super::Target;
use super::draw::{Page, sign_of};
use crate::scene::item::{Colour, Dash, Detail, Severity, Stroke, Style};
use crate::scene::measures::CAPTION;
use crate::scene::pen::Pen;
use crate::scene::text::{Measure, TextStyle, Weight};

const NAMES: TextStyle = TextStyle::new(12.0, Weight::Medium);
/// Radius of the least and of the most important one.
const RADIUS: (f32, f32) = (9.0, 24.0);

/// A net with the places of its nodes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Net {
    /// The nodes.
    pub nodes: Vec<NetNode>,
    /// Ties by the places of their ends, with how thick they are, 0 to 1.
    pub ties: Vec<(usize, usize, f32)>,
}

/// A node of a net.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetNode {
    /// Its name.
    pub name: String,
    /// What stands beneath the name.
    pub detail: String,
    /// Where it is: both 0 to 1.
    pub at: (f32, f32),
    /// How much hangs on it, 0 to 1: its size.
    pub weight: f32,
    /// Its tint: the part of the net it belongs to.
    pub tint: u8,
    /// How grave it is that so much hangs on it.
    pub severity: Option<Severity>,
    /// Whether it is outside of the organisation.
    pub is_outside: bool,
    /// Where it leads to.
    pub target: Option<Target>,
}

impl Page {
    pub(super) fn net(&mut self, net: &Net) {
        // So much room that names seldom meet.
        let side = (net.nodes.len() as f32).sqrt() * 118.0;
        let width = self.width.max(side).min(2400.0);
        let height = (side * side / width).clamp(260.0, 2400.0).max(width * 0.52).min(width);
        let inner = Rect::from_min_size(pos2(84.0, self.top + 36.0), vec2(width - 168.0, height - 84.0));
        let place =
            |node: &NetNode| pos2(inner.left() + inner.width() * node.at.0, inner.top() + inner.height() * node.at.1);
        for (from, to, strength) in &net.ties {
            let (Some(from), Some(to)) = (net.nodes.get(*from), net.nodes.get(*to)) else { continue };
            let mut pen = Pen::new(None);
            let stroke = Stroke::new(Colour::LineStrong, 1.0 + 4.0 * strength.clamp(0.0, 1.0));
            pen.path(Detail::Shape, vec![place(from), place(to)], false, 0.0, Style::line(stroke));
            self.put(pen);
        }
        for node in &net.nodes {
            self.node(node, place(node));
        }
        self.top += height;
    }

    fn node(&mut self, node: &NetNode, at: Pos2) {
        let measure = Measure::bundled();
        let radius = RADIUS.0 + (RADIUS.1 - RADIUS.0) * node.weight.clamp(0.0, 1.0).sqrt();
        let mut pen = Self::pen_for(node.target);
        let mut style = Style::card(Colour::TintFill(node.tint % 8), Colour::TintEdge(node.tint % 8));
        if node.is_outside {
            style = style.dashed(Dash::Dashed);
        }
        if let Some(severity) = node.severity {
            style.stroke = Some(Stroke::new(Colour::Severity(severity), 2.2));
        }
        pen.circle(Detail::Shape, at, radius, style);
        if let Some(severity) = node.severity {
            pen.icon(Detail::Shape, sign_of(severity), at, 14.0, Colour::Severity(severity));
        }
        let name = measure.ellipsize(&node.name, NAMES, 150.0);
        let below = pos2(at.x, at.y + radius + 2.0);
        // Names stand on the paper, so that lines do not run through them.
        let ground = Rect::from_center_size(
            below + vec2(0.0, measure.line_height(NAMES) / 2.0),
            vec2(name.width + 6.0, measure.line_height(NAMES) - 2.0),
        );
        pen.rect(Detail::Name, ground, 3.0, Style::filled(Colour::Canvas));
        pen.lines(Detail::Name, vec![name], NAMES, Colour::Ink, below, Align::Center);
        if !node.detail.is_empty() {
            let at = below + vec2(0.0, measure.line_height(NAMES) - 2.0);
            let width = measure.width(&node.detail, CAPTION);
            let middle = at + vec2(0.0, measure.line_height(CAPTION) / 2.0);
            let ground = Rect::from_center_size(middle, vec2(width + 6.0, measure.line_height(CAPTION)));
            pen.rect(Detail::Secondary, ground, 3.0, Style::filled(Colour::Canvas));
            pen.text(Detail::Secondary, &node.detail, CAPTION, Colour::InkSecond, at, Align::Center);
        }
        self.put(pen);
        let label = if node.detail.is_empty() { node.name.clone() } else { format!("{}: {}", node.name, node.detail) };
        let rect = Rect::from_center_size(at, vec2(radius, radius) * 2.0).expand(2.0);
        self.short_spot(rect, node.target, label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::display::{Block, Display, draw};

    #[test]
    fn who_matters_more_is_larger_and_everybody_is_in_the_picture() {
        let node = |name: &str, at, weight| NetNode { name: name.into(), at, weight, ..NetNode::default() };
        let nodes =
            vec![node("Owner", (0.5, 0.5), 1.0), node("Clerk", (0.0, 0.0), 0.0), node("Baker", (1.0, 1.0), 0.0)];
        let net = Net { nodes, ties: vec![(0, 1, 1.0), (0, 2, 0.0), (0, 9, 1.0)] };
        let drawn = draw(&Display { blocks: vec![Block::Net(net)], ..Display::default() }, 600.0);
        let sizes: Vec<f32> = drawn.spots.iter().map(|spot| spot.rect.width()).collect();
        assert!(sizes[0] > sizes[1] && sizes[1] == sizes[2]);
        let page = Rect::from_min_size(Pos2::ZERO, drawn.size + vec2(1.0, 1.0));
        assert!(drawn.items.iter().all(|item| page.contains_rect(item.bounds)));
        assert_eq!(drawn.items.len(), 5);
    }
}
