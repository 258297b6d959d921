//! The catalogue of rules, written from what the rules say of themselves.

use std::fmt::Write as _;

use super::rules::{Meta, RULES};
use super::words;

/// The text of `docs/findings.md`: every rule with why, formula, thresholds, examples and remedies.
pub fn catalogue_markdown() -> String {
    let mut out = String::from(
        "# Findings\n\n\
         What `remit check` and the findings panel look for. This page is written from the rules themselves; \
         `UPDATE=1 cargo test` writes it again.\n\n\
         Severities: **block** (it cannot work like this), **high** (work or money will go wrong), **medium**, \
         **low**, **info**. The profile *sketch* shows high and above, *workshop* all but info, *audit* everything. \
         A finding about a process of criticality 4 or 5 is raised one step, up to high. Findings are ordered by \
         severity, then by score = base × (1 + criticality ÷ 5) × confidence with base 16, 8, 4, 2, 1, then by what \
         they cost in a month.\n\n\
         A rule that lacks an input says which and stays silent about what would need it. Thresholds marked *ours* \
         are Remit's own; every threshold can be changed in a project under its name.\n\n\
         | rule | title | severity |\n|---|---|---|\n",
    );
    for rule in RULES {
        let meta = rule.meta;
        let anchor = meta.id.to_ascii_lowercase();
        let _ = writeln!(out, "| [{}](#{anchor}) | {} | {} |", meta.id, meta.title, meta.severity.word());
    }
    for rule in RULES {
        section(&mut out, rule.meta);
    }
    out
}

fn section(out: &mut String, meta: &Meta) {
    let _ = write!(
        out,
        "\n## {}\n\n**{}** ({})\n\n{}\n\n- Formula: {}\n- Source: {}\n- Found: {}\n- Put right: {}\n",
        meta.id,
        meta.title,
        meta.severity.word(),
        meta.why,
        meta.formula,
        meta.source.text(),
        meta.wrong,
        meta.right
    );
    if !meta.thresholds.is_empty() {
        out.push_str("\n| threshold | default | what it does | source |\n|---|---|---|---|\n");
    }
    for threshold in meta.thresholds {
        let _ = writeln!(
            out,
            "| `{}` | {} {} | {} | {} |",
            meta.threshold_key(threshold.name),
            words::number(threshold.default),
            threshold.unit,
            threshold.meaning,
            threshold.source.text()
        );
    }
    out.push_str("\nRemedies:\n\n");
    for remedy in meta.remedies {
        let _ = writeln!(out, "- {remedy}");
    }
}
