//! The grid of a matrix organisation: who reports to whom in the solid and in the dotted line.
//!
//! **Columns** are the units below the topmost one; in them stand their roles, which report there in the solid line.
//! **Rows** are those units to which roles of other units report in dotted lines: products, projects, regions. A role
//! stands where its own unit and the unit of its dotted line meet; with several dotted lines it comes back in the
//! other rows as a dashed card without a box of its own. Without any dotted line there is one row.

use std::sync::Arc;

use emath::{Align, Pos2, Rect, pos2, vec2};
use rustc_hash::FxHashMap;

use super::Drawing;
use crate::layout::geometry as plane;
use crate::layout::grid::{Band, GridBox, GridRequest, GridResult, arrange};
use crate::model::*;
use crate::scene::item::*;
use crate::scene::measures::*;
use crate::scene::pen::Pen;
use crate::scene::sketch::{Context, even, height_of};
use crate::scene::text::Measure;

/// What heads a column or row.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Head {
    /// A unit, by its index.
    Unit(usize),
    /// Roles that belong to the units of the rows.
    OwnRoles,
    /// Roles without a dotted line.
    SolidOnly,
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Card {
    /// An element, by its index.
    Element(usize),
    /// A role once more, where it reports to by another dotted line.
    Again(usize),
}

/// The two dimensions and what stands where.
struct Cross {
    columns: Vec<Head>,
    rows: Vec<Head>,
    /// Card, column, row.
    cards: Vec<(Card, usize, usize)>,
    /// The unit around all others, if no role sits in it directly: it stands above the grid.
    top: Option<usize>,
}

pub(crate) fn build(context: Context<'_>, view: ViewId) -> Scene {
    let mut drawing = Drawing::new(context, view);
    let cross = Cross::of(&drawing);
    let boxes = cross.cards.iter().map(|(card, column, row)| GridBox {
        size: card_size(&drawing, *card),
        column: *column,
        row: *row,
    });
    let request = GridRequest {
        columns: cross.columns.iter().map(|head| head_size(&drawing, *head)).collect(),
        rows: if cross.has_rows() {
            cross.rows.iter().map(|head| head_size(&drawing, *head)).collect()
        } else {
            vec![plane::Size::default()]
        },
        boxes: boxes.collect(),
        ..GridRequest::default()
    };
    let result = arrange(&request);
    add_lines(&mut drawing, &cross, &result);
    add_heads(&mut drawing, &cross, &result);
    for ((card, ..), rect) in cross.cards.iter().zip(&result.boxes) {
        let Some(corner) = rect.map(|rect| point(rect.min)) else { continue };
        match card {
            Card::Element(index) => drawing.add_sketch(*index, corner),
            Card::Again(index) => add_again(&mut drawing, *index, corner),
        }
    }
    let bounds = Rect::from_min_max(point(result.bounds.min), point(result.bounds.max));
    if let Some(top) = cross.top
        && let Some(sketch) = drawing.sketch(top)
    {
        drawing.add_sketch(top, pos2(0.0, -sketch.size.y - 16.0));
    }
    drawing.add_rest(bounds);
    drawing.finish()
}

fn point(point: plane::Point) -> Pos2 {
    pos2(point.x.round() as f32, point.y.round() as f32)
}

fn rect(rect: &plane::Rect) -> Rect {
    Rect::from_min_max(point(rect.min), point(rect.max))
}

