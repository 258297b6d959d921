//! Format 1 as it stands in a file. Only reading derives from here; the writer is [`super::write_v1`].
//!
//! References are keys as text, not yet looked up. This file changes only in ways that every file of format 1 allows:
//! fields are added, never renamed or removed. `docs/file-format.md` describes it for people.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::limit_v1::AnyLimitV1;
use super::values::{Choice, Text, Votes};
use crate::model::*;

type OptText<T> = Option<Text<T>>;
type OptChoice<T> = Option<Choice<T>>;

/// A reference: the key of an element.
pub(super) type Reference = String;

#[derive(Deserialize, Default)]
#[serde(rename = "file", deny_unknown_fields, default)]
pub(super) struct FileV1 {
    /// Read before by [`super::scan`]; it is 1.
    #[serde(rename = "format")]
    pub _format: u32,
    pub project: ProjectV1,
    pub frameworks: Vec<FrameworkV1>,
    pub units: Vec<UnitV1>,
    pub roles: Vec<RoleV1>,
    pub people: Vec<PersonV1>,
    pub externals: Vec<ExternalV1>,
    pub systems: Vec<SystemV1>,
    pub bodies: Vec<BodyV1>,
    pub artefacts: Vec<ArtefactV1>,
    pub processes: Vec<ProcessV1>,
    pub steps: Vec<StepV1>,
    pub gateways: Vec<GatewayV1>,
    pub events: Vec<EventV1>,
    pub flows: Vec<FlowV1>,
    pub links: Vec<LinkV1>,
    pub decisions: Vec<DecisionV1>,
    pub rights: Vec<RightV1>,
    pub notes: Vec<NoteV1>,
    pub views: Vec<ViewV1>,
}

#[derive(Deserialize, Default)]
#[serde(rename = "project", deny_unknown_fields, default)]
pub(super) struct ProjectV1 {
    pub name: String,
    pub currency: OptText<Currency>,
    pub framework: Option<Reference>,
    pub framework_of_tasks: Option<Reference>,
    pub framework_of_controls: Option<Reference>,
    pub profile: OptChoice<Profile>,
    pub hours_per_week: Option<f64>,
    pub appetite: OptText<Money>,
    pub thresholds: BTreeMap<String, f64>,
    pub waivers: Vec<WaiverV1>,
    pub description: String,
}

#[derive(Deserialize)]
#[serde(rename = "waiver", deny_unknown_fields)]
pub(super) struct WaiverV1 {
    pub rule: String,
    #[serde(default)]
    pub elements: Vec<Text<Key>>,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub expires: OptText<Date>,
}

#[derive(Deserialize, Default)]
#[serde(rename = "framework", deny_unknown_fields, default)]
pub(super) struct FrameworkV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub letters: Vec<LetterV1>,
    pub description: String,
}

#[derive(Deserialize)]
#[serde(rename = "letter", deny_unknown_fields)]
pub(super) struct LetterV1 {
    pub code: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub meaning: String,
    #[serde(default)]
    pub duties: Vec<Choice<Duty>>,
    #[serde(default)]
    pub at_least: u32,
    #[serde(default)]
    pub at_most: Option<u32>,
    #[serde(default)]
    pub rank: Option<u8>,
    #[serde(default)]
    pub tint: Option<u8>,
}

#[derive(Deserialize)]
#[serde(rename = "kpi", deny_unknown_fields)]
pub(super) struct KpiV1 {
    pub name: String,
    #[serde(default)]
    pub target: String,
}

#[derive(Deserialize, Default)]
#[serde(rename = "unit", deny_unknown_fields, default)]
pub(super) struct UnitV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub parent: Option<Reference>,
    pub order: i32,
    pub kind: String,
    pub model_type: OptChoice<ModelType>,
    pub goals: Vec<String>,
    pub kpis: Vec<KpiV1>,
    pub budget: OptText<Money>,
    pub weekly_appetite: OptText<Money>,
    pub shared_service: bool,
    pub working_hours: OptText<WorkingHours>,
    pub utc_offset: OptText<UtcOffset>,
    pub responsibilities: Vec<String>,
    pub tint: Option<u8>,
    pub description: String,
}

#[derive(Deserialize)]
#[serde(rename = "holder", deny_unknown_fields)]
pub(super) struct HoldingV1 {
    pub person: Reference,
    #[serde(default)]
    pub share: Option<f64>,
}

