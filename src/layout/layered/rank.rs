//! Ranks: the column of every node, so that all edges together are as short as possible.
//!
//! Network simplex after Gansner, Koutsofios, North and Vo, "A technique for drawing directed
//! graphs" (1993): a spanning tree of tight edges, whose edges with negative cut value are
//! exchanged until none is left. The subtree of a node is a contiguous run of the postorder,
//! which makes searching and shifting it a walk over a slice. Pivots are bounded, so that a
//! hostile graph ends with good instead of best ranks.

/// An edge of the ranking problem: `to` lies at least `length` ranks after `from`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Constraint {
    pub from: usize,
    pub to: usize,
    pub length: i32,
}

/// The rank of every node, from 0 on. The constraints must have no cycle; a graph of several
/// parts is ranked part by part.
pub(super) fn assign(count: usize, edges: &[Constraint]) -> Vec<usize> {
    let mut ranking = Ranking::new(count, edges);
    ranking.longest_path();
    ranking.grow_tree();
    ranking.improve();
    ranking.normalised()
}

const NONE: usize = usize::MAX;

struct Ranking<'a> {
    edges: &'a [Constraint],
    /// Incident edges of every node, grouped.
    first: Vec<usize>,
    incident: Vec<usize>,
    rank: Vec<i32>,
    in_tree: Vec<bool>,
    tree: Vec<Vec<usize>>,
    cut: Vec<i32>,
    parent: Vec<usize>,
    low: Vec<usize>,
    number: Vec<usize>,
    postorder: Vec<usize>,
    /// Tree edges, each at a fixed place until exchanged.
    chosen: Vec<usize>,
    /// First node of each part.
    roots: Vec<usize>,
}

impl<'a> Ranking<'a> {
    fn new(count: usize, edges: &'a [Constraint]) -> Self {
        let mut first = vec![0; count + 1];
        for edge in edges {
            first[edge.from + 1] += 1;
            first[edge.to + 1] += 1;
        }
        for node in 0..count {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut incident = vec![0; edges.len() * 2];
        for (index, edge) in edges.iter().enumerate() {
            for node in [edge.from, edge.to] {
                incident[next[node]] = index;
                next[node] += 1;
            }
        }
        Self {
            edges,
            first,
            incident,
            rank: vec![0; count],
            in_tree: vec![false; edges.len()],
            tree: vec![Vec::new(); count],
            cut: vec![0; edges.len()],
            parent: vec![NONE; count],
            low: vec![0; count],
            number: vec![0; count],
            postorder: vec![0; count],
            chosen: Vec::new(),
            roots: Vec::new(),
        }
    }

    fn count(&self) -> usize {
        self.rank.len()
    }

    fn slack(&self, edge: usize) -> i32 {
        let edge = self.edges[edge];
        self.rank[edge.to] - self.rank[edge.from] - edge.length
    }

    fn longest_path(&mut self) {
        let mut waiting = vec![0_usize; self.count()];
        for edge in self.edges {
            waiting[edge.to] += 1;
        }
        let mut ready: Vec<usize> = (0..self.count()).filter(|&n| waiting[n] == 0).collect();
        let mut at = 0;
        while at < ready.len() {
            let node = ready[at];
            at += 1;
            for index in self.first[node]..self.first[node + 1] {
                let edge = self.edges[self.incident[index]];
                if edge.from == node {
                    let least = self.rank[node] + edge.length;
                    self.rank[edge.to] = self.rank[edge.to].max(least);
                    waiting[edge.to] -= 1;
                    if waiting[edge.to] == 0 {
                        ready.push(edge.to);
                    }
                }
            }
        }
        // Nodes before their first successor, not at the far left.
        for &node in ready.iter().rev() {
            let mut room = i32::MAX;
            let mut entered = false;
            for index in self.first[node]..self.first[node + 1] {
                let edge = self.edges[self.incident[index]];
                if edge.from == node {
                    room = room.min(self.rank[edge.to] - edge.length);
                } else {
                    entered = true;
                }
            }
            if !entered && room != i32::MAX {
                self.rank[node] = room;
            }
        }
    }

    /// Grows a spanning tree of tight edges in every part, shifting ranks where needed.
    fn grow_tree(&mut self) {
        let mut inside = vec![false; self.count()];
        for root in 0..self.count() {
            if inside[root] {
                continue;
            }
            self.roots.push(root);
            let mut members = vec![root];
            inside[root] = true;
            let mut at = 0;
            loop {
                while at < members.len() {
                    let node = members[at];
                    at += 1;
                    for index in self.first[node]..self.first[node + 1] {
                        let edge = self.incident[index];
                        let other = self.other(edge, node);
                        if !inside[other] && self.slack(edge) == 0 {
                            inside[other] = true;
                            members.push(other);
                            self.join(edge);
                        }
                    }
                }
                let Some(edge) = self.nearest_outside(&members, &inside) else {
                    break;
                };
                let mut shift = self.slack(edge);
                if inside[self.edges[edge].to] {
                    shift = -shift;
                }
                for &node in &members {
                    self.rank[node] += shift;
                }
                let Constraint { from, to, .. } = self.edges[edge];
                let outside = if inside[from] { to } else { from };
                inside[outside] = true;
                members.push(outside);
                self.join(edge);
                // Any earlier member may have a tight edge now.
                at = 0;
            }
        }
    }

    fn nearest_outside(&self, members: &[usize], inside: &[bool]) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for &node in members {
            for index in self.first[node]..self.first[node + 1] {
                let edge = self.incident[index];
                if !inside[self.other(edge, node)] {
                    let found = (self.slack(edge), edge);
                    best = Some(best.map_or(found, |known| known.min(found)));
                }
            }
        }
        best.map(|(_, edge)| edge)
    }

