//! All fields of the chosen limit.

use egui::{ComboBox, Id, Margin, TextEdit, Ui, WidgetInfo};

use super::LadderEditor;
use super::pick::Pick;
use super::typing::Typing;
use crate::analysis::figures::Rung;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, check_box, field_row, icon_button, text, text_button};
use crate::edit::{Edit, Insert, TierPlace, add_limit, hand_over_limit, remove_limit, set_limit, swap_limits};
use crate::model::*;
use crate::scene::icon::Icon;

const HOLDERS: [ElementKind; 5] =
    [ElementKind::Role, ElementKind::Body, ElementKind::Person, ElementKind::Unit, ElementKind::External];

/// What is typed in the form.
#[derive(Default)]
pub(super) struct Form {
    typing: Typing,
    /// A condition that is being added.
    condition: String,
    condition_problem: Option<String>,
}

/// Draws the fields.
pub(super) fn fields_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let document = core.document();
    let known = editor.chosen.and_then(|rung| Some((rung, document.get::<Right>(rung.right)?)));
    let Some((rung, right)) = known else {
        let sentence = "Choose a limit in the drawing to see all of it.";
        ui.label(text(sentence, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
        ui.add_space(8.0);
        add_ui(ui, core, editor, commands);
        return;
    };
    let name = document.name_of(right.holder.into());
    ui.label(text(name, theme.sizes.text.label).color(colour(theme.neutral.ink)));
    match rung.tier.and_then(|place| Some((place, right.tiers.get(place)?))) {
        Some((place, tier)) => {
            let words = text(tier_words(document, tier), theme.sizes.text.caption);
            ui.add(egui::Label::new(words.color(colour(theme.neutral.ink_second))).wrap());
            ui.add_space(4.0);
            let mut fields = Fields { core, rung, place: (rung.right, place), right, tier, commands };
            fields.order_ui(ui, editor);
            ui.add_space(4.0);
            fields.amounts_ui(ui, &mut editor.form);
            fields.conditions_ui(ui, editor.decision, &mut editor.form);
            fields.people_ui(ui);
            fields.rest_ui(ui, &mut editor.form);
        }
        None => {
            ui.label(text("decides everything, without a limit", theme.sizes.text.body));
            let quantity = Quantity::Money(document.project().currency);
            if text_button(ui, theme, ButtonLook::Plain, Some(Icon::Plus), "Give it a limit").clicked() {
                let tier = Tier { up_to: Some(Amount::whole(1000)), ..Tier::unbounded(quantity) };
                commands.extend(add_limit(document, rung.right, tier).map(Command::from));
                editor.chosen = Some(Rung { tier: Some(0), ..rung });
            }
        }
    }
    ui.add_space(10.0);
    add_ui(ui, core, editor, commands);
}

/// One more limit for the chosen decider, or one more decider.
fn add_ui(ui: &mut Ui, core: &Core, editor: &mut LadderEditor, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let document = core.document();
    if let Some((rung, right)) = editor.chosen.and_then(|rung| Some((rung, document.get::<Right>(rung.right)?)))
        && let Some(last) = right.tiers.last()
    {
        let label = format!("Add a limit for {}", document.name_of(right.holder.into()));
        if text_button(ui, theme, ButtonLook::Plain, Some(Icon::Plus), &label).clicked() {
            let end = right.tiers.iter().filter(|tier| tier.per == last.per).map(|tier| tier.up_to).max().flatten();
            let tier = Tier { above: end, per: last.per, ..Tier::unbounded(last.quantity) };
            commands.extend(add_limit(document, rung.right, tier).map(Command::from));
            editor.chosen = Some(Rung { tier: Some(right.tiers.len()), ..rung });
        }
        ui.add_space(4.0);
    }
    let pick = Pick { name: "Add a decider", shown: "Add a decider…", kinds: &HOLDERS, or_nobody: false };
    if let Some(Some(element)) = pick.show(ui, core)
        && let Ok(holder) = Actor::try_from(element)
    {
        match new_decider(document, editor.decision, holder) {
            Ok(edit) => commands.push(edit.into()),
            Err(reason) => commands.push(Command::Hint(reason)),
        }
    }
}

/// A decider above all limits that there are.
fn new_decider(document: &Document, decision: DecisionId, holder: Actor) -> Result<Edit, String> {
    let deciding = deciding_rights(document, decision);
    if deciding.iter().any(|(_, right)| right.holder == holder) {
        return Err(format!("{} decides already; choose the limit in the drawing.", document.name_of(holder.into())));
    }
    let subject = Subject::Decision(decision);
    let letter = document.framework_of(subject).and_then(|(_, framework)| framework.letter_for(Duty::Decide));
    let letter = letter.ok_or("The framework of this decision has no letter that decides.")?;
    let tiers = || deciding.iter().flat_map(|(_, right)| &right.tiers).filter(|tier| tier.per == Per::Case);
    let quantity = tiers().map(|tier| tier.quantity).next().unwrap_or(Quantity::Money(document.project().currency));
    let above = tiers().filter_map(|tier| tier.up_to).max();
    let tier = Tier { above, ..Tier::unbounded(quantity) };
    Ok(Insert::one(Right { tiers: vec![tier], ..Right::new(subject, holder, &*letter.code) }).into())
}

struct Fields<'f> {
    core: &'f Core,
    rung: Rung,
    place: TierPlace,
    right: &'f Right,
    tier: &'f Tier,
    commands: &'f mut Vec<Command>,
}

