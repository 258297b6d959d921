//! Drawing the lanes of a process view: pools with their lanes, headers for every level, parties that show nothing of
//! their inside, lanes where a drawing from elsewhere has them.

use emath::{Align, Pos2, Rangef, Rect, pos2, vec2};

use super::build::Builder;
use super::icon::Icon;
use super::item::*;
use super::lanes::{headers_width, is_hidden};
use super::measures::*;
use super::overlay::{Reading, dress_band};
use super::pen::{Pen, bounds_of};
use super::text::Measure;
use super::words::{accessible_label, counted, joined, percent};
use crate::model::*;

/// The lanes of a view as they are drawn.
pub(crate) struct Bands<'a> {
    lanes: &'a [Lane],
    direction: FlowDirection,
    /// How many of the lanes the view lists; the others are shown because nodes need them.
    listed: usize,
    /// Whether any node stands in each lane.
    used: Vec<bool>,
    /// How many nodes each lane has, those of folded ones too.
    counts: &'a [usize],
}

/// A lane with its place.
#[derive(Clone, Copy)]
struct Band {
    index: usize,
    rect: Rect,
    header: Rect,
    /// Whether it is a party that shows nothing of its inside.
    is_closed: bool,
    /// Whether it has the other ground.
    is_shaded: bool,
}

impl<'a> Bands<'a> {
    /// The lanes (sound ones) of a view; `lane_of` says which lane a node stands in.
    pub(crate) fn new(
        builder: &Builder<'_>,
        lanes: &'a [Lane],
        direction: FlowDirection,
        listed: usize,
        counts: &'a [usize],
        lane_of: impl Fn(ElementRef) -> Option<usize>,
    ) -> Self {
        let mut used = vec![false; lanes.len()];
        let is_drawn = lanes.iter().any(|lane| lane.frame.is_some());
        for node in builder.nodes.iter().filter(|node| FlowNode::try_from(node.shown.element).is_ok()) {
            let center = node.rect.center();
            let at = || lane_at(lanes, direction, Point::new(center.x.into(), center.y.into()));
            let drawn = if is_drawn { at() } else { None };
            for index in [lane_of(node.shown.element), drawn].into_iter().flatten() {
                if let Some(slot) = used.get_mut(index) {
                    *slot = true;
                }
            }
        }
        Self { lanes, direction, listed, used, counts }
    }

    /// Draws all lanes, long enough for the nodes, for these lines and for what ends there.
    pub(crate) fn draw(&self, builder: &mut Builder<'_>, lines: &[&[Pos2]], end: f32) {
        builder.scene.direction = self.direction;
        let along = self.reach(builder, lines);
        let along = Rangef::new(along.min, along.max.max(end));
        let bands = self.bands(along);
        for group in self.groups(&bands) {
            let frame = bounds_of(group.iter().map(|band| band.rect));
            let mut pen = Pen::new(None);
            pen.card(frame, Style::card(Colour::Raised, Colour::LineStrong));
            builder.add(pen.into_group());
            for (at, band) in group.iter().enumerate() {
                self.draw_band(builder, band, frame, at == 0);
            }
            let mut pen = Pen::new(None);
            pen.card(frame, Style::line(Stroke::new(Colour::LineStrong, HAIRLINE)));
            builder.add(pen.into_group());
        }
    }

    fn is_upright(&self) -> bool {
        self.direction == FlowDirection::TopToBottom
    }

    /// From the first to the last node or line along the flow, headers included.
    fn reach(&self, builder: &Builder<'_>, lines: &[&[Pos2]]) -> Rangef {
        let range = |rect: Rect| if self.is_upright() { rect.y_range() } else { rect.x_range() };
        let nodes = || builder.nodes.iter().filter(|node| FlowNode::try_from(node.shown.element).is_ok());
        let first = nodes().map(|node| range(node.rect).min).fold(f32::INFINITY, f32::min);
        let last = nodes().map(|node| range(node.rect).max).fold(f32::NEG_INFINITY, f32::max);
        let at = |point: &Pos2| if self.is_upright() { point.y } else { point.x };
        let last = lines.iter().copied().flatten().map(at).fold(last, f32::max);
        let start = (first - headers_width(self.lanes) - LANE_PADDING).min(0.0).floor();
        let end = if last.is_finite() { (last + LANE_PADDING).max(start + 640.0).ceil() } else { start + 960.0 };
        Rangef::new(start, end)
    }

