//! Any edit with any arguments, out of a list of numbers: for tests that must hold whatever the user does.
//!
//! The arguments are mostly sensible and sometimes not: elements that are gone, places that are no numbers, letters that
//! no framework has. A test feeds the numbers and so finds the shortest list that fails.

mod rights;

use crate::edit::*;
use crate::model::*;

/// The numbers that decide; zeros when they are used up.
#[derive(Clone, Debug)]
pub struct Choices<'a>(pub &'a [u16]);

/// How many kinds of edit [`edit`] makes.
pub const KINDS: usize = 29;

impl Choices<'_> {
    /// The next number from 0 to `below` − 1; 0 where `below` is 0.
    pub fn below(&mut self, below: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first) % below.max(1)
    }

    fn chance(&mut self, percent: usize) -> bool {
        // A list that is used up leads to the plain case.
        self.below(100) >= 100 - percent
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        items.get(self.below(items.len())).cloned()
    }

    fn word(&mut self) -> String {
        let words = ["Clerk", "Owner", "Check order", "", "Refund", "漢字 “x”", "Shop\nNorth", "Pay"];
        self.pick(&words).unwrap_or_default().to_owned()
    }

    fn working_hours(&mut self) -> Option<WorkingHours> {
        self.pick(&["08:00 to 16:30", "22:00 to 06:00", "12:00 to 12:00"]).and_then(|text| text.parse().ok())
    }

    fn point(&mut self) -> Point {
        if self.chance(2) {
            return Point::new(f64::NAN, 0.0);
        }
        Point::new(self.below(900) as f64 - 200.0, self.below(700) as f64 - 150.0)
    }

    fn maybe_point(&mut self) -> Option<Point> {
        self.chance(60).then(|| self.point())
    }

    fn points(&mut self) -> Vec<Point> {
        (0..self.below(5)).map(|_| self.point()).collect()
    }

    /// A handle of this kind, now and then of nothing.
    fn id<E: Element>(&mut self, document: &Document) -> E::Id {
        let ids: Vec<E::Id> = E::table(document).ids().collect();
        if self.chance(4) {
            return E::Id::from_index(E::table(document).next_index() + 3);
        }
        self.pick(&ids).unwrap_or_else(|| E::Id::from_index(0))
    }

    fn element(&mut self, document: &Document) -> ElementRef {
        let common = [ElementKind::Step, ElementKind::Role, ElementKind::Unit, ElementKind::Gateway];
        let kind = if self.chance(40) { self.pick(&common) } else { self.pick(&ElementKind::ALL) };
        match kind.unwrap_or(ElementKind::Step) {
            ElementKind::Unit => self.id::<Unit>(document).into(),
            ElementKind::Role => self.id::<Role>(document).into(),
            ElementKind::Person => self.id::<Person>(document).into(),
            ElementKind::External => self.id::<External>(document).into(),
            ElementKind::System => self.id::<System>(document).into(),
            ElementKind::Body => self.id::<Body>(document).into(),
            ElementKind::Process => self.id::<Process>(document).into(),
            ElementKind::Step => self.id::<Step>(document).into(),
            ElementKind::Gateway => self.id::<Gateway>(document).into(),
            ElementKind::Event => self.id::<Event>(document).into(),
            ElementKind::Flow => self.id::<Flow>(document).into(),
            ElementKind::Link => self.id::<Link>(document).into(),
            ElementKind::Artefact => self.id::<Artefact>(document).into(),
            ElementKind::Decision => self.id::<Decision>(document).into(),
            ElementKind::Right => self.id::<Right>(document).into(),
            ElementKind::Framework => self.id::<Framework>(document).into(),
            ElementKind::Note => self.id::<Note>(document).into(),
            ElementKind::View => self.id::<View>(document).into(),
            ElementKind::Placement => self.id::<Placement>(document).into(),
        }
    }

    fn elements(&mut self, document: &Document) -> Vec<ElementRef> {
        (0..1 + self.below(3)).map(|_| self.element(document)).collect()
    }

    fn node(&mut self, document: &Document) -> FlowNode {
        match self.below(4) {
            0 => FlowNode::Gateway(self.id::<Gateway>(document)),
            1 => FlowNode::Event(self.id::<Event>(document)),
            _ => FlowNode::Step(self.id::<Step>(document)),
        }
    }

    fn line(&mut self, document: &Document) -> ElementRef {
        match self.chance(30) {
            true => self.id::<Link>(document).into(),
            false => self.id::<Flow>(document).into(),
        }
    }

    fn element_type(&mut self) -> rules::ElementType {
        match self.below(7) {
            0 => rules::ElementType::Step(self.step_kind()),
            1 => rules::ElementType::Gateway(self.gateway_kind()),
            2 => rules::ElementType::Note(NoteForm::Frame),
            5 => rules::ElementType::Unit,
            6 => rules::ElementType::Role,
            3 => rules::ElementType::Artefact(ArtefactForm::Store),
            _ => {
                let kinds = [EventKind::Start, EventKind::Intermediate, EventKind::End];
                rules::ElementType::Event(self.pick(&kinds).unwrap_or(EventKind::End))
            }
        }
    }

    fn actor(&mut self, document: &Document) -> Actor {
        match self.below(9) {
            0 => Actor::Unit(self.id::<Unit>(document)),
            1 => Actor::Person(self.id::<Person>(document)),
            2 => Actor::External(self.id::<External>(document)),
            3 => Actor::System(self.id::<System>(document)),
            4 => Actor::Body(self.id::<Body>(document)),
            _ => Actor::Role(self.id::<Role>(document)),
        }
    }

    fn subject(&mut self, document: &Document) -> Subject {
        match self.chance(40) {
            true => Subject::Step(self.id::<Step>(document)),
            false => Subject::Decision(self.id::<Decision>(document)),
        }
    }

    fn chart_form(&mut self) -> ChartForm {
        self.pick(&[ChartForm::Tree, ChartForm::Circles, ChartForm::Grid]).unwrap_or_default()
    }

    fn direction(&mut self) -> FlowDirection {
        if self.chance(50) { FlowDirection::LeftToRight } else { FlowDirection::TopToBottom }
    }

    /// Elements that the view shows or could show, mostly.
    fn shown(&mut self, document: &Document, view: ViewId) -> ElementRef {
        let shown: Vec<ElementRef> = document.placements_in(view).map(|(_, placement)| placement.element).collect();
        if self.chance(25) {
            return self.element(document);
        }
        self.pick(&shown).unwrap_or_else(|| self.element(document))
    }

    fn several_shown(&mut self, document: &Document, view: ViewId) -> Vec<ElementRef> {
        (0..1 + self.below(3)).map(|_| self.shown(document, view)).collect()
    }

    fn maybe_view(&mut self, document: &Document) -> Option<ViewId> {
        self.chance(70).then(|| self.id::<View>(document))
    }

    /// A step that can hold nodes, where there is one.
    fn sub_flow(&mut self, document: &Document) -> StepId {
        let steps = document.steps().iter().filter(|(_, step)| step.kind.has_inside()).map(|(id, _)| id);
        let steps: Vec<StepId> = steps.collect();
        if self.chance(10) { self.id::<Step>(document) } else { self.pick(&steps).unwrap_or(StepId::from_index(0)) }
    }

    fn step_kind(&mut self) -> StepKind {
        let kinds = [StepKind::Task, StepKind::SubFlow, StepKind::Receive, StepKind::EventSubFlow, StepKind::Call];
        self.pick(&kinds).unwrap_or_default()
    }

    fn gateway_kind(&mut self) -> GatewayKind {
        let kinds = [GatewayKind::Exclusive, GatewayKind::EventBased, GatewayKind::Parallel];
        self.pick(&kinds).unwrap_or(GatewayKind::Exclusive)
    }

    fn lanes(&mut self, document: &Document, view: ViewId) -> Vec<Lane> {
        let mut lanes = document.get::<View>(view).map_or(&[][..], View::lanes).to_vec();
        for lane in &mut lanes {
            lane.extent = 40.0 + self.below(200) as f64;
            lane.collapsed = self.chance(10);
            if self.chance(20) {
                lane.gap = self.below(60) as f64;
                lane.depth = self.below(3) as u8;
            }
        }
        if self.chance(10) {
            for (index, lane) in lanes.iter_mut().enumerate() {
                lane.frame = Some(Area::new(self.below(300) as f64, 150.0 * index as f64, 700.0, lane.extent));
            }
        }
        if self.chance(20) {
            lanes = moved_lane(&lanes, self.below(lanes.len()), self.below(lanes.len() + 1));
        }
        if self.chance(30) {
            lanes.reverse();
        }
        if self.chance(30) {
            lanes.push(Lane::new(Some(self.actor(document))));
        }
        if self.chance(15) {
            lanes.insert(0, Lane::new(None));
        }
        if self.chance(15) {
            lanes.pop();
        }
        lanes
    }

    fn tiers(&mut self, document: &Document) -> Vec<Tier> {
        let tier = |choices: &mut Self| Tier {
            above: choices.chance(40).then(|| Amount::whole(choices.below(300) as i32)),
            up_to: choices.chance(70).then(|| Amount::whole(200 + choices.below(300) as i32)),
            co_signers: vec![choices.id::<Role>(document)],
            escalates_to: choices.chance(50).then(|| choices.id::<Role>(document)),
            conditions: vec![Condition::Unit(choices.id::<Unit>(document))],
            ..Tier::unbounded(Quantity::Money(Currency::EUR))
        };
        (0..self.below(3)).map(|_| tier(self)).collect()
    }

    fn letter(&mut self) -> String {
        self.pick(&["R", "a", "C", "I", "D", "Z"]).unwrap_or_default().to_owned()
    }
}

