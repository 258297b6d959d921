//! Elements that are drawn alike: an icon, a name and a caption in an outline that tells their kinds apart.

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::icon::Icon;
use super::item::*;
use super::measures::*;
use super::pen::Pen;
use super::sketch::{Context, Sketch, even, height_of, line_height};
use super::text::Measure;
use super::words::*;
use crate::model::*;

/// Outline of a plate.
#[derive(Clone, Copy, PartialEq)]
enum Outline {
    /// Half-round ends: outside of the organisation.
    Pill,
    /// A sharp box with a bar at its left: a machine or program.
    Device,
    /// Two cards behind one another: a group.
    Stack,
    /// An arrow to the right: a flow.
    Chevron,
    /// A hexagon: a choice.
    Hexagon,
    /// A sheet of paper.
    Sheet,
}

/// An icon, a name and a caption in an outline: the elements that have no drawing of their own.
pub(super) struct Plate {
    outline: Outline,
    icon: Icon,
    name: String,
    caption: String,
    /// Whether the caption tells of trouble.
    alarming: bool,
    tint: Option<u8>,
}

impl Plate {
    pub(super) fn of(context: Context<'_>, element: ElementRef) -> Option<Self> {
        let document = context.document();
        let plate = |outline, icon, caption: String| Self {
            outline,
            icon,
            name: document.name_of(element).to_owned(),
            caption,
            alarming: false,
            tint: None,
        };
        let lonely = |substitutes: &Option<Vec<String>>| substitutes.as_ref().is_some_and(Vec::is_empty);
        let no_substitute = |alone: bool| alone.then(|| "no substitute".to_owned());
        Some(match element {
            ElementRef::External(id) => {
                let external = document.get::<External>(id)?;
                let alone = lonely(&external.substitutes);
                let kind = external.kind.map(|kind| external_kind(kind).to_owned());
                let caption = joined([kind, no_substitute(alone)]);
                Self { alarming: alone, ..plate(Outline::Pill, external_icon(external.kind), caption) }
            }
            ElementRef::System(id) => {
                let system = document.get::<System>(id)?;
                let alone = lonely(&system.substitutes);
                let kind = system.kind.map(|kind| system_kind(kind).to_owned());
                let purpose = if system.purpose.is_empty() { kind } else { Some(system.purpose.clone()) };
                let caption = joined([purpose, no_substitute(alone)]);
                Self { alarming: alone, ..plate(Outline::Device, system_icon(system.kind), caption) }
            }
            ElementRef::Body(id) => {
                let body = document.get::<Body>(id)?;
                let caption = body_caption(body);
                let tint = body.unit.map(|unit| context.facts.tint(unit));
                Self { tint, ..plate(Outline::Stack, Icon::Committee, caption) }
            }
            ElementRef::Person(id) => {
                let person = document.get::<Person>(id)?;
                let hours = person.hours_per_week.map(|hours| format!("{} h a week", number(hours)));
                plate(Outline::Pill, Icon::Person, joined([hours]))
            }
            ElementRef::Process(id) => {
                let process = document.get::<Process>(id)?;
                let often = process.cases.map(|cases| per_week_label(cases.per_week()));
                plate(Outline::Chevron, Icon::Process, joined([often]))
            }
            ElementRef::Decision(id) => {
                let caption = deciders_label(context.facts, id, None).unwrap_or_else(|| "nobody decides".to_owned());
                let alarming = deciders_label(context.facts, id, None).is_none();
                Self { alarming, ..plate(Outline::Hexagon, Icon::Decision, caption) }
            }
            ElementRef::Artefact(id) => {
                plate(Outline::Sheet, Icon::FileText, document.get::<Artefact>(id)?.kind.clone())
            }
            _ => return None,
        })
    }
}

fn external_icon(kind: Option<ExternalKind>) -> Icon {
    match kind {
        Some(ExternalKind::Customer) => Icon::People,
        Some(ExternalKind::Supplier) => Icon::Truck,
        Some(ExternalKind::Partner) => Icon::Handshake,
        Some(ExternalKind::Franchisee) => Icon::Shop,
        Some(ExternalKind::Authority) => Icon::Gavel,
        None => Icon::Globe,
    }
}

fn system_icon(kind: Option<SystemKind>) -> Icon {
    match kind {
        Some(SystemKind::Software) => Icon::Laptop,
        Some(SystemKind::Machine) => Icon::Cpu,
        Some(SystemKind::Store) => Icon::Database,
        None => Icon::Server,
    }
}

