//! The sweep over amounts, and the splitting over answers.

use rustc_hash::{FxHashMap, FxHashSet};

use super::space::{Answer, Question, Span, Spans};
use super::{Gap, Inversion, Ladder, Overlap, Rung, Witness};
use crate::analysis::Index;
use crate::analysis::figures::Range;
use crate::model::*;

/// Everything about the limits of a decision on one axis.
pub(super) fn ladder(index: &Index<'_>, all: &Spans<'_>, decision: DecisionId, per: Per) -> Ladder {
    let spans = all.on_axis(per);
    let mut quantities: Vec<Quantity> = spans.iter().filter_map(|span| span.quantity).collect();
    quantities.sort_unstable();
    quantities.dedup();
    let gaps = if quantities.len() > 1 { Vec::new() } else { gaps(all, &spans, quantities.first().copied()) };
    let is_of_a_case = matches!(per, Per::Case | Per::Contract);
    let (subsumed, redundant) = repeated(all, &spans);
    Ladder {
        decision,
        per,
        gaps,
        overlaps: if is_of_a_case { overlaps(all, &spans) } else { Vec::new() },
        mergeable: mergeable(&spans),
        subsumed,
        redundant,
        inversions: inversions(index, all, &spans),
        unevaluated: spans.iter().filter(|span| span.in_words).map(|span| span.rung).collect(),
        quantities,
    }
}

/// The smallest amount in a range that people would write.
fn smallest(range: Range, quantity: Option<Quantity>) -> Amount {
    let start = range.above.unwrap_or(Amount::ZERO).to_f64();
    let steps: &[f64] = if matches!(quantity, Some(Quantity::Money(_))) { &[0.01] } else { &[1.0, 0.01] };
    let fits = |step: &f64| {
        let amount = Amount::from_f64(start + step)?;
        range.up_to.is_none_or(|up_to| amount <= up_to).then_some(amount)
    };
    steps.iter().find_map(fits).or(range.up_to).unwrap_or(Amount::ZERO)
}

fn witness(all: &Spans<'_>, range: Range, quantity: Option<Quantity>, path: &[(usize, u32)]) -> Witness {
    let mut answers: Vec<(Question, Answer)> = Vec::new();
    for (question, place) in path {
        let known = all.questions.get(*question).zip(all.answers.get(*question));
        let answer =
            known.and_then(|(question, answers)| Some((question.clone(), answers.get(*place as usize)?.clone())));
        answers.extend(answer);
    }
    Witness { amount: smallest(range, quantity), quantity, answers }
}

/// Calls back with the answers that none of the spans covers; the spans are those that met the answers so far.
fn uncovered(
    all: &Spans<'_>,
    spans: &[&Span<'_>],
    path: &mut Vec<(usize, u32)>,
    wanted: &[Option<Vec<u32>>],
    from: usize,
    found: &mut impl FnMut(&[(usize, u32)]),
) {
    let open = |span: &&Span<'_>| span.answers.iter().skip(from).all(Option::is_none);
    if spans.iter().any(open) {
        return;
    }
    let asked = |question: usize| {
        wanted.get(question).is_some_and(Option::is_some)
            || spans.iter().any(|span| span.answers.get(question).is_some_and(Option::is_some))
    };
    let Some(question) = (from..all.questions.len()).find(|question| asked(*question)) else {
        found(path);
        return;
    };
    let count = all.answers.get(question).map_or(0, Vec::len) as u32;
    let bound = wanted.get(question).and_then(Option::as_ref);
    for place in (0..count).filter(|place| bound.is_none_or(|bound| bound.binary_search(place).is_ok())) {
        let meets = |span: &&&Span<'_>| match span.answers.get(question) {
            Some(Some(places)) => places.binary_search(&place).is_ok(),
            _ => true,
        };
        let left: Vec<&Span<'_>> = spans.iter().filter(meets).copied().collect();
        path.push((question, place));
        uncovered(all, &left, path, wanted, question + 1, found);
        path.pop();
    }
}

