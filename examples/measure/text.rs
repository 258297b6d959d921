//! `text PHRASES.json [THRESHOLD]`: near duplicates among generated phrases, 0.75 alike or more unless said otherwise.
//!
//! Prints tool, number of phrases, processor and wall time in milliseconds, number of pairs found, share of the planted
//! pairs among them, and the largest memory of the process in MB. Reading the texts is part of the time. A second line
//! says what it takes when one phrase has changed, as the median over a hundred phrases: tool, number of phrases, `one
//! changed`, wall time in milliseconds.

use std::time::Instant;

use remit::analysis::likeness::{Likeness, pairs};
use serde::Deserialize;

#[derive(Deserialize)]
struct Input {
    phrases: Vec<String>,
    pairs: Vec<(usize, usize)>,
}

/// Runs the kind with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (path, threshold) = match arguments {
        [path] => (path, 0.75),
        [path, threshold] => (path, threshold.parse().map_err(|_| "THRESHOLD is no number".to_owned())?),
        _ => return Err("needs PHRASES.json".to_owned()),
    };
    let text = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let input: Input = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    let texts: Vec<&str> = input.phrases.iter().map(String::as_str).collect();
    let (start, processor_start) = (Instant::now(), processor_ms());
    let found = pairs(&texts, threshold);
    let (wall, processor) = (start.elapsed().as_secs_f64() * 1000.0, processor_ms() - processor_start);
    let has = |pair: &(usize, usize)| {
        let key = (pair.0.min(pair.1), pair.0.max(pair.1));
        found.binary_search_by_key(&key, |pair| (pair.a, pair.b)).is_ok()
    };
    let recalled = input.pairs.iter().filter(|pair| has(pair)).count();
    let recall = recalled as f64 / input.pairs.len().max(1) as f64;
    let (count, memory) = (texts.len(), largest_memory_mb());
    println!("remit\t{count}\t{processor:.1}\t{wall:.1}\t{}\t{recall:.3}\t{memory:.1}", found.len());
    println!("remit\t{count}\tone changed\t{:.2}", one_changed(&texts, threshold));
    Ok(())
}

/// Milliseconds until the pairs are known again after one phrase has changed.
fn one_changed(texts: &[&str], threshold: f64) -> f64 {
    let mut likeness = Likeness::default();
    likeness.alike("phrases", texts, threshold);
    let mut taken: Vec<f64> = (0..100.min(texts.len()))
        .map(|number| {
            let place = number * texts.len() / 100;
            let changed = format!("{} once more", texts.get(place).copied().unwrap_or_default());
            let mut now = texts.to_vec();
            if let Some(slot) = now.get_mut(place) {
                *slot = &changed;
            }
            let start = Instant::now();
            likeness.alike("phrases", &now, threshold);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    taken.sort_unstable_by(f64::total_cmp);
    taken.get(taken.len() / 2).copied().unwrap_or(0.0)
}

/// Processor time this thread has used, in milliseconds; 0 where the system does not tell.
fn processor_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().map(str::parse::<f64>);
    nanoseconds.and_then(Result::ok).unwrap_or(0.0) / 1e6
}

/// Largest resident memory of the process so far, in MB; 0 where the system does not tell.
fn largest_memory_mb() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
