//! One page for the owner: who is busiest, what is gravest, how long things take, who decides.
//!
//! Made for one sheet of A4: each part says little, and what is left out is counted.

use super::deciders::spread;
use super::kit::{duration, name, no_choices, ranged_duration, severity_of, to};
use super::{Choice, Figures, Meta};
use crate::analysis::words;
use crate::analysis::{self, Finding};
use crate::model::*;
use crate::scene::Severity;
use crate::scene::display::*;
use crate::scene::icon::Icon;

pub(super) const META: Meta = Meta {
    id: "summary",
    title: "Summary for the owner",
    question: "What should I know about this organisation, on one page?",
    icon: Icon::FileText,
    keywords: "one page report overview owner print a4 management",
};

/// So much is told of each part.
const BUSIEST: usize = 5;
const GRAVEST: usize = 6;
const PROCESSES: usize = 5;
const DECIDERS: usize = 4;

pub(super) fn choices(document: &Document) -> Vec<Choice> {
    no_choices(document)
}

pub(super) fn show(figures: &Figures<'_>, _choice: &str) -> Display {
    let mut display = Display { is_page: true, ..Display::default() };
    let busiest = busiest(figures);
    let processes = processes(figures);
    display.blocks.push(Block::Tiles(tiles(figures, &busiest, &processes)));
    display.blocks.push(Block::Heading("What is gravest".to_owned()));
    display.blocks.push(Block::Prose(gravest(figures)));
    display.blocks.push(Block::Heading("Who is busiest".to_owned()));
    display.blocks.push(busiest_block(figures, &busiest));
    display.blocks.push(Block::Heading("How long a case takes".to_owned()));
    display.blocks.push(processes_block(figures, &processes));
    display.blocks.push(Block::Heading("Who decides".to_owned()));
    display.blocks.push(deciders_block(figures));
    display.tables = vec![findings_table(figures), figures_table(figures, &busiest, &processes)];
    display
}

/// Roles with their share of hours, the busiest first.
fn busiest(figures: &Figures<'_>) -> Vec<(RoleId, f64)> {
    let loads = figures.loads();
    let known = |id: RoleId| Some((id, loads.utilisation_of_role(id).filter(|share| *share > 0.0)?));
    let mut roles: Vec<(RoleId, f64)> = figures.document.roles().ids().filter_map(known).collect();
    roles.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    roles
}

/// Processes with their lead times in minutes, the longest first.
fn processes(figures: &Figures<'_>) -> Vec<(ProcessId, f64)> {
    let lead = |id: ProcessId| Some((id, figures.times().of(id)?.lead));
    let mut processes: Vec<(ProcessId, f64)> = figures.document.processes().ids().filter_map(lead).collect();
    processes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    processes
}

fn tiles(figures: &Figures<'_>, busiest: &[(RoleId, f64)], processes: &[(ProcessId, f64)]) -> Vec<Tile> {
    let document = figures.document;
    let report = figures.report;
    let grave = report.count(analysis::Severity::Block) + report.count(analysis::Severity::High);
    let tile = |label: String, value: String, detail: String| Tile { value, label, detail, ..Tile::default() };
    let not_known = |label: &str, detail: &str| tile(label.to_owned(), "not known".to_owned(), detail.to_owned());
    let spread = spread(figures, true);
    let mut tiles = vec![Tile {
        severity: (grave > 0).then_some(Severity::High),
        ..tile(
            "Grave findings".to_owned(),
            grave.to_string(),
            format!("of {} in all", words::count(report.open().count(), "finding", "findings")),
        )
    }];
    tiles.push(match busiest.first() {
        Some((role, share)) => Tile {
            severity: match *share {
                share if share >= 1.0 - 1e-9 => Some(Severity::Block),
                share if share >= 0.85 - 1e-9 => Some(Severity::Medium),
                _ => None,
            },
            target: to(*role),
            ..tile(
                format!("Busiest: {}", name(document, *role)),
                words::percent(*share),
                "of the hours there are for it".to_owned(),
            )
        },
        None => not_known("Busiest role", "hours or work are missing"),
    });
    tiles.push(match processes.first() {
        Some((process, lead)) => Tile {
            target: to(*process),
            ..tile(format!("Longest: {}", name(document, *process)), duration(*lead), "from start to end".to_owned())
        },
        None => not_known("Longest process", "work and waits are missing"),
    });
    tiles.push(match (spread.deciders.first(), spread.shares().first()) {
        (Some((actor, _)), Some(share)) => Tile {
            target: to(*actor),
            ..tile(
                format!("Decided by {}", name(document, *actor)),
                words::percent(*share),
                "of all deciding".to_owned(),
            )
        },
        _ => not_known("Who decides most", "nobody decides anything yet"),
    });
    tiles
}

