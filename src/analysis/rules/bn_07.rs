//! Approvals that follow one another on the same case.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Meta, Threshold};
use crate::analysis::figures::linear::strong_parts;
use crate::analysis::ways::{Scope, ends_all, is_set_off};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-07",
    title: "Chain of approvals",
    severity: Severity::Medium,
    why: "Each further signature adds a queue and takes responsibility from the one before: who signs first trusts \
          that the next one looks, and the other way round.",
    wrong: "Purchase: “Approve purchase” by the shop manager, then the office manager, then the owner",
    right: "Purchase: the shop manager approves; the owner too above 2,000 EUR only",
    formula: "approvals = steps with the duty “authorise”, or whose name begins with approve, authorise, authorize, sign \
              off or release; chain = most approvals on one way through the process. Or two in one reporting line \
              where no way leads around the second and both serve the same decision without a limit of its own",
    source: Source::Literature("redesign heuristics “control” and “empower”: check less, let those decide who know"),
    thresholds: &[
        Threshold {
            name: "chain",
            default: 3.0,
            unit: "approvals in a row",
            meaning: "from here on it is reported",
            source: Source::Ours("two pairs of eyes are a control, three a queue"),
        },
        Threshold {
            name: "line",
            default: 2.0,
            unit: "approvals in one reporting line",
            meaning: "from here on it is reported, unless the second adds a criterion",
            source: Source::Ours("the manager sees the same with less knowledge"),
        },
    ],
    remedies: &[
        "Drop an approval that has never said no.",
        "Let the higher one sign above a limit only.",
        "Let both look at the same time instead of one after the other.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let steps = context.index.steps_of(process);
    let approvals = steps.iter().filter(|step| is_approval(context, **step)).count();
    if approvals < 2 || (approvals as f64) < sink.threshold("line").min(sink.threshold("chain")) {
        return;
    }
    let map = Map::new(context, process);
    let chain = map.longest_chain();
    if chain.len() as f64 >= sink.threshold("chain") {
        sink.report(chain_finding(context, process, &chain));
    } else if let Some(line) = map.reporting_line(context).filter(|line| line.len() as f64 >= sink.threshold("line")) {
        sink.report(line_finding(context, process, &line));
    }
}

fn is_approval(context: &Context<'_>, step: StepId) -> bool {
    let Some(step) = context.document.steps().get(step) else { return false };
    let name = step.name.trim().to_lowercase();
    let verbs = ["approve ", "authorise ", "authorize ", "sign off ", "release "];
    step.duties.contains(&DutyTag::Authorise) || verbs.iter().any(|verb| name.starts_with(verb))
}

/// Ways through a process, the insides of sub-flows included: into one by its starts, out of it from where nothing
/// leads on inside.
fn onward(context: &Context<'_>, process: ProcessId) -> Vec<(FlowNode, FlowNode)> {
    let document = context.document;
    let scopes = Scope::all(document, &context.index, process);
    let mut ways: Vec<(FlowNode, FlowNode)> = Vec::new();
    for scope in &scopes {
        let left: BTreeSet<FlowNode> = scope.ways.iter().map(|way| way.from).collect();
        if let Some(around) = scope.around {
            ways.extend(scope.starts(document).into_iter().map(|start| (FlowNode::Step(around), start)));
            let last = scope.nodes.iter().filter(|node| !left.contains(node) && !ends_all(document, **node));
            let behind = context.index.flows_out(FlowNode::Step(around)).iter();
            let behind: Vec<FlowNode> =
                behind.filter_map(|flow| document.flows().get(*flow)).map(|flow| flow.to).collect();
            ways.extend(last.flat_map(|node| behind.iter().map(|next| (*node, *next))));
        }
        // What is inside a sub-flow stands for it.
        let is_filled = |node: FlowNode| {
            matches!(node, FlowNode::Step(step) if !context.index.inside(step).is_empty())
                && !is_set_off(document, node)
        };
        let direct = scope.ways.iter().filter(|way| way.flow().is_none() || !is_filled(way.from));
        ways.extend(direct.map(|way| (way.from, way.to)));
    }
    ways
}

/// One process in local numbering.
struct Map {
    nodes: Vec<FlowNode>,
    targets: Vec<Vec<usize>>,
    approvals: Vec<bool>,
}

