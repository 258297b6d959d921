//! The panel of findings: headings, many alike as one line, words, what is new, walking by key.

use egui::Key;
use egui::accesskit::Role as Kind;
use remit::analysis::Finding;
use remit::app::command::Command;
use remit::edit::Replace;
use remit::model::*;

use crate::driver::Driver;

/// A shop with six roles that nobody holds, each with a step that only it can do.
fn vacancies() -> Driver {
    let mut document = remit::storage::new_document("Shop");
    let mut records: Vec<remit::edit::Record> = Vec::new();
    for name in ["Owner", "Clerk", "Packer", "Driver", "Buyer", "Cleaner"] {
        records.push(Role { vacant: true, ..Role::new(name) }.into());
    }
    for record in records {
        let edit = remit::edit::Insert { records: vec![record], show_in: Vec::new() };
        document = remit::edit::apply(&document, &edit.into()).expect("it can be added").document;
    }
    let process = remit::edit::Insert { records: vec![Process::new("Sell").into()], show_in: Vec::new() };
    document = remit::edit::apply(&document, &process.into()).expect("it can be added").document;
    let process = document.processes().ids().next().expect("it was added");
    let roles: Vec<RoleId> = document.roles().ids().collect();
    for (index, role) in roles.into_iter().enumerate() {
        let step = Step { performer: Some(Actor::Role(role)), ..Step::new(process, format!("Do part {index}")) };
        let edit = remit::edit::Insert { records: vec![step.into()], show_in: Vec::new() };
        document = remit::edit::apply(&document, &edit.into()).expect("it can be added").document;
    }
    Driver::open(document)
}

fn open_findings(app: &Driver) -> Vec<Finding> {
    app.app().core.findings().iter().filter(|finding| finding.waived.is_none()).cloned().collect()
}

fn choose(app: &mut Driver, entry: &str) {
    app.click_button("Which findings are listed, and how");
    app.click_on(Kind::MenuItem, entry);
}

#[test]
fn many_findings_of_a_kind_are_one_line_that_opens() {
    let mut app = vacancies();
    let findings = open_findings(&app);
    let of = |rule: &str| findings.iter().filter(|finding| finding.rule == rule).count();
    let rule = findings.iter().map(|finding| finding.rule).max_by_key(|rule| of(rule)).expect("something is found");
    assert!(of(rule) >= 4, "{rule} is found {} times", of(rule));
    let first = findings.iter().find(|finding| finding.rule == rule).cloned().expect("it is found");
    let many = app.names(Kind::ListItem).into_iter().find(|name| name.contains("times.") && name.contains(first.title));
    let many = many.expect("they are one line");
    assert!(!app.reads(&first.message), "closed");
    app.click_on(Kind::ListItem, &many);
    assert!(app.reads(&first.message), "open");
    app.click_on(Kind::ListItem, &many);
    assert!(!app.reads(&first.message), "closed again");
    // Walking opens them, too.
    let mut walked = Vec::new();
    for _ in 0..findings.len() {
        app.keys("F8");
        walked.push(app.app().core.focused_finding.expect("one is shown"));
        let message = app.app().core.focused().expect("one is shown").message.clone();
        assert!(app.reads(&message), "{message}");
    }
    walked.sort_unstable();
    walked.dedup();
    assert_eq!(walked.len(), findings.len(), "every finding was met once");
}

#[test]
fn findings_are_grouped_by_kind_element_and_person() {
    let mut app = Driver::bakery("Organisation");
    choose(&mut app, "By person");
    assert!(app.reads("Ana Costa · "), "the owner has findings");
    choose(&mut app, "By kind");
    let first = open_findings(&app)[0].clone();
    assert!(app.reads(&format!("{} · ", first.title)));
    choose(&mut app, "By element");
    let element = remit::search::title(app.document(), first.evidence[0]);
    assert!(app.reads(&format!("{element} · ")), "{element}");
    choose(&mut app, "By severity");
    assert!(app.reads("Block"));
}

#[test]
fn words_narrow_the_findings_down_and_the_walk_with_them() {
    let mut app = Driver::bakery("Organisation");
    app.click_button("Find among the findings by words");
    app.type_text("ana costa hours");
    let shown: Vec<Finding> = open_findings(&app).into_iter().filter(|finding| app.reads(&finding.message)).collect();
    assert!(!shown.is_empty() && shown.iter().all(|finding| finding.message.to_lowercase().contains("hours")));
    app.keys("F8");
    let first = app.app().core.focused().expect("one is shown").message.clone();
    assert!(shown.iter().any(|finding| finding.message == first));
    app.key(Key::Escape);
    app.wish(Command::Select(Vec::new()));
    app.click_button("Find among the findings by words");
    assert!(app.reads(&open_findings(&app)[0].message), "everything is back");
}

#[test]
fn what_came_since_saving_is_marked_as_new() {
    let mut app = Driver::bakery("Organisation");
    assert_eq!(app.app().core.new_findings(), 0);
    let clerk = app.element("Accountant");
    let ElementRef::Role(role) = clerk else { panic!("it is a role") };
    let vacate = |role: &mut Role| {
        role.holders.clear();
        role.vacant = true;
    };
    let replace = Replace::with::<Role>(app.document(), role, vacate).expect("it changes");
    app.wish(remit::edit::Edit::from(replace));
    let count = app.app().core.new_findings();
    assert!(count > 0, "a vacancy is found");
    choose(&mut app, &format!("Only new ones ({count})"));
    let listed = app.names(Kind::ListItem).into_iter().filter(|name| name.ends_with(" New.")).count();
    assert!(listed > 0);
    assert!(app.names(Kind::ListItem).iter().all(|name| name.ends_with(" New.") || name.contains("times.")));
    app.keys("Ctrl+Z");
    assert_eq!(app.app().core.new_findings(), 0);
}

#[test]
fn names_of_the_evidence_lead_there() {
    let mut app = Driver::bakery("Organisation");
    let findings = app.app().core.findings().to_vec();
    let index = findings.iter().position(|finding| finding.evidence.len() > 1).expect("one has several");
    app.wish(Command::FocusFinding(Some(index)));
    let second = findings[index].evidence[1];
    let name = remit::search::title(app.document(), second);
    app.click_button_last(&format!("Show {name}"));
    assert!(app.selection().contains(&second), "{name}");
}

#[test]
fn accepted_findings_have_a_place_of_their_own() {
    let mut app = Driver::bakery("Organisation");
    app.keys("F8");
    let message = app.app().core.focused().expect("one is shown").message.clone();
    app.wish(Command::Action("analyse.waive"));
    app.fill("Reason", "We know");
    app.fill("Your name", "Ana");
    app.click_button("Accept");
    app.key(Key::Escape);
    app.key(Key::Escape);
    assert!(!app.reads(&message), "it is no longer among the others");
    // With nothing else in the list its end is in sight.
    app.click_button("Find among the findings by words");
    app.type_text("no such words");
    let place = app.names(Kind::Button).into_iter().find(|name| name.ends_with("accepted findings"));
    app.click_button(&place.expect("the bakery has accepted others before"));
    assert!(app.reads(&message));
}
