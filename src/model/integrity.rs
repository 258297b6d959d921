//! What must hold in every document, and the problem that is named when it does not.
//!
//! Edits never break an invariant; files made by hand can. A broken file opens with the list of its problems, and
//! nothing is dropped for it: a reference of a file to a key that nothing has gets a handle without a row, and the
//! document keeps the key ([`Document::missing_key`]) for the problem and for saving.

use super::*;

/// A broken invariant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The element that is wrong.
    pub element: ElementRef,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// The invariants, by what it is called when one is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A reference leads to nothing.
    DanglingReference {
        /// The field that holds the reference.
        field: &'static str,
        /// The handle without a row that it leads to.
        target: ElementRef,
    },
    /// A unit is above itself.
    UnitCycle,
    /// A role reports to itself, over others or directly.
    ReportingCycle,
    /// A person holds one role twice.
    DuplicateHolder,
    /// A role is marked vacant though somebody holds it.
    VacantWithHolders,
    /// The ends of a flow are not in its process.
    FlowLeavesProcess,
    /// A sub-flow stands inside itself, over others or directly.
    StepInsideItself,
    /// A node stands inside a step that has no inside, or that belongs to another process.
    CannotStandInside,
    /// An event is attached to a step of another process, or is no intermediate event.
    CannotBeAttached,
    /// A link begins or ends at something that no line can lead to.
    CannotBeLinked,
    /// Two rights have the same subject, holder and letter.
    DuplicateRight,
    /// The letter of a right is not one of its framework.
    UnknownLetter,
    /// A system holds a right, or a person, unit or body performs what it cannot.
    ActorCannotHold,
    /// Authority is passed on to something that is neither role nor person, or to the giver itself.
    CannotReceive,
    /// Two placements show one element in one view.
    DuplicatePlacement,
    /// A placement shows what its view cannot show.
    MisplacedElement,
    /// A view shows the inside of a step that has none, or that belongs to another process.
    NoInside,
    /// Two lanes of a view have the same actor.
    DuplicateLane,
    /// A number is outside its range.
    OutOfRange {
        /// The field.
        field: &'static str,
    },
    /// Lower and upper bound, or first and last day, are the wrong way round.
    ReversedBounds {
        /// The field.
        field: &'static str,
    },
    /// A range has no likely value between its ends.
    RangeMissesValue {
        /// The field of the value.
        field: &'static str,
    },
    /// The key index does not lead to the element.
    KeyNotIndexed,
    /// The file gave its key to an earlier element, too; it has a new one now. Only the loader reports this.
    DuplicateKey {
        /// The key in the file.
        key: String,
    },
}

impl Problem {
    /// One sentence about it, naming the element.
    pub fn describe(&self, document: &Document) -> String {
        let name = document.name_of(self.element);
        let kind = self.element.kind().word();
        let subject = if name.is_empty() || matches!(self.element, ElementRef::Right(_)) {
            format!("the {kind} “{}”", document.path_of(self.element))
        } else {
            format!("the {kind} “{name}”")
        };
        match &self.kind {
            ProblemKind::DanglingReference { field, target } => {
                let place = if self.element == *target { "the project" } else { &subject };
                let kind = target.kind().word();
                match document.missing_key(*target) {
                    Some(key) => format!("In {place}, “{field}” names “{key}”, and there is no such {kind}."),
                    None => format!("In {place}, “{field}” leads to a {kind} that does not exist."),
                }
            }
            ProblemKind::UnitCycle => format!("By its parents, {subject} is above itself."),
            ProblemKind::ReportingCycle => format!("By its reporting line, {subject} reports to itself."),
            ProblemKind::DuplicateHolder => format!("Somebody holds {subject} twice."),
            ProblemKind::VacantWithHolders => format!("Marked vacant though somebody holds it: {subject}."),
            ProblemKind::FlowLeavesProcess => format!("The ends of {subject} are not in its process."),
            ProblemKind::StepInsideItself => format!("By its parents, {subject} stands inside itself."),
            ProblemKind::CannotStandInside => format!("Inside a step that cannot hold it: {subject}."),
            ProblemKind::CannotBeAttached => format!("On the border of a step that cannot have it there: {subject}."),
            ProblemKind::CannotBeLinked => format!("No line can lead to an end of {subject}."),
            ProblemKind::DuplicateRight => format!("Given twice: {subject}."),
            ProblemKind::UnknownLetter => format!("Its framework does not know the letter of {subject}."),
            ProblemKind::ActorCannotHold => format!("Held by something that cannot hold it: {subject}."),
            ProblemKind::CannotReceive => {
                format!("What {subject} passes on goes to itself, or to neither a role nor a person.")
            }
            ProblemKind::DuplicatePlacement => format!("Shown twice in one view: {subject}."),
            ProblemKind::MisplacedElement => format!("Shown in a view that cannot show it: {subject}."),
            ProblemKind::NoInside => format!("It is to show the inside of a step that has none there: {subject}."),
            ProblemKind::DuplicateLane => format!("Two lanes of {subject} belong to the same actor."),
            ProblemKind::OutOfRange { field } => format!("In {subject}, “{field}” is outside its range."),
            ProblemKind::ReversedBounds { field } => format!("In {subject}, “{field}” ends before it begins."),
            ProblemKind::RangeMissesValue { field } => {
                format!("In {subject}, the range of “{field}” does not go from low over a likely value to high.")
            }
            ProblemKind::KeyNotIndexed => format!("The key index does not lead to {subject}."),
            ProblemKind::DuplicateKey { key } => {
                let new_key = document.path_of(self.element);
                format!("Two elements have the key “{key}”; {subject} now has the key “{new_key}”.")
            }
        }
    }
}

