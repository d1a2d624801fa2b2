//! An instruction as JSON, put together at once.
//!
//! Of ten bytes of JSON nine are instructions, each with the same nine fields. Through serde, which looks through every name of a field
//! for what must be escaped, they take four times the work of a listing; written here, about as much. A test holds that both say the
//! same (`tests/schema.rs`).

use super::Instruction;
use crate::text::ascii::stands_for_itself_in_json;
use crate::text::buffer::Text;
use crate::text::visible::is_visible;

/// Writes an instruction on a line of its own.
pub(super) fn write(out: &mut Text, instruction: &Instruction<&Text>) {
    let Instruction { offset, opcode, opname, arg, argrepr, line, position, target, span: [start, end] } = instruction;
    out.push_word(b"\n{\"offset\":");
    out.push_small((*offset).into());
    out.push_word(b",\"opcode\":");
    out.push_u64((*opcode).into());
    out.push_word(b",\"opname\":");
    write_string(out, opname.as_bytes(), || opname);
    out.push_word(b",\"arg\":");
    write_number(out, arg.map(i64::from));
    out.push_word(b",\"argrepr\":");
    write_string(out, argrepr.as_bytes(), || argrepr.as_str());
    out.push_word(b",\"line\":");
    write_number(out, line.map(i64::from));
    out.push_word(b",\"position\":");
    match position {
        None => out.push_word(b"null"),
        Some(numbers) => {
            let mut before = '[';
            for number in numbers {
                out.push(before);
                write_number(out, *number);
                before = ',';
            }
            out.push(']');
        }
    }
    out.push_word(b",\"target\":");
    write_number(out, target.map(i64::from));
    out.push_word(b",\"span\":[");
    out.push_u64((*start).into());
    out.push(',');
    out.push_u64((*end).into());
    out.push_word(b"]}");
}

#[inline]
fn write_number(out: &mut Text, number: Option<i64>) {
    match number {
        None => out.push_word(b"null"),
        Some(number @ 0..) => out.push_small(number as u64),
        Some(number) => out.push_i64(number),
    }
}

/// Writes text in quotes. Nearly always its bytes stand for themselves, and nobody asks for its characters.
#[inline]
fn write_string<'t>(out: &mut Text, bytes: &[u8], text: impl FnOnce() -> &'t str) {
    out.push('"');
    if stands_for_itself_in_json(bytes) {
        out.push_utf8(bytes);
    } else {
        write_escaped(out, text());
    }
    out.push('"');
}

/// What `serde_json` escapes, and besides it what cannot be seen.
fn write_escaped(out: &mut Text, text: &str) {
    for character in text.chars() {
        match character {
            '"' => out.push_word(b"\\\""),
            '\\' => out.push_word(b"\\\\"),
            '\x08' => out.push_word(b"\\b"),
            '\t' => out.push_word(b"\\t"),
            '\n' => out.push_word(b"\\n"),
            '\x0c' => out.push_word(b"\\f"),
            '\r' => out.push_word(b"\\r"),
            _ if is_visible(character) => out.push(character),
            _ => character.encode_utf16(&mut [0; 2]).iter().for_each(|&unit| out.push_hex("\\u", unit.into(), 4)),
        }
    }
}
