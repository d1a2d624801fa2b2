//! What a program does at first sight: what it imports, which functions of note it uses and from where. No verdict on good or evil.
//!
//! Dotted names are followed through the instructions: `LOAD_NAME os; LOAD_ATTR system` is `os.system`, and so is `LOAD_NAME run` behind
//! `from os import system as run`. A name that was put together at run time is not found.
//!
//! ```
//! # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-3.12/py38.pyc");
//! let pyc = pycxray::Pyc::parse(std::fs::read(path)?);
//! let notes = pycxray::Notes::of(&pyc);
//! for noted in notes.uses.iter().chain(&notes.imports) {
//!     println!("{} ({}) at {}, line {:?}", noted.name, noted.subject.words(), noted.offset, noted.line);
//! }
//! # Ok::<(), std::io::Error>(())
//! ```

mod known;
mod walk;

pub use known::Subject;
pub use walk::NoteTaking;

use crate::code::Item;
use crate::file::Pyc;
use crate::marshal::NodeId;

/// How many of each list are kept.
const MOST: usize = 1_000;

/// Something that a program imports or uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its dotted name: `os.system`. A module within the own package begins with dots, as in source.
    pub name: String,
    /// What it is about.
    pub subject: Subject,
    /// The code object that does it.
    pub code: NodeId,
    /// The instruction, by its offset in the bytecode, in bytes: the last of those that load the name.
    pub offset: u32,
    /// Its line in the source.
    pub line: Option<i32>,
}

impl Noted {
    /// The instruction.
    #[must_use]
    pub fn item(&self) -> Item {
        Item::Instruction(self.code, self.offset)
    }
}

/// What a program imports and uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The modules that it imports, in the order of the file, each place of each.
    pub imports: Vec<Noted>,
    /// The functions of note that it uses, likewise: called, or handed on.
    pub uses: Vec<Noted>,
    /// How many more there are than were kept.
    pub more: usize,
}

impl Notes {
    /// Those of a file. Its cost grows with the file alone.
    #[must_use]
    pub fn of(pyc: &Pyc) -> Self {
        let mut taking = NoteTaking::new(pyc);
        while !taking.step(pyc, usize::MAX) {}
        taking.finish()
    }

    fn keep(&mut self, noted: Noted, is_import: bool) {
        let list = if is_import { &mut self.imports } else { &mut self.uses };
        if list.len() < MOST { list.push(noted) } else { self.more += 1 }
    }
}
