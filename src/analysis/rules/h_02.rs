//! Rows of the matrix on which two may decide the same case.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Meta, row_name};
use crate::analysis::figures::{Part, Range, deciding_parts, meeting};
use crate::analysis::{Context, Finding, Fix, FixChange, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-02",
    title: "Two may decide the same",
    severity: Severity::High,
    why: "Where two may decide the same case, each waits for the other, or both decide and differ.",
    wrong: "“Grant refund”: Shop manager A up to 500 EUR, Owner A above 200 EUR",
    right: "“Grant refund”: Shop manager A up to 200 EUR, Owner A above 200 EUR",
    formula: "deciders of one case > the most that the framework allows. Two deciders meet unless their limits, units \
              or conditions keep them apart; roles of different units that the decision names in its scope decide \
              each for their own, unless one reports to the other",
    source: Source::Literature("RACI: A = exactly 1; RAPID: D = 1; DACI: A = 1; OVIS: O = 1"),
    thresholds: &[],
    remedies: &[
        "Keep one decider and ask the others for advice (a consulting letter), or give them a veto with a topic.",
        "Split by unit, or by amount: one up to the limit, the other above it.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let decisions = context.document.decisions().ids().map(Subject::Decision);
    let steps = context.document.steps().ids().map(Subject::Step);
    for (count, subject) in decisions.chain(steps).enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(allowed) = most_deciders(context, subject) else { continue };
        let parts = deciding_parts(&context.index, subject, context.settings.today);
        let meetings = meetings(context, &parts);
        let mut met: FxHashMap<Actor, usize> = FxHashMap::default();
        for holder in meetings.iter().flat_map(|(a, b, _)| [a.held.right.holder, b.held.right.holder]) {
            *met.entry(holder).or_default() += 1;
        }
        let most = met.values().copied().max().unwrap_or(0);
        if most > 0 && most >= allowed as usize {
            sink.report(finding(context, subject, allowed, &meetings));
        }
    }
}

/// The most holders that the deciding letters of a row's framework allow; none where any number may decide.
fn most_deciders(context: &Context<'_>, subject: Subject) -> Option<u32> {
    let (_, framework) = context.document.framework_of(subject)?;
    let deciding = framework.letters.iter().filter(|letter| letter.duties.contains(&Duty::Decide));
    let most: Option<Vec<u32>> = deciding.map(|letter| letter.at_most).collect();
    most?.into_iter().max()
}

type Meeting<'p, 'a> = (&'p Part<'a>, &'p Part<'a>, Range);

