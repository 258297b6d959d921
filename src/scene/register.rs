//! The register of decisions as a picture: headings, rows by area, facts as texts; guesses are marked.
//!
//! The window has a register of its own that can be typed in; this one is for exports. It shows the usual columns.

use std::sync::Arc;

use emath::{Align, Pos2, Rect, pos2, vec2};

use super::build::draw_mark;
use super::item::*;
use super::measures::*;
use super::pen::{Pen, bounds_of};
use super::sketch::Context;
use super::text::{Measure, TextStyle, Weight};
use crate::model::*;

const ROW: f32 = 28.0;
const HEADER: f32 = 32.0;
const AREA_ROW: f32 = 32.0;
const TEXT: TextStyle = TextStyle::new(11.5, Weight::Regular);
const HEADING: TextStyle = TextStyle::new(11.0, Weight::Semibold);
/// Room beside the text of a cell, at both sides together.
const PADDING: f32 = 16.0;
const WIDEST: f32 = 190.0;
/// What stands before a guess.
const GUESS: &str = "≈ ";

pub(crate) fn build(context: Context<'_>) -> Scene {
    let registered = Registered::new(context.document());
    let rows = registered.rows();
    let columns: Vec<RegisterColumn> =
        RegisterColumn::USUAL.into_iter().filter(|column| *column != RegisterColumn::Area).collect();
    let mut picture = Picture { context, edges: edges(&rows, &columns), columns, scene: Scene::default() };
    picture.headings();
    picture.rows(&rows);
    picture.scene.bounds = bounds_of(picture.scene.items.iter().map(|item| item.bounds));
    picture.scene
}

struct Picture<'a> {
    context: Context<'a>,
    columns: Vec<RegisterColumn>,
    /// Left edge of each column, and the right edge of the last one.
    edges: Vec<f32>,
    scene: Scene,
}

fn style_of(column: RegisterColumn) -> TextStyle {
    if column == RegisterColumn::Name { NAME } else { TEXT }
}

/// What a cell prints: a guess has its mark.
fn printed(row: &RegisterRow<'_>, column: RegisterColumn) -> String {
    let text = row.text(column);
    if row.is_guess(column) { format!("{GUESS}{text}") } else { text }
}

