//! The lists on the left: organisation, processes, decisions, the outside, views; with a search on top.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Id, ScrollArea, Ui};

use super::{badge_of, icon_of};
use crate::app::canvas::NewElement;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::{Row, empty_state, section_header, text_field};
use crate::edit::Remove;
use crate::edit::rules::can_show;
use crate::exhibits::EXHIBITS;
use crate::model::*;
use crate::scene::capitalised;
use crate::scene::icon::Icon;

/// What the navigator remembers.
#[derive(Debug, Default)]
pub struct NavigatorState {
    query: String,
    /// Branches that are not as they are at first: units open, processes closed.
    toggled: BTreeSet<ElementRef>,
    listed: Option<Listed>,
}

impl NavigatorState {
    fn is_open(&self, branch: ElementRef) -> bool {
        self.toggled.contains(&branch) == matches!(branch, ElementRef::Process(_))
    }
}

/// The lines of all lists, kept until the document, the search or a branch changes.
#[derive(Debug)]
struct Listed {
    document: Arc<Document>,
    query: String,
    sections: Vec<Section>,
}

/// A list: its heading, what its button adds, its lines.
type Section = (&'static str, Option<NewElement>, Vec<Line>);

/// One line of the lists.
#[derive(Debug)]
struct Line {
    element: ElementRef,
    depth: usize,
    branch: bool,
}

/// Draws the navigator.
pub fn navigator_ui(ui: &mut Ui, core: &Core, state: &mut NavigatorState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.add_space(8.0);
    text_field(
        ui,
        theme,
        Id::unique("navigator-search"),
        "Find in this project",
        &mut state.query,
        "Find in this project",
    );
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    ScrollArea::vertical().id_salt("navigator").auto_shrink([false, false]).show(ui, |ui| {
        if core.document().element_count() == core.document().views().len() {
            empty_state(ui, theme, Icon::Organisation, "Nothing here yet.", |ui| {
                ui.label("Press + beside a heading, or draw on the canvas.");
            });
        }
        sections_ui(ui, core, state, commands);
        ui.add_space(24.0);
    });
}

fn sections_ui(ui: &mut Ui, core: &Core, state: &mut NavigatorState, commands: &mut Vec<Command>) {
    let document = core.editor.document();
    let is_listed = |kept: &Listed| Arc::ptr_eq(&kept.document, document) && kept.query == state.query;
    let listed = state.listed.take().filter(is_listed).unwrap_or_else(|| Listed {
        document: document.clone(),
        query: state.query.clone(),
        sections: sections(document, state),
    });
    let toggled = state.toggled.len();
    for section in &listed.sections {
        section_ui(ui, core, state, commands, section);
    }
    exhibits_ui(ui, core, state, commands);
    state.listed = Some(listed).filter(|_| state.toggled.len() == toggled);
}

/// All lists with the lines that the search leaves.
fn sections(document: &Document, state: &NavigatorState) -> Vec<Section> {
    let mut outside = flat::<External>(document, |_| 0);
    outside.extend(flat::<System>(document, |_| 0));
    outside.extend(flat::<Body>(document, |_| 0));
    let query = state.query.trim().to_lowercase();
    let mut sections = vec![
        ("Organisation", Some(NewElement::Unit), organisation_lines(document, state)),
        ("Processes", Some(NewElement::Process), process_lines(document, state)),
        ("Decisions", Some(NewElement::Decision), flat::<Decision>(document, |decision| decision.order)),
        ("Outside, systems, bodies", Some(NewElement::External), outside),
        ("People", Some(NewElement::Person), flat::<Person>(document, |_| 0)),
        ("Views", None, flat::<View>(document, |view| view.order)),
        ("Parking lot", Some(NewElement::Note), flat::<Note>(document, |note| i32::from(note.done))),
    ];
    if !query.is_empty() {
        let matches = |line: &Line| document.name_of(line.element).to_lowercase().contains(&query);
        sections.iter_mut().for_each(|(_, _, lines)| lines.retain(matches));
    }
    sections
}

/// The exhibits of the analysis.
fn exhibits_ui(ui: &mut Ui, core: &Core, state: &NavigatorState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let query = state.query.trim().to_lowercase();
    let mut found = EXHIBITS.iter().filter(|one| one.meta.title.to_lowercase().contains(&query)).peekable();
    if found.peek().is_none() {
        return;
    }
    ui.add_space(6.0);
    section_header(ui, theme, "Analyses", None);
    for exhibit in found {
        let meta = exhibit.meta;
        let row = Row {
            id: Id::unique(("navigator", "exhibit", meta.id)),
            icon: Some(meta.icon),
            name: meta.title,
            detail: "",
            badge: None,
            depth: 0,
            open: None,
            selected: core.panes.front_exhibit() == Some(meta.id),
            label: &format!("Analysis {}", meta.title),
        };
        if row.show(ui, theme).response.on_hover_text(meta.question).clicked() {
            commands.push(Command::OpenExhibit(meta.id));
        }
    }
}

/// Draws one list. Only the lines in sight are drawn, so that thousands cost nothing.
fn section_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut NavigatorState,
    commands: &mut Vec<Command>,
    (title, add, lines): &Section,
) {
    let theme = core.theme();
    if lines.is_empty() && !state.query.trim().is_empty() {
        return;
    }
    ui.add_space(6.0);
    let add_label = add.map(|_| format!("Add to {}", title.to_lowercase()));
    let heading = if lines.len() > 12 { format!("{title} · {}", lines.len()) } else { (*title).to_owned() };
    if section_header(ui, theme, &heading, add_label.as_deref())
        && let Some(new) = add
    {
        commands.push(Command::InsertNow(*new));
    }
    let height = theme.sizes.row.comfortable - 1.0;
    let start = ui.cursor().top();
    let pitch = height + ui.spacing().item_spacing.y;
    let visible = ui.clip_rect().y_range();
    let first = (((visible.min - start) / pitch).floor().max(0.0) as usize).min(lines.len());
    let last = (((visible.max - start) / pitch).ceil().max(0.0) as usize).min(lines.len());
    ui.add_space(pitch * first as f32);
    for line in lines.get(first..last).unwrap_or_default() {
        line_ui(ui, core, state, line, commands);
    }
    ui.add_space(pitch * lines.len().saturating_sub(last) as f32);
}

