//! Steps: boxes with a name, the icon of their kind, figures, who decides, and marks of how they are carried out; open
//! sub-flows as boxes around what stands in them.

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::glyph::{MARKER_ROW, Marker, draw_markers, envelope, marker_area};
use super::{Context, LEAST_SIDE, Sketch, even, height_of, line_height};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::item::*;
use crate::scene::measures::*;
use crate::scene::pen::{Badge, Pen};
use crate::scene::text::{Line, Measure, TextStyle};
use crate::scene::words::*;

/// Side of the icon of a kind.
const KIND_ICON: f32 = 14.0;
/// Right and lower end of the icon of a kind.
const KIND_CORNER: Vec2 = vec2(22.0, 19.0);
/// Names of steps where there is little room.
const TIGHT: TextStyle = TextStyle { line_height: 1.15, ..NAME };
/// Names of steps whose longest word would be broken otherwise.
const SMALL: TextStyle = TextStyle { size: 0.8 * NAME.size, ..TIGHT };
/// Least distance of text from the edge of a box.
const EDGE: f32 = 4.0;

/// What stands on a step beside its name.
struct Contents {
    figures: String,
    badges: Vec<Badge>,
    markers: Vec<Marker>,
    icon: bool,
    /// Room at each side of the name that the icon takes.
    beside: f32,
}

/// The drawing of a step; a sub-flow is closed.
pub(super) fn step(context: Context<'_>, id: StepId, step: &Step, asked: Vec2) -> Sketch {
    let measure = Measure::bundled();
    let element = ElementRef::Step(id);
    let icon = kind_icon(step).is_some();
    let contents = Contents {
        figures: step_figures(step, context.options.per_week.get(&element).copied()),
        badges: decision_badges(context, element, STEP_WIDTH.1 - 12.0),
        markers: markers(step, true),
        icon,
        beside: if icon { 2.0 * SMALL_ICON } else { 0.0 },
    };
    // Boxes are arranged before anybody knows how many cases come, and keep their room for up to three digits.
    let counts_cases = context.document().get::<Process>(step.process).is_some_and(|process| process.cases.is_some());
    let widest_figures = if counts_cases { step_figures(step, Some(999.0)) } else { String::new() };
    let widest_figures = measure.width(&widest_figures, CAPTION).max(measure.width(&contents.figures, CAPTION));
    let widest = contents.badges.iter().map(|badge| badge.size().x + 12.0).fold(0.0, f32::max);
    let natural = measure.width(&step.name, NAME).max(widest_figures) + 2.0 * PADDING + 4.0 + contents.beside;
    let natural = even(natural.clamp(STEP_WIDTH.0, STEP_WIDTH.1).max(widest));
    let width = if asked.x >= LEAST_SIDE { asked.x } else { natural };
    let (name, style) = match asked.y >= LEAST_SIDE {
        true => fitting(&step.name, &contents, vec2(width, asked.y)),
        false => (measure.wrap(&step.name, NAME, width - 2.0 * PADDING - contents.beside, 4), NAME),
    };
    let text_height = height_of(&name, style) + contents.figures_height() + contents.badges_height();
    let height = match asked.y >= LEAST_SIDE {
        true => asked.y,
        false => even((text_height + 18.0 + contents.markers_height()).max(STEP_HEIGHT)),
    };
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
    let mut pen = Pen::new(Some(element));
    draw_box(&mut pen, context, step, rect, CORNER);
    draw_kind(&mut pen, step);
    draw_texts(&mut pen, contents, name, style, rect);
    Sketch { size: rect.size(), form: NodeForm::Card, items: pen.finish() }
}

impl Contents {
    fn figures_height(&self) -> f32 {
        if self.figures.is_empty() { 0.0 } else { line_height(CAPTION) + 3.0 }
    }

    fn badges_height(&self) -> f32 {
        self.badges.len() as f32 * (Badge::HEIGHT + 4.0)
    }

    /// What the name leaves free at the bottom.
    fn bottom(&self) -> f32 {
        self.markers_height().max(EDGE)
    }

    fn markers_height(&self) -> f32 {
        if self.markers.is_empty() { 0.0 } else { MARKER_ROW }
    }
}

