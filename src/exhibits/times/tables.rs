//! The time ladder as tables.

use super::Stop;
use crate::analysis::figures::{ProcessTimes, TimesSpan};
use crate::exhibits::Figures;
use crate::exhibits::kit::{ends_as_cells as ends, name, widen};
use crate::model::*;
use crate::scene::display::{Cell, Records};

pub(super) const HEADINGS: &[&str] = &[
    "Step",
    "Performer",
    "Visits of a case",
    "Wait in minutes",
    "Work in minutes",
    "Wait of a case in minutes",
    "Work on a case in minutes",
    "Value",
    "Right at the first try",
    "Branch",
];

/// Headings of further columns, where any step states a range.
pub(super) const RANGES: [&str; 4] =
    ["Wait in minutes (low)", "Wait in minutes (high)", "Work in minutes (low)", "Work in minutes (high)"];

/// The steps, each with what a case spends in it.
pub(super) fn steps(figures: &Figures<'_>, stops: &[Stop]) -> Records {
    let document = figures.document;
    let mut table = Records::new("Steps", HEADINGS);
    for stop in stops {
        let step = document.steps().get(stop.id);
        let performer = figures.index.performer(stop.id).map(|actor| name(document, actor));
        let (wait, work) = stop.of_case();
        table.rows.push(vec![
            name(document, stop.id).into(),
            performer.unwrap_or_default().into(),
            stop.visits.into(),
            stop.wait.into(),
            stop.work.into(),
            stop.wait.map(|_| wait).into(),
            stop.work.map(|_| work).into(),
            step.and_then(|step| step.value).map(super::value_word).unwrap_or_default().into(),
            step.and_then(|step| step.first_time_right).into(),
            if stop.branch > 0 { Cell::Number(stop.branch as f64) } else { Cell::Empty },
        ]);
    }
    if stops.iter().any(Stop::has_range) {
        let cells = |stop: &Stop| [stop.wait_range, stop.work_range].into_iter().flat_map(ends).collect();
        widen(&mut table, &RANGES, stops.iter().map(cells));
    }
    table
}

/// A figure of the process: what it is, its likely value, its unit, its range.
type Total<'a> = (&'a str, Option<f64>, &'a str, Option<Range<f64>>);

/// The figures of the process.
pub(super) fn totals(times: &ProcessTimes, span: Option<&TimesSpan>) -> Records {
    let mut table = Records::new("Figures", &["Figure", "Value", "Unit"]);
    let minutes = "minutes a case";
    let rows: [Total<'_>; 7] = [
        ("Lead time", Some(times.lead), minutes, span.map(|span| span.lead)),
        ("Work", Some(times.work), minutes, span.map(|span| span.work)),
        ("Waiting", Some(times.wait), minutes, span.map(|span| span.wait)),
        ("Work that adds value", Some(times.adds_value), minutes, span.map(|span| span.adds_value)),
        ("Waste", Some(times.waste), minutes, span.map(|span| span.waste)),
        (
            "Work that adds value or does not say ÷ lead time",
            times.cycle_efficiency(),
            "share",
            span.and_then(|span| span.efficiency),
        ),
        ("Right at the first try in every step", times.rolled_yield, "share", None),
    ];
    for (figure, value, unit, _) in &rows {
        table.rows.push(vec![(*figure).into(), (*value).into(), (*unit).into()]);
    }
    if span.is_some() {
        widen(&mut table, &["Low", "High"], rows.iter().map(|(.., range)| ends(*range).to_vec()));
    }
    table
}
