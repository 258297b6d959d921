//! Roles that are all but the same.

use rustc_hash::FxHashMap;

use super::Meta;
use super::Threshold;
use crate::analysis::index::Duties;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-04",
    title: "Twin roles",
    severity: Severity::Medium,
    why: "Two roles with the same work and the same letters do everything twice, or each leaves it to the other.",
    wrong: "Order clerk and Sales clerk share 6 of 7 steps and decisions",
    right: "One role Order clerk, held by two people",
    formula: "Jaccard = items of both ÷ items of either ≥ threshold, each with enough items, and on enough of the \
              common ones both have the same duties. Items of a role = steps it performs or holds a letter on, \
              decisions it holds a letter on, measures (KPIs) by name",
    source: Source::Ours("practice of designing organisations: one seat for one purpose"),
    thresholds: &[
        Threshold {
            name: "jaccard",
            default: 0.7,
            unit: "of all items",
            meaning: "from here on two roles are twins",
            source: Source::Ours("seven of ten items shared"),
        },
        Threshold {
            name: "items",
            default: 4.0,
            unit: "items",
            meaning: "roles with fewer are left alone",
            source: Source::Ours("few items are shared by chance"),
        },
        Threshold {
            name: "alike",
            default: 0.5,
            unit: "of the common items",
            meaning: "on fewer with the same duties two roles are no twins: one decides what the other prepares",
            source: Source::Ours("in a full matrix every role has a letter on every row"),
        },
    ],
    remedies: &[
        "Make them one role, held by several people.",
        "Sharpen the purpose of each and part the items.",
        "If they are the same seat in two places on purpose, accept the finding with that reason.",
    ],
};

/// What a role has to do with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Item {
    Step(StepId),
    Decision(DecisionId),
    Measure(String),
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let least = sink.threshold("items");
    let alike = sink.threshold("alike");
    let threshold = sink.threshold("jaccard");
    let all = context.document.roles().ids().map(|role| (role, items(context, role)));
    let roles: Vec<WithItems> = all.filter(|(_, items)| items.len() as f64 >= least).collect();
    let mut holders: FxHashMap<&Item, Vec<usize>> = FxHashMap::default();
    // Items in common with each earlier role; back to zero after each role.
    let mut common: Vec<usize> = vec![0; roles.len()];
    for (place, (_, items)) in roles.iter().enumerate() {
        if context.is_cancelled(place) {
            return;
        }
        let mut touched = Vec::new();
        for (item, _) in items {
            let earlier = holders.entry(item).or_default();
            for other in earlier.iter() {
                let Some(count) = common.get_mut(*other) else { continue };
                if *count == 0 {
                    touched.push(*other);
                }
                *count += 1;
            }
            earlier.push(place);
        }
        touched.sort_unstable();
        for other in touched {
            let (Some(shared), Some((_, of_other))) = (common.get_mut(other), roles.get(other)) else { continue };
            let shared = std::mem::take(shared);
            let either = items.len() + of_other.len() - shared;
            if shared as f64 >= threshold * either as f64 {
                let same = same_duties(of_other, items);
                if same as f64 >= alike * shared as f64 {
                    report(context, sink, roles.get(other), roles.get(place), (either, same));
                }
            }
        }
    }
}

/// An item of a role, with its duties there.
type Owned = (Item, Duties);

/// The items of a role, sorted, each once with all duties of the role.
fn items(context: &Context<'_>, id: RoleId) -> Vec<Owned> {
    let performed = context.index.steps_of_role(id).iter().map(|step| (Item::Step(*step), Duties::of(&[Duty::Do])));
    let mut items: Vec<Owned> = performed.collect();
    items.extend(context.index.rights_of_role(id).map(|held| match held.right.subject {
        Subject::Decision(decision) => (Item::Decision(decision), held.duties),
        Subject::Step(step) => (Item::Step(step), held.duties),
    }));
    let measures = context.document.roles().get(id).into_iter().flat_map(|role| &role.kpis);
    items.extend(measures.map(|kpi| (Item::Measure(kpi.name.trim().to_lowercase()), Duties::default())));
    items.sort_by(|a, b| a.0.cmp(&b.0));
    items.dedup_by(|later, kept| {
        let is_same = later.0 == kept.0;
        if is_same {
            kept.1 = kept.1.with(later.1);
        }
        is_same
    });
    items
}

fn duties_on(items: &[Owned], item: &Item) -> Option<Duties> {
    let place = items.binary_search_by(|(known, _)| known.cmp(item)).ok()?;
    items.get(place).map(|(_, duties)| *duties)
}

/// On how many items two roles have the same duties.
fn same_duties(a: &[Owned], b: &[Owned]) -> usize {
    a.iter().filter(|(item, duties)| duties_on(b, item) == Some(*duties)).count()
}

type WithItems = (RoleId, Vec<Owned>);

