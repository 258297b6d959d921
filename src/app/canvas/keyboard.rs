//! Keys that belong to the canvas while it has the focus. Shortcuts of the whole window are actions and never come here.

use egui::{Event, Key, Modifiers, Ui};
use emath::{Pos2, Vec2};
use rustc_hash::FxHashSet;

use super::pick::{Side, node_of};
use super::tools::{Outcome, Situation, addition, moving};
use super::{NewElement, Tool, append, groups};
use crate::app::command::{CameraMove, Command};
use crate::edit::{AddBranch, EditAction as _, MoveInView, Record, Verdict};
use crate::model::{ElementRef, FlowDirection, FlowNode, Role, Unit, ViewKind};
use crate::scene::NodeShape;

/// One step of nudging, in world units.
const NUDGE: f32 = 8.0;

/// What the keys of this frame lead to.
#[derive(Debug, Default)]
pub struct Keys {
    /// Wishes.
    pub outcome: Outcome,
    /// Text that begins a new name for the only selected element.
    pub typed: String,
}

/// Reads the keys of this frame.
pub fn read(ui: &Ui, situation: &Situation<'_>) -> Keys {
    let mut keys = Keys::default();
    let events: Vec<Event> = ui.input(|input| {
        let is_key = |event: &&Event| matches!(event, Event::Key { pressed: true, .. } | Event::Text(_));
        input.events.iter().filter(is_key).cloned().collect()
    });
    for event in events {
        match event {
            Event::Key { key, modifiers, .. } => press(key, modifiers, situation, &mut keys.outcome),
            Event::Text(text) => {
                let has_name = situation.single().is_some_and(|element| can_name(situation, element));
                // Space moves the paper; a name begins with a letter.
                if has_name && situation.tool == Tool::Select && !(keys.typed.is_empty() && text.trim().is_empty()) {
                    keys.typed.push_str(&text);
                }
            }
            _ => {}
        }
    }
    keys
}

fn can_name(situation: &Situation<'_>, element: ElementRef) -> bool {
    Record::of(situation.document, element).is_some() && super::pick::bounds_of(situation.scene, element).is_some()
}

fn press(key: Key, modifiers: Modifiers, situation: &Situation<'_>, out: &mut Outcome) {
    if groups::key(key, modifiers, situation, out) {
        return;
    }
    let side = match key {
        Key::ArrowLeft => Some(Side::Left),
        Key::ArrowRight => Some(Side::Right),
        Key::ArrowUp => Some(Side::Top),
        Key::ArrowDown => Some(Side::Bottom),
        _ => None,
    };
    match (side, key) {
        (Some(side), _) if modifiers.command => {
            if let Some(from) = situation.single() {
                append::at_side(from, side, situation, out);
            }
        }
        (Some(side), _) if situation.is_chart() && modifiers.is_none() => walk(side, situation, out),
        (Some(side), _) if !modifiers.alt || modifiers.shift => nudge(side, modifiers, situation, out),
        (None, Key::Tab) if modifiers.is_none() => next(situation, out),
        (None, Key::Tab) if modifiers.shift_only() => beside(situation, out),
        (None, Key::Enter) if modifiers.is_none() => enter(situation, out),
        (None, Key::Enter) if modifiers.shift_only() => out.commands.push(Command::Action("view.up")),
        _ => {}
    }
}

/// Moves the selection by a step: 8 units, with Shift 40, with Shift and Alt 1. Alt alone walks along connections. What
/// is locked stays.
fn nudge(side: Side, modifiers: Modifiers, situation: &Situation<'_>, out: &mut Outcome) {
    let step = match (modifiers.shift, modifiers.alt) {
        (_, true) => 1.0,
        (true, false) => NUDGE * 5.0,
        (false, false) => NUDGE,
    };
    let selected: FxHashSet<ElementRef> = situation.selection.iter().copied().collect();
    let held = situation.scene.nodes.iter().filter(|node| selected.contains(&node.element));
    let (locked, free): (Vec<&NodeShape>, Vec<&NodeShape>) = held.partition(|node| situation.is_locked(node));
    let free: Vec<ElementRef> = free.iter().map(|node| node.element).collect();
    let moves = moving::moves(situation, &free, side.outward() * step);
    if moves.is_empty() && !locked.is_empty() {
        out.hint = Some("What is locked stays; Ctrl+Shift+L frees it.".to_owned());
    } else if !moves.is_empty() {
        out.edit(MoveInView { view: situation.view, moves });
    }
}

/// Selects the nearest box on a side of the selected one; without a selection the first box.
fn walk(side: Side, situation: &Situation<'_>, out: &mut Outcome) {
    let from = situation.single().and_then(|element| node_of(situation.scene, element));
    let next = match from {
        None => situation.scene.nodes.first().map(|node| node.element),
        Some(from) => {
            let start = side.middle(from.rect);
            let outward = side.outward();
            let cost = |center: Pos2| {
                let way = center - start;
                let along = way.dot(outward);
                let across = (way - outward * along).length();
                (along > 1.0).then_some(along + across * 2.0)
            };
            let others = situation.scene.nodes.iter().filter(|node| node.element != from.element);
            let reached = others.filter_map(|node| Some((cost(node.rect.center())?, node.element)));
            reached.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, element)| element)
        }
    };
    if let Some(next) = next {
        show(next, out);
    }
}

fn show(element: ElementRef, out: &mut Outcome) {
    out.select(vec![element]);
    out.commands.push(Command::Camera(CameraMove::ShowSelection));
}

