//! What Python bytecode comes wrapped in: archives, frozen programs, payloads inside constants.
//!
//! [`identify`] tells what a file is by its contents. [`Container::open`] opens what holds other files, in place: its members
//! are read one by one, nothing is written, nothing is run. [`payloads`] finds what hides in the constants of a decoded file.
//!
//! ```
//! use pycxray_container::{Container, Kind, Limits, identify};
//!
//! assert_eq!(identify(b"import os\nprint(os.name)\n"), Kind::Source);
//! assert!(Container::open(b"import os\n".to_vec().into(), Limits::default()).is_none());
//! ```
//!
//! A member that is a container itself is opened by [`Container::open_member`]; [`Address`] follows names down to it. What a text
//! writes out, a hex dump or base64, [`written_out`] reads.
//!
//! Input is hostile: [`Limits`] bound what a container may cost, members, depth, bytes unpacked, before anything is reserved.
//! What is damaged is read as far as it goes, and says why it ends ([`Unpacked::trouble`], [`Container::diagnostics`]). Names of
//! members are text, never paths. The fuzz target `container` holds all of that.

#![forbid(unsafe_code)]

mod address;
mod archive;
mod container;
mod identify;
mod kind;
mod libraries;
mod limits;
mod member;
mod nuitka;
mod payload;
mod py2exe;
mod pyinstaller;
mod unpack;

pub use address::{Address, AddressError};
pub use container::Container;
pub use identify::identify;
pub use kind::{Compression, Kind, Maker, NativeFormat};
pub use limits::Limits;
pub use member::{Member, Role};
pub use payload::{
    Chain, Payload, PayloadSearch, Payloads, Step, bytes_in_text, payloads, payloads_in_pickle, payloads_in_source,
    payloads_in_text, written_out,
};
pub use unpack::Unpacked;
