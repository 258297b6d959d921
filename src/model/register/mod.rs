//! The register of decisions as a table of texts: its columns, what stands in a cell, what a typed text means.
//!
//! One place for the window, for pictures and for tables in files. What a cell prints, [`Document::with_register_text`]
//! reads back to the same value. Columns that follow from rights and figures are only read.

mod read;
mod text;

pub use text::{RegisterKey, RegisterRow, Registered};

use super::decision::{Decision, DecisionFact};

/// A column of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegisterColumn {
    /// Its name.
    Name,
    /// Its group.
    Area,
    /// Task, decision or control.
    Kind,
    /// The framework it names; empty for that of the project.
    Framework,
    /// Who decides, read from the rights.
    Decider,
    /// How often it is taken.
    Frequency,
    /// Half of the amounts are below.
    UsualAmount,
    /// 95 of 100 amounts are below.
    LargeAmount,
    /// Amounts of past cases.
    Amounts,
    /// How much hangs on it.
    Importance,
    /// Whether it can be undone.
    Reversible,
    /// The units it is taken for.
    Scope,
    /// The decider's minutes for one case.
    Work,
    /// Minutes of each one who is asked, for one case.
    ConsultWork,
    /// Hours of deciders a month, worked out from frequency and work.
    Hours,
    /// How long it should take.
    TargetTime,
    /// How long it takes.
    ActualTime,
    /// For how many months one case binds the organisation.
    Commitment,
    /// Where the knowledge for it is.
    Locus,
    /// The steps in which it is prepared, taken or carried out.
    Steps,
    /// The gateways whose branch it chooses.
    Gateways,
    /// Whether it is never to be delegated, and why.
    Reserved,
    /// The sentence that bounds every decider.
    Guardrail,
    /// What a good outcome looks like.
    Success,
    /// Who agreed to the rights, and when.
    Agreement,
}

impl RegisterColumn {
    /// Every column, in the usual order.
    pub const ALL: [Self; 25] = [
        Self::Name,
        Self::Area,
        Self::Kind,
        Self::Framework,
        Self::Decider,
        Self::Frequency,
        Self::UsualAmount,
        Self::LargeAmount,
        Self::Amounts,
        Self::Importance,
        Self::Reversible,
        Self::Scope,
        Self::Work,
        Self::ConsultWork,
        Self::Hours,
        Self::TargetTime,
        Self::ActualTime,
        Self::Commitment,
        Self::Locus,
        Self::Steps,
        Self::Gateways,
        Self::Reserved,
        Self::Guardrail,
        Self::Success,
        Self::Agreement,
    ];

    /// The columns that are shown before anybody chose some: those that people speak about first.
    pub const USUAL: [Self; 14] = [
        Self::Name,
        Self::Area,
        Self::Decider,
        Self::Frequency,
        Self::UsualAmount,
        Self::LargeAmount,
        Self::Importance,
        Self::Reversible,
        Self::Scope,
        Self::Work,
        Self::Hours,
        Self::TargetTime,
        Self::ActualTime,
        Self::Reserved,
    ];

