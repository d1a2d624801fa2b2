//! Decoder for Python `.pyc` files: every version, every byte, never a panic.
//!
//! [`Pyc::parse`] takes a file's bytes and gives everything that could be read of them, with a list of what was wrong. It
//! never fails, never executes anything, and spends time and memory in proportion to the file, whatever the bytes are.
//!
//! A disassembler in ten lines:
//!
//! ```
//! use pycxray::{Field, Operands, Pyc};
//!
//! # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-3.12/hello.pyc");
//! # let mut said = Vec::new();
//! let pyc = Pyc::parse(std::fs::read(path)?);
//! for code in pyc.codes().iter().filter_map(|&id| pyc.code(id)) {
//!     println!("{}:", String::from_utf8_lossy(code.text(Field::Name).unwrap_or(b"?")));
//!     let (mut operands, labels) = (Operands::new(&code, 80), code.labels());
//!     for instruction in code.instructions() {
//!         let name = code.python().opcode(instruction.opcode).map_or("?", |opcode| opcode.name);
//!         let mut operand = String::new();
//!         operands.write(&mut operand, &pyc, &instruction, &labels);
//!         println!("{:>6} {name:<20} {operand}", instruction.offset);
//! #       said.push(format!("{name} {operand}"));
//!     }
//! }
//! # assert!(said.contains(&"STORE_NAME total".to_owned()), "{said:?}");
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Every constant, name and jump target is in the words of the Python that wrote the file. [`Listing`] does the same with lines,
//! labels and columns, as that version's `dis.dis` does.
//!
//! # The layers, from the bytes up
//!
//! 1. **Which Python.** [`magic`] has every magic number; [`Detection`] says which Python a file is read as and how sure that
//!    is, also for files without a header. [`python`] has what each Python is: its opcodes and layouts, as changes against the
//!    one before.
//! 2. **The marshalled objects.** [`Tree`] is an arena of [`Node`]s in the order of the file. A node knows what it is, where it
//!    is and what it is to its parent; its [`Value`] is read from the bytes when asked for. References are links.
//! 3. **Code objects.** [`Code`] is a typed view over a node that answers by name for every version. Its [`Instructions`] and
//!    its [`tables`] are walked through as streams; [`Operands`] says what an argument means, [`Reprs`] how a constant reads,
//!    in the words of that version's own `dis` and `repr`.
//! 4. **Every byte.** An [`Item`] is anything in the file that can be pointed at: [`Pyc::children`], [`Pyc::parent`] and
//!    [`Pyc::span`] make a tree of them, and [`Pyc::leaves`] tile the file with them from its first byte to its last.
//!
//! 5. **Text.** Whatever is printed, a constant, an operand, a whole [`Listing`], goes to a [`Sink`], which is told of each piece
//!    what it is ([`Token`]) and which item it stands for. A [`String`] is the plainest sink; colours, links and HTML are others.
//!
//! With the feature `serde`, `schema` has all that is known as plain values, with the feature `json` as JSON.
//!
//! # What is wrong with a file
//!
//! Each [`Diagnostic`] has a severity, a code that stays the same from release to release, a sentence and the bytes that it is
//! about. What precedes damage is kept; behind it, code objects are looked for and shown as recovered. [`Limits`] bound what a
//! file may cost.
//!
//! # Features
//!
//! * `serde`: the module `schema`, whose values any format of serde can hold.
//! * `json`: and JSON of it, without having all values at once.
//!
//! Both are off unless asked for; without them the crate depends on nothing but `std`.
//!
//! # Rust versions
//!
//! Rust 1.85 or later. What needs a newer one raises the minor version.

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod bytecode;
mod code;
mod counted;
mod diagnostic;
mod diagnostic_code;
mod file;
mod inspect;
mod limits;
mod marshal;
mod parse;
pub mod python;
mod reader;
mod span;
mod text;
mod version;

pub use bytecode::{BytecodeIndex, Instruction, Instructions, Labels};
pub use code::{
    CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, Code, CodeFlag, Item, ItemChildren, Items, Leaves, code_flags, tables,
};
pub use counted::counted;
pub use diagnostic::{Diagnostic, Severity};
pub use diagnostic_code::DiagnosticCode;
pub use file::{Basis, Detection, Header, HeaderField, HeaderKind, Pyc, Section, SectionKind, Transport, magic};
pub use inspect::control_flow::{self, ControlFlow, FlowBlock, Way, WayKind};
pub use inspect::{Finding, Inspection, Inspector, Look, NoteSubject, NoteTaking, Noted, Notes, StringFound, strings};
pub use limits::Limits;
pub use marshal::{Children, FLAG_REF, Field, Kind, Node, NodeId, Region, Role, Tree, Value};
pub use parse::Options;
pub use span::Span;
#[cfg(feature = "serde")]
pub use text::schema;
pub use text::{
    CUT, Listing, ListingOptions, Meaning, Operands, Reprs, Sink, Token, TokenKind, displayable, is_visible, shown,
};
pub use version::{Implementation, Version};

/// The example in the README is compiled with the other ones.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
