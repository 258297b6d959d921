//! Making room in a picture, or taking room out of it.

use crate::edit::nest::{Boxes, Nest};
use crate::edit::pictures::Pictures;
use crate::edit::rules::{is_line, need_view};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Least extent that a lane keeps when room is taken out of it.
const LEAST_LANE: f64 = 64.0;
/// Half of the usual size of a box, for those whose size only the picture knows.
const HALF: Size = Size { width: 62.0, height: 28.0 };

/// Along which axis room is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpaceAxis {
    /// What is at the right of the line moves.
    Sideways,
    /// What is below the line moves.
    Downward,
}

impl SpaceAxis {
    /// The coordinate of a point along the axis.
    pub fn of(self, point: Point) -> f64 {
        match self {
            Self::Sideways => point.x,
            Self::Downward => point.y,
        }
    }

    /// A point moved along the axis.
    pub fn moved(self, point: Point, by: f64) -> Point {
        match self {
            Self::Sideways => Point::new(point.x + by, point.y),
            Self::Downward => Point::new(point.x, point.y + by),
        }
    }

    fn length(self, size: Size) -> f64 {
        match self {
            Self::Sideways => size.width,
            Self::Downward => size.height,
        }
    }

    fn longer(self, size: Size, by: f64) -> Size {
        match self {
            Self::Sideways => Size::new(size.width + by, size.height),
            Self::Downward => Size::new(size.width, size.height + by),
        }
    }
}

/// Pushes everything beyond a line away from it, lanes, bends and labels included; frames and open sub-flows that the
/// line crosses grow. With a negative distance all of that is pulled toward the line, at most up to it. Locked boxes
/// stay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MakeSpace {
    /// The view.
    pub view: ViewId,
    /// Which way.
    pub axis: SpaceAxis,
    /// Where the line is on the axis.
    pub from: f64,
    /// How far.
    pub by: f64,
}

/// What making room does to one placement.
#[derive(Clone, Debug, PartialEq)]
struct Push {
    id: PlacementId,
    placement: Placement,
}

