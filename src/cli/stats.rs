//! `remit stats`: how many of everything there are, and the key figures.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::json::{KeyFigures, Stats};
use super::{files, json, output};
use crate::analysis::Index;
use crate::model::*;

/// Count every kind of element and print the key figures
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Project to read; `-` for standard input
    file: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let document = files::load(&arguments.file)?;
    let stats = stats_of(&files::name(&arguments.file), &document);
    let text = match arguments.format {
        Format::Json => json::text(&stats)?,
        Format::Text => text(&stats),
    };
    output::print(text.as_bytes())?;
    Ok(0)
}

/// Counts and key figures of a document.
pub(super) fn stats_of(file: &str, document: &Document) -> Stats {
    let count = |kind| document.count(kind);
    Stats {
        file: file.to_owned(),
        name: document.project().name.clone(),
        units: count(ElementKind::Unit),
        roles: count(ElementKind::Role),
        people: count(ElementKind::Person),
        externals: count(ElementKind::External),
        systems: count(ElementKind::System),
        bodies: count(ElementKind::Body),
        processes: count(ElementKind::Process),
        steps: count(ElementKind::Step),
        gateways: count(ElementKind::Gateway),
        events: count(ElementKind::Event),
        flows: count(ElementKind::Flow),
        links: count(ElementKind::Link),
        artefacts: count(ElementKind::Artefact),
        decisions: count(ElementKind::Decision),
        rights: count(ElementKind::Right),
        tiers: document.rights().iter().map(|(_, right)| right.tiers.len()).sum(),
        frameworks: count(ElementKind::Framework),
        notes: count(ElementKind::Note),
        views: count(ElementKind::View),
        placements: count(ElementKind::Placement),
        waivers: document.project().waivers.len(),
        key_figures: key_figures(document),
    }
}

fn key_figures(document: &Document) -> KeyFigures {
    let index = Index::new(document);
    let roles = || document.roles().iter();
    let depth = roles().filter_map(|(id, _)| steps_up(document, id)).max().map_or(0, |steps| steps + 1);
    let spans = roles().map(|(id, _)| (index.reports_of(id).len(), std::cmp::Reverse(id)));
    let widest = spans.max().filter(|(span, _)| *span > 0);
    let several = document.people().ids().filter(|id| index.roles_of_person(*id).len() > 1).count();
    let without_superior =
        |(id, role): &(RoleId, &Role)| role.reports_to.is_none() && !index.reports_of(*id).is_empty();
    KeyFigures {
        reporting_lines: roles().filter(|(_, role)| role.reports_to.is_some()).count(),
        top_roles: roles().filter(without_superior).count(),
        reporting_depth: depth,
        widest_span: widest.map_or(0, |(span, _)| span),
        widest_span_role: widest.map(|(_, id)| document.name_of(id.0.into()).to_owned()),
        vacant_roles: roles().filter(|(_, role)| role.vacant).count(),
        roles_without_holder: roles().filter(|(_, role)| role.holders.is_empty() && !role.vacant).count(),
        people_with_several_roles: several,
    }
}

/// How many reporting lines lead from a role to the top; none where they run in a circle.
fn steps_up(document: &Document, role: RoleId) -> Option<usize> {
    let mut current = document.roles().get(role)?.reports_to;
    for steps in 0..document.roles().len() {
        match current {
            Some(id) => current = document.roles().get(id)?.reports_to,
            None => return Some(steps),
        }
    }
    None
}

fn text(stats: &Stats) -> String {
    let mut text = String::new();
    let title = if stats.name.is_empty() { &stats.file } else { &stats.name };
    text.push_str(&format!("{title}\n\n"));
    for (word, count) in stats.counts() {
        if count > 0 {
            text.push_str(&format!("{count:>7}  {word}\n"));
        }
    }
    let figures = &stats.key_figures;
    let span = match &figures.widest_span_role {
        Some(role) => format!("most roles reporting to one: “{role}”"),
        None => "most roles reporting to one".to_owned(),
    };
    text.push('\n');
    for (count, word) in [
        (figures.reporting_lines, "reporting lines"),
        (figures.reporting_depth, "levels of reporting"),
        (figures.top_roles, "roles at the top of a reporting line"),
        (figures.widest_span, span.as_str()),
        (figures.vacant_roles, "vacant roles"),
        (figures.roles_without_holder, "roles whose holder is not stated"),
        (figures.people_with_several_roles, "people who hold several roles"),
    ] {
        text.push_str(&format!("{count:>7}  {word}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_reporting_lines() {
        let mut document = Document::default();
        let owner = document.insert(Role::new("Owner"));
        let manager = document.insert(Role { reports_to: Some(owner), ..Role::new("Manager") });
        document.insert(Role { reports_to: Some(manager), vacant: true, ..Role::new("Clerk") });
        document.insert(Role { reports_to: Some(manager), ..Role::new("Baker") });
        let figures = stats_of("x", &document).key_figures;
        assert_eq!((figures.reporting_depth, figures.widest_span, figures.top_roles), (3, 2, 1));
        assert_eq!(figures.widest_span_role.as_deref(), Some("Manager"));
        assert_eq!((figures.vacant_roles, figures.roles_without_holder), (1, 3));
    }
}
