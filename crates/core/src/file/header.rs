//! What precedes the marshalled object: the three kinds of header, field by field.

use crate::python::HeaderLayout;
use crate::reader::Reader;
use crate::{Diagnostic, DiagnosticCode, Severity, Span};

/// How the interpreter tells whether the file is still good for its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderKind {
    /// There is no header.
    None,
    /// By the source's modification time, from 3.3 on by its size too.
    Timestamp,
    /// By a hash of the source (PEP 552, 3.7+).
    Hash,
}

impl HeaderKind {
    /// `none`, `timestamp` or `hash`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Timestamp => "timestamp",
            Self::Hash => "hash",
        }
    }
}

/// A field of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderField {
    /// The magic number: two bytes and CR LF; up to 1.2 four bytes.
    Magic,
    /// The flags of PEP 552: bit 0 for a hash in place of the time, bit 1 for "check the source".
    Flags,
    /// When the source was changed last, in seconds since 1970, UTC.
    Mtime,
    /// The size of the source in bytes, modulo 2^32.
    SourceSize,
    /// SipHash of the source, eight bytes.
    SourceHash,
    /// Bytes that should be a field, but the file ends among them.
    Cut,
}

impl HeaderField {
    /// What it is called in the tree.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Magic => "magic",
            Self::Flags => "flags",
            Self::Mtime => "mtime",
            Self::SourceSize => "source size",
            Self::SourceHash => "source hash",
            Self::Cut => "cut off",
        }
    }
}

/// What precedes the marshalled object. A field that the kind of header lacks, or that the file cuts off, is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// The magic number: its low two bytes where CR LF follow, all four otherwise.
    pub magic: Option<u32>,
    /// The flags of PEP 552.
    pub flags: Option<u32>,
    /// Seconds since 1970-01-01 00:00 UTC.
    pub mtime: Option<u32>,
    /// Bytes of source.
    pub source_size: Option<u32>,
    /// SipHash of the source.
    pub source_hash: Option<[u8; 8]>,
    /// The fields that are there, in order, with their bytes.
    pub fields: Vec<(HeaderField, Span)>,
}

/// Bit 0 of the flags: a hash stands in place of time and size.
const FLAG_HASH: u32 = 1;
/// Bit 1 of the flags: the source is to be hashed and compared at import.
const FLAG_CHECK_SOURCE: u32 = 2;

impl Header {
    /// Reads a header of this layout that begins at `at`. What the file cuts off becomes [`HeaderField::Cut`].
    pub(crate) fn read(bytes: &[u8], at: u32, layout: HeaderLayout) -> Self {
        let mut header = Self::default();
        let mut reader = Reader::new(bytes, at);
        let whole = header.read_fields(&mut reader, layout);
        if whole.is_none() && reader.remaining() > 0 {
            header.fields.push((HeaderField::Cut, reader.rest()));
        }
        header
    }

    /// A header that begins at `at` and has `length` bytes, whatever its magic number asks for: read in the form that has so
    /// many, or else in the longest that has fewer. None for less than a magic number.
    pub(crate) fn of_length(bytes: &[u8], at: u32, length: u32) -> Self {
        match length {
            0..4 => Self::default(),
            4..8 => Self::magic_only(bytes, at),
            8..12 => Self::read(bytes, at, HeaderLayout::Mtime),
            12..16 => Self::read(bytes, at, HeaderLayout::MtimeSize),
            _ => Self::read(bytes, at, HeaderLayout::Flags),
        }
    }

    /// A header of which nothing but the magic number is there.
    fn magic_only(bytes: &[u8], at: u32) -> Self {
        let mut header = Self::default();
        let raw = header.field(&mut Reader::new(bytes, at), HeaderField::Magic);
        header.magic = raw.map(|raw| magic_number(raw.to_le_bytes()));
        header
    }

    fn read_fields(&mut self, reader: &mut Reader<'_>, layout: HeaderLayout) -> Option<()> {
        let raw = self.field(reader, HeaderField::Magic)?;
        self.magic = Some(magic_number(raw.to_le_bytes()));
        if layout == HeaderLayout::Flags {
            let flags = self.field(reader, HeaderField::Flags)?;
            self.flags = Some(flags);
            if flags & FLAG_HASH != 0 {
                let start = reader.position();
                self.source_hash = Some(*reader.take(8)?.first_chunk()?);
                self.fields.push((HeaderField::SourceHash, Span::new(start, reader.position())));
                return Some(());
            }
        }
        self.mtime = Some(self.field(reader, HeaderField::Mtime)?);
        if layout != HeaderLayout::Mtime {
            self.source_size = Some(self.field(reader, HeaderField::SourceSize)?);
        }
        Some(())
    }

    fn field(&mut self, reader: &mut Reader<'_>, field: HeaderField) -> Option<u32> {
        let start = reader.position();
        let value = reader.u32()?;
        self.fields.push((field, Span::new(start, reader.position())));
        Some(value)
    }

    /// What kind of header it is.
    #[must_use]
    pub fn kind(&self) -> HeaderKind {
        match self.flags {
            _ if self.fields.is_empty() => HeaderKind::None,
            Some(flags) if flags & FLAG_HASH != 0 => HeaderKind::Hash,
            _ => HeaderKind::Timestamp,
        }
    }

    /// Whether the source is to be hashed and compared at import; `None` where there is no hash.
    #[must_use]
    pub fn check_source(&self) -> Option<bool> {
        let flags = self.flags?;
        (flags & FLAG_HASH != 0).then_some(flags & FLAG_CHECK_SOURCE != 0)
    }

    /// What is to be said of a file that is hash-based and unchecked (PEP 552): it runs whatever its source says.
    #[must_use]
    pub fn unchecked_hash(&self) -> Option<Diagnostic> {
        let span = self.fields.iter().find(|(field, _)| *field == HeaderField::Flags)?.1;
        (self.check_source() == Some(false)).then(|| {
            let message = "The file is hash-based and unchecked: Python loads it without looking whether its source is still the same.";
            Diagnostic::new(Severity::Note, DiagnosticCode::UncheckedHash, span, message)
        })
    }

    /// The flag bits that have no meaning in any version.
    #[must_use]
    pub fn reserved_flags(&self) -> u32 {
        self.flags.unwrap_or(0) & !(FLAG_HASH | FLAG_CHECK_SOURCE)
    }

    /// Its bytes.
    #[must_use]
    pub fn span(&self) -> Span {
        match (self.fields.first(), self.fields.last()) {
            (Some((_, first)), Some((_, last))) => Span::new(first.start, last.end),
            _ => Span::default(),
        }
    }

    /// Whether a field is missing that a header of this layout has, as if the file ended between two.
    pub(crate) fn ends_early(&self, layout: HeaderLayout) -> bool {
        !self.fields.is_empty() && !self.is_cut() && self.span().len() < layout.size()
    }

    /// Whether the file ends inside it.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.fields.last().is_some_and(|(field, _)| *field == HeaderField::Cut)
    }
}

/// The magic number in a file's first four bytes: two bytes where CR LF follow, else all four.
pub(crate) fn magic_number(first: [u8; 4]) -> u32 {
    match first {
        [low, high, b'\r', b'\n'] => u16::from_le_bytes([low, high]).into(),
        all => u32::from_le_bytes(all),
    }
}
