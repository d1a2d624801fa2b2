//! The listing of a file's code objects as text, in one form for all versions: `pycxray dis`.
//!
//! ```text
//! Code object greet, file "hello.py", line 1
//!      1            0  RESUME                              0
//!
//!      2            2  LOAD_GLOBAL                         1  (print + NULL)
//! ```
//!
//! The columns are the source line, the mark of a jump target (`>>`, from 3.13 on a label as `dis` numbers it), the offset
//! in the bytecode, the name of the operation, its argument, and what that means in the words of that version's `dis`.

use crate::disassembly::Disassembly;
use crate::marshal::{Field, NodeId};
use crate::python::Python;
use crate::repr::write_plain;
use crate::slices::Slices;
use crate::tables::{ExceptionEntry, SourcePosition};
use crate::text::{Text, write_digits};
use crate::{Code, Instruction, Limits, Pyc};

/// What a listing shows besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListingOptions {
    /// The fields of inline caches, each on a row of its own (3.11+).
    pub show_caches: bool,
    /// From where to where an instruction is in the source, where there are columns (3.11+).
    pub show_positions: bool,
    /// Where each instruction is in the file, in hexadecimal.
    pub file_offsets: bool,
}

/// What is written next.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// The heading of a code object.
    Code(usize),
    /// Its instructions, from where the walk stands.
    Instructions(usize),
}

/// Writes the listing of a file's code objects in slices. Between them it borrows nothing.
///
/// ```
/// use pycxray::{Limits, ListingExport, ListingOptions, Pyc};
///
/// let pyc = Pyc::parse(vec![0xcb, 0x0d, 0x0d, 0x0a]);
/// let listing = ListingExport::whole(&pyc, ListingOptions::default(), Limits::default());
/// assert_eq!(listing, "", "a file that is cut off behind its magic number has no code");
/// ```
#[derive(Clone, Debug)]
pub struct ListingExport {
    options: ListingOptions,
    stage: Stage,
    /// The code object behind the last to be listed.
    end: usize,
    disassembly: Disassembly,
    /// Where handlers begin in the code object that is being listed, ascending.
    handlers: Vec<u32>,
    /// The line of the row before.
    line: Option<Option<i32>>,
    columns: Columns,
    marks: Marks,
    names: Names,
    /// Something was written: what follows is set off by an empty line.
    has_begun: bool,
    /// What the slice that is being written comes to.
    text: Text,
}

/// How wide the columns are that have numbers.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    mark: usize,
    offset: usize,
}

/// Width of the line column.
const LINE: usize = 6;
/// Width of the columns of marks and offsets at most, with the spaces around them: numbers of ten digits in each.
const MARK_AND_OFFSET: usize = 32;
/// Width of the column of source positions.
const POSITION: usize = 17;
/// Width of the column of names: those that are longer push what follows to the right.
const NAME: usize = 28;
/// Width of the column of arguments.
const ARGUMENT: usize = 6;

impl ListingExport {
    /// Begins with the first code object; writes nothing yet.
    #[must_use]
    pub fn new(pyc: &Pyc, options: ListingOptions, limits: Limits) -> Self {
        Self {
            options,
            stage: Stage::Code(0),
            end: pyc.codes().len(),
            disassembly: Disassembly::new(pyc, limits),
            handlers: Vec::new(),
            line: None,
            columns: Columns::default(),
            marks: Marks::default(),
            names: Names::default(),
            has_begun: false,
            text: Text::default(),
        }
    }

    /// The same for one code object alone.
    #[must_use]
    pub fn of_code(pyc: &Pyc, code: NodeId, options: ListingOptions, limits: Limits) -> Self {
        let all = Self::new(pyc, options, limits);
        let number = pyc.codes().binary_search(&code).unwrap_or(all.end);
        Self { stage: Stage::Code(number), end: all.end.min(number + 1), ..all }
    }

    /// All of it at once.
    #[must_use]
    pub fn whole(pyc: &Pyc, options: ListingOptions, limits: Limits) -> String {
        let mut export = Self::new(pyc, options, limits);
        // Measured on standard libraries: about 9 bytes of text for each byte of the file.
        let mut out = String::with_capacity((pyc.bytes().len() * 10).min(64 << 20));
        while !export.step(pyc, usize::MAX, &mut out) {}
        out
    }

