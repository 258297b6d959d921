//! Work that lands on roles and people in a week, and the hours there are for it.
//!
//! Load of a role = λ · Σ vᵢ xᵢ over the steps it performs + Σ f · share · minutes over the decisions it takes (flow
//! analysis). A decision that is taken within a step of its decider is not counted again: the minutes of the step
//! hold it. Capacity H = Σ hours × share over the holders − reserved minutes; utilisation ρ = load ÷ H. A person bears
//! the load of each role held in the proportion of the hours given to it, that of a role held alone wholly, beside the
//! steps performed by name. A sub-flow counts with its own work, where it states some, and with that of each step inside
//! it; a call with its own work and with the cases that it brings to the process it calls, where that states none. What
//! is inside a sub-flow and names no performer is performed by that of the sub-flow. Unknown parts are left out and named: a load with gaps is a lower bound.

use super::shares::{ShareGap, case_shares};
use super::visits::{FlowGap, Visits};
use crate::analysis::Index;
use crate::analysis::watched::{FigureChanges, InRows, Rows};
use crate::model::*;

/// An input that a load or a capacity lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoadGap {
    /// Cases per week of a process.
    Cases(ProcessId),
    /// How often a case comes to the nodes of a process.
    Flow(FlowGap),
    /// Work minutes of a step.
    Work(StepId),
    /// Frequency of a decision.
    Frequency(DecisionId),
    /// The decider's minutes of a decision.
    DecisionWork(DecisionId),
    /// Which decider takes which part of a decision's cases.
    Shares(DecisionId, ShareGap),
    /// Hours per week of a person.
    Hours(PersonId),
    /// Which share of time the holders give to a role.
    HolderShare(RoleId),
    /// Who holds a role.
    Holders(RoleId),
}

/// Work in a week, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    /// Minutes a week by step or decision, in the order in which they were found.
    pub parts: Vec<(ElementRef, f64)>,
    /// What is not counted because an input is missing.
    pub gaps: Vec<LoadGap>,
}

impl Load {
    /// Hours a week.
    pub fn hours(&self) -> f64 {
        self.parts.iter().map(|(_, minutes)| minutes).sum::<f64>() / 60.0
    }

    /// The parts with the most minutes, largest first.
    pub fn largest(&self, count: usize) -> Vec<(ElementRef, f64)> {
        let mut parts = self.parts.clone();
        parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        parts.truncate(count);
        parts
    }

    fn add(&mut self, other: &Self, factor: f64) {
        self.parts.extend(other.parts.iter().map(|(element, minutes)| (*element, minutes * factor)));
        self.gaps.extend(&other.gaps);
    }
}

/// Hours a week there are for work, or what is missing to say so.
pub type Capacity = Result<f64, Vec<LoadGap>>;

/// Loads and capacities of all roles and people.
#[derive(Debug, Default, PartialEq)]
pub struct Loads {
    roles: Vec<Load>,
    people: Vec<Load>,
    role_hours: Vec<Capacity>,
    person_hours: Vec<Capacity>,
}

impl InRows for Loads {
    fn compare(&self, older: &Self, changes: &mut FigureChanges) {
        changes.compare(Rows::Roles, (self.roles.len(), older.roles.len()), |row| {
            let row = row as usize;
            self.roles.get(row) == older.roles.get(row) && self.role_hours.get(row) == older.role_hours.get(row)
        });
        changes.compare(Rows::People, (self.people.len(), older.people.len()), |row| {
            let row = row as usize;
            self.people.get(row) == older.people.get(row) && self.person_hours.get(row) == older.person_hours.get(row)
        });
    }
}

impl Loads {
    /// Works out all loads and capacities, by the likely work and arrivals.
    pub fn new(document: &Document, index: &Index<'_>, visits: &Visits) -> Self {
        Self::at(document, index, visits, Estimate::Likely)
    }

    /// The same by one end of all ranges of the work of steps and of arrivals.
    pub(super) fn at(document: &Document, index: &Index<'_>, visits: &Visits, estimate: Estimate) -> Self {
        let mut loads = Self {
            roles: vec![Load::default(); document.roles().next_index() as usize],
            people: vec![Load::default(); document.people().next_index() as usize],
            role_hours: vec![Ok(0.0); document.roles().next_index() as usize],
            person_hours: vec![Ok(0.0); document.people().next_index() as usize],
        };
        loads.add_steps(document, index, visits, estimate);
        loads.add_decisions(document, index);
        for (id, role) in document.roles().iter() {
            set(&mut loads.role_hours, id, role_hours(document, id, role));
            loads.share_out(document, id, role);
        }
        for (id, person) in document.people().iter() {
            let hours = person_hours(document, index, &loads.role_hours, id, person);
            set(&mut loads.person_hours, id, hours);
        }
        for load in loads.roles.iter_mut().chain(&mut loads.people) {
            load.gaps.sort_unstable();
            load.gaps.dedup();
        }
        loads
    }

