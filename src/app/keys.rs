//! Keys in their order, however slowly frames come.
//!
//! A key often decides for whom the next one is meant: Enter opens a name, Tab goes on to another element, a shortcut
//! opens a line. The toolkit hands all keys since the last frame out at once, and then the second would be taken by whoever
//! had the keyboard before the first. So a frame gets at most one key that does more than write, as its last; what came
//! behind it waits for the next frame. While a field is on its way nothing is handed out: what is typed is for that
//! field. Pointer and wheel are not held up.

use std::collections::VecDeque;

use egui::{Event, Key, KeyboardShortcut, Modifiers, Ui};
use rustc_hash::FxHashSet;

use super::actions::{ACTIONS, Action};

/// So many frames a field may be on its way; then it does not come any more.
const FRAMES_TO_A_FIELD: u8 = 8;

/// Whose turn it is in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A field of text has the keyboard: what only writes or moves the caret passes freely.
    Field,
    /// No field has it: every key is one that does something.
    Keys,
    /// A field will have it in one of the next frames.
    Nobody,
}

/// The keys that wait for their frame.
#[derive(Debug, Default)]
pub struct Keys {
    waiting: VecDeque<Event>,
    /// Which keys are held down, as far as they arrived.
    down: FxHashSet<Key>,
    /// For how many frames a field was waited for.
    waited: u8,
}

impl Keys {
    /// Whether another frame is needed at once.
    pub fn wants_frame(&self) -> bool {
        !self.waiting.is_empty() || (1..FRAMES_TO_A_FIELD).contains(&self.waited)
    }

    /// Takes the keys out of what a frame begins with and puts those back whose turn it is. Whether a field was waited
    /// for that does not come: what was typed for it is dropped, for it is for nothing else.
    pub fn hand_out(&mut self, events: &mut Vec<Event>, turn: Turn) -> bool {
        self.take_in(events, turn);
        if turn != Turn::Nobody {
            self.waited = 0;
            self.pass(events, turn);
            return false;
        }
        self.waited = self.waited.saturating_add(1);
        let gave_up = self.waited == FRAMES_TO_A_FIELD;
        if gave_up {
            // Keys that were let go must be seen to be so.
            self.waiting.retain(|event| matches!(event, Event::Key { pressed: false, .. }));
        }
        if self.waited >= FRAMES_TO_A_FIELD {
            events.extend(self.waiting.drain(..));
        }
        gave_up
    }

    /// Queues the keys of a frame. A key that is only still held says nothing new while its press waits.
    fn take_in(&mut self, events: &mut Vec<Event>, turn: Turn) {
        let (keys, others): (Vec<Event>, Vec<Event>) = std::mem::take(events).into_iter().partition(is_of_keyboard);
        *events = others;
        for event in keys {
            if let Event::Key { key, pressed, .. } = event {
                let was_down = if pressed { !self.down.insert(key) } else { !self.down.remove(&key) };
                if pressed && was_down && ends_a_frame(&event, turn) && self.waiting.back() == Some(&event) {
                    continue;
                }
            }
            self.waiting.push_back(event);
        }
    }

    fn pass_releases(&mut self, events: &mut Vec<Event>) {
        while matches!(self.waiting.front(), Some(Event::Key { pressed: false, .. })) {
            events.extend(self.waiting.pop_front());
        }
    }

    fn pass(&mut self, events: &mut Vec<Event>, turn: Turn) {
        while let Some(event) = self.waiting.pop_front() {
            let is_last = ends_a_frame(&event, turn);
            let writes = matches!(event, Event::Key { key, .. } if !does_only(key));
            events.push(event);
            if is_last {
                // What a key writes belongs to it.
                if writes && matches!(self.waiting.front(), Some(Event::Text(_))) {
                    events.extend(self.waiting.pop_front());
                }
                // And that it was let go.
                self.pass_releases(events);
                // The same step once more is for the same.
                while is_step(events.iter().rev().find(|event| is_press(event)), self.waiting.front()) {
                    events.extend(self.waiting.pop_front());
                    self.pass_releases(events);
                }
                break;
            }
        }
    }
}

/// Takes the first press of a key that means something here out of the input of this frame.
pub fn take_press(ui: &Ui, is_meant: impl Fn(Key, Modifiers) -> bool) -> Option<(Key, Modifiers)> {
    ui.input_mut(|input| {
        let at = input.events.iter().position(|event| match event {
            Event::Key { key, modifiers, pressed: true, .. } => is_meant(*key, *modifiers),
            _ => false,
        })?;
        match input.events.remove(at) {
            Event::Key { key, modifiers, .. } => Some((key, modifiers)),
            _ => None,
        }
    })
}

fn is_press(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, .. })
}

/// Whether a press is the same as the one before, and of a command whose presses within a frame count one by one.
fn is_step(before: Option<&Event>, next: Option<&Event>) -> bool {
    let Some(Event::Key { key, modifiers, pressed: true, .. }) = next else { return false };
    let is_it =
        |shortcut: &KeyboardShortcut| *key == shortcut.logical_key && modifiers.matches_exact(shortcut.modifiers);
    let repeats = |action: &&Action| action.repeats && action.shortcuts.iter().any(is_it);
    before == next && ACTIONS.iter().any(repeats)
}

fn is_of_keyboard(event: &Event) -> bool {
    let pastes = matches!(event, Event::Paste(_) | Event::PasteImage(_));
    pastes || matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Copy | Event::Cut)
}

