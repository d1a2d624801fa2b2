//! The buffer that listings, JSON and constants are written into: text as bytes, checked to be text once a slice and not once
//! a word.

use super::sink::{Sink, Token, TokenKind};

/// Text that is being written. Everything that is put in is UTF-8.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    bytes: Vec<u8>,
    /// Which bytes are which token, in order, where that is wanted.
    tokens: Option<Vec<(std::ops::Range<usize>, Token)>>,
}

/// The numbers from 00 to 99: two digits at a time are written faster than one.
static PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    pairs
};

/// The digits of the greatest number of 64 bits.
const DIGITS: usize = 20;

/// The digits of a number below 100,000,000, leading zeros among them.
#[inline]
fn eight_digits(value: u32) -> [u8; 8] {
    let (high, low) = (value / 10_000 % 10_000, value % 10_000);
    let pairs = [high / 100, high % 100, low / 100, low % 100].map(|pair| PAIRS[pair as usize]);
    let [[a, b], [c, d], [e, f], [g, h]] = pairs;
    [a, b, c, d, e, f, g, h]
}

/// The digits of a number from 10,000 to 99,999,999, and how many they are: all are made at once.
#[inline]
fn digits_of(value: u32) -> ([u8; 8], usize) {
    let digits = u64::from_le_bytes(eight_digits(value));
    let zeros = (digits ^ u64::from_le_bytes([b'0'; 8])).trailing_zeros() / 8;
    ((digits >> (8 * zeros)).to_le_bytes(), 8 - zeros as usize)
}

impl Text {
    /// What is to be handed to a sink ([`Text::hand_to`]).
    pub(crate) fn for_sink(sink: &dyn Sink) -> Self {
        Self { bytes: Vec::new(), tokens: sink.wants_tokens().then(Vec::new) }
    }

    /// The same with the memory of what was handed on.
    pub(crate) fn for_this(mut self, sink: &dyn Sink) -> Self {
        self.tokens = sink.wants_tokens().then(Vec::new);
        self
    }

    /// Says what was written from `start` on, if anybody wants to know.
    #[inline]
    pub(crate) fn token(&mut self, start: usize, token: Token) {
        if self.tokens.is_some() {
            self.note(start, token);
        }
    }

    /// Whether anybody wants to know what is written.
    #[inline]
    pub(crate) fn wants_tokens(&self) -> bool {
        self.tokens.is_some()
    }

    /// Says what stands in a column, blanks around it left out.
    pub(crate) fn word(&mut self, column: std::ops::Range<usize>, kind: TokenKind) {
        let Some(tokens) = &mut self.tokens else { return };
        let is_ink = |byte: &u8| *byte != b' ';
        let bytes = &self.bytes[column.clone()];
        if let (Some(first), Some(last)) = (bytes.iter().position(is_ink), bytes.iter().rposition(is_ink)) {
            tokens.push((column.start + first..column.start + last + 1, Token::of(kind)));
        }
    }

    /// The same for what stands for nothing in the file.
    #[inline]
    pub(crate) fn kind(&mut self, start: usize, kind: TokenKind) {
        self.token(start, Token::of(kind));
    }

    #[inline(never)]
    fn note(&mut self, start: usize, token: Token) {
        let end = self.bytes.len();
        if let Some(tokens) = self.tokens.as_mut().filter(|_| start < end) {
            // What is said of the whole goes before what was said of its parts.
            let before = tokens.iter().rposition(|(range, _)| range.start < start);
            tokens.truncate(before.map_or(0, |last| last + 1));
            tokens.push((start..end, token));
        }
    }

    /// Hands all of it to a sink, piece by piece, and begins anew.
    pub(crate) fn hand_to(&mut self, sink: &mut dyn Sink) {
        // All at once, not word by word.
        let text = std::str::from_utf8(&self.bytes).unwrap_or_else(|error| {
            debug_assert!(false, "everything that is put in is UTF-8: {error}");
            ""
        });
        let mut at = 0;
        let mut push = |range: std::ops::Range<usize>, token: Token| {
            if let Some(piece) = text.get(range).filter(|piece| !piece.is_empty()) {
                sink.push(token, piece);
            }
        };
        for (range, token) in self.tokens.iter_mut().flat_map(|tokens| tokens.drain(..)) {
            push(at..range.start, Token::of(TokenKind::Plain));
            at = range.end;
            push(range, token);
        }
        push(at..text.len(), Token::of(TokenKind::Plain));
        self.bytes.clear();
    }

