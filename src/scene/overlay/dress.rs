//! How a finished box, or the header of a lane, takes on its class: ground and text by colour, its figure as a badge.

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::{Overlay, OverlayClass, Reading};
use crate::model::ElementRef;
use crate::scene::item::*;
use crate::scene::measures::{BADGE, HAIRLINE};
use crate::scene::pen::Pen;
use crate::scene::text::Measure;

/// Distance of the lines that say that something is not known.
const HATCH: f32 = 11.0;
/// Height of a figure.
const HEIGHT: f32 = 17.0;
/// Room at the left and right of a figure.
const INSET: f32 = 6.0;

/// The items of a box under an overlay, with its figure at the end.
pub(crate) fn dress(overlay: &Overlay, element: ElementRef, rect: Rect, form: NodeForm, items: Vec<Item>) -> Vec<Item> {
    let class = overlay.class_of(element);
    let grounds: Vec<Rect> = items.iter().filter_map(badge_ground).collect();
    let own_ground = class.and_then(|(class, _)| class.fill).filter(|_| !form.is_ground());
    let mut dressed: Vec<Item> = Vec::with_capacity(items.len() + 4);
    let is_missing = matches!(overlay.reading(element), Some(Reading::Missing(_))) && !form.is_ground();
    let mut hatched = false;
    for mut item in items {
        if is_load(&item) {
            continue;
        }
        let is_shape = item.detail == Detail::Shape;
        if !is_shape && is_missing && !std::mem::replace(&mut hatched, true) {
            dressed.extend(hatch(element, rect, form));
        }
        if is_shape {
            shape(&mut item, own_ground);
        } else if let (Some((class, _)), Some(_)) = (class, own_ground) {
            letters(&mut item, class, &grounds);
        }
        dressed.push(item);
    }
    if is_missing && !hatched {
        dressed.extend(hatch(element, rect, form));
    }
    if let Some((_, figure)) = class.filter(|(class, _)| class.fill.is_some()) {
        dressed.extend(badge(element, figure, rect, form));
    }
    dressed
}

/// The ground of the header of a lane, or of the whole band of a closed party, and the ink on it.
pub(crate) fn dress_band(overlay: &Overlay, element: ElementRef, rect: Rect) -> (Vec<Item>, Option<Colour>) {
    let mut pen = Pen::new(Some(element));
    match overlay.reading(element) {
        Some(Reading::Missing(_)) => (hatch(element, rect, NodeForm::Card), None),
        Some(Reading::Class(..)) => {
            let class = overlay.class_of(element).map(|(class, _)| class);
            let Some((fill, ink)) = class.and_then(|class| Some((class.fill?, class.ink))) else {
                return (Vec::new(), None);
            };
            pen.rect(Detail::Shape, rect.shrink(HAIRLINE), 4.0, Style::filled(fill));
            (pen.finish(), Some(ink))
        }
        None => (Vec::new(), None),
    }
}

/// The area of a small pill on a box, whose text is not that of the box.
fn badge_ground(item: &Item) -> Option<Rect> {
    match &item.kind {
        ItemKind::Rect(rect) if item.detail == Detail::Secondary && rect.style.fill.is_some() => Some(rect.rect),
        _ => None,
    }
}

/// Bars and rings of a load, which say the same in another way.
fn is_load(item: &Item) -> bool {
    let is_load = |colour: Option<Colour>| matches!(colour, Some(Colour::Load(_) | Colour::LoadTrack));
    match &item.kind {
        ItemKind::Rect(rect) => is_load(rect.style.fill),
        ItemKind::Path(path) => is_load(path.style.stroke.map(|stroke| stroke.colour)),
        ItemKind::Text(text) => is_load(Some(text.colour)),
        ItemKind::Icon(_) | ItemKind::Group(_) => false,
    }
}

