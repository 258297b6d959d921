//! BPMN models of the real world, read whole; the numbers were counted by a program that is no part of Remit.
//!
//! `tests/data/SOURCES.md` says where the models come from. Where `REMIT_DATA` names the folder of the full set, that is
//! read as well.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use remit::import::bpmn::{Reading, counts, read_definitions};
use remit::import::{ColumnMap, Imported, Input, source};
use remit::model::*;

/// A model with the numbers of its elements as counted elsewhere.
struct Model {
    path: PathBuf,
    expected: BTreeMap<String, usize>,
}

/// The models of a list, whose paths are relative to a folder.
fn models(manifest: &Path, folder: &Path) -> Vec<Model> {
    let text = std::fs::read_to_string(manifest).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let mut models = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let numbers = names.iter().zip(&cells).skip(1);
        let expected = numbers.filter_map(|(name, cell)| Some(((*name).to_owned(), cell.parse().ok()?)));
        models.push(Model { path: folder.join(cells[0]), expected: expected.collect() });
    }
    models
}

/// The models beside the tests, and the full set where it is at hand.
fn all_models() -> Vec<Model> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bpmn");
    let mut all = models(&own.join("manifest.tsv"), &own);
    assert_eq!(all.len(), 14);
    if let Ok(data) = std::env::var("REMIT_DATA") {
        let full = models(&Path::new(&data).join("bpmn/manifest.tsv"), Path::new(&data));
        assert_eq!(full.len(), 333);
        all.extend(full);
    }
    all
}

