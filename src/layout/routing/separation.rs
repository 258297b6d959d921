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
    /// Whether it goes before others where not all of them can be obeyed.
    pub(super) must: bool,
    /// Whether it may be turned round where it cannot be obeyed; it is given up otherwise.
    pub(super) turns: bool,
}

/// Values for the variables. `order` lists all of them so that every constraint leads onward in it. Where a row of
/// variables has no room its gaps are cut down alike; limits are always kept.
pub(super) fn separate(variables: &[Variable], constraints: &[Constraint], order: &[usize]) -> Vec<f64> {
    let mut net = Net::new(variables, constraints);
    // Every round makes room in one row; a row that has none at all loses a constraint.
    for _ in 0..4 * constraints.len() + 1 {
        net.sweep(order);
        let Some(tight) = net.tightest() else { break };
        net.make_room(tight);
    }
    net.sweep(order);
    let mut solver = Solver::new(&net);
    order.iter().for_each(|&variable| solver.place(variable));
    let mut values = solver.values();
    for &index in order {
        let pushed = |one: &Constraint| values[one.before] + one.gap;
        let low = net.pushing(index).map(pushed).fold(net.least[index], f64::max);
        values[index] = values[index].max(low).min(net.most[index].max(variables[index].least));
    }
    values
}

/// Variables and constraints with the limits that follow from them.
struct Net<'a> {
    variables: &'a [Variable],
    constraints: Vec<Constraint>,
    /// Constraints before and behind each variable, by their index.
    before: Vec<Vec<usize>>,
    behind: Vec<Vec<usize>>,
    least: Vec<f64>,
    most: Vec<f64>,
    /// The constraint that made the limit.
    pushed_by: Vec<Option<usize>>,
    held_by: Vec<Option<usize>>,
}

impl<'a> Net<'a> {
    fn new(variables: &'a [Variable], constraints: &[Constraint]) -> Self {
        let (mut before, mut behind) = (vec![Vec::new(); variables.len()], vec![Vec::new(); variables.len()]);
        for (index, one) in constraints.iter().enumerate() {
            before[one.after].push(index);
            behind[one.before].push(index);
        }
        let (least, most) = (vec![0.0; variables.len()], vec![0.0; variables.len()]);
        let none = vec![None; variables.len()];
        let constraints = constraints.to_vec();
        Self { variables, constraints, before, behind, least, most, pushed_by: none.clone(), held_by: none }
    }

    fn pushing(&self, variable: usize) -> impl Iterator<Item = &Constraint> {
        self.before[variable].iter().map(|&index| &self.constraints[index])
    }

    /// Limits of each variable that leave room for all before and behind it.
    fn sweep(&mut self, order: &[usize]) {
        for &variable in order {
            (self.least[variable], self.pushed_by[variable]) = (self.variables[variable].least, None);
            for &index in &self.before[variable] {
                let one = self.constraints[index];
                let pushed = self.least[one.before] + one.gap;
                if pushed > self.least[variable] {
                    (self.least[variable], self.pushed_by[variable]) = (pushed, Some(index));
                }
            }
        }
        for &variable in order.iter().rev() {
            (self.most[variable], self.held_by[variable]) = (self.variables[variable].most, None);
            for &index in &self.behind[variable] {
                let one = self.constraints[index];
                let held = self.most[one.after] - one.gap;
                if held < self.most[variable] {
                    (self.most[variable], self.held_by[variable]) = (held, Some(index));
                }
            }
        }
    }

    /// The variable whose limits contradict each other most.
    fn tightest(&self) -> Option<usize> {
        let lack = |&variable: &usize| self.least[variable] - self.most[variable];
        let tight = (0..self.variables.len()).filter(|variable| lack(variable) > 1e-7);
        tight.max_by(|a, b| lack(a).total_cmp(&lack(b)).then(b.cmp(a)))
    }

