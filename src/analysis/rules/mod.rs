//! The list of rules: one file each, one line here, sorted by id.
//!
//! A rule is a file with `META`, which the catalogue in `docs/findings.md` is made of, and `check`, which looks at a
//! [`Context`] and tells a [`Sink`]. It never changes anything and never sees another rule's findings.

use std::collections::BTreeMap;

use super::finding::{Severity, Source};
use super::words;
use super::{Context, Sink};
use crate::model::{ElementRef, Subject};

/// A number that a rule compares with; a project may change it.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// Its name within the rule: `high`.
    pub name: &'static str,
    /// Its value where the project says nothing.
    pub default: f64,
    /// What it counts: `share of hours`, `steps`.
    pub unit: &'static str,
    /// What happens beyond it.
    pub meaning: &'static str,
    /// Where it comes from.
    pub source: Source,
}

/// Everything there is to say about a rule before it looks at anything.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// Id: `BN-01`.
    pub id: &'static str,
    /// Title in a few words.
    pub title: &'static str,
    /// Usual severity.
    pub severity: Severity,
    /// Why it matters, in a sentence or two.
    pub why: &'static str,
    /// An example that it finds.
    pub wrong: &'static str,
    /// The same example put right.
    pub right: &'static str,
    /// Its definition as a formula.
    pub formula: &'static str,
    /// Where the formula comes from.
    pub source: Source,
    /// What it compares with.
    pub thresholds: &'static [Threshold],
    /// What can be done in general.
    pub remedies: &'static [&'static str],
}

impl Meta {
    /// Name of a threshold in the project's settings: `BN-01.high`.
    pub fn threshold_key(&self, name: &str) -> String {
        format!("{}.{name}", self.id)
    }

    /// The thresholds in force in a line, changed ones marked.
    pub(super) fn thresholds_text(&self, changed: &BTreeMap<String, f64>) -> String {
        let mut parts: Vec<(String, &str, String)> = Vec::new();
        for threshold in self.thresholds {
            let own = changed.get(&self.threshold_key(threshold.name));
            let value = words::number(own.copied().unwrap_or(threshold.default));
            let mark = own.map_or_else(|| threshold.source.text(), |_| "changed in this project".to_owned());
            let text = format!("{} {value}", threshold.name.replace('_', " "));
            match parts.last_mut() {
                // Thresholds of one kind share their unit and source.
                Some((texts, unit, known)) if *unit == threshold.unit && *known == mark => {
                    *texts += &format!(", {text}");
                }
                _ => parts.push((text, threshold.unit, mark)),
            }
        }
        let parts: Vec<_> = parts
            .into_iter()
            .map(|(texts, unit, mark)| format!("{texts} {} ({mark})", unit_of(&texts, unit)))
            .collect();
        parts.join("; ")
    }
}

/// The unit behind these values: that of a single one is in the singular, `1 case a week`.
fn unit_of(values: &str, unit: &str) -> String {
    let (noun, rest) = unit.split_once(' ').map_or((unit, None), |(noun, rest)| (noun, Some(rest)));
    let is_one = values.ends_with(" 1") && !values.contains(',');
    let singular = noun
        .strip_suffix("oes")
        .map_or_else(|| noun.strip_suffix('s').map(str::to_owned), |stem| Some(format!("{stem}o")));
    let noun = singular.filter(|_| is_one).unwrap_or_else(|| noun.to_owned());
    rest.map_or_else(|| noun.clone(), |rest| format!("{noun} {rest}"))
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What there is to say about it.
    pub meta: &'static Meta,
    /// Looks and tells.
    pub check: fn(&Context<'_>, &mut Sink<'_>),
}

mod flows;
mod gaps;
mod rows;

macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// Every rule, sorted by id.
        pub const RULES: &[Rule] = &[$(Rule { meta: &$module::META, check: $module::check },)*];
    };
}

pub(super) use flows::duration;
pub use gaps::missing_inputs;
use gaps::{announce_gaps, report_gaps};
pub(super) use ri_01::{Group, covered};
pub(super) use sd_01::joined_duties;

