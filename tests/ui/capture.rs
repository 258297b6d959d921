//! Writing fast: names that say more than a name, the quick-entry line, text from the clipboard.

use egui::Key;
use remit::app::command::Command;
use remit::edit::{AddProcess, AddView, Editor, Insert};
use remit::model::*;

use crate::driver::Driver;

/// An empty process view, with the keyboard on it.
fn process() -> Driver {
    let mut editor = Editor::new(remit::storage::new_document(""));
    editor.commit(&AddProcess { name: "Refund".to_owned() }.into(), 0.0).expect("a process can be added");
    let document = Document::clone(editor.document());
    let view = document.views().iter().find(|(_, view)| view.process().is_some()).expect("it has a view").0;
    Driver::new(document, view)
}

/// An empty organisation chart.
fn chart() -> Driver {
    let mut editor = Editor::new(remit::storage::new_document(""));
    let kind = ViewKind::organisation(None);
    let add = AddView { view: View::new("Organisation", kind), contents: Vec::new() };
    editor.commit(&add.into(), 0.0).expect("a view can be added");
    let document = Document::clone(editor.document());
    let view = document.views().iter().last().expect("it is there").0;
    Driver::new(document, view)
}

/// Flows as `from -condition-> to`.
fn flows(app: &Driver) -> Vec<String> {
    let document = app.document();
    let name = |node: FlowNode| document.name_of(node.into()).to_owned();
    let flow = |flow: &Flow| match flow.name.as_str() {
        "" => format!("{} -> {}", name(flow.from), name(flow.to)),
        condition => format!("{} -{condition}-> {}", name(flow.from), name(flow.to)),
    };
    document.flows().iter().map(|(_, one)| flow(one)).collect()
}

fn performer(app: &Driver, step: &str) -> String {
    let node = FlowNode::try_from(app.element(step)).expect("it is a node");
    let actor = app.document().performer_of(node).expect("somebody performs it");
    app.document().name_of(actor.into()).to_owned()
}

/// Opens the quick-entry line and takes a text over.
fn enter(app: &mut Driver, text: &str) {
    app.keys("Ctrl+L");
    app.write(text);
    app.key(Key::Enter);
}

#[test]
fn a_process_of_twelve_steps_is_named_with_the_keyboard_alone() {
    let mut app = process();
    app.key(Key::Enter);
    let next = |app: &mut Driver, name: &str| {
        app.write(name);
        app.key(Key::Tab);
    };
    next(&mut app, "Take complaint @Clerk");
    next(&mut app, "Find order");
    next(&mut app, "Check receipt");
    next(&mut app, "In time?");
    next(&mut app, "(yes) Look at goods @Shop manager");
    next(&mut app, "Approve?");
    next(&mut app, "(yes) Note amount @Accountant");
    next(&mut app, "Pay customer");
    app.write("Book refund");
    app.key(Key::Enter);
    // Back to the questions for their other branches.
    app.wish(Command::Select(vec![app.element("Note amount")]));
    app.key_with(egui::Modifiers::SHIFT, Key::Tab);
    next(&mut app, "(no) Explain to customer @Clerk");
    app.write("File complaint");
    app.key(Key::Enter);
    app.wish(Command::Select(vec![app.element("Look at goods")]));
    app.key_with(egui::Modifiers::SHIFT, Key::Tab);
    next(&mut app, "(no) Refuse kindly @Clerk");
    next(&mut app, "Offer voucher");
    app.write("Write to customer");
    app.key(Key::Enter);
    let document = app.document();
    assert_eq!((document.steps().len(), document.gateways().len(), document.roles().len()), (12, 2, 3));
    assert_eq!(performer(&app, "Pay customer"), "Accountant");
    assert_eq!(performer(&app, "Write to customer"), "Clerk");
    let all = flows(&app);
    for expected in [
        "Check receipt -> In time?",
        "In time? -yes-> Look at goods",
        "In time? -no-> Refuse kindly",
        "Approve? -no-> Explain to customer",
        "Offer voucher -> Write to customer",
    ] {
        assert!(all.contains(&expected.to_owned()), "{expected} is not in {all:?}");
    }
    let lanes = document.get::<View>(app.view()).expect("it is open").lanes().len();
    assert_eq!(lanes, 3);
}

