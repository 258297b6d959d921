//! Whether a figure was measured in a log of cases, on how many and when, or is an estimate.

use egui::{Label, Ui};

use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::text;
use crate::model::*;

/// Says beneath a field where its figure comes from. An estimate is called so only in a process with measured figures,
/// where the difference matters.
pub(super) fn standing_ui(ui: &mut Ui, core: &Core, element: ElementRef, field: &str, is_stated: bool) {
    let document = core.document();
    let Some((process, measured, fact)) = figure(document, element, field) else { return };
    let theme = core.theme();
    let mut lines = Vec::new();
    let measurement = measurement_of(measured, fact);
    match measurement {
        Some(measurement) => lines.push(measurement.to_string()),
        None if is_stated && has_measured(document, process) => lines.push("estimate".to_owned()),
        None => {}
    }
    if let (MeasuredFact::Wait, ElementRef::Step(id)) = (fact, element)
        && let Some(step) = document.get::<Step>(id)
    {
        lines.extend(step.wait_causes.iter().map(|part| format!("{}: {}", part.cause.words(), part.minutes)));
    }
    for line in lines {
        let words = text(line, theme.sizes.text.caption).color(colour(theme.neutral.ink_second));
        let response = ui.add(Label::new(words).wrap());
        if let Some(source) = measurement.map(|measurement| &measurement.source).filter(|source| !source.is_empty()) {
            response.on_hover_text(format!("in {source}"));
        }
    }
}

/// The process, the measurements and the fact that a field of an element stands for.
fn figure<'a>(
    document: &'a Document,
    element: ElementRef,
    field: &str,
) -> Option<(ProcessId, &'a [Measurement], MeasuredFact)> {
    match (element, field) {
        (ElementRef::Process(id), "Cases") => Some((id, &document.get::<Process>(id)?.measured, MeasuredFact::Cases)),
        (ElementRef::Flow(id), "Probability") => {
            let flow = document.get::<Flow>(id)?;
            Some((flow.process, &flow.measured, MeasuredFact::Probability))
        }
        (ElementRef::Step(id), _) => {
            let fact = match field {
                "Work time" => MeasuredFact::Work,
                "Waiting" => MeasuredFact::Wait,
                _ => return None,
            };
            let step = document.get::<Step>(id)?;
            Some((step.process, &step.measured, fact))
        }
        _ => None,
    }
}

fn has_measured(document: &Document, process: ProcessId) -> bool {
    document.get::<Process>(process).is_some_and(|process| !process.measured.is_empty())
}
