//! Is this `.pyc` that source?
//!
//! [`verify`] holds a file against a source, without an interpreter. The header is one question ([`HeaderVerdict`]); what the file
//! contains is the other, and the one that counts: a header is anyone's to forge. Of the contents it is asked, code object by code
//! object, what the bytecode has and the source cannot have made (strings, numbers, names, attributes, imports, functions and
//! classes, lines on which nothing stands), and the other way round. Each answer is [`Evidence`] that points at bytes and at lines.
//!
//! Compilers fold constants, drop code that cannot run, join strings, take names apart; each version in its own way. What any of them
//! may do is allowed for, so that *inconsistent* means: no Python made this of that. *Consistent* means that nothing speaks against it,
//! which is not a proof: code that leaves every name, constant and line alone is not told apart.
//!
//! So the source is also lowered to operations, for the version and the optimization of the file, and each code object is proved to do
//! the same ([`Proof`]). *Proved* is a file of which all are.

mod accepted;
mod constant;
mod contents;
mod facts;
mod fold;
mod header;
mod interpolation;
mod judge;
mod lines;
mod literals;
mod nesting;
mod pairs;
mod proof;
mod reach;
mod scope;
mod tree;

use pycxray::{NodeId, Pyc, Span};
use ruff_python_ast::{Mod, PythonVersion};
use ruff_python_parser::{Mode, ParseOptions, Parsed};

use crate::text::Unreadable;

pub use header::HeaderVerdict;
use lines::Lines;
pub use proof::{Outcome, Proof};

/// Whether a file can have been made of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Every code object in it was proved to do what the source says, and nothing speaks against it.
    Proved,
    /// Nothing in the file speaks against it.
    Consistent,
    /// The file cannot have been made of the source.
    Inconsistent,
    /// It cannot be told: the source or the file cannot be read as far as it takes.
    CannotTell,
}

impl Verdict {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Consistent => "consistent",
            Self::Inconsistent => "inconsistent",
            Self::CannotTell => "cannot tell",
        }
    }

    /// Whether the file may be what the source became: proved or consistent.
    #[must_use]
    pub const fn is_good(self) -> bool {
        matches!(self, Self::Proved | Self::Consistent)
    }
}

/// Something that a file has and its source has not, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// What it is, in a sentence.
    pub message: String,
    /// The code object that it is about.
    pub code: NodeId,
    /// The bytes of the file that it is about.
    pub span: Span,
    /// The line of the source that it is about, counted from 1; `None` where the source has nothing of it.
    pub line: Option<u32>,
}

/// What holding a file against a source came to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Verification {
    /// What the header says of the source.
    pub header: HeaderVerdict,
    /// What the contents say.
    pub contents: Verdict,
    /// What speaks against it, the first [`MOST_EVIDENCE`].
    pub evidence: Vec<Evidence>,
    /// How much more does.
    pub more: usize,
    /// Why it cannot be told, or what was left aside, in sentences.
    pub reasons: Vec<String>,
    /// How many code objects were held against scopes of the source.
    pub compared: usize,
    /// The proof of each code object, in the order of [`Pyc::codes`]; none where nothing can be proved of the file.
    pub proofs: Vec<Proof>,
    /// Why nothing can be proved of the file, in a sentence.
    pub unproved: Option<String>,
}

impl Verification {
    /// Header and contents taken together.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if self.header.is_inconsistent() { Verdict::Inconsistent } else { self.contents }
    }

    /// How many code objects are proved.
    #[must_use]
    pub fn proved(&self) -> usize {
        self.proofs.iter().filter(|proof| proof.outcome == Outcome::Proved).count()
    }
}

/// How much evidence is kept.
pub const MOST_EVIDENCE: usize = 200;

