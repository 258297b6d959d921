//! Which form each block takes: how many columns, and whether tall, square or wide.
//!
//! From the leaves up every block keeps a few forms it could take, each the best for one
//! proportion among the forms of its children; from the roots down one of them is chosen. What
//! is kept here are estimates: the arrangement measures again, so a wrong estimate costs room,
//! never an overlap.

use super::{Extent, Plan};

/// Proportion (width by height) up to which a single row of subtrees is welcome.
pub(super) const WIDEST_ROW: f64 = 3.4;
/// How much better than a single row another arrangement must be to be chosen.
const ROW_BONUS: f64 = 0.6;
/// The same in charts too large to be seen as one, where space counts more.
const LARGE_ROW_BONUS: f64 = 0.95;
/// Most boxes of a chart that is not large.
const SMALL_CHART: usize = 3000;
/// World units a block may measure either way and still be taken in at a glance.
const PAGE: f64 = 2400.0;

/// Proportions, width by height, that the forms of a block aim at: tall, square, wide.
pub(super) const FORMS: [f64; 3] = [0.55, 1.2, 2.4];

/// Asked for instead of one of `FORMS`: whichever takes the least area.
const SMALLEST: usize = FORMS.len();

/// One form a block could take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Form {
    pub extent: Extent,
    /// Height the columns of children may reach.
    pub capacity: f64,
    /// Which of their forms the children take.
    pub children: usize,
}

