//! A file as it was read: its header, which Python wrote it, its parts, and what was wrong.
//!
//! A `.pyc` file is a header of 8 to 16 bytes and one marshalled object, nearly always the code object of a module. The first
//! four bytes are a magic number ([`magic`]) that tells which Python wrote it; the rest of the header tells whether the file is
//! still good for its source ([`Header`], three layouts since 1990). A file may lack that header, have a number nobody knows, or
//! hold what another implementation wrote: [`Detection`] says which Python it is read as, on what ground, and how sure that is.
//!
//! [`Pyc`] holds all of it together with the tree of marshalled objects. It is plain data; what makes it is in
//! [`parse`](crate::parse), and what is read from it later, such as code objects, adds its own methods to it.

mod candidates;
mod detection;
mod header;
pub mod magic;
mod pyc;
mod transport;

pub use detection::{Basis, Detection};
pub use header::{Header, HeaderField, HeaderKind};
pub use pyc::{Pyc, Section, SectionKind};
pub use transport::Transport;

pub(crate) use pyc::IndexCache;
