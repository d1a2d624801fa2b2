//! The text of a source: its bytes decoded, its lines counted as Python counts them, and a bound on how deep it nests.

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

/// How deep brackets and blocks nest at the most; Python's own limits are 200 and 100 (`Parser/tokenizer.h`).
const MOST_BRACKETS: u32 = 200;
/// How many operators and words may stand in one expression without a comma: each may nest one deeper.
const MOST_OPERATORS: u32 = 500;

/// The text of a source's bytes, with `\n` at the end of each line (PEP 263).
pub(super) fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
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

/// Whether parsing and walking the text stays within a stack of common size: the parser, and all that walks its tree, goes as deep as
/// the source nests. Strings and comments are passed over.
pub(super) fn check_depth(text: &str) -> Result<(), Unreadable> {
    let mut scan = Scan { brackets: Vec::new(), operators: 0, line: 1 };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'#' => bytes[at..].iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len() - at),
            b'"' | b'\'' => scan.string(&bytes[at..]),
            _ => scan.byte(byte, bytes.get(at.wrapping_sub(1)).copied()),
        };
        if scan.brackets.len() as u32 > MOST_BRACKETS || scan.operators > MOST_OPERATORS {
            return Err(Unreadable::TooDeep(scan.line));
        }
    }
    Ok(())
}

/// A walk through a source that counts what may nest.
struct Scan {
    /// The operators outside each open bracket.
    brackets: Vec<u32>,
    operators: u32,
    line: u32,
}

impl Scan {
    /// Passes over a string, and returns its length in bytes.
    fn string(&mut self, rest: &[u8]) -> usize {
        let quote = rest[0];
        let triple = rest.len() >= 3 && rest[1] == quote && rest[2] == quote;
        let mut at = if triple { 3 } else { 1 };
        while let Some(&byte) = rest.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\n' => {
                    self.line += 1;
                    if !triple {
                        break;
                    }
                }
                _ if byte == quote && !triple => return at + 1,
                _ if byte == quote && rest[at..].starts_with(&[quote; 3]) => return at + 3,
                _ => {}
            }
            at += 1;
        }
        at.min(rest.len())
    }

    fn byte(&mut self, byte: u8, before: Option<u8>) -> usize {
        match byte {
            b'(' | b'[' | b'{' => {
                self.brackets.push(self.operators);
                self.operators = 0;
            }
            b')' | b']' | b'}' => self.operators = self.brackets.pop().unwrap_or(0).saturating_add(1),
            b'\n' => {
                self.line += 1;
                if self.brackets.is_empty() {
                    self.operators = 0;
                }
            }
            b',' | b';' => self.operators = 0,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~' | b'<' | b'>' | b'=' | b'.' | b'!' => {
                self.operators += 1;
            }
            // The first letter of a word: `not`, `if`, `lambda`, `await` nest as operators do.
            _ if byte.is_ascii_alphabetic() && !before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_') => {
                self.operators += 1;
            }
            _ => {}
        }
        1
    }
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Those of `text`.
    pub(super) fn new(text: &str) -> Self {
        let behind = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        Self { starts: std::iter::once(0).chain(behind).collect() }
    }

    /// The line, counted from 1, that has the byte at `offset`.
    pub(super) fn of(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        self.starts.len() as u32
    }
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

    #[test]
    fn what_nests_too_deeply_is_refused_and_long_data_is_not() {
        assert!(check_depth(&"(".repeat(201)).is_err());
        assert!(check_depth(&format!("x = 1{}", " + 1".repeat(600))).is_err());
        assert!(check_depth(&format!("x = ({}1)", "1 +\n".repeat(600))).is_err());
        assert!(check_depth(&format!("x = {}1", "not ".repeat(600))).is_err());
        assert!(check_depth(&format!("x = [{}]", "-1, ".repeat(100_000))).is_ok());
        assert!(check_depth(&"x = '((((((' # ((((\n".repeat(1000)).is_ok());
        assert_eq!(check_depth(&format!("'''\n\n'''\n{}", "[".repeat(201))), Err(Unreadable::TooDeep(4)));
    }

    #[test]
    fn lines_are_counted_from_one() {
        let lines = Lines::new("a\nbc\n");
        assert_eq!([0, 1, 2, 4, 5].map(|offset| lines.of(offset)), [1, 1, 2, 2, 3]);
        assert_eq!(lines.count(), 3);
    }
}