impl Plan<'_> {
    /// Works out the forms a block could take, from those of its children.
    pub(super) fn consider_forms(&mut self, node: usize) {
        let forest = self.forest;
        let size = self.box_size[node];
        let children = forest.children_of(node);
        let alone = Form { extent: Extent { width: size.width, height: size.height }, ..Form::default() };
        if children.is_empty() {
            self.block[node] = alone.extent;
            self.forms[node] = [alone; 3];
            return;
        }
        let leaves = children.iter().all(|&child| forest.is_leaf(child));
        if self.lists && leaves {
            let capacity = self.leaf_capacity(children);
            self.forms[node] = [self.form_of(node, children, capacity, 1); 3];
            return;
        }
        let small = forest.order.len() <= SMALL_CHART;
        let bonus = if small { ROW_BONUS } else { LARGE_ROW_BONUS };
        let mut best = [(f64::INFINITY, alone); 3];
        let kinds = if leaves { 1..=1 } else { 0..=SMALLEST };
        for kind in kinds {
            self.take_forms(children, kind, true);
            let row = self.form_of(node, children, 0.0, kind);
            let Extent { width, height } = row.extent;
            let familiar = width <= WIDEST_ROW * height && width.max(height) <= PAGE;
            keep_best(&mut best, row, if familiar { bonus } else { 1.0 });
            self.take_forms(children, kind, false);
            for capacity in self.capacities(children) {
                let form = self.form_of(node, children, capacity, kind);
                keep_best(&mut best, form, 1.0);
            }
        }
        self.forms[node] = best.map(|(_, form)| form);
    }

    /// Lets the blocks of children have the size of one of their forms.
    fn take_forms(&mut self, children: &[usize], kind: usize, row: bool) {
        let tallest = self.tallest(children, kind);
        for &child in children {
            let form = self.resolve(child, kind, row.then_some(tallest));
            self.block[child] = self.forms[child][form].extent;
        }
    }

    fn tallest(&self, children: &[usize], kind: usize) -> f64 {
        let height = |&child: &usize| {
            let form = self.resolve(child, kind, None);
            self.forms[child][form].extent.height
        };
        children.iter().map(height).fold(0.0, f64::max)
    }

    /// The form a block takes when asked for a kind: that kind, or its smallest one; in a row of
    /// a given height the narrowest that is no higher.
    fn resolve(&self, node: usize, kind: usize, row: Option<f64>) -> usize {
        let forms = &self.forms[node];
        let measure = |form: &Form| match row {
            Some(height) if form.extent.height > height + 0.5 => f64::INFINITY,
            Some(_) => form.extent.width,
            None => form.extent.width * form.extent.height,
        };
        if kind < FORMS.len() && row.is_none() {
            return kind;
        }
        let (mut best, mut found) = (f64::INFINITY, kind.min(FORMS.len() - 1));
        for (index, form) in forms.iter().enumerate() {
            if measure(form) < best {
                (best, found) = (measure(form), index);
            }
        }
        found
    }

    /// The form that comes out for a column height, with the children as they are now.
    fn form_of(&self, node: usize, children: &[usize], capacity: f64, kind: usize) -> Form {
        let (content, columns) = self.measure_columns(children, capacity);
        let size = self.box_size[node];
        let gap = if columns == 1 && children.len() > 1 { self.spacing.sibling_gap } else { self.spacing.level_gap };
        Form {
            extent: Extent { width: content.width.max(size.width), height: size.height + gap + content.height },
            capacity,
            children: kind,
        }
    }

    /// Column heights worth trying.
    fn capacities(&self, children: &[usize]) -> impl Iterator<Item = f64> + use<> {
        let (mut total, mut tallest, mut widths): (f64, f64, f64) = (0.0, 0.0, 0.0);
        for &child in children {
            total += self.block[child].height + self.gap_above(child);
            tallest = tallest.max(self.block[child].height);
            widths += self.block[child].width;
        }
        let count = children.len() as f64;
        let ideal = (1.6 * total * count / widths.max(1.0)).sqrt();
        let columns = [1.0, 2.0, 3.0, 4.0, 0.75 * ideal, ideal, 1.3 * ideal];
        columns.into_iter().filter(move |&columns| columns < count).flat_map(move |columns| {
            [1.0, 1.08, 1.2].map(|slack| (total / f64::max(columns, 1.0) * slack).max(tallest))
        })
    }

    /// From the roots down: the form of each block follows from its parent's.
    pub(super) fn choose_forms(&mut self) {
        let forest = self.forest;
        let mut best = (f64::INFINITY, 1);
        for kind in 0..=SMALLEST {
            self.take_forms(&forest.roots, kind, false);
            let (row, _) = self.measure_columns(&forest.roots, 0.0);
            let cost = cost_of(row.width, row.height, 1.6) * page_penalty(row);
            if cost < best.0 {
                best = (cost, kind);
            }
        }
        for &root in &forest.roots {
            self.form[root] = self.resolve(root, best.1, None);
        }
        for &node in &forest.order {
            let form = self.forms[node][self.form[node]];
            let children = forest.children_of(node);
            let row = form.capacity == 0.0 && children.len() > 1;
            let tallest = row.then(|| self.tallest(children, form.children));
            for &child in children {
                self.form[child] = self.resolve(child, form.children, tallest);
            }
        }
    }

    /// Column height for a list of leaves: some rows, more when the list is very long.
    fn leaf_capacity(&self, leaves: &[usize]) -> f64 {
        let count = leaves.len();
        let (mut width, mut height): (f64, f64) = (1.0, 1.0);
        for &leaf in leaves {
            width = width.max(self.block[leaf].width);
            height = height.max(self.block[leaf].height);
        }
        let pitch = (width + self.spacing.sibling_gap) / (height + self.spacing.list_gap);
        let square = (count as f64 * pitch / 1.6).sqrt();
        let rows = (square as usize).max(self.spacing.leaves_in_column).max(1);
        let rows = count.div_ceil(count.div_ceil(rows));
        rows as f64 * (height + self.spacing.list_gap)
    }

    /// The column height that gives several roots the best proportion.
    pub(super) fn lists_capacity(&self, roots: &[usize]) -> f64 {
        let (mut total, mut tallest, mut widest): (f64, f64, f64) = (0.0, 0.0, 1.0);
        for &root in roots {
            total += self.block[root].height + self.spacing.list_gap;
            tallest = tallest.max(self.block[root].height);
            widest = widest.max(self.block[root].width);
        }
        let mut best = (f64::INFINITY, 0.0);
        for step in 1..=24 {
            let capacity = (total / (f64::from(step) * 0.5).exp2()).max(tallest);
            let (area, _) = self.measure_columns(roots, capacity);
            let cost = cost_of(area.width, area.height, 1.6) * page_penalty(area);
            if cost < best.0 {
                best = (cost, capacity);
            }
        }
        best.1
    }
}

/// Area of a block, made somewhat worse the further its proportion is from the one aimed at.
fn cost_of(width: f64, height: f64, aim: f64) -> f64 {
    let proportion = width.max(1.0) / height.max(1.0) / aim;
    width * height * proportion.max(1.0 / proportion).sqrt()
}

/// Makes drawings much worse that no page has room for.
fn page_penalty(extent: Extent) -> f64 {
    let proportion = extent.width.max(1.0) / extent.height.max(1.0);
    let page = WIDEST_ROW;
    (proportion / page).max(1.0 / proportion / page).max(1.0).powi(4)
}

/// Keeps a form where it is the best so far for what a kind of form aims at.
fn keep_best(best: &mut [(f64, Form); 3], form: Form, bonus: f64) {
    for (known, aim) in best.iter_mut().zip(FORMS) {
        let cost = bonus * cost_of(form.extent.width, form.extent.height, aim);
        if cost < known.0 {
            *known = (cost, form);
        }
    }
}
