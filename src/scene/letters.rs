//! Colours of letters: the tint that their framework chose, else the colour of their first duty.

use super::item::Colour;
use crate::model::Letter;

/// Ink and ground of the chips of a letter; none for a letter without tint and duty, or that its framework does not
/// have.
pub fn letter_colours(letter: Option<&Letter>) -> Option<(Colour, Colour)> {
    let letter = letter?;
    if let Some(tint) = letter.tint {
        return Some((Colour::Ink, Colour::TintFill(tint)));
    }
    let duty = *letter.duties.first()?;
    Some((Colour::Duty(duty), Colour::DutySoft(duty)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Duty;

    #[test]
    fn a_tint_goes_before_the_first_duty() {
        let mut letter = Letter { duties: vec![Duty::Do, Duty::Decide], ..Letter::new("R", "responsible") };
        assert_eq!(letter_colours(Some(&letter)), Some((Colour::Duty(Duty::Do), Colour::DutySoft(Duty::Do))));
        letter.tint = Some(3);
        assert_eq!(letter_colours(Some(&letter)), Some((Colour::Ink, Colour::TintFill(3))));
        assert_eq!(letter_colours(Some(&Letter::new("X", "nothing"))), None);
    }
}
