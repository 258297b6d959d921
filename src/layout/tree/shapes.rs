//! The shapes a block could take, and which of them it takes.
//!
//! A **curve** holds the shapes of one block, the wider the lower, none of them both wider and
//! higher than another. It is worked out from the curves of the children: they stand in a row,
//! each the narrowest shape no higher than the row, or in columns, each the lowest shape no wider
//! than the column. Of the many shapes that come out a curve keeps the best for each proportion.
//!
//! Extents here are estimates: the blocks are measured again when they are placed, so a wrong
//! estimate costs room, never an overlap.

use super::{Extent, Plan};

/// Proportions (width by height) that a curve tells apart: each is this much more than the last.
const STEP: f64 = 1.3;
/// The narrowest proportion told apart.
const NARROWEST: f64 = 0.16;
/// How many proportions a curve tells apart.
const SLOTS: usize = 14;
/// What the area of a row under a bus counts: columns must be so much smaller to be chosen before it.
const ROW_BONUS: f64 = 0.6;
/// The same in charts too large to be seen as one, where room counts more.
const LARGE_ROW_BONUS: f64 = 0.95;
/// Most boxes of a chart that is not large.
const SMALL_CHART: usize = 1500;
/// World units a block may measure either way and still be taken in at a glance; a row of half as much always is.
const PAGE: f64 = 2400.0;
/// Proportion (width by height) up to which a row is welcome.
pub(super) const WIDEST_ROW: f64 = 3.4;
/// Leaves that are listed in one column whatever the room.
const SHORT_LIST: usize = 4;
/// Numbers of columns tried from the fewest on.
const COLUMNS_TRIED: usize = 5;

/// How the children of a block stand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Manner {
    /// Side by side below a bus; each block is the narrowest no higher than this.
    Row {
        /// Height of the row.
        height: f64,
    },
    /// In columns; each block is the lowest no wider than the column.
    Columns {
        /// Width of a column.
        width: f64,
        /// Height of a column.
        capacity: f64,
    },
    /// Leaves in several rows, each below a bus of its own, of at most this width.
    Shelves {
        /// Width of a row.
        width: f64,
    },
}

/// One shape a block could take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub extent: Extent,
    pub manner: Manner,
    /// What its area is multiplied with when shapes are compared: less than 1 for welcome ones.
    pub factor: f64,
}

impl Default for Shape {
    fn default() -> Self {
        Self { extent: Extent::default(), manner: Manner::Row { height: f64::INFINITY }, factor: 1.0 }
    }
}

/// The curves of all blocks in one flat array.
pub(super) struct Curves {
    shapes: Vec<Shape>,
    /// Where the curve of each block begins and ends.
    range: Vec<(usize, usize)>,
    /// The best shape so far for each proportion, and what it costs, while a curve is worked out.
    slots: [(f64, Shape); SLOTS],
}

impl Curves {
    pub fn new(count: usize) -> Self {
        let slots = [(f64::INFINITY, Shape::default()); SLOTS];
        Self { shapes: Vec::with_capacity(2 * count), range: vec![(0, 0); count], slots }
    }

    pub fn of(&self, node: usize) -> &[Shape] {
        let (start, end) = self.range[node];
        &self.shapes[start..end]
    }

    /// The narrowest shape no higher than a height; the lowest where none is.
    pub fn narrowest(&self, node: usize, height: f64) -> Shape {
        let curve = self.of(node);
        let fitting = curve.iter().find(|shape| shape.extent.height <= height + 0.5);
        fitting.or(curve.last()).copied().unwrap_or_default()
    }

    /// The lowest shape no wider than a width; the narrowest where none is.
    pub fn lowest(&self, node: usize, width: f64) -> Shape {
        let curve = self.of(node);
        let fitting = curve.iter().rev().find(|shape| shape.extent.width <= width + 0.5);
        fitting.or(curve.first()).copied().unwrap_or_default()
    }

    /// The shape of the least area.
    pub fn smallest(&self, node: usize) -> Shape {
        let curve = self.of(node).iter();
        curve.min_by(|a, b| a.extent.area().total_cmp(&b.extent.area())).copied().unwrap_or_default()
    }

    /// The only shape of a leaf.
    fn keep_only(&mut self, node: usize, extent: Extent) {
        let start = self.shapes.len();
        self.shapes.push(Shape { extent, ..Shape::default() });
        self.range[node] = (start, start + 1);
    }