/// The next element: behind a step, below a unit or role; the first one where there is none yet.
pub fn next(situation: &Situation<'_>, out: &mut Outcome) {
    let Some(from) = situation.single() else { return first(situation, out) };
    let new = match from {
        ElementRef::Unit(id) if has_units_only(situation, id) => NewElement::Unit,
        ElementRef::Unit(_) | ElementRef::Role(_) => NewElement::Role,
        _ if FlowNode::try_from(from).is_ok() => NewElement::Step,
        _ => return,
    };
    // In line with the one before, where there is room; else the layout finds a place.
    let side = match situation.scene.direction {
        FlowDirection::LeftToRight => Side::Right,
        FlowDirection::TopToBottom => Side::Bottom,
    };
    let at = situation.process().and_then(|_| append::place(from, side, situation)).map(|rect| rect.center());
    if let Some(edit) = addition(situation, new, at, Some(from)) {
        out.create(edit);
    }
}

/// What an empty view begins with.
fn first(situation: &Situation<'_>, out: &mut Outcome) {
    let new = match situation.kind {
        ViewKind::Organisation { .. } => NewElement::Unit,
        ViewKind::Process { .. } => NewElement::Step,
        ViewKind::Board => NewElement::Note,
        ViewKind::Matrix(_) => return,
    };
    if situation.scene.nodes.is_empty() && situation.selection.is_empty() {
        create_after(new, None, situation, out);
    }
}

/// Whether the children of a unit are units: then one more child is a unit, too.
fn has_units_only(situation: &Situation<'_>, unit: crate::model::UnitId) -> bool {
    !situation.document.child_units(Some(unit)).is_empty() && situation.document.roles_of(Some(unit)).is_empty()
}

fn create_after(new: NewElement, from: Option<ElementRef>, situation: &Situation<'_>, out: &mut Outcome) {
    if let Some(edit) = addition(situation, new, None, from) {
        out.create(edit);
    }
}

/// What is in the hand goes where it belongs. Else in a chart another one like the selected, into what is behind a
/// sub-flow or call, elsewhere its name.
fn enter(situation: &Situation<'_>, out: &mut Outcome) {
    if let Tool::Place(new) = situation.tool {
        create_after(new, situation.single(), situation, out);
        return out.used(situation);
    }
    let only_process = |element: &ElementRef| situation.process().map(ElementRef::from) == Some(*element);
    let is_empty = situation.scene.nodes.is_empty();
    let Some(element) = situation.single().filter(|element| !(is_empty && only_process(element))) else {
        return first(situation, out);
    };
    match element {
        ElementRef::Unit(id) if situation.is_chart() => {
            let parent = situation.document.get::<Unit>(id).and_then(|unit| unit.parent);
            create_after(NewElement::Unit, parent.map(ElementRef::Unit), situation, out);
        }
        ElementRef::Role(id) if situation.is_chart() => {
            let unit = situation.document.get::<Role>(id).and_then(|role| role.unit);
            create_after(NewElement::Role, unit.map(ElementRef::Unit), situation, out);
        }
        ElementRef::Step(id) if situation.document.inside_of(id).is_some() => {
            out.commands.push(Command::OpenInside(id));
        }
        other => out.commands.push(Command::Rename(other)),
    }
}

/// In a process another branch beside the selected node; in a chart what the selected element hangs below.
pub fn beside(situation: &Situation<'_>, out: &mut Outcome) {
    let node = situation.single().and_then(|element| FlowNode::try_from(element).ok());
    let Some((beside, process)) = node.zip(situation.process()) else { return above(situation, out) };
    let edit = AddBranch { beside, record: crate::model::Step::new(process, "New step").into() };
    match edit.can_apply(situation.document) {
        Verdict::No(reason) => out.hint = Some(reason),
        Verdict::Yes | Verdict::Ignore => out.create(edit),
    }
}

/// Selects what the selected element hangs below.
fn above(situation: &Situation<'_>, out: &mut Outcome) {
    let node = situation.single().and_then(|element| node_of(situation.scene, element));
    if let Some(parent) = node.and_then(|node| node.parent).filter(|_| situation.is_chart()) {
        show(parent, out);
    }
}

/// How far the paper moves for a pointer that drags near the border of the viewport, in screen points per second.
pub fn border_scroll(viewport: emath::Rect, pointer: Pos2) -> Vec2 {
    const ZONE: f32 = 28.0;
    const FULL_SPEED: f32 = 900.0;
    let into = |low: f32, high: f32, at: f32| {
        if at < low + ZONE {
            ((low + ZONE - at) / ZONE).min(1.0)
        } else if at > high - ZONE {
            -((at - high + ZONE) / ZONE).min(1.0)
        } else {
            0.0
        }
    };
    let x = into(viewport.left(), viewport.right(), pointer.x);
    let y = into(viewport.top(), viewport.bottom(), pointer.y);
    Vec2::new(x, y) * FULL_SPEED
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::{Rect, pos2, vec2};

    #[test]
    fn the_paper_scrolls_only_near_the_border_and_the_right_way() {
        let viewport = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        assert_eq!(border_scroll(viewport, pos2(400.0, 300.0)), Vec2::ZERO);
        assert!(border_scroll(viewport, pos2(2.0, 300.0)).x > 0.0);
        assert!(border_scroll(viewport, pos2(400.0, 640.0)).y < -800.0);
    }
}
