//! Schema 1 as plain data: what [`JsonExport`](crate::JsonExport) writes, as values that serde can write in other formats and
//! read back. With the feature `serde`.
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
//! Rust's strings hold no surrogate that stands alone, nor a byte that is no text. Where a name has one it is written as an
//! escape here, `\udc80` or `\x80`; the JSON of [`JsonExport`](crate::JsonExport) has the surrogate itself.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::marshal::{Field, NodeId};
use crate::text::buffer::Text;
use crate::text::disassembly::Disassembly;
use crate::text::visible::write_plain;
use crate::{Limits, Pyc, Span, code_flags};

/// A word from a list that the decoder has, such as the name of an opcode.
pub type Word = Cow<'static, str>;

/// A span as it is written: `[start, end]`, offsets in the file.
pub type Bounds = [u32; 2];

/// Everything that is known of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// 1.
    pub schema: u32,
    /// The file itself.
    pub file: FileInfo,
    /// The Python that it is read as.
    pub python: PythonInfo,
    /// What precedes the marshalled object.
    pub header: Header,
    /// The code objects: one comes before those in its constants, depth first.
    pub codes: Vec<Code>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileInfo {
    /// Its name, if it was given.
    pub name: Option<String>,
    /// Its size in bytes.
    pub size: u64,
}

/// Which Python a file is read as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
pub struct Code {
    /// `co_name`.
    pub name: Option<String>,
    /// `co_qualname` (3.11+).
    pub qualname: Option<String>,
    /// `co_filename`.
    pub filename: Option<String>,
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
    pub names: Option<Vec<Option<String>>>,
    /// `co_varnames`.
    pub varnames: Option<Vec<Option<String>>>,
    /// `co_freevars`.
    pub freevars: Option<Vec<Option<String>>>,
    /// `co_cellvars`.
    pub cellvars: Option<Vec<Option<String>>>,
    /// The `repr` of each constant.
    pub consts: Vec<String>,
    /// Its bytes.
    pub span: Bounds,
    /// Its instructions, `EXTENDED_ARG` among them.
    pub instructions: Vec<Instruction>,
    /// The entries of its exception table (3.11+).
    pub exceptions: Option<Vec<Exception>>,
}

/// An instruction. Offsets are in bytes of bytecode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instruction {
    /// Where it begins.
    pub offset: u32,
    /// The byte that names it.
    pub opcode: u8,
    /// Its name, or its number in angle brackets where the version has no such opcode.
    pub opname: Word,
    /// Its argument, with what `EXTENDED_ARG` put before it.
    pub arg: Option<u32>,
    /// What the argument means, in the words of that version's `dis`.
    pub argrepr: String,
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

impl From<&crate::Diagnostic> for Diagnostic {
    fn from(diagnostic: &crate::Diagnostic) -> Self {
        Self {
            severity: Cow::Borrowed(diagnostic.severity.name()),
            code: Cow::Borrowed(diagnostic.code),
            message: diagnostic.message.clone(),
            span: bounds(diagnostic.span),
        }
    }
}

impl File {
    /// All of it. `name` is that of the file.
    #[must_use]
    pub fn of(pyc: &Pyc, name: Option<&str>, limits: Limits) -> Self {
        let mut disassembly = Disassembly::for_programs(pyc, limits);
        let codes = pyc.codes().iter().filter_map(|&id| pyc.code(id));
        Self {
            schema: 1,
            file: FileInfo { name: name.map(str::to_owned), size: pyc.bytes().len() as u64 },
            python: PythonInfo::of(pyc),
            header: Header::of(pyc.header()),
            codes: codes.map(|code| Code::of(&code, &mut disassembly)).collect(),
            diagnostics: pyc.diagnostics().iter().map(Diagnostic::from).collect(),
        }
    }
}

impl PythonInfo {
    fn of(pyc: &Pyc) -> Self {
        let (python, detection) = (pyc.python(), pyc.detection());
        let name = |python: &&crate::python::Python| format!("{} {}", python.implementation, python.version);
        Self {
            implementation: Cow::Borrowed(python.implementation.name()),
            version: python.version.to_string(),
            certain: detection.certain,
            candidates: detection.candidates.iter().map(name).collect(),
        }
    }
}

impl Header {
    fn of(header: &crate::Header) -> Self {
        let hexadecimal = |hash: [u8; 8]| format!("{:016x}", u64::from_be_bytes(hash));
        Self {
            kind: Cow::Borrowed(header.kind().name()),
            magic: header.magic,
            flags: header.flags,
            mtime: header.mtime,
            source_size: header.source_size,
            source_hash: header.source_hash.map(hexadecimal),
            check_source: header.check_source(),
            span: bounds(header.span()),
        }
    }
}