    /// Remembers a shape where it is the best so far for its proportion.
    fn offer(&mut self, shape: Shape) {
        let Extent { width, height } = shape.extent;
        let mut slot = 0;
        let mut bound = NARROWEST * height;
        while slot + 1 < SLOTS && width > bound {
            bound *= STEP;
            slot += 1;
        }
        let cost = shape.extent.area() * shape.factor;
        if cost < self.slots[slot].0 {
            self.slots[slot] = (cost, shape);
        }
    }

    /// Makes the remembered shapes the curve of a block.
    fn keep_offers(&mut self, node: usize) {
        let start = self.shapes.len();
        let mut found: Vec<Shape> = Vec::with_capacity(SLOTS);
        for (cost, shape) in &mut self.slots {
            if cost.is_finite() {
                found.push(*shape);
                *cost = f64::INFINITY;
            }
        }
        found.sort_by(|a, b| {
            let (a, b) = (a.extent, b.extent);
            a.width.total_cmp(&b.width).then(a.height.total_cmp(&b.height))
        });
        let mut lowest = f64::INFINITY;
        for shape in found {
            if shape.extent.height < lowest {
                lowest = shape.extent.height;
                self.shapes.push(shape);
            }
        }
        self.range[node] = (start, self.shapes.len());
    }
}

