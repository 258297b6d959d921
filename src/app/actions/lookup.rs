//! Asking who decides.

use egui::Key;

use super::{Action, CTRL_SHIFT, Menu, key};
use crate::app::command::Command;
use crate::scene::icon::Icon;

pub(super) const WHO_DECIDES: Action = Action {
    id: "analyse.who-decides",
    label: "Who decides?",
    help: "Says who decides a case of the selected decision, whom they ask and tell, and which limit says so.",
    keywords: "lookup limit amount authority approve deputy away escalate",
    menu: Menu::Analyse,
    group: 0,
    icon: Some(Icon::Decision),
    shortcuts: &[key(CTRL_SHIFT, Key::W)],
    act: |_| Ok(vec![Command::OpenLookup(None)]),
    ..Action::PLAIN
};
