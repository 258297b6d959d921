//! The brute-force checker: every case on and around the bounds, under every combination of answers.

use std::collections::BTreeSet;

use super::*;
use crate::analysis::rules::testing::raci;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A case of the brute-force checker, with one answer to each question.
#[derive(Clone, Debug)]
struct Point {
    amount: Amount,
    unit: UnitId,
    category: &'static str,
    budgeted: bool,
    new_supplier: bool,
    country: &'static str,
}

/// A tier drawn by chance, by small numbers.
#[derive(Clone, Debug)]
struct Drawn {
    holder: usize,
    above: u8,
    width: u8,
    unit: u8,
    category: u8,
    budgeted: u8,
    supplier: u8,
    country: u8,
    period: u8,
}

const VALUES: [&str; 3] = ["it", "travel", "something else"];

struct Made {
    document: Document,
    decision: DecisionId,
    leaves: Vec<UnitId>,
}

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let one = (0..4usize, 0..5u8, 0..6u8, 0..8u8, 0..5u8, 0..6u8, 0..6u8, 0..6u8, 0..8u8).prop_map(
        |(holder, above, width, unit, category, budgeted, supplier, country, period)| Drawn {
            holder,
            above,
            width,
            unit,
            category,
            budgeted,
            supplier,
            country,
            period,
        },
    );
    prop::collection::vec(one, 1..9)
}

/// Shops with North and South, an office; clerk reports to manager, manager to owner; a peer reports to the owner.
fn made(drawn: &[Drawn]) -> Made {
    let mut document = raci();
    let root = document.insert(Unit::new("Firm"));
    let shops = document.insert(Unit { parent: Some(root), ..Unit::new("Shops") });
    let north = document.insert(Unit { parent: Some(shops), ..Unit::new("North") });
    let south = document.insert(Unit { parent: Some(shops), ..Unit::new("South") });
    let office = document.insert(Unit { parent: Some(root), ..Unit::new("Office") });
    let owner = document.insert(Role::new("Owner"));
    let manager = document.insert(Role { reports_to: Some(owner), ..Role::new("Manager") });
    let clerk = document.insert(Role { reports_to: Some(manager), ..Role::new("Clerk") });
    let peer = document.insert(Role { reports_to: Some(owner), ..Role::new("Peer") });
    let decision = document.insert(Decision::new("Buy"));
    for (place, role) in [owner, manager, clerk, peer].into_iter().enumerate() {
        let tiers: Vec<Tier> = drawn
            .iter()
            .filter(|one| one.holder == place)
            .map(|one| {
                let mut tier = Tier::unbounded(Quantity::Money(Currency::EUR));
                tier.above = (one.above > 0).then(|| Amount::whole(i32::from(one.above) * 100));
                tier.up_to =
                    (one.width > 0).then(|| Amount::whole((i32::from(one.above) + i32::from(one.width)) * 100));
                let unit = [None, Some(shops), Some(north), Some(south), Some(office), None, None, None];
                tier.conditions.extend(unit[usize::from(one.unit)].map(Condition::Unit));
                if one.category < 2 {
                    tier.conditions.push(Condition::Category(VALUES[usize::from(one.category)].to_uppercase()));
                }
                if one.budgeted < 2 {
                    tier.conditions.push(Condition::Budgeted(one.budgeted == 1));
                }
                if one.supplier < 2 {
                    tier.conditions.push(Condition::NewSupplier(one.supplier == 1));
                }
                if one.country < 2 {
                    let value = VALUES[usize::from(one.country)].to_owned();
                    tier.conditions.push(Condition::Attribute { name: "Country".into(), value });
                }
                tier.per = if one.period == 0 { Per::Period(Period::Week) } else { Per::Case };
                tier
            })
            .collect();
        if !tiers.is_empty() {
            document.insert(Right { tiers, ..Right::new(Subject::Decision(decision), Actor::Role(role), "A") });
        }
    }
    Made { document, decision, leaves: vec![north, south, office] }
}

fn points(made: &Made) -> Vec<Point> {
    let step = Amount::from_f64(0.01).unwrap();
    let mut points = Vec::new();
    for bound in 0..=9 {
        let bound = Amount::whole(bound * 100);
        let around = [Amount::from_f64(bound.to_f64() + 0.01).unwrap(), bound];
        for amount in around.into_iter().filter(|amount| *amount >= step) {
            for unit in &made.leaves {
                for category in VALUES {
                    for country in VALUES {
                        for bits in 0..4 {
                            let (budgeted, new_supplier) = (bits & 1 == 1, bits & 2 == 2);
                            points.push(Point { amount, unit: *unit, category, budgeted, new_supplier, country });
                        }
                    }
                }
            }
        }
    }
    points
}

fn meets(document: &Document, conditions: &[Condition], point: &Point) -> bool {
    conditions.iter().all(|condition| match condition {
        Condition::Unit(unit) => document.unit_is_within(point.unit, *unit),
        Condition::Category(value) => value.eq_ignore_ascii_case(point.category),
        Condition::Budgeted(yes) => *yes == point.budgeted,
        Condition::NewSupplier(yes) => *yes == point.new_supplier,
        Condition::Attribute { value, .. } => value.eq_ignore_ascii_case(point.country),
        Condition::Text(_) => false,
    })
}