#[derive(Deserialize, Default)]
#[serde(rename = "role", deny_unknown_fields, default)]
pub(super) struct RoleV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub unit: Option<Reference>,
    pub order: i32,
    pub level: Option<u8>,
    pub holders: Vec<HoldingV1>,
    pub vacant: bool,
    pub term_ends: OptText<Date>,
    pub deputy: Option<Reference>,
    pub delegations: Vec<DelegationV1>,
    pub reports_to: Option<Reference>,
    pub also_reports_to: Vec<Reference>,
    pub dotted_to: Vec<Reference>,
    pub archetype: OptChoice<Archetype>,
    pub reserved: OptText<Minutes>,
    pub working_hours: OptText<WorkingHours>,
    pub purpose: String,
    pub responsibilities: Vec<String>,
    pub kpis: Vec<KpiV1>,
    pub description: String,
}

#[derive(Deserialize)]
#[serde(rename = "skill", deny_unknown_fields)]
pub(super) struct SkillV1 {
    pub name: String,
    pub level: Choice<SkillLevel>,
}

#[derive(Deserialize)]
#[serde(rename = "holiday", deny_unknown_fields)]
pub(super) struct AbsenceV1 {
    pub from: Text<Date>,
    pub to: Text<Date>,
}

#[derive(Deserialize)]
#[serde(rename = "delegation", deny_unknown_fields)]
pub(super) struct DelegationV1 {
    pub to: Reference,
    #[serde(default)]
    pub of: Vec<Reference>,
    #[serde(default)]
    pub limit: OptText<CaseLimit>,
    pub from: Text<Date>,
    pub until: Text<Date>,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub written_on: OptText<Date>,
}

#[derive(Deserialize, Default)]
#[serde(rename = "person", deny_unknown_fields, default)]
pub(super) struct PersonV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub hours_per_week: Option<f64>,
    pub holidays: Vec<AbsenceV1>,
    pub delegations: Vec<DelegationV1>,
    pub skills: Vec<SkillV1>,
    pub description: String,
}

#[derive(Deserialize, Default)]
#[serde(rename = "external", deny_unknown_fields, default)]
pub(super) struct ExternalV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub kind: OptChoice<ExternalKind>,
    pub substitutes: Option<Vec<String>>,
    pub serves: Vec<Reference>,
    pub owner: Option<Reference>,
    pub description: String,
}

#[derive(Deserialize, Default)]
#[serde(rename = "system", deny_unknown_fields, default)]
pub(super) struct SystemV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub kind: OptChoice<SystemKind>,
    pub purpose: String,
    pub substitutes: Option<Vec<String>>,
    pub serves: Vec<Reference>,
    pub owner: Option<Reference>,
    pub description: String,
}

#[derive(Deserialize)]
#[serde(rename = "member", deny_unknown_fields)]
pub(super) struct MemberV1 {
    pub who: Reference,
    #[serde(default)]
    pub weight: Option<Votes>,
}

#[derive(Deserialize, Default)]
#[serde(rename = "body", deny_unknown_fields, default)]
pub(super) struct BodyV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub unit: Option<Reference>,
    pub members: Vec<MemberV1>,
    pub method: OptChoice<Method>,
    pub quorum: Option<u32>,
    pub quota: Option<Votes>,
    pub tie_rule: String,
    pub conflict_rule: String,
    pub description: String,
}

#[derive(Deserialize, Default)]
#[serde(rename = "artefact", deny_unknown_fields, default)]
pub(super) struct ArtefactV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub kind: String,
    pub class: String,
    pub form: OptChoice<ArtefactForm>,
    pub state: String,
    pub sensitive: bool,
    pub access: String,
    pub description: String,
    pub kept: String,
}

#[derive(Deserialize)]
#[serde(rename = "measurement", deny_unknown_fields)]
pub(super) struct MeasurementV1 {
    pub fact: Choice<MeasuredFact>,
    pub count: u32,
    pub from: Text<Date>,
    pub to: Text<Date>,
    #[serde(default)]
    pub source: String,
}

#[derive(Deserialize)]
#[serde(rename = "cause of waiting", deny_unknown_fields)]
pub(super) struct CausedWaitV1 {
    pub cause: Choice<WaitCause>,
    pub wait: Text<Minutes>,
}

#[derive(Deserialize, Default)]
#[serde(rename = "process", deny_unknown_fields, default)]
pub(super) struct ProcessV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub order: i32,
    pub owner: Option<Reference>,
    pub cases: OptText<Rate>,
    pub cases_range: OptText<Range<Rate>>,
    pub criticality: Option<u8>,
    pub tolerable_outage: OptText<Minutes>,
    pub recovery_target: OptText<Minutes>,
    pub plan_tested: OptText<Date>,
    pub review: OptText<Date>,
    pub single_threaded: bool,
    pub lead_time_goal: OptText<Minutes>,
    pub trigger: String,
    pub result: String,
    pub purpose: String,
    pub variant_on_purpose: String,
    pub measured: Vec<MeasurementV1>,
    pub description: String,
    pub kept: String,
}

