//! Frames around what belongs together: they follow the boxes that they enclosed.

use rustc_hash::FxHashMap;

use super::{Arrangement, Stage, rect_at};
use crate::layout::geometry::Rect;
use crate::model::{ElementRef, Point, Size};

/// Room between a frame and the boxes in it.
const ROOM: f64 = 16.0;
/// Room for the text at its top.
const HEAD: f64 = 24.0;

/// Puts every frame that is not pinned around the boxes that lay wholly in it before the arrangement. A frame that
/// enclosed none stays; one without a place gets one below everything else.
pub(super) fn place(stage: &Stage<'_>, arrangement: &mut Arrangement) {
    if !stage.shown.iter().any(|one| stage.is_frame(one.element)) {
        return;
    }
    let centers: FxHashMap<ElementRef, Point> = arrangement.centers.iter().copied().collect();
    let sizes: FxHashMap<ElementRef, Option<Size>> = arrangement.sizes.iter().copied().collect();
    for (index, frame) in stage.shown.iter().enumerate() {
        let Some((_, size)) = stage.at(index).filter(|_| stage.is_frame(frame.element) && !frame.pinned) else {
            continue;
        };
        let Some(before) = frame.center.map(|center| rect_at(center, size)) else {
            arrangement.centers.push((frame.element, below_all(stage, &centers, size)));
            continue;
        };
        let after = |(index, one): (usize, &super::Shown)| {
            let (_, old_size) = stage.at(index).filter(|_| !stage.is_frame(one.element))?;
            let old = rect_at(one.center?, old_size);
            let lies_inside = before.grown(1.0).contains(old.min) && before.grown(1.0).contains(old.max);
            let center = centers.get(&one.element).copied().or(one.center)?;
            let size = match sizes.get(&one.element) {
                Some(Some(size)) => *size,
                Some(None) => stage.natural_size(one.element),
                None => old_size,
            };
            lies_inside.then(|| rect_at(center, size))
        };
        let around = stage.shown.iter().enumerate().filter_map(after).reduce(|all: Rect, one| all.union(&one));
        let Some(around) = around else { continue };
        let (width, height) = (around.width() + 2.0 * ROOM, around.height() + 2.0 * ROOM + HEAD);
        let even = |length: f64| (length / 2.0).ceil() * 2.0;
        let center = Point::new(around.center().x.round(), (around.center().y - HEAD / 2.0).round());
        arrangement.centers.push((frame.element, center));
        arrangement.sizes.push((frame.element, Some(Size::new(even(width), even(height)))));
    }
}

/// A place for a frame that has none.
fn below_all(stage: &Stage<'_>, centers: &FxHashMap<ElementRef, Point>, size: Size) -> Point {
    let place =
        |(one, size): (&super::Shown, &Size)| Some(rect_at(centers.get(&one.element).copied().or(one.center)?, *size));
    let all = stage.shown.iter().zip(stage.sizes).filter_map(place).reduce(|all, one| all.union(&one));
    let all = all.unwrap_or_default();
    Point::new((all.min.x + size.width / 2.0).round(), (all.max.y + 2.0 * HEAD + size.height / 2.0).round())
}
