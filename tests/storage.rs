//! Files: what is saved is loaded again, and what is broken is named.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use proptest::prelude::*;
use remit::storage::{self, LoadError};
use remit::testkit;

#[test]
fn a_document_with_every_field_comes_back_equal_and_in_the_same_bytes() {
    let document = testkit::everything();
    let text = storage::to_string(&document);
    let (loaded, problems) =
        storage::load_str(&text, "everything.ron").unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(problems, []);
    assert_eq!(storage::to_string(&loaded), text);
    assert!(loaded == document, "{text}");
}

#[test]
fn the_example_of_the_file_format_is_canonical_but_for_its_comment_and_stands_in_the_page() {
    let example = include_str!("../docs/example.ron");
    let (document, problems) = storage::load_str(example, "docs/example.ron").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(problems, []);
    let without_comments: String =
        example.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect();
    assert_eq!(storage::to_string(&document), without_comments);
    let page = include_str!("../docs/file-format.md");
    assert!(page.contains(&format!("```ron\n{example}```")), "copy docs/example.ron into docs/file-format.md");
}

fn message_of(text: &str) -> String {
    match storage::load_str(text, "bakery.ron") {
        Ok(_) => "opened".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn example_with(old: &str, new: &str) -> String {
    let example = include_str!("../docs/example.ron");
    assert!(example.contains(old), "{old}");
    example.replacen(old, new, 1)
}

#[test]
fn errors_name_the_place_the_element_and_what_was_expected() {
    for (old, new, parts) in [
        (
            "work: \"6 min\"",
            "work: \"6 mins ago\"",
            &[
                "bakery.ron:71:20: In the step “Check the return” (key “check-return”), field “work”",
                "“6 mins ago” does not fit here",
                "a duration such as 6 min",
            ] as &[&str],
        ),
        (
            "work: \"6 min\"",
            "wrok: \"6 min\"",
            &["71:13: In the step “Check the return”", "a step has no field “wrok”", "key, name,", "“work” is meant"],
        ),
        ("kind: exclusive", "kind: exclusiv", &["89:19", "gateway “Granted?”", "exclusive, parallel", "“exclusive”"]),
        ("kind: exclusive", "kind: \"exclusive\"", &["field “kind”", "a word without quotes"]),
        (
            "            process: \"refund\",\n            performer: \"shop-lead\",\n            work: \"2 min\"",
            "            work: \"2 min\"",
            &["In the step “Pay out” (key “pay-out”): a step without its field “process”"],
        ),
        ("level: 0,", "level: 0", &["bakery.ron:31:13: In the role “Owner” (key “owner”)", "expected comma"]),
        ("level: 0,", "level: 300,", &["bakery.ron:30:20", "field “level”", "too large"]),
        ("level: 0,", "level: 0, level: 1,", &["the role “Owner”", "the field “level” stands here twice"]),
        ("name: \"Owner\"", "name: \"Owner", &["bakery.ron:29:20", "(key “owner”)"]),
        ("≤ 50 EUR", "≤ 50", &["bakery.ron:124:71: In the right of “shop-lead” on “grant-refund”", "a limit such as"]),
        ("(limit: \"> 50 EUR\"", "(limit: \"> 50 EUR\", until: 1", &["the right of “owner”", "no field “until”"]),
        ("2026-12-27", "2026-13-27", &["48:25: In the person “Ana Costa”", "“2026-13-27”", "a date such as"]),
        ("at: (240, 60)", "at: (240, 60), z: 1", &["In the view “Who we are” (key “chart”)", "no field “z”"]),
        ("organisation()", "organization()", &["138:20", "“organization” is no kind of view", "matrix"]),
        ("    decisions: [", "    decsions: [", &["109:5: The file has no field “decsions”", "“decisions” is meant"]),
        ("key: \"shop-lead\"", "key: \"shop lead\"", &["34:19", "“shop lead” does not fit", "a key of 1 to 80"]),
        ("appetite: \"50 EUR\"", "appetite: 50", &["In the project, field “appetite”", "a text in quotes"]),
        ("format: 1", "format: one", &["bakery.ron:2:13: “one” is no format number. Expected: format: 1"]),
        ("    format: 1,\n", "", &["bakery.ron:1:1: This is no Remit file"]),
    ] {
        let message = message_of(&example_with(old, new));
        for part in parts {
            assert!(message.contains(part), "{new}: {part} is not in: {message}");
        }
    }
}

#[test]
fn a_newer_format_is_refused_politely_even_where_it_is_unlike_this_one() {
    for text in ["(format: 2)", "( // later\n  units: {\"a\": <b>}, format: 99, new: Thing)"] {
        let error = storage::load_str(text, "bakery.ron").unwrap_err();
        assert!(matches!(error, LoadError::NewerFormat { known: 1, .. }), "{error}");
        assert!(error.to_string().contains("nothing in it was changed"), "{error}");
    }
}

#[test]
fn files_that_are_no_projects_are_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str, bytes: Option<&[u8]>| {
        let path = folder.path().join(name);
        if let Some(bytes) = bytes {
            std::fs::write(&path, bytes).unwrap();
        }
        storage::load(&path).unwrap_err().to_string()
    };
    assert!(refused("empty.ron", Some(b" \n")).starts_with("The file is empty"));
    assert!(
        refused("latin.ron", Some(b"(\n name: \"Caf\xe9\")"))
            .contains("not UTF-8 text; the first wrong byte is in line 2")
    );
    assert!(refused("gone.ron", None).contains("Check the path"));
    let error = storage::load(folder.path()).unwrap_err().to_string();
    assert!(error.starts_with("This is a folder"), "{error}");
    let large = folder.path().join("large.ron");
    std::fs::File::create(&large).unwrap().set_len(257 * 1024 * 1024).unwrap();
    assert!(storage::load(&large).unwrap_err().to_string().contains("larger than 256 MB"));
}

#[test]
fn deep_nesting_ends_in_an_error() {
    let brackets = "[".repeat(200_000);
    let message = message_of(&format!("(format: 1, units: {brackets}"));
    assert!(message.starts_with("bakery.ron:1:"), "{message}");
    let limits = "(limit: ".repeat(100_000);
    let message = message_of(&format!("(format: 1, rights: [(on: \"a\", who: \"b\", letter: \"A\", limits: [{limits}"));
    assert!(message.starts_with("bakery.ron:1:"), "{message}");
}

#[test]
fn what_references_lead_to_may_be_missing_and_nothing_is_dropped() {
    let text = example_with("who: \"owner\", letter", "who: \"the boss\", letter")
        .replace("deputy: \"owner\"", "deputy: \"nobody\"")
        .replace("parent: \"bakery\"", "parent: \"owner\"")
        .replace("about: \"pay-out\"", "about: \"grant-refund/owner/X\"")
        .replace("of: \"granted\"", "of: \"gone\"")
        .replace("        // The firm bears a loss of this size on one case without a second look.\n", "");
    let (document, problems) = storage::load_str(&text, "bakery.ron").unwrap();
    assert_eq!(storage::to_string(&document), text);
    let told: Vec<String> = problems.iter().map(|problem| problem.describe(&document)).collect();
    assert_eq!(
        told,
        [
            "In the unit “Shop”, “parent” names “owner”, and there is no such unit.",
            "In the role “Shop lead”, “deputy” names “nobody”, and there is no such role.",
            "In the right “grant-refund/the boss/A”, “holder” names “the boss”, and there is no such role.",
            "In the note “Ask how cash refunds are booked”, “about” names “grant-refund/owner/X”, and there is no such unit.",
            "In the placement “refund-flow/gone”, “element” names “gone”, and there is no such step.",
        ]
    );
    let (again, _) = storage::load_str(&text, "bakery.ron").unwrap();
    assert!(again == document);
}

#[test]
fn of_two_elements_with_one_key_the_second_gets_another_and_both_stay() {
    let text = example_with("key: \"ben\",", "key: \"ana\",");
    let (document, problems) = storage::load_str(&text, "bakery.ron").unwrap();
    assert_eq!(document.people().len(), 2);
    let told: Vec<String> = problems.iter().map(|problem| problem.describe(&document)).collect();
    assert!(
        told.first().is_some_and(|text| text.starts_with("Two elements have the key “ana”; the person “Ben Adler”"))
    );
    let text = storage::to_string(&document);
    assert_eq!(storage::to_string(&storage::load_str(&text, "bakery.ron").unwrap().0), text);
}

#[test]
fn a_framework_of_the_file_takes_the_place_of_a_built_in_one() {
    let own = "    frameworks: [\n        (\n            key: \"raci\",\n            name: \"Our RACI\",\n        ),\n    ],\n    units: [";
    let (document, _) = storage::load_str(&example_with("    units: [", own), "bakery.ron").unwrap();
    assert_eq!(document.frameworks().len(), storage::SCHEMES.len());
    assert!(storage::to_string(&document).contains("Our RACI"));
    assert!(!storage::to_string(&storage::new_document("New")).contains("RACI"));
}

#[test]
fn keys_left_out_are_made_of_names() {
    let (document, problems) = storage::load_str("(format: 1, units: [(name: \"Back office\")])", "a.ron").unwrap();
    assert_eq!(problems, []);
    let text = storage::to_string(&document);
    assert!(text.contains("key: \"back-office-"), "{text}");
}

#[test]
fn a_rename_changes_one_line() {
    let mut text = include_str!("../docs/example.ron").replace("name: \"Shop lead\"", "name: \"Head of shop\"");
    text.retain(|c| c != '\r');
    let (document, _) = storage::load_str(&text, "a.ron").unwrap();
    let (renamed, original) = (storage::to_string(&document), include_str!("../docs/example.ron"));
    let differing = renamed.lines().filter(|line| !original.lines().any(|other| other == *line)).count();
    assert_eq!(differing, 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = storage::load_str(&text, "any.ron");
        let _ = storage::load_str(&format!("(format: 1, {text}"), "any.ron");
    }

    /// A valid file with a piece cut out, doubled or overwritten is read or refused; what is read is saved stably.
    #[test]
    fn mutated_files_are_read_or_refused(at in 0.0..1.0_f64, length in 0_usize..40, kind in 0..3, junk in "[()\\[\\]:,\"a-z0-9 \\n\\\\/*#é≤-]{0,6}") {
        let text = storage::to_string(&testkit::everything());
        let boundary = |mut offset: usize| {
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let start = boundary((at * text.len() as f64) as usize);
        let end = boundary((start + length).min(text.len()));
        let mutated = match kind {
            0 => format!("{}{}", &text[..start], &text[end..]),
            1 => format!("{}{}", &text[..end], &text[start..]),
            _ => format!("{}{junk}{}", &text[..start], &text[end..]),
        };
        if let Ok((document, _)) = storage::load_str(&mutated, "mutated.ron") {
            let saved = storage::to_string(&document);
            let (again, _) = storage::load_str(&saved, "saved.ron").map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(storage::to_string(&again), saved);
        }
    }

    #[test]
    fn generated_organisations_of_any_seed_come_back(elements in 0_usize..400, seed in any::<u64>()) {
        let document = testkit::generate::organisation(elements, seed);
        let text = storage::to_string(&document);
        let (loaded, problems) = storage::load_str(&text, "generated.ron").map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(problems.is_empty());
        prop_assert!(loaded == document);
        prop_assert_eq!(storage::to_string(&loaded), text);
    }
}
