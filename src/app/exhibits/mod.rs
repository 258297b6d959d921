//! The tabs of the analysis: what exhibits show, made beside the window for the present version.
//!
//! An exhibit of an older version stays in sight, pale, until that of the present one is there. Nothing of it is stored:
//! which exhibits are open, and how they are looked at, belongs to the window.

mod painting;
mod tab;

use std::collections::BTreeMap;
use std::sync::Arc;

use emath::Vec2;

use super::canvas::texts::Texts;
use super::command::CameraMove;
use super::core::Core;
use crate::exhibits::{Exhibit, exhibit};
use crate::model::Revision;
use crate::scene::display::{Display, Drawn};

pub use tab::exhibit_ui;

/// Least and greatest magnification.
const ZOOM: (f32, f32) = (0.4, 3.0);

/// An exhibit that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Which.
    pub id: &'static str,
    /// In which way it is looked at.
    pub choice: String,
    /// Of which version.
    pub revision: Revision,
    /// In which of the projects of this window.
    pub lineage: u64,
    /// What it shows.
    pub display: Arc<Display>,
}

/// The exhibits of the window.
#[derive(Debug, Default)]
pub struct Exhibits {
    /// In which way each is looked at, by its id; the usual one where it is not there.
    pub choices: BTreeMap<&'static str, String>,
    made: BTreeMap<&'static str, Made>,
    /// What is being made, by its id.
    asked: BTreeMap<&'static str, (Revision, String)>,
}

impl Exhibits {
    /// What was made last of an exhibit; it may be of an older version.
    pub fn made(&self, id: &str) -> Option<&Made> {
        self.made.get(id)
    }

    /// The key of the choice of an exhibit; empty for the usual one.
    pub fn choice(&self, id: &str) -> &str {
        self.choices.get(id).map_or("", String::as_str)
    }

    /// Whether what was made last is of this version and choice.
    pub fn is_fresh(&self, id: &str, revision: Revision) -> bool {
        self.made.get(id).is_some_and(|made| made.revision == revision && made.choice == self.choice(id))
    }

    /// Notes that an exhibit is being made; false where one of the same id still is.
    pub fn begin(&mut self, id: &'static str, revision: Revision) -> bool {
        let is_free = !self.asked.contains_key(id);
        if is_free {
            self.asked.insert(id, (revision, self.choice(id).to_owned()));
        }
        is_free
    }

    /// Takes what was made.
    pub fn take(&mut self, made: Made) {
        self.asked.remove(made.id);
        self.made.insert(made.id, made);
    }
}

impl Core {
    /// The exhibit in front with what it shows; none where a view is in front, or nothing was made yet.
    pub fn front_display(&self) -> Option<(&'static Exhibit, Arc<Display>)> {
        let exhibit = exhibit(self.panes.front_exhibit()?)?;
        Some((exhibit, self.exhibits.made(exhibit.meta.id)?.display.clone()))
    }
}

/// What a tab remembers between frames.
pub struct ExhibitState {
    /// How far it is scrolled, in points.
    scroll: Vec2,
    zoom: f32,
    drawn: Option<(Arc<Display>, f32, Drawn)>,
    /// What stands behind a place, as long as it is shown.
    detail: Option<usize>,
    texts: Texts,
}

impl Default for ExhibitState {
    fn default() -> Self {
        Self { scroll: Vec2::ZERO, zoom: 1.0, drawn: None, detail: None, texts: Texts::default() }
    }
}

impl ExhibitState {
    /// Takes a wish for another magnification.
    pub fn request(&mut self, camera: CameraMove) {
        self.zoom = match camera {
            CameraMove::ZoomIn => self.zoom * 1.25,
            CameraMove::ZoomOut => self.zoom / 1.25,
            CameraMove::ActualSize | CameraMove::FitAll => 1.0,
            CameraMove::FitSelection | CameraMove::FindAgain | CameraMove::ShowSelection => self.zoom,
        }
        .clamp(ZOOM.0, ZOOM.1);
    }

    /// Forgets what belongs to another way of looking at it.
    pub fn look_anew(&mut self) {
        self.scroll = Vec2::ZERO;
        self.detail = None;
    }

    /// The magnification.
    pub fn zoom(&self) -> f32 {
        self.zoom
    }

    /// Lays the display out for a width in world units, unless it is laid out for it already.
    fn lay_out(&mut self, display: &Arc<Display>, width: f32) {
        let is_kept = self.drawn.as_ref().is_some_and(|(kept, at, _)| Arc::ptr_eq(kept, display) && *at == width);
        if !is_kept {
            self.drawn = Some((display.clone(), width, crate::scene::display::draw(display, width)));
        }
    }
}
