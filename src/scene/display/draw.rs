//! Laying out a display: block below block.

use emath::{Align, Pos2, Rect, pos2, vec2};

use super::{Block, Display, Drawn, Fill, LegendSign, MissingInput, Sentence, Spot, Sticks, Target, Tile};
use crate::scene::icon::Icon;
use crate::scene::item::{Colour, Dash, Detail, LoadLevel, Severity, Stroke, Style};
use crate::scene::measures::{BODY, CAPTION, HAIRLINE, LABEL, NAME, SMALL_ICON};
use crate::scene::pen::Pen;
use crate::scene::text::{Measure, TextStyle, Weight};

/// The figure of a tile.
const FIGURE: TextStyle = TextStyle::new(20.0, Weight::Semibold);
/// Headings of blocks.
const HEADING: TextStyle = TextStyle::new(15.0, Weight::Semibold);
/// Distance between blocks.
const GAP: f32 = 16.0;
/// Least width of a tile.
const TILE: f32 = 168.0;
/// Narrower than this nothing is laid out.
const LEAST: f32 = 320.0;

/// Lays a display out from the origin downwards, over this width; what cannot be broken may reach farther to the right.
pub fn draw(display: &Display, width: f32) -> Drawn {
    let mut page = Page::new(width.max(LEAST));
    for block in &display.blocks {
        match block {
            Block::Heading(text) => page.heading(text),
            Block::Prose(sentences) => page.prose(sentences),
            Block::Tiles(tiles) => page.tiles(tiles),
            Block::Bars(bars) => page.bars(bars),
            Block::Grid(grid) => page.grid(grid),
            Block::Listing(listing) => page.listing(listing),
            Block::Calendar(calendar) => page.calendar(calendar),
            Block::Steps(steps) => page.steps(steps),
            Block::Net(net) => page.net(net),
            Block::Ladder(ladder) => page.ladder(ladder),
            Block::Legend(entries) => page.legend(entries),
        }
        page.top += GAP;
    }
    page.missing(&display.missing);
    page.finish()
}

/// The shape that stands for a severity.
pub fn sign_of(severity: Severity) -> Icon {
    match severity {
        Severity::Block => Icon::Block,
        Severity::High => Icon::Warning,
        Severity::Medium => Icon::Caution,
        Severity::Low => Icon::Low,
        Severity::Info => Icon::Info,
    }
}

/// What was laid out so far.
pub(super) struct Page {
    pub(super) width: f32,
    /// Where the next block begins.
    pub(super) top: f32,
    pub(super) pen: Pen,
    pub(super) drawn: Drawn,
}

impl Page {
    fn new(width: f32) -> Self {
        Self { width, top: 0.0, pen: Pen::new(None), drawn: Drawn::default() }
    }

    fn finish(mut self) -> Drawn {
        let items = std::mem::take(&mut self.pen).finish();
        let right = items.iter().map(|item| item.bounds.right()).fold(self.width, f32::max);
        let bottom = items.iter().map(|item| item.bounds.bottom()).fold(self.top - GAP, f32::max);
        self.drawn.items = items;
        self.drawn.size = vec2(right, bottom.max(0.0));
        self.drawn
    }

    /// Puts a piece down, as a group of its own that is left out when it is out of sight.
    pub(super) fn put(&mut self, pen: Pen) {
        if !pen.is_empty() {
            self.pen.extend(vec![pen.into_group()]);
        }
    }

    /// A pen for what belongs to where a target leads to.
    pub(super) fn pen_for(target: Option<Target>) -> Pen {
        let element = match target {
            Some(Target::Element(element)) => Some(element),
            Some(Target::Detail(_)) | None => None,
        };
        Pen::new(element)
    }

    pub(super) fn spot(&mut self, rect: Rect, target: Option<Target>, label: impl Into<String>) {
        self.drawn.spots.push(Spot { rect, target, label: label.into(), says_more: false, sticks: Sticks::Not });
    }

    /// A place whose words say more than what is drawn there.
    pub(super) fn short_spot(&mut self, rect: Rect, target: Option<Target>, label: impl Into<String>) {
        let sticks = Sticks::Not;
        self.drawn.spots.push(Spot { rect, target, label: label.into(), says_more: true, sticks });
    }

    /// A line of text, cut at a width; its top at `at`.
    pub(super) fn cut(pen: &mut Pen, text: &str, style: TextStyle, ink: Colour, at: Pos2, room: f32, align: Align) {
        let line = Measure::bundled().ellipsize(text, style, room.max(8.0));
        pen.lines(Detail::Name, vec![line], style, ink, at, align);
    }

    fn heading(&mut self, text: &str) {
        if self.top > 0.0 {
            self.top += GAP / 2.0;
        }
        let mut pen = Pen::new(None);
        let lines = Measure::bundled().wrap(text, HEADING, self.width, 2);
        let height = Measure::bundled().line_height(HEADING) * lines.len() as f32;
        pen.lines(Detail::Title, lines, HEADING, Colour::Ink, pos2(0.0, self.top), Align::Min);
        self.put(pen);
        // What it heads follows at once.
        self.top += height - GAP / 2.0;
    }

