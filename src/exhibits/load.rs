//! Whose desk is full: work and hours of each role or person, and how long a case waits there.
//!
//! The figures are those of [`Loads`](crate::analysis::figures::Loads): ρ = work ÷ hours a week. The wait is that of a
//! queue of random arrivals and work times with as many servers as holders (Erlang C), in work times and, by the mean
//! work time of what comes to the desk, in minutes. Where work or arrivals have ranges, a whisker goes from the load with
//! all of them low to that with all of them high, as [`LoadsSpan`] says.

use super::kit::{duration, ends_as_cells, in_brackets, missing, name, nothing, ranged_percent, to, widen};
use super::{Choice, Figures, Meta};
use crate::analysis::figures::{Capacity, Load, LoadGap, LoadsSpan, queue};
use crate::analysis::rules::missing_inputs;
use crate::analysis::words;
use crate::model::*;
use crate::scene::Severity;
use crate::scene::display::*;
use crate::scene::icon::Icon;

pub(super) const META: Meta = Meta {
    id: "load",
    title: "Load",
    question: "Whose desk is full, and how long does a case wait there?",
    icon: Icon::Gauge,
    keywords: "workload utilisation capacity busy hours queue bottleneck waiting",
};

const ROLES: &str = "roles";
const PEOPLE: &str = "people";

pub(super) fn choices(_: &Document) -> Vec<Choice> {
    vec![Choice::new(ROLES, "Roles"), Choice::new(PEOPLE, "People")]
}

/// A desk with work, or of which nobody knows the work.
struct Desk {
    actor: Actor,
    name: String,
    detail: String,
    load: Load,
    hours: Capacity,
    holders: u32,
    /// Minutes of one case, in the mean over what comes.
    work_time: Option<f64>,
    /// Bounds of the hours of work a week; none where nothing of it has a range.
    hours_range: Option<Range<f64>>,
}

impl Desk {
    fn utilisation(&self) -> Option<f64> {
        let hours = *self.hours.as_ref().ok()?;
        (hours > 0.0).then(|| self.load.hours() / hours)
    }

    /// Bounds of the utilisation.
    fn utilisation_range(&self) -> Option<Range<f64>> {
        let hours = self.hours.as_ref().ok().copied().filter(|hours| *hours > 0.0)?;
        Some(self.hours_range?.map(|work| work / hours))
    }

    /// Mean wait in work times, and in minutes where the work time is known.
    fn wait(&self) -> Option<(f64, Option<f64>)> {
        let utilisation = self.utilisation()?;
        let wait = queue::wait_in_work_times(utilisation, self.holders.max(1));
        Some((wait, self.work_time.map(|work| work * wait)))
    }
}

pub(super) fn show(figures: &Figures<'_>, choice: &str) -> Display {
    let of_people = choice == PEOPLE;
    let desks = desks(figures, of_people);
    let table = table(figures, &desks, of_people);
    if desks.is_empty() {
        let sentence = "No step and no decision has anybody who does it yet. Give steps a performer and decisions a \
                        decider, and their work appears here.";
        return nothing(sentence, table);
    }
    let mut display = Display { tables: vec![table, parts_table(figures, &desks)], ..Display::default() };
    display.blocks.push(Block::Prose(sentences(&desks)));
    let marks = [(0.7, "70"), (0.85, "85"), (1.0, "100 %")];
    let marks = marks.map(|(at, text)| Mark { at, text: text.to_owned() }).to_vec();
    let furthest = |desk: &Desk| desk.utilisation_range().map(|range| range.high).or_else(|| desk.utilisation());
    let most = desks.iter().filter_map(furthest).fold(1.15, f64::max).min(2.0);
    let mut rows = Vec::new();
    for desk in &desks {
        rows.push(bar(desk, display.details.len()));
        display.details.push(detail(figures, desk));
    }
    display.blocks.push(Block::Bars(Bars { most, marks, rows }));
    let has_ranges = desks.iter().any(|desk| desk.hours_range.is_some());
    display.blocks.push(Block::Legend(legend(has_ranges)));
    display.blocks.push(Block::Prose(vec![Sentence::small(
        "ρ = work ÷ hours a week. Wait = P(wait) ÷ (c · (1 − ρ)) work times with c holders, for random arrivals and work \
         times (Erlang C): at 70 % with one holder 2.3 work times, at 85 % 5.7, from 100 % on the queue never ends.",
    )]));
    let gaps: Vec<LoadGap> = desks
        .iter()
        .flat_map(|desk| desk.load.gaps.iter().chain(desk.hours.as_ref().err().into_iter().flatten()))
        .copied()
        .collect();
    display.missing = missing(missing_inputs(gaps));
    display
}

