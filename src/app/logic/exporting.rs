//! Writing pictures and tables, beside the window.

use crate::app::App;
use crate::app::command::{Command, ExportRequest};
use crate::app::jobs::{Job, JobResult};
use crate::app::notice::Notice;
use crate::export;
use crate::storage;

impl App {
    pub(super) fn export(&mut self, request: ExportRequest) {
        let document = self.core.editor.document().clone();
        let options = self.core.scene_options();
        self.jobs.start(Job::Other(Box::new(move || {
            let written = export::export(&document, request.view, request.format, &options)
                .map_err(|error| error.to_string())
                .and_then(|output| {
                    storage::write_bytes(&request.path, &output.bytes).map_err(|error| error.to_string())?;
                    Ok(output.warnings)
                });
            let notice = match written {
                Ok(warnings) if warnings.is_empty() => Notice::done(format!("Exported to {}", request.path.display())),
                Ok(warnings) => Notice::hint(format!("Exported to {}. {}", request.path.display(), warnings.join(" "))),
                Err(error) => Notice::failure(error),
            };
            JobResult::Commands(vec![Command::Notify(notice)])
        })));
    }
}