    /// Load of all holders of a role together.
    pub fn of_role(&self, role: RoleId) -> Option<&Load> {
        self.roles.get(role.index() as usize)
    }

    /// Load of a person in all roles and by name.
    pub fn of_person(&self, person: PersonId) -> Option<&Load> {
        self.people.get(person.index() as usize)
    }

    /// Hours a week that the holders give to a role.
    pub fn hours_of_role(&self, role: RoleId) -> &Capacity {
        self.role_hours.get(role.index() as usize).unwrap_or(&Ok(0.0))
    }

    /// Hours a week of a person for the work of all roles.
    pub fn hours_of_person(&self, person: PersonId) -> &Capacity {
        self.person_hours.get(person.index() as usize).unwrap_or(&Ok(0.0))
    }

    /// Load ÷ capacity of a role; none where a capacity is missing or nothing.
    pub fn utilisation_of_role(&self, role: RoleId) -> Option<f64> {
        utilisation(self.of_role(role)?, self.hours_of_role(role))
    }

    /// Load ÷ capacity of a person; none where a capacity is missing or nothing.
    pub fn utilisation_of_person(&self, person: PersonId) -> Option<f64> {
        utilisation(self.of_person(person)?, self.hours_of_person(person))
    }

    fn load_of(&mut self, actor: Actor) -> Option<&mut Load> {
        match actor {
            Actor::Role(role) => self.roles.get_mut(role.index() as usize),
            Actor::Person(person) => self.people.get_mut(person.index() as usize),
            _ => None,
        }
    }

    fn add_steps(&mut self, document: &Document, index: &Index<'_>, visits: &Visits, estimate: Estimate) {
        let cases = cases_per_week(document, index, visits, estimate);
        for (id, step) in document.steps().iter() {
            let Some(load) = index.performer(id).and_then(|actor| self.load_of(actor)) else { continue };
            if step.work.is_none() && has_no_work_of_its_own(index, id, step) {
                continue;
            }
            let cases = cases.get(step.process.index() as usize).copied().flatten();
            let count = visits.of(index, FlowNode::Step(id));
            if let (Some(cases), Some(count), Some(work)) = (cases, count, step.ranged_work()) {
                load.parts.push((id.into(), cases * count * work.at(estimate).0));
                continue;
            }
            if cases.is_none() {
                load.gaps.push(LoadGap::Cases(step.process));
            }
            if step.work.is_none() {
                load.gaps.push(LoadGap::Work(id));
            }
            load.gaps.extend(visits.gaps(step.process).iter().map(|gap| LoadGap::Flow(*gap)));
        }
    }

    fn add_decisions(&mut self, document: &Document, index: &Index<'_>) {
        for (id, decision) in document.decisions().iter() {
            let shares = case_shares(document, index, id);
            let deciders: Vec<(Actor, f64)> = match &shares {
                Ok(shares) => shares.clone(),
                Err(_) => index
                    .rights_with(Subject::Decision(id), Duty::Decide)
                    .map(|held| (held.right.holder, 0.0))
                    .collect(),
            };
            let gap = match (decision.frequency, decision.work, shares) {
                (Some(_), Some(_), Err(gap)) => Some(LoadGap::Shares(id, gap)),
                (None, _, _) => Some(LoadGap::Frequency(id)),
                (_, None, _) => Some(LoadGap::DecisionWork(id)),
                _ => None,
            };
            let per_week = decision.frequency.map_or(0.0, Rate::per_week);
            for (decider, share) in deciders {
                let in_own_step = |step: &StepId| index.performer(*step) == Some(decider);
                if decision.steps.iter().any(in_own_step) {
                    continue;
                }
                for actor in voters(document, decider) {
                    let Some(load) = self.load_of(actor) else { continue };
                    match (gap, decision.work) {
                        (None, Some(work)) => load.parts.push((id.into(), per_week * share * work.0)),
                        _ => load.gaps.extend(gap),
                    }
                }
            }
        }
    }

