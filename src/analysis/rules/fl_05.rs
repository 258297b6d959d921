//! Gateways that do not fit together: cases get stuck, or are worked on twice.

use super::Meta;
use super::Threshold;
use crate::analysis::soundness::{Conflict, Fault, play};
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-05",
    title: "Gateways do not fit",
    severity: Severity::High,
    why: "A join that waits for all branches after a split that takes only one waits for ever; a join that lets \
          everything pass after a split that starts all branches sends the same case on twice.",
    wrong: "Either refund or reject, then a parallel join that waits for both",
    right: "Either refund or reject, then an exclusive join that goes on after one",
    formula: "a case is played with tokens through every choice. Deadlock: nothing can move and a parallel join has \
              some of its flows and not all. Missing synchronisation: an exclusive join gets two tokens of one case",
    source: Source::Literature("soundness of workflow nets (van der Aalst); match types of split and join (7PMG, G4)"),
    thresholds: &[Threshold {
        name: "states",
        default: 20_000.0,
        unit: "states",
        meaning: "so many are looked at for each start of a process",
        source: Source::Ours("enough for every process that a person can read"),
    }],
    remedies: &["Give the join the same kind as the split.", "Or give the split the kind of the join."],
};

/// States × flows of one process that may be looked at to try fixes out; beyond them remedies are words only.
const WORK_FOR_FIXES: usize = 5_000_000;

/// A process that was played.
struct Played {
    process: ProcessId,
    /// Number of its conflicts.
    conflicts: usize,
    /// States looked at for each start.
    bound: usize,
    /// How often it may be played again.
    replays: usize,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let bound = sink.threshold("states").clamp(1.0, 1.0e7) as usize;
    let mut cut_short = Vec::new();
    for (count, (id, _)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let is_join = |node: &FlowNode| matches!(node, FlowNode::Gateway(_)) && context.index.flows_in(*node).len() > 1;
        if !context.index.nodes_of(id).iter().any(is_join) {
            continue;
        }
        let outcome = play(context, id, &[], bound);
        let work = outcome.states * context.index.flows_of(id).len();
        let replays = if outcome.complete { WORK_FOR_FIXES / work.max(1) } else { 0 };
        let mut played = Played { process: id, conflicts: outcome.conflicts.len(), bound, replays };
        for conflict in &outcome.conflicts {
            report(context, sink, conflict, &mut played);
        }
        if !outcome.complete {
            cut_short.push(id);
        }
    }
    sink.missing(
        "process has too many open choices at once to be played to the end; only a part was looked at",
        "processes have too many open choices at once to be played to the end; only a part was looked at",
        cut_short,
    );
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, conflict: &Conflict, played: &mut Played) {
    let process = played.process;
    let join = describe(context, conflict.join);
    let source = |flow: &FlowId| context.document.flows().get(*flow).map(|flow| flow.from);
    let names = |flows: &[FlowId]| {
        let texts: Vec<String> = flows.iter().filter_map(source).map(|node| described(context, node)).collect();
        words::joined(&texts)
    };
    let (arrived, missing) = (names(&conflict.arrived), names(&conflict.missing));
    let split = conflict.split.map(|node| described(context, node));
    let cause = |rest: &str| split.as_ref().map_or_else(String::new, |split| format!(" after {split}{rest}"));
    let (message, formula) = match conflict.fault {
        Fault::Deadlock => (
            format!(
                "{} gets stuck at {join}: it waits for all its branches, but{} a case that comes from {arrived} never \
                 comes from {missing}.",
                context.quoted(process),
                cause(if may_leave_out(context, conflict.split) {
                    ", which may leave branches out,"
                } else {
                    ", which takes only one branch,"
                })
            ),
            format!("flows with a token = {}, waited for = {}", conflict.arrived.len(), conflict.missing.len()),
        ),
        Fault::MissingSynchronisation => (
            format!(
                "{} does everything after {join} several times for one case: {arrived} all lead there{}, and nothing \
                 waits for the last of them.",
                context.quoted(process),
                cause(", which starts all its branches")
            ),
            format!("tokens of one case = {}, at most 1", conflict.arrived.len()),
        ),
    };
    let finding = Finding::new(message)
        .about([ElementRef::from(conflict.join)])
        .about(conflict.split)
        .about(conflict.arrived.iter().chain(&conflict.missing).filter_map(source))
        .formula(formula)
        .number("flows_arrived", conflict.arrived.len() as f64)
        .number("flows_missing", conflict.missing.len() as f64)
        .criticality(context.criticality(process));
    sink.report(with_remedies(context, conflict, finding, played));
}

