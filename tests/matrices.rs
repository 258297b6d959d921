//! Tables of decision rights, from files as they come: what must be found in them, and what must be told.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};
use std::path::Path;

use proptest::prelude::*;
use remit::import::matrix::Settings;
use remit::import::{ColumnMap, ImportError, Imported, Input, detect, source};
use remit::model::{Actor, Amount, Condition, DecisionKind, Document, Right, Subject, integrity};
use remit::storage::new_document;

fn import_into(base: &Document, name: &str, bytes: &[u8], settings: &Settings) -> Result<Imported, ImportError> {
    let map = ColumnMap::default();
    let input =
        Input { bytes, name, base, map: &map, arranges_anew: false, matrix: settings, log: &Default::default() };
    let found = detect(name, bytes).expect("it is a table");
    assert_eq!(found.id, "matrix", "{name}");
    let imported = (found.read)(&input)?;
    assert_eq!(integrity::check(&imported.document), []);
    Ok(imported)
}

fn text(bytes: &str) -> Imported {
    import_into(&new_document(""), "who.csv", bytes.as_bytes(), &Settings::default()).unwrap()
}

fn excerpt(name: &str) -> Imported {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rights").join(name);
    let bytes = std::fs::read(path).unwrap();
    import_into(&new_document(""), name, &bytes, &Settings::default()).unwrap()
}

/// `row / holder / letter` of every right.
fn rights(document: &Document) -> BTreeSet<String> {
    let words = |right: &Right| {
        let row = match right.subject {
            Subject::Decision(id) => document.decisions().get(id).unwrap().name.clone(),
            Subject::Step(id) => document.steps().get(id).unwrap().name.clone(),
        };
        format!("{row} / {} / {}", document.name_of(right.holder.into()), right.letter)
    };
    document.rights().iter().map(|(_, right)| words(right)).collect()
}

fn right<'a>(document: &'a Document, row: &str, holder: &str, letter: &str) -> &'a Right {
    let is_it = |right: &&Right| {
        let Subject::Decision(id) = right.subject else { return false };
        document.decisions().get(id).unwrap().name == row
            && document.name_of(right.holder.into()) == holder
            && right.letter == letter
    };
    document.rights().iter().map(|(_, right)| right).find(is_it).unwrap_or_else(|| panic!("{row} {holder} {letter}"))
}

fn notes(imported: &Imported) -> String {
    imported.report.notes.join("\n")
}

#[test]
fn a_matrix_with_two_accountable_in_a_row() {
    let imported = excerpt("finops-adoption.csv");
    let document = &imported.document;
    assert_eq!((document.decisions().len(), document.roles().len(), document.rights().len()), (11, 6, 50));
    assert!(document.decisions().iter().all(|(_, decision)| decision.kind == DecisionKind::Task));
    let [problem] = imported.report.cells.as_slice() else { panic!("{:?}", imported.report.cells) };
    assert_eq!(problem.address, "G12");
    assert_eq!(problem.found, "Business Unit Economics");
    assert!(problem.consequence.contains("IT Domains (D12), Business (G12)"), "{problem}");
    assert_eq!(document.views().len(), 1);
}

#[test]
fn a_heading_over_both_rows_is_a_name_and_is_found_again_beside_its_namesakes() {
    let table = "Decision,Customer,Office,\n,,Clerk,Manager\nGrant a refund,I,R,A\nPay a bill,I,R,A";
    let first = text(table).document;
    assert!(first.externals().iter().any(|(_, external)| external.name == "Customer"));
    assert_eq!((first.roles().len(), first.rights().len()), (2, 6), "{:?}", rights(&first));
    let with_unit = {
        let grouped = "Decision,Customer,Customer\n,Buyer,Seller\nSign,A,R";
        import_into(&first, "more.csv", grouped.as_bytes(), &Settings::default()).unwrap().document
    };
    let again = import_into(&with_unit, "who.csv", table.as_bytes(), &Settings::default()).unwrap().document;
    assert_eq!(again.roles().len(), with_unit.roles().len(), "the customer is no new role");
    assert_eq!(again.rights().len(), with_unit.rights().len());
}

