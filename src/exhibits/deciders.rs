//! Who decides how much: cases and money a week by decider, and how far all of it rests with few.
//!
//! Cases of a decision are shared out by amounts and limits ([`case_shares`]), money is the exposure of each limit
//! ([`exposure`]). Concentration: shares of the decisions, weighted as in rule BN-04, HHI = Σ s², effective deciders = 1 ÷
//! HHI.

use std::collections::BTreeMap;

use super::kit::{lacking, money, name, nothing, to};
use super::{Choice, Figures, Meta};
use crate::analysis::figures::concentration::{effective_number, herfindahl};
use crate::analysis::figures::{CaseShares, ShareGap, case_shares, exposure};
use crate::analysis::words;
use crate::model::*;
use crate::scene::Severity;
use crate::scene::display::*;
use crate::scene::icon::Icon;

pub(super) const META: Meta = Meta {
    id: "deciders",
    title: "Who decides how much",
    question: "How many cases and how much money does each decide in a week?",
    icon: Icon::Decision,
    keywords: "decisions power concentration money exposure owner bottleneck hhi",
};

const ROLES: &str = "roles";
const PEOPLE: &str = "people";
/// From this share on it is said that much rests with one (as in rule BN-04).
const MUCH: f64 = 0.4;

pub(super) fn choices(_: &Document) -> Vec<Choice> {
    vec![Choice::new(ROLES, "Roles"), Choice::new(PEOPLE, "People")]
}

/// A decision with the share of a decider, cases a week, and money a week where they are known.
type Decided = (DecisionId, f64, Option<f64>, Option<(f64, Currency)>);

/// What one decides.
#[derive(Clone, Debug, Default)]
pub(super) struct Decider {
    /// Cases a week, as far as they are known.
    pub(super) cases: f64,
    /// Money a week by currency.
    pub(super) money: BTreeMap<Currency, f64>,
    /// Share of all decisions, weighted: not yet divided by their sum.
    pub(super) weight: f64,
    /// Each decision with its share, cases, and money where they are known.
    pub(super) decisions: Vec<Decided>,
}

/// All deciders.
pub(super) struct Spread {
    /// The one with most weight first.
    pub(super) deciders: Vec<(Actor, Decider)>,
    /// Decisions that could be shared out.
    pub(super) counted: usize,
    /// Whether importance and frequency weigh, which takes that all decisions state both.
    pub(super) weighted: bool,
    /// Decisions of which nobody knows who decides which part.
    pub(super) unclear: Vec<DecisionId>,
}

impl Spread {
    /// Shares of the weights, in the order of the deciders.
    pub(super) fn shares(&self) -> Vec<f64> {
        let sum: f64 = self.deciders.iter().map(|(_, one)| one.weight).sum();
        self.deciders.iter().map(|(_, one)| if sum > 0.0 { one.weight / sum } else { 0.0 }).collect()
    }

    /// HHI and effective deciders.
    pub(super) fn concentration(&self) -> Option<(f64, f64)> {
        let weights: Vec<f64> = self.deciders.iter().map(|(_, one)| one.weight).collect();
        Some((herfindahl(&weights)?, effective_number(&weights)?))
    }
}

/// Who decides what: by role, or by the person where a role has exactly one holder.
pub(super) fn spread(figures: &Figures<'_>, of_people: bool) -> Spread {
    let document = figures.document;
    let weighed = |decision: &Decision| Some(f64::from(decision.importance?) * decision.frequency?.per_week().ln_1p());
    let weighted = document.decisions().iter().all(|(_, one)| weighed(one).is_some_and(|weight| weight > 0.0));
    let desk = |actor: Actor| if of_people { figures.index.desk_of(actor) } else { actor };
    let mut all: BTreeMap<Actor, Decider> = BTreeMap::new();
    let (mut counted, mut unclear) = (0, Vec::new());
    for (id, decision) in document.decisions().iter() {
        let Some(shares) = shares(figures, id, &desk) else {
            unclear.push(id);
            continue;
        };
        if shares.is_empty() {
            continue;
        }
        counted += 1;
        let at_stake = at_stake(figures, id, &desk);
        let weight = if weighted { weighed(decision).unwrap_or(0.0) } else { 1.0 };
        for (actor, share) in shares {
            let one = all.entry(actor).or_default();
            let cases = decision.frequency.map(|rate| rate.per_week() * share);
            let own = at_stake.as_ref().and_then(|(by, currency)| Some((*by.get(&actor)?, *currency)));
            one.cases += cases.unwrap_or(0.0);
            one.weight += share * weight;
            if let Some((amount, currency)) = own {
                *one.money.entry(currency).or_insert(0.0) += amount;
            }
            one.decisions.push((id, share, cases, own));
        }
    }
    let mut deciders: Vec<(Actor, Decider)> = all.into_iter().collect();
    deciders.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then(a.0.cmp(&b.0)));
    Spread { deciders, counted, weighted, unclear }
}

