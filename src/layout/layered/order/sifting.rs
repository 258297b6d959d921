//! Global sifting: whole blocks look for the place where they cross least.
//!
//! After Bachmaier, Brunner and Gleißner, "Global k-level crossing reduction" (2010): all blocks
//! stand in one order, which orders every rank. One after the other is moved past all others and
//! put where the crossings are fewest; since a block is a long edge, or a whole branching part of
//! the flow, many ranks change at once, which sweeps from rank to rank cannot do. Afterwards the
//! order is disturbed here and there by a fixed sequence of moves and mended again (iterated
//! local search), which finds a way out where no single move helps. Bands keep apart: a block
//! moves among those of its own band only. Work is counted, so that it can be bounded.

use super::blocks::Blocks;
use crate::layout::layered::graph::Layered;

/// A link of a block to another block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    /// The rank before the gap it crosses.
    gap: u32,
    /// Whether the block has the end in the rank before the gap.
    before: bool,
    other: u32,
    weight: u32,
}

/// Where a block lies and where its lists begin.
#[derive(Clone, Copy, Debug)]
struct Span {
    /// Gaps its ranks border on.
    low: u32,
    high: u32,
    band: u32,
    first_line: u32,
    first_end: u32,
    last_end: u32,
}

/// A block that has come to cross so many lines more than at the best place looks no further.
const HOPELESS: i64 = 30;
/// Members of a group that is disturbed together, at most.
const GROUP: usize = 12;

/// The links between blocks and the order of the blocks.
pub(super) struct Sifting {
    spans: Vec<Span>,
    /// First and last gap of each block, the bands one behind the other.
    reach: Vec<(u32, u32)>,
    /// Lines inside each block, gap by gap.
    lines: Vec<u32>,
    ends: Vec<End>,
    /// By rank as `lines` by gap, empty where no line runs across the flow: how many more of these leave the block
    /// upward than downward, and what they would have to pass in it.
    across: Vec<(i32, u32)>,
    /// The blocks in their order, and the place of each in it.
    order: Vec<u32>,
    place: Vec<u32>,
    /// Pairs looked at so far.
    pub work: usize,
    near: Vec<u32>,
    places: Vec<u32>,
}

impl Sifting {
    /// The links of the blocks, which stand in the order of their numbers.
    pub fn new(graph: &Layered, blocks: &Blocks) -> Self {
        let empty = Span { low: u32::MAX, high: 0, band: 0, first_line: 0, first_end: 0, last_end: 0 };
        let mut sifting = Self {
            spans: vec![empty; blocks.count],
            reach: Vec::with_capacity(blocks.count),
            lines: Vec::new(),
            ends: Vec::new(),
            across: Vec::new(),
            order: (0..blocks.count as u32).collect(),
            place: vec![0; blocks.count],
            work: 0,
            near: Vec::new(),
            places: Vec::new(),
        };
        sifting.measure(graph, blocks);
        sifting.link(graph, blocks);
        sifting
    }

    fn measure(&mut self, graph: &Layered, blocks: &Blocks) {
        for (node, &block) in blocks.block.iter().enumerate() {
            let rank = graph.rank[node] as u32;
            let span = &mut self.spans[block];
            span.band = graph.band[node] as u32;
            span.low = span.low.min(rank.saturating_sub(1));
            span.high = span.high.max(rank);
        }
        let mut lines = 0;
        let ranks = graph.ranks.len() as u32;
        for span in &mut self.spans {
            self.reach.push((span.band * ranks + span.low, span.band * ranks + span.high));
            span.first_line = lines;
            lines += span.high - span.low + 1;
        }
        self.lines = vec![0; lines as usize];
        if graph.across.is_empty() {
            return;
        }
        self.across = vec![(0, 0); lines as usize];
        for (node, &block) in blocks.block.iter().enumerate() {
            let span = &self.spans[block];
            let (rise, hindrance) = &mut self.across[span.first_line as usize + graph.rank[node] - span.low as usize];
            *rise += graph.rise(node) as i32;
            *hindrance += graph.hindrance(node);
        }
    }

