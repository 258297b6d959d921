//! What the overlays say of small documents.

use super::*;
use crate::analysis::rules::testing::raci;
use crate::analysis::{CancelToken, Settings, analyse};

fn report(document: &Document) -> Report {
    let settings = Settings { profile: Some(Profile::Audit), today: None };
    analyse(document, &settings, &CancelToken::default()).unwrap()
}

fn label(report: &Report, document: &Document, kind: OverlayKind, element: impl Into<ElementRef>) -> String {
    let overlay = report.overlay(document, kind);
    let element = element.into();
    let reading = overlay.readings.iter().find(|(one, _)| *one == element);
    match reading {
        Some((_, Ok((class, label)))) => format!("{label} [{}]", overlay.classes[*class].label),
        Some((_, Err(lack))) => format!("missing: {lack}"),
        None => "nothing".to_owned(),
    }
}

struct Shop {
    document: Document,
    unit: UnitId,
    role: RoleId,
    step: StepId,
    process: ProcessId,
}

/// Ten hours a week, 20 cases of 33 minutes each that wait four hours.
fn shop() -> Shop {
    let mut document = raci();
    let firm = document.insert(Unit::new("Firm"));
    let unit = document.insert(Unit { parent: Some(firm), ..Unit::new("Shop") });
    let person = document.insert(Person { hours_per_week: Some(10.0), ..Person::new("Ana") });
    let holders = vec![Holding { person, share: Some(1.0) }];
    let role = document.insert(Role { unit: Some(unit), holders, ..Role::new("Clerk") });
    let process = document.insert(Process { cases: Some("20 / week".parse().unwrap()), ..Process::new("Refund") });
    let step = document.insert(Step {
        performer: Some(Actor::Role(role)),
        work: Some(Minutes(33.0)),
        wait: Some(Minutes(240.0)),
        cost: Some("2 EUR".parse().unwrap()),
        ..Step::new(process, "Check")
    });
    let start = document.insert(Event::new(process, EventKind::Start, "Asked"));
    document.insert(Flow::new(process, FlowNode::Event(start), FlowNode::Step(step)));
    Shop { document, unit, role, step, process }
}

#[test]
fn a_load_stands_on_the_role_its_unit_and_its_steps() {
    let Shop { mut document, unit, role, step, .. } = shop();
    let first = report(&document);
    for element in [ElementRef::from(role), unit.into(), step.into()] {
        assert_eq!(label(&first, &document, OverlayKind::Load, element), "110 % [from 100 %]");
    }
    document.project_mut().thresholds.insert("BN-01.block".into(), 1.2);
    assert_eq!(label(&report(&document), &document, OverlayKind::Load, role), "110 % [90 to 120 %]");
    let person = document.people().ids().next().unwrap();
    document.get_mut::<Person>(person).unwrap().hours_per_week = None;
    assert_eq!(label(&report(&document), &document, OverlayKind::Load, role), "missing: hours a week of people");
}

#[test]
fn a_load_with_gaps_is_a_lower_bound() {
    let Shop { mut document, unit, role, process, .. } = shop();
    document.insert(Step { performer: Some(Actor::Role(role)), ..Step::new(process, "Pay") });
    assert_eq!(label(&report(&document), &document, OverlayKind::Load, unit), "≥ 110 % [from 100 %]");
}

#[test]
fn waiting_and_cost_are_those_of_the_steps() {
    let Shop { mut document, unit, step, process, .. } = shop();
    let first = report(&document);
    for element in [ElementRef::from(step), unit.into(), process.into()] {
        assert_eq!(label(&first, &document, OverlayKind::Waiting, element), "4 h [1 h to 8 h]");
        // 20 cases a week, 52 weeks, 2 EUR.
        assert_eq!(label(&first, &document, OverlayKind::Cost, element), "2,080 EUR [from 1,000 EUR]");
    }
    let step = document.get_mut::<Step>(step).unwrap();
    (step.wait, step.cost) = (None, None);
    let second = report(&document);
    assert_eq!(label(&second, &document, OverlayKind::Waiting, unit), "missing: the waiting time");
    assert_eq!(label(&second, &document, OverlayKind::Cost, unit), "missing: the cost");
}

