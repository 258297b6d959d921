//! Coordinates across the flow: straight chains of blocks, packed lane by lane.
//!
//! After Brandes and Köpf, "Fast and simple horizontal coordinate assignment" (2002): each node
//! is aligned with the median of its neighbours, links between dummies first, which gives
//! blocks that must lie on one line. Instead of averaging four packings (which would bend the
//! blocks again) the blocks of each of the four alignments are packed and then moved, whole,
//! to where their links are shortest; the best of the four is kept. Where straight lines would
//! make the drawing much higher than its densest rank they are cut and may bend. Lanes are
//! packed one by one with the links inside them, so no lane pushes another apart.
//!
//! Invariant: two neighbours of a rank and lane keep at least their gap, in the order given.

use super::graph::{Layered, Role};
use crate::layout::request::FlowSpacing;

/// Centre across the flow of every node (turns excepted), each lane from 0 on, and the extent
/// of each lane.
pub(super) fn assign(graph: &Layered, bands: usize, spacing: &FlowSpacing) -> (Vec<f64>, Vec<f64>) {
    let mut across = vec![0.0; graph.rank.len()];
    let mut extents = vec![0.0; bands];
    for (band, extent) in extents.iter_mut().enumerate() {
        let ranks = ranks_of(graph, band);
        if ranks.iter().all(Vec::is_empty) {
            continue;
        }
        let mut best: Option<(f64, Vec<f64>)> = None;
        for variant in 0..4 {
            let found = arrange_variant(graph, &ranks, band, spacing, variant);
            if best.as_ref().is_none_or(|(cost, _)| found.0 < *cost) {
                best = Some(found);
            }
        }
        let Some((_, places)) = best else { continue };
        let members = || ranks.iter().flatten().copied();
        let top = |node: usize| places[node] - graph.height[node] / 2.0;
        let bottom = |node: usize| places[node] + graph.height[node] / 2.0;
        let least = members().map(top).fold(f64::INFINITY, f64::min);
        let most = members().map(bottom).fold(f64::NEG_INFINITY, f64::max);
        for node in members() {
            across[node] = places[node] - least;
        }
        *extent = most - least;
    }
    (across, extents)
}

/// The ranks with the nodes of one band only, without turns.
fn ranks_of(graph: &Layered, band: usize) -> Vec<Vec<usize>> {
    let keep = |node: &usize| graph.band[*node] == band && graph.role[*node] != Role::Turn;
    let filtered = |rank: &Vec<usize>| rank.iter().copied().filter(keep).collect();
    graph.ranks.iter().map(filtered).collect()
}

/// One of the four alignments, packed and relaxed: its cost and its coordinates.
fn arrange_variant(
    graph: &Layered,
    ranks: &[Vec<usize>],
    band: usize,
    spacing: &FlowSpacing,
    variant: usize,
) -> (f64, Vec<f64>) {
    let (upwards, mirrored) = (variant & 1 == 1, variant & 2 == 2);
    let mut packing = Packing::new(graph, ranks, band, spacing);
    packing.align(upwards, mirrored);
    packing.build_blocks();
    packing.compact();
    packing.pack();
    packing.relax();
    (packing.cost(), packing.coordinates())
}

const NONE: usize = usize::MAX;
/// Rounds in which blocks are cut, and the share of them that is cut in one.
const CUTTING_ROUNDS: usize = 60;
const CUTTING_SHARE: usize = 200;

/// Which links are aligned first.
#[derive(Clone, Copy)]
enum Pass {
    Inner,
    Mutual,
    Rest,
}

struct Packing<'a> {
    graph: &'a Layered,
    ranks: &'a [Vec<usize>],
    band: usize,
    spacing: FlowSpacing,
    position: Vec<usize>,
    /// Nodes right above and below each node in its rank, and the distance to the one below.
    over: Vec<usize>,
    under: Vec<usize>,
    apart: Vec<f64>,
    /// Next node of the same block in the direction of alignment; ends at `NONE`.
    next: Vec<usize>,
    aligned: Vec<bool>,
    block: Vec<usize>,
    members: Vec<Vec<usize>>,
    place: Vec<f64>,
    /// Blocks so that whatever lies above comes first.
    sorted: Vec<usize>,
}