/// Shares of the cases by desk; none where they are not known.
fn shares(figures: &Figures<'_>, id: DecisionId, desk: &dyn Fn(Actor) -> Actor) -> Option<CaseShares> {
    let found: Result<CaseShares, ShareGap> = case_shares(figures.document, &figures.index, id);
    let of_holders = || {
        let held = figures.index.rights_with(Subject::Decision(id), Duty::Decide);
        let mut desks: Vec<Actor> = held.map(|held| desk(held.right.holder)).collect();
        desks.sort_unstable();
        desks.dedup();
        match desks.as_slice() {
            [only] => Some(vec![(*only, 1.0)]),
            _ => None,
        }
    };
    let mut by: BTreeMap<Actor, f64> = BTreeMap::new();
    for (actor, share) in found.ok().or_else(of_holders)? {
        *by.entry(desk(actor)).or_insert(0.0) += share;
    }
    Some(by.into_iter().collect())
}

/// Money a week by desk, where it is known.
fn at_stake(
    figures: &Figures<'_>,
    id: DecisionId,
    desk: &dyn Fn(Actor) -> Actor,
) -> Option<(BTreeMap<Actor, f64>, Currency)> {
    let (limits, currency) = exposure(figures.document, &figures.index, id).ok()?;
    let mut by: BTreeMap<Actor, f64> = BTreeMap::new();
    for limit in limits {
        let holder = figures.document.rights().get(limit.right)?.holder;
        *by.entry(desk(holder)).or_insert(0.0) += limit.money;
    }
    Some((by, currency))
}

pub(super) fn show(figures: &Figures<'_>, choice: &str) -> Display {
    let document = figures.document;
    let of_people = choice == PEOPLE;
    let spread = spread(figures, of_people);
    let missing = gaps(figures, &spread);
    let tables = vec![table(document, &spread, of_people), decisions_table(document, &spread)];
    if spread.deciders.is_empty() {
        let sentence =
            "Nobody decides anything yet. Give decisions deciders in the matrix, and what they decide appears here.";
        return Display { missing, ..nothing(sentence, tables.into_iter().next().unwrap_or_default()) };
    }
    let mut display = Display { tables, missing, ..Display::default() };
    display.blocks.push(Block::Tiles(tiles(document, &spread)));
    let mut rows = Vec::new();
    let shares = spread.shares();
    for ((actor, one), share) in spread.deciders.iter().zip(&shares) {
        rows.push(bar(document, *actor, one, *share, display.details.len()));
        display.details.push(detail(document, *actor, one));
    }
    display.blocks.push(Block::Heading("Share of all deciding".to_owned()));
    let marks = vec![Mark { at: MUCH, text: "40 %".to_owned() }];
    display.blocks.push(Block::Bars(Bars { most: shares.iter().copied().fold(0.5, f64::max), marks, rows }));
    display.blocks.push(Block::Prose(formulas(document, &spread)));
    display
}

fn tiles(document: &Document, spread: &Spread) -> Vec<Tile> {
    let cases: f64 = spread.deciders.iter().map(|(_, one)| one.cases).sum();
    let mut sums: BTreeMap<Currency, f64> = BTreeMap::new();
    for (_, one) in &spread.deciders {
        for (currency, amount) in &one.money {
            *sums.entry(*currency).or_insert(0.0) += amount;
        }
    }
    let money: Vec<String> = sums.iter().map(|(currency, amount)| money(*amount, *currency)).collect();
    let mut tiles = vec![
        Tile {
            value: format!("{} a week", words::number(cases)),
            label: "Cases decided".to_owned(),
            detail: format!("of {}", words::count(spread.counted, "decision", "decisions")),
            ..Tile::default()
        },
        Tile {
            value: if money.is_empty() { "not known".to_owned() } else { money.join(", ") },
            label: "Money decided over a week".to_owned(),
            detail: "where amounts and limits are stated".to_owned(),
            ..Tile::default()
        },
    ];
    if let Some((_, effective)) = spread.concentration() {
        tiles.push(Tile {
            value: words::number(effective),
            label: "Effective deciders".to_owned(),
            detail: format!("among {} who decide", spread.deciders.len()),
            ..Tile::default()
        });
    }
    if let (Some((actor, _)), Some(share)) = (spread.deciders.first(), spread.shares().first()) {
        tiles.push(Tile {
            value: words::percent(*share),
            label: format!("Decided by {}", name(document, *actor)),
            detail: "more than anybody else".to_owned(),
            severity: (*share >= MUCH).then_some(Severity::Medium),
            target: to(*actor),
        });
    }
    tiles
}

