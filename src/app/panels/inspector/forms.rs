//! Short names for the usual fields, so that a table of them reads like a form.
//!
//! Each makes one [`Field`](super::field::Field) from its label, its help and the name of the record's field.

macro_rules! line_of {
    ($name:literal, $help:literal, $hint:literal, $read:expr, $write:expr) => {
        Field { name: $name, help: $help, kind: Line { read: $read, write: $write, hint: $hint } }
    };
}

/// The name, which may not be empty.
macro_rules! name {
    ($help:literal) => {
        line_of!("Name", $help, "", |r| r.name.clone(), |r, t| {
            if t.trim().is_empty() {
                return Err("A name is needed.".to_owned());
            }
            r.name = t.trim().to_owned();
            Ok(())
        })
    };
}

/// A word or two.
macro_rules! word {
    ($name:literal, $help:literal, $field:ident, $hint:literal) => {
        line_of!($name, $help, $hint, |r| r.$field.clone(), |r, t| {
            r.$field = t.trim().to_owned();
            Ok(())
        })
    };
}

/// Something with a text of its own: money, a duration, a rate.
macro_rules! value {
    ($name:literal, $help:literal, $field:ident, $hint:literal) => {
        line_of!($name, $help, $hint, |r| shown(r.$field), |r, t| {
            r.$field = optional(t)?;
            Ok(())
        })
    };
}

/// A quantity that may have a range around it: `8–12–20 min`.
macro_rules! ranged {
    ($name:literal, $help:literal, $field:ident, $range:ident, $hint:literal) => {
        line_of!($name, $help, $hint, |r| shown(Ranged::of(r.$field, r.$range)), |r, t| {
            (r.$field, r.$range) = Ranged::parts(optional(t)?);
            Ok(())
        })
    };
}

/// A share, in percent.
macro_rules! part {
    ($name:literal, $help:literal, $field:ident, $hint:literal) => {
        line_of!($name, $help, $hint, |r| share_text(r.$field), |r, t| {
            r.$field = share(t)?;
            Ok(())
        })
    };
}

/// Something read and written by functions of its own.
macro_rules! own {
    ($name:literal, $help:literal, $field:ident, $hint:literal, $shown:expr, $parsed:expr) => {
        line_of!($name, $help, $hint, |r| $shown(&r.$field), |r, t| {
            r.$field = $parsed(t)?;
            Ok(())
        })
    };
}

/// Sentences, one a line.
macro_rules! list {
    ($name:literal, $help:literal, $field:ident) => {
        Field {
            name: $name,
            help: $help,
            kind: Lines { read: |r| r.$field.join("\n"), write: |r, t| r.$field = lines(t) },
        }
    };
}

/// Free text.
macro_rules! text {
    ($name:literal, $help:literal, $field:ident) => {
        Field {
            name: $name,
            help: $help,
            kind: Lines { read: |r| r.$field.clone(), write: |r, t| r.$field = t.trim_end().to_owned() },
        }
    };
}

/// What something is measured by.
macro_rules! measures {
    () => {
        Field {
            name: "Measures",
            help: "What it is measured by, one a line: name: target.",
            kind: Lines { read: |r| kpi_text(&r.kpis), write: |r, t| r.kpis = kpis(t) },
        }
    };
}

/// What could take the place of something.
macro_rules! substitutes {
    () => {
        Field {
            name: "Substitutes",
            help: "Who or what could take its place, one a line; write “none” if nothing could.",
            kind: Lines {
                read: |r| substitutes_text(r.substitutes.as_deref()),
                write: |r, t| r.substitutes = substitutes(t),
            },
        }
    };
}

/// Yes or no.
macro_rules! flag {
    ($name:literal, $help:literal, $field:ident) => {
        Field { name: $name, help: $help, kind: Flag { read: |r| r.$field, write: |r, on| r.$field = on } }
    };
}

/// 1 to 5, or not stated.
macro_rules! rating {
    ($name:literal, $help:literal, $field:ident) => {
        Field {
            name: $name,
            help: $help,
            kind: Choice {
                options: &["1", "2", "3", "4", "5"],
                read: |r| r.$field.map(|number| usize::from(number).saturating_sub(1)),
                write: |r, chosen| r.$field = chosen.map(|index| index as u8 + 1),
                required: false,
            },
        }
    };
}

/// One of the variants of an enum, or not stated.
macro_rules! choice {
    ($name:literal, $help:literal, $field:ident, $Type:ident: $($Variant:ident $word:literal),+) => {
        Field {
            name: $name,
            help: $help,
            kind: Choice {
                options: &[$($word),+],
                read: |r| [$($Type::$Variant),+].iter().position(|variant| Some(*variant) == r.$field),
                write: |r, chosen| r.$field = chosen.and_then(|index| [$($Type::$Variant),+].get(index).copied()),
                required: false,
            },
        }
    };
}

/// One of the variants of an enum.
macro_rules! required_choice {
    ($name:literal, $help:literal, $field:ident, $Type:ident: $($Variant:ident $word:literal),+) => {
        Field {
            name: $name,
            help: $help,
            kind: Choice {
                options: &[$($word),+],
                read: |r| [$($Type::$Variant),+].iter().position(|variant| *variant == r.$field),
                write: |r, chosen| {
                    if let Some(variant) = chosen.and_then(|index| [$($Type::$Variant),+].get(index).copied()) {
                        r.$field = variant;
                    }
                },
                required: true,
            },
        }
    };
}

/// An element of one kind, or none.
macro_rules! reference {
    ($name:literal, $help:literal, $field:ident, $Kind:ident) => {
        Field {
            name: $name,
            help: $help,
            kind: Reference {
                candidates: all::<$Kind>,
                read: |r| r.$field.map(Into::into),
                write: |r, element| {
                    r.$field = match element {
                        Some(ElementRef::$Kind(id)) => Some(id),
                        _ => None,
                    };
                },
            },
        }
    };
}

/// Somebody or something out of several kinds, or none.
macro_rules! actor {
    ($name:literal, $help:literal, $field:ident, $candidates:expr) => {
        Field {
            name: $name,
            help: $help,
            kind: Reference {
                candidates: $candidates,
                read: |r| r.$field.map(Into::into),
                write: |r, element| r.$field = element.and_then(|element| Actor::try_from(element).ok()),
            },
        }
    };
}

/// Elements of one kind.
macro_rules! references {
    ($name:literal, $help:literal, $field:ident, $Kind:ident) => {
        Field {
            name: $name,
            help: $help,
            kind: References {
                candidates: all::<$Kind>,
                read: |r| r.$field.iter().map(|id| (*id).into()).collect(),
                write: |r, list| {
                    let id = |element| match element {
                        ElementRef::$Kind(id) => Some(id),
                        _ => None,
                    };
                    r.$field = list.into_iter().filter_map(id).collect();
                },
            },
        }
    };
}

pub(super) use {
    actor, choice, flag, line_of, list, measures, name, own, part, ranged, rating, reference, references,
    required_choice, substitutes, text, value, word,
};