impl Map {
    fn new(context: &Context<'_>, process: ProcessId) -> Self {
        let nodes = context.index.nodes_of(process).to_vec();
        let places: FxHashMap<FlowNode, usize> = nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
        let mut targets: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        for (from, to) in onward(context, process) {
            if let (Some(from), Some(to)) = (places.get(&from), places.get(&to))
                && let Some(list) = targets.get_mut(*from)
            {
                list.push(*to);
            }
        }
        let is_approval = |node: &FlowNode| matches!(node, FlowNode::Step(step) if is_approval(context, *step));
        let approvals = nodes.iter().map(is_approval).collect();
        Self { nodes, targets, approvals }
    }

    fn step(&self, place: usize) -> Option<StepId> {
        match self.nodes.get(place) {
            Some(FlowNode::Step(step)) => Some(*step),
            _ => None,
        }
    }

    fn out(&self, place: usize) -> &[usize] {
        self.targets.get(place).map_or(&[], Vec::as_slice)
    }

    fn is_approval(&self, place: usize) -> bool {
        self.approvals.get(place) == Some(&true)
    }

    /// The most approvals on one way; those of a loop are all on it.
    fn longest_chain(&self) -> Vec<StepId> {
        let parts = strong_parts(self.nodes.len(), &self.targets);
        let mut part_of = vec![0; self.nodes.len()];
        for (number, part) in parts.iter().enumerate() {
            for place in part {
                if let Some(slot) = part_of.get_mut(*place) {
                    *slot = number;
                }
            }
        }
        // Later parts come first, so that what follows a part is known when it is looked at.
        let mut best: Vec<Vec<StepId>> = Vec::with_capacity(parts.len());
        for (number, part) in parts.iter().enumerate() {
            let mut own: Vec<StepId> =
                part.iter().filter(|place| self.is_approval(**place)).filter_map(|place| self.step(*place)).collect();
            let next = part
                .iter()
                .flat_map(|place| self.out(*place))
                .filter_map(|target| part_of.get(*target).copied())
                .filter(|target| *target != number)
                .filter_map(|target| best.get(target))
                .max_by_key(|chain| chain.len());
            own.extend(next.into_iter().flatten());
            best.push(own);
        }
        best.into_iter().max_by_key(Vec::len).unwrap_or_default()
    }

    /// The first two approvals in one reporting line of which the second adds nothing.
    fn reporting_line(&self, context: &Context<'_>) -> Option<Vec<StepId>> {
        for first in (0..self.nodes.len()).filter(|place| self.is_approval(*place)) {
            for second in self.next_approvals(first) {
                let (Some(one), Some(two)) = (self.step(first), self.step(second)) else { continue };
                if in_one_line(context, one, two)
                    && !adds_criterion(context, one, two)
                    && !self.can_be_skipped(first, second)
                {
                    return Some(vec![one, two]);
                }
            }
        }
        None
    }

    fn reached(&self, from: usize, barred: &[usize]) -> BTreeSet<usize> {
        let (mut reached, mut open) = (BTreeSet::new(), self.out(from).to_vec());
        while let Some(place) = open.pop() {
            if !barred.contains(&place) && reached.insert(place) {
                open.extend(self.out(place));
            }
        }
        reached
    }

    /// Approvals that follow with no other approval between.
    fn next_approvals(&self, from: usize) -> BTreeSet<usize> {
        let (mut seen, mut open, mut found) = (BTreeSet::new(), self.out(from).to_vec(), BTreeSet::new());
        while let Some(place) = open.pop() {
            if self.is_approval(place) {
                found.extend((place != from).then_some(place));
            } else if seen.insert(place) {
                open.extend(self.out(place));
            }
        }
        found
    }

    /// Whether a way from the first leads around the second to a step behind it: a limit that lets cases pass.
    fn can_be_skipped(&self, first: usize, second: usize) -> bool {
        let behind = self.reached(second, &[first, second]);
        let around = self.reached(first, &[first, second]);
        around.intersection(&behind).any(|place| self.step(*place).is_some())
    }
}

fn role_of(context: &Context<'_>, step: StepId) -> Option<RoleId> {
    match context.index.performer(step)? {
        Actor::Role(role) => Some(role),
        _ => None,
    }
}

fn in_one_line(context: &Context<'_>, one: StepId, two: StepId) -> bool {
    let (Some(one), Some(two)) = (role_of(context, one), role_of(context, two)) else { return false };
    context.index.reports_to(one, two) || context.index.reports_to(two, one)
}

