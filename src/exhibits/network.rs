//! Over whom everything goes: who stands between others, without whom the net falls apart, which parts never meet.
//!
//! The nets are those of [`Networks`](crate::analysis::figures::network::Networks). Betweenness is the share of the
//! shortest ways between all pairs of others that lead over one (Freeman). Places in the drawing come from a layout by
//! forces (T. Fruchterman, E. Reingold, 1991) that begins on a grid and uses no chance, so that the same net is drawn alike
//! everywhere.

use super::kit::{group_of, name, nothing, to};
use super::{Choice, Figures, Meta};
use crate::analysis::figures::graph::connected::{component_sizes, components, cut_points};
use crate::analysis::figures::graph::{Graph, betweenness, density};
use crate::analysis::figures::network::Network;
use crate::analysis::words;
use crate::model::*;
use crate::scene::Severity;
use crate::scene::display::*;
use crate::scene::icon::Icon;

pub(super) const META: Meta = Meta {
    id: "network",
    title: "Network",
    question: "Over whom does everything go, and without whom does it fall apart?",
    icon: Icon::Logo,
    keywords: "centrality betweenness broker articulation component ona hub bridge isolated",
};

/// Up to so many nodes betweenness is exact (as in rule BN-09).
const MOST_EXACT: usize = 2_000;
/// Nodes that are drawn; the table has all.
const MOST_DRAWN: usize = 140;
/// Rounds of the layout.
const ROUNDS: usize = 260;
/// From this share on it is said that much goes over one (as in rule BN-09).
const MUCH: f64 = 0.5;

pub(super) fn choices(_: &Document) -> Vec<Choice> {
    vec![
        Choice::new("handovers", "Hand-overs"),
        Choice::new("information", "All contact"),
        Choice::new("reporting", "Reporting"),
        Choice::new("consult", "Who is asked"),
    ]
}

/// What is known of one in the net.
struct Node {
    actor: Actor,
    between: f64,
    ties: usize,
    part: u32,
    /// Sizes of the parts that are left without it; empty where all still reach each other.
    without: Vec<usize>,
}

impl Node {
    fn severity(&self) -> Option<Severity> {
        match self.without.as_slice() {
            [_, second, ..] if *second >= 2 => Some(Severity::High),
            [_, _, ..] => Some(Severity::Medium),
            _ => None,
        }
    }
}

pub(super) fn show(figures: &Figures<'_>, choice: &str) -> Display {
    let networks = figures.networks();
    let (net, what) = match choice {
        "information" => (&networks.information, "word travels"),
        "reporting" => (&networks.reporting, "people report"),
        "consult" => (&networks.consult, "people are asked before decisions"),
        _ => (&networks.hand_over, "work is handed over"),
    };
    let document = figures.document;
    let nodes = nodes(net);
    let table = table(document, &nodes);
    if nodes.is_empty() || net.ties.arrows() == 0 {
        let sentence = match choice {
            "reporting" => "Nobody reports to anybody yet.",
            "consult" => "Nobody is asked before a decision yet.",
            _ => "No work changes hands yet: give the steps of a process different performers.",
        };
        return nothing(sentence, table);
    }
    let mut display = Display { tables: vec![table, ties_table(document, net)], ..Display::default() };
    display.blocks.push(Block::Tiles(tiles(document, net, &nodes)));
    display.blocks.push(Block::Prose(sentences(document, &nodes, what)));
    display.blocks.push(Block::Net(drawing(document, net, &nodes)));
    display.blocks.push(Block::Legend(vec![
        (LegendSign::Severity(Severity::High), "without it parts no longer reach each other".to_owned()),
        (LegendSign::Severity(Severity::Medium), "without it single ones are cut off".to_owned()),
    ]));
    display.blocks.push(Block::Prose(vec![Sentence::small(
        "The larger a circle, the more of the shortest ways between two others lead over it (betweenness). A tint for each \
         part of the net; dashed: outside of the organisation.",
    )]));
    display
}

