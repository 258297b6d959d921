//! Organisations of any size from a seed: the same numbers give the same document on every machine.
//!
//! What comes out is sound and plausible: units in a tree, roles that report upward, processes whose steps are handed
//! from role to role with a gateway and a rework loop, decisions with limits, and a view of everything with places.

use crate::model::*;
use crate::storage::new_document;

/// A small generator of numbers, good enough to vary test data: an LCG of 64 bits with its upper half mixed in.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way for a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// The next number from 0 to `below` − 1; 0 where `below` is 0.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ (self.0 >> 29)) >> 16;
        usize::try_from(mixed % (below.max(1) as u64)).unwrap_or(0)
    }

    /// True in about `percent` of 100 throws.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the items; the first of an empty list does not exist.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> Option<T> {
        items.get(self.below(items.len())).copied()
    }

    fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.pick(words).unwrap_or("thing")
    }
}

const PLACES: &[&str] =
    &["North", "South", "East", "West", "River", "Hill", "Market", "Harbour", "Station", "Old Town"];
const TRADES: &[&str] = &["Sales", "Stock", "Baking", "Books", "People", "Buying", "Service", "Transport", "Repairs"];
const RANKS: &[&str] = &["lead", "clerk", "buyer", "planner", "baker", "driver", "adviser", "checker"];
const FIRST: &[&str] = &["Ana", "Ben", "Cleo", "Dora", "Emil", "Finn", "Greta", "Hugo", "Ida", "Jan", "Kim", "Lea"];
const LAST: &[&str] = &["Adler", "Costa", "Duval", "Falk", "Grau", "Hale", "Lund", "Moser", "Novak", "Ortega", "Voss"];
const VERBS: &[&str] = &["Check", "Enter", "Approve", "Pack", "Send", "Count", "Order", "Compare", "Call", "File"];
const THINGS: &[&str] = &["invoice", "return", "order", "parcel", "offer", "contract", "complaint", "delivery", "bill"];
const CHANNELS: &[&str] = &["", "in person", "mail", "phone", "shared folder"];

/// A sound document of about so many elements, placements not counted. Never fewer than a handful.
pub fn organisation(elements: usize, seed: u64) -> Document {
    let mut maker = Maker::new(&format!("Generated {elements}"), seed);
    maker.project();
    let organisation = (elements / 3).max(6);
    maker.units(organisation / 6);
    maker.roles(organisation / 2);
    maker.chart();
    while maker.document.element_count() + 12 < elements {
        let left = elements - maker.document.element_count();
        maker.process(left);
    }
    maker.matrix();
    maker.document
}

/// A sound document of one organisation chart with so many boxes, a quarter of them units.
pub fn chart(boxes: usize, seed: u64) -> Document {
    let mut maker = Maker::new("Generated chart", seed);
    maker.project();
    maker.units(boxes / 4);
    maker.roles(boxes.saturating_sub(boxes / 4));
    maker.chart();
    maker.document
}

/// A sound document of one process with about so many nodes in eight lanes: steps in a row, every now and then a gateway
/// whose two ways meet again. Its places are rough; arrange it before it is looked at.
pub fn process(nodes: usize, seed: u64) -> Document {
    let mut maker = Maker::new("Generated process", seed);
    maker.project();
    maker.units(2);
    maker.roles(8);
    let process = maker.document.insert(Process::new("Handle everything"));
    let team = maker.roles.clone();
    let performer = team.first().map(|role| Actor::Role(*role));
    let start = maker.document.insert(Event { performer, ..Event::new(process, EventKind::Start, "Asked for") });
    let mut made = vec![FlowNode::Event(start)];
    while made.len() + 1 < nodes {
        maker.block(process, &team, &mut made);
    }
    let end = maker.document.insert(Event { performer, ..Event::new(process, EventKind::End, "Done") });
    if let Some(last) = made.last() {
        maker.document.insert(Flow::new(process, *last, FlowNode::Event(end)));
    }
    made.push(FlowNode::Event(end));
    maker.process_view(process, &team, &made);
    maker.document
}

struct Maker {
    document: Document,
    dice: Dice,
    units: Vec<UnitId>,
    roles: Vec<RoleId>,
    processes: usize,
}

