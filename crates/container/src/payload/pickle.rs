//! The strings in a pickle: its opcodes are stepped over, none is obeyed (CPython's `Lib/pickletools.py` describes them).

use pycxray::Span;

use crate::archive::span;

/// How the argument of an opcode is laid out.
enum Argument {
    /// So many bytes.
    Bytes(usize),
    /// Up to the end of the line, so often.
    Lines(usize),
    /// A length in so many bytes, then that many.
    Sized(usize),
    /// The same, and they are a text or bytes.
    String(usize),
}

/// The argument of an opcode; `None` for what is none.
fn argument(opcode: u8) -> Option<Argument> {
    Some(match opcode {
        b'(' | b'.' | b'0' | b'1' | b'2' | b'N' | b'R' | b']' | b'a' | b'b' | b'd' | b'e' | b'l' | b'o' | b'Q'
        | b's' | b't' | b'u' | b'}' | b')' => Argument::Bytes(0),
        0x81 | 0x85..=0x89 | 0x8f..=0x94 | 0x97 | 0x98 => Argument::Bytes(0),
        b'h' | b'q' | b'K' | 0x80 | 0x82 => Argument::Bytes(1),
        b'M' | 0x83 => Argument::Bytes(2),
        b'J' | b'j' | b'r' | 0x84 => Argument::Bytes(4),
        b'G' | 0x95 => Argument::Bytes(8),
        b'F' | b'I' | b'L' | b'P' | b'S' | b'V' | b'g' | b'p' => Argument::Lines(1),
        b'c' | b'i' => Argument::Lines(2),
        0x8a => Argument::Sized(1),
        0x8b => Argument::Sized(4),
        b'C' | b'U' | 0x8c => Argument::String(1),
        b'B' | b'T' | b'X' => Argument::String(4),
        0x8d | 0x8e | 0x96 => Argument::String(8),
        _ => return None,
    })
}

/// Where its texts and bytes lie, as far as it reads as a pickle.
pub(super) fn strings(pickle: &[u8]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(end) = step(pickle, at, &mut found) {
        at = end;
    }
    found
}

/// The end of the opcode at an offset, unless it is the last one or none.
fn step(pickle: &[u8], at: usize, found: &mut Vec<Span>) -> Option<usize> {
    let rest = pickle.get(at + 1..)?;
    let sized = |width: usize| {
        let length = rest.get(..width)?.iter().rev().fold(0_u64, |length, &byte| length << 8 | u64::from(byte));
        let length = usize::try_from(length).ok()?;
        Some((width, width.checked_add(length).filter(|&end| end <= rest.len())?))
    };
    let length = match argument(pickle[at])? {
        Argument::Bytes(count) => count,
        Argument::Lines(count) => memchr::memchr_iter(b'\n', rest).nth(count - 1)? + 1,
        Argument::Sized(width) => sized(width)?.1,
        Argument::String(width) => {
            let (start, end) = sized(width)?;
            found.push(span(at + 1 + start, at + 1 + end));
            end
        }
    };
    (pickle[at] != b'.').then_some(at + 1 + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_bytes_are_found_behind_every_kind_of_opcode() {
        // pickle.dumps({"a": (1, 2.5, b"bytes", -70000)}, 4), with an instance of `os.x` before it that is never made.
        let pickle = b"\x80\x04\x95\x00\0\0\0\0\0\0\0cos\nx\n}\x94\x8c\x01a\x94(K\x01G@\x04\0\0\0\0\0\0C\x05bytes\x94J\x90\xee\xfe\xfft\x94s.C\x01x";
        let texts: Vec<&[u8]> =
            strings(pickle).iter().map(|part| &pickle[part.start as usize..part.end as usize]).collect();
        assert_eq!(texts, [&b"a"[..], b"bytes"], "what stands behind the end is no part of it");
    }

    #[test]
    fn lengths_past_the_end_end_it() {
        assert_eq!(strings(b"\x80\x04B\xff\xff\xff\xffabc"), []);
        assert_eq!(strings(b"\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\xffabc"), []);
        assert_eq!(strings(b""), []);
    }
}