impl<'a> Packing<'a> {
    fn new(graph: &'a Layered, ranks: &'a [Vec<usize>], band: usize, spacing: &FlowSpacing) -> Self {
        let count = graph.rank.len();
        let mut position = vec![NONE; count];
        for rank in ranks {
            for (at, &node) in rank.iter().enumerate() {
                position[node] = at;
            }
        }
        let mut packing = Self {
            graph,
            ranks,
            band,
            spacing: *spacing,
            position,
            over: vec![NONE; count],
            under: vec![NONE; count],
            apart: vec![0.0; count],
            next: vec![NONE; count],
            aligned: vec![false; count],
            block: vec![NONE; count],
            members: Vec::new(),
            place: Vec::new(),
            sorted: Vec::new(),
        };
        for pair in ranks.iter().flat_map(|rank| rank.windows(2)) {
            let &[over, under] = pair else { continue };
            packing.over[under] = over;
            packing.under[over] = under;
            packing.apart[over] = packing.separation(over, under);
        }
        packing
    }

    fn is_dummy(&self, node: usize) -> bool {
        self.graph.role[node] == Role::Dummy
    }

    fn gap(&self, a: usize, b: usize) -> f64 {
        match (self.is_dummy(a), self.is_dummy(b)) {
            (false, false) => self.spacing.node_gap,
            (true, true) => self.spacing.edge_gap,
            _ => self.spacing.edge_gap * 1.25,
        }
    }

    fn separation(&self, a: usize, b: usize) -> f64 {
        let heights = self.graph.height[a] + self.graph.height[b];
        heights / 2.0 + self.gap(a, b)
    }

    /// Neighbours of a node in this lane, in the order of their rank.
    fn neighbours(&self, node: usize, upwards: bool, into: &mut Vec<usize>) {
        let links = if upwards { &self.graph.down } else { &self.graph.up };
        into.clear();
        into.extend(links.of(node).iter().filter(|&&other| self.position[other] != NONE));
        into.sort_unstable_by_key(|&other| self.position[other]);
    }

    /// Aligns each node with the median of its neighbours in the rank before (after when
    /// `upwards`); in a mirrored run the lower median wins. Links between dummies go first, then
    /// those in the middle on both sides.
    fn align(&mut self, upwards: bool, mirrored: bool) {
        let count = self.ranks.len();
        let mut neighbours = Vec::new();
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for step in 1..count {
            let rank = if upwards { count - 1 - step } else { step };
            taken.clear();
            for pass in [Pass::Inner, Pass::Mutual, Pass::Rest] {
                let members = self.ranks[rank].len();
                for at in 0..members {
                    let at = if mirrored { members - 1 - at } else { at };
                    let node = self.ranks[rank][at];
                    self.neighbours(node, upwards, &mut neighbours);
                    if self.aligned[node] || neighbours.is_empty() {
                        continue;
                    }
                    let inner = || self.is_dummy(node) && neighbours.iter().any(|&other| self.is_dummy(other));
                    let now = match pass {
                        Pass::Inner => inner(),
                        Pass::Mutual => self.is_median_of_median(node, &neighbours, upwards, mirrored),
                        Pass::Rest => true,
                    };
                    if now {
                        self.align_node(node, &neighbours, mirrored, &mut taken);
                    }
                }
            }
        }
    }

    /// Whether a node is in the middle of what its own middle neighbour is linked to: so split
    /// and join of the same branches lie on the line of the same branch.
    fn is_median_of_median(&self, node: usize, neighbours: &[usize], upwards: bool, mirrored: bool) -> bool {
        let middle = |count: usize| if mirrored { count / 2 } else { (count - 1) / 2 };
        let mut back = Vec::new();
        self.neighbours(neighbours[middle(neighbours.len())], !upwards, &mut back);
        !back.is_empty() && back[middle(back.len())] == node
    }