fn read(path: &Path) -> Reading {
    let bytes = std::fs::read(path).unwrap();
    read_definitions(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_element_is_counted_as_elsewhere() {
    for model in all_models() {
        let reading = read(&model.path);
        let counts = counts(&reading);
        for (name, expected) in &model.expected {
            let found = match name.as_str() {
                "bytes" => std::fs::metadata(&model.path).unwrap().len() as usize,
                "dangling_refs" => reading.problems.iter().filter(|p| p.what.ends_with("is not in the file")).count(),
                name => counts.get(name).copied().unwrap_or(0),
            };
            assert_eq!(found, *expected, "{}: {name}", model.path.display());
        }
    }
}

#[test]
fn every_place_in_the_drawings_is_read() {
    for model in all_models() {
        let text = String::from_utf8_lossy(&std::fs::read(&model.path).unwrap()).into_owned();
        let written = |name: &str| text.matches(&format!("{name} ")).count();
        let diagrams = read(&model.path).definitions.diagrams;
        let shapes = || diagrams.iter().flat_map(|diagram| &diagram.shapes);
        let edges = || diagrams.iter().flat_map(|diagram| &diagram.edges);
        let labels = shapes().filter_map(|s| s.label.as_ref()).chain(edges().filter_map(|e| e.label.as_ref()));
        let bounds = shapes().filter(|shape| shape.bounds.is_some()).count();
        assert_eq!(bounds + labels.filter(|label| label.bounds.is_some()).count(), written("Bounds"));
        assert_eq!(edges().map(|edge| edge.waypoints.len()).sum::<usize>(), written("waypoint"));
    }
}

#[test]
fn what_is_kept_stands_in_the_file() {
    for model in all_models() {
        let text = String::from_utf8_lossy(&std::fs::read(&model.path).unwrap()).into_owned();
        for kept in read(&model.path).kept {
            assert!(text.contains(&kept.name), "{}: {}", model.path.display(), kept.name);
        }
    }
}

fn import_into(path: &Path, base: &Document, arranges_anew: bool) -> Imported {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let input = Input {
        bytes: &bytes,
        name,
        base,
        map: &ColumnMap::default(),
        arranges_anew,
        matrix: &Default::default(),
        log: &Default::default(),
    };
    let imported = (source("bpmn").unwrap().read)(&input).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(integrity::check(&imported.document), [], "{}", path.display());
    imported
}

fn import(path: &Path) -> Imported {
    import_into(path, &Document::default(), false)
}

#[test]
fn every_element_becomes_one_of_remits() {
    for model in all_models() {
        let imported = import(&model.path);
        let document = &imported.document;
        let sum = |names: &[&str]| names.iter().map(|name| model.expected[*name]).sum::<usize>();
        let path = model.path.display();
        assert_eq!(document.processes().len(), sum(&["process"]), "{path}");
        assert_eq!(document.steps().len(), sum(&["tasks", "subprocesses", "callActivity"]), "{path}");
        assert_eq!(document.gateways().len(), sum(&["gateways"]), "{path}");
        assert_eq!(document.events().len(), sum(&["events"]), "{path}");
        assert_eq!(document.flows().len(), sum(&["sequenceFlow"]), "{path}");
        assert_eq!(document.notes().len(), sum(&["textAnnotation", "group"]), "{path}");
        let lines = sum(&["messageFlow", "association", "dataInputAssociation", "dataOutputAssociation"]);
        assert_eq!(document.links().len(), lines, "{path}");
        let actors = document.units().len() + document.roles().len() + document.externals().len();
        assert_eq!(actors, sum(&["participant", "lane"]), "{path}");
        let named = document.steps().iter().filter(|(_, step)| !step.name.is_empty()).count()
            + document.gateways().iter().filter(|(_, gateway)| !gateway.name.is_empty()).count()
            + document.events().iter().filter(|(_, event)| !event.name.is_empty()).count();
        assert_eq!(named, sum(&["named_nodes"]), "{path}");
        assert_eq!(
            document.flows().iter().filter(|(_, flow)| flow.is_default).count(),
            sum(&["default_flows"]),
            "{path}"
        );
        assert_eq!(imported.report.left_out, Vec::<String>::new(), "{path}");
    }
}

#[test]
fn every_shape_and_edge_keeps_its_place() {
    let mut kept = (0, 0);
    for model in all_models() {
        let reading = read(&model.path);
        let document = import(&model.path).document;
        let path = model.path.display();
        // What no diagram shows has a view of its own behind them; an empty diagram has none.
        let diagrams: Vec<_> =
            reading.definitions.diagrams.iter().filter(|diagram| !diagram.shapes.is_empty()).collect();
        assert!(document.views().len() >= diagrams.len(), "{path}");
        for ((view, record), diagram) in document.views().iter().zip(diagrams) {
            let mut areas: Vec<(f64, f64, f64, f64)> = record
                .lanes()
                .iter()
                .map(|lane| lane.frame.unwrap())
                .map(|area| (area.center().x, area.center().y, area.width, area.height))
                .collect();
            let mut lines: Vec<Vec<Point>> = Vec::new();
            for (_, placement) in document.placements_in(view) {
                match (placement.center, placement.size) {
                    (Some(center), Some(size)) => areas.push((center.x, center.y, size.width, size.height)),
                    _ => lines.push(placement.bends.clone()),
                }
            }
            let mut drawn: Vec<_> = diagram
                .shapes
                .iter()
                .map(|shape| shape.bounds.unwrap())
                .collect::<Vec<_>>()
                .iter()
                .map(|b| (b.x + b.width / 2.0, b.y + b.height / 2.0, b.width, b.height))
                .collect();
            drawn.sort_by(|a, b| a.partial_cmp(b).unwrap());
            areas.sort_by(|a, b| a.partial_cmp(b).unwrap());
            assert_eq!(areas, drawn, "{path}");
            let waypoints = |edge: &remit::import::bpmn::drawing::Edge| -> Vec<Point> {
                edge.waypoints.iter().map(|point| Point::new(point.x, point.y)).collect()
            };
            assert_eq!(lines, diagram.edges.iter().map(waypoints).collect::<Vec<_>>(), "{path}");
            kept = (kept.0 + areas.len(), kept.1 + lines.len());
        }
    }
    let own = all_models().into_iter().map(|model| (model.expected["shapes"], model.expected["edges"]));
    assert_eq!(kept, own.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)));
}