impl Cross {
    fn of(drawing: &Drawing<'_>) -> Self {
        let members = drawing.members();
        let level = Level::of(drawing, &members);
        let members = in_tree_order(drawing, &members);
        let targets = dotted_targets(drawing, &members, &level);
        let mut is_row = vec![false; level.heads.len()];
        let mut is_column = vec![false; level.heads.len()];
        for (member, rows) in members.iter().zip(&targets) {
            for row in rows {
                is_row[*row] = true;
            }
            // A unit in which nobody reports elsewhere and to which others report is a row only.
            if let Some(own) = level.head_of(*member) {
                is_column[own] |= !rows.is_empty();
            }
        }
        for (column, row) in is_column.iter_mut().zip(&is_row) {
            *column |= !row;
        }
        let mut cross = Self { columns: Vec::new(), rows: Vec::new(), cards: Vec::new(), top: level.top };
        let own = is_row.iter().any(|row| *row);
        if own {
            cross.columns.push(Head::OwnRoles);
        }
        let column_at = numbered(&is_column, cross.columns.len());
        cross.rows.push(Head::SolidOnly);
        let row_at = numbered(&is_row, 1);
        let heads_where = |flags: &[bool]| -> Vec<Head> {
            level.heads.iter().zip(flags).filter(|(_, flag)| **flag).map(|(head, _)| Head::Unit(*head)).collect()
        };
        cross.columns.extend(heads_where(&is_column));
        cross.rows.extend(heads_where(&is_row));
        for (member, rows) in members.iter().zip(&targets) {
            let Some(own) = level.head_of(*member).filter(|own| level.heads.get(*own) != Some(member)) else {
                continue;
            };
            let Some(first) = rows.first() else {
                let place = match (row_at[own], column_at[own]) {
                    (Some(row), _) => Some((0, row)),
                    (None, Some(column)) => Some((column, 0)),
                    (None, None) => None,
                };
                cross.cards.extend(place.map(|(column, row)| (Card::Element(*member), column, row)));
                continue;
            };
            let Some(column) = column_at[own] else { continue };
            cross.cards.extend(row_at[*first].map(|row| (Card::Element(*member), column, row)));
            let again = rows.iter().skip(1).filter_map(|row| row_at[*row]);
            cross.cards.extend(again.map(|row| (Card::Again(*member), column, row)));
        }
        cross.without_empty()
    }

    /// Whether rows say something: not where nobody reports in a dotted line.
    fn has_rows(&self) -> bool {
        self.rows != [Head::SolidOnly]
    }

    /// Leaves out the headings of roles where there are none.
    fn without_empty(mut self) -> Self {
        let has_own = self.cards.iter().any(|(_, column, _)| *column == 0);
        if self.columns.first() == Some(&Head::OwnRoles) && !has_own {
            self.columns.remove(0);
            self.cards.iter_mut().for_each(|(_, column, _)| *column -= 1);
        }
        let has_solid = self.cards.iter().any(|(.., row)| *row == 0);
        if self.rows.len() > 1 && !has_solid {
            self.rows.remove(0);
            self.cards.iter_mut().for_each(|(.., row)| *row -= 1);
        }
        self
    }
}

/// Members as they follow one another in the organisation: what sits in a unit itself, then its units with theirs.
fn in_tree_order(drawing: &Drawing<'_>, members: &[usize]) -> Vec<usize> {
    let mut below: FxHashMap<Option<usize>, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
    for member in members {
        let (own, units) = below.entry(drawing.parent(*member)).or_default();
        let is_unit = matches!(drawing.element(*member), Some(ElementRef::Unit(_)));
        if is_unit { units.push(*member) } else { own.push(*member) }
    }
    let mut stack = vec![None];
    let mut order = Vec::with_capacity(members.len());
    while let Some(at) = stack.pop() {
        order.extend(at);
        // Each entry is taken once, so that a circle of units ends.
        let Some((own, units)) = below.remove(&at) else { continue };
        order.extend(own);
        stack.extend(units.into_iter().rev().map(Some));
    }
    order
}

/// Consecutive numbers from `first` for those that are flagged.
fn numbered(flags: &[bool], first: usize) -> Vec<Option<usize>> {
    let mut next = first;
    let number = |flag: &bool| {
        flag.then(|| {
            next += 1;
            next - 1
        })
    };
    flags.iter().map(number).collect()
}

/// The units that may head columns and rows, and which of them each member belongs to.
struct Level {
    /// The unit around all heads, if it is none itself.
    top: Option<usize>,
    /// Indices of units.
    heads: Vec<usize>,
    /// Place in `heads` by the index of a member.
    of_member: FxHashMap<usize, usize>,
}