    /// Cuts down the gaps of the row that is squeezed at a variable.
    fn make_room(&mut self, variable: usize) {
        let mut row = Vec::new();
        let (mut low, mut high) = (variable, variable);
        while let Some(index) = self.pushed_by[low] {
            row.push(index);
            low = self.constraints[index].before;
        }
        while let Some(index) = self.held_by[high] {
            row.push(index);
            high = self.constraints[index].after;
        }
        let room = self.variables[high].most - self.variables[low].least;
        let needed: f64 = row.iter().map(|&index| self.constraints[index].gap.max(0.0)).sum();
        if room > 0.0 && needed > 0.0 {
            for index in row {
                let gap = &mut self.constraints[index].gap;
                *gap = gap.max(0.0) * (room / needed).min(1.0) - 1e-9;
            }
        } else if let Some(index) = row.first() {
            self.constraints[*index].gap = f64::NEG_INFINITY;
        }
    }
}

/// Numbers that move as one.
#[derive(Default)]
struct Block {
    members: Vec<usize>,
    position: f64,
}

struct Solver<'a> {
    net: &'a Net<'a>,
    wanted: Vec<f64>,
    block_of: Vec<usize>,
    offset: Vec<f64>,
    blocks: Vec<Block>,
}

impl<'a> Solver<'a> {
    fn new(net: &'a Net<'a>) -> Self {
        let wanted = net.variables.iter().zip(net.least.iter().zip(&net.most));
        let count = net.variables.len();
        Self {
            net,
            wanted: wanted.map(|(one, (least, most))| one.wanted.min(*most).max(*least)).collect(),
            block_of: vec![usize::MAX; count],
            offset: vec![0.0; count],
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
            for one in self.net.pushing(member).filter(|one| self.block_of[one.before] != block) {
                let broken = self.value(one.before) + one.gap - self.value(member);
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
        let shift = self.offset[by.before] + by.gap - self.offset[by.after];
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
        gaps.iter()
            .enumerate()
            .map(|(before, gap)| Constraint { before, after: before + 1, gap: *gap, must: false, turns: false })
            .collect()
    }

    #[test]
    fn equal_wishes_spread_around_their_middle_and_limits_are_kept() {
        let free = Variable { wanted: 10.0, least: -100.0, most: 100.0 };
        assert_eq!(separate(&[free; 3], &chain(&[8.0, 8.0]), &[0, 1, 2]), [2.0, 10.0, 18.0]);
        let fixed = Variable { least: 10.0, most: 10.0, ..free };
        assert_eq!(separate(&[free, fixed, free], &chain(&[8.0, 8.0]), &[0, 1, 2]), [2.0, 10.0, 18.0]);
        let narrow = Variable { wanted: 10.0, least: 5.0, most: 15.0 };
        let values = separate(&[narrow; 3], &chain(&[10.0, 10.0]), &[0, 1, 2]);
        let close = values.iter().zip([5.0, 10.0, 15.0]).all(|(value, wanted)| (value - wanted).abs() < 1e-6);
        assert!(close, "gaps are cut down alike: {values:?}");
    }

    #[test]
    fn a_row_without_room_does_not_press_the_others() {
        let free = Variable { wanted: 10.0, least: -100.0, most: 100.0 };
        let wall = |at: f64| Variable { wanted: at, least: at, most: at };
        let variables = [wall(0.0), free, wall(4.0), free, free];
        let constraints = [(0, 1, 8.0), (1, 2, 8.0), (2, 3, 8.0), (3, 4, 8.0)].map(|(before, after, gap)| Constraint {
            before,
            after,
            gap,
            must: false,
            turns: false,
        });
        let values = separate(&variables, &constraints, &[0, 1, 2, 3, 4]);
        assert!((values[1] - 2.0).abs() < 1e-6, "{values:?}");
        assert!(values[3] >= 12.0 - 1e-6 && values[4] >= values[3] + 8.0 - 1e-6, "{values:?}");
        // A row in the wrong order between two walls is given up.
        let values = separate(&[wall(4.0), wall(0.0)], &chain(&[8.0]), &[0, 1]);
        assert_eq!(values, [4.0, 0.0]);
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
