//! Copying and pasting.
//!
//! The clipboard of the desktop takes one text from us. It begins as a list that any program can show, and ends with
//! the copied elements in the form of the file, fenced off:
//!
//! ````text
//! Take the complaint (Shop assistant)
//! Check the receipt (Shop assistant)
//!
//! ```remit
//! (format: "remit", version: 1, …)
//! ```
//! ````
//!
//! So a letter or a chat gets something to read, and every window of Remit, of whatever project, gets the elements; it
//! also survives being sent to somebody as text. A whole project file pasted as text is understood, too. Any other
//! text goes through one door, [`App::paste_text`].

use std::fmt::Write as _;
use std::sync::Arc;

use egui::{ColorImage, Context, ViewportCommand};
use rustc_hash::FxHashSet;

use crate::app::App;
use crate::app::command::Command;
use crate::app::core::Duplicated;
use crate::app::dialogs::Dialog;
use crate::app::jobs::JobResult;
use crate::app::notice::Notice;
use crate::edit::{Choices, Clip, Paste, Sequence};
use crate::export;
use crate::model::*;
use crate::scene::display::Display;
use crate::scene::outline::{OutlinePart, outline_of};
use crate::search::{shown_in, title};
use crate::storage;

const FENCE: &str = "```remit";
const FENCE_END: &str = "```";
/// Pixels per world unit of copied pictures.
pub(super) const PICTURE_SCALE: f32 = 2.0;

/// What was copied last in this window.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The elements.
    pub clip: Clip,
    /// The text on the clipboard of the desktop that stands for them.
    text: String,
    /// In which of the projects of this window.
    lineage: u64,
}

/// Where a first copy goes, seen from its original.
const BESIDE: Point = Point { x: 24.0, y: 24.0 };

impl App {
    pub(super) fn copy(&mut self, ctx: &Context) {
        let Some(view) = self.core.active_view() else { return };
        if let Some(ViewKind::Matrix(_)) = self.core.active_kind() {
            if let Some(text) = self.parts.matrices.entry(view).or_default().copied_text(&self.core) {
                ctx.copy_text(text);
            }
            return;
        }
        let clip = Clip::copy(self.core.document(), Some(view), self.core.selection());
        let count = self.core.selection().len();
        self.core.hint =
            if count == 1 { "Copied one element.".to_owned() } else { format!("Copied {count} elements.") };
        let text = clipboard_text(&clip);
        ctx.copy_text(text.clone());
        self.core.clip = Some(Copied { clip, text, lineage: self.lineage });
    }

    /// Makes new things like these. The next time, copies that were moved since tell how far away they go.
    pub(super) fn duplicate(&mut self, elements: &[ElementRef], by: Option<Point>, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        let by = by.or_else(|| self.last_distance(view, elements)).unwrap_or(BESIDE);
        let clip = Clip::copy(self.core.document(), Some(view), elements);
        let label = match elements {
            [one] => match self.core.document().name_of(*one) {
                "" => format!("Duplicate {}", one.kind().word()),
                name => format!("Duplicate “{name}”"),
            },
            many => format!("Duplicate {} elements", many.len()),
        };
        let at = clip.middle().map(|middle| Point::new(middle.x + by.x, middle.y + by.y));
        let paste = Paste { clip, view: Some(view), at, as_new: true };
        let edit = Sequence { label, edits: vec![paste.into()] }.into();
        let before = self.core.document().revision();
        self.create(&edit, false, now_secs);
        if self.core.document().revision() != before {
            let copies = self.core.selection().to_vec();
            self.core.duplicated = Some(Duplicated { view, originals: elements.to_vec(), copies });
        }
    }

    /// How far the copies of the last duplication stand from their originals, if it is them that are duplicated.
    fn last_distance(&self, view: ViewId, elements: &[ElementRef]) -> Option<Point> {
        let last = self.core.duplicated.as_ref().filter(|last| last.view == view)?;
        let same: FxHashSet<&ElementRef> = elements.iter().collect();
        if same.len() != last.copies.len() || !last.copies.iter().all(|copy| same.contains(copy)) {
            return None;
        }
        let middle = |elements: &[ElementRef]| Clip::copy(self.core.document(), Some(view), elements).middle();
        let (from, to) = (middle(&last.originals)?, middle(&last.copies)?);
        Some(Point::new(to.x - from.x, to.y - from.y))
    }

