//! The figures of the overlays: what the context of the rules knows, by element, rolled up to units and processes.

use rustc_hash::FxHashMap;

use super::{Column, Figure, Lack, Made, Number, OverlayKind};
use crate::analysis::Context;
use crate::analysis::figures::{Load, LoadGap, case_shares};
use crate::analysis::rules::{Group, covered, joined_duties};
use crate::model::*;

const WEEKS: f64 = 52.0;

/// The column of a kind, with the currency of costs; no name is looked at. Findings have none.
pub(super) fn column_of(context: &Context<'_>, kind: OverlayKind) -> Made {
    let column = match kind {
        OverlayKind::Load => load(context),
        OverlayKind::Waiting => waiting(context),
        OverlayKind::Cost => {
            let currency = main_currency(context.document);
            return (cost(context, currency), currency);
        }
        OverlayKind::Decisions => decisions(context),
        OverlayKind::Coverage => coverage(context),
        OverlayKind::Duties => duties(context),
        OverlayKind::Findings => Column::new(),
    };
    (column, None)
}

/// What several parts come to: a sum, or a mean by weights.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    value: f64,
    weight: f64,
    known: bool,
    lack: Option<Lack>,
}

impl Sum {
    fn add(&mut self, value: f64, weight: f64) {
        self.value += value;
        self.weight += weight;
        self.known = true;
    }

    fn lacks(&mut self, lack: Lack) {
        self.lack.get_or_insert(lack);
    }

    fn total(self) -> Figure {
        self.figure(self.value)
    }

    /// The sum divided by the weights; without any weight nothing is known.
    fn mean(self) -> Figure {
        let known = self.known && self.weight > 0.0;
        Self { known, ..self }.figure(self.value / self.weight)
    }

    fn figure(self, value: f64) -> Figure {
        match (self.known, self.lack) {
            (true, lack) => Ok(Number { value, beside: None, is_least: lack.is_some() }),
            (false, lack) => Err(lack.unwrap_or(Lack::Tasks)),
        }
    }
}

type Sums = FxHashMap<ElementRef, Sum>;

fn column(sums: Sums, figure: impl Fn(Sum) -> Figure) -> Column {
    sorted(sums.into_iter().map(|(element, sum)| (element, figure(sum))).collect())
}

fn sorted(mut column: Column) -> Column {
    column.sort_by_key(|(element, _)| *element);
    column
}

/// The units around an actor, the innermost first.
fn units_around(document: &Document, actor: Actor) -> Vec<UnitId> {
    let mut units = Vec::new();
    let mut at = document.unit_of_actor(actor);
    // A broken file may have units above themselves.
    while let Some(unit) = at.filter(|unit| !units.contains(unit)) {
        units.push(unit);
        at = document.get::<Unit>(unit).and_then(|unit| unit.parent);
    }
    units
}

/// An actor with all that it is part of: the people who hold it, and the units around it.
fn around(context: &Context<'_>, actor: Actor) -> Vec<ElementRef> {
    let mut all = vec![ElementRef::from(actor)];
    if let Actor::Role(_) = actor {
        all.extend(context.index.people_of(actor).into_iter().map(ElementRef::from));
    }
    all.extend(units_around(context.document, actor).into_iter().map(ElementRef::from));
    all.sort_unstable();
    all.dedup();
    all
}

fn lack_of(gap: &LoadGap) -> Lack {
    match gap {
        LoadGap::Cases(_) => Lack::Cases,
        LoadGap::Flow(_) => Lack::Flow,
        LoadGap::Work(_) | LoadGap::DecisionWork(_) => Lack::Work,
        LoadGap::Frequency(_) | LoadGap::Shares(..) => Lack::Deciding,
        LoadGap::Hours(_) => Lack::Hours,
        LoadGap::HolderShare(_) => Lack::Shares,
        LoadGap::Holders(_) => Lack::Holders,
    }
}

