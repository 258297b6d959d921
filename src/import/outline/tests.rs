//! Texts as people type and paste them, and what comes of them.

use proptest::prelude::*;

use super::*;
use crate::edit::{Record, WriteFlow, WrittenPerformer, apply};
use crate::testkit::random_edits::start;

fn view_of(document: &Document, is: impl Fn(&ViewKind) -> bool) -> ViewId {
    document.views().iter().find(|(_, view)| is(&view.kind)).map(|(id, _)| id).unwrap()
}

fn empty_process() -> (Document, ViewId) {
    let mut document = Document::default();
    let process = document.insert(Process::new("Refund"));
    let kind = ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
    let view = document.insert(View::new("Refund", kind));
    (document, view)
}

fn draft_in(document: &Document, view: ViewId, selection: &[ElementRef], text: &str) -> Draft {
    draft(text, &Ground { document, view, selection, answers: &Answers::new() })
}

/// All flows of a document: `from -condition-> to`, in the order in which they were made.
fn flows(document: &Document) -> Vec<String> {
    let name = |node: FlowNode| match (document.name_of(node.into()), node) {
        ("", FlowNode::Gateway(_)) => "+".to_owned(),
        ("", FlowNode::Event(_)) => "o".to_owned(),
        (name, _) => name.to_owned(),
    };
    let flow = |flow: &Flow| match flow.name.as_str() {
        "" => format!("{} -> {}", name(flow.from), name(flow.to)),
        condition => format!("{} -{condition}-> {}", name(flow.from), name(flow.to)),
    };
    document.flows().iter().map(|(_, one)| flow(one)).collect()
}

fn written(text: &str) -> (Vec<String>, Draft) {
    let (document, view) = empty_process();
    let draft = draft_in(&document, view, &[], text);
    let after = draft.edit.as_ref().map_or(document.clone(), |edit| apply(&document, edit).unwrap().document);
    assert_eq!(integrity::check(&after), [], "{text}");
    (flows(&after), draft)
}

fn check_flows(text: &str, expected: &[&str]) {
    let (found, draft) = written(text);
    assert_eq!(found, expected, "{text}\n{:?}", draft.problems);
}

#[test]
fn the_example_of_the_help_makes_a_process() {
    let (found, draft) = written("Clerk: check refund > approve? (yes) Accountant: pay; (no) Clerk: write to customer");
    assert_eq!(found, ["check refund -> approve?", "approve? -yes-> pay", "approve? -no-> write to customer"]);
    assert_eq!(draft.sentence(), "3 steps, 1 decision, 2 new roles");
    assert_eq!(draft.problems, Vec::<String>::new());
    assert_eq!(draft.loose.len(), 2);
}

#[test]
fn branches_meet_again_where_a_line_has_no_condition() {
    let joined = ["a -> ok?", "ok? -yes-> b", "ok? -no-> c", "b -> d", "c -> d"];
    check_flows("a > ok? (yes) b; (no) c; d", &joined);
    check_flows("a\nok?\n(yes) b\n(no) c\nd", &joined);
    check_flows("1. a\n2. ok?\n   - yes: b\n   - no: c\n3. d", &joined);
    check_flows("a > ok?\n  (yes) b\n  (no)\n    c\nd", &joined);
    check_flows("a > ok? (no) c; d", &["a -> ok?", "ok? -no-> c", "c -> d", "ok? -yes-> d"]);
    check_flows("a > ok? (no) end; d", &["a -> ok?", "ok? -no-> o", "ok? -yes-> d"]);
    check_flows("ok? (yes) b > d; (no) c > d", &["ok? -yes-> b", "b -> d", "ok? -no-> c", "c -> d"]);
}

#[test]
fn questions_within_branches_are_answered_from_the_inside_out() {
    check_flows(
        "ok? (yes) big? (yes) a; (no) b; (no) c; d",
        &["ok? -yes-> big?", "big? -yes-> a", "big? -no-> b", "ok? -no-> c", "a -> d", "b -> d", "c -> d"],
    );
    check_flows(
        "ok?\n  (yes) big?\n    (yes) a\n    (no) b\n    x\n  (no) c\nd",
        &["ok? -yes-> big?", "big? -yes-> a", "big? -no-> b", "b -> x", "ok? -no-> c", "a -> d", "x -> d", "c -> d"],
    );
}

#[test]
fn a_name_that_exists_is_a_way_back_or_a_place_to_go_on_from() {
    check_flows("a > b > ok? (no) a; (yes) c; d", &["a -> b", "b -> ok?", "ok? -no-> a", "ok? -yes-> c", "c -> d"]);
    check_flows("a > ok? (no) back to A; (yes) c", &["a -> ok?", "ok? -no-> a", "ok? -yes-> c"]);
    check_flows("a > b\na > c", &["a -> b", "a -> c"]);
    check_flows("ok? (yes) a > b\nok? (no) c", &["ok? -yes-> a", "a -> b", "ok? -no-> c"]);
    let (_, draft) = written("a > back to z");
    assert_eq!(draft.problems, ["There is no step “z” to go back to."]);
}

