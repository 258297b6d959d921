//! Ladders whose limits count different things.

use super::rows::Row;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-05",
    title: "Limits in different units",
    severity: Severity::Block,
    why: "Amounts in different units or currencies cannot be compared: nobody can say where one limit ends \
              and the next begins.",
    wrong: "“Grant discount”: Clerk up to 10 %, Manager above 200 EUR",
    right: "“Grant discount”: Clerk up to 10 %, Manager above 10 %",
    formula: "kinds of quantity (money by currency, percent, days, count) among the limits of one decision on \
              one axis > 1",
    source: Source::Ours(" a ladder has one scale"),
    thresholds: &[],
    remedies: &["Convert with a stated rate.", "Split it into two decisions."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for ladder in context.ladders.iter().filter(|ladder| ladder.quantities.len() > 1) {
        let subject = Subject::Decision(ladder.decision);
        let row = Row {
            id: ladder.decision,
            decision: match context.document.decisions().get(ladder.decision) {
                Some(decision) => decision,
                None => continue,
            },
        };
        let units: Vec<String> = ladder.quantities.iter().map(|quantity| unit(*quantity)).collect();
        let count = units.len();
        sink.report(
            Finding::new(format!(
                "Limits on {} are in {}; they cannot be compared.",
                row_name(context, subject),
                words::joined(&units)
            ))
            .about([ladder.decision])
            .about(row.holders(context, Duty::Decide))
            .formula(format!("kinds of quantity = {count}, at most 1"))
            .number("quantities", count as f64)
            .remedy("Convert one with a stated rate, or make two decisions of it."),
        );
    }
}

fn unit(quantity: Quantity) -> String {
    match quantity {
        Quantity::Money(currency) => currency.to_string(),
        Quantity::Percent => "percent".to_owned(),
        Quantity::Days => "days".to_owned(),
        Quantity::Count => "a number of things".to_owned(),
    }
}
