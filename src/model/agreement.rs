//! What people agreed to when they agreed to a row, and what has changed since.
//!
//! An agreement keeps the row as it stood, one line for each right, limit, holder, unit, step and gateway. Lines name
//! elements by their keys, so renaming one changes nothing. The day of an agreement comes from who made it: this layer
//! knows no clock.

use std::collections::{BTreeMap, BTreeSet};

use super::decision_text::condition_text;
use super::*;

/// Months after which an agreement should be confirmed anew.
pub const AGREEMENT_MONTHS: u32 = 12;

impl Agreement {
    /// Whole months from the agreement to a day; 0 before it.
    pub fn months_until(&self, day: Date) -> u32 {
        let months = (i32::from(day.year()) - i32::from(self.on.year())) * 12 + i32::from(day.month())
            - i32::from(self.on.month())
            - i32::from(day.day() < self.on.day());
        u32::try_from(months).unwrap_or(0)
    }
}

impl Document {
    /// A row as it stands, one line for each fact that an agreement is about, sorted.
    pub fn agreement_context(&self, decision: DecisionId) -> Vec<String> {
        let rights: Vec<&Right> = self.rights_on(Subject::Decision(decision)).map(|(_, right)| right).collect();
        self.context_of(decision, &rights)
    }

    /// What has changed since a row was agreed to, a sentence each; empty where nothing has, or nobody agreed.
    pub fn agreement_changes(&self, decision: DecisionId) -> Vec<String> {
        let rights: Vec<&Right> = self.rights_on(Subject::Decision(decision)).map(|(_, right)| right).collect();
        self.changes_of(decision, &rights)
    }

    /// The same for every row that was agreed to and has changed since.
    pub fn changed_agreements(&self) -> BTreeMap<DecisionId, Vec<String>> {
        let mut rights: BTreeMap<DecisionId, Vec<&Right>> = BTreeMap::new();
        for (_, right) in self.rights().iter() {
            if let Subject::Decision(id) = right.subject
                && self.decisions().get(id).is_some_and(|decision| decision.agreement.is_some())
            {
                rights.entry(id).or_default().push(right);
            }
        }
        let agreed = self.decisions().iter().filter(|(_, decision)| decision.agreement.is_some());
        agreed
            .map(|(id, _)| (id, self.changes_of(id, rights.get(&id).map_or(&[][..], Vec::as_slice))))
            .filter(|(_, changes)| !changes.is_empty())
            .collect()
    }

    fn context_of(&self, decision: DecisionId, rights: &[&Right]) -> Vec<String> {
        let Some(record) = self.decisions().get(decision) else { return Vec::new() };
        let key = |element: ElementRef| self.path_of(element);
        let mut lines: BTreeSet<String> = BTreeSet::new();
        for right in rights {
            let holder = key(right.holder.into());
            lines.insert(format!("right {holder} {}", right.letter));
            lines
                .extend(right.tiers.iter().map(|tier| format!("limit {holder} {} {}", right.letter, self.limit(tier))));
            if let Actor::Role(id) = right.holder
                && let Some(role) = self.roles().get(id)
            {
                let people = role.holders.iter().map(|holding| key(holding.person.into()));
                lines.extend(people.map(|person| format!("holder {holder}: {person}")));
                lines.extend(role.unit.map(|unit| format!("unit {holder}: {}", key(unit.into()))));
            }
        }
        lines.extend(record.scope.iter().map(|unit| format!("scope: {}", key((*unit).into()))));
        lines.extend(record.steps.iter().map(|step| format!("step: {}", key((*step).into()))));
        lines.extend(record.gateways.iter().map(|gateway| format!("gateway: {}", key((*gateway).into()))));
        lines.into_iter().collect()
    }

    /// All of a limit in a line, but the day on which it was looked at and the reason for it.
    fn limit(&self, tier: &Tier) -> String {
        let key = |element: ElementRef| self.path_of(element);
        let mut parts = vec![tier.to_string()];
        parts.extend(tier.conditions.iter().map(|condition| match condition {
            Condition::Unit(unit) => format!("unit {}", key((*unit).into())),
            other => condition_text(self, other),
        }));
        parts.extend(tier.co_signers.iter().map(|role| format!("signed by {}", key((*role).into()))));
        parts.extend(tier.deputy.map(|deputy| format!("deputy {}", key(deputy.into()))));
        parts.extend(tier.valid_from.map(|day| format!("from {day}")));
        parts.extend(tier.valid_to.map(|day| format!("to {day}")));
        parts.extend(tier.escalates_to.map(|role| format!("goes up to {}", key(role.into()))));
        parts.extend(tier.sub_delegation.then(|| "may be passed on".to_owned()));
        parts.extend(tier.emergency.then(|| "in an emergency".to_owned()));
        parts.join("; ")
    }

