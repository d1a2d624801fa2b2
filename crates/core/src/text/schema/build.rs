//! The values of the schema, taken from a file.

use std::borrow::Cow;

use super::{Bounds, Code, Diagnostic, Exception, File, FileInfo, Header, Instruction, PythonInfo, Word};
use crate::code::tables::SourcePosition;
use crate::marshal::{Field, NodeId};
use crate::python::{LineTable, Python};
use crate::text::buffer::Text;
use crate::text::disassembly::Disassembly;
use crate::text::visible::write_plain;
use crate::{Basis, Limits, Pyc, Span, code_flags};

/// What text of the file is kept as.
pub(super) trait FileText<'p> {
    /// Text as it stands in the file: UTF-8, in which surrogates may stand alone, or any bytes.
    fn of(text: &'p [u8]) -> Self;
}

impl FileText<'_> for String {
    fn of(text: &[u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(text) {
            return text.to_owned();
        }
        let (mut out, mut plain) = (Self::new(), Text::default());
        write_plain(&mut plain, text);
        plain.hand_to(&mut out);
        out
    }
}

impl From<&crate::Diagnostic> for Diagnostic {
    fn from(diagnostic: &crate::Diagnostic) -> Self {
        Self {
            severity: Cow::Borrowed(diagnostic.severity.name()),
            code: Cow::Borrowed(diagnostic.code.as_str()),
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
        let codes = codes.map(|code| {
            let is_listed = disassembly.turn_to(&code);
            let mut consts = Vec::new();
            if is_listed {
                each_const(&code, &mut disassembly, |repr| {
                    consts.push(repr.to_owned());
                    true
                });
            }
            let instructions = instructions(&code, &mut disassembly);
            self::code(&code, is_listed, &mut disassembly, consts, instructions)
        });
        let codes = codes.collect();
        let diagnostics = pyc.diagnostics().iter().map(Diagnostic::from).collect();
        Self::around(pyc, name.map(str::to_owned), codes, diagnostics)
    }
}

impl<C, D, N> File<C, D, N> {
    /// What stands around these.
    pub(super) fn around(pyc: &Pyc, name: Option<N>, codes: C, diagnostics: D) -> Self {
        Self {
            schema: 1,
            file: FileInfo { name, size: pyc.bytes().len() as u64 },
            python: PythonInfo::of(pyc),
            header: Header::of(pyc.header()),
            codes,
            diagnostics,
        }
    }
}

impl PythonInfo {
    fn of(pyc: &Pyc) -> Self {
        let (python, detection) = (pyc.python(), pyc.detection());
        if detection.basis == Basis::Nothing {
            return Self::default();
        }
        let name = |python: &&Python| format!("{} {}", python.implementation, python.version);
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

/// A code object which `disassembly` has turned to.
pub(super) fn code<'p, S: FileText<'p>, C, I>(
    code: &crate::Code<'p>,
    is_listed: bool,
    disassembly: &mut Disassembly,
    consts: C,
    instructions: I,
) -> Code<S, C, I> {
    let pyc = code.pyc();
    let mut names = |list: &dyn Fn() -> Option<Vec<NodeId>>| {
        let names = is_listed.then(list).flatten()?.into_iter();
        Some(names.map(|name| Some(S::of(disassembly.text(pyc.text(name)?)))).collect())
    };
    let varnames = names(&|| code.varnames());
    let freevars = names(&|| code.freevars());
    let cellvars = names(&|| code.cellvars());
    let names = names(&|| code.object(Field::Names).map(|_| code.items(Field::Names).collect()));
    let mut field = |field: Field| Some(S::of(disassembly.text(code.text(field)?)));
    Code {
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
        consts,
        span: bounds(code.span()),
        instructions,
        exceptions: code.object(Field::Exceptiontable).filter(|_| is_listed).map(|_| exceptions(code)),
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

/// Hands on the `repr` of each constant of a code object which `disassembly` has turned to, until one is refused.
pub(super) fn each_const(code: &crate::Code<'_>, disassembly: &mut Disassembly, mut each: impl FnMut(&str) -> bool) {
    let mut repr = Text::default();
    for id in code.items(Field::Consts) {
        repr.clear();
        let limit = disassembly.operands.limit();
        disassembly.operands.reprs().write_text(&mut repr, code.pyc(), id, limit);
        disassembly.spend(repr.len());
        if !each(repr.as_str()) {
            return;
        }
    }
}

fn instructions(code: &crate::Code<'_>, disassembly: &mut Disassembly) -> Vec<Instruction> {
    let mut instructions = Vec::with_capacity(code.instructions().count());
    each_instruction(code, disassembly, |instruction| {
        instructions.push(instruction.with_own_text());
        true
    });
    instructions
}

impl Instruction<&Text> {
    fn with_own_text(self) -> Instruction {
        let Self { offset, opcode, opname, arg, argrepr, line, position, target, span } = self;
        Instruction { offset, opcode, opname, arg, argrepr: argrepr.as_str().to_owned(), line, position, target, span }
    }
}

/// Hands on the instructions of a code object which `disassembly` has turned to, until one is refused.
#[inline]
pub(super) fn each_instruction(
    code: &crate::Code<'_>,
    disassembly: &mut Disassembly,
    mut each: impl FnMut(Instruction<&Text>) -> bool,
) {
    if disassembly.is_passed_over() {
        return;
    }
    let (pyc, python, base) = (code.pyc(), code.python(), code.bytecode_start());
    // PyPy tells the end only together with columns; a line without them is a place all the same.
    let tells_columns = python.format.lines == LineTable::PyPy;
    disassembly.labels.rebuild(code.bytecode(), python);
    let mut argrepr = Text::default();
    disassembly.run(code, |disassembly, instruction, position| {
        argrepr.clear();
        disassembly.operands.write_text(&mut argrepr, pyc, instruction, &disassembly.labels);
        disassembly.spend(argrepr.len());
        let opname = python.opcode(instruction.opcode).map(|opcode| Cow::Borrowed(opcode.name));
        let SourcePosition { line, end_line, column, end_column } = *position;
        let whole = [line.map(i64::from), end_line.map(i64::from), column.map(i64::from), end_column.map(i64::from)];
        each(Instruction {
            offset: instruction.offset,
            opcode: instruction.opcode,
            opname: opname.unwrap_or_else(|| Cow::Owned(format!("<{}>", instruction.opcode))),
            arg: instruction.arg,
            argrepr: &argrepr,
            line,
            position: (end_line.is_some() || column.is_some() || (tells_columns && line.is_some())).then_some(whole),
            target: instruction.target(python),
            span: [base + instruction.offset, base + instruction.end()],
        })
    });
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