    /// Goes on for `budget` instructions or so, behind what is in `out`. `true` when all is written. `pyc` must be the same
    /// each time.
    pub fn step(&mut self, pyc: &Pyc, budget: usize, out: &mut String) -> bool {
        self.write_text(pyc, budget, out)
    }

    /// The same as bytes, for whoever only passes them on: they are UTF-8, and are neither checked for it nor copied.
    pub fn step_bytes(&mut self, pyc: &Pyc, budget: usize, out: &mut Vec<u8>) -> bool {
        self.write_bytes(pyc, budget, out)
    }

    fn turn_to(&mut self, code: &Code<'_>) -> bool {
        if !self.disassembly.turn_to(code) {
            return false;
        }
        self.line = None;
        self.marks = Marks::default();
        self.handlers.clear();
        self.handlers.extend(code.exception_entries().map(|entry| entry.target));
        self.handlers.sort_unstable();
        self.handlers.dedup();
        let labels = if code.python().format.dis.labels { self.disassembly.index.targets().len() } else { 0 };
        self.columns =
            Columns { mark: (width(labels as u32) + 2).max(4), offset: width(code.bytecode().len() as u32).max(5) };
        true
    }

    fn write_heading(&mut self, out: &mut Text, code: &Code<'_>) {
        out.push_str("Code object ");
        let name = code.text(Field::Qualname).or_else(|| code.text(Field::Name));
        write_plain(out, self.disassembly.text(name.unwrap_or(b"?")));
        if let Some(filename) = code.text(Field::Filename) {
            out.push_str(", file \"");
            write_plain(out, self.disassembly.text(filename));
            out.push('"');
        }
        if let Some(line) = code.number(Field::Firstlineno) {
            out.push_str(", line ");
            out.push_i64(line);
        }
        out.push('\n');
    }

    /// `true` when there are no more.
    fn write_instructions(&mut self, out: &mut Text, code: &Code<'_>, budget: &mut usize) -> bool {
        let (pyc, python, base) = (code.pyc(), code.python(), code.bytecode_start());
        let Self { options, columns, handlers, line, marks, names, disassembly, .. } = self;
        let (options, columns, has_labels) = (*options, *columns, python.format.dis.labels);
        disassembly.run(code, budget, |disassembly, instruction, position| {
            let starts_line = *line != Some(position.line);
            if starts_line {
                if line.is_some() {
                    out.push('\n');
                }
                *line = Some(position.line);
            }
            if options.file_offsets {
                write_file_offset(out, base + instruction.offset);
            }
            if options.show_positions {
                write_position(out, position);
            } else {
                write_line(out, position.line.filter(|_| starts_line), starts_line);
            }
            let mark = marks.at(instruction.offset, disassembly.index.targets(), handlers, has_labels);
            write_columns(out, instruction, names.get(python, instruction.opcode), mark, columns);
            if instruction.arg.is_some() {
                let start = out.len();
                out.push_word(b"  (");
                disassembly.operands.write_text(out, pyc, instruction, &disassembly.index);
                let written = out.len() - start - 3;
                if written == 0 {
                    out.truncate(start);
                } else {
                    out.push(')');
                    disassembly.spend(written);
                }
            }
            if instruction.is_cut {
                out.push_str("  cut off: the bytecode ends here");
            }
            out.push('\n');
            if options.show_caches && instruction.cache_units > 0 {
                write_caches(out, code, instruction, options, columns);
            }
        })
    }
}

impl Slices for ListingExport {
    fn text(&mut self) -> &mut Text {
        &mut self.text
    }

