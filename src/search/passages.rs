//! What there is to be read about each element: its passages, and what it is called where it has no name.

use crate::model::*;

/// Which of its texts a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Its name; of a note its text.
    Name,
    /// What it is called in the firm.
    Kind,
    /// The area of a decision.
    Area,
    /// A limit.
    Limit,
    /// The sentence that bounds every decider.
    Guardrail,
    /// When a flow is taken, or a limit holds.
    Condition,
    /// Why a decision is reserved.
    Reserved,
    /// How something is handed over.
    Channel,
    /// What sets a process off.
    Trigger,
    /// What comes out of a process.
    Result,
    /// What something is for.
    Purpose,
    /// What somebody is responsible for.
    Responsibility,
    /// What is to be reached, or measured.
    Goal,
    /// What somebody can do, or must be able to do.
    Skill,
    /// What could take its place.
    Substitute,
    /// A rule of a body or of a veto.
    Rule,
    /// How a step is to be done.
    Standard,
    /// Who may see and change an artefact.
    Access,
    /// Why a process differs from those of sister units.
    Variant,
    /// Free text.
    Description,
}

impl Field {
    /// The word before a passage; empty for names.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "",
            Self::Kind => "Kind",
            Self::Area => "Area",
            Self::Limit => "Limit",
            Self::Guardrail => "Guardrail",
            Self::Condition => "Condition",
            Self::Reserved => "Reserved because",
            Self::Channel => "Channel",
            Self::Trigger => "Trigger",
            Self::Result => "Result",
            Self::Purpose => "Purpose",
            Self::Responsibility => "Responsible for",
            Self::Goal => "Goal",
            Self::Skill => "Skill",
            Self::Substitute => "Substitute",
            Self::Rule => "Rule",
            Self::Standard => "Standard",
            Self::Access => "Access",
            Self::Variant => "Differs because",
            Self::Description => "Description",
        }
    }

    /// How much less a passage counts than a name.
    pub(super) fn handicap(self) -> i32 {
        match self {
            Self::Name => 0,
            Self::Limit | Self::Condition | Self::Guardrail => 24,
            Self::Description => 34,
            _ => 28,
        }
    }
}

/// The passages of one element, and the elements whose names help to find it.
pub(super) struct Readable {
    pub(super) passages: Vec<(Field, String)>,
    pub(super) about: Vec<ElementRef>,
}

impl Readable {
    /// Nothing for placements, for the frameworks that come with the program, and for what does not exist.
    pub(super) fn of(document: &Document, element: ElementRef) -> Self {
        let mut read = Self { passages: Vec::new(), about: Vec::new() };
        read.add(Field::Name, document.name_of(element));
        match element {
            ElementRef::Unit(id) => read.with(document.get(id), Self::unit),
            ElementRef::Role(id) => read.with(document.get(id), Self::role),
            ElementRef::Person(id) => read.with(document.get(id), Self::person),
            ElementRef::External(id) => read.with(document.get(id), Self::external),
            ElementRef::System(id) => read.with(document.get(id), Self::system),
            ElementRef::Body(id) => read.with(document.get(id), Self::body),
            ElementRef::Process(id) => read.with(document.get(id), Self::process),
            ElementRef::Step(id) => read.with(document.get(id), Self::step),
            ElementRef::Gateway(id) => read.with(document.get(id), |read, gateway: &Gateway| {
                read.node(gateway.process, gateway.performer, &gateway.description);
            }),
            ElementRef::Event(id) => read.with(document.get(id), |read, event: &Event| {
                read.node(event.process, event.performer, &event.description);
            }),
            ElementRef::Flow(id) => read.with(document.get(id), Self::flow),
            ElementRef::Link(id) => read.with(document.get(id), |read, link: &Link| {
                read.add(Field::Description, &link.description);
                read.about.extend([link.from, link.to]);
            }),
            ElementRef::Artefact(id) => read.with(document.get(id), |read, artefact: &Artefact| {
                read.add(Field::Kind, &artefact.kind);
                read.add(Field::Kind, &artefact.state);
                read.add(Field::Access, &artefact.access);
                read.add(Field::Description, &artefact.description);
            }),
            ElementRef::Decision(id) => read.with(document.get(id), Self::decision),
            ElementRef::Right(id) => read.with(document.get(id), Self::right),
            ElementRef::Note(id) => read.with(document.get(id), |read, note: &Note| read.about.extend(note.about)),
            ElementRef::View(id) => {
                read.with(document.get(id), |read, view: &View| read.add(Field::Description, &view.description));
            }
            ElementRef::Framework(_) | ElementRef::Placement(_) => read.passages.clear(),
        }
        read
    }

    fn with<R>(&mut self, record: Option<&R>, read: impl FnOnce(&mut Self, &R)) {
        if let Some(record) = record {
            read(self, record);
        }
    }

    fn add(&mut self, field: Field, text: &str) {
        if !text.trim().is_empty() {
            self.passages.push((field, text.to_owned()));
        }
    }

