//! Reading a typed line, statement by statement.

use std::ops::Range;

use super::bounds::{self, Bound, begins_bound, read_bound};
use super::names::{self, Found};
use super::{LadderLine, LineContext, LineProblem, extras};
use crate::model::decision::{Condition, Quantity};
use crate::model::document::Document;
use crate::model::ids::{Actor, DecisionId, RoleId, TableId as _};
use crate::model::quantity::Date;

/// Parts of a text between separators, trimmed, without empty ones; what stands in quotes is one.
pub(super) fn parts(text: &str, within: Range<usize>, separates: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut quoted) = (within.start, false);
    let body = text.get(within.clone()).unwrap_or("");
    for (at, c) in body.char_indices() {
        match c {
            '“' | '„' => quoted = true,
            '”' => quoted = false,
            '"' => quoted = !quoted,
            _ if !quoted && separates(c) => {
                let at = within.start + at;
                found.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    found.push(start..within.end);
    found.into_iter().map(|part| trimmed(text, part)).filter(|part| !part.is_empty()).collect()
}

pub(super) fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let body = text.get(part.clone()).unwrap_or("");
    let start = part.start + body.len() - body.trim_start().len();
    start..(start + body.trim().len())
}

/// What a statement says before it is complete.
#[derive(Default)]
pub(super) struct Draft {
    pub who: Option<Range<usize>>,
    pub bounds: Vec<(Bound, Range<usize>)>,
    pub everything: bool,
    pub nothing: bool,
    /// Whether a limit of it was not understood.
    pub broken: bool,
    pub extras: Extras,
    pub at: Range<usize>,
}

/// What holds for all limits of a statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Extras {
    pub conditions: Vec<Condition>,
    pub co_signers: Vec<RoleId>,
    pub deputy: Option<Actor>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub sub_delegation: bool,
    pub escalates_to: Option<RoleId>,
    pub emergency: bool,
    pub reason: String,
    pub any: bool,
}

pub(super) struct Reader<'a> {
    pub document: &'a Document,
    pub decision: DecisionId,
    pub context: &'a LineContext,
    pub text: &'a str,
    pub line: LadderLine,
    /// What was counted last.
    pub quantity: Option<Quantity>,
    /// About whom the last statement was.
    pub last: Option<Actor>,
}

impl<'a> Reader<'a> {
    pub fn new(document: &'a Document, decision: DecisionId, text: &'a str, context: &'a LineContext) -> Self {
        let line = LadderLine::default();
        Self { document, decision, context, text, line, quantity: None, last: context.holder }
    }

    pub fn slice(&self, at: &Range<usize>) -> &str {
        self.text.get(at.clone()).unwrap_or("")
    }

    pub fn problem(&mut self, at: Range<usize>, message: impl Into<String>) {
        self.line.problems.push(LineProblem { at, message: message.into(), name: None });
    }

    pub fn finish(mut self) -> LadderLine {
        self.line.problems.sort_by_key(|problem| (problem.at.start, problem.at.end));
        let first = self.document.roles().next_index();
        self.line.new_roles.clone_from(&self.context.new_roles);
        self.line.first_new_role = Some(RoleId::from_index(first));
        self.line
    }

    /// One statement, or several that a comma parts.
    pub fn clause(&mut self, clause: Range<usize>) {
        let mut draft = Draft { at: clause.clone(), ..Draft::default() };
        let mut body = clause.clone();
        if let Some(colon) = self.colon(&clause) {
            let left = trimmed(self.text, clause.start..colon);
            let right = trimmed(self.text, colon + 1..clause.end);
            if begins_bound(self.slice(&left)) {
                // `above 200 EUR: Owner, with Finance`
                self.items(left, &mut draft);
                let mut items = self.split_items(right).into_iter();
                if let Some(first) = items.next() {
                    self.take_name(first, &mut draft);
                }
                if draft.who.is_none() {
                    self.problem(colon..colon + 1, "Say who, behind the colon.");
                    return;
                }
                for item in items {
                    self.item(item, &mut draft);
                }
                self.close(draft);
                return;
            }
            self.take_name(left, &mut draft);
            body = right;
        }
        self.items(body, &mut draft);
        self.close(draft);
    }

    /// Takes a name, and what stands behind it without a comma: `Owner with Finance lead`.
    fn take_name(&mut self, at: Range<usize>, draft: &mut Draft) {
        let text = self.slice(&at).to_owned();
        let is_name = |name: &str| {
            let found = names::actor(self.document, self.decision, &self.context.new_roles, name);
            !matches!(found, Found::Nothing)
        };
        let spaces = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
        let cut = spaces.into_iter().find(|space| text.get(space + 1..).is_some_and(extras::begins));
        match cut.filter(|_| !is_name(&text)) {
            Some(cut) => {
                draft.who = Some(trimmed(self.text, at.start..at.start + cut));
                self.item(trimmed(self.text, at.start + cut..at.end), draft);
            }
            None => draft.who = Some(at),
        }
    }

    /// The colon behind a name or a limit, not that of a word such as `deputy: Ana`.
    fn colon(&self, clause: &Range<usize>) -> Option<usize> {
        let first = parts(self.text, clause.clone(), |c| c == ':').into_iter().next()?;
        if first.end >= clause.end {
            return None;
        }
        let piece = self.slice(&first);
        let last = piece.rsplit(", ").next().unwrap_or(piece);
        let after = self.text.get(first.end..clause.end)?;
        let colon = first.end + after.find(':')?;
        (!extras::is_keyword(last)).then_some(colon)
    }

    fn items(&mut self, body: Range<usize>, draft: &mut Draft) {
        for item in self.split_items(body) {
            self.item(item, draft);
        }
    }