    fn other(&self, edge: usize, node: usize) -> usize {
        let edge = self.edges[edge];
        if edge.from == node { edge.to } else { edge.from }
    }

    fn join(&mut self, edge: usize) {
        let Constraint { from, to, .. } = self.edges[edge];
        self.in_tree[edge] = true;
        self.tree[from].push(edge);
        self.tree[to].push(edge);
        self.chosen.push(edge);
    }

    /// Numbers the subtree of `root` in postorder, starting at `start`.
    fn number_from(&mut self, root: usize, parent: usize, start: usize) {
        let mut next = start;
        self.parent[root] = parent;
        self.low[root] = next;
        let mut path = vec![(root, 0_usize)];
        while let Some((node, at)) = path.pop() {
            let Some(&edge) = self.tree[node].get(at) else {
                self.number[node] = next;
                self.postorder[next] = node;
                next += 1;
                continue;
            };
            path.push((node, at + 1));
            if edge != self.parent[node] {
                let child = self.other(edge, node);
                self.parent[child] = edge;
                self.low[child] = next;
                path.push((child, 0));
            }
        }
    }

    fn in_subtree(&self, top: usize, node: usize) -> bool {
        self.low[top] <= self.number[node] && self.number[node] <= self.number[top]
    }

    fn improve(&mut self) {
        let mut start = 0;
        for root in self.roots.clone() {
            self.number_from(root, NONE, start);
            start = self.number[root] + 1;
        }
        self.initial_cuts();
        let limit = 50 * self.count() + 1000;
        let mut from = 0;
        for _ in 0..limit {
            let Some(place) = self.leaving(&mut from) else {
                return;
            };
            let Some(entering) = self.entering(self.chosen[place]) else {
                return;
            };
            self.exchange(place, entering);
        }
    }

    /// The cut value of a tree edge is what leaves its subtree less what enters it.
    fn initial_cuts(&mut self) {
        let mut sum = vec![0; self.count()];
        for edge in self.edges {
            sum[edge.from] += 1;
            sum[edge.to] -= 1;
        }
        for &node in &self.postorder {
            let edge = self.parent[node];
            if edge != NONE {
                let upper = self.other(edge, node);
                sum[upper] += sum[node];
                let is_tail = self.edges[edge].from == node;
                self.cut[edge] = if is_tail { sum[node] } else { -sum[node] };
            }
        }
    }

