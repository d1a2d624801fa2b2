//! A bound on how deep a source nests, told before it is parsed.

use crate::text::Unreadable;

/// How deep brackets and blocks nest at the most; Python's own limits are 200 and 100 (`Parser/tokenizer.h`).
const MOST_BRACKETS: u32 = 200;
/// How many operators and words may stand in one expression without a comma: each may nest one deeper.
const MOST_OPERATORS: u32 = 500;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
