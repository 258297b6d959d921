//! A guess that somebody changes is no guess any more.

use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let changes = transaction.document().decisions().changes_since(before.decisions());
    let ids: Vec<DecisionId> = changes.map(|(id, _)| id).collect();
    for id in ids {
        let Some((old, new)) = before.get::<Decision>(id).zip(transaction.document().get::<Decision>(id)) else {
            continue;
        };
        // Whoever says what is a guess means it.
        if new.guesses.is_empty() || old.guesses != new.guesses {
            continue;
        }
        let confirmed: Vec<DecisionFact> =
            new.guesses.iter().copied().filter(|fact| differs(old, new, *fact)).collect();
        if !confirmed.is_empty() {
            transaction
                .update(id, |decision: &mut Decision| decision.guesses.retain(|guess| !confirmed.contains(guess)))?;
        }
    }
    Ok(())
}

fn differs(old: &Decision, new: &Decision, fact: DecisionFact) -> bool {
    match fact {
        DecisionFact::Frequency => old.frequency != new.frequency,
        DecisionFact::Amounts => {
            (old.amount_median, old.amount_p95, &old.amounts) != (new.amount_median, new.amount_p95, &new.amounts)
        }
        DecisionFact::Importance => old.importance != new.importance,
        DecisionFact::Reversible => old.reversible != new.reversible,
        DecisionFact::Work => old.work != new.work,
        DecisionFact::TargetTime => old.target_time != new.target_time,
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::{Editor, Replace, apply};
    use crate::model::*;

    #[test]
    fn changing_a_guess_confirms_it_and_undo_makes_it_a_guess_again() {
        let mut document = Document::default();
        let guesses = vec![DecisionFact::Frequency, DecisionFact::Work];
        let id = document.insert(Decision { guesses: guesses.clone(), ..Decision::new("Grant a refund") });
        let mut editor = Editor::new(document);
        let edit = Replace::with(editor.document(), id, |decision: &mut Decision| {
            decision.frequency = Some(Rate::weekly(3.0));
        });
        editor.commit(&edit.unwrap().into(), 0.0).unwrap();
        assert_eq!(editor.document().get::<Decision>(id).unwrap().guesses, [DecisionFact::Work]);
        editor.undo();
        assert_eq!(editor.document().get::<Decision>(id).unwrap().guesses, guesses);
    }

    #[test]
    fn other_fields_confirm_nothing_and_new_guesses_stay() {
        let mut document = Document::default();
        let id = document.insert(Decision { guesses: vec![DecisionFact::Work], ..Decision::new("Grant a refund") });
        let rename = Replace::with(&document, id, |decision: &mut Decision| decision.name = "Refund".into());
        let after = apply(&document, &rename.unwrap().into()).unwrap().document;
        assert_eq!(after.get::<Decision>(id).unwrap().guesses, [DecisionFact::Work]);
        let guess = Replace::with(&document, id, |decision: &mut Decision| {
            decision.work = Some(Minutes(5.0));
            decision.importance = Some(3);
            decision.guesses = vec![DecisionFact::Importance, DecisionFact::Work];
        });
        let after = apply(&document, &guess.unwrap().into()).unwrap().document;
        assert_eq!(after.get::<Decision>(id).unwrap().guesses.len(), 2);
    }
}