/// The one with the most betweenness first.
fn nodes(net: &Network) -> Vec<Node> {
    let pivots = if net.actors.len() > MOST_EXACT { 256 } else { net.actors.len() };
    let shares = betweenness::normalised(&betweenness::estimated(&net.ties, pivots));
    let parts = components(&net.ties);
    let points = cut_points(&net.ties);
    let node = |(place, actor): (usize, &Actor)| Node {
        actor: *actor,
        between: shares.get(place).copied().unwrap_or(0.0),
        ties: net.ties.degree(place),
        part: parts.get(place).copied().unwrap_or(0),
        without: points.iter().find(|point| point.node == place).map_or_else(Vec::new, |point| point.parts.clone()),
    };
    let mut nodes: Vec<Node> = net.actors.iter().enumerate().map(node).collect();
    nodes.sort_by(|a, b| b.between.total_cmp(&a.between).then(b.ties.cmp(&a.ties)).then(a.actor.cmp(&b.actor)));
    nodes
}

fn tiles(document: &Document, net: &Network, nodes: &[Node]) -> Vec<Tile> {
    let sizes = component_sizes(&components(&net.ties));
    let alone = sizes.iter().filter(|size| **size == 1).count();
    let tile =
        |label: &str, value: String, detail: String| Tile { value, label: label.to_owned(), detail, ..Tile::default() };
    let ties = net.ties.arrows() / 2;
    let dense = density::density(&net.ties).map_or_else(|| "not known".to_owned(), words::percent);
    let mut tiles = vec![
        tile("In the net", net.actors.len().to_string(), words::count(ties, "tie", "ties")),
        tile("Of all possible ties", dense, "more is not always better".to_owned()),
        tile(
            "Parts",
            sizes.len().to_string(),
            if alone > 0 {
                format!("{} alone", words::count(alone, "is", "are"))
            } else {
                "nobody is alone".to_owned()
            },
        ),
    ];
    if let Some(first) = nodes.first().filter(|first| first.between > 0.0) {
        tiles.push(Tile {
            severity: (first.between >= MUCH).then_some(Severity::Medium),
            target: to(first.actor),
            ..tile(
                &format!("Lead over {}", name(document, first.actor)),
                words::percent(first.between),
                "of the shortest ways between two others".to_owned(),
            )
        });
    }
    tiles
}

fn sentences(document: &Document, nodes: &[Node], what: &str) -> Vec<Sentence> {
    /// So many are told of each kind.
    const TOLD: usize = 3;
    let mut sentences = Vec::new();
    for (place, node) in nodes.iter().take(TOLD).filter(|node| node.between > 0.0).enumerate() {
        let who = name(document, node.actor);
        let text = if place == 0 {
            format!(
                "Where {what}, {} of the ways between any two others lead over {who}.",
                words::percent(node.between)
            )
        } else {
            format!("Over {who} lead {}.", words::percent(node.between))
        };
        sentences.push(match node.between >= MUCH {
            true => Sentence::grave(Severity::Medium, text).to(to(node.actor)),
            false => Sentence::plain(text).to(to(node.actor)),
        });
    }
    let mut points: Vec<&Node> = nodes.iter().filter(|node| !node.without.is_empty()).collect();
    points.sort_by_key(|node| std::cmp::Reverse(node.without.get(1).copied()));
    for node in points.iter().take(TOLD) {
        let sizes: Vec<String> = node.without.iter().take(4).map(usize::to_string).collect();
        let text = format!(
            "Without {} it falls into {} parts, of {}, that no longer reach each other.",
            name(document, node.actor),
            node.without.len(),
            words::joined(&sizes)
        );
        let severity = node.severity().unwrap_or(Severity::Medium);
        sentences.push(Sentence::grave(severity, text).to(to(node.actor)));
    }
    if points.len() > TOLD {
        let more = points.len() - TOLD;
        sentences.push(Sentence::plain(format!(
            "Without {} it falls apart, too.",
            words::count(more, "other one", "others, each for itself,")
        )));
    }
    if nodes.len() > MOST_DRAWN {
        let text = format!("Drawn are the {MOST_DRAWN} of {} over whom most goes; the table has all.", nodes.len());
        sentences.push(Sentence::plain(text));
    }
    sentences
}

