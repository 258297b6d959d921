//! Writing pictures and tables, beside the window.

use std::path::{Path, PathBuf};

use crate::app::App;
use crate::app::command::{Command, Dressing, ExportRequest, PaperChoice};
use crate::app::jobs::{Job, JobResult};
use crate::app::notice::Notice;
use crate::export::{self, Kind};
use crate::model::{Date, Document, View, ViewId, ViewKind};
use crate::scene::Options;
use crate::storage;

impl App {
    pub(super) fn export(&mut self, request: ExportRequest) {
        let document = self.core.editor.document().clone();
        let options = self.core.figures();
        if request.pocket.is_none() && request.view.is_some_and(|view| is_matrix(&document, view)) {
            self.core.paper = request.paper;
        }
        self.core.dressing = request.dressing;
        let today = crate::app::start::today().filter(|_| request.dressing.date);
        self.jobs.start(Job::Other(Box::new(move || {
            let notice = match write(&document, &request, &options, today) {
                Ok(written) => written.notice(),
                Err(error) => Notice::failure(error),
            };
            JobResult::Commands(vec![Command::Notify(notice)])
        })));
    }
}

fn is_matrix(document: &Document, view: ViewId) -> bool {
    document.get::<View>(view).is_some_and(|view| matches!(view.kind, ViewKind::Matrix(_)))
}

/// What was written, and what a reader of it should know.
struct Written {
    first: PathBuf,
    count: usize,
    warnings: Vec<String>,
}

impl Written {
    fn notice(self) -> Notice {
        let first = self.first.display();
        let sentence = match self.count {
            1 => format!("Exported to {first}"),
            count => format!("Exported {count} pages, the first to {first}"),
        };
        if self.warnings.is_empty() {
            let path = self.first.display().to_string();
            Notice::done(sentence).with_step("Copy the path", Command::CopyText(path))
        } else {
            Notice::hint(format!("{sentence}. {}", self.warnings.join(" ")))
        }
    }
}

/// Writes the file, or a file for each page; why there is none.
fn write(
    document: &Document,
    request: &ExportRequest,
    options: &Options,
    date: Option<Date>,
) -> Result<Written, String> {
    let Some(format) = export::format(request.format) else { return Err("This format is not known.".to_owned()) };
    let Dressing { title, legend, transparent, outlines, scale, .. } = request.dressing;
    let input = export::Input {
        pocket: request.pocket,
        exhibit: request.exhibit.as_deref(),
        title,
        date,
        legend,
        transparent,
        text_as_paths: outlines,
        scale,
        ..export::Input::new(document, request.view, options)
    };
    let paper = request.paper.and_then(PaperChoice::paper);
    let paper = paper.filter(|_| format.kind == Kind::Picture && request.pocket.is_none() && request.exhibit.is_none());
    let count = paper.map_or(1, |paper| export::page_count(&input, paper));
    let mut written = Written { first: request.path.clone(), count, warnings: Vec::new() };
    for number in 0..count {
        let page = export::Input { page: paper.map(|paper| (paper, number)), ..input };
        let output = (format.export)(&page).map_err(|error| error.to_string())?;
        let path = if count == 1 { request.path.clone() } else { numbered(&request.path, number + 1) };
        storage::write_over(&path, &output.bytes).map_err(|error| error.to_string())?;
        if number == 0 {
            written.first = path;
        }
        written.warnings.extend(
            output.warnings.into_iter().filter(|warning| !written.warnings.contains(warning)).collect::<Vec<_>>(),
        );
    }
    Ok(written)
}

/// `rights-2.svg`, as the command line names pages, too.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map_or_else(String::new, |extension| format!(".{}", extension.to_string_lossy()));
    path.with_file_name(format!("{stem}-{number}{extension}"))
}