fn report(
    context: &Context<'_>,
    sink: &mut Sink<'_>,
    first: Option<&WithItems>,
    second: Option<&WithItems>,
    (either, same): (usize, usize),
) {
    let (Some((a, items_a)), Some((b, items_b))) = (first, second) else { return };
    let (name_a, name_b) = (context.name(*a), context.name(*b));
    let name_of = |item: &Item| match item {
        Item::Step(step) => context.quoted(*step),
        Item::Decision(decision) => context.quoted(*decision),
        Item::Measure(name) => format!("“{name}”"),
    };
    let part = |from: &[Owned], other: &[Owned], both: bool| {
        let meant = from.iter().filter(|(item, _)| duties_on(other, item).is_some() == both);
        meant.map(|(item, _)| name_of(item)).collect::<Vec<_>>()
    };
    let shared = part(items_a, items_b, true);
    let jaccard = shared.len() as f64 / either.max(1) as f64;
    let message = format!(
        "{name_a} and {name_b} are all but the same role: they share {} of {either} steps, decisions and measures \
         ({}).",
        shared.len(),
        words::joined(&shared)
    );
    let mut finding = Finding::new(message)
        .about([*a, *b])
        .formula(format!(
            "Jaccard = {} ÷ {either} = {}; the same duties on {same} of {}",
            shared.len(),
            words::number(jaccard),
            shared.len()
        ))
        .number("jaccard", jaccard)
        .number("shared", shared.len() as f64)
        .number("all", either as f64)
        .number("same_duties", same as f64)
        .remedy(format!("Make {name_a} and {name_b} one role, held by all their people."));
    let only: Vec<String> = [(&name_a, part(items_a, items_b, false)), (&name_b, part(items_b, items_a, false))]
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .map(|(name, items)| format!("{name} alone has {}", words::joined(&items)))
        .collect();
    let begin = if only.is_empty() { String::new() } else { format!(" Begin with what differs: {}.", only.join("; ")) };
    finding = finding.remedy(format!("Or write down what each is for, and part the rest.{begin}"));
    let unit = |role: RoleId| context.document.roles().get(role).and_then(|role| role.unit);
    if let (Some(unit_a), Some(unit_b)) = (unit(*a), unit(*b))
        && unit_a != unit_b
    {
        finding = finding.remedy(format!(
            "If it is the same seat in {} and {} on purpose, accept this with that reason.",
            context.name(unit_a),
            context.name(unit_b)
        ));
    }
    sink.report(finding);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci};

    /// Two roles with letters on five decisions, all of the first and `shared` of the second in common.
    fn twins(shared: usize, of_second: usize) -> (Document, RoleId, RoleId) {
        let mut document = raci();
        let first = document.insert(Role::new("Order clerk"));
        let second = document.insert(Role::new("Sales clerk"));
        for number in 0..5 {
            let decision = document.insert(Decision::new(format!("Decide {number}")));
            document.insert(Right::new(Subject::Decision(decision), Actor::Role(first), "R"));
            if number < shared {
                document.insert(Right::new(Subject::Decision(decision), Actor::Role(second), "R"));
            }
        }
        for number in shared..of_second {
            let decision = document.insert(Decision::new(format!("Choose {number}")));
            document.insert(Right::new(Subject::Decision(decision), Actor::Role(second), "R"));
        }
        (document, first, second)
    }

    #[test]
    fn roles_that_share_most_items_are_twins() {
        let (document, first, second) = twins(5, 6);
        let found = findings("DU-04", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.evidence, [first.into(), second.into()]);
        assert_eq!(finding.formula.text, "Jaccard = 5 ÷ 6 = 0.833; the same duties on 5 of 5");
        assert!(
            finding.message.starts_with("Order clerk and Sales clerk are all but the same role: they share 5 of 6")
        );
        assert!(finding.remedies[1].text.ends_with("Sales clerk alone has “Choose 5”."));
    }

    #[test]
    fn a_smaller_share_and_small_roles_are_left_alone() {
        assert!(findings("DU-04", &twins(4, 6).0).is_empty(), "4 of 7");
        let (mut document, ..) = twins(4, 4);
        assert_eq!(findings("DU-04", &document).len(), 1, "4 of 5");
        document.project_mut().thresholds.insert("DU-04.items".into(), 5.0);
        assert!(findings("DU-04", &document).is_empty());
    }

    #[test]
    fn steps_and_measures_count_and_nothing_counts_twice() {
        let (mut document, first, second) = twins(3, 3);
        let process = document.insert(Process::new("Order"));
        let step = document.insert(Step { performer: Some(Actor::Role(first)), ..Step::new(process, "Take order") });
        for (role, letter) in [(first, "R"), (second, "C")] {
            // One does the step, the other is asked.
            document.insert(Right::new(Subject::Step(step), Actor::Role(role), letter));
            let kpis =
                vec![Kpi { name: format!("{}Orders", if role == first { " " } else { "" }), target: String::new() }];
            document.get_mut::<Role>(role).unwrap().kpis = kpis;
        }
        let found = findings("DU-04", &document);
        assert_eq!(found.first().unwrap().formula.text, "Jaccard = 5 ÷ 7 = 0.714; the same duties on 4 of 5");
    }

    #[test]
    fn one_who_decides_what_the_other_prepares_is_no_twin() {
        let (mut document, _, second) = twins(5, 5);
        let of_second: Vec<RightId> = document
            .rights()
            .iter()
            .filter(|(_, right)| right.holder == Actor::Role(second))
            .map(|(id, _)| id)
            .collect();
        for id in of_second.iter().take(2) {
            document.get_mut::<Right>(*id).unwrap().letter = "A".into();
        }
        assert_eq!(findings("DU-04", &document).len(), 1, "the same on 3 of 5");
        document.get_mut::<Right>(of_second[2]).unwrap().letter = "A".into();
        assert!(findings("DU-04", &document).is_empty(), "the same on 2 of 5");
    }
}