/// A new node of a process.
fn node_record(document: &Document, choices: &mut Choices<'_>) -> Record {
    let process = choices.id::<Process>(document);
    let performer = choices.chance(40).then(|| choices.actor(document));
    let name = choices.word();
    match choices.below(6) {
        0 => {
            let parent = choices.chance(20).then(|| choices.sub_flow(document));
            let kind = choices.gateway_kind();
            Gateway { performer, parent, ..Gateway::new(process, kind, name) }.into()
        }
        1 => {
            let kinds = [EventKind::Start, EventKind::Intermediate, EventKind::End];
            let kind = choices.pick(&kinds).unwrap_or(EventKind::Start);
            let attached = choices.chance(30).then(|| choices.id::<Step>(document));
            let parent = choices.chance(20).then(|| choices.sub_flow(document));
            let kind = if attached.is_some() && choices.chance(80) { EventKind::Intermediate } else { kind };
            let trigger = choices.pick(&[EventTrigger::Plain, EventTrigger::Link, EventTrigger::Compensation]);
            let (trigger, throws) = (trigger.unwrap_or_default(), choices.chance(30));
            Event { performer, attached, parent, trigger, throws, ..Event::new(process, kind, name) }.into()
        }
        2 if choices.chance(20) => Unit::new(name).into(),
        _ => {
            let kind = if choices.chance(30) { choices.step_kind() } else { StepKind::Task };
            let parent = choices.chance(30).then(|| choices.sub_flow(document));
            let compensates = choices.chance(10);
            let inputs = if choices.chance(20) { vec![choices.id::<Artefact>(document)] } else { Vec::new() };
            Step { performer, kind, parent, compensates, inputs, ..Step::new(process, name) }.into()
        }
    }
}

