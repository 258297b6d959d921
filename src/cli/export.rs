//! `remit export`: pictures and tables.
//!
//! A picture of one view goes to one file; without `--view`, pictures of all views go into a folder, each under the name
//! of its view. A table goes to one file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::failure::{Failure, is_stream, shown};
use super::{check, files, names, output, views};
use crate::analysis::{Overlay, OverlayKind, Report, Severity};
use crate::exhibits::{Choice, EXHIBITS, Figures, exhibit_named};
use crate::export::{FORMATS, Format, Input, Kind, Paper, PocketOf, format, page_count};
use crate::model::{Date, Document, ElementKind, ElementRef, ViewId};
use crate::scene::Options;
use crate::scene::display::Display;

/// Write a picture or a table
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Project to read; `-` for standard input
    #[arg(required_unless_present = "list")]
    file: Option<PathBuf>,
    /// Format to write; --list names them
    #[arg(long, value_name = "FORMAT", required_unless_present = "list", value_parser = known_format)]
    to: Option<FormatId>,
    /// View to draw, by name or key, or analysis, by id or title; without it, pictures of all views are written into the folder OUT
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// For an analysis: the way to look at it, by its name: people, or the name of a process
    #[arg(long, value_name = "NAME", requires = "view")]
    of: Option<String>,
    /// File or folder to write; `-` for standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Name the formats and the analyses
    #[arg(long)]
    list: bool,
    /// Pixels per unit of pictures in pixels, 0.05 to 32
    #[arg(long, default_value_t = 2.0)]
    scale: f32,
    /// Write the name of the view above the picture
    #[arg(long)]
    title: bool,
    /// Day to write beside the title or on the pocket card: 2026-11-22
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
    /// Explain colours and signs below the picture
    #[arg(long)]
    legend: bool,
    /// Lay figures over charts, flows and boards, with a legend: load, waiting, cost, decisions, coverage, duties, findings
    #[arg(long, value_name = "FIGURES", value_parser = known_overlay)]
    overlay: Option<OverlayKind>,
    /// Leave out the ground of the picture
    #[arg(long)]
    transparent: bool,
    /// Write letters as outlines, for programs that lack the font
    #[arg(long)]
    text_as_paths: bool,
    /// Cut matrices into pages of this paper, one file each, with headings on every page: a4, a3, letter, tabloid
    #[arg(long, value_name = "PAPER", value_parser = known_paper)]
    paper: Option<Paper>,
    /// Draw the pocket card of who decides up to how much, instead of a view
    #[arg(long, conflicts_with_all = ["view", "paper"])]
    pocket: bool,
    /// Whose pocket card it is, by name or key of a role or unit; without it, everybody's
    #[arg(long = "for", value_name = "NAME")]
    whose: Option<String>,
    /// Let the paper stand instead of lie
    #[arg(long, requires = "paper")]
    portrait: bool,
    /// Begin tables with a byte order mark, which some spreadsheets need
    #[arg(long)]
    byte_order_mark: bool,
}

/// Id of a format that exists.
#[derive(Clone, Debug)]
struct FormatId(&'static str);

fn known_paper(name: &str) -> Result<Paper, String> {
    let found = Paper::NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, paper)| *paper).ok_or_else(|| "expected one of a4, a3, letter, tabloid".to_owned())
}

fn known_overlay(word: &str) -> Result<OverlayKind, String> {
    let words = || OverlayKind::ALL.map(OverlayKind::word).join(", ");
    OverlayKind::from_word(word).ok_or_else(|| format!("expected one of {}", words()))
}

fn known_format(id: &str) -> Result<FormatId, String> {
    format(id).map(|format| FormatId(format.id)).ok_or_else(|| {
        let ids: Vec<_> = FORMATS.iter().map(|format| format.id).collect();
        format!("expected one of {}", ids.join(", "))
    })
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    if arguments.list {
        return list();
    }
    let (Some(file), Some(format)) = (&arguments.file, arguments.to.as_ref().and_then(|id| format(id.0))) else {
        return Err(Failure::Input("give a FILE and a format with --to; remit export --list names them".to_owned()));
    };
    let document = files::load(file)?;
    let report = check::report_of(&document, None)?;
    let overlay = arguments.overlay.map(|kind| report.overlay(&document, kind));
    let options = Options {
        overlay: overlay.map(laid_over),
        ..Options::with_figures(report.loads.iter().copied(), report.cases_per_week.iter().copied())
    };
    let pocket = pocket(arguments, format, &document, &shown(file))?;
    let display = match &arguments.view {
        Some(name) if !views::exists(&document, name) => analysis(arguments, name, &document, &report)?,
        _ => None,
    };
    if arguments.of.is_some() && display.is_none() {
        let what = "--of says how an analysis is looked at, and --view names none; remit export --list names them";
        return Err(Failure::Input(what.to_owned()));
    }
    if display.is_some() && !takes_analysis(format) {
        let what = format!("an analysis is written as svg, png, csv or xlsx; {} shows something else", format.id);
        return Err(Failure::Input(what));
    }
    let exhibit = display.as_ref();
    let job = Job { arguments, format, document: &document, options: &options, pocket, exhibit };
    match (&arguments.view, format.kind) {
        (Some(_), _) if exhibit.is_some() => job.write_one(None, &job.target(None)),
        (Some(name), _) => {
            let view = views::find(&document, name, &shown(file)).map_err(with_analyses)?;
            job.write_one(Some(view), &job.target(Some(view)))
        }
        (None, Kind::Table | Kind::Text) | (None, Kind::Picture) if job.pocket.is_some() => {
            job.write_one(None, &job.target(None))
        }
        (None, Kind::Table | Kind::Text) => job.write_one(None, &job.target(None)),
        (None, Kind::Picture) => job.write_all(file),
    }?;
    Ok(0)
}

