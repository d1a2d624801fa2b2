//! What the first look into a file needs, made in slices before anybody looks: who refers to what, and what shows any part of
//! a long bytecode at once.

use std::cell::OnceCell;

use pycxray::tables::LineIndex;
use pycxray::{BytecodeIndexer, Field, InstructionCursor, Instructions, NodeId, Pyc};

use crate::Document;
use crate::bytecode::{Bytecode, Jump};
use crate::listing::RowCount;
use crate::references::ReferenceIndexer;

/// From how many bytes of bytecode on it takes longer than a frame to look into it for the first time.
const LONG: usize = 1 << 18;

/// How many are prepared at most.
const MOST: usize = 64;

/// A walk over the objects of a file, then over its long bytecodes.
#[derive(Debug)]
pub(crate) struct Preparation {
    /// `None` once it is done.
    references: Option<ReferenceIndexer>,
    codes: Vec<NodeId>,
    at: usize,
    stage: Stage,
    indexer: BytecodeIndexer,
    lines: LineIndex,
    jumps: Vec<Jump>,
    rows: RowCount,
    cursor: InstructionCursor,
}

/// What is made of the bytecode that it is at.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Index,
    Lines,
    Jumps,
}

impl Preparation {
    /// Before the first.
    pub(crate) fn new(pyc: &Pyc) -> Self {
        let is_long = |&&id: &&NodeId| {
            let Some(code) = pyc.code(id) else { return false };
            // One that others refer to is looked at where it stands.
            code.bytecode().len() >= LONG
                && code.object(Field::Code).is_some_and(|code| pyc.tree().target(code).is_none())
        };
        let codes = if pyc.bytes().len() < LONG { &[] } else { pyc.codes() };
        let codes = codes.iter().filter(is_long).take(MOST).copied().collect();
        Self {
            references: Some(ReferenceIndexer::default()),
            codes,
            at: 0,
            stage: Stage::Index,
            indexer: BytecodeIndexer::default(),
            lines: LineIndex::default(),
            jumps: Vec::new(),
            rows: RowCount::default(),
            cursor: InstructionCursor::default(),
        }
    }

    /// How far it has come, from 0 to 1.
    pub(crate) fn progress(&self, pyc: &Pyc) -> f64 {
        let references = self.references.as_ref().map_or(1.0, |indexer| indexer.progress(pyc.tree()));
        (references + self.at as f64) / (1 + self.codes.len()) as f64
    }

    /// Goes on for about `budget` objects or instructions. `true` when all is done.
    pub(crate) fn step(&mut self, document: &mut Document, budget: u32) -> bool {
        if let Some(indexer) = &mut self.references {
            if indexer.step(document.pyc.tree(), budget) {
                document.references = std::mem::take(indexer).finish();
                self.references = None;
            }
            return self.references.is_none() && self.codes.is_empty();
        }
        let (pyc, budget) = (document.pyc(), budget.max(1));
        let Some((id, code)) = self.codes.get(self.at).and_then(|&id| Some((id, pyc.code(id)?))) else {
            self.at = self.codes.len();
            return true;
        };
        let (bytecode, python) = (code.bytecode(), pyc.python());
        match self.stage {
            Stage::Index => {
                if self.indexer.step(bytecode, python, budget as usize) {
                    pyc.keep_bytecode_index(id, std::mem::take(&mut self.indexer).finish());
                    self.stage = Stage::Lines;
                }
            }
            Stage::Lines => {
                if self.lines.extend(&code, budget) {
                    self.stage = Stage::Jumps;
                }
            }
            Stage::Jumps => {
                let mut walk = Instructions::resume(bytecode, python, self.cursor);
                for instruction in walk.by_ref().take(budget as usize) {
                    self.jumps.extend(Jump::of(pyc, &instruction));
                    self.rows.add(pyc, &instruction);
                }
                self.cursor = walk.cursor();
                if self.cursor.offset as usize >= bytecode.len() {
                    self.jumps.sort_unstable();
                    let jumps = OnceCell::from(std::mem::take(&mut self.jumps));
                    let bytecode = Bytecode::with(code, std::mem::take(&mut self.lines), jumps);
                    document.keep_listing(bytecode, std::mem::take(&mut self.rows));
                    self.cursor = InstructionCursor::default();
                    self.stage = Stage::Index;
                    self.at += 1;
                }
            }
        }
        self.at == self.codes.len()
    }
}