    /// Adds the load of a role to its holders.
    fn share_out(&mut self, document: &Document, id: RoleId, role: &Role) {
        let Some(load) = self.roles.get(id.index() as usize) else { return };
        if load.parts.is_empty() && load.gaps.is_empty() {
            return;
        }
        let load = load.clone();
        let parts = match holder_parts(document, id, role) {
            Ok(parts) => parts,
            Err(gaps) => {
                for holding in &role.holders {
                    if let Some(person) = self.load_of(Actor::Person(holding.person)) {
                        person.gaps.extend(&gaps);
                    }
                }
                return;
            }
        };
        for (person, part) in parts {
            if let Some(person) = self.load_of(Actor::Person(person)) {
                person.add(&load, part);
            }
        }
    }
}

/// Steps whose work is that of others: of what is inside them, of the process that they call, of a system.
fn has_no_work_of_its_own(index: &Index<'_>, id: StepId, step: &Step) -> bool {
    step.kind.is_automatic() || step.calls.is_some() || !index.inside(id).is_empty()
}

/// How many cases of each process arrive in a week, by handle: as stated, else as many as the steps make that call it.
fn cases_per_week(document: &Document, index: &Index<'_>, visits: &Visits, estimate: Estimate) -> Vec<Option<f64>> {
    let mut cases: Vec<Option<f64>> = vec![None; document.processes().next_index() as usize];
    let mut callers: Vec<Vec<StepId>> = vec![Vec::new(); cases.len()];
    for (id, process) in document.processes().iter() {
        set(&mut cases, id, process.ranged_cases().map(|cases| cases.at(estimate).per_week()));
    }
    for (id, step) in document.steps().iter() {
        if let Some(list) = step.calls.and_then(|called| callers.get_mut(called.index() as usize)) {
            list.push(id);
        }
    }
    // A call may lead to a process that is itself only known by calls; in a circle nothing gets known.
    for _ in 0..document.processes().len() {
        let mut learned = false;
        for id in document.processes().ids() {
            let callers = callers.get(id.index() as usize).map_or(&[][..], Vec::as_slice);
            if callers.is_empty() || cases.get(id.index() as usize).copied().flatten().is_some() {
                continue;
            }
            let by_caller = callers.iter().map(|step| {
                let process = document.steps().get(*step)?.process;
                let arriving = cases.get(process.index() as usize).copied().flatten()?;
                Some(arriving * visits.of(index, FlowNode::Step(*step))?)
            });
            let sum: Option<f64> = by_caller.sum();
            learned |= sum.is_some();
            set(&mut cases, id, sum);
        }
        if !learned {
            break;
        }
    }
    cases
}

fn set<I: TableId, T>(values: &mut [T], id: I, value: T) {
    if let Some(slot) = values.get_mut(id.index() as usize) {
        *slot = value;
    }
}

fn utilisation(load: &Load, hours: &Capacity) -> Option<f64> {
    let hours = *hours.as_ref().ok()?;
    (hours > 0.0).then(|| load.hours() / hours)
}

/// Who spends the time of a decision: the members of a body, else the decider.
fn voters(document: &Document, decider: Actor) -> Vec<Actor> {
    match decider {
        Actor::Body(body) => document
            .bodies()
            .get(body)
            .map_or_else(Vec::new, |body| body.members.iter().map(|member| member.actor).collect()),
        other => vec![other],
    }
}

fn hours_of(document: &Document, person: PersonId) -> Option<f64> {
    let own = document.people().get(person).and_then(|person| person.hours_per_week);
    own.or(document.project().hours_per_week)
}

/// H of a role: Σ hours × share − reserved.
fn role_hours(document: &Document, id: RoleId, role: &Role) -> Capacity {
    let given = given_hours(document, id, role)?;
    Ok(given.iter().map(|(_, hours)| hours).sum::<f64>() - role.reserved.map_or(0.0, Minutes::hours))
}