/// Bounds of elementary ranges, from zero to no bound.
pub(super) fn elementary(spans: &[&Span<'_>], quantity: Option<Quantity>) -> Vec<Range> {
    let mut ends: Vec<Amount> = spans.iter().flat_map(|span| [span.range.above, span.range.up_to]).flatten().collect();
    let whole = (quantity == Some(Quantity::Percent)).then(|| Amount::whole(100));
    ends.extend(whole);
    ends.retain(|end| *end > Amount::ZERO && whole.is_none_or(|whole| *end <= whole));
    ends.sort_unstable();
    ends.dedup();
    let mut above = None;
    let mut ranges = Vec::with_capacity(ends.len() + 1);
    for end in ends {
        ranges.push(Range { above, up_to: Some(end) });
        above = Some(end);
    }
    if whole.is_none() {
        ranges.push(Range { above, up_to: None });
    }
    ranges
}

pub(super) fn holds_in(span: &Span<'_>, range: Range) -> bool {
    let starts = span.range.above.is_none_or(|above| above <= range.above.unwrap_or(Amount::ZERO));
    starts && span.range.up_to.is_none_or(|end| range.up_to.is_some_and(|up_to| up_to <= end))
}

fn gaps(all: &Spans<'_>, spans: &[Span<'_>], quantity: Option<Quantity>) -> Vec<Gap> {
    let mut order: Vec<&Span<'_>> = spans.iter().collect();
    if order.iter().any(|span| span.range == Range::ALL && span.answers.iter().all(Option::is_none)) {
        return Vec::new();
    }
    let mut found: Vec<(Range, Vec<(usize, u32)>)> = Vec::new();
    let ranges = elementary(&order, quantity);
    order.sort_by_key(|span| span.range.above);
    let mut waiting = order.into_iter().peekable();
    let mut active: Vec<&Span<'_>> = Vec::new();
    for range in ranges {
        let reached =
            |span: &&Span<'_>| span.range.above.unwrap_or(Amount::ZERO) <= range.above.unwrap_or(Amount::ZERO);
        while let Some(span) = waiting.next_if(reached) {
            active.push(span);
        }
        active.retain(|span| holds_in(span, range));
        uncovered(all, &active, &mut Vec::new(), &[], 0, &mut |path| {
            let goes_on = found.iter_mut().rev().find(|(known, answers)| known.up_to == range.above && answers == path);
            match goes_on {
                Some((known, _)) if range.above.is_some() => known.up_to = range.up_to,
                _ => found.push((range, path.to_vec())),
            }
        });
    }
    let gap = |(range, path): (Range, Vec<(usize, u32)>)| Gap { range, case: witness(all, range, quantity, &path) };
    found.into_iter().map(gap).collect()
}

/// The first common answer to each question that either asks; none where they exclude each other.
fn common(a: &Span<'_>, b: &Span<'_>) -> Option<Vec<(usize, u32)>> {
    let mut path = Vec::new();
    for (question, (one, two)) in a.answers.iter().zip(&b.answers).enumerate() {
        let first = match (one, two) {
            (None, None) => continue,
            (Some(places), None) | (None, Some(places)) => places.first().copied(),
            (Some(one), Some(two)) => one.iter().find(|place| two.binary_search(place).is_ok()).copied(),
        };
        path.push((question, first?));
    }
    Some(path)
}

fn never_together(a: &Span<'_>, b: &Span<'_>) -> bool {
    let before = |end: Option<Date>, start: Option<Date>| end.zip(start).is_some_and(|(end, start)| end < start);
    before(a.valid.1, b.valid.0) || before(b.valid.1, a.valid.0)
}

fn overlaps(all: &Spans<'_>, spans: &[Span<'_>]) -> Vec<Overlap> {
    let mut order: Vec<&Span<'_>> = spans.iter().filter(|span| !span.in_words).collect();
    order.sort_by_key(|span| (span.range.above, span.rung));
    let mut active: Vec<&Span<'_>> = Vec::new();
    let mut found = Vec::new();
    for span in order {
        let start = span.range.above.unwrap_or(Amount::ZERO);
        active.retain(|other| other.range.up_to.is_none_or(|end| end > start));
        for other in &active {
            let comparable = other.quantity.is_none() || span.quantity.is_none() || other.quantity == span.quantity;
            if other.held.right.holder == span.held.right.holder || !comparable || never_together(other, span) {
                continue;
            }
            let Some(range) = other.range.intersection(span.range) else { continue };
            let Some(path) = common(other, span) else { continue };
            let case = witness(all, range, other.quantity.or(span.quantity), &path);
            found.push(Overlap { first: other.rung, second: span.rung, range, case });
        }
        active.push(span);
    }
    found
}

