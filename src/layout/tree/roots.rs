//! Several roots: trees side by side or in columns, roots without anything below them in rows beneath.

use super::shapes::{Manner, Shape, WIDEST_ROW};
use super::{Extent, Plan};
use crate::layout::geometry::Point;

/// Proportion, width by height, that a whole chart aims at: that of a screen or a page on its side.
const AIM: f64 = 1.6;

/// How the roots stand, and which of them have something below them.
pub(super) struct Roots {
    trees: Vec<usize>,
    single: Vec<usize>,
    /// Height of the columns of trees; 0 for a row.
    capacity: f64,
}

impl Plan<'_> {
    /// Chooses the shapes of the roots' blocks.
    pub(super) fn choose_roots(&mut self) -> Roots {
        let forest = self.forest;
        let (single, trees): (Vec<usize>, Vec<usize>) = forest.roots.iter().partition(|&&root| forest.is_leaf(root));
        for &root in &single {
            self.shape[root] = self.curves.smallest(root);
        }
        let mut best = (f64::INFINITY, Manner::Row { height: f64::INFINITY });
        for manner in self.root_manners(&trees) {
            let cost = cost_of(self.measure_trees(&trees, manner)) * self.welcome(&trees, manner);
            if cost < best.0 {
                best = (cost, manner);
            }
        }
        for &root in &trees {
            self.shape[root] = self.shape_in(root, best.1);
        }
        let capacity = if let Manner::Columns { capacity, .. } = best.1 { capacity } else { 0.0 };
        Roots { trees, single, capacity }
    }

    /// The shape of a root's block where all stand in a manner.
    fn shape_in(&self, root: usize, manner: Manner) -> Shape {
        match manner {
            Manner::Row { height } => self.curves.narrowest(root, height),
            Manner::Columns { width, .. } | Manner::Shelves { width } => self.curves.lowest(root, width),
        }
    }

    /// What the area of the chart is multiplied with: the mean over the roots.
    fn welcome(&self, trees: &[usize], manner: Manner) -> f64 {
        let sum: f64 = trees.iter().map(|&root| self.shape_in(root, manner).factor).sum();
        sum / trees.len().max(1) as f64
    }

    /// Rows and columns worth trying, by the shapes of the largest trees.
    fn root_manners(&mut self, trees: &[usize]) -> Vec<Manner> {
        let mut largest = trees.to_vec();
        let area = |root: usize| self.curves.of(root).first().map_or(0.0, |shape| shape.extent.area());
        largest.sort_by(|&a, &b| area(b).total_cmp(&area(a)).then(a.cmp(&b)));
        largest.truncate(2);
        let shapes = largest.into_iter().flat_map(|root| self.curves.of(root).iter().copied());
        let extents: Vec<Extent> = shapes.map(|shape| shape.extent).collect();
        let mut manners = Vec::new();
        for Extent { width, height } in extents {
            manners.push(Manner::Row { height });
            for &root in trees {
                self.block[root] = self.curves.lowest(root, width).extent;
            }
            if trees.len() > 1 {
                let counts: Vec<usize> = self.column_counts(trees, AIM).collect();
                let capacities = counts.into_iter().map(|count| self.root_capacity(trees, count));
                manners.extend(capacities.map(|capacity| Manner::Columns { width, capacity }));
            }
        }
        manners
    }

    /// Column height that makes about `count` columns of the trees as they are now.
    fn root_capacity(&self, trees: &[usize], count: usize) -> f64 {
        let gap = self.spacing.root_gap;
        let total: f64 = trees.iter().map(|&root| self.block[root].height + gap).sum();
        let tallest = trees.iter().map(|&root| self.block[root].height).fold(0.0, f64::max);
        (1.05 * total / count as f64).max(tallest)
    }

    fn measure_trees(&mut self, trees: &[usize], manner: Manner) -> Extent {
        for &root in trees {
            self.block[root] = self.shape_in(root, manner).extent;
        }
        let capacity = if let Manner::Columns { capacity, .. } = manner { capacity } else { 0.0 };
        self.walk_trees(trees, capacity, |_, _| ())
    }

    /// Trees in columns from the left.
    fn walk_trees(&self, trees: &[usize], capacity: f64, mut each: impl FnMut(usize, Point)) -> Extent {
        let gap = self.spacing.root_gap;
        let (mut x, mut y) = (0.0, 0.0);
        let mut all = Extent::default();
        for &root in trees {
            let block = self.block[root];
            if y > 0.0 && y + block.height > capacity + 0.5 {
                (x, y) = (all.width + gap, 0.0);
            }
            each(root, Point::new(x, y));
            all.width = all.width.max(x + block.width);
            all.height = all.height.max(y + block.height);
            y += block.height + gap;
        }
        all
    }

    /// Corner of the block of every root: trees first, single boxes in rows below them.
    pub(super) fn place_roots(&self, roots: &Roots) -> Vec<(usize, Point)> {
        let mut placed = Vec::with_capacity(roots.trees.len() + roots.single.len());
        let trees = self.walk_trees(&roots.trees, roots.capacity, |root, place| placed.push((root, place)));
        let gaps = (self.spacing.sibling_gap, self.spacing.list_gap);
        let area: f64 = roots
            .single
            .iter()
            .map(|&root| (self.block[root].width + gaps.0) * (self.block[root].height + gaps.1))
            .sum();
        let widest = roots.single.iter().map(|&root| self.block[root].width).fold(0.0, f64::max);
        let width = trees.width.max((AIM * area).sqrt()).max(widest);
        let (mut x, mut y, mut row): (f64, f64, f64) = (0.0, 0.0, 0.0);
        if trees.height > 0.0 {
            y = trees.height + self.spacing.root_gap;
        }
        for &root in &roots.single {
            let block = self.block[root];
            if x > 0.0 && x + block.width > width + 0.5 {
                (x, y, row) = (0.0, y + row + gaps.1, 0.0);
            }
            placed.push((root, Point::new(x, y)));
            x += block.width + gaps.0;
            row = row.max(block.height);
        }
        placed
    }
}

/// Area of a chart, made worse the further its proportion is from the one aimed at, and much worse
/// where no page has room for it.
fn cost_of(extent: Extent) -> f64 {
    let proportion = extent.width.max(1.0) / extent.height.max(1.0);
    let off = (proportion / AIM).max(AIM / proportion).sqrt();
    let page = (proportion / WIDEST_ROW).max(1.0 / proportion / WIDEST_ROW).max(1.0);
    extent.area() * off * page * page * page * page
}
