//! That a remembered analysis says what one from scratch says, whatever happened before, and that it rests where it can.

use proptest::prelude::*;

use super::*;
use crate::analysis::{Meta, OverlayKind, analyse, analyse_with};
use crate::edit::{Editor, MoveInView, Replace};
use crate::storage;
use crate::testkit::random_edits::{Choices, edit, start, start_with_sub_flows};
use crate::testkit::{everything, generate};

fn sample(name: &str) -> Document {
    let path = format!("{}/sample_orgs/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    storage::load_str(&std::fs::read_to_string(path).unwrap(), name).unwrap().0
}

fn settings(number: usize) -> Settings {
    let today = [None, Some(jiff::civil::date(2026, 3, 2)), Some(jiff::civil::date(2031, 3, 2))];
    Settings { profile: (number < 3).then_some(Profile::Audit), today: today[number % 3] }
}

/// An edit that gives an element everything that another one of its kind says.
fn likened(document: &Document, choices: &mut Choices<'_>) -> Option<crate::edit::Edit> {
    let kind = ElementKind::ALL[choices.below(ElementKind::ALL.len())];
    let all = document.elements_of(kind);
    let [element, model] = [(); 2].map(|()| all.get(choices.below(all.len())).copied());
    let record = crate::edit::Record::of(document, model?)?;
    Some(Replace { element: element?, record }.into())
}

/// Everything in a report, numbers to the last bit.
fn text(report: &Report) -> String {
    format!("{report:#?}")
}

fn first_difference(one: &str, other: &str) -> String {
    let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    differing.map_or_else(|| "one of them ends".to_owned(), |(one, other)| format!("{one}\n{other}"))
}

fn check(memory: &mut Memory, document: &Document, settings: &Settings) -> Result<(), TestCaseError> {
    let token = CancelToken::default();
    let kept = text(&memory.analyse(document, settings, &token).unwrap());
    let fresh = text(&analyse(document, settings, &token).unwrap());
    prop_assert!(kept == fresh, "remembered and from scratch:\n{}", first_difference(&kept, &fresh));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_remembered_analysis_is_the_one_from_scratch_after_any_edits(
        which in 0..6_usize,
        numbers in prop::collection::vec(any::<u16>(), 0..160),
    ) {
        let document = match which {
            0 => start(),
            1 => start_with_sub_flows(),
            2 => everything(),
            3 => sample("bakery"),
            4 => sample("webshop"),
            _ => generate::organisation(150, 3),
        };
        let (mut editor, mut memory) = (Editor::new(document), Memory::default());
        let (mut choices, mut with) = (Choices(&numbers), settings(1));
        check(&mut memory, editor.document(), &with)?;
        while !choices.0.is_empty() {
            // Now and then several changes come between two runs.
            for _ in 0..=choices.below(2) {
                match choices.below(14) {
                    0 => drop(editor.undo()),
                    1 => with = settings(choices.below(6)),
                    2 => {
                        let cancelled = CancelToken::default();
                        cancelled.cancel();
                        prop_assert!(memory.analyse(editor.document(), &with, &cancelled).is_err());
                    }
                    3..8 => {
                        if let Some(edit) = likened(editor.document(), &mut choices) {
                            drop(editor.commit(&edit, 0.0));
                        }
                    }
                    _ => {
                        let edit = edit(editor.document(), &mut choices);
                        drop(editor.commit(&edit, 0.0));
                    }
                }
            }
            check(&mut memory, editor.document(), &with)?;
        }
        // Another document altogether.
        check(&mut memory, &everything(), &with)?;
    }
}

/// Ids of the rules that ran again for the second document.
fn ran_again(memory: &mut Memory, before: &Document, after: &Document) -> Vec<&'static str> {
    let (settings, token) = (Settings::default(), CancelToken::default());
    memory.analyse(before, &settings, &token).unwrap();
    let said = memory.state.as_ref().unwrap().pieces.said.clone();
    memory.analyse(after, &settings, &token).unwrap();
    let now = &memory.state.as_ref().unwrap().pieces.said;
    let again = said.iter().zip(now).zip(RULES).filter(|((before, after), _)| {
        !before.as_ref().zip(after.as_ref()).is_some_and(|(a, b)| Arc::ptr_eq(&a.findings, &b.findings))
    });
    again.map(|(_, rule)| rule.meta.id).collect()
}

fn after(document: &Document, edit: &crate::edit::Edit) -> Document {
    crate::edit::apply(document, edit).unwrap().document
}

#[test]
fn overlays_rest_where_only_a_box_moves_and_are_made_anew_where_work_changes() {
    let document = sample("bakery");
    let (settings, token, mut memory) = (Settings::default(), CancelToken::default(), Memory::default());
    let first = memory.analyse(&document, &settings, &token).unwrap();
    let (_, placement) = document.placements().iter().find(|(_, placement)| placement.center.is_some()).unwrap();
    let moves = vec![(placement.element, Point::new(3.0, 4.0))];
    let moved = after(&document, &MoveInView { view: placement.view, moves }.into());
    let second = memory.analyse(&moved, &settings, &token).unwrap();
    assert!(Arc::ptr_eq(&first.overlays, &second.overlays));
    let (step, _) = document.steps().iter().find(|(_, step)| step.work.is_some()).unwrap();
    let longer = Replace::with(&moved, step, |step: &mut Step| step.work = Some(Minutes(999.0))).unwrap();
    let third = memory.analyse(&after(&moved, &longer.into()), &settings, &token).unwrap();
    assert!(third.overlays != second.overlays);
}

