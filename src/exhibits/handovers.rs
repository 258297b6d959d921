//! Who hands work to whom: counts a week between performers, within and across units, with the flows behind them.

use std::collections::{BTreeMap, BTreeSet};

use super::kit::{group_of, lacking, missing, name, no_choices, nothing, sort_actors, to};
use super::{Choice, Figures, Meta};
use crate::analysis::figures::{LoadGap, Pass};
use crate::analysis::rules::missing_inputs;
use crate::analysis::words;
use crate::model::*;
use crate::scene::display::*;
use crate::scene::icon::Icon;

pub(super) const META: Meta = Meta {
    id: "handovers",
    title: "Hand-overs",
    question: "Who hands work to whom, and how often in a week?",
    icon: Icon::ArrowLeftRight,
    keywords: "handover hand off matrix roles internal external interface",
};

pub(super) fn choices(document: &Document) -> Vec<Choice> {
    no_choices(document)
}

/// Between whom work goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// Both in one unit.
    Within,
    /// Between units.
    Across,
    /// With somebody outside of the organisation.
    Outside,
}

impl Side {
    const ALL: [Self; 3] = [Self::Within, Self::Across, Self::Outside];

    fn of(document: &Document, from: Actor, to: Actor) -> Self {
        let is_outside = |actor: Actor| matches!(actor, Actor::External(_));
        let unit = |actor: Actor| document.unit_of_actor(actor);
        match (unit(from), unit(to)) {
            _ if is_outside(from) || is_outside(to) => Self::Outside,
            (Some(one), Some(other)) if one == other => Self::Within,
            _ => Self::Across,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Within => "within a unit",
            Self::Across => "between units",
            Self::Outside => "with the outside",
        }
    }

    fn shade(self) -> Shade {
        match self {
            Self::Within => Shade::Accent { strong: false },
            Self::Across => Shade::Accent { strong: true },
            Self::Outside => Shade::Outside,
        }
    }
}

/// What goes from one to another.
#[derive(Clone, Debug, Default)]
struct Pair {
    /// How often in a week, as far as it is known.
    per_week: f64,
    /// Whether all of it is known.
    is_known: bool,
    /// Each way with its process and count in a week.
    flows: Vec<(Pass, ProcessId, Option<f64>)>,
}

pub(super) fn show(figures: &Figures<'_>, _choice: &str) -> Display {
    let document = figures.document;
    let pairs = pairs(figures);
    let tables = vec![table(document, &pairs), flows_table(document, &pairs)];
    let gaps = gaps(figures);
    if pairs.is_empty() {
        let sentence =
            "No work changes hands yet: give the steps of a process different performers, and it appears here.";
        let mut display = nothing(sentence, tables.into_iter().next().unwrap_or_default());
        display.missing = gaps;
        return display;
    }
    let mut display = Display { tables, missing: gaps, ..Display::default() };
    display.blocks.push(Block::Tiles(tiles(document, &pairs)));
    display.blocks.push(Block::Prose(sentences(document, &pairs)));
    let (grid, details) = grid(document, &pairs);
    display.blocks.push(Block::Grid(grid));
    display.details = details;
    let signs = Side::ALL.map(|side| (LegendSign::Shade(side.shade()), side.word().to_owned()));
    display.blocks.push(Block::Legend(signs.to_vec()));
    display.blocks.push(Block::Prose(vec![Sentence::small(
        "h = cases a week · Σ visits · share, over the ways from a step of one performer to the next step of another; \
         gateways and events in between do not count. A point: it happens, and how often is not known.",
    )]));
    display
}

