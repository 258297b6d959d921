//! The fields of every kind of element, as tables.

use egui::Ui;

use super::InspectorState;
use super::draw::{record_ui, typed_ui};
use super::field::FieldKind::{Choice, Flag, Line, Lines, Reference, References};
use super::field::*;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{field_row, icon_button, text};
use crate::edit::{Edit, Replace};
use crate::model::*;
use crate::scene::icon::Icon;

/// Draws the fields of the element.
pub(super) fn fields_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut InspectorState,
    element: ElementRef,
    commands: &mut Vec<Command>,
) {
    match element {
        ElementRef::Unit(id) => record_ui(ui, core, state, id, UNIT, commands),
        ElementRef::Role(id) => {
            record_ui(ui, core, state, id, ROLE_FIRST, commands);
            holders_ui(ui, core, state, id, commands);
            record_ui(ui, core, state, id, ROLE, commands);
        }
        ElementRef::Person(id) => record_ui(ui, core, state, id, PERSON, commands),
        ElementRef::External(id) => record_ui(ui, core, state, id, EXTERNAL, commands),
        ElementRef::System(id) => record_ui(ui, core, state, id, SYSTEM, commands),
        ElementRef::Body(id) => record_ui(ui, core, state, id, BODY, commands),
        ElementRef::Process(id) => record_ui(ui, core, state, id, PROCESS, commands),
        ElementRef::Step(id) => record_ui(ui, core, state, id, STEP, commands),
        ElementRef::Gateway(id) => record_ui(ui, core, state, id, GATEWAY, commands),
        ElementRef::Event(id) => record_ui(ui, core, state, id, EVENT, commands),
        ElementRef::Flow(id) => record_ui(ui, core, state, id, FLOW, commands),
        ElementRef::Artefact(id) => record_ui(ui, core, state, id, ARTEFACT, commands),
        ElementRef::Decision(id) => record_ui(ui, core, state, id, DECISION, commands),
        ElementRef::Right(id) => right_ui(ui, core, state, id, commands),
        ElementRef::Note(id) => record_ui(ui, core, state, id, NOTE, commands),
        ElementRef::View(id) => record_ui(ui, core, state, id, VIEW, commands),
        ElementRef::Framework(_) | ElementRef::Placement(_) => {}
    }
}

