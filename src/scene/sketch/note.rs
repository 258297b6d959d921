//! Notes: sticky ones, texts behind a bracket, and frames around what belongs together.

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::{Sketch, asked_or, even, height_of, line_height};
use crate::model::*;
use crate::scene::item::*;
use crate::scene::measures::*;
use crate::scene::pen::Pen;
use crate::scene::plate::sheet;
use crate::scene::text::{Measure, TextStyle};
use crate::scene::words::{capitalised, joined};

pub(super) fn note(note: &Note, asked: Vec2) -> Sketch {
    match note.form {
        NoteForm::Sticky => sticky(note, asked),
        NoteForm::Annotation => annotation(note, asked),
        NoteForm::Frame => frame(note, asked),
    }
}

fn sticky(note: &Note, least: Vec2) -> Sketch {
    let measure = Measure::bundled();
    let width = even(least.x.max(NOTE_WIDTH));
    let lines = measure.wrap(&note.text, BODY, width - 2.0 * PADDING - 4.0, 12);
    let footer = footer(note);
    let author = if footer.is_empty() { 0.0 } else { line_height(CAPTION) };
    let text_height = height_of(&lines, BODY);
    let height = even((text_height + author + 18.0).max(least.y));
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
    let mut pen = Pen::new(None);
    let ground = Style::card(paper(note.kind), Colour::LineStrong);
    sheet(&mut pen, rect, ground);
    let ink = if note.done { Colour::InkSecond } else { Colour::Ink };
    pen.lines(Detail::Name, lines, BODY, ink, pos2(PADDING, 9.0), Align::Min);
    if !footer.is_empty() {
        let footer = measure.ellipsize(&footer, CAPTION, width - 2.0 * PADDING);
        let anchor = pos2(PADDING, 9.0 + text_height);
        pen.lines(Detail::Secondary, vec![footer], CAPTION, Colour::InkSecond, anchor, Align::Min);
    }
    Sketch { size: rect.size(), form: NodeForm::Sheet, items: pen.finish() }
}

/// The colour of the paper says what a note is for; so do the words at its foot.
fn paper(kind: NoteKind) -> Colour {
    match kind {
        NoteKind::Remark => Colour::SeveritySoft(Severity::Medium),
        NoteKind::Question => Colour::SeveritySoft(Severity::Low),
        NoteKind::Idea => Colour::TintFill(1),
        NoteKind::Risk => Colour::SeveritySoft(Severity::High),
        NoteKind::Decision => Colour::AccentSoft,
    }
}

/// What a note is for, who wrote it, whether it is dealt with: `Question · AC · done`.
fn footer(note: &Note) -> String {
    let kind = (note.kind != NoteKind::Remark).then(|| capitalised(note.kind.word()));
    joined([kind, Some(note.author.clone()), note.done.then(|| "done".to_owned())])
}

/// Distance of the text of an annotation from its bracket, and length of the arms of the bracket.
const BRACKET: f32 = 8.0;

fn annotation(note: &Note, asked: Vec2) -> Sketch {
    const STYLE: TextStyle = TextStyle { line_height: 1.25, ..BODY };
    let measure = Measure::bundled();
    let widest = note.text.lines().map(|line| measure.width(line, STYLE)).fold(0.0, f32::max);
    let natural = even(widest.min(NOTE_WIDTH - BRACKET - 2.0) + BRACKET + 2.0);
    let width = asked_or(asked.x, natural);
    // It has no ground: a line may stand out a little.
    let fitting = ((asked.y + line_height(STYLE) / 2.0) / line_height(STYLE)).floor().max(1.0) as usize;
    let room = if asked_or(asked.y, 0.0) > 0.0 { fitting } else { 12 };
    let lines = measure.wrap(&note.text, STYLE, (width - BRACKET).max(LEAST_TEXT), room);
    let height = asked_or(asked.y, even(height_of(&lines, STYLE) + 8.0));
    let mut pen = Pen::new(None);
    let bracket = vec![pos2(BRACKET, 0.0), Pos2::ZERO, pos2(0.0, height), pos2(BRACKET, height)];
    pen.path(Detail::Shape, bracket, false, 0.0, Style::line(Stroke::new(Colour::Connector, LINE)));
    let top = (height - height_of(&lines, STYLE)) / 2.0;
    pen.lines(Detail::Name, lines, STYLE, Colour::Ink, pos2(BRACKET, top), Align::Min);
    Sketch { size: vec2(width, height), form: NodeForm::Card, items: pen.finish() }
}

/// Text is broken at this width at the least, however narrow its box is.
const LEAST_TEXT: f32 = 24.0;
/// Size of a frame that nobody made larger or smaller.
const FRAME: (f32, f32) = (280.0, 180.0);

fn frame(note: &Note, asked: Vec2) -> Sketch {
    let size = vec2(asked_or(asked.x, FRAME.0), asked_or(asked.y, FRAME.1));
    let rect = Rect::from_min_size(Pos2::ZERO, size);
    let mut pen = Pen::new(None);
    let edge = Style::line(Stroke::new(Colour::Connector, LINE)).dashed(Dash::DashDotted);
    pen.rect(Detail::Shape, rect, CONTAINER_CORNER, edge);
    let first = note.text.lines().next().unwrap_or_default();
    let title = Measure::bundled().ellipsize(first, NAME, size.x - 2.0 * PADDING);
    let top = (FRAME_TITLE - line_height(NAME)) / 2.0 + 1.0;
    pen.lines(Detail::Title, vec![title], NAME, Colour::InkSecond, pos2(size.x / 2.0, top), Align::Center);
    Sketch { size, form: NodeForm::Frame, items: pen.finish() }
}