/// An overlay as pictures show it.
fn laid_over(overlay: Overlay) -> Arc<crate::scene::Overlay> {
    let Overlay { title, unit, classes, readings, rest } = overlay;
    let classes = classes.into_iter().map(|class| (class.label, class.depth, class.severity.map(Severity::word)));
    Arc::new(crate::scene::Overlay::new(title, unit, classes, readings, rest))
}

/// What an analysis shows, if one has this id or title.
fn analysis(
    arguments: &Arguments,
    name: &str,
    document: &Document,
    report: &Report,
) -> Result<Option<Display>, Failure> {
    let Some(exhibit) = exhibit_named(name) else { return Ok(None) };
    let choices = (exhibit.choices)(document);
    let key = match &arguments.of {
        None => String::new(),
        Some(wanted) => {
            let is_meant =
                |choice: &&Choice| choice.key == *wanted || choice.label.to_lowercase() == wanted.to_lowercase();
            let Some(choice) = choices.iter().find(is_meant) else {
                let known: Vec<String> = choices.iter().map(|choice| format!("“{}”", choice.label)).collect();
                let known = if known.is_empty() { "nothing to choose".to_owned() } else { known.join(", ") };
                let title = exhibit.meta.title;
                return Err(Failure::Input(format!("“{title}” cannot be looked at by “{wanted}”; there is: {known}")));
            };
            choice.key.clone()
        }
    };
    let today = arguments.date.unwrap_or_else(check::today);
    Ok(Some(exhibit.display(&Figures::new(document, report, Some(today)), &key)))
}

/// Says which analyses there are, too.
fn with_analyses(failure: Failure) -> Failure {
    match failure {
        Failure::Input(text) => {
            let ids: Vec<&str> = EXHIBITS.iter().map(|exhibit| exhibit.meta.id).collect();
            Failure::Input(format!("{text}; the analyses are: {}", ids.join(", ")))
        }
        other => other,
    }
}

fn takes_analysis(format: &Format) -> bool {
    format.kind == Kind::Picture || matches!(format.id, "csv" | "xlsx")
}

/// Whose pocket card is asked for, if one is.
fn pocket(
    arguments: &Arguments,
    format: &Format,
    document: &Document,
    file: &str,
) -> Result<Option<PocketOf>, Failure> {
    let is_card = format.id == "pocket";
    if arguments.pocket && format.kind != Kind::Picture && !is_card {
        let what = format!("--pocket draws a picture, and {} is none; take svg, png or pocket", format.id);
        return Err(Failure::Input(what));
    }
    match &arguments.whose {
        None => Ok((arguments.pocket || is_card).then_some(PocketOf::Everybody)),
        Some(_) if !arguments.pocket && !is_card => {
            Err(Failure::Input("--for says whose pocket card it is; add --pocket".to_owned()))
        }
        Some(name) => match names::find(document, &[ElementKind::Role, ElementKind::Unit], name, file)? {
            ElementRef::Role(role) => Ok(Some(PocketOf::Role(role))),
            ElementRef::Unit(unit) => Ok(Some(PocketOf::Unit(unit))),
            _ => Err(Failure::Input(format!("{file}: “{name}” is no role and no unit"))),
        },
    }
}

fn list() -> Result<u8, Failure> {
    let mut text = String::new();
    for format in FORMATS {
        let kind = match format.kind {
            Kind::Picture => "picture",
            Kind::Table => "table",
            Kind::Text => "text",
        };
        text.push_str(&format!("{:<8} {:<8} {}\n", format.id, kind, format.label));
    }
    text.push_str("\nAnalyses, for --view, as svg, png, csv or xlsx:\n");
    for exhibit in EXHIBITS {
        text.push_str(&format!("{:<18}{}: {}\n", exhibit.meta.id, exhibit.meta.title, exhibit.meta.question));
    }
    output::print(text.as_bytes())?;
    Ok(0)
}