rules! {
    bn_01
    bn_02
    bn_03
    bn_04
    bn_05
    bn_06
    bn_07
    bn_08
    bn_09
    bn_10
    bn_11
    bn_12
    bn_13
    bn_14
    bn_15
    co_01
    co_02
    co_03
    dc_01
    dc_02
    dc_03
    dc_04
    du_02
    du_03
    du_04
    du_05
    du_06
    du_07
    du_08
    du_09
    du_10
    du_11
    du_12
    du_13
    fl_01
    fl_02
    fl_03
    fl_04
    fl_05
    fl_06
    fl_07
    fl_08
    fl_09
    fl_10
    fl_11
    fl_12
    fl_13
    fl_14
    fl_15
    fl_16
    fl_17
    fl_18
    fl_19
    ga_02
    ga_04
    ga_05
    ga_07
    ga_09
    ga_10
    ga_11
    ga_12
    ga_13
    ga_14
    ga_15
    ga_16
    ga_17
    gv_01
    gv_02
    gv_03
    gv_04
    gv_05
    gv_06
    gv_07
    gv_08
    h_01
    h_02
    h_03
    h_04
    h_05
    h_06
    h_07
    h_08
    h_09
    h_10
    h_11
    h_12
    h_13
    h_14
    h_15
    h_16
    h_17
    h_18
    h_19
    h_20
    h_21
    h_22
    h_23
    h_24
    l_01
    l_02
    l_03
    l_04
    l_05
    l_06
    l_07
    l_08
    l_09
    l_10
    l_11
    l_12
    l_13
    l_14
    l_15
    l_16
    l_17
    l_18
    l_19
    l_20
    l_21
    l_23
    nw_01
    pd_01
    ri_01
    ri_02
    ri_03
    ri_04
    ri_06
    ri_07
    ri_08
    ri_10
    ri_12
    ri_13
    sd_01
    sd_02
    st_01
    st_02
    st_03
    v_01
    v_02
    v_03
    v_04
    v_05
    v_06
    v_07
    v_08
    v_09
    v_10
    x_01
    x_02
    x_03
    x_04
    x_05
    x_06
    x_07
    x_08
    x_09
    x_10
    x_11
    x_12
    x_13
    x_14
}

/// Name of a row of the matrix in quotes.
fn row_name(context: &Context<'_>, subject: Subject) -> String {
    context.quoted(ElementRef::from(subject))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_unit_is_one() {
        assert_eq!(unit_of("per week 1", "cases a week"), "case a week");
        assert_eq!(unit_of("most 1", "vetoes"), "veto");
        assert_eq!(unit_of("per week 21", "cases a week"), "cases a week");
        assert_eq!(unit_of("medium 0.8, block 1", "levels"), "levels");
        assert_eq!(unit_of("likeness 1", "of 1"), "of 1");
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Shorthand for the tests of rules.

    use std::sync::Arc;

    use crate::analysis::{CancelToken, Finding, Report, Settings, Silence, analyse};
    use crate::model::*;

    /// An empty document whose framework is RACI.
    pub(crate) fn raci() -> Document {
        let mut document = Document::default();
        let letter = |code: &str, name: &str, duties: &[Duty], at_least, at_most| Letter {
            duties: duties.to_vec(),
            at_least,
            at_most,
            ..Letter::new(code, name)
        };
        document.insert(Framework {
            key: Key::unset(),
            name: "RACI".into(),
            description: String::new(),
            letters: vec![
                letter("R", "responsible", &[Duty::Do, Duty::Prepare], 1, None),
                letter("A", "accountable", &[Duty::Decide], 1, Some(1)),
                letter("C", "consulted", &[Duty::Consult], 0, None),
                letter("I", "informed", &[Duty::Inform], 0, None),
            ],
            built_in: true,
        });
        document
    }

    /// A decision “Grant refund” with roles `Role 0`, `Role 1`, … that decide it up to these limits.
    pub(crate) fn refund_row(limits: &[&str]) -> (Document, DecisionId) {
        let mut document = raci();
        let decision = document.insert(Decision::new("Grant refund"));
        for (number, limit) in limits.iter().enumerate() {
            let role = document.insert(Role::new(format!("Role {number}")));
            let tiers = parse_tiers(limit, Currency::EUR).unwrap();
            let right = Right::new(Subject::Decision(decision), Actor::Role(role), "A");
            document.insert(Right { tiers, ..right });
        }
        (document, decision)
    }

    /// Everything the rules say, notes included.
    pub(crate) fn report(document: &Document) -> Report {
        let settings = Settings { profile: Some(Profile::Audit), today: None };
        analyse(document, &settings, &CancelToken::default()).unwrap()
    }

    /// Findings of one rule.
    pub(crate) fn findings(rule: &str, document: &Document) -> Vec<Finding> {
        let all = report(document).findings.into_iter().filter(|finding| finding.rule == rule);
        all.map(Arc::unwrap_or_clone).collect()
    }

    /// What one rule lacks.
    pub(crate) fn silence(rule: &str, document: &Document) -> Option<Silence> {
        let mut all = report(document).silent.into_iter();
        all.find(|silence| silence.rule == rule).map(Arc::unwrap_or_clone)
    }
}