/// Load ÷ hours of roles and people, of units over their roles, of steps that of who performs them.
fn load(context: &Context<'_>) -> Column {
    let (document, loads) = (context.document, &context.loads);
    let mut sums = Sums::default();
    let part = |load: Option<&Load>, hours: &Result<f64, Vec<LoadGap>>| {
        let mut sum = Sum::default();
        let Some(load) = load else { return sum };
        sum.lack = load.gaps.first().map(lack_of);
        match hours {
            Err(gaps) => sum.lack = gaps.first().map(lack_of).or(sum.lack),
            Ok(hours) if *hours > 0.0 && !load.parts.is_empty() => sum.add(load.hours(), *hours),
            Ok(hours) if *hours <= 0.0 && !load.parts.is_empty() => sum.lacks(Lack::Hours),
            Ok(_) => {}
        }
        sum
    };
    for id in document.roles().ids() {
        let own = part(loads.of_role(id), loads.hours_of_role(id));
        sums.insert(id.into(), own);
        for unit in units_around(document, Actor::Role(id)) {
            let sum = sums.entry(unit.into()).or_default();
            if own.known {
                sum.add(own.value, own.weight);
            }
            own.lack.into_iter().for_each(|lack| sum.lacks(lack));
        }
    }
    for id in document.people().ids() {
        sums.insert(id.into(), part(loads.of_person(id), loads.hours_of_person(id)));
    }
    for (id, _) in document.steps().iter() {
        let performer = context.index.performer(id).map(ElementRef::from);
        if let Some(sum) = performer.and_then(|performer| sums.get(&performer).copied()) {
            sums.insert(id.into(), sum);
        }
    }
    column(sums, Sum::mean)
}

/// Cases a week at a step, or why they are not known.
fn cases_at(context: &Context<'_>, id: StepId, step: &Step) -> Result<f64, Lack> {
    let process = context.document.get::<Process>(step.process);
    let cases = process.and_then(|process| process.cases).ok_or(Lack::Cases)?.per_week();
    Ok(cases * context.visits.of(&context.index, FlowNode::Step(id)).ok_or(Lack::Flow)?)
}

/// Whether a step is plain work of its own, of which a figure is expected.
fn is_plain(context: &Context<'_>, id: StepId, step: &Step) -> bool {
    context.index.inside(id).is_empty() && step.calls.is_none() && !step.kind.is_automatic()
}

/// Minutes that a case waits: at steps and events as stated, of who performs them the mean over all cases, of a process
/// all waits of a case together.
fn waiting(context: &Context<'_>) -> Column {
    let document = context.document;
    let mut sums = Sums::default();
    let mut found = Column::new();
    for (id, step) in document.steps().iter() {
        match step.wait {
            Some(wait) => found.push((id.into(), Ok(Number { value: wait.0, ..Number::default() }))),
            None if is_plain(context, id, step) => found.push((id.into(), Err(Lack::Waiting))),
            None => continue,
        }
        let Some(performer) = context.index.performer(id) else { continue };
        let part = step.wait.ok_or(Lack::Waiting).and_then(|wait| Ok((wait.0, cases_at(context, id, step)?)));
        for element in around(context, performer) {
            let sum = sums.entry(element).or_default();
            match part {
                Ok((wait, cases)) => sum.add(wait * cases, cases),
                Err(lack) => sum.lacks(lack),
            }
        }
    }
    for (id, event) in document.events().iter() {
        found.extend(event.wait.map(|wait| (id.into(), Ok(Number { value: wait.0, ..Number::default() }))));
    }
    for id in document.processes().ids().filter(|id| !context.index.steps_of(*id).is_empty()) {
        let figure = match context.times.of(id) {
            Some(times) => {
                let is_least = !times.without_wait.is_empty();
                Ok(Number { value: times.wait, beside: None, is_least })
            }
            None => Err(Lack::Flow),
        };
        found.push((id.into(), figure));
    }
    // A mean over some of the steps is no lower bound.
    found.extend(column(sums, |sum| Sum { lack: if sum.known { None } else { sum.lack }, ..sum }.mean()));
    sorted(found)
}

