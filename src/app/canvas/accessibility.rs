//! What assistive technology sees of a canvas: one node for it, and one for each visible element below it.
//!
//! The nodes exist only while somebody listens. At most [`MOST`] are given, the selected and those nearest to the
//! middle first. Their bounds are those on the screen, so that a click on a node is a click on the element.

use egui::accesskit::{Action, Role};
use egui::{Id, Response, Sense, Ui, UiBuilder};
use emath::Rect;
use rustc_hash::FxHashSet;

use super::camera::Camera;
use super::tools::Situation;
use crate::app::tally::Tally;
use crate::model::{ElementKind, ElementRef};
use crate::scene::{EdgeMeaning, NodeShape, accessible_label};

/// At most so many elements are given.
const MOST: usize = 500;

/// Describes the canvas; returns the element on which a click was asked for.
pub fn describe(
    ui: &mut Ui,
    canvas: &Response,
    situation: &Situation<'_>,
    tally: &Tally,
    camera: &Camera,
) -> Option<ElementRef> {
    ui.accesskit_node_builder(canvas.id, |node| {
        node.set_role(Role::Canvas);
        node.set_label(summary(situation));
    })?;
    let selected: FxHashSet<ElementRef> = situation.selection.iter().copied().collect();
    let builder = UiBuilder::new().max_rect(camera.viewport()).id_salt("elements").accessibility_parent(canvas.id);
    let child = ui.new_child(builder);
    let mut clicked = None;
    for (element, rect, label) in visible(situation, camera, &selected) {
        let id = Id::unique("canvas element").with((situation.view, element));
        child.interact(rect, id, Sense::hover());
        let bounds = egui::accesskit::Rect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        };
        child.accesskit_node_builder(id, |node| {
            node.set_role(Role::ListBoxOption);
            node.set_label(label);
            node.set_bounds(bounds);
            node.set_selected(selected.contains(&element));
            node.set_role_description(element.kind().word());
            let laid = tally.options().overlay.as_ref().and_then(|overlay| overlay.words(element));
            let words: Vec<String> =
                [tally.words(element)].into_iter().chain(laid).filter(|words| !words.is_empty()).collect();
            let words = words.join(". ");
            if !words.is_empty() {
                node.set_description(words);
            }
            node.add_action(Action::Click);
        });
        child.input_mut(|input| {
            input.consume_accesskit_action_requests(id, |request| {
                if request.action == Action::Click {
                    clicked = Some(element);
                }
                request.action == Action::Click
            });
        });
    }
    clicked
}

/// Name of the view, and how much it shows.
fn summary(situation: &Situation<'_>) -> String {
    let name = situation.document.name_of(situation.view.into());
    let mut parts = Vec::new();
    for kind in ElementKind::ALL {
        let count = situation.scene.nodes.iter().filter(|node| node.element.kind() == kind).count();
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { kind.word() } else { kind.plural() }));
        }
    }
    match parts.is_empty() {
        true => format!("{name}: empty"),
        false => format!("{name}: {}", parts.join(", ")),
    }
}

/// Elements in sight with their box on the screen and their label: the selected first, then the nearest to the middle.
fn visible(
    situation: &Situation<'_>,
    camera: &Camera,
    selected: &FxHashSet<ElementRef>,
) -> Vec<(ElementRef, Rect, String)> {
    let scene = situation.scene;
    let seen = camera.world_rect();
    let middle = seen.center();
    let mut nodes: Vec<&NodeShape> = scene.nodes.iter().filter(|node| seen.intersects(node.rect)).collect();
    nodes.sort_by(|a, b| {
        let rank = |node: &NodeShape| !selected.contains(&node.element);
        let distance = |node: &NodeShape| (node.rect.center() - middle).length_sq();
        rank(a).cmp(&rank(b)).then(distance(a).total_cmp(&distance(b)))
    });
    let on_screen = |rect: Rect| camera.screen_rect(rect).intersect(camera.viewport());
    nodes.truncate(MOST);
    let label = |element: ElementRef| accessible_label(situation.document, element);
    let mut found: Vec<_> =
        nodes.into_iter().map(|node| (node.element, on_screen(node.rect), label(node.element))).collect();
    for lane in &scene.lanes {
        if let Some(actor) = lane.actor.filter(|_| seen.intersects(lane.header)) {
            found.push((actor.into(), on_screen(lane.header), lane.label.clone()));
        }
    }
    let lines = scene.edges.iter().filter(|edge| edge.meaning.is_element() && selected.contains(&edge.element));
    let word = |meaning: EdgeMeaning| if meaning == EdgeMeaning::Link { "Selected link" } else { "Selected flow" };
    found.extend(
        lines.map(|edge| (edge.element, on_screen(Rect::from_points(&edge.points)), word(edge.meaning).to_owned())),
    );
    found.truncate(MOST);
    found
}