/// Whether what comes behind this may be meant for somebody else.
fn ends_a_frame(event: &Event, turn: Turn) -> bool {
    match event {
        Event::Key { pressed: false, .. } | Event::Ime(_) => false,
        Event::Key { key, modifiers, .. } => turn != Turn::Field || leaves_field(*key, *modifiers),
        Event::Text(_) => turn != Turn::Field,
        _ => true,
    }
}

/// Whether a key does more in a field than to write and to move the caret.
fn leaves_field(key: Key, modifiers: Modifiers) -> bool {
    let commands = modifiers.command || modifiers.ctrl || modifiers.alt;
    commands || is_function_key(key) || matches!(key, Key::Enter | Key::Tab | Key::Escape)
}

/// Whether a key never writes a letter, with no modifiers on any keyboard.
fn does_only(key: Key) -> bool {
    let edits = matches!(key, Key::Backspace | Key::Insert | Key::Delete | Key::Enter | Key::Tab | Key::Escape);
    let moves = matches!(
        key,
        Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::Home
            | Key::End
            | Key::PageUp
            | Key::PageDown
    );
    edits || moves || is_function_key(key)
}

fn is_function_key(key: Key) -> bool {
    let number = key.name().strip_prefix('F').and_then(|number| number.parse::<u8>().ok());
    number.is_some()
}

/// Notes, once a frame, whether the hand is at the keys or at the pointer.
pub fn note_hand(ctx: &egui::Context) {
    let (has_moved, has_typed) = ctx.input(|input| {
        let typed = |event: &Event| matches!(event, Event::Key { pressed: true, .. } | Event::Text(_));
        (input.pointer.delta() != egui::Vec2::ZERO, input.events.iter().any(typed))
    });
    if has_moved || has_typed {
        ctx.data_mut(|data| data.insert_temp(egui::Id::unique("the hand is at the keys"), has_typed && !has_moved));
    }
}

/// Whether keys were used since the pointer was moved last: words at a pointer that rests are in the way then.
pub fn works_by_keys(ctx: &egui::Context) -> bool {
    ctx.data(|data| data.get_temp(egui::Id::unique("the hand is at the keys"))).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
    }

    fn release(key: Key) -> Event {
        Event::Key { key, physical_key: None, pressed: false, repeat: false, modifiers: Modifiers::NONE }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    #[test]
    fn a_frame_gets_what_is_written_and_one_key_behind_it() {
        let mut keys = Keys::default();
        let mut events =
            vec![press(Key::A), text("a"), press(Key::Tab), release(Key::Tab), text("b"), press(Key::Enter)];
        keys.hand_out(&mut events, Turn::Field);
        assert!(keys.wants_frame());
        assert_eq!(events, [press(Key::A), text("a"), press(Key::Tab), release(Key::Tab)]);
        let mut events = vec![Event::PointerGone];
        keys.hand_out(&mut events, Turn::Nobody);
        assert!(keys.wants_frame());
        assert_eq!(events, [Event::PointerGone], "a field is on its way, and the pointer does not wait for it");
        events.clear();
        keys.hand_out(&mut events, Turn::Field);
        assert!(!keys.wants_frame());
        assert_eq!(events, [text("b"), press(Key::Enter)]);
    }

    #[test]
    fn without_a_field_each_key_has_its_frame_and_keeps_what_it_writes() {
        let mut keys = Keys::default();
        let mut events = vec![press(Key::A), text("a"), press(Key::B), text("b")];
        keys.hand_out(&mut events, Turn::Keys);
        assert_eq!(events, [press(Key::A), text("a")]);
        events.clear();
        keys.hand_out(&mut events, Turn::Keys);
        assert_eq!(events, [press(Key::B), text("b")]);
    }

    #[test]
    fn a_key_held_down_does_not_pile_up_and_one_pressed_anew_counts() {
        let mut keys = Keys::default();
        let right = || press(Key::ArrowRight);
        let mut events = vec![right(), right(), right(), right()];
        keys.hand_out(&mut events, Turn::Keys);
        let mut count = events.len();
        events = vec![release(Key::ArrowRight), right(), release(Key::ArrowRight), right()];
        for _ in 0..9 {
            keys.hand_out(&mut events, Turn::Keys);
            count += events.iter().filter(|event| **event == right()).count();
            events.clear();
        }
        assert_eq!(count, 3, "the held one, and two more");
    }

    #[test]
    fn steps_of_one_command_pass_together_and_the_next_key_does_not() {
        let mut keys = Keys::default();
        let undo = |pressed: bool| Event::Key {
            key: Key::Z,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        };
        let mut events = vec![undo(true), undo(false), undo(true), undo(false), press(Key::Enter)];
        keys.hand_out(&mut events, Turn::Keys);
        assert_eq!(events, [undo(true), undo(false), undo(true), undo(false)]);
        events.clear();
        keys.hand_out(&mut events, Turn::Keys);
        assert_eq!(events, [press(Key::Enter)]);
    }

    #[test]
    fn what_was_typed_for_a_field_that_never_comes_is_dropped_and_keys_work_again() {
        let mut keys = Keys::default();
        let mut events = vec![text("lost"), release(Key::A)];
        let mut gave_up = false;
        let mut all = Vec::new();
        for _ in 0..20 {
            gave_up |= keys.hand_out(&mut events, Turn::Nobody);
            all.append(&mut events);
        }
        assert!(gave_up);
        assert_eq!(all, [release(Key::A)]);
        events = vec![press(Key::Escape)];
        keys.hand_out(&mut events, Turn::Nobody);
        assert_eq!(events, [press(Key::Escape)], "nothing is kept for ever");
    }
}
