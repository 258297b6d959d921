//! Which branches of a drawn process the cases of a log took.
//!
//! Each piece of work of a case is traced back to the last one before it that leads to it without passing another step of
//! the log: along flows through gateways, events and steps that the log does not know. The branches of exclusive gateways
//! on that way were taken, once for each time the work before it was done. The beginning of a case is traced to the start
//! events of the process, its last work to the end events. A way that is not the only one decides nothing. This is a
//! replay of the log without costs; alignments (A. Adriansyah, Aligning observed and modeled behavior, 2014) would find
//! the nearest way of cases that do not follow the drawing, which are only counted here.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{EventLog, Instance};
use crate::model::*;

/// The most pieces of work that one is traced back over.
const MOST_BACK: usize = 200;
/// The most nodes that are looked at on the way from one step.
const MOST_TRIED: usize = 20_000;

/// What cases did at the gateways of a process.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routes {
    /// How often each flow out of a gateway of which one branch is taken was taken; all flows of each gateway that was
    /// passed are there.
    pub taken: BTreeMap<FlowId, usize>,
    /// Work that was traced back to what comes before it.
    pub followed: usize,
    /// Work of the log that has a step in the process.
    pub all: usize,
}

impl Routes {
    /// The share of choices at its gateway that took a flow, and how many choices there were.
    pub fn share(&self, document: &Document, flow: FlowId) -> Option<(f64, usize)> {
        let taken = self.taken.get(&flow)?;
        let from = document.get::<Flow>(flow)?.from;
        let of_gateway = |id: &FlowId| document.get::<Flow>(*id).is_some_and(|other| other.from == from);
        let all: usize = self.taken.iter().filter(|(id, _)| of_gateway(id)).map(|(_, count)| count).sum();
        (all > 0).then(|| (*taken as f64 / all as f64, all))
    }
}

/// Traces the cases of a log through a process. `steps` has the step of each activity of the log.
pub fn routes(log: &EventLog, document: &Document, process: ProcessId, steps: &[Option<StepId>]) -> Routes {
    let graph = Graph::of(document, process, steps);
    let mut routes = Routes::default();
    for case in &log.cases {
        trace(&graph, &case.instances, steps, &mut routes);
    }
    let gateways: FxHashSet<FlowNode> =
        routes.taken.keys().filter_map(|id| document.get::<Flow>(*id)).map(|flow| flow.from).collect();
    let others = document.flows_of(process).filter(|(_, flow)| gateways.contains(&flow.from));
    for (id, _) in others {
        routes.taken.entry(id).or_default();
    }
    routes
}

fn trace(graph: &Graph, instances: &[Instance], steps: &[Option<StepId>], routes: &mut Routes) {
    let step_of = |instance: &Instance| steps.get(instance.activity as usize).copied().flatten();
    let known: Vec<StepId> = instances.iter().filter_map(step_of).collect();
    // The choice at each gateway after each piece of work, made once.
    let mut chosen: FxHashMap<(usize, FlowNode), FlowId> = FxHashMap::default();
    let begin = usize::MAX;
    let mut choose = |place: usize, way: &Way, routes: &mut Routes| {
        for (gateway, flow) in way.choices.iter().flatten() {
            chosen.entry((place, *gateway)).or_insert_with(|| {
                *routes.taken.entry(*flow).or_default() += 1;
                *flow
            });
        }
    };
    for (place, step) in known.iter().enumerate() {
        routes.all += 1;
        let before = known.iter().enumerate().take(place).rev().take(MOST_BACK);
        let from = before.filter_map(|(at, earlier)| Some((at, graph.way(Origin::Step(*earlier), *step)?))).next();
        let from = from.or_else(|| Some((begin, graph.way(Origin::Start, *step)?)));
        if let Some((at, way)) = from {
            routes.followed += 1;
            choose(at, way, routes);
        }
    }
    if let Some((place, last)) = known.iter().enumerate().next_back()
        && let Some(way) = graph.ends.get(last)
    {
        choose(place, way, routes);
    }
}

/// Where a way begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Origin {
    Start,
    Step(StepId),
}

/// The way between two steps: the choices on it, unless there are several ways.
#[derive(Clone, Debug, Default)]
struct Way {
    choices: Option<Vec<(FlowNode, FlowId)>>,
    is_seen: bool,
}

/// Ways between the steps that the log knows.
struct Graph {
    ways: FxHashMap<(Origin, StepId), Way>,
    /// Ways to the end of the process.
    ends: FxHashMap<StepId, Way>,
}

