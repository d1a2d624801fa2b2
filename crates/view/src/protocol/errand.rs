//! What the engine has other programs do.
//!
//! Source and its proofs, and a parser of Python, are much code and rarely wanted: they are programs of their own, the prover and
//! the verifier, that the page starts when an [`Errand`] first needs one. The engine sends the errand with the file's bytes beside
//! it, the program answers with a [`Request::Take`](super::Request::Take), and the page carries both from one to the other.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{DocumentId, ItemKey, SourceVerdict, Style, Verification};

/// What another program is to do. The bytes of the file stand beside the message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Errand {
    /// The document it is for.
    pub document: DocumentId,
    /// Comes back with what was made: by then the document may have been read as another Python.
    pub serial: u32,
    /// Which Python the file is read as, one of [`Summary::pythons`](super::Summary::pythons) by name; `None` for what the
    /// file says.
    pub python: Option<String>,
    /// What is wanted.
    pub work: Work,
}

impl Errand {
    /// What came of it.
    pub(crate) fn outcome(&self, made: Result<Made, String>) -> Outcome {
        Outcome { document: self.document, serial: self.serial, work: self.work, made }
    }
}

/// What can be wanted of another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// Of the prover, the file as Python: [`Made::Source`].
    Source,
    /// Of the verifier, whether the file can have been made of its companion, whose bytes stand behind those of the file:
    /// [`Made::Verification`].
    Verify {
        /// How many bytes the companion has.
        size: u32,
        /// Another one for each companion.
        companion: u32,
    },
}

/// What came of an errand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The document it is for.
    pub document: DocumentId,
    /// That of the errand.
    pub serial: u32,
    /// What was wanted.
    pub work: Work,
    /// What was made, or why nothing was, in a sentence.
    pub made: Result<Made, String>,
}

/// What has been made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Made {
    /// The file as Python.
    Source(SourceText),
    /// Whether it can have been made of its companion.
    Verification(Verification),
}

/// The file as Python.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SourceText {
    /// The text.
    pub text: String,
    /// Where its words begin and end, in bytes, and how they look; in order.
    pub words: Vec<(Range<usize>, Style)>,
    /// What stands for which instructions; an inner range before the one around it.
    pub owned: Vec<OwnedText>,
    /// How true it is, by code object, in the order of the file.
    pub verdicts: Vec<CodeVerdict>,
}

/// Text that stands for instructions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnedText {
    /// Their code object, by its place among [`SourceText::verdicts`].
    pub code: usize,
    /// The text, in bytes.
    pub text: Range<usize>,
    /// The instructions, as offsets in the bytecode.
    pub bytecode: Range<u32>,
}

/// How true the source of a code object is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeVerdict {
    /// The code object.
    pub code: ItemKey,
    /// What is said of it.
    pub verdict: SourceVerdict,
}
