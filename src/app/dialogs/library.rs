//! Decisions of small firms to choose from: filtered as one types, several at once, one step.

use std::collections::BTreeSet;

use egui::{Id, Key, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{sentence_ui, title_ui};
use crate::analysis::likeness::{Vocabulary, pairs_of};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::{colour, font};
use crate::app::widgets::{ButtonLook, paint_icon, text, text_button, text_field};
use crate::edit::{Edit, EditAction as _, Insert, Sequence, Verdict};
use crate::model::{Decision, Document};
use crate::scene::icon::Icon;
use crate::scene::text::Measure;
use crate::storage::{LibraryDecision, library};

/// Names at least so alike are taken for the same decision.
const ALIKE: f64 = 0.75;
const ROW: f32 = 44.0;
const HEADING: f32 = 28.0;

/// What was chosen so far.
#[derive(Clone, Debug, Default)]
pub struct Library {
    filter: String,
    /// Places in the library.
    chosen: BTreeSet<usize>,
    /// The entry that keys speak to.
    marked: Option<usize>,
    /// For each entry the decision of the project that is it; worked out when the dialog opens.
    known: Option<Vec<Option<String>>>,
    focused: bool,
    follow: bool,
}

/// For each entry of the library the name of a decision that is the same, or nearly.
fn known_decisions(document: &Document, entries: &[LibraryDecision]) -> Vec<Option<String>> {
    let names: Vec<&str> = document.decisions().iter().map(|(_, decision)| decision.name.as_str()).collect();
    let all: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).chain(names.iter().copied()).collect();
    let phrases = Vocabulary::for_texts(all.iter().copied()).read_all(&all);
    let mut known: Vec<Option<String>> = vec![None; entries.len()];
    for pair in pairs_of(&phrases, ALIKE) {
        let decision = pair.b.checked_sub(entries.len()).and_then(|index| names.get(index));
        if let (Some(slot @ None), Some(decision)) = (known.get_mut(pair.a), decision) {
            *slot = Some((*decision).to_owned());
        }
    }
    for (entry, slot) in entries.iter().zip(&mut known) {
        if let Some(same) = names.iter().find(|name| name.eq_ignore_ascii_case(&entry.name)) {
            *slot = Some((*same).to_owned());
        }
    }
    known
}

