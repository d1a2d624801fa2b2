//! Files that were spoiled on their way: taken for text by a transfer, an editor or a converter, or cut off.

use super::magic;
use crate::python::Python;
use crate::version::Implementation;

/// What has become of a file on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// Every CR LF became LF. Which LF was one cannot be told.
    CrLfToLf,
    /// Every LF became CR LF.
    LfToCrLf,
    /// Every byte was taken for a character of Latin-1 or Windows-1252 and written as UTF-8.
    Utf8,
    /// The same, written as UTF-16 behind a byte order mark.
    Utf16,
    /// Bytes that are not UTF-8 were replaced by U+FFFD (`ef bf bd`): they are lost.
    Replaced,
    /// The highest bit of every byte was taken away, or the bytes that had it were replaced by `?`.
    SevenBit,
    /// The mark U+FEFF was put in front (`ef bb bf`).
    Bom,
}

/// The byte order mark in UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";
/// What stands for a character that could not be decoded, in UTF-8.
const REPLACEMENT: &[u8] = b"\xef\xbf\xbd";
/// So many replacements are no chance.
const REPLACEMENTS: usize = 3;
/// In fewer bytes it is no wonder that none has its highest bit.
const SEVEN_BIT: usize = 128;

impl Transport {
    /// How the file was spoiled, told from its first bytes; `None` if nothing of that kind is to be seen.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Self::of_beginning(bytes).or_else(|| {
            if replacements(bytes) >= REPLACEMENTS {
                Some(Self::Replaced)
            } else {
                is_seven_bit(bytes).then_some(Self::SevenBit)
            }
        })
    }

    /// The same, of what is told by how the file begins.
    fn of_beginning(bytes: &[u8]) -> Option<Self> {
        let is_magic = |first: [u8; 4]| magic::of(first).is_some();
        match *bytes {
            _ if Self::Utf8.is_undone(bytes) => Some(Self::Utf8),
            [0xef, 0xbb, 0xbf, ref rest @ ..] if rest.first_chunk().is_some_and(|first| is_magic(*first)) => {
                Some(Self::Bom)
            }
            [low, high, b'\r', b'\r', b'\n', ..] if is_magic([low, high, b'\r', b'\n']) => Some(Self::LfToCrLf),
            // The high byte of all magic numbers of 3.x is itself a CR.
            [low, b'\r', b'\r', b'\r', b'\n', ..] if is_magic([low, b'\r', b'\r', b'\n']) => Some(Self::LfToCrLf),
            [low, high, b'\n', ..] if is_magic([low, high, b'\r', b'\n']) => Some(Self::CrLfToLf),
            _ if Self::Utf16.is_undone(bytes) => Some(Self::Utf16),
            _ => None,
        }
    }

    /// The file as it was before it was spoiled; `None` where nothing of that kind is to be seen, or cannot be undone without
    /// guessing.
    #[must_use]
    pub fn undo(bytes: &[u8]) -> Option<Vec<u8>> {
        Self::of_beginning(bytes)?.repaired(bytes)
    }

    /// Whether the file is the text that a `.pyc` file became, every character of which stands for a byte.
    fn is_undone(self, bytes: &[u8]) -> bool {
        let head: Option<Vec<u8>> = self.characters(bytes).take(4).collect();
        let begins_well =
            head.as_deref().and_then(<[u8]>::first_chunk).is_some_and(|first| magic::of(*first).is_some());
        begins_well
            && !bytes.strip_prefix(BOM).unwrap_or(bytes).is_ascii()
            && self.characters(bytes).all(|byte| byte.is_some())
    }

    /// The bytes that the characters of a text stand for; `None` for what stands for none.
    fn characters(self, bytes: &[u8]) -> Box<dyn Iterator<Item = Option<u8>> + '_> {
        match self {
            Self::Utf16 => {
                let unit: fn([u8; 2]) -> u16 = match bytes.first_chunk() {
                    Some([0xff, 0xfe]) => u16::from_le_bytes,
                    Some([0xfe, 0xff]) => u16::from_be_bytes,
                    _ => return Box::new(std::iter::empty()),
                };
                let pairs = bytes[2..].chunks(2);
                Box::new(pairs.map(move |pair| of_character(u32::from(unit(*pair.first_chunk()?)))))
            }
            _ => {
                let text = bytes.strip_prefix(BOM).unwrap_or(bytes);
                let chunks = text.utf8_chunks().flat_map(|chunk| {
                    let characters = chunk.valid().chars().map(|c| of_character(c.into()));
                    characters.chain((!chunk.invalid().is_empty()).then_some(None))
                });
                Box::new(chunks)
            }
        }
    }

    /// The Pythons whose magic number the file can have had before, the newest first: more than one where that was lost.
    #[must_use]
    pub fn pythons(self, bytes: &[u8]) -> Vec<&'static Python> {
        if self == Self::SevenBit {
            // The magic number has lost bits like all else.
            return Vec::new();
        }
        let first = match (self, bytes) {
            (Self::Bom, [_, _, _, rest @ ..]) => rest.first_chunk(),
            (Self::LfToCrLf | Self::CrLfToLf, [low, high, ..]) => Some(&[*low, *high, b'\r', b'\n']),
            _ => bytes.first_chunk(),
        };
        let characters = || self.characters(bytes).take(4).collect::<Option<Vec<u8>>>();
        let known = first.and_then(|first| magic::of(*first));
        match known.or_else(|| magic::of(*characters()?.first_chunk()?)) {
            Some(found) => vec![found.magic.python()],
            None if self == Self::Replaced => replaced_numbers(bytes),
            None => Vec::new(),
        }
    }

    /// What happened, as a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::CrLfToLf => {
                "The file was transferred as text: CR LF became LF, in the magic number too. What was lost cannot be told."
            }
            Self::LfToCrLf => "The file was transferred as text: LF became CR LF. That can be undone.",
            Self::Utf8 => {
                "The file was taken for text in Latin-1 or Windows-1252 and written as UTF-8. That can be undone."
            }
            Self::Utf16 => {
                "The file was taken for text in Latin-1 or Windows-1252 and written as UTF-16. That can be undone."
            }
            Self::Replaced => {
                "The file was taken for text in UTF-8: bytes that are not UTF-8 were replaced by ef bf bd. Those bytes are lost for good."
            }
            Self::SevenBit => {
                "No byte has its highest bit: a transfer of 7 bits took it away, or put a ? there. Those bits are lost for good."
            }
            Self::Bom => "A byte order mark (ef bb bf) was put in front of the file. It can be taken off.",
        }
    }

    /// The file as it was, where the damage can be undone without guessing.
    #[must_use]
    pub fn repaired(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::CrLfToLf | Self::Replaced | Self::SevenBit => None,
            Self::Bom => bytes.get(BOM.len()..).map(<[u8]>::to_vec),
            Self::LfToCrLf => Some(without_added_cr(bytes)),
            Self::Utf8 | Self::Utf16 => self.characters(bytes).collect(),
        }
    }
}