    /// A box by its reach along and across the flow.
    fn rect(&self, along: Rangef, across: Rangef) -> Rect {
        if self.is_upright() { Rect::from_x_y_ranges(across, along) } else { Rect::from_x_y_ranges(along, across) }
    }

    /// The strip at the beginning of a lane.
    fn strip(&self, rect: Rect, width: f32) -> Rect {
        let size = if self.is_upright() {
            vec2(rect.width(), width.min(rect.height()))
        } else {
            vec2(width.min(rect.width()), rect.height())
        };
        Rect::from_min_size(rect.min, size)
    }

    fn bands(&self, along: Rangef) -> Vec<Band> {
        let across = lane_bands(self.lanes, self.direction);
        let mut bands = Vec::with_capacity(self.lanes.len());
        let mut leaf = 0;
        for (index, (lane, (start, end))) in self.lanes.iter().zip(across).enumerate() {
            if is_hidden(self.lanes, index) {
                continue;
            }
            let (rect, header) = match lane.frame {
                Some(area) => {
                    let min = pos2(area.x as f32, area.y as f32);
                    let rect = Rect::from_min_size(min, vec2(area.width as f32, area.height as f32));
                    (rect, self.strip(rect, DRAWN_HEADER))
                }
                None => {
                    let start_along = along.min + f32::from(lane.depth) * LANE_HEADER;
                    let rect = self.rect(Rangef::new(start_along, along.max), Rangef::new(start as f32, end as f32));
                    (rect, self.strip(rect, LANE_HEADER))
                }
            };
            if self.begins_group(index) {
                leaf = 0;
            }
            let encloses = encloses_lanes(self.lanes, index) && !lane.collapsed;
            let is_closed = self.is_closed_party(index);
            let header = if is_closed { rect } else { header };
            bands.push(Band { index, rect, header, is_closed, is_shaded: !encloses && leaf % 2 == 1 });
            leaf += usize::from(!encloses);
        }
        bands
    }

    /// Whether a lane is a party of its own (a pool beside others) of which nothing is shown.
    fn is_closed_party(&self, index: usize) -> bool {
        let Some(lane) = self.lanes.get(index) else { return false };
        let is_used = self.used.get(index).copied().unwrap_or(false);
        if is_used || lane.depth > 0 || lane.collapsed || encloses_lanes(self.lanes, index) {
            return false;
        }
        let others = self.lanes.iter().enumerate().skip(1).any(|(_, lane)| lane.depth == 0);
        let starts = index == 0 || self.begins_group(index);
        let ends = index + 1 >= self.lanes.len() || self.begins_group(index + 1);
        starts && ends && (others || lane.frame.is_some())
    }

    /// Whether a lane has a frame of its own: it encloses everything up to the next such lane.
    fn begins_group(&self, index: usize) -> bool {
        let Some(lane) = self.lanes.get(index).filter(|lane| lane.depth == 0) else { return false };
        let before = self.lanes.iter().take(index).rev().find(|before| before.depth == 0);
        let adjoins = |one: Area, next: Area| {
            let near = |a: f64, b: f64| (a - b).abs() < 1.5;
            match self.direction {
                FlowDirection::LeftToRight => {
                    near(one.x, next.x) && near(one.width, next.width) && near(one.y + one.height, next.y)
                }
                FlowDirection::TopToBottom => {
                    near(one.y, next.y) && near(one.height, next.height) && near(one.x + one.width, next.x)
                }
            }
        };
        match (lane.frame, before.and_then(|before| before.frame)) {
            (Some(frame), Some(before)) => !adjoins(before, frame),
            (Some(_), None) => true,
            (None, _) => lane.gap > 0.0,
        }
    }

