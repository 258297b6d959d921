//! What may stand behind a limit: conditions, second names, deputies, days, and the rest.

use std::ops::Range;

use super::super::decision::Condition;
use super::super::ids::{Actor, RoleId, UnitId};
use super::super::quantity::Date;
use super::bounds::starts_with_word;
use super::names::{self, Found};
use super::reader::{Draft, Reader, trimmed};

/// What may be written where something was not understood.
pub(super) const EXPECTED: &str = "write a limit (≤ 200 EUR per case), a condition (if budgeted, category IT, in a \
                                   unit), with a co-signer, deputy, from or until a day, may pass on, escalates to, \
                                   emergency, or because";

const IF: [&str; 5] = ["only if", "only when", "if", "when", "where"];
const WITH: [&str; 7] =
    ["together with", "with", "co-signed by", "cosigned by", "co-signers", "co-signer", "signed also by"];
const DEPUTY: [&str; 3] = ["deputy", "represented by", "stand-in"];
const FROM: [&str; 4] = ["valid from", "from", "since", "starting"];
const UNTIL: [&str; 5] = ["valid until", "until", "till", "through", "to"];
const PASS_ON: [&str; 6] =
    ["may pass it on", "may pass on", "may delegate it", "may delegate", "may sub-delegate", "sub-delegation"];
const ESCALATES: [&str; 5] = ["escalates to", "escalate to", "escalates", "goes up to", "more goes to"];
const EMERGENCY: [&str; 6] =
    ["in emergencies only", "in emergencies", "in an emergency", "in case of emergency", "emergency only", "emergency"];
const BECAUSE: [&str; 3] = ["because of", "because", "reason"];
const CONDITIONS: [(&str, Condition); 17] = [
    ("budgeted", Condition::Budgeted(true)),
    ("in budget", Condition::Budgeted(true)),
    ("in the budget", Condition::Budgeted(true)),
    ("within budget", Condition::Budgeted(true)),
    ("within the budget", Condition::Budgeted(true)),
    ("not budgeted", Condition::Budgeted(false)),
    ("unbudgeted", Condition::Budgeted(false)),
    ("not in budget", Condition::Budgeted(false)),
    ("not in the budget", Condition::Budgeted(false)),
    ("outside the budget", Condition::Budgeted(false)),
    ("new supplier", Condition::NewSupplier(true)),
    ("a new supplier", Condition::NewSupplier(true)),
    ("the supplier is new", Condition::NewSupplier(true)),
    ("known supplier", Condition::NewSupplier(false)),
    ("a known supplier", Condition::NewSupplier(false)),
    ("existing supplier", Condition::NewSupplier(false)),
    ("not a new supplier", Condition::NewSupplier(false)),
];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether a text is a word whose colon belongs to it: `deputy: Ana`.
pub(super) fn is_keyword(text: &str) -> bool {
    let own = ["category", "unit", "budgeted", "new supplier", "deputy", "reason", "co-signers", "co-signer", "with"];
    own.iter().any(|word| text.trim().eq_ignore_ascii_case(word) || ends_with_word(text, word))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let text = text.trim();
    let start = text.len().checked_sub(word.len());
    let tail = start.and_then(|start| text.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(word));
    tail && start.and_then(|start| text.get(..start)).is_some_and(|head| head.ends_with(char::is_whitespace))
}

/// Whether a text begins as something that may stand behind a limit.
pub(super) fn begins(text: &str) -> bool {
    let words =
        IF.iter().chain(&WITH).chain(&DEPUTY).chain(&PASS_ON).chain(&ESCALATES).chain(&EMERGENCY).chain(&BECAUSE);
    words.into_iter().any(|word| starts_with_word(text, word))
        || CONDITIONS.iter().any(|(word, _)| starts_with_word(text, word))
        || ["category", "in", "unit", "new suppliers"].iter().any(|word| starts_with_word(text, word))
        || after(text, &FROM).or_else(|| after(text, &UNTIL)).is_some_and(|rest| day(first_words(rest)).is_some())
}

