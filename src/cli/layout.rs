//! `remit layout`: arranges views again.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Failure, shown};
use super::{files, output, views};
use crate::edit::{ApplyArrangement, apply};
use crate::model::{Document, ViewId, ViewKind};
use crate::scene::{Mode, arrange};

/// Arrange a view again, or all of them; what is pinned stays
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Project to read; `-` for standard input
    file: PathBuf,
    /// View to arrange, by name or key; all of them where it is not given
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// File to write instead of FILE; `-` for standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let document = files::load(&arguments.file)?;
    let views: Vec<ViewId> = match &arguments.view {
        Some(name) => vec![views::find(&document, name, &shown(&arguments.file))?],
        None => document.views().ids().collect(),
    };
    let arranged = arranged(document, &views, Mode::Everything)?;
    let target = arguments.output.as_ref().unwrap_or(&arguments.file);
    files::save(&arranged, target)?;
    if !super::failure::is_stream(target) {
        output::tell(&format!("Wrote {}.", shown(target)));
    }
    Ok(0)
}

/// The document with these views arranged; matrices have nothing to arrange.
pub(super) fn arranged(document: Document, views: &[ViewId], mode: Mode) -> Result<Document, Failure> {
    let mut document = document;
    for view in views {
        let arrangement = arrange(&document, *view, mode);
        let is_process = document.views().get(*view).is_some_and(|view| matches!(view.kind, ViewKind::Process { .. }));
        let edit = ApplyArrangement {
            view: *view,
            centers: arrangement.centers,
            lanes: is_process.then_some(arrangement.lanes),
            bends: arrangement.bends,
            label: String::new(),
        };
        document = apply(&document, &edit.into()).map_err(|error| Failure::Input(error.to_string()))?.document;
    }
    Ok(document)
}
