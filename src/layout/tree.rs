//! Organisation charts: tidy trees whose leaves hang in lists and whose wide levels wrap.
//!
//! Every subtree becomes a **block**, an area of its own: the node's box in the top row, alone
//! there, and below it the blocks of its children in one or more columns. A column of one child
//! hangs from the bus by a straight drop; a column of several hangs from a line at its left.
//! Children that are all leaves are always listed in columns; for other children the number of
//! columns is chosen by the area and the proportion of the block that comes out.
//!
//! Invariants: blocks of siblings never overlap, lines run only in gaps kept for them (so none
//! runs through a foreign box), children keep their order down and then across the columns, and
//! nothing recurses (a chain of any length is fine). Every chart is arranged top to bottom; the
//! other direction is its mirror at the diagonal.

mod forest;
mod forms;
#[cfg(test)]
mod tests;

use forest::Forest;
use forms::{Form, WIDEST_ROW};

use super::geometry::{Point, Polyline, Rect, Size, bounds_of, simplify};
use super::request::{Direction, RouteEdge, RouteRequest, TreeRequest, TreeSpacing};
use super::result::TreeResult;
use super::routing;

/// Arranges an organisation chart.
///
/// Linear in the number of nodes apart from dotted lines. A node whose parents form a circle is
/// treated as a root at the circle's first node.
pub fn arrange(request: &TreeRequest) -> TreeResult {
    let forest = Forest::new(request);
    let mut plan = Plan::new(request, &forest);
    for &node in forest.order.iter().rev() {
        plan.consider_forms(node);
    }
    plan.choose_forms();
    for &node in forest.order.iter().rev() {
        plan.arrange_node(node);
    }
    let roots = plan.arrange_roots();
    let origins = plan.origins(&roots);
    let mut boxes: Vec<Option<Rect>> = vec![None; request.nodes.len()];
    for &node in &forest.order {
        boxes[node] = Some(plan.box_at(node, origins[node]));
    }
    let mut connectors: Vec<Option<Polyline>> = vec![None; request.nodes.len()];
    for &node in &forest.order {
        if let Some(parent) = forest.parent[node] {
            connectors[node] = Some(plan.connector(parent, node, &origins));
        }
    }
    if request.direction == Direction::LeftToRight {
        transpose(&mut boxes, &mut connectors);
    }
    let dotted = route_dotted(&boxes, &request.dotted);
    let bounds = bounds_of(boxes.iter().flatten(), connectors.iter().chain(&dotted).flatten());
    TreeResult { boxes, hidden: forest.hidden, connectors, dotted, bounds: bounds.unwrap_or_default() }
}

fn transpose(boxes: &mut [Option<Rect>], connectors: &mut [Option<Polyline>]) {
    for one in boxes.iter_mut().flatten() {
        *one = one.transposed();
    }
    for point in connectors.iter_mut().flatten().flatten() {
        *point = point.transposed();
    }
}

/// Routes dotted lines around the boxes that are shown.
fn route_dotted(boxes: &[Option<Rect>], dotted: &[(usize, usize)]) -> Vec<Option<Polyline>> {
    if dotted.is_empty() {
        return Vec::new();
    }
    let mut shown = vec![usize::MAX; boxes.len()];
    let mut request = RouteRequest { margin: 6.0, ..RouteRequest::default() };
    for (node, one) in boxes.iter().enumerate() {
        if let Some(one) = one {
            shown[node] = request.boxes.len();
            request.boxes.push(*one);
        }
    }
    let index = |node: usize| shown.get(node).copied().unwrap_or(usize::MAX);
    request.edges = dotted
        .iter()
        .map(|&(from, to)| RouteEdge::between(index(from), index(to)))
        .collect();
    routing::route(&request)
}

/// How a child's connector reaches it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reach {
    /// Straight down from the bus to the top of the box.
    Drop,
    /// Down a line at this x of the parent's block, then right to the left side.
    Line(f64),
    /// From the line below the parent sideways to the near side of an assistant.
    Beside,
}

/// Width and height of the area some blocks take, before it is placed.
#[derive(Clone, Copy, Debug, Default)]
struct Extent {
    width: f64,
    height: f64,
}

/// The growing arrangement: blocks from the leaves up, then origins from the roots down.
struct Plan<'a> {
    forest: &'a Forest,
    spacing: TreeSpacing,
    /// Whether lists of leaves stand upright below their parent (not in the mirrored chart).
    lists: bool,
    assistant: Vec<bool>,
    box_size: Vec<Size>,
    /// x of the box in its block; its y is 0.
    box_x: Vec<f64>,
    block: Vec<Extent>,
    /// The forms each block could take, tall, square and wide.
    forms: Vec<[Form; 3]>,
    /// The form chosen for each block.
    form: Vec<usize>,
    /// x in the block at which the connector to the children leaves the box.
    port: Vec<f64>,
    /// y of the bus in the block.
    bus: Vec<f64>,
    /// Place of each block in its parent's block.
    offset: Vec<Point>,
    reach: Vec<Reach>,
}

