//! The page around a picture: margins, title, date and legend on request. What both kinds of picture draw.

use std::sync::Arc;

use emath::{Align, Pos2, Rect, pos2, vec2};

use super::{ExportError, Input};
use crate::model::{Document, Framework, MatrixForm, MatrixView, Quantity, View, ViewKind};
use crate::scene::measures::{CAPTION, LABEL, LINE, TITLE};
use crate::scene::pen::{Pen, bounds_of};
use crate::scene::text::Measure;
use crate::scene::{
    Colour, Dash, Detail, Item, ItemKind, LoadLevel, MatrixGrid, Overlay, Scene, Severity, Stroke, Style, build,
    build_pages, letter_colours,
};

/// Room around a picture, in world units.
pub(super) const MARGIN: f32 = 24.0;
/// Room kept for a legend on a page of paper, in world units.
const LEGEND: f32 = 96.0;

/// A page: items, lowest first, and its edges.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) items: Vec<Arc<Item>>,
    pub(super) bounds: Rect,
    pub(super) warnings: Vec<String>,
}

/// The page of a view.
pub(super) fn sheet(input: &Input<'_>) -> Result<Sheet, ExportError> {
    if let Some(of) = input.pocket {
        return super::pocket::sheet(input, of);
    }
    if let Some(display) = input.exhibit {
        return Ok(super::exhibit::sheet(input, display));
    }
    let view_id = input.view.ok_or(ExportError::NoView)?;
    let view = input.document.get::<View>(view_id).ok_or(ExportError::NoView)?;
    let (whole, page) = match input.page.filter(|_| matches!(view.kind, ViewKind::Matrix(_))) {
        None => (build(input.document, view_id, input.options), String::new()),
        Some((_, number)) => {
            let mut pages = pages(input)?;
            let count = pages.len();
            if number >= count {
                return Err(ExportError::NoPage { wanted: number + 1, count });
            }
            (pages.swap_remove(number), if count > 1 { format!(" ({} of {count})", number + 1) } else { String::new() })
        }
    };
    let scene = match input.only {
        Some(elements) => super::cutout::cutout(whole, elements),
        None => whole,
    };
    let mut content = scene.bounds;
    let cut = cut_names(input.document, &scene);
    let mut pen = Pen::new(None);
    if input.title || input.date.is_some() {
        let baseline = content.top() - 20.0 - Measure::bundled().line_height(TITLE);
        let title = if input.title { format!("{}{page}", view.name) } else { String::new() };
        let width = Measure::bundled().width(&title, TITLE);
        pen.text(Detail::Title, &title, TITLE, Colour::Ink, pos2(content.left(), baseline), Align::Min);
        if let Some(date) = input.date {
            let text = format!("{} · {date}", input.document.project().name);
            let text = text.trim_start_matches(" · ");
            let right = content.right().max(content.left() + width + 24.0 + Measure::bundled().width(text, CAPTION));
            let anchor = pos2(right, baseline + 9.0);
            pen.text(Detail::Secondary, text, CAPTION, Colour::InkSecond, anchor, Align::Max);
        }
    }
    let mut foot = pos2(content.left(), content.bottom() + 24.0);
    if let Some(overlay) = input.options.overlay.as_ref().filter(|_| !matches!(view.kind, ViewKind::Matrix(_))) {
        foot.y = draw_overlay_legend(&mut pen, overlay, &scene, foot, content.width()) + 18.0;
    }
    if input.legend {
        let entries = legend(input, view, &scene);
        draw_legend(&mut pen, &entries, foot, content.width().max(480.0));
    }
    let mut items = scene.items;
    items.extend(pen.finish().into_iter().map(Arc::new));
    content = bounds_of(items.iter().map(|item| item.bounds)).union(content);
    let bounds = Rect::from_min_max(
        pos2((content.left() - MARGIN).floor(), (content.top() - MARGIN).floor()),
        pos2((content.right() + MARGIN).ceil(), (content.bottom() + MARGIN).ceil()),
    );
    let mut warnings = missing_glyphs(&items);
    warnings.extend(cut);
    let description = description(view, scene.nodes.len());
    Ok(Sheet { name: view.name.clone(), description, items, bounds, warnings })
}

