//! The program from outside: what it prints where, and how it ends.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A decision that somebody answers for and nobody carries out.
const REFUND: &str = r#"(
    format: 1,
    project: (name: "Bakery", framework: "raci"),
    units: [(key: "office", name: "Office")],
    roles: [(key: "owner", name: "Owner", unit: "office", vacant: true)],
    decisions: [(key: "refund", name: "Grant refund")],
    rights: [(on: "refund", who: "owner", letter: "A")],
    views: [
        (key: "chart", name: "Who is who", shows: organisation(), placements: [(of: "office"), (of: "owner")]),
        (key: "rights", name: "Who decides", shows: matrix()),
    ],
)
"#;

/// A folder of its own for one test, gone when the test is over.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with_refund() -> Self {
        let desk = Self::new();
        fs::write(desk.path("refund.ron"), REFUND).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_remit"));
        // No display: nothing of these tests may open a window.
        command.current_dir(self.0.path()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("RUST_LOG");
        command.args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn help_names_every_command_and_no_other() {
    let desk = Desk::new();
    let help = stdout(&desk.run(&["--help"]));
    for command in ["new", "check", "stats", "decide", "export", "import", "layout", "fmt"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}: {help}");
        let own = desk.run(&[command, "--help"]);
        assert_eq!((code(&own), stderr(&own).as_str()), (0, ""), "{command}");
    }
    assert!(!help.contains("\n  diff "), "diff");
}

#[test]
fn wrong_arguments_end_with_two() {
    let desk = Desk::with_refund();
    for arguments in [
        ["check", "--format", "xml", "refund.ron"].as_slice(),
        &["check"],
        &["check", "refund.ron", "--fail-on", "terrible"],
        &["export", "refund.ron", "--to", "bmp"],
        &["export", "refund.ron", "--to", "svg", "--view", "No such view"],
        &["export", "refund.ron", "--to", "png", "--view", "Who is who", "--scale", "1000", "-o", "x.png"],
        &["import", "refund.ron"],
        &["new", "x.ron", "--sample", "no-such-sample"],
        &["check", "missing.ron"],
        &["--no-such-option"],
    ] {
        let output = desk.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert!(!stderr(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_new_project_is_canonical_and_never_overwrites() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["new", "firm.ron"])), 0);
    let text = desk.read("firm.ron");
    assert_eq!(code(&desk.run(&["fmt", "--check", "firm.ron"])), 0);
    let again = desk.run(&["new", "firm.ron"]);
    assert_eq!((code(&again), desk.read("firm.ron")), (2, text.clone()));
    assert!(stderr(&again).contains("firm.ron"));
    assert_eq!(stdout(&desk.run(&["new", "-"])), text);
}

#[test]
fn every_sample_can_be_copied() {
    let desk = Desk::new();
    for sample in remit::cli::SAMPLES {
        let output = desk.run(&["new", "--sample", sample.name, "-"]);
        assert_eq!((code(&output), stdout(&output).as_str()), (0, sample.text), "{}", sample.name);
    }
}