fn legend(has_ranges: bool) -> Vec<(LegendSign, String)> {
    let entry = |share: f64, text: &str| (LegendSign::Fill(Fill::Load(load_level(share))), text.to_owned());
    let mut entries = vec![
        entry(0.5, "below 85 %"),
        entry(0.9, "85 % and more: little room for the unforeseen"),
        entry(1.0, "100 % and more: the queue never ends"),
    ];
    if has_ranges {
        entries.push((LegendSign::Whisker, "from all work and arrivals low to all high".to_owned()));
    }
    entries
}

/// Desks with work or with something unknown about it, the busiest first, then by name.
fn desks(figures: &Figures<'_>, of_people: bool) -> Vec<Desk> {
    let document = figures.document;
    let (loads, span) = (figures.loads(), figures.loads_span());
    let mut desks: Vec<Desk> = Vec::new();
    let mut add = |actor: Actor, detail: String, load: Option<&Load>, hours: &Capacity, holders: u32| {
        let Some(load) = load.filter(|load| !load.parts.is_empty() || !load.gaps.is_empty()) else { return };
        let load = merged(load);
        let work_time = work_time(document, &load);
        let hours_range = span.as_ref().and_then(|span| range_of(span, actor)).filter(|range| !range.is_point());
        let (name, hours) = (name(document, actor), hours.clone());
        desks.push(Desk { actor, name, detail, load, hours, holders, work_time, hours_range });
    };
    if of_people {
        for id in document.people().ids() {
            let roles: Vec<String> =
                figures.index.roles_of_person(id).iter().map(|(role, _)| name(document, *role)).collect();
            add(Actor::Person(id), words::joined(&roles), loads.of_person(id), loads.hours_of_person(id), 1);
        }
    } else {
        for (id, role) in document.roles().iter() {
            let holders = document.holders_label(id);
            let count = role.holders.len() as u32;
            add(Actor::Role(id), holders, loads.of_role(id), loads.hours_of_role(id), count);
        }
    }
    desks.sort_by(|a, b| {
        let key = |desk: &Desk| desk.utilisation().unwrap_or(-1.0);
        let by_hours = b.load.hours().total_cmp(&a.load.hours());
        key(b).total_cmp(&key(a)).then(by_hours).then_with(|| a.name.cmp(&b.name)).then(a.actor.cmp(&b.actor))
    });
    desks
}

fn range_of(span: &LoadsSpan, actor: Actor) -> Option<Range<f64>> {
    match actor {
        Actor::Role(role) => span.of_role(role),
        Actor::Person(person) => span.of_person(person),
        _ => None,
    }
}

/// The same load with every step and decision once.
fn merged(load: &Load) -> Load {
    let mut parts = load.parts.clone();
    parts.sort_by_key(|(element, _)| *element);
    let mut once: Vec<(ElementRef, f64)> = Vec::new();
    for (element, minutes) in parts {
        match once.last_mut() {
            Some((known, sum)) if *known == element => *sum += minutes,
            _ => once.push((element, minutes)),
        }
    }
    Load { parts: once, gaps: load.gaps.clone() }
}

