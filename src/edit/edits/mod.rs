//! The list of edits: one file each, one line here.

macro_rules! edits {
    ($($module:ident: $Name:ident;)*) => {
        $(mod $module; pub use $module::$Name;)*

        /// Any edit.
        #[derive(Clone, Debug, PartialEq)]
        #[expect(missing_docs, reason = "the variants are named like the edits they hold")]
        pub enum Edit { $($Name($Name),)* }

        $(impl From<$Name> for Edit {
            fn from(edit: $Name) -> Self { Self::$Name(edit) }
        })*

        impl EditAction for Edit {
            fn label(&self, document: &Document) -> String {
                match self { $(Self::$Name(edit) => edit.label(document),)* }
            }
            fn can_apply(&self, document: &Document) -> Verdict {
                match self { $(Self::$Name(edit) => edit.can_apply(document),)* }
            }
            fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
                match self { $(Self::$Name(edit) => edit.apply(transaction),)* }
            }
            fn merge_key(&self, document: &Document) -> Option<String> {
                match self { $(Self::$Name(edit) => edit.merge_key(document),)* }
            }
        }
    };
}

pub(super) use add_node::frame_at;

use super::{EditAction, EditError, Transaction, Verdict};
use crate::model::{Document, ElementRef, View, ViewId, integrity};

pub use extract::ExtractedAs;
pub use merge_organisation::{MergedPerson, MergedRole, MergedUnit, Target};
pub use merge_processes::{Merged, MergedView};
pub use set_cells::{CellChange, CellLetter};

edits! {
    add_node: AddNode;
    add_process: AddProcess;
    add_view: AddView;
    apply_arrangement: ApplyArrangement;
    collapse: Collapse;
    connect: Connect;
    extract: Extract;
    insert: Insert;
    insert_on_flow: InsertOnFlow;
    merge_organisation: MergeOrganisation;
    merge_processes: MergeProcesses;
    move_in_view: MoveInView;
    paste: Paste;
    pin: Pin;
    remove: Remove;
    remove_from_view: RemoveFromView;
    remove_lane: RemoveLane;
    replace: Replace;
    resize: Resize;
    sequence: Sequence;
    set_bends: SetBends;
    set_cells: SetCells;
    set_chart: SetChart;
    set_lanes: SetLanes;
    set_project: SetProject;
    show_in_view: ShowInView;
    unwaive: Unwaive;
    waive: Waive;
}

/// Whether a view exists and its kind can show an element.
pub(super) fn fits_view(document: &Document, view: ViewId, element: ElementRef) -> bool {
    document.get::<View>(view).is_some_and(|view| integrity::can_show(&view.kind, element))
}
