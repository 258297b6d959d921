//! Two roles that are responsible for the same thing in the same words.

use std::collections::BTreeMap;

use super::Meta;
use super::Threshold;
use crate::analysis::likeness::Pair;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-05",
    title: "Responsible twice",
    severity: Severity::Medium,
    why: "What two roles are responsible for is done twice or not at all, and when it fails each points at the other.",
    wrong: "Baker: “Order flour”; Office clerk: “Ordering of flour”",
    right: "Office clerk: “Order flour”",
    formula: "likeness of a responsibility of one role and one of another ≥ threshold. Likeness = the larger of shared \
              words ÷ all words (stems, synonyms counted as one) and 1 − letters to change ÷ letters of the longer \
              text (words in alphabetical order). Alike sentences of the same two roles are gathered into one finding; so \
              are those of a crowd of more than four roles that share one sentence",
    source: Source::Literature("comparison of job descriptions for overlaps in the practice of organisation charts"),
    thresholds: &[Threshold {
        name: "likeness",
        default: 0.8,
        unit: "of 1",
        meaning: "from here on two sentences mean the same",
        source: Source::Ours("the same as for labels of steps"),
    }],
    remedies: &["Leave it to one of the two and take it from the other.", "Say in each sentence what is different."],
};

/// More roles than this with one sentence are a crowd and one finding, not one for each two of them.
const MOST_IN_PAIRS: usize = 4;

/// One responsibility: whose, and its place in the list of the role.
type Entry = (RoleId, usize);

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let roles = context.document.roles();
    let mut unwritten = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut texts: Vec<&str> = Vec::new();
    for (id, role) in roles.iter() {
        if role.responsibilities.iter().all(|text| text.trim().is_empty()) {
            unwritten.push(id);
        }
        entries.extend((0..role.responsibilities.len()).map(|place| (id, place)));
        texts.extend(role.responsibilities.iter().map(String::as_str));
    }
    let found = context.alike("responsibilities", &texts, sink.threshold("likeness")).pairs();
    let crowds = crowds(&entries, &found);
    let mut is_crowded = vec![false; entries.len()];
    for index in crowds.iter().flatten() {
        if let Some(slot) = is_crowded.get_mut(*index) {
            *slot = true;
        }
    }
    let mut by_roles: BTreeMap<(RoleId, RoleId), Vec<Pair>> = BTreeMap::new();
    for (count, pair) in found.into_iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let (Some((a, _)), Some((b, _))) = (entries.get(pair.a), entries.get(pair.b)) else { continue };
        if a != b && is_crowded.get(pair.a) != Some(&true) {
            by_roles.entry((*a, *b)).or_default().push(pair);
        }
    }
    for ((a, b), pairs) in by_roles {
        report(context, sink, (a, b), &entries, &pairs);
    }
    for crowd in &crowds {
        let named = crowd.first().and_then(|first| texts.get(*first));
        report_crowd(context, sink, crowd.iter().filter_map(|index| entries.get(*index)), named.unwrap_or(&""));
    }
    if roles.len() > 1 {
        sink.missing(
            "role has no responsibilities written down",
            "roles have no responsibilities written down",
            unwritten,
        );
    }
}

/// Sentences that hang together by likeness and are those of more than [`MOST_IN_PAIRS`] roles: their indexes, sorted.
fn crowds(entries: &[Entry], pairs: &[Pair]) -> Vec<Vec<usize>> {
    // Each sentence knows an earlier one like it, or itself; the way ends at the first of its crowd.
    let mut earlier: Vec<usize> = (0..entries.len()).collect();
    let first_of = |earlier: &mut Vec<usize>, mut index: usize| {
        while let Some(up) = earlier.get(index).copied().filter(|up| *up != index) {
            let above = earlier.get(up).copied().unwrap_or(up);
            if let Some(slot) = earlier.get_mut(index) {
                *slot = above;
            }
            index = above;
        }
        index
    };
    for pair in pairs {
        let (a, b) = (first_of(&mut earlier, pair.a), first_of(&mut earlier, pair.b));
        if let Some(slot) = earlier.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
    let mut by_first: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..entries.len() {
        by_first.entry(first_of(&mut earlier, index)).or_default().push(index);
    }
    let roles = |crowd: &Vec<usize>| {
        let mut roles: Vec<RoleId> = crowd.iter().filter_map(|index| Some(entries.get(*index)?.0)).collect();
        roles.dedup();
        roles.len()
    };
    by_first.into_values().filter(|crowd| crowd.len() > MOST_IN_PAIRS && roles(crowd) > MOST_IN_PAIRS).collect()
}

fn report_crowd<'a>(
    context: &Context<'_>,
    sink: &mut Sink<'_>,
    entries: impl Iterator<Item = &'a Entry>,
    sentence: &str,
) {
    let mut roles: Vec<RoleId> = entries.map(|(role, _)| *role).collect();
    roles.dedup();
    let mut named: Vec<String> = roles.iter().take(MOST_IN_PAIRS - 1).map(|role| context.name(*role)).collect();
    named.push(format!("{} more", roles.len() - named.len()));
    let finding = Finding::new(format!("{} are all responsible for “{}”.", words::joined(&named), sentence.trim()))
        .formula(format!("{} roles with this sentence, or one like it, in more than {MOST_IN_PAIRS}", roles.len()))
        .number("roles", roles.len() as f64)
        .about(roles)
        .remedy("Write it once, on the unit that they belong to, where it is the work of all of them.")
        .remedy("Else leave it to one of them, or say in each sentence what is different.");
    sink.report(finding);
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, (a, b): (RoleId, RoleId), entries: &[Entry], pairs: &[Pair]) {
    let place = |index: usize| entries.get(index).map_or(0, |(_, place)| *place);
    let text = |index: usize| {
        let (role, place) = entries.get(index)?;
        context.document.roles().get(*role)?.responsibilities.get(*place).map(|text| text.trim())
    };
    let said: Vec<String> = pairs
        .iter()
        .filter_map(|pair| {
            let (first, second) = (text(pair.a)?, text(pair.b)?);
            Some(if first == second { format!("“{first}”") } else { format!("“{first}” (“{second}”)") })
        })
        .collect();
    let (name_a, name_b) = (context.name(a), context.name(b));
    let Some(strongest) = pairs.iter().max_by(|x, y| x.likeness.total_cmp(&y.likeness).then(y.a.cmp(&x.a))) else {
        return;
    };
    let finding = Finding::new(format!("{name_a} and {name_b} are both responsible for {}.", words::joined(&said)))
        .about([a, b])
        .formula(format!("likeness = {} ({})", words::number(strongest.likeness), strongest.why))
        .number("likeness", strongest.likeness)
        .number("sentences", pairs.len() as f64)
        .remedy_with(
            format!("Leave it to {name_a}."),
            without(context, b, &pairs.iter().map(|pair| place(pair.b)).collect::<Vec<_>>()),
        )
        .remedy_with(
            format!("Leave it to {name_b}."),
            without(context, a, &pairs.iter().map(|pair| place(pair.a)).collect::<Vec<_>>()),
        )
        .remedy("Or say in each sentence what is different: for which shop, up to which amount, at what time.");
    sink.report(finding);
}

