//! Reads the drawing of a BPMN model.

use super::drawing::{Bounds, Diagram, Edge, Label, Shape, Waypoint};
use super::limits::FARTHEST;
use super::reader::{Reader, attribute, flag};
use super::tree::Base;
use super::xml::Xml;

impl<'a> Reader<'a> {
    pub(super) fn diagram(&mut self, node: Xml<'a>) -> Diagram {
        let mut diagram = Diagram::default();
        let mut base = self.base(node, &[]);
        for (name, child) in self.children(node) {
            match name {
                "BPMNPlane" => self.plane(child, &mut base, &mut diagram),
                _ => self.rest(&mut base, name, child),
            }
        }
        diagram.base = base;
        diagram
    }

    fn plane(&mut self, node: Xml<'a>, base: &mut Base, diagram: &mut Diagram) {
        let mut plane = self.base(node, &["bpmnElement"]);
        attribute(node, "bpmnElement").clone_into(&mut diagram.shows);
        for (name, child) in self.children(node) {
            match name {
                "BPMNShape" => diagram.shapes.push(self.shape(child)),
                "BPMNEdge" => diagram.edges.push(self.edge(child)),
                _ => self.rest(&mut plane, name, child),
            }
        }
        if !plane.kept.is_empty() {
            base.kept = format!("{}\n{}", base.kept, plane.kept).trim_start().to_owned();
        }
    }

    fn shape(&mut self, node: Xml<'a>) -> Shape {
        let known = ["bpmnElement", "isExpanded", "isHorizontal", "isMarkerVisible"];
        let mut base = self.base(node, &known);
        let (mut bounds, mut label) = (None, None);
        for (name, child) in self.children(node) {
            match name {
                "Bounds" => bounds = self.bounds(child),
                "BPMNLabel" => label = Some(self.label(child)),
                _ => self.rest(&mut base, name, child),
            }
        }
        if bounds.is_none() {
            let what = "its bounds are missing or out of range".to_owned();
            self.problem(&base, "shape", what, "placed anew");
        }
        Shape {
            base,
            element: attribute(node, "bpmnElement").to_owned(),
            bounds,
            is_expanded: flag(node, "isExpanded"),
            is_horizontal: flag(node, "isHorizontal"),
            is_marker_visible: flag(node, "isMarkerVisible"),
            label,
        }
    }

    fn edge(&mut self, node: Xml<'a>) -> Edge {
        let mut base = self.base(node, &["bpmnElement"]);
        let (mut waypoints, mut label) = (Vec::new(), None);
        let mut is_usable = true;
        for (name, child) in self.children(node) {
            match name {
                "waypoint" => match (number(child, "x"), number(child, "y")) {
                    (Some(x), Some(y)) => waypoints.push(Waypoint { x, y }),
                    _ => is_usable = false,
                },
                "BPMNLabel" => label = Some(self.label(child)),
                _ => self.rest(&mut base, name, child),
            }
        }
        if !is_usable || waypoints.len() < 2 {
            waypoints.clear();
            let what = "its points are missing or out of range".to_owned();
            self.problem(&base, "edge", what, "drawn anew");
        }
        Edge { base, element: attribute(node, "bpmnElement").to_owned(), waypoints, label }
    }

    fn label(&mut self, node: Xml<'a>) -> Label {
        let mut base = self.base(node, &[]);
        let mut bounds = None;
        for (name, child) in self.children(node) {
            match name {
                "Bounds" => bounds = self.bounds(child),
                _ => self.rest(&mut base, name, child),
            }
        }
        Label { base, bounds }
    }

    /// A rectangle; none where a number is missing or out of range.
    fn bounds(&mut self, node: Xml<'a>) -> Option<Bounds> {
        let bounds = Bounds {
            x: number(node, "x")?,
            y: number(node, "y")?,
            width: number(node, "width")?,
            height: number(node, "height")?,
        };
        (bounds.width >= 0.0 && bounds.height >= 0.0).then_some(bounds)
    }
}

/// A number within range; none for one that is missing, infinite or too far out.
fn number(node: Xml<'_>, name: &str) -> Option<f64> {
    attribute(node, name).parse::<f64>().ok().filter(|number| number.abs() <= FARTHEST)
}