    /// Those of some elements that the view in front shows as boxes.
    pub(super) fn boxes_in_front(&self, elements: &[ElementRef]) -> Vec<ElementRef> {
        let Some(view) = self.core.active_view() else { return Vec::new() };
        let document = self.core.document();
        let placed = document.placements_in(view).filter(|(_, placement)| placement.center.is_some());
        let shown: FxHashSet<ElementRef> = placed.map(|(_, placement)| placement.element).collect();
        elements.iter().copied().filter(|element| shown.contains(element)).collect()
    }

    /// Pastes by a command instead of a key: the desktop hands out its clipboard on request, in a later frame.
    pub(super) fn ask_for_paste(&mut self, ctx: &Context, as_new: bool, now_secs: f64) {
        if self.jobs.is_inline() {
            self.paste(as_new, None, now_secs);
        } else {
            self.asked_to_paste = Some(as_new);
            ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
        }
    }

    /// Pastes a text of the desktop's clipboard, or what was copied last in this window.
    pub(super) fn paste(&mut self, as_new: bool, text: Option<String>, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        let own = self.core.clip.clone().filter(|copied| text.as_ref().is_none_or(|text| *text == copied.text));
        let elsewhere = text.as_deref().filter(|_| own.is_none()).and_then(clip_of_text);
        let is_ours = own.is_some() || elsewhere.is_some();
        if let (Some(ViewKind::Matrix(_)), Some(text), false) = (self.core.active_kind(), &text, is_ours) {
            let commands = self.parts.matrices.entry(view).or_default().pasted(&self.core, text);
            self.commands.extend(commands);
            return;
        }
        match (own, elsewhere, text) {
            (Some(copied), ..) if copied.lineage == self.lineage => self.paste_clip(copied.clip, as_new, now_secs),
            (Some(Copied { clip, .. }), ..) | (None, Some(clip), _) if self.is_of_this_project(&clip) => {
                self.paste_clip(clip, as_new, now_secs);
            }
            (Some(Copied { clip, .. }), ..) | (None, Some(clip), _) => {
                self.paste_from_elsewhere(clip, as_new, now_secs);
            }
            (None, None, Some(text)) => self.paste_text(&text, now_secs),
            (None, None, None) => self.notify(Notice::hint("There is nothing to paste yet.")),
        }
    }

    /// Another window may show the same project, or a copy of its file; then keys mean the same things.
    fn is_of_this_project(&self, clip: &Clip) -> bool {
        let name = &clip.document().project().name;
        !name.is_empty() && *name == self.core.document().project().name
    }

    /// Elements of another project: asks who of them is somebody here, where that is not plain.
    fn paste_from_elsewhere(&mut self, clip: Clip, as_new: bool, now_secs: f64) {
        let namesakes = if as_new { clip.namesakes(self.core.document()) } else { Vec::new() };
        if namesakes.is_empty() {
            self.paste_clip(clip.from_elsewhere(Choices::new()), as_new, now_secs);
        } else {
            self.parts.dialogs.push(Dialog::namesakes(clip, namesakes));
        }
    }

