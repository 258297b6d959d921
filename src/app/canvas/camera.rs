//! The camera of a canvas: which part of the paper is seen, and how large.
//!
//! Kept as the world point in the middle of the viewport and a zoom, so that a change of the window's size leaves the
//! picture in place. Moves on request glide for [`GLIDE_SECS`]; what the hand does is followed at once. Text and
//! lines are laid out at the zoomed size by the painter, never scaled afterwards.

use emath::{Pos2, Rect, Vec2};

/// Least zoom.
pub const MIN_ZOOM: f32 = 0.05;
/// Greatest zoom.
pub const MAX_ZOOM: f32 = 8.0;
/// Duration of a glide in seconds.
pub const GLIDE_SECS: f64 = 0.15;
/// One step of zooming in or out by key or button.
const STEP: f32 = 1.25;
/// How long after the last change of zoom the picture counts as still being zoomed, in seconds.
const SETTLE_SECS: f64 = 0.12;

/// Free space kept around what is fitted, in screen points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    /// At the left, right and top.
    pub sides: f32,
    /// At the bottom, where tools float.
    pub bottom: f32,
}

impl Default for Margins {
    fn default() -> Self {
        Self { sides: 24.0, bottom: 76.0 }
    }
}

/// Where the camera is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    center: Pos2,
    zoom: f32,
}

impl Pose {
    /// Whether somebody who looks sees nearly the same.
    pub fn is_near(self, other: Self) -> bool {
        let same_zoom = (self.zoom / other.zoom).ln().abs() < 0.1;
        same_zoom && (self.center - other.center).length() * self.zoom < 24.0
    }
}

/// A glide from one pose to another.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Glide {
    from: Pose,
    to: Pose,
    start_secs: f64,
}

/// The camera of a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    pose: Pose,
    viewport: Rect,
    glide: Option<Glide>,
    zoomed_at_secs: f64,
    /// Whether moves on request glide.
    pub glides: bool,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            pose: Pose { center: Pos2::ZERO, zoom: 1.0 },
            viewport: Rect::from_min_size(Pos2::ZERO, Vec2::new(800.0, 600.0)),
            glide: None,
            zoomed_at_secs: f64::NEG_INFINITY,
            glides: false,
        }
    }
}

impl Camera {
    /// Screen points per world unit.
    pub fn zoom(&self) -> f32 {
        self.pose.zoom
    }

    /// Where the camera is, or where it glides to.
    pub fn pose(&self) -> Pose {
        self.glide.map_or(self.pose, |glide| glide.to)
    }

    /// Goes to where it was before.
    pub fn go_to(&mut self, pose: Pose, now_secs: f64) {
        self.go(pose, now_secs);
    }

    /// Moves so that a point of the world lies in the middle, without a change of zoom and at once.
    pub fn center_on(&mut self, world: Pos2) {
        self.glide = None;
        self.pose.center = world;
    }

    /// Brings a box into the middle of what is free right of `covered` screen points, at least `readable` near.
    pub fn fly_to(&mut self, world: Rect, covered: f32, readable: f32, now_secs: f64) {
        let room = (self.viewport.size() - Vec2::new(covered + 48.0, 96.0)).max(Vec2::splat(64.0));
        let size = world.size().max(Vec2::splat(1.0));
        let fitting = (room.x / size.x).min(room.y / size.y);
        let zoom = if self.pose().zoom < readable { 1.0 } else { self.pose().zoom };
        let zoom = zoom.min(fitting.max(MIN_ZOOM)).clamp(MIN_ZOOM, MAX_ZOOM);
        let aside = Vec2::new(covered / 2.0 / zoom, 0.0);
        self.go(Pose { center: world.center() - aside, zoom }, now_secs);
    }

    /// The world point in the middle of the viewport.
    pub fn center_in_world(&self) -> Pos2 {
        self.pose.center
    }

    /// The rectangle on the screen in which the world is seen.
    pub fn viewport(&self) -> Rect {
        self.viewport
    }

