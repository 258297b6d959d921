//! Rows under the letters of another framework.

use crate::edit::conversion::cells::Relettered;
use crate::edit::conversion::{ConvertedRows, Instead, conversion, subjects_of};
use crate::edit::rules::need;
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Gives rows the letters of another framework: each right follows its duties, with its limits. What that loses is for
/// [`conversion`](crate::edit::conversion::conversion) to say before.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertFramework {
    /// Which rows.
    pub rows: ConvertedRows,
    /// The framework whose letters they get.
    pub to: FrameworkId,
    /// What letters become where the duties do not say it.
    pub instead: Vec<Instead>,
}

impl ConvertFramework {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.to)?;
        let target = document.get::<Framework>(self.to);
        for instead in &self.instead {
            need(document, instead.from)?;
            let unknown = instead.becomes.iter().find(|code| target.is_none_or(|target| target.letter(code).is_none()));
            if let Some(unknown) = unknown {
                return Err(format!("{} has no letter {unknown}.", named(document, self.to.into())));
            }
        }
        if let ConvertedRows::Decisions(ids) = &self.rows {
            ids.iter().try_for_each(|id| need(document, *id))?;
        }
        let mut draft = Transaction::new(document);
        self.choose(&mut draft).map_err(|error| error.to_string())?;
        let chosen = draft.document();
        let changes = chosen.project() != document.project()
            || chosen.decisions().changes_since(document.decisions()).next().is_some();
        Ok(changes || !conversion(document, &self.rows, self.to, &self.instead).rows.is_empty())
    }

    /// Writes down which framework the rows have.
    fn choose(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let subjects = subjects_of(transaction.document(), &self.rows);
        let decisions = subjects.into_iter().filter_map(|subject| match subject {
            Subject::Decision(id) => Some(id),
            Subject::Step(_) => None,
        });
        let decisions: Vec<DecisionId> = decisions.collect();
        let own = matches!(self.rows, ConvertedRows::Decisions(_)).then_some(self.to);
        let project = self.project(transaction.document());
        for id in decisions {
            transaction.update(id, |decision: &mut Decision| decision.framework = own)?;
        }
        transaction.update_project(|slot| *slot = project);
        Ok(())
    }

    /// The settings of the project after it. Kinds that are not converted keep their letters.
    fn project(&self, document: &Document) -> Project {
        let mut project = document.project().clone();
        let keeps = |kind: DecisionKind| {
            let rows = subjects_of(document, &ConvertedRows::Kind(kind));
            if rows.is_empty() {
                return None;
            }
            document.framework_of_kind(kind).or_else(|| document.frameworks().ids().next())
        };
        match self.rows {
            ConvertedRows::Decisions(_) => {}
            ConvertedRows::Kind(DecisionKind::Task) => project.framework_of_tasks = Some(self.to),
            ConvertedRows::Kind(DecisionKind::Control) => project.framework_of_controls = Some(self.to),
            ConvertedRows::Kind(DecisionKind::Decision) => {
                project.framework_of_tasks = project.framework_of_tasks.or_else(|| keeps(DecisionKind::Task));
                project.framework_of_controls = project.framework_of_controls.or_else(|| keeps(DecisionKind::Control));
                project.framework = Some(self.to);
            }
            ConvertedRows::All => {
                project.framework = Some(self.to);
                project.framework_of_tasks = None;
                project.framework_of_controls = None;
            }
        }
        project
    }
}

/// Makes a row hold what was worked out for it.
pub(super) fn apply_letters(transaction: &mut Transaction, row: Relettered) -> Result<(), EditError> {
    for id in row.gone {
        transaction.remove(id.into());
    }
    for (id, right) in row.kept {
        transaction.update(id, |slot: &mut Right| *slot = right)?;
    }
    for right in row.added {
        transaction.insert(right);
    }
    Ok(())
}

