//! `remit check`: what the rules find.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::{FOUND, check_text, files, json, output, sarif};
use crate::analysis::{CancelToken, Finding, Report, Settings, Severity, analyse};
use crate::model::{Date, Document, Profile};

/// Print what the rules find; exit with 1 if it is grave
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Project to read; `-` for standard input
    file: PathBuf,
    /// How strict to be, instead of what the project says
    #[arg(long, value_enum)]
    profile: Option<Strictness>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Exit with 1 for findings of this severity or above: block, high, medium, low, info
    #[arg(long, value_name = "SEVERITY", default_value = "high", value_parser = severity)]
    fail_on: Severity,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Strictness {
    /// Only what is broken or goes wrong
    Sketch,
    /// All but notes
    Workshop,
    /// Everything
    Audit,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs, as in docs/json.md
    Json,
    /// For tools that show findings beside code (SARIF 2.1.0)
    Sarif,
}

fn severity(word: &str) -> Result<Severity, String> {
    Severity::from_word(word).ok_or_else(|| {
        let words: Vec<_> = Severity::ALL.iter().map(|severity| severity.word()).collect();
        format!("expected one of {}", words.join(", "))
    })
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let document = files::load(&arguments.file)?;
    let profile = arguments.profile.map(|strictness| match strictness {
        Strictness::Sketch => Profile::Sketch,
        Strictness::Workshop => Profile::Workshop,
        Strictness::Audit => Profile::Audit,
    });
    let report = report_of(&document, profile)?;
    let file = files::name(&arguments.file);
    let text = match arguments.format {
        Format::Text => check_text::text(&file, &document, &report),
        Format::Json => json::text(&findings_of(&file, &document, &report))?,
        Format::Sarif => sarif::text(&file, &document, &report)?,
    };
    output::print(text.as_bytes())?;
    let is_grave = report.open().any(|finding| finding.severity >= arguments.fail_on);
    Ok(if is_grave { FOUND } else { 0 })
}

/// What the rules find in a document today.
pub(super) fn report_of(document: &Document, profile: Option<Profile>) -> Result<Report, Failure> {
    let settings = Settings { profile, today: Some(today()) };
    analyse(document, &settings, &CancelToken::default()).map_err(|stopped| Failure::Input(stopped.to_string()))
}

/// The present day.
pub(super) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::system()).date()
}

/// The word of a profile.
pub(super) fn profile_word(profile: Profile) -> &'static str {
    match profile {
        Profile::Sketch => "sketch",
        Profile::Workshop => "workshop",
        Profile::Audit => "audit",
    }
}

fn findings_of(file: &str, document: &Document, report: &Report) -> json::Findings {
    json::Findings {
        file: file.to_owned(),
        profile: profile_word(report.profile),
        findings: report.findings.iter().map(|finding| finding_of(document, finding)).collect(),
        silent: report
            .silent
            .iter()
            .map(|silence| json::Silent {
                rule: silence.rule,
                missing: silence.missing.iter().map(|missing| missing.what.clone()).collect(),
            })
            .collect(),
    }
}

fn finding_of(document: &Document, finding: &Finding) -> json::Finding {
    let element = |element: &crate::model::ElementRef| json::Element {
        kind: element.kind().word(),
        key: document.path_of(*element),
        name: document.name_of(*element).to_owned(),
    };
    json::Finding {
        rule: finding.rule,
        severity: finding.severity.word(),
        title: finding.title,
        message: finding.message.clone(),
        elements: finding.evidence.iter().map(element).collect(),
        formula: finding.formula.text.clone(),
        numbers: json::Numbers(finding.numbers.clone()),
        remedies: finding.remedies.iter().map(|remedy| remedy.text.clone()).collect(),
        waived: finding.waived.as_ref().map(|waiver| json::Waived {
            reason: waiver.reason.clone(),
            name: waiver.name.clone(),
            expires: waiver.expires.map(|date| date.to_string()),
        }),
    }
}
