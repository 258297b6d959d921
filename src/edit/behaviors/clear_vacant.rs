//! A role that somebody holds is no longer vacant.

use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let contradicts = |id: &RoleId| {
        let is_held = |role: &Role| role.vacant && !role.holders.is_empty();
        transaction.document().get::<Role>(*id).is_some_and(is_held) && !before.get::<Role>(*id).is_some_and(is_held)
    };
    let changes = transaction.document().roles().changes_since(before.roles());
    let roles: Vec<RoleId> = changes.map(|(id, _)| id).filter(contradicts).collect();
    for id in roles {
        transaction.update(id, |role: &mut Role| role.vacant = false)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::edit::{Connect, apply};
    use crate::model::*;

    #[test]
    fn a_holder_ends_the_vacancy() {
        let mut document = Document::default();
        let role = document.insert(Role { vacant: true, ..Role::new("Clerk") });
        let person = document.insert(Person::new("Ben"));
        let edit = Connect { from: person.into(), to: role.into(), view: None };
        let after = apply(&document, &edit.into()).unwrap().document;
        let role = after.get::<Role>(role).unwrap();
        assert!(!role.vacant);
        assert_eq!(role.holders, [Holding { person, share: None }]);
    }
}