/// Holds a file against the bytes of a source.
///
/// ```
/// use pycxray_compare::verify::{Verdict, verify};
/// let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures");
/// let pyc = pycxray::Pyc::parse(std::fs::read(format!("{folder}/cpython-3.12/hello.pyc"))?);
/// let source = std::fs::read(format!("{folder}/src/hello.py"))?;
/// assert_eq!(verify(&pyc, &source).contents, Verdict::Proved);
/// assert_eq!(verify(&pyc, b"print('another')\n").contents, Verdict::Inconsistent);
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn verify(pyc: &Pyc, source: &[u8]) -> Verification {
    let mut verification = Verification {
        header: header::verify(pyc, source),
        contents: Verdict::CannotTell,
        evidence: Vec::new(),
        more: 0,
        reasons: Vec::new(),
        compared: 0,
        proofs: Vec::new(),
        unproved: None,
    };
    if let Some(reason) = judge::obstacle(pyc) {
        verification.reasons.push(reason);
        return verification;
    }
    match Source::read(source, pyc) {
        Ok(source) => {
            judge::judge(pyc, &source, &mut verification);
            source.prove(pyc, &mut verification);
        }
        Err(reason) => verification.reasons.push(reason.sentence()),
    }
    verification
}

/// How many code objects a scope of the source makes at the most, annotations and type parameters among them, and how many there may be
/// in any case: of files with more nothing is followed, since each takes its memory.
const CODES_OF_SCOPE: usize = 16;
const MOST_OTHER_CODES: usize = 1000;

/// A source that was read.
struct Source {
    text: String,
    parsed: Parsed<Mod>,
    lines: Lines,
    scopes: Vec<scope::Scope>,
    /// The lines on which something stands that is compiled.
    lines_with_code: std::collections::HashSet<u32>,
}

impl Source {
    fn read(bytes: &[u8], pyc: &Pyc) -> Result<Self, Unreadable> {
        let text = crate::text::decode(bytes)?;
        nesting::check_depth(&text)?;
        let lines = Lines::new(&text);
        let version = pyc.python().version;
        // Grammar that the version lacks is no matter here: the bytecode says which constructs there are.
        let version = PythonVersion { major: version.major, minor: version.minor };
        let options = ParseOptions::from(Mode::Module).with_target_version(version);
        let parsed = ruff_python_parser::parse_unchecked(&text, options);
        if let Some(error) = parsed.errors().first() {
            return Err(Unreadable::NotPython3(lines.of(error.location.start().to_u32()), error.error.to_string()));
        }
        let lines_with_code = facts::lines_with_code(parsed.tokens(), &lines);
        let scopes = parsed.syntax().as_module().map(|module| facts::scopes(module, &lines)).unwrap_or_default();
        Ok(Self { text, parsed, lines, scopes, lines_with_code })
    }

    fn prove(&self, pyc: &Pyc, verification: &mut Verification) {
        let Some(module) = self.parsed.syntax().as_module() else { return };
        if pyc.codes().len() > self.scopes.len() * CODES_OF_SCOPE + MOST_OTHER_CODES {
            verification.unproved =
                Some("Nothing is proved: the file has far more code objects than the source could make.".to_owned());
            return;
        }
        match proof::prove(pyc, module, (&self.lines, &self.text)) {
            Ok(proofs) => verification.proofs = proofs,
            Err(reason) => verification.unproved = Some(reason),
        }
        for proof in &verification.proofs {
            let Outcome::Differs { reason, is_certain: true, .. } = &proof.outcome else { continue };
            if verification.evidence.len() >= MOST_EVIDENCE {
                verification.more += 1;
                continue;
            }
            let message = format!("{}: In the file, {reason}.", proof.name);
            let (code, span, line) = (proof.code, proof.span, proof.line);
            verification.evidence.push(Evidence { message, code, span, line });
            verification.contents = Verdict::Inconsistent;
        }
        let all = verification.proofs.len();
        if all > 0 && verification.proved() == all && verification.evidence.is_empty() {
            verification.contents = Verdict::Proved;
            // What could not be told by names and constants is told now.
            verification.reasons.clear();
        }
    }
}
