//! From what a study found to what is drawn, with the limits behind the rows.

use crate::analysis::figures::{Rung, StripPart};
use crate::analysis::{LadderIssueKind, LadderStudy};
use crate::model::*;
use crate::scene::ladder::{LadderSketch, PartKind, SketchAxis, SketchMark, SketchPart, SketchRow, SketchStrip};

/// A ladder to be drawn, and whose limits its rows are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LadderRows {
    /// What is drawn.
    pub sketch: LadderSketch,
    /// The limits of the rows, axis by axis.
    pub rungs: Vec<Vec<Rung>>,
    /// Which of the study's strips each axis shows.
    pub strips: Vec<Option<usize>>,
}

/// What is drawn of a ladder. `before` is the version without the change that is tried.
pub fn ladder_rows(
    document: &Document,
    decision: DecisionId,
    study: &LadderStudy,
    before: Option<&Document>,
) -> LadderRows {
    let deciding = deciding_rights(document, decision);
    let mut holders: Vec<Actor> = Vec::new();
    for (_, right) in &deciding {
        if !holders.contains(&right.holder) {
            holders.push(right.holder);
        }
    }
    let tint = |actor: Actor| holders.iter().position(|holder| *holder == actor).map_or(0, |at| (at % 8) as u8);
    let mut rows = LadderRows::default();
    for (per, quantity) in axes(&deciding) {
        let mut found: Vec<(Rung, SketchRow)> = Vec::new();
        for (id, right) in &deciding {
            for (place, tier) in own_tiers(right, per, quantity) {
                let rung = Rung { right: *id, tier: place };
                let mut row = row(document, right, tier, tint(right.holder));
                row.mark = mark(study, rung);
                row.before = before.map(|before| {
                    let old = before.get::<Right>(*id).and_then(|right| right.tiers.get(place?));
                    old.map_or((row.above, row.up_to), |old| (old.above, old.up_to))
                });
                found.push((rung, row));
            }
        }
        found.sort_by_key(|(rung, row)| (row.above, row.up_to.is_none(), row.up_to, *rung));
        let strip = study
            .strips
            .iter()
            .position(|strips| strips.per == per && (strips.quantity.is_none() || strips.quantity == quantity));
        let strips = strip.and_then(|at| study.strips.get(at)).map_or(&[][..], |strips| &strips.strips);
        let is_conflict = study.count(LadderIssueKind::Conflict) > 0;
        let part = |part: &StripPart| sketch_part(document, part, is_conflict, &tint);
        let strips = strips
            .iter()
            .map(|strip| SketchStrip { label: strip.words(document), parts: strip.parts.iter().map(part).collect() });
        rows.sketch.axes.push(SketchAxis {
            title: axis_title(per, quantity),
            quantity,
            strips: strips.collect(),
            rows: found.iter().map(|(_, row)| row.clone()).collect(),
            extent: Vec::new(),
        });
        rows.rungs.push(found.into_iter().map(|(rung, _)| rung).collect());
        rows.strips.push(strip);
    }
    rows
}

/// What limits sum and count, single cases first.
fn axes(deciding: &[(RightId, &Right)]) -> Vec<(Per, Option<Quantity>)> {
    let tiers = deciding.iter().flat_map(|(_, right)| &right.tiers);
    let mut found: Vec<(Per, Option<Quantity>)> = tiers.map(|tier| (tier.per, Some(tier.quantity))).collect();
    let whole = deciding.iter().any(|(_, right)| right.tiers.is_empty());
    if whole && !found.iter().any(|(per, _)| *per == Per::Case) {
        found.push((Per::Case, None));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The limits of a right on an axis; a right without limits stands on that of single cases.
fn own_tiers(right: &Right, per: Per, quantity: Option<Quantity>) -> Vec<(Option<usize>, Option<&Tier>)> {
    if right.tiers.is_empty() {
        return if per == Per::Case { vec![(None, None)] } else { Vec::new() };
    }
    let own = right.tiers.iter().enumerate().filter(|(_, tier)| tier.per == per && Some(tier.quantity) == quantity);
    own.map(|(place, tier)| (Some(place), Some(tier))).collect()
}

fn row(document: &Document, right: &Right, tier: Option<&Tier>, tint: u8) -> SketchRow {
    let name = document.name_of(right.holder.into()).to_owned();
    let Some(tier) = tier else {
        return SketchRow { name, label: "no limit".into(), tint, ..SketchRow::default() };
    };
    let words = tier_words(document, tier);
    let per = per_words(tier.per);
    let detail = words.split_once(per).map_or("", |(_, rest)| rest).trim_start_matches([',', ' ']).to_owned();
    let label = match (tier.above, tier.up_to) {
        (_, Some(up_to)) => format!("≤ {}", amount_words(up_to, tier.quantity)),
        (Some(above), None) => format!("> {}", amount_words(above, tier.quantity)),
        (None, None) => "any".to_owned(),
    };
    SketchRow {
        name,
        detail,
        label,
        tint,
        above: tier.above,
        up_to: tier.up_to,
        before: None,
        is_dashed: tier.emergency || tier.valid_from.is_some() || tier.valid_to.is_some(),
        mark: None,
    }
}

fn mark(study: &LadderStudy, rung: Rung) -> Option<SketchMark> {
    study.issues.iter().find_map(|issue| match issue.kind {
        LadderIssueKind::Inversion if issue.rungs.first() == Some(&rung) => Some(SketchMark::Inversion),
        LadderIssueKind::Redundant if issue.rungs.first() == Some(&rung) => Some(SketchMark::Redundant),
        LadderIssueKind::Mergeable if issue.rungs.contains(&rung) => Some(SketchMark::Redundant),
        _ => None,
    })
}

fn sketch_part(document: &Document, part: &StripPart, is_conflict: bool, tint: &dyn Fn(Actor) -> u8) -> SketchPart {
    let (kind, label) = match part.holders.as_slice() {
        [] => (PartKind::Gap, "nobody".to_owned()),
        [only] => (PartKind::One(tint(*only)), document.name_of((*only).into()).to_owned()),
        several => {
            let kind = if is_conflict { PartKind::Conflict } else { PartKind::Overlap };
            (kind, format!("{} decide", several.len()))
        }
    };
    SketchPart { above: part.range.above, up_to: part.range.up_to, kind, label }
}

/// `Per case, EUR`.
fn axis_title(per: Per, quantity: Option<Quantity>) -> String {
    let per = match per {
        Per::Case => "Per case",
        Per::Period(Period::Day) => "Per day",
        Per::Period(Period::Week) => "Per week",
        Per::Period(Period::Month) => "Per month",
        Per::Period(Period::Quarter) => "Per quarter",
        Per::Period(Period::Year) => "Per year",
        Per::Counterparty => "Per counterparty",
        Per::Contract => "Per total contract",
    };
    match quantity {
        Some(Quantity::Money(currency)) => format!("{per}, {currency}"),
        Some(Quantity::Percent) => format!("{per}, percent"),
        Some(Quantity::Days) => format!("{per}, days"),
        Some(Quantity::Count) => format!("{per}, pieces"),
        None => per.to_owned(),
    }
}