fn drawing(document: &Document, net: &Network, nodes: &[Node]) -> Net {
    let drawn: Vec<&Node> = nodes.iter().take(MOST_DRAWN).collect();
    let place_of = |actor: Actor| drawn.iter().position(|node| node.actor == actor);
    let mut ties: Vec<(usize, usize)> = Vec::new();
    for (place, actor) in net.actors.iter().enumerate() {
        let Some(from) = place_of(*actor) else { continue };
        for other in net.ties.of(place).iter().filter(|other| **other as usize > place) {
            if let Some(to) = net.actors.get(*other as usize).and_then(|actor| place_of(*actor)) {
                ties.push((from, to));
            }
        }
    }
    let edges: Vec<(u32, u32)> = ties.iter().map(|(from, to)| (*from as u32, *to as u32)).collect();
    let places = places(&Graph::undirected(drawn.len(), &edges));
    let most = drawn.iter().map(|node| node.between).fold(0.0, f64::max).max(1e-9);
    let node = |(node, at): (&&Node, (f64, f64))| NetNode {
        name: name(document, node.actor),
        detail: if node.between > 0.0 { words::percent(node.between) } else { String::new() },
        at: (at.0 as f32, at.1 as f32),
        weight: (node.between / most) as f32,
        tint: (node.part % 8) as u8,
        severity: node.severity(),
        is_outside: matches!(node.actor, Actor::External(_)),
        target: to(node.actor),
    };
    Net {
        nodes: drawn.iter().zip(places).map(node).collect(),
        ties: ties.into_iter().map(|(from, to)| (from, to, 0.15)).collect(),
    }
}

/// Where the nodes of a graph go, each 0 to 1 in both directions: those that are tied near each other, all others apart.
fn places(graph: &Graph) -> Vec<(f64, f64)> {
    let count = graph.len();
    let columns = (1..).find(|columns| columns * columns >= count).unwrap_or(1).max(1);
    // A grid whose rows are a little aslant, so that nothing lies exactly in line.
    let mut at: Vec<(f64, f64)> = (0..count)
        .map(|node| {
            let (column, row) = ((node % columns) as f64, (node / columns) as f64);
            ((column + row * 0.13) / columns as f64, (row + column * 0.07) / columns as f64)
        })
        .collect();
    let ideal = (1.0 / count.max(1) as f64).sqrt();
    for round in 0..ROUNDS {
        let heat = 0.1 * (1.0 - round as f64 / ROUNDS as f64);
        let mut push = vec![(0.0, 0.0); count];
        for one in 0..count {
            for other in 0..one {
                let (dx, dy) = (at[one].0 - at[other].0, at[one].1 - at[other].1);
                let square = (dx * dx + dy * dy).max(1e-9);
                let force = ideal * ideal / square;
                push[one].0 += dx * force;
                push[one].1 += dy * force;
                push[other].0 -= dx * force;
                push[other].1 -= dy * force;
            }
        }
        for one in 0..count {
            for other in graph.of(one).iter().map(|other| *other as usize).filter(|other| *other < one) {
                let (dx, dy) = (at[one].0 - at[other].0, at[one].1 - at[other].1);
                let force = (dx * dx + dy * dy).sqrt() / ideal;
                push[one].0 -= dx * force;
                push[one].1 -= dy * force;
                push[other].0 += dx * force;
                push[other].1 += dy * force;
            }
            // Parts without ties to each other do not drift away.
            push[one].0 -= (at[one].0 - 0.5) * 0.6;
            push[one].1 -= (at[one].1 - 0.5) * 0.6;
        }
        for (place, push) in at.iter_mut().zip(&push) {
            let length = (push.0 * push.0 + push.1 * push.1).sqrt().max(1e-9);
            let step = length.min(heat) / length;
            place.0 += push.0 * step;
            place.1 += push.1 * step;
        }
    }
    normalised(&at)
}

fn normalised(at: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let bounds = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (left, right) = bounds(&mut at.iter().map(|place| place.0));
    let (top, bottom) = bounds(&mut at.iter().map(|place| place.1));
    let share = |value: f64, low: f64, high: f64| if high - low > 1e-9 { (value - low) / (high - low) } else { 0.5 };
    at.iter().map(|(x, y)| (share(*x, left, right), share(*y, top, bottom))).collect()
}

