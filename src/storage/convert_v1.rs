//! From the file structs of format 1 to a document.
//!
//! First every element of the file gets its handle and its key, then the records are built with their references
//! looked up. A reference that leads nowhere, or to the wrong kind, gets a handle without a row; the integrity check
//! names it and saving writes it back. A key given twice goes to the first element and is reported.

use std::collections::BTreeMap;

use super::format_v1::*;
use super::limit_v1::{AnyLimitV1, ConditionV1};
use super::values::{Choice, Text, Votes};
use crate::model::integrity::{Problem, ProblemKind};
use crate::model::*;

/// The document of a file, on top of `base` with its built-in frameworks, and the problems that only loading sees.
pub(super) fn into_document(file: FileV1, base: Document) -> (Document, Vec<Problem>) {
    let mut loader = Loader { document: base, problems: Vec::new(), missing: BTreeMap::new(), paths: None };
    loader.frameworks(file.frameworks);
    let units = loader.claim::<Unit, _>(file.units, |row| row.key.take());
    let roles = loader.claim::<Role, _>(file.roles, |row| row.key.take());
    let people = loader.claim::<Person, _>(file.people, |row| row.key.take());
    let externals = loader.claim::<External, _>(file.externals, |row| row.key.take());
    let systems = loader.claim::<System, _>(file.systems, |row| row.key.take());
    let bodies = loader.claim::<Body, _>(file.bodies, |row| row.key.take());
    let artefacts = loader.claim::<Artefact, _>(file.artefacts, |row| row.key.take());
    let processes = loader.claim::<Process, _>(file.processes, |row| row.key.take());
    let steps = loader.claim::<Step, _>(file.steps, |row| row.key.take());
    let gateways = loader.claim::<Gateway, _>(file.gateways, |row| row.key.take());
    let events = loader.claim::<Event, _>(file.events, |row| row.key.take());
    let flows = loader.claim::<Flow, _>(file.flows, |row| row.key.take());
    let decisions = loader.claim::<Decision, _>(file.decisions, |row| row.key.take());
    let notes = loader.claim::<Note, _>(file.notes, |row| row.key.take());
    let views = loader.claim::<View, _>(file.views, |row| row.key.take());

    loader.project(file.project);
    loader.build(units, Loader::unit);
    loader.build(roles, Loader::role);
    loader.build(people, Loader::person);
    loader.build(externals, Loader::external);
    loader.build(systems, Loader::system);
    loader.build(bodies, Loader::body);
    loader.build(artefacts, Loader::artefact);
    loader.build(processes, Loader::process);
    loader.build(steps, Loader::step);
    loader.build(gateways, Loader::gateway);
    loader.build(events, Loader::event);
    loader.build(flows, Loader::flow);
    loader.build(decisions, Loader::decision);
    for right in file.rights {
        let right = loader.right(right);
        loader.document.insert(right);
    }
    loader.views(views);
    loader.paths = None;
    loader.build(notes, Loader::note);
    (loader.document, loader.problems)
}

struct Loader {
    document: Document,
    problems: Vec<Problem>,
    /// Handles given to references that lead nowhere.
    missing: BTreeMap<(ElementKind, String), ElementRef>,
    /// Elements without a key by their path; made when first asked for.
    paths: Option<BTreeMap<String, ElementRef>>,
}

/// A row of the file with the handle and the key of its element.
struct Claimed<I, R> {
    id: I,
    /// The key in the file if the element got it.
    key: Option<Key>,
    /// The key in the file if another element has it.
    duplicate: Option<Key>,
    row: R,
}

impl Loader {
    fn claim<E: Element, R>(
        &mut self,
        rows: Vec<R>,
        take_key: impl Fn(&mut R) -> Option<Text<Key>>,
    ) -> Vec<Claimed<E::Id, R>> {
        let claim = |mut row: R| {
            let id = self.document.reserve::<E>();
            let wanted = take_key(&mut row).map(|Text(key)| key);
            let (key, duplicate) = match wanted {
                Some(key) if self.document.claim_key(&key, id.into()) => (Some(key), None),
                other => (None, other),
            };
            Claimed { id, key, duplicate, row }
        };
        rows.into_iter().map(claim).collect()
    }