    /// The lanes that lie together in one frame: those of a pool, and lanes without a gap between them.
    fn groups<'b>(&self, bands: &'b [Band]) -> Vec<&'b [Band]> {
        let mut groups = Vec::new();
        let mut rest = bands;
        while !rest.is_empty() {
            let begins = |band: &Band| self.begins_group(band.index);
            let length = rest.iter().skip(1).position(begins).map_or(rest.len(), |at| at + 1);
            let (group, others) = rest.split_at(length);
            groups.push(group);
            rest = others;
        }
        groups
    }

    fn draw_band(&self, builder: &mut Builder<'_>, band: &Band, frame: Rect, is_first: bool) {
        let Some(lane) = self.lanes.get(band.index) else { return };
        let Band { rect, header, .. } = *band;
        let element = lane.actor.map(ElementRef::from);
        let mut pen = Pen::new(element);
        let line = Style::line(Stroke::new(Colour::Line, HAIRLINE));
        if band.is_shaded {
            self.ground(&mut pen, rect, frame);
        }
        if !is_first && lane.frame.is_none() {
            let end = if self.is_upright() { rect.left_bottom() } else { rect.right_top() };
            pen.path(Detail::Shape, vec![rect.left_top(), end], false, 0.0, line);
        }
        if lane.frame.is_some() {
            // The frame around it has lines of its own, and so has the lane behind it.
            let next =
                self.lanes.get(band.index + 1).filter(|next| next.depth == lane.depth).and_then(|next| next.frame);
            let next = next.map(|next| pos2(next.x as f32, next.y as f32));
            let adjoins = next.is_some_and(|next| match self.direction {
                FlowDirection::LeftToRight => (next.y - rect.bottom()).abs() < 2.0,
                FlowDirection::TopToBottom => (next.x - rect.right()).abs() < 2.0,
            });
            let ends = if adjoins { rect } else { frame };
            let sides = [
                (rect.top() > frame.top() + 1.0, [rect.left_top(), rect.right_top()]),
                (rect.left() > frame.left() + 1.0, [rect.left_top(), rect.left_bottom()]),
                (rect.bottom() < ends.bottom() - 1.0, [rect.left_bottom(), rect.right_bottom()]),
                (rect.right() < ends.right() - 1.0, [rect.right_top(), rect.right_bottom()]),
            ];
            for (_, side) in sides.iter().filter(|(is_inside, _)| *is_inside) {
                pen.path(Detail::Shape, side.to_vec(), false, 0.0, line);
            }
        }
        let (ground, _) = overlaid(builder, lane, if band.is_closed { rect } else { header });
        pen.extend(ground);
        if band.is_closed {
            self.closed_party(builder, &mut pen, lane, rect);
        } else {
            let start = if self.is_upright() { header.left_bottom() } else { header.right_top() };
            pen.path(Detail::Shape, vec![start, header.right_bottom()], false, 0.0, line);
            self.header(builder, &mut pen, band);
        }
        let document = builder.context.document();
        builder.scene.lanes.push(LaneShape {
            actor: lane.actor,
            index: (band.index < self.listed).then_some(band.index),
            rect,
            header,
            collapsed: lane.collapsed,
            depth: lane.depth,
            resizable: band.index < self.listed && !lane.collapsed && !encloses_lanes(self.lanes, band.index),
            label: element.map_or_else(|| "Nobody".to_owned(), |element| accessible_label(document, element)),
        });
        builder.add(pen.into_group());
    }

    /// The faint ground of every other lane; the last one follows the round corners of the frame.
    fn ground(&self, pen: &mut Pen, rect: Rect, frame: Rect) {
        let is_last = if self.is_upright() { rect.right() >= frame.right() } else { rect.bottom() >= frame.bottom() };
        pen.rect(Detail::Shape, rect, if is_last { CORNER } else { 0.0 }, Style::filled(Colour::Lane));
        if is_last {
            let half = if self.is_upright() {
                Rect::from_min_max(rect.min, pos2(rect.center().x, rect.bottom()))
            } else {
                Rect::from_min_max(rect.min, pos2(rect.right(), rect.center().y))
            };
            pen.rect(Detail::Shape, half, 0.0, Style::filled(Colour::Lane));
        }
    }

    /// A party that shows nothing of its inside: its name in the middle of the band.
    fn closed_party(&self, builder: &Builder<'_>, pen: &mut Pen, lane: &Lane, rect: Rect) {
        let room = if self.is_upright() && rect.width() < 120.0 { rect.height() } else { rect.width() } - 24.0;
        let (name, _, _) = lane_texts(builder, lane, room);
        let name = joined([Some(name), figure_of(builder, lane)]);
        let ink = overlaid(builder, lane, rect).1.unwrap_or(Colour::Ink);
        if self.is_upright() && rect.width() < 120.0 {
            pen.upward_text(Detail::Title, &name, LABEL, ink, rect.center(), room);
            return;
        }
        let line = Measure::bundled().ellipsize(&name, LABEL, room);
        let top = rect.center().y - Measure::bundled().line_height(LABEL) / 2.0;
        pen.lines(Detail::Title, vec![line], LABEL, ink, pos2(rect.center().x, top), Align::Center);
    }

    fn header(&self, builder: &Builder<'_>, pen: &mut Pen, band: &Band) {
        let Band { index, rect, header, .. } = *band;
        let Some(lane) = self.lanes.get(index) else { return };
        let room = if self.is_upright() { header.width() } else { header.height() } - 12.0;
        let (mut name, caption, mut ink) = lane_texts(builder, lane, room);
        let own = overlaid(builder, lane, header).1;
        let name_ink = own.unwrap_or(Colour::Ink);
        ink = own.unwrap_or(ink);
        if lane.frame.is_some() || lane.collapsed {
            name = joined([Some(name), figure_of(builder, lane)]);
        }
        if lane.collapsed {
            let name = joined([Some(name), self.hidden_count(index)]);
            return self.folded_header(pen, &name, header, rect);
        }
        // A narrow header has no room for a caption.
        let caption = if lane.frame.is_some() { String::new() } else { caption };
        if self.is_upright() {
            let measure = Measure::bundled();
            let caption_height = if caption.is_empty() { 0.0 } else { measure.line_height(CAPTION) };
            let name = measure.ellipsize(&name, LABEL, room);
            let caption = measure.ellipsize(&caption, CAPTION, room);
            let height = measure.line_height(LABEL);
            let top = header.center().y - (height + caption_height) / 2.0;
            let anchor = pos2(header.center().x, top);
            pen.lines(Detail::Title, vec![name], LABEL, name_ink, anchor, Align::Center);
            let anchor = pos2(header.center().x, top + height);
            pen.lines(Detail::Secondary, vec![caption], CAPTION, ink, anchor, Align::Center);
            return;
        }
        let lines = Measure::bundled().wrap(&name, LABEL, room, 2);
        let middles: &[f32] = match (lines.len(), caption.is_empty()) {
            (2, true) => &[-7.0, 7.5],
            (2, false) => &[-13.0, 1.0, 15.5],
            (_, true) => &[0.0],
            (_, false) => &[-7.0, 9.0],
        };
        let names = lines.into_iter().map(|line| (Detail::Title, line.text, LABEL, name_ink));
        let texts = names.chain([(Detail::Secondary, caption, CAPTION, ink)]);
        for ((detail, text, style, colour), middle) in texts.zip(middles) {
            let center = pos2(header.center().x + middle, header.center().y);
            pen.upward_text(detail, &text, style, colour, center, room);
        }
    }

    /// How much a folded lane hides, with that of the lanes inside it; none where that is nothing.
    fn hidden_count(&self, index: usize) -> Option<String> {
        let depth = self.lanes.get(index)?.depth;
        let inside = self.lanes.iter().skip(index + 1).take_while(|lane| lane.depth > depth).count();
        let count: usize = self.counts.iter().skip(index).take(inside + 1).sum();
        (count > 0).then(|| counted(count, "step", "steps"))
    }

    fn folded_header(&self, pen: &mut Pen, name: &str, header: Rect, rect: Rect) {
        let middle = header.center();
        let icon = if self.is_upright() { Icon::ChevronDown } else { Icon::ChevronRight };
        pen.icon(Detail::Secondary, icon, middle, SMALL_ICON, Colour::InkSecond);
        let measure = Measure::bundled();
        if self.is_upright() {
            let room = (rect.height() - header.height() - 16.0).max(0.0);
            let width = measure.ellipsize(name, LABEL, room).width;
            let center = pos2(rect.center().x, header.bottom() + 8.0 + width / 2.0);
            pen.upward_text(Detail::Title, name, LABEL, Colour::Ink, center, room);
        } else {
            let top = middle.y - measure.line_height(LABEL) / 2.0;
            pen.text(Detail::Title, name, LABEL, Colour::Ink, pos2(header.right() + 8.0, top), Align::Min);
        }
    }
}

