//! Text that is typed or pasted becomes elements: processes, organisations, notes, decisions.
//!
//! # How a process is written
//!
//! ```text
//! Clerk: check refund > approve? (yes) Accountant: pay; (no) Clerk: write to customer
//! ```
//!
//! | written | means |
//! | --- | --- |
//! | `a > b`, `a -> b`, `a → b`, a new line, `;` | b comes after a |
//! | `Clerk: a`, `a @Clerk` | the clerk does it, and what follows until another is named |
//! | `a?`, `? a` | a question: an exclusive gateway |
//! | `(yes) a`, `yes: a`, `(up to 200, 70 %) a` | a branch of the question before it, with how often it is taken |
//! | a line without a condition behind branches | where all of them lead |
//! | `(and) a (and) b` | a and b at the same time |
//! | the name of a step that exists, `back to a` | the line leads there, or goes on from there |
//! | `start`, `start: order comes`, `end`, `end: paid` | events |
//! | `"a > b"`, `„a; b“` | a name with signs in it |
//!
//! `amount > 500?` is a comparison, not an arrow. Marks and numbers of lists are taken off. Lines that are indented below
//! a question belong to it; lines below a branch continue it. A branch belongs to the innermost question that has none
//! with this condition yet. A question with one branch leads to what comes next itself, too.
//!
//! # How an organisation is written
//!
//! ```text
//! Bakery > Shop North > Sales clerk (2): Ana, Ben
//! ```
//!
//! What is part of what is said by arrows or by indentation; a colon, a number of people or an `@` makes a role.
//! `Driver (vacant)` is a role that nobody holds; `Ana 50 %` gives half of her time.
//!
//! # Elsewhere
//!
//! On a board a line is a note, one that ends with `?` a decision; `external: Mill`, `system: Till` make those. In a
//! matrix a line is a decision, `Money: grant a refund` with its area. Tables are read by their headings.
//!
//! Everything here is forgiving: any text becomes something, and what was not understood is said in plain words. Names
//! of roles and people that are nearly those of existing ones are offered as such, see [`Choice`]. Text comes from
//! anywhere: it is bounded, and nothing panics.

mod actors;
mod board;
mod decisions;
mod flow;
mod flow_table;
mod items;
mod likely;
mod lines;
pub mod name;
mod staff;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

pub use self::likely::Choice;
pub use self::lines::{MOST_CHARACTERS, MOST_LINES};

use self::flow::Writer;
use self::lines::lines;
use self::tables::Columns;
use crate::edit::{Edit, EditAction as _, Verdict, WrittenEnd};
use crate::model::*;

/// Which of the options of a choice the user took, by [`Choice::key`].
pub type Answers = BTreeMap<String, usize>;

/// Where text is written.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The document.
    pub document: &'a Document,
    /// The view.
    pub view: ViewId,
    /// What is selected: new elements come behind or below it.
    pub selection: &'a [ElementRef],
    /// What was chosen for names with several meanings.
    pub answers: &'a Answers,
}

/// What a text would become.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The change; none where the text says nothing new or may not be.
    pub edit: Option<Edit>,
    /// How many of what are new: number, word for one, word for several.
    pub counts: Vec<(usize, &'static str, &'static str)>,
    /// What was not understood or may surprise, a sentence each.
    pub problems: Vec<String>,
    /// Names with several meanings.
    pub choices: Vec<Choice>,
    /// Nodes from which the next text goes on.
    pub loose: Vec<WrittenEnd>,
}

impl Draft {
    /// `6 steps, 1 decision, 2 new roles`; `nothing new` where there is nothing.
    pub fn sentence(&self) -> String {
        let counted = self.counts.iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> =
            counted.map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many })).collect();
        if parts.is_empty() { "nothing new".to_owned() } else { parts.join(", ") }
    }

    /// Whether it can be taken over without a look at it.
    pub fn is_plain(&self) -> bool {
        self.edit.is_some() && self.problems.is_empty() && self.choices.is_empty()
    }

    fn saying(problem: &str) -> Self {
        Self { problems: vec![problem.to_owned()], ..Self::default() }
    }
}

/// What a text would become in a view.
pub fn draft(text: &str, ground: &Ground<'_>) -> Draft {
    let Some(view) = ground.document.get::<View>(ground.view) else { return Draft::default() };
    let (lines, is_cut) = lines(text);
    if lines.is_empty() {
        return Draft::default();
    }
    let mut draft = match &view.kind {
        ViewKind::Process { process, .. } => process_draft(text, &lines, *process, ground),
        ViewKind::Organisation { root, .. } => staff_draft(text, &lines, root.map(Actor::Unit), ground),
        ViewKind::Board if board::is_organisation(&lines) => staff_draft(text, &lines, None, ground),
        ViewKind::Board => board::write(ground.document, ground.view, &lines),
        ViewKind::Matrix(_) => decisions_draft(text, &lines, ground.document),
    };
    if is_cut {
        draft.problems.push(format!("Only the first {MOST_LINES} lines are read."));
    }
    if let Some(edit) = &draft.edit
        && let Verdict::No(reason) = edit.can_apply(ground.document)
    {
        draft.problems.push(reason);
        draft.edit = None;
    }
    draft
}

