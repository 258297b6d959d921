//! The findings as SARIF 2.1.0, for tools that show findings beside files.
//!
//! Source of the shape: OASIS, Static Analysis Results Interchange Format 2.1.0. Severities become levels: block and
//! high are errors, medium and low warnings, info notes. Elements are logical locations, named by their keys.

use serde_json::{Value, json};

use super::Failure;
use crate::analysis::{Finding, RULES, Report, Severity};
use crate::model::Document;

/// The report as a SARIF log.
pub(super) fn text(file: &str, document: &Document, report: &Report) -> Result<String, Failure> {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            let meta = rule.meta;
            json!({
                "id": meta.id,
                "shortDescription": { "text": meta.title },
                "fullDescription": { "text": meta.why },
                "defaultConfiguration": { "level": level(meta.severity) },
            })
        })
        .collect();
    let results: Vec<Value> = report.findings.iter().map(|finding| result(file, document, finding)).collect();
    let driver = json!({ "name": "Remit", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    super::json::text(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "results": results }],
    }))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Block | Severity::High => "error",
        Severity::Medium | Severity::Low => "warning",
        Severity::Info => "note",
    }
}

fn result(file: &str, document: &Document, finding: &Finding) -> Value {
    let places: Vec<Value> = finding
        .evidence
        .iter()
        .map(|element| {
            json!({
                "name": document.name_of(*element),
                "fullyQualifiedName": document.path_of(*element),
                "kind": element.kind().word(),
            })
        })
        .collect();
    let location = json!({
        "physicalLocation": { "artifactLocation": { "uri": file.replace('\\', "/") } },
        "logicalLocations": places,
    });
    let message = if finding.formula.text.is_empty() {
        finding.message.clone()
    } else {
        format!("{} ({})", finding.message, finding.formula.text)
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": message },
        "locations": [location],
        "properties": { "severity": finding.severity.word() },
    });
    if let (Some(waiver), Some(fields)) = (&finding.waived, result.as_object_mut()) {
        fields.insert("suppressions".to_owned(), json!([{ "kind": "inSource", "justification": waiver.reason }]));
    }
    result
}
