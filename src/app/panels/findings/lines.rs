//! In which order findings are listed, under which headings, and which of them stand for many alike.
//!
//! Pure: from a report and what was chosen to lines. Within a group findings of one rule stand together where they are
//! many, so that seventeen of a kind do not bury the eighteenth.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Finding, Report, Severity};
use crate::model::*;

/// So many findings of one rule in a group become one line that opens.
pub(super) const MANY: usize = 3;

/// What the headings are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// How grave it is.
    #[default]
    Severity,
    /// The rule.
    Kind,
    /// What it is about.
    Element,
    /// Whom it concerns.
    Person,
}

impl Grouping {
    /// Every way, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Severity, Self::Kind, Self::Element, Self::Person];

    /// The entry of the menu.
    pub fn label(self) -> &'static str {
        match self {
            Self::Severity => "By severity",
            Self::Kind => "By kind",
            Self::Element => "By element",
            Self::Person => "By person",
        }
    }

    /// What it does.
    pub fn help(self) -> &'static str {
        match self {
            Self::Severity => "The gravest first",
            Self::Kind => "All findings of a rule together",
            Self::Element => "All findings about a role, step or decision together",
            Self::Person => "All findings about a person, in whatever role, together",
        }
    }
}

/// What is to be listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Choice {
    /// The headings.
    pub grouping: Grouping,
    /// Words that all have to be in title, sentence or names; case does not matter.
    pub words: String,
    /// Only those about these elements; everything where it is empty.
    pub about: Vec<ElementRef>,
    /// Only those that are new since the project was saved.
    pub only_new: bool,
    /// Lines of many alike that are open: heading and rule.
    pub opened: FxHashSet<(String, &'static str)>,
    /// The finding whose evidence is shown: where it stands among many, they are open.
    pub focused: Option<usize>,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// A heading.
    Heading {
        /// Its words.
        words: String,
        /// Gravest severity of its group.
        severity: Severity,
        /// Number of findings.
        count: usize,
    },
    /// Many findings of one rule.
    Many {
        /// The heading above.
        heading: String,
        /// The rule.
        rule: &'static str,
        /// Indices in the report.
        of: Vec<usize>,
        /// Whether they are listed below.
        open: bool,
    },
    /// One finding: its index in the report, and whether it stands below a line of many.
    One(usize, bool),
}