/// A new record of any kind.
fn new_record(document: &Document, choices: &mut Choices<'_>) -> Record {
    let name = choices.word();
    match choices.below(15) {
        0 => Unit { parent: choices.chance(70).then(|| choices.id::<Unit>(document)), ..Unit::new(name) }.into(),
        1 | 2 => Role {
            unit: choices.chance(70).then(|| choices.id::<Unit>(document)),
            vacant: choices.chance(30),
            ..Role::new(name)
        }
        .into(),
        3 => Person::new(name).into(),
        4 => External::new(name).into(),
        5 => System::new(name).into(),
        6 => {
            let member = Member { actor: choices.actor(document), weight: Amount::whole(1) };
            Body { members: vec![member], unit: Some(choices.id::<Unit>(document)), ..Body::new(name) }.into()
        }
        7 => Artefact::new(name).into(),
        8 => Decision { scope: vec![choices.id::<Unit>(document)], ..Decision::new(name) }.into(),
        9 => Right::new(choices.subject(document), choices.actor(document), choices.letter()).into(),
        10 => Note { about: Some(choices.element(document)), ..Note::new(name) }.into(),
        11 => Flow::new(choices.id::<Process>(document), choices.node(document), choices.node(document)).into(),
        13 => link_record(document, choices).into(),
        12 => Placement::unplaced(choices.id::<View>(document), choices.element(document)).into(),
        _ => node_record(document, choices),
    }
}

/// A new link, mostly one that makes sense.
fn link_record(document: &Document, choices: &mut Choices<'_>) -> Link {
    let kinds = [LinkKind::Association, LinkKind::Message, LinkKind::Input, LinkKind::Output];
    let kind = choices.pick(&kinds).unwrap_or(LinkKind::Association);
    let node = ElementRef::from(choices.node(document));
    match kind {
        LinkKind::Association => Link::new(kind, choices.element(document), choices.element(document)),
        LinkKind::Message => Link::new(kind, node, choices.id::<External>(document)),
        LinkKind::Input => Link::new(kind, choices.id::<Artefact>(document), node),
        LinkKind::Output => Link::new(kind, node, choices.id::<Artefact>(document)),
    }
}

