//! Cards of units and roles.

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::{Context, Sketch, even, height_of, line_height};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::item::*;
use crate::scene::measures::*;
use crate::scene::pen::Pen;
use crate::scene::text::Measure;
use crate::scene::words::*;

pub(super) fn unit(context: Context<'_>, id: UnitId, unit: &Unit, least: Vec2) -> Sketch {
    let measure = Measure::bundled();
    let counts = context.facts.counts(id);
    let people = (counts.people > 0).then(|| counted(counts.people, "person", "people"));
    let units = (counts.units > 0).then(|| counted(counts.units, "unit", "units"));
    let roles = (counts.people == 0 && counts.roles > 0).then(|| counted(counts.roles, "role", "roles"));
    let caption = joined([people, roles, units]);
    let text_left = PADDING + ICON + 10.0;
    // Below a root all cards are equally wide, so that columns align.
    let natural = measure.width(&unit.name, LABEL) + text_left + PADDING + 6.0;
    let widest = if unit.parent.is_none() { 2.0 * UNIT_WIDTH - 80.0 } else { UNIT_WIDTH };
    let width = even(natural.clamp(UNIT_WIDTH, widest).max(least.x));
    let name = measure.wrap(&unit.name, LABEL, width - text_left - PADDING, 3);
    let caption_height = if caption.is_empty() { 0.0 } else { line_height(CAPTION) };
    let text_height = height_of(&name, LABEL) + caption_height;
    let height = even((text_height + 14.0).max(44.0).max(least.y));
    let tint = context.facts.tint(id);
    let mut pen = Pen::new(Some(id.into()));
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
    pen.card(rect, Style::card(Colour::TintFill(tint), Colour::TintEdge(tint)));
    pen.icon(Detail::Secondary, unit_icon(unit), pos2(PADDING + ICON / 2.0, height / 2.0), ICON, Colour::InkSecond);
    let top = (height - text_height) / 2.0;
    let caption_top = top + height_of(&name, LABEL);
    pen.lines(Detail::Title, name, LABEL, Colour::Ink, pos2(text_left, top), Align::Min);
    let caption = measure.ellipsize(&caption, CAPTION, width - text_left - PADDING);
    let anchor = pos2(text_left, caption_top);
    pen.lines(Detail::Secondary, vec![caption], CAPTION, Colour::InkSecond, anchor, Align::Min);
    Sketch { size: rect.size(), form: NodeForm::Card, items: pen.finish() }
}

/// The icon of a unit by what it is called in the firm, or by its name.
fn unit_icon(unit: &Unit) -> Icon {
    const WORDS: [(&str, Icon); 16] = [
        ("bake", Icon::Bakery),
        ("workshop", Icon::Factory),
        ("shop", Icon::Shop),
        ("store", Icon::Shop),
        ("market", Icon::Shop),
        ("warehouse", Icon::Warehouse),
        ("stock", Icon::Warehouse),
        ("logistic", Icon::Truck),
        ("deliver", Icon::Truck),
        ("factory", Icon::Factory),
        ("plant", Icon::Factory),
        ("committee", Icon::Committee),
        ("board", Icon::Committee),
        ("team", Icon::People),
        ("group", Icon::People),
        ("company", Icon::Organisation),
    ];
    let found = |text: &str| {
        let text = text.to_lowercase();
        WORDS.iter().find(|(word, _)| text.contains(word)).map(|(_, icon)| *icon)
    };
    if unit.parent.is_none() {
        return Icon::Organisation;
    }
    found(&unit.kind).or_else(|| found(&unit.name)).unwrap_or(Icon::Department)
}

pub(super) fn role(context: Context<'_>, id: RoleId, role: &Role, least: Vec2) -> Sketch {
    let measure = Measure::bundled();
    let element = ElementRef::Role(id);
    let width = even(least.x.max(ROLE_WIDTH));
    let load = context.options.loads.get(&element);
    let decisions = context.facts.decisions_of(Actor::Role(id));
    let count = if decisions > 0 { decisions.to_string() } else { String::new() };
    let count_width = if decisions > 0 { SMALL_ICON + 6.0 + measure.width(&count, BADGE) } else { 0.0 };
    let name = measure.wrap(&role.name, NAME, width - 2.0 * PADDING - count_width - 4.0, 3);
    let holder = context.document().holders_label(id);
    let holder_height = if holder.is_empty() && load.is_none() { 0.0 } else { line_height(CAPTION) };
    let text_height = height_of(&name, NAME) + holder_height;
    let height = even((text_height + 20.0).max(least.y));
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
    let mut pen = Pen::new(Some(element));
    let style = Style::card(Colour::Raised, Colour::LineStrong);
    pen.card(rect, if role.vacant { style.dashed(Dash::Dashed) } else { style });
    let top = (height - text_height) / 2.0 - if load.is_some() { 3.0 } else { 0.0 };
    let first = top + line_height(NAME) / 2.0;
    let caption_top = top + height_of(&name, NAME);
    pen.lines(Detail::Name, name, NAME, Colour::Ink, pos2(PADDING, top), Align::Min);
    if decisions > 0 {
        let right = width - PADDING;
        let icon = pos2(right - count_width + SMALL_ICON / 2.0 + 2.0, first);
        pen.icon(Detail::Secondary, Icon::Decision, icon, SMALL_ICON, Colour::AccentInk);
        let anchor = pos2(right, first - line_height(BADGE) / 2.0);
        pen.text(Detail::Secondary, &count, BADGE, Colour::AccentInk, anchor, Align::Max);
    }
    let share = load.map_or_else(String::new, |load| percent(load.share));
    let share_width = measure.width(&share, BADGE);
    let room = width - 2.0 * PADDING - share_width - 6.0;
    let is_counted = role.holders.len() > 1 && measure.width(&holder, CAPTION) > room;
    let holder = if is_counted { counted(role.holders.len(), "person", "people") } else { holder };
    let holder = measure.ellipsize(&holder, CAPTION, room);
    let ink = if role.vacant { Colour::Severity(Severity::High) } else { Colour::InkSecond };
    pen.lines(Detail::Secondary, vec![holder], CAPTION, ink, pos2(PADDING, caption_top), Align::Min);
    if let Some(load) = load {
        let anchor = pos2(width - PADDING, caption_top);
        pen.text(Detail::Secondary, &share, BADGE, Colour::Load(load.level), anchor, Align::Max);
        let track = Rect::from_min_size(pos2(PADDING, height - 9.0), vec2(width - 2.0 * PADDING, 3.0));
        load_bar(&mut pen, track, load.share, load.level);
    }
    Sketch { size: rect.size(), form: NodeForm::Card, items: pen.finish() }
}

/// A bar that is filled up to a share; above 1 it is full.
pub(crate) fn load_bar(pen: &mut Pen, track: Rect, share: f64, level: LoadLevel) {
    pen.pill(Detail::Secondary, track, Style::filled(Colour::LoadTrack));
    let filled = (track.width() * share.clamp(0.0, 1.0) as f32).max(track.height());
    let bar = Rect::from_min_size(track.min, vec2(filled, track.height()));
    if share > 0.0 {
        pen.pill(Detail::Secondary, bar, Style::filled(Colour::Load(level)));
    }
}
