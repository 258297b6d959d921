//! From colour tokens of items to the colours of a theme.

use super::item::{Colour, LoadLevel, Severity};
use super::theme::{Chip, Rgba, Theme, contrast_ratio};
use crate::model::Duty;

impl Theme {
    /// What a colour token is in this theme.
    pub fn colour(&self, colour: Colour) -> Rgba {
        let (neutral, accent) = (&self.neutral, &self.accent);
        match colour {
            Colour::Canvas => neutral.canvas,
            Colour::Raised => neutral.raised,
            Colour::Lane => neutral.lane,
            Colour::Line => neutral.line,
            Colour::LineStrong => neutral.line_strong,
            Colour::Border => neutral.border,
            Colour::Field => neutral.field,
            Colour::Connector => neutral.flow,
            Colour::Ink => neutral.ink,
            Colour::InkSecond => neutral.ink_second,
            Colour::InkThird => neutral.ink_third,
            Colour::Accent => accent.base,
            Colour::AccentSoft => accent.soft,
            Colour::AccentInk => accent.ink,
            Colour::OnFull => accent.on,
            Colour::TintFill(tint) => self.tint(usize::from(tint)).fill,
            Colour::TintEdge(tint) => self.tint(usize::from(tint)).edge,
            Colour::Load(LoadLevel::Usual) => self.load.normal,
            Colour::Load(LoadLevel::High) => self.load.high,
            Colour::Load(LoadLevel::Over) => self.load.over,
            Colour::LoadTrack => self.load.track,
            Colour::Ramp(depth) => self.ramp_step(depth),
            Colour::RampInk(depth) => self.ramp_ink(depth),
            Colour::Severity(severity) => self.severity_chip(severity).ink,
            Colour::SeveritySoft(severity) => self.severity_chip(severity).fill,
            Colour::Duty(duty) => self.duty_chip(duty).ink,
            Colour::DutySoft(duty) => self.duty_chip(duty).fill,
        }
    }

    fn ramp_step(&self, depth: u8) -> Rgba {
        let [first, ..] = self.ramp;
        self.ramp.get(usize::from(depth)).copied().unwrap_or(first)
    }

    /// The one of ink and the text on full colours that stands out more.
    fn ramp_ink(&self, depth: u8) -> Rgba {
        let ground = self.ramp_step(depth);
        let (ink, on) = (self.neutral.ink, self.accent.on);
        if contrast_ratio(ink, ground) >= contrast_ratio(on, ground) { ink } else { on }
    }

    fn severity_chip(&self, severity: Severity) -> Chip {
        match severity {
            Severity::Block => self.severity.block,
            Severity::High => self.severity.high,
            Severity::Medium => self.severity.medium,
            Severity::Low => self.severity.low,
            Severity::Info => self.severity.info,
        }
    }

    fn duty_chip(&self, duty: Duty) -> Chip {
        match duty {
            Duty::Decide => self.duty.decide,
            Duty::Agree => self.duty.agree,
            Duty::Prepare => self.duty.prepare,
            Duty::Do => self.duty.perform,
            Duty::Verify => self.duty.verify,
            Duty::Support => self.duty.support,
            Duty::Consult => self.duty.consult,
            Duty::Inform => self.duty.inform,
        }
    }
}
