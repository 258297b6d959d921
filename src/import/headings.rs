//! Which column of a table is meant by which field of an organisation.
//!
//! A heading is compared without case, accents, spaces and punctuation, in English, German, French and Spanish. The
//! names of a field stand in order of preference; a column belongs to one field at most.

use super::table::Row;
use super::{ColumnMap, ImportError};

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Reference of the post, unique in the table.
    PostId,
    /// Name of the role or post.
    Role,
    /// Name of the unit.
    Unit,
    /// Name of the unit above.
    ParentUnit,
    /// What the unit is called: company, shop, team.
    UnitKind,
    /// Name of the organisation as a whole.
    Organisation,
    /// Reference or name of the role, or name of the person, that the role reports to.
    ReportsTo,
    /// Who holds the role.
    Holder,
    /// First part of the holder's name.
    GivenName,
    /// Last part of the holder's name.
    FamilyName,
    /// Reference of the person, unique in the table.
    PersonId,
    /// Share of the person's time.
    Share,
    /// Hours of work of the person in a week.
    Hours,
    /// Distance from the owner.
    Level,
    /// Why the role exists.
    Purpose,
    /// Free text about the role.
    Description,
}

/// Every field with its usual headings as [`folded`], separated by spaces; the word for `--map` is the first.
pub const FIELDS: &[(Field, &str)] = &[
    (
        Field::PostId,
        "postid postuniquereference postreference positionid positionnumber roleid jobid reference id \
         stellennummer planstelle numerodeposte idposte idpuesto numerodepuesto",
    ),
    (
        Field::Role,
        "role jobtitle post position title rolename posttitle positiontitle genericjobtitle job rolle \
         stelle stellenbezeichnung funktion berufsbezeichnung poste fonction intituledeposte puesto cargo \
         rol funcion",
    ),
    (
        Field::Unit,
        "unit unitname orgunit organisationalunit organizationalunit businessunit department \
         departmentname dept team division group einheit organisationseinheit abteilung bereich unite \
         service departement equipe unidad departamento equipo area",
    ),
    (
        Field::ParentUnit,
        "parentunit parent parentdepartment parentname parentteam superiorunit higherunit partof \
         ubergeordneteeinheit ubergeordneteabteilung obereinheit uniteparente servicesuperieur \
         departementparent unidadsuperior unidadpadre departamentosuperior",
    ),
    (Field::UnitKind, "unitkind unittype kindofunit typeofunit artdereinheit typedunite tipodeunidad"),
    (
        Field::Organisation,
        "organisation organization organisationname company firm unternehmen firma entreprise societe \
         organizacion empresa",
    ),
    (
        Field::ReportsTo,
        "reportsto reportstoseniorpost reportingseniorpost reportstopost reportstoid manager managername \
         managerid supervisor supervisorname supervisorid linemanager superior boss vorgesetzter \
         vorgesetzte berichtetan fuhrungskraft superieur responsable rattachea reportaa jefe",
    ),
    (
        Field::Holder,
        "holder person name fullname employee employeename personname heldby incumbent holders people \
         mitarbeiter mitarbeiterin inhaber stelleninhaber personne nom nomcomplet titulaire employe \
         persona nombre nombrecompleto titular empleado",
    ),
    (Field::GivenName, "givenname firstname forename vorname prenom nombredepila"),
    (Field::FamilyName, "familyname lastname surname nachname nomdefamille apellido apellidos"),
    (
        Field::PersonId,
        "personid employeeid employeenumber staffid staffnumber personnelnumber userid personalnummer \
         mitarbeiternummer matricule idempleado",
    ),
    (
        Field::Share,
        "share fte percent allocation shareoftime anteil vollzeitaquivalent etp quotite dedicacion \
         porcentaje",
    ),
    (
        Field::Hours,
        "hoursperweek hours weeklyhours workinghours wochenstunden stundenprowoche stunden \
         heuresparsemaine heures horassemanales horasporsemana horas",
    ),
    (Field::Level, "level organizationlevel organisationlevel hierarchylevel ebene stufe niveau nivel"),
    (
        Field::Purpose,
        "purpose jobteamfunction jobpurpose function mission zweck aufgabe finalite objet proposito \
         objetivo",
    ),
    (
        Field::Description,
        "description notes note comment comments remarks beschreibung bemerkung bemerkungen remarques \
         commentaire descripcion notas observaciones",
    ),
];

/// Rows looked at to find the headings.
const ROWS_TRIED: usize = 20;

/// Which column holds which field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Field and place of the column, in the order of fields.
    pub fields: Vec<(Field, usize)>,
    /// Headings of the columns, empty where there are no headings.
    pub headings: Vec<String>,
    /// Place of the first row with data in the list of rows.
    pub first_row: usize,
}

