//! Messages to the person at the window: one sentence, and what could be done next.

use super::command::Command;

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done.
    Done,
    /// Something to know.
    Hint,
    /// Something could not be done.
    Failure,
}

/// A message; it goes away by itself unless it is a failure.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Number of the message, given when it is shown.
    pub number: u64,
    /// How grave it is.
    pub kind: NoticeKind,
    /// What it says.
    pub text: String,
    /// Steps to take, with their labels: the one that is likely first.
    pub steps: Vec<(String, Command)>,
    /// When it was first shown, in seconds of the window's clock.
    pub shown_at_secs: Option<f64>,
}

impl Notice {
    fn new(kind: NoticeKind, text: impl Into<String>) -> Self {
        Self { number: 0, kind, text: text.into(), steps: Vec::new(), shown_at_secs: None }
    }

    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self::new(NoticeKind::Done, text)
    }

    /// Something to know.
    pub fn hint(text: impl Into<String>) -> Self {
        Self::new(NoticeKind::Hint, text)
    }

    /// Something could not be done.
    pub fn failure(text: impl Into<String>) -> Self {
        Self::new(NoticeKind::Failure, text)
    }

    /// With a step to take, behind those that it has.
    pub fn with_step(mut self, label: impl Into<String>, command: Command) -> Self {
        self.steps.push((label.into(), command));
        self
    }
}

impl From<Notice> for Command {
    fn from(notice: Notice) -> Self {
        Self::Notify(notice)
    }
}
