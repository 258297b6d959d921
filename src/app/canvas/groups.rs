//! Groups under the hand: a click selects the whole group, a double click goes into it.
//!
//! Which group was entered is remembered by the canvas; within it, what it consists of is clicked by itself.

use egui::{Key, Modifiers};
use rustc_hash::FxHashMap;

use super::pick::node_of;
use super::tools::{Outcome, Situation};
use crate::app::command::{CameraMove, Command};
use crate::model::{Document, ElementRef, Placement, ViewId, groups};
use crate::scene::{NodeShape, Scene};

/// What a click on an element selects: the outermost group that it is in and that was not entered, else itself.
pub fn clicked(situation: &Situation<'_>, element: ElementRef) -> Vec<ElementRef> {
    let whole = closed_group(situation, element).map(|path| members(situation, path));
    whole.filter(|members| members.len() > 1).unwrap_or_else(|| vec![element])
}

/// The same for several elements, each once.
pub fn all_clicked(situation: &Situation<'_>, elements: Vec<ElementRef>) -> Vec<ElementRef> {
    let is_grouped = |element: &ElementRef| closed_group(situation, *element).is_some();
    if !elements.iter().any(is_grouped) {
        return elements;
    }
    let mut all: Vec<ElementRef> = Vec::with_capacity(elements.len());
    let mut seen = rustc_hash::FxHashSet::default();
    for element in elements {
        all.extend(clicked(situation, element).into_iter().filter(|one| seen.insert(*one)));
    }
    all
}

/// The group that a double click on an element enters, by its path.
pub fn entered<'a>(situation: &Situation<'a>, element: ElementRef) -> Option<&'a [u32]> {
    closed_group(situation, element).filter(|path| members(situation, path).len() > 1)
}

/// The groups around an element that stay entered after a click on it.
pub fn still_inside<'a>(situation: &Situation<'a>, element: Option<ElementRef>) -> &'a [u32] {
    let groups = element.and_then(|element| placement(situation, element)).map_or(&[][..], |placed| &placed.groups);
    let shared = situation.inside.iter().zip(groups).take_while(|(a, b)| a == b).count();
    situation.inside.get(..shared).unwrap_or_default()
}

/// Goes into, out of and along groups by keys. Whether the key was one of those.
pub fn key(key: Key, modifiers: Modifiers, situation: &Situation<'_>, out: &mut Outcome) -> bool {
    let is_inside = !situation.inside.is_empty();
    match key {
        Key::Enter if modifiers.is_none() && situation.selection.len() > 1 => {
            let Some(first) = situation.selection.first().copied() else { return false };
            let Some(path) = entered(situation, first).map(<[u32]>::to_vec) else { return false };
            let inside = Situation { inside: &path, ..*situation };
            out.select(clicked(&inside, first));
            out.inside = Some(path);
            true
        }
        Key::Enter if modifiers.shift_only() && is_inside => {
            out.select(members(situation, situation.inside));
            out.inside = Some(without_last(situation.inside));
            true
        }
        Key::Tab if is_inside && (modifiers.is_none() || modifiers.shift_only()) => {
            next_sibling(situation, !modifiers.shift, out);
            true
        }
        _ => false,
    }
}

/// Selects the next part of the group that was entered, in the order of painting.
fn next_sibling(situation: &Situation<'_>, forward: bool, out: &mut Outcome) {
    let mut parts: Vec<Vec<ElementRef>> = Vec::new();
    for element in members(situation, situation.inside) {
        let part = clicked(situation, element);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let is_present = |part: &Vec<ElementRef>| part.iter().any(|element| situation.selection.contains(element));
    let next = match (parts.iter().position(is_present), forward) {
        (Some(index), true) => (index + 1) % parts.len().max(1),
        (Some(index), false) => (index + parts.len() - 1) % parts.len().max(1),
        (None, _) => 0,
    };
    if let Some(part) = parts.into_iter().nth(next) {
        out.select(part);
        out.commands.push(Command::Camera(CameraMove::ShowSelection));
    }
}

/// What Escape selects when it leaves a group, and the groups that stay entered.
pub fn left(document: &Document, view: ViewId, inside: &[u32]) -> (Vec<ElementRef>, Vec<u32>) {
    let placed = document.placements_in(view).filter(|(_, placement)| placement.groups.starts_with(inside));
    (placed.map(|(_, placement)| placement.element).collect(), without_last(inside))
}

fn without_last(path: &[u32]) -> Vec<u32> {
    path.split_last().map_or_else(Vec::new, |(_, rest)| rest.to_vec())
}

/// Selected boxes as they are moved: those of a group that is wholly selected stand together.
pub fn together<'a>(
    document: &Document,
    view: ViewId,
    scene: &'a Scene,
    selection: &[ElementRef],
) -> Vec<Vec<&'a NodeShape>> {
    let selected: rustc_hash::FxHashSet<ElementRef> = selection.iter().copied().collect();
    let nodes: Vec<&NodeShape> = scene.nodes.iter().filter(|node| selected.contains(&node.element)).collect();
    let placed = |node: &NodeShape| document.get::<Placement>(node.placement?);
    let all = groups::Sizes::of(document.placements_in(view).map(|(_, placement)| placement));
    let held = groups::Sizes::of(nodes.iter().filter_map(|node| placed(node)));
    let mut bodies: Vec<Vec<&NodeShape>> = Vec::new();
    let mut index_of: FxHashMap<&[u32], usize> = FxHashMap::default();
    for node in nodes {
        let groups = placed(node).map_or(&[][..], |placement| &placement.groups);
        let mut paths = (1..=groups.len()).filter_map(|length| groups.get(..length));
        let whole = paths.find(|path| all.count(path) == held.count(path));
        let known = whole.and_then(|path| index_of.get(path).copied());
        match known.and_then(|index| bodies.get_mut(index)) {
            Some(body) => body.push(node),
            None => {
                if let Some(path) = whole {
                    index_of.insert(path, bodies.len());
                }
                bodies.push(vec![node]);
            }
        }
    }
    bodies
}

/// The outermost group around an element that was not entered, by its path.
fn closed_group<'a>(situation: &Situation<'a>, element: ElementRef) -> Option<&'a [u32]> {
    let groups = &placement(situation, element)?.groups;
    let shared = situation.inside.iter().zip(groups).take_while(|(a, b)| a == b).count();
    groups.get(..=shared)
}

fn placement<'a>(situation: &Situation<'a>, element: ElementRef) -> Option<&'a Placement> {
    let document: &'a Document = situation.document;
    document.get::<Placement>(node_of(situation.scene, element)?.placement?)
}

/// The boxes of a group, in the order of painting.
fn members(situation: &Situation<'_>, path: &[u32]) -> Vec<ElementRef> {
    let is_in = |node: &&NodeShape| {
        let placed = node.placement.and_then(|id| situation.document.get::<Placement>(id));
        placed.is_some_and(|placement| placement.groups.starts_with(path))
    };
    situation.scene.nodes.iter().filter(is_in).map(|node| node.element).collect()
}
