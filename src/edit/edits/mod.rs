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

pub use add_lane::LaneOf;
pub use convert_note::NoteInto;
pub use extract::ExtractedAs;
pub use make_space::SpaceAxis;
pub use merge_log::{LoggedFlow, LoggedKind, LoggedNode, LoggedOther, LoggedStep, LoggedWho, Measured};
pub use merge_matrix::{MergedFramework, MergedHolder, MergedMatrixView, MergedRight, MergedSubject, OtherHolder};
pub use merge_organisation::{MergedPerson, MergedRole, MergedUnit, Target};
pub use merge_processes::{Merged, MergedView};
pub use reconnect::LineEnd;
pub use revise_framework::{MovedLetter, framework_problem, letters_in_use};
pub use set_cells::{CellChange, CellLetter};
pub use write_flow::{WrittenEnd, WrittenFlow, WrittenNode, WrittenPerformer};

edits! {
    add_branch: AddBranch;
    add_lane: AddLane;
    add_node: AddNode;
    add_process: AddProcess;
    add_view: AddView;
    agree: Agree;
    apply_arrangement: ApplyArrangement;
    change_type: ChangeType;
    collapse: Collapse;
    connect: Connect;
    convert_framework: ConvertFramework;
    convert_note: ConvertNote;
    extract: Extract;
    group: Group;
    insert: Insert;
    insert_on_flow: InsertOnFlow;
    lock: Lock;
    make_space: MakeSpace;
    merge_elements: MergeElements;
    merge_log: MergeLog;
    merge_matrix: MergeMatrix;
    merge_organisation: MergeOrganisation;
    merge_processes: MergeProcesses;
    move_in_view: MoveInView;
    name_node: NameNode;
    paste: Paste;
    pin: Pin;
    place_label: PlaceLabel;
    reconnect: Reconnect;
    remove: Remove;
    remove_from_view: RemoveFromView;
    remove_lane: RemoveLane;
    replace: Replace;
    resize: Resize;
    restack: Restack;
    revise_framework: ReviseFramework;
    sequence: Sequence;
    set_bends: SetBends;
    set_cells: SetCells;
    set_chart: SetChart;
    set_connections: SetConnections;
    set_lanes: SetLanes;
    set_phases: SetPhases;
    set_project: SetProject;
    set_tint: SetTint;
    show_in_view: ShowInView;
    ungroup: Ungroup;
    unwaive: Unwaive;
    waive: Waive;
    write_flow: WriteFlow;
}

/// Whether a view exists and its kind can show an element.
pub(super) fn fits_view(document: &Document, view: ViewId, element: ElementRef) -> bool {
    document.get::<View>(view).is_some_and(|view| integrity::can_show(&view.kind, element))
}
