//! `doc ser N RUNS`: a generated organisation of N elements becomes text and a document again, in memory.
//! `doc xml FILE RUNS`: a BPMN file in memory becomes a document, drawing included.
//!
//! Prints a row for `save` and one for `load`, or rows for `bpmn-tree` (the file's own tree) and `bpmn` (all): tool, number of elements, operation, median wall time in milliseconds,
//! bytes of the text, MB of text a second, most memory held at once in MB, number of allocations. The disk and its sync
//! are not in it; reading includes the check of integrity.

use std::hint::black_box;
use std::time::Instant;

use remit::import::bpmn::read_definitions;
use remit::import::{self, ColumnMap, Input, event_log, matrix};
use remit::storage;
use remit::testkit::generate::organisation;

use crate::allocations;

const SEED: u64 = 7;

/// Runs the kind with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    match arguments {
        [what, elements, runs] if what == "ser" => serialise(elements, number(runs)?),
        [what, file, runs] if what == "xml" => read_xml(file, number(runs)?),
        _ => Err("needs ser N RUNS, or xml FILE RUNS".to_owned()),
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("“{text}” is no number"))
}

fn serialise(elements: &str, runs: usize) -> Result<(), String> {
    let document = organisation(number(elements)?, SEED);
    let text = storage::to_string(&document);
    storage::load_str(&text, "generated").map_err(|error| error.to_string())?;
    let elements = document.element_count();
    print_row("save", elements, text.len(), runs, &|| drop(black_box(storage::to_string(&document))));
    print_row("load", elements, text.len(), runs, &|| drop(black_box(storage::load_str(&text, "generated"))));
    Ok(())
}

fn read_xml(file: &str, runs: usize) -> Result<(), String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let base = storage::new_document("");
    let map = ColumnMap::default();
    let input = Input {
        bytes: &bytes,
        name: "measured.bpmn",
        base: &base,
        map: &map,
        arranges_anew: false,
        matrix: &matrix::Settings::default(),
        log: &event_log::Settings::default(),
    };
    let source = import::source("bpmn").ok_or("there is no import of BPMN")?;
    let imported = (source.read)(&input).map_err(|error| error.to_string())?;
    let elements = imported.document.element_count();
    print_row("bpmn-tree", elements, bytes.len(), runs, &|| drop(black_box(read_definitions(&bytes))));
    print_row("bpmn", elements, bytes.len(), runs, &|| drop(black_box((source.read)(&input))));
    Ok(())
}

fn print_row(operation: &str, elements: usize, bytes: usize, runs: usize, run: &dyn Fn()) {
    let ms = median_ms(runs, run);
    allocations::start();
    run();
    let allocated = allocations::stop();
    let (peak, speed) = (allocated.peak_bytes as f64 / 1e6, bytes as f64 / 1e3 / ms);
    println!("remit\t{elements}\t{operation}\t{ms:.3}\t{bytes}\t{speed:.1}\t{peak:.2}\t{}", allocated.calls);
}

/// Median wall time of the runs in milliseconds.
fn median_ms(runs: usize, run: &dyn Fn()) -> f64 {
    let timed = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1000.0
    };
    let mut times: Vec<f64> = (0..runs.max(1)).map(timed).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