fn table(document: &Document, nodes: &[Node]) -> Records {
    let headings = ["Who", "Unit", "Ties", "Betweenness", "Part", "Parts left without it", "Sizes of these"];
    let mut table = Records::new("Network", &headings);
    for node in nodes {
        let sizes: Vec<String> = node.without.iter().map(usize::to_string).collect();
        table.rows.push(vec![
            name(document, node.actor).into(),
            group_of(document, node.actor).into(),
            (node.ties as f64).into(),
            node.between.into(),
            f64::from(node.part + 1).into(),
            if node.without.is_empty() { Cell::Empty } else { (node.without.len() as f64).into() },
            sizes.join(", ").into(),
        ]);
    }
    table
}

fn ties_table(document: &Document, net: &Network) -> Records {
    let mut table = Records::new("Ties", &["From", "To"]);
    for (place, from) in net.actors.iter().enumerate() {
        for to in net.arrows.of(place).iter().filter_map(|other| net.actors.get(*other as usize)) {
            table.rows.push(vec![name(document, *from).into(), name(document, *to).into()]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, shown};
    use super::*;

    /// Two triangles joined by one tie between roles 2 and 3.
    fn two_triangles() -> Document {
        let mut document = Document::default();
        let mut roles: Vec<RoleId> = Vec::new();
        for (number, (above, dotted)) in
            [(None, None), (Some(0), None), (Some(0), Some(1)), (Some(2), None), (Some(3), None), (Some(3), Some(4))]
                .into_iter()
                .enumerate()
        {
            let at = |place: Option<usize>| place.and_then(|place| roles.get(place)).copied();
            let role = Role {
                reports_to: at(above),
                dotted_to: at(dotted).into_iter().collect(),
                ..Role::new(format!("R{number}"))
            };
            roles.push(document.insert(role));
        }
        document
    }

    #[test]
    fn the_ends_of_a_bridge_hold_two_triangles_together() {
        let display = shown(&two_triangles(), "network", "reporting");
        let rows: Vec<Vec<String>> =
            display.tables[0].rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect();
        assert_eq!(rows[0][..1], ["R2"]);
        assert_eq!(rows[0][3..], ["0.6", "1", "2", "3, 2"]);
        assert_eq!(rows[1][3..], ["0.6", "1", "2", "3, 2"]);
        assert_eq!(rows[2][3..], ["0", "1", "", ""]);
        let text = said(&display);
        assert!(text.contains("Where people report, 60 % of the ways between any two others lead over R2."), "{text}");
        assert!(
            text.contains("Without R2 it falls into 2 parts, of 3 and 2, that no longer reach each other."),
            "{text}"
        );
    }

    #[test]
    fn the_drawing_is_the_same_every_time_and_those_that_are_tied_are_near() {
        let document = two_triangles();
        let net = |display: Display| {
            let found = display.blocks.into_iter().find_map(|block| match block {
                Block::Net(net) => Some(net),
                _ => None,
            });
            found.unwrap()
        };
        let first = net(shown(&document, "network", "reporting"));
        assert_eq!(first, net(shown(&document, "network", "reporting")));
        let distance = |a: &str, b: &str| {
            let at = |name: &str| first.nodes.iter().find(|node| node.name == name).unwrap().at;
            let ((ax, ay), (bx, by)) = (at(a), at(b));
            ((ax - bx).powi(2) + (ay - by).powi(2)).sqrt()
        };
        assert!(distance("R0", "R1") < distance("R0", "R5") && distance("R4", "R5") < distance("R1", "R4"));
        assert_eq!(first.ties.len(), 7);
    }

    #[test]
    fn parts_that_never_meet_are_counted() {
        let mut document = two_triangles();
        document.insert(Role::new("Alone"));
        let display = shown(&document, "network", "reporting");
        assert!(said(&display).contains("Parts: 2: 1 is alone"), "{}", said(&display));
        assert!(said(&shown(&document, "network", "handovers")).contains("No work changes hands yet"));
    }
}
