//! The card of the selected role, person, body or external: one page that a person reads, with names that lead there.

use egui::{Id, ScrollArea, Ui};

use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, Row, section_header, text, text_button};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::text::Measure;
use crate::scene::{ActorCard, CardSection};

/// Whether an element can have a card.
pub(super) fn has_card(element: ElementRef) -> bool {
    Actor::try_from(element).is_ok_and(|actor| !matches!(actor, Actor::System(_)))
}

/// The card that was made last, kept until another one is asked for or the document changes.
#[derive(Default)]
pub(super) struct Page(Option<(ElementRef, Revision, ActorCard)>);

impl Page {
    /// Draws the card of an element.
    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, element: ElementRef, commands: &mut Vec<Command>) {
        let document = core.document();
        let now = (element, document.revision());
        if self.0.as_ref().is_none_or(|(element, revision, _)| (*element, *revision) != now) {
            let actor = Actor::try_from(element).ok();
            let card = actor.and_then(|actor| ActorCard::new(document, actor));
            self.0 = card.map(|card| (now.0, now.1, card));
        }
        let Some((.., card)) = &self.0 else { return };
        ScrollArea::vertical().id_salt(("card", element)).auto_shrink([false, false]).show(ui, |ui| {
            card_ui(ui, core, card, commands);
        });
    }
}

/// Where the names of the rows begin, in points: below them stands what is said about them at length.
const DETAIL_INDENT: f32 = 44.0;
/// What a row needs beside name and detail, in points.
const AROUND: f32 = 64.0;

/// Draws a card.
fn card_ui(ui: &mut Ui, core: &Core, card: &ActorCard, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let quiet = colour(theme.neutral.ink_second);
    for line in &card.about {
        let mut line = line.clone();
        if let Some(first) = line.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        ui.add(egui::Label::new(text(line, theme.sizes.text.body).color(quiet)).wrap());
    }
    if !card.purpose.is_empty() {
        ui.add_space(4.0);
        ui.add(egui::Label::new(text(&card.purpose, theme.sizes.text.body).color(colour(theme.neutral.ink))).wrap());
    }
    for section in &card.sections {
        section_ui(ui, core, section, commands);
    }
    ui.add_space(10.0);
    ui.horizontal_wrapped(|ui| {
        let copy = text_button(ui, theme, ButtonLook::Plain, Some(Icon::Copy), "Copy as text");
        if copy.on_hover_text(text("The card as Markdown, for documents and mails", theme.sizes.text.body)).clicked() {
            ui.ctx().copy_text(card.to_markdown(1));
            commands.push(Command::Hint(format!("The card of {} is on the clipboard.", card.title)));
        }
    });
}

fn section_ui(ui: &mut Ui, core: &Core, section: &CardSection, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.add_space(8.0);
    section_header(ui, theme, section.title, None);
    ui.spacing_mut().item_spacing.y = 1.0;
    for (index, line) in section.lines.iter().enumerate() {
        let Some(element) = line.element else {
            let words =
                if line.detail.is_empty() { line.text.clone() } else { format!("{}: {}", line.text, line.detail) };
            ui.add(egui::Label::new(text(words, theme.sizes.text.body).color(colour(theme.neutral.ink))).wrap());
            continue;
        };
        let measure = Measure::bundled();
        let words =
            measure.width(&line.text, theme.sizes.text.body) + measure.width(&line.detail, theme.sizes.text.caption);
        let fits = words + AROUND <= ui.available_width();
        let row = Row {
            id: Id::unique(("card", section.title, index, element)),
            icon: Some(super::icon_of(core.document(), element)),
            name: &line.text,
            detail: if fits { &line.detail } else { "" },
            badge: None,
            depth: 0,
            open: None,
            selected: false,
            label: &line.text,
        };
        if row.show(ui, theme).response.clicked() {
            commands.push(Command::Reveal(element));
        }
        if !fits && !line.detail.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(DETAIL_INDENT);
                let detail = text(&line.detail, theme.sizes.text.caption).color(colour(theme.neutral.ink_second));
                ui.add(egui::Label::new(detail).wrap());
            });
        }
    }
}
