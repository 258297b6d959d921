//! Duties that one person should not join on the same thing: people × classes of artefacts.
//!
//! A step carries duties (authorise, hold, record, reconcile) on the classes of what it takes and makes; they are those of
//! everybody who holds the performing role. Two of them on one class are a conflict (rule SD-01), a small one where all
//! linked decisions stay within the project's appetite. It is cleared where a compensating control is in place: somebody
//! else has to agree to one of the steps or their decisions, verifies it, or reconciles the same class.

use std::collections::{BTreeMap, BTreeSet};

use super::kit::{lacking, name, no_choices, nothing, to};
use super::{Choice, Figures, Meta};
use crate::analysis::words;
use crate::model::*;
use crate::scene::Severity;
use crate::scene::display::*;
use crate::scene::icon::Icon;

pub(super) const META: Meta = Meta {
    id: "duties",
    title: "Duties apart",
    question: "Does one person hold duties that should be apart on the same thing?",
    icon: Icon::ShieldCheck,
    keywords: "segregation separation of duties conflict fraud control authorise custody record reconcile",
};

pub(super) fn choices(document: &Document) -> Vec<Choice> {
    no_choices(document)
}

/// What one person does on one class of things.
#[derive(Clone, Debug, Default)]
struct Joined {
    steps: Vec<StepId>,
    duties: BTreeSet<DutyTag>,
}

/// How two duties of one person are judged.
#[derive(Clone, Debug, PartialEq)]
enum Verdict {
    /// One duty at most.
    Apart,
    /// Several, and somebody else looks over it: who, and how.
    Cleared(String),
    /// Several, about small amounts.
    Small,
    /// Several.
    Conflict,
}

impl Verdict {
    fn word(&self) -> String {
        match self {
            Self::Apart => "apart".to_owned(),
            Self::Cleared(by) => format!("joined, and cleared: {by}"),
            Self::Small => "joined, about small amounts".to_owned(),
            Self::Conflict => "joined: a mistake would go unnoticed".to_owned(),
        }
    }

    fn shade(&self) -> Shade {
        match self {
            Self::Apart => Shade::None,
            Self::Cleared(_) => Shade::Cleared,
            Self::Small => Shade::Problem(Severity::Medium),
            Self::Conflict => Shade::Problem(Severity::High),
        }
    }
}

type Cells = BTreeMap<(String, PersonId), Joined>;

pub(super) fn show(figures: &Figures<'_>, _choice: &str) -> Display {
    let (cells, missing) = cells(figures);
    let table = table(figures, &cells);
    if cells.is_empty() {
        let sentence = "No step says which duties it carries on what. Mark steps that authorise, hold, record or reconcile, \
                        and name the artefacts they take and make.";
        return Display { missing, ..nothing(sentence, table) };
    }
    let mut display = Display { tables: vec![table], missing, ..Display::default() };
    display.blocks.push(Block::Prose(sentences(figures, &cells)));
    let (grid, details) = grid(figures, &cells);
    display.blocks.push(Block::Grid(grid));
    display.details = details;
    display.blocks.push(Block::Legend(vec![
        (LegendSign::Shade(Shade::Problem(Severity::High)), "joined in one person".to_owned()),
        (LegendSign::Shade(Shade::Problem(Severity::Medium)), "joined, small amounts".to_owned()),
        (LegendSign::Shade(Shade::Cleared), "joined, and somebody else looks over it".to_owned()),
    ]));
    display.blocks.push(Block::Prose(vec![Sentence::small(
        "A authorises, H holds, R records, C compares the books with the facts. Wanted: at most one of them for each person \
         and thing. Small: all linked decisions have a 95th percentile of amounts within the project’s appetite.",
    )]));
    display
}

fn letter(duty: DutyTag) -> &'static str {
    match duty {
        DutyTag::Authorise => "A",
        DutyTag::Custody => "H",
        DutyTag::Record => "R",
        DutyTag::Reconcile => "C",
    }
}

fn word(duty: DutyTag) -> &'static str {
    match duty {
        DutyTag::Authorise => "authorises",
        DutyTag::Custody => "holds",
        DutyTag::Record => "records",
        DutyTag::Reconcile => "compares",
    }
}

