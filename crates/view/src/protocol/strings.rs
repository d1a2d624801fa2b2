//! Rows of the texts and byte strings of a file.

use serde::{Deserialize, Serialize};

use super::{MemberName, Place, Styled, Window};

/// The texts and byte strings of a file, or those that are wanted of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StringsWindow {
    /// The rows.
    pub window: Window<StringRow>,
    /// In which order they are.
    pub order: StringsOrder,
    /// Whether the names of the program are among them.
    pub shows_names: bool,
    /// Of an archive, how far its members are looked at.
    pub progress: Option<StringsProgress>,
}

/// How far the members of an archive are looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StringsProgress {
    /// What is said of it: `12 of 40 members looked at`.
    pub message: String,
    /// Whether all was looked at, or the reader has stopped it.
    pub is_complete: bool,
}

/// A text or byte string.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StringRow {
    /// What it is, and what it looks like: `text`, `bytes`, `name`, `url`, `encoded`.
    pub kind: String,
    /// Its length, in bytes.
    pub length: u32,
    /// The string as Python writes it, cut to a length fit for a row.
    pub value: Styled,
    /// What it holds, if it is known: `base64 → zlib → marshalled code`.
    pub holds: Option<String>,
    /// The code object that it stands in; empty for none.
    pub code: String,
    /// Of an archive, the member that has it, and where it is used in that first.
    pub member: Option<(MemberName, Place)>,
}

/// The order of strings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StringsOrder {
    /// As they stand in the file.
    #[default]
    Place,
    /// The longest first.
    Length,
    /// By what they are and look like, what is plain last.
    Kind,
}

/// What the user did in the list of strings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StringsAction {
    /// Wants those alone that hold this, in letters of either case, or are of the kind that it names; for nothing, all.
    Filter(String),
    /// Wants them in another order.
    Order(StringsOrder),
    /// Wants the names of the program among them, or not.
    ShowNames(bool),
    /// Chose a row, counted from 0.
    Select(usize),
    /// Went to where a row's string is used first.
    Use(usize),
    /// Wants no more members to be looked at.
    Stop,
}
