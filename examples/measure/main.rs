//! The measuring program: times the layers on generated input, beside other tools in one run.
//!
//! `cargo run --release --example measure -- KIND …`; one file per kind, one line in `KINDS`.
//! Every kind prints tab-separated rows on standard output.

mod allocations;
mod analysis;
mod doc;
mod find;
#[cfg(feature = "window")]
mod frames;
mod graph;
mod layout;
mod picture;
mod text;

/// A kind of measurement: its name, its arguments, and what runs it.
type Kind = (&'static str, &'static str, fn(&[String]) -> Result<(), String>);

const KINDS: &[Kind] = &[
    ("analysis", "N RUNS [each]", analysis::run),
    ("doc", "ser N RUNS | xml FILE RUNS", doc::run),
    ("find", "N RUNS", find::run),
    #[cfg(feature = "window")]
    ("frames", "FRAMES [SCENE]", frames::run),
    ("graph", "GRAPH.json RUNS", graph::run),
    ("layout", "GRAPH.json OUT.json RUNS", layout::run),
    ("picture", "PROJECT.ron…", picture::run),
    ("text", "PHRASES.json [THRESHOLD]", text::run),
];

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        return usage();
    };
    let Some((_, _, run)) = KINDS.iter().find(|kind| kind.0 == name) else {
        return usage();
    };
    match run(rest) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("measure {name}: {problem}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn usage() -> std::process::ExitCode {
    eprintln!("measure KIND …");
    for (name, arguments, _) in KINDS {
        eprintln!("  {name} {arguments}");
    }
    std::process::ExitCode::from(2)
}