/// Classes of the artefacts that a step takes or makes, in lower case (as in rule SD-01).
fn classes_of(document: &Document, step: &Step) -> BTreeSet<String> {
    let artefacts = step.inputs.iter().chain(&step.outputs).filter_map(|id| document.artefacts().get(*id));
    let class = |artefact: &Artefact| {
        let own = if artefact.class.trim().is_empty() { &artefact.name } else { &artefact.class };
        own.trim().to_lowercase()
    };
    artefacts.map(class).filter(|class| !class.is_empty()).collect()
}

fn cells(figures: &Figures<'_>) -> (Cells, Vec<MissingInput>) {
    let document = figures.document;
    let mut cells = Cells::new();
    let (mut no_artefact, mut no_holder) = (Vec::new(), Vec::new());
    for (id, step) in document.steps().iter().filter(|(_, step)| !step.duties.is_empty()) {
        let Some(performer) = figures.index.performer(id) else { continue };
        let classes = classes_of(document, step);
        if classes.is_empty() {
            no_artefact.push(id);
        }
        let people = figures.index.people_of(performer);
        let is_vacant =
            matches!(performer, Actor::Role(role) if document.roles().get(role).is_some_and(|role| role.vacant));
        if people.is_empty() && matches!(performer, Actor::Role(_)) && !is_vacant {
            no_holder.push(ElementRef::from(performer));
        }
        for class in classes {
            for person in &people {
                let entry = cells.entry((class.clone(), *person)).or_default();
                entry.steps.push(id);
                entry.duties.extend(step.duties.iter().copied());
            }
        }
    }
    let inputs = [
        lacking("step with duties names no artefact", "steps with duties name no artefact", no_artefact),
        lacking("role with duties names no holder", "roles with duties name no holder", no_holder),
    ];
    (cells, inputs.into_iter().flatten().collect())
}

fn verdict(figures: &Figures<'_>, cells: &Cells, class: &str, person: PersonId, joined: &Joined) -> Verdict {
    if joined.duties.len() < 2 {
        return Verdict::Apart;
    }
    if let Some(by) = control(figures, cells, class, person, joined) {
        return Verdict::Cleared(by);
    }
    if is_small(figures, &joined.steps) { Verdict::Small } else { Verdict::Conflict }
}

/// Who else looks over it: agrees, verifies, or compares the books with the facts.
fn control(figures: &Figures<'_>, cells: &Cells, class: &str, person: PersonId, joined: &Joined) -> Option<String> {
    let document = figures.document;
    let subjects = joined.steps.iter().flat_map(|step| {
        let decisions = figures.index.decisions_of_step(*step).iter().map(|id| Subject::Decision(*id));
        std::iter::once(Subject::Step(*step)).chain(decisions)
    });
    for subject in subjects {
        for held in figures.index.rights_on(subject) {
            let how = match (held.duties.has(Duty::Agree), held.duties.has(Duty::Verify)) {
                (true, _) => "has to agree",
                (false, true) => "verifies",
                (false, false) => continue,
            };
            let people = figures.index.people_of(held.right.holder);
            if !people.is_empty() && !people.contains(&person) {
                return Some(format!("{} {how}", name(document, held.right.holder)));
            }
        }
    }
    let compares = |(key, other): (&(String, PersonId), &Joined)| {
        let is_other = key.0 == class && key.1 != person;
        (is_other && other.duties.contains(&DutyTag::Reconcile) && other.duties.len() == 1).then_some(key.1)
    };
    let other = cells.iter().find_map(compares).filter(|_| !joined.duties.contains(&DutyTag::Reconcile))?;
    Some(format!("{} compares the books with the facts", name(document, other)))
}

/// Whether all decisions linked to the steps are about amounts that the firm bears without a second look.
fn is_small(figures: &Figures<'_>, steps: &[StepId]) -> bool {
    let document = figures.document;
    let Some(appetite) = document.project().appetite else { return false };
    let mut decisions = steps.iter().flat_map(|step| figures.index.decisions_of_step(*step)).peekable();
    let within = |id: &DecisionId| {
        let p95 = document.decisions().get(*id).and_then(|decision| decision.amount_p95);
        p95.is_some_and(|p95| p95.currency == appetite.currency && p95.amount <= appetite.amount)
    };
    decisions.peek().is_some() && decisions.all(within)
}

