//! Scalable Vector Graphics: one group per element with its title, text as text with one piece per line.
//!
//! No style sheet, no foreign object, no script: word processors and drawing programs read it as browsers do. Ids are
//! made of the elements' keys and so stay the same when the picture is made again. Numbers have at most two decimals.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::sheet::{Sheet, sheet};
use super::{ExportError, Format, Input, Kind, Output};
use crate::model::{Document, ElementRef};
use crate::scene::path::{Segment, segments};
use crate::scene::text::{FONT_FAMILIES, Measure, OutlineBuilder, Weight};
use crate::scene::theme::{Rgba, Theme};
use crate::scene::{
    IconItem, Item, ItemKind, PathItem, RectItem, Stroke, Style, Text, TextLine, Turn, accessible_label,
};

pub(super) const FORMAT: Format =
    Format { id: "svg", label: "SVG picture", extension: "svg", kind: Kind::Picture, export };

fn export(input: &Input<'_>) -> Result<Output, ExportError> {
    Ok(sheet_svg(input.document, sheet(input)?, input.transparent, input.text_as_paths))
}

/// A page as text.
pub(super) fn sheet_svg(document: &Document, sheet: Sheet, transparent: bool, text_as_paths: bool) -> Output {
    let mut writer = Writer {
        document,
        theme: Theme::print(),
        text_as_paths,
        used_ids: FxHashMap::default(),
        out: String::new(),
        depth: 1,
    };
    writer.begin(&sheet, transparent);
    for item in &sheet.items {
        writer.item(item);
    }
    writer.out.push_str("</svg>\n");
    Output { bytes: writer.out.into_bytes(), warnings: sheet.warnings }
}

struct Writer<'a> {
    document: &'a Document,
    theme: &'static Theme,
    text_as_paths: bool,
    used_ids: FxHashMap<String, u32>,
    out: String,
    depth: usize,
}

/// A number with at most two decimals.
struct Number(f32);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (f64::from(self.0) * 100.0).round() as i64;
        let (sign, rest) =
            if hundredths < 0 { ("-", hundredths.unsigned_abs()) } else { ("", hundredths.unsigned_abs()) };
        match (rest / 100, rest % 100) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            (whole, part) => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

/// A text as XML writes it; characters that XML does not allow are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

fn hex(colour: Rgba) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b)
}

