//! Elements dragged from the navigator onto a canvas: shown there, or put to use on what lies under the pointer.

use emath::{Pos2, vec2};

use super::pick::{Hit, hit};
use super::tools::{Outcome, Situation, kept};
use crate::app::command::{Arranging, CameraMove, Command};
use crate::edit::rules::{can_connect, can_show};
use crate::edit::{Connect, Replace, SetLanes, ShowInView, Verdict};
use crate::model::{Actor, Document, ElementRef, Event, Gateway, Lane, Point, Step, View};
use crate::scene::natural_size;

/// Distance of several elements dropped at once.
const GAP: f32 = 24.0;

/// What dropping elements at a place leads to.
pub fn dropped(situation: &Situation<'_>, elements: &[ElementRef], at: Pos2, out: &mut Outcome) {
    if let ([element], Hit::Node(target)) = (elements, hit(situation.scene, at, situation.zoom))
        && put_to_use(situation, *element, target, out)
    {
        return;
    }
    let actors: Vec<Actor> = elements.iter().filter_map(|element| Actor::try_from(*element).ok()).collect();
    if situation.process().is_some() && actors.len() == elements.len() {
        return add_lanes(situation, &actors, out);
    }
    let mut shown = Vec::new();
    let mut refusal = None;
    for element in elements {
        match can_show(situation.document, situation.view, *element) {
            Verdict::Yes => shown.push(*element),
            Verdict::No(reason) => refusal = Some(reason),
            Verdict::Ignore => refusal = Some("The view shows it already.".to_owned()),
        }
    }
    if shown.is_empty() {
        out.hint = refusal;
        return;
    }
    let places = side_by_side(situation.document, &shown, at);
    let elements = shown.iter().copied().zip(places.into_iter().map(Some)).collect();
    out.select(shown);
    out.edit(ShowInView { view: situation.view, elements });
    out.commands.push(Command::Camera(CameraMove::ShowSelection));
}

/// Where elements stand that are dropped together: in rows, about as many as each is long, the first at the pointer.
pub fn side_by_side(document: &Document, elements: &[ElementRef], at: Pos2) -> Vec<Point> {
    let sizes = elements.iter().filter_map(|element| natural_size(document, *element));
    let largest = sizes.fold(vec2(0.0, 0.0), |all, one| all.max(vec2(one.width as f32, one.height as f32)));
    let pitch = largest + vec2(GAP, GAP);
    let columns = (elements.len() as f32).sqrt().ceil().max(1.0) as usize;
    let place = |index: usize| kept(at + vec2((index % columns) as f32, (index / columns) as f32) * pitch);
    (0..elements.len()).map(place).collect()
}

/// Gives a node its performer, or connects the two. Whether it had a meaning.
fn put_to_use(situation: &Situation<'_>, element: ElementRef, target: ElementRef, out: &mut Outcome) -> bool {
    let performer = Actor::try_from(element).ok();
    let document = situation.document;
    let replaced = performer.and_then(|_| match target {
        ElementRef::Step(id) => Replace::with(document, id, |step: &mut Step| step.performer = performer),
        ElementRef::Gateway(id) => Replace::with(document, id, |gateway: &mut Gateway| gateway.performer = performer),
        ElementRef::Event(id) => Replace::with(document, id, |event: &mut Event| event.performer = performer),
        _ => None,
    });
    if let Some(edit) = replaced {
        out.edit(edit);
        return true;
    }
    if can_connect(document, element, target).is_yes() {
        out.edit(Connect { from: element, to: target, view: Some(situation.view) });
        if situation.is_chart() {
            out.commands.push(Command::Arrange { view: situation.view, how: Arranging::ONLY_NEW });
        }
        return true;
    }
    false
}

fn add_lanes(situation: &Situation<'_>, actors: &[Actor], out: &mut Outcome) {
    let Some(view) = situation.document.get::<View>(situation.view) else { return };
    let mut lanes = view.lanes().to_vec();
    for actor in actors {
        if !lanes.iter().any(|lane| lane.actor == Some(*actor)) {
            lanes.push(Lane::new(Some(*actor)));
        }
    }
    if lanes.len() == view.lanes().len() {
        out.hint = Some("There is a lane for it already.".to_owned());
    } else {
        out.edit(SetLanes { view: situation.view, lanes });
    }
}
