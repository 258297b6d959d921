//! Which fields of two records of one kind differ, and what a person calls them.
//!
//! The exhaustive patterns make the compiler ask for every new field.

use super::Record;
use crate::model::*;

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// What a person calls it.
    pub(super) name: &'static str,
    /// Whether its value is typed, so that changes soon after each other are one step.
    pub(super) is_typed: bool,
    /// Whether it says what the element is, so that it cannot change.
    pub(super) is_identity: bool,
}

macro_rules! fields {
    ($($Record:ident { $($kind:ident $field:ident $name:literal),* $(,)? })*) => {
        /// The fields that differ, in order; the key aside. Nothing for records of different kinds. A value and the range
        /// around it count as one.
        pub(super) fn differing_fields(old: &Record, new: &Record) -> Vec<Field> {
            let mut found = Vec::new();
            match (old, new) {
                $((Record::$Record(old), Record::$Record(new)) => {
                    let $Record { $($field: _),* } = &**old;
                    $(fields!(@differs $kind old new $field $name found);)*
                })*
                _ => {}
            }
            found.dedup_by_key(|field| field.name);
            found
        }
    };
    (@differs key $old:ident $new:ident $field:ident $name:literal $found:ident) => {};
    (@differs typed $old:ident $new:ident $field:ident $name:literal $found:ident) => {
        if $old.$field != $new.$field {
            $found.push(Field { name: $name, is_typed: true, is_identity: false });
        }
    };
    (@differs chosen $old:ident $new:ident $field:ident $name:literal $found:ident) => {
        if $old.$field != $new.$field {
            $found.push(Field { name: $name, is_typed: false, is_identity: false });
        }
    };
    (@differs identity $old:ident $new:ident $field:ident $name:literal $found:ident) => {
        if $old.$field != $new.$field {
            $found.push(Field { name: $name, is_typed: false, is_identity: true });
        }
    };
}

