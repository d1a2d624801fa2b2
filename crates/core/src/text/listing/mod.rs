//! The listing of a file's code objects as text, in one form for all versions: `pycxray dis`.
//!
//! ```text
//! Code object greet, file "hello.py", line 1
//!   line      offset  opcode                          arg
//!      1           0  RESUME                            0
//!
//!      2           2  LOAD_GLOBAL                       1  (print + NULL)
//! ```
//!
//! The columns are the source line, the mark of what something leads to (`>>`, from 3.13 on a label), the offset in the bytecode,
//! the name of the opcode, its argument, and what that means. Marks, labels and meanings are those that the version's own
//! `dis.dis` prints ([`Code::labels`]), and so is the exception table; [`ListingOptions::exact`] gives its columns too.

use crate::code::tables::ExceptionEntry;
use crate::code::tables::SourcePosition;
use crate::marshal::{Field, NodeId};
use crate::python::Form;
use crate::text::buffer::Text;
use crate::text::disassembly::{Disassembly, SHORT};
use crate::text::sink::{Sink, TokenKind};
use crate::text::visible::{NameStyle, write_plain};
use crate::{Code, Instruction, Labels, Limits, Pyc, Span};

mod exact;
mod marks;
mod rows;

use exact::Exact;
use marks::Marks;
use rows::{Columns, Line, Mark, Rows};

/// What a listing shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListingOptions {
    /// Letter for letter what that version's `dis.dis` prints, but for the addresses of code objects, and characters in
    /// names that `str.isprintable` denies, which are written as escapes. For CPython 2.7 and 3.4 or later; others are listed as the nearest of those would.
    /// But for the last, the options below have no effect then.
    pub exact: bool,
    /// The fields of inline caches, each on a row of its own (3.11+).
    pub show_caches: bool,
    /// From where to where an instruction is in the source, where there are columns (3.11+).
    pub show_positions: bool,
    /// Where each instruction is in the file, in hexadecimal.
    pub file_offsets: bool,
    /// The instructions alone that begin in this range of the bytecode, in bytes: no heading, no exception table. It goes with
    /// all others.
    pub only: Option<Span>,
}

/// Writes listings of a file's code objects.
///
/// ```
/// use pycxray::{Limits, Listing, ListingOptions, Pyc};
///
/// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-3.12/hello.pyc");
/// let pyc = Pyc::parse(std::fs::read(path)?);
/// let mut text = String::new();
/// Listing::new(&pyc, ListingOptions::default(), Limits::default()).write(&mut text, &pyc);
/// assert!(text.starts_with("Code object <module>, file \"hello.py\", line 1\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Listing {
    options: ListingOptions,
    disassembly: Disassembly,
    exact: Exact,
    marks: Marks,
    rows: Rows,
    /// Something was written: what follows is set off by an empty line.
    has_begun: bool,
    /// What was not handed on yet: nothing between two calls.
    text: Text,
}

/// Width of the line column.
const LINE: usize = 6;
/// Width of the column of source positions, which takes the place of that of lines.
const POSITION: usize = 17;
/// How many bytes of text are written between two looks at the sink: as many as stay in the processor's caches.
const PIECE: usize = 1 << 16;

/// How long a text may be where none is cut short, as no `dis` does it: longer than any but of objects that hold each other many times
/// over, of which a small file can have more text than there is memory.
fn whole_texts(pyc: &Pyc) -> u32 {
    /// How many bytes of text a byte of a file may come to: `.` is `Ellipsis, `, and some references lead to more.
    const GROWTH: u32 = 64;
    u32::try_from(pyc.bytes().len()).unwrap_or(u32::MAX).saturating_mul(GROWTH).saturating_add(1 << 16)
}

