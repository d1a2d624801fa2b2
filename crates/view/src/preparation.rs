//! What the first look into a file needs, made in slices before anybody looks: who refers to what, and what shows any part of
//! a long bytecode at once.

use std::cell::OnceCell;
use std::rc::Rc;

use pycxray::tables::LineIndex;
use pycxray::{BytecodeIndexer, Code, Field, InstructionCursor, Instructions, NodeId, Pyc};

use crate::Document;
use crate::bytecode::Bytecode;
use crate::guards::GuardsIndexer;
use crate::listing::{LanesIndexer, RowCount};
use crate::references::ReferenceIndexer;

/// From how many bytes of bytecode and tables on it takes longer than a frame to look into them for the first time.
const LONG: usize = 1 << 18;

/// From how many objects on it takes longer than a few milliseconds to find out who refers to what.
const MANY: usize = 1 << 18;

/// How many code objects with so many are prepared at most.
const MOST: usize = 64;

/// A walk over the objects of a file, then over its long bytecodes.
#[derive(Debug, Default)]
pub(crate) struct Preparation {
    references: ReferenceIndexer,
    has_references: bool,
    /// How many code objects are passed.
    passed: usize,
    /// How many of them were long.
    found: usize,
    long: Option<Box<LongCode>>,
}

impl Preparation {
    /// How far it has come, from 0 to 1.
    pub(crate) fn progress(&self, pyc: &Pyc) -> f64 {
        let references = if self.has_references { 1.0 } else { self.references.progress(pyc.tree()) };
        let within = self.long.as_ref().map_or(0.0, |long| long.progress());
        (references + (self.passed as f64 + within) / pyc.codes().len().max(1) as f64) / 2.0
    }

    /// Goes on for about `budget` objects or instructions. `true` when all is done.
    pub(crate) fn step(&mut self, document: &mut Document, budget: u32) -> bool {
        let budget = budget.max(1);
        if !self.has_references {
            let tree = document.pyc.tree();
            if tree.len() < MANY {
                self.has_references = true;
            } else if self.references.step(tree, budget) {
                document.references = OnceCell::from(std::mem::take(&mut self.references).finish());
                self.has_references = true;
            }
            return false;
        }
        if let Some(long) = &mut self.long {
            if long.step(document, budget) {
                self.long = None;
                self.passed += 1;
            }
            return false;
        }
        let pyc = document.pyc();
        if pyc.bytes().len() < LONG || self.found == MOST {
            return true;
        }
        for &id in pyc.codes()[self.passed..].iter().take(budget as usize) {
            if pyc.code(id).is_some_and(|code| is_long(&code)) {
                self.found += 1;
                self.long = Some(Box::new(LongCode::new(id)));
                return false;
            }
            self.passed += 1;
        }
        self.passed == pyc.codes().len()
    }
}

/// Whether looking into a code object takes long.
fn is_long(code: &Code<'_>) -> bool {
    // A bytecode that others refer to is looked at where it stands.
    let is_own = code.object(Field::Code).is_some_and(|object| code.pyc().tree().target(object).is_none());
    let size = |field| code.data(field).map_or(0, |(data, _)| data.len());
    is_own && size(Field::Code) + size(Field::Linetable) + size(Field::Exceptiontable) >= LONG
}

/// What is made of one long code object.
#[derive(Debug)]
struct LongCode {
    id: NodeId,
    stage: Stage,
    indexer: BytecodeIndexer,
    lines: LineIndex,
    guards: GuardsIndexer,
    cursor: InstructionCursor,
    rows: RowCount,
    jumps: Vec<(u32, u32)>,
    /// What was made of it up to its jumps.
    bytecode: Option<Rc<Bytecode>>,
    lanes: LanesIndexer,
}

/// What is made at the moment.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Index,
    Lines,
    Guards,
    Rows,
    Lanes,
}

impl LongCode {
    fn new(id: NodeId) -> Self {
        Self {
            id,
            stage: Stage::Index,
            indexer: BytecodeIndexer::default(),
            lines: LineIndex::default(),
            guards: GuardsIndexer::default(),
            cursor: InstructionCursor::default(),
            rows: RowCount::default(),
            jumps: Vec::new(),
            bytecode: None,
            lanes: LanesIndexer::default(),
        }
    }

    fn progress(&self) -> f64 {
        f64::from(self.stage as u8) / f64::from(Stage::Lanes as u8 + 1)
    }

    /// Goes on for about `budget` instructions. `true` when all is done.
    fn step(&mut self, document: &mut Document, budget: u32) -> bool {
        let pyc = document.pyc();
        let Some(code) = pyc.code(self.id) else { return true };
        let (bytecode, python, count) = (code.bytecode(), pyc.python(), budget as usize);
        match self.stage {
            Stage::Index => {
                if self.indexer.step(bytecode, python, count) {
                    let (index, jumps) = std::mem::take(&mut self.indexer).finish();
                    pyc.keep_bytecode_index(self.id, index);
                    self.jumps = jumps;
                    self.stage = Stage::Lines;
                }
            }
            Stage::Lines => {
                if self.lines.extend(&code, budget) {
                    self.stage = Stage::Guards;
                }
            }
            Stage::Guards => {
                if self.guards.step(code.exception_entries(), count) {
                    let lines = std::mem::take(&mut self.lines);
                    let guards = std::mem::take(&mut self.guards).finish();
                    let jumps = OnceCell::from(std::mem::take(&mut self.jumps));
                    self.bytecode = Some(Rc::new(Bytecode::with(code, lines, guards, jumps)));
                    self.stage = Stage::Rows;
                }
            }
            Stage::Rows => {
                let mut walk = Instructions::resume(bytecode, python, self.cursor);
                walk.by_ref().take(count).for_each(|instruction| self.rows.add(pyc, &instruction));
                self.cursor = walk.cursor();
                if self.cursor.offset as usize >= bytecode.len() {
                    self.stage = Stage::Lanes;
                }
            }
            Stage::Lanes => {
                let Some(bytecode) = &self.bytecode else { return true };
                if self.lanes.step(pyc, bytecode, count) {
                    let lanes = std::mem::take(&mut self.lanes).finish();
                    document.keep_listing(Rc::clone(bytecode), lanes, std::mem::take(&mut self.rows));
                    return true;
                }
            }
        }
        false
    }
}
