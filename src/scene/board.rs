//! Free boards: any elements side by side, with the lines that hold between those that are shown.

use super::build::Builder;
use super::item::Scene;
use super::{organisation, process};
use crate::model::FlowDirection;

pub(crate) fn build(builder: &mut Builder<'_>) -> Scene {
    organisation::add_membership(builder, FlowDirection::TopToBottom);
    process::add_flows(builder);
    builder.add_note_lines();
    builder.add_nodes(|_, _| None);
    process::add_captions(builder);
    builder.finish()
}