    pub(super) fn prose(&mut self, sentences: &[Sentence]) {
        let measure = Measure::bundled();
        for sentence in sentences.iter().filter(|sentence| !sentence.text.is_empty()) {
            let style = if sentence.is_small { CAPTION } else { BODY };
            let indent = if sentence.severity.is_some() { 22.0 } else { 0.0 };
            // Long lines are hard to read.
            let room = (self.width - indent).min(760.0);
            let lines = measure.wrap(&sentence.text, style, room, 12);
            let height = measure.line_height(style) * lines.len() as f32;
            let mut pen = Self::pen_for(sentence.target);
            if let Some(severity) = sentence.severity {
                let at = pos2(8.0, self.top + measure.line_height(style) / 2.0);
                pen.icon(Detail::Shape, sign_of(severity), at, 15.0, Colour::Severity(severity));
            }
            let ink = if sentence.is_small { Colour::InkSecond } else { Colour::Ink };
            pen.lines(Detail::Name, lines, style, ink, pos2(indent, self.top), Align::Min);
            self.put(pen);
            let rect = Rect::from_min_size(pos2(0.0, self.top), vec2(room + indent, height));
            self.spot(rect, sentence.target, sentence.text.clone());
            self.top += height + if sentence.is_small { 2.0 } else { 6.0 };
        }
        self.top -= 4.0;
    }

    fn tiles(&mut self, tiles: &[Tile]) {
        let measure = Measure::bundled();
        let fitting = ((self.width + 12.0) / (TILE + 12.0)).floor().max(1.0) as usize;
        // Rows that are about equally long.
        let rows = tiles.len().div_ceil(fitting).max(1);
        let columns = tiles.len().div_ceil(rows).max(1);
        let width = ((self.width - 12.0 * (columns as f32 - 1.0)) / columns as f32).min(320.0);
        for row in tiles.chunks(columns) {
            let details: Vec<_> = row.iter().map(|tile| measure.wrap(&tile.detail, CAPTION, width - 24.0, 3)).collect();
            let used =
                |lines: &Vec<crate::scene::text::Line>| lines.iter().filter(|line| !line.text.is_empty()).count();
            let most = details.iter().map(used).max().unwrap_or(0);
            let height = 66.0 + measure.line_height(CAPTION) * most as f32;
            for (place, (tile, detail)) in row.iter().zip(details).enumerate() {
                let min = pos2((width + 12.0) * place as f32, self.top);
                let rect = Rect::from_min_size(min, vec2(width, height));
                let mut pen = Self::pen_for(tile.target);
                pen.card(rect, Style::card(Colour::Raised, Colour::Line));
                let inner = min + vec2(12.0, 10.0);
                let mut right = width - 24.0;
                if let Some(severity) = tile.severity {
                    let at = pos2(rect.right() - 20.0, min.y + 20.0);
                    pen.icon(Detail::Shape, sign_of(severity), at, 16.0, Colour::Severity(severity));
                    right -= 20.0;
                }
                Self::cut(&mut pen, &tile.label, CAPTION, Colour::InkSecond, inner, right, Align::Min);
                let at = inner + vec2(0.0, 16.0);
                Self::cut(&mut pen, &tile.value, FIGURE, Colour::Ink, at, width - 24.0, Align::Min);
                let at = inner + vec2(0.0, 46.0);
                pen.lines(Detail::Secondary, detail, CAPTION, Colour::InkSecond, at, Align::Min);
                self.put(pen);
                let words = [&tile.label, &tile.value, &tile.detail];
                let words: Vec<&str> = words.into_iter().filter(|text| !text.is_empty()).map(String::as_str).collect();
                self.spot(rect, tile.target, words.join(": "));
            }
            self.top += height + 12.0;
        }
        self.top -= 12.0;
    }

    fn legend(&mut self, entries: &[(LegendSign, String)]) {
        let measure = Measure::bundled();
        let mut pen = Pen::new(None);
        let (mut left, mut top) = (0.0, self.top);
        for (sign, text) in entries {
            let width = 24.0 + measure.width(text, CAPTION);
            if left > 0.0 && left + width > self.width {
                left = 0.0;
                top += 20.0;
            }
            let rect = Rect::from_min_size(pos2(left, top + 3.0), vec2(18.0, 12.0));
            match sign {
                LegendSign::Severity(severity) => {
                    let ink = Colour::Severity(*severity);
                    pen.icon(Detail::Shape, sign_of(*severity), rect.center(), 14.0, ink);
                }
                LegendSign::Fill(fill) => filled(&mut pen, rect, *fill),
                LegendSign::Shade(shade) => super::grid::shaded(&mut pen, rect, *shade),
                LegendSign::Whisker => super::bars::whisker(&mut pen, rect.x_range(), rect.center().y),
                LegendSign::Span(kind) => super::calendar::span(&mut pen, rect, *kind),
            }
            let at = pos2(left + 24.0, top + 9.0 - measure.line_height(CAPTION) / 2.0);
            pen.text(Detail::Name, text, CAPTION, Colour::InkSecond, at, Align::Min);
            left += width + 18.0;
        }
        self.put(pen);
        self.top = top + 18.0;
    }