fn sentences(figures: &Figures<'_>, cells: &Cells) -> Vec<Sentence> {
    let mut counts = [0_usize; 3];
    for ((class, person), joined) in cells {
        match verdict(figures, cells, class, *person, joined) {
            Verdict::Conflict => counts[0] += 1,
            Verdict::Small => counts[1] += 1,
            Verdict::Cleared(_) => counts[2] += 1,
            Verdict::Apart => {}
        }
    }
    let [grave, small, cleared] = counts;
    let mut sentences = Vec::new();
    if grave > 0 {
        let cases = words::count(grave, "case", "cases");
        let text =
            format!("In {cases} one person holds more than one duty on one thing, and nobody else looks over it.");
        sentences.push(Sentence::grave(Severity::High, text));
    }
    if small > 0 {
        let cases = words::count(small, "case", "cases");
        let text = format!("In {cases} one person holds more than one duty about small amounts.");
        sentences.push(Sentence::grave(Severity::Medium, text));
    }
    if cleared > 0 {
        let cases = words::count(cleared, "case is cleared", "cases are cleared");
        let text = format!("{cases}, because somebody else looks over it.");
        sentences.push(Sentence::plain(text));
    }
    if sentences.is_empty() {
        sentences.push(Sentence::plain("Nobody holds two of these duties on the same thing."));
    }
    sentences
}

fn grid(figures: &Figures<'_>, cells: &Cells) -> (Grid, Vec<Detail>) {
    let document = figures.document;
    let mut people: Vec<PersonId> = cells.keys().map(|(_, person)| *person).collect();
    people.sort_unstable();
    people.dedup();
    let classes: BTreeSet<&String> = cells.keys().map(|(class, _)| class).collect();
    let classes: Vec<&String> = classes.into_iter().collect();
    let (mut fields, mut details) = (Vec::new(), Vec::new());
    for ((class, person), joined) in cells {
        let place = (people.binary_search(person).ok(), classes.binary_search(&class).ok());
        let (Some(row), Some(column)) = place else { continue };
        let verdict = verdict(figures, cells, class, *person, joined);
        let duties: Vec<&str> = joined.duties.iter().map(|duty| word(*duty)).collect();
        let title = format!("{} {} {class}: {}", name(document, *person), words::joined(&duties), verdict.word());
        fields.push(GridCell {
            at: (row, column),
            text: joined.duties.iter().map(|duty| letter(*duty)).collect::<Vec<_>>().join(" "),
            shade: verdict.shade(),
            label: title.clone(),
            target: Some(Target::Detail(details.len())),
        });
        details.push(detail(document, title, joined));
    }
    fields.sort_by_key(|field| field.at);
    let head = |name: String, target: Option<Target>| GridHead { name, target, ..GridHead::default() };
    let grid = Grid {
        corner: "people: rows, things: columns".to_owned(),
        rows: people.iter().map(|person| head(name(document, *person), to(*person))).collect(),
        columns: classes.iter().map(|class| head((*class).clone(), None)).collect(),
        cells: fields,
        column_width: Some(72.0),
    };
    (grid, details)
}

fn detail(document: &Document, title: String, joined: &Joined) -> Detail {
    let line = |step: &StepId| {
        let record = document.steps().get(*step);
        let duties = record.map_or(&[][..], |step| step.duties.as_slice()).iter().map(|duty| word(*duty));
        DetailLine {
            text: name(document, *step),
            value: duties.collect::<Vec<_>>().join(", "),
            element: Some((*step).into()),
        }
    };
    Detail { title, lines: joined.steps.iter().map(line).collect() }
}

