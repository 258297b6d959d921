//! What an element takes over from another one of its kind: what it lacks is filled in, lists are joined, and of two
//! different values it keeps its own.

use crate::edit::Record;
use crate::model::*;

/// A field that can take over the value of another record.
trait Absorb {
    /// Takes over what it lacks. False where both have a value, and the other one is lost.
    fn absorb(&mut self, other: &Self) -> bool;
}

impl<T: Clone + PartialEq> Absorb for Option<T> {
    fn absorb(&mut self, other: &Self) -> bool {
        if self.is_none() {
            self.clone_from(other);
        }
        other.is_none() || self == other
    }
}

impl<T: Clone + PartialEq> Absorb for Vec<T> {
    fn absorb(&mut self, other: &Self) -> bool {
        for item in other {
            if !self.contains(item) {
                self.push(item.clone());
            }
        }
        true
    }
}

impl Absorb for String {
    fn absorb(&mut self, other: &Self) -> bool {
        if self.trim().is_empty() {
            self.clone_from(other);
        }
        other.trim().is_empty() || self == other
    }
}

/// Joins free texts: the other one becomes a paragraph of its own, unless it is there already.
fn join_texts(text: &mut String, other: &str) {
    let other = other.trim();
    if other.is_empty() || text.contains(other) {
        return;
    }
    if !text.trim().is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(other);
}

/// Takes over the holders that a role does not have yet.
fn join_holders(role: &mut Role, other: &Role) {
    for holding in &other.holders {
        if role.holders.iter().all(|known| known.person != holding.person) {
            role.holders.push(*holding);
        }
    }
    role.vacant = role.vacant && role.holders.is_empty();
}

/// Takes over the members that a body does not have yet.
fn join_members(body: &mut Body, other: &Body) {
    for member in &other.members {
        if body.members.iter().all(|known| known.actor != member.actor) {
            body.members.push(*member);
        }
    }
}

/// Takes over the range of a value that is taken over.
fn absorb_range<T>(own: Option<T>, range: &mut Option<Range<T>>, other: Option<Range<T>>) {
    if own.is_none() {
        *range = other;
    }
}

macro_rules! absorb {
    ($kept:ident, $other:ident, $lost:ident: $($field:ident $name:literal),* $(,)?) => {
        $(if !$kept.$field.absorb(&$other.$field) && !$lost.contains(&$name) {
            $lost.push($name);
        })*
        join_texts(&mut $kept.description, &$other.description);
    };
}

/// Takes over from another record of the same kind; the names of fields of which the other one's value is lost are
/// added to `lost`.
pub(super) fn absorb(kept: &mut Record, other: &Record, lost: &mut Vec<&'static str>) {
    match (kept, other) {
        (Record::Unit(kept), Record::Unit(other)) => {
            absorb!(kept, other, lost: parent "parent", kind "kind", model_type "model type", goals "goals",
                kpis "measures", budget "budget", weekly_appetite "appetite a week",
                working_hours "working hours",
                utc_offset "time zone", responsibilities "responsibilities", tint "colour");
        }
        (Record::Role(kept), Record::Role(other)) => {
            join_holders(kept, other);
            absorb!(kept, other, lost: unit "unit", level "level", term_ends "end of the term", deputy "deputy",
                delegations "delegations", reports_to "reporting line",
                also_reports_to "further solid lines", dotted_to "dotted lines",
                archetype "kind of leading", reserved "reserved time", working_hours "working hours",
                purpose "purpose",
                responsibilities "responsibilities", kpis "measures");
        }
        (Record::Person(kept), Record::Person(other)) => {
            absorb!(kept, other, lost: hours_per_week "hours per week", holidays "holidays",
                delegations "delegations", skills "skills");
        }
        (Record::External(kept), Record::External(other)) => {
            absorb!(kept, other, lost: kind "kind", substitutes "substitutes", serves "units served", owner "owner");
        }
        (Record::System(kept), Record::System(other)) => {
            absorb!(kept, other, lost: kind "kind", purpose "purpose", substitutes "substitutes",
                serves "units served", owner "owner");
        }
        (Record::Body(kept), Record::Body(other)) => {
            join_members(kept, other);
            absorb!(kept, other, lost: unit "unit", method "method", quorum "quorum", quota "quota",
                tie_rule "tie rule", conflict_rule "conflict rule");
        }
        (Record::Step(kept), Record::Step(other)) => {
            if kept.kind != other.kind && !lost.contains(&"kind") {
                lost.push("kind");
            }
            absorb_range(kept.work, &mut kept.work_range, other.work_range);
            absorb_range(kept.wait, &mut kept.wait_range, other.wait_range);
            kept.human_touch |= other.human_touch;
            kept.quality_critical |= other.quality_critical;
            absorb!(kept, other, lost: calls "called process", repetition "repetition", performer "performer",
                system "system", work "work", wait "wait", batch_period "batch period",
                first_time_right "share right first time", value "value", duties "duties",
                rule_based "share decided by rules", digital_input "share of digital input",
                exceptions "share of exceptions", standard "standard", skill "skill",
                inputs "inputs", outputs "outputs", cost "cost");
        }
        (Record::Gateway(kept), Record::Gateway(other)) => {
            absorb!(kept, other, lost: performer "performer", decision "decision");
        }
        (Record::Event(kept), Record::Event(other)) => {
            absorb!(kept, other, lost: performer "performer", wait "wait");
        }
        (Record::Artefact(kept), Record::Artefact(other)) => {
            kept.sensitive |= other.sensitive;
            absorb!(kept, other, lost: kind "kind", class "class", state "state", access "access rule");
        }
        (Record::Decision(kept), Record::Decision(other)) => {
            absorb!(kept, other, lost: area "area", framework "framework", scope "scope", frequency "frequency",
                amount_median "usual amount", amount_p95 "large amount", amounts "amounts",
                importance "importance", success "measure of success", reversible "reversibility",
                locus "place of the knowledge", work "work", consult_work "work of those asked",
                commitment_months "length of the commitment", target_time "target time",
                actual_time "actual time", skill "skill", reserved_reason "reason of the reservation",
                guardrail "guardrail", steps "steps", gateways "gateways");
        }
        _ => {}
    }
}