impl Code {
    fn of(code: &crate::Code<'_>, disassembly: &mut Disassembly) -> Self {
        let is_listed = disassembly.turn_to(code);
        let pyc = code.pyc();
        let mut names = |list: &dyn Fn() -> Option<Vec<NodeId>>| {
            let names = is_listed.then(list).flatten()?.into_iter();
            Some(names.map(|name| Some(text(disassembly.text(pyc.text(name)?)))).collect())
        };
        let varnames = names(&|| code.varnames());
        let freevars = names(&|| code.freevars());
        let cellvars = names(&|| code.cellvars());
        let names = names(&|| code.object(Field::Names).map(|_| code.items(Field::Names).collect()));
        let mut field = |field: Field| Some(text(disassembly.text(code.text(field)?)));
        Self {
            name: field(Field::Name),
            qualname: field(Field::Qualname),
            filename: field(Field::Filename),
            firstlineno: code.number(Field::Firstlineno),
            argcount: code.number(Field::Argcount),
            posonlyargcount: code.number(Field::Posonlyargcount),
            kwonlyargcount: code.number(Field::Kwonlyargcount),
            nlocals: if is_listed { code.nlocals() } else { None },
            stacksize: code.number(Field::Stacksize),
            flags: code.number(Field::Flags),
            flag_names: flag_names(code),
            names,
            varnames,
            freevars,
            cellvars,
            consts: if is_listed { consts(code, disassembly) } else { Vec::new() },
            span: bounds(code.span()),
            instructions: instructions(code, disassembly),
            exceptions: code.object(Field::Exceptiontable).filter(|_| is_listed).map(|_| exceptions(code)),
        }
    }
}

fn flag_names(code: &crate::Code<'_>) -> Option<Vec<Word>> {
    let flags = code.number(Field::Flags)? as u32;
    let set = || code_flags(code.python()).filter(|flag| flags & flag.bit != 0);
    let unknown = flags & !set().fold(0, |known, flag| known | flag.bit);
    let mut names: Vec<Word> = set().map(|flag| Cow::Borrowed(flag.name)).collect();
    if unknown != 0 {
        names.push(Cow::Owned(format!("{unknown:#x}")));
    }
    Some(names)
}

fn consts(code: &crate::Code<'_>, disassembly: &mut Disassembly) -> Vec<String> {
    let constant = |id| {
        let (mut repr, limit) = (String::new(), disassembly.operands.limit());
        disassembly.operands.reprs().write(&mut repr, code.pyc(), id, limit);
        disassembly.spend(repr.len());
        repr
    };
    code.items(Field::Consts).map(constant).collect()
}

fn instructions(code: &crate::Code<'_>, disassembly: &mut Disassembly) -> Vec<Instruction> {
    let (pyc, base) = (code.pyc(), code.bytecode_start());
    let mut everything = usize::MAX;
    let mut instructions = Vec::with_capacity(code.instructions().count());
    let mut text = Text::default();
    disassembly.run(code, &mut everything, |disassembly, instruction, position| {
        let mut argrepr = String::new();
        disassembly.operands.write_text(&mut text, pyc, instruction, &disassembly.targets);
        text.hand_to(&mut argrepr);
        disassembly.spend(argrepr.len());
        let opname = pyc.python().opcode(instruction.opcode).map(|opcode| Cow::Borrowed(opcode.name));
        let crate::code::tables::SourcePosition { line, end_line, column, end_column } = *position;
        let whole = [line.map(i64::from), end_line.map(i64::from), column.map(i64::from), end_column.map(i64::from)];
        instructions.push(Instruction {
            offset: instruction.offset,
            opcode: instruction.opcode,
            opname: opname.unwrap_or_else(|| Cow::Owned(format!("<{}>", instruction.opcode))),
            arg: instruction.arg,
            argrepr,
            line,
            position: (end_line.is_some() || column.is_some()).then_some(whole),
            target: instruction.target(pyc.python()),
            span: [base + instruction.offset, base + instruction.end()],
        });
    });
    instructions
}

fn exceptions(code: &crate::Code<'_>) -> Vec<Exception> {
    let exception = |entry: crate::code::tables::ExceptionEntry| Exception {
        start: entry.start,
        end: entry.end,
        target: entry.target,
        depth: entry.depth,
        lasti: entry.lasti,
        span: bounds(entry.span),
    };
    code.exception_entries().map(exception).collect()
}

fn bounds(span: Span) -> Bounds {
    [span.start, span.end]
}

/// Text as it is; where that is no text, what can be written of it.
fn text(text: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(text) {
        return text.to_owned();
    }
    let (mut out, mut plain) = (String::new(), Text::default());
    write_plain(&mut plain, text);
    plain.hand_to(&mut out);
    out
}