/// Offers to change the kind of the join, or of the split: each where playing the changed process shows that it helps.
fn with_remedies(context: &Context<'_>, conflict: &Conflict, mut finding: Finding, played: &mut Played) -> Finding {
    let (join_kind, split_kind) = match conflict.fault {
        Fault::Deadlock => (GatewayKind::Exclusive, GatewayKind::Parallel),
        Fault::MissingSynchronisation => (GatewayKind::Parallel, GatewayKind::Exclusive),
    };
    let split = match conflict.split {
        Some(FlowNode::Gateway(split)) if split != conflict.join => Some((split, split_kind)),
        _ => None,
    };
    let before = finding.remedies.len();
    for (gateway, kind) in [Some((conflict.join, join_kind)), split].into_iter().flatten() {
        if played.replays == 0 {
            break;
        }
        played.replays -= 1;
        let outcome = play(context, played.process, &[(gateway, kind)], played.bound);
        let helps = outcome.complete
            && outcome.conflicts.len() < played.conflicts
            && outcome.conflicts.iter().all(|other| other.join != conflict.join);
        let Some(record) = context.document.gateways().get(gateway).filter(|_| helps) else { continue };
        let name = describe(context, gateway);
        let what = match (kind == GatewayKind::Parallel, gateway == conflict.join) {
            (false, true) => "go on as soon as one branch arrives",
            (false, false) => "take only one of its branches",
            (true, true) => "wait for all its branches",
            (true, false) => "start all its branches",
        };
        let word = kind.word();
        let fix = Fix::replace(format!("Make {name} {word}"), gateway, Gateway { kind, ..record.clone() });
        finding = finding.remedy_with(format!("Let {name} {what}: make it {word}."), fix);
    }
    if finding.remedies.len() > before {
        return finding;
    }
    match conflict.fault {
        Fault::Deadlock => finding.remedy("Lead each branch that may be left out past this join, or join it before."),
        Fault::MissingSynchronisation => {
            finding.remedy("Join the branches that run at the same time in a parallel gateway before this one.")
        }
    }
}

/// Whether a split takes any number of its branches.
fn may_leave_out(context: &Context<'_>, split: Option<FlowNode>) -> bool {
    let Some(FlowNode::Gateway(id)) = split else { return false };
    let kind = context.document.gateways().get(id).map(|gateway| gateway.kind);
    matches!(kind, Some(GatewayKind::Inclusive | GatewayKind::Complex))
}

fn described(context: &Context<'_>, node: FlowNode) -> String {
    match node {
        FlowNode::Gateway(gateway) => describe(context, gateway),
        other => context.quoted(other),
    }
}