/// An organisation of a thousand elements with so many limits on so many further decisions: four holders or more each,
/// with units, categories and budgets as conditions.
pub fn ladders(decisions: usize, limits: usize, seed: u64) -> Document {
    let mut document = organisation(1_000, seed);
    let units: Vec<UnitId> = document.units().ids().collect();
    let roles: Vec<RoleId> = document.roles().ids().collect();
    let each = limits / decisions.max(1);
    for number in 0..decisions {
        let decision = document.insert(Decision::new(format!("Approve case {number}")));
        let holders = each.min(4).max(each / 8);
        for holder in 0..holders {
            let tiers = (holder..each).step_by(holders).map(|place| {
                let step = (place / holders) as i32;
                let mut tier = Tier::unbounded(Quantity::Money(Currency::EUR));
                tier.above = (step > 0).then(|| Amount::whole(100 * step));
                tier.up_to = Some(Amount::whole(100 * (step + 2)));
                match place % 4 {
                    0 => tier.conditions.push(Condition::Unit(units[(number + place) % units.len()])),
                    1 => tier.conditions.push(Condition::Category(format!("category {}", place % 7))),
                    2 => tier.conditions.push(Condition::Budgeted(place % 8 == 2)),
                    _ => {}
                }
                tier
            });
            let holder = Actor::Role(roles[(number * 7 + holder) % roles.len()]);
            let right = Right::new(Subject::Decision(decision), holder, "A");
            document.insert(Right { tiers: tiers.collect(), ..right });
        }
    }
    document
}

fn euros(amount: usize) -> Money {
    Money { amount: Amount::whole(i32::try_from(amount).unwrap_or(i32::MAX)), currency: Currency::EUR }
}

fn up_to(amount: usize) -> Tier {
    Tier { up_to: Some(euros(amount).amount), ..Tier::unbounded(Quantity::Money(Currency::EUR)) }
}

impl Maker {
    fn new(name: &str, seed: u64) -> Self {
        Self { document: new_document(name), dice: Dice::new(seed), units: Vec::new(), roles: Vec::new(), processes: 0 }
    }

    fn project(&mut self) {
        let project = self.document.project_mut();
        project.hours_per_week = Some(38.5);
        project.appetite = Some(euros(500));
        project.description = "Made for tests and measurements.".to_owned();
    }

    fn units(&mut self, count: usize) {
        let root = self.document.insert(Unit { kind: "company".to_owned(), ..Unit::new("Whole company") });
        self.units.push(root);
        for index in 1..count.max(2) {
            // Four to a parent on the average, filled from the top.
            let parent = self.units.get((index - 1) / 4).copied();
            let name = format!("{} {} {index}", self.dice.word(TRADES), self.dice.word(PLACES));
            let unit = Unit { parent, order: (index % 4) as i32, kind: "department".to_owned(), ..Unit::new(name) };
            self.units.push(self.document.insert(unit));
        }
    }

    fn roles(&mut self, count: usize) {
        for index in 0..count.max(3) {
            let unit_index = index % self.units.len();
            let unit = self.units.get(unit_index).copied();
            let is_lead = index < self.units.len();
            let reports_to = if !is_lead {
                self.roles.get(unit_index).copied()
            } else if unit_index > 0 {
                self.roles.get((unit_index - 1) / 4).copied()
            } else {
                None
            };
            let rank = if is_lead { "lead" } else { self.dice.word(RANKS) };
            let vacant = index > 0 && self.dice.chance(4);
            let holders = if vacant { Vec::new() } else { vec![self.holding()] };
            let name = format!("{} {rank} {index}", self.dice.word(TRADES));
            let mut role = Role { unit, reports_to, vacant, holders, order: index as i32, ..Role::new(name) };
            if self.dice.chance(20) {
                let (verb, thing) = (self.dice.word(VERBS), self.dice.word(THINGS));
                let (trade, place) = (self.dice.word(TRADES), self.dice.word(PLACES));
                role.responsibilities = vec![format!("{verb} every {thing} of {trade} {place}")];
            }
            self.roles.push(self.document.insert(role));
        }
    }

    fn holding(&mut self) -> Holding {
        let people: Vec<PersonId> = if self.dice.chance(15) { self.document.people().ids().collect() } else { vec![] };
        if let Some(person) = self.dice.pick(&people) {
            return Holding { person, share: Some(0.25) };
        }
        let name = format!("{} {}", self.dice.word(FIRST), self.dice.word(LAST));
        let hours_per_week = Some(20.0 + self.dice.below(5) as f64 * 5.0);
        let person = self.document.insert(Person { hours_per_week, ..Person::new(name) });
        Holding { person, share: Some(0.5) }
    }

    fn chart(&mut self) {
        let kind = ViewKind::organisation(self.units.first().copied());
        let view = self.document.insert(View::new("Organisation chart", kind));
        let columns = (self.units.len() as f64).sqrt().ceil().max(1.0) as usize;
        for (index, unit) in self.units.clone().into_iter().enumerate() {
            let center = Point::new((index % columns) as f64 * 220.0, (index / columns) as f64 * 260.0);
            self.place(view, unit.into(), center, Size::new(180.0, 60.0));
        }
        for (index, role) in self.roles.clone().into_iter().enumerate() {
            let (unit, row) = (index % self.units.len(), index / self.units.len());
            let x = (unit % columns) as f64 * 220.0;
            let y = (unit / columns) as f64 * 260.0 + 60.0 + row as f64 * 50.0;
            self.place(view, role.into(), Point::new(x, y), Size::new(160.0, 40.0));
        }
    }

