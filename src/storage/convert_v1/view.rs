//! Builds views with their placements, and notes.

use super::super::format_v1::*;
use super::super::values::Choice;
use super::{Claimed, Loader, choice};
use crate::model::*;

impl Loader {
    pub(super) fn note(&mut self, row: NoteV1) -> Note {
        Note {
            key: Key::unset(),
            text: row.text,
            author: row.author,
            kind: choice(row.kind).unwrap_or_default(),
            done: row.done,
            about: row.about.map(|key| self.any(&key, ElementKind::Unit)),
            form: choice(row.form).unwrap_or_default(),
            kept: row.kept,
        }
    }

    pub(super) fn views(&mut self, views: Vec<Claimed<ViewId, ViewV1>>) {
        for Claimed { id, key, duplicate, row } in views {
            let kind = self.view_kind(row.shows);
            let within = self.find_maybe::<Step>(row.within);
            let shown = if matches!(kind, ViewKind::Process { .. }) { ElementKind::Step } else { ElementKind::Unit };
            let view = View {
                key: Key::unset(),
                name: row.name,
                order: row.order,
                kind,
                connections: row.connections,
                phases: row.phases.into_iter().map(phase).collect(),
                within,
                description: row.description,
                kept: row.kept,
            };
            self.fill(id, key, duplicate, view);
            for placement in row.placements {
                let element = self.any(&placement.of, shown);
                self.document.insert(Placement {
                    view: id,
                    element,
                    center: placement.at.map(|(x, y)| Point::new(x, y)),
                    size: placement.size.map(|(width, height)| Size::new(width, height)),
                    bends: placement.bends.into_iter().map(|(x, y)| Point::new(x, y)).collect(),
                    label: placement.label.map(area),
                    pinned: placement.pinned,
                    collapsed: placement.collapsed,
                    locked: placement.locked,
                    tint: placement.tint,
                    layer: placement.layer,
                    groups: placement.groups,
                });
            }
        }
    }

    fn view_kind(&mut self, row: ShowsV1) -> ViewKind {
        match row {
            ShowsV1::Organisation { root, form, direction } => ViewKind::Organisation {
                root: self.find_maybe::<Unit>(root),
                form: choice(form).unwrap_or_default(),
                direction: choice(direction).unwrap_or(FlowDirection::TopToBottom),
            },
            ShowsV1::Process { process, lanes, direction } => {
                let process = self.find::<Process>(&process);
                let lane = |lane: LaneV1| Lane {
                    actor: self.actor_maybe(lane.who),
                    extent: lane.extent,
                    collapsed: lane.collapsed,
                    depth: lane.depth,
                    gap: lane.gap,
                    frame: lane.frame.map(area),
                };
                let lanes = lanes.into_iter().map(lane).collect();
                ViewKind::Process { process, lanes, direction: choice(direction).unwrap_or_default() }
            }
            ShowsV1::Board => ViewKind::Board,
            ShowsV1::Matrix { form, rows, processes, columns, kinds, by_person, transposed, collapsed } => {
                ViewKind::Matrix(MatrixView {
                    form: choice(form).unwrap_or_default(),
                    rows: choice(rows).unwrap_or_default(),
                    processes: self.find_all::<Process>(processes),
                    columns: columns.iter().map(|key| self.actor(key)).collect(),
                    kinds: kinds.into_iter().map(|Choice(kind)| kind).collect(),
                    by_person,
                    transposed,
                    collapsed: self.find_all::<Unit>(collapsed),
                })
            }
        }
    }
}

fn phase(PhaseV1 { name, extent }: PhaseV1) -> Phase {
    Phase { name, extent }
}

fn area((x, y, width, height): (f64, f64, f64, f64)) -> Area {
    Area { x, y, width, height }
}
