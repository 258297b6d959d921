//! A week of the ladder: before and with the change that is tried, side by side; and the facts that it is worked out
//! from.

use egui::{Grid, Label, ScrollArea, Ui};

use super::LadderEditor;
use crate::analysis::figures::{LimitsWeek, WeekGap};
use crate::analysis::{StripWeek, words};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, text, text_button};
use crate::edit::{Edit, Replace};
use crate::model::*;
use crate::scene::text::{Measure, Weight};

/// The table has room for everything from so many points on.
const WIDE: f32 = 540.0;
/// Height of a line of facts.
const FACT_HEIGHT: f32 = 28.0;
/// So many deciders have a row of their own.
const MOST: usize = 6;

/// A fact that the week is worked out from.
struct Fact {
    name: &'static str,
    help: &'static str,
    hint: &'static str,
    gap: Option<WeekGap>,
    width: f32,
    read: fn(&Decision) -> String,
    write: fn(&mut Decision, &str) -> Result<(), QuantityError>,
}

fn shown<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn optional<T: std::str::FromStr<Err = QuantityError>>(text: &str) -> Result<Option<T>, QuantityError> {
    if text.trim().is_empty() { Ok(None) } else { text.parse().map(Some) }
}

const FACTS: [Fact; 4] = [
    Fact {
        name: "How often",
        help: "How often it is taken.",
        hint: "60 per week",
        gap: Some(WeekGap::Frequency),
        width: 104.0,
        read: |decision| shown(decision.frequency),
        write: |decision, text| optional(text).map(|value| decision.frequency = value),
    },
    Fact {
        name: "Usual amount",
        help: "Half of the amounts are below.",
        hint: "80 EUR",
        gap: Some(WeekGap::Amounts),
        width: 76.0,
        read: |decision| shown(decision.amount_median),
        write: |decision, text| optional(text).map(|value| decision.amount_median = value),
    },
    Fact {
        name: "Large amount",
        help: "95 of 100 amounts are below.",
        hint: "600 EUR",
        gap: Some(WeekGap::Amounts),
        width: 76.0,
        read: |decision| shown(decision.amount_p95),
        write: |decision, text| optional(text).map(|value| decision.amount_p95 = value),
    },
    Fact {
        name: "Decider’s time",
        help: "The decider’s time for one case.",
        hint: "6 min",
        gap: None,
        width: 62.0,
        read: |decision| shown(decision.work),
        write: |decision, text| optional(text).map(|value| decision.work = value),
    },
];

/// Draws facts and week.
pub(super) fn week_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    facts_ui(ui, core, editor, commands);
    ui.add_space(2.0);
    let Some(base) = editor.studies.base().cloned() else { return };
    let draft = editor.studies.shows_draft().then(|| editor.studies.shown().cloned()).flatten();
    let count = base.study.weeks.iter().map(Vec::len).sum::<usize>();
    let week = |weeks: &Vec<Vec<StripWeek>>| {
        let (axis, strip) = editor.strip;
        let chosen = weeks.get(axis).and_then(|strips| strips.get(strip));
        chosen.or_else(|| weeks.first().and_then(|strips| strips.first())).cloned()
    };
    if count > 1 {
        let strips = base.study.strips.get(editor.strip.0).or(base.study.strips.first());
        let strip = strips.and_then(|strips| strips.strips.get(editor.strip.1).or(strips.strips.first()));
        if let Some(strip) = strip {
            let words = format!("As if every case were: {}", strip.words(core.document()));
            let words = Measure::bundled().ellipsize(&words, core.theme().sizes.text.caption, ui.available_width());
            let words = text(words.text, core.theme().sizes.text.caption);
            ui.label(words.color(colour(core.theme().neutral.ink_second)));
        }
    }
    match (week(&base.study.weeks), draft.and_then(|draft| week(&draft.study.weeks))) {
        (Some(Ok(before)), Some(Ok(after))) => table_ui(ui, core, &before, Some(&after)),
        (Some(Ok(before)), _) => table_ui(ui, core, &before, None),
        (Some(Err(gaps)), _) => gaps_ui(ui, core, &gaps),
        (None, _) => {}
    }
}

