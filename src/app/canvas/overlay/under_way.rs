//! What the hand is doing: frames, guides, equal gaps, lines being drawn, space being made.

use egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

use super::Overlay;
use crate::app::canvas::pick::Side;
use crate::app::canvas::preview::Preview;
use crate::app::canvas::snap::Guide;
use crate::app::canvas::spacing::Gap;
use crate::app::canvas::tools::Gesture;
use crate::app::canvas::tools::connect::Connecting;
use crate::app::canvas::tools::lanes::LaneGesture;
use crate::app::canvas::tools::lines::Leading;
use crate::app::canvas::tools::phases::PhaseGesture;
use crate::app::canvas::tools::space::Spacing;
use crate::app::style::{colour, font};
use crate::edit::{LineEnd, SpaceAxis};
use crate::model::{ElementRef, FlowDirection};
use crate::scene::{EdgeMeaning, Scene};

impl Overlay<'_> {
    /// What a gesture would do.
    pub fn gesture(&self, gesture: &Gesture, preview: &Preview) {
        let accent = colour(self.theme.accent.base);
        for (meaning, line) in &preview.lines {
            let ink = match meaning {
                EdgeMeaning::Flow | EdgeMeaning::Link => colour(self.theme.neutral.flow),
                _ => colour(self.theme.neutral.line_strong),
            };
            self.line(line, 1.5, ink);
            if *meaning == EdgeMeaning::Flow {
                self.arrow(line, ink);
            }
        }
        for rect in &preview.boxes {
            let rect = self.camera.screen_rect(*rect);
            let fill = colour(self.theme.accent.halo);
            self.painter.rect(
                rect,
                self.theme.sizes.radius.control,
                fill,
                Stroke::new(1.5, accent),
                StrokeKind::Middle,
            );
        }
        match gesture {
            Gesture::Marquee { from, to, .. } => {
                let frame = self.camera.screen_rect(Rect::from_two_pos(*from, *to));
                let fill = colour(self.theme.accent.halo).gamma_multiply(0.5);
                self.painter.rect(frame, 0.0, fill, Stroke::new(1.0, accent), StrokeKind::Inside);
            }
            Gesture::Resize(resizing) => self.guides(&resizing.guides),
            Gesture::Move(moving) => {
                self.guides(&moving.guides);
                moving.gaps.iter().for_each(|gap| self.gap(*gap));
                if let Some(node) = moving.onto.and_then(|onto| self.node(onto)) {
                    self.ring(node, Vec2::ZERO, true);
                }
                if let Some(lane) = moving.lane.and_then(|lane| self.situation.scene.lanes.get(lane)) {
                    let rect = self.camera.screen_rect(lane.rect);
                    let fill = self.theme.accent.base.faded(0.08);
                    self.painter.rect(rect, 0.0, colour(fill), Stroke::new(2.0, accent), StrokeKind::Inside);
                }
            }
            Gesture::Connect(connecting) => self.connection(connecting),
            Gesture::Lead(leading) => self.leading(leading),
            Gesture::Space(spacing) => self.space(spacing),
            Gesture::Lane(lane) => self.lane(*lane, self.situation.scene),
            Gesture::Phase(phase) => self.phase(*phase, self.situation.scene),
            _ => {}
        }
    }

    /// Lines that show what is aligned.
    fn guides(&self, guides: &[Guide]) {
        for guide in guides {
            let ends = [self.camera.screen_from_world(guide.from), self.camera.screen_from_world(guide.to)];
            self.painter.line_segment(ends, Stroke::new(1.0, colour(self.theme.accent.base)));
        }
    }

    /// One of several equal gaps: a line from border to border with a tick at each end.
    fn gap(&self, gap: Gap) {
        let stroke = Stroke::new(1.0, colour(self.theme.accent.base));
        let ends = [gap.from, gap.to].map(|end| self.camera.screen_from_world(end));
        self.painter.line_segment(ends, stroke);
        let tick = (ends[1] - ends[0]).normalized().rot90() * 5.0;
        for end in ends {
            self.painter.line_segment([end - tick, end + tick], stroke);
        }
    }

    /// The line whose end is led to another element.
    fn leading(&self, leading: &Leading) {
        let is_refused = leading.refusal.is_some();
        let ink = colour(if is_refused { self.theme.severity.high.ink } else { self.theme.accent.base });
        let over = leading.over.and_then(|over| self.node(over));
        let to = over.map_or(leading.to, |over| nearest_side(over.rect, leading.fixed));
        let line = match leading.end {
            LineEnd::Start => [to, leading.fixed],
            LineEnd::Finish => [leading.fixed, to],
        };
        let points = line.map(|point| self.camera.screen_from_world(point));
        self.painter.extend(Shape::dashed_line(&points, Stroke::new(2.0, ink), 6.0, 4.0));
        self.arrow(&line, ink);
        if let Some(over) = over {
            let rect = self.camera.screen_rect(over.rect).expand(2.0);
            self.painter.rect_stroke(rect, self.theme.sizes.radius.control, Stroke::new(2.0, ink), StrokeKind::Outside);
        }
        if let Some(reason) = &leading.refusal {
            self.words(self.camera.screen_from_world(leading.to) + Vec2::new(14.0, 18.0), reason);
        }
    }

    /// The line from which space is made, where it goes, and the space between.
    fn space(&self, spacing: &Spacing) {
        let view = self.camera.viewport();
        let accent = colour(self.theme.accent.base);
        let from = self.camera.screen_from_world(spacing.from);
        let to = self.camera.screen_from_world(spacing.from + spacing.way());
        let (band, lines) = match spacing.axis {
            SpaceAxis::Sideways => (
                Rect::from_two_pos(Pos2::new(from.x, view.top()), Pos2::new(to.x, view.bottom())),
                [from.x, to.x].map(|x| [Pos2::new(x, view.top()), Pos2::new(x, view.bottom())]),
            ),
            SpaceAxis::Downward => (
                Rect::from_two_pos(Pos2::new(view.left(), from.y), Pos2::new(view.right(), to.y)),
                [from.y, to.y].map(|y| [Pos2::new(view.left(), y), Pos2::new(view.right(), y)]),
            ),
        };
        self.painter.rect_filled(band, 0.0, colour(self.theme.accent.halo).gamma_multiply(0.6));
        self.painter.extend(Shape::dashed_line(&lines[0], Stroke::new(1.0, accent), 5.0, 4.0));
        self.painter.line_segment(lines[1], Stroke::new(2.0, accent));
    }

    fn connection(&self, connecting: &Connecting) {
        let Some(from) = self.box_or_pool(connecting.from, connecting.to) else { return };
        let is_refused = connecting.refusal.is_some();
        let ink = colour(if is_refused { self.theme.severity.high.ink } else { self.theme.accent.base });
        let over = connecting.over.and_then(|over| self.box_or_pool(over, from.center()));
        let to = match over {
            Some(over) => nearest_side(over, from.center()),
            None => connecting.to,
        };
        let side = connecting.side.unwrap_or_else(|| side_towards(from, to));
        let line = elbow(side.middle(from), side, to);
        let points: Vec<Pos2> = line.iter().map(|point| self.camera.screen_from_world(*point)).collect();
        if is_refused {
            self.painter.extend(Shape::dashed_line(&points, Stroke::new(2.0, ink), 5.0, 4.0));
        } else {
            self.painter.add(Shape::line(points, Stroke::new(2.0, ink)));
        }
        self.arrow(&line, ink);
        if let Some(over) = connecting.over.and_then(|over| self.area_of(over)) {
            let rect = self.camera.screen_rect(over).expand(2.0);
            self.painter.rect_stroke(rect, self.theme.sizes.radius.control, Stroke::new(2.0, ink), StrokeKind::Outside);
        }
        if let Some(reason) = &connecting.refusal {
            self.words(self.camera.screen_from_world(connecting.to) + Vec2::new(14.0, 18.0), reason);
        }
    }

    /// Where a box or a pool is.
    fn area_of(&self, element: ElementRef) -> Option<Rect> {
        let lane = || crate::app::canvas::pick::lane_of(self.situation.scene, element).map(|(_, lane)| lane.rect);
        self.node(element).map(|node| node.rect).or_else(lane)
    }

    /// A box; of a pool the stretch of its border across from a place, as lines end there.
    fn box_or_pool(&self, element: ElementRef, across_from: Pos2) -> Option<Rect> {
        let area = self.area_of(element)?;
        if self.node(element).is_some() {
            return Some(area);
        }
        let near = Rect::from_center_size(across_from, Vec2::splat(2.0));
        Some(match self.situation.scene.direction {
            FlowDirection::LeftToRight => {
                let middle = near.center().x.clamp(area.left() + 1.0, area.right() - 1.0);
                Rect::from_x_y_ranges(middle - 1.0..=middle + 1.0, area.y_range())
            }
            FlowDirection::TopToBottom => {
                let middle = near.center().y.clamp(area.top() + 1.0, area.bottom() - 1.0);
                Rect::from_x_y_ranges(area.x_range(), middle - 1.0..=middle + 1.0)
            }
        })
    }

    /// A short text on a raised ground.
    fn words(&self, at: Pos2, text: &str) {
        let ink = colour(self.theme.neutral.ink);
        let galley = self.painter.layout(text.to_owned(), font(self.theme.sizes.text.caption), ink, 260.0);
        let rect = Rect::from_min_size(at, galley.size()).expand2(Vec2::new(8.0, 5.0));
        let line = Stroke::new(1.0, colour(self.theme.neutral.line_strong));
        let radius = self.theme.sizes.radius.control;
        self.painter.rect(rect, radius, colour(self.theme.neutral.raised), line, StrokeKind::Inside);
        self.painter.galley(at, galley, ink);
    }

    /// An arrowhead at the end of a line.
    fn arrow(&self, line: &[Pos2], ink: Color32) {
        let (Some(tip), Some(before)) = (line.last(), line.iter().rev().nth(1)) else { return };
        let tip = self.camera.screen_from_world(*tip);
        let along = (tip - self.camera.screen_from_world(*before)).normalized();
        let size = 8.0 * self.camera.zoom().clamp(0.4, 2.0);
        let across = along.rot90() * size * 0.45;
        let back = tip - along * size;
        let points = vec![tip, back + across, back - across];
        self.painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
    }

    /// Where a phase would end.
    fn phase(&self, gesture: PhaseGesture, scene: &Scene) {
        let Some(shape) = scene.phases.get(gesture.phase) else { return };
        let ends = match scene.direction {
            FlowDirection::TopToBottom => {
                [Pos2::new(shape.rect.left(), gesture.end), Pos2::new(shape.rect.right(), gesture.end)]
            }
            FlowDirection::LeftToRight => {
                [Pos2::new(gesture.end, shape.rect.top()), Pos2::new(gesture.end, shape.rect.bottom())]
            }
        };
        self.line(&ends, 2.0, colour(self.theme.accent.base));
    }

    fn lane(&self, gesture: LaneGesture, scene: &Scene) {
        let shape = |index: usize| scene.lanes.iter().find(|shape| shape.index == Some(index));
        let upright = scene.direction == FlowDirection::TopToBottom;
        let across = |rect: Rect| if upright { rect.x_range() } else { rect.y_range() };
        let place = match gesture {
            LaneGesture::Order { before, .. } => match shape(before) {
                Some(lane) => Some((lane.rect, across(lane.rect).min)),
                None => scene.lanes.last().map(|lane| (lane.rect, across(lane.rect).max)),
            },
            LaneGesture::Height { lane, height } => shape(lane).map(|lane| (lane.rect, across(lane.rect).min + height)),
        };
        let Some((rect, at)) = place else { return };
        let ends = match upright {
            true => [Pos2::new(at, rect.top()), Pos2::new(at, rect.bottom())],
            false => [Pos2::new(rect.left(), at), Pos2::new(rect.right(), at)],
        };
        self.line(&ends, 2.0, colour(self.theme.accent.base));
    }
}

/// The middle of the side of a box that is nearest to a point.
fn nearest_side(rect: Rect, to: Pos2) -> Pos2 {
    side_towards(rect, to).middle(rect)
}

fn side_towards(rect: Rect, to: Pos2) -> Side {
    let away = to - rect.center();
    let (x, y) = (away.x / rect.width().max(1.0), away.y / rect.height().max(1.0));
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => Side::Right,
        (true, false, _) => Side::Left,
        (false, _, true) => Side::Bottom,
        (false, _, false) => Side::Top,
    }
}

/// A line at right angles that leaves a box by a side.
fn elbow(from: Pos2, side: Side, to: Pos2) -> Vec<Pos2> {
    match side {
        Side::Left | Side::Right => {
            let middle = f32::midpoint(from.x, to.x);
            vec![from, Pos2::new(middle, from.y), Pos2::new(middle, to.y), to]
        }
        Side::Top | Side::Bottom => {
            let middle = f32::midpoint(from.y, to.y);
            vec![from, Pos2::new(from.x, middle), Pos2::new(to.x, middle), to]
        }
    }
}
