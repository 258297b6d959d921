//! What every arranged chart must hold, on small examples and on random trees.

use proptest::prelude::*;

use super::arrange;
use crate::layout::geometry::Size;
use crate::layout::request::{Direction, TreeNode, TreeRequest};
use crate::layout::result::TreeResult;
use crate::layout::routing::passes_through;

fn node(parent: Option<usize>) -> TreeNode {
    TreeNode { size: Size::new(140.0, 44.0), parent, ..TreeNode::default() }
}

fn chart(parents: &[Option<usize>]) -> TreeRequest {
    TreeRequest {
        nodes: parents.iter().copied().map(node).collect(),
        direction: Direction::TopToBottom,
        ..TreeRequest::default()
    }
}

fn check(request: &TreeRequest, result: &TreeResult) -> Result<(), TestCaseError> {
    let shown = result.boxes.iter().enumerate();
    let shown: Vec<_> = shown.filter_map(|(node, one)| Some((node, (*one)?))).collect();
    for (at, (node, one)) in shown.iter().enumerate() {
        for (other, rect) in &shown[at + 1..] {
            prop_assert!(!one.overlaps(rect), "{node} and {other} overlap");
        }
        let Some(line) = &result.connectors[*node] else {
            continue;
        };
        for (foreign, rect) in &shown {
            let own = foreign == node || Some(*foreign) == request.nodes[*node].parent;
            prop_assert!(own || !passes_through(line, rect), "{node} runs through {foreign}");
        }
    }
    Ok(())
}

/// A root, five units, and some roles in each.
fn bakery() -> TreeRequest {
    let mut parents = vec![None, Some(0), Some(0), Some(0), Some(0), Some(0)];
    for (unit, roles) in [3, 3, 2, 2, 2].into_iter().enumerate() {
        parents.extend(std::iter::repeat_n(Some(unit + 1), roles));
    }
    chart(&parents)
}

#[test]
fn roles_hang_in_a_list_below_their_unit() {
    let request = bakery();
    let result = arrange(&request);
    check(&request, &result).unwrap();
    let place = |node: usize| result.boxes[node].unwrap();
    for unit in 1..5 {
        assert_eq!(place(unit).min.y, place(unit + 1).min.y, "units stand in a row");
        assert!(place(unit).max.x < place(unit + 1).min.x);
    }
    assert_eq!(place(6).min.x, place(7).min.x);
    assert!(place(6).max.y < place(7).min.y && place(6).min.x > place(1).min.x);
    let row = f64::midpoint(place(1).center().x, place(5).center().x);
    assert!((place(0).center().x - row).abs() < 1e-6, "the root stands in the middle");
    let elbow = result.connectors[7].as_ref().unwrap();
    assert_eq!(elbow.len(), 3, "down along the list, then right: {elbow:?}");
}

#[test]
fn many_leaves_stand_in_several_columns() {
    let mut parents = vec![None];
    parents.extend([Some(0); 40]);
    let request = chart(&parents);
    let result = arrange(&request);
    check(&request, &result).unwrap();
    let proportion = result.bounds.width() / result.bounds.height();
    assert!((0.25..4.0).contains(&proportion), "{proportion}");
}

#[test]
fn two_columns_share_the_line_between_them() {
    let mut parents = vec![None];
    parents.extend([Some(0); 16]);
    let request = chart(&parents);
    let result = arrange(&request);
    check(&request, &result).unwrap();
    let place = |node: usize| result.boxes[node].unwrap();
    let middle = place(0).center().x;
    let mut from_left = 0;
    for node in 1..=16 {
        let line = result.connectors[node].as_ref().unwrap();
        let (end, one) = (line.last().unwrap(), place(node));
        from_left += usize::from(end.x == one.min.x);
        assert!(end.x == one.min.x || end.x == one.max.x, "the line ends at a side");
        let mirrored = 2.0 * middle - one.center().x;
        let has_twin = (1..=16).any(|other| (place(other).center().x - mirrored).abs() < 1e-6);
        assert!(has_twin, "the chart is the same on both sides of the root");
    }
    assert_eq!(from_left, 8);
}

#[test]
fn the_other_direction_stacks_leaves_to_the_right() {
    let request = TreeRequest { direction: Direction::LeftToRight, ..bakery() };
    let result = arrange(&request);
    check(&request, &result).unwrap();
    let place = |node: usize| result.boxes[node].unwrap();
    assert!(place(0).max.x < place(1).min.x && place(1).max.x < place(6).min.x);
    assert_eq!(place(6).min.x, place(7).min.x);
    assert!(place(6).max.y < place(7).min.y);
    assert!((place(1).center().y - place(7).center().y).abs() < 1e-6, "a unit stands at the middle of its roles");
}

