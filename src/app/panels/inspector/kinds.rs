//! The fields of every kind of element, as tables.

use super::field::FieldKind::{Choice, Flag, Line, Lines, Reference, References};
use super::field::*;
use super::forms::*;
use super::values::*;
use crate::model::*;

pub(super) const UNIT: &[Field<Unit>] = &[
    name!("What it is called."),
    reference!("Part of", "The unit it belongs to.", parent, Unit),
    word!("Kind", "What it is called in the firm.", kind, "shop, department, team"),
    choice!("Cut by", "How its work is cut.", model_type, ModelType: Functional "profession", Geographic "place", Product "product", Market "customers", Process "process", NetworkTeam "self-managing team", Platform "platform", Matrix "two lines at once"),
    list!("Goals", "What it wants to reach, one a line.", goals),
    measures!(),
    value!("Budget", "What it may spend in a year.", budget, "120000 EUR"),
    value!("At risk a week", "Money that it bears to have at risk in a week.", weekly_appetite, "1500 EUR"),
    flag!("Shared service", "Whether it serves other units.", shared_service),
    value!(
        "Working hours",
        "When in the day it works, by its own clock; those of the unit above where it is empty.",
        working_hours,
        "08:00 to 16:30"
    ),
    value!(
        "Time zone",
        "How far its clock is ahead of UTC; as that of the unit above where it is empty.",
        utc_offset,
        "+01:00"
    ),
    list!("Responsibilities", "What it is responsible for, one a line.", responsibilities),
    Field {
        name: "Colour",
        help: "Tint of its boxes.",
        kind: Choice {
            options: &["blue", "green", "amber", "violet", "rose", "cyan", "olive", "slate"],
            read: |r| r.tint.map(usize::from),
            write: |r, chosen| r.tint = chosen.map(|index| index as u8),
            required: false,
        },
    },
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const ROLE_FIRST: &[Field<Role>] = &[
    name!("What it is called."),
    reference!("Unit", "The unit it sits in.", unit, Unit),
    flag!("Vacant", "Whether it is known to be empty.", vacant),
];

pub(super) const ROLE: &[Field<Role>] = &[
    actor!("Deputy", "Who stands in.", deputy, deputies),
    own!(
        "Term ends",
        "The last day of a term; it stands on the calendar of coverage.",
        term_ends,
        "2028-06-30",
        whole_text,
        date
    ),
    reference!("Reports to", "The role it reports to.", reports_to, Role),
    references!(
        "Also reports to",
        "Further roles it reports to in solid lines; one boss is solid, others are better dotted.",
        also_reports_to,
        Role
    ),
    references!("Dotted line to", "Roles it reports to beside the solid line.", dotted_to, Role),
    own!("Level", "Distance from the owner: 0 is the owner.", level, "from the reporting line", whole_text, level),
    choice!("Leading", "Kind of leading; it bounds how many reports are too many.", archetype, Archetype: PlayerCoach "does the same work", Coach "varied work", Supervisor "similar work", Facilitator "standard work", Coordinator "self-managing people"),
    value!("Kept free", "Time a week kept free of process work.", reserved, "2 h"),
    value!(
        "Working hours",
        "When in the day it works, by the clock of its unit; those of the unit where it is empty.",
        working_hours,
        "08:00 to 16:30"
    ),
    text!("Purpose", "Why the role exists, in a sentence.", purpose),
    list!("Responsibilities", "What it is responsible for, one a line.", responsibilities),
    measures!(),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const PERSON: &[Field<Person>] = &[
    name!("What it is called."),
    own!("Hours a week", "Hours of work in a week.", hours_per_week, "40", number_text, hours),
    own!(
        "Skills",
        "Each with a level: learning, capable or expert.",
        skills,
        "baking: expert; till: learning",
        skills_text,
        skills
    ),
    own!(
        "Away",
        "Days away: first to last day, parted by ;.",
        holidays,
        "2026-12-24 to 2026-12-31",
        absences_text,
        absences
    ),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const EXTERNAL: &[Field<External>] = &[
    name!("What it is called."),
    choice!("Kind", "What it is to the organisation.", kind, ExternalKind: Customer "customer", Supplier "supplier", Partner "partner", Franchisee "franchisee", Authority "authority"),
    substitutes!(),
    references!("Works with", "Units it serves or is served by.", serves, Unit),
    reference!("Looked after by", "The role that looks after it.", owner, Role),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const SYSTEM: &[Field<System>] = &[
    name!("What it is called."),
    choice!("Kind", "What it is.", kind, SystemKind: Software "software", Machine "machine", Store "store of documents"),
    word!("Used for", "A word shared with systems of the same use.", purpose, "till"),
    substitutes!(),
    references!("Used by", "Units that use it.", serves, Unit),
    reference!("Looked after by", "The role that looks after it.", owner, Role),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const BODY_FIRST: &[Field<Body>] =
    &[name!("What it is called."), reference!("Unit", "The unit it belongs to.", unit, Unit)];

pub(super) const BODY: &[Field<Body>] = &[
    choice!("Decides by", "How it comes to a decision.", method, Method: Single "one member", Advice "one member after advice", Consent "no grave objection", Consensus "everybody agrees", Majority "majority", Weighted "weighted votes"),
    own!("Quorum", "How many members must be there.", quorum, "", whole_text, quorum),
    value!("Votes needed", "Votes needed in a weighted vote.", quota, "51"),
    word!("Equal votes", "What happens when votes are equal.", tie_rule, "the chair decides"),
    word!("Conflict", "What happens when a member has a conflict of interest.", conflict_rule, ""),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const PROCESS: &[Field<Process>] = &[
    name!("What it is called."),
    reference!("Owner", "The role that answers for it.", owner, Role),
    ranged!(
        "Cases",
        "How many cases arrive; as a range where nobody knows exactly: 40–60–90 per week.",
        cases,
        cases_range,
        "60 per week"
    ),
    rating!("Criticality", "How grave it is when it stops: 1 little, 5 very.", criticality),
    word!("Trigger", "What sets it off.", trigger, ""),
    word!("Result", "What comes out.", result, ""),
    value!("Lead-time goal", "How long a case should take.", lead_time_goal, "2 d"),
    value!("Bearable outage", "Longest outage the firm can bear.", tolerable_outage, "1 d"),
    value!("Back within", "How fast it is to run again.", recovery_target, "4 h"),
    own!("Plan tried on", "When the plan for an outage was last tried.", plan_tested, "2026-06-30", whole_text, date),
    flag!(
        "Single owner",
        "Whether its owner has nothing else to do: one person whose only job it is.",
        single_threaded
    ),
    own!("Review on", "When it is to be looked at again.", review, "2027-06-30", whole_text, date),
    word!("Used for", "A word shared with processes of the same use in other units.", purpose, "refund"),
    word!(
        "Differs because",
        "Why it is done otherwise than in sister units; empty where nobody meant that.",
        variant_on_purpose,
        "another law there"
    ),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const STEP: &[Field<Step>] = &[
    name!("What it is called."),
    actor!("Performed by", "Who performs it: its lane.", performer, actors),
    reference!("System", "What supports it.", system, System),
    required_choice!("Kind", "What kind of work it is.", kind, StepKind: Task "work", User "at a screen", Manual "by hand", Service "by a system", Send "sends a message", Receive "waits for a message", Script "script", BusinessRule "by rules", SubFlow "sub-flow", Transaction "transaction", AdHoc "sub-flow without order", EventSubFlow "sub-flow set off by an event", Call "carries out another process"),
    reference!("Calls", "The process that it carries out.", calls, Process),
    choice!("Repeated", "How often it is carried out for one case.", repetition, Repetition: Loop "until a condition holds", Parallel "for each of several, at once", Sequential "for each of several, one by one"),
    flag!("Undoes", "Whether it undoes another step when that is to be taken back.", compensates),
    ranged!(
        "Work time",
        "Work per case; as a range where nobody knows exactly: 8–12–20 min, or 8 to 20 min, mostly 12.",
        work,
        work_range,
        "6 min or 4–6–10 min"
    ),
    ranged!(
        "Waiting",
        "Waiting per case before the work begins; as a range where nobody knows exactly: 1–2–4 d.",
        wait,
        wait_range,
        "2 d or 1–2–4 d"
    ),
    choice!("Value", "What it does for the customer.", value, ValueClass: AddsValue "adds value", Needed "needed", Waste "waste"),
    part!("Right first time", "Share done complete and correct at the first try.", first_time_right, "95 %"),
    flag!("Key to quality", "Whether the brand or the quality hangs on how it is done.", quality_critical),
    word!("Standard", "How it is to be done, or where that is written.", standard, "handbook, page 4"),
    own!(
        "Duties",
        "Duties that one person should not join.",
        duties,
        "authorise, custody, record, reconcile",
        duties_text,
        duties
    ),
    value!("Batch every", "How often a batch is worked off.", batch_period, "1 d"),
    word!("Skill", "The skill it asks for.", skill, ""),
    references!("Needs", "What it needs.", inputs, Artefact),
    references!("Makes", "What it makes or changes.", outputs, Artefact),
    value!("Cost", "What a case costs beside work time.", cost, "2 EUR"),
    text!("Description", "Anything else worth knowing.", description),
];

/// How well a machine could do a step, in a part of its own.
pub(super) const STEP_AUTOMATION: &[Field<Step>] = &[
    part!("Cases by rules", "Share of cases that rules decide, without anybody’s judgement.", rule_based, "80 %"),
    part!("Digital input", "Share of what comes in that is in a form a machine reads.", digital_input, "90 %"),
    part!("Exceptions", "Share of cases that need something out of the ordinary.", exceptions, "10 %"),
    flag!("Human touch", "Whether that a person does it is what the customer values.", human_touch),
];

pub(super) const GATEWAY: &[Field<Gateway>] = &[
    word!("Name", "A question, where it splits; may be empty.", name, "Refund at once?"),
    required_choice!("Kind", "Which of its branches are taken.", kind, GatewayKind: Exclusive "one branch", Parallel "all branches", Inclusive "one or more branches", EventBased "the event that comes first", Complex "by a rule in words"),
    actor!("Lane", "The lane it stands in.", performer, actors),
    reference!("Decision", "The decision taken here.", decision, Decision),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const EVENT: &[Field<Event>] = &[
    word!("Name", "What happens; may be empty.", name, ""),
    required_choice!("Kind", "What it does to the flow.", kind, EventKind: Start "start", Intermediate "on the way", End "end"),
    required_choice!("About", "What it is about.", trigger, EventTrigger: Plain "not stated", Message "a message", Timer "a time", Error "an error", Escalation "somebody above", Cancel "calling off", Compensation "undoing", Condition "a condition", Link "going on elsewhere", Signal "a signal for all", Terminate "the end of everything", Multiple "one of several", ParallelMultiple "all of several"),
    flag!("Sends", "Whether it sends rather than waits.", throws),
    reference!("On the border of", "The step on whose border it stands.", attached, Step),
    flag!("Work goes on", "Whether the step that it stands on goes on when it happens.", keeps_running),
    actor!("Lane", "The lane it stands in.", performer, actors),
    value!("Waits", "How long an intermediate event waits.", wait, "1 d"),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const FLOW: &[Field<Flow>] = &[
    word!("Label", "What is written on the arrow.", name, "yes"),
    part!("Probability", "Share of cases that take this branch.", probability, "70 %"),
    reference!("Hands over", "What is handed over.", artefact, Artefact),
    word!("Channel", "How it is handed over.", channel, "phone, mail, in person"),
    word!("Condition", "When it is taken.", condition, "amount > 200"),
    flag!("Otherwise", "Whether it is taken when no other branch is.", is_default),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const LINK: &[Field<Link>] = &[
    word!("Label", "What is written on the line.", name, "complaint"),
    required_choice!("Kind", "What it says.", kind, LinkKind: Message "message", Association "belongs together", Input "needs", Output "makes"),
    flag!("Arrowhead", "Whether a line between what belongs together has an arrowhead.", directed),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const ARTEFACT: &[Field<Artefact>] = &[
    name!("What it is called."),
    word!("Kind", "What it is.", kind, "form, order, parcel"),
    word!("Class", "Class for the separation of duties.", class, "cash, stock, payroll"),
    required_choice!("Drawn as", "How it is drawn.", form, ArtefactForm: Sheet "sheet", Pile "pile of sheets", Store "store", Input "input", Output "output"),
    word!("State", "The state it is in.", state, "checked, signed"),
    flag!("Sensitive", "Whether it holds what not everybody may see: about people, money, secrets.", sensitive),
    word!("Access", "Who may see and change it.", access, "accountant and owner"),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const DECISION_FIRST: &[Field<Decision>] =
    &[name!("Verb and object: Grant refund."), word!("Area", "Group on the matrix.", area, "money")];

pub(super) const DECISION: &[Field<Decision>] = &[
    required_choice!("Kind", "What the row is about.", kind, DecisionKind: Task "task", Decision "decision", Control "control"),
    reference!("Framework", "The set of its letters; that of the project where it is empty.", framework, Framework),
    value!("How often", "How often it is taken.", frequency, "2 per month"),
    value!("Usual amount", "Half of the amounts are below.", amount_median, "80 EUR"),
    value!("Large amount", "95 of 100 amounts are below.", amount_p95, "600 EUR"),
    rating!("Importance", "How much hangs on it: 1 little, 5 very much.", importance),
    Field {
        name: "Can be undone",
        help: "Whether it can be undone.",
        kind: Choice {
            options: &["yes", "no"],
            read: |r| r.reversible.map(|yes| usize::from(!yes)),
            write: |r, chosen| r.reversible = chosen.map(|index| index == 0),
            required: false,
        },
    },
    value!("Decider’s time", "The decider’s time for one case.", work, "6 min"),
    value!("Time of those asked", "The time of each one who is asked, for one case.", consult_work, "15 min"),
    own!(
        "Binds for",
        "For how many months one case binds the organisation.",
        commitment_months,
        "36",
        whole_text,
        months
    ),
    value!("Target time", "How long it should take from question to answer.", target_time, "1 d"),
    value!("Actual time", "How long it takes.", actual_time, "3 d"),
    actor!("Knowledge", "Where the knowledge for it is.", locus, loci),
    references!("Scope", "Units it is taken for; all where it is empty.", scope, Unit),
    word!("Skill", "The skill a decider needs.", skill, ""),
    flag!("Reserved", "Whether it is never to be delegated.", reserved),
    word!("Because", "Why it is reserved.", reserved_reason, ""),
    text!("Guardrail", "The sentence that bounds every decider.", guardrail),
    references!("Steps", "Steps in which it is prepared, taken or carried out.", steps, Step),
    references!("Gateways", "Gateways whose branch it chooses.", gateways, Gateway),
    text!("Description", "Anything else worth knowing.", description),
];

pub(super) const NOTE: &[Field<Note>] = &[
    text!("Text", "What it says.", text),
    required_choice!("Kind", "What it is for; the colour says it, too.", kind, NoteKind: Remark "remark", Question "question", Idea "idea", Risk "risk", Decision "decision"),
    flag!("Done", "Whether it is dealt with.", done),
    word!("Author", "Initials or name of who wrote it.", author, ""),
    required_choice!("Drawn as", "How it is drawn.", form, NoteForm: Sticky "sticky note", Annotation "text at a bracket", Frame "frame"),
];

pub(super) const VIEW: &[Field<View>] =
    &[name!("What it is called."), text!("Description", "Anything else worth knowing.", description)];

pub(super) const CHART: &[Field<View>] = &[
    Field {
        name: "Drawn as",
        help: "A tree of boxes, circles within circles, or a grid of units and dotted lines.",
        kind: Choice {
            options: &["tree", "circles", "grid"],
            read: |r| match r.kind {
                ViewKind::Organisation { form, .. } => FORMS.iter().position(|one| *one == form),
                _ => None,
            },
            write: |r, chosen| {
                if let (ViewKind::Organisation { form, .. }, Some(new)) =
                    (&mut r.kind, chosen.and_then(|at| FORMS.get(at)))
                {
                    *form = *new;
                }
            },
            required: true,
        },
    },
    Field {
        name: "Grows",
        help: "Which way a tree grows.",
        kind: Choice {
            options: &["from the top down", "from left to right"],
            read: |r| match r.kind {
                ViewKind::Organisation { direction, .. } => DIRECTIONS.iter().position(|one| *one == direction),
                _ => None,
            },
            write: |r, chosen| {
                let new = chosen.and_then(|at| DIRECTIONS.get(at));
                if let (ViewKind::Organisation { direction, .. }, Some(new)) = (&mut r.kind, new) {
                    *direction = *new;
                }
            },
            required: true,
        },
    },
];

const FORMS: [ChartForm; 3] = [ChartForm::Tree, ChartForm::Circles, ChartForm::Grid];
const DIRECTIONS: [FlowDirection; 2] = [FlowDirection::TopToBottom, FlowDirection::LeftToRight];

pub(super) const RIGHT: &[Field<Right>] = &[
    flag!("Leads", "Whether the holder leads those who do the same.", lead),
    word!("Veto topics", "For a veto: the topics on which it may be used.", veto_domain, "law, safety"),
    value!("Answers within", "For a veto: how long the holder has to answer.", review_window, "2 d"),
    text!("Note", "Anything else worth knowing.", note),
];