/// A gateway in words: its name, else its kind and what stands before it.
pub(super) fn describe(context: &Context<'_>, gateway: GatewayId) -> String {
    let Some(record) = context.document.gateways().get(gateway) else { return String::new() };
    if !record.name.trim().is_empty() {
        return context.quoted(gateway);
    }
    let flows = context.index.flows_in(FlowNode::Gateway(gateway)).iter();
    let nodes = flows.filter_map(|flow| context.document.flows().get(*flow)).map(|flow| flow.from);
    let named: Vec<FlowNode> =
        nodes.filter(|node| !context.document.name_of((*node).into()).trim().is_empty()).collect();
    let kind = record.kind.word();
    if named.is_empty() {
        return format!("a nameless {kind} gateway");
    }
    format!("the {kind} gateway after {}", words::quoted_list(context.document, named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, silence};
    use crate::analysis::{FixChange, FixRecord};

    /// A process out of lines such as `a b`: a flow from `a` to `b`. Names beginning with `x` are exclusive gateways,
    /// with `p` parallel ones, with `s` starts, with `e` ends; all others are steps.
    fn process(lines: &[&str]) -> Document {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let mut known: Vec<(String, FlowNode)> = Vec::new();
        for line in lines {
            let mut ends = Vec::new();
            for name in line.split(' ') {
                let found = known.iter().find(|(other, _)| other == name).map(|(_, node)| *node);
                ends.push(found.unwrap_or_else(|| {
                    let node = match name.chars().next().unwrap() {
                        'x' => FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Exclusive, name))),
                        'p' => FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Parallel, name))),
                        's' => FlowNode::Event(document.insert(Event::new(process, EventKind::Start, name))),
                        'e' => FlowNode::Event(document.insert(Event::new(process, EventKind::End, name))),
                        _ => FlowNode::Step(document.insert(Step::new(process, name))),
                    };
                    known.push((name.to_owned(), node));
                    node
                }));
            }
            document.insert(Flow::new(process, ends[0], ends[1]));
        }
        document
    }

    fn names(document: &Document) -> Vec<(String, String)> {
        let name = |finding: &Finding, place: usize| document.name_of(finding.evidence[place]).to_owned();
        findings("FL-05", document).iter().map(|finding| (name(finding, 0), name(finding, 1))).collect()
    }

    fn labels(document: &Document) -> Vec<String> {
        let remedies = findings("FL-05", document).into_iter().flat_map(|finding| finding.remedies);
        remedies.filter_map(|remedy| Some(remedy.fix?.label)).collect()
    }

    fn pair(first: &str, second: &str) -> (String, String) {
        (first.to_owned(), second.to_owned())
    }

    /// Every fix of every finding ends that finding.
    fn fixes_help(document: &Document) {
        let before = findings("FL-05", document);
        for finding in &before {
            for fix in finding.remedies.iter().filter_map(|remedy| remedy.fix.as_ref()) {
                let mut fixed = document.clone();
                let [FixChange::Replace(ElementRef::Gateway(id), FixRecord::Gateway(gateway))] = fix.changes.as_slice()
                else {
                    panic!("{fix:?}")
                };
                fixed.get_mut::<Gateway>(*id).unwrap().kind = gateway.kind;
                let after = findings("FL-05", &fixed);
                assert!(after.len() < before.len(), "{}", fix.label);
                assert!(after.iter().all(|other| other.evidence[0] != finding.evidence[0]), "{}", fix.label);
            }
        }
    }

    #[test]
    fn an_exclusive_split_with_a_parallel_join_gets_stuck() {
        let document = process(&["s x1", "x1 a", "x1 b", "a p1", "b p1", "p1 e"]);
        assert_eq!(names(&document), [pair("p1", "x1")]);
        assert_eq!(labels(&document), ["Make “p1” exclusive", "Make “x1” parallel"]);
        let found = findings("FL-05", &document);
        assert_eq!(
            found[0].message,
            "“Refund” gets stuck at “p1”: it waits for all its branches, but after “x1”, which takes only one branch, \
             a case that comes from “b” never comes from “a”."
        );
        fixes_help(&document);
    }

    #[test]
    fn a_parallel_split_with_an_exclusive_join_goes_on_twice() {
        let document = process(&["s p1", "p1 a", "p1 b", "a x1", "b x1", "x1 c", "c e"]);
        assert_eq!(names(&document), [pair("x1", "p1")]);
        assert_eq!(labels(&document), ["Make “x1” parallel", "Make “p1” exclusive"]);
        fixes_help(&document);
    }

    #[test]
    fn matching_gateways_are_sound_nested_and_in_loops() {
        for lines in [
            &["s x1", "x1 a", "x1 b", "a x2", "b x2", "x2 e"][..],
            &["s p1", "p1 a", "p1 b", "a p2", "b p2", "p2 e"],
            &["s p1", "p1 x1", "x1 a", "x1 b", "a x2", "b x2", "x2 p2", "p1 c", "c p2", "p2 e"],
            &["s x1", "x1 a", "a x2", "x2 x1", "x2 p1", "p1 b", "p1 c", "b p2", "c p2", "p2 e"],
            &["s x0", "x0 p1", "p1 a", "p1 b", "a p2", "b p2", "p2 x9", "x9 x0", "x9 e"],
        ] {
            assert_eq!(names(&process(lines)), [], "{lines:?}");
        }
    }

    #[test]
    fn faults_are_found_far_from_their_split() {
        // The exclusive choice lies two gateways before the join, and one branch has a parallel block of its own.
        let document = process(&[
            "s x1", "x1 a", "x1 p3", "p3 b", "p3 c", "b p4", "c p4", "p4 d", "a x5", "x5 f", "x5 g", "f x6", "g x6",
            "x6 p1", "d p1", "p1 e",
        ]);
        assert_eq!(names(&document), [pair("p1", "x1")]);
        assert_eq!(labels(&document), ["Make “p1” exclusive", "Make “x1” parallel"]);
        fixes_help(&document);
    }

    #[test]
    fn a_branch_that_may_leave_a_parallel_block_is_a_deadlock_without_a_simple_fix() {
        let document = process(&["s p1", "p1 x1", "x1 e1", "x1 a", "a p2", "p1 b", "b p2", "p2 e2"]);
        assert_eq!(names(&document)[0].0, "p2");
        assert_eq!(labels(&document), Vec::<String>::new());
        assert!(findings("FL-05", &document)[0].remedies[0].text.starts_with("Lead each branch"));
    }

    #[test]
    fn a_join_that_waits_for_what_comes_after_it_is_found() {
        let document = process(&["s p1", "p1 a", "a x1", "x1 p1", "x1 e"]);
        assert_eq!(names(&document)[0].0, "p1");
        assert_eq!(labels(&document), ["Make “p1” exclusive"]);
        fixes_help(&document);
    }

    #[test]
    fn only_the_first_of_two_joins_in_a_row_is_reported() {
        let document = process(&["s p0", "p0 x1", "p0 z", "x1 a", "x1 b", "a p1", "b p1", "p1 p2", "z p2", "p2 e"]);
        assert_eq!(names(&document), [pair("p1", "x1")]);
    }

    #[test]
    fn a_step_with_two_arrows_may_mean_either_so_only_what_is_wrong_both_ways_counts() {
        assert_eq!(names(&process(&["s a", "a b", "a c", "b p1", "c p1", "p1 e"])), []);
        assert_eq!(names(&process(&["s a", "a b", "a c", "b x1", "c x1", "x1 e"])), []);
        let both = process(&["s a", "a x1", "a z", "x1 b", "x1 c", "b p1", "c p1", "p1 e", "z e"]);
        assert_eq!(names(&both), [pair("p1", "x1")]);
    }

    #[test]
    fn starts_are_cases_of_their_own() {
        assert_eq!(names(&process(&["s1 a", "s2 b", "a p1", "b p1", "p1 e"])), []);
        assert_eq!(names(&process(&["s1 a", "s2 b", "a x1", "b x1", "x1 e"])), []);
    }

    #[test]
    fn many_parallel_branches_need_few_states_and_a_bound_cuts_short() {
        let mut lines = vec!["s p1".to_owned(), "p2 e".to_owned()];
        for branch in 0..30 {
            for line in ["p1 x{}", "x{} a{}", "x{} b{}", "a{} xx{}", "b{} xx{}", "xx{} p2"] {
                lines.push(line.replace("{}", &branch.to_string()));
            }
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut document = process(&lines);
        assert_eq!(names(&document), []);
        assert!(silence("FL-05", &document).is_none());
        document.project_mut().thresholds.insert("FL-05.states".into(), 10.0);
        let missing = silence("FL-05", &document).unwrap().missing;
        assert!(missing[0].what.starts_with("1 process has too many open choices"));
    }
}
