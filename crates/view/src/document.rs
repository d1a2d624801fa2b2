//! An opened file, with all that is open, chosen and searched in it.

use pycxray::Pyc;

use crate::{Item, Loading, Selection, Severity};

/// An opened file, with all that is open, chosen and searched in it.
///
/// Its methods stand in the files of what they are about; their names begin with the pane they serve: `tree_…`,
/// `listing_…`, `hex_…`.
#[derive(Debug)]
pub struct Document {
    pub(crate) name: String,
    pub(crate) pyc: Pyc,
    pub(crate) selection: Selection,
}

impl Document {
    /// Decodes a file at once. See [`Loading`] for doing it in slices.
    #[must_use]
    pub fn open(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Loading::new(name, bytes).finish()
    }

    pub(crate) fn new(name: String, pyc: Pyc) -> Self {
        Self { name, pyc, selection: Selection::default() }
    }

    /// The file's name, displayable.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded file.
    #[must_use]
    pub fn pyc(&self) -> &Pyc {
        &self.pyc
    }

    /// How many errors and warnings the file has.
    #[must_use]
    pub fn trouble_count(&self) -> usize {
        self.pyc.diagnostics().iter().filter(|diagnostic| diagnostic.severity < Severity::Note).count()
    }

    /// The item that is chosen.
    #[must_use]
    pub fn selected_item(&self) -> Option<Item> {
        self.selection.item
    }
}