/// Every broken invariant of a document, in the order of kinds and handles. Takes time linear in its size.
pub fn check(document: &Document) -> Vec<Problem> {
    let mut sink = Sink { document, problems: Vec::new() };
    check_keys(&mut sink);
    check_organisation(&mut sink);
    check_processes(&mut sink);
    check_decisions(&mut sink);
    check_views(&mut sink);
    sink.problems
}

/// What is broken about one element, without a look at those that refer to it. Far cheaper than [`check`].
pub fn check_element(document: &Document, element: ElementRef) -> Vec<Problem> {
    fn run<E: Element>(sink: &mut Sink<'_>, id: E::Id, check: fn(&mut Sink<'_>, E::Id, &E)) {
        let document = sink.document;
        if let Some(record) = document.get::<E>(id) {
            check(sink, id, record);
        }
    }
    let mut sink = Sink { document, problems: Vec::new() };
    match element {
        ElementRef::Unit(id) => {
            run(&mut sink, id, check_unit);
            let above = |id: UnitId| document.units.get(id).and_then(|unit| unit.parent);
            sink.expect(!reaches_itself(id, document.units.len(), above), id, ProblemKind::UnitCycle);
        }
        ElementRef::Role(id) => {
            run(&mut sink, id, check_role);
            let above = |id: RoleId| document.roles.get(id).and_then(|role| role.reports_to);
            sink.expect(!reaches_itself(id, document.roles.len(), above), id, ProblemKind::ReportingCycle);
        }
        ElementRef::Person(id) => run(&mut sink, id, check_person),
        ElementRef::External(id) => run(&mut sink, id, check_external),
        ElementRef::System(id) => run(&mut sink, id, check_system),
        ElementRef::Body(id) => run(&mut sink, id, check_body),
        ElementRef::Process(id) => run(&mut sink, id, check_process),
        ElementRef::Step(id) => {
            run(&mut sink, id, check_step);
            let around = |id: StepId| document.steps.get(id).and_then(|step| step.parent);
            sink.expect(!reaches_itself(id, document.steps.len(), around), id, ProblemKind::StepInsideItself);
        }
        ElementRef::Gateway(id) => run(&mut sink, id, check_gateway),
        ElementRef::Event(id) => run(&mut sink, id, check_event),
        ElementRef::Flow(id) => run(&mut sink, id, check_flow),
        ElementRef::Link(id) => run(&mut sink, id, check_link),
        ElementRef::Decision(id) => run(&mut sink, id, check_decision),
        ElementRef::Right(id) => {
            run(&mut sink, id, check_right);
            let same = |a: &Right, b: &Right| (a.subject, a.holder, &a.letter) == (b.subject, b.holder, &b.letter);
            let doubled = is_doubled(&document.rights, id, same);
            sink.expect(!doubled, id, ProblemKind::DuplicateRight);
        }
        ElementRef::View(id) => run(&mut sink, id, check_view),
        ElementRef::Placement(id) => {
            run(&mut sink, id, check_placement);
            let same = |a: &Placement, b: &Placement| (a.view, a.element) == (b.view, b.element);
            let doubled = is_doubled(&document.placements, id, same);
            sink.expect(!doubled, id, ProblemKind::DuplicatePlacement);
        }
        ElementRef::Note(id) => run(&mut sink, id, check_note),
        ElementRef::Artefact(_) | ElementRef::Framework(_) => {}
    }
    sink.problems
}

