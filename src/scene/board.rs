//! Free boards: any elements side by side, with the lines that hold between those that are shown.

use super::build::Builder;
use super::item::Scene;
use super::kept::Memory;
use super::{connectors, organisation, process};
use crate::model::FlowDirection;

pub(crate) fn build(mut builder: Builder<'_>) -> (Scene, Memory) {
    builder.add_grounds(|_, _| None);
    organisation::add_membership(&mut builder, FlowDirection::TopToBottom);
    let flows = connectors::flows(&builder);
    connectors::draw(&mut builder, flows);
    builder.add_note_lines();
    builder.add_nodes(|_, _| None);
    process::add_captions(&mut builder);
    builder.finish()
}
