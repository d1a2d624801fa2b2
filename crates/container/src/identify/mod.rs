//! Telling what a file is by its contents.

mod native;
mod signatures;
mod source;

use std::borrow::Cow;

use pycxray::magic;

use crate::archive::zip;
use crate::kind::{Compression, Kind, Maker};
use crate::{py2exe, pyinstaller};

pub(crate) use source::is_source;

/// Where a tar archive says what it is, and what it says there.
const TAR_MARK: (usize, &[u8]) = (257, b"ustar");
/// How many bytes at the front decide whether a file is text.
const TEXT_SAMPLE: usize = 64 << 10;

/// What the bytes are. A marshalled object without a header is not looked for, except for a code object: see
/// [`Pyc::parse`](pycxray::Pyc::parse) for anything else of no known kind.
#[must_use]
pub fn identify(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    by_first_bytes(bytes)
        .or_else(|| native::find(bytes))
        .or_else(|| behind_something(bytes))
        .or_else(|| signatures::find(bytes).map(Kind::Foreign))
        .or_else(|| text(bytes))
        .or_else(|| is_marshalled_code(bytes).then_some(Kind::Code))
        .unwrap_or(Kind::Unknown)
}

/// What a member of a container is, by its first bytes: what stands behind something, or is told only by reading to the end, is
/// not found.
pub(crate) fn identify_head(head: &[u8]) -> Kind {
    if head.is_empty() {
        return Kind::Empty;
    }
    by_first_bytes(head)
        .or_else(|| native::format(head).map(|format| Kind::Native(format, Maker::Unknown)))
        .or_else(|| signatures::find(head).map(Kind::Foreign))
        .or_else(|| text(head))
        .unwrap_or(Kind::Unknown)
}

/// Kinds that say so in their first bytes.
fn by_first_bytes(bytes: &[u8]) -> Option<Kind> {
    if let Some(found) = bytes.first_chunk().and_then(|first| magic::of(*first)) {
        return Some(Kind::Pyc(found.magic));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(zip::kind(bytes).unwrap_or(Kind::Zip));
    }
    if bytes.starts_with(b"PYZ\0") {
        return Some(Kind::Pyz);
    }
    if bytes.starts_with(&py2exe::TAG) {
        return Some(Kind::Py2exeScript);
    }
    if is_pyarmor(bytes) {
        return Some(Kind::PyArmor);
    }
    if let Some(version) = mpy_version(bytes) {
        return Some(Kind::Mpy(version));
    }
    if is_pickle(bytes) {
        return Some(Kind::Pickle);
    }
    if bytes.get(TAR_MARK.0..).is_some_and(|rest| rest.starts_with(TAR_MARK.1)) || is_old_tar(bytes) {
        return Some(Kind::Tar);
    }
    compression(bytes).map(Kind::Compressed)
}

/// Archives that may stand behind anything: they are found from the end of the file.
fn behind_something(bytes: &[u8]) -> Option<Kind> {
    if pyinstaller::find(bytes).is_some() {
        return Some(Kind::PyInstaller);
    }
    zip::kind(bytes)
}

/// How a stream that begins so is compressed.
pub(crate) fn compression(bytes: &[u8]) -> Option<Compression> {
    match *bytes {
        [0x1f, 0x8b, 8, flags, ..] if flags < 0x20 => Some(Compression::Gzip),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Some(Compression::Bzip2),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Some(Compression::Bzip2),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Compression::Xz),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstd),
        // Properties such as every writer chooses, a dictionary of a power of two, and a size that is unknown or sane.
        [0x5d, 0, 0, low, high, ref size @ ..] if lzma_dictionary(low, high) && lzma_size(size) => {
            Some(Compression::Lzma)
        }
        [first, second, ..] if is_zlib(first, second) && !Compression::Zlib.unpack(bytes, 1).bytes.is_empty() => {
            Some(Compression::Zlib)
        }
        _ => None,
    }
}

/// Whether the first two bytes are those of a zlib stream (RFC 1950) without a preset dictionary.
fn is_zlib(first: u8, second: u8) -> bool {
    first & 0x0f == 8 && first >> 4 <= 7 && second & 0x20 == 0 && u16::from_be_bytes([first, second]) % 31 == 0
}

fn lzma_dictionary(low: u8, high: u8) -> bool {
    let size = u16::from_le_bytes([low, high]);
    size.is_power_of_two() || (size & size.wrapping_add(1) == 0 && size != 0)
}