#[test]
fn moving_a_box_asks_no_rule_but_those_about_pictures() {
    let document = sample("bakery");
    let (_, placement) = document.placements().iter().find(|(_, placement)| placement.center.is_some()).unwrap();
    let center = placement.center.unwrap();
    let moves = vec![(placement.element, Point::new(center.x + 4.0, center.y))];
    let moved = after(&document, &MoveInView { view: placement.view, moves }.into());
    let again = ran_again(&mut Memory::default(), &document, &moved);
    assert!(again.iter().all(|rule| *rule == "FL-09"), "{again:?}");
}

#[test]
fn renaming_a_step_leaves_rules_about_limits_and_people_alone() {
    let document = sample("bakery");
    let step = document.steps().ids().next().unwrap();
    let rename = Replace::with(&document, step, |step: &mut Step| step.name = "Bake something else".to_owned());
    let again = ran_again(&mut Memory::default(), &document, &after(&document, &rename.unwrap().into()));
    assert!(again.contains(&"DU-02") && again.contains(&"FL-07"), "{again:?}");
    assert!(!again.iter().any(|rule| ["H-02", "L-01", "L-02", "BN-12", "ST-01", "DU-05"].contains(rule)), "{again:?}");
    assert!(again.len() < RULES.len() / 2, "{again:?}");
}

#[test]
fn accepting_a_finding_asks_few_rules() {
    let document = sample("bakery");
    let mut accepted = document.clone();
    let waiver = Waiver {
        rule: "BN-01".into(),
        elements: Vec::new(),
        reason: "Agreed".into(),
        name: "Ana".into(),
        expires: None,
    };
    accepted.project_mut().waivers.push(waiver);
    let again = ran_again(&mut Memory::default(), &document, &accepted);
    // Those that read the frameworks or the appetite for risk of the project.
    assert!(again.len() < 25, "{again:?}");
}

/// How many batches ran, and how many were used again, while something was done.
fn batches_of(work: impl FnOnce()) -> (usize, usize) {
    batches::COUNTS.set((0, 0));
    work();
    batches::COUNTS.get()
}

#[test]
fn a_name_runs_few_batches_again() {
    let document = generate::organisation(1000, 3);
    let (settings, token) = (Settings::default(), CancelToken::default());
    let role = document.roles().ids().nth(5).unwrap();
    let step = document.steps().ids().nth(40).unwrap();
    let renames = [
        Replace::with(&document, role, |role: &mut Role| role.name.push('x')).unwrap(),
        Replace::with(&document, step, |step: &mut Step| step.name.push('x')).unwrap(),
    ];
    for rename in renames {
        let mut memory = Memory::default();
        let (all, none) = batches_of(|| drop(memory.analyse(&document, &settings, &token)));
        assert!(all > 1000 && none == 0, "{all} {none}");
        let renamed = after(&document, &rename.into());
        let (ran, again) = batches_of(|| drop(memory.analyse(&renamed, &settings, &token)));
        assert!(ran > 0 && ran * 10 < again, "{ran} ran, {again} were used again");
    }
}

