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
            fn merge_key(&self) -> Option<String> {
                match self { $(Self::$Name(edit) => edit.merge_key(),)* }
            }
        }
    };
}

use super::{EditAction, EditError, Transaction, Verdict};
use crate::model::Document;

edits! {
    insert: Insert;
}
