//! Writes views with their placements, and notes.

use super::super::values::Word;
use super::super::writer::{Fields, push_coordinate};
use super::Keys;
use crate::model::*;

pub(super) fn note(fields: &mut Fields<'_>, keys: &Keys<'_>, note: &Note) {
    fields.key(&note.key);
    fields.text("text", &note.text);
    fields.text("author", &note.author);
    fields.choice("kind", (note.kind != NoteKind::default()).then_some(note.kind));
    fields.flag("done", note.done);
    fields.reference(keys, "about", note.about);
    fields.choice("form", (note.form != NoteForm::default()).then_some(note.form));
    fields.text("kept", &note.kept);
}

pub(super) fn view(fields: &mut Fields<'_>, keys: &Keys<'_>, view: &View, placements: &[&Placement]) {
    fields.key(&view.key);
    fields.text("name", &view.name);
    fields.order(view.order);
    let indent = fields.indent();
    fields.field("shows", |out| push_view_kind(out, indent, keys, &view.kind));
    fields.flag("connections", view.connections);
    fields.lines("phases", &view.phases, push_phase);
    fields.reference(keys, "within", view.within);
    fields.text("description", &view.description);
    fields.text("kept", &view.kept);
    fields.lines("placements", placements, |out, placement| push_placement(out, keys, placement));
}

fn push_view_kind(out: &mut String, indent: usize, keys: &Keys<'_>, kind: &ViewKind) {
    match kind {
        ViewKind::Organisation { root, form, direction } => {
            out.push_str("organisation");
            Fields::line(out, |fields| {
                fields.reference(keys, "root", *root);
                fields.choice("form", (*form != ChartForm::default()).then_some(*form));
                fields.choice("direction", (*direction != FlowDirection::TopToBottom).then_some(*direction));
            });
        }
        ViewKind::Process { process, lanes, direction } => {
            out.push_str("process");
            Fields::block(out, indent, |fields| {
                fields.reference(keys, "process", Some(*process));
                fields.choice("direction", (*direction != FlowDirection::default()).then_some(*direction));
                fields.lines("lanes", lanes, |out, lane| push_lane(out, keys, lane));
            });
        }
        ViewKind::Board => out.push_str("board"),
        ViewKind::Matrix(matrix) => {
            out.push_str("matrix");
            Fields::block(out, indent, |fields| {
                fields.choice("form", (matrix.form != MatrixForm::default()).then_some(matrix.form));
                fields.choice("rows", Some(matrix.rows));
                fields.references(keys, "processes", &matrix.processes);
                fields.references(keys, "columns", &matrix.columns);
                fields.list("kinds", &matrix.kinds, |out, kind| out.push_str(Word::word(*kind)));
                fields.flag("by_person", matrix.by_person);
                fields.flag("transposed", matrix.transposed);
                fields.references(keys, "collapsed", &matrix.collapsed);
            });
        }
    }
}

fn push_phase(out: &mut String, phase: &Phase) {
    Fields::line(out, |fields| {
        fields.text("name", &phase.name);
        fields.field("extent", |out| push_coordinate(out, phase.extent));
    });
}

fn push_lane(out: &mut String, keys: &Keys<'_>, lane: &Lane) {
    Fields::line(out, |fields| {
        fields.reference(keys, "who", lane.actor);
        fields.field("extent", |out| push_coordinate(out, lane.extent));
        fields.flag("collapsed", lane.collapsed);
        fields.plain("depth", (lane.depth > 0).then_some(lane.depth));
        if lane.gap != 0.0 {
            fields.field("gap", |out| push_coordinate(out, lane.gap));
        }
        if let Some(frame) = &lane.frame {
            fields.field("frame", |out| push_area(out, frame));
        }
    });
}

fn push_placement(out: &mut String, keys: &Keys<'_>, placement: &Placement) {
    Fields::line(out, |fields| {
        fields.reference(keys, "of", Some(placement.element));
        if let Some(center) = placement.center {
            fields.field("at", |out| push_pair(out, center.x, center.y));
        }
        if let Some(size) = placement.size {
            fields.field("size", |out| push_pair(out, size.width, size.height));
        }
        fields.list("bends", &placement.bends, |out, bend| push_pair(out, bend.x, bend.y));
        if let Some(label) = &placement.label {
            fields.field("label", |out| push_area(out, label));
        }
        fields.flag("pinned", placement.pinned);
        fields.flag("collapsed", placement.collapsed);
        fields.flag("locked", placement.locked);
        fields.plain("tint", placement.tint);
        fields.plain("layer", (placement.layer != 0).then_some(placement.layer));
        fields.list("groups", &placement.groups, |out, group| out.push_str(&group.to_string()));
    });
}

fn push_pair(out: &mut String, first: f64, second: f64) {
    out.push('(');
    push_coordinate(out, first);
    out.push_str(", ");
    push_coordinate(out, second);
    out.push(')');
}

fn push_area(out: &mut String, area: &Area) {
    out.push('(');
    for (index, value) in [area.x, area.y, area.width, area.height].into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        push_coordinate(out, value);
    }
    out.push(')');
}
