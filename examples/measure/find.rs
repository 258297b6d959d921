//! `find N RUNS`: a generated organisation of N elements is indexed and searched, and its views become outlines.
//!
//! Prints rows: tool, number of elements, operation, median wall time in milliseconds. `index` is from scratch, `edit`
//! is the index of the next version after one name was changed; the queries are one frequent word, two words, a slip of
//! the finger (every word of the project is compared) and a word that nothing has.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use remit::edit::{Edit, Record, Replace, apply};
use remit::model::ElementRef;
use remit::scene::outline::{OutlineOrder, outline};
use remit::search::{Index, Query};
use remit::testkit::generate::organisation;

const SEED: u64 = 7;

/// Runs the kind with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let [elements, runs] = arguments else { return Err("needs N RUNS".to_owned()) };
    let number = |text: &String| text.parse::<usize>().map_err(|_| format!("“{text}” is no number"));
    let (elements, runs) = (number(elements)?, number(runs)?);
    let document = Arc::new(organisation(elements, SEED));
    let count = document.element_count();
    row("index", count, runs, &|| drop(black_box(Index::of(&document))));
    let index = Index::of(&document);
    let first = document.steps().ids().next().map(ElementRef::from).ok_or("no step was generated")?;
    let name = document.name_of(first).to_owned();
    let Some(Record::Step(mut step)) = Record::of(&document, first) else { return Err("no step".to_owned()) };
    "Weigh the parcel".clone_into(&mut step.name);
    let edit: Edit = Replace { element: first, record: (*step).into() }.into();
    let next = Arc::new(apply(&document, &edit).map_err(|error| error.to_string())?.document);
    row("edit", count, runs, &|| drop(black_box(index.of_version(&next))));
    let word = name.split_whitespace().next().unwrap_or("check").to_owned();
    for (what, query) in [
        ("find word", word.clone()),
        ("find two words", name),
        ("find slip", "cehckd".to_owned()),
        ("find none", "zebra".to_owned()),
    ] {
        let query = Query::new(&query);
        row(what, count, runs, &|| drop(black_box(index.find(&query, 6))));
    }
    for (id, view) in document.views().iter().take(3) {
        row(&format!("outline of {}", view.name), count, runs, &|| {
            drop(black_box(outline(&document, id, OutlineOrder::Flow)));
        });
    }
    Ok(())
}

fn row(operation: &str, elements: usize, runs: usize, run: &dyn Fn()) {
    let timed = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1000.0
    };
    let mut times: Vec<f64> = (0..runs.max(1)).map(timed).collect();
    times.sort_by(f64::total_cmp);
    println!("remit\t{elements}\t{operation}\t{:.3}", times.get(times.len() / 2).copied().unwrap_or(f64::NAN));
}