impl Level {
    fn of(drawing: &Drawing<'_>, members: &[usize]) -> Self {
        let is_unit = |index: &usize| matches!(drawing.element(*index), Some(ElementRef::Unit(_)));
        let children = |up: Option<usize>| -> Vec<usize> {
            members.iter().copied().filter(|index| is_unit(index) && drawing.parent(*index) == up).collect()
        };
        let mut heads = children(None);
        let mut top = None;
        if let [only] = heads.as_slice() {
            let only = *only;
            let below = children(Some(only));
            let has_own = members.iter().any(|index| !is_unit(index) && drawing.parent(*index) == Some(only));
            if !below.is_empty() && !has_own {
                (top, heads) = (Some(only), below);
            } else {
                heads.extend(below);
            }
        }
        let place: FxHashMap<usize, usize> = heads.iter().enumerate().map(|(at, head)| (*head, at)).collect();
        let mut of_member = FxHashMap::default();
        for member in members {
            let mut at = Some(*member);
            let mut steps = 0;
            while let Some(index) = at.filter(|_| steps <= drawing.shown.len()) {
                if let Some(head) = place.get(&index) {
                    of_member.insert(*member, *head);
                    break;
                }
                at = drawing.parent(index);
                steps += 1;
            }
        }
        Self { top, heads, of_member }
    }

    fn head_of(&self, member: usize) -> Option<usize> {
        self.of_member.get(&member).copied()
    }
}

/// For each member the heads of other units that it reports to in dotted lines, each once.
fn dotted_targets(drawing: &Drawing<'_>, members: &[usize], level: &Level) -> Vec<Vec<usize>> {
    let document = drawing.context.document();
    let index_of: FxHashMap<ElementRef, usize> =
        members.iter().filter_map(|index| Some((drawing.element(*index)?, *index))).collect();
    let targets = |member: &usize| {
        let mut found = Vec::new();
        let Some(ElementRef::Role(role)) = drawing.element(*member) else { return found };
        let own = level.head_of(*member);
        for above in document.get::<Role>(role).map_or(&[][..], |role| role.dotted_to.as_slice()) {
            let head = index_of.get(&ElementRef::Role(*above)).and_then(|index| level.head_of(*index));
            if let Some(head) = head.filter(|head| own.is_some() && own != Some(*head) && !found.contains(head)) {
                found.push(head);
            }
        }
        found
    };
    members.iter().map(targets).collect()
}

fn card_size(drawing: &Drawing<'_>, card: Card) -> plane::Size {
    let (Card::Element(index) | Card::Again(index)) = card;
    let size = match card {
        Card::Element(_) => drawing.sketch(index).map(|sketch| sketch.size),
        Card::Again(_) => Some(again_size(drawing, index)),
    };
    let size = size.unwrap_or_default();
    plane::Size::new(f64::from(size.x), f64::from(size.y))
}

fn head_size(drawing: &Drawing<'_>, head: Head) -> plane::Size {
    let size = match head {
        Head::Unit(index) => drawing.sketch(index).map(|sketch| sketch.size).unwrap_or_default(),
        Head::OwnRoles | Head::SolidOnly => vec2(ROLE_WIDTH, 36.0),
    };
    plane::Size::new(f64::from(size.x), f64::from(size.y))
}

fn head_words(head: Head) -> Option<[&'static str; 2]> {
    match head {
        Head::Unit(_) => None,
        Head::OwnRoles => Some(["Their own roles", "of the units at the left"]),
        Head::SolidOnly => Some(["Solid line only", "nobody beside the own unit"]),
    }
}

