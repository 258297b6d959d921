//! A small bakery with every kind of element, for the tests of pictures.

use crate::model::*;
use crate::scene::{Load, LoadLevel, Mark, Options, Severity};

pub(crate) struct Bakery {
    pub(crate) document: Document,
    pub(crate) chart: ViewId,
    pub(crate) refund: ViewId,
    pub(crate) matrix: ViewId,
    pub(crate) board: ViewId,
    pub(crate) options: Options,
}

fn letter(code: &str, name: &str, duty: Duty) -> Letter {
    Letter { duties: vec![duty], ..Letter::new(code, name) }
}

struct Maker {
    document: Document,
    options: Options,
}

impl Maker {
    fn unit(&mut self, parent: Option<UnitId>, name: &str, kind: &str, tint: u8) -> UnitId {
        self.document.insert(Unit { parent, kind: kind.into(), tint: Some(tint), ..Unit::new(name) })
    }

    fn role(&mut self, unit: UnitId, name: &str, holders: &[&str], load: f64) -> RoleId {
        let document = &mut self.document;
        let holding = |person| Holding { person, share: None };
        let holders: Vec<Holding> = holders.iter().map(|name| holding(document.insert(Person::new(*name)))).collect();
        let vacant = holders.is_empty();
        let id = document.insert(Role { unit: Some(unit), holders, vacant, ..Role::new(name) });
        let level = match load {
            load if load >= 0.9 => LoadLevel::Over,
            load if load >= 0.8 => LoadLevel::High,
            _ => LoadLevel::Usual,
        };
        if load > 0.0 {
            self.options.loads.insert(id.into(), Load { share: load, level });
        }
        id
    }

    fn decision(&mut self, area: &str, name: &str, often: &str, rights: &[(&[Actor], &str)]) -> DecisionId {
        let frequency = often.parse().ok();
        let id = self.document.insert(Decision { area: area.into(), frequency, ..Decision::new(name) });
        for (holders, text) in rights {
            let (letter, limit) = text.split_once(' ').unwrap_or((text, ""));
            let tiers = parse_tiers(limit, Currency::EUR).unwrap();
            for holder in *holders {
                self.document
                    .insert(Right { tiers: tiers.clone(), ..Right::new(Subject::Decision(id), *holder, letter) });
            }
        }
        id
    }

    fn step(&mut self, process: ProcessId, performer: Actor, name: &str, work: &str, per_week: f64) -> StepId {
        let work = work.parse().ok();
        let id = self.document.insert(Step { performer: Some(performer), work, ..Step::new(process, name) });
        self.options.per_week.insert(id.into(), per_week);
        id
    }

    fn flow(&mut self, process: ProcessId, from: FlowNode, to: FlowNode, name: &str, probability: Option<f64>) {
        self.document.insert(Flow { name: name.into(), probability, ..Flow::new(process, from, to) });
    }
}