impl EditAction for ConvertFramework {
    fn label(&self, document: &Document) -> String {
        let to = document.get::<Framework>(self.to).map_or("the framework", |framework| &framework.name);
        match &self.rows {
            ConvertedRows::Decisions(ids) => match ids.as_slice() {
                [one] => format!("Convert {} to {to}", named(document, (*one).into())),
                many => format!("Convert {} decisions to {to}", many.len()),
            },
            ConvertedRows::Kind(kind) => {
                let rows = match kind {
                    DecisionKind::Task => "work",
                    DecisionKind::Decision => "decisions",
                    DecisionKind::Control => "checks",
                };
                format!("Convert all {rows} to {to}")
            }
            ConvertedRows::All => format!("Convert the project to {to}"),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let conversion = conversion(transaction.document(), &self.rows, self.to, &self.instead);
        self.choose(transaction)?;
        for row in conversion.rows {
            apply_letters(transaction, row.relettered)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::edit::conversion::LossKind;
    use crate::testkit::framework_named;

    /// A document with the built-in frameworks, and a decision with rights written as `Owner D ≤ 200 EUR`.
    fn row(framework: &str, rights: &[(&str, &str, &str)]) -> (Document, DecisionId) {
        let mut document = crate::testkit::with_frameworks();
        let id = framework_named(&document, framework);
        let decision = document.insert(Decision { framework: Some(id), ..Decision::new("Sign a lease") });
        for (holder, letter, limit) in rights {
            let known = document.roles().iter().find(|(_, role)| role.name == *holder).map(|(id, _)| id);
            let role = known.unwrap_or_else(|| document.insert(Role::new(*holder)));
            let tiers = parse_tiers(limit, Currency::EUR).unwrap();
            let right = Right::new(Subject::Decision(decision), Actor::Role(role), *letter);
            document.insert(Right { tiers, ..right });
        }
        (document, decision)
    }

    fn lines(document: &Document) -> Vec<String> {
        let line = |right: &Right| {
            let limits: Vec<String> = right.tiers.iter().map(Tier::to_string).collect();
            let note = if right.note.is_empty() { String::new() } else { format!(" ({})", right.note) };
            let text = format!("{} {} {}", document.name_of(right.holder.into()), right.letter, limits.join(", "));
            format!("{}{note}", text.trim_end())
        };
        let mut lines: Vec<String> = document.rights().iter().map(|(_, right)| line(right)).collect();
        lines.sort();
        lines
    }

    #[test]
    fn limits_stay_with_their_rights_and_a_veto_becomes_a_note() {
        let (mut document, decision) = row(
            "rapid",
            &[("Manager", "D", "≤ 200 EUR"), ("Owner", "D", "> 200 EUR"), ("Counsel", "A", ""), ("Clerk", "R", "")],
        );
        let veto = document.rights().iter().find(|(_, right)| right.letter == "A").unwrap().0;
        let slot = document.get_mut::<Right>(veto).unwrap();
        slot.veto_domain = "law".into();
        slot.review_window = Some(Minutes(2880.0));
        let to = framework_named(&document, "raci");
        let rows = ConvertedRows::Decisions(vec![decision]);
        let report = conversion(&document, &rows, to, &[]);
        let said: Vec<String> = report.losses.iter().map(|loss| loss.sentence(&document)).collect();
        assert_eq!(said, ["A of “Counsel” becomes C: the veto on law is only a note from then on."]);
        let edit = ConvertFramework { rows, to, instead: Vec::new() };
        let applied = apply(&document, &edit.into()).unwrap();
        assert_eq!(applied.label, "Convert “Sign a lease” to RACI");
        assert_eq!(
            lines(&applied.document),
            [
                "Clerk R",
                "Counsel C (veto on law, answers within 2 d)",
                "Manager A ≤ 200 EUR",
                "Owner A > 200 EUR"
            ]
        );
        assert_eq!(applied.document.get::<Decision>(decision).unwrap().framework, Some(to));
    }

    #[test]
    fn letters_of_one_holder_fall_together_and_the_stronger_keeps_its_limits() {
        let (document, decision) = row("rapid", &[("Clerk", "P", ""), ("Clerk", "R", "≤ 50 EUR"), ("Owner", "D", "")]);
        let to = framework_named(&document, "raci");
        let rows = ConvertedRows::Decisions(vec![decision]);
        let report = conversion(&document, &rows, to, &[]);
        assert_eq!(
            report.losses.iter().map(|loss| loss.sentence(&document)).collect::<Vec<_>>(),
            ["R and P of “Clerk” become one R; the limits of the first one count."]
        );
        let edit = ConvertFramework { rows, to, instead: Vec::new() };
        assert_eq!(lines(&apply(&document, &edit.into()).unwrap().document), ["Clerk R ≤ 50 EUR", "Owner A"]);
    }

    #[test]
    fn numbers_of_holders_that_do_not_fit_are_named() {
        let (document, decision) = row("dare", &[("Ana", "D", ""), ("Ben", "D", ""), ("Ann", "R", "")]);
        let to = framework_named(&document, "rapid");
        let report = conversion(&document, &ConvertedRows::Decisions(vec![decision]), to, &[]);
        let kinds: Vec<(String, LossKind)> =
            report.losses.into_iter().map(|loss| (loss.letter, loss.kind)).collect();
        assert_eq!(
            kinds,
            [
                ("P".to_owned(), LossKind::TooFew { count: 0, at_least: 1 }),
                ("D".to_owned(), LossKind::TooMany { count: 2, at_most: 1 })
            ]
        );
    }

    #[test]
    fn a_kind_keeps_its_letters_when_another_is_converted() {
        let (mut document, _) = row("raci", &[("Owner", "A", "")]);
        let raci = framework_named(&document, "raci");
        document.project_mut().framework = Some(raci);
        let work = document.insert(Decision { kind: DecisionKind::Task, ..Decision::new("Count the till") });
        let owner = document.roles().ids().next().unwrap();
        document.insert(Right::new(Subject::Decision(work), Actor::Role(owner), "R"));
        let daci = framework_named(&document, "daci");
        let edit =
            ConvertFramework { rows: ConvertedRows::Kind(DecisionKind::Decision), to: daci, instead: Vec::new() };
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!((after.project().framework, after.project().framework_of_tasks), (Some(daci), Some(raci)));
        assert_eq!(lines(&after), ["Owner A", "Owner R"]);
        let all = ConvertFramework { rows: ConvertedRows::All, to: raci, instead: Vec::new() };
        let after = apply(&after, &all.into()).unwrap().document;
        assert_eq!((after.project().framework, after.project().framework_of_tasks), (Some(raci), None));
        assert!(after.decisions().iter().all(|(_, decision)| decision.framework.is_none()));
        assert_eq!(lines(&after), ["Owner A", "Owner R"]);
    }

    #[test]
    fn what_people_say_a_letter_becomes_counts() {
        let (document, decision) = row("rapid", &[("Counsel", "A", ""), ("Owner", "D", "")]);
        let (from, to) = (framework_named(&document, "rapid"), framework_named(&document, "raci"));
        let rows = ConvertedRows::Decisions(vec![decision]);
        let instead = vec![Instead { from, letter: "A".into(), becomes: vec!["I".into()] }];
        let edit = ConvertFramework { rows: rows.clone(), to, instead };
        assert_eq!(
            lines(&apply(&document, &edit.into()).unwrap().document),
            ["Counsel I (veto (A of RAPID))", "Owner A"]
        );
        let wrong = vec![Instead { from, letter: "A".into(), becomes: vec!["Q".into()] }];
        let edit = ConvertFramework { rows, to, instead: wrong };
        assert_eq!(edit.can_apply(&document), Verdict::No("“RACI” has no letter Q.".into()));
    }

    #[test]
    fn to_itself_nothing_is_lost_or_changed() {
        let (document, decision) = row("ovis", &[("Owner", "O", ""), ("Counsel", "V", "")]);
        let to = framework_named(&document, "ovis");
        let edit = ConvertFramework { rows: ConvertedRows::Decisions(vec![decision]), to, instead: Vec::new() };
        assert_eq!(edit.can_apply(&document), Verdict::Ignore);
    }
}
