//! Marshalled objects: type codes, the loop that decodes them, the tree it makes.
//!
//! `marshal` writes an object as one byte that says what follows (a [`Kind`]; its highest bit, [`FLAG_REF`], since 3.4 makes it
//! one that others can refer to), then its length and contents, objects within it in place. Decoding is one loop with a stack
//! of its own, so that no nesting can exhaust the program's.
//!
//! The outcome is a [`Tree`]: an arena of small [`Node`]s in the order of the file, in which the children of a node follow it.
//! A node says what it is, which bytes it has, and what it is to its parent ([`Role`]); its [`Value`] is read from the bytes when
//! asked for. A reference is a node that knows where it leads, never a copy of that.
//!
//! The fields of a code object are laid out as the version says ([`Field`], `layout`). Damage is mended where what is meant is
//! plain (`damage`); elsewhere the next code object behind it is looked for (`recover`).

mod damage;
mod decode;
mod expected;
mod head;
mod item_marks;
mod kind;
mod layout;
mod node;
pub(crate) mod recover;
mod region;
mod tree;
mod value;

pub(crate) use decode::{Decoder, Stop, fields_of};
pub(crate) use expected::{Expected, expected};
pub use kind::{FLAG_REF, Kind};
pub use layout::Field;
pub(crate) use layout::{Encoding, Layout, layout};
pub(crate) use node::{MARK_CUT, NONE};
pub use node::{Node, NodeId, Role};
pub use region::Region;
pub use tree::{Children, Tree};
pub use value::Value;
pub(crate) use value::{parse_float, value};