fn reaches_itself<I: TableId>(start: I, count: usize, above: impl Fn(I) -> Option<I>) -> bool {
    let mut current = above(start);
    for _ in 0..=count {
        match current {
            Some(id) if id == start => return true,
            Some(id) => current = above(id),
            None => return false,
        }
    }
    false
}

fn is_doubled<I: TableId, T>(table: &Table<I, T>, id: I, same: impl Fn(&T, &T) -> bool) -> bool {
    table.get(id).is_some_and(|record| table.iter().any(|(other, row)| other != id && same(row, record)))
}

struct Sink<'a> {
    document: &'a Document,
    problems: Vec<Problem>,
}

impl Sink<'_> {
    fn report(&mut self, element: impl Into<ElementRef>, kind: ProblemKind) {
        self.problems.push(Problem { element: element.into(), kind });
    }

    fn expect(&mut self, holds: bool, element: impl Into<ElementRef>, kind: ProblemKind) {
        if !holds {
            self.report(element, kind);
        }
    }

    fn reference(
        &mut self,
        element: impl Into<ElementRef>,
        field: &'static str,
        target: Option<impl Into<ElementRef>>,
    ) {
        if let Some(target) = target.map(Into::into)
            && !self.document.contains(target)
        {
            self.report(element, ProblemKind::DanglingReference { field, target });
        }
    }

    fn references<T: Copy + Into<ElementRef>>(&mut self, element: ElementRef, field: &'static str, targets: &[T]) {
        for target in targets {
            self.reference(element, field, Some(*target));
        }
    }

    fn range(&mut self, element: impl Into<ElementRef>, field: &'static str, value: Option<f64>, low: f64, high: f64) {
        let inside = value.is_none_or(|value| value >= low && value <= high);
        self.expect(inside, element, ProblemKind::OutOfRange { field });
    }

    fn duration(&mut self, element: impl Into<ElementRef>, field: &'static str, value: Option<Minutes>) {
        self.range(element, field, value.map(|minutes| minutes.0), 0.0, 1.0e9);
    }

    /// The range around a likely value.
    fn ranged<T: Ranging>(
        &mut self,
        element: impl Into<ElementRef>,
        field: &'static str,
        likely: Option<T>,
        range: Option<Range<T>>,
    ) {
        let Some(range) = range.map(|range| range.map(T::size)) else { return };
        let within =
            |likely: f64| 0.0 <= range.low && range.low <= likely && likely <= range.high && range.high <= 1.0e9;
        let holds = likely.is_some_and(|likely| within(likely.size()));
        self.expect(holds, element, ProblemKind::RangeMissesValue { field });
    }
}

fn check_keys(sink: &mut Sink<'_>) {
    fn kind<E: Element>(sink: &mut Sink<'_>) {
        for (id, record) in E::table(sink.document).iter() {
            let element: ElementRef = id.into();
            let indexed = record.key().is_none_or(|key| sink.document.key_is_indexed(key, element));
            sink.expect(indexed, element, ProblemKind::KeyNotIndexed);
        }
    }
    kind::<Unit>(sink);
    kind::<Role>(sink);
    kind::<Person>(sink);
    kind::<External>(sink);
    kind::<System>(sink);
    kind::<Body>(sink);
    kind::<Process>(sink);
    kind::<Step>(sink);
    kind::<Gateway>(sink);
    kind::<Event>(sink);
    kind::<Flow>(sink);
    kind::<Link>(sink);
    kind::<Artefact>(sink);
    kind::<Decision>(sink);
    kind::<Framework>(sink);
    kind::<Note>(sink);
    kind::<View>(sink);
}

