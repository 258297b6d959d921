//! Documents with known figures.

use crate::analysis::{CancelToken, Report, Settings, analyse};
use crate::model::*;
use crate::scene::display::Display;

/// The sample bakery.
pub(super) fn bakery() -> Document {
    crate::storage::load_str(crate::storage::sample("bakery").unwrap(), "bakery").unwrap().0
}

/// The findings of a document.
pub(super) fn report(document: &Document) -> Report {
    analyse(document, &Settings::default(), &CancelToken::default()).unwrap()
}

/// What an exhibit shows of a document.
pub(super) fn shown(document: &Document, id: &str, choice: &str) -> Display {
    let report = report(document);
    let figures = super::Figures::new(document, &report, Some(jiff::civil::date(2026, 6, 1)));
    super::exhibit(id).unwrap().display(&figures, choice)
}

/// All sentences and figures of a display.
pub(super) fn said(display: &Display) -> String {
    let drawn = crate::scene::display::draw(display, 960.0);
    drawn.spots.iter().map(|spot| spot.label.as_str()).collect::<Vec<_>>().join("\n")
}

/// The flow of refunds with its golden figures: receive 4 → check 10 → (back .10, clerk .70 × 2 min, owner .20 × 6 min)
/// → pay 5, 60 cases a week; hours of clerk, owner and accountant 35, 2 and 10.
pub(super) fn refunds() -> Document {
    let mut document = crate::analysis::rules::testing::raci();
    let units = ["Shop", "Office"].map(|name| document.insert(Unit::new(name)));
    let roles = [("Clerk", 0, 35.0), ("Owner", 1, 2.0), ("Accountant", 1, 10.0)].map(|(name, unit, hours)| {
        let person = Person { hours_per_week: Some(hours), ..Person::new(format!("{name}’s person")) };
        let holders = vec![Holding { person: document.insert(person), share: Some(1.0) }];
        document.insert(Role { unit: units.get(unit).copied(), holders, ..Role::new(name) })
    });
    let process = document.insert(Process { cases: Some(Rate::weekly(60.0)), ..Process::new("Refund") });
    let steps = [("receive", 0, 4.0), ("check", 0, 10.0), ("clerk", 0, 2.0), ("owner", 1, 6.0), ("pay", 2, 5.0)];
    let [receive, check, clerk, owner, pay] = steps.map(|(name, role, minutes)| {
        let performer = roles.get(role).map(|role| Actor::Role(*role));
        FlowNode::Step(document.insert(Step { performer, work: Some(Minutes(minutes)), ..Step::new(process, name) }))
    });
    let start = FlowNode::Event(document.insert(Event::new(process, EventKind::Start, "")));
    let end = FlowNode::Event(document.insert(Event::new(process, EventKind::End, "")));
    let split = FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Exclusive, "ok?")));
    for (from, to, probability) in [
        (start, receive, None),
        (receive, check, None),
        (check, split, None),
        (split, receive, Some(0.1)),
        (split, clerk, Some(0.7)),
        (split, owner, Some(0.2)),
        (clerk, pay, None),
        (owner, pay, None),
        (pay, end, None),
    ] {
        document.insert(Flow { probability, ..Flow::new(process, from, to) });
    }
    document
}