/// The ground and outline of a box in the colour of its class, without one untinted.
fn shape(item: &mut Item, fill: Option<Colour>) {
    let style = match &mut item.kind {
        ItemKind::Rect(rect) => &mut rect.style,
        ItemKind::Path(path) => &mut path.style,
        ItemKind::Text(_) | ItemKind::Icon(_) | ItemKind::Group(_) => return,
    };
    let is_tinted = matches!(style.fill, Some(Colour::TintFill(_)));
    if let Some(ground) = &mut style.fill {
        match fill {
            // Filled arrows and thick ends stay what they are.
            Some(fill) if !matches!(ground, Colour::Connector | Colour::Border | Colour::Ink) => *ground = fill,
            None if is_tinted => *ground = Colour::Raised,
            _ => {}
        }
    }
    if let Some(stroke) = &mut style.stroke
        && (fill.is_some() || matches!(stroke.colour, Colour::TintEdge(_)))
    {
        stroke.colour = Colour::Border;
    }
}

/// Texts and icons that stand on the ground of the box in the ink of its class.
fn letters(item: &mut Item, class: &OverlayClass, grounds: &[Rect]) {
    let center = item.bounds.center();
    let on_pill = grounds.iter().any(|ground| ground.contains(center));
    match &mut item.kind {
        ItemKind::Text(text) if !on_pill => text.colour = class.ink,
        ItemKind::Icon(icon) if !on_pill => icon.colour = class.ink,
        _ => {}
    }
}

/// A figure on a pill at the upper left of a box, at the top of a round one.
fn badge(element: ElementRef, figure: &str, rect: Rect, form: NodeForm) -> Vec<Item> {
    let width = Measure::bundled().width(figure, BADGE) + 2.0 * INSET;
    let center = match form {
        NodeForm::Circle => pos2(rect.center().x, rect.top() + 1.0),
        NodeForm::Diamond => pos2(rect.left(), rect.top() + 6.0),
        _ => pos2(rect.left() + 8.0 + width / 2.0, rect.top() - 3.0),
    };
    let pill = Rect::from_center_size(center, vec2(width, HEIGHT));
    let mut pen = Pen::new(Some(element));
    pen.pill(Detail::Name, pill, Style::card(Colour::Raised, Colour::Border));
    let top = center.y - Measure::bundled().line_height(BADGE) / 2.0;
    pen.text(Detail::Name, figure, BADGE, Colour::Ink, pos2(center.x, top), Align::Center);
    pen.finish()
}

/// Slanting lines over a box: its figure is not known.
pub(super) fn hatch(element: impl Into<Option<ElementRef>>, rect: Rect, form: NodeForm) -> Vec<Item> {
    let area = match form {
        NodeForm::Card | NodeForm::Container | NodeForm::Frame => rect.shrink(1.5),
        NodeForm::Pill => rect.shrink2(vec2(rect.height() * 0.25, 2.0)),
        NodeForm::Sheet => rect.shrink2(vec2(10.0, 6.0)),
        NodeForm::Circle => Rect::from_center_size(rect.center(), rect.size() * 0.68),
        NodeForm::Diamond => Rect::from_center_size(rect.center(), rect.size() * 0.46),
    };
    let points = zigzag(area);
    let mut pen = Pen::new(element.into());
    let stroke = Stroke::new(Colour::LineStrong, HAIRLINE);
    pen.path(Detail::Shape, points, false, 0.0, Style::line(stroke));
    pen.finish()
}

/// One line that goes up and down an area in slanting strokes; where it turns it follows the border.
fn zigzag(area: Rect) -> Vec<Pos2> {
    let (width, height) = (area.width(), area.height());
    if width <= 0.0 || height <= 0.0 {
        return Vec::new();
    }
    // A large area has as many lines as a usual box, so that it costs no more.
    let step = HATCH.max((width + height) / 60.0);
    let mut points = Vec::new();
    let mut along = step;
    let mut upward = true;
    while along < width + height {
        let upper = area.min + vec2(along.min(width), along - along.min(width));
        let lower = area.min + Vec2::new(along - along.min(height), along.min(height));
        points.extend(if upward { [lower, upper] } else { [upper, lower] });
        upward = !upward;
        along += step;
    }
    points
}