/// The drawing of a plate, at least as large as `least`.
pub(super) fn draw_plate(plate: &Plate, element: ElementRef, least: Vec2) -> Sketch {
    let measure = Measure::bundled();
    let inset = match plate.outline {
        Outline::Pill | Outline::Chevron | Outline::Hexagon => 6.0,
        Outline::Device | Outline::Stack | Outline::Sheet => 2.0,
    };
    let text_left = PADDING + inset + ICON + 10.0;
    let around = text_left + PADDING + inset + 2.0;
    let natural = measure.width(&plate.name, NAME).max(measure.width(&plate.caption, CAPTION)) + around;
    let (least_width, most_width) = if plate.outline == Outline::Stack { (ROLE_WIDTH, ROLE_WIDTH) } else { PILL_WIDTH };
    let width = even(natural.clamp(least_width, most_width).max(least.x));
    let room = width - around + 2.0;
    let name = measure.wrap(&plate.name, NAME, room, 3);
    let caption_height = if plate.caption.is_empty() { 0.0 } else { line_height(CAPTION) };
    let text_height = height_of(&name, NAME) + caption_height;
    let height = even((text_height + 14.0).max(48.0).max(least.y));
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
    let mut pen = Pen::new(Some(element));
    outline(&mut pen, plate, rect);
    // The front card of a stack lies lower than its box.
    let middle = height / 2.0 + if plate.outline == Outline::Stack { 2.0 } else { 0.0 };
    let icon = pos2(PADDING + inset + ICON / 2.0, middle);
    pen.icon(Detail::Secondary, plate.icon, icon, ICON, Colour::InkSecond);
    let top = middle - text_height / 2.0;
    let caption_top = top + height_of(&name, NAME);
    pen.lines(Detail::Name, name, NAME, Colour::Ink, pos2(text_left, top), Align::Min);
    let ink = if plate.alarming { Colour::Severity(Severity::High) } else { Colour::InkSecond };
    let caption = measure.ellipsize(&plate.caption, CAPTION, room);
    pen.lines(Detail::Secondary, vec![caption], CAPTION, ink, pos2(text_left, caption_top), Align::Min);
    let form = match plate.outline {
        Outline::Pill => NodeForm::Pill,
        Outline::Sheet => NodeForm::Sheet,
        Outline::Device | Outline::Stack | Outline::Chevron | Outline::Hexagon => NodeForm::Card,
    };
    Sketch { size: rect.size(), form, items: pen.finish() }
}

fn outline(pen: &mut Pen, plate: &Plate, rect: Rect) {
    let style = match plate.tint {
        Some(tint) => Style::card(Colour::TintFill(tint), Colour::TintEdge(tint)),
        None => Style::card(Colour::Raised, Colour::Border),
    };
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let middle = rect.center().y;
    match plate.outline {
        Outline::Pill => pen.pill(Detail::Shape, rect, style),
        Outline::Device => {
            pen.rect(Detail::Shape, rect, 2.0, style);
            let bar = vec![pos2(left + 4.0, top), pos2(left + 4.0, bottom)];
            pen.path(Detail::Secondary, bar, false, 0.0, Style { fill: None, ..style });
        }
        Outline::Stack => {
            let front = Rect::from_min_max(pos2(left, top + 4.0), pos2(right - 4.0, bottom));
            pen.card(front.translate(vec2(4.0, -4.0)), style);
            pen.card(front, style);
        }
        Outline::Chevron => {
            let tip = 10.0;
            let corners = vec![
                pos2(left, top),
                pos2(right - tip, top),
                pos2(right, middle),
                pos2(right - tip, bottom),
                pos2(left, bottom),
                pos2(left + tip, middle),
            ];
            pen.path(Detail::Shape, corners, true, 2.0, style);
        }
        Outline::Hexagon => {
            let tip = 10.0;
            let corners = vec![
                pos2(left, middle),
                pos2(left + tip, top),
                pos2(right - tip, top),
                pos2(right, middle),
                pos2(right - tip, bottom),
                pos2(left + tip, bottom),
            ];
            pen.path(Detail::Shape, corners, true, 2.0, style);
        }
        Outline::Sheet => sheet(pen, rect, style),
    }
}

/// Length of the folded corner of a sheet.
const FOLD: f32 = 12.0;

/// A sheet of paper with a folded corner.
pub(super) fn sheet(pen: &mut Pen, rect: Rect, style: Style) {
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let fold = [pos2(right - FOLD, top), pos2(right, top + FOLD)];
    let outline = vec![rect.min, fold[0], fold[1], pos2(right, bottom), pos2(left, bottom)];
    pen.path(Detail::Shape, outline, true, 1.5, style);
    let corner = vec![fold[0], pos2(right - FOLD, top + FOLD), fold[1]];
    pen.path(Detail::Secondary, corner, false, 0.0, Style { fill: None, ..style });
}
