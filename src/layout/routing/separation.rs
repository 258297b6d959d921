//! Numbers kept apart: each as near as possible to the place it wants, within its limits, in a given order.
//!
//! The method is that of T. Dwyer, K. Marriott, P. J. Stuckey, "Fast node overlap removal" (Graph Drawing 2005):
//! numbers are taken in order, and blocks of numbers that push each other move as one to the mean of what their members
//! want. Limits are made good before and after by a sweep in each direction.

/// One number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Variable {
    /// Where it would like to be.
    pub(super) wanted: f64,
    /// Least value.
    pub(super) least: f64,
    /// Greatest value.
    pub(super) most: f64,
}

/// `before` plus the gap is at most `after`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Constraint {
    pub(super) before: usize,
    pub(super) after: usize,
    pub(super) gap: f64,
}

/// By how much gaps are cut down where there is no room for them, one after the other.
const SHRINKS: [f64; 7] = [1.0, 0.8, 0.6, 0.45, 0.3, 0.15, 0.0];

/// Values for the variables. `order` lists all of them so that every constraint leads onward in it. Where there is no
/// room all gaps are cut down alike; limits are always kept.
pub(super) fn separate(variables: &[Variable], constraints: &[Constraint], order: &[usize]) -> Vec<f64> {
    let mut into: Vec<Vec<Constraint>> = vec![Vec::new(); variables.len()];
    for constraint in constraints {
        into[constraint.after].push(*constraint);
    }
    for shrink in SHRINKS {
        if let Some((least, most)) = limits(variables, constraints, &into, order, shrink) {
            let mut solver = Solver::new(variables, &into, &least, &most, shrink);
            order.iter().for_each(|&variable| solver.place(variable));
            let mut values = solver.values();
            for &index in order {
                let pushed = |one: &Constraint| values[one.before] + one.gap * shrink;
                let low = into[index].iter().map(pushed).fold(least[index], f64::max);
                values[index] = values[index].max(low).min(most[index]);
            }
            return values;
        }
    }
    variables.iter().map(|one| one.wanted.min(one.most).max(one.least)).collect()
}

/// Limits of each variable that leave room for all before and behind it; none if there is no room.
fn limits(
    variables: &[Variable],
    constraints: &[Constraint],
    into: &[Vec<Constraint>],
    order: &[usize],
    shrink: f64,
) -> Option<(Vec<f64>, Vec<f64>)> {
    let mut out: Vec<Vec<Constraint>> = vec![Vec::new(); variables.len()];
    for constraint in constraints {
        out[constraint.before].push(*constraint);
    }
    let mut least: Vec<f64> = variables.iter().map(|one| one.least).collect();
    let mut most: Vec<f64> = variables.iter().map(|one| one.most).collect();
    for &index in order {
        for one in &into[index] {
            least[index] = least[index].max(least[one.before] + one.gap * shrink);
        }
    }
    for &index in order.iter().rev() {
        for one in &out[index] {
            most[index] = most[index].min(most[one.after] - one.gap * shrink);
        }
    }
    least.iter().zip(&most).all(|(least, most)| *least <= most + 1e-7).then_some((least, most))
}

/// Numbers that move as one.
#[derive(Default)]
struct Block {
    members: Vec<usize>,
    position: f64,
}

struct Solver<'a> {
    into: &'a [Vec<Constraint>],
    shrink: f64,
    wanted: Vec<f64>,
    block_of: Vec<usize>,
    offset: Vec<f64>,
    blocks: Vec<Block>,
}

impl<'a> Solver<'a> {
    fn new(variables: &[Variable], into: &'a [Vec<Constraint>], least: &[f64], most: &[f64], shrink: f64) -> Self {
        let wanted = variables.iter().zip(least.iter().zip(most));
        Self {
            into,
            shrink,
            wanted: wanted.map(|(one, (least, most))| one.wanted.min(*most).max(*least)).collect(),
            block_of: vec![usize::MAX; variables.len()],
            offset: vec![0.0; variables.len()],
            blocks: Vec::new(),
        }
    }

    fn value(&self, variable: usize) -> f64 {
        self.blocks[self.block_of[variable]].position + self.offset[variable]
    }

    fn values(&self) -> Vec<f64> {
        (0..self.block_of.len()).map(|variable| self.value(variable)).collect()
    }

    /// Adds the next variable and joins its block with those before it that it would touch.
    fn place(&mut self, variable: usize) {
        let mut block = self.blocks.len();
        self.block_of[variable] = block;
        self.blocks.push(Block { members: vec![variable], position: self.wanted[variable] });
        while let Some(worst) = self.worst(block) {
            block = self.join(block, worst);
        }
    }

    /// The constraint from another block that is broken most.
    fn worst(&self, block: usize) -> Option<Constraint> {
        let mut worst: Option<(f64, Constraint)> = None;
        for &member in &self.blocks[block].members {
            for one in self.into[member].iter().filter(|one| self.block_of[one.before] != block) {
                let broken = self.value(one.before) + one.gap * self.shrink - self.value(member);
                if broken > worst.map_or(1e-9, |(known, _)| known) {
                    worst = Some((broken, *one));
                }
            }
        }
        worst.map(|(_, one)| one)
    }

    fn join(&mut self, block: usize, by: Constraint) -> usize {
        let kept = self.block_of[by.before];
        let moved = std::mem::take(&mut self.blocks[block]);
        let shift = self.offset[by.before] + by.gap * self.shrink - self.offset[by.after];
        for &member in &moved.members {
            self.offset[member] += shift;
            self.block_of[member] = kept;
        }
        self.blocks[kept].members.extend(moved.members);
        let members = &self.blocks[kept].members;
        let sum: f64 = members.iter().map(|&member| self.wanted[member] - self.offset[member]).sum();
        self.blocks[kept].position = sum / members.len() as f64;
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chain(gaps: &[f64]) -> Vec<Constraint> {
        gaps.iter().enumerate().map(|(before, gap)| Constraint { before, after: before + 1, gap: *gap }).collect()
    }

    #[test]
    fn equal_wishes_spread_around_their_middle_and_limits_are_kept() {
        let free = Variable { wanted: 10.0, least: -100.0, most: 100.0 };
        assert_eq!(separate(&[free; 3], &chain(&[8.0, 8.0]), &[0, 1, 2]), [2.0, 10.0, 18.0]);
        let fixed = Variable { least: 10.0, most: 10.0, ..free };
        assert_eq!(separate(&[free, fixed, free], &chain(&[8.0, 8.0]), &[0, 1, 2]), [2.0, 10.0, 18.0]);
        let narrow = Variable { wanted: 10.0, least: 5.0, most: 15.0 };
        let values = separate(&[narrow; 3], &chain(&[10.0, 10.0]), &[0, 1, 2]);
        assert_eq!(values, [5.5, 10.0, 14.5], "gaps are cut down alike");
    }

    proptest! {
        #[test]
        fn constraints_and_limits_hold_where_there_is_room(wishes in prop::collection::vec(0.0..200.0_f64, 2..24)) {
            let variables: Vec<Variable> =
                wishes.iter().map(|&wanted| Variable { wanted, least: -100.0, most: 300.0 }).collect();
            let constraints = chain(&vec![8.0; wishes.len() - 1]);
            let order: Vec<usize> = (0..wishes.len()).collect();
            let values = separate(&variables, &constraints, &order);
            prop_assert!(values.windows(2).all(|pair| pair[0] + 8.0 <= pair[1] + 1e-6));
            prop_assert!(values.iter().all(|value| (-100.0..=300.0).contains(value)));
        }
    }
}