impl Listing {
    /// For the code objects of this file; writes nothing yet.
    #[must_use]
    pub fn new(pyc: &Pyc, options: ListingOptions, limits: Limits) -> Self {
        let limits = if options.exact { Limits { text: whole_texts(pyc), ..limits } } else { limits };
        let mut disassembly = Disassembly::new(pyc, limits);
        if options.show_positions && !options.exact {
            disassembly.take_columns();
        }
        disassembly.only = options.only;
        if options.exact {
            disassembly.operands.write_names_in(NameStyle::Printable);
            disassembly.operands.reprs().write_names_in(NameStyle::Printable);
        }
        let exact = Exact::of(pyc.python());
        Self {
            options,
            disassembly,
            exact,
            marks: Marks::default(),
            rows: Rows::default(),
            has_begun: false,
            text: Text::default(),
        }
    }

    /// Lists all code objects.
    pub fn write(&mut self, out: &mut dyn Sink, pyc: &Pyc) {
        self.write_codes(out, pyc, pyc.codes());
    }

    /// Lists one code object, set off by an empty line if it is not the first. `pyc` must be the same each time.
    pub fn write_code(&mut self, out: &mut dyn Sink, pyc: &Pyc, code: NodeId) {
        self.write_codes(out, pyc, &[code]);
    }

    fn write_codes(&mut self, out: &mut dyn Sink, pyc: &Pyc, codes: &[NodeId]) {
        let mut text = std::mem::take(&mut self.text).for_this(out);
        for code in codes.iter().filter_map(|&id| pyc.code(id)) {
            self.write_one(&mut text, out, &code);
            if text.len() >= PIECE {
                text.hand_to(out);
                if out.is_closed() {
                    break;
                }
            }
        }
        text.hand_to(out);
        self.text = text;
    }

    fn write_one(&mut self, text: &mut Text, out: &mut dyn Sink, code: &Code<'_>) {
        let is_listed = self.disassembly.turn_to(code);
        if self.options.only.is_some() {
            self.has_begun = true;
        } else if self.options.exact {
            let is_first = !std::mem::replace(&mut self.has_begun, true);
            self.exact.write_heading(text, &mut self.disassembly, code, is_first);
        } else {
            if std::mem::replace(&mut self.has_begun, true) {
                text.push('\n');
            }
            self.write_heading(text, code);
        }
        if !is_listed {
            text.push_str("  not listed: too many code objects share its tables\n");
        } else if self.options.exact {
            self.exact.write(text, out, &mut self.disassembly, code);
        } else {
            self.turn_to(code);
            self.write_names(text);
            self.write_instructions(text, out, code);
            if self.options.only.is_none() {
                write_exceptions(text, code, &self.disassembly.labels);
            }
        }
    }

    fn turn_to(&mut self, code: &Code<'_>) {
        code.find_labels(&mut self.disassembly.labels);
        self.marks = Marks::new(&self.disassembly.labels);
        let numbered = if code.python().format.dis.labels { self.disassembly.labels.offsets().len() } else { 0 };
        self.rows.turn_to(
            code.python(),
            Columns::new(
                if self.options.show_positions { 0 } else { LINE },
                (width(numbered as u32) + 2).max(4),
                width(code.bytecode().len() as u32).max(5),
            ),
        );
    }

    fn write_heading(&mut self, out: &mut Text, code: &Code<'_>) {
        let start = out.len();
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
        out.kind(start, TokenKind::Heading);
        out.push('\n');
    }

    /// A row that names the columns.
    fn write_names(&self, out: &mut Text) {
        let start = out.len();
        for (name, width, is_shown) in
            [("file", FILE_OFFSET, self.options.file_offsets), (" position", POSITION, self.options.show_positions)]
        {
            if is_shown {
                out.push_fmt(format_args!("{name:width$}"));
            }
        }
        self.rows.write_names(out);
        out.kind(start, TokenKind::Heading);
        out.push('\n');
    }