/// A changed copy of what an element is; now and then something quite different.
fn changed_record(document: &Document, element: ElementRef, choices: &mut Choices<'_>) -> Record {
    let Some(mut record) = Record::of(document, element) else { return new_record(document, choices) };
    match &mut record {
        Record::Unit(unit) => match choices.below(5) {
            2 => unit.working_hours = choices.working_hours(),
            3 => unit.utc_offset = choices.pick(&["+01:00", "-08:00", "+09:30"]).and_then(|text| text.parse().ok()),
            0 => unit.parent = choices.chance(70).then(|| choices.id::<Unit>(document)),
            1 => unit.tint = Some(choices.below(10) as u8),
            _ => unit.name = choices.word(),
        },
        Record::Role(role) => match choices.below(9) {
            7 => role.also_reports_to.push(choices.id::<Role>(document)),
            8 => role.working_hours = choices.working_hours(),
            5 => role.delegations.push(rights::delegation(document, choices)),
            0 => role.reports_to = Some(choices.id::<Role>(document)),
            1 => role.unit = Some(choices.id::<Unit>(document)),
            2 => role.vacant = !role.vacant,
            3 => role.holders.push(Holding { person: choices.id::<Person>(document), share: None }),
            4 => role.deputy = Some(choices.actor(document)),
            _ => role.name = choices.word(),
        },
        Record::Person(person) => match choices.below(2) {
            0 => person.hours_per_week = Some(choices.below(200) as f64),
            _ => person.delegations.push(rights::delegation(document, choices)),
        },
        Record::System(system) => system.serves.push(choices.id::<Unit>(document)),
        Record::External(external) => external.owner = Some(choices.id::<Role>(document)),
        Record::Process(process) => match choices.below(4) {
            1 => process.purpose = choices.word(),
            2 => process.variant_on_purpose = choices.word(),
            0 => process.owner = Some(choices.id::<Role>(document)),
            _ => process.name = choices.word(),
        },
        Record::Step(step) => match choices.below(15) {
            11 => step.quality_critical = !step.quality_critical,
            12 => step.standard = choices.word(),
            13 => step.human_touch = !step.human_touch,
            14 => {
                let [rules, digital, exceptions] = [0, 1, 2].map(|_| choices.below(12) as f64 / 10.0);
                (step.rule_based, step.digital_input) = (Some(rules), Some(digital));
                step.exceptions = Some(exceptions);
            }
            5 | 6 => step.parent = choices.chance(70).then(|| choices.sub_flow(document)),
            7 => step.kind = choices.step_kind(),
            10 => {
                let [low, high] = [choices.below(30), choices.below(90)].map(|minutes| Minutes(minutes as f64));
                step.work_range = Some(Range { low, high });
            }
            8 => step.inputs.clear(),
            9 => step.compensates = !step.compensates,
            0 => step.performer = Some(choices.actor(document)),
            1 => step.process = choices.id::<Process>(document),
            2 => step.inputs.push(choices.id::<Artefact>(document)),
            3 => step.work = Some(Minutes(choices.below(90) as f64 - 5.0)),
            _ => step.name = choices.word(),
        },
        Record::Gateway(gateway) => match choices.below(3) {
            0 => gateway.parent = choices.chance(70).then(|| choices.sub_flow(document)),
            1 => gateway.kind = choices.gateway_kind(),
            _ => gateway.decision = Some(choices.id::<Decision>(document)),
        },
        Record::Event(event) => match choices.below(4) {
            0 => event.attached = choices.chance(70).then(|| choices.id::<Step>(document)),
            1 => event.parent = choices.chance(70).then(|| choices.sub_flow(document)),
            2 => event.trigger = EventTrigger::Link,
            _ => event.kind = choices.pick(&[EventKind::Start, EventKind::End]).unwrap_or(event.kind),
        },
        Record::Flow(flow) => match choices.below(2) {
            0 => flow.to = choices.node(document),
            _ => flow.artefact = Some(choices.id::<Artefact>(document)),
        },
        Record::Decision(decision) => match choices.below(3) {
            0 => decision.framework = choices.chance(70).then(|| choices.id::<Framework>(document)),
            1 => decision.locus = Some(choices.actor(document)),
            _ => decision.steps.push(choices.id::<Step>(document)),
        },
        Record::Right(right) => match choices.below(3) {
            0 => right.letter = choices.letter(),
            1 => right.holder = choices.actor(document),
            _ => right.tiers = choices.tiers(document),
        },
        Record::Framework(framework) => {
            framework.letters.pop();
        }
        Record::View(view) => match choices.below(3) {
            0 => view.kind = ViewKind::organisation(Some(choices.id::<Unit>(document))),
            1 => {
                let columns = vec![choices.actor(document)];
                view.kind = ViewKind::Matrix(MatrixView { columns, ..MatrixView::default() });
            }
            _ => view.name = choices.word(),
        },
        Record::Placement(placement) => placement.element = choices.element(document),
        Record::Note(note) => match choices.below(3) {
            0 => note.kind = choices.pick(&NoteKind::ALL).unwrap_or_default(),
            1 => note.done = !note.done,
            _ => note.about = Some(choices.element(document)),
        },
        Record::Body(body) => {
            body.members.push(Member { actor: choices.actor(document), weight: Amount::whole(1) });
        }
        Record::Artefact(artefact) => match choices.below(3) {
            0 => artefact.sensitive = !artefact.sensitive,
            1 => artefact.access = choices.word(),
            _ => artefact.name = choices.word(),
        },
        Record::Link(link) => match choices.below(2) {
            0 => link.kind = LinkKind::Association,
            _ => link.to = choices.element(document),
        },
    }
    record
}

/// An edit of a document with its arguments. Every kind of edit comes up.
pub fn edit(document: &Document, choices: &mut Choices<'_>) -> Edit {
    let kind = choices.below(KINDS);
    edit_of_kind(document, kind, choices)
}

