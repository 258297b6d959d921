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
            if let Ok(reading) = read_definitions(text.as_bytes()) {
                counts(&reading);
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