#[test]
fn roots_without_anything_below_stand_in_rows_beneath_the_trees() {
    let mut parents = vec![None; 30];
    parents.extend([Some(3), Some(3), Some(7)]);
    let request = chart(&parents);
    let result = arrange(&request);
    check(&request, &result).unwrap();
    let place = |node: usize| result.boxes[node].unwrap();
    let trees = place(31).max.y.max(place(32).max.y);
    assert!((0..30).filter(|node| ![3, 7].contains(node)).all(|node| place(node).min.y > trees));
    let proportion = result.bounds.width() / result.bounds.height();
    assert!((0.5..4.0).contains(&proportion), "{proportion}");
}

#[test]
fn a_collapsed_box_hides_what_is_below_and_says_how_much() {
    let mut request = bakery();
    request.nodes[1].collapsed = true;
    let result = arrange(&request);
    assert_eq!(result.hidden[1], 3);
    assert_eq!(result.boxes[6], None);
    assert_eq!(result.connectors[6], None);
    assert!(result.boxes[9].is_some());
}

#[test]
fn assistants_stand_beside_the_line_above_the_others() {
    let mut request = chart(&[None, Some(0), Some(0), Some(0)]);
    request.nodes[1].assistant = true;
    let result = arrange(&request);
    check(&request, &result).unwrap();
    let place = |node: usize| result.boxes[node].unwrap();
    assert!(place(0).max.y < place(1).min.y && place(1).max.y < place(2).min.y);
    assert!(place(1).max.x < place(0).center().x);
}

#[test]
fn a_circle_of_parents_is_cut_open() {
    let request = chart(&[Some(2), Some(0), Some(1), Some(3)]);
    let result = arrange(&request);
    check(&request, &result).unwrap();
    assert!(result.boxes.iter().all(Option::is_some));
}

#[test]
fn a_very_long_chain_does_not_overflow() {
    let parents: Vec<_> = (0..20_000_usize).map(|node| node.checked_sub(1)).collect();
    let result = arrange(&chart(&parents));
    assert!(result.boxes.iter().all(Option::is_some));
}

#[test]
fn dotted_lines_go_around_the_boxes() {
    let mut request = bakery();
    request.dotted = vec![(6, 13), (9, 2), (0, 99)];
    let result = arrange(&request);
    assert_eq!(result.dotted[2], None);
    for (line, &(from, to)) in result.dotted.iter().zip(&request.dotted).take(2) {
        let line = line.as_ref().unwrap();
        for (foreign, one) in result.boxes.iter().enumerate() {
            if foreign != from && foreign != to {
                assert!(!passes_through(line, &one.unwrap()), "{line:?} meets {foreign}");
            }
        }
    }
}

/// Charts of a known shape and several sizes stay within a page's proportion.
#[test]
fn large_charts_stay_readable() {
    for teams in [40_usize, 400] {
        let mut parents = vec![None];
        for team in 1..=teams {
            parents.push(Some((team - 1) / 6));
        }
        for person in 0..teams * 8 {
            parents.push(Some(1 + (person * 7) % teams));
        }
        let request = chart(&parents);
        let result = arrange(&request);
        let proportion = result.bounds.width() / result.bounds.height();
        assert!((0.25..=4.0).contains(&proportion), "{teams} teams: {proportion}");
        let boxes = parents.len() as f64 * 140.0 * 44.0;
        let factor = result.bounds.width() * result.bounds.height() / boxes;
        assert!(factor <= 4.5, "{teams} teams: {factor}");
    }
}

prop_compose! {
    fn any_chart()(
        nodes in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..12_u8, 40.0..180.0_f64, 30.0..70.0_f64), 1..60),
        sideways in any::<bool>(),
    ) -> TreeRequest {
        let parent = |node: usize, index: prop::sample::Index, flags: u8| {
            (node > 0 && flags > 0).then(|| index.index(node))
        };
        TreeRequest {
            nodes: nodes.iter().enumerate().map(|(at, &(index, flags, width, height))| TreeNode {
                size: Size::new(width, height),
                parent: parent(at, index, flags),
                assistant: flags == 10,
                collapsed: flags == 11,
            }).collect(),
            direction: if sideways { Direction::LeftToRight } else { Direction::TopToBottom },
            ..TreeRequest::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn charts_are_free_of_overlaps_and_lines_keep_off_boxes(request in any_chart()) {
        let result = arrange(&request);
        check(&request, &result)?;
        let hidden = result.boxes.iter().filter(|one| one.is_none()).count();
        prop_assert!(hidden <= result.hidden.iter().sum());
        for (node, one) in result.boxes.iter().enumerate() {
            let lined = one.is_some() && request.nodes[node].parent.is_some();
            prop_assert_eq!(lined, result.connectors[node].is_some());
        }
        prop_assert_eq!(result, arrange(&request));
    }
}
