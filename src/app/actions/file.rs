//! Files: new, open, save, export, quit.

use egui::Key;

use super::{Act, Action, CTRL, CTRL_ALT, CTRL_SHIFT, Menu, key};
use crate::app::command::{Command, Pending};
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::export::PocketOf;
use crate::model::ElementRef;
use crate::scene::icon::Icon;

fn proceed(pending: Pending) -> Act {
    Ok(vec![Command::Proceed(Box::new(pending))])
}

pub(super) const NEW: Action = Action {
    id: "file.new",
    label: "New project",
    help: "Starts an empty project.",
    keywords: "create blank empty",
    menu: Menu::File,
    group: 0,
    icon: Some(Icon::FilePlus),
    shortcuts: &[key(CTRL, Key::N)],
    act: |_| proceed(Pending::New),
    ..Action::PLAIN
};

pub(super) const SAMPLE_BAKERY: Action = Action {
    id: "file.sample-bakery",
    label: "Try the bakery",
    help: "Opens a copy of the sample bakery: three shops, a bakehouse and an office.",
    keywords: "sample example demo learn",
    menu: Menu::File,
    group: 0,
    icon: Some(Icon::Shop),
    act: |_| proceed(Pending::Sample("bakery")),
    ..Action::PLAIN
};

pub(super) const SAMPLE_WEBSHOP: Action = Action {
    id: "file.sample-webshop",
    label: "Try the webshop",
    help: "Opens a copy of the sample webshop whose founder does everything.",
    keywords: "sample example demo learn founder",
    menu: Menu::File,
    group: 0,
    icon: Some(Icon::Cart),
    act: |_| proceed(Pending::Sample("webshop")),
    ..Action::PLAIN
};

pub(super) const OPEN: Action = Action {
    id: "file.open",
    label: "Open…",
    help: "Opens a project file.",
    keywords: "load read",
    menu: Menu::File,
    group: 1,
    icon: Some(Icon::FolderOpen),
    shortcuts: &[key(CTRL, Key::O)],
    act: |_| proceed(Pending::OpenDialog),
    ..Action::PLAIN
};

pub(super) const OPEN_PATH: Action = Action {
    id: "file.open-path",
    label: "Open by typing a path…",
    help: "Opens a file whose path you type or paste, and lists the recent ones.",
    keywords: "recent load read type paste",
    menu: Menu::File,
    group: 1,
    shortcuts: &[key(CTRL_ALT, Key::O)],
    act: |_| Ok(vec![Command::Dialog(Dialog::open_path())]),
    ..Action::PLAIN
};

pub(super) const IMPORT: Action = Action {
    id: "file.import",
    label: "Import…",
    help: "Brings a matrix of decision rights (RACI and others) into the project, or makes a project of a list of posts \
           or of processes in BPMN.",
    keywords: "csv spreadsheet people posts excel xlsx ods table bpmn process model organisation raci matrix rights",
    menu: Menu::File,
    group: 1,
    icon: Some(Icon::Download),
    act: |_| Ok(vec![Command::Dialog(Dialog::import_path())]),
    ..Action::PLAIN
};

pub(super) const SAVE: Action = Action {
    id: "file.save",
    label: "Save",
    help: "Writes the project to its file.",
    keywords: "write keep store",
    menu: Menu::File,
    group: 2,
    icon: Some(Icon::Save),
    shortcuts: &[key(CTRL, Key::S)],
    act: |core| match &core.path {
        Some(path) => Ok(vec![Command::SaveTo(path.clone())]),
        None => Ok(vec![Command::Dialog(Dialog::save_as(core))]),
    },
    ..Action::PLAIN
};

pub(super) const SAVE_AS: Action = Action {
    id: "file.save-as",
    label: "Save as…",
    help: "Writes the project to another file.",
    keywords: "copy rename write",
    menu: Menu::File,
    group: 2,
    shortcuts: &[key(CTRL_SHIFT, Key::S)],
    act: |core| Ok(vec![Command::Dialog(Dialog::save_as(core))]),
    ..Action::PLAIN
};

pub(super) const EXPORT: Action = Action {
    id: "file.export",
    label: "Export…",
    help: "Writes the view in front as a picture or table.",
    keywords: "svg png csv picture image share document",
    menu: Menu::File,
    group: 3,
    icon: Some(Icon::Export),
    shortcuts: &[key(CTRL, Key::E)],
    act: |core: &Core| match (core.active_view(), core.front_display()) {
        (Some(view), _) => Ok(vec![Command::Dialog(Dialog::export(core, view))]),
        (None, Some((_, display))) => Ok(vec![Command::Dialog(Dialog::export_exhibit(core, display))]),
        (None, None) => Err("open a view first"),
    },
    ..Action::PLAIN
};

pub(super) const POCKET: Action = Action {
    id: "file.pocket-card",
    label: "Pocket card…",
    help: "Writes who decides up to how much on a page that folds to pocket size: for everybody, the selected role or unit.",
    keywords: "print card limits who decides fold export pocket",
    menu: Menu::File,
    group: 3,
    icon: Some(Icon::Print),
    act: |core: &Core| {
        let of = match core.single_selection() {
            Some(ElementRef::Role(role)) => PocketOf::Role(role),
            Some(ElementRef::Unit(unit)) => PocketOf::Unit(unit),
            _ => PocketOf::Everybody,
        };
        match core.active_view() {
            _ if core.document().decisions().is_empty() => Err("add a decision first"),
            Some(view) => Ok(vec![Command::Dialog(Dialog::pocket(core, view, of))]),
            None => Err("open a view first"),
        }
    },
    ..Action::PLAIN
};

pub(super) const QUIT: Action = Action {
    id: "file.quit",
    label: "Quit",
    help: "Leaves the program; asks about unsaved changes first.",
    keywords: "exit close leave end",
    menu: Menu::File,
    group: 9,
    shortcuts: &[key(CTRL, Key::Q)],
    act: |_| proceed(Pending::Quit),
    ..Action::PLAIN
};