    /// Its heading.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Name => "Decision",
            Self::Area => "Area",
            Self::Kind => "Kind",
            Self::Framework => "Framework",
            Self::Decider => "Decider",
            Self::Frequency => "How often",
            Self::UsualAmount => "Usual amount",
            Self::LargeAmount => "Large amount",
            Self::Amounts => "Past amounts",
            Self::Importance => "Importance",
            Self::Reversible => "Reversible",
            Self::Scope => "Scope",
            Self::Work => "Work",
            Self::ConsultWork => "Work of those asked",
            Self::Hours => "Hours a month",
            Self::TargetTime => "Target time",
            Self::ActualTime => "Actual time",
            Self::Commitment => "Binds for",
            Self::Locus => "Knowledge",
            Self::Steps => "Steps",
            Self::Gateways => "Gateways",
            Self::Reserved => "Reserved",
            Self::Guardrail => "Guardrail",
            Self::Success => "Success",
            Self::Agreement => "Agreement",
        }
    }

    /// What stands in it, in a sentence with an example.
    pub fn help(self) -> &'static str {
        match self {
            Self::Name => "Verb and object, such as Grant a refund.",
            Self::Area => "The group it belongs to, such as Money.",
            Self::Kind => "Task, decision or control.",
            Self::Framework => "The letters of this row, such as RACI; empty for those of the project.",
            Self::Decider => "Who decides, and up to how much: read from the matrix.",
            Self::Frequency => "How often it is taken, such as 60 per week or 2 per month.",
            Self::UsualAmount => "Half of the amounts are below it (median), such as 80 EUR.",
            Self::LargeAmount => "95 of 100 amounts are below it, such as 500 EUR.",
            Self::Amounts => "Amounts of past cases, such as 40; 55; 60 EUR. Where there are some, they count.",
            Self::Importance => "How much hangs on it: 1 to 5.",
            Self::Reversible => "Whether it can be undone: yes or no.",
            Self::Scope => "The units it is taken for, such as Shop North; Shop South. Empty for all.",
            Self::Work => "The decider's time for one case, such as 6 min.",
            Self::ConsultWork => "The time of each one who is asked, for one case, such as 15 min.",
            Self::Hours => "Hours of deciders a month: times per week × hours of work × 52 ÷ 12.",
            Self::TargetTime => "How long it should take from question to answer, such as 1 d.",
            Self::ActualTime => "How long it takes, such as 3 d.",
            Self::Commitment => "For how many months one case binds, such as 36 of a lease.",
            Self::Locus => "The role or unit that has the knowledge for it.",
            Self::Steps => "The steps in which it is prepared, taken or carried out.",
            Self::Gateways => "The gateways whose branch it chooses.",
            Self::Reserved => "Whether it is never to be delegated: no, yes, or yes: and the reason.",
            Self::Guardrail => "The sentence that bounds every decider.",
            Self::Success => "What a good outcome looks like.",
            Self::Agreement => "Who agreed to the rights of the row, and when.",
        }
    }

    /// What a text in it has to be, for a refusal; none where it is only read.
    pub fn expected(self) -> Option<&'static str> {
        Some(match self {
            Self::Decider | Self::Hours | Self::Agreement => return None,
            Self::Name | Self::Area | Self::Guardrail | Self::Success => "any text",
            Self::Kind => "task, decision or control",
            Self::Framework => "the name of a framework such as RACI, or nothing",
            Self::Frequency => "a frequency such as 60 per week, 2 per month or 1 per year",
            Self::UsualAmount | Self::LargeAmount => "an amount such as 80 or 80 EUR",
            Self::Amounts => "amounts parted by semicolons, such as 40; 55; 60 EUR",
            Self::Importance => "a whole number from 1 to 5",
            Self::Reversible => "yes or no",
            Self::Scope => "names of units parted by semicolons",
            Self::Work | Self::ConsultWork | Self::TargetTime | Self::ActualTime => {
                "a duration such as 6 min, 1.5 h or 2 d"
            }
            Self::Commitment => "a number of months such as 36",
            Self::Locus => "the name of a role or unit",
            Self::Steps => "names of steps parted by semicolons",
            Self::Gateways => "names of gateways parted by semicolons",
            Self::Reserved => "no, yes, or yes: and the reason",
        })
    }

    /// Why a column cannot be written into; none where it can.
    pub fn reason_to_only_read(self) -> Option<&'static str> {
        match self {
            Self::Decider => Some("Who decides follows from the rights: switch to Rights to change it."),
            Self::Hours => Some("The hours follow from how often and work; change those."),
            Self::Agreement => Some("Select rows and choose Agree… in the menu Analyse."),
            _ => None,
        }
    }

    /// Whether its texts stand at the right edge, as numbers do.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::Frequency
                | Self::UsualAmount
                | Self::LargeAmount
                | Self::Importance
                | Self::Work
                | Self::ConsultWork
                | Self::Commitment
                | Self::Hours
                | Self::TargetTime
                | Self::ActualTime
        )
    }

    /// The fact in it that may be a guess.
    pub fn fact(self) -> Option<DecisionFact> {
        match self {
            Self::Frequency => Some(DecisionFact::Frequency),
            Self::UsualAmount | Self::LargeAmount | Self::Amounts => Some(DecisionFact::Amounts),
            Self::Importance => Some(DecisionFact::Importance),
            Self::Reversible => Some(DecisionFact::Reversible),
            Self::Work => Some(DecisionFact::Work),
            Self::TargetTime => Some(DecisionFact::TargetTime),
            _ => None,
        }
    }
}

impl Decision {
    /// Hours of deciders a month: f × w × 52 / 12 with f cases a week and w hours a case; none where f or w is missing.
    ///
    /// Whoever decides a case spends the time once, so limits that share cases out among several roles do not change
    /// the sum.
    pub fn hours_per_month(&self) -> Option<f64> {
        Some(self.frequency?.per_week() * self.work?.hours() * 52.0 / 12.0)
    }
}