/// Draws what explains an overlay; where it ends.
fn draw_overlay_legend(pen: &mut Pen, overlay: &Overlay, scene: &Scene, at: Pos2, width: f32) -> f32 {
    pen.text(Detail::Shape, &overlay.title, LABEL, Colour::Ink, at, Align::Min);
    let below = at + vec2(0.0, Measure::bundled().line_height(LABEL) + 2.0);
    let mut items = overlay.legend(scene, width.clamp(300.0, 640.0));
    items.iter_mut().for_each(|item| item.shift(below.to_vec2()));
    let end = bounds_of(items.iter().map(|item| item.bounds)).bottom().max(below.y);
    pen.extend(items);
    end
}

/// A page of items that are no view, under a title.
pub(super) fn page_of(name: &str, description: &str, items: &[Item]) -> Sheet {
    let content = bounds_of(items.iter().map(|item| item.bounds));
    let mut pen = Pen::new(None);
    let top = content.top() - 20.0 - Measure::bundled().line_height(TITLE);
    pen.text(Detail::Title, name, TITLE, Colour::Ink, pos2(content.left(), top), Align::Min);
    let items: Vec<Arc<Item>> = items.iter().cloned().chain(pen.finish()).map(Arc::new).collect();
    let whole = bounds_of(items.iter().map(|item| item.bounds)).expand(MARGIN);
    let bounds = Rect::from_min_max(whole.min.floor(), whole.max.ceil());
    let warnings = missing_glyphs(&items);
    Sheet { name: name.to_owned(), description: description.to_owned(), items, bounds, warnings }
}

/// The pages of the view on its paper, with room left for title and legend.
pub(super) fn pages(input: &Input<'_>) -> Result<Vec<Scene>, ExportError> {
    let view = input.view.ok_or(ExportError::NoView)?;
    let Some((paper, _)) = input.page else { return Ok(vec![build(input.document, view, input.options)]) };
    let mut room = paper.room(MARGIN);
    if input.title || input.date.is_some() {
        room.y -= 20.0 + Measure::bundled().line_height(TITLE);
    }
    if input.legend {
        room.y -= LEGEND;
    }
    Ok(build_pages(input.document, view, input.options, room))
}

/// Names that have no room in their boxes; none where all have.
fn cut_names(document: &Document, scene: &Scene) -> Option<String> {
    const NAMED: usize = 3;
    let is_cut = |node: &&crate::scene::NodeShape| crate::scene::is_cut(scene, node, document.name_of(node.element));
    let cut: Vec<&str> = scene.nodes.iter().filter(is_cut).map(|node| document.name_of(node.element)).collect();
    let named: Vec<String> = cut.iter().take(NAMED).map(|name| format!("“{}”", name.replace('\n', " "))).collect();
    let more = if cut.len() > NAMED { format!(" and {} more", cut.len() - NAMED) } else { String::new() };
    (!cut.is_empty()).then(|| format!("Too long for the box: {}{more}.", named.join(", ")))
}

fn description(view: &View, count: usize) -> String {
    let kind = match view.kind {
        ViewKind::Organisation { .. } => "Organisation chart",
        ViewKind::Process { .. } => "Process",
        ViewKind::Board => "Board",
        ViewKind::Matrix(_) => "Decision-rights matrix",
    };
    let elements = if count == 1 { "element" } else { "elements" };
    let counted = format!("{kind} with {count} {elements}");
    if view.description.is_empty() { counted } else { format!("{counted}. {}", view.description) }
}

/// A sign and what it means.
struct Entry {
    sign: Sign,
    text: String,
}

