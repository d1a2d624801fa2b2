//! What is wrong inside bytecode and tables, and what is worth knowing of a file that is whole.
//!
//! Decoding looks at each object once, and tells damage it comes across. What takes a walk through instructions and tables is
//! left to the [`Inspector`], which looks at each code object in two ways: `check` finds damage that no interpreter would
//! survive (a jump out of the code, an index past the constants), and becomes [`Diagnostic`](crate::Diagnostic)s; `findings`
//! draws conclusions (code that nothing reaches, names that are not what they seem), and becomes [`Finding`]s. Both are bounded
//! in number, kind by kind, and their cost grows with the file alone.
//!
//! Apart from that, [`control_flow`] has the control flow of a code object as a graph, [`Notes`] what a program imports and uses, and
//! [`strings`] its texts.

mod bits;
pub(crate) mod check;
pub mod control_flow;
mod findings;
mod notes;
pub(crate) mod report;
mod strings;
mod subject;

pub use findings::{Inspection, Inspector};
pub use notes::{NoteTaking, Noted, Notes, Subject as NoteSubject};
pub use report::Finding;
pub use strings::{Look, StringFound, strings};

pub(crate) use bits::Bits;
pub(crate) use report::{Report, Scope, agreeing};
pub(crate) use subject::Subject;
