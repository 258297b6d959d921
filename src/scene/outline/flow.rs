//! Nodes in the order of their flow. A branch is indented; where branches meet again, the list goes on as far to the
//! left as before they parted. A flow that leads back becomes a line that says so.
//!
//! A node is listed when all flows that lead to it (but those that lead back) come from listed nodes, the deepest
//! branch first. How deep it stands is what the branches of all its predecessors have in common.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{OutlineLine, OutlinePart};
use crate::model::*;
use crate::scene::words::flow_label;

/// Branches within branches are indented up to here.
const DEEPEST: usize = 24;

/// One way on from a node.
#[derive(Clone)]
struct Way {
    to: usize,
    label: String,
}

/// Which branches one is in: the node that parts, and which of its ways was taken.
type Branches = Vec<(usize, usize)>;

struct Walk<'a> {
    document: &'a Document,
    nodes: &'a [FlowNode],
    ways: Vec<Vec<Way>>,
    /// Flows that lead back: from and which way.
    back: FxHashSet<(usize, usize)>,
    /// How many flows still lead from nodes that are not listed.
    open: Vec<usize>,
    /// What the branches of the listed predecessors have in common.
    branches: Vec<Option<Branches>>,
    /// Nodes inside each sub-flow.
    inside: FxHashMap<usize, Vec<usize>>,
    listed: Vec<bool>,
    lines: Vec<OutlineLine>,
}

/// A node that may be listed next, or a line that says that the flow goes on at one.
struct Task {
    node: usize,
    branches: Branches,
    lead: String,
    part: OutlinePart,
}

/// The lines of nodes, along their flows. Nodes inside sub-flows come below them, events on borders as branches.
pub(super) fn lines(document: &Document, nodes: &[FlowNode]) -> Vec<OutlineLine> {
    let index: FxHashMap<FlowNode, usize> = nodes.iter().enumerate().map(|(index, node)| (*node, index)).collect();
    let ways = ways(document, nodes, &index);
    let mut around: Vec<Option<usize>> = Vec::with_capacity(nodes.len());
    let mut inside: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (at, node) in nodes.iter().enumerate() {
        let parent = document.parent_of(*node).and_then(|step| index.get(&FlowNode::Step(step)).copied());
        let parent = parent.filter(|parent| *parent != at);
        if let Some(parent) = parent {
            inside.entry(parent).or_default().push(at);
        }
        around.push(parent);
    }
    let back = leading_back(document, nodes, &ways);
    let mut open = vec![0; nodes.len()];
    for (from, ways) in ways.iter().enumerate() {
        for (_, way) in ways.iter().enumerate().filter(|(number, _)| !back.contains(&(from, *number))) {
            if let Some(count) = open.get_mut(way.to) {
                *count += 1;
            }
        }
    }
    let roots: Vec<usize> = (0..nodes.len()).filter(|at| around.get(*at).is_some_and(Option::is_none)).collect();
    let mut walk = Walk {
        document,
        nodes,
        ways,
        back,
        open,
        branches: vec![None; nodes.len()],
        inside,
        listed: vec![false; nodes.len()],
        lines: Vec::with_capacity(nodes.len()),
    };
    walk.group(&roots, 0);
    // Broken files may have sub-flows around themselves.
    let left: Vec<usize> = (0..nodes.len()).filter(|at| walk.listed.get(*at) == Some(&false)).collect();
    walk.group(&left, 0);
    walk.lines
}

/// The ways on from each node: its flows, and the events on its border.
fn ways(document: &Document, nodes: &[FlowNode], index: &FxHashMap<FlowNode, usize>) -> Vec<Vec<Way>> {
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); nodes.len()];
    let mut add = |from: FlowNode, to: FlowNode, label: String| {
        if let (Some(from), Some(to)) = (index.get(&from), index.get(&to).copied())
            && let Some(list) = ways.get_mut(*from)
        {
            list.push(Way { to, label });
        }
    };
    for (_, flow) in document.flows().iter() {
        let label = match flow_label(flow) {
            // The name says enough; shares are on the picture.
            _ if !flow.name.is_empty() => flow.name.clone(),
            label if !label.is_empty() => label,
            _ if !flow.condition.is_empty() => flow.condition.clone(),
            _ if flow.is_default => "otherwise".to_owned(),
            _ => String::new(),
        };
        add(flow.from, flow.to, label);
    }
    for node in nodes {
        if let Some(host) = document.host_of(*node) {
            add(FlowNode::Step(host), *node, "on the way".to_owned());
        }
    }
    ways
}

