//! Cycle breaking: which edges run backward, found depth-first from the start events.
//!
//! A greedy feedback set would be smaller but turns edges nobody thinks of as going back; depth
//! first from where a flow begins keeps the reading order of the person who drew it, and leaves
//! far fewer crossings. Does not recurse.

use super::graph::Part;
use crate::layout::request::NodeKind;

/// The edges with the direction the ranks give them.
pub(super) struct Oriented {
    /// Per edge: whether it runs against the ranks.
    pub backward: Vec<bool>,
}

/// Marks the edges that close a cycle.
pub(super) fn orient(part: &Part) -> Oriented {
    let count = part.nodes.len();
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut entering = vec![0_usize; count];
    for (edge, &(from, to)) in part.edges.iter().enumerate() {
        leaving[from].push(edge);
        entering[to] += 1;
    }
    let starts = (0..count).filter(|&node| part.nodes[node].kind == NodeKind::Start);
    let sources = (0..count).filter(|&node| entering[node] == 0);
    let mut backward = vec![false; part.edges.len()];
    let mut state = vec![State::New; count];
    let mut path: Vec<(usize, usize)> = Vec::new();
    for first in starts.chain(sources).chain(0..count) {
        if state[first] != State::New {
            continue;
        }
        state[first] = State::Open;
        path.push((first, 0));
        while let Some((node, at)) = path.pop() {
            let Some(&edge) = leaving[node].get(at) else {
                state[node] = State::Done;
                continue;
            };
            path.push((node, at + 1));
            let to = part.edges[edge].1;
            match state[to] {
                State::Open => backward[edge] = true,
                State::New => {
                    state[to] = State::Open;
                    path.push((to, 0));
                }
                State::Done => {}
            }
        }
    }
    Oriented { backward }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}