/// Whether the outer span matches every case of the inner one.
fn contains(outer: &Span<'_>, inner: &Span<'_>) -> bool {
    let lower = outer.range.above.is_none() || outer.range.above <= inner.range.above;
    let upper = outer.range.up_to.is_none_or(|end| inner.range.up_to.is_some_and(|inner| inner <= end));
    let quantity = outer.quantity == inner.quantity;
    let answers = outer.answers.iter().zip(&inner.answers).all(|(outer, inner)| match (outer, inner) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => inner.iter().all(|place| outer.binary_search(place).is_ok()),
    });
    let earlier = outer.valid.0.is_none() || outer.valid.0 <= inner.valid.0;
    let later = outer.valid.1.is_none_or(|end| inner.valid.1.is_some_and(|inner| inner <= end));
    lower && upper && quantity && answers && earlier && later
}

/// Whether two limits of one holder oblige to the same.
fn same_duties(a: &Span<'_>, b: &Span<'_>) -> bool {
    let (Some(one), Some(two)) = (a.tier(), b.tier()) else { return a.tier().is_none() && b.tier().is_none() };
    let second_names = |tier: &Tier| {
        let mut roles = tier.co_signers.clone();
        roles.sort_unstable();
        roles
    };
    a.held.right.holder == b.held.right.holder
        && second_names(one) == second_names(two)
        && (one.deputy, one.sub_delegation, one.escalates_to) == (two.deputy, two.sub_delegation, two.escalates_to)
}

/// Spans of each holder, in their order.
fn by_holder<'s, 'a>(spans: &'s [Span<'a>]) -> FxHashMap<Actor, Vec<&'s Span<'a>>> {
    let mut groups: FxHashMap<Actor, Vec<&Span<'a>>> = FxHashMap::default();
    for span in spans {
        groups.entry(span.held.right.holder).or_default().push(span);
    }
    groups
}

/// Limits within another one, and limits that several others cover together.
fn repeated(all: &Spans<'_>, spans: &[Span<'_>]) -> (Vec<(Rung, Rung)>, Vec<Rung>) {
    let (mut subsumed, mut redundant) = (Vec::new(), Vec::new());
    let groups = by_holder(spans);
    for span in spans.iter().filter(|span| !span.in_words && span.tier().is_some()) {
        let others: Vec<&Span<'_>> = groups
            .get(&span.held.right.holder)
            .into_iter()
            .flatten()
            .filter(|other| other.rung != span.rung && !other.in_words && other.tier().is_some())
            .filter(|other| same_duties(other, span))
            .copied()
            .collect();
        // Of two equal limits the later one is too much.
        let wider = |other: &&&Span<'_>| contains(other, span) && (!contains(span, other) || other.rung < span.rung);
        if let Some(outer) = others.iter().find(wider) {
            subsumed.push((span.rung, outer.rung));
        } else if is_covered(all, span, &others) {
            redundant.push(span.rung);
        }
    }
    (subsumed, redundant)
}

/// Whether others cover all amounts and answers of a limit together.
fn is_covered(all: &Spans<'_>, span: &Span<'_>, others: &[&Span<'_>]) -> bool {
    let as_long = |other: &&&Span<'_>| {
        let earlier = other.valid.0.is_none() || other.valid.0 <= span.valid.0;
        let later = other.valid.1.is_none_or(|end| span.valid.1.is_some_and(|own| own <= end));
        other.quantity == span.quantity && earlier && later
    };
    let mut counted: Vec<&Span<'_>> = others.iter().filter(as_long).copied().collect();
    if counted.len() < 2 || span.answers.iter().flatten().any(Vec::is_empty) {
        return false;
    }
    counted.push(span);
    let ranges = elementary(&counted, None);
    counted.pop();
    ranges.into_iter().filter(|range| holds_in(span, *range)).all(|range| {
        let active: Vec<&Span<'_>> = counted.iter().filter(|other| holds_in(other, range)).copied().collect();
        let mut is_open = false;
        uncovered(all, &active, &mut Vec::new(), &span.answers, 0, &mut |_| is_open = true);
        !is_open
    })
}