#[derive(Deserialize)]
#[serde(rename = "step", deny_unknown_fields)]
pub(super) struct StepV1 {
    #[serde(default)]
    pub key: OptText<Key>,
    #[serde(default)]
    pub name: String,
    pub process: Reference,
    #[serde(default)]
    pub kind: OptChoice<StepKind>,
    #[serde(default)]
    pub parent: Option<Reference>,
    #[serde(default)]
    pub calls: Option<Reference>,
    #[serde(default)]
    pub repetition: OptChoice<Repetition>,
    #[serde(default)]
    pub compensates: bool,
    #[serde(default)]
    pub performer: Option<Reference>,
    #[serde(default)]
    pub system: Option<Reference>,
    #[serde(default)]
    pub work: OptText<Minutes>,
    #[serde(default)]
    pub work_range: OptText<Range<Minutes>>,
    #[serde(default)]
    pub wait: OptText<Minutes>,
    #[serde(default)]
    pub wait_range: OptText<Range<Minutes>>,
    #[serde(default)]
    pub batch_period: OptText<Minutes>,
    #[serde(default)]
    pub first_time_right: Option<f64>,
    #[serde(default)]
    pub value: OptChoice<ValueClass>,
    #[serde(default)]
    pub duties: Vec<Choice<DutyTag>>,
    #[serde(default)]
    pub rule_based: Option<f64>,
    #[serde(default)]
    pub digital_input: Option<f64>,
    #[serde(default)]
    pub exceptions: Option<f64>,
    #[serde(default)]
    pub human_touch: bool,
    #[serde(default)]
    pub quality_critical: bool,
    #[serde(default)]
    pub standard: String,
    #[serde(default)]
    pub skill: String,
    #[serde(default)]
    pub inputs: Vec<Reference>,
    #[serde(default)]
    pub outputs: Vec<Reference>,
    #[serde(default)]
    pub cost: OptText<Money>,
    #[serde(default)]
    pub wait_causes: Vec<CausedWaitV1>,
    #[serde(default)]
    pub measured: Vec<MeasurementV1>,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kept: String,
}

#[derive(Deserialize)]
#[serde(rename = "gateway", deny_unknown_fields)]
pub(super) struct GatewayV1 {
    #[serde(default)]
    pub key: OptText<Key>,
    #[serde(default)]
    pub name: String,
    pub process: Reference,
    #[serde(default)]
    pub parent: Option<Reference>,
    #[serde(default)]
    pub performer: Option<Reference>,
    pub kind: Choice<GatewayKind>,
    #[serde(default)]
    pub decision: Option<Reference>,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kept: String,
}

#[derive(Deserialize)]
#[serde(rename = "event", deny_unknown_fields)]
pub(super) struct EventV1 {
    #[serde(default)]
    pub key: OptText<Key>,
    #[serde(default)]
    pub name: String,
    pub process: Reference,
    #[serde(default)]
    pub parent: Option<Reference>,
    #[serde(default)]
    pub attached: Option<Reference>,
    #[serde(default)]
    pub performer: Option<Reference>,
    pub kind: Choice<EventKind>,
    #[serde(default)]
    pub trigger: OptChoice<EventTrigger>,
    #[serde(default)]
    pub throws: bool,
    #[serde(default)]
    pub keeps_running: bool,
    #[serde(default)]
    pub wait: OptText<Minutes>,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kept: String,
}

#[derive(Deserialize)]
#[serde(rename = "flow", deny_unknown_fields)]
pub(super) struct FlowV1 {
    #[serde(default)]
    pub key: OptText<Key>,
    #[serde(default)]
    pub name: String,
    pub process: Reference,
    pub from: Reference,
    pub to: Reference,
    #[serde(default)]
    pub probability: Option<f64>,
    #[serde(default)]
    pub artefact: Option<Reference>,
    #[serde(default)]
    pub channel: String,
    #[serde(default)]
    pub condition: String,
    #[serde(default)]
    pub is_default: bool,
    #[serde(default)]
    pub measured: Vec<MeasurementV1>,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kept: String,
}

#[derive(Deserialize)]
#[serde(rename = "link", deny_unknown_fields)]
pub(super) struct LinkV1 {
    #[serde(default)]
    pub key: OptText<Key>,
    #[serde(default)]
    pub name: String,
    pub kind: Choice<LinkKind>,
    pub from: Reference,
    pub to: Reference,
    #[serde(default)]
    pub directed: bool,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kept: String,
}

