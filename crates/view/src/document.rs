//! An opened file, with all that is open, chosen and searched in it.

use std::cell::OnceCell;

use pycxray::Pyc;

use crate::bytecode::Bytecodes;
use crate::inspection::Inspection;
use crate::listing::Listing;
use crate::problems::{self, Marks, Problem};
use crate::references::References;
use crate::ribbon::Drawn;
use crate::safe::made_displayable;
use crate::search::Search;
use crate::selection::History;
use crate::tree::OpenItems;
use crate::{Item, Loading, Selection, Severity};

/// An opened file, with all that is open, chosen and searched in it.
///
/// Its methods stand in the files of what they are about; their names begin with the pane they serve: `tree_…`,
/// `listing_…`, `hex_…`.
#[derive(Debug)]
pub struct Document {
    pub(crate) name: String,
    pub(crate) pyc: Pyc,
    pub(crate) open: OpenItems,
    pub(crate) selection: Selection,
    pub(crate) history: History,
    pub(crate) search: Option<Box<Search>>,
    /// Made when they are asked for first, or before that in slices where there are many.
    pub(crate) references: OnceCell<References>,
    pub(crate) bytecodes: Bytecodes,
    pub(crate) listing: Listing,
    pub(crate) drawn: Drawn,
    /// What is wrong, in the order of the list.
    pub(crate) troubles: Vec<Problem>,
    pub(crate) marks: Marks,
    pub(crate) inspection: Inspection,
    /// How far the reader's clocks were ahead of UTC when the source was changed.
    pub(crate) minutes_ahead: Option<i32>,
}

impl Document {
    /// Decodes a file at once. See [`Loading`] for doing it in slices.
    #[must_use]
    pub fn open(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Loading::new(name, bytes).finish()
    }

    pub(crate) fn new(name: &str, pyc: Pyc) -> Self {
        let mut document = Self {
            name: made_displayable(name.to_owned()),
            open: OpenItems::new(&pyc),
            selection: Selection::default(),
            history: History::default(),
            search: None,
            references: OnceCell::new(),
            bytecodes: Bytecodes::default(),
            listing: Listing::default(),
            drawn: Drawn::default(),
            marks: Marks::default(),
            troubles: problems::of(&pyc),
            inspection: Inspection::default(),
            minutes_ahead: None,
            pyc,
        };
        document.marks.add(&document.pyc, &document.troubles, Severity::Note);
        for item in document.pyc.top().take(100) {
            document.open.open(&document.pyc, item);
        }
        // The module says what the file imports and defines, which is what most want to know first.
        let module = document.pyc.codes().first().map(|&code| Item::Object(code));
        let first = module.or(document.pyc.top().next());
        if let Some(first) = first {
            document.select(first);
        }
        document
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
        self.troubles.iter().filter(|trouble| trouble.severity < Severity::Note).count()
    }

    /// The item that is chosen.
    #[must_use]
    pub fn selected_item(&self) -> Option<Item> {
        self.selection.item
    }
}