/// Minutes of one case in the mean: minutes a week ÷ cases a week.
fn work_time(document: &Document, load: &Load) -> Option<f64> {
    let work_of = |element: ElementRef| match element {
        ElementRef::Step(id) => document.steps().get(id)?.work,
        ElementRef::Decision(id) => document.decisions().get(id)?.work,
        _ => None,
    };
    let known = load.parts.iter().filter(|(_, minutes)| *minutes > 0.0);
    let cases: f64 = known.filter_map(|(part, minutes)| Some(minutes / work_of(*part)?.0)).sum();
    (cases > 0.0 && cases.is_finite()).then(|| load.hours() * 60.0 / cases)
}

fn sentences(desks: &[Desk]) -> Vec<Sentence> {
    let known = desks.iter().filter(|desk| desk.utilisation().is_some()).count();
    let full = desks.iter().filter(|desk| desk.utilisation().is_some_and(|share| share >= 1.0 - 1e-9));
    let full: Vec<String> = full.map(|desk| desk.name.clone()).collect();
    let mut sentences = Vec::new();
    if !full.is_empty() {
        let verb = if full.len() == 1 { "has" } else { "have" };
        let text = format!("{} {verb} more work than hours.", words::joined(&full));
        sentences.push(Sentence::grave(Severity::Block, text));
    }
    let busiest = desks.first().filter(|_| full.is_empty()).and_then(|desk| Some((desk, desk.utilisation()?)));
    if let Some((desk, share)) = busiest {
        let text = format!("The busiest is {}: {} of the hours there are.", desk.name, words::percent(share));
        sentences.push(match severity(share) {
            Some(severity) => Sentence::grave(severity, text),
            None => Sentence::plain(text),
        });
    }
    if known < desks.len() {
        let verb = if desks.len() - known == 1 { "has" } else { "have" };
        let text = format!("{} of {} {verb} no hours to compare the work with.", desks.len() - known, desks.len());
        sentences.push(Sentence::grave(Severity::Info, text));
    }
    sentences
}

fn severity(share: f64) -> Option<Severity> {
    match share {
        share if share >= 1.0 - 1e-9 => Some(Severity::Block),
        share if share >= 0.85 - 1e-9 => Some(Severity::Medium),
        _ => None,
    }
}

fn bar(desk: &Desk, behind: usize) -> BarRow {
    let hours = format!("{}{}", words::number(desk.load.hours()), in_brackets(desk.hours_range, 1.0));
    let at_least = if desk.load.gaps.is_empty() { "" } else { "at least " };
    let nothing_known = !desk.load.gaps.is_empty() && desk.load.hours() <= 0.0;
    let (text, note, parts, severity) = match (desk.utilisation(), &desk.hours) {
        (_, Ok(capacity)) if nothing_known => {
            let note = format!("{} h there are for it", words::number(*capacity));
            ("work is not known".to_owned(), note, Vec::new(), None)
        }
        (_, Err(_)) if nothing_known => ("work is not known".to_owned(), "hours neither".to_owned(), Vec::new(), None),
        (Some(share), Ok(capacity)) => {
            let share_text = ranged_percent(share, desk.utilisation_range());
            let hours = words::number(desk.load.hours());
            let text = format!("{at_least}{share_text} · {hours} of {} h", words::number(*capacity));
            (text, wait_words(desk), vec![(share, Fill::Load(load_level(share)))], severity(share))
        }
        (_, Ok(_)) => (format!("{at_least}{hours} h of work"), "nobody has hours for it".to_owned(), Vec::new(), None),
        (_, Err(_)) => (format!("{at_least}{hours} h of work"), "hours are not known".to_owned(), Vec::new(), None),
    };
    BarRow {
        name: desk.name.clone(),
        detail: desk.detail.clone(),
        parts,
        range: desk.utilisation_range(),
        text,
        note,
        severity,
        target: to(desk.actor),
        behind: Some(Target::Detail(behind)),
    }
}

fn wait_words(desk: &Desk) -> String {
    let likely = likely_wait_words(desk);
    let is_full = |share: f64| share >= 1.0 - 1e-9;
    let gets_full = desk.utilisation_range().is_some_and(|range| is_full(range.high));
    if gets_full && desk.utilisation().is_some_and(|share| !is_full(share)) {
        format!("{likely}; without end if all is high")
    } else {
        likely
    }
}

