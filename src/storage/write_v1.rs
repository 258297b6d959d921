//! A document as the canonical text of format 1.
//!
//! Sections and fields stand in one fixed order, defaults are left out, elements stand in the order of their making.
//! Built-in frameworks are not written. A placement whose view does not exist belongs to no picture and is not written.

mod decision;
mod organisation;
mod process;
mod view;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::values::{Word, duration_text};
use super::writer::{Fields, push_number, push_quoted, push_spaces};
use crate::model::*;

/// Number of the format that is written.
pub(super) const FORMAT: u32 = 1;

/// The canonical text of a document.
pub(super) fn to_text(document: &Document) -> String {
    let keys = Keys { document };
    let mut out = String::with_capacity(4096 + document.element_count() * 192 + document.placements().len() * 64);
    out.push_str("(\n    format: ");
    out.push_str(&FORMAT.to_string());
    out.push_str(",\n    project: ");
    Fields::block(&mut out, 4, |fields| project(fields, &keys, document.project()));
    out.push_str(",\n");
    write_organisation(&mut out, &keys);
    write_processes(&mut out, &keys);
    blocks(&mut out, &keys, "decisions", document.decisions(), decision::decision);
    lines(&mut out, &keys, "rights", document.rights(), decision::right);
    blocks(&mut out, &keys, "notes", document.notes(), view::note);
    write_views(&mut out, &keys);
    out.push_str(")\n");
    out
}

fn write_organisation(out: &mut String, keys: &Keys<'_>) {
    let document = keys.document;
    let own: Vec<&Framework> =
        document.frameworks().iter().map(|(_, framework)| framework).filter(|framework| !framework.built_in).collect();
    section(out, "frameworks", &own, |out, own| Fields::block(out, 8, |fields| framework(fields, own)));
    blocks(out, keys, "units", document.units(), organisation::unit);
    blocks(out, keys, "roles", document.roles(), organisation::role);
    blocks(out, keys, "people", document.people(), organisation::person);
    blocks(out, keys, "externals", document.externals(), organisation::external);
    blocks(out, keys, "systems", document.systems(), organisation::system);
    blocks(out, keys, "bodies", document.bodies(), organisation::body);
    blocks(out, keys, "artefacts", document.artefacts(), process::artefact);
}

fn write_processes(out: &mut String, keys: &Keys<'_>) {
    let document = keys.document;
    blocks(out, keys, "processes", document.processes(), process::process);
    blocks(out, keys, "steps", document.steps(), process::step);
    blocks(out, keys, "gateways", document.gateways(), process::gateway);
    blocks(out, keys, "events", document.events(), process::event);
    blocks(out, keys, "flows", document.flows(), process::flow);
    blocks(out, keys, "links", document.links(), process::link);
}

fn write_views(out: &mut String, keys: &Keys<'_>) {
    let mut placements: BTreeMap<ViewId, Vec<&Placement>> = BTreeMap::new();
    for (_, placement) in keys.document.placements().iter() {
        placements.entry(placement.view).or_default().push(placement);
    }
    let views: Vec<_> = keys.document.views().iter().collect();
    section(out, "views", &views, |out, (id, record)| {
        let shown = placements.get(id).map_or(&[] as &[_], Vec::as_slice);
        Fields::block(out, 8, |fields| view::view(fields, keys, record, shown));
    });
}

/// The keys by which the elements of a document are written.
struct Keys<'d> {
    document: &'d Document,
}

impl<'d> Keys<'d> {
    fn of(&self, element: impl Into<ElementRef>) -> Cow<'d, str> {
        let element = element.into();
        if let Some(key) = self.document.key_of(element) {
            return Cow::Borrowed(key.as_str());
        }
        if let Some(key) = self.document.missing_key(element) {
            return Cow::Borrowed(key);
        }
        match element {
            ElementRef::Right(id) if self.document.rights().contains(id) => Cow::Owned(self.document.path_of(element)),
            ElementRef::Placement(id) if self.document.placements().contains(id) => {
                Cow::Owned(self.document.path_of(element))
            }
            other => Cow::Owned(format!("missing-{}", other.kind().word())),
        }
    }

    fn maybe(&self, element: Option<impl Into<ElementRef>>) -> Option<Cow<'d, str>> {
        element.map(|element| self.of(element))
    }
}

