//! `layout GRAPH.json OUT.json RUNS`: arranges a generated graph RUNS times.
//!
//! A graph whose `dir` is `LR` is a flow, `TB` an organisation chart. Writes the times and the
//! result of the last run in the form the quality meter reads, and prints one row.

use std::time::Instant;

use remit::layout::geometry::{Point, Polyline, Size};
use remit::layout::request::{Direction, FlowEdge, FlowNode, FlowRequest, NodeKind, TreeNode, TreeRequest};
use remit::layout::{layered, tree};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Node {
    w: f64,
    h: f64,
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
struct Graph {
    name: String,
    dir: String,
    nodes: Vec<Node>,
    edges: Vec<(usize, usize)>,
}

#[derive(Serialize)]
struct Outcome {
    tool: &'static str,
    ms: Vec<f64>,
    cpu_ms: Vec<f64>,
    pos: Vec<(f64, f64)>,
    routes: Vec<Option<Vec<(f64, f64)>>>,
}

/// Runs the kind with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let [graph, out, runs] = arguments else {
        return Err("needs GRAPH.json OUT.json RUNS".to_owned());
    };
    let text = std::fs::read(graph).map_err(|error| format!("{graph}: {error}"))?;
    let graph: Graph = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    let runs: usize = runs.parse().map_err(|_| "RUNS is no number".to_owned())?;
    let outcome = if graph.dir == "LR" { measure_flow(&graph, runs) } else { measure_tree(&graph, runs) };
    let mut sorted = outcome.ms.clone();
    sorted.sort_by(f64::total_cmp);
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
    let (nodes, edges) = (graph.nodes.len(), graph.edges.len());
    println!("remit\tlayout\t{}\t{nodes}\t{edges}\t{median:.3}", graph.name);
    let json = serde_json::to_vec(&outcome).map_err(|error| error.to_string())?;
    std::fs::write(out, json).map_err(|error| format!("{out}: {error}"))
}

fn measure_flow(graph: &Graph, runs: usize) -> Outcome {
    let kind = |node: &Node| match node.kind.as_str() {
        "start" => NodeKind::Start,
        "end" => NodeKind::End,
        "xor" | "and" => NodeKind::Gateway,
        _ => NodeKind::Other,
    };
    let request = FlowRequest {
        nodes: graph
            .nodes
            .iter()
            .map(|node| FlowNode { size: Size::new(node.w, node.h), kind: kind(node), ..FlowNode::default() })
            .collect(),
        edges: graph.edges.iter().map(|&(from, to)| FlowEdge { from, to, ..FlowEdge::default() }).collect(),
        ..FlowRequest::default()
    };
    let (ms, cpu_ms, result) = timed(runs, || layered::arrange(&request));
    let centers = result.boxes.iter().map(|one| one.center());
    Outcome {
        tool: "remit",
        ms,
        cpu_ms,
        pos: centers.map(pair).collect(),
        routes: result.routes.iter().map(points).collect(),
    }
}

fn measure_tree(graph: &Graph, runs: usize) -> Outcome {
    let mut request = TreeRequest {
        nodes: graph
            .nodes
            .iter()
            .map(|node| TreeNode { size: Size::new(node.w, node.h), ..TreeNode::default() })
            .collect(),
        direction: Direction::TopToBottom,
        ..TreeRequest::default()
    };
    for &(parent, child) in &graph.edges {
        if let Some(node) = request.nodes.get_mut(child) {
            node.parent = Some(parent);
        }
    }
    let (ms, cpu_ms, result) = timed(runs, || tree::arrange(&request));
    let centers = result.boxes.iter().map(|one| {
        let center = one.map(|one| one.center());
        pair(center.unwrap_or_default())
    });
    Outcome {
        tool: "remit",
        ms,
        cpu_ms,
        pos: centers.collect(),
        routes: graph.edges.iter().map(|&(_, child)| result.connectors.get(child).and_then(points)).collect(),
    }
}

fn pair(point: Point) -> (f64, f64) {
    (point.x, point.y)
}

fn points(line: &Option<Polyline>) -> Option<Vec<(f64, f64)>> {
    let line = line.as_ref()?;
    Some(line.iter().copied().map(pair).collect())
}

/// Wall and processor time of each run in milliseconds, and the last result.
fn timed<T: Default>(runs: usize, mut run: impl FnMut() -> T) -> (Vec<f64>, Vec<f64>, T) {
    let (mut wall, mut processor, mut last) = (Vec::new(), Vec::new(), T::default());
    for _ in 0..runs.max(1) {
        let (start, processor_start) = (Instant::now(), processor_ms());
        last = run();
        wall.push(start.elapsed().as_secs_f64() * 1000.0);
        processor.push(processor_ms() - processor_start);
    }
    (wall, processor, last)
}

/// Processor time this thread has used, in milliseconds; 0 where the system does not tell.
fn processor_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().map(str::parse::<f64>);
    nanoseconds.and_then(Result::ok).unwrap_or(0.0) / 1e6
}