fn bar(document: &Document, actor: Actor, one: &Decider, share: f64, behind: usize) -> BarRow {
    let money: Vec<String> = one.money.iter().map(|(currency, amount)| money(*amount, *currency)).collect();
    let mut note = words::count(one.decisions.len(), "decision", "decisions");
    if !money.is_empty() {
        note = format!("{note} · {} a week", money.join(", "));
    }
    let cases = if one.cases > 0.0 { format!(" · {}", words::cases(one.cases)) } else { String::new() };
    BarRow {
        name: name(document, actor),
        detail: match actor {
            Actor::Role(role) => document.holders_label(role),
            _ => String::new(),
        },
        parts: vec![(share, Fill::Accent)],
        range: None,
        text: format!("{}{cases}", words::percent(share)),
        note,
        severity: (share >= MUCH).then_some(Severity::Medium),
        target: to(actor),
        behind: Some(Target::Detail(behind)),
    }
}

fn detail(document: &Document, actor: Actor, one: &Decider) -> Detail {
    let mut decisions = one.decisions.clone();
    decisions.sort_by(|a, b| b.2.unwrap_or(0.0).total_cmp(&a.2.unwrap_or(0.0)).then(a.0.cmp(&b.0)));
    let line = |(id, share, cases, own): &(DecisionId, f64, Option<f64>, Option<(f64, Currency)>)| {
        let mut value = vec![format!("{} of the cases", words::percent(*share))];
        value.extend(cases.map(|cases| format!("{} a week", words::number(cases))));
        value.extend(own.map(|(amount, currency)| money(amount, currency)));
        DetailLine { text: name(document, *id), value: value.join(" · "), element: Some((*id).into()) }
    };
    let title = format!("{} decides {}", name(document, actor), words::count(decisions.len(), "decision", "decisions"));
    Detail { title, lines: decisions.iter().map(line).collect() }
}

/// The concentration with its numbers put in.
pub(super) fn formulas(document: &Document, spread: &Spread) -> Vec<Sentence> {
    /// So many shares are written out.
    const WRITTEN: usize = 6;
    let Some((index, effective)) = spread.concentration() else { return Vec::new() };
    let shares = spread.shares();
    let squares: Vec<String> = shares.iter().take(WRITTEN).map(|share| format!("{}²", words::number(*share))).collect();
    let more = if shares.len() > WRITTEN { " + …" } else { "" };
    let weighing = if spread.weighted {
        "importance × ln(1 + cases a week)"
    } else {
        "each the same, because not all state importance and frequency"
    };
    let largest = spread.deciders.first().map(|(actor, _)| name(document, *actor)).unwrap_or_default();
    vec![
        Sentence::small(format!(
            "HHI = Σ share² = {}{more} = {}; effective deciders = 1 ÷ {} = {}. The largest share is that of {largest}.",
            squares.join(" + "),
            words::number(index),
            words::number(index),
            words::number(effective)
        )),
        Sentence::small(format!("Weight of a decision: {weighing}.")),
    ]
}

fn gaps(figures: &Figures<'_>, spread: &Spread) -> Vec<MissingInput> {
    let document = figures.document;
    let decided = |id: &DecisionId| figures.index.rights_with(Subject::Decision(*id), Duty::Decide).next().is_some();
    let without = |lacks: fn(&Decision) -> bool| {
        document.decisions().iter().filter(move |(_, one)| lacks(one)).map(|(id, _)| id).collect::<Vec<_>>()
    };
    let inputs = [
        lacking(
            "decision does not say which decider takes which part of it (by amounts or by units)",
            "decisions do not say which decider takes which part of them (by amounts or by units)",
            spread.unclear.iter().copied(),
        ),
        lacking(
            "decision has nobody who decides it",
            "decisions have nobody who decides them",
            document.decisions().ids().filter(|id| !decided(id)),
        ),
        lacking("decision has no frequency", "decisions have no frequency", without(|one| one.frequency.is_none())),
        lacking("decision has no importance", "decisions have no importance", without(|one| one.importance.is_none())),
    ];
    inputs.into_iter().flatten().collect()
}

