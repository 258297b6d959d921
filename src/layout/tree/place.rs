//! Places the blocks of children below their parent's box, in a row or in columns.
//!
//! Rows and columns are walked by one function each, which both measures them and places them.

use super::shapes::Manner;
use super::{Extent, Plan, Reach};
use crate::layout::geometry::Point;

/// One child with its place in the children's area and the way its connector comes.
type Placed = (usize, Point, Reach);

impl Plan<'_> {
    /// Places the children of a node, whose own blocks are placed already, and measures the block.
    pub(super) fn place_children(&mut self, node: usize) {
        let forest = self.forest;
        let size = self.box_size[node];
        self.block[node] = Extent { width: size.width, height: size.height };
        self.port[node] = size.width / 2.0;
        if forest.is_leaf(node) {
            return;
        }
        let (below, beside) = (forest.below(node), forest.beside(node));
        let mut placed: Vec<Placed> = Vec::with_capacity(below.len());
        let content = match self.shape[node].manner {
            Manner::Row { height } => self.walk_row(below, height, |one| placed.push(one)),
            Manner::Columns { capacity, .. } => self.walk_columns(below, capacity, |one| placed.push(one)).0,
            Manner::Shelves { width } => self.walk_shelves(below, width, |one| placed.push(one)),
        };
        let (first, last) = self.anchors(&placed).unwrap_or((size.width / 2.0, size.width / 2.0));
        let (left, right, zone) = self.measure_assistants(beside);
        let is_list = beside.is_empty() && self.is_list(&placed);
        let port = if is_list {
            first.min(size.width / 2.0)
        } else {
            f64::midpoint(first, last).max(left).max(size.width / 2.0)
        };
        let shift = port - f64::midpoint(first, last);
        let is_straight = last - first < 1e-6 && placed.iter().any(|(_, _, reach)| *reach != Reach::Drop);
        let gap = if is_straight { self.spacing.level_gap / 2.0 } else { self.spacing.level_gap };
        let level = size.height + zone + gap;
        for (child, offset, reach) in placed {
            self.offset[child] = offset.moved(shift, level);
            self.reach[child] = reach.moved(shift, level);
        }
        self.place_assistants(beside, port, size.height);
        self.box_x[node] = if is_list { 0.0 } else { port - size.width / 2.0 };
        self.port[node] = port;
        self.bus[node] = level - gap / 2.0;
        let height = if below.is_empty() { size.height + zone } else { level + content.height };
        let width = (shift + content.width).max(port + right).max(self.box_x[node] + size.width);
        self.block[node] = Extent { width, height };
    }

    /// Whether all children hang in one list, which hangs from the left end of the box.
    fn is_list(&self, placed: &[Placed]) -> bool {
        let Some((_, first, Reach::Line(line))) = placed.first() else { return false };
        first.x > *line && placed.iter().all(|(_, offset, reach)| *reach == Reach::Line(*line) && offset.x > *line)
    }

    /// x of the first and the last line down to children.
    fn anchors(&self, placed: &[Placed]) -> Option<(f64, f64)> {
        let down = placed.iter().map(|&(child, offset, reach)| match reach {
            Reach::Line(x) | Reach::Shelf(x, _) => x,
            _ => offset.x + self.box_x[child] + self.box_size[child].width / 2.0,
        });
        down.fold(None, |all, x| Some(all.map_or((x, x), |(first, last): (f64, f64)| (first.min(x), last.max(x)))))
    }

    /// Extents left and right of the line below the parent, and the height of the zone.
    pub(super) fn measure_assistants(&self, beside: &[usize]) -> (f64, f64, f64) {
        let gap = self.spacing.sibling_gap;
        let (mut left, mut right, mut zone): (f64, f64, f64) = (0.0, 0.0, 0.0);
        for pair in beside.chunks(2) {
            let mut row: f64 = 0.0;
            for (side, &child) in pair.iter().enumerate() {
                let block = self.block[child];
                row = row.max(block.height);
                let reach = if side == 0 { &mut left } else { &mut right };
                *reach = reach.max(gap + block.width);
            }
            zone += gap + row;
        }
        (left, right, zone)
    }

    fn place_assistants(&mut self, beside: &[usize], port: f64, top: f64) {
        let gap = self.spacing.sibling_gap;
        let mut y = top;
        for pair in beside.chunks(2) {
            y += gap;
            let mut row: f64 = 0.0;
            for (side, &child) in pair.iter().enumerate() {
                let block = self.block[child];
                let x = if side == 0 { port - gap - block.width } else { port + gap };
                self.offset[child] = Point::new(x, y);
                self.reach[child] = Reach::Beside;
                row = row.max(block.height);
            }
            y += row;
        }
    }

    pub(super) fn measure_row(&self, children: &[usize], height: f64) -> Extent {
        self.walk_row(children, height, |_| ())
    }

    /// Blocks side by side; leaves that follow one another stand together as a list.
    fn walk_row(&self, children: &[usize], height: f64, mut each: impl FnMut(Placed)) -> Extent {
        let forest = self.forest;
        let mut all = Extent::default();
        let mut at = 0;
        let mut was_leaf = false;
        while at < children.len() {
            let is_leaf = forest.is_leaf(children[at]);
            let run = if self.lists && is_leaf {
                children[at..].iter().take_while(|&&child| forest.is_leaf(child)).count()
            } else {
                1
            };
            if at > 0 {
                let leaves = !self.lists && was_leaf && is_leaf;
                all.width += if leaves { self.spacing.list_gap } else { self.spacing.sibling_gap };
            }
            let left = all.width;
            let extent = if run > 1 {
                let leaves = &children[at..at + run];
                let capacity = self.run_capacity(leaves, height);
                self.walk_columns(leaves, capacity, |(child, offset, reach)| {
                    each((child, offset.moved(left, 0.0), reach.moved(left, 0.0)));
                })
                .0
            } else {
                each((children[at], Point::new(left, 0.0), Reach::Drop));
                self.block[children[at]]
            };
            all.width += extent.width;
            all.height = all.height.max(extent.height);
            at += run;
            was_leaf = is_leaf;
        }
        all
    }

    /// Leaves in rows of at most `width`, each row below a bus; a line at the left leads to the later ones.
    pub(super) fn walk_shelves(&self, leaves: &[usize], width: f64, mut each: impl FnMut(Placed)) -> Extent {
        let gap = self.spacing.list_gap;
        let whole: f64 = leaves.iter().map(|&leaf| self.block[leaf].width + gap).sum();
        let start = if whole > width + 0.5 { self.spacing.indent } else { 0.0 };
        let (mut x, mut y, mut row): (f64, f64, f64) = (start, 0.0, 0.0);
        let mut all = Extent::default();
        for &leaf in leaves {
            let block = self.block[leaf];
            if x > start && x + block.width > start + width + 0.5 {
                (x, y, row) = (start, y + row + self.spacing.level_gap, 0.0);
            }
            let reach = if y > 0.0 { Reach::Shelf(0.0, y - self.spacing.level_gap / 2.0) } else { Reach::Drop };
            each((leaf, Point::new(x, y), reach));
            row = row.max(block.height);
            all = Extent { width: all.width.max(x + block.width), height: all.height.max(y + row) };
            x += block.width + gap;
        }
        all
    }

    pub(super) fn gap_above(&self, child: usize) -> f64 {
        if self.forest.is_leaf(child) { self.spacing.list_gap } else { self.spacing.sibling_gap }
    }

    /// Splits children into columns of at most `capacity` high; calls back per column with its
    /// children and extent.
    pub(super) fn columns(&self, children: &[usize], capacity: f64, mut each: impl FnMut(&[usize], Extent)) {
        let mut start = 0;
        let mut column = Extent::default();
        for (at, &child) in children.iter().enumerate() {
            let block = self.block[child];
            let gap = self.gap_above(child);
            if at > start && column.height + gap + block.height > capacity + 0.5 {
                each(&children[start..at], column);
                start = at;
                column = Extent::default();
            }
            if at > start {
                column.height += gap;
            }
            column.height += block.height;
            column.width = column.width.max(block.width);
        }
        if start < children.len() {
            each(&children[start..], column);
        }
    }

    /// The least column height that makes no more than `count` columns, or little more than it.
    pub(super) fn least_capacity(&self, children: &[usize], count: usize) -> f64 {
        let (mut total, mut tallest): (f64, f64) = (0.0, 0.0);
        for (at, &child) in children.iter().enumerate() {
            let gap = if at == 0 { 0.0 } else { self.gap_above(child) };
            total += gap + self.block[child].height;
            tallest = tallest.max(self.block[child].height);
        }
        let mut capacity = (total / count.max(1) as f64).max(tallest);
        for _ in 0..8 {
            let (columns, next) = self.count_columns(children, capacity);
            if columns <= count {
                return capacity;
            }
            capacity = next;
        }
        1.08 * capacity
    }

    /// How many columns a height makes, and the next height that may make fewer.
    fn count_columns(&self, children: &[usize], capacity: f64) -> (usize, f64) {
        let (mut columns, mut height, mut next) = (1, 0.0, f64::INFINITY);
        for (at, &child) in children.iter().enumerate() {
            let own = self.block[child].height;
            let grown = if at == 0 { own } else { height + self.gap_above(child) + own };
            if at > 0 && grown > capacity + 0.5 {
                next = next.min(grown);
                columns += 1;
                height = own;
            } else {
                height = grown;
            }
        }
        (columns, next)
    }

    /// Extent of the children's area in columns, and how many columns there are.
    pub(super) fn measure_columns(&self, children: &[usize], capacity: f64) -> (Extent, usize) {
        self.walk_columns(children, capacity, |_| ())
    }

    /// Children in columns, two of them on both sides of one line.
    fn walk_columns(&self, children: &[usize], capacity: f64, mut each: impl FnMut(Placed)) -> (Extent, usize) {
        let mut all = Extent::default();
        let mut count = 0;
        let mut waiting: Option<(usize, usize, f64)> = None;
        let mut at = 0;
        self.columns(children, capacity, |column, extent| {
            let (start, end) = (at, at + column.len());
            at = end;
            count += 1;
            all.height = all.height.max(extent.height);
            let Some((first, middle, width)) = waiting.take() else {
                waiting = Some((start, end, extent.width));
                return;
            };
            if first > 0 {
                all.width += self.spacing.sibling_gap;
            }
            let (left, right) = (&children[first..middle], column);
            all.width += self.walk_pair(all.width, (left, width), (right, extent.width), &mut each);
        });
        if let Some((first, end, width)) = waiting {
            if first > 0 {
                all.width += self.spacing.sibling_gap;
            }
            all.width += self.walk_single(all.width, (&children[first..end], width), &mut each);
        }
        (all, count)
    }

    /// A column without a neighbour: right of its line.
    fn walk_single(&self, x: f64, (column, width): (&[usize], f64), each: &mut impl FnMut(Placed)) -> f64 {
        let listed = column.len() > 1 || self.lists && self.forest.is_leaf(column[0]);
        let indent = if listed { 2.0 * self.spacing.indent } else { 0.0 };
        let reach = if listed { Reach::Line(x + self.spacing.indent) } else { Reach::Drop };
        self.walk_down(column, |child, y| each((child, Point::new(x + indent, y), reach)));
        indent + width
    }

    /// Two columns with the line between them.
    fn walk_pair(
        &self,
        x: f64,
        (left, left_width): (&[usize], f64),
        (right, right_width): (&[usize], f64),
        each: &mut impl FnMut(Placed),
    ) -> f64 {
        if left.len() == 1 && right.len() == 1 {
            let leaves = self.forest.is_leaf(left[0]) && self.forest.is_leaf(right[0]);
            let gap = if leaves { self.spacing.list_gap } else { self.spacing.sibling_gap };
            each((left[0], Point::new(x, 0.0), Reach::Drop));
            each((right[0], Point::new(x + left_width + gap, 0.0), Reach::Drop));
            return left_width + gap + right_width;
        }
        let line = x + left_width + self.spacing.indent;
        let reach = Reach::Line(line);
        let end = x + left_width;
        self.walk_down(left, |child, y| each((child, Point::new(end - self.block[child].width, y), reach)));
        let start = line + self.spacing.indent;
        self.walk_down(right, |child, y| each((child, Point::new(start, y), reach)));
        left_width + 2.0 * self.spacing.indent + right_width
    }

    fn walk_down(&self, column: &[usize], mut each: impl FnMut(usize, f64)) {
        let mut y = 0.0;
        for (row, &child) in column.iter().enumerate() {
            if row > 0 {
                y += self.gap_above(child);
            }
            each(child, y);
            y += self.block[child].height;
        }
    }
}