/// The lines of the open findings, or of the accepted ones.
pub(super) fn lines(
    document: &Document,
    report: &Report,
    choice: &Choice,
    is_new: impl Fn(usize) -> bool,
) -> Vec<Line> {
    let about: FxHashSet<&ElementRef> = choice.about.iter().collect();
    let words: Vec<String> = choice.words.split_whitespace().map(str::to_lowercase).collect();
    let is_wanted = |(index, finding): &(usize, &Arc<Finding>)| {
        finding.waived.is_none()
            && (about.is_empty() || finding.evidence.iter().any(|element| about.contains(element)))
            && (!choice.only_new || is_new(*index))
            && has_words(document, finding, &words)
    };
    let wanted = report.findings.iter().enumerate().filter(is_wanted);
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let mut at: FxHashMap<String, usize> = FxHashMap::default();
    for (index, finding) in wanted {
        let heading = heading(document, finding, choice.grouping);
        let place = *at.entry(heading.clone()).or_insert_with(|| {
            groups.push((heading, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, members)) = groups.get_mut(place) {
            members.push(index);
        }
    }
    let mut lines = Vec::new();
    for (heading, members) in groups {
        let severity_of = |index: &usize| report.findings.get(*index).map(|finding| finding.severity);
        let severity = members.iter().filter_map(severity_of).max().unwrap_or(Severity::Info);
        lines.push(Line::Heading { words: heading.clone(), severity, count: members.len() });
        push_group(&mut lines, report, choice, &heading, &members);
    }
    lines
}

/// The findings of one group, many of a rule as one line where the first of them stands.
fn push_group(lines: &mut Vec<Line>, report: &Report, choice: &Choice, heading: &str, members: &[usize]) {
    let rule_of = |index: usize| report.findings.get(index).map_or("", |finding| finding.rule);
    let mut by_rule: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
    members.iter().for_each(|index| by_rule.entry(rule_of(*index)).or_default().push(*index));
    for index in members {
        let rule = rule_of(*index);
        let Some(of) = by_rule.get(rule).filter(|of| choice.grouping != Grouping::Kind && of.len() >= MANY) else {
            lines.push(Line::One(*index, false));
            continue;
        };
        // The others of the rule have gone with the first one.
        if of.first() != Some(index) {
            continue;
        }
        let is_focused = choice.focused.is_some_and(|focused| of.contains(&focused));
        let open = is_focused || choice.opened.contains(&(heading.to_owned(), rule));
        lines.push(Line::Many { heading: heading.to_owned(), rule, of: of.clone(), open });
        if open {
            lines.extend(of.iter().map(|index| Line::One(*index, true)));
        }
    }
}

/// Indices in the order in which they are walked: closed lines of many count, too.
pub(super) fn order(lines: &[Line]) -> Vec<usize> {
    let mut order = Vec::new();
    for line in lines {
        match line {
            Line::One(index, false) => order.push(*index),
            Line::Many { of, .. } => order.extend(of),
            Line::One(_, true) | Line::Heading { .. } => {}
        }
    }
    order
}

fn heading(document: &Document, finding: &Finding, grouping: Grouping) -> String {
    match grouping {
        Grouping::Severity => crate::scene::capitalised(finding.severity.word()),
        Grouping::Kind => finding.title.to_owned(),
        Grouping::Element => match finding.evidence.first() {
            Some(element) => crate::search::title(document, *element),
            None => "The whole project".to_owned(),
        },
        Grouping::Person => match finding.evidence.iter().find_map(|element| person(document, *element)) {
            Some(person) => document.name_of(person.into()).to_owned(),
            None => "Nobody in particular".to_owned(),
        },
    }
}

/// The person that an element is, or the only one who holds it.
fn person(document: &Document, element: ElementRef) -> Option<PersonId> {
    match element {
        ElementRef::Person(id) => Some(id),
        ElementRef::Role(id) => match document.get::<Role>(id)?.holders.as_slice() {
            [only] => Some(only.person),
            _ => None,
        },
        _ => None,
    }
}

fn has_words(document: &Document, finding: &Finding, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let mut text = format!("{} {} {}", finding.rule, finding.title, finding.message);
    for element in &finding.evidence {
        text.push(' ');
        text.push_str(document.name_of(*element));
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{CancelToken, Settings, analyse};
    use crate::testkit::generate;

    fn case() -> (Document, Report) {
        let document = generate::organisation(300, 3);
        let report = analyse(&document, &Settings::default(), &CancelToken::default()).unwrap();
        (document, report)
    }

    fn all(document: &Document, report: &Report, choice: &Choice) -> Vec<Line> {
        lines(document, report, choice, |_| false)
    }

    #[test]
    fn every_way_lists_every_open_finding_once() {
        let (document, report) = case();
        for grouping in Grouping::ALL {
            let lines = all(&document, &report, &Choice { grouping, ..Choice::default() });
            let mut order = order(&lines);
            let counted: usize =
                lines.iter().map(|line| if let Line::Heading { count, .. } = line { *count } else { 0 }).sum();
            order.sort_unstable();
            let open: Vec<usize> =
                (0..report.findings.len()).filter(|at| report.findings[*at].waived.is_none()).collect();
            assert_eq!(order, open, "{grouping:?}");
            assert_eq!(counted, open.len());
        }
    }

    #[test]
    fn many_of_a_rule_are_one_line_until_it_is_opened_or_one_is_shown() {
        let (document, report) = case();
        let closed = all(&document, &report, &Choice::default());
        let many = closed.iter().find_map(|line| match line {
            Line::Many { heading, rule, of, open: false } => Some((heading.clone(), *rule, of.clone())),
            _ => None,
        });
        let (heading, rule, of) = many.expect("300 roles have many findings alike");
        assert!(of.len() >= MANY && of.iter().all(|index| report.findings[*index].rule == rule));
        let inside = |lines: &[Line]| of.iter().all(|index| lines.contains(&Line::One(*index, true)));
        assert!(!inside(&closed));
        let opened = [(heading, rule)].into_iter().collect();
        assert!(inside(&all(&document, &report, &Choice { opened, ..Choice::default() })));
        assert!(inside(&all(&document, &report, &Choice { focused: of.last().copied(), ..Choice::default() })));
    }

    #[test]
    fn words_elements_and_news_narrow_it_down() {
        let (document, report) = case();
        let finding = report.findings.iter().find(|finding| !finding.evidence.is_empty()).unwrap();
        let element = finding.evidence[0];
        let listed = |choice: Choice| order(&all(&document, &report, &choice));
        let about = listed(Choice { about: vec![element], ..Choice::default() });
        assert!(!about.is_empty() && about.iter().all(|index| report.findings[*index].evidence.contains(&element)));
        let words = format!("{} {}", finding.rule.to_lowercase(), document.name_of(element).to_uppercase());
        let found = listed(Choice { words, ..Choice::default() });
        assert!(!found.is_empty() && found.iter().all(|index| report.findings[*index].rule == finding.rule));
        assert!(listed(Choice { words: "no such words".into(), ..Choice::default() }).is_empty());
        let only_new = Choice { only_new: true, ..Choice::default() };
        let news = order(&lines(&document, &report, &only_new, |index| index == 2));
        assert_eq!(news, [2]);
    }
}
