//! Figures that several rules share, each with its formula and source.
//!
//! Functions over plain numbers ([`queue`], [`amounts`], [`concentration`]) and figures of a document ([`Visits`],
//! [`Loads`], [`Handovers`], [`RolledUp`]), the latter in flat arrays by handle. A figure that lacks an input is not there, and its
//! gap says what is missing.

pub mod amounts;
pub mod concentration;
pub mod coverage;
pub mod decentral;
pub mod delegations;
mod exposure;
pub mod graph;
mod handover;
mod inside;
pub mod ladder;
mod limits_week;
pub mod linear;
mod load;
pub mod network;
mod outlook;
mod overview;
pub mod power;
pub mod presence;
pub mod queue;
mod reach;
mod shares;
mod span;
mod times;
mod visits;

pub use exposure::{Exposure, ExposureGap, exposure};
pub use handover::{Handover, Handovers, Pass};
pub use inside::{RolledUp, rolled_up};
pub use ladder::{Gap, Inversion, Ladder, Ladders, Overlap, Rung, Strip, StripPart, Strips, Witness};
pub use limits_week::{DeciderWeek, LimitsWeek, WeekGap, limits_week};
pub use load::{Capacity, Load, LoadGap, Loads};
pub use overview::Overview;
pub use reach::{Open, Part, Range, deciding_parts, is_local, meeting, open_cases};
pub use shares::{CaseShares, ShareGap, case_shares};
pub use span::{LoadsSpan, TimesSpan};
pub use times::{ProcessTimes, Synchronisation, Times};
pub use visits::{FlowGap, Visits};
