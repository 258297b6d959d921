//! Quantities and words as a file states them: how each is written, and how it is read back.
//!
//! Whatever a document holds must be readable again, however odd: a negative duration or a reversed limit is a problem
//! that the integrity check names, never a file that does not open. So what the parsers for people refuse has a plain
//! second form here.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, EnumAccess, Error, Unexpected, VariantAccess as _, Visitor};

use crate::model::*;

/// What a file states as a text in quotes.
pub(super) trait FileText: Sized {
    /// What the text should have been.
    const EXPECTED: &'static str;
    /// The value of a text, if it has one.
    fn read(text: &str) -> Option<Self>;
}

/// A value stated as a text in quotes.
#[derive(Clone, Debug)]
pub(super) struct Text<T>(pub T);

impl<'de, T: FileText> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);

        impl<T: FileText> Visitor<'_> for Reader<T> {
            type Value = Text<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<T>, E> {
                T::read(text).map(Text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(Reader(PhantomData))
    }
}

impl FileText for Key {
    const EXPECTED: &'static str = "a key of 1 to 80 letters, digits, “-”, “_” and “.”";
    fn read(text: &str) -> Option<Self> {
        Self::new(text)
    }
}

impl FileText for Currency {
    const EXPECTED: &'static str = "a currency such as EUR";
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl FileText for Money {
    const EXPECTED: &'static str = "an amount with its currency such as 200 EUR";
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl FileText for Date {
    const EXPECTED: &'static str = "a date such as 2026-11-22";
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl FileText for WorkingHours {
    const EXPECTED: &'static str = "hours of a day such as 08:00 to 16:30";
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl FileText for UtcOffset {
    const EXPECTED: &'static str = "hours ahead of UTC such as +01:00";
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// A number of votes. It stands in files without quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Votes(pub Amount);

impl<'de> Deserialize<'de> for Votes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        let expected = &"a number of votes below nine hundred billion";
        Amount::from_f64(number).map(Votes).ok_or_else(|| D::Error::invalid_value(Unexpected::Float(number), expected))
    }
}

impl FileText for Minutes {
    const EXPECTED: &'static str = "a duration such as 6 min, 1.5 h or 2 d";
    fn read(text: &str) -> Option<Self> {
        let plain = || Some(Self(text.strip_suffix(" min")?.parse().ok()?));
        text.parse().ok().or_else(plain)
    }
}

/// A duration in a form that is read back whatever its value.
pub(super) fn duration_text(minutes: Minutes) -> String {
    let common = minutes.0 >= 0.0 && minutes.0.is_finite();
    if !common { format!("{} min", minutes.0) } else { minutes.to_string() }
}

impl FileText for Rate {
    const EXPECTED: &'static str = "a frequency such as 60 per week";
    fn read(text: &str) -> Option<Self> {
        let plain = || {
            let (count, word) = text.split_once(" per ")?;
            let per = *Period::ALL.iter().find(|period| period.word() == word)?;
            Some(Self { count: count.parse().ok()?, per })
        };
        text.parse().ok().or_else(plain)
    }
}

/// Both ends of a range, as its [`FileText`] reads them back.
pub(super) fn range_text(range: Range<String>) -> String {
    format!("{} to {}", range.low, range.high)
}

fn range_of<T: FileText>(text: &str) -> Option<Range<T>> {
    let (low, high) = text.split_once(" to ")?;
    Some(Range { low: T::read(low)?, high: T::read(high)? })
}

impl FileText for Range<Minutes> {
    const EXPECTED: &'static str = "a range of durations such as 8 min to 20 min";
    fn read(text: &str) -> Option<Self> {
        range_of(text)
    }
}

impl FileText for Range<Rate> {
    const EXPECTED: &'static str = "a range of frequencies such as 40 per week to 90 per week";
    fn read(text: &str) -> Option<Self> {
        range_of(text)
    }
}

/// The bounds, unit and period of a limit, without what else a tier has.
#[derive(Clone, Debug)]
pub(super) struct Limit(pub Tier);

impl FileText for Limit {
    const EXPECTED: &'static str = "a limit such as ≤ 200 EUR, > 200 ≤ 500 EUR, ≤ 1000 EUR per week, ≤ 10 % or any EUR";
    fn read(text: &str) -> Option<Self> {
        literal_limit(text).or_else(|| limit_as_typed(text)).map(Self)
    }
}

impl FileText for CaseLimit {
    const EXPECTED: &'static str = "a limit of single cases such as ≤ 200 EUR, > 200 ≤ 500 EUR, ≤ 10 % or any EUR";
    fn read(text: &str) -> Option<Self> {
        Self::of(&Limit::read(text)?.0)
    }
}

/// Reads a limit as people type it, but only with its unit: a file must not change its meaning with a setting.
fn limit_as_typed(text: &str) -> Option<Tier> {
    let other: Currency = "XXX".parse().ok()?;
    let tier = parse_tier(text, Currency::EUR).ok()?;
    (parse_tier(text, other).ok()? == tier).then_some(tier)
}

/// Reads what [`Tier`]'s `Display` prints, whatever the order and sign of the bounds.
fn literal_limit(text: &str) -> Option<Tier> {
    let mut words = text.split_whitespace().peekable();
    let (mut above, mut up_to) = (None, None);
    if words.peek() == Some(&"any") {
        words.next();
    }
    while let Some(sign) = words.next_if(|word| matches!(*word, ">" | "≤")) {
        let bound = if sign == ">" { &mut above } else { &mut up_to };
        *bound = Some(words.next()?.parse().ok()?);
    }
    let quantity = match words.next()? {
        "%" => Quantity::Percent,
        "days" => Quantity::Days,
        "×" => Quantity::Count,
        code if code.bytes().all(|byte| byte.is_ascii_uppercase()) => Quantity::Money(code.parse().ok()?),
        _ => return None,
    };
    let per = match (words.next(), words.next()) {
        (None, None) => Per::Case,
        (Some("per"), Some("counterparty")) => Per::Counterparty,
        (Some("per"), Some("contract")) => Per::Contract,
        (Some("per"), Some(word)) => Per::Period(*Period::ALL.iter().find(|period| period.word() == word)?),
        _ => return None,
    };
    words.next().is_none().then(|| Tier { above, up_to, per, ..Tier::unbounded(quantity) })
}

/// A choice that a file states as a bare word.
pub(super) trait Word: Copy + 'static {
    /// What is chosen.
    const NAME: &'static str;
    /// Every word.
    const WORDS: &'static [&'static str];
    /// The word of a choice.
    fn word(self) -> &'static str;
    /// The choice of a word.
    fn of_word(word: &str) -> Option<Self>;
}

/// A choice stated as a bare word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Choice<T>(pub T);

impl<'de, T: Word> Deserialize<'de> for Choice<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        struct Found<T>(T);