/// One finding of each rule first, so that one trouble does not fill the page.
fn gravest(figures: &Figures<'_>) -> Vec<Sentence> {
    let open: Vec<&Finding> = figures.report.open().collect();
    if open.is_empty() {
        return vec![Sentence::plain("Nothing was found that would have to be changed.")];
    }
    let mut rules: Vec<&str> = Vec::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for finding in &open {
        if rules.contains(&finding.rule) {
            rest.push(*finding);
        } else {
            rules.push(finding.rule);
            first.push(*finding);
        }
    }
    let told = first.into_iter().chain(rest).take(GRAVEST);
    let mut sentences: Vec<Sentence> = told
        .map(|finding| {
            let target = finding.evidence.first().and_then(|element| to(*element));
            Sentence::grave(severity_of(finding.severity), finding.message.clone()).to(target)
        })
        .collect();
    let more = open.len().saturating_sub(GRAVEST);
    if more > 0 {
        sentences.push(Sentence::small(format!("And {}.", words::count(more, "more finding", "more findings"))));
    }
    sentences
}

fn busiest_block(figures: &Figures<'_>, busiest: &[(RoleId, f64)]) -> Block {
    let document = figures.document;
    if busiest.is_empty() {
        let text = "Nobody can say: add hours to people, minutes to steps and cases to processes.";
        return Block::Prose(vec![Sentence::plain(text)]);
    }
    let row = |(role, share): &(RoleId, f64)| BarRow {
        name: name(document, *role),
        detail: document.holders_label(*role),
        parts: vec![(*share, Fill::Load(load_level(*share)))],
        range: None,
        text: words::percent(*share),
        note: match *share {
            share if share >= 1.0 - 1e-9 => "more work than hours".to_owned(),
            share if share >= 0.85 - 1e-9 => "little room left".to_owned(),
            _ => String::new(),
        },
        severity: match *share {
            share if share >= 1.0 - 1e-9 => Some(Severity::Block),
            share if share >= 0.85 - 1e-9 => Some(Severity::Medium),
            _ => None,
        },
        target: to(*role),
        behind: None,
    };
    let marks = [(0.85, "85"), (1.0, "100 %")].map(|(at, text)| Mark { at, text: text.to_owned() }).to_vec();
    let most = busiest.iter().map(|(_, share)| *share).fold(1.15, f64::max).min(2.0);
    Block::Bars(Bars { most, marks, rows: busiest.iter().take(BUSIEST).map(row).collect() })
}

fn processes_block(figures: &Figures<'_>, processes: &[(ProcessId, f64)]) -> Block {
    let document = figures.document;
    if processes.is_empty() {
        let text = "Nobody can say: add work and waits to the steps.";
        return Block::Prose(vec![Sentence::plain(text)]);
    }
    let line = |(process, lead): &(ProcessId, f64)| {
        let times = figures.times().of(*process);
        let bound = times.is_some_and(|times| !times.without_wait.is_empty() || !times.without_work.is_empty());
        let bound = if bound { "at least " } else { "" };
        let waits = times.filter(|times| times.wait > 0.0);
        let waits = waits.map_or_else(String::new, |times| {
            format!(", of which {} is waiting", words::percent(times.wait / (times.work + times.wait)))
        });
        let goal = document.processes().get(*process).and_then(|process| process.lead_time_goal);
        let lead_text = ranged_duration(*lead, figures.times_span(*process).map(|span| span.lead));
        let text = format!("{}: {bound}{lead_text}{waits}.", name(document, *process));
        let late = goal.filter(|goal| *lead > goal.0 + 1e-9);
        match late {
            Some(goal) => {
                let text = format!("{text} The goal is {}.", duration(goal.0));
                Sentence::grave(Severity::High, text).to(to(*process))
            }
            None => Sentence::plain(text).to(to(*process)),
        }
    };
    let mut lines: Vec<Sentence> = processes.iter().take(PROCESSES).map(line).collect();
    let more = processes.len().saturating_sub(PROCESSES);
    if more > 0 {
        lines.push(Sentence::small(format!("And {}.", words::count(more, "shorter process", "shorter processes"))));
    }
    Block::Prose(lines)
}