    fn align_node(&mut self, node: usize, neighbours: &[usize], mirrored: bool, taken: &mut Vec<(usize, usize)>) {
        let (low, high) = ((neighbours.len() - 1) / 2, neighbours.len() / 2);
        let medians = if mirrored { [high, low] } else { [low, high] };
        for median in medians {
            let other = neighbours[median];
            let link = (self.position[other], self.position[node]);
            // Links aligned so far are kept sorted; a new one must fit without crossing.
            let at = taken.partition_point(|known| known.0 < link.0);
            let before = at.checked_sub(1).and_then(|index| taken.get(index));
            let after = taken.get(at);
            let fits = before.is_none_or(|known| known.1 < link.1)
                && after.is_none_or(|known| known.0 > link.0 && known.1 > link.1);
            if fits {
                taken.insert(at, link);
                self.next[other] = node;
                self.aligned[node] = true;
                return;
            }
        }
    }

    fn build_blocks(&mut self) {
        for rank in self.ranks {
            for &node in rank {
                if self.aligned[node] {
                    continue;
                }
                let block = self.members.len();
                let mut members = Vec::new();
                let mut at = node;
                while at != NONE {
                    self.block[at] = block;
                    members.push(at);
                    at = self.next[at];
                }
                self.members.push(members);
            }
        }
        self.place = vec![0.0; self.members.len()];
        self.sort_blocks();
    }

    fn sort_blocks(&mut self) {
        let count = self.members.len();
        let mut waiting = vec![0_usize; count];
        for (_, below) in self.pairs() {
            waiting[self.block[below]] += 1;
        }
        let mut ready: Vec<usize> = (0..count).filter(|&block| waiting[block] == 0).collect();
        let mut at = 0;
        while at < ready.len() {
            for &node in &self.members[ready[at]] {
                if let Some(below) = self.below(node) {
                    let block = self.block[below];
                    waiting[block] -= 1;
                    if waiting[block] == 0 {
                        ready.push(block);
                    }
                }
            }
            at += 1;
        }
        self.sorted = ready;
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let of_rank = |rank: &'a Vec<usize>| rank.iter().copied().zip(rank.iter().copied().skip(1));
        self.ranks.iter().flat_map(of_rank)
    }

    fn below(&self, node: usize) -> Option<usize> {
        Some(self.under[node]).filter(|&node| node != NONE)
    }

    fn above(&self, node: usize) -> Option<usize> {
        Some(self.over[node]).filter(|&node| node != NONE)
    }

    /// Every block as far up as it goes, then as far down as its followers allow.
    fn pack(&mut self) {
        for index in 0..self.sorted.len() {
            let block = self.sorted[index];
            let (low, _) = self.room(block);
            self.place[block] = if low.is_finite() { low } else { 0.0 };
        }
        for index in (0..self.sorted.len()).rev() {
            let block = self.sorted[index];
            let (_, high) = self.room(block);
            if high.is_finite() {
                self.place[block] = self.place[block].max(high);
            }
        }
    }

    /// Extent of the rank that needs most room.
    fn densest(&self) -> f64 {
        let extent = |rank: &Vec<usize>| {
            let pairs = rank.iter().zip(rank.iter().skip(1));
            pairs.map(|(&a, _)| self.apart[a]).sum::<f64>()
        };
        self.ranks.iter().map(extent).fold(0.0, f64::max)
    }