#[test]
fn a_second_import_adds_nothing() {
    for model in all_models() {
        let first = import(&model.path);
        let again = import_into(&model.path, &first.document, false);
        let (added, updated) = (again.report.made.added, again.report.made.updated);
        assert_eq!((added, updated), (0, 0), "{}", model.path.display());
        assert_eq!(again.document, first.document, "{}", model.path.display());
    }
}

#[test]
fn a_drawing_left_aside_leaves_the_same_elements_without_places() {
    for model in all_models() {
        let drawn = import(&model.path).document;
        let open = import_into(&model.path, &Document::default(), true);
        assert_eq!(drawn.element_count(), open.document.element_count());
        let boxes = |document: &Document| -> Vec<ElementRef> {
            let is_box = |element: &ElementRef| !matches!(element, ElementRef::Flow(_) | ElementRef::Link(_));
            document.placements().iter().map(|(_, placement)| placement.element).filter(is_box).collect()
        };
        assert_eq!(boxes(&drawn), boxes(&open.document), "{}", model.path.display());
        assert!(open.document.placements().iter().all(|(_, one)| one.center.is_none() && one.bends.is_empty()));
        assert_eq!(open.unarranged.len(), open.document.views().len(), "{}", model.path.display());
    }
}

/// Pieces of XML that make a model when strung together, or nearly.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>",
        "</definitions>",
        "<process id='a'>",
        "</process>",
        "<subProcess id='b'>",
        "</subProcess>",
        "<task id='a'/>",
        "<task id='c' default='d'/>",
        "<sequenceFlow id='d' sourceRef='c' targetRef='a'/>",
        "<boundaryEvent id='e' attachedToRef='c'><timerEventDefinition/></boundaryEvent>",
        "<laneSet><lane id='f'><flowNodeRef>c</flowNodeRef><childLaneSet>",
        "</childLaneSet></lane></laneSet>",
        "<collaboration id='g'><participant id='h' processRef='a'/></collaboration>",
        "<messageFlow sourceRef='h' targetRef='c'/>",
        "<BPMNDiagram><BPMNPlane bpmnElement='a'>",
        "</BPMNPlane></BPMNDiagram>",
        "<BPMNShape bpmnElement='c'><Bounds x='1' y='2' width='-3' height='4'/></BPMNShape>",
        "<BPMNEdge bpmnElement='d'><waypoint x='1' y='2'/></BPMNEdge>",
        "<!-- -->",
        "<![CDATA[ <",
        "]]>",
        "&amp;",
        "é漢",
    ]);
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_definitions(&bytes);
    }

    #[test]
    fn any_pieces_of_a_model_are_read_or_refused(text in pieces()) {
        let whole = format!("<definitions><process id='P'>{text}</process></definitions>");
        for text in [&text, &whole] {
            for arranges_anew in [false, true] {
                let base = Document::default();
                let bytes = text.as_bytes();
                let input = Input { bytes, name: "any.bpmn", base: &base, map: &ColumnMap::default(), arranges_anew, matrix: &Default::default(), log: &Default::default() };
                let Ok(imported) = (source("bpmn").unwrap().read)(&input) else { continue };
                prop_assert_eq!(integrity::check(&imported.document), []);
                let again = Input { base: &imported.document, ..input };
                let again = (source("bpmn").unwrap().read)(&again).unwrap();
                prop_assert_eq!(again.report.made.added, 0);
            }
        }
    }

    #[test]
    fn a_damaged_model_is_read_or_refused(place in 0..31_000_usize, byte in any::<u8>()) {
        let mut bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/bpmn/miwg-a41.bpmn")).unwrap();
        bytes[place] = byte;
        let _ = read_definitions(&bytes);
        bytes.truncate(place);
        prop_assert!(read_definitions(&bytes).is_err());
    }
}
