//! Records with a name and nothing else: the start of every new element.

use super::*;

impl Unit {
    /// A unit with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            parent: None,
            order: 0,
            kind: String::new(),
            model_type: None,
            goals: Vec::new(),
            kpis: Vec::new(),
            budget: None,
            weekly_appetite: None,
            shared_service: false,
            working_hours: None,
            utc_offset: None,
            responsibilities: Vec::new(),
            tint: None,
            description: String::new(),
        }
    }
}

impl Role {
    /// A role with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            unit: None,
            order: 0,
            level: None,
            holders: Vec::new(),
            vacant: false,
            term_ends: None,
            deputy: None,
            delegations: Vec::new(),
            reports_to: None,
            also_reports_to: Vec::new(),
            dotted_to: Vec::new(),
            archetype: None,
            reserved: None,
            working_hours: None,
            purpose: String::new(),
            responsibilities: Vec::new(),
            kpis: Vec::new(),
            description: String::new(),
        }
    }
}

impl Person {
    /// A person with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            hours_per_week: None,
            holidays: Vec::new(),
            delegations: Vec::new(),
            skills: Vec::new(),
            description: String::new(),
        }
    }
}

impl External {
    /// An external with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            kind: None,
            substitutes: None,
            serves: Vec::new(),
            owner: None,
            description: String::new(),
        }
    }
}

impl System {
    /// A system with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            kind: None,
            purpose: String::new(),
            substitutes: None,
            serves: Vec::new(),
            owner: None,
            description: String::new(),
        }
    }
}

impl Body {
    /// A body with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            unit: None,
            members: Vec::new(),
            method: None,
            quorum: None,
            quota: None,
            tie_rule: String::new(),
            conflict_rule: String::new(),
            description: String::new(),
        }
    }
}

impl Process {
    /// A process with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            order: 0,
            owner: None,
            cases: None,
            cases_range: None,
            criticality: None,
            tolerable_outage: None,
            recovery_target: None,
            plan_tested: None,
            review: None,
            single_threaded: false,
            lead_time_goal: None,
            trigger: String::new(),
            result: String::new(),
            purpose: String::new(),
            variant_on_purpose: String::new(),
            measured: Vec::new(),
            description: String::new(),
            kept: String::new(),
        }
    }
}

impl Step {
    /// A step of a process with this name.
    pub fn new(process: ProcessId, name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            process,
            kind: StepKind::default(),
            parent: None,
            calls: None,
            repetition: None,
            compensates: false,
            performer: None,
            system: None,
            work: None,
            work_range: None,
            wait: None,
            wait_range: None,
            batch_period: None,
            first_time_right: None,
            value: None,
            duties: Vec::new(),
            rule_based: None,
            digital_input: None,
            exceptions: None,
            human_touch: false,
            quality_critical: false,
            standard: String::new(),
            skill: String::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            cost: None,
            wait_causes: Vec::new(),
            measured: Vec::new(),
            description: String::new(),
            kept: String::new(),
        }
    }
}

impl Gateway {
    /// A gateway of a process.
    pub fn new(process: ProcessId, kind: GatewayKind, name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            process,
            parent: None,
            performer: None,
            kind,
            decision: None,
            description: String::new(),
            kept: String::new(),
        }
    }
}

impl Event {
    /// An event of a process.
    pub fn new(process: ProcessId, kind: EventKind, name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            process,
            parent: None,
            attached: None,
            performer: None,
            kind,
            trigger: EventTrigger::default(),
            throws: false,
            keeps_running: false,
            wait: None,
            description: String::new(),
            kept: String::new(),
        }
    }
}

impl Flow {
    /// A flow between two nodes of a process.
    pub fn new(process: ProcessId, from: FlowNode, to: FlowNode) -> Self {
        Self {
            key: Key::unset(),
            name: String::new(),
            process,
            from,
            to,
            probability: None,
            artefact: None,
            channel: String::new(),
            condition: String::new(),
            is_default: false,
            measured: Vec::new(),
            description: String::new(),
            kept: String::new(),
        }
    }
}

impl Link {
    /// A line from one element to another.
    pub fn new(kind: LinkKind, from: impl Into<ElementRef>, to: impl Into<ElementRef>) -> Self {
        Self {
            key: Key::unset(),
            name: String::new(),
            kind,
            from: from.into(),
            to: to.into(),
            directed: false,
            description: String::new(),
            kept: String::new(),
        }
    }
}

impl Artefact {
    /// An artefact with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            kind: String::new(),
            class: String::new(),
            form: ArtefactForm::default(),
            state: String::new(),
            sensitive: false,
            access: String::new(),
            description: String::new(),
            kept: String::new(),
        }
    }
}

impl Decision {
    /// A decision with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            order: 0,
            area: String::new(),
            kind: DecisionKind::Decision,
            framework: None,
            scope: Vec::new(),
            frequency: None,
            amount_median: None,
            amount_p95: None,
            amounts: Vec::new(),
            importance: None,
            success: String::new(),
            reversible: None,
            locus: None,
            work: None,
            consult_work: None,
            commitment_months: None,
            target_time: None,
            actual_time: None,
            skill: String::new(),
            reserved: false,
            reserved_reason: String::new(),
            guardrail: String::new(),
            steps: Vec::new(),
            gateways: Vec::new(),
            guesses: Vec::new(),
            agreement: None,
            description: String::new(),
        }
    }
}

impl Right {
    /// An unlimited right.
    pub fn new(subject: Subject, holder: Actor, letter: impl Into<String>) -> Self {
        Self {
            subject,
            holder,
            letter: letter.into(),
            lead: false,
            tiers: Vec::new(),
            veto_domain: String::new(),
            review_window: None,
            note: String::new(),
        }
    }
}

impl View {
    /// A view with this name.
    pub fn new(name: impl Into<String>, kind: ViewKind) -> Self {
        Self {
            key: Key::unset(),
            name: name.into(),
            order: 0,
            kind,
            connections: false,
            phases: Vec::new(),
            within: None,
            description: String::new(),
            kept: String::new(),
        }
    }

    /// A view of the inside of a sub-flow of a process.
    pub fn inside(name: impl Into<String>, process: ProcessId, step: StepId) -> Self {
        let kind = ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
        Self { within: Some(step), ..Self::new(name, kind) }
    }
}

impl Note {
    /// A free note.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            key: Key::unset(),
            text: text.into(),
            author: String::new(),
            kind: NoteKind::default(),
            done: false,
            about: None,
            form: NoteForm::default(),
            kept: String::new(),
        }
    }
}
