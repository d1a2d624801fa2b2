//! Long texts of the library, straight to standard output.

use pycxray::Limits;

use crate::output::{FULL, Output, Stop};

/// Instructions between two looks at how full the buffer is.
pub(crate) const SLICE: usize = 1_000;

/// Texts are shown in full: a file, unlike a page, has room.
pub(crate) fn limits() -> Limits {
    Limits { text: 1 << 24, ..Limits::default() }
}

/// Has pieces of text made and writes them out when there is much, and when there are no more.
pub(crate) fn pass_on(out: &mut Output, mut make: impl FnMut(&mut Vec<u8>) -> bool) -> Result<(), Stop> {
    let mut piece = Vec::new();
    while !make(&mut piece) {
        if piece.len() >= FULL {
            out.pass_on(&mut piece)?;
        }
    }
    out.pass_on(&mut piece)
}