/// Where nodes of no predecessor are looked for first.
fn is_start(document: &Document, node: FlowNode) -> bool {
    matches!(node, FlowNode::Event(id) if document.get::<Event>(id).is_some_and(|event| event.kind == EventKind::Start))
}

/// The ways that lead back to a node one comes from. Searched in depth from the starts, without recursion.
fn leading_back(document: &Document, nodes: &[FlowNode], ways: &[Vec<Way>]) -> FxHashSet<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut has_before = vec![false; nodes.len()];
    for way in ways.iter().flatten() {
        if let Some(mark) = has_before.get_mut(way.to) {
            *mark = true;
        }
    }
    let mut roots: Vec<usize> = (0..nodes.len()).collect();
    roots.sort_by_key(|at| {
        let starts = nodes.get(*at).is_some_and(|node| is_start(document, *node));
        (!starts, has_before.get(*at).copied().unwrap_or(false), *at)
    });
    let mut marks = vec![Mark::New; nodes.len()];
    let mut back = FxHashSet::default();
    for root in roots {
        if marks.get(root) != Some(&Mark::New) {
            continue;
        }
        let mut stack = vec![(root, 0)];
        marks[root] = Mark::Open;
        while let Some((node, next)) = stack.last_mut() {
            let Some(way) = ways.get(*node).and_then(|ways| ways.get(*next)) else {
                if let Some(mark) = marks.get_mut(*node) {
                    *mark = Mark::Done;
                }
                stack.pop();
                continue;
            };
            let taken = (*node, *next);
            *next += 1;
            match marks.get(way.to) {
                Some(Mark::New) => {
                    marks[way.to] = Mark::Open;
                    stack.push((way.to, 0));
                }
                Some(Mark::Open) => drop(back.insert(taken)),
                _ => {}
            }
        }
    }
    back
}