/// The grounds of headings and the lines between cells.
fn add_lines(drawing: &mut Drawing<'_>, cross: &Cross, result: &GridResult) {
    for band in &result.bands {
        let mut pen = Pen::new(None);
        let (left, bottom) = (band_left(band), band.body.max.y as f32);
        let top = band.column_heads.first().map_or(band.body.min.y, |head| head.min.y) as f32;
        let right = band.body.max.x as f32;
        let whole = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
        pen.rect(Detail::Shape, whole, CORNER, Style::filled(Colour::Lane));
        let body = rect(&band.body);
        pen.rect(Detail::Shape, body, 0.0, Style::filled(Colour::Raised));
        let line = Style::line(Stroke::new(Colour::Line, HAIRLINE));
        for head in &band.column_heads {
            let x = head.min.x.round() as f32;
            pen.path(Detail::Shape, vec![pos2(x, top), pos2(x, bottom)], false, 0.0, line);
        }
        if cross.has_rows() {
            for head in &band.row_heads {
                let y = head.min.y.round() as f32;
                pen.path(Detail::Shape, vec![pos2(left, y), pos2(right, y)], false, 0.0, line);
            }
        }
        let edge = Style::line(Stroke::new(Colour::LineStrong, HAIRLINE));
        pen.rect(Detail::Shape, whole, CORNER, edge);
        if cross.has_rows() {
            add_legend(&mut pen, pos2(left, top), body.min);
        }
        drawing.scene.items.push(Arc::new(pen.into_group()));
    }
}

fn band_left(band: &Band) -> f32 {
    band.row_heads.first().map_or(band.body.min.x, |head| head.min.x) as f32
}

/// What columns and rows mean, in the corner.
fn add_legend(pen: &mut Pen, corner: Pos2, body: Pos2) {
    let middle = corner.y + (body.y - corner.y) / 2.0;
    let left = corner.x + PADDING;
    for (row, (words, dash)) in
        [("column: solid line", Dash::Solid), ("row: dotted line", Dash::Dashed)].into_iter().enumerate()
    {
        let y = middle - 9.0 + 18.0 * row as f32;
        let style = Style::line(Stroke::new(Colour::Border, LINE)).dashed(dash);
        pen.path(Detail::Secondary, vec![pos2(left, y), pos2(left + 22.0, y)], false, 0.0, style);
        let anchor = pos2(left + 30.0, y - 8.0);
        pen.text(Detail::Secondary, words, CAPTION, Colour::InkSecond, anchor, Align::Min);
    }
}

/// The cards of units at columns and rows. A unit that heads both has its box at its row.
fn add_heads(drawing: &mut Drawing<'_>, cross: &Cross, result: &GridResult) {
    for (number, band) in result.bands.iter().enumerate() {
        for (head, place) in band.columns.clone().filter_map(|at| cross.columns.get(at)).zip(&band.column_heads) {
            let is_row = cross.rows.contains(head);
            add_head(drawing, *head, rect(place), !is_row);
        }
        if cross.has_rows() {
            for (head, place) in cross.rows.iter().zip(&band.row_heads) {
                add_head(drawing, *head, rect(place), number == 0);
            }
        }
    }
}

fn add_head(drawing: &mut Drawing<'_>, head: Head, place: Rect, is_box: bool) {
    if let Some([words, explained]) = head_words(head) {
        let mut pen = Pen::new(None);
        let top = place.center().y - 17.0;
        pen.text(Detail::Title, words, LABEL, Colour::InkSecond, pos2(place.center().x, top), Align::Center);
        let anchor = pos2(place.center().x, top + 18.0);
        pen.text(Detail::Secondary, explained, CAPTION, Colour::InkSecond, anchor, Align::Center);
        drawing.scene.items.push(Arc::new(pen.into_group()));
        return;
    }
    let Head::Unit(index) = head else { return };
    let Some(sketch) = drawing.sketch(index) else { return };
    let corner = (place.center() - sketch.size / 2.0).round();
    if is_box {
        drawing.add_sketch(index, corner);
        return;
    }
    let mut items = sketch.items;
    items.iter_mut().for_each(|item| item.shift(corner.to_vec2()));
    drawing.scene.items.push(Arc::new(Item::group(drawing.element(index), items)));
}