enum Sign {
    Bar(LoadLevel),
    Letter(String, Option<(Colour, Colour)>),
    DashedCard,
    DashedLine,
    Mark(Severity),
}

fn legend(input: &Input<'_>, view: &View, scene: &Scene) -> Vec<Entry> {
    if let ViewKind::Matrix(matrix) = &view.kind {
        return letters(input.document, matrix);
    }
    let mut seen = Seen::default();
    scene.items.iter().for_each(|item| seen.look_at(item));
    let entry = |sign, text: &str| Entry { sign, text: text.to_owned() };
    let mut entries = Vec::new();
    if seen.loads {
        entries.push(entry(Sign::Bar(LoadLevel::Usual), "load"));
        entries.push(entry(Sign::Bar(LoadLevel::High), "high load"));
        entries.push(entry(Sign::Bar(LoadLevel::Over), "very high load"));
    }
    if seen.dashed_cards {
        entries.push(entry(Sign::DashedCard, "vacant"));
    }
    if seen.dashed_lines {
        entries.push(entry(Sign::DashedLine, "reports also to"));
    }
    for (severity, word) in [
        (Severity::Block, "blocks"),
        (Severity::High, "high"),
        (Severity::Medium, "medium"),
        (Severity::Low, "low"),
        (Severity::Info, "note"),
    ] {
        let is_marked = |element| input.options.marks.get(&element).is_some_and(|mark| mark.severity == severity);
        if scene.nodes.iter().any(|node| is_marked(node.element)) {
            entries.push(entry(Sign::Mark(severity), &format!("finding: {word}")));
        }
    }
    entries
}

/// The letters of all frameworks of a matrix, each once.
fn letters(document: &Document, view: &MatrixView) -> Vec<Entry> {
    if view.form == MatrixForm::Register {
        return Vec::new();
    }
    let grid = MatrixGrid::new(document, view);
    let mut frameworks: Vec<&Framework> = Vec::new();
    for row in 0..grid.rows.len() {
        let rights =
            grid.filled(row).flat_map(|(_, rights)| rights).filter_map(|id| document.get::<crate::model::Right>(*id));
        for right in rights {
            if let Some((_, framework)) = document.framework_of(right.subject)
                && !frameworks.contains(&framework)
            {
                frameworks.push(framework);
            }
        }
    }
    let mut entries = Vec::new();
    for framework in &frameworks {
        for letter in &framework.letters {
            let sign = Sign::Letter(letter.code.clone(), letter_colours(Some(letter)));
            let name = if frameworks.len() > 1 {
                format!("{} ({})", letter.name, framework.name)
            } else {
                letter.name.clone()
            };
            entries.push(Entry { sign, text: name });
        }
    }
    entries.extend(limits(document, &grid));
    entries
}

/// What the figures beside letters count; none where no letter of a matrix has a limit.
fn limits(document: &Document, grid: &MatrixGrid) -> Option<Entry> {
    let rights = (0..grid.rows.len()).flat_map(|row| grid.filled(row)).flat_map(|(_, rights)| rights);
    let tiers = rights.filter_map(|id| document.get::<crate::model::Right>(*id)).flat_map(|right| &right.tiers);
    let mut units: Vec<String> = tiers
        .map(|tier| match tier.quantity {
            Quantity::Money(currency) => currency.to_string(),
            Quantity::Percent => "percent".to_owned(),
            Quantity::Days => "days".to_owned(),
            Quantity::Count => "pieces".to_owned(),
        })
        .collect();
    units.sort_unstable();
    units.dedup();
    let sign = Sign::Letter("≤".to_owned(), None);
    (!units.is_empty()).then(|| Entry { sign, text: format!("limit, in {}; 1k is 1,000", units.join(" or ")) })
}

/// Which signs a picture uses.
#[derive(Default)]
struct Seen {
    loads: bool,
    dashed_cards: bool,
    dashed_lines: bool,
}

