//! Pictures that follow a document: what a new version draws as the one before did is taken from its picture.
//!
//! [`Picture`] gives for every version exactly what [`super::build()`] gives; a test over random edits says so. Kept are
//! the drawings of boxes, the items of boxes and lines that stay where they are, the tidy tree of a chart, the routes
//! of lines among boxes that stand as they stood, and the indexes of the document. Everything that is cheap from flat
//! arrays is done anew each time, so that there is nothing to be forgotten.

use std::cell::{Cell, OnceCell};
use std::hash::Hash;
use std::sync::Arc;

use emath::{Pos2, Vec2};
use rustc_hash::FxHashMap;

use super::build::build_after;
use super::connectors::KeptLine;
use super::facts::{Facts, Gathered};
use super::item::{EdgeMeaning, EdgeShape, Item, NodeShape, Scene};
use super::options::Options;
use super::process::KeptCaption;
use super::sketch::{Context, Sketch};
use crate::layout::geometry::Polyline;
use crate::layout::request::{RouteRequest, TreeRequest};
use crate::layout::result::TreeResult;
use crate::model::{Document, ElementRef, View, ViewId, ViewKind};

/// The picture of a view, and what the next one can take from it.
pub struct Picture {
    view: ViewId,
    document: Arc<Document>,
    options: Arc<Options>,
    scene: Arc<Scene>,
    memory: Memory,
}

impl Picture {
    /// A first picture.
    pub fn new(document: &Arc<Document>, view: ViewId, options: &Arc<Options>) -> Self {
        let (scene, memory) = build_after(document, view, options, None);
        Self { view, document: document.clone(), options: options.clone(), scene: Arc::new(scene), memory }
    }

    /// The picture of another version of the same document.
    #[must_use]
    pub fn after(&self, document: &Arc<Document>, options: &Arc<Options>) -> Self {
        let facts = Facts::again(&self.document, &self.memory.gathered);
        let in_process = is_process(&self.document, self.view);
        let before = Before {
            context: Context { facts: &facts, options: &self.options, in_process },
            scene: &self.scene,
            memory: &self.memory,
            nodes: Finder::default(),
            edges: Finder::default(),
            lines: Finder::default(),
            captions: Finder::default(),
        };
        let before = Some(&before).filter(|_| in_process == is_process(document, self.view));
        let (scene, memory) = build_after(document, self.view, options, before);
        Self { view: self.view, document: document.clone(), options: options.clone(), scene: Arc::new(scene), memory }
    }

    /// What is drawn.
    pub fn scene(&self) -> &Arc<Scene> {
        &self.scene
    }

    /// The figures and marks in it.
    pub fn options(&self) -> &Arc<Options> {
        &self.options
    }
}

fn is_process(document: &Document, view: ViewId) -> bool {
    document.get::<View>(view).is_some_and(|view| matches!(view.kind, ViewKind::Process { .. }))
}

/// What the view asked of the drawing of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) extent: AskedExtent,
    /// The colour that the box has in the view.
    pub(crate) tint: Option<u8>,
}

/// How a box was drawn: closed, of a size that was asked of it; or open around others, of a size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum AskedExtent {
    Closed(Option<Vec2>),
    Open(Vec2),
}

/// A tidy tree with what was asked of the layout.
#[derive(Debug)]
pub(crate) struct Tidy {
    pub(crate) request: TreeRequest,
    pub(crate) result: TreeResult,
}

/// Routes with what was asked of the router.
#[derive(Debug)]
pub(crate) struct Routed {
    pub(crate) request: RouteRequest,
    pub(crate) routes: Vec<Option<Polyline>>,
}

/// What a picture leaves to the next one, beside the scene itself.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) gathered: Gathered,
    /// The drawings of the nodes of the scene, in their order.
    pub(crate) sketches: Vec<(Asked, Arc<Sketch>)>,
    pub(crate) tidy: Option<Arc<Tidy>>,
    pub(crate) routed: Vec<Arc<Routed>>,
    /// The lines of flows and links, in the order of painting.
    pub(crate) lines: Vec<KeptLine>,
    /// Names and badges beside shapes, in the order of placing.
    pub(crate) captions: Vec<KeptCaption>,
}

