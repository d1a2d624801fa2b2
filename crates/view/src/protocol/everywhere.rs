//! What a search found in all open files and in the members of archives.

use serde::{Deserialize, Serialize};

use super::{DocumentId, MemberName};

/// A search through everything that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Everywhere {
    /// What is searched for, as typed.
    pub query: String,
    /// Where it was found, in the order of the tabs: so many as are shown.
    pub found: Vec<FoundIn>,
    /// In how many more.
    pub more: usize,
    /// What is said of it: `In 3 of 12 files`.
    pub message: String,
    /// Whether all was looked at, or the reader has stopped it.
    pub complete: bool,
}

/// A file or member in which something was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundIn {
    /// The file.
    pub document: DocumentId,
    /// Its name, displayable.
    pub name: String,
    /// Which of its members, if it is an archive.
    pub member: Option<MemberName>,
    /// What was found: `3 names, 2 constants`.
    pub words: String,
}

/// What the user did about searching through everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EverywhereAction {
    /// Searched for what was typed; for nothing, ended the search.
    Query(String),
    /// Wants no more to be looked at.
    Stop,
}