impl Writer<'_> {
    fn begin(&mut self, sheet: &Sheet, transparent: bool) {
        let bounds = sheet.bounds;
        let (width, height) = (Number(bounds.width()), Number(bounds.height()));
        let (left, top) = (Number(bounds.left()), Number(bounds.top()));
        let families =
            FONT_FAMILIES.map(|family| if family.contains(' ') { format!("'{family}'") } else { family.to_owned() });
        let families = families.join(", ");
        self.line(0, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        self.line(
            0,
            &format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
                 viewBox=\"{left} {top} {width} {height}\" font-family=\"{families}\" role=\"img\">"
            ),
        );
        self.line(1, &format!("<title>{}</title>", escaped(&sheet.name)));
        self.line(1, &format!("<desc>{}</desc>", escaped(&sheet.description)));
        if !transparent {
            let paper = hex(self.theme.neutral.canvas);
            self.line(
                1,
                &format!("<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>"),
            );
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        for _ in 0..depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn put(&mut self, text: &str) {
        self.line(self.depth, text);
    }

    fn item(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Rect(rect) => self.rect(rect),
            ItemKind::Path(path) => self.path(path),
            ItemKind::Text(text) => self.text(text),
            ItemKind::Icon(icon) => self.icon(icon),
            ItemKind::Group(items) => self.group(item.element, items),
        }
    }

    fn group(&mut self, element: Option<ElementRef>, items: &[Item]) {
        match element {
            Some(element) => {
                let id = self.id_of(element);
                let title = escaped(&accessible_label(self.document, element));
                self.put(&format!("<g id=\"{id}\">"));
                self.depth += 1;
                self.put(&format!("<title>{title}</title>"));
            }
            None => {
                self.put("<g>");
                self.depth += 1;
            }
        }
        items.iter().for_each(|item| self.item(item));
        self.depth -= 1;
        self.put("</g>");
    }

    /// The key of the element; a second group of the same element gets a number behind it.
    fn id_of(&mut self, element: ElementRef) -> String {
        let path = self.document.path_of(element);
        let mut id: String = path.chars().map(|c| if c == '/' || c.is_whitespace() { '.' } else { c }).collect();
        if !id.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            id.insert(0, '_');
        }
        let id = escaped(&id);
        let count = self.used_ids.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}.{count}") }
    }

    fn paint(&self, style: Style) -> String {
        let mut attributes = String::new();
        match style.fill.map(|fill| self.theme.colour(fill)) {
            Some(fill) => _ = write!(attributes, " fill=\"{}\"", hex(fill)),
            None => attributes.push_str(" fill=\"none\""),
        }
        if let Some(Stroke { colour, width, dash }) = style.stroke {
            let colour = hex(self.theme.colour(colour));
            _ = write!(attributes, " stroke=\"{colour}\"");
            if width != 1.0 {
                _ = write!(attributes, " stroke-width=\"{}\"", Number(width));
            }
            if let Some(pattern) = dash.pattern() {
                let lengths: Vec<String> = pattern.iter().map(|length| Number(*length).to_string()).collect();
                _ = write!(attributes, " stroke-dasharray=\"{}\"", lengths.join(" "));
            }
        }
        attributes
    }

    fn rect(&mut self, item: &RectItem) {
        let paint = self.paint(item.style);
        let (rect, radius) = (item.rect, item.corner.min(item.rect.width() / 2.0).min(item.rect.height() / 2.0));
        let is_circle = (rect.width() - rect.height()).abs() < 0.01 && radius >= rect.width() / 2.0 - 0.01;
        if is_circle {
            let center = rect.center();
            let (x, y, r) = (Number(center.x), Number(center.y), Number(rect.width() / 2.0));
            self.put(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{paint}/>"));
            return;
        }
        let rounding = if radius > 0.0 { format!(" rx=\"{}\"", Number(radius)) } else { String::new() };
        let (x, y) = (Number(rect.left()), Number(rect.top()));
        let (width, height) = (Number(rect.width()), Number(rect.height()));
        self.put(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{rounding}{paint}/>"));
    }

    fn path(&mut self, item: &PathItem) {
        let paint = self.paint(item.style);
        let mut data = String::new();
        for segment in segments(item) {
            match segment {
                Segment::Move(to) => _ = write!(data, "M{} {}", Number(to.x), Number(to.y)),
                Segment::Line(to) => _ = write!(data, "L{} {}", Number(to.x), Number(to.y)),
                Segment::Curve(by, to) => {
                    _ = write!(data, "Q{} {} {} {}", Number(by.x), Number(by.y), Number(to.x), Number(to.y));
                }
                Segment::Close => data.push('Z'),
            }
        }
        let joins = if item.style.stroke.is_some() { " stroke-linejoin=\"round\"" } else { "" };
        self.put(&format!("<path d=\"{data}\"{paint}{joins}/>"));
    }

    fn text(&mut self, item: &Text) {
        if self.text_as_paths {
            self.outlined(item);
            return;
        }
        let fill = hex(self.theme.colour(item.colour));
        let size = Number(item.style.size);
        let weight = match item.style.weight {
            Weight::Regular => String::new(),
            other => format!(" font-weight=\"{}\"", other.number()),
        };
        let begin = format!("<text font-size=\"{size}\"{weight} fill=\"{fill}\"");
        let place = |line: &TextLine| (Number(line.origin.x), Number(line.origin.y), escaped(&line.text));
        match (item.turn, item.lines.as_slice()) {
            (Turn::Left, lines) => {
                for (x, y, text) in lines.iter().map(place) {
                    self.put(&format!("{begin} transform=\"translate({x} {y}) rotate(-90)\">{text}</text>"));
                }
            }
            (Turn::None, [line]) => {
                let (x, y, text) = place(line);
                self.put(&format!("{begin} x=\"{x}\" y=\"{y}\">{text}</text>"));
            }
            (Turn::None, lines) => {
                let tspan = |(x, y, text)| format!("<tspan x=\"{x}\" y=\"{y}\">{text}</tspan>");
                let spans: String = lines.iter().map(place).map(tspan).collect();
                self.put(&format!("{begin}>{spans}</text>"));
            }
        }
    }

    fn outlined(&mut self, item: &Text) {
        let measure = Measure::bundled();
        let scale = item.style.size / measure.units_per_em(item.style.weight);
        let fill = hex(self.theme.colour(item.colour));
        for line in &item.lines {
            let mut data = OutlineData::default();
            for placed in measure.place(&line.text, item.style) {
                data.begin(placed.x, 0.0, scale);
                measure.outline(placed.character, item.style.weight, &mut data);
            }
            let (x, y) = (Number(line.origin.x), Number(line.origin.y));
            let turn = match item.turn {
                Turn::None => "",
                Turn::Left => " rotate(-90)",
            };
            let label = escaped(&line.text);
            self.put(&format!(
                "<path transform=\"translate({x} {y}){turn}\" d=\"{}\" fill=\"{fill}\" aria-label=\"{label}\"/>",
                data.text
            ));
        }
    }

    fn icon(&mut self, item: &IconItem) {
        let measure = Measure::bundled();
        let side = item.rect.width();
        let mut data = OutlineData::default();
        let origin = match item.turn {
            Turn::None => item.rect.left_top(),
            Turn::Left => item.rect.left_bottom(),
        };
        data.begin(0.0, measure.icon_baseline(side), side / measure.icon_units_per_em());
        measure.icon_outline(item.icon, &mut data);
        let turn = match item.turn {
            Turn::None => "",
            Turn::Left => " rotate(-90)",
        };
        let fill = hex(self.theme.colour(item.colour));
        let (x, y) = (Number(origin.x), Number(origin.y));
        self.put(&format!("<path transform=\"translate({x} {y}){turn}\" d=\"{}\" fill=\"{fill}\"/>", data.text));
    }
}

/// The outline of glyphs as path data, in world units, y downwards.
#[derive(Default)]
struct OutlineData {
    text: String,
    x: f32,
    y: f32,
    scale: f32,
}

impl OutlineData {
    fn begin(&mut self, x: f32, y: f32, scale: f32) {
        (self.x, self.y, self.scale) = (x, y, scale);
    }

    fn put(&mut self, command: char, points: &[(f32, f32)]) {
        self.text.push(command);
        for (index, (x, y)) in points.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            let (x, y) = (self.x + x * self.scale, self.y - y * self.scale);
            _ = write!(self.text, "{gap}{} {}", Number(x), Number(y));
        }
    }
}

impl OutlineBuilder for OutlineData {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.put('Q', &[(x1, y1), (x, y)]);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put('C', &[(x1, y1), (x2, y2), (x, y)]);
    }
    fn close(&mut self) {
        self.text.push('Z');
    }
}

#[cfg(test)]
mod tests;
