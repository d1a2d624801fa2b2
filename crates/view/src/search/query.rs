//! What the user types.
//!
//! | typed | found |
//! |---|---|
//! | `len` | names, constants, opcodes that have `len` in them, and what uses them; of numbers, those that are equal |
//! | `op:LOAD_GLOBAL` | instructions whose name has this in it, or all of them with `op:*` |
//! | `arg:len` | instructions whose argument is this number, or means something with this in it |
//! | `hex:74 03 ??` | bytes; `??` stands for any |
//! | `/reg.x/` | names, constants, opcodes that the regular expression fits, and what uses them |
//! | `"text"` | the bytes of a text; `\n`, `\t`, `\x00`, `\"` and `\\` as in Python |
//!
//! `op:` and `arg:` go together. Capital letters count where there are any.

use std::ops::Range;

use regex_lite::{Regex, RegexBuilder};

use crate::number::read;
use crate::text::displayable;

/// What is searched for.
#[derive(Clone, Debug)]
pub(crate) enum Query {
    /// Names, constants, opcodes.
    Text(Needle),
    /// Instructions.
    Instruction {
        /// What their name must have in it.
        op: Option<Needle>,
        /// What their argument must be, or have in its meaning.
        arg: Option<Needle>,
    },
    /// Bytes, `None` standing for any.
    Bytes(Vec<Option<u8>>),
}

/// A text to be found in others.
#[derive(Clone, Debug)]
pub(crate) struct Needle {
    /// In small letters, unless capital ones count.
    pub(crate) text: String,
    /// Whether capital letters count.
    pub(crate) exact: bool,
    /// The integer that it is.
    pub(crate) number: Option<i64>,
    /// The float that it is.
    pub(crate) float: Option<f64>,
    /// The regular expression that it is, if it is one.
    pattern: Option<Regex>,
}

/// So much of a text is looked at with a regular expression, in bytes: that takes longer than looking for a word.
const LOOKED_AT: usize = 1 << 20;
/// How large a regular expression may become, in bytes.
const PATTERN: usize = 1 << 16;

impl Needle {
    fn new(text: &str) -> Self {
        let exact = text.bytes().any(|byte| byte.is_ascii_uppercase());
        let digits = text.strip_prefix('-').unwrap_or(text);
        let number = match digits.strip_prefix("0x") {
            Some(digits) => read(digits, 16),
            None if digits.starts_with(|first: char| first.is_ascii_digit()) => {
                let mut plain = digits.to_owned();
                plain.retain(|c| c != '_');
                read(&plain, 10)
            }
            None => None,
        };
        let number = number.and_then(|number| i64::try_from(number).ok());
        let number = number.map(|number| if digits.len() < text.len() { -number } else { number });
        Self { text: text.to_owned(), exact, number, float: text.parse().ok(), pattern: None }
    }

    fn pattern(text: &str) -> Result<Self, String> {
        let built = RegexBuilder::new(text).size_limit(PATTERN).build();
        let pattern = built.map_err(|error| format!("/{}/ is no regular expression: {error}.", displayable(text)))?;
        Ok(Self { text: text.to_owned(), exact: true, number: None, float: None, pattern: Some(pattern) })
    }

    /// Where it stands in a text first.
    pub(crate) fn find(&self, text: &str) -> Option<Range<usize>> {
        match &self.pattern {
            Some(pattern) => pattern.find(text).map(|found| found.range()),
            None => self.find_in_bytes(text.as_bytes()),
        }
    }

    /// Where it stands in bytes first, letters of ASCII alike in both cases unless capital ones count.
    pub(crate) fn find_in_bytes(&self, bytes: &[u8]) -> Option<Range<usize>> {
        if let Some(pattern) = &self.pattern {
            let seen = &bytes[..bytes.len().min(LOOKED_AT)];
            let text = match std::str::from_utf8(seen) {
                Ok(text) => text,
                // Up to where it is text.
                Err(error) => std::str::from_utf8(&seen[..error.valid_up_to()]).unwrap_or_default(),
            };
            return pattern.find(text).map(|found| found.range());
        }
        let needle = self.text.as_bytes();
        let &first = needle.first()?;
        let other = if self.exact { first } else { first.to_ascii_uppercase() };
        let same = |window: &[u8]| if self.exact { window == needle } else { window.eq_ignore_ascii_case(needle) };
        let last = bytes.len().checked_sub(needle.len())?;
        let starts = bytes[..=last].iter().enumerate().filter(|&(_, &byte)| byte == first || byte == other);
        starts.map(|(at, _)| at..at + needle.len()).find(|at| same(&bytes[at.clone()]))
    }

    /// Whether a text has it in it.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.is_in_bytes(text.as_bytes())
    }

    /// Whether bytes have it in them.
    pub(crate) fn is_in_bytes(&self, bytes: &[u8]) -> bool {
        self.find_in_bytes(bytes).is_some()
    }
}

/// The longest text that is searched for, in bytes.
const LONGEST: usize = 256;