/// The facts, each to be changed where it stands.
fn facts_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let Some(decision) = core.document().get::<Decision>(editor.decision) else { return };
    let id = editor.decision;
    ui.horizontal_wrapped(|ui| {
        ui.set_row_height(FACT_HEIGHT);
        for fact in &FACTS {
            let is_sampled = fact.gap == Some(WeekGap::Amounts) && !decision.amounts.is_empty();
            let style = theme.sizes.text.caption;
            // A name stays in one line with its field.
            let width = Measure::bundled().width(fact.name, style) + fact.width + 3.0 * ui.spacing().item_spacing.x;
            if ui.available_size_before_wrap().x < width {
                ui.end_row();
                ui.set_row_height(FACT_HEIGHT);
            }
            let label = Label::new(text(fact.name, style).color(colour(theme.neutral.ink_second))).extend();
            ui.add(label).on_hover_text(text(fact.help, theme.sizes.text.body));
            if is_sampled {
                let words = format!("{} past cases", decision.amounts.len());
                ui.label(text(words, theme.sizes.text.body));
                continue;
            }
            let edit = |typed: &str| -> Result<Option<Edit>, String> {
                let mut record = decision.clone();
                (fact.write)(&mut record, typed).map_err(|error| format!("{error}."))?;
                if record.amount_median.zip(record.amount_p95).is_some_and(|(half, most)| half.amount > most.amount) {
                    return Err("Half of the amounts cannot be below more than 95 % are.".to_owned());
                }
                let changed = record != *decision;
                Ok(changed.then(|| Replace { element: id.into(), record: record.into() }.into()))
            };
            let key = (fact.name, None);
            editor.facts.show(ui, core, key, &(fact.read)(decision), fact.hint, fact.width, edit, commands);
        }
    });
}

/// What is missing, with the way to it.
fn gaps_ui(ui: &mut Ui, core: &Core, gaps: &[WeekGap]) {
    let theme = core.theme();
    ui.horizontal_wrapped(|ui| {
        for gap in gaps {
            let words = match gap {
                WeekGap::Frequency => "How often it is decided is not known.",
                WeekGap::Amounts => "Its amounts are not known.",
                WeekGap::OtherQuantity => "The limits count something else than the amounts: no week can be told.",
            };
            ui.label(text(words, theme.sizes.text.body).color(colour(theme.neutral.ink)));
            let field = match gap {
                WeekGap::Frequency => Some(("Enter how often", "How often")),
                WeekGap::Amounts => Some(("Enter the amounts", "Usual amount")),
                WeekGap::OtherQuantity => None,
            };
            if let Some((label, field)) = field
                && text_button(ui, theme, ButtonLook::Plain, None, label).clicked()
            {
                focus_field(ui, field);
            }
        }
    });
}

/// Puts the keyboard into the field of a fact.
fn focus_field(ui: &Ui, field: &'static str) {
    ui.memory_mut(|memory| memory.request_focus(egui::Id::unique(("ladder field", field))));
}

/// A row of the table: what, and for each column the figures before and after.
struct Line {
    name: String,
    is_strong: bool,
    figures: [Option<(f64, f64)>; 3],
}

fn lines(core: &Core, before: &LimitsWeek, after: Option<&LimitsWeek>) -> Vec<Line> {
    let now = after.unwrap_or(before);
    let line =
        |name: String, is_strong: bool, cases: (f64, f64)| Line { name, is_strong, figures: [Some(cases), None, None] };
    let mut lines = vec![line("Cases that go up".into(), true, (before.escalations, now.escalations))];
    let mut holders: Vec<Actor> = before.deciders.iter().map(|decider| decider.holder).collect();
    for decider in &now.deciders {
        if !holders.contains(&decider.holder) {
            holders.push(decider.holder);
        }
    }
    for holder in holders.iter().take(MOST) {
        let of = |week: &LimitsWeek| week.deciders.iter().find(|decider| decider.holder == *holder).copied();
        let (old, new) = (of(before), of(now));
        let pair = |read: fn(&crate::analysis::figures::DeciderWeek) -> f64| {
            (old.as_ref().map_or(0.0, read), new.as_ref().map_or(0.0, read))
        };
        let knows_hours = old.or(new).is_some_and(|decider| decider.hours.is_some());
        lines.push(Line {
            name: words::named(core.document(), *holder),
            is_strong: false,
            figures: [
                Some(pair(|decider| decider.cases)),
                knows_hours.then(|| pair(|decider| decider.hours.unwrap_or(0.0))),
                Some(pair(|decider| decider.money)),
            ],
        });
    }
    for (name, cases) in
        [("Nobody decides", (before.nobody, now.nobody)), ("Several decide", (before.several, now.several))]
    {
        if cases.0 > 0.0 || cases.1 > 0.0 {
            lines.push(line(name.into(), true, cases));
        }
    }
    lines
}

