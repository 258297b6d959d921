//! The rules of `ARCHITECTURE.md` that a program can check: who may know whom, and where the doors are.
//!
//! Source lines are read as text. Comments and the unit tests at the foot of a file are left out.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every layer with the layers that it may know.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("storage", &["model"]),
    ("edit", &["model"]),
    ("analysis", &["edit", "model"]),
    ("layout", &["model"]),
    ("simulate", &["model"]),
    ("scene", &["layout", "model"]),
    ("export", &["model", "scene"]),
    ("import", &["analysis", "edit", "model"]),
    ("exhibits", &["analysis", "model", "scene"]),
    ("search", &["model"]),
    (
        "testkit",
        &[
            "analysis", "edit", "exhibits", "export", "import", "layout", "model", "scene", "search", "simulate",
            "storage",
        ],
    ),
    (
        "cli",
        &[
            "analysis", "edit", "exhibits", "export", "import", "layout", "model", "scene", "search", "simulate",
            "storage",
        ],
    ),
    (
        "app",
        &[
            "analysis", "edit", "exhibits", "export", "import", "layout", "model", "scene", "search", "simulate",
            "storage",
        ],
    ),
];

/// Where values are turned into files by serde: the storage layer, and mirrors of files or of printed documents.
const SERDE: &[&str] = &["src/storage/", "src/scene/theme/file.rs", "src/cli/json.rs", "src/cli/json_log.rs"];

/// Layers that open files.
const FILES: &[&str] = &["storage", "cli", "app", "main"];

/// Layers that know the time of day.
const CLOCKS: &[&str] = &["storage", "cli", "app", "main"];

/// Where colours of the screen are made: the painter takes all others from the themes.
const COLOURS: &[&str] = &["src/app/style.rs"];

struct Source {
    /// Path from the root of the package, with `/`.
    path: String,
    layer: String,
    /// Lines with their numbers, without comments and unit tests.
    lines: Vec<(usize, String)>,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join("src"), &mut paths);
    paths.sort();
    let sources: Vec<Source> = paths.iter().map(|path| source(root, path)).collect();
    assert!(sources.len() > 30, "the sources were not found");
    sources
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

fn source(root: &Path, file: &Path) -> Source {
    let path = file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    let layer = path.trim_start_matches("src/").split(['/', '.']).next().unwrap().to_owned();
    let text = fs::read_to_string(file).unwrap();
    let mut lines = Vec::new();
    let mut is_test = false;
    for (number, line) in text.lines().enumerate() {
        if is_test && line.trim_start().starts_with("mod ") && line.trim_end().ends_with('{') {
            break;
        }
        is_test = line.trim() == "#[cfg(test)]";
        let code = line.split("//").next().unwrap_or("");
        lines.push((number + 1, code.to_owned()));
    }
    // A module that exists for tests only.
    if path.ends_with("/testing.rs") || path.ends_with("/tests.rs") {
        lines.clear();
    }
    Source { path, layer, lines }
}

/// The names that follow `crate::` in the code: `crate::model::Unit` and `crate::{edit, model}`.
fn named_layers(source: &Source) -> BTreeSet<(usize, String)> {
    let starts: Vec<(usize, usize)> = source
        .lines
        .iter()
        .scan(0, |offset, (number, line)| {
            let start = *offset;
            *offset += line.len() + 1;
            Some((start, *number))
        })
        .collect();
    let code: String = source.lines.iter().map(|(_, line)| format!("{line}\n")).collect();
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let is_path = !code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$'));
        let number = starts.iter().rev().find(|(start, _)| *start <= at).unwrap().1;
        let rest = &code[at + "crate::".len()..];
        if is_path {
            named.extend(first_names(rest).into_iter().map(|name| (number, name)));
        }
    }
    named
}

/// The first name of each path: one, or those of a list in braces.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(list) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut names = Vec::new();
    let (mut depth, mut item) = (0, String::new());
    for c in list.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(std::mem::take(&mut item)),
            _ => {}
        }
        item.push(c);
    }
    names.push(item);
    names.iter().map(|item| name(item.trim_matches([',', ' ', '\n']))).filter(|name| !name.is_empty()).collect()
}