impl Fields<'_> {
    fn key(&mut self, key: &Key) {
        self.field("key", |out| push_quoted(out, key.as_str()));
    }

    fn reference(&mut self, keys: &Keys<'_>, name: &str, element: Option<impl Into<ElementRef>>) {
        self.shown(name, keys.maybe(element));
    }

    fn references<T: Copy + Into<ElementRef>>(&mut self, keys: &Keys<'_>, name: &str, elements: &[T]) {
        self.list(name, elements, |out, element| push_quoted(out, &keys.of(*element)));
    }

    fn duration(&mut self, name: &str, minutes: Option<Minutes>) {
        self.shown(name, minutes.map(duration_text));
    }

    fn choice<T: Word>(&mut self, name: &str, choice: Option<T>) {
        self.word(name, choice.map(T::word));
    }

    fn order(&mut self, order: i32) {
        self.plain("order", (order != 0).then_some(order));
    }
}

fn section<T>(out: &mut String, name: &str, rows: &[T], write: impl Fn(&mut String, &T)) {
    if rows.is_empty() {
        return;
    }
    out.push_str("    ");
    out.push_str(name);
    out.push_str(": [\n");
    for row in rows {
        push_spaces(out, 8);
        write(out, row);
        out.push_str(",\n");
    }
    out.push_str("    ],\n");
}

type WriteFields<T> = fn(&mut Fields<'_>, &Keys<'_>, &T);

fn blocks<I: TableId, T>(out: &mut String, keys: &Keys<'_>, name: &str, table: &Table<I, T>, write: WriteFields<T>) {
    let rows: Vec<&T> = table.iter().map(|(_, row)| row).collect();
    section(out, name, &rows, |out, row| Fields::block(out, 8, |fields| write(fields, keys, row)));
}

fn lines<I: TableId, T>(out: &mut String, keys: &Keys<'_>, name: &str, table: &Table<I, T>, write: WriteFields<T>) {
    let rows: Vec<&T> = table.iter().map(|(_, row)| row).collect();
    section(out, name, &rows, |out, row| Fields::line(out, |fields| write(fields, keys, row)));
}

fn project(fields: &mut Fields<'_>, keys: &Keys<'_>, project: &Project) {
    fields.field("name", |out| push_quoted(out, &project.name));
    fields.shown("currency", Some(project.currency));
    fields.reference(keys, "framework", project.framework);
    fields.reference(keys, "framework_of_tasks", project.framework_of_tasks);
    fields.reference(keys, "framework_of_controls", project.framework_of_controls);
    fields.choice("profile", (project.profile != Profile::default()).then_some(project.profile));
    fields.number("hours_per_week", project.hours_per_week);
    fields.shown("appetite", project.appetite);
    if !project.thresholds.is_empty() {
        let indent = fields.indent();
        fields.field("thresholds", |out| {
            out.push_str("{\n");
            for (name, value) in &project.thresholds {
                push_spaces(out, indent + 4);
                push_quoted(out, name);
                out.push_str(": ");
                push_number(out, *value);
                out.push_str(",\n");
            }
            push_spaces(out, indent);
            out.push('}');
        });
    }
    fields.lines("waivers", &project.waivers, |out, waiver| {
        Fields::line(out, |fields| {
            fields.field("rule", |out| push_quoted(out, &waiver.rule));
            fields.list("elements", &waiver.elements, |out, key| push_quoted(out, key.as_str()));
            fields.text("reason", &waiver.reason);
            fields.text("name", &waiver.name);
            fields.shown("expires", waiver.expires);
        });
    });
    fields.text("description", &project.description);
}

fn framework(fields: &mut Fields<'_>, framework: &Framework) {
    fields.key(&framework.key);
    fields.text("name", &framework.name);
    fields.lines("letters", &framework.letters, |out, letter| {
        Fields::line(out, |fields| {
            fields.field("code", |out| push_quoted(out, &letter.code));
            fields.text("name", &letter.name);
            fields.text("meaning", &letter.meaning);
            fields.list("duties", &letter.duties, |out, duty| out.push_str(Word::word(*duty)));
            fields.plain("at_least", (letter.at_least > 0).then_some(letter.at_least));
            fields.plain("at_most", letter.at_most);
            fields.plain("rank", letter.rank);
            fields.plain("tint", letter.tint);
        });
    });
    fields.text("description", &framework.description);
}
