//! The frame: where each part of the window goes. Drawing reads, and wishes for commands.

use egui::accesskit::{Live, Role};
use egui::{Align2, Area, CentralPanel, Frame, Id, Margin, Order, Panel, Stroke, Ui, vec2};

use super::App;
use super::command::Command;
use super::keys::Turn;
use super::middle::middle_ui;
use super::notice::{Notice, NoticeKind};
use super::panels::SidePanel;
use super::style::colour;
use super::widgets::{ButtonLook, icon_button, icon_text, text, text_button};
use super::{canvas, ladder, panels, quick};
use crate::scene::icon::Icon;
use crate::scene::text::Measure;
use crate::scene::theme::{Rgba, Theme};

impl App {
    /// Before a frame begins: keeps the keys back whose turn is later.
    pub fn hand_out_keys(&mut self, ctx: &egui::Context, events: &mut Vec<egui::Event>) {
        let canvas = self.core.active_view().and_then(|view| self.parts.canvases.get_mut(&view));
        let canvas = canvas.filter(|canvas| canvas.awaits_field() && self.parts.dialogs.is_empty());
        let turn = match canvas {
            Some(_) => Turn::Nobody,
            None if ctx.text_edit_focused() => Turn::Field,
            None => Turn::Keys,
        };
        let gave_up = self.keys.hand_out(events, turn);
        if let Some(canvas) = canvas.filter(|_| gave_up) {
            canvas.stop_waiting();
        }
    }

    /// Whether keys wait for their frame.
    pub fn has_keys(&self) -> bool {
        self.keys.wants_frame()
    }

    /// Draws the window and collects wishes.
    pub fn ui(&mut self, ui: &mut Ui) {
        let mut commands = std::mem::take(&mut self.commands);
        let core = &self.core;
        let parts = &mut self.parts;
        let theme = core.theme();
        ui.painter().rect_filled(ui.max_rect(), 0.0, colour(theme.neutral.background));

        let focuses = core.focus_mode && core.panes.front_tab().is_some();
        if !focuses {
            surroundings_ui(ui, core, parts, &mut commands);
        }
        let mut ladder = parts.ladder.take();
        let center = CentralPanel::no_frame().show(ui, |ui| {
            let center = ui.max_rect();
            if parts.quick.is_open() && core.active_view().is_some() && ladder.is_none() {
                let frame = flat(theme.neutral.panel, Margin::symmetric(8, 6));
                Panel::bottom("quick entry").frame(frame).resizable(false).show(ui, |ui| {
                    quick::line_ui(ui, core, &mut parts.quick, &mut commands);
                });
            }
            match &mut ladder {
                Some(ladder) => ladder::ladder_ui(ui, core, ladder, &mut commands),
                None => middle_ui(ui, core, parts, &mut commands),
            }
            center
        });
        parts.ladder = ladder;
        announcement_ui(ui, core);
        // Above the tools, and above the quick-entry line where that is open.
        let lift = if parts.quick.is_open() { 240.0 } else { 100.0 };
        notices_ui(ui, core, lift, &mut commands);
        for (depth, dialog) in parts.dialogs.iter_mut().enumerate() {
            dialog.show(ui, core, depth, center.inner, &mut commands);
        }
        // Also in a second pass of the same frame, which brings no events: what the first one wished for is not done yet.
        if !commands.is_empty() {
            ui.ctx().request_repaint();
        }
        self.commands = commands;
    }
}

/// What is selected, for assistive technology alone: those who look see it. The only place where it is told, and there
/// without the panels, too.
fn announcement_ui(ui: &Ui, core: &super::core::Core) {
    let id = Id::unique("announcement");
    ui.interact(egui::Rect::from_min_size(ui.max_rect().min, egui::Vec2::splat(1.0)), id, egui::Sense::hover());
    ui.accesskit_node_builder(id, |node| {
        node.set_role(Role::Status);
        node.set_live(Live::Polite);
        node.set_label(core.announcement.as_str());
    });
}

