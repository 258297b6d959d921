//! What small BPMN files become in Remit.

use crate::edit::apply;
use crate::import::bpmn::{plan, read_definitions};
use crate::model::*;

/// Imports into a document; nothing may be left out.
fn import_into(base: &Document, content: &str, arranges_anew: bool) -> Document {
    let reading = read_definitions(format!("<definitions>{content}</definitions>").as_bytes()).unwrap();
    let planned = plan::plan(&reading, "bread.bpmn", base, arranges_anew);
    assert_eq!((reading.problems, planned.problems), (vec![], vec![]));
    let document = apply(base, &planned.edit.into()).unwrap().document;
    assert_eq!(integrity::check(&document), []);
    document
}

fn import(content: &str) -> Document {
    import_into(&Document::default(), content, false)
}

fn performer(document: &Document, name: &str) -> String {
    let steps = document.steps().iter().map(|(id, step)| (&step.name, FlowNode::Step(id)));
    let events = document.events().iter().map(|(id, event)| (&event.name, FlowNode::Event(id)));
    let (_, node) = steps.chain(events).find(|(known, _)| *known == name).unwrap();
    document.performer_of(node).map_or_else(String::new, |actor| document.name_of(actor.into()).to_owned())
}

const BAKERY: &str = "
    <collaboration id='C'><participant id='shop' name='Bakery' processRef='P'/><participant id='mill' name='Mill'/>
      <messageFlow id='M' name='Flour' sourceRef='mill' targetRef='knead'/></collaboration>
    <process id='P'><laneSet>
        <lane id='front' name='Front'><flowNodeRef>sell</flowNodeRef></lane>
        <lane id='back' name='Back'><childLaneSet>
          <lane id='baker' name='Baker'><flowNodeRef>bake</flowNodeRef></lane>
          <lane id='helper' name='Helper'><flowNodeRef>knead</flowNodeRef></lane></childLaneSet></lane></laneSet>
      <subProcess id='bake' name='Bake'><task id='watch' name='Watch the oven'/></subProcess>
      <boundaryEvent id='burnt' name='Burnt' attachedToRef='bake' cancelActivity='false'/>
      <task id='knead' name='Knead'/><task id='sell' name='Sell'/><task id='sweep' name='Sweep'/>
      <sequenceFlow id='F' sourceRef='knead' targetRef='bake'/></process>";

fn shape(element: &str, x: i32, y: i32, width: i32, height: i32) -> String {
    let bounds = format!("<Bounds x='{x}' y='{y}' width='{width}' height='{height}'/>");
    format!("<BPMNShape bpmnElement='{element}'>{bounds}</BPMNShape>")
}

/// The bakery drawn, its helper below its baker though later in the file, the front lowest.
fn drawn_bakery() -> String {
    let shapes = [
        shape("mill", 0, 0, 600, 50),
        shape("shop", 0, 80, 600, 300),
        shape("front", 30, 280, 570, 100),
        shape("back", 30, 80, 570, 200),
        shape("baker", 60, 80, 540, 100),
        shape("helper", 60, 180, 540, 100),
        shape("watch", 110, 100, 50, 40),
        shape("bake", 100, 90, 100, 80),
        shape("burnt", 130, 152, 36, 36),
        shape("knead", 100, 190, 100, 80),
    ];
    let edge = "<BPMNEdge bpmnElement='F'><waypoint x='1' y='2'/><waypoint x='3' y='4'/>\
                <BPMNLabel><Bounds x='5' y='6' width='7' height='8'/></BPMNLabel></BPMNEdge>";
    let plane = format!("<BPMNPlane bpmnElement='C'>{}{edge}</BPMNPlane>", shapes.concat());
    format!("{BAKERY}<BPMNDiagram id='D' name='All of it'>{plane}</BPMNDiagram>")
}

