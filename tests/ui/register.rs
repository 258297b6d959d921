//! The register of decisions, the library, frameworks and conversions, as people use them.

use egui::accesskit::Role as Kind;
use egui::{Event as Input, Key, Modifiers, Pos2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use remit::app::command::{Command, Preference};
use remit::app::panels::SidePanel;
use remit::edit::Record;
use remit::model::*;

use crate::driver::Driver;

/// Adds a record as the window does.
fn add(document: &mut Document, record: impl Into<Record>) -> ElementRef {
    let applied = remit::edit::apply(document, &remit::edit::Insert::one(record).into()).expect("the sample is sound");
    *document = applied.document;
    applied.created.first().copied().expect("something was made")
}

fn register_view(document: &mut Document) -> ViewId {
    let kind = ViewKind::Matrix(MatrixView { form: MatrixForm::Register, ..MatrixView::default() });
    let ElementRef::View(view) = add(document, View::new("Register", kind)) else { panic!("no view was made") };
    view
}

/// Three decisions in two areas, one of them guessed.
fn shop() -> Driver {
    let mut document = remit::storage::new_document("Shop");
    for name in ["Counter", "Kitchen"] {
        add(&mut document, Unit::new(name));
    }
    add(&mut document, Role::new("Manager"));
    for (order, (name, area)) in
        [("Grant a refund", "Money"), ("Pay a bill", "Money"), ("Hire", "People")].iter().enumerate()
    {
        let mut decision = Decision { area: (*area).into(), order: order as i32, ..Decision::new(*name) };
        if order == 0 {
            decision.frequency = Some(Rate::weekly(60.0));
            decision.work = Some(Minutes(6.0));
            decision.guesses = vec![DecisionFact::Frequency, DecisionFact::Work];
        }
        add(&mut document, decision);
    }
    let view = register_view(&mut document);
    let mut app = Driver::new(document, view);
    // Every usual column is in sight.
    app.wish(Command::Preference(Preference::Panel(SidePanel::Inspector, false)));
    app
}

impl Driver {
    fn fact_at(&self, label: &str) -> Pos2 {
        let found = self
            .harness
            .query_all_by_role(Kind::GridCell)
            .find(|node| node.accesskit_node().label().as_deref() == Some(label));
        found.unwrap_or_else(|| panic!("no cell {label}; there are {:?}", self.names(Kind::GridCell))).rect().center()
    }

    fn click_fact(&mut self, label: &str) {
        let at = self.fact_at(label);
        self.click(at);
    }

    fn decision_named(&self, name: &str) -> Decision {
        let found = self.document().decisions().iter().find(|(_, decision)| decision.name == name);
        found.unwrap_or_else(|| panic!("no decision is called {name}")).1.clone()
    }

    fn register_value(&self) -> String {
        let grid = self.harness.get(By::new().role(Kind::Grid));
        grid.accesskit_node().value().unwrap_or_default()
    }

    fn copied_cells(&mut self) -> Option<String> {
        self.send(Input::Copy);
        self.frame();
        let copied = self.harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        self.settle();
        copied
    }

    fn names_in_order(&self) -> Vec<String> {
        self.names(Kind::RowHeader)
    }
}

#[test]
fn typing_into_a_cell_replaces_what_stands_there_and_enter_goes_down() {
    let mut app = shop();
    app.click_fact("Grant a refund, Importance");
    app.write("4");
    app.key(Key::Enter);
    assert_eq!(app.decision_named("Grant a refund").importance, Some(4));
    assert_eq!(app.register_value(), "Pay a bill, Importance: nothing");
    app.write("2");
    app.key(Key::Tab);
    assert_eq!(app.decision_named("Pay a bill").importance, Some(2));
    assert_eq!(app.steps(), ["Change importance of “Grant a refund”", "Change importance of “Pay a bill”"]);
}

#[test]
fn a_wrong_text_stays_in_the_field_with_what_was_expected() {
    let mut app = shop();
    app.click_fact("Hire, Importance");
    app.write("9");
    app.key(Key::Enter);
    assert!(app.reads("Importance: “9” is not a whole number from 1 to 5."), "{:?}", app.all_names("Importance"));
    assert_eq!(app.decision_named("Hire").importance, None);
    app.write_instead("5");
    app.key(Key::Enter);
    assert_eq!(app.decision_named("Hire").importance, Some(5));
}

#[test]
fn a_guess_is_announced_and_typing_or_the_command_confirms_it() {
    let mut app = shop();
    app.click_fact("Grant a refund, How often");
    assert_eq!(app.register_value(), "Grant a refund, How often: 60 per week, a guess");
    app.write("50");
    app.key(Key::Enter);
    let refund = app.decision_named("Grant a refund");
    assert_eq!((refund.frequency, refund.guesses), (Some(Rate::weekly(50.0)), vec![DecisionFact::Work]));
    app.click_fact("Grant a refund, Work");
    app.keys("Ctrl+G");
    assert_eq!(app.decision_named("Grant a refund").guesses, []);
    assert_eq!(app.steps().last().map(String::as_str), Some("Confirm guesses of “Grant a refund”"));
}

#[test]
fn figures_that_follow_from_others_say_where_they_come_from() {
    let mut app = shop();
    app.click_fact("Grant a refund, Hours a month");
    app.write("3");
    assert_eq!(app.foot(), "The hours follow from how often and work; change those.");
    assert_eq!(app.register_value(), "Grant a refund, Hours a month: 26 h");
}

#[test]
fn ranges_are_filled_cleared_and_copied_in_one_step_each() {
    let mut app = shop();
    app.click_fact("Grant a refund, Reversible");
    app.write("yes");
    app.key(Key::Enter);
    app.key(Key::ArrowUp);
    app.key_with(Modifiers::SHIFT, Key::ArrowDown);
    app.key_with(Modifiers::SHIFT, Key::ArrowDown);
    app.keys("Ctrl+D");
    assert!(app.document().decisions().iter().all(|(_, decision)| decision.reversible == Some(true)));
    assert_eq!(app.copied_cells().as_deref(), Some("yes\nyes\nyes\n"));
    app.key(Key::Delete);
    assert!(app.document().decisions().iter().all(|(_, decision)| decision.reversible.is_none()));
    assert_eq!(app.steps().len(), 3);
    app.wish(Command::Undo);
    assert_eq!(app.decision_named("Hire").reversible, Some(true));
}

#[test]
fn cells_of_a_spreadsheet_are_pasted_and_rows_below_become_decisions() {
    let mut app = shop();
    let at = app.place(Kind::RowHeader, "Hire").center();
    app.click(at);
    app.send(Input::Paste("Hire somebody\tPeople\tOwner\t6 per year\r\nOrder flour\tBuying\t\t2 per week\r\n".into()));
    app.settle();
    assert_eq!(app.decision_named("Hire somebody").frequency.map(|rate| rate.to_string()), Some("6 per year".into()));
    assert_eq!(app.decision_named("Order flour").area, "Buying");
    assert_eq!(app.foot(), "Decider can only be read and were left out.");
    assert_eq!(app.steps(), ["Paste into the register"]);
    app.wish(Command::Undo);
    assert_eq!(app.document().decisions().len(), 3);
}

#[test]
fn a_paste_with_one_wrong_text_changes_nothing_and_says_which() {
    let mut app = shop();
    app.click_fact("Grant a refund, Importance");
    app.send(Input::Paste("3\n7\n".into()));
    app.settle();
    assert_eq!(app.foot(), "Nothing was pasted. Pay a bill, Importance: “7” is not a whole number from 1 to 5.");
    assert!(app.steps().is_empty());
}

#[test]
fn a_click_on_a_heading_sorts_the_view_and_never_the_document() {
    let mut app = shop();
    let before = app.text();
    app.click_button("Groups: By area");
    app.click_on(Kind::MenuItem, "No groups");
    assert_eq!(app.names_in_order(), ["Grant a refund", "Pay a bill", "Hire"]);
    for expected in [
        ["Grant a refund", "Hire", "Pay a bill"],
        ["Pay a bill", "Hire", "Grant a refund"],
        ["Grant a refund", "Pay a bill", "Hire"],
    ] {
        let at = app.place(Kind::ColumnHeader, "Decision").center();
        app.click(at);
        assert_eq!(app.names_in_order(), expected);
    }
    assert_eq!(app.text(), before);
}

#[test]
fn groups_fold_and_the_filter_counts_what_it_hides() {
    let mut app = shop();
    let hire = app.place(Kind::RowHeader, "Hire").center();
    let first = app.place(Kind::RowHeader, "Grant a refund");
    app.click(Pos2::new(first.left() + 40.0, first.top() - 12.0));
    assert_eq!(app.names_in_order(), ["Hire"]);
    assert!(app.place(Kind::RowHeader, "Hire").center().y < hire.y);
    app.focus("Filter decisions");
    app.write("hire");
    assert!(app.reads("1 of 3 decisions"));
}

#[test]
fn columns_are_chosen_in_the_menu() {
    let mut app = shop();
    assert!(!app.names(Kind::ColumnHeader).contains(&"Guardrail".to_owned()));
    app.click_button("Columns");
    app.click_on(Kind::MenuItem, "Area");
    app.click_on(Kind::MenuItem, "All columns");
    app.key(Key::Escape);
    assert_eq!(app.names(Kind::ColumnHeader)[1], "Area");
}

#[test]
fn the_switch_leads_from_rights_to_the_register_and_back() {
    let mut app = Driver::bakery("Rights");
    app.wish(Command::Preference(Preference::Panel(SidePanel::Inspector, false)));
    app.wish(Command::Preference(Preference::Panel(SidePanel::Navigator, false)));
    app.click_on(Kind::RadioButton, "Register");
    assert!(app.names(Kind::ColumnHeader).contains(&"Hours a month".to_owned()));
    app.click_on(Kind::RadioButton, "Rights");
    assert!(!app.names(Kind::ColumnHeader).contains(&"Hours a month".to_owned()));
}

#[test]
fn the_command_opens_one_register_and_a_new_row_is_named_at_once() {
    let mut app = Driver::empty();
    app.wish(Command::Action("insert.register"));
    app.wish(Command::Action("insert.register"));
    assert_eq!(app.document().views().len(), 1);
    app.click_button("Add a decision");
    app.write_instead("Order stock");
    app.key(Key::Enter);
    assert_eq!(app.decision_named("Order stock").name, "Order stock");
    assert_eq!(app.names_in_order(), ["Order stock"]);
}

#[test]
fn decisions_of_the_library_are_filtered_checked_and_added_by_keyboard_alone() {
    let mut app = shop();
    app.wish(Command::Action("insert.library"));
    assert!(app.names(Kind::CheckBox).contains(&"Grant a refund (in the project)".to_owned()));
    app.write("overtime");
    app.key(Key::Enter);
    app.write_instead("petty");
    app.key(Key::Enter);
    app.keys("Ctrl+Enter");
    assert!(!app.asks());
    assert_eq!(app.steps(), ["Add 2 decisions"]);
    let overtime = app.decision_named("Order overtime");
    assert_eq!(overtime.guesses, DecisionFact::ALL);
    assert!(overtime.description.contains("Usually decided by"));
}

#[test]
fn dialogs_above_the_register_have_the_keyboard_and_give_it_back() {
    let mut app = Driver::bakery("Rights");
    app.keys("Ctrl+K");
    app.write("register of");
    app.key(Key::Enter);
    let before = app.document().clone();
    // On a slow machine the shortcut and the first letters come in one frame.
    let key = |key: Key, modifiers: Modifiers| Input::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    app.send(key(Key::K, Modifiers::COMMAND));
    app.send(Input::Text("l".into()));
    app.settle();
    assert!(app.asks() && app.document().changes_since(&before).is_empty());
    app.key(Key::Escape);
    for _ in 0..2 {
        app.keys("Ctrl+K");
        app.write("library");
        assert!(app.asks());
        assert!(app.document().changes_since(&before).is_empty(), "nothing was typed into the register");
        app.key(Key::Enter);
        app.write("petty");
        app.key(Key::Escape);
        assert!(!app.asks());
    }
    app.key(Key::ArrowDown);
    assert_eq!(app.register_value(), "Grant a discount, Decision: Grant a discount");
}

#[test]
fn letters_are_converted_after_their_losses_were_shown() {
    let mut document = remit::storage::new_document("Shop");
    let rapid = document.frameworks().iter().find(|(_, framework)| framework.name == "RAPID").expect("built in").0;
    let ElementRef::Role(counsel) = add(&mut document, Role::new("Counsel")) else { panic!() };
    let row = Decision { framework: Some(rapid), ..Decision::new("Sign a lease") };
    let ElementRef::Decision(lease) = add(&mut document, row) else { panic!() };
    let veto = Right::new(Subject::Decision(lease), Actor::Role(counsel), "A");
    add(&mut document, Right { veto_domain: "law".into(), ..veto });
    let view = register_view(&mut document);
    let mut app = Driver::new(document, view);
    app.wish(Command::Action("analyse.convert"));
    assert!(app.reads("Sign a lease: A of “Counsel” becomes C: the veto on law is only a note from then on."));
    app.click_button("Convert");
    let rights: Vec<_> = app.document().rights().iter().map(|(_, right)| right.clone()).collect();
    assert_eq!((rights[0].letter.as_str(), rights[0].note.as_str()), ("C", "veto on law"));
    assert_eq!(app.steps().len(), 1);
}

#[test]
fn a_framework_of_ones_own_is_copied_changed_and_kept() {
    let mut app = Driver::bakery("Rights");
    let before = app.document().frameworks().len();
    app.wish(Command::Action("analyse.frameworks"));
    app.click_on(Kind::TreeItem, "DACI");
    app.click_button("Duplicate");
    app.focus("Code of letter 1");
    app.write_instead("DrX4");
    assert!(app.reads("a code is one to three characters without spaces"));
    assert!(!app.is_enabled(Kind::Button, "Keep"));
    app.write_instead("Dr");
    app.click_button("Keep");
    assert_eq!(app.document().frameworks().len(), before + 1);
    let own = app.document().frameworks().iter().last().expect("it was made").1.clone();
    assert_eq!((own.name.as_str(), own.letters[0].code.as_str(), own.built_in), ("DACI of ours", "Dr", false));
    app.click_button("Remove");
    assert_eq!(app.document().frameworks().len(), before);
}
