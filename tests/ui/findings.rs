//! The panel of findings: headings, many alike as one line, words, what is new, walking by key.

use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role as Kind;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
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

fn open_findings(app: &Driver) -> Vec<Arc<Finding>> {
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
    let shown: Vec<Arc<Finding>> =
        open_findings(&app).into_iter().filter(|finding| app.reads(&finding.message)).collect();
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

/// The index of the first open finding with a fix that changes a right, and which of its remedies that is.
fn fixable(app: &Driver) -> (usize, usize, String) {
    let found = app.app().core.findings().iter().enumerate().find_map(|(index, finding)| {
        let remedy = finding.remedies.iter().position(|remedy| remedy.fix.is_some())?;
        let label = finding.remedies[remedy].fix.as_ref().unwrap().label.clone();
        finding.waived.is_none().then_some((index, remedy, label))
    });
    found.expect("the bakery has a finding with a fix")
}

#[test]
fn a_remedy_is_looked_at_left_by_escape_and_applied_by_enter_as_one_step() {
    let mut app = Driver::bakery("Organisation");
    let (index, _, label) = fixable(&app);
    app.wish(Command::FocusFinding(Some(index)));
    let before = app.text();
    app.click_button(&format!("Preview: {label}"));
    let trying = app.app().core.trying.as_ref().expect("it is tried");
    let tried = trying.tried().expect("it can be tried");
    assert!(!tried.changes.is_empty() && !tried.figures.is_empty());
    let change = tried.changes[0].clone();
    assert!(app.reads(&change) && app.reads("What would change") && app.reads("Before and after"));
    assert!(app.reads("Findings: "), "{:?}", app.all_names("Findings"));
    assert_eq!(app.text(), before, "nothing is changed by looking");
    app.key(Key::Escape);
    assert!(app.app().core.trying.is_none());
    assert_eq!((app.text(), app.steps().len()), (before.clone(), 0));
    assert!(app.app().core.focused_finding.is_some(), "one level at a time");

    app.click_button(&format!("Preview: {label}"));
    app.key(Key::Enter);
    assert!(app.app().core.trying.is_none());
    assert_eq!(app.steps(), std::slice::from_ref(&label));
    assert_ne!(app.text(), before);
    app.keys("Ctrl+Z");
    assert_eq!(app.text(), before);
}

#[test]
fn the_button_applies_and_another_edit_ends_the_preview() {
    let mut app = Driver::bakery("Organisation");
    let (index, remedy, label) = fixable(&app);
    app.wish(Command::FocusFinding(Some(index)));
    app.wish(Command::Trial(remit::app::trying::Wish::Try { finding: index, remedy }));
    assert!(app.app().core.trying.is_some());
    let role = app.document().roles().ids().next().unwrap();
    let rename = Replace::with(app.document(), role, |role: &mut Role| role.name += "!");
    app.wish(remit::edit::Edit::from(rename.unwrap()));
    assert!(app.app().core.trying.is_none(), "it was about another version");
    app.keys("Ctrl+Z");
    let (index, remedy, _) = fixable(&app);
    app.wish(Command::FocusFinding(Some(index)));
    app.wish(Command::Trial(remit::app::trying::Wish::Try { finding: index, remedy }));
    app.click_button("Apply");
    assert_eq!(app.steps().last(), Some(&label));
}

#[test]
fn the_picture_shows_the_change_before_it_is_made() {
    let mut app = Driver::bakery("Organisation");
    let (index, remedy, _) = fixable(&app);
    app.wish(Command::FocusFinding(Some(index)));
    app.wish(Command::Trial(remit::app::trying::Wish::Try { finding: index, remedy }));
    // It follows to another view.
    let chart = app.document().views().iter().find(|(_, view)| view.name == "Organisation").unwrap().0;
    app.wish(Command::OpenView(chart));
    app.settle();
    let trying = app.app().core.trying.as_ref().unwrap();
    let ghost = trying.ghost(app.view()).expect("the view in front shows it");
    let shown = ghost.scene.nodes.iter().filter(|node| ghost.new.contains(&node.element)).count();
    assert!(shown > 0 && shown < ghost.scene.nodes.len(), "{shown}");
}

#[test]
fn the_foot_always_says_who_is_busiest_and_how_much_blocks_and_leads_there() {
    let mut app = Driver::bakery("Refund");
    app.click_button("Busiest: Owner, 96 %");
    assert_eq!(app.selection(), [app.element("Owner")]);
    let blocking = app.app().core.tally.open(remit::analysis::Severity::Block);
    assert_eq!(blocking, 1);
    app.click_button("1 finding: block");
    let focused = app.app().core.focused().expect("it is shown");
    assert_eq!(focused.severity, remit::analysis::Severity::Block);
    let mut empty = Driver::empty();
    assert!(!empty.reads("Busiest: not known") && !empty.reads("No findings"), "nothing is there to be busy");
    empty.click_button("Draw an organisation");
    assert!(empty.reads("Busiest: not known"));
    assert!(empty.reads("No findings"));
}

#[test]
fn from_a_finding_to_its_repair_by_keys_alone() {
    let mut app = Driver::bakery("Organisation");
    let has_fix = |app: &Driver| {
        app.app().core.focused().is_some_and(|finding| finding.remedies.iter().any(|remedy| remedy.fix.is_some()))
    };
    for _ in 0..app.app().core.findings().len() {
        app.key(Key::F8);
        app.settle();
        if has_fix(&app) {
            break;
        }
    }
    assert!(has_fix(&app), "a finding of the bakery can be repaired mechanically");
    assert!(app.foot().contains("Ctrl+F8"), "{}", app.foot());
    app.keys("Ctrl+F8");
    assert!(app.app().core.trying.is_some(), "{}", app.foot());
    app.key(Key::Enter);
    assert_eq!(app.steps().len(), 1, "the remedy is made");

    app.key(Key::F8);
    let about = app.app().core.focused().expect("there are more").evidence[0];
    app.key(Key::F4);
    assert_eq!(app.selection(), [about]);
    app.write("Renamed by keys");
    app.key(Key::Enter);
    assert_eq!(app.document().name_of(about), "Renamed by keys");
    assert_eq!(app.steps().len(), 2);
}

#[test]
fn a_finding_that_is_pressed_stays_under_the_hand_and_the_list_stays_whole() {
    let mut app = Driver::bakery("Organisation");
    app.harness.set_size(egui::vec2(1280.0, 1600.0));
    app.settle();
    let listed = app.names(Kind::ListItem);
    let single = |name: &&String| !name.contains("times.");
    let pressed: Vec<String> = listed.iter().filter(single).skip(1).take(3).cloned().collect();
    for name in &pressed {
        let top = app.place(Kind::ListItem, name).top();
        app.click_on(Kind::ListItem, name);
        assert!((app.place(Kind::ListItem, name).top() - top).abs() < 1.0, "{name}: from {top}");
        let above = listed.iter().position(|one| one == name).expect("it is listed");
        assert_eq!(app.names(Kind::ListItem)[..=above], listed[..=above], "nothing goes because {name} is open");
        let focused = app.app().core.focused().expect("it is shown");
        assert!(name.contains(&focused.message));
        assert!(!app.reads("Delete everywhere"), "its fields were not asked for");
    }
    // The same line once more puts all of it away.
    let last = pressed.last().expect("there are three");
    app.click_on(Kind::ListItem, last);
    assert_eq!((app.app().core.focused_finding, app.selection()), (None, Vec::new()));
    assert_eq!(app.names(Kind::ListItem), listed);
}

#[test]
fn fields_beside_a_finding_are_asked_for_and_a_selection_by_hand_stays() {
    let mut app = Driver::bakery("Organisation");
    app.key(Key::F8);
    let about = app.app().core.focused().expect("something is found").evidence[0];
    assert!(app.app().core.shows_evidence());
    app.click_button("Fields");
    assert_eq!(app.selection(), [about]);
    assert!(!app.app().core.shows_evidence());
    assert!(app.app().core.focused().is_some_and(|finding| finding.evidence.contains(&about)), "it stays open");

    // Among the findings about what is selected one is opened: fields and list stay as they are.
    let owner = app.element("Owner");
    app.click(app.middle("Owner"));
    assert_eq!(app.selection(), [owner]);
    let listed = app.names(Kind::ListItem);
    let name = listed.iter().find(|name| !name.contains("times.")).expect("Owner has findings").clone();
    let top = app.place(Kind::ListItem, &name).top();
    app.click_on(Kind::ListItem, &name);
    assert_eq!((app.selection(), app.names(Kind::ListItem)), (vec![owner], listed));
    assert!((app.place(Kind::ListItem, &name).top() - top).abs() < 1.0);
    assert!(app.app().core.focused().is_some());
}

#[test]
fn the_matrix_shows_what_a_remedy_would_change_in_its_cells() {
    let mut app = Driver::bakery("Rights");
    let findings = app.app().core.findings().to_vec();
    let mut seen = 0;
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.waived.is_none()) {
        for remedy in (0..finding.remedies.len()).filter(|at| finding.remedies[*at].fix.is_some()) {
            app.wish(Command::FocusFinding(Some(index)));
            app.wish(Command::Trial(remit::app::trying::Wish::Try { finding: index, remedy }));
            let trying = app.app().core.trying.as_ref().expect("it is tried");
            let Some(tried) = trying.tried().filter(|_| app.front() == "Rights") else { continue };
            let right = tried.touched.iter().find_map(|element| match element {
                ElementRef::Right(id) => tried.document.get::<Right>(*id).or_else(|| app.document().get(*id)).cloned(),
                _ => None,
            });
            let Some(right) = right.filter(|right| matches!(right.subject, Subject::Decision(_))) else { continue };
            let names = [right.subject.into(), right.holder.into()].map(|one| app.document().name_of(one).to_owned());
            let cell = format!("{}, {}", names[0], names[1]);
            let node = app
                .harness
                .query_all_by_role(Kind::GridCell)
                .find(|node| node.accesskit_node().label().as_deref() == Some(&cell));
            let value = node.and_then(|node| node.accesskit_node().value()).unwrap_or_default();
            assert!(value.contains(", would be "), "{cell}: {value:?}");
            seen += 1;
            app.key(Key::Escape);
            assert!(app.app().core.trying.is_none());
        }
    }
    assert!(seen > 0, "some remedy of the bakery changes a cell");
    let values = app.harness.query_all_by_role(Kind::GridCell).filter_map(|node| node.accesskit_node().value());
    assert!(values.filter(|value| value.contains("would be")).count() == 0, "nothing stays of it");
}