fn likely_wait_words(desk: &Desk) -> String {
    match desk.wait() {
        Some((wait, _)) if !wait.is_finite() => "the queue never ends".to_owned(),
        Some((wait, _)) if wait < 0.005 => "hardly any wait".to_owned(),
        Some((_, Some(minutes))) => format!("a case waits {}", duration(minutes)),
        Some((wait, None)) => format!("a case waits {} work times", words::number(wait)),
        None => String::new(),
    }
}

/// The steps and decisions from which the work of a desk comes.
fn detail(figures: &Figures<'_>, desk: &Desk) -> Detail {
    let lines = desk.load.largest(usize::MAX).into_iter().map(|(element, minutes)| DetailLine {
        text: place_of(figures.document, element),
        value: format!("{} h", words::number(minutes / 60.0)),
        element: Some(element),
    });
    let title = format!("Work of {}: {} hours a week", desk.name, words::number(desk.load.hours()));
    Detail { title, lines: lines.collect() }
}

/// `Check receipt (Refund)`.
fn place_of(document: &Document, element: ElementRef) -> String {
    let process = match element {
        ElementRef::Step(id) => document.steps().get(id).map(|step| step.process),
        _ => None,
    };
    let own = name(document, element);
    process.map_or_else(|| own.clone(), |process| format!("{own} ({})", name(document, process)))
}

/// Headings of further columns, where any desk has a range.
const RANGES: [&str; 4] =
    ["Hours of work a week (low)", "Hours of work a week (high)", "Utilisation (low)", "Utilisation (high)"];

fn table(figures: &Figures<'_>, desks: &[Desk], of_people: bool) -> Records {
    let first = if of_people { ["Person", "Roles"] } else { ["Role", "Holders"] };
    let headings = [
        first[0],
        first[1],
        "Unit",
        "Hours of work a week",
        "Hours there are a week",
        "Utilisation",
        "Wait in work times",
        "Wait in minutes",
        "Not everything is known",
    ];
    let mut table = Records::new("Load", &headings);
    for desk in desks {
        let unit = figures.document.unit_of_actor(desk.actor);
        let wait = desk.wait().filter(|(wait, _)| wait.is_finite());
        table.rows.push(vec![
            desk.name.clone().into(),
            desk.detail.clone().into(),
            unit.map(|unit| name(figures.document, unit)).unwrap_or_default().into(),
            desk.load.hours().into(),
            desk.hours.as_ref().ok().copied().into(),
            desk.utilisation().into(),
            wait.map(|(wait, _)| wait).into(),
            wait.and_then(|(_, minutes)| minutes).into(),
            if desk.load.gaps.is_empty() { Cell::Empty } else { "yes".into() },
        ]);
    }
    if desks.iter().any(|desk| desk.hours_range.is_some()) {
        let cells =
            |desk: &Desk| [desk.hours_range, desk.utilisation_range()].into_iter().flat_map(ends_as_cells).collect();
        widen(&mut table, &RANGES, desks.iter().map(cells));
    }
    table
}

