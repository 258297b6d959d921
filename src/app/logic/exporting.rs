//! Writing pictures and tables, beside the window.

use crate::app::App;
use crate::app::command::{Command, ExportRequest};
use crate::app::jobs::{Job, JobResult};
use crate::app::notice::Notice;
use crate::export;
use crate::model::Document;
use crate::scene::Options;
use crate::storage;

impl App {
    pub(super) fn export(&mut self, request: ExportRequest) {
        let document = self.core.editor.document().clone();
        let options = self.core.figures();
        self.jobs.start(Job::Other(Box::new(move || {
            let written = write(&document, &request, &options);
            let notice = match written {
                Ok(warnings) if warnings.is_empty() => Notice::done(format!("Exported to {}", request.path.display())),
                Ok(warnings) => Notice::hint(format!("Exported to {}. {}", request.path.display(), warnings.join(" "))),
                Err(error) => Notice::failure(error),
            };
            JobResult::Commands(vec![Command::Notify(notice)])
        })));
    }
}

/// Writes the file; what a reader of it should know, or why there is none.
fn write(document: &Document, request: &ExportRequest, options: &Options) -> Result<Vec<String>, String> {
    let Some(format) = export::format(request.format) else { return Err("This format is not known.".to_owned()) };
    let input = export::Input::new(document, Some(request.view), options);
    let output = (format.export)(&input).map_err(|error| error.to_string())?;
    storage::write_over(&request.path, &output.bytes).map_err(|error| error.to_string())?;
    Ok(output.warnings)
}