const UNIT: &[Field<Unit>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Part of",
        help: "The unit it belongs to.",
        kind: Reference {
            candidates: all::<Unit>,
            read: |r| r.parent.map(Into::into),
            write: |r, e| {
                r.parent = match e {
                    Some(ElementRef::Unit(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Kind",
        help: "What it is called in the firm.",
        kind: Line {
            read: |r| r.kind.clone(),
            write: |r, t| {
                r.kind = t.trim().to_owned();
                Ok(())
            },
            hint: "shop, department, team",
        },
    },
    Field {
        name: "Cut by",
        help: "How its work is cut.",
        kind: Choice {
            options: &[
                "profession",
                "place",
                "product",
                "customers",
                "process",
                "self-managing team",
                "platform",
                "two lines at once",
            ],
            read: |r| {
                [
                    ModelType::Functional,
                    ModelType::Geographic,
                    ModelType::Product,
                    ModelType::Market,
                    ModelType::Process,
                    ModelType::NetworkTeam,
                    ModelType::Platform,
                    ModelType::Matrix,
                ]
                .iter()
                .position(|v| Some(*v) == r.model_type)
            },
            write: |r, c| {
                r.model_type = c.and_then(|i| {
                    [
                        ModelType::Functional,
                        ModelType::Geographic,
                        ModelType::Product,
                        ModelType::Market,
                        ModelType::Process,
                        ModelType::NetworkTeam,
                        ModelType::Platform,
                        ModelType::Matrix,
                    ]
                    .get(i)
                    .copied()
                });
            },
            required: false,
        },
    },
    Field {
        name: "Goals",
        help: "What it wants to reach, one a line.",
        kind: Lines { read: |r| r.goals.join("\n"), write: |r, t| r.goals = lines(t) },
    },
    Field {
        name: "Measures",
        help: "What it is measured by, one a line: name: target.",
        kind: Lines { read: |r| kpi_text(&r.kpis), write: |r, t| r.kpis = kpis(t) },
    },
    Field {
        name: "Budget",
        help: "What it may spend in a year.",
        kind: Line {
            read: |r| shown(r.budget),
            write: |r, t| {
                r.budget = optional(t)?;
                Ok(())
            },
            hint: "120000 EUR",
        },
    },
    Field {
        name: "Shared service",
        help: "Whether it serves other units.",
        kind: Flag { read: |r| r.shared_service, write: |r, on| r.shared_service = on },
    },
    Field {
        name: "Responsibilities",
        help: "What it is responsible for, one a line.",
        kind: Lines { read: |r| r.responsibilities.join("\n"), write: |r, t| r.responsibilities = lines(t) },
    },
    Field {
        name: "Colour",
        help: "Tint of its boxes.",
        kind: Choice {
            options: &["blue", "green", "amber", "violet", "rose", "cyan", "olive", "slate"],
            read: |r| r.tint.map(usize::from),
            write: |r, c| r.tint = c.map(|i| i as u8),
            required: false,
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const ROLE_FIRST: &[Field<Role>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Unit",
        help: "The unit it sits in.",
        kind: Reference {
            candidates: all::<Unit>,
            read: |r| r.unit.map(Into::into),
            write: |r, e| {
                r.unit = match e {
                    Some(ElementRef::Unit(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Vacant",
        help: "Whether it is known to be empty.",
        kind: Flag { read: |r| r.vacant, write: |r, on| r.vacant = on },
    },
];

const ROLE: &[Field<Role>] = &[
    Field {
        name: "Deputy",
        help: "Who stands in.",
        kind: Reference {
            candidates: deputies,
            read: |r| r.deputy.map(Into::into),
            write: |r, e| r.deputy = e.and_then(|e| Actor::try_from(e).ok()),
        },
    },
    Field {
        name: "Reports to",
        help: "The role it reports to.",
        kind: Reference {
            candidates: all::<Role>,
            read: |r| r.reports_to.map(Into::into),
            write: |r, e| {
                r.reports_to = match e {
                    Some(ElementRef::Role(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Dotted line to",
        help: "Roles it reports to beside the solid line.",
        kind: References {
            candidates: all::<Role>,
            read: |r| r.dotted_to.iter().map(|id| (*id).into()).collect(),
            write: |r, list| {
                r.dotted_to = list
                    .into_iter()
                    .filter_map(|e| match e {
                        ElementRef::Role(id) => Some(id),
                        _ => None,
                    })
                    .collect();
            },
        },
    },
    Field {
        name: "Level",
        help: "Distance from the owner: 0 is the owner.",
        kind: Line {
            read: |r| shown(r.level),
            write: |r, t| {
                r.level = number(t, "", 0.0, 50.0)?.map(|n| n as u8);
                Ok(())
            },
            hint: "from the reporting line",
        },
    },
    Field {
        name: "Leading",
        help: "Kind of leading; it bounds how many reports are too many.",
        kind: Choice {
            options: &["does the same work", "varied work", "similar work", "standard work", "self-managing people"],
            read: |r| {
                [
                    Archetype::PlayerCoach,
                    Archetype::Coach,
                    Archetype::Supervisor,
                    Archetype::Facilitator,
                    Archetype::Coordinator,
                ]
                .iter()
                .position(|v| Some(*v) == r.archetype)
            },
            write: |r, c| {
                r.archetype = c.and_then(|i| {
                    [
                        Archetype::PlayerCoach,
                        Archetype::Coach,
                        Archetype::Supervisor,
                        Archetype::Facilitator,
                        Archetype::Coordinator,
                    ]
                    .get(i)
                    .copied()
                });
            },
            required: false,
        },
    },
    Field {
        name: "Kept free",
        help: "Time a week kept free of process work.",
        kind: Line {
            read: |r| shown(r.reserved),
            write: |r, t| {
                r.reserved = optional(t)?;
                Ok(())
            },
            hint: "2 h",
        },
    },
    Field {
        name: "Purpose",
        help: "Why the role exists, in a sentence.",
        kind: Lines { read: |r| r.purpose.clone(), write: |r, t| r.purpose = t.trim_end().to_owned() },
    },
    Field {
        name: "Responsibilities",
        help: "What it is responsible for, one a line.",
        kind: Lines { read: |r| r.responsibilities.join("\n"), write: |r, t| r.responsibilities = lines(t) },
    },
    Field {
        name: "Measures",
        help: "What it is measured by, one a line: name: target.",
        kind: Lines { read: |r| kpi_text(&r.kpis), write: |r, t| r.kpis = kpis(t) },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const PERSON: &[Field<Person>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Hours a week",
        help: "Hours of work in a week.",
        kind: Line {
            read: |r| shown(r.hours_per_week),
            write: |r, t| {
                r.hours_per_week = number(t, "h", 0.0, 168.0)?;
                Ok(())
            },
            hint: "40",
        },
    },
    Field {
        name: "Skills",
        help: "One a line: skill: learning, capable or expert.",
        kind: Line {
            read: |r| skills_text(&r.skills),
            write: |r, t| {
                r.skills = skills(t)?;
                Ok(())
            },
            hint: "baking: expert; till: learning",
        },
    },
    Field {
        name: "Away",
        help: "Days away: first to last day, parted by ;.",
        kind: Line {
            read: |r| absences_text(&r.holidays),
            write: |r, t| {
                r.holidays = absences(t)?;
                Ok(())
            },
            hint: "2026-12-24 to 2026-12-31",
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const EXTERNAL: &[Field<External>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Kind",
        help: "What it is to the organisation.",
        kind: Choice {
            options: &["customer", "supplier", "partner", "franchisee", "authority"],
            read: |r| {
                [
                    ExternalKind::Customer,
                    ExternalKind::Supplier,
                    ExternalKind::Partner,
                    ExternalKind::Franchisee,
                    ExternalKind::Authority,
                ]
                .iter()
                .position(|v| Some(*v) == r.kind)
            },
            write: |r, c| {
                r.kind = c.and_then(|i| {
                    [
                        ExternalKind::Customer,
                        ExternalKind::Supplier,
                        ExternalKind::Partner,
                        ExternalKind::Franchisee,
                        ExternalKind::Authority,
                    ]
                    .get(i)
                    .copied()
                });
            },
            required: false,
        },
    },
    Field {
        name: "Substitutes",
        help: "Who or what could take its place, one a line; write “none” if nothing could.",
        kind: Lines {
            read: |r| {
                r.substitutes
                    .as_ref()
                    .map_or_else(String::new, |list| if list.is_empty() { "none".to_owned() } else { list.join("\n") })
            },
            write: |r, t| {
                r.substitutes = match t.trim() {
                    "" => None,
                    "none" => Some(Vec::new()),
                    t => Some(lines(t)),
                }
            },
        },
    },
    Field {
        name: "Works with",
        help: "Units it serves or is served by.",
        kind: References {
            candidates: all::<Unit>,
            read: |r| r.serves.iter().map(|id| (*id).into()).collect(),
            write: |r, list| {
                r.serves = list
                    .into_iter()
                    .filter_map(|e| match e {
                        ElementRef::Unit(id) => Some(id),
                        _ => None,
                    })
                    .collect();
            },
        },
    },
    Field {
        name: "Looked after by",
        help: "The role that looks after it.",
        kind: Reference {
            candidates: all::<Role>,
            read: |r| r.owner.map(Into::into),
            write: |r, e| {
                r.owner = match e {
                    Some(ElementRef::Role(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const SYSTEM: &[Field<System>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Kind",
        help: "What it is.",
        kind: Choice {
            options: &["software", "machine", "store of documents"],
            read: |r| {
                [SystemKind::Software, SystemKind::Machine, SystemKind::Store].iter().position(|v| Some(*v) == r.kind)
            },
            write: |r, c| {
                r.kind = c.and_then(|i| [SystemKind::Software, SystemKind::Machine, SystemKind::Store].get(i).copied());
            },
            required: false,
        },
    },
    Field {
        name: "Used for",
        help: "A word shared with systems of the same use.",
        kind: Line {
            read: |r| r.purpose.clone(),
            write: |r, t| {
                r.purpose = t.trim().to_owned();
                Ok(())
            },
            hint: "till",
        },
    },
    Field {
        name: "Substitutes",
        help: "Who or what could take its place, one a line; write “none” if nothing could.",
        kind: Lines {
            read: |r| {
                r.substitutes
                    .as_ref()
                    .map_or_else(String::new, |list| if list.is_empty() { "none".to_owned() } else { list.join("\n") })
            },
            write: |r, t| {
                r.substitutes = match t.trim() {
                    "" => None,
                    "none" => Some(Vec::new()),
                    t => Some(lines(t)),
                }
            },
        },
    },
    Field {
        name: "Used by",
        help: "Units that use it.",
        kind: References {
            candidates: all::<Unit>,
            read: |r| r.serves.iter().map(|id| (*id).into()).collect(),
            write: |r, list| {
                r.serves = list
                    .into_iter()
                    .filter_map(|e| match e {
                        ElementRef::Unit(id) => Some(id),
                        _ => None,
                    })
                    .collect();
            },
        },
    },
    Field {
        name: "Looked after by",
        help: "The role that looks after it.",
        kind: Reference {
            candidates: all::<Role>,
            read: |r| r.owner.map(Into::into),
            write: |r, e| {
                r.owner = match e {
                    Some(ElementRef::Role(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const BODY: &[Field<Body>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Unit",
        help: "The unit it belongs to.",
        kind: Reference {
            candidates: all::<Unit>,
            read: |r| r.unit.map(Into::into),
            write: |r, e| {
                r.unit = match e {
                    Some(ElementRef::Unit(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Members",
        help: "Who belongs to it.",
        kind: References {
            candidates: deputies,
            read: |r| r.members.iter().map(|member| member.actor.into()).collect(),
            write: |r, list| {
                r.members = list
                    .into_iter()
                    .filter_map(|e| Actor::try_from(e).ok())
                    .map(|actor| {
                        r.members
                            .iter()
                            .find(|member| member.actor == actor)
                            .copied()
                            .unwrap_or(Member { actor, weight: Amount::whole(1) })
                    })
                    .collect();
            },
        },
    },
    Field {
        name: "Decides by",
        help: "How it comes to a decision.",
        kind: Choice {
            options: &[
                "one member",
                "one member after advice",
                "no grave objection",
                "everybody agrees",
                "majority",
                "weighted votes",
            ],
            read: |r| {
                [Method::Single, Method::Advice, Method::Consent, Method::Consensus, Method::Majority, Method::Weighted]
                    .iter()
                    .position(|v| Some(*v) == r.method)
            },
            write: |r, c| {
                r.method = c.and_then(|i| {
                    [
                        Method::Single,
                        Method::Advice,
                        Method::Consent,
                        Method::Consensus,
                        Method::Majority,
                        Method::Weighted,
                    ]
                    .get(i)
                    .copied()
                });
            },
            required: false,
        },
    },
    Field {
        name: "Quorum",
        help: "How many members must be there.",
        kind: Line {
            read: |r| shown(r.quorum),
            write: |r, t| {
                r.quorum = number(t, "", 0.0, 1000.0)?.map(|n| n as u32);
                Ok(())
            },
            hint: "",
        },
    },
    Field {
        name: "Votes needed",
        help: "Votes needed in a weighted vote.",
        kind: Line {
            read: |r| shown(r.quota),
            write: |r, t| {
                r.quota = optional(t)?;
                Ok(())
            },
            hint: "51",
        },
    },
    Field {
        name: "Equal votes",
        help: "What happens when votes are equal.",
        kind: Line {
            read: |r| r.tie_rule.clone(),
            write: |r, t| {
                r.tie_rule = t.trim().to_owned();
                Ok(())
            },
            hint: "the chair decides",
        },
    },
    Field {
        name: "Conflict",
        help: "What happens when a member has a conflict of interest.",
        kind: Line {
            read: |r| r.conflict_rule.clone(),
            write: |r, t| {
                r.conflict_rule = t.trim().to_owned();
                Ok(())
            },
            hint: "",
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const PROCESS: &[Field<Process>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Owner",
        help: "The role that answers for it.",
        kind: Reference {
            candidates: all::<Role>,
            read: |r| r.owner.map(Into::into),
            write: |r, e| {
                r.owner = match e {
                    Some(ElementRef::Role(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Cases",
        help: "How many cases arrive.",
        kind: Line {
            read: |r| shown(r.cases),
            write: |r, t| {
                r.cases = optional(t)?;
                Ok(())
            },
            hint: "60 per week",
        },
    },
    Field {
        name: "Criticality",
        help: "How grave it is when it stops: 1 little, 5 very.",
        kind: Choice {
            options: &["1", "2", "3", "4", "5"],
            read: |r| r.criticality.map(|n| usize::from(n).saturating_sub(1)),
            write: |r, c| r.criticality = c.map(|n| n as u8 + 1),
            required: false,
        },
    },
    Field {
        name: "Trigger",
        help: "What sets it off.",
        kind: Line {
            read: |r| r.trigger.clone(),
            write: |r, t| {
                r.trigger = t.trim().to_owned();
                Ok(())
            },
            hint: "",
        },
    },
    Field {
        name: "Result",
        help: "What comes out.",
        kind: Line {
            read: |r| r.result.clone(),
            write: |r, t| {
                r.result = t.trim().to_owned();
                Ok(())
            },
            hint: "",
        },
    },
    Field {
        name: "Lead-time goal",
        help: "How long a case should take.",
        kind: Line {
            read: |r| shown(r.lead_time_goal),
            write: |r, t| {
                r.lead_time_goal = optional(t)?;
                Ok(())
            },
            hint: "2 d",
        },
    },
    Field {
        name: "Bearable outage",
        help: "Longest outage the firm can bear.",
        kind: Line {
            read: |r| shown(r.tolerable_outage),
            write: |r, t| {
                r.tolerable_outage = optional(t)?;
                Ok(())
            },
            hint: "1 d",
        },
    },
    Field {
        name: "Back within",
        help: "How fast it is to run again.",
        kind: Line {
            read: |r| shown(r.recovery_target),
            write: |r, t| {
                r.recovery_target = optional(t)?;
                Ok(())
            },
            hint: "4 h",
        },
    },
    Field {
        name: "Review on",
        help: "When it is to be looked at again.",
        kind: Line {
            read: |r| shown(r.review),
            write: |r, t| {
                r.review = date(t)?;
                Ok(())
            },
            hint: "2027-06-30",
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const STEP: &[Field<Step>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Performed by",
        help: "Who performs it: its lane.",
        kind: Reference {
            candidates: actors,
            read: |r| r.performer.map(Into::into),
            write: |r, e| r.performer = e.and_then(|e| Actor::try_from(e).ok()),
        },
    },
    Field {
        name: "System",
        help: "What supports it.",
        kind: Reference {
            candidates: all::<System>,
            read: |r| r.system.map(Into::into),
            write: |r, e| {
                r.system = match e {
                    Some(ElementRef::System(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Work time",
        help: "Work per case.",
        kind: Line {
            read: |r| shown(r.work),
            write: |r, t| {
                r.work = optional(t)?;
                Ok(())
            },
            hint: "6 min",
        },
    },
    Field {
        name: "Waiting",
        help: "Waiting per case before the work begins.",
        kind: Line {
            read: |r| shown(r.wait),
            write: |r, t| {
                r.wait = optional(t)?;
                Ok(())
            },
            hint: "2 d",
        },
    },
    Field {
        name: "Value",
        help: "What it does for the customer.",
        kind: Choice {
            options: &["adds value", "needed", "waste"],
            read: |r| {
                [ValueClass::AddsValue, ValueClass::Needed, ValueClass::Waste].iter().position(|v| Some(*v) == r.value)
            },
            write: |r, c| {
                r.value =
                    c.and_then(|i| [ValueClass::AddsValue, ValueClass::Needed, ValueClass::Waste].get(i).copied());
            },
            required: false,
        },
    },
    Field {
        name: "Right first time",
        help: "Share done complete and correct at the first try.",
        kind: Line {
            read: |r| share_text(r.first_time_right),
            write: |r, t| {
                r.first_time_right = share(t)?;
                Ok(())
            },
            hint: "95 %",
        },
    },
    Field {
        name: "Duties",
        help: "Duties that one person should not join: authorise, custody, record, reconcile.",
        kind: Line {
            read: |r| duties_text(&r.duties),
            write: |r, t| {
                r.duties = duties(t)?;
                Ok(())
            },
            hint: "authorise, record",
        },
    },
    Field {
        name: "Batch every",
        help: "How often a batch is worked off.",
        kind: Line {
            read: |r| shown(r.batch_period),
            write: |r, t| {
                r.batch_period = optional(t)?;
                Ok(())
            },
            hint: "1 d",
        },
    },
    Field {
        name: "Skill",
        help: "The skill it asks for.",
        kind: Line {
            read: |r| r.skill.clone(),
            write: |r, t| {
                r.skill = t.trim().to_owned();
                Ok(())
            },
            hint: "",
        },
    },
    Field {
        name: "Needs",
        help: "What it needs.",
        kind: References {
            candidates: all::<Artefact>,
            read: |r| r.inputs.iter().map(|id| (*id).into()).collect(),
            write: |r, list| {
                r.inputs = list
                    .into_iter()
                    .filter_map(|e| match e {
                        ElementRef::Artefact(id) => Some(id),
                        _ => None,
                    })
                    .collect();
            },
        },
    },
    Field {
        name: "Makes",
        help: "What it makes or changes.",
        kind: References {
            candidates: all::<Artefact>,
            read: |r| r.outputs.iter().map(|id| (*id).into()).collect(),
            write: |r, list| {
                r.outputs = list
                    .into_iter()
                    .filter_map(|e| match e {
                        ElementRef::Artefact(id) => Some(id),
                        _ => None,
                    })
                    .collect();
            },
        },
    },
    Field {
        name: "Cost",
        help: "What a case costs beside work time.",
        kind: Line {
            read: |r| shown(r.cost),
            write: |r, t| {
                r.cost = optional(t)?;
                Ok(())
            },
            hint: "2 EUR",
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const GATEWAY: &[Field<Gateway>] = &[
    Field {
        name: "Name",
        help: "A question, where it splits; may be empty.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                r.name = t.trim().to_owned();
                Ok(())
            },
            hint: "Refund at once?",
        },
    },
    Field {
        name: "Kind",
        help: "Whether one branch is taken, or all.",
        kind: Choice {
            options: &["one branch", "all branches"],
            read: |r| [GatewayKind::Exclusive, GatewayKind::Parallel].iter().position(|v| *v == r.kind),
            write: |r, c| {
                if let Some(v) = c.and_then(|i| [GatewayKind::Exclusive, GatewayKind::Parallel].get(i).copied()) {
                    r.kind = v;
                }
            },
            required: true,
        },
    },
    Field {
        name: "Lane",
        help: "The lane it stands in.",
        kind: Reference {
            candidates: actors,
            read: |r| r.performer.map(Into::into),
            write: |r, e| r.performer = e.and_then(|e| Actor::try_from(e).ok()),
        },
    },
    Field {
        name: "Decision",
        help: "The decision taken here.",
        kind: Reference {
            candidates: all::<Decision>,
            read: |r| r.decision.map(Into::into),
            write: |r, e| {
                r.decision = match e {
                    Some(ElementRef::Decision(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const EVENT: &[Field<Event>] = &[
    Field {
        name: "Name",
        help: "What happens; may be empty.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                r.name = t.trim().to_owned();
                Ok(())
            },
            hint: "",
        },
    },
    Field {
        name: "Kind",
        help: "What it does to the flow.",
        kind: Choice {
            options: &["start", "waits", "end"],
            read: |r| [EventKind::Start, EventKind::Intermediate, EventKind::End].iter().position(|v| *v == r.kind),
            write: |r, c| {
                if let Some(v) =
                    c.and_then(|i| [EventKind::Start, EventKind::Intermediate, EventKind::End].get(i).copied())
                {
                    r.kind = v;
                }
            },
            required: true,
        },
    },
    Field {
        name: "Lane",
        help: "The lane it stands in.",
        kind: Reference {
            candidates: actors,
            read: |r| r.performer.map(Into::into),
            write: |r, e| r.performer = e.and_then(|e| Actor::try_from(e).ok()),
        },
    },
    Field {
        name: "Waits",
        help: "How long an intermediate event waits.",
        kind: Line {
            read: |r| shown(r.wait),
            write: |r, t| {
                r.wait = optional(t)?;
                Ok(())
            },
            hint: "1 d",
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const FLOW: &[Field<Flow>] = &[
    Field {
        name: "Label",
        help: "What is written on the arrow.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                r.name = t.trim().to_owned();
                Ok(())
            },
            hint: "yes",
        },
    },
    Field {
        name: "Probability",
        help: "Share of cases that take this branch.",
        kind: Line {
            read: |r| share_text(r.probability),
            write: |r, t| {
                r.probability = share(t)?;
                Ok(())
            },
            hint: "70 %",
        },
    },
    Field {
        name: "Hands over",
        help: "What is handed over.",
        kind: Reference {
            candidates: all::<Artefact>,
            read: |r| r.artefact.map(Into::into),
            write: |r, e| {
                r.artefact = match e {
                    Some(ElementRef::Artefact(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "Channel",
        help: "How it is handed over.",
        kind: Line {
            read: |r| r.channel.clone(),
            write: |r, t| {
                r.channel = t.trim().to_owned();
                Ok(())
            },
            hint: "phone, mail, in person",
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const ARTEFACT: &[Field<Artefact>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Kind",
        help: "What it is.",
        kind: Line {
            read: |r| r.kind.clone(),
            write: |r, t| {
                r.kind = t.trim().to_owned();
                Ok(())
            },
            hint: "form, order, parcel",
        },
    },
    Field {
        name: "Class",
        help: "Class for the separation of duties.",
        kind: Line {
            read: |r| r.class.clone(),
            write: |r, t| {
                r.class = t.trim().to_owned();
                Ok(())
            },
            hint: "cash, stock, payroll",
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const DECISION: &[Field<Decision>] = &[
    Field {
        name: "Name",
        help: "Verb and object: Grant refund.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Area",
        help: "Group on the matrix.",
        kind: Line {
            read: |r| r.area.clone(),
            write: |r, t| {
                r.area = t.trim().to_owned();
                Ok(())
            },
            hint: "money",
        },
    },
    Field {
        name: "Kind",
        help: "What the row is about.",
        kind: Choice {
            options: &["task", "decision", "control"],
            read: |r| {
                [DecisionKind::Task, DecisionKind::Decision, DecisionKind::Control].iter().position(|v| *v == r.kind)
            },
            write: |r, c| {
                if let Some(v) =
                    c.and_then(|i| [DecisionKind::Task, DecisionKind::Decision, DecisionKind::Control].get(i).copied())
                {
                    r.kind = v;
                }
            },
            required: true,
        },
    },
    Field {
        name: "Framework",
        help: "The set of its letters; that of the project where it is empty.",
        kind: Reference {
            candidates: all::<Framework>,
            read: |r| r.framework.map(Into::into),
            write: |r, e| {
                r.framework = match e {
                    Some(ElementRef::Framework(id)) => Some(id),
                    _ => None,
                }
            },
        },
    },
    Field {
        name: "How often",
        help: "How often it is taken.",
        kind: Line {
            read: |r| shown(r.frequency),
            write: |r, t| {
                r.frequency = optional(t)?;
                Ok(())
            },
            hint: "2 per month",
        },
    },
    Field {
        name: "Half below",
        help: "Half of the amounts are below.",
        kind: Line {
            read: |r| shown(r.amount_median),
            write: |r, t| {
                r.amount_median = optional(t)?;
                Ok(())
            },
            hint: "80 EUR",
        },
    },
    Field {
        name: "95 % below",
        help: "95 of 100 amounts are below.",
        kind: Line {
            read: |r| shown(r.amount_p95),
            write: |r, t| {
                r.amount_p95 = optional(t)?;
                Ok(())
            },
            hint: "600 EUR",
        },
    },
    Field {
        name: "Importance",
        help: "How much hangs on it: 1 little, 5 very much.",
        kind: Choice {
            options: &["1", "2", "3", "4", "5"],
            read: |r| r.importance.map(|n| usize::from(n).saturating_sub(1)),
            write: |r, c| r.importance = c.map(|n| n as u8 + 1),
            required: false,
        },
    },
    Field {
        name: "Can be undone",
        help: "Whether it can be undone.",
        kind: Choice {
            options: &["yes", "no"],
            read: |r| r.reversible.map(|yes| usize::from(!yes)),
            write: |r, c| r.reversible = c.map(|i| i == 0),
            required: false,
        },
    },
    Field {
        name: "Decider’s time",
        help: "The decider’s time for one case.",
        kind: Line {
            read: |r| shown(r.work),
            write: |r, t| {
                r.work = optional(t)?;
                Ok(())
            },
            hint: "6 min",
        },
    },
    Field {
        name: "Target time",
        help: "How long it should take from question to answer.",
        kind: Line {
            read: |r| shown(r.target_time),
            write: |r, t| {
                r.target_time = optional(t)?;
                Ok(())
            },
            hint: "1 d",
        },
    },
    Field {
        name: "Actual time",
        help: "How long it takes.",
        kind: Line {
            read: |r| shown(r.actual_time),
            write: |r, t| {
                r.actual_time = optional(t)?;
                Ok(())
            },
            hint: "3 d",
        },
    },
    Field {
        name: "Knowledge",
        help: "Where the knowledge for it is.",
        kind: Reference {
            candidates: loci,
            read: |r| r.locus.map(Into::into),
            write: |r, e| r.locus = e.and_then(|e| Actor::try_from(e).ok()),
        },
    },
    Field {
        name: "Scope",
        help: "Units it is taken for; all where it is empty.",
        kind: References {
            candidates: all::<Unit>,
            read: |r| r.scope.iter().map(|id| (*id).into()).collect(),
            write: |r, list| {
                r.scope = list
                    .into_iter()
                    .filter_map(|e| match e {
                        ElementRef::Unit(id) => Some(id),
                        _ => None,
                    })
                    .collect();
            },
        },
    },
    Field {
        name: "Skill",
        help: "The skill a decider needs.",
        kind: Line {
            read: |r| r.skill.clone(),
            write: |r, t| {
                r.skill = t.trim().to_owned();
                Ok(())
            },
            hint: "",
        },
    },
    Field {
        name: "Reserved",
        help: "Whether it is never to be delegated.",
        kind: Flag { read: |r| r.reserved, write: |r, on| r.reserved = on },
    },
    Field {
        name: "Because",
        help: "Why it is reserved.",
        kind: Line {
            read: |r| r.reserved_reason.clone(),
            write: |r, t| {
                r.reserved_reason = t.trim().to_owned();
                Ok(())
            },
            hint: "",
        },
    },
    Field {
        name: "Guardrail",
        help: "The sentence that bounds every decider.",
        kind: Lines { read: |r| r.guardrail.clone(), write: |r, t| r.guardrail = t.trim_end().to_owned() },
    },
    Field {
        name: "Steps",
        help: "Steps in which it is prepared, taken or carried out.",
        kind: References {
            candidates: all::<Step>,
            read: |r| r.steps.iter().map(|id| (*id).into()).collect(),
            write: |r, list| {
                r.steps = list
                    .into_iter()
                    .filter_map(|e| match e {
                        ElementRef::Step(id) => Some(id),
                        _ => None,
                    })
                    .collect();
            },
        },
    },
    Field {
        name: "Gateways",
        help: "Gateways whose branch it chooses.",
        kind: References {
            candidates: all::<Gateway>,
            read: |r| r.gateways.iter().map(|id| (*id).into()).collect(),
            write: |r, list| {
                r.gateways = list
                    .into_iter()
                    .filter_map(|e| match e {
                        ElementRef::Gateway(id) => Some(id),
                        _ => None,
                    })
                    .collect();
            },
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

const NOTE: &[Field<Note>] = &[
    Field {
        name: "Text",
        help: "What it says.",
        kind: Lines { read: |r| r.text.clone(), write: |r, t| r.text = t.trim_end().to_owned() },
    },
    Field {
        name: "Author",
        help: "Who wrote it.",
        kind: Line {
            read: |r| r.author.clone(),
            write: |r, t| {
                r.author = t.trim().to_owned();
                Ok(())
            },
            hint: "",
        },
    },
];

const VIEW: &[Field<View>] = &[
    Field {
        name: "Name",
        help: "What it is called.",
        kind: Line {
            read: |r| r.name.clone(),
            write: |r, t| {
                if t.trim().is_empty() {
                    Err("A name is needed.".to_owned())
                } else {
                    r.name = t.trim().to_owned();
                    Ok(())
                }
            },
            hint: "",
        },
    },
    Field {
        name: "Description",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.description.clone(), write: |r, t| r.description = t.trim_end().to_owned() },
    },
];

/// The holders of a role, each with a share.
fn holders_ui(ui: &mut Ui, core: &Core, state: &mut InspectorState, id: RoleId, commands: &mut Vec<Command>) {
    let Some(role) = core.document().get::<Role>(id) else { return };
    let theme = core.theme();
    field_row(ui, theme, "Held by", "Who holds it, each with a share of their time.", |ui| {
        ui.vertical(|ui| {
            for (index, holding) in role.holders.iter().enumerate() {
                let name = core.document().name_of(holding.person.into());
                ui.horizontal(|ui| {
                    let shown = match holding.share {
                        Some(_) => format!("{name} · {}", share_text(holding.share)),
                        None => name.to_owned(),
                    };
                    ui.label(text(shown, theme.sizes.text.body));
                    if icon_button(ui, theme, Icon::Close, &format!("{name} no longer holds it"), false, true).clicked()
                    {
                        let mut role = role.clone();
                        role.holders.remove(index);
                        commands.push(Edit::from(Replace { element: id.into(), record: role.into() }).into());
                    }
                });
            }
            let edit = move |document: &Document, typed: &str| holder_edit(document, id, typed);
            typed_ui(
                ui,
                core,
                state,
                (id.into(), "Held by"),
                (String::new(), "name, or name: 50 %", false),
                Box::new(edit),
                commands,
            );
            if role.vacant {
                ui.label(text("vacant", theme.sizes.text.caption).color(colour(theme.severity.high.ink)));
            }
        });
    });
}

/// Adds a holder by name, or changes the share; a name that nobody has makes a new person.
fn holder_edit(document: &Document, role: RoleId, typed: &str) -> Result<Edit, String> {
    let (name, part) = typed.rsplit_once(':').unwrap_or((typed, ""));
    let (name, part) = (name.trim(), share(part)?);
    if name.is_empty() {
        return Err("Write a name.".to_owned());
    }
    let mut record = document.get::<Role>(role).cloned().ok_or("It is no longer there.")?;
    let known = document.people().iter().find(|(_, person)| person.name.eq_ignore_ascii_case(name));
    let Some((person, _)) = known else {
        return Err(format!("Nobody is called “{name}”. Add the person first, with + beside People."));
    };
    record.vacant = false;
    match record.holders.iter_mut().find(|holding| holding.person == person) {
        Some(holding) => holding.share = part.or(holding.share),
        None => record.holders.push(Holding { person, share: part }),
    }
    Ok(Replace { element: role.into(), record: record.into() }.into())
}

/// A right: its letter and its limits as text.
fn right_ui(ui: &mut Ui, core: &Core, state: &mut InspectorState, id: RightId, commands: &mut Vec<Command>) {
    record_ui(ui, core, state, id, RIGHT, commands);
    let Some(right) = core.document().get::<Right>(id) else { return };
    let limits: Vec<String> = right.tiers.iter().map(ToString::to_string).collect();
    let currency = core.document().project().currency;
    field_row(ui, core.theme(), "Limits", "Up to which amount: ≤ 200 EUR per case; > 200 EUR.", |ui| {
        let edit = move |document: &Document, typed: &str| {
            let mut right = document.get::<Right>(id).cloned().ok_or("It is no longer there.")?;
            right.tiers = parse_tiers(typed, currency).map_err(|error| format!("{error}."))?;
            Ok(Replace { element: id.into(), record: right.into() }.into())
        };
        let stored = limits.join("; ");
        typed_ui(ui, core, state, (id.into(), "Limits"), (stored, "no limit", false), Box::new(edit), commands);
    });
}

const RIGHT: &[Field<Right>] = &[
    Field {
        name: "Veto topics",
        help: "For a veto: the topics on which it may be used.",
        kind: Line {
            read: |r| r.veto_domain.clone(),
            write: |r, t| {
                r.veto_domain = t.trim().to_owned();
                Ok(())
            },
            hint: "law, safety",
        },
    },
    Field {
        name: "Answers within",
        help: "For a veto: how long the holder has to answer.",
        kind: Line {
            read: |r| shown(r.review_window),
            write: |r, t| {
                r.review_window = optional(t)?;
                Ok(())
            },
            hint: "2 d",
        },
    },
    Field {
        name: "Note",
        help: "Anything else worth knowing.",
        kind: Lines { read: |r| r.note.clone(), write: |r, t| r.note = t.trim_end().to_owned() },
    },
];

fn date(text: &str) -> Result<Option<Date>, String> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| format!("“{text}” is not a day such as 2027-06-30.")),
    }
}

fn absences_text(absences: &[Absence]) -> String {
    absences.iter().map(|absence| format!("{} to {}", absence.from, absence.to)).collect::<Vec<_>>().join("; ")
}

fn absences(text: &str) -> Result<Vec<Absence>, String> {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (from, to) = part.split_once(" to ").unwrap_or((part, part));
            match (date(from)?, date(to)?) {
                (Some(from), Some(to)) if from <= to => Ok(Absence { from, to }),
                _ => Err(format!("“{part}” ends before it begins.")),
            }
        })
        .collect()
}

const SKILL_LEVELS: [(SkillLevel, &str); 3] =
    [(SkillLevel::Learning, "learning"), (SkillLevel::Capable, "capable"), (SkillLevel::Expert, "expert")];

fn skills_text(skills: &[Skill]) -> String {
    let word = |level: SkillLevel| SKILL_LEVELS.iter().find(|(known, _)| *known == level).map_or("", |(_, word)| word);
    skills.iter().map(|skill| format!("{}: {}", skill.name, word(skill.level))).collect::<Vec<_>>().join("; ")
}

fn skills(text: &str) -> Result<Vec<Skill>, String> {
    let parts = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, word) = part.split_once(':').unwrap_or((part, "capable"));
            let level = SKILL_LEVELS.iter().find(|(_, known)| *known == word.trim().to_lowercase());
            let (level, _) = level.ok_or_else(|| format!("“{}” is not learning, capable or expert.", word.trim()))?;
            Ok(Skill { name: name.trim().to_owned(), level: *level })
        })
        .collect()
}

const DUTIES: [(DutyTag, &str); 4] = [
    (DutyTag::Authorise, "authorise"),
    (DutyTag::Custody, "custody"),
    (DutyTag::Record, "record"),
    (DutyTag::Reconcile, "reconcile"),
];

fn duties_text(duties: &[DutyTag]) -> String {
    let word = |duty: &DutyTag| DUTIES.iter().find(|(known, _)| known == duty).map_or("", |(_, word)| word);
    duties.iter().map(word).collect::<Vec<_>>().join(", ")
}

fn duties(text: &str) -> Result<Vec<DutyTag>, String> {
    let words = text.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let known = DUTIES.iter().find(|(_, known)| *known == word.to_lowercase());
            known
                .map(|(duty, _)| *duty)
                .ok_or_else(|| format!("“{word}” is not authorise, custody, record or reconcile."))
        })
        .collect()
}