    #[inline]
    pub(crate) fn push_str(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Bytes that are known to be text.
    #[inline]
    pub(crate) fn push_utf8(&mut self, text: &[u8]) {
        debug_assert!(std::str::from_utf8(text).is_ok());
        self.bytes.extend_from_slice(text);
    }

    #[inline]
    pub(crate) fn push(&mut self, character: char) {
        if character.is_ascii() {
            self.bytes.push(character as u8);
        } else {
            self.push_str(character.encode_utf8(&mut [0; 4]));
        }
    }

    /// Text of a length known beforehand: copied without a call.
    #[inline]
    pub(crate) fn push_word<const N: usize>(&mut self, word: &[u8; N]) {
        debug_assert!(word.is_ascii());
        self.bytes.extend_from_slice(word);
    }

    /// The same, to be changed in place then.
    #[inline]
    pub(crate) fn push_form<const N: usize>(&mut self, form: &[u8; N]) -> Option<&mut [u8; N]> {
        self.push_word(form);
        self.bytes.last_chunk_mut()
    }

    /// What a chunk begins with: copied without a call too, whole, and what was too much is taken back.
    #[inline]
    pub(crate) fn push_start_of<const N: usize>(&mut self, chunk: &[u8; N], size: usize) {
        debug_assert!(std::str::from_utf8(&chunk[..size.min(N)]).is_ok());
        let end = self.bytes.len() + size;
        self.bytes.extend_from_slice(chunk);
        self.bytes.truncate(end);
    }

    /// A number in decimal.
    #[inline]
    pub(crate) fn push_u64(&mut self, value: u64) {
        if value < 100 {
            self.push_small(value);
        } else if value < 10_000 {
            let [[a, b], [c, d]] = [value / 100 % 100, value % 100].map(|pair| PAIRS[pair as usize]);
            let is_short = value < 1_000;
            let digits = u32::from_le_bytes([a, b, c, d]) >> (8 * u32::from(is_short));
            self.push_start_of(&digits.to_le_bytes(), 4 - usize::from(is_short));
        } else {
            self.push_longer(value);
        }
    }

    /// The same for a number that is nearly always below 100: that is written without a call.
    #[inline(always)]
    pub(crate) fn push_small(&mut self, value: u64) {
        match PAIRS.get(usize::try_from(value).unwrap_or(usize::MAX)) {
            Some(&pair) => {
                let is_short = value < 10;
                let digits = u16::from_le_bytes(pair) >> (8 * u32::from(is_short));
                self.push_start_of(&digits.to_le_bytes(), 2 - usize::from(is_short));
            }
            None => self.push_u64(value),
        }
    }

    #[inline(never)]
    fn push_longer(&mut self, value: u64) {
        if value < 100_000_000 {
            let (digits, size) = digits_of(value as u32);
            self.push_start_of(&digits, size);
        } else {
            self.push_u64(value / 100_000_000);
            self.bytes.extend_from_slice(&eight_digits((value % 100_000_000) as u32));
        }
    }

    /// A number in so many hexadecimal digits, behind a prefix. `format!` would cost several times as much, and a name may be all
    /// escapes.
    pub(crate) fn push_hex(&mut self, prefix: &str, value: u32, digits: u32) {
        self.push_str(prefix);
        for digit in (0..digits).rev() {
            self.bytes.push(b"0123456789abcdef"[(value >> (digit * 4) & 15) as usize]);
        }
    }

    /// What is put together as `format!` does it.
    pub(crate) fn push_fmt(&mut self, text: std::fmt::Arguments<'_>) {
        let written = std::io::Write::write_fmt(&mut self.bytes, text);
        debug_assert!(written.is_ok(), "a vector takes whatever is written");
    }

    /// A number in decimal, with its sign.
    #[inline]
    pub(crate) fn push_i64(&mut self, value: i64) {
        if value < 0 {
            self.bytes.push(b'-');
        }
        self.push_u64(value.unsigned_abs());
    }

    /// A number in decimal, to the right in a column of this width, or wider if it does not fit.
    #[inline]
    pub(crate) fn push_padded(&mut self, value: u64, width: usize) {
        let mut digits = [b' '; 2 * DIGITS];
        let start = write_digits(&mut digits, value).min(2 * DIGITS - width.min(2 * DIGITS));
        self.bytes.extend_from_slice(&digits[start..]);
    }

    /// So many spaces, as a place to write ASCII into.
    #[inline]
    pub(crate) fn columns(&mut self, width: usize) -> &mut [u8] {
        let start = self.bytes.len();
        self.bytes.resize(start + width, b' ');
        &mut self.bytes[start..]
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    #[cfg(feature = "serde")]
    pub(crate) fn clear(&mut self) {
        self.truncate(0);
    }

    /// Takes back what is behind this length.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.bytes.truncate(length);
        if let Some(tokens) = &mut self.tokens {
            let kept = tokens.iter().rposition(|(range, _)| range.start < length);
            tokens.truncate(kept.map_or(0, |last| last + 1));
            if let Some((last, _)) = tokens.last_mut() {
                last.end = last.end.min(length);
            }
        }
    }

    /// Cuts it to this length at most, not inside a character.
    pub(crate) fn truncate_to_text(&mut self, mut length: usize) {
        while self.bytes.get(length).is_some_and(|byte| byte & 0xc0 == 0x80) {
            length -= 1;
        }
        self.truncate(length);
    }

    #[inline]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All of it.
    #[cfg(feature = "serde")]
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_else(|error| {
            debug_assert!(false, "everything that is put in is UTF-8: {error}");
            ""
        })
    }

