//! One result of the search: what it is called, which of its texts answers with the answering parts marked, and where
//! it is to be seen.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Id, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::style::{colour, font};
use crate::app::widgets::paint_icon;
use crate::scene::capitalised;
use crate::scene::text::{Measure, TextStyle, Weight};
use crate::scene::theme::Theme;
use crate::search::{Field, Hit, excerpt, title};

/// Letters of a passage that are shown at most.
const LONGEST: usize = 64;

/// A result to be drawn.
pub(super) struct RowLook<'a> {
    pub(super) id: Id,
    pub(super) hit: &'a Hit,
    /// The view that shows it.
    pub(super) place: &'a str,
    pub(super) chosen: bool,
}

impl RowLook<'_> {
    pub(super) fn show(&self, ui: &mut Ui, core: &Core) -> Response {
        let theme = core.theme();
        let is_name = self.hit.field == Field::Name;
        let height = if is_name { theme.sizes.row.comfortable } else { theme.sizes.row.comfortable + 16.0 };
        let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), height));
        let response = ui.interact(rect, self.id, Sense::click());
        let document = core.document();
        let name = title(document, self.hit.element);
        let label = self.label(&name);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, self.chosen, &label));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        ground(ui, theme, rect, self.chosen, response.hovered());
        let icon = Rect::from_min_size(rect.min + Vec2::new(4.0, 0.0), Vec2::new(22.0, theme.sizes.row.comfortable));
        let second = colour(theme.neutral.ink_second);
        paint_icon(ui, icon, icon_of(document, self.hit.element), 15.0, second);
        let left = icon.right() + 6.0;
        let measure = Measure::bundled();
        let place = measure.ellipsize(self.place, theme.sizes.text.caption, rect.width() * 0.38);
        let place = ui.painter().layout_no_wrap(place.text, font(theme.sizes.text.caption), second);
        let room = rect.right() - 12.0 - place.size().x - left - 8.0;
        let middle = icon.center().y;
        ui.painter().galley(
            egui::pos2(rect.right() - 8.0 - place.size().x, middle - place.size().y / 2.0),
            place,
            second,
        );
        let marks: &[Range<usize>] = if is_name { &self.hit.marks } else { &[] };
        let words = measure.ellipsize(&name, theme.sizes.text.body, room).text;
        paint_marked(ui, theme, egui::pos2(left, middle), &words, marks, theme.sizes.text.body, theme.neutral.ink);
        if !is_name {
            let (piece, marks) = excerpt(&self.hit.text, &self.hit.marks, LONGEST);
            let lead = format!("{}: ", self.hit.field.word());
            let moved: Vec<_> = marks.iter().map(|mark| mark.start + lead.len()..mark.end + lead.len()).collect();
            let style = theme.sizes.text.caption;
            let words = measure.ellipsize(&format!("{lead}{piece}"), style, rect.right() - 8.0 - left).text;
            let at = egui::pos2(left, rect.bottom() - 12.0);
            paint_marked(ui, theme, at, &words, &moved, style, theme.neutral.ink_second);
        }
        response
    }

    /// What assistive technology reads.
    fn label(&self, name: &str) -> String {
        let kind = capitalised(self.hit.element.kind().word());
        let passage = match self.hit.field {
            Field::Name => String::new(),
            field => format!(", {}: {}", field.word(), excerpt(&self.hit.text, &self.hit.marks, LONGEST).0),
        };
        match self.place {
            "" => format!("{kind} {name}{passage}"),
            "in no view" => format!("{kind} {name}{passage}, in no view"),
            place => format!("{kind} {name}{passage}, shown in {place}"),
        }
    }
}

/// The line that stands for results not listed yet.
pub(super) fn more_ui(ui: &mut Ui, theme: &Theme, id: Id, words: &str, chosen: bool) -> Response {
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), theme.sizes.row.compact));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, words));
    ground(ui, theme, rect, chosen, response.hovered());
    let at = rect.left_center() + Vec2::new(32.0, 0.0);
    let ink = colour(theme.accent.ink);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, words, font(theme.sizes.text.caption), ink);
    response
}

fn ground(ui: &Ui, theme: &Theme, rect: Rect, chosen: bool, hovered: bool) {
    let ground = match (chosen, hovered) {
        (true, _) => colour(theme.accent.soft),
        (false, true) => colour(theme.neutral.hover),
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, theme.sizes.radius.control, ground);
}

/// Text with marked parts, vertically centred on a point at its left. A mark is underlined and bolder, so that it
/// does not hang on colour alone. Parts behind an ellipsis are gone; what is left of a mark stays marked.
fn paint_marked(
    ui: &Ui,
    theme: &Theme,
    at: egui::Pos2,
    words: &str,
    marks: &[Range<usize>],
    style: TextStyle,
    ink: crate::scene::theme::Rgba,
) {
    let plain = TextFormat { font_id: font(style), color: colour(ink), ..TextFormat::default() };
    let marked = TextFormat {
        font_id: font(style.with_weight(Weight::Semibold)),
        color: colour(theme.accent.ink),
        underline: egui::Stroke::new(1.0, colour(theme.accent.ink)),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    let mut done = 0;
    for mark in marks {
        let (start, end) = (mark.start.min(words.len()), mark.end.min(words.len()));
        if let (Some(before), Some(part)) = (words.get(done..start), words.get(start..end)) {
            job.append(before, 0.0, plain.clone());
            job.append(part, 0.0, marked.clone());
            done = end;
        }
    }
    job.append(words.get(done..).unwrap_or_default(), 0.0, plain);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(at - Vec2::new(0.0, galley.size().y / 2.0), galley, colour(ink));
}
