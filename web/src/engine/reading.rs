//! A file that the browser reads, a piece at a time.

use gloo::file::futures::read_as_array_buffer;
use gloo::file::{Blob, FileReadError};
use js_sys::Array;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// How much of a file is read at a time, in bytes: as much as comes in a few milliseconds.
const PIECE: u64 = 4 << 20;

/// A file that is being read. Dropping it ends that.
pub(super) struct Reading {
    size: u64,
    at: Rc<Cell<u64>>,
}

impl Reading {
    /// Begins to read; `done` is called with the file's pieces, or with why there are none.
    pub(super) fn begin(file: Blob, done: Callback<Result<Array, &'static str>>) -> Self {
        let at = Rc::new(Cell::new(0));
        let (size, read) = (file.size(), Rc::downgrade(&at));
        spawn_local(async move {
            let pieces = Array::new();
            while let Some(start) = read.upgrade().map(|read| read.get()).filter(|start| *start < size) {
                let end = (start + PIECE).min(size);
                match read_as_array_buffer(&file.slice(start, end)).await {
                    Ok(piece) => pieces.push(&piece),
                    Err(error) => return done.emit(Err(explain(&error))),
                };
                if let Some(read) = read.upgrade() {
                    read.set(end);
                }
            }
            if read.strong_count() > 0 {
                done.emit(Ok(pieces));
            }
        });
        Self { size, at }
    }

    /// How much has been read, from 0 to 1.
    pub(super) fn progress(&self) -> f64 {
        self.at.get() as f64 / (self.size as f64).max(1.0)
    }
}

fn explain(error: &FileReadError) -> &'static str {
    match error {
        FileReadError::NotFound(_) => "it is not there any more, or it is a folder",
        FileReadError::NotReadable(_) => "the browser may not read it, or it is too large for the memory at hand",
        _ => "the browser could not read it",
    }
}