/// The name in the lines and the style that fit into a box of fixed size, cut only where nothing else helps.
fn fitting(name: &str, contents: &Contents, size: Vec2) -> (Vec<Line>, TextStyle) {
    let measure = Measure::bundled();
    let room = size.y - EDGE - contents.bottom();
    let below_icon = if contents.icon { room - (KIND_CORNER.y - EDGE) } else { room };
    let wide = size.x - 2.0 * PADDING - contents.beside;
    let narrow = (size.x - 12.0).max(LEAST_SIDE);
    let places = [(NAME, wide, room), (NAME, narrow, below_icon), (TIGHT, narrow, below_icon), (TIGHT, wide, room)];
    let small = [(SMALL, narrow, below_icon), (SMALL, wide, room)];
    for (places, breaks_words) in [(&places[..], false), (&small, false), (&places, true)] {
        let fits = |(style, width, room): (TextStyle, f32, f32)| {
            let lines = measure.wrap(name, style, width.max(LEAST_SIDE), 40);
            let longest = name.split([' ', '\n', '-', '/']).map(|word| measure.width(word, style)).fold(0.0, f32::max);
            let fits = height_of(&lines, style) <= room && (breaks_words || longest <= width);
            fits.then_some((lines, style))
        };
        if let Some(found) = places.iter().copied().filter_map(fits).min_by_key(|(lines, _)| lines.len()) {
            return found;
        }
    }
    let most = (below_icon / line_height(TIGHT)).floor().max(1.0) as usize;
    (measure.wrap(name, TIGHT, narrow, most), TIGHT)
}

/// Name, figures, badges and markers; figures and badges only as far as there is room.
fn draw_texts(pen: &mut Pen, contents: Contents, name: Vec<Line>, style: TextStyle, rect: Rect) {
    let name_height = height_of(&name, style);
    let markers_height = contents.markers_height();
    let mut free = rect.height() - EDGE - contents.bottom() - name_height;
    let figures_height = if contents.figures_height() <= free { contents.figures_height() } else { 0.0 };
    free -= figures_height;
    let badges = ((free / (Badge::HEIGHT + 4.0)).floor().max(0.0) as usize).min(contents.badges.len());
    let text_height = name_height + figures_height + badges as f32 * (Badge::HEIGHT + 4.0);
    let middle = rect.center().x;
    // In the middle, but off the icon and the markers.
    let lowest = rect.bottom() - contents.bottom() - text_height;
    let centred = (rect.height() - text_height) / 2.0;
    let first = name.first().map_or(0.0, |line| line.width);
    let meets_icon = contents.icon && middle - first / 2.0 < KIND_CORNER.x;
    let highest = if meets_icon { KIND_CORNER.y } else { EDGE };
    let centred = if markers_height > 0.0 { centred.min(centred.midpoint(lowest)) } else { centred };
    let mut top = centred.max(highest).min(lowest.max(EDGE));
    pen.lines(Detail::Name, name, style, Colour::Ink, pos2(middle, top), Align::Center);
    top += name_height;
    if figures_height > 0.0 {
        let figures = Measure::bundled().ellipsize(&contents.figures, CAPTION, rect.width() - 12.0);
        let anchor = pos2(middle, top + 3.0);
        pen.lines(Detail::Secondary, vec![figures], CAPTION, Colour::InkSecond, anchor, Align::Center);
        top += figures_height;
    }
    for badge in contents.badges.iter().take(badges) {
        pen.badge(badge, pos2(middle, top + 4.0 + Badge::HEIGHT / 2.0));
        top += Badge::HEIGHT + 4.0;
    }
    draw_markers(pen, &contents.markers, rect.center_bottom());
}

/// The drawing of an open sub-flow of a size: a box with its name at the left of its top, behind what stands in it.
pub(crate) fn container(context: Context<'_>, id: StepId, step: &Step, size: Vec2) -> Sketch {
    let rect = Rect::from_min_size(Pos2::ZERO, size);
    let mut pen = Pen::new(Some(id.into()));
    draw_box(&mut pen, context, step, rect, CONTAINER_CORNER);
    let name = Measure::bundled().ellipsize(&step.name, NAME, size.x - 2.0 * PADDING - 4.0);
    let top = (CONTAINER_TITLE - line_height(NAME)) / 2.0 + 2.0;
    pen.lines(Detail::Title, vec![name], NAME, Colour::Ink, pos2(PADDING + 2.0, top), Align::Min);
    draw_markers(&mut pen, &markers(step, false), rect.center_bottom());
    Sketch { size, form: NodeForm::Container, items: pen.finish() }
}

