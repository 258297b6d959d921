//! How far down decisions are taken: one scorecard of the present state, each number with its formula.
//!
//! Index, participation and distance are those of the rules DC-01 to DC-03, effective deciders that of BN-04. Every
//! number can be worked out again from the list of decisions beneath.

use super::deciders::{self, spread};
use super::kit::{lacking, listing, name, no_choices, nothing, row, to, unit_places};
use super::{Choice, Figures, Meta};
use crate::analysis::figures::case_shares;
use crate::analysis::figures::decentral::{
    affected_roles, decentralisation_index, is_voice, levels, lowest_level, reporting_distance, weight,
};
use crate::analysis::words;
use crate::model::*;
use crate::scene::Severity;
use crate::scene::display::*;
use crate::scene::icon::Icon;

pub(super) const META: Meta = Meta {
    id: "decentralisation",
    title: "Decentralisation",
    question: "How far down are decisions taken, in each unit and overall?",
    icon: Icon::ArrowDown,
    keywords: "scorecard index delegation autonomy participation distance level central",
};

pub(super) fn choices(document: &Document) -> Vec<Choice> {
    no_choices(document)
}

/// What counts of one decision.
struct Line {
    id: DecisionId,
    weight: Option<f64>,
    /// Mean level at which its cases are decided.
    level: Option<f64>,
    /// Share of the roles it touches that have a voice.
    voice: Option<f64>,
    /// Cases a week, and reporting lines that they go over in the mean.
    distance: Option<(f64, f64)>,
    scope: Vec<UnitId>,
}

impl Line {
    fn counted(&self) -> Option<(f64, f64)> {
        Some((self.weight?, self.level?))
    }
}

pub(super) fn show(figures: &Figures<'_>, _choice: &str) -> Display {
    let document = figures.document;
    let lines = lines(figures);
    let lowest = f64::from(lowest_level(document, &figures.index));
    let tables = vec![decisions_table(document, &lines, lowest), units_table(figures, &lines, lowest)];
    if lines.is_empty() {
        let sentence = "There are no decisions yet. Write some down in the matrix, with who decides them.";
        return nothing(sentence, tables.into_iter().next().unwrap_or_default());
    }
    let mut display = Display { tables, missing: gaps(document, &lines), ..Display::default() };
    display.blocks.push(Block::Tiles(tiles(figures, &lines, lowest)));
    display.blocks.push(Block::Prose(formulas(figures, &lines, lowest)));
    display.blocks.push(Block::Heading("By unit".to_owned()));
    display.blocks.push(units(figures, &lines, lowest));
    display.blocks.push(Block::Heading("The decisions behind it".to_owned()));
    display.blocks.push(decisions(document, &lines));
    display
}

fn lines(figures: &Figures<'_>) -> Vec<Line> {
    let (document, index) = (figures.document, &figures.index);
    let mut gateways: Vec<Vec<GatewayId>> = vec![Vec::new(); document.decisions().next_index() as usize];
    for gateway in document.gateways().ids() {
        for decision in index.decisions_of_gateway(gateway) {
            if let Some(list) = gateways.get_mut(decision.index() as usize) {
                list.push(gateway);
            }
        }
    }
    let line = |(id, decision): (DecisionId, &Decision)| {
        let own = gateways.get(id.index() as usize).map_or(&[][..], Vec::as_slice);
        Line {
            id,
            weight: weight(decision),
            level: levels(document, index, id).map(|levels| levels.mean()),
            voice: voice(figures, id, own),
            distance: distance(figures, id, decision),
            scope: decision.scope.clone(),
        }
    };
    document.decisions().iter().map(line).collect()
}

/// Share of the roles that a decision touches which have a say in it; none where it touches nobody.
fn voice(figures: &Figures<'_>, id: DecisionId, gateways: &[GatewayId]) -> Option<f64> {
    let touched = affected_roles(figures.document, &figures.index, id, gateways);
    let subject = Subject::Decision(id);
    let has_voice = |role: &&RoleId| {
        let mut held = figures.index.rights_on(subject);
        held.any(|held| held.right.holder == Actor::Role(**role) && is_voice(&held))
    };
    (!touched.is_empty()).then(|| touched.iter().filter(has_voice).count() as f64 / touched.len() as f64)
}

