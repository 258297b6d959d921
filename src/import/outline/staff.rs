//! Lines of an organisation: units, the roles in them, the people who hold those.
//!
//! A colon, a number in parentheses or an `@` makes a role. What stands beside roles, and not beside units, and has
//! nothing below is a role, too; everything else is a unit. A role below a role reports to it.

mod entries;
mod merge;

pub(super) use self::merge::write;