/// Hours that each holder gives to a role.
fn given_hours(document: &Document, id: RoleId, role: &Role) -> Result<Vec<(PersonId, f64)>, Vec<LoadGap>> {
    let (mut given, mut gaps) = (Vec::new(), Vec::new());
    if role.holders.is_empty() && !role.vacant {
        gaps.push(LoadGap::Holders(id));
    }
    for holding in &role.holders {
        match (hours_of(document, holding.person), holding.share) {
            (Some(hours), Some(share)) => given.push((holding.person, hours * share)),
            (hours, share) => {
                gaps.extend(hours.is_none().then_some(LoadGap::Hours(holding.person)));
                gaps.extend(share.is_none().then_some(LoadGap::HolderShare(id)));
            }
        }
    }
    gaps.dedup();
    if gaps.is_empty() { Ok(given) } else { Err(gaps) }
}

/// Part of a role's load that each holder bears.
fn holder_parts(document: &Document, id: RoleId, role: &Role) -> Result<Vec<(PersonId, f64)>, Vec<LoadGap>> {
    if let [only] = role.holders.as_slice() {
        return Ok(vec![(only.person, 1.0)]);
    }
    let given = given_hours(document, id, role)?;
    let sum: f64 = given.iter().map(|(_, hours)| hours).sum();
    if sum <= 0.0 {
        return Ok(Vec::new());
    }
    Ok(given.into_iter().map(|(person, hours)| (person, hours / sum)).collect())
}

