//! What a text typed into a cell of the register means.

use super::RegisterColumn;
use crate::model::*;

impl Document {
    /// A decision as it would be with this text in a cell. What is written is no guess any more.
    ///
    /// # Errors
    /// One sentence that says what the text is not and what was expected; for columns that are only read, where their
    /// value comes from.
    pub fn with_register_text(
        &self,
        decision: &Decision,
        column: RegisterColumn,
        text: &str,
    ) -> Result<Decision, String> {
        let mut next = decision.clone();
        if let Some(reason) = column.reason_to_only_read() {
            return Err(reason.to_owned());
        }
        let refusal = |_| {
            let expected = column.expected().unwrap_or_default();
            format!("{}: “{}” is not {expected}.", column.heading(), text.trim())
        };
        self.write(&mut next, column, text.trim()).map_err(|problem| match problem {
            Problem::Unreadable => refusal(()),
            Problem::Because(reason) => format!("{}: {reason}", column.heading()),
        })?;
        if let Some(fact) = column.fact() {
            next.guesses.retain(|guess| *guess != fact);
        }
        Ok(next)
    }

    fn write(&self, next: &mut Decision, column: RegisterColumn, text: &str) -> Result<(), Problem> {
        match column {
            RegisterColumn::Name if text.is_empty() => {
                return Err(Problem::Because("a decision needs a name, such as Grant a refund.".to_owned()));
            }
            RegisterColumn::Name => text.clone_into(&mut next.name),
            RegisterColumn::Area => text.clone_into(&mut next.area),
            RegisterColumn::Kind => next.kind = kind(text)?,
            RegisterColumn::Framework => next.framework = self.framework_by_name(text)?,
            RegisterColumn::Frequency => next.frequency = optional(text, positive_rate)?,
            RegisterColumn::UsualAmount => next.amount_median = optional(text, |text| self.money(text))?,
            RegisterColumn::LargeAmount => next.amount_p95 = optional(text, |text| self.money(text))?,
            RegisterColumn::Amounts => next.amounts = self.monies(text)?,
            RegisterColumn::Importance => next.importance = optional(text, importance)?,
            RegisterColumn::Reversible => next.reversible = optional(text, yes_or_no)?,
            RegisterColumn::Scope => next.scope = self.units_by_name(text)?,
            RegisterColumn::Work => next.work = optional(text, minutes)?,
            RegisterColumn::ConsultWork => next.consult_work = optional(text, minutes)?,
            RegisterColumn::Commitment => next.commitment_months = optional(text, months)?,
            RegisterColumn::TargetTime => next.target_time = optional(text, minutes)?,
            RegisterColumn::ActualTime => next.actual_time = optional(text, minutes)?,
            RegisterColumn::Locus => next.locus = self.locus_by_name(text)?,
            RegisterColumn::Steps => next.steps = self.steps_by_name(text, &next.steps)?,
            RegisterColumn::Gateways => next.gateways = self.gateways_by_name(text, &next.gateways)?,
            RegisterColumn::Reserved => reserve(next, text)?,
            RegisterColumn::Guardrail => text.clone_into(&mut next.guardrail),
            RegisterColumn::Success => text.clone_into(&mut next.success),
            RegisterColumn::Decider | RegisterColumn::Hours | RegisterColumn::Agreement => {}
        }
        Ok(())
    }

    fn money(&self, text: &str) -> Option<Money> {
        let amount = || Amount::from_typed_money(text).ok();
        let plain = || Some(Money { amount: amount()?, currency: self.project().currency });
        Money::from_typed(text).ok().or_else(plain).filter(|money| money.amount >= Amount::ZERO)
    }

    /// A list of amounts; a currency at its end counts for all that have none.
    fn monies(&self, text: &str) -> Result<Vec<Money>, Problem> {
        let parts: Vec<&str> = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let last = parts.last().and_then(|last| Money::from_typed(last).ok()).map(|money| money.currency);
        let currency = last.unwrap_or(self.project().currency);
        let read = |part: &&str| {
            let plain = || Some(Money { amount: Amount::from_typed_money(part).ok()?, currency });
            Money::from_typed(part).ok().or_else(plain).filter(|money| money.amount >= Amount::ZERO)
        };
        parts.iter().map(read).collect::<Option<Vec<Money>>>().ok_or(Problem::Unreadable)
    }

    fn framework_by_name(&self, text: &str) -> Result<Option<FrameworkId>, Problem> {
        if text.is_empty() {
            return Ok(None);
        }
        let is_it = |framework: &Framework| is_name(&framework.name, text) || is_name(framework.key.as_str(), text);
        let found = self.frameworks().iter().find(|(_, framework)| is_it(framework));
        found.map(|(id, _)| Some(id)).ok_or_else(|| {
            let names: Vec<&str> = self.frameworks().iter().map(|(_, framework)| framework.name.as_str()).collect();
            Problem::Because(format!("no framework is called “{text}”; there are {}.", names.join(", ")))
        })
    }