fn again_lines(context: Context<'_>, element: ElementRef) -> Vec<crate::scene::text::Line> {
    Measure::bundled().wrap(context.document().name_of(element), CAPTION, ROLE_WIDTH - 2.0 * PADDING, 2)
}

fn again_size(drawing: &Drawing<'_>, index: usize) -> emath::Vec2 {
    let lines = drawing.element(index).map(|element| again_lines(drawing.context, element)).unwrap_or_default();
    vec2(ROLE_WIDTH, even(height_of(&lines, CAPTION) + 12.0))
}

/// A role once more, in another row: a dashed card that is no box of its own.
fn add_again(drawing: &mut Drawing<'_>, index: usize, corner: Pos2) {
    let Some(element) = drawing.element(index) else { return };
    let mut pen = Pen::new(Some(element));
    let size = again_size(drawing, index);
    let style = Style::line(Stroke::new(Colour::LineStrong, HAIRLINE)).dashed(Dash::Dashed);
    pen.card(Rect::from_min_size(corner, size), style);
    let lines = again_lines(drawing.context, element);
    let anchor = corner + vec2(PADDING, 6.0);
    pen.lines(Detail::Name, lines, CAPTION, Colour::InkSecond, anchor, Align::Min);
    drawing.scene.items.push(Arc::new(pen.into_group()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Options, build};
    use crate::testkit;

    fn grid_view(document: &mut Document) -> ViewId {
        let kind = ViewKind::Organisation { root: None, form: ChartForm::Grid, direction: FlowDirection::TopToBottom };
        document.insert(View::new("Grid", kind))
    }

    /// Two functions and a product to which a role of each reports in a dotted line.
    fn matrix() -> (Document, ViewId, [ElementRef; 6]) {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let [design, build, lamp] =
            ["Design", "Building", "Lamp"].map(|name| document.insert(Unit { parent: Some(firm), ..Unit::new(name) }));
        let lead = document.insert(Role { unit: Some(lamp), ..Role::new("Lead of Lamp") });
        let roles = [(design, "Designer"), (build, "Builder")]
            .map(|(unit, name)| document.insert(Role { unit: Some(unit), dotted_to: vec![lead], ..Role::new(name) }));
        let view = grid_view(&mut document);
        let elements = [lamp.into(), lead.into(), design.into(), build.into(), roles[0].into(), roles[1].into()];
        (document, view, elements)
    }

    #[test]
    fn roles_stand_below_their_unit_and_beside_that_of_their_dotted_line() {
        let (document, view, [lamp, lead, design, build_unit, designer, builder]) = matrix();
        let scene = build(&document, view, &Options::default());
        let place = |element: ElementRef| scene.nodes.iter().find(|node| node.element == element).unwrap().rect;
        for (role, unit) in [(designer, design), (builder, build_unit)] {
            assert!((place(role).center().x - place(unit).center().x).abs() < 30.0);
            assert!((place(role).center().y - place(lamp).center().y).abs() < 30.0);
            assert!(place(unit).bottom() < place(role).top());
        }
        assert!(place(lamp).right() < place(lead).left() && place(lead).right() < place(designer).left());
    }

    #[test]
    fn every_element_has_one_box_and_no_two_overlap() {
        let mut document = testkit::generate::organisation(600, 4);
        let view = grid_view(&mut document);
        let scene = build(&document, view, &Options::default());
        assert_eq!(scene, build(&document, view, &Options::default()));
        let mut elements: Vec<ElementRef> = scene.nodes.iter().map(|node| node.element).collect();
        elements.sort_unstable();
        let count = elements.len();
        elements.dedup();
        assert_eq!(elements.len(), count);
        let roles = elements.iter().filter(|element| matches!(element, ElementRef::Role(_))).count();
        assert_eq!(roles, document.roles().iter().filter(|(_, role)| role.unit.is_some()).count());
        for (at, node) in scene.nodes.iter().enumerate() {
            let rect = node.rect.shrink(0.5);
            assert!(!scene.nodes.iter().skip(at + 1).any(|other| other.rect.intersects(rect)), "{:?}", node.element);
        }
    }
}
