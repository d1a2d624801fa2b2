//! Listings letter for letter as a version's own `dis.dis` prints them.
//!
//! Three generations of `Lib/dis.py` differ in their columns: that of Python 2 (as of 2.7), which printed word by word and so left
//! blanks at the ends of lines; that of 3.4 to 3.12, whose columns have grown with the code since 3.7; that of 3.13, which has
//! labels in place of offsets.

use super::PIECE;
use crate::bytecode::{Instruction, Labels};
use crate::code::tables::line_starts;
use crate::python::{Form, Operand, Python};
use crate::text::buffer::Text;
use crate::text::disassembly::Disassembly;
use crate::text::sink::{Sink, TokenKind};
use crate::{Code, Version};

/// Width of the column of names.
const NAME: usize = 20;
/// Width of the column of arguments.
const ARGUMENT: usize = 5;
/// What stands in place of a line where there is none (3.13+).
const NO_LINE: &str = "--";

/// How a version's `dis.dis` prints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exact {
    generation: Generation,
    /// Columns are as wide as their numbers are (3.7+), and code objects have headings.
    is_recursive: bool,
    /// The argument of `EXTENDED_ARG` counts for labels (3.6+).
    labels_are_extended: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Generation {
    /// Up to 3.3.
    Words,
    /// 3.4 to 3.12.
    Offsets,
    /// 3.13 and later.
    Labels,
}

/// The columns of a code object.
#[derive(Clone, Copy, Debug, Default)]
struct Widths {
    /// 0 if there is no such column.
    line: usize,
    /// Of what stands between line and name.
    place: usize,
}

/// What an instruction's row takes from those before it.
#[derive(Clone, Debug, Default)]
struct State {
    starts: Vec<(u32, Option<i32>)>,
    /// How many of them have been passed.
    passed: usize,
    /// An `EXTENDED_ARG` stands before this instruction: in Python 2 its argument is a `long`.
    is_long: bool,
}

impl State {
    /// The line that begins at an offset, which comes behind that asked for last.
    fn line_at(&mut self, offset: u32) -> Option<Option<i32>> {
        while self.starts.get(self.passed).is_some_and(|&(start, _)| start < offset) {
            self.passed += 1;
        }
        self.starts.get(self.passed).filter(|&&(start, _)| start == offset).map(|&(_, line)| line)
    }
}

impl Exact {
    pub(super) fn of(python: &Python) -> Self {
        let version = python.version;
        Self {
            generation: match () {
                () if python.format.dis.labels => Generation::Labels,
                () if version >= Version::new(3, 4) => Generation::Offsets,
                () => Generation::Words,
            },
            is_recursive: version >= Version::new(3, 7),
            labels_are_extended: version >= Version::new(3, 6),
        }
    }

    /// What stands above a code object: nothing above the first.
    pub(super) fn write_heading(self, out: &mut Text, disassembly: &mut Disassembly, code: &Code<'_>, is_first: bool) {
        if is_first {
            return;
        }
        out.push('\n');
        if self.is_recursive {
            let start = out.len();
            out.push_str("Disassembly of ");
            let limit = disassembly.operands.limit();
            disassembly.operands.reprs().write_text(out, code.pyc(), code.id(), limit);
            out.push(':');
            out.kind(start, TokenKind::Heading);
            out.push('\n');
        }
    }

    /// Writes the instructions and the exception table.
    pub(super) fn write(self, out: &mut Text, sink: &mut dyn Sink, disassembly: &mut Disassembly, code: &Code<'_>) {
        disassembly.labels = if self.labels_are_extended { code.labels() } else { short_labels(code) };
        let mut state = State { starts: line_starts(code), ..State::default() };
        let widths = self.widths(code, &state.starts, &disassembly.labels);
        disassembly.run(code, |disassembly, instruction, _| {
            self.write_row(out, disassembly, code, instruction, widths, &mut state);
            if out.len() >= PIECE {
                out.hand_to(sink);
                return !sink.is_closed();
            }
            true
        });
        if disassembly.only.is_none() {
            super::write_exceptions(out, code, &disassembly.labels);
        }
    }

    fn widths(self, code: &Code<'_>, starts: &[(u32, Option<i32>)], labels: &Labels) -> Widths {
        let greatest = starts.iter().filter_map(|&(_, line)| line).max();
        let digits = |number: i64| number.to_string().len();
        // Both columns of numbers grow from a number on that would fit all the same.
        let last = code.bytecode().len() as i64 - 2;
        let offset = if self.is_recursive && last >= 10_000 { digits(last) } else { 4 };
        match self.generation {
            Generation::Words => Widths { line: 3, place: offset },
            Generation::Offsets => {
                let line =
                    greatest.filter(|&line| self.is_recursive && line >= 1000).map_or(3, |line| digits(line.into()));
                let has_lines = !starts.is_empty() || code.python().version < Version::new(3, 10);
                Widths { line: if has_lines { line } else { 0 }, place: offset }
            }
            Generation::Labels => {
                let greatest = starts.iter().filter_map(|&(_, line)| line.filter(|&line| line != 0)).max();
                let least = if starts.iter().any(|&(_, line)| line.is_none()) { 4 } else { 3 };
                let line = greatest.map_or(0, |line| digits(line.into()).max(least));
                Widths { line, place: 4 + digits(labels.offsets().len() as i64) }
            }
        }
    }