    /// A tree edge with a very negative cut value, searched round from the last one found.
    fn leaving(&self, from: &mut usize) -> Option<usize> {
        let count = self.chosen.len();
        let mut best: Option<(i32, usize)> = None;
        let mut seen = 0;
        for step in 0..count {
            let place = (*from + step) % count;
            let cut = self.cut[self.chosen[place]];
            if cut < 0 {
                if best.is_none_or(|(known, _)| cut < known) {
                    best = Some((cut, place));
                }
                seen += 1;
                if seen == 20 {
                    break;
                }
            }
        }
        let (_, place) = best?;
        *from = place + 1;
        Some(place)
    }

    /// The tightest edge that joins the two halves in the other direction.
    fn entering(&self, leaving: usize) -> Option<usize> {
        let Constraint { from, to, .. } = self.edges[leaving];
        let tail_below = self.number[from] < self.number[to];
        let top = if tail_below { from } else { to };
        let mut best: Option<(i32, usize)> = None;
        for place in self.low[top]..=self.number[top] {
            let node = self.postorder[place];
            for index in self.first[node]..self.first[node + 1] {
                let edge = self.incident[index];
                let one = self.edges[edge];
                let (end, other) = if tail_below { (one.to, one.from) } else { (one.from, one.to) };
                if end == node && !self.in_tree[edge] && !self.in_subtree(top, other) {
                    let found = (self.slack(edge), edge);
                    best = Some(best.map_or(found, |known| known.min(found)));
                    if found.0 == 0 {
                        return best.map(|(_, edge)| edge);
                    }
                }
            }
        }
        best.map(|(_, edge)| edge)
    }

    fn exchange(&mut self, place: usize, entering: usize) {
        let leaving = self.chosen[place];
        self.shift_ranks(leaving, entering);
        let cut = self.cut[leaving];
        let Constraint { from, to, .. } = self.edges[entering];
        let top = self.climb(from, to, cut, true);
        self.climb(to, from, cut, false);
        self.cut[entering] = -cut;
        self.cut[leaving] = 0;
        let gone = self.edges[leaving];
        for node in [gone.from, gone.to] {
            self.tree[node].retain(|&edge| edge != leaving);
        }
        self.in_tree[leaving] = false;
        self.in_tree[entering] = true;
        self.tree[from].push(entering);
        self.tree[to].push(entering);
        self.chosen[place] = entering;
        self.number_from(top, self.parent[top], self.low[top]);
    }

    /// Moves the half below the leaving edge so that the entering edge becomes tight.
    fn shift_ranks(&mut self, leaving: usize, entering: usize) {
        let mut shift = self.slack(entering);
        if shift == 0 {
            return;
        }
        let Constraint { from, to, .. } = self.edges[leaving];
        let top = if self.number[from] < self.number[to] { from } else { to };
        if self.in_subtree(top, self.edges[entering].to) {
            shift = -shift;
        }
        for place in self.low[top]..=self.number[top] {
            let node = self.postorder[place];
            self.rank[node] += shift;
        }
    }

    /// Adds the cut value along the path from `node` up to where `other` joins; that place.
    fn climb(&mut self, mut node: usize, other: usize, cut: i32, from_tail: bool) -> usize {
        while !self.in_subtree(node, other) {
            let edge = self.parent[node];
            let along = (self.edges[edge].from == node) == from_tail;
            self.cut[edge] += if along { cut } else { -cut };
            node = self.other(edge, node);
        }
        node
    }

    fn normalised(&self) -> Vec<usize> {
        let mut ranks = vec![0; self.count()];
        let mut start = 0;
        for &root in &self.roots {
            let part = &self.postorder[start..=self.number[root]];
            start = self.number[root] + 1;
            let least = part.iter().map(|&n| self.rank[n]).min().unwrap_or(0);
            for &node in part {
                ranks[node] = usize::try_from(self.rank[node] - least).unwrap_or(0);
            }
        }
        ranks
    }
}