#[test]
fn pools_and_lanes_perform() {
    let document = import(BAKERY);
    let names = |table: Vec<&str>| table.join(", ");
    assert_eq!(names(document.units().iter().map(|(_, unit)| unit.name.as_str()).collect()), "Bakery, Back");
    assert_eq!(names(document.roles().iter().map(|(_, role)| role.name.as_str()).collect()), "Front, Baker, Helper");
    assert_eq!(names(document.externals().iter().map(|(_, one)| one.name.as_str()).collect()), "Mill");
    let unit_of = |place: usize| document.roles().iter().nth(place).unwrap().1.unit.unwrap();
    assert_eq!(document.name_of(unit_of(0).into()), "Bakery");
    assert_eq!(document.name_of(unit_of(1).into()), "Back");
    assert_eq!(performer(&document, "Watch the oven"), "Baker", "inside of a step of the lane");
    assert_eq!(performer(&document, "Burnt"), "Baker", "on the border of one");
    assert_eq!(performer(&document, "Sweep"), "Bakery", "in no lane");
    let (_, process) = document.processes().iter().next().unwrap();
    assert_eq!((process.name.as_str(), process.key.as_str()), ("Bakery", "bread.P"));
}

#[test]
fn messages_lead_to_whole_parties_and_events_sit_on_steps() {
    let document = import(BAKERY);
    let (_, message) = document.links().iter().next().unwrap();
    assert_eq!((message.kind, message.name.as_str()), (LinkKind::Message, "Flour"));
    assert_eq!((document.name_of(message.from), document.name_of(message.to)), ("Mill", "Knead"));
    let (_, event) = document.events().iter().next().unwrap();
    assert_eq!(document.name_of(event.attached.unwrap().into()), "Bake");
    assert!(event.keeps_running && !event.throws);
    assert_eq!(event.kind, EventKind::Intermediate);
}

fn lane_text(document: &Document, lanes: &[Lane]) -> Vec<String> {
    let name = |lane: &Lane| document.name_of(lane.actor.unwrap().into()).to_owned();
    lanes.iter().map(|lane| format!("{}{}", "  ".repeat(lane.depth.into()), name(lane))).collect()
}

#[test]
fn a_drawing_keeps_its_lanes_boxes_and_lines() {
    let document = import(&drawn_bakery());
    let (id, view) = document.views().iter().next().unwrap();
    assert_eq!(view.name, "All of it");
    assert_eq!(lane_text(&document, view.lanes()), ["Mill", "Bakery", "  Back", "    Baker", "    Helper", "  Front"]);
    assert_eq!(view.lanes()[3].frame, Some(Area::new(60.0, 80.0, 540.0, 100.0)));
    let order: Vec<_> = document.placements_in(id).map(|(_, one)| document.name_of(one.element)).collect();
    assert_eq!(order, ["Bake", "Knead", "Burnt", "Watch the oven", ""], "what encloses comes first");
    let (_, bake) = document.placements_in(id).next().unwrap();
    assert_eq!((bake.center, bake.size), (Some(Point::new(150.0, 130.0)), Some(Size::new(100.0, 80.0))));
    assert!(!bake.collapsed, "something inside is drawn");
    let (_, line) = document.placements_in(id).last().unwrap();
    assert_eq!(line.bends, [Point::new(1.0, 2.0), Point::new(3.0, 4.0)]);
    assert_eq!(line.label, Some(Area::new(5.0, 6.0, 7.0, 8.0)));
}

#[test]
fn without_a_drawing_all_is_shown_to_be_arranged() {
    let document = import(BAKERY);
    let (_, view) = document.views().iter().next().unwrap();
    assert_eq!(lane_text(&document, view.lanes()), ["Bakery", "  Front", "  Back", "    Baker", "    Helper", "Mill"]);
    assert!(view.lanes().iter().all(|lane| lane.frame.is_none()));
    assert_eq!(document.placements().len(), 6);
    assert!(document.placements().iter().all(|(_, placement)| placement.center.is_none()));
}

#[test]
fn a_drawing_left_aside_shows_the_same_without_places() {
    let document = import_into(&Document::default(), &drawn_bakery(), true);
    assert_eq!(document.placements().len(), 4);
    let (_, view) = document.views().iter().next().unwrap();
    assert!(view.lanes().iter().all(|lane| lane.frame.is_none()) && view.lanes().len() == 6);
    let again = import_into(&import(&drawn_bakery()), &drawn_bakery(), true);
    let has_place = |placement: &Placement| placement.center.is_some();
    assert!(!again.placements().iter().any(|(_, placement)| has_place(placement)), "of a known view, too");
}