fields! {
    Unit {
        key key "key", typed name "name", chosen parent "parent", chosen order "place", typed kind "kind",
        chosen model_type "model type", typed goals "goals", typed kpis "measures", typed budget "budget",
        typed weekly_appetite "appetite a week",
        chosen shared_service "shared service", typed working_hours "working hours",
        typed utc_offset "time zone", typed responsibilities "responsibilities", chosen tint "colour",
        typed description "description",
    }
    Role {
        key key "key", typed name "name", chosen unit "unit", chosen order "place", chosen level "level",
        chosen holders "holders", chosen vacant "vacancy", typed term_ends "end of the term", chosen deputy "deputy",
        chosen delegations "delegations", chosen reports_to "reporting line",
        chosen also_reports_to "further solid lines", chosen dotted_to "dotted lines", chosen archetype "kind of leading", typed reserved "reserved time",
        typed working_hours "working hours", typed purpose "purpose", typed responsibilities "responsibilities", typed kpis "measures",
        typed description "description",
    }
    Person {
        key key "key", typed name "name", typed hours_per_week "hours per week", chosen holidays "holidays",
        chosen delegations "delegations",        chosen skills "skills", typed description "description",
    }
    External {
        key key "key", typed name "name", chosen kind "kind", typed substitutes "substitutes",
        chosen serves "units served", chosen owner "owner", typed description "description",
    }
    System {
        key key "key", typed name "name", chosen kind "kind", typed purpose "purpose",
        typed substitutes "substitutes", chosen serves "units served", chosen owner "owner",
        typed description "description",
    }
    Body {
        key key "key", typed name "name", chosen unit "unit", chosen members "members", chosen method "method",
        typed quorum "quorum", typed quota "quota", typed tie_rule "tie rule", typed conflict_rule "conflict rule",
        typed description "description",
    }
    Process {
        key key "key", typed name "name", chosen order "place", chosen owner "owner", typed cases "cases",
        typed cases_range "cases",
        chosen criticality "criticality", typed tolerable_outage "tolerable outage",
        typed recovery_target "recovery target", typed plan_tested "day of the last trial", typed review "review date",
        chosen single_threaded "single owner", typed lead_time_goal "lead time goal",
        typed trigger "trigger", typed result "result", typed purpose "purpose",
        typed variant_on_purpose "reason of the variant", chosen measured "measurements", typed description "description", typed kept "kept part",
    }
    Step {
        key key "key", typed name "name", identity process "process", chosen kind "kind", chosen parent "sub-flow",
        chosen calls "called process", chosen repetition "repetition", chosen compensates "compensation",
        chosen performer "performer", chosen system "system", typed work "work",
        typed work_range "work", typed wait "wait", typed wait_range "wait",
        typed batch_period "batch period",
        typed first_time_right "share right first time", chosen value "value", chosen duties "duties",
        typed rule_based "share decided by rules", typed digital_input "share of digital input",
        typed exceptions "share of exceptions", chosen human_touch "human touch",
        chosen quality_critical "weight for quality", typed standard "standard",
        typed skill "skill", chosen inputs "inputs", chosen outputs "outputs", typed cost "cost",
        chosen wait_causes "causes of waiting", chosen measured "measurements",
        typed description "description", typed kept "kept part",
    }
    Gateway {
        key key "key", typed name "name", identity process "process", chosen parent "sub-flow",
        chosen performer "performer", chosen kind "kind", chosen decision "decision",
        typed description "description", typed kept "kept part",
    }
    Event {
        key key "key", typed name "name", identity process "process", chosen parent "sub-flow",
        chosen attached "step it stands on", chosen performer "performer", chosen kind "kind",
        chosen trigger "trigger", chosen throws "direction", chosen keeps_running "interruption", typed wait "wait",
        typed description "description", typed kept "kept part",
    }
    Flow {
        key key "key", typed name "name", identity process "process", chosen from "start", chosen to "end",
        typed probability "probability", chosen artefact "artefact", typed channel "channel",
        typed condition "condition", chosen is_default "default branch", chosen measured "measurements",
        typed description "description", typed kept "kept part",
    }
    Link {
        key key "key", typed name "name", chosen kind "kind", chosen from "start", chosen to "end",
        chosen directed "arrowhead", typed description "description", typed kept "kept part",
    }
    Artefact {
        key key "key", typed name "name", typed kind "kind", typed class "class", chosen form "form",
        typed state "state", chosen sensitive "sensitivity", typed access "access rule",
        typed description "description", typed kept "kept part",
    }
    Decision {
        key key "key", typed name "name", chosen order "place", typed area "area", chosen kind "kind",
        chosen framework "framework", chosen scope "scope", typed frequency "frequency",
        typed amount_median "usual amount", typed amount_p95 "large amount", typed amounts "amounts",
        chosen importance "importance", typed success "measure of success", chosen reversible "reversibility", chosen locus "place of the knowledge", typed work "work",
        typed consult_work "work of those asked", typed commitment_months "length of the commitment",
        typed target_time "target time", typed actual_time "actual time", typed skill "skill",
        chosen reserved "reservation", typed reserved_reason "reason of the reservation",
        typed guardrail "guardrail", chosen steps "steps", chosen gateways "gateways",
        chosen guesses "guesses", chosen agreement "agreement", typed description "description",
    }
    Right {
        identity subject "row", identity holder "holder", chosen letter "letter", chosen lead "lead", typed tiers "limits",
        typed veto_domain "veto topics", typed review_window "review window", typed note "note",
    }
    Framework {
        key key "key", typed name "name", typed description "description", typed letters "letters",
        identity built_in "origin",
    }
    View {
        key key "key", typed name "name", chosen order "place", chosen kind "contents",
        chosen connections "connections", chosen phases "phases", chosen within "sub-flow",
        typed description "description", typed kept "kept part",
    }
    Placement {
        identity view "view", identity element "element", chosen center "place", chosen size "size",
        chosen bends "line", chosen label "place of the label", chosen pinned "pin", chosen collapsed "fold",
        chosen locked "lock", chosen tint "colour", chosen layer "layer", chosen groups "groups",
    }
    Note {
        key key "key", typed text "text", typed author "author", chosen kind "kind", chosen done "state",
        chosen about "subject", chosen form "form", typed kept "kept part",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_does_not_count_and_fields_are_named() {
        let old = Person { hours_per_week: Some(40.0), ..Person::new("Ana Costa") };
        let new = Person { hours_per_week: Some(38.5), key: Key::new("other").unwrap(), ..old.clone() };
        let names = |fields: Vec<Field>| fields.iter().map(|field| field.name).collect::<Vec<_>>();
        assert_eq!(names(differing_fields(&old.clone().into(), &new.into())), ["hours per week"]);
        assert_eq!(differing_fields(&old.clone().into(), &old.into()), []);
    }
}
