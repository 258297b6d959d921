//! Artefacts in the picture of a process: sheets, piles and drums; their names stand beneath, drawn by the view.

use std::f32::consts::PI;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::{Sketch, arc, around, asked_or};
use crate::model::*;
use crate::scene::item::*;
use crate::scene::measures::*;
use crate::scene::pen::Pen;
use crate::scene::plate::sheet;

pub(super) fn artefact(artefact: &Artefact, asked: Vec2) -> Sketch {
    let natural = if artefact.form == ArtefactForm::Store { STORE } else { ARTEFACT };
    let size = vec2(asked_or(asked.x, natural.0), asked_or(asked.y, natural.1));
    let rect = Rect::from_min_size(Pos2::ZERO, size);
    let edge = Stroke::new(Colour::Connector, LINE);
    let style = Style { fill: Some(Colour::Raised), stroke: Some(edge) };
    let mut pen = Pen::new(None);
    if artefact.form == ArtefactForm::Store {
        drum(&mut pen, rect, style);
        return Sketch { size, form: NodeForm::Card, items: pen.finish() };
    }
    sheet(&mut pen, rect, style);
    match artefact.form {
        ArtefactForm::Sheet | ArtefactForm::Store => {}
        ArtefactForm::Pile => {
            let middle = rect.center_bottom() - vec2(0.0, 9.0);
            for x in [-4.0, 0.0, 4.0] {
                let bar = vec![middle + vec2(x, -5.0), middle + vec2(x, 5.0)];
                pen.path(Detail::Secondary, bar, false, 0.0, Style::line(Stroke::new(Colour::Connector, 2.0)));
            }
        }
        ArtefactForm::Input => arrow(&mut pen, pos2(11.0, 11.0), false),
        ArtefactForm::Output => arrow(&mut pen, pos2(11.0, 11.0), true),
    }
    Sketch { size, form: NodeForm::Sheet, items: pen.finish() }
}

fn arrow(pen: &mut Pen, center: Pos2, filled: bool) {
    let stroke = Some(Stroke::new(Colour::Connector, 1.0));
    let outline =
        around(center, 1.0, &[(-6.0, -2.5), (0.0, -2.5), (0.0, -5.0), (6.0, 0.0), (0.0, 5.0), (0.0, 2.5), (-6.0, 2.5)]);
    if filled {
        let fill = Style { fill: Some(Colour::Connector), stroke };
        for part in [[0, 1, 5, 6].as_slice(), [2, 3, 4].as_slice()] {
            let corners = part.iter().filter_map(|corner| outline.get(*corner).copied()).collect();
            pen.path(Detail::Secondary, corners, true, 0.0, fill);
        }
    } else {
        pen.path(Detail::Secondary, outline, true, 0.0, Style { fill: None, stroke });
    }
}

/// A drum that stands: what lies in it is kept.
fn drum(pen: &mut Pen, rect: Rect, style: Style) {
    let bow = vec2(rect.width() / 2.0, (rect.height() * 0.13).min(8.0));
    let middle = rect.center().x;
    let mut outline = arc(pos2(middle, rect.top() + bow.y), bow, PI, 2.0 * PI, 16);
    outline.extend(arc(pos2(middle, rect.bottom() - bow.y), bow, 0.0, PI, 16));
    pen.path(Detail::Shape, outline, true, 0.0, style);
    let line = Style { fill: None, ..style };
    for row in 0..3u8 {
        let y = rect.top() + bow.y + f32::from(row) * 4.5;
        pen.path(Detail::Secondary, arc(pos2(middle, y), bow, 0.0, PI, 16), false, 0.0, line);
    }
}