    /// What is not known, with those who lack it.
    fn missing(&mut self, missing: &[MissingInput]) {
        if missing.is_empty() {
            return;
        }
        let mut pen = Pen::new(None);
        pen.path(
            Detail::Shape,
            vec![pos2(0.0, self.top), pos2(self.width, self.top)],
            false,
            0.0,
            Style::line(Stroke::new(Colour::Line, HAIRLINE)),
        );
        self.top += 10.0;
        let heading = "Not counted, because something is not known";
        pen.text(Detail::Title, heading, LABEL, Colour::Ink, pos2(0.0, self.top), Align::Min);
        self.put(pen);
        self.top += 22.0;
        let sentences: Vec<Sentence> = missing
            .iter()
            .map(|input| Sentence {
                severity: Some(Severity::Info),
                text: format!("{}.", input.text),
                target: input.target,
                is_small: false,
            })
            .collect();
        self.prose(&sentences);
        self.top += GAP;
    }
}

/// A box filled as bars are.
pub(super) fn filled(pen: &mut Pen, rect: Rect, fill: Fill) {
    let style = match fill {
        Fill::Load(level) => Style::filled(Colour::Load(level)),
        Fill::Tint(tint) => Style::card(Colour::TintFill(tint), Colour::TintEdge(tint)),
        Fill::Accent => Style::filled(Colour::Accent),
        Fill::Waiting => Style::card(Colour::Canvas, Colour::InkSecond).dashed(Dash::Dashed),
    };
    pen.rect(Detail::Shape, rect, 3.0, style);
    if fill == Fill::Load(LoadLevel::Over) {
        hatch(pen, rect, Colour::OnFull);
    }
}

/// Slanting lines over a box, so that it is told apart without colours.
pub(super) fn hatch(pen: &mut Pen, rect: Rect, ink: Colour) {
    const DISTANCE: f32 = 9.0;
    let (width, height) = (rect.width(), rect.height());
    let mut offset = DISTANCE / 2.0 - height;
    while offset < width {
        let (from, to) = (offset.max(0.0), (offset + height).min(width));
        if to - from > 0.5 {
            let point = |along: f32| rect.left_bottom() + vec2(along, offset - along);
            pen.path(Detail::Secondary, vec![point(from), point(to)], false, 0.0, Style::line(Stroke::new(ink, 0.9)));
        }
        offset += DISTANCE;
    }
}

/// A name with a smaller line beneath it, in the middle of a row.
pub(super) fn two_lines(pen: &mut Pen, name: &str, detail: &str, left: Pos2, room: f32, align: Align) {
    let measure = Measure::bundled();
    let (first, second) = (measure.line_height(NAME), measure.line_height(CAPTION));
    let whole = if detail.is_empty() { first } else { first + second };
    let top = left.y - whole / 2.0;
    Page::cut(pen, name, NAME, Colour::Ink, pos2(left.x, top), room, align);
    Page::cut(pen, detail, CAPTION, Colour::InkSecond, pos2(left.x, top + first), room, align);
}

/// Side of the sign beside a figure.
pub(super) const SIGN: f32 = SMALL_ICON + 2.0;

#[cfg(test)]
mod tests {
    use super::*;
    use emath::Vec2;

    #[test]
    fn blocks_lie_below_each_other_and_within_the_width() {
        let tile = |value: &str| Tile { value: value.into(), label: "Lead time".into(), ..Tile::default() };
        let display = Display {
            blocks: vec![
                Block::Heading("A heading".into()),
                Block::Tiles(vec![tile("2.1 days"), tile("38 h"), tile("4 %")]),
                Block::Prose(vec![
                    Sentence::grave(Severity::High, "A long sentence. ".repeat(30)),
                    Sentence::small("small"),
                ]),
                Block::Legend(vec![(LegendSign::Fill(Fill::Load(LoadLevel::Over)), "more work than hours".into())]),
            ],
            missing: vec![MissingInput {
                text: "2 people have no hours per week".into(),
                elements: Vec::new(),
                target: None,
            }],
            ..Display::default()
        };
        for width in [320.0, 420.0, 960.0] {
            let drawn = draw(&display, width);
            assert_eq!(drawn.size.x, width);
            let page = Rect::from_min_size(Pos2::ZERO, drawn.size + Vec2::splat(1.0));
            for item in &drawn.items {
                assert!(page.contains_rect(item.bounds), "{width}: {item:?}");
            }
            let tops: Vec<f32> = drawn.spots.iter().map(|spot| spot.rect.top()).collect();
            assert!(tops.is_sorted(), "{tops:?}");
            assert!(drawn.spots.iter().any(|spot| spot.label == "Lead time: 38 h"));
        }
    }

    #[test]
    fn an_empty_display_has_no_height() {
        assert_eq!(draw(&Display::default(), 600.0).size, vec2(600.0, 0.0));
    }
}
