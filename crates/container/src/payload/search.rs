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
    depth: usize,
    steps: Vec<Step>,
}

impl Search {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { budget: limits.payload_bytes, depth: limits.payload_depth, steps: Vec::new() }
    }

    /// How many bytes may still be decoded.
    pub(crate) fn left(&self) -> usize {
        self.budget
    }

    /// Whether the budget is spent: what follows was not looked at.
    pub(crate) fn is_spent(&self) -> bool {
        self.budget == 0
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
        steps.extend([Step::Literal, Step::HexDump, Step::Hex, Step::Numbers]);
        steps.extend([Step::Base32, Step::Base64, Step::Base85, Step::Ascii85]);
    }
    let is_turned = is_text || turned_begins_well(bytes);
    if before != Some(Step::Reversed) && is_turned {
        steps.push(Step::Reversed);
    }
    steps
}

/// Whether the bytes end as a stream or code object begins.
fn turned_begins_well(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().rev().take(16).copied().collect();
    compression(&head).is_some_and(|compression| compression != Compression::Zlib)
        || matches!(head.as_slice(), [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] | [b'c' | 0xe3, 0, 0, 0, ..])
        || head.first_chunk().is_some_and(|first| pycxray::magic::of(*first).is_some())
}