impl Plan<'_> {
    /// Works out the shapes a block could take, from those of its children.
    pub(super) fn consider_shapes(&mut self, node: usize) {
        let forest = self.forest;
        let size = self.box_size[node];
        let below = forest.below(node);
        let mut head = Extent { width: size.width, height: size.height };
        if !forest.beside(node).is_empty() {
            for &child in forest.beside(node) {
                self.block[child] = self.curves.smallest(child).extent;
            }
            let (left, right, zone) = self.measure_assistants(forest.beside(node));
            let half = size.width / 2.0;
            head = Extent { width: left.max(half) + right.max(half), height: head.height + zone };
        }
        if below.is_empty() {
            self.block[node] = head;
            self.curves.keep_only(node, head);
            return;
        }
        let leaves = below.iter().all(|&child| forest.is_leaf(child));
        if leaves && self.lists {
            self.consider_lists(below, head);
        } else if leaves {
            self.consider_shelves(below, head);
        } else {
            self.consider_rows(below, head);
            self.consider_columns(below, head);
        }
        self.curves.keep_offers(node);
    }

    fn offer(&mut self, head: Extent, content: Extent, gap: f64, manner: Manner, factor: f64) {
        let extent = Extent { width: content.width.max(head.width), height: head.height + gap + content.height };
        self.curves.offer(Shape { extent, manner, factor });
    }

    /// Lists of leaves: one column while they are few, then several.
    fn consider_lists(&mut self, leaves: &[usize], head: Extent) {
        let count = leaves.len();
        let longest = self.longest_list(leaves);
        let fewest = count.div_ceil(longest);
        let most = if count <= SHORT_LIST { 1 } else { (count / 2).min(fewest + COLUMNS_TRIED) };
        for columns in fewest..=most.max(fewest) {
            let capacity = self.list_capacity(leaves, columns);
            let (content, columns) = self.measure_columns(leaves, capacity);
            let gap = if columns <= 2 { self.spacing.level_gap / 2.0 } else { self.spacing.level_gap };
            self.offer(head, content, gap, Manner::Columns { width: f64::INFINITY, capacity }, 1.0);
        }
    }

    /// Leaves of the mirrored chart: one row (a stack in the drawing) while they are few, then several.
    fn consider_shelves(&mut self, leaves: &[usize], head: Extent) {
        let count = leaves.len();
        let pitch = self.largest(leaves).width + self.spacing.list_gap;
        let square = (count as f64 * self.largest(leaves).height / pitch).sqrt() as usize;
        let longest = square.max(self.spacing.leaves_in_column * 3 / 2).max(1);
        let fewest = count.div_ceil(longest);
        let most = if count <= SHORT_LIST { 1 } else { (count / 3).min(fewest + 2) };
        for shelves in fewest..=most.max(fewest) {
            let width = count.div_ceil(shelves.max(1)) as f64 * pitch;
            let content = self.walk_shelves(leaves, width, |_| ());
            self.offer(head, content, self.spacing.level_gap, Manner::Shelves { width }, 1.0);
        }
    }

    /// Most leaves in one column: more where the list is so long that its columns would be a wide band.
    fn longest_list(&self, leaves: &[usize]) -> usize {
        let largest = self.largest(leaves);
        let pitch = (largest.width + self.spacing.sibling_gap) / (largest.height + self.spacing.list_gap).max(1.0);
        let square = (leaves.len() as f64 * pitch).sqrt();
        (square as usize).max(self.spacing.leaves_in_column * 3 / 2).max(1)
    }

    fn largest(&self, leaves: &[usize]) -> Extent {
        let mut largest = Extent { width: 1.0, height: 1.0 };
        for &leaf in leaves {
            largest.width = largest.width.max(self.block[leaf].width);
            largest.height = largest.height.max(self.block[leaf].height);
        }
        largest
    }

    /// Height at which leaves fill a number of columns.
    fn list_capacity(&self, leaves: &[usize], columns: usize) -> f64 {
        let rows = leaves.len().div_ceil(columns.max(1));
        rows as f64 * (self.largest(leaves).height + self.spacing.list_gap)
    }

    /// Height of the columns of a list that is part of a row: that of the row, but no flat band.
    pub(super) fn run_capacity(&self, leaves: &[usize], height: f64) -> f64 {
        let longest = self.longest_list(leaves);
        let least = self.list_capacity(leaves, leaves.len().div_ceil(SHORT_LIST));
        height.clamp(least, self.list_capacity(leaves, leaves.len().div_ceil(longest)).max(least))
    }

    /// The child whose block takes most room.
    fn leader(&self, children: &[usize]) -> usize {
        let area = |child: usize| self.curves.of(child).first().map_or(0.0, |shape| shape.extent.area());
        let mut found = children[0];
        for &child in children {
            if area(child) > area(found) {
                found = child;
            }
        }
        found
    }

    fn consider_rows(&mut self, below: &[usize], head: Extent) {
        let leader = self.leader(below);
        let bonus = if self.forest.order.len() <= SMALL_CHART { ROW_BONUS } else { LARGE_ROW_BONUS };
        for index in 0..self.curves.of(leader).len() {
            let row = self.curves.of(leader)[index].extent.height;
            for &child in below {
                self.block[child] = self.curves.narrowest(child, row).extent;
            }
            let content = self.measure_row(below, row);
            let (width, height) = (content.width, head.height + self.spacing.level_gap + content.height);
            let welcome = width <= PAGE / 2.0 || width <= WIDEST_ROW * height && width.max(height) <= PAGE;
            let factor = if welcome { bonus } else { 1.0 };
            self.offer(head, content, self.spacing.level_gap, Manner::Row { height: row }, factor);
        }
    }

    fn consider_columns(&mut self, below: &[usize], head: Extent) {
        let count = below.len();
        if count < 2 {
            return;
        }
        let leader = self.leader(below);
        for index in 0..self.curves.of(leader).len() {
            let width = self.curves.of(leader)[index].extent.width;
            for &child in below {
                self.block[child] = self.curves.lowest(child, width).extent;
            }
            for columns in self.column_counts(below, 1.0) {
                let capacity = self.least_capacity(below, columns);
                let (content, columns) = self.measure_columns(below, capacity);
                let gap = if columns <= 2 { self.spacing.level_gap / 2.0 } else { self.spacing.level_gap };
                self.offer(head, content, gap, Manner::Columns { width, capacity }, 1.0);
            }
        }
    }

    /// Numbers of columns worth trying for blocks as they are now: few, and around what makes a square.
    pub(super) fn column_counts(&self, children: &[usize], aim: f64) -> impl Iterator<Item = usize> + use<> {
        let (mut total, mut widths) = (0.0, 0.0);
        for &child in children {
            total += self.block[child].height + self.spacing.sibling_gap;
            widths += self.block[child].width + self.spacing.sibling_gap;
        }
        let count = children.len();
        let ideal = (aim * total * count as f64 / f64::max(widths, 1.0)).sqrt() as usize;
        let small = 1..=count.min(3);
        let square = ideal.saturating_sub(1).max(4)..=(ideal + 2).min(count);
        small.chain(square)
    }

    /// The shape of each child, from that of the node.
    pub(super) fn choose_children(&mut self, node: usize) {
        let forest = self.forest;
        for &child in forest.beside(node) {
            self.shape[child] = self.curves.smallest(child);
        }
        let manner = self.shape[node].manner;
        for &child in forest.below(node) {
            self.shape[child] = match manner {
                Manner::Row { height } => self.curves.narrowest(child, height),
                Manner::Columns { width, .. } => self.curves.lowest(child, width),
                Manner::Shelves { .. } => self.curves.smallest(child),
            };
        }
    }
}