#[test]
fn the_inside_of_a_closed_sub_process_has_a_view_of_its_own() {
    let diagrams = format!(
        "<BPMNDiagram id='D'><BPMNPlane bpmnElement='P'>{}</BPMNPlane></BPMNDiagram>
         <BPMNDiagram id='E'><BPMNPlane bpmnElement='S'>{}</BPMNPlane></BPMNDiagram>",
        shape("S", 0, 0, 100, 80),
        shape("T", 0, 0, 100, 80)
    );
    let document = import(&format!(
        "<process id='P' name='Bread'><subProcess id='S' name='Bake'><task id='T'/></subProcess></process>{diagrams}"
    ));
    let views: Vec<_> = document.views().iter().collect();
    assert_eq!([views[0].1.name.as_str(), views[1].1.name.as_str()], ["Bread", "Bake"]);
    let shown = |view: ViewId| document.placements_in(view).map(|(_, one)| one.clone()).collect::<Vec<_>>();
    assert!(shown(views[0].0).len() == 1 && shown(views[0].0)[0].collapsed);
    assert_eq!(shown(views[1].0).len(), 1);
    let (_, task) = document.steps().iter().nth(1).unwrap();
    assert_eq!(task.parent, document.steps().ids().next());
}

#[test]
fn data_are_artefacts_that_steps_need_and_make() {
    let document = import(
        "<process id='P'><dataObject id='O' isCollection='true'/>
           <dataObjectReference id='D' name='Order' dataObjectRef='O'><dataState name='paid'/></dataObjectReference>
           <dataStoreReference id='B' name='Books'/><textAnnotation id='A'><text>Daily</text></textAnnotation>
           <task id='T'><dataInputAssociation id='I'><sourceRef>D</sourceRef><sourceRef>B</sourceRef>
             </dataInputAssociation><dataOutputAssociation id='J'><targetRef>O</targetRef></dataOutputAssociation></task>
           <association id='L' sourceRef='T' targetRef='A' associationDirection='One'/></process>",
    );
    let artefacts: Vec<_> = document.artefacts().iter().map(|(_, one)| (one.name.as_str(), one.form)).collect();
    assert_eq!(artefacts, [("Order", ArtefactForm::Pile), ("Books", ArtefactForm::Store)]);
    assert_eq!(document.artefacts().iter().next().unwrap().1.state, "paid");
    let (_, step) = document.steps().iter().next().unwrap();
    assert_eq!((step.inputs.len(), step.outputs.len()), (2, 1));
    let kinds: Vec<_> = document.links().iter().map(|(_, link)| (link.kind, link.directed)).collect();
    let of = |kind| (kind, false);
    assert_eq!(kinds, [(LinkKind::Association, true), of(LinkKind::Input), of(LinkKind::Input), of(LinkKind::Output)]);
}

#[test]
fn references_alike_are_one_artefact_unless_one_picture_draws_them_both() {
    let model = "<process id='P'><dataObject id='O' name='Order'/><task id='T'/>
        <dataObjectReference id='A' dataObjectRef='O'/><dataObjectReference id='B' dataObjectRef='O'/>
        <dataObjectReference id='C' dataObjectRef='O'><dataState name='paid'/></dataObjectReference></process>";
    let document = import(model);
    assert_eq!(document.artefacts().len(), 2, "another state is another artefact");
    let drawn = |second: &str| {
        let diagram = |id: &str, shapes: &str| {
            format!("<BPMNDiagram id='{id}'><BPMNPlane bpmnElement='P'>{shapes}</BPMNPlane></BPMNDiagram>")
        };
        let first = [shape("T", 0, 0, 100, 80), shape("A", 0, 200, 36, 50), second.to_owned()].concat();
        import(&format!("{model}{}{}", diagram("D", &first), diagram("E", &shape("B", 50, 60, 36, 50))))
    };
    assert_eq!(drawn("").artefacts().len(), 2);
    assert_eq!(drawn("").placements().len(), 3, "it is shown in both");
    assert_eq!(drawn(&shape("B", 300, 200, 36, 50)).artefacts().len(), 3, "both shapes stay");
}

