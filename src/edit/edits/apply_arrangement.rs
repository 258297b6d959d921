//! The result of an automatic arrangement, taken over in one step.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, lanes_fit, need_view};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Puts pictures where an arrangement put them. What has gone since it was computed is passed over.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplyArrangement {
    /// The view.
    pub view: ViewId,
    /// New centres.
    pub centers: Vec<(ElementRef, Point)>,
    /// New lanes; as they are where it is none.
    pub lanes: Option<Vec<Lane>>,
    /// New lines of flows, ends included.
    pub bends: Vec<(FlowId, Vec<Point>)>,
    /// Name of the step, in the imperative; `Arrange the view` where it is empty.
    pub label: String,
}

impl ApplyArrangement {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let view = need_view(document, self.view)?;
        all_finite(self.centers.iter().map(|(_, center)| center))?;
        all_finite(self.bends.iter().flat_map(|(_, bends)| bends))?;
        if let Some(lanes) = &self.lanes {
            if view.process().is_none() {
                return Err("Only process views have lanes.".to_owned());
            }
            lanes_fit(document, lanes)?;
        }
        Ok(!self.centers.is_empty() || self.lanes.is_some() || !self.bends.is_empty())
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
        if let Some(new_lanes) = &self.lanes {
            transaction.update(self.view, |view: &mut View| {
                if let ViewKind::Process { lanes, .. } = &mut view.kind {
                    lanes.clone_from(new_lanes);
                }
            })?;
        }
        let Some(view) = transaction.document().get::<View>(self.view) else { return Err(EditError::Missing("view")) };
        let kind = view.kind.clone();
        let mut pictures = Pictures::of(transaction.document(), self.view);
        let fits = |document: &Document, element: ElementRef| {
            document.contains(element) && integrity::can_show(&kind, element)
        };
        for (element, center) in &self.centers {
            if fits(transaction.document(), *element) {
                pictures.change(transaction, *element, |placement| placement.center = Some(*center))?;
                if let Some(id) = pictures.get(*element) {
                    transaction.mark_placed(id);
                }
            }
        }
        for (flow, bends) in &self.bends {
            let flow: ElementRef = (*flow).into();
            let is_needed = !bends.is_empty() || pictures.shows(flow);
            if is_needed && fits(transaction.document(), flow) {
                pictures.change(transaction, flow, |placement| placement.bends.clone_from(bends))?;
            }
        }
        Ok(())
    }
}
