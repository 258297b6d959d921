//! Trials of remedies on a small document.

use super::*;
use crate::analysis::rules::testing::raci;

/// A step decided by nobody, performed by a clerk with ten hours a week.
fn refund() -> Document {
    let mut document = raci();
    let person = document.insert(Person { hours_per_week: Some(10.0), ..Person::new("Rui") });
    let holders = vec![Holding { person, share: Some(1.0) }];
    let clerk = document.insert(Role { holders, ..Role::new("Clerk") });
    let process = document.insert(Process { cases: Some("20 / week".parse().unwrap()), ..Process::new("Refund") });
    let performer = Some(Actor::Role(clerk));
    let step = document.insert(Step { performer, work: Some(Minutes(12.0)), ..Step::new(process, "Approve") });
    let start = document.insert(Event::new(process, EventKind::Start, "Asked"));
    document.insert(Flow::new(process, FlowNode::Event(start), FlowNode::Step(step)));
    document.insert(Decision {
        steps: vec![step],
        frequency: Some("20 / week".parse().unwrap()),
        work: Some(Minutes(3.0)),
        ..Decision::new("Grant refund")
    });
    document
}

fn settings() -> Settings {
    Settings { profile: Some(Profile::Audit), today: None }
}

fn tried(document: &Document, rule: &str) -> (Finding, Trial) {
    let cancel = CancelToken::default();
    let report = analyse(document, &settings(), &cancel).unwrap();
    let fixed = |finding: &&Finding| finding.rule == rule && finding.remedies.iter().any(|one| one.fix.is_some());
    let finding = report.open().find(fixed).unwrap().clone();
    let edit = finding.remedies.iter().find_map(|remedy| remedy.fix.as_ref()).unwrap().to_edit();
    let trial = try_change(document, &report, &finding, &edit, &settings(), &cancel).unwrap();
    (finding, trial)
}

#[test]
fn a_right_that_is_given_is_said_and_seen_where_it_is_used() {
    let document = refund();
    let (_, trial) = tried(&document, "H-01");
    assert_eq!(trial.changes, ["“Clerk” gets A on “Grant refund”"]);
    assert!(trial.is_solved);
    let kinds: Vec<ElementKind> = trial.touched.iter().map(|element| element.kind()).collect();
    for kind in [ElementKind::Role, ElementKind::Decision, ElementKind::Step, ElementKind::Right] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    assert_eq!(document, refund(), "nothing is changed by trying");
}

#[test]
fn findings_and_loads_are_compared() {
    let (_, trial) = tried(&refund(), "H-01");
    let of = |label: &str| trial.figures.iter().find(|figure| figure.label == label);
    let before = analyse(&refund(), &settings(), &CancelToken::default()).unwrap();
    let all = of("Findings").unwrap();
    assert_eq!(
        (&all.before, &all.after),
        (&before.open().count().to_string(), &trial.report.open().count().to_string())
    );
    for severity in Severity::ALL {
        let (was, is) = (before.count(severity), trial.report.count(severity));
        let row = of(&format!("Findings, {}", severity.word()));
        let expected = (was != is).then(|| Effect::of_less(was as f64, is as f64));
        assert_eq!(row.map(|row| row.effect), expected, "{:?}", trial.figures);
    }
    // The step of its decider holds the minutes already.
    assert!(of("Load of Clerk").is_none());
    let lead = of("Lead time of Refund").unwrap();
    assert_eq!((lead.before.as_str(), lead.effect), ("12 min", Effect::Same));
}

#[test]
fn what_is_so_already_or_cannot_be_is_refused() {
    let document = refund();
    let cancel = CancelToken::default();
    let report = analyse(&document, &settings(), &cancel).unwrap();
    let finding = report.open().next().unwrap();
    let role = document.roles().ids().next().unwrap();
    let same =
        crate::edit::Replace { element: role.into(), record: document.get::<Role>(role).unwrap().clone().into() };
    let trial = try_change(&document, &report, finding, &same.into(), &settings(), &cancel);
    assert!(trial.is_err(), "it changes nothing");
    cancel.cancel();
    let edit = crate::edit::Remove { elements: vec![role.into()] };
    let trial = try_change(&document, &report, finding, &edit.into(), &settings(), &cancel);
    assert_eq!(trial.unwrap_err(), TrialError::Cancelled(Cancelled));
}

#[test]
fn fields_that_change_are_named_with_what_they_were() {
    let mut document = refund();
    let owner = document.insert(Role::new("Owner"));
    let id = document.steps().ids().next().unwrap();
    let step = ElementRef::from(id);
    let before = document.clone();
    document.get_mut::<Step>(id).unwrap().performer = Some(Actor::Role(owner));
    assert_eq!(
        words::sentence(&before, &document, step, Change::Changed).as_deref(),
        Some("“Approve”: performed by “Owner” instead of “Clerk”")
    );
    let clerk = before.roles().ids().next().unwrap();
    document.get_mut::<Role>(clerk).unwrap().deputy = Some(Actor::Role(owner));
    assert_eq!(
        words::sentence(&before, &document, clerk.into(), Change::Changed).as_deref(),
        Some("“Clerk”: deputy “Owner” instead of nothing")
    );
}
