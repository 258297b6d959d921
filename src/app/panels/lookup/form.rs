//! The question: the decision, what its limits ask, the day and who is away.

use egui::{Id, Response, Ui};

use crate::analysis::decide::{Inquiry, Reply};
use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::style::colour;
use crate::app::widgets::{Offer, Picked, Picker, field_row, icon_button, segmented, text, text_field};
use crate::model::*;
use crate::scene::icon::Icon;

/// The decision, found by typing; the one that was chosen.
pub(super) fn decision_ui(
    ui: &mut Ui,
    core: &Core,
    inquiry: Option<&Inquiry>,
    wants_focus: bool,
) -> Option<DecisionId> {
    let document = core.document();
    let shown = inquiry.map_or("", |inquiry| document.name_of(inquiry.decision.into()));
    let mut ids = Vec::new();
    let offers = || {
        let mut all: Vec<(DecisionId, &Decision)> = document.decisions().iter().collect();
        all.sort_by_key(|(_, decision)| (decision.area.as_str(), decision.order));
        ids.extend(all.iter().map(|(id, _)| *id));
        let offer = |(id, decision): (DecisionId, &Decision)| Offer {
            icon: Some(icon_of(document, id.into())),
            name: decision.name.clone(),
            detail: decision.area.clone(),
        };
        all.into_iter().map(offer).collect()
    };
    let help = "Whose decision it is that is asked for; type a part of its name.";
    let (field, picked) = field_row(ui, core.theme(), "Decision", help, |ui| {
        let picker = Picker {
            id: Id::unique("who decides: decision"),
            name: "Decision",
            hint: "type a part of its name",
            shown,
            takes_texts: false,
        };
        picker.show(ui, core.theme(), offers)
    })
    .inner;
    focus(&field, wants_focus);
    match picked {
        Some(Picked::Offer(place)) => {
            ids.get(place).copied().filter(|id| inquiry.map(|known| known.decision) != Some(*id))
        }
        _ => None,
    }
}

fn focus(field: &Response, wanted: bool) {
    if wanted {
        field.request_focus();
    }
}

/// What the limits ask: amount, unit, category and whatever else decides between them. Whether one of the fields takes
/// the keyboard where it is wanted.
pub(super) fn conditions_ui(ui: &mut Ui, core: &Core, inquiry: &mut Inquiry, reply: &Reply, wants_focus: bool) -> bool {
    let asks = &reply.asks;
    let asks_amount = !asks.quantities.is_empty() || !inquiry.amount.is_empty();
    if asks_amount {
        amount_ui(ui, core, inquiry, reply, wants_focus);
    }
    if asks.unit || inquiry.unit.is_some() {
        unit_ui(ui, core, inquiry);
    }
    if !asks.categories.is_empty() {
        let help = "What the case is about.";
        words_ui(ui, core, ("Category", help), &asks.categories, &mut inquiry.category);
    }
    for (name, values) in &asks.attributes {
        let mut value =
            inquiry.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value).to_owned();
        let before = value.clone();
        words_ui(ui, core, (name, "A limit depends on it."), values, &mut value);
        if value != before {
            inquiry.attributes.retain(|(known, _)| known != name);
            inquiry.attributes.push((name.clone(), value));
        }
    }
    if asks.budgeted {
        yes_no_ui(
            ui,
            core,
            "who decides: budgeted",
            ["Budget not known", "Budgeted", "Not budgeted"],
            &mut inquiry.budgeted,
        );
    }
    if asks.new_supplier {
        let words = ["Supplier not known", "New supplier", "Known supplier"];
        yes_no_ui(ui, core, "who decides: supplier", words, &mut inquiry.new_supplier);
    }
    asks_amount
}

fn amount_ui(ui: &mut Ui, core: &Core, inquiry: &mut Inquiry, reply: &Reply, wants_focus: bool) {
    let theme = core.theme();
    let currency = core.document().project().currency;
    let hint = match reply.asks.quantity(currency) {
        Quantity::Money(currency) => format!("such as 250 or 80 {currency}"),
        Quantity::Percent => "such as 15 %".to_owned(),
        Quantity::Days => "such as 3 days".to_owned(),
        Quantity::Count => "such as 5".to_owned(),
    };
    field_row(ui, theme, "Amount", "How much the case is about, as you would write it.", |ui| {
        ui.vertical(|ui| {
            let field = text_field(ui, theme, Id::unique("who decides: amount"), "Amount", &mut inquiry.amount, &hint);
            focus(&field, wants_focus);
            problem_ui(ui, core, reply.amount_problem.as_deref());
        });
    });
}

fn problem_ui(ui: &mut Ui, core: &Core, problem: Option<&str>) {
    if let Some(problem) = problem {
        let theme = core.theme();
        let words = text(problem, theme.sizes.text.caption).color(colour(theme.severity.high.ink));
        ui.add(egui::Label::new(words).wrap());
    }
}

