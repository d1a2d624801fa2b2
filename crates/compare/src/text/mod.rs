//! The text of a source: its bytes decoded as Python decodes them.

mod code_pages;
#[cfg(feature = "east-asian")]
mod east_asian;
mod encoding;

use crate::sentence::as_sentence;
use encoding::Encoding;

/// Why the text of a source cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// It is in an encoding that is not known here: the name it gives.
    Encoding(String),
    /// Its bytes are not of its encoding: the offset of the first that is not.
    NotOfItsEncoding(usize),
    /// It nests so deeply, from this line on, that no Python compiles it.
    TooDeep(u32),
    /// It is larger than [`MOST_BYTES`].
    TooLarge,
    /// It is not in the grammar of Python 3: the line, and what the parser says.
    NotPython3(u32, String),
}

impl Unreadable {
    /// The same as a sentence of its own.
    #[must_use]
    pub fn sentence(&self) -> String {
        as_sentence(&self.to_string())
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Encoding(name) => write!(f, "the source is in an encoding that is not known here: {name}"),
            Self::NotOfItsEncoding(at) => write!(f, "the source is not in its encoding, from byte {at} on"),
            Self::TooDeep(line) => write!(f, "the source nests too deeply to be read, at line {line}"),
            Self::TooLarge => write!(f, "the source is larger than {} MB", MOST_BYTES >> 20),
            Self::NotPython3(line, said) => write!(f, "the source is not Python 3, at line {line}: {said}"),
        }
    }
}

/// Sources of more bytes are not read.
pub const MOST_BYTES: usize = 16 << 20;

/// The text of a source's bytes, with `\n` at the end of each line (PEP 263).
///
/// # Errors
///
/// Why they cannot be read.
pub fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let (bytes, marked) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let declared = declared(bytes).filter(|_| !marked);
    let encoding = match &declared {
        Some(name) => Encoding::named(name).ok_or_else(|| Unreadable::Encoding(name.clone()))?,
        None => Encoding::Utf8,
    };
    let text = encoding.decode(bytes).map_err(Unreadable::NotOfItsEncoding)?;
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// The encoding that one of the first two lines declares, as it is written there (PEP 263).
fn declared(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|&byte| byte == b'\n').take(2) {
        let line: String = line.iter().take(400).map(|&byte| char::from(byte)).collect();
        let comment = line.trim_start_matches([' ', '\t', '\x0c']);
        if !comment.starts_with('#') {
            if comment.trim().is_empty() {
                continue;
            }
            return None;
        }
        let Some((_, rest)) = comment.split_once("coding").filter(|(_, rest)| rest.starts_with([':', '='])) else {
            continue;
        };
        let name: String = rest[1..]
            .trim_start_matches([' ', '\t'])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c))
            .collect();
        return Some(name);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_text_by_the_declared_encoding() {
        assert_eq!(decode(b"\xef\xbb\xbfx = 1\r\ny = 2\r"), Ok("x = 1\ny = 2\n".into()));
        assert_eq!(
            decode(b"#!/usr/bin/python\n# -*- coding: latin-1 -*-\n'\xe9'"),
            Ok("#!/usr/bin/python\n# -*- coding: latin-1 -*-\n'é'".into())
        );
        assert_eq!(decode(b"# coding=koi8-r\n'\xd0'"), Ok("# coding=koi8-r\n'п'".into()));
        assert_eq!(decode(b"# coding=Cp1252\n'\x80'"), Ok("# coding=Cp1252\n'€'".into()));
        assert_eq!(decode(b"# coding=cp1252\n'\x81'"), Err(Unreadable::NotOfItsEncoding(17)));
        assert_eq!(decode(b"# coding=hz\n"), Err(Unreadable::Encoding("hz".into())));
        assert_eq!(decode(b"x\n\n# coding=hz\n"), Ok("x\n\n# coding=hz\n".into()));
        assert_eq!(decode(b"'\xe9'"), Err(Unreadable::NotOfItsEncoding(1)));
    }
}