    fn place(&mut self, view: ViewId, element: ElementRef, center: Point, size: Size) {
        let placement = Placement { center: Some(center), size: Some(size), ..Placement::unplaced(view, element) };
        self.document.insert(placement);
    }

    /// A process with a start, steps in a row, one gateway that sends some cases back, an end, and its decisions.
    fn process(&mut self, left: usize) {
        self.processes += 1;
        let (thing, number) = (self.dice.word(THINGS), self.processes);
        let process = self.document.insert(Process {
            order: i32::try_from(number).unwrap_or(i32::MAX),
            owner: self.dice.pick(&self.roles),
            cases: Some(Rate::weekly(5.0 + self.dice.below(60) as f64)),
            ..Process::new(format!("Handle {thing} {number}"))
        });
        let team: Vec<RoleId> = (0..3).filter_map(|_| self.dice.pick(&self.roles)).collect();
        let count = (3 + self.dice.below(8)).min((left / 4).max(2));
        let steps: Vec<StepId> = (0..count).map(|_| self.step(process, &team)).collect();
        let performer = team.first().map(|role| Actor::Role(*role));
        let start = self.document.insert(Event { performer, ..Event::new(process, EventKind::Start, "Asked for") });
        let end = self.document.insert(Event { performer, ..Event::new(process, EventKind::End, "Done") });
        let decision = self.decision(process, &steps, &team);
        let gateway = self.document.insert(Gateway {
            performer,
            decision: Some(decision),
            ..Gateway::new(process, GatewayKind::Exclusive, "All right?")
        });
        if let Some(decision) = self.document.get_mut::<Decision>(decision) {
            decision.gateways.push(gateway);
        }
        let mut nodes = vec![FlowNode::Event(start)];
        nodes.extend(steps.iter().map(|step| FlowNode::Step(*step)));
        nodes.extend([FlowNode::Gateway(gateway), FlowNode::Event(end)]);
        self.flows(process, &nodes, &steps);
        self.process_view(process, &team, &nodes);
    }

    /// Two to five steps in a row, or a gateway with two ways of one step each that meet again, after the last node.
    fn block(&mut self, process: ProcessId, team: &[RoleId], made: &mut Vec<FlowNode>) {
        let Some(mut last) = made.last().copied() else { return };
        if self.dice.chance(70) {
            for _ in 0..2 + self.dice.below(4) {
                let step = FlowNode::Step(self.step(process, team));
                self.document.insert(Flow::new(process, last, step));
                made.push(step);
                last = step;
            }
            return;
        }
        let performer = self.dice.pick(team).map(Actor::Role);
        let mut gateway = |name: &str| {
            let gateway = Gateway { performer, ..Gateway::new(process, GatewayKind::Exclusive, name) };
            FlowNode::Gateway(self.document.insert(gateway))
        };
        let (split, join) = (gateway("All right?"), gateway(""));
        self.document.insert(Flow::new(process, last, split));
        made.push(split);
        for (name, share) in [("yes", 0.8), ("no", 0.2)] {
            let step = FlowNode::Step(self.step(process, team));
            let way = Flow::new(process, split, step);
            self.document.insert(Flow { name: name.to_owned(), probability: Some(share), ..way });
            self.document.insert(Flow::new(process, step, join));
            made.push(step);
        }
        made.push(join);
    }

    fn step(&mut self, process: ProcessId, team: &[RoleId]) -> StepId {
        let name = format!("{} {}", self.dice.word(VERBS), self.dice.word(THINGS));
        let step = Step {
            performer: self.dice.pick(team).map(Actor::Role),
            work: Some(Minutes(1.0 + self.dice.below(30) as f64)),
            wait: self.dice.chance(50).then(|| Minutes(15.0 * (1 + self.dice.below(40)) as f64)),
            first_time_right: self.dice.chance(30).then_some(0.9),
            ..Step::new(process, name)
        };
        self.document.insert(step)
    }

    fn decision(&mut self, process: ProcessId, steps: &[StepId], team: &[RoleId]) -> DecisionId {
        let name = format!("Approve {} of {}", self.dice.word(THINGS), self.document.name_of(process.into()));
        let median = 20 * (1 + self.dice.below(50));
        let decision = self.document.insert(Decision {
            area: "work".to_owned(),
            frequency: Some(Rate::weekly(1.0 + self.dice.below(20) as f64)),
            amount_median: Some(euros(median)),
            amount_p95: Some(euros(median * 8)),
            importance: u8::try_from(1 + self.dice.below(5)).ok(),
            work: Some(Minutes(5.0)),
            steps: steps.first().copied().into_iter().collect(),
            ..Decision::new(name)
        });
        let subject = Subject::Decision(decision);
        let mut holders: Vec<RoleId> = Vec::new();
        for (role, letter) in team.iter().zip(["R", "A", "C"]) {
            if holders.contains(role) {
                continue;
            }
            holders.push(*role);
            let tiers = if letter == "A" { vec![up_to(median * 2)] } else { Vec::new() };
            self.document.insert(Right { tiers, ..Right::new(subject, Actor::Role(*role), letter) });
        }
        decision
    }

