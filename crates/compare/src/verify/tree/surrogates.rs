//! Texts with surrogates that stand alone, for which the parser has U+FFFD: their escapes are read again.

use pycxray_source::constant::Constant;
use ruff_python_ast as ast;
use ruff_text_size::Ranged;

use super::{Converter, Made};

impl Converter<'_> {
    /// The constant of a text.
    pub(super) fn text_literal(&self, node: &ast::ExprStringLiteral) -> Made<Constant> {
        if self.check_text(node.value.to_str(), node).is_ok() {
            return Ok(Constant::text(node.value.to_str()));
        }
        let mut text = Vec::new();
        for part in &node.value {
            let written = self.text.get(part.range().to_std_range()).unwrap_or_default();
            text.extend(unescaped(written).ok_or("the source has a text with half a character")?);
        }
        Ok(Constant::Str(text.into()))
    }
}

/// The text of a literal, as UTF-8 in which surrogates may stand alone. `None` if it names characters.
fn unescaped(literal: &str) -> Option<Vec<u8>> {
    let open = literal.find(['\'', '"'])?;
    let (prefix, quoted) = literal.split_at(open);
    let quotes = if quoted.starts_with("'''") || quoted.starts_with("\"\"\"") { 3 } else { 1 };
    let inner = quoted.get(quotes..quoted.len().checked_sub(quotes)?)?;
    if prefix.contains(['r', 'R']) {
        return Some(inner.as_bytes().to_vec());
    }
    let mut out = Vec::new();
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        out.extend(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        let letter = rest.chars().next()?;
        let behind = &rest[letter.len_utf8()..];
        let (value, digits) = match letter {
            'x' => number(behind, 2, 16)?,
            'u' => number(behind, 4, 16)?,
            'U' => number(behind, 8, 16)?,
            '0'..='7' => {
                let digits = rest.bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
                // The first digit was passed already.
                number(rest, digits, 8).map(|(value, digits)| (value, digits - 1))?
            }
            'N' => return None,
            _ => {
                match letter {
                    '\n' => {}
                    'a' => out.push(7),
                    'b' => out.push(8),
                    'f' => out.push(12),
                    'n' => out.push(b'\n'),
                    'r' => out.push(b'\r'),
                    't' => out.push(b'\t'),
                    'v' => out.push(11),
                    '\\' | '\'' | '"' => out.push(letter as u8),
                    _ => {
                        out.push(b'\\');
                        out.extend(letter.encode_utf8(&mut [0; 4]).bytes());
                    }
                }
                rest = behind;
                continue;
            }
        };
        match char::from_u32(value) {
            Some(letter) => out.extend(letter.encode_utf8(&mut [0; 4]).bytes()),
            None => {
                out.extend([0xe0 | (value >> 12) as u8, 0x80 | (value >> 6 & 0x3f) as u8, 0x80 | (value & 0x3f) as u8])
            }
        }
        rest = &behind[digits..];
    }
    out.extend(rest.as_bytes());
    Some(out)
}

/// The number that so many digits at the start of a text are, if it is one of Unicode.
fn number(text: &str, digits: usize, base: u32) -> Option<(u32, usize)> {
    let value = u32::from_str_radix(text.get(..digits)?, base).ok()?;
    (value <= 0x10_ffff).then_some((value, digits))
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_are_read_as_python_reads_them() {
        let read = |literal: &str| unescaped(literal).unwrap();
        assert_eq!(read(r"'\ud800'"), b"\xed\xa0\x80");
        assert_eq!(read(r"'''a\udfff\'é'''"), b"a\xed\xbf\xbf'\xc3\xa9");
        assert_eq!(read(r#"u"\x41\101\0\q\U0001f600""#), "AA\0\\q😀".as_bytes());
        assert_eq!(read(r"r'\ud800'"), br"\ud800");
        assert_eq!(read("'a\\\nb'"), b"ab");
        assert_eq!(unescaped(r"'\N{BULLET}\ud800'"), None);
    }
}
