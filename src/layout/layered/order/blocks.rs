//! Blocks: parts of a flow that keep together when ranks are ordered.
//!
//! A flow is mostly made of sequences and of branches that split and join again. Both are
//! reduced, again and again, to one *fragment* (series-parallel reduction after Valdes, Tarjan
//! and Lawler, "The recognition of series parallel digraphs", 1982), whose inside can be ordered
//! without a crossing. What is left is a much smaller graph. A *block* is a fragment of that rest
//! together with the nodes it leads on from or to alone; it is moved as a whole. Everything in
//! one block lies in one band. Does not recurse.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::layout::layered::graph::{Layered, Role};

/// Which block every node belongs to, and its place in there.
pub(super) struct Blocks {
    /// Number of blocks.
    pub count: usize,
    /// Block of every node, dummies and turns included.
    pub block: Vec<usize>,
    /// Order inside the block: of two nodes of a rank and block the smaller stands first.
    pub inner: Vec<usize>,
}

const NONE: usize = usize::MAX;

/// A path of the flow, or several between the same two nodes.
struct Fragment {
    from: usize,
    to: usize,
    /// Band of what it holds; `None` when it holds no node.
    band: Option<usize>,
    /// First edge of the request in it: branches keep the order of the request.
    first: usize,
    /// How many more lines leave it across the flow upward than downward: such branches stand further up.
    rise: i64,
    content: Content,
}

enum Content {
    Edge(usize),
    /// One fragment, a node, another fragment.
    Series(usize, usize, usize),
    /// Branches between the same two nodes.
    Parallel(Vec<usize>),
}

/// Finds the blocks of a graph.
pub(super) fn find(graph: &Layered) -> Blocks {
    let mut reduction = Reduction::new(graph);
    reduction.run();
    reduction.blocks()
}

struct Reduction<'a> {
    graph: &'a Layered,
    /// Real nodes.
    nodes: usize,
    fragments: Vec<Fragment>,
    alive: Vec<bool>,
    known: FxHashMap<(usize, usize), usize>,
    /// Living fragments that enter and leave each node: how many, and all their numbers in one
    /// exclusive or, which is the number of the only one where there is one.
    entering: Vec<(usize, usize)>,
    leaving: Vec<(usize, usize)>,
    /// Nodes inside a fragment.
    gone: Vec<bool>,
}

impl<'a> Reduction<'a> {
    fn new(graph: &'a Layered) -> Self {
        let nodes = graph.role.iter().position(|&role| role != Role::Real).unwrap_or(graph.role.len());
        let mut reduction = Self {
            graph,
            nodes,
            fragments: Vec::new(),
            alive: Vec::new(),
            known: FxHashMap::default(),
            entering: vec![(0, 0); nodes],
            leaving: vec![(0, 0); nodes],
            gone: vec![false; nodes],
        };
        for (edge, chain) in graph.chains.iter().enumerate() {
            let (from, to) = chain.ends;
            let band = chain.dummies.first().map(|&dummy| graph.band[dummy]);
            reduction.add(Fragment { from, to, band, first: edge, rise: 0, content: Content::Edge(edge) });
        }
        reduction
    }

    fn count_in(&mut self, fragment: usize, by: isize) {
        let Fragment { from, to, .. } = self.fragments[fragment];
        for (count, numbers) in [&mut self.leaving[from], &mut self.entering[to]] {
            *count = count.wrapping_add_signed(by);
            *numbers ^= fragment;
        }
    }

    /// Adds a fragment, as a branch of another one between the same nodes where there is one.
    fn add(&mut self, fragment: Fragment) {
        let ends = (fragment.from, fragment.to);
        if let Some(&other) = self.known.get(&ends)
            && let Some(band) = joined(self.fragments[other].band, fragment.band)
        {
            let branch = self.store(fragment, false);
            self.merge(other, branch, band);
            return;
        }
        let number = self.store(fragment, true);
        self.known.insert(ends, number);
        self.count_in(number, 1);
    }

    fn store(&mut self, fragment: Fragment, alive: bool) -> usize {
        self.fragments.push(fragment);
        self.alive.push(alive);
        self.fragments.len() - 1
    }

    /// Makes `branch` a branch beside what `whole` holds.
    fn merge(&mut self, whole: usize, branch: usize, band: Option<usize>) {
        let Fragment { first, rise, .. } = self.fragments[branch];
        if let Content::Parallel(branches) = &mut self.fragments[whole].content {
            branches.push(branch);
        } else {
            let Fragment { from, to, band, first, rise, .. } = self.fragments[whole];
            let content = std::mem::replace(&mut self.fragments[whole].content, Content::Parallel(Vec::new()));
            let before = self.store(Fragment { from, to, band, first, rise, content }, false);
            self.fragments[whole].content = Content::Parallel(vec![before, branch]);
        }
        self.fragments[whole].band = band;
        self.fragments[whole].first = self.fragments[whole].first.min(first);
        self.fragments[whole].rise += rise;
    }