#[test]
fn decisions_are_counted_once_for_a_unit() {
    let Shop { mut document, unit, role, step, .. } = shop();
    let other = document.insert(Role { unit: Some(unit), ..Role::new("Manager") });
    for name in ["Grant refund", "Grant discount", "Close early"] {
        let frequency = Some("4 / week".parse().unwrap());
        let steps = if name == "Grant refund" { vec![step] } else { Vec::new() };
        let decision = document.insert(Decision { frequency, steps, ..Decision::new(name) });
        document.insert(Right::new(Subject::Decision(decision), Actor::Role(role), "A"));
        if name == "Close early" {
            document.insert(Right::new(Subject::Decision(decision), Actor::Role(other), "A"));
        }
    }
    let found = report(&document);
    assert_eq!(label(&found, &document, OverlayKind::Decisions, step), "1 · 4/week [1 or 2]");
    // Who of two takes which part is not known.
    assert_eq!(label(&found, &document, OverlayKind::Decisions, unit), "3 [3 to 5]");
    assert_eq!(label(&found, &document, OverlayKind::Decisions, other), "1 [1 or 2]");
}

#[test]
fn coverage_is_that_of_the_least_covered_role() {
    let Shop { mut document, unit, role, step, .. } = shop();
    let found = report(&document);
    for element in [ElementRef::from(role), unit.into(), step.into()] {
        assert_eq!(label(&found, &document, OverlayKind::Coverage, element), "only 1 [only one]");
    }
    let deputy = document.insert(Person::new("Eva"));
    document.get_mut::<Role>(role).unwrap().deputy = Some(Actor::Person(deputy));
    let open = document.insert(Role { unit: Some(unit), ..Role::new("Porter") });
    let found = report(&document);
    assert_eq!(label(&found, &document, OverlayKind::Coverage, unit), "2 [two]");
    assert_eq!(label(&found, &document, OverlayKind::Coverage, open), "missing: who holds the role");
}

#[test]
fn duties_that_one_person_joins_are_seen_on_steps_roles_and_units() {
    let Shop { mut document, unit, step, process, role } = shop();
    assert_eq!(label(&report(&document), &document, OverlayKind::Duties, step), "missing: duties");
    let till = document.insert(Artefact { class: "cash".into(), ..Artefact::new("Till") });
    let second = document.insert(Step { performer: Some(Actor::Role(role)), ..Step::new(process, "Book") });
    document.get_mut::<Step>(step).unwrap().outputs = vec![till];
    document.get_mut::<Step>(step).unwrap().duties = vec![DutyTag::Custody];
    assert_eq!(label(&report(&document), &document, OverlayKind::Duties, unit), "apart [kept apart]");
    document.get_mut::<Step>(second).unwrap().outputs = vec![till];
    document.get_mut::<Step>(second).unwrap().duties = vec![DutyTag::Record];
    let found = report(&document);
    for element in [ElementRef::from(step), second.into(), role.into(), unit.into()] {
        assert_eq!(label(&found, &document, OverlayKind::Duties, element), "1 conflict [one conflict]");
    }
}

#[test]
fn findings_show_the_gravest_and_how_many() {
    let Shop { document, role, .. } = shop();
    let found = report(&document);
    let about: Vec<Severity> =
        found.open().filter(|one| one.evidence.first() == Some(&role.into())).map(|one| one.severity).collect();
    let gravest = about.iter().max().unwrap().word();
    let overlay = found.overlay(&document, OverlayKind::Findings);
    let expected = if about.len() == 1 { gravest.to_owned() } else { format!("{gravest} of {}", about.len()) };
    assert_eq!(label(&found, &document, OverlayKind::Findings, role), format!("{expected} [{gravest}]"));
    assert_eq!(overlay.rest, Some(0));
}

#[test]
fn columns_are_sorted_and_every_class_has_its_words() {
    let document = crate::testkit::generate::organisation(400, 3);
    let found = report(&document);
    for kind in OverlayKind::ALL {
        let overlay = found.overlay(&document, kind);
        assert!(overlay.readings.is_sorted_by(|a, b| a.0 < b.0), "{kind:?}");
        assert!(overlay.classes.iter().all(|class| !class.label.is_empty()));
        let within = |(_, reading): &(_, Result<(usize, String), &str>)| {
            reading.as_ref().map_or(true, |(class, label)| *class < overlay.classes.len() && !label.is_empty())
        };
        assert!(overlay.readings.iter().all(within), "{kind:?}");
        assert_eq!(OverlayKind::from_word(kind.word()), Some(kind));
    }
}
