//! The drawing of one element by itself, its top left corner at the origin: what all views share.
//!
//! A sketch is at least as large as asked for and grows with its text; its natural size is that of a sketch nothing
//! was asked of. Captions and badges outside of the box (names of events and gateways) are the business of views.

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::facts::Facts;
use super::icon::Icon;
use super::item::*;
use super::measures::*;
use super::options::Options;
use super::pen::{Badge, Pen};
use super::plate::{Plate, draw_plate, sheet};
use super::text::{Line, Measure, TextStyle};
use super::words::*;
use crate::model::*;

/// A document and what is shown beside it.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) options: &'a Options,
}

impl<'a> Context<'a> {
    pub(crate) fn document(&self) -> &'a Document {
        self.facts.document
    }
}

/// The drawing of one element.
pub(crate) struct Sketch {
    pub(crate) size: Vec2,
    pub(crate) form: NodeForm,
    pub(crate) items: Vec<Item>,
}

/// The drawing of an element, at least as large as `least`; none for elements that have no box.
pub(crate) fn sketch(context: Context<'_>, element: ElementRef, least: Option<Vec2>) -> Option<Sketch> {
    let document = context.document();
    let least = least.unwrap_or(Vec2::ZERO);
    Some(match element {
        ElementRef::Unit(id) => unit(context, id, document.get(id)?, least),
        ElementRef::Role(id) => role(context, id, document.get(id)?, least),
        ElementRef::Step(id) => step(context, id, document.get(id)?, least),
        ElementRef::Gateway(id) => gateway(document.get(id)?),
        ElementRef::Event(id) => event(document.get(id)?),
        ElementRef::Note(id) => note(document.get(id)?, least),
        ElementRef::Person(_)
        | ElementRef::External(_)
        | ElementRef::System(_)
        | ElementRef::Body(_)
        | ElementRef::Process(_)
        | ElementRef::Artefact(_)
        | ElementRef::Decision(_) => draw_plate(&Plate::of(context, element)?, element, least),
        ElementRef::Flow(_)
        | ElementRef::Link(_)
        | ElementRef::Right(_)
        | ElementRef::Framework(_)
        | ElementRef::View(_)
        | ElementRef::Placement(_) => return None,
    })
}

/// The next even number, so that centres lie on whole units.
pub(super) fn even(length: f32) -> f32 {
    (length / 2.0).ceil() * 2.0
}

pub(super) fn line_height(style: TextStyle) -> f32 {
    Measure::bundled().line_height(style)
}

pub(super) fn height_of(lines: &[Line], style: TextStyle) -> f32 {
    lines.len() as f32 * line_height(style)
}

