//! What is on screen, as plain data: rows, cells, cards, segments, and what happens to them when the user acts.
//!
//! Nothing here knows a browser, and nothing knows the file format: [`pycxray`] decodes, this crate decides what is shown,
//! the page draws it. A [`Session`] holds the opened files; a [`Document`] is one of them with all that is open, chosen and
//! searched in it.
//!
//! ```
//! use pycxray_view::{Document, Key};
//! let bytes = include_bytes!("../../../tests/fixtures/cpython-3.12/hello.pyc").to_vec();
//! let mut document = Document::open("hello.pyc", bytes);
//! document.tree_key(Key::End, 20);
//! for row in document.tree_rows(0..document.tree_len()) {
//!     println!("{:#06x} {} {}", row.span.start, row.label, row.value);
//! }
//! ```

#![forbid(unsafe_code)]

mod bytecode;
mod card;
mod constant;
mod date;
mod document;
mod export;
mod follow;
mod guards;
mod hex;
mod inspection;
mod item;
mod labels;
mod listing;
mod loading;
mod local_kinds;
mod number;
mod order;
mod place;
mod preparation;
mod problems;
mod references;
mod ribbon;
mod safe;
mod scroll;
mod search;
mod selection;
mod session;
mod styled;
mod summary;
mod tree;
mod values;

pub use card::{Card, Definition, Part};
pub use date::utc;
pub use document::Document;
pub use export::{Export, ExportKind};
pub use hex::{CopyAs, HexCell, HexHover, HexRow, HexStep, columns_for, copy_bytes};
pub use item::Hue;
pub use listing::{Lane, LaneShape, ListingRow, ListingRowKind, OutlineRow, Relation};
pub use loading::Loading;
pub use number::{grouped, hex_offset};
pub use place::Place;
pub use problems::{Listed, Problem};
pub use pycxray::python::Python;
pub use pycxray::{Item, Severity, Span};
pub use ribbon::{Ribbon, Segment};
pub use safe::{cut, displayable};
pub use scroll::Scroll;
pub use search::{Hit, HitKind, SearchState};
pub use selection::{Crumb, Selection};
pub use session::{DocumentId, Session, Tab};
pub use styled::{Ink, Piece, Styled};
pub use summary::{Summary, SummaryPart};
pub use tree::{InstructionCells, Key, Row};
