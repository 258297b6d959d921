//! `analysis N RUNS [each]`: all rules over a generated organisation of N elements, from scratch and after one edit.
//!
//! Prints tool, number of elements, what was done, and the median wall time in milliseconds. After an edit what the
//! analysis before left behind is used, as in the window; each run edits another element. With `each` also what every
//! rule takes from scratch beyond the figures that all share.

use std::time::Instant;

use remit::analysis::{CancelToken, Memory, RULES, Rule, Settings, analyse_with};
use remit::edit::{Edit, MoveInView, Replace, apply};
use remit::model::{Decision, Document, Flow, Minutes, Point, Right, Role, Step};
use remit::testkit::generate::organisation;

const SEED: u64 = 7;

/// An edit by what it does, and how the one with a number is made.
type Kind = (&'static str, fn(&Document, usize) -> Option<Edit>);

const EDITS: &[Kind] = &[
    ("after moving a box", |document, number| {
        let mut placed = document.placements().iter().filter(|(_, placement)| placement.center.is_some());
        let (_, placement) = placed.nth(number * 7)?;
        let center = placement.center?;
        let moves = vec![(placement.element, Point::new(center.x + 8.0, center.y))];
        Some(MoveInView { view: placement.view, moves }.into())
    }),
    ("after renaming a role", |document, number| {
        let role = document.roles().ids().nth(number * 7)?;
        Some(Replace::with(document, role, |role: &mut Role| role.name += " again")?.into())
    }),
    ("after renaming a step", |document, number| {
        let step = document.steps().ids().nth(number * 7)?;
        Some(Replace::with(document, step, |step: &mut Step| step.name += " again")?.into())
    }),
    ("after changing work of a step", |document, number| {
        let step = document.steps().ids().nth(number * 7)?;
        Some(Replace::with(document, step, |step: &mut Step| step.work = Some(Minutes(91.0)))?.into())
    }),
    ("after changing a flow", |document, number| {
        let flow = document.flows().ids().nth(number * 7)?;
        Some(Replace::with(document, flow, |flow: &mut Flow| flow.name += " again")?.into())
    }),
    ("after renaming a decision", |document, number| {
        let decision = document.decisions().ids().nth(number * 7)?;
        Some(Replace::with(document, decision, |decision: &mut Decision| decision.name += " again")?.into())
    }),
    ("after taking the limits of a right", |document, number| {
        let (right, _) = document.rights().iter().filter(|(_, right)| !right.tiers.is_empty()).nth(number * 3)?;
        Some(Replace::with(document, right, |right: &mut Right| right.tiers.clear())?.into())
    }),
];

/// Runs the kind with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (size, runs, each) = match arguments {
        [size, runs] => (size, runs, false),
        [size, runs, each] if each == "each" => (size, runs, true),
        _ => return Err("needs N RUNS".to_owned()),
    };
    let size: usize = size.parse().map_err(|_| "N is no number".to_owned())?;
    let runs: usize = runs.parse().map_err(|_| "RUNS is no number".to_owned())?;
    let document = organisation(size, SEED);
    let say = |what: &str, taken: f64| println!("remit\t{size}\t{what}\t{taken:.2}");
    let scratch = |rules: &[Rule]| median(runs, |_| timed(rules, &document));
    say("from scratch", scratch(RULES));
    let figures = scratch(&[]);
    say("figures from scratch", figures);
    for (what, edit) in EDITS {
        let mut memory = Memory::default();
        let mut now = document.clone();
        remembered(&mut memory, &now);
        let taken = median(runs, |number| {
            let Some(edit) = edit(&now, number) else { return 0.0 };
            let Ok(outcome) = apply(&now, &edit) else { return 0.0 };
            now = outcome.document;
            remembered(&mut memory, &now)
        });
        say(what, taken);
    }
    if each {
        for rule in RULES {
            say(rule.meta.id, scratch(&[*rule]) - figures);
        }
    }
    Ok(())
}

fn timed(rules: &[Rule], document: &Document) -> f64 {
    let start = Instant::now();
    let report = analyse_with(rules, document, &Settings::default(), &CancelToken::default());
    let taken = start.elapsed().as_secs_f64() * 1000.0;
    drop(report);
    taken
}

fn remembered(memory: &mut Memory, document: &Document) -> f64 {
    let start = Instant::now();
    let report = memory.analyse(document, &Settings::default(), &CancelToken::default());
    let taken = start.elapsed().as_secs_f64() * 1000.0;
    drop(report);
    taken
}

fn median(runs: usize, mut one: impl FnMut(usize) -> f64) -> f64 {
    let mut taken: Vec<f64> = (0..runs.max(1)).map(&mut one).collect();
    taken.sort_unstable_by(f64::total_cmp);
    taken.get(taken.len() / 2).copied().unwrap_or(0.0)
}
