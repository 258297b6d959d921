//! A sentence in which some words lead somewhere. It is one text to read, also for assistive technology; the words that
//! lead on are links of their own.

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{Galley, Id, Label, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::app::style::{colour, font};
use crate::scene::text::{TextStyle, Weight};
use crate::scene::theme::{Rgba, Theme};

/// A part of a sentence.
pub enum Part<'a> {
    /// Words to be read.
    Words(&'a str),
    /// Words that lead somewhere.
    Link(&'a str),
}

impl Part<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Link(text) => text,
        }
    }
}

/// Draws a sentence over the width that is there; the response of the whole, and the place of the part that was clicked.
pub fn prose(
    ui: &mut Ui,
    theme: &Theme,
    id: Id,
    style: TextStyle,
    ink: Rgba,
    parts: &[Part<'_>],
) -> (Response, Option<usize>) {
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    for part in parts {
        let (style, ink) = match part {
            Part::Words(_) => (style, ink),
            Part::Link(_) => (style.with_weight(Weight::Medium), theme.accent.ink),
        };
        let format = TextFormat {
            font_id: font(style),
            color: colour(ink),
            line_height: Some(style.size * 1.45),
            ..TextFormat::default()
        };
        job.append(part.text(), 0.0, format);
    }
    let whole: String = parts.iter().map(Part::text).collect();
    let (pos, galley, response) = Label::new(job).wrap().layout_in_ui(ui);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
    ui.painter().galley(pos, galley.clone(), colour(ink));
    let mut clicked = None;
    let mut start = 0;
    for (place, part) in parts.iter().enumerate() {
        let end = start + part.text().chars().count();
        if let Part::Link(words) = part
            && link_ui(ui, theme, id.with(place), words, &rects(&galley, pos, start, end))
        {
            clicked = Some(place);
        }
        start = end;
    }
    (response, clicked)
}

/// The words of a link, one rectangle for each line that they are on; the first one has the keyboard.
fn link_ui(ui: &Ui, theme: &Theme, id: Id, words: &str, rects: &[Rect]) -> bool {
    let line = |rect: &Rect, width: f32| {
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.5, Stroke::new(width, colour(theme.accent.ink)));
    };
    let mut clicked = false;
    let mut is_hovered = false;
    for (index, rect) in rects.iter().enumerate() {
        let response = ui.interact(*rect, id.with(index), if index == 0 { Sense::click() } else { Sense::CLICK });
        if index == 0 {
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
            if response.has_focus() {
                let ring = Stroke::new(2.0, colour(theme.accent.base));
                ui.painter().rect_stroke(rect.expand(2.0), 3.0, ring, egui::StrokeKind::Outside);
            }
        }
        clicked |= response.clicked();
        is_hovered |= response.on_hover_cursor(egui::CursorIcon::PointingHand).hovered();
    }
    if is_hovered {
        rects.iter().for_each(|rect| line(rect, 1.0));
    }
    clicked
}

/// Where the characters from `start` to `end` are on the screen, line by line.
fn rects(galley: &Galley, pos: Pos2, start: usize, end: usize) -> Vec<Rect> {
    let mut found: Vec<Rect> = Vec::new();
    for at in start..end {
        let from = galley.pos_from_cursor(CCursor { index: at.into(), prefer_next_row: true });
        let to = galley.pos_from_cursor(CCursor { index: (at + 1).into(), prefer_next_row: false });
        if to.left() <= from.left() {
            continue;
        }
        let glyph = Rect::from_min_max(from.min, to.max).translate(pos.to_vec2());
        match found.last_mut().filter(|line| (line.center().y - glyph.center().y).abs() < 2.0) {
            Some(line) => *line = line.union(glyph),
            None => found.push(glyph),
        }
    }
    found.retain(|rect| rect.size().x > vec2(0.5, 0.0).x);
    found
}