    fn write_slice(&mut self, out: &mut Text, pyc: &Pyc, mut budget: usize) -> bool {
        while budget > 0 {
            let (Stage::Code(number) | Stage::Instructions(number)) = self.stage;
            if number >= self.end {
                return true;
            }
            let Some(code) = pyc.codes().get(number).and_then(|&id| pyc.code(id)) else {
                self.stage = Stage::Code(number + 1);
                budget -= 1;
                continue;
            };
            if let Stage::Code(_) = self.stage {
                let is_listed = self.turn_to(&code);
                if std::mem::replace(&mut self.has_begun, true) {
                    out.push('\n');
                }
                self.write_heading(out, &code);
                if !is_listed {
                    out.push_str("  not listed: too many code objects share its tables\n");
                    self.stage = Stage::Code(number + 1);
                    budget -= 1;
                    continue;
                }
                self.stage = Stage::Instructions(number);
                budget -= 1;
            }
            if self.write_instructions(out, &code, &mut budget) {
                write_exceptions(out, &code);
                self.stage = Stage::Code(number + 1);
            }
        }
        let (Stage::Code(number) | Stage::Instructions(number)) = self.stage;
        number >= self.end
    }
}

/// How far the jump targets and the handlers have been passed: rows come in the order of the bytecode.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    targets: usize,
    handlers: usize,
}

impl Marks {
    /// What stands before the row at `offset`, which comes behind that asked for last.
    #[inline]
    fn at(&mut self, offset: u32, targets: &[u32], handlers: &[u32], has_labels: bool) -> Mark {
        let reaches = |passed: &mut usize, offsets: &[u32]| {
            while offsets.get(*passed).is_some_and(|&next| next < offset) {
                *passed += 1;
            }
            offsets.get(*passed) == Some(&offset)
        };
        match reaches(&mut self.targets, targets) {
            true if has_labels => Mark::Label(self.targets + 1),
            true => Mark::Target,
            false if reaches(&mut self.handlers, handlers) => Mark::Target,
            false => Mark::None,
        }
    }
}

/// The names of a Python's operations as they stand in a row, each padded to the columns of name and argument: made when the
/// first row is written. A row then takes a copy of a fixed size in place of one that depends on the name.
#[derive(Clone, Debug, Default)]
struct Names(Vec<Name>);

#[derive(Clone, Copy, Debug)]
struct Name {
    text: &'static str,
    columns: [u8; NAME + ARGUMENT],
    /// Whether the columns have room for it.
    fits: bool,
}

impl Names {
    #[inline]
    fn get(&mut self, python: &'static Python, opcode: u8) -> Option<&Name> {
        if self.0.is_empty() {
            self.0 =
                (0..=u8::MAX).map(|opcode| Name::of(python.opcode(opcode).map_or("", |known| known.name))).collect();
        }
        self.0.get(usize::from(opcode)).filter(|name| !name.text.is_empty())
    }
}

impl Name {
    fn of(text: &'static str) -> Self {
        let (mut columns, fits) = ([b' '; NAME + ARGUMENT], text.len() < NAME);
        if fits {
            columns[..text.len()].copy_from_slice(text.as_bytes());
        }
        Self { text, columns, fits }
    }
}

/// What stands before an offset.
#[derive(Clone, Copy)]
enum Mark {
    None,
    /// It is jumped to, or a handler begins there.
    Target,
    /// The same, by the number of its label.
    Label(usize),
}

/// The columns from the mark to the argument.
#[inline]
fn write_columns(out: &mut Text, instruction: &Instruction, name: Option<&Name>, mark: Mark, columns: Columns) {
    let offset_end = 1 + columns.mark + 1 + columns.offset;
    let name_start = offset_end + 2;
    let start = out.len();
    out.push_word(&[b' '; MARK_AND_OFFSET]);
    out.truncate(start + name_start);
    let place = out.tail(start);
    match mark {
        Mark::None => {}
        Mark::Target => place[columns.mark - 1..=columns.mark].copy_from_slice(b">>"),
        Mark::Label(label) => {
            place[columns.mark] = b':';
            let start = write_digits(&mut place[..columns.mark], label as u64);
            place[start - 1] = b'L';
        }
    }
    write_digits(&mut place[..offset_end], instruction.offset.into());
    // For rows as nearly all are: with a name and an argument that their columns have room for.
    if let Some(name) = name.filter(|name| name.fits && instruction.arg.is_none_or(|arg| arg < 100_000)) {
        let start = out.len();
        out.push_word(&name.columns);
        match instruction.arg {
            Some(arg) => {
                write_digits(out.tail(start), arg.into());
            }
            None => out.truncate(start + name.text.len()),
        }
        return;
    }
    let start = out.len();
    match name {
        Some(name) => out.push_str(name.text),
        None => {
            out.push('<');
            out.push_u64(instruction.opcode.into());
            out.push('>');
        }
    }
    if let Some(arg) = instruction.arg {
        // A long name takes room from its argument.
        let written = out.len() - start;
        out.push(' ');
        out.push_padded(arg.into(), (NAME + ARGUMENT).saturating_sub(written + 1));
    }
}