/// Rungs that match a point, by looking at every limit.
fn matching(made: &Made, point: &Point) -> Vec<Rung> {
    let mut rungs = Vec::new();
    for (right, record) in made.document.rights().iter() {
        let bounded = record.tiers.iter().any(|tier| tier.per == Per::Case);
        for (place, tier) in record.tiers.iter().enumerate() {
            let bounds = if bounded { tier.per == Per::Case && tier.covers(point.amount) } else { true };
            if bounds && meets(&made.document, &tier.conditions, point) {
                rungs.push(Rung { right, tier: bounded.then_some(place) });
            }
        }
    }
    rungs.sort_unstable();
    rungs.dedup();
    rungs
}

fn agrees(witness: &Witness, point: &Point, leaves_alike: impl Fn(UnitId, UnitId) -> bool) -> bool {
    witness.answers.iter().all(|(question, answer)| {
        let value = match question {
            Question::Category => point.category,
            Question::Own(_) => point.country,
            _ => "",
        };
        match (question, answer) {
            (Question::Unit, Answer::Unit(unit)) => leaves_alike(*unit, point.unit),
            (Question::Budgeted, Answer::Is(yes)) => *yes == point.budgeted,
            (Question::NewSupplier, Answer::Is(yes)) => *yes == point.new_supplier,
            (_, Answer::Value(known)) => known == value,
            (_, Answer::Other) => true,
            _ => false,
        }
    })
}

/// Compares a ladder with what looking at every point gives.
fn check(drawn: &[Drawn]) -> Result<(), TestCaseError> {
    let made = made(drawn);
    let index = Index::new(&made.document);
    let ladders = Ladders::of_decision(&made.document, &index, made.decision, None);
    let ladder = ladders.first().unwrap();
    let points = points(&made);
    let by_point: Vec<Vec<Rung>> = points.iter().map(|point| matching(&made, point)).collect();
    let holder = |rung: &Rung| made.document.rights().get(rung.right).unwrap().holder;

    // Nothing is open that no gap holds, and the case of every gap is open.
    let any_unit = |_: UnitId, _: UnitId| true;
    for (point, rungs) in points.iter().zip(&by_point).filter(|(_, rungs)| rungs.is_empty()) {
        let held = ladder.gaps.iter().any(|gap| {
            let inside = gap.range.above.is_none_or(|above| point.amount > above)
                && gap.range.up_to.is_none_or(|up_to| point.amount <= up_to);
            inside && agrees(&gap.case, point, any_unit)
        });
        prop_assert!(held, "{point:?} is open, {rungs:?}");
    }
    for gap in &ladder.gaps {
        let same = |a: UnitId, b: UnitId| a == b;
        let shown = points.iter().zip(&by_point).any(|(point, rungs)| {
            let amount = gap.case.quantity.is_none() || point.amount == gap.case.amount;
            rungs.is_empty() && amount && agrees(&gap.case, point, same)
        });
        prop_assert!(shown, "{gap:?} is not open");
    }
    // The same pairs of deciders meet. Most points match the same limits as others.
    let distinct: BTreeSet<&Vec<Rung>> = by_point.iter().collect();
    let mut expected: Vec<(Rung, Rung)> = Vec::new();
    for rungs in &distinct {
        for one in *rungs {
            expected
                .extend(rungs.iter().filter(|two| *one < **two && holder(one) != holder(two)).map(|two| (*one, *two)));
        }
    }
    expected.sort_unstable();
    expected.dedup();
    let mut found: Vec<(Rung, Rung)> =
        ladder.overlaps.iter().map(|pair| (pair.first.min(pair.second), pair.first.max(pair.second))).collect();
    found.sort_unstable();
    found.dedup();
    // A right without bounds on the axis has one rung for several conditions.
    prop_assert_eq!(&found, &expected);
    // What is within another limit, or covered by several, changes no case when it is taken away.
    let matched = |rung: Rung| distinct.iter().copied().filter(move |rungs| rungs.contains(&rung));
    let extra = ladder.subsumed.iter().map(|(inner, _)| *inner).chain(ladder.redundant.iter().copied());
    for inner in extra {
        let others =
            matched(inner).all(|rungs| rungs.iter().any(|other| *other != inner && holder(other) == holder(&inner)));
        prop_assert!(others, "{inner:?} is needed");
    }
    for (right, record) in made.document.rights().iter() {
        for place in (0..record.tiers.len()).filter(|place| record.tiers[*place].per == Per::Case) {
            let rung = Rung { right, tier: Some(place) };
            let mut cases = matched(rung).peekable();
            let own = |rungs: &Vec<Rung>| rungs.iter().any(|other| *other != rung && other.right == right);
            let needless = cases.peek().is_some() && cases.all(own);
            let known = ladder.redundant.contains(&rung)
                || ladder.subsumed.iter().any(|(inner, outer)| *inner == rung || *outer == rung);
            prop_assert!(!needless || known, "{rung:?} is needless");
        }
    }
    check_inversions(&made, ladder, &points)
}

