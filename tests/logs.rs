//! Logs of real cases, read whole; the figures were counted by programs that are no part of Remit.
//!
//! `tests/data/SOURCES.md` says where the excerpts come from. Where `REMIT_DATA` names the folder of the full files, those
//! are read as well, and compared with what their reference files say.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use remit::edit::{Edit, Editor, apply};
use remit::import::event_log::{LogFile, Match, Settings, StepChoice, prepare, read_log};
use remit::import::{ColumnMap, detect};
use remit::model::*;
use remit::storage;
use serde_json::Value;

fn excerpt(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/logs").join(name)
}

fn log_of(path: &Path) -> LogFile {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    assert_eq!(detect(name, &bytes).map(|source| source.id), Some("event-log"), "{name}");
    read_log(name, &bytes, &ColumnMap::default()).unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// That minutes are so many seconds, which are stated with three decimal places.
fn assert_seconds(minutes: Option<f64>, expected: &Value, what: &str) {
    match (minutes, expected.as_f64()) {
        (Some(minutes), Some(seconds)) => {
            assert!((minutes * 60.0 - seconds).abs() < 2e-3, "{what}: {minutes} min, {seconds} s");
        }
        (minutes, expected) => assert_eq!(minutes.is_some(), expected.is_some(), "{what}"),
    }
}

fn count(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

fn assert_figures(file: &LogFile, expected: &Value) {
    let (log, figures) = (&file.log, &file.figures);
    assert_eq!(file.problems, []);
    assert_eq!(log.cases.len(), count(&expected["cases"]));
    assert_eq!(log.instances(), count(&expected["activity_instances"]));
    assert_eq!(log.activities.len(), count(&expected["activities"]));
    assert_eq!(log.resources.len(), count(&expected["resources"]));
    for (name, own) in log.activities.iter().zip(&figures.activities) {
        let expected = &expected["activity"][name];
        assert_eq!((own.count, own.cases), (count(&expected["count"]), count(&expected["cases"])), "{name}");
        assert_eq!(own.resources.len(), count(&expected["resources"]), "{name}");
        assert_seconds(own.work.map(|work| work.mean), &expected["service_mean_s"], name);
        assert_seconds(own.gap.map(|gap| gap.mean), &expected["wait_mean_s"], name);
        assert_seconds(Some(own.gap_total), &expected["wait_total_s"], name);
        if log.has_enabled {
            assert_seconds(own.wait.map(|wait| wait.mean), &expected["queue_mean_s"], name);
        }
        let causes: f64 = own.causes.iter().map(|(_, minutes)| minutes).sum();
        assert!((causes - own.wait.map_or(0.0, |wait| wait.mean)).abs() < 1e-6, "{name}");
        assert!(own.causes.iter().all(|(_, minutes)| *minutes >= 0.0), "{name}: {:?}", own.causes);
    }
    let name_of = |place: u32| log.activities[place as usize].as_str();
    let follows: BTreeMap<(&str, &str), (usize, f64)> = figures
        .follows
        .iter()
        .map(|follow| ((name_of(follow.from), name_of(follow.to)), (follow.count, follow.gap)))
        .collect();
    let stated = expected["follows"].as_array().unwrap();
    assert_eq!(follows.len(), stated.len());
    for follow in stated {
        let pair = (follow[0].as_str().unwrap(), follow[1].as_str().unwrap());
        let (times, gap) = follows[&pair];
        assert_eq!(times, count(&follow[2]), "{pair:?}");
        assert_seconds(Some(gap), &follow[3], pair.0);
    }
    let handovers = &expected["handovers"];
    let counts = (figures.handovers.pairs, figures.handovers.same, figures.handovers.between);
    assert_eq!(
        counts,
        (count(&handovers["pairs_total"]), count(&handovers["same_resource"]), count(&handovers["between_two"]))
    );
    let between: BTreeMap<(&str, &str), usize> = figures
        .handovers
        .flows
        .iter()
        .map(|(from, to, times)| {
            ((log.resources[*from as usize].as_str(), log.resources[*to as usize].as_str()), *times)
        })
        .collect();
    for top in handovers["top"].as_array().unwrap() {
        let pair = (top[0].as_str().unwrap(), top[1].as_str().unwrap());
        assert_eq!(between[&pair], count(&top[2]), "{pair:?}");
    }
    for (name, own) in log.resources.iter().zip(&figures.resources) {
        let expected = &expected["resource"][name];
        let counts = (count(&expected["count"]), count(&expected["activities"]), count(&expected["cases"]));
        assert_eq!((own.count, own.activities, own.cases), counts, "{name}");
        assert_seconds(Some(own.minutes), &expected["service_total_s"], name);
    }
    let arrival = expected["pm4py"]["case_arrival_average_s"].as_f64().unwrap();
    let weekly = figures.cases_per_week.unwrap();
    // pm4py takes the end of the first work for the arrival of a case, Remit its start.
    assert!((weekly * arrival / (7.0 * 86_400.0) - 1.0).abs() < 3e-4, "{weekly} cases a week");
}

#[test]
fn figures_of_excerpts_are_those_that_others_counted() {
    for (log, figures) in
        [("patients.csv", "patients.json"), ("loans.csv", "loans.json"), ("purchases.xes.gz", "purchases.json")]
    {
        assert_figures(&log_of(&excerpt(log)), &json(&excerpt(figures)));
    }
    let patients = log_of(&excerpt("patients.csv"));
    assert_eq!((patients.log.cases.len(), patients.log.instances(), patients.log.resources.len()), (20, 110, 7));
    assert_eq!(patients.from, "2017-01-02".parse().unwrap());
    let purchases = log_of(&excerpt("purchases.xes.gz"));
    assert_eq!(purchases.log.offset_minutes, 120);
}

#[test]
fn figures_of_whole_logs_are_those_that_others_counted() {
    let Ok(data) = std::env::var("REMIT_DATA") else { return };
    let folder = Path::new(&data).join("event-logs");
    for (log, figures) in [
        ("patients.csv", "patients.json"),
        ("LoanApp_simplified_train.csv.gz", "LoanApp_simplified_train.json"),
        ("PurchasingExample.csv.gz", "PurchasingExample.json"),
    ] {
        assert_figures(&log_of(&folder.join(log)), &json(&folder.join("reference").join(figures)));
    }
}

/// The process that the loans follow, as drawn elsewhere.
fn loan_process() -> Document {
    let bytes = std::fs::read(excerpt("loans.bpmn")).unwrap();
    remit::import::read("loans.bpmn", &bytes, &storage::new_document("Loans")).unwrap().document
}

#[test]
fn a_log_measures_the_process_that_it_follows() {
    let base = loan_process();
    let file = log_of(&excerpt("loans.csv"));
    let prepared = prepare(&file, &base, &Settings::default()).unwrap();
    let summary = &prepared.summary;
    assert!(summary.process.is_some());
    assert!(summary.activities.iter().all(|line| line.how == Match::Exact), "{:?}", summary.activities);
    let (followed, all) = summary.followed.unwrap();
    assert_eq!((followed, all), (file.log.instances(), file.log.instances()), "all of it follows the drawing");
    let edit = Edit::from(prepared.edit.clone());
    let mut editor = Editor::new(base.clone());
    editor.commit(&edit, 0.0).unwrap();
    let document = editor.document().clone();
    assert_eq!(integrity::check(&document), []);
    let (_, step) = document.steps().iter().find(|(_, step)| step.name == "Assess loan risk").unwrap();
    let work = measurement_of(&step.measured, MeasuredFact::Work).unwrap();
    assert_eq!((work.count, work.source.as_str()), (25, "loans.csv"));
    assert_eq!(work.to_string(), format!("measured, 25 times, {} to {}", file.from, file.to));
    let causes: f64 = step.wait_causes.iter().map(|part| part.minutes.0).sum();
    assert!((causes - step.wait.unwrap().0).abs() < 0.01);
    // Each gateway's branches are shares of a whole.
    let mut sums: BTreeMap<FlowNode, f64> = BTreeMap::new();
    for (_, flow) in document.flows().iter().filter(|(_, flow)| !flow.measured.is_empty()) {
        *sums.entry(flow.from).or_default() += flow.probability.unwrap();
    }
    assert!(sums.len() >= 3 && sums.values().all(|sum| (sum - 1.0).abs() < 1e-9), "{sums:?}");
    // Saved and read again it is the same; once more it changes nothing; undone it is as before.
    let text = storage::to_string(&document);
    let (again, problems) = storage::load_str(&text, "loans.ron").unwrap();
    assert!(problems.is_empty());
    assert_eq!(storage::to_string(&again), text);
    assert!(!apply(&document, &edit).unwrap().changes(&document));
    editor.undo();
    assert_eq!(storage::to_string(editor.document()), storage::to_string(&base));
}

#[test]
fn shares_of_branches_are_those_of_the_whole_log() {
    let Ok(data) = std::env::var("REMIT_DATA") else { return };
    let folder = Path::new(&data).join("event-logs");
    let file = log_of(&folder.join("LoanApp_simplified_train.csv.gz"));
    let base = loan_process();
    let prepared = prepare(&file, &base, &Settings::default()).unwrap();
    // 610 of 1,000 assessments lead to an offer, 253 of 610 offers are approved, 108 of 1,108 checks send it back.
    let leads_to = |name: &str| {
        let found = prepared.summary.flows.iter().find(|line| {
            let flow = base.get::<Flow>(line.flow).unwrap();
            base.name_of(flow.to.into()) == name
        });
        found.map(|line| (line.after, line.count)).unwrap()
    };
    assert_eq!(leads_to("Design loan offer"), (0.61, 1000));
    assert_eq!(leads_to("Reject application"), (0.39, 1000));
    assert_eq!(leads_to("Approve application"), (0.4148, 610));
    assert_eq!(leads_to("Return application back to applicant"), (0.0975, 1108));
}

#[test]
fn estimated_times_of_readiness_are_close_to_the_recorded_ones() {
    let text = std::fs::read_to_string(excerpt("loans.csv")).unwrap();
    let without: String = text.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n").collect();
    let recorded = log_of(&excerpt("loans.csv"));
    let estimated = read_log("loans.csv", without.as_bytes(), &ColumnMap::default()).unwrap();
    assert!(recorded.log.has_enabled && !estimated.log.has_enabled);
    // Steps that nothing runs beside are exact.
    for name in
        ["Design loan offer", "Approve loan offer", "Reject application", "Return application back to applicant"]
    {
        let wait = |file: &LogFile| {
            let place = file.log.activities.iter().position(|known| known == name).unwrap();
            file.figures.activities[place].wait.unwrap().mean
        };
        let (recorded, estimated) = (wait(&recorded), wait(&estimated));
        assert!(estimated >= recorded - 1e-6 && estimated - recorded < 90.0, "{name}: {recorded}, {estimated}");
    }
}

#[test]
fn a_log_of_nothing_known_becomes_a_process() {
    let file = log_of(&excerpt("patients.csv"));
    let base = storage::new_document("Clinic");
    let prepared = prepare(&file, &base, &Settings { adds_people: true, ..Settings::default() }).unwrap();
    assert_eq!((prepared.summary.process, prepared.summary.process_name.as_str()), (None, "patients"));
    let document = apply(&base, &prepared.edit.into()).unwrap().document;
    assert_eq!(integrity::check(&document), []);
    assert_eq!(
        (document.steps().len(), document.people().len(), document.views().len()),
        (7, 7, base.views().len() + 1)
    );
    for (gateway, record) in document.gateways().iter() {
        assert_eq!(record.kind, GatewayKind::Exclusive);
        let out = || document.flows().iter().filter(|(_, flow)| flow.from == FlowNode::Gateway(gateway));
        let sum: f64 = out().filter_map(|(_, flow)| flow.probability).sum();
        assert!(out().count() == 1 || (sum - 1.0).abs() < 1e-9, "{sum}");
    }
    let (_, process) = document.processes().iter().next().unwrap();
    assert_eq!(measurement_of(&process.measured, MeasuredFact::Cases).unwrap().count, 20);
}

#[test]
fn activities_are_matched_by_likeness_and_by_hand() {
    let text = r#"(format: 1, processes: [(key: "order", name: "Order")], steps: [
        (key: "check", name: "Check the order", process: "order", work: "5 min"),
        (key: "pay", name: "PAY  bill", process: "order", work: "5 min"),
        (key: "other", name: "Something else", process: "order", work: "5 min"),
    ])"#;
    let base = storage::load_str(text, "order.ron").unwrap().0;
    let step = |key: &str| match base.by_key(key) {
        Some(ElementRef::Step(id)) => id,
        other => panic!("{key}: {other:?}"),
    };
    let (check, pay, other) = (step("check"), step("pay"), step("other"));
    let csv = "case,activity,person,start,end\n\
               1,Check order,Ana,2026-01-05 09:00,2026-01-05 09:10\n\
               1,pay bill,Ben,2026-01-05 10:00,2026-01-05 10:04\n\
               1,Frobnicate,Ben,2026-01-05 11:00,2026-01-05 11:30\n\
               2,Check order,Ana,2026-01-07 09:00,2026-01-07 09:20\n";
    let file = read_log("order.csv", csv.as_bytes(), &ColumnMap::default()).unwrap();
    let found = prepare(&file, &base, &Settings::default()).unwrap();
    let lines: Vec<_> = found.summary.activities.iter().map(|line| (line.step, line.how)).collect();
    assert_eq!(lines[0].0, Some(check));
    assert!(matches!(lines[0].1, Match::Alike(80..=100) | Match::Normalised), "{lines:?}");
    assert_eq!(lines[1], (Some(pay), Match::Normalised));
    assert_eq!(lines[2], (None, Match::None));
    assert_eq!(found.summary.steps_without, ["Something else"]);
    assert_eq!(found.summary.activities[0].work, (Some(Minutes(5.0)), Some(Minutes(15.0))));
    let document = apply(&base, &found.edit.into()).unwrap().document;
    assert_eq!(document.get::<Step>(other), base.get::<Step>(other), "what is not in the log stays");
    let named = BTreeMap::from([
        ("Frobnicate".to_owned(), StepChoice::Named("something else".to_owned())),
        ("pay bill".to_owned(), StepChoice::PassOver),
    ]);
    let chosen = prepare(&file, &base, &Settings { steps: named, ..Settings::default() }).unwrap();
    assert_eq!(chosen.summary.activities[2].step, Some(other));
    assert_eq!(chosen.summary.activities[1].how, Match::PassedOver);
    assert_eq!(chosen.edit.steps.len(), 2);
    let unknown = BTreeMap::from([("Nothing".to_owned(), StepChoice::New)]);
    let error = prepare(&file, &base, &Settings { steps: unknown, ..Settings::default() }).unwrap_err().to_string();
    assert!(error.contains("no activity in the log called “Nothing”") && error.contains("Frobnicate"), "{error}");
    let error =
        prepare(&file, &base, &Settings { process: Some("Ordre".to_owned()), ..Settings::default() }).unwrap_err();
    assert!(error.to_string().contains("“Order”"), "{error}");
    let added =
        prepare(&file, &base, &Settings { adds_steps: true, adds_people: true, ..Settings::default() }).unwrap();
    let document = apply(&base, &added.edit.into()).unwrap().document;
    assert_eq!((document.steps().len(), document.people().len()), (4, 2));
}