fn write_file_offset(out: &mut Text, offset: u32) {
    for (digit, shift) in out.columns(9).iter_mut().zip((0..8).rev()) {
        *digit = b"0123456789abcdef"[(offset >> (shift * 4) & 15) as usize];
    }
}

/// The line, if one begins; `--` where none is known.
#[inline]
fn write_line(out: &mut Text, line: Option<i32>, starts_line: bool) {
    match line {
        Some(line @ 0..1_000_000) => {
            write_digits(out.columns(LINE), line as u64);
        }
        Some(line) => out.push_i64(line.into()),
        None if starts_line => out.push_str("    --"),
        None => {
            out.columns(LINE);
        }
    }
}

/// Where it is in the source: `3:4-3:17`.
fn write_position(out: &mut Text, position: SourcePosition) {
    let start = out.len();
    let part = |out: &mut Text, line: Option<i32>, column: Option<u32>| {
        match line {
            Some(line) => out.push_i64(line.into()),
            None => out.push_str("--"),
        }
        if let Some(column) = column {
            out.push(':');
            out.push_u64(column.into());
        }
    };
    out.push(' ');
    part(out, position.line, position.column);
    if position.end_line.is_some() {
        out.push('-');
        part(out, position.end_line, position.end_column);
    }
    out.columns(POSITION.saturating_sub(out.len() - start));
}

/// A row for each field of an instruction's inline caches.
fn write_caches(out: &mut Text, code: &Code<'_>, instruction: &Instruction, options: ListingOptions, columns: Columns) {
    let (python, bytecode) = (code.python(), code.bytecode());
    let mut at = instruction.offset + instruction.size;
    let fields = python.opcode(instruction.opcode).map_or(&[][..], |opcode| opcode.caches);
    for field in fields {
        let end = at + u32::from(field.units) * 2;
        if end > instruction.end() {
            break;
        }
        if options.file_offsets {
            write_file_offset(out, code.bytecode_start() + at);
        }
        out.columns(if options.show_positions { POSITION } else { LINE });
        let row = Instruction { offset: at, arg: None, ..*instruction };
        let start = out.len();
        write_columns(out, &row, Some(&Name::of("CACHE")), Mark::None, columns);
        let names = columns.mark + columns.offset + 4;
        out.columns((names + NAME + ARGUMENT + 2).saturating_sub(out.len() - start));
        out.push_str(field.name);
        out.push_str(": ");
        let value = bytecode.get(at as usize..end as usize).unwrap_or_default();
        out.push_u64(value.iter().rev().take(8).fold(0, |value, byte| value << 8 | u64::from(*byte)));
        out.push('\n');
        at = end;
    }
}

fn write_exceptions(out: &mut Text, code: &Code<'_>) {
    let mut entries = code.exception_entries().peekable();
    if entries.peek().is_some() {
        out.push_str("Exception table:\n");
    }
    for entry in entries {
        out.push_str("  ");
        write_exception(out, &entry);
        out.push('\n');
    }
}

/// Writes an entry of an exception table: `4 to 10 -> 24 [1] lasti`, in bytes from the start of the bytecode.
pub(crate) fn write_exception(out: &mut Text, entry: &ExceptionEntry) {
    out.push_u64(entry.start.into());
    out.push_str(" to ");
    out.push_u64(entry.end.into());
    out.push_str(" -> ");
    out.push_u64(entry.target.into());
    out.push_str(" [");
    out.push_u64(entry.depth.into());
    out.push_str(if entry.lasti { "] lasti" } else { "]" });
}

/// How many digits a number has.
const fn width(number: u32) -> usize {
    match number.checked_ilog10() {
        Some(digits) => digits as usize + 1,
        None => 1,
    }
}
