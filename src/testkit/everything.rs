//! A small document in which every field of every record has a value of its own.

use crate::model::*;
use crate::storage::new_document;

fn key(text: &str) -> Key {
    Key::new(text).unwrap_or_default()
}

fn money(text: &str) -> Option<Money> {
    text.parse().ok()
}

fn minutes(text: &str) -> Option<Minutes> {
    text.parse().ok()
}

fn measured(facts: &[MeasuredFact]) -> Vec<Measurement> {
    let one = |fact: &MeasuredFact| Measurement {
        fact: *fact,
        count: 610,
        from: day("2026-01-05"),
        to: day("2026-03-29"),
        source: "returns.csv".to_owned(),
    };
    facts.iter().map(one).collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap_or_default()
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// A sound document that uses every field of every record, and texts that need care in files.
pub fn everything() -> Document {
    let mut document = new_document("Everything & “more”");
    let own = document.insert(Framework {
        key: key("own-letters"),
        name: "Own letters".to_owned(),
        description: "Two letters of our own.".to_owned(),
        letters: vec![
            Letter {
                code: "X".to_owned(),
                name: "decides".to_owned(),
                meaning: "Has the last word.".to_owned(),
                duties: vec![Duty::Decide, Duty::Do, Duty::Prepare],
                at_least: 1,
                at_most: Some(2),
                rank: Some(1),
                tint: Some(3),
            },
            Letter {
                code: "Y".to_owned(),
                name: "looks on".to_owned(),
                meaning: "Hears, helps, checks and may say no.".to_owned(),
                duties: vec![Duty::Agree, Duty::Verify, Duty::Support, Duty::Consult, Duty::Inform],
                at_least: 0,
                ..Letter::new("", "")
            },
        ],
        built_in: false,
    });
    let cast = add_organisation(&mut document);
    let flow = add_process(&mut document, &cast);
    let decision = add_decisions(&mut document, &cast, &flow, own);
    add_views(&mut document, &cast, &flow, decision);
    let project = document.project_mut();
    project.currency = "CHF".parse().unwrap_or_default();
    project.framework = Some(own);
    project.framework_of_tasks = Some(own);
    project.framework_of_controls = Some(own);
    project.profile = Profile::Audit;
    project.hours_per_week = Some(38.5);
    project.appetite = money("1200.50 CHF");
    project.thresholds = [("BN-01.high".to_owned(), 0.9), ("V-02.share".to_owned(), 0.25)].into();
    project.waivers = vec![
        Waiver {
            rule: "BN-04".to_owned(),
            elements: vec![key("boss"), key("grant")],
            reason: "Until a shop lead is found.".to_owned(),
            name: "Ana Costa".to_owned(),
            expires: Some(day("2027-03-31")),
        },
        Waiver { rule: "H-04".to_owned(), elements: vec![], reason: String::new(), name: String::new(), expires: None },
    ];
    project.description = "Two lines,\nthe second with a tab\tand a backslash \\ and \"quotes\".".to_owned();
    document
}

struct Cast {
    root: UnitId,
    shop: UnitId,
    boss: RoleId,
    lead: RoleId,
    ana: PersonId,
    supplier: ExternalId,
    till: SystemId,
    council: BodyId,
}

fn kpis() -> Vec<Kpi> {
    vec![
        Kpi { name: "Returns".to_owned(), target: "below 1 %".to_owned() },
        Kpi { name: "Smiles".to_owned(), target: String::new() },
    ]
}

fn add_organisation(document: &mut Document) -> Cast {
    let root = document.insert(Unit { key: key("root"), kind: "company".to_owned(), ..Unit::new("Company") });
    let shop = document.insert(Unit {
        key: key("shop"),
        name: "Shop 漢字".to_owned(),
        parent: Some(root),
        order: -2,
        kind: "shop".to_owned(),
        model_type: Some(ModelType::NetworkTeam),
        goals: texts(["Sell", "Sell more"]),
        kpis: kpis(),
        budget: money("250000 CHF"),
        weekly_appetite: money("1500 CHF"),
        shared_service: true,
        working_hours: "22:30 to 06:15".parse().ok(),
        utc_offset: "-03:30".parse().ok(),
        responsibilities: texts([
            "Sells what the bakehouse bakes, from six in the morning until the shelves are empty",
            "Keeps the till right to the last coin",
        ]),
        tint: Some(7),
        description: "On the corner.".to_owned(),
    });
    let ana = document.insert(Person {
        key: key("ana"),
        name: "Ana Costa".to_owned(),
        hours_per_week: Some(42.25),
        holidays: vec![
            Absence { from: day("2026-12-24"), to: day("2027-01-02") },
            Absence { from: day("2027-07-01"), to: day("2027-07-14") },
        ],
        delegations: vec![],
        skills: vec![
            Skill { name: "baking".to_owned(), level: SkillLevel::Expert },
            Skill { name: "books".to_owned(), level: SkillLevel::Capable },
            Skill { name: "law".to_owned(), level: SkillLevel::Learning },
        ],
        description: "Founder.".to_owned(),
    });
    let ben = document.insert(Person { key: key("ben"), ..Person::new("Ben Adler") });
    let boss = document.insert(Role {
        key: key("boss"),
        unit: Some(root),
        holders: vec![Holding { person: ana, share: Some(0.75) }, Holding { person: ben, share: None }],
        ..Role::new("Boss")
    });
    let lead = document.insert(Role {
        key: key("lead"),
        name: "Shop lead".to_owned(),
        unit: Some(shop),
        order: 3,
        level: Some(1),
        holders: vec![],
        vacant: true,
        term_ends: Some(day("2028-06-30")),
        deputy: Some(Actor::Person(ben)),
        delegations: vec![Delegation::new(Actor::Role(boss), day("2026-12-24"), day("2027-01-02"))],
        reports_to: Some(boss),
        also_reports_to: vec![boss],
        dotted_to: vec![boss],
        archetype: Some(Archetype::PlayerCoach),
        reserved: minutes("90 min"),
        working_hours: "05:00 to 13:30".parse().ok(),
        purpose: "Runs the shop.".to_owned(),
        responsibilities: texts(["Opens", "Closes"]),
        kpis: kpis(),
        description: "Open since May.".to_owned(),
    });
    let supplier = document.insert(External {
        key: key("mill"),
        name: "Mill".to_owned(),
        kind: Some(ExternalKind::Supplier),
        substitutes: Some(texts(["Other mill"])),
        serves: vec![root, shop],
        owner: Some(boss),
        description: "Flour.".to_owned(),
    });
    document.insert(External { key: key("tax"), substitutes: Some(vec![]), ..External::new("Tax office") });
    let till = document.insert(System {
        key: key("till"),
        name: "Till".to_owned(),
        kind: Some(SystemKind::Machine),
        purpose: "sales".to_owned(),
        substitutes: Some(vec![]),
        serves: vec![shop],
        owner: Some(lead),
        description: "Old.".to_owned(),
    });
    let council = document.insert(Body {
        key: key("council"),
        name: "Council".to_owned(),
        unit: Some(root),
        members: vec![
            Member { actor: Actor::Role(boss), weight: "2.5".parse().unwrap_or_default() },
            Member { actor: Actor::Person(ben), weight: Amount::whole(1) },
        ],
        method: Some(Method::Weighted),
        quorum: Some(2),
        quota: Some(Amount::whole(3)),
        tie_rule: "The boss decides.".to_owned(),
        conflict_rule: "Whoever gains leaves the room.".to_owned(),
        description: "Meets on Mondays.".to_owned(),
    });
    Cast { root, shop, boss, lead, ana, supplier, till, council }
}

struct Parts {
    process: ProcessId,
    step: StepId,
    gateway: GatewayId,
    start: EventId,
    flow: FlowId,
    form: ArtefactId,
}

fn add_process(document: &mut Document, cast: &Cast) -> Parts {
    let form = document.insert(Artefact {
        key: key("form"),
        name: "Form".to_owned(),
        kind: "form".to_owned(),
        class: "cash".to_owned(),
        form: ArtefactForm::Pile,
        state: "signed".to_owned(),
        sensitive: true,
        access: "Shop lead and office".to_owned(),
        description: "Pink.".to_owned(),
        kept: "<extra n=\"1\"/>".to_owned(),
    });
    let process = document.insert(Process {
        key: key("refund"),
        name: "Refund".to_owned(),
        order: 1,
        owner: Some(cast.lead),
        cases: "60 per month".parse().ok(),
        cases_range: Some(Range { low: Rate::weekly(4.0), high: Rate { count: 90.5, per: Period::Month } }),
        criticality: Some(4),
        tolerable_outage: minutes("2 d"),
        recovery_target: minutes("4 h"),
        plan_tested: Some(day("2026-02-28")),
        review: Some(day("2027-05-01")),
        single_threaded: true,
        lead_time_goal: minutes("1.5 d"),
        trigger: "A customer comes back.".to_owned(),
        result: "A content customer.".to_owned(),
        purpose: "refund".to_owned(),
        variant_on_purpose: "The till there is older.".to_owned(),
        measured: measured(&[MeasuredFact::Cases]),
        description: "Rare.".to_owned(),
        kept: "<process/>".to_owned(),
    });
    let called = document.insert(Process { key: key("count"), ..Process::new("Count the till") });
    let around = document.insert(Step {
        key: key("handle"),
        kind: StepKind::Transaction,
        ..Step::new(process, "Handle the return")
    });
    let step = document.insert(Step {
        key: key("check"),
        name: "Check the return".to_owned(),
        process,
        kind: StepKind::Call,
        parent: Some(around),
        calls: Some(called),
        repetition: Some(Repetition::Sequential),
        compensates: true,
        performer: Some(Actor::Role(cast.lead)),
        system: Some(cast.till),
        work: minutes("6 min"),
        work_range: minutes("4 min").zip(minutes("9.5 min")).map(|(low, high)| Range { low, high }),
        wait: minutes("1 h"),
        wait_range: minutes("0 min").zip(minutes("2 d")).map(|(low, high)| Range { low, high }),
        batch_period: minutes("7 d"),
        first_time_right: Some(0.95),
        value: Some(ValueClass::AddsValue),
        duties: vec![DutyTag::Authorise, DutyTag::Custody, DutyTag::Record, DutyTag::Reconcile],
        rule_based: Some(0.8),
        digital_input: Some(0.25),
        exceptions: Some(0.125),
        human_touch: true,
        quality_critical: true,
        standard: "Page 4 of the handbook".to_owned(),
        skill: "baking".to_owned(),
        inputs: vec![form],
        outputs: vec![form],
        cost: money("0.50 CHF"),
        wait_causes: WaitCause::ALL.iter().map(|cause| CausedWait { cause: *cause, minutes: Minutes(12.0) }).collect(),
        measured: measured(&[MeasuredFact::Work, MeasuredFact::Wait]),
        description: "With both eyes.".to_owned(),
        kept: "<step/>".to_owned(),
    });
    let gateway = document.insert(Gateway {
        key: key("granted"),
        name: "Granted?".to_owned(),
        process,
        parent: Some(around),
        performer: Some(Actor::Unit(cast.shop)),
        kind: GatewayKind::Exclusive,
        decision: None,
        description: "Mostly yes.".to_owned(),
        kept: "<gateway/>".to_owned(),
    });
    let start = document.insert(Event {
        key: key("start"),
        name: "Customer comes".to_owned(),
        process,
        parent: Some(around),
        attached: Some(step),
        performer: Some(Actor::External(cast.supplier)),
        kind: EventKind::Intermediate,
        trigger: EventTrigger::Escalation,
        throws: true,
        keeps_running: true,
        wait: minutes("10 min"),
        description: "Any day.".to_owned(),
        kept: "<event/>".to_owned(),
    });
    document.insert(Event { key: key("end"), ..Event::new(process, EventKind::End, "") });
    let flow = document.insert(Flow {
        key: key("to-gateway"),
        name: "checked".to_owned(),
        process,
        from: FlowNode::Step(step),
        to: FlowNode::Gateway(gateway),
        probability: Some(1.0 / 3.0),
        artefact: Some(form),
        channel: "in person".to_owned(),
        condition: "complete = \"yes\"".to_owned(),
        is_default: true,
        measured: measured(&[MeasuredFact::Probability]),
        description: "Short.".to_owned(),
        kept: "<flow/>".to_owned(),
    });
    document.insert(Link {
        key: key("complaint"),
        name: "complaint".to_owned(),
        directed: true,
        description: "By phone.".to_owned(),
        kept: "<message/>".to_owned(),
        ..Link::new(LinkKind::Message, cast.supplier, step)
    });
    document.insert(Link::new(LinkKind::Input, form, step));
    document
        .insert(Flow { key: key("from-start"), ..Flow::new(process, FlowNode::Event(start), FlowNode::Step(step)) });
    Parts { process, step, gateway, start, flow, form }
}

fn add_decisions(document: &mut Document, cast: &Cast, parts: &Parts, own: FrameworkId) -> DecisionId {
    let grant = document.insert(Decision {
        key: key("grant"),
        name: "Grant a refund".to_owned(),
        order: 5,
        area: "money".to_owned(),
        kind: DecisionKind::Control,
        framework: Some(own),
        scope: vec![cast.root, cast.shop],
        frequency: "3 per day".parse().ok(),
        amount_median: money("12.25 CHF"),
        amount_p95: money("80 CHF"),
        amounts: ["3 CHF", "12.50 CHF"].into_iter().filter_map(money).collect(),
        importance: Some(3),
        success: "Nobody has to ask twice.".to_owned(),
        reversible: Some(false),
        locus: Some(Actor::Unit(cast.shop)),
        work: minutes("2 min"),
        consult_work: minutes("15 min"),
        commitment_months: Some(36),
        target_time: minutes("10 min"),
        actual_time: minutes("1 d"),
        skill: "books".to_owned(),
        reserved: true,
        reserved_reason: "The bank asks for it.".to_owned(),
        guardrail: "Never more than was paid.".to_owned(),
        steps: vec![parts.step],
        gateways: vec![parts.gateway],
        guesses: vec![DecisionFact::Frequency, DecisionFact::TargetTime],
        agreement: Some(Agreement {
            on: day("2026-05-04"),
            by: texts(["Ana Costa"]),
            context: texts(["holder boss: \"Ana\"", "limit boss X ≤ 10 %"]),
        }),
        description: "Often.".to_owned(),
    });
    if let Some(gateway) = document.get_mut::<Gateway>(parts.gateway) {
        gateway.decision = Some(grant);
    }
    let percent = Tier { up_to: Some(Amount::whole(10)), ..Tier::unbounded(Quantity::Percent) };
    let francs = Quantity::Money("CHF".parse().unwrap_or_default());
    let full = Tier {
        quantity: francs,
        above: Some(Amount::whole(50)),
        up_to: "200.50".parse().ok(),
        per: Per::Period(Period::Week),
        conditions: vec![
            Condition::Unit(cast.shop),
            Condition::Category("bread (\"old\")".to_owned()),
            Condition::Budgeted(true),
            Condition::NewSupplier(false),
            Condition::Attribute { name: "country".to_owned(), value: "France".to_owned() },
            Condition::Text("on rainy days".to_owned()),
        ],
        co_signers: vec![cast.lead],
        deputy: Some(Actor::Person(cast.ana)),
        valid_from: Some(day("2026-01-01")),
        valid_to: Some(day("2026-12-31")),
        sub_delegation: true,
        escalates_to: Some(cast.boss),
        emergency: true,
        set_on: Some(day("2024-02-29")),
        reason: "The shop is far away.".to_owned(),
    };
    document.insert(Right {
        tiers: vec![percent, full, Tier { per: Per::Contract, ..Tier::unbounded(Quantity::Days) }],
        lead: true,
        veto_domain: "law".to_owned(),
        review_window: minutes("2 d"),
        note: "Agreed in May.".to_owned(),
        ..Right::new(Subject::Decision(grant), Actor::Role(cast.boss), "X")
    });
    let given = Delegation {
        to: Actor::Role(cast.lead),
        of: vec![grant],
        limit: CaseLimit::of(&Tier { up_to: Some(Amount::whole(100)), ..Tier::unbounded(francs) }),
        from: day("2026-12-24"),
        until: day("2027-01-02"),
        reason: "On holiday, \"as ever\".".to_owned(),
        written_on: Some(day("2026-12-01")),
    };
    let days = Absence { from: day("2027-07-01"), to: day("2027-07-14") };
    if let Some(ana) = document.get_mut::<Person>(cast.ana) {
        ana.delegations = vec![given, Delegation::new(Actor::Role(cast.lead), days.from, days.to)];
    }
    document.insert(Right::new(Subject::Step(parts.step), Actor::Body(cast.council), "Y"));
    document.insert(Right::new(Subject::Decision(grant), Actor::Person(cast.ana), "Y"));
    grant
}

fn add_views(document: &mut Document, cast: &Cast, parts: &Parts, decision: DecisionId) {
    let view = |name: &str, order: i32, kind: ViewKind| View {
        key: key(name),
        order,
        description: format!("Shows {name}."),
        kept: "<view/>".to_owned(),
        connections: matches!(kind, ViewKind::Board),
        phases: match kind {
            ViewKind::Process { .. } => vec![Phase::new("Ask"), Phase { extent: 200.5, ..Phase::new("") }],
            _ => Vec::new(),
        },
        ..View::new(name, kind)
    };
    let chart = document.insert(view("chart", 0, ViewKind::organisation(Some(cast.root))));
    let lanes = vec![
        Lane::new(Some(Actor::Unit(cast.shop))),
        Lane { extent: 120.5, collapsed: true, depth: 1, ..Lane::new(Some(Actor::Role(cast.lead))) },
        Lane { extent: 80.0, gap: 20.5, ..Lane::new(None) },
    ];
    let flow_view = document.insert(view(
        "flow",
        1,
        ViewKind::Process { process: parts.process, lanes, direction: FlowDirection::TopToBottom },
    ));
    let whole = ViewKind::Process { process: parts.process, lanes: Vec::new(), direction: FlowDirection::default() };
    let within = document.get::<Step>(parts.step).and_then(|step| step.parent);
    document.insert(View { within, ..view("inside", 4, whole) });
    let board = document.insert(view("board", 2, ViewKind::Board));
    document.insert(view(
        "matrix",
        3,
        ViewKind::Matrix(MatrixView {
            form: MatrixForm::Register,
            rows: MatrixRows::Both,
            processes: vec![parts.process],
            columns: vec![Actor::Role(cast.boss), Actor::Body(cast.council), Actor::Person(cast.ana)],
            kinds: vec![HolderKind::Roles, HolderKind::Externals],
            by_person: true,
            transposed: true,
            collapsed: vec![cast.shop],
        }),
    ));
    document.insert(View::new("All units", ViewKind::organisation(None)));
    let placed = Placement {
        center: Some(Point::new(120.5, -80.0)),
        size: Some(Size::new(140.0, 60.0)),
        pinned: true,
        collapsed: true,
        locked: true,
        tint: Some(3),
        layer: -2,
        groups: vec![1, 4],
        ..Placement::unplaced(chart, cast.shop.into())
    };
    document.insert(placed);
    document.insert(Placement::unplaced(chart, cast.lead.into()));
    document.insert(Placement::unplaced(flow_view, parts.step.into()));
    let bends = vec![Point::new(10.0, 20.5), Point::new(30.0, 20.5), Point::new(30.0, 90.0)];
    let label = Some(Area::new(12.0, 4.5, 60.0, 14.0));
    document.insert(Placement { bends, label, ..Placement::unplaced(flow_view, parts.flow.into()) });
    document.insert(Placement::unplaced(board, decision.into()));
    document.insert(Placement::unplaced(board, parts.form.into()));
    let note = |text: &str, about: Option<ElementRef>| Note {
        key: Key::unset(),
        text: text.to_owned(),
        author: "Ana".to_owned(),
        kind: NoteKind::Question,
        done: true,
        about,
        form: NoteForm::Frame,
        kept: "<note/>".to_owned(),
    };
    let right = document.rights().ids().next().map(ElementRef::Right);
    let placement = document.placements().ids().next().map(ElementRef::Placement);
    document.insert(note("Ask the customer", Some(parts.start.into())));
    document.insert(note("Too low?", right));
    document.insert(note("Odd place", placement));
    document.insert(note("Free", None));
}
