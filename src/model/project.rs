//! What is true of the whole file: its name, its settings, and the findings that were accepted on purpose.

use std::collections::BTreeMap;

use super::ids::FrameworkId;
use super::key::Key;
use super::quantity::{Currency, Date, Money};

/// How strict the findings are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// A first drawing: only what is broken or goes wrong.
    Sketch,
    /// Work in progress: all but notes.
    #[default]
    Workshop,
    /// Everything.
    Audit,
}

/// A finding accepted on purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiver {
    /// Id of the rule: `BN-01`.
    pub rule: String,
    /// Keys of the finding's evidence, in its order.
    pub elements: Vec<Key>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub name: String,
    /// Last day on which it is accepted; none for ever.
    pub expires: Option<Date>,
}

/// The project as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// Name of the organisation.
    pub name: String,
    /// Currency of amounts typed without one.
    pub currency: Currency,
    /// Framework of rows that name none.
    pub framework: Option<FrameworkId>,
    /// Framework of rows about work, steps among them, that name none; that of the project where it is none.
    pub framework_of_tasks: Option<FrameworkId>,
    /// Framework of rows about checks that name none; that of the project where it is none.
    pub framework_of_controls: Option<FrameworkId>,
    /// How strict the findings are.
    pub profile: Profile,
    /// Hours a week of people whose own are missing; the rules stay silent where both are missing.
    pub hours_per_week: Option<f64>,
    /// Loss on one case that the firm bears without a second look.
    pub appetite: Option<Money>,
    /// Thresholds of rules that the project changed: `BN-01.high` to its value.
    pub thresholds: BTreeMap<String, f64>,
    /// Findings accepted on purpose.
    pub waivers: Vec<Waiver>,
    /// Free text.
    pub description: String,
}