fn table_ui(ui: &mut Ui, core: &Core, before: &LimitsWeek, after: Option<&LimitsWeek>) {
    let theme = core.theme();
    let lines = lines(core, before, after);
    let second = colour(theme.neutral.ink_second);
    let has_hours = lines.iter().any(|line| line.figures.get(1).is_some_and(Option::is_some));
    let is_narrow = ui.available_width() < WIDE;
    let (least, longest_name) = if is_narrow { (62.0, 110.0) } else { (124.0, 170.0) };
    let grid = Grid::new("ladder week").num_columns(4).min_col_width(least).spacing([14.0, 2.0]).min_row_height(19.0);
    // What is tried takes more room than there is in a small window.
    ScrollArea::horizontal().id_salt("ladder week").auto_shrink([false, true]).show(ui, |ui| {
        grid.show(ui, |ui| {
            // Rows are equally high whether a change is tried or not.
            ui.spacing_mut().interact_size.y = 19.0;
            let money = format!("At risk{}, {}", if is_narrow { "" } else { " a week" }, before.currency);
            for heading in ["A week", "Cases", "Hours", money.as_str()] {
                let style = theme.sizes.text.caption.with_weight(Weight::Semibold);
                ui.label(text(heading, style).color(second));
            }
            ui.end_row();
            for line in &lines {
                let style = if line.is_strong { theme.sizes.text.name } else { theme.sizes.text.body };
                let name = Measure::bundled().ellipsize(&line.name, style, longest_name).text;
                ui.label(text(name, style).color(colour(theme.neutral.ink)));
                for (at, figure) in line.figures.iter().enumerate() {
                    match figure {
                        Some((old, new)) => figure_ui(ui, core, *old, *new, after.is_some()),
                        None if at == 1 && !has_hours && !line.is_strong => {
                            if ui.link(text("enter the time", theme.sizes.text.caption)).clicked() {
                                focus_field(ui, "Decider’s time");
                            }
                        }
                        None => {
                            ui.label("");
                        }
                    }
                }
                ui.end_row();
            }
        });
    });
}

/// A figure; with a change that is tried, before and after with the difference.
fn figure_ui(ui: &mut Ui, core: &Core, old: f64, new: f64, is_tried: bool) {
    let theme = core.theme();
    let words = |number: f64| words::number(if number.abs() < 5e-4 { 0.0 } else { number });
    let differs = (old - new).abs() > 1e-9 * old.abs().max(1.0);
    if !is_tried || !differs {
        ui.label(text(words(old), theme.sizes.text.body).color(colour(theme.neutral.ink)));
        return;
    }
    let share = if old.abs() > 1e-12 { (new - old) / old * 100.0 } else { f64::INFINITY };
    let change = match share {
        share if !share.is_finite() => "new".to_owned(),
        share if share > 0.0 => format!("+{} %", words::number(share)),
        share => format!("{} %", words::number(share)),
    };
    let said = format!("{} before, {} after, {change}", words(old), words(new));
    let inner = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let before = text(words(old), theme.sizes.text.body).color(colour(theme.neutral.ink_second));
        ui.label(before);
        let arrow = crate::app::widgets::icon_text(crate::scene::icon::Icon::ArrowRight, 12.0);
        ui.label(arrow.color(colour(theme.neutral.ink_second)));
        let after = text(words(new), theme.sizes.text.label).color(colour(theme.accent.ink));
        ui.label(after);
        ui.label(text(change, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
    });
    inner.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
}