    /// Pastes elements at the pointer, selects them, and says what the view cannot show of them.
    pub(super) fn paste_clip(&mut self, clip: Clip, as_new: bool, now_secs: f64) {
        let Some(view) = self.core.active_view() else { return };
        let at = self.parts.canvases.get(&view).map(|state| state.paste_point());
        let shown_before: Vec<ElementRef> =
            self.core.document().placements_in(view).map(|(_, shown)| shown.element).collect();
        let Some(committed) = self.commit(&Paste { clip, view: Some(view), at, as_new }.into(), now_secs) else {
            return;
        };
        if !committed.changed {
            self.notify(Notice::hint("The view shows all of that already."));
            return;
        }
        self.place_new(now_secs);
        let document = self.core.editor.document().clone();
        let mut pasted: Vec<ElementRef> =
            committed.created.iter().copied().filter(|element| is_thing(*element)).collect();
        let again = document.placements_in(view).map(|(_, shown)| shown.element);
        pasted.extend(again.filter(|element| is_thing(*element) && !shown_before.contains(element)));
        pasted.sort_unstable();
        pasted.dedup();
        let shown = shown_in(&document, &pasted);
        let is_here = |element: &ElementRef| shown.get(element).is_some_and(|views| views.contains(&view));
        let (here, elsewhere): (Vec<ElementRef>, Vec<ElementRef>) = pasted.into_iter().partition(is_here);
        // Performers that came along are lanes; what was pasted are the boxes.
        let boxes = here.iter().copied().filter(|element| document.placement_of(view, *element).is_some());
        self.select(boxes.collect());
        if let Some(first) = elsewhere.first().copied() {
            let words = not_shown(&document, view, &elsewhere);
            let notice = match shown.contains_key(&first) {
                true => Notice::hint(words).with_step("Show", Command::Reveal(first)),
                false => Notice::hint(words),
            };
            self.notify(notice);
        }
    }

    /// Puts a picture of the selection, or of the whole view, on the clipboard: as pixels, or as the text of an SVG.
    pub(super) fn copy_picture(&mut self, as_svg: bool) {
        if self.parts.ladder.is_some() {
            return self.copy_ladder(as_svg);
        }
        if let Some((_, display)) = self.core.front_display() {
            return self.copy_exhibit_picture(display, as_svg);
        }
        let Some(view) = self.core.active_view() else { return };
        let document = self.core.editor.document().clone();
        let options = self.core.figures();
        let selection = self.core.selection().to_vec();
        self.jobs.start_aside(move || {
            let only = (!selection.is_empty()).then_some(selection.as_slice());
            let input =
                export::Input { only, scale: PICTURE_SCALE, ..export::Input::new(&document, Some(view), &options) };
            let made = if as_svg { svg(&input) } else { pixels(&input) };
            let commands = made.unwrap_or_else(|error| {
                vec![Command::Notify(Notice::failure(format!("There is no picture: {error}.")))]
            });
            JobResult::Commands(commands)
        });
    }
}

/// Whether an element stands for itself: not a line, a right, a picture.
fn is_thing(element: ElementRef) -> bool {
    use ElementKind as K;
    !matches!(element.kind(), K::Flow | K::Link | K::Right | K::View | K::Placement | K::Framework)
}

fn not_shown(document: &Document, view: ViewId, elements: &[ElementRef]) -> String {
    let what = match elements {
        [one] => format!("the {} “{}”", one.kind().word(), title(document, *one)),
        many if many.iter().all(|one| one.kind() == many[0].kind()) => {
            format!("{} {}", many.len(), many[0].kind().plural())
        }
        many => format!("{} elements", many.len()),
    };
    let view = document.name_of(view.into());
    format!("Pasted. “{view}” cannot show {what}; the project has them all the same.")
}

fn svg(input: &export::Input<'_>) -> Result<Vec<Command>, export::ExportError> {
    let Some(format) = export::format("svg") else { return Ok(Vec::new()) };
    let text = String::from_utf8_lossy(&(format.export)(input)?.bytes).into_owned();
    Ok(vec![Command::CopyText(text), Command::Hint("The picture is on the clipboard as SVG.".to_owned())])
}

/// A picture of what an exhibit shows.
pub(super) fn exhibit_picture(
    document: &Document,
    display: &Display,
    as_svg: bool,
) -> Result<Vec<Command>, export::ExportError> {
    let options = crate::scene::Options::default();
    let input =
        export::Input { exhibit: Some(display), scale: PICTURE_SCALE, ..export::Input::new(document, None, &options) };
    if as_svg { svg(&input) } else { pixels(&input) }
}

fn pixels(input: &export::Input<'_>) -> Result<Vec<Command>, export::ExportError> {
    Ok(image_commands(export::pixels(input)?))
}

/// Puts pixels on the clipboard, and says so.
pub(super) fn image_commands(picture: export::Pixels) -> Vec<Command> {
    let image = ColorImage::from_rgba_unmultiplied([picture.width, picture.height], &picture.rgba);
    let words = format!("The picture is on the clipboard: {} × {} pixels.", picture.width, picture.height);
    vec![Command::CopyImage(Arc::new(image)), Command::Hint(words)]
}