    fn all<'a>(&mut self, field: Field, texts: impl IntoIterator<Item = &'a String>) {
        texts.into_iter().for_each(|text| self.add(field, text));
    }

    fn measures(&mut self, kpis: &[Kpi]) {
        for kpi in kpis {
            self.add(Field::Goal, format!("{} {}", kpi.name, kpi.target).trim_end());
        }
    }

    fn unit(&mut self, unit: &Unit) {
        self.add(Field::Kind, &unit.kind);
        self.all(Field::Goal, &unit.goals);
        self.measures(&unit.kpis);
        self.all(Field::Responsibility, &unit.responsibilities);
        self.add(Field::Description, &unit.description);
        self.about.extend(unit.parent.map(ElementRef::from));
    }

    fn role(&mut self, role: &Role) {
        self.add(Field::Purpose, &role.purpose);
        self.all(Field::Responsibility, &role.responsibilities);
        self.measures(&role.kpis);
        self.add(Field::Description, &role.description);
        self.about.extend(role.unit.map(ElementRef::from));
        self.about.extend(role.holders.iter().map(|holding| ElementRef::from(holding.person)));
    }

    fn person(&mut self, person: &Person) {
        self.all(Field::Skill, person.skills.iter().map(|skill| &skill.name));
        self.add(Field::Description, &person.description);
    }

    fn external(&mut self, external: &External) {
        self.all(Field::Substitute, external.substitutes.iter().flatten());
        self.add(Field::Description, &external.description);
    }

    fn system(&mut self, system: &System) {
        self.add(Field::Purpose, &system.purpose);
        self.all(Field::Substitute, system.substitutes.iter().flatten());
        self.add(Field::Description, &system.description);
    }

    fn body(&mut self, body: &Body) {
        self.add(Field::Rule, &body.tie_rule);
        self.add(Field::Rule, &body.conflict_rule);
        self.add(Field::Description, &body.description);
        self.about.extend(body.members.iter().map(|member| ElementRef::from(member.actor)));
    }

    fn process(&mut self, process: &Process) {
        self.add(Field::Trigger, &process.trigger);
        self.add(Field::Result, &process.result);
        self.add(Field::Purpose, &process.purpose);
        self.add(Field::Variant, &process.variant_on_purpose);
        self.add(Field::Description, &process.description);
        self.about.extend(process.owner.map(ElementRef::from));
    }

    fn step(&mut self, step: &Step) {
        self.add(Field::Skill, &step.skill);
        self.add(Field::Standard, &step.standard);
        self.node(step.process, step.performer, &step.description);
        self.about.extend(step.system.map(ElementRef::from));
    }

    fn node(&mut self, process: ProcessId, performer: Option<Actor>, description: &str) {
        self.add(Field::Description, description);
        self.about.push(process.into());
        self.about.extend(performer.map(ElementRef::from));
    }

    fn flow(&mut self, flow: &Flow) {
        self.add(Field::Condition, &flow.condition);
        self.add(Field::Channel, &flow.channel);
        self.add(Field::Description, &flow.description);
        self.about.extend([flow.from, flow.to].map(ElementRef::from));
    }

    fn decision(&mut self, decision: &Decision) {
        self.add(Field::Area, &decision.area);
        self.add(Field::Guardrail, &decision.guardrail);
        self.add(Field::Reserved, &decision.reserved_reason);
        self.add(Field::Skill, &decision.skill);
        self.add(Field::Description, &decision.description);
    }

    fn right(&mut self, right: &Right) {
        // Its name is its letter, which nobody looks for.
        self.passages.clear();
        for tier in &right.tiers {
            self.add(Field::Limit, &tier.to_string());
            for condition in &tier.conditions {
                if let Condition::Category(words) | Condition::Text(words) = condition {
                    self.add(Field::Condition, words);
                }
            }
        }
        self.add(Field::Rule, &right.veto_domain);
        self.add(Field::Description, &right.note);
        self.about.extend([ElementRef::from(right.subject), ElementRef::from(right.holder)]);
    }
}

/// What an element is called in a list: its name, else what it joins or is about.
pub fn title(document: &Document, element: ElementRef) -> String {
    let called = |element: ElementRef| match document.name_of(element) {
        "" => format!("an unnamed {}", element.kind().word()),
        name => name.to_owned(),
    };
    let between = |from: ElementRef, to: ElementRef| format!("From {} to {}", called(from), called(to));
    match element {
        ElementRef::Right(id) => document.get::<Right>(id).map_or_else(String::new, |right| {
            format!("{}: {} for {}", called(right.subject.into()), right.letter, called(right.holder.into()))
        }),
        ElementRef::Flow(id) if document.name_of(element).is_empty() => {
            document.get::<Flow>(id).map_or_else(String::new, |flow| between(flow.from.into(), flow.to.into()))
        }
        ElementRef::Link(id) if document.name_of(element).is_empty() => {
            document.get::<Link>(id).map_or_else(String::new, |link| between(link.from, link.to))
        }
        _ => match document.name_of(element).lines().next() {
            Some(line) if !line.trim().is_empty() => line.to_owned(),
            _ => format!("Unnamed {}", element.kind().word()),
        },
    }
}
