//! Free boards: any elements side by side, with the lines that hold between those that are shown.

use super::build::Builder;
use super::item::Scene;
use super::{connectors, organisation, process};
use crate::model::FlowDirection;

pub(crate) fn build(builder: &mut Builder<'_>) -> Scene {
    builder.add_grounds(|_, _| None);
    organisation::add_membership(builder, FlowDirection::TopToBottom);
    let flows = connectors::flows(builder);
    connectors::draw(builder, flows);
    builder.add_note_lines();
    builder.add_nodes(|_, _| None);
    process::add_captions(builder);
    builder.finish()
}
