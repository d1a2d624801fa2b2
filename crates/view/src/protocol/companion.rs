//! The companion of a file: the source that is said to belong to it, as text, and whether the file can have been made of it.

use pycxray::Span;
use serde::{Deserialize, Serialize};

use super::{ItemKey, RowKey, Styled, Window};

/// The companion of the file on screen, at hand or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Companion {
    /// Its name, displayable; of one that is not at hand, the name it would have.
    pub name: String,
    /// How the file stands to it.
    pub standing: Standing,
}

/// How a file stands to its companion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// The companion is not at hand.
    Absent,
    /// The verifier holds them against each other.
    Verifying,
    /// All of the file is proved to do what the companion says.
    Proved,
    /// Nothing in the file speaks against having been made of it.
    Consistent,
    /// The file cannot have been made of it.
    Inconsistent,
    /// It cannot be told.
    CannotTell,
    /// They were not held against each other.
    Unverified,
}

/// The text of a companion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompanionWindow {
    /// Its lines.
    pub window: Window<CompanionRow>,
    /// Whether lines, and instructions in the listing, are tinted by which line became which instructions.
    pub has_tints: bool,
    /// Why there is no text, in a sentence: it is not at hand, or cannot be read.
    pub missing: Option<String>,
}

/// A line of a companion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompanionRow {
    /// What it is before the chosen text; all of it, where that is elsewhere.
    pub before: Styled,
    /// The chosen text, or what became what is chosen.
    pub chosen: Styled,
    /// What follows that.
    pub after: Styled,
    /// The instructions that it became: the first of them.
    pub item: Option<ItemKey>,
    /// Which of [`TINTS`] it has in common with them.
    pub tint: Option<u8>,
    /// Whether something on it speaks against the file.
    pub is_evidence: bool,
}

/// How many tints there are: lines that became instructions have one after the other, over and over.
pub const TINTS: u8 = 6;

/// What holding the file against its companion came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerifyWindow {
    /// How they stand to each other.
    pub standing: Standing,
    /// The same in a sentence.
    pub sentence: String,
    /// What the verifier found, once it has.
    pub verification: Option<Verification>,
    /// Whether to try once more may help.
    pub can_retry: bool,
}

/// What the verifier found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verification {
    /// What header and contents come to: one of the last but one.
    pub standing: Standing,
    /// What the contents alone come to.
    pub contents: Standing,
    /// What the header says of the companion, and what that proves, in a sentence or two.
    pub header: String,
    /// Whether the header is that of another source.
    pub is_header_inconsistent: bool,
    /// What in the contents speaks against it, the first of it.
    pub evidence: Vec<SourceEvidence>,
    /// How much more does.
    pub more: usize,
    /// Why it cannot be told, or what was left aside, in sentences.
    pub reasons: Vec<String>,
    /// How many code objects were held against the companion.
    pub compared: usize,
    /// How many code objects are proved to do what the companion says.
    pub proved: usize,
    /// How many proofs were tried.
    pub proofs: usize,
    /// Where one did not succeed, and why; the first of them.
    pub unproved: Vec<SourceEvidence>,
    /// Why none was tried, in a sentence.
    pub unprovable: Option<String>,
}

/// Something that the file has and the companion has not, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEvidence {
    /// What it is, in a sentence, displayable.
    pub message: String,
    /// The bytes of the file that it is about.
    pub span: Span,
    /// The line of the companion that it is about, counted from 1; `None` where that has nothing of it.
    pub line: Option<u32>,
}

/// A place in the text of a companion, as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPoint {
    /// Which row, counted from 0.
    pub row: usize,
    /// How many characters of UTF-16 precede it in the row.
    pub column: usize,
}

/// What the user did with a companion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompanionAction {
    /// Pressed a key in its text, with so many lines in sight.
    Key(RowKey, usize),
    /// Chose text, from where to where; of a click both are one.
    Pick(TextPoint, TextPoint),
    /// Went to what speaks against the file, by its place among that and what is unproved, which follows it.
    Evidence(usize),
    /// Wants tints, or none.
    Tint(bool),
    /// Wants the file to be verified once more.
    Retry,
}