fn process_draft(text: &str, lines: &[lines::Line<'_>], process: ProcessId, ground: &Ground<'_>) -> Draft {
    let anchors = anchors(ground, process);
    let mut writer = Writer::new(ground.document, process, &anchors, ground.answers);
    let by_headings = |first: &tables::Row| {
        Columns::by_headings(first, flow_table::FIELDS).filter(|columns| columns.has(flow_table::Field::Step))
    };
    let Some(rows) = tables::rows(text, |first| by_headings(first).is_some()) else {
        writer.lines(lines);
        return writer.finish();
    };
    let (columns, choice) = match rows.first().and_then(by_headings) {
        Some(columns) => (columns, None),
        None => flow_table::guess(&rows, ground.document, ground.answers),
    };
    let body = rows.get(usize::from(columns.has_headings)..).unwrap_or_default();
    flow_table::write(&mut writer, body, &columns);
    if !columns.unknown.is_empty() {
        writer.problem(format!("Not taken over: the columns {}.", columns.unknown.join(", ")));
    }
    let mut draft = writer.finish();
    draft.choices.splice(0..0, choice);
    draft
}

/// The nodes behind which new ones come: the selected ones, else the last one behind which nothing comes.
fn anchors(ground: &Ground<'_>, process: ProcessId) -> Vec<FlowNode> {
    let document = ground.document;
    let goes_on = |node: &FlowNode| match node {
        FlowNode::Event(id) => document.get::<Event>(*id).is_some_and(|event| event.kind != EventKind::End),
        FlowNode::Step(_) | FlowNode::Gateway(_) => true,
    };
    let selected = ground.selection.iter().filter_map(|element| FlowNode::try_from(*element).ok());
    let in_process = |node: &FlowNode| document.process_of(*node) == Some(process);
    let mut chosen: Vec<FlowNode> = selected.filter(in_process).filter(goes_on).collect();
    let parent = chosen.first().and_then(|first| document.parent_of(*first));
    chosen.retain(|node| document.parent_of(*node) == parent);
    if !chosen.is_empty() {
        return chosen;
    }
    let leading: std::collections::BTreeSet<FlowNode> = document.flows_of(process).map(|(_, flow)| flow.from).collect();
    let is_last = |node: &FlowNode| {
        goes_on(node)
            && !leading.contains(node)
            && document.parent_of(*node).is_none()
            && document.host_of(*node).is_none()
    };
    let nodes = document.nodes_of(process);
    nodes.into_iter().filter(is_last).max_by_key(|node| written_last(*node)).into_iter().collect()
}

/// Handles grow: of the same kind the highest was made last. A step is what one goes on from.
fn written_last(node: FlowNode) -> (bool, u32) {
    match node {
        FlowNode::Step(id) => (true, id.index()),
        FlowNode::Gateway(id) => (false, id.index()),
        FlowNode::Event(id) => (false, id.index()),
    }
}

fn staff_draft(text: &str, lines: &[lines::Line<'_>], root: Option<Actor>, ground: &Ground<'_>) -> Draft {
    let known = |first: &tables::Row| {
        let heading = |cell: &String| {
            let key = super::headings::folded(cell);
            super::headings::FIELDS
                .iter()
                .any(|(_, names)| !key.is_empty() && names.split_whitespace().any(|name| name == key))
        };
        first.iter().filter(|cell| heading(cell)).count() * 2 > first.len()
    };
    if tables::rows(text, known).is_some() {
        return table_draft(text, ground.document);
    }
    let selected = match ground.selection {
        [one @ (ElementRef::Unit(_) | ElementRef::Role(_))] => Actor::try_from(*one).ok(),
        _ => None,
    };
    staff::write(ground.document, lines, selected.or(root), ground.answers)
}

/// A list of posts, as it is imported from a file.
fn table_draft(text: &str, document: &Document) -> Draft {
    match super::read("pasted table.csv", text.as_bytes(), document) {
        Ok(imported) => {
            let report = imported.report;
            let counts = vec![
                (report.units.added, "unit", "units"),
                (report.roles.added, "role", "roles"),
                (report.people.added, "person", "people"),
            ];
            let problems = report.problems.iter().map(ToString::to_string).chain(report.notes).collect();
            Draft { edit: Some(imported.edit), counts, problems, ..Draft::default() }
        }
        Err(super::ImportError::NoHeadings { .. } | super::ImportError::NothingKnown { .. }) => {
            Draft::saying("The table needs a first row of headings: Unit, Role, Person.")
        }
        Err(error) => Draft::saying(&format!("{error}.")),
    }
}

fn decisions_draft(text: &str, lines: &[lines::Line<'_>], document: &Document) -> Draft {
    match tables::rows(text, |first| decisions::columns(first).is_some()) {
        Some(rows) => {
            let columns = rows.first().and_then(decisions::columns);
            let columns = columns
                .unwrap_or_else(|| Columns::guessed(&[(decisions::Field::Decision, 0), (decisions::Field::Area, 1)]));
            let body = rows.get(usize::from(columns.has_headings)..).unwrap_or_default();
            decisions::write_table(document, body, &columns)
        }
        None => decisions::write_lines(document, lines),
    }
}