/// Everything around the view in front: bars and panels.
fn surroundings_ui(ui: &mut Ui, core: &super::core::Core, parts: &mut super::Parts, commands: &mut Vec<Command>) {
    let theme = core.theme();
    Panel::top("top bar").frame(flat(theme.neutral.panel, Margin::symmetric(8, 2))).resizable(false).show(ui, |ui| {
        panels::top_bar_ui(ui, core, commands);
    });
    Panel::bottom("status bar").frame(flat(theme.neutral.panel, Margin::symmetric(4, 0))).resizable(false).show(
        ui,
        |ui| {
            let of_exhibit = core.panes.front_exhibit().and_then(|id| parts.exhibits.get(id));
            let of_exhibit = of_exhibit.map(super::exhibits::ExhibitState::zoom);
            let zoom = core.active_view().and_then(|view| parts.canvases.get(&view)).map(canvas::CanvasState::zoom);
            let zoom = zoom.or(of_exhibit);
            panels::status_ui(ui, core, zoom, commands);
        },
    );
    // The ladder needs the room.
    if parts.ladder.is_some() {
        return;
    }
    let frame = flat(theme.neutral.panel, Margin::symmetric(8, 0));
    panels::side_panel_ui(ui, core, SidePanel::Navigator, frame, commands, |ui, commands| {
        panels::left_ui(ui, core, &mut parts.navigator, &mut parts.outline, commands);
    });
    let frame = flat(theme.neutral.panel, Margin::symmetric(12, 0));
    panels::side_panel_ui(ui, core, SidePanel::Inspector, frame, commands, |ui, commands| {
        panels::side_ui(ui, core, parts, commands);
    });
}

/// A panel without rounding and shadow.
fn flat(fill: Rgba, margin: Margin) -> Frame {
    Frame::new().fill(colour(fill)).inner_margin(margin)
}

/// Messages at the foot of the window, above everything but dialogs.
fn notices_ui(ui: &Ui, core: &super::core::Core, lift: f32, commands: &mut Vec<Command>) {
    if core.notices.is_empty() {
        return;
    }
    let theme = core.theme();
    Area::new(Id::unique("notices")).order(Order::Foreground).anchor(Align2::CENTER_BOTTOM, vec2(0.0, -lift)).show(
        ui,
        |ui| {
            for notice in &core.notices {
                notice_frame(theme).show(ui, |ui| notice_ui(ui, theme, notice, commands));
                ui.add_space(6.0);
            }
        },
    );
}

/// A message is at most so wide, and leaves so much of the window beside it, in points.
const NOTICE: (f32, f32) = (620.0, 64.0);
/// What a button takes beside its words, and what icon and cross take, in points.
const AROUND_WORDS: (f32, f32) = (34.0, 72.0);

/// A message with its steps: in one line where there is room, else the steps stand below the words.
fn notice_ui(ui: &mut Ui, theme: &Theme, notice: &Notice, commands: &mut Vec<Command>) {
    let room = NOTICE.0.min(ui.ctx().content_rect().width() - NOTICE.1);
    let width = |words: &str, style| Measure::bundled().width(words, style);
    let words = width(&notice.text, theme.sizes.text.body) + AROUND_WORDS.1;
    let steps = notice.steps.iter().map(|(label, _)| width(label, theme.sizes.text.name) + AROUND_WORDS.0).sum::<f32>();
    let is_one_line = words + steps <= room;
    let (icon, ink) = match notice.kind {
        NoticeKind::Done => (Icon::CircleCheck, theme.accent.base),
        NoticeKind::Hint => (Icon::Info, theme.severity.low.ink),
        NoticeKind::Failure => (Icon::Warning, theme.severity.high.ink),
    };
    let mut steps_ui = |ui: &mut Ui| {
        for (label, command) in &notice.steps {
            if text_button(ui, theme, ButtonLook::Plain, None, label).clicked() {
                commands.extend([Command::DismissNotice(notice.number), command.clone()]);
            }
        }
    };
    let mut is_dismissed = false;
    ui.horizontal(|ui| {
        ui.label(icon_text(icon, 16.0).color(colour(ink)));
        let words = text(&notice.text, theme.sizes.text.body).color(colour(theme.neutral.ink));
        ui.scope(|ui| {
            ui.set_max_width(room - AROUND_WORDS.1);
            ui.add(egui::Label::new(words).wrap());
        });
        if is_one_line {
            steps_ui(ui);
        }
        is_dismissed = icon_button(ui, theme, Icon::Close, "Dismiss", false, true).clicked();
    });
    if !is_one_line && !notice.steps.is_empty() {
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.horizontal_wrapped(steps_ui);
        });
    }
    if is_dismissed {
        commands.push(Command::DismissNotice(notice.number));
    }
}

fn notice_frame(theme: &Theme) -> Frame {
    let shadow = egui::Shadow { offset: [0, 4], blur: 18, spread: 0, color: colour(theme.neutral.shadow) };
    Frame::new()
        .fill(colour(theme.neutral.raised))
        .stroke(Stroke::new(1.0, colour(theme.neutral.line)))
        .corner_radius(theme.sizes.radius.floating)
        .inner_margin(Margin::symmetric(12, 8))
        .shadow(shadow)
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
    }

    fn raw_input_hook(&mut self, ctx: &egui::Context, raw_input: &mut egui::RawInput) {
        self.hand_out_keys(ctx, &mut raw_input.events);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        let Rgba { r, g, b, .. } = self.core.theme().neutral.background;
        [r, g, b, 255].map(|part| f32::from(part) / 255.0)
    }
}