        impl<'de, T: Word> Visitor<'de> for Reader<T> {
            type Value = Choice<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "one of the words {}", T::WORDS.join(", "))
            }

            fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Choice<T>, A::Error> {
                let (Found(choice), rest) = access.variant::<Found<T>>()?;
                rest.unit_variant()?;
                Ok(Choice(choice))
            }
        }

        impl<'de, T: Word> Deserialize<'de> for Found<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Name<T>(PhantomData<T>);

                impl<T: Word> Visitor<'_> for Name<T> {
                    type Value = Found<T>;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a word")
                    }

                    fn visit_str<E: Error>(self, word: &str) -> Result<Found<T>, E> {
                        T::of_word(word).map(Found).ok_or_else(|| E::unknown_variant(word, T::WORDS))
                    }
                }

                deserializer.deserialize_identifier(Name(PhantomData))
            }
        }

        deserializer.deserialize_enum(T::NAME, T::WORDS, Reader(PhantomData))
    }
}

macro_rules! words {
    ($($Type:ident $name:literal: $($Variant:ident $word:literal),+;)*) => {$(
        impl Word for $Type {
            const NAME: &'static str = $name;
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn word(self) -> &'static str {
                match self { $(Self::$Variant => $word,)+ }
            }

            fn of_word(word: &str) -> Option<Self> {
                Some(match word { $($word => Self::$Variant,)+ _ => return None })
            }
        }
    )*};
}