    fn run(&mut self) {
        let mut waiting: Vec<usize> = (0..self.nodes).rev().collect();
        while let Some(node) = waiting.pop() {
            let ((1, before), (1, after)) = (self.entering[node], self.leaving[node]) else {
                continue;
            };
            let own = Some(self.graph.band[node]);
            let (first, second) = (&self.fragments[before], &self.fragments[after]);
            if self.gone[node] || joined(first.band, own).is_none() || joined(second.band, own).is_none() {
                continue;
            }
            let series = Fragment {
                from: first.from,
                to: second.to,
                band: own,
                first: first.first,
                rise: first.rise + self.graph.rise(node) + second.rise,
                content: Content::Series(before, node, after),
            };
            self.gone[node] = true;
            for part in [before, after] {
                self.alive[part] = false;
                self.count_in(part, -1);
                let Fragment { from, to, .. } = self.fragments[part];
                if self.known.get(&(from, to)) == Some(&part) {
                    self.known.remove(&(from, to));
                }
            }
            waiting.extend([series.to, series.from]);
            self.add(series);
        }
    }

    /// Blocks of what is left: a fragment goes with the node that has no other way on.
    fn blocks(&self) -> Blocks {
        let mut leader: Vec<usize> = (0..self.nodes + self.fragments.len()).collect();
        for fragment in (0..self.fragments.len()).filter(|&fragment| self.alive[fragment]) {
            let Fragment { from, to, band, .. } = self.fragments[fragment];
            let own = self.nodes + fragment;
            let mut held = band;
            for (node, alone) in [(from, self.leaving[from].0 == 1), (to, self.entering[to].0 == 1)] {
                let both = joined(held, Some(self.graph.band[node]));
                if alone && both.is_some() {
                    held = both.flatten();
                    let (a, b) = (lead(&mut leader, own), lead(&mut leader, node));
                    leader[a.max(b)] = a.min(b);
                }
            }
        }
        let mut blocks =
            Blocks { count: 0, block: vec![NONE; self.graph.rank.len()], inner: vec![0; self.graph.rank.len()] };
        let mut number = vec![NONE; leader.len()];
        let mut numbering =
            Numbering { reduction: self, next: 0, deferred: Vec::new(), placed: Vec::new(), tasks: Vec::new() };
        // Nodes before the fragments beside them: a turn stands behind both.
        for piece in 0..leader.len() {
            let present = match piece.checked_sub(self.nodes) {
                None => !self.gone[piece],
                // A fragment without a band holds nothing.
                Some(fragment) => self.alive[fragment] && self.fragments[fragment].band.is_some(),
            };
            if !present {
                continue;
            }
            let top = lead(&mut leader, piece);
            if number[top] == NONE {
                number[top] = blocks.count;
                blocks.count += 1;
            }
            let block = number[top];
            if piece < self.nodes {
                numbering.set(piece, block, &mut blocks);
            } else {
                numbering.emit(piece - self.nodes, block, &mut blocks);
            }
        }
        blocks
    }
}

/// The band two things have together: `None` where theirs differ.
fn joined(a: Option<usize>, b: Option<usize>) -> Option<Option<usize>> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => None,
        (Some(band), _) | (None, Some(band)) => Some(Some(band)),
        (None, None) => Some(None),
    }
}

fn lead(leader: &mut [usize], mut piece: usize) -> usize {
    while leader[piece] != piece {
        leader[piece] = leader[leader[piece]];
        piece = leader[piece];
    }
    piece
}

/// Gives the nodes of fragments their places inside the block.
struct Numbering<'a> {
    reduction: &'a Reduction<'a>,
    next: usize,
    /// Edges that run back, to be placed before or behind the sequence they belong to.
    deferred: Vec<usize>,
    /// Nodes that have their place.
    placed: Vec<usize>,
    tasks: Vec<Task>,
}

enum Task {
    /// A fragment; whether it is part of a sequence.
    Fragment(usize, bool),
    /// Edges deferred since a sequence began are placed now.
    Flush(Begun),
}

/// The state when a sequence began.
#[derive(Clone, Copy)]
struct Begun {
    deferred: usize,
    placed: usize,
    /// First of the numbers kept free before it.
    free: usize,
}