impl<'a> Plan<'a> {
    fn new(request: &TreeRequest, forest: &'a Forest) -> Self {
        let count = request.nodes.len();
        let lists = request.direction == Direction::TopToBottom;
        let size = |size: Size| {
            if lists { size.sane() } else { size.sane().transposed() }
        };
        Self {
            forest,
            spacing: request.spacing,
            lists,
            assistant: request.nodes.iter().map(|node| node.assistant).collect(),
            box_size: request.nodes.iter().map(|node| size(node.size)).collect(),
            box_x: vec![0.0; count],
            block: vec![Extent::default(); count],
            forms: vec![[Form::default(); 3]; count],
            form: vec![1; count],
            port: vec![0.0; count],
            bus: vec![0.0; count],
            offset: vec![Point::default(); count],
            reach: vec![Reach::Drop; count],
        }
    }

    fn arrange_node(&mut self, node: usize) {
        let size = self.box_size[node];
        self.block[node] = Extent { width: size.width, height: size.height };
        self.port[node] = size.width / 2.0;
        if self.forest.is_leaf(node) {
            return;
        }
        let forest = self.forest;
        let children = forest.children_of(node);
        if children.iter().any(|&child| self.assistant[child]) {
            let (beside, below): (Vec<usize>, Vec<usize>) = children.iter().partition(|&&child| self.assistant[child]);
            self.arrange_children(node, &below, &beside);
        } else {
            self.arrange_children(node, children, &[]);
        }
    }

    /// Places the blocks of the children below the box, assistants first.
    fn arrange_children(&mut self, node: usize, below: &[usize], beside: &[usize]) {
        let size = self.box_size[node];
        let capacity = self.forms[node][self.form[node]].capacity;
        let (content, columns) = self.place_columns(below, capacity);
        let single_list = columns == 1 && below.len() > 1 || self.is_single_list(below, columns);
        if beside.is_empty() && single_list {
            self.finish_list(node, content);
            return;
        }
        let middle = self.middle_of(below).unwrap_or(size.width / 2.0);
        let (left, right, zone) = self.measure_assistants(beside);
        let port = middle.max(left).max(size.width / 2.0);
        let shift = port - middle;
        let level = size.height + zone + self.spacing.level_gap;
        self.shift(below, shift, level);
        self.place_assistants(beside, port, size.height);
        self.box_x[node] = port - size.width / 2.0;
        self.port[node] = port;
        self.bus[node] = level - self.spacing.level_gap / 2.0;
        let height = if below.is_empty() { size.height + zone } else { level + content.height };
        let width = (shift + content.width).max(port + right).max(port + size.width / 2.0);
        self.block[node] = Extent { width, height };
    }

    /// One child that is a leaf hangs as a list of one, like the lists beside it.
    fn is_single_list(&self, below: &[usize], columns: usize) -> bool {
        self.lists && columns == 1 && below.iter().all(|&child| self.forest.is_leaf(child))
    }

    /// The children form one list: it hangs from the left edge of the box without a bus.
    fn finish_list(&mut self, node: usize, content: Extent) {
        let forest = self.forest;
        let size = self.box_size[node];
        let level = size.height + self.spacing.sibling_gap;
        self.shift(forest.children_of(node), 0.0, level);
        self.port[node] = self.spacing.indent.min(size.width / 2.0);
        self.bus[node] = size.height;
        for &child in forest.children_of(node) {
            if self.reach[child] == Reach::Drop {
                let indent = 2.0 * self.spacing.indent;
                self.offset[child].x += indent;
            }
            self.reach[child] = Reach::Line(self.port[node]);
        }
        let width = self.block[node].width.max(
            forest
                .children_of(node)
                .iter()
                .map(|&child| self.offset[child].x + self.block[child].width)
                .fold(content.width, f64::max),
        );
        self.block[node] = Extent { width, height: level + content.height };
    }

    fn shift(&mut self, children: &[usize], x: f64, y: f64) {
        for &child in children {
            self.offset[child] = self.offset[child].moved(x, y);
            if let Reach::Line(line) = self.reach[child] {
                self.reach[child] = Reach::Line(line + x);
            }
        }
    }

    /// Middle between the first and the last line down to the children.
    fn middle_of(&self, children: &[usize]) -> Option<f64> {
        let down = |child: usize| match self.reach[child] {
            Reach::Line(x) => x,
            _ => self.offset[child].x + self.box_x[child] + self.box_size[child].width / 2.0,
        };
        let (first, last) = (children.first()?, children.last()?);
        Some(f64::midpoint(down(*first), down(*last)))
    }