fn pairs(figures: &Figures<'_>) -> BTreeMap<(Actor, Actor), Pair> {
    let (document, handovers) = (figures.document, figures.handovers());
    let mut pairs: BTreeMap<(Actor, Actor), Pair> = BTreeMap::new();
    for (process, record) in document.processes().iter() {
        let cases = record.cases.map(Rate::per_week);
        for pass in handovers.passes(process) {
            let ends = (figures.index.performer(pass.from), figures.index.performer(pass.to));
            let (Some(from), Some(to)) = ends else { continue };
            if from == to {
                continue;
            }
            let pair = pairs.entry((from, to)).or_insert_with(|| Pair { is_known: true, ..Pair::default() });
            let per_week = cases.map(|cases| cases * pass.per_case);
            pair.per_week += per_week.unwrap_or(0.0);
            pair.is_known &= per_week.is_some();
            pair.flows.push((*pass, process, per_week));
        }
    }
    // What is drawn where nobody can say how often.
    let net = &figures.networks().hand_over;
    for (place, from) in net.actors.iter().enumerate() {
        for other in net.arrows.of(place) {
            if let Some(to) = net.actors.get(*other as usize) {
                pairs.entry((*from, *to)).or_default();
            }
        }
    }
    pairs
}

fn count(per_week: f64) -> String {
    words::number(per_week)
}

fn sum(document: &Document, pairs: &BTreeMap<(Actor, Actor), Pair>, side: Option<Side>) -> f64 {
    let meant = |(from, to): &(Actor, Actor)| side.is_none_or(|side| Side::of(document, *from, *to) == side);
    pairs.iter().filter(|(ends, _)| meant(ends)).map(|(_, pair)| pair.per_week).sum()
}

fn tiles(document: &Document, pairs: &BTreeMap<(Actor, Actor), Pair>) -> Vec<Tile> {
    let all = sum(document, pairs, None);
    let mut tiles = vec![Tile {
        value: format!("{} a week", count(all)),
        label: "Hand-overs".to_owned(),
        detail: format!("between {}", words::count(pairs.len(), "pair", "pairs")),
        ..Tile::default()
    }];
    for side in Side::ALL {
        let part = sum(document, pairs, Some(side));
        let share = if all > 0.0 { words::percent(part / all) } else { "not known".to_owned() };
        tiles.push(Tile {
            value: share,
            label: crate::scene::capitalised(side.word()),
            detail: format!("{} a week", count(part)),
            ..Tile::default()
        });
    }
    tiles
}

/// The pairs between whom most goes.
fn sentences(document: &Document, pairs: &BTreeMap<(Actor, Actor), Pair>) -> Vec<Sentence> {
    let mut busiest: Vec<(&(Actor, Actor), &Pair)> = pairs.iter().filter(|(_, pair)| pair.per_week > 0.0).collect();
    busiest.sort_by(|a, b| b.1.per_week.total_cmp(&a.1.per_week).then(a.0.cmp(b.0)));
    let said = |((from, to), pair): &(&(Actor, Actor), &Pair)| {
        format!("{} to {} ({})", name(document, *from), name(document, *to), count(pair.per_week))
    };
    let said: Vec<String> = busiest.iter().take(3).map(said).collect();
    if said.is_empty() {
        return vec![Sentence::plain("How often is not known for any of them.")];
    }
    vec![Sentence::plain(format!("Most goes from {}.", words::joined(&said)))]
}

