//! Schema 1: everything that is known of a file, as values that serde can write and read. With the feature `serde`.
//!
//! ```
//! use pycxray::{Limits, Pyc, schema};
//!
//! # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-3.12/hello.pyc");
//! let pyc = Pyc::parse(std::fs::read(path)?);
//! let file = schema::File::of(&pyc, Some("hello.pyc"), Limits::default());
//! assert_eq!(file.codes[0].instructions[1].opname, "LOAD_CONST");
//! let json = serde_json::to_string(&file)?;
//! assert_eq!(serde_json::from_str::<schema::File>(&json)?, file);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With the feature `json`, [`write_json`] writes the same values as JSON without having them all at once: a code object at a
//! time, an instruction at a time. That is what the parameters of [`File`] and [`Code`] are for: what is kept in a list here is
//! made while it is written there.
//!
//! Rust's strings hold no surrogate that stands alone, nor a byte that is no text. Where a name has one it is written as an
//! escape here, `\udc80` or `\x80`; the JSON of [`write_json`] has the surrogate itself.

mod build;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "json")]
mod row;

#[cfg(feature = "json")]
pub use json::{JsonText, json_line, to_json, write_json};

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A word from a list that the decoder has, such as the name of an opcode.
pub type Word = Cow<'static, str>;

/// A span as it is written: `[start, end]`, offsets in the file.
pub type Bounds = [u32; 2];

/// Everything that is known of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct File<C = Vec<Code>, D = Vec<Diagnostic>, N = String> {
    /// 1.
    pub schema: u32,
    /// The file itself.
    pub file: FileInfo<N>,
    /// The Python that it is read as.
    pub python: PythonInfo,
    /// What precedes the marshalled object.
    pub header: Header,
    /// The code objects: one comes before those in its constants, depth first.
    pub codes: C,
    /// What was wrong.
    pub diagnostics: D,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileInfo<N = String> {
    /// Its name, if it was given.
    pub name: Option<N>,
    /// Its size in bytes.
    pub size: u64,
}

/// Which Python a file is read as. Of what is no `.pyc` file, none is: both texts are empty, and there are no candidates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PythonInfo {
    /// Who made it, such as `CPython`.
    pub implementation: Word,
    /// Its version, such as `3.12`.
    pub version: String,
    /// Whether no other Python comes into question.
    pub certain: bool,
    /// All that come into question, the likeliest first, such as `CPython 3.12`.
    pub candidates: Vec<String>,
}

/// What precedes the marshalled object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// `timestamp`, `hash` or `none`.
    pub kind: Word,
    /// The magic number.
    pub magic: Option<u32>,
    /// The flags of PEP 552.
    pub flags: Option<u32>,
    /// When the source was changed last: seconds since 1970, UTC.
    pub mtime: Option<u32>,
    /// The size of the source in bytes, modulo 2^32.
    pub source_size: Option<u32>,
    /// SipHash of the source: its eight bytes in the order of the file, in hexadecimal.
    pub source_hash: Option<String>,
    /// Whether the interpreter compares the hash with the source at import.
    pub check_source: Option<bool>,
    /// Its bytes.
    pub span: Bounds,
}

/// A code object. What its version does not have, or the file cuts off, is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Code<S = String, C = Vec<S>, I = Vec<Instruction<S>>> {
    /// `co_name`.
    pub name: Option<S>,
    /// `co_qualname` (3.11+).
    pub qualname: Option<S>,
    /// `co_filename`.
    pub filename: Option<S>,
    /// `co_firstlineno`.
    pub firstlineno: Option<i64>,
    /// `co_argcount`.
    pub argcount: Option<i64>,
    /// `co_posonlyargcount` (3.8+).
    pub posonlyargcount: Option<i64>,
    /// `co_kwonlyargcount` (3.0+).
    pub kwonlyargcount: Option<i64>,
    /// `co_nlocals`, from 3.11 on counted.
    pub nlocals: Option<i64>,
    /// `co_stacksize`, in slots.
    pub stacksize: Option<i64>,
    /// `co_flags`.
    pub flags: Option<i64>,
    /// The names of these flags; bits without a name in hexadecimal.
    pub flag_names: Option<Vec<Word>>,
    /// `co_names`.
    pub names: Option<Vec<Option<S>>>,
    /// `co_varnames`.
    pub varnames: Option<Vec<Option<S>>>,
    /// `co_freevars`.
    pub freevars: Option<Vec<Option<S>>>,
    /// `co_cellvars`.
    pub cellvars: Option<Vec<Option<S>>>,
    /// The `repr` of each constant.
    pub consts: C,
    /// Its bytes.
    pub span: Bounds,
    /// Its instructions, `EXTENDED_ARG` among them.
    pub instructions: I,
    /// The entries of its exception table (3.11+).
    pub exceptions: Option<Vec<Exception>>,
}

/// An instruction. Offsets are in bytes of bytecode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instruction<S = String> {
    /// Where it begins.
    pub offset: u32,
    /// The byte that names it.
    pub opcode: u8,
    /// Its name, or its number in angle brackets where the version has no such opcode.
    pub opname: Word,
    /// Its argument, with what `EXTENDED_ARG` put before it.
    pub arg: Option<u32>,
    /// What the argument means, in the words of that version's `dis`.
    pub argrepr: S,
    /// Its line in the source.
    pub line: Option<i32>,
    /// Line, end line, column, end column (3.11+).
    pub position: Option<[Option<i64>; 4]>,
    /// Where it jumps to.
    pub target: Option<u32>,
    /// Its bytes in the file, inline caches included.
    pub span: Bounds,
}

/// An entry of the exception table. Offsets are in bytes of bytecode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exception {
    /// The first byte that it guards.
    pub start: u32,
    /// The byte behind those that it guards.
    pub end: u32,
    /// Where the handler begins.
    pub target: u32,
    /// The stack depth to which the stack is unwound, in slots.
    pub depth: u32,
    /// Whether the offset of the raising instruction is pushed before the exception.
    pub lasti: bool,
    /// Its bytes in the file.
    pub span: Bounds,
}

/// Something that is to be said of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// `error`, `warning` or `note`.
    pub severity: Word,
    /// A name that stays the same from release to release.
    pub code: Word,
    /// A sentence.
    pub message: String,
    /// The bytes that it is about.
    pub span: Bounds,
}
