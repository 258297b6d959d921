//! The rows of the calendar: limits with who uses them when, and the days of terms and reviews.

use crate::analysis::Index;
use crate::analysis::figures::coverage::{Cover, Coverage, Span, coverage};
use crate::model::*;

/// A limit over the days.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its place among all rows.
    pub(super) place: usize,
    pub(super) decision: DecisionId,
    pub(super) holder: Actor,
    pub(super) tier: Option<Tier>,
    pub(super) is_reserved: bool,
    /// The name of the decision.
    pub(super) title: String,
    /// Who decides up to what.
    pub(super) detail: String,
    pub(super) spans: Vec<Span>,
    /// Who stands in, for the spans: empty where nobody does.
    pub(super) names: Vec<String>,
}

/// A day of a term, a review or an end.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) day: Date,
    pub(super) words: String,
    pub(super) element: ElementRef,
}

/// All rows of one version from a day on.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) revision: Revision,
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) rows: Vec<Row>,
    pub(super) marks: Vec<Mark>,
}

impl Table {
    pub(super) fn new(document: &Document, first: Date, days: i64) -> Self {
        let last = first.checked_add(jiff::Span::new().days(days - 1)).unwrap_or(first);
        let index = Index::new(document);
        let registered = Registered::new(document);
        let mut rows = Vec::new();
        for listed in registered.rows() {
            let tier_of = |one: &Coverage| {
                let right = document.get::<Right>(one.right)?;
                one.tier.and_then(|place| right.tiers.get(place)).cloned()
            };
            let mut limits = coverage(document, &index, listed.id, first, last);
            limits.sort_by_key(|one| tier_of(one).and_then(|tier| tier.above));
            for one in limits {
                let tier = tier_of(&one);
                let limit = tier.as_ref().map_or_else(String::new, |tier| format!(" {tier}"));
                let name = |span: &Span| {
                    span.by.stands_in().map_or_else(String::new, |actor| document.name_of(actor.into()).to_owned())
                };
                rows.push(Row {
                    place: rows.len(),
                    decision: listed.id,
                    holder: one.holder,
                    is_reserved: listed.decision.reserved,
                    title: listed.decision.name.clone(),
                    detail: format!("{}{limit}", document.name_of(one.holder.into())),
                    names: one.spans.iter().map(name).collect(),
                    spans: one.spans,
                    tier,
                });
            }
        }
        Self { revision: document.revision(), first, last, rows, marks: marks(document, first, last) }
    }

    /// The holes and the marks as a table for documents and mails.
    pub(super) fn to_markdown(&self, document: &Document) -> String {
        let mut lines = vec![
            format!("Coverage from {} to {}", self.first, self.last),
            String::new(),
            "| From | Until | Decision | Limit | Who |".to_owned(),
            "| --- | --- | --- | --- | --- |".to_owned(),
        ];
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        for row in &self.rows {
            for span in row.spans.iter().filter(|span| span.by != Cover::Holder) {
                let who = row.who(document, span.by);
                let (title, detail) = (cell(&row.title), cell(&row.detail));
                lines.push(format!("| {} | {} | {title} | {detail} | {} |", span.from, span.until, cell(&who)));
            }
        }
        for mark in &self.marks {
            lines.push(format!("| {} | | {} | | |", mark.day, cell(&mark.words)));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

impl Row {
    pub(super) fn has_hole(&self) -> bool {
        self.spans.iter().any(|span| span.by.is_hole())
    }

    /// `Shop lead is away: Ben Adler decides by delegation, from 2026-08-03 to 2026-08-14.`
    pub(super) fn sentence(&self, document: &Document, span: Span) -> String {
        let days = if span.from == span.until {
            format!("On {}", span.from)
        } else {
            format!("From {} to {}", span.from, span.until)
        };
        format!("{days}: {}, {}: {}.", self.title, self.detail, self.who(document, span.by))
    }

    /// Who uses it, in words.
    pub(super) fn who(&self, document: &Document, by: Cover) -> String {
        let name = |actor: Actor| document.name_of(actor.into()).to_owned();
        match by {
            Cover::Holder => "the holder".to_owned(),
            Cover::Delegate(actor) => format!("{} by delegation", name(actor)),
            Cover::Deputy(actor) => format!("{} as deputy", name(actor)),
            Cover::Emergency(actor) => format!("{} in an emergency only", name(actor)),
            Cover::Partly(actor) => format!("{} for a part, nobody for the rest", name(actor)),
            Cover::NotInForce => "not in force".to_owned(),
            Cover::Nobody => "nobody".to_owned(),
        }
    }
}

/// Terms, reviews, agreements that are a year old, and limits and delegations that end, by day.
fn marks(document: &Document, first: Date, last: Date) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut add = |day: Option<Date>, words: String, element: ElementRef| {
        if let Some(day) = day.filter(|day| first <= *day && *day <= last) {
            marks.push(Mark { day, words, element });
        }
    };
    for (id, role) in document.roles().iter() {
        add(role.term_ends, format!("Term of {} ends", role.name), id.into());
        for given in &role.delegations {
            let to = document.name_of(given.to.into());
            add(Some(given.until), format!("Delegation of {} to {to} ends", role.name), id.into());
        }
    }
    for (id, person) in document.people().iter() {
        for given in &person.delegations {
            let to = document.name_of(given.to.into());
            add(Some(given.until), format!("Delegation of {} to {to} ends", person.name), id.into());
        }
    }
    for (id, process) in document.processes().iter() {
        add(process.review, format!("Review of {}", process.name), id.into());
    }
    for (id, decision) in document.decisions().iter() {
        let months = jiff::Span::new().months(i64::from(AGREEMENT_MONTHS));
        let due = decision.agreement.as_ref().and_then(|agreement| agreement.on.checked_add(months).ok());
        add(due, format!("Agree again to {}", decision.name), id.into());
    }
    for (_, right) in document.rights().iter() {
        for tier in &right.tiers {
            let (row, holder) = (document.name_of(right.subject.into()), document.name_of(right.holder.into()));
            add(tier.valid_to, format!("Limit of {holder} on {row} ends"), right.subject.into());
        }
    }
    marks.sort_by(|a, b| (a.day, &a.words).cmp(&(b.day, &b.words)));
    marks
}