fn check_organisation(sink: &mut Sink<'_>) {
    let document = sink.document;
    for (index, in_cycle) in cycles(document.units.next_index(), |index| {
        document.units.get(UnitId::from_index(index)).and_then(|unit| unit.parent).map(TableId::index)
    }) {
        sink.expect(!in_cycle, UnitId::from_index(index), ProblemKind::UnitCycle);
    }
    for (index, in_cycle) in cycles(document.roles.next_index(), |index| {
        document.roles.get(RoleId::from_index(index)).and_then(|role| role.reports_to).map(TableId::index)
    }) {
        sink.expect(!in_cycle, RoleId::from_index(index), ProblemKind::ReportingCycle);
    }
    each(sink, &document.units, check_unit);
    each(sink, &document.roles, check_role);
    each(sink, &document.people, check_person);
    each(sink, &document.externals, check_external);
    each(sink, &document.systems, check_system);
    each(sink, &document.bodies, check_body);
    let project = document.project();
    let chosen = [project.framework, project.framework_of_tasks, project.framework_of_controls];
    for framework in chosen.into_iter().flatten().filter(|framework| !document.frameworks.contains(*framework)) {
        sink.report(framework, ProblemKind::DanglingReference { field: "framework", target: framework.into() });
    }
}

fn each<I: TableId, T>(sink: &mut Sink<'_>, table: &Table<I, T>, check: fn(&mut Sink<'_>, I, &T)) {
    for (id, record) in table.iter() {
        check(sink, id, record);
    }
}

fn check_unit(sink: &mut Sink<'_>, id: UnitId, unit: &Unit) {
    sink.reference(id, "parent", unit.parent);
    sink.range(id, "tint", unit.tint.map(f64::from), 0.0, 7.0);
}

fn check_person(sink: &mut Sink<'_>, id: PersonId, person: &Person) {
    sink.range(id, "hours_per_week", person.hours_per_week, 0.0, 168.0);
    let ordered = person.holidays.iter().all(|absence| absence.from <= absence.to);
    sink.expect(ordered, id, ProblemKind::ReversedBounds { field: "holidays" });
    check_delegations(sink, id.into(), &person.delegations);
}

/// What somebody has passed on: to roles and people, from one day to the same or a later one.
fn check_delegations(sink: &mut Sink<'_>, giver: ElementRef, delegations: &[Delegation]) {
    for delegation in delegations {
        sink.reference(giver, "delegations", Some(delegation.to));
        sink.references(giver, "delegations", &delegation.of);
        let fits = matches!(delegation.to, Actor::Role(_) | Actor::Person(_)) && giver != delegation.to.into();
        sink.expect(fits, giver, ProblemKind::CannotReceive);
        let ordered = delegation.from <= delegation.until;
        sink.expect(ordered, giver, ProblemKind::ReversedBounds { field: "delegations" });
        let bounds = delegation.limit.and_then(|limit| limit.above.zip(limit.up_to));
        let rising = bounds.is_none_or(|(above, up_to)| above < up_to);
        sink.expect(rising, giver, ProblemKind::ReversedBounds { field: "limit" });
    }
}

fn check_external(sink: &mut Sink<'_>, id: ExternalId, external: &External) {
    sink.references(id.into(), "serves", &external.serves);
    sink.reference(id, "owner", external.owner);
}

fn check_system(sink: &mut Sink<'_>, id: SystemId, system: &System) {
    sink.references(id.into(), "serves", &system.serves);
    sink.reference(id, "owner", system.owner);
}

fn check_body(sink: &mut Sink<'_>, id: BodyId, body: &Body) {
    sink.reference(id, "unit", body.unit);
    for member in &body.members {
        sink.reference(id, "members", Some(member.actor));
    }
}

fn check_role(sink: &mut Sink<'_>, id: RoleId, role: &Role) {
    sink.reference(id, "unit", role.unit);
    sink.reference(id, "reports_to", role.reports_to);
    sink.references(id.into(), "also_reports_to", &role.also_reports_to);
    sink.references(id.into(), "dotted_to", &role.dotted_to);
    sink.reference(id, "deputy", role.deputy);
    let deputy_fits = matches!(role.deputy, None | Some(Actor::Role(_) | Actor::Person(_)));
    sink.expect(deputy_fits, id, ProblemKind::ActorCannotHold);
    check_delegations(sink, id.into(), &role.delegations);
    sink.expect(!role.vacant || role.holders.is_empty(), id, ProblemKind::VacantWithHolders);
    sink.duration(id, "reserved", role.reserved);
    let mut people: Vec<PersonId> = role.holders.iter().map(|holding| holding.person).collect();
    people.sort_unstable();
    let unique = people.windows(2).all(|pair| pair.first() != pair.last());
    sink.expect(unique, id, ProblemKind::DuplicateHolder);
    for holding in &role.holders {
        sink.reference(id, "holders", Some(holding.person));
        sink.range(id, "share", holding.share, 0.0, 1.0);
    }
}

