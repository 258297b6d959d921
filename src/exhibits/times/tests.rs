//! Known value streams and what the time ladder says of them.

use super::*;
use crate::exhibits::testing::{refunds, said, shown};

/// Three steps of 45 minutes that add value, in 1035 minutes; right at once .95, .90, .80.
fn line() -> Document {
    let mut document = Document::default();
    let process = document.insert(Process::new("Order"));
    let steps = [(15.0, 400.0, 0.95), (10.0, 300.0, 0.90), (20.0, 290.0, 0.80)];
    let nodes = steps.map(|(work, wait, right)| {
        FlowNode::Step(document.insert(Step {
            work: Some(Minutes(work)),
            wait: Some(Minutes(wait)),
            value: Some(ValueClass::AddsValue),
            first_time_right: Some(right),
            ..Step::new(process, format!("Step {work}"))
        }))
    });
    for pair in nodes.windows(2) {
        let [from, to] = pair else { continue };
        document.insert(Flow::new(process, *from, *to));
    }
    document
}

#[test]
fn efficiency_and_rolled_yield_are_the_known_ones() {
    let display = shown(&line(), "times", "");
    let value = |figure: &str| {
        let row = display.tables[1].rows.iter().find(|row| row[0].text() == figure).unwrap();
        let Cell::Number(value) = row[1] else { panic!("{figure} is known") };
        value
    };
    assert!((value("Lead time") - 1035.0).abs() < 1e-9);
    assert!((value("Work that adds value or does not say ÷ lead time") - 0.0435).abs() < 0.00005);
    assert!((value("Right at the first try in every step") - 0.684).abs() < 0.0005);
    let text = said(&display);
    assert!(text.contains("Adding value: 4.35 %"), "{text}");
    assert!(text.contains("Right at the first try: 68.4 %"), "{text}");
    assert!(text.contains("Most of the waiting, 40.4 %, is before “Step 15”: 6.67 h of 16.5 h."), "{text}");
}

#[test]
fn ranges_stand_in_brackets_and_in_columns_of_their_own() {
    let mut document = line();
    let plain = shown(&document, "times", "");
    assert!(plain.tables[0].headings.len() == 10 && plain.tables[1].headings.len() == 3);
    assert!(!said(&plain).contains("Ranges go"));
    let id = document.steps().ids().next().unwrap();
    let range = |low, high| Some(Range { low: Minutes(low), high: Minutes(high) });
    let step = document.get_mut::<Step>(id).unwrap();
    (step.work_range, step.wait_range) = (range(10.0, 45.0), range(90.0, 1000.0));
    let display = shown(&document, "times", "");
    let text = said(&display);
    // 1035 − 5 − 310 and 1035 + 30 + 600 minutes; 40 ÷ (40 + 1590) and 75 ÷ (75 + 680).
    assert!(text.contains("Lead time of a case: 17.3 h: 12 h to 27.8 h; no goal is set"), "{text}");
    assert!(text.contains("Work on a case: 45 min: 40 min to 75 min; of all steps together"), "{text}");
    assert!(text.contains("Adding value: 4.35 %: 2.45 % to 9.93 % of the lead time"), "{text}");
    assert!(text.contains("Step 15, nobody, waits 6.67 h (1.5–16.7), work 15 min (10–45), adds value"), "{text}");
    assert!(text.contains("Step 15: 6.92 h (1.67–17.4) · 40.1 %"), "{text}");
    let steps = &display.tables[0];
    assert_eq!(steps.headings[10..], tables::RANGES.map(str::to_owned));
    let cells = |row: usize| steps.rows[row][10..].iter().map(Cell::text).collect::<Vec<_>>();
    assert_eq!((cells(0), cells(1)), (["90", "1000", "10", "45"].map(str::to_owned).to_vec(), vec![String::new(); 4]));
    let process = document.processes().ids().next().unwrap();
    document.get_mut::<Process>(process).unwrap().lead_time_goal = Some(Minutes(1440.0));
    let late = "12 h to 27.8 h; the goal is 24 h, missed if all is high";
    assert!(said(&shown(&document, "times", "")).contains(late));
    let lead = &display.tables[1].rows[0];
    assert_eq!([&lead[1], &lead[3], &lead[4]].map(Cell::text), ["1035", "720", "1665"]);
}

#[test]
fn steps_stand_in_the_order_of_the_flow_with_their_visits() {
    let display = shown(&refunds(), "times", "");
    let names: Vec<(String, String)> =
        display.tables[0].rows.iter().map(|row| (row[0].text(), row[2].text())).collect();
    let expected = [("receive", "1.1111"), ("check", "1.1111"), ("clerk", "0.7778"), ("owner", "0.2222"), ("pay", "1")];
    assert_eq!(names, expected.map(|(name, visits)| (name.to_owned(), visits.to_owned())));
    assert!(said(&display).contains("Lead time of a case: at least 23.4 min"), "{}", said(&display));
    assert!(display.missing.iter().any(|missing| missing.text == "5 steps have no wait"));
}

#[test]
fn branches_that_run_at_once_are_told_apart_and_the_slowest_counts() {
    let mut document = Document::default();
    let process = document.insert(Process::new("Order"));
    let mut step = |name: &str, work| {
        FlowNode::Step(document.insert(Step { work: Some(Minutes(work)), ..Step::new(process, name) }))
    };
    let [first, a, b, last] = [step("first", 1.0), step("a", 10.0), step("b", 4.0), step("last", 2.0)];
    let mut gateway = || FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Parallel, "")));
    let [split, join] = [gateway(), gateway()];
    for (from, to) in [(first, split), (split, a), (split, b), (a, join), (b, join), (join, last)] {
        document.insert(Flow::new(process, from, to));
    }
    let display = shown(&document, "times", "");
    let branches: Vec<(String, String)> =
        display.tables[0].rows.iter().map(|row| (row[0].text(), row[9].text())).collect();
    let expected = [("first", ""), ("a", "1"), ("b", "2"), ("last", "")];
    assert_eq!(branches, expected.map(|(name, branch)| (name.to_owned(), branch.to_owned())));
    let text = said(&display);
    assert!(
        text.contains("Lead time = work + waiting − what runs beside other things = 17 min + 0 min − 4 min = 13 min.")
    );
    assert!(text.contains("that of “a” takes 10 min, the next one 4 min, so the others wait 6 min for it."), "{text}");
}

#[test]
fn a_process_that_says_nothing_names_what_it_lacks() {
    let mut document = line();
    let steps: Vec<StepId> = document.steps().ids().collect();
    for step in steps {
        let step = document.get_mut::<Step>(step).unwrap();
        (step.work, step.wait) = (None, None);
    }
    let display = shown(&document, "times", "");
    assert!(said(&display).contains("How long a case of Order takes cannot be said yet."));
    assert_eq!(display.missing[0].text, "3 steps have neither work nor wait");
}