fn report(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}\n{}", broken.join("\n"));
}

/// Lines outside the given places that contain one of the words.
fn lines_with(words: &[&str], is_allowed: impl Fn(&Source) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !is_allowed(source)) {
        for (number, line) in &source.lines {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    found
}

#[test]
fn layers_know_only_those_below_them() {
    let mut broken = Vec::new();
    let mut edges = BTreeSet::new();
    for source in sources() {
        if matches!(source.layer.as_str(), "lib" | "main") {
            continue;
        }
        let Some((_, below)) = LAYERS.iter().find(|(layer, _)| *layer == source.layer) else {
            broken.push(format!("{}: “{}” is no layer of ARCHITECTURE.md", source.path, source.layer));
            continue;
        };
        for (number, name) in named_layers(&source) {
            let is_layer = LAYERS.iter().any(|(layer, _)| *layer == name);
            edges.insert((source.layer.clone(), name.clone()));
            if is_layer && name != source.layer && !below.contains(&name.as_str()) {
                broken.push(format!("{}:{number}: {} must not know {name}", source.path, source.layer));
            }
        }
    }
    for (layer, below) in [("import", "edit"), ("cli", "storage"), ("scene", "layout")] {
        assert!(edges.contains(&(layer.to_owned(), below.to_owned())), "{layer} knows {below}, and that was not seen");
    }
    report(&broken, "An edge between layers is not in the table of ARCHITECTURE.md:");
}

#[test]
fn paths_in_braces_are_read() {
    assert_eq!(first_names("{edit::{Edit, apply}, model::*, scene}; more"), ["edit", "model", "scene"]);
    assert_eq!(first_names("model::{Unit, Role};"), ["model"]);
}

#[test]
fn layers_without_a_window_know_no_egui() {
    let words = ["egui::", "eframe::", "epaint::", "use egui", "use eframe"];
    report(&lines_with(&words, |source| source.layer == "app"), "egui belongs to the window:");
}

#[test]
fn serde_is_kept_to_files() {
    let is_allowed = |source: &Source| SERDE.iter().any(|place| source.path.starts_with(place));
    report(&lines_with(&["Serialize", "Deserialize"], is_allowed), "Only file and print mirrors derive serde:");
}

#[test]
fn pure_layers_open_no_files_and_read_no_clock() {
    let opens = |source: &Source| FILES.contains(&source.layer.as_str());
    let words = ["std::fs", "fs::read", "File::open", "File::create"];
    report(&lines_with(&words, opens), "Only storage, the command line and the window touch files:");
    let knows_time = |source: &Source| CLOCKS.contains(&source.layer.as_str());
    let words = ["SystemTime", "Instant::now", "Timestamp::now", "Zoned::now"];
    report(&lines_with(&words, knows_time), "A pure layer is given the time, it does not read it:");
}

#[test]
fn colours_come_from_the_themes() {
    let is_allowed = |source: &Source| COLOURS.contains(&source.path.as_str());
    report(&lines_with(&["Color32::from_"], is_allowed), "Colours of the screen are tokens of a theme:");
}

#[test]
fn every_module_says_what_lives_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let has_no_words =
        |source: &Source| !fs::read_to_string(root.join(&source.path)).unwrap().trim_start().starts_with("//!");
    let silent: Vec<String> = sources().into_iter().filter(has_no_words).map(|source| source.path).collect();
    report(&silent, "A module begins with //! and what lives in it:");
}

#[test]
fn the_page_and_the_test_have_the_same_layers() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    for (layer, below) in LAYERS {
        let below = match below {
            [] => "nothing".to_owned(),
            all if all.len() > 5 => "all but the other one".to_owned(),
            some => some.join(", "),
        };
        let row = format!("| `{layer}` | {below} |");
        let is_tool = *layer == "testkit";
        assert!(is_tool || page.contains(&row), "ARCHITECTURE.md lacks the row {row}");
    }
}