    /// The part of the world that is seen.
    pub fn world_rect(&self) -> Rect {
        Rect::from_center_size(self.pose.center, self.viewport.size() / self.pose.zoom)
    }

    /// A point of the world on the screen.
    pub fn screen_from_world(&self, world: Pos2) -> Pos2 {
        self.viewport.center() + (world - self.pose.center) * self.pose.zoom
    }

    /// A point of the screen in the world.
    pub fn world_from_screen(&self, screen: Pos2) -> Pos2 {
        self.pose.center + (screen - self.viewport.center()) / self.pose.zoom
    }

    /// A box of the world on the screen.
    pub fn screen_rect(&self, world: Rect) -> Rect {
        Rect::from_min_max(self.screen_from_world(world.min), self.screen_from_world(world.max))
    }

    /// Takes the place on the screen and the time of this frame; follows a glide. Whether it is still under way.
    pub fn advance(&mut self, viewport: Rect, now_secs: f64) -> bool {
        self.viewport = viewport;
        let Some(glide) = self.glide else { return self.is_zooming(now_secs) };
        let part = ((now_secs - glide.start_secs) / GLIDE_SECS).clamp(0.0, 1.0) as f32;
        let eased = 1.0 - (1.0 - part).powi(3);
        self.pose = between(glide.from, glide.to, eased);
        if glide.from.zoom != glide.to.zoom {
            self.zoomed_at_secs = now_secs;
        }
        if part >= 1.0 {
            self.pose = glide.to;
            self.glide = None;
        }
        true
    }

    /// Whether the zoom changed a moment ago; text may then be laid out in coarser steps.
    pub fn is_zooming(&self, now_secs: f64) -> bool {
        self.glides && now_secs - self.zoomed_at_secs < SETTLE_SECS
    }

    /// Moves the paper by screen points.
    pub fn pan(&mut self, by: Vec2) {
        self.glide = None;
        self.pose.center -= by / self.pose.zoom;
    }

    /// Changes the zoom so that the world point under `anchor`, a point of the screen, stays under it.
    pub fn zoom_at(&mut self, factor: f32, anchor: Pos2, now_secs: f64) {
        self.glide = None;
        self.zoomed_at_secs = now_secs;
        self.pose = self.zoomed(self.pose.zoom * factor, anchor);
    }

    fn zoomed(&self, zoom: f32, anchor: Pos2) -> Pose {
        let zoom = if zoom.is_finite() { zoom.clamp(MIN_ZOOM, MAX_ZOOM) } else { self.pose.zoom };
        let world = self.world_from_screen(anchor);
        Pose { center: world - (anchor - self.viewport.center()) / zoom, zoom }
    }

    /// One step closer or farther, around the middle.
    pub fn step(&mut self, closer: bool, now_secs: f64) {
        let now = self.glide.map_or(self.pose.zoom, |glide| glide.to.zoom);
        let zoom = if closer { now * STEP } else { now / STEP };
        // Steps meet 100 % instead of passing by it.
        let zoom = if (now - 1.0) * (zoom - 1.0) < -1e-4 { 1.0 } else { zoom };
        self.go(self.zoomed(zoom, self.viewport.center()), now_secs);
    }

    /// One world unit becomes one point, around the middle.
    pub fn actual_size(&mut self, now_secs: f64) {
        self.go(self.zoomed(1.0, self.viewport.center()), now_secs);
    }

    /// Shows a box of the world as large as it fits within the margins, at most at `max_zoom`.
    pub fn fit(&mut self, world: Rect, margins: Margins, max_zoom: f32, now_secs: f64) {
        let pose = self.fitting(world, margins, MIN_ZOOM, max_zoom);
        self.go(pose, now_secs);
    }

    /// The same without a glide.
    pub fn fit_at_once(&mut self, world: Rect, margins: Margins, max_zoom: f32) {
        self.pose = self.fitting(world, margins, MIN_ZOOM, max_zoom);
        self.glide = None;
    }

