//! Rows of what an archive or a frozen program holds.

use serde::{Deserialize, Serialize};

/// A member, as far as opening it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberName {
    /// What [`Question::Member`](super::Question::Member) names it by.
    pub number: u32,
    /// Its name, displayable; with `!` between it and the containers within the file that it stands in.
    pub name: String,
    /// What it is called as a file of its own: without folders, and bytecode with an ending.
    pub file_name: String,
    /// The Python that it is to be read as, one of [`Summary::pythons`](super::Summary::pythons) by name, where it has no header
    /// that would say so.
    pub python: Option<String>,
    /// How many bytes it claims to have unpacked, if the container says so.
    pub size: Option<u64>,
}

/// A row of the tree of members: a member, or what members are gathered under, such as a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// What it is called there: the last part of its name, displayable.
    pub label: String,
    /// The member; `None` for what members are only gathered under.
    pub member: Option<MemberName>,
    /// What it is, by its contents: `bytecode`, `Python source`; or how many members are in it.
    pub kind: String,
    /// The Python that wrote it, where that is known: `CPython 3.12`.
    pub python: Option<String>,
    /// How many bytes it claims to have unpacked, if the container says so.
    pub size: Option<u64>,
    /// Whether it belongs to the standard library, a known package or the packer, not to the program's author.
    pub is_library: bool,
    /// How deep it is nested, from 0.
    pub depth: u32,
    /// Whether anything is in it.
    pub expandable: bool,
    /// Whether it is open.
    pub expanded: bool,
    /// Its place among its siblings, counted from 1.
    pub position: u32,
    /// How many siblings there are.
    pub set_size: u32,
}
