//! Strongly connected parts of a graph, and small systems of linear equations.

/// The strongly connected parts of a graph, those that are reached later first (Tarjan's order).
///
/// `targets` gives the successors of a node; parts of one node are the nodes outside of loops.
pub fn strong_parts(nodes: usize, targets: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; nodes];
    let mut low = vec![0; nodes];
    let mut open = vec![false; nodes];
    let (mut stack, mut parts, mut next) = (Vec::new(), Vec::new(), 0);
    let out = |node: usize| targets.get(node).map_or(&[][..], Vec::as_slice);
    for root in 0..nodes {
        if order.get(root) != Some(&UNSEEN) {
            continue;
        }
        // Own stack of calls: the node and how many of its successors were followed.
        let mut calls = vec![(root, 0)];
        while let Some((node, followed)) = calls.pop() {
            if followed == 0 {
                set(&mut order, node, next);
                set(&mut low, node, next);
                set(&mut open, node, true);
                stack.push(node);
                next += 1;
            }
            match out(node).get(followed) {
                Some(&target) => {
                    calls.push((node, followed + 1));
                    if get(&order, target) == UNSEEN {
                        calls.push((target, 0));
                    } else if open.get(target) == Some(&true) {
                        let least = get(&low, node).min(get(&order, target));
                        set(&mut low, node, least);
                    }
                }
                None => {
                    if get(&low, node) == get(&order, node) {
                        let mut part = Vec::new();
                        while let Some(member) = stack.pop() {
                            set(&mut open, member, false);
                            part.push(member);
                            if member == node {
                                break;
                            }
                        }
                        part.sort_unstable();
                        parts.push(part);
                    }
                    if let Some((caller, _)) = calls.last().copied() {
                        let least = get(&low, caller).min(get(&low, node));
                        set(&mut low, caller, least);
                    }
                }
            }
        }
    }
    parts
}

fn get(values: &[usize], index: usize) -> usize {
    values.get(index).copied().unwrap_or(0)
}

fn set<T>(values: &mut [T], index: usize, value: T) {
    if let Some(slot) = values.get_mut(index) {
        *slot = value;
    }
}

/// Solves `rows · x = right` by Gauss's elimination with the largest pivot; none where there is no single solution.
pub fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size).max_by(|a, b| {
            let size_of = |row: usize| rows.get(row).and_then(|row| row.get(column)).map_or(0.0, |value| value.abs());
            size_of(*a).total_cmp(&size_of(*b))
        })?;
        rows.swap(column, pivot);
        right.swap(column, pivot);
        let pivot_row = rows.get(column)?.clone();
        let (divisor, pivot_right) = (*pivot_row.get(column)?, *right.get(column)?);
        if divisor.abs() < 1e-12 {
            return None;
        }
        for row in column + 1..size {
            let factor = *rows.get(row)?.get(column)? / divisor;
            if factor == 0.0 {
                continue;
            }
            for (value, pivot_value) in rows.get_mut(row)?.iter_mut().zip(&pivot_row).skip(column) {
                *value -= factor * pivot_value;
            }
            *right.get_mut(row)? -= factor * pivot_right;
        }
    }
    let mut solution = vec![0.0; size];
    for row in (0..size).rev() {
        let known: f64 = rows.get(row)?.iter().zip(&solution).skip(row + 1).map(|(a, x)| a * x).sum();
        *solution.get_mut(row)? = (right.get(row)? - known) / rows.get(row)?.get(row)?;
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_are_parts_and_later_parts_come_first() {
        let parts = strong_parts(5, &[vec![1], vec![2], vec![1, 3], vec![], vec![3]]);
        assert_eq!(parts, [vec![3], vec![1, 2], vec![0], vec![4]]);
    }

    #[test]
    fn equations() {
        let solution = solve(vec![vec![0.0, 2.0], vec![1.0, 1.0]], vec![4.0, 5.0]).unwrap();
        assert!((solution[0] - 3.0).abs() < 1e-12 && (solution[1] - 2.0).abs() < 1e-12);
        assert_eq!(solve(vec![vec![1.0, 1.0], vec![1.0, 1.0]], vec![1.0, 2.0]), None);
    }
}