    fn write_instructions(&mut self, out: &mut Text, sink: &mut dyn Sink, code: &Code<'_>) {
        let (pyc, are_numbered, base) = (code.pyc(), code.python().format.dis.labels, code.bytecode_start());
        let Self { options, marks, rows, disassembly, .. } = self;
        let (options, mut last) = (*options, None);
        disassembly.run(code, |disassembly, instruction, position| {
            let line = Line::from(position.line);
            let begins = last != Some(line);
            if begins {
                if last.is_some() {
                    out.push('\n');
                }
                last = Some(line);
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
                false => marks.at(instruction.offset, &disassembly.labels, are_numbered),
            };
            let may_mean = instruction.arg.is_some() && disassembly.operands.form(instruction.opcode) != Form::Nothing;
            rows.write(out, instruction, line, mark, may_mean);
            if may_mean {
                let start = out.len();
                disassembly.operands.write_text(out, pyc, instruction, &disassembly.labels);
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
                    write_comment(out, "  cut off: the bytecode ends here");
                }
                out.push('\n');
            }
            if options.show_caches && instruction.cache_units > 0 {
                write_caches(out, code, instruction, options, rows);
            }
            if out.len() >= PIECE {
                out.hand_to(sink);
                return !sink.is_closed();
            }
            true
        });
    }
}

fn write_comment(out: &mut Text, comment: &str) {
    let start = out.len();
    out.push_str(comment);
    out.kind(start, TokenKind::Comment);
}

/// Width of the column of file offsets.
const FILE_OFFSET: usize = 9;

fn write_file_offset(out: &mut Text, offset: u32) {
    let start = out.len();
    for (digit, shift) in out.columns(FILE_OFFSET).iter_mut().zip((0..8).rev()) {
        *digit = b"0123456789abcdef"[(offset >> (shift * 4) & 15) as usize];
    }
    out.word(start..out.len(), TokenKind::FileOffset);
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
    out.word(start..out.len(), TokenKind::Line);
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
        let start = out.len();
        out.push_str(field.name);
        out.push_str(": ");
        let value = bytecode.get(at as usize..end as usize).unwrap_or_default();
        out.push_u64(value.iter().rev().take(8).fold(0, |value, byte| value << 8 | u64::from(*byte)));
        out.kind(start, TokenKind::Cache);
        out.push('\n');
        at = end;
    }
}

/// Writes the exception table as that version's `dis.dis` does: by labels from 3.13 on, before by offsets, the last one that is
/// guarded included.
fn write_exceptions(out: &mut Text, code: &Code<'_>, labels: &Labels) {
    let mut entries = code.exception_entries().peekable();
    if entries.peek().is_none() {
        return;
    }
    let start = out.len();
    out.push_str("ExceptionTable:");
    out.kind(start, TokenKind::Heading);
    out.push('\n');
    let are_numbered = code.python().format.dis.labels;
    for entry in entries {
        out.push_str("  ");
        write_exception(out, &entry, are_numbered.then_some(labels));
        out.push('\n');
    }
}

/// Writes an entry of an exception table: `4 to 8 -> 24 [1] lasti`, or `L1 to L2 -> L3 [1] lasti`.
fn write_exception(out: &mut Text, entry: &ExceptionEntry, labels: Option<&Labels>) {
    let place = |out: &mut Text, offset: u32| {
        let start = out.len();
        match labels.and_then(|labels| labels.number(offset)) {
            Some(number) => out.push_fmt(format_args!("L{number}")),
            None => out.push_u64(offset.into()),
        }
        out.kind(start, TokenKind::Target);
    };
    // Without labels the last instruction is told, not what is behind it: it may lie before the first.
    let end = if labels.is_some() { entry.end } else { entry.end.saturating_sub(2) };
    place(out, entry.start);
    out.push_str(" to ");
    place(out, end);
    out.push_str(" -> ");
    place(out, entry.target);
    out.push_fmt(format_args!(" [{}]{}", entry.depth, if entry.lasti { " lasti" } else { "" }));
}

/// How many digits a number has.
const fn width(number: u32) -> usize {
    match number.checked_ilog10() {
        Some(digits) => digits as usize + 1,
        None => 1,
    }
}