    fn write_row(
        self,
        out: &mut Text,
        disassembly: &mut Disassembly,
        code: &Code<'_>,
        instruction: &Instruction,
        widths: Widths,
        state: &mut State,
    ) {
        let begins = state.line_at(instruction.offset).filter(|_| widths.line > 0);
        if begins.is_some() && instruction.offset > 0 {
            out.push('\n');
        }
        let row = out.len();
        if widths.line > 0 {
            match begins {
                Some(Some(line)) => out.push_fmt(format_args!("{line:>width$} ", width = widths.line)),
                Some(None) => out.push_fmt(format_args!("{NO_LINE:>width$} ", width = widths.line)),
                None => drop(out.columns(widths.line + 1)),
            }
            out.word(row..out.len(), TokenKind::Line);
        }
        self.write_place(out, instruction.offset, &disassembly.labels, widths);
        let name = out.len();
        match code.python().opcode(instruction.opcode) {
            Some(opcode) => out.push_str(opcode.name),
            None => out.push_fmt(format_args!("<{}>", instruction.opcode)),
        }
        let name_length = out.len() - name;
        out.kind(name, TokenKind::Opcode);
        self.write_argument(out, disassembly, code, instruction, name_length, state.is_long);
        let extends =
            code.python().opcode(instruction.opcode).is_some_and(|opcode| opcode.operand == Operand::Extended);
        state.is_long = self.generation == Generation::Words && extends;
        out.push('\n');
    }

    /// What stands between line and name: the arrow of a current instruction, of which there is none, and where it is.
    fn write_place(self, out: &mut Text, offset: u32, labels: &Labels, widths: Widths) {
        let start = out.len();
        let label = labels.number(offset);
        if self.generation == Generation::Labels {
            let place = label.map_or(String::new(), |number| format!("L{number}:"));
            out.push_fmt(format_args!("{place:>width$}     ", width = widths.place));
            out.word(start..out.len(), TokenKind::Label);
            return;
        }
        out.push_str(if label.is_some() { "    >> " } else { "       " });
        out.word(start..out.len(), TokenKind::Label);
        let start = out.len();
        out.push_padded(offset.into(), widths.place);
        out.word(start..out.len(), TokenKind::Offset);
        out.push(' ');
    }

    fn write_argument(
        self,
        out: &mut Text,
        disassembly: &mut Disassembly,
        code: &Code<'_>,
        instruction: &Instruction,
        name: usize,
        is_long: bool,
    ) {
        let is_words = self.generation == Generation::Words;
        let Some(arg) = instruction.arg else {
            // Blanks at the ends of lines are left out since 3.4.
            if is_words {
                out.columns(NAME.saturating_sub(name));
            }
            return;
        };
        out.columns(NAME.saturating_sub(name));
        out.push(' ');
        // A name that is too long takes room from its argument, since 3.13.
        let excess = if self.generation == Generation::Labels { name.saturating_sub(NAME) } else { 0 };
        let start = out.len();
        let suffix = if is_long { "L" } else { "" };
        out.push_fmt(format_args!("{:>width$}", format!("{arg}{suffix}"), width = ARGUMENT.saturating_sub(excess)));
        out.word(start..out.len(), TokenKind::Argument);
        let form = disassembly.operands.form(instruction.opcode);
        if form == Form::Nothing {
            return;
        }
        let before = out.len();
        out.push_str(" (");
        let start = out.len();
        disassembly.operands.write_text(out, code.pyc(), instruction, &disassembly.labels);
        let written = out.len() - start;
        // Python 2 put even nothing into parentheses.
        if written == 0 && !(is_words && matches!(form, Form::Const | Form::Name | Form::Local)) {
            out.truncate(before);
            return;
        }
        if form == Form::Jump {
            out.push_str(suffix);
        }
        out.push(')');
        disassembly.spend(written);
    }
}

/// The labels of jumps as `findlabels` told them up to 3.5: by the argument that stands in the instruction alone.
fn short_labels(code: &Code<'_>) -> Labels {
    let python = code.python();
    let short = |instruction: Instruction| Instruction { arg: instruction.arg.map(|arg| arg & 0xffff), ..instruction };
    Labels::of(code.instructions().filter_map(|instruction| short(instruction).target(python)).collect())
}
