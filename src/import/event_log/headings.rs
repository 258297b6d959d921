//! Which column of a table is which part of a log: usual headings in English, German, French and Spanish, and those of
//! XES (`case:concept:name`, `concept:name`, `org:resource`, `time:timestamp`, `lifecycle:transition`).

use crate::import::headings::folded;
use crate::import::table::Row;
use crate::import::{ColumnMap, ImportError};

/// What a column of a log may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Which case.
    Case,
    /// What was done.
    Activity,
    /// Who did it.
    Resource,
    /// In which role.
    Role,
    /// When it began.
    Start,
    /// When it ended.
    End,
    /// When something happened; what, says the lifecycle.
    Time,
    /// When it became ready to be done.
    Enabled,
    /// What happened: start, complete.
    Lifecycle,
    /// Which start and complete belong together.
    Instance,
}

/// Every field with its word for `--map` and its usual headings as [`folded`].
const FIELDS: &[(Field, &str, &str)] = &[
    (
        Field::Case,
        "case",
        "caseconceptname caseid case casename caseidentifier casenumber caseno traceid trace processinstance \
         processinstanceid processid patient patientid fall fallid fallnummer vorgang vorgangsid vorgangsnummer dossier \
         numerodossier iddossier affaire caso idcaso numerodecaso expediente",
    ),
    (
        Field::Activity,
        "activity",
        "conceptname activity activityname activityid task taskname step stepname event eventname operation handling \
         aktivitat tatigkeit schritt arbeitsschritt aufgabe activite tache etape actividad tarea paso",
    ),
    (
        Field::Resource,
        "resource",
        "orgresource resource resourcename resourceid person user username employee employeename agent performer originator \
         performedby doneby mitarbeiter mitarbeiterin bearbeiter bearbeiterin benutzer ressource personne utilisateur employe \
         recurso persona usuario empleado",
    ),
    (Field::Role, "role", "orgrole role roles rolle orggroup group gruppe groupe grupo rol"),
    (
        Field::Start,
        "start",
        "starttimestamp starttime start started startdate startdatetime begin begintime began beginn startzeit \
         startzeitpunkt anfang debut heuredebut datedebut inicio horainicio fechainicio",
    ),
    (
        Field::End,
        "end",
        "endtimestamp endtime end ended enddate enddatetime completetimestamp completetime completiontime completed \
         complete finish finished finishtime ende endzeit endzeitpunkt fin heurefin datefin horafin fechafin",
    ),
    (
        Field::Time,
        "time",
        "timetimestamp timestamp time datetime date eventtime zeitstempel zeit zeitpunkt datum horodatage heure \
         marcadetiempo fechahora fecha hora",
    ),
    (Field::Enabled, "ready", "enabledtime enabledtimestamp enabled enabletime readytime ready availabletime bereit"),
    (
        Field::Lifecycle,
        "lifecycle",
        "lifecycletransition lifecycle transition registrationtype eventtype lifecyclestate ereignis ereignistyp evenement \
         typeevenement evento tipoevento",
    ),
    (
        Field::Instance,
        "instance",
        "conceptinstance activityinstance activityinstanceid instanceid instance handlingid lifecycleid",
    ),
];

/// Rows looked at to find the headings.
const ROWS_TRIED: usize = 20;

/// Which column holds what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// Field and place, in the order of fields.
    pub fields: Vec<(Field, usize)>,
    pub headings: Vec<String>,
    /// Place of the first row with data in the list of rows.
    pub first_row: usize,
}

impl Columns {
    pub(super) fn of(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, column)| *column)
    }

    pub(super) fn cell<'a>(&self, row: &'a Row, field: Field) -> &'a str {
        self.of(field).map_or("", |column| row.cell(column))
    }

    pub(super) fn heading_of(&self, field: Field) -> String {
        let heading = self.of(field).and_then(|column| self.headings.get(column));
        heading.cloned().unwrap_or_default()
    }

    /// Whether they make a log: cases, activities and some time.
    pub(super) fn are_enough(&self) -> bool {
        let has_time = [Field::Start, Field::End, Field::Time].iter().any(|field| self.of(*field).is_some());
        self.of(Field::Case).is_some() && self.of(Field::Activity).is_some() && has_time
    }

    /// Headings that belong to no field.
    pub(super) fn unknown(&self) -> Vec<String> {
        let is_known = |column: usize| self.fields.iter().any(|(_, known)| *known == column);
        let named = self.headings.iter().enumerate().filter(|(column, name)| !name.is_empty() && !is_known(*column));
        named.map(|(_, heading)| heading.clone()).collect()
    }
}

/// The word of a field.
pub(super) fn word(field: Field) -> &'static str {
    FIELDS.iter().find(|(known, ..)| *known == field).map_or("", |(_, word, _)| word)
}

