//! What the programs that do errands have in common.

use pycxray::{Options, Pyc};

use crate::protocol::Errand;
use crate::reading::python_named;

/// The file of these bytes, as the errand has it read.
pub(crate) fn read(errand: &Errand, bytes: Vec<u8>) -> Pyc {
    let pyc = Pyc::parse(bytes);
    match errand.python.as_deref().and_then(|name| python_named(&pyc, name)) {
        Some(python) => Pyc::parse_with(pyc.shared_bytes(), Options { python: Some(python), ..Options::default() }),
        None => pyc,
    }
}