impl Graph {
    fn of(document: &Document, process: ProcessId, steps: &[Option<StepId>]) -> Self {
        let known: FxHashSet<StepId> = steps.iter().flatten().copied().collect();
        let mut onward: FxHashMap<FlowNode, Vec<(Option<FlowId>, FlowNode)>> = FxHashMap::default();
        let mut entered: FxHashSet<FlowNode> = FxHashSet::default();
        for (id, flow) in document.flows_of(process) {
            onward.entry(flow.from).or_default().push((Some(id), flow.to));
            entered.insert(flow.to);
        }
        for (id, event) in document.events().iter().filter(|(_, event)| event.process == process) {
            if let Some(host) = event.attached {
                onward.entry(FlowNode::Step(host)).or_default().push((None, FlowNode::Event(id)));
                entered.insert(FlowNode::Event(id));
            }
        }
        let search = Search { document, onward: &onward, known: &known };
        let mut graph = Self { ways: FxHashMap::default(), ends: FxHashMap::default() };
        let mut ordered: Vec<StepId> = known.iter().copied().collect();
        ordered.sort_unstable();
        for step in ordered {
            let found = search.from(&[FlowNode::Step(step)]);
            graph.ends.extend(found.end.map(|way| (step, way)));
            graph.ways.extend(found.steps.into_iter().map(|(to, way)| ((Origin::Step(step), to), way)));
        }
        let starts: Vec<FlowNode> =
            document.nodes_of(process).into_iter().filter(|node| !entered.contains(node)).collect();
        let found = search.from(&starts);
        graph.ways.extend(found.steps.into_iter().map(|(to, way)| ((Origin::Start, to), way)));
        graph
    }

    fn way(&self, from: Origin, to: StepId) -> Option<&Way> {
        self.ways.get(&(from, to))
    }
}

/// Looks for ways that pass no step of the log.
struct Search<'a> {
    document: &'a Document,
    onward: &'a FxHashMap<FlowNode, Vec<(Option<FlowId>, FlowNode)>>,
    known: &'a FxHashSet<StepId>,
}

#[derive(Default)]
struct Found {
    steps: BTreeMap<StepId, Way>,
    end: Option<Way>,
}

impl Search<'_> {
    /// All ways from some nodes, in the order of the flows.
    fn from(&self, starts: &[FlowNode]) -> Found {
        let mut found = Found::default();
        let mut tried = 0;
        for start in starts {
            // A step of the log that nothing leads to begins cases itself.
            if let (FlowNode::Step(step), true) = (*start, starts.len() > 1)
                && self.known.contains(&step)
            {
                note(found.steps.entry(step).or_default(), &[]);
                continue;
            }
            let mut path = vec![*start];
            self.walk(&mut path, &mut Vec::new(), &mut found, &mut tried);
        }
        found
    }

    fn walk(
        &self,
        path: &mut Vec<FlowNode>,
        choices: &mut Vec<(FlowNode, FlowId)>,
        found: &mut Found,
        tried: &mut usize,
    ) {
        let Some(at) = path.last().copied() else { return };
        for (flow, next) in self.onward.get(&at).map(Vec::as_slice).unwrap_or_default() {
            *tried += 1;
            if *tried > MOST_TRIED {
                return;
            }
            let choice = flow.filter(|_| self.is_choice(at)).map(|flow| (at, flow));
            choices.extend(choice);
            match *next {
                FlowNode::Step(step) if self.known.contains(&step) => {
                    note(found.steps.entry(step).or_default(), choices);
                }
                next if self.is_end(next) => note(found.end.get_or_insert_default(), choices),
                next if !path.contains(&next) && path.len() < 200 => {
                    path.push(next);
                    self.walk(path, choices, found, tried);
                    path.pop();
                }
                _ => {}
            }
            if choice.is_some() {
                choices.pop();
            }
        }
    }

    /// Whether just one of the flows out of a node is taken.
    fn is_choice(&self, node: FlowNode) -> bool {
        let FlowNode::Gateway(id) = node else { return false };
        let is_split = self.onward.get(&node).is_some_and(|flows| flows.len() > 1);
        let kind = self.document.get::<Gateway>(id).map(|gateway| gateway.kind);
        is_split && matches!(kind, Some(GatewayKind::Exclusive | GatewayKind::EventBased))
    }

    fn is_end(&self, node: FlowNode) -> bool {
        let FlowNode::Event(id) = node else { return false };
        self.document.get::<Event>(id).is_some_and(|event| event.kind == EventKind::End)
    }
}

