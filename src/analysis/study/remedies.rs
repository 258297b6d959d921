//! What would end the issues of a ladder. Every change is tried on a copy: what leaves as much trouble is not offered.

use super::{LadderIssue, LadderIssueKind, LadderRemedy, limit_of};
use crate::analysis::figures::{Gap, Ladder, Ladders, Range, Rung};
use crate::analysis::{Fix, FixChange, Index, words};
use crate::edit;
use crate::model::*;

/// So many issues get remedies; the others wait until these are gone.
const MOST: usize = 24;

/// Adds remedies to issues.
pub(super) fn offer(
    document: &Document,
    index: &Index<'_>,
    decision: DecisionId,
    on: Option<Date>,
    ladders: &[Ladder],
    issues: &mut [LadderIssue],
) {
    let trial = Trial { document, index, decision, on, before: Trouble::of(ladders) };
    for issue in issues.iter_mut().take(MOST) {
        let gap = ladders.iter().filter(|ladder| ladder.per == issue.per).flat_map(|ladder| &ladder.gaps);
        let gap = gap.into_iter().find(|gap| {
            issue.kind == LadderIssueKind::Gap
                && gap.range == issue.range
                && issue.sentence.starts_with(&gap.case.words(document))
        });
        let fixes = match (issue.kind, issue.rungs.as_slice(), gap) {
            (LadderIssueKind::Gap, _, Some(gap)) => trial.gap(issue.per, gap),
            (LadderIssueKind::Conflict | LadderIssueKind::Overlap, [one, two], _) => trial.overlap(*one, *two),
            (LadderIssueKind::Inversion, [lower, upper], _) => trial.inversion(*lower, *upper),
            (LadderIssueKind::Redundant, [inner, ..], _) => trial.redundant(*inner),
            (LadderIssueKind::Mergeable, [lower, upper], _) => trial.merge(*lower, *upper),
            _ => Vec::new(),
        };
        issue.remedies = fixes.into_iter().filter_map(|fix| trial.tried(fix)).collect();
    }
}

/// How much is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Trouble {
    gaps: usize,
    meetings: usize,
    inversions: usize,
    surplus: usize,
}

impl Trouble {
    fn of(ladders: &[Ladder]) -> Self {
        let mut sum = Self::default();
        for ladder in ladders {
            sum.gaps += ladder.gaps.len();
            sum.meetings += ladder.overlaps.len();
            sum.inversions += ladder.inversions.len();
            sum.surplus += ladder.subsumed.len() + ladder.redundant.len() + ladder.mergeable.len();
        }
        sum
    }

    fn count(self) -> usize {
        self.gaps + self.meetings + self.inversions + self.surplus
    }

    /// Whether a change helps: less is wrong than before, and nothing grave is new.
    fn is_better_than(self, before: Self) -> bool {
        self.count() < before.count()
            && self.gaps <= before.gaps
            && self.meetings <= before.meetings
            && self.inversions <= before.inversions
    }

    fn words(self) -> String {
        let parts: Vec<String> = [
            (self.gaps, "gap", "gaps"),
            (self.meetings, "overlap", "overlaps"),
            (self.inversions, "inversion", "inversions"),
            (self.surplus, "limit too many", "limits too many"),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| words::count(count, one, many))
        .collect();
        match parts.is_empty() {
            true => "then nothing is open and nobody shares a case".to_owned(),
            false => format!("then left: {}", words::joined(&parts)),
        }
    }
}

struct Trial<'t> {
    document: &'t Document,
    index: &'t Index<'t>,
    decision: DecisionId,
    on: Option<Date>,
    before: Trouble,
}

