//! One step from an encoded text to the bytes that it stands for.

use data_encoding::{BASE32, BASE64, BASE64URL, HEXLOWER_PERMISSIVE};

use super::{base85, dump, literal, uu};
use crate::kind::Compression;
use crate::unpack::Unpacked;

/// How bytes are encoded, or compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// Two hexadecimal digits a byte: `binascii.unhexlify`, `base64.b16decode`.
    Hex,
    /// `base64.b32decode`.
    Base32,
    /// `base64.b64decode`, `urlsafe_b64decode`.
    Base64,
    /// `base64.b85decode`.
    Base85,
    /// `base64.a85decode`.
    Ascii85,
    /// The last byte first: `[::-1]`.
    Reversed,
    /// A Python literal, or the inside of one: `b'\xe3\x00'`, `\xe3\x00`.
    Literal,
    /// A hex dump with offsets, as `xxd` and `hexdump -C` write it.
    HexDump,
    /// Numbers from 0 to 255: a list, a C array.
    Numbers,
    /// uuencode.
    Uu,
    /// `%e3%00`, as in addresses.
    Percent,
    /// `codecs.decode(…, "rot13")`.
    Rot13,
    /// `.encode("latin-1")`: each character is a byte.
    Latin1,
    /// Exclusive or of every byte with this one.
    Xor(u8),
    /// A compressed stream.
    Packed(Compression),
}

impl Step {
    /// What it is called in a chain: `base64`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::Base32 => "base32",
            Self::Base64 => "base64",
            Self::Base85 => "base85",
            Self::Ascii85 => "ascii85",
            Self::Reversed => "reversed",
            Self::Literal => "Python literal",
            Self::HexDump => "hex dump",
            Self::Numbers => "list of numbers",
            Self::Uu => "uuencode",
            Self::Percent => "percent signs",
            Self::Rot13 => "rot13",
            Self::Latin1 => "latin-1",
            Self::Xor(_) => "xor with one byte",
            Self::Packed(compression) => compression.name(),
        }
    }

    /// Takes the step: to at most `limit` bytes. `None` if the bytes are not encoded so.
    pub(crate) fn take(self, bytes: &[u8], limit: usize) -> Option<Unpacked> {
        let decoded = match self {
            Self::Packed(compression) => {
                let unpacked = compression.unpack(bytes, limit);
                return (!unpacked.bytes.is_empty()).then_some(unpacked);
            }
            Self::Hex => hex(bytes)?,
            Self::Base32 => BASE32.decode(&compact(bytes, is_base32)?).ok()?,
            Self::Base64 => base64(bytes)?,
            Self::Base85 => base85::decode_rfc1924(&compact(bytes, |byte| byte > b' ')?)?,
            Self::Ascii85 => base85::decode_ascii85(&compact(bytes, |byte| byte > b' ')?)?,
            Self::Reversed => bytes.iter().rev().copied().collect(),
            Self::Literal => literal::value_of_text(bytes)?,
            Self::HexDump => dump::decode(std::str::from_utf8(bytes).ok()?, limit)?,
            Self::Numbers => dump::decode_numbers(std::str::from_utf8(bytes).ok()?)?,
            Self::Uu => uu::decode(std::str::from_utf8(bytes).ok()?)?,
            Self::Percent => percent(bytes.trim_ascii())?,
            Self::Rot13 => bytes.iter().map(|&byte| rot13(byte)).collect(),
            Self::Latin1 => {
                let characters = std::str::from_utf8(bytes).ok()?.chars();
                characters.map(|c| u8::try_from(u32::from(c)).ok()).collect::<Option<_>>()?
            }
            Self::Xor(key) => bytes.iter().map(|byte| byte ^ key).collect(),
        };
        (!decoded.is_empty()).then(|| cut(decoded, limit))
    }
}

fn cut(mut bytes: Vec<u8>, limit: usize) -> Unpacked {
    let trouble =
        (bytes.len() > limit).then(|| format!("It decodes to more than {limit} bytes: the rest is left out."));
    bytes.truncate(limit);
    Unpacked { bytes, trouble }
}

/// The text without line breaks; `None` if anything else in it is not of the alphabet.
fn compact(bytes: &[u8], is_of_alphabet: impl Fn(u8) -> bool) -> Option<Vec<u8>> {
    let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r' | b'\t');
    let bytes = bytes.trim_ascii();
    bytes
        .iter()
        .all(|byte| is_break(byte) || (byte.is_ascii() && is_of_alphabet(*byte)))
        .then(|| bytes.iter().copied().filter(|byte| !is_break(byte)).collect())
}

const fn is_base32(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'2'..=b'7' | b'=')
}

/// Digits, in pairs that spaces, commas or colons may part, `0x` and `\x` in front of them.
fn hex(bytes: &[u8]) -> Option<Vec<u8>> {
    let bytes = bytes.trim_ascii();
    let mut digits = Vec::new();
    let mut rest = bytes;
    while let [first, behind @ ..] = rest {
        match first {
            b'0' | b'\\' if matches!(behind, [b'x' | b'X', ..]) => rest = &behind[1..],
            b' ' | b'\n' | b'\r' | b'\t' | b':' | b',' | b'-' if digits.len() % 2 == 0 => rest = behind,
            digit if digit.is_ascii_hexdigit() => {
                digits.push(*digit);
                rest = behind;
            }
            _ => return None,
        }
    }
    HEXLOWER_PERMISSIVE.decode(&digits).ok()
}

/// Two digits behind each `%`, with hardly anything between.
fn percent(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = text;
    let mut plain = 0;
    while let [first, behind @ ..] = rest {
        match (first, behind) {
            (b'%', [high, low, behind @ ..]) => {
                bytes.extend(HEXLOWER_PERMISSIVE.decode(&[*high, *low]).ok()?);
                rest = behind;
            }
            (b'%', _) => return None,
            (byte, _) => {
                plain += 1;
                bytes.push(*byte);
                rest = behind;
            }
        }
    }
    (plain < bytes.len()).then_some(bytes)
}

const fn rot13(byte: u8) -> u8 {
    match byte {
        b'a'..=b'm' | b'A'..=b'M' => byte + 13,
        b'n'..=b'z' | b'N'..=b'Z' => byte - 13,
        _ => byte,
    }
}

/// What stands between the lines `-----BEGIN …` and `-----END …`, or behind `data:…;base64,`.
fn unframed(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii();
    if text.starts_with(b"data:") {
        return memchr::memmem::find(text, b";base64,").map_or(text, |at| &text[at + 8..]);
    }
    if !text.starts_with(b"-----BEGIN ") {
        return text;
    }
    let start = memchr::memchr(b'\n', text).map_or(text.len(), |at| at + 1);
    let end = memchr::memmem::find(text, b"-----END ").unwrap_or(text.len());
    &text[start.min(end)..end]
}

/// Either alphabet, padded or not.
fn base64(bytes: &[u8]) -> Option<Vec<u8>> {
    let bytes = unframed(bytes);
    let is_of_either = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=');
    let mut text = compact(bytes, is_of_either)?;
    while text.last() == Some(&b'=') {
        text.pop();
    }
    if text.len() % 4 == 1 {
        return None;
    }
    let is_url = text.iter().any(|byte| matches!(byte, b'-' | b'_'));
    text.resize(text.len().next_multiple_of(4), b'=');
    let encoding = if is_url { BASE64URL } else { BASE64 };
    encoding.decode(&text).ok()
}
