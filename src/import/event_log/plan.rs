//! The one edit that brings the figures of a log into a project, and what it comes to.

use super::discover::{Discovered, discover, shares};
use super::matching::{Matches, matches, one_line, process_of};
use super::who::Who;
use super::{ActivityLine, FlowLine, LogFile, Match, Settings, Summary};
use crate::analysis::log::{ActivityFigures, Routes, routes};
use crate::edit::{LoggedFlow, LoggedStep, Measured, MergeLog, Target};
use crate::import::ImportError;
use crate::model::*;

/// The edit of a log and what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The edit.
    pub edit: MergeLog,
    /// What it comes to.
    pub summary: Summary,
}

/// Finds out what a log means in a project.
///
/// # Errors
/// The settings name something that there is not.
pub fn prepare(file: &LogFile, base: &Document, settings: &Settings) -> Result<Prepared, ImportError> {
    let planner = Planner { file, base, settings, who: Who::of(file, base, settings) };
    match process_of(base, &file.log.activities, settings)? {
        Some(process) => planner.measure(process),
        None => Ok(planner.discover()),
    }
}

struct Planner<'a> {
    file: &'a LogFile,
    base: &'a Document,
    settings: &'a Settings,
    who: Who,
}

impl Planner<'_> {
    /// Figures for a process of the project.
    fn measure(self, process: ProcessId) -> Result<Prepared, ImportError> {
        let found = matches(self.base, process, &self.file.log.activities, self.settings)?;
        let steps: Vec<Option<StepId>> = found.iter().map(|(step, _)| *step).collect();
        let routes = routes(&self.file.log, self.base, process, &steps);
        let (flows, lines) = self.branches(&routes);
        let (logged, activities) = self.steps(&found);
        let name = self.base.name_of(process.into()).to_owned();
        let mut summary = self.summary(Some(process), name, activities);
        summary.followed = Some((routes.followed, routes.all));
        summary.flows = lines;
        summary.steps_without = self
            .base
            .steps()
            .iter()
            .filter(|(id, step)| step.process == process && !steps.contains(&Some(*id)) && !step.kind.has_inside())
            .map(|(_, step)| one_line(&step.name))
            .collect();
        let mut edit = self.edit(Target::Existing(process), summary.process_name.clone());
        (edit.steps, edit.flows) = (logged, flows);
        Ok(Prepared { edit, summary })
    }

    /// A process of its own.
    fn discover(self) -> Prepared {
        let found: Matches = self.file.log.activities.iter().map(|_| (None, Match::New)).collect();
        let (steps, activities) = self.steps(&found);
        let discovered = discover(&self.file.log, &self.file.figures, |fact, count| self.measurement(fact, count));
        let Discovered { others, flows, rare } = discovered;
        let name = process_name(&self.file.name);
        let mut summary = self.summary(None, name, activities);
        if rare > 0 {
            summary.notes.push(format!(
                "{rare} ways between activities that less than one case in a hundred takes were left out of the new process."
            ));
        }
        let mut edit = self.edit(Target::New(Key::unset()), summary.process_name.clone());
        (edit.steps, edit.others, edit.flows) = (steps, others, flows);
        Prepared { edit, summary }
    }

    fn edit(self, process: Target<ProcessId>, process_name: String) -> MergeLog {
        let rate = self.rate();
        let measured =
            |value| Measured { value, measurement: self.measurement(MeasuredFact::Cases, self.file.log.cases.len()) };
        let cases = rate.map(measured);
        MergeLog {
            source: self.file.name.clone(),
            people: self.who.new_people,
            roles: self.who.new_roles,
            holders: self.who.holders,
            process,
            process_name,
            cases,
            steps: Vec::new(),
            others: Vec::new(),
            flows: Vec::new(),
        }
    }

    fn summary(&self, process: Option<ProcessId>, process_name: String, activities: Vec<ActivityLine>) -> Summary {
        let before = process.and_then(|process| self.base.get::<Process>(process)).and_then(|process| process.cases);
        let figures = &self.file.figures;
        let mut notes = Vec::new();
        if figures.explained_waits < figures.waits {
            notes.push(format!(
                "The causes of waiting were worked out for {} of {} waits, evenly chosen, and stand for all.",
                figures.explained_waits, figures.waits
            ));
        }
        Summary {
            process,
            process_name,
            cases: (before, self.rate()),
            activities,
            flows: Vec::new(),
            followed: None,
            people: self.who.people.clone(),
            roles: self.who.roles.clone(),
            steps_without: Vec::new(),
            notes,
        }
    }

    fn rate(&self) -> Option<Rate> {
        self.file.figures.cases_per_week.map(|rate| Rate::weekly(rounded(rate)))
    }

    fn measurement(&self, fact: MeasuredFact, count: usize) -> Measurement {
        Measurement {
            fact,
            count: u32::try_from(count).unwrap_or(u32::MAX),
            from: self.file.from,
            to: self.file.to,
            source: self.file.name.clone(),
        }
    }

    /// The steps to measure or to add, and what each activity comes to.
    fn steps(&self, found: &Matches) -> (Vec<LoggedStep>, Vec<ActivityLine>) {
        let (mut logged, mut lines) = (Vec::new(), Vec::new());
        let all = self.file.log.activities.iter().zip(&self.file.figures.activities).zip(found);
        for (place, ((name, figures), (step, how))) in all.enumerate() {
            let is_used = step.is_some() || *how == Match::New;
            let measured = self.logged_step(place, name, figures, *step);
            let record = step.and_then(|step| self.base.get::<Step>(step));
            let figure = |measured: &Option<Measured<Minutes>>| measured.as_ref().map(|measured| measured.value);
            lines.push(ActivityLine {
                activity: name.clone(),
                step: *step,
                step_name: record
                    .map_or_else(|| if is_used { name.clone() } else { String::new() }, |step| one_line(&step.name)),
                how: *how,
                work: (record.and_then(|step| step.work), figure(&measured.work)),
                wait: (record.and_then(|step| step.wait), figure(&measured.wait)),
            });
            if is_used {
                logged.push(measured);
            }
        }
        (logged, lines)
    }

    fn logged_step(&self, place: usize, name: &str, figures: &ActivityFigures, step: Option<StepId>) -> LoggedStep {
        let minutes = |mean: f64, fact, count| Measured {
            value: Minutes(rounded(mean)),
            measurement: self.measurement(fact, count),
        };
        let wait = figures.wait.map(|wait| minutes(wait.mean, MeasuredFact::Wait, wait.count));
        let causes = wait.as_ref().map_or_else(Vec::new, |wait| causes(&figures.causes, wait.value));
        LoggedStep {
            target: step.map_or_else(|| Target::New(Key::unset()), Target::Existing),
            name: name.to_owned(),
            performer: self.who.performer(self.file, place),
            work: figures.work.map(|work| minutes(work.mean, MeasuredFact::Work, work.count)),
            wait,
            causes,
        }
    }

    /// Shares of branches that cases were seen to choose among.
    fn branches(&self, routes: &Routes) -> (Vec<LoggedFlow>, Vec<FlowLine>) {
        let (mut flows, mut lines) = (Vec::new(), Vec::new());
        for gateway in gateways(self.base, routes) {
            let branches: Vec<(FlowId, usize)> = routes
                .taken
                .iter()
                .filter(|(id, _)| self.base.get::<Flow>(**id).is_some_and(|flow| flow.from == gateway))
                .map(|(id, count)| (*id, *count))
                .collect();
            let counts: Vec<usize> = branches.iter().map(|(_, count)| *count).collect();
            let total: usize = counts.iter().sum();
            for ((id, _), share) in branches.iter().zip(shares(&counts)) {
                let Some(flow) = self.base.get::<Flow>(*id) else { continue };
                let measurement = self.measurement(MeasuredFact::Probability, total);
                flows.push(LoggedFlow::Existing(*id, Measured { value: share, measurement }));
                let branch = branch_name(self.base, flow);
                lines.push(FlowLine {
                    flow: *id,
                    gateway: gateway_name(self.base, gateway),
                    branch,
                    before: flow.probability,
                    after: share,
                    count: total,
                });
            }
        }
        (flows, lines)
    }
}

