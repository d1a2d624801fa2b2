//! `pycxray dis` and `pycxray json`: what the library writes, straight to standard output.

use pycxray::{JsonExport, Limits, ListingExport};

use crate::arguments::Arguments;
use crate::input::File;
use crate::output::{FULL, Output, Stop, complain};
use crate::paint;

/// Texts are shown in full: a file, unlike a page, has room.
fn limits() -> Limits {
    Limits { text: 1 << 24, ..Limits::default() }
}

/// Instructions between two looks at how full the buffer is.
const SLICE: usize = 1_000;

/// The listings of a file.
pub(crate) fn write(out: &mut Output, file: &File, arguments: &Arguments) -> Result<(), Stop> {
    if arguments.paths.len() > 1 {
        out.text.push_str("==> ");
        out.text.push_str(file.title());
        out.text.push_str(" <==\n");
    }
    if file.pyc.codes().is_empty() {
        complain(format_args!("{}: no code object could be read", file.title()));
    }
    let mut export = ListingExport::new(&file.pyc, arguments.listing, limits());
    if out.is_colored() {
        let mut plain = String::new();
        let mut is_done = false;
        while !is_done {
            is_done = export.step(&file.pyc, SLICE, &mut plain);
            paint::listing(out, &plain);
            plain.clear();
            out.relieve()?;
        }
        return Ok(());
    }
    pass_on(out, |piece| export.step_bytes(&file.pyc, SLICE, piece))
}

/// Has pieces of text made and writes them out when there is much, and when there are no more.
fn pass_on(out: &mut Output, mut make: impl FnMut(&mut Vec<u8>) -> bool) -> Result<(), Stop> {
    let mut piece = Vec::new();
    while !make(&mut piece) {
        if piece.len() >= FULL {
            out.pass_on(&mut piece)?;
        }
    }
    out.pass_on(&mut piece)
}

/// A file's JSON.
pub(crate) fn write_json(out: &mut Output, file: &File) -> Result<(), Stop> {
    let mut export = JsonExport::new(&file.pyc, file.name.as_deref(), limits());
    let mut has_all = false;
    pass_on(out, |piece| {
        let is_done = export.step_bytes(&file.pyc, SLICE, piece);
        if export.is_at_diagnostics() && !std::mem::replace(&mut has_all, true) {
            export.add_diagnostics(file.inspection().diagnostics.clone());
        }
        is_done
    })
}
