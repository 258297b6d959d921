//! The matrix under the hands: moving, typing letters and limits, ranges, the clipboard, headings.

use egui::accesskit::Role as Kind;
use egui::{Event as Input, Key, Modifiers, Pos2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use remit::app::command::Command;
use remit::model::*;

use crate::driver::Driver;

/// Three decisions in two areas, an owner, a manager and a seller in two units; the letters of RAPID.
fn shop() -> Driver {
    let mut document = remit::storage::new_document("Shop");
    let rapid = document.frameworks().iter().find(|(_, framework)| framework.name == "RAPID").expect("built in").0;
    let mut add = |record: remit::edit::Record| {
        let edit = remit::edit::Insert { records: vec![record], show_in: Vec::new() };
        let applied = remit::edit::apply(&document, &edit.into()).expect("the sample is sound");
        document = applied.document;
        applied.created.first().copied().expect("something was made")
    };
    let ElementRef::Unit(office) = add(Unit::new("Office").into()) else { panic!() };
    let ElementRef::Unit(counter) = add(Unit::new("Counter").into()) else { panic!() };
    for (name, unit) in [("Owner", office), ("Manager", counter), ("Seller", counter)] {
        add(Role { unit: Some(unit), ..Role::new(name) }.into());
    }
    for (order, (name, area)) in
        [("Grant refund", "Money"), ("Pay a bill", "Money"), ("Hire", "People")].iter().enumerate()
    {
        let order = order as i32;
        add(Decision { area: (*area).into(), order, framework: Some(rapid), ..Decision::new(*name) }.into());
    }
    let kind = ViewKind::Matrix(MatrixView::default());
    let edit = remit::edit::AddView { view: View::new("Rights", kind), contents: Vec::new() };
    let applied = remit::edit::apply(&document, &edit.into()).expect("a matrix can be added");
    let Some(ElementRef::View(view)) = applied.created.first().copied() else { panic!("no view was made") };
    Driver::new(applied.document, view)
}

impl Driver {
    fn cell_at(&self, label: &'static str) -> Pos2 {
        self.harness.get(By::new().role(Kind::GridCell).label(label)).rect().center()
    }

    fn click_cell(&mut self, label: &'static str) {
        let at = self.cell_at(label);
        self.click(at);
    }

    /// The letters of all cells as `Decision, Role: D ≤ 200 EUR`, sorted.
    fn letters(&self) -> Vec<String> {
        let document = self.document();
        let line = |right: &Right| {
            let tiers: Vec<String> = right.tiers.iter().map(Tier::to_string).collect();
            let (row, column) = (document.name_of(right.subject.into()), document.name_of(right.holder.into()));
            format!("{row}, {column}: {} {}", right.letter, tiers.join(", ")).trim_end().to_owned()
        };
        let mut lines: Vec<String> = document.rights().iter().map(|(_, right)| line(right)).collect();
        lines.sort();
        lines
    }

    fn active(&self) -> String {
        let grid = self.harness.get(By::new().role(Kind::Grid));
        grid.accesskit_node().value().unwrap_or_default()
    }

    fn hint(&self) -> &str {
        &self.app().core.hint
    }

    fn copied(&mut self) -> Option<String> {
        self.send(Input::Copy);
        self.frame();
        let copied = self.harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        self.settle();
        copied
    }
}

#[test]
fn a_click_on_a_cell_and_a_letter_sets_it_at_once() {
    let mut app = shop();
    app.click_cell("Grant refund, Owner");
    app.type_text("d");
    assert_eq!(app.letters(), ["Grant refund, Owner: D"]);
    assert_eq!(app.selection(), [app.document().decisions().ids().next().map(ElementRef::from).expect("there is one")]);
    assert!(app.active().starts_with("Decision Grant refund, role Owner: Decides"), "{}", app.active());
    app.type_text("i");
    assert_eq!(app.letters(), ["Grant refund, Owner: D", "Grant refund, Owner: I"]);
    assert_eq!(app.steps().len(), 2);
    app.wish(Command::Undo);
    app.wish(Command::Undo);
    assert!(app.letters().is_empty());
}

#[test]
fn two_letters_in_one_frame_are_both_taken() {
    let mut app = shop();
    app.click_cell("Hire, Manager");
    app.type_text("rp");
    assert_eq!(app.letters(), ["Hire, Manager: P", "Hire, Manager: R"]);
}

#[test]
fn arrows_tab_and_ends_move_the_active_cell() {
    let mut app = shop();
    app.click_cell("Grant refund, Owner");
    for (modifiers, key, expected) in [
        (Modifiers::NONE, Key::ArrowRight, "Decision Grant refund, role Manager: nothing"),
        (Modifiers::NONE, Key::ArrowDown, "Decision Pay a bill, role Manager: nothing"),
        (Modifiers::NONE, Key::End, "Decision Pay a bill, role Seller: nothing"),
        (Modifiers::NONE, Key::Tab, "Decision Hire, role Owner: nothing"),
        (Modifiers::SHIFT, Key::Tab, "Decision Pay a bill, role Seller: nothing"),
        (Modifiers::COMMAND, Key::End, "Decision Hire, role Seller: nothing"),
        (Modifiers::SHIFT, Key::Enter, "Decision Pay a bill, role Seller: nothing"),
        (Modifiers::COMMAND, Key::Home, "Decision Grant refund, role Owner: nothing"),
        (Modifiers::NONE, Key::PageDown, "Decision Hire, role Owner: nothing"),
    ] {
        app.key_with(modifiers, key);
        assert!(app.active().starts_with(expected), "{key:?}: {}", app.active());
    }
}

#[test]
fn a_wrong_letter_is_refused_with_those_that_are_allowed() {
    let mut app = shop();
    app.click_cell("Hire, Owner");
    app.type_text("x");
    assert_eq!(app.hint(), "“x” is no letter of RAPID: use R, A, P, I or D.");
    assert!(app.letters().is_empty());
}

#[test]
fn letters_that_are_shortcuts_elsewhere_are_typed_and_delete_clears_the_cell_only() {
    let mut app = shop();
    app.click_cell("Hire, Owner");
    app.send(Input::Key { key: Key::A, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE });
    app.type_text("a");
    assert_eq!(app.letters(), ["Hire, Owner: A"]);
    app.key(Key::Delete);
    assert!(app.letters().is_empty());
    assert_eq!(app.document().decisions().len(), 3);
}

#[test]
fn a_limit_is_typed_behind_a_letter() {
    let mut app = shop();
    app.click_cell("Grant refund, Manager");
    app.type_text("D");
    app.type_text("≤");
    app.type_text("200");
    app.key(Key::Enter);
    assert_eq!(app.letters(), ["Grant refund, Manager: D ≤ 200 EUR"]);
    assert!(app.active().starts_with("Decision Pay a bill, role Manager"), "{}", app.active());
    app.key(Key::ArrowUp);
    assert!(app.active().starts_with("Decision Grant refund, role Manager: Decides, ≤ 200 EUR"), "{}", app.active());
}

#[test]
fn the_field_over_a_cell_shows_problems_in_place_and_escape_leaves_the_cell() {
    let mut app = shop();
    app.click_cell("Pay a bill, Owner");
    app.key(Key::Enter);
    app.type_text("D lots");
    app.key(Key::Enter);
    assert!(app.harness.query_by_label_contains("Behind D").is_some());
    app.key(Key::Escape);
    assert!(app.letters().is_empty());
    assert!(app.harness.query_by_label_contains("Behind D").is_none());
    app.key(Key::F2);
    app.type_text("A > 200 EUR, ≤ 1000 per week; I");
    app.key(Key::Enter);
    assert_eq!(app.letters(), ["Pay a bill, Owner: A > 200 EUR, ≤ 1000 EUR per week", "Pay a bill, Owner: I"]);
}

#[test]
fn ranges_are_filled_and_cleared_as_one_step() {
    let mut app = shop();
    app.click_cell("Grant refund, Owner");
    app.type_text("d");
    app.key_with(Modifiers::SHIFT, Key::ArrowDown);
    app.key_with(Modifiers::SHIFT, Key::ArrowDown);
    app.key_with(Modifiers::COMMAND, Key::D);
    assert_eq!(app.letters(), ["Grant refund, Owner: D", "Hire, Owner: D", "Pay a bill, Owner: D"]);
    assert_eq!(app.steps().len(), 2);
    app.key_with(Modifiers::COMMAND, Key::A);
    app.key_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(app.letters().len(), 9);
    app.key(Key::Backspace);
    assert!(app.letters().is_empty());
    assert_eq!(app.steps().len(), 4);
}

#[test]
fn dragging_selects_a_range() {
    let mut app = shop();
    app.click_cell("Grant refund, Owner");
    app.type_text("i");
    let (from, to) = (app.cell_at("Grant refund, Owner"), app.cell_at("Pay a bill, Seller"));
    app.drag(from, to);
    app.key_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(app.letters().len(), 6);
}

#[test]
fn cells_are_copied_and_pasted_as_tab_separated_text() {
    let mut app = shop();
    app.click_cell("Grant refund, Owner");
    app.send(Input::Paste("D ≤ 200\tA\n\tI\n".to_owned()));
    app.settle();
    let expected = ["Grant refund, Manager: A", "Grant refund, Owner: D ≤ 200 EUR", "Pay a bill, Manager: I"];
    assert_eq!(app.letters(), expected);
    assert_eq!(app.steps().len(), 1);
    assert_eq!(app.copied().as_deref(), Some("D ≤ 200 EUR\tA\n\tI\n"));
    app.key_with(Modifiers::COMMAND, Key::A);
    app.send(Input::Paste("R".to_owned()));
    app.settle();
    assert_eq!(app.letters().len(), 9);
    app.send(Input::Paste("R\tnonsense".to_owned()));
    app.settle();
    assert!(app.hint().starts_with("Nothing was pasted. Grant refund, Manager: “nonsense”"), "{}", app.hint());
}

#[test]
fn space_goes_through_the_letters() {
    let mut app = shop();
    app.click_cell("Hire, Seller");
    for expected in ["R", "A", "P", "I", "D"] {
        app.send(Input::Text(" ".to_owned()));
        app.key(Key::Space);
        assert_eq!(app.letters(), [format!("Hire, Seller: {expected}")]);
    }
    app.key(Key::Space);
    assert!(app.letters().is_empty());
}

#[test]
fn filters_show_chips_that_take_them_off() {
    let mut app = shop();
    app.click_button("Filter rows and columns");
    app.harness.get_by_label("Filter rows").click();
    app.settle();
    app.type_text("bill");
    app.key(Key::Escape);
    let cell = |label: &'static str| By::new().role(Kind::GridCell).label(label);
    assert!(app.harness.query(cell("Hire, Owner")).is_none());
    assert!(app.harness.query(cell("Pay a bill, Owner")).is_some());
    app.harness.get_by_label("Rows with “bill”: take the filter off").click();
    app.settle();
    assert!(app.harness.query(cell("Hire, Owner")).is_some());
}

#[test]
fn rows_switch_to_steps_and_say_what_is_missing() {
    let mut app = shop();
    app.harness.get(By::new().role(Kind::RadioButton).label("Steps")).click();
    app.settle();
    assert!(app.harness.query_by_label_contains("no process has one yet").is_some());
    app.wish(Command::Undo);
    assert!(app.harness.query(By::new().role(Kind::GridCell).label("Hire, Owner")).is_some());
}

#[test]
fn a_finding_about_a_right_leads_to_its_cell() {
    let mut app = Driver::bakery("Rights");
    // Findings that name a decision first, and then somebody with a letter on it.
    let cells: Vec<(usize, String)> = app
        .app()
        .core
        .findings()
        .iter()
        .enumerate()
        .filter_map(|(index, finding)| {
            let [ElementRef::Decision(decision), holder, ..] = finding.evidence[..] else { return None };
            let has = |right: &Right| ElementRef::from(right.holder) == holder;
            app.document().rights_on(Subject::Decision(decision)).find(|(_, right)| has(right))?;
            let name = |element| app.document().name_of(element).to_owned();
            Some((index, format!("Decision {}, {} {}:", name(decision.into()), holder.kind().word(), name(holder))))
        })
        .collect();
    assert!(cells.len() > 2, "{cells:?}");
    for (index, cell) in cells {
        app.wish(Command::FocusFinding(Some(index)));
        assert!(app.active().starts_with(&cell), "{cell} is not {}", app.active());
    }
}

#[test]
fn a_right_that_is_revealed_becomes_the_active_cell() {
    let mut app = shop();
    app.click_cell("Hire, Seller");
    app.type_text("d");
    app.key_with(Modifiers::COMMAND, Key::Home);
    let right = app.document().rights().ids().next().expect("one was made");
    app.wish(Command::Reveal(right.into()));
    assert!(app.active().starts_with("Decision Hire, role Seller: Decides"), "{}", app.active());
}

impl Driver {
    fn column_heading(&self, label: &'static str) -> egui::Rect {
        self.harness.get(By::new().role(Kind::ColumnHeader).label_contains(label)).rect()
    }

    /// Names of the rows from top to bottom.
    fn rows(&self) -> Vec<String> {
        let headings = self.harness.query_all(By::new().role(Kind::RowHeader));
        let mut rows: Vec<(f32, String)> =
            headings.map(|node| (node.rect().top(), node.accesskit_node().label().unwrap_or_default())).collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, name)| name).collect()
    }

    fn right_click(&mut self, at: Pos2) {
        let none = Modifiers::NONE;
        self.move_to(at);
        self.button(at, egui::PointerButton::Secondary, true, none);
        self.frame();
        self.button(at, egui::PointerButton::Secondary, false, none);
        self.settle();
    }

    fn choose(&mut self, menu: &str, entry: &str) {
        self.harness.get_by_label_contains(menu).click();
        self.settle();
        self.harness.get(By::new().role(Kind::MenuItem).label(entry)).click();
        self.settle();
        self.key(Key::Escape);
    }
}