/// For every index with a successor chain: whether it lies on a cycle of that chain. Linear in the number of indexes.
fn cycles(count: u32, next: impl Fn(u32) -> Option<u32>) -> Vec<(u32, bool)> {
    // 0: not seen, otherwise the number of the walk that saw it first.
    let mut seen = vec![0_u32; count as usize];
    let mut on_cycle = vec![false; count as usize];
    for start in 0..count {
        let walk = start + 1;
        let mut current = Some(start);
        while let Some(index) = current {
            match seen.get_mut(index as usize) {
                Some(mark) if *mark == 0 => *mark = walk,
                Some(mark) if *mark == walk => {
                    mark_cycle(index, &next, &mut on_cycle);
                    break;
                }
                _ => break,
            }
            current = next(index);
        }
    }
    on_cycle.into_iter().enumerate().map(|(index, on)| (index as u32, on)).collect()
}

fn mark_cycle(entry: u32, next: &impl Fn(u32) -> Option<u32>, on_cycle: &mut [bool]) {
    let mut current = entry;
    while let Some(flag) = on_cycle.get_mut(current as usize) {
        if *flag {
            return;
        }
        *flag = true;
        match next(current) {
            Some(index) => current = index,
            None => return,
        }
    }
}

fn check_processes(sink: &mut Sink<'_>) {
    let document = sink.document;
    each(sink, &document.processes, check_process);
    each(sink, &document.steps, check_step);
    each(sink, &document.gateways, check_gateway);
    each(sink, &document.events, check_event);
    each(sink, &document.flows, check_flow);
    each(sink, &document.links, check_link);
    for (index, in_cycle) in cycles(document.steps.next_index(), |index| {
        document.steps.get(StepId::from_index(index)).and_then(|step| step.parent).map(TableId::index)
    }) {
        sink.expect(!in_cycle, StepId::from_index(index), ProblemKind::StepInsideItself);
    }
}

fn check_process(sink: &mut Sink<'_>, id: ProcessId, process: &Process) {
    sink.reference(id, "owner", process.owner);
    sink.range(id, "criticality", process.criticality.map(f64::from), 1.0, 5.0);
    sink.range(id, "cases", process.cases.map(|cases| cases.count), 0.0, 1.0e9);
    sink.ranged(id, "cases", process.cases, process.cases_range);
    sink.duration(id, "tolerable_outage", process.tolerable_outage);
    sink.duration(id, "recovery_target", process.recovery_target);
    sink.duration(id, "lead_time_goal", process.lead_time_goal);
}

/// The sub-flow that a node stands in: a step that can hold nodes, of the same process.
fn check_parent(sink: &mut Sink<'_>, node: FlowNode, process: ProcessId, parent: Option<StepId>) {
    let element = ElementRef::from(node);
    sink.reference(element, "parent", parent);
    let around = parent.and_then(|id| sink.document.steps.get(id));
    let fits = around.is_none_or(|step| step.kind.has_inside() && step.process == process);
    sink.expect(fits, element, ProblemKind::CannotStandInside);
}

fn check_step(sink: &mut Sink<'_>, id: StepId, step: &Step) {
    sink.reference(id, "process", Some(step.process));
    check_parent(sink, FlowNode::Step(id), step.process, step.parent);
    sink.reference(id, "calls", step.calls);
    sink.reference(id, "performer", step.performer);
    sink.reference(id, "system", step.system);
    sink.references(id.into(), "inputs", &step.inputs);
    sink.references(id.into(), "outputs", &step.outputs);
    sink.duration(id, "work", step.work);
    sink.ranged(id, "work", step.work, step.work_range);
    sink.duration(id, "wait", step.wait);
    sink.ranged(id, "wait", step.wait, step.wait_range);
    sink.duration(id, "batch_period", step.batch_period);
    sink.range(id, "first_time_right", step.first_time_right, 0.0, 1.0);
    sink.range(id, "rule_based", step.rule_based, 0.0, 1.0);
    sink.range(id, "digital_input", step.digital_input, 0.0, 1.0);
    sink.range(id, "exceptions", step.exceptions, 0.0, 1.0);
    for part in &step.wait_causes {
        sink.duration(id, "wait_causes", Some(part.minutes));
    }
}

