//! The form of an organisation chart.

use crate::edit::rules::need_view;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Draws an organisation chart in another form or direction. Places in the tree are kept while it is drawn in a form
/// that needs none; turned to another direction it is arranged afresh, see the behaviour `turn_charts`.
#[derive(Clone, Debug, PartialEq)]
pub struct SetChart {
    /// The view.
    pub view: ViewId,
    /// Its form.
    pub form: ChartForm,
    /// Which way its tree grows.
    pub direction: FlowDirection,
}

impl SetChart {
    fn check(&self, document: &Document) -> Result<bool, String> {
        match need_view(document, self.view)?.kind {
            ViewKind::Organisation { form, direction, .. } => Ok((form, direction) != (self.form, self.direction)),
            _ => Err("Only organisation charts are drawn as trees, circles or grids.".to_owned()),
        }
    }
}

impl EditAction for SetChart {
    fn label(&self, document: &Document) -> String {
        let name = document.get::<View>(self.view).map_or("", |view| view.name.as_str());
        let form = match (self.form, self.direction) {
            (ChartForm::Tree, FlowDirection::TopToBottom) => "a tree from the top down",
            (ChartForm::Tree, FlowDirection::LeftToRight) => "a tree from left to right",
            (ChartForm::Circles, _) => "circles",
            (ChartForm::Grid, _) => "a grid",
        };
        format!("Draw “{name}” as {form}")
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let (new_form, new_direction) = (self.form, self.direction);
        transaction.update(self.view, |view: &mut View| {
            if let ViewKind::Organisation { form, direction, .. } = &mut view.kind {
                (*form, *direction) = (new_form, new_direction);
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    #[test]
    fn another_form_keeps_the_places_and_another_direction_drops_those_not_pinned() {
        let mut document = Document::default();
        let units = ["Firm", "Shop"].map(|name| document.insert(Unit::new(name)));
        let view = document.insert(View::new("Chart", ViewKind::organisation(None)));
        for (unit, pinned) in units.into_iter().zip([true, false]) {
            let center = Some(Point::new(10.0, 20.0));
            document.insert(Placement { center, pinned, ..Placement::unplaced(view, unit.into()) });
        }
        let placed = |document: &Document| {
            units.map(|unit| document.placement_of(view, unit.into()).unwrap().1.center.is_some())
        };
        let set = |form, direction| SetChart { view, form, direction };
        let circles = set(ChartForm::Circles, FlowDirection::TopToBottom);
        assert_eq!(circles.label(&document), "Draw “Chart” as circles");
        let document = apply(&document, &circles.clone().into()).unwrap().document;
        assert_eq!(placed(&document), [true, true]);
        assert!(!circles.can_apply(&document).is_yes(), "nothing would change");
        let turned = apply(&document, &set(ChartForm::Tree, FlowDirection::LeftToRight).into()).unwrap().document;
        assert_eq!(placed(&turned), [true, false]);
    }

    #[test]
    fn other_views_have_no_such_form() {
        let mut document = Document::default();
        let view = document.insert(View::new("Board", ViewKind::Board));
        let set = SetChart { view, form: ChartForm::Grid, direction: FlowDirection::TopToBottom };
        assert!(matches!(set.can_apply(&document), Verdict::No(_)));
    }
}