    fn units_by_name(&self, text: &str) -> Result<Vec<UnitId>, Problem> {
        let units: Vec<(UnitId, &str)> = self.units().iter().map(|(id, unit)| (id, unit.name.as_str())).collect();
        by_names(text, "unit", &units, &[])
    }

    fn steps_by_name(&self, text: &str, now: &[StepId]) -> Result<Vec<StepId>, Problem> {
        let steps: Vec<(StepId, &str)> = self.steps().iter().map(|(id, step)| (id, step.name.as_str())).collect();
        by_names(text, "step", &steps, now)
    }

    fn gateways_by_name(&self, text: &str, now: &[GatewayId]) -> Result<Vec<GatewayId>, Problem> {
        let gateways: Vec<(GatewayId, &str)> =
            self.gateways().iter().map(|(id, gateway)| (id, gateway.name.as_str())).collect();
        by_names(text, "gateway", &gateways, now)
    }

    fn locus_by_name(&self, text: &str) -> Result<Option<Actor>, Problem> {
        if text.is_empty() {
            return Ok(None);
        }
        let role = self.roles().iter().find(|(_, role)| is_name(&role.name, text)).map(|(id, _)| Actor::Role(id));
        let unit = || self.units().iter().find(|(_, unit)| is_name(&unit.name, text)).map(|(id, _)| Actor::Unit(id));
        let found = role.or_else(unit);
        found.map(Some).ok_or_else(|| Problem::Because(format!("no role or unit is called “{text}”.")))
    }
}

/// Why a text cannot be taken.
enum Problem {
    /// It is not what the column expects.
    Unreadable,
    /// For this reason.
    Because(String),
}

fn is_name(name: &str, text: &str) -> bool {
    name.trim().to_lowercase() == text.trim().to_lowercase()
}

fn optional<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
    match text {
        "" => Ok(None),
        text => read(text).map(Some).ok_or(Problem::Unreadable),
    }
}

/// Elements by their names, parted by semicolons, or by commas where that makes no name. Where several have one name,
/// one that the cell holds already is meant.
fn by_names<I: Copy + PartialEq>(text: &str, word: &str, all: &[(I, &str)], now: &[I]) -> Result<Vec<I>, Problem> {
    let find = |name: &str| {
        let mut named = all.iter().filter(|(_, known)| is_name(known, name)).map(|(id, _)| *id);
        named.clone().find(|id| now.contains(id)).or_else(|| named.next())
    };
    let mut found: Vec<I> = Vec::new();
    let mut add = |id: I| {
        if !found.contains(&id) {
            found.push(id);
        }
    };
    for part in text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        if let Some(id) = find(part) {
            add(id);
            continue;
        }
        for name in part.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            add(find(name).ok_or_else(|| Problem::Because(format!("no {word} is called “{name}”.")))?);
        }
    }
    Ok(found)
}

fn kind(text: &str) -> Result<DecisionKind, Problem> {
    match text.to_lowercase().as_str() {
        "task" | "work" => Ok(DecisionKind::Task),
        "decision" | "" => Ok(DecisionKind::Decision),
        "control" | "check" => Ok(DecisionKind::Control),
        _ => Err(Problem::Unreadable),
    }
}

fn positive_rate(text: &str) -> Option<Rate> {
    text.parse::<Rate>().ok().filter(|rate| rate.count >= 0.0)
}

fn minutes(text: &str) -> Option<Minutes> {
    text.parse::<Minutes>().ok()
}

/// A number of months, the word behind it or not.
fn months(text: &str) -> Option<u32> {
    let number = text.trim_end_matches("months").trim_end_matches("month").trim();
    number.parse().ok().filter(|months| (1..=1200).contains(months))
}

fn importance(text: &str) -> Option<u8> {
    text.parse::<u8>().ok().filter(|number| (1..=5).contains(number))
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "x" => Some(true),
        "no" | "n" | "false" => Some(false),
        _ => None,
    }
}