    /// Cuts blocks that make the drawing much higher than its densest rank: a long straight line
    /// hands the room needed in one rank on to all others. On each path of blocks that is too
    /// long one block is cut between the rank where it is pushed and the rank where it pushes.
    fn compact(&mut self) {
        let target = self.densest() * 1.5 + self.spacing.node_gap * 8.0;
        for _ in 0..CUTTING_ROUNDS {
            let (above, below) = (self.reach(true), self.reach(false));
            let extent = |block: usize| above[block].0 + below[block].0;
            let mut long: Vec<usize> = (0..self.members.len()).filter(|&block| extent(block) > target).collect();
            if long.is_empty() {
                return;
            }
            long.sort_by(|&a, &b| extent(b).total_cmp(&extent(a)).then(a.cmp(&b)));
            let mut seen = vec![[false; 2]; self.members.len()];
            let mut cuts = Vec::new();
            for block in long {
                if seen[block] != [false; 2] {
                    continue;
                }
                if cuts.len() > self.sorted.len() / CUTTING_SHARE + 1 {
                    break;
                }
                cuts.extend(self.best_cut(block, &above, &below, &mut seen));
            }
            if cuts.is_empty() {
                return;
            }
            for (block, at) in cuts {
                self.cut(block, at);
            }
            self.sort_blocks();
        }
    }

    /// Per block the extent of all that must lie above (below) it, and the member where it is so.
    fn reach(&self, upwards: bool) -> Vec<(f64, usize)> {
        let mut reach = vec![(0.0, NONE); self.members.len()];
        for index in 0..self.sorted.len() {
            let index = if upwards { index } else { self.sorted.len() - 1 - index };
            let block = self.sorted[index];
            for (at, &node) in self.members[block].iter().enumerate() {
                let other = if upwards { self.above(node) } else { self.below(node) };
                let Some(other) = other else { continue };
                let apart = self.apart[if upwards { other } else { node }];
                let found = reach[self.block[other]].0 + apart;
                if found > reach[block].0 {
                    reach[block] = (found, at);
                }
            }
        }
        reach
    }

    /// Where to cut the longest path through a block: the block, and the first member to go.
    fn best_cut(
        &self,
        middle: usize,
        above: &[(f64, usize)],
        below: &[(f64, usize)],
        seen: &mut [[bool; 2]],
    ) -> Option<(usize, usize)> {
        let mut best: Option<(f64, usize, usize)> = None;
        for upwards in [true, false] {
            let mut block = middle;
            loop {
                let (up, down) = (above[block].1, below[block].1);
                let known = seen[block];
                if std::mem::replace(&mut seen[block][usize::from(upwards)], true) {
                    break;
                }
                if known == [false; 2] && up != NONE && down != NONE && up != down {
                    self.best_cut_of(block, above, below, &mut best);
                }
                let at = if upwards { up } else { down };
                if at == NONE {
                    break;
                }
                let node = self.members[block][at];
                let next = if upwards { self.above(node) } else { self.below(node) };
                let Some(next) = next else { break };
                block = self.block[next];
            }
        }
        best.map(|(_, block, at)| (block, at))
    }

    /// Weighs by how much the two halves of a block need less room than the whole.
    fn best_cut_of(
        &self,
        block: usize,
        above: &[(f64, usize)],
        below: &[(f64, usize)],
        best: &mut Option<(f64, usize, usize)>,
    ) {
        let rooms = self.members[block].iter().map(|&node| {
            let over = self.above(node).map_or(0.0, |over| above[self.block[over]].0 + self.apart[over]);
            let under = self.below(node).map_or(0.0, |under| below[self.block[under]].0 + self.apart[node]);
            (over, under)
        });
        let rooms: Vec<(f64, f64)> = rooms.collect();
        let larger = |a: (f64, f64), b: &(f64, f64)| (a.0.max(b.0), a.1.max(b.1));
        let mut tails = vec![(0.0_f64, 0.0_f64); rooms.len() + 1];
        for at in (0..rooms.len()).rev() {
            tails[at] = larger(tails[at + 1], &rooms[at]);
        }
        let mut head = (0.0_f64, 0.0_f64);
        for at in 1..rooms.len() {
            head = larger(head, &rooms[at - 1]);
            let gain = tails[0].0 + tails[0].1 - (head.0 + head.1).max(tails[at].0 + tails[at].1);
            let worth = gain * (1.0 - 0.15 * self.cutting_price(block, at));
            if worth > 1.0 && best.is_none_or(|(known, ..)| worth > known) {
                *best = Some((worth, block, at));
            }
        }
    }

