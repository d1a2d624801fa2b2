//! The text of a source: its bytes decoded as Python decodes them.

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
    let encoding = declared(bytes).filter(|_| !marked);
    let text = match encoding.as_deref() {
        None | Some("utf-8" | "utf8" | "ascii" | "us-ascii") => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => return Err(Unreadable::NotOfItsEncoding(error.valid_up_to())),
        },
        Some("latin-1" | "latin1" | "iso-8859-1" | "iso8859-1") => bytes.iter().map(|&byte| char::from(byte)).collect(),
        Some(other) => return Err(Unreadable::Encoding(other.to_owned())),
    };
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// The encoding that one of the first two lines declares, in lower case (PEP 263).
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
        return Some(name.to_ascii_lowercase().replace('_', "-"));
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
        assert_eq!(decode(b"# coding=koi8-r\n"), Err(Unreadable::Encoding("koi8-r".into())));
        assert_eq!(decode(b"x\n\n# coding=koi8-r\n"), Ok("x\n\n# coding=koi8-r\n".into()));
        assert_eq!(decode(b"'\xe9'"), Err(Unreadable::NotOfItsEncoding(1)));
    }
}
