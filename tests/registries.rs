//! The lists of the program keep their promises: sorted, unique, documented, with fixtures.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use remit::analysis::{RULES, catalogue_markdown};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixtures(rule: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/findings").join(rule.to_lowercase());
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn rules_are_sorted_and_unique() {
    let ids: Vec<_> = RULES.iter().map(|rule| rule.meta.id).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}

#[test]
fn rules_say_everything_about_themselves() {
    for rule in RULES {
        let meta = rule.meta;
        for text in [meta.title, meta.why, meta.wrong, meta.right, meta.formula] {
            assert!(!text.trim().is_empty(), "{} leaves a text empty", meta.id);
        }
        assert!(meta.why.ends_with('.'), "{}: why is a sentence", meta.id);
        assert!(!meta.remedies.is_empty(), "{} has no remedy", meta.id);
        let names: BTreeSet<_> = meta.thresholds.iter().map(|threshold| threshold.name).collect();
        assert_eq!(names.len(), meta.thresholds.len(), "{} names a threshold twice", meta.id);
    }
}

#[test]
fn every_rule_has_fixtures_that_fire_and_that_are_clean() {
    for rule in RULES {
        let names: Vec<String> = fixtures(rule.meta.id)
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        for start in ["fires", "clean"] {
            let found = names.iter().any(|name| name.starts_with(start) && name.ends_with(".ron"));
            assert!(found, "{} has no {start}*.ron in tests/findings", rule.meta.id);
        }
    }
}

#[test]
fn the_catalogue_of_findings_is_up_to_date() {
    let path = root().join("docs/findings.md");
    let expected = catalogue_markdown();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == expected, "docs/findings.md is old; run UPDATE=1 cargo test --test registries");
}