fn edit_of_kind(document: &Document, kind: usize, choices: &mut Choices<'_>) -> Edit {
    match kind {
        0 => Insert {
            records: (0..1 + choices.below(2)).map(|_| new_record(document, choices)).collect(),
            show_in: choices.maybe_view(document).map(|view| (view, choices.maybe_point())).into_iter().collect(),
        }
        .into(),
        1 => {
            let element = choices.element(document);
            Replace { element, record: changed_record(document, element, choices) }.into()
        }
        2 => Remove { elements: choices.elements(document) }.into(),
        3 => AddProcess { name: choices.word() }.into(),
        4 => {
            let view = new_view(document, choices);
            let mut contents = choices.elements(document);
            if choices.chance(80) {
                contents.retain(|element| integrity::can_show(&view.kind, *element));
            }
            AddView { view, contents }.into()
        }
        5 => Connect {
            from: choices.element(document),
            to: choices.element(document),
            view: choices.maybe_view(document),
        }
        .into(),
        6 => Connect {
            from: choices.node(document).into(),
            to: choices.node(document).into(),
            view: choices.maybe_view(document),
        }
        .into(),
        7 => add_node(document, choices).into(),
        8 => typed_edit(document, choices),
        9 => InsertOnFlow {
            flow: choices.id::<Flow>(document),
            record: node_record(document, choices),
            view: choices.maybe_view(document),
            center: choices.maybe_point(),
        }
        .into(),
        10 | 11 => set_cells(document, choices),
        12 => SetProject { project: project(document, choices) }.into(),
        13 => {
            let element = choices.element(document);
            let waiver = Waiver {
                rule: "BN-01".to_owned(),
                elements: document.key_of(element).cloned().into_iter().collect(),
                reason: choices.word(),
                name: String::new(),
                expires: None,
            };
            Waive { waiver }.into()
        }
        14 => match document.project().waivers.first() {
            Some(waiver) => Unwaive { rule: waiver.rule.clone(), elements: waiver.elements.clone() }.into(),
            None => Unwaive { rule: "BN-01".to_owned(), elements: Vec::new() }.into(),
        },
        15 => paste(document, choices),
        16 => {
            let edits = (0..choices.below(3)).map(|_| edit(document, choices)).collect();
            Sequence { label: String::new(), edits }.into()
        }
        24 => ChangeType { element: choices.element(document), to: choices.element_type() }.into(),
        25 => {
            let end = if choices.chance(50) { LineEnd::Start } else { LineEnd::Finish };
            let to = if choices.chance(30) { choices.element(document) } else { choices.node(document).into() };
            Reconnect { line: choices.line(document), end, to }.into()
        }
        26 => edit_of_boxes(document, choices),
        27 => rights::edit_of_rows(document, choices),
        28 => MergeElements { elements: alike_elements(document, choices) }.into(),
        _ => edit_of_view(document, kind, choices),
    }
}

/// Two or three elements, mostly of one kind.
fn alike_elements(document: &Document, choices: &mut Choices<'_>) -> Vec<ElementRef> {
    match choices.below(5) {
        0 => (0..2).map(|_| choices.id::<Unit>(document).into()).collect(),
        1 => (0..2 + choices.below(2)).map(|_| choices.id::<Role>(document).into()).collect(),
        2 => (0..2).map(|_| choices.id::<Decision>(document).into()).collect(),
        3 => (0..2 + choices.below(2)).map(|_| choices.id::<Step>(document).into()).collect(),
        _ => (0..2).map(|_| choices.element(document)).collect(),
    }
}

fn add_node(document: &Document, choices: &mut Choices<'_>) -> AddNode {
    AddNode {
        view: choices.maybe_view(document),
        process: choices.id::<Process>(document),
        record: node_record(document, choices),
        center: choices.maybe_point(),
        after: choices.chance(70).then(|| choices.node(document)),
        probability: choices.chance(20).then_some(0.5),
    }
}

/// Edits that come from names and lines that are typed.
fn typed_edit(document: &Document, choices: &mut Choices<'_>) -> Edit {
    match choices.below(4) {
        0 => AddBranch { beside: choices.node(document), record: node_record(document, choices) }.into(),
        1 => NameNode {
            node: choices.node(document),
            name: choices.chance(80).then(|| choices.word()),
            condition: choices.chance(30).then(|| (choices.word(), choices.chance(50).then_some(0.4))),
            performer: choices.chance(50).then(|| performer(document, choices)),
            role: choices.chance(70).then(|| Role::new(choices.word())),
            asks: choices.chance(60),
        }
        .into(),
        2 => {
            let end = |choices: &mut Choices<'_>| match choices.chance(40) {
                true => WrittenEnd::Known(choices.node(document)),
                false => WrittenEnd::New(choices.below(3)),
            };
            let node = |choices: &mut Choices<'_>| WrittenNode {
                record: node_record(document, choices),
                performer: choices.chance(50).then(|| performer(document, choices)),
            };
            let flow = |choices: &mut Choices<'_>| WrittenFlow {
                from: end(choices),
                to: end(choices),
                name: choices.word(),
                probability: choices.chance(20).then_some(0.5),
            };
            WriteFlow {
                process: choices.id::<Process>(document),
                roles: (0..choices.below(2)).map(|_| Role::new(choices.word())).collect(),
                nodes: (0..1 + choices.below(2)).map(|_| node(choices)).collect(),
                flows: (0..choices.below(3)).map(|_| flow(choices)).collect(),
            }
            .into()
        }
        _ => add_node(document, choices).into(),
    }
}

fn performer(document: &Document, choices: &mut Choices<'_>) -> WrittenPerformer {
    match choices.chance(60) {
        true => WrittenPerformer::Known(choices.actor(document)),
        false => WrittenPerformer::New(choices.below(2)),
    }
}