fn line_ui(ui: &mut Ui, core: &Core, state: &mut NavigatorState, line: &Line, commands: &mut Vec<Command>) {
    let document = core.document();
    let name = document.name_of(line.element);
    let (detail, label) = match line.element {
        ElementRef::Role(id) => {
            let holders = document.holders_label(id);
            let label = format!("Role {name}, {holders}");
            (holders, label)
        }
        ElementRef::Unit(id) if document.get::<Unit>(id).is_some_and(|unit| unit.parent.is_none()) => {
            (document.people().len().to_string(), format!("Unit {name}"))
        }
        ElementRef::Note(id) => note_words(document, id),
        other => (String::new(), format!("{} {name}", capitalised(other.kind().word()))),
    };
    let shown = if name.is_empty() { "unnamed" } else { name };
    let open = state.is_open(line.element);
    let row = Row {
        id: Id::unique(("navigator", line.element)),
        icon: Some(icon_of(document, line.element)),
        name: shown,
        detail: &detail,
        badge: badge_of(core, line.element),
        depth: line.depth,
        open: line.branch.then_some(open),
        selected: core.selection().contains(&line.element) || is_open_view(core, line.element),
        label: &label,
    };
    let done = row.show(ui, core.theme());
    if done.toggled {
        if !state.toggled.remove(&line.element) {
            state.toggled.insert(line.element);
        }
        return;
    }
    done.response.dnd_set_drag_payload(meant(core, line.element));
    if done.response.clicked() {
        click(core, line.element, ui.input(|input| input.modifiers), commands);
    }
    if done.response.double_clicked() {
        commands.push(Command::Reveal(line.element));
    }
    done.response.context_menu(|ui| context_menu_ui(ui, core, line.element, commands));
}

fn click(core: &Core, element: ElementRef, modifiers: egui::Modifiers, commands: &mut Vec<Command>) {
    match element {
        ElementRef::View(id) => commands.push(Command::OpenView(id)),
        ElementRef::Note(_) => commands.push(Command::Reveal(element)),
        ElementRef::Process(id) if !modifiers.command => {
            commands.push(Command::Select(vec![element]));
            let view = core
                .document()
                .views()
                .iter()
                .find(|(_, view)| matches!(view.kind, ViewKind::Process { process, .. } if process == id));
            if let Some((view, _)) = view {
                commands.push(Command::OpenView(view));
            }
        }
        _ if modifiers.command || modifiers.shift => {
            let mut selection = core.selection().to_vec();
            match selection.iter().position(|selected| *selected == element) {
                Some(index) => {
                    selection.remove(index);
                }
                None => selection.push(element),
            }
            commands.push(Command::Select(selection));
        }
        _ => {
            commands.push(Command::Select(vec![element]));
            commands.push(Command::Camera(crate::app::command::CameraMove::ShowSelection));
        }
    }
}

fn context_menu_ui(ui: &mut Ui, core: &Core, element: ElementRef, commands: &mut Vec<Command>) {
    use crate::app::widgets::menu_item;
    let theme = core.theme();
    if menu_item(ui, theme, Some(Icon::Eye), "Show in a view", "", true).clicked() {
        commands.push(Command::Reveal(element));
    }
    if let ElementRef::Note(id) = element
        && let Some(note) = core.document().get::<Note>(id)
    {
        let (icon, label) = if note.done { (Icon::Note, "Open again") } else { (Icon::CircleCheck, "Done") };
        if menu_item(ui, theme, Some(icon), label, "", true).clicked() {
            commands.extend([Command::Select(vec![element]), Command::Action("note.done")]);
        }
    }
    let elements = meant(core, element);
    if let Some(view) = core.active_view() {
        let can = elements.iter().all(|element| can_show(core.document(), view, *element).is_yes());
        if can && menu_item(ui, theme, Some(Icon::Plus), "Show in the view in front", "", true).clicked() {
            commands.push(Command::ShowHere(elements.clone()));
        }
    }
    let summary = Remove { elements: elements.clone() }.summary(core.document());
    let delete = menu_item(ui, theme, Some(Icon::Trash), "Delete everywhere", "", true);
    if delete.on_hover_text(format!("Deletes {summary}.")).clicked() {
        commands.push(Command::Delete(elements));
    }
}

