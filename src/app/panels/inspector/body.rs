//! The members of a body with their votes, and how it can decide: bars of power, vetoes, what happens when somebody is
//! away.

use egui::{Id, Rect, Role as Kind, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::standing::{Seat, Standing, Tone};
use crate::analysis::words;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::style::{colour, font};
use crate::app::widgets::{Offer, Picked, Picker, field_row, icon_button, icon_text, section_header, text};
use crate::edit::{Edit, Replace};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::text::Measure;

/// Width of the field for the votes of a member.
const VOTES: f32 = 52.0;
/// Width of the names beside the bars.
const NAMES: f32 = 116.0;

/// What the panel remembers of the body that it shows.
#[derive(Default)]
pub(super) struct Sitting {
    body: Option<BodyId>,
    /// Places of the members that are taken to be away.
    away: Vec<usize>,
    /// What was worked out last, and for what.
    standing: Option<(Revision, Vec<usize>, Standing)>,
}

impl Sitting {
    /// How the body stands with those who are taken to be away; worked out once for each.
    fn standing(&mut self, document: &Document, body: BodyId) -> Option<&Standing> {
        if self.body != Some(body) {
            *self = Self { body: Some(body), ..Self::default() };
        }
        let count = document.bodies().get(body).map_or(0, |body| body.members.len());
        self.away.retain(|place| *place < count);
        let is_known = self
            .standing
            .as_ref()
            .is_some_and(|(revision, away, _)| *revision == document.revision() && *away == self.away);
        if !is_known {
            let made = Standing::of(document, body, &self.away)?;
            self.standing = Some((document.revision(), self.away.clone(), made));
        }
        self.standing.as_ref().map(|(.., standing)| standing)
    }
}

/// The members: who they are and how many votes each has.
pub(super) fn members_ui(ui: &mut Ui, core: &Core, id: BodyId, commands: &mut Vec<Command>) {
    let Some(body) = core.document().get::<Body>(id) else { return };
    let mut changed: Option<Vec<Member>> = None;
    field_row(ui, core.theme(), "Members", "Who belongs to it, each with their votes.", |ui| {
        ui.vertical(|ui| {
            for (place, member) in body.members.iter().enumerate() {
                match member_ui(ui, core, (id, place), *member) {
                    Some(Change::Leaves) => {
                        let mut members = body.members.clone();
                        members.remove(place);
                        changed = Some(members);
                    }
                    Some(Change::Votes(weight)) => {
                        let mut members = body.members.clone();
                        members.iter_mut().skip(place).take(1).for_each(|member| member.weight = weight);
                        changed = Some(members);
                    }
                    None => {}
                }
            }
            if let Some(actor) = joins_ui(ui, core, id, body) {
                let mut members = body.members.clone();
                members.push(Member { actor, weight: Amount::whole(1) });
                changed = Some(members);
            }
        });
    });
    if let Some(members) = changed {
        let record = Body { members, ..body.clone() };
        commands.push(Edit::from(Replace { element: id.into(), record: record.into() }).into());
    }
}

enum Change {
    Leaves,
    Votes(Amount),
}

fn member_ui(ui: &mut Ui, core: &Core, (body, place): (BodyId, usize), member: Member) -> Option<Change> {
    let theme = core.theme();
    let name = core.document().name_of(member.actor.into());
    let mut change = None;
    ui.horizontal(|ui| {
        let room = ui.available_width() - VOTES - 62.0;
        let style = theme.sizes.text.body;
        let words = Measure::bundled().ellipsize(name, style, room);
        let (rect, label) = ui.allocate_exact_size(vec2(room, theme.sizes.row.compact), Sense::hover());
        label.widget_info(|| WidgetInfo::labeled(Kind::Label, true, name));
        let ink = colour(theme.neutral.ink);
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, words.text, font(style), ink);
        label.on_hover_text(name);
        change = votes_ui(ui, core, (body, place), member.weight, name).map(Change::Votes);
        if icon_button(ui, theme, Icon::Close, &format!("Take {name} out of Members"), false, true).clicked() {
            change = Some(Change::Leaves);
        }
    });
    change
}