#[test]
fn the_fill_handle_repeats_a_cell_over_its_neighbours_in_one_step() {
    let mut app = shop();
    app.click_cell("Grant refund, Owner");
    app.type_text("d");
    let steps = app.steps().len();
    let cell = app.harness.get(By::new().role(Kind::GridCell).label("Grant refund, Owner")).rect();
    let handle = cell.right_bottom() - egui::vec2(2.0, 2.0);
    let target = app.cell_at("Hire, Owner");
    app.drag(handle, target);
    assert_eq!(app.letters(), ["Grant refund, Owner: D", "Hire, Owner: D", "Pay a bill, Owner: D"]);
    assert_eq!(app.steps().len(), steps + 1);
    app.wish(Command::Undo);
    assert_eq!(app.letters(), ["Grant refund, Owner: D"]);
}

#[test]
fn a_click_below_a_heading_sorts_what_is_seen_and_never_the_project() {
    let mut app = shop();
    app.click_cell("Pay a bill, Seller");
    app.type_text("d");
    let before = app.document().decisions().iter().map(|(_, decision)| decision.order).collect::<Vec<_>>();
    let strip = app.column_heading("Seller").center_bottom() - egui::vec2(0.0, 5.0);
    app.click(strip);
    assert_eq!(app.rows(), ["Pay a bill", "Grant refund", "Hire"]);
    // What is typed does not move the row under the hands.
    app.click_cell("Grant refund, Seller");
    app.type_text("d");
    assert_eq!(app.rows(), ["Pay a bill", "Grant refund", "Hire"]);
    app.click(strip);
    app.click(strip);
    assert_eq!(app.rows(), ["Grant refund", "Pay a bill", "Hire"]);
    assert_eq!(app.document().decisions().iter().map(|(_, decision)| decision.order).collect::<Vec<_>>(), before);
}