fn table(document: &Document, spread: &Spread, of_people: bool) -> Records {
    let first = if of_people { "Person or desk" } else { "Decider" };
    let mut currencies: Vec<Currency> = spread.deciders.iter().flat_map(|(_, one)| one.money.keys().copied()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let mut table = Records::new("Who decides how much", &[first, "Share of deciding", "Decisions", "Cases a week"]);
    table.headings.extend(currencies.iter().map(|currency| format!("{currency} a week")));
    for ((actor, one), share) in spread.deciders.iter().zip(spread.shares()) {
        let mut row: Vec<Cell> =
            vec![name(document, *actor).into(), share.into(), (one.decisions.len() as f64).into(), one.cases.into()];
        row.extend(currencies.iter().map(|currency| Cell::from(one.money.get(currency).copied())));
        table.rows.push(row);
    }
    table
}

fn decisions_table(document: &Document, spread: &Spread) -> Records {
    let headings = ["Decider", "Decision", "Share of its cases", "Cases a week", "Money a week", "Currency"];
    let mut table = Records::new("Decisions", &headings);
    for (actor, one) in &spread.deciders {
        for (id, share, cases, own) in &one.decisions {
            table.rows.push(vec![
                name(document, *actor).into(),
                name(document, *id).into(),
                (*share).into(),
                (*cases).into(),
                own.map(|(amount, _)| amount).into(),
                own.map_or(Cell::Empty, |(_, currency)| currency.to_string().into()),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, shown};
    use super::*;
    use crate::analysis::rules::testing::{raci, refund_row};

    #[test]
    fn cases_and_money_of_refunds_by_their_limits() {
        let (mut document, decision) = refund_row(&["≤ 200 EUR", "> 200 EUR"]);
        let record = document.get_mut::<Decision>(decision).unwrap();
        record.frequency = Some(Rate::weekly(60.0));
        record.importance = Some(1);
        record.amount_median = Some("80 EUR".parse().unwrap());
        record.amount_p95 = Some("600 EUR".parse().unwrap());
        let display = shown(&document, "deciders", ROLES);
        let number = |row: usize, column: usize| {
            let Cell::Number(value) = display.tables[0].rows[row][column] else { panic!("{row} {column}") };
            value
        };
        // .2272 of the cases and .6833 of the money are above 200; the mean is 169.41.
        assert!((number(0, 3) - 60.0 * 0.7728).abs() < 0.005 && (number(1, 3) - 60.0 * 0.2272).abs() < 0.005);
        assert!((number(1, 4) - 60.0 * 169.41 * 0.6833).abs() < 1.0);
        assert!((number(0, 1) - 0.7728).abs() < 0.00005);
        assert_eq!(display.missing, []);
        assert!(said(&display).contains("Decided by Role 0: 77.3 %"), "{}", said(&display));
    }

    #[test]
    fn concentration_is_that_of_the_shares() {
        let mut document = raci();
        let roles = ["Owner", "Clerk", "Baker"].map(|name| document.insert(Role::new(name)));
        for (number, role) in [0, 0, 0, 0, 0, 0, 0, 0, 1, 2].into_iter().enumerate() {
            let decision = document.insert(Decision::new(format!("Decide {number}")));
            document.insert(Right::new(Subject::Decision(decision), Actor::Role(roles[role]), "A"));
        }
        let display = shown(&document, "deciders", ROLES);
        let text = said(&display);
        assert!(
            text.contains("HHI = Σ share² = 0.8² + 0.1² + 0.1² = 0.66; effective deciders = 1 ÷ 0.66 = 1.52."),
            "{text}"
        );
        assert!(text.contains("Decided by Owner: 80 %"), "{text}");
        assert_eq!(display.missing[0].text, "10 decisions have no frequency");
    }

    #[test]
    fn roles_of_one_holder_are_one_desk() {
        let mut document = raci();
        let ana = document.insert(Person::new("Ana"));
        let holders = vec![Holding { person: ana, share: None }];
        for name in ["Owner", "Buyer"] {
            let role = document.insert(Role { holders: holders.clone(), ..Role::new(name) });
            let decision = document.insert(Decision::new(format!("Of {name}")));
            document.insert(Right::new(Subject::Decision(decision), Actor::Role(role), "A"));
        }
        let names = |choice| -> Vec<String> {
            shown(&document, "deciders", choice).tables[0].rows.iter().map(|row| row[0].text()).collect()
        };
        assert_eq!(names(ROLES), ["Owner", "Buyer"]);
        assert_eq!(names(PEOPLE), ["Ana"]);
    }
}
