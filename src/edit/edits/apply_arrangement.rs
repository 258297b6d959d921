//! The result of an automatic arrangement, taken over in one step.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, lanes_fit, need_view};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Puts pictures where an arrangement put them. What has gone since it was computed is passed over.
///
/// A label that somebody placed by hand goes back to where the picture puts it when its box moves or its line is laid
/// anew.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplyArrangement {
    /// The view.
    pub view: ViewId,
    /// New centres.
    pub centers: Vec<(ElementRef, Point)>,
    /// New sizes of boxes; none for the size of their text.
    pub sizes: Vec<(ElementRef, Option<Size>)>,
    /// New lanes; as they are where it is none.
    pub lanes: Option<Vec<Lane>>,
    /// New phases; as they are where it is none.
    pub phases: Option<Vec<Phase>>,
    /// Which way the flow runs; as before where it is none.
    pub direction: Option<FlowDirection>,
    /// New lines of flows and links, ends included; empty for one that is found anew whenever it is drawn.
    pub bends: Vec<(ElementRef, Vec<Point>)>,
    /// Name of the step, in the imperative; `Arrange the view` where it is empty.
    pub label: String,
}

impl ApplyArrangement {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let view = need_view(document, self.view)?;
        all_finite(self.centers.iter().map(|(_, center)| center))?;
        all_finite(self.bends.iter().flat_map(|(_, bends)| bends))?;
        let is_size = |size: &Size| size.width > 0.0 && size.height > 0.0 && (size.width + size.height).is_finite();
        if !self.sizes.iter().filter_map(|(_, size)| size.as_ref()).all(is_size) {
            return Err("A size has to be above zero.".to_owned());
        }
        if let Some(lanes) = &self.lanes {
            if view.process().is_none() {
                return Err("Only process views have lanes.".to_owned());
            }
            lanes_fit(document, lanes)?;
        }
        let has_lists = !self.centers.is_empty() || !self.sizes.is_empty() || !self.bends.is_empty();
        if self.phases.iter().flatten().any(|phase| !phase.extent.is_finite() || phase.extent < 1.0) {
            return Err("A phase has to have a length.".to_owned());
        }
        Ok(has_lists || self.lanes.is_some() || self.direction.is_some() || self.phases.is_some())
    }

    fn apply_to_view(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        if self.lanes.is_none() && self.direction.is_none() && self.phases.is_none() {
            return Ok(());
        }
        transaction.update(self.view, |view: &mut View| {
            if let Some(phases) = &self.phases {
                view.phases.clone_from(phases);
            }
            if let ViewKind::Process { lanes, direction, .. } = &mut view.kind {
                if let Some(new_lanes) = &self.lanes {
                    lanes.clone_from(new_lanes);
                }
                *direction = self.direction.unwrap_or(*direction);
            }
        })
    }
}

impl EditAction for ApplyArrangement {
    fn label(&self, _document: &Document) -> String {
        if self.label.is_empty() { "Arrange the view".to_owned() } else { self.label.clone() }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        self.apply_to_view(transaction)?;
        let Some(view) = transaction.document().get::<View>(self.view) else { return Err(EditError::Missing("view")) };
        let kind = view.kind.clone();
        let mut pictures = Pictures::of(transaction.document(), self.view);
        let fits = |document: &Document, element: ElementRef| {
            document.contains(element) && integrity::can_show(&kind, element)
        };
        for (element, size) in &self.sizes {
            if fits(transaction.document(), *element) {
                pictures.change(transaction, *element, |placement| placement.size = *size)?;
            }
        }
        for (element, center) in &self.centers {
            if fits(transaction.document(), *element) {
                pictures.change(transaction, *element, |placement| {
                    if placement.center != Some(*center) {
                        placement.center = Some(*center);
                        placement.label = None;
                    }
                })?;
                if let Some(id) = pictures.get(*element) {
                    transaction.mark_placed(id);
                }
            }
        }
        for (line, bends) in &self.bends {
            let is_line = matches!(line, ElementRef::Flow(_) | ElementRef::Link(_));
            let is_needed = is_line && (!bends.is_empty() || pictures.shows(*line));
            if is_needed && fits(transaction.document(), *line) {
                pictures.change(transaction, *line, |placement| {
                    if placement.bends != *bends {
                        placement.bends.clone_from(bends);
                        placement.label = None;
                    }
                })?;
            }
        }
        Ok(())
    }
}
