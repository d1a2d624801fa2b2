//! String literals in Python source, and what they stand for.

use std::ops::Range;

/// A literal, or several that are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    /// The literals themselves, prefix and quotes included.
    pub(crate) parts: Vec<Range<usize>>,
}

/// The literals in a source, those joined by `+`, or by standing side by side, as one.
pub(crate) fn literals(source: &[u8]) -> Vec<Literal> {
    let mut found: Vec<Literal> = Vec::new();
    let mut scanner = Scanner { source, at: 0, brackets: 0, joins: false };
    while let Some(part) = scanner.next_literal() {
        match found.last_mut() {
            Some(last) if scanner.joins => last.parts.push(part),
            _ => found.push(Literal { parts: vec![part] }),
        }
    }
    found
}

/// The literals that are put together elsewhere than where they stand: the items of a list, and what is added to a variable
/// piece by piece.
pub(crate) fn gathered(source: &[u8], literals: &[Literal]) -> Vec<Literal> {
    let mut gathered: Vec<Literal> = Vec::new();
    let mut last: Option<Link<'_>> = None;
    for pair in literals.windows(2) {
        let [before, after] = pair else { continue };
        let (Some(start), Some(end)) = (before.parts.last(), after.parts.first()) else { continue };
        let link = link(&source[start.end..end.start]);
        let goes_on = match (last, link) {
            // Nothing was added to the variable yet: the literal before it may be what it begins with.
            (Some(Link::Added(known)), Some(Link::Added(name))) => known == name,
            (last, link) => last.is_some() && last == link,
        };
        match gathered.last_mut() {
            Some(open) if goes_on => open.parts.extend(after.parts.iter().cloned()),
            _ if link.is_some() => {
                gathered.push(Literal { parts: before.parts.iter().chain(&after.parts).cloned().collect() });
            }
            _ => {}
        }
        last = link;
    }
    gathered
}

/// How a literal is bound to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link<'s> {
    /// The next item.
    Item,
    /// Added to this variable.
    Added(&'s [u8]),
}

/// What the source between two literals makes of them.
fn link(between: &[u8]) -> Option<Link<'_>> {
    let between = between.trim_ascii();
    if between == b"," {
        return Some(Link::Item);
    }
    let name = between.trim_ascii_start().strip_suffix(b"+=")?.trim_ascii();
    let is_name = !name.is_empty() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then_some(Link::Added(name))
}

/// Fewer numbers than this are no bytes worth trying.
const NUMBERS: usize = 24;

/// The lists of numbers in a source, without their brackets.
pub(crate) fn number_lists(source: &[u8]) -> Vec<Range<usize>> {
    let is_of_list =
        |byte: &u8| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace() || matches!(byte, b',' | b'x' | b'X');
    let mut lists = Vec::new();
    let mut at = 0;
    while let Some(open) = source[at..].iter().position(|byte| matches!(byte, b'[' | b'(' | b'{')) {
        let start = at + open + 1;
        let length = source[start..].iter().take_while(|byte| is_of_list(byte)).count();
        at = start + length;
        let list = &source[start..at];
        let is_closed = matches!(source.get(at), Some(b']' | b')' | b'}'));
        if is_closed && memchr::memchr_iter(b',', list).count() + 1 >= NUMBERS {
            lists.push(start..at);
        }
    }
    lists
}

/// Steps over source from literal to literal.
struct Scanner<'a> {
    source: &'a [u8],
    at: usize,
    brackets: usize,
    /// Whether nothing but `+` stood between this literal and the one before.
    joins: bool,
}

impl Scanner<'_> {
    fn next_literal(&mut self) -> Option<Range<usize>> {
        self.joins = true;
        while let Some(&byte) = self.source.get(self.at) {
            match byte {
                b'#' => self.at = self.end_of_line(),
                b'\'' | b'"' => return Some(self.take_literal(self.at)),
                b' ' | b'\t' | b'\r' | b'\\' | b'+' => self.at += 1,
                b'\n' => {
                    self.joins &= self.brackets > 0;
                    self.at += 1;
                }
                b'(' | b'[' | b'{' => {
                    self.brackets += 1;
                    self.joins = false;
                    self.at += 1;
                }
                b')' | b']' | b'}' => {
                    self.brackets = self.brackets.saturating_sub(1);
                    self.joins = false;
                    self.at += 1;
                }
                byte if byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80 => {
                    let start = self.at;
                    while self.source.get(self.at).is_some_and(|&b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80)
                    {
                        self.at += 1;
                    }
                    let is_quote = matches!(self.source.get(self.at), Some(b'\'' | b'"'));
                    if is_quote && is_prefix(&self.source[start..self.at]) {
                        return Some(self.take_literal(start));
                    }
                    self.joins = false;
                }
                _ => {
                    self.joins = false;
                    self.at += 1;
                }
            }
        }
        None
    }

    fn end_of_line(&self) -> usize {
        let rest = &self.source[self.at..];
        memchr::memchr(b'\n', rest).map_or(self.source.len(), |distance| self.at + distance)
    }

    /// The scanner stands on the quote of a literal that began at `start`: steps behind it.
    fn take_literal(&mut self, start: usize) -> Range<usize> {
        let quote = self.source[self.at];
        let is_triple = self.source[self.at..].starts_with(&[quote; 3]);
        self.at += if is_triple { 3 } else { 1 };
        while let Some(&byte) = self.source.get(self.at) {
            match byte {
                b'\\' => self.at += 2,
                b'\n' if !is_triple => break,
                byte if byte == quote && !is_triple => {
                    self.at += 1;
                    break;
                }
                byte if byte == quote && self.source[self.at..].starts_with(&[quote; 3]) => {
                    self.at += 3;
                    break;
                }
                _ => self.at += 1,
            }
        }
        self.at = self.at.min(self.source.len());
        start..self.at
    }
}