impl Columns {
    /// The column of a field.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, column)| *column)
    }

    /// The cell of a field in a row; empty where no column holds it.
    pub fn cell<'a>(&self, row: &'a Row, field: Field) -> &'a str {
        self.of(field).map_or("", |column| row.cell(column))
    }

    /// What the column of a field is called: its heading, else its number.
    pub fn heading_of(&self, field: Field) -> String {
        let Some(column) = self.of(field) else { return String::new() };
        match self.headings.get(column) {
            Some(heading) if !heading.is_empty() => heading.clone(),
            _ => format!("#{}", column + 1),
        }
    }

    /// Headings that belong to no field; columns without a heading are left out.
    pub fn unknown(&self) -> Vec<String> {
        let is_known = |column: usize| self.fields.iter().any(|(_, known)| *known == column);
        let named =
            self.headings.iter().enumerate().filter(|(column, heading)| !heading.is_empty() && !is_known(*column));
        named.map(|(_, heading)| heading.clone()).collect()
    }
}

/// The word by which `--map` names a field.
pub fn word(field: Field) -> &'static str {
    match field {
        Field::PostId => "post id",
        Field::Role => "role",
        Field::Unit => "unit",
        Field::ParentUnit => "parent unit",
        Field::UnitKind => "unit kind",
        Field::Organisation => "organisation",
        Field::ReportsTo => "reports to",
        Field::Holder => "holder",
        Field::GivenName => "given name",
        Field::FamilyName => "family name",
        Field::PersonId => "person id",
        Field::Share => "share",
        Field::Hours => "hours per week",
        Field::Level => "level",
        Field::Purpose => "purpose",
        Field::Description => "description",
    }
}

/// Text without case, accents, spaces and punctuation, to compare headings and names of fields.
pub fn folded(text: &str) -> String {
    let mut folded = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è'..='ë' => folded.push('e'),
            'ì'..='ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò'..='ö' => folded.push('o'),
            'ù'..='ü' => folded.push('u'),
            'ß' => folded.push_str("ss"),
            other if other.is_alphanumeric() => folded.push(other),
            _ => {}
        }
    }
    folded
}

/// Finds the headings and what they stand for; a map given by the user goes before the usual names.
///
/// # Errors
/// The map names a field or column that does not exist, or nothing in the first rows is a heading.
pub fn find(rows: &[Row], map: &ColumnMap) -> Result<Columns, ImportError> {
    let stated = stated_fields(map)?;
    let by_number_only = !stated.is_empty() && stated.iter().all(|(_, column)| numbered(column).is_some());
    if by_number_only && !rows.first().is_some_and(has_headings) {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let mut columns = Columns::default();
        for (field, column) in &stated {
            columns.fields.push((*field, numbered_within(column, width)?));
        }
        return Ok(columns);
    }
    let first_row = heading_row(rows, &stated)?;
    let headings: Vec<String> = rows.get(first_row).map(|row| row.cells.clone()).unwrap_or_default();
    let mut columns = Columns { fields: Vec::new(), headings, first_row: first_row + 1 };
    for (field, column) in &stated {
        let place = place_of(column, &columns.headings)?;
        columns.fields.push((*field, place));
    }
    let names: Vec<String> = columns.headings.iter().map(|heading| folded(heading)).collect();
    for (field, usual) in FIELDS {
        if columns.of(*field).is_some() {
            continue;
        }
        let free = |place: &usize| columns.fields.iter().all(|(_, taken)| taken != place);
        let place = usual.split(' ').find_map(|usual| names.iter().position(|name| name == usual).filter(free));
        if let Some(place) = place {
            columns.fields.push((*field, place));
        }
    }
    columns.fields.sort_unstable();
    Ok(columns)
}

/// The fields of the map, each with what the user wrote for its column.
fn stated_fields(map: &ColumnMap) -> Result<Vec<(Field, String)>, ImportError> {
    let mut stated = Vec::new();
    for (name, column) in &map.0 {
        let wanted = folded(name);
        let found = FIELDS.iter().find(|(_, names)| names.split(' ').next() == Some(wanted.as_str()));
        let found = found.or_else(|| FIELDS.iter().find(|(_, names)| names.split(' ').any(|name| name == wanted)));
        let Some((field, _)) = found else { return Err(ImportError::UnknownField(name.clone())) };
        if stated.iter().any(|(known, _)| known == field) {
            return Err(ImportError::FieldTwice(word(*field)));
        }
        stated.push((*field, column.clone()));
    }
    Ok(stated)
}

/// The place of a column given as `#3`, counted from 1.
fn numbered(column: &str) -> Option<usize> {
    column.trim().strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1)
}

fn numbered_within(column: &str, width: usize) -> Result<usize, ImportError> {
    numbered(column).filter(|place| *place < width).ok_or_else(|| ImportError::UnknownColumn {
        column: column.to_owned(),
        headings: vec![format!("#1 to #{width}")],
    })
}

/// Whether a row has two usual headings at least.
fn has_headings(row: &Row) -> bool {
    row.cells.iter().filter(|cell| is_usual(&folded(cell))).count() >= 2
}

