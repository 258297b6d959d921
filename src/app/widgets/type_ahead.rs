//! Keys that come faster than frames: what is typed behind a key that ends a field belongs to what comes next.

use egui::{Event, Key, Modifiers, Ui};

/// Takes the first press of a key that ends something, and everything typed behind it, out of the input of this frame.
pub fn cut(ui: &Ui, ends: impl Fn(Key, Modifiers) -> bool) -> Option<(Key, Modifiers, Vec<Event>)> {
    ui.input_mut(|input| {
        let is_end = |event: &Event| match event {
            Event::Key { key, modifiers, pressed: true, .. } => ends(*key, *modifiers),
            _ => false,
        };
        let at = input.events.iter().position(is_end)?;
        let mut behind = input.events.split_off(at);
        let Event::Key { key, modifiers, .. } = behind.remove(0) else { return None };
        let (typed, others): (Vec<Event>, Vec<Event>) = behind.into_iter().partition(is_typing);
        input.events.extend(others);
        Some((key, modifiers, typed))
    })
}

/// Takes everything typed out of the input of this frame.
pub fn take(ui: &Ui) -> Vec<Event> {
    ui.input_mut(|input| {
        let (typed, others) = std::mem::take(&mut input.events).into_iter().partition(is_typing);
        input.events = others;
        typed
    })
}

/// Takes a key that would move the keyboard elsewhere, and everything typed behind it, out of what a frame begins with.
///
/// The toolkit moves the focus before anything is drawn, and a field that has had the keyboard for less than a frame
/// cannot keep Tab and Escape yet.
pub fn withhold(events: &mut Vec<Event>) -> Vec<Event> {
    let moves = |event: &Event| matches!(event, Event::Key { key: Key::Tab | Key::Escape, pressed: true, .. });
    let Some(at) = events.iter().position(moves) else { return Vec::new() };
    let (typed, others): (Vec<Event>, Vec<Event>) = events.split_off(at).into_iter().partition(is_typing);
    events.extend(others);
    typed
}

/// Puts what was withheld behind what was typed in this frame.
pub fn append(ui: &Ui, typed: Vec<Event>) {
    if !typed.is_empty() {
        ui.input_mut(|input| input.events.extend(typed));
    }
}

/// Puts what was typed before in front of what was typed in this frame.
pub fn give(ui: &Ui, typed: Vec<Event>) {
    if !typed.is_empty() {
        ui.input_mut(|input| drop(input.events.splice(0..0, typed)));
    }
}

fn is_typing(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_))
}