    fn changes_of(&self, decision: DecisionId, rights: &[&Right]) -> Vec<String> {
        let agreement = self.decisions().get(decision).and_then(|decision| decision.agreement.as_ref());
        // An agreement that came without the row as it stood says nothing about changes.
        let Some(agreement) = agreement.filter(|agreement| !agreement.context.is_empty()) else { return Vec::new() };
        let now: BTreeSet<String> = self.context_of(decision, rights).into_iter().collect();
        let then: BTreeSet<String> = agreement.context.iter().cloned().collect();
        let gone: Vec<&str> = then.difference(&now).map(String::as_str).collect();
        let new: Vec<&str> = now.difference(&then).map(String::as_str).collect();
        let mut changes = Vec::new();
        let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
        for line in gone.iter().chain(&new) {
            let (word, about) = subject_of(line);
            let same = |other: &&&str| subject_of(other) == (word, about);
            // A right that came or went tells of its limits, its holder's people and unit as well.
            let right = |lines: &[&str]| {
                lines.iter().any(|other| other.strip_prefix("right ").is_some_and(|rest| is_of(rest, word, about)))
            };
            let is_told = matches!(word, "limit" | "holder" | "unit") && (right(&gone) || right(&new));
            if is_told || !told.insert((word, about)) {
                continue;
            }
            let values = |lines: &[&str]| -> Vec<String> {
                let mut values: Vec<String> = lines.iter().filter(same).map(|line| self.value_of(line)).collect();
                values.dedup();
                values
            };
            changes.push(self.change(word, about, &values(&gone), &values(&new)));
        }
        changes
    }

    /// `Shop lead is held by Tom Berg, no longer by Eva Reis.`
    fn change(&self, word: &str, about: &str, gone: &[String], new: &[String]) -> String {
        let name = self.name_of_key(about.split(' ').next().unwrap_or_default());
        let letter = about.split_once(' ').map_or("", |(_, letter)| letter);
        let (old, now) = (gone.join(", "), new.join(", "));
        let (was, is) = (!gone.is_empty(), !new.is_empty());
        match (word, was, is) {
            ("holder", true, true) => format!("{name} is held by {now}, no longer by {old}."),
            ("holder", true, false) => format!("{name} is no longer held by {old}."),
            ("holder", false, _) => format!("{name} is now held by {now}, too."),
            ("unit", true, true) => format!("{name} has moved from {old} to {now}."),
            ("unit", true, false) => format!("{name} is no longer in {old}."),
            ("unit", false, _) => format!("{name} is now in {now}."),
            ("limit", true, true) => format!("The limit of {name} was {old} and is {now}."),
            ("limit", true, false) => format!("The limit of {name}, {old}, is gone."),
            ("limit", false, _) => format!("{name} has a new limit: {now}."),
            ("right", true, _) => format!("{name} no longer has {letter}."),
            ("right", false, _) => format!("{name} now has {letter}."),
            ("scope", true, true) => format!("It is taken for {now}, no longer for {old}."),
            ("scope", true, false) => format!("It is no longer taken for {old}."),
            ("scope", false, _) => format!("It is now taken for {now}, too."),
            ("step" | "gateway", true, true) => format!("The linked {word} is {now}, no longer {old}."),
            ("step" | "gateway", true, false) => format!("The {word} {old} is no longer linked."),
            ("step" | "gateway", false, _) => format!("The {word} {now} is now linked."),
            (_, true, _) => format!("“{about}” no longer holds."),
            _ => format!("“{about}” is new."),
        }
    }

    /// What a line says of its subject, elements by their names.
    fn value_of(&self, line: &str) -> String {
        let (word, about) = subject_of(line);
        let rest = line.strip_prefix(word).unwrap_or(line).trim_start_matches(' ');
        let value = rest.strip_prefix(about).unwrap_or(rest).trim_start_matches([':', ' ']);
        if word == "limit" { value.to_owned() } else { self.name_of_key(value) }
    }

    fn name_of_key(&self, key: &str) -> String {
        let name = self.by_key(key).map_or("", |element| self.name_of(element));
        if name.is_empty() { key.to_owned() } else { name.to_owned() }
    }
}

/// The first word of a line and what it is about: a holder, a holder and a letter, or nothing where the row itself is.
fn subject_of(line: &str) -> (&str, &str) {
    let (word, rest) = line.split_once([' ', ':']).unwrap_or((line, ""));
    let about = match word {
        "right" => rest,
        "holder" | "unit" => rest.split_once(':').map_or(rest, |(holder, _)| holder),
        "limit" => {
            let end = rest.match_indices(' ').nth(1).map_or(rest.len(), |(at, _)| at);
            rest.get(..end).unwrap_or(rest)
        }
        "scope" | "step" | "gateway" => "",
        _ => line,
    };
    (word, about)
}

