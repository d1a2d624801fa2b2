//! The outline: functions and classes, nested as they are.

use std::ops::Range;

use pycxray::Field;

use super::OutlineRow;
use crate::{Document, Ink, Item, Styled, labels, values};

impl Document {
    /// How many code objects the file has.
    #[must_use]
    pub fn outline_len(&self) -> usize {
        self.pyc.codes().len()
    }

    /// The code objects of the file, nested as they are.
    #[must_use]
    pub fn outline_rows(&self, range: Range<usize>) -> Vec<OutlineRow> {
        let codes = self.pyc.codes();
        let end = range.end.min(codes.len());
        let current = self.listing_code();
        let mut rows = Vec::new();
        for &id in codes.get(range.start..end).unwrap_or(&[]) {
            let Some(code) = self.pyc.code(id) else { continue };
            let mut name = Styled::of(Ink::Strong, labels::code_name(&self.pyc, id));
            values::say_parameters(&mut name, &code);
            let mut depth = 0;
            let mut outer = labels::outer_code(&self.pyc, id);
            while let Some(code) = outer.filter(|_| depth < DEPTH) {
                depth += 1;
                outer = labels::outer_code(&self.pyc, code);
            }
            rows.push(OutlineRow {
                item: Item::Object(id),
                depth,
                name,
                line: code.number(Field::Firstlineno),
                size: code.bytecode().len() as u32,
                current: current == Some(Item::Object(id)),
            });
        }
        rows
    }

    /// Which row of the outline is the code object in the listing.
    #[must_use]
    pub fn outline_current(&self) -> Option<usize> {
        let current = self.listing_code()?.object()?;
        self.pyc.codes().binary_search(&current).ok()
    }
}

/// How deep the outline is drawn nested at most.
const DEPTH: u32 = 64;