fn is_usual(name: &str) -> bool {
    FIELDS.iter().any(|(_, usual)| usual.split(' ').any(|usual| usual == name))
}

fn place_of(column: &str, headings: &[String]) -> Result<usize, ImportError> {
    let wanted = folded(column);
    let place = headings.iter().position(|heading| heading.trim() == column.trim());
    let place = place.or_else(|| headings.iter().position(|heading| !wanted.is_empty() && folded(heading) == wanted));
    let place = place.or_else(|| numbered(column).filter(|place| *place < headings.len()));
    place.ok_or_else(|| ImportError::UnknownColumn {
        column: column.to_owned(),
        headings: headings.iter().filter(|heading| !heading.is_empty()).cloned().collect(),
    })
}

/// The row among the first ones that has most headings; the earlier one of equals.
fn heading_row(rows: &[Row], stated: &[(Field, String)]) -> Result<usize, ImportError> {
    let stated: Vec<String> = stated.iter().map(|(_, column)| folded(column)).collect();
    let known = |cell: &String| {
        let name = folded(cell);
        stated.contains(&name) || is_usual(&name)
    };
    let counts = rows.iter().take(ROWS_TRIED).map(|row| row.cells.iter().filter(|cell| known(cell)).count());
    let mut best = (0, 0);
    for (place, count) in counts.enumerate() {
        if count > best.0 {
            best = (count, place);
        }
    }
    if best.0 == 0 {
        let first = rows.first().map(|row| row.cells.clone()).unwrap_or_default();
        return Err(ImportError::NoHeadings { first_row: first });
    }
    Ok(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&[&str]]) -> Vec<Row> {
        let cells = |line: &&[&str]| line.iter().map(|cell| (*cell).to_owned()).collect();
        lines.iter().enumerate().map(|(place, line)| Row { number: place + 1, cells: cells(line) }).collect()
    }

    fn map(text: &str) -> ColumnMap {
        text.parse().unwrap()
    }

    #[test]
    fn usual_headings_are_known_in_four_languages() {
        for (headings, fields) in [
            (["Department", "Job Title", "MANAGER"], [Field::Role, Field::Unit, Field::ReportsTo]),
            (["Abteilung", "Stelle", "Vorgesetzte"], [Field::Role, Field::Unit, Field::ReportsTo]),
            (["Équipe", "Poste", "Supérieur"], [Field::Role, Field::Unit, Field::ReportsTo]),
            (["Unidad", "Puesto", "reporta_a"], [Field::Role, Field::Unit, Field::ReportsTo]),
        ] {
            let columns = find(&rows(&[&headings]), &ColumnMap::default()).unwrap();
            let found: Vec<_> = columns.fields.iter().map(|(field, _)| *field).collect();
            assert_eq!(found, fields, "{headings:?}");
        }
    }

    #[test]
    fn headings_may_stand_below_a_title() {
        let table = rows(&[&["Staff list 2026", ""], &["Unit", "Role", "Grade"], &["Office", "Clerk", "B"]]);
        let columns = find(&table, &ColumnMap::default()).unwrap();
        assert_eq!(columns.first_row, 2);
        assert_eq!(columns.unknown(), ["Grade"]);
        assert_eq!(columns.cell(&table[2], Field::Role), "Clerk");
    }

    #[test]
    fn a_map_goes_before_the_usual_names() {
        let table = rows(&[&["Unit", "Team", "Role"]]);
        let columns = find(&table, &map("unit=Team,parent unit=Unit")).unwrap();
        assert_eq!((columns.of(Field::Unit), columns.of(Field::ParentUnit)), (Some(1), Some(0)));
        assert_eq!(find(&table, &map("unit=#2,role=#3")).unwrap().first_row, 1);
        let bare = rows(&[&["1", "ken0", "Chief executive"]]);
        assert_eq!(find(&bare, &map("holder=#2,role=#3")).unwrap().first_row, 0, "no headings");
    }

    #[test]
    fn a_map_that_fits_nothing_says_so() {
        let table = rows(&[&["Unit", "Role"]]);
        assert!(matches!(find(&table, &map("colour=Unit")), Err(ImportError::UnknownField(_))));
        assert!(matches!(find(&table, &map("unit=Squad")), Err(ImportError::UnknownColumn { .. })));
        assert!(matches!(find(&table, &map("unit=Unit,unit=Role")), Err(ImportError::FieldTwice("unit"))));
        assert!(matches!(find(&rows(&[&["1", "2"]]), &ColumnMap::default()), Err(ImportError::NoHeadings { .. })));
    }

    #[test]
    fn no_two_fields_share_a_usual_heading() {
        let mut names: Vec<&str> = FIELDS.iter().flat_map(|(_, names)| names.split(' ')).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(FIELDS.iter().all(|(field, names)| names.split(' ').next() == Some(folded(word(*field)).as_str())));
    }
}
