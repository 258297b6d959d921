//! What arranged circles must hold, on small examples and on random nestings.

use proptest::prelude::*;

use super::*;

fn node(parent: Option<usize>, radius: f64) -> CircleNode {
    CircleNode { parent, radius, label: Size::new(60.0, 18.0), collapsed: false }
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

fn check(request: &CircleRequest, result: &CircleResult) -> Result<(), TestCaseError> {
    const SLACK: f64 = 1e-3;
    for (node, circle) in result.circles.iter().enumerate() {
        let Some(circle) = circle else { continue };
        prop_assert!(circle.radius >= request.nodes[node].radius - SLACK);
        let parent = request.nodes[node].parent.filter(|up| *up < node);
        if let Some(around) = parent.and_then(|up| result.circles[up]) {
            let reach = distance(circle.center, around.center) + circle.radius;
            prop_assert!(reach <= around.radius + SLACK, "{node} leaves its circle");
        }
        if let Some(name) = parent.and_then(|up| result.labels[up]) {
            let nearest = Point::new(
                circle.center.x.clamp(name.rect.min.x, name.rect.max.x),
                circle.center.y.clamp(name.rect.min.y, name.rect.max.y),
            );
            prop_assert!(distance(nearest, circle.center) >= circle.radius - SLACK, "{node} covers a name");
        }
        if let Some(name) = result.labels[node] {
            for (x, y) in [(name.rect.min.x, name.rect.min.y), (name.rect.max.x, name.rect.max.y)] {
                prop_assert!(distance(Point::new(x, y), circle.center) <= circle.radius + SLACK);
            }
        }
        for (other, sibling) in result.circles.iter().enumerate().skip(node + 1) {
            let same = request.nodes[other].parent.filter(|up| *up < other) == parent;
            if let Some(sibling) = sibling.filter(|_| same) {
                let apart = distance(circle.center, sibling.center) - circle.radius - sibling.radius;
                prop_assert!(apart >= -SLACK, "{node} and {other} overlap by {}", -apart);
            }
        }
    }
    Ok(())
}

#[test]
fn three_equal_circles_touch_one_another() {
    let (centers, front) = pack(&[1.0, 1.0, 1.0]);
    assert_eq!(front.len(), 3);
    for (a, b) in [(0, 1), (1, 2), (2, 0)] {
        assert!((distance(centers[a], centers[b]) - 2.0).abs() < 1e-9);
    }
}

#[test]
fn the_circle_around_three_touches_each() {
    let at = |x, y, radius| Circle { center: Point::new(x, y), radius };
    let circles = [at(-10.0, 0.0, 3.0), at(12.0, 1.0, 5.0), at(0.0, 19.0, 2.0)];
    let around = enclose(&circles);
    for circle in &circles {
        let reach = distance(circle.center, around.center) + circle.radius;
        assert!((reach - around.radius).abs() < 1e-6, "{circle:?} {around:?}");
    }
    assert_eq!(enclose(&[]).radius, 0.0);
    assert_eq!(enclose(&[circles[0], circles[0]]), circles[0]);
}

#[test]
fn equal_circles_fill_most_of_the_circle_around_them() {
    let mut request = CircleRequest { gap: 0.0, ..CircleRequest::default() };
    request.nodes.push(CircleNode { label: Size::default(), ..node(None, 1.0) });
    request.nodes.extend((0..400).map(|_| node(Some(0), 10.0)));
    let result = arrange(&request);
    check(&request, &result).unwrap();
    let around = result.circles[0].unwrap().radius;
    let filled = 400.0 * 100.0 / (around * around);
    assert!(filled > 0.75, "{filled}");
}

#[test]
fn a_collapsed_circle_hides_what_lies_in_it_and_counts_it() {
    let nodes = vec![node(None, 20.0), node(Some(0), 30.0), node(Some(1), 12.0), node(Some(1), 12.0)];
    let mut request = CircleRequest { nodes, ..CircleRequest::default() };
    request.nodes[1].collapsed = true;
    let result = arrange(&request);
    assert_eq!(result.hidden, [0, 2, 0, 0]);
    assert_eq!(result.circles[2], None);
    assert_eq!(result.circles[1].unwrap().radius, 30.0);
    assert_eq!(result.labels[1], None);
}

#[test]
fn a_long_name_widens_its_circle() {
    let name = |width| {
        let nodes = vec![CircleNode { label: Size::new(width, 20.0), ..node(None, 1.0) }, node(Some(0), 30.0)];
        let request = CircleRequest { nodes, ..CircleRequest::default() };
        let result = arrange(&request);
        check(&request, &result).unwrap();
        result.circles[0].unwrap().radius
    };
    assert!(name(300.0) > name(60.0) && name(300.0) >= 150.0);
}

prop_compose! {
    fn any_circles()(
        nodes in prop::collection::vec((any::<prop::sample::Index>(), 0..12_u8, 0.0..60.0_f64, 0.0..200.0_f64), 1..90),
        gap in 0.0..20.0_f64,
    ) -> CircleRequest {
        let parent = |at: usize, index: prop::sample::Index, flags: u8| {
            (at > 0 && flags > 0).then(|| index.index(at) / 3)
        };
        CircleRequest {
            nodes: nodes.iter().enumerate().map(|(at, &(index, flags, radius, width))| CircleNode {
                parent: parent(at, index, flags),
                radius,
                label: Size::new(width, 18.0),
                collapsed: flags == 11,
            }).collect(),
            gap,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn circles_are_disjoint_and_nested(request in any_circles()) {
        let result = arrange(&request);
        check(&request, &result)?;
        prop_assert_eq!(&result, &arrange(&request));
        let hidden = result.circles.iter().filter(|one| one.is_none()).count();
        prop_assert!(hidden <= result.hidden.iter().sum());
    }

    #[test]
    fn the_circle_around_circles_holds_them_and_is_no_larger_than_it_must(
        circles in prop::collection::vec((-100.0..100.0_f64, -100.0..100.0_f64, 0.0..30.0_f64), 1..40),
    ) {
        let circles: Vec<Circle> =
            circles.iter().map(|&(x, y, radius)| Circle { center: Point::new(x, y), radius }).collect();
        let around = enclose(&circles);
        prop_assert!(circles.iter().all(|circle| around.contains(circle)));
        // Moved a little to any side it would not hold them with a smaller radius.
        for (x, y) in [(0.5, 0.0), (-0.5, 0.0), (0.0, 0.5), (0.0, -0.5)] {
            let moved = around.center.moved(x, y);
            let needed = circles.iter().map(|one| distance(moved, one.center) + one.radius).fold(0.0, f64::max);
            prop_assert!(needed >= around.radius - 1e-4);
        }
    }
}
