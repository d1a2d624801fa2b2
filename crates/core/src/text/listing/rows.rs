//! A row of the listing up to the argument: what is the same for all instructions with an opcode is made once.
//!
//! Whoever wants to know what the columns are is told when a row is written ([`Rows::tell`]): putting it together takes no account
//! of that, since most only want the text.

use crate::Instruction;
use crate::python::Python;
use crate::text::buffer::{Text, write_digits, write_right};
use crate::text::sink::TokenKind;

/// Where the columns of a row end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    line: usize,
    mark: usize,
    offset: usize,
    argument: usize,
}

impl Columns {
    /// With these widths of the columns that depend on the code object.
    pub(super) fn new(line: usize, mark: usize, offset: usize) -> Self {
        let mark = line + 1 + mark;
        let offset = mark + 1 + offset;
        Self { line, mark, offset, argument: offset + SPACE + NAME + ARGUMENT }
    }

    const fn name_start(self) -> usize {
        self.offset + SPACE
    }
}

/// Between offset and name.
const SPACE: usize = 2;
/// Width of the column of names: those that are longer push what follows to the right.
const NAME: usize = 28;
/// Width of the column of arguments.
const ARGUMENT: usize = 6;
/// Arguments below have room in their column, with a space before them.
const ARGUMENTS: u32 = 100_000;

/// The line that a row begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line(i64);

impl Line {
    /// That of the row before.
    pub(super) const SAME: Self = Self(i64::MAX);
    /// Unknown.
    const NONE: Self = Self(i64::MIN);
}

impl From<Option<i32>> for Line {
    #[inline]
    fn from(line: Option<i32>) -> Self {
        line.map_or(Self::NONE, |line| Self(line.into()))
    }
}

/// What stands before an offset.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    None,
    /// It is jumped to, or a handler begins there.
    Target,
    /// The same, by the number of its label.
    Label(usize),
}

/// What the meaning of an argument begins with.
const OPENING: &[u8; 3] = b"  (";

/// As long as a row is up to its argument's meaning at most: six digits of a line, ten of an offset, ten of a label.
const ROW: usize = 72;

/// The rows of all opcodes of a Python with nothing in them but the name. What is written then takes a copy of a fixed size and
/// its numbers: half the work of putting columns together.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    columns: Columns,
    rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    name: &'static str,
    text: [u8; ROW],
    /// Where the name ends in it; 0 where there is none, or no room for it.
    end: usize,
}

impl Row {
    fn of(name: &'static str, columns: Columns) -> Self {
        let mut text = [b' '; ROW];
        let (start, end) = (columns.name_start(), columns.name_start() + name.len());
        let meaning = columns.argument..columns.argument + OPENING.len();
        let fits = (1..NAME).contains(&name.len()) && meaning.end <= ROW;
        if fits {
            text[start..end].copy_from_slice(name.as_bytes());
            text[meaning].copy_from_slice(OPENING);
        }
        Self { name, text, end: if fits { end } else { 0 } }
    }
}

impl Rows {
    /// From now on for a code object with columns of these widths.
    pub(super) fn turn_to(&mut self, python: &'static Python, columns: Columns) {
        if self.rows.is_empty() || self.columns != columns {
            self.columns = columns;
            let name = |opcode| python.opcode(opcode).map_or("", |known| known.name);
            self.rows.clear();
            self.rows.extend((0..=u8::MAX).map(|opcode| Row::of(name(opcode), columns)));
        }
    }

    /// Writes the columns from the line to the argument, and what the meaning of an argument begins with if it may have one.
    #[inline(always)] // into the one loop that writes rows
    pub(super) fn write(&self, out: &mut Text, instruction: &Instruction, line: Line, mark: Mark, may_mean: bool) {
        let columns = self.columns;
        let start = out.len();
        let arg = instruction.arg.unwrap_or(0);
        match self.rows.get(usize::from(instruction.opcode)) {
            Some(row) if row.end > 0 && arg < ARGUMENTS => {
                let Some(place) = out.push_form(&row.text) else { return };
                if line != Line::SAME && !write_line(&mut place[..columns.line], line) {
                    out.truncate(start);
                    return self.write_odd(out, *instruction, line, mark, may_mean);
                }
                if !matches!(mark, Mark::None) {
                    write_mark(&mut place[..columns.mark], mark);
                }
                write_right(&mut place[..columns.offset], instruction.offset);
                let mut end = row.end;
                if instruction.arg.is_some() {
                    end = columns.argument;
                    write_right(&mut place[..end], arg);
                    if may_mean {
                        end += OPENING.len();
                    }
                }
                out.truncate(start + end);
                if out.wants_tokens() {
                    let end = if may_mean { end - OPENING.len() } else { end };
                    self.tell(out, start, [columns.line, columns.mark, columns.offset, row.end, end]);
                }
            }
            _ => self.write_odd(out, *instruction, line, mark, may_mean),
        }
    }

