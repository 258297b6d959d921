//! The settings of the project.

use crate::edit::rules::{letters_stay, need};
use crate::edit::wording::quoted;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Replaces what is true of the whole project.
#[derive(Clone, Debug, PartialEq)]
pub struct SetProject {
    /// All of it.
    pub project: Box<Project>,
}

impl SetProject {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let project = &self.project;
        for framework in [project.framework, project.framework_of_tasks, project.framework_of_controls].into_iter().flatten() {
            need(document, framework)?;
        }
        if project.hours_per_week.is_some_and(|hours| !(hours > 0.0 && hours <= 168.0)) {
            return Err("A week has up to 168 hours.".to_owned());
        }
        if project.thresholds.values().any(|value| !value.is_finite()) {
            return Err("A threshold has to be a number.".to_owned());
        }
        let chosen = |project: &Project| (project.framework, project.framework_of_tasks, project.framework_of_controls);
        if chosen(project) != chosen(document.project()) {
            let mut draft = document.clone();
            *draft.project_mut() = (**project).clone();
            letters_stay(document, &draft)?;
        }
        Ok(**project != *document.project())
    }

    fn changed(&self, document: &Document) -> Vec<&'static str> {
        let Project {
            name,
            currency,
            framework,
            framework_of_tasks,
            framework_of_controls,
            profile,
            hours_per_week,
            appetite,
            thresholds,
            waivers,
            description,
        } = &*self.project;
        let old = document.project();
        [
            ("name", *name != old.name),
            ("currency", *currency != old.currency),
            ("framework", *framework != old.framework),
            ("framework of work", *framework_of_tasks != old.framework_of_tasks),
            ("framework of checks", *framework_of_controls != old.framework_of_controls),
            ("strictness of the findings", *profile != old.profile),
            ("hours per week", *hours_per_week != old.hours_per_week),
            ("risk appetite", *appetite != old.appetite),
            ("thresholds", *thresholds != old.thresholds),
            ("accepted findings", *waivers != old.waivers),
            ("description", *description != old.description),
        ]
        .into_iter()
        .filter_map(|(field, differs)| differs.then_some(field))
        .collect()
    }
}

impl EditAction for SetProject {
    fn label(&self, document: &Document) -> String {
        match self.changed(document).as_slice() {
            ["name"] => format!("Rename the project to {}", quoted(&self.project.name)),
            [field] => format!("Change {field} of the project"),
            [] => "Change the project".to_owned(),
            many => format!("Change {} settings of the project", many.len()),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        transaction.update_project(|project| project.clone_from(&self.project));
        Ok(())
    }

    fn merge_key(&self, document: &Document) -> Option<String> {
        match self.changed(document).as_slice() {
            [field @ ("name" | "hours per week" | "risk appetite" | "thresholds" | "description")] => {
                Some(format!("project {field}"))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    fn set(document: &Document, change: impl FnOnce(&mut Project)) -> SetProject {
        let mut project = document.project().clone();
        change(&mut project);
        SetProject { project: Box::new(project) }
    }

    #[test]
    fn the_label_names_the_setting() {
        let document = start();
        let applied = apply(&document, &set(&document, |project| project.name = "Bakery".into()).into()).unwrap();
        assert_eq!(applied.label, "Rename the project to “Bakery”");
        let edit = set(&document, |project| project.hours_per_week = Some(40.0));
        assert_eq!(edit.label(&document), "Change hours per week of the project");
    }

    #[test]
    fn a_framework_without_the_letters_in_use_is_refused() {
        let document = start();
        let edit = set(&document, |project| project.framework = document.frameworks().ids().nth(1));
        let reason = "Own has only D and R, but there is A of “Owner” on “Grant refund”.";
        assert_eq!(edit.can_apply(&document), Verdict::No(reason.to_owned()));
    }
}