    fn build<E: Element, R>(&mut self, claimed: Vec<Claimed<E::Id, R>>, convert: impl Fn(&mut Self, R) -> E) {
        for Claimed { id, key, duplicate, row } in claimed {
            let record = convert(self, row);
            self.fill(id, key, duplicate, record);
        }
    }

    fn fill<E: Element>(&mut self, id: E::Id, key: Option<Key>, duplicate: Option<Key>, mut record: E) {
        let element: ElementRef = id.into();
        let key = key.unwrap_or_else(|| self.document.claim_free_key(record.name(), element, id.index()));
        record.set_key(key);
        self.document.fill(id, record);
        if let Some(key) = duplicate {
            self.problems.push(Problem { element, kind: ProblemKind::DuplicateKey { key: key.to_string() } });
        }
    }

    fn missing(&mut self, kind: ElementKind, key: &str) -> ElementRef {
        let document = &mut self.document;
        *self.missing.entry((kind, key.to_owned())).or_insert_with(|| document.reserve_missing(kind, key))
    }

    fn find<E: Element>(&mut self, key: &str) -> E::Id {
        let found = self.document.by_key(key).filter(|element| element.kind() == E::KIND);
        E::Id::from_index(found.unwrap_or_else(|| self.missing(E::KIND, key)).index())
    }

    fn find_maybe<E: Element>(&mut self, key: Option<Reference>) -> Option<E::Id> {
        key.map(|key| self.find::<E>(&key))
    }

    fn find_all<E: Element>(&mut self, keys: Vec<Reference>) -> Vec<E::Id> {
        keys.iter().map(|key| self.find::<E>(key)).collect()
    }

    fn actor(&mut self, key: &str) -> Actor {
        let found = self.document.by_key(key).and_then(|element| Actor::try_from(element).ok());
        found.unwrap_or_else(|| Actor::Role(self.missing_id::<Role>(key)))
    }

    fn actor_maybe(&mut self, key: Option<Reference>) -> Option<Actor> {
        key.map(|key| self.actor(&key))
    }

    fn flow_node(&mut self, key: &str) -> FlowNode {
        let found = self.document.by_key(key).and_then(|element| FlowNode::try_from(element).ok());
        found.unwrap_or_else(|| FlowNode::Step(self.missing_id::<Step>(key)))
    }

    fn subject(&mut self, key: &str) -> Subject {
        match self.document.by_key(key) {
            Some(ElementRef::Decision(id)) => Subject::Decision(id),
            Some(ElementRef::Step(id)) => Subject::Step(id),
            _ => Subject::Decision(self.missing_id::<Decision>(key)),
        }
    }

    fn missing_id<E: Element>(&mut self, key: &str) -> E::Id {
        E::Id::from_index(self.missing(E::KIND, key).index())
    }

    /// Any element by its key, or a right or placement by its path.
    fn any(&mut self, key: &str, otherwise: ElementKind) -> ElementRef {
        if let Some(element) = self.document.by_key(key) {
            return element;
        }
        if key.contains('/')
            && let Some(element) = self.by_path(key)
        {
            return element;
        }
        self.missing(otherwise, key)
    }

    fn by_path(&mut self, path: &str) -> Option<ElementRef> {
        let document = &self.document;
        let paths = self.paths.get_or_insert_with(|| {
            let rights = document.rights().ids().map(ElementRef::Right);
            let elements = rights.chain(document.placements().ids().map(ElementRef::Placement));
            // Of equal paths the first one stays.
            let mut paths = BTreeMap::new();
            for element in elements {
                paths.entry(document.path_of(element)).or_insert(element);
            }
            paths
        });
        paths.get(path).copied()
    }

    fn project(&mut self, row: ProjectV1) {
        let framework = self.find_maybe::<Framework>(row.framework);
        *self.document.project_mut() = Project {
            name: row.name,
            currency: value(row.currency).unwrap_or_default(),
            framework,
            profile: choice(row.profile).unwrap_or_default(),
            hours_per_week: row.hours_per_week,
            appetite: value(row.appetite),
            thresholds: row.thresholds,
            waivers: row.waivers.into_iter().map(waiver).collect(),
            description: row.description,
        };
    }