/// Whether the second approval serves another decision, or its holder decides or agrees with a limit or topic.
fn adds_criterion(context: &Context<'_>, one: StepId, two: StepId) -> bool {
    let (first, second) = (context.index.decisions_of_step(one), context.index.decisions_of_step(two));
    if !first.is_empty() && !second.is_empty() && !second.iter().any(|decision| first.contains(decision)) {
        return true;
    }
    let performer = context.index.performer(two);
    second.iter().any(|decision| {
        context.index.rights_on(Subject::Decision(*decision)).any(|held| {
            let bounded = !held.right.tiers.is_empty() || !held.right.veto_domain.trim().is_empty();
            Some(held.right.holder) == performer && bounded
        })
    })
}

fn performers(context: &Context<'_>, steps: &[StepId]) -> String {
    let performers = steps.iter().filter_map(|step| context.index.performer(*step));
    words::named_list(context.document, performers)
}

fn chain_finding(context: &Context<'_>, process: ProcessId, chain: &[StepId]) -> Finding {
    let last = chain.last().map_or_else(String::new, |step| context.quoted(*step));
    Finding::new(format!(
        "A case of {} needs {} approvals one after the other: {}.",
        context.quoted(process),
        chain.len(),
        words::quoted_list(context.document, chain.iter().copied())
    ))
    .about([process])
    .about(chain.iter().copied())
    .formula(format!("approvals in a row = {}", chain.len()))
    .number("approvals", chain.len() as f64)
    .criticality(context.criticality(process))
    .remedy(format!("Ask when {last} last said no; drop it, or keep it above a limit only."))
    .remedy(format!("Let {} look at the same time, behind a parallel gateway.", performers(context, chain)))
}

fn line_finding(context: &Context<'_>, process: ProcessId, line: &[StepId]) -> Finding {
    let names = words::quoted_list(context.document, line.iter().copied());
    let last = line.last().map_or_else(String::new, |step| context.quoted(*step));
    Finding::new(format!(
        "In {}, {names} are approved by {}, one of whom reports to the other, and nothing says what the second adds.",
        context.quoted(process),
        performers(context, line)
    ))
    .about([process])
    .about(line.iter().copied())
    .formula(format!("approvals in one reporting line = {}", line.len()))
    .number("approvals", line.len() as f64)
    .criticality(context.criticality(process))
    .remedy(format!("Lead cases up to a limit around {last}, or drop one of the two."))
    .remedy("If the second looks at something else, link it to a decision of its own.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci};

    /// A process with these steps in a row; role `n` performs step `n` and reports to role `n + 1`.
    fn chain(steps: &[&str]) -> (Document, Vec<StepId>) {
        let mut document = raci();
        let process = document.insert(Process::new("Purchase"));
        let (mut made, mut manager) = (Vec::new(), None);
        for name in steps.iter().rev() {
            let role = document.insert(Role { reports_to: manager, ..Role::new(*name) });
            manager = Some(role);
            made.push(document.insert(Step { performer: Some(Actor::Role(role)), ..Step::new(process, *name) }));
        }
        made.reverse();
        for pair in made.windows(2) {
            document.insert(Flow::new(process, FlowNode::Step(pair[0]), FlowNode::Step(pair[1])));
        }
        (document, made)
    }

    #[test]
    fn three_in_a_row() {
        let (document, steps) =
            chain(&["Ask", "Approve need", "Check price", "Approve price", "Approve purchase", "Order"]);
        let found = findings("BN-07", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.number_named("approvals"), Some(3.0));
        assert_eq!(finding.evidence[1..], [steps[1].into(), steps[3].into(), ElementRef::from(steps[4])]);
        assert!(finding.message.starts_with("A case of “Purchase” needs 3 approvals one after the other"));
    }

    #[test]
    fn two_in_one_reporting_line_unless_the_second_adds_a_criterion() {
        let (mut document, steps) = chain(&["Ask", "Approve need", "Approve purchase", "Order"]);
        assert_eq!(findings("BN-07", &document).len(), 1);
        let process = document.processes().ids().next().unwrap();
        let mut around = document.clone();
        around.insert(Flow::new(process, FlowNode::Step(steps[1]), FlowNode::Step(steps[3])));
        assert!(findings("BN-07", &around).is_empty(), "a way leads around the second");
        document.insert(Decision { steps: vec![steps[1]], ..Decision::new("Agree to need") });
        document.insert(Decision { steps: vec![steps[2]], ..Decision::new("Spend money") });
        assert!(findings("BN-07", &document).is_empty(), "they serve different decisions");
    }

    #[test]
    fn two_of_different_lines_and_branches_are_fine() {
        let (mut document, _) = chain(&["Approve need", "Approve purchase"]);
        let role = document.roles().ids().nth(1).unwrap();
        document.get_mut::<Role>(role).unwrap().reports_to = None;
        assert!(findings("BN-07", &document).is_empty());
    }
}