/// H of a person: hours − the reserved minutes of the roles held, each shared by its holders.
fn person_hours(
    document: &Document,
    index: &Index<'_>,
    role_hours: &[Capacity],
    id: PersonId,
    person: &Person,
) -> Capacity {
    let own = person.hours_per_week.or(document.project().hours_per_week);
    let Some(hours) = own else { return Err(vec![LoadGap::Hours(id)]) };
    let mut left = hours;
    for (role_id, share) in index.roles_of_person(id) {
        let Some(role) = document.roles().get(*role_id) else { continue };
        let Some(reserved) = role.reserved.map(Minutes::hours) else { continue };
        if role.holders.len() == 1 {
            left -= reserved;
            continue;
        }
        let Some(of_role) = role_hours.get(role_id.index() as usize) else { continue };
        let given_by_all = of_role.clone()? + reserved;
        if let Some(share) = share.filter(|_| given_by_all > 0.0) {
            left -= reserved * hours * share / given_by_all;
        }
    }
    Ok(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::visits::tests::{REFUND, process};
    use crate::analysis::rules::testing::raci;

    /// The refund process of the worked values with its roles, holders and minutes.
    fn refund() -> (Document, [RoleId; 3]) {
        let mut document = raci();
        let nodes = process(&mut document, REFUND);
        let roles =
            [("Clerk", 35.0, 1.0), ("Owner", 40.0, 0.05), ("Accountant", 20.0, 0.5)].map(|(name, hours, share)| {
                let person = document.insert(Person { hours_per_week: Some(hours), ..Person::new(name) });
                document.insert(Role { holders: vec![Holding { person, share: Some(share) }], ..Role::new(name) })
            });
        let steps = [("receive", 0, 4.0), ("check", 0, 10.0), ("clerk", 0, 2.0), ("owner", 1, 6.0), ("pay", 2, 5.0)];
        for (name, role, minutes) in steps {
            let Some((_, FlowNode::Step(step))) = nodes.iter().find(|(known, _)| known == name) else { panic!() };
            let step = document.get_mut::<Step>(*step).unwrap();
            step.performer = Some(Actor::Role(roles[role]));
            step.work = Some(Minutes(minutes));
        }
        (document, roles)
    }

    fn loads(document: &Document) -> Loads {
        let index = Index::new(document);
        Loads::new(document, &index, &Visits::new(document, &index))
    }

    #[test]
    fn refund_flow() {
        let (document, roles) = refund();
        let loads = loads(&document);
        for (role, hours, utilisation) in [(roles[0], 17.111, 0.489), (roles[1], 1.333, 0.667), (roles[2], 5.0, 0.5)] {
            assert!((loads.of_role(role).unwrap().hours() - hours).abs() < 0.0005);
            assert!((loads.utilisation_of_role(role).unwrap() - utilisation).abs() < 0.0005);
            assert_eq!(loads.of_role(role).unwrap().gaps, []);
        }
        let clerk = document.people().ids().next().unwrap();
        assert!((loads.utilisation_of_person(clerk).unwrap() - 0.489).abs() < 0.0005);
    }

    #[test]
    fn decisions_count_by_the_share_of_their_tier_unless_a_step_holds_them() {
        let (mut document, roles) = refund();
        let decision = document.insert(Decision {
            frequency: Some(Rate::weekly(60.0)),
            work: Some(Minutes(10.0)),
            amount_median: Some("80 EUR".parse().unwrap()),
            amount_p95: Some("600 EUR".parse().unwrap()),
            ..Decision::new("Grant refund")
        });
        for (role, limit) in [(roles[0], "≤ 200"), (roles[1], "> 200")] {
            let tiers = parse_tiers(limit, Currency::EUR).unwrap();
            let right = Right::new(Subject::Decision(decision), Actor::Role(role), "A");
            document.insert(Right { tiers, ..right });
        }
        let hours = |document: &Document, role: usize| loads(document).of_role(roles[role]).unwrap().hours();
        assert!((hours(&document, 1) - (1.333 + 10.0 * 0.2272)).abs() < 0.001);
        let own_step = document.steps().iter().find(|(_, step)| step.performer == Some(Actor::Role(roles[1])));
        let own_step = own_step.unwrap().0;
        document.get_mut::<Decision>(decision).unwrap().steps.push(own_step);
        assert!((hours(&document, 1) - 1.333).abs() < 0.001);
        assert!((hours(&document, 0) - (17.111 + 10.0 * 0.7728)).abs() < 0.001);
    }

    #[test]
    fn holders_bear_a_role_in_proportion_to_their_hours() {
        let (mut document, roles) = refund();
        let second = document.insert(Person { hours_per_week: Some(35.0), ..Person::new("Second") });
        let role = document.get_mut::<Role>(roles[0]).unwrap();
        role.holders.push(Holding { person: second, share: Some(0.5) });
        role.reserved = Some(Minutes(150.0));
        let loads = loads(&document);
        assert_eq!(loads.hours_of_role(roles[0]), &Ok(35.0 * 1.5 - 2.5));
        assert!((loads.of_person(second).unwrap().hours() - 17.111 / 3.0).abs() < 0.0005);
        assert!((loads.hours_of_person(second).clone().unwrap() - (35.0 - 2.5 / 3.0)).abs() < 1e-9);
    }

    #[test]
    fn what_is_missing_is_named() {
        let (mut document, roles) = refund();
        let person = document.people().ids().next().unwrap();
        document.get_mut::<Person>(person).unwrap().hours_per_week = None;
        let step = document.steps().ids().next().unwrap();
        document.get_mut::<Step>(step).unwrap().work = None;
        let loads_now = loads(&document);
        assert_eq!(loads_now.of_role(roles[0]).unwrap().gaps, [LoadGap::Work(step)]);
        assert_eq!(loads_now.hours_of_role(roles[0]), &Err(vec![LoadGap::Hours(person)]));
        assert_eq!(loads_now.utilisation_of_role(roles[0]), None);
        document.project_mut().hours_per_week = Some(40.0);
        assert_eq!(loads(&document).hours_of_role(roles[0]), &Ok(40.0));
    }

    #[test]
    fn sub_flows_and_calls_bring_the_work_of_others_once() {
        let mut document = Document::default();
        let role = document.insert(Role::new("Clerk"));
        let clerk = Actor::Role(role);
        let process = document.insert(Process { cases: Some(Rate::weekly(60.0)), ..Process::new("Order") });
        let called = document.insert(Process::new("Baking"));
        let work = |minutes| Some(Minutes(minutes));
        let around = Step { kind: StepKind::SubFlow, performer: Some(clerk), ..Step::new(process, "Around") };
        let around = document.insert(around);
        let inside = document.insert(Step { parent: Some(around), work: work(3.0), ..Step::new(process, "Inside") });
        let call =
            Step { kind: StepKind::Call, calls: Some(called), performer: Some(clerk), ..Step::new(process, "Bake") };
        let call = document.insert(call);
        document.insert(Flow::new(process, FlowNode::Step(around), FlowNode::Step(call)));
        let bake = document.insert(Step { performer: Some(clerk), work: work(5.0), ..Step::new(called, "Heat oven") });
        let found = |document: &Document| {
            let loads = loads(document);
            let load = loads.of_role(role).unwrap();
            (load.parts.clone(), load.gaps.clone())
        };
        let parts = vec![(inside.into(), 180.0), (bake.into(), 300.0)];
        assert_eq!(found(&document), (parts.clone(), Vec::new()));
        document.get_mut::<Step>(around).unwrap().work = work(1.0);
        let own = std::iter::once((around.into(), 60.0)).chain(parts).collect();
        assert_eq!(found(&document), (own, Vec::new()));
    }
}
