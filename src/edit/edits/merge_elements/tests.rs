//! What becomes of elements that are made one, and which ones are refused.

use super::*;
use crate::edit::apply;

fn merged(document: &Document, elements: &[ElementRef]) -> Document {
    apply(document, &MergeElements { elements: elements.to_vec() }.into()).unwrap().document
}

fn refusal(document: &Document, elements: &[ElementRef]) -> String {
    match (MergeElements { elements: elements.to_vec() }).can_apply(document) {
        Verdict::No(reason) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_doubled_step_becomes_part_of_the_first_with_its_flows() {
    let mut document = Document::default();
    let process = document.insert(Process::new("Refund"));
    let gateway = document.insert(Gateway::new(process, GatewayKind::Exclusive, "Below 200?"));
    let kept = document.insert(Step { work: Some(Minutes(5.0)), ..Step::new(process, "Check receipt") });
    let other = Step { work: Some(Minutes(8.0)), wait: Some(Minutes(60.0)), ..Step::new(process, "Check it") };
    let other = document.insert(other);
    let end = document.insert(Step::new(process, "Pay"));
    let view = document.insert(View::new(
        "Refund",
        ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() },
    ));
    for (index, node) in [ElementRef::from(gateway), kept.into(), other.into(), end.into()].into_iter().enumerate() {
        let center = Some(Point::new(200.0 * index as f64, 0.0));
        document.insert(Placement { center, ..Placement::unplaced(view, node) });
    }
    let flow =
        |from: FlowNode, to: FlowNode, share: Option<f64>| Flow { probability: share, ..Flow::new(process, from, to) };
    let (gateway, kept_node, other_node) = (FlowNode::Gateway(gateway), FlowNode::Step(kept), FlowNode::Step(other));
    let first = document.insert(flow(gateway, kept_node, Some(0.7)));
    document.insert(flow(gateway, other_node, Some(0.3)));
    document.insert(flow(kept_node, other_node, None));
    let on = document.insert(flow(other_node, FlowNode::Step(end), None));
    let edit = MergeElements { elements: vec![kept.into(), other.into()] };
    assert_eq!(edit.label(&document), "Merge “Check it” into “Check receipt”");
    assert_eq!(edit.overruled(&document), ["work"]);
    let after = merged(&document, &edit.elements);
    let step = after.get::<Step>(kept).unwrap();
    assert_eq!((step.work, step.wait), (Some(Minutes(5.0)), Some(Minutes(60.0))));
    assert!(!after.contains(other.into()));
    let flows: Vec<(FlowId, FlowNode, FlowNode, Option<f64>)> =
        after.flows().iter().map(|(id, flow)| (id, flow.from, flow.to, flow.probability)).collect();
    assert_eq!(flows, [(first, gateway, kept_node, Some(1.0)), (on, kept_node, FlowNode::Step(end), None)]);
    assert_eq!(after.placements_in(view).count(), 3);
    assert_eq!(after.placement_of(view, kept.into()).unwrap().1.center, Some(Point::new(200.0, 0.0)));
}

#[test]
fn what_is_sensitive_or_critical_for_quality_stays_so_and_lines_beside_lead_elsewhere() {
    let mut document = Document::default();
    let list = document.insert(Artefact::new("List"));
    let copy = document.insert(Artefact { sensitive: true, access: "Owner".into(), ..Artefact::new("Copy of the list") });
    let after = merged(&document, &[list.into(), copy.into()]);
    let list = after.get::<Artefact>(list).unwrap();
    assert_eq!((list.sensitive, list.access.as_str()), (true, "Owner"));
    let boss = document.insert(Role::new("Boss"));
    let [kept, other] = ["Clerk", "Office clerk"].map(|name| document.insert(Role::new(name)));
    document.get_mut::<Role>(kept).unwrap().also_reports_to = vec![other];
    document.get_mut::<Role>(other).unwrap().also_reports_to = vec![boss];
    let after = merged(&document, &[kept.into(), other.into()]);
    assert_eq!(after.get::<Role>(kept).unwrap().also_reports_to, [boss], "nobody reports to himself");
}

#[test]
fn merged_roles_share_holders_rights_lanes_and_superiors() {
    let mut document = Document::default();
    let [ana, bo] = ["Ana", "Bo"].map(|name| document.insert(Person::new(name)));
    let holds = |person| vec![Holding { person, share: None }];
    let kept = document.insert(Role { holders: holds(ana), ..Role::new("Clerk") });
    let boss = document.insert(Role::new("Owner"));
    let other = Role { holders: [holds(ana), holds(bo)].concat(), reports_to: Some(boss), ..Role::new("Office clerk") };
    let other = document.insert(other);
    let below =
        document.insert(Role { reports_to: Some(other), deputy: Some(Actor::Role(other)), ..Role::new("Help") });
    let decision = document.insert(Decision::new("Pay a bill"));
    for (holder, letter) in [(kept, "I"), (other, "I"), (other, "R")] {
        document.insert(Right::new(Subject::Decision(decision), Actor::Role(holder), letter));
    }
    let process = document.insert(Process::new("Pay"));
    let actors = [other, boss, kept].map(Actor::Role);
    let lanes = actors.map(|actor| Lane { extent: 100.0, ..Lane::new(Some(actor)) }).to_vec();
    let view =
        document.insert(View::new("Pay", ViewKind::Process { process, lanes, direction: FlowDirection::default() }));
    let steps = actors.map(|actor| {
        let step = document.insert(Step { performer: Some(actor), ..Step::new(process, "Look") });
        let lane = actors.iter().position(|other| *other == actor).unwrap();
        let center = Some(Point::new(0.0, 30.0 + 100.0 * lane as f64));
        document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
        step
    });
    let after = merged(&document, &[kept.into(), other.into()]);
    let role = after.get::<Role>(kept).unwrap();
    assert_eq!(role.holders.iter().map(|holding| holding.person).collect::<Vec<_>>(), [ana, bo]);
    assert_eq!(role.reports_to, Some(boss));
    let help = after.get::<Role>(below).unwrap();
    assert_eq!((help.reports_to, help.deputy), (Some(kept), Some(Actor::Role(kept))));
    let mut letters: Vec<&str> = after.rights().iter().map(|(_, right)| right.letter.as_str()).collect();
    letters.sort_unstable();
    assert_eq!(letters, ["I", "R"]);
    let lanes = after.get::<View>(view).unwrap().lanes();
    let lanes: Vec<(Option<Actor>, f64)> = lanes.iter().map(|lane| (lane.actor, lane.extent)).collect();
    assert_eq!(lanes, [(Some(Actor::Role(boss)), 100.0), (Some(Actor::Role(kept)), 200.0)]);
    let across = steps.map(|step| after.placement_of(view, step.into()).unwrap().1.center.unwrap().y);
    assert_eq!(across, [230.0, 30.0, 130.0]);
}

#[test]
fn a_unit_that_becomes_part_of_its_own_part_moves_up() {
    let mut document = Document::default();
    let firm = document.insert(Unit::new("Firm"));
    let shops = document.insert(Unit { parent: Some(firm), ..Unit::new("Shops") });
    let shop = document.insert(Unit { parent: Some(shops), ..Unit::new("Shop") });
    let role = document.insert(Role { unit: Some(shops), ..Role::new("Manager") });
    for elements in [[shop, shops], [shops, shop]] {
        let after = merged(&document, &elements.map(ElementRef::from));
        assert_eq!(after.get::<Unit>(elements[0]).unwrap().parent, Some(firm));
        assert_eq!(after.get::<Role>(role).unwrap().unit, Some(elements[0]));
    }
}

#[test]
fn decisions_keep_their_letters_or_are_refused() {
    let mut document = Document::default();
    let role = Actor::Role(document.insert(Role::new("Owner")));

    let [raci, own] = [("raci", "A"), ("own", "D")].map(|(key, code)| {
        document.insert(Framework {
            key: Key::new(key).unwrap(),
            name: key.to_owned(),
            description: String::new(),
            letters: vec![Letter::new(code, "decides")],
            built_in: false,
        })
    });
    let kept = document.insert(Decision { framework: Some(own), ..Decision::new("Hire staff") });
    let other = document.insert(Decision { framework: Some(raci), ..Decision::new("Hire people") });
    document.insert(Right::new(Subject::Decision(other), role, "A"));
    assert_eq!(
        refusal(&document, &[kept.into(), other.into()]),
        "“Hire staff” uses own, which has no A as on “Hire people”; convert one of them first."
    );
    let after = merged(&document, &[other.into(), kept.into()]);
    assert_eq!(after.decisions().len(), 1);
    assert_eq!(after.rights().iter().map(|(_, right)| right.subject).collect::<Vec<_>>(), [Subject::Decision(other)]);
}

#[test]
fn a_range_comes_along_with_its_value_and_only_with_it() {
    let mut document = Document::default();
    let process = document.insert(Process::new("Refund"));
    let range = |low, high| Some(Range { low: Minutes(low), high: Minutes(high) });
    let kept = document.insert(Step { work: Some(Minutes(5.0)), ..Step::new(process, "Check") });
    let other = document.insert(Step {
        work: Some(Minutes(8.0)),
        work_range: range(6.0, 10.0),
        wait: Some(Minutes(60.0)),
        wait_range: range(30.0, 90.0),
        ..Step::new(process, "Check it")
    });
    let after = merged(&document, &[kept.into(), other.into()]);
    let (_, step) = after.steps().iter().next().unwrap();
    assert_eq!((step.work, step.work_range), (Some(Minutes(5.0)), None));
    assert_eq!((step.wait, step.wait_range), (Some(Minutes(60.0)), range(30.0, 90.0)));
}

#[test]
fn what_is_not_the_same_is_refused() {
    let mut document = Document::default();
    let [refund, pay] = ["Refund", "Pay"].map(|name| document.insert(Process::new(name)));
    let [check, look] =
        [(refund, "Check"), (pay, "Look")].map(|(process, name)| document.insert(Step::new(process, name)));
    let role = document.insert(Role::new("Clerk"));
    let split = document.insert(Gateway::new(refund, GatewayKind::Parallel, ""));
    let choice = document.insert(Gateway::new(refund, GatewayKind::Exclusive, "Ok?"));
    assert_eq!(refusal(&document, &[check.into()]), "Select two elements or more that are the same thing.");
    assert_eq!(
        refusal(&document, &[check.into(), role.into()]),
        "A step and a role are not the same thing; select elements of one kind."
    );
    assert_eq!(
        refusal(&document, &[check.into(), look.into()]),
        "“Check” and “Look” are in different processes; a call can stand for both."
    );
    assert_eq!(
        refusal(&document, &[split.into(), choice.into()]),
        "the gateway and “Ok?” are of different types; change the type of one first."
    );
    assert_eq!(refusal(&document, &[refund.into(), pay.into()]), "Processes cannot be merged.");
}
