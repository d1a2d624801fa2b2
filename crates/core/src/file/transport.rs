//! Files that were spoiled on their way: taken for text by a transfer, an editor or a converter, or cut off.

use super::magic;
use crate::python::Python;

/// What has become of a file on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// Every CR LF became LF. Which LF was one cannot be told.
    CrLfToLf,
    /// Every LF became CR LF.
    LfToCrLf,
    /// Every byte was taken for a character of Latin-1 and written as UTF-8.
    Utf8,
    /// Bytes that are not UTF-8 were replaced by U+FFFD (`ef bf bd`): they are lost.
    Replaced,
    /// The mark U+FEFF was put in front (`ef bb bf`).
    Bom,
}

/// What stands for a character that could not be decoded, in UTF-8.
const REPLACEMENT: &[u8] = b"\xef\xbf\xbd";
/// So many replacements are no chance.
const REPLACEMENTS: usize = 3;

impl Transport {
    /// How the file was spoiled, told from its first bytes; `None` if nothing of that kind is to be seen.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let is_magic = |first: [u8; 4]| magic::of(first).is_some();
        match *bytes {
            [0xef, 0xbb, 0xbf, ref rest @ ..] if rest.first_chunk().is_some_and(|first| is_magic(*first)) => {
                Some(Self::Bom)
            }
            [low, high, b'\r', b'\r', b'\n', ..] if is_magic([low, high, b'\r', b'\n']) => Some(Self::LfToCrLf),
            // The high byte of all magic numbers of 3.x is itself a CR.
            [low, b'\r', b'\r', b'\r', b'\n', ..] if is_magic([low, b'\r', b'\r', b'\n']) => Some(Self::LfToCrLf),
            [low, high, b'\n', ..] if is_magic([low, high, b'\r', b'\n']) => Some(Self::CrLfToLf),
            _ if first_characters(bytes).is_some_and(is_magic) && is_latin(bytes) => Some(Self::Utf8),
            _ if replacements(bytes) >= REPLACEMENTS => Some(Self::Replaced),
            _ => None,
        }
    }

    /// The Python whose magic number the file had before.
    #[must_use]
    pub fn python(self, bytes: &[u8]) -> Option<&'static Python> {
        let first = match (self, bytes) {
            (Self::Bom, [_, _, _, rest @ ..]) => *rest.first_chunk()?,
            (Self::LfToCrLf | Self::CrLfToLf, [low, high, ..]) => [*low, *high, b'\r', b'\n'],
            (Self::Utf8, _) => first_characters(bytes)?,
            _ => *bytes.first_chunk()?,
        };
        Some(magic::of(first)?.magic.python())
    }

    /// What happened, as a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::CrLfToLf => {
                "The file was transferred as text: CR LF became LF, in the magic number too. What was lost cannot be told."
            }
            Self::LfToCrLf => "The file was transferred as text: LF became CR LF. That can be undone.",
            Self::Utf8 => "The file was taken for text in Latin-1 and written as UTF-8. That can be undone.",
            Self::Replaced => {
                "The file was taken for text in UTF-8: whatever is none was replaced by ef bf bd. Those bytes are lost for good."
            }
            Self::Bom => "A byte order mark (ef bb bf) was put in front of the file. It can be taken off.",
        }
    }

    /// The file as it was, where the damage can be undone without guessing.
    #[must_use]
    pub fn repaired(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::CrLfToLf | Self::Replaced => None,
            Self::Bom => bytes.get(3..).map(<[u8]>::to_vec),
            Self::LfToCrLf => Some(without_added_cr(bytes)),
            Self::Utf8 => {
                let text = std::str::from_utf8(bytes).ok()?;
                text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
            }
        }
    }
}

/// Each LF without the CR that was put before it.
fn without_added_cr(bytes: &[u8]) -> Vec<u8> {
    let is_added = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
    (0..bytes.len()).filter(|&at| !is_added(at)).map(|at| bytes[at]).collect()
}

/// Whether the bytes are UTF-8 whose characters are all in Latin-1, not all of them ASCII.
fn is_latin(bytes: &[u8]) -> bool {
    let is_latin = |text: &str| !text.is_ascii() && text.chars().all(|c| u32::from(c) < 0x100);
    std::str::from_utf8(bytes).is_ok_and(is_latin)
}

/// The first four characters of a text in UTF-8, as the bytes that they were in Latin-1.
fn first_characters(bytes: &[u8]) -> Option<[u8; 4]> {
    let head = &bytes[..bytes.len().min(8)];
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&head[..error.valid_up_to()]).ok()?,
    };
    let mut characters = valid.chars().map(|c| u8::try_from(u32::from(c)).ok());
    let mut next = || characters.next().flatten();
    Some([next()?, next()?, next()?, next()?])
}

fn replacements(bytes: &[u8]) -> usize {
    bytes.windows(REPLACEMENT.len()).filter(|&window| window == REPLACEMENT).take(REPLACEMENTS).count()
}
