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
use crate::repr::{write_i64, write_plain, write_u64};
use crate::tables::{ExceptionEntry, SourcePosition};
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
}

/// How wide the columns are that have numbers.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    mark: usize,
    offset: usize,
}

/// Width of the line column.
const LINE: usize = 6;
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
        let mut budget = budget;
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
                if !out.is_empty() {
                    out.push('\n');
                }
                self.write_heading(out, &code);
                if !is_listed {
                    out.push_str("  not listed: too many code objects share its tables\n");
                    self.stage = Stage::Code(number + 1);
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

    fn turn_to(&mut self, code: &Code<'_>) -> bool {
        if !self.disassembly.turn_to(code) {
            return false;
        }
        self.line = None;
        self.handlers.clear();
        self.handlers.extend(code.exception_entries().map(|entry| entry.target));
        self.handlers.sort_unstable();
        self.handlers.dedup();
        let labels = if code.python().format.dis.labels { self.disassembly.index.targets().len() } else { 0 };
        self.columns =
            Columns { mark: (width(labels as u32) + 2).max(4), offset: width(code.bytecode().len() as u32).max(5) };
        true
    }

    fn write_heading(&mut self, out: &mut String, code: &Code<'_>) {
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
            write_i64(out, line);
        }
        out.push('\n');
    }

    /// `true` when there are no more.
    fn write_instructions(&mut self, out: &mut String, code: &Code<'_>, budget: &mut usize) -> bool {
        let (pyc, python, base) = (code.pyc(), code.python(), code.bytecode_start());
        let (options, columns, handlers, line) = (self.options, self.columns, &self.handlers, &mut self.line);
        self.disassembly.run(code, budget, |disassembly, instruction, position| {
            let starts_line = *line != Some(position.line);
            if starts_line {
                if line.is_some() {
                    out.push('\n');
                }
                *line = Some(position.line);
            }
            let mut row = Row::new();
            if options.file_offsets {
                row.hexadecimal(base + instruction.offset);
            }
            if options.show_positions {
                row.position(position);
            } else if starts_line {
                row.line(position.line);
            } else {
                row.space(LINE);
            }
            row.space(1);
            row.mark(python, disassembly.index.label(instruction.offset), columns.mark, || {
                handlers.binary_search(&instruction.offset).is_ok()
            });
            row.space(1);
            row.number(instruction.offset.into(), columns.offset);
            row.space(2);
            let behind_name = row.length + NAME;
            match python.opcode(instruction.opcode) {
                Some(opcode) => row.text(opcode.name),
                None => {
                    row.text("<");
                    row.number(instruction.opcode.into(), 0);
                    row.text(">");
                }
            }
            if let Some(arg) = instruction.arg {
                // A long name takes room from its argument.
                let room = (behind_name + ARGUMENT).saturating_sub(row.length + 1);
                row.space(1);
                row.number(arg.into(), room);
            }
            out.push_str(row.as_str());
            if instruction.arg.is_some() {
                let start = out.len();
                out.push_str("  (");
                disassembly.operands.write(out, pyc, instruction, &disassembly.index);
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

/// A row for each field of an instruction's inline caches.
fn write_caches(
    out: &mut String,
    code: &Code<'_>,
    instruction: &Instruction,
    options: ListingOptions,
    columns: Columns,
) {
    let (python, bytecode) = (code.python(), code.bytecode());
    let mut at = instruction.offset + instruction.size;
    let fields = python.opcode(instruction.opcode).map_or(&[][..], |opcode| opcode.caches);
    for field in fields {
        let end = at + u32::from(field.units) * 2;
        if end > instruction.end() {
            break;
        }
        let mut row = Row::new();
        if options.file_offsets {
            row.hexadecimal(code.bytecode_start() + at);
        }
        row.space(if options.show_positions { POSITION } else { LINE } + columns.mark + 2);
        row.number(at.into(), columns.offset);
        row.space(2);
        row.text("CACHE");
        row.space(NAME + ARGUMENT - "CACHE".len() + 2);
        row.text(field.name);
        row.text(": ");
        out.push_str(row.as_str());
        let value = bytecode.get(at as usize..end as usize).unwrap_or_default();
        write_u64(out, value.iter().rev().take(8).fold(0, |value, byte| value << 8 | u64::from(*byte)));
        out.push('\n');
        at = end;
    }
}

fn write_exceptions(out: &mut String, code: &Code<'_>) {
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
pub(crate) fn write_exception(out: &mut String, entry: &ExceptionEntry) {
    write_u64(out, entry.start.into());
    out.push_str(" to ");
    write_u64(out, entry.end.into());
    out.push_str(" -> ");
    write_u64(out, entry.target.into());
    out.push_str(" [");
    write_u64(out, entry.depth.into());
    out.push_str(if entry.lasti { "] lasti" } else { "]" });
}

/// How many digits a number has.
const fn width(number: u32) -> usize {
    match number.checked_ilog10() {
        Some(digits) => digits as usize + 1,
        None => 1,
    }
}

/// The first columns of a row, put together on the stack: one copy into the text for all of them.
struct Row {
    bytes: [u8; 192],
    length: usize,
}

impl Row {
    const fn new() -> Self {
        Self { bytes: [b' '; 192], length: 0 }
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes.get(..self.length).unwrap_or_default()).unwrap_or_default()
    }

    #[inline]
    fn space(&mut self, count: usize) {
        self.length += count;
    }

    #[inline]
    fn text(&mut self, text: &str) {
        if let Some(place) = self.bytes.get_mut(self.length..self.length + text.len()) {
            place.copy_from_slice(text.as_bytes());
            self.length += text.len();
        }
    }

    /// A number, to the right in its column.
    #[inline]
    fn number(&mut self, mut value: u64, room: usize) {
        let digits = match value.checked_ilog10() {
            Some(digits) => digits as usize + 1,
            None => 1,
        };
        self.length += room.max(digits);
        if let Some(place) = self.bytes.get_mut(self.length - digits..self.length) {
            for digit in place.iter_mut().rev() {
                *digit = b'0' + (value % 10) as u8;
                value /= 10;
            }
        }
    }

    fn hexadecimal(&mut self, value: u32) {
        for shift in (0..8).rev() {
            let digit = char::from_digit(value >> (shift * 4) & 15, 16).unwrap_or('0');
            self.bytes[self.length] = digit as u8;
            self.length += 1;
        }
        self.space(1);
    }

    #[inline]
    fn line(&mut self, line: Option<i32>) {
        match line {
            Some(line) if line >= 0 => self.number(line as u64, LINE),
            Some(line) => {
                let start = self.length;
                self.number(line.unsigned_abs().into(), LINE.max(width(line.unsigned_abs()) + 1));
                let digits = width(line.unsigned_abs());
                let sign = (self.length - digits).saturating_sub(1).max(start);
                self.bytes[sign] = b'-';
            }
            None => {
                self.space(LINE - 2);
                self.text("--");
            }
        }
    }

    /// Where it is in the source: `3:4-3:17`.
    fn position(&mut self, position: SourcePosition) {
        let end = self.length + POSITION;
        let part = |row: &mut Self, line: Option<i32>, column: Option<u32>| {
            match line {
                Some(line) => row.number(line.unsigned_abs().into(), 0),
                None => row.text("--"),
            }
            if let Some(column) = column {
                row.text(":");
                row.number(column.into(), 0);
            }
        };
        self.space(1);
        part(self, position.line, position.column);
        if position.end_line.is_some() {
            self.text("-");
            part(self, position.end_line, position.end_column);
        }
        self.length = self.length.max(end);
    }

    #[inline]
    fn mark(&mut self, python: &Python, label: Option<usize>, room: usize, is_handler: impl Fn() -> bool) {
        match label {
            Some(label) if python.format.dis.labels => {
                let digits = width(label as u32);
                self.space(room.saturating_sub(digits + 2));
                self.text("L");
                self.number(label as u64, 0);
                self.text(":");
            }
            None if !is_handler() => self.space(room),
            _ => {
                self.space(room - 2);
                self.text(">>");
            }
        }
    }
}
