//! The reading of small files that show one thing each.

use super::drawing::Bounds;
use super::limits::DEEPEST;
use super::tree::*;
use super::*;

const MODEL: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";

/// Reads a process with this content, without prefixes.
fn process(content: &str) -> Reading {
    document(&format!("<process id='P'>{content}</process>"))
}

fn document(content: &str) -> Reading {
    read(&format!("<definitions xmlns='{MODEL}' xmlns:v='http://vendor.example'>{content}</definitions>"))
}

fn read(text: &str) -> Reading {
    read_definitions(text.as_bytes()).unwrap()
}

fn content(reading: &Reading) -> &Content {
    &reading.definitions.processes[0].content
}

fn problems(reading: &Reading) -> Vec<String> {
    reading.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn any_prefix_and_none_read_the_same() {
    let body = "process id='P'><task id='T' name='Bake'/><sequenceFlow id='F' sourceRef='T' targetRef='T'/></process";
    let bare = read(&format!("<definitions><{body}></definitions>"));
    let default = read(&format!("<definitions xmlns='{MODEL}'><{body}></definitions>"));
    let prefixed = format!("<x:definitions xmlns:x='{MODEL}'><{body}></x:definitions>");
    let prefixed =
        read(&prefixed.replace("<p", "<x:p").replace("<t", "<x:t").replace("<s", "<x:s").replace("</p", "</x:p"));
    for reading in [&bare, &default, &prefixed] {
        assert_eq!(content(reading).nodes[0].base.name, "Bake");
        assert_eq!(content(reading).flows.len(), 1);
        assert_eq!(reading.kept, []);
    }
}

#[test]
fn every_kind_of_node_is_known() {
    let names = "task userTask serviceTask manualTask sendTask receiveTask scriptTask businessRuleTask subProcess \
                 transaction adHocSubProcess callActivity exclusiveGateway parallelGateway inclusiveGateway \
                 eventBasedGateway complexGateway startEvent endEvent intermediateCatchEvent intermediateThrowEvent";
    let elements: String = names.split_whitespace().map(|name| format!("<{name} id='{name}'/>")).collect();
    let reading = process(&elements);
    let read: Vec<_> = content(&reading).nodes.iter().map(|node| element_name(&node.kind)).collect();
    assert_eq!(read, names.split_whitespace().collect::<Vec<_>>());
    assert_eq!(counts(&reading)["events"], 4);
}

#[test]
fn events_carry_what_sets_them_off() {
    let reading = document(
        "<message id='M' name='Order'/><signalEventDefinition id='S'/><process id='P'><task id='T'/>
         <boundaryEvent id='B' attachedToRef='T' cancelActivity='false'>
           <timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>
         <startEvent id='E' parallelMultiple='true' isInterrupting='false'>
           <messageEventDefinition messageRef='M'/><eventDefinitionRef>S</eventDefinitionRef></startEvent></process>",
    );
    let nodes = &content(&reading).nodes;
    let NodeKind::Event(boundary) = &nodes[1].kind else { panic!() };
    assert_eq!((boundary.attached_to.as_str(), boundary.is_interrupting), ("T", false));
    assert_eq!((boundary.definitions[0].trigger, boundary.definitions[0].text.as_str()), (Trigger::Timer, "P1D"));
    assert!(boundary.definitions[0].base.kept.starts_with("<timerEventDefinition>"));
    let NodeKind::Event(start) = &nodes[2].kind else { panic!() };
    assert!(start.is_parallel_multiple && !start.is_interrupting);
    let triggers: Vec<_> = start.definitions.iter().map(|definition| definition.trigger).collect();
    assert_eq!(triggers, [Trigger::Message, Trigger::Signal]);
    assert_eq!(start.definitions[0].reference, "M");
}

#[test]
fn activities_repeat_and_undo() {
    let reading = process(
        "<task id='A'><standardLoopCharacteristics/></task>
         <task id='B'><multiInstanceLoopCharacteristics isSequential='true'/></task>
         <task id='C' isForCompensation='true'><multiInstanceLoopCharacteristics>
           <loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></task>",
    );
    let read: Vec<_> = content(&reading).nodes.iter().map(|node| node.repetition).collect();
    assert_eq!(read, [Repetition::Loop, Repetition::Sequential, Repetition::Parallel]);
    assert!(content(&reading).nodes[2].is_for_compensation);
    assert!(content(&reading).nodes[2].base.kept.contains("<loopCardinality>3"));
    assert_eq!(content(&reading).nodes[1].base.kept, "");
}

#[test]
fn what_is_not_understood_is_kept_and_counted() {
    let reading = process(
        "<task id='T' v:topic='bread' completionQuantity='1'><extensionElements><v:form a='1'/></extensionElements>
         <resourceRole id='R'/><documentation>Slowly.</documentation></task>",
    );
    let task = &content(&reading).nodes[0].base;
    assert_eq!(task.documentation, "Slowly.");
    assert_eq!(
        task.kept,
        "v:topic='bread' completionQuantity='1'\n<extensionElements><v:form a='1'/></extensionElements>\n<resourceRole \
         id='R'/>"
    );
    let told: Vec<_> = reading.kept.iter().map(|kept| (kept.name.as_str(), kept.is_attribute)).collect();
    assert_eq!(told, [("completionQuantity", true), ("resourceRole", false), ("v:form", false), ("v:topic", true)]);
    assert!(reading.definitions.base.kept.contains("xmlns:v=\"http://vendor.example\""));
}

#[test]
fn a_namespace_declared_within_stays_with_its_element() {
    let reading = process("<task id='T' xmlns:w='http://other.example' w:a='1'><w:b/></task>");
    let kept = &content(&reading).nodes[0].base.kept;
    assert_eq!(kept, "w:a='1' xmlns:w=\"http://other.example\"\n<w:b/>");
}

#[test]
fn lines_that_lead_nowhere_are_left_out_and_told() {
    let reading = process(
        "<task id='T'/>\n<sequenceFlow id='F' sourceRef='T' targetRef='gone'/>\n<association id='A' sourceRef='T'/>\n\
         <subProcess id='S'><task id='U'/></subProcess>\n<sequenceFlow id='G' sourceRef='T' targetRef='U'/>\n\
         <boundaryEvent id='B' attachedToRef='B'/>\n<exclusiveGateway id='X' default='F2'/>",
    );
    assert_eq!((content(&reading).flows.len(), content(&reading).artifacts.associations.len()), (0, 0));
    assert_eq!(
        problems(&reading),
        [
            "line 2, sequenceFlow “F”: its end “gone” is not in the file; left out",
            "line 3, association “A”: an end is not stated; left out",
            "line 5, sequenceFlow “G”: it leads into another process or sub-process; left out",
            "line 6, boundaryEvent “B”: the activity “B” that it sits on is not beside it; read as an event within the \
             flow",
            "line 7, node “X”: its default flow “F2” is not beside it; without default",
        ]
    );
}

#[test]
fn a_second_element_with_an_id_keeps_none() {
    let reading = process("<task id='T' name='one'/><task id='T' name='two'/>");
    let ids: Vec<_> = content(&reading).nodes.iter().map(|node| node.base.id.as_str()).collect();
    assert_eq!(ids, ["T", ""]);
    assert_eq!(problems(&reading), ["line 1, node “two”: its id “T” is taken; references mean the first one"]);
}

#[test]
fn a_node_is_in_its_innermost_lane_only() {
    let reading = process(
        "<laneSet><lane id='L'><flowNodeRef>T</flowNodeRef><flowNodeRef> U </flowNodeRef><childLaneSet>
         <lane id='M'><flowNodeRef>T</flowNodeRef><flowNodeRef>gone</flowNodeRef></lane></childLaneSet></lane>
         <lane id='N'><flowNodeRef>U</flowNodeRef></lane></laneSet><task id='T'/><task id='U'/>",
    );
    let mut lanes = Vec::new();
    content(&reading).lane_sets[0]
        .each(0, &mut |depth, lane| lanes.push((depth, lane.base.id.as_str(), lane.nodes.clone())));
    let node = |name: &str| vec![name.to_owned()];
    assert_eq!(lanes, [(0, "L", node("U")), (1, "M", node("T")), (0, "N", vec![])]);
    assert_eq!(reading.problems.len(), 2, "{:?}", problems(&reading));
}

#[test]
fn pools_messages_data_and_groups() {
    let reading = document(
        "<category><categoryValue id='V' value='Night'/></category><collaboration id='C'>
         <participant id='A' name='Shop' processRef='P'/><participant id='B' processRef='gone'>
           <participantMultiplicity minimum='2' maximum='5'/></participant>
         <messageFlow id='M' sourceRef='A' targetRef='T'/><group id='G' categoryValueRef='V'/></collaboration>
         <process id='P'><dataObject id='O'/><dataObjectReference id='D' name='Order' dataObjectRef='O'>
           <dataState name='paid'/></dataObjectReference><dataStoreReference id='W' name='Books'/>
         <task id='T'><property id='Q'/><dataInputAssociation id='I'><sourceRef>D</sourceRef><targetRef>Q</targetRef>
           </dataInputAssociation><dataOutputAssociation><targetRef>nowhere</targetRef></dataOutputAssociation></task>
         </process>",
    );
    let collaboration = &reading.definitions.collaborations[0];
    assert_eq!(collaboration.participants[1].multiplicity, Some((2, Some(5))));
    assert_eq!(collaboration.participants[1].process, "");
    assert_eq!(collaboration.artifacts.groups[0].label, "Night");
    assert_eq!(collaboration.message_flows.len(), 1);
    assert_eq!(content(&reading).data[1].state, "paid");
    let associations = &content(&reading).nodes[0].data_associations;
    assert_eq!((associations.len(), associations[0].sources.as_slice()), (1, ["D".to_owned()].as_slice()));
    assert_eq!(reading.problems.len(), 2, "{:?}", problems(&reading));
}

#[test]
fn the_drawing_is_read_with_labels_and_qualified_names() {
    let reading = document(
        "<process id='P'><task id='T'/></process><BPMNDiagram xmlns:di='http://www.omg.org/spec/DD/20100524/DI'
          xmlns:dc='http://www.omg.org/spec/DD/20100524/DC' xmlns:b='http://www.omg.org/spec/BPMN/20100524/DI'>
         <b:BPMNPlane bpmnElement='P'><b:BPMNShape id='s' bpmnElement='x:T' isExpanded='true' v:color='red'>
           <dc:Bounds x='1.5' y='-2' width='100' height='80'/><b:BPMNLabel><dc:Bounds x='0' y='0' width='9' height='9'/>
           </b:BPMNLabel></b:BPMNShape>
         <b:BPMNShape bpmnElement='T'><dc:Bounds x='NaN' y='0' width='1' height='1'/></b:BPMNShape>
         <b:BPMNShape bpmnElement='T'><dc:Bounds x='0' y='0' width='1e300' height='1'/></b:BPMNShape>
         <b:BPMNEdge bpmnElement='T'><di:waypoint x='0' y='0'/><di:waypoint x='1' y='inf'/></b:BPMNEdge>
         <b:BPMNEdge bpmnElement='T'><di:waypoint x='0' y='0'/><di:waypoint x='1' y='2'/></b:BPMNEdge>
         </b:BPMNPlane></BPMNDiagram>",
    );
    let diagram = &reading.definitions.diagrams[0];
    assert_eq!(diagram.shows, "P");
    let shape = &diagram.shapes[0];
    assert_eq!((shape.element.as_str(), shape.is_expanded), ("T", Some(true)));
    assert_eq!(shape.bounds, Some(Bounds { x: 1.5, y: -2.0, width: 100.0, height: 80.0 }));
    assert!(shape.label.as_ref().unwrap().bounds.is_some());
    assert_eq!(shape.base.kept, "v:color='red'");
    assert_eq!((diagram.shapes[1].bounds, diagram.shapes[2].bounds), (None, None));
    assert_eq!(diagram.edges.iter().map(|edge| edge.waypoints.len()).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(reading.problems.len(), 3);
}

fn refusal(text: &str) -> String {
    read_definitions(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn what_is_no_bpmn_is_refused_in_one_sentence() {
    assert_eq!(refusal(""), "the file is empty; expected BPMN 2.0 XML");
    assert!(refusal("hello").starts_with("line 1, column 1: the XML is broken"), "{}", refusal("hello"));
    assert!(refusal("<definitions>\n<task></definitions>").starts_with("line 2, column 7: the XML is broken: "));
    assert!(refusal("<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/'/>").contains("DMN"));
    assert!(refusal("<html/>").contains("“html”"));
    let bomb = "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><definitions>&b;</definitions>";
    assert!(refusal(bomb).contains("document type declaration"));
    assert!(refusal(&"<definitions>".repeat(100_000)).contains("never closed"));
    let deep = format!("<definitions>{}{}</definitions>", "<process>".repeat(99_999), "</process>".repeat(99_999));
    assert_eq!(counts(&read(&deep))["process"], 1, "what stands deeper is no process");
    let (open, close) = ("<subProcess>".repeat(100_000), "</subProcess>".repeat(100_000));
    let deep = format!("<definitions><process>{open}{close}</process></definitions>");
    assert!(refusal(&deep).contains("within each other"));
}

#[test]
fn nesting_to_the_limit_stays_within_a_small_stack() {
    let deep = DEEPEST;
    let open: String = (0..deep).map(|n| format!("<subProcess id='s{n}'>")).collect();
    let text = format!("<definitions><process>{open}{}</process></definitions>", "</subProcess>".repeat(deep));
    let lanes = format!(
        "<definitions><process><laneSet>{}{}</laneSet></process></definitions>",
        "<lane><childLaneSet>".repeat(deep - 1),
        "</childLaneSet></lane>".repeat(deep - 1)
    );
    let read = move || (counts(&read(&text))["subProcess"], counts(&read(&lanes))["lane"]);
    let small = std::thread::Builder::new().stack_size(1024 * 1024).spawn(read).unwrap();
    assert_eq!(small.join().unwrap(), (deep, deep - 1));
}