fn unit(context: Context<'_>, id: UnitId, unit: &Unit, least: Vec2) -> Sketch {
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

fn role(context: Context<'_>, id: RoleId, role: &Role, least: Vec2) -> Sketch {
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

fn step(context: Context<'_>, id: StepId, step: &Step, least: Vec2) -> Sketch {
    let measure = Measure::bundled();
    let element = ElementRef::Step(id);
    let figures = step_figures(step, context.options.per_week.get(&element).copied());
    // Boxes are arranged before anybody knows how many cases come, and keep their room for up to three digits.
    let counts_cases = context.document().get::<Process>(step.process).is_some_and(|process| process.cases.is_some());
    let widest_figures = if counts_cases { step_figures(step, Some(999.0)) } else { String::new() };
    let widest_figures = measure.width(&widest_figures, CAPTION).max(measure.width(&figures, CAPTION));
    let badges = decision_badges(context, element, STEP_WIDTH.1 - 12.0);
    let widest = badges.iter().map(|badge| badge.size().x + 12.0).fold(0.0, f32::max);
    let by_system = matches!(step.performer, Some(Actor::System(_)));
    // The sign of a system stands in the corner, beside the name.
    let beside = if by_system { 2.0 * SMALL_ICON } else { 0.0 };
    let natural = measure.width(&step.name, NAME).max(widest_figures) + 2.0 * PADDING + 4.0 + beside;
    let width = even(natural.clamp(STEP_WIDTH.0, STEP_WIDTH.1).max(widest).max(least.x));
    let name = measure.wrap(&step.name, NAME, width - 2.0 * PADDING - beside, 4);
    let figures_height = if figures.is_empty() { 0.0 } else { line_height(CAPTION) + 3.0 };
    let badges_height = badges.len() as f32 * (Badge::HEIGHT + 4.0);
    let text_height = height_of(&name, NAME) + figures_height + badges_height;
    let height = even((text_height + 18.0).max(STEP_HEIGHT).max(least.y));
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
    let mut pen = Pen::new(Some(element));
    let tint = step.performer.and_then(|actor| context.facts.tint_of(actor));
    let style = match tint {
        Some(tint) => Style::card(Colour::TintFill(tint), Colour::TintEdge(tint)),
        None => Style::card(Colour::Raised, Colour::Border),
    };
    pen.card(rect, style);
    if by_system {
        pen.icon(Detail::Secondary, Icon::Settings, pos2(12.0, 12.0), SMALL_ICON, Colour::InkSecond);
    }
    let mut top = (height - text_height) / 2.0;
    let name_height = height_of(&name, NAME);
    pen.lines(Detail::Name, name, NAME, Colour::Ink, pos2(width / 2.0, top), Align::Center);
    top += name_height;
    if !figures.is_empty() {
        let figures = measure.ellipsize(&figures, CAPTION, width - 12.0);
        let anchor = pos2(width / 2.0, top + 3.0);
        pen.lines(Detail::Secondary, vec![figures], CAPTION, Colour::InkSecond, anchor, Align::Center);
        top += figures_height;
    }
    for badge in &badges {
        pen.badge(badge, pos2(width / 2.0, top + 4.0 + Badge::HEIGHT / 2.0));
        top += Badge::HEIGHT + 4.0;
    }
    Sketch { size: rect.size(), form: NodeForm::Card, items: pen.finish() }
}

/// Who decides at a step or gateway: one badge per decision, at most two.
pub(crate) fn decision_badges(context: Context<'_>, element: ElementRef, width: f32) -> Vec<Badge> {
    let performer = match element {
        ElementRef::Step(step) => context.document().get::<Step>(step).and_then(|step| step.performer),
        _ => None,
    };
    let shown = context.facts.decisions_at(element).iter().take(2);
    shown.map(|decision| decision_badge(context, *decision, performer, width)).collect()
}

fn decision_badge(context: Context<'_>, decision: DecisionId, performer: Option<Actor>, width: f32) -> Badge {
    let room = width - 16.0 - SMALL_ICON - 3.0;
    let measure = Measure::bundled();
    // How many others decide is said even where a name has to be cut.
    let cut = |text: &str| {
        let others = text.rfind(" +").filter(|_| measure.width(text, BADGE) > room);
        let (name, others) = text.split_at(others.unwrap_or(text.len()));
        measure.ellipsize(name, BADGE, room - measure.width(others, BADGE)).text + others
    };
    match deciders_label(context.facts, decision, performer) {
        Some(deciders) => Badge::accent(Icon::Decision, cut(&deciders)),
        None => Badge {
            icon: Some(Icon::Decision),
            text: cut(context.document().name_of(decision.into())),
            style: BADGE,
            ink: Colour::InkSecond,
            ground: Colour::Raised,
            edge: Some(Colour::LineStrong),
        },
    }
}

fn gateway(gateway: &Gateway) -> Sketch {
    let half = GATEWAY / 2.0;
    let mut pen = Pen::new(None);
    let corners = vec![pos2(half, 0.0), pos2(GATEWAY, half), pos2(half, GATEWAY), pos2(0.0, half)];
    let edge = Stroke::new(Colour::Connector, LINE);
    pen.path(Detail::Shape, corners, true, 2.0, Style { fill: Some(Colour::Raised), stroke: Some(edge) });
    let mark = Style::line(Stroke::new(Colour::Connector, 2.5));
    let center = pos2(half, half);
    const CROSS: [Vec2; 2] = [vec2(6.0, 6.0), vec2(6.0, -6.0)];
    const PLUS: [Vec2; 2] = [vec2(9.0, 0.0), vec2(0.0, 9.0)];
    let arms: &[Vec2] = match gateway.kind {
        GatewayKind::Exclusive => &CROSS,
        GatewayKind::Parallel => &PLUS,
        GatewayKind::Complex => &[CROSS[0], CROSS[1], PLUS[0], PLUS[1]],
        GatewayKind::Inclusive | GatewayKind::EventBased => &[],
    };
    for arm in arms {
        pen.path(Detail::Secondary, vec![center - *arm, center + *arm], false, 0.0, mark);
    }
    match gateway.kind {
        GatewayKind::Inclusive => pen.circle(Detail::Secondary, center, 9.0, mark),
        GatewayKind::EventBased => {
            let ring = Style::line(Stroke::new(Colour::Connector, 1.0));
            pen.circle(Detail::Secondary, center, 11.0, ring);
            pen.circle(Detail::Secondary, center, 8.5, ring);
            let corner = |index: u16| {
                let angle = f32::from(index) * std::f32::consts::TAU / 5.0;
                center + 5.5 * vec2(angle.sin(), -angle.cos())
            };
            pen.path(Detail::Secondary, (0..5).map(corner).collect(), true, 0.0, ring);
        }
        GatewayKind::Exclusive | GatewayKind::Parallel | GatewayKind::Complex => {}
    }
    Sketch { size: Vec2::splat(GATEWAY), form: NodeForm::Diamond, items: pen.finish() }
}

fn event(event: &Event) -> Sketch {
    let radius = EVENT / 2.0;
    let center = pos2(radius, radius);
    let ring = |width: f32| Some(Stroke::new(Colour::Connector, width));
    let filled = |width: f32| Style { fill: Some(Colour::Raised), stroke: ring(width) };
    let mut pen = Pen::new(None);
    match event.kind {
        EventKind::Start => pen.circle(Detail::Shape, center, radius, filled(LINE)),
        EventKind::End => pen.circle(Detail::Shape, center, radius - 1.0, filled(3.0)),
        EventKind::Intermediate => {
            pen.circle(Detail::Shape, center, radius, filled(LINE));
            pen.circle(Detail::Secondary, center, radius - 3.5, Style { fill: None, stroke: ring(LINE) });
            if event.wait.is_some() {
                pen.icon(Detail::Secondary, Icon::Clock, center, SMALL_ICON, Colour::InkSecond);
            }
        }
    }
    Sketch { size: Vec2::splat(EVENT), form: NodeForm::Circle, items: pen.finish() }
}

fn note(note: &Note, least: Vec2) -> Sketch {
    let measure = Measure::bundled();
    let width = even(least.x.max(NOTE_WIDTH));
    let lines = measure.wrap(&note.text, BODY, width - 2.0 * PADDING - 4.0, 12);
    let author = if note.author.is_empty() { 0.0 } else { line_height(CAPTION) };
    let text_height = height_of(&lines, BODY);
    let height = even((text_height + author + 18.0).max(least.y));
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
    let mut pen = Pen::new(None);
    let ground = Style::card(Colour::SeveritySoft(Severity::Medium), Colour::LineStrong);
    sheet(&mut pen, rect, ground);
    pen.lines(Detail::Name, lines, BODY, Colour::Ink, pos2(PADDING, 9.0), Align::Min);
    if !note.author.is_empty() {
        let anchor = pos2(PADDING, 9.0 + text_height);
        pen.text(Detail::Secondary, &note.author, CAPTION, Colour::InkSecond, anchor, Align::Min);
    }
    Sketch { size: rect.size(), form: NodeForm::Sheet, items: pen.finish() }
}
