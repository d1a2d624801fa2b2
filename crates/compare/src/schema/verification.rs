//! Whether a file can have been made of a source, as plain values.

use serde::Serialize;

use crate::verify;

/// Whether a file can have been made of a source.
#[derive(Clone, Debug, Serialize)]
pub struct Verification {
    /// Header and contents taken together: `proved`, `consistent`, `inconsistent`, `cannot tell`.
    pub verdict: &'static str,
    /// What the header says of the source.
    pub header: Header,
    /// What the contents alone come to, in the same words.
    pub contents: &'static str,
    /// How many code objects were held against the source.
    pub compared: usize,
    /// What speaks against it, the first of it.
    pub evidence: Vec<Evidence>,
    /// How much more does.
    pub more: usize,
    /// Why it cannot be told, or what was left aside, in sentences.
    pub reasons: Vec<String>,
    /// How many code objects are proved to do what the source says.
    pub proved: usize,
    /// The proof of each code object, those around before those inside; none where nothing can be proved of the file.
    pub proofs: Vec<Proof>,
    /// Why nothing can be proved of the file, in a sentence.
    pub unproved: Option<String>,
}

/// Whether a code object is proved to do what the source says.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// Its qualified name.
    pub name: String,
    /// One of `proved`, `differs`, `not compared`.
    pub outcome: &'static str,
    /// Where it differs, in bytes of the bytecode.
    pub offset: Option<u32>,
    /// What differs, or why it was not compared.
    pub reason: Option<String>,
    /// The bytes of the instruction at which it differs, or of the code object.
    pub span: [u32; 2],
    /// The line of that instruction, or the first one of the code object, as the file has it.
    pub line: Option<u32>,
}

impl From<&verify::Proof> for Proof {
    fn from(proof: &verify::Proof) -> Self {
        Self {
            name: proof.name.clone(),
            outcome: match proof.outcome {
                verify::Outcome::Proved => "proved",
                verify::Outcome::Differs { .. } => "differs",
                verify::Outcome::NotCompared { .. } => "not compared",
            },
            offset: proof.outcome.offset(),
            reason: proof.outcome.reason().map(str::to_owned),
            span: [proof.span.start, proof.span.end],
            line: proof.line,
        }
    }
}

/// What the header says of a source.
#[derive(Clone, Debug, Serialize)]
pub struct Header {
    /// Whether it is that of another source.
    pub inconsistent: bool,
    /// What was found, and what it proves, in a sentence or two.
    pub message: String,
}

/// Something that the file has and the source has not, or the other way round.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
    /// What it is, in a sentence.
    pub message: String,
    /// The bytes of the file that it is about.
    pub span: [u32; 2],
    /// The line of the source, counted from 1; `None` where the source has nothing of it.
    pub line: Option<u32>,
}

impl From<&verify::Verification> for Verification {
    fn from(found: &verify::Verification) -> Self {
        let evidence = |one: &verify::Evidence| Evidence {
            message: one.message.clone(),
            span: [one.span.start, one.span.end],
            line: one.line,
        };
        Self {
            verdict: found.verdict().word(),
            header: Header { inconsistent: found.header.is_inconsistent(), message: found.header.sentence() },
            contents: found.contents.word(),
            compared: found.compared,
            evidence: found.evidence.iter().map(evidence).collect(),
            more: found.more,
            reasons: found.reasons.clone(),
            proved: found.proved(),
            proofs: found.proofs.iter().map(Proof::from).collect(),
            unproved: found.unproved.clone(),
        }
    }
}