    fn link(&mut self, graph: &Layered, blocks: &Blocks) {
        let mut ends: Vec<(u32, End)> = Vec::new();
        for (from, &block) in blocks.block.iter().enumerate() {
            let gap = graph.rank[from] as u32;
            for &to in graph.down.of(from) {
                let other = blocks.block[to];
                if other == block {
                    let span = self.spans[block];
                    self.lines[(span.first_line + gap - span.low) as usize] += 1;
                    continue;
                }
                let (a, b) = (block as u32, other as u32);
                ends.push((a, End { gap, before: true, other: b, weight: 1 }));
                ends.push((b, End { gap, before: false, other: a, weight: 1 }));
            }
        }
        ends.sort_unstable();
        ends.dedup_by(|next, kept| {
            let key = |(block, end): &(u32, End)| (*block, end.gap, end.before, end.other);
            let same = key(next) == key(kept);
            kept.1.weight += if same { next.1.weight } else { 0 };
            same
        });
        let mut at = 0;
        for (block, span) in self.spans.iter_mut().enumerate() {
            span.first_end = at as u32;
            while ends.get(at).is_some_and(|end| end.0 as usize == block) {
                at += 1;
            }
            span.last_end = at as u32;
        }
        self.ends = ends.into_iter().map(|(_, end)| end).collect();
    }

    /// Takes an order of all blocks; bands stay apart.
    pub fn set_order(&mut self, order: &[u32]) {
        self.order.clear();
        self.order.extend_from_slice(order);
        self.order.sort_by_key(|&block| self.spans[block as usize].band);
        self.number(0, self.order.len());
    }

    /// Lets every block drift to the mean place of what it is linked to, for some rounds.
    pub fn settle(&mut self, rounds: usize) {
        let count = self.order.len();
        let mut value = vec![0.0_f64; count];
        for _ in 0..rounds {
            for (block, value) in value.iter_mut().enumerate() {
                let (mut sum, mut weight) = (f64::from(self.place[block]), 1.0);
                for end in self.ends_of(block) {
                    sum += f64::from(self.place[end.other as usize]) * f64::from(end.weight);
                    weight += f64::from(end.weight);
                }
                *value = sum / weight;
            }
            let spans = &self.spans;
            self.order.sort_by(|&a, &b| {
                let (a, b) = (a as usize, b as usize);
                spans[a].band.cmp(&spans[b].band).then_with(|| value[a].total_cmp(&value[b]))
            });
            self.number(0, count);
        }
    }

    fn number(&mut self, from: usize, to: usize) {
        for at in from..to {
            self.place[self.order[at] as usize] = at as u32;
        }
    }

    /// The blocks in their order.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Sifts every block once while there is work left; by how many the crossings became fewer.
    pub fn round(&mut self, backwards: bool, limit: usize) -> i64 {
        let mut gained = 0;
        let mut blocks = self.order.clone();
        if backwards {
            blocks.reverse();
        }
        for block in blocks {
            if self.work > limit {
                break;
            }
            gained += self.sift(block as usize);
        }
        gained
    }

    /// Disturbs the order and mends it by sifting, `kicks` times while there is work left; keeps
    /// what is no worse. By how many the crossings became fewer.
    pub fn shake(&mut self, kicks: usize, limit: usize, seed: u64) -> i64 {
        let count = self.order.len();
        if count < 3 {
            return 0;
        }
        let (mut state, mut gained) = (seed + 1, 0);
        let (mut order, mut place) = (self.order.clone(), self.place.clone());
        let mut group: Vec<usize> = Vec::new();
        for _ in 0..kicks {
            if self.work > limit {
                break;
            }
            self.gather(&mut state, &mut group);
            let target = below(&mut state, count) as u32;
            let mut change = 0;
            for &block in &group {
                change += self.force(block, target);
            }
            let members = group.len();
            for member in 0..members {
                for end in self.ends_of(group[member]) {
                    let other = end.other as usize;
                    if group.len() < 4 * GROUP && !group.contains(&other) {
                        group.push(other);
                    }
                }
            }
            for &block in &group {
                change -= self.sift(block);
            }
            if change <= 0 {
                gained -= change;
                order.clone_from(&self.order);
                place.clone_from(&self.place);
            } else {
                self.order.clone_from(&order);
                self.place.clone_from(&place);
            }
        }
        gained
    }