fn grid(document: &Document, pairs: &BTreeMap<(Actor, Actor), Pair>) -> (Grid, Vec<Detail>) {
    let list = |pick: fn(&(Actor, Actor)) -> Actor| {
        let actors: BTreeSet<Actor> = pairs.keys().map(pick).collect();
        let mut actors: Vec<Actor> = actors.into_iter().collect();
        sort_actors(document, &mut actors);
        actors
    };
    let (givers, takers) = (list(|ends| ends.0), list(|ends| ends.1));
    let head = |actor: &Actor, total: f64| GridHead {
        name: name(document, *actor),
        group: group_of(document, *actor),
        total: if total > 0.0 { count(total) } else { String::new() },
        target: to(*actor),
    };
    let given = |actor: &Actor| pairs.iter().filter(|(ends, _)| ends.0 == *actor).map(|(_, pair)| pair.per_week).sum();
    let taken = |actor: &Actor| pairs.iter().filter(|(ends, _)| ends.1 == *actor).map(|(_, pair)| pair.per_week).sum();
    let place = |list: &[Actor]| -> BTreeMap<Actor, usize> {
        list.iter().enumerate().map(|(place, actor)| (*actor, place)).collect()
    };
    let (row_of, column_of) = (place(&givers), place(&takers));
    let (mut cells, mut details) = (Vec::new(), Vec::new());
    for ((from, to), pair) in pairs {
        let (Some(row), Some(column)) = (row_of.get(from), column_of.get(to)) else { continue };
        let title = title(document, (*from, *to), pair);
        let side = Side::of(document, *from, *to);
        cells.push(GridCell {
            at: (*row, *column),
            text: if pair.per_week > 0.0 { count(pair.per_week) } else { "·".to_owned() },
            shade: side.shade(),
            label: format!("{title}, {}", side.word()),
            target: Some(Target::Detail(details.len())),
        });
        details.push(detail(document, title, pair));
    }
    cells.sort_by_key(|cell| cell.at);
    let grid = Grid {
        corner: "gives: rows, takes: columns; a week".to_owned(),
        rows: givers.iter().map(|actor| head(actor, given(actor))).collect(),
        columns: takers.iter().map(|actor| head(actor, taken(actor))).collect(),
        cells,
        column_width: None,
    };
    (grid, details)
}

/// `Clerk to Owner: 13.3 a week`.
fn title(document: &Document, (from, to): (Actor, Actor), pair: &Pair) -> String {
    let often = match (pair.is_known, pair.per_week > 0.0) {
        (true, _) => format!("{} a week", count(pair.per_week)),
        (false, true) => format!("at least {} a week", count(pair.per_week)),
        (false, false) => "how often is not known".to_owned(),
    };
    format!("{} to {}: {often}", name(document, from), name(document, to))
}

fn detail(document: &Document, title: String, pair: &Pair) -> Detail {
    let mut flows = pair.flows.clone();
    flows.sort_by(|a, b| b.2.unwrap_or(0.0).total_cmp(&a.2.unwrap_or(0.0)).then(a.0.from.cmp(&b.0.from)));
    let line = |(pass, process, per_week): &(Pass, ProcessId, Option<f64>)| DetailLine {
        text: format!("{}: {} → {}", name(document, *process), name(document, pass.from), name(document, pass.to)),
        value: match per_week {
            Some(per_week) => format!("{} a week", count(*per_week)),
            None => format!("{} a case", count(pass.per_case)),
        },
        element: Some(pass.to.into()),
    };
    Detail { title, lines: flows.iter().map(line).collect() }
}

/// Processes whose cases, or whose ways, are not known.
fn gaps(figures: &Figures<'_>) -> Vec<MissingInput> {
    let document = figures.document;
    let with_steps = |id: &ProcessId| !figures.index.steps_of(*id).is_empty();
    let mut gaps: Vec<LoadGap> = Vec::new();
    for (id, process) in document.processes().iter().filter(|(id, _)| with_steps(id)) {
        gaps.extend(process.cases.is_none().then_some(LoadGap::Cases(id)));
        gaps.extend(figures.visits().gaps(id).iter().map(|gap| LoadGap::Flow(*gap)));
    }
    let mut found = missing(missing_inputs(gaps));
    let nobody = document.steps().ids().filter(|step| {
        let is_plain =
            document.steps().get(*step).is_some_and(|step| !step.kind.is_automatic() && step.calls.is_none());
        is_plain && figures.index.inside(*step).is_empty() && figures.index.performer(*step).is_none()
    });
    found.extend(lacking("step has no performer", "steps have no performer", nobody));
    found
}