/// Where a note is to be seen and whether it is dealt with, and what it is called.
fn note_words(document: &Document, id: NoteId) -> (String, String) {
    let Some(note) = document.get::<Note>(id) else { return Default::default() };
    let state = if note.done { "done" } else { "open" };
    let views = document.views_showing(id.into());
    let place = views.first().map_or("in no view", |view| document.name_of((*view).into()));
    let detail = if note.done { format!("{place} · done") } else { place.to_owned() };
    let text = note.text.lines().next().unwrap_or_default();
    (detail, format!("{} {text}, {state}, {place}", capitalised(note.kind.word())))
}

/// What a drag or a menu on a line is about: the whole selection where the line is part of it.
fn meant(core: &Core, element: ElementRef) -> Vec<ElementRef> {
    if core.selection().contains(&element) { core.selection().to_vec() } else { vec![element] }
}

fn is_open_view(core: &Core, element: ElementRef) -> bool {
    match (element, core.active_view()) {
        (ElementRef::View(id), Some(active)) => id == active,
        (ElementRef::Process(id), Some(_)) => {
            matches!(core.active_kind(), Some(ViewKind::Process { process, .. }) if *process == id)
        }
        _ => false,
    }
}

/// Units with their roles and the units below them; closed branches are left out.
fn organisation_lines(document: &Document, state: &NavigatorState) -> Vec<Line> {
    let mut children: std::collections::BTreeMap<Option<UnitId>, Vec<(i32, UnitId)>> = Default::default();
    for (id, unit) in document.units().iter() {
        children.entry(unit.parent).or_default().push((unit.order, id));
    }
    let mut roles: std::collections::BTreeMap<Option<UnitId>, Vec<(i32, RoleId)>> = Default::default();
    for (id, role) in document.roles().iter() {
        roles.entry(role.unit).or_default().push((role.order, id));
    }
    for list in children.values_mut() {
        list.sort_unstable();
    }
    for list in roles.values_mut() {
        list.sort_unstable();
    }
    let mut lines = Vec::new();
    let mut stack: Vec<(UnitId, usize)> = Vec::new();
    let push_children = |stack: &mut Vec<(UnitId, usize)>, parent: Option<UnitId>, depth: usize| {
        let list = children.get(&parent).map_or(&[][..], Vec::as_slice);
        stack.extend(list.iter().rev().map(|(_, id)| (*id, depth)));
    };
    push_children(&mut stack, None, 0);
    // A broken file may have units above themselves; they are no root and so never reached twice.
    while let Some((unit, depth)) = stack.pop() {
        let own_roles = roles.get(&Some(unit)).map_or(&[][..], Vec::as_slice);
        let branch = !own_roles.is_empty() || children.contains_key(&Some(unit));
        lines.push(Line { element: unit.into(), depth, branch });
        if !state.is_open(unit.into()) {
            continue;
        }
        lines.extend(own_roles.iter().map(|(_, id)| Line { element: (*id).into(), depth: depth + 1, branch: false }));
        push_children(&mut stack, Some(unit), depth + 1);
    }
    let without_unit = roles.get(&None).map_or(&[][..], Vec::as_slice);
    lines.extend(without_unit.iter().map(|(_, id)| Line { element: (*id).into(), depth: 0, branch: false }));
    lines
}

/// Processes; below those that are open, or searched in, their steps.
fn process_lines(document: &Document, state: &NavigatorState) -> Vec<Line> {
    let mut steps: std::collections::BTreeMap<ProcessId, Vec<StepId>> = Default::default();
    for (id, step) in document.steps().iter() {
        steps.entry(step.process).or_default().push(id);
    }
    let is_searched = !state.query.trim().is_empty();
    let mut lines = Vec::new();
    for line in flat::<Process>(document, |process| process.order) {
        let ElementRef::Process(id) = line.element else { continue };
        let own = steps.get(&id).map_or(&[][..], Vec::as_slice);
        let open = is_searched || state.is_open(line.element);
        lines.push(Line { branch: !own.is_empty(), ..line });
        let step = |step: &StepId| Line { element: (*step).into(), depth: 1, branch: false };
        lines.extend(own.iter().filter(|_| open).map(step));
    }
    lines
}

fn flat<E: Element>(document: &Document, order: impl Fn(&E) -> i32) -> Vec<Line> {
    let mut ordered: Vec<(i32, ElementRef)> =
        E::table(document).iter().map(|(id, record)| (order(record), id.into())).collect();
    ordered.sort_unstable();
    ordered.into_iter().map(|(_, element)| Line { element, depth: 0, branch: false }).collect()
}