/// Cases a week whose way is known, and the reporting lines from who performs to who decides in their mean.
fn distance(figures: &Figures<'_>, id: DecisionId, decision: &Decision) -> Option<(f64, f64)> {
    let (document, index) = (figures.document, &figures.index);
    let per_week = decision.frequency?.per_week();
    let shares = case_shares(document, index, id).ok()?;
    let role = |actor: Actor| match actor {
        Actor::Role(role) => Some(role),
        _ => None,
    };
    let of_steps = decision.steps.iter().filter_map(|step| index.performer(*step)).filter_map(role);
    let mut performers: Vec<RoleId> = of_steps.collect();
    if performers.is_empty() {
        let doing = index.rights_with(Subject::Decision(id), Duty::Do);
        performers = doing.filter_map(|held| role(held.right.holder)).collect();
    }
    let (mut lines, mut all) = (0.0, 0.0);
    for (decider, share) in shares {
        let Some(decider) = role(decider) else { continue };
        let ways = performers.iter().filter_map(|from| reporting_distance(document, *from, decider));
        let Some(way) = ways.map(|(way, _)| way).min() else { continue };
        lines += share * f64::from(way);
        all += share;
    }
    (all > 0.0).then(|| (per_week * all, lines / all))
}

fn index_of<'a>(lines: impl Iterator<Item = &'a Line>, lowest: f64) -> Option<f64> {
    let counted: Vec<(f64, f64)> = lines.filter_map(Line::counted).collect();
    decentralisation_index(&counted, lowest)
}

fn mean_voice(lines: &[Line]) -> Option<(f64, usize)> {
    let known: Vec<f64> = lines.iter().filter_map(|line| line.voice).collect();
    (!known.is_empty()).then(|| (known.iter().sum::<f64>() / known.len() as f64, known.len()))
}

/// Σ cases × lines, and Σ cases.
fn ways(lines: &[Line]) -> (f64, f64) {
    let known = lines.iter().filter_map(|line| line.distance);
    known.fold((0.0, 0.0), |(sum, cases), (count, way)| (sum + count * way, cases + count))
}

fn tiles(figures: &Figures<'_>, lines: &[Line], lowest: f64) -> Vec<Tile> {
    let not_known = || "not known".to_owned();
    let counted = lines.iter().filter(|line| line.counted().is_some()).count();
    let tile = |label: &str, value: Option<String>, detail: String| Tile {
        value: value.unwrap_or_else(not_known),
        label: label.to_owned(),
        detail,
        ..Tile::default()
    };
    let voice = mean_voice(lines);
    let (sum, cases) = ways(lines);
    let distance = (cases > 0.0).then(|| sum / cases);
    let spread = spread(figures, true);
    let effective = spread.concentration().map(|(_, effective)| words::number(effective));
    vec![
        tile(
            "Decentralisation index",
            index_of(lines.iter(), lowest).map(|index| format!("{} of 100", words::number(index))),
            format!("over {counted} of {}; 0: all at the top", words::count(lines.len(), "decision", "decisions")),
        ),
        tile(
            "Participation",
            voice.map(|(share, _)| words::percent(share)),
            "of the roles that a decision touches have a say in it".to_owned(),
        ),
        Tile {
            severity: distance.filter(|way| *way > 2.0).map(|_| Severity::Medium),
            ..tile(
                "Way to a decision",
                distance.map(|way| format!("{} lines", words::number(way))),
                "reporting lines from the work to who decides".to_owned(),
            )
        },
        tile("Effective deciders", effective, format!("among {} who decide", spread.deciders.len())),
    ]
}

fn formulas(figures: &Figures<'_>, lines: &[Line], lowest: f64) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let counted: Vec<(f64, f64)> = lines.iter().filter_map(Line::counted).collect();
    if let Some(index) = decentralisation_index(&counted, lowest) {
        let weights: f64 = counted.iter().map(|(weight, _)| weight).sum();
        let reached: f64 = counted.iter().map(|(weight, level)| weight * level).sum();
        sentences.push(Sentence::small(format!(
            "Index = 100 × Σ weight × level ÷ lowest level ÷ Σ weight = 100 × {} ÷ {} ÷ {} = {}; weight = importance × ln(1 + \
             cases a week), level: 0 at the top, {} the lowest.",
            words::number(reached),
            words::number(lowest),
            words::number(weights),
            words::number(index),
            words::number(lowest)
        )));
    }
    if let Some((mean, count)) = mean_voice(lines) {
        sentences.push(Sentence::small(format!(
            "Participation = Σ shares ÷ decisions = {} ÷ {count} = {}.",
            words::number(mean * count as f64),
            words::number(mean)
        )));
    }
    let (sum, cases) = ways(lines);
    if cases > 0.0 {
        sentences.push(Sentence::small(format!(
            "Way = Σ cases × lines ÷ Σ cases = {} ÷ {} = {}.",
            words::number(sum),
            words::number(cases),
            words::number(sum / cases)
        )));
    }
    sentences.extend(deciders::formulas(figures.document, &spread(figures, true)));
    sentences
}

/// What is known of a unit.
struct OfUnit {
    unit: UnitId,
    decisions: usize,
    index: Option<f64>,
    /// Share of the cases that are decided within the unit.
    inside: Option<f64>,
}