impl Trial<'_> {
    fn name(&self, actor: Actor) -> String {
        words::named(self.document, actor)
    }

    /// The fix with what it changes and leaves; none where it does not help.
    fn tried(&self, fix: Fix) -> Option<LadderRemedy> {
        let after = edit::apply(self.document, &fix.to_edit()).ok()?.document;
        let ladders = Ladders::of_decision(&after, &Index::new(&after), self.decision, self.on);
        let left = Trouble::of(&ladders);
        let changes = self.changes(&after);
        (left.is_better_than(self.before) && !changes.is_empty()).then(|| LadderRemedy {
            label: fix.label.clone(),
            changes,
            outcome: left.words(),
            fix,
        })
    }

    /// What differs between the limits before and after.
    fn changes(&self, after: &Document) -> Vec<String> {
        let limits = |document: &Document| -> Vec<(Actor, Vec<Tier>)> {
            let deciding = deciding_rights(document, self.decision);
            deciding.into_iter().map(|(_, right)| (right.holder, right.tiers.clone())).collect()
        };
        let (before, now) = (limits(self.document), limits(after));
        let words = |tiers: &[Tier]| {
            let each: Vec<String> = tiers.iter().map(|tier| tier_words(self.document, tier)).collect();
            if each.is_empty() { "everything".to_owned() } else { words::joined(&each) }
        };
        let mut found = Vec::new();
        for (holder, tiers) in &now {
            let name = self.name(*holder);
            match before.iter().find(|(known, _)| known == holder) {
                Some((_, old)) if old == tiers => {}
                Some((_, old)) => {
                    let left: Vec<Tier> = old.iter().filter(|tier| !tiers.contains(tier)).cloned().collect();
                    let new: Vec<Tier> = tiers.iter().filter(|tier| !old.contains(tier)).cloned().collect();
                    found.push(match (left.as_slice(), new.as_slice()) {
                        ([], new) if !old.is_empty() => format!("{name} also: {}", words(new)),
                        (left, []) if !left.is_empty() => format!("{name} loses: {}", words(left)),
                        (left, new) => format!("{name}: {} becomes {}", words(left), words(new)),
                    });
                }
                None => found.push(format!("{name} decides: {}", words(tiers))),
            }
        }
        found
    }

    fn tier(&self, rung: Rung) -> Option<(&Right, &Tier)> {
        let (right, tier) = limit_of(self.document, rung)?;
        Some((right, tier?))
    }

    /// A fix that changes one limit.
    fn changed(&self, rung: Rung, label: String, change: impl FnOnce(&mut Tier)) -> Option<Fix> {
        let (right, _) = self.tier(rung)?;
        let mut record = right.clone();
        change(record.tiers.get_mut(rung.tier?)?);
        Some(Fix::replace(label, rung.right, record))
    }

    fn gap(&self, per: Per, gap: &Gap) -> Vec<Fix> {
        let Range { above, up_to } = gap.range;
        let mut fixes = Vec::new();
        for (id, right) in deciding_rights(self.document, self.decision) {
            for (place, tier) in right.tiers.iter().enumerate().filter(|(_, tier)| tier.per == per && !tier.emergency) {
                let rung = Rung { right: id, tier: Some(place) };
                let name = self.name(right.holder);
                if above.is_some() && tier.up_to == above {
                    let label = match up_to {
                        Some(up_to) => format!("Let {name} decide up to {}", amount_words(up_to, tier.quantity)),
                        None => format!("Let {name} decide whatever is above, too"),
                    };
                    fixes.extend(self.changed(rung, label, |tier| tier.up_to = up_to));
                }
                if up_to.is_some() && tier.above == up_to {
                    let label = match above {
                        Some(above) => format!("Let {name} begin above {}", amount_words(above, tier.quantity)),
                        None => format!("Let {name} begin at zero"),
                    };
                    fixes.extend(self.changed(rung, label, |tier| tier.above = above));
                }
            }
        }
        fixes.extend(self.highest(per, gap));
        fixes
    }

    /// The highest decider, or the superior of the highest, takes what is open.
    fn highest(&self, per: Per, gap: &Gap) -> Option<Fix> {
        let deciding = deciding_rights(self.document, self.decision);
        let roles = deciding.iter().filter_map(|(id, right)| match right.holder {
            Actor::Role(role) => Some((self.index.level(role), role, *id)),
            _ => None,
        });
        let (_, role, id) = roles.min_by_key(|(level, _, id)| (level.unwrap_or(u32::MAX), *id))?;
        let tier = open_tier(self.document, self.decision, per, gap)?;
        let superior = self.document.roles().get(role).and_then(|role| role.reports_to);
        if let Some(superior) = superior.filter(|_| gap.range.up_to.is_none()) {
            let known = deciding.iter().find(|(id_known, _)| *id_known == id)?;
            let right = Right::new(known.1.subject, Actor::Role(superior), &*known.1.letter);
            let label = format!("Let {} decide there", self.name(Actor::Role(superior)));
            return Some(Fix::insert(label, Right { tiers: vec![tier], ..right }));
        }
        let (_, right) = deciding.iter().find(|(known, _)| *known == id)?;
        let mut record = (*right).clone();
        record.tiers.push(tier);
        Some(Fix::replace(format!("Let {} decide there, too", self.name(Actor::Role(role))), id, record))
    }

    fn overlap(&self, one: Rung, two: Rung) -> Vec<Fix> {
        let mut fixes = Vec::new();
        for (lower, upper) in [(one, two), (two, one)] {
            let Some((_, low)) = self.tier(lower) else { continue };
            let Some((right, high)) = limit_of(self.document, upper) else { continue };
            let name = self.name(right.holder);
            if let Some(cut) = low.up_to.filter(|cut| high.is_none_or(|high| high.up_to.is_none_or(|end| end > *cut))) {
                let label = format!("Let {name} begin above {}", amount_words(cut, low.quantity));
                fixes.extend(match high {
                    Some(_) => self.changed(upper, label, |tier| tier.above = Some(cut)),
                    None => {
                        let tier = Tier { above: Some(cut), per: low.per, ..Tier::unbounded(low.quantity) };
                        let mut tiers = right.tiers.clone();
                        tiers.push(tier);
                        Some(Fix::replace(label, upper.right, Right { tiers, ..right.clone() }))
                    }
                });
            }
            if let Some((cut, high)) = high.and_then(|high| Some((high.above?, high)))
                && cut > low.above.unwrap_or(Amount::ZERO)
                && low.up_to.is_none_or(|end| end > cut)
            {
                let name = limit_of(self.document, lower).map(|(right, _)| self.name(right.holder)).unwrap_or_default();
                let label = format!("Let {name} end at {}", amount_words(cut, high.quantity));
                fixes.extend(self.changed(lower, label, |tier| tier.up_to = Some(cut)));
            }
        }
        fixes
    }

    fn inversion(&self, lower: Rung, upper: Rung) -> Vec<Fix> {
        let Some((superior, high)) = self.tier(upper) else { return Vec::new() };
        let Some((right, low)) = limit_of(self.document, lower) else { return Vec::new() };
        let ceiling = low.and_then(|low| low.up_to);
        let raise = match ceiling {
            Some(end) => {
                format!("Let {} decide up to {}", self.name(superior.holder), amount_words(end, high.quantity))
            }
            None => format!("Let {} decide without an end", self.name(superior.holder)),
        };
        let raised = self.changed(upper, raise, |tier| tier.up_to = ceiling);
        let lowered = high.up_to.and_then(|end| {
            let label = format!("Let {} end at {}", self.name(right.holder), amount_words(end, high.quantity));
            self.changed(lower, label, |tier| tier.up_to = Some(end))
        });
        raised.into_iter().chain(lowered).collect()
    }

    fn redundant(&self, inner: Rung) -> Vec<Fix> {
        let Some((right, tier)) = self.tier(inner) else { return Vec::new() };
        let label = format!("Delete the limit {} of {}", bounds(tier), self.name(right.holder));
        let mut record = right.clone();
        let Some(place) = inner.tier.filter(|place| *place < record.tiers.len() && record.tiers.len() > 1) else {
            return Vec::new();
        };
        record.tiers.remove(place);
        vec![Fix::replace(label, inner.right, record)]
    }

    fn merge(&self, lower: Rung, upper: Rung) -> Vec<Fix> {
        let (Some((right, low)), Some((_, high))) = (self.tier(lower), self.tier(upper)) else { return Vec::new() };
        let (Some(first), Some(second)) = (lower.tier, upper.tier) else { return Vec::new() };
        let up_to = low.up_to.zip(high.up_to).map(|(one, two)| one.max(two));
        let merged = Tier { up_to, ..low.clone() };
        let label = format!("Make one limit of them: {}", bounds(&merged));
        let mut record = right.clone();
        record.tiers = right
            .tiers
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != second)
            .map(|(at, tier)| if at == first { merged.clone() } else { tier.clone() })
            .collect();
        vec![Fix { label, changes: vec![FixChange::Replace(lower.right.into(), record.into())] }]
    }
}

fn bounds(tier: &Tier) -> String {
    Range { above: tier.above, up_to: tier.up_to }.words(Some(tier.quantity))
}

/// A limit for an open case and those like it; none where its answers cannot be written down.
fn open_tier(document: &Document, decision: DecisionId, per: Per, gap: &Gap) -> Option<Tier> {
    let deciding = deciding_rights(document, decision);
    let known = deciding.iter().flat_map(|(_, right)| &right.tiers).map(|tier| tier.quantity).next();
    let quantity = gap.case.quantity.or(known)?;
    let mut tier = Tier { above: gap.range.above, up_to: gap.range.up_to, per, ..Tier::unbounded(quantity) };
    tier.conditions = gap.case.conditions()?;
    Some(tier)
}