    /// What was written from here on, to be changed in place.
    pub(crate) fn tail(&mut self, start: usize) -> &mut [u8] {
        self.bytes.get_mut(start..).unwrap_or_default()
    }
}

/// The same with a space for a leading zero.
static SPACED: [[u8; 2]; 100] = {
    let mut pairs = PAIRS;
    let mut number = 0;
    while number < 10 {
        pairs[number][0] = b' ';
        number += 1;
    }
    pairs
};

/// Writes a number over nothing but spaces, up to the end of a place that has room for it: as fast as small numbers, which
/// nearly all are, can be written.
#[inline(always)]
pub(crate) fn write_right(place: &mut [u8], value: u32) {
    match place {
        [.., tens, ones] if value < 100 => [*tens, *ones] = SPACED[value as usize],
        [.., thousands, hundreds, tens, ones] if value < 10_000 => {
            [*thousands, *hundreds] = SPACED[value as usize / 100];
            [*tens, *ones] = PAIRS[value as usize % 100];
        }
        _ => drop(write_digits(place, value.into())),
    }
}

/// Writes a number to the right end of a place that has room for it; says where it begins.
#[inline]
pub(crate) fn write_digits(place: &mut [u8], mut value: u64) -> usize {
    let mut at = place.len();
    while value >= 100 {
        at -= 2;
        place[at..at + 2].copy_from_slice(&PAIRS[(value % 100) as usize]);
        value /= 100;
    }
    if value >= 10 {
        at -= 2;
        place[at..at + 2].copy_from_slice(&PAIRS[value as usize]);
    } else {
        at -= 1;
        place[at] = b'0' + value as u8;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length() {
        let mut number = 1_u64;
        for length in 1..=20 {
            for value in [number, number / 10 * 9 + 1, number.saturating_mul(10) - 1] {
                let mut text = Text::default();
                text.push_u64(value);
                assert_eq!(text.as_bytes(), value.to_string().as_bytes(), "{length} digits");
            }
            number = number.saturating_mul(10);
        }
        let mut text = Text::default();
        text.push_i64(i64::MIN);
        text.push_padded(7, 4);
        text.push_padded(12345, 4);
        assert_eq!(text.as_bytes(), b"-9223372036854775808   712345");
    }
}
