//! That people agreed to rows as they stand.

use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Writes down that people agreed to the rights of decisions on a day, with each row as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agree {
    /// The decisions.
    pub decisions: Vec<DecisionId>,
    /// The day.
    pub on: Date,
    /// Who agreed, by name.
    pub by: Vec<String>,
}

impl Agree {
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.by.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    fn agreement(&self, document: &Document, decision: DecisionId) -> Agreement {
        Agreement { on: self.on, by: self.names(), context: document.agreement_context(decision) }
    }
}

impl EditAction for Agree {
    fn label(&self, document: &Document) -> String {
        match self.decisions.as_slice() {
            [one] => format!("Agree to {}", named(document, (*one).into())),
            many => format!("Agree to {} decisions", many.len()),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        if self.names().is_empty() {
            return Verdict::No("Say who agreed.".to_owned());
        }
        if self.decisions.iter().any(|id| document.get::<Decision>(*id).is_none()) {
            return Verdict::No("The decision is no longer there.".to_owned());
        }
        let has_letters = |id: &DecisionId| document.rights_on(Subject::Decision(*id)).next().is_some();
        if let Some(empty) = self.decisions.iter().find(|id| !has_letters(id)) {
            let name = named(document, (*empty).into());
            return Verdict::No(format!("Nobody has a letter on {name}; there is nothing to agree to."));
        }
        let changes = |id: &DecisionId| {
            let known = document.get::<Decision>(*id).and_then(|decision| decision.agreement.as_ref());
            known != Some(&self.agreement(document, *id))
        };
        if self.decisions.iter().any(changes) { Verdict::Yes } else { Verdict::Ignore }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        for id in &self.decisions {
            let agreement = self.agreement(transaction.document(), *id);
            transaction.update(*id, |decision: &mut Decision| decision.agreement = Some(agreement))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Editor, apply};
    use crate::testkit::random_edits::start;

    fn agree(document: &Document, names: &[&str]) -> Agree {
        Agree {
            decisions: document.decisions().ids().take(1).collect(),
            on: "2026-05-04".parse().unwrap(),
            by: names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn the_row_is_kept_as_it_stands_and_undo_takes_it_back() {
        let document = start();
        let edit = agree(&document, &[" Ana ", "Ana", "", "Ben"]);
        let id = edit.decisions[0];
        let mut editor = Editor::new(document);
        editor.commit(&edit.clone().into(), 0.0).unwrap();
        let agreement = editor.document().get::<Decision>(id).unwrap().agreement.clone().unwrap();
        assert_eq!(agreement.by, ["Ana", "Ben"]);
        assert_eq!(agreement.context, editor.document().agreement_context(id));
        assert!(!agreement.context.is_empty());
        assert_eq!(edit.can_apply(editor.document()), Verdict::Ignore, "nothing would change");
        editor.undo();
        assert_eq!(editor.document().get::<Decision>(id).unwrap().agreement, None);
    }

    #[test]
    fn somebody_has_to_agree_and_to_something() {
        let mut document = start();
        let refusal = |document: &Document, edit: &Agree| {
            apply(document, &edit.clone().into()).map(|_| ()).unwrap_err().to_string()
        };
        assert_eq!(refusal(&document, &agree(&document, &[" "])), "Say who agreed.");
        let empty = document.insert(Decision::new("Hire"));
        let edit = Agree { decisions: vec![empty], ..agree(&document, &["Ana"]) };
        assert_eq!(refusal(&document, &edit), "Nobody has a letter on “Hire”; there is nothing to agree to.");
    }
}