/// Gateways that were passed, in order.
fn gateways(document: &Document, routes: &Routes) -> Vec<FlowNode> {
    let mut gateways: Vec<FlowNode> =
        routes.taken.keys().filter_map(|id| document.get::<Flow>(*id)).map(|flow| flow.from).collect();
    gateways.sort_unstable();
    gateways.dedup();
    gateways
}

/// What a gateway is called: `“Granted?”`, else by what comes before it: `gateway after “Check”`.
fn gateway_name(document: &Document, gateway: FlowNode) -> String {
    let name = one_line(document.name_of(gateway.into()));
    if !name.is_empty() {
        return format!("“{name}”");
    }
    let before = document.flows().iter().filter(|(_, flow)| flow.to == gateway);
    let named = before.map(|(_, flow)| one_line(document.name_of(flow.from.into()))).find(|name| !name.is_empty());
    named.map_or_else(|| "gateway".to_owned(), |name| format!("gateway after “{name}”"))
}

/// What a branch is called: `“yes”`, else by where it leads: `to “Pay”`.
fn branch_name(document: &Document, flow: &Flow) -> String {
    let (own, to) = (one_line(&flow.name), one_line(document.name_of(flow.to.into())));
    match (own.is_empty(), to.is_empty()) {
        (false, _) => format!("“{own}”"),
        (true, false) => format!("to “{to}”"),
        (true, true) => format!("to a {}", ElementRef::from(flow.to).kind().word()),
    }
}

