//! The words for inputs that loads lack, for every rule that speaks of loads.

use super::Sink;
use crate::analysis::figures::{FlowGap, LoadGap};
use crate::analysis::{Missing, words};
use crate::model::ElementRef;

/// Says which inputs of loads are missing.
pub(super) fn report_gaps(sink: &mut Sink<'_>, gaps: Vec<LoadGap>) {
    if !gaps.is_empty() {
        say_missing(gaps, |one, many, elements| {
            if !elements.is_empty() {
                sink.missing(one, many, elements);
            }
        });
    }
}

/// Settles the order in which the inputs are told, before batches find them.
pub(super) fn announce_gaps(sink: &mut Sink<'_>) {
    say_missing(Vec::new(), |one, many, elements| sink.missing(one, many, elements));
}

/// Inputs of loads that are missing, in words.
pub fn missing_inputs(gaps: Vec<LoadGap>) -> Vec<Missing> {
    let mut found: Vec<Missing> = Vec::new();
    say_missing(gaps, |one, many, mut elements| {
        elements.sort_unstable();
        elements.dedup();
        if !elements.is_empty() {
            found.push(Missing { what: words::count(elements.len(), one, many), elements });
        }
    });
    found
}

/// Each kind of gap in its words, with the elements that have it; kinds that none has are named as well.
fn say_missing(mut gaps: Vec<LoadGap>, mut found: impl FnMut(&'static str, &'static str, Vec<ElementRef>)) {
    gaps.sort_unstable();
    gaps.dedup();
    let mut say = |one: &'static str, many: &'static str, pick: fn(&LoadGap) -> Option<ElementRef>| {
        found(one, many, gaps.iter().filter_map(pick).collect());
    };
    say("process has no number of cases", "processes have no number of cases", |gap| match gap {
        LoadGap::Cases(id) => Some((*id).into()),
        _ => None,
    });
    say("process has no single start", "processes have no single start", |gap| match gap {
        LoadGap::Flow(FlowGap::Start(id)) => Some((*id).into()),
        _ => None,
    });
    say(
        "exclusive gateway lacks a probability on a branch",
        "exclusive gateways lack a probability on a branch",
        |gap| match gap {
            LoadGap::Flow(FlowGap::Probability(id)) => Some((*id).into()),
            _ => None,
        },
    );
    say(
        "exclusive gateway has probabilities that do not add up to 100 %",
        "exclusive gateways have probabilities that do not add up to 100 %",
        |gap| match gap {
            LoadGap::Flow(FlowGap::Sum(id)) => Some((*id).into()),
            _ => None,
        },
    );
    say(
        "node has several arrows out and no gateway that says which is taken",
        "nodes have several arrows out and no gateway that says which is taken",
        |gap| match gap {
            LoadGap::Flow(FlowGap::Split(node)) => Some((*node).into()),
            _ => None,
        },
    );
    say("loop has no way out", "loops have no way out", |gap| match gap {
        LoadGap::Flow(FlowGap::Exit(node)) => Some((*node).into()),
        _ => None,
    });
    say("loop is too long to be worked out", "loops are too long to be worked out", |gap| match gap {
        LoadGap::Flow(FlowGap::Loop(node)) => Some((*node).into()),
        _ => None,
    });
    say(
        "parallel join waits for branches that do not all arrive",
        "parallel joins wait for branches that do not all arrive",
        |gap| match gap {
            LoadGap::Flow(FlowGap::Join(id)) => Some((*id).into()),
            _ => None,
        },
    );
    say(
        "gateway may take several branches at once and does not say how often",
        "gateways may take several branches at once and do not say how often",
        |gap| match gap {
            LoadGap::Flow(FlowGap::Several(id)) => Some((*id).into()),
            _ => None,
        },
    );
    say(
        "event on the border of a step has no probability behind it",
        "events on the borders of steps have no probability behind them",
        |gap| match gap {
            LoadGap::Flow(FlowGap::Border(id)) => Some((*id).into()),
            _ => None,
        },
    );
    say(
        "sub-flow does not say how often its inside is done",
        "sub-flows do not say how often their insides are done",
        |gap| match gap {
            LoadGap::Flow(FlowGap::Inside(id)) => Some((*id).into()),
            _ => None,
        },
    );
    say("step has no work time", "steps have no work time", |gap| match gap {
        LoadGap::Work(id) => Some((*id).into()),
        _ => None,
    });
    say("decision has no frequency", "decisions have no frequency", |gap| match gap {
        LoadGap::Frequency(id) => Some((*id).into()),
        _ => None,
    });
    say("decision has no minutes of its decider", "decisions have no minutes of their decider", |gap| match gap {
        LoadGap::DecisionWork(id) => Some((*id).into()),
        _ => None,
    });
    say(
        "decision does not say which decider takes which part of it",
        "decisions do not say which decider takes which part of them",
        |gap| match gap {
            LoadGap::Shares(id, _) => Some((*id).into()),
            _ => None,
        },
    );
    say("person has no hours per week", "people have no hours per week", |gap| match gap {
        LoadGap::Hours(id) => Some((*id).into()),
        _ => None,
    });
    say(
        "role does not say which share of time its holders give",
        "roles do not say which share of time their holders give",
        |gap| match gap {
            LoadGap::HolderShare(id) => Some((*id).into()),
            _ => None,
        },
    );
    say("role with work names no holder", "roles with work name no holder", |gap| match gap {
        LoadGap::Holders(id) => Some((*id).into()),
        _ => None,
    });
}
