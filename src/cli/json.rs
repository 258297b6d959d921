//! The JSON documents that commands print, as `docs/json.md` describes them.
//!
//! These are pictures of results, made for printing only; no value of the program is itself written. Fields stand in
//! the order of the documentation. Numbers have four decimal places at most, whole ones none.

use serde::{Serialize, Serializer};

use super::Failure;

/// A number, rounded to four decimal places; null where it is not finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded = (self.0 * 10_000.0).round() / 10_000.0;
        if !rounded.is_finite() {
            serializer.serialize_none()
        } else if rounded.fract() == 0.0 && rounded.abs() < 9.0e15 {
            serializer.serialize_i64(rounded as i64)
        } else {
            serializer.serialize_f64(rounded)
        }
    }
}

/// Numbers under their names, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Numbers(pub Vec<(&'static str, f64)>);

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, Number(*value))))
    }
}

/// What `remit check --format json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    pub file: String,
    pub profile: &'static str,
    pub findings: Vec<Finding>,
    pub silent: Vec<Silent>,
}

/// One finding.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    pub rule: &'static str,
    pub severity: &'static str,
    pub title: &'static str,
    pub message: String,
    pub elements: Vec<Element>,
    pub formula: String,
    pub numbers: Numbers,
    pub remedies: Vec<String>,
    pub waived: Option<Waived>,
}

/// An element that a finding is about.
#[derive(Debug, Serialize)]
pub(super) struct Element {
    pub kind: &'static str,
    pub key: String,
    pub name: String,
}

/// Why a finding was accepted.
#[derive(Debug, Serialize)]
pub(super) struct Waived {
    pub reason: String,
    pub name: String,
    pub expires: Option<String>,
}

/// A rule that lacks an input.
#[derive(Debug, Serialize)]
pub(super) struct Silent {
    pub rule: &'static str,
    pub missing: Vec<String>,
}

/// What `remit decide --format json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Deciding {
    pub file: String,
    pub decision: String,
    pub verdict: &'static str,
    pub deciders: Vec<Participant>,
    pub stands_in: Vec<Participant>,
    pub co_signers: Vec<Participant>,
    pub must_agree: Vec<Participant>,
    pub asked: Vec<Participant>,
    pub told: Vec<Participant>,
    pub prepares: Vec<Participant>,
    pub carries_out: Vec<Participant>,
    pub goes_up_to: Vec<Participant>,
    pub reasons: Vec<String>,
}

/// Somebody with a part in a decision.
#[derive(Debug, Serialize)]
pub(super) struct Participant {
    pub kind: &'static str,
    pub key: String,
    pub name: String,
    pub condition: Option<String>,
}

/// What `remit stats --format json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Stats {
    pub file: String,
    pub name: String,
    pub units: usize,
    pub roles: usize,
    pub people: usize,
    pub externals: usize,
    pub systems: usize,
    pub bodies: usize,
    pub processes: usize,
    pub steps: usize,
    pub gateways: usize,
    pub events: usize,
    pub flows: usize,
    pub links: usize,
    pub artefacts: usize,
    pub decisions: usize,
    pub rights: usize,
    pub tiers: usize,
    pub frameworks: usize,
    pub notes: usize,
    pub views: usize,
    pub placements: usize,
    pub waivers: usize,
    pub key_figures: KeyFigures,
}

impl Stats {
    /// Every count with its word, in order.
    pub(super) fn counts(&self) -> [(&'static str, usize); 21] {
        [
            ("units", self.units),
            ("roles", self.roles),
            ("people", self.people),
            ("externals", self.externals),
            ("systems", self.systems),
            ("bodies", self.bodies),
            ("processes", self.processes),
            ("steps", self.steps),
            ("gateways", self.gateways),
            ("events", self.events),
            ("flows", self.flows),
            ("links", self.links),
            ("artefacts", self.artefacts),
            ("decisions", self.decisions),
            ("rights", self.rights),
            ("tiers", self.tiers),
            ("frameworks", self.frameworks),
            ("notes", self.notes),
            ("views", self.views),
            ("placements", self.placements),
            ("waivers", self.waivers),
        ]
    }
}

/// The key figures among the statistics.
#[derive(Debug, Serialize)]
pub(super) struct KeyFigures {
    pub reporting_lines: usize,
    pub reporting_depth: usize,
    pub top_roles: usize,
    pub widest_span: usize,
    pub widest_span_role: Option<String>,
    pub vacant_roles: usize,
    pub roles_without_holder: usize,
    pub people_with_several_roles: usize,
}

/// The document as text, indented, with a line end.
pub(super) fn text(document: &impl Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(document).map_err(|error| Failure::Output(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_whole_ones_have_no_point() {
        let numbers = Numbers(vec![("load", 0.96000001), ("hours", 40.0), ("third", 1.0 / 3.0), ("none", f64::NAN)]);
        let text = serde_json::to_string(&numbers).unwrap();
        assert_eq!(text, r#"{"load":0.96,"hours":40,"third":0.3333,"none":null}"#);
    }
}