#[test]
fn rows_and_columns_are_swapped_and_typed_into() {
    let mut app = shop();
    app.choose("Columns: Roles", "Rows and columns swapped");
    assert_eq!(app.rows(), ["Owner", "Manager", "Seller"]);
    app.click_cell("Manager, Hire");
    app.type_text("d");
    assert_eq!(app.letters(), ["Hire, Manager: D"]);
    assert!(app.active().starts_with("Role Manager, decision Hire: Decides"), "{}", app.active());
    app.key_with(Modifiers::COMMAND, Key::ArrowLeft);
    app.type_text("a");
    assert_eq!(app.letters(), ["Grant refund, Manager: A", "Hire, Manager: D"]);
}

#[test]
fn by_person_letters_are_seen_and_the_roles_keep_them() {
    let mut app = shop();
    let owner = app.document().roles().ids().next().expect("there are roles");
    app.wish(Command::from(remit::edit::Edit::from(remit::edit::Insert {
        records: vec![Person::new("Ana").into()],
        show_in: Vec::new(),
    })));
    let ana = app.document().people().ids().next().expect("somebody");
    let hold = |role: &mut Role| role.holders.push(Holding { person: ana, share: None });
    let hold = remit::edit::Replace::with::<Role>(app.document(), owner, hold).expect("a change");
    app.wish(Command::from(remit::edit::Edit::from(hold)));
    app.click_cell("Hire, Owner");
    app.type_text("d");
    app.choose("Columns: Roles", "By person");
    app.click_cell("Hire, Ana");
    assert!(app.active().contains("Ana: Decides"), "{}", app.active());
    app.type_text("i");
    assert_eq!(app.letters(), ["Hire, Owner: D"]);
    assert!(app.hint().contains("by their roles"), "{}", app.hint());
}