/// The votes of a member, kept when the field is left; what is no number of votes is put back.
fn votes_ui(ui: &mut Ui, core: &Core, key: (BodyId, usize), weight: Amount, name: &str) -> Option<Amount> {
    let id = Id::unique(("votes of a member", key));
    let mut typed: String = ui.data(|data| data.get_temp(id)).unwrap_or_else(|| weight.to_string());
    let read = |typed: &str| typed.parse::<Amount>().ok().filter(|votes| *votes >= Amount::ZERO);
    let is_wrong = read(&typed).is_none();
    let theme = core.theme();
    let ink = if is_wrong { theme.severity.high.ink } else { theme.neutral.ink };
    let edit = TextEdit::singleline(&mut typed)
        .id(id)
        .text_color(colour(ink))
        .align(egui::Align2::RIGHT_CENTER)
        .margin(egui::Margin::symmetric(6, 4))
        .desired_width(VOTES - 12.0);
    let response = ui.add(edit).accessible_name(format!("Votes of {name}"));
    let escaped = ui.input(|input| input.key_pressed(egui::Key::Escape));
    let (is_left, has_focus) = (response.lost_focus(), response.has_focus());
    ui.data_mut(|data| {
        if is_left || !has_focus {
            drop(data.remove_temp::<String>(id));
        } else {
            data.insert_temp(id, typed.clone());
        }
    });
    response.on_hover_text(text("Votes; 1 where all are equal", theme.sizes.text.body));
    read(&typed).filter(|votes| is_left && !escaped && *votes != weight)
}

/// Who joins: roles, people, units and externals that are no members yet.
fn joins_ui(ui: &mut Ui, core: &Core, id: BodyId, body: &Body) -> Option<Actor> {
    let document = core.document();
    let mut actors: Vec<Actor> = Vec::new();
    let offers = || {
        let roles = document.roles().ids().map(Actor::Role);
        let people = document.people().ids().map(Actor::Person);
        let units = document.units().ids().map(Actor::Unit);
        let all = roles.chain(people).chain(units).chain(document.externals().ids().map(Actor::External));
        let is_member = |actor: &Actor| body.members.iter().any(|member| member.actor == *actor);
        actors.extend(all.filter(|actor| !is_member(actor)));
        let offer = |actor: &Actor| {
            let element = ElementRef::from(*actor);
            let detail = match actor {
                Actor::Role(role) => document.holders_label(*role),
                _ => element.kind().word().to_owned(),
            };
            Offer { icon: Some(icon_of(document, element)), name: document.name_of(element).to_owned(), detail }
        };
        actors.iter().map(offer).collect()
    };
    let picker = Picker {
        id: Id::unique(("joins a body", id)),
        name: "Add to Members",
        hint: "add a role or person",
        shown: "",
        takes_texts: false,
    };
    match picker.show(ui, core.theme(), offers).1 {
        Some(Picked::Offer(place)) => actors.get(place).copied(),
        _ => None,
    }
}

/// How the body can decide, with a bar for the power of each member.
pub(super) fn power_ui(ui: &mut Ui, core: &Core, sitting: &mut Sitting, id: BodyId) {
    let theme = core.theme();
    let Some(standing) = sitting.standing(core.document(), id).cloned() else { return };
    ui.add_space(8.0);
    section_header(ui, theme, "Power", None);
    for (tone, sentence) in &standing.sentences {
        sentence_ui(ui, core, *tone, sentence);
    }
    if standing.seats.is_empty() {
        return;
    }
    ui.add_space(4.0);
    let largest = standing.seats.iter().filter_map(|seat| seat.share).fold(0.0, f64::max);
    let mut turned = None;
    for (place, seat) in standing.seats.iter().enumerate() {
        if seat_ui(ui, core, (id, place), seat, largest) {
            turned = Some(place);
        }
    }
    if let Some(place) = turned {
        match sitting.away.iter().position(|away| *away == place) {
            Some(at) => drop(sitting.away.remove(at)),
            None => sitting.away.push(place),
        }
        sitting.away.sort_unstable();
    }
    let what = "Share of the power (Banzhaf). The switch takes a member to be away, here alone.";
    ui.add(egui::Label::new(text(what, theme.sizes.text.caption).color(colour(theme.neutral.ink_second))).wrap());
}