/// What stands behind the first of these words; a colon after it is no part of it.
fn after<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let word = words.iter().find(|word| starts_with_word(text, word))?;
    let rest = text.get(word.len()..)?.trim_start();
    Some(rest.strip_prefix([':', '=']).unwrap_or(rest).trim())
}

/// The words before another bound of a time.
fn first_words(text: &str) -> &str {
    let end = UNTIL.iter().filter_map(|word| text.find(&format!(" {word} "))).min();
    end.and_then(|end| text.get(..end)).unwrap_or(text).trim()
}

/// Alternatives; a text in quotes is one.
fn split_or(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.trim().starts_with(['“', '"']) && names::unquoted(text) != text.trim();
    text.split(if whole { "\u{0}" } else { " or " })
}

/// A day: 2026-12-31, 31.12.2026 or 31 December 2026.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.parse::<Date>() {
        return (text.len() == 10).then_some(day);
    }
    let dotted: Vec<&str> = text.split('.').collect();
    if let [day, month, year] = dotted.as_slice() {
        return Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?).ok();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let [day, month, year] = words.as_slice() else { return None };
    let known = |name: &&str| month.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let month = MONTHS.iter().position(known)? as i8 + 1;
    Date::new(year.parse().ok()?, month, day.trim_end_matches('.').parse().ok()?).ok()
}