fn parts_table(figures: &Figures<'_>, desks: &[Desk]) -> Records {
    let mut table = Records::new("Where the work comes from", &["Who", "Step or decision", "Hours a week"]);
    for desk in desks {
        for (element, minutes) in desk.load.largest(usize::MAX) {
            let what = place_of(figures.document, element);
            table.rows.push(vec![desk.name.clone().into(), what.into(), (minutes / 60.0).into()]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing::{refunds, said, shown};
    use super::*;

    #[test]
    fn the_loads_of_the_refund_flow() {
        let display = shown(&refunds(), "load", ROLES);
        let numbers: Vec<(String, String, String)> =
            display.tables[0].rows.iter().map(|row| (row[0].text(), row[3].text(), row[5].text())).collect();
        let expected = [("Owner", "1.3333", "0.6667"), ("Accountant", "5", "0.5"), ("Clerk", "17.1111", "0.4889")];
        assert_eq!(numbers, expected.map(|(name, hours, share)| (name.into(), hours.into(), share.into())));
        let text = said(&display);
        assert!(text.contains("Owner: 66.7 % · 1.33 of 2 h, a case waits 12 min"), "{text}");
        assert!(text.contains("The busiest is Owner: 66.7 % of the hours there are."), "{text}");
        assert_eq!(display.missing, []);
    }

    #[test]
    fn marks_stand_at_70_85_and_100_and_too_much_work_is_no_matter_of_colour() {
        let mut document = refunds();
        let owner = document.people().ids().nth(1).unwrap();
        document.get_mut::<Person>(owner).unwrap().hours_per_week = Some(1.0);
        let display = shown(&document, "load", PEOPLE);
        let Block::Bars(bars) = &display.blocks[1] else { panic!("bars come second") };
        assert_eq!(bars.marks.iter().map(|mark| mark.at).collect::<Vec<_>>(), [0.7, 0.85, 1.0]);
        assert_eq!(bars.rows[0].severity, Some(Severity::Block));
        assert_eq!(bars.rows[0].note, "the queue never ends");
        assert!(said(&display).contains("Owner’s person has more work than hours."), "{}", said(&display));
    }

    #[test]
    fn ranges_stretch_bars_and_stand_in_columns_of_their_own() {
        let mut document = refunds();
        assert_eq!(shown(&document, "load", ROLES).tables[0].headings.len(), 9);
        let owner = document.steps().iter().find(|(_, step)| step.name == "owner").unwrap().0;
        let range = Range { low: Minutes(3.0), high: Minutes(9.0) };
        document.get_mut::<Step>(owner).unwrap().work_range = Some(range);
        let display = shown(&document, "load", ROLES);
        let row = |place: usize| display.tables[0].rows[place][9..].iter().map(Cell::text).collect::<Vec<_>>();
        assert_eq!(display.tables[0].headings[9..], RANGES.map(str::to_owned));
        assert_eq!(row(0), ["0.6667", "2", "0.3333", "1"]);
        assert_eq!(row(1), [""; 4]);
        let Block::Bars(bars) = &display.blocks[1] else { panic!("bars come second") };
        assert!((bars.rows[0].range.unwrap().high - 1.0).abs() < 1e-9 && bars.rows[1].range.is_none());
        let text = said(&display);
        let expected = "Owner: 66.7 % (33.3–100) · 1.33 of 2 h, a case waits 12 min; without end if all is high";
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("The busiest is Owner: 66.7 % of the hours there are."), "{text}");
    }

    #[test]
    fn hours_that_nobody_knows_are_asked_for() {
        let mut document = refunds();
        let people: Vec<PersonId> = document.people().ids().collect();
        for person in &people[..2] {
            document.get_mut::<Person>(*person).unwrap().hours_per_week = None;
        }
        let display = shown(&document, "load", ROLES);
        let [only] = display.missing.as_slice() else { panic!("{:?}", display.missing) };
        assert_eq!(only.text, "2 people have no hours per week");
        assert_eq!(only.elements.len(), 2);
        assert!(said(&display).contains("2 of 3 have no hours to compare the work with."));
    }

    #[test]
    fn behind_a_bar_stand_the_steps_it_comes_from() {
        let display = shown(&refunds(), "load", ROLES);
        let clerk = display.details.iter().find(|detail| detail.title.contains("Clerk")).unwrap();
        assert_eq!(clerk.title, "Work of Clerk: 17.1 hours a week");
        let lines: Vec<(&str, &str)> =
            clerk.lines.iter().map(|line| (line.text.as_str(), line.value.as_str())).collect();
        assert_eq!(lines, [("check (Refund)", "11.1 h"), ("receive (Refund)", "4.44 h"), ("clerk (Refund)", "1.56 h")]);
    }
}