fn reserve(next: &mut Decision, text: &str) -> Result<(), Problem> {
    let (answer, reason) = text.split_once([':', ',']).map_or((text, ""), |(answer, reason)| (answer, reason.trim()));
    next.reserved = match answer.trim() {
        "" => false,
        answer => yes_or_no(answer).ok_or(Problem::Unreadable)?,
    };
    if next.reserved {
        reason.clone_into(&mut next.reserved_reason);
    } else {
        next.reserved_reason.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::register::Registered;

    fn document() -> (Document, DecisionId) {
        let mut document = Document::default();
        document.insert(Framework {
            key: Key::unset(),
            name: "RACI".into(),
            description: String::new(),
            letters: vec![Letter { duties: vec![Duty::Decide], ..Letter::new("A", "accountable") }],
            built_in: true,
        });
        for name in ["Shop, North", "South"] {
            document.insert(Unit::new(name));
        }
        let owner = document.insert(Role::new("Owner"));
        let manager = document.insert(Role::new("Manager"));
        let process = document.insert(Process::new("Refund"));
        document.insert(Step::new(process, "Check"));
        document.insert(Step::new(process, "Pay"));
        let id = document.insert(Decision {
            guesses: vec![DecisionFact::Frequency, DecisionFact::Amounts],
            ..Decision::new("Grant a refund")
        });
        let right = |role, limit: &str| Right {
            tiers: parse_tiers(limit, Currency::EUR).unwrap(),
            ..Right::new(Subject::Decision(id), Actor::Role(role), "A")
        };
        document.insert(right(owner, ""));
        document.insert(right(manager, "≤ 200 EUR"));
        (document, id)
    }

    fn written(column: RegisterColumn, text: &str) -> Result<String, String> {
        let (mut document, id) = document();
        let next = document.with_register_text(document.get::<Decision>(id).unwrap(), column, text)?;
        *document.get_mut::<Decision>(id).unwrap() = next;
        Ok(Registered::new(&document).row(id).unwrap().text(column))
    }

    #[test]
    fn what_is_typed_is_shown_and_what_is_shown_is_read_back() {
        for (column, text, shown) in [
            (RegisterColumn::Frequency, "2/month", "2 per month"),
            (RegisterColumn::UsualAmount, "1,200.5", "1200.50 EUR"),
            (RegisterColumn::UsualAmount, "1.200 EUR", "1200 EUR"),
            (RegisterColumn::LargeAmount, "80 USD", "80 USD"),
            (RegisterColumn::Amounts, "40; 55 ;60 EUR", "40; 55; 60 EUR"),
            (RegisterColumn::Amounts, "40 USD; 55 EUR", "40 USD; 55 EUR"),
            (RegisterColumn::Importance, "5", "5"),
            (RegisterColumn::Reversible, "Y", "yes"),
            (RegisterColumn::Scope, "south; shop, north", "South; Shop, North"),
            (RegisterColumn::Work, "90", "1.5 h"),
            (RegisterColumn::TargetTime, "2 days", "2 d"),
            (RegisterColumn::Locus, "manager", "Manager"),
            (RegisterColumn::Locus, "South", "South"),
            (RegisterColumn::Steps, "Pay, check", "Pay; Check"),
            (RegisterColumn::Reserved, "yes: the law says so", "yes: the law says so"),
            (RegisterColumn::Reserved, "no", ""),
            (RegisterColumn::Kind, "Control", "control"),
            (RegisterColumn::Framework, "raci", "RACI"),
            (RegisterColumn::Success, "Nobody calls twice", "Nobody calls twice"),
        ] {
            assert_eq!(written(column, text), Ok(shown.to_owned()), "{column:?} {text}");
            assert_eq!(written(column, shown), Ok(shown.to_owned()), "{column:?} is read back");
            if column != RegisterColumn::Kind {
                assert_eq!(written(column, ""), Ok(String::new()), "{column:?} is cleared");
            }
        }
    }

    #[test]
    fn wrong_texts_are_refused_with_what_was_expected() {
        for (column, text, refusal) in [
            (RegisterColumn::Importance, "6", "Importance: “6” is not a whole number from 1 to 5."),
            (
                RegisterColumn::Frequency,
                "often",
                "How often: “often” is not a frequency such as 60 per week, 2 per month or 1 per year.",
            ),
            (RegisterColumn::UsualAmount, "-5", "Usual amount: “-5” is not an amount such as 80 or 80 EUR."),
            (RegisterColumn::Scope, "West", "Scope: no unit is called “West”."),
            (RegisterColumn::Framework, "RAPID", "Framework: no framework is called “RAPID”; there are RACI."),
            (RegisterColumn::Name, " ", "Decision: a decision needs a name, such as Grant a refund."),
            (RegisterColumn::Hours, "3", "The hours follow from how often and work; change those."),
        ] {
            assert_eq!(written(column, text), Err(refusal.to_owned()));
        }
    }

    #[test]
    fn writing_a_fact_ends_its_guess_and_no_other() {
        let (document, id) = document();
        let decision = document.get::<Decision>(id).unwrap();
        let next = document.with_register_text(decision, RegisterColumn::Frequency, "3 per week").unwrap();
        assert_eq!(next.guesses, [DecisionFact::Amounts]);
        let next = document.with_register_text(decision, RegisterColumn::Area, "Money").unwrap();
        assert_eq!(next.guesses.len(), 2);
    }

    #[test]
    fn deciders_stand_by_their_limits_and_hours_are_worked_out() {
        let (mut document, id) = document();
        let slot = document.get_mut::<Decision>(id).unwrap();
        slot.frequency = Some(Rate::weekly(60.0));
        slot.work = Some(Minutes(6.0));
        let registered = Registered::new(&document);
        let row = registered.row(id).unwrap();
        assert_eq!(row.text(RegisterColumn::Decider), "Manager ≤ 200 EUR; Owner");
        assert_eq!(row.text(RegisterColumn::Hours), "26 h");
        assert!(row.is_guess(RegisterColumn::Frequency) && !row.is_guess(RegisterColumn::UsualAmount));
    }
}
