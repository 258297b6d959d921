//! From what was read of a statement to limits: where they begin that do not say so, and what cannot be.

use std::ops::Range;

use super::bounds::{Bound, LIMIT_EXPECTED};
use super::names::{self, Found};
use super::reader::{Draft, Extras, Reader};
use super::{LineName, LineProblem, LineSays, LineStatement, deciding_rights};
use crate::model::decision::{Per, Quantity, Tier};
use crate::model::ids::Actor;
use crate::model::quantity::{Amount, Currency};

impl Reader<'_> {
    /// Completes a statement.
    pub(super) fn close(&mut self, draft: Draft) {
        let is_empty = draft.bounds.is_empty() && !draft.everything && !draft.nothing && !draft.extras.any;
        if is_empty && draft.who.is_none() && !draft.broken {
            return;
        }
        let holder = match &draft.who {
            Some(who) => self.who(who.clone()),
            None if self.last.is_some() || draft.broken => self.last,
            None => {
                let message = "Say who decides: write a name and a colon before it, such as Clerk: ≤ 200 EUR.";
                self.problem(draft.at.clone(), message);
                None
            }
        };
        let Some(holder) = holder else { return };
        if draft.broken {
            self.last = Some(holder);
            return;
        }
        if is_empty {
            let at = draft.who.unwrap_or(draft.at);
            let message = format!("Say up to what “{}” decides: {LIMIT_EXPECTED}.", self.slice(&at));
            return self.problem(at, message);
        }
        self.last = Some(holder);
        let says = match (draft.nothing, draft.everything) {
            (true, _) => LineSays::Nothing,
            (_, true) if !draft.extras.any => LineSays::Everything,
            _ => match self.tiers(&draft, holder) {
                Some(tiers) => LineSays::Limits(tiers),
                None => return,
            },
        };
        self.line.statements.push(LineStatement { holder, says, at: draft.at });
    }

    fn who(&mut self, at: Range<usize>) -> Option<Actor> {
        let name = names::bare(self.slice(&at)).to_owned();
        match names::actor(self.document, self.decision, &self.context.new_roles, &name) {
            Found::One(actor) => Some(actor),
            found => {
                self.unknown(at, name, found, true);
                None
            }
        }
    }

    pub(super) fn unknown(&mut self, at: Range<usize>, name: String, found: Found<Actor>, may_be_role: bool) {
        let several = match found {
            Found::Several(all) => all,
            _ => Vec::new(),
        };
        let message = match several.len() {
            0 => format!("Nobody is called “{name}”."),
            count => format!("{count} are called “{name}”: say which."),
        };
        let name = Some(LineName { name, several, may_be_role });
        self.line.problems.push(LineProblem { at, message, name });
    }

    fn tiers(&mut self, draft: &Draft, holder: Actor) -> Option<Vec<Tier>> {
        let whole = [(Bound::default(), draft.at.clone())];
        let bounds = if draft.bounds.is_empty() { &whole[..] } else { draft.bounds.as_slice() };
        let mut tiers = Vec::with_capacity(bounds.len());
        for (bound, at) in bounds {
            let quantity = bound.quantity.or(self.quantity).unwrap_or_else(|| self.usual_quantity());
            self.quantity = Some(quantity);
            let mut tier = Tier {
                above: bound.above.filter(|above| *above > Amount::ZERO),
                up_to: bound.up_to,
                per: bound.per,
                ..draft.extras.onto(Tier::unbounded(quantity))
            };
            if bound.continues {
                tier.above = self.end_before(&tier, holder);
                if tier.above.is_none() {
                    self.problem(at.clone(), "Above what? No limit stands before it: write the amount.");
                    return None;
                }
            } else if bound.above.is_none() {
                tier.above = self.chained(&tier, holder);
            }
            if let Some(message) = impossible(&tier) {
                self.problem(at.clone(), message);
                return None;
            }
            tiers.push(tier);
        }
        Some(tiers)
    }

    /// What the limits count that are there; else the currency of the project.
    fn usual_quantity(&self) -> Quantity {
        let deciding = deciding_rights(self.document, self.decision);
        let known = deciding.iter().flat_map(|(_, right)| &right.tiers).map(|tier| tier.quantity).next();
        known.unwrap_or_else(|| Quantity::Money(self.currency()))
    }

    fn currency(&self) -> Currency {
        self.document.project().currency
    }

    /// Limits before this place of the text, each with its holder.
    fn before(&self) -> impl Iterator<Item = (Actor, &Tier)> {
        self.line.statements.iter().flat_map(|statement| {
            let tiers = match &statement.says {
                LineSays::Limits(tiers) => tiers.as_slice(),
                LineSays::Everything | LineSays::Nothing => &[],
            };
            tiers.iter().map(|tier| (statement.holder, tier))
        })
    }

    /// The highest end of the limits before it, in the text or, where it is the first, of others in the document.
    fn end_before(&self, tier: &Tier, holder: Actor) -> Option<Amount> {
        let fits = |other: &Tier| other.per == tier.per && other.quantity == tier.quantity && !other.emergency;
        let in_text = self.before().filter(|(_, other)| fits(other)).filter_map(|(_, other)| other.up_to).max();
        in_text.or_else(|| {
            let others = deciding_rights(self.document, self.decision);
            let others = others.iter().filter(|(_, right)| right.holder != holder).flat_map(|(_, right)| &right.tiers);
            others.filter(|other| fits(other)).filter_map(|other| other.up_to).max()
        })
    }

    /// Where an upper bound alone begins: above what somebody else before it in the text may decide under the same
    /// conditions.
    fn chained(&self, tier: &Tier, holder: Actor) -> Option<Amount> {
        if tier.per != Per::Case || tier.emergency {
            return None;
        }
        let up_to = tier.up_to?;
        let fits = |other: &Tier| {
            other.per == Per::Case
                && other.quantity == tier.quantity
                && !other.emergency
                && other.conditions == tier.conditions
        };
        let others = self.before().filter(|(who, other)| *who != holder && fits(other));
        others.filter_map(|(_, other)| other.up_to).filter(|end| *end < up_to).max()
    }
}

impl Extras {
    fn onto(&self, tier: Tier) -> Tier {
        Tier {
            conditions: self.conditions.clone(),
            co_signers: self.co_signers.clone(),
            deputy: self.deputy,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            sub_delegation: self.sub_delegation,
            escalates_to: self.escalates_to,
            emergency: self.emergency,
            reason: self.reason.clone(),
            ..tier
        }
    }
}

/// Why a limit cannot be.
fn impossible(tier: &Tier) -> Option<String> {
    if tier.up_to.is_some_and(|up_to| up_to <= Amount::ZERO) {
        return Some("A limit ends above zero; write “nothing” for somebody who decides nothing.".to_owned());
    }
    if tier.above.zip(tier.up_to).is_some_and(|(above, up_to)| above >= up_to) {
        return Some(format!("The limit “{tier}” ends before it begins."));
    }
    tier.valid_from.zip(tier.valid_to).filter(|(from, to)| from > to).map(|_| "It ends before it begins.".to_owned())
}