#[test]
fn rows_that_cannot_be_used_are_named() {
    let csv = "Case;Activity;Start;End\n\
               1;Ask;05.01.2026 09:00;05.01.2026 09:10\n\
               ;Ask;05.01.2026 09:00;05.01.2026 09:10\n\
               2;;05.01.2026 09:00;05.01.2026 09:10\n\
               3;Ask;soon;05.01.2026 09:10\n\
               4;Ask;05.01.2026 09:10;05.01.2026 09:00\n";
    let file = read_log("order.csv", csv.as_bytes(), &ColumnMap::default()).unwrap();
    let told: Vec<String> = file.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "row 3, Case: “”; expected the case; the row was left out",
            "row 4, Activity: “”; expected what was done; the row was left out",
            "row 5, Start: “soon”; expected a date and time such as 2023-02-09T08:05:04 or 09.02.2023 08:05; the row was left out",
            "row 6, End: “05.01.2026 09:00”; expected an end that is not before the start; the row was left out",
        ]
    );
    assert_eq!(file.log.instances(), 1);
    let only = read_log("x.csv", b"case,activity,time\n1,Ask,never\n", &ColumnMap::default()).unwrap_err().to_string();
    assert!(only.contains("row 2, time: “never”"), "{only}");
    let none = read_log("x.csv", b"Unit,Role\nOffice,Clerk\n", &ColumnMap::default()).unwrap_err().to_string();
    assert!(none.contains("“Unit”, “Role”") && none.contains("--map"), "{none}");
}

