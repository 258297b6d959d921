//! What somebody passes on for a time: to whom, of what, up to how much, on which days, and why.

use egui::{ComboBox, Id, PopupCloseBehavior, Ui};

use super::{sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::start::today;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, field_row, icon_button, text, text_button, text_field};
use crate::edit::{Edit, EditAction as _, Replace, Verdict};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::text::Measure;

/// Names from here on are searched rather than scrolled through.
const SEARCH_FROM: usize = 12;

/// The form.
#[derive(Clone, Debug)]
pub struct Delegate {
    /// With whom it stands: a role or a person.
    giver: Actor,
    /// Its place among the giver's delegations; none for a new one.
    place: Option<usize>,
    to: Option<Actor>,
    of: Vec<DecisionId>,
    limit: String,
    from: String,
    until: String,
    reason: String,
    written: String,
    search: String,
    problem: Option<String>,
}

impl Delegate {
    /// A new delegation of these decisions (all where there are none) on these days.
    pub(super) fn new(giver: Actor, of: Vec<DecisionId>, days: Option<(Date, Date)>, limit: Option<&Tier>) -> Self {
        let shown = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let limit = limit.and_then(CaseLimit::of).filter(|limit| limit.above.is_some() || limit.up_to.is_some());
        Self {
            giver,
            place: None,
            to: None,
            of,
            limit: limit.map_or_else(String::new, |limit| limit.tier().to_string()),
            from: shown(days.map(|(from, _)| from)),
            until: shown(days.map(|(_, until)| until)),
            reason: String::new(),
            written: shown(today()),
            search: String::new(),
            problem: None,
        }
    }