/// What an overlay lays on the header of a lane, and the ink on it.
fn overlaid(builder: &Builder<'_>, lane: &Lane, rect: Rect) -> (Vec<Item>, Option<Colour>) {
    let overlay = builder.context.options.overlay.as_ref();
    match overlay.zip(lane.actor) {
        Some((overlay, actor)) => dress_band(overlay, actor.into(), rect),
        None => (Vec::new(), None),
    }
}

/// The figure of the actor of a lane in an overlay.
fn figure_of(builder: &Builder<'_>, lane: &Lane) -> Option<String> {
    let overlay = builder.context.options.overlay.as_ref()?;
    match overlay.reading(lane.actor?.into())? {
        Reading::Class(_, figure) => Some(figure.clone()),
        Reading::Missing(_) => None,
    }
}

/// Name, caption and colour of the caption. What does not fit into the room becomes shorter where it is known best: one
/// holder is named by surname and initials, several are counted, and the load stays.
fn lane_texts(builder: &Builder<'_>, lane: &Lane, room: f32) -> (String, String, Colour) {
    let document = builder.context.document();
    let Some(actor) = lane.actor else { return ("Nobody yet".to_owned(), String::new(), Colour::InkSecond) };
    let name = document.name_of(actor.into()).to_owned();
    let overlay = builder.context.options.overlay.is_some();
    let load = builder.context.options.loads.get(&actor.into()).filter(|_| !overlay);
    let mut ink = load.filter(|load| load.level != LoadLevel::Usual).map(|load| Colour::Load(load.level));
    let share = load.map(|load| percent(load.share)).or_else(|| figure_of(builder, lane));
    let with_load = |who: String| joined([Some(who), share.clone()]);
    let fits = |text: &str| Measure::bundled().width(text, CAPTION) <= room;
    let caption = match actor {
        Actor::Role(id) => {
            let role = document.get::<Role>(id);
            if role.is_some_and(|role| role.vacant) {
                ink = Some(Colour::Severity(Severity::High));
            }
            let whole = with_load(document.holders_label(id));
            match role.map_or(&[][..], |role| &role.holders) {
                _ if fits(&whole) => whole,
                [holding] => shortened(document.name_of(holding.person.into()), share.as_deref(), room),
                holders => with_load(counted(holders.len(), "person", "people")),
            }
        }
        Actor::Unit(id) => match builder.context.facts.counts(id).people {
            0 => with_load("unit".to_owned()),
            people => with_load(counted(people, "person", "people")),
        },
        Actor::Person(_) => with_load("person".to_owned()),
        Actor::External(_) => with_load("external".to_owned()),
        Actor::System(_) => with_load("system".to_owned()),
        Actor::Body(_) => with_load("body".to_owned()),
    };
    (name, caption, ink.unwrap_or(Colour::InkSecond))
}

