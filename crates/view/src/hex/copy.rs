//! Bytes, written for the clipboard.

use crate::number::push_hex;
use crate::protocol::CopyAs;
use crate::text::push_escape;

/// Bytes in one of these forms.
pub(crate) fn copy_bytes(bytes: &[u8], form: CopyAs) -> String {
    match form {
        CopyAs::Hex => list("", bytes, " ", ""),
        CopyAs::Text => text(bytes),
        CopyAs::Python => python(bytes),
        CopyAs::Rust if bytes.is_empty() => "[]".to_owned(),
        CopyAs::Rust => list("[0x", bytes, ", 0x", "]"),
        CopyAs::C if bytes.is_empty() => "{  }".to_owned(),
        CopyAs::C => list("{ 0x", bytes, ", 0x", " }"),
    }
}

fn list(before: &str, bytes: &[u8], between: &str, behind: &str) -> String {
    let mut list = before.to_owned();
    push_hex(&mut list, bytes, between);
    list.push_str(behind);
    list
}

fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|&byte| push_escape(&mut text, byte.into()));
    }
    text
}

/// As Python's `repr` writes bytes: double quotes where there are single quotes and no double ones.
fn python(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut text = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b'\\' => text.push_str("\\\\"),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            b'\'' if quote == '\'' => text.push_str("\\'"),
            b' '..=b'~' => text.push(byte.into()),
            _ => push_escape(&mut text, byte.into()),
        }
    }
    text.push(quote);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_copied_in_every_form() {
        let bytes = b"t\x03\x00\n\xff'";
        assert_eq!(copy_bytes(bytes, CopyAs::Hex), "74 03 00 0a ff 27");
        assert_eq!(copy_bytes(bytes, CopyAs::Text), "t\x03\0\n\\xff'");
        assert_eq!(copy_bytes(bytes, CopyAs::Python), r#"b"t\x03\x00\n\xff'""#);
        assert_eq!(copy_bytes(b"'\"\\", CopyAs::Python), r#"b'\'"\\'"#);
        assert_eq!(copy_bytes(&bytes[..2], CopyAs::Rust), "[0x74, 0x03]");
        assert_eq!(copy_bytes(&bytes[..2], CopyAs::C), "{ 0x74, 0x03 }");
        assert_eq!(copy_bytes("ü".as_bytes(), CopyAs::Text), "ü");
    }
}