fn sentence_ui(ui: &mut Ui, core: &Core, tone: Tone, sentence: &str) {
    let theme = core.theme();
    let (icon, ink) = match tone {
        Tone::Plain => (Icon::Info, theme.neutral.ink_second),
        Tone::Notable => (Icon::Caution, theme.severity.medium.ink),
        Tone::Stuck => (Icon::Warning, theme.severity.high.ink),
    };
    ui.horizontal_top(|ui| {
        ui.label(icon_text(icon, 14.0).color(colour(ink)));
        let words = text(sentence, theme.sizes.text.body).color(colour(theme.neutral.ink));
        ui.add(egui::Label::new(words).wrap());
    });
}

/// The power of a member as a bar, and whether the member is there; whether that was turned.
fn seat_ui(ui: &mut Ui, core: &Core, key: (BodyId, usize), seat: &Seat, largest: f64) -> bool {
    let theme = core.theme();
    let document = core.document();
    let name = words::named(document, seat.actor);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), theme.sizes.row.compact));
    let toggle = Rect::from_min_size(rect.min, vec2(24.0, rect.height()));
    let response = ui.interact(rect, Id::unique(("seat", key)), Sense::click());
    let share = seat.share.map(words::percent);
    let label = match (seat.is_away, &share) {
        (true, _) => format!("{name} is away"),
        (false, Some(share)) => format!("{name} is there, {share} of the power"),
        (false, None) => format!("{name} is there"),
    };
    response.widget_info(|| WidgetInfo::selected(Kind::Switch, true, !seat.is_away, &label));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, theme.sizes.radius.control, colour(theme.neutral.hover));
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, colour(theme.accent.base));
        painter.rect_stroke(rect, theme.sizes.radius.control, ring, egui::StrokeKind::Inside);
    }
    let ink = if seat.is_away { theme.neutral.ink_second } else { theme.neutral.ink };
    let icon = if seat.is_away { Icon::PersonMissing } else { Icon::PersonCheck };
    crate::app::widgets::paint_icon(ui, toggle, icon, 15.0, colour(ink));
    let style = theme.sizes.text.body;
    let shown = Measure::bundled().ellipsize(&name, style, NAMES - 8.0);
    let at = pos2(toggle.right() + 4.0, rect.center().y);
    painter.text(at, egui::Align2::LEFT_CENTER, shown.text, font(style), colour(ink));
    let caption = theme.sizes.text.caption;
    let words = if seat.is_away { "away".to_owned() } else { share.unwrap_or_else(|| "–".to_owned()) };
    let right = rect.right() - 4.0;
    painter.text(pos2(right, rect.center().y), egui::Align2::RIGHT_CENTER, words, font(caption), colour(ink));
    let track = Rect::from_min_max(
        pos2(toggle.right() + 4.0 + NAMES, rect.center().y - 4.0),
        pos2((right - 50.0).max(toggle.right() + 24.0 + NAMES), rect.center().y + 4.0),
    );
    painter.rect_filled(track, 4.0, colour(theme.neutral.pressed));
    if let Some(share) = seat.share.filter(|share| *share > 0.0) {
        let part = (share / largest.max(f64::EPSILON)) as f32;
        let bar = Rect::from_min_size(track.min, vec2((track.width() * part).max(4.0), track.height()));
        let fill = if seat.can_block { theme.severity.medium.ink } else { theme.accent.base };
        painter.rect_filled(bar, 4.0, colour(fill));
    }
    let help = match (seat.is_away, seat.can_block) {
        (true, _) => "Click: there again",
        (false, true) => "Nothing is decided without this member. Click: what if the member is away?",
        (false, false) => "Click: what if this member is away?",
    };
    response.on_hover_text(text(help, style)).clicked()
}