fn check_gateway(sink: &mut Sink<'_>, id: GatewayId, gateway: &Gateway) {
    sink.reference(id, "process", Some(gateway.process));
    sink.reference(id, "performer", gateway.performer);
    check_parent(sink, FlowNode::Gateway(id), gateway.process, gateway.parent);
    sink.reference(id, "decision", gateway.decision);
}

fn check_event(sink: &mut Sink<'_>, id: EventId, event: &Event) {
    sink.reference(id, "process", Some(event.process));
    sink.reference(id, "performer", event.performer);
    check_parent(sink, FlowNode::Event(id), event.process, event.parent);
    sink.reference(id, "attached", event.attached);
    let host = event.attached.and_then(|host| sink.document.steps.get(host));
    let fits = host.is_none_or(|host| host.process == event.process && event.kind == EventKind::Intermediate);
    sink.expect(fits, id, ProblemKind::CannotBeAttached);
    sink.duration(id, "wait", event.wait);
}

fn check_link(sink: &mut Sink<'_>, id: LinkId, link: &Link) {
    sink.reference(id, "from", Some(link.from));
    sink.reference(id, "to", Some(link.to));
    let fits = [link.from, link.to].iter().all(|end| can_be_linked(*end));
    sink.expect(fits, id, ProblemKind::CannotBeLinked);
}

fn check_flow(sink: &mut Sink<'_>, id: FlowId, flow: &Flow) {
    let document = sink.document;
    sink.reference(id, "process", Some(flow.process));
    sink.reference(id, "from", Some(flow.from));
    sink.reference(id, "to", Some(flow.to));
    sink.reference(id, "artefact", flow.artefact);
    sink.range(id, "probability", flow.probability, 0.0, 1.0);
    let inside = [flow.from, flow.to].iter().all(|end| document.process_of(*end).is_none_or(|of| of == flow.process));
    sink.expect(inside, id, ProblemKind::FlowLeavesProcess);
}

fn check_decisions(sink: &mut Sink<'_>) {
    let document = sink.document;
    each(sink, &document.frameworks, check_framework);
    each(sink, &document.decisions, check_decision);
    let mut seen = std::collections::BTreeSet::new();
    for (id, right) in document.rights.iter() {
        check_right(sink, id, right);
        let fresh = seen.insert((right.subject, right.holder, right.letter.as_str()));
        sink.expect(fresh, id, ProblemKind::DuplicateRight);
    }
}

fn check_framework(sink: &mut Sink<'_>, id: FrameworkId, framework: &Framework) {
    for letter in &framework.letters {
        sink.range(id, "tint", letter.tint.map(f64::from), 0.0, 7.0);
        sink.range(id, "rank", letter.rank.map(f64::from), 1.0, 255.0);
    }
}

fn check_decision(sink: &mut Sink<'_>, id: DecisionId, decision: &Decision) {
    sink.reference(id, "framework", decision.framework);
    sink.references(id.into(), "scope", &decision.scope);
    sink.reference(id, "locus", decision.locus);
    sink.references(id.into(), "steps", &decision.steps);
    sink.references(id.into(), "gateways", &decision.gateways);
    sink.range(id, "importance", decision.importance.map(f64::from), 1.0, 5.0);
    sink.range(id, "frequency", decision.frequency.map(|rate| rate.count), 0.0, 1.0e9);
    sink.duration(id, "work", decision.work);
    sink.duration(id, "consult_work", decision.consult_work);
    let months = decision.commitment_months.map(f64::from);
    sink.range(id, "commitment_months", months, 1.0, 1200.0);
    sink.duration(id, "target_time", decision.target_time);
    sink.duration(id, "actual_time", decision.actual_time);
    let reversed =
        decision.amount_median.zip(decision.amount_p95).is_some_and(|(median, p95)| median.amount > p95.amount);
    sink.expect(!reversed, id, ProblemKind::ReversedBounds { field: "amounts" });
}

fn check_right(sink: &mut Sink<'_>, id: RightId, right: &Right) {
    let document = sink.document;
    sink.reference(id, "subject", Some(right.subject));
    sink.reference(id, "holder", Some(right.holder));
    sink.expect(!matches!(right.holder, Actor::System(_)), id, ProblemKind::ActorCannotHold);
    sink.duration(id, "review_window", right.review_window);
    let known =
        document.framework_of(right.subject).is_none_or(|(_, framework)| framework.letter(&right.letter).is_some());
    sink.expect(known, id, ProblemKind::UnknownLetter);
    for tier in &right.tiers {
        check_tier(sink, id, tier);
    }
}