/// Edges of columns that are as wide as their widest text, up to a bound.
fn edges(rows: &[RegisterRow<'_>], columns: &[RegisterColumn]) -> Vec<f32> {
    let measure = Measure::bundled();
    let mut edges = vec![0.0];
    for column in columns {
        let widest = rows.iter().map(|row| measure.width(&printed(row, *column), style_of(*column)));
        let widest = widest.fold(measure.width(column.heading(), HEADING), f32::max);
        let bound = if *column == RegisterColumn::Name { 260.0 } else { WIDEST };
        edges.push(edges.last().copied().unwrap_or(0.0) + (widest + PADDING).min(bound).ceil());
    }
    edges
}

impl Picture<'_> {
    /// Left and right edge of a column.
    fn edge(&self, column: usize) -> (f32, f32) {
        let at = |index: usize| self.edges.get(index).copied().unwrap_or(0.0);
        (at(column), at(column + 1))
    }

    fn right(&self) -> f32 {
        self.edges.last().copied().unwrap_or(0.0)
    }

    /// Writes a text into a column, at its right edge where it is a number.
    fn write(&self, pen: &mut Pen, column: usize, text: &str, style: TextStyle, ink: Colour, middle: f32) {
        let Some(shown) = self.columns.get(column) else { return };
        let (left, right) = self.edge(column);
        let line = Measure::bundled().ellipsize(text, style, right - left - PADDING + 2.0);
        let top = middle - Measure::bundled().line_height(style) / 2.0;
        let (x, align) =
            if shown.is_number() { (right - PADDING / 2.0, Align::Max) } else { (left + PADDING / 2.0, Align::Min) };
        let detail = if column == 0 { Detail::Name } else { Detail::Secondary };
        pen.lines(detail, vec![line], style, ink, pos2(x, top), align);
    }

    fn headings(&mut self) {
        let mut pen = Pen::new(None);
        for (index, column) in self.columns.iter().enumerate() {
            self.write(&mut pen, index, column.heading(), HEADING, Colour::InkSecond, HEADER / 2.0);
        }
        hairline(&mut pen, pos2(0.0, HEADER), pos2(self.right(), HEADER), Colour::LineStrong);
        self.scene.items.push(Arc::new(pen.into_group()));
    }

    fn rows(&mut self, rows: &[RegisterRow<'_>]) {
        let mut top = HEADER;
        let mut area = "";
        for row in rows {
            if row.decision.area != area {
                area = &row.decision.area;
                let mut pen = Pen::new(None);
                let y = top + AREA_ROW - 6.0 - Measure::bundled().line_height(BADGE);
                let name = if area.is_empty() { "No area" } else { area };
                pen.text(Detail::Title, name, BADGE, Colour::InkSecond, pos2(PADDING / 2.0, y), Align::Min);
                top += AREA_ROW;
                hairline(&mut pen, pos2(0.0, top), pos2(self.right(), top), Colour::Line);
                self.scene.items.push(Arc::new(pen.into_group()));
            }
            self.row(row, top);
            top += ROW;
        }
    }

    fn row(&mut self, row: &RegisterRow<'_>, top: f32) {
        let element = ElementRef::from(row.id);
        let mut pen = Pen::new(Some(element));
        for (index, column) in self.columns.iter().enumerate() {
            let text = printed(row, *column);
            if text.is_empty() {
                continue;
            }
            let ink = if row.is_guess(*column) { Colour::InkSecond } else { Colour::Ink };
            self.write(&mut pen, index, &text, style_of(*column), ink, top + ROW / 2.0);
        }
        hairline(&mut pen, pos2(0.0, top + ROW), pos2(self.right(), top + ROW), Colour::Line);
        if let Some(mark) = self.context.options.marks.get(&element) {
            draw_mark(&mut pen, pos2(self.edge(0).1 - 4.0, top + ROW / 2.0), *mark);
        }
        let rect = Rect::from_min_size(pos2(0.0, top), vec2(self.right(), ROW));
        self.scene.nodes.push(NodeShape {
            element,
            placement: None,
            rect,
            form: NodeForm::Card,
            parent: None,
            hidden: 0,
            item: self.scene.items.len(),
        });
        let mut group = pen.into_group();
        group.bounds = group.bounds.union(rect);
        self.scene.items.push(Arc::new(group));
    }
}

fn hairline(pen: &mut Pen, from: Pos2, to: Pos2, colour: Colour) {
    pen.path(Detail::Shape, vec![from, to], false, 0.0, Style::line(Stroke::new(colour, HAIRLINE)));
}

#[cfg(test)]
mod tests {
    use crate::model::*;
    use crate::scene::{Item, ItemKind, Options, build};

    fn texts(item: &Item, into: &mut Vec<String>) {
        match &item.kind {
            ItemKind::Text(text) => into.extend(text.lines.iter().map(|line| line.text.clone())),
            ItemKind::Group(items) => items.iter().for_each(|item| texts(item, into)),
            _ => {}
        }
    }

    #[test]
    fn the_picture_has_a_row_for_each_decision_and_marks_guesses() {
        let mut document = Document::default();
        let id = document.insert(Decision {
            area: "Money".into(),
            importance: Some(4),
            frequency: Some(Rate::weekly(60.0)),
            guesses: vec![DecisionFact::Frequency],
            ..Decision::new("Grant a refund")
        });
        let kind = ViewKind::Matrix(MatrixView { form: MatrixForm::Register, ..MatrixView::default() });
        let view = document.insert(View::new("Register", kind));
        let scene = build(&document, view, &Options::default());
        let mut found = Vec::new();
        scene.items.iter().for_each(|item| texts(item, &mut found));
        for expected in ["Decision", "Importance", "Money", "Grant a refund", "4", "≈ 60 per week"] {
            assert!(found.iter().any(|text| text == expected), "{expected} in {found:?}");
        }
        assert_eq!(scene.nodes.iter().map(|node| node.element).collect::<Vec<_>>(), [ElementRef::from(id)]);
    }
}