/// The unit of the case: any within the scope of the decision, or any at all.
fn unit_ui(ui: &mut Ui, core: &Core, inquiry: &mut Inquiry) {
    let document = core.document();
    let shown = inquiry.unit.map_or("", |unit| document.name_of(unit.into()));
    let scope = document.get::<Decision>(inquiry.decision).map_or(&[][..], |decision| decision.scope.as_slice());
    let is_in_scope =
        |unit: UnitId| scope.is_empty() || scope.iter().any(|whole| document.unit_is_within(unit, *whole));
    let mut ids = Vec::new();
    let offers = || {
        let units = document.units().iter().filter(|(id, _)| is_in_scope(*id));
        let offer = |(id, unit): (UnitId, &Unit)| {
            ids.push(id);
            let parent = unit.parent.map_or("", |parent| document.name_of(parent.into()));
            Offer { icon: Some(icon_of(document, id.into())), name: unit.name.clone(), detail: parent.to_owned() }
        };
        units.map(offer).collect()
    };
    let picked = field_row(ui, core.theme(), "Unit", "The unit that the case belongs to.", |ui| {
        let picker = Picker {
            id: Id::unique("who decides: unit"),
            name: "Unit of the case",
            hint: "any unit",
            shown,
            takes_texts: false,
        };
        picker.show(ui, core.theme(), offers).1
    })
    .inner;
    match picked {
        Some(Picked::Offer(place)) => inquiry.unit = ids.get(place).copied(),
        Some(Picked::Nothing) => inquiry.unit = None,
        _ => {}
    }
}

/// One of the words that limits name, or any other.
fn words_ui(ui: &mut Ui, core: &Core, (name, help): (&str, &str), known: &[String], value: &mut String) {
    let offers = || {
        let offer = |word: &String| Offer { icon: None, name: word.clone(), detail: String::new() };
        known.iter().map(offer).collect()
    };
    let hint = format!("such as {}", known.first().map_or("", String::as_str));
    let picked = field_row(ui, core.theme(), name, help, |ui| {
        let id = Id::unique(("who decides: words", name));
        let picker = Picker { id, name, hint: &hint, shown: value.as_str(), takes_texts: true };
        picker.show(ui, core.theme(), offers).1
    })
    .inner;
    match picked {
        Some(Picked::Offer(place)) => known.get(place).cloned().unwrap_or_default().clone_into(value),
        Some(Picked::Text(text)) => *value = text,
        Some(Picked::Nothing) => value.clear(),
        None => {}
    }
}

fn yes_no_ui(ui: &mut Ui, core: &Core, id: &str, [unknown, yes, no]: [&str; 3], value: &mut Option<bool>) {
    let chosen = match value {
        None => 0,
        Some(true) => 1,
        Some(false) => 2,
    };
    let choices = [(unknown, "It is not known yet"), (yes, "A limit depends on it"), (no, "A limit depends on it")];
    match segmented(ui, core.theme(), id, &choices, chosen) {
        Some(0) => *value = None,
        Some(1) => *value = Some(true),
        Some(_) => *value = Some(false),
        None => {}
    }
}

/// The day, and who is away then.
pub(super) fn circumstances_ui(ui: &mut Ui, core: &Core, inquiry: &mut Inquiry, reply: &Reply, wants_focus: bool) {
    let theme = core.theme();
    let hint = reply
        .question
        .on
        .filter(|_| inquiry.day.trim().is_empty())
        .map_or_else(|| "today".to_owned(), |day| format!("today, {day}"));
    field_row(
        ui,
        theme,
        "Day",
        "When it is decided: 2026-12-24 or 24.12.2026. Absences and limits count on that day.",
        |ui| {
            ui.vertical(|ui| {
                let field = text_field(ui, theme, Id::unique("who decides: day"), "Day", &mut inquiry.day, &hint);
                focus(&field, wants_focus);
                problem_ui(ui, core, reply.day_problem.as_deref());
            });
        },
    );
    field_row(
        ui,
        theme,
        "Away",
        "People or roles that cannot be asked, beside those who are known to be away.",
        |ui| {
            ui.vertical(|ui| away_ui(ui, core, inquiry));
        },
    );
}

fn away_ui(ui: &mut Ui, core: &Core, inquiry: &mut Inquiry) {
    let (theme, document) = (core.theme(), core.document());
    let mut back = None;
    for (place, actor) in inquiry.away.iter().enumerate() {
        ui.horizontal(|ui| {
            let name = document.name_of((*actor).into());
            let style = theme.sizes.text.body;
            let words = crate::scene::text::Measure::bundled().ellipsize(name, style, ui.available_width() - 40.0);
            ui.label(text(words.text, style).color(colour(theme.neutral.ink)));
            if icon_button(ui, theme, Icon::Close, &format!("{name} is there"), false, true).clicked() {
                back = Some(place);
            }
        });
    }
    if let Some(place) = back {
        inquiry.away.remove(place);
    }
    let mut actors: Vec<Actor> = Vec::new();
    let offers = || {
        let people = document.people().iter().map(|(id, _)| Actor::Person(id));
        actors.extend(people.chain(document.roles().ids().map(Actor::Role)).filter(|one| !inquiry.away.contains(one)));
        let offer = |actor: &Actor| {
            let element = ElementRef::from(*actor);
            let detail = match actor {
                Actor::Role(role) => document.holders_label(*role),
                _ => String::new(),
            };
            Offer { icon: Some(icon_of(document, element)), name: document.name_of(element).to_owned(), detail }
        };
        actors.iter().map(offer).collect()
    };
    let picker = Picker {
        id: Id::unique("who decides: away"),
        name: "Who is away",
        hint: "a person or role",
        shown: "",
        takes_texts: false,
    };
    if let Some(Picked::Offer(place)) = picker.show(ui, theme, offers).1 {
        inquiry.away.extend(actors.get(place));
    }
}
