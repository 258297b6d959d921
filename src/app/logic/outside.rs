//! Files that other programs change: looked at whenever somebody comes back to the window.
//!
//! Without unsaved work the new version is shown at once, on the same tabs; else the two are told, and saving asks whose
//! version stays.

use std::path::{Path, PathBuf};

use egui::{Context, Event};

use crate::app::App;
use crate::app::canvas::Pose;
use crate::app::command::{Command, Pending};
use crate::app::jobs::{Job, JobResult};
use crate::app::notice::Notice;
use crate::app::panes::{Panes, Tab};
use crate::model::{Key, View, ViewId};
use crate::storage::{FileStamp, file_stamp};

/// Where somebody was, by keys: another reading of a file has other handles.
pub(super) struct OpenPlaces {
    tabs: Vec<(Key, Option<Pose>)>,
    front: Option<Key>,
}

impl App {
    /// Looks at the file of the project when the window gets the keyboard.
    pub(super) fn look_at_file(&mut self, ctx: &Context) {
        let comes_back =
            ctx.input(|input| input.events.iter().any(|event| matches!(event, Event::WindowFocused(true))));
        let Some(path) = self.core.path.clone().filter(|_| comes_back) else { return };
        self.jobs.start_aside(move || {
            let stamp = file_stamp(&path);
            JobResult::Commands(vec![Command::FoundOnDisk { path, stamp }])
        });
        ctx.request_repaint();
    }

    pub(super) fn found_on_disk(&mut self, ctx: &Context, path: PathBuf, stamp: Option<FileStamp>) {
        let is_ours = self.core.path.as_ref() == Some(&path) && self.core.busy.is_none();
        if !is_ours || self.core.stamp.is_none() || self.core.stamp == stamp {
            return;
        }
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        // What is being typed is not in the document yet.
        let is_at_work = self.core.editor.is_unsaved() || ctx.text_edit_focused() || !self.parts.dialogs.is_empty();
        match (stamp, is_at_work) {
            (None, _) => {
                self.core.stamp = None;
                // It is nowhere now: closing the window asks.
                self.core.editor.mark_never_saved();
                let words = format!("“{name}” is gone: somebody moved or deleted it. Saving writes it anew.");
                self.notify(Notice::failure(words).with_step("Save", Command::SaveTo(path)));
            }
            (Some(_), false) => {
                self.core.busy = Some("Opening…");
                self.reloading = Some(path.clone());
                self.jobs.start(Job::Load(path));
            }
            (Some(_), true) => {
                let words =
                    format!("Another program changed “{name}”. Your changes are not in it, and its are not here.");
                let notice = Notice::failure(words)
                    .with_step("Save mine elsewhere…", Command::Action("file.save-as"))
                    .with_step("Open theirs, drop mine", Command::ProceedNow(Box::new(Pending::Open(path))));
                self.notify(notice);
            }
        }
    }

    /// Whether a file was read again that turned out to be the one that is shown: it was being saved when it was looked at.
    pub(super) fn is_needless(&self, path: &Path, stamp: Option<FileStamp>) -> bool {
        let is_same = stamp.is_some() && stamp == self.core.stamp && !self.core.editor.is_unsaved();
        is_same && self.reloading.as_deref() == Some(path)
    }

    /// Where somebody is, if this file is read again; it is not any more.
    pub(super) fn places_of_reload(&mut self, path: &Path) -> Option<OpenPlaces> {
        self.reloading.take().filter(|reloading| reloading == path)?;
        let document = self.core.document();
        let key = |view: ViewId| document.get::<View>(view).map(|view| view.key.clone());
        let pose = |view| self.parts.canvases.get(&view).map(|canvas| canvas.pose());
        let views = self.core.panes.tabs().filter_map(Tab::view);
        let tabs = views.filter_map(|view| Some((key(view)?, pose(view)))).collect();
        Some(OpenPlaces { tabs, front: self.core.panes.front().and_then(key) })
    }

    /// Opens the same views again.
    pub(super) fn take_places(&mut self, places: &OpenPlaces) {
        let document = self.core.document();
        let view_of = |key: &Key| document.views().iter().find(|(_, view)| view.key == *key).map(|(id, _)| id);
        let tabs: Vec<(ViewId, Option<Pose>)> =
            places.tabs.iter().filter_map(|(key, pose)| Some((view_of(key)?, *pose))).collect();
        let front = places.front.as_ref().and_then(view_of);
        if !tabs.is_empty() {
            self.core.panes = Panes::new(tabs.iter().map(|(view, _)| *view).collect());
        }
        for (view, pose) in tabs {
            if let Some(pose) = pose {
                self.parts.canvases.entry(view).or_default().request_pose(pose);
            }
        }
        if let Some(front) = front {
            self.open_view(front);
        }
    }
}