    fn frameworks(&mut self, rows: Vec<FrameworkV1>) {
        for row in rows {
            let framework = framework(row, false);
            match self.document.by_key(framework.key.as_str()) {
                Some(ElementRef::Framework(id))
                    if self.document.get(id).is_some_and(|old: &Framework| old.built_in) =>
                {
                    if let Some(old) = self.document.get_mut::<Framework>(id) {
                        *old = framework;
                    }
                }
                taken => {
                    let key = framework.key.to_string();
                    let element = self.document.insert(framework).into();
                    if taken.is_some() {
                        self.problems.push(Problem { element, kind: ProblemKind::DuplicateKey { key } });
                    }
                }
            }
        }
    }

    fn unit(&mut self, row: UnitV1) -> Unit {
        Unit {
            key: Key::unset(),
            name: row.name,
            parent: self.find_maybe::<Unit>(row.parent),
            order: row.order,
            kind: row.kind,
            model_type: choice(row.model_type),
            goals: row.goals,
            kpis: row.kpis.into_iter().map(kpi).collect(),
            budget: value(row.budget),
            shared_service: row.shared_service,
            responsibilities: row.responsibilities,
            tint: row.tint,
            description: row.description,
        }
    }

    fn role(&mut self, row: RoleV1) -> Role {
        let holding =
            |holding: HoldingV1| Holding { person: self.find::<Person>(&holding.person), share: holding.share };
        let holders = row.holders.into_iter().map(holding).collect();
        Role {
            key: Key::unset(),
            name: row.name,
            unit: self.find_maybe::<Unit>(row.unit),
            order: row.order,
            level: row.level,
            holders,
            vacant: row.vacant,
            deputy: self.actor_maybe(row.deputy),
            reports_to: self.find_maybe::<Role>(row.reports_to),
            dotted_to: self.find_all::<Role>(row.dotted_to),
            archetype: choice(row.archetype),
            reserved: value(row.reserved),
            purpose: row.purpose,
            responsibilities: row.responsibilities,
            kpis: row.kpis.into_iter().map(kpi).collect(),
            description: row.description,
        }
    }

    fn person(&mut self, row: PersonV1) -> Person {
        let absence = |AbsenceV1 { from: Text(from), to: Text(to) }| Absence { from, to };
        let skill = |SkillV1 { name, level: Choice(level) }| Skill { name, level };
        Person {
            key: Key::unset(),
            name: row.name,
            hours_per_week: row.hours_per_week,
            holidays: row.holidays.into_iter().map(absence).collect(),
            skills: row.skills.into_iter().map(skill).collect(),
            description: row.description,
        }
    }

    fn external(&mut self, row: ExternalV1) -> External {
        External {
            key: Key::unset(),
            name: row.name,
            kind: choice(row.kind),
            substitutes: row.substitutes,
            serves: self.find_all::<Unit>(row.serves),
            owner: self.find_maybe::<Role>(row.owner),
            description: row.description,
        }
    }

    fn system(&mut self, row: SystemV1) -> System {
        System {
            key: Key::unset(),
            name: row.name,
            kind: choice(row.kind),
            purpose: row.purpose,
            substitutes: row.substitutes,
            serves: self.find_all::<Unit>(row.serves),
            owner: self.find_maybe::<Role>(row.owner),
            description: row.description,
        }
    }

    fn body(&mut self, row: BodyV1) -> Body {
        let member = |member: MemberV1| Member {
            actor: self.actor(&member.who),
            weight: member.weight.map_or(Amount::whole(1), |Votes(weight)| weight),
        };
        let members = row.members.into_iter().map(member).collect();
        Body {
            key: Key::unset(),
            name: row.name,
            unit: self.find_maybe::<Unit>(row.unit),
            members,
            method: choice(row.method),
            quorum: row.quorum,
            quota: row.quota.map(|Votes(quota)| quota),
            tie_rule: row.tie_rule,
            conflict_rule: row.conflict_rule,
            description: row.description,
        }
    }