fn mergeable(spans: &[Span<'_>]) -> Vec<(Rung, Rung)> {
    let mut found = Vec::new();
    for (place, one) in spans.iter().enumerate().filter(|(_, span)| !span.in_words && span.tier().is_some()) {
        // Limits of one right follow one another.
        let own = spans.iter().skip(place + 1).take_while(|two| two.held.id == one.held.id);
        for two in own.filter(|two| !two.in_words) {
            let alike = one.quantity == two.quantity && one.answers == two.answers && one.valid == two.valid;
            let (start, end) = if two.range.above < one.range.above { (two, one) } else { (one, two) };
            let touches = start.range.up_to.is_none_or(|up_to| end.range.above.unwrap_or(Amount::ZERO) <= up_to);
            if alike && same_duties(one, two) && touches && !contains(one, two) && !contains(two, one) {
                found.push((start.rung, end.rung));
            }
        }
    }
    found
}

/// Highest amount that a limit reaches: none is above all.
fn is_below(a: Option<Amount>, b: Option<Amount>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a < b,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

fn inversions(index: &Index<'_>, all: &Spans<'_>, spans: &[Span<'_>]) -> Vec<Inversion> {
    let mut found: Vec<Inversion> = Vec::new();
    let mut seen: FxHashSet<(RightId, RoleId)> = FxHashSet::default();
    let groups = by_holder(spans);
    let superiors = superiors(index, spans);
    for lower in spans.iter().filter(|span| !span.in_words) {
        let above = superiors.get(&lower.held.right.holder).map_or(&[][..], Vec::as_slice);
        for superior in
            above.iter().filter(|role| !seen.contains(&(lower.held.id, **role))).copied().collect::<Vec<_>>()
        {
            let of_superior = groups.get(&Actor::Role(superior)).map_or(&[][..], Vec::as_slice);
            if let Some(inversion) = inversion(all, lower, of_superior) {
                seen.insert((lower.held.id, superior));
                found.push(inversion);
            }
        }
    }
    found
}

/// For each holder the other deciders to whom it reports, directly or not.
fn superiors(index: &Index<'_>, spans: &[Span<'_>]) -> FxHashMap<Actor, Vec<RoleId>> {
    let roles = spans.iter().filter_map(|span| match span.held.right.holder {
        Actor::Role(role) => Some(role),
        _ => None,
    });
    let mut roles: Vec<RoleId> = roles.collect();
    roles.sort_unstable();
    roles.dedup();
    let above = |role: RoleId| roles.iter().filter(move |other| index.reports_to(role, **other)).copied().collect();
    roles.iter().map(|role| (Actor::Role(*role), above(*role))).collect()
}

/// Whether a limit reaches further than all limits of a superior in some case.
fn inversion(all: &Spans<'_>, lower: &Span<'_>, of_superior: &[&Span<'_>]) -> Option<Inversion> {
    let alike =
        |span: &&&Span<'_>| span.quantity.is_none() || lower.quantity.is_none() || span.quantity == lower.quantity;
    let (short, reaching): (Vec<&Span<'_>>, Vec<&Span<'_>>) =
        of_superior.iter().filter(alike).copied().partition(|span| is_below(span.range.up_to, lower.range.up_to));
    let shown = short.iter().filter(|span| !span.in_words).filter_map(|upper| {
        let path = shown_inversion(all, lower, upper, &reaching)?;
        Some((*upper, path))
    });
    // The superior's own ceiling is the highest of the limits that fall short.
    let (upper, path) = shown.max_by_key(|(span, _)| span.range.up_to)?;
    let range = Range { above: upper.range.up_to.max(lower.range.above), up_to: lower.range.up_to };
    let case = witness(all, range, lower.quantity.or(upper.quantity), &path);
    Some(Inversion { lower: lower.rung, upper: upper.rung, case })
}

/// Answers that both limits meet and none of those that reach as far.
fn shown_inversion(
    all: &Spans<'_>,
    lower: &Span<'_>,
    upper: &Span<'_>,
    reaching: &[&Span<'_>],
) -> Option<Vec<(usize, u32)>> {
    common(lower, upper)?;
    let both: Vec<Option<Vec<u32>>> = lower
        .answers
        .iter()
        .zip(&upper.answers)
        .map(|(one, two)| match (one, two) {
            (Some(one), Some(two)) => {
                Some(one.iter().filter(|place| two.binary_search(place).is_ok()).copied().collect())
            }
            (one, two) => one.clone().or_else(|| two.clone()),
        })
        .collect();
    let mut shown = None;
    uncovered(all, reaching, &mut Vec::new(), &both, 0, &mut |path| {
        shown.get_or_insert_with(|| path.to_vec());
    });
    shown
}