#[test]
fn branches_may_run_at_the_same_time() {
    check_flows(
        "pick (and) print (and) call; ship",
        &["pick -> +", "+ -> print", "+ -> call", "print -> +", "call -> +", "+ -> ship"],
    );
}

#[test]
fn performers_stay_until_another_is_named_and_branches_take_that_of_the_question() {
    let (document, view) = empty_process();
    let text = "Clerk: a > ok? (yes) Accountant: b > c; (no) d";
    let Some(Edit::WriteFlow(WriteFlow { roles, nodes, .. })) = draft_in(&document, view, &[], text).edit else {
        panic!()
    };
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(names, ["Clerk", "Accountant"]);
    let performers: Vec<_> = nodes.iter().map(|node| node.performer).collect();
    let new = |place| Some(WrittenPerformer::New(place));
    assert_eq!(performers, [new(0), new(0), new(1), new(1), new(0)]);
}

#[test]
fn new_steps_follow_what_is_selected_and_answer_the_question_before_it() {
    let document = start();
    let view = view_of(&document, |kind| matches!(kind, ViewKind::Process { .. }));
    let last: ElementRef = document.steps().ids().last().unwrap().into();
    let first: ElementRef = document.steps().ids().next().unwrap().into();
    let write = |document: &Document, selection: &[ElementRef], text: &str| {
        let draft = draft_in(document, view, selection, text);
        apply(document, &draft.edit.expect("it is written")).unwrap().document
    };
    let new = |after: &Document| flows(after).split_off(document.flows().len());
    assert_eq!(new(&write(&document, &[], "file")), ["Pay -> file"]);
    assert_eq!(new(&write(&document, &[first], "count")), ["Check -> count"]);
    let asked = write(&document, &[last], "fine? (yes) file");
    let file = asked.steps().ids().last().unwrap().into();
    assert_eq!(new(&write(&asked, &[file], "(no) call")), ["Pay -> fine?", "fine? -yes-> file", "fine? -no-> call"]);
    assert_eq!(new(&write(&asked, &[first], "fine? (no) call")).last().unwrap(), "fine? -no-> call");
    // Answers to nothing are said.
    let draft = draft_in(&document, view, &[], "(no) call");
    assert_eq!(draft.problems, ["“(no)” answers no question: end the question before it with “?”."]);
}

#[test]
fn nearly_known_roles_are_offered_and_can_be_refused() {
    let document = start();
    let view = view_of(&document, |kind| matches!(kind, ViewKind::Process { .. }));
    let draft = draft_in(&document, view, &[], "Clark: file");
    assert_eq!(draft.choices.len(), 1);
    assert_eq!(draft.choices[0].options, ["Clerk (Till)", "new role"]);
    assert_eq!(draft.sentence(), "1 step");
    assert!(!draft.is_plain());
    let answers = Answers::from([(draft.choices[0].key(), 1)]);
    let ground = Ground { document: &document, view, selection: &[], answers: &answers };
    assert_eq!(super::draft("Clark: file", &ground).sentence(), "1 step, 1 new role");
}

#[test]
fn tables_of_steps_are_read_by_their_headings() {
    check_flows("Step\tRole\na\tClerk\nb\tOwner", &["a -> b"]);
    check_flows(
        "Who;What;If\nClerk;a;\nClerk;ok?;\nOwner;b;yes\nClerk;c;no\nClerk;d;",
        &["a -> ok?", "ok? -yes-> b", "ok? -no-> c", "b -> d", "c -> d"],
    );
    check_flows(
        "No\tStep\tNext\n1\ta\t2\n2\tok?\tyes: 3; no: 1\n3\tb\tend",
        &["a -> ok?", "ok? -yes-> b", "ok? -no-> a"],
    );
    let (_, draft) = written("Clerk\tcheck\nOwner\tallow\nClerk\tpay");
    assert_eq!(draft.sentence(), "3 steps, 2 new roles");
    assert_eq!(draft.choices[0].options, ["who, what", "what, who"]);
    let (_, draft) = written("Step\tSystem\na\tTill");
    assert_eq!(draft.problems, ["Not taken over: the columns System."]);
}