impl Library {
    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        let entries = library();
        let known = self.known.take().unwrap_or_else(|| known_decisions(core.document(), entries));
        title_ui(ui, theme, "Decisions from the library");
        sentence_ui(ui, theme, "What small firms decide again and again. Figures come along as guesses to confirm.");
        ui.add_space(theme.sizes.space.small);
        let shown = self.matching(entries);
        let adds = self.keys(ui, &shown);
        let field = text_field(
            ui,
            theme,
            Id::unique("library filter"),
            "Filter the library",
            &mut self.filter,
            "refund, money, hire…",
        );
        if !self.focused {
            field.request_focus();
            self.focused = true;
        }
        if field.changed() {
            self.marked = self.matching(entries).first().copied().filter(|_| !self.filter.trim().is_empty());
        }
        let shown = self.matching(entries);
        ui.add_space(theme.sizes.space.small);
        ScrollArea::vertical().max_height(380.0).auto_shrink([false, false]).show(ui, |ui| {
            self.list_ui(ui, core, entries, &known, &shown);
        });
        self.known = Some(known);
        ui.add_space(theme.sizes.space.small);
        sentence_ui(ui, theme, "Arrows choose, Enter checks, Ctrl+Enter adds what is checked.");
        ui.add_space(theme.sizes.space.small);
        let label = match self.chosen.len() {
            0 => "Add decisions".to_owned(),
            1 => "Add 1 decision".to_owned(),
            count => format!("Add {count} decisions"),
        };
        crate::app::dialogs::footer(ui, |ui| {
            let button = ui.add_enabled_ui(!self.chosen.is_empty(), |ui| {
                text_button(ui, theme, ButtonLook::Primary, None, &label).clicked()
            });
            if button.inner || (adds && !self.chosen.is_empty()) {
                self.submit(core, entries, commands);
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }

    /// Places of the entries whose name, area or description contains every word of the filter.
    fn matching(&self, entries: &[LibraryDecision]) -> Vec<usize> {
        let filter = self.filter.to_lowercase();
        let words: Vec<&str> = filter.split_whitespace().collect();
        let shows = |entry: &LibraryDecision| {
            let text = format!("{} {} {} {}", entry.name, entry.area, entry.about, entry.decider).to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        entries.iter().enumerate().filter(|(_, entry)| shows(entry)).map(|(index, _)| index).collect()
    }

    /// Takes the keys that speak to the list before the field sees them; true where what is checked is to be added.
    fn keys(&mut self, ui: &Ui, shown: &[usize]) -> bool {
        let (moves, checks, adds) = ui.input_mut(|input| {
            let adds = input.consume_key(Modifiers::COMMAND, Key::Enter);
            let mut moves = 0_isize;
            for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 8), (Key::PageUp, -8)] {
                moves += by * input.count_and_consume_key(Modifiers::NONE, key) as isize;
            }
            (moves, input.consume_key(Modifiers::NONE, Key::Enter), adds)
        });
        if moves != 0 && !shown.is_empty() {
            let at = self.marked.and_then(|marked| shown.iter().position(|index| *index == marked));
            let next = match at {
                Some(at) => at.saturating_add_signed(moves).min(shown.len() - 1),
                None if moves > 0 => 0,
                None => shown.len() - 1,
            };
            self.marked = shown.get(next).copied();
            self.follow = true;
        }
        if checks && let Some(marked) = self.marked.filter(|marked| shown.contains(marked)) {
            self.toggle(marked);
        }
        adds
    }

    fn toggle(&mut self, index: usize) {
        if !self.chosen.remove(&index) {
            self.chosen.insert(index);
        }
    }

    fn list_ui(
        &mut self,
        ui: &mut Ui,
        core: &Core,
        entries: &[LibraryDecision],
        known: &[Option<String>],
        shown: &[usize],
    ) {
        let theme = core.theme();
        if shown.is_empty() {
            sentence_ui(ui, theme, "Nothing in the library speaks of that; add a decision of your own.");
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = "";
        for index in shown {
            let Some(entry) = entries.get(*index) else { continue };
            if entry.area != area {
                area = &entry.area;
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEADING), Sense::hover());
                let style = theme.sizes.text.caption.with_weight(crate::scene::text::Weight::Semibold);
                let at = pos2(rect.left() + 4.0, rect.bottom() - 6.0);
                let ink = colour(theme.neutral.ink_second);
                ui.painter().text(at, egui::Align2::LEFT_BOTTOM, area, font(style), ink);
            }
            let same = known.get(*index).and_then(Option::as_deref);
            self.entry_ui(ui, core, *index, entry, same);
        }
        self.follow = false;
    }

