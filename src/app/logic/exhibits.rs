//! Exhibits: opening them, having them made beside the window, putting them on the clipboard.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use egui::Context;

use crate::analysis::Report;
use crate::app::App;
use crate::app::command::Command;
use crate::app::exhibits::Made;
use crate::app::jobs::{Job, JobResult};
use crate::app::notice::Notice;
use crate::app::panes::Tab;
use crate::exhibits::{Exhibit, Figures, exhibit};
use crate::model::{Date, Document};
use crate::scene::display::{Block, Display, Sentence};

impl App {
    /// Opens an exhibit on request: where the window was before is remembered.
    pub(super) fn open_exhibit(&mut self, id: &'static str) {
        if exhibit(id).is_none() {
            return;
        }
        self.leave_place();
        self.core.panes.open(Tab::Exhibit(id));
        self.came_to_front();
    }

    /// Has the exhibits in front made for the present version, once its findings are there.
    pub(super) fn refresh_exhibits(&mut self, ctx: &Context) {
        let document = self.core.editor.document().clone();
        let revision = document.revision();
        let Some(report) = self.core.report.clone().filter(|report| report.revision == revision) else { return };
        let today = crate::app::start::today();
        for id in self.core.panes.exhibits_in_front().collect::<Vec<_>>() {
            let Some(exhibit) = exhibit(id).filter(|_| !self.core.exhibits.is_fresh(id, revision)) else { continue };
            if !self.core.exhibits.begin(id, revision) {
                continue;
            }
            let choice = self.core.exhibits.choice(id).to_owned();
            let (document, report, lineage) = (document.clone(), report.clone(), self.lineage);
            self.jobs.start(Job::Other(Box::new(move || {
                let display = Arc::new(make(exhibit, &document, &report, today, &choice));
                let made = Made { id, choice, revision, lineage, display };
                JobResult::Commands(vec![Command::Exhibited(Box::new(made))])
            })));
            if self.jobs.is_inline() {
                self.take_results(ctx);
                ctx.request_repaint();
            }
        }
    }

    /// Takes an exhibit that was made beside the window, unless another project was opened meanwhile.
    pub(super) fn exhibited(&mut self, ctx: &Context, made: Made) {
        if made.lineage == self.lineage {
            self.core.exhibits.take(made);
            ctx.request_repaint();
        }
    }

    /// Puts the main table of the exhibit in front on the clipboard.
    pub(super) fn copy_exhibit_table(&mut self, ctx: &Context) {
        let Some((_, display)) = self.core.front_display() else { return };
        if let Some(table) = display.tables.first() {
            ctx.copy_text(table.to_tsv());
            self.core.hint = "The table is on the clipboard; paste it into a spreadsheet.".to_owned();
        }
    }

    /// Puts a picture of the exhibit in front on the clipboard.
    pub(super) fn copy_exhibit_picture(&mut self, display: Arc<Display>, as_svg: bool) {
        let document = self.core.editor.document().clone();
        self.jobs.start_aside(move || {
            let commands = super::clipboard::exhibit_picture(&document, &display, as_svg).unwrap_or_else(|error| {
                vec![Command::Notify(Notice::failure(format!("There is no picture: {error}.")))]
            });
            JobResult::Commands(commands)
        });
    }
}

/// Makes an exhibit. One that fails says so and stops no other.
fn make(exhibit: &Exhibit, document: &Document, report: &Report, today: Option<Date>, choice: &str) -> Display {
    let made = catch_unwind(AssertUnwindSafe(|| exhibit.display(&Figures::new(document, report, today), choice)));
    made.unwrap_or_else(|_| {
        let sentence = "This analysis failed. The file is not harmed; report this with the file that shows it.";
        Display {
            title: exhibit.meta.title.to_owned(),
            blocks: vec![Block::Prose(vec![Sentence::plain(sentence)])],
            ..Display::default()
        }
    })
}