#[test]
fn a_question_mark_alone_makes_a_decision_of_the_selected_step_and_one_undo_takes_it_back() {
    let mut app = process();
    app.key(Key::Enter);
    app.write("Approve");
    app.key(Key::Enter);
    app.write("?");
    app.key(Key::Enter);
    assert_eq!((app.document().steps().len(), app.document().gateways().len()), (0, 1));
    assert_eq!(app.selection(), [app.element("Approve?")]);
    app.keys("Ctrl+Z");
    assert_eq!((app.document().steps().len(), app.document().gateways().len()), (1, 0));
}

#[test]
fn a_mention_is_completed_from_the_list() {
    let mut app = process();
    let clerk = Insert::one(Role::new("Sales clerk"));
    app.wish(Command::Edit(Box::new(clerk.into())));
    app.key(Key::Enter);
    app.write("Take order @cl");
    assert!(app.reads("Sales clerk"));
    app.key(Key::Enter);
    assert_eq!(performer(&app, "Take order"), "Sales clerk");
    // The last row makes a new one.
    app.key(Key::Tab);
    app.write("Bake @cl");
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    assert_eq!(performer(&app, "Bake"), "cl");
}

#[test]
fn what_is_typed_faster_than_frames_is_kept() {
    let mut app = process();
    app.key(Key::Enter);
    let press = |key| egui::Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::NONE,
    };
    // All of it within one frame.
    app.send(egui::Event::Text("Bake".to_owned()));
    app.send(press(Key::Tab));
    app.send(egui::Event::Text("Sell".to_owned()));
    app.send(press(Key::Tab));
    app.send(egui::Event::Text("Clean".to_owned()));
    app.send(press(Key::Enter));
    app.settle();
    assert_eq!(flows(&app), ["Bake -> Sell", "Sell -> Clean"]);
}

#[test]
fn keys_pressed_behind_a_name_within_one_frame_walk_back_and_branch() {
    let mut app = process();
    app.key(Key::Enter);
    for name in ["Ask?", "Pay", "Book"] {
        app.write(name);
        app.key(Key::Tab);
    }
    let (none, shift, alt) = (egui::Modifiers::NONE, egui::Modifiers::SHIFT, egui::Modifiers::ALT);
    app.send(egui::Event::Text("File".to_owned()));
    tap(&mut app, Key::Enter, none);
    tap(&mut app, Key::ArrowLeft, alt);
    tap(&mut app, Key::ArrowLeft, alt);
    tap(&mut app, Key::Tab, shift);
    app.send(egui::Event::Text("Refuse".to_owned()));
    tap(&mut app, Key::Enter, none);
    app.settle();
    assert_eq!(flows(&app), ["Ask? -> Pay", "Pay -> Book", "Book -> File", "Ask? -> Refuse"]);
}