fn of_units(figures: &Figures<'_>, lines: &[Line], lowest: f64) -> Vec<OfUnit> {
    let document = figures.document;
    let places = unit_places(document);
    let mut units: Vec<UnitId> = lines.iter().flat_map(|line| line.scope.iter().copied()).collect();
    units.sort_by_key(|unit| (places.get(unit).copied(), *unit));
    units.dedup();
    let of_unit = |unit: UnitId| {
        let own: Vec<&Line> = lines.iter().filter(|line| line.scope.contains(&unit)).collect();
        let (mut inside, mut all) = (0.0, 0.0);
        for line in &own {
            let per_week = document.decisions().get(line.id).and_then(|one| one.frequency).map(Rate::per_week);
            let shares = case_shares(document, &figures.index, line.id);
            let (Some(per_week), Ok(shares)) = (per_week, shares) else { continue };
            for (actor, share) in shares {
                let home = document.unit_of_actor(actor);
                all += per_week * share;
                if home.is_some_and(|home| document.unit_is_within(home, unit)) {
                    inside += per_week * share;
                }
            }
        }
        OfUnit {
            unit,
            decisions: own.len(),
            index: index_of(own.iter().copied(), lowest),
            inside: (all > 0.0).then(|| inside / all),
        }
    };
    units.into_iter().map(of_unit).collect()
}

fn units(figures: &Figures<'_>, lines: &[Line], lowest: f64) -> Block {
    let document = figures.document;
    let found = of_units(figures, lines, lowest);
    if found.is_empty() {
        let text = "No decision says for which units it is taken. Set the scope of decisions, and units appear here.";
        return Block::Prose(vec![Sentence::plain(text)]);
    }
    let not_known = || "not known".to_owned();
    let rows = found.iter().map(|one| {
        let index = one.index.map_or_else(not_known, words::number);
        let inside = one.inside.map_or_else(not_known, words::percent);
        row(to(one.unit), vec![name(document, one.unit), one.decisions.to_string(), index, inside])
    });
    listing(&["Unit", "#Decisions", "#Index of 100", "#Cases decided in the unit"], rows.collect())
}

fn decisions(document: &Document, lines: &[Line]) -> Block {
    let known = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), words::number);
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_by(|a, b| b.weight.unwrap_or(-1.0).total_cmp(&a.weight.unwrap_or(-1.0)).then(a.id.cmp(&b.id)));
    let mut rows: Vec<ListRow> = sorted
        .iter()
        .map(|line| {
            let decision = document.decisions().get(line.id);
            let importance = decision.and_then(|one| one.importance).map(f64::from);
            let cases = decision.and_then(|one| one.frequency).map(Rate::per_week);
            let product = line.counted().map(|(weight, level)| weight * level);
            let cells = vec![
                name(document, line.id),
                known(importance),
                known(cases),
                known(line.weight),
                known(line.level),
                known(product),
            ];
            row(to(line.id), cells)
        })
        .collect();
    let counted: Vec<(f64, f64)> = lines.iter().filter_map(Line::counted).collect();
    let weights: f64 = counted.iter().map(|(weight, _)| weight).sum();
    let reached: f64 = counted.iter().map(|(weight, level)| weight * level).sum();
    let cells = vec![
        "Sum of those that count".to_owned(),
        String::new(),
        String::new(),
        words::number(weights),
        String::new(),
        words::number(reached),
    ];
    rows.push(ListRow { cells, is_sum: true, ..ListRow::default() });
    listing(&["Decision", "#Importance", "#Cases a week", "#Weight", "#Level", "#Weight × level"], rows)
}

fn gaps(document: &Document, lines: &[Line]) -> Vec<MissingInput> {
    let without = |lacks: fn(&Decision) -> bool| {
        document.decisions().iter().filter(move |(_, one)| lacks(one)).map(|(id, _)| id).collect::<Vec<_>>()
    };
    let inputs = [
        lacking("decision has no importance", "decisions have no importance", without(|one| one.importance.is_none())),
        lacking("decision has no frequency", "decisions have no frequency", without(|one| one.frequency.is_none())),
        lacking(
            "decision does not say who decides which part of it at which level",
            "decisions do not say who decides which part of them at which level",
            lines.iter().filter(|line| line.level.is_none()).map(|line| line.id),
        ),
    ];
    inputs.into_iter().flatten().collect()
}

