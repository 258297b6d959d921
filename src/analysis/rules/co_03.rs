//! Decisions far from where the knowledge for them is.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "CO-03",
    title: "Word passes many desks",
    severity: Severity::Medium,
    why: "Whoever passes word on shortens it and colours it; after three relays the decider hears another story.",
    wrong: "Shop assistant knows what sells; the owner hears it over shop manager, area lead and sales",
    right: "The owner asks the shop assistants once a week",
    formula: "relays = ties on the shortest way from the locus of knowledge to the nearest decider − 1 ≥ most, over hand-overs, \
              reporting, asking and telling; of a unit its nearest role",
    source: Source::Ours("distortion on the way up"),
    thresholds: &[ours("relays", 3.0, "relays", "from here on it is reported", "three times shortened")],
    remedies: &["Ask at the source.", "Let the source decide, or prepare it."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let net = &context.networks.information;
    let mut distance = vec![u32::MAX; net.actors.len()];
    let mut touched: Vec<usize> = Vec::new();
    for row in super::rows::rows(context) {
        let Some(locus) = row.decision.locus else { continue };
        let sources: Vec<Actor> = match locus {
            Actor::Unit(unit) => context.index.roles_of_unit(unit).iter().map(|role| Actor::Role(*role)).collect(),
            actor => vec![actor],
        };
        let deciders: Vec<usize> =
            row.holders(context, Duty::Decide).into_iter().filter_map(|actor| net.place(actor)).collect();
        let sources: Vec<usize> = sources.into_iter().filter_map(|actor| net.place(actor)).collect();
        if deciders.is_empty() || sources.iter().any(|source| deciders.contains(source)) {
            continue;
        }
        touched.clone_from(&sources);
        sources.iter().for_each(|source| distance[*source] = 0);
        let (mut head, mut found) = (0, None);
        while let Some(place) = touched.get(head).copied().filter(|_| found.is_none()) {
            head += 1;
            found = deciders.contains(&place).then_some((place, distance[place]));
            for next in net.ties.of(place).iter().map(|next| *next as usize) {
                if distance[next] == u32::MAX {
                    distance[next] = distance[place] + 1;
                    touched.push(next);
                }
            }
        }
        touched.iter().for_each(|place| distance[*place] = u32::MAX);
        let Some((decider, ties)) = found else { continue };
        let relays = f64::from(ties) - 1.0;
        if relays < sink.threshold("relays") {
            continue;
        }
        let Some(decider) = net.actors.get(decider).copied() else { continue };
        let (name, source, desk) = (context.quoted(row.id), context.name(locus), context.name(decider));
        sink.report(
            Finding::new(format!("What {source} knows about {name} passes {relays} desks before {desk} decides."))
                .about([ElementRef::from(row.id), ElementRef::from(locus), ElementRef::from(decider)])
                .formula(format!("relays = {ties} − 1 = {relays}"))
                .number("relays", relays)
                .criticality(context.criticality_of(row.subject()))
                .remedy(format!("Let {desk} ask {source} directly: give {source} a letter that is asked before."))
                .remedy(format!("Or let {source} decide {name}, perhaps up to a limit.")),
        );
    }
}
