//! What can be taken home: listing, JSON, annotated bytes.

use crate::Document;

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportKind {
    /// The listing of all code objects, as text.
    Listing,
    /// Everything, as JSON of schema 1.
    Json,
    /// All bytes with what they mean, a line for each part: `offset | bytes | meaning`.
    Bytes,
}

impl ExportKind {
    /// All kinds, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Listing, Self::Json, Self::Bytes];

    /// What the menu says.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Listing => "Listing as text",
            Self::Json => "Everything as JSON",
            Self::Bytes => "Annotated bytes",
        }
    }

    /// The media type of what is written.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Listing | Self::Bytes => "text/plain;charset=utf-8",
        }
    }

    /// A name for the file that it is saved in.
    #[must_use]
    pub fn file_name(self, name: &str) -> String {
        let stem = name.strip_suffix(".pyc").unwrap_or(name);
        match self {
            Self::Listing => format!("{stem}.dis.txt"),
            Self::Json => format!("{stem}.json"),
            Self::Bytes => format!("{stem}.bytes.txt"),
        }
    }
}

/// An export in slices. Whoever waits calls [`Export::step`] until it says `true`, then [`Export::finish`].
#[derive(Debug)]
pub struct Export {
    kind: ExportKind,
    text: String,
}

impl Export {
    /// Begins; writes nothing yet.
    #[must_use]
    pub fn new(document: &Document, kind: ExportKind) -> Self {
        let _ = document;
        Self { kind, text: String::new() }
    }

    /// What is written.
    #[must_use]
    pub fn kind(&self) -> ExportKind {
        self.kind
    }

    /// Goes on for about `budget` lines. The document must be the one that it began with. `true` when all is written.
    pub fn step(&mut self, document: &Document, budget: u32) -> bool {
        let _ = (document, budget);
        true
    }

    /// How far it has come, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        1.0
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }
}
