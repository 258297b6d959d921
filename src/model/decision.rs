//! Who may decide: decisions, rights with letters and limits, and the frameworks that give letters their meaning.

use super::ids::{Actor, FrameworkId, GatewayId, RoleId, StepId, Subject, UnitId};
use super::key::Key;
use super::quantity::{Amount, Currency, Date, Minutes, Money, Period, Rate};

/// What a row of the matrix is about; conversions between frameworks depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecisionKind {
    /// Work to be done.
    Task,
    /// A choice.
    #[default]
    Decision,
    /// A check on others' work.
    Control,
}

/// A recurring choice that commits the organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Stable text key.
    pub key: Key,
    /// Name: verb and object.
    pub name: String,
    /// Place in lists: lower first, equal ones by handle.
    pub order: i32,
    /// Group in lists and on the matrix: money, people, buying.
    pub area: String,
    /// What the row is about.
    pub kind: DecisionKind,
    /// The framework of its letters; that of the project where it is none.
    pub framework: Option<FrameworkId>,
    /// The units it is taken for; all where it is empty.
    pub scope: Vec<UnitId>,
    /// How often it is taken (f).
    pub frequency: Option<Rate>,
    /// Half of the amounts are below.
    pub amount_median: Option<Money>,
    /// 95 of 100 amounts are below.
    pub amount_p95: Option<Money>,
    /// How much hangs on it: 1 to 5.
    pub importance: Option<u8>,
    /// Whether it can be undone.
    pub reversible: Option<bool>,
    /// Where the knowledge for it is: a role or a unit.
    pub locus: Option<Actor>,
    /// The decider's minutes for one case.
    pub work: Option<Minutes>,
    /// How long it should take from question to answer.
    pub target_time: Option<Minutes>,
    /// How long it takes.
    pub actual_time: Option<Minutes>,
    /// The skill a decider needs; every holder counts where it is empty.
    pub skill: String,
    /// Whether it is never to be delegated.
    pub reserved: bool,
    /// Why it is reserved.
    pub reserved_reason: String,
    /// The sentence that bounds every decider.
    pub guardrail: String,
    /// The steps in which it is prepared, taken or carried out.
    pub steps: Vec<StepId>,
    /// The gateways whose branch it chooses.
    pub gateways: Vec<GatewayId>,
    /// Free text.
    pub description: String,
}

/// That somebody has a letter on a decision or a step, perhaps only up to a limit.
///
/// A document has at most one right per subject, holder and letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Right {
    /// What it is about.
    pub subject: Subject,
    /// Who has it: a role, unit, body, person or external.
    pub holder: Actor,
    /// Letter of the subject's framework.
    pub letter: String,
    /// Limits; without any the right is unlimited.
    pub tiers: Vec<Tier>,
    /// For a veto: the topics on which it may be used.
    pub veto_domain: String,
    /// For a veto or consent: how long the holder has to answer.
    pub review_window: Option<Minutes>,
    /// Free text.
    pub note: String,
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// An amount of money.
    Money(Currency),
    /// A share, in percent.
    Percent,
    /// Days.
    Days,
    /// A number of things.
    Count,
}

/// What a limit is summed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// Each single case.
    #[default]
    Case,
    /// All cases in a period.
    Period(Period),
    /// All cases with one counterparty.
    Counterparty,
    /// The whole term of a contract.
    Contract,
}

/// What must hold for a limit to apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The case belongs to this unit.
    Unit(UnitId),
    /// The case belongs to this category.
    Category(String),
    /// The expense is budgeted, or is not.
    Budgeted(bool),
    /// The supplier is new, or is not.
    NewSupplier(bool),
    /// Anything else, in words; it cannot be evaluated.
    Text(String),
}

/// A bounded right: it holds for amounts above `above` and up to and including `up_to`.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier {
    /// What is counted.
    pub quantity: Quantity,
    /// Lower bound, itself excluded; none for zero and up.
    pub above: Option<Amount>,
    /// Upper bound, itself included; none for no bound.
    pub up_to: Option<Amount>,
    /// What is summed.
    pub per: Per,
    /// What else must hold.
    pub conditions: Vec<Condition>,
    /// Roles that must sign, too.
    pub co_signers: Vec<RoleId>,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Whether the holder may pass it on.
    pub sub_delegation: bool,
    /// Who decides above it.
    pub escalates_to: Option<RoleId>,
}

impl Tier {
    /// A tier over all amounts of a quantity per case.
    pub fn unbounded(quantity: Quantity) -> Self {
        Self {
            quantity,
            above: None,
            up_to: None,
            per: Per::Case,
            conditions: Vec::new(),
            co_signers: Vec::new(),
            valid_from: None,
            valid_to: None,
            sub_delegation: false,
            escalates_to: None,
        }
    }

    /// Whether an amount lies in the tier: above < amount ≤ up to.
    pub fn covers(&self, amount: Amount) -> bool {
        self.above.is_none_or(|above| amount > above) && self.up_to.is_none_or(|up_to| amount <= up_to)
    }
}

/// What a letter obliges or entitles its holder to; rules speak of duties, never of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    /// Commits the organisation.
    Decide,
    /// Must agree before it is decided: a veto.
    Agree,
    /// Prepares the decision or recommends.
    Prepare,
    /// Does the work or carries the decision out.
    Do,
    /// Checks the result against criteria.
    Verify,
    /// Supplies resources or help.
    Support,
    /// Is asked before.
    Consult,
    /// Is told after.
    Inform,
}

impl Duty {
    /// Every duty, strongest first.
    pub const ALL: [Self; 8] =
        [Self::Decide, Self::Agree, Self::Prepare, Self::Do, Self::Verify, Self::Support, Self::Consult, Self::Inform];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::Agree => "agree",
            Self::Prepare => "prepare",
            Self::Do => "do",
            Self::Verify => "verify",
            Self::Support => "support",
            Self::Consult => "consult",
            Self::Inform => "inform",
        }
    }
}

/// One letter of a framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What is typed and shown: one to three characters.
    pub code: String,
    /// Its word: accountable.
    pub name: String,
    /// Its meaning in a sentence.
    pub meaning: String,
    /// What its holder does; the first one gives the colour.
    pub duties: Vec<Duty>,
    /// Fewest holders in a row and scope.
    pub at_least: u32,
    /// Most holders in a row and scope; none for any number.
    pub at_most: Option<u32>,
}

/// A set of letters with meanings and duties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framework {
    /// Stable text key: `raci`.
    pub key: Key,
    /// Name: RACI.
    pub name: String,
    /// What it is good for, in a sentence.
    pub description: String,
    /// Its letters in the order of its name.
    pub letters: Vec<Letter>,
    /// Whether it comes with the program and so is not written to files.
    pub built_in: bool,
}

impl Framework {
    /// The letter with this code; case counts only where two codes differ by nothing else.
    pub fn letter(&self, code: &str) -> Option<&Letter> {
        self.letters
            .iter()
            .find(|letter| letter.code == code)
            .or_else(|| self.letters.iter().find(|letter| letter.code.eq_ignore_ascii_case(code)))
    }

    /// Whether this letter carries a duty.
    pub fn has_duty(&self, code: &str, duty: Duty) -> bool {
        self.letter(code).is_some_and(|letter| letter.duties.contains(&duty))
    }

    /// The first letter that carries a duty.
    pub fn letter_for(&self, duty: Duty) -> Option<&Letter> {
        self.letters.iter().find(|letter| letter.duties.contains(&duty))
    }
}