#[derive(Deserialize, Default)]
#[serde(rename = "decision", deny_unknown_fields, default)]
pub(super) struct DecisionV1 {
    pub key: OptText<Key>,
    pub name: String,
    pub order: i32,
    pub area: String,
    pub kind: OptChoice<DecisionKind>,
    pub framework: Option<Reference>,
    pub scope: Vec<Reference>,
    pub frequency: OptText<Rate>,
    pub amount_median: OptText<Money>,
    pub amount_p95: OptText<Money>,
    pub amounts: Vec<Text<Money>>,
    pub importance: Option<u8>,
    pub success: String,
    pub reversible: Option<bool>,
    pub locus: Option<Reference>,
    pub work: OptText<Minutes>,
    pub consult_work: OptText<Minutes>,
    pub commitment_months: Option<u32>,
    pub target_time: OptText<Minutes>,
    pub actual_time: OptText<Minutes>,
    pub skill: String,
    pub reserved: bool,
    pub reserved_reason: String,
    pub guardrail: String,
    pub steps: Vec<Reference>,
    pub gateways: Vec<Reference>,
    pub guesses: Vec<Choice<DecisionFact>>,
    pub agreement: Option<AgreementV1>,
    pub description: String,
}

#[derive(Deserialize)]
#[serde(rename = "agreement", deny_unknown_fields)]
pub(super) struct AgreementV1 {
    pub on: Text<Date>,
    #[serde(default)]
    pub by: Vec<String>,
    #[serde(default)]
    pub context: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename = "right", deny_unknown_fields)]
pub(super) struct RightV1 {
    pub on: Reference,
    pub who: Reference,
    pub letter: String,
    #[serde(default)]
    pub lead: bool,
    #[serde(default)]
    pub limits: Vec<AnyLimitV1>,
    #[serde(default)]
    pub veto_domain: String,
    #[serde(default)]
    pub review_window: OptText<Minutes>,
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize, Default)]
#[serde(rename = "note", deny_unknown_fields, default)]
pub(super) struct NoteV1 {
    pub key: OptText<Key>,
    pub text: String,
    pub author: String,
    pub kind: OptChoice<NoteKind>,
    pub done: bool,
    pub about: Option<Reference>,
    pub form: OptChoice<NoteForm>,
    pub kept: String,
}

#[derive(Deserialize)]
#[serde(rename = "view", deny_unknown_fields)]
pub(super) struct ViewV1 {
    #[serde(default)]
    pub key: OptText<Key>,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub order: i32,
    pub shows: ShowsV1,
    #[serde(default)]
    pub connections: bool,
    #[serde(default)]
    pub phases: Vec<PhaseV1>,
    #[serde(default)]
    pub within: Option<Reference>,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kept: String,
    #[serde(default)]
    pub placements: Vec<PlacementV1>,
}

#[derive(Deserialize)]
#[serde(rename = "kind of view", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ShowsV1 {
    Organisation {
        #[serde(default)]
        root: Option<Reference>,
        #[serde(default)]
        form: OptChoice<ChartForm>,
        #[serde(default)]
        direction: OptChoice<FlowDirection>,
    },
    Process {
        process: Reference,
        #[serde(default)]
        lanes: Vec<LaneV1>,
        #[serde(default)]
        direction: OptChoice<FlowDirection>,
    },
    Board,
    Matrix {
        #[serde(default)]
        form: OptChoice<MatrixForm>,
        #[serde(default)]
        rows: OptChoice<MatrixRows>,
        #[serde(default)]
        processes: Vec<Reference>,
        #[serde(default)]
        columns: Vec<Reference>,
        #[serde(default)]
        kinds: Vec<Choice<HolderKind>>,
        #[serde(default)]
        by_person: bool,
        #[serde(default)]
        transposed: bool,
        #[serde(default)]
        collapsed: Vec<Reference>,
    },
}

#[derive(Deserialize)]
#[serde(rename = "lane", deny_unknown_fields)]
pub(super) struct LaneV1 {
    #[serde(default)]
    pub who: Option<Reference>,
    pub extent: f64,
    #[serde(default)]
    pub collapsed: bool,
    #[serde(default)]
    pub depth: u8,
    #[serde(default)]
    pub gap: f64,
    #[serde(default)]
    pub frame: Option<(f64, f64, f64, f64)>,
}

#[derive(Deserialize)]
#[serde(rename = "phase", deny_unknown_fields)]
pub(super) struct PhaseV1 {
    #[serde(default)]
    pub name: String,
    pub extent: f64,
}

#[derive(Deserialize)]
#[serde(rename = "placement", deny_unknown_fields)]
pub(super) struct PlacementV1 {
    pub of: Reference,
    #[serde(default)]
    pub at: Option<(f64, f64)>,
    #[serde(default)]
    pub size: Option<(f64, f64)>,
    #[serde(default)]
    pub bends: Vec<(f64, f64)>,
    #[serde(default)]
    pub label: Option<(f64, f64, f64, f64)>,
    #[serde(default)]
    pub pinned: bool,
    #[serde(default)]
    pub collapsed: bool,
    #[serde(default)]
    pub locked: bool,
    #[serde(default)]
    pub tint: Option<u8>,
    #[serde(default)]
    pub layer: i32,
    #[serde(default)]
    pub groups: Vec<u32>,
}