#[test]
fn a_timer_with_a_fixed_time_says_how_long_its_event_waits() {
    let timer = |what: &str| format!("<timerEventDefinition>{what}</timerEventDefinition>");
    let model = format!(
        "<process id='P'><task id='T'/><intermediateCatchEvent id='A'>{}</intermediateCatchEvent>
           <boundaryEvent id='B' attachedToRef='T'>{}</boundaryEvent>
           <intermediateCatchEvent id='C' name='Payday'>{}</intermediateCatchEvent>
           <startEvent id='S'>{}</startEvent></process>",
        timer("<timeDuration>PT2H</timeDuration>"),
        timer("<timeCycle>R3/P1D</timeCycle>"),
        timer("<timeDate>2026-03-01T09:00:00</timeDate>"),
        timer("<timeCycle>R/P1W</timeCycle>"),
    );
    let reading = read_definitions(format!("<definitions>{model}</definitions>").as_bytes()).unwrap();
    let planned = plan::plan(&reading, "bread.bpmn", &Document::default(), false);
    assert_eq!(planned.open_timers, [("Payday".to_owned(), "2026-03-01T09:00:00".to_owned())]);
    let document = apply(&Document::default(), &planned.edit.into()).unwrap().document;
    let waits: Vec<_> = document.events().iter().map(|(_, event)| event.wait).collect();
    assert_eq!(waits, [Some(Minutes(120.0)), Some(Minutes(1440.0)), None, None]);
}

#[test]
fn what_is_no_longer_in_the_file_is_named() {
    let read = |content: &str, base: &Document| {
        let text = format!("<definitions>{content}</definitions>");
        let (bytes, map) = (text.as_bytes(), crate::import::ColumnMap::default());
        let input = crate::import::Input {
            bytes,
            name: "bread.bpmn",
            base,
            map: &map,
            arranges_anew: false,
            matrix: &crate::import::matrix::Settings::default(),
            log: &crate::import::event_log::Settings::default(),
        };
        (crate::import::bpmn::SOURCE.read)(&input).unwrap()
    };
    let first =
        read("<process id='P'><task id='T' name='Knead'/><task id='U' name='Bake'/></process>", &Document::default());
    assert!(!first.report.notes.iter().any(|note| note.contains("earlier")));
    let second = read("<process id='P'><task id='U' name='Bake'/></process>", &first.document);
    let note = second.report.notes.iter().find(|note| note.contains("earlier import"));
    assert_eq!(
        note.map(String::as_str),
        Some("1 element of an earlier import of this file is no longer in it; it stays as before: step “Knead”.")
    );
    assert_eq!(second.document.steps().len(), 2);
}

#[test]
fn who_is_there_by_name_performs_and_is_not_made_twice() {
    let mut base = Document::default();
    let baker = base.insert(Role::new("baker"));
    base.insert(Role::new("Helper"));
    base.insert(Role::new("Helper"));
    let document = import_into(&base, BAKERY, false);
    assert_eq!(performer(&document, "Bake"), "baker");
    assert_eq!(document.get::<Role>(baker), base.get::<Role>(baker), "and stays as it is");
    assert_eq!(document.roles().len(), 5, "of two helpers none is the one");
    assert_eq!(import_into(&document, BAKERY, false), document, "a second time changes nothing");
}

#[test]
fn what_has_no_place_of_its_own_is_kept_with_the_first_process() {
    let document = import(
        "<message id='M'/><collaboration id='C' isClosed='true'><participant id='A' processRef='P' v='1'>
         <participantMultiplicity minimum='2'/></participant></collaboration>
         <process id='P' isExecutable='true'><callActivity id='T' calledElement='elsewhere' w='2'/></process>",
    );
    let (_, process) = document.processes().iter().next().unwrap();
    assert_eq!(
        process.kept,
        "isExecutable='true'\n<definitions id=\"\"><message id='M'/></definitions>\n<collaboration id=\"C\" \
         isClosed='true'></collaboration>\n<participant id=\"A\" v='1'><participantMultiplicity minimum=\"2\"/></participant>"
    );
    assert_eq!(document.steps().iter().next().unwrap().1.kept, "calledElement=\"elsewhere\" w='2'");
}
