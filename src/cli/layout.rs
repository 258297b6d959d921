//! `remit layout`: arranges views again.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::failure::{Failure, shown};
use super::{files, output, views};
use crate::edit::{ApplyArrangement, apply};
use crate::model::{Document, ElementRef, FlowDirection, ViewId};
use crate::scene::{Arrangement, Mode, arrange, arrange_toward};

/// Arrange a view again, or all of them; what is pinned stays
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Project to read; `-` for standard input
    file: PathBuf,
    /// View to arrange, by name or key; all of them where it is not given
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// What may move: everything, only what has no place yet, or no box at all, only lines
    #[arg(long, value_enum, default_value = "all", conflicts_with_all = ["select", "direction"])]
    mode: What,
    /// Element to tidy, by name or key; may be given several times, the others stay
    #[arg(long, value_name = "NAME", requires = "view", conflicts_with = "direction")]
    select: Vec<String>,
    /// Which way the flow of process views runs from now on
    #[arg(long, value_enum, value_name = "WAY")]
    direction: Option<Way>,
    /// File to write instead of FILE; `-` for standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

/// What an arrangement may move.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Everything that is not pinned
    All,
    /// Only what has no place yet
    New,
    /// Only lines
    Lines,
}

/// Which way a flow runs.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Way {
    /// From left to right
    Right,
    /// From top to bottom
    Down,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let file = shown(&arguments.file);
    let document = files::load(&arguments.file)?;
    let views: Vec<ViewId> = match &arguments.view {
        Some(name) => vec![views::find(&document, name, &file)?],
        None => document.views().ids().collect(),
    };
    let direction = arguments.direction.map(|way| match way {
        Way::Right => FlowDirection::LeftToRight,
        Way::Down => FlowDirection::TopToBottom,
    });
    let mode = match (arguments.select.as_slice(), arguments.mode) {
        ([], What::All) => Mode::Everything,
        ([], What::New) => Mode::OnlyNew,
        ([], What::Lines) => Mode::RoutesOnly,
        (names, _) => Mode::Selection(selected(&document, &views, names, &file)?),
    };
    let is_process =
        |document: &Document, view: ViewId| document.views().get(view).is_some_and(|view| view.process().is_some());
    let arranged = with_arranged(document, &views, |document, view| match direction {
        Some(direction) if is_process(document, view) => arrange_toward(document, view, direction),
        _ => arrange(document, view, &mode),
    })?;
    let target = arguments.output.as_ref().unwrap_or(&arguments.file);
    files::save(&arranged, target)?;
    if !super::failure::is_stream(target) {
        output::tell(&format!("Wrote {}.", shown(target)));
    }
    Ok(0)
}

/// The elements of these names or keys that the views show; several of one name all count.
fn selected(document: &Document, views: &[ViewId], names: &[String], file: &str) -> Result<Vec<ElementRef>, Failure> {
    let placed = || views.iter().flat_map(|view| document.placements_in(*view)).map(|(_, placed)| placed.element);
    let mut found = Vec::new();
    for name in names {
        let by_key = document.by_key(name);
        let before = found.len();
        found.extend(placed().filter(|element| by_key == Some(*element) || document.name_of(*element) == name));
        if found.len() == before {
            return Err(Failure::Input(format!("{file}: the view shows nothing that is called “{name}”")));
        }
    }
    Ok(found)
}

/// The document with these views arranged as `arranged` says.
fn with_arranged(
    document: Document,
    views: &[ViewId],
    arranged: impl Fn(&Document, ViewId) -> Arrangement,
) -> Result<Document, Failure> {
    let mut document = document;
    for view in views {
        let Arrangement { centers, sizes, lanes, phases, bends, direction } = arranged(&document, *view);
        let label = String::new();
        let edit = ApplyArrangement { view: *view, centers, sizes, lanes, phases, direction, bends, label };
        document = apply(&document, &edit.into()).map_err(|error| Failure::Input(error.to_string()))?.document;
    }
    Ok(document)
}

/// The document with these views arranged; matrices have nothing to arrange.
pub(super) fn arranged(document: Document, views: &[ViewId], mode: &Mode) -> Result<Document, Failure> {
    with_arranged(document, views, |document, view| arrange(document, view, mode))
}