impl Seen {
    fn look_at(&mut self, item: &Item) {
        let is_dashed = |style: &Style| style.stroke.is_some_and(|stroke| stroke.dash == Dash::Dashed);
        match &item.kind {
            ItemKind::Rect(rect) => {
                self.loads |= matches!(rect.style.fill, Some(Colour::Load(_)));
                self.dashed_cards |= is_dashed(&rect.style);
            }
            ItemKind::Path(path) => self.dashed_lines |= is_dashed(&path.style),
            ItemKind::Group(items) => items.iter().for_each(|item| self.look_at(item)),
            ItemKind::Text(_) | ItemKind::Icon(_) => {}
        }
    }
}

fn draw_legend(pen: &mut Pen, entries: &[Entry], start: Pos2, width: f32) {
    let measure = Measure::bundled();
    let mut at = start;
    for entry in entries {
        let length = 30.0 + measure.width(&entry.text, CAPTION) + 20.0;
        if at.x > start.x && at.x + length > start.x + width {
            at = pos2(start.x, at.y + 26.0);
        }
        let sign = Rect::from_min_size(at, vec2(24.0, 20.0));
        match &entry.sign {
            Sign::Bar(level) => {
                let bar = Rect::from_center_size(sign.center(), vec2(20.0, 4.0));
                pen.pill(Detail::Secondary, bar, Style::filled(Colour::Load(*level)));
            }
            Sign::Letter(code, colours) => {
                let (ink, ground) = colours.unwrap_or((Colour::InkSecond, Colour::Field));
                pen.rect(Detail::Secondary, sign, 4.0, Style::filled(ground));
                let top = sign.center().y - measure.line_height(LABEL) / 2.0;
                pen.text(Detail::Secondary, code, LABEL, ink, pos2(sign.center().x, top), Align::Center);
            }
            Sign::DashedCard => {
                let style = Style::card(Colour::Raised, Colour::LineStrong).dashed(Dash::Dashed);
                pen.rect(Detail::Secondary, sign.shrink2(vec2(0.0, 3.0)), 4.0, style);
            }
            Sign::DashedLine => {
                let style = Style::line(Stroke::new(Colour::Border, LINE)).dashed(Dash::Dashed);
                pen.path(Detail::Secondary, vec![sign.left_center(), sign.right_center()], false, 0.0, style);
            }
            Sign::Mark(severity) => {
                let mark = crate::scene::Mark { severity: *severity, count: 1 };
                crate::scene::draw_mark(pen, sign.center(), mark);
            }
        }
        let top = sign.center().y - measure.line_height(CAPTION) / 2.0;
        pen.text(Detail::Secondary, &entry.text, CAPTION, Colour::InkSecond, pos2(at.x + 30.0, top), Align::Min);
        at.x += length;
    }
}

/// A sentence that names the characters which the bundled font lacks; none where it has all.
pub(super) fn missing_glyphs(items: &[Arc<Item>]) -> Vec<String> {
    let mut missing: Vec<char> = Vec::new();
    items.iter().for_each(|item| gather_missing(item, &mut missing));
    if missing.is_empty() {
        return Vec::new();
    }
    let shown: String = missing.iter().take(12).map(|character| format!(" {character}")).collect();
    let more = if missing.len() > 12 { format!(" and {} more", missing.len() - 12) } else { String::new() };
    vec![format!(
        "The font has no letters for:{shown}{more}. They are left out of pixels and may look different elsewhere."
    )]
}

fn gather_missing(item: &Item, missing: &mut Vec<char>) {
    match &item.kind {
        ItemKind::Text(text) => {
            for line in text.lines.iter().filter(|line| !line.text.is_ascii()) {
                for character in Measure::bundled().missing_glyphs(&line.text) {
                    if !missing.contains(&character) {
                        missing.push(character);
                    }
                }
            }
        }
        ItemKind::Group(items) => items.iter().for_each(|item| gather_missing(item, missing)),
        ItemKind::Rect(_) | ItemKind::Path(_) | ItemKind::Icon(_) => {}
    }
}
