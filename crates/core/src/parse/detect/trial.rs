//! Decoding an object at one place as one layout of code objects, to see what comes of it.

use std::sync::{Arc, OnceLock};

use super::head::Head;
use crate::Pyc;
use crate::diagnostic::Severity;
use crate::file::IndexCache;
use crate::file::{Basis, Detection, Header};
use crate::inspect::check::CodeCheck;
use crate::limits::Limits;
use crate::marshal::{Decoder, Field, NodeId, Role, Stop};
use crate::python::{CodeLayout, Python};

/// How many objects of a trial are decoded.
const TRIED_OBJECTS: u32 = 200_000;

/// The file decoded at one place with one layout of code objects.
pub(super) struct Trial {
    pub(super) pyc: Pyc,
    pub(super) head: Head,
    pub(super) layout: CodeLayout,
    /// Whether it reads to the end of the object, or as far as it was tried, and nothing is wrong with it.
    pub(super) is_clean: bool,
    /// Whether the object is a code object.
    pub(super) is_code: bool,
    /// Whether the object, or the last of several in a row, ends where the file ends.
    pub(super) ends_with_file: bool,
    /// Whether several objects stand in a row.
    pub(super) is_row: bool,
    /// Whether there was more of it than is tried.
    pub(super) was_cut_short: bool,
}

impl Trial {
    /// How much of the file it made sense of.
    pub(super) fn reach(&self) -> usize {
        self.pyc.tree.len()
    }

    /// Whether the code object that the file holds could be read to its end, or as far as it was tried, whatever is in it.
    pub(super) fn has_whole_code(&self) -> bool {
        self.is_code && (self.was_cut_short || self.pyc.tree.nodes.first().is_some_and(|root| root.is_complete()))
    }

    /// Whether there is at least the bytecode of the outermost code object.
    pub(super) fn has_bytecode(&self) -> bool {
        let root = self.pyc.tree.id(0).and_then(|root| self.pyc.code(root));
        root.is_some_and(|code| code.data(Field::Code).is_some_and(|(bytecode, _)| !bytecode.is_empty()))
    }
}

/// Decodes what stands at a place; `None` if that is not even the beginning of an object. Where no code object stands, all of
/// the file must be objects.
pub(super) fn trial(bytes: &Arc<Vec<u8>>, length: usize, head: Head, python: &'static Python) -> Option<Trial> {
    let length = head.end.map_or(length, |end| length.min(end as usize));
    let limits = Limits { diagnostics: 16, ..Limits::default() };
    let layout = python.format.code;
    let mut decoder = Decoder::new(&bytes[..length], python.version, layout, limits);
    let mut left = TRIED_OBJECTS;
    let mut stop = decode_one(&mut decoder, head.start, &mut left);
    let is_code = decoder.tree.nodes.first()?.kind.is_code();
    let mut is_row = false;
    while !is_code && stop == Some(Stop::Finished) && (decoder.position() as usize) < length {
        is_row = true;
        let next = decoder.position();
        stop = decode_one(&mut decoder, next, &mut left);
    }
    let end = decoder.position() as usize;
    let Decoder { tree, mut problems, .. } = decoder;
    let codes: Vec<NodeId> =
        tree.ids().filter(|&id| tree.node(id).kind.is_code() && tree.node(id).is_complete()).collect();
    let mut pyc = Pyc {
        bytes: Arc::clone(bytes),
        header: Header::default(),
        detection: Detection::new(python, Basis::Evidence, head.start),
        tree,
        sections: Vec::new(),
        codes,
        diagnostics: Vec::new(),
        indexes: IndexCache::default(),
        damage: OnceLock::new(),
    };
    let mut check = CodeCheck::default();
    pyc.codes.iter().for_each(|&id| check.look_at(&pyc, id, &mut problems));
    pyc.diagnostics = problems.finish();
    let has_errors = pyc.diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    let was_cut_short = stop.is_none();
    let is_whole = was_cut_short || (stop == Some(Stop::Finished) && (is_code || end == length));
    if !is_code && (!is_whole || has_errors) {
        return None;
    }
    let ends_with_file = was_cut_short || end == length;
    Some(Trial { pyc, head, layout, is_clean: is_whole && !has_errors, is_code, ends_with_file, is_row, was_cut_short })
}

/// Decodes one object, as far as the budget goes: `None` where that ended it.
fn decode_one(decoder: &mut Decoder<'_>, start: u32, left: &mut u32) -> Option<Stop> {
    let before = decoder.tree.len();
    let stop = match decoder.begin(start, Role::Root) {
        Ok(()) => decoder.run(*left),
        Err(stop) => Some(stop),
    };
    *left = left.saturating_sub((decoder.tree.len() - before) as u32);
    if stop.is_none() {
        decoder.give_up();
    }
    stop
}