/// The outline of a step: thick for calls, doubled for transactions, dotted for sub-flows that an event sets off.
fn draw_box(pen: &mut Pen, context: Context<'_>, step: &Step, rect: Rect, corner: f32) {
    let tint = step.performer.and_then(|actor| context.facts.tint_of(actor));
    let (fill, edge) = match tint {
        Some(tint) => (Colour::TintFill(tint), Colour::TintEdge(tint)),
        None => (Colour::Raised, Colour::Border),
    };
    let mut stroke = Stroke::new(edge, HAIRLINE);
    match step.kind {
        StepKind::Call => stroke = Stroke::new(if tint.is_some() { edge } else { Colour::Connector }, 3.0),
        StepKind::EventSubFlow => {
            stroke = Stroke { dash: Dash::Dotted, ..Stroke::new(Colour::Connector, LINE) };
        }
        _ => {}
    }
    pen.rect(Detail::Shape, rect, corner, Style { fill: Some(fill), stroke: Some(stroke) });
    if step.kind == StepKind::Transaction {
        let inner = Style { fill: None, stroke: Some(stroke) };
        pen.rect(Detail::Shape, rect.shrink(3.0), corner - 2.0, inner);
    }
}

/// The icon of a kind; a step that a system performs shows a gear, whatever its kind.
fn kind_icon(step: &Step) -> Option<KindIcon> {
    let by_system = matches!(step.performer, Some(Actor::System(_)));
    Some(match step.kind {
        StepKind::User => KindIcon::Icon(Icon::Person),
        StepKind::Manual => KindIcon::Icon(Icon::Hand),
        StepKind::Service => KindIcon::Icon(Icon::Settings),
        StepKind::Script => KindIcon::Icon(Icon::FileText),
        StepKind::BusinessRule => KindIcon::Icon(Icon::Table),
        StepKind::Send => KindIcon::Envelope { filled: true },
        StepKind::Receive => KindIcon::Envelope { filled: false },
        _ if by_system => KindIcon::System,
        _ => return None,
    })
}

enum KindIcon {
    Icon(Icon),
    Envelope { filled: bool },
    System,
}

fn draw_kind(pen: &mut Pen, step: &Step) {
    let center = pos2(13.0, 13.0);
    match kind_icon(step) {
        Some(KindIcon::Icon(icon)) => pen.icon(Detail::Secondary, icon, center, KIND_ICON, Colour::InkSecond),
        Some(KindIcon::Envelope { filled }) => {
            envelope(pen, Rect::from_center_size(center, vec2(14.0, 10.0)), filled);
        }
        Some(KindIcon::System) => {
            pen.icon(Detail::Secondary, Icon::Settings, pos2(12.0, 12.0), SMALL_ICON, Colour::InkSecond);
        }
        None => {}
    }
}

/// The markers of a step, by how it is carried out; a closed one shows that there is more inside.
fn markers(step: &Step, closed: bool) -> Vec<Marker> {
    let repetition = step.repetition.map(|repetition| match repetition {
        Repetition::Loop => Marker::Loop,
        Repetition::Parallel => Marker::Parallel,
        Repetition::Sequential => Marker::Sequential,
    });
    let has_inside = closed && (step.kind.has_inside() || (step.kind == StepKind::Call && step.calls.is_some()));
    [
        repetition,
        step.compensates.then_some(Marker::Compensation),
        has_inside.then_some(Marker::Inside),
        (step.kind == StepKind::AdHoc).then_some(Marker::AdHoc),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where, on the box of a step in a view, the marker stands that says that there is more behind it; a little larger than
/// it, to be hit. None where the step has none there.
pub fn inside_marker(document: &Document, view: ViewId, step: StepId, rect: Rect) -> Option<Rect> {
    let record = document.get::<Step>(step)?;
    let is_closed = !record.kind.has_inside()
        || document.placement_of(view, step.into()).is_none_or(|(_, placement)| placement.collapsed);
    let area = marker_area(&markers(record, is_closed), Marker::Inside, rect.center_bottom())?;
    Some(area.expand(4.0))
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
    let leads_to = Some(decision.into());
    match deciders_label(context.facts, decision, performer) {
        Some(deciders) => Badge { leads_to, ..Badge::accent(Icon::Decision, cut(&deciders)) },
        None => Badge {
            icon: Some(Icon::Decision),
            text: cut(&format!("nobody decides: {}", context.document().name_of(decision.into()))),
            style: BADGE,
            ink: Colour::Severity(Severity::High),
            ground: Colour::Raised,
            edge: Some(Colour::Severity(Severity::High)),
            leads_to,
        },
    }
}
