//! Who there is: units, roles, people, externals, systems and bodies.

use super::daytime::{UtcOffset, WorkingHours};
use super::delegation::Delegation;
use super::ids::{Actor, PersonId, RoleId, UnitId};
use super::key::Key;
use super::quantity::{Amount, Date, Minutes, Money};

/// How the work of a unit is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModelType {
    /// By profession: finance, sales, production.
    Functional,
    /// By place.
    Geographic,
    /// By product.
    Product,
    /// By group of customers.
    Market,
    /// Along one process from end to end.
    Process,
    /// A self-managing team in a network.
    NetworkTeam,
    /// A shared base that other units build on.
    Platform,
    /// Two lines of command at once.
    Matrix,
}

/// A measure that somebody answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kpi {
    /// What is measured.
    pub name: String,
    /// What is aimed at, as text.
    pub target: String,
}

/// A part of the organisation: company, department, shop, team, committee.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Stable text key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// The unit it belongs to; none for a root.
    pub parent: Option<UnitId>,
    /// Place among its siblings: lower first, equal ones by handle.
    pub order: i32,
    /// What it is called in the firm: company, department, shop, team.
    pub kind: String,
    /// How its work is cut.
    pub model_type: Option<ModelType>,
    /// What it wants to reach.
    pub goals: Vec<String>,
    /// What it is measured by.
    pub kpis: Vec<Kpi>,
    /// What it may spend in a year.
    pub budget: Option<Money>,
    /// What it bears to have at risk in a week: money that is committed below without a second look.
    pub weekly_appetite: Option<Money>,
    /// Whether it serves other units.
    pub shared_service: bool,
    /// When in the day it works, by its own clock; that of the unit above where it is none.
    pub working_hours: Option<WorkingHours>,
    /// How far its clock is ahead of UTC; as that of the unit above where it is none.
    pub utc_offset: Option<UtcOffset>,
    /// What it is responsible for, one sentence each.
    pub responsibilities: Vec<String>,
    /// Colour of its boxes: 0 to 7, a tint of the theme.
    pub tint: Option<u8>,
    /// Free text.
    pub description: String,
}

/// Kind of leading that a role asks for; it bounds how many reports are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Archetype {
    /// Leads and does the same work: up to 5 reports.
    PlayerCoach,
    /// Leads varied work: up to 7 reports.
    Coach,
    /// Leads similar work: up to 10 reports.
    Supervisor,
    /// Leads standard work: up to 15 reports.
    Facilitator,
    /// Leads self-managing people: more than 15 reports.
    Coordinator,
}

/// That a person holds a role with a share of their time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holding {
    /// Who.
    pub person: PersonId,
    /// Share of the person's hours, 0 to 1; none when not known.
    pub share: Option<f64>,
}

/// A seat with duties and rights in a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Stable text key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// The unit it sits in.
    pub unit: Option<UnitId>,
    /// Place among the roles of its unit: lower first, equal ones by handle.
    pub order: i32,
    /// Distance from the owner: 0 is the owner. Derived from `reports_to` where it is missing.
    pub level: Option<u8>,
    /// Who holds it.
    pub holders: Vec<Holding>,
    /// Whether it is known to be empty.
    pub vacant: bool,
    /// The last day on which whoever holds it holds it: of a term that ends.
    pub term_ends: Option<Date>,
    /// Who stands in: a role or a person.
    pub deputy: Option<Actor>,
    /// What it has passed on for a time.
    pub delegations: Vec<Delegation>,
    /// The role it reports to in the solid line.
    pub reports_to: Option<RoleId>,
    /// Further roles it reports to in solid lines. Levels, spans and ways up follow `reports_to` alone.
    pub also_reports_to: Vec<RoleId>,
    /// Roles it reports to in dotted lines.
    pub dotted_to: Vec<RoleId>,
    /// Kind of leading.
    pub archetype: Option<Archetype>,
    /// Minutes a week kept free of process work.
    pub reserved: Option<Minutes>,
    /// When in the day it works, by the clock of its unit; the hours of its unit where it is none.
    pub working_hours: Option<WorkingHours>,
    /// Why the role exists, in a sentence.
    pub purpose: String,
    /// What it is responsible for, one sentence each.
    pub responsibilities: Vec<String>,
    /// What it is measured by.
    pub kpis: Vec<Kpi>,
    /// Free text.
    pub description: String,
}

/// How well a person can do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkillLevel {
    /// Not alone yet.
    Learning,
    /// Alone.
    Capable,
    /// Teaches others.
    Expert,
}

/// One skill of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// What: the same word as the skill of a step or decision.
    pub name: String,
    /// How well.
    pub level: SkillLevel,
}

/// Days on which a person is away, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// Somebody who holds roles.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Stable text key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// Hours of work in a week.
    pub hours_per_week: Option<f64>,
    /// When the person is away.
    pub holidays: Vec<Absence>,
    /// What the person has passed on for a time, of all their roles and rights.
    pub delegations: Vec<Delegation>,
    /// What the person can do.
    pub skills: Vec<Skill>,
    /// Free text.
    pub description: String,
}

/// What an external is to the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExternalKind {
    /// Buys.
    Customer,
    /// Sells to the organisation.
    Supplier,
    /// Works with it.
    Partner,
    /// Runs a part of it on their own account.
    Franchisee,
    /// Watches over it.
    Authority,
}

/// A customer, supplier, partner or franchisee outside the organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct External {
    /// Stable text key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// What it is to the organisation.
    pub kind: Option<ExternalKind>,
    /// Who could take its place; none when it was never asked, empty when nobody could.
    pub substitutes: Option<Vec<String>>,
    /// The units it serves or is served by.
    pub serves: Vec<UnitId>,
    /// The role that looks after it.
    pub owner: Option<RoleId>,
    /// Free text.
    pub description: String,
}

/// What a system is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SystemKind {
    /// A program.
    Software,
    /// A machine.
    Machine,
    /// A store of documents or data.
    Store,
}

/// Software, machine or document store that performs or supports steps.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// Stable text key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: Option<SystemKind>,
    /// What it is for, a word shared with systems of the same use.
    pub purpose: String,
    /// What could take its place; none when it was never asked, empty when nothing could.
    pub substitutes: Option<Vec<String>>,
    /// The units that use it.
    pub serves: Vec<UnitId>,
    /// The role that looks after it.
    pub owner: Option<RoleId>,
    /// Free text.
    pub description: String,
}

/// How a body comes to a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// One member decides.
    Single,
    /// One member decides after asking those concerned.
    Advice,
    /// Nobody has a grave objection.
    Consent,
    /// Everybody agrees.
    Consensus,
    /// More than half of the votes.
    Majority,
    /// Votes with weights, up to a quota.
    Weighted,
}

/// A member of a body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// A role, person, unit or external.
    pub actor: Actor,
    /// Votes; 1 where all are equal.
    pub weight: Amount,
}

/// A group that decides together.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Stable text key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// The unit it belongs to.
    pub unit: Option<UnitId>,
    /// Who belongs to it.
    pub members: Vec<Member>,
    /// How it decides.
    pub method: Option<Method>,
    /// How many members must be there.
    pub quorum: Option<u32>,
    /// Votes needed in a weighted vote.
    pub quota: Option<Amount>,
    /// What happens when votes are equal.
    pub tie_rule: String,
    /// What happens when a member has a conflict of interest.
    pub conflict_rule: String,
    /// Free text.
    pub description: String,
}
