//! The pocket card: as a page of its own for pictures, and as a table in Markdown.

use std::sync::Arc;

use super::sheet::{Sheet, missing_glyphs};
use super::{ExportError, Format, Input, Kind, Output};
use crate::scene::{PocketCard, PocketOf, PocketPage};

pub(super) const FORMAT: Format =
    Format { id: "pocket", label: "Pocket card as Markdown", extension: "md", kind: Kind::Text, export };

fn card(input: &Input<'_>, of: PocketOf) -> Result<PocketCard, ExportError> {
    PocketCard::new(input.document, of).ok_or(ExportError::NoCard)
}

fn export(input: &Input<'_>) -> Result<Output, ExportError> {
    let card = card(input, input.pocket.unwrap_or(PocketOf::Everybody))?;
    Ok(Output { bytes: card.to_markdown().into_bytes(), warnings: Vec::new() })
}

/// The page of a card. It has margins of its own; a larger one than A4 is warned of.
pub(super) fn sheet(input: &Input<'_>, of: PocketOf) -> Result<Sheet, ExportError> {
    let card = card(input, of)?;
    let page = PocketPage::new(&card, input.date);
    let items: Vec<_> = page.items.iter().cloned().map(Arc::new).collect();
    let mut warnings = missing_glyphs(&items);
    if !page.fits_a4() {
        warnings.push(format!(
            "The card takes {} panels, and a sheet of A4 has 8; the card of a role or unit is shorter.",
            page.panels
        ));
    }
    let decisions = if card.decisions.len() == 1 { "decision" } else { "decisions" };
    Ok(Sheet {
        name: format!("Who decides: {}", card.title).trim_end_matches(": ").to_owned(),
        description: format!("Pocket card with {} {decisions}", card.decisions.len()),
        items,
        bounds: page.bounds,
        warnings,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{format, testing};
    use super::*;
    use crate::model::*;
    use crate::scene::Options;

    fn made(id: &str, document: &Document, of: PocketOf) -> Output {
        let options = Options::default();
        let input = Input { pocket: Some(of), ..Input::new(document, None, &options) };
        (format(id).unwrap().export)(&input).unwrap()
    }

    fn text(output: Output) -> String {
        String::from_utf8(output.bytes).unwrap()
    }

    #[test]
    fn limits_stand_in_order_with_who_is_next_and_who_stands_in() {
        let mut bakery = testing::bakery();
        let role = |name: &str| bakery.document.roles().iter().find(|(_, role)| role.name == name).unwrap().0;
        let (owner, accountant) = (role("Owner"), role("Accountant"));
        bakery.document.get_mut::<Role>(accountant).unwrap().deputy = Some(Actor::Role(owner));
        let markdown = text(made("pocket", &bakery.document, PocketOf::Everybody));
        let lines: Vec<&str> = markdown.lines().collect();
        assert_eq!(lines[2], "| Decision | Up to | Who | Then | Deputy |");
        assert!(lines.contains(&"| Pay a bill | up to 2000 EUR | Accountant | Owner | Owner |"), "{markdown}");
        assert!(lines.contains(&"| Pay a bill | above 2000 EUR | Owner |  |  |"), "{markdown}");
        assert!(!markdown.contains("Approve overtime"), "nobody decides it: {markdown}");
        let own = text(made("pocket", &bakery.document, PocketOf::Role(accountant)));
        assert_eq!(own.lines().nth(2), Some("| Decision | Up to | Then | Deputy |"));
        // Heads, the line below them, and one limit.
        assert_eq!(own.lines().filter(|line| line.starts_with("| ")).count(), 3, "{own}");
        let svg = text(made("svg", &bakery.document, PocketOf::Everybody));
        for words in ["up to 2000 EUR", "deputy Owner", "Who decides, up to how much", "Pocket card with 3 decisions"] {
            assert!(svg.contains(words), "{words}: {svg}");
        }
    }

    #[test]
    fn a_unit_is_told_its_own_managers_only() {
        let mut bakery = testing::bakery();
        let unit = |name: &str| bakery.document.units().iter().find(|(_, unit)| unit.name == name).unwrap().0;
        let (square, station) = (unit("Market Square"), unit("Station"));
        let managers: Vec<RoleId> =
            bakery.document.roles().iter().filter(|(_, role)| role.name == "Manager").map(|(id, _)| id).collect();
        bakery.document.get_mut::<Role>(managers[1]).unwrap().name = "Manager Station".into();
        let refund = bakery.document.decisions().ids().next().unwrap();
        bakery.document.get_mut::<Decision>(refund).unwrap().scope = vec![square, station];
        let markdown = text(made("pocket", &bakery.document, PocketOf::Unit(station)));
        let refunds: Vec<&str> = markdown.lines().filter(|line| line.contains("Grant refund")).collect();
        assert_eq!(refunds.len(), 2, "{markdown}");
        assert!(refunds.iter().any(|line| line.contains("Manager Station")), "{markdown}");
        assert!(!refunds.iter().any(|line| line.contains("| Manager |")), "{markdown}");
    }

    #[test]
    fn an_empty_card_says_so_and_a_large_one_is_warned_of() {
        let mut document = Document::default();
        document.insert(Decision::new("Nobody decides this"));
        let svg = text(made("svg", &document, PocketOf::Everybody));
        assert!(svg.contains("Nothing is decided here."), "{svg}");
        let mut bakery = testing::bakery();
        let owner = bakery.document.roles().ids().next().unwrap();
        for number in 0..200 {
            let decision = bakery.document.insert(Decision::new(format!("Decide matter {number}")));
            bakery.document.insert(Right::new(Subject::Decision(decision), Actor::Role(owner), "D"));
        }
        let output = made("png", &bakery.document, PocketOf::Everybody);
        assert!(output.warnings.iter().any(|warning| warning.contains("a sheet of A4 has 8")), "{:?}", output.warnings);
        let gone = PocketOf::Role(RoleId::from_index(900));
        let options = Options::default();
        let input = Input { pocket: Some(gone), ..Input::new(&document, None, &options) };
        assert_eq!((format("svg").unwrap().export)(&input), Err(ExportError::NoCard));
    }
}