    /// Items between commas (not those of numbers), and between `and` where a limit or condition follows.
    pub fn split_items(&self, body: Range<usize>) -> Vec<Range<usize>> {
        let text = self.slice(&body).to_owned();
        let between_digits = |at: usize| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let behind = text.get(at + 1..).and_then(|text| text.chars().next());
            before.is_some_and(|c| c.is_ascii_digit()) && behind.is_some_and(|c| c.is_ascii_digit())
        };
        let mut cuts: Vec<Range<usize>> = Vec::new();
        let mut quoted = false;
        for (at, c) in text.char_indices() {
            match c {
                '“' | '„' => quoted = true,
                '”' => quoted = false,
                '"' => quoted = !quoted,
                ',' if !quoted && !between_digits(at) => cuts.push(at..at + 1),
                ' ' if !quoted => {
                    let next = text.get(at..).and_then(|rest| rest.strip_prefix(" and "));
                    if next.is_some_and(|next| self.is_own(&text, at, next)) {
                        cuts.push(at..at + " and ".len());
                    }
                }
                _ => {}
            }
        }
        let (mut start, mut found) = (0, Vec::new());
        for cut in cuts.into_iter().chain(std::iter::once(text.len()..text.len())) {
            found.push(body.start + start..body.start + cut.start.max(start));
            start = cut.end.max(start);
        }
        found.into_iter().map(|part| trimmed(self.text, part)).filter(|part| !part.is_empty()).collect()
    }

    /// Whether what stands behind “and” is an item of its own: “and up to …” is not where it closes “above …”.
    fn is_own(&self, text: &str, at: usize, next: &str) -> bool {
        let before = text.get(..at).unwrap_or("");
        let item = before.rsplit([',', ';']).next().unwrap_or(before).trim_start();
        let opens = [">", "≥", "above", "over", "more than", "beyond", "from"];
        let closes = ["≤", "<=", "<", "up to"].iter().any(|word| bounds::starts_with_word(next, word));
        match closes && opens.iter().any(|word| bounds::starts_with_word(item, word)) {
            true => false,
            false => begins_bound(next) || extras::begins(next),
        }
    }

    fn item(&mut self, item: Range<usize>, draft: &mut Draft) {
        let text = self.slice(&item).to_owned();
        if let Some(rest) = strip_word(&text, "then").or_else(|| strip_word(&text, "and")) {
            let start = item.end - rest.len();
            return self.item(trimmed(self.text, start..item.end), draft);
        }
        if ["nothing", "none", "-", "–"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
            draft.nothing = true;
        } else if ["no limit", "without limit", "unlimited", "everything"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
        {
            draft.everything = true;
        } else if self.extra(item.clone(), draft) {
            // Nothing more to do.
        } else if begins_bound(&text) {
            self.bound(item, draft);
        } else if let Some(at) = bound_within(&text) {
            // `Clerk ≤ 200 EUR`
            if draft.who.is_some() || !draft.bounds.is_empty() {
                self.close(std::mem::take(draft));
            }
            let rest = trimmed(self.text, item.start + at..item.end);
            draft.who = Some(trimmed(self.text, item.start..item.start + at));
            draft.at = item;
            self.bound(rest, draft);
        } else if draft.who.is_none() {
            self.take_name(item, draft);
        } else {
            self.problem(item, format!("“{text}” is not understood: {}.", extras::EXPECTED));
        }
    }

    fn bound(&mut self, item: Range<usize>, draft: &mut Draft) {
        let text = self.slice(&item).to_owned();
        let bound = match read_bound(&text) {
            Ok(bound) => bound,
            Err((at, expected)) => {
                let at = item.start + at.start..item.start + at.end;
                let said = self.slice(&at).to_owned();
                let message = match said.trim() {
                    "" => format!("Write {expected}."),
                    said => format!("“{said}” is not understood: write {expected}."),
                };
                draft.broken = true;
                return self.problem(if at.is_empty() { item } else { at }, message);
            }
        };
        let rest = trimmed(self.text, item.start + bound.end..item.end);
        let behind = strip_word(self.slice(&rest), "by")
            .or_else(|| self.slice(&rest).strip_prefix(['→', ':', '=']))
            .map_or(rest.clone(), |name| trimmed(self.text, rest.end - name.len()..rest.end));
        let here = item.start..item.start + bound.end;
        if behind.is_empty() {
            draft.bounds.push((bound, here));
        } else if extras::begins(self.slice(&behind)) {
            draft.bounds.push((bound, here));
            self.item(behind, draft);
        } else {
            if draft.who.is_some() {
                self.close(std::mem::take(draft));
            }
            draft.at = item;
            draft.bounds.push((bound, here));
            self.take_name(behind, draft);
        }
    }
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = bounds::starts_with_word(text, word).then(|| text.get(word.len()..)).flatten()?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

/// Where in a text, behind a name, a limit begins: at a sign, or at a word or amount behind a space.
fn bound_within(text: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices().skip(1) {
        let rest = text.get(at..).unwrap_or("");
        let sign = matches!(c, '≤' | '≥' | '<' | '>');
        let end = bare_number_end(rest);
        if sign || (before == ' ' && c != ' ' && begins_bound(rest) && end) {
            return Some(at);
        }
        before = c;
    }
    None
}

/// Whether a text is a limit to its end, or begins with a word for one: a number within a name is none.
fn bare_number_end(rest: &str) -> bool {
    match rest.chars().next() {
        Some(c) if c.is_ascii_digit() => {
            let tail = read_bound(rest).ok().and_then(|bound| rest.get(bound.end..).map(str::trim).map(str::to_owned));
            tail.is_some_and(|tail| tail.is_empty() || extras::begins(&tail))
        }
        _ => true,
    }
}
