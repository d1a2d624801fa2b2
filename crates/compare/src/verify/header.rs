//! What the header says of the source, held against the source.

use std::hash::Hasher;

use pycxray::{Implementation, Pyc, Version, counted};
use siphasher::sip::{SipHasher13, SipHasher24};

/// What the header says of a source, and what that proves.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderVerdict {
    /// The file has no header, or one that says nothing of the source.
    Silent,
    /// The hash in the header is the source's (PEP 552).
    HashFits {
        /// Whether Python compares it whenever the module is imported.
        checked: bool,
        /// Whether it is that of the source with other line endings than those at hand.
        other_line_endings: bool,
    },
    /// The hash in the header is not the source's, with no line endings.
    HashDiffers {
        /// Whether Python compares it whenever the module is imported.
        checked: bool,
    },
    /// The size in the header is the source's.
    SizeFits,
    /// The size in the header is not the source's, with no line endings.
    SizeDiffers {
        /// The size in the header, in bytes.
        said: u32,
        /// The size of the source modulo 2³², in bytes.
        found: u32,
    },
    /// The header has a time, but neither a hash nor a size (up to 3.2).
    TimeAlone,
}

impl HeaderVerdict {
    /// Whether the header is that of another source.
    #[must_use]
    pub const fn is_inconsistent(&self) -> bool {
        matches!(self, Self::HashDiffers { .. } | Self::SizeDiffers { .. })
    }

    /// What was found, and what it proves, in a sentence or two.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Silent => "The header says nothing of a source.".into(),
            Self::HashFits { checked, other_line_endings } => format!(
                "The hash in the header is that of this source{}. {} It does not prove that the bytecode was made from it: \
                 whoever writes a file can write a hash.",
                if *other_line_endings { " with other line endings" } else { "" },
                if *checked {
                    "Python compares it at each import."
                } else {
                    "Python never compares it: it is unchecked."
                },
            ),
            Self::HashDiffers { checked } => format!(
                "The hash in the header is not that of this source. {}",
                if *checked {
                    "Python compares it at each import, so it would compile this source anew."
                } else {
                    "Python never compares it: it runs this file whatever the source is."
                },
            ),
            Self::SizeFits => {
                "The size in the header is that of this source. Size and time are anyone's to forge.".into()
            }
            Self::SizeDiffers { said, found } => {
                format!("The header is that of a source of {}; this source has {found}.", counted(*said, "byte"))
            }
            Self::TimeAlone => "The header has a time alone, which no text can be held against.".into(),
        }
    }
}

/// Holds the header of `pyc` against `source`.
pub(super) fn verify(pyc: &Pyc, source: &[u8]) -> HeaderVerdict {
    let header = pyc.header();
    let others = other_line_endings(source);
    if let (Some(said), Some(magic)) = (header.source_hash, header.magic) {
        let checked = header.check_source().unwrap_or(false);
        let fits = |source: &[u8]| source_hash(pyc, magic, source) == said;
        return if fits(source) {
            HeaderVerdict::HashFits { checked, other_line_endings: false }
        } else if others.iter().any(|other| fits(other)) {
            HeaderVerdict::HashFits { checked, other_line_endings: true }
        } else {
            HeaderVerdict::HashDiffers { checked }
        };
    }
    match header.source_size {
        Some(said) => {
            let fits = |source: &[u8]| source.len() as u32 == said;
            if fits(source) || others.iter().any(|other| fits(other)) {
                HeaderVerdict::SizeFits
            } else {
                HeaderVerdict::SizeDiffers { said, found: source.len() as u32 }
            }
        }
        None if header.mtime.is_some() => HeaderVerdict::TimeAlone,
        None => HeaderVerdict::Silent,
    }
}

/// What `_imp.source_hash` of that version gives (`Python/pyhash.c`, `_Py_KeyedHash`): SipHash of the source, with the magic number, its
/// `\r\n` among it, as the key; with 2 and 4 rounds up to 3.10, with 1 and 3 from 3.11 on.
fn source_hash(pyc: &Pyc, magic: u32, source: &[u8]) -> [u8; 8] {
    let key = u64::from(magic & 0xffff | 0x0a0d_0000);
    let python = pyc.python();
    let hash = if python.implementation == Implementation::CPython && python.version < Version::new(3, 11) {
        let mut hasher = SipHasher24::new_with_keys(key, 0);
        hasher.write(source);
        hasher.finish()
    } else {
        let mut hasher = SipHasher13::new_with_keys(key, 0);
        hasher.write(source);
        hasher.finish()
    };
    hash.to_le_bytes()
}

/// The source with `\n` for `\r\n`, and with `\r\n` for `\n`: those of the two that differ from it.
fn other_line_endings(source: &[u8]) -> Vec<Vec<u8>> {
    let mut unix = Vec::with_capacity(source.len());
    for (at, &byte) in source.iter().enumerate() {
        if byte != b'\r' || source.get(at + 1) != Some(&b'\n') {
            unix.push(byte);
        }
    }
    let mut dos = Vec::with_capacity(unix.len() + unix.len() / 16);
    for &byte in &unix {
        if byte == b'\n' {
            dos.push(b'\r');
        }
        dos.push(byte);
    }
    [unix, dos].into_iter().filter(|other| other != source).collect()
}
