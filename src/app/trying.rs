//! A remedy that is looked at before it is made: the picture with it, what it changes in words, figures before and after.
//!
//! Worked out beside the window on a copy of the document. It belongs to one version: with any other edit it ends.

use std::sync::Arc;

use emath::Rect;
use rustc_hash::FxHashSet;

use super::quick::{Emphasis, Ghost};
use super::tally::Tally;
use crate::analysis::trial::{Comparison, try_change};
use crate::analysis::{CancelToken, Finding, OverlayKind, Report, Settings};
use crate::edit::Edit;
use crate::model::{Document, ElementRef, Revision, ViewId};
use crate::scene::{self, Options};

/// What is wished for around a remedy that is tried.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Try a remedy of a finding.
    Try {
        /// Index of the finding in the report.
        finding: usize,
        /// Which of its remedies.
        remedy: usize,
    },
    /// Take what came of it.
    Show(Question, Arc<Result<Tried, String>>),
    /// Take the picture of a view with the change.
    Picture(Question, ViewId, Option<Arc<Ghost>>),
    /// Make the change.
    Apply,
    /// Give it up.
    End,
}

/// Which remedy is tried, on which version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The version.
    pub revision: Revision,
    /// Index of the finding in the report of that version.
    pub finding: usize,
    /// Which of its remedies.
    pub remedy: usize,
}

/// A remedy that is tried.
#[derive(Debug)]
pub struct Trying {
    /// Which.
    pub question: Question,
    /// The change.
    pub edit: Edit,
    /// What would come of it; none until it is worked out.
    pub outcome: Option<Arc<Result<Tried, String>>>,
    /// The picture of a view with the change; none in it where the view shows nothing of it.
    pub picture: Option<(ViewId, Option<Arc<Ghost>>)>,
    /// The view whose picture is being made.
    pub awaited: Option<ViewId>,
    /// Stops what is not needed any more.
    pub cancel: CancelToken,
}

impl Trying {
    /// What would come of it.
    pub fn tried(&self) -> Option<&Tried> {
        self.outcome.as_ref().and_then(|outcome| (**outcome).as_ref().ok())
    }

    /// The picture of a view with the change.
    pub fn ghost(&self, view: ViewId) -> Option<Arc<Ghost>> {
        self.picture.as_ref().filter(|(of, _)| *of == view).and_then(|(_, ghost)| ghost.clone())
    }
}

/// What would come of a remedy.
#[derive(Debug)]
pub struct Tried {
    /// The document with it.
    pub document: Arc<Document>,
    /// Figures and marks that pictures of it show.
    pub options: Arc<Options>,
    /// What differs, each in a sentence.
    pub changes: Vec<String>,
    /// What it is seen on.
    pub touched: Vec<ElementRef>,
    /// Figures before and after.
    pub figures: Vec<Comparison>,
    /// Whether the finding would be gone.
    pub is_solved: bool,
}

/// What is needed to try a remedy.
pub struct Ground {
    /// The document as it is.
    pub document: Arc<Document>,
    /// What is said of it.
    pub report: Arc<Report>,
    /// How strict the rules are, and which day it is.
    pub settings: Settings,
    /// What is laid over pictures.
    pub overlay: Option<OverlayKind>,
}

/// Tries a change that is to help with a finding; why it cannot be tried.
pub fn tried(ground: &Ground, finding: &Finding, edit: &Edit, cancel: &CancelToken) -> Result<Tried, String> {
    let Ground { document, report, settings, overlay } = ground;
    let trial = try_change(document, report, finding, edit, settings, cancel).map_err(|error| error.to_string())?;
    let tally = Tally::of(&trial.document, &trial.report, &Arc::default(), *overlay);
    Ok(Tried {
        options: tally.options().clone(),
        document: Arc::new(trial.document),
        changes: trial.changes,
        touched: trial.touched,
        figures: trial.figures,
        is_solved: trial.is_solved,
    })
}

/// The picture of a view with the change; none where the view shows nothing of it.
pub fn picture(tried: &Tried, view: ViewId) -> Option<Ghost> {
    let scene = scene::build(&tried.document, view, &tried.options);
    let touched: FxHashSet<ElementRef> = tried.touched.iter().copied().collect();
    let boxes = scene.nodes.iter().filter(|node| touched.contains(&node.element)).map(|node| node.rect);
    let lines = scene.edges.iter().filter(|edge| edge.meaning.is_element() && touched.contains(&edge.element));
    let lines = lines.map(|edge| Rect::from_points(&edge.points));
    let headers = scene.lanes.iter().filter(|lane| lane.actor.is_some_and(|actor| touched.contains(&actor.into())));
    let bounds = boxes.chain(lines).chain(headers.map(|lane| lane.header)).reduce(|all, one| all.union(one))?;
    Some(Ghost { new: touched, bounds, scene, emphasis: Emphasis::Changed })
}