/// The name of a person before a figure, as long as both fit: with initials, then cut.
fn shortened(name: &str, figure: Option<&str>, room: f32) -> String {
    let measure = Measure::bundled();
    let with_figure = |name: &str| joined([Some(name.to_owned()), figure.map(str::to_owned)]);
    let initials = with_initials(name);
    if measure.width(&with_figure(&initials), CAPTION) <= room {
        return with_figure(&initials);
    }
    let taken = figure.map_or(0.0, |figure| measure.width(&format!(" · {figure}"), CAPTION));
    with_figure(&measure.ellipsize(&initials, CAPTION, (room - taken).max(0.0)).text)
}

/// A name with all words but the last one as initials: `S. Lindgren`.
fn with_initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((surname, given)) = words.split_last() else { return String::new() };
    let initials = given.iter().filter_map(|word| word.chars().next()).map(|initial| format!("{initial}. "));
    initials.chain([(*surname).to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_who_does_not_fit_is_named_by_initials_and_the_load_stays() {
        let width = |text: &str| Measure::bundled().width(text, CAPTION);
        let room = width("S. Lindgren · 90 %");
        assert_eq!(shortened("Siri Lindgren", Some("90 %"), room), "S. Lindgren · 90 %");
        let cut = shortened("Siri Lindgren", Some("90 %"), room - 10.0);
        assert!(cut.starts_with("S. L") && cut.ends_with("… · 90 %"), "{cut}");
        assert!(width(&cut) <= room - 10.0);
        assert_eq!(with_initials("Ana Maria de Costa"), "A. M. d. Costa");
        assert_eq!(with_initials("Ana"), "Ana");
    }
}
