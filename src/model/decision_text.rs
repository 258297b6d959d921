//! The fields of decisions and limits as text, for tables that go out and come back: the same words both ways.

use super::decision::{Agreement, Condition, Decision, DecisionFact, DecisionKind};
use super::document::Document;
use super::ids::{Actor, ElementKind, ElementRef};

/// Names of the sheets of a workbook of decision rights, and headings of those that are read back.
pub mod workbook {
    /// The matrix as a person reads it.
    pub const MATRIX: &str = "Matrix";
    /// The frameworks with their letters.
    pub const LEGEND: &str = "Legend";
    /// All fields of the decisions.
    pub const REGISTER: &str = "Register";
    /// All rights with all of their limits.
    pub const RIGHTS: &str = "Rights";
    /// Headings of the register before the fields of decisions.
    pub const REGISTER_HEADINGS: [&str; 2] = ["Key", "Framework"];
    /// Headings of the legend.
    pub const LEGEND_HEADINGS: [&str; 9] =
        ["Framework", "Letter", "Name", "Meaning", "Duties", "At least", "At most", "Rank", "Colour"];
    /// Headings of the rights before those of a limit.
    pub const RIGHT_HEADINGS: [&str; 6] = ["Row is a", "Row", "Holder is a", "Holder", "Unit", "Letter"];
    /// Headings of the rights behind those of a limit.
    pub const RIGHT_REMARKS: [&str; 3] = ["Veto topics", "Time to answer", "Note"];
}

/// A field of a decision as a column of a table.
pub struct DecisionField {
    /// Its heading.
    pub heading: &'static str,
    /// Its text; empty where it is not stated.
    pub print: fn(&Document, &Decision) -> String,
    /// Sets it from a text that is not empty.
    ///
    /// # Errors
    /// What was expected.
    pub set: fn(&Document, &mut Decision, &str) -> Result<(), String>,
}

macro_rules! text_field {
    ($heading:literal, $field:ident) => {
        DecisionField {
            heading: $heading,
            print: |_, decision| decision.$field.clone(),
            set: |_, decision, text| {
                text.clone_into(&mut decision.$field);
                Ok(())
            },
        }
    };
}

macro_rules! parsed_field {
    ($heading:literal, $field:ident) => {
        DecisionField {
            heading: $heading,
            print: |_, decision| decision.$field.map_or_else(String::new, |value| value.to_string()),
            set: |_, decision, text| {
                decision.$field = Some(text.parse().map_err(|error| expected(&error))?);
                Ok(())
            },
        }
    };
}

macro_rules! list_field {
    ($heading:literal, $field:ident, $Kind:ident) => {
        DecisionField {
            heading: $heading,
            print: |document, decision| {
                let each = decision.$field.iter().map(|id| reference_text(document, (*id).into()));
                each.collect::<Vec<_>>().join("\n")
            },
            set: |document, decision, text| {
                decision.$field.clear();
                for line in text.lines() {
                    match find_reference(document, line, &[ElementKind::$Kind]) {
                        Some(ElementRef::$Kind(id)) => decision.$field.push(id),
                        _ => return Err(format!("a {} of the project", ElementKind::$Kind.word())),
                    }
                }
                Ok(())
            },
        }
    };
}

fn expected(error: &super::quantity::QuantityError) -> String {
    error.expected.to_owned()
}