impl Numbering<'_> {
    fn set(&mut self, node: usize, block: usize, blocks: &mut Blocks) {
        blocks.block[node] = block;
        blocks.inner[node] = self.next;
        self.next += 1;
        self.placed.push(node);
    }

    fn emit(&mut self, fragment: usize, block: usize, blocks: &mut Blocks) {
        self.tasks.push(Task::Fragment(fragment, false));
        while let Some(task) = self.tasks.pop() {
            match task {
                Task::Flush(begun) => self.place_deferred(begun, block, blocks),
                Task::Fragment(fragment, in_series) => self.emit_one(fragment, in_series, block, blocks),
            }
        }
    }

    fn emit_one(&mut self, fragment: usize, in_series: bool, block: usize, blocks: &mut Blocks) {
        let reduction = self.reduction;
        match &reduction.fragments[fragment].content {
            Content::Edge(edge) => {
                if in_series && reduction.graph.chains[*edge].backward {
                    self.deferred.push(*edge);
                } else {
                    self.set_edge(*edge, block, blocks);
                }
            }
            Content::Series(before, node, after) => {
                if !in_series {
                    let (deferred, placed) = (self.deferred.len(), self.placed.len());
                    self.tasks.push(Task::Flush(Begun { deferred, placed, free: self.next }));
                    if !reduction.graph.across.is_empty() {
                        self.next += reduction.graph.rank.len();
                    }
                }
                self.set(*node, block, blocks);
                self.tasks.extend([Task::Fragment(*after, true), Task::Fragment(*before, true)]);
            }
            Content::Parallel(branches) => {
                let back = |branch: usize| match reduction.fragments[branch].content {
                    Content::Edge(edge) => reduction.graph.chains[edge].backward,
                    _ => false,
                };
                let mut sorted = branches.clone();
                sorted.sort_by_key(|&branch| {
                    let Fragment { rise, first, .. } = reduction.fragments[branch];
                    (back(branch), Reverse(rise), first)
                });
                for &branch in sorted.iter().rev() {
                    self.tasks.push(Task::Fragment(branch, in_series && back(branch)));
                }
            }
        }
    }

    /// Lines back run behind their sequence, or before it where more lines leave it that way.
    fn place_deferred(&mut self, begun: Begun, block: usize, blocks: &mut Blocks) {
        let graph = self.reduction.graph;
        let sequence = begun.placed..self.placed.len();
        let (before, behind): (Vec<usize>, Vec<usize>) =
            self.deferred.split_off(begun.deferred).into_iter().partition(|&edge| {
                let (low, high) = graph.chains[edge].ends;
                let passed = graph.rank[low]..=graph.rank[high];
                let nodes = self.placed[sequence.clone()].iter().filter(|&&node| passed.contains(&graph.rank[node]));
                nodes.map(|&node| graph.rise(node)).sum::<i64>() < 0
            });
        behind.into_iter().for_each(|edge| self.set_edge(edge, block, blocks));
        // The first ones stand next to the sequence.
        let next = std::mem::replace(&mut self.next, begun.free);
        before.into_iter().rev().for_each(|edge| self.set_edge(edge, block, blocks));
        self.next = next;
    }

    fn set_edge(&mut self, edge: usize, block: usize, blocks: &mut Blocks) {
        let reduction = self.reduction;
        let chain = &reduction.graph.chains[edge];
        for &dummy in &chain.dummies {
            self.set(dummy, block, blocks);
        }
        if let Some((first, last)) = chain.turns {
            self.set(first, block, blocks);
            self.set(last, block, blocks);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_graph;
    use super::*;

    #[test]
    fn what_splits_and_joins_is_one_block() {
        // 0 - 1 < (2 - 3 | 4) > 5 - 6, and a line back from 5 to 1.
        let graph = test_graph(7, &[(0, 1), (1, 2), (2, 3), (3, 5), (1, 4), (4, 5), (5, 6), (5, 1)]);
        let blocks = find(&graph);
        assert_eq!(blocks.count, 1);
        assert!(blocks.inner[2] < blocks.inner[4], "branches in the order of their edges");
    }

    #[test]
    fn a_line_across_keeps_the_blocks_apart() {
        // A bridge between two branches: nothing can be reduced but what runs in sequence.
        let graph = test_graph(6, &[(0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (3, 4), (4, 5)]);
        let blocks = find(&graph);
        assert!(blocks.count > 1);
        assert_eq!(blocks.block[4], blocks.block[5]);
        assert!(blocks.block.iter().all(|&block| block < blocks.count));
    }
}