impl Query {
    /// Reads what was typed; `None` if that is nothing.
    pub(crate) fn parse(typed: &str) -> Result<Option<Self>, String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        if typed.len() > LONGEST {
            return Err(format!("That is too long to be searched for: {LONGEST} bytes are the most."));
        }
        if let Some(digits) = typed.strip_prefix("hex:") {
            return hex(digits).map(Some);
        }
        if let Some(text) = typed.strip_prefix('"') {
            return quoted(text).map(Some);
        }
        // While one types, the second slash is missing: what begins like a path is one.
        if let Some(pattern) =
            typed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|it| !it.is_empty())
        {
            return Needle::pattern(pattern).map(|needle| Some(Self::Text(needle)));
        }
        if typed.starts_with("op:") || typed.starts_with("arg:") {
            return instruction(typed).map(Some);
        }
        Ok(Some(Self::Text(Needle::new(typed))))
    }
}

fn hex(digits: &str) -> Result<Query, String> {
    let mut bytes = Vec::new();
    let mut digits = digits.chars().filter(|c| !c.is_whitespace());
    while let Some(high) = digits.next() {
        let Some(low) = digits.next() else {
            return Err("A byte has two hexadecimal digits, as in hex:74 03.".to_owned());
        };
        bytes.push(match (high, low, high.to_digit(16), low.to_digit(16)) {
            ('?', '?', ..) => None,
            (.., Some(high), Some(low)) => Some((high * 16 + low) as u8),
            _ => return Err(format!("{high}{low} is no byte: each has two hexadecimal digits, as in hex:74 03.")),
        });
    }
    if bytes.iter().all(Option::is_none) {
        return Err("Name at least one byte, as in hex:74 03.".to_owned());
    }
    Ok(Query::Bytes(bytes))
}

fn quoted(text: &str) -> Result<Query, String> {
    let mut bytes = Vec::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let c = match c {
            // The closing quote may be missing while one types.
            '"' if rest.as_str().is_empty() => break,
            '\\' => match rest.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('0') => '\0',
                Some('x') => {
                    let digits = rest.as_str();
                    let digits = &digits[..digits.char_indices().nth(2).map_or(digits.len(), |(at, _)| at)];
                    let Some(byte) = read(digits, 16) else {
                        return Err(format!("\\x{digits} is no byte: two hexadecimal digits follow \\x."));
                    };
                    bytes.push(Some(byte as u8));
                    rest = rest.as_str()[digits.len()..].chars();
                    continue;
                }
                Some(other) => other,
                None => return Err("A text cannot end in a single backslash.".to_owned()),
            },
            c => c,
        };
        for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
            bytes.push(Some(byte));
        }
    }
    if bytes.is_empty() {
        return Err("Type a text between the quotes.".to_owned());
    }
    Ok(Query::Bytes(bytes))
}

fn instruction(typed: &str) -> Result<Query, String> {
    let (mut op, mut arg) = (String::new(), String::new());
    // What is searched for in arguments may have spaces: it goes on up to the next `op:`.
    let mut in_arg = false;
    for word in typed.split_whitespace() {
        if let Some(name) = word.strip_prefix("op:") {
            op = if name == "*" { String::new() } else { name.to_owned() };
            in_arg = false;
        } else if in_arg {
            arg.push(' ');
            arg.push_str(word);
        } else if let Some(text) = word.strip_prefix("arg:") {
            arg = text.to_owned();
            in_arg = true;
        } else {
            return Err(format!("After op: and arg: nothing else may stand, such as {}.", displayable(word)));
        }
    }
    let needle = |text: String| if text.is_empty() { None } else { Some(Needle::new(&text)) };
    Ok(Query::Instruction { op: needle(op), arg: needle(arg) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_understood() {
        let bytes = |text: &str| match Query::parse(text) {
            Ok(Some(Query::Bytes(bytes))) => bytes,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(bytes("hex:74 03"), [Some(0x74), Some(3)]);
        assert_eq!(bytes("hex:74??03"), [Some(0x74), None, Some(3)]);
        assert_eq!(bytes("\"a\\n\\x00\\\"\""), b"a\n\0\"".map(Some));
        assert_eq!(bytes("\"len"), b"len".map(Some), "the closing quote may be missing");
        assert!(matches!(Query::parse("  "), Ok(None)));
        for wrong in
            ["/(/", "hex:7", "hex:zz", "hex:", "hex:??", "\"", "\"\\x4\"", "\"a\\", "op:X len", &"x".repeat(300)]
        {
            let error = Query::parse(wrong).expect_err(wrong);
            assert!(error.ends_with('.'), "{error} is a sentence");
        }
        let Ok(Some(Query::Instruction { op: Some(op), arg: Some(arg) })) = Query::parse("op:load arg:NULL + len")
        else {
            panic!("it is about instructions")
        };
        assert_eq!((op.text.as_str(), op.exact, arg.text.as_str(), arg.exact), ("load", false, "NULL + len", true));
    }

    #[test]
    fn capital_letters_count_where_there_are_any() {
        assert!(Needle::new("load").is_in("LOAD_FAST"));
        assert!(!Needle::new("Load").is_in("LOAD_FAST"));
        assert!(Needle::new("FAST").is_in("LOAD_FAST"));
        assert!(!Needle::new("faster").is_in("LOAD_FAST"));
        assert!(!Needle::new("x").is_in(""));
        assert_eq!(Needle::new("-0x10").number, Some(-16));
        assert_eq!(Needle::new("1_000").number, Some(1_000));
        assert_eq!(Needle::new("e10").number, None);
    }
}