/// Edits of how boxes stand together.
fn edit_of_boxes(document: &Document, choices: &mut Choices<'_>) -> Edit {
    let view = choices.id::<View>(document);
    let elements = choices.several_shown(document, view);
    match choices.below(7) {
        0 | 1 => Group { view, elements }.into(),
        2 => Ungroup { view, elements }.into(),
        3 => Lock { view, elements, locked: choices.chance(50) }.into(),
        4 => Restack { view, elements, to_front: choices.chance(50) }.into(),
        5 => SetTint { view, elements, tint: choices.chance(80).then(|| choices.below(10) as u8) }.into(),
        _ => {
            let axis = if choices.chance(50) { SpaceAxis::Sideways } else { SpaceAxis::Downward };
            let (from, by) = (choices.below(600) as f64 - 100.0, choices.below(300) as f64 - 100.0);
            MakeSpace { view, axis, from, by }.into()
        }
    }
}

/// Edits of pictures.
fn edit_of_view(document: &Document, kind: usize, choices: &mut Choices<'_>) -> Edit {
    let view = choices.id::<View>(document);
    match kind {
        17 => {
            let elements = choices.several_shown(document, view);
            MoveInView { view, moves: elements.into_iter().map(|element| (element, choices.point())).collect() }.into()
        }
        18 => {
            let elements = choices.elements(document);
            let elements = elements.into_iter().map(|element| (element, choices.maybe_point())).collect();
            ShowInView { view, elements }.into()
        }
        19 => RemoveFromView { view, elements: choices.several_shown(document, view) }.into(),
        20 => {
            let (element, center) = (choices.shown(document, view), choices.point());
            let size = choices.chance(80).then(|| Size::new(choices.below(200) as f64, 40.0));
            Resize { view, element, center, size }.into()
        }
        21 => {
            let line = choices.line(document);
            SetBends { view, line, bends: choices.points(), pinned: choices.chance(50) }.into()
        }
        22 => match choices.below(6) {
            4 => {
                let phase = |choices: &mut Choices<'_>| Phase {
                    name: choices.word(),
                    extent: 60.0 + choices.below(400) as f64,
                };
                SetPhases { view, phases: (0..choices.below(4)).map(|_| phase(choices)).collect() }.into()
            }
            5 => extract(document, view, choices),
            0 => Pin { view, elements: choices.several_shown(document, view), pinned: choices.chance(50) }.into(),
            1 if choices.chance(40) => {
                SetChart { view, form: choices.chart_form(), direction: choices.direction() }.into()
            }
            1 => Collapse { view, element: choices.shown(document, view), collapsed: choices.chance(70) }.into(),
            2 if choices.chance(25) => AddLane {
                view,
                who: match choices.chance(60) {
                    true => LaneOf::Actor(choices.actor(document)),
                    false if choices.below(3) == 0 => LaneOf::NewExternal(choices.word()),
                    false => LaneOf::NewRole(choices.word()),
                },
                after: choices.chance(50).then(|| choices.actor(document)),
            }
            .into(),
            2 if choices.chance(40) => ConvertNote {
                note: choices.id::<Note>(document),
                into: choices.pick(&[NoteInto::Step, NoteInto::Decision, NoteInto::Role]).unwrap_or(NoteInto::Step),
                view: Some(view),
            }
            .into(),
            2 if choices.chance(40) => SetConnections { view, shown: choices.chance(70) }.into(),
            _ => RemoveLane { view, actor: choices.actor(document) }.into(),
        },
        _ => match choices.below(2) {
            0 => SetLanes { view, lanes: choices.lanes(document, view) }.into(),
            _ => {
                let elements = choices.several_shown(document, view);
                let centers = elements.into_iter().map(|element| (element, choices.point())).collect();
                let lanes = choices.chance(50).then(|| choices.lanes(document, view));
                let bends = vec![(choices.id::<Flow>(document).into(), choices.points())];
                let size = choices.chance(50).then(|| Size::new(200.0, 40.0 + choices.below(90) as f64));
                let sizes = vec![(choices.shown(document, view), size)];
                let direction = choices.chance(20).then_some(FlowDirection::TopToBottom);
                let (phases, label) = (None, String::new());
                ApplyArrangement { view, centers, sizes, lanes, phases, direction, bends, label }.into()
            }
        },
    }
}

/// The ends of a flow into a flow of their own, now and then with something else.
fn extract(document: &Document, view: ViewId, choices: &mut Choices<'_>) -> Edit {
    let flow = document.get::<Flow>(choices.id::<Flow>(document));
    let mut elements: Vec<ElementRef> = flow.map_or_else(Vec::new, |flow| vec![flow.from.into(), flow.to.into()]);
    if choices.chance(30) {
        elements.push(choices.shown(document, view));
    }
    let becomes = if choices.chance(40) { ExtractedAs::Process } else { ExtractedAs::SubFlow };
    Extract { view, elements, name: choices.word(), becomes }.into()
}

fn new_view(document: &Document, choices: &mut Choices<'_>) -> View {
    let kind = match choices.below(4) {
        0 => ViewKind::Board,
        1 => ViewKind::organisation(choices.chance(60).then(|| choices.id::<Unit>(document))),
        2 if choices.chance(30) => {
            let step = choices.id::<Step>(document);
            let process = document.get::<Step>(step).map_or(choices.id::<Process>(document), |step| step.process);
            return View::inside(choices.word(), process, step);
        }
        2 => ViewKind::Process {
            process: choices.id::<Process>(document),
            lanes: Vec::new(),
            direction: FlowDirection::default(),
        },
        _ => ViewKind::Matrix(MatrixView::default()),
    };
    View::new(choices.word(), kind)
}

