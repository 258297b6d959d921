//! Portable Network Graphics: the page drawn straight into pixels, on the processor alone.
//!
//! Letters and icons are filled outlines of the bundled fonts, so that a picture has the same pixels on every machine.

use emath::{Pos2, Rect};
use rustc_hash::FxHashMap;
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, PixmapMut, StrokeDash, Transform};

use super::sheet::{Sheet, sheet};
use super::{ExportError, Format, Input, Kind, Output, Pixels};
use crate::scene::icon::Icon;
use crate::scene::path::{Segment, segments};
use crate::scene::text::{Measure, OutlineBuilder, Weight};
use crate::scene::theme::Theme;
use crate::scene::{Colour, IconItem, Item, ItemKind, PathItem, RectItem, Style, Text, Turn};

pub(super) const FORMAT: Format =
    Format { id: "png", label: "PNG picture", extension: "png", kind: Kind::Picture, export };

/// Most pixels of a picture, in millions: 400 MB while it is drawn.
const MOST_MEGAPIXELS: u64 = 100;
/// Most pixels along one side, which other programs still open.
const LONGEST_SIDE: u64 = 60_000;
/// Pixels per metre at scale 1: 96 per inch.
const PIXELS_PER_METRE: f32 = 96.0 / 0.0254;

fn export(input: &Input<'_>) -> Result<Output, ExportError> {
    render(input, Theme::print())
}

/// The picture as pixels that a program may hand on.
pub(super) fn pixels(input: &Input<'_>) -> Result<Pixels, ExportError> {
    let (drawn, _) = draw(input, Theme::print())?;
    let (width, height) = (drawn.width() as usize, drawn.height() as usize);
    Ok(Pixels { width, height, rgba: straight(&drawn) })
}

/// The picture in the colours of a theme.
fn render(input: &Input<'_>, theme: &'static Theme) -> Result<Output, ExportError> {
    let (pixels, warnings) = draw(input, theme)?;
    let bytes = encode(&pixels, input.scale, input.transparent).map_err(|error| failed(&error.to_string()))?;
    Ok(Output { bytes, warnings })
}

fn failed(reason: &str) -> ExportError {
    ExportError::Encoding { format: FORMAT.label, reason: reason.to_owned() }
}

fn draw(input: &Input<'_>, theme: &'static Theme) -> Result<(Pixmap, Vec<String>), ExportError> {
    if !(0.05..=32.0).contains(&input.scale) {
        return Err(ExportError::Scale);
    }
    let sheet = sheet(input)?;
    let drawn = draw_sheet(&sheet, input.scale, input.transparent, theme)?;
    Ok((drawn, sheet.warnings))
}

/// A page as pixels.
pub(super) fn sheet_pixels(sheet: &Sheet, scale: f32) -> Result<Pixels, ExportError> {
    let drawn = draw_sheet(sheet, scale, false, Theme::print())?;
    Ok(Pixels { width: drawn.width() as usize, height: drawn.height() as usize, rgba: straight(&drawn) })
}

fn draw_sheet(sheet: &Sheet, scale: f32, transparent: bool, theme: &'static Theme) -> Result<Pixmap, ExportError> {
    let (width, height) = pixel_size(sheet, scale)?;
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| failed("the picture has no size"))?;
    let mut painter = Painter {
        theme,
        scale,
        origin: sheet.bounds.min,
        glyphs: FxHashMap::default(),
        icons: FxHashMap::default(),
        pixels: pixels.as_mut(),
    };
    painter.paper(transparent);
    for item in &sheet.items {
        painter.item(item);
    }
    Ok(pixels)
}