fn check_tier(sink: &mut Sink<'_>, id: RightId, tier: &Tier) {
    let reversed = tier.above.zip(tier.up_to).is_some_and(|(above, up_to)| above >= up_to);
    sink.expect(!reversed, id, ProblemKind::ReversedBounds { field: "limit" });
    let dates = tier.valid_from.zip(tier.valid_to).is_some_and(|(from, to)| from > to);
    sink.expect(!dates, id, ProblemKind::ReversedBounds { field: "valid" });
    sink.references(id.into(), "co_signers", &tier.co_signers);
    sink.reference(id, "escalates_to", tier.escalates_to);
    sink.reference(id, "deputy", tier.deputy);
    for condition in &tier.conditions {
        if let Condition::Unit(unit) = condition {
            sink.reference(id, "conditions", Some(*unit));
        }
    }
}

fn check_views(sink: &mut Sink<'_>) {
    let document = sink.document;
    each(sink, &document.notes, check_note);
    each(sink, &document.views, check_view);
    let mut seen = std::collections::BTreeSet::new();
    for (id, placement) in document.placements.iter() {
        check_placement(sink, id, placement);
        sink.expect(seen.insert((placement.view, placement.element)), id, ProblemKind::DuplicatePlacement);
    }
}

fn check_note(sink: &mut Sink<'_>, id: NoteId, note: &Note) {
    sink.reference(id, "about", note.about);
}

fn check_view(sink: &mut Sink<'_>, id: ViewId, view: &View) {
    for phase in &view.phases {
        sink.range(id, "extent", Some(phase.extent), 1.0, 1.0e7);
    }
    sink.reference(id, "within", view.within);
    if let Some(step) = view.within.and_then(|step| sink.document.steps.get(step)) {
        let is_inside = step.kind.has_inside() && view.process() == Some(step.process);
        sink.expect(is_inside, id, ProblemKind::NoInside);
    }
    match &view.kind {
        ViewKind::Organisation { root, .. } => sink.reference(id, "root", *root),
        ViewKind::Process { process, lanes, .. } => {
            sink.reference(id, "process", Some(*process));
            let mut actors: Vec<_> = lanes.iter().map(|lane| lane.actor).collect();
            actors.sort_unstable();
            let unique = actors.windows(2).all(|pair| pair.first() != pair.last());
            sink.expect(unique, id, ProblemKind::DuplicateLane);
            for lane in lanes {
                sink.reference(id, "lanes", lane.actor);
                sink.range(id, "extent", Some(lane.extent), 0.0, 1.0e7);
                sink.range(id, "gap", Some(lane.gap), 0.0, 1.0e7);
            }
        }
        ViewKind::Board => {}
        ViewKind::Matrix(matrix) => {
            sink.references(id.into(), "processes", &matrix.processes);
            sink.references(id.into(), "columns", &matrix.columns);
            sink.references(id.into(), "collapsed", &matrix.collapsed);
        }
    }
}

fn check_placement(sink: &mut Sink<'_>, id: PlacementId, placement: &Placement) {
    let document = sink.document;
    sink.reference(id, "view", Some(placement.view));
    sink.reference(id, "element", Some(placement.element));
    let fits = document.views.get(placement.view).is_none_or(|view| can_show(&view.kind, placement.element));
    sink.expect(fits, id, ProblemKind::MisplacedElement);
    let finite =
        placement.center.iter().chain(&placement.bends).all(|point| point.x.is_finite() && point.y.is_finite());
    sink.expect(finite, id, ProblemKind::OutOfRange { field: "at" });
    let positive = placement.size.is_none_or(|size| size.width > 0.0 && size.height > 0.0);
    sink.expect(positive, id, ProblemKind::OutOfRange { field: "size" });
    sink.range(id, "tint", placement.tint.map(f64::from), 0.0, 7.0);
}

/// Whether a link may begin or end at an element.
pub fn can_be_linked(element: ElementRef) -> bool {
    use ElementKind as K;
    let is_end = matches!(element.kind(), K::Step | K::Gateway | K::Event | K::Flow | K::Artefact | K::Note);
    is_end || Actor::try_from(element).is_ok()
}

