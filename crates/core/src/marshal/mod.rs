//! Marshal: type codes, the loop that decodes them, the tree it makes.

mod damage;
mod decode;
mod head;
mod kind;
mod layout;
mod region;
mod tree;
mod value;

pub(crate) use decode::{Decoder, Stop, fields_of};
pub use kind::{FLAG_REF, Kind};
pub use layout::Field;
pub(crate) use layout::{Encoding, Layout, layout};
pub use region::Region;
pub use tree::{Children, Node, NodeId, Role, Tree};
pub(crate) use tree::{MARK_CUT, NONE};
pub use value::Value;
pub(crate) use value::value;