fn pixel_size(sheet: &Sheet, scale: f32) -> Result<(u32, u32), ExportError> {
    let side = |length: f32| (f64::from(length) * f64::from(scale)).ceil().max(1.0) as u64;
    let (width, height) = (side(sheet.bounds.width()), side(sheet.bounds.height()));
    let limit = MOST_MEGAPIXELS * 1_000_000;
    if width * height > limit || width.max(height) > LONGEST_SIDE {
        let area = f64::from(sheet.bounds.width()) * f64::from(sheet.bounds.height());
        let longest = f64::from(sheet.bounds.width().max(sheet.bounds.height()));
        let fitting = (limit as f64 / area).sqrt().min(LONGEST_SIDE as f64 / longest);
        return Err(ExportError::TooLarge {
            width,
            height,
            megapixels: (width * height).div_ceil(1_000_000),
            limit: MOST_MEGAPIXELS,
            fitting: format!("{:.2}", (fitting * 99.0).floor() / 100.0),
        });
    }
    Ok((width as u32, height as u32))
}

fn encode(pixels: &Pixmap, scale: f32, transparent: bool) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(if transparent { png::ColorType::Rgba } else { png::ColorType::Rgb });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let density = (PIXELS_PER_METRE * scale).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: density, yppu: density, unit: png::Unit::Meter }));
    let data: Vec<u8> = if transparent {
        straight(pixels)
    } else {
        pixels.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// Red, green, blue and opacity of each pixel, the colours not multiplied by the opacity.
fn straight(pixels: &Pixmap) -> Vec<u8> {
    let straight = pixels.pixels().iter().map(|pixel| pixel.demultiply());
    straight.flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]).collect()
}

struct Painter<'a> {
    theme: &'static Theme,
    scale: f32,
    /// The world point at the top left corner of the picture.
    origin: Pos2,
    /// Outlines in font units; none for what has no outline.
    glyphs: FxHashMap<(char, Weight), Option<Path>>,
    icons: FxHashMap<Icon, Option<Path>>,
    pixels: PixmapMut<'a>,
}