    /// Shows a picture for the first time: whole if that takes at least the zoom `whole`, else its beginning at the zoom
    /// `readable`.
    /// The beginning is the left end (of a flow) or what lies around `middle` at the top (of a chart: its root).
    pub fn first_look(&mut self, world: Rect, margins: Margins, (whole, readable): (f32, f32), middle: Option<f32>) {
        let mut pose = self.fitting(world, margins, 0.0, 1.0);
        if pose.zoom < whole {
            pose = self.fitting(world, margins, readable, 1.0);
        }
        let room = self.room(margins) / pose.zoom;
        let seen = Rect::from_center_size(pose.center, self.viewport.size() / pose.zoom);
        if world.width() > room.x {
            pose.center.x = match middle {
                Some(middle) => middle,
                None => pose.center.x + world.left() - margins.sides / pose.zoom - seen.left(),
            };
        }
        if world.height() > room.y {
            pose.center.y += world.top() - margins.sides / pose.zoom - seen.top();
        }
        self.pose = pose;
        self.glide = None;
    }

    fn room(&self, margins: Margins) -> Vec2 {
        let free = self.viewport.size() - Vec2::new(margins.sides * 2.0, margins.sides + margins.bottom);
        free.max(self.viewport.size() / 2.0).max(Vec2::splat(1.0))
    }

    fn fitting(&self, world: Rect, margins: Margins, min_zoom: f32, max_zoom: f32) -> Pose {
        let room = self.room(margins);
        let size = world.size().max(Vec2::splat(1.0));
        let zoom = (room.x / size.x).min(room.y / size.y).clamp(min_zoom, max_zoom.max(min_zoom));
        let lift = Vec2::new(0.0, (margins.bottom - margins.sides) / 2.0 / zoom);
        Pose { center: world.center() + lift, zoom }
    }

    /// Brings a box of the world into sight with as little movement as possible, without a change of zoom.
    pub fn show(&mut self, world: Rect, margins: Margins, now_secs: f64) {
        let zoom = self.pose.zoom;
        let mut seen = self.world_rect();
        seen.min += Vec2::splat(margins.sides) / zoom;
        seen.max -= Vec2::new(margins.sides, margins.bottom) / zoom;
        let by = Vec2::new(
            shift_into(world.left(), world.right(), seen.left(), seen.right()),
            shift_into(world.top(), world.bottom(), seen.top(), seen.bottom()),
        );
        if by != Vec2::ZERO {
            self.go(Pose { center: self.pose.center + by, zoom }, now_secs);
        }
    }

    fn go(&mut self, to: Pose, now_secs: f64) {
        if self.glides {
            self.glide = Some(Glide { from: self.pose, to, start_secs: now_secs });
        } else {
            self.pose = to;
            self.glide = None;
        }
    }
}

/// How far a window must move so that a stretch lies in it; a stretch too long for it is centred.
fn shift_into(low: f32, high: f32, window_low: f32, window_high: f32) -> f32 {
    if high - low > window_high - window_low {
        f32::midpoint(low, high) - f32::midpoint(window_low, window_high)
    } else if low < window_low {
        low - window_low
    } else {
        (high - window_high).max(0.0)
    }
}

