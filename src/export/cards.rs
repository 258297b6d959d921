//! Role cards as Markdown: a page for each role of a view or of the whole project, for onboarding and handbooks.

use super::{ExportError, Format, Input, Kind, Output};
use crate::model::{Actor, Document, ElementRef};
use crate::scene::ActorCard;

pub(super) const FORMAT: Format =
    Format { id: "cards", label: "Role cards as Markdown", extension: "md", kind: Kind::Text, export };

fn export(input: &Input<'_>) -> Result<Output, ExportError> {
    let document = input.document;
    let mut text = String::new();
    let name = &document.project().name;
    let actors = actors(document, input.only);
    if actors.len() != 1 && !name.is_empty() {
        text.push_str(&format!("# {name}\n\n"));
    }
    let level = if actors.len() == 1 { 1 } else { 2 };
    for card in actors.into_iter().filter_map(|actor| ActorCard::new(document, actor)) {
        text.push_str(&card.to_markdown(level));
    }
    let text = format!("{}\n", text.trim_end());
    Ok(Output { bytes: text.into_bytes(), warnings: Vec::new() })
}

/// Those that are chosen, else all roles in the order of their units.
fn actors(document: &Document, only: Option<&[ElementRef]>) -> Vec<Actor> {
    let chosen: Vec<Actor> =
        only.unwrap_or_default().iter().filter_map(|element| Actor::try_from(*element).ok()).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let mut units = vec![None];
    let mut actors = Vec::new();
    let mut loose = Vec::new();
    while let Some(unit) = units.pop() {
        let roles = document.roles_of(unit).into_iter().map(Actor::Role);
        if unit.is_some() {
            actors.extend(roles);
        } else {
            loose.extend(roles);
        }
        units.extend(document.child_units(unit).into_iter().rev().map(Some));
    }
    actors.extend(loose);
    actors
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::scene::Options;

    #[test]
    fn every_role_has_a_card_and_one_alone_is_a_page() {
        let bakery = testing::bakery();
        let options = Options::default();
        let output = export(&Input::new(&bakery.document, None, &options)).unwrap();
        let text = String::from_utf8(output.bytes).unwrap();
        assert_eq!(text.lines().filter(|line| line.starts_with("## ")).count(), bakery.document.roles().len());
        assert!(text.contains("## Owner\n"), "{text}");
        let owner = bakery.document.roles().ids().next().unwrap();
        let only = [ElementRef::from(owner)];
        let input = Input { only: Some(&only), ..Input::new(&bakery.document, None, &options) };
        let text = String::from_utf8(export(&input).unwrap().bytes).unwrap();
        assert!(text.starts_with("# Owner\n"), "{text}");
        assert!(text.contains("## Decides\n\n- Grant refund"), "{text}");
    }
}
