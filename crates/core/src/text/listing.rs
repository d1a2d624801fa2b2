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

use crate::code::tables::{ExceptionEntry, SourcePosition};
use crate::marshal::{Field, NodeId};
use crate::python::Form;
use crate::text::buffer::Text;
use crate::text::disassembly::{Disassembly, SHORT};
use crate::text::slices::Slices;
use crate::text::visible::write_plain;
use crate::{Code, Instruction, Limits, Pyc};

mod rows;

use rows::{Columns, Line, Mark, Rows};

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
    /// The line of the row before; `None` before the first.
    line: Option<Line>,
    marks: Marks,
    rows: Rows,
    /// Something was written: what follows is set off by an empty line.
    has_begun: bool,
    /// What the slice that is being written comes to.
    text: Text,
}

/// Width of the line column.
const LINE: usize = 6;
/// Width of the column of source positions, which takes the place of that of lines.
const POSITION: usize = 17;

impl ListingExport {
    /// Begins with the first code object; writes nothing yet.
    #[must_use]
    pub fn new(pyc: &Pyc, options: ListingOptions, limits: Limits) -> Self {
        let mut disassembly = Disassembly::new(pyc, limits);
        if options.show_positions {
            disassembly.take_columns();
        }
        Self {
            options,
            stage: Stage::Code(0),
            end: pyc.codes().len(),
            disassembly,
            handlers: Vec::new(),
            line: None,
            marks: Marks::default(),
            rows: Rows::default(),
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
        self.handlers.clear();
        self.handlers.extend(code.exception_entries().map(|entry| entry.target));
        self.handlers.sort_unstable();
        self.handlers.dedup();
        self.marks = Marks::new(self.disassembly.targets.offsets(), &self.handlers);
        let labels = if code.python().format.dis.labels { self.disassembly.targets.offsets().len() } else { 0 };
        self.rows.turn_to(
            code.python(),
            Columns::new(
                if self.options.show_positions { 0 } else { LINE },
                (width(labels as u32) + 2).max(4),
                width(code.bytecode().len() as u32).max(5),
            ),
        );
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
        let (pyc, has_labels, base) = (code.pyc(), code.python().format.dis.labels, code.bytecode_start());
        let Self { options, handlers, line: last, marks, rows, disassembly, .. } = self;
        let options = *options;
        disassembly.run(code, budget, |disassembly, instruction, position| {
            let line = Line::from(position.line);
            let begins = *last != Some(line);
            if begins {
                if last.is_some() {
                    out.push('\n');
                }
                *last = Some(line);
            }
            if options.file_offsets {
                write_file_offset(out, base + instruction.offset);
            }
            if options.show_positions {
                write_position(out, *position);
            }
            let line = if begins { line } else { Line::SAME };
            let mark = match instruction.offset < marks.next {
                true => Mark::None,
                false => marks.at(instruction.offset, disassembly.targets.offsets(), handlers, has_labels),
            };
            let may_mean = instruction.arg.is_some() && disassembly.operands.form(instruction.opcode) != Form::Nothing;
            rows.write(out, instruction, line, mark, may_mean);
            if may_mean {
                let start = out.len();
                disassembly.operands.write_text(out, pyc, instruction, &disassembly.targets);
                let written = out.len() - start;
                if written == 0 {
                    rows.close(out);
                    out.push('\n');
                } else {
                    out.push_word(b")\n");
                    if written > SHORT {
                        disassembly.spend(written);
                    }
                }
            } else {
                if instruction.is_cut {
                    out.push_str("  cut off: the bytecode ends here");
                }
                out.push('\n');
            }
            if options.show_caches && instruction.cache_units > 0 {
                write_caches(out, code, instruction, options, rows);
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
    /// No row before this offset has a mark.
    next: u32,
}

impl Marks {
    fn new(targets: &[u32], handlers: &[u32]) -> Self {
        Self { targets: 0, handlers: 0, next: 0 }.passing(0, targets, handlers)
    }

    /// Passes what is before `offset`.
    fn passing(mut self, offset: u32, targets: &[u32], handlers: &[u32]) -> Self {
        let pass = |passed: &mut usize, offsets: &[u32]| {
            while offsets.get(*passed).is_some_and(|&next| next < offset) {
                *passed += 1;
            }
            offsets.get(*passed).copied().unwrap_or(u32::MAX)
        };
        self.next = pass(&mut self.targets, targets).min(pass(&mut self.handlers, handlers));
        self
    }

    /// What stands before the row at `offset`, which comes behind that asked for last.
    #[inline(never)]
    fn at(&mut self, offset: u32, targets: &[u32], handlers: &[u32], has_labels: bool) -> Mark {
        let here = self.passing(offset, targets, handlers);
        *self = here.passing(offset.saturating_add(1), targets, handlers);
        match targets.get(here.targets) == Some(&offset) {
            true if has_labels => Mark::Label(here.targets + 1),
            true => Mark::Target,
            false if here.next == offset => Mark::Target,
            false => Mark::None,
        }
    }
}

fn write_file_offset(out: &mut Text, offset: u32) {
    for (digit, shift) in out.columns(9).iter_mut().zip((0..8).rev()) {
        *digit = b"0123456789abcdef"[(offset >> (shift * 4) & 15) as usize];
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
fn write_caches(out: &mut Text, code: &Code<'_>, instruction: &Instruction, options: ListingOptions, rows: &Rows) {
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
        if options.show_positions {
            out.columns(POSITION);
        }
        rows.write_cache(out, at);
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