fn table(figures: &Figures<'_>, cells: &Cells) -> Records {
    let document = figures.document;
    let mut table = Records::new("Duties", &["Person", "Thing", "Duties", "Steps", "Judgement"]);
    for ((class, person), joined) in cells {
        let duties: Vec<&str> = joined.duties.iter().map(|duty| word(*duty)).collect();
        let steps: Vec<String> = joined.steps.iter().map(|step| name(document, *step)).collect();
        let verdict = verdict(figures, cells, class, *person, joined);
        table.rows.push(vec![
            name(document, *person).into(),
            class.clone().into(),
            duties.join(", ").into(),
            steps.join("; ").into(),
            verdict.word().into(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;
    use super::*;
    use crate::analysis::rules::testing::raci;

    /// Ana holds the till and writes the cash book; Ben is there, too.
    fn till() -> (Document, StepId, [RoleId; 2]) {
        let mut document = raci();
        let roles = ["Ana", "Ben"].map(|name| {
            let person = document.insert(Person::new(name));
            let holders = vec![Holding { person, share: None }];
            document.insert(Role { holders, ..Role::new(format!("{name}’s role")) })
        });
        let cash = document.insert(Artefact { class: "Cash".into(), ..Artefact::new("Till") });
        let process = document.insert(Process::new("Close the shop"));
        let mut step = |name: &str, duty| {
            document.insert(Step {
                performer: Some(Actor::Role(roles[0])),
                duties: vec![duty],
                inputs: vec![cash],
                ..Step::new(process, name)
            })
        };
        step("Count the till", DutyTag::Custody);
        let write = step("Write the book", DutyTag::Record);
        (document, write, roles)
    }

    fn judged(document: &Document) -> Vec<(String, String)> {
        let display = shown(document, "duties", "");
        display.tables[0].rows.iter().map(|row| (row[0].text(), row[4].text())).collect()
    }

    #[test]
    fn two_duties_on_one_thing_are_a_conflict() {
        let (document, ..) = till();
        assert_eq!(judged(&document), [("Ana".into(), "joined: a mistake would go unnoticed".into())]);
        let display = shown(&document, "duties", "");
        let Some(Block::Grid(grid)) = display.blocks.iter().find(|block| matches!(block, Block::Grid(_))) else {
            panic!("there is a grid")
        };
        assert_eq!((grid.cells[0].text.as_str(), grid.cells[0].shade), ("H R", Shade::Problem(Severity::High)));
        assert_eq!(display.details[0].lines.len(), 2);
    }

    #[test]
    fn somebody_else_who_compares_clears_it() {
        let (mut document, write, roles) = till();
        let record = document.steps().get(write).unwrap();
        let (process, inputs) = (record.process, record.inputs.clone());
        document.insert(Step {
            performer: Some(Actor::Role(roles[1])),
            duties: vec![DutyTag::Reconcile],
            inputs,
            ..Step::new(process, "Compare")
        });
        let expected = "joined, and cleared: Ben compares the books with the facts";
        assert_eq!(judged(&document)[0], ("Ana".to_owned(), expected.to_owned()));
        assert_eq!(judged(&document)[1], ("Ben".to_owned(), "apart".to_owned()));
    }

    #[test]
    fn somebody_else_who_has_to_agree_clears_it_and_oneself_does_not() {
        let (mut document, write, roles) = till();
        let framework = document.frameworks().ids().next().unwrap();
        let letter = Letter { duties: vec![Duty::Verify], ..Letter::new("V", "verifies") };
        document.get_mut::<Framework>(framework).unwrap().letters.push(letter);
        let own = document.insert(Right::new(Subject::Step(write), Actor::Role(roles[0]), "V"));
        assert_eq!(judged(&document)[0].1, "joined: a mistake would go unnoticed");
        document.remove::<Right>(own);
        document.insert(Right::new(Subject::Step(write), Actor::Role(roles[1]), "V"));
        assert_eq!(judged(&document)[0].1, "joined, and cleared: Ben’s role verifies");
    }

    #[test]
    fn small_amounts_are_a_smaller_matter() {
        let (mut document, write, _) = till();
        document.project_mut().appetite = Some("200 EUR".parse().unwrap());
        let amount_p95 = Some("150 EUR".parse().unwrap());
        document.insert(Decision { steps: vec![write], amount_p95, ..Decision::new("Book") });
        assert_eq!(judged(&document)[0].1, "joined, about small amounts");
        document.project_mut().appetite = Some("100 EUR".parse().unwrap());
        assert_eq!(judged(&document)[0].1, "joined: a mistake would go unnoticed");
    }
}