    fn artefact(&mut self, row: ArtefactV1) -> Artefact {
        Artefact { key: Key::unset(), name: row.name, kind: row.kind, class: row.class, description: row.description }
    }

    fn process(&mut self, row: ProcessV1) -> Process {
        Process {
            key: Key::unset(),
            name: row.name,
            order: row.order,
            owner: self.find_maybe::<Role>(row.owner),
            cases: value(row.cases),
            criticality: row.criticality,
            tolerable_outage: value(row.tolerable_outage),
            recovery_target: value(row.recovery_target),
            review: value(row.review),
            lead_time_goal: value(row.lead_time_goal),
            trigger: row.trigger,
            result: row.result,
            description: row.description,
        }
    }

    fn step(&mut self, row: StepV1) -> Step {
        Step {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            performer: self.actor_maybe(row.performer),
            system: self.find_maybe::<System>(row.system),
            work: value(row.work),
            wait: value(row.wait),
            batch_period: value(row.batch_period),
            first_time_right: row.first_time_right,
            value: choice(row.value),
            duties: row.duties.into_iter().map(|Choice(duty)| duty).collect(),
            skill: row.skill,
            inputs: self.find_all::<Artefact>(row.inputs),
            outputs: self.find_all::<Artefact>(row.outputs),
            cost: value(row.cost),
            description: row.description,
        }
    }

    fn gateway(&mut self, row: GatewayV1) -> Gateway {
        Gateway {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            performer: self.actor_maybe(row.performer),
            kind: row.kind.0,
            decision: self.find_maybe::<Decision>(row.decision),
            description: row.description,
        }
    }

    fn event(&mut self, row: EventV1) -> Event {
        Event {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            performer: self.actor_maybe(row.performer),
            kind: row.kind.0,
            wait: value(row.wait),
            description: row.description,
        }
    }

    fn flow(&mut self, row: FlowV1) -> Flow {
        Flow {
            key: Key::unset(),
            name: row.name,
            process: self.find::<Process>(&row.process),
            from: self.flow_node(&row.from),
            to: self.flow_node(&row.to),
            probability: row.probability,
            artefact: self.find_maybe::<Artefact>(row.artefact),
            channel: row.channel,
            description: row.description,
        }
    }

    fn decision(&mut self, row: DecisionV1) -> Decision {
        Decision {
            key: Key::unset(),
            name: row.name,
            order: row.order,
            area: row.area,
            kind: choice(row.kind).unwrap_or_default(),
            framework: self.find_maybe::<Framework>(row.framework),
            scope: self.find_all::<Unit>(row.scope),
            frequency: value(row.frequency),
            amount_median: value(row.amount_median),
            amount_p95: value(row.amount_p95),
            importance: row.importance,
            reversible: row.reversible,
            locus: self.actor_maybe(row.locus),
            work: value(row.work),
            target_time: value(row.target_time),
            actual_time: value(row.actual_time),
            skill: row.skill,
            reserved: row.reserved,
            reserved_reason: row.reserved_reason,
            guardrail: row.guardrail,
            steps: self.find_all::<Step>(row.steps),
            gateways: self.find_all::<Gateway>(row.gateways),
            description: row.description,
        }
    }

    fn right(&mut self, row: RightV1) -> Right {
        Right {
            subject: self.subject(&row.on),
            holder: self.actor(&row.who),
            letter: row.letter,
            tiers: row.limits.into_iter().map(|limit| self.tier(limit)).collect(),
            veto_domain: row.veto_domain,
            review_window: value(row.review_window),
            note: row.note,
        }
    }

    fn tier(&mut self, AnyLimitV1(row): AnyLimitV1) -> Tier {
        let Text(bounds) = row.limit;
        Tier {
            conditions: row.when.into_iter().map(|condition| self.condition(condition)).collect(),
            co_signers: self.find_all::<Role>(row.co_signers),
            valid_from: value(row.valid_from),
            valid_to: value(row.valid_to),
            sub_delegation: row.sub_delegation,
            escalates_to: self.find_maybe::<Role>(row.escalates_to),
            ..bounds.0
        }
    }