impl Reader<'_> {
    /// Takes what is no limit; false for what is something else.
    pub(super) fn extra(&mut self, item: Range<usize>, draft: &mut Draft) -> bool {
        let text = self.slice(&item).to_owned();
        let place = |rest: &str| item.end - rest.len()..item.end;
        let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is_one_of(&EMERGENCY) || is_one_of(&PASS_ON) {
            draft.extras.emergency |= is_one_of(&EMERGENCY);
            draft.extras.sub_delegation |= is_one_of(&PASS_ON);
            draft.extras.any = true;
            return true;
        }
        let taken = if let Some(rest) = after(&text, &WITH) {
            self.co_signers(place(rest), draft);
            true
        } else if let Some(rest) = after(&text, &DEPUTY) {
            draft.extras.deputy = self.deputy(place(rest));
            true
        } else if let Some(rest) = after(&text, &ESCALATES) {
            draft.extras.escalates_to = self.role(place(rest));
            true
        } else if let Some(rest) = after(&text, &BECAUSE) {
            names::unquoted(rest).clone_into(&mut draft.extras.reason);
            true
        } else {
            self.days(&text, draft) || self.condition(item, &text, draft)
        };
        draft.extras.any |= taken;
        taken
    }

    fn days(&mut self, text: &str, draft: &mut Draft) -> bool {
        if let Some(rest) = after(text, &FROM) {
            let head = first_words(rest);
            let Some(from) = day(head) else { return false };
            let tail = rest.get(head.len()..).unwrap_or("").trim();
            let until = if tail.is_empty() { None } else { after(tail, &UNTIL).and_then(day) };
            if !tail.is_empty() && until.is_none() {
                return false;
            }
            draft.extras.valid_from = Some(from);
            draft.extras.valid_to = until.or(draft.extras.valid_to);
            return true;
        }
        let Some(until) = after(text, &UNTIL).and_then(day) else { return false };
        draft.extras.valid_to = Some(until);
        true
    }

    fn condition(&mut self, item: Range<usize>, text: &str, draft: &mut Draft) -> bool {
        let inner = after(text, &IF);
        let body = inner.unwrap_or(text);
        let conditions = match self.plain_condition(body) {
            Some(found) => found,
            None if inner.is_some() && !body.is_empty() => vec![Condition::Text(names::unquoted(body).to_owned())],
            None => return self.place_is_unknown(item, body),
        };
        draft.extras.conditions.extend(conditions);
        true
    }

    /// Says so where a text names a unit that there is not.
    fn place_is_unknown(&mut self, item: Range<usize>, text: &str) -> bool {
        let Some(name) = after(text, &["in", "unit"]).filter(|name| !name.is_empty()) else { return false };
        let name = names::bare(name).to_owned();
        let message = match names::unit(self.document, &name) {
            Found::Several(all) => format!("{} units are called “{name}”: say which by its key.", all.len()),
            _ => format!("No unit is called “{name}”."),
        };
        self.problem(item, message);
        true
    }

    fn plain_condition(&self, text: &str) -> Option<Vec<Condition>> {
        let text = text.trim();
        let alternatives = |value: &str| -> Vec<String> {
            let values = split_or(value).map(|one| names::unquoted(one).to_owned());
            values.filter(|one| !one.is_empty()).collect()
        };
        if let Some((_, condition)) = CONDITIONS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)) {
            return Some(vec![condition.clone()]);
        }
        if text.eq_ignore_ascii_case("new suppliers") {
            return Some(vec![Condition::NewSupplier(true)]);
        }
        for (word, make) in [
            ("budgeted", Condition::Budgeted as fn(bool) -> Condition),
            ("new supplier", Condition::NewSupplier as fn(bool) -> Condition),
        ] {
            if let Some(value) = after(text, &[word]) {
                return match value.to_lowercase().as_str() {
                    "yes" => Some(vec![make(true)]),
                    "no" => Some(vec![make(false)]),
                    _ => None,
                };
            }
        }
        if let Some(value) = after(text, &["category is", "category"]).filter(|value| !value.is_empty()) {
            return Some(alternatives(value).into_iter().map(Condition::Category).collect());
        }
        if let Some(value) = after(text, &["in", "for", "at", "unit"]) {
            let units: Option<Vec<UnitId>> = alternatives(value)
                .iter()
                .map(|name| match names::unit(self.document, name) {
                    Found::One(unit) => Some(unit),
                    _ => None,
                })
                .collect();
            return units
                .filter(|units| !units.is_empty())
                .map(|units| units.into_iter().map(Condition::Unit).collect());
        }
        let (name, value) = text.split_once('=')?;
        let name = names::unquoted(name).to_owned();
        let makes = |value: String| Condition::Attribute { name: name.clone(), value };
        let values = alternatives(value);
        (!name.is_empty() && !values.is_empty() && !name.ends_with(['<', '>']))
            .then(|| values.into_iter().map(makes).collect())
    }

    fn co_signers(&mut self, at: Range<usize>, draft: &mut Draft) {
        let text = self.slice(&at).to_owned();
        let mut start = 0;
        let joins = [" and ", " & ", " + "];
        loop {
            let rest = text.get(start..).unwrap_or("");
            let join = joins.iter().filter_map(|join| Some((rest.find(join)?, join.len()))).min();
            let end = join.map_or(text.len(), |(at, _)| start + at);
            let one = trimmed(self.text, at.start + start..at.start + end);
            if let Some(role) = self.role(one)
                && !draft.extras.co_signers.contains(&role)
            {
                draft.extras.co_signers.push(role);
            }
            match join {
                Some((_, length)) => start = end + length,
                None => break,
            }
        }
    }

    fn role(&mut self, at: Range<usize>) -> Option<RoleId> {
        let name = names::bare(self.slice(&at)).to_owned();
        match names::role(self.document, self.decision, &self.context.new_roles, &name) {
            Found::One(Actor::Role(role)) => Some(role),
            found => {
                self.unknown(at, name, found, true);
                None
            }
        }
    }

    fn deputy(&mut self, at: Range<usize>) -> Option<Actor> {
        let name = names::bare(self.slice(&at)).to_owned();
        match names::actor(self.document, self.decision, &self.context.new_roles, &name) {
            Found::One(actor @ (Actor::Role(_) | Actor::Person(_))) => Some(actor),
            Found::One(_) => {
                self.problem(at, format!("“{name}” is no role and no person: nobody else can be a deputy."));
                None
            }
            found => {
                self.unknown(at, name, found, true);
                None
            }
        }
    }
}
