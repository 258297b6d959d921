//! What exhibits are made of: a version, its findings, and the figures that several of them share.

use std::cell::OnceCell;

use crate::analysis::figures::network::Networks;
use crate::analysis::figures::{Handovers, Loads, LoadsSpan, Times, TimesSpan, Visits};
use crate::analysis::{Index, Report};
use crate::model::{Date, Document, ProcessId};

/// A version with its figures; each is worked out when it is asked for first.
pub struct Figures<'a> {
    /// The version.
    pub document: &'a Document,
    /// Its findings.
    pub report: &'a Report,
    /// The present day; none where it is not known.
    pub today: Option<Date>,
    /// Who belongs to whom.
    pub index: Index<'a>,
    visits: OnceCell<Visits>,
    loads: OnceCell<Loads>,
    handovers: OnceCell<Handovers>,
    times: OnceCell<Times>,
    networks: OnceCell<Networks>,
}

impl<'a> Figures<'a> {
    /// The figures of a version, with its findings as they are on a day.
    pub fn new(document: &'a Document, report: &'a Report, today: Option<Date>) -> Self {
        Self {
            document,
            report,
            today,
            index: Index::new(document),
            visits: OnceCell::new(),
            loads: OnceCell::new(),
            handovers: OnceCell::new(),
            times: OnceCell::new(),
            networks: OnceCell::new(),
        }
    }

    /// How often a case comes to each node.
    pub fn visits(&self) -> &Visits {
        self.visits.get_or_init(|| Visits::new(self.document, &self.index))
    }

    /// Work and hours of roles and people.
    pub fn loads(&self) -> &Loads {
        self.loads.get_or_init(|| Loads::new(self.document, &self.index, self.visits()))
    }

    /// Work passing from one performer to another.
    pub fn handovers(&self) -> &Handovers {
        self.handovers.get_or_init(|| Handovers::new(self.document, &self.index, self.visits()))
    }

    /// How long a case takes.
    pub fn times(&self) -> &Times {
        self.times.get_or_init(|| Times::new(self.document, &self.index, self.visits()))
    }

    /// How far the times of a process may lie off; none where no step of it has a range.
    pub fn times_span(&self, process: ProcessId) -> Option<TimesSpan> {
        TimesSpan::new(self.document, &self.index, self.visits(), process)
    }

    /// How far the work of a week may lie off; none where nothing has a range.
    pub fn loads_span(&self) -> Option<LoadsSpan> {
        LoadsSpan::new(self.document, &self.index, self.visits())
    }

    /// Who is tied to whom.
    pub fn networks(&self) -> &Networks {
        self.networks.get_or_init(|| Networks::new(self.document, &self.index))
    }
}
