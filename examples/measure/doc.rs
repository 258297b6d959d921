//! `doc ser N RUNS`: a generated organisation of N elements becomes text and a document again, in memory.
//!
//! Prints a row for `save` and one for `load`: tool, number of elements, operation, median wall time in milliseconds,
//! bytes of the text, MB of text a second, most memory held at once in MB, number of allocations. The disk and its sync
//! are not in it; reading includes the check of integrity.

use std::hint::black_box;
use std::time::Instant;

use remit::storage;
use remit::testkit::generate::organisation;

use crate::allocations;

const SEED: u64 = 7;

/// Runs the kind with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let [what, elements, runs] = arguments else {
        return Err("needs ser N RUNS".to_owned());
    };
    if what != "ser" {
        return Err(format!("“{what}” is not measured, only ser"));
    }
    let elements: usize = elements.parse().map_err(|_| "N is no number".to_owned())?;
    let runs: usize = runs.parse().map_err(|_| "RUNS is no number".to_owned())?;
    let document = organisation(elements, SEED);
    let text = storage::to_string(&document);
    storage::load_str(&text, "generated").map_err(|error| error.to_string())?;
    let elements = document.element_count();
    let print = |operation: &str, run: &dyn Fn()| {
        let ms = median_ms(runs, run);
        allocations::start();
        run();
        let allocated = allocations::stop();
        let (bytes, peak) = (text.len(), allocated.peak_bytes as f64 / 1e6);
        let speed = bytes as f64 / 1e3 / ms;
        println!("remit\t{elements}\t{operation}\t{ms:.3}\t{bytes}\t{speed:.1}\t{peak:.2}\t{}", allocated.calls);
    };
    print("save", &|| drop(black_box(storage::to_string(&document))));
    print("load", &|| drop(black_box(storage::load_str(&text, "generated"))));
    Ok(())
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
