//! What a conversion loses, in words.

use crate::edit::wording::{joined, named};
use crate::model::*;

/// Something that is not the same after a conversion.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// The row.
    pub subject: Subject,
    /// Whose right; none where it is about the row as a whole.
    pub holder: Option<Actor>,
    /// The letter before; for what fell together, and for numbers of holders, the letter after.
    pub letter: String,
    /// What.
    pub kind: LossKind,
}

/// The kinds of loss, the gravest first.
#[derive(Clone, Debug, PartialEq)]
pub enum LossKind {
    /// No letter is near: the right goes.
    Gone,
    /// A veto becomes a voice, with a note.
    Veto {
        /// The letters instead.
        becomes: Vec<String>,
        /// On which topics it may be used so far.
        domain: String,
    },
    /// Duties that the new letter does not carry.
    Duties {
        /// The letters instead.
        becomes: Vec<String>,
        /// Which duties.
        duties: Vec<Duty>,
    },
    /// Fewer hold the letter than the framework asks for.
    TooFew {
        /// How many.
        count: usize,
        /// How many are needed.
        at_least: u32,
    },
    /// More hold the letter for one case than the framework allows.
    TooMany {
        /// How many.
        count: usize,
        /// How many are allowed.
        at_most: u32,
    },
    /// Several letters of one holder become one.
    Merged {
        /// The letters as they were.
        letters: Vec<String>,
        /// Whether their limits differed: those of the first one are kept.
        limits_differ: bool,
    },
    /// Several letters would do; the first was taken.
    Guessed {
        /// The letter taken.
        becomes: Vec<String>,
        /// The others.
        others: Vec<String>,
    },
}

impl LossKind {
    /// The heading under which losses of the kind are listed.
    pub fn heading(&self) -> &'static str {
        match self {
            Self::Gone => "Rights that go",
            Self::Veto { .. } => "Vetoes that become a voice",
            Self::Duties { .. } => "Duties without a letter",
            Self::TooFew { .. } => "Rows that lack a letter",
            Self::TooMany { .. } => "Rows with too many of a letter",
            Self::Merged { .. } => "Letters that fall together",
            Self::Guessed { .. } => "Letters to be looked at",
        }
    }

    /// Every heading, the gravest first.
    pub const HEADINGS: [&'static str; 7] = [
        "Rights that go",
        "Vetoes that become a voice",
        "Duties without a letter",
        "Rows that lack a letter",
        "Rows with too many of a letter",
        "Letters that fall together",
        "Letters to be looked at",
    ];
}

impl Loss {
    /// The loss in a sentence, without the row: `A of “Counsel” becomes C: its veto on law is only a note.`
    pub fn sentence(&self, document: &Document) -> String {
        let letter = &self.letter;
        let whose = match self.holder {
            Some(holder) => format!("{letter} of {}", named(document, holder.into())),
            None => letter.clone(),
        };
        let join = |codes: &[String]| codes.join(" and ");
        match &self.kind {
            LossKind::Gone => format!("{whose} goes: no letter is near it."),
            LossKind::Veto { becomes, domain } => {
                let on = if domain.trim().is_empty() { String::new() } else { format!(" on {}", domain.trim()) };
                format!("{whose} becomes {}: the veto{on} is only a note from then on.", join(becomes))
            }
            LossKind::Duties { becomes, duties } => {
                let words: Vec<&str> = duties.iter().map(|duty| noun(*duty)).collect();
                format!("{whose} becomes {}: {} is lost.", join(becomes), joined(&words, "and"))
            }
            LossKind::TooFew { count: 0, at_least } => format!("Nobody holds {letter}; {at_least} needed."),
            LossKind::TooFew { count, at_least } => format!("{count} hold {letter}; {at_least} needed."),
            LossKind::TooMany { count, at_most } => format!("{count} hold {letter} for one case; {at_most} allowed."),
            LossKind::Merged { letters, limits_differ } => {
                let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
                let limits = if *limits_differ { "; the limits of the first one count" } else { "" };
                let holder = self.holder.map(|holder| named(document, holder.into())).unwrap_or_default();
                format!("{} of {holder} become one {letter}{limits}.", joined(&letters, "and"))
            }
            LossKind::Guessed { becomes, others } => {
                format!("{whose} becomes {}; it could as well be {}.", join(becomes), others.join(", "))
            }
        }
    }
}

/// What goes when a duty goes.
fn noun(duty: Duty) -> &'static str {
    match duty {
        Duty::Decide => "deciding",
        Duty::Agree => "the veto",
        Duty::Prepare => "preparing",
        Duty::Do => "carrying out",
        Duty::Verify => "checking",
        Duty::Support => "supporting",
        Duty::Consult => "being asked",
        Duty::Inform => "being told",
    }
}