/// A subordinate may decide an amount under answers under which a superior has a ceiling that is lower.
fn check_inversions(made: &Made, ladder: &Ladder, points: &[Point]) -> Result<(), TestCaseError> {
    let index = Index::new(&made.document);
    let role = |right: RightId| match made.document.rights().get(right).unwrap().holder {
        Actor::Role(role) => role,
        other => panic!("{other:?}"),
    };
    let rights: Vec<RightId> = made.document.rights().ids().collect();
    for lower in &rights {
        for upper in rights.iter().filter(|upper| index.reports_to(role(*lower), role(**upper))) {
            let expected = points.iter().any(|point| is_inverted(made, *lower, *upper, point));
            let found = ladder.inversions.iter().any(|pair| pair.lower.right == *lower && pair.upper.right == *upper);
            prop_assert_eq!(found, expected, "{:?} over {:?}", lower, upper);
        }
    }
    Ok(())
}

/// Ceilings by limits that the answers of a point meet: none where there is no limit, no bound as the largest number.
fn ceiling(made: &Made, right: RightId, point: &Point) -> Option<f64> {
    let record = made.document.rights().get(right).unwrap();
    let bounded = record.tiers.iter().any(|tier| tier.per == Per::Case);
    let counted = record.tiers.iter().filter(|tier| !bounded || tier.per == Per::Case);
    let met = counted.filter(|tier| meets(&made.document, &tier.conditions, point));
    let end = |tier: &Tier| if bounded { tier.up_to.map_or(f64::INFINITY, Amount::to_f64) } else { f64::INFINITY };
    met.map(end).reduce(f64::max)
}

fn is_inverted(made: &Made, lower: RightId, upper: RightId, point: &Point) -> bool {
    let own = ceiling(made, lower, point);
    own.zip(ceiling(made, upper, point)).is_some_and(|(lower, upper)| lower > upper)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(6), ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn ladders_agree_with_looking_at_every_case(drawn in drawn()) {
        check(&drawn)?;
    }
}

fn ladder_of(limits: &[(&str, &str)]) -> (Document, Ladder) {
    let mut document = raci();
    let owner = document.insert(Role::new("Owner"));
    let clerk = document.insert(Role { reports_to: Some(owner), ..Role::new("Clerk") });
    let decision = document.insert(Decision::new("Grant refund"));
    for (name, limits) in limits {
        let role = if *name == "Owner" { owner } else { clerk };
        let tiers = parse_tiers(limits, Currency::EUR).unwrap();
        document.insert(Right { tiers, ..Right::new(Subject::Decision(decision), Actor::Role(role), "A") });
    }
    let index = Index::new(&document);
    let ladder = Ladders::of_decision(&document, &index, decision, None).remove(0);
    drop(index);
    (document, ladder)
}

#[test]
fn bounds_belong_to_the_lower_limit() {
    let (_, sound) = ladder_of(&[("Clerk", "≤ 200 EUR"), ("Owner", "> 200 EUR")]);
    assert_eq!((sound.gaps.len(), sound.overlaps.len(), sound.inversions.len()), (0, 0, 0));
    let (document, gap) = ladder_of(&[("Clerk", "≤ 200 EUR"), ("Owner", "> 500 EUR")]);
    assert_eq!(gap.gaps.len(), 1);
    assert_eq!(gap.gaps[0].case.words(&document), "200.01 EUR");
    let (document, both) = ladder_of(&[("Clerk", "≤ 500 EUR"), ("Owner", "> 200 EUR")]);
    assert_eq!(both.overlaps.len(), 1);
    assert_eq!(both.overlaps[0].case.words(&document), "200.01 EUR");
}

#[test]
fn a_superior_with_a_lower_ceiling_is_found_with_a_case() {
    let (document, ladder) = ladder_of(&[("Clerk", "≤ 500 EUR"), ("Owner", "≤ 200 EUR")]);
    assert_eq!(ladder.inversions.len(), 1);
    assert_eq!(ladder.inversions[0].case.words(&document), "200.01 EUR");
}

#[test]
fn neighbours_of_one_right_are_one_limit_and_inner_ones_too_much() {
    let (_, ladder) = ladder_of(&[("Clerk", "≤ 200 EUR; 200 to 500 EUR"), ("Owner", "> 500 EUR; > 900 EUR")]);
    assert_eq!(ladder.mergeable.len(), 1);
    assert_eq!(ladder.subsumed.len(), 1);
    let (_, ladder) = ladder_of(&[("Clerk", "≤ 200 EUR; 100 to 500 EUR; 150 to 400 EUR")]);
    assert_eq!(ladder.subsumed.len(), 1);
    let (_, ladder) = ladder_of(&[("Clerk", "≤ 200 EUR; 200 to 500 EUR; 100 to 300 EUR")]);
    assert_eq!(ladder.redundant.len(), 1);
}
