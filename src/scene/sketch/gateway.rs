//! Gateways: a square on its tip with the mark of how it splits and joins.

use emath::{Vec2, pos2, vec2};

use super::{Sketch, asked_side};
use crate::model::*;
use crate::scene::item::*;
use crate::scene::measures::*;
use crate::scene::pen::Pen;

pub(super) fn gateway(gateway: &Gateway, asked: Vec2) -> Sketch {
    let side = asked_side(asked, GATEWAY);
    let half = side / 2.0;
    let scale = side / GATEWAY;
    let mut pen = Pen::new(None);
    let corners = vec![pos2(half, 0.0), pos2(side, half), pos2(half, side), pos2(0.0, half)];
    let edge = Stroke::new(Colour::Connector, LINE);
    pen.path(Detail::Shape, corners, true, 2.0, Style { fill: Some(Colour::Raised), stroke: Some(edge) });
    let mark = Style::line(Stroke::new(Colour::Connector, 2.5 * scale));
    let center = pos2(half, half);
    const CROSS: [Vec2; 2] = [vec2(6.0, 6.0), vec2(6.0, -6.0)];
    const PLUS: [Vec2; 2] = [vec2(9.0, 0.0), vec2(0.0, 9.0)];
    let arms: &[Vec2] = match gateway.kind {
        GatewayKind::Exclusive => &CROSS,
        GatewayKind::Parallel => &PLUS,
        GatewayKind::Complex => &[CROSS[0], CROSS[1], PLUS[0], PLUS[1]],
        GatewayKind::Inclusive | GatewayKind::EventBased => &[],
    };
    for arm in arms {
        let arm = *arm * scale;
        pen.path(Detail::Name, vec![center - arm, center + arm], false, 0.0, mark);
    }
    match gateway.kind {
        GatewayKind::Inclusive => pen.circle(Detail::Name, center, 9.0 * scale, mark),
        GatewayKind::EventBased => {
            let ring = Style::line(Stroke::new(Colour::Connector, 1.0));
            pen.circle(Detail::Name, center, 11.0 * scale, ring);
            pen.circle(Detail::Name, center, 8.5 * scale, ring);
            pen.path(Detail::Name, super::glyph::pentagon(center, 5.5 * scale), true, 0.0, ring);
        }
        GatewayKind::Exclusive | GatewayKind::Parallel | GatewayKind::Complex => {}
    }
    Sketch { size: Vec2::splat(side), form: NodeForm::Diamond, items: pen.finish() }
}
