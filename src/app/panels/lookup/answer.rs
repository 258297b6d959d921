//! The answer: a sentence for each part that somebody has, and the rules that gave it.

use egui::accesskit::Live;
use egui::{Frame, Id, Margin, Rect, Sense, Ui, vec2};

use crate::analysis::decide::{Piece, Reply, Rule, Sentence, Telling, Verdict, sentences};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, Part, paint_icon, prose, section_header, text_button};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::text::{TextStyle, Weight};
use crate::scene::theme::{Rgba, Theme};

/// Room of the icon before a sentence, in points.
const ICON: f32 = 26.0;

/// Draws the answer; a stale one is of the version or the letter before.
pub(super) fn answer_ui(
    ui: &mut Ui,
    core: &Core,
    decision: DecisionId,
    reply: &Reply,
    is_fresh: bool,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    let answer = &reply.answer;
    ui.scope(|ui| {
        if !is_fresh {
            ui.set_opacity(0.6);
        }
        let said = sentences(core.document(), answer);
        let ground =
            Frame::new().fill(colour(theme.neutral.field)).corner_radius(8).inner_margin(Margin::symmetric(10, 8));
        ground.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 5.0;
            for (place, sentence) in said.iter().enumerate() {
                sentence_ui(ui, core, (place, answer.verdict), sentence, commands);
            }
        });
        if matches!(answer.verdict, Verdict::Gap | Verdict::Conflict) {
            ui.add_space(4.0);
            if text_button(ui, theme, ButtonLook::Plain, Some(Icon::Matrix), "Show its row in the matrix").clicked() {
                commands.push(Command::Reveal(decision.into()));
            }
        }
        ui.add_space(6.0);
        section_header(ui, theme, "Why", None);
        ui.spacing_mut().item_spacing.y = 6.0;
        let headline = said.first().map(Sentence::text);
        let reasons = answer.reasons.iter().filter(|reason| Some(*reason) != headline.as_ref());
        for (place, reason) in reasons.enumerate() {
            let rule = answer.rules.iter().find(|rule| rule.sentence == *reason);
            reason_ui(ui, core, place, reason, rule, commands);
        }
    });
}

fn sentence_ui(
    ui: &mut Ui,
    core: &Core,
    (place, verdict): (usize, Verdict),
    sentence: &Sentence,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    let is_first = sentence.telling == Telling::Decides;
    let (icon, tint) =
        if is_first { headline(theme, verdict) } else { (icon_of(sentence.telling), theme.neutral.ink_second) };
    let style = if is_first { headline_style(theme) } else { theme.sizes.text.body };
    let parts: Vec<Part<'_>> = sentence
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Words(words) => Part::Words(words),
            Piece::Name(_, name) => Part::Link(name),
        })
        .collect();
    let id = Id::unique(("who decides: sentence", place));
    let clicked = line_ui(ui, theme, (icon, tint), id, style, &parts, is_first);
    if let Some(Piece::Name(element, _)) = clicked.and_then(|place| sentence.pieces.get(place)) {
        commands.push(Command::Reveal(*element));
    }
}

/// An icon and a sentence beside it; the place of the part that was clicked.
fn line_ui(
    ui: &mut Ui,
    theme: &Theme,
    (icon, tint): (Icon, Rgba),
    id: Id,
    style: TextStyle,
    parts: &[Part<'_>],
    is_told: bool,
) -> Option<usize> {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let height = style.size * 1.45;
        let (rect, _) = ui.allocate_exact_size(vec2(ICON, height), Sense::hover());
        let place = Rect::from_min_size(rect.min, vec2(18.0, height));
        paint_icon(ui, place, icon, 15.0, colour(tint));
        let (response, clicked) = prose(ui, theme, id, style, theme.neutral.ink, parts);
        if is_told {
            ui.accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
        }
        clicked
    })
    .inner
}

/// A reason; the sentence of a limit leads to its cell.
fn reason_ui(ui: &mut Ui, core: &Core, place: usize, reason: &str, rule: Option<&Rule>, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let id = Id::unique(("who decides: reason", place));
    match rule {
        Some(rule) => {
            let parts = [Part::Link(reason)];
            let sign = (Icon::ArrowRight, theme.accent.base);
            if line_ui(ui, theme, sign, id, theme.sizes.text.body, &parts, false).is_some() {
                commands.push(Command::Reveal(rule.right.into()));
            }
        }
        None => {
            let sign = (Icon::Info, theme.neutral.ink_second);
            line_ui(ui, theme, sign, id, theme.sizes.text.body, &[Part::Words(reason)], false);
        }
    }
}

fn headline_style(theme: &Theme) -> TextStyle {
    theme.sizes.text.section.with_weight(Weight::Medium)
}

fn headline(theme: &Theme, verdict: Verdict) -> (Icon, Rgba) {
    match verdict {
        Verdict::Decided | Verdict::Together => (Icon::CircleCheck, theme.accent.base),
        Verdict::Waits => (Icon::Hourglass, theme.severity.medium.ink),
        Verdict::Depends => (Icon::CircleHelp, theme.severity.low.ink),
        Verdict::Gap => (Icon::CircleDashed, theme.severity.high.ink),
        Verdict::Conflict => (Icon::Warning, theme.severity.high.ink),
    }
}

fn icon_of(telling: Telling) -> Icon {
    match telling {
        Telling::Decides | Telling::MayDecide => Icon::Decision,
        Telling::StandsIn => Icon::PersonCheck,
        Telling::Signs => Icon::Signature,
        Telling::Agrees => Icon::Handshake,
        Telling::IsAsked => Icon::Message,
        Telling::IsTold => Icon::Mail,
        Telling::Prepares => Icon::ClipboardList,
        Telling::CarriesOut => Icon::ClipboardCheck,
        Telling::GoesUp => Icon::ArrowUp,
    }
}