/// The currency in which most steps state their cost, of equals the one met first.
fn main_currency(document: &Document) -> Option<Currency> {
    let mut counts: Vec<(Currency, usize)> = Vec::new();
    for cost in document.steps().iter().filter_map(|(_, step)| step.cost) {
        match counts.iter_mut().find(|(known, _)| *known == cost.currency) {
            Some((_, count)) => *count += 1,
            None => counts.push((cost.currency, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(currency, _)| currency)
}

/// What steps cost in a year beside work, and whose steps they are.
fn cost(context: &Context<'_>, currency: Option<Currency>) -> Column {
    let mut sums = Sums::default();
    for (id, step) in context.document.steps().iter() {
        if step.cost.is_none() && !is_plain(context, id, step) {
            continue;
        }
        let money = match step.cost {
            None => Err(Lack::Cost),
            Some(money) if Some(money.currency) != currency => Err(Lack::Currency),
            Some(money) => cases_at(context, id, step).map(|cases| money.amount.to_f64() * cases * WEEKS),
        };
        let mut concerned = context.index.performer(id).map_or_else(Vec::new, |actor| around(context, actor));
        concerned.extend([ElementRef::from(id), step.process.into()]);
        for element in concerned {
            let sum = sums.entry(element).or_default();
            match money {
                Ok(money) => sum.add(money, 1.0),
                Err(lack) => sum.lacks(lack),
            }
        }
    }
    column(sums, Sum::total)
}

/// How many decisions somebody decides, or are taken somewhere, and how often in a week.
fn decisions(context: &Context<'_>) -> Column {
    let document = context.document;
    let mut counts: FxHashMap<ElementRef, (f64, Option<f64>)> = FxHashMap::default();
    let actors = document.units().ids().map(ElementRef::from).chain(document.roles().ids().map(ElementRef::from));
    let actors = actors.chain(document.people().ids().map(ElementRef::from));
    counts.extend(actors.chain(document.bodies().ids().map(ElementRef::from)).map(|actor| (actor, (0.0, Some(0.0)))));
    for (id, decision) in document.decisions().iter() {
        let often = decision.frequency.map(Rate::per_week);
        let shares = case_shares(document, &context.index, id).ok();
        let mut parts: FxHashMap<ElementRef, Option<f64>> = FxHashMap::default();
        let mut deciders: Vec<Actor> = Vec::new();
        for held in context.index.rights_with(Subject::Decision(id), Duty::Decide) {
            if !deciders.contains(&held.right.holder) {
                deciders.push(held.right.holder);
            }
        }
        for decider in deciders {
            let own = shares.as_ref().map(|shares| shares.iter().filter(|(actor, _)| *actor == decider));
            let own = own.map(|own| own.map(|(_, share)| share).sum::<f64>());
            let weekly = often.zip(own).map(|(often, share)| often * share);
            for element in around(context, decider) {
                let part = parts.entry(element).or_insert(Some(0.0));
                *part = part.zip(weekly).map(|(sum, more)| sum + more);
            }
        }
        let nodes = decision.steps.iter().map(|step| ElementRef::from(*step));
        let mut places: Vec<ElementRef> = nodes.chain(decision.gateways.iter().map(|id| (*id).into())).collect();
        let own = document.gateways().iter().filter(|(_, gateway)| gateway.decision == Some(id));
        places.extend(own.map(|(gateway, _)| ElementRef::from(gateway)));
        places.sort_unstable();
        places.dedup();
        parts.extend(places.into_iter().map(|place| (place, often)));
        let mut parts: Vec<(ElementRef, Option<f64>)> = parts.into_iter().collect();
        parts.sort_unstable_by_key(|(element, _)| *element);
        for (element, weekly) in parts {
            let (count, sum) = counts.entry(element).or_insert((0.0, Some(0.0)));
            *count += 1.0;
            *sum = sum.zip(weekly).map(|(sum, more)| sum + more);
        }
    }
    let figure = |(element, (value, beside))| (element, Ok(Number { value, beside, is_least: false }));
    sorted(counts.into_iter().map(figure).collect())
}

/// How many people can do what a role does, a step asks for, the least covered role of a unit.
fn coverage(context: &Context<'_>) -> Column {
    let document = context.document;
    let mut least: FxHashMap<ElementRef, Figure> = FxHashMap::default();
    let mut lower = |element: ElementRef, figure: Figure| {
        let known = least.entry(element).or_insert(figure);
        *known = match (*known, figure) {
            (Ok(old), Ok(new)) => Ok(if new.value < old.value { new } else { old }),
            (Ok(old), Err(_)) => Ok(old),
            (Err(_), new) => new,
        };
    };
    let people = |count: usize| Ok(Number { value: count as f64, ..Number::default() });
    for (id, role) in document.roles().iter() {
        let actor = Actor::Role(id);
        let mut all = context.index.people_of(actor);
        all.extend(role.deputy.into_iter().flat_map(|deputy| context.index.people_of(deputy)));
        all.sort_unstable();
        all.dedup();
        let is_known = role.vacant || !role.holders.is_empty();
        let figure = if is_known { people(all.len()) } else { Err(Lack::Holders) };
        lower(id.into(), figure);
        units_around(document, actor).into_iter().for_each(|unit| lower(unit.into(), figure));
        if !is_known {
            context.index.steps_of_role(id).iter().for_each(|step| lower((*step).into(), figure));
        }
    }
    let covered = covered(context);
    for Group { role, people: able, items, .. } in covered.iter().flat_map(|groups| groups.iter()) {
        let role = *role;
        let figure = people(able.len());
        lower(role.into(), figure);
        units_around(document, Actor::Role(role)).into_iter().for_each(|unit| lower(unit.into(), figure));
        let steps = items.iter().copied().filter(|item| matches!(item, Subject::Step(_)));
        steps.for_each(|step| lower(step.into(), figure));
    }
    sorted(least.into_iter().collect())
}

/// On how many kinds of things somebody joins duties that should be apart, and in which steps.
fn duties(context: &Context<'_>) -> Column {
    let document = context.document;
    let mut found: FxHashMap<ElementRef, Figure> = FxHashMap::default();
    for (id, step) in document.steps().iter().filter(|(id, step)| is_plain(context, *id, step)) {
        let speaks = !(step.duties.is_empty() || step.inputs.is_empty() && step.outputs.is_empty());
        let figure = if speaks { Ok(Number::default()) } else { Err(Lack::Duties) };
        found.insert(id.into(), figure);
        let Some(performer) = context.index.performer(id) else { continue };
        for element in around(context, performer) {
            let known = found.entry(element).or_insert(figure);
            *known = (*known).or(figure);
        }
    }
    for conflict in joined_duties(context) {
        let mut concerned: Vec<ElementRef> = conflict.people.iter().map(|person| (*person).into()).collect();
        for step in &conflict.steps {
            concerned.push((*step).into());
            // Not all who hold a role join its steps with others; whoever does is among the people.
            let performer = context.index.performer(*step).filter(|actor| !matches!(actor, Actor::Person(_)));
            concerned.extend(performer.map(ElementRef::from));
            concerned
                .extend(performer.into_iter().flat_map(|actor| units_around(document, actor)).map(ElementRef::from));
        }
        concerned.sort_unstable();
        concerned.dedup();
        for element in concerned {
            let figure = found.entry(element).or_insert(Ok(Number::default()));
            let value = figure.map_or(0.0, |number| number.value) + 1.0;
            *figure = Ok(Number { value, ..Number::default() });
        }
    }
    sorted(found.into_iter().collect())
}