#[test]
fn a_line_that_begins_with_a_unit_around_the_selected_one_means_that_one() {
    let mut document = Document::default();
    let bakery = document.insert(Unit::new("Bakery"));
    let north = document.insert(Unit { parent: Some(bakery), ..Unit::new("North") });
    let view = document.insert(View::new("Chart", ViewKind::organisation(None)));
    let draft = draft_in(&document, view, &[north.into()], "Bakery > East");
    let after = apply(&document, draft.edit.as_ref().unwrap()).unwrap().document;
    let parents = |unit: &Unit| (unit.name.clone(), unit.parent.map(|parent| after.name_of(parent.into()).to_owned()));
    let units: Vec<_> = after.units().iter().map(|(_, unit)| parents(unit)).collect();
    let below = Some("Bakery".to_owned());
    let expected = [("Bakery", None), ("North", below.clone()), ("East", below)];
    assert_eq!(units, expected.map(|(name, parent)| (name.to_owned(), parent)));
}

#[test]
fn an_organisation_is_written_below_what_is_selected() {
    let document = start();
    let chart = view_of(&document, |kind| matches!(kind, ViewKind::Organisation { .. }));
    let board = view_of(&document, |kind| *kind == ViewKind::Board);
    let till: ElementRef = document.units().ids().nth(1).unwrap().into();
    let draft = draft_in(&document, chart, &[till], "Night shift > Guard (2): Ben Hale");
    assert_eq!(draft.sentence(), "1 unit, 1 role, 1 person");
    let applied = apply(&document, draft.edit.as_ref().unwrap()).unwrap();
    assert_eq!(applied.label, "Write 1 unit, 1 role, 1 person");
    let after = applied.document;
    let (id, guard) = after.roles().iter().last().unwrap();
    assert_eq!(
        (after.holders_label(id).as_str(), after.name_of(guard.unit.unwrap().into())),
        ("Ben Hale, Guard 2", "Night shift")
    );
    assert_eq!(integrity::check(&after), []);
    // What exists is used: the unit by its name, the role in it.
    let draft = draft_in(&document, board, &[], "Shop > Till > Clerk: Cleo");
    assert_eq!(draft.sentence(), "1 person, 1 role with more holders");
    let table = draft_in(&document, chart, &[], "Unit\tRole\tPerson\nOffice\tBookkeeper\tDana");
    assert_eq!(table.sentence(), "1 unit, 1 role, 1 person");
}

#[test]
fn boards_take_notes_and_matrices_decisions() {
    let mut document = start();
    let board = view_of(&document, |kind| *kind == ViewKind::Board);
    let matrix = document.insert(View::new("Rights", ViewKind::Matrix(MatrixView::default())));
    let draft = draft_in(&document, board, &[], "- Ask the bank\n- Who signs?\n- external: Mill\n- system: register");
    assert_eq!(draft.sentence(), "1 external, 1 decision, 1 note, 1 thing shown again");
    apply(&document, &draft.edit.unwrap()).unwrap();
    let draft = draft_in(&document, matrix, &[], "Money:\n  Grant a discount\n  grant REFUND\nPeople: Hire");
    assert_eq!((draft.sentence().as_str(), draft.problems.len()), ("2 decisions", 1));
    let Some(Edit::Sequence(sequence)) = &draft.edit else { panic!() };
    let Some(Edit::Insert(insert)) = sequence.edits.first() else { panic!() };
    let areas: Vec<&str> = insert
        .records
        .iter()
        .map(|record| match record {
            Record::Decision(decision) => decision.area.as_str(),
            _ => "",
        })
        .collect();
    assert_eq!(areas, ["Money", "People"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is typed or pasted, wherever: nothing panics, and what is drafted can be applied and is sound.
    #[test]
    fn any_text_is_read_without_panic(
        text in r#"(([a-cA?@:;>("“„»|%\-\t\n 1.)]|->|\(yes\)|\(and\)|Clerk:|end|start|back to |Check|→|é|漢)){0,60}"#,
        place in 0_usize..8,
    ) {
        let mut document = start();
        document.insert(View::new("Rights", ViewKind::Matrix(MatrixView::default())));
        let selected: Vec<ElementRef> = document.steps().ids().take(place % 3).map(ElementRef::from).collect();
        for view in document.views().ids() {
            let draft = draft_in(&document, view, &selected, &text);
            if let Some(edit) = &draft.edit {
                let applied = apply(&document, edit);
                prop_assert!(applied.is_ok(), "{text:?}: {applied:?}");
                prop_assert_eq!(integrity::check(&applied.unwrap().document), vec![]);
            }
        }
        for element in document.steps().ids().map(ElementRef::from).chain(document.roles().ids().map(ElementRef::from)) {
            let _ = name::edit(&document, element, &text);
        }
    }

    #[test]
    fn any_unicode_is_read_without_panic(text in ".{0,200}") {
        let document = start();
        for view in document.views().ids() {
            draft_in(&document, view, &[], &text);
        }
        name::read(&text);
    }
}