    /// Extents left and right of the line below the parent, and the height of the zone.
    fn measure_assistants(&self, beside: &[usize]) -> (f64, f64, f64) {
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

    fn gap_above(&self, child: usize) -> f64 {
        if self.forest.is_leaf(child) { self.spacing.list_gap } else { self.spacing.sibling_gap }
    }

    /// Splits children into columns of at most `capacity` high; calls back per column with its
    /// children, width and height.
    fn columns(&self, children: &[usize], capacity: f64, mut each: impl FnMut(&[usize], Extent)) {
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

    fn indent_of(&self, column: &[usize]) -> f64 {
        if column.len() > 1 { 2.0 * self.spacing.indent } else { 0.0 }
    }

    /// Extent of the children's area, and how many columns it has.
    fn measure_columns(&self, children: &[usize], capacity: f64) -> (Extent, usize) {
        let mut all = Extent::default();
        let mut count = 0;
        self.columns(children, capacity, |column, extent| {
            if count > 0 {
                all.width += self.spacing.sibling_gap;
            }
            count += 1;
            all.width += extent.width + self.indent_of(column);
            all.height = all.height.max(extent.height);
        });
        (all, count)
    }

    /// Gives every child its offset from the corner of the children's area.
    fn place_columns(&mut self, children: &[usize], capacity: f64) -> (Extent, usize) {
        let mut columns: Vec<(usize, usize, f64)> = Vec::new();
        let mut all = Extent::default();
        let mut at = 0;
        self.columns(children, capacity, |column, extent| {
            columns.push((at, at + column.len(), extent.width));
            at += column.len();
            all.height = all.height.max(extent.height);
        });
        // Lists of leaves keep their indent even where the last column holds one leaf only.
        let leaves =
            self.lists && columns.len() < children.len() && children.iter().all(|&child| self.forest.is_leaf(child));
        for (index, &(start, end, width)) in columns.iter().enumerate() {
            let column = &children[start..end];
            if index > 0 {
                all.width += self.spacing.sibling_gap;
            }
            let left = all.width;
            let stacked = column.len() > 1 || leaves;
            let indent = if stacked { 2.0 * self.spacing.indent } else { 0.0 };
            let mut y = 0.0;
            for (row, &child) in column.iter().enumerate() {
                if row > 0 {
                    y += self.gap_above(child);
                }
                self.offset[child] = Point::new(left + indent, y);
                self.reach[child] = if stacked { Reach::Line(left + self.spacing.indent) } else { Reach::Drop };
                y += self.block[child].height;
            }
            all.width += indent + width;
        }
        (all, columns.len())
    }

    /// Offsets of the roots' blocks on the canvas: like children, but without lines.
    fn arrange_roots(&mut self) -> Vec<Point> {
        let forest = self.forest;
        let spacing = self.spacing;
        self.spacing.indent = 0.0;
        self.spacing.sibling_gap = spacing.root_gap;
        self.spacing.list_gap = spacing.root_gap;
        let (row, _) = self.measure_columns(&forest.roots, 0.0);
        let capacity = if row.width <= WIDEST_ROW * row.height { 0.0 } else { self.lists_capacity(&forest.roots) };
        self.place_columns(&forest.roots, capacity);
        self.spacing = spacing;
        forest.roots.iter().map(|&root| self.offset[root]).collect()
    }

    /// Corner of every visible block on the canvas.
    fn origins(&self, roots: &[Point]) -> Vec<Point> {
        let mut origins = vec![Point::default(); self.offset.len()];
        for (&root, &place) in self.forest.roots.iter().zip(roots) {
            origins[root] = place;
        }
        for &node in &self.forest.order {
            let origin = origins[node];
            for &child in self.forest.children_of(node) {
                let offset = self.offset[child];
                origins[child] = origin.moved(offset.x, offset.y);
            }
        }
        origins
    }

    fn box_at(&self, node: usize, origin: Point) -> Rect {
        Rect::from_min_size(origin.moved(self.box_x[node], 0.0), self.box_size[node])
    }

    /// From the parent's box over the bus to the child's box.
    fn connector(&self, parent: usize, child: usize, origins: &[Point]) -> Polyline {
        let from = origins[parent];
        let (port, bottom) = (from.x + self.port[parent], from.y + self.box_size[parent].height);
        let bus = from.y + self.bus[parent];
        let target = self.box_at(child, origins[child]);
        let middle = target.center();
        let mut line = Vec::with_capacity(5);
        line.push(Point::new(port, bottom));
        match self.reach[child] {
            Reach::Drop => {
                line.push(Point::new(port, bus));
                line.push(Point::new(middle.x, bus));
                line.push(Point::new(middle.x, target.min.y));
            }
            Reach::Line(x) => {
                let x = from.x + x;
                line.push(Point::new(port, bus));
                line.push(Point::new(x, bus));
                line.push(Point::new(x, middle.y));
                line.push(Point::new(target.min.x, middle.y));
            }
            Reach::Beside => {
                line.push(Point::new(port, middle.y));
                let side = if middle.x < port { target.max.x } else { target.min.x };
                line.push(Point::new(side, middle.y));
            }
        }
        simplify(&mut line);
        line
    }
}
