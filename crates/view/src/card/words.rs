//! Sentences on fields, caches, table entries and packed arguments.

use pycxray::python::Operand;
use pycxray::tables::LineEntryKind;
use pycxray::{Field, HeaderField};

use super::List;
use crate::protocol::{Style, Styled};

/// What a field of a code object is for.
pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::Argcount => {
            "How many parameters can be given by position. Those with a default count, `*args` and keyword-only ones do not."
        }
        Field::Posonlyargcount => "How many of the parameters can be given by position alone: those before `/`.",
        Field::Kwonlyargcount => "How many parameters can be given by keyword alone: those behind `*` or `*args`.",
        Field::Nlocals => "How many local variables there are, the parameters among them.",
        Field::Stacksize => {
            "How many values the code has on its stack at once, at most. The interpreter reserves so much room."
        }
        Field::Flags => "What kind of code it is, bit by bit.",
        Field::Code => {
            "The instructions that the interpreter runs, one after the other but for jumps. They work on a stack of values: \
            pushing lays one on top, popping takes the topmost away."
        }
        Field::Consts => {
            "The values that stand in the source: numbers, texts, and the code of functions and classes defined here. \
            Instructions name them by their position."
        }
        Field::Names => {
            "The names that are looked up when the code runs: globals, built-ins, attributes, modules. Instructions name \
            them by their position."
        }
        Field::Varnames => "The names of the local variables, parameters first.",
        Field::Freevars => "The names of the variables that it takes from the functions around it.",
        Field::Cellvars => "The names of its local variables that functions inside it use.",
        Field::Localsplusnames => {
            "The names of all variables that live in the frame: local ones, parameters first, those shared with inner \
            functions, those taken from outer ones."
        }
        Field::Localspluskinds => "A byte for each of these variables: which kind of variable it is.",
        Field::Filename => "The path of the source, as it was given to the compiler. Tracebacks show it.",
        Field::Name => "The name of the function, class or module.",
        Field::Qualname => "The name with those of the classes and functions around it.",
        Field::Firstlineno => "The line of the source on which it begins. The line table counts from here.",
        Field::Linetable => "Which instruction belongs to which line of the source. Tracebacks and debuggers read it.",
        Field::Endlinetable => "On which line of the source each instruction ends. Pre-releases of 3.11 alone had it.",
        Field::Columntable => {
            "In which columns of the source each instruction stands. Pre-releases of 3.11 alone had it."
        }
        Field::Exceptiontable => {
            "Which instructions are guarded by which handler: where `try`, `with` and `async` lead when an exception is raised."
        }
        _ => "A field of a newer Python.",
    }
}

/// What a field of the header is for.
pub(super) fn header_field(field: HeaderField) -> &'static str {
    match field {
        HeaderField::Magic => {
            "It tells which Python wrote the file. Each change of the bytecode gets a new number; an interpreter with another one compiles anew."
        }
        HeaderField::Flags => {
            "Bit 0: the file is checked against a hash of its source, not against its time and size. Bit 1: that hash is to be checked at import (PEP 552)."
        }
        HeaderField::Mtime => {
            "When the source was changed last. At import the interpreter compares it with the source, and compiles anew if it differs."
        }
        HeaderField::SourceSize => "How long the source was, in bytes. At import it is compared like the time.",
        HeaderField::SourceHash => {
            "SipHash of the source, keyed with the magic number. Where it is to be checked, the interpreter hashes the source at import and compares."
        }
        HeaderField::Cut => "The file ends inside its header.",
    }
}

/// How an entry of a line table is written.
pub(super) fn line_entry(kind: LineEntryKind) -> &'static str {
    match kind {
        LineEntryKind::Pair => "Two bytes: how much bytecode, and how far the line moves.",
        LineEntryKind::Short => {
            "The short form: the line stays the same, and the columns, below 80 and at most 15 apart, are packed into two bytes."
        }
        LineEntryKind::OneLine => {
            "The form for one line: the line moves by 0 to 2, and a byte each gives the first and the last column."
        }
        LineEntryKind::NoColumns => "The form without columns: only how far the line moves.",
        LineEntryKind::Long => {
            "The long form: how far the line moves, how many lines further it ends, and both columns."
        }
        LineEntryKind::NoLocation => "This bytecode has no place in the source: the compiler made it up.",
    }
}

/// What the bits of an argument that says what a function is made with stand for.
const FUNCTION_PARTS: [&str; 5] = ["defaults", "keyword-only defaults", "annotations", "closure", "annotate function"];

/// Says what an argument that is made of several says.
pub(super) fn packed(value: &mut Styled, operand: Operand, arg: u32) {
    match operand {
        Operand::FormatValue => {
            value.push(Style::Plain, ["as it is", "by str()", "by repr()", "by ascii()"][(arg & 3) as usize]);
            value.push(Style::Plain, if arg & 4 != 0 { ", with a format from the stack" } else { "" });
        }
        Operand::FunctionFlags | Operand::FunctionAttribute => {
            let mut list = List::new(value, FUNCTION_PARTS.len());
            for (bit, part) in FUNCTION_PARTS.iter().enumerate() {
                if arg & (1 << bit) != 0
                    && let Some(value) = list.next()
                {
                    value.push(Style::Plain, part);
                }
            }
            if value.is_empty() {
                value.push(Style::Plain, "none of them");
            }
        }
        Operand::CallCounts => {
            value.write(Style::Plain, format_args!("{} by position, {} by keyword", arg & 0xff, arg >> 8 & 0xff));
        }
        _ => {}
    }
}