#[test]
fn letters_of_another_framework_leave_those_of_the_row_alone() {
    let first = text("Decision,Owner,Clerk\nGrant a refund,A,R").document;
    let foreign = "Legend,\nS,signs\nP,pays\n,\nDecision,Owner,Clerk\nGrant a refund,S,P\nPay a bill,P,S";
    let imported = import_into(&first, "other.csv", foreign.as_bytes(), &Settings::default()).unwrap();
    right(&imported.document, "Grant a refund", "Owner", "A");
    assert_eq!(imported.document.frameworks().len(), first.frameworks().len() + 1, "{:?}", imported.report.notes);
    assert_eq!(rights(&imported.document).len(), 4, "{:?}", rights(&imported.document));
    let [problem, ..] = imported.report.cells.as_slice() else { panic!("{:?}", imported.report) };
    assert!(problem.expected.contains("which this decision has in the project"), "{problem}");
}

#[test]
fn a_matrix_with_its_roles_in_rows_and_a_row_without_letters() {
    let imported = excerpt("caf-3-central-it.csv");
    let document = &imported.document;
    assert_eq!((document.decisions().len(), document.roles().len(), document.rights().len()), (8, 3, 24));
    right(document, "Platform operations", "Central IT team", "A");
    let (_, decision) = document.decisions().iter().next().unwrap();
    assert_eq!(decision.description, "Aligned cloud capability: Cloud adoption");
    assert_eq!(imported.report.cells, []);
    assert!(notes(&imported).contains("“Aligned cloud capability” (A5)"));
}

#[test]
fn a_table_of_parties() {
    let imported = excerpt("red-hat-openshift-on-aws.csv");
    let document = &imported.document;
    assert_eq!((document.decisions().len(), document.externals().len(), document.rights().len()), (70, 3, 85));
    let (_, logging) = document
        .decisions()
        .iter()
        .find(|(_, decision)| decision.area == "Logging" && decision.name == "Change management")
        .unwrap();
    assert_eq!(logging.kind, DecisionKind::Task);
}

#[test]
fn limits_in_columns_of_their_own() {
    let imported = excerpt("sourcegraph-procurement-limits.csv");
    let document = &imported.document;
    let quotes = right(document, "Quotes needed for a purchase (annual equivalent)", "requester", "N");
    let bounds: Vec<_> = quotes.tiers.iter().map(ToString::to_string).collect();
    assert_eq!(bounds, ["≤ 10000 USD", "> 10000 ≤ 50000 USD", "> 50000 USD"]);
    assert_eq!(quotes.tiers[0].conditions, [Condition::Text("1 quote".into())]);
    let imported = excerpt("gsa-tts-procurement-review.csv");
    let document = &imported.document;
    let review = right(document, "Acquisition package review", "TTS management", "R");
    assert_eq!(review.tiers[0].up_to, Some(Amount::whole(25_000)));
    assert_eq!(review.tiers[0].conditions, [Condition::Text("above micro-purchase threshold".into())]);
    assert!(review.note.contains("one level above the contracting officer"), "{}", review.note);
    let addresses: Vec<_> = imported.report.cells.iter().map(|problem| problem.address.as_str()).collect();
    assert_eq!(addresses, ["B2", "B3"], "what is no amount is told with its cell");
    assert!(notes(&imported).contains("“TTS procurement analyst” and “TTS procurement analysts” are much alike"));
}

#[test]
fn a_column_for_each_duty_with_the_names_below() {
    let imported = excerpt("sourcegraph-contract-authority.csv");
    let document = &imported.document;
    assert_eq!(document.decisions().len(), 16);
    let (_, framework) = document.frameworks().iter().last().unwrap();
    let codes: Vec<_> = framework.letters.iter().map(|letter| format!("{} {}", letter.code, letter.name)).collect();
    assert_eq!(codes, ["S sign", "A approve", "BS backup sign", "R review"]);
    let msa = "Customer contract: standalone MSA";
    assert!(
        right(document, msa, "Financial Controller", "S").note.contains("one of: VP Legal or Financial Controller")
    );
    let order = "Customer contract: non-standard order form";
    assert_eq!(right(document, order, "Legal", "R").note, "when Deal Desk engages it");
    assert!(notes(&imported).contains("the duties are guessed"));
}

#[test]
fn lists_of_permissions_become_frameworks_of_their_own() {
    let imported = excerpt("case-event-crud.csv");
    let all = rights(&imported.document);
    for letter in ["C", "R", "U"] {
        assert!(all.contains(&format!("CREATE_CLAIM / caseworker-civil-solicitor / {letter}")));
    }
    assert!(!all.contains("CREATE_CLAIM / judge-profile / C"));
    let imported = excerpt("task-permissions.csv");
    let all = rights(&imported.document);
    assert!(all.contains("JudgeRevisitApplication / judge / CO"), "{all:?}");
    assert!(all.contains("Every task type / task-supervisor / M"), "a row that names no task is meant for every one");
}