/// Whether the line of a right, without its first word, is of what another line is about.
fn is_of(right: &str, word: &str, about: &str) -> bool {
    if word == "limit" { right == about } else { right.split(' ').next() == Some(about) }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row {
        document: Document,
        decision: DecisionId,
        clerk: RoleId,
        right: RightId,
    }

    /// Clerk, held by Eva, in the shop, decides up to 200 EUR; agreed to on 4 May.
    fn row() -> Row {
        let mut document = Document::default();
        let shop = document.insert(Unit::new("Shop"));
        let eva = document.insert(Person::new("Eva"));
        let holders = vec![Holding { person: eva, share: None }];
        let clerk = document.insert(Role { unit: Some(shop), holders, ..Role::new("Clerk") });
        let decision = document.insert(Decision::new("Grant a refund"));
        let tiers = parse_tiers("≤ 200 EUR", Currency::EUR).unwrap();
        let right = Right::new(Subject::Decision(decision), Actor::Role(clerk), "A");
        let right = document.insert(Right { tiers, ..right });
        let context = document.agreement_context(decision);
        assert_eq!(context.len(), 4, "{context:?}");
        let agreement = Agreement { on: "2026-05-04".parse().unwrap(), by: vec!["Ana".into()], context };
        document.get_mut::<Decision>(decision).unwrap().agreement = Some(agreement);
        Row { document, decision, clerk, right }
    }

    fn after(change: impl FnOnce(&mut Row)) -> Vec<String> {
        let mut row = row();
        change(&mut row);
        let changes = row.document.agreement_changes(row.decision);
        let all = row.document.changed_agreements();
        assert_eq!(all.get(&row.decision).cloned().unwrap_or_default(), changes);
        changes
    }

    #[test]
    fn names_and_reasons_may_change() {
        let changes = after(|row| {
            row.document.get_mut::<Role>(row.clerk).unwrap().name = "Cashier".into();
            let tier = &mut row.document.get_mut::<Right>(row.right).unwrap().tiers[0];
            (tier.reason, tier.set_on) = ("Far away".into(), "2026-06-01".parse().ok());
        });
        assert_eq!(changes, Vec::<String>::new());
    }

    #[test]
    fn each_change_is_told_with_its_cause() {
        let tom = |row: &mut Row| row.document.insert(Person::new("Tom"));
        let changes = after(|row| {
            let tom = tom(row);
            row.document.get_mut::<Role>(row.clerk).unwrap().holders[0].person = tom;
        });
        assert_eq!(changes, ["Clerk is held by Tom, no longer by Eva."]);
        let changes = after(|row| {
            row.document.get_mut::<Right>(row.right).unwrap().tiers = parse_tiers("≤ 500 EUR", Currency::EUR).unwrap();
        });
        assert_eq!(changes, ["The limit of Clerk was ≤ 200 EUR and is ≤ 500 EUR."]);
        let changes = after(|row| {
            let office = row.document.insert(Unit::new("Office"));
            row.document.get_mut::<Role>(row.clerk).unwrap().unit = Some(office);
        });
        assert_eq!(changes, ["Clerk has moved from Shop to Office."]);
        let changes = after(|row| {
            let process = row.document.insert(Process::new("Refund"));
            let step = row.document.insert(Step::new(process, "Pay out"));
            row.document.get_mut::<Decision>(row.decision).unwrap().steps.push(step);
        });
        assert_eq!(changes, ["The step Pay out is now linked."]);
    }

    #[test]
    fn a_right_that_goes_or_comes_is_told_once() {
        let changes = after(|row| {
            row.document.remove::<Right>(row.right);
            let owner = row.document.insert(Role::new("Owner"));
            let right = Right::new(Subject::Decision(row.decision), Actor::Role(owner), "A");
            let tiers = parse_tiers("any EUR", Currency::EUR).unwrap();
            row.document.insert(Right { tiers, ..right });
        });
        assert_eq!(changes, ["Clerk no longer has A.", "Owner now has A."]);
    }

    #[test]
    fn months_are_whole() {
        let row = row();
        let agreement = row.document.get::<Decision>(row.decision).unwrap().agreement.clone().unwrap();
        let months = |day: &str| agreement.months_until(day.parse().unwrap());
        assert_eq!([months("2027-05-03"), months("2027-05-04"), months("2026-01-01")], [11, 12, 0]);
    }
}