/// Notes a way; a second one with other choices makes it undecided.
fn note(way: &mut Way, choices: &[(FlowNode, FlowId)]) {
    way.choices = match way.choices.take() {
        None if !way.is_seen => Some(choices.to_vec()),
        Some(known) if known == choices => Some(known),
        _ => None,
    };
    way.is_seen = true;
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Row, log};
    use super::*;

    struct Drawn {
        document: Document,
        process: ProcessId,
        steps: Vec<Option<StepId>>,
        flows: Vec<FlowId>,
    }

    /// Start → A → ◇ → B or C → ◇ → (B: back to A, C: on) … as arrows between letters; `x` and `y` are exclusive
    /// gateways, `+` a parallel one, `s` and `e` the events.
    fn drawn(arrows: &[(&str, &str)]) -> Drawn {
        let mut document = Document::default();
        let process = document.insert(Process::new("Order"));
        let mut nodes: BTreeMap<&str, FlowNode> = BTreeMap::new();
        let mut steps = Vec::new();
        let mut flows = Vec::new();
        for name in ["A", "B", "C", "D"] {
            let step = document.insert(Step::new(process, name));
            steps.push(Some(step));
            nodes.insert(name, FlowNode::Step(step));
        }
        for (from, to) in arrows {
            for name in [*from, *to] {
                if nodes.contains_key(name) {
                    continue;
                }
                let node = match name {
                    "x" | "y" => {
                        FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Exclusive, name)))
                    }
                    "+" | "-" => FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Parallel, name))),
                    "s" => FlowNode::Event(document.insert(Event::new(process, EventKind::Start, name))),
                    "e" => FlowNode::Event(document.insert(Event::new(process, EventKind::End, name))),
                    "u" => FlowNode::Step(document.insert(Step::new(process, "Not in the log"))),
                    _ => continue,
                };
                nodes.insert(name, node);
            }
            flows.push(document.insert(Flow::new(process, nodes[from], nodes[to])));
        }
        Drawn { document, process, steps, flows }
    }

    fn traced(drawn: &Drawn, cases: &[&str]) -> Routes {
        let rows: Vec<Vec<Row<'_>>> = cases
            .iter()
            .map(|case| {
                let letters = (0..).zip(0..case.len());
                letters.map(|(at, place)| (&case[place..=place], "", at * 10, at * 10 + 5)).collect()
            })
            .collect();
        let cases: Vec<(&str, &[Row<'_>])> = rows.iter().map(|rows| ("case", rows.as_slice())).collect();
        let mut log = log(&cases);
        let steps: Vec<Option<StepId>> =
            log.activities.iter().map(|name| "ABCD".find(name.as_str()).and_then(|at| drawn.steps[at])).collect();
        log.has_durations = true;
        routes(&log, &drawn.document, drawn.process, &steps)
    }

    #[test]
    fn branches_are_counted_once_for_each_time_the_gateway_was_passed() {
        // A, then B or C, then the end or back to A.
        let drawn =
            drawn(&[("s", "A"), ("A", "x"), ("x", "B"), ("x", "C"), ("B", "y"), ("y", "A"), ("y", "e"), ("C", "e")]);
        let routes = traced(&drawn, &["AB", "ABAC", "AC"]);
        let taken = |place: usize| routes.taken.get(&drawn.flows[place]).copied();
        assert_eq!((taken(2), taken(3)), (Some(2), Some(2)));
        assert_eq!((taken(5), taken(6)), (Some(1), Some(1)));
        assert_eq!((routes.followed, routes.all), (8, 8));
        assert_eq!(routes.share(&drawn.document, drawn.flows[2]), Some((0.5, 4)));
        assert_eq!(taken(0), None, "no choice there");
    }

    #[test]
    fn parallel_branches_are_one_choice_before_them() {
        // After A either B and C in any order, or D.
        let arrows = [
            ("s", "A"),
            ("A", "x"),
            ("x", "+"),
            ("x", "D"),
            ("+", "B"),
            ("+", "C"),
            ("B", "-"),
            ("C", "-"),
            ("-", "e"),
            ("D", "e"),
        ];
        let drawn = drawn(&arrows);
        let routes = traced(&drawn, &["ABC", "ACB", "AD"]);
        let taken = |place: usize| routes.taken.get(&drawn.flows[place]).copied();
        assert_eq!((taken(2), taken(3)), (Some(2), Some(1)));
        assert_eq!((routes.followed, routes.all), (8, 8));
    }

    #[test]
    fn steps_that_the_log_does_not_know_are_passed_and_several_ways_decide_nothing() {
        let through = drawn(&[("s", "A"), ("A", "x"), ("x", "u"), ("u", "B"), ("x", "C"), ("B", "e"), ("C", "e")]);
        let found = traced(&through, &["AB"]);
        assert_eq!(found.taken.get(&through.flows[2]), Some(&1));
        assert_eq!(found.taken.get(&through.flows[4]), Some(&0), "its other branch is known, too");
        let either = drawn(&[("s", "A"), ("A", "x"), ("x", "u"), ("u", "B"), ("x", "B"), ("B", "e")]);
        let found = traced(&either, &["AB"]);
        assert_eq!((found.taken.len(), found.followed), (0, 2));
    }

    #[test]
    fn work_that_nothing_leads_to_is_counted_as_not_followed() {
        let drawn = drawn(&[("s", "A"), ("A", "x"), ("x", "B"), ("x", "C"), ("B", "e"), ("C", "e")]);
        let routes = traced(&drawn, &["BA", "AB"]);
        assert_eq!((routes.followed, routes.all), (3, 4));
    }
}
