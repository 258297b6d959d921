//! `remit decide`: who decides a case.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

use super::check::today;
use super::failure::Failure;
use super::json::{Deciding, Participant};
use super::{files, json, names, output};
use crate::analysis::decide::{Answer, Part, Question, Verdict, who_decides};
use crate::analysis::{Index, words};
use crate::model::*;

/// Say who decides a case, whom they must ask and tell, and which rule says so
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Project to read; `-` for standard input
    file: PathBuf,
    /// The decision: its name, a part of it, or its key
    #[arg(value_name = "DECISION", required_unless_present = "named")]
    decision: Option<String>,
    /// The same, as an option
    #[arg(long = "decision", value_name = "DECISION", conflicts_with = "decision")]
    named: Option<String>,
    /// The amount of the case: "350 EUR", "15 %", "3 days", "5 ×"
    #[arg(long)]
    amount: Option<String>,
    /// The unit that the case belongs to
    #[arg(long)]
    unit: Option<String>,
    /// Its category
    #[arg(long)]
    category: Option<String>,
    /// Whether it is budgeted
    #[arg(long, value_name = "yes|no", value_enum)]
    budgeted: Option<YesNo>,
    /// Whether the supplier is new
    #[arg(long, value_name = "yes|no", value_enum)]
    new_supplier: Option<YesNo>,
    /// An attribute of your own, such as country=France; may be given several times
    #[arg(long, value_name = "NAME=VALUE", action = ArgAction::Append)]
    attribute: Vec<String>,
    /// The day, such as 2026-08-05; today where it is missing
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// A person or role that is away; may be given several times
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    away: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum YesNo {
    Yes,
    No,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs, as in docs/json.md
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let document = files::load(&arguments.file)?;
    let file = files::name(&arguments.file);
    let wanted = arguments.decision.as_ref().or(arguments.named.as_ref()).map_or("", String::as_str);
    let ElementRef::Decision(decision) = names::find(&document, &[ElementKind::Decision], wanted, &file)? else {
        return Err(Failure::Input(format!("{file}: “{wanted}” is no decision")));
    };
    let question = question(&document, arguments, &file)?;
    let index = Index::new(&document);
    let Some(answer) = who_decides(&document, &index, decision, &question) else {
        return Err(Failure::Input(format!("{file}: “{wanted}” is no decision")));
    };
    let text = match arguments.format {
        Format::Text => text(&document, decision, &answer),
        Format::Json => json::text(&json_of(&document, &file, decision, &answer))?,
    };
    output::print(text.as_bytes())?;
    Ok(0)
}

fn question(document: &Document, arguments: &Arguments, file: &str) -> Result<Question, Failure> {
    let wrong =
        |option: &str, text: &str, expected: &str| Failure::Input(format!("--{option} “{text}”: expected {expected}"));
    let yes = |answer: &Option<YesNo>| answer.map(|answer| matches!(answer, YesNo::Yes));
    let mut question = Question {
        category: arguments.category.clone(),
        budgeted: yes(&arguments.budgeted),
        new_supplier: yes(&arguments.new_supplier),
        ..Question::default()
    };
    if let Some(text) = &arguments.amount {
        let expected = "an amount such as \"350 EUR\", \"15 %\", \"3 days\" or \"5 ×\"";
        let tier = parse_tier(text, document.project().currency).map_err(|_| wrong("amount", text, expected))?;
        match (tier.above, tier.up_to, tier.per) {
            (None, Some(amount), Per::Case) => question.amount = Some((amount, tier.quantity)),
            _ => return Err(wrong("amount", text, expected)),
        }
    }
    if let Some(text) = &arguments.unit
        && let ElementRef::Unit(unit) = names::find(document, &[ElementKind::Unit], text, file)?
    {
        question.unit = Some(unit);
    }
    for text in &arguments.attribute {
        let Some((name, value)) = text.split_once('=') else {
            return Err(wrong("attribute", text, "a name and a value such as country=France"));
        };
        question.attributes.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    question.on = Some(match &arguments.date {
        Some(text) => text.parse().map_err(|_| wrong("date", text, "a day such as 2026-08-05"))?,
        None => today(),
    });
    for text in &arguments.away {
        let found = names::find(document, &[ElementKind::Person, ElementKind::Role], text, file)?;
        question.away.extend(Actor::try_from(found).ok());
    }
    Ok(question)
}

fn listed(document: &Document, parts: &[Part]) -> String {
    let shown: Vec<String> = parts
        .iter()
        .map(|part| {
            let name = with_holders(document, part.actor);
            if part.condition.is_empty() { name } else { format!("{name} if {}", part.condition) }
        })
        .collect();
    shown.join(", ")
}

/// A name with who holds the role: `Owner (Ana Costa)`.
fn with_holders(document: &Document, actor: Actor) -> String {
    let name = words::named(document, actor);
    let holders = match actor {
        Actor::Role(role) => document.holders_label(role),
        _ => String::new(),
    };
    if holders.is_empty() { name } else { format!("{name} ({holders})") }
}

fn text(document: &Document, decision: DecisionId, answer: &Answer) -> String {
    let mut lines = format!("{}\n\n", words::named(document, decision));
    let deciders = listed(document, &answer.deciders);
    let label = match answer.verdict {
        Verdict::Decided | Verdict::Waits => "decides",
        Verdict::Together => "decide together",
        Verdict::Depends => "decides, depending",
        Verdict::Conflict => "may each decide",
        Verdict::Gap => "decides",
    };
    let who = if answer.verdict == Verdict::Gap { "nobody".to_owned() } else { deciders };
    let up: Vec<String> = answer.goes_up_to.iter().map(|role| with_holders(document, Actor::Role(*role))).collect();
    let rows = [
        (label, who),
        ("stands in", listed(document, &answer.stands_in)),
        ("signs, too", listed(document, &answer.co_signers)),
        ("must agree", listed(document, &answer.must_agree)),
        ("is asked before", listed(document, &answer.asked)),
        ("is told after", listed(document, &answer.told)),
        ("prepares it", listed(document, &answer.prepares)),
        ("carries it out", listed(document, &answer.carries_out)),
        ("goes up to", up.join(", then ")),
    ];
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    for (label, names) in rows.iter().filter(|(_, names)| !names.is_empty()) {
        lines.push_str(&format!("{label:>width$}  {names}\n"));
    }
    lines.push('\n');
    for reason in &answer.reasons {
        lines.push_str(&output::wrapped(reason, "", output::WIDTH));
    }
    lines
}

fn json_of(document: &Document, file: &str, decision: DecisionId, answer: &Answer) -> Deciding {
    let participant = |actor: Actor, condition: &str| {
        let element = ElementRef::from(actor);
        Participant {
            kind: element.kind().word(),
            key: document.path_of(element),
            name: document.name_of(element).to_owned(),
            condition: (!condition.is_empty()).then(|| condition.to_owned()),
        }
    };
    let all = |parts: &[Part]| parts.iter().map(|part| participant(part.actor, &part.condition)).collect();
    Deciding {
        file: file.to_owned(),
        decision: document.name_of(decision.into()).to_owned(),
        verdict: answer.verdict.word(),
        deciders: all(&answer.deciders),
        stands_in: all(&answer.stands_in),
        co_signers: all(&answer.co_signers),
        must_agree: all(&answer.must_agree),
        asked: all(&answer.asked),
        told: all(&answer.told),
        prepares: all(&answer.prepares),
        carries_out: all(&answer.carries_out),
        goes_up_to: answer.goes_up_to.iter().map(|role| participant(Actor::Role(*role), "")).collect(),
        reasons: answer.reasons.clone(),
    }
}