/// The picture before, ready to be asked.
pub(crate) struct Before<'a> {
    pub(crate) context: Context<'a>,
    pub(crate) scene: &'a Scene,
    pub(crate) memory: &'a Memory,
    nodes: Finder<ElementRef>,
    edges: Finder<(EdgeMeaning, ElementRef, ElementRef)>,
    lines: Finder<ElementRef>,
    captions: Finder<ElementRef>,
}

impl<'a> Before<'a> {
    /// The box of an element with its drawing.
    pub(crate) fn node(&self, element: ElementRef) -> Option<(&'a NodeShape, &'a (Asked, Arc<Sketch>))> {
        let at = self.nodes.find(&self.scene.nodes, |node| node.element, element)?;
        Some((self.scene.nodes.get(at)?, self.memory.sketches.get(at)?))
    }

    /// A line with its item.
    pub(crate) fn edge(
        &self,
        meaning: EdgeMeaning,
        from: ElementRef,
        to: ElementRef,
    ) -> Option<(&'a EdgeShape, &'a Arc<Item>)> {
        let key = |edge: &EdgeShape| (edge.meaning, edge.from, edge.to);
        let edge = self.scene.edges.get(self.edges.find(&self.scene.edges, key, (meaning, from, to))?)?;
        Some((edge, self.scene.items.get(edge.item)?))
    }

    /// The line of a flow or link, with its place among all.
    pub(crate) fn line(&self, element: ElementRef) -> Option<(usize, &'a KeptLine)> {
        let at = self.lines.find(&self.memory.lines, |line| line.element, element)?;
        Some((at, self.memory.lines.get(at)?))
    }

    /// The corners of a line; none of one that has no way.
    pub(crate) fn points_of(&self, line: &KeptLine) -> &'a [Pos2] {
        let edge = line.edge.and_then(|edge| self.scene.edges.get(edge));
        edge.map_or(&[], |edge| edge.points.as_slice())
    }

    /// What a line ended at.
    pub(crate) fn ends_of(&self, line: &KeptLine) -> Option<[ElementRef; 2]> {
        let edge = self.scene.edges.get(line.edge?)?;
        Some([edge.from, edge.to])
    }

    /// What stands beside a shape, with its place among all.
    pub(crate) fn caption(&self, element: ElementRef) -> Option<(usize, &'a KeptCaption)> {
        let at = self.captions.find(&self.memory.captions, |caption| caption.element, element)?;
        Some((at, self.memory.captions.get(at)?))
    }

    /// The tidy tree for a request, if it was asked for before.
    pub(crate) fn tidy(&self, request: &TreeRequest) -> Option<Arc<Tidy>> {
        self.memory.tidy.clone().filter(|tidy| tidy.request == *request)
    }

    /// The routes for a request, if they were asked for before.
    pub(crate) fn routed(&self, request: &RouteRequest) -> Option<Arc<Routed>> {
        self.memory.routed.iter().find(|routed| routed.request == *request).cloned()
    }
}

/// Finds things in a list that is asked for nearly in its order: mostly the next one is wanted. Else by an index that is
/// made when it is first needed.
struct Finder<K> {
    next: Cell<usize>,
    index: OnceCell<FxHashMap<K, usize>>,
}

impl<K> Default for Finder<K> {
    fn default() -> Self {
        Self { next: Cell::new(0), index: OnceCell::new() }
    }
}