    fn entry_ui(&mut self, ui: &mut Ui, core: &Core, index: usize, entry: &LibraryDecision, known: Option<&str>) {
        let theme = core.theme();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let response = ui.interact(rect, Id::unique(("library", index)), Sense::click());
        let is_chosen = self.chosen.contains(&index);
        let label = match known {
            Some(_) => format!("{} (in the project)", entry.name),
            None => entry.name.clone(),
        };
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_chosen, &label));
        if response.clicked() {
            self.marked = Some(index);
            self.toggle(index);
        }
        if self.marked == Some(index) && self.follow {
            ui.scroll_to_rect(rect, None);
        }
        if ui.is_rect_visible(rect) {
            let marked = self.marked == Some(index);
            if marked || response.hovered() {
                let ground = if marked { theme.accent.soft } else { theme.neutral.hover };
                ui.painter().rect_filled(rect, theme.sizes.radius.control, colour(ground));
            }
            paint_entry(ui, core, rect, entry, known, is_chosen);
        }
        let mut words = entry.about.clone();
        words.push_str(&format!("\nUsually decided by {}.", entry.decider));
        words.push_str(&format!("\n{}", figures(core, entry)));
        if let Some(known) = known {
            words.push_str(&format!("\nThe project has “{known}” already."));
        }
        response.on_hover_text(text(words, theme.sizes.text.body));
    }

    fn submit(&self, core: &Core, entries: &[LibraryDecision], commands: &mut Vec<Command>) {
        let document = core.document();
        let last = document.decisions().iter().map(|(_, decision)| decision.order).max().unwrap_or(0);
        let chosen = self.chosen.iter().filter_map(|index| entries.get(*index));
        let record = |(place, entry): (usize, &LibraryDecision)| -> Decision {
            entry.record(document.project().currency, last.saturating_add(1 + place as i32))
        };
        let records: Vec<_> = chosen.enumerate().map(record).map(Into::into).collect();
        let label = if records.len() == 1 { String::new() } else { format!("Add {} decisions", records.len()) };
        let insert = Insert { records, show_in: Vec::new() };
        let edit = Edit::from(Sequence { label, edits: vec![insert.into()] });
        match edit.can_apply(document) {
            Verdict::Yes => {
                commands.push(Command::CloseDialog);
                commands.push(Command::Create { edit: Box::new(edit), rename: false });
            }
            Verdict::No(reason) => commands.push(Command::Hint(reason)),
            Verdict::Ignore => {}
        }
    }
}

fn paint_entry(ui: &Ui, core: &Core, rect: Rect, entry: &LibraryDecision, known: Option<&str>, is_chosen: bool) {
    let theme = core.theme();
    let square = Rect::from_center_size(pos2(rect.left() + 18.0, rect.center().y), vec2(16.0, 16.0));
    let (fill, edge) =
        if is_chosen { (theme.accent.base, theme.accent.base) } else { (theme.neutral.raised, theme.neutral.border) };
    let stroke = egui::Stroke::new(1.0, colour(edge));
    ui.painter().rect(square, 4.0, colour(fill), stroke, egui::StrokeKind::Inside);
    if is_chosen {
        paint_icon(ui, square, Icon::Check, 12.0, colour(theme.accent.on));
    }
    let measure = Measure::bundled();
    let left = rect.left() + 36.0;
    let right = rect.right() - 8.0;
    let caption = theme.sizes.text.caption;
    let second = colour(theme.neutral.ink_second);
    let mut room = right - left;
    if known.is_some() {
        let words = "in the project";
        ui.painter().text(pos2(right, rect.top() + 14.0), egui::Align2::RIGHT_CENTER, words, font(caption), second);
        room -= measure.width(words, caption) + 12.0;
    }
    let name = measure.ellipsize(&entry.name, theme.sizes.text.name, room);
    let ink = if known.is_some() { second } else { colour(theme.neutral.ink) };
    let at = pos2(left, rect.top() + 14.0);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, name.text, font(theme.sizes.text.name), ink);
    let about = measure.ellipsize(&entry.about, caption, right - left);
    let at = pos2(left, rect.top() + 31.0);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, about.text, font(caption), second);
}

/// The figures that come along: `About 15 per week, 35 EUR, up to 300 EUR, 6 min a case`.
fn figures(core: &Core, entry: &LibraryDecision) -> String {
    let currency = core.document().project().currency;
    let mut words: Vec<String> = entry.frequency.map(|rate| format!("about {rate}")).into_iter().collect();
    words.extend(entry.usual.map(|amount| format!("usually {amount} {currency}")));
    words.extend(entry.large.map(|amount| format!("rarely above {amount} {currency}")));
    words.extend(entry.work.map(|work| format!("{work} a case")));
    format!("Guesses: {}.", words.join(", "))
}
