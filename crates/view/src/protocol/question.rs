//! What the page asks once, and the answers.

use serde::{Deserialize, Serialize};

use super::{HexHover, Place, Ribbon};

/// What is wanted once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// What hovering over a byte tells: [`Answer::Hover`].
    Hover {
        /// Which of two files that are compared; `None` for the file on screen.
        side: Option<usize>,
        /// The byte's offset.
        offset: u32,
    },
    /// What lies under a pixel of the ribbon: [`Answer::Text`], or [`Answer::Nothing`].
    RibbonHover {
        /// The ribbon as it was drawn.
        ribbon: Ribbon,
        /// The pixel, from its left end.
        pixel: u32,
    },
    /// The value of what is chosen, whole, for the clipboard: [`Answer::Text`].
    Value,
    /// The path of what is chosen, for the clipboard: [`Answer::Text`].
    Path,
    /// The code object in the listing, for the clipboard, as far as it fits: [`Answer::Text`].
    FunctionText(TextForm),
    /// The chosen bytes, written for the clipboard: [`Answer::Text`].
    CopyBytes(CopyAs),
    /// The chosen bytes themselves: [`Answer::Bytes`].
    SelectedBytes,
    /// The contents of the text or bytes that are chosen, without what marshal puts around them: [`Answer::Bytes`].
    Contents,
    /// What constants come to once they are decoded, one of [`CardPayload::number`](super::CardPayload::number):
    /// [`Answer::Bytes`], [`Answer::Partly`] or [`Answer::Refused`].
    Payload(u32),
    /// The listing of all code objects, for printing, as far as it fits, with a sentence where it goes on: [`Answer::Text`].
    ListingText {
        /// How long it may be, in bytes.
        limit: usize,
    },
    /// Everything in one form: [`Answer::Bytes`] piece by piece, then [`Answer::Done`]. What takes long tells its progress.
    Export(ExportKind),
    /// The bytes of a member, one of [`MemberName::number`](super::MemberName::number), as they stand there: [`Answer::Bytes`],
    /// [`Answer::Partly`] or [`Answer::Refused`].
    Member(u32),
    /// The same as a file of its own, with the header that a frozen program leaves out.
    MemberFile(u32),
    /// Goes where the user says, `0xad`, `walrus:46`, `line 4`: [`Answer::Went`].
    GoTo(String),
    /// Goes to a place, as the address names it: [`Answer::Went`].
    GoToPlace(Place),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// There is none: the document is closed, nothing is chosen, or nothing is there.
    Nothing,
    /// What hovering over a byte tells.
    Hover(HexHover),
    /// Text.
    Text(String),
    /// Bytes, beside the message; in several pieces where they are many.
    Bytes,
    /// Bytes, beside the message: not all of them could be had, for the reason in this sentence.
    Partly(String),
    /// It cannot be had, for the reason in this sentence.
    Refused(String),
    /// All pieces were sent.
    Done,
    /// It was gone to: [`Selection::visit`](super::Selection::visit) there. Or why not, in a sentence.
    Went(Result<u64, String>),
}

impl Answer {
    /// Whether bytes stand beside it.
    #[must_use]
    pub const fn has_bytes(&self) -> bool {
        matches!(self, Self::Bytes | Self::Partly(_))
    }
}

/// In which form a function is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TextForm {
    /// As the listing shows it.
    Plain,
    /// As the `dis` of its own Python prints it.
    Dis,
    /// The same as the listing, as a block of code in Markdown.
    Markdown,
}

impl TextForm {
    /// All forms, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Dis, Self::Markdown];

    /// What the menu says.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Plain => "As text",
            Self::Dis => "As dis prints it",
            Self::Markdown => "As Markdown",
        }
    }
}

/// In which form bytes are copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CopyAs {
    /// `74 03 00`.
    Hex,
    /// As text: UTF-8, with `\x..` for what is none.
    Text,
    /// A Python bytes literal: `b't\x03\x00'`.
    Python,
    /// A Rust array: `[0x74, 0x03, 0x00]`.
    Rust,
    /// A C array: `{ 0x74, 0x03, 0x00 }`.
    C,
}

impl CopyAs {
    /// All forms, in the order of the menu.
    pub const ALL: [Self; 5] = [Self::Hex, Self::Text, Self::Python, Self::Rust, Self::C];

    /// What the menu says.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Hex => "Hex",
            Self::Text => "Text",
            Self::Python => "Python bytes",
            Self::Rust => "Rust array",
            Self::C => "C array",
        }
    }
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ExportKind {
    /// The listing of all code objects, as text.
    Listing,
    /// The file as Python, as far as it could be proved to mean the same.
    Source,
    /// The control flow of the code object in the listing, drawn.
    Svg,
    /// The same as DOT, for Graphviz.
    Dot,
    /// Everything, as JSON of schema 1.
    Json,
    /// All bytes with what they mean, a line for each part: `offset | bytes | meaning`.
    Bytes,
}

impl ExportKind {
    /// All kinds, in the order of the menu.
    pub const ALL: [Self; 6] = [Self::Listing, Self::Source, Self::Svg, Self::Dot, Self::Json, Self::Bytes];

    /// What the menu says.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Listing => "Listing as text",
            Self::Source => "Source",
            Self::Svg => "Control flow as SVG",
            Self::Dot => "Control flow as DOT",
            Self::Json => "Everything as JSON",
            Self::Bytes => "Annotated bytes",
        }
    }

    /// The media type of what is written.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Svg => "image/svg+xml",
            Self::Listing | Self::Source | Self::Dot | Self::Bytes => "text/plain;charset=utf-8",
        }
    }

    /// A name for the file that it is saved in.
    #[must_use]
    pub fn file_name(self, name: &str) -> String {
        let stem = name.strip_suffix(".pyc").unwrap_or(name);
        let ending = match self {
            Self::Listing => ".dis.txt",
            Self::Source => ".py",
            Self::Svg => ".svg",
            Self::Dot => ".dot",
            Self::Json => ".json",
            Self::Bytes => ".bytes.txt",
        };
        format!("{stem}{ending}")
    }
}
