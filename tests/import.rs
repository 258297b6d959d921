//! Organisations of the real world, imported whole; the numbers were counted by programs that are no part of Remit.
//!
//! `tests/data/SOURCES.md` says where the tables come from. Where `REMIT_DATA` names the folder of the full files, those
//! are imported as well.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use remit::import::{ColumnMap, Imported, Input, detect, event_log, matrix, source};
use remit::model::{Document, RoleId, integrity};

fn import(path: &Path, map: &str) -> Imported {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let map = if map.is_empty() { ColumnMap::default() } else { map.parse().unwrap() };
    let base = Document::default();
    let input = Input {
        bytes: &bytes,
        name,
        base: &base,
        map: &map,
        arranges_anew: false,
        matrix: &matrix::Settings::default(),
        log: &event_log::Settings::default(),
    };
    let imported = (detect(name, &bytes).unwrap().read)(&input).unwrap();
    assert_eq!(integrity::check(&imported.document), []);
    imported
}

fn excerpt(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// How many roles stand how deep in the reporting lines, the top 1.
fn depths(document: &Document) -> BTreeMap<usize, usize> {
    let mut depths = BTreeMap::new();
    for id in document.roles().ids() {
        let mut depth = 0;
        let mut current: Option<RoleId> = Some(id);
        while let Some(id) = current {
            depth += 1;
            current = document.roles().get(id).unwrap().reports_to;
        }
        *depths.entry(depth).or_default() += 1;
    }
    depths
}

/// The reference of the post with most reports, and how many it has.
fn widest(document: &Document) -> (String, usize) {
    let mut spans: BTreeMap<RoleId, usize> = BTreeMap::new();
    for (_, role) in document.roles().iter() {
        if let Some(above) = role.reports_to {
            *spans.entry(above).or_default() += 1;
        }
    }
    let (id, span) = spans.into_iter().max_by_key(|(_, span)| *span).unwrap();
    (document.roles().get(id).unwrap().key.to_string(), span)
}

fn assert_hmrc(imported: &Imported) {
    let document = &imported.document;
    assert_eq!(imported.report.rows, 346);
    assert_eq!((document.roles().len(), document.units().len()), (346, 36));
    assert_eq!(depths(document), BTreeMap::from([(1, 1), (2, 9), (3, 62), (4, 164), (5, 110)]));
    assert_eq!(widest(document), ("LBS6".to_owned(), 17));
    assert_eq!(imported.report.reporting_lines, 345);
    assert_eq!(document.people().len(), 42);
    assert_eq!(document.project().name, "Her Majesty's Revenue and Customs");
    let tops: Vec<_> = document.child_units(None);
    assert_eq!(tops.len(), 1, "units hang below those that their heads report to");
    let columns: Vec<_> = imported.report.problems.iter().map(|problem| problem.column.as_str()).collect();
    assert!(columns.iter().all(|column| *column == "FTE"), "only shares without a holder are left out");
}

#[test]
fn the_senior_posts_of_a_tax_office() {
    assert_hmrc(&import(&excerpt("hmrc-senior-posts.csv"), ""));
}

#[test]
fn the_senior_posts_of_a_museum() {
    let imported = import(&excerpt("tate-senior-posts.csv"), "");
    let document = &imported.document;
    assert_eq!((document.roles().len(), document.units().len(), document.people().len()), (6, 6, 6));
    assert_eq!(depths(document), BTreeMap::from([(1, 1), (2, 4), (3, 1)]));
    assert_eq!(imported.report.problems, []);
    assert!(imported.report.unknown_columns.contains(&"Grade (or equivalent)".to_owned()));
}

#[test]
fn the_employees_of_a_maker_of_bicycles() {
    let imported = import(&excerpt("adventureworks.csv"), "");
    let document = &imported.document;
    assert_eq!((document.people().len(), document.roles().len(), document.units().len()), (290, 67, 16));
    let mut people_by_level = BTreeMap::new();
    for (_, role) in document.roles().iter() {
        *people_by_level.entry(role.level.unwrap()).or_insert(0) += role.holders.len();
    }
    // One post of 67 is held on two levels; a role has one, and the other row is named.
    assert_eq!(people_by_level, BTreeMap::from([(0, 1), (1, 6), (2, 27), (3, 67), (4, 189)]));
    let named: Vec<_> = imported.report.problems.iter().map(|problem| problem.column.as_str()).collect();
    // So are the five technicians whose post reports to another one than that of the first.
    assert_eq!(named.iter().filter(|column| **column == "Manager ID").count(), 5);
    assert_eq!(named.len(), 6);
    let technicians = document.roles().iter().find(|(_, role)| role.name == "Production Technician - WC40").unwrap().1;
    assert_eq!(technicians.holders.len(), 26);
}

#[test]
fn the_groups_of_an_open_source_project() {
    let imported = import(&excerpt("kubernetes-groups.csv"), "");
    let document = &imported.document;
    let kind_count = |kind: &str| document.units().iter().filter(|(_, unit)| unit.kind == kind).count();
    assert_eq!(
        ["Special interest group", "Working group", "Committee"].map(kind_count),
        [24, 8, 3],
        "the 36th unit is the project itself"
    );
    assert_eq!(document.people().len(), 129);
    let held =
        |person| document.roles().iter().filter(move |(_, role)| role.holders.iter().any(|h| h.person == person));
    let groups_of = |person| held(person).filter_map(|(_, role)| role.unit).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(document.people().ids().filter(|id| groups_of(*id).len() > 1).count(), 23);
}

#[test]
fn full_files_where_they_are_at_hand() {
    let Ok(data) = std::env::var("REMIT_DATA") else { return };
    let org = Path::new(&data).join("org");
    let organogram = |name: &str| import(&org.join("uk-organogram").join(name), "");
    assert_hmrc(&organogram("her_majestys_revenue_and_customs-2011-03-31-senior.csv"));
    for (name, posts, units, roots) in [
        ("care_quality_commission-2011-09-30-senior.csv", 44, 10, 1),
        ("scottish_government-2011-03-31-senior.csv", 216, 181, 1),
        ("home_office-2012-09-30-senior.csv", 190, 132, 1),
    ] {
        let document = organogram(name).document;
        let tops = document.roles().iter().filter(|(_, role)| role.reports_to.is_none()).count();
        assert_eq!((document.roles().len(), document.units().len(), tops), (posts, units, roots), "{name}");
    }
    let bare = import(&org.join("adventureworks/Employee.csv"), "person id=#1,holder=#3,role=#6,level=#5");
    assert_eq!((bare.document.people().len(), bare.document.roles().len()), (290, 67));
}

/// A table with few different words, so that names, references and circles meet.
fn tables() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        4 => prop::sample::select(vec!["a", "b", "c", "A ", "1", "2", "", "vacant", "N/D", "x; y", "50 %", "0,5"]),
        1 => prop::sample::select(vec!["\"q\"\"q\"", "\"line\nbreak\"", "é漢", "=1+1", "-", "XX"]),
    ];
    let headings = "Post ID,Role,Unit,Parent unit,Reports to,Name,Person ID,Share,Hours,Level,Organisation,Notes\n";
    let row = prop::collection::vec(cell, 0..14).prop_map(|cells| cells.join(","));
    prop::collection::vec(row, 0..12).prop_map(move |rows| format!("{headings}{}", rows.join("\n")))
}

/// Imports into a document; whatever comes out is sound.
fn import_bytes(bytes: &[u8], base: &Document) -> Option<Document> {
    let map = ColumnMap::default();
    let input = Input {
        bytes,
        name: "any.csv",
        base,
        map: &map,
        arranges_anew: false,
        matrix: &matrix::Settings::default(),
        log: &event_log::Settings::default(),
    };
    let imported = (source("organisation-csv")?.read)(&input).ok()?;
    assert_eq!(integrity::check(&imported.document), []);
    Some(imported.document)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_imported_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        import_bytes(&bytes, &Document::default());
    }

    #[test]
    fn any_two_tables_give_a_sound_document(first in tables(), second in tables()) {
        let Some(document) = import_bytes(first.as_bytes(), &Document::default()) else { return Ok(()) };
        let merged = import_bytes(second.as_bytes(), &document);
        if let Some(merged) = merged {
            prop_assert!(merged.units().len() >= document.units().len(), "nothing is taken away");
            prop_assert!(merged.roles().len() >= document.roles().len());
            prop_assert!(merged.people().len() >= document.people().len());
        }
    }
}