impl Painter<'_> {
    fn paper(&mut self, transparent: bool) {
        if !transparent {
            let paper = self.theme.neutral.canvas;
            self.pixels.fill(tiny_skia::Color::from_rgba8(paper.r, paper.g, paper.b, 255));
        }
    }

    /// From world units to pixels.
    fn pixel_from_world(&self) -> Transform {
        let scale = self.scale;
        Transform::from_row(scale, 0.0, 0.0, scale, -self.origin.x * scale, -self.origin.y * scale)
    }

    fn paint(&self, colour: Colour) -> Paint<'static> {
        let colour = self.theme.colour(colour);
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color_rgba8(colour.r, colour.g, colour.b, colour.a);
        paint
    }

    fn item(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Rect(rect) => self.rect(rect),
            ItemKind::Path(path) => self.path(path),
            ItemKind::Text(text) => self.text(text),
            ItemKind::Icon(icon) => self.icon(icon),
            ItemKind::Group(items) => items.iter().for_each(|item| self.item(item)),
        }
    }

    fn outline(&mut self, path: &Path, style: Style) {
        let transform = self.pixel_from_world();
        if let Some(fill) = style.fill {
            let paint = self.paint(fill);
            self.pixels.fill_path(path, &paint, FillRule::Winding, transform, None);
        }
        if let Some(stroke) = style.stroke {
            let paint = self.paint(stroke.colour);
            let stroke = tiny_skia::Stroke {
                width: stroke.width,
                line_cap: LineCap::Butt,
                line_join: LineJoin::Round,
                dash: stroke.dash.pattern().and_then(|pattern| StrokeDash::new(pattern.to_vec(), 0.0)),
                ..tiny_skia::Stroke::default()
            };
            self.pixels.stroke_path(path, &paint, &stroke, transform, None);
        }
    }

    fn rect(&mut self, item: &RectItem) {
        if let Some(path) = rounded_rect(item.rect, item.corner) {
            self.outline(&path, item.style);
        }
    }

    fn path(&mut self, item: &PathItem) {
        let mut builder = PathBuilder::new();
        for segment in segments(item) {
            match segment {
                Segment::Move(to) => builder.move_to(to.x, to.y),
                Segment::Line(to) => builder.line_to(to.x, to.y),
                Segment::Curve(by, to) => builder.quad_to(by.x, by.y, to.x, to.y),
                Segment::Close => builder.close(),
            }
        }
        if let Some(path) = builder.finish() {
            self.outline(&path, item.style);
        }
    }

    fn text(&mut self, item: &Text) {
        let measure = Measure::bundled();
        let scale = item.style.size / measure.units_per_em(item.style.weight);
        let paint = self.paint(item.colour);
        for line in &item.lines {
            let turned = match item.turn {
                Turn::None => Transform::identity(),
                Turn::Left => Transform::from_row(0.0, -1.0, 1.0, 0.0, 0.0, 0.0),
            };
            let line_place = turned.post_translate(line.origin.x, line.origin.y).post_concat(self.pixel_from_world());
            for placed in measure.place(&line.text, item.style) {
                let Some(path) = self.glyph(placed.character, item.style.weight) else { continue };
                let place = Transform::from_row(scale, 0.0, 0.0, -scale, placed.x, 0.0).post_concat(line_place);
                self.pixels.fill_path(&path, &paint, FillRule::Winding, place, None);
                self.keep_glyph(placed.character, item.style.weight, path);
            }
        }
    }

    /// Takes an outline out of the store, so that the picture can be drawn on; it is given back afterwards.
    fn glyph(&mut self, character: char, weight: Weight) -> Option<Path> {
        let draw = || Outline::of(|builder| Measure::bundled().outline(character, weight, builder));
        self.glyphs.entry((character, weight)).or_insert_with(draw).take()
    }

    fn keep_glyph(&mut self, character: char, weight: Weight, path: Path) {
        self.glyphs.insert((character, weight), Some(path));
    }

    fn icon(&mut self, item: &IconItem) {
        let measure = Measure::bundled();
        let side = item.rect.width();
        let scale = side / measure.icon_units_per_em();
        let draw = || Outline::of(|builder| measure.icon_outline(item.icon, builder));
        let Some(path) = self.icons.entry(item.icon).or_insert_with(draw).clone() else { return };
        let upright = Transform::from_row(scale, 0.0, 0.0, -scale, 0.0, measure.icon_baseline(side));
        let (turned, origin) = match item.turn {
            Turn::None => (upright, item.rect.left_top()),
            Turn::Left => {
                (upright.post_concat(Transform::from_row(0.0, -1.0, 1.0, 0.0, 0.0, 0.0)), item.rect.left_bottom())
            }
        };
        let place = turned.post_translate(origin.x, origin.y).post_concat(self.pixel_from_world());
        let paint = self.paint(item.colour);
        self.pixels.fill_path(&path, &paint, FillRule::Winding, place, None);
    }
}

/// How far the handles of a curve lie for a quarter of a circle, as a part of the radius.
const QUARTER: f32 = 0.552_284_8;

fn rounded_rect(rect: Rect, corner: f32) -> Option<Path> {
    let radius = corner.min(rect.width() / 2.0).min(rect.height() / 2.0);
    if radius <= 0.0 {
        let rect = tiny_skia::Rect::from_ltrb(rect.left(), rect.top(), rect.right(), rect.bottom())?;
        return Some(PathBuilder::from_rect(rect));
    }
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let far = radius * (1.0 - QUARTER);
    let mut builder = PathBuilder::new();
    builder.move_to(left + radius, top);
    builder.line_to(right - radius, top);
    builder.cubic_to(right - far, top, right, top + far, right, top + radius);
    builder.line_to(right, bottom - radius);
    builder.cubic_to(right, bottom - far, right - far, bottom, right - radius, bottom);
    builder.line_to(left + radius, bottom);
    builder.cubic_to(left + far, bottom, left, bottom - far, left, bottom - radius);
    builder.line_to(left, top + radius);
    builder.cubic_to(left, top + far, left + far, top, left + radius, top);
    builder.close();
    builder.finish()
}

/// An outline of a glyph in font units.
struct Outline(PathBuilder);

impl Outline {
    fn of(draw: impl FnOnce(&mut dyn OutlineBuilder) -> bool) -> Option<Path> {
        let mut outline = Self(PathBuilder::new());
        draw(&mut outline);
        outline.0.finish()
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests;