/// Takes responsibilities, by their places, from a role.
fn without(context: &Context<'_>, id: RoleId, places: &[usize]) -> Option<Fix> {
    let role = context.document.roles().get(id)?;
    let kept = role.responsibilities.iter().enumerate().filter(|(place, _)| !places.contains(place));
    let responsibilities: Vec<String> = kept.map(|(_, text)| text.clone()).collect();
    let taken: Vec<String> = role
        .responsibilities
        .iter()
        .enumerate()
        .filter(|(place, _)| places.contains(place))
        .map(|(_, text)| format!("“{}”", text.trim()))
        .collect();
    let label = format!("Take {} from {}", words::joined(&taken), context.name(id));
    Some(Fix::replace(label, id, Role { responsibilities, ..role.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, silence};
    use crate::analysis::{FixChange, FixRecord};

    fn roles(lists: &[(&str, &[&str])]) -> Document {
        let mut document = Document::default();
        for (name, texts) in lists {
            let responsibilities = texts.iter().map(|text| (*text).to_owned()).collect();
            document.insert(Role { responsibilities, ..Role::new(*name) });
        }
        document
    }

    #[test]
    fn a_sentence_of_many_roles_is_one_finding() {
        let mut lists: Vec<(&str, &[&str])> =
            ["Ana", "Ben", "Cleo", "Dora", "Emil"].map(|name| (name, &["Keep the shop clean"][..])).to_vec();
        lists.push(("Finn", &["Pay wages"]));
        let found = findings("DU-05", &roles(&lists));
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.message, "Ana, Ben, Cleo and 2 more are all responsible for “Keep the shop clean”.");
        assert_eq!(finding.evidence.len(), 5);
        lists.remove(0);
        assert_eq!(findings("DU-05", &roles(&lists)).len(), 6, "four roles are told two by two");
    }

    #[test]
    fn alike_sentences_of_two_roles_are_one_finding_with_a_fix_each_way() {
        let document = roles(&[
            ("Baker", &["Bake bread", "Order the flour", "Clean the oven"]),
            ("Clerk", &["Ordering of flour", "Clean oven", "Pay wages"]),
        ]);
        let found = findings("DU-05", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            finding.message,
            "Baker and Clerk are both responsible for “Order the flour” (“Ordering of flour”) and “Clean the oven” \
             (“Clean oven”)."
        );
        let fix = finding.remedies.first().unwrap().fix.as_ref().unwrap();
        assert_eq!(fix.label, "Take “Ordering of flour” and “Clean oven” from Clerk");
        let [FixChange::Replace(element, FixRecord::Role(role))] = fix.changes.as_slice() else { panic!("{fix:?}") };
        assert_eq!((*element, role.responsibilities.as_slice()), (finding.evidence[1], &["Pay wages".to_owned()][..]));
    }

    #[test]
    fn other_work_and_one_role_saying_it_twice_are_left_alone() {
        let document = roles(&[("Baker", &["Check stock", "Check the stock"]), ("Clerk", &["Count stock"])]);
        assert!(findings("DU-05", &document).is_empty());
        assert!(silence("DU-05", &document).is_none());
    }

    #[test]
    fn roles_without_a_text_are_named_as_missing() {
        let document = roles(&[("Baker", &["Bake bread"]), ("Clerk", &[" "])]);
        let silence = silence("DU-05", &document).unwrap();
        assert_eq!(silence.missing.first().unwrap().what, "1 role has no responsibilities written down");
    }
}
