//! Work beside the window: analysis, reading and writing files, file dialogs.
//!
//! One named worker takes jobs in order; an analysis that a newer one makes useless is cancelled. What the last one found
//! out is remembered, so that the next one works out only what changed. Dialogs of the
//! desktop block, so each has a thread of its own. With [`Jobs::inline`] everything happens at once on the calling
//! thread, so that tests neither sleep nor race.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::tally::Tally;
use crate::analysis::{CancelToken, Memory, OverlayKind, Report, Settings};
use crate::model::integrity::Problem;
use crate::model::{Document, Revision};
use crate::scene::Options;
use crate::storage::{self, FileStamp, LoadError, SaveError};

/// Something to be done beside the window.
pub enum Job {
    /// Finds what is wrong with a version.
    Analyse {
        /// The version.
        document: Arc<Document>,
        /// How strict, and which day it is.
        settings: Settings,
        /// The figures and marks that pictures show now.
        shown: Arc<Options>,
        /// What is laid over them.
        overlay: Option<OverlayKind>,
    },
    /// Reads a file.
    Load(PathBuf),
    /// Writes a file.
    Save {
        /// Where.
        path: PathBuf,
        /// Which version.
        document: Arc<Document>,
        /// How the file was when it was last read or written; where it is otherwise now, nothing is written.
        known: Option<FileStamp>,
    },
    /// Any other piece of work.
    Other(Box<dyn FnOnce() -> JobResult + Send>),
}

/// What came of a job.
pub enum JobResult {
    /// Findings of a version.
    Analysed {
        /// The findings.
        report: Arc<Report>,
        /// Their sums, and how much the version says about each element.
        tally: Arc<Tally>,
    },
    /// A file was read.
    Loaded {
        /// Which.
        path: PathBuf,
        /// The document and what is wrong with it, or why it could not be read.
        result: Box<Result<(Document, Vec<Problem>), LoadError>>,
        /// How the file was just before.
        stamp: Option<FileStamp>,
    },
    /// A file was written.
    Saved {
        /// Which.
        path: PathBuf,
        /// The version written.
        revision: Revision,
        /// Why it was not.
        result: Result<(), SaveError>,
        /// How the file is now.
        stamp: Option<FileStamp>,
    },
    /// A dialog or another piece of work wishes for commands.
    Commands(Vec<super::command::Command>),
    /// Nothing to tell.
    Nothing,
}

/// The queue of jobs and their results.
pub struct Jobs {
    mode: Mode,
    results: Receiver<JobResult>,
    results_in: Sender<JobResult>,
    wake: Arc<dyn Fn() + Send + Sync>,
    analysis: Option<CancelToken>,
}

enum Mode {
    Inline(Box<Memory>),
    Worker(Sender<(Job, CancelToken)>),
}

impl Jobs {
    /// Everything at once on the calling thread.
    pub fn inline() -> Self {
        let (results_in, results) = channel();
        Self { mode: Mode::Inline(Box::default()), results, results_in, wake: Arc::new(|| {}), analysis: None }
    }

    /// A worker thread; `wake` is called after each result. Without a thread to be had, work happens inline.
    pub fn with_worker(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (results_in, results) = channel();
        let (jobs_in, jobs) = channel::<(Job, CancelToken)>();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let (worker_results, worker_wake) = (results_in.clone(), wake.clone());
        let worker = std::thread::Builder::new().name("remit-worker".into()).spawn(move || {
            let mut memory = Memory::default();
            for (job, cancel) in jobs {
                let result = run(job, &cancel, &mut memory);
                if matches!(result, JobResult::Nothing) {
                    continue;
                }
                if worker_results.send(result).is_err() {
                    return;
                }
                worker_wake();
            }
        });
        let mode = match worker {
            Ok(_) => Mode::Worker(jobs_in),
            Err(error) => {
                log::warn!("no worker thread: {error}");
                Mode::Inline(Box::default())
            }
        };
        Self { mode, results, results_in, wake, analysis: None }
    }

    /// Whether work happens on the calling thread.
    pub fn is_inline(&self) -> bool {
        matches!(self.mode, Mode::Inline(_))
    }

    /// Queues a job. A new analysis cancels the one before.
    pub fn start(&mut self, job: Job) {
        let cancel = CancelToken::default();
        if matches!(job, Job::Analyse { .. })
            && let Some(older) = self.analysis.replace(cancel.clone())
        {
            older.cancel();
        }
        match &mut self.mode {
            Mode::Inline(memory) => {
                let _ = self.results_in.send(run(job, &cancel, memory));
            }
            Mode::Worker(jobs) => {
                if jobs.send((job, cancel)).is_err() {
                    log::error!("the worker thread has ended");
                }
            }
        }
    }

    /// Runs something that waits for a person, such as a dialog of the desktop, on a thread of its own.
    pub fn start_dialog(&self, ask: impl FnOnce() -> JobResult + Send + 'static) {
        let (results, wake) = (self.results_in.clone(), self.wake.clone());
        let dialog = std::thread::Builder::new().name("remit-dialog".into()).spawn(move || {
            let _ = results.send(ask());
            wake();
        });
        if let Err(error) = dialog {
            log::error!("no thread for a dialog: {error}");
        }
    }

    /// Does a piece of work that somebody waits for, beside the window and beside all other work.
    pub fn start_aside(&self, work: impl FnOnce() -> JobResult + Send + 'static) {
        if self.is_inline() {
            let _ = self.results_in.send(work());
        } else {
            self.start_dialog(work);
        }
    }

    /// Lets go of something large on the worker: what consists of many thousand pieces takes a while to be given back.
    pub fn discard(&self, thing: impl Send + 'static) {
        if let Mode::Worker(jobs) = &self.mode {
            let drop_it = Job::Other(Box::new(move || {
                drop(thing);
                JobResult::Nothing
            }));
            // Where the worker has ended, it goes here.
            drop(jobs.send((drop_it, CancelToken::default())));
        }
    }

    /// The next result, if there is one.
    pub fn poll(&mut self) -> Option<JobResult> {
        self.results.try_recv().ok()
    }
}

fn run(job: Job, cancel: &CancelToken, memory: &mut Memory) -> JobResult {
    match job {
        Job::Analyse { document, settings, shown, overlay } => match memory.analyse(&document, &settings, cancel) {
            Ok(report) => {
                let tally = Arc::new(Tally::of(&document, &report, &shown, overlay));
                JobResult::Analysed { report: Arc::new(report), tally }
            }
            Err(_) => JobResult::Nothing,
        },
        Job::Load(path) => {
            let stamp = storage::file_stamp(&path);
            let result = storage::load(&path);
            JobResult::Loaded { path, result: Box::new(result), stamp }
        }
        Job::Save { path, document, known } => {
            let result = match known {
                Some(known) => storage::save_unchanged(&path, &document, known),
                None => storage::save(&path, &document),
            };
            let stamp = storage::file_stamp(&path);
            JobResult::Saved { path, revision: document.revision(), result, stamp }
        }
        Job::Other(work) => work(),
    }
}