#[test]
fn the_right_button_offers_what_suits_a_cell_and_a_column() {
    let mut app = shop();
    app.click_cell("Grant refund, Manager");
    app.type_text("d");
    let at = app.cell_at("Grant refund, Manager");
    app.right_click(at);
    app.harness.get(By::new().role(Kind::MenuItem).label("Clear")).click();
    app.settle();
    assert!(app.letters().is_empty());
    app.click_cell("Hire, Manager");
    app.type_text("d");
    let heading = app.column_heading("Manager").center();
    app.right_click(heading);
    app.harness.get(By::new().role(Kind::MenuItem).label("Sort from the first")).click();
    app.settle();
    app.choose("Columns: Roles", "Rows in groups");
    assert_eq!(app.rows(), ["Hire", "Grant refund", "Pay a bill"]);
    app.choose("Columns: Roles", "Not sorted");
    assert_eq!(app.rows(), ["Grant refund", "Pay a bill", "Hire"]);
}

#[test]
fn a_table_with_names_finds_its_rows_and_columns() {
    let mut app = shop();
    app.click_cell("Grant refund, Owner");
    app.send(Input::Paste("\tSeller\tOwner\r\nHire\tI\tD\r\nPAY  A BILL\t\tA\r\n".to_owned()));
    app.settle();
    assert_eq!(app.letters(), ["Hire, Owner: D", "Hire, Seller: I", "Pay a bill, Owner: A"]);
    assert_eq!(app.steps().len(), 1);
}

