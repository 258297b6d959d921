//! The findings as text for people: grouped by severity, wrapped, each with its formula and what could be done.

use super::check::profile_word;
use super::output::{WIDTH, wrapped};
use crate::analysis::{Finding, Report, Severity};
use crate::model::Document;

const BODY: &str = "      ";

/// The findings of a file.
pub(super) fn text(file: &str, document: &Document, report: &Report) -> String {
    let name = &document.project().name;
    let title = if name.is_empty() { file.to_owned() } else { format!("{name} ({file})") };
    let mut text = wrapped(&format!("{title}: {}.", summary(report)), "", WIDTH);
    for severity in Severity::ALL {
        let mut findings = report.open().filter(|finding| finding.severity == severity).peekable();
        if findings.peek().is_some() {
            text.push_str(&format!("\n{}\n", heading(severity)));
            findings.for_each(|finding| add_finding(&mut text, finding));
        }
    }
    add_waived(&mut text, report);
    add_silent(&mut text, report);
    text
}

fn summary(report: &Report) -> String {
    let counts = Severity::ALL.into_iter().map(|severity| (report.count(severity), severity.word()));
    let counts: Vec<String> =
        counts.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let found = match report.open().count() {
        0 => "nothing found".to_owned(),
        1 => format!("1 finding ({})", counts.join(", ")),
        count => format!("{count} findings ({})", counts.join(", ")),
    };
    let left_out = match report.left_out {
        0 => String::new(),
        count => format!(", {count} milder left out by the profile “{}”", profile_word(report.profile)),
    };
    format!("{found}{left_out}")
}

fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "BLOCK: it cannot work like this",
        Severity::High => "HIGH: work or money will go wrong",
        Severity::Medium => "MEDIUM: costs time or clarity",
        Severity::Low => "LOW: untidy",
        Severity::Info => "INFO: worth knowing",
    }
}

fn add_finding(text: &mut String, finding: &Finding) {
    text.push_str(&format!("\n  {}  {}\n", finding.rule, finding.title));
    text.push_str(&wrapped(&finding.message, BODY, WIDTH));
    add_hanging(text, "= ", &finding.formula.text);
    add_hanging(text, "limit: ", &finding.formula.thresholds);
    add_hanging(text, "source: ", &finding.formula.source);
    for remedy in &finding.remedies {
        add_hanging(text, "→ ", &remedy.text);
    }
}

/// A paragraph with a mark before it; further lines stand under its text.
fn add_hanging(text: &mut String, mark: &str, paragraph: &str) {
    if paragraph.is_empty() {
        return;
    }
    let indent = format!("{BODY}{}", " ".repeat(mark.chars().count()));
    let block = wrapped(paragraph, &indent, WIDTH);
    text.push_str(BODY);
    text.push_str(mark);
    text.push_str(block.trim_start());
}

fn add_waived(text: &mut String, report: &Report) {
    let waived = report.findings.iter().filter_map(|finding| Some((finding, finding.waived.as_ref()?)));
    for (place, (finding, waiver)) in waived.enumerate() {
        if place == 0 {
            text.push_str("\nACCEPTED on purpose\n");
        }
        let until = waiver.expires.map(|date| format!(", until {date}")).unwrap_or_default();
        text.push_str(&format!("\n  {}  {}\n", finding.rule, finding.title));
        text.push_str(&wrapped(&finding.message, BODY, WIDTH));
        add_hanging(text, "accepted by ", &format!("{}{until}: {}", waiver.name, waiver.reason));
    }
}

fn add_silent(text: &mut String, report: &Report) {
    if report.silent.is_empty() {
        return;
    }
    text.push_str("\nNOT CHECKED, or not everywhere, because something is missing\n\n");
    for silence in &report.silent {
        let missing: Vec<&str> = silence.missing.iter().map(|missing| missing.what.as_str()).collect();
        let line = format!("{} ({}): {}.", silence.rule, silence.title, missing.join("; "));
        let block = wrapped(&line, BODY, WIDTH);
        text.push_str(&format!("  {}", block.trim_start()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Formula, Missing, Remedy, Silence};
    use crate::model::{Profile, Revision, Waiver};

    fn finding(severity: Severity, title: &'static str) -> Finding {
        let mut finding = Finding::new("“Ana” decides 14 of 17 decisions.");
        (finding.rule, finding.title, finding.severity) = ("BN-04", title, severity);
        finding.formula = Formula {
            text: "14 ÷ 17 = 82 %".to_owned(),
            thresholds: "high 50 % (ours)".to_owned(),
            source: String::new(),
        };
        finding.remedies = vec![Remedy { text: "Let the shops decide up to 500 EUR.".to_owned(), fix: None }];
        finding
    }

    #[test]
    fn findings_stand_by_severity_and_silent_rules_at_the_end() {
        let mut accepted = finding(Severity::High, "Accepted one");
        accepted.waived = Some(Waiver {
            rule: "BN-04".to_owned(),
            elements: Vec::new(),
            reason: "until the sale".to_owned(),
            name: "Ana".to_owned(),
            expires: None,
        });
        let missing = Missing { what: "6 people have no hours per week".to_owned(), elements: Vec::new() };
        let report = Report {
            revision: Revision::default(),
            profile: Profile::Workshop,
            findings: [finding(Severity::High, "One desk"), accepted, finding(Severity::Low, "Untidy")]
                .map(Into::into)
                .into(),
            left_out: 2,
            silent: vec![Silence { rule: "BN-01", title: "Overloaded role", missing: vec![missing] }.into()],
            loads: Vec::new(),
            cases_per_week: Vec::new(),
            rolled_up: Vec::new(),
            overlays: Default::default(),
        };
        let text = text("bakery.ron", &Document::default(), &report);
        assert_eq!(
            text,
            "bakery.ron: 2 findings (1 high, 1 low), 2 milder left out by the profile “workshop”.\n\n\
             HIGH: work or money will go wrong\n\n  BN-04  One desk\n      “Ana” decides 14 of 17 decisions.\n      \
             = 14 ÷ 17 = 82 %\n      limit: high 50 % (ours)\n      → Let the shops decide up to 500 EUR.\n\n\
             LOW: untidy\n\n  BN-04  Untidy\n      “Ana” decides 14 of 17 decisions.\n      \
             = 14 ÷ 17 = 82 %\n      limit: high 50 % (ours)\n      → Let the shops decide up to 500 EUR.\n\n\
             ACCEPTED on purpose\n\n  BN-04  Accepted one\n      “Ana” decides 14 of 17 decisions.\n      \
             accepted by Ana: until the sale\n\n\
             NOT CHECKED, or not everywhere, because something is missing\n\n  \
             BN-01 (Overloaded role): 6 people have no hours per week.\n"
        );
    }
}
