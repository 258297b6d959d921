//! Which rows of a table mean the same unit, person or role, and which of them the document has already.
//!
//! - A unit is known by its name and the name of the unit above it; a name alone means the only unit of that name.
//! - A person is known by a reference, else by the name.
//! - A role is known by the reference of the post, else by its name and unit: such rows are one role with several
//!   holders.
//! - A reporting line names a post, a person's reference, a role, or a person, tried in this order; of several roles
//!   the one in the same unit or nearest above is meant. What stays ambiguous is left out and reported.
//!
//! Names are compared without case and surplus spaces. References become keys, which is how a file is recognised when
//! it is imported again.

mod count;
mod lines;
mod roles;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use super::headings::{Columns, Field};
use super::organisation_csv::Record;
use super::{Report, RowProblem};
use crate::edit::{MergeOrganisation, Target};
use crate::model::*;

/// Name of the chart that an import makes.
const VIEW_NAME: &str = "Organisation";

/// The edit that brings the records into the document; problems and counts go to the report.
pub(super) fn plan(
    records: &[Record],
    base: &Document,
    columns: &Columns,
    has_parents: bool,
    report: &mut Report,
) -> MergeOrganisation {
    let mut planner = Planner {
        base,
        columns,
        report,
        merge: MergeOrganisation { view: Some(VIEW_NAME.to_owned()), ..MergeOrganisation::default() },
        units: BTreeMap::new(),
        people: BTreeMap::new(),
        person_ids: BTreeMap::new(),
        posts: BTreeMap::new(),
        roles_by_unit: BTreeMap::new(),
        lines: Vec::new(),
        known: BaseNames::of(base),
        claimed: BTreeSet::new(),
    };
    let places = planner.plan_units(records);
    planner.plan_roles(records, &places);
    planner.plan_lines();
    if !has_parents {
        planner.derive_parents();
    }
    planner.count();
    planner.merge
}

/// A reporting line as written: from which role, in which row, to what.
struct Line {
    role: usize,
    row: usize,
    target: String,
}

struct Planner<'a> {
    base: &'a Document,
    columns: &'a Columns,
    report: &'a mut Report,
    merge: MergeOrganisation,
    /// Places of units by folded name and folded name of the unit above.
    units: BTreeMap<(String, String), usize>,
    /// Places of people without a reference by folded name.
    people: BTreeMap<String, usize>,
    /// Places of people by reference.
    person_ids: BTreeMap<String, usize>,
    /// Places of roles by reference of the post, with the folded name.
    posts: BTreeMap<String, Vec<(String, usize)>>,
    /// Places of roles without a reference by unit and folded name.
    roles_by_unit: BTreeMap<(Option<usize>, String), usize>,
    lines: Vec<Line>,
    known: BaseNames,
    /// Elements of the document that already are in the plan.
    claimed: BTreeSet<ElementRef>,
}

/// Elements of the document by folded name.
struct BaseNames {
    units: BTreeMap<String, Vec<UnitId>>,
    people: BTreeMap<String, Vec<PersonId>>,
    roles: BTreeMap<String, Vec<RoleId>>,
}

impl BaseNames {
    fn of(base: &Document) -> Self {
        Self { units: by_name::<Unit>(base), people: by_name::<Person>(base), roles: by_name::<Role>(base) }
    }
}

fn by_name<E: Element>(document: &Document) -> BTreeMap<String, Vec<E::Id>> {
    let mut names: BTreeMap<String, Vec<E::Id>> = BTreeMap::new();
    for (id, record) in E::table(document).iter() {
        names.entry(same(record.name())).or_default().push(id);
    }
    names
}