/// What Windows-1252 has in the place of the controls from 0x80 on; where it has nothing, the control itself.
const WINDOWS_1252: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d,
    0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,
    0x017e, 0x0178,
];

/// The byte that a character is in Latin-1, or else in Windows-1252: none is both.
fn of_character(code: u32) -> Option<u8> {
    let in_windows = || WINDOWS_1252.iter().position(|&known| u32::from(known) == code).map(|at| 0x80 + at as u8);
    u8::try_from(code).ok().or_else(in_windows)
}

/// Each LF without the CR that was put before it.
fn without_added_cr(bytes: &[u8]) -> Vec<u8> {
    let is_added = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
    (0..bytes.len()).filter(|&at| !is_added(at)).map(|at| bytes[at]).collect()
}

/// The released Pythons whose magic number begins the file once what is no UTF-8 in it was replaced, the newest first.
fn replaced_numbers(bytes: &[u8]) -> Vec<&'static Python> {
    let begins_so = |number: [u8; 4]| bytes.starts_with(String::from_utf8_lossy(&number).as_bytes());
    let released = magic::all().filter(|magic| magic.python().exact && magic.python().magic == magic.number);
    let mut found: Vec<_> = released.filter(|magic| begins_so(magic.bytes())).map(magic::Magic::python).collect();
    found.sort_by_key(|python| std::cmp::Reverse((python.version, python.implementation == Implementation::CPython)));
    found
}

fn replacements(bytes: &[u8]) -> usize {
    bytes.windows(REPLACEMENT.len()).filter(|&window| window == REPLACEMENT).take(REPLACEMENTS).count()
}

/// Whether the end of a magic number stands there, but no byte has its highest bit.
fn is_seven_bit(bytes: &[u8]) -> bool {
    bytes.len() >= SEVEN_BIT && bytes[2..].starts_with(b"\r\n") && bytes.is_ascii()
}