    /// A block and some that hang together with it.
    fn gather(&self, state: &mut u64, group: &mut Vec<usize>) {
        group.clear();
        group.push(below(state, self.order.len()));
        let size = 1 + below(state, GROUP);
        let mut at = 0;
        while at < group.len() && group.len() < size {
            let ends = self.ends_of(group[at]);
            if !ends.is_empty() {
                let next = ends[below(state, ends.len())].other as usize;
                if !group.contains(&next) {
                    group.push(next);
                }
            }
            at += 1;
        }
    }

    /// Moves a block to the place `target` in the order; how many crossings come with it.
    fn force(&mut self, block: usize, target: u32) -> i64 {
        let mut near = std::mem::take(&mut self.near);
        self.find_near(block, &mut near);
        let own = self.place[block];
        let here = near.partition_point(|&other| self.place[other as usize] < own);
        let there = near.partition_point(|&other| self.place[other as usize] < target);
        let mut cost = 0;
        for &other in &near[here.min(there)..here.max(there)] {
            let change = self.change(block, other as usize);
            cost += if there > here { change } else { -change };
        }
        self.insert(block, &near, here, there);
        self.near = near;
        cost
    }

    /// Moves a block to the place among its neighbours where it crosses least, of several such
    /// places to the one nearest to what it is linked to.
    fn sift(&mut self, block: usize) -> i64 {
        let mut near = std::mem::take(&mut self.near);
        self.find_near(block, &mut near);
        let own = self.place[block];
        let here = near.partition_point(|&other| self.place[other as usize] < own);
        let wish = self.wish(block);
        let off = |at: usize| {
            let wished = wish.map(|wish| near.partition_point(|&other| self.place[other as usize] < wish));
            wished.map_or(0, |wished| wished.abs_diff(at))
        };
        let (mut best, mut best_at, mut best_off) = (0, here, off(here));
        for forwards in [false, true] {
            let (mut cost, mut at) = (0_i64, here);
            loop {
                let next = if forwards { near.get(at) } else { at.checked_sub(1).and_then(|at| near.get(at)) };
                let Some(&other) = next else { break };
                let change = self.change(block, other as usize);
                cost += if forwards { change } else { -change };
                at = if forwards { at + 1 } else { at - 1 };
                self.work += 1;
                if cost > best + HOPELESS {
                    break;
                }
                if cost < best || cost == best && off(at) < best_off {
                    (best, best_at, best_off) = (cost, at, off(at));
                }
            }
        }
        self.insert(block, &near, here, best_at);
        self.near = near;
        -best
    }

    /// Blocks of the same band that share gaps with a block, in their order.
    fn find_near(&mut self, block: usize, near: &mut Vec<u32>) {
        near.clear();
        let (low, high) = self.reach[block];
        for &other in &self.order {
            let reach = self.reach[other as usize];
            if reach.0 <= high && low <= reach.1 && other as usize != block {
                near.push(other);
            }
        }
        self.work += self.order.len() / 16;
    }

    /// Moves a block from one place among its neighbours to another.
    fn insert(&mut self, block: usize, near: &[u32], here: usize, there: usize) {
        let from = self.place[block] as usize;
        if there > here {
            let to = self.place[near[there - 1] as usize] as usize;
            self.order[from..=to].rotate_left(1);
            self.number(from, to + 1);
        } else if there < here {
            let to = self.place[near[there] as usize] as usize;
            self.order[to..=from].rotate_right(1);
            self.number(to, from + 1);
        }
    }

    /// The median place of what the block is linked to.
    fn wish(&mut self, block: usize) -> Option<u32> {
        let mut places = std::mem::take(&mut self.places);
        places.clear();
        places.extend(self.ends_of(block).iter().map(|end| self.place[end.other as usize]));
        places.sort_unstable();
        let wish = places.get(places.len() / 2).copied();
        self.places = places;
        wish
    }

