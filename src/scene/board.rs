//! Free boards: any elements side by side, and on request the lines that the model has between those that are shown.
//!
//! Links and the lines of notes were drawn by hand and are there always. Everything else follows from the model: on a
//! board that only collects things it would be in the way.

use super::build::Builder;
use super::item::*;
use super::kept::Memory;
use super::measures::*;
use super::pen::Pen;
use super::{connectors, organisation, process, routes};
use crate::model::*;

pub(crate) fn build(mut builder: Builder<'_>, connections: bool) -> (Scene, Memory) {
    builder.add_grounds(|_, _| None);
    let mut flows = Vec::new();
    if connections {
        organisation::add_membership(&mut builder, FlowDirection::TopToBottom);
        organisation::add_reporting_lines(&mut builder);
        add_relations(&mut builder);
        flows = connectors::flows(&builder);
    }
    connectors::draw(&mut builder, flows);
    builder.add_note_lines();
    builder.add_nodes(|_, _| None);
    process::add_captions(&mut builder);
    builder.finish()
}

/// Thin lines for what has no line of its own in charts and flows: who reports to whom, holds, performs, decides; where
/// a decision is taken.
fn add_relations(builder: &mut Builder<'_>) {
    let ends = relations(builder);
    let lines = routes::between(builder, &ends, &[], 6.0);
    for ((from, to), points) in ends.into_iter().zip(lines) {
        let mut pen = Pen::new(None);
        let style = Style::line(Stroke::new(Colour::Border, HAIRLINE)).dashed(Dash::Dashed);
        pen.path(Detail::Shape, points.clone(), false, BEND, style);
        let edge = EdgeShape { element: from, from, to, meaning: EdgeMeaning::Relation, points, label: None, item: 0 };
        builder.add_edge(pen.into_group(), edge);
    }
}

/// The pairs of shown elements between which such a relation holds; each once, in the order of the tables.
fn relations(builder: &Builder<'_>) -> Vec<(ElementRef, ElementRef)> {
    let document = builder.context.document();
    let mut found: Vec<(ElementRef, ElementRef)> = Vec::new();
    let mut add = |from: ElementRef, to: ElementRef| {
        let is_shown = |element: ElementRef| builder.index_of.contains_key(&element);
        if from != to && is_shown(from) && is_shown(to) && !found.contains(&(from, to)) && !found.contains(&(to, from))
        {
            found.push((from, to));
        }
    };
    for node in &builder.nodes {
        let element = node.shown.element;
        match element {
            ElementRef::Role(id) => {
                let Some(role) = document.get::<Role>(id) else { continue };
                role.reports_to.into_iter().for_each(|boss| add(element, boss.into()));
                role.holders.iter().for_each(|holding| add(holding.person.into(), element));
            }
            ElementRef::Step(id) => {
                let Some(step) = document.get::<Step>(id) else { continue };
                step.performer.into_iter().for_each(|actor| add(actor.into(), element));
            }
            ElementRef::Decision(id) => {
                let Some(decision) = document.get::<Decision>(id) else { continue };
                decision.steps.iter().for_each(|step| add(element, (*step).into()));
                decision.gateways.iter().for_each(|gateway| add(element, (*gateway).into()));
                let decides = |right: &Right| document.right_has_duty(right, Duty::Decide);
                let rights = document.rights_on(Subject::Decision(id)).filter(|(_, right)| decides(right));
                rights.for_each(|(_, right)| add(right.holder.into(), element));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::model::*;
    use crate::scene::{EdgeMeaning, Options, build};

    #[test]
    fn a_board_draws_what_the_model_connects_only_on_request() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let shop = document.insert(Unit::new("Shop"));
        let boss = document.insert(Role { unit: Some(shop), ..Role::new("Owner") });
        let clerk = document.insert(Role { unit: Some(shop), reports_to: Some(boss), ..Role::new("Clerk") });
        let step = document.insert(Step { performer: Some(Actor::Role(clerk)), ..Step::new(process, "Pay") });
        let note = document.insert(Note { about: Some(clerk.into()), ..Note::new("Ask her") });
        let view = document.insert(View::new("Board", ViewKind::Board));
        let all: [ElementRef; 5] = [shop.into(), boss.into(), clerk.into(), step.into(), note.into()];
        for (index, element) in all.into_iter().enumerate() {
            let center = Some(Point::new(index as f64 * 400.0, (index % 2) as f64 * 200.0));
            document.insert(Placement { center, ..Placement::unplaced(view, element) });
        }
        let meanings = |document: &Document| {
            let mut meanings: Vec<EdgeMeaning> =
                build(document, view, &Options::default()).edges.iter().map(|edge| edge.meaning).collect();
            meanings.sort_unstable();
            meanings
        };
        assert_eq!(meanings(&document), [EdgeMeaning::About]);
        document.get_mut::<View>(view).unwrap().connections = true;
        let (part, relation) = (EdgeMeaning::Membership, EdgeMeaning::Relation);
        assert_eq!(meanings(&document), [part, part, relation, relation, EdgeMeaning::About]);
    }

    #[test]
    fn a_second_solid_line_is_drawn_solid_and_a_dotted_one_dashed() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let seat = |document: &mut Document, role: Role| document.insert(Role { unit: Some(firm), ..role });
        let [boss, lead, mentor] = ["Boss", "Lead", "Mentor"].map(|name| seat(&mut document, Role::new(name)));
        let (reports_to, also_reports_to, dotted_to) = (Some(boss), vec![lead], vec![mentor]);
        let clerk = seat(&mut document, Role { reports_to, also_reports_to, dotted_to, ..Role::new("Clerk") });
        let view = document.insert(View::new("Chart", ViewKind::organisation(Some(firm))));
        let all: [ElementRef; 5] = [firm.into(), boss.into(), lead.into(), mentor.into(), clerk.into()];
        for (index, element) in all.into_iter().enumerate() {
            let center = Some(Point::new(index as f64 * 400.0, (index % 2) as f64 * 200.0));
            document.insert(Placement { center, ..Placement::unplaced(view, element) });
        }
        let scene = build(&document, view, &Options::default());
        let beside = |meaning: EdgeMeaning| {
            let edge = scene.edges.iter().find(|edge| edge.meaning == meaning).unwrap();
            let drawn = format!("{:?}", scene.items.get(edge.item).unwrap());
            (edge.from, edge.to, drawn.contains("Dashed"))
        };
        assert_eq!(beside(EdgeMeaning::Solid), (clerk.into(), lead.into(), false));
        assert_eq!(beside(EdgeMeaning::Dotted), (clerk.into(), mentor.into(), true));
    }
}