    fn flows(&mut self, process: ProcessId, nodes: &[FlowNode], steps: &[StepId]) {
        for pair in nodes.windows(2) {
            let [from, to] = *pair else { continue };
            let probability = matches!(from, FlowNode::Gateway(_)).then_some(0.9);
            let channel = self.dice.word(CHANNELS).to_owned();
            self.document.insert(Flow { probability, channel, ..Flow::new(process, from, to) });
        }
        let gateway = nodes.iter().find(|node| matches!(node, FlowNode::Gateway(_)));
        if let (Some(gateway), Some(step)) = (gateway, steps.first()) {
            let back = Flow::new(process, *gateway, FlowNode::Step(*step));
            self.document.insert(Flow { name: "again".to_owned(), probability: Some(0.1), ..back });
        }
    }

    fn process_view(&mut self, process: ProcessId, team: &[RoleId], nodes: &[FlowNode]) {
        let mut lanes: Vec<Lane> = Vec::new();
        for role in team {
            let actor = Some(Actor::Role(*role));
            if lanes.iter().all(|lane| lane.actor != actor) {
                lanes.push(Lane { extent: 120.0, ..Lane::new(actor) });
            }
        }
        let name = self.document.name_of(process.into()).to_owned();
        let view = self.document.insert(View::new(
            name,
            ViewKind::Process { process, lanes: lanes.clone(), direction: FlowDirection::default() },
        ));
        for (index, node) in nodes.iter().enumerate() {
            let performer = self.document.performer_of(*node);
            let lane = lanes.iter().position(|lane| lane.actor == performer).unwrap_or(0);
            let center = Point::new(120.0 + index as f64 * 180.0, 60.0 + lane as f64 * 120.0);
            self.place(view, (*node).into(), center, Size::new(140.0, 60.0));
        }
    }

    fn matrix(&mut self) {
        self.document.insert(View::new("Who decides", ViewKind::Matrix(MatrixView::default())));
    }
}

/// A matrix of so many decisions in areas of 25 and roles in units of 10, with seven letters of RACI in each row.
pub fn matrix(decisions: usize, roles: usize) -> Document {
    let mut document = new_document("Matrix");
    let units: Vec<UnitId> =
        (0..roles.div_ceil(10)).map(|at| document.insert(Unit::new(format!("Unit {at}")))).collect();
    let role = |at: usize| Role { unit: units.get(at / 10).copied(), ..Role::new(format!("Role {at}")) };
    let holders: Vec<RoleId> = (0..roles).map(|at| document.insert(role(at))).collect();
    for at in 0..decisions {
        let area = format!("Area {}", at / 25);
        let order = i32::try_from(at).unwrap_or(i32::MAX);
        let decision = Decision { area, order, ..Decision::new(format!("Decide on thing {at}")) };
        let subject = Subject::Decision(document.insert(decision));
        for (place, letter) in ["A", "R", "C", "I", "I", "C", "R"].into_iter().enumerate() {
            let Some(holder) = holders.get((at * 37 + place * 29) % roles.max(1)) else { continue };
            if !document.rights_on(subject).any(|(_, right)| right.holder == Actor::Role(*holder)) {
                document.insert(Right::new(subject, Actor::Role(*holder), letter));
            }
        }
    }
    document.insert(View::new("Rights", ViewKind::Matrix(MatrixView::default())));
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::integrity;

    #[test]
    fn generated_organisations_are_sound_sized_and_repeatable() {
        for elements in [0, 50, 1_000] {
            let document = organisation(elements, 7);
            assert_eq!(integrity::check(&document), [], "{elements}");
            let count = document.element_count();
            assert!(count >= elements * 9 / 10 && count <= elements + 40, "{elements} gave {count}");
            assert_eq!(document, organisation(elements, 7));
        }
        assert_ne!(organisation(50, 1), organisation(50, 2));
    }

    #[test]
    fn generated_charts_and_processes_are_sound_and_sized() {
        for document in [chart(400, 7), process(400, 7)] {
            assert_eq!(integrity::check(&document), []);
            let placed = document.views().ids().map(|view| document.placements_in(view).count()).max();
            assert!(placed.is_some_and(|placed| (400..=410).contains(&placed)), "{placed:?}");
        }
    }
}