impl Walk<'_> {
    /// Lists nodes that stand in the same sub-flow, and what is inside them.
    fn group(&mut self, members: &[usize], indent: usize) {
        let mut first: Vec<usize> =
            members.iter().copied().filter(|at| self.open.get(*at).is_none_or(|open| *open == 0)).collect();
        first.sort_by_key(|at| (!self.nodes.get(*at).is_some_and(|node| is_start(self.document, *node)), *at));
        let mut left: Vec<usize> = members.iter().rev().copied().collect();
        let task = |node| Task { node, branches: Vec::new(), lead: String::new(), part: OutlinePart::Element };
        let mut tasks: Vec<Task> = first.into_iter().rev().map(task).collect();
        loop {
            let Some(next) = tasks.pop() else {
                // What only flows from elsewhere lead to.
                while left.last().is_some_and(|at| self.listed.get(*at) == Some(&true)) {
                    left.pop();
                }
                let Some(at) = left.pop() else { break };
                tasks.push(task(at));
                continue;
            };
            self.list(next, indent, &mut tasks);
        }
    }

    fn list(&mut self, task: Task, indent: usize, tasks: &mut Vec<Task>) {
        let Task { node, branches, lead, part } = task;
        if part == OutlinePart::Jump {
            self.line(node, indent + branches.len(), lead, part);
            return;
        }
        match self.listed.get_mut(node) {
            Some(listed) if !*listed => *listed = true,
            _ => return,
        }
        let depth = indent + branches.len();
        self.line(node, depth, lead, OutlinePart::Element);
        if let Some(inside) = self.inside.remove(&node) {
            self.group(&inside, depth + 1);
        }
        let ways = self.ways.get(node).cloned().unwrap_or_default();
        let parts = ways.len() > 1;
        let mut next: Vec<Task> = Vec::new();
        for (number, way) in ways.iter().enumerate() {
            let mut along = branches.clone();
            if parts && along.len() < DEEPEST {
                along.push((node, number));
            }
            let lead = match (parts, way.label.is_empty()) {
                (true, true) => format!("{} of {}", number + 1, ways.len()),
                (_, false) => way.label.clone(),
                (false, true) => String::new(),
            };
            if self.back.contains(&(node, number)) || self.listed.get(way.to) == Some(&true) {
                let back = if lead.is_empty() { "back to".to_owned() } else { format!("{lead}: back to") };
                next.push(Task { node: way.to, branches: along, lead: back, part: OutlinePart::Jump });
                continue;
            }
            let is_ready = self.arrive(way.to, along.clone());
            let met = self.branches.get(way.to).cloned().flatten().unwrap_or_default();
            if is_ready {
                let lead = if met.len() > branches.len() { lead } else { String::new() };
                next.push(Task { node: way.to, branches: met, lead, part: OutlinePart::Element });
            } else if parts {
                // The whole branch is this one flow; where it leads is listed later.
                let lead = format!("{lead}: on to");
                next.push(Task { node: way.to, branches: along, lead, part: OutlinePart::Jump });
            }
        }
        next.reverse();
        for task in next {
            // The deepest stand last and are taken first.
            let at = tasks.partition_point(|waiting| waiting.branches.len() <= task.branches.len());
            tasks.insert(at, task);
        }
    }

    /// Notes that a listed node leads to another one; whether that was the last one it waited for.
    fn arrive(&mut self, to: usize, along: Branches) -> bool {
        if let Some(branches) = self.branches.get_mut(to) {
            let common = match branches.take() {
                None => along,
                Some(before) => before.into_iter().zip(along).take_while(|(a, b)| a == b).map(|(a, _)| a).collect(),
            };
            *branches = Some(common);
        }
        self.open.get_mut(to).is_some_and(|open| {
            *open = open.saturating_sub(1);
            *open == 0
        })
    }

    fn line(&mut self, node: usize, depth: usize, lead: String, part: OutlinePart) {
        if let Some(node) = self.nodes.get(node) {
            self.lines.push(OutlineLine { element: (*node).into(), depth, lead, part });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `A>B, A>C yes` as a process; the lines as indented text.
    fn check(flows: &str, expected: &[&str]) {
        let mut document = Document::default();
        let process = document.insert(Process::new("P"));
        let mut nodes: Vec<(String, FlowNode)> = Vec::new();
        for flow in flows.split(", ") {
            let (ends, label) = flow.split_once(' ').unwrap_or((flow, ""));
            let (from, to) = ends.split_once('>').unwrap();
            let [from, to] = [from, to].map(|name| match nodes.iter().find(|(known, _)| known == name) {
                Some((_, node)) => *node,
                None => {
                    let node = FlowNode::Step(document.insert(Step::new(process, name)));
                    nodes.push((name.to_owned(), node));
                    node
                }
            });
            document.insert(Flow { name: label.into(), ..Flow::new(process, from, to) });
        }
        let nodes: Vec<FlowNode> = nodes.into_iter().map(|(_, node)| node).collect();
        let text = |line: OutlineLine| {
            let name = document.name_of(line.element).to_owned();
            let words = [line.lead.as_str(), name.as_str()].join(" ");
            format!("{}{}", "  ".repeat(line.depth), words.trim())
        };
        let found: Vec<String> = lines(&document, &nodes).into_iter().map(text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn branches_are_indented_and_meet_again() {
        check("A>B yes, A>C no, B>D, C>D, D>E", &["A", "  yes B", "  no C", "D", "E"]);
    }

    #[test]
    fn a_branch_that_is_one_flow_says_where_it_goes() {
        check("A>B yes, A>D no, B>D, D>E", &["A", "  yes B", "  no: on to D", "D", "E"]);
    }

    #[test]
    fn branches_within_branches() {
        check(
            "A>B x, A>C y, B>D u, B>E v, D>F, E>F, F>G, C>G",
            &["A", "  x B", "    u D", "    v E", "  F", "  y C", "G"],
        );
    }

    #[test]
    fn a_flow_back_is_a_line_and_nobody_is_lost_in_a_circle() {
        check("A>B, B>C good, B>A bad, C>D", &["A", "B", "  good C", "  D", "  bad: back to A"]);
        check("A>B, B>A", &["A", "B", "back to A"]);
    }

    #[test]
    fn unnamed_branches_are_counted() {
        check("A>B, A>C", &["A", "  1 of 2 B", "  2 of 2 C"]);
    }

    #[test]
    fn a_long_flow_and_many_nested_branches_end() {
        let chain: Vec<String> = (0..3000).map(|at| format!("n{at}>n{}", at + 1)).collect();
        let names: Vec<String> = (0..=3000).map(|at| format!("n{at}")).collect();
        check(&chain.join(", "), &names.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