#[test]
fn titles_groups_legends_and_remarks_are_understood() {
    let imported = text(
        "Who does what in the shop,,,\n,,,\n,,Front,,Back\nNo.,Activity,Owner,Clerk,Baker\n,Money,,,\n\
         1,Grant refund,A ≤ 200 EUR,\"R (by phone)\",-\n2,Buy oven,A,C,R/Q\n,People,,,\n3,Hire,A*,,Z\n\
         * not abroad,,,\nZ = Zips the bag,,,\nR = Responsible; A = Accountable; Q = Quarrels about it,,,\n",
    );
    let document = &imported.document;
    let areas: Vec<_> = document.decisions().iter().map(|(_, decision)| decision.area.as_str()).collect();
    assert_eq!(areas, ["Money", "Money", "People"]);
    let (_, clerk) = document.roles().iter().find(|(_, role)| role.name == "Clerk").unwrap();
    assert_eq!(document.name_of(clerk.unit.unwrap().into()), "Front");
    assert_eq!(right(document, "Grant refund", "Owner", "A").tiers[0].to_string(), "≤ 200 EUR");
    assert_eq!(right(document, "Grant refund", "Clerk", "R").note, "by phone");
    assert_eq!(right(document, "Hire", "Owner", "A").note, "not abroad");
    right(document, "Buy oven", "Baker", "Q");
    right(document, "Hire", "Baker", "Z");
    assert!(imported.report.rights.as_ref().unwrap().remarks.contains(&"Who does what in the shop".to_owned()));
    let (_, decision) = document.decisions().iter().next().unwrap();
    assert_eq!(decision.description, "No.: 1");
}

#[test]
fn each_cell_not_understood_is_told_with_its_place() {
    let imported = text("Activity,Office,Shop\nBuy flour,A,R\nBake,maybe,A\nSell,R,\"A, perhaps\"\n");
    let told: Vec<String> =
        imported.report.cells.iter().map(|problem| format!("{} {}", problem.address, problem.found)).collect();
    assert_eq!(told, ["B3 maybe", "C4 perhaps"]);
    assert_eq!(right(&imported.document, "Sell", "Shop", "A").note, "perhaps");
}

#[test]
fn known_names_are_used_and_alike_ones_only_told() {
    let first = text("Activity,Shop manager,Customer\nGrant refund,A,I\n").document;
    assert_eq!((first.roles().len(), first.externals().len()), (1, 1));
    let second = "Activity,Shop managers,customer\ngrant refund,R,I\nClose,A,\n";
    let imported = import_into(&first, "more.csv", second.as_bytes(), &Settings::default()).unwrap();
    let document = &imported.document;
    assert_eq!((document.decisions().len(), document.roles().len(), document.externals().len()), (2, 2, 1));
    assert!(notes(&imported).contains("--column \"Shop managers=Shop manager\""), "{}", notes(&imported));
    let same =
        Settings { columns: vec![("Shop managers".into(), "Shop manager".parse().unwrap())], ..Settings::default() };
    let joined = import_into(&first, "more.csv", second.as_bytes(), &same).unwrap().document;
    assert_eq!(joined.roles().len(), 1);
    let held = joined.rights().iter().filter(|(_, right)| matches!(right.holder, Actor::Role(_))).count();
    assert_eq!(held, 3, "A and R on the refund, A on closing");
}

#[test]
fn the_user_may_say_otherwise() {
    let table = b"x,Buy,Sell\nOffice,A,R\nShop,boss,A\n";
    let settings = Settings {
        transposed: Some(true),
        framework: Some("rapid".into()),
        letters: vec![("boss".into(), vec!["D".into()])],
        columns: vec![("Office".into(), "external".parse().unwrap())],
        ..Settings::default()
    };
    let document = import_into(&new_document(""), "x.csv", table, &settings).unwrap().document;
    assert_eq!(
        rights(&document),
        ["Buy / Office / A", "Buy / Shop / D", "Sell / Office / R", "Sell / Shop / A"].map(str::to_owned).into()
    );
    assert_eq!(document.externals().len(), 1);
    let wrong = Settings { framework: Some("rope".into()), ..Settings::default() };
    let error = import_into(&new_document(""), "x.csv", table, &wrong).unwrap_err();
    assert!(error.to_string().starts_with("there is no framework “rope”; the project has: “RACI”"), "{error}");
}