impl MakeSpace {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let view = need_view(document, self.view)?;
        if view.kind.arranges_itself() {
            return Err("What this view shows stands where it belongs; there is no room to make.".to_owned());
        }
        if !(self.from.is_finite() && self.by.is_finite()) {
            return Err("A place has to be a number.".to_owned());
        }
        let by = self.possible(document);
        if self.by < 0.0 && by == 0.0 {
            return Err("There is no room left to take out here.".to_owned());
        }
        Ok(by != 0.0 && (self.lanes(document, by).is_some() || !self.pushes(document, by).is_empty()))
    }

    /// How far it really goes: room that is not there cannot be taken out.
    pub fn possible(&self, document: &Document) -> f64 {
        if self.by >= 0.0 {
            return self.by;
        }
        let beyond = document.placements_in(self.view).filter(|(_, placement)| !is_line(placement.element));
        let nearest = beyond
            .filter_map(|(_, placement)| {
                let half = placement.size.map_or(self.axis.length(HALF), |size| self.axis.length(size) / 2.0);
                let center = self.axis.of(placement.center?);
                (center >= self.from && !self.is_crossed(document, placement)).then_some(center - half)
            })
            .min_by(f64::total_cmp);
        let room = nearest.map_or(f64::INFINITY, |nearest| (nearest - self.from).max(0.0));
        let lane = self.lane(document).map_or(f64::INFINITY, |lane| (lane.extent - LEAST_LANE).max(0.0));
        self.by.max(-room.min(lane))
    }

    /// The lane that the line cuts, where room is made across lanes.
    fn lane<'a>(&self, document: &'a Document) -> Option<&'a Lane> {
        let view = document.get::<View>(self.view)?;
        self.lane_index(view).and_then(|index| view.lanes().get(index))
    }

    fn lane_index(&self, view: &View) -> Option<usize> {
        let is_across = match view.direction() {
            FlowDirection::LeftToRight => self.axis == SpaceAxis::Downward,
            FlowDirection::TopToBottom => self.axis == SpaceAxis::Sideways,
        };
        let bands = lane_bands(view.lanes(), view.direction());
        let cut = |index: &usize| {
            let band = bands.get(*index);
            band.is_some_and(|(start, end)| self.from >= *start && self.from < *end)
                && view.lanes().get(*index).is_some_and(|lane| !lane.collapsed && lane.frame.is_none())
                && !encloses_lanes(view.lanes(), *index)
        };
        (0..view.lanes().len()).find(cut).filter(|_| is_across)
    }

    /// The lanes as they would be; none where they stay.
    fn lanes(&self, document: &Document, by: f64) -> Option<Vec<Lane>> {
        let view = document.get::<View>(self.view)?;
        let mut lanes = view.lanes().to_vec();
        if let Some(index) = self.lane_index(view) {
            lanes.get_mut(index)?.extent += by;
            return Some(lanes);
        }
        // Lanes that a drawing from elsewhere has placed are moved and stretched like boxes.
        let mut changes = false;
        for area in lanes.iter_mut().filter_map(|lane| lane.frame.as_mut()) {
            let (start, end) = match self.axis {
                SpaceAxis::Sideways => (area.x, area.x + area.width),
                SpaceAxis::Downward => (area.y, area.y + area.height),
            };
            let (moves, grows) = (start >= self.from, end > self.from);
            match self.axis {
                SpaceAxis::Sideways if moves => area.x += by,
                SpaceAxis::Sideways if grows => area.width = (area.width + by).max(LEAST_LANE),
                SpaceAxis::Downward if moves => area.y += by,
                SpaceAxis::Downward if grows => area.height = (area.height + by).max(LEAST_LANE),
                _ => continue,
            }
            changes = true;
        }
        changes.then_some(lanes)
    }

    /// Whether a placement is a frame or open sub-flow that the line crosses: it grows instead of moving.
    fn is_crossed(&self, document: &Document, placement: &Placement) -> bool {
        let is_frame = match placement.element {
            ElementRef::Note(id) => document.get::<Note>(id).is_some_and(|note| note.form == NoteForm::Frame),
            ElementRef::Step(id) => {
                document.get::<Step>(id).is_some_and(|step| step.kind.has_inside()) && !placement.collapsed
            }
            _ => false,
        };
        let Some((center, size)) = placement.center.zip(placement.size).filter(|_| is_frame) else { return false };
        let half = self.axis.length(size) / 2.0;
        (self.axis.of(center) - self.from).abs() < half
    }

    /// The placements that change.
    fn pushes(&self, document: &Document, by: f64) -> Vec<Push> {
        let (pictures, nest) = (Pictures::of(document, self.view), Nest::of(document));
        let boxes = Boxes::new(document, &pictures, &nest);
        let placed = document.placements_in(self.view).filter(|(_, placement)| !placement.locked);
        let pushed = |(id, placement): (PlacementId, &Placement)| {
            let mut next = placement.clone();
            let node = FlowNode::try_from(placement.element).ok();
            let host = node.and_then(|node| document.host_of(node)).and_then(|host| boxes.placement(FlowNode::Step(host)));
            match host.filter(|(_, host)| !self.is_crossed(document, host)) {
                // An event on a border goes with its step.
                Some((_, host)) if host.center.is_some_and(|center| self.axis.of(center) >= self.from) => {
                    next.center = next.center.map(|center| self.axis.moved(center, by));
                }
                Some(_) => {}
                None => self.push(document, &mut next, by),
            }
            (next != *placement).then_some(Push { id, placement: next })
        };
        placed.filter_map(pushed).collect()
    }

    fn push(&self, document: &Document, placement: &mut Placement, by: f64) {
        let is_beyond = |point: Point| self.axis.of(point) >= self.from;
        if self.is_crossed(document, placement) {
            placement.size = placement.size.map(|size| self.axis.longer(size, by));
            placement.center = placement.center.map(|center| self.axis.moved(center, by / 2.0));
        } else if placement.center.is_some_and(is_beyond) {
            placement.center = placement.center.map(|center| self.axis.moved(center, by));
        }
        if placement.pinned && is_line(placement.element) {
            for bend in placement.bends.iter_mut().filter(|bend| is_beyond(**bend)) {
                *bend = self.axis.moved(*bend, by);
            }
        }
        if let Some(label) = placement.label.filter(|label| is_beyond(label.center())) {
            let corner = self.axis.moved(Point::new(label.x, label.y), by);
            placement.label = Some(Area::new(corner.x, corner.y, label.width, label.height));
        }
    }
}

