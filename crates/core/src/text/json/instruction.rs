//! An instruction in JSON. Most of the JSON is instructions, so what is the same for many of them is made once.

use super::write_number;
use crate::Instruction;
use crate::code::tables::SourcePosition;
use crate::python::Python;
use crate::text::buffer::{Repeated, Text};

/// What is the same for all instructions with an opcode, from its number to its argument: made when it is first asked for,
/// since few files use a third of the opcodes.
#[derive(Clone, Debug)]
pub(super) struct Names(Vec<Name>);

/// Copied whole, whatever its length.
#[derive(Clone, Copy, Debug)]
struct Name {
    text: [u8; NAME],
    /// How much of it is written; 0 before it is made.
    size: usize,
}

/// Enough for the longest, as a test sees.
const NAME: usize = 80;

impl Names {
    /// None of them made yet.
    pub(super) fn new() -> Self {
        Self(vec![Name { text: [0; NAME], size: 0 }; 256])
    }

    #[inline]
    fn get(&mut self, python: &Python, opcode: u8) -> Option<&Name> {
        let name = self.0.get_mut(usize::from(opcode))?;
        if name.size == 0 {
            *name = Name::of(python, opcode);
        }
        Some(name)
    }
}

impl Name {
    #[cold]
    fn of(python: &Python, number: u8) -> Self {
        let mut text = Text::default();
        text.push_str(",\"opcode\":");
        text.push_u64(number.into());
        text.push_str(",\"opname\":\"");
        match python.opcode(number) {
            Some(opcode) => text.push_str(opcode.name),
            None => {
                text.push('<');
                text.push_u64(number.into());
                text.push('>');
            }
        }
        text.push_str("\",\"arg\":");
        let size = text.len().min(NAME);
        let mut name = Self { text: [0; NAME], size };
        name.text[..size].copy_from_slice(&text.as_bytes()[..size]);
        name
    }
}

/// Writes an instruction up to where the text of its argument begins.
#[inline]
pub(super) fn write_beginning(out: &mut Text, python: &Python, names: &mut Names, instruction: &Instruction) {
    if instruction.offset == 0 {
        out.push_word(b"\n{\"offset\":")
    } else {
        out.push_word(b",\n{\"offset\":")
    }
    out.push_u64(instruction.offset.into());
    if let Some(name) = names.get(python, instruction.opcode) {
        out.push_start_of(&name.text, name.size);
    }
    match instruction.arg {
        Some(arg) => out.push_small(arg.into()),
        None => out.push_word(b"null"),
    }
    out.push_word(b",\"argrepr\":\"");
}

/// Writes an instruction from where the text of its argument ends.
#[inline]
pub(super) fn write_rest(
    out: &mut Text,
    python: &Python,
    instruction: &Instruction,
    position: &SourcePosition,
    base: u32,
    Repetition { line, offset }: &mut Repetition,
) {
    out.push_word(b"\",\"line\":");
    write_line(out, position.line, line);
    if position.end_line.is_some() || position.column.is_some() {
        out.push_word(b",\"position\":[");
        write_line(out, position.line, line);
        out.push(',');
        write_line(out, position.end_line, line);
        out.push(',');
        write_column(out, position.column);
        out.push(',');
        write_column(out, position.end_column);
        out.push(']');
    } else {
        out.push_word(b",\"position\":null");
    }
    if python.shape(instruction.opcode).has_target() {
        out.push_word(b",\"target\":");
        write_number(out, instruction.target(python).map(i64::from));
        out.push_word(b",\"span\":[");
    } else {
        out.push_word(b",\"target\":null,\"span\":[");
    }
    out.push_repeated(base + instruction.offset, offset);
    out.push(',');
    out.push_repeated(base + instruction.end(), offset);
    out.push_word(b"]}");
}

/// Numbers that instructions have in common with those before them: a third of all that are written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Repetition {
    line: Repeated,
    /// Where one ends, the next begins.
    offset: Repeated,
}

#[inline]
fn write_column(out: &mut Text, column: Option<u32>) {
    match column {
        Some(column) => out.push_small(column.into()),
        None => out.push_word(b"null"),
    }
}

#[inline]
fn write_line(out: &mut Text, line: Option<i32>, last: &mut Repeated) {
    match line.map(u32::try_from) {
        Some(Ok(line)) => out.push_repeated(line, last),
        _ => write_number(out, line.map(i64::from)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_room() {
        for python in crate::python::all() {
            for name in (0..=u8::MAX).map(|opcode| Name::of(python, opcode)) {
                assert!(name.text[..name.size].ends_with(b"\",\"arg\":"), "{}", String::from_utf8_lossy(&name.text));
            }
        }
    }
}