fn lzma_size(bytes: &[u8]) -> bool {
    let size = bytes.first_chunk().map(|size| u64::from_le_bytes(*size));
    // The first byte of the range coder is always 0.
    size.is_some_and(|size| size == u64::MAX || size < 1 << 40) && bytes.get(8) == Some(&0)
}

/// PyArmor's own heads: `PYARMOR` up to version 7, `PY` and the six digits of a licence from 8 on.
fn is_pyarmor(bytes: &[u8]) -> bool {
    let digits = bytes.strip_prefix(b"PY").and_then(|rest| rest.first_chunk::<7>());
    bytes.starts_with(b"PYARMOR\0")
        || digits.is_some_and(|digits| digits[..6].iter().all(u8::is_ascii_digit) && digits[6] == 0)
}

/// Whether a header of the seventh edition of Unix stands there, which has no mark: a name, and the sum of its own bytes, the
/// digits of the sum taken for blanks.
fn is_old_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.first_chunk::<512>() else { return false };
    let (digits, rest) = (&header[148..156], header[..148].iter().chain(&header[156..]));
    let digits = digits.trim_ascii_end();
    let digits = digits.split(|&byte| byte == 0).next().unwrap_or(digits).trim_ascii();
    let told = std::str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, 8).ok());
    let sum = rest.map(|&byte| u32::from(byte)).sum::<u32>() + 8 * u32::from(b' ');
    header[0] != 0 && told == Some(sum)
}

/// The version in the head of an `.mpy` file (MicroPython's `py/persistentcode.c`): `M`, version, flags, bits of a small int.
fn mpy_version(bytes: &[u8]) -> Option<u8> {
    match *bytes {
        [b'M', version @ 0..=6, flags, bits, ..] if flags & 0x80 == 0 && matches!(bits, 15..=64) => Some(version),
        [b'C', version @ 5..=6, flags, bits, ..] if flags & 0x80 == 0 && matches!(bits, 15..=64) => Some(version),
        _ => None,
    }
}

/// A pickle of protocol 2 or later: `PROTO` in front, `STOP` at the end.
fn is_pickle(bytes: &[u8]) -> bool {
    matches!(*bytes, [0x80, 2..=5, .., b'.'])
}

/// Whether a code object begins here and reads to its end as that of some Python.
pub(crate) fn is_marshalled_code(bytes: &[u8]) -> bool {
    if !matches!(bytes.first(), Some(b'c' | b'C' | 0xe3)) {
        return false;
    }
    let pyc = pycxray::Pyc::parse(bytes);
    let root = pyc.sections().first().map(|section| section.kind);
    let is_whole = |id| pyc.tree().node(id).kind.is_code() && pyc.tree().node(id).is_complete();
    matches!(root, Some(pycxray::SectionKind::Root(id)) if is_whole(id))
        && pyc.detection().basis == pycxray::Basis::Evidence
}

/// Text and what kind of it, by what the file begins with.
fn text(bytes: &[u8]) -> Option<Kind> {
    let sample = &bytes[..bytes.len().min(TEXT_SAMPLE)];
    if let Some(text) = utf16(sample) {
        return is_printable(&text).then_some(Kind::Text);
    }
    let sample = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sample);
    let text: Cow<'_, str> = match std::str::from_utf8(sample) {
        Ok(text) => text.into(),
        // Cut in the middle of a character, or an older encoding with a few bytes of its own.
        Err(error) if sample.len() - error.valid_up_to() < 4 => {
            std::str::from_utf8(&sample[..error.valid_up_to()]).ok()?.into()
        }
        Err(_) if latin(sample) => sample.iter().map(|&byte| char::from(byte)).collect::<String>().into(),
        Err(_) => return None,
    };
    if !is_printable(&text) {
        return None;
    }
    if source::is_pyarmor_script(bytes) {
        return Some(Kind::PyArmor);
    }
    Some(if is_source(&text) { Kind::Source } else { Kind::Text })
}

fn is_printable(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}' | '\u{80}'..='\u{9f}'))
}

/// Text in UTF-16 behind its byte order mark.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes.first_chunk()? {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().ok()
}

/// Whether it reads as text in an encoding of one byte a character: hardly any controls, mostly ASCII.
fn latin(sample: &[u8]) -> bool {
    let controls = sample.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t' | 0x0c)).count();
    let ascii = sample.iter().filter(|byte| byte.is_ascii()).count();
    controls == 0 && ascii * 10 >= sample.len() * 7
}