#[test]
fn check_prints_findings_and_ends_with_one_where_they_are_grave() {
    let desk = Desk::with_refund();
    let output = desk.run(&["check", "refund.ron"]);
    assert_eq!((code(&output), stderr(&output).as_str()), (1, ""));
    let text = stdout(&output);
    assert!(text.starts_with("Bakery (refund.ron): "), "{text}");
    assert!(text.contains("H-04  Nobody carries it out") && text.contains("= holders of R = 0"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(!text.contains('\u{1b}'), "no colour");
    for (severity, heading) in [("block", "BLOCK:"), ("high", "HIGH:")] {
        let is_there = text.contains("BLOCK:") || text.contains(heading);
        assert_eq!(code(&desk.run(&["check", "refund.ron", "--fail-on", severity])), i32::from(is_there), "{severity}");
    }
    let sketch = desk.run(&["check", "refund.ron", "--profile", "sketch"]);
    assert!(stdout(&sketch).len() <= text.len());
    fs::write(desk.path("empty.ron"), "(format: 1)\n").unwrap();
    assert_eq!(code(&desk.run(&["check", "empty.ron", "--fail-on", "info"])), 0);
    assert_eq!(code(&desk.run(&["check", "refund.ron", "--fail-on", "info"])), 1);
}

#[test]
fn findings_as_json_have_the_documented_shape() {
    let desk = Desk::with_refund();
    let output = desk.run(&["check", "refund.ron", "--format", "json", "--profile", "audit"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&document["file"], &document["profile"]), (&Value::from("refund.ron"), &Value::from("audit")));
    let findings = document["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["rule"] == "H-04").unwrap();
    assert_eq!(
        finding["elements"],
        serde_json::json!([{ "kind": "decision", "key": "refund", "name": "Grant refund" }])
    );
    assert_eq!((&finding["severity"], &finding["waived"]), (&Value::from("high"), &Value::Null));
    assert_eq!(finding["numbers"]["doers"], 0);
    for name in ["title", "message", "formula"] {
        assert!(finding[name].is_string(), "{name}");
    }
    assert!(finding["remedies"].is_array() && document["silent"].is_array());
    let keys: Vec<_> = finding.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys.len(), 9, "{keys:?}");
    assert_eq!(output.stdout, desk.run(&["check", "refund.ron", "--format", "json", "--profile", "audit"]).stdout);
}

#[test]
fn findings_as_sarif_name_their_rule() {
    let desk = Desk::with_refund();
    let output = desk.run(&["check", "refund.ron", "--format", "sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["ruleId"] == "H-04" && result["level"] == "error"));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(results.iter().all(|result| rules.iter().any(|rule| rule["id"] == result["ruleId"])));
}

#[test]
fn stats_count_every_kind() {
    let desk = Desk::with_refund();
    let output = desk.run(&["stats", "refund.ron", "--format", "json"]);
    let stats: Value = serde_json::from_slice(&output.stdout).unwrap();
    for (word, count) in [("units", 1), ("roles", 1), ("people", 0), ("decisions", 1), ("rights", 1), ("views", 2)] {
        assert_eq!(stats[word], count, "{word}");
    }
    for kind in remit::model::ElementKind::ALL {
        assert!(stats[kind.plural()].is_u64(), "{}", kind.plural());
    }
    assert_eq!(stats["key_figures"]["vacant_roles"], 1);
    let text = stdout(&desk.run(&["stats", "refund.ron"]));
    assert!(text.contains("      1  units\n") && text.starts_with("Bakery\n"), "{text}");
}

#[test]
fn standard_streams_stand_for_files() {
    let desk = Desk::new();
    let output = desk.run_with_input(&["stats", "-", "--format", "json"], REFUND);
    let stats: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&stats["file"], &stats["units"]), (&Value::from("-"), &Value::from(1)));
    let canonical = stdout(&desk.run_with_input(&["fmt", "-"], REFUND));
    assert_eq!(code(&desk.run_with_input(&["fmt", "--check", "-"], REFUND)), 1);
    assert_eq!(code(&desk.run_with_input(&["fmt", "--check", "-"], &canonical)), 0);
    let project = desk.run_with_input(&["import", "-", "-o", "-"], "Unit,Role\nShop,Clerk\n");
    assert!(stdout(&project).contains("\"Clerk\""), "{}", stderr(&project));
    let picture = desk.run_with_input(&["export", "-", "--to", "svg", "--view", "chart", "-o", "-"], REFUND);
    assert!(stdout(&picture).contains("<svg"), "{}", stderr(&picture));
}

#[test]
fn fmt_writes_the_canonical_form_once() {
    let desk = Desk::with_refund();
    assert_eq!(code(&desk.run(&["fmt", "--check", "refund.ron"])), 1);
    assert_eq!(desk.read("refund.ron"), REFUND, "a check changes nothing");
    assert_eq!(code(&desk.run(&["fmt", "refund.ron"])), 0);
    assert_eq!(code(&desk.run(&["fmt", "--check", "refund.ron"])), 0);
    assert_ne!(desk.read("refund.ron"), REFUND);
}

#[test]
fn broken_files_are_named_with_their_place() {
    let desk = Desk::new();
    fs::write(desk.path("broken.ron"), REFUND.replace("vacant: true", "vacant: maybe")).unwrap();
    let output = desk.run(&["check", "broken.ron"]);
    assert_eq!((code(&output), stdout(&output).as_str()), (2, ""));
    assert!(stderr(&output).contains("broken.ron:5:"), "{}", stderr(&output));
    fs::write(desk.path("dangling.ron"), REFUND.replace("unit: \"office\"", "unit: \"gone\"")).unwrap();
    let output = desk.run(&["stats", "dangling.ron"]);
    assert_eq!(code(&output), 0, "a file with a broken reference is used and its problem told");
    assert!(stderr(&output).contains("Owner"), "{}", stderr(&output));
}

#[test]
fn pictures_go_to_a_file_or_to_a_folder() {
    let desk = Desk::with_refund();
    assert_eq!(code(&desk.run(&["layout", "refund.ron"])), 0);
    assert!(desk.read("refund.ron").contains("at: ("));
    let one = desk.run(&["export", "refund.ron", "--to", "png", "--view", "who is who", "-o", "one.png"]);
    assert_eq!(code(&one), 0, "{}", stderr(&one));
    assert!(fs::read(desk.path("one.png")).unwrap().starts_with(b"\x89PNG"));
    assert_eq!(code(&desk.run(&["export", "refund.ron", "--to", "svg", "-o", "pictures"])), 0);
    let svg = desk.read("pictures/who-is-who.svg");
    assert!(svg.contains("Owner") && desk.path("pictures/who-decides.svg").exists());
    assert_eq!(code(&desk.run(&["export", "refund.ron", "--to", "csv", "-o", "rights.csv"])), 0);
    assert!(desk.read("rights.csv").contains("Grant refund"));
    let card = desk.run(&["export", "refund.ron", "--to", "svg", "--pocket", "-o", "card.svg"]);
    assert_eq!(code(&card), 0, "{}", stderr(&card));
    let table = desk.run(&["export", "refund.ron", "--to", "pocket", "-o", "-"]);
    assert!(stdout(&table).contains("| Decision | Up to | Who | Then | Deputy |"), "{}", stdout(&table));
    for wrong in [
        &["export", "refund.ron", "--to", "csv", "--pocket"][..],
        &["export", "refund.ron", "--to", "svg", "--for", "Owner"],
        &["export", "refund.ron", "--to", "svg", "--pocket", "--for", "Nobody at all"],
    ] {
        assert_eq!(code(&desk.run(wrong)), 2, "{wrong:?}");
    }
    let into_nothing = desk.run(&["export", "refund.ron", "--to", "csv", "-o", "no/such/folder/rights.csv"]);
    assert_eq!(code(&into_nothing), 3);
    assert!(stdout(&desk.run(&["export", "--list"])).lines().count() >= 3);
}

#[test]
fn analyses_are_written_as_pictures_and_tables() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["new", "firm.ron", "--sample", "bakery"])), 0);
    let load = desk.run(&["export", "firm.ron", "--to", "csv", "--view", "load", "-o", "-"]);
    assert_eq!(code(&load), 0, "{}", stderr(&load));
    assert!(stdout(&load).lines().nth(1).unwrap().starts_with("Owner,Ana Costa,Office,"), "{}", stdout(&load));
    let people = desk.run(&["export", "firm.ron", "--to", "csv", "--view", "Load", "--of", "people", "-o", "-"]);
    assert!(stdout(&people).starts_with("Person,Roles,"), "{}", stdout(&people));
    let steps = ["export", "firm.ron", "--to", "csv", "--view", "times", "--of", "Refund", "-o", "-"];
    assert!(!stdout(&desk.run(&steps)).contains("(low)"), "no step of it has a range");
    let firm = fs::read_to_string(desk.path("firm.ron")).unwrap();
    let (before, step) = firm.split_once("name: \"Pay the refund\",").unwrap();
    let range = "name: \"Pay the refund\", work_range: \"3 min to 10 min\",";
    fs::write(desk.path("ranged.ron"), format!("{before}{range}{step}")).unwrap();
    let steps = steps.map(|word| if word == "firm.ron" { "ranged.ron" } else { word });
    let table = stdout(&desk.run(&steps));
    assert!(table.lines().next().unwrap().ends_with(",Work in minutes (low),Work in minutes (high)"), "{table}");
    let payment = table.lines().find(|line| line.starts_with("Pay the refund,")).unwrap();
    assert!(payment.ends_with(",,,3,10"), "{table}");
    let times = desk.run(&["export", "firm.ron", "--to", "svg", "--view", "times", "--of", "Refund", "-o", "-"]);
    assert!(stdout(&times).contains("Time ladder: Refund"), "{}", stderr(&times));
    assert_eq!(code(&desk.run(&["export", "firm.ron", "--to", "xlsx", "--view", "handovers"])), 0);
    assert!(desk.path("handovers.xlsx").exists());
    let summary = ["export", "firm.ron", "--to", "png", "--view", "summary", "--date", "2026-06-01", "-o"];
    for name in ["one.png", "two.png"] {
        assert_eq!(code(&desk.run(&[&summary[..], &[name]].concat())), 0);
    }
    assert!(fs::read(desk.path("one.png")).unwrap() == fs::read(desk.path("two.png")).unwrap());
    for (wrong, said) in [
        (&["--to", "svg", "--view", "load", "--of", "Nobody"][..], "“Roles”, “People”"),
        (&["--to", "cards", "--view", "load"], "svg, png, csv or xlsx"),
        (&["--to", "svg", "--view", "Rights", "--of", "people"], "--of says how an analysis is looked at"),
        (&["--to", "svg", "--view", "Nothing of this name"], "the analyses are: summary, load"),
    ] {
        let output = desk.run(&[&["export", "firm.ron"], wrong].concat());
        assert_eq!(code(&output), 2, "{wrong:?}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    assert!(stdout(&desk.run(&["export", "--list"])).contains("summary"));
}

#[test]
fn layout_can_write_elsewhere() {
    let desk = Desk::with_refund();
    assert_eq!(code(&desk.run(&["layout", "refund.ron", "--view", "chart", "-o", "arranged.ron"])), 0);
    assert_eq!(desk.read("refund.ron"), REFUND);
    assert!(desk.read("arranged.ron").contains("at: ("));
}

#[test]
fn an_import_tells_what_it_read_and_what_not() {
    let desk = Desk::new();
    let table =
        "Team;Job title;Full name;Share;Shoe size;Reports to\nShop;Clerk;Bea;half;38;Nobody here\n;Owner;Ana;;;\n";
    fs::write(desk.path("staff.csv"), table).unwrap();
    let output = desk.run(&["import", "staff.csv", "-o", "firm.ron"]);
    assert_eq!((code(&output), stdout(&output).as_str()), (0, ""));
    let told = stderr(&output);
    for part in
        ["“Shoe size”", "row 2, Share: “half”", "row 2, Reports to: “Nobody here”", "2  roles", "Wrote firm.ron."]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(desk.read("firm.ron").contains("at: ("), "the chart is arranged");
    assert_eq!(code(&desk.run(&["import", "staff.csv", "--into", "firm.ron"])), 0);
    let stats: Value = serde_json::from_slice(&desk.run(&["stats", "firm.ron", "--format", "json"]).stdout).unwrap();
    assert_eq!((&stats["roles"], &stats["people"], &stats["views"]), (&2.into(), &2.into(), &1.into()));
    fs::write(desk.path("bare.csv"), "1,Clerk\n2,Owner\n").unwrap();
    let output = desk.run(&["import", "bare.csv", "-o", "bare.ron"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--map"), "{}", stderr(&output));
    assert_eq!(code(&desk.run(&["import", "bare.csv", "-o", "bare.ron", "--map", "role=#2"])), 0);
}

#[test]
fn without_a_display_the_findings_are_printed_instead_of_the_window() {
    let desk = Desk::with_refund();
    let output = desk.run(&["refund.ron"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("Nobody carries it out"));
    let told = stderr(&output);
    assert!(told.contains("The window cannot be opened") && told.contains("libegl1") && told.contains("remit check"));
    let nothing = desk.run(&[]);
    assert_eq!((code(&nothing), stdout(&nothing).as_str()), (3, ""));
    assert_eq!(code(&desk.run(&["missing.ron"])), 2);
}

#[test]
fn decide_says_who_and_why() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["new", "firm.ron", "--sample", "bakery"])), 0);
    let output = desk.run(&["decide", "firm.ron", "refund", "--amount", "150 EUR", "--date", "2026-08-05"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let told = stdout(&output);
    for part in ["decides  Shop assistant (7 people)", "is told after  Manager Market Square (Ben Aydin)", "≤ 200 EUR"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    let away = ["decide", "firm.ron", "--decision", "Pay a bill", "--amount", "500 EUR", "--away", "dora", "--format"];
    let output = desk.run(&[&away[..], &["json", "--date", "2026-08-20"]].concat());
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["verdict"], &answer["deciders"][0]["key"]), (&"decided".into(), &"accountant".into()));
    assert_eq!(answer["stands_in"][0]["key"], "office-clerk");
    for (arguments, says) in [
        (&["decide", "firm.ron", "Grnat a refund"][..], "did you mean “Grant a refund”"),
        (&["decide", "firm.ron", "grant"], "several are meant"),
        (&["decide", "firm.ron", "refund", "--amount", "lots"], "350 EUR"),
        (&["decide", "firm.ron", "refund", "--unit", "Harbor"], "“Harbour”"),
        (&["decide", "firm.ron", "refund", "--date", "soon"], "2026-08-05"),
    ] {
        let output = desk.run(arguments);
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{arguments:?}");
        assert!(stderr(&output).contains(says), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn nobody_reading_is_no_panic() {
    let desk = Desk::with_refund();
    let mut child =
        desk.command(&["check", "refund.ron"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
}

#[test]
fn a_log_measures_a_project_and_says_so_as_text_and_as_json() {
    let desk = Desk::new();
    let log = "Fall;Schritt;Bearbeiter;Beginn;Ende\n\
               1;Check the form;Ana;05.01.2026 09:00;05.01.2026 09:10\n\
               1;Pay;Ben;05.01.2026 10:00;05.01.2026 10:04\n\
               2;Check the form;Ana;12.01.2026 09:00;12.01.2026 09:20\n\
               2;Frown;Ana;never;12.01.2026 09:20\n";
    fs::write(desk.path("log.csv"), log).unwrap();
    let project = r#"(format: 1, processes: [(key: "refund", name: "Refund", cases: "3 per week")], steps: [
        (key: "check", name: "Check the form", process: "refund", work: "5 min"), (key: "pay", name: "Pay", process: "refund")])"#;
    fs::write(desk.path("project.ron"), project).unwrap();
    let output = desk.run(&["import", "log.csv", "--into", "project.ron", "-o", "measured.ron", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["process"]["name"], "Refund");
    assert_eq!(told["cases_per_week"]["measured"], 1);
    let check = &told["activities"][0];
    assert_eq!((check["step"].as_str(), check["match"].as_str()), (Some("check"), Some("exact")));
    assert_eq!((check["work_before"].as_f64(), check["work_minutes"]["mean"].as_f64()), (Some(5.0), Some(15.0)));
    assert_eq!(told["activities"][1]["wait_minutes"]["mean"], 50);
    assert_eq!(told["hand_overs"]["between"][0]["times"], 1);
    assert!(told["problems"][0].as_str().unwrap().starts_with("row 5, Beginn: “never”"));
    let measured = desk.read("measured.ron");
    let line = r#"(fact: work, count: 2, from: "2026-01-05", to: "2026-01-12", source: "log.csv"),"#;
    assert!(measured.contains(line), "{measured}");
    let output = desk.run(&["import", "log.csv", "--into", "project.ron", "--process", "refund"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    for part in
        ["2 cases, 3 pieces of work, 2026-01-05 to 2026-01-12", "3 per week → 1 per week", "work 5 min → 15 min"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let output = desk.run(&["import", "log.csv", "--into", "project.ron", "--process", "sale"]);
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no process “sale”; the project has: “Refund”"));
}
