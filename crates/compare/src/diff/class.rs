//! What kinds of differences there are, and which of them are looked for.

/// A kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Class {
    /// The header: time, size and hash of the source, flags.
    Header,
    /// How marshal writes the same objects: `FLAG_REF`, references, interned strings, short and long forms.
    References,
    /// In which order the items of sets are written, which hashes decide.
    SetOrder,
    /// `co_filename`.
    Filename,
    /// Lines and columns.
    Positions,
    /// In which order constants and names stand in their tuples.
    ConstantOrder,
    /// How the same instructions are encoded: `EXTENDED_ARG` that says nothing, inline caches.
    Encoding,
    /// The Python that wrote the file.
    Python,
    /// What the program is: its code objects, instructions, constants, names, flags.
    Program,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Header,
        Self::References,
        Self::SetOrder,
        Self::Filename,
        Self::Positions,
        Self::ConstantOrder,
        Self::Encoding,
        Self::Python,
        Self::Program,
    ];

    /// A word for it, which stays the same from release to release.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::References => "references",
            Self::SetOrder => "set-order",
            Self::Filename => "filename",
            Self::Positions => "positions",
            Self::ConstantOrder => "constant-order",
            Self::Encoding => "encoding",
            Self::Python => "python",
            Self::Program => "program",
        }
    }

    /// The class of a word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }
}

/// Some classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classes(u16);

impl Classes {
    /// All classes.
    #[must_use]
    pub const fn all() -> Self {
        Self(u16::MAX)
    }

    /// What the program is, and nothing else.
    #[must_use]
    pub const fn program() -> Self {
        Self(1 << Class::Program as u16)
    }

    /// The same without one.
    #[must_use]
    pub const fn without(self, class: Class) -> Self {
        Self(self.0 & !(1 << class as u16))
    }

    /// The same with one more.
    #[must_use]
    pub const fn with(self, class: Class) -> Self {
        Self(self.0 | 1 << class as u16)
    }

    /// Whether it is among them.
    #[must_use]
    pub const fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u16) != 0
    }
}

impl Default for Classes {
    fn default() -> Self {
        Self::all()
    }
}
