//! Help.

use egui::{Key, Modifiers};

use super::{Action, Menu, key};
use crate::app::command::Command;
use crate::app::dialogs::Dialog;
use crate::scene::icon::Icon;

pub(super) const SHORTCUTS: Action = Action {
    id: "help.shortcuts",
    label: "Keys and commands",
    help: "Lists every command with its shortcut, and what keys and mouse do on the canvas; can be searched.",
    keywords: "keyboard help shortcuts sheet",
    menu: Menu::Help,
    group: 0,
    icon: Some(Icon::Keyboard),
    shortcuts: &[key(Modifiers::NONE, Key::F1), key(Modifiers::NONE, Key::Questionmark)],
    act: |_| Ok(vec![Command::Dialog(Dialog::shortcuts())]),
    ..Action::PLAIN
};

pub(super) const WRITING: Action = Action {
    id: "help.writing",
    label: "Writing as text",
    help: "How processes and organisations are written in the quick-entry line and in names.",
    keywords: "quick entry grammar outline text examples type paste",
    menu: Menu::Help,
    group: 0,
    icon: Some(Icon::Pencil),
    act: |_| Ok(vec![Command::Dialog(Dialog::Writing)]),
    ..Action::PLAIN
};

pub(super) const ABOUT: Action = Action {
    id: "help.about",
    label: "About Remit",
    help: "Version, licence, fonts.",
    keywords: "version licence",
    menu: Menu::Help,
    group: 1,
    icon: Some(Icon::Info),
    act: |_| Ok(vec![Command::Dialog(Dialog::About)]),
    ..Action::PLAIN
};
