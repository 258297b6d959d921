//! Who may decide on which day of the next weeks: each limit along the days, holes in sight.
//!
//! The figures are those of [`coverage`](crate::analysis::figures::coverage), for the 13 weeks from the present day on.

use super::kit::{name, nothing, to};
use super::{Choice, Figures, Meta};
use crate::analysis::figures::coverage::{Cover, Coverage, Span, coverage};
use crate::analysis::words;
use crate::model::*;
use crate::scene::Severity;
use crate::scene::display::*;
use crate::scene::icon::Icon;

pub(super) const META: Meta = Meta {
    id: "coverage",
    title: "Coverage",
    question: "Who may decide on which day, and on which day is nobody there?",
    icon: Icon::Calendar,
    keywords: "calendar absence holiday deputy delegation away hole limits days",
};

/// How many days are shown: 13 weeks.
const DAYS: i64 = 91;
const ALL: &str = "all";
const HOLES: &str = "holes";

pub(super) fn choices(_: &Document) -> Vec<Choice> {
    vec![Choice::new(ALL, "All limits"), Choice::new(HOLES, "Only holes")]
}

/// A limit over the days.
struct Row {
    one: Coverage,
    decision: String,
    limit: String,
}

impl Row {
    fn has_hole(&self) -> bool {
        self.one.spans.iter().any(|span| span.by.is_hole())
    }
}

pub(super) fn show(figures: &Figures<'_>, choice: &str) -> Display {
    let document = figures.document;
    let headings = ["Decision", "Limit", "From", "Until", "Days", "Who", "Hole"];
    let table = Records::new("Coverage", &headings);
    let Some(first) = figures.today else {
        return nothing("The present day is not known, so nobody can say who is away.", table);
    };
    let last = first.checked_add(jiff::Span::new().days(DAYS - 1)).unwrap_or(first);
    let rows = rows(figures, first, last);
    if rows.is_empty() {
        return nothing(
            "Nobody has a right to decide yet. Give decisions deciders, and their days appear here.",
            table,
        );
    }
    let mut display = Display { tables: vec![filled(document, table, &rows)], ..Display::default() };
    display.blocks.push(Block::Prose(sentences(document, &rows, first, last)));
    let shown: Vec<&Row> = rows.iter().filter(|row| choice != HOLES || row.has_hole()).collect();
    if !shown.is_empty() {
        let rows = shown.into_iter().map(|row| calendar_row(document, row)).collect();
        display.blocks.push(Block::Calendar(Calendar { first, last, rows }));
        display.blocks.push(Block::Legend(legend()));
    }
    display
}

fn legend() -> Vec<(LegendSign, String)> {
    [
        (SpanKind::Usual, "the holder"),
        (SpanKind::StandsIn, "somebody stands in"),
        (SpanKind::Partly, "only a part, or in an emergency"),
        (SpanKind::Nobody, "nobody"),
        (SpanKind::Off, "not in force"),
    ]
    .map(|(kind, text)| (LegendSign::Span(kind), text.to_owned()))
    .to_vec()
}

fn rows(figures: &Figures<'_>, first: Date, last: Date) -> Vec<Row> {
    let document = figures.document;
    let registered = Registered::new(document);
    let mut rows = Vec::new();
    for listed in registered.rows() {
        let tier_of = |one: &Coverage| {
            let right = document.get::<Right>(one.right)?;
            one.tier.and_then(|place| right.tiers.get(place)).cloned()
        };
        let mut limits = coverage(document, &figures.index, listed.id, first, last);
        limits.sort_by_key(|one| tier_of(one).and_then(|tier| tier.above));
        for one in limits {
            let tier = tier_of(&one).map_or_else(String::new, |tier| format!(" {tier}"));
            let limit = format!("{}{tier}", name(document, one.holder));
            rows.push(Row { decision: name(document, listed.id), limit, one });
        }
    }
    rows
}

fn who(document: &Document, by: Cover) -> String {
    match by {
        Cover::Holder => "the holder".to_owned(),
        Cover::Delegate(actor) => format!("{} by delegation", name(document, actor)),
        Cover::Deputy(actor) => format!("{} as deputy", name(document, actor)),
        Cover::Emergency(actor) => format!("{} in an emergency only", name(document, actor)),
        Cover::Partly(actor) => format!("{} for a part, nobody for the rest", name(document, actor)),
        Cover::NotInForce => "not in force".to_owned(),
        Cover::Nobody => "nobody".to_owned(),
    }
}

fn days(span: &Span) -> i64 {
    span.from.until(span.until).map_or(1, |between| i64::from(between.get_days()) + 1)
}

