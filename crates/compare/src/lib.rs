//! What differs between two `.pyc` files, and between one and its source. No interpreter is needed, and nothing is run.
//!
//! [`diff`](diff()) compares two files: code objects by name and by likeness, instructions by what they mean, and tells what the
//! program does apart from how it is written. The outcome is plain data, for a page to draw side by side.
//!
//! ```
//! use pycxray::Pyc;
//! use pycxray_compare::diff::{Class, Options, RowKind, Verdict, diff};
//!
//! # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-3.12/hello.pyc");
//! let bytes = std::fs::read(path)?;
//! let mut other = bytes.clone();
//! other[8] ^= 1; // the time of the source
//! let constant = other.windows(5).position(|bytes| bytes == [0xe9, 10, 0, 0, 0]).unwrap();
//! other[constant + 1] = 11;
//!
//! let files = [Pyc::parse(bytes), Pyc::parse(other)];
//! let said = diff(&files[0], &files[1], Options::default());
//! assert_eq!(said.verdict, Verdict::Different);
//! assert_eq!(said.summary(), "1 module changed; mtime differs");
//! assert_eq!(said.changes[0].class, Class::Header);
//!
//! // The code objects side by side.
//! let files = [&files[0], &files[1]];
//! let rows = said.rows(files, said.codes[0].ids);
//! let changed = rows.changes().remove(0);
//! let row = rows.get(files, changed, 80).remove(0);
//! assert_eq!(row.kind, RowKind::Changed);
//! assert_eq!([row.before.unwrap().operand, row.after.unwrap().operand], ["10", "11"]);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! With the feature `verify`, which is on unless it is declined, `verify` answers whether a file can have been made of a source: of its header, which is anyone's to forge, and of its
//! contents, code object by code object.

#![forbid(unsafe_code)]

pub mod diff;
mod pairing;
#[cfg(feature = "serde")]
pub mod schema;
mod sentence;
pub mod text;
#[cfg(feature = "verify")]
pub mod verify;

pub use diff::diff;
pub use pairing::source_path;
#[cfg(feature = "verify")]
pub use verify::verify;