pub(crate) fn bakery() -> Bakery {
    let mut make = Maker { document: Document::default(), options: Options::default() };
    make.document.insert(Framework {
        key: Key::unset(),
        name: "Own".into(),
        description: String::new(),
        letters: vec![
            letter("D", "decides", Duty::Decide),
            letter("A", "must agree", Duty::Agree),
            letter("R", "recommends", Duty::Prepare),
            letter("C", "gives input", Duty::Consult),
            letter("I", "is told", Duty::Inform),
        ],
        built_in: false,
    });
    let firm = make.unit(None, "Three Corners Bakery", "company", 4);
    let office = make.unit(Some(firm), "Office", "department", 0);
    let bakehouse = make.unit(Some(firm), "Bakehouse", "bakehouse", 2);
    let square = make.unit(Some(firm), "Market Square", "shop", 1);
    let station = make.unit(Some(firm), "Station", "shop", 1);
    let owner = make.role(office, "Owner", &["Ana Costa"], 0.96);
    let accountant = make.role(office, "Accountant", &["Dora Lenz"], 0.5);
    let help = make.role(office, "HR help", &[], 0.0);
    let baker = make.role(bakehouse, "Head baker", &["Emil Roth"], 0.84);
    make.role(bakehouse, "Baker", &["Ida", "Jan", "Kim", "Lea", "Max", "Nora"], 0.71);
    let manager = make.role(square, "Manager", &["Ben Aydin"], 0.54);
    let assistant = make.role(square, "Assistant", &["Ola", "Pia", "Rob", "Sam"], 0.78);
    let manager_two = make.role(station, "Manager", &["Carla Nowak"], 0.61);
    let assistant_two = make.role(station, "Assistant", &["Tom", "Uma", "Vic"], 0.8);
    if let Some(role) = make.document.get_mut::<Role>(baker) {
        role.dotted_to = vec![manager];
    }
    let customers = make.document.insert(External { kind: Some(ExternalKind::Customer), ..External::new("Customers") });
    let miller = External {
        kind: Some(ExternalKind::Supplier),
        substitutes: Some(Vec::new()),
        ..External::new("Miller Hoffmann")
    };
    make.document.insert(miller);
    let adviser = make.document.insert(External { kind: Some(ExternalKind::Partner), ..External::new("Tax adviser") });
    let till = make.document.insert(System { kind: Some(SystemKind::Software), ..System::new("Till") });
    let member = |actor| Member { actor, weight: Amount::whole(1) };
    let council = make.document.insert(Body {
        unit: Some(office),
        method: Some(Method::Majority),
        members: vec![member(Actor::Role(owner)), member(Actor::Role(accountant))],
        ..Body::new("Price council")
    });
    let [owner_, accountant_, help_] = [owner, accountant, help].map(Actor::Role);
    let managers = [manager, manager_two].map(Actor::Role);
    let assistants = [assistant, assistant_two].map(Actor::Role);
    let refund = make.decision(
        "Money",
        "Grant refund",
        "60 per week",
        &[(&[owner_], "D"), (&managers, "D ≤ 200 EUR"), (&assistants, "R")],
    );
    make.decision(
        "Money",
        "Pay a bill",
        "40 per week",
        &[(&[owner_], "D > 2000 EUR"), (&[accountant_], "D ≤ 2000 EUR"), (&[Actor::External(adviser)], "I")],
    );
    make.decision("Money", "Change a price", "2 per month", &[(&[owner_, accountant_], "I"), (&managers, "C")]);
    make.decision(
        "People",
        "Hire staff",
        "1 per month",
        &[(&[owner_], "D"), (&[accountant_], "C"), (&[help_], "R"), (&managers, "R")],
    );
    make.decision(
        "People",
        "Approve overtime",
        "12 per week",
        &[(&[owner_, accountant_, help_], "A"), (&managers, "R")],
    );
    let process = make.document.insert(Process { cases: Some(Rate::weekly(60.0)), ..Process::new("Refund") });
    let customer = Some(Actor::External(customers));
    let start = Event { performer: customer, ..Event::new(process, EventKind::Start, "Complaint") };
    let start = FlowNode::Event(make.document.insert(start));
    let end =
        FlowNode::Event(make.document.insert(Event { performer: customer, ..Event::new(process, EventKind::End, "") }));
    let [seller, leader] = [assistant, manager].map(Actor::Role);
    let take = FlowNode::Step(make.step(process, seller, "Take complaint", "4 min", 60.0));
    let check = FlowNode::Step(make.step(process, seller, "Check receipt", "10 min", 60.0));
    let split = make.document.insert(Gateway {
        performer: Some(seller),
        decision: Some(refund),
        ..Gateway::new(process, GatewayKind::Exclusive, "How much?")
    });
    let split_node = FlowNode::Gateway(split);
    let small = FlowNode::Step(make.step(process, leader, "Approve refund", "2 min", 42.0));
    let large = make.step(process, owner_, "Approve large refund", "6 min", 12.0);
    let wait = "2.1 d".parse().ok();
    if let Some(step) = make.document.get_mut::<Step>(large) {
        step.wait = wait;
    }
    let pay = FlowNode::Step(make.step(process, accountant_, "Pay refund", "5 min", 54.0));
    make.flow(process, start, take, "", None);
    make.flow(process, take, check, "", None);
    make.flow(process, check, split_node, "", None);
    make.flow(process, split_node, end, "rejected", Some(0.1));
    make.flow(process, split_node, small, "", Some(0.7));
    make.flow(process, split_node, FlowNode::Step(large), "", Some(0.2));
    make.flow(process, small, pay, "", None);
    make.flow(process, FlowNode::Step(large), pay, "", None);
    make.flow(process, pay, end, "", None);
    let about = Some(ElementRef::Step(large));
    let note =
        make.document.insert(Note { about, author: "Ana".into(), ..Note::new("Ana signs these on Mondays only.") });
    let receipt = make.document.insert(Artefact { kind: "form".into(), ..Artefact::new("Receipt") });
    make.options.marks.insert(owner.into(), Mark { severity: Severity::High, count: 3 });
    make.options.marks.insert(large.into(), Mark { severity: Severity::Block, count: 1 });
    make.options.marks.insert(assistant_two.into(), Mark { severity: Severity::Medium, count: 1 });
    let chart = make.document.insert(View::new("Organisation", ViewKind::organisation(None)));
    let refund_view = make.document.insert(View::new(
        "Refund",
        ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() },
    ));
    let matrix = make.document.insert(View::new("Rights", ViewKind::Matrix(MatrixView::default())));
    let board = make.document.insert(View::new("New shop", ViewKind::Board));
    let person = make.document.people().ids().next().unwrap();
    let on_board: [ElementRef; 11] = [
        station.into(),
        manager_two.into(),
        council.into(),
        till.into(),
        process.into(),
        refund.into(),
        receipt.into(),
        note.into(),
        person.into(),
        customers.into(),
        split.into(),
    ];
    for (index, element) in on_board.into_iter().enumerate() {
        let center = Point::new(110.0 + 230.0 * (index % 4) as f64, 60.0 + 110.0 * (index / 4) as f64);
        make.document.insert(Placement { center: Some(center), ..Placement::unplaced(board, element) });
    }
    Bakery { document: make.document, chart, refund: refund_view, matrix, board, options: make.options }
}

impl Bakery {
    pub(crate) fn views(&self) -> [ViewId; 4] {
        [self.chart, self.refund, self.matrix, self.board]
    }
}