#[test]
fn a_table_with_new_names_is_offered_as_new_rows_and_columns() {
    let mut app = shop();
    app.click_cell("Grant refund, Owner");
    app.send(Input::Paste("\tSeller\tChef\tOwner\r\nHire\tI\tR\tD\r\nWrite the menu\tI\tD\tP\r\n".to_owned()));
    app.settle();
    assert_eq!(app.hint(), "“Chef”, “Write the menu” are not in this matrix yet: choose what comes in.");
    assert!(app.letters().is_empty(), "nothing changes before it is agreed to");
    app.click_button("Import");
    assert!(app.document().roles().iter().any(|(_, role)| role.name == "Chef"));
    let letters = app.letters();
    assert!(letters.contains(&"Write the menu, Chef: D".to_owned()), "{letters:?}");
    assert!(letters.contains(&"Hire, Owner: D".to_owned()), "{letters:?}");
    assert_eq!(app.steps().len(), 1);
}

#[test]
fn a_badge_on_the_canvas_leads_to_the_row_and_the_row_back_to_the_picture() {
    let mut app = Driver::bakery("Refund");
    let scene = app.app().core.scenes[&app.view()].scene.clone();
    let step = |point: &Pos2| scene.badge_at(*point).is_some();
    let corner = scene.bounds.min;
    let across = (0..scene.bounds.width() as usize).step_by(6);
    let at = across
        .flat_map(|x| (0..scene.bounds.height() as usize).step_by(6).map(move |y| (x as f32, y as f32)))
        .map(|(x, y)| corner + egui::vec2(x, y))
        .find(step)
        .expect("somebody decides in this process");
    let decision = scene.badge_at(at).expect("a badge");
    let on_screen = app.canvas().screen_from_world(at);
    app.click(on_screen);
    assert_eq!(app.selection(), [ElementRef::from(decision)]);
    let name = app.document().name_of(decision.into()).to_owned();
    assert!(app.active().contains(&name), "{}", app.active());
    let heading = app.harness.get(By::new().role(Kind::RowHeader).label(&name)).rect().center();
    app.right_click(heading);
    app.click_on(Kind::MenuItem, "Show on the canvas");
    assert_eq!(app.front(), "Refund");
}

#[test]
fn rows_and_columns_are_swapped_from_the_palette() {
    let mut app = Driver::bakery("Rights");
    app.keys("Ctrl+K");
    app.write("transpose");
    app.key(Key::Enter);
    app.settle();
    let view = app.document().get::<View>(app.view()).expect("it is open");
    assert!(matches!(&view.kind, ViewKind::Matrix(matrix) if matrix.transposed));
}