    /// The delegation at a place of the giver's list, to be changed; none where there is none.
    pub(super) fn change(document: &Document, giver: Actor, place: usize) -> Option<Self> {
        let given = delegations_of(document, giver).get(place)?;
        Some(Self {
            place: Some(place),
            to: Some(given.to),
            limit: given.limit.map_or_else(String::new, |limit| limit.tier().to_string()),
            reason: given.reason.clone(),
            written: given.written_on.map_or_else(String::new, |day| day.to_string()),
            ..Self::new(giver, given.of.clone(), Some((given.from, given.until)), None)
        })
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        let giver = core.document().name_of(self.giver.into());
        title_ui(ui, theme, if self.place.is_some() { "Change the delegation" } else { "Delegate for a time" });
        sentence_ui(ui, theme, &format!("What {giver} may decide, somebody else decides on these days."));
        ui.add_space(theme.sizes.space.small);
        self.receiver_ui(ui, core);
        self.decisions_ui(ui, core);
        let line = |ui: &mut Ui, label: &str, help: &str, name: &str, value: &mut String, hint: &str| {
            field_row(ui, theme, label, help, |ui| {
                text_field(ui, theme, Id::unique(("delegate", name)), name, value, hint)
            });
        };
        line(
            ui,
            "Cases",
            "Single cases, such as ≤ 200 EUR; empty for all that the giver may.",
            "Cases",
            &mut self.limit,
            "as far as the giver may",
        );
        line(ui, "From", "First day.", "First day", &mut self.from, "such as 2027-06-30");
        line(ui, "Until", "Last day.", "Last day", &mut self.until, "such as 2027-07-14");
        line(ui, "Reason", "Why: a holiday, an illness.", "Reason", &mut self.reason, "such as holiday");
        line(
            ui,
            "Written on",
            "The day on which it was written down.",
            "Written on",
            &mut self.written,
            "such as 2027-06-20",
        );
        if let Some(problem) = &self.problem {
            let words = text(problem.as_str(), theme.sizes.text.body).color(colour(theme.severity.high.ink));
            ui.add(egui::Label::new(words).wrap());
        }
        ui.add_space(theme.sizes.space.large);
        crate::app::dialogs::footer(ui, |ui| {
            let label = if self.place.is_some() { "Change" } else { "Delegate" };
            if text_button(ui, theme, ButtonLook::Primary, None, label).clicked() {
                self.submit(core, commands);
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }

    /// Roles and people but the giver.
    fn receiver_ui(&mut self, ui: &mut Ui, core: &Core) {
        let (theme, document) = (core.theme(), core.document());
        let giver = self.giver;
        let roles = document.roles().ids().map(Actor::Role);
        let all: Vec<Actor> =
            roles.chain(document.people().ids().map(Actor::Person)).filter(|actor| *actor != giver).collect();
        field_row(ui, theme, "To", "The role or person who decides on these days.", |ui| {
            let shown = self.to.map_or("choose…", |actor| document.name_of(actor.into()));
            let shown = Measure::bundled().ellipsize(shown, theme.sizes.text.body, ui.available_width() - 40.0).text;
            let combo = ComboBox::from_id_salt("delegate to")
                .width(ui.available_width())
                .height(280.0)
                .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                .selected_text(text(shown, theme.sizes.text.body));
            let response = combo.show_ui(ui, |ui| {
                if let Some(picked) = pick_ui(ui, core, &mut self.search, all.iter().map(|actor| (*actor).into())) {
                    self.to = Actor::try_from(picked).ok();
                    ui.close();
                }
            });
            response.response.accessible_name("To");
        });
    }

    /// The decisions that are passed on; all where none is named.
    fn decisions_ui(&mut self, ui: &mut Ui, core: &Core) {
        let (theme, document) = (core.theme(), core.document());
        field_row(ui, theme, "Decisions", "What is passed on; everything where none is named.", |ui| {
            ui.vertical(|ui| {
                let mut gone = None;
                if self.of.is_empty() {
                    ui.label(text("everything the giver may decide", theme.sizes.text.body));
                }
                for (place, id) in self.of.iter().enumerate() {
                    ui.horizontal(|ui| {
                        let name = document.name_of((*id).into());
                        let room = ui.available_width() - 44.0;
                        ui.label(text(
                            Measure::bundled().ellipsize(name, theme.sizes.text.body, room).text,
                            theme.sizes.text.body,
                        ));
                        if icon_button(ui, theme, Icon::Close, &format!("Do not delegate {name}"), false, true)
                            .clicked()
                        {
                            gone = Some(place);
                        }
                    });
                }
                if let Some(place) = gone {
                    self.of.remove(place);
                }
                let combo = ComboBox::from_id_salt("delegate of")
                    .width(ui.available_width())
                    .height(280.0)
                    .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                    .selected_text(text("Add a decision…", theme.sizes.text.body));
                let others: Vec<DecisionId> = document.decisions().ids().filter(|id| !self.of.contains(id)).collect();
                let response = combo.show_ui(ui, |ui| {
                    let elements = others.iter().map(|id| (*id).into());
                    if let Some(ElementRef::Decision(id)) = pick_ui(ui, core, &mut self.search, elements) {
                        self.of.push(id);
                        ui.close();
                    }
                });
                response.response.accessible_name("Add a decision");
            });
        });
    }

    fn submit(&mut self, core: &Core, commands: &mut Vec<Command>) {
        let edit = match self.delegation(core.document()) {
            Ok(delegation) => put(core.document(), self.giver, self.place, Some(delegation)),
            Err(problem) => {
                self.problem = Some(problem);
                return;
            }
        };
        let Some(edit) = edit else {
            self.problem = Some("Who passes it on is no longer there.".to_owned());
            return;
        };
        match edit.can_apply(core.document()) {
            Verdict::No(refusal) => self.problem = Some(refusal),
            Verdict::Yes | Verdict::Ignore => {
                commands.push(Command::CloseDialog);
                commands.push(Command::Edit(Box::new(edit)));
            }
        }
    }

    fn delegation(&self, document: &Document) -> Result<Delegation, String> {
        let day = |text: &str, what: &str| {
            let wrong = || format!("Write the {what} as year-month-day, such as 2027-06-30.");
            text.trim().parse::<Date>().map_err(|_| wrong())
        };
        let to = self.to.ok_or("Choose to whom it goes.")?;
        let (from, until) = (day(&self.from, "first day")?, day(&self.until, "last day")?);
        if from > until {
            return Err("The last day is before the first one.".to_owned());
        }
        let limit = match self.limit.trim() {
            "" => None,
            typed => {
                let tier = parse_tier(typed, document.project().currency).map_err(|error| format!("{error}."))?;
                let single = "Only single cases can be delegated, such as ≤ 200 EUR.";
                Some(CaseLimit::of(&tier).ok_or(single)?)
            }
        };
        let written_on = match self.written.trim() {
            "" => None,
            typed => Some(day(typed, "day on which it was written")?),
        };
        let reason = self.reason.trim().to_owned();
        Ok(Delegation { to, of: self.of.clone(), limit, from, until, reason, written_on })
    }
}

/// The list of candidates, with a search where there are many.
fn pick_ui(
    ui: &mut Ui,
    core: &Core,
    search: &mut String,
    elements: impl Iterator<Item = ElementRef>,
) -> Option<ElementRef> {
    let all: Vec<ElementRef> = elements.collect();
    if all.len() > SEARCH_FROM {
        text_field(ui, core.theme(), Id::unique("delegate search"), "Search", search, "Search");
    } else {
        search.clear();
    }
    let query = search.to_lowercase();
    let fits = |element: &ElementRef| core.document().name_of(*element).to_lowercase().contains(&query);
    let mut picked = None;
    for element in all.into_iter().filter(fits).take(200) {
        let words = match element {
            ElementRef::Person(_) => format!("{} · person", core.document().name_of(element)),
            other => core.document().name_of(other).to_owned(),
        };
        if ui.selectable_label(false, words).clicked() {
            picked = Some(element);
        }
    }
    if picked.is_some() {
        search.clear();
    }
    picked
}

/// The delegations that stand with somebody.
pub(in crate::app) fn delegations_of(document: &Document, giver: Actor) -> &[Delegation] {
    match giver {
        Actor::Role(id) => document.get::<Role>(id).map_or(&[], |role| &role.delegations),
        Actor::Person(id) => document.get::<Person>(id).map_or(&[], |person| &person.delegations),
        _ => &[],
    }
}

/// The edit that puts a delegation at a place of the giver's list, or at its end; none takes the one there away.
pub(in crate::app) fn put(
    document: &Document,
    giver: Actor,
    place: Option<usize>,
    delegation: Option<Delegation>,
) -> Option<Edit> {
    let change = |list: &mut Vec<Delegation>| match (place, delegation) {
        (Some(place), Some(delegation)) => {
            if let Some(slot) = list.get_mut(place) {
                *slot = delegation;
            }
        }
        (Some(place), None) if place < list.len() => {
            list.remove(place);
        }
        (None, Some(delegation)) => list.push(delegation),
        _ => {}
    };
    match giver {
        Actor::Role(id) => Replace::with(document, id, |role: &mut Role| change(&mut role.delegations)),
        Actor::Person(id) => Replace::with(document, id, |person: &mut Person| change(&mut person.delegations)),
        _ => None,
    }
    .map(Into::into)
}