impl Fields<'_> {
    fn set(&mut self, change: impl FnOnce(&mut Tier)) {
        self.commands.extend(set_limit(self.core.document(), self.place, change).map(Command::from));
    }

    /// Up and down the ladder, and away.
    fn order_ui(&mut self, ui: &mut Ui, editor: &mut LadderEditor) {
        let theme = self.core.theme();
        let document = self.core.document();
        let mut rows: Vec<(TierPlace, &Tier)> = Vec::new();
        for (id, right) in deciding_rights(document, editor.decision) {
            let own = right.tiers.iter().enumerate();
            let alike = own.filter(|(_, tier)| tier.per == self.tier.per && tier.quantity == self.tier.quantity);
            rows.extend(alike.map(|(place, tier)| ((id, place), tier)));
        }
        rows.sort_by_key(|(place, tier)| (tier.above, tier.up_to.is_none(), tier.up_to, *place));
        let at = rows.iter().position(|(place, _)| *place == self.place).unwrap_or(0);
        let neighbour = |at: Option<usize>| at.and_then(|at| rows.get(at)).map(|(place, _)| *place);
        let (lower, upper) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        ui.horizontal(|ui| {
            for (icon, label, other) in [
                (Icon::ArrowUp, "Change places with the limit below it", lower),
                (Icon::ArrowDown, "Change places with the limit above it", upper),
            ] {
                if icon_button(ui, theme, icon, label, false, other.is_some()).clicked()
                    && let Some(other) = other
                {
                    self.commands.extend(swap_limits(document, self.place, other).map(Command::from));
                }
            }
            if text_button(ui, theme, ButtonLook::Quiet, Some(Icon::Trash), "Remove the limit").clicked() {
                self.commands.extend(remove_limit(document, self.place).map(Command::from));
                editor.chosen = None;
            }
        });
    }

    fn amounts_ui(&mut self, ui: &mut Ui, form: &mut Form) {
        let theme = self.core.theme();
        let document = self.core.document();
        field_row(ui, theme, "Who", "Who decides within it.", |ui| {
            let shown = document.name_of(self.right.holder.into());
            let pick = Pick { name: "Who", shown, kinds: &HOLDERS, or_nobody: false };
            if let Some(Some(element)) = pick.show(ui, self.core)
                && let Ok(holder) = Actor::try_from(element)
            {
                self.commands.extend(hand_over_limit(document, self.place, holder).map(Command::from));
            }
        });
        let quantity = self.tier.quantity;
        field_row(ui, theme, "Counts", "What is counted.", |ui| self.quantity_ui(ui, form));
        let shown = |amount: Option<Amount>| amount.map_or_else(String::new, |amount| amount_words(amount, quantity));
        let (place, tier) = (self.place, self.tier);
        let amount = move |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => {
                let read = read_limit_amount(typed, quantity).map(Some);
                read.ok_or_else(|| {
                    format!("“{typed}” is no amount such as {}.", amount_words(Amount::whole(200), quantity))
                })
            }
        };
        let width = f32::INFINITY;
        field_row(ui, theme, "Above", "It begins above this amount; at zero where it is empty.", |ui| {
            let edit = |typed: &str| {
                let above = amount(typed)?.filter(|above| *above > Amount::ZERO);
                ordered(above, tier.up_to)?;
                Ok(set_limit(document, place, |tier| tier.above = above))
            };
            let key = ("Above", Some(self.rung));
            form.typing.show(ui, self.core, key, &shown(tier.above), "zero", width, edit, self.commands);
        });
        field_row(
            ui,
            theme,
            "Up to",
            "It ends at this amount, which belongs to it; without an end where it is empty.",
            |ui| {
                let edit = |typed: &str| {
                    let up_to = amount(typed)?;
                    ordered(tier.above, up_to)?;
                    Ok(set_limit(document, place, |tier| tier.up_to = up_to))
                };
                let key = ("Up to", Some(self.rung));
                form.typing.show(ui, self.core, key, &shown(tier.up_to), "no limit", width, edit, self.commands);
            },
        );
        field_row(ui, theme, "Per", "What is summed.", |ui| {
            let all = [Per::Case, Per::Counterparty, Per::Contract].into_iter().chain(Period::ALL.map(Per::Period));
            let combo = ComboBox::from_id_salt("ladder per").width(ui.available_width());
            let response = combo.selected_text(text(per_words(tier.per), theme.sizes.text.body)).show_ui(ui, |ui| {
                for per in all {
                    if ui.selectable_label(per == tier.per, per_words(per)).clicked() {
                        self.set(|tier| tier.per = per);
                    }
                }
            });
            response.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, "Per"));
        });
    }

    fn quantity_ui(&mut self, ui: &mut Ui, form: &mut Form) {
        let theme = self.core.theme();
        let document = self.core.document();
        let quantity = self.tier.quantity;
        let currency = match quantity {
            Quantity::Money(currency) => currency,
            _ => document.project().currency,
        };
        ui.horizontal(|ui| {
            let kinds = [
                (Quantity::Money(currency), "money"),
                (Quantity::Percent, "percent"),
                (Quantity::Days, "days"),
                (Quantity::Count, "pieces"),
            ];
            let shown = kinds.iter().find(|(kind, _)| *kind == quantity).map_or("money", |(_, word)| *word);
            let combo = ComboBox::from_id_salt("ladder quantity").width(90.0);
            let response = combo.selected_text(text(shown, theme.sizes.text.body)).show_ui(ui, |ui| {
                for (kind, word) in kinds {
                    if ui.selectable_label(kind == quantity, word).clicked() {
                        self.set(|tier| tier.quantity = kind);
                    }
                }
            });
            response.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, "Counts"));
            if matches!(quantity, Quantity::Money(_)) {
                let place = self.place;
                let edit = |typed: &str| {
                    let currency: Currency = typed.parse().map_err(|error: QuantityError| format!("{error}."))?;
                    Ok(set_limit(document, place, |tier| tier.quantity = Quantity::Money(currency)))
                };
                let key = ("Currency", Some(self.rung));
                form.typing.show(ui, self.core, key, currency.as_str(), "EUR", 56.0, edit, self.commands);
            }
        });
    }

    fn conditions_ui(&mut self, ui: &mut Ui, decision: DecisionId, form: &mut Form) {
        let theme = self.core.theme();
        let document = self.core.document();
        let help = "On the same question alternatives, on different ones all must hold.";
        field_row(ui, theme, "Conditions", help, |ui| {
            ui.vertical(|ui| {
                for (at, condition) in self.tier.conditions.iter().enumerate() {
                    let words = condition_text(document, condition);
                    if removable_ui(ui, self.core, &words, &format!("Remove the condition {words}")) {
                        self.set(|tier| {
                            tier.conditions.remove(at);
                        });
                    }
                }
                let hint = text("such as budgeted, category IT", theme.sizes.text.body);
                let field = TextEdit::singleline(&mut form.condition)
                    .id(Id::unique("ladder condition"))
                    .hint_text(hint.color(colour(theme.neutral.ink_third)))
                    .margin(Margin::symmetric(8, 5))
                    .desired_width(f32::INFINITY);
                let response = ui.add(field).accessible_name("Add a condition");
                if response.changed() {
                    form.condition_problem = None;
                }
                if response.lost_focus() && !form.condition.trim().is_empty() {
                    match read_conditions(document, decision, &form.condition) {
                        Ok(conditions) => {
                            self.set(|tier| tier.conditions.extend(conditions));
                            form.condition.clear();
                        }
                        Err(problem) => form.condition_problem = Some(problem),
                    }
                }
                if let Some(problem) = &form.condition_problem {
                    let words = text(problem, theme.sizes.text.caption).color(colour(theme.severity.high.ink));
                    ui.add(egui::Label::new(words).wrap());
                }
            });
        });
    }

    fn people_ui(&mut self, ui: &mut Ui) {
        let theme = self.core.theme();
        let document = self.core.document();
        field_row(ui, theme, "Co-signers", "Roles that must sign, too.", |ui| {
            ui.vertical(|ui| {
                for (at, role) in self.tier.co_signers.iter().enumerate() {
                    let name = document.name_of((*role).into());
                    if removable_ui(ui, self.core, name, &format!("{name} no longer signs")) {
                        self.set(|tier| {
                            tier.co_signers.remove(at);
                        });
                    }
                }
                let kinds = [ElementKind::Role];
                let pick = Pick { name: "Add a co-signer", shown: "Add…", kinds: &kinds, or_nobody: false };
                if let Some(Some(ElementRef::Role(role))) = pick.show(ui, self.core)
                    && !self.tier.co_signers.contains(&role)
                {
                    self.set(|tier| tier.co_signers.push(role));
                }
            });
        });
        field_row(ui, theme, "Deputy", "Who decides within it while the holder is away.", |ui| {
            let shown = self.tier.deputy.map_or("that of the role", |deputy| document.name_of(deputy.into()));
            let kinds = [ElementKind::Role, ElementKind::Person];
            let pick = Pick { name: "Deputy", shown, kinds: &kinds, or_nobody: true };
            if let Some(picked) = pick.show(ui, self.core) {
                let deputy = picked.and_then(|element| Actor::try_from(element).ok());
                self.set(|tier| tier.deputy = deputy);
            }
        });
        field_row(ui, theme, "Goes up to", "Who decides above it; else the reporting line.", |ui| {
            let shown = self.tier.escalates_to.map_or("the reporting line", |role| document.name_of(role.into()));
            let kinds = [ElementKind::Role];
            let pick = Pick { name: "Goes up to", shown, kinds: &kinds, or_nobody: true };
            if let Some(picked) = pick.show(ui, self.core) {
                let role = match picked {
                    Some(ElementRef::Role(role)) => Some(role),
                    _ => None,
                };
                self.set(|tier| tier.escalates_to = role);
            }
        });
    }

    fn rest_ui(&mut self, ui: &mut Ui, form: &mut Form) {
        let theme = self.core.theme();
        let document = self.core.document();
        let (place, tier) = (self.place, self.tier);
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let read_day = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => typed.parse::<Date>().map(Some).map_err(|_| format!("“{typed}” is no day such as 2026-12-31.")),
        };
        let days: [DayField; 3] = [
            ("From day", "First day on which it holds.", tier.valid_from, |tier, day| tier.valid_from = day),
            ("To day", "Last day on which it holds.", tier.valid_to, |tier, day| tier.valid_to = day),
            ("Looked at", "Day on which its amount was last looked at.", tier.set_on, |tier, day| tier.set_on = day),
        ];
        for (name, help, stored, write) in days {
            field_row(ui, theme, name, help, |ui| {
                let edit = |typed: &str| {
                    let day = read_day(typed)?;
                    let mut trial = tier.clone();
                    write(&mut trial, day);
                    if trial.valid_from.zip(trial.valid_to).is_some_and(|(from, to)| from > to) {
                        return Err("It would end before it begins.".to_owned());
                    }
                    Ok(set_limit(document, place, |tier| write(tier, day)))
                };
                let key = (name, Some(self.rung));
                form.typing.show(
                    ui,
                    self.core,
                    key,
                    &day(stored),
                    "such as 2026-12-31",
                    f32::INFINITY,
                    edit,
                    self.commands,
                );
            });
        }
        let flags: [FlagField; 2] = [
            ("May pass on", "Whether the holder may pass it on.", tier.sub_delegation, |tier, on| {
                tier.sub_delegation = on;
            }),
            ("Emergency", "Only when nobody else can be reached; reported afterwards.", tier.emergency, |tier, on| {
                tier.emergency = on;
            }),
        ];
        for (name, help, stored, write) in flags {
            field_row(ui, theme, name, help, |ui| {
                let mut on = stored;
                if check_box(ui, theme, &mut on, "").accessible_name(name).changed() {
                    self.set(|tier| write(tier, on));
                }
            });
        }
        field_row(ui, theme, "Why so", "Why it differs from others on purpose.", |ui| {
            let edit = |typed: &str| Ok(set_limit(document, place, |tier| typed.trim().clone_into(&mut tier.reason)));
            let key = ("Why so", Some(self.rung));
            form.typing.show(ui, self.core, key, &tier.reason, "", f32::INFINITY, edit, self.commands);
        });
    }
}

/// Name, help and value of a day of a limit, and how it is written.
type DayField = (&'static str, &'static str, Option<Date>, fn(&mut Tier, Option<Date>));
/// The same of a yes or no.
type FlagField = (&'static str, &'static str, bool, fn(&mut Tier, bool));

fn ordered(above: Option<Amount>, up_to: Option<Amount>) -> Result<(), String> {
    if above.unwrap_or(Amount::ZERO) >= up_to.unwrap_or(above.unwrap_or(Amount::ZERO)) && up_to.is_some() {
        return Err("It would end before it begins.".to_owned());
    }
    Ok(())
}

/// A line with a cross behind it; whether the cross was pressed.
fn removable_ui(ui: &mut Ui, core: &Core, words: &str, label: &str) -> bool {
    let theme = core.theme();
    let inner = ui.horizontal(|ui| {
        let room = ui.available_width() - 44.0;
        let shown = crate::scene::text::Measure::bundled().ellipsize(words, theme.sizes.text.body, room);
        ui.label(text(shown.text, theme.sizes.text.body));
        icon_button(ui, theme, Icon::Close, label, false, true).clicked()
    });
    inner.inner
}