/// Finds the headings; a map given by the user goes before the usual names.
///
/// # Errors
/// The map names a field or column that does not exist.
pub(super) fn find(rows: &[Row], map: &ColumnMap) -> Result<Columns, ImportError> {
    let stated = stated(map)?;
    let wanted: Vec<String> = stated.iter().map(|(_, column)| folded(column)).collect();
    let known = |cell: &&String| {
        let name = folded(cell);
        !name.is_empty() && (wanted.contains(&name) || FIELDS.iter().any(|(.., usual)| has(usual, &name)))
    };
    let counts = rows.iter().take(ROWS_TRIED).map(|row| row.cells.iter().filter(known).count());
    let best =
        counts.enumerate().fold((0, 0), |best, (place, count)| if count > best.1 { (place, count) } else { best });
    let headings = rows.get(best.0).map(|row| row.cells.clone()).unwrap_or_default();
    let mut columns = Columns { fields: Vec::new(), headings, first_row: best.0 + 1 };
    let names: Vec<String> = columns.headings.iter().map(|heading| folded(heading)).collect();
    for (field, column) in &stated {
        let numbered = column.trim().strip_prefix('#').and_then(|number| number.parse::<usize>().ok()?.checked_sub(1));
        let name = folded(column);
        let place = names.iter().position(|known| !name.is_empty() && *known == name);
        let place = place.or_else(|| numbered.filter(|place| *place < names.len()));
        let unknown = || ImportError::UnknownColumn { column: column.clone(), headings: columns.headings.clone() };
        columns.fields.push((*field, place.ok_or_else(unknown)?));
    }
    for (field, _, usual) in FIELDS {
        if columns.of(*field).is_some() {
            continue;
        }
        let free = |place: &usize| columns.fields.iter().all(|(_, taken)| taken != place);
        let place = usual.split_whitespace().find_map(|usual| names.iter().position(|name| name == usual).filter(free));
        columns.fields.extend(place.map(|place| (*field, place)));
    }
    columns.fields.sort_unstable();
    Ok(columns)
}

fn has(usual: &str, name: &str) -> bool {
    usual.split_whitespace().any(|usual| usual == name)
}

fn stated(map: &ColumnMap) -> Result<Vec<(Field, String)>, ImportError> {
    let mut stated: Vec<(Field, String)> = Vec::new();
    for (name, column) in &map.0 {
        let wanted = folded(name);
        let found = FIELDS.iter().find(|(_, word, usual)| *word == wanted || has(usual, &wanted));
        let Some((field, word, _)) = found else { return Err(ImportError::UnknownLogField(name.clone())) };
        if stated.iter().any(|(known, _)| known == field) {
            return Err(ImportError::FieldTwice(word));
        }
        stated.push((*field, column.clone()));
    }
    Ok(stated)
}

/// The words of all fields.
pub(in crate::import) fn field_words() -> String {
    FIELDS.iter().map(|(_, word, _)| *word).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(headings: &[&str]) -> Vec<Field> {
        let row = Row { number: 1, cells: headings.iter().map(|heading| (*heading).to_owned()).collect() };
        find(&[row], &ColumnMap::default()).unwrap().fields.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn usual_headings_are_known() {
        use Field::*;
        let all = [Case, Activity, Resource, Start, End];
        for headings in [
            ["case_id", "activity", "resource", "start_time", "end_time"],
            ["Fall-ID", "Tätigkeit", "Bearbeiter", "Beginn", "Ende"],
            ["Dossier", "Tâche", "Utilisateur", "Début", "Fin"],
            ["Caso", "Actividad", "Usuario", "Inicio", "Fin"],
        ] {
            assert_eq!(fields(&headings), all, "{headings:?}");
        }
        let xes = ["case:concept:name", "concept:name", "org:resource", "time:timestamp", "lifecycle:transition"];
        assert_eq!(fields(&xes), [Case, Activity, Resource, Time, Lifecycle]);
        let patients = ["handling", "patient", "employee", "handling_id", "registration_type", "time"];
        assert_eq!(fields(&patients), [Case, Activity, Resource, Time, Lifecycle, Instance]);
    }

    #[test]
    fn a_map_goes_before_the_usual_names() {
        let row = |number, cells: [&str; 3]| Row { number, cells: cells.map(str::to_owned).to_vec() };
        let rows = [row(1, ["Case", "Order", "When"]), row(2, ["7", "Pay", "2026-01-05"])];
        let columns = find(&rows, &"activity=Order,time=#3".parse().unwrap()).unwrap();
        assert!(columns.are_enough());
        assert_eq!(columns.cell(&rows[1], Field::Time), "2026-01-05");
        assert!(!find(&rows, &ColumnMap::default()).unwrap().are_enough());
        let unknown = find(&rows, &"colour=Order".parse().unwrap()).unwrap_err().to_string();
        assert!(unknown.contains("case, activity, resource"), "{unknown}");
        assert!(matches!(find(&rows, &"activity=Job".parse().unwrap()), Err(ImportError::UnknownColumn { .. })));
    }
}
