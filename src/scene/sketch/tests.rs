//! Every shape has its marks, and keeps the size it was given.

use emath::{Rect, vec2};

use super::*;
use crate::scene::facts::Facts;

/// How many items of a drawing are anything but text.
fn marks(sketch: &Sketch) -> usize {
    sketch.items.iter().filter(|item| !matches!(item.kind, ItemKind::Text(_))).count()
}

fn texts(sketch: &Sketch) -> Vec<String> {
    let lines = |item: &Item| match &item.kind {
        ItemKind::Text(text) => text.lines.iter().map(|line| line.text.clone()).collect(),
        _ => Vec::new(),
    };
    sketch.items.iter().flat_map(lines).collect()
}

struct Scratch {
    document: Document,
    process: ProcessId,
}

impl Scratch {
    fn new() -> Self {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        Self { document, process }
    }

    fn draw(&self, element: ElementRef, asked: Option<Vec2>) -> Sketch {
        let facts = Facts::new(&self.document);
        let options = Options::default();
        let context = Context { facts: &facts, options: &options, in_process: true };
        let drawn = sketch(context, element, asked).unwrap();
        let rect = Rect::from_min_size(Pos2::ZERO, drawn.size).expand(0.01);
        for item in &drawn.items {
            assert!(rect.contains_rect(item.bounds), "{element:?} {item:?}");
        }
        drawn
    }

    fn step(&mut self, change: impl FnOnce(&mut Step), asked: Option<Vec2>) -> Sketch {
        let mut step = Step::new(self.process, "Check the refund");
        change(&mut step);
        let id = self.document.insert(step);
        self.draw(id.into(), asked)
    }

    fn event(&mut self, kind: EventKind, trigger: EventTrigger, throws: bool) -> Sketch {
        let event = Event { trigger, throws, ..Event::new(self.process, kind, "") };
        let id = self.document.insert(event);
        self.draw(id.into(), Some(vec2(36.0, 36.0)))
    }
}

const TASK: Vec2 = vec2(100.0, 80.0);

#[test]
fn every_kind_of_step_looks_unlike_the_others() {
    use StepKind::*;
    let kinds = [
        Task,
        User,
        Manual,
        Service,
        Send,
        Receive,
        Script,
        BusinessRule,
        SubFlow,
        Transaction,
        AdHoc,
        EventSubFlow,
        Call,
    ];
    let mut scratch = Scratch::new();
    let drawn: Vec<Sketch> = kinds.iter().map(|kind| scratch.step(|step| step.kind = *kind, Some(TASK))).collect();
    let plain = |sketch: &Sketch| {
        let mut items = sketch.items.clone();
        items.iter_mut().for_each(|item| item.element = None);
        items
    };
    for (index, one) in drawn.iter().enumerate() {
        assert_eq!(one.size, TASK);
        for other in drawn.iter().skip(index + 1) {
            assert_ne!(plain(one), plain(other));
        }
    }
}

#[test]
fn markers_say_how_a_step_is_carried_out() {
    let mut scratch = Scratch::new();
    let plain = marks(&scratch.step(|_| {}, None));
    for repetition in [Repetition::Loop, Repetition::Parallel, Repetition::Sequential] {
        assert!(marks(&scratch.step(|step| step.repetition = Some(repetition), None)) > plain);
    }
    let both = scratch.step(|step| (step.compensates, step.repetition) = (true, Some(Repetition::Loop)), None);
    assert_eq!(marks(&both), plain + 4);
}

#[test]
fn every_event_has_a_ring_and_the_mark_of_its_trigger() {
    use EventTrigger::*;
    let triggers = [
        Message,
        Timer,
        Error,
        Escalation,
        Cancel,
        Compensation,
        Condition,
        Link,
        Signal,
        Terminate,
        Multiple,
        ParallelMultiple,
    ];
    let mut scratch = Scratch::new();
    for (kind, rings) in [(EventKind::Start, 1), (EventKind::Intermediate, 2), (EventKind::End, 1)] {
        let plain = scratch.event(kind, Plain, false);
        assert_eq!((marks(&plain), plain.size), (rings, vec2(36.0, 36.0)));
        for trigger in triggers {
            assert!(marks(&scratch.event(kind, trigger, false)) > rings, "{kind:?} {trigger:?}");
        }
    }
    let waits = scratch.event(EventKind::Intermediate, Message, false);
    assert_ne!(waits.items, scratch.event(EventKind::Intermediate, Message, true).items, "what sends is filled");
}

#[test]
fn what_lets_the_work_go_on_has_dashed_rings() {
    let mut scratch = Scratch::new();
    let event = Event { keeps_running: true, ..Event::new(scratch.process, EventKind::Intermediate, "") };
    let id = scratch.document.insert(event);
    let drawn = scratch.draw(id.into(), None);
    let is_dashed = |item: &Item| match &item.kind {
        ItemKind::Rect(rect) => rect.style.stroke.is_some_and(|stroke| stroke.dash == Dash::Dashed),
        _ => false,
    };
    assert!(drawn.items.iter().all(is_dashed));
}

#[test]
fn drawn_sizes_are_kept_and_long_names_cut() {
    let mut scratch = Scratch::new();
    let long = "Check whether the goods that came back belong to the receipt and whether they were ever sold in a shop";
    let drawn = scratch.step(|step| (step.name, step.kind) = (long.into(), StepKind::User), Some(TASK));
    assert_eq!(drawn.size, TASK);
    assert!(texts(&drawn).last().unwrap().ends_with('…'), "{:?}", texts(&drawn));
    let short = scratch.step(|step| step.kind = StepKind::User, Some(TASK));
    assert_eq!(texts(&short).join(" "), "Check the refund");
    let gateway = scratch.document.insert(Gateway::new(scratch.process, GatewayKind::Complex, "Large?"));
    assert_eq!(scratch.draw(gateway.into(), Some(vec2(50.0, 50.0))).size, vec2(50.0, 50.0));
    assert_eq!(scratch.draw(gateway.into(), Some(Vec2::ZERO)).size, vec2(40.0, 40.0), "nothing was asked for");
}

#[test]
fn artefacts_and_notes_are_told_apart_by_their_shape() {
    let mut scratch = Scratch::new();
    let forms =
        [ArtefactForm::Sheet, ArtefactForm::Pile, ArtefactForm::Store, ArtefactForm::Input, ArtefactForm::Output];
    let drawn: Vec<Sketch> = forms
        .iter()
        .map(|form| {
            let id = scratch.document.insert(Artefact { form: *form, ..Artefact::new("Order") });
            scratch.draw(id.into(), None)
        })
        .collect();
    for (index, one) in drawn.iter().enumerate() {
        assert!(texts(one).is_empty(), "the name stands beneath");
        assert!(drawn.iter().skip(index + 1).all(|other| other.items != one.items));
    }
    let forms = [
        (NoteForm::Sticky, NodeForm::Sheet),
        (NoteForm::Annotation, NodeForm::Card),
        (NoteForm::Frame, NodeForm::Frame),
    ];
    for (form, expected) in forms {
        let id = scratch.document.insert(Note { form, ..Note::new("Ask the bank") });
        let drawn = scratch.draw(id.into(), None);
        assert_eq!((drawn.form, texts(&drawn).join(" ")), (expected, "Ask the bank".to_owned()));
    }
}