/// Every field of a decision in the order of a register, but its framework.
pub const DECISION_FIELDS: &[DecisionField] = &[
    text_field!("Name", name),
    text_field!("Area", area),
    DecisionField {
        heading: "Kind",
        print: |_, decision| decision.kind.word().to_owned(),
        set: |_, decision, text| {
            let kind = DecisionKind::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(text));
            decision.kind = kind.ok_or_else(|| "task, decision or control".to_owned())?;
            Ok(())
        },
    },
    parsed_field!("Frequency", frequency),
    parsed_field!("Median amount", amount_median),
    parsed_field!("95 % of amounts below", amount_p95),
    DecisionField {
        heading: "Past amounts",
        print: |_, decision| decision.amounts.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        set: |_, decision, text| {
            let amounts = text.lines().map(|line| line.parse().map_err(|error| expected(&error)));
            decision.amounts = amounts.collect::<Result<_, _>>()?;
            Ok(())
        },
    },
    DecisionField {
        heading: "Importance",
        print: |_, decision| decision.importance.map_or_else(String::new, |value| value.to_string()),
        set: |_, decision, text| {
            let value = text.parse::<u8>().ok().filter(|value| (1..=5).contains(value));
            decision.importance = Some(value.ok_or_else(|| "a number from 1 to 5".to_owned())?);
            Ok(())
        },
    },
    DecisionField {
        heading: "Reversible",
        print: |_, decision| decision.reversible.map_or("", yes_or_no).to_owned(),
        set: |_, decision, text| {
            decision.reversible = Some(truth(text)?);
            Ok(())
        },
    },
    DecisionField {
        heading: "Knowledge is with",
        print: |document, decision| {
            decision.locus.map_or_else(String::new, |actor| reference_text(document, actor.into()))
        },
        set: |document, decision, text| {
            let found = find_reference(document, text, &[ElementKind::Role, ElementKind::Unit]);
            let actor = found.and_then(|element| Actor::try_from(element).ok());
            decision.locus = Some(actor.ok_or_else(|| "a role or unit of the project".to_owned())?);
            Ok(())
        },
    },
    parsed_field!("Work for one case", work),
    parsed_field!("Time of each one asked", consult_work),
    DecisionField {
        heading: "Binds for months",
        print: |_, decision| decision.commitment_months.map_or_else(String::new, |months| months.to_string()),
        set: |_, decision, text| {
            let months = text.parse::<u32>().ok().filter(|months| (1..=1200).contains(months));
            decision.commitment_months = Some(months.ok_or_else(|| "a number of months such as 36".to_owned())?);
            Ok(())
        },
    },
    parsed_field!("Target time", target_time),
    parsed_field!("Actual time", actual_time),
    text_field!("Skill", skill),
    DecisionField {
        heading: "Reserved",
        print: |_, decision| if decision.reserved { "yes".to_owned() } else { String::new() },
        set: |_, decision, text| {
            decision.reserved = truth(text)?;
            Ok(())
        },
    },
    text_field!("Why reserved", reserved_reason),
    text_field!("Guardrail", guardrail),
    list_field!("Taken for units", scope, Unit),
    list_field!("Steps", steps, Step),
    list_field!("Gateways", gateways, Gateway),
    text_field!("A good outcome", success),
    DecisionField {
        heading: "Guesses",
        print: |_, decision| decision.guesses.iter().map(|fact| fact.word()).collect::<Vec<_>>().join("\n"),
        set: |_, decision, text| {
            let fact = |word: &str| DecisionFact::ALL.into_iter().find(|fact| fact.word() == word);
            let found: Option<Vec<_>> = text.lines().map(fact).collect();
            decision.guesses =
                found.ok_or_else(|| "frequency, amounts, importance, reversibility, work, target time".to_owned())?;
            Ok(())
        },
    },
    DecisionField {
        heading: "Agreed on",
        print: |_, decision| decision.agreement.as_ref().map_or_else(String::new, |agreement| agreement.on.to_string()),
        set: |_, decision, text| {
            let on = text.parse().map_err(|_| "a day such as 2026-11-22".to_owned())?;
            decision.agreement = Some(Agreement { on, by: Vec::new(), context: Vec::new() });
            Ok(())
        },
    },
    DecisionField {
        heading: "Agreed by",
        print: |_, decision| decision.agreement.as_ref().map_or_else(String::new, |agreement| agreement.by.join("\n")),
        set: |_, decision, text| {
            let agreement = decision.agreement.as_mut().ok_or_else(|| "a day of the agreement".to_owned())?;
            agreement.by = text.lines().map(str::to_owned).collect();
            Ok(())
        },
    },
    DecisionField {
        heading: "Agreed to",
        print: |_, decision| {
            decision.agreement.as_ref().map_or_else(String::new, |agreement| agreement.context.join("\n"))
        },
        set: |_, decision, text| {
            let agreement = decision.agreement.as_mut().ok_or_else(|| "a day of the agreement".to_owned())?;
            agreement.context = text.lines().map(str::to_owned).collect();
            Ok(())
        },
    },
    text_field!("Description", description),
];

fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

fn truth(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "1" | "x" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err("yes or no".to_owned()),
    }
}

/// An element as a text that is found again: `Manager (manager-2)`, its name and its key.
pub fn reference_text(document: &Document, element: ElementRef) -> String {
    match document.key_of(element) {
        Some(key) => format!("{} ({key})", document.name_of(element)),
        None => document.name_of(element).to_owned(),
    }
}

/// The element that such a text names: by key and name, else by a name that only one of these kinds has.
pub fn find_reference(document: &Document, text: &str, kinds: &[ElementKind]) -> Option<ElementRef> {
    let text = text.trim();
    let parts = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    if let Some((name, key)) = parts
        && let Some(element) = document.by_key(key)
        && kinds.contains(&element.kind())
        && document.name_of(element) == name
    {
        return Some(element);
    }
    let name = parts.map_or(text, |(name, _)| name);
    let named = |wanted: &str| {
        let all = kinds.iter().flat_map(|kind| document.elements_of(*kind));
        let mut same = all.filter(|element| document.name_of(*element) == wanted).collect::<Vec<_>>();
        if same.len() == 1 { same.pop() } else { None }
    };
    named(text).or_else(|| named(name))
}

impl DecisionKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Task, Self::Decision, Self::Control];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Decision => "decision",
            Self::Control => "control",
        }
    }
}

/// A condition of a limit as text: `category: food`, `budgeted: yes`, else its words.
pub fn condition_text(document: &Document, condition: &Condition) -> String {
    match condition {
        Condition::Unit(unit) => format!("unit: {}", reference_text(document, (*unit).into())),
        Condition::Category(category) => format!("category: {category}"),
        Condition::Budgeted(value) => format!("budgeted: {}", yes_or_no(*value)),
        Condition::NewSupplier(value) => format!("new supplier: {}", yes_or_no(*value)),
        Condition::Attribute { name, value } => format!("{name} = {value}"),
        Condition::Text(text) => text.clone(),
    }
}

/// The condition that a text states; words that are no other condition are one in words.
pub fn parse_condition(document: &Document, text: &str) -> Condition {
    let words = || Condition::Text(text.to_owned());
    let Some((what, value)) = text.split_once(": ") else {
        let attribute = |(name, value): (&str, &str)| Condition::Attribute { name: name.into(), value: value.into() };
        return text.split_once(" = ").map_or_else(words, attribute);
    };
    match what {
        "unit" => match find_reference(document, value, &[ElementKind::Unit]) {
            Some(ElementRef::Unit(unit)) => Condition::Unit(unit),
            _ => words(),
        },
        "category" => Condition::Category(value.to_owned()),
        "budgeted" => truth(value).map_or_else(|_| words(), Condition::Budgeted),
        "new supplier" => truth(value).map_or_else(|_| words(), Condition::NewSupplier),
        _ => words(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::everything;

    #[test]
    fn every_field_of_a_decision_comes_back() {
        let document = everything();
        assert!(!document.decisions().is_empty());
        for (_, decision) in document.decisions().iter() {
            let mut back = Decision {
                key: decision.key.clone(),
                order: decision.order,
                framework: decision.framework,
                ..Decision::new("")
            };
            for field in DECISION_FIELDS {
                let text = (field.print)(&document, decision);
                if !text.is_empty() {
                    (field.set)(&document, &mut back, &text)
                        .unwrap_or_else(|error| panic!("{}: {error}", field.heading));
                }
            }
            assert_eq!(back, *decision);
        }
    }

    #[test]
    fn conditions_come_back() {
        let document = everything();
        let unit = document.units().ids().next().unwrap();
        for condition in [
            Condition::Unit(unit),
            Condition::Category("food".into()),
            Condition::Budgeted(false),
            Condition::NewSupplier(true),
            Condition::Text("if it rains: stay".into()),
        ] {
            let text = condition_text(&document, &condition);
            assert_eq!(parse_condition(&document, &text), condition, "{text}");
        }
    }
}