impl EditAction for MakeSpace {
    fn label(&self, _document: &Document) -> String {
        if self.by < 0.0 { "Take out space".to_owned() } else { "Make space".to_owned() }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let document = transaction.document();
        let by = self.possible(document);
        let (lanes, pushes) = (self.lanes(document, by), self.pushes(document, by));
        // Whoever stays has been placed by this edit, too: nothing follows anything.
        let placed: Vec<PlacementId> = document.placements_in(self.view).map(|(id, _)| id).collect();
        placed.into_iter().for_each(|id| transaction.mark_placed(id));
        if let Some(lanes) = lanes {
            transaction.update(self.view, |view: &mut View| {
                if let ViewKind::Process { lanes: slot, .. } = &mut view.kind {
                    *slot = lanes;
                }
            })?;
        }
        for Push { id, placement } in pushes {
            transaction.update(id, |slot: &mut Placement| *slot = placement)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    fn places(document: &Document, view: ViewId) -> Vec<(f64, f64)> {
        let centers = document.placements_in(view).filter_map(|(_, placement)| placement.center);
        centers.map(|center| (center.x, center.y)).collect()
    }

    fn space(document: &Document, axis: SpaceAxis, from: f64, by: f64) -> Result<Document, String> {
        let view = document.views().ids().next().unwrap();
        let applied = apply(document, &MakeSpace { view, axis, from, by }.into());
        applied.map(|applied| applied.document).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_beyond_the_line_moves_and_the_lane_that_it_cuts_grows() {
        let document = start();
        let view = document.views().ids().next().unwrap();
        assert_eq!(places(&document, view), [(220.0, 180.0), (100.0, 60.0), (220.0, 180.0)]);
        let right = space(&document, SpaceAxis::Sideways, 150.0, 80.0).unwrap();
        assert_eq!(places(&right, view), [(300.0, 180.0), (100.0, 60.0), (300.0, 180.0)]);
        let down = space(&document, SpaceAxis::Downward, 100.0, 50.0).unwrap();
        assert_eq!(places(&down, view), [(220.0, 230.0), (100.0, 60.0), (220.0, 230.0)]);
        let extents = |document: &Document| -> Vec<f64> {
            document.get::<View>(view).unwrap().lanes().iter().map(|lane| lane.extent).collect()
        };
        assert_eq!((extents(&document), extents(&down)), (vec![120.0, 120.0], vec![170.0, 120.0]));
        assert_eq!(space(&down, SpaceAxis::Downward, 100.0, -50.0).unwrap(), document);
    }

    #[test]
    fn only_room_that_is_there_is_taken_out() {
        let document = start();
        let view = document.views().ids().next().unwrap();
        let closed = space(&document, SpaceAxis::Sideways, 150.0, -300.0).unwrap();
        assert_eq!(places(&closed, view)[0].0, 212.0, "62 is half of a usual box, 150 the line");
        let refused = space(&closed, SpaceAxis::Sideways, 150.0, -10.0).unwrap_err();
        assert_eq!(refused, "There is no room left to take out here.");
    }

    #[test]
    fn a_frame_across_the_line_grows_and_what_is_locked_stays() {
        let mut document = start();
        let view = document.views().ids().next().unwrap();
        let frame = document.insert(Note { form: NoteForm::Frame, ..Note::new("Part") });
        let (center, size) = (Some(Point::new(200.0, 100.0)), Some(Size::new(200.0, 100.0)));
        let frame = document.insert(Placement { center, size, ..Placement::unplaced(view, frame.into()) });
        let first = document.placements().ids().next().unwrap();
        document.get_mut::<Placement>(first).unwrap().locked = true;
        let after = space(&document, SpaceAxis::Sideways, 150.0, 80.0).unwrap();
        let grown = after.get::<Placement>(frame).unwrap();
        assert_eq!((grown.center, grown.size), (Some(Point::new(240.0, 100.0)), Some(Size::new(280.0, 100.0))));
        assert_eq!(after.get::<Placement>(first).unwrap().center, Some(Point::new(220.0, 180.0)));
    }
}