    /// By how much crossings grow when `a`, right before `b`, moves right behind it.
    fn change(&self, a: usize, b: usize) -> i64 {
        let (span_a, span_b) = (&self.spans[a], &self.spans[b]);
        let (ends_a, ends_b) = (self.ends_of(a), self.ends_of(b));
        let middle = self.place[b];
        let mut change = 0_i64;
        // A line from `a` to somewhere behind crosses the lines inside `b` when `b` lies between.
        for end in ends_a.iter().filter(|end| end.other as usize != b) {
            let lines = self.lines_in(span_b, end);
            change += if self.place[end.other as usize] > middle { -lines } else { lines };
        }
        for end in ends_b.iter().filter(|end| end.other as usize != a) {
            let lines = self.lines_in(span_a, end);
            change += if self.place[end.other as usize] > middle { lines } else { -lines };
        }
        change += self.change_across(span_a, span_b);
        let mut from = 0;
        for end in ends_a {
            while ends_b.get(from).is_some_and(|other| (other.gap, other.before) < (end.gap, end.before)) {
                from += 1;
            }
            let same = |other: &&End| (other.gap, other.before) == (end.gap, end.before);
            let target = self.place[end.other as usize];
            for other in ends_b[from..].iter().take_while(same) {
                let other_target = if other.other as usize == a { middle } else { self.place[other.other as usize] };
                let weight = i64::from(end.weight * other.weight);
                change += weight * (i64::from(target < other_target) - i64::from(target > other_target));
            }
        }
        change
    }

    /// The same of what lines across the flow pass.
    fn change_across(&self, a: &Span, b: &Span) -> i64 {
        if self.across.is_empty() {
            return 0;
        }
        let at = |span: &Span, rank: u32| self.across[(span.first_line + rank - span.low) as usize];
        let common = a.low.max(b.low)..=a.high.min(b.high);
        common
            .map(|rank| {
                let ((rise_a, hindrance_a), (rise_b, hindrance_b)) = (at(a, rank), at(b, rank));
                i64::from(rise_a) * i64::from(hindrance_b) - i64::from(rise_b) * i64::from(hindrance_a)
            })
            .sum()
    }

    fn ends_of(&self, block: usize) -> &[End] {
        let span = &self.spans[block];
        &self.ends[span.first_end as usize..span.last_end as usize]
    }

    /// Lines inside a block times the lines of an end that crosses the same gap.
    #[inline]
    fn lines_in(&self, span: &Span, end: &End) -> i64 {
        if end.gap < span.low || end.gap > span.high {
            return 0;
        }
        i64::from(self.lines[(span.first_line + end.gap - span.low) as usize] * end.weight)
    }
}

/// A number below `count` from a fixed sequence (Vigna's splitmix64).
fn below(state: &mut u64, count: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    (mixed % count.max(1) as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, test_graph};
    use super::*;

    /// Three processes that hand on to three others, all exchanged.
    fn exchanged() -> Layered {
        let mut edges: Vec<(usize, usize)> = (0..6).map(|chain| (2 * chain, 2 * chain + 1)).collect();
        edges.extend([(1, 10), (3, 8), (5, 6), (1, 8), (3, 6)]);
        test_graph(12, &edges)
    }

    #[test]
    fn the_change_told_is_the_change_made() {
        let graph = exchanged();
        let blocks = blocks::find(&graph);
        let mut sifting = Sifting::new(&graph, &blocks);
        sifting.set_order(&(0..blocks.count as u32).collect::<Vec<u32>>());
        let count = |sifting: &Sifting| {
            let place = |node: usize| sifting.place[blocks.block[node]];
            let links = (0..graph.rank.len()).flat_map(|from| graph.down.of(from).iter().map(move |&to| (from, to)));
            let links: Vec<(usize, usize)> = links.collect();
            let mut crossings = 0_i64;
            for (at, a) in links.iter().enumerate() {
                let same = links[..at].iter().filter(|b| graph.rank[a.0] == graph.rank[b.0]);
                let sides = |b: &&(usize, usize)| {
                    let (left, right) = (place(a.0).cmp(&place(b.0)), place(a.1).cmp(&place(b.1)));
                    left.is_ne() && right.is_ne() && left != right
                };
                crossings += same.filter(sides).count() as i64;
            }
            crossings
        };
        let mut known = count(&sifting);
        assert!(known > 0);
        for round in 0..3 {
            let gained = sifting.round(round % 2 == 1, usize::MAX);
            assert_eq!(count(&sifting), known - gained);
            known -= gained;
        }
        known -= sifting.shake(50, usize::MAX, 0);
        assert_eq!(count(&sifting), known);
        assert_eq!(known, 0, "the processes can be told apart without a crossing");
    }
}
