//! Any bytes behind no header, or any header: some Python is chosen, and the user may choose any other.

#![no_main]

use std::sync::Arc;

use pycxray::{Options, Pyc, python};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let found = Pyc::parse(bytes);
    assert!(!found.detection().candidates.is_empty());
    let Some(chosen) = python::all().nth(choice.into()) else { return };
    let options = Options { python: Some(chosen), ..Options::default() };
    let pyc = Pyc::parse_with(Arc::new(bytes.to_vec()), options);
    assert!(std::ptr::eq(pyc.python(), chosen));
});
