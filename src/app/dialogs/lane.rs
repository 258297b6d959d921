//! Whose the next lane is: found by typing, or a new role or party outside of the name that was typed.

use egui::{Id, Key, Modifiers, ScrollArea, Ui};

use super::title_ui;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::widgets::{Row, text_field};
use crate::edit::{AddLane, LaneOf};
use crate::model::*;
use crate::scene::icon::Icon;

const MOST_SHOWN: usize = 40;

/// The form.
#[derive(Clone, Debug)]
pub struct LaneForm {
    view: ViewId,
    after: Option<Actor>,
    query: String,
    chosen: usize,
    focused: bool,
}

impl LaneForm {
    pub(super) fn new(view: ViewId, after: Option<Actor>) -> Self {
        Self { view, after, query: String::new(), chosen: 0, focused: false }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, "Add a lane");
        let (down, up, enter) = ui.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let before = self.query.clone();
        let hint = "Role, unit, person, external or system";
        let field = text_field(ui, theme, Id::unique("lane-of"), "Whose lane", &mut self.query, hint);
        if !self.focused {
            field.request_focus();
            self.focused = true;
        }
        let offers = self.offers(core.document());
        let last = offers.len().saturating_sub(1);
        self.chosen = match (before != self.query, down, up) {
            (true, ..) => 0,
            (_, true, _) => (self.chosen + 1).min(last),
            (_, _, true) => self.chosen.saturating_sub(1),
            _ => self.chosen.min(last),
        };
        ui.add_space(theme.sizes.space.tight);
        let mut picked = enter.then_some(self.chosen);
        ScrollArea::vertical().max_height(320.0).min_scrolled_height(320.0).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (index, who) in offers.iter().enumerate() {
                let response = offer_ui(ui, core, index, who, index == self.chosen);
                if index == self.chosen && (down || up) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    picked = Some(index);
                }
            }
        });
        if let Some(who) = picked.and_then(|index| offers.into_iter().nth(index)) {
            let edit = AddLane { view: self.view, who, after: self.after };
            commands.push(Command::CloseDialog);
            commands.push(Command::Edit(Box::new(edit.into())));
        }
    }

    /// Those without a lane whose name has all the words that were typed, roles first; then a new role of that name,
    /// unless one is called so, and a new party outside, unless anybody is.
    fn offers(&self, document: &Document) -> Vec<LaneOf> {
        let taken: Vec<Option<Actor>> =
            document.get::<View>(self.view).into_iter().flat_map(View::lanes).map(|lane| lane.actor).collect();
        let query = self.query.trim().to_lowercase();
        let name = |actor: &Actor| document.name_of((*actor).into()).to_lowercase();
        let matches = |actor: &Actor| query.split_whitespace().all(|word| name(actor).contains(word));
        let free: Vec<Actor> =
            actors(document).filter(|actor| !taken.contains(&Some(*actor)) && matches(actor)).collect();
        let is_known = actors(document).any(|actor| matches!(actor, Actor::Role(_)) && name(&actor) == query);
        let begins = |actor: &&Actor| !query.is_empty() && name(actor).starts_with(&query);
        let (first, rest): (Vec<&Actor>, Vec<&Actor>) = free.iter().partition(begins);
        let mut offers: Vec<LaneOf> =
            first.into_iter().chain(rest).take(MOST_SHOWN).map(|actor| LaneOf::Actor(*actor)).collect();
        if !query.is_empty() && !is_known {
            offers.push(LaneOf::NewRole(self.query.trim().to_owned()));
        }
        if !query.is_empty() && !actors(document).any(|actor| name(&actor) == query) {
            offers.push(LaneOf::NewExternal(self.query.trim().to_owned()));
        }
        offers
    }
}

fn actors(document: &Document) -> impl Iterator<Item = Actor> + '_ {
    let roles = document.roles().ids().map(Actor::Role);
    let units = document.units().ids().map(Actor::Unit);
    let outside = document.externals().ids().map(Actor::External);
    let systems = document.systems().ids().map(Actor::System);
    let bodies = document.bodies().ids().map(Actor::Body);
    roles.chain(units).chain(outside).chain(systems).chain(bodies).chain(document.people().ids().map(Actor::Person))
}

fn offer_ui(ui: &mut Ui, core: &Core, index: usize, who: &LaneOf, chosen: bool) -> egui::Response {
    let document = core.document();
    let (icon, name, detail, label) = match who {
        LaneOf::Actor(actor) => {
            let element = ElementRef::from(*actor);
            let unit = document.unit_of_actor(*actor).filter(|unit| ElementRef::from(*unit) != element);
            let detail = match unit {
                Some(unit) => format!("{} · {}", element.kind().word(), document.name_of(unit.into())),
                None => element.kind().word().to_owned(),
            };
            let name = document.name_of(element).to_owned();
            let label = format!("Lane of {} {name}", element.kind().word());
            (icon_of(document, element), name, detail, label)
        }
        LaneOf::NewRole(name) => {
            (Icon::Plus, format!("New role “{name}”"), String::new(), format!("Lane of new role {name}"))
        }
        LaneOf::NewExternal(name) => {
            let label = format!("Pool of new outside party {name}");
            (Icon::Globe, format!("New outside party “{name}”"), "customer, supplier, partner".to_owned(), label)
        }
    };
    let row = Row {
        id: Id::unique(("lane of", index)),
        icon: Some(icon),
        name: &name,
        detail: &detail,
        badge: None,
        depth: 0,
        open: None,
        selected: chosen,
        label: &label,
    };
    row.show(ui, core.theme()).response
}
