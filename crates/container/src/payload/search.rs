//! Trying encodings until something known comes out.

use super::Step;
use crate::identify::{compression, identify, is_marshalled_code};
use crate::kind::{Compression, Kind};
use crate::limits::Limits;

/// Shorter texts hold no code worth naming, in bytes.
pub(crate) const SMALLEST: usize = 24;

/// What encoded bytes came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) steps: Vec<Step>,
    pub(crate) kind: Kind,
    pub(crate) size: usize,
    /// Why there is no more of it.
    pub(crate) trouble: Option<String>,
}

/// A search within a budget for all the constants of a file together.
#[derive(Debug)]
pub(crate) struct Search {
    /// Bytes that may still be decoded.
    budget: usize,
    /// Whether something was too much to be joined.
    is_cut: bool,
    depth: usize,
    steps: Vec<Step>,
}

impl Search {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { budget: limits.payload_bytes, is_cut: false, depth: limits.payload_depth, steps: Vec::new() }
    }

    /// How many bytes may still be decoded.
    pub(crate) fn left(&self) -> usize {
        self.budget
    }

    /// Whether the budget is spent: what follows was not looked at.
    pub(crate) fn is_spent(&self) -> bool {
        self.budget == 0
    }

    /// Whether not all could be looked at.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut || self.is_spent()
    }

    /// Whether so many bytes may be joined, which costs as much as decoding them: any number of parts may be one and the same.
    pub(crate) fn may_join(&mut self, size: u64) -> bool {
        let left = usize::try_from(size).ok().and_then(|size| self.budget.checked_sub(size));
        self.is_cut |= left.is_none();
        self.budget = left.unwrap_or(self.budget);
        left.is_some()
    }

    /// What the bytes come to by one step or several, or as they are if they are something by themselves.
    pub(crate) fn run(&mut self, bytes: &[u8]) -> Option<Found> {
        if bytes.len() < SMALLEST {
            return None;
        }
        self.steps.clear();
        self.visit(bytes)
    }

    fn visit(&mut self, bytes: &[u8]) -> Option<Found> {
        let kind = telling_kind(bytes, &self.steps);
        if let Some(kind) = kind.filter(|kind| !matches!(kind, Kind::Compressed(_))) {
            return Some(self.found(kind, bytes.len()));
        }
        if self.steps.len() < self.depth {
            for step in candidates(bytes, self.steps.last().copied()) {
                if let Some(found) = self.follow(step, bytes) {
                    return Some(found);
                }
            }
        }
        // Behind a key that was guessed, any bytes may begin like a stream.
        if self.steps.iter().any(|step| matches!(step, Step::Xor(_))) {
            return None;
        }
        // A stream that unpacks to nothing known is something all the same.
        let is_unpacked = self.steps.iter().any(|step| matches!(step, Step::Packed(_)));
        kind.or_else(|| is_unpacked.then(|| identify(bytes))).map(|kind| self.found(kind, bytes.len()))
    }

    fn found(&self, kind: Kind, size: usize) -> Found {
        Found { steps: self.steps.clone(), kind, size, trouble: None }
    }

    fn follow(&mut self, step: Step, bytes: &[u8]) -> Option<Found> {
        if self.budget < bytes.len() {
            self.budget = 0;
            return None;
        }
        self.budget -= bytes.len();
        let decoded = step.take(bytes, self.budget)?;
        self.budget -= decoded.bytes.len();
        self.steps.push(step);
        let found = self.visit(&decoded.bytes);
        self.steps.pop();
        found.map(|mut found| {
            found.trouble = found.trouble.or(decoded.trouble);
            found
        })
    }
}

/// What the bytes are, if that is worth telling after these steps: chance makes text of any kind, and short marks.
fn telling_kind(bytes: &[u8], steps: &[Step]) -> Option<Kind> {
    match identify(bytes) {
        Kind::Empty | Kind::Unknown | Kind::Text | Kind::Mpy(_) => None,
        // Source that stands there as it is, is a text like any other.
        Kind::Source if steps.is_empty() => None,
        Kind::Code if !is_marshalled_code(bytes) => None,
        kind => Some(kind),
    }
}

/// The steps that the bytes look ready for, the more telling first.
fn candidates(bytes: &[u8], before: Option<Step>) -> Vec<Step> {
    let mut steps = Vec::new();
    if let Some(compression) = compression(bytes) {
        steps.push(Step::Packed(compression));
    }
    let is_text = bytes.iter().all(|&byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~'));
    if is_text {
        steps.extend([Step::Literal, Step::HexDump, Step::Hex, Step::Numbers, Step::Percent, Step::Uu]);
        steps.extend([Step::Base32, Step::Base64, Step::Base85, Step::Ascii85]);
    } else {
        steps.push(Step::Latin1);
        steps.extend(key_of_xor(bytes).map(Step::Xor));
    }
    let is_turned = is_text || turned_begins_well(bytes);
    // In whichever order these two are done, the same comes out.
    if !matches!(before, Some(Step::Reversed | Step::Rot13)) && is_turned {
        steps.push(Step::Reversed);
    }
    // What was turned in the alphabet is base64 still.
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_' | b'\n');
    if is_text && before != Some(Step::Rot13) && bytes.iter().all(is_word) {
        steps.push(Step::Rot13);
    }
    steps
}

/// The byte by which exclusive or makes the beginning of marshalled code, of a `.pyc` file or of a zlib stream of these bytes.
fn key_of_xor(bytes: &[u8]) -> Option<u8> {
    let head: [u8; 5] = *bytes.first_chunk()?;
    let begins = |key: u8| match head.map(|byte| byte ^ key) {
        // `co_argcount` is 0.
        [b'c' | 0xe3, 0, 0, 0, 0] | [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => true,
        [a, b, c, d, _] => pycxray::magic::of([a, b, c, d]).is_some(),
    };
    [head[1], head[0] ^ 0x78, head[2] ^ b'\r'].into_iter().find(|&key| key != 0 && begins(key))
}

/// Whether the bytes end as a stream or code object begins.
fn turned_begins_well(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().rev().take(16).copied().collect();
    compression(&head).is_some_and(|compression| compression != Compression::Zlib)
        || matches!(head.as_slice(), [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] | [b'c' | 0xe3, 0, 0, 0, ..])
        || head.first_chunk().is_some_and(|first| pycxray::magic::of(*first).is_some())
}