words! {
    Profile "profile": Sketch "sketch", Workshop "workshop", Audit "audit";
    ModelType "model type": Functional "functional", Geographic "geographic", Product "product", Market "market",
        Process "process", NetworkTeam "network_team", Platform "platform", Matrix "matrix";
    Archetype "archetype": PlayerCoach "player_coach", Coach "coach", Supervisor "supervisor",
        Facilitator "facilitator", Coordinator "coordinator";
    SkillLevel "skill level": Learning "learning", Capable "capable", Expert "expert";
    ExternalKind "kind of external": Customer "customer", Supplier "supplier", Partner "partner",
        Franchisee "franchisee", Authority "authority";
    SystemKind "kind of system": Software "software", Machine "machine", Store "store";
    Method "method": Single "single", Advice "advice", Consent "consent", Consensus "consensus", Majority "majority",
        Weighted "weighted";
    ValueClass "value": AddsValue "adds_value", Needed "needed", Waste "waste";
    DutyTag "duty": Authorise "authorise", Custody "custody", Record "record", Reconcile "reconcile";
    StepKind "kind of step": Task "task", User "user", Manual "manual", Service "service", Send "send",
        Receive "receive", Script "script", BusinessRule "business_rule", SubFlow "sub_flow",
        Transaction "transaction", AdHoc "ad_hoc", EventSubFlow "event_sub_flow", Call "call";
    Repetition "repetition": Loop "loop", Parallel "parallel", Sequential "sequential";
    GatewayKind "kind of gateway": Exclusive "exclusive", Parallel "parallel", Inclusive "inclusive",
        EventBased "event_based", Complex "complex";
    EventTrigger "trigger": Plain "plain", Message "message", Timer "timer", Error "error",
        Escalation "escalation", Cancel "cancel", Compensation "compensation", Condition "condition", Link "link",
        Signal "signal", Terminate "terminate", Multiple "multiple", ParallelMultiple "parallel_multiple";
    LinkKind "kind of link": Message "message", Association "association", Input "input", Output "output";
    ArtefactForm "form": Sheet "sheet", Pile "pile", Store "store", Input "input", Output "output";
    NoteKind "kind": Remark "remark", Question "question", Idea "idea", Risk "risk", Decision "decision";
    NoteForm "form": Sticky "sticky", Annotation "annotation", Frame "frame";
    ChartForm "form": Tree "tree", Circles "circles", Grid "grid";
    FlowDirection "direction": LeftToRight "left_to_right", TopToBottom "top_to_bottom";
    EventKind "kind of event": Start "start", Intermediate "intermediate", End "end";
    DecisionKind "kind of decision": Task "task", Decision "decision", Control "control";
    DecisionFact "guess": Frequency "frequency", Amounts "amounts", Importance "importance",
        Reversible "reversible", Work "work", TargetTime "target_time";
    MeasuredFact "measured fact": Cases "cases", Work "work", Wait "wait", Probability "probability";
    WaitCause "cause of waiting": Batching "batching", Contention "contention", Prioritisation "prioritisation",
        Unavailability "unavailability", Extraneous "extraneous";
    MatrixForm "form": Rights "rights", Register "register";
    HolderKind "kind of column": Roles "roles", Units "units", Bodies "bodies", People "people",
        Externals "externals";
    MatrixRows "rows": Decisions "decisions", Steps "steps", Both "both";
    Duty "duty": Decide "decide", Agree "agree", Prepare "prepare", Do "do", Verify "verify", Support "support",
        Consult "consult", Inform "inform";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_durations_and_rates_are_read_back() {
        for minutes in [-5.0, 0.0, 1e-7, 1.0 / 3.0, 90.0, 1e300, f64::INFINITY] {
            let text = duration_text(Minutes(minutes));
            assert_eq!(Minutes::read(&text), Some(Minutes(minutes)), "{text}");
        }
        for count in [-2.0, 0.1, 1e-9, 1e200] {
            let rate = Rate { count, per: Period::Month };
            assert_eq!(Rate::read(&rate.to_string()), Some(rate));
        }
        assert!(Minutes::read("6 mins ago").is_none());
    }

    #[test]
    fn odd_ranges_are_read_back() {
        for (low, high) in [(8.0, 20.0), (-5.0, 1.0 / 3.0), (90.0, f64::INFINITY)] {
            let range = Range { low: Minutes(low), high: Minutes(high) };
            let text = range_text(range.map(duration_text));
            assert_eq!(Range::<Minutes>::read(&text), Some(range), "{text}");
            let range = range.map(|minutes| Rate { count: minutes.0, per: Period::Month });
            let text = range_text(range.map(|rate| rate.to_string()));
            assert_eq!(Range::<Rate>::read(&text), Some(range), "{text}");
        }
        for text in ["8 min", "8 to", "8 min to 12 min to 20 min", "soon to 8 min"] {
            assert_eq!(Range::<Minutes>::read(text), None, "{text}");
        }
    }

    #[test]
    fn every_limit_is_read_back_even_an_impossible_one() {
        assert!(Limit::read("200 to 500 EUR per week").is_some());
        assert!(Limit::read("≤ 200").is_none(), "a limit without a unit");
        let amount = Amount::whole;
        let bounds = [None, Some(amount(-5)), Some(amount(0)), Some(amount(200)), Some(amount(500))];
        let currency = |code: &str| Quantity::Money(code.parse().unwrap());
        let quantities =
            [currency("EUR"), currency("DAY"), currency("ANY"), Quantity::Percent, Quantity::Days, Quantity::Count];
        let pers = [Per::Case, Per::Counterparty, Per::Contract, Per::Period(Period::Quarter)];
        for above in bounds {
            for up_to in bounds {
                for quantity in quantities {
                    for per in pers {
                        let tier = Tier { above, up_to, per, ..Tier::unbounded(quantity) };
                        let read = Limit::read(&tier.to_string()).unwrap_or_else(|| panic!("{tier}"));
                        assert_eq!(read.0, tier, "{tier}");
                    }
                }
            }
        }
    }
}