thread_local! {
    /// How often a rule looked at a role.
    static LOOKS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A rule with a figure of all roles that is handed to each: how many there are.
const SHARING: Rule = Rule {
    meta: &META,
    check: |context, sink| {
        let count = context.document.roles().len();
        context.each(sink, &count, context.document.roles().ids(), |context, sink, count, id| {
            LOOKS.set(LOOKS.get() + 1);
            sink.missing("role is alone", "roles are alone", (*count == 1).then_some(*id));
            sink.report(Finding::new(format!("{} is one of {count}.", context.name(*id))).about([*id]));
        });
    },
};

#[test]
fn what_is_shared_runs_all_batches_again_and_a_row_its_own() {
    let mut document = Document::default();
    for number in 0..30 {
        document.insert(Role::new(format!("Role {number}")));
    }
    let settings = Settings { profile: Some(Profile::Audit), today: None };
    let (token, mut memory) = (CancelToken::default(), Memory::with_rules(&[SHARING]));
    let mut run = |document: &Document| {
        LOOKS.set(0);
        let report = memory.analyse(document, &settings, &token).unwrap();
        let looks = LOOKS.get();
        assert_eq!(report, analyse_with(&[SHARING], document, &settings, &token).unwrap());
        (looks, report)
    };
    let (first, told) = run(&document);
    assert_eq!(first, 30);
    let (role, other) = (RoleId::from_index(4), RoleId::from_index(29));
    assert_eq!(run(&document).0, 0);
    document.get_mut::<Role>(role).unwrap().name = "Clerk".into();
    let (second, again) = run(&document);
    // Those of its batch.
    assert_eq!(second, 3);
    // What was said before is shared and not said anew.
    let shared = |finding: &&Arc<Finding>| told.findings.iter().any(|known| Arc::ptr_eq(known, finding));
    assert_eq!(again.findings.iter().filter(shared).count(), 27);
    document.remove::<Role>(other);
    assert_eq!(run(&document).0, 29);
    document.insert(Role::new("Owner"));
    assert_eq!(run(&document).0, 30);
}

/// The document with other names; artefacts keep theirs.
fn nameless(document: &Document) -> Document {
    let mut nameless = document.clone();
    macro_rules! clear {
        ($($table:ident: $Record:ident,)*) => {
            $(for id in document.$table().ids() {
                nameless.get_mut::<$Record>(id).unwrap().name = "?".into();
            })*
        };
    }
    clear! {
        units: Unit, roles: Role, people: Person, externals: External, systems: System, bodies: Body,
        processes: Process, steps: Step, gateways: Gateway, events: Event, flows: Flow, links: Link,
        decisions: Decision, frameworks: Framework, views: View,
    }
    nameless
}

/// The document with other minutes of work.
fn workless(document: &Document) -> Document {
    let mut workless = document.clone();
    for id in document.steps().ids() {
        workless.get_mut::<Step>(id).unwrap().work = Some(Minutes(f64::from(id.index())));
    }
    workless
}

fn documents() -> Vec<Document> {
    vec![sample("bakery"), sample("webshop"), everything(), start_with_sub_flows(), generate::organisation(300, 5)]
}

#[test]
fn neither_figures_nor_overlays_look_at_names() {
    let settings = settings(1);
    let figures = |document: &Document| {
        let figures = Figures::new(document, &settings, &mut Before::nothing());
        let mut told = format!("{:?} {:?} {:?}", figures.visits.value, figures.loads.value, figures.handovers.value);
        told += &format!("{:?} {:?} {:?}", figures.times.value, figures.networks.value, figures.ladders.value);
        told += &format!("{:?} {:?}", figures.overview.value, figures.parts);
        (told, analyse_with(&[], document, &settings, &CancelToken::default()).unwrap().overlays)
    };
    for document in documents() {
        let other = nameless(&document);
        assert!(figures(&document) == figures(&other), "{}", document.project().name);
        // And so they are not worked out again.
        let (token, mut memory) = (CancelToken::default(), Memory::default());
        let mut kept = |document: &Document| {
            let overlays = memory.analyse(document, &settings, &token).unwrap().overlays;
            let figures = &memory.state.as_ref().unwrap().pieces.figures;
            (figures.parts_sources.clone(), figures.times.sources.clone(), figures.networks.sources.clone(), overlays)
        };
        let (first, second) = (kept(&document), kept(&other));
        assert!(Arc::ptr_eq(&first.0, &second.0) && Arc::ptr_eq(&first.1, &second.1));
        assert!(Arc::ptr_eq(&first.2, &second.2) && Arc::ptr_eq(&first.3, &second.3));
    }
}

#[test]
fn of_the_minutes_of_work_only_loads_and_times_know() {
    let settings = settings(1);
    let figures = |document: &Document| {
        let figures = Figures::new(document, &settings, &mut Before::nothing());
        let mut told = format!("{:?} {:?}", figures.visits.value, figures.handovers.value);
        told += &format!("{:?} {:?} {:?}", figures.networks.value, figures.ladders.value, figures.parts);
        let overlays = analyse_with(&[], document, &settings, &CancelToken::default()).unwrap().overlays;
        // Waits of processes come from their times.
        let kinds = [OverlayKind::Cost, OverlayKind::Decisions, OverlayKind::Coverage, OverlayKind::Duties];
        (told, kinds.map(|kind| overlays.column(kind).to_vec()))
    };
    for document in documents() {
        let other = workless(&document);
        assert!(figures(&document) == figures(&other), "{}", document.project().name);
    }
}

const META: Meta = Meta {
    id: "ZZ-01",
    title: "Test",
    severity: crate::analysis::Severity::Medium,
    why: "",
    wrong: "",
    right: "",
    formula: "",
    source: crate::analysis::Source::Ours("for this test"),
    thresholds: &[],
    remedies: &[],
};

#[test]
fn a_rule_that_failed_is_asked_again() {
    let rule = Rule {
        meta: &META,
        check: |context, sink| {
            assert!(!context.document.roles().is_empty(), "this test wants it");
            sink.report(Finding::new("There are roles."));
        },
    };
    let mut memory = Memory::with_rules(&[rule]);
    let (settings, token) = (Settings::default(), CancelToken::default());
    for roles in [0, 0, 1, 0] {
        let mut document = Document::default();
        for _ in 0..roles {
            document.insert(Role::new("Clerk"));
        }
        let kept = memory.analyse(&document, &settings, &token).unwrap();
        assert_eq!(kept, analyse_with(&[rule], &document, &settings, &token).unwrap());
        assert_eq!(kept.findings.is_empty() || kept.findings[0].message.starts_with("Rule"), roles == 0);
    }
}