fn decisions_table(document: &Document, lines: &[Line], lowest: f64) -> Records {
    let headings = [
        "Decision",
        "Importance",
        "Cases a week",
        "Weight",
        "Mean level",
        "Lowest level",
        "Weight × level",
        "Participation",
        "Reporting lines",
    ];
    let mut table = Records::new("Decisions", &headings);
    for line in lines {
        let decision = document.decisions().get(line.id);
        table.rows.push(vec![
            name(document, line.id).into(),
            decision.and_then(|one| one.importance).map(f64::from).into(),
            decision.and_then(|one| one.frequency).map(Rate::per_week).into(),
            line.weight.into(),
            line.level.into(),
            lowest.into(),
            line.counted().map(|(weight, level)| weight * level).into(),
            line.voice.into(),
            line.distance.map(|(_, way)| way).into(),
        ]);
    }
    table
}

fn units_table(figures: &Figures<'_>, lines: &[Line], lowest: f64) -> Records {
    let mut table = Records::new("Units", &["Unit", "Decisions", "Index of 100", "Cases decided in the unit"]);
    let overall =
        vec![Cell::from("All"), (lines.len() as f64).into(), index_of(lines.iter(), lowest).into(), Cell::Empty];
    table.rows.push(overall);
    for one in of_units(figures, lines, lowest) {
        let unit = name(figures.document, one.unit);
        table.rows.push(vec![unit.into(), (one.decisions as f64).into(), one.index.into(), one.inside.into()]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, shown};
    use super::*;
    use crate::analysis::rules::testing::raci;

    /// Refunds importance 1, 77.28 % at level 2; hiring importance 5 at level 0; the menu importance 3 at level 1.
    fn golden() -> Document {
        let mut document = raci();
        let shop = document.insert(Unit::new("Shop"));
        let owner = document.insert(Role::new("Owner"));
        let manager = document.insert(Role { reports_to: Some(owner), unit: Some(shop), ..Role::new("Manager") });
        let clerk = document.insert(Role { reports_to: Some(manager), unit: Some(shop), ..Role::new("Clerk") });
        let mut decide = |name: &str, importance, frequency, limits: &[(RoleId, &str)]| {
            let decision = document.insert(Decision {
                importance: Some(importance),
                frequency: Some(Rate::weekly(frequency)),
                amount_median: Some("80 EUR".parse().unwrap()),
                amount_p95: Some("600 EUR".parse().unwrap()),
                scope: vec![shop],
                ..Decision::new(name)
            });
            for (role, limit) in limits {
                let tiers = parse_tiers(limit, Currency::EUR).unwrap();
                let right = Right::new(Subject::Decision(decision), Actor::Role(*role), "A");
                document.insert(Right { tiers, ..right });
            }
        };
        decide("Refund", 1, 60.0, &[(clerk, "≤ 200"), (owner, "> 200")]);
        decide("Hire", 5, 0.5, &[(owner, "")]);
        decide("Menu", 3, 4.0, &[(manager, "")]);
        document
    }

    #[test]
    fn the_index_is_the_known_one_and_can_be_worked_out_again() {
        let display = shown(&golden(), "decentralisation", "");
        let Cell::Number(index) = display.tables[1].rows[0][2] else { panic!("the index is known") };
        assert!((index - 50.98).abs() < 0.005, "{index}");
        let column = |at: usize| -> f64 {
            let numbers = display.tables[0].rows.iter().map(|row| match row[at] {
                Cell::Number(value) => value,
                _ => panic!("all is known"),
            });
            numbers.sum()
        };
        assert!((100.0 * column(6) / 2.0 / column(3) - index).abs() < 1e-9, "from the list of decisions");
        let text = said(&display);
        assert!(text.contains("Decentralisation index: 51 of 100"), "{text}");
        assert!(
            text.contains("Index = 100 × Σ weight × level ÷ lowest level ÷ Σ weight = 100 × 11.2 ÷ 2 ÷ 11 = 51;"),
            "{text}"
        );
        assert_eq!(display.missing, []);
    }

    #[test]
    fn units_say_how_much_is_decided_within() {
        let display = shown(&golden(), "decentralisation", "");
        let row = &display.tables[1].rows[1];
        assert_eq!((row[0].text(), row[1].text()), ("Shop".to_owned(), "3".to_owned()));
        let Cell::Number(inside) = row[3] else { panic!("it is known") };
        // Refunds up to 200 and the menu: (60 × .7728 + 4) ÷ 64.5.
        assert!((inside - (60.0 * 0.7728 + 4.0) / 64.5).abs() < 0.0005, "{inside}");
    }

    #[test]
    fn what_does_not_count_is_named() {
        let mut document = golden();
        let hire = document.decisions().ids().nth(1).unwrap();
        document.get_mut::<Decision>(hire).unwrap().importance = None;
        let display = shown(&document, "decentralisation", "");
        assert_eq!(display.missing[0].text, "1 decision has no importance");
        assert!(said(&display).contains("over 2 of 3 decisions"), "{}", said(&display));
    }
}