/// The zoom runs evenly in its logarithm; the middle follows so that the path on the screen is straight.
fn between(from: Pose, to: Pose, part: f32) -> Pose {
    let zoom = from.zoom * (to.zoom / from.zoom).powf(part);
    let ratio = to.zoom / from.zoom;
    // In a zoom around a fixed point the middle moves with 1 / zoom, not evenly in time.
    let way = if (ratio - 1.0).abs() < 1e-3 { part } else { (1.0 - from.zoom / zoom) / (1.0 - 1.0 / ratio) };
    Pose { center: from.center + (to.center - from.center) * way, zoom }
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::{pos2, vec2};

    fn camera() -> Camera {
        let mut camera = Camera::default();
        camera.advance(Rect::from_min_size(pos2(100.0, 50.0), vec2(800.0, 600.0)), 0.0);
        camera
    }

    fn near(a: Pos2, b: Pos2) -> bool {
        (a - b).length() < 0.01
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let mut camera = camera();
        let anchor = pos2(250.0, 400.0);
        let world = camera.world_from_screen(anchor);
        for factor in [1.1, 1.4, 0.3, 20.0, 0.0001, f32::NAN] {
            camera.zoom_at(factor, anchor, 0.0);
            assert!(near(camera.world_from_screen(anchor), world), "factor {factor}");
            assert!((MIN_ZOOM..=MAX_ZOOM).contains(&camera.zoom()));
        }
    }

    #[test]
    fn screen_and_world_are_inverse() {
        let mut camera = camera();
        camera.zoom_at(2.5, pos2(120.0, 90.0), 0.0);
        camera.pan(vec2(33.0, -12.0));
        let point = pos2(17.0, -240.0);
        assert!(near(camera.world_from_screen(camera.screen_from_world(point)), point));
    }

    #[test]
    fn fitting_leaves_the_margins_free() {
        let mut camera = camera();
        let world = Rect::from_min_size(pos2(-500.0, 20.0), vec2(4000.0, 900.0));
        camera.fit(world, Margins::default(), 1.0, 0.0);
        let seen = camera.screen_rect(world);
        assert!((seen.left() - 124.0).abs() < 0.1 && (seen.right() - 876.0).abs() < 0.1);
        assert!(seen.bottom() <= 650.0 - 76.0 && seen.top() >= 50.0 + 24.0);
        camera.fit(Rect::from_center_size(pos2(5.0, 5.0), vec2(10.0, 10.0)), Margins::default(), 1.0, 0.0);
        assert_eq!(camera.zoom(), 1.0);
    }

    #[test]
    fn a_long_flow_is_first_seen_at_its_beginning() {
        let mut camera = camera();
        let world = Rect::from_min_size(pos2(0.0, 0.0), vec2(9000.0, 400.0));
        camera.first_look(world, Margins::default(), (0.5, 0.5), None);
        assert_eq!(camera.zoom(), 0.5);
        assert!((camera.screen_rect(world).left() - 124.0).abs() < 0.1);
        camera.first_look(world, Margins::default(), (0.5, 0.5), Some(world.center().x));
        assert!((camera.screen_rect(world).center().x - 500.0).abs() < 0.1);
    }

    #[test]
    fn showing_moves_only_what_is_needed() {
        let mut camera = camera();
        let inside = Rect::from_center_size(Pos2::ZERO, vec2(20.0, 20.0));
        camera.show(inside, Margins::default(), 0.0);
        assert_eq!(camera.center_in_world(), Pos2::ZERO);
        camera.show(inside.translate(vec2(1000.0, 0.0)), Margins::default(), 0.0);
        let seen = camera.screen_rect(inside.translate(vec2(1000.0, 0.0)));
        assert!((seen.right() - 876.0).abs() < 0.1);
    }

    #[test]
    fn a_glide_ends_where_it_should_and_on_time() {
        let mut camera = camera();
        camera.glides = true;
        camera.step(true, 1.0);
        let viewport = camera.viewport();
        assert!(camera.advance(viewport, 1.05));
        assert!(camera.zoom() > 1.0 && camera.zoom() < 1.25);
        camera.advance(viewport, 1.0 + GLIDE_SECS);
        assert_eq!(camera.zoom(), 1.25);
        assert!(!camera.advance(viewport, 2.0));
    }

    #[test]
    fn steps_do_not_pass_by_a_hundred_per_cent() {
        let mut camera = camera();
        camera.zoom_at(0.9, pos2(0.0, 0.0), 0.0);
        camera.step(true, 0.0);
        assert_eq!(camera.zoom(), 1.0);
    }
}