/// Two decimal places.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// The causes of a wait, rounded so that they add up to it; those below a hundredth of a minute are left out.
fn causes(means: &[(WaitCause, f64)], wait: Minutes) -> Vec<CausedWait> {
    let mut parts: Vec<(WaitCause, f64)> =
        means.iter().map(|(cause, mean)| (*cause, rounded(*mean))).filter(|(_, mean)| *mean > 0.0).collect();
    let missing = wait.0 - parts.iter().map(|(_, mean)| mean).sum::<f64>();
    if let Some((_, largest)) = parts.iter_mut().max_by(|a, b| a.1.total_cmp(&b.1)) {
        *largest = rounded(*largest + missing);
    }
    parts.into_iter().map(|(cause, mean)| CausedWait { cause, minutes: Minutes(mean) }).collect()
}

/// The name of a file without its endings, as words.
fn process_name(file: &str) -> String {
    let lower = file.to_lowercase();
    let ends = [".gz", ".csv", ".tsv", ".tab", ".txt", ".xes"];
    let mut length = file.len();
    while let Some(end) = ends.iter().find(|end| lower.get(..length).is_some_and(|rest| rest.ends_with(**end))) {
        length -= end.len();
    }
    let stem = file.get(..length).unwrap_or(file).replace(['_', '-'], " ");
    let name = one_line(&stem);
    if name.is_empty() { "Log".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_names_of_processes() {
        assert_eq!(process_name("Loan_App.csv.gz"), "Loan App");
        assert_eq!(process_name("orders.XES"), "orders");
        assert_eq!(process_name(".csv"), "Log");
    }

    #[test]
    fn rounded_causes_add_up_to_the_wait() {
        let third = 1.0 / 3.0;
        let parts = causes(&WaitCause::ALL.map(|cause| (cause, third)), Minutes(1.67));
        let sum: f64 = parts.iter().map(|part| part.minutes.0).sum();
        assert!((sum - 1.67).abs() < 1e-9 && parts.len() == 5, "{parts:?}");
        assert_eq!(causes(&[(WaitCause::Batching, 0.001)], Minutes(0.0)), []);
    }
}
