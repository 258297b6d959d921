//! Where a figure of a process comes from: measured in a log of real cases, or stated by people.
//!
//! A figure with a [`Measurement`] was measured; one without is an estimate, for somebody stated it. The mark goes when a
//! person changes the figure.

use std::fmt;

use super::quantity::{Date, Minutes};

/// Which figure was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasuredFact {
    /// Cases of a process that arrive.
    Cases,
    /// Work of a step.
    Work,
    /// Waiting before a step.
    Wait,
    /// Share of cases that take a flow.
    Probability,
}

impl MeasuredFact {
    /// The words for what was counted: cases, or how often a step was carried out or a branch reached.
    pub fn counted(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Work | Self::Wait => "times",
            Self::Probability => "choices",
        }
    }
}

/// That a figure was measured, and in what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurement {
    /// Which figure.
    pub fact: MeasuredFact,
    /// How many cases, times or choices it was measured on.
    pub count: u32,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Name of the file that it was measured in.
    pub source: String,
}

impl fmt::Display for Measurement {
    /// `measured, 1000 cases, 2023-02-09 to 2023-05-09`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "measured, {} {}, {} to {}", self.count, self.fact.counted(), self.from, self.to)
    }
}

/// The measurement of a figure in the list of its element.
pub fn measurement_of(measured: &[Measurement], fact: MeasuredFact) -> Option<&Measurement> {
    measured.iter().find(|measurement| measurement.fact == fact)
}

/// Why work waits: the five causes of Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas, Why am I waiting?
/// Data-driven analysis of waiting times in business processes (CAiSE 2023).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WaitCause {
    /// It is gathered with others to be worked off together.
    Batching,
    /// Whoever does it works on what came earlier.
    Contention,
    /// Whoever does it works on what came later.
    Prioritisation,
    /// Whoever does it is not at work.
    Unavailability,
    /// Nothing that the log knows.
    Extraneous,
}

impl WaitCause {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Batching, Self::Contention, Self::Prioritisation, Self::Unavailability, Self::Extraneous];

    /// What it is called.
    pub fn words(self) -> &'static str {
        match self {
            Self::Batching => "work in batches",
            Self::Contention => "busy with earlier work",
            Self::Prioritisation => "busy with later work",
            Self::Unavailability => "nobody at work",
            Self::Extraneous => "outside the log",
        }
    }
}

/// A part of the wait before a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CausedWait {
    /// Where it comes from.
    pub cause: WaitCause,
    /// How much of the wait, on average.
    pub minutes: Minutes,
}