struct Job<'a> {
    arguments: &'a Arguments,
    format: &'a Format,
    document: &'a Document,
    options: &'a Options,
    pocket: Option<PocketOf>,
    exhibit: Option<&'a Display>,
}

impl Job<'_> {
    fn file_name(&self, view: Option<ViewId>) -> String {
        let id = self.exhibit.and_then(|display| exhibit_named(&display.title)).map(|exhibit| exhibit.meta.id);
        let whole = match self.format.kind {
            _ if id.is_some() => id.unwrap_or_default(),
            _ if self.pocket.is_some() => "pocket",
            Kind::Text => self.format.id,
            Kind::Picture | Kind::Table => "matrix",
        };
        let stem = view.map_or_else(|| whole.to_owned(), |view| views::file_stem(self.document, view));
        format!("{stem}.{}", self.format.extension)
    }

    /// Where one file goes: OUT, within OUT if that is a folder, else a file named after the view here.
    fn target(&self, view: Option<ViewId>) -> PathBuf {
        match &self.arguments.output {
            Some(output) if output.is_dir() => output.join(self.file_name(view)),
            Some(output) => output.clone(),
            None => PathBuf::from(self.file_name(view)),
        }
    }

    fn write_one(&self, view: Option<ViewId>, target: &Path) -> Result<(), Failure> {
        let arguments = self.arguments;
        let input = Input {
            scale: arguments.scale,
            title: arguments.title,
            date: arguments.date,
            legend: arguments.legend,
            transparent: arguments.transparent,
            text_as_paths: arguments.text_as_paths,
            byte_order_mark: arguments.byte_order_mark,
            pocket: self.pocket,
            exhibit: self.exhibit,
            ..Input::new(self.document, view, self.options)
        };
        let paper = arguments.paper.map(|paper| if arguments.portrait { paper.turned() } else { paper });
        let paper = paper.filter(|_| self.format.kind == Kind::Picture && self.exhibit.is_none());
        let count = paper.map_or(1, |paper| page_count(&input, paper));
        if count == 1 {
            return self.write_page(&Input { page: paper.map(|paper| (paper, 0)), ..input }, target);
        }
        if is_stream(target) {
            let what = format!("this takes {count} pages, and standard output one; give a file or folder with -o OUT");
            return Err(Failure::Input(what));
        }
        for number in 0..count {
            let stem = target.file_stem().unwrap_or_default().to_string_lossy();
            let page = target.with_file_name(format!("{stem}-{}.{}", number + 1, self.format.extension));
            self.write_page(&Input { page: paper.map(|paper| (paper, number)), ..input }, &page)?;
        }
        Ok(())
    }

    fn write_page(&self, input: &Input<'_>, target: &Path) -> Result<(), Failure> {
        let whole = match self.exhibit {
            Some(display) => display.title.as_str(),
            None if self.pocket.is_some() => "the pocket card",
            None => "the matrix",
        };
        let name = input.view.map_or(whole, |view| self.document.name_of(view.into()));
        let made = (self.format.export)(input).map_err(|error| Failure::Input(format!("{name}: {error}")))?;
        for warning in &made.warnings {
            output::tell(&format!("{name}: {warning}"));
        }
        files::write(&made.bytes, target)?;
        if !is_stream(target) {
            output::tell(&format!("Wrote {}.", shown(target)));
        }
        Ok(())
    }

    /// Draws every view into a folder.
    fn write_all(&self, file: &Path) -> Result<(), Failure> {
        let drawn: Vec<ViewId> = self.document.views().ids().collect();
        if drawn.is_empty() {
            return Err(Failure::in_file(file, "there is no view to draw; add one in the window first"));
        }
        let Some(folder) = &self.arguments.output else {
            return Err(Failure::Input("pictures of all views need a folder: give one with -o OUT".to_owned()));
        };
        if is_stream(folder) {
            let what = "standard output takes one picture only; name a view with --view";
            return Err(Failure::Input(what.to_owned()));
        }
        if folder.exists() && !folder.is_dir() {
            let what = "this is a file, and pictures of all views need a folder; or name one view with --view";
            return Err(Failure::in_file(folder, what));
        }
        std::fs::create_dir_all(folder).map_err(|error| Failure::to_file(folder, error))?;
        for view in drawn {
            self.write_one(Some(view), &folder.join(self.file_name(Some(view))))?;
        }
        Ok(())
    }
}
