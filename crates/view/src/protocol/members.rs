//! Rows of what an archive or a frozen program holds.

use serde::{Deserialize, Serialize};

/// A member, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// What [`Question::Member`](super::Question::Member) names it by.
    pub member: u32,
    /// Its name, displayable; with `!` between it and the containers within the file that it stands in.
    pub name: String,
    /// What it is, by its contents: `bytecode`, `Python source`.
    pub kind: String,
    /// The Python that wrote it, where that is known: `CPython 3.12`.
    pub python: Option<String>,
    /// How many bytes it claims to have unpacked, if the container says so.
    pub size: Option<u64>,
    /// Whether it belongs to the standard library, a known package or the packer, not to the program's author.
    pub is_library: bool,
}