/// Pairs of holders that meet, each once, with the parts in which they do.
fn meetings<'p, 'a>(context: &Context<'_>, parts: &'p [Part<'a>]) -> Vec<Meeting<'p, 'a>> {
    let mut found: Vec<Meeting<'p, 'a>> = Vec::new();
    let mut known: FxHashSet<(Actor, Actor)> = FxHashSet::default();
    for (place, a) in parts.iter().enumerate() {
        for b in parts.iter().skip(place + 1) {
            let (one, two) = (a.held.right.holder, b.held.right.holder);
            if one != two
                && !known.contains(&(one, two))
                && let Some(range) = meeting(context.document, &context.index, a, b)
            {
                known.insert((one, two));
                found.push((a, b, range));
            }
        }
    }
    found
}

fn finding(context: &Context<'_>, subject: Subject, allowed: u32, meetings: &[Meeting<'_, '_>]) -> Finding {
    let row = row_name(context, subject);
    let mut holders: Vec<Actor> = Vec::new();
    for (a, b, _) in meetings {
        for holder in [a.held.right.holder, b.held.right.holder] {
            if !holders.contains(&holder) {
                holders.push(holder);
            }
        }
    }
    let names = words::named_list(context.document, holders.iter().copied());
    let both = if holders.len() == 2 { "both" } else { "all" };
    let (range, quantity) =
        meetings.first().map_or((Range::ALL, None), |(a, b, range)| (*range, a.quantity.or(b.quantity)));
    let amounts = if range == Range::ALL { String::new() } else { format!(" {}", range.words(quantity)) };
    let mut finding = Finding::new(format!(
        "{names} may {both} decide {row}{amounts}. Each will wait for the other, or they will differ."
    ))
    .about([ElementRef::from(subject)])
    .about(holders.iter().copied())
    .formula(format!("deciders of one case = {}, at most {allowed} allowed", holders.len()))
    .number("deciders", holders.len() as f64)
    .criticality(context.criticality_of(subject));
    if let Some(above) = range.above {
        finding = finding.number("overlap_above", above.to_f64());
    }
    if let Some(up_to) = range.up_to {
        finding = finding.number("overlap_up_to", up_to.to_f64());
    }
    with_remedies(context, &row, meetings, finding)
}

fn with_remedies(context: &Context<'_>, row: &str, meetings: &[Meeting<'_, '_>], finding: Finding) -> Finding {
    let Some((a, b, range)) = meetings.first() else { return finding };
    let (lower, upper) = if b.range.above < a.range.above { (b, a) } else { (a, b) };
    let (lower_name, upper_name) = (context.name(lower.held.right.holder), context.name(upper.held.right.holder));
    let mut finding = finding;
    if let (Some(quantity), Some(cut)) = (lower.quantity, lower.range.up_to)
        && *range != Range::ALL
        && upper.range.up_to.is_none_or(|up_to| up_to > cut)
    {
        let from = Range { above: Some(cut), up_to: upper.range.up_to };
        let text = format!("Let {upper_name} decide only {}, where {lower_name} may not.", from.words(Some(quantity)));
        finding = finding.remedy_with(text, cut_fix(upper, quantity, cut, &upper_name, row));
    }
    let consulting = context.document.framework_of(lower.held.right.subject);
    let consulting = consulting.and_then(|(_, framework)| framework.letter_for(Duty::Consult));
    if let Some(letter) = consulting {
        let text = format!("Keep one of them, and ask the other ({}).", letter.name);
        finding = finding.remedy_with(text, keep_fix(context, lower, upper, &letter.code, row));
    }
    finding.remedy("If each decides for their own unit, name these units in the scope of the decision.")
}

/// The upper decider begins where the lower one ends.
fn cut_fix(upper: &Part<'_>, quantity: Quantity, cut: Amount, name: &str, row: &str) -> Option<Fix> {
    let mut right = upper.held.right.clone();
    match right.tiers.as_mut_slice() {
        [] => right.tiers.push(Tier { above: Some(cut), ..Tier::unbounded(quantity) }),
        [only] if only.quantity == quantity => only.above = Some(cut),
        _ => return None,
    }
    Some(Fix::replace(format!("Let {name} decide {row} only above {cut}"), upper.held.id, right))
}

/// The lower decider keeps the letter, the upper one is asked.
fn keep_fix(context: &Context<'_>, lower: &Part<'_>, upper: &Part<'_>, letter: &str, row: &str) -> Fix {
    let right = upper.held.right;
    let taken = context
        .index
        .rights_on(right.subject)
        .any(|held| held.right.holder == right.holder && held.right.letter.eq_ignore_ascii_case(letter));
    let (keeps, asked) = (context.name(lower.held.right.holder), context.name(right.holder));
    let label = format!("Let {keeps} decide {row} and ask {asked}");
    let mut changes = vec![FixChange::Remove(upper.held.id.into())];
    if !taken {
        changes.push(FixChange::Insert(Right::new(right.subject, right.holder, letter).into()));
    }
    Fix { label, changes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::FixRecord;
    use crate::analysis::rules::testing::{findings, raci, refund_row};

    #[test]
    fn overlapping_limits_are_found_and_cut() {
        let (mut document, decision) = refund_row(&["≤ 500 EUR", "> 200 EUR"]);
        let found = findings("H-02", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.evidence.first(), Some(&decision.into()));
        assert!(
            finding
                .message
                .starts_with("Role 0 and Role 1 may both decide “Grant refund” above 200 and up to 500 EUR.")
        );
        assert_eq!(finding.number_named("overlap_above"), Some(200.0));
        assert_eq!(finding.number_named("overlap_up_to"), Some(500.0));
        assert_eq!(finding.number_named("deciders"), Some(2.0));
        let fix = finding.remedies[0].fix.as_ref().unwrap();
        let [FixChange::Replace(ElementRef::Right(id), FixRecord::Right(right))] = fix.changes.as_slice() else {
            panic!("{fix:?}")
        };
        *document.get_mut::<Right>(*id).unwrap() = (**right).clone();
        assert!(findings("H-02", &document).is_empty());
        assert!(findings("H-01", &document).is_empty());
    }

    #[test]
    fn limits_that_meet_at_the_boundary_are_fine() {
        for limits in [&["≤ 200 EUR", "> 200 EUR"][..], &["≤ 200 EUR", "> 200 ≤ 500 EUR", "> 500 EUR"], &[""]] {
            assert!(findings("H-02", &refund_row(limits).0).is_empty(), "{limits:?}");
        }
        for limits in [&["", ""][..], &["≤ 200 EUR", ""], &["≤ 200 EUR per week", "> 200 EUR"]] {
            assert_eq!(findings("H-02", &refund_row(limits).0).len(), 1, "{limits:?}");
        }
    }

    #[test]
    fn conditions_and_units_keep_deciders_apart() {
        let (mut document, decision) = refund_row(&["any EUR", "any EUR"]);
        let [north, south] = ["North", "South"].map(|name| document.insert(Unit::new(name)));
        let rights: Vec<_> = document.rights().ids().collect();
        let mut by_condition = document.clone();
        for (right, unit) in rights.iter().zip([north, south]) {
            by_condition.get_mut::<Right>(*right).unwrap().tiers[0].conditions = vec![Condition::Unit(unit)];
        }
        assert!(findings("H-02", &by_condition).is_empty());
        let roles: Vec<_> = document.roles().ids().collect();
        for (role, unit) in roles.iter().zip([north, south]) {
            document.get_mut::<Role>(*role).unwrap().unit = Some(unit);
        }
        assert_eq!(findings("H-02", &document).len(), 1, "no scope: both decide everywhere");
        document.get_mut::<Decision>(decision).unwrap().scope = vec![north, south];
        assert!(findings("H-02", &document).is_empty());
        document.get_mut::<Role>(roles[0]).unwrap().reports_to = Some(roles[1]);
        assert_eq!(findings("H-02", &document).len(), 1, "the manager decides for the other unit, too");
    }

    #[test]
    fn a_framework_that_allows_several_deciders_is_silent() {
        let mut document = raci();
        let framework = document.frameworks().ids().next().unwrap();
        document.get_mut::<Framework>(framework).unwrap().letters[1].at_most = None;
        let decision = document.insert(Decision::new("Grant refund"));
        for name in ["Clerk", "Owner"] {
            let role = document.insert(Role::new(name));
            document.insert(Right::new(Subject::Decision(decision), Actor::Role(role), "A"));
        }
        assert!(findings("H-02", &document).is_empty());
    }
}