fn table(document: &Document, pairs: &BTreeMap<(Actor, Actor), Pair>) -> Records {
    let headings = ["From", "Unit of giver", "To", "Unit of taker", "A week", "Between", "Not everything is known"];
    let mut table = Records::new("Hand-overs", &headings);
    for ((from, to), pair) in pairs {
        table.rows.push(vec![
            name(document, *from).into(),
            group_of(document, *from).into(),
            name(document, *to).into(),
            group_of(document, *to).into(),
            (pair.per_week > 0.0).then_some(pair.per_week).into(),
            Side::of(document, *from, *to).word().into(),
            if pair.is_known { Cell::Empty } else { "yes".into() },
        ]);
    }
    table
}

fn flows_table(document: &Document, pairs: &BTreeMap<(Actor, Actor), Pair>) -> Records {
    let headings = ["From", "To", "Process", "Step", "Next step", "A case", "A week"];
    let mut table = Records::new("Flows", &headings);
    for ((from, to), pair) in pairs {
        for (pass, process, per_week) in &pair.flows {
            table.rows.push(vec![
                name(document, *from).into(),
                name(document, *to).into(),
                name(document, *process).into(),
                name(document, pass.from).into(),
                name(document, pass.to).into(),
                pass.per_case.into(),
                (*per_week).into(),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing::{refunds, said, shown};
    use super::*;

    fn numbers(display: &Display) -> Vec<(String, String, String)> {
        display.tables[0].rows.iter().map(|row| (row[0].text(), row[2].text(), row[4].text())).collect()
    }

    #[test]
    fn the_hand_overs_of_the_refund_flow() {
        let display = shown(&refunds(), "handovers", "");
        let expected =
            [("Clerk", "Owner", "13.3333"), ("Clerk", "Accountant", "46.6667"), ("Owner", "Accountant", "13.3333")];
        assert_eq!(numbers(&display), expected.map(|(from, to, count)| (from.into(), to.into(), count.into())));
        let text = said(&display);
        // The clerk is in the shop, owner and accountant in the office: 60 of 73.3 go across.
        assert!(text.contains("Hand-overs: 73.3 a week"), "{text}");
        assert!(text.contains("Between units: 81.8 %: 60 a week"), "{text}");
        assert!(text.contains("Within a unit: 18.2 %: 13.3 a week"), "{text}");
        assert!(text.contains("Clerk to Accountant: 46.7 a week, between units"), "{text}");
        assert_eq!(display.missing, []);
    }

    #[test]
    fn behind_a_count_stand_its_flows() {
        let display = shown(&refunds(), "handovers", "");
        let Some(Block::Grid(grid)) = display.blocks.iter().find(|block| matches!(block, Block::Grid(_))) else {
            panic!("there is a grid")
        };
        let cell = grid.cells.iter().find(|cell| cell.label.starts_with("Clerk to Owner")).unwrap();
        let Some(Target::Detail(at)) = cell.target else { panic!("it leads to its flows") };
        let [line] = display.details[at].lines.as_slice() else { panic!("{:?}", display.details[at]) };
        assert_eq!((line.text.as_str(), line.value.as_str()), ("Refund: check → owner", "13.3 a week"));
    }

    #[test]
    fn without_cases_it_is_said_that_they_are_missing() {
        let mut document = refunds();
        let process = document.processes().ids().next().unwrap();
        document.get_mut::<Process>(process).unwrap().cases = None;
        let display = shown(&document, "handovers", "");
        assert_eq!(display.missing[0].text, "1 process has no number of cases");
        assert_eq!(display.missing[0].elements, [process.into()]);
        assert!(said(&display).contains("Clerk to Owner: how often is not known"), "{}", said(&display));
    }

    #[test]
    fn work_with_the_outside_is_counted_apart() {
        let mut document = refunds();
        let customer = document.insert(External::new("Customer"));
        let pay = document.steps().iter().find(|(_, step)| step.name == "pay").unwrap().0;
        document.get_mut::<Step>(pay).unwrap().performer = Some(Actor::External(customer));
        let display = shown(&document, "handovers", "");
        assert!(said(&display).contains("With the outside: 81.8 %: 60 a week"), "{}", said(&display));
    }
}
