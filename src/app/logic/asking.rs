//! “Who decides?”: opening the panel with a question, and having replies made beside the window.

use std::sync::Arc;

use egui::Context;

use crate::analysis::decide::{Inquiry, Reply};
use crate::app::App;
use crate::app::command::Command;
use crate::app::jobs::JobResult;
use crate::app::panels::{SidePage, SidePanel};
use crate::model::Revision;

impl App {
    /// Shows a page of the panel on the right.
    pub(super) fn show_side(&mut self, page: SidePage) {
        self.core.side = page;
        self.core.first_side = SidePanel::Inspector;
        if !self.core.preferences.is_open(SidePanel::Inspector.id()) {
            self.core.preferences.set_open(SidePanel::Inspector.id(), true);
            self.keep_preferences();
        }
        self.core.focus_mode = false;
    }

    /// Opens the panel: with a question, else with what the selection is about, else with the question so far.
    pub(super) fn open_lookup(&mut self, inquiry: Option<Inquiry>) {
        self.show_side(SidePage::WhoDecides);
        let lookup = &mut self.parts.lookup;
        match inquiry {
            Some(inquiry) => {
                lookup.look_away(&self.core);
                lookup.ask(Some(inquiry));
            }
            None => {
                lookup.unfollow();
                lookup.follow(&self.core);
            }
        }
        lookup.wants_focus = true;
    }

    /// Has a question answered beside the window.
    pub(super) fn ask(&mut self, ctx: &Context, inquiry: Inquiry) {
        let document = self.core.editor.document().clone();
        let revision = document.revision();
        let lineage = self.lineage;
        let Some(today) = crate::app::start::today() else { return };
        if !self.core.replies.begin(revision, &inquiry) {
            return;
        }
        self.jobs.start_aside(move || {
            let reply = inquiry.reply(&document, today).map(Arc::new);
            JobResult::Commands(vec![Command::Replied { revision, inquiry: Box::new(inquiry), reply, lineage }])
        });
        if self.jobs.is_inline() {
            self.take_results(ctx);
        }
    }

    /// Takes a reply that was made beside the window.
    pub(super) fn replied(&mut self, ctx: &Context, revision: Revision, inquiry: Inquiry, reply: Option<Arc<Reply>>) {
        self.core.replies.take(revision, inquiry, reply);
        ctx.request_repaint();
    }
}
