//! A body in the inspector: members and their votes, and how it can decide, also without one of them.

use egui::Key;
use egui::accesskit::Role as Kind;
use remit::model::*;

use crate::driver::{Driver, bakery};

/// The bakery with a board of three, which votes with weights.
fn board() -> Driver {
    let text = remit::storage::to_string(&bakery());
    let body = "bodies: [(key: \"board\", name: \"Price board\", method: weighted, quota: 51, members: [\
                (who: \"owner\", weight: 50), (who: \"accountant\", weight: 49), (who: \"head-baker\", weight: 1)])],\n    \
                artefacts: [";
    let text = text.replacen("artefacts: [", body, 1);
    let document = remit::storage::load_str(&text, "bakery").expect("it is sound").0;
    let body = document.bodies().ids().next().expect("a body");
    let view = document.views().iter().find(|(_, view)| view.name == "Organisation").expect("a chart").0;
    let mut app = Driver::new(document, view);
    // High enough for all of the inspector, which takes its height when it first opens.
    app.harness.set_size(egui::Vec2::new(1280.0, 2400.0));
    app.settle();
    app.wish(remit::app::command::Command::Select(vec![body.into()]));
    app
}

fn body(app: &Driver) -> Body {
    app.document().bodies().iter().next().expect("a body").1.clone()
}

#[test]
fn bars_say_who_has_which_share_and_who_can_block() {
    let app = board();
    let names = app.names(Kind::Switch);
    let expected = [
        "Owner is there, 60 % of the power",
        "Accountant is there, 20 % of the power",
        "Head baker is there, 20 % of the power",
    ];
    assert_eq!(names, expected);
    assert!(app.reads("51 of 100 votes are needed."), "{:?}", app.names(Kind::Label));
    assert!(app.reads("Nothing is decided without Owner."));
}

#[test]
fn a_member_can_be_taken_to_be_away() {
    let mut app = board();
    app.click_on(Kind::Switch, "Head baker is there, 20 % of the power");
    assert!(app.is_selected(Kind::Switch, "Owner is there, 50 % of the power"));
    assert!(!app.is_selected(Kind::Switch, "Head baker is away"));
    app.click_on(Kind::Switch, "Accountant is there, 50 % of the power");
    assert!(app.reads("those who are there have 50."), "{:?}", app.names(Kind::Label));
    app.click_on(Kind::Switch, "Accountant is away");
    app.click_on(Kind::Switch, "Head baker is away");
    assert_eq!(app.count(Kind::Switch, "Owner is there, 60 % of the power"), 1);
    assert!(app.steps().is_empty(), "asking changes nothing");
}

#[test]
fn members_votes_and_rules_are_changed_one_step_each() {
    let mut app = board();
    app.fill("Votes of Owner", "51");
    assert_eq!(body(&app).members[0].weight, Amount::whole(51));
    assert!(app.reads("Owner decides alone"), "{:?}", app.names(Kind::Label));
    app.fill("Votes of Owner", "many");
    assert_eq!(body(&app).members[0].weight, Amount::whole(51), "what is no number changes nothing");
    app.click_button("Take Head baker out of Members");
    app.focus("Add to Members");
    app.write("order");
    app.key(Key::Enter);
    let names: Vec<String> =
        body(&app).members.iter().map(|member| app.document().name_of(member.actor.into()).to_owned()).collect();
    assert_eq!(names, ["Owner", "Accountant", "Order desk"]);
    app.fill("Quorum", "4");
    assert!(app.reads("It can never decide: 4 members must be there, and only 3 belong to it."));
    app.fill("Equal votes", "the owner decides");
    app.fill("Conflict", "leaves the room");
    let body = body(&app);
    assert_eq!(
        (body.quorum, body.tie_rule.as_str(), body.conflict_rule.as_str()),
        (Some(4), "the owner decides", "leaves the room")
    );
    assert_eq!(app.steps().len(), 6, "{:?}", app.steps());
}