impl<K: Copy + Eq + Hash> Finder<K> {
    fn find<T>(&self, list: &[T], key: impl Fn(&T) -> K, wanted: K) -> Option<usize> {
        // Whoever has come to the end begins anew.
        let next = self.next.get() % list.len().max(1);
        let found = match list.get(next) {
            Some(thing) if key(thing) == wanted => next,
            _ => {
                let all = || list.iter().enumerate().map(|(at, thing)| (key(thing), at)).collect();
                *self.index.get_or_init(all).get(&wanted)?
            }
        };
        self.next.set(found + 1);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::{Editor, MoveInView, Replace};
    use crate::model::*;
    use crate::scene::{Load, LoadLevel, Mark, Severity, build};
    use crate::testkit::random_edits::{Choices, edit, start, start_with_sub_flows};
    use crate::testkit::{everything, generate};

    /// Figures and marks that change with a number.
    fn options(document: &Document, number: usize) -> Arc<Options> {
        let mut options = Options { jumps: number.is_multiple_of(3), ..Options::default() };
        for (at, id) in document.roles().ids().enumerate().filter(|(at, _)| (at + number).is_multiple_of(2)) {
            options.loads.insert(id.into(), Load { share: at as f64 * 0.3, level: LoadLevel::of(at as f64 * 0.3) });
        }
        for (at, id) in document.steps().ids().enumerate().filter(|(at, _)| (at + number).is_multiple_of(3)) {
            options.per_week.insert(id.into(), at as f64);
            options.marks.insert(id.into(), Mark { severity: Severity::High, count: 1 });
        }
        Arc::new(options)
    }

    /// Keeps the pictures of all views up to date and compares them with fresh ones.
    #[derive(Default)]
    struct Wall {
        pictures: FxHashMap<ViewId, Picture>,
    }

    impl Wall {
        fn check(&mut self, document: &Arc<Document>, options: &Arc<Options>) -> Result<(), TestCaseError> {
            for view in document.views().ids() {
                let picture = match self.pictures.get(&view) {
                    Some(before) => before.after(document, options),
                    None => Picture::new(document, view, options),
                };
                prop_assert_eq!(&**picture.scene(), &build(document, view, options));
                self.pictures.insert(view, picture);
            }
            Ok(())
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_kept_picture_is_the_one_that_would_be_drawn_afresh(
            which in 0..3_usize,
            numbers in prop::collection::vec(any::<u16>(), 0..300),
        ) {
            let document = [start, start_with_sub_flows, everything][which]();
            let mut editor = Editor::new(document);
            let mut wall = Wall::default();
            let mut choices = Choices(&numbers);
            let mut shown = options(editor.document(), 0);
            wall.check(editor.document(), &shown)?;
            while !choices.0.is_empty() {
                match choices.below(12) {
                    0 => drop(editor.undo()),
                    1 => shown = options(editor.document(), choices.below(9)),
                    _ => {
                        let edit = edit(editor.document(), &mut choices);
                        drop(editor.commit(&edit, 0.0));
                    }
                }
                wall.check(editor.document(), &shown)?;
            }
        }
    }

    #[test]
    fn what_an_edit_does_not_concern_is_shared_with_the_picture_before() {
        let mut editor = Editor::new(generate::organisation(400, 5));
        let kind = |kind: &ViewKind| matches!(kind, ViewKind::Organisation { .. });
        let view = editor.document().views().iter().find(|(_, view)| kind(&view.kind)).map(|(id, _)| id).unwrap();
        let first = Picture::new(editor.document(), view, &Arc::default());
        let count_new = |before: &Picture, after: &Picture| {
            let shared = |item: &Arc<Item>| before.scene().items.iter().any(|other| Arc::ptr_eq(other, item));
            after.scene().items.iter().filter(|item| !shared(item)).count()
        };
        let role = editor.document().roles().ids().nth(20).unwrap();
        let rename = Replace::with(editor.document(), role, |role: &mut Role| role.name = "Baker".to_owned());
        editor.commit(&rename.unwrap().into(), 0.0).unwrap();
        let second = first.after(editor.document(), &Arc::default());
        assert_eq!(count_new(&first, &second), 1);
        let moves = vec![(role.into(), Point::new(-400.0, -300.0))];
        editor.commit(&MoveInView { view, moves }.into(), 9.0).unwrap();
        let third = second.after(editor.document(), &Arc::default());
        assert_eq!(count_new(&second, &third), 2, "the box and its line");
    }
}
