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
    /// Amounts of past cases; where there are some they count, and not the two figures above.
    pub amounts: Vec<Money>,
    /// How much hangs on it: 1 to 5.
    pub importance: Option<u8>,
    /// What a good outcome looks like.
    pub success: String,
    /// Whether it can be undone.
    pub reversible: Option<bool>,
    /// Where the knowledge for it is: a role or a unit.
    pub locus: Option<Actor>,
    /// The decider's minutes for one case.
    pub work: Option<Minutes>,
    /// Minutes of each one who is asked, for one case.
    pub consult_work: Option<Minutes>,
    /// For how many months one case binds the organisation, such as a lease of 36 months.
    pub commitment_months: Option<u32>,
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
    /// The facts that nobody in the organisation has confirmed yet: they came with a template. In order, each once.
    pub guesses: Vec<DecisionFact>,
    /// Who agreed to the row, when, and to what; none where nobody did.
    pub agreement: Option<Agreement>,
    /// Free text.
    pub description: String,
}

/// A fact of a decision that may be a guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecisionFact {
    /// How often it is taken.
    Frequency,
    /// Its amounts.
    Amounts,
    /// How much hangs on it.
    Importance,
    /// Whether it can be undone.
    Reversible,
    /// The decider's minutes for one case.
    Work,
    /// How long it should take.
    TargetTime,
}

impl DecisionFact {
    /// Every fact, in the order of forms.
    pub const ALL: [Self; 6] =
        [Self::Frequency, Self::Amounts, Self::Importance, Self::Reversible, Self::Work, Self::TargetTime];

    /// The words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Frequency => "frequency",
            Self::Amounts => "amounts",
            Self::Importance => "importance",
            Self::Reversible => "reversibility",
            Self::Work => "work",
            Self::TargetTime => "target time",
        }
    }
}

/// That people agreed to the rights of a row as they stood on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The day.
    pub on: Date,
    /// Who agreed, by name.
    pub by: Vec<String>,
    /// What it was agreed to, one line for each right, limit, holder, unit and step, sorted: what differs from the
    /// present lines has changed since.
    pub context: Vec<String>,
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
    /// Whether the holder leads those who have the same duty.
    pub lead: bool,
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
    /// A condition of the organisation's own: that something has a value, such as country: France.
    Attribute {
        /// What is asked: country.
        name: String,
        /// The answer for which the limit applies.
        value: String,
    },
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
    /// Who decides within it while the holder is away; the deputy of the role where it is none.
    pub deputy: Option<Actor>,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Whether the holder may pass it on.
    pub sub_delegation: bool,
    /// Who decides above it.
    pub escalates_to: Option<RoleId>,
    /// Whether it is for emergencies only: used when nobody else can be reached, and reported afterwards.
    pub emergency: bool,
    /// The day on which its amount was last looked at.
    pub set_on: Option<Date>,
    /// Why it is as it is, where it differs from others on purpose.
    pub reason: String,
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
            deputy: None,
            valid_from: None,
            valid_to: None,
            sub_delegation: false,
            escalates_to: None,
            emergency: false,
            set_on: None,
            reason: String::new(),
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
    /// Strength where one holder has several letters: 1 is the strongest; that of its first duty where it is none.
    pub rank: Option<u8>,
    /// Colour of its chips: 0 to 7, a tint of the theme; the colour of its first duty where it is none.
    pub tint: Option<u8>,
}

impl Letter {
    /// A letter without duties that any number may hold.
    pub fn new(code: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            name: name.into(),
            meaning: String::new(),
            duties: Vec::new(),
            at_least: 0,
            at_most: None,
            rank: None,
            tint: None,
        }
    }

    /// How strong it is beside the other letters of its framework: lower is stronger.
    pub fn strength(&self) -> u8 {
        let of_duty = |duty: &Duty| Duty::ALL.iter().position(|other| other == duty);
        let by_duty = self.duties.iter().filter_map(of_duty).min().map_or(u8::MAX, |place| place as u8 + 1);
        self.rank.unwrap_or(by_duty)
    }
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