fn is_prefix(word: &[u8]) -> bool {
    word.len() <= 2 && word.iter().all(|byte| b"bBrRuU".contains(byte))
}

/// What a literal with its prefix and quotes stands for.
pub(crate) fn value(literal: &[u8]) -> Option<Vec<u8>> {
    let start = literal.iter().position(|byte| matches!(byte, b'\'' | b'"'))?;
    let (prefix, quoted) = literal.split_at(start);
    if !is_prefix(prefix) {
        return None;
    }
    let quote = quoted[0];
    let width = if quoted.len() >= 6 && quoted.starts_with(&[quote; 3]) { 3 } else { 1 };
    let inside = quoted.get(width..)?;
    let inside = inside.strip_suffix(&[quote; 3][..width]).unwrap_or(inside);
    let is_raw = prefix.iter().any(|byte| matches!(byte, b'r' | b'R'));
    Some(if is_raw { inside.to_vec() } else { unescape(inside) })
}

/// What a text that is a literal, or the inside of one with `\x` escapes, stands for.
pub(super) fn value_of_text(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.trim_ascii();
    let all = literals(text);
    if let [only] = all.as_slice() {
        let (first, last) = (only.parts.first()?, only.parts.last()?);
        let around = [&text[..first.start], &text[last.end..]].concat();
        if around.iter().all(|byte| matches!(byte, b'(' | b')' | b',' | b';') || byte.is_ascii_whitespace()) {
            let values: Option<Vec<Vec<u8>>> = only.parts.iter().map(|part| value(&text[part.clone()])).collect();
            return Some(values?.concat());
        }
    }
    let is_escape = matches!(text, [b'\\', b'x' | b'0'..=b'7', ..]);
    let is_bare = is_escape && text.is_ascii() && !text.iter().any(u8::is_ascii_control);
    is_bare.then(|| unescape(text))
}

/// The bytes that escapes stand for. `\x` is always one byte, as it is in `bytes` and in Python 2.
fn unescape(inside: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        bytes.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let used = escape(rest, &mut bytes);
        rest = &rest[used..];
    }
    bytes.extend_from_slice(rest);
    bytes
}

/// Writes what an escape stands for; `rest` is what follows the backslash. Returns how many bytes of it that were.
fn escape(rest: &[u8], bytes: &mut Vec<u8>) -> usize {
    let hex = |count: usize| {
        let digits = rest.get(1..=count).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut push_char = |code: u32, count: usize| {
        let mut buffer = [0; 4];
        let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        bytes.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
        count
    };
    let simple = match rest.first() {
        None => return 0,
        Some(b'\n') => return 1,
        Some(b'\r') => return if rest.get(1) == Some(&b'\n') { 2 } else { 1 },
        Some(b'n') => b'\n',
        Some(b't') => b'\t',
        Some(b'r') => b'\r',
        Some(b'a') => 7,
        Some(b'b') => 8,
        Some(b'f') => 12,
        Some(b'v') => 11,
        Some(&byte @ (b'\\' | b'\'' | b'"')) => byte,
        Some(b'x') => {
            let Some(code) = hex(2) else { return 0 };
            bytes.push(code as u8);
            return 3;
        }
        Some(b'u') => return hex(4).map_or(0, |code| push_char(code, 5)),
        Some(b'U') => return hex(8).map_or(0, |code| push_char(code, 9)),
        Some(b'0'..=b'7') => {
            let count = rest.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
            let code = rest[..count].iter().fold(0_u32, |code, digit| code * 8 + u32::from(digit - b'0'));
            bytes.push(code as u8);
            return count;
        }
        Some(_) => {
            bytes.push(b'\\');
            return 0;
        }
    };
    bytes.push(simple);
    1
}