    fn condition(&mut self, row: ConditionV1) -> Condition {
        match row {
            ConditionV1::Unit(key) => Condition::Unit(self.find::<Unit>(&key)),
            ConditionV1::Category(text) => Condition::Category(text),
            ConditionV1::Budgeted(yes) => Condition::Budgeted(yes),
            ConditionV1::NewSupplier(yes) => Condition::NewSupplier(yes),
            ConditionV1::Text(text) => Condition::Text(text),
        }
    }

    fn note(&mut self, row: NoteV1) -> Note {
        Note {
            key: Key::unset(),
            text: row.text,
            author: row.author,
            about: row.about.map(|key| self.any(&key, ElementKind::Unit)),
        }
    }

    fn views(&mut self, views: Vec<Claimed<ViewId, ViewV1>>) {
        for Claimed { id, key, duplicate, row } in views {
            let kind = self.view_kind(row.shows);
            let shown = if matches!(kind, ViewKind::Process { .. }) { ElementKind::Step } else { ElementKind::Unit };
            let view = View { key: Key::unset(), name: row.name, order: row.order, kind, description: row.description };
            self.fill(id, key, duplicate, view);
            for placement in row.placements {
                let element = self.any(&placement.of, shown);
                self.document.insert(Placement {
                    view: id,
                    element,
                    center: placement.at.map(|(x, y)| Point::new(x, y)),
                    size: placement.size.map(|(width, height)| Size::new(width, height)),
                    bends: placement.bends.into_iter().map(|(x, y)| Point::new(x, y)).collect(),
                    pinned: placement.pinned,
                    collapsed: placement.collapsed,
                });
            }
        }
    }

    fn view_kind(&mut self, row: ShowsV1) -> ViewKind {
        match row {
            ShowsV1::Organisation { root } => ViewKind::Organisation { root: self.find_maybe::<Unit>(root) },
            ShowsV1::Process { process, lanes } => {
                let process = self.find::<Process>(&process);
                let lane = |lane: LaneV1| Lane {
                    actor: self.actor_maybe(lane.who),
                    extent: lane.extent,
                    collapsed: lane.collapsed,
                };
                ViewKind::Process { process, lanes: lanes.into_iter().map(lane).collect() }
            }
            ShowsV1::Board => ViewKind::Board,
            ShowsV1::Matrix { rows, processes, columns, collapsed } => ViewKind::Matrix(MatrixView {
                rows: choice(rows).unwrap_or_default(),
                processes: self.find_all::<Process>(processes),
                columns: columns.iter().map(|key| self.actor(key)).collect(),
                collapsed: self.find_all::<Unit>(collapsed),
            }),
        }
    }
}

fn value<T>(text: Option<Text<T>>) -> Option<T> {
    text.map(|Text(value)| value)
}

fn choice<T>(choice: Option<Choice<T>>) -> Option<T> {
    choice.map(|Choice(value)| value)
}

fn kpi(row: KpiV1) -> Kpi {
    Kpi { name: row.name, target: row.target }
}

fn waiver(row: WaiverV1) -> Waiver {
    Waiver {
        rule: row.rule,
        elements: row.elements.into_iter().map(|Text(key)| key).collect(),
        reason: row.reason,
        name: row.name,
        expires: value(row.expires),
    }
}

/// A framework of a file, or of the program where it is built in.
pub(super) fn framework(row: FrameworkV1, built_in: bool) -> Framework {
    let letter = |row: LetterV1| Letter {
        code: row.code,
        name: row.name,
        meaning: row.meaning,
        duties: row.duties.into_iter().map(|Choice(duty)| duty).collect(),
        at_least: row.at_least,
        at_most: row.at_most,
    };
    Framework {
        key: value(row.key).unwrap_or_default(),
        name: row.name,
        description: row.description,
        letters: row.letters.into_iter().map(letter).collect(),
        built_in,
    }
}
