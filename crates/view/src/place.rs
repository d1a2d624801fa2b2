//! Places that can be written down: in the address bar behind `#`, or in the "go to" box.

use crate::Document;

/// A place in some file, as the address bar's `#` holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// A sample to open first: `#sample=py38-3.12`.
    pub sample: Option<String>,
    /// A code object, by its qualified name: `#code=A.method`.
    pub code: Option<String>,
    /// An offset in that code object's bytecode: `#code=walrus&at=46`.
    pub at: Option<u32>,
    /// An offset in the file: `#offset=0xad`.
    pub offset: Option<u32>,
}

impl Place {
    /// Reads a fragment, with or without its `#`. What it does not know is left out.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let _ = fragment;
        Self::default()
    }

    /// The fragment, without `#`; empty for nowhere.
    #[must_use]
    pub fn fragment(&self) -> String {
        String::new()
    }
}

impl Document {
    /// The place of what is chosen; its `sample` is for the page to fill in.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::default()
    }

    /// Goes to a place. `false` if this file has none such.
    pub fn go_to_place(&mut self, place: &Place) -> bool {
        let _ = place;
        false
    }

    /// Goes where the user says: `0xad`, `173`, `+16`, `-0x10`, `walrus`, `walrus:46`.
    ///
    /// # Errors
    /// A sentence that says what was not understood, or is not there.
    pub fn go_to(&mut self, text: &str) -> Result<(), String> {
        let _ = text;
        Ok(())
    }
}
