//! `picture PROJECT.ron…`: what the program paints, for a judge of its own: boxes, lines, labels and lanes of every
//! process view and chart.
//!
//! Prints one line of JSON a view. Numbers are world units; rectangles are left, top, right, bottom.

use std::path::Path;

use emath::{Pos2, Rect};
use remit::model::*;
use remit::scene::{self, EdgeMeaning, NodeShape, Options, Scene};
use serde::Serialize;

#[derive(Serialize)]
struct Picture<'a> {
    file: &'a str,
    view: String,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    lanes: Vec<Band>,
}

#[derive(Serialize)]
struct Node {
    key: String,
    kind: &'static str,
    name: String,
    form: String,
    rect: [f32; 4],
    /// Key of the sub-flow that it stands in, or of the call that is drawn around the process it carries out.
    inside: Option<String>,
    /// Key of the step on whose border it stands.
    attached: Option<String>,
    /// Key of the actor in whose lane it stands.
    lane: Option<String>,
}

#[derive(Serialize)]
struct Edge {
    key: String,
    kind: String,
    from: String,
    to: String,
    points: Vec<[f32; 2]>,
    label: Option<[f32; 4]>,
}

#[derive(Serialize)]
struct Band {
    actor: Option<String>,
    rect: [f32; 4],
}

/// Runs the kind with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    if arguments.is_empty() {
        return Err("needs PROJECT.ron…".to_owned());
    }
    for file in arguments {
        let (document, _) = remit::storage::load(Path::new(file)).map_err(|error| error.to_string())?;
        for (id, view) in document.views().iter() {
            if matches!(view.kind, ViewKind::Matrix(_)) {
                continue;
            }
            let json = serde_json::to_string(&picture(&document, file, id)).map_err(|error| error.to_string())?;
            println!("{json}");
        }
    }
    Ok(())
}

fn picture<'a>(document: &Document, file: &'a str, view: ViewId) -> Picture<'a> {
    let scene = scene::build(document, view, &Options::default());
    let path = |element: ElementRef| document.path_of(element);
    let nodes = scene.nodes.iter().map(|node| {
        let (parent, attached) = place_of(document, node.element);
        let inside = parent.or_else(|| call_around(document, &scene, node));
        Node {
            key: path(node.element),
            kind: node.element.kind().word(),
            name: document.name_of(node.element).to_owned(),
            form: format!("{:?}", node.form),
            rect: corners(node.rect),
            inside: inside.map(|step| path(step.into())),
            attached: attached.map(|step| path(step.into())),
            lane: node.parent.map(path),
        }
    });
    let edges = scene.edges.iter().map(|edge| Edge {
        key: path(edge.element),
        kind: meaning_of(document, edge.element, edge.meaning),
        from: path(edge.from),
        to: path(edge.to),
        points: edge.points.iter().map(pair).collect(),
        label: edge.label.map(corners),
    });
    let lanes = scene
        .lanes
        .iter()
        .map(|lane| Band { actor: lane.actor.map(|actor| path(actor.into())), rect: corners(lane.rect) });
    Picture {
        file,
        view: document.name_of(view.into()).to_owned(),
        nodes: nodes.collect(),
        edges: edges.collect(),
        lanes: lanes.collect(),
    }
}

/// The sub-flow around a node and the step on whose border it stands.
fn place_of(document: &Document, element: ElementRef) -> (Option<StepId>, Option<StepId>) {
    match element {
        ElementRef::Step(id) => (document.get::<Step>(id).and_then(|step| step.parent), None),
        ElementRef::Gateway(id) => (document.get::<Gateway>(id).and_then(|gateway| gateway.parent), None),
        ElementRef::Event(id) => match document.get::<Event>(id) {
            Some(event) => (event.parent, event.attached),
            None => (None, None),
        },
        _ => (None, None),
    }
}

/// The call whose box holds a node of the process it carries out.
fn call_around(document: &Document, scene: &Scene, node: &NodeShape) -> Option<StepId> {
    let process = document.process_of(FlowNode::try_from(node.element).ok()?)?;
    scene.nodes.iter().find_map(|other| {
        let ElementRef::Step(id) = other.element else { return None };
        let calls = document.get::<Step>(id)?.calls == Some(process);
        (calls && other.element != node.element && other.rect.contains_rect(node.rect)).then_some(id)
    })
}

fn meaning_of(document: &Document, element: ElementRef, meaning: EdgeMeaning) -> String {
    let link = match element {
        ElementRef::Link(id) => document.get::<Link>(id),
        _ => None,
    };
    link.map_or_else(|| format!("{meaning:?}"), |link| format!("{:?}", link.kind))
}

fn corners(rect: Rect) -> [f32; 4] {
    [rect.left(), rect.top(), rect.right(), rect.bottom()]
}

fn pair(point: &Pos2) -> [f32; 2] {
    [point.x, point.y]
}