fn deciders_block(figures: &Figures<'_>) -> Block {
    let spread = spread(figures, true);
    let shares = spread.shares();
    if shares.is_empty() {
        return Block::Prose(vec![Sentence::plain("Nobody decides anything yet.")]);
    }
    let document = figures.document;
    let told = spread.deciders.iter().zip(&shares).take(DECIDERS);
    let told: Vec<String> =
        told.map(|((actor, _), share)| format!("{} {}", name(document, *actor), words::percent(*share))).collect();
    let others = spread.deciders.len().saturating_sub(DECIDERS);
    let others =
        if others > 0 { format!(", {} the rest", words::count(others, "other", "others")) } else { String::new() };
    let mut sentences = vec![Sentence::plain(format!("Of all deciding: {}{others}.", told.join(", ")))];
    if let Some((_, effective)) = spread.concentration() {
        let text = format!("That is as if {} people decided the same share each.", words::number(effective));
        sentences.push(Sentence::plain(text));
    }
    let unclear = spread.unclear.len();
    if unclear > 0 {
        let text = words::count(unclear, "decision does not say", "decisions do not say");
        sentences.push(Sentence::small(format!("Not counted: {text} who decides which part.")));
    }
    Block::Prose(sentences)
}

fn findings_table(figures: &Figures<'_>) -> Records {
    let mut table = Records::new("Findings", &["Rule", "Severity", "Title", "Finding", "First remedy"]);
    for finding in figures.report.open() {
        let remedy = finding.remedies.first().map(|remedy| remedy.text.clone()).unwrap_or_default();
        table.rows.push(vec![
            finding.rule.into(),
            finding.severity.word().into(),
            finding.title.into(),
            finding.message.clone().into(),
            remedy.into(),
        ]);
    }
    table
}

fn figures_table(figures: &Figures<'_>, busiest: &[(RoleId, f64)], processes: &[(ProcessId, f64)]) -> Records {
    let document = figures.document;
    let mut table = Records::new("Figures", &["Of", "Figure", "Value"]);
    for (role, share) in busiest {
        table.rows.push(vec![name(document, *role).into(), "work ÷ hours".into(), (*share).into()]);
    }
    for (process, lead) in processes {
        table.rows.push(vec![name(document, *process).into(), "lead time in minutes".into(), (*lead).into()]);
    }
    let spread = spread(figures, true);
    for ((actor, _), share) in spread.deciders.iter().zip(spread.shares()) {
        table.rows.push(vec![name(document, *actor).into(), "share of all deciding".into(), share.into()]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bakery, refunds, report, said, shown};
    use super::*;

    #[test]
    fn the_page_of_the_bakery_fits_a_sheet() {
        let display = shown(&bakery(), "summary", "");
        assert!(display.is_page);
        // A4 standing at 96 units an inch, within its margins and below its title.
        let drawn = draw(&display, 746.0);
        assert!(drawn.size.y < 1123.0 - 48.0 - 70.0, "{}", drawn.size.y);
        let text = said(&display);
        assert!(text.contains("Busiest: Owner"), "{text}");
        assert!(text.contains("more finding"), "{text}");
    }

    #[test]
    fn each_rule_speaks_once_before_one_speaks_twice() {
        let document = bakery();
        let report = report(&document);
        let figures = Figures::new(&document, &report, None);
        let sentences = gravest(&figures);
        let rule_of = |sentence: &Sentence| {
            let finding = report.open().find(|finding| finding.message == sentence.text);
            finding.map(|finding| finding.rule)
        };
        let rules: Vec<&str> = sentences.iter().filter_map(rule_of).collect();
        assert_eq!(rules.len(), GRAVEST);
        assert_eq!(rules.iter().collect::<std::collections::BTreeSet<_>>().len(), GRAVEST);
    }

    #[test]
    fn the_refund_flow_in_four_figures() {
        let text = said(&shown(&refunds(), "summary", ""));
        assert!(text.contains("Busiest: Owner: 66.7 %"), "{text}");
        assert!(text.contains("Longest: Refund: 23.4 min"), "{text}");
        assert!(text.contains("Nobody decides anything yet."), "{text}");
    }
}