fn set_cells(document: &Document, choices: &mut Choices<'_>) -> Edit {
    let cell = |choices: &mut Choices<'_>| CellChange {
        subject: choices.subject(document),
        holder: choices.actor(document),
        letters: (0..choices.below(3))
            .map(|_| CellLetter { code: choices.letter(), tiers: choices.chance(30).then(|| choices.tiers(document)) })
            .collect(),
    };
    SetCells { cells: (0..1 + choices.below(3)).map(|_| cell(choices)).collect() }.into()
}

fn project(document: &Document, choices: &mut Choices<'_>) -> Box<Project> {
    let mut project = document.project().clone();
    match choices.below(3) {
        0 => project.framework = choices.chance(80).then(|| choices.id::<Framework>(document)),
        1 => project.hours_per_week = Some(choices.below(200) as f64),
        _ => project.name = choices.word(),
    }
    Box::new(project)
}

fn paste(document: &Document, choices: &mut Choices<'_>) -> Edit {
    let from = choices.maybe_view(document);
    let clip = Clip::copy(document, from, &choices.elements(document));
    let as_new = choices.chance(60);
    Paste { clip, view: choices.maybe_view(document), at: choices.maybe_point(), as_new }.into()
}

/// A small organisation to begin with: units, roles, a process with lanes, a decision with rights, a view of each kind.
pub fn start() -> Document {
    let mut document = Document::default();
    let letters = |codes: &[&str]| codes.iter().map(|code| letter(code)).collect();
    let framework = |name: &str, codes: &[&str]| Framework {
        key: Key::new(&name.to_lowercase()).unwrap_or_default(),
        name: name.to_owned(),
        description: String::new(),
        letters: letters(codes),
        built_in: name == "RACI",
    };
    let raci = document.insert(framework("RACI", &["R", "A", "C", "I"]));
    document.insert(framework("Own", &["D", "R"]));
    document.project_mut().framework = Some(raci);
    let shop = document.insert(Unit::new("Shop"));
    let till = document.insert(Unit { parent: Some(shop), ..Unit::new("Till") });
    let ana = document.insert(Person::new("Ana Costa"));
    document.insert(Person::new("Ben Hale"));
    let holders = vec![Holding { person: ana, share: Some(1.0) }];
    let owner = document.insert(Role { unit: Some(shop), holders, ..Role::new("Owner") });
    let clerk = document.insert(Role { unit: Some(till), reports_to: Some(owner), ..Role::new("Clerk") });
    document.insert(Artefact::new("Receipt"));
    document.insert(External::new("Supplier"));
    document.insert(System::new("Register"));
    let process = document.insert(Process::new("Refund"));
    let lanes = [owner, clerk].map(|role| Lane::new(Some(Actor::Role(role)))).to_vec();
    let view =
        document.insert(View::new("Refund", ViewKind::Process { process, lanes, direction: FlowDirection::default() }));
    let steps = [(clerk, "Check", 180.0), (owner, "Allow", 60.0), (clerk, "Pay", 180.0)].map(|(role, name, y)| {
        let step = document.insert(Step { performer: Some(Actor::Role(role)), ..Step::new(process, name) });
        let center = Some(Point::new(y + 40.0, y));
        document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
        step
    });
    for pair in steps.windows(2) {
        if let [from, to] = pair {
            document.insert(Flow::new(process, FlowNode::Step(*from), FlowNode::Step(*to)));
        }
    }
    let decision = document.insert(Decision { steps: vec![steps[1]], ..Decision::new("Grant refund") });
    document.insert(Right::new(Subject::Decision(decision), Actor::Role(owner), "A"));
    document.insert(Right::new(Subject::Decision(decision), Actor::Role(clerk), "R"));
    document.insert(View::new("Chart", ViewKind::organisation(Some(shop))));
    document.insert(View::new("Board", ViewKind::Board));
    document
}

