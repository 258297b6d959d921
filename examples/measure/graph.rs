//! `graph GRAPH.json RUNS`: each measure of the network figures on a built graph, RUNS times.
//!
//! Prints tool, name of the graph, measure, median of wall time and of the processor time of the first thread in
//! milliseconds, and a number that shows what came out. Edges are read without their directions.

use std::hint::black_box;
use std::time::Instant;

use remit::analysis::figures::graph::{Graph, betweenness, connected, density, groups, rank, robustness};
use serde::Deserialize;

#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    name: String,
    n: usize,
    edges: Vec<(u32, u32)>,
}

/// Estimates come first, from so many nodes.
const PIVOTS: usize = 256;

/// Runs the kind with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let [path, runs] = arguments else { return Err("needs GRAPH.json RUNS".to_owned()) };
    let text = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let input: Input = serde_json::from_slice(&text).map_err(|error| format!("{path}: {error}"))?;
    let runs: usize = runs.parse().map_err(|_| "RUNS is no number".to_owned())?;
    let graph = Graph::undirected(input.n, &input.edges);
    let largest = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
    let row = |measure: &str, figure: &dyn Fn() -> f64| {
        let (wall, processor, check) = timed(runs, figure);
        println!("remit\t{}\t{measure}\t{wall:.3}\t{processor:.3}\t{check:.6}", input.name);
    };
    row("components", &|| connected::component_sizes(&connected::components(&graph)).len() as f64);
    row("articulation", &|| connected::cut_points(&graph).len() as f64);
    row("pagerank", &|| largest(&rank::page_rank(&graph)));
    row("clustering", &|| density::mean_clustering(&graph).unwrap_or(0.0));
    row("communities", &|| groups::modularity(&graph, &groups::groups(&graph)).unwrap_or(0.0));
    row("robustness", &|| robustness::robustness(&graph).unwrap_or(0.0));
    row("betweenness_256", &|| largest(&betweenness::normalised(&betweenness::estimated(&graph, PIVOTS))));
    row("betweenness", &|| largest(&betweenness::normalised(&shared_out(&graph))));
    Ok(())
}

/// Exact betweenness, the sources shared out to two threads.
fn shared_out(graph: &Graph) -> Vec<f64> {
    let half = graph.len() / 2;
    std::thread::scope(|scope| {
        let rest = std::thread::Builder::new()
            .name("betweenness".to_owned())
            .spawn_scoped(scope, || betweenness::from_sources(graph, half..graph.len()));
        let mut sums = betweenness::from_sources(graph, 0..half);
        let rest = rest.ok().and_then(|rest| rest.join().ok());
        let rest = rest.unwrap_or_else(|| betweenness::from_sources(graph, half..graph.len()));
        sums.iter_mut().zip(rest).for_each(|(sum, more)| *sum += more);
        sums
    })
}

/// Median wall and processor time of so many runs, and the last result.
fn timed(runs: usize, figure: &dyn Fn() -> f64) -> (f64, f64, f64) {
    let (mut walls, mut processors, mut check) = (Vec::new(), Vec::new(), f64::NAN);
    for _ in 0..runs.max(1) {
        let (start, processor) = (Instant::now(), processor_ms());
        check = black_box(figure());
        walls.push(start.elapsed().as_secs_f64() * 1000.0);
        processors.push(processor_ms() - processor);
    }
    (median(walls), median(processors), check)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Processor time of this thread, in milliseconds; 0 where the system does not tell.
fn processor_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().map(str::parse::<f64>);
    nanoseconds.and_then(Result::ok).unwrap_or(0.0) / 1e6
}