#[test]
fn a_log_without_starts_measures_branches_and_cases_only() {
    let csv = "case,activity,time\n1,Ask,2026-01-05\n1,Pay,2026-01-06\n2,Ask,2026-01-12\n";
    let file = read_log("order.csv", csv.as_bytes(), &ColumnMap::default()).unwrap();
    assert!(file.notes.iter().any(|note| note.contains("not when it began")), "{:?}", file.notes);
    let prepared = prepare(&file, &Document::default(), &Settings::default()).unwrap();
    assert!(prepared.edit.steps.iter().all(|step| step.work.is_none() && step.wait.is_none()));
    assert_eq!(prepared.edit.cases.unwrap().value, Rate::weekly(1.0));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let map = ColumnMap::default();
        for name in ["x.csv", "x.xes", "x.gz"] {
            drop(read_log(name, &bytes, &map));
            prop_assert!(detect(name, &bytes).is_none_or(|source| !source.id.is_empty()));
        }
        let rows = [b"case,activity,start,end,enabled_time\n".as_slice(), &bytes].concat();
        drop(read_log("x.csv", &rows, &map));
        let xml = [b"<log><trace><event>".as_slice(), &bytes, b"</event></trace></log>"].concat();
        drop(read_log("x.xes", &xml, &map));
    }

    #[test]
    fn any_log_comes_in(rows in proptest::collection::vec((0_u8..4, 0_u8..5, 0_u8..3, 0_u32..20_000, 0_u32..300), 1..40)) {
        let mut csv = "case,activity,resource,start,end\n".to_owned();
        for (case, activity, who, start, length) in rows {
            let at = |minutes: u32| {
                let (day, hour, minute) = (1 + minutes / 1440, minutes / 60 % 24, minutes % 60);
                format!("2026-01-{day:02} {hour:02}:{minute:02}")
            };
            csv.push_str(&format!("{case},Do {activity},Who {who},{},{}\n", at(start), at(start + length)));
        }
        let file = read_log("x.csv", csv.as_bytes(), &ColumnMap::default()).unwrap();
        for figures in &file.figures.activities {
            let causes: f64 = figures.causes.iter().map(|(_, minutes)| minutes).sum();
            prop_assert!((causes - figures.wait.map_or(0.0, |wait| wait.mean)).abs() < 1e-6);
        }
        let prepared = prepare(&file, &Document::default(), &Settings { adds_people: true, ..Settings::default() }).unwrap();
        let document = apply(&Document::default(), &prepared.edit.into()).unwrap().document;
        prop_assert_eq!(integrity::check(&document), []);
        // The process that was found is known again, and all of it follows its own drawing but what was left out as rare.
        let again = prepare(&file, &document, &Settings::default()).unwrap();
        prop_assert!(again.summary.process.is_some());
        let (followed, all) = again.summary.followed.unwrap();
        prop_assert_eq!(followed, all);
    }
}