/// A workbook of these parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Who\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}

fn ods_row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn an_open_document_sheet_with_merged_cells() {
    let merged = "<table:table-row><table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\">\
                  <text:p>Money</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Pay</text:p>\
                  </table:table-cell><table:table-cell office:value-type=\"string\"><text:p>A</text:p></table:table-cell></table:table-row>\
                  <table:table-row><table:covered-table-cell/><table:table-cell office:value-type=\"string\"><text:p>Lend</text:p>\
                  </table:table-cell><table:table-cell office:value-type=\"string\"><text:p>R</text:p></table:table-cell></table:table-row>";
    let bytes = ods(&format!("{}{merged}", ods_row(&["Area", "Decision", "Owner"])));
    let document = import_into(&new_document(""), "who.ods", &bytes, &Settings::default()).unwrap().document;
    let areas: Vec<_> =
        document.decisions().iter().map(|(_, decision)| (decision.area.as_str(), decision.kind)).collect();
    assert_eq!(areas, [("Money", DecisionKind::Decision); 2]);
}

#[test]
fn workbooks_that_unfold_without_end_are_refused() {
    let read = |bytes: &[u8]| {
        let (base, map, settings) = (new_document(""), ColumnMap::default(), Settings::default());
        let input = Input {
            bytes,
            name: "x.xlsx",
            base: &base,
            map: &map,
            arranges_anew: false,
            matrix: &settings,
            log: &Default::default(),
        };
        (source("matrix").unwrap().read)(&input).map(|_| ()).unwrap_err().to_string()
    };
    let zeros = vec![b' '; 140 * 1024 * 1024];
    let bomb = zipped(&[("xl/workbook.xml", &zeros)]);
    assert!(bomb.len() < 1_000_000);
    assert!(read(&bomb).contains("too many bytes once unpacked"), "{}", read(&bomb));
    let rows = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell \
                table:number-columns-repeated=\"16000\" office:value-type=\"string\"><text:p>A</text:p></table:table-cell></table:table-row>";
    assert!(read(&ods(rows)).contains("too many cells"), "{}", read(&ods(rows)));
    assert!(read(&zipped(&[("word/document.xml", b"<a/>")])).contains("holds no workbook"));
}

fn tables() -> impl Strategy<Value = String> {
    let cell = prop::sample::select(vec![
        "A",
        "R",
        "r/a",
        "",
        "-",
        "x",
        "Activity",
        "Role",
        "Accountable",
        "A ≤ 200 EUR",
        "R = Responsible",
        "Clerk",
        "\"a\nb\"",
        "Money",
        "A (x; y)",
        "(",
        "≤",
        "1",
        "Customer",
        "Shared",
        "Owner",
        "limit",
        "100",
        "é漢",
        "RA",
        "* note",
    ]);
    let row = prop::collection::vec(cell, 0..7).prop_map(|cells| cells.join(","));
    prop::collection::vec(row, 0..10).prop_map(|rows| rows.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_table_is_imported_or_refused(first in tables(), second in tables(), transposed: bool) {
        let map = ColumnMap::default();
        let settings = Settings { transposed: transposed.then_some(true), ..Settings::default() };
        let read = |text: &str, base: &Document| {
            let input = Input { bytes: text.as_bytes(), name: "t.csv", base, map: &map, arranges_anew: false, matrix: &settings, log: &Default::default() };
            (source("matrix").unwrap().read)(&input).ok().map(|imported| imported.document)
        };
        if let Some(document) = read(&first, &new_document("")) {
            prop_assert_eq!(integrity::check(&document), []);
            // The letters of a framework made for the table may be names in it, too: then it reads otherwise.
            let is_of_known_letters = document.frameworks().len() == new_document("").frameworks().len();
            if let Some(again) = read(&first, &document).filter(|_| is_of_known_letters) {
                prop_assert_eq!(again.rights().len(), document.rights().len(), "nothing comes twice");
                prop_assert_eq!(again.roles().len(), document.roles().len());
            }
            if let Some(merged) = read(&second, &document) {
                prop_assert_eq!(integrity::check(&merged), []);
                prop_assert!(merged.rights().len() >= document.rights().len(), "nothing is taken away");
            }
        }
    }
}