    /// How bad a bend is between a member and the one before it.
    fn cutting_price(&self, block: usize, at: usize) -> f64 {
        let (a, b) = (self.members[block][at - 1], self.members[block][at]);
        let alone = |node: usize| self.graph.up.of(node).len() <= 1 && self.graph.down.of(node).len() <= 1;
        match (self.is_dummy(a), self.is_dummy(b)) {
            (true, true) => 3.0,
            (false, false) if alone(a) && alone(b) => 4.0,
            (false, false) => 2.0,
            _ => 1.0,
        }
    }

    fn cut(&mut self, block: usize, at: usize) {
        if at == 0 || at >= self.members[block].len() {
            return;
        }
        let tail = self.members[block].split_off(at);
        for &node in &tail {
            self.block[node] = self.members.len();
        }
        self.members.push(tail);
        self.place.push(0.0);
    }

    /// Between which places a block may be moved while all others stay.
    fn room(&self, block: usize) -> (f64, f64) {
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        for &node in &self.members[block] {
            if let Some(above) = self.above(node) {
                low = low.max(self.place[self.block[above]] + self.apart[above]);
            }
            if let Some(below) = self.below(node) {
                high = high.min(self.place[self.block[below]] - self.apart[node]);
            }
        }
        (low, high)
    }

    /// Moves blocks to the median of what they are linked to, several times.
    fn relax(&mut self) {
        let mut wishes = Vec::new();
        for round in 0..8 {
            for index in 0..self.sorted.len() {
                let index = if round % 2 == 0 { index } else { self.sorted.len() - 1 - index };
                let block = self.sorted[index];
                self.wishes(block, &mut wishes);
                if wishes.is_empty() {
                    continue;
                }
                wishes.sort_unstable_by(f64::total_cmp);
                let (low, high) = (wishes[(wishes.len() - 1) / 2], wishes[wishes.len() / 2]);
                let wish = self.place[block].clamp(low, high);
                let (low, high) = self.room(block);
                if low <= high {
                    self.place[block] = wish.clamp(low, high);
                }
            }
        }
    }

    /// Places of all nodes outside the block that are linked to it, also round turns.
    fn wishes(&self, block: usize, wishes: &mut Vec<f64>) {
        wishes.clear();
        for &node in &self.members[block] {
            for links in [&self.graph.up, &self.graph.down] {
                for &other in links.of(node) {
                    if self.graph.role[other] == Role::Turn {
                        let ends = [&self.graph.up, &self.graph.down];
                        let ends = ends.into_iter().flat_map(|links| links.of(other));
                        for &end in ends.filter(|&&end| end != node) {
                            self.wish(block, end, wishes);
                        }
                    } else {
                        self.wish(block, other, wishes);
                    }
                }
            }
        }
    }

    fn wish(&self, block: usize, other: usize, wishes: &mut Vec<f64>) {
        let inside = self.graph.band[other] == self.band && self.position[other] != NONE;
        if inside && self.block[other] != block {
            wishes.push(self.place[self.block[other]]);
        }
    }

    /// Length of all links across the flow, a bend counted as a fixed length, plus the extent.
    fn cost(&self) -> f64 {
        let mut cost = 0.0;
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for &node in self.ranks.iter().flatten() {
            let place = self.place[self.block[node]];
            low = low.min(place);
            high = high.max(place);
            for &other in self.graph.down.of(node) {
                if self.position[other] != NONE {
                    let distance = (self.place[self.block[other]] - place).abs();
                    cost += distance + if distance > 0.5 { 40.0 } else { 0.0 };
                }
            }
        }
        cost + (high - low) * 4.0
    }

    fn coordinates(&self) -> Vec<f64> {
        let place = |&block: &usize| self.place.get(block).copied().unwrap_or(0.0);
        self.block.iter().map(place).collect()
    }
}