fn sentences(document: &Document, rows: &[Row], first: Date, last: Date) -> Vec<Sentence> {
    /// So many holes are written out.
    const TOLD: usize = 3;
    let mut holes: Vec<(&Row, &Span)> = Vec::new();
    for row in rows {
        holes.extend(row.one.spans.iter().filter(|span| span.by.is_hole()).map(|span| (row, span)));
    }
    holes.sort_by_key(|(row, span)| (span.from, row.decision.clone()));
    let period = format!("From {first} to {last}");
    if holes.is_empty() {
        let limits = words::count(rows.len(), "limit has", "limits have");
        return vec![Sentence::plain(format!("{period} all {limits} somebody who may decide, on every day."))];
    }
    let with_holes = rows.iter().filter(|row| row.has_hole()).count();
    let text =
        format!("{period} {with_holes} of {} limits have days on which nobody may decide all cases.", rows.len());
    let mut sentences = vec![Sentence::grave(Severity::High, text)];
    for (row, span) in holes.iter().take(TOLD) {
        let when = if span.from == span.until {
            format!("On {}", span.from)
        } else {
            format!("From {} to {}", span.from, span.until)
        };
        let text = format!("{when} {}, {}: {}.", row.decision, row.limit, who(document, span.by));
        sentences.push(Sentence::plain(text).to(to(row.one.decision)));
    }
    let more = holes.len().saturating_sub(TOLD);
    if more > 0 {
        sentences.push(Sentence::plain(format!("And {} more, below.", words::count(more, "hole", "holes"))));
    }
    sentences
}

fn calendar_row(document: &Document, row: &Row) -> CalendarRow {
    let span = |span: &Span| {
        let kind = match span.by {
            Cover::Holder => SpanKind::Usual,
            Cover::Delegate(_) | Cover::Deputy(_) => SpanKind::StandsIn,
            Cover::Emergency(_) | Cover::Partly(_) => SpanKind::Partly,
            Cover::NotInForce => SpanKind::Off,
            Cover::Nobody => SpanKind::Nobody,
        };
        let stands_in = span.by.stands_in();
        let text = match span.by {
            Cover::Holder | Cover::NotInForce => String::new(),
            Cover::Nobody => "nobody".to_owned(),
            _ => stands_in.map(|actor| name(document, actor)).unwrap_or_default(),
        };
        let words = who(document, span.by);
        CalendarSpan {
            from: span.from,
            until: span.until,
            kind,
            text,
            label: format!("{}, {}: {words} from {} to {}", row.decision, row.limit, span.from, span.until),
            target: match stands_in {
                Some(actor) => to(actor),
                None => to(row.one.holder),
            },
        }
    };
    CalendarRow {
        name: row.decision.clone(),
        detail: row.limit.clone(),
        target: to(row.one.decision),
        spans: row.one.spans.iter().map(span).collect(),
    }
}

fn filled(document: &Document, mut table: Records, rows: &[Row]) -> Records {
    for row in rows {
        for span in &row.one.spans {
            table.rows.push(vec![
                row.decision.clone().into(),
                row.limit.clone().into(),
                span.from.to_string().into(),
                span.until.to_string().into(),
                (days(span) as f64).into(),
                who(document, span.by).into(),
                if span.by.is_hole() { "yes".into() } else { Cell::Empty },
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, shown};
    use super::*;
    use crate::analysis::rules::testing::refund_row;

    /// A decider who is away from the 8th to the 21st of June 2026.
    fn away() -> Document {
        let (mut document, _) = refund_row(&["≤ 200 EUR"]);
        let day = |day| jiff::civil::date(2026, 6, day);
        let holidays = vec![Absence { from: day(8), to: day(21) }];
        let person = document.insert(Person { holidays, ..Person::new("Ana") });
        let role = document.roles().ids().next().unwrap();
        document.get_mut::<Role>(role).unwrap().holders = vec![Holding { person, share: None }];
        document
    }

    #[test]
    fn days_without_a_decider_are_holes() {
        let display = shown(&away(), "coverage", ALL);
        let rows: Vec<Vec<String>> =
            display.tables[0].rows.iter().map(|row| row.iter().skip(2).map(Cell::text).collect()).collect();
        assert_eq!(
            rows,
            [
                ["2026-06-01", "2026-06-07", "7", "the holder", ""],
                ["2026-06-08", "2026-06-21", "14", "nobody", "yes"],
                ["2026-06-22", "2026-08-30", "70", "the holder", ""],
            ]
        );
        let text = said(&display);
        assert!(text.contains("1 of 1 limits have days on which nobody may decide all cases."), "{text}");
        assert!(text.contains("From 2026-06-08 to 2026-06-21 Grant refund, Role 0 ≤ 200 EUR: nobody."), "{text}");
    }

    #[test]
    fn without_holes_nothing_is_left_of_the_choice_of_holes() {
        let (document, _) = refund_row(&["≤ 200 EUR"]);
        let display = shown(&document, "coverage", HOLES);
        assert!(
            said(&display).contains("all 1 limit has somebody who may decide, on every day."),
            "{}",
            said(&display)
        );
        assert!(!display.blocks.iter().any(|block| matches!(block, Block::Calendar(_))));
    }
}