    /// Says what the columns are of a row that begins at `start`: where each ends, from there.
    #[inline(never)]
    fn tell(&self, out: &mut Text, start: usize, ends: [usize; 5]) {
        use TokenKind::{Argument, Label, Line, Offset, Opcode};
        let mut begin = start;
        for (kind, end) in [Line, Label, Offset, Opcode, Argument].into_iter().zip(ends) {
            out.word(begin..start + end, kind);
            begin = start + end;
        }
    }

    /// Takes the beginning of a meaning back.
    pub(super) fn close(&self, out: &mut Text) {
        out.truncate(out.len() - OPENING.len());
    }

    /// The same where something does not fit into its column: what follows is pushed to the right.
    #[inline(never)]
    fn write_odd(&self, out: &mut Text, instruction: Instruction, line: Line, mark: Mark, may_mean: bool) {
        let columns = self.columns;
        let name = self.rows.get(usize::from(instruction.opcode)).map_or("", |row| row.name);
        let row = out.len();
        let start = out.len();
        if line == Line::SAME || !write_line(out.columns(columns.line), line) {
            out.truncate(start);
            match line {
                Line::SAME => drop(out.columns(columns.line)),
                Line(line) => out.push_i64(line),
            }
        }
        out.word(row..out.len(), TokenKind::Line);
        let behind_line = out.len();
        let place = out.columns(columns.name_start() - columns.line);
        write_mark(&mut place[..columns.mark - columns.line], mark);
        write_digits(&mut place[..columns.offset - columns.line], instruction.offset.into());
        let behind_mark = behind_line + columns.mark - columns.line;
        out.word(behind_line..behind_mark, TokenKind::Label);
        out.word(behind_mark..out.len(), TokenKind::Offset);
        let start = out.len();
        if name.is_empty() {
            out.push_fmt(format_args!("<{}>", instruction.opcode));
            out.kind(start, TokenKind::UnknownOpcode);
        } else {
            out.push_str(name);
            out.kind(start, TokenKind::Opcode);
        }
        if let Some(arg) = instruction.arg {
            // A long name takes room from its argument.
            let behind_name = out.len();
            out.push(' ');
            out.push_padded(arg.into(), (NAME + ARGUMENT).saturating_sub(behind_name + 1 - start));
            out.word(behind_name..out.len(), TokenKind::Argument);
        }
        if may_mean {
            out.push_word(OPENING);
        }
    }

    /// Writes a row that names the columns.
    pub(super) fn write_names(&self, out: &mut Text) {
        let columns = self.columns;
        let place = out.columns(columns.argument);
        for (name, end) in [("line", columns.line), ("offset", columns.offset), ("arg", columns.argument)] {
            if end > 0 {
                place[end - name.len()..end].copy_from_slice(name.as_bytes());
            }
        }
        place[columns.name_start()..columns.name_start() + 6].copy_from_slice(b"opcode");
    }

    /// Writes the columns of an inline cache at this offset, up to where the meaning of an argument would stand.
    pub(super) fn write_cache(&self, out: &mut Text, offset: u32) {
        let columns = self.columns;
        let place = out.columns(columns.argument + 2);
        write_digits(&mut place[..columns.offset], offset.into());
        let name = b"CACHE";
        place[columns.name_start()..columns.name_start() + name.len()].copy_from_slice(name);
        let start = out.len() - columns.argument - 2;
        out.word(start..start + columns.offset, TokenKind::Offset);
        out.word(start + columns.offset..out.len(), TokenKind::Opcode);
    }
}

/// The line; `--` where none is known. `false` if it has no room. Where there is no column for it there is nothing to write.
#[inline]
fn write_line(place: &mut [u8], line: Line) -> bool {
    match (line, place) {
        (_, []) => true,
        (Line(line @ 0..1_000_000), place) => {
            write_right(place, line as u32);
            true
        }
        (Line::NONE, [.., before, last]) => {
            (*before, *last) = (b'-', b'-');
            true
        }
        _ => false,
    }
}

/// The mark, at the end of its place.
fn write_mark(place: &mut [u8], mark: Mark) {
    let end = place.len();
    match mark {
        Mark::None => {}
        Mark::Target => place[end - 2..].copy_from_slice(b">>"),
        Mark::Label(label) => {
            place[end - 1] = b':';
            let start = write_digits(&mut place[..end - 1], label as u64);
            place[start - 1] = b'L';
        }
    }
}