/// A list for everybody, then the elements in the form of the file.
fn clipboard_text(clip: &Clip) -> String {
    format!("{}\n{FENCE}\n{}{FENCE_END}\n", plain_text(clip), storage::to_string(clip.document()))
}

/// What was copied as a list: indented, performers and holders behind the names.
fn plain_text(clip: &Clip) -> String {
    let document = clip.document();
    let mut text = String::new();
    for line in outline_of(document, &clip.elements()) {
        let name = title(document, line.element);
        let performer = FlowNode::try_from(line.element).ok().and_then(|node| document.performer_of(node));
        let behind = match line.element {
            _ if line.part == OutlinePart::Jump => String::new(),
            ElementRef::Role(role) => document.holders_label(role),
            _ => performer.map_or_else(String::new, |actor| document.name_of(actor.into()).to_owned()),
        };
        let behind = if behind.is_empty() { String::new() } else { format!(" ({behind})") };
        let lead = match line.part {
            _ if line.lead.is_empty() => String::new(),
            OutlinePart::Jump => format!("{} ", line.lead),
            _ => format!("{}: ", line.lead),
        };
        let _ = writeln!(text, "{}{lead}{}{behind}", "  ".repeat(line.depth), name.replace('\n', " "));
    }
    text
}

/// The elements in a text: between our fences, or of a whole project file.
fn clip_of_text(text: &str) -> Option<Clip> {
    let fenced = text.split_once(FENCE).map(|(_, rest)| rest.rsplit_once(FENCE_END).map_or(rest, |(inner, _)| inner));
    let form = fenced.or_else(|| Some(text).filter(|text| text.trim_start().starts_with('(')))?;
    let (document, _) = storage::load_str(form.trim(), "clipboard").ok()?;
    if let Some(clip) = Clip::from_document(document.clone()).filter(|_| fenced.is_some()) {
        return Some(clip);
    }
    // A whole project: everything in it.
    let all: Vec<ElementRef> =
        ElementKind::ALL.into_iter().flat_map(|kind| document.elements_of(kind)).filter(|one| is_thing(*one)).collect();
    (!all.is_empty()).then(|| Clip::copy(&document, None, &all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refund() -> (Document, Vec<ElementRef>) {
        let mut document = Document::default();
        let clerk = Some(Actor::Role(document.insert(Role::new("Clerk"))));
        let process = document.insert(Process::new("Refund"));
        let mut step = |name: &str| document.insert(Step { performer: clerk, ..Step::new(process, name) });
        let steps = [step("Check"), step("Pay"), step("Refuse")];
        let [check, pay, refuse] = steps.map(FlowNode::Step);
        document.insert(Flow { name: "good".into(), ..Flow::new(process, check, pay) });
        document.insert(Flow::new(process, check, refuse));
        (document, steps.map(ElementRef::from).to_vec())
    }

    #[test]
    fn a_copy_reads_as_a_list_and_comes_back_as_elements() {
        let (document, steps) = refund();
        let clip = Clip::copy(&document, None, &steps);
        let text = clipboard_text(&clip);
        assert!(
            text.starts_with("Check (Clerk)\n  good: Pay (Clerk)\n  2 of 2: Refuse (Clerk)\n\n```remit\n("),
            "{text}"
        );
        assert_eq!(plain_text(&clip_of_text(&text).unwrap()), plain_text(&clip));
        // Some programs add to what they hand on.
        let quoted = format!("Ana wrote:\r\n{text}\r\nRegards");
        assert_eq!(clip_of_text(&quoted).unwrap().elements().len(), clip.elements().len());
    }

    #[test]
    fn a_whole_file_pasted_as_text_is_understood_and_other_text_is_not_ours() {
        let (document, _) = refund();
        let clip = clip_of_text(&storage::to_string(&document)).unwrap();
        assert_eq!(clip.document().steps().len(), 3);
        for text in ["", "Check\nPay", "(see above)", "```remit\nbroken\n```"] {
            assert!(clip_of_text(text).is_none(), "{text}");
        }
    }
}
