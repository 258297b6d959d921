//! Ladders of limits as pictures for documents: the same drawing as in the window, in the colours of paper.

use super::sheet::{Sheet, page_of};
use super::{ExportError, Output, Pixels, png, svg};
use crate::model::{DecisionId, Document};
use crate::scene::ladder::LadderPicture;

/// A drawn ladder under the name of its decision, as the text of an SVG.
pub fn ladder_svg(document: &Document, decision: DecisionId, picture: &LadderPicture) -> Output {
    svg::sheet_svg(document, sheet(document, decision, picture), false, false)
}

/// The same as pixels.
///
/// # Errors
/// Where it would have too many pixels.
pub fn ladder_pixels(
    document: &Document,
    decision: DecisionId,
    picture: &LadderPicture,
    scale: f32,
) -> Result<Pixels, ExportError> {
    png::sheet_pixels(&sheet(document, decision, picture), scale)
}

fn sheet(document: &Document, decision: DecisionId, picture: &LadderPicture) -> Sheet {
    let name = format!("Limits: {}", document.name_of(decision.into()));
    page_of(&name, "Who decides, up to how much", &picture.items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Amount, Currency, Decision, Quantity};
    use crate::scene::ladder::draw_ladder;
    use crate::scene::ladder::{LadderLook, LadderSketch, PartKind, SketchAxis, SketchPart, SketchRow, SketchStrip};

    #[test]
    fn a_ladder_is_written_with_its_names_and_patterns() {
        let mut document = crate::storage::new_document("Shop");
        let decision = document.insert(Decision::new("Grant <refund>"));
        let end = Some(Amount::whole(200));
        let part = |above, up_to, kind, label: &str| SketchPart { above, up_to, kind, label: label.into() };
        let axis = SketchAxis {
            title: "Per case, EUR".into(),
            quantity: Some(Quantity::Money(Currency::EUR)),
            rows: vec![SketchRow { name: "Clerk".into(), up_to: end, ..SketchRow::default() }],
            strips: vec![SketchStrip {
                label: "every case".into(),
                parts: vec![part(None, end, PartKind::One(0), "Clerk"), part(end, None, PartKind::Gap, "nobody")],
            }],
            extent: Vec::new(),
        };
        let look = LadderLook { width: 700.0, is_compact: false };
        let picture = draw_ladder(&LadderSketch { axes: vec![axis] }, look);
        let output = ladder_svg(&document, decision, &picture);
        let text = String::from_utf8(output.bytes).unwrap();
        assert!(text.contains("Limits: Grant &lt;refund&gt;") && text.contains("nobody") && text.contains("Clerk"));
        assert!(output.warnings.is_empty(), "{:?}", output.warnings);
        let pixels = ladder_pixels(&document, decision, &picture, 2.0).unwrap();
        assert!(pixels.width > 1400 && pixels.rgba.len() == pixels.width * pixels.height * 4);
    }
}
