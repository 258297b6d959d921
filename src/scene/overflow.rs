//! Names that have no room in their boxes: they end in an ellipsis, and whoever draws them can tell.

use super::item::*;

/// Whether the name of a box is cut: a line of it ends in an ellipsis that the name does not have there.
pub fn is_cut(scene: &Scene, node: &NodeShape, name: &str) -> bool {
    !name.trim_end().ends_with('…') && scene.items.get(node.item).is_some_and(|item| ends_in_ellipsis(item))
}

fn ends_in_ellipsis(item: &Item) -> bool {
    match &item.kind {
        ItemKind::Group(items) => items.iter().any(ends_in_ellipsis),
        ItemKind::Text(text) => {
            matches!(item.detail, Detail::Name | Detail::Title)
                && text.lines.last().is_some_and(|line| line.text.ends_with('…'))
        }
        ItemKind::Rect(_) | ItemKind::Path(_) | ItemKind::Icon(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;
    use crate::scene::{Options, build};

    #[test]
    fn a_long_text_in_a_small_box_is_cut_and_a_note_grows_with_its_text() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let long = "Check whether the receipt belongs to one of our shops and whether the goods were sold there at all";
        let step = document.insert(Step::new(process, long));
        let short = document.insert(Step::new(process, "And so on…"));
        let note = document.insert(Note::new(long));
        let view = document.insert(View::new("Board", ViewKind::Board));
        for (index, element) in [ElementRef::from(step), short.into(), note.into()].into_iter().enumerate() {
            let center = Some(Point::new(index as f64 * 400.0, 0.0));
            let size = (element == step.into()).then_some(Size::new(100.0, 40.0));
            document.insert(Placement { center, size, ..Placement::unplaced(view, element) });
        }
        let scene = build(&document, view, &Options::default());
        let cut = |element: ElementRef| {
            let node = scene.nodes.iter().find(|node| node.element == element).unwrap();
            is_cut(&scene, node, document.name_of(element))
        };
        assert_eq!([step.into(), short.into(), note.into()].map(cut), [true, false, false]);
    }
}