/// The small organisation with more of what a foreign drawing brings: sub-flows one in another, with events on their
/// borders, a second process in a pool of its own, messages and lines to artefacts and notes.
pub fn start_with_sub_flows() -> Document {
    let mut document = start();
    let Some(process) = document.processes().ids().next() else { return document };
    let Some(view) = document.views().ids().next() else { return document };
    let sub_flow = |parent, name: &str| Step { kind: StepKind::SubFlow, parent, ..Step::new(process, name) };
    let outer = document.insert(sub_flow(None, "Outer"));
    let inner = document.insert(sub_flow(Some(outer), "Inner"));
    let [first, second] =
        ["First", "Second"].map(|name| document.insert(Step { parent: Some(inner), ..Step::new(process, name) }));
    document.insert(Flow::new(process, FlowNode::Step(first), FlowNode::Step(second)));
    let border = |attached, parent| Event {
        attached: Some(attached),
        parent,
        ..Event::new(process, EventKind::Intermediate, "Too late")
    };
    let late = document.insert(border(outer, None));
    document.insert(border(first, Some(inner)));
    let last = document.steps().ids().nth(2).unwrap_or(outer);
    document.insert(Flow::new(process, FlowNode::Event(late), FlowNode::Step(last)));
    let places = [(outer, 300.0, 500.0, 220.0), (inner, 300.0, 360.0, 160.0), (first, 220.0, 124.0, 56.0)];
    for (step, x, width, height) in places {
        let (center, size) = (Some(Point::new(x, 400.0)), Some(Size::new(width, height)));
        document.insert(Placement { center, size, ..Placement::unplaced(view, step.into()) });
    }
    let center = Some(Point::new(300.0, 510.0));
    document.insert(Placement { center, ..Placement::unplaced(view, late.into()) });
    let other = document.insert(Process::new("Delivery"));
    let supplier = Actor::External(document.externals().ids().next().unwrap_or(ExternalId::from_index(0)));
    let deliver = document.insert(Step { performer: Some(supplier), ..Step::new(other, "Deliver") });
    let center = Some(Point::new(300.0, 700.0));
    document.insert(Placement { center, ..Placement::unplaced(view, deliver.into()) });
    if let Some(View { kind: ViewKind::Process { lanes, .. }, .. }) = document.get_mut::<View>(view) {
        lanes.push(Lane { gap: 30.0, ..Lane::new(Some(supplier)) });
    }
    document.insert(Link::new(LinkKind::Message, first, deliver));
    let note = document.insert(Note::new("Mind the step"));
    document.insert(Link::new(LinkKind::Association, note, second));
    document
}

fn letter(code: &str) -> Letter {
    Letter::new(code, code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_step(editor: &mut Editor, edit: &Edit) -> Result<(), TestCaseError> {
        let before = editor.document().clone();
        prop_assert!(!edit.label(&before).is_empty());
        let verdict = edit.can_apply(&before);
        let steps = editor.done().len();
        match editor.commit(edit, 0.0) {
            Ok(committed) => {
                prop_assert!(!matches!(verdict, Verdict::No(_)));
                prop_assert!(!committed.label.is_empty());
                prop_assert!(verdict == Verdict::Yes || !committed.changed, "ignored but changed: {:?}", edit);
                // Nudges merge, so a change need not be a step of its own.
                prop_assert!(committed.changed || editor.done().len() == steps);
                for element in committed.created {
                    prop_assert!(editor.document().contains(element));
                }
            }
            Err(error) => {
                let is_refused = matches!(verdict, Verdict::No(_));
                prop_assert!(is_refused, "allowed but failed: {} by {:?}", error, edit);
                prop_assert!(!error.to_string().is_empty());
                prop_assert!(std::sync::Arc::ptr_eq(&before, editor.document()));
            }
        }
        prop_assert_eq!(integrity::check(editor.document()), Vec::new(), "after {:?}", edit);
        Ok(())
    }

    /// No flow crosses the border of a sub-flow, and an event on a border stands where its step stands.
    fn check_borders(document: &Document) -> Result<(), TestCaseError> {
        for (_, flow) in document.flows().iter() {
            prop_assert_eq!(document.parent_of(flow.from), document.parent_of(flow.to));
        }
        for (_, event) in document.events().iter() {
            if let Some(host) = event.attached.and_then(|host| document.get::<Step>(host)) {
                prop_assert_eq!(event.parent, host.parent);
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_edited_the_document_is_sound_and_undo_and_redo_are_identities(
            numbers in prop::collection::vec(any::<u16>(), 0..600)
        ) {
            let mut editor = Editor::new(start());
            let first = editor.document().clone();
            let mut choices = Choices(&numbers);
            while !choices.0.is_empty() {
                let edit = edit(editor.document(), &mut choices);
                check_step(&mut editor, &edit)?;
            }
            let last = editor.document().clone();
            while editor.undo().is_some() {}
            prop_assert!(std::sync::Arc::ptr_eq(&first, editor.document()));
            prop_assert_eq!(&start(), &**editor.document());
            while editor.redo().is_some() {}
            prop_assert!(std::sync::Arc::ptr_eq(&last, editor.document()));
        }

        #[test]
        fn sub_flows_borders_links_and_pools_stay_sound(numbers in prop::collection::vec(any::<u16>(), 0..600)) {
            let mut editor = Editor::new(start_with_sub_flows());
            let mut choices = Choices(&numbers);
            while !choices.0.is_empty() {
                let edit = edit(editor.document(), &mut choices);
                check_step(&mut editor, &edit)?;
                check_borders(editor.document())?;
            }
            while editor.undo().is_some() {}
            prop_assert_eq!(&start_with_sub_flows(), &**editor.document());
        }

        #[test]
        fn whatever_is_copied_the_clip_is_sound(numbers in prop::collection::vec(any::<u16>(), 0..40)) {
            let document = start_with_sub_flows();
            let mut choices = Choices(&numbers);
            let view = choices.maybe_view(&document);
            let clip = Clip::copy(&document, view, &choices.elements(&document));
            prop_assert_eq!(integrity::check(clip.document()), Vec::new());
        }
    }

    #[test]
    fn the_starts_are_sound() {
        assert_eq!(integrity::check(&start()), []);
        assert_eq!(integrity::check(&start_with_sub_flows()), []);
    }
}