/// A key that writes, as a keyboard sends it: the press, what it writes, the release.
fn letter(app: &mut Driver, letter: char) {
    let (key, modifiers) = match letter {
        '@' => (Some(Key::Num2), egui::Modifiers::SHIFT),
        '?' => (Some(Key::Questionmark), egui::Modifiers::SHIFT),
        '(' => (Some(Key::Num9), egui::Modifiers::SHIFT),
        ')' => (Some(Key::Num0), egui::Modifiers::SHIFT),
        ' ' => (Some(Key::Space), egui::Modifiers::NONE),
        _ if letter.is_uppercase() => (Key::from_name(&letter.to_string()), egui::Modifiers::SHIFT),
        _ => (Key::from_name(&letter.to_uppercase().to_string()), egui::Modifiers::NONE),
    };
    let key = key.expect("the keyboard has the letter");
    app.send(egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
    app.send(egui::Event::Text(letter.to_string()));
    app.send(egui::Event::Key { key, physical_key: None, pressed: false, repeat: false, modifiers });
}

/// A key that does something, without waiting for a frame.
fn tap(app: &mut Driver, key: Key, modifiers: egui::Modifiers) {
    for pressed in [true, false] {
        app.send(egui::Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
    }
}

#[test]
fn a_whole_process_typed_within_one_frame_comes_out_as_if_each_key_had_its_own() {
    let mut app = process();
    let zoom = app.canvas().zoom();
    let (none, shift, alt) = (egui::Modifiers::NONE, egui::Modifiers::SHIFT, egui::Modifiers::ALT);
    tap(&mut app, Key::Enter, none);
    for name in ["Check receipt @Clerk", "In time?", "(yes) Pay @Accountant", "Show voucher"] {
        name.chars().for_each(|one| letter(&mut app, one));
        tap(&mut app, Key::Tab, none);
    }
    "File it".chars().for_each(|one| letter(&mut app, one));
    tap(&mut app, Key::Enter, none);
    tap(&mut app, Key::ArrowLeft, alt);
    tap(&mut app, Key::ArrowLeft, alt);
    tap(&mut app, Key::Tab, shift);
    "(no) Refuse @Clerk".chars().for_each(|one| letter(&mut app, one));
    tap(&mut app, Key::Enter, none);
    app.settle();
    assert_eq!(
        flows(&app),
        [
            "Check receipt -> In time?",
            "In time? -yes-> Pay",
            "Pay -> Show voucher",
            "Show voucher -> File it",
            "In time? -no-> Refuse",
        ]
    );
    assert_eq!(performer(&app, "Refuse"), "Clerk");
    assert_eq!(app.document().roles().len(), 2);
    assert_eq!(app.canvas().zoom(), zoom, "Shift+2 was a letter of a name, not a command");
}

#[test]
fn with_a_finished_name_the_same_key_is_a_command_again() {
    let mut app = process();
    app.key(Key::Enter);
    app.write("Pay");
    app.key(Key::Enter);
    let before = app.canvas().zoom();
    app.key_with(egui::Modifiers::SHIFT, Key::Num2);
    assert_ne!(app.canvas().zoom(), before);
    assert!(app.document().steps().iter().any(|(_, step)| step.name == "Pay"));
}

#[test]
fn a_shortcut_and_what_is_typed_behind_it_within_one_frame_reach_the_line_it_opens() {
    let mut app = process();
    tap(&mut app, Key::L, egui::Modifiers::COMMAND | egui::Modifiers::CTRL);
    "check".chars().for_each(|one| letter(&mut app, one));
    tap(&mut app, Key::Enter, egui::Modifiers::NONE);
    "pay".chars().for_each(|one| letter(&mut app, one));
    tap(&mut app, Key::Enter, egui::Modifiers::NONE);
    app.settle();
    assert_eq!(flows(&app), ["check -> pay"]);
}

#[test]
fn an_organisation_is_named_with_the_keyboard_alone() {
    let mut app = chart();
    app.key(Key::Enter);
    app.write("Bakery");
    app.key(Key::Enter);
    // A unit is taken into the hand and put below the selected one; Tab adds roles.
    app.keys("Ctrl+Shift+U");
    app.key(Key::Enter);
    app.write("Office");
    app.key(Key::Tab);
    app.write("Owner @Ana");
    app.key(Key::Enter);
    app.key(Key::Enter);
    app.write("Bookkeeper @Ben");
    app.key(Key::Enter);
    // One level up, and another unit beside it.
    app.key_with(egui::Modifiers::SHIFT, Key::Tab);
    app.key(Key::Enter);
    app.write("Shop");
    app.key(Key::Tab);
    app.write("Clerk @Cleo @Dan");
    app.key(Key::Enter);
    let document = app.document();
    assert_eq!((document.units().len(), document.roles().len(), document.people().len()), (3, 3, 4));
    let unit = |name: &str| match app.element(name) {
        ElementRef::Unit(id) => document.get::<Unit>(id).and_then(|unit| unit.parent),
        _ => None,
    };
    assert_eq!(unit("Shop").map(ElementRef::from), Some(app.element("Bakery")));
    let ElementRef::Role(clerk) = app.element("Clerk") else { panic!("it is a role") };
    assert_eq!(document.holders_label(clerk), "Cleo, Dan");
}

#[test]
fn what_is_in_the_hand_is_placed_by_enter() {
    let mut app = chart();
    app.key(Key::Enter);
    app.write("Bakery");
    app.key(Key::Enter);
    app.keys("Ctrl+Shift+R");
    app.key(Key::Enter);
    app.write("Owner");
    app.key(Key::Enter);
    let ElementRef::Role(owner) = app.element("Owner") else { panic!("it is a role") };
    let unit = app.document().get::<Role>(owner).and_then(|role| role.unit);
    assert_eq!(unit.map(ElementRef::from), Some(app.element("Bakery")));
}

#[test]
fn a_line_of_text_becomes_a_process_and_the_line_stays_open_for_the_next() {
    let mut app = process();
    enter(&mut app, "Clerk: check refund > approve? (yes) Accountant: pay; (no) Clerk: write to customer");
    assert_eq!(flows(&app), ["check refund -> approve?", "approve? -yes-> pay", "approve? -no-> write to customer"]);
    assert_eq!(app.steps().last().map(String::as_str), Some("Write 4 nodes"));
    assert_eq!(app.field("Quick entry"), "");
    // The next entry goes on from both open ends; the keyboard is still in the line.
    app.write("file");
    app.key(Key::Enter);
    assert_eq!(flows(&app).split_off(3), ["pay -> file", "write to customer -> file"]);
    // Nothing is written: undo is that of the document.
    app.keys("Ctrl+Z");
    app.keys("Ctrl+Z");
    assert_eq!(app.document().steps().len(), 0);
    // Earlier entries come back.
    app.key(Key::ArrowUp);
    assert_eq!(app.field("Quick entry"), "file");
    app.key(Key::Escape);
    assert!(!app.app().parts.quick.is_open());
    assert!(app.document().nodes_of(app.document().processes().ids().next().unwrap()).is_empty());
}

#[test]
fn the_preview_says_what_would_come_and_changes_nothing() {
    let mut app = process();
    let before = app.document().revision();
    app.keys("Ctrl+L");
    app.write("Clerk: check > ok? (yes) pay");
    assert!(app.reads("2 steps, 1 decision, 1 new role"));
    assert!(app.reads("“ok?” has one branch only so far."));
    let view = app.view();
    let ghost = app.app().parts.quick.ghost(view).expect("it is shown in place");
    assert_eq!(ghost.scene.nodes.len(), 3);
    assert!(ghost.new.len() >= 3);
    assert_eq!(app.document().revision(), before);
    app.key(Key::Escape);
    assert_eq!(app.document().revision(), before);
}

#[test]
fn a_role_nearly_known_is_offered_and_a_new_one_can_be_chosen_by_keyboard() {
    let mut app = process();
    app.wish(Command::Edit(Box::new(Insert::one(Role::new("Accountant")).into())));
    app.keys("Ctrl+L");
    app.write("Acountant: pay");
    assert!(app.reads("“Acountant” is"));
    app.key(Key::Enter);
    assert_eq!(performer(&app, "pay"), "Accountant");
    app.write("Acountant: book");
    // From the field over help, close and Enter to the choices.
    for _ in 0..5 {
        app.key(Key::Tab);
    }
    app.key(Key::Space);
    app.key(Key::Enter);
    assert_eq!(performer(&app, "book"), "Acountant");
    assert_eq!(app.document().roles().len(), 2);
}

#[test]
fn an_organisation_of_twenty_is_written_as_an_outline() {
    let mut app = chart();
    app.keys("Ctrl+L");
    let outline = "Bakery\n  Owner: Ana\n  Office\n    Bookkeeper: Ben\n    Buyer: Cleo\n  Bakehouse\n    Head baker: Dan\n    Baker (4): Eve, Finn, Gus, Hal\n    Apprentice (2)\n  Shops\n    Shop North\n      Shop manager: Ina\n      Sales clerk (3): Jo, Kim, Lou\n    Shop South\n      Shop manager: Mia\n      Sales clerk (3): Ned, Ola, Pat\n    Driver (vacant)";
    app.send(egui::Event::Paste(outline.to_owned()));
    app.settle();
    assert!(app.reads("6 units, 11 roles, 18 people"), "{:?}", app.all_names("units"));
    app.key(Key::Enter);
    let document = app.document();
    assert_eq!((document.units().len(), document.roles().len(), document.people().len()), (6, 11, 18));
    assert!(document.roles().iter().all(|(_, role)| role.unit.is_some()));
    let scene = &app.app().core.scenes[&app.view()].scene;
    assert_eq!(scene.nodes.len(), 17);
}

#[test]
fn text_is_pasted_as_steps_and_what_is_unclear_is_shown_first() {
    let mut app = process();
    app.send(egui::Event::Paste("1. Take order\n2. Bake\n3. Deliver".to_owned()));
    app.settle();
    assert_eq!(flows(&app), ["Take order -> Bake", "Bake -> Deliver"]);
    app.send(egui::Event::Paste("Step\tRole\nPack\tClerk\nSend\tDriver".to_owned()));
    app.settle();
    assert_eq!(performer(&app, "Send"), "Driver");
    // Without headings it is asked which column is which.
    app.send(egui::Event::Paste("Driver\tLoad\nDriver\tDrive".to_owned()));
    app.settle();
    assert!(app.reads("who, what"));
    app.key(Key::Enter);
    assert_eq!(performer(&app, "Drive"), "Driver");
    assert_eq!(flows(&app).last().map(String::as_str), Some("Load -> Drive"));
}

#[test]
fn the_help_explains_the_writing_and_opens_the_line() {
    let mut app = process();
    app.key(Key::F1);
    app.click_button("Writing a process as text");
    assert!(app.reads("A question makes a decision."));
    app.click_button("Open the line");
    assert!(app.app().parts.quick.is_open());
}