fn same(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A reference as a key: characters that no key has become hyphens.
fn key_of(reference: &str) -> Key {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let text: String = reference.chars().map(|c| if allowed(c) { c } else { '-' }).collect();
    Key::new(&text).unwrap_or_default()
}

fn stated(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The only item, none where there are none or several.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

impl Planner<'_> {
    fn problem(&mut self, row: usize, field: Field, found: &str, expected: String, consequence: &'static str) {
        let column = self.columns.heading_of(field);
        self.report.problems.push(RowProblem { row, column, found: found.to_owned(), expected, consequence });
    }
}

fn existing<I: Copy>(target: &Target<I>) -> Option<I> {
    match target {
        Target::Existing(id) => Some(*id),
        Target::New(_) => None,
    }
}

/// Whether `place` is met on the way up from `below`, by the plan and, where it is silent, by the document.
fn is_above<I: Copy + PartialEq>(
    place: usize,
    below: usize,
    planned: impl Fn(usize) -> Option<(Option<usize>, Option<I>)>,
    base: impl Fn(I) -> Option<I>,
    limit: usize,
) -> bool {
    let own = planned(place).and_then(|(_, id)| id);
    let planned_place = |id: I| (0..limit).find(|place| planned(*place).is_some_and(|(_, known)| known == Some(id)));
    let mut current = (Some(below), planned(below).and_then(|(_, id)| id));
    for _ in 0..=limit {
        let is_met = current.0 == Some(place) || (own.is_some() && current.1 == own);
        if is_met {
            return true;
        }
        let above = current.0.and_then(&planned).and_then(|(above, _)| above);
        current = match (above, current.1.and_then(&base)) {
            (Some(above), _) => (Some(above), planned(above).and_then(|(_, id)| id)),
            (None, Some(id)) => (planned_place(id), Some(id)),
            (None, None) => return false,
        };
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::edit::apply;
    use crate::import::{ColumnMap, Imported, Input, detect};
    use crate::model::{Document, Element as _, ElementRef, RoleId, ViewKind, integrity};

    fn import_into(base: &Document, text: &str) -> Imported {
        let input = Input {
            bytes: text.as_bytes(),
            name: "staff.csv",
            base,
            map: &ColumnMap::default(),
            arranges_anew: false,
            matrix: &crate::import::matrix::Settings::default(),
            log: &crate::import::event_log::Settings::default(),
        };
        let imported = (detect("staff.csv", b"").unwrap().read)(&input).unwrap();
        assert_eq!(integrity::check(&imported.document), []);
        assert_eq!(apply(base, &imported.edit).unwrap().document, imported.document);
        imported
    }

    fn import(text: &str) -> Imported {
        import_into(&Document::default(), text)
    }

    fn role(document: &Document, name: &str) -> RoleId {
        document.roles().iter().find(|(_, role)| role.name == name).map(|(id, _)| id).unwrap()
    }

    fn superior<'a>(document: &'a Document, name: &str) -> &'a str {
        let above = document.roles().get(role(document, name)).unwrap().reports_to;
        above.map_or("nobody", |id| document.name_of(id.into()))
    }

    fn problems(imported: &Imported) -> Vec<String> {
        imported.report.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rows_of_one_role_become_one_role_with_several_holders() {
        let imported = import(
            "Unit;Parent unit;Role;Holder;Share;Reports to\n\
             Company;;Owner;Ana Costa;100 %;\n\
             Shop;Company;Clerk;Bea;50 %;Owner\n\
             Shop;Company;Clerk;Carl;;owner\n\
             Shop;;Baker;vacant;;Ana Costa\n",
        );
        let document = &imported.document;
        assert_eq!(problems(&imported), Vec::<String>::new());
        assert_eq!((document.units().len(), document.roles().len(), document.people().len()), (2, 3, 3));
        let clerk = document.roles().get(role(document, "Clerk")).unwrap();
        assert_eq!(clerk.holders.iter().map(|holding| holding.share).collect::<Vec<_>>(), [Some(0.5), None]);
        assert_eq!((superior(document, "Clerk"), superior(document, "Baker")), ("Owner", "Owner"));
        assert!(document.roles().get(role(document, "Baker")).unwrap().vacant);
        let shop = document.units().iter().find(|(_, unit)| unit.name == "Shop").unwrap().1;
        assert_eq!(document.name_of(shop.parent.unwrap().into()), "Company");
        assert!(matches!(document.views().iter().next().unwrap().1.kind, ViewKind::Organisation { root: None, .. }));
    }

    #[test]
    fn posts_with_references_stay_apart_and_are_linked_by_them() {
        let imported = import("Post ID,Role,Unit,Reports to\n7,Clerk,Shop,1\n8,Clerk,Shop,1\n1,Manager,Shop,XX\n");
        assert_eq!(imported.document.roles().len(), 3);
        assert_eq!(imported.report.reporting_lines, 2);
        assert!(matches!(imported.document.by_key("8"), Some(ElementRef::Role(_))));
    }

    #[test]
    fn managers_are_found_by_the_reference_of_the_person() {
        let imported = import(
            "Employee ID,First name,Last name,Title,Department,Manager ID\n\
             e1,Ana,Costa,Owner,Office,\ne2,Bea,Diaz,Clerk,Shop,e1\n",
        );
        assert_eq!(superior(&imported.document, "Clerk"), "Owner");
        assert_eq!(imported.document.people().iter().next().unwrap().1.name, "Ana Costa");
        assert!(imported.report.notes.iter().any(|note| note.contains("hung below")), "{:?}", imported.report.notes);
    }

    #[test]
    fn circles_are_named_and_left_out() {
        let imported = import(
            "Unit,Parent unit,Role,Reports to\nA,B,First,Second\nB,A,Second,Third\nC,C,Third,First\nD,,Fourth,Fourth\n",
        );
        let expected = [
            "row 2, Parent unit: “B”; expected",
            "row 3, Parent unit: “A”; expected a unit that is not itself below this one; the unit was left at the top",
            "row 4, Reports to: “First”; expected a superior that is not itself below this role; the reporting line was \
             left out",
            "row 5, Reports to: “Fourth”; expected a superior other than the role itself; the reporting line was left \
             out",
        ];
        assert_eq!(problems(&imported), expected[1..]);
        assert_eq!(superior(&imported.document, "First"), "Second");
    }

    #[test]
    fn what_cannot_be_used_is_told_with_row_and_column() {
        let imported = import(
            "Role,Unit,Holder,FTE,Hours,Level,Reports to,Email\n\
             Clerk,Shop,Bea,1.5,lots,deep,Nobody Known,b@example.org\n\
             ,,,,,,Clerk,\n\
             ,Shop,Carl,,,,,\n\
             Baker,Shop,,0.5,,,,\n\
             Baker,Shop,Eliminated,,,,,\n",
        );
        assert_eq!(imported.report.unknown_columns, ["Email"]);
        let starts = [
            "row 2, FTE: “1.5”",
            "row 2, Hours: “lots”",
            "row 2, Level: “deep”",
            "row 2, Reports to: “Nobody Known”",
            "row 3: “Clerk”; expected a unit, role or holder in the row",
            "row 4, Role: “Carl”; expected a role",
            "row 5, FTE: “0.5”; expected a holder",
            "row 6, Holder: “Eliminated”",
        ];
        let found = problems(&imported);
        assert_eq!(found.len(), starts.len(), "{found:#?}");
        for (found, start) in found.iter().zip(starts) {
            assert!(found.starts_with(start), "{found}");
        }
    }

    #[test]
    fn the_same_name_means_the_nearest_role() {
        let imported = import(
            "Unit,Parent unit,Role,Reports to\nFirm,,Owner,\nNorth,Firm,Manager,Owner\nSouth,Firm,Manager,Owner\n\
             North,Firm,Clerk,Manager\nVan,,Driver,Manager\n",
        );
        let document = &imported.document;
        let clerk = document.roles().get(role(document, "Clerk")).unwrap();
        assert_eq!(document.roles().get(clerk.reports_to.unwrap()).unwrap().unit, clerk.unit);
        assert_eq!(problems(&imported).len(), 1, "the driver's manager is not clear");
    }

    #[test]
    fn importing_again_updates_instead_of_doubling() {
        let text = "Post ID,Role,Unit,Parent unit,Name,Reports to\n1,Owner,Office,,Ana,\n2,Clerk,Shop,Office,Bea,1\n";
        let first = import(text);
        let again = import_into(&first.document, text);
        assert_eq!(again.document, first.document);
        assert_eq!((again.report.roles.unchanged, again.report.roles.added), (2, 0));
        let changed = "Post ID,Role,Unit,Name,Reports to\n2,Head clerk,Shop,Carl,1\n3,Baker,Shop,,Head clerk\n4,Driver,Shop,,Owner\n";
        let third = import_into(&again.document, changed);
        let document = &third.document;
        assert_eq!((third.report.roles.updated, third.report.roles.added), (1, 2));
        assert_eq!(document.roles().len(), 4);
        assert_eq!((superior(document, "Baker"), superior(document, "Driver")), ("Head clerk", "Owner"));
        assert_eq!(document.holders_label(role(document, "Head clerk")), "Carl");
        assert_eq!(document.people().len(), 3, "nobody is taken away");
        let shop = document.units().iter().find(|(_, unit)| unit.name() == "Shop").unwrap().1;
        assert!(shop.parent.is_some(), "what is not stated stays");
        assert_eq!(document.views().len(), 1);
    }
}