/// Whether a view of this kind can show an element.
pub fn can_show(kind: &ViewKind, element: ElementRef) -> bool {
    use ElementKind as K;
    match kind {
        ViewKind::Organisation { .. } => {
            matches!(element.kind(), K::Unit | K::Role | K::Person | K::External | K::System | K::Body | K::Note)
        }
        // Of several processes where the picture has several pools.
        ViewKind::Process { .. } => matches!(
            element.kind(),
            K::Step
                | K::Gateway
                | K::Event
                | K::Flow
                | K::Link
                | K::Artefact
                | K::System
                | K::External
                | K::Note
                | K::Decision
        ),
        ViewKind::Board => !matches!(element.kind(), K::View | K::Placement | K::Framework | K::Right),
        ViewKind::Matrix(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(build: impl FnOnce(&mut Document)) -> Vec<ProblemKind> {
        let mut document = Document::default();
        build(&mut document);
        check(&document).into_iter().map(|problem| problem.kind).collect()
    }

    #[test]
    fn an_empty_document_is_sound() {
        assert_eq!(check(&Document::default()), []);
    }

    #[test]
    fn units_above_themselves_are_named_and_nothing_else() {
        let found = problems_of(|document| {
            let a = document.insert(Unit::new("A"));
            let b = document.insert(Unit { parent: Some(a), ..Unit::new("B") });
            document.insert(Unit { parent: Some(b), ..Unit::new("hangs below the cycle") });
            document.get_mut::<Unit>(a).unwrap().parent = Some(b);
        });
        assert_eq!(found, [ProblemKind::UnitCycle, ProblemKind::UnitCycle]);
    }

    #[test]
    fn ranges_go_from_low_over_the_likely_value_to_high() {
        let found = |work: Option<f64>, low: f64, high: f64| {
            problems_of(|document| {
                let process = document.insert(Process::new("Refund"));
                let work_range = Some(Range { low: Minutes(low), high: Minutes(high) });
                document.insert(Step { work: work.map(Minutes), work_range, ..Step::new(process, "Check") });
            })
        };
        let broken = [ProblemKind::RangeMissesValue { field: "work" }];
        assert_eq!(found(Some(12.0), 8.0, 20.0), []);
        assert_eq!(found(Some(12.0), 12.0, 12.0), []);
        for (work, low, high) in
            [(None, 8.0, 20.0), (Some(7.0), 8.0, 20.0), (Some(12.0), 20.0, 8.0), (Some(1.0), -1.0, 2.0)]
        {
            assert_eq!(found(work, low, high), broken, "{low} to {high} around {work:?}");
        }
        assert_eq!(found(Some(12.0), f64::NAN, 20.0), broken);
    }

    #[test]
    fn a_reference_to_a_removed_element_dangles() {
        let found = problems_of(|document| {
            let unit = document.insert(Unit::new("Office"));
            document.insert(Role { unit: Some(unit), ..Role::new("Owner") });
            document.remove::<Unit>(unit);
        });
        assert!(matches!(found.as_slice(), [ProblemKind::DanglingReference { field: "unit", .. }]));
    }

    #[test]
    fn a_role_with_holders_is_not_vacant_and_nobody_holds_it_twice() {
        let found = problems_of(|document| {
            let person = document.insert(Person::new("Ana"));
            let holding = Holding { person, share: Some(1.5) };
            document.insert(Role { holders: vec![holding, holding], vacant: true, ..Role::new("Owner") });
        });
        let range = ProblemKind::OutOfRange { field: "share" };
        assert_eq!(found, [ProblemKind::VacantWithHolders, ProblemKind::DuplicateHolder, range.clone(), range]);
    }

    #[test]
    fn rights_are_unique_and_no_system_holds_one() {
        let found = problems_of(|document| {
            let decision = document.insert(Decision::new("Grant refund"));
            let system = document.insert(System::new("Till"));
            let right = Right::new(Subject::Decision(decision), Actor::System(system), "A");
            document.insert(right.clone());
            document.insert(right);
        });
        assert_eq!(found, [ProblemKind::ActorCannotHold, ProblemKind::ActorCannotHold, ProblemKind::DuplicateRight]);
    }

    #[test]
    fn every_problem_names_its_element() {
        let mut document = Document::default();
        let role = document.insert(Role::new("Owner"));
        document.get_mut::<Role>(role).unwrap().reports_to = Some(role);
        let described: Vec<_> = check(&document).iter().map(|problem| problem.describe(&document)).collect();
        assert_eq!(described, ["By its reporting line, the role “Owner” reports to itself."]);
    }
}
